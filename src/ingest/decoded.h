// Delimited text comes in the encodings of thirty years; what it is in is told from its beginning.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ingest/byte_source.h"

namespace lawbound::ingest {

// "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030" (which holds GBK and GB 2312), "BIG5-HKSCS", "WINDOWS-1252"
// (which holds ISO 8859-1); empty when none can be told.  A byte order mark decides; else what is UTF-8 is
// that; else Western text has few bytes above ASCII, each alone; else which characters a Chinese text would
// be made of: its common ones lie together in either encoding.
std::string_view EncodingOf(std::string_view beginning);

struct DecodedSource {
  std::unique_ptr<ByteSource> bytes;  // UTF-8
  std::string_view encoding;          // that it was in; empty: not told, the bytes are as they were
};

// Reads the beginning and goes on as it must.  Bytes that do not fit the encoding are kInvalid when they are
// met.
base::Result<DecodedSource> Decoded(std::unique_ptr<ByteSource> bytes);

}  // namespace lawbound::ingest
