// lawbound law compare REGISTRY BEFORE AFTER: two versions article by article, the words that went in [-...-]
// and those that came in {+...+}.
#include <fmt/format.h>
#include <map>

#include "cli/law.h"
#include "registry/compare.h"

namespace lawbound::cli {
namespace {

void PrintRuns(const std::vector<registry::Run>& runs) {
  for (const registry::Run& run : runs) {
    if (run.change == registry::Change::kRemoved) {
      fmt::print("[-{}-]", run.text);
    } else if (run.change == registry::Change::kAdded) {
      fmt::print("{{+{}+}}", run.text);
    } else {
      fmt::print("{}", run.text);
    }
  }
  fmt::print("\n");
}

}  // namespace

ExitCode RunLawCompare(const LawCompareArguments& arguments) {
  base::Result<OpenLaw> opened = OpenLawRegistry(arguments.places, store::Database::Mode::kRead);
  if (!opened.ok()) return Fail(opened.error());
  OpenLaw& law = opened.value();
  std::vector<std::vector<registry::UnitRow>> sides;
  for (const std::string& address : {arguments.before, arguments.after}) {
    base::Result<ChosenVersion> chosen = ChooseByAddress(law, address);
    if (!chosen.ok()) return Fail(chosen.error());
    fmt::print("{}: {}\n", chosen.value().work.instrument.title,
               VersionWords(chosen.value().work, chosen.value().version));
    base::Result<std::vector<registry::UnitRow>> units =
        law.registry.Units(chosen.value().work.versions[chosen.value().version].dates.id);
    if (!units.ok()) return Fail(units.error());
    sides.push_back(std::move(units).value());
  }
  std::map<registry::Change, std::size_t> counts;
  for (const registry::ArticleChange& change : registry::CompareArticles(sides[0], sides[1])) {
    ++counts[change.change];
    const bool moved = change.path_before != change.path_after;
    if (change.change == registry::Change::kSame && !moved) continue;
    fmt::print("\n{} -> {}: {}\n", change.path_before.empty() ? "(none)" : change.path_before,
               change.path_after.empty() ? "(none)" : change.path_after,
               registry::ChangeWords(change.change));
    if (!change.runs.empty()) PrintRuns(change.runs);
  }
  fmt::print("\n");
  for (const auto& [change, count] : counts) fmt::print("{:>6}  {}\n", count, registry::ChangeWords(change));
  return kDone;
}

}  // namespace lawbound::cli
