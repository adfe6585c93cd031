// What the answer of a sentence may hang on: the fields and acts that its conditions, its rule's, its term
// and the rules that override it ask for.  Found from the program alone, so it names too much rather than too
// little.
#pragma once

#include <set>

#include "program/program.h"

namespace lawbound::report {

struct Reads {
  std::set<model::FieldId> fields;
  std::set<model::ActId> acts;
};

Reads ReadsOf(const program::Program& program, model::SentenceId sentence);

}  // namespace lawbound::report
