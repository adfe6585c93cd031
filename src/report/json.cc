#include "report/json.h"

#include <fmt/format.h>

namespace lawbound::report {

namespace {

// The length of the UTF-8 character at `at`, or 0 when there is none: no overlong forms, surrogates or
// numbers beyond U+10FFFF.
std::size_t CharacterAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return 0;
  }
  const unsigned char second = byte(at + 1);
  if (first == 0xe0 && second < 0xa0) return 0;
  if (first == 0xed && second > 0x9f) return 0;
  if (first == 0xf0 && second < 0x90) return 0;
  if (first == 0xf4 && second > 0x8f) return 0;
  return size;
}

}  // namespace

std::string MendUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = CharacterAt(text, at);
    out += size == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(at, size);
    at += size == 0 ? 1 : size;
  }
  return out;
}

void JsonWriter::Before() {
  if (comma_) out_ << ',';
  if (line_) out_ << '\n';
  comma_ = line_ = false;
}

JsonWriter& JsonWriter::Begin(char bracket) {
  Before();
  out_ << bracket;
  return *this;
}

JsonWriter& JsonWriter::End(char bracket) {
  if (line_) out_ << '\n';
  out_ << bracket;
  comma_ = true;
  line_ = false;
  return *this;
}

JsonWriter& JsonWriter::Key(std::string_view key) {
  Text(key);
  out_ << ':';
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::Plain(std::string_view json) {
  Before();
  out_ << json;
  comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::Text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : MendUtf8(text)) {
    switch (c) {
      case '"':
        quoted += "\\\"";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      case '\b':
        quoted += "\\b";
        break;
      case '\f':
        quoted += "\\f";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\r':
        quoted += "\\r";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          quoted += c;
        }
    }
  }
  return Plain(quoted + '"');
}

}  // namespace lawbound::report
