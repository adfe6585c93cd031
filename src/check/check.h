// From the tree of a pack to the program that carries it out.
//
//   syntax::Tree tree = syntax::Parse(sources, files, diagnostics);
//   std::optional<Compiled> compiled = Compile(tree, sources, {.calendars = calendars.names()}, diagnostics);
//
// Functions without state; safe from many threads.  Every form of the grammar is carried out: nothing
// an author writes is passed over in silence.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "check/checked_pack.h"
#include "program/program.h"
#include "source/diagnostic.h"
#include "source/source.h"
#include "syntax/tree.h"

namespace lawbound::check {

struct CheckOptions {
  std::vector<std::string_view> calendars;  // the names that `calendar N` may use
};

// Looks up every name, types every expression and asks what docs/diagnostics.md lists.  Goes on after a
// mistake, so that an author sees all of them; nothing when there was an error.  Warnings alone do not stop a
// pack.
std::optional<CheckedPack> Check(const syntax::Tree& tree, const source::Sources& sources,
                                 const CheckOptions& options, source::Diagnostics& diagnostics);

// Flattens a checked pack; cannot fail.
program::Program Lower(const CheckedPack& pack);

struct Compiled {
  program::Program program;
  std::vector<Example> examples;
};

// Check, then Lower.  Nothing when `diagnostics` holds an error, also one of the parser.
std::optional<Compiled> Compile(const syntax::Tree& tree, const source::Sources& sources,
                                const CheckOptions& options, source::Diagnostics& diagnostics);

}  // namespace lawbound::check
