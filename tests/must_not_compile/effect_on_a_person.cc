// S15: an effect is on an act; of roles it names only who answers for the authority.
#include "program/program.h"

using namespace lawbound;

auto answers = program::EffectDef::Kind::kAnswers;
#ifdef MISUSE
auto listed = program::EffectDef::Kind::kListed;
#endif
