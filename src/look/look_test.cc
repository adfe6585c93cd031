#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <sstream>

#include "look/answers.h"
#include "look/day_text.h"
#include "look/guess.h"
#include "look/ledger.h"
#include "look/page.h"
#include "look/said.h"

namespace lawbound::look {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Shown(std::string_view text, Order order = Order::kUnknown, bool from_1904 = false) {
  const std::optional<base::Day> day = ReadDay(text, order, from_1904);
  return day ? base::PrintDay(*day) : "none";
}

TEST(DayText, EveryShape) {
  for (const char* text :
       {"2025-01-06", "2025/1/6", "2025.1.6", "2025年1月6日", "2025年1月6号", "20250106",
        "２０２５年１月６日", "2025-01-06 09:30", "2025-01-06T09:30:00", " 2025-1-6 ", "45663", "45663.5"})
    EXPECT_EQ(Shown(text), "2025-01-06") << text;
  EXPECT_EQ(Shown("44201", Order::kUnknown, true), "2025-01-06");
}

TEST(DayText, WhatIsNoDay) {
  for (const char* text :
       {"", "待定", "2025-13-01", "2025-02-29", "2025-1", "2025-1/6", "12", "19999", "80001",
        "2025-01-06 abc", "1899-01-01", "-2025-1-1", "20251301", "99999999999999999999-1-1"})
    EXPECT_EQ(Shown(text), "none") << text;
}

TEST(DayText, TwoOrders) {
  EXPECT_EQ(Shown("3/4/2025"), "none");
  EXPECT_EQ(Shown("4/4/2025"), "2025-04-04");
  EXPECT_EQ(Shown("3/4/2025", Order::kDayFirst), "2025-04-03");
  EXPECT_EQ(Shown("3/4/2025", Order::kMonthFirst), "2025-03-04");
  EXPECT_EQ(OrderShown("25/12/2024"), Order::kDayFirst);
  EXPECT_EQ(OrderShown("12/25/2024"), Order::kMonthFirst);
  EXPECT_EQ(OrderShown("3/4/2025"), Order::kUnknown);
  EXPECT_EQ(OrderShown("2025/12/25"), Order::kUnknown);
}

TEST(Ledger, NamesAreComparedPlain) {
  EXPECT_EQ(Plain(" 答复\n日期（必填） "), "答复日期");
  EXPECT_EQ(Plain("Date Received [d/m/y]:"), "datereceived");
  EXPECT_EQ(Plain("答复（未完"), "答复");
}

constexpr std::string_view kLedger =
    "# a comment\n"
    "rule\tin-time\n"
    "first\tbegin\t开始日期|date begun\n"
    "act\tmore\t延长日期\n"
    "field\tmore.longer\tlonger by|延长天数\tdays\n"
    "act\tend\t结束日期|date ended\n"
    "mark\t\t示例台账\n"
    "case\t\t编号\n"
    "person\t\t经办人\n";

TEST(Ledger, IsRead) {
  const base::Result<Ledger> ledger = ParseLedger(kLedger, "packs/aa/bb");
  ASSERT_TRUE(ledger.ok());
  EXPECT_EQ(ledger.value().name, "aa/bb");
  EXPECT_THAT(ledger.value().rules[0].acts, ElementsAre(0, 1, 2));
  EXPECT_EQ(ledger.value().fields[0].chinese, "延长天数");
  EXPECT_EQ(ledger.value().firsts, 1U);
}

TEST(Ledger, SaysWhatIsWrong) {
  EXPECT_THAT(ParseLedger("rule\ta\nwrong\tb\n", "p").error().message, HasSubstr("line 2: 'wrong'"));
  EXPECT_THAT(ParseLedger("rule\ta\n", "p").error().message, HasSubstr("fewer than two acts"));
  EXPECT_THAT(ParseLedger("rule\ta\tx\nfirst\tb\t1\nact\tc\t2\n", "p").error().message,
              HasSubstr("hangs on 'x'"));
}

TEST(Answers, AreReadAsWritten) {
  Answers answers{.ledger = "aa/bb",
                  .columns = {{"begin", "收件"}, {"end", ""}, {"more.longer", "a: b"}},
                  .never = std::vector<std::string>{"more"},
                  .order = Order::kMonthFirst};
  const base::Result<Answers> again = ParseAnswers("\xEF\xBB\xBF" + PrintAnswers(answers, {"a comment", ""}));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again.value().ledger, answers.ledger);
  EXPECT_EQ(again.value().columns, answers.columns);
  EXPECT_EQ(again.value().never, answers.never);
  EXPECT_EQ(again.value().order, answers.order);
}

