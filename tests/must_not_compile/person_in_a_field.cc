// S1: a field of an act holds an official, not a party.
#include "program/program.h"

using namespace lawbound;

auto official = program::ValueType::kOfficial;
#ifdef MISUSE
auto person = program::ValueType::kPerson;
#endif
