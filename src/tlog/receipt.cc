// file  = "c2sp.org/tlog-proof@v1" LF ["extra " base64 LF] "index " count LF *63(hash LF) LF note
// extra = "lawbound-receipt/v1" LF "entry " base64 LF *(open / none) *("withheld " name LF) *1000later
// [floor] open  = "open " name " " salt " " base64 LF           ; a value none  = "none " name " " salt LF ;
// the field was left empty later = "later " count " " base64 " " base64 LF       ; index, entry, hashes of
// its proof one after the other floor = "floor " count " " base64 " " base64 LF       ; the same, of an
// earlier entry
#include "tlog/receipt.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <utility>

#include "tlog/encoding.h"

namespace lawbound::tlog {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::string_view kProofLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kReceiptLine = "lawbound-receipt/v1";

Error NotProof(std::string_view what) { return {Errc::kInvalid, fmt::format("not a receipt: {}", what)}; }

std::string_view SaltView(const Salt& salt) {
  return {reinterpret_cast<const char*>(salt.data()), salt.size()};
}

Status ParseOpening(std::string_view rest, bool has_value, std::vector<Opening>& openings) {
  Opening out;
  out.name = NextWord(rest);
  if (!IsName(out.name)) return NotProof("it shows a field without a name");
  if (!openings.empty() && openings.back().name >= out.name)
    return NotProof("the fields it shows are out of order");
  const std::string_view salt_text = rest.substr(0, 44);
  const std::optional<Hash> salt = ParseHash(salt_text);
  if (!salt) return NotProof(fmt::format("the salt of '{}' is not 32 bytes", out.name));
  out.salt = salt->bytes;
  rest.remove_prefix(salt_text.size());
  if (has_value) {
    if (!Consume(rest, " ")) return NotProof(fmt::format("'{}' is shown without a value", out.name));
    out.value = DecodeBase64(rest);
    if (!out.value) return NotProof(fmt::format("the value of '{}' is not base64", out.name));
  } else if (!rest.empty()) {
    return NotProof(fmt::format("'{}' is shown to be empty and has a value", out.name));
  }
  openings.push_back(std::move(out));
  return base::Ok();
}

Status ParseWithheld(std::string_view name, std::vector<std::string>& withheld) {
  if (!IsName(name)) return NotProof("it withholds a field without a name");
  if (!withheld.empty() && withheld.back() >= name)
    return NotProof("the fields it withholds are out of order");
  withheld.emplace_back(name);
  return base::Ok();
}

// An entry that is not the receipt's own: its number, its bytes, its proof.
Result<LaterEntry> ParseOther(std::string_view rest) {
  LaterEntry out;
  const std::optional<std::uint64_t> index = ParseCount(NextWord(rest));
  if (!index) return NotProof("a further entry has no index");
  out.index = *index;
  const std::optional<std::string> entry = DecodeBase64(NextWord(rest));
  const std::optional<std::string> hashes = DecodeBase64(rest);
  if (!entry || !hashes) return NotProof("a further entry is not base64");
  if (hashes->size() % 32 != 0 || hashes->size() / 32 > kMaxProofLength) {
    return NotProof("the proof of a further entry is not 0 to 63 hashes");
  }
  out.entry = *entry;
  for (std::size_t at = 0; at < hashes->size(); at += 32) {
    out.proof.push_back(*HashFromBytes(std::string_view(*hashes).substr(at, 32)));
  }
  return out;
}

Status ParseLater(std::string_view rest, std::vector<LaterEntry>& later) {
  if (later.size() == kMaxLaterEntries)
    return Error{Errc::kLimit, "a receipt has at most 1,000 later entries"};
  ASSIGN_OR_RETURN(LaterEntry out, ParseOther(rest));
  if (!later.empty() && later.back().index >= out.index)
    return NotProof("its later entries are out of order");
  later.push_back(std::move(out));
  return base::Ok();
}

// The lines of `extra` in their order: openings, then withheld, then later, then the floor.
Status ParseExtra(std::string_view text, Receipt& out) {
  if (NextLine(text) != kReceiptLine)
    return NotProof(fmt::format("its extra data does not begin with '{}'", kReceiptLine));
  std::optional<std::string_view> line = NextLine(text);
  if (!line || !Consume(*line, "entry ")) return NotProof("its extra data has no entry");
  const std::optional<std::string> entry = DecodeBase64(*line);
  if (!entry) return NotProof("its entry is not base64");
  out.entry = *entry;
  while ((line = NextLine(text))) {
    if (out.floor) return NotProof("a line of its extra data follows the floor");
    const bool may_open = out.withheld.empty() && out.later.empty();
    if (may_open && Consume(*line, "open ")) {
      RETURN_IF_ERROR(ParseOpening(*line, true, out.openings));
    } else if (may_open && Consume(*line, "none ")) {
      RETURN_IF_ERROR(ParseOpening(*line, false, out.openings));
    } else if (out.later.empty() && Consume(*line, "withheld ")) {
      RETURN_IF_ERROR(ParseWithheld(*line, out.withheld));
    } else if (Consume(*line, "later ")) {
      RETURN_IF_ERROR(ParseLater(*line, out.later));
    } else if (Consume(*line, "floor ")) {
      ASSIGN_OR_RETURN(out.floor, ParseOther(*line));
    } else {
      return NotProof("a line of its extra data is unknown or out of order");
    }
  }
  if (!text.empty()) return NotProof("the last line of its extra data is not ended");
  return base::Ok();
}

std::string PrintOther(std::string_view word, const LaterEntry& entry) {
  std::string hashes;
  for (const Hash& hash : entry.proof) hashes += hash.view();
  return fmt::format("{} {} {} {}\n", word, entry.index, EncodeBase64(entry.entry), EncodeBase64(hashes));
}

std::string PrintExtra(const Receipt& receipt) {
  std::string out = fmt::format("{}\nentry {}\n", kReceiptLine, EncodeBase64(receipt.entry));
  for (const Opening& opening : receipt.openings) {
    const std::string salt = EncodeBase64(SaltView(opening.salt));
    out += opening.value ? fmt::format("open {} {} {}\n", opening.name, salt, EncodeBase64(*opening.value))
                         : fmt::format("none {} {}\n", opening.name, salt);
  }
  for (const std::string& name : receipt.withheld) out += fmt::format("withheld {}\n", name);
  for (const LaterEntry& later : receipt.later) out += PrintOther("later", later);
  if (receipt.floor) out += PrintOther("floor", *receipt.floor);
  return out;
}

std::string HexOf(const Hash& hash) {
  std::string out;
  for (const std::uint8_t byte : hash.bytes) out += fmt::format("{:02x}", byte);
  return out;
}

FieldReport* FindReport(std::vector<FieldReport>& fields, std::string_view name) {
  const auto at = std::ranges::find(fields, name, &FieldReport::name);
  return at == fields.end() ? nullptr : &*at;
}

Error NoSuchField(std::string_view name) {
  return {Errc::kInvalid,
          fmt::format("the receipt speaks of a field '{}' that the entry does not have", name)};
}

// Later entries first: a field that was erased can still be shown by someone who kept it.
Status ApplyLater(const Receipt& receipt, const TreeHead& tree, ReceiptReport& out) {
  for (const LaterEntry& later : receipt.later) {
    ASSIGN_OR_RETURN(Entry entry, ParseEntry(later.entry));
    const std::optional<Measure> measure = MeasureOf(entry);
    if (!measure || measure->entry != receipt.index || later.index <= receipt.index) {
      return Error{Errc::kInvalid,
                   fmt::format("entry {} is not a later one about entry {}", later.index, receipt.index)};
    }
    if (Status status =
            VerifyInclusion(LeafHash(later.entry), later.index, tree.size, later.proof, tree.root);
        !status.ok()) {
      return std::move(status).error().With(fmt::format("entry {}", later.index));
    }
    for (const std::string& name : measure->fields) {
      FieldReport* field = FindReport(out.fields, name);
      if (field == nullptr) return NoSuchField(name);
      if (field->state == FieldState::kErased) continue;
      const bool opens = measure->kind == EntryKind::kUnseal;
      field->state = opens ? FieldState::kMissing
                           : (measure->kind == EntryKind::kErase ? FieldState::kErased : FieldState::kSealed);
      field->by = opens ? std::nullopt : std::optional(later.index);
    }
    out.later.push_back({later.index, std::move(entry)});
  }
  return base::Ok();
}

// What a receipt shows as its floor is a statement of one, in the log before the act.
Status ApplyFloor(const Receipt& receipt, const TreeHead& tree, ReceiptReport& out) {
  if (!receipt.floor) return base::Ok();
  const LaterEntry& shown = *receipt.floor;
  ASSIGN_OR_RETURN(const Entry entry, ParseEntry(shown.entry));
  out.floor = FloorOf(entry, shown.index);
  if (!out.floor || shown.index >= receipt.index) {
    return Error{Errc::kInvalid,
                 fmt::format("entry {} is not an earlier one that states the floor", shown.index)};
  }
  Status status = VerifyInclusion(LeafHash(shown.entry), shown.index, tree.size, shown.proof, tree.root);
  return status.ok() ? status : Status(std::move(status).error().With(fmt::format("entry {}", shown.index)));
}

Status ApplyOpenings(const Receipt& receipt, ReceiptReport& out) {
  for (const std::string& name : receipt.withheld) {
    FieldReport* field = FindReport(out.fields, name);
    if (field == nullptr) return NoSuchField(name);
    if (field->state == FieldState::kMissing) field->state = FieldState::kWithheld;
  }
  for (const Opening& opening : receipt.openings) {
    FieldReport* field = FindReport(out.fields, opening.name);
    if (field == nullptr) return NoSuchField(opening.name);
    if (std::ranges::binary_search(receipt.withheld, opening.name)) {
      return Error{Errc::kInvalid, fmt::format("the receipt both shows and withholds '{}'", opening.name)};
    }
    if (Commitment(opening) != out.entry.FindField(opening.name)->commitment) {
      return Error{Errc::kCorrupt,
                   fmt::format("the value shown for '{}' is not the one recorded", opening.name)};
    }
    field->state = opening.value ? FieldState::kShown : FieldState::kEmpty;
    field->value = opening.value;
  }
  return base::Ok();
}

}  // namespace

