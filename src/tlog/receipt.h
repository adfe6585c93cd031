// Receipts: one file by which a person proves to anyone, offline, what was recorded (C2SP tlog-proof).  It
// holds a checkpoint, the entry with the proof that it is in that log, the fields that its holder chooses to
// show, and later entries that seal or erase some of them.  Grammar: docs/formats/ledger.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/checkpoint.h"
#include "tlog/entry.h"
#include "tlog/floor.h"

namespace lawbound::tlog {

inline constexpr std::size_t kMaxReceiptBytes = std::size_t{8} << 20;
inline constexpr std::size_t kMaxLaterEntries = 1000;

// The file format that other programs read too; `extra` means something to ours only, and nobody vouches for
// it.
struct LogProof {
  std::optional<std::string> extra;
  std::uint64_t index = 0;
  std::vector<Hash> proof;
  std::string checkpoint;  // a signed note
};
base::Result<LogProof> ParseLogProof(std::string_view bytes);
std::string PrintLogProof(const LogProof& proof);

// Another entry of the same log, in the tree of the same checkpoint.
struct LaterEntry {
  std::uint64_t index = 0;
  std::string entry;
  std::vector<Hash> proof;
};

struct Receipt {
  std::uint64_t index = 0;
  std::string entry;
  std::vector<Hash> proof;
  std::string checkpoint;
  std::vector<Opening> openings;      // ascending by name
  std::vector<std::string> withheld;  // names not shown on purpose; ascending
  std::vector<LaterEntry> later;      // ascending by index, all after `index`
  // The floor under which the entry was recorded, as the log states it: an earlier entry of kind `floor`.
  std::optional<LaterEntry> floor;
};

// kInvalid when malformed, kLimit when longer than kMaxReceiptBytes or with more later entries than
// kMaxLaterEntries. Nothing of it may be believed yet.
base::Result<Receipt> ParseReceipt(std::string_view bytes);
std::string PrintReceipt(const Receipt& receipt);

enum class FieldState : std::uint8_t {
  kShown,     // the value is here and is what was recorded
  kEmpty,     // shown to have been left empty
  kWithheld,  // whoever gave the receipt says that it is not shown
  kSealed,    // a later entry closed it
  kErased,    // a later entry records its destruction
  kMissing,   // recorded, but the receipt neither shows it nor says why not
};
std::string_view FieldStateName(FieldState state);

struct FieldReport {
  std::string name;
  FieldState state = FieldState::kMissing;
  std::optional<std::string> value;  // when shown
  std::optional<std::uint64_t>
      by;  // the later entry that sealed or erased it, also when it is shown all the same
};

struct LaterReport {
  std::uint64_t index = 0;
  Entry entry;
};

// What a receipt proves.
struct ReceiptReport {
  std::uint64_t index = 0;
  Entry entry;
  std::vector<FieldReport> fields;  // one for each field of the entry, in its order
  std::vector<LaterReport> later;
  std::optional<FloorStatement> floor;

  bool IsComplete() const;  // no field is missing
};

// REQUIRES: `checkpoint` was opened from the receipt's own bytes.
// kInvalid when the entry or a later one is malformed, the receipt names fields that the entry has not, or a
// later entry is not about it, or its floor is not an earlier statement of one; kCorrupt when a proof or a
// shown value does not verify.
base::Result<ReceiptReport> VerifyReceipt(const Receipt& receipt, const SignedCheckpoint& checkpoint);

// Whether bytes are the document that a verified receipt is about: an entry of kind `document` commits to the
// SHA-256 of what was taken, in its field `digest`.
enum class DocumentMatch : std::uint8_t {
  kSame,
  kAnother,
  kNotShown,    // the receipt is of a document and does not show its digest
  kNoDocument,  // the receipt is of no document
};
DocumentMatch MatchDocument(const ReceiptReport& report, std::string_view bytes);

}  // namespace lawbound::tlog
