// Search over the provisions of a registry: articles, preambles, annexes and headings that hold every word of
// a query.
//
// A query is words separated by spaces; "quoted words" are one word with its spaces.  Han text matches
// anywhere, other text by whole words.  Counts are exact: of provisions, not of occurrences.  A query that
// names a provision, as a citation or an address, gets that provision too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "registry/jurisdiction.h"
#include "registry/lookup.h"
#include "registry/registry.h"

namespace lawbound::registry {

struct SearchQuery {
  std::string words;
  std::string rank, territory, maker;  // empty: any; a territory holds those within it; who made the version
  std::string instrument;              // its plain name or name in addresses; empty: any
  std::optional<base::Day> published_from, published_to;
  std::optional<base::Day> in_force_on;  // of the provision, where it has days of its own
  base::Day known;                       // as the registry knew it that day
  std::size_t first = 0, count = 20;     // which hits of the ranking to give; none: they are only counted
};

struct Hit {
  std::int64_t unit = 0;
  std::string address, title, heading;
  std::string rank;
  VersionRow version;                          // that the provision stands in, with its maker and dates
  std::optional<law::InForce> span;            // when that version is, was or will be in force
  std::string snippet;                         // words around the first match
  std::size_t match_begin = 0, match_end = 0;  // in the snippet; equal when the match is in the heading
};

struct SearchResult {
  std::size_t total = 0;
  // Only this many hits were ranked; more than that many were found when it is smaller than `total`.
  std::size_t ranked = 0;
  std::vector<Hit> hits;
};
inline constexpr std::size_t kMostRanked = 5000;

// kInvalid when the query has no word in it; kNotFound when a filter asks for a rank, maker, territory or
// instrument that nothing here has.
base::Result<SearchResult> Search(Registry& registry, const SearchQuery& query);

// The provisions that the words of a query name, as of the day in force or known: "灯笼法第六十三条",
// "Article 63 of the Lantern Law", "/law/prc/2021/some-law/art_63".  Why there is none stands in `why`.
struct NamedProvision {
  std::string words;  // "灯笼法/art_63", or the address
  std::optional<Answer> answer;
  std::string why;
};
base::Result<std::vector<NamedProvision>> ProvisionsNamed(Registry& registry,
                                                          const Jurisdiction& jurisdiction,
                                                          const SearchQuery& query);

// The words of a query: separated by spaces, quotation marks hold words together.
std::vector<std::string> WordsOf(std::string_view query);

}  // namespace lawbound::registry
