// Lawbound's own form of a log that has been read once: histories already mapped, read back at about the
// speed of the file. Format: docs/formats/binary-log.md.  It is a cache, not an exchange format: it is bound
// to the acts, fields and mapping it was made with, and a program that differs in them refuses it.
#pragma once

#include <string>

#include "base/result.h"
#include "ingest/log_reader.h"

namespace lawbound::ingest {

// Reads a log as ReadLog does and writes it to `path`, whole or not at all.  The same log gives the same
// bytes.
base::Result<LogSummary> WriteBinaryLog(const LogSource& source, const program::Program& program,
                                        const program::MappingDef& mapping, const calendar::Zone& zone,
                                        const Options& options, const std::string& path);

// Hands the histories to the sink as ReadLog did, with the same summary.  Of the options, threads are
// read. kCorrupt when a byte of the file is not as it was written or a number in it points
// nowhere; kInvalid when it is another format, version or byte order, or was made with another mapping: make
// it anew.
base::Result<LogSummary> ReadBinaryLog(const LogSource& source, const program::Program& program,
                                       const program::MappingDef& mapping, const Options& options,
                                       BatchSink& sink);

// Puts the right checksums, magic and mapping into bytes that have the form of a binary log: for fuzzing what
// lies behind them.
void MendChecksums(std::string& bytes, const program::Program& program, const program::MappingDef& mapping);

}  // namespace lawbound::ingest
