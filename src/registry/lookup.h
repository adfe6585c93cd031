// One cited provision, looked up in the law of a day.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "law/citation_reader.h"
#include "registry/citations.h"
#include "registry/jurisdiction.h"
#include "registry/registry.h"

namespace lawbound::registry {

struct Lookup {
  Resolution resolution = Resolution::kNoInstrument;
  std::optional<Work> work;  // unless there is no such instrument or several
  std::optional<std::size_t> version;
  std::optional<Answer> answer;  // when resolved
  std::string why;               // when not
};

// `territory`: where the citing text binds; an instrument of its own territory goes before one around it.
base::Result<Lookup> LookUp(Registry& registry, const Jurisdiction& jurisdiction,
                            const law::CitationTarget& target, std::string_view territory, base::Day day,
                            base::Day known);

// Of a provision whose version is in force: why it is not by a day of its own; nothing when it is.
std::optional<std::string> WhyNotInForce(const Answer& answer);

// The named instruments and provisions that a line of words cites, or the one that an address names.
std::vector<law::CitationTarget> TargetsIn(const Jurisdiction& jurisdiction, const law::BareNames& names,
                                           std::string_view words);

// The words of a provision that the data cite ("行政处罚法", "art_10/para_2") as of a day, with its address;
// why there are none otherwise.
std::string WordsOfBasis(Registry& registry, const Jurisdiction& jurisdiction, std::string_view instrument,
                         std::string_view path, base::Day day, base::Day known);

}  // namespace lawbound::registry
