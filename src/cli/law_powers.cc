// lawbound law powers check REGISTRY LIST: a list of powers against the law of a day.
#include <fmt/format.h>
#include <map>

#include "cli/law.h"
#include "registry/powers.h"

namespace lawbound::cli {
namespace {

base::Result<ExitCode> Check(OpenLaw& law, const LawPowersArguments& arguments) {
  ASSIGN_OR_RETURN(const std::optional<base::Day> on, OptionalDay("--on", arguments.on));
  ASSIGN_OR_RETURN(const registry::PowerLaw power_law, LoadPowerLaw(arguments.powers_data));
  ASSIGN_OR_RETURN(const registry::Table table, registry::ReadTable(arguments.list));
  const registry::PowerList list = registry::ReadPowers(power_law, table);
  ASSIGN_OR_RETURN(const std::vector<registry::PowerFinding> findings,
                   registry::CheckPowers(law.registry, law.jurisdiction, power_law, list,
                                         on.value_or(Today()), law.known));
  std::map<std::string_view, std::size_t> counts;
  bool mistakes = false;
  for (const registry::PowerFinding& finding : findings) {
    mistakes = mistakes || registry::IsMistake(finding.fault);
    ++counts[registry::FaultWords(finding.fault)];
    if (finding.fault == registry::PowerFault::kGap && !arguments.gaps) continue;
    fmt::print("{}{}{}: {}: {}\n", arguments.list, finding.line == 0 ? "" : fmt::format(":{}", finding.line),
               finding.id.empty() ? "" : " " + finding.id, registry::FaultWords(finding.fault),
               finding.words);
  }
  fmt::print("{} rows\n", list.rows.size());
  for (const auto& [words, count] : counts) fmt::print("{:>6}  {}\n", count, words);
  if (counts.contains(registry::FaultWords(registry::PowerFault::kGap)) && !arguments.gaps)
    fmt::print("--gaps lists the gaps: provisions that set something up and that no row rests on\n");
  return mistakes ? kMistakes : kDone;
}

}  // namespace

ExitCode RunLawPowersCheck(const LawPowersArguments& arguments) {
  base::Result<OpenLaw> opened = OpenLawRegistry(arguments.places, store::Database::Mode::kRead);
  if (!opened.ok()) return Fail(opened.error());
  const base::Result<ExitCode> code = Check(opened.value(), arguments);
  return code.ok() ? code.value() : Fail(code.error());
}

}  // namespace lawbound::cli
