// What lists over many matters say of one of them, read from its fold: what is owed, what was missed, what
// lost its standing.
//
// It depends on the acts of the matter and on what has fallen due, and on nothing else.  So whoever folds a
// matter because one of the two has changed keeps it (ServiceImpl::RecordDeemed), and a list of a hundred
// thousand matters folds none.
#pragma once

#include "engine/matter.h"
#include "engine/record.h"
#include "service/matters.h"

namespace lawbound::service {

// REQUIRES: the matter is loaded; `record` is the fold of its history as `folded` has it.
Outlook LookAhead(const MatterState& matter, const engine::Matter& folded, const engine::Record& record);

}  // namespace lawbound::service
