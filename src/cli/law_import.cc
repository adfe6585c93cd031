// lawbound law import REGISTRY PATH: takes texts into a registry and says what could not be understood.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <unistd.h>

#include "base/file.h"
#include "cli/law.h"
#include "cli/output.h"
#include "registry/import.h"

namespace lawbound::cli {
namespace {

void WriteFindings(std::ostream& out, const registry::ImportReport& report) {
  out << "remark\tfile\tline\twhat\n";
  for (const registry::Finding& finding : report.findings) {
    out << fmt::format("{}\t{}\t{}\t{}\n", registry::RemarkWords(finding.remark), finding.file, finding.line,
                       finding.words);
  }
}

void PrintSummary(const registry::ImportReport& report) {
  fmt::print("{} texts: {} new, {} unchanged, {} corrected, {} refused\n", report.files, report.added,
             report.unchanged, report.corrected, report.refused);
  if (report.added + report.corrected > 0) {
    fmt::print("{} new instruments, {} articles\n", report.instruments, report.articles);
  }
  std::map<std::string, std::size_t> counts;
  for (const registry::Finding& finding : report.findings) {
    std::string kind(registry::RemarkWords(finding.remark));
    if (finding.issue) kind += fmt::format(": {}", law::IssueWords(*finding.issue));
    ++counts[kind];
  }
  for (const auto& [kind, count] : counts) fmt::print("  {:>7}  {}\n", count, kind);
}

}  // namespace

ExitCode RunLawImport(const LawImportArguments& arguments) {
  // No registry is made for texts that are not there.
  if (!base::IsFile(arguments.path) && !base::IsFolder(arguments.path)) {
    return Fail(base::Error{base::Errc::kNotFound, fmt::format("no file or folder '{}'", arguments.path)});
  }
  base::Result<OpenLaw> opened = OpenLawRegistry(arguments.places, store::Database::Mode::kWrite);
  if (!opened.ok()) return Fail(opened.error());
  OpenLaw& law = opened.value();
  const bool show = !arguments.quiet && isatty(STDERR_FILENO) != 0;
  const auto progress = [&](std::size_t done, std::size_t all) {
    if (show && (done % 50 == 0 || done == all))
      fmt::print(stderr, "\r{} of {}{}", done, all, done == all ? "\n" : "");
  };
  base::Result<registry::ImportReport> report =
      registry::Import(law.registry, law.jurisdiction, arguments.path,
                       {law.known, arguments.rank, arguments.territory}, progress);
  if (!report.ok()) return Fail(report.error());
  PrintSummary(report.value());
  const base::Status written =
      WriteOutput(arguments.report, [&](std::ostream& out) { WriteFindings(out, report.value()); });
  if (!written.ok()) return Fail(written.error());
  return kDone;
}

}  // namespace lawbound::cli
