#include "report/sum_words.h"

#include "program/names.h"
#include "report/condition.h"
#include "report/words.h"

namespace lawbound::report {

std::string SumWords::Length(calendar::Length length) const { return program::LengthText(length); }
std::string SumWords::Event(const program::Program& program, const program::EventDef& event,
                            std::string_view language) const {
  return EventWords(program, event, language);
}
std::string SumWords::Moment(Day day, std::int64_t minute) const { return words::Moment(day, minute); }
std::string SumWords::Starts(std::string_view length, Day start, Day nominal, bool first_day_counts,
                             bool again) const {
  return words::TermStarts(length, start, nominal, first_day_counts, again);
}
std::string SumWords::Unknown(Day start) const { return words::TermUnknown(start); }
std::string SumWords::CountsFrom(Day start) const { return words::CountsFrom(start); }
std::string SumWords::HoursRun(std::string_view length, std::string_view start, std::string_view last,
                               bool sure) const {
  return words::HoursRun(length, start, last, sure);
}
std::string SumWords::LastDayIs(Day nominal, Day due, const std::vector<std::string>& reasons,
                                bool moves_on) const {
  return words::LastDayIs(nominal, due, words::List(reasons, ", "), moves_on);
}
std::string SumWords::Stopped(Day day, std::string_view why) const { return words::Stopped(day, why); }
std::string SumWords::RanAgain(Day stopped, Day resumed, Day nominal) const {
  return words::RanAgain(stopped, resumed, nominal);
}
std::string SumWords::Extended(std::string_view length, Day day, std::string_view by, Day nominal) const {
  return words::Extended(length, day, by, nominal);
}
std::string SumWords::Ceiling(std::string_view length, std::string_view from, Day day) const {
  return words::Ceiling(length, from, day);
}
std::string SumWords::CeilingReached(Day day) const { return words::CeilingReached(day); }
std::string SumWords::Fell(Day day) const { return words::TermFell(day); }
std::string SumWords::EndsOnResuming(Day due) const { return words::EndsOnResuming(due); }
std::string SumWords::OnDay(Day day) const { return words::LongDate(day); }
std::string SumWords::Counted(const std::vector<std::string>& days) const { return words::Counted(days); }
std::string SumWords::Skipped(const std::vector<std::string>& runs) const { return words::Skipped(runs); }
std::string SumWords::SkippedRun(Day first, Day last, std::string_view reason) const {
  return words::SkippedRun(first, last, reason);
}
std::string SumWords::WeeklyRestDays(std::int32_t days) const { return words::WeeklyRestDays(days); }
std::string SumWords::MadeWorking(Day day, std::string_view reason) const {
  return words::MadeWorking(day, reason);
}

const SumWords& EnglishSumWords() {
  static const SumWords words;
  return words;
}

}  // namespace lawbound::report
