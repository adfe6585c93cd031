#include "service/clock.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <utility>

namespace lawbound::service {
namespace {

// Ten minutes, and a second in a thousand: twice what a clock is slewed by.
constexpr std::int64_t kMostApart = 600, kDriftsBy = 1000;

std::int64_t SecondsOf(clockid_t clock) {
  std::timespec now{};
  ::clock_gettime(clock, &now);
  return now.tv_sec;
}

}  // namespace

// CLOCK_BOOTTIME goes on while the machine sleeps.
Clock::Clock() : Clock([] { return SecondsOf(CLOCK_REALTIME); }, [] { return SecondsOf(CLOCK_BOOTTIME); }) {}

Clock::Clock(Source set, Source going)
    : set_(std::move(set)), going_(std::move(going)), set_then_(set_()), going_then_(going_()) {}

Clock::Reading Clock::Look() const {
  const std::int64_t set = set_(), lasted = going_() - going_then_;
  const std::int64_t jump = set - (set_then_ + lasted);
  if (std::abs(jump) <= kMostApart + lasted / kDriftsBy) return {.seconds = set, .jump = 0};
  return {.seconds = set - jump, .jump = jump};
}

DayOfRecord::Stay::Stay(DayOfRecord& day) : day_(day) {
  std::unique_lock lock(day_.mutex_);
  day_.changed_.wait(lock, [&] { return day_.turning_ == 0; });
  ++day_.staying_;
}

DayOfRecord::Stay::~Stay() {
  const std::lock_guard lock(day_.mutex_);
  if (--day_.staying_ == 0 && day_.turning_ > 0) day_.changed_.notify_all();
}

void DayOfRecord::Turn(const std::function<Day(Day)>& next) {
  std::unique_lock lock(mutex_);
  ++turning_;
  changed_.wait(lock, [&] { return staying_ == 0; });
  now_ = next(now()).number;
  --turning_;
  changed_.notify_all();
}

void DayOfRecord::TurnIfFree(Day day) {
  if (day <= now()) return;
  const std::lock_guard lock(mutex_);
  if (staying_ == 0) now_ = std::max(day, now()).number;
}

}  // namespace lawbound::service
