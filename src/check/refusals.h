// What the language will not say of people (docs/safeguards.md S1, S3, S7, S9, S15), asked of the tree: a
// form is refused in its own right, whether or not it is carried out, and whatever else is wrong with the
// pack.
#pragma once

#include "check/names.h"

namespace lawbound::check {

// Stage: R003 and R006 to R018.  REQUIRES: names are collected.
void CheckRefusals(Context& context);

}  // namespace lawbound::check
