// The procedure of a matter as a drawing that is a list: what was done, where the matter stands, what may be
// done now, what comes after.  Read aloud it says the same, since every station names its state.
#pragma once

#include "pages/page.h"

namespace lawbound::pages {

void WriteWay(Page& page, const service::MatterView& matter);

}  // namespace lawbound::pages
