#include <fcntl.h>
#include <gtest/gtest.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "base/day.h"
#include "base/file.h"
#include "base/result.h"

namespace lawbound::base {
namespace {

Result<int> Half(int n) {
  if (n % 2 != 0) return Error{Errc::kInvalid, "odd number"};
  return n / 2;
}

Result<int> Quarter(int n) {
  ASSIGN_OR_RETURN(const int half, Half(n));
  return Half(half);
}

TEST(Result, CarriesTheErrorUp) {
  EXPECT_EQ(Quarter(8).value(), 2);
  EXPECT_EQ(Quarter(6).error().code, Errc::kInvalid);
  EXPECT_EQ(Quarter(6).error().With("quartering").message, "quartering: odd number");
}

TEST(ResultDeathTest, ReadingTheValueOfAFailureStops) {
  EXPECT_DEATH(static_cast<void>(Half(3).value()), "broken invariant");
}

TEST(Day, RoundTripsEveryDayOfItsRange) {
  for (Day day = kFirstDay; day <= kLastDay; day = day + 1) {
    const YearMonthDay date = FromDay(day);
    ASSERT_EQ(ToDay(date), day);
    if (day.number % 97 == 0) {
      ASSERT_EQ(ParseDay(PrintDay(day)), day);
    }
  }
  EXPECT_EQ(PrintDay(kFirstDay), "1600-01-01");
  EXPECT_EQ(PrintDay(kLastDay), "2999-12-31");
}

TEST(Day, RefusesWhatIsNoDate) {
  for (const char* text : {"2025-02-29", "2025-13-01", "2025-00-10", "2025-1-1", "20250101", "2025-04-31",
                           "1599-12-31", "3000-01-01", "2025-01-0a", ""}) {
    EXPECT_FALSE(ParseDay(text).has_value()) << text;
  }
  EXPECT_TRUE(ParseDay("2024-02-29").has_value());
}

TEST(Day, KnowsItsWeekday) {
  EXPECT_EQ(Weekday(*ParseDay("2026-11-21")), 5);
  EXPECT_EQ(Weekday(*ParseDay("1969-12-28")), 6);
  EXPECT_EQ(Weekday(*ParseDay("1600-01-01")), 5);
}

// Run by root, a report to /dev/null would take the place of the device.
TEST(File, ADeviceOrAPipeIsWrittenToAndStays) {
  const std::string path = ::testing::TempDir() + "lawbound-base-test-pipe";
  ::unlink(path.c_str());
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int reader = ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  ASSERT_TRUE(WriteFile(path, "one").ok());
  char got[8] = {};
  EXPECT_EQ(::read(reader, got, sizeof got), 3);
  EXPECT_STREQ(got, "one");
  EXPECT_TRUE(Exists(path) && !IsFile(path));
  ASSERT_TRUE(WriteFile(path + ".written", "two").ok());
  EXPECT_EQ(PutInPlace(path + ".written", path).error().code, Errc::kInvalid);
  EXPECT_FALSE(IsFile(path));
  ::close(reader);
  ::unlink(path.c_str());
}

TEST(File, IsReplacedWholeOrNotAtAll) {
  const std::string path = testing::TempDir() + "lawbound_file_test";
  ASSERT_TRUE(WriteFile(path, "one").ok());
  ASSERT_TRUE(WriteFile(path, "two").ok());
  EXPECT_EQ(ReadFile(path).value(), "two");
  EXPECT_EQ(ReadFile(path, 2).error().code, Errc::kLimit);
  EXPECT_EQ(WriteFile(path + "/below", "x").error().code, Errc::kUnavailable);
  EXPECT_EQ(ReadFile(path + ".absent").error().code, Errc::kNotFound);
  EXPECT_EQ(ReadFile(testing::TempDir()).error().code, Errc::kInvalid);
  EXPECT_EQ(ReadFile(path).value(), "two");
}

}  // namespace
}  // namespace lawbound::base
