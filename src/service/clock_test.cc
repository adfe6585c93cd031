#include "service/clock.h"

#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <thread>

namespace lawbound::service {
namespace {

constexpr std::int64_t kDay = 86'400, kMonth = 30 * kDay;

TEST(ClockTest, BelievesCorrectionsAndDriftAndNoJump) {
  std::int64_t set = 1'000'000'000, going = 50;
  const Clock clock([&] { return set; }, [&] { return going; });
  const auto jump_at = [&](std::int64_t off) {
    set = 1'000'000'000 + (going - 50) + off;
    const Clock::Reading seen = clock.Look();
    EXPECT_EQ(seen.seconds, seen.jump == 0 ? set : set - off);
    return seen.jump;
  };
  for (const std::int64_t lasted : {std::int64_t{0}, std::int64_t{3600}, kMonth}) {
    going = 50 + lasted;
    for (const std::int64_t off : {0, 1, -1, 600, -600}) EXPECT_EQ(jump_at(off), 0) << off;
    for (const std::int64_t off : {kDay, -kDay, 3 * kMonth, -14 * kMonth}) EXPECT_EQ(jump_at(off), off);
    EXPECT_EQ(jump_at(lasted / 1000), 0);
    EXPECT_EQ(jump_at(0), 0);
  }
  going = 50;
  EXPECT_EQ(jump_at(700), 700);
}

TEST(DayOfRecordTest, TurnsOnlyWhenNoActIsOnItsWay) {
  DayOfRecord day;
  day.Turn([](Day) { return Day{10}; });
  std::atomic<bool> turned = false;
  std::thread turner;
  {
    const DayOfRecord::Stay stay(day);
    day.TurnIfFree(Day{11});
    EXPECT_EQ(day.now(), Day{10});
    turner = std::thread([&] {
      day.Turn([](Day now) { return now + 2; });
      turned = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_FALSE(turned);
    EXPECT_EQ(day.now(), Day{10});
  }
  turner.join();
  EXPECT_EQ(day.now(), Day{12});
  day.TurnIfFree(Day{11});
  EXPECT_EQ(day.now(), Day{12});
  day.TurnIfFree(Day{13});
  EXPECT_EQ(day.now(), Day{13});
}

}  // namespace
}  // namespace lawbound::service
