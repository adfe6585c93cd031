// The functions that pipeline.cc lists.  Each says what it finds wrong through Context::Say and goes on.
#pragma once

#include "check/names.h"

namespace lawbound::check {

void ResolveDeclarations(Context& context);  // declarations.cc
void ResolveTables(Context& context);        // tables.cc
void ResolveTerms(Context& context);         // terms.cc: lengths and events
void ResolveParts(Context& context);         // parts.cc: in which part each term lies
void ResolveFacts(Context& context);         // facts.cc
void ResolveStops(Context& context);         // terms.cc: conditions
void ResolveRules(Context& context);         // rules.cc
void ResolveGuarantees(Context& context);    // guarantees.cc
void ResolveMappings(Context& context);      // mappings.cc
void ResolveExamples(Context& context);      // examples.cc
void CheckParts(Context& context);           // parts.cc
void CheckReach(Context& context);           // reach.cc
void CheckConflicts(Context& context);       // conflicts.cc
void CheckDirection(Context& context);       // direction.cc

}  // namespace lawbound::check