Result<LogProof> ParseLogProof(std::string_view bytes) {
  if (bytes.size() > kMaxReceiptBytes) return Error{Errc::kLimit, "a receipt has at most 8,388,608 bytes"};
  if (NextLine(bytes) != kProofLine) return NotProof(fmt::format("its first line is not '{}'", kProofLine));
  LogProof out;
  std::optional<std::string_view> line = NextLine(bytes);
  if (line && Consume(*line, "extra ")) {
    out.extra = DecodeBase64(*line);
    if (!out.extra) return NotProof("its extra data is not base64");
    line = NextLine(bytes);
  }
  if (!line || !Consume(*line, "index ")) return NotProof("no line says which entry it is about");
  const std::optional<std::uint64_t> index = ParseCount(*line);
  if (!index) return NotProof("the index of its entry is not a number");
  out.index = *index;
  while ((line = NextLine(bytes)) && !line->empty()) {
    const std::optional<Hash> hash = ParseHash(*line);
    if (!hash) return NotProof("a line of its proof is not a hash");
    if (out.proof.size() == kMaxProofLength) return NotProof("its proof has more than 63 hashes");
    out.proof.push_back(*hash);
  }
  if (!line) return NotProof("no checkpoint follows");
  out.checkpoint = bytes;
  return out;
}

