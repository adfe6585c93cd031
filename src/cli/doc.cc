// lawbound doc PACK: a pack as a page for people, and what of its statutes it carries.
#include <array>
#include <fmt/format.h>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "report/coverage.h"
#include "report/pack_page.h"

namespace lawbound::cli {
namespace {

constexpr std::size_t kMostTableBytes = std::size_t{32} << 20;

base::Result<report::Coverage> Coverage(const DocArguments& arguments, const LoadedPack& pack) {
  std::vector<report::IndexFile> indexes;
  for (const std::string& given : arguments.indexes) {
    std::vector<std::string> paths = {given};
    if (base::IsFolder(given)) {
      paths = base::FilesIn(given, ".md");
      const std::vector<std::string> tables = base::FilesIn(given, ".tsv");
      paths.insert(paths.end(), tables.begin(), tables.end());
    }
    for (const std::string& path : paths) {
      ASSIGN_OR_RETURN(std::string text, base::ReadFile(path, kMostTableBytes));
      indexes.push_back({.name = NameOfFile(path), .text = std::move(text)});
    }
  }
  const std::string beside = pack.folder + "/coverage.tsv";
  base::Result<std::string> reasons = base::ReadFile(beside, kMostTableBytes);
  if (!reasons.ok() && reasons.error().code != base::Errc::kNotFound) return reasons.error();
  return report::FindCoverage(*pack.compiled, indexes, reasons.ok() ? reasons.value() : std::string());
}

}  // namespace

ExitCode RunDoc(const DocArguments& arguments) {
  if (arguments.coverage && arguments.indexes.empty()) {
    fmt::print(stderr, "lawbound: --coverage asks for at least one table: --index FILE\n");
    return kUsage;
  }
  ExitCode code = kDone;
  const std::unique_ptr<LoadedPack> pack = LoadOrExplain(arguments.pack, arguments.places, code);
  if (!pack) return code;
  if (arguments.coverage) {
    const base::Result<report::Coverage> coverage = Coverage(arguments, *pack);
    if (!coverage.ok()) return Fail(coverage.error());
    report::WriteCoverage(coverage.value(), std::cout);
    return kDone;
  }
  const report::PackSource source{.compiled = *pack->compiled,
                                  .sources = pack->sources,
                                  .pages = pack->files,
                                  .language = arguments.language};
  using Write = void (*)(const report::PackSource&, std::ostream&);
  const std::array<std::pair<const std::string&, Write>, 2> pages = {
      {{arguments.html, report::WritePackHtml}, {arguments.markdown, report::WritePackMarkdown}}};
  for (const auto& [path, write] : pages) {
    const base::Status status =
        WriteOutput(path, [&, write = write](std::ostream& out) { write(source, out); });
    if (!status.ok()) return Fail(status.error());
  }
  if (arguments.html.empty() && arguments.markdown.empty()) report::WritePackMarkdown(source, std::cout);
  return kDone;
}

}  // namespace lawbound::cli
