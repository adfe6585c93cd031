// The plans by which a view of a program is explored (prove/slice.h).
//
// In every view but View::kWhole, acts are done freely: whether they are lawful is asked only of the acts
// that the question is about.  More histories are explored than any matter can have, so what holds in all of
// them holds in every matter, whatever else is done lawfully or not.  A matter from which an act was taken
// away is among them: it is folded as if that act had never been done (docs/proof.md).
#pragma once

#include "engine/plan.h"
#include "prove/slice.h"

namespace lawbound::prove {

// What happens in the view: acts without conditions, nothing following from them but terms; what rules that
// are asked about say stays.  In View::kWhole the plan itself.  Borrows what the plan borrows.
engine::Plan HappeningPlan(const engine::Plan& plan, const Slice& slice);

// Whether an act that the question is about is lawful: by the conditions that the view follows.
engine::Plan JudgingPlan(const engine::Plan& plan, const Slice& slice);

}  // namespace lawbound::prove
