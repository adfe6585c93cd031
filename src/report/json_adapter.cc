// Reads audits back.  The only file that sees the JSON library; its exceptions end here.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "program/names.h"
#include "report/audit_json.h"

namespace lawbound::report {

namespace {

using Json = nlohmann::ordered_json;

std::optional<Day> ReadDay(const Json& value) {
  if (value.is_null()) return std::nullopt;
  return base::ParseDay(value.get<std::string>());
}

std::vector<std::string> ReadTexts(const Json& value) { return value.get<std::vector<std::string>>(); }

std::vector<Provision> ReadProvisions(const Json& value) {
  std::vector<Provision> out;
  for (const Json& item : value) {
    out.push_back({.citation = item.at("citation").get<std::string>(),
                   .instrument = item.at("instrument").get<std::string>(),
                   .reading = item.at("reading").get<std::string>()});
  }
  return out;
}

Tally ReadTally(const Json& value) {
  Tally out;
  for (const TallyNumber& number : kTallyNumbers) {
    out.*number.member = value.at(std::string(number.name)).get<std::uint64_t>();
  }
  for (const Json& month : value.at("months")) {
    const std::optional<Day> first = base::ParseDay(month.at("month").get<std::string>() + "-01");
    const base::YearMonthDay date = base::FromDay(first.value_or(Day{}));
    out.months[date.year * 12 + date.month - 1] = {.applied = month.at("applied").get<std::uint64_t>(),
                                                   .broken = month.at("broken").get<std::uint64_t>()};
  }
  for (const Json& cell : value.at("days_used")) {
    const auto days = std::min(cell.at(0).get<std::size_t>(), Tally::kDaysUsed);
    if (out.days_used.size() <= days) out.days_used.resize(days + 1, 0);
    out.days_used[days] = cell.at(1).get<std::uint32_t>();
  }
  return out;
}

std::optional<calendar::Length> ReadTerm(const Json& value) {
  if (value.is_null()) return std::nullopt;
  const std::string unit = value.at("unit").get<std::string>();
  using calendar::Unit;
  for (const Unit known : {Unit::kDays, Unit::kWorkingDays, Unit::kHours, Unit::kMonths, Unit::kYears}) {
    if (program::UnitWords(known) == unit)
      return calendar::Length{value.at("count").get<std::int32_t>(), known};
  }
  return std::nullopt;
}

SentenceFigures ReadSentence(const Json& value) {
  return {.id = value.at("id").get<std::string>(),
          .kind = value.at("kind").get<std::string>(),
          .side = value.at("side").get<std::string>(),
          .text = value.at("text").get<std::string>(),
          .acts = ReadTexts(value.at("acts")),
          .from = ReadDay(value.at("from")),
          .until = ReadDay(value.at("until")),
          .term = ReadTerm(value.at("term")),
          .tally = ReadTally(value)};
}

void ReadRules(const Json& root, AuditDocument& out) {
  for (const Json& rule : root.at("rules")) {
    RuleFigures figures{.id = rule.at("id").get<std::string>(),
                        .title = rule.at("title").get<std::string>(),
                        .provisions = ReadProvisions(rule.at("provisions")),
                        .sentences = {},
                        .broken_cases = std::nullopt};
    if (const Json& cases = rule.at("broken_cases"); !cases.is_null())
      figures.broken_cases = cases.get<std::uint64_t>();
    for (const Json& sentence : rule.at("sentences")) figures.sentences.push_back(ReadSentence(sentence));
    out.rules.push_back(std::move(figures));
  }
  for (const Json& act : root.at("acts")) {
    out.acts.push_back({.id = act.at("id").get<std::string>(),
                        .title = act.at("title").get<std::string>(),
                        .side = act.at("side").get<std::string>(),
                        .provisions = ReadProvisions(act.at("provisions")),
                        .tally = ReadTally(act)});
  }
}

void ReadGrounds(const Json& root, AuditDocument& out) {
  for (const Json& assumption : root.at("assumptions")) {
    out.assumptions.push_back({.field = assumption.at("field").get<std::string>(),
                               .value = assumption.at("value").get<std::string>(),
                               .answers = assumption.at("answers").get<std::uint64_t>(),
                               .exact = assumption.at("exact").get<bool>()});
  }
  out.unseen = ReadTexts(root.at("unseen"));
  for (const Json& calendar : root.at("calendars")) {
    out.calendars.push_back({.name = calendar.at("name").get<std::string>(),
                             .version = calendar.at("version").get<std::string>(),
                             .first_published = ReadDay(calendar.at("first_published")),
                             .last_published = ReadDay(calendar.at("last_published")),
                             .sources = ReadTexts(calendar.at("sources"))});
  }
  for (const Json& of_log : root.at("quality")) {
    QualityOfLog quality{.log = of_log.at("log").get<std::string>(), .page = {}};
    for (const Json& section : of_log.at("sections")) {
      QualitySection read{.title = section.at("title").get<std::string>(),
                          .says = section.at("says").get<std::string>(),
                          .facts = {}};
      for (const Json& fact : section.at("facts")) {
        const Json& count = fact.at("count");
        read.facts.push_back(
            {.label = fact.at("label").get<std::string>(),
             .count = count.is_null() ? std::nullopt : std::optional(count.get<std::uint64_t>()),
             .note = fact.at("note").get<std::string>()});
      }
      quality.page.sections.push_back(std::move(read));
    }
    out.quality.push_back(std::move(quality));
  }
}

AuditDocument ReadDocument(const Json& root) {
  AuditDocument out;
  out.pack = root.at("pack").get<std::string>();
  out.title = root.at("title").get<std::string>();
  out.pack_hash = root.at("pack_hash").get<std::string>();
  out.language = root.at("language").get<std::string>();
  out.mapping = root.at("mapping").get<std::string>();
  out.logs = ReadTexts(root.at("logs"));
  out.strict = root.at("strict").get<bool>();
  out.shard = root.at("shard").at("part").get<std::uint32_t>();
  out.shards = root.at("shard").at("of").get<std::uint32_t>();
  out.as_of = ReadDay(root.at("as_of")).value_or(Day{});
  out.from = ReadDay(root.at("period").at("from"));
  out.to = ReadDay(root.at("period").at("to"));
  out.rule = root.at("rule").get<std::string>();
  out.cases = root.at("cases").get<std::uint64_t>();
  out.entries = root.at("acts_done").get<std::uint64_t>();
  out.overruns = root.at("overruns").get<std::uint64_t>();
  out.first_day = ReadDay(root.at("first_day"));
  out.last_day = ReadDay(root.at("last_day"));
  out.findings = root.at("findings_listed").get<std::uint64_t>();
  out.findings_cut = root.at("findings_cut").get<std::uint64_t>();
  ReadRules(root, out);
  ReadGrounds(root, out);
  return out;
}

}  // namespace

base::Result<ReadAudit> ReadAuditJson(std::string_view text) {
  ReadAudit out;
  bool in_findings = false;
  // Findings are taken out as they are read, so that they never stand in memory as a tree.
  const auto take = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth == 1 && event == Json::parse_event_t::key) in_findings = parsed == "findings";
    if (!in_findings || depth != 2 || event != Json::parse_event_t::object_end) return true;
    out.findings.push_back(parsed.dump());
    return false;
  };
  try {
    const Json root = Json::parse(text, take);
    const std::string format = root.at("format").get<std::string>();
    if (format != kAuditFormat) {
      return base::Error{base::Errc::kInvalid,
                         fmt::format("its format is '{}', not '{}'", format, kAuditFormat)};
    }
    out.document = ReadDocument(root);
  } catch (const Json::exception&) {
    return base::Error{base::Errc::kInvalid,
                       "not an audit in JSON; audits are written with 'lawbound audit --json'"};
  }
  return out;
}

}  // namespace lawbound::report
