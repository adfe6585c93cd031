// Where the bytes of a log come from: a file, standard input, a text in memory; gzip is seen through.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "ingest/limits.h"

namespace lawbound::ingest {

// A stream of bytes, read once from the start.  One thread at a time.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills as much of `into` as it can; 0 means the end.  May give less than asked before the end.
  virtual base::Result<std::size_t> Read(std::span<char> into) = 0;
};

// A log that can be opened.  `open` is asked again when a log must be read a second time; `reopens` says
// whether it can (standard input cannot: what was read of it is then kept in a temporary file without a
// name).
struct LogSource {
  std::string name;  // for messages: the path, or "standard input"
  std::function<base::Result<std::unique_ptr<ByteSource>>()> open;
  bool reopens = true;
  std::optional<std::uint64_t> bytes;  // as stored, compressed or not, when known
};

// A file, or standard input for "-".  Nothing is opened yet.
LogSource FileLog(const std::string& path);

// The same log; `told` hears how many bytes of it, as stored, have been read since it was opened, after each
// reading, by one thread at a time.
LogSource Watched(LogSource source, std::function<void(std::uint64_t bytes)> told);
LogSource TextLog(std::string name, std::string text);

// Sees through gzip, also of several members, when the first two bytes say so; hands other bytes through.
// Truncated or damaged gzip is kCorrupt; a ratio or total above the limits is kLimit.
std::unique_ptr<ByteSource> Decompressed(std::unique_ptr<ByteSource> source, const Limits& limits);

// Writes all that is read through it to a temporary file, so that a stream can be read again.
class Spool {
 public:
  explicit Spool(LogSource source);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  // The log from its start: what was read of it before, then the rest.  One reader at a time.
  base::Result<std::unique_ptr<ByteSource>> Open();

 private:
  class Tee;
  LogSource source_;
  std::shared_ptr<struct SpoolState> state_;
};

}  // namespace lawbound::ingest
