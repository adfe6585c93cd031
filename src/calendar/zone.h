// Which civil date and time of day a timestamp means where the authority sits.
//
// Logs write instants ("2006-07-23T22:00:00Z"), law counts dates: there, that is 2006-07-24.  A Zone holds
// the offsets of one place as the operating system's time zone database (the package tzdata) has them.
//
//   ASSIGN_OR_RETURN(const Zone rome, Zone::Load("Europe/Rome"));
//   if (std::optional<CivilTime> time = ParseTimestamp("2006-07-24T00:00:00.000+02:00", rome)) ...
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/millisecond.h"
#include "base/result.h"

namespace lawbound::calendar {

// A value: immutable, cheap to share between threads.
class Zone {
 public:
  // From this instant (seconds since 1970-01-01T00:00:00Z) the clocks are `seconds` ahead of UTC.
  struct Offset {
    std::int64_t from;
    std::int32_t seconds;
  };

  // kNotFound when the database has no such zone or is not installed.  The database lists changes of the
  // clock up to 2037; after the last one its offset (winter time in Europe) is taken to stay.
  static base::Result<Zone> Load(const std::string& name);

  const std::string& name() const { return name_; }  // "Europe/Rome"
  // Seconds the local clock is ahead of UTC at an instant.  O(log changes).
  std::int32_t OffsetAt(std::int64_t instant) const;

 private:
  Zone(std::string name, std::vector<Offset> offsets);

  std::string name_;
  std::vector<Offset> offsets_;  // in order of time; the first holds for all time before the second
};

struct CivilTime {
  base::Day day;
  base::Minute minute = base::kNoMinute;
  base::Millisecond millisecond = base::kNoMillisecond;
  bool operator==(const CivilTime&) const = default;
};

// Reads "2006-07-24", or a date, 'T' or a space, a time of day "09:30", "09:30:15" or "09:30:15.123" and then
// nothing (the time is local), 'Z', or an offset "+02:00", "+0200", "+02".  Nothing else is accepted, nor a
// date outside base::kFirstDay..kLastDay, 24:00 or a leap second; std::nullopt says so. Exactly midnight in
// the zone means that no time of day is known, because logs write plain dates that way.  Digits behind the
// millisecond are cut off; without seconds the millisecond is not known.
std::optional<CivilTime> ParseTimestamp(std::string_view text, const Zone& zone);

}  // namespace lawbound::calendar
