// The program: reads the command line, runs one command, ends with its exit code.
#include <CLI/CLI.hpp>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fmt/format.h>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "cli/commands.h"

namespace lawbound::cli {
namespace {

std::string CommandLine(int argc, char** argv) {
  std::string out = "lawbound";
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const bool plain = !word.empty() && word.find_first_of(" '\"$\\*?&;|<>()") == std::string::npos;
    out += plain ? " " + word : " '" + word + "'";
  }
  return out;
}

// Every command and its options; `run` becomes the one that was asked for.
class CommandLineReader {
 public:
  explicit CommandLineReader(std::string command_line) {
    audit_.command_line = std::move(command_line);
    app_.require_subcommand(1);
    app_.failure_message(WrongUse);
    app_.set_version_flag("--version",
                          "lawbound " LAWBOUND_VERSION ", pack language draft 2, program format 1");
    AddPackCommands();
    AddAudit();
    AddExplain();
    AddLog();
  }

  int Run(int argc, char** argv) {
    if (argc > 1 && argv[1][0] != '-' && !IsCommand(argv[1])) {
      return NoSuchCommand(argv[1]);
    }
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {  // also how --help and --version end
      return app_.exit(error) == 0 ? kDone : kUsage;
    }
    return run_ ? run_() : kUsage;
  }

 private:
  bool IsCommand(std::string_view word) const {
    for (const CLI::App* command : app_.get_subcommands(nullptr)) {
      if (command->get_name() == word) return true;
    }
    return false;
  }
  ExitCode NoSuchCommand(std::string_view word) const {
    std::string known;
    for (const CLI::App* command : app_.get_subcommands(nullptr)) {
      known += (known.empty() ? "" : ", ") + command->get_name();
    }
    fmt::print(stderr, "lawbound: there is no command '{}'; there are: {}\n", word, known);
    return kUsage;
  }
  static std::string WrongUse(const CLI::App* app, const CLI::Error& error) {
    std::string command = "lawbound";
    while (!app->get_subcommands().empty()) {
      app = app->get_subcommands().front();
      command += " " + app->get_name();
    }
    return fmt::format("lawbound: {}; '{} --help' says more\n", error.what(), command);
  }
  CLI::App* Command(const char* name, const char* says, const std::function<ExitCode()>& run) {
    CLI::App* command = app_.add_subcommand(name, says);
    command->final_callback([this, run] { run_ = run; });
    return command;
  }
  static void AddPlaces(CLI::App* command, Places& places) {
    command->add_option("--calendars", places.calendars,
                        "the folder of calendars, if not beside or above the pack");
  }
  static void AddLogOptions(CLI::App* command, LogArguments& log) {
    command->add_option("LOG", log.log, "the log: .xes, .csv, .jsonl, each also .gz; - for standard input")
        ->required();
    command->add_option("--threads", log.threads, "threads; as many as the machine has when not said");
    command->add_option("--identity-ground", log.identity_ground,
                        "why case numbers that look like identity numbers may be read");
    command->add_flag("--quiet", log.quiet, "no progress and no notices");
  }

  void AddPackCommands() {
    CLI::App* check =
        Command("check", "read packs and say what is wrong with them", [this] { return RunCheck(check_); });
    check->add_option("PACK", check_.packs, "folders of packs, or single pages")->required();
    check->add_flag("--json", check_.json, "diagnostics as JSON");
    check->add_flag("--listing", check_.listing, "print the compiled form");
    AddPlaces(check, check_.places);

    CLI::App* fmt =
        Command("fmt", "lay the code of packs out in its one way", [this] { return RunFmt(fmt_); });
    fmt->add_option("PACK", fmt_.packs, "folders of packs, or single pages")->required();
    fmt->add_flag("--check", fmt_.only_check, "change nothing; say which pages are not laid out");
    AddPlaces(fmt, fmt_.places);

    CLI::App* test = Command("test", "run the examples of packs", [this] { return RunTest(test_); });
    test->add_option("PACK", test_.packs, "folders of packs, or single pages")->required();
    AddPlaces(test, test_.places);

    CLI::App* trying = Command("try", "type acts, see verdicts, what is possible next and when",
                               [this] { return RunTry(try_); });
    trying->add_option("PACK", try_.pack, "the folder of a pack, or a page")->required();
    AddPlaces(trying, try_.places);
  }

