// Every sentence that reading a pack can say to its author, in one voice.  A code is stable and never reused;
// docs/diagnostics.md has an entry and tests/expect/syntax/bad a golden file for each.
#pragma once

#include <cstdint>
#include <string_view>

#include "source/diagnostic.h"

namespace lawbound::syntax {

using source::Diagnostic;
using source::Span;

// S001.  `nearest` is a word that starts a statement, or empty.
Diagnostic UnknownStatement(Span at, std::string_view found, std::string_view nearest);
// S002.  `found` is the author's text, empty at the end of the line; `continues`: the text stands on a line
// that continues the one above.
Diagnostic Expected(Span at, std::string_view wanted, std::string_view found, bool continues);
// S003
Diagnostic ReservedName(Span at, std::string_view word);
// S004
Diagnostic CannotStandHere(Span at, std::string_view found, bool continues);
// S005.  `instead` is the plain character meant, or 0.
Diagnostic StrangeCharacter(Span at, std::string_view found, char instead);
// S006
Diagnostic HiddenCharacter(Span at, char32_t code);
// S007
Diagnostic NotUtf8(Span at, unsigned byte);
// S008
Diagnostic MixedScripts(Span at, std::string_view name);
// S009
Diagnostic NameTooLong(Span at, std::size_t limit);
// S010
Diagnostic LineTooLong(Span at, std::size_t limit);
// S011
Diagnostic TooDeep(Span at, std::size_t limit);
// S012
Diagnostic TooManyItems(Span at, std::size_t limit);
// S013
Diagnostic OpenText(Span at);
// S014
Diagnostic OpenBlock(Span at);
// S015
Diagnostic TabInIndent(Span at);
// S016
Diagnostic NoSuchDay(Span at, std::string_view found);
// S017
Diagnostic NumberTooLarge(Span at, std::string_view found);
// S018
Diagnostic NoPackLine(Span at);
// S019
Diagnostic OtherPack(Span at, std::string_view here, std::string_view first, Span first_at);
// S020.  `what` is "the zone", "a title in 'en'".
Diagnostic GivenTwice(Span at, std::string_view what);
// S021
Diagnostic NothingAbove(Span at);
// S022
Diagnostic AdverseIsNotWritten(Span at);
// S023
Diagnostic PrivateIsNotWritten(Span at);
// S024
Diagnostic PublicWithoutNames(Span at);
// S025
Diagnostic DatesStandLast(Span at, std::string_view word);
// S026.  `order` lists the words of the statement in their order.
Diagnostic OutOfOrder(Span at, std::string_view word, std::string_view order);
// S027
Diagnostic NoProvision(Span at, std::string_view instrument);
// S028
Diagnostic NoInstrument(Span at, std::string_view provision);
// S029.  `what` is "a unit"; `known` lists the words that may stand there.
Diagnostic UnknownWord(Span at, std::string_view found, std::string_view what, std::string_view known,
                       std::string_view nearest);
// S030
Diagnostic NotANumber(Span at, std::string_view found);
// S031
Diagnostic BadName(Span at, std::string_view found, std::string_view better);
// S032
Diagnostic DecimalsNotHere(Span at, std::string_view found);
// S033
Diagnostic BadEscape(Span at, std::string_view found);
// S034
Diagnostic HeaderAfterItems(Span at, std::string_view word);
// S035
Diagnostic GivenAfterSteps(Span at, std::string_view found);
// S036
Diagnostic ComparisonChain(Span at, std::string_view found);
// S037
Diagnostic NoSuchTime(Span at, std::string_view found);

}  // namespace lawbound::syntax
