#include "ingest/temporary_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <string>
#include <unistd.h>
#include <utility>

namespace lawbound::ingest {

using base::Errc;
using base::Error;

base::Result<TemporaryFile> TemporaryFile::Make() {
  const char* folder = std::getenv("TMPDIR");
  std::string path = std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/lawbound-XXXXXX";
  TemporaryFile file;
  file.descriptor_ = ::mkostemp(path.data(), O_CLOEXEC);
  if (file.descriptor_ < 0) {
    return Error{Errc::kUnavailable,
                 fmt::format("cannot make a temporary file '{}': {}", path, std::strerror(errno))};
  }
  ::unlink(path.c_str());
  return file;
}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(std::exchange(other.size_, 0)) {}

TemporaryFile& TemporaryFile::operator=(TemporaryFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

TemporaryFile::~TemporaryFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Status TemporaryFile::Append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0)
      return Error{Errc::kUnavailable,
                   fmt::format("cannot write a temporary file: {}", std::strerror(errno))};
    bytes.remove_prefix(static_cast<std::size_t>(n));
    size_ += static_cast<std::uint64_t>(n);
  }
  return base::Ok();
}

base::Result<std::size_t> TemporaryFile::ReadAt(std::uint64_t offset, std::span<char> into) const {
  std::size_t got = 0;
  while (got < into.size()) {
    const ssize_t n =
        ::pread(descriptor_, into.data() + got, into.size() - got, static_cast<off_t>(offset + got));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0)
      return Error{Errc::kUnavailable, fmt::format("cannot read a temporary file: {}", std::strerror(errno))};
    if (n == 0) break;
    got += static_cast<std::size_t>(n);
  }
  return got;
}

}  // namespace lawbound::ingest
