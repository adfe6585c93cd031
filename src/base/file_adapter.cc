// std::filesystem with error codes, and POSIX for the bytes: neither throws.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "base/file.h"

namespace lawbound::base {
namespace {

Error FromErrno(std::string_view doing, const std::string& path) {
  const Errc code = errno == ENOENT ? Errc::kNotFound : Errc::kUnavailable;
  return {code, std::string(doing) + " '" + path + "': " + std::strerror(errno)};
}

struct Descriptor {
  int number = -1;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

}  // namespace

bool IsFolder(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

bool IsFile(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

bool Exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

std::vector<std::string> FilesIn(const std::string& folder, std::string_view ending) {
  std::vector<std::string> out;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string path = at->path().string();
    if (path.size() >= ending.size() && path.ends_with(ending) && IsFile(path)) out.push_back(path);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> FoldersIn(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (IsFolder(at->path().string())) out.push_back(at->path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::string> ReadFile(const std::string& path, std::uint64_t limit) {
  if (IsFolder(path)) return Error{Errc::kInvalid, "'" + path + "' is a folder, not a file"};
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0) return FromErrno("cannot open", path);
  std::string out;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = ::read(file.number, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FromErrno("cannot read", path);
    if (got == 0) return out;
    out.append(buffer, static_cast<std::size_t>(got));
    if (out.size() > limit) {
      return Error{Errc::kLimit, "'" + path + "' is larger than " + std::to_string(limit) + " bytes"};
    }
  }
}

namespace {

// A created or renamed file is there after a power cut only when its folder was synced too.
Status SyncFolderOf(const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  const Descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (opened.number < 0 || ::fsync(opened.number) != 0) return FromErrno("cannot sync", folder);
  return Ok();
}

Status WriteAll(int file, const std::string& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(file, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return FromErrno("cannot write", path);
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return Ok();
}

// A device or a pipe: nothing may be put in its place.
bool IsSpecial(const std::string& path) { return Exists(path) && !IsFile(path) && !IsFolder(path); }

Status WriteThrough(const std::string& path, std::string_view bytes) {
  const Descriptor file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
  return file.number < 0 ? Status(FromErrno("cannot write", path)) : WriteAll(file.number, path, bytes);
}

Status WriteBeside(const std::string& path, std::string_view bytes, unsigned mode, bool durably) {
  if (IsSpecial(path)) return WriteThrough(path, bytes);
  const std::string beside = path + ".part" + std::to_string(::getpid());
  Status written = Ok();
  {
    const Descriptor file{::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
    if (file.number < 0) return FromErrno("cannot write", path);
    written = WriteAll(file.number, path, bytes);
    if (written.ok() && durably && ::fsync(file.number) != 0) written = FromErrno("cannot sync", path);
  }
  if (written.ok() && ::rename(beside.c_str(), path.c_str()) != 0) written = FromErrno("cannot write", path);
  if (!written.ok()) ::unlink(beside.c_str());
  return written;
}

}  // namespace

Status WriteFile(const std::string& path, std::string_view bytes) {
  return WriteBeside(path, bytes, 0666, false);
}

Status WriteFileDurably(const std::string& path, std::string_view bytes, unsigned mode) {
  RETURN_IF_ERROR(WriteBeside(path, bytes, mode, true));
  return SyncFolderOf(path);
}

Status PutInPlace(const std::string& written, const std::string& path) {
  Status moved = Ok();
  if (IsSpecial(path)) {
    moved = Error{Errc::kInvalid, "'" + path + "' is a device or a pipe, not a file"};
  } else {
    const Descriptor file{::open(written.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.number < 0 || ::fsync(file.number) != 0) moved = FromErrno("cannot sync", written);
  }
  if (moved.ok() && ::rename(written.c_str(), path.c_str()) != 0) moved = FromErrno("cannot write", path);
  if (moved.ok()) return SyncFolderOf(path);
  ::unlink(written.c_str());
  return moved;
}

}  // namespace lawbound::base
