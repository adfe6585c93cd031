// What a log may ask of the machine before it is refused.  Every limit is finite; whoever has a larger log
// raises one by name.  A limit that is passed gives Errc::kLimit and a message with the place and the limit's
// value.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lawbound::ingest {

struct Limits {
  std::uint64_t total_bytes = std::uint64_t{64} << 30;  // of the log once decompressed
  std::uint32_t gzip_ratio = 500;                  // decompressed to compressed, asked after the first 16 MiB
  std::size_t text_bytes = std::size_t{1} << 20;   // one value, one name
  std::size_t row_bytes = std::size_t{4} << 20;    // one row of CSV or JSON Lines, one tag or comment of XES
  std::size_t case_bytes = std::size_t{64} << 20;  // one case of XES: beyond it the slower reader takes over
  std::uint32_t depth = 64;                        // elements or values inside one another
  std::uint32_t events_per_case = 1'000'000;
  std::uint32_t attributes_per_event = 1'000;
  std::uint32_t activities = 10'000;  // distinct names that the mapping does not have
  std::size_t memory_bytes = std::size_t{64}
                             << 20;  // rows of scattered logs kept in memory before they go to disk
  std::size_t block_bytes = std::size_t{512} << 10;  // read at a time, at least 64; changes no result
  std::size_t remembered_times = 8192;  // timestamps kept as read, a power of two; changes no result
  std::size_t compared_cases = std::size_t{8}
                               << 20;  // in a log of more, repeated case numbers are not looked for
};

}  // namespace lawbound::ingest
