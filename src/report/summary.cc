#include "report/summary.h"

#include <algorithm>
#include <fmt/format.h>

#include "report/words.h"

namespace lawbound::report {

std::vector<std::string> OpeningLines(const AuditDocument& document) {
  Tally total;
  for (const RuleFigures& rule : document.rules) {
    for (const SentenceFigures& sentence : rule.sentences) {
      if (sentence.side != "party") total.Add(sentence.tally);
    }
  }
  std::vector<std::string> out{
      words::AuditedLine(document.cases, document.entries, document.first_day, document.last_day),
      words::FoundLine(total.applied, total.broken, total.cannot_tell, total.pending),
      words::AsOfLine(document.as_of)};
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
      found = groups.insert(groups.end(), {.duty = duty, .acts = sentence.acts, .tally = {}});
    found->tally.Add(sentence.tally);
  }
  return groups;
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
    } else {
      out.push_back(words::ConditionSummary(group.acts, tally.applied, tally.broken, tally.cannot_tell));
    }
  }
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
