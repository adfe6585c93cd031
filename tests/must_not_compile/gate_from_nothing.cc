// S4: a program above the floor does not come from nothing.
#include "program/floor.h"

using namespace lawbound;

auto Words() { return program::GuardWords(program::Guard::kNotice); }
#ifdef MISUSE
program::AboveFloor gate;
#endif
