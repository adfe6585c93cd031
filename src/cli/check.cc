// lawbound check PACK: reads a pack and says what is wrong with it; with --registry also which of its
// citations the law of the day does not bear out.
#include <fmt/format.h>

#include "basis/pack_law.h"
#include "cli/commands.h"
#include "cli/law.h"
#include "program/listing.h"

namespace lawbound::cli {
namespace {

struct LawOfDay {
  OpenLaw law;
  base::Day day;
};

// Nothing when no registry was named.
base::Result<std::optional<LawOfDay>> OpenLawOfDay(const CheckArguments& arguments) {
  if (arguments.law.registry.empty()) return std::optional<LawOfDay>();
  ASSIGN_OR_RETURN(const std::optional<base::Day> on, OptionalDay("--on", arguments.on));
  ASSIGN_OR_RETURN(OpenLaw law, OpenLawRegistry(arguments.law, store::Database::Mode::kRead));
  return std::optional<LawOfDay>(LawOfDay{std::move(law), on.value_or(Today())});
}

}  // namespace

ExitCode RunCheck(const CheckArguments& arguments) {
  base::Result<std::optional<LawOfDay>> opened = OpenLawOfDay(arguments);
  if (!opened.ok()) return Fail(opened.error());
  std::optional<LawOfDay>& law = opened.value();
  ExitCode code = kDone;
  for (const std::string& path : EachPack(arguments.packs)) {
    base::Result<std::unique_ptr<LoadedPack>> loaded = LoadPack(path, arguments.places);
    if (!loaded.ok()) {
      code = std::max(code, Fail(loaded.error()));
      continue;
    }
    LoadedPack& pack = *loaded.value();
    if (law) {
      const base::Status looked_up = basis::CheckCitations(
          law->law.registry, law->law.jurisdiction, pack.tree, law->day, law->law.known, pack.diagnostics);
      if (!looked_up.ok()) return Fail(looked_up.error());
    }
    if (arguments.json) {
      fmt::print("{}\n", pack.diagnostics.RenderJson(pack.sources));
    } else {
      fmt::print("{}", pack.diagnostics.Render(pack.sources));
    }
    if (pack.diagnostics.HasErrors()) {
      code = std::max(code, kMistakes);
      continue;
    }
    const program::Program& program = pack.compiled->program;
    if (arguments.listing) fmt::print("{}", program::Listing(program));
    if (!arguments.json && !arguments.listing) {
      fmt::print("{}: {}, {} with {}, {}; {}\n", program.string(program.path),
                 Counted(program.acts.size(), "act"), Counted(program.rules.size(), "rule"),
                 Counted(program.sentences.size(), "sentence"),
                 Counted(pack.compiled->examples.size(), "example"),
                 pack.diagnostics.warnings() == 0 ? "nothing to mend"
                                                  : fmt::format("warnings: {}", pack.diagnostics.warnings()));
    }
  }
  return code;
}

}  // namespace lawbound::cli
