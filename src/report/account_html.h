// An account as HTML: the same words as on the terminal.
#pragma once

#include "report/account.h"
#include "report/html.h"

namespace lawbound::report {

// The reasons, one inside the other.
void WriteReasons(Html& html, const std::vector<Reason>& reasons);

// Reasons, provisions with their words, the sentence as written, what follows, what would cure it, marks.
void WriteAccount(Html& html, const Account& account);

}  // namespace lawbound::report
