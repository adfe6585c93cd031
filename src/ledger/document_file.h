// A document's file: a header and pieces of 64 KiB, each encrypted and bound to its place, the last one
// marked as last (libsodium's secretstream), so that a file cut short, put together anew or changed in a bit
// is not read.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <string>

#include "base/result.h"
#include "ledger/box.h"

namespace lawbound::ledger {

struct WrittenDocument {
  std::string digest;  // SHA-256, 32 bytes
  std::uint64_t size = 0;
};

// Encrypts `from` to its end into the new file at `path`, which is on the disk when this returns (its folder
// is not yet).
base::Result<WrittenDocument> WriteDocumentFile(const std::string& path, const BoxKey& key,
                                                std::istream& from, std::uint64_t limit);
base::Result<WrittenDocument> ReadDocumentFile(const std::string& path, const BoxKey& key,
                                               const std::function<base::Status(std::string_view)>& take);

// Renames and syncs the folder; removes and syncs the folder.
base::Status PutDocumentFile(const std::string& from, const std::string& to);
base::Status RemoveDocumentFile(const std::string& path);

}  // namespace lawbound::ledger
