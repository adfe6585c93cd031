// Any bytes as an XES log: no crash, bounded, and what the fast scanner reads, expat reads alike.
#include <cstdlib>

#include "fuzz/small_limits.h"
#include "tests/support/log_text.h"
#include "tests/support/made_program.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lawbound;
  static const program::Program program = support::TrafficProgram();
  static const ingest::Options quick{.limits = fuzz::SmallLimits()};
  static const ingest::Options strict{.limits = fuzz::SmallLimits(), .only_expat = true};
  const std::string text(reinterpret_cast<const char*>(data), size);
  const support::ReadBack fast = support::ReadText(text, program, quick);
  if (fast.ok && fast.summary.by_expat) return 0;
  const support::ReadBack slow = support::ReadText(text, program, strict);
  // Of two faults in a log either may be met first: the scanner looks at bytes before it counts attributes.
  if (fast.ok != slow.ok) std::abort();
  if (fast.ok && (fast.text != slow.text || fast.quality != slow.quality)) std::abort();
  return 0;
}
