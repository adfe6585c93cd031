// What a look says, in English or Chinese: every phrase stands in phrases.def.
//
//   Say(Language::kChinese, Phrase::kNoDay, {"答复日期"})
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "report/voice.h"

namespace lawbound::look {

enum class Language : std::uint8_t { kEnglish, kChinese };

enum class Phrase : std::uint8_t {
#define PHRASE(name, english, chinese) name,
#include "look/phrases.def"
#undef PHRASE
};

using Args = std::vector<std::string>;

// "en", "zh": of titles of packs too.
std::string_view CodeOf(Language language);
// What somebody asked for, "zh" or "en"; nothing for anything else.
std::optional<Language> LanguageNamed(std::string_view name);
// By locale: Chinese for "zh_CN.UTF-8" and its like, else English.
Language LanguageOfLocale(std::string_view locale);

std::string Say(Language language, Phrase phrase, const Args& args = {});
// For phrases with a form for one: `number` is {0}.
std::string SayCount(Language language, Phrase phrase, std::uint64_t number);
// "“a”, “b” or “c”": each quoted already.
std::string SayOneOf(Language language, const std::vector<std::string>& items);
std::string SayAll(Language language, const std::vector<std::string>& items);  // "a, b, c"
std::string SayQuoted(Language language, const std::vector<std::string>& items);
// A message of a reader of files; those of errors.def have a Chinese form, others stay as they are.
std::string SayError(Language language, const std::string& message);
std::string SayDay(Language language, base::Day day);
std::string SayNumber(std::uint64_t number);

// A phrase whose language is not chosen yet.
struct Note {
  Phrase phrase = Phrase::kNone;
  Args args;
  // An act, ACT.FIELD or "case", whose title is one more argument.  Empty: none.
  std::string what;
};

report::Tongue TongueOf(Language language);

// The text of a phrase, for tests.
std::string_view TextOf(Language language, Phrase phrase);
std::size_t CountPhrases();

}  // namespace lawbound::look
