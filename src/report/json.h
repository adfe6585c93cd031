// Writes JSON to a stream as it comes, so that millions of findings need no memory.  Commas are put by the
// writer; text that is not UTF-8 is mended with U+FFFD, so that the result can be read back.
#pragma once

#include <concepts>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace lawbound::report {

class JsonWriter {
 public:
  explicit JsonWriter(std::ostream& out) : out_(out) {}

  JsonWriter& Begin(char bracket);  // '{' or '['
  JsonWriter& End(char bracket);    // '}' or ']'
  JsonWriter& Key(std::string_view key);
  JsonWriter& Text(std::string_view text);
  JsonWriter& Null() { return Plain("null"); }
  // A number, or true and false.
  template <std::integral T>
  JsonWriter& Value(T value) {
    if constexpr (std::same_as<T, bool>) {
      return Plain(value ? "true" : "false");
    } else {
      return Plain(std::to_string(value));
    }
  }
  // REQUIRES: `json` is one JSON value.
  JsonWriter& Plain(std::string_view json);
  // The next value begins a line.
  JsonWriter& Line() {
    line_ = true;
    return *this;
  }

 private:
  void Before();

  std::ostream& out_;
  bool comma_ = false;
  bool line_ = false;
};

// `text` with each byte that is not part of a UTF-8 character replaced by U+FFFD.
std::string MendUtf8(std::string_view text);

}  // namespace lawbound::report
