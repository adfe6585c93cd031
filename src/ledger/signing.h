// What is checked before a checkpoint is signed.
#pragma once

#include "base/result.h"
#include "ledger/folder.h"
#include "store/record_store.h"
#include "tlog/checkpoint.h"

namespace lawbound::ledger {

// The checkpoint of the record as the reader sees it.  The record must contain what was signed last,
// unchanged, and everything after that is read and hashed anew and compared with its tiles and its root.
// kCorrupt says what is wrong: then nothing may be signed.
base::Result<tlog::Checkpoint> CheckForSigning(const Folder& folder, store::RecordReader& reader);

}  // namespace lawbound::ledger
