// Any bytes as CSV and as JSON Lines: no crash, bounded, the draft of a mapping can be printed, and the same
// rows are read in small blocks and in one, in memory and through temporary files.
#include <cstdlib>
#include <functional>

#include "fuzz/small_limits.h"
#include "ingest/inspect.h"
#include "tests/support/log_text.h"
#include "tests/support/made_program.h"

namespace {

using namespace lawbound;
using Format = program::MappingDef::Format;

program::Program Make(Format format) {
  return support::MakeProgram({{"a", {{"fee", program::ValueType::kMoney}}}},
                              {.format = format,
                               .case_column = "c",
                               .act_column = "a",
                               .time_column = "t",
                               .lines = {{"x", "a", {{"fee", "f"}}}}});
}

// Another limit gives another number of partitions, so only what is in them is the same.
void ExpectAlike(const support::ReadBack& one, const support::ReadBack& other) {
  if (one.ok != other.ok) std::abort();
  if (one.ok && (one.sorted != other.sorted || one.quality != other.quality)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const program::Program csv = Make(Format::kCsv), lines = Make(Format::kJsonLines);
  static const ingest::Options small{.limits = fuzz::SmallLimits()};
  const std::string text(reinterpret_cast<const char*>(data), size);
  const bool object = size != 0 && text[0] == '{';
  const auto inspected = ingest::InspectLog(ingest::TextLog("log", text), small.limits);
  if (inspected.ok()) {
    if (ingest::DraftMapping(inspected.value()).empty()) std::abort();
    if (ingest::PrintInspection(inspected.value()).empty()) std::abort();
  }
  const program::Program& program = object ? lines : csv;
  const support::ReadBack read = support::ReadText(text, program, small);
  ingest::Options other = small;
  other.limits.block_bytes = 4096;
  ExpectAlike(read, support::ReadText(text, program, other));
  // Files are slow: one input in some thousands, chosen by its bytes.
  if (std::hash<std::string>()(text) % 4096 == 0) {
    other.limits.memory_bytes = 0;
    ExpectAlike(read, support::ReadText(text, program, other));
  }
  return 0;
}
