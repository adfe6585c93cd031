// What a pack rests on: its citations, each with the thing that stands under it, and what the registry of law
// has for them.
//
//   for (const PackCitation& citation : CitationsOf(tree)) {
//     ASSIGN_OR_RETURN(const PackAnswer answer, Resolve(registry, jurisdiction, citation, day, known));
//   }
//
// Functions without state; a registry belongs to one thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "calendar/calendar.h"
#include "check/check.h"
#include "law/provision.h"
#include "registry/citations.h"
#include "registry/jurisdiction.h"
#include "registry/registry.h"
#include "source/diagnostic.h"
#include "syntax/tree.h"

namespace lawbound::basis {

struct PackCitation {
  std::string owner_kind;           // "rule", "act", "term"...
  std::string owner;                // its name in the pack
  std::string instrument;           // as the pack calls it: "APL"
  std::vector<std::string> titles;  // of the instrument, as the pack declares them
  std::string provision;            // "63(1)(2)"
  source::Span span;
  // The days of the sentences that rest on it; nothing: always.  Only rules have such days.
  std::optional<base::Day> from, until;
};

// Every citation of a pack in the order of its text.  One whose instrument the pack does not declare is left
// out: the checker says so.
std::vector<PackCitation> CitationsOf(const syntax::Tree& tree);

// "63(1)(2)" is art_63/para_1/item_2, "17-1" art_17-1; nothing for what is written in another way
// ("204-bis").
std::optional<law::Path> PathOfProvision(std::string_view provision);
// What such a path names in this text: where an article has one paragraph only, 64(4) is its item 4; in a
// document whose items are numbered through from heading to heading, 11 is the item 11.
law::Path PathMeant(const law::Grammar& grammar, const std::vector<registry::UnitRow>& units,
                    const law::Path& path);

struct PackAnswer {
  registry::Resolution resolution = registry::Resolution::kNoInstrument;
  base::Day day;                         // the day it was asked for
  std::optional<registry::Answer> text;  // when resolved
  law::Path path;
  std::string why;  // when not resolved
};

// The instruments that one of these titles may mean: by name, by name in addresses, or by a document number
// that stands in their title or before their first article.
base::Result<std::vector<registry::Instrument>> InstrumentsMeant(registry::Registry& registry,
                                                                 const law::Grammar& grammar,
                                                                 const std::vector<std::string>& titles);

// The provision in force on `day`, or on the nearest day of the citation's own days.
base::Result<PackAnswer> Resolve(registry::Registry& registry, const registry::Jurisdiction& jurisdiction,
                                 const PackCitation& citation, base::Day day, base::Day known);

// Says of each citation that does not resolve where it stands and why.
base::Status CheckCitations(registry::Registry& registry, const registry::Jurisdiction& jurisdiction,
                            const syntax::Tree& tree, base::Day day, base::Day known,
                            source::Diagnostics& diagnostics);

// The rules whose words name an act, term, fact or other thing of the pack; those of used packs too.  A
// change of what stands behind that thing touches them.
std::vector<std::string> RulesThatName(const syntax::Tree& tree, const source::Sources& sources,
                                       std::string_view name);

// The examples that come out otherwise when the rules of these names are not there: what shows, before
// anything is changed, what a change of their provision touches.  Each title once, in the order of the pack.
base::Result<std::vector<std::string>> ExamplesWithout(const check::Compiled& compiled,
                                                       const calendar::Calendars& calendars,
                                                       const std::vector<std::string>& rules);

}  // namespace lawbound::basis
