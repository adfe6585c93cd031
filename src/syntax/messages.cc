#include "syntax/messages.h"

#include <fmt/format.h>
#include <string>

namespace lawbound::syntax {
namespace {

std::string ContinuesHelp(bool continues) {
  return continues ? "this line is indented, so it continues the one above; a line of its own is indented by "
                     "two spaces, a "
                     "new statement by none"
                   : "";
}

}  // namespace

Diagnostic UnknownStatement(Span at, std::string_view found, std::string_view nearest) {
  return {.code = "S001",
          .span = at,
          .message = fmt::format("'{}' does not start a statement", found),
          .help = nearest.empty()
                      ? "a statement starts with a word like 'act', 'rule', 'term' or 'fact'; lines that "
                        "belong to one are indented by two spaces"
                      : fmt::format("did you mean '{}'?", nearest)};
}

Diagnostic Expected(Span at, std::string_view wanted, std::string_view found, bool continues) {
  return {.code = "S002",
          .span = at,
          .message = found.empty() ? fmt::format("expected {}, but the line ends", wanted)
                                   : fmt::format("expected {}, found '{}'", wanted, found),
          .help = ContinuesHelp(continues)};
}

Diagnostic ReservedName(Span at, std::string_view word) {
  return {.code = "S003",
          .span = at,
          .message = fmt::format("'{}' is a word of the language and cannot be a name", word),
          .help = "write the name before it, or choose another name"};
}

Diagnostic CannotStandHere(Span at, std::string_view found, bool continues) {
  return {.code = "S004",
          .span = at,
          .message = fmt::format("'{}' cannot stand here", found),
          .help = continues ? ContinuesHelp(true) : "the statement was complete before it"};
}

Diagnostic StrangeCharacter(Span at, std::string_view found, char instead) {
  return {.code = "S005",
          .span = at,
          .message = fmt::format("the character '{}' is not used in code", found),
          .help = instead == 0 ? "free text stands in quotes, or in the prose outside the block"
                               : fmt::format("write '{}'", instead)};
}

Diagnostic HiddenCharacter(Span at, char32_t code) {
  return {.code = "S006",
          .span = at,
          .message = fmt::format("hidden character U+{:04X} in code", static_cast<unsigned>(code)),
          .help = "delete it: a reader would not see it, and the line may say something else than it shows"};
}

Diagnostic NotUtf8(Span at, unsigned byte) {
  return {.code = "S007",
          .span = at,
          .message = fmt::format("the page is not UTF-8 text: byte 0x{:02X}", byte),
          .help = "save the page as UTF-8"};
}

Diagnostic MixedScripts(Span at, std::string_view name) {
  return {.code = "S008",
          .span = at,
          .message = fmt::format("the name '{}' mixes letters of two scripts", name),
          .help = "letters that look alike would make two names look the same; write the name in one script"};
}

Diagnostic NameTooLong(Span at, std::size_t limit) {
  return {.code = "S009",
          .span = at,
          .message = fmt::format("a name has at most {} characters", limit),
          .help = "say the long form in the title"};
}

Diagnostic LineTooLong(Span at, std::size_t limit) {
  return {.code = "S010",
          .span = at,
          .message = fmt::format("a line of code has at most {} bytes", limit),
          .help = "break it; a line indented by four spaces continues the one above"};
}

Diagnostic TooDeep(Span at, std::size_t limit) {
  return {.code = "S011",
          .span = at,
          .message = fmt::format("this is nested more than {} deep", limit),
          .help = "name a part of it with 'fact'"};
}

Diagnostic TooManyItems(Span at, std::size_t limit) {
  return {.code = "S012",
          .span = at,
          .message = fmt::format("a pack has at most {} statements; the rest is not read", limit),
          .help = "split the pack and join the parts with 'use'"};
}

Diagnostic OpenText(Span at) {
  return {.code = "S013",
          .span = at,
          .message = "this text has no closing quote",
          .help = "a text ends on the line it starts on; write '\\\"' for a quote inside it"};
}

Diagnostic OpenBlock(Span at) {
  return {.code = "S014",
          .span = at,
          .message = "this block is never closed",
          .help = "end it with a line of three backquotes"};
}

Diagnostic TabInIndent(Span at) {
  return {.code = "S015",
          .span = at,
          .message = "a tab in the code",
          .help = "indent with spaces: two for a line, four to go on"};
}

Diagnostic NoSuchDay(Span at, std::string_view found) {
  return {.code = "S016",
          .span = at,
          .message = fmt::format("there is no day '{}'", found),
          .help = "a day is written year-month-day, like 2026-02-28, from the year 1600 to 2999"};
}

Diagnostic NumberTooLarge(Span at, std::string_view found) {
  return {.code = "S017",
          .span = at,
          .message = fmt::format("the number '{}' is too large", found),
          .help = "at most 15 digits before the point"};
}

Diagnostic NoPackLine(Span at) {
  return {.code = "S018",
          .span = at,
          .message = "the first statement of a page is 'pack'",
          .help = "start the block with a line like 'pack it/file-access'"};
}

Diagnostic OtherPack(Span at, std::string_view here, std::string_view first, Span first_at) {
  return {
      .code = "S019",
      .span = at,
      .message = fmt::format("this page belongs to the pack '{}', the pages before it to '{}'", here, first),
      .help = "give both pages the same path, or read the pack it needs with 'use'",
      .notes = {{first_at, "the pack's path stands here"}}};
}

Diagnostic GivenTwice(Span at, std::string_view what) {
  return {.code = "S020",
          .span = at,
          .message = fmt::format("{} is given twice", what),
          .help = "it stands once, on one page"};
}

Diagnostic NothingAbove(Span at) {
  return {.code = "S021",
          .span = at,
          .message = "this line is indented, but there is no statement above it in this block",
          .help = "a statement starts in the first column, and all its lines stand in one block"};
}

Diagnostic AdverseIsNotWritten(Span at) {
  return {.code = "S022",
          .span = at,
          .message = "'adverse' is not written",
          .help =
              "every act to a person counts as adverse; give the others a reason: favourable \"grants what "
              "was asked\""};
}

Diagnostic PrivateIsNotWritten(Span at) {
  return {.code = "S023",
          .span = at,
          .message = "'private' is not written",
          .help = "fields are private unless 'public with' names them"};
}

Diagnostic PublicWithoutNames(Span at) {
  return {
      .code = "S024",
      .span = at,
      .message = "'public' names no fields",
      .help =
          "name the fields that everybody may see, and how long: public with outcome, reasons for 5 years"};
}

Diagnostic DatesStandLast(Span at, std::string_view word) {
  return {.code = "S025",
          .span = at,
          .message = fmt::format("'{}' stands after the dates of the sentence", word),
          .help = "'from' and 'until' stand at the end of the sentence"};
}

Diagnostic OutOfOrder(Span at, std::string_view word, std::string_view order) {
  return {.code = "S026",
          .span = at,
          .message = fmt::format("'{}' stands too late in the statement", word),
          .help = fmt::format("the order is: {}", order)};
}

Diagnostic NoProvision(Span at, std::string_view instrument) {
  return {.code = "S027",
          .span = at,
          .message = fmt::format("'{}' is cited without a provision", instrument),
          .help = fmt::format("name the article: {} 12(1)", instrument)};
}

Diagnostic NoInstrument(Span at, std::string_view provision) {
  return {.code = "S028",
          .span = at,
          .message = fmt::format("'{}' is cited without an instrument", provision),
          .help = "write the instrument before it; later provisions of the same one follow after commas"};
}

Diagnostic UnknownWord(Span at, std::string_view found, std::string_view what, std::string_view known,
                       std::string_view nearest) {
  return {.code = "S029",
          .span = at,
          .message = fmt::format("'{}' is not {}", found, what),
          .help = nearest.empty() ? fmt::format("write one of: {}", known)
                                  : fmt::format("did you mean '{}'?", nearest)};
}

Diagnostic NotANumber(Span at, std::string_view found) {
  return {
      .code = "S030",
      .span = at,
      .message = fmt::format("'{}' is not a number", found),
      .help =
          "a number has digits and a point, as in 38.50; write spaces around '-'; names start with a letter"};
}

Diagnostic BadName(Span at, std::string_view found, std::string_view better) {
  return {.code = "S031",
          .span = at,
          .message = fmt::format("'{}' is not a name", found),
          .help = fmt::format("names are letters and digits joined by single '-', like '{}'", better)};
}

Diagnostic DecimalsNotHere(Span at, std::string_view found) {
  return {.code = "S032",
          .span = at,
          .message = fmt::format("'{}' has decimals that cannot stand here", found),
          .help = "only amounts and percentages have decimals, two at most: 38.50 EUR, 2.5%"};
}

Diagnostic BadEscape(Span at, std::string_view found) {
  return {.code = "S033",
          .span = at,
          .message = fmt::format("'{}' means nothing in a text", found),
          .help = "a backslash stands only before a quote or another backslash"};
}

Diagnostic HeaderAfterItems(Span at, std::string_view word) {
  return {.code = "S034",
          .span = at,
          .message = fmt::format("'{}' stands after other statements", word),
          .help = "'use', 'zone' and 'counted by' follow the 'pack' line"};
}

Diagnostic GivenAfterSteps(Span at, std::string_view found) {
  return {.code = "S035",
          .span = at,
          .message = fmt::format("the line of '{}' stands after the first step", found),
          .help = "what is known of the parties stands under the title of the example, before its first day"};
}

Diagnostic ComparisonChain(Span at, std::string_view found) {
  return {.code = "S036",
          .span = at,
          .message = fmt::format("'{}' compares the answer of a comparison", found),
          .help = "join two comparisons with 'and', or write parentheses"};
}

Diagnostic NoSuchTime(Span at, std::string_view found) {
  return {.code = "S037",
          .span = at,
          .message = fmt::format("there is no time of day '{}'", found),
          .help = "hours and minutes from 00:00 to 23:59"};
}

}  // namespace lawbound::syntax
