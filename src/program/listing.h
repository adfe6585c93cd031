// A program in words, for `lawbound check --dump-after lower`, golden tests and review.  Everything that the
// program holds is shown, in the order of its tables; two valid programs that differ in meaning differ in
// their listing.
#pragma once

#include <string>

#include "program/program.h"

namespace lawbound::program {

// REQUIRES: a valid program.
std::string Listing(const Program& program);

// One code in infix: "paid >= issue.amount and not issue is unanswered by send"; empty for no code.
// REQUIRES: a valid program and one of its codes, or none.
std::string CodeText(const Program& program, CodeId code);

}  // namespace lawbound::program
