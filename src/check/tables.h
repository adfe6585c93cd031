// Tables: their rows, and what is looked up in them.
#pragma once

#include <optional>

#include "check/names.h"

namespace lawbound::check {

// "limit(issue.kind).high".  The first lookup with a choice says whose words the rows of the table use.
std::optional<Expr> ResolveTableLookup(Context& context, const syntax::Expr& expr);

}  // namespace lawbound::check
