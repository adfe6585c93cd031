#include "look/rows.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <utility>

#include "ingest/identity.h"

namespace lawbound::look {

using base::Errc;
using base::Error;
using base::Result;

namespace {

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// Empty too when it says in a word that there is nothing.
std::string_view CellOf(const Guess& guess, const ingest::SheetRow& row, const Column& column) {
  if (column.index >= row.cells.size()) return {};
  const std::string_view text = Trimmed(row.cells[column.index]);
  const Words& empty = guess.ledger->empty_words;
  return std::find(empty.begin(), empty.end(), Plain(text)) != empty.end() ? std::string_view() : text;
}

bool IsBelowHead(const Guess& guess, const ingest::SheetRow& row) { return row.number > guess.last_head_row; }

// Heads are repeated at the top of printed pages.
bool RepeatsHead(const Guess& guess, const ingest::SheetRow& row) {
  const Column& first = *guess.acts[0];
  return first.index < row.cells.size() && Plain(row.cells[first.index]) == Plain(first.head);
}

bool IsTotal(const Guess& guess, const ingest::SheetRow& row) {
  const auto cell = std::find_if(row.cells.begin(), row.cells.end(),
                                 [](const std::string& text) { return !Trimmed(text).empty(); });
  if (cell == row.cells.end()) return false;
  const std::string plain = Plain(*cell);
  const Words& words = guess.ledger->total_words;
  return std::find(words.begin(), words.end(), plain) != words.end();
}

std::uint64_t HashOf(std::string_view text) { return std::hash<std::string_view>()(text); }

struct Orders {
  std::uint64_t day_first = 0, month_first = 0;
};

// A column of days holds days: in four of five filled cells.
void DropWithoutDays(Guess& guess) {
  for (std::optional<Column>& column : guess.acts) {
    if (!column || column->filled == 0 || column->days * 5 >= column->filled * 4) continue;
    guess.doubts.push_back(
        fmt::format("“{}” is called like a column of days, but only {} of {} cells are: it "
                    "was not read.",
                    column->head, column->days, column->filled));
    column.reset();
  }
}

}  // namespace

Result<Survey> SurveyRows(const ingest::Workbook& book, Guess& guess, const ingest::Limits& limits) {
  // Which comes first in 3/4/2025 is known when the whole column was seen, so such cells count as days here.
  Survey out;
  std::vector<Orders> orders(guess.acts.size());
  std::uint64_t numbered = 0, identities = 0;
  ASSIGN_OR_RETURN(const auto rows, book.Rows(guess.sheet));
  ingest::SheetRow row;
  for (;;) {
    ASSIGN_OR_RETURN(const bool more, rows->Next(row));
    if (!more) break;
    if (!IsBelowHead(guess, row) || RepeatsHead(guess, row)) continue;
    if (IsTotal(guess, row)) {
      ++out.totals;
      continue;
    }
    ++guess.rows;
    for (std::size_t i = 0; i < guess.acts.size(); ++i) {
      if (!guess.acts[i]) continue;
      const std::string_view text = CellOf(guess, row, *guess.acts[i]);
      if (text.empty()) continue;
      ++guess.acts[i]->filled;
      guess.acts[i]->days += ReadDay(text, Order::kDayFirst, book.from_1904()) ||
                                     ReadDay(text, Order::kMonthFirst, book.from_1904())
                                 ? 1U
                                 : 0U;
      const Order shown = OrderShown(text);
      orders[i].day_first += shown == Order::kDayFirst ? 1U : 0U;
      orders[i].month_first += shown == Order::kMonthFirst ? 1U : 0U;
    }
    if (!guess.case_column) continue;
    const std::string_view number = CellOf(guess, row, *guess.case_column);
    if (number.empty()) continue;
    ++numbered;
    identities += ingest::LooksLike(number) != ingest::Identity::kNone ? 1U : 0U;
    if (out.numbers.size() >= limits.compared_cases) {
      return Error{Errc::kLimit, fmt::format("row {}: more than {} different case numbers", row.number,
                                             limits.compared_cases)};
    }
    ++out.numbers[HashOf(number)];
  }
  for (std::size_t i = 0; i < guess.acts.size(); ++i) {
    if (!guess.acts[i]) continue;
    if (orders[i].day_first > 0 && orders[i].month_first == 0) guess.acts[i]->order = Order::kDayFirst;
    if (orders[i].month_first > 0 && orders[i].day_first == 0) guess.acts[i]->order = Order::kMonthFirst;
  }
  DropWithoutDays(guess);
  if (!guess.acts[0])
    return Error{Errc::kInvalid, fmt::format("row {}: {}", guess.head_row, guess.doubts.back())};
  if (identities * 20 >= numbered && identities > 0) {
    guess.personal.push_back(guess.case_column->head);
    guess.case_column.reset();
    out.numbers.clear();
  }
  return out;
}

Result<MatterRows> MatterRows::Open(const ingest::Workbook& book, const Guess& guess, const Survey& survey,
                                    base::Day today) {
  MatterRows out(book, guess, survey, today);
  ASSIGN_OR_RETURN(out.rows_, book.Rows(guess.sheet));
  return out;
}

Result<bool> MatterRows::Next(MatterRow& row) {
  for (;;) {
    ASSIGN_OR_RETURN(const bool more, rows_->Next(row_));
    if (!more) return false;
    if (!IsBelowHead(*guess_, row_) || RepeatsHead(*guess_, row_) || IsTotal(*guess_, row_)) continue;
    row.number = row_.number;
    row.name = fmt::format("row {}", row_.number);
    row.acts.assign(guess_->acts.size(), std::nullopt);
    row.fields.assign(guess_->fields.size(), "");
    row.odd = Read(row_, row);
    return true;
  }
}

// Fills the row; why it cannot be judged, or nothing.
std::string MatterRows::Read(const ingest::SheetRow& from, MatterRow& row) const {
  const Guess& guess = *guess_;
  if (guess.case_column) {
    const std::string_view number = CellOf(guess, from, *guess.case_column);
    constexpr std::size_t kLongest = 60;
    if (!number.empty() && number.size() <= kLongest) row.name += fmt::format(" ({})", number);
    if (!number.empty()) {
      const auto found = survey_->numbers.find(HashOf(number));
      if (found != survey_->numbers.end() && found->second > 1)
        return fmt::format("its number stands in {} rows", found->second);
    }
  }
  for (std::size_t i = 0; i < guess.acts.size(); ++i) {
    if (!guess.acts[i]) continue;
    const Column& column = *guess.acts[i];
    const std::string_view text = CellOf(guess, from, column);
    if (text.empty()) continue;
    row.acts[i] = ReadDay(text, column.order, book_->from_1904());
    if (!row.acts[i]) {
      const bool two = ReadDay(text, Order::kDayFirst, false) || ReadDay(text, Order::kMonthFirst, false);
      return two ? fmt::format("the day under “{}” can be read in two ways", column.head)
                 : fmt::format("what stands under “{}” is no day", column.head);
    }
    if (*row.acts[i] > today_) return fmt::format("the day under “{}” is still to come", column.head);
    if (row.acts[0] && *row.acts[i] < *row.acts[0])
      return fmt::format("the day under “{}” is before that under “{}”", column.head, guess.acts[0]->head);
  }
  if (!row.acts[0]) return fmt::format("nothing stands under “{}”", guess.acts[0]->head);
  for (std::size_t i = 0; i < guess.fields.size(); ++i) {
    if (!guess.fields[i]) continue;
    const std::string_view text = CellOf(guess, from, *guess.fields[i]);
    const std::string& unit = guess.ledger->fields[i].unit;
    const bool bare = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    row.fields[i] = bare && !unit.empty() ? fmt::format("{} {}", text, unit) : std::string(text);
  }
  return {};
}

}  // namespace lawbound::look
