// The audit as JSON, docs/formats/audit-json.md.  Figures first, findings last, so that a reader of the head
// need not read on.
#include "report/audit_json.h"

#include "program/names.h"
#include "report/audit_report.h"
#include "report/values.h"
#include "report/words.h"

namespace lawbound::report {

namespace {

void WriteDay(JsonWriter& json, std::string_view key, std::optional<Day> day) {
  json.Key(key);
  day ? json.Text(base::PrintDay(*day)) : json.Null();
}

void WriteTexts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.Key(key).Begin('[');
  for (const std::string& text : texts) json.Text(text);
  json.End(']');
}

void WriteProvisions(JsonWriter& json, const std::vector<Provision>& provisions) {
  json.Key("provisions").Begin('[');
  for (const Provision& provision : provisions) {
    json.Begin('{');
    json.Key("citation").Text(provision.citation);
    json.Key("instrument").Text(provision.instrument);
    json.Key("reading").Text(provision.reading);
    json.End('}');
  }
  json.End(']');
}

void WriteSentence(JsonWriter& json, const SentenceFigures& sentence) {
  json.Line().Begin('{');
  json.Key("id").Text(sentence.id);
  json.Key("kind").Text(sentence.kind);
  json.Key("side").Text(sentence.side);
  json.Key("text").Text(sentence.text);
  WriteTexts(json, "acts", sentence.acts);
  WriteDay(json, "from", sentence.from);
  WriteDay(json, "until", sentence.until);
  json.Key("term");
  if (sentence.term) {
    json.Begin('{').Key("count").Value(sentence.term->count);
    json.Key("unit").Text(program::UnitWords(sentence.term->unit)).End('}');
  } else {
    json.Null();
  }
  WriteTally(json, sentence.tally);
  json.End('}');
}

void WriteRule(JsonWriter& json, const RuleFigures& rule) {
  json.Line().Begin('{');
  json.Key("id").Text(rule.id);
  json.Key("title").Text(rule.title);
  json.Key("provision").Text(rule.Citations());
  WriteProvisions(json, rule.provisions);
  WriteTally(json, rule.Total());
  json.Key("broken_cases");
  rule.broken_cases ? json.Value(*rule.broken_cases) : json.Null();
  json.Key("party_lapses").Value(rule.PartyLapses());
  json.Key("sentences").Begin('[');
  for (const SentenceFigures& sentence : rule.sentences) WriteSentence(json, sentence);
  json.Line().End(']').End('}');
}

void WriteCalendars(JsonWriter& json, const std::vector<CalendarUsed>& calendars) {
  json.Line().Key("calendars").Begin('[');
  for (const CalendarUsed& calendar : calendars) {
    json.Line().Begin('{');
    json.Key("name").Text(calendar.name);
    json.Key("version").Text(calendar.version);
    WriteDay(json, "first_published", calendar.first_published);
    WriteDay(json, "last_published", calendar.last_published);
    WriteTexts(json, "sources", calendar.sources);
    json.End('}');
  }
  json.Line().End(']');
}

void WriteQuality(JsonWriter& json, const std::vector<QualityOfLog>& quality) {
  json.Line().Key("quality").Begin('[');
  for (const QualityOfLog& of_log : quality) {
    json.Line().Begin('{').Key("log").Text(of_log.log).Key("sections").Begin('[');
    for (const QualitySection& section : of_log.page.sections) {
      json.Begin('{').Key("title").Text(section.title).Key("says").Text(section.says).Key("facts").Begin('[');
      for (const QualityFact& fact : section.facts) {
        json.Begin('{').Key("label").Text(fact.label).Key("count");
        fact.count ? json.Value(*fact.count) : json.Null();
        json.Key("note").Text(fact.note).End('}');
      }
      json.End(']').End('}');
    }
    json.End(']').End('}');
  }
  json.Line().End(']');
}

void WriteFinding(JsonWriter& json, const program::Program& program, const engine::FindingRow& row,
                  Day as_of) {
  json.Line().Begin('{');
  json.Key("case").Text(row.case_name);
  WriteOutcome(json, program, row.outcome, as_of);
  json.End('}');
}

}  // namespace

void WriteOutcome(JsonWriter& json, const program::Program& program, const model::Outcome& outcome,
                  Day as_of) {
  json.Key("rule");
  if (outcome.sentence) {
    json.Text(program::NameOf(program, program.sentences[outcome.sentence.index()].rule));
    json.Key("sentence").Text(SentenceName(program, outcome.sentence));
  } else {
    json.Null().Key("sentence").Null();
  }
  json.Key("act").Text(program::NameOf(program, outcome.act));
  json.Key("finding").Text(words::FindingWord(outcome.finding));
  json.Key("ground").Text(words::GroundWord(outcome.ground));
  json.Key("arose").Text(base::PrintDay(outcome.arose));
  WriteDay(json, "due", DueOf(program, outcome, as_of));
  WriteDay(json, "decided", DecidedOf(outcome));
  const std::optional<std::int32_t> late = DaysLateOf(outcome);
  json.Key("days_late");
  late ? json.Value(*late) : json.Null();
  WriteTexts(json, "marks", MarkWords(outcome.marks));
  json.Key("entry");
  outcome.entry == model::Outcome::kNoEntry ? json.Null() : json.Value(outcome.entry + 1);
}

