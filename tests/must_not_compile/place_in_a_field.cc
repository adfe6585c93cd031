// S8: no field holds a place.
#include "program/program.h"

using namespace lawbound;

auto day = program::ValueType::kDay;
#ifdef MISUSE
auto place = program::ValueType::kPlace;
#endif
