// A citation names the provision that a rule, term, act or fact rests on, and says how its author knows what
// the provision says.  Resolving citations against texts in force is the registry's work, not this header's.
#pragma once

#include <cstdint>
#include <string_view>

namespace lawbound::law {

// How the author of a citation knows the provision.  Every report shows it.
enum class Reading : std::uint8_t {
  kSeen,        // read in the official text
  kSecondary,   // read in a book, commentary or handbook
  kFromMemory,  // not looked up
};

constexpr std::string_view ReadingWords(Reading reading) {
  switch (reading) {
    case Reading::kSeen:
      return "seen";
    case Reading::kSecondary:
      return "from a secondary source";
    case Reading::kFromMemory:
      return "from memory";
  }
  return "";
}

}  // namespace lawbound::law
