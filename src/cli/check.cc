// lawbound check PACK: reads a pack and says what is wrong with it.
#include <fmt/format.h>

#include "cli/commands.h"
#include "program/listing.h"

namespace lawbound::cli {

ExitCode RunCheck(const CheckArguments& arguments) {
  ExitCode code = kDone;
  for (const std::string& path : arguments.packs) {
    base::Result<std::unique_ptr<LoadedPack>> loaded = LoadPack(path, arguments.places);
    if (!loaded.ok()) {
      code = std::max(code, Fail(loaded.error()));
      continue;
    }
    const LoadedPack& pack = *loaded.value();
    if (arguments.json) {
      fmt::print("{}\n", pack.diagnostics.RenderJson(pack.sources));
    } else {
      fmt::print("{}", pack.diagnostics.Render(pack.sources));
    }
    if (!pack.compiled) {
      code = std::max(code, kMistakes);
      continue;
    }
    const program::Program& program = pack.compiled->program;
    if (arguments.listing) fmt::print("{}", program::Listing(program));
    if (!arguments.json && !arguments.listing) {
      fmt::print("{}: {} acts, {} rules with {} sentences, {} examples; {}\n", program.string(program.path),
                 program.acts.size(), program.rules.size(), program.sentences.size(),
                 pack.compiled->examples.size(),
                 pack.diagnostics.warnings() == 0 ? "nothing to mend"
                                                  : fmt::format("warnings: {}", pack.diagnostics.warnings()));
    }
  }
  return code;
}

}  // namespace lawbound::cli
