// Which of two texts prevails.  Rank is a partial order: some ranks stand above others everywhere, some only
// within their territory, some pairs neither, so that somebody has to rule.  The ranks are data
// (packs/*/law/ranks.tsv, format: docs/formats/law-data.md), each line with the provision that says so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lawbound::law {

// What an instrument's standing depends on.  An empty maker or territory is unknown.
struct Authority {
  std::string rank;
  std::string maker;
  std::string territory;  // "prc/guangdong": within "prc"
};

enum class Standing : std::uint8_t {
  kHigher,       // the first prevails
  kLower,        // the second prevails
  kEqual,        // one rank and one territory: the newer or the more special prevails
  kNeedsRuling,  // neither prevails by rank; the law says who rules
  kApart,        // their territories do not meet
  kUnknown,      // the data say nothing of the two
};
std::string_view StandingWords(Standing standing);

struct Comparison {
  Standing standing = Standing::kUnknown;
  std::string basis;  // the provision that says so, or empty
};

// `inner` is `outer` or a part of it: "prc/guangdong" of "prc".
bool WithinTerritory(std::string_view inner, std::string_view outer);

class Ranks {
 public:
  // kInvalid, naming the line, when a row is not understood, names a rank that is not there, or closes a
  // circle.
  base::Status Read(std::string_view file);
  bool Has(std::string_view rank) const;
  Comparison Compare(const Authority& first, const Authority& second) const;

 private:
  enum class How : std::uint8_t { kAbove, kAboveWithin, kRuling };
  struct Edge {
    How how;
    std::string first, second, basis;
  };
  const Edge* Find(How how, std::string_view first, std::string_view second) const;
  bool Reaches(std::string_view from, std::string_view to, std::size_t steps) const;

  std::vector<std::string> ranks_;
  std::vector<Edge> edges_;
};

}  // namespace lawbound::law
