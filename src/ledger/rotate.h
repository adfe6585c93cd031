// Changing the keys of a ledger: as a routine, and after one was lost.
#pragma once

#include <optional>
#include <string>

#include "base/day.h"
#include "base/result.h"
#include "ledger/folder.h"
#include "ledger/ledger.h"

namespace lawbound::ledger {

struct RotateWish {
  bool lost = false;  // the old key is gone, or in other hands: it does not sign any more
  base::Day day;
  std::string ground;
  std::string official;
};

struct Rotated {
  std::uint64_t entry = 0;  // of kind `key`: says which key follows, when, why, and who answers for it
  std::string key;          // the new public key
  std::string checkpoint;   // signed by the new key, and unless it was lost by the old one too
};

// A new key signs the log from now on.  A program that ends half-way leaves a log that the old key still
// signs; do it again.
base::Result<Rotated> RotateLogKey(Ledger& ledger, const RotateWish& wish);

// Encrypts the key of every matter anew under a new matters key, and destroys the old one.  What older
// backups hold of personal fields can then be opened by nobody.  No writer may have the ledger open.  Returns
// how many matters.
base::Result<std::uint64_t> RotateMattersKey(const Folder& folder);

struct LostFields {
  std::optional<std::uint64_t> entry;  // of kind `loss`; none when no field was stored
  std::uint64_t fields = 0;
  std::uint64_t documents = 0;
};

// When the matters key is gone: takes the fields and documents that nobody can read any more out of the rows,
// records in the same moment of which entries they were and who answers for it, and makes a new key, so that
// the ledger goes on.  `lost` is not looked at.  kConflict when the key is there.  No writer may have the
// ledger open.  A program that ends half-way leaves a ledger without a key; do it again.
base::Result<LostFields> ReplaceLostMattersKey(const Folder& folder, const RotateWish& wish);

// Ends a change of the matters key that was cut short, forwards or backwards.  REQUIRES: the caller holds the
// lock.
base::Status FinishRotation(const Folder& folder);

}  // namespace lawbound::ledger
