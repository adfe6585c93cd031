// The findings as CSV, RFC 4180, docs/formats/audit-csv.md.  A cell that a spreadsheet would take for a
// formula gets an apostrophe in front: case numbers come from outside.
#include <initializer_list>

#include "program/names.h"
#include "report/audit_json.h"
#include "report/audit_report.h"
#include "report/values.h"
#include "report/words.h"

namespace lawbound::report {

namespace {

std::string Cell(std::string_view text) {
  std::string cell = MendUtf8(text);
  constexpr std::string_view kFormula = "=+-@\t\r";
  if (!cell.empty() && kFormula.find(cell[0]) != std::string_view::npos) cell.insert(0, "'");
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

void Row(std::ostream& out, std::initializer_list<std::string> cells) {
  bool first = true;
  for (const std::string& cell : cells) {
    if (!first) out << ',';
    first = false;
    out << Cell(cell);
  }
  out << "\r\n";
}

std::string YesNo(bool yes) { return yes ? "yes" : "no"; }

}  // namespace

void WriteAuditCsv(const AuditReport& report, std::ostream& out) {
  const program::Program& program = report.plan.program();
  Row(out, {"case", "rule", "rule_title", "provision", "sentence", "act", "act_title", "finding", "ground",
            "arose", "due", "decided", "days_late", "by_assumption", "same_day", "law_version", "provisional",
            "entry"});
  for (const engine::FindingRow& row : report.audit.findings) {
    const model::Outcome& outcome = row.outcome;
    const model::RuleId rule =
        outcome.sentence ? program.sentences[outcome.sentence.index()].rule : model::RuleId();
    const auto under = rule ? program.rules[rule.index()].under : program.acts[outcome.act.index()].under;
    const std::optional<Day> due = DueOf(program, outcome, report.audit.as_of);
    const std::optional<Day> decided = DecidedOf(outcome);
    const std::optional<std::int32_t> late = DaysLateOf(outcome);
    const model::Marks& marks = outcome.marks;
    Row(out, {std::string(row.case_name), std::string(program::NameOf(program, rule)),
              program::TitleOf(program, rule, report.language), program::Words(program, under),
              SentenceName(program, outcome.sentence), std::string(program::NameOf(program, outcome.act)),
              program::TitleOf(program, outcome.act, report.language),
              std::string(words::FindingWord(outcome.finding)),
              std::string(words::GroundWord(outcome.ground)), base::PrintDay(outcome.arose),
              due ? base::PrintDay(*due) : "", decided ? base::PrintDay(*decided) : "",
              late ? std::to_string(*late) : "", YesNo(marks.by_assumption), YesNo(marks.same_day),
              YesNo(marks.law_version), YesNo(marks.provisional),
              outcome.entry == model::Outcome::kNoEntry ? "" : std::to_string(outcome.entry + 1)});
  }
}

}  // namespace lawbound::report
