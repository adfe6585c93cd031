#include "look/day_text.h"

#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "ingest/sheet.h"

namespace lawbound::look {
namespace {

// Wide digits and signs become plain ones, 年 and 月 a hyphen; 日 and 号 end the day.
std::string Narrow(std::string_view text) {
  struct Sign {
    std::string_view wide, narrow;
  };
  static constexpr std::array<Sign, 19> kSigns{{{"０", "0"},
                                                {"１", "1"},
                                                {"２", "2"},
                                                {"３", "3"},
                                                {"４", "4"},
                                                {"５", "5"},
                                                {"６", "6"},
                                                {"７", "7"},
                                                {"８", "8"},
                                                {"９", "9"},
                                                {"年", "-"},
                                                {"月", "-"},
                                                {"日", " "},
                                                {"号", " "},
                                                {"號", " "},
                                                {"／", "/"},
                                                {"．", "."},
                                                {"－", "-"},
                                                {"　", " "}}};
  std::string out;
  while (!text.empty()) {
    bool found = false;
    for (const Sign& sign : kSigns) {
      if (!text.starts_with(sign.wide)) continue;
      out += sign.narrow;
      text.remove_prefix(sign.wide.size());
      found = true;
      break;
    }
    if (found) continue;
    out += text[0];
    text.remove_prefix(1);
  }
  const std::size_t first = out.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(" \t\r\n") - first + 1);
}

// "2 March 2026", "02-Mar-2026", "Mar 2, 2026" as "2026-3-2"; anything else as it is.
std::string WithoutMonthName(const std::string& text) {
  static constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                            "may",       "june",     "july",     "august",
                                                            "september", "october",  "november", "december"};
  std::vector<std::string> numbers;
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i], small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool digit = c >= '0' && c <= '9', letter = small >= 'a' && small <= 'z';
    const char before = i == 0 ? ' ' : text[i - 1];
    if (letter) {
      const bool goes_on =
          !name.empty() && ((before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z'));
      if (!name.empty() && !goes_on) return text;
      name += small;
    } else if (digit) {
      if (before >= '0' && before <= '9') {
        numbers.back() += c;
      } else {
        numbers.emplace_back(1, c);
      }
    } else if (c != ' ' && c != '-' && c != ',' && c != '.' && c != '/') {
      return text;
    }
  }
  if (numbers.size() != 2 || name.size() < 3 || numbers[0].size() > 2 || numbers[1].size() != 4) return text;
  for (std::size_t month = 0; month < kMonths.size(); ++month) {
    if (kMonths[month].starts_with(name) || (month == 8 && name == "sept"))
      return numbers[1] + "-" + std::to_string(month + 1) + "-" + numbers[0];
  }
  return text;
}

struct Parts {
  std::array<std::int32_t, 3> numbers{};
  std::array<std::size_t, 3> digits{};
};

// Three numbers with one and the same sign between them, then nothing or a time of day.
std::optional<Parts> Cut(std::string_view text) {
  Parts out;
  char sign = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    std::int32_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc() || text.empty() || text[0] == '-') return std::nullopt;
    out.numbers[i] = number;
    out.digits[i] = static_cast<std::size_t>(end - text.data());
    text.remove_prefix(out.digits[i]);
    if (i == 2) break;
    if (text.empty() || (text[0] != '-' && text[0] != '/' && text[0] != '.') ||
        (sign != 0 && text[0] != sign))
      return std::nullopt;
    sign = text[0];
    text.remove_prefix(1);
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  // "2025-01-06 09:30", "2025-01-06T09:30:00".
  if (text.empty()) return out;
  const bool apart = text[0] == ' ' || text[0] == 'T';
  const std::string_view rest = text.substr(1);
  if (!apart || rest.find_first_not_of("0123456789:. ") != std::string_view::npos) return std::nullopt;
  return out;
}

std::optional<base::Day> DayOf(std::int32_t year, std::int32_t month, std::int32_t day) {
  constexpr std::int32_t kFirst = 1900, kLast = 2200;
  if (year < kFirst || year > kLast || month < 1 || month > 12 || day < 1 ||
      day > base::DaysInMonth(year, month))
    return std::nullopt;
  return base::ToDay({year, month, day});
}

// REQUIRES: digits.
std::int32_t Number(std::string_view text, std::size_t at, std::size_t count) {
  std::int32_t out = 0;
  for (const char c : text.substr(at, count)) out = out * 10 + (c - '0');
  return out;
}

bool AllDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Order OrderShown(std::string_view text) {
  const std::optional<Parts> parts = Cut(Narrow(text));
  if (!parts || parts->digits[2] != 4 || parts->digits[0] > 2) return Order::kUnknown;
  if (parts->numbers[0] > 12 && parts->numbers[1] <= 12) return Order::kDayFirst;
  if (parts->numbers[1] > 12 && parts->numbers[0] <= 12) return Order::kMonthFirst;
  return Order::kUnknown;
}

std::optional<base::Day> ReadDay(std::string_view text, Order order, bool from_1904) {
  const std::string plain = WithoutMonthName(Narrow(text));
  if (plain.size() == 8 && AllDigits(plain)) {
    return DayOf(Number(plain, 0, 4), Number(plain, 4, 2), Number(plain, 6, 2));
  }
  const std::string_view whole = std::string_view(plain).substr(0, plain.find('.'));
  if (whole.size() == 5 && AllDigits(whole)) {
    if (whole < "20000" || whole > "80000") return std::nullopt;
    const std::string day = ingest::DayOfNumber(plain, from_1904);
    return base::ParseDay(std::string_view(day).substr(0, 10));
  }
  const std::optional<Parts> parts = Cut(plain);
  if (!parts) return std::nullopt;
  const auto [a, b, c] = parts->numbers;
  if (parts->digits[0] == 4) return DayOf(a, b, c);
  if (parts->digits[2] != 4) return std::nullopt;
  if (order == Order::kUnknown && a != b) return std::nullopt;
  return order == Order::kMonthFirst ? DayOf(c, a, b) : DayOf(c, b, a);
}

}  // namespace lawbound::look
