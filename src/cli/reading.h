// Reading a log for a command: threads, progress with an estimate, and what was found wrong with the log.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/commands.h"
#include "ingest/log_reader.h"
#include "program/program.h"

namespace lawbound::cli {

// Threads asked for, or as many as the machine has, at most 64.
unsigned ThreadsFor(const LogArguments& arguments);

// Reads the log by a mapping of the pack, showing progress on standard error when that is a terminal.
base::Result<ingest::LogSummary> ReadLogFor(const LogArguments& arguments, const program::Program& program,
                                            const program::MappingDef& mapping, ingest::BatchSink& sink);

}  // namespace lawbound::cli
