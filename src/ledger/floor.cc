#include "ledger/floor.h"

#include <fmt/format.h>
#include <memory>
#include <utility>
#include <vector>

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;

// How many statements stand before entry `end`.  They are numbered without gaps and in the order of their
// entries, so doubling and halving finds it.
Result<std::uint64_t> CountBefore(store::RecordReader& reader, std::uint64_t end) {
  const auto stands = [&](std::uint64_t ordinal) -> Result<bool> {
    ASSIGN_OR_RETURN(const std::optional<std::uint64_t> entry, reader.FindRequest(FloorRequestId(ordinal)));
    return entry && *entry < end;
  };
  std::uint64_t above = 1;  // the first number that may be too large
  for (;; above *= 2) {
    ASSIGN_OR_RETURN(const bool there, stands(above - 1));
    if (!there) break;
  }
  std::uint64_t below = above / 2;  // so many are known to stand
  while (above - below > 1) {
    const std::uint64_t middle = below + (above - below) / 2;
    ASSIGN_OR_RETURN(const bool there, stands(middle - 1));
    (there ? below : above) = middle;
  }
  return below;
}

Result<tlog::FloorStatement> ReadFloor(store::RecordReader& reader, std::uint64_t number) {
  ASSIGN_OR_RETURN(const std::vector<std::string> bytes, reader.ReadEntries(number, 1));
  if (bytes.empty()) return Error{Errc::kCorrupt, fmt::format("entry {} is missing", number)};
  ASSIGN_OR_RETURN(const tlog::Entry entry, tlog::ParseEntry(bytes[0]));
  std::optional<tlog::FloorStatement> out = tlog::FloorOf(entry, number);
  if (!out) return Error{Errc::kCorrupt, fmt::format("entry {} is not a statement of the floor", number)};
  return *std::move(out);
}

tlog::FloorStatement StatementOf(const FloorDraft& draft) {
  tlog::FloorStatement out{0,
                           draft.day,
                           tlog::PrintHash(draft.floor),
                           tlog::PrintHash(draft.refusals),
                           tlog::PrintHash(draft.packs),
                           {},
                           {},
                           {}};
  if (!draft.waived.empty()) {
    out.waived = draft.waived;
    out.ground = draft.ground;
    out.official = draft.official;
  }
  return out;
}

}  // namespace

std::string FloorRequestId(std::uint64_t ordinal) {
  return std::string(tlog::Sha256(fmt::format("lawbound-floor/v1\n{}", ordinal)).view());
}

Result<std::uint64_t> CountFloors(store::RecordReader& reader) {
  return CountBefore(reader, ~std::uint64_t{0});
}

Result<std::optional<tlog::FloorStatement>> FloorBefore(store::RecordReader& reader, std::uint64_t end) {
  ASSIGN_OR_RETURN(const std::uint64_t count, CountBefore(reader, end));
  if (count == 0) return std::optional<tlog::FloorStatement>();
  ASSIGN_OR_RETURN(const std::optional<std::uint64_t> entry, reader.FindRequest(FloorRequestId(count - 1)));
  if (!entry) return Error{Errc::kCorrupt, fmt::format("statement {} of the floor is missing", count - 1)};
  ASSIGN_OR_RETURN(tlog::FloorStatement out, ReadFloor(reader, *entry));
  return std::optional(std::move(out));
}

Result<Appended> RecordFloor(Ledger& ledger, const FloorDraft& draft) {
  const tlog::FloorStatement wanted = StatementOf(draft);
  if (wanted.waived && (draft.ground.empty() || draft.official.empty()))
    return Error{Errc::kInvalid,
                 "a waived floor needs a ground and a responsible official: both are recorded"};
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(ledger.folder().place(), store::ReadHow::kLatest));
  const auto is_said = [&](const tlog::FloorStatement& said) {
    return said.day == wanted.day && said.SaysTheSame(wanted);
  };
  ASSIGN_OR_RETURN(const std::uint64_t count, CountFloors(*reader));
  if (count > 0) {
    ASSIGN_OR_RETURN(const std::optional<tlog::FloorStatement> last, FloorBefore(*reader, ~std::uint64_t{0}));
    if (last && is_said(*last)) return Appended{last->entry, true};
  }
  std::vector<tlog::Fact> facts = {{"day", base::PrintDay(draft.day)},
                                   {"floor", wanted.floor},
                                   {"packs", wanted.packs},
                                   {"refusals", wanted.refusals}};
  if (wanted.waived) {
    facts.push_back({"ground", wanted.ground});
    facts.push_back({"official", wanted.official});
    facts.push_back({"waived", *wanted.waived});
  }
  ASSIGN_OR_RETURN(const Appended done, ledger.RecordOwn("floor", std::move(facts), FloorRequestId(count)));
  if (!done.duplicate) return done;
  // Somebody else was quicker with the same number.
  ASSIGN_OR_RETURN(const tlog::FloorStatement said, ReadFloor(*reader, done.entry));
  if (is_said(said)) return done;
  return Error{Errc::kConflict, fmt::format("entry {} stated another floor meanwhile", done.entry)};
}

}  // namespace lawbound::ledger
