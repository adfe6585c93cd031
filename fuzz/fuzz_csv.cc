// Any bytes as CSV and as JSON Lines: no crash, bounded, and the same in memory and through temporary files.
#include <cstdlib>

#include "ingest/inspect.h"
#include "tests/support/log_text.h"
#include "tests/support/made_program.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lawbound;
  using Format = program::MappingDef::Format;
  const auto make = [](Format format) {
    return support::MakeProgram({{"a", {{"fee", program::ValueType::kMoney}}}},
                                {.format = format,
                                 .case_column = "c",
                                 .act_column = "a",
                                 .time_column = "t",
                                 .lines = {{"x", "a", {{"fee", "f"}}}}});
  };
  static const program::Program csv = make(Format::kCsv), lines = make(Format::kJsonLines);
  const std::string text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(ingest::InspectLog(ingest::TextLog("log", text), {}));
  ingest::Limits none;
  none.memory_bytes = 0;
  for (const program::Program* p : {&csv, &lines}) {
    const support::ReadBack memory = support::ReadText(text, *p);
    if (!memory.ok || memory.summary.quality.entries < 2) continue;
    const support::ReadBack disk = support::ReadText(text, *p, {.limits = none});
    // Another limit gives another number of partitions, so only what is in them is the same.
    if (!disk.ok || memory.sorted != disk.sorted || memory.quality != disk.quality) std::abort();
  }
  return 0;
}
