#include "reference/walk.h"

#include <algorithm>

namespace lawbound::reference {
namespace {

bool NeverStopped(Day) { return false; }

// The same day number so many months later, or the month's last day.  `day_before`: the day before that.
Day SameDayNumber(Day from, std::int32_t months, bool day_before) {
  base::YearMonthDay date = base::FromDay(from);
  const std::int32_t all = date.year * 12 + (date.month - 1) + months;
  date.year = all / 12;
  date.month = all % 12 + 1;
  if (day_before && date.day == 1) return base::ToDay(date) - 1;
  if (day_before) --date.day;
  date.day = std::min(date.day, base::DaysInMonth(date.year, date.month));
  return base::ToDay(date);
}

std::int32_t Months(Length length) { return length.unit == Unit::kYears ? 12 * length.count : length.count; }

bool IsCountedByDay(Unit unit) { return unit == Unit::kDays || unit == Unit::kWorkingDays; }

// Whether a day is one that a count in this unit counts at all.
bool Counts(const Counting& counting, Unit unit, Day day) {
  return unit != Unit::kWorkingDays || counting.calendar->IsWorkingDay(day);
}

// So much later, each day counting.
Day After(const Counting& counting, Day from, Length length) {
  if (!IsCountedByDay(length.unit)) return SameDayNumber(from, Months(length), false);
  for (std::int32_t left = length.count; left > 0;) {
    from = from + 1;
    if (Counts(counting, length.unit, from)) --left;
  }
  return from;
}

// The end of a count by the day: count until it is full, then what was added, each piece in its own unit.
Day CountFull(const Counting& counting, Day start, Length length, const std::vector<Extension>& extensions,
              const StoppedAtEnd& stopped) {
  Day day = start;
  const auto count = [&](Length piece, std::int32_t counted) {
    while (counted < piece.count) {
      day = day + 1;
      if (!stopped(day - 1) && Counts(counting, piece.unit, day)) ++counted;
    }
  };
  const bool first = length.count > 0 && counting.first_day_counts && Counts(counting, length.unit, start);
  count(length, first ? 1 : 0);
  for (const Extension& extension : extensions) count(extension.by, 0);
  return day;
}

// The end where months are counted: the end without stops, put off by each stopped day
// before it, later by what was added on the way.
Day PutOff(const Counting& counting, Day start, Length length, const std::vector<Extension>& extensions,
           const StoppedAtEnd& stopped) {
  Day end = PlainNominalEnd(counting, start, length);
  std::size_t added = 0;
  for (Day day = start + 1; day <= end || added < extensions.size(); day = day + 1) {
    for (; added < extensions.size() && extensions[added].day < day; ++added) {
      end = After(counting, end, extensions[added].by);
    }
    if (day > end || !stopped(day - 1) || !Counts(counting, length.unit, day)) continue;
    do end = end + 1;
    while (!Counts(counting, length.unit, end));
  }
  return end;
}

}  // namespace

Day PlainNominalEnd(const Counting& counting, Day start, Length length) {
  if (length.count == 0) return start;
  if (!IsCountedByDay(length.unit)) return SameDayNumber(start, Months(length), counting.first_day_counts);
  return CountFull(counting, start, length, {}, NeverStopped);
}

Day NominalEnd(const Counting& counting, Day start, Length length, const std::vector<Extension>& extensions,
               const StoppedAtEnd& stopped) {
  const bool by_day = IsCountedByDay(length.unit) &&
                      std::all_of(extensions.begin(), extensions.end(), [](const Extension& extension) {
                        return IsCountedByDay(extension.by.unit);
                      });
  return by_day ? CountFull(counting, start, length, extensions, stopped)
                : PutOff(counting, start, length, extensions, stopped);
}

Day DueDay(const Counting& counting, Unit unit, Day nominal, const StoppedAtEnd& stopped) {
  const bool rolls = unit != Unit::kWorkingDays && counting.rest_day_moves_on;
  Day day = nominal;
  while (stopped(day) || (rolls && !counting.calendar->IsWorkingDay(day))) day = day + 1;
  return day;
}

Day LatestBefore(const Counting& counting, Day end, Length length) {
  if (!IsCountedByDay(length.unit)) return SameDayNumber(end, -Months(length), false);
  for (std::int32_t left = length.count; left > 0;) {
    end = end - 1;
    if (Counts(counting, length.unit, end)) --left;
  }
  return end;
}

Day PlainDueDay(const Counting& counting, Day start, Length length) {
  return DueDay(counting, length.unit, PlainNominalEnd(counting, start, length), NeverStopped);
}

}  // namespace lawbound::reference
