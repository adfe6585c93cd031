#include "ingest/identity.h"

#include <array>
#include <cstddef>

#include "base/day.h"

namespace lawbound::ingest {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

bool AllDigits(std::string_view text) {
  for (const char c : text) {
    if (!IsDigit(c)) return false;
  }
  return true;
}

// GB 11643: weights of the first seventeen digits, and the check character of each remainder.
bool IsNumber(std::string_view text) {
  if (text.size() != 18 || !AllDigits(text.substr(0, 17))) return false;
  constexpr std::array<int, 17> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view kChecks = "10X98765432";
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += (text[i] - '0') * kWeights[i];
  const char check = text[17] == 'x' ? 'X' : text[17];
  if (check != kChecks[static_cast<std::size_t>(sum % 11)]) return false;
  const auto number = [&](std::size_t at, std::size_t size) {
    int n = 0;
    for (const char c : text.substr(at, size)) n = n * 10 + (c - '0');
    return n;
  };
  const int year = number(6, 4), month = number(10, 2), day = number(12, 2);
  return year >= 1850 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 &&
         day <= base::DaysInMonth(year, month);
}

bool IsPhone(std::string_view text) {
  if (text.size() == 11 && text[0] == '1' && text[1] >= '3') return AllDigits(text);
  return text.size() >= 9 && text.size() <= 16 && text[0] == '+' && AllDigits(text.substr(1));
}

// A Han character, a letter and five or six letters or digits; or two letters, three digits and two letters.
bool IsPlate(std::string_view text) {
  if (text.size() == 7) {
    return IsCapital(text[0]) && IsCapital(text[1]) && AllDigits(text.substr(2, 3)) && IsCapital(text[5]) &&
           IsCapital(text[6]);
  }
  const auto head = static_cast<unsigned char>(text.empty() ? '\0' : text[0]);
  if ((text.size() != 9 && text.size() != 10) || head < 0xe4 || head > 0xe9 || !IsCapital(text[3]))
    return false;
  for (const char c : text.substr(4)) {
    if (!IsDigit(c) && !IsCapital(c)) return false;
  }
  return true;
}

}  // namespace

Identity LooksLike(std::string_view text) {
  if (text.size() < 7 || text.size() > 18) return Identity::kNone;
  if (IsNumber(text)) return Identity::kNumber;
  if (IsPhone(text)) return Identity::kPhone;
  return IsPlate(text) ? Identity::kPlate : Identity::kNone;
}

}  // namespace lawbound::ingest
