// Two drawings of a rule's figures, as SVG inside a <figure>, each with a caption, a description and the same
// numbers as a table.  Sentences that bind private parties are left out.
#pragma once

#include "report/document.h"
#include "report/html.h"

namespace lawbound::report {

// Month by month, the share and the number of applications that were broken, with lines where the law
// changed.  Nothing is drawn when the rule never applied to an authority.
void DrawMonths(Html& html, const RuleFigures& rule);

// For each duty with a term, how many days were used, with the term marked.  Nothing when none was performed.
void DrawDaysUsed(Html& html, const RuleFigures& rule);

}  // namespace lawbound::report
