// Backups, and the way back from one.
//
// A backup is a folder with the rows as they were at one moment (always as an SQLite file, wherever they came
// from), the documents, the public keys, and the last signed checkpoint.  It holds no secret key: who finds
// it reads what is public and nothing else.
//
// A restored ledger must continue what the world has seen of it, or it would sign a second history.  So
// restoring asks for the last checkpoint or the last published copy.  What was recorded after the backup is
// taken from the published copy: the entries are all there, and with them every erasure since, which is
// carried out again before anything can be served.  The personal fields of those entries are not in the
// published copy; they are lost, and an entry says so.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "ledger/folder.h"

namespace lawbound::ledger {

struct BackupDone {
  std::uint64_t entries = 0;
  std::uint64_t documents = 0;
};

// Makes the folder `to`, which must not be there.  Beside a running writer if need be.  What it has written
// it reads again: kCorrupt when the copy does not hash to the root of the record.
base::Result<BackupDone> BackUp(const Folder& folder, const std::string& to);

struct RestoreWish {
  std::string backup;
  std::string to;           // the ledger to make
  FolderSettings settings;  // where secrets (which must be there) and rows go; the origin is the backup's
  std::string published;    // the published copy, or empty
  std::vector<std::string> checkpoints;  // files with checkpoints that were kept
  base::Day day;
  std::string official;  // who answers for it
};

struct RestoreDone {
  std::uint64_t from_backup = 0;     // entries
  std::uint64_t from_published = 0;  // entries
  std::uint64_t erased = 0;          // fields of the backup that were erased since
  std::uint64_t lost = 0;            // fields recorded since, whose contents nobody has
  std::uint64_t entries = 0;         // now
};

// kConflict when there is a ledger at `to`, or neither a published copy nor a checkpoint is given; kCorrupt
// when the backup is not a beginning of what was published or signed, or ends before it.  After a failure no
// ledger is at `to`.
base::Result<RestoreDone> Restore(const RestoreWish& wish);

}  // namespace lawbound::ledger
