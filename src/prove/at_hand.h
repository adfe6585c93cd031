// What somebody can come to by a few acts that are at hand: without an exploration of all that else may
// happen.
//
// In View::kAtHand hardly anything is followed.  Of the acts by which something is to be come to, and of
// their conditions, only as many are followed as are needed: the first try follows none, and where a state is
// found from which it is not come to, the conditions that cannot be told there are followed too, then the
// acts that would make them so.  Of all else nothing is known when it is asked whether an act is lawful, so
// what is lawful is so whatever else was done (docs/proof.md, At hand).
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "engine/plan.h"
#include "prove/explore.h"
#include "prove/slice.h"

namespace lawbound::prove {

// Where it begins, where it ends, and who is to come there.
struct Aim {
  std::function<void(Slice&)> follow;               // what `from` and `goal` look at
  std::function<bool(const engine::Record&)> from;  // in more states than are meant, if need be
  program::CodeId since;                            // of states `from`: what was so when it came to that
  std::function<model::Tri(State&)> goal;           // none: only `meets`
  program::CodeId state;                            // what `goal` asks; none: something else
  std::vector<ActId> meets;                         // whoever can lawfully do one of these has come there
  ActId on;                                         // of `meets`, only on this; none: on whatever
  bool what_follows = false;                        // the last try follows effects, too
  bool at_once = false;                             // by one of `meets` and nothing else
  bool without_waiting = false;                     // by acts alone
  std::function<bool(ActId)> own;
  std::vector<std::vector<ActId>> first;  // acts that are tried first, in turn
};

struct AtHand {
  bool proved = false;
  bool begins = false;  // there is a state from which it is asked
  std::size_t states = 0;
  std::size_t acts = 0, terms = 0, ways = 0;
  bool repeats_met = false, days_open = false;
};

// Borrows all for the call.
AtHand ComeTo(const engine::Plan& plan, const Aim& aim, std::span<const model::RoleId> members, base::Day day,
              const Limits& limits);

}  // namespace lawbound::prove
