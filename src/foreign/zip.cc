// A ZIP archive is read from its end: the end record names the central directory, that names the members.
// Members are stored or deflated; nothing else is in use for office documents, and none of them needs the
// records for archives above 4 GB.
#include "foreign/zip.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <zlib.h>

namespace lawbound::foreign {

using base::Errc;
using base::Error;
using base::Result;

namespace {

Error Damaged(std::string_view what) {
  return {Errc::kInvalid, fmt::format("the archive is damaged: {}", what)};
}

class FileBytes final : public RandomBytes {
 public:
  FileBytes(int descriptor, std::uint64_t size, std::string name)
      : descriptor_(descriptor), size_(size), name_(std::move(name)) {}
  ~FileBytes() override { ::close(descriptor_); }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<char> into) const override {
    std::size_t done = 0;
    while (done < into.size()) {
      const ssize_t n =
          ::pread(descriptor_, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
      if (n == 0) break;
      if (n > 0) done += static_cast<std::size_t>(n);
      if (n < 0 && errno != EINTR)
        return Error{Errc::kUnavailable, fmt::format("cannot read '{}': {}", name_, std::strerror(errno))};
    }
    return done;
  }
  std::uint64_t size() const override { return size_; }

 private:
  int descriptor_;
  std::uint64_t size_;
  std::string name_;
};

class BorrowedBytes final : public RandomBytes {
 public:
  explicit BorrowedBytes(std::string_view text) : text_(text) {}
  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<char> into) const override {
    if (offset >= text_.size()) return std::size_t{0};
    return text_.copy(into.data(), into.size(), static_cast<std::size_t>(offset));
  }
  std::uint64_t size() const override { return text_.size(); }

 private:
  std::string_view text_;
};

// Little-endian numbers; REQUIRES: they are within.
std::uint32_t Number(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t out = 0;
  for (std::size_t i = count; i-- > 0;) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

// So many bytes, or "damaged".
Result<std::string> Take(const RandomBytes& bytes, std::uint64_t offset, std::size_t count,
                         std::string_view what) {
  if (offset > bytes.size() || count > bytes.size() - offset) return Damaged(what);
  std::string out(count, '\0');
  ASSIGN_OR_RETURN(const std::size_t got, bytes.ReadAt(offset, out));
  if (got != count) return Damaged(what);
  return out;
}

class Unpacked final : public MemberStream {
 public:
  Unpacked(std::shared_ptr<const RandomBytes> bytes, const ZipMember& member, std::uint64_t begin,
           const ZipLimits& limits)
      : bytes_(std::move(bytes)), member_(member), at_(begin), end_(begin + member.packed), limits_(limits) {
    if (member_.method == 8) CHECK(inflateInit2(&stream_, -MAX_WBITS) == Z_OK);
  }
  ~Unpacked() override {
    if (member_.method == 8) inflateEnd(&stream_);
  }
  Unpacked(const Unpacked&) = delete;
  Unpacked& operator=(const Unpacked&) = delete;

  Result<std::size_t> Read(std::span<char> into) override {
    if (into.empty() || ended_) return std::size_t{0};
    Result<std::size_t> got = member_.method == 8 ? Inflate(into) : Copy(into);
    if (!got.ok()) return got;
    total_ += got.value();
    crc_ = crc32(crc_, reinterpret_cast<const Bytef*>(into.data()), static_cast<uInt>(got.value()));
    if (total_ > limits_.bytes)
      return Error{Errc::kLimit, fmt::format("'{}' holds more than {} bytes", member_.name, limits_.bytes)};
    if (total_ > (std::uint64_t{16} << 20) && total_ / limits_.ratio > member_.packed) {
      return Error{Errc::kLimit,
                   fmt::format("'{}' unpacks to more than {} times its size: this is no document",
                               member_.name, limits_.ratio)};
    }
    if (got.value() < into.size() || ended_) {
      ended_ = true;
      if (total_ != member_.size) return Damaged("a member does not inflate to the size it names");
      if (crc_ != member_.crc) return Damaged("a member's checksum is not that of its bytes");
    }
    return got;
  }

 private:
  Result<std::size_t> Copy(std::span<char> into) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), end_ - at_));
    ASSIGN_OR_RETURN(const std::size_t got, bytes_->ReadAt(at_, into.first(wanted)));
    at_ += got;
    ended_ = at_ == end_ || got < wanted;
    return got;
  }

  Result<std::size_t> Inflate(std::span<char> into) {
    stream_.next_out = reinterpret_cast<Bytef*>(into.data());
    stream_.avail_out = static_cast<uInt>(into.size());
    while (stream_.avail_out > 0 && !ended_) {
      if (stream_.avail_in == 0 && at_ < end_) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(input_.size(), end_ - at_));
        ASSIGN_OR_RETURN(const std::size_t got, bytes_->ReadAt(at_, std::span(input_).first(wanted)));
        if (got == 0) return Damaged("a member is cut off");
        at_ += got;
        stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
        stream_.avail_in = static_cast<uInt>(got);
      }
      const int code = inflate(&stream_, Z_NO_FLUSH);
      if (code == Z_STREAM_END) {
        ended_ = true;
      } else if (code != Z_OK) {
        return Damaged("a member does not inflate to the size it names");
      }
    }
    return into.size() - stream_.avail_out;
  }

  std::shared_ptr<const RandomBytes> bytes_;
  ZipMember member_;
  std::uint64_t at_, end_, total_ = 0;
  ZipLimits limits_;
  uLong crc_ = 0;
  bool ended_ = false;
  z_stream stream_{};
  std::vector<char> input_ = std::vector<char>(std::size_t{64} << 10);
};

}  // namespace

