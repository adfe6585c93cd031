// Checks a whole ledger against itself: every entry, tile, checkpoint, field, key, request and document.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/folder.h"
#include "tlog/floor.h"

namespace lawbound::ledger {

struct FsckReport {
  std::uint64_t entries = 0;
  std::uint64_t tiles = 0;
  std::uint64_t checkpoints = 0;
  std::uint64_t fields = 0;  // that are stored
  std::uint64_t erased = 0;  // fields
  std::uint64_t documents = 0;
  std::uint64_t lost = 0;  // fields that a recorded restoration says are lost
  tlog::FloorHistory floor;
  bool fields_opened =
      true;          // false: the matters key was not given, so that fields were counted and not opened
  std::string root;  // of everything
  std::vector<std::string>
      problems;  // the first of each table, in the order in which they were found; empty: sound
};

struct FsckOptions {
  bool open_fields = true;                                             // needs the matters key
  std::function<void(std::uint64_t done, std::uint64_t of)> progress;  // may be empty
};

// An Error means that the check could not be made; what it found wrong is in `problems`, each naming entry,
// tile or row.  Reads the record at one moment, beside a writer if need be, in bounded memory.
base::Result<FsckReport> CheckLedger(const Folder& folder, const FsckOptions& options);

}  // namespace lawbound::ledger
