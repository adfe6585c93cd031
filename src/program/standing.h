// The words of what may be said of an act: "decide is set aside".
#pragma once

#include <string_view>

#include "program/program.h"

namespace lawbound::program {

// "set aside", "challenged"; empty for kNone.
std::string_view StandingWords(Standing standing);
// kNone for any other words.
Standing StandingOf(std::string_view words);

}  // namespace lawbound::program
