// Reading and printing packs.
//
//   Sources sources; Diagnostics diagnostics;
//   Tree tree = Parse(sources, {file...}, diagnostics);     // goes on after every mistake
//   if (!diagnostics.HasErrors()) for (page...) text = Format(sources, page);
#pragma once

#include <span>
#include <string>

#include "source/diagnostic.h"
#include "source/source.h"
#include "syntax/tree.h"

namespace lawbound::syntax {

// Reads the fenced blocks of the pages of one pack.  What could not be read is left out and has a diagnostic
// (codes S001...); the parser goes on at the next statement.  Limits: nesting of 100, 20,000 items, lines of
// 4,000 bytes, names of 64; beyond them a diagnostic.  Control and bidirectional characters in code are
// refused.
Tree Parse(const source::Sources& sources, std::span<const source::FileId> files,
           source::Diagnostics& diagnostics);

// The page in its one layout: prose and comments byte for byte, code with one space between words, two spaces
// of indent, and statements in their order.  Format(Format(p)) == Format(p), and parsing the result gives the
// same tree. REQUIRES: the page parsed without errors.
std::string Format(const source::Sources& sources, source::FileId file);

// One expression as its author would write it; for messages and explanations.
std::string Print(const Expr& expr);
std::string Print(const Citation& citation);

}  // namespace lawbound::syntax
