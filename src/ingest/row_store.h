// Rows of a log whose cases are scattered, put together by case: kept in partitions by a hash of the case
// number, in memory while they are few, else in temporary files without names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/temporary_file.h"

namespace lawbound::ingest {

// Filled by one thread; then read by many.
class RowStore {
 public:
  // In memory up to `memory_bytes`.
  RowStore(std::size_t partitions, std::size_t memory_bytes)
      : parts_(partitions), memory_bytes_(memory_bytes) {}

  // Appends a record; records of one partition keep their order.
  base::Status Add(std::uint64_t hash, std::string_view record);
  // After the last Add: writes what is still to be written.
  base::Status Finish();

  std::size_t partitions() const { return parts_.size(); }
  bool on_disk() const { return on_disk_; }
  // Whether the next Add would begin to write files.
  bool IsFull() const { return !on_disk_ && in_memory_ > memory_bytes_; }
  // All records of a partition, one after the other.
  base::Result<std::string> Load(std::size_t partition);

 private:
  static constexpr std::size_t kBuffer = std::size_t{128} << 10;
  struct Part {
    std::string memory;  // all records, or those not yet in the file
    TemporaryFile file;
  };
  base::Status Spill();

  std::vector<Part> parts_;
  std::size_t memory_bytes_, in_memory_ = 0;
  bool on_disk_ = false;
};

}  // namespace lawbound::ingest
