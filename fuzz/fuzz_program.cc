// Compiled packs from anywhere: bytes are refused, or are a valid program that is written back as it was read
// and can be shown.  The mutator changes cells of tables and seals the result with the right checksum, so
// that what is tried is the verifier, not the checksum.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/check.h"
#include "program/cells.h"
#include "program/codec.h"
#include "program/listing.h"
#include "program/sample_program_for_test.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace lawbound::program {
namespace {

std::string_view View(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Gives one cell another value: near the old one, small, or at an end of its type.
class CellChanger {
 public:
  CellChanger(std::size_t target, std::mt19937& random) : target_(target), random_(random) {}

  template <typename T>
  void operator()(std::string_view, T& cell) {
    if (seen_++ == target_) Change(cell);
  }

 private:
  template <typename I>
  I Other(I old) {
    switch (random_() % 5) {
      case 0:
        return static_cast<I>(old + 1);
      case 1:
        return static_cast<I>(old - 1);
      case 2:
        return std::numeric_limits<I>::max();
      case 3:
        return static_cast<I>(random_());
      default:
        return static_cast<I>(random_() % 16);
    }
  }

  template <typename T>
  void Change(Id<T>& id) {
    id.value = Other(id.value);
  }
  template <typename T>
  void Change(Range<T>& range) {
    std::uint32_t& half = random_() % 2 == 0 ? range.first : range.count;
    half = Other(half);
  }
  void Change(Day& day) { day.number = Other(day.number); }
  void Change(bool& flag) { flag = !flag; }
  void Change(std::string& text) { text.resize(random_() % 8, static_cast<char>(random_())); }
  template <typename T>
  void Change(T& value) {
    if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(random_() % (kValuesOf<T> + 1u));
    } else {
      value = static_cast<T>(Other(static_cast<std::make_unsigned_t<T>>(value)));
    }
  }

  std::size_t target_;
  std::size_t seen_ = 0;
  std::mt19937& random_;
};

// Repeats or takes away a row at the end of a table.
void ChangeRows(Program& program, std::mt19937& random) {
  std::size_t left = random() % 30;
  Tables(program, [&](std::string_view, auto& table) {
    if (left-- != 0 || table.empty()) return;
    if (random() % 2 == 0) {
      const auto row = table[random() % table.size()];
      table.push_back(row);
    } else {
      table.pop_back();
    }
  });
}

std::string Mutated(std::string_view bytes, unsigned seed) {
  std::mt19937 random(seed);
  auto read = Decode(bytes);
  Program program = read.ok() ? std::move(read).value() : SampleProgram();
  const auto every_cell = [&](auto&& visit) {
    Header(program, visit);
    Tables(program, [&](std::string_view, auto& table) {
      for (auto& row : table) Cells(row, visit);
    });
  };
  const std::size_t changes = 1 + random() % 3;
  std::size_t cells = 0;
  for (std::size_t change = 0; change < changes; ++change) {
    if (random() % 8 == 0) {
      ChangeRows(program, random);
      cells = 0;
      continue;
    }
    if (cells == 0) every_cell([&](std::string_view, const auto&) { ++cells; });
    every_cell(CellChanger(random() % cells, random));
  }
  return Encode(program);
}

}  // namespace
}  // namespace lawbound::program

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  if (seed % 8 == 0) return LLVMFuzzerMutate(data, size, max_size);
  const std::string bytes = lawbound::program::Mutated(lawbound::program::View(data, size), seed);
  if (bytes.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, bytes.data(), bytes.size());
  return bytes.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace program = lawbound::program;
  const std::string_view bytes = program::View(data, size);
  const auto read = program::Decode(bytes);
  if (!read.ok()) return 0;
  CHECK(program::Encode(read.value()) == bytes);
  // Showing takes ten times as long as reading, and finds less: a sixteenth of the programs are shown.
  if (program::Checksum(bytes) % 16 == 0) CHECK(!program::Listing(read.value()).empty());
  return 0;
}
