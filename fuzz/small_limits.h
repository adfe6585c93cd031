// Limits that small inputs reach, so that what lies behind them is tried too, and so that one reading
// allocates little.
#pragma once

#include "ingest/limits.h"

namespace lawbound::fuzz {

inline ingest::Limits SmallLimits() {
  ingest::Limits limits;
  limits.block_bytes = 256;
  limits.depth = 8;
  limits.events_per_case = 32;
  limits.attributes_per_event = 16;
  limits.activities = 16;
  limits.compared_cases = 1024;
  limits.remembered_times = 16;
  return limits;
}

}  // namespace lawbound::fuzz
