// The sentences in which the sum of a term is told.  One object for each language, without state; English is
// here, `look` brings Chinese.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "calendar/period.h"
#include "program/program.h"

namespace lawbound::report {

class SumWords {
 public:
  using Day = base::Day;
  virtual ~SumWords() = default;
  virtual std::string Length(calendar::Length length) const;
  virtual std::string Event(const program::Program& program, const program::EventDef& event,
                            std::string_view language) const;
  virtual std::string Moment(Day day, std::int64_t minute) const;
  virtual std::string Starts(std::string_view length, Day start, Day nominal, bool first_day_counts,
                             bool again) const;
  virtual std::string Unknown(Day start) const;
  virtual std::string CountsFrom(Day start) const;
  virtual std::string HoursRun(std::string_view length, std::string_view start, std::string_view last,
                               bool sure) const;
  virtual std::string LastDayIs(Day nominal, Day due, const std::vector<std::string>& reasons,
                                bool moves_on) const;
  virtual std::string Stopped(Day day, std::string_view why) const;
  virtual std::string RanAgain(Day stopped, Day resumed, Day nominal) const;
  virtual std::string Extended(std::string_view length, Day day, std::string_view by, Day nominal) const;
  virtual std::string Ceiling(std::string_view length, std::string_view from, Day day) const;
  virtual std::string CeilingReached(Day day) const;
  virtual std::string Fell(Day day) const;
  virtual std::string EndsOnResuming(Day due) const;
  virtual std::string OnDay(Day day) const;  // "Wed 2011-03-30"
  virtual std::string Counted(const std::vector<std::string>& days) const;
  virtual std::string Skipped(const std::vector<std::string>& runs) const;
  // `reason` as the calendar has it: "Labour Day", "Sunday".
  virtual std::string SkippedRun(Day first, Day last, std::string_view reason) const;
  virtual std::string WeeklyRestDays(std::int32_t days) const;
  virtual std::string MadeWorking(Day day, std::string_view reason) const;
};

const SumWords& EnglishSumWords();

}  // namespace lawbound::report
