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

void PrintNamed(const registry::NamedProvision& named) {
  if (!named.answer) {
    fmt::print("named: {}: {}\n\n", named.words, named.why);
    return;
  }
  fmt::print("named: {}\n{}\n{}\n\n", named.answer->address, named.answer->instrument.title,
             named.answer->text);
}

void PrintHit(const registry::Hit& hit) {
  const auto or_unknown = [](const std::string& word) { return word.empty() ? "unknown" : word; };
  fmt::print("\n{}\n{}{}\n", hit.address, hit.title,
             hit.heading.empty() ? std::string() : ", " + hit.heading);
  fmt::print("  {}; {}; {}\n", or_unknown(hit.rank), or_unknown(hit.version.maker),
             DatesWords(hit.version.dates, hit.span));
  const std::string_view snippet = hit.snippet;
  if (snippet.empty()) return;
  fmt::print("  {}[{}]{}\n", snippet.substr(0, hit.match_begin),
             snippet.substr(hit.match_begin, hit.match_end - hit.match_begin), snippet.substr(hit.match_end));
}

ExitCode RunLawSearchIn(OpenLaw& law, const registry::SearchQuery& query) {
  base::Result<std::vector<registry::NamedProvision>> named =
      registry::ProvisionsNamed(law.registry, law.jurisdiction, query);
  if (!named.ok()) return Fail(named.error());
  base::Result<registry::SearchResult> found = registry::Search(law.registry, query);
  if (!found.ok()) return Fail(found.error());
  for (const registry::NamedProvision& provision : named.value()) PrintNamed(provision);
  const registry::SearchResult& result = found.value();
  fmt::print("{} provisions\n", result.total);
  if (result.ranked < result.total && query.count > 0)
    fmt::print("only the first {} were ranked\n", result.ranked);
  for (const registry::Hit& hit : result.hits) PrintHit(hit);
  return kDone;
}

}  // namespace

ExitCode RunLawSearch(const LawSearchArguments& arguments) {
  base::Result<OpenLaw> opened = OpenLawRegistry(arguments.places, store::Database::Mode::kRead);
  if (!opened.ok()) return Fail(opened.error());
  base::Result<registry::SearchQuery> query = QueryFrom(arguments, opened.value().known);
  if (!query.ok()) return Fail(query.error());
  return RunLawSearchIn(opened.value(), query.value());
}

}  // namespace lawbound::cli
