// The arithmetic of legal terms, docs/language.md section 3.  A term runs from a start; the day its count is
// full is its nominal end; its due day is the last day on which an act is in time.  Pure functions; what a
// term went through (stops, extensions) is kept by whoever asks.  No answer lies outside
// base::kFirstDay..kLastDay: counting stops there.
#pragma once

#include <cstdint>

#include "base/day.h"
#include "calendar/calendar.h"

namespace lawbound::calendar {

enum class Unit : std::uint8_t { kDays, kWorkingDays, kHours, kMonths, kYears };

struct Length {
  std::int32_t count = 0;
  Unit unit = Unit::kDays;
};

// How a legal order counts ("counting bgb").  Borrows the calendar.
struct Counting {
  const Calendar* calendar = nullptr;
  bool first_day_counts = false;
  bool rest_day_moves_on = true;
};

// The day the count is full.  The start is not counted unless first_day_counts.  Months and years end on the
// same day number, or the month's last day.  Zero length ends on the start.  REQUIRES: unit is not kHours;
// count >= 0.
Day NominalEndOf(const Counting& counting, Day start, Length length);
inline Day NominalEnd(const Counting& counting, Day start, Length length) {
  // What nearly always is asked: so many days, the first not counted, far from the ends of time.
  const bool plain = length.unit == Unit::kDays && !counting.first_day_counts;
  if (plain && 0 <= length.count && length.count <= base::kLastDay - start) return start + length.count;
  return NominalEndOf(counting, start, length);
}

// Adds an extension to a nominal end (never to a due day).
Day Extend(const Counting& counting, Day nominal, Length by);

// The nominal end after a stop from `stopped` to `resumed` (the day of stopping counted, the day of resuming
// did not).  A stop that began on or after the nominal end puts nothing off.  `unit` is that of the term's
// length.
// For several stops, unite those that overlap or touch, then apply them in order of time.  REQUIRES: stopped
// is not before the term's start (a term that starts stopped is stopped on its start).
Day AfterStop(const Counting& counting, Unit unit, Day nominal, Day stopped, Day resumed);

// The due day: the first day from the nominal end on, and not before `resumed` (the day the last stop ended;
// the nominal end itself when there was none), which, except for working days, is a working day if rest days
// move the end on.
inline Day DueDay(const Counting& counting, Unit unit, Day nominal, Day resumed) {
  const Day first = nominal < resumed ? resumed : nominal;
  if (unit == Unit::kWorkingDays || unit == Unit::kHours || !counting.rest_day_moves_on) return first;
  CHECK(counting.calendar != nullptr);
  return counting.calendar->NextWorkingDay(first);
}

// The latest day for "A at least L before `end`": the L-th counted day before `end`, which is not counted.
Day LatestBefore(const Counting& counting, Day end, Length length);

// The earliest day for "A at least L after `start`" is its NominalEnd; for "A within L of `start`" the latest
// is its DueDay.

// Whether an answer that looked at the days [from, through] leans on days that no notice has published yet.
// Plain days that never roll and months look at no calendar: the caller asks only where the calendar was
// used.
inline bool IsProvisional(const Calendar& calendar, Day from, Day through) {
  return !calendar.IsPublished(from) || !calendar.IsPublished(through);
}

}  // namespace lawbound::calendar
