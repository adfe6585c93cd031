#include "calendar/zone.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace lawbound::calendar {
namespace {

constexpr std::int64_t kSecondsOfDay = 86400;

bool IsDigit(char c) { return '0' <= c && c <= '9'; }

// Takes characters from the front of a text; what does not fit leaves `ok` false for good.
struct Cursor {
  std::string_view rest;
  bool ok = true;

  bool Take(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  // Two digits, at most `max`.
  std::int32_t TwoDigits(std::int32_t max) {
    if (rest.size() < 2 || !IsDigit(rest[0]) || !IsDigit(rest[1])) {
      ok = false;
      return 0;
    }
    const std::int32_t value = (rest[0] - '0') * 10 + (rest[1] - '0');
    if (value > max) ok = false;
    rest.remove_prefix(2);
    return value;
  }
};

struct ClockTime {
  std::int64_t seconds = 0;   // after midnight
  bool has_seconds = false;   // they were written
  bool has_fraction = false;  // some digit after the point is not 0
  std::int32_t milliseconds = 0;
};

ClockTime TakeTime(Cursor& cursor) {
  ClockTime time;
  time.seconds = std::int64_t{cursor.TwoDigits(23)} * 3600;
  if (!cursor.Take(':')) cursor.ok = false;
  time.seconds += std::int64_t{cursor.TwoDigits(59)} * 60;
  if (!cursor.Take(':')) return time;
  time.seconds += cursor.TwoDigits(59);
  time.has_seconds = true;
  if (!cursor.Take('.')) return time;
  const auto end = std::find_if_not(cursor.rest.begin(), cursor.rest.end(), IsDigit);
  const std::string_view digits = cursor.rest.substr(0, static_cast<std::size_t>(end - cursor.rest.begin()));
  if (digits.empty()) cursor.ok = false;
  time.has_fraction = digits.find_first_not_of('0') != std::string_view::npos;
  for (std::size_t i = 0; i < 3; ++i)
    time.milliseconds = time.milliseconds * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  cursor.rest.remove_prefix(digits.size());
  return time;
}

// Seconds ahead of UTC, or nothing where no offset is written.
std::optional<std::int32_t> TakeOffset(Cursor& cursor) {
  if (cursor.rest.empty()) return std::nullopt;
  if (cursor.Take('Z')) return 0;
  const bool ahead = cursor.Take('+');
  if (!ahead && !cursor.Take('-')) {
    cursor.ok = false;
    return std::nullopt;
  }
  std::int32_t seconds = cursor.TwoDigits(14) * 3600;
  const bool colon = cursor.Take(':');
  if (colon || !cursor.rest.empty()) seconds += cursor.TwoDigits(59) * 60;
  return ahead ? seconds : -seconds;
}

}  // namespace

Zone::Zone(std::string name, std::vector<Offset> offsets)
    : name_(std::move(name)), offsets_(std::move(offsets)) {
  CHECK(!offsets_.empty());
}

std::int32_t Zone::OffsetAt(std::int64_t instant) const {
  const auto next = std::upper_bound(offsets_.begin() + 1, offsets_.end(), instant,
                                     [](std::int64_t at, const Offset& offset) { return at < offset.from; });
  return std::prev(next)->seconds;
}

std::optional<CivilTime> ParseTimestamp(std::string_view text, const Zone& zone) {
  const std::optional<base::Day> written = base::ParseDay(text.substr(0, 10));
  if (!written) return std::nullopt;
  if (text.size() == 10) return CivilTime{*written};
  Cursor cursor{text.substr(10)};
  if (!cursor.Take('T') && !cursor.Take(' ')) return std::nullopt;
  const ClockTime time = TakeTime(cursor);
  const std::optional<std::int32_t> offset = TakeOffset(cursor);
  if (!cursor.ok || !cursor.rest.empty()) return std::nullopt;
  base::Day day = *written;
  std::int64_t seconds = time.seconds;
  if (offset) {
    const std::int64_t instant = written->number * kSecondsOfDay + seconds - *offset;
    seconds += zone.OffsetAt(instant) - *offset;
    // Offsets differ by less than two days.
    for (; seconds < 0; seconds += kSecondsOfDay) day = day - 1;
    for (; seconds >= kSecondsOfDay; seconds -= kSecondsOfDay) day = day + 1;
    if (day < base::kFirstDay || day > base::kLastDay) return std::nullopt;
  }
  if (seconds == 0 && !time.has_fraction) return CivilTime{day};
  CivilTime out{day, static_cast<base::Minute>(seconds / 60)};
  if (time.has_seconds) out.millisecond = static_cast<std::int32_t>(seconds % 60) * 1000 + time.milliseconds;
  return out;
}

}  // namespace lawbound::calendar
