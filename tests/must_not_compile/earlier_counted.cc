// S3: looking back has no operation that counts.
#include "program/program.h"

using namespace lawbound;

auto stands = program::Operation::kStands;
#ifdef MISUSE
auto often = program::Operation::kEarlierCount;
#endif
