// S1: a role keeps no number about who stands in it.
#include "program/program.h"

using namespace lawbound;

program::RoleDef role;
#ifdef MISUSE
int Score() { return role.score; }
#endif
