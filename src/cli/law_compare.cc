// lawbound law compare REGISTRY BEFORE AFTER: two versions article by article, the words that went in [-...-]
// and those that came in {+...+}.  Where an address names a provision, only that; where both do, the one with
// the other.  With --html the two stand side by side on a page.
#include <fmt/format.h>
#include <map>

#include "cli/law.h"
#include "cli/output.h"
#include "registry/compare.h"
#include "registry/page.h"

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

struct Side {
  ChosenVersion chosen;
  std::vector<registry::UnitRow> units;
  std::string path;  // "" for the whole
};

base::Result<Side> ReadSide(OpenLaw& law, const std::string& address) {
  Side side;
  ASSIGN_OR_RETURN(side.chosen, ChooseByAddress(law, address));
  ASSIGN_OR_RETURN(side.units, law.registry.Units(side.chosen.work.versions[side.chosen.version].dates.id));
  side.path = law::PrintPath(side.chosen.address.path);
  fmt::print("{}: {}\n", side.chosen.work.instrument.title,
             VersionWords(side.chosen.work, side.chosen.version));
  return side;
}

// Of two instruments, which stands above the other.
void PrintStanding(const OpenLaw& law, const Side& before, const Side& after) {
  const registry::Instrument &first = before.chosen.work.instrument, &second = after.chosen.work.instrument;
  if (first.id == second.id) return;
  const law::Comparison standing = law.jurisdiction.ranks.Compare(first.authority, second.authority);
  fmt::print("by rank: {}{}\n", law::StandingWords(standing.standing),
             standing.basis.empty() ? std::string() : " (" + standing.basis + ")");
}

base::Result<std::string> TextOf(OpenLaw& law, const Side& side) {
  ASSIGN_OR_RETURN(registry::Answer answer,
                   law.registry.FindIn(law.jurisdiction.grammar, side.chosen.work, side.chosen.version,
                                       side.chosen.address.path, std::nullopt));
  return std::move(answer.text);
}

base::Status PrintTwoProvisions(OpenLaw& law, const Side& before, const Side& after) {
  ASSIGN_OR_RETURN(const std::string first, TextOf(law, before));
  ASSIGN_OR_RETURN(const std::string second, TextOf(law, after));
  fmt::print("\n{} -> {}: {}\n", before.path, after.path,
             registry::ChangeWords(first == second ? registry::Change::kSame : registry::Change::kChanged));
  PrintRuns(registry::CompareWords(first, second));
  return base::Ok();
}

base::Status WritePage(OpenLaw& law, const Side& before, const Side& after, const std::string& file) {
  const auto of = [&](const Side& side) {
    return registry::PageOf{side.chosen.work, side.chosen.version,
                            law.registry.AddressOf(side.chosen.work, side.chosen.version, {}, std::nullopt)};
  };
  const std::string page = registry::ComparisonPage(law.jurisdiction, of(before), of(after),
                                                    registry::CompareArticles(before.units, after.units));
  return WriteOutput(file, [&](std::ostream& out) { out << page; });
}

base::Status Compare(OpenLaw& law, const LawCompareArguments& arguments) {
  ASSIGN_OR_RETURN(const Side before, ReadSide(law, arguments.before));
  ASSIGN_OR_RETURN(const Side after, ReadSide(law, arguments.after));
  PrintStanding(law, before, after);
  if (!before.path.empty() && !after.path.empty()) return PrintTwoProvisions(law, before, after);
  const bool narrow = !before.path.empty() || !after.path.empty();
  if (!arguments.html.empty()) return WritePage(law, before, after, arguments.html);
  std::map<registry::Change, std::size_t> counts;
  for (const registry::ArticleChange& change : registry::CompareArticles(before.units, after.units)) {
    const bool asked =
        !before.path.empty() ? change.path_before == before.path : change.path_after == after.path;
    if (narrow && !asked) continue;
    ++counts[change.change];
    const bool moved = change.path_before != change.path_after;
    if (change.change == registry::Change::kSame && !moved && !narrow) continue;
    fmt::print("\n{} -> {}: {}\n", change.path_before.empty() ? "(none)" : change.path_before,
               change.path_after.empty() ? "(none)" : change.path_after,
               registry::ChangeWords(change.change));
    if (!change.runs.empty()) PrintRuns(change.runs);
  }
  if (narrow && counts.empty()) {
    return base::Error{
        base::Errc::kNotFound,
        fmt::format("neither text has an article '{}'; compare a part of one with a part of the "
                    "other by naming both",
                    before.path.empty() ? after.path : before.path)};
  }
  fmt::print("\n");
  for (const auto& [change, count] : counts) fmt::print("{:>6}  {}\n", count, registry::ChangeWords(change));
  return base::Ok();
}

}  // namespace

ExitCode RunLawCompare(const LawCompareArguments& arguments) {
  base::Result<OpenLaw> opened = OpenLawRegistry(arguments.places, store::Database::Mode::kRead);
  if (!opened.ok()) return Fail(opened.error());
  const base::Status done = Compare(opened.value(), arguments);
  return done.ok() ? kDone : Fail(done.error());
}

}  // namespace lawbound::cli
