#include "base/shell.h"

#include <algorithm>

namespace lawbound::base {

std::string ShellWord(std::string_view word) {
  const auto is_plain = [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    const bool above_ascii = (static_cast<unsigned char>(c) & 0x80) != 0;
    return letter || above_ascii || std::string_view("_-./=:,@%+").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::ranges::all_of(word, is_plain)) return std::string(word);
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace lawbound::base
