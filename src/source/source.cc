#include "source/source.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/check.h"
#include "source/utf8.h"

namespace lawbound::source {

FileId Sources::Add(std::string name, std::string text) {
  CHECK(text.size() < std::numeric_limits<std::uint32_t>::max());
  files_.push_back({std::move(name), std::move(text)});
  return FileId(files_.size() - 1);
}

std::string_view Sources::text(Span span) const {
  const std::string_view whole = file(span.file).text;
  CHECK(span.begin <= span.end && span.end <= whole.size());
  return whole.substr(span.begin, span.end - span.begin);
}

Place Sources::Locate(FileId file, std::uint32_t offset) const {
  const std::string_view whole = files_[file.index()].text;
  CHECK(offset <= whole.size());
  const std::string_view before = whole.substr(0, offset);
  const std::size_t last_end = before.rfind('\n');
  const std::size_t start = last_end == std::string_view::npos ? 0 : last_end + 1;
  std::string_view line = whole.substr(start, whole.find('\n', start) - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  const std::string_view left = before.substr(start);
  std::size_t utf16 = 0;
  for (std::size_t at = 0; at < left.size();) {
    const Character character = Decode(left, at);
    utf16 += character.code > 0xffff ? 2 : 1;
    at += character.bytes;
  }
  return {.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
          .column = 1 + DisplayWidth(left),
          .utf16 = utf16,
          .text = line};
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character character = Decode(text, at);
    width += IsHidden(character.code) ? 1 : Width(character.code);  // shown as one replacement character
    at += character.bytes;
  }
  return width;
}

}  // namespace lawbound::source
