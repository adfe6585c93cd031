// The ids that histories, verdicts and findings use to speak of what a program declares.  The rows themselves
// are in program/program.h; this layer only needs their numbers.
#pragma once

#include "base/id.h"

namespace lawbound::model {

using base::Id;
using base::Range;

struct Role;
struct Act;
struct Field;
struct Fact;
struct Term;
struct Rule;
struct Sentence;
struct Citation;

using RoleId = Id<Role>;
using ActId = Id<Act>;
using FieldId = Id<Field>;
using FactId = Id<Fact>;
using TermId = Id<Term>;
using RuleId = Id<Rule>;
using SentenceId = Id<Sentence>;

}  // namespace lawbound::model
