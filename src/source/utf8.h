// Characters of UTF-8 text, as far as places and names need them.
#pragma once

#include <cstddef>
#include <string_view>

namespace lawbound::source {

struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = true;  // false: the byte begins no character; code is U+FFFD
};

// The character that begins at byte `at`.  Overlong forms, surrogates and cut characters are not valid.
// REQUIRES: at < text.size().
Character Decode(std::string_view text, std::size_t at);

// The first byte that is not UTF-8, or npos.
std::size_t FirstInvalid(std::string_view text);

// Columns in a terminal: 0, 1 or 2.
std::size_t Width(char32_t code);

// Control characters, and the ones that change the direction of text or cannot be seen; a text that holds
// them may read differently from what it says.  Tab and line ends are control characters too.
bool IsHidden(char32_t code);

}  // namespace lawbound::source
