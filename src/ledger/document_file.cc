#include "ledger/document_file.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::size_t kPiece = std::size_t{1} << 16;
constexpr std::size_t kOverhead = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t kHeader = crypto_secretstream_xchacha20poly1305_HEADERBYTES;

Error Failed(std::string_view doing, const std::string& path) {
  return {errno == ENOENT ? Errc::kNotFound : Errc::kUnavailable,
          fmt::format("cannot {} '{}': {}", doing, path, std::strerror(errno))};
}

class File {
 public:
  File(const std::string& path, int flags) : path_(path), number_(::open(path.c_str(), flags, 0600)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (number_ >= 0) ::close(number_);
  }
  bool ok() const { return number_ >= 0; }

  Status Write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t wrote = ::write(number_, bytes.data(), bytes.size());
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote < 0) return Failed("write", path_);
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return base::Ok();
  }
  // As many bytes as there are, up to `count`.
  Result<std::string> Read(std::size_t count) const {
    std::string out(count, '\0');
    std::size_t got = 0;
    while (got < count) {
      const ssize_t read = ::read(number_, out.data() + got, count - got);
      if (read < 0 && errno == EINTR) continue;
      if (read < 0) return Failed("read", path_);
      if (read == 0) break;
      got += static_cast<std::size_t>(read);
    }
    out.resize(got);
    return out;
  }
  Status Sync() const { return ::fsync(number_) == 0 ? base::Ok() : Status(Failed("sync", path_)); }

 private:
  std::string path_;
  int number_;
};

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// SHA-256 of a stream.
class Digest {
 public:
  Digest() { crypto_hash_sha256_init(&state_); }
  void Add(std::string_view bytes) {
    crypto_hash_sha256_update(&state_, Bytes(bytes), bytes.size());
    size_ += bytes.size();
  }
  std::uint64_t size() const { return size_; }
  WrittenDocument Done() {
    WrittenDocument out{std::string(crypto_hash_sha256_BYTES, '\0'), size_};
    crypto_hash_sha256_final(&state_, Bytes(out.digest));
    return out;
  }

 private:
  crypto_hash_sha256_state state_{};
  std::uint64_t size_ = 0;
};

Status SyncFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const File opened(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (!opened.ok()) return Failed("open", folder);
  return opened.Sync();
}

}  // namespace

Result<WrittenDocument> WriteDocumentFile(const std::string& path, const BoxKey& key, std::istream& from,
                                          std::uint64_t limit) {
  const File file(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
  if (!file.ok()) return Failed("make", path);
  crypto_secretstream_xchacha20poly1305_state state;
  std::string header(kHeader, '\0');
  CHECK(crypto_secretstream_xchacha20poly1305_init_push(&state, Bytes(header), Bytes(key.view())) == 0);
  RETURN_IF_ERROR(file.Write(header));
  Digest digest;
  std::string piece(kPiece, '\0');
  std::string box(kPiece + kOverhead, '\0');
  const auto push = [&](std::size_t count, bool last) {
    CHECK(crypto_secretstream_xchacha20poly1305_push(
              &state, Bytes(box), nullptr, Bytes(piece), count, nullptr, 0,
              last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0) == 0);
    return file.Write({box.data(), count + kOverhead});
  };
  std::uint64_t written = 0;
  for (;;) {
    from.read(piece.data(), static_cast<std::streamsize>(kPiece));
    const auto got = static_cast<std::size_t>(from.gcount());
    if (from.bad()) return Error{Errc::kUnavailable, "the document cannot be read to its end"};
    digest.Add({piece.data(), got});
    if (digest.size() > limit)
      return Error{Errc::kLimit, fmt::format("the document is longer than {} bytes", limit)};
    if (from.eof()) {
      std::fill(piece.begin() + static_cast<std::ptrdiff_t>(got), piece.end(), '\0');
      break;
    }
    RETURN_IF_ERROR(push(kPiece, false));
    written += kPiece;
  }
  // The piece begun is filled up with zeros, and whole ones follow.
  std::uint64_t rest = PaddedSize(digest.size()) - written;
  for (; rest > kPiece; rest -= kPiece) {
    RETURN_IF_ERROR(push(kPiece, false));
    std::ranges::fill(piece, '\0');
  }
  RETURN_IF_ERROR(push(static_cast<std::size_t>(rest), true));
  RETURN_IF_ERROR(file.Sync());
  return digest.Done();
}

Result<WrittenDocument> ReadDocumentFile(const std::string& path, const BoxKey& key, std::uint64_t size,
                                         const std::function<Status(std::string_view)>& take) {
  const Error wrong{Errc::kCorrupt, fmt::format("the document '{}' was changed or cut short", path)};
  const File file(path, O_RDONLY | O_CLOEXEC);
  if (!file.ok()) return Failed("open", path);
  ASSIGN_OR_RETURN(const std::string header, file.Read(kHeader));
  crypto_secretstream_xchacha20poly1305_state state;
  if (header.size() != kHeader ||
      crypto_secretstream_xchacha20poly1305_init_pull(&state, Bytes(header), Bytes(key.view())) != 0)
    return wrong;
  Digest digest;
  std::string piece(kPiece, '\0');
  std::uint64_t read = 0;
  for (;;) {
    ASSIGN_OR_RETURN(const std::string box, file.Read(kPiece + kOverhead));
    unsigned char tag = 0;
    if (box.size() < kOverhead ||
        crypto_secretstream_xchacha20poly1305_pull(&state, Bytes(piece), nullptr, &tag, Bytes(box),
                                                   box.size(), nullptr, 0) != 0)
      return wrong;
    const std::size_t count = box.size() - kOverhead;
    const std::string_view contents(
        piece.data(), static_cast<std::size_t>(std::min<std::uint64_t>(count, size - std::min(size, read))));
    read += count;
    digest.Add(contents);
    if (!contents.empty()) RETURN_IF_ERROR(take(contents));
    if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) break;
  }
  ASSIGN_OR_RETURN(const std::string more, file.Read(1));
  if (!more.empty() || read != PaddedSize(size)) return wrong;
  return digest.Done();
}

std::uint64_t PaddedSize(std::uint64_t size) {
  std::uint64_t pieces = std::max<std::uint64_t>(1, (size + kPiece - 1) / kPiece);
  const auto bits = static_cast<unsigned>(std::bit_width(pieces));
  const std::uint64_t step = std::uint64_t{1} << (bits > 3 ? bits - 3 : 0);
  pieces = (pieces + step - 1) / step * step;
  return pieces * kPiece;
}

Status PutDocumentFile(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return Failed("rename", from);
  return SyncFolderOf(to);
}

Status RemoveDocumentFile(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return Failed("remove", path);
  return SyncFolderOf(path);
}

}  // namespace lawbound::ledger
