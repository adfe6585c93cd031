// Resolves the names of an audit's figures.
#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "program/names.h"
#include "report/audit_report.h"
#include "report/reads.h"
#include "report/values.h"
#include "report/words.h"

namespace lawbound::report {

using program::Program;

std::vector<Provision> ProvisionsOf(const Program& program, base::Range<program::Citation> under,
                                    std::string_view language) {
  std::vector<Provision> out;
  for (std::uint32_t i = under.first; i < under.end(); ++i) {
    const program::Citation& citation = program.citations[i];
    const program::InstrumentDef& instrument = program.instruments[citation.instrument.index()];
    out.push_back({.citation = program::Words(program, citation),
                   .instrument = program::TitleOf(program, instrument.titles, language,
                                                  program.string(instrument.name)),
                   .reading = std::string(law::ReadingWords(citation.reading))});
  }
  return out;
}

std::string SentenceName(const Program& program, model::SentenceId id) {
  if (!id) return "";
  const model::RuleId rule = program.sentences[id.index()].rule;
  return fmt::format("{}.{}", program::NameOf(program, rule),
                     id.index() - program.rules[rule.index()].sentences.first + 1);
}

namespace {

SentenceFigures FiguresOf(const AuditReport& report, model::SentenceId id) {
  const Program& program = report.plan.program();
  const program::SentenceDef& sentence = program.sentences[id.index()];
  SentenceFigures out;
  out.id = SentenceName(program, id);
  out.kind = words::KindWord(sentence.kind);
  out.side = program::SideWords(sentence.side);
  out.text = program.string(sentence.text);
  for (std::uint32_t i = sentence.acts.first; i < sentence.acts.end(); ++i) {
    out.acts.push_back(program::TitleOf(program, program.act_lists[i], report.language));
  }
  if (sentence.from > base::kFirstDay) out.from = sentence.from;
  if (sentence.until < base::kLastDay) out.until = sentence.until;
  if (sentence.term) {
    const program::LengthDef& length = program.terms[sentence.term.index()].length;
    if (length.kind == program::LengthDef::Kind::kFixed) out.term = length.fixed;
  }
  out.tally = report.audit.sentences[id.index()];
  return out;
}

void AddRules(const AuditReport& report, AuditDocument& out) {
  const Program& program = report.plan.program();
  for (std::size_t i = 0; i < program.rules.size(); ++i) {
    if (report.options.rule && report.options.rule != model::RuleId(i)) continue;
    const program::RuleDef& rule = program.rules[i];
    RuleFigures figures;
    figures.id = program::NameOf(program, model::RuleId(i));
    figures.title = program::TitleOf(program, model::RuleId(i), report.language);
    figures.provisions = ProvisionsOf(program, rule.under, report.language);
    for (std::uint32_t s = rule.sentences.first; s < rule.sentences.end(); ++s) {
      figures.sentences.push_back(FiguresOf(report, model::SentenceId(s)));
    }
    out.rules.push_back(std::move(figures));
  }
}

// Findings are in the order of cases.
void CountCases(const AuditReport& report, AuditDocument& out) {
  if (report.audit.findings_cut > 0) return;
  const Program& program = report.plan.program();
  std::vector<std::uint64_t> cases(program.rules.size()), last(program.rules.size(), ~std::uint64_t{0});
  for (const engine::FindingRow& row : report.audit.findings) {
    if (row.outcome.finding != model::Finding::kBroken || !row.outcome.sentence) continue;
    const std::size_t rule = program.sentences[row.outcome.sentence.index()].rule.index();
    if (std::exchange(last[rule], row.case_number) != row.case_number) ++cases[rule];
  }
  const std::size_t first = report.options.rule ? report.options.rule.index() : 0;
  for (std::size_t i = 0; i < out.rules.size(); ++i) out.rules[i].broken_cases = cases[first + i];
}

void AddActs(const AuditReport& report, AuditDocument& out) {
  const Program& program = report.plan.program();
  if (report.options.rule) return;
  for (std::size_t i = 0; i < program.acts.size(); ++i) {
    const program::ActDef& act = program.acts[i];
    out.acts.push_back({.id = std::string(program::NameOf(program, model::ActId(i))),
                        .title = program::TitleOf(program, model::ActId(i), report.language),
                        .side = std::string(program::SideWords(act.side)),
                        .provisions = ProvisionsOf(program, act.under, report.language),
                        .tally = report.audit.acts[i]});
  }
}

// An answer does not say which assumption it hangs on; where its sentence reads one only, it can be no other.
void AddAssumptions(const AuditReport& report, AuditDocument& out) {
  const Program& program = report.plan.program();
  const program::MappingDef* mapping = report.plan.mapping();
  if (mapping == nullptr) return;
  out.mapping = program.string(mapping->name);
  for (std::uint32_t i = mapping->unseen_acts.first; i < mapping->unseen_acts.end(); ++i) {
    out.unseen.push_back(std::string(program::NameOf(program, program.act_lists[i])));
  }
  for (std::uint32_t i = mapping->unseen_fields.first; i < mapping->unseen_fields.end(); ++i) {
    out.unseen.push_back(program::NameOf(program, program.field_lists[i]));
  }
  if (mapping->assumed.empty()) return;
  std::vector<Reads> reads;
  for (std::size_t s = 0; s < program.sentences.size(); ++s)
    reads.push_back(ReadsOf(program, model::SentenceId(s)));
  for (std::uint32_t i = mapping->assumed.first; i < mapping->assumed.end(); ++i) {
    const program::AssumedValue& value = program.assumed_values[i];
    Assumption assumption{
        .field = program::NameOf(program, value.field),
        .value = ValueText(program, nullptr, value.value, TypeOfField(program, value.field))};
    for (std::size_t s = 0; s < program.sentences.size(); ++s) {
      if (!reads[s].fields.contains(value.field)) continue;
      assumption.answers += report.audit.sentences[s].by_assumption;
      for (std::uint32_t k = mapping->assumed.first; k < mapping->assumed.end(); ++k) {
        if (k != i && reads[s].fields.contains(program.assumed_values[k].field)) assumption.exact = false;
      }
    }
    out.assumptions.push_back(std::move(assumption));
  }
}

void AddCalendars(const AuditReport& report, AuditDocument& out) {
  const Program& program = report.plan.program();
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < program.countings.size(); ++i) {
    const calendar::Calendar& calendar = *report.plan.counting(program::CountingId(i)).calendar;
    if (!seen.insert(calendar.name()).second) continue;
    CalendarUsed used{.name = calendar.name(), .version = calendar.version()};
    if (calendar.first_published() <= calendar.last_published()) {
      used.first_published = calendar.first_published();
      used.last_published = calendar.last_published();
    }
    std::set<std::string> sources;
    if (report.audit.first_day) {
      for (Day day = *report.audit.first_day; day <= report.audit.as_of; day = day + 1) {
        const std::string_view source = calendar.Source(day);
        if (!source.empty()) sources.emplace(source);
      }
    }
    used.sources.assign(sources.begin(), sources.end());
    out.calendars.push_back(std::move(used));
  }
}

}  // namespace

AuditDocument MakeDocument(const AuditReport& report) {
  const Program& program = report.plan.program();
  AuditDocument out;
  out.pack = program.string(program.path);
  out.title = program::TitleOf(program, program.titles_of_pack, report.language, out.pack);
  out.pack_hash = report.program_hash;
  out.language = report.language;
  out.logs = {report.log};
  out.strict = report.strict;
  out.shard = report.options.shard + 1;
  out.shards = report.options.shards;
  out.as_of = report.audit.as_of;
  out.from = report.options.from;
  out.to = report.options.to;
  if (report.options.rule) out.rule = program::NameOf(program, report.options.rule);
  out.cases = report.audit.cases;
  out.entries = report.audit.entries;
  out.overruns = report.audit.overruns;
  out.first_day = report.audit.first_day;
  out.last_day = report.audit.last_day;
  out.findings = report.audit.findings.size();
  out.findings_cut = report.audit.findings_cut;
  AddRules(report, out);
  CountCases(report, out);
  AddActs(report, out);
  AddAssumptions(report, out);
  AddCalendars(report, out);
  out.quality.push_back({.log = report.log, .page = report.quality});
  return out;
}

}  // namespace lawbound::report
