// A file in the folder for temporary files that has no name: it is gone when it is closed, and also when the
// program is killed.  Owns its descriptor; movable; one thread at a time.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"

namespace lawbound::ingest {

class TemporaryFile {
 public:
  // In $TMPDIR, or /tmp.
  static base::Result<TemporaryFile> Make();
  TemporaryFile() = default;
  TemporaryFile(TemporaryFile&& other) noexcept;
  TemporaryFile& operator=(TemporaryFile&& other) noexcept;
  ~TemporaryFile();

  base::Status Append(std::string_view bytes);
  // Reads from `offset`; fewer bytes than asked only at the end.
  base::Result<std::size_t> ReadAt(std::uint64_t offset, std::span<char> into) const;
  std::uint64_t size() const { return size_; }

 private:
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace lawbound::ingest
