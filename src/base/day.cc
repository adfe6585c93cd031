#include "base/day.h"

#include <chrono>

#include "base/check.h"

namespace lawbound::base {

Day ToDay(YearMonthDay date) {
  using std::chrono::sys_days;
  const std::chrono::year_month_day civil{std::chrono::year{date.year},
                                          std::chrono::month{static_cast<unsigned>(date.month)},
                                          std::chrono::day{static_cast<unsigned>(date.day)}};
  CHECK(civil.ok());
  return {static_cast<std::int32_t>(sys_days{civil}.time_since_epoch().count())};
}

YearMonthDay FromDay(Day day) {
  const std::chrono::year_month_day civil{std::chrono::sys_days{std::chrono::days{day.number}}};
  return {static_cast<std::int32_t>(static_cast<int>(civil.year())),
          static_cast<std::int32_t>(static_cast<unsigned>(civil.month())),
          static_cast<std::int32_t>(static_cast<unsigned>(civil.day()))};
}

int Weekday(Day day) {
  const int from_thursday = day.number % 7;  // 1970-01-01 was a Thursday
  return (from_thursday + 3 + 7) % 7;
}

int DaysInMonth(std::int32_t year, std::int32_t month) {
  const std::chrono::year_month_day_last last{
      std::chrono::year{year}, std::chrono::month_day_last{std::chrono::month{static_cast<unsigned>(month)}}};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

namespace {

// The number that digits [from, from + count) write, or -1.
int Digits(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

void AppendDigits(std::string& out, int value, int width) {
  for (int divisor = width == 4 ? 1000 : 10; divisor > 0; divisor /= 10) {
    out += static_cast<char>('0' + value / divisor % 10);
  }
}

}  // namespace

std::optional<Day> ParseDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = Digits(text, 0, 4);
  const int month = Digits(text, 5, 2);
  const int day = Digits(text, 8, 2);
  if (year < 1600 || year > 2999 || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (day > DaysInMonth(year, month)) return std::nullopt;
  return ToDay({year, month, day});
}

std::string PrintDay(Day day) {
  const YearMonthDay date = FromDay(day);
  std::string out;
  AppendDigits(out, date.year, 4);
  out += '-';
  AppendDigits(out, date.month, 2);
  out += '-';
  AppendDigits(out, date.day, 2);
  return out;
}

}  // namespace lawbound::base
