#include "report/words.h"

#include <array>
#include <fmt/format.h>
#include <utility>

#include "program/names.h"
#include "report/say.h"

namespace lawbound::report::words {

using model::Finding;
using model::Ground;

std::string Number(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string Count(std::uint64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", Number(number), number == 1 ? one : many);
}

std::string Percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0 || part == 0) return "none";
  // Tenths of a percent, half up, without overflow for any count of a log.
  const auto tenths = static_cast<std::uint64_t>(
      static_cast<long double>(part) * 1000 / static_cast<long double>(whole) + 0.5L);
  if (tenths == 0) return "less than 0.1\u00a0%";
  if (tenths >= 1000 && part < whole) return "more than 99.9\u00a0%";
  return fmt::format("{}.{}\u00a0%", tenths / 10, tenths % 10);
}

std::string_view WeekdayName(Day day) {
  constexpr std::array<std::string_view, 7> kNames{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
  return kNames[static_cast<std::size_t>(base::Weekday(day))];
}

std::string LongDate(Day day) {
  return fmt::format("{} {}", WeekdayName(day).substr(0, 3), base::PrintDay(day));
}

std::string LongMonth(std::int32_t month) { return fmt::format("{:04}-{:02}", month / 12, month % 12 + 1); }

std::string Quoted(std::string_view title) { return fmt::format("\u201c{}\u201d", title); }

std::string Capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string List(const std::vector<std::string>& items, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? last : ", ";
    out += items[i];
  }
  return out;
}

std::string Titles(const std::vector<std::string>& titles, std::string_view last) {
  std::vector<std::string> quoted;
  for (const std::string& title : titles) quoted.push_back(Quoted(title));
  return List(quoted, last);
}

std::string_view FindingWord(Finding finding) {
  switch (finding) {
    case Finding::kKept:
      return "kept";
    case Finding::kReleased:
      return "released";
    case Finding::kBroken:
      return "broken";
    case Finding::kPending:
      return "pending";
    case Finding::kCannotTell:
      return "cannot tell";
  }
  return "";
}

std::string_view GroundWord(Ground ground) {
  switch (ground) {
    case Ground::kForm:
      return "form";
    case Ground::kPower:
      return "power";
    case Ground::kMissingPredecessor:
      return "missing predecessor";
    case Ground::kTooEarly:
      return "too early";
    case Ground::kLate:
      return "late";
    case Ground::kCondition:
      return "condition";
    case Ground::kDuty:
      return "duty";
  }
  return "";
}

std::string FindingPhrase(Tongue tongue, Finding finding, Ground ground) {
  switch (finding) {
    case Finding::kKept:
      return Say(tongue, "Kept", "遵守");
    case Finding::kReleased:
      return ground == Ground::kDuty
                 ? Say(tongue, "Fell away before it was missed", "在超期之前已经免除")
                 : Say(tongue, "Without effect, and no breach of its own", "没有效力，但本身不是违法");
    case Finding::kBroken:
      return Say(tongue, "Broken", "违反");
    case Finding::kPending:
      return Say(tongue, "Still in time", "尚在期限内");
    case Finding::kCannotTell:
      return Say(tongue, "Cannot be told", "无法判断");
  }
  return "";
}

std::string_view KindWord(program::SentenceDef::Kind kind) {
  using Kind = program::SentenceDef::Kind;
  switch (kind) {
    case Kind::kMay:
      return "may";
    case Kind::kMust:
      return "must";
    case Kind::kOnlyIf:
      return "only if";
    case Kind::kNoIf:
      return "no if";
    case Kind::kOn:
      return "on";
  }
  return "";
}

std::string DaysLate(Tongue tongue, Late late) {
  if (late.days == 0) return Say(tongue, "late on the day itself", "当日已过时限");  // a term in hours
  const auto unit = late.working ? calendar::Unit::kWorkingDays : calendar::Unit::kDays;
  if (tongue == Tongue::kChinese) return "超期" + Length(tongue, {.count = late.days, .unit = unit});
  const auto days = static_cast<std::uint64_t>(late.days);
  return (late.working ? Count(days, "working day", "working days") : Count(days, "day", "days")) + " late";
}

// ------------------------------------------------------------------------------------------- in either
// tongue

namespace {

struct DayOffName {
  std::string_view name, chinese;
};

constexpr DayOffName kDaysOff[] = {
#define DAY_OFF(name, chinese) {name, chinese},
#include "report/days_off.def"
#undef DAY_OFF
};

std::string Joined(const std::vector<std::string>& items, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? last : "、";
    out += items[i];
  }
  return out;
}

