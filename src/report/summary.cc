#include "report/summary.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "program/names.h"
#include "report/words.h"

namespace lawbound::report {

namespace {

// Breaches by the instruments that their rules cite, the most first; a rule may cite several.
std::vector<std::pair<std::string, std::uint64_t>> BreachesByInstrument(const AuditDocument& document) {
  std::vector<std::pair<std::string, std::uint64_t>> out;
  for (const RuleFigures& rule : document.rules) {
    const std::uint64_t broken = rule.Total().broken - rule.PartyLapses();
    if (broken == 0) continue;
    std::vector<std::string> instruments;
    for (const Provision& provision : rule.provisions) {
      const std::string name = words::Quoted(provision.instrument);
      if (std::find(instruments.begin(), instruments.end(), name) == instruments.end())
        instruments.push_back(name);
    }
    const std::string named = words::List(instruments);
    auto found = std::find_if(out.begin(), out.end(), [&](const auto& row) { return row.first == named; });
    if (found == out.end()) found = out.insert(out.end(), {named, 0});
    found->second += broken;
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return out;
}

}  // namespace

std::vector<std::string> OpeningLines(const AuditDocument& document) {
  Tally total;
  for (const RuleFigures& rule : document.rules) {
    for (const SentenceFigures& sentence : rule.sentences) {
      if (sentence.side != "party") total.Add(sentence.tally);
    }
  }
  std::vector<std::string> out{
      words::AuditedLine(document.cases, document.entries, document.first_day, document.last_day),
      words::FoundLine(total.applied, total.broken, total.cannot_tell, total.pending)};
  const auto under = BreachesByInstrument(document);
  if (under.size() > 1) out.push_back(words::BreachesUnder(under));
  out.push_back(words::AsOfLine(document.as_of));
  if (document.from || document.to) out.push_back(words::PeriodLine(document.from, document.to));
  if (document.overruns > 0) out.push_back(words::OverrunLine(document.overruns));
  if (document.findings_cut > 0) out.push_back(words::CutLine(document.findings_cut));
  return out;
}

namespace {

// Sentences with the same acts and the same kind of duty are told together: versions of one norm.
struct Group {
  bool duty = false;
  std::vector<std::string> acts;
  Tally tally;
  std::vector<const SentenceFigures*> sentences;
};

std::vector<Group> GroupsOf(const RuleFigures& rule) {
  std::vector<Group> groups;
  for (const SentenceFigures& sentence : rule.sentences) {
    if (sentence.side == "party" || sentence.kind == "on" || sentence.tally.applied == 0) continue;
    const bool duty = sentence.kind == "must";
    auto found = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      return group.duty == duty && group.acts == sentence.acts;
    });
    if (found == groups.end())
      found =
          groups.insert(groups.end(), {.duty = duty, .acts = sentence.acts, .tally = {}, .sentences = {}});
    found->tally.Add(sentence.tally);
    found->sentences.push_back(&sentence);
  }
  return groups;
}

// Where the days allowed have changed: what today's alone, counted for all, would have said.
std::optional<std::string> FlatCountOf(const Group& group) {
  const SentenceFigures* newest = nullptr;
  bool changed = false;
  std::optional<Day> before;  // the last day of the sentence before; read strictly, several may apply at once
  for (const SentenceFigures* sentence : group.sentences) {
    if (!sentence->term || sentence->term->unit != calendar::Unit::kDays) return std::nullopt;
    if (sentence != group.sentences.front() && (!before || !sentence->from || *sentence->from <= *before))
      return std::nullopt;
    before = sentence->until;
    changed = changed || sentence->term->count != group.sentences.front()->term->count;
    if (sentence->from && (newest == nullptr || *newest->from < *sentence->from)) newest = sentence;
  }
  if (!changed || newest == nullptr) return std::nullopt;
  std::uint64_t late = 0;
  const std::vector<std::uint32_t>& used = group.tally.days_used;
  for (auto days = static_cast<std::size_t>(newest->term->count) + 1; days < used.size(); ++days)
    late += used[days];
  return words::FlatCount(program::LengthText(*newest->term), *newest->from, late);
}

}  // namespace

std::vector<std::string> RuleLines(const RuleFigures& rule) {
  std::vector<std::string> out;
  for (const Group& group : GroupsOf(rule)) {
    const Tally& tally = group.tally;
    if (group.duty) {
      out.push_back(words::DutySummary(group.acts, {.times = tally.applied,
                                                    .late = tally.late,
                                                    .never = tally.never,
                                                    .pending = tally.pending,
                                                    .cannot_tell = tally.cannot_tell}));
      if (const auto flat = FlatCountOf(group)) out.push_back(*flat);
    } else {
      out.push_back(words::ConditionSummary(group.acts, tally.applied, tally.broken, tally.cannot_tell));
    }
  }
  if (rule.broken_cases.value_or(0) > 0) out.push_back(words::CasesBroken(*rule.broken_cases));
  std::uint64_t assumed = 0;
  for (const SentenceFigures& sentence : rule.sentences) {
    if (sentence.side != "party") assumed += sentence.tally.by_assumption;
  }
  if (assumed > 0) out.push_back(words::HangsOnAssumption(assumed));
  if (rule.PartyLapses() > 0) out.push_back(words::PartyLapses(rule.PartyLapses()));
  return out;
}

std::vector<std::string> AssumptionLines(const AuditDocument& document) {
  std::vector<std::string> out;
  if (document.strict && !document.assumptions.empty()) {
    out.emplace_back(words::kStrict);
  } else {
    for (const Assumption& assumption : document.assumptions) {
      out.push_back(
          words::AssumptionLine(assumption.field, assumption.value, assumption.answers, assumption.exact));
    }
  }
  if (out.empty()) out.emplace_back(words::kNoAssumptions);
  if (!document.unseen.empty()) out.push_back(words::UnseenLine(document.unseen));
  return out;
}

std::vector<std::string> NotSeen(const AuditDocument& document) {
  std::vector<std::string> out;
  for (const RuleFigures& rule : document.rules) {
    for (const Provision& provision : rule.provisions) {
      const std::string line = fmt::format("{} ({})", provision.citation, provision.reading);
      if (provision.reading != "seen" && std::find(out.begin(), out.end(), line) == out.end())
        out.push_back(line);
    }
  }
  return out;
}

std::vector<std::string> ComputedLines(const AuditDocument& document) {
  std::vector<std::string> out{words::PackLine(document.pack, document.title, document.pack_hash)};
  if (!document.mapping.empty()) out.push_back(words::MappingLine(document.mapping));
  for (const CalendarUsed& calendar : document.calendars) {
    out.push_back(words::CalendarLine(calendar.name, calendar.version, calendar.first_published,
                                      calendar.last_published));
  }
  out.push_back(words::ReadingLine(NotSeen(document)));
  return out;
}

}  // namespace lawbound::report
