// lawbound law cite REGISTRY ADDRESS: the citations of a text and what they resolve to.  With --measure: how
// many of the citations labelled by hand are found, and how many of those found are right.
#include <fmt/format.h>
#include <map>

#include "cli/law.h"
#include "registry/citations.h"

namespace lawbound::cli {
namespace {

std::string_view ConfidenceWords(law::Confidence confidence) {
  switch (confidence) {
    case law::Confidence::kCertain:
      return "certain";
    case law::Confidence::kLikely:
      return "likely";
    case law::Confidence::kAmbiguous:
      return "ambiguous";
  }
  return "";
}

double Percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

registry::Tongue TongueOf(const LawCiteArguments& arguments) {
  return arguments.english ? registry::Tongue::kEnglish : registry::Tongue::kOwn;
}

ExitCode PrintMeasure(OpenLaw& law, const LawCiteArguments& arguments) {
  base::Result<registry::Measure> measured = registry::MeasureReader(
      law.registry, law.jurisdiction, arguments.measure, arguments.corpus, TongueOf(arguments));
  if (!measured.ok()) return Fail(measured.error());
  const registry::Measure& measure = measured.value();
  if (arguments.list) {
    for (const std::string& miss : measure.misses) fmt::print("{}\n", miss);
  }
  fmt::print("labelled {}, found {}\n", measure.labels, measure.found);
  fmt::print("words:            recall {:.1f} %, precision {:.1f} %\n",
             Percent(measure.right_span, measure.labels), Percent(measure.right_span, measure.found));
  fmt::print("words and target: recall {:.1f} %, precision {:.1f} %\n",
             Percent(measure.right, measure.labels), Percent(measure.right, measure.found));
  return kDone;
}

base::Result<std::vector<registry::ResolvedCitation>> FindCitations(OpenLaw& law,
                                                                    const LawCiteArguments& arguments) {
  if (!arguments.text.empty()) {
    ASSIGN_OR_RETURN(const std::optional<base::Day> on, OptionalDay("--on", arguments.on));
    return registry::CiteDocument(law.registry, law.jurisdiction, arguments.text, TongueOf(arguments),
                                  on.value_or(Today()), law.known);
  }
  ASSIGN_OR_RETURN(const ChosenVersion chosen, ChooseByAddress(law, arguments.address));
  return registry::Cite(law.registry, law.jurisdiction, chosen.work, chosen.version,
                        chosen.address.day.value_or(law.known), law.known);
}

}  // namespace

ExitCode RunLawCite(const LawCiteArguments& arguments) {
  if (arguments.address.empty() && arguments.text.empty() && arguments.measure.empty()) {
    fmt::print(stderr, "lawbound: law cite needs an ADDRESS, or --text, or --measure; --help says more\n");
    return kUsage;
  }
  base::Result<OpenLaw> opened = OpenLawRegistry(arguments.places, store::Database::Mode::kRead);
  if (!opened.ok()) return Fail(opened.error());
  OpenLaw& law = opened.value();
  if (!arguments.measure.empty()) return PrintMeasure(law, arguments);
  base::Result<std::vector<registry::ResolvedCitation>> cited = FindCitations(law, arguments);
  if (!cited.ok()) return Fail(cited.error());
  std::map<std::string_view, std::size_t> counts;
  for (const registry::ResolvedCitation& citation : cited.value()) {
    const law::FoundCitation& found = citation.found.citation;
    ++counts[registry::ResolutionWords(citation.resolution)];
    fmt::print("{}: {} ({}, {}): {}\n", citation.words, law::PrintTarget(found.target),
               ConfidenceWords(found.confidence), found.reason,
               registry::ResolutionWords(citation.resolution));
    for (const std::string& address : citation.addresses) fmt::print("  {}\n", address);
    for (const law::CitationTarget& other : found.candidates)
      fmt::print("  or {}\n", law::PrintTarget(other));
  }
  for (const auto& [words, count] : counts) fmt::print("{:>6}  {}\n", count, words);
  return kDone;
}

}  // namespace lawbound::cli
