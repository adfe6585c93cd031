// Changing the keys of a ledger: as a routine, and after one was lost.
#pragma once

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

// Ends a change of the matters key that was cut short, forwards or backwards.  REQUIRES: the caller holds the
// lock.
base::Status FinishRotation(const Folder& folder);

}  // namespace lawbound::ledger
