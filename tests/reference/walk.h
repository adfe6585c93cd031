// Counting the days of a term by walking them (docs/language.md section 3).  The only question put to a
// calendar is whether one day is worked.
#pragma once

#include <functional>
#include <vector>

#include "base/day.h"
#include "calendar/calendar.h"
#include "calendar/period.h"

namespace lawbound::reference {

using base::Day;
using calendar::Length;
using calendar::Unit;

struct Counting {
  const calendar::Calendar* calendar = nullptr;
  bool first_day_counts = false;
  bool rest_day_moves_on = true;
};

struct Extension {
  Day day;  // on which it was made
  Length by;
};

// Whether a term is stopped at the end of a day.
using StoppedAtEnd = std::function<bool(Day)>;

// The day the count is full.
Day NominalEnd(const Counting& counting, Day start, Length length, const std::vector<Extension>& extensions,
               const StoppedAtEnd& stopped);
// The first day from the nominal end on whose end finds the term not stopped and which may end a term.
// REQUIRES: the term does not stay stopped for ever.
Day DueDay(const Counting& counting, Unit unit, Day nominal, const StoppedAtEnd& stopped);
// The last day for "at least `length` before `end`".
Day LatestBefore(const Counting& counting, Day end, Length length);

// A term that nothing stops or extends.
Day PlainNominalEnd(const Counting& counting, Day start, Length length);
Day PlainDueDay(const Counting& counting, Day start, Length length);

}  // namespace lawbound::reference
