#include <cstdio>
#include <cstring>
#include <vector>
#include <zlib.h>

#include "bench/floor.h"

namespace lawbound::bench {

std::size_t InflateAndFindTags(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return 0;
  std::vector<char> chunk(std::size_t{64} << 10);
  gzbuffer(file, static_cast<unsigned>(chunk.size()));
  std::size_t tags = 0;
  for (int n; (n = gzread(file, chunk.data(), static_cast<unsigned>(chunk.size()))) > 0;) {
    const char* end = chunk.data() + n;
    for (const char* p = chunk.data();
         (p = static_cast<const char*>(std::memchr(p, '<', static_cast<std::size_t>(end - p)))); ++p)
      ++tags;
  }
  gzclose(file);
  return tags;
}

std::size_t ReadWhole(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return 0;
  std::vector<char> chunk(std::size_t{1} << 20);
  std::size_t total = 0;
  for (std::size_t n; (n = std::fread(chunk.data(), 1, chunk.size(), file)) > 0;) total += n;
  std::fclose(file);
  return total;
}

}  // namespace lawbound::bench
