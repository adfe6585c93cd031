// lawbound log inspect LOG: what is in a log, and the draft of a mapping.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/reading.h"
#include "ingest/inspect.h"

namespace lawbound::cli {

namespace {

base::Result<ingest::LogInspection> Inspect(const InspectArguments& arguments) {
  Progress progress;
  const ingest::LogSource source = progress.Watch(ingest::FileLog(arguments.log), arguments.quiet);
  return ingest::InspectLog(source, ingest::Limits());
}

}  // namespace

ExitCode RunInspect(const InspectArguments& arguments) {
  base::Result<ingest::LogInspection> found = Inspect(arguments);
  if (!found.ok()) return Fail(found.error());
  fmt::print("{}\n{}", ingest::PrintInspection(found.value()), ingest::DraftMapping(found.value()));
  return kDone;
}

}  // namespace lawbound::cli
