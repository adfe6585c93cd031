// S4: nobody makes a program above the floor but the function that looks.
#include "program/floor.h"

using namespace lawbound;

auto Lawful(program::Program pack) { return program::AboveFloor::Make(std::move(pack)); }
#ifdef MISUSE
auto Forged(program::Program pack) { return program::AboveFloor(std::move(pack)); }
#endif
