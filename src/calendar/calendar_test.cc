#include "calendar/calendar.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>
#include <sstream>

#include "calendar/period.h"

namespace lawbound::calendar {
namespace {

using ::testing::HasSubstr;

Day D(std::string_view text) { return base::ParseDay(text).value(); }

const Calendars& All() {
  static const Calendars all = [] {
    auto loaded = Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
    EXPECT_TRUE(loaded.ok()) << loaded.error().message;
    return std::move(loaded).value();
  }();
  return all;
}

const Calendar& The(std::string_view name) { return *All().Find(name); }

TEST(Calendars, AreAllThere) {
  EXPECT_THAT(All().names(), ::testing::ElementsAre("england-wales", "germany", "italy", "netherlands", "prc",
                                                    "united-kingdom", "us-federal", "weekday"));
  EXPECT_EQ(All().Find("atlantis"), nullptr);
  EXPECT_EQ(Calendars::Load(LAWBOUND_ROOT "/no-such-folder").error().code, base::Errc::kNotFound);
}

TEST(Calendar, CountsTheWorkingDaysOfAYear) {
  const std::pair<int, int> known[] = {{2019, 250}, {2020, 249}, {2021, 250}, {2022, 249},
                                       {2023, 249}, {2024, 251}, {2025, 248}, {2026, 248}};
  for (const auto& [year, days] : known) {
    EXPECT_EQ(The("prc").CountWorkingDays(base::ToDay({year - 1, 12, 31}), base::ToDay({year, 12, 31})), days)
        << year;
  }
}

// Workdays counted from holiday-cn by another person's program, the start not counted.
TEST(Calendar, AgreesWithTheKnownVectors) {
  const char* const known[][4] = {{"2025-09-19", "2025-09-26", "2025-09-29", "2025-10-23"},
                                  {"2025-09-28", "2025-10-11", "2025-10-14", "2025-10-31"},
                                  {"2026-01-28", "2026-02-04", "2026-02-06", "2026-03-03"},
                                  {"2026-02-14", "2026-02-28", "2026-03-03", "2026-03-20"},
                                  {"2026-04-24", "2026-05-06", "2026-05-08", "2026-05-26"},
                                  {"2026-06-01", "2026-06-08", "2026-06-10", "2026-06-30"}};
  for (const auto& row : known) {
    EXPECT_EQ(The("prc").AddWorkingDays(D(row[0]), 5), D(row[1]));
    EXPECT_EQ(The("prc").AddWorkingDays(D(row[0]), 7), D(row[2]));
    EXPECT_EQ(The("prc").AddWorkingDays(D(row[0]), 20), D(row[3]));
  }
}

TEST(Calendar, SaysWhyAndOnWhoseWord) {
  const Calendar& prc = The("prc");
  EXPECT_EQ(prc.Reason(D("2026-02-20")), "Spring Festival");
  EXPECT_EQ(prc.Reason(D("2026-02-14")), "made up for Spring Festival");
  EXPECT_EQ(prc.Reason(D("2026-03-07")), "Saturday");
  EXPECT_EQ(prc.Reason(D("2026-03-09")), "");
  EXPECT_THAT(std::string(prc.Source(D("2026-02-14"))), HasSubstr("content_7047091"));
  EXPECT_EQ(prc.Source(D("2026-03-07")), "");
}

TEST(Calendar, KnowsWhatIsPublished) {
  EXPECT_TRUE(The("prc").IsPublished(D("2026-12-31")));
  EXPECT_FALSE(The("prc").IsPublished(D("2027-01-01")));
  EXPECT_TRUE(The("prc").IsWorkingDay(D("2027-01-01")));  // a Friday on which nothing is published yet
  EXPECT_FALSE(The("weekday").IsPublished(D("2026-01-05")));
}

TEST(Calendar, KnowsSomeDaysBeyondThePublishedOnes) {
  const Calendar& netherlands = The("netherlands");
  EXPECT_FALSE(netherlands.IsWorkingDay(D("2012-05-17")));  // Ascension Day, by the act
  EXPECT_TRUE(IsProvisional(netherlands, D("2012-05-17"), D("2012-05-18")));
  EXPECT_FALSE(netherlands.IsWorkingDay(D("2026-05-15")));  // by decree
  EXPECT_FALSE(IsProvisional(netherlands, D("2026-05-14"), D("2026-05-18")));
}

TEST(Calendar, RestsOnSaturdaysOnlyWhereThePlaceDoes) {
  EXPECT_TRUE(The("italy").IsWorkingDay(D("2010-08-14")));
  EXPECT_FALSE(The("italy").IsWorkingDay(D("2010-08-15")));
  EXPECT_FALSE(The("germany").IsWorkingDay(D("2010-08-14")));
}

// Days that people remember, to catch a rule that is off by one.
TEST(Calendar, KnowsSomeDaysOff) {
  const std::pair<const char*, std::vector<const char*>> known[] = {
      {"italy", {"2026-04-06", "2011-03-17", "2012-06-02", "2010-12-08", "2027-10-04"}},
      {"germany", {"2025-04-18", "2025-05-29", "2025-06-09", "2017-10-31", "2025-10-03"}},
      {"england-wales",
       {"1995-05-08", "1999-12-31", "2002-06-03", "2002-06-04", "2010-12-28", "2011-04-29", "2012-06-05",
        "2016-12-27", "2020-05-08", "2021-12-27", "2021-12-28", "2022-01-03", "2022-06-02", "2022-06-03",
        "2022-09-19", "2022-12-27", "2023-01-02", "2023-05-08", "2026-12-28", "2027-03-26"}},
      {"netherlands", {"2014-04-26", "2013-04-30", "2025-06-09"}},
      {"us-federal", {"2021-06-18", "2021-12-31", "2022-12-26", "2024-01-15", "2025-11-27", "2020-07-03"}}};
  for (const auto& [name, days] : known) {
    for (const char* day : days) {
      EXPECT_FALSE(The(name).IsWorkingDay(D(day))) << name << " " << day;
    }
  }
  const std::pair<const char*, const char*> worked[] = {
      {"italy", "2000-06-02"},         {"italy", "2012-03-17"},         {"germany", "2018-10-31"},
      {"england-wales", "1995-05-01"}, {"england-wales", "2022-05-30"}, {"england-wales", "2012-05-28"},
      {"netherlands", "2014-04-30"},   {"us-federal", "2020-06-19"},    {"england-wales", "2020-05-04"}};
  for (const auto& [name, day] : worked) EXPECT_TRUE(The(name).IsWorkingDay(D(day))) << name << " " << day;
}

// The arithmetic of weeks outside the listed days, against counting one by one from the first day there is to
// the last.
TEST(Calendar, NumbersEveryWorkingDayInOrder) {
  for (const char* name : {"prc", "italy", "weekday"}) {
    const Calendar& calendar = The(name);
    std::int32_t worked = 0;
    Day last_worked = base::kFirstDay;
    for (Day day = base::kFirstDay + 1; day <= base::kLastDay; day = day + 1) {
      const bool listed = !calendar.Source(day).empty();
      if (!listed) {
        const auto weekday = static_cast<std::size_t>(base::Weekday(day));
        ASSERT_EQ(calendar.IsWorkingDay(day), !calendar.rest()[weekday]) << base::PrintDay(day);
      }
      if (!calendar.IsWorkingDay(day)) continue;
      ++worked;
      ASSERT_EQ(calendar.AddWorkingDays(base::kFirstDay, worked), day);
      ASSERT_EQ(calendar.CountWorkingDays(base::kFirstDay, day), worked);
      if (worked > 1) {
        ASSERT_EQ(calendar.SubtractWorkingDays(day, 1), last_worked);
        ASSERT_EQ(calendar.NextWorkingDay(last_worked + 1), day);
      }
      last_worked = day;
    }
  }
}

TEST(Calendar, StopsAtTheEdgesOfTime) {
  const Calendar& prc = The("prc");
  EXPECT_EQ(prc.AddWorkingDays(base::kLastDay, 5), base::kLastDay);
  EXPECT_EQ(prc.SubtractWorkingDays(base::kFirstDay, 5), base::kFirstDay);
  EXPECT_EQ(prc.NextWorkingDay(base::kLastDay + 40), base::kLastDay);
  EXPECT_EQ(prc.CountWorkingDays(D("2026-01-01"), D("2025-01-01")), 0);
}

std::string File(std::string_view head, std::string_view rows) {
  return std::string("name\tx\ntitle\tX\nversion\t1\n") + std::string(head) + std::string(rows);
}
constexpr std::string_view kHead =
    "published\t2026-01-01\t2026-12-31\nrest\tsaturday\tsunday\nsource\ta\tAn act\n";

TEST(CalendarFile, ReadsAGoodOne) {
  const auto calendar =
      ParseCalendar(File(kHead, "# why\n2026-01-01\toff\ta\tNew Year\n2026-01-03\twork\ta\tNew Year\n"));
  ASSERT_TRUE(calendar.ok()) << calendar.error().message;
  EXPECT_FALSE(calendar.value().IsWorkingDay(D("2026-01-01")));
  EXPECT_TRUE(calendar.value().IsWorkingDay(D("2026-01-03")));
  EXPECT_EQ(calendar.value().version(), "1");
}

TEST(CalendarFile, RefusesEveryMistakeWithItsLine) {
  const std::tuple<std::string, const char*, const char*> bad[] = {
      {"", "line 1: ", "missing"},
      {"nonsense\n", "line 1: ", "'nonsense' is neither"},
      {"name\tX Y\n", "line 1: ", "a name is of"},
      {"name\tx\nname\tx\n", "line 2: ", "second 'name'"},
      {"name\tx\r\n", "line 1: ", "control character"},
      {"name\tx", "line 1: ", "cut off"},
      {"name\t\n", "line 1: ", "empty"},
      {"published\t2026-02-30\t2026-12-31\n", "line 1: ", "two dates"},
      {"published\t2026-12-31\t2026-01-01\n", "line 1: ", "before it begins"},
      {"rest\tsaturday\tsaturday\n", "line 1: ", "stands twice"},
      {"rest\n", "line 1: ", "one to six"},
      {"rest\tmonday\ttuesday\twednesday\tthursday\tfriday\tsaturday\tsunday\n", "line 1: ", "one to six"},
      {"2026-01-01\toff\ta\tx\n", "line 1: ", "must stand before"},
      {File(kHead, "2026-01-01\toff\tb\tx\n"), "line 7: ", "no source 'b'"},
      {File(kHead, "2026-01-01\toff\ta\n"), "line 7: ", "a date takes"},
      {File(kHead, "2026-01-01\tout\ta\tx\n"), "line 7: ", "neither 'off' nor 'work'"},
      {File(kHead, "2026-01-05\twork\ta\tx\n"), "line 7: ", "works anyway"},
      {File(kHead, "2026-02-30\toff\ta\tx\n"), "line 7: ", "is neither a date"},
      {File(kHead, "2026-01-02\toff\ta\tx\n2026-01-01\toff\ta\tx\n"), "line 8: ", "not in order"},
      {File(kHead, "2026-01-02\toff\ta\tx\n2026-01-02\toff\ta\tx\n"), "line 8: ", "stands twice"},
      {File(kHead, "2026-01-02\toff\ta\tx\nrest\tsunday\n"), "line 8: ", "where a date is wanted"},
      {File(kHead, "source\ta\tAgain\n"), "line 7: ", "second source"},
      {File("rest\tsunday\n", ""), "line 5: ", "'published' or 'rest' is missing"},
      {"title\t" + std::string(2000, 'x') + "\n", "line 1: ", "more than 1000 bytes"},
      {"title\t1\t2\t3\t4\t5\t6\t7\t8\t9\n", "line 1: ", "more than 8 cells"},
  };
  for (const auto& [text, line, message] : bad) {
    const auto calendar = ParseCalendar(text);
    ASSERT_FALSE(calendar.ok()) << text;
    EXPECT_THAT(calendar.error().message, ::testing::StartsWith(line)) << text;
    EXPECT_THAT(calendar.error().message, HasSubstr(message)) << text;
  }
  EXPECT_EQ(ParseCalendar(std::string(5U << 20U, '\n')).error().code, base::Errc::kLimit);
}

// Every day, against the given sources read in another way: a scan of their text for dates.
class GivenHolidays : public ::testing::Test {
 protected:
  static std::string Read(const std::string& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  static const std::string& Folder() {
    static const std::string folder = LAWBOUND_ROOT "/../shared/law/holidays";
    return folder;
  }
  void SetUp() override {
    if (!std::filesystem::exists(Folder())) GTEST_SKIP() << "no given holidays here";
  }
  // `listed`: day -> works.  What is not listed is a plain day of the week.
  static void ExpectEqual(const std::map<Day, bool>& listed, Day from, Day through) {
    for (Day day = from; day <= through; day = day + 1) {
      const auto found = listed.find(day);
      const bool works = found == listed.end() ? base::Weekday(day) < 5 : found->second;
      EXPECT_EQ(The("prc").IsWorkingDay(day), works) << base::PrintDay(day);
    }
  }
};

TEST_F(GivenHolidays, EveryDayIsThatOfChineseDays) {
  const std::string text = Read(Folder() + "/chinese-days.json");
  const std::size_t workdays = text.find("\"workdays\"");
  ASSERT_NE(workdays, std::string::npos);
  std::map<Day, bool> listed;
  const std::regex date("\"(\\d{4}-\\d{2}-\\d{2})\":");
  for (std::sregex_iterator it(text.begin(), text.end(), date), end; it != end; ++it) {
    const std::size_t at = static_cast<std::size_t>(it->position());
    const bool works = at > workdays && at < text.find("\"inLieuDays\"");
    listed.emplace(D((*it)[1].str()), works);
  }
  ASSERT_EQ(listed.size(), 769U);
  ExpectEqual(listed, D("2004-01-01"), D("2026-12-31"));
}

TEST_F(GivenHolidays, EveryDayIsThatOfHolidayCn) {
  std::map<Day, bool> listed;
  const std::regex entry("\"date\": \"(\\d{4}-\\d{2}-\\d{2})\",\\s*\"isOffDay\": (true|false)");
  for (int year = 2007; year <= 2026; ++year) {
    const std::string text = Read(Folder() + "/holiday-cn/" + std::to_string(year) + ".json");
    for (std::sregex_iterator it(text.begin(), text.end(), entry), end; it != end; ++it) {
      listed[D((*it)[1].str())] = (*it)[2] == "false";
    }
  }
  ASSERT_GT(listed.size(), 500U);
  ExpectEqual(listed, D("2007-01-01"), D("2026-12-31"));
}

}  // namespace
}  // namespace lawbound::calendar
