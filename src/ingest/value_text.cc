#include "ingest/value_text.h"

#include <array>
#include <charconv>
#include <limits>

#include "calendar/period.h"

namespace lawbound::ingest {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Digits of a decimal number and where its point stands: value = digits * 10^scale.
struct Digits {
  std::string_view whole, fraction;
  std::int32_t exponent = 0;
  bool negative = false;
};

std::optional<Digits> SplitDecimal(std::string_view text) {
  Digits d;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    d.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  std::size_t at = 0;
  while (at < text.size() && IsDigit(text[at])) ++at;
  d.whole = text.substr(0, at);
  if (d.whole.empty()) return std::nullopt;
  text.remove_prefix(at);
  if (!text.empty() && text[0] == '.') {
    at = 1;
    while (at < text.size() && IsDigit(text[at])) ++at;
    d.fraction = text.substr(1, at - 1);
    if (d.fraction.empty()) return std::nullopt;
    text.remove_prefix(at);
  }
  if (text.empty()) return d;
  if (text[0] != 'e' && text[0] != 'E') return std::nullopt;
  text.remove_prefix(1);
  if (!text.empty() && text[0] == '+') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), d.exponent);
  if (error != std::errc() || end != text.data() + text.size() || d.exponent > 400 || d.exponent < -400)
    return std::nullopt;
  return d;
}

}  // namespace

std::optional<Decimal> ParseDecimal(std::string_view text, int decimals) {
  const std::optional<Digits> d = SplitDecimal(text);
  if (!d) return std::nullopt;
  // The digits before this place, counted from the first, are whole units.
  const std::int64_t keep = static_cast<std::int64_t>(d->whole.size()) + d->exponent + decimals;
  const auto count = static_cast<std::int64_t>(d->whole.size() + d->fraction.size());
  const auto digit = [&](std::int64_t i) -> int {
    const auto at = static_cast<std::size_t>(i);
    if (i < 0 || i >= count) return 0;
    return (at < d->whole.size() ? d->whole[at] : d->fraction[at - d->whole.size()]) - '0';
  };
  constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max() / 10 - 1;
  Decimal result;
  for (std::int64_t i = 0; i < keep; ++i) {
    if (result.units > kLargest) return std::nullopt;
    result.units = result.units * 10 + digit(i);
  }
  for (std::int64_t i = keep < 0 ? 0 : keep; i < count && !result.rounded; ++i)
    result.rounded = digit(i) != 0;
  if (keep >= 0 && digit(keep) >= 5) ++result.units;
  if (d->negative) result.units = -result.units;
  return result;
}

std::optional<bool> ParseYesNo(std::string_view text) {
  for (const std::string_view yes : {"true", "yes", "1"}) {
    if (EqualIgnoringCase(text, yes)) return true;
  }
  for (const std::string_view no : {"false", "no", "0"}) {
    if (EqualIgnoringCase(text, no)) return false;
  }
  return std::nullopt;
}

std::optional<model::Value> ParseLength(std::string_view text) {
  std::int32_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || count < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.empty() || text[0] != ' ') return std::nullopt;
  text.remove_prefix(1);
  using enum calendar::Unit;
  struct Word {
    std::string_view one, many;
    calendar::Unit unit;
  };
  constexpr std::array<Word, 5> kWords{{{"day", "days", kDays},
                                        {"working day", "working days", kWorkingDays},
                                        {"hour", "hours", kHours},
                                        {"month", "months", kMonths},
                                        {"year", "years", kYears}}};
  for (const Word& word : kWords) {
    if (text == word.one || text == word.many) return model::LengthValue(count, static_cast<int>(word.unit));
  }
  return std::nullopt;
}

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (Lower(a[i]) != Lower(b[i])) return false;
  }
  return true;
}

}  // namespace lawbound::ingest
