// A pack and the packs that it uses, as one tree: a sector's pack over a general law.
//
// What a used pack declares can be named as if it were declared here.  Its examples and mappings stay with
// it.  Of what it says, only a term or a table can be replaced, by name (`replaces N term M`), so that a
// reader of the general pack knows what may be otherwise in a sector: numbers, never rules.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "source/diagnostic.h"
#include "source/source.h"
#include "syntax/tree.h"

namespace lawbound::check {

// Adds the pages of the pack of this path to the sources; nothing when there is no such pack.
using ReadPages = std::function<std::optional<std::vector<source::FileId>>(std::string_view path)>;

// `tree` with what it uses before it.  Says what is wrong with a `use`, a `replaces` or a page that it led
// to, with the place, and goes on.  At most 16 packs deep and 64 together.
syntax::Tree JoinUsed(syntax::Tree tree, source::Sources& sources, const ReadPages& read,
                      source::Diagnostics& diagnostics);

}  // namespace lawbound::check
