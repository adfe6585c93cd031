// Looks for a counter-history near the examples of a pack: the same matter with an act left out, one of the
// party's put in, or done on another day.  A pack's author has written how the procedure goes; what a
// sentence that is missing lets happen is mostly one step away from that, in packs too large to explore.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/day.h"
#include "engine/plan.h"
#include "model/history.h"

namespace lawbound::prove {

inline constexpr int kMostFolds = 20'000;  // matters tried for one question

// Of the guarantee of this name, a `never`: a matter of one case in the plan's ids in which every act of an
// authority is lawful under the law of `day` and the last is one that is never to be done so; no single act
// can be left out of it, and no day be earlier.  Nothing: none was found.  Takes no more than `seconds` of
// processor time.
std::optional<model::Batch> FindNearExamples(const engine::Plan& plan, std::string_view guarantee,
                                             std::span<const model::Batch> examples, base::Day day,
                                             double seconds);

// Whether every sentence is in force on both days or on neither.
bool IsSameLaw(const program::Program& program, base::Day a, base::Day b);

}  // namespace lawbound::prove
