// S1: a finding is about an act and a sentence.
#include "model/verdict.h"

using namespace lawbound;

model::Outcome outcome;
#ifdef MISUSE
auto Who() { return outcome.person; }
#endif
