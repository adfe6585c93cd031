// entry = "lawbound-entry/v1" LF "kind " name LF *("fact " name " " value LF) *("field " name " " hash LF)
#include "tlog/entry.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/day.h"
#include "tlog/encoding.h"
#include "tlog/note.h"

namespace lawbound::tlog {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::string_view kFirstLine = "lawbound-entry/v1";
constexpr std::size_t kMaxFactBytes = 1000;

enum class FactForm : std::uint8_t { kText, kDay, kHash, kIndex, kNames };

struct NeededFact {
  std::string_view name;
  FactForm form;
};

struct KnownKind {
  std::string_view name;
  EntryKind kind;
  std::vector<NeededFact> facts;
};

const std::vector<KnownKind>& KnownKinds() {
  using enum FactForm;
  static const std::vector<NeededFact> measure = {
      {"day", kDay}, {"entry", kIndex}, {"fields", kNames}, {"ground", kText}, {"official", kText}};
  static const std::vector<KnownKind> kinds = {
      {"act",
       EntryKind::kAct,
       {{"act", kText},
        {"day", kDay},
        {"matter", kText},
        {"office", kText},
        {"pack", kHash},
        {"program", kHash},
        {"verdict", kText}}},
      {"erase", EntryKind::kErase, measure},
      {"seal", EntryKind::kSeal, measure},
      {"unseal", EntryKind::kUnseal, measure},
      {"floor", EntryKind::kFloor, {{"day", kDay}, {"floor", kHash}, {"packs", kHash}, {"refusals", kHash}}},
  };
  return kinds;
}

const KnownKind* FindKind(std::string_view name) {
  const auto at = std::ranges::find(KnownKinds(), name, &KnownKind::name);
  return at == KnownKinds().end() ? nullptr : &*at;
}

Error NotEntry(std::string_view what) { return {Errc::kInvalid, fmt::format("not an entry: {}", what)}; }

// Names parted by one space, ascending; nothing when they are not.
std::optional<std::vector<std::string>> ParseNames(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const bool more = text.find(' ') != std::string_view::npos;
    const std::string_view name = NextWord(text);
    if (!IsName(name) || (!out.empty() && out.back() >= name) || (more && text.empty())) return std::nullopt;
    out.emplace_back(name);
  }
  if (out.empty()) return std::nullopt;
  return out;
}

bool HasForm(std::string_view value, FactForm form) {
  switch (form) {
    case FactForm::kText:
      return true;
    case FactForm::kDay:
      return base::ParseDay(value).has_value();
    case FactForm::kHash:
      return ParseHash(value).has_value();
    case FactForm::kIndex:
      return ParseCount(value).has_value();
    case FactForm::kNames:
      return ParseNames(value).has_value();
  }
  return false;
}

Status CheckNeededFacts(const Entry& entry) {
  const KnownKind* kind = FindKind(entry.kind);
  if (kind == nullptr) return base::Ok();
  for (const NeededFact& needed : kind->facts) {
    const std::string* value = entry.FindFact(needed.name);
    if (value == nullptr)
      return NotEntry(fmt::format("'{}' does not state its '{}'", entry.kind, needed.name));
    if (!HasForm(*value, needed.form)) {
      return NotEntry(
          fmt::format("the '{}' of '{}' is not what it should be: '{}'", needed.name, entry.kind, *value));
    }
  }
  if (kind->kind != EntryKind::kFloor || entry.FindFact("waived") == nullptr) return base::Ok();
  for (const std::string_view name : {"ground", "official"}) {
    if (entry.FindFact(name) == nullptr)
      return NotEntry(fmt::format("the floor is waived and the '{}' of that is not stated", name));
  }
  return base::Ok();
}

// The names in `rows` ascend, none twice, with `name` as the next.
template <typename Row>
Status CheckNext(const std::vector<Row>& rows, std::string_view name) {
  if (!IsName(name)) return NotEntry("a name has other characters than a-z, 0-9, '-' and '.'");
  if (!rows.empty() && rows.back().name >= name)
    return NotEntry(fmt::format("'{}' is out of order or twice", name));
  return base::Ok();
}

