// Prose as authors write it in Markdown, within one line: **strong**, *stressed*, `code`,
// [words](https://...).
//
// A sign without its second is a sign.  A link that leads anywhere but to https is its words alone: a page
// stands by itself, and what lies beside the pack does not lie beside the page.
#pragma once

#include <string_view>

#include "report/html.h"

namespace lawbound::report {

void WriteInline(std::string_view text, Html& html);

}  // namespace lawbound::report