TEST(Answers, AWideColonWillDo) {
  const base::Result<Answers> answers = ParseAnswers("column end：结束\r\n");
  ASSERT_TRUE(answers.ok());
  EXPECT_EQ(answers.value().columns.at("end"), "结束");
}

TEST(Answers, SayWhichLineIsWrong) {
  for (const char* text : {"\n\nwhat\n", "\n\norder: year\n", "\n\ncolumn end:\n", "\n\nnevers: a\n"})
    EXPECT_THAT(ParseAnswers(text).error().message, HasSubstr("line 3")) << text;
}

// The places of each phrase: "{0}{2}".
std::set<std::string> PlacesIn(std::string_view text) {
  std::set<std::string> out;
  const std::string all(text);
  const std::regex place(R"(\{[^}]*\})");
  for (std::sregex_iterator at(all.begin(), all.end(), place), end; at != end; ++at) out.insert(at->str());
  return out;
}

TEST(Phrases, BothLanguagesHaveTheSamePlaces) {
  for (std::size_t i = 0; i < CountPhrases(); ++i) {
    const auto phrase = static_cast<Phrase>(i);
    const std::string_view english = TextOf(Language::kEnglish, phrase);
    const std::string_view chinese = TextOf(Language::kChinese, phrase);
    EXPECT_EQ(PlacesIn(english), PlacesIn(chinese)) << english;
    EXPECT_EQ(chinese.find('|'), std::string_view::npos) << chinese;
    // Every one can be said.
    EXPECT_FALSE(Say(Language::kEnglish, phrase, Args(6, "x")).empty());
    EXPECT_FALSE(Say(Language::kChinese, phrase, Args(6, "x")).empty());
  }
}

TEST(Phrases, OneAndMany) {
  EXPECT_EQ(SayCount(Language::kEnglish, Phrase::kRows, 1), "1 row");
  EXPECT_EQ(SayCount(Language::kEnglish, Phrase::kRows, 1200), "1,200 rows");
  EXPECT_EQ(SayCount(Language::kChinese, Phrase::kRows, 1), "1行");
  EXPECT_EQ(SayOneOf(Language::kEnglish, {"a", "b", "c"}), "a, b or c");
  EXPECT_EQ(SayOneOf(Language::kChinese, {"甲", "乙"}), "甲或者乙");
  EXPECT_EQ(SayDay(Language::kChinese, base::ToDay({2026, 5, 8})), "2026年5月8日（周五）");
}

TEST(Phrases, TheLanguageOfALocale) {
  for (const char* chinese : {"zh", "zh_CN.UTF-8", "zh-Hans", "zh_TW"})
    EXPECT_EQ(LanguageOfLocale(chinese), Language::kChinese) << chinese;
  for (const char* other : {"", "C", "C.UTF-8", "en_US.UTF-8", "zhx"})
    EXPECT_EQ(LanguageOfLocale(other), Language::kEnglish) << other;
}

TEST(Calendar, LinesAreFoldedAndEscaped) {
  Lapse lapse{.day = base::ToDay({2026, 12, 31}), .id = "a1", .summary = "a, b; c\\d", .description = "x\n"};
  for (int i = 0; i < 40; ++i) lapse.description += "期限";
  std::ostringstream out;
  WriteCalendar({lapse}, base::ToDay({2026, 5, 6}), out);
  std::string text = out.str();
  EXPECT_THAT(text, HasSubstr("SUMMARY:a\\, b\\; c\\\\d\r\n"));
  EXPECT_THAT(text, HasSubstr("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 76U);
    ASSERT_TRUE(line.ends_with('\r'));
    EXPECT_NE(static_cast<unsigned char>(line[line[0] == ' ' ? 1 : 0]) & 0xC0U, 0x80U)
        << "a character is cut";
  }
}

TEST(PageText, ChineseBreaksBetweenCharacters) {
  Page page{.title = "题", .lead = {}, .sections = {}, .last = "", .language = Language::kChinese};
  std::string line;
  for (int i = 0; i < 30; ++i) line += "期限";
  page.sections.push_back({.heading = "一", .lines = {{.text = line + "。", .parts = {}}}});
  std::istringstream lines(PageText(page, 40));
  std::size_t count = 0;
  for (std::string one; std::getline(lines, one); ++count) {
    EXPECT_LE(one.size(), 60U) << one;
    EXPECT_FALSE(one.ends_with(' '));
  }
  EXPECT_GE(count, 6U);
}

}  // namespace
}  // namespace lawbound::look
