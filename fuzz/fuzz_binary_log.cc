// Any bytes as a binary log: no crash, and every history handed on can be walked.  The checksums are made
// right first, so that the checks behind them are reached.
#include <cstring>

#include "ingest/binary_log.h"
#include "tests/support/log_text.h"
#include "tests/support/made_program.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lawbound;
  static const program::Program program = support::TrafficProgram();
  std::string bytes(reinterpret_cast<const char*>(data), size);
  ingest::MendChecksums(bytes, program, program.mappings[0]);
  support::TextSink sink(program);
  static_cast<void>(
      ingest::ReadBinaryLog(ingest::TextLog("log", bytes), program, program.mappings[0], {}, sink));
  static_cast<void>(sink.Text());
  return 0;
}