// "44(2)(1)": article, paragraph, item, as Chinese statutes are cited; anything else stays as it is.
std::string ChineseProvision(std::string_view text) {
  constexpr std::array<std::string_view, 3> kParts{"条", "款", "项"};
  std::string out;
  std::size_t part = 0;
  while (!text.empty()) {
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
    if (digits == 0 || part == kParts.size()) return {};
    out += fmt::format("第{}{}", text.substr(0, digits), kParts[part]);
    text.remove_prefix(digits);
    if (part > 0) {
      if (!text.starts_with(')')) return {};
      text.remove_prefix(1);
    }
    ++part;
    if (text.empty()) return out;
    if (!text.starts_with('(')) return {};
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace

std::string AndList(Tongue tongue, const std::vector<std::string>& items) {
  return tongue == Tongue::kChinese ? Joined(items, "、") : List(items);
}

std::string OrList(Tongue tongue, const std::vector<std::string>& items) {
  return tongue == Tongue::kChinese ? Joined(items, "或者") : List(items, " or ");
}

std::string Titles(Tongue tongue, const std::vector<std::string>& titles) {
  std::vector<std::string> quoted;
  for (const std::string& title : titles) quoted.push_back(Quoted(title));
  return OrList(tongue, quoted);
}

std::string LongDate(Tongue tongue, Day day) {
  if (tongue == Tongue::kEnglish) return LongDate(day);
  constexpr std::array<std::string_view, 7> kNames{"一", "二", "三", "四", "五", "六", "日"};
  const base::YearMonthDay date = base::FromDay(day);
  return fmt::format("{}年{}月{}日（周{}）", date.year, date.month, date.day,
                     kNames[static_cast<std::size_t>(base::Weekday(day))]);
}

std::string UnitName(Tongue tongue, calendar::Unit unit) {
  if (tongue == Tongue::kEnglish) return std::string(program::UnitWords(unit));
  switch (unit) {
    case calendar::Unit::kDays:
      return "日";
    case calendar::Unit::kWorkingDays:
      return "个工作日";
    case calendar::Unit::kMonths:
      return "个月";
    case calendar::Unit::kYears:
      return "年";
    case calendar::Unit::kHours:
      return "小时";
  }
  return "";
}

std::string Length(Tongue tongue, calendar::Length length) {
  if (tongue == Tongue::kEnglish) return program::LengthText(length);
  return fmt::format("{}{}", length.count, UnitName(tongue, length.unit));
}

std::string FactLength(Tongue tongue, std::string_view fact, calendar::Unit unit) {
  return Say(tongue, "{0} {1}", "{0}（{1}）", fact, UnitName(tongue, unit));
}

std::string OpenLength(Tongue tongue, calendar::Unit unit) {
  return Say(tongue, "{} counted", "按{}计算", UnitName(tongue, unit));
}

std::string DayOff(Tongue tongue, std::string_view reason) {
  if (tongue == Tongue::kEnglish) return std::string(reason);
  constexpr std::string_view kMadeUp = "made up for ";
  if (reason.starts_with(kMadeUp)) return DayOff(tongue, reason.substr(kMadeUp.size())) + "调休";
  for (const DayOffName& one : kDaysOff) {
    if (one.name == reason) return std::string(one.chinese);
  }
  return std::string(reason);
}

std::string Money(Tongue tongue, const program::Program& program, std::int64_t value) {
  std::string text = program::MoneyText(program, value);
  constexpr std::string_view kYuan = " CNY";
  if (tongue == Tongue::kChinese && text.ends_with(kYuan))
    text.replace(text.size() - kYuan.size(), kYuan.size(), "元");
  return text;
}

std::string YesNo(Tongue tongue, bool yes) {
  return yes ? Say(tongue, "yes", "是") : Say(tongue, "no", "否");
}
std::string NotNamed(Tongue tongue) { return Say(tongue, "not named", "尚未列明"); }

std::string FullParentheses(std::string title) {
  const std::size_t open = title.find(" (");
  if (open == std::string::npos || !title.ends_with(')')) return title;
  title.replace(title.size() - 1, 1, "）");
  title.replace(open, 2, "（");
  return title;
}

std::string None(Tongue tongue) { return Say(tongue, "none", "无"); }
std::string Comma(Tongue tongue) { return Say(tongue, ", ", "、"); }
std::string Semicolon(Tongue tongue) { return Say(tongue, "; ", "；"); }
std::string Colon(Tongue tongue) { return Say(tongue, ": ", "："); }
std::string Gap(Tongue tongue) { return Say(tongue, " ", ""); }

bool IsSentence(std::string_view text) { return text.ends_with('.') || text.ends_with("。"); }

std::string AsSentence(Tongue tongue, std::string text, bool whole) {
  if (tongue == Tongue::kChinese) return std::move(text) + (whole ? "。" : "：");
  return Capital(std::move(text)) + (whole ? "." : ":");
}

std::string Cited(Tongue tongue, std::string_view citation, std::string_view provision,
                  std::string_view instrument, bool in_articles) {
  if (tongue == Tongue::kEnglish) return std::string(citation);
  const std::string article = in_articles ? ChineseProvision(provision) : std::string();
  return fmt::format("《{}》{}", instrument, article.empty() ? provision : article);
}

std::string ProvisionLine(Tongue tongue, std::string_view citation, std::string_view instrument,
                          law::Reading reading) {
  if (tongue == Tongue::kEnglish)
    return fmt::format("{}, {} ({})", citation, instrument, law::ReadingWords(reading));
  switch (reading) {
    case law::Reading::kSeen:
      return fmt::format("{}（已核对条文）", citation);
    case law::Reading::kSecondary:
      return fmt::format("{}（据二手资料）", citation);
    case law::Reading::kFromMemory:
      return fmt::format("{}（凭记忆，未核对）", citation);
  }
  return std::string(citation);
}

}  // namespace lawbound::report::words
