// lawbound log inspect LOG: what is in a log, and the draft of a mapping.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/reading.h"
#include "ingest/inspect.h"

namespace lawbound::cli {

ExitCode RunInspect(const InspectArguments& arguments) {
  const ingest::LogSource source = ingest::FileLog(arguments.log.log);
  base::Result<ingest::LogInspection> found = ingest::InspectLog(source, ingest::Limits());
  if (!found.ok()) return Fail(found.error());
  fmt::print("{}\n{}", ingest::PrintInspection(found.value()), ingest::DraftMapping(found.value()));
  return kDone;
}

}  // namespace lawbound::cli
