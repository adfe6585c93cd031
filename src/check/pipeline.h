// The stages of checking, in the one order in which they run; lowering to the program comes last (Compile).
#pragma once

#include <span>
#include <string_view>

#include "check/names.h"

namespace lawbound::check {

struct Stage {
  std::string_view name;
  void (*run)(Context&);
  std::string_view why_here;
};

// Each stage fills its part of Context::pack and reads only what the stages before it filled.
std::span<const Stage> Stages();

}  // namespace lawbound::check
