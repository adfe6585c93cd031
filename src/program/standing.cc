#include "program/standing.h"

#include <algorithm>
#include <array>

#include "program/cells.h"

namespace lawbound::program {
namespace {

// In the order of the enum.
constexpr std::array<std::string_view, kValuesOf<Standing>> kStandings = {
    "",       "challenged", "cleared",   "stayed",        "released",
    "upheld", "changed",    "set aside", "held unlawful", "held void"};

}  // namespace

std::string_view StandingWords(Standing standing) { return kStandings[static_cast<std::size_t>(standing)]; }

Standing StandingOf(std::string_view words) {
  const auto found = std::find(kStandings.begin() + 1, kStandings.end(), words);
  return found == kStandings.end() ? Standing::kNone : static_cast<Standing>(found - kStandings.begin());
}

}  // namespace lawbound::program
