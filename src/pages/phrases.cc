#include "pages/phrases.h"

#include <fmt/format.h>
#include <iterator>

namespace lawbound::pages {
namespace {

struct Texts {
  std::string_view english, chinese;
};

constexpr Texts kTexts[] = {
#define PHRASE(name, english, chinese) {english, chinese},
#include "pages/phrases.def"
#undef PHRASE
};

constexpr std::string_view kWeekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                          "Friday", "Saturday", "Sunday"};
constexpr std::string_view kChineseWeekdays[] = {"一", "二", "三", "四", "五", "六", "日"};
constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

}  // namespace

std::string_view TextOf(Language language, Phrase phrase) {
  const Texts& texts = kTexts[static_cast<std::size_t>(phrase)];
  return language == Language::kZh ? texts.chinese : texts.english;
}

std::size_t CountPhrases() { return std::size(kTexts); }

std::string Say(Language language, Phrase phrase, std::initializer_list<std::string_view> args) {
  const std::string_view text = TextOf(language, phrase);
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool place = text[at] == '{' && at + 2 < text.size() && text[at + 2] == '}';
    const std::size_t number = place ? static_cast<std::size_t>(text[at + 1] - '0') : args.size();
    if (number < args.size()) {
      out += *(args.begin() + number);
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string SayDay(Language language, base::Day day) {
  const base::YearMonthDay date = base::FromDay(day);
  const auto weekday = static_cast<std::size_t>(base::Weekday(day));
  if (language == Language::kZh)
    return fmt::format("{}年{}月{}日（星期{}）", date.year, date.month, date.day, kChineseWeekdays[weekday]);
  return fmt::format("{} {} {} {}", kWeekdays[weekday], date.day,
                     kMonths[static_cast<std::size_t>(date.month) - 1], date.year);
}

}  // namespace lawbound::pages
