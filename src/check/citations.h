// Copying what needs no looking up, and citations, which only need the instruments.
#pragma once

#include "check/names.h"

namespace lawbound::check {

// An empty title is said.
std::vector<Title> CopyTitles(Context& context, const std::vector<syntax::Title>& titles);
// A reading the author did not write is `otherwise`.
law::Reading CopyReading(syntax::Reading reading, law::Reading otherwise);
// Citations of instruments that are not declared are said and left out.
Under ResolveUnder(Context& context, const syntax::Under& under);

}  // namespace lawbound::check