Status ParseFact(std::string_view line, std::vector<Fact>& facts) {
  const std::string_view name = NextWord(line);
  RETURN_IF_ERROR(CheckNext(facts, name));
  if (line.empty() || line.size() > kMaxFactBytes || !IsPlainLine(line)) {
    return NotEntry(fmt::format("the value of '{}' is empty, too long or not plain text", name));
  }
  facts.push_back({std::string(name), std::string(line)});
  return base::Ok();
}

Status ParseField(std::string_view line, std::vector<Field>& fields) {
  const std::string_view name = NextWord(line);
  RETURN_IF_ERROR(CheckNext(fields, name));
  const std::optional<Hash> commitment = ParseHash(line);
  if (!commitment) return NotEntry(fmt::format("the commitment to '{}' is not a hash", name));
  fields.push_back({std::string(name), *commitment});
  return base::Ok();
}

template <typename Row>
const Row* Find(const std::vector<Row>& rows, std::string_view name) {
  const auto at =
      std::ranges::lower_bound(rows, name, {}, [](const Row& row) { return std::string_view(row.name); });
  return at == rows.end() || at->name != name ? nullptr : &*at;
}

}  // namespace

Salt NewSalt() {
  Salt out;
  FillRandom(out);
  return out;
}

Hash Commitment(const Opening& opening) {
  std::string bytes = "lawbound-field/v1\n";
  bytes.append(reinterpret_cast<const char*>(opening.salt.data()), opening.salt.size());
  bytes.append(opening.name).append("\n");
  bytes.append(opening.value ? "=" + *opening.value : "-");
  return Sha256(bytes);
}

const std::string* Entry::FindFact(std::string_view name) const {
  const Fact* fact = Find(facts, name);
  return fact == nullptr ? nullptr : &fact->value;
}

const Field* Entry::FindField(std::string_view name) const { return Find(fields, name); }

EntryKind KindOf(const Entry& entry) {
  const KnownKind* kind = FindKind(entry.kind);
  return kind == nullptr ? EntryKind::kOther : kind->kind;
}

Result<Entry> ParseEntry(std::string_view bytes) {
  if (bytes.size() > kMaxEntryBytes) return Error{Errc::kLimit, "an entry has at most 65,535 bytes"};
  if (NextLine(bytes) != kFirstLine) return NotEntry(fmt::format("its first line is not '{}'", kFirstLine));
  Entry out;
  std::optional<std::string_view> line = NextLine(bytes);
  if (!line || !Consume(*line, "kind ") || !IsName(*line))
    return NotEntry("its second line does not name its kind");
  out.kind = *line;
  while ((line = NextLine(bytes))) {
    if (Consume(*line, "field ")) {
      RETURN_IF_ERROR(ParseField(*line, out.fields));
    } else if (out.fields.empty() && Consume(*line, "fact ")) {
      RETURN_IF_ERROR(ParseFact(*line, out.facts));
    } else {
      return NotEntry("a line is neither a fact nor, after the facts, a field");
    }
  }
  if (!bytes.empty()) return NotEntry("its last line is not ended");
  RETURN_IF_ERROR(CheckNeededFacts(out));
  return out;
}

Result<std::string> EncodeEntry(Entry entry) {
  std::ranges::sort(entry.facts, {}, &Fact::name);
  std::ranges::sort(entry.fields, {}, &Field::name);
  std::string out = fmt::format("{}\nkind {}\n", kFirstLine, entry.kind);
  for (const Fact& fact : entry.facts) out += fmt::format("fact {} {}\n", fact.name, fact.value);
  for (const Field& field : entry.fields)
    out += fmt::format("field {} {}\n", field.name, PrintHash(field.commitment));
  // A value with a line feed in it could read as another entry: what comes back must be what went in.
  ASSIGN_OR_RETURN(const Entry read, ParseEntry(out));
  if (read.kind != entry.kind || read.facts != entry.facts || read.fields != entry.fields) {
    return NotEntry("a name or value has a line feed");
  }
  return out;
}

std::optional<Measure> MeasureOf(const Entry& entry) {
  const EntryKind kind = KindOf(entry);
  if (kind != EntryKind::kErase && kind != EntryKind::kSeal && kind != EntryKind::kUnseal)
    return std::nullopt;
  return Measure{kind, *ParseCount(*entry.FindFact("entry")), *ParseNames(*entry.FindFact("fields"))};
}

}  // namespace lawbound::tlog
