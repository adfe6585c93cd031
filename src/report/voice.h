// How something is told: in which language, and by which titles what a pack only names is called.
//
// The sentences themselves stand in words*.cc, English and Chinese side by side, so that none exists in one
// language alone.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace lawbound::report {

enum class Tongue : std::uint8_t { kEnglish, kChinese };

// Titles, in one language, of what the language of packs gives a name only: fields, choices, facts, tables,
// terms, credentials; and of acts, roles and rules that have none in it.  "decide.amount" before "amount".
using NameTitles = std::map<std::string, std::string, std::less<>>;

struct Voice {
  Voice() = default;
  // Sentences in English, titles in this language; empty: the pack's first.
  Voice(std::string_view titles_in) : titles(titles_in) {}    // NOLINT: a language is a voice
  Voice(const char* titles_in) : titles(titles_in) {}         // NOLINT
  Voice(const std::string& titles_in) : titles(titles_in) {}  // NOLINT
  Voice(std::string_view titles_in, Tongue sentences, const NameTitles* named = nullptr)
      : titles(titles_in), tongue(sentences), names(named) {}

  operator Tongue() const { return tongue; }  // NOLINT: of a sentence only its language matters

  std::string_view titles;
  Tongue tongue = Tongue::kEnglish;
  const NameTitles* names = nullptr;  // null: none; outlives the voice
};

}  // namespace lawbound::report
