// Reading a log for a command: threads, progress with an estimate, and what was found wrong with the log.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/commands.h"
#include "ingest/byte_source.h"
#include "ingest/log_reader.h"
#include "program/program.h"

namespace lawbound::cli {

// One line on a terminal, rewritten at most ten times a second: how much of the log, as stored, was read, and
// how long the rest will take if its size is known.  Gone when the reading is.
class Progress {
 public:
  Progress() = default;
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // The log, watched; as given where nobody looks.  The result must not outlive this.
  ingest::LogSource Watch(ingest::LogSource source, bool quiet);
  void Clear();

 private:
  void Show(std::uint64_t bytes);

  std::uint64_t total_ = 0;  // 0: not known
  bool shown_ = false;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_ = begin_;
};

// Threads asked for, or as many as the machine has, at most 64.
unsigned ThreadsFor(const LogArguments& arguments);

// Reads the log by a mapping of the pack, showing progress on standard error when that is a terminal.
base::Result<ingest::LogSummary> ReadLogFor(const LogArguments& arguments, const program::Program& program,
                                            const program::MappingDef& mapping, ingest::BatchSink& sink);

}  // namespace lawbound::cli
