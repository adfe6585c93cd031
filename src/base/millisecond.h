// Milliseconds after a minute began, 0..59,999.  They put acts in order, and no term is counted in them.
#pragma once

#include <cstdint>

namespace lawbound::base {

using Millisecond = std::int32_t;
// Of a time that is not known so exactly.
inline constexpr Millisecond kNoMillisecond = -1;

}  // namespace lawbound::base
