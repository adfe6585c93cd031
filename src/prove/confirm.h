// Puts days to a way of acting that was found without them, so that the engine itself confirms it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/engine.h"
#include "engine/plan.h"
#include "prove/state.h"
#include "prove/world.h"

namespace lawbound::prove {

// Where a matter has come to when all its acts are done and time has passed up to a day.
struct Ending {
  const engine::Plan& plan;
  const Draft& draft;
  const engine::Record& record;
  base::Day day;
  const engine::Judgement& last;  // of the last act
  const engine::Record& before;   // the record on which that was judged
};
using Confirmed = std::function<bool(const Ending&)>;

struct Dated {
  Draft draft;
  base::Day as_of;
};

inline constexpr int kMaxTries = 5'000;  // acts judged on one day or another

// The same acts in the same order, on days from `day` on, each lawful again if an authority does it, so that
// in the end `confirmed` says yes.  Tries the days on which something is due, and those after; nothing: none
// was found.
std::optional<Dated> PutDays(const engine::Plan& plan, const World& world, const std::vector<Move>& path,
                             std::size_t setting, base::Day day, const Confirmed& confirmed);

}  // namespace lawbound::prove
