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
  return std::any_of(guess.acts.begin(), guess.acts.end(), [&](const std::optional<Column>& column) {
    return column && column->index < row.cells.size() &&
           Plain(row.cells[column->index]) == Plain(column->head);
  });
}

bool HoldsDigit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

// "Filled in by ...", a note: no day stands in it, and no number of a case.
bool IsRemark(const Guess& guess, const ingest::SheetRow& row) {
  const bool has_day = std::any_of(
      guess.acts.begin(), guess.acts.end(),
      [&](const std::optional<Column>& column) { return column && !CellOf(guess, row, *column).empty(); });
  return !has_day && (!guess.case_column || !HoldsDigit(CellOf(guess, row, *guess.case_column)));
}

bool IsTotal(const Guess& guess, const ingest::SheetRow& row) {
  const auto cell = std::find_if(row.cells.begin(), row.cells.end(),
                                 [](const std::string& text) { return !Trimmed(text).empty(); });
  if (cell == row.cells.end()) return false;
  const std::string plain = Plain(*cell);
  const Words& words = guess.ledger->total_words;
  return std::find(words.begin(), words.end(), plain) != words.end();
}

// A number of which a second sheet has its own: 1, 2, 3.
bool IsRunning(std::string_view number) {
  constexpr std::size_t kDigits = 6;
  return number.size() < kDigits && number.find_first_not_of("0123456789") == std::string_view::npos;
}

// Running numbers get odd hashes, all others even ones, so that JoinNumbers tells them apart.
std::uint64_t HashOf(std::string_view text) {
  return (std::hash<std::string_view>()(text) << 1) | (IsRunning(text) ? 1U : 0U);
}

struct Orders {
  std::uint64_t day_first = 0, month_first = 0;
};

// A cell of a column of days, as it is before one knows which comes first in 3/4/2025.
void CountDay(std::string_view text, bool from_1904, Column& column, Orders& orders) {
  ++column.filled;
  const std::optional<base::Day> by_day = ReadDay(text, Order::kDayFirst, from_1904);
  const std::optional<base::Day> by_month = ReadDay(text, Order::kMonthFirst, from_1904);
  column.days += by_day || by_month ? 1U : 0U;
  column.two_ways += by_day && by_month && *by_day != *by_month ? 1U : 0U;
  const Order shown = OrderShown(text);
  orders.day_first += shown == Order::kDayFirst ? 1U : 0U;
  orders.month_first += shown == Order::kMonthFirst ? 1U : 0U;
}

// What the column shows goes before what was said.
void SettleOrder(const Orders& orders, Order said, Column& column) {
  const bool shown = (orders.day_first > 0) != (orders.month_first > 0);
  const bool neither = orders.day_first == 0 && orders.month_first == 0;
  if (shown) column.order = orders.day_first > 0 ? Order::kDayFirst : Order::kMonthFirst;
  if (neither) column.order = said;
  if (column.order != Order::kUnknown) column.two_ways = 0;
}

// At most some sixty characters, none cut in half.
std::string Shortened(std::string_view text) {
  constexpr std::size_t kMost = 180;
  if (text.size() <= kMost) return std::string(text);
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

bool IsKept(const Guess& guess, const Column& column) {
  return std::any_of(guess.kept.begin(), guess.kept.end(),
                     [&](const Column& kept) { return kept.index == column.index; });
}

// A column of days holds days: in four of five filled cells.
void DropWithoutDays(Guess& guess) {
  for (std::optional<Column>& column : guess.acts) {
    if (!column || column->filled == 0 || column->days * 5 >= column->filled * 4) continue;
    guess.doubts.push_back(
        {Phrase::kFewDays, {column->head, SayNumber(column->days), SayNumber(column->filled)}, ""});
    column.reset();
  }
}

}  // namespace

