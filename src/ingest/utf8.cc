#include "ingest/utf8.h"

#include <cstring>

namespace lawbound::ingest {

std::optional<std::size_t> FindBadUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    // Eight bytes of ASCII at a time.
    std::uint64_t word = 0;
    if (text.size() - i >= 8) {
      std::memcpy(&word, text.data() + i, 8);
      if ((word & 0x8080808080808080u) == 0) {
        i += 8;
        continue;
      }
    }
    const auto at = [&](std::size_t k) -> unsigned {
      return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u;
    };
    const auto tail = [&](std::size_t k) { return (at(k) & 0xc0) == 0x80; };
    const unsigned c = at(0);
    if (c < 0x80) {
      ++i;
    } else if (c >= 0xc2 && c <= 0xdf && tail(1)) {
      i += 2;
    } else if ((c & 0xf0) == 0xe0 && tail(1) && tail(2) && !(c == 0xe0 && at(1) < 0xa0) &&
               !(c == 0xed && at(1) > 0x9f)) {
      i += 3;
    } else if (c >= 0xf0 && c <= 0xf4 && tail(1) && tail(2) && tail(3) && !(c == 0xf0 && at(1) < 0x90) &&
               !(c == 0xf4 && at(1) > 0x8f)) {
      i += 4;
    } else {
      return i;
    }
  }
  return std::nullopt;
}

void AppendUtf8(std::string& out, std::uint32_t c) {
  const auto byte = [&](std::uint32_t b) { out += static_cast<char>(b); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xc0 | c >> 6), byte(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    byte(0xe0 | c >> 12), byte(0x80 | (c >> 6 & 0x3f)), byte(0x80 | (c & 0x3f));
  } else {
    byte(0xf0 | c >> 18), byte(0x80 | (c >> 12 & 0x3f)), byte(0x80 | (c >> 6 & 0x3f)),
        byte(0x80 | (c & 0x3f));
  }
}

}  // namespace lawbound::ingest
