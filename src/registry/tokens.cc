#include "registry/tokens.h"

#include "source/utf8.h"

namespace lawbound::registry {
namespace {

bool IsHan(char32_t code) {
  return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF) || code == 0x3007 ||
         (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x3FFFF);
}

bool IsLatinOrDigit(char32_t code) {
  return (code >= U'0' && code <= U'9') || (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z');
}

}  // namespace

std::string Tokens(std::string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  std::string_view before;  // the Han character before, when there was one
  const auto close_run = [&] {
    if (before.empty()) return;
    out += ' ';
    out += before;
    out += ' ';
    before = {};
  };
  for (std::size_t at = 0; at < text.size();) {
    const source::Character character = source::Decode(text, at);
    const std::string_view bytes = text.substr(at, character.bytes);
    if (IsHan(character.code)) {
      if (!before.empty()) {
        out += ' ';
        out += before;
        out += bytes;
      }
      before = bytes;
    } else {
      close_run();
      out += bytes;
    }
    at += character.bytes;
  }
  close_run();
  return out;
}

std::optional<WordQuery> QueryOf(std::string_view word) {
  std::size_t han = 0, other = 0, strange = 0;
  for (std::size_t at = 0; at < word.size();) {
    const source::Character character = source::Decode(word, at);
    if (IsHan(character.code)) {
      ++han;
    } else if (IsLatinOrDigit(character.code)) {
      ++other;
    } else {
      ++strange;
    }
    at += character.bytes;
  }
  if (han + other == 0) return std::nullopt;
  if (han == 1 && other + strange == 0) return WordQuery{"\"" + std::string(word) + "\"*", true};
  // As Tokens cuts, but for the end of the word: its last character alone would ask for the end of a run.
  std::string tokens;
  std::string_view before;
  std::size_t run = 0;
  const auto close_run = [&] {
    if (run > 0) tokens += ' ' + std::string(before) + ' ';
    before = {};
    run = 0;
  };
  for (std::size_t at = 0; at < word.size();) {
    const source::Character character = source::Decode(word, at);
    const std::string_view bytes = word.substr(at, character.bytes);
    if (IsHan(character.code)) {
      if (run > 0) tokens += ' ' + std::string(before) + std::string(bytes);
      before = bytes;
      ++run;
    } else {
      close_run();
      if (IsLatinOrDigit(character.code)) {
        tokens += bytes;
      } else {
        tokens += ' ';
      }
    }
    at += character.bytes;
  }
  if (run == 1) return WordQuery{"\"" + tokens + " " + std::string(before) + "\"*", false};
  const bool exact = (other + strange == 0) || (han == 0 && strange == 0);
  return WordQuery{"\"" + tokens + "\"", exact};
}

}  // namespace lawbound::registry
