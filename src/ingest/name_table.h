// Small tables from names to rows: for each of millions of attributes, "is it one of the dozen that the
// mapping reads?". The hash looks at the length and the ends of a name only; a name that may be in the table
// is then compared whole.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace lawbound::ingest {

// Finds rows of a list of names that someone else keeps.
class RowIndex {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;

  std::uint32_t Find(std::string_view name, const std::vector<std::string>& names) const {
    for (std::size_t at = Hash(name) & mask_;; at = (at + 1) & mask_) {
      const std::uint32_t row = slots_[at];
      if (row == kNone) return kNone;
      const std::string& held = names[row];
      if (held.size() == name.size() && std::memcmp(held.data(), name.data(), name.size()) == 0) return row;
    }
  }

  // REQUIRES: names[row] is not in the index.
  void Add(std::uint32_t row, const std::vector<std::string>& names) {
    if (++used_ * 2 > slots_.size()) {
      std::vector<std::uint32_t> old(slots_.size() * 2, kNone);
      old.swap(slots_);
      mask_ = slots_.size() - 1;
      for (const std::uint32_t held : old) {
        if (held != kNone) Place(held, names[held]);
      }
    }
    Place(row, names[row]);
  }

  void Clear() {
    if (used_ == 0) return;
    slots_.assign(kFirstSlots, kNone);
    mask_ = kFirstSlots - 1;
    used_ = 0;
  }

 private:
  static constexpr std::size_t kFirstSlots = 128;

  static std::uint64_t Hash(std::string_view name) {
    std::uint64_t head = 0, tail = 0;
    if (name.size() >= 8) {
      std::memcpy(&head, name.data(), 8);
      std::memcpy(&tail, name.data() + name.size() - 8, 8);
    } else {
      for (const char c : name) head = head << 8 | static_cast<unsigned char>(c);
    }
    std::uint64_t h = (head ^ (tail * 0x9e3779b97f4a7c15u) ^ name.size()) * 0xff51afd7ed558ccdu;
    return h ^ (h >> 32);
  }
  void Place(std::uint32_t row, std::string_view name) {
    std::size_t at = Hash(name) & mask_;
    while (slots_[at] != kNone) at = (at + 1) & mask_;
    slots_[at] = row;
  }

  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(kFirstSlots, kNone);
  std::size_t mask_ = kFirstSlots - 1;
  std::size_t used_ = 0;
};

// Keeps its names.  Made once and then only asked; safe to share between threads.
class NameTable {
 public:
  static constexpr std::uint32_t kNone = RowIndex::kNone;

  // The row of a name: that of its first adding.
  std::uint32_t Add(std::string_view name) {
    if (const std::uint32_t found = Find(name); found != kNone) return found;
    names_.emplace_back(name);
    const auto row = static_cast<std::uint32_t>(names_.size() - 1);
    index_.Add(row, names_);
    return row;
  }
  std::uint32_t Find(std::string_view name) const { return index_.Find(name, names_); }
  const std::string& name(std::uint32_t row) const { return names_[row]; }
  std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  RowIndex index_;
};

}  // namespace lawbound::ingest
