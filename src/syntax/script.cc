#include "syntax/script.h"

#include <algorithm>
#include <iterator>

namespace lawbound::syntax {
namespace {

struct Letters {
  char32_t first;
  char32_t last;
  Script script;
};

constexpr Letters kLetters[] = {
    {'-', '-', Script::kCommon},
    {'0', '9', Script::kCommon},
    {'A', 'Z', Script::kLatin},
    {'a', 'z', Script::kLatin},
    {0xc0, 0xd6, Script::kLatin},
    {0xd8, 0xf6, Script::kLatin},
    {0xf8, 0x24f, Script::kLatin},
    {0x386, 0x386, Script::kGreek},
    {0x388, 0x3ff, Script::kGreek},
    {0x400, 0x481, Script::kCyrillic},
    {0x48a, 0x52f, Script::kCyrillic},
    {0x531, 0x556, Script::kArmenian},
    {0x561, 0x587, Script::kArmenian},
    {0x5d0, 0x5ea, Script::kHebrew},
    {0x620, 0x64a, Script::kArabic},
    {0x671, 0x6d3, Script::kArabic},
    // In Indic scripts and Thai, vowels and the virama are signs on the letter and have one spelling only.
    {0x900, 0x963, Script::kIndic},
    {0x980, 0xdff, Script::kIndic},
    {0xe01, 0xe3a, Script::kThai},
    {0xe40, 0xe4e, Script::kThai},
    {0x10a0, 0x10ff, Script::kGeorgian},
    {0x1e00, 0x1eff, Script::kLatin},
    {0x1f00, 0x1fbc, Script::kGreek},
    {0x3041, 0x3096, Script::kEastAsian},
    {0x30a1, 0x30fe, Script::kEastAsian},
    {0x3400, 0x4dbf, Script::kEastAsian},
    {0x4e00, 0x9fff, Script::kEastAsian},
    {0xac00, 0xd7a3, Script::kEastAsian},
    {0x20000, 0x323af, Script::kEastAsian},
};

}  // namespace

Script ScriptOf(char32_t code) {
  const auto* after = std::upper_bound(std::begin(kLetters), std::end(kLetters), code,
                                       [](char32_t c, const Letters& letters) { return c < letters.first; });
  if (after == std::begin(kLetters) || code > std::prev(after)->last) return Script::kNone;
  return std::prev(after)->script;
}

}  // namespace lawbound::syntax
