// Which of two times that begin with one act is over first, whatever the day: what is known of days where
// they are left open (tier T1).
#pragma once

#include <utility>
#include <vector>

#include "engine/plan.h"

namespace lawbound::prove {

// Pairs of times: begun by the same row of Record::done, the first is over before the second, or with it.
// Both lengths are written in the pack and counted alike; nothing stops the first or makes it longer, and
// nothing bounds the second.  Of two that are equally long the one with the lower number is the first.
std::vector<std::pair<model::TermId, model::TermId>> OverFirst(const engine::Plan& plan);

}  // namespace lawbound::prove
