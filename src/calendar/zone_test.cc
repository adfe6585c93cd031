#include "calendar/zone.h"

#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lawbound::calendar {
namespace {

Zone The(const char* name) {
  base::Result<Zone> zone = Zone::Load(name);
  EXPECT_TRUE(zone.ok()) << zone.error().message;
  return std::move(zone).value();
}

// "2006-07-24 09:30", "2006-07-24" without a time of day, or "nothing".
std::string Read(std::string_view text, const Zone& zone) {
  const std::optional<CivilTime> time = ParseTimestamp(text, zone);
  if (!time) return "nothing";
  std::string out = base::PrintDay(time->day);
  if (time->minute == base::kNoMinute) return out;
  for (const int part : {time->minute / 60, time->minute % 60}) {
    out += out.size() == 10 ? ' ' : ':';
    out += static_cast<char>('0' + part / 10);
    out += static_cast<char>('0' + part % 10);
  }
  return out;
}

TEST(Zone, GivesTheCivilDateOfThePlace) {
  const Zone rome = The("Europe/Rome");
  EXPECT_EQ(Read("2006-07-24T00:00:00.000+02:00", rome), "2006-07-24");
  EXPECT_EQ(Read("2006-07-23T22:00:00Z", rome), "2006-07-24");
  EXPECT_EQ(Read("2006-07-23T22:30:00Z", rome), "2006-07-24 00:30");
  EXPECT_EQ(Read("2006-12-31T23:30:00Z", rome), "2007-01-01 00:30");
  EXPECT_EQ(Read("2006-01-01T00:30:00+14:00", rome), "2005-12-31 11:30");
  EXPECT_EQ(Read("2006-07-24T23:59:59-12:00", rome), "2006-07-25 13:59");
  EXPECT_EQ(Read("1969-12-31T23:30:00Z", rome), "1970-01-01 00:30");
}

TEST(Zone, TakesATimeWithoutOffsetAsLocal) {
  const Zone rome = The("Europe/Rome");
  EXPECT_EQ(Read("2006-07-24", rome), "2006-07-24");
  EXPECT_EQ(Read("2006-07-24T09:30:15.123", rome), "2006-07-24 09:30");
  EXPECT_EQ(Read("2006-07-24 09:30", rome), "2006-07-24 09:30");
  EXPECT_EQ(Read("1600-01-01T00:00:00", rome), "1600-01-01");
}

TEST(Zone, KnowsTheMillisecondWhereSecondsAreWritten) {
  const Zone utc = The("Etc/UTC");
  const auto read = [&](std::string_view text) { return ParseTimestamp(text, utc)->millisecond; };
  EXPECT_EQ(read("2006-07-24T09:30:15.123Z"), 15123);
  EXPECT_EQ(read("2006-07-24T09:30:15.1239999Z"), 15123);
  EXPECT_EQ(read("2006-07-24T09:30:15.5+02:00"), 15500);
  EXPECT_EQ(read("2006-07-24T09:30:00Z"), 0);
  EXPECT_EQ(read("2006-07-24T09:30Z"), base::kNoMillisecond);
  EXPECT_EQ(read("2006-07-24T00:00:00.000Z"), base::kNoMillisecond);
  EXPECT_EQ(read("2006-07-24"), base::kNoMillisecond);
}

TEST(Zone, FollowsTheChangesOfTheClock) {
  const Zone rome = The("Europe/Rome");
  EXPECT_EQ(Read("2026-03-29T00:59:59Z", rome), "2026-03-29 01:59");
  EXPECT_EQ(Read("2026-03-29T01:00:00Z", rome), "2026-03-29 03:00");
  EXPECT_EQ(Read("2026-10-25T00:59:00Z", rome), "2026-10-25 02:59");
  EXPECT_EQ(Read("2026-10-25T01:00:00Z", rome), "2026-10-25 02:00");
  // Written with winter's offset in summer: the place's clock shows an hour more.
  EXPECT_EQ(Read("2006-07-24T23:30:00+01:00", rome), "2006-07-25 00:30");
  const Zone lisbon = The("Europe/Lisbon");
  EXPECT_EQ(Read("1994-01-01T23:30:00Z", lisbon),
            "1994-01-02 00:30");  // Portugal kept Central European time then
  EXPECT_EQ(Read("2026-01-01T23:30:00Z", lisbon), "2026-01-01 23:30");
  EXPECT_EQ(Read("2026-06-30T23:00:00Z", lisbon), "2026-07-01");
  const Zone shanghai = The("Asia/Shanghai");
  EXPECT_EQ(Read("2026-02-10T16:00:00Z", shanghai), "2026-02-11");
  EXPECT_EQ(Read("1990-07-01T15:30:00Z", shanghai), "1990-07-02 00:30");  // summer time, 1986 to 1991
  EXPECT_EQ(Read("2026-07-01T15:30:00Z", shanghai), "2026-07-01 23:30");
}

TEST(Zone, KnowsNoTimeOfDayAtMidnightExactly) {
  const Zone utc = The("Etc/UTC");
  EXPECT_EQ(Read("2026-01-01T00:00Z", utc), "2026-01-01");
  EXPECT_EQ(Read("2026-01-01T00:00:00.000000000000000000000Z", utc), "2026-01-01");
  EXPECT_EQ(Read("2026-01-01T00:00:00.0000001Z", utc), "2026-01-01 00:00");
  EXPECT_EQ(Read("2026-01-01T00:00:01Z", utc), "2026-01-01 00:00");
  EXPECT_EQ(Read("2026-01-01T00:00:00+00:01", utc), "2025-12-31 23:59");
}

TEST(Zone, ReadsTheOffsetsPeopleWrite) {
  const Zone utc = The("Etc/UTC");
  for (const char* offset : {"+02:00", "+0200", "+02"}) {
    EXPECT_EQ(Read(std::string("2026-01-01T10:00:00") + offset, utc), "2026-01-01 08:00") << offset;
  }
  EXPECT_EQ(Read("2026-01-01T10:00:00-05:30", utc), "2026-01-01 15:30");
}

TEST(Zone, RefusesWhatIsNoTimestamp) {
  const Zone utc = The("Etc/UTC");
  for (const char* text : {"",
                           "x",
                           "2026",
                           "2026-02-30",
                           "2026-01-01T",
                           "2026-01-01x10:00",
                           "2026-01-01T1:00",
                           "2026-01-01T10",
                           "2026-01-01T1000",
                           "2026-01-01T24:00:00",
                           "2026-01-01T23:60:00",
                           "2026-01-01T23:59:60",
                           "2026-01-01T10:00:00.",
                           "2026-01-01T10:00:00.Z",
                           "2026-01-01T10:00:00ZZ",
                           "2026-01-01T10:00:00+",
                           "2026-01-01T10:00:00+2",
                           "2026-01-01T10:00:00+02:",
                           "2026-01-01T10:00:00+02:0",
                           "2026-01-01T10:00:00+15:00",
                           "2026-01-01T10:00:00+02:60",
                           "2026-01-01T10:00:00 ",
                           " 2026-01-01",
                           "2026-01-01T10:00:00+02:00x",
                           "2026-01-01Z",
                           "-2026-01-01",
                           "1600-01-01T00:00:00+01:00",
                           "2999-12-31T23:00:00-02:00",
                           "1599-12-31",
                           "3000-01-01"}) {
    EXPECT_EQ(Read(text, utc), "nothing") << text;
  }
}

TEST(Zone, SaysWhatToDoAboutAZoneThatIsNotThere) {
  for (const char* name : {"Mars/Olympus", "", "../../../etc/passwd", "/etc/localtime"}) {
    const base::Result<Zone> zone = Zone::Load(name);
    ASSERT_FALSE(zone.ok()) << name;
    EXPECT_EQ(zone.error().code, base::Errc::kNotFound);
    EXPECT_THAT(zone.error().message, ::testing::HasSubstr("is the package tzdata installed?"));
  }
}

}  // namespace
}  // namespace lawbound::calendar
