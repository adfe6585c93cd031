// Day is a civil date, counted from 1970-01-01 in the proleptic Gregorian calendar.  It has no zone and
// no time of day: legal terms are counted in dates, so sixty days are sixty dates and never 1,440 hours.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lawbound::base {

struct YearMonthDay {
  std::int32_t year = 1970;
  std::int32_t month = 1;  // 1..12
  std::int32_t day = 1;    // 1..31
};

struct Day {
  std::int32_t number = 0;  // days since 1970-01-01

  constexpr Day operator+(std::int32_t days) const { return {number + days}; }
  constexpr Day operator-(std::int32_t days) const { return {number - days}; }
  constexpr std::int32_t operator-(Day other) const { return number - other.number; }
  auto operator<=>(const Day&) const = default;
};

// The days the program can speak of: 1600-01-01 to 2999-12-31.  Anything outside is refused where it is read.
inline constexpr Day kFirstDay{-135140};
inline constexpr Day kLastDay{376199};

// REQUIRES: a date that exists.
Day ToDay(YearMonthDay date);
YearMonthDay FromDay(Day day);

// 0 is Monday, 6 is Sunday.
int Weekday(Day day);
// The number of days in a month of a year.
int DaysInMonth(std::int32_t year, std::int32_t month);

// "2026-02-28".  Exactly ten characters, a date that exists, from kFirstDay to kLastDay; otherwise nothing.
std::optional<Day> ParseDay(std::string_view text);
std::string PrintDay(Day day);

// Minutes after midnight, 0..1439; a time of day that is not known is kNoMinute.
using Minute = std::int16_t;
inline constexpr Minute kNoMinute = -1;

}  // namespace lawbound::base
