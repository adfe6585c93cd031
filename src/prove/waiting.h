// Whether a party can be left without an answer for ever: found by playing the examples of a pack up to each
// of their acts and letting years go by.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/plan.h"
#include "model/history.h"

namespace lawbound::prove {

inline constexpr std::int32_t kDaysWaited = 3650;

// What answers an act of a party: the acts on it that some duty demands, with what the law deems done on it;
// where no duty demands one, every act on it that is addressed to who did it.  Empty: it asks for nothing.
std::vector<model::ActId> AnswersTo(const program::Program& program, model::ActId act);

// A matter, in the ids of the plan, after whose last act ten years bring no answer to `act`, no missed duty
// to answer it and nothing lawful that the party could not have done at once.  Every act of an authority in
// it is lawful.
std::optional<model::Batch> FindUnanswered(const engine::Plan& plan, model::ActId act,
                                           std::span<const model::Batch> examples);

// By sentence of the plan: it applied to something in one of the examples.
std::vector<std::uint8_t> AppliedIn(const engine::Plan& plan, std::span<const model::Batch> examples);

}  // namespace lawbound::prove
