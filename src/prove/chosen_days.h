// Days that who does an act names in it, and so may choose: the day of a meeting, until when something may be
// handed in.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/open_days.h"
#include "engine/plan.h"

namespace lawbound::prove {

// Comparisons (places in Plan::ops, as OpenDays asks for them) of a day that a field of the act names with
// another day, where nothing else that is asked of the act when it is judged looks at that field: the day may
// be named so that the answer is yes, and so that it is no.  At most four.
std::vector<std::uint32_t> ChosenDays(const engine::Plan& plan, model::ActId act);

// How many days after its own an act may name those that it names, in the order in which they are tried:
// none; then, where it names one, each of some weeks and months, and some far away.
std::vector<std::int32_t> DaysAhead(const program::Program& program, model::ActId act);

// Under which answers to these comparisons an act was judged, and whether that was good.
struct Chosen {
  std::uint32_t asked = 0, yes = 0;  // bits, by place in ChosenDays
  bool good = false;
};
Chosen NoteChosen(const std::vector<std::uint32_t>& days, const engine::OpenDays& answers, bool good);

// Whether these days can be chosen so that it is good whatever is answered to all other questions.
bool CanBeChosen(const std::vector<Chosen>& judged, std::size_t days);

}  // namespace lawbound::prove
