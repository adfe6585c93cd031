// Lower bounds that the readers are measured against.
#pragma once

#include <cstddef>
#include <string>

namespace lawbound::bench {

// Inflates a gzip file in chunks of 64 KB and counts the '<' in it.  0 when it cannot be read.
std::size_t InflateAndFindTags(const std::string& path);
// Reads a file in chunks of 1 MB; the number of its bytes.
std::size_t ReadWhole(const std::string& path);

}  // namespace lawbound::bench
