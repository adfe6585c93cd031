// A matter written as an `example` of its pack, as an author would: to paste into a page, where `lawbound
// test` plays it.
#pragma once

#include <string>
#include <string_view>

#include "model/history.h"
#include "program/program.h"

namespace lawbound::report {

// `matter`: a batch of one case in the program's ids, in the order of its entries.  Ends in a line break.
// Texts are quoted; names have hyphens for spaces.
std::string ExampleText(const program::Program& program, std::string_view title, const model::Batch& matter);

}  // namespace lawbound::report
