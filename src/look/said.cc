#include "look/said.h"

#include <array>
#include <fmt/args.h>
#include <fmt/format.h>

#include "report/words.h"

namespace lawbound::look {
namespace {

struct Texts {
  std::string_view english, chinese;
};

constexpr Texts kTexts[] = {
#define PHRASE(name, english, chinese) {english, chinese},
#include "look/phrases.def"
#undef PHRASE
};

struct DayOff {
  std::string_view name, chinese;
};

constexpr DayOff kDaysOff[] = {
#define DAY_OFF(name, chinese) {name, chinese},
#include "look/days_off.def"
#undef DAY_OFF
};

constexpr Texts kErrors[] = {
#define ERROR_TEXT(english, chinese) {english, chinese},
#include "look/errors.def"
#undef ERROR_TEXT
};

std::string Filled(std::string_view text, const Args& args) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const std::string& arg : args) store.push_back(std::string_view(arg));
  return fmt::vformat(text, store);
}

std::string ChineseReason(std::string_view reason) {
  constexpr std::string_view kMadeUp = "made up for ";
  if (reason.starts_with(kMadeUp))
    return Say(Language::kChinese, Phrase::kMadeUp, {ChineseReason(reason.substr(kMadeUp.size()))});
  for (const DayOff& one : kDaysOff) {
    if (one.name == reason) return std::string(one.chinese);
  }
  return std::string(reason);
}

class ChineseSumWords final : public report::SumWords {
 public:
  std::string Length(calendar::Length length) const override {
    const auto count = static_cast<std::uint64_t>(length.count < 0 ? 0 : length.count);
    switch (length.unit) {
      case calendar::Unit::kDays:
        return SayCount(Language::kChinese, Phrase::kDay, count);
      case calendar::Unit::kWorkingDays:
        return SayCount(Language::kChinese, Phrase::kWorkingDay, count);
      case calendar::Unit::kMonths:
        return SayCount(Language::kChinese, Phrase::kMonth, count);
      case calendar::Unit::kYears:
        return SayCount(Language::kChinese, Phrase::kYear, count);
      case calendar::Unit::kHours:
        return SayCount(Language::kChinese, Phrase::kHour, count);
    }
    return {};
  }
  std::string Moment(Day day, std::int64_t minute) const override {
    return In(Phrase::kMoment, {On(day), report::words::Clock(minute)});
  }
  std::string Starts(std::string_view length, Day start, Day nominal, bool first_day_counts,
                     bool again) const override {
    const Phrase phrase = again ? (first_day_counts ? Phrase::kTermAnewFirstCounts : Phrase::kTermAnew)
                                : (first_day_counts ? Phrase::kTermFirstCounts : Phrase::kTerm);
    return In(phrase, {std::string(length), On(start), On(nominal)});
  }
  std::string Unknown(Day start) const override { return In(Phrase::kTermUnknown, {On(start)}); }
  std::string CountsFrom(Day start) const override { return In(Phrase::kCountsFrom, {On(start)}); }
  std::string HoursRun(std::string_view length, std::string_view start, std::string_view last,
                       bool sure) const override {
    return In(sure ? Phrase::kHoursRun : Phrase::kHoursUnsure,
              {std::string(length), std::string(start), std::string(last)});
  }
  std::string LastDayIs(Day nominal, Day due, const std::vector<std::string>& reasons,
                        bool moves_on) const override {
    if (nominal == due) return In(moves_on ? Phrase::kLastDayWorks : Phrase::kLastDay, {On(due)});
    std::vector<std::string> chinese;
    for (const std::string& reason : reasons) chinese.push_back(ChineseReason(reason));
    return In(Phrase::kLastDayMoves, {SayAll(Language::kChinese, chinese), On(due)});
  }
  std::string Stopped(Day day, std::string_view why) const override {
    if (why.empty()) return In(Phrase::kStopped, {On(day)});
    return In(Phrase::kStoppedUnder, {On(day), std::string(why)});
  }
  std::string RanAgain(Day stopped, Day resumed, Day nominal) const override {
    const std::int32_t days = resumed - stopped;
    return In(Phrase::kRanAgain,
              {On(resumed),
               SayCount(Language::kChinese, Phrase::kDay, static_cast<std::uint64_t>(days < 0 ? 0 : days)),
               On(nominal)});
  }
  std::string Extended(std::string_view length, Day day, std::string_view by, Day nominal) const override {
    return In(Phrase::kExtended, {std::string(length), std::string(by), On(day), On(nominal)});
  }
  std::string Ceiling(std::string_view length, std::string_view from, Day day) const override {
    return In(Phrase::kCeiling, {On(day), std::string(length), std::string(from)});
  }
  std::string CeilingReached(Day day) const override { return In(Phrase::kCeilingReached, {On(day)}); }
  std::string Fell(Day day) const override { return In(Phrase::kFell, {On(day)}); }
  std::string EndsOnResuming(Day due) const override { return In(Phrase::kEndsOnResuming, {On(due)}); }
  std::string OnDay(Day day) const override { return On(day); }
  std::string Counted(const std::vector<std::string>& days) const override {
    return In(Phrase::kCounted, {SayAll(Language::kChinese, days)});
  }
  std::string Skipped(const std::vector<std::string>& runs) const override {
    return In(Phrase::kSkipped, {SayAll(Language::kChinese, runs)});
  }
  std::string SkippedRun(Day first, Day last, std::string_view reason) const override {
    if (first == last) return In(Phrase::kSkippedDay, {On(first), ChineseReason(reason)});
    return In(Phrase::kSkippedRun, {On(first), On(last), ChineseReason(reason)});
  }
  std::string WeeklyRestDays(std::int32_t days) const override {
    return SayCount(Language::kChinese, Phrase::kWeekly, static_cast<std::uint64_t>(days));
  }
  std::string MadeWorking(Day day, std::string_view reason) const override {
    return In(Phrase::kMadeWorking, {On(day), ChineseReason(reason)});
  }