std::string PrintLogProof(const LogProof& proof) {
  std::string out = fmt::format("{}\n", kProofLine);
  if (proof.extra) out += fmt::format("extra {}\n", EncodeBase64(*proof.extra));
  out += fmt::format("index {}\n", proof.index);
  for (const Hash& hash : proof.proof) out += PrintHash(hash) + "\n";
  return out + "\n" + proof.checkpoint;
}

Result<Receipt> ParseReceipt(std::string_view bytes) {
  ASSIGN_OR_RETURN(LogProof proof, ParseLogProof(bytes));
  if (!proof.extra) return NotProof("it has a proof and no entry");
  Receipt out;
  RETURN_IF_ERROR(ParseExtra(*proof.extra, out));
  out.index = proof.index;
  out.proof = std::move(proof.proof);
  out.checkpoint = std::move(proof.checkpoint);
  return out;
}

std::string PrintReceipt(const Receipt& receipt) {
  return PrintLogProof({PrintExtra(receipt), receipt.index, receipt.proof, receipt.checkpoint});
}

std::string_view FieldStateName(FieldState state) {
  switch (state) {
    case FieldState::kShown:
      return "shown";
    case FieldState::kEmpty:
      return "left empty";
    case FieldState::kWithheld:
      return "withheld";
    case FieldState::kSealed:
      return "sealed";
    case FieldState::kErased:
      return "erased";
    case FieldState::kMissing:
      return "missing";
  }
  return "";
}

bool ReceiptReport::IsComplete() const {
  return std::ranges::none_of(fields,
                              [](const FieldReport& field) { return field.state == FieldState::kMissing; });
}

Result<ReceiptReport> VerifyReceipt(const Receipt& receipt, const SignedCheckpoint& checkpoint) {
  const TreeHead& tree = checkpoint.checkpoint.tree;
  RETURN_IF_ERROR(
      VerifyInclusion(LeafHash(receipt.entry), receipt.index, tree.size, receipt.proof, tree.root));
  ReceiptReport out;
  out.index = receipt.index;
  ASSIGN_OR_RETURN(out.entry, ParseEntry(receipt.entry));
  for (const Field& field : out.entry.fields)
    out.fields.push_back({field.name, FieldState::kMissing, {}, {}});
  RETURN_IF_ERROR(ApplyLater(receipt, tree, out));
  RETURN_IF_ERROR(ApplyFloor(receipt, tree, out));
  RETURN_IF_ERROR(ApplyOpenings(receipt, out));
  return out;
}

DocumentMatch MatchDocument(const ReceiptReport& report, std::string_view bytes) {
  const auto digest = std::ranges::find(report.fields, "digest", &FieldReport::name);
  if (report.entry.kind != "document" || digest == report.fields.end()) return DocumentMatch::kNoDocument;
  if (!digest->value) return DocumentMatch::kNotShown;
  return *digest->value == HexOf(Sha256(bytes)) ? DocumentMatch::kSame : DocumentMatch::kAnother;
}

}  // namespace lawbound::tlog
