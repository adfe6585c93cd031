// The floor in the record: on each day the ledger states by which floor, which refusals and which packs its
// program goes (tlog/floor.h has what a reader makes of that).
//
// The statements are numbered, and each is found by its number like a request, so that the one in force at an
// entry is found without reading the log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/day.h"
#include "base/result.h"
#include "ledger/ledger.h"
#include "store/record_store.h"
#include "tlog/floor.h"
#include "tlog/hash.h"

namespace lawbound::ledger {

struct FloorDraft {
  base::Day day;
  tlog::Hash floor, refusals, packs;
  // A floor that is not kept whole: which packs lack what, who answers for it, and on what ground.
  std::string waived, ground, official;
};

// Once for each day: when the last statement says the same of the same day nothing is recorded.  Stating
// something else later on the same day is recorded.  kInvalid: waived without ground or official.
base::Result<Appended> RecordFloor(Ledger& ledger, const FloorDraft& draft);

// The last statement before entry `end`; nothing when there is none.
base::Result<std::optional<tlog::FloorStatement>> FloorBefore(store::RecordReader& reader, std::uint64_t end);

// 32 bytes, by which the statement number `ordinal` (from 0) is found among the requests.
std::string FloorRequestId(std::uint64_t ordinal);
// How many statements there are.
base::Result<std::uint64_t> CountFloors(store::RecordReader& reader);

}  // namespace lawbound::ledger
