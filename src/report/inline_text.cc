#include "report/inline_text.h"

#include <algorithm>
#include <string>

namespace lawbound::report {
namespace {

// What stands between `open` at the beginning of `text` and the next `close`; empty when nothing does, or
// something loose or open does.
std::string_view Between(std::string_view text, std::string_view open, std::string_view close) {
  if (!text.starts_with(open)) return {};
  const std::size_t end = text.find(close, open.size());
  if (end == std::string_view::npos) return {};
  const std::string_view inner = text.substr(open.size(), end - open.size());
  const bool loose =
      inner.starts_with(' ') || inner.ends_with(' ') || inner.find(open) != std::string_view::npos;
  return loose ? std::string_view() : inner;
}

// Writes what stands at the beginning of `text` if it is marked; how many bytes that took, or 0.
std::size_t WriteMarked(std::string_view text, Html& html) {
  if (const std::string_view code = Between(text, "`", "`"); !code.empty()) {
    html.Run("code", code);
    return code.size() + 2;
  }
  if (const std::string_view strong = Between(text, "**", "**"); !strong.empty()) {
    html.Run("strong", strong);
    return strong.size() + 4;
  }
  if (const std::string_view stressed = Between(text, "*", "*"); !stressed.empty()) {
    html.Run("em", stressed);
    return stressed.size() + 2;
  }
  const std::string_view words = Between(text, "[", "](");
  if (words.empty() || words.find(']') != std::string_view::npos) return 0;
  const std::string_view rest = text.substr(words.size() + 2);
  const std::string_view address = Between(rest, "(", ")");
  if (address.empty()) return 0;
  if (address.starts_with("https://")) {
    html.Run("a", words, {{"href", std::string(address)}});
  } else {
    html.Text(words);
  }
  return words.size() + address.size() + 4;
}

}  // namespace

void WriteInline(std::string_view text, Html& html) {
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find_first_of("`*["), text.size());
    html.Text(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) return;
    std::size_t taken = WriteMarked(text, html);
    if (taken == 0) html.Text(text.substr(0, taken = 1));
    text.remove_prefix(taken);
  }
}

}  // namespace lawbound::report
