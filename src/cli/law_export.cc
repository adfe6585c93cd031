// lawbound law export REGISTRY ADDRESS: a version written out whole.
#include <fmt/format.h>

#include "cli/law.h"
#include "cli/output.h"
#include "registry/export.h"

namespace lawbound::cli {
namespace {

base::Status Write(OpenLaw& law, const LawExportArguments& arguments) {
  const std::optional<registry::ExportFormat> format = registry::ExportFormatNamed(arguments.format);
  if (!format) {
    return base::Error{base::Errc::kInvalid,
                       fmt::format("'{}' is none of akn, json, markdown, html", arguments.format)};
  }
  ASSIGN_OR_RETURN(const ChosenVersion chosen, ChooseByAddress(law, arguments.address));
  ASSIGN_OR_RETURN(const std::string text,
                   registry::Export(law.registry, law.jurisdiction, chosen.work, chosen.version,
                                    chosen.address.day.value_or(Today()), *format));
  return WriteOutput(arguments.out, [&](std::ostream& out) { out << text; });
}

}  // namespace

ExitCode RunLawExport(const LawExportArguments& arguments) {
  base::Result<OpenLaw> opened = OpenLawRegistry(arguments.places, store::Database::Mode::kRead);
  if (!opened.ok()) return Fail(opened.error());
  const base::Status done = Write(opened.value(), arguments);
  return done.ok() ? kDone : Fail(done.error());
}

}  // namespace lawbound::cli
