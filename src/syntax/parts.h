// The parts of statements that several of them share, each read from the line at the reader's place.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/reader.h"
#include "syntax/tree.h"

namespace lawbound::syntax {

Expr ReadExpr(Reader& reader);
// A value of a field in an example, an assumption or a table: a literal, a bare word, a length, a provision
// or a list of these in parentheses.
Expr ReadValue(Reader& reader);

Length ReadLength(Reader& reader);
// Nothing when no unit stands next; the line has not failed then.
std::optional<Unit> AcceptUnit(Reader& reader);
Unit ReadUnit(Reader& reader);
// 3% as 300
std::int64_t ReadPercent(Reader& reader);

Event ReadEvent(Reader& reader);
Start ReadStart(Reader& reader);

// "seen", "secondary", "from memory", or nothing.
Reading AcceptReading(Reader& reader);
// The citations after "under".
Under ReadUnder(Reader& reader);
// "under" and citations, or nothing.
Under AcceptUnder(Reader& reader);

// "set aside", "held void", "challenged"...: as one text.  `others` are words that may stand here too.
std::string ReadStatus(Reader& reader, std::initializer_list<std::string_view> others);

// One statement each, of its head and body.  Nothing when the head could not be read; the body is read, and
// its mistakes told, all the same.
std::optional<Counting> ReadCounting(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Instrument> ReadInstrument(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Role> ReadRole(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Thing> ReadThing(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Act> ReadAct(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Target> ReadTarget(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Fact> ReadFact(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Table> ReadTable(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Term> ReadTerm(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Rule> ReadRule(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Closes> ReadCloses(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Guarantee> ReadGuarantee(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Example> ReadExample(const Statement& statement, source::Diagnostics& diagnostics);
std::optional<Mapping> ReadMapping(const Statement& statement, source::Diagnostics& diagnostics);

}  // namespace lawbound::syntax
