// lawbound fmt PACK: lays the code of a pack out in its one way; prose and comments stay byte for byte.
#include <fmt/format.h>

#include "base/file.h"
#include "cli/commands.h"
#include "syntax/syntax.h"

namespace lawbound::cli {

ExitCode RunFmt(const FmtArguments& arguments) {
  ExitCode code = kDone;
  for (const std::string& path : EachPack(arguments.packs)) {
    base::Result<std::unique_ptr<LoadedPack>> loaded = LoadPack(path, arguments.places);
    if (!loaded.ok()) {
      code = std::max(code, Fail(loaded.error()));
      continue;
    }
    const LoadedPack& pack = *loaded.value();
    source::Diagnostics reading;
    syntax::Parse(pack.sources, pack.files, reading);
    if (reading.HasErrors()) {
      fmt::print(stderr, "{}", reading.Render(pack.sources));
      code = std::max(code, kMistakes);
      continue;
    }
    for (const source::FileId file : pack.files) {
      const source::SourceFile& page = pack.sources.file(file);
      const std::string laid_out = syntax::Format(pack.sources, file);
      if (laid_out == page.text) continue;
      if (arguments.only_check) {
        fmt::print("{}: not laid out; 'lawbound fmt' would change it\n", page.name);
        code = std::max(code, kMistakes);
      } else if (const base::Status written = base::WriteFileDurably(page.name, laid_out); !written.ok()) {
        code = std::max(code, Fail(written.error()));
      } else {
        fmt::print("{}: laid out\n", page.name);
      }
    }
  }
  return code;
}

}  // namespace lawbound::cli
