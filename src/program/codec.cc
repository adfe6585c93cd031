#include "program/codec.h"

#include <array>
#include <cstddef>
#include <fmt/format.h>
#include <type_traits>
#include <utility>
#include <vector>

#include "program/cells.h"
#include "program/verify.h"

namespace lawbound::program {
namespace {

using base::Errc;
using base::Error;

constexpr std::size_t kChecksumSize = 8;

constexpr std::array<std::uint64_t, 256> CrcTable() {
  std::array<std::uint64_t, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    std::uint64_t value = static_cast<std::uint64_t>(i) << 56;
    for (int bit = 0; bit < 8; ++bit) value = (value << 1) ^ ((value >> 63) != 0 ? 0x42f0e1eba9ea3693u : 0u);
    table[i] = value;
  }
  return table;
}
constexpr std::array<std::uint64_t, 256> kCrcTable = CrcTable();

// Writes cells, least significant byte first.
class Writer {
 public:
  template <typename T>
  void operator()(std::string_view, const Id<T>& id) {
    Put(id.value);
  }
  template <typename T>
  void operator()(std::string_view, const Range<T>& range) {
    Put(range.first), Put(range.count);
  }
  void operator()(std::string_view, const Day& day) { Put(day.number); }
  void operator()(std::string_view, const bool& flag) { Put(static_cast<std::uint8_t>(flag ? 1 : 0)); }
  void operator()(std::string_view, const std::string& text) {
    Put(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }
  template <typename E>
  requires std::is_enum_v<E>
  void operator()(std::string_view, const E& value) { Put(static_cast<std::underlying_type_t<E>>(value)); }
  template <typename I>
  requires std::is_integral_v<I>
  void operator()(std::string_view, const I& value) { Put(value); }

  template <typename Row>
  void operator()(std::string_view, const std::vector<Row>& table) {
    Put(static_cast<std::uint32_t>(table.size()));
    for (const Row& row : table) Cells(row, *this);
  }

  template <typename I>
  void Put(I value) {
    const auto bits = static_cast<std::make_unsigned_t<I>>(value);
    char bytes[sizeof(I)];
    for (std::size_t i = 0; i < sizeof(I); ++i) bytes[i] = static_cast<char>((bits >> (8 * i)) & 0xffu);
    bytes_.append(bytes, sizeof(I));
  }

  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_ = std::string(kMagic);
};

// Reads cells.  After the first failure every cell reads as it was made, and error() says what was wrong.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  void operator()(std::string_view, Id<T>& id) {
    Get(id.value);
  }
  template <typename T>
  void operator()(std::string_view, Range<T>& range) {
    Get(range.first), Get(range.count);
  }
  void operator()(std::string_view, Day& day) { Get(day.number); }
  void operator()(std::string_view name, bool& flag) {
    std::uint8_t value = 0;
    Get(value);
    if (value > 1) Fail(fmt::format("cell '{}' of table '{}' is neither 0 nor 1", name, table_));
    flag = value == 1;
  }
  void operator()(std::string_view, std::string& text) {
    std::uint32_t size = 0;
    Get(size);
    if (size > bytes_.size()) return Fail(fmt::format("a text of table '{}' is cut short", table_));
    text = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
  }
  template <typename E>
  requires std::is_enum_v<E>
  void operator()(std::string_view, E& value) {
    std::underlying_type_t<E> number = 0;
    Get(number);
    value = static_cast<E>(number);
  }
  template <typename I>
  requires std::is_integral_v<I>
  void operator()(std::string_view, I& value) { Get(value); }

  template <typename Row>
  void operator()(std::string_view name, std::vector<Row>& table) {
    table_ = name;
    std::uint32_t count = 0;
    Get(count);
    // Asked before anything is reserved: a count cannot make us allocate more than the bytes could fill.
    if (count > kMaxRows || count > bytes_.size() / SizeOf<Row>()) {
      return Fail(fmt::format("table '{}' claims {} rows, more than there can be", name, count));
    }
    table.resize(count);
    for (Row& row : table) {
      Cells(row, *this);
      if (failed()) return;
    }
  }

  template <typename I>
  void Get(I& value) {
    if (sizeof(I) > bytes_.size()) return Fail(fmt::format("cut short in table '{}'", table_));
    std::make_unsigned_t<I> bits = 0;
    for (std::size_t i = 0; i < sizeof(I); ++i) {
      const auto byte = static_cast<unsigned char>(bytes_[i]);
      bits =
          static_cast<std::make_unsigned_t<I>>(bits | static_cast<std::make_unsigned_t<I>>(byte) << (8 * i));
    }
    value = static_cast<I>(bits);
    bytes_.remove_prefix(sizeof(I));
  }

  bool failed() const { return !error_.empty(); }
  const std::string& error() const { return error_; }
  std::size_t left() const { return bytes_.size(); }

 private:
  // The fewest bytes that a row takes.
  template <typename Row>
  static std::size_t SizeOf() {
    static const std::size_t size = [] {
      Writer writer;
      const std::size_t before = writer.bytes().size();
      const Row row{};
      Cells(row, writer);
      return writer.bytes().size() - before;
    }();
    return size;
  }

  void Fail(std::string error) {
    if (!failed()) error_ = std::move(error);
    bytes_ = {};
  }

  std::string_view bytes_;
  std::string_view table_ = "header";
  std::string error_;
};

}  // namespace

std::uint64_t Checksum(std::string_view bytes) {
  std::uint64_t sum = 0;
  for (const char c : bytes)
    sum = (sum << 8) ^ kCrcTable[((sum >> 56) ^ static_cast<unsigned char>(c)) & 0xffu];
  return sum;
}

std::string Encode(const Program& program) {
  Writer writer;
  writer.Put(Program::kVersion);
  Header(program, writer);
  Tables(program, writer);
  writer.Put(Checksum(writer.bytes()));
  return std::move(writer.bytes());
}

base::Result<Program> Decode(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return Error{Errc::kCorrupt, "not a compiled pack"};
  if (bytes.size() < kMagic.size() + kChecksumSize) return Error{Errc::kCorrupt, "compiled pack: cut short"};
  const std::string_view body = bytes.substr(0, bytes.size() - kChecksumSize);
  std::uint64_t sum = 0;
  Reader(bytes.substr(body.size())).Get(sum);
  if (sum != Checksum(body))
    return Error{Errc::kCorrupt, "compiled pack: damaged: the checksum does not agree"};

  Reader reader(body.substr(kMagic.size()));
  std::uint32_t version = 0;
  reader.Get(version);
  if (!reader.failed() && version != Program::kVersion) {
    return Error{Errc::kCorrupt,
                 fmt::format("compiled pack: version {}, this program reads {}", version, Program::kVersion)};
  }
  Program program;
  Header(program, reader);
  Tables(program, reader);
  if (reader.failed()) return Error{Errc::kCorrupt, "compiled pack: " + reader.error()};
  if (reader.left() != 0)
    return Error{Errc::kCorrupt, fmt::format("compiled pack: {} bytes too many", reader.left())};
  RETURN_IF_ERROR(Verify(program));
  return program;
}

std::uint64_t Hash(const Program& program) {
  const std::string bytes = Encode(program);
  return Checksum(std::string_view(bytes).substr(0, bytes.size() - kChecksumSize));
}

}  // namespace lawbound::program
