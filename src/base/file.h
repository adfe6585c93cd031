// Whole files, read and written.  A file is written beside its place and moved there when complete, so nobody
// ever sees half of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lawbound::base {

// kNotFound, kLimit when larger than `limit` bytes, kInvalid for a folder, kUnavailable for anything else.
Result<std::string> ReadFile(const std::string& path, std::uint64_t limit = std::uint64_t{64} << 20);

// Replaces the file at `path` by `bytes`, or leaves it as it was; a device is written to, and stays.
Status WriteFile(const std::string& path, std::string_view bytes);
// The same, and on the disk when it returns: file and folder are synced.  `mode` as in open(2).
Status WriteFileDurably(const std::string& path, std::string_view bytes, unsigned mode = 0644);
// The last step of that for what was written otherwise: syncs the file `written`, then puts it in the place
// of `path`, in the same folder.  It is gone afterwards, whatever happens.  kInvalid when that is a device.
Status PutInPlace(const std::string& written, const std::string& path);

bool IsFolder(const std::string& path);
bool IsFile(const std::string& path);
bool Exists(const std::string& path);  // a file, a folder, a device, a pipe

// The files directly in a folder whose names end with `ending`, sorted; empty when there is no such folder.
std::vector<std::string> FilesIn(const std::string& folder, std::string_view ending);
// The folders directly in a folder, sorted; empty when there is no such folder.
std::vector<std::string> FoldersIn(const std::string& folder);

}  // namespace lawbound::base
