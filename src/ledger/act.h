// What is handed to the ledger, and what comes out of it again: acts with their personal fields in clear.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "ledger/matter_keys.h"
#include "store/record_store.h"
#include "tlog/entry.h"

namespace lawbound::ledger {

inline constexpr std::size_t kMaxValueBytes = std::size_t{1} << 20;  // larger things are documents
inline constexpr std::size_t kMaxRequestBytes = 200;

struct FieldValue {
  std::string name;
  std::optional<std::string> value;  // nothing when it was left empty
  bool operator==(const FieldValue&) const = default;
};

// An act to be recorded.  Facts are public for ever; what may be personal goes into fields.
struct Draft {
  std::string
      request;  // of the sender's choice, so that it may send again; empty: every sending is a new act
  std::string kind = "act";
  std::vector<tlog::Fact> facts;
  std::vector<FieldValue> fields;  // need a fact `matter`
};

// An erasure, sealing or opening of fields of an earlier entry, and who answers for it.
struct MeasureDraft {
  tlog::EntryKind kind = tlog::EntryKind::kErase;
  std::uint64_t entry = 0;
  std::vector<std::string> fields;
  base::Day day;
  std::string ground;
  std::string official;  // office or register number
};

// A draft made ready: the entry, and the encrypted openings of its fields, without the entry's number.
struct PreparedAct {
  std::string request_id;  // 32 bytes, or empty
  std::string entry;
  std::vector<store::OpeningRow> openings;
  std::optional<store::KeyRow> key;
  std::shared_ptr<const MatterKey> held;  // its key, kept while the act is on its way
};

// Salts, encrypts and encodes.  kInvalid and kLimit say what is wrong with the draft.
base::Result<PreparedAct> PrepareAct(const Draft& draft, MatterKeys& keys);
// The same for the kinds that the ledger writes itself.
base::Result<PreparedAct> PrepareOwnAct(const Draft& draft, MatterKeys& keys);
base::Result<std::string> EncodeMeasure(const MeasureDraft& draft);
std::string_view MeasureName(tlog::EntryKind kind);  // REQUIRES: erase, seal or unseal

enum class Availability : std::uint8_t {
  kHere,
  kSealed,
  kErased,
  kLost,  // neither there nor erased: damage, or a restored backup that is older than the field
};

struct StoredField {
  std::string name;
  Availability state = Availability::kLost;
  bool stored = false;
  std::optional<tlog::Opening> opening;  // when it is stored and was opened
  std::optional<std::uint64_t> by;       // the entry that sealed, opened or erased it last
};

// An entry and its fields as far as they are still there.
struct StoredAct {
  tlog::Entry entry;
  std::vector<StoredField> fields;      // one for each field of the entry, in its order
  std::vector<std::uint64_t> measures;  // later entries that erase, seal or open fields of it
};

// A later entry that erases, seals or opens fields.
struct LaterMeasure {
  std::uint64_t by = 0;
  tlog::Measure measure;
};
// Puts an entry together with its later measures, ascending, and its stored openings.  Without keys the
// openings are not opened.  kCorrupt as in ReadAct.
base::Result<StoredAct> AssembleAct(tlog::Entry entry, std::uint64_t number,
                                    std::span<const LaterMeasure> later,
                                    std::span<const store::OpeningRow> rows, MatterKeys* keys);
// What entry `by`, which the rows say is about entry `number`, does to its fields; nothing when it is a step
// of a document.  kCorrupt when it is not about that entry.
base::Result<std::optional<LaterMeasure>> ReadMeasure(store::RecordReader& reader, std::uint64_t number,
                                                      std::uint64_t by);

// The act as of the first `size` entries.  kNotFound when there is no such entry; kCorrupt when an opening
// does not fit the entry's commitment, or the rows and the entries do not agree.
base::Result<StoredAct> ReadAct(store::RecordReader& reader, MatterKeys& keys, std::uint64_t number,
                                std::uint64_t size);

// Whether the stored act is what the draft says, as far as its fields are still there.
bool IsSame(const StoredAct& stored, const Draft& draft);

}  // namespace lawbound::ledger
