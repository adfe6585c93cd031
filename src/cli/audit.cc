// lawbound audit PACK LOG and lawbound audit merge: which acts of a log broke which rule of the law of their
// day.
#include "engine/audit.h"

#include <cstdio>
#include <deque>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/file.h"
#include "base/shell.h"
#include "cli/auditors.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/quality.h"
#include "cli/reading.h"
#include "program/codec.h"
#include "report/audit_report.h"

namespace lawbound::cli {
namespace {

base::Result<engine::AuditOptions> OptionsOf(const AuditArguments& arguments,
                                             const program::Program& program) {
  engine::AuditOptions options;
  ASSIGN_OR_RETURN(options.as_of, OptionalDay("--as-of", arguments.as_of));
  ASSIGN_OR_RETURN(options.from, OptionalDay("--from", arguments.from));
  ASSIGN_OR_RETURN(options.to, OptionalDay("--to", arguments.to));
  if (!arguments.rule.empty()) {
    ASSIGN_OR_RETURN(options.rule, FindRule(program, arguments.rule));
  }
  if (const std::optional<Shard> shard = ParseShard(arguments.shard)) {
    options.shard = shard->part - 1;
    options.shards = shard->parts;
  }
  options.keep_cases = arguments.worst;
  options.max_findings = arguments.max_findings;
  return options;
}

// The command that tells any one case of the log as this audit sees it, but for the case.
std::string ExplainCommand(const AuditArguments& arguments, base::Day as_of) {
  std::string out = fmt::format("lawbound explain {} {} --as-of {}", base::ShellWord(arguments.pack),
                                base::ShellWord(arguments.log.log), base::PrintDay(as_of));
  const auto option = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) out += fmt::format(" {} {}", name, base::ShellWord(value));
  };
  option("--mapping", arguments.log.mapping);
  option("--identity-ground", arguments.log.identity_ground);
  option("--calendars", arguments.places.calendars);
  return arguments.strict ? out + " --strict" : out;
}

base::Status Audit(const AuditArguments& arguments, const LoadedPack& pack) {
  const program::Program& program = pack.compiled->program;
  ASSIGN_OR_RETURN(const program::MappingDef* const mapping, FindMapping(program, arguments.log.mapping));
  ASSIGN_OR_RETURN(const engine::AuditOptions options, OptionsOf(arguments, program));
  ASSIGN_OR_RETURN(
      const engine::Plan plan,
      engine::Plan::Make(program, pack.calendars, {.mapping = mapping, .strict = arguments.strict}));
  Auditors auditors(plan, options, ThreadsFor(arguments.log));
  ASSIGN_OR_RETURN(const ingest::LogSummary summary, ReadLogFor(arguments.log, program, *mapping, auditors));
  if (options.as_of && summary.quality.first && *options.as_of < *summary.quality.first) {
    return base::Error{base::Errc::kInvalid, "--as-of " + arguments.as_of +
                                                 " is before the first day of the log, " +
                                                 base::PrintDay(*summary.quality.first)};
  }
  const engine::Audit audit = engine::Finish(plan, options, auditors.workers());
  const report::AuditReport report{.plan = plan,
                                   .audit = audit,
                                   .options = options,
                                   .log = NameOfFile(arguments.log.log),
                                   .command = arguments.command_line,
                                   .explain = ExplainCommand(arguments, audit.as_of),
                                   .program_hash = fmt::format("{:016x}", program::Hash(program)),
                                   .quality = QualityPageOf(summary.quality),
                                   .strict = arguments.strict};
  const bool to_output = arguments.json == "-" || arguments.csv == "-" || arguments.html == "-";
  RETURN_IF_ERROR(
      WriteOutput(arguments.json, [&](std::ostream& out) { report::WriteAuditJson(report, out); }));
  RETURN_IF_ERROR(WriteOutput(arguments.csv, [&](std::ostream& out) { report::WriteAuditCsv(report, out); }));
  RETURN_IF_ERROR(
      WriteOutput(arguments.html, [&](std::ostream& out) { report::WriteAuditHtml(report, out); }));
  if (!to_output)
    RETURN_IF_ERROR(WriteOutput("-", [&](std::ostream& out) { out << report::AuditText(report); }));
  return base::Ok();
}

}  // namespace

std::optional<Shard> ParseShard(const std::string& text) {
  Shard shard;
  char rest = 0;
  // NOLINTNEXTLINE(cert-err34-c): the count of converted items is checked, and the range below
  const int found = std::sscanf(text.c_str(), "%5u/%5u%c", &shard.part, &shard.parts, &rest);
  if (found != 2 || shard.part < 1 || shard.part > shard.parts) return std::nullopt;
  return shard;
}

ExitCode RunAudit(const AuditArguments& arguments) {
  const std::optional<base::Day> from = base::ParseDay(arguments.from), to = base::ParseDay(arguments.to);
  if (from && to && *to < *from) {
    fmt::print(stderr, "lawbound: --to {} is before --from {}\n", arguments.to, arguments.from);
    return kUsage;
  }
  ExitCode code = kDone;
  const std::unique_ptr<LoadedPack> pack = LoadOrExplain(arguments.pack, arguments.places, code);
  if (pack == nullptr) return code;
  const base::Status done = Audit(arguments, *pack);
  return done.ok() ? kDone : Fail(done.error());
}

ExitCode RunMerge(const MergeArguments& arguments) {
  std::deque<std::string> texts;
  std::vector<std::string_view> parts;
  for (const std::string& part : arguments.parts) {
    base::Result<std::string> text = base::ReadFile(part, std::uint64_t{4} << 30);
    if (!text.ok()) return Fail(text.error());
    parts.push_back(texts.emplace_back(std::move(text).value()));
  }
  base::Status merged = base::Ok();
  const base::Status written =
      WriteOutput(arguments.json.empty() ? "-" : arguments.json, [&](std::ostream& out) {
        merged = report::MergeAuditJson(parts, arguments.parts, out);
        if (!merged.ok()) out.setstate(std::ios::failbit);  // so that nothing is put in its place
      });
  if (!merged.ok()) return Fail(merged.error());
  return written.ok() ? kDone : Fail(written.error());
}

}  // namespace lawbound::cli
