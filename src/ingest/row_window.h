// A window on a stream of text that always holds one whole row: a line, or several when a row's quoted text
// has line feeds.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "ingest/byte_source.h"
#include "ingest/limits.h"

namespace lawbound::ingest {

class RowWindow {
 public:
  // With `quotes`, a line feed between an odd and the next quotation mark does not end the row.
  RowWindow(std::unique_ptr<ByteSource> bytes, const Limits& limits, bool quotes);

  // The next row without its line end, in a buffer that the caller may change; data() is null at the end.
  // Checked to be UTF-8 and to be within the limit.
  base::Result<std::span<char>> Next();
  std::uint64_t line() const { return line_; }  // of the row's first byte
  std::uint64_t bytes() const { return bytes_read_; }

 private:
  base::Status Fill();
  base::Status CheckRow(std::string_view row) const;

  std::unique_ptr<ByteSource> bytes_;
  const Limits* limits_;
  bool quotes_;
  std::string buffer_;
  std::size_t begin_ = 0;
  bool ended_ = false, first_ = true;
  std::uint64_t line_ = 0, next_line_ = 1, bytes_read_ = 0;
};

}  // namespace lawbound::ingest