std::optional<Day> DueOf(const program::Program& program, const model::Outcome& outcome, Day as_of) {
  const bool stopped = outcome.finding == model::Finding::kPending && outcome.due < as_of;
  const bool has = outcome.sentence && program.sentences[outcome.sentence.index()].term && !stopped &&
                   outcome.ground != model::Ground::kMissingPredecessor && outcome.due < engine::kNever;
  return has ? std::optional(outcome.due) : std::nullopt;
}

std::optional<Day> DecidedOf(const model::Outcome& outcome) {
  const bool certain = outcome.finding != model::Finding::kPending && outcome.decided < engine::kNever;
  return certain ? std::optional(outcome.decided) : std::nullopt;
}

std::optional<std::int32_t> DaysLateOf(const model::Outcome& outcome) {
  const bool late = outcome.finding == model::Finding::kBroken &&
                    (outcome.ground == model::Ground::kLate ||
                     (outcome.ground == model::Ground::kDuty && outcome.marks.late));
  return late ? std::optional(outcome.margin) : std::nullopt;
}

std::vector<std::string> MarkWords(const model::Marks& marks) {
  std::vector<std::string> out;
  if (marks.by_assumption) out.push_back("by assumption");
  if (marks.same_day) out.push_back("same day");
  if (marks.law_version) out.push_back("law version");
  if (marks.known_later) out.push_back("known later");
  if (marks.provisional) out.push_back("provisional");
  if (marks.moot) out.push_back("moot");
  if (marks.after_closing) out.push_back("after closing");
  return out;
}

void WriteTally(JsonWriter& json, const Tally& tally) {
  for (const TallyNumber& number : kTallyNumbers) json.Key(number.name).Value(tally.*number.member);
  json.Key("months").Begin('[');
  for (const auto& [month, counts] : tally.months) {
    json.Begin('{').Key("month").Text(words::LongMonth(month));
    json.Key("applied").Value(counts.applied).Key("broken").Value(counts.broken).End('}');
  }
  json.End(']').Key("days_used").Begin('[');
  for (std::size_t days = 0; days < tally.days_used.size(); ++days) {
    if (tally.days_used[days] == 0) continue;
    json.Begin('[').Value(days).Value(tally.days_used[days]).End(']');
  }
  json.End(']');
}

void WriteHead(JsonWriter& json, const AuditDocument& document) {
  json.Begin('{');
  json.Line().Key("format").Text(kAuditFormat);
  json.Line().Key("pack").Text(document.pack);
  json.Line().Key("title").Text(document.title);
  json.Line().Key("pack_hash").Text(document.pack_hash);
  json.Line().Key("language").Text(document.language);
  json.Line().Key("log").Text(words::List(document.logs, ", "));
  json.Line();
  WriteTexts(json, "logs", document.logs);
  json.Line().Key("mapping").Text(document.mapping);
  json.Line().Key("strict").Value(document.strict);
  json.Line().Key("shard").Begin('{');
  json.Key("part").Value(document.shard).Key("of").Value(document.shards).End('}');
  json.Line();
  WriteDay(json, "as_of", document.as_of);
  json.Line().Key("period").Begin('{');
  WriteDay(json, "from", document.from);
  WriteDay(json, "to", document.to);
  json.End('}');
  json.Line().Key("rule").Text(document.rule);
  json.Line().Key("cases").Value(document.cases);
  json.Key("acts_done").Value(document.entries);
  json.Key("overruns").Value(document.overruns);
  WriteDay(json, "first_day", document.first_day);
  WriteDay(json, "last_day", document.last_day);
  json.Line().Key("findings_listed").Value(document.findings);
  json.Key("findings_cut").Value(document.findings_cut);
  json.Line().Key("rules").Begin('[');
  for (const RuleFigures& rule : document.rules) WriteRule(json, rule);
  json.Line().End(']');
  json.Line().Key("acts").Begin('[');
  for (const ActFigures& act : document.acts) {
    json.Line().Begin('{').Key("id").Text(act.id).Key("title").Text(act.title).Key("side").Text(act.side);
    WriteProvisions(json, act.provisions);
    WriteTally(json, act.tally);
    json.End('}');
  }
  json.Line().End(']');
  json.Line().Key("assumptions").Begin('[');
  for (const Assumption& assumption : document.assumptions) {
    json.Line().Begin('{').Key("field").Text(assumption.field).Key("value").Text(assumption.value);
    json.Key("answers").Value(assumption.answers).Key("exact").Value(assumption.exact).End('}');
  }
  json.Line().End(']');
  json.Line();
  WriteTexts(json, "unseen", document.unseen);
  WriteCalendars(json, document.calendars);
  WriteQuality(json, document.quality);
  json.Line().Key("findings").Begin('[');
}

void WriteTail(JsonWriter& json, std::ostream& out) {
  json.Line().End(']').Line().End('}');
  out << '\n';
}

void WriteAuditJson(const AuditReport& report, std::ostream& out) {
  JsonWriter json(out);
  WriteHead(json, MakeDocument(report));
  for (const engine::FindingRow& row : report.audit.findings)
    WriteFinding(json, report.plan.program(), row, report.audit.as_of);
  WriteTail(json, out);
}

}  // namespace lawbound::report
