#include "calendar/calendar.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/check.h"

namespace lawbound::calendar {
namespace {

Day MondayOf(Day day) { return day - base::Weekday(day); }

std::int64_t FloorDivide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

bool IsAscending(const std::vector<Holiday>& holidays) {
  const auto not_before = [](const Holiday& a, const Holiday& b) { return a.day >= b.day; };
  return std::adjacent_find(holidays.begin(), holidays.end(), not_before) == holidays.end();
}

}  // namespace

Calendar::Calendar(std::string name, std::string version, Day first_published, Day last_published,
                   std::vector<Holiday> holidays, std::vector<std::string> names,
                   std::vector<std::string> sources, WeeklyRest rest)
    : name_(std::move(name)),
      version_(std::move(version)),
      first_published_(first_published),
      last_published_(last_published),
      holidays_(std::move(holidays)),
      names_(std::move(names)),
      sources_(std::move(sources)),
      rest_(rest) {
  CHECK(IsAscending(holidays_));
  CHECK(std::find(rest_.begin(), rest_.end(), false) != rest_.end());
  for (const Holiday& holiday : holidays_) {
    CHECK(holiday.name < names_.size() && holiday.source < sources_.size());
    CHECK(base::kFirstDay <= holiday.day && holiday.day <= base::kLastDay);
  }
  std::size_t worked = 0;
  for (std::size_t weekday = 0; weekday < 7; ++weekday) {
    week_before_[weekday] = static_cast<std::int32_t>(worked);
    if (!rest_[weekday]) week_days_[worked++] = static_cast<std::int32_t>(weekday);
  }
  week_before_[7] = static_cast<std::int32_t>(worked);
  table_first_ = MondayOf(holidays_.empty() ? base::kFirstDay : holidays_.front().day);
  const Day end = holidays_.empty() ? table_first_ : MondayOf(holidays_.back().day) + 7;
  auto listed = holidays_.begin();
  for (Day day = table_first_; day < end; day = day + 1) {
    worked_before_.push_back(static_cast<std::int32_t>(working_days_.size()));
    bool works = !rest_[static_cast<std::size_t>(base::Weekday(day))];
    if (listed != holidays_.end() && listed->day == day) works = (listed++)->works;
    if (works) working_days_.push_back(day);
  }
}

std::int64_t Calendar::NumberFrom(Day day) const {
  std::int64_t from = day - table_first_;
  const auto rows = static_cast<std::int64_t>(worked_before_.size());
  if (0 <= from && from < rows) return worked_before_[static_cast<std::size_t>(from)];
  std::int64_t number = 0;
  if (from >= rows) {
    number = static_cast<std::int64_t>(working_days_.size());
    from -= rows;
  }
  const std::int64_t weeks = FloorDivide(from, 7);
  return number + weeks * week_before_[7] + week_before_[static_cast<std::size_t>(from - weeks * 7)];
}

Day Calendar::Numbered(std::int64_t number) const {
  const auto in_table = static_cast<std::int64_t>(working_days_.size());
  if (0 <= number && number < in_table) return working_days_[static_cast<std::size_t>(number)];
  std::int64_t day = table_first_.number;
  if (number >= in_table) {
    day += static_cast<std::int64_t>(worked_before_.size());
    number -= in_table;
  }
  const std::int64_t weeks = FloorDivide(number, week_before_[7]);
  day += weeks * 7 + week_days_[static_cast<std::size_t>(number - weeks * week_before_[7])];
  return {static_cast<std::int32_t>(
      std::clamp<std::int64_t>(day, base::kFirstDay.number, base::kLastDay.number))};
}

bool Calendar::IsWorkingDay(Day day) const { return NumberFrom(day + 1) > NumberFrom(day); }

Day Calendar::NextWorkingDayOf(Day day) const { return Numbered(NumberFrom(day)); }

Day Calendar::AddWorkingDays(Day from, std::int32_t n) const {
  CHECK(n >= 0);
  return n == 0 ? from : Numbered(NumberFrom(from + 1) + n - 1);
}

Day Calendar::SubtractWorkingDays(Day from, std::int32_t n) const {
  CHECK(n >= 0);
  return n == 0 ? from : Numbered(NumberFrom(from) - n);
}

std::int32_t Calendar::CountWorkingDays(Day after, Day through) const {
  if (through <= after) return 0;
  return static_cast<std::int32_t>(NumberFrom(through + 1) - NumberFrom(after + 1));
}

const Holiday* Calendar::Listed(Day day) const {
  const auto found =
      std::lower_bound(holidays_.begin(), holidays_.end(), day,
                       [](const Holiday& holiday, Day wanted) { return holiday.day < wanted; });
  return found != holidays_.end() && found->day == day ? &*found : nullptr;
}

std::string Calendar::Reason(Day day) const {
  static constexpr std::array<std::string_view, 7> kNames{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                          "Friday", "Saturday", "Sunday"};
  if (const Holiday* listed = Listed(day)) {
    return listed->works ? fmt::format("made up for {}", names_[listed->name]) : names_[listed->name];
  }
  const auto weekday = static_cast<std::size_t>(base::Weekday(day));
  return std::string(rest_[weekday] ? kNames[weekday] : "");
}

std::string_view Calendar::Source(Day day) const {
  const Holiday* listed = Listed(day);
  return listed == nullptr ? std::string_view() : std::string_view(sources_[listed->source]);
}

}  // namespace lawbound::calendar
