// The citations of a text, each resolved against the registry to the provision in force on a day; and how
// good the reader of citations is, against citations labelled by hand (tests/citations/README.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "law/citation_reader.h"
#include "registry/jurisdiction.h"
#include "registry/registry.h"

namespace lawbound::registry {

// The instruments that texts may call by their bare name: those of a whole jurisdiction, not of a part of it.
base::Result<law::BareNames> LoadBareNames(Registry& registry);

// The text of a version as the reader of citations wants it.
law::Text TextFrom(const std::string& title, const std::vector<UnitRow>& rows);

enum class Resolution : std::uint8_t {
  kResolved,      // to one provision, in force on the day
  kSeveral,       // to several: listed
  kNotInForce,    // the instrument is there, no version of it is known to be in force on the day
  kNoProvision,   // the version in force has no such provision
  kNoInstrument,  // the registry does not have the instrument
  kUnknown,       // the words do not tell which provision is meant
  kSelf,          // to a document that is not in the registry
};
std::string_view ResolutionWords(Resolution resolution);

struct ResolvedCitation {
  law::TextCitation found;
  std::string words;  // the cited words
  Resolution resolution = Resolution::kUnknown;
  std::vector<std::string> addresses;  // one when resolved
};

// The citations of a version's text as of a day.  A version's own provisions resolve within that version.
base::Result<std::vector<ResolvedCitation>> Cite(Registry& registry, const Jurisdiction& jurisdiction,
                                                 const Work& work, std::size_t version, base::Day day,
                                                 base::Day known);

// Whose grammar reads a text.
enum class Tongue : std::uint8_t { kOwn, kEnglish };

// The citations of a document that is not in the registry, each resolved to the provision in force on `day`;
// what it says of itself stays unresolved.
base::Result<std::vector<ResolvedCitation>> CiteDocument(Registry& registry, const Jurisdiction& jurisdiction,
                                                         const std::string& path, Tongue tongue,
                                                         base::Day day, base::Day known);

// The reader against the labels in `folder`, whose passages are in `corpus`.
struct Measure {
  std::size_t labels = 0, found = 0;
  std::size_t right_span = 0;       // begins and ends as labelled
  std::size_t right = 0;            // ... and names what was labelled
  std::vector<std::string> misses;  // one line each
};
base::Result<Measure> MeasureReader(Registry& registry, const Jurisdiction& jurisdiction,
                                    const std::string& folder, const std::string& corpus,
                                    Tongue tongue = Tongue::kOwn);

}  // namespace lawbound::registry
