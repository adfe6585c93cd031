#include "calendar/calendar.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/check.h"

namespace lawbound::calendar {
namespace {

constexpr std::int32_t kDays = base::kLastDay - base::kFirstDay + 1;

// The row of a day in the tables.
std::size_t Row(Day day) {
  return static_cast<std::size_t>(std::clamp(day, base::kFirstDay, base::kLastDay) - base::kFirstDay);
}

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
  worked_before_.reserve(static_cast<std::size_t>(kDays) + 1);
  working_days_.reserve(static_cast<std::size_t>(kDays));
  auto listed = holidays_.begin();
  auto weekday = static_cast<std::size_t>(base::Weekday(base::kFirstDay));
  for (Day day = base::kFirstDay; day <= base::kLastDay; day = day + 1) {
    worked_before_.push_back(static_cast<std::int32_t>(working_days_.size()));
    bool works = !rest_[weekday];
    if (listed != holidays_.end() && listed->day == day) works = (listed++)->works;
    if (works) working_days_.push_back(day);
    weekday = weekday == 6 ? 0 : weekday + 1;
  }
  worked_before_.push_back(static_cast<std::int32_t>(working_days_.size()));
}

bool Calendar::IsWorkingDay(Day day) const {
  const std::size_t row = Row(day);
  return worked_before_[row + 1] > worked_before_[row];
}

Day Calendar::NextWorkingDay(Day day) const {
  const auto next = static_cast<std::size_t>(worked_before_[Row(day)]);
  return next < working_days_.size() ? working_days_[next] : base::kLastDay;
}

Day Calendar::AddWorkingDays(Day from, std::int32_t n) const {
  CHECK(n >= 0);
  if (n == 0) return from;
  const auto last = static_cast<std::size_t>(worked_before_[Row(from) + 1]) + static_cast<std::size_t>(n) - 1;
  return last < working_days_.size() ? working_days_[last] : base::kLastDay;
}

Day Calendar::SubtractWorkingDays(Day from, std::int32_t n) const {
  CHECK(n >= 0);
  if (n == 0) return from;
  const std::int32_t before = worked_before_[Row(from)];
  return n <= before ? working_days_[static_cast<std::size_t>(before - n)] : base::kFirstDay;
}

std::int32_t Calendar::CountWorkingDays(Day after, Day through) const {
  if (through <= after) return 0;
  return worked_before_[Row(through) + 1] - worked_before_[Row(after) + 1];
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
