// One sentence in both languages, side by side: what neither can do without the other.  For words*.cc.
//
//   return Say(tongue, "{0} lacks {1}.", "{0}缺少以下内容：{1}。", act, fields);
//
// Both forms are checked against what is put in when this is compiled.
#pragma once

#include <fmt/format.h>
#include <string>

#include "report/voice.h"

namespace lawbound::report::words {

template <typename... Args>
std::string Say(Tongue tongue, fmt::format_string<const Args&...> english,
                fmt::format_string<const Args&...> chinese, const Args&... args) {
  return tongue == Tongue::kChinese ? fmt::format(chinese, args...) : fmt::format(english, args...);
}

}  // namespace lawbound::report::words
