// The documents of acts in the record.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/act.h"

namespace lawbound::service {

// Of an entry that took the document of an act: that act's entry.  Nothing: it is no such entry, or who reads
// it has not the key.
std::optional<std::uint64_t> ActOfPaper(const ledger::StoredAct& taken);

}  // namespace lawbound::service
