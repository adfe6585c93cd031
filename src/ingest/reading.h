// What the readers of all formats share while one log is read.  Not for use outside this layer.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/case_builder.h"
#include "ingest/log_reader.h"
#include "ingest/mapping_table.h"

namespace lawbound::ingest {

// A hash of 64 bits, never 0; the same on every machine of one byte order.
std::uint64_t HashOf(std::string_view name);

// Which case numbers have been seen, as hashes: 11 to 22 bytes a case, half as much again while the set
// grows, and for no more cases than Limits::compared_cases (8 million: 128 MB).  Shared by all workers.
class CaseNumbers {
 public:
  explicit CaseNumbers(std::size_t most) : most_(most) {}
  void AddAll(const model::Batch& batch);
  void Clear();
  void Report(DataQuality& quality) const;

 private:
  static constexpr std::size_t kNamed = 1000;
  bool Insert(std::uint64_t hash);

  std::mutex mutex_;
  std::size_t most_, count_ = 0;
  std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1024);  // 0: free
  std::map<std::string, std::uint64_t, std::less<>> repeated_;
  std::uint64_t repeated_count_ = 0;
};

struct Reading {
  const LogSource& source;
  const MappingTable& mapping;
  const calendar::Zone& zone;
  const Options& options;
  BatchSink& sink;
  CaseNumbers numbers;
  DataQuality quality;
  IdentityCounts identities{};
  std::size_t parts = 0;
  bool by_expat = false, on_disk = false;

  // Adds what a worker's builder counted.
  void Collect(CaseBuilder& builder);
  // Forgets what was read, before reading again.
  void Restart();
};

// "line 1: ... UTF-16 ...": what is wrong with the beginning of a text; else how many bytes of it are a byte
// order mark.
base::Result<std::size_t> CheckBeginning(std::string_view head);

base::Status ReadXes(Reading& reading);
base::Status ReadRows(Reading& reading);

}  // namespace lawbound::ingest
