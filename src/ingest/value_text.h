// Texts of a log as values of a field.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/history.h"

namespace lawbound::ingest {

struct Decimal {
  std::int64_t units = 0;  // in the smallest unit asked for
  bool rounded = false;    // digits were lost: half up, away from zero
};

// "35", "35.0", "-1.5", "1.0E7", exactly; nothing when it is no decimal number or does not fit.
std::optional<Decimal> ParseDecimal(std::string_view text, int decimals);
// true, false, yes, no, 1, 0, in small or capital letters.
std::optional<bool> ParseYesNo(std::string_view text);
// "30 days", "1 month", "5 working days" as model::LengthValue; the unit is written, never guessed.
std::optional<model::Value> ParseLength(std::string_view text);

bool EqualIgnoringCase(std::string_view a, std::string_view b);

}  // namespace lawbound::ingest
