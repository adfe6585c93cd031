// A document's file: a header and pieces of 64 KiB, each encrypted and bound to its place, the last one
// marked as last (libsodium's secretstream), so that a file cut short, put together anew or changed in a bit
// is not read.
//
// Its length says only roughly how long the document is: zeros fill it up to PaddedSize.  The exact length of
// a scan would tell that two matters hold the same one; what is longer than one piece tells a little still.
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
// Hands out the first `size` bytes.  kCorrupt when the file is not one of a document of that size.
base::Result<WrittenDocument> ReadDocumentFile(const std::string& path, const BoxKey& key, std::uint64_t size,
                                               const std::function<base::Status(std::string_view)>& take);

// Whole pieces of 64 KiB, of whose number only the first three bits count: at most a quarter more.
std::uint64_t PaddedSize(std::uint64_t size);

// Renames and syncs the folder; removes and syncs the folder.
base::Status PutDocumentFile(const std::string& from, const std::string& to);
base::Status RemoveDocumentFile(const std::string& path);

}  // namespace lawbound::ledger
