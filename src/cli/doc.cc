// lawbound doc PACK: a pack as a page for people, and what of its statutes it carries.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/draw.h"
#include "cli/output.h"
#include "prove/latest.h"
#include "prove/prove.h"
#include "report/coverage.h"
#include "report/latest.h"
#include "report/pack_page.h"

namespace lawbound::cli {
namespace {

constexpr std::size_t kMostTableBytes = std::size_t{32} << 20;

base::Result<std::vector<report::IndexFile>> ReadIndexes(const DocArguments& arguments) {
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
  return indexes;
}

base::Result<report::Coverage> Coverage(const std::vector<report::IndexFile>& indexes,
                                        const LoadedPack& pack) {
  base::Result<std::string> reasons = base::ReadFile(pack.folder + "/coverage.tsv", kMostTableBytes);
  if (!reasons.ok() && reasons.error().code != base::Errc::kNotFound) return reasons.error();
  const auto exists = [&](const std::string& path) { return base::IsFile(pack.folder + "/" + path); };
  auto found =
      report::FindCoverage(*pack.compiled, indexes, reasons.ok() ? reasons.value() : std::string(), exists);
  if (found.ok()) return found;
  return base::Error{found.error().code, pack.folder + "/" + found.error().message};
}

ExitCode WriteCoverage(const DocArguments& arguments, const std::vector<std::string>& packs) {
  const auto indexes = ReadIndexes(arguments);
  if (!indexes.ok()) return Fail(indexes.error());
  std::vector<report::Coverage> found;
  for (const std::string& path : packs) {
    ExitCode code = kDone;
    const std::unique_ptr<LoadedPack> pack = LoadOrExplain(path, arguments.places, code);
    if (!pack) return code;
    base::Result<report::Coverage> coverage = Coverage(indexes.value(), *pack);
    if (!coverage.ok()) return Fail(coverage.error());
    found.push_back(std::move(coverage).value());
  }
  if (found.size() > 1) return report::WriteCoverageOfAll(found, std::cout) ? kDone : kMistakes;
  report::WriteCoverage(found.front(), std::cout);
  return kDone;
}

// Without Graphviz, or of a pack too large to ask about, a page has no pictures and says why.
void AddPictures(const LoadedPack& pack, report::PackSource& page) {
  const auto drawings = DrawPack(pack, page.language, kSecondsOfPage);
  const auto pictures = drawings.ok() ? LayOut(drawings.value()) : drawings.error();
  if (pictures.ok()) {
    page.pictures = pictures.value();
    return;
  }
  page.no_pictures = fmt::format("There are none here: {}.", pictures.error().message);
  fmt::print(stderr, "lawbound: no pictures: {}\n", pictures.error().message);
}

base::Status AddLatest(const LoadedPack& pack, report::PackSource& source) {
  const program::Program& program = pack.compiled->program;
  const auto plan = engine::Plan::Make(program, pack.calendars, {});
  if (!plan.ok()) return plan.error();
  prove::LatestOptions options{.day = prove::LawInForce(program)};
  for (const check::Example& example : pack.compiled->examples) options.examples.push_back(example.batch);
  const std::vector<prove::LatestDays> latest = prove::FindLatestDays(plan.value(), options);
  source.latest = report::LatestPages(plan.value(), latest, source.language);
  source.latest_remarks = report::LatestRemarks(plan.value(), latest, source.language);
  return base::Ok();
}

ExitCode WritePages(const DocArguments& arguments, const std::string& path) {
  ExitCode code = kDone;
  const std::unique_ptr<LoadedPack> pack = LoadOrExplain(path, arguments.places, code);
  if (!pack) return code;
  report::PackSource source{.compiled = *pack->compiled,
                            .sources = pack->sources,
                            .pages = pack->files,
                            .language = arguments.language};
  if (!arguments.html.empty()) AddPictures(*pack, source);
  const base::Status latest = AddLatest(*pack, source);
  if (!latest.ok()) return Fail(latest.error());
  using Write = void (*)(const report::PackSource&, std::ostream&);
  const std::array<std::pair<const std::string&, Write>, 2> pages = {
      {{arguments.html, report::WritePackHtml}, {arguments.markdown, report::WritePackMarkdown}}};
  for (const auto& [target, write] : pages) {
    const base::Status status =
        WriteOutput(target, [&, write = write](std::ostream& out) { write(source, out); });
    if (!status.ok()) return Fail(status.error());
  }
  if (arguments.html.empty() && arguments.markdown.empty()) report::WritePackMarkdown(source, std::cout);
  return kDone;
}

}  // namespace

ExitCode RunDoc(const DocArguments& arguments) {
  if (arguments.coverage && arguments.indexes.empty()) {
    fmt::print(stderr, "lawbound: --coverage asks for at least one table: --index FILE\n");
    return kUsage;
  }
  const std::vector<std::string> packs = EachPack(arguments.packs);
  if (arguments.coverage) return WriteCoverage(arguments, packs);
  const auto names_a_file = [](const std::string& path) { return !path.empty() && path != "-"; };
  if (packs.size() > 1 && (names_a_file(arguments.html) || names_a_file(arguments.markdown))) {
    fmt::print(stderr, "lawbound: one file takes the page of one pack, and {} are named\n", packs.size());
    return kUsage;
  }
  ExitCode code = kDone;
  for (const std::string& path : packs) code = std::max(code, WritePages(arguments, path));
  return code;
}

}  // namespace lawbound::cli
