// A Calendar says which days are worked in one place, and how far its official source has been published.
//
// Data is versioned: packs/calendars/*.tsv, one file a calendar, each line with the notice or statute it
// comes from.  Days that no line names follow the weekly rest days.  Every answer that touched a day outside
// the published ones is provisional, for the list is not complete there.  Immutable once made; safe to share
// between threads.  Questions about working days are O(1), those about the list of days (Reason, Source)
// O(log n). Counting on or back never leaves base::kFirstDay..kLastDay: a term that would end in the year
// 3000 ends on 2999-12-31.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"

namespace lawbound::calendar {

using base::Day;

struct Holiday {
  Day day;
  bool works = false;        // a day off, or a rest day made into a working day
  std::uint16_t name = 0;    // row of Calendar's names: "Spring Festival"
  std::uint16_t source = 0;  // row of Calendar's sources: the notice or provision
};

// The days of the week that are not worked: [0] is Monday, [6] is Sunday.
using WeeklyRest = std::array<bool, 7>;
inline constexpr WeeklyRest kSaturdaySunday{false, false, false, false, false, true, true};

class Calendar {
 public:
  // REQUIRES: holidays in ascending order of day, one a day, names and sources in range; some day of the week
  // is worked. first_published after last_published: nothing is published.
  Calendar(std::string name, std::string version, Day first_published, Day last_published,
           std::vector<Holiday> holidays, std::vector<std::string> names, std::vector<std::string> sources,
           WeeklyRest rest = kSaturdaySunday);

  const std::string& name() const { return name_; }        // "prc"
  const std::string& version() const { return version_; }  // "2026-1": changes whenever a day changes
  Day first_published() const { return first_published_; }
  Day last_published() const { return last_published_; }
  const WeeklyRest& rest() const { return rest_; }
  bool IsPublished(Day day) const { return first_published_ <= day && day <= last_published_; }

  bool IsWorkingDay(Day day) const;
  // The first working day on or after `day`.
  Day NextWorkingDay(Day day) const {
    const auto row =
        static_cast<std::size_t>(day - table_first_);  // a day before the table is beyond it, too
    if (row >= worked_before_.size()) return NextWorkingDayOf(day);
    const auto number = static_cast<std::size_t>(worked_before_[row]);
    return number < working_days_.size() ? working_days_[number] : NextWorkingDayOf(day);
  }
  // The n-th working day after `from` (from itself not counted); n == 0 gives `from`.  REQUIRES: n >= 0.
  Day AddWorkingDays(Day from, std::int32_t n) const;
  // The n-th working day before `from`; n == 0 gives `from`.  REQUIRES: n >= 0.
  Day SubtractWorkingDays(Day from, std::int32_t n) const;
  // Working days in (after, through]; 0 when through <= after.
  std::int32_t CountWorkingDays(Day after, Day through) const;

  // Why a day is not worked ("Spring Festival", "Sunday"), or why a rest day is ("made up for Spring
  // Festival"); empty for an ordinary working day.
  std::string Reason(Day day) const;
  // The notice or provision behind a day of the list; empty for ordinary days.
  std::string_view Source(Day day) const;

 private:
  Day NextWorkingDayOf(Day day) const;
  // The entry of the list for a day, or null.
  const Holiday* Listed(Day day) const;
  // Working days are numbered from 0, the first one that is in the table; those before it have negative
  // numbers. The number of the first working day from `day` on, and the day of a number (within
  // kFirstDay..kLastDay).
  std::int64_t NumberFrom(Day day) const;
  Day Numbered(std::int64_t number) const;

  std::string name_, version_;
  Day first_published_, last_published_;
  std::vector<Holiday> holidays_;
  std::vector<std::string> names_, sources_;
  WeeklyRest rest_;
  // A week in which nothing is listed: how many working days come before each weekday (and in all), and which
  // they are.
  std::array<std::int32_t, 8> week_before_{};
  std::array<std::int32_t, 7> week_days_{};
  // Whole weeks from the first listed day to the last; every week outside is a plain one.  For the row of a
  // day, the number of working days in the table before it; and the working days.
  Day table_first_;
  std::vector<std::int32_t> worked_before_;
  std::vector<Day> working_days_;
};

// The calendars that are at hand, by name.
class Calendars {
 public:
  // Reads every *.tsv of a folder.  kInvalid names file and line; kNotFound when the folder is not there.
  static base::Result<Calendars> Load(const std::string& folder);
  // Null when there is none of this name.  Lives as long as this.
  const Calendar* Find(std::string_view name) const;
  std::vector<std::string_view> names() const;

 private:
  std::map<std::string, Calendar, std::less<>> calendars_;
};

// Reads one calendar file (format: docs/formats/calendar.md).  kInvalid: "line 12: ...".
base::Result<Calendar> ParseCalendar(std::string_view text);

}  // namespace lawbound::calendar
