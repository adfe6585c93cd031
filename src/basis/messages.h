// What is said of citations that a registry of law does not bear out.
#pragma once

#include <fmt/format.h>
#include <string_view>

#include "source/diagnostic.h"

namespace lawbound::basis {

inline source::Diagnostic NotInRegistry(source::Span at, std::string_view instrument) {
  return {.code = "L001",
          .span = at,
          .message = fmt::format("the registry has no text of '{}'", instrument),
          .help = "import its text, or give the instrument the title its text has",
          .severity = source::Severity::kWarning};
}

inline source::Diagnostic NoSuchProvision(source::Span at, std::string_view citation, std::string_view why) {
  return {.code = "L002",
          .span = at,
          .message = fmt::format("'{}' names no provision in force that day: {}", citation, why),
          .help = "look at the text with 'lawbound law show', and cite what it says"};
}

inline source::Diagnostic NotInForce(source::Span at, std::string_view citation, std::string_view why) {
  return {.code = "L003",
          .span = at,
          .message = fmt::format("'{}' is not in force: {}", citation, why),
          .help = "end what rests on it with 'until DATE', and cite what has taken its place"};
}

inline source::Diagnostic SeveralMeant(source::Span at, std::string_view citation, std::string_view why) {
  return {.code = "L004",
          .span = at,
          .message = fmt::format("'{}' may name several provisions: {}", citation, why),
          .help = "name the paragraph and the item"};
}

inline source::Diagnostic NotRead(source::Span at, std::string_view citation) {
  return {.code = "L005",
          .span = at,
          .message = fmt::format("'{}' is not in a form that can be looked up", citation),
          .help = "write article, paragraph and item as 63(1)(2)",
          .severity = source::Severity::kWarning};
}

inline source::Diagnostic SubjectNoPackMayJudge(source::Span at, std::string_view citation,
                                                std::string_view title, std::string_view mark) {
  return {
      .code = "L006",
      .span = at,
      .message = fmt::format("'{}' cites '{}', whose subject ({}) no pack may judge", citation, title, mark),
      .help = "leave out what rests on it; docs/safeguards.md says why"};
}

}  // namespace lawbound::basis
