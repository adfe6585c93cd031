// S1: a program has no table of persons.
#include "program/program.h"

using namespace lawbound;

program::Program pack;
#ifdef MISUSE
auto First() { return pack.persons.front(); }
#endif
