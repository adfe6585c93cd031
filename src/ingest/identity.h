// Whether a text looks like something that stands for one person everywhere: docs/safeguards.md S8.  A case
// number may not be one, since every matter of a person would then be joined by it.
#pragma once

#include <cstdint>
#include <string_view>

namespace lawbound::ingest {

enum class Identity : std::uint8_t { kNone, kNumber, kPhone, kPlate };

// kNumber: a citizen's identity number of eighteen characters whose date and check digit are right.  kPhone:
// a mobile number of eleven digits, or '+' and eight to fifteen digits.  kPlate: a number plate.
Identity LooksLike(std::string_view text);

}  // namespace lawbound::ingest
