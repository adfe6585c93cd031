// Receipts and published logs, made from a stored record.  Both read only, beside a running writer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/folder.h"
#include "tlog/receipt.h"

namespace lawbound::ledger {

struct ReceiptWish {
  std::uint64_t entry = 0;
  std::vector<std::string> show;  // names of fields; the others are withheld
  bool show_all = false;          // every field that is there and not sealed
};

struct MadeReceipt {
  tlog::Receipt receipt;
  std::vector<std::string>
      lost;  // fields that are neither there nor erased: the receipt cannot account for them
};

// A receipt under the checkpoint that was signed last, with every later entry up to there that erased, sealed
// or opened a field of it.  kNotFound when there is no such entry; kConflict when no checkpoint covers it
// yet; kInvalid when a field to be shown is not one of the entry's, or was erased or sealed.
base::Result<MadeReceipt> MakeReceipt(const Folder& folder, const ReceiptWish& wish);

struct Published {
  tlog::TreeHead tree;
  std::uint64_t added = 0;  // entries since the last time
};

// Writes or continues a folder that any web server can serve, up to the checkpoint that was signed last.
// kConflict when nothing was signed yet; kCorrupt when the folder holds another log, or a longer one.
base::Result<Published> Publish(const Folder& folder, const std::string& to);

}  // namespace lawbound::ledger
