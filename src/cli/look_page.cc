#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

#include "cli/look.h"
#include "engine/explain.h"
#include "program/names.h"
#include "report/account.h"
#include "report/term_sum.h"
#include "report/words.h"

namespace lawbound::cli {
namespace {

namespace words = report::words;

class Page {
 public:
  Page(const engine::Plan& plan, const Look& found, std::size_t width)
      : plan_(plan), found_(found), width_(width) {}

  std::string Make() {
    Line(0, fmt::format("{}: {}", found_.file, words::Quoted(found_.pack_title)));
    Line(2, fmt::format("Looked at on {}; the file was read and nothing else was done with it.",
                        words::LongDate(found_.today)));
    HowItWasRead();
    Section("Late", found_.late);
    const base::Day sunday = found_.today + (6 - base::Weekday(found_.today));
    Section(fmt::format("Lapses this week, up to {}", words::LongDate(sunday)), found_.this_week);
    Section(fmt::format("Lapses next week, up to {}", words::LongDate(sunday + 7)), found_.next_week);
    if (!found_.missing_acts.empty() && found_.this_week.count + found_.next_week.count > 0) {
      Line(2, fmt::format("These days hold if nothing else happened: the file does not show {}.",
                          words::List(found_.missing_acts, " or ")));
    }
    CannotTell();
    Odd();
    out_ += '\n';
    Line(0, fmt::format("In time, as far as the file shows: {}. Due later: {}.", words::Number(found_.kept),
                        words::Number(found_.later)));
    return std::move(out_);
  }

 private:
  void Line(std::size_t indent, std::string_view text) { out_ += report::Wrap(text, indent, 2, width_); }

  void Heading(std::string_view title, std::uint64_t count) {
    out_ += '\n';
    Line(0, fmt::format("{}: {}", title, count == 0 ? "none" : words::Number(count)));
  }

  std::string TitleOf(std::string_view act) const {
    const program::Program& program = plan_.program();
    for (std::size_t i = 0; i < program.acts.size(); ++i) {
      if (program.string(program.acts[i].name) == act)
        return program::TitleOf(program, model::ActId(i), "en");
    }
    return std::string(act);
  }

  void HowItWasRead() {
    const look::Guess& guess = found_.guess;
    out_ += '\n';
    Line(0, "How it was read");
    std::string where = fmt::format("{}, row {} names the columns, {} below it", found_.form, guess.head_row,
                                    words::Count(guess.rows, "row", "rows"));
    if (found_.totals > 0)
      where += fmt::format(" without {}", words::Count(found_.totals, "row of totals", "rows of totals"));
    Line(2, where + ".");
    for (std::size_t i = 0; i < guess.acts.size(); ++i) {
      if (!guess.acts[i]) continue;
      const look::Column& column = *guess.acts[i];
      Line(2, fmt::format("“{}” is the day of {}: {}; of {} {} a day.", column.head,
                          words::Quoted(TitleOf(guess.ledger->acts[i].act)),
                          column.sure ? "its name says so" : "likely, and taken to be so",
                          words::Count(column.filled, "filled cell", "filled cells"),
                          column.days == 1 ? "1 holds" : words::Number(column.days) + " hold"));
    }
    for (std::size_t i = 0; i < guess.fields.size(); ++i) {
      if (!guess.fields[i]) continue;
      const look::LedgerField& field = guess.ledger->fields[i];
      Line(2, fmt::format("“{}” is “{}” of {}{}.", guess.fields[i]->head, field.field,
                          words::Quoted(TitleOf(field.act)),
                          guess.fields[i]->sure ? "" : ": likely, and taken to be so"));
    }
    if (guess.case_column) Line(2, fmt::format("“{}” is the number of the case.", guess.case_column->head));
    for (const std::string& doubt : guess.doubts) Line(2, doubt);
    if (!guess.personal.empty()) {
      Line(2, fmt::format("Dropped on reading, since they say who somebody is: “{}”.",
                          fmt::join(guess.personal, "”, “")));
    }
    if (!guess.not_read.empty()) Line(2, fmt::format("Not read: “{}”.", fmt::join(guess.not_read, "”, “")));
    for (const std::string& act : found_.none)
      Line(2, fmt::format("You said that {} was never done.", words::Quoted(TitleOf(act))));
    for (const std::string& note : found_.notes) Line(2, note);
  }

