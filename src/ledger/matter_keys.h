// The keys of the matters.  Each matter has its own, made at its first personal field; the rows hold it
// encrypted under the ledger's matters key, and with the last field and document of the matter it goes.
//
// May be used by several threads.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ledger/box.h"
#include "store/record_store.h"

namespace lawbound::ledger {

// A key and the row in which it is kept.
struct MatterKey {
  BoxKey key;
  store::KeyRow row;
};

class MatterKeys {
 public:
  MatterKeys(BoxKey master, std::unique_ptr<store::RecordReader> reader)
      : master_(std::move(master)), reader_(std::move(reader)) {}

  // The key of a matter, or a new one, which is lost unless the row that comes with it is stored.  A new one
  // is given to all who ask while somebody holds it, so that two who begin a matter do not make two keys;
  // when all have let it go and Stored was not told of it, as on a full disk, it is forgotten.
  base::Result<std::shared_ptr<const MatterKey>> Obtain(std::string_view matter);
  void Stored(std::string_view matter);
  // kNotFound when the matter has none.
  base::Result<BoxKey> Find(std::string_view matter);

 private:
  // Of the rows; null: there is none.
  base::Result<const MatterKey*> Load(std::string_view matter);

  std::mutex mutex_;
  BoxKey master_;
  std::unique_ptr<store::RecordReader> reader_;
  std::map<std::string, MatterKey, std::less<>> known_;  // from the rows; may be forgotten
  std::map<std::string, std::weak_ptr<const MatterKey>, std::less<>> fresh_;  // made here and not yet stored
  std::size_t swept_ = 0;  // so many of them were left when those let go were last taken out
};

std::string SealMatterKey(const BoxKey& master, std::string_view matter, const BoxKey& key);
base::Result<BoxKey> OpenMatterKey(const BoxKey& master, std::string_view matter, std::string_view box);

}  // namespace lawbound::ledger
