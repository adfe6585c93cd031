// Reads a draft and hints at what a reviewer should look at: what its rank may not set up, law that is no
// longer in force, times that differ from those of the provision it cites, an approval under another name, a
// text whose own time is over.  Every finding shows both texts, the draft's and the law's; none of them is a
// verdict.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "law/text.h"
#include "registry/jurisdiction.h"
#include "registry/power_law.h"
#include "registry/registry.h"

namespace lawbound::registry {

enum class LintKind : std::uint8_t { kCreates, kCeiling, kRepealed, kTerm, kDisguise, kExpired };
std::string_view LintName(LintKind kind);   // "creates", as the files of known faults call it
std::string_view LintWords(LintKind kind);  // for people

struct LintFinding {
  LintKind kind = LintKind::kCreates;
  std::string path;   // of the provision in the draft
  std::string draft;  // its sentence
  std::string law;    // the other text, with its address
  std::string words;  // what does not go together
};

// `authority`: the rank and territory the draft is to have.
base::Result<std::vector<LintFinding>> LintDraft(Registry& registry, const Jurisdiction& jurisdiction,
                                                 const PowerLaw& law, const law::Text& draft,
                                                 const law::Authority& authority, base::Day day,
                                                 base::Day known);

// Against drafts whose faults are known: drafts.tsv, faults.tsv and NN.md in `folder`.
struct LintMeasure {
  std::size_t faults = 0, found = 0, findings = 0;
  std::vector<std::string> misses;  // one line each, both ways
};
base::Result<LintMeasure> MeasureLint(Registry& registry, const Jurisdiction& jurisdiction,
                                      const PowerLaw& law, const std::string& folder, base::Day day,
                                      base::Day known);

}  // namespace lawbound::registry
