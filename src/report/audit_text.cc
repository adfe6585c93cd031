// The audit for a terminal.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>
#include <vector>

#include "report/account.h"
#include "report/audit_report.h"
#include "report/summary.h"
#include "report/words.h"

namespace lawbound::report {

namespace {

constexpr std::size_t kWidth = 100;

void Heading(std::string_view title, std::string& out) { out += fmt::format("\n{}\n", title); }

void Lines(const std::vector<std::string>& lines, std::string& out) {
  for (const std::string& line : lines) out += Wrap(line, 2, 0, kWidth);
}

void AddTable(const AuditDocument& document, std::string& out) {
  const auto& labels = words::kColumns;
  std::size_t longest = labels[0].size();
  for (const RuleFigures& rule : document.rules) longest = std::max(longest, rule.id.size());
  const int name = static_cast<int>(std::min<std::size_t>(longest, 34));
  out += fmt::format("  {:<{}} {:>11} {:>11} {:>11} {:>11} {:>11}\n", labels[0], name, labels[1], labels[2],
                     labels[3], labels[4], labels[5]);
  for (const RuleFigures& rule : document.rules) {
    const Tally total = rule.Total();
    out += fmt::format("  {:<{}} {:>11} {:>11} {:>11} {:>11} {:>11}\n", rule.id, name,
                       words::Number(total.applied), words::Number(total.kept), words::Number(total.broken),
                       words::Number(total.pending), words::Number(total.cannot_tell));
  }
}

void AddRules(const AuditDocument& document, std::string& out) {
  for (const RuleFigures& rule : document.rules) {
    const std::vector<std::string> lines = RuleLines(rule);
    if (lines.empty()) continue;
    out += "\n" + Wrap(fmt::format("{} ({})", words::Quoted(rule.title), rule.Citations()), 2, 2, kWidth);
    for (const std::string& line : lines) out += Wrap(line, 4, 0, kWidth);
  }
}

void AddActs(const AuditDocument& document, std::string& out) {
  std::string lines;
  for (const ActFigures& act : document.acts) {
    const Tally& tally = act.tally;
    if (act.side == "party" || tally.broken + tally.cannot_tell == 0) continue;
    lines += Wrap(words::ActLine(act.title, tally.broken, tally.cannot_tell), 2, 2, kWidth);
  }
  if (lines.empty()) return;
  Heading(words::kActs, out);
  out += lines;
}

// The gravest few breaches of each rule and of each kind of act: who wants more reads the page.
void AddWorst(const AuditReport& report, std::string& out) {
  constexpr std::size_t kOfEach = 3;
  Heading(words::kWorst, out);
  std::map<std::pair<model::RuleId, model::ActId>, std::size_t> told;
  std::size_t left_out = 0;
  for (const engine::KeptCase& kept : report.audit.kept) {
    const model::SentenceId sentence = kept.outcome.sentence;
    const auto owner = sentence
                           ? std::pair(report.plan.program().sentences[sentence.index()].rule, model::ActId())
                           : std::pair(model::RuleId(), kept.outcome.act);
    if (kept.outcome.finding != model::Finding::kBroken || ++told[owner] > kOfEach) {
      ++left_out;
      continue;
    }
    const model::History history = kept.batch.history(0);
    const engine::Explanation explanation = engine::Explain(report.plan, history, kept.outcome);
    const Account account = MakeAccount(report.plan, history, explanation,
                                        {.voice = report.language, .as_of = report.audit.as_of});
    out += fmt::format("\n  {}\n", words::CaseLine(history.name));
    out += AccountText(account, 4, kWidth);
  }
  if (told.empty()) out += Wrap(words::kNoWorst, 2, 0, kWidth);
  if (left_out > 0) out += "\n" + Wrap(words::MoreWorst(left_out), 2, 2, kWidth);
}

void AddQuality(const AuditDocument& document, std::string& out) {
  Heading(words::kQuality, out);
  bool any = false;
  for (const QualityOfLog& of_log : document.quality) {
    for (const QualitySection& section : of_log.page.sections) {
      any = true;
      out += fmt::format("  {}\n", section.title);
      if (!section.says.empty()) out += Wrap(section.says, 4, 0, kWidth);
      for (const QualityFact& fact : section.facts) {
        std::string line = fact.label;
        if (fact.count) line += ": " + words::Number(*fact.count);
        if (!fact.note.empty()) line += fact.count ? fmt::format(" ({})", fact.note) : ": " + fact.note;
        out += Wrap(line, 4, 2, kWidth);
      }
    }
  }
  if (!any) out += Wrap(words::kNoQuality, 2, 0, kWidth);
}

}  // namespace

std::string AuditText(const AuditReport& report) {
  const AuditDocument document = MakeDocument(report);
  std::string out = Wrap(words::TitleLine(document.title, words::List(document.logs)), 0, 2, kWidth);
  Heading(words::kSummary, out);
  Lines(OpeningLines(document), out);
  AddRules(document, out);
  Heading(words::kRules, out);
  AddTable(document, out);
  AddActs(document, out);
  AddWorst(report, out);
  Heading(words::kAssumptions, out);
  Lines(AssumptionLines(document), out);
  AddQuality(document, out);
  Heading(words::kComputed, out);
  Lines(ComputedLines(document), out);
  if (!report.command.empty()) out += Wrap(words::CommandLine(report.command), 2, 4, kWidth);
  return out;
}

}  // namespace lawbound::report
