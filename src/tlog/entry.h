// Entries of the log: what everybody may read, and commitments to what not everybody may.
//
// An entry states facts in the clear (kind of act, day, matter, office, hash of the pack, verdict) and, for
// each field that may hold personal text, only a commitment: the hash of a salt of its own, the field's name
// and its value.  Whoever holds salt and value can show them (an Opening); whoever destroys the salt leaves a
// hash of nothing anyone can guess. Every field that the act has is committed to, also one that was left
// empty, so the list of names says nothing about the person.
//
// An entry is text, and has one spelling: docs/formats/ledger.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/hash.h"

namespace lawbound::tlog {

inline constexpr std::size_t kMaxEntryBytes = 65535;  // C2SP tlog-tiles writes the length in two bytes

using Salt = std::array<std::uint8_t, 32>;
// A fresh one, from the operating system's random source.
Salt NewSalt();

// What a field holds, and the salt that proves it.
struct Opening {
  std::string name;
  Salt salt{};
  std::optional<std::string> value;  // any bytes; nothing when the field was left empty

  bool operator==(const Opening&) const = default;
};

// SHA-256("lawbound-field/v1" LF salt name LF ("=" value | "-")).
Hash Commitment(const Opening& opening);

struct Fact {
  std::string name;
  std::string value;  // one plain line, not empty, at most 1,000 bytes
  bool operator==(const Fact&) const = default;
};

struct Field {
  std::string name;
  Hash commitment;
  bool operator==(const Field&) const = default;
};

// What this program knows of an entry's kind; the facts each must state are in entry.cc.
enum class EntryKind : std::uint8_t {
  kAct,     // an act of a matter
  kErase,   // fields of an earlier entry were destroyed
  kSeal,    // fields of an earlier entry are closed to everyone
  kUnseal,  // and opened again
  kFloor,   // what the program refuses, day by day
  kOther,   // a kind of a later version
};

struct Entry {
  std::string kind;
  std::vector<Fact> facts;    // ascending by name, no name twice
  std::vector<Field> fields;  // ascending by name, no name twice

  // Null when the entry does not state it.  Lives as long as the entry.
  const std::string* FindFact(std::string_view name) const;
  const Field* FindField(std::string_view name) const;
};

EntryKind KindOf(const Entry& entry);

// kInvalid when the bytes are not an entry in its one spelling, or facts that its kind must state are not
// there or not what they should be; kLimit when longer than kMaxEntryBytes.
base::Result<Entry> ParseEntry(std::string_view bytes);
// Sorts facts and fields.  Fails as ParseEntry would on what would be written.
base::Result<std::string> EncodeEntry(Entry entry);

// What an entry of kind erase, seal or unseal says about an earlier one.
struct Measure {
  EntryKind kind = EntryKind::kErase;
  std::uint64_t entry = 0;          // index of the earlier entry
  std::vector<std::string> fields;  // ascending, no name twice, not empty
};
// Nothing when the entry is of another kind.
std::optional<Measure> MeasureOf(const Entry& entry);

}  // namespace lawbound::tlog
