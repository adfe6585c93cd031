// A value on the stack of an evaluation.
#pragma once

#include <cstdint>

#include "model/verdict.h"

namespace lawbound::engine {

// A number, or a Tri as number 0, 1, 2 (then `known` is always true).
struct Cell {
  std::int64_t number = 0;
  bool known = true;
  bool assumed = false;      // without the mapping's assumptions it would be unknown
  bool provisional = false;  // leans on days that no calendar has published
  bool open = false;         // any number: what only days decide, asked by a prover (engine/open_days.h)

  model::Tri tri() const { return static_cast<model::Tri>(number); }
};

// An expression whose value no history can change, because a log shows none of what it looks at: its value
// once acts of these kinds stand (a set of bits; kinds from 64 on are never in it).
struct FixedCode {
  bool fixed = false;
  Cell value;
  std::uint64_t acts = 0;
};

}  // namespace lawbound::engine
