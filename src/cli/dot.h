// Graphviz: the `dot` program, which says where the boxes of a picture stand.
//
// It is run as a process of its own, with sizes and numbers alone, and is not needed: without it a page has
// no pictures and says why (docs/decisions/0179-pictures-are-laid-out-by-dot.md).
#pragma once

#include <string>

#include "base/result.h"

namespace lawbound::cli {

// What `dot -Tplain` answers.  kNotFound: there is no such program; kUnavailable: it failed, or took longer
// than kMostDotSeconds and was ended.
inline constexpr int kMostDotSeconds = 30;
base::Result<std::string> RunDot(const std::string& graph);

}  // namespace lawbound::cli