Result<std::shared_ptr<const RandomBytes>> OpenBytes(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const Errc code = errno == ENOENT ? Errc::kNotFound : Errc::kUnavailable;
    return Error{code, fmt::format("cannot open '{}': {}", path, std::strerror(errno))};
  }
  struct stat about {};
  if (::fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) {
    ::close(descriptor);
    return Error{Errc::kUnavailable, fmt::format("'{}' is no file", path)};
  }
  return std::shared_ptr<const RandomBytes>(
      std::make_shared<FileBytes>(descriptor, static_cast<std::uint64_t>(about.st_size), path));
}

std::shared_ptr<const RandomBytes> TextBytes(std::string_view text) {
  return std::make_shared<BorrowedBytes>(text);
}

Result<Archive> Archive::Open(std::shared_ptr<const RandomBytes> bytes, const ZipLimits& limits) {
  constexpr std::size_t kEndBytes = 22, kEntryBytes = 46, kLongestComment = 0xFFFF;
  constexpr std::string_view kEnd = "PK\x05\x06", kEntry = "PK\x01\x02";
  Archive out;
  out.bytes_ = std::move(bytes);
  out.limits_ = limits;
  const std::uint64_t size = out.bytes_->size();
  const std::uint64_t tail = std::min<std::uint64_t>(size, kEndBytes + kLongestComment);
  ASSIGN_OR_RETURN(const std::string last,
                   Take(*out.bytes_, size - tail, static_cast<std::size_t>(tail), "its end"));
  const std::size_t end = last.rfind(kEnd);
  if (end == std::string::npos || end + kEndBytes > last.size()) return Damaged("it has no directory");
  const std::uint32_t count = Number(last, end + 10, 2);
  if (count > limits.members)
    return Error{Errc::kLimit, fmt::format("the archive has more than {} members", limits.members)};
  const std::uint32_t directory_size = Number(last, end + 12, 4), begin = Number(last, end + 16, 4);
  constexpr std::uint32_t kLargestDirectory = 16U << 20;
  if (directory_size > kLargestDirectory) return Damaged("its directory");
  ASSIGN_OR_RETURN(const std::string directory, Take(*out.bytes_, begin, directory_size, "its directory"));
  std::size_t at = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (at + kEntryBytes > directory.size() || directory.compare(at, 4, kEntry) != 0)
      return Damaged("its directory");
    const std::size_t name_bytes = Number(directory, at + 28, 2);
    const std::size_t more = Number(directory, at + 30, 2) + Number(directory, at + 32, 2);
    if (at + kEntryBytes + name_bytes > directory.size()) return Damaged("its directory");
    out.members_.push_back({.name = directory.substr(at + kEntryBytes, name_bytes),
                            .flags = Number(directory, at + 8, 2),
                            .method = Number(directory, at + 10, 2),
                            .crc = Number(directory, at + 16, 4),
                            .packed = Number(directory, at + 20, 4),
                            .size = Number(directory, at + 24, 4),
                            .header = Number(directory, at + 42, 4)});
    at += kEntryBytes + name_bytes + more;
  }
  return out;
}

const ZipMember* Archive::Find(std::string_view name) const {
  const auto found = std::find_if(members_.begin(), members_.end(),
                                  [&](const ZipMember& member) { return member.name == name; });
  return found == members_.end() ? nullptr : &*found;
}

Result<std::unique_ptr<MemberStream>> Archive::Read(std::string_view name) const {
  constexpr std::size_t kHeaderBytes = 30;
  constexpr std::string_view kHeader = "PK\x03\x04";
  const ZipMember* member = Find(name);
  if (member == nullptr) return Error{Errc::kNotFound, fmt::format("the archive has no '{}'", name)};
  if ((member->flags & 1U) != 0) return Error{Errc::kInvalid, "the document is encrypted"};
  if (member->method != 0 && member->method != 8) return Damaged("a member is packed in an unknown way");
  ASSIGN_OR_RETURN(const std::string head, Take(*bytes_, member->header, kHeaderBytes, "a member"));
  if (!head.starts_with(kHeader)) return Damaged("a member");
  const std::uint64_t begin =
      std::uint64_t{member->header} + kHeaderBytes + Number(head, 26, 2) + Number(head, 28, 2);
  if (begin > bytes_->size() || member->packed > bytes_->size() - begin)
    return Damaged("a member is cut off");
  return std::unique_ptr<MemberStream>(std::make_unique<Unpacked>(bytes_, *member, begin, limits_));
}

Result<std::string> Archive::ReadWhole(std::string_view name, std::size_t most) const {
  const ZipMember* member = Find(name);
  if (member != nullptr && member->size > most)
    return Error{Errc::kLimit, fmt::format("'{}' holds more than {} bytes", name, most)};
  ASSIGN_OR_RETURN(const std::unique_ptr<MemberStream> stream, Read(name));
  constexpr std::size_t kPiece = std::size_t{64} << 10;
  std::string out;
  for (;;) {
    const std::size_t had = out.size();
    if (had > most) return Damaged("a member does not inflate to the size it names");
    out.resize(had + kPiece);
    ASSIGN_OR_RETURN(const std::size_t got, stream->Read(std::span(out).subspan(had)));
    out.resize(had + got);
    if (got == 0) return out;
  }
}

}  // namespace lawbound::foreign