  void Section(std::string_view title, const LookedList& list) {
    Heading(title, list.count);
    for (const LookedRow& row : list.rows) Tell(row);
    if (list.count > list.rows.size())
      Line(2, fmt::format("and {} more.", words::Number(list.count - list.rows.size())));
  }

  // What is due, whether it came, and the sum behind its day.
  void Tell(const LookedRow& row) {
    const model::History history = row.batch.history(0);
    const engine::Explanation explanation = engine::Explain(plan_, history, row.outcome);
    const report::Account account =
        report::MakeAccount(plan_, history, explanation, {.language = "en", .as_of = found_.today});
    const program::Program& program = plan_.program();
    std::string says = fmt::format("{}: {} due {}", row.name,
                                   words::Quoted(program::TitleOf(program, row.outcome.act, "en")),
                                   words::LongDate(row.outcome.due));
    if (row.outcome.finding == model::Finding::kBroken) {
      const bool done = row.outcome.marks.late;
      says +=
          done ? fmt::format(", done {}", words::LongDate(DayOf(history, row.outcome))) : ", not done yet";
      says += fmt::format(". {}", account.headline);
    }
    Line(2, says + (says.ends_with('.') ? "" : "."));
    const engine::Plan& plan = explanation.matter ? explanation.matter->plan() : plan_;
    std::vector<report::Reason> sum;
    report::AddTermSum(plan, explanation.term, explanation.done, "en", sum);
    for (const report::Reason& reason : sum) Reasons(reason, 6);
    std::string provisions = fmt::format("{}", fmt::join(account.provisions, "; "));
    if (!provisions.empty()) Line(6, provisions);
  }
  static base::Day DayOf(const model::History& history, const model::Outcome& outcome) {
    return outcome.entry < history.entries.size() ? history.entries[outcome.entry].day : outcome.decided;
  }
  void Reasons(const report::Reason& reason, std::size_t indent) {
    Line(indent, reason.text);
    for (const report::Reason& part : reason.parts) Reasons(part, indent + 2);
  }

  void CannotTell() {
    std::uint64_t all = 0;
    for (const auto& [missing, rows] : found_.untold) all += rows.count;
    Heading("Cannot be told", all);
    for (const auto& [missing, rows] : found_.untold) {
      Line(2, fmt::format("{}, since the file does not give {}:", words::Count(rows.count, "row", "rows"),
                          words::List(missing, " or ")));
      std::string names = fmt::format("{}", fmt::join(rows.names, ", "));
      if (rows.count > rows.names.size())
        names += fmt::format(" and {} more", words::Number(rows.count - rows.names.size()));
      Line(4, names + ".");
    }
    if (all > 0 && !found_.missing_acts.empty()) {
      std::vector<std::string> acts;
      for (std::size_t i = 1; i < found_.guess.acts.size(); ++i) {
        const std::string& act = found_.guess.ledger->acts[i].act;
        const bool said = std::find(found_.none.begin(), found_.none.end(), act) != found_.none.end();
        if (!found_.guess.acts[i] && !said && found_.guess.ledger->acts[i].after.empty()) acts.push_back(act);
      }
      Line(2, fmt::format("Add the column; or, if it was done in no row at all, say so: --none {}",
                          fmt::join(acts, ",")));
    }
  }

  void Odd() {
    Heading("Odd rows, not judged", found_.odd.count);
    for (const std::string& line : found_.odd.lines) Line(2, line);
    if (found_.odd.count > found_.odd.lines.size())
      Line(2, fmt::format("and {} more.", words::Number(found_.odd.count - found_.odd.lines.size())));
  }

  const engine::Plan& plan_;
  const Look& found_;
  std::size_t width_;
  std::string out_;
};

}  // namespace

void LookedList::Add(LookedRow row, bool (*first)(const model::Outcome& a, const model::Outcome& b)) {
  ++count;
  const auto at = std::find_if(rows.begin(), rows.end(),
                               [&](const LookedRow& other) { return first(row.outcome, other.outcome); });
  if (at == rows.end() && rows.size() == kShown) return;
  rows.insert(at, std::move(row));
  if (rows.size() > kShown) rows.pop_back();
}

std::string LookText(const engine::Plan& plan, const Look& found, std::size_t width) {
  return Page(plan, found, width).Make();
}

}  // namespace lawbound::cli
