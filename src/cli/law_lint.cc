// lawbound law lint REGISTRY DRAFT: hints for the reviewer of a draft.
#include <fmt/format.h>

#include "cli/law.h"
#include "registry/formats.h"
#include "registry/lint.h"

namespace lawbound::cli {
namespace {

double Percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

base::Result<ExitCode> PrintMeasure(OpenLaw& law, const registry::PowerLaw& power_law, base::Day day,
                                    const LawLintArguments& arguments) {
  ASSIGN_OR_RETURN(
      const registry::LintMeasure measure,
      registry::MeasureLint(law.registry, law.jurisdiction, power_law, arguments.measure, day, law.known));
  if (arguments.list) {
    for (const std::string& miss : measure.misses) fmt::print("{}\n", miss);
  }
  fmt::print("planted {}, found {} ({:.1f} %); findings {}, of them planted {:.1f} %\n", measure.faults,
             measure.found, Percent(measure.found, measure.faults), measure.findings,
             Percent(measure.found, measure.findings));
  return kDone;
}

base::Result<ExitCode> Lint(OpenLaw& law, const LawLintArguments& arguments) {
  ASSIGN_OR_RETURN(const std::optional<base::Day> on, OptionalDay("--on", arguments.on));
  const base::Day day = on.value_or(Today());
  ASSIGN_OR_RETURN(const registry::PowerLaw power_law, LoadPowerLaw(arguments.powers_data));
  if (!arguments.measure.empty()) return PrintMeasure(law, power_law, day, arguments);
  if (arguments.draft.empty() || arguments.rank.empty())
    return base::Error{base::Errc::kInvalid, "lint needs a draft and the rank it is to have (--rank)"};
  ASSIGN_OR_RETURN(const registry::SourceText source,
                   registry::ReadSource(law.jurisdiction, arguments.draft));
  const law::Text draft = law::ReadText(law.jurisdiction.grammar, source.words);
  ASSIGN_OR_RETURN(const std::vector<registry::LintFinding> findings,
                   registry::LintDraft(law.registry, law.jurisdiction, power_law, draft,
                                       {arguments.rank, "", arguments.territory}, day, law.known));
  for (const registry::LintFinding& finding : findings) {
    fmt::print("{}: {}: {}\n  draft: {}\n", finding.path, registry::LintWords(finding.kind), finding.words,
               finding.draft);
    if (!finding.law.empty()) fmt::print("  law:   {}\n", finding.law);
    fmt::print("\n");
  }
  fmt::print("{} findings. They are hints to a reviewer and decide nothing.\n", findings.size());
  return kDone;
}

}  // namespace

ExitCode RunLawLint(const LawLintArguments& arguments) {
  base::Result<OpenLaw> opened = OpenLawRegistry(arguments.places, store::Database::Mode::kRead);
  if (!opened.ok()) return Fail(opened.error());
  const base::Result<ExitCode> code = Lint(opened.value(), arguments);
  return code.ok() ? code.value() : Fail(code.error());
}

}  // namespace lawbound::cli
