// Stage "time": named terms and the unnamed terms of "within L of E"; stage "stops": their conditions.
#include <algorithm>

#include "check/citations.h"
#include "check/events.h"
#include "check/expressions.h"
#include "check/messages.h"
#include "check/stages.h"

namespace lawbound::check {
namespace {

// A length that is not in hours: these are for terms alone.
std::optional<Length> DaysLength(Context& context, const syntax::Length& length) {
  const std::optional<Length> resolved = ResolveLength(context, length);
  if (!resolved || resolved->fixed.unit != calendar::Unit::kHours) return resolved;
  context.Say(HoursHere(length.span));
  return std::nullopt;
}

// Who acts within a term, as far as the sentences that name it say.
std::vector<RoleId> ActingWithin(Context& context, const std::string& term) {
  std::vector<RoleId> roles;
  for (const syntax::Rule* rule : context.names.rules) {
    for (const syntax::Sentence& sentence : rule->sentences) {
      if (!sentence.within || !sentence.within->term || sentence.within->term->text != term) continue;
      for (const syntax::Name& name : sentence.roles) {
        const auto found = context.names.entities.find(name.text);
        if (found != context.names.entities.end()) roles.emplace_back(found->second.row);
      }
    }
  }
  return roles;
}

void ResolveExtension(Context& context, const syntax::Change& change, Term& term) {
  const std::optional<ActId> act = FindAct(context, *change.name);
  const std::optional<Length> by = DaysLength(context, *change.length);
  if (!act || !by) return;
  if (by->kind == Length::Kind::kField && context.pack.fields[by->field.index()].act != *act) {
    const Field& field = context.pack.fields[by->field.index()];
    context.Say(ForeignLength(change.length->span, field.name, change.name->text));
    return;
  }
  Extension extension{
      .act = *act, .by = *by, .cap = {}, .once = change.once, .under = ResolveUnder(context, change.under)};
  if (change.cap) extension.cap = DaysLength(context, *change.cap);
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
      const auto length = DaysLength(context, *change.length);
      const auto event = ResolveEvent(context, *change.event);
      const bool foreign = length && event && length->kind == Length::Kind::kField &&
                           context.pack.fields[length->field.index()].act != event->act;
      if (foreign) {
        const Field& field = context.pack.fields[length->field.index()];
        context.Say(ForeignLength(change.length->span, field.name, change.event->name.text));
      } else if (length && event && length->kind == Length::Kind::kFact && event->kind != Event::Kind::kAct) {
        context.Say(NoTableHere(change.length->span));
      } else if (length && event) {
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

Length OpenLength(Context& context, syntax::Unit unit, Span at) {
  Length length;
  length.kind = Length::Kind::kOpen;
  length.fixed.unit =
      unit == syntax::Unit::kWorkingDays ? calendar::Unit::kWorkingDays : calendar::Unit::kDays;
  const bool days = unit == syntax::Unit::kDays || unit == syntax::Unit::kWorkingDays;
  if (!days) context.Say(CountsDays(at));
  return length;
}

// Hours run from a moment and nothing stops them.
void CheckHours(Context& context, const syntax::Term& item, const Term& term) {
  if (term.length.fixed.unit != calendar::Unit::kHours) return;
  for (const syntax::Change& change : item.changes) {
    const bool changes =
        change.kind == syntax::Change::Kind::kStops || change.kind == syntax::Change::Kind::kExtended;
    if (changes) context.Say(HoursRunOn(change.span));
  }
}

// A stop puts the end off by days of the term; of an extension that counts others nobody has said what it
// does.
void CheckExtensionUnits(Context& context, const syntax::Term& item, const Term& term) {
  const bool stops = std::any_of(item.changes.begin(), item.changes.end(), [](const syntax::Change& change) {
    return change.kind == syntax::Change::Kind::kStops;
  });
  const auto counts = [](const Length& length) {
    return length.fixed.unit == calendar::Unit::kYears ? calendar::Unit::kMonths : length.fixed.unit;
  };
  if (!stops || term.length.kind == Length::Kind::kField) return;
  for (const syntax::Change& change : item.changes) {
    if (change.kind != syntax::Change::Kind::kExtended) continue;
    const auto found =
        std::find_if(term.extensions.begin(), term.extensions.end(), [&](const Extension& row) {
          return row.by.kind != Length::Kind::kField && counts(row.by) != counts(term.length) &&
                 context.pack.acts[row.act.index()].name == change.name->text;
        });
    if (found != term.extensions.end()) context.Say(ExtensionOfOtherUnit(change.length->span, term.name));
  }
}

void ResolveTerm(Context& context, const syntax::Term& item) {
  Term term;
  term.name = item.name.text;
  term.span = item.name.span;
  term.under = ResolveUnder(context, item.under);
  context.cited = &item.under;
  context.acting = ActingWithin(context, term.name);
  if (item.counts) term.length = OpenLength(context, *item.counts, item.name.span);
  if (item.length) term.length = ResolveLength(context, *item.length).value_or(Length());
  ResolveStart(context, item.start, term);
  for (const syntax::Change& change : item.changes) {
    context.cited = &item.under;
    ResolveChange(context, change, term);
  }
  if (!term.counting) term.counting = PackCounting(context, item.name.span).value_or(CountingId());
  CheckHours(context, item, term);
  CheckExtensionUnits(context, item, term);
  context.cited = nullptr;
  context.acting.clear();
  context.pack.terms.push_back(std::move(term));
}

void ResolveUnnamedTerm(Context& context, const syntax::Rule& rule, const syntax::Sentence& sentence) {
  const syntax::WithinSpan& within = *sentence.within;
  for (const syntax::Name& name : sentence.roles) {
    const auto found = context.names.entities.find(name.text);
    if (found != context.names.entities.end()) context.acting.emplace_back(found->second.row);
  }
  Term term;
  term.span = within.span;
  term.under = ResolveUnder(context, rule.under);
  context.cited = &rule.under;
  term.length = ResolveLength(context, *within.length).value_or(Length());
  ResolveStart(context, within.start, term);
  term.restarts = term.starts;
  term.counting = PackCounting(context, within.span).value_or(CountingId());
  context.cited = nullptr;
  context.acting.clear();
  context.pack.terms.push_back(std::move(term));
}

// The numbers of "limit(issue.kind) days": facts after all that have a name, so that they may use any.
void ResolveLengths(Context& context) {
  // A pack with a hole among its facts has numbers that mean nothing; it was told why.
  if (context.pack.facts.size() != context.names.facts.size()) return;
  for (const syntax::Expr* item : context.lengths) {
    Fact fact;
    fact.name = std::string(context.sources.text(item->span));
    fact.span = item->span;
    if (std::optional<Expr> value = ResolveExpr(context, *item)) {
      if (value->type.value != ValueType::kWhole) {
        context.Say(WrongType(item->span, TypeWords(ValueType::kWhole), TypeWords(value->type.value)));
      }
      fact.value = std::move(*value);
    }
    context.pack.facts.push_back(std::move(fact));
  }
  // The number is asked where its term lies.
  const auto lies = [&](const Length& length, RoleId part) {
    if (length.kind == Length::Kind::kFact) context.pack.facts[length.fact.index()].part = part;
  };
  for (const Term& term : context.pack.terms) {
    lies(term.length, term.part);
    for (const Extension& extension : term.extensions) {
      lies(extension.by, term.part);
      if (extension.cap) lies(*extension.cap, term.part);
    }
    for (const Ceiling& ceiling : term.ceilings) lies(ceiling.length, term.part);
  }
}

}  // namespace

void ResolveTerms(Context& context) {
  for (const syntax::Term* item : context.names.terms) ResolveTerm(context, *item);
  std::size_t sentence_row = 0;
  for (const syntax::Rule* rule : context.names.rules) {
    for (const syntax::Sentence& sentence : rule->sentences) {
      if (context.names.unnamed_terms.contains(&sentence)) {
        ResolveUnnamedTerm(context, *rule, sentence);
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
  ResolveLengths(context);
}

}  // namespace lawbound::check
