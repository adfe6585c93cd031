#include "ledger/act.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;
using tlog::EntryKind;

// Kinds that the ledger writes itself, because rows change with them.
constexpr std::string_view kOwnKinds[] = {"document", "erase", "floor", "key", "loss", "seal", "unseal"};

std::string PlaceOf(std::string_view matter, std::string_view name) {
  return fmt::format("lawbound-opening/v1\n{}\n{}", matter, name);
}

std::string EncodeOpening(const tlog::Opening& opening) {
  std::string out(reinterpret_cast<const char*>(opening.salt.data()), opening.salt.size());
  return opening.value ? out + "=" + *opening.value : out + "-";
}

Result<tlog::Opening> DecodeOpening(std::string_view name, std::string_view bytes) {
  tlog::Opening out;
  out.name = name;
  const std::size_t salt = out.salt.size();
  if (bytes.size() <= salt || (bytes[salt] != '=' && bytes != std::string(bytes.substr(0, salt)) + "-"))
    return Error{Errc::kCorrupt, fmt::format("the stored field '{}' is malformed", name)};
  std::ranges::copy(bytes.substr(0, salt), out.salt.begin());
  if (bytes[salt] == '=') out.value = std::string(bytes.substr(salt + 1));
  return out;
}

Status CheckDraft(const Draft& draft) {
  if (draft.request.size() > kMaxRequestBytes)
    return Error{Errc::kLimit, fmt::format("a request's name has at most {} bytes", kMaxRequestBytes)};
  for (const FieldValue& field : draft.fields) {
    if (field.value && field.value->size() > kMaxValueBytes) {
      return Error{Errc::kLimit,
                   fmt::format("the field '{}' has {} bytes and may have {}; what is larger is a "
                               "document",
                               field.name, field.value->size(), kMaxValueBytes)};
    }
  }
  return base::Ok();
}

std::string MatterOf(const std::vector<tlog::Fact>& facts) {
  const auto at = std::ranges::find(facts, "matter", &tlog::Fact::name);
  return at == facts.end() ? std::string() : at->value;
}

}  // namespace

std::string_view MeasureName(EntryKind kind) {
  CHECK(kind == EntryKind::kErase || kind == EntryKind::kSeal || kind == EntryKind::kUnseal);
  return kind == EntryKind::kErase ? "erase" : kind == EntryKind::kSeal ? "seal" : "unseal";
}

Result<PreparedAct> PrepareAct(const Draft& draft, MatterKeys& keys) {
  if (std::ranges::find(kOwnKinds, draft.kind) != std::end(kOwnKinds)) {
    return Error{Errc::kInvalid,
                 fmt::format("entries of kind '{}' come about by their own commands", draft.kind)};
  }
  return PrepareOwnAct(draft, keys);
}

Result<PreparedAct> PrepareOwnAct(const Draft& draft, MatterKeys& keys) {
  RETURN_IF_ERROR(CheckDraft(draft));
  const std::string matter = MatterOf(draft.facts);
  if (!draft.fields.empty() && matter.empty())
    return Error{Errc::kInvalid,
                 "an act with fields must state its 'matter': the matter's key encrypts them"};
  tlog::Entry entry{draft.kind, draft.facts, {}};
  std::vector<tlog::Opening> openings;
  for (const FieldValue& field : draft.fields) {
    openings.push_back({field.name, tlog::NewSalt(), field.value});
    entry.fields.push_back({field.name, tlog::Commitment(openings.back())});
  }
  PreparedAct out;
  ASSIGN_OR_RETURN(out.entry, tlog::EncodeEntry(std::move(entry)));
  if (!draft.request.empty())
    out.request_id = std::string(tlog::Sha256("lawbound-request/v1\n" + draft.request).view());
  if (openings.empty()) return out;
  ASSIGN_OR_RETURN(out.held, keys.Obtain(matter));
  out.key = out.held->row;
  for (const tlog::Opening& opening : openings) {
    out.openings.push_back({0, opening.name, matter,
                            SealBox(out.held->key, PlaceOf(matter, opening.name), EncodeOpening(opening)),
                            false});
  }
  return out;
}

Result<std::string> EncodeMeasure(const MeasureDraft& draft) {
  std::vector<std::string> names = draft.fields;
  std::ranges::sort(names);
  return tlog::EncodeEntry({std::string(MeasureName(draft.kind)),
                            {{"day", base::PrintDay(draft.day)},
                             {"entry", fmt::to_string(draft.entry)},
                             {"fields", fmt::format("{}", fmt::join(names, " "))},
                             {"ground", draft.ground},
                             {"official", draft.official}},
                            {}});
}

