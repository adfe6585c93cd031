// Stage "time": named terms and the unnamed terms of "within L of E"; stage "stops": their conditions.
#include "check/citations.h"
#include "check/events.h"
#include "check/expressions.h"
#include "check/messages.h"
#include "check/stages.h"

namespace lawbound::check {
namespace {

void ResolveExtension(Context& context, const syntax::Change& change, Term& term) {
  const std::optional<ActId> act = FindAct(context, *change.name);
  const std::optional<Length> by = ResolveLength(context, *change.length);
  if (!act || !by) return;
  if (by->kind == Length::Kind::kField && context.pack.fields[by->field.index()].act != *act) {
    const Field& field = context.pack.fields[by->field.index()];
    context.Say(ForeignLength(change.length->span, field.name, change.name->text));
    return;
  }
  Extension extension{
      .act = *act, .by = *by, .cap = {}, .once = change.once, .under = ResolveUnder(context, change.under)};
  if (change.cap) extension.cap = ResolveFixedLength(context, *change.cap, "a cap from a field");
  term.extensions.push_back(std::move(extension));
}

void ResolveChange(Context& context, const syntax::Change& change, Term& term) {
  if (!change.under.empty()) context.cited = &change.under;
  switch (change.kind) {
    case syntax::Change::Kind::kRestarts:
      if (!change.under.empty()) ResolveUnder(context, change.under);
      if (const auto event = ResolveEvent(context, *change.event)) term.restarts.push_back(*event);
      break;
    case syntax::Change::Kind::kStops:
      break;  // ResolveStops
    case syntax::Change::Kind::kExtended:
      ResolveExtension(context, change, term);
      break;
    case syntax::Change::Kind::kAtMost: {
      const auto length = ResolveFixedLength(context, *change.length, "a ceiling from a field");
      const auto event = ResolveEvent(context, *change.event);
      if (length && event) {
        term.ceilings.push_back(
            {.length = *length, .from = *event, .under = ResolveUnder(context, change.under)});
      }
      break;
    }
    case syntax::Change::Kind::kCountedBy:
      if (const auto counting = FindCounting(context, *change.name)) term.counting = *counting;
      break;
  }
}

void ResolveTerm(Context& context, const syntax::Term& item) {
  Term term;
  term.name = item.name.text;
  term.span = item.name.span;
  term.under = ResolveUnder(context, item.under);
  context.cited = &item.under;
  if (item.counts) context.Say(NotCarriedOut(item.name.span, "counts"));
  if (item.length) term.length = ResolveLength(context, *item.length).value_or(Length());
  ResolveStart(context, item.start, term);
  for (const syntax::Change& change : item.changes) {
    context.cited = &item.under;
    ResolveChange(context, change, term);
  }
  if (!term.counting) term.counting = PackCounting(context, item.name.span).value_or(CountingId());
  context.cited = nullptr;
  context.pack.terms.push_back(std::move(term));
}

void ResolveUnnamedTerm(Context& context, const syntax::Rule& rule, const syntax::WithinSpan& within) {
  Term term;
  term.span = within.span;
  term.under = ResolveUnder(context, rule.under);
  context.cited = &rule.under;
  term.length = ResolveLength(context, *within.length).value_or(Length());
  ResolveStart(context, within.start, term);
  term.restarts = term.starts;
  term.counting = PackCounting(context, within.span).value_or(CountingId());
  context.cited = nullptr;
  context.pack.terms.push_back(std::move(term));
}

}  // namespace

void ResolveTerms(Context& context) {
  for (const syntax::Term* item : context.names.terms) ResolveTerm(context, *item);
  std::size_t sentence_row = 0;
  for (const syntax::Rule* rule : context.names.rules) {
    for (const syntax::Sentence& sentence : rule->sentences) {
      if (context.names.unnamed_terms.contains(&sentence)) {
        ResolveUnnamedTerm(context, *rule, *sentence.within);
        context.pack.terms.back().sentence = SentenceId(sentence_row);
      }
      ++sentence_row;
    }
  }
}

void ResolveStops(Context& context) {
  for (std::size_t row = 0; row < context.names.terms.size(); ++row) {
    const syntax::Term& item = *context.names.terms[row];
    for (const syntax::Change& change : item.changes) {
      if (change.kind != syntax::Change::Kind::kStops) continue;
      context.cited = change.under.empty() ? &item.under : &change.under;
      std::optional<Expr> condition = ResolveQuestion(context, *change.condition);
      Under under = ResolveUnder(context, change.under);
      if (condition) {
        context.pack.terms[row].stops.push_back(
            {.condition = std::move(*condition), .under = std::move(under)});
      }
    }
  }
  context.cited = nullptr;
}

}  // namespace lawbound::check
