// From which states of an exploration others can be reached.
#pragma once

#include <cstdint>
#include <vector>

#include "prove/explore.h"

namespace lawbound::prove {

// `goal`, by node: in, whether it is one of those to be reached; out, also whether one of them is reached
// from it by edges that are allowed.  REQUIRES: `allowed` has one byte for each edge.
void ReachBack(const std::vector<Edge>& edges, const std::vector<std::uint8_t>& allowed,
               std::vector<std::uint8_t>& goal);

// The same of what can be brought about surely: by moves that are sure, of which each end leads on, whatever
// comes of itself meanwhile.  Only edges of which `own` says so are taken: one byte for each.
void ReachSurely(const std::vector<Edge>& edges, const std::vector<std::uint8_t>& own,
                 std::vector<std::uint8_t>& goal);

}  // namespace lawbound::prove