namespace {

void ApplyMeasure(const LaterMeasure& later, StoredAct& act) {
  act.measures.push_back(later.by);
  for (StoredField& field : act.fields) {
    if (std::ranges::find(later.measure.fields, field.name) == later.measure.fields.end()) continue;
    if (field.state == Availability::kErased) continue;
    field.by = later.by;
    field.state = later.measure.kind == EntryKind::kErase  ? Availability::kErased
                  : later.measure.kind == EntryKind::kSeal ? Availability::kSealed
                                                           : Availability::kHere;
  }
}

Status TakeOpening(const store::OpeningRow& row, std::uint64_t number, MatterKeys* keys, StoredAct& act) {
  const auto wrong = [&](std::string_view what) {
    return Error{Errc::kCorrupt, fmt::format("field '{}' of entry {}: {}", row.name, number, what)};
  };
  const auto field = std::ranges::find(act.fields, row.name, &StoredField::name);
  if (field == act.fields.end()) return wrong("the entry has no such field");
  if (field->state == Availability::kErased) return wrong("it was erased and is still stored");
  if (row.sealed != (field->state == Availability::kSealed))
    return wrong("whether it is sealed is not what the entries say");
  const std::string* matter = act.entry.FindFact("matter");
  if (matter == nullptr || *matter != row.matter) return wrong("it is stored under another matter");
  field->stored = true;
  if (keys == nullptr) return base::Ok();
  const Result<BoxKey> key = keys->Find(row.matter);
  if (!key.ok()) return wrong(key.error().message);
  const Result<std::string> bytes = OpenBox(key.value(), PlaceOf(row.matter, row.name), row.box);
  if (!bytes.ok()) return wrong(bytes.error().message);
  ASSIGN_OR_RETURN(tlog::Opening opening, DecodeOpening(row.name, bytes.value()));
  if (tlog::Commitment(opening) != act.entry.FindField(row.name)->commitment)
    return wrong("what is stored is not what was recorded");
  field->opening = std::move(opening);
  return base::Ok();
}

}  // namespace

Result<StoredAct> AssembleAct(tlog::Entry entry, std::uint64_t number, std::span<const LaterMeasure> later,
                              std::span<const store::OpeningRow> rows, MatterKeys* keys) {
  StoredAct out;
  out.entry = std::move(entry);
  for (const tlog::Field& field : out.entry.fields) {
    out.fields.push_back({.name = field.name, .state = Availability::kHere});
  }
  for (const LaterMeasure& measure : later) ApplyMeasure(measure, out);
  for (const store::OpeningRow& row : rows) RETURN_IF_ERROR(TakeOpening(row, number, keys, out));
  for (StoredField& field : out.fields) {
    if (field.state != Availability::kErased && !field.stored) field.state = Availability::kLost;
  }
  return out;
}

Result<std::optional<LaterMeasure>> ReadMeasure(store::RecordReader& reader, std::uint64_t number,
                                                std::uint64_t by) {
  const Error wrong{Errc::kCorrupt,
                    fmt::format("the rows say that entry {} is about entry {}, and it is not", by, number)};
  ASSIGN_OR_RETURN(const std::vector<std::string> bytes, reader.ReadEntries(by, 1));
  if (bytes.empty() || by <= number) return wrong;
  ASSIGN_OR_RETURN(const tlog::Entry entry, tlog::ParseEntry(bytes[0]));
  std::optional<tlog::Measure> measure = tlog::MeasureOf(entry);
  if (!measure && entry.kind == "document") return std::optional<LaterMeasure>();
  if (!measure || measure->entry != number) return wrong;
  return std::optional<LaterMeasure>({by, *std::move(measure)});
}

Result<StoredAct> ReadAct(store::RecordReader& reader, MatterKeys& keys, std::uint64_t number,
                          std::uint64_t size) {
  ASSIGN_OR_RETURN(const std::vector<std::string> bytes, reader.ReadEntries(number, 1));
  if (number >= size || bytes.empty())
    return Error{Errc::kNotFound, fmt::format("there is no entry {}; there are {}", number, size)};
  ASSIGN_OR_RETURN(tlog::Entry entry, tlog::ParseEntry(bytes[0]));
  ASSIGN_OR_RETURN(const std::vector<std::uint64_t> by, reader.ReadMeasures(number));
  std::vector<LaterMeasure> later;
  for (const std::uint64_t one : by) {
    if (one >= size) break;
    ASSIGN_OR_RETURN(std::optional<LaterMeasure> measure, ReadMeasure(reader, number, one));
    if (measure) later.push_back(*std::move(measure));
  }
  ASSIGN_OR_RETURN(const std::vector<store::OpeningRow> rows, reader.ReadOpenings(number));
  return AssembleAct(std::move(entry), number, later, rows, &keys);
}

bool IsSame(const StoredAct& stored, const Draft& draft) {
  std::vector<tlog::Fact> facts = draft.facts;
  std::ranges::sort(facts, {}, &tlog::Fact::name);
  if (stored.entry.kind != draft.kind || stored.entry.facts != facts) return false;
  if (stored.fields.size() != draft.fields.size()) return false;
  return std::ranges::all_of(stored.fields, [&](const StoredField& field) {
    const auto given = std::ranges::find(draft.fields, field.name, &FieldValue::name);
    if (given == draft.fields.end()) return false;
    return !field.opening || field.opening->value == given->value;
  });
}

}  // namespace lawbound::ledger
