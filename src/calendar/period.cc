#include "calendar/period.h"

#include <algorithm>

#include "base/check.h"

namespace lawbound::calendar {
namespace {

Day AddDays(Day day, std::int64_t days) {
  const std::int64_t number =
      std::clamp<std::int64_t>(day.number + days, base::kFirstDay.number, base::kLastDay.number);
  return {static_cast<std::int32_t>(number)};
}

// The same day number `months` later (earlier when negative), or that month's last day.
Day AddMonths(Day day, std::int64_t months) {
  const base::YearMonthDay date = base::FromDay(day);
  const std::int64_t month = std::int64_t{date.year} * 12 + (date.month - 1) + months;
  static const std::int64_t first = std::int64_t{base::FromDay(base::kFirstDay).year} * 12;
  static const std::int64_t last = std::int64_t{base::FromDay(base::kLastDay).year} * 12 + 11;
  if (month < first) return base::kFirstDay;
  if (month > last) return base::kLastDay;
  const auto year = static_cast<std::int32_t>(month / 12);
  const auto of_year = static_cast<std::int32_t>(month % 12 + 1);
  return base::ToDay({year, of_year, std::min(date.day, base::DaysInMonth(year, of_year))});
}

// `length` counted from `from`, which is not counted.
Day Add(const Calendar* calendar, Day from, Length length) {
  CHECK(length.count >= 0);
  switch (length.unit) {
    case Unit::kDays:
      return AddDays(from, length.count);
    case Unit::kWorkingDays:
      CHECK(calendar != nullptr);
      return calendar->AddWorkingDays(from, length.count);
    case Unit::kMonths:
      return AddMonths(from, length.count);
    case Unit::kYears:
      return AddMonths(from, std::int64_t{length.count} * 12);
    case Unit::kHours:
      break;  // hours run in minutes, not in days
  }
  CHECK(false && "a length in days, working days, months or years");
}

}  // namespace

Day NominalEndOf(const Counting& counting, Day start, Length length) {
  if (length.count == 0) return start;
  if (!counting.first_day_counts) return Add(counting.calendar, start, length);
  if (length.unit == Unit::kDays || length.unit == Unit::kWorkingDays) {
    return Add(counting.calendar, AddDays(start, -1), length);
  }
  // Months whose first day counts end on the day before the same day number (BGB 188(2), second half); where
  // the month has no such day, on its last day (188(3)).  Starting a day earlier instead would end 1 March +
  // 1 month on 28 March.
  const Day same = Add(counting.calendar, start, length);
  return base::FromDay(same).day == base::FromDay(start).day ? AddDays(same, -1) : same;
}

Day Extend(const Counting& counting, Day nominal, Length by) { return Add(counting.calendar, nominal, by); }

Day AfterStop(const Counting& counting, Unit unit, Day nominal, Day stopped, Day resumed) {
  if (stopped >= nominal || resumed <= stopped) return nominal;
  // The days in (stopped, resumed] began with the term stopped, so they do not count.  One put off for each
  // of them.
  if (unit != Unit::kWorkingDays) return AddDays(nominal, std::int64_t{resumed - stopped});
  CHECK(counting.calendar != nullptr);
  return counting.calendar->AddWorkingDays(nominal, counting.calendar->CountWorkingDays(stopped, resumed));
}

Day LatestBefore(const Counting& counting, Day end, Length length) {
  CHECK(length.count >= 0);
  switch (length.unit) {
    case Unit::kDays:
      return AddDays(end, -std::int64_t{length.count});
    case Unit::kWorkingDays:
      CHECK(counting.calendar != nullptr);
      return counting.calendar->SubtractWorkingDays(end, length.count);
    case Unit::kMonths:
      return AddMonths(end, -std::int64_t{length.count});
    case Unit::kYears:
      return AddMonths(end, -std::int64_t{length.count} * 12);
    case Unit::kHours:
      break;
  }
  CHECK(false && "a length in days, working days, months or years");
}

}  // namespace lawbound::calendar