 private:
  static std::string In(Phrase phrase, const Args& args) { return Say(Language::kChinese, phrase, args); }
  static std::string On(Day day) { return SayDay(Language::kChinese, day); }
};

}  // namespace

std::string_view CodeOf(Language language) { return language == Language::kChinese ? "zh" : "en"; }

std::optional<Language> LanguageNamed(std::string_view name) {
  if (name == "zh") return Language::kChinese;
  if (name == "en") return Language::kEnglish;
  return std::nullopt;
}

Language LanguageOfLocale(std::string_view locale) {
  const bool chinese =
      locale == "zh" || locale.starts_with("zh_") || locale.starts_with("zh-") || locale.starts_with("zh.");
  return chinese ? Language::kChinese : Language::kEnglish;
}

std::string_view TextOf(Language language, Phrase phrase) {
  const Texts& texts = kTexts[static_cast<std::size_t>(phrase)];
  return language == Language::kChinese ? texts.chinese : texts.english;
}

std::size_t CountPhrases() { return std::size(kTexts); }

std::string Say(Language language, Phrase phrase, const Args& args) {
  return Filled(TextOf(language, phrase), args);
}

std::string SayCount(Language language, Phrase phrase, std::uint64_t number) {
  const std::string_view text = TextOf(language, phrase);
  const std::size_t bar = text.find('|');
  const std::string_view form = bar == std::string_view::npos ? text
                                : number == 1                 ? text.substr(0, bar)
                                                              : text.substr(bar + 1);
  return Filled(form, {SayNumber(number)});
}

std::string SayAll(Language language, const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out = out.empty() ? item : Say(language, Phrase::kComma, {out, item});
  return out;
}

std::string SayOneOf(Language language, const std::vector<std::string>& items) {
  if (items.size() < 2) return SayAll(language, items);
  const std::vector<std::string> most(items.begin(), items.end() - 1);
  return Say(language, Phrase::kOr, {SayAll(language, most), items.back()});
}

std::string SayQuoted(Language language, const std::vector<std::string>& items) {
  std::vector<std::string> quoted;
  for (const std::string& item : items) quoted.push_back(Say(language, Phrase::kQuoted, {item}));
  return SayAll(language, quoted);
}

std::string SayError(Language language, const std::string& message) {
  if (language == Language::kEnglish) return message;
  for (const Texts& one : kErrors) {
    if (one.english == message) return std::string(one.chinese);
  }
  return message;
}

std::string SayDay(Language language, base::Day day) {
  if (language == Language::kEnglish) return report::words::LongDate(day);
  constexpr std::array<std::string_view, 7> kNames{"一", "二", "三", "四", "五", "六", "日"};
  const base::YearMonthDay date = base::FromDay(day);
  return fmt::format("{}年{}月{}日（周{}）", date.year, date.month, date.day,
                     kNames[static_cast<std::size_t>(base::Weekday(day))]);
}

std::string SayNumber(std::uint64_t number) { return report::words::Number(number); }

const report::SumWords& SumWordsIn(Language language) {
  static const ChineseSumWords chinese;
  return language == Language::kChinese ? chinese : report::EnglishSumWords();
}

}  // namespace lawbound::look
