#include "report/words.h"

#include <array>
#include <fmt/format.h>

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

std::string FindingPhrase(Finding finding, Ground ground) {
  switch (finding) {
    case Finding::kKept:
      return "Kept";
    case Finding::kReleased:
      return ground == Ground::kDuty ? "Fell away before it was missed"
                                     : "Without effect, and no breach of its own";
    case Finding::kBroken:
      return "Broken";
    case Finding::kPending:
      return "Still in time";
    case Finding::kCannotTell:
      return "Cannot be told";
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

std::string DaysLate(Late late) {
  if (late.days == 0) return "late on the day itself";  // a term in hours
  const auto days = static_cast<std::uint64_t>(late.days);
  return (late.working ? Count(days, "working day", "working days") : Count(days, "day", "days")) + " late";
}

}  // namespace lawbound::report::words
