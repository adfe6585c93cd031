// ZIP archives, as office programs write their documents: members are found by name and unpacked as a stream,
// so that a large one needs no memory.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lawbound::foreign {

// Bytes of which any part can be read.  One thread at a time.
class RandomBytes {
 public:
  virtual ~RandomBytes() = default;
  // Fewer than asked only at the end.
  virtual base::Result<std::size_t> ReadAt(std::uint64_t offset, std::span<char> into) const = 0;
  virtual std::uint64_t size() const = 0;
};

// kNotFound, kUnavailable.
base::Result<std::shared_ptr<const RandomBytes>> OpenBytes(const std::string& path);
// Borrows the text.
std::shared_ptr<const RandomBytes> TextBytes(std::string_view text);

struct ZipMember {
  std::string name;
  std::uint32_t flags = 0, method = 0, crc = 0, packed = 0, size = 0, header = 0;
};

// What a member holds, unpacked, from its beginning.  One thread at a time.
class MemberStream {
 public:
  virtual ~MemberStream() = default;
  // 0 means the end.  kInvalid when the archive is damaged; kLimit when what comes out is out of proportion
  // to what is packed.
  virtual base::Result<std::size_t> Read(std::span<char> into) = 0;
};

struct ZipLimits {
  std::size_t members = 10'000;
  std::uint32_t ratio = 500;                      // unpacked to packed, asked after the first 16 MiB
  std::uint64_t bytes = std::uint64_t{64} << 30;  // of one member, unpacked
};

// Immutable, copies share the bytes.
class Archive {
 public:
  // kInvalid when there is no directory, or it is damaged; kLimit with too many members.
  static base::Result<Archive> Open(std::shared_ptr<const RandomBytes> bytes, const ZipLimits& limits = {});

  const std::vector<ZipMember>& members() const { return members_; }
  // Null when there is none of this name.  Valid as long as the archive.
  const ZipMember* Find(std::string_view name) const;
  // kNotFound, kInvalid when the member is encrypted or packed in a way that we do not read.
  base::Result<std::unique_ptr<MemberStream>> Read(std::string_view name) const;
  // The whole member.  kLimit when it holds more than `most` bytes.
  base::Result<std::string> ReadWhole(std::string_view name, std::size_t most) const;

 private:
  std::shared_ptr<const RandomBytes> bytes_;
  ZipLimits limits_;
  std::vector<ZipMember> members_;
};

}  // namespace lawbound::foreign
