// Reads an event log to histories by a mapping: the one door from foreign logs into Lawbound.
//
//   ASSIGN_OR_RETURN(const LogSummary summary,
//                    ReadLog(FileLog(path), program, mapping, zone, {.threads = 2}, sink));
//
// Formats: docs/formats/xes.md, rows.md (CSV and JSON Lines).  The log comes in numbered parts, each a batch
// of whole cases, handed to the sink by several workers at once.  What is in which part depends on the log
// alone, not on the number of threads, so results put together in the order of part numbers (which may leave
// gaps) are the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "calendar/zone.h"
#include "ingest/byte_source.h"
#include "ingest/data_quality.h"
#include "ingest/limits.h"
#include "model/history.h"
#include "program/program.h"

namespace lawbound::ingest {

class BatchSink {
 public:
  virtual ~BatchSink() = default;
  // One part; `part` is its number.  Called by worker 0..threads-1, each its own thread, at the same time;
  // the batch is valid during the call.  A history may have no entry: a case of which the mapping names
  // nothing.
  virtual void Take(std::size_t worker, std::size_t part, const model::Batch& batch) = 0;
  // All that was taken is to be forgotten: the log is being read again from its start by the slower reader.
  // Called when no worker runs.
  virtual void Restart() = 0;
};

struct Options {
  unsigned threads = 1;  // at least 1
  Limits limits = {};
  // Why the case number may be an identity number, a phone number or a number plate; empty: such a log is
  // refused.
  std::string identity_ground = {};
  bool only_expat = false;  // XES: do not try the fast scanner
  // Told, before it happens, what a person should know: that temporary files of some size will be written,
  // that the slower reader takes over.
  std::function<void(std::string_view message)> notice = nullptr;
};

struct LogSummary {
  DataQuality quality;
  std::size_t parts = 0;
  bool by_expat = false;  // XES: the slower reader was needed
  bool on_disk = false;   // CSV, JSON Lines: rows went through temporary files
};

// kInvalid: the log is malformed, the mapping reads no act of an authority, or case numbers look like
// identities (the message says what to do); kCorrupt: damaged gzip; kLimit; kNotFound and kUnavailable: the
// file.  After an error what the sink took is of no use.  `zone` is where the authority sits.
base::Result<LogSummary> ReadLog(const LogSource& source, const program::Program& program,
                                 const program::MappingDef& mapping, const calendar::Zone& zone,
                                 const Options& options, BatchSink& sink);

}  // namespace lawbound::ingest