  void AddAudit() {
    CLI::App* audit = Command("audit", "which acts of a log broke which rule of the law of their day",
                              [this] { return AuditOrMerge(); });
    CLI::App* merge = audit->add_subcommand("merge", "put audits of shards together");
    merge->add_option("JSON", merge_.parts, "audits written with --json")->required();
    merge->add_option("--json", merge_.json, "where to write the sum; standard output when not said");
    audit->add_option("PACK", audit_.pack, "the folder of a pack, or a page");
    audit->add_option("LOG", audit_.log.log,
                      "the log: .xes, .csv, .jsonl, each also .gz; - for standard input");
    audit->add_option("--mapping", audit_.log.mapping, "the mapping, when the pack has several");
    audit->add_option("--as-of", audit_.as_of,
                      "the day on which the audit stands; that of the last entry when not said");
    audit->add_option("--from", audit_.from, "only what was done, or fell due to be done, from this day");
    audit->add_option("--to", audit_.to, "... to this day");
    audit->add_option("--rule", audit_.rule, "only this rule");
    audit->add_option("--shard", audit_.shard, "only this part of the cases, as 2/8");
    audit->add_flag("--strict", audit_.strict, "take assumed values as not seen");
    audit->add_option("--json", audit_.json, "write the audit as JSON here; - for standard output");
    audit->add_option("--csv", audit_.csv, "write the findings as CSV here");
    audit->add_option("--html", audit_.html, "write the report as one HTML file here");
    audit->add_option("--worst", audit_.worst, "how many of the worst cases of each rule to explain")
        ->check(CLI::Range(0, 10000))
        ->capture_default_str();
    audit->add_option("--max-findings", audit_.max_findings, "how many findings to list at most")
        ->capture_default_str();
    audit->add_option("--threads", audit_.log.threads, "threads; as many as the machine has when not said");
    audit->add_option("--identity-ground", audit_.log.identity_ground,
                      "why case numbers that look like identity numbers may be read");
    audit->add_flag("--quiet", audit_.log.quiet, "no progress and no notices");
    AddPlaces(audit, audit_.places);
  }

  ExitCode AuditOrMerge() {
    if (!merge_.parts.empty()) return RunMerge(merge_);
    if (!audit_.log.log.empty()) return RunAudit(audit_);
    fmt::print(stderr, "lawbound: audit needs a pack and a log: lawbound audit PACK LOG\n");
    return kUsage;
  }

  void AddExplain() {
    CLI::App* explain = Command("explain", "one case of a log, with its verdicts in the margin",
                                [this] { return RunExplain(explain_); });
    explain->add_option("PACK", explain_.pack, "the folder of a pack, or a page")->required();
    AddLogOptions(explain, explain_.log);
    explain->add_option("--case", explain_.case_name, "the case number")->required();
    explain->add_option("--mapping", explain_.log.mapping, "the mapping, when the pack has several");
    explain->add_option("--as-of", explain_.as_of, "the day up to which to tell it");
    explain->add_flag("--strict", explain_.strict, "take assumed values as not seen");
    AddPlaces(explain, explain_.places);
  }

  void AddLog() {
    CLI::App* log = app_.add_subcommand("log", "look at logs");
    log->require_subcommand(1);
    CLI::App* inspect = log->add_subcommand("inspect", "what is in a log, and the draft of a mapping");
    inspect->final_callback([this] { run_ = [this] { return RunInspect(inspect_); }; });
    AddLogOptions(inspect, inspect_.log);
  }

  CLI::App app_{"Lawbound keeps a public authority bound by law."};
  std::function<ExitCode()> run_;
  CheckArguments check_;
  FmtArguments fmt_;
  TestArguments test_;
  TryArguments try_;
  AuditArguments audit_;
  MergeArguments merge_;
  ExplainArguments explain_;
  InspectArguments inspect_;
};

}  // namespace
}  // namespace lawbound::cli

int main(int argc, char** argv) {
  std::signal(SIGPIPE,
              SIG_DFL);  // a reader that has seen enough, like `head`, ends the program without a word
  try {
    const int code = lawbound::cli::CommandLineReader(lawbound::cli::CommandLine(argc, argv)).Run(argc, argv);
    if (std::fflush(stdout) == 0) return code;
    fmt::print(stderr, "lawbound: cannot write to standard output: {}\n", std::strerror(errno));
    return lawbound::cli::kBadInput;
  } catch (const std::system_error& error) {  // fmt could not write, or a thread could not start
    fmt::print(stderr, "lawbound: {}\n", error.what());
    return lawbound::cli::kBadInput;
  } catch (const std::exception& error) {
    fmt::print(stderr, "lawbound: {}\n", error.what());
    return lawbound::cli::kInternal;
  }
}
