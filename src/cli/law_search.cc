// lawbound law search REGISTRY WORDS: provisions that hold every word.
#include <fmt/format.h>

#include "cli/law.h"
#include "registry/search.h"

namespace lawbound::cli {
namespace {

base::Result<registry::SearchQuery> QueryFrom(const LawSearchArguments& arguments, base::Day known) {
  registry::SearchQuery query;
  query.words = arguments.words;
  query.rank = arguments.rank;
  query.territory = arguments.territory;
  query.maker = arguments.maker;
  query.instrument = arguments.instrument;
  query.known = known;
  query.first = arguments.first;
  query.count = arguments.count;
  ASSIGN_OR_RETURN(query.published_from, OptionalDay("--from", arguments.from));
  ASSIGN_OR_RETURN(query.published_to, OptionalDay("--to", arguments.to));
  ASSIGN_OR_RETURN(query.in_force_on, OptionalDay("--in-force", arguments.in_force));
  return query;
}

}  // namespace

ExitCode RunLawSearch(const LawSearchArguments& arguments) {
  base::Result<OpenLaw> opened = OpenLawRegistry(arguments.places, store::Database::Mode::kRead);
  if (!opened.ok()) return Fail(opened.error());
  base::Result<registry::SearchQuery> query = QueryFrom(arguments, opened.value().known);
  if (!query.ok()) return Fail(query.error());
  base::Result<registry::SearchResult> found = registry::Search(opened.value().registry, query.value());
  if (!found.ok()) return Fail(found.error());
  const registry::SearchResult& result = found.value();
  fmt::print("{} provisions\n", result.total);
  if (result.ranked < result.total) fmt::print("only the first {} were ranked\n", result.ranked);
  for (const registry::Hit& hit : result.hits) {
    fmt::print("\n{}\n{}{}\n", hit.address, hit.title,
               hit.heading.empty() ? std::string() : ", " + hit.heading);
    const std::string_view snippet = hit.snippet;
    if (snippet.empty()) continue;
    fmt::print("  {}[{}]{}\n", snippet.substr(0, hit.match_begin),
               snippet.substr(hit.match_begin, hit.match_end - hit.match_begin),
               snippet.substr(hit.match_end));
  }
  return kDone;
}

}  // namespace lawbound::cli
