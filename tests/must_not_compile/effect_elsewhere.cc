// S1: what follows from a breach follows in this matter.
#include "program/program.h"

using namespace lawbound;

program::EffectDef effect;
#ifdef MISUSE
auto Where() { return effect.matter; }
#endif
