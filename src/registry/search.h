// Search over the provisions of a registry: articles, preambles, annexes and headings that hold every word of
// a query.
//
// A query is words separated by spaces; "quoted words" are one word with its spaces.  Han text matches
// anywhere, other text by whole words.  Counts are exact: of provisions, not of occurrences.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "registry/registry.h"

namespace lawbound::registry {

struct SearchQuery {
  std::string words;
  std::string rank, territory, maker;  // empty: any; a territory holds those within it
  std::string instrument;              // its plain name or name in addresses; empty: any
  std::optional<base::Day> published_from, published_to;
  std::optional<base::Day> in_force_on;
  base::Day known;                    // as the registry knew it that day
  std::size_t first = 0, count = 20;  // which hits of the ranking to give; none: they are only counted
};

struct Hit {
  std::int64_t unit = 0;
  std::string address, title, heading;
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

// kInvalid when the query has no word in it.
base::Result<SearchResult> Search(Registry& registry, const SearchQuery& query);

// The words of a query: separated by spaces, quotation marks hold words together.
std::vector<std::string> WordsOf(std::string_view query);

}  // namespace lawbound::registry
