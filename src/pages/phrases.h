// What the pages say by themselves: every phrase stands in phrases.def.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/day.h"
#include "service/views.h"

namespace lawbound::pages {

using service::Language;

enum class Phrase : std::uint16_t {
#define PHRASE(name, english, chinese) name,
#include "pages/phrases.def"
#undef PHRASE
};

// With {0}, {1} ... replaced, in one go: what is put in is not looked at again.
std::string Say(Language language, Phrase phrase, std::initializer_list<std::string_view> args = {});
// "Monday 3 February 2025", "2025年2月3日（星期一）".
std::string SayDay(Language language, base::Day day);

// For tests.
std::string_view TextOf(Language language, Phrase phrase);
std::size_t CountPhrases();

}  // namespace lawbound::pages
