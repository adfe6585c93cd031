// Rows of CSV or JSON Lines as attributes, one after the other: docs/formats/rows.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/byte_source.h"
#include "ingest/event.h"
#include "ingest/limits.h"

namespace lawbound::ingest {

struct ParsedRow {
  enum class Kind : std::uint8_t { kRow, kBad, kEnd };
  Kind kind = Kind::kEnd;
  std::vector<Attribute> cells;  // kRow; without empty cells.  Views into the parser, until the next call
  std::uint64_t line = 0;        // of its first byte
  std::string why;               // kBad
};

// One thread at a time.
class RowParser {
 public:
  virtual ~RowParser() = default;
  // kInvalid: not UTF-8, or no such format at all; kLimit: a row longer than the limit; or what the bytes
  // answered.
  virtual base::Status Next(ParsedRow& row) = 0;
  // CSV: the names of the header, once the first row has been read; JSON Lines: empty.
  virtual const std::vector<std::string>& columns() const = 0;
  // Read so far, decompressed.
  virtual std::uint64_t bytes() const = 0;
  // Values inside values that were not read.
  virtual std::uint64_t nested() const = 0;
};

std::unique_ptr<RowParser> MakeCsvParser(std::unique_ptr<ByteSource> bytes, const Limits& limits);
std::unique_ptr<RowParser> MakeJsonLinesParser(std::unique_ptr<ByteSource> bytes, const Limits& limits);

}  // namespace lawbound::ingest