Result<Survey> SurveyRows(const ingest::Workbook& book, Guess& guess, Order order,
                          const ingest::Limits& limits) {
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
    if (IsRemark(guess, row)) continue;
    ++guess.rows;
    for (std::size_t i = 0; i < guess.acts.size(); ++i) {
      if (!guess.acts[i]) continue;
      const std::string_view text = CellOf(guess, row, *guess.acts[i]);
      if (text.empty()) continue;
      CountDay(text, book.from_1904(), *guess.acts[i], orders[i]);
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
    SettleOrder(orders[i], order, *guess.acts[i]);
  }
  DropWithoutDays(guess);
  if (identities * 20 >= numbered && identities > 0 && !IsKept(guess, *guess.case_column)) {
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

void JoinNumbers(std::vector<Survey>& surveys) {
  if (surveys.size() < 2) return;
  Numbers all;
  for (const Survey& survey : surveys) {
    for (const auto& [number, times] : survey.numbers) {
      if ((number & 1U) == 0) all[number] += times;
    }
  }
  for (Survey& survey : surveys) {
    for (auto& [number, times] : survey.numbers) {
      const auto found = all.find(number);
      if (found != all.end()) times = found->second;
    }
  }
}

Result<bool> MatterRows::Next(MatterRow& row) {
  for (;;) {
    ASSIGN_OR_RETURN(const bool more, rows_->Next(row_));
    if (!more) return false;
    if (!IsBelowHead(*guess_, row_) || RepeatsHead(*guess_, row_) || IsTotal(*guess_, row_) ||
        IsRemark(*guess_, row_))
      continue;
    row.number = row_.number;
    row.name.clear();
    row.acts.assign(guess_->acts.size(), std::nullopt);
    row.fields.assign(guess_->fields.size(), "");
    row.kept.clear();
    row.odd = Read(row_, row);
    return true;
  }
}

// Fills the row; why it cannot be judged, or nothing.
std::optional<Note> MatterRows::Read(const ingest::SheetRow& from, MatterRow& row) const {
  const Guess& guess = *guess_;
  constexpr std::size_t kLongest = 60;
  for (const Column& column : guess.kept) row.kept.push_back(Shortened(CellOf(guess, from, column)));
  if (guess.case_column) {
    const Column& column = *guess.case_column;
    const std::string_view number = CellOf(guess, from, column);
    const bool shown = ingest::LooksLike(number) == ingest::Identity::kNone || IsKept(guess, column);
    if (number.size() <= kLongest && HoldsDigit(number) && shown) row.name = number;
    if (!number.empty()) {
      const auto found = survey_->numbers.find(HashOf(number));
      if (found != survey_->numbers.end() && found->second > 1)
        return Note{Phrase::kTwice, {SayNumber(found->second)}, ""};
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
      return Note{two ? Phrase::kTwoWays : Phrase::kNoDay, {column.head}, ""};
    }
    if (*row.acts[i] > today_) return Note{Phrase::kToCome, {column.head}, ""};
  }
  if (std::optional<Note> odd = WrongOrder(row)) return odd;
  for (std::size_t i = 0; i < guess.fields.size(); ++i) {
    if (!guess.fields[i]) continue;
    const std::string_view text = CellOf(guess, from, *guess.fields[i]);
    const std::string& unit = guess.ledger->fields[i].unit;
    const bool bare = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    row.fields[i] = bare && !unit.empty() ? fmt::format("{} {}", text, unit) : std::string(text);
  }
  return std::nullopt;
}

// What was done before the day that begins its time, or begins at no time.
std::optional<Note> MatterRows::WrongOrder(const MatterRow& row) const {
  const Guess& guess = *guess_;
  const std::vector<std::optional<base::Day>>& days = row.acts;
  for (const LedgerRule& rule : guess.ledger->rules) {
    const std::size_t first = rule.acts[0];
    for (const std::size_t act : rule.acts) {
      if (days[first] && days[act] && *days[act] < *days[first])
        return Note{Phrase::kBefore, {guess.acts[act]->head, guess.acts[first]->head}, ""};
    }
  }
  std::optional<Note> nothing;
  for (std::size_t i = 0; i < guess.ledger->firsts; ++i) {
    if (days[i]) return std::nullopt;
    if (guess.acts[i] && !nothing) nothing = Note{Phrase::kNothing, {guess.acts[i]->head}, ""};
  }
  return nothing;
}

}  // namespace lawbound::look
