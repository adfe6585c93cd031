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

#include "base/day.h"
#include "base/shell.h"
#include "cli/commands.h"
#include "cli/draw.h"
#include "cli/ledger.h"
#include "cli/seal.h"
#include "cli/serve.h"
#include "program/program.h"

namespace lawbound::cli {
namespace {

std::string CommandLine(int argc, char** argv) {
  std::string out = "lawbound";
  for (int i = 1; i < argc; ++i) out += " " + base::ShellWord(argv[i]);
  return out;
}

// For CLI11: what is wrong with an option's text; nothing when it is right.
std::string WrongDate(const std::string& text) {
  return base::ParseDay(text) ? "" : "'" + text + "' is not a date; write it as 2012-12-31";
}

std::string WrongShard(const std::string& text) {
  return ParseShard(text) ? "" : "'" + text + "' is not a part of a whole; write it as 2/8";
}

// Every command and its options; `run` becomes the one that was asked for.
class CommandLineReader {
 public:
  explicit CommandLineReader(std::string command_line) {
    audit_.command_line = std::move(command_line);
    app_.require_subcommand(1);
    app_.failure_message(WrongUse);
    app_.set_version_flag("--version", fmt::format("lawbound {}, pack language draft 2, program format {}",
                                                   LAWBOUND_VERSION, program::Program::kVersion));
    AddPackCommands();
    AddAudit();
    AddExplain();
    AddLook();
    AddWatch();
    AddLog();
    AddLaw();
    AddLedger();
    AddServe();
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
  static constexpr const char* kLogSays = "the log: .xes, .csv, .jsonl, each also .gz; - for standard input";

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
  // For commands that can do without a registry.
  static void AddRegistry(CLI::App* command, LawPlaces& law) {
    command->add_option("--registry", law.registry, "look citations up in this registry of law");
    command->add_option("--law-data", law.data, "the folder of its jurisdiction's data");
    command->add_option("--known", law.known, "with --registry: as one knew the law on this day")
        ->check(WrongDate);
  }
  static void AddLogOptions(CLI::App* command, LogArguments& log) {
    command->add_option("LOG", log.log, kLogSays)->required();
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
    AddRegistry(check, check_.law);
    check
        ->add_option("--on", check_.on,
                     "with --registry: citations must be in force on this day; today when not said")
        ->check(WrongDate);
    AddPlaces(check, check_.places);

    CLI::App* fmt =
        Command("fmt", "lay the code of packs out in its one way", [this] { return RunFmt(fmt_); });
    fmt->add_option("PACK", fmt_.packs, "folders of packs, or single pages")->required();
    fmt->add_flag("--check", fmt_.only_check, "change nothing; say which pages are not laid out");
    AddPlaces(fmt, fmt_.places);

    CLI::App* test = Command("test", "run the examples of packs", [this] { return RunTest(test_); });
    test->add_option("PACK", test_.packs, "folders of packs, or single pages")->required();
    AddPlaces(test, test_.places);

    CLI::App* doc = Command("doc", "a pack as a page for people; what of its statutes it carries",
                            [this] { return draw_.folder.empty() ? RunDoc(doc_) : RunDraw(doc_, draw_); });
    doc->add_option("PACK", doc_.packs, "folders of packs, or single pages")->required();
    doc->add_option("--html", doc_.html, "write one HTML page; - for standard output");
    doc->add_option("--markdown", doc_.markdown, "write one Markdown page; - for standard output");
    CLI::Option* drawings =
        doc->add_option("--drawings", draw_.folder,
                        "write the pictures of one pack into this folder, for Graphviz and as SVG");
    doc->add_option("--seconds", draw_.seconds, "of each guarantee and act that the pictures ask about")
        ->needs(drawings)
        ->capture_default_str();
    doc->add_option("--language", doc_.language, "the language of titles, like zh");
    doc->add_flag("--coverage", doc_.coverage, "which rows of the tables given have a rule or a reason");
    doc->add_option("--index", doc_.indexes, "tables of statutes: a .tsv or .md, or a folder of them");
    AddPlaces(doc, doc_.places);

    CLI::App* all = Command("all", "check, examples, proofs and page of every pack, one line each",
                            [this] { return RunAll(all_); });
    all->add_option("PACK", all_.packs, "folders of packs, or single pages")->required();
    all->add_option("--seconds", all_.seconds, "processor time for each guarantee")->capture_default_str();
    AddPlaces(all, all_.places);

    CLI::App* prove = Command("prove", "what a procedure guarantees in every matter that can be", [this] {
      if (!seal_.seal.empty()) return RunSeal(prove_, seal_);
      return seal_.sealed.empty() ? RunProve(prove_) : RunSealed(prove_, seal_);
    });
    prove->add_option("PACK", prove_.pack, "the folder of a pack, or a page")->required();
    prove->add_option("--guarantee", prove_.only, "only this guarantee, or act");
    prove->add_option("--law-of", prove_.law_of,
                      "the day whose law is proved; else that of the last version");
    prove->add_option("--states", prove_.states, "states explored for each question")->capture_default_str();
    prove->add_option("--memory", prove_.megabytes, "megabytes that states take, for each question")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    prove->add_option("--seconds", prove_.seconds, "processor time for each question")->capture_default_str();
    prove->add_option("--repeats", prove_.repeats, "how often each kind of act may be done")
        ->capture_default_str();
    prove->add_flag("--witness", prove_.witnesses,
                    "tell a matter in which what a guarantee speaks of happens");
    prove->add_flag("--latest", prove_.latest, "only until when each step may wait, with the sums");
    prove->add_flag("--json", prove_.json, "for programs; see docs/formats/proof-json.md");
    CLI::Option* seal =
        prove->add_option("--seal", seal_.seal,
                          "prove all guarantees and, if a gate may act by the pack, write that down, signed");
    prove->add_option("--key", seal_.key, "the file of the secret key that signs")->needs(seal);
    CLI::Option* sealed = prove->add_option(
        "--sealed", seal_.sealed, "prove nothing; say whether a gate may act by the pack with this seal");
    prove->add_option("--trust", seal_.trusted, "a public key that is believed")->needs(sealed);
    sealed->excludes(seal);
    seal_.tool = fmt::format("lawbound {}", LAWBOUND_VERSION);
    AddPlaces(prove, prove_.places);

    CLI::App* key = Command("key", "make a key that signs what was proved", [this] { return RunKey(key_); });
    key->add_option("NAME", key_.name, "whose it is, like example.org/proofs")->required();
    key->add_option("--out", key_.out, "the file for the secret; the public key is printed")->required();

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
    audit->add_option("LOG", audit_.log.log, kLogSays);
    audit->add_option("--mapping", audit_.log.mapping, "the mapping, when the pack has several");
    audit
        ->add_option("--as-of", audit_.as_of,
                     "the day on which the audit stands; that of the last entry when not said")
        ->check(WrongDate);
    audit->add_option("--from", audit_.from, "only what was done, or fell due to be done, from this day")
        ->check(WrongDate);
    audit->add_option("--to", audit_.to, "... to this day")->check(WrongDate);
    audit->add_option("--rule", audit_.rule, "only this rule");
    audit->add_option("--shard", audit_.shard, "only this part of the cases, as 2/8")->check(WrongShard);
    audit->add_flag("--strict", audit_.strict, "take assumed values as not seen");
    audit->add_option("--json", audit_.json, "write the audit as JSON here; - for standard output");
    audit->add_option("--csv", audit_.csv, "write the findings as CSV here");
    audit->add_option("--html", audit_.html, "write the report as one HTML file here");
    audit
        ->add_option("--worst", audit_.worst,
                     "how many breaches of each rule, and findings that cannot be told, --html explains")
        ->check(CLI::Range(0, 10000))
        ->capture_default_str();
    audit->add_option("--max-findings", audit_.max_findings, "how many findings to list at most")
        ->check(CLI::Range(0, 1'000'000'000))
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
    explain->add_option("--as-of", explain_.as_of, "the day up to which to tell it")->check(WrongDate);
    explain->add_flag("--strict", explain_.strict, "take assumed values as not seen");
    explain->add_flag("--next", explain_.next,
                      "also what may be done on that day, what not and why, and when it could be");
    explain->add_option("--json", explain_.json, "write it as JSON to this file; '-' is standard output");
    explain->add_option("--html", explain_.html, "write it as a page to this file");
    explain->add_option("--language", explain_.language, "of titles, as zh; else the pack's first");
    AddRegistry(explain, explain_.law);
    AddPlaces(explain, explain_.places);
  }

  void AddLook() {
    CLI::App* look = Command("look", "what is late and what lapses, in a ledger kept as a sheet",
                             [this] { return RunLook(look_); });
    look->add_option("FILE", look_.files, "sheets: .xlsx, .ods, .csv")->required();
    look->add_option("--none", look_.none, "acts that were done in no row, as the page names them: a,b");
    look->add_flag("--yes", look_.yes, "ask nothing; what is uncertain is not used");
    look->add_option("--as-of", look_.as_of, "the day on which to look; today when not said")
        ->check(WrongDate);
    AddLookOptions(look, look_);
  }

  void AddWatch() {
    CLI::App* watch =
        Command("watch", "keep a list of what is late and what lapses in the sheets of a folder",
                [this] { return RunWatch(watch_); });
    watch->add_option("FOLDER", watch_.folder, "the folder whose sheets are looked at")->required();
    watch->add_option("--every", watch_.every, "seconds between two looks at the folder")
        ->check(CLI::Range(1, 86'400))
        ->capture_default_str();
    watch->add_option("--text", watch_.text, "keep the list as text in this file");
    AddLookOptions(watch, watch_.look);
  }

  static void AddLookOptions(CLI::App* command, LookArguments& look) {
    command->add_option("--pack", look.pack,
                        "the pack, by its folder or as prc/information-request; guessed when not said");
    command->add_option("--packs", look.packs, "the folder below which packs are looked for");
    command->add_option("--lang", look.language, "zh or en; by LC_ALL, LC_MESSAGES or LANG when not said")
        ->check(CLI::IsMember({"zh", "en"}));
    command->add_option("--html", look.html, "write one page to print here");
    command->add_option("--ics", look.ics, "write what lapses as a calendar here");
    command->add_option("--keep", look.keep,
                        "a column that may say who somebody is, to be shown; needs --reason");
    command->add_option("--reason", look.reason, "why it is needed; the page shows it");
    AddPlaces(command, look.places);
  }

  void AddLog() {
    CLI::App* log = app_.add_subcommand("log", "look at logs");
    log->require_subcommand(1);
    CLI::App* inspect = log->add_subcommand("inspect", "what is in a log, and the draft of a mapping");
    inspect->final_callback([this] { run_ = [this] { return RunInspect(inspect_); }; });
    inspect->add_option("LOG", inspect_.log, kLogSays)->required();
    inspect->add_flag("--quiet", inspect_.quiet, "no progress");
  }

  // lawbound law ...: each command takes the registry's file first.
  CLI::App* LawCommand(CLI::App* law, const char* name, const char* says, LawPlaces& places,
                       const std::function<ExitCode()>& run) {
    CLI::App* command = law->add_subcommand(name, says);
    command->final_callback([this, run] { run_ = run; });
    command->add_option("REGISTRY", places.registry, "the registry's file")->required();
    command->add_option("--data", places.data,
                        "the folder of the jurisdiction's data (grammar, ranks, names)");
    command->add_option("--known", places.known, "as one knew the law on this day; today when not said")
        ->check(WrongDate);
    return command;
  }

  void AddLaw() {
    CLI::App* law = app_.add_subcommand("law", "the law registry: what the law is, on any day");
    law->require_subcommand(1);
    CLI::App* import = LawCommand(law, "import", "take texts in; say what could not be understood",
                                  law_import_.places, [this] { return RunLawImport(law_import_); });
    import
        ->add_option("PATH", law_import_.path, "a text, or a folder of texts (.md, .txt, .docx, .xml, .akn)")
        ->required();
    import->add_option("--rank", law_import_.rank, "the rank of texts that the data do not place");
    import->add_option("--territory", law_import_.territory,
                       "the territory of texts that the data do not place");
    import->add_option("--report", law_import_.report, "write every finding here; - for standard output");
    import->add_flag("--quiet", law_import_.quiet, "no progress");

    CLI::App* show = LawCommand(law, "show", "a provision as of a day, or an instrument with its versions",
                                law_show_.places, [this] { return RunLawShow(law_show_); });
    show->add_option("ADDRESS", law_show_.address, "as /law/prc/2021/some-law/art_63/para_1@2024-05-01")
        ->required();
    show->add_flag("--timeline", law_show_.timeline, "what the article said, version by version");

    AddLawSearch(law);
    AddLawPowers(law);
    CLI::App* cite = LawCommand(law, "cite", "the citations of a text and what they resolve to",
                                law_cite_.places, [this] { return RunLawCite(law_cite_); });
    cite->add_option("ADDRESS", law_cite_.address, "the text");
    CLI::Option* corpus = cite->add_option("--corpus", law_cite_.corpus,
                                           "with --measure: the texts the labels were drawn from");
    cite->add_option("--measure", law_cite_.measure, "measure against the labels in this folder")
        ->needs(corpus);
    cite->add_option("--text", law_cite_.text, "a document that is not in the registry (.md, .txt, .docx)")
        ->excludes("ADDRESS");
    cite->add_option("--on", law_cite_.on, "with --text: the law of this day; today when not said")
        ->needs("--text");
    cite->add_flag("--english", law_cite_.english, "with --text or --measure: the texts are in English");
    cite->add_flag("--list", law_cite_.list, "with --measure: print what differs");

    CLI::App* dependants =
        LawCommand(law, "dependants", "what rests on a provision, and what to do when it changed",
                   law_dependants_.places, [this] { return RunLawDependants(law_dependants_); });
    dependants->add_option("ADDRESS", law_dependants_.address, "a provision, or a whole instrument")
        ->required();
    dependants->add_option("--pack", law_dependants_.packs, "folders of packs to look through");
    dependants->add_option("--powers", law_dependants_.powers, "lists of powers to look through");
    dependants->add_option("--document", law_dependants_.documents,
                           "documents to look through (.md, .txt, .docx)");
    dependants->add_flag("--english", law_dependants_.english, "the documents are in English");
    dependants
        ->add_option("--matters", law_dependants_.matters.log,
                     "with --pack: a log whose open matters to look through")
        ->needs("--pack");
    dependants->add_option("--mapping", law_dependants_.matters.mapping,
                           "the mapping, when the pack has several");
    AddPowersData(dependants, law_dependants_.powers_data);
    dependants->add_option("--on", law_dependants_.on, "texts in force on this day; today when not said")
        ->check(WrongDate);
    AddPlaces(dependants, law_dependants_.pack_places);

    CLI::App* out = LawCommand(law, "export", "a version as Akoma Ntoso, JSON, Markdown or HTML",
                               law_export_.places, [this] { return RunLawExport(law_export_); });
    out->add_option("ADDRESS", law_export_.address, "an instrument, as /law/prc/2021/some-law")->required();
    out->add_option("--format", law_export_.format, "akn, json, markdown, html")->capture_default_str();
    out->add_option("--out", law_export_.out, "where to write; - for standard output")->capture_default_str();

    CLI::App* changed = LawCommand(law, "changed", "what commenced, ended or became known since a day",
                                   law_changed_.places, [this] { return RunLawChanged(law_changed_); });
    changed->add_option("SINCE", law_changed_.since, "from this day on")->required()->check(WrongDate);
    changed->add_option("--to", law_changed_.to, "up to and with this day; today when not said")
        ->check(WrongDate);

    CLI::App* compare = LawCommand(law, "compare", "two versions article by article, word by word",
                                   law_compare_.places, [this] { return RunLawCompare(law_compare_); });
    compare->add_option("BEFORE", law_compare_.before, "an address, as /law/prc/2017/some-law")->required();
    compare->add_option("AFTER", law_compare_.after, "an address")->required();
    compare->add_option("--html", law_compare_.html, "write a page with both side by side here");
  }

  static void AddPowersData(CLI::App* command, std::string& folder) {
    command->add_option("--powers-data", folder, "the folder of what the law says of powers");
  }

  void AddLawPowers(CLI::App* law) {
    CLI::App* powers = law->add_subcommand("powers", "lists of powers and responsibilities");
    powers->require_subcommand(1);
    CLI::App* check =
        LawCommand(powers, "check", "does each power have a basis in force that may create it; what ends",
                   law_powers_.places, [this] { return RunLawPowersCheck(law_powers_); });
    check->add_option("LIST", law_powers_.list, "the list: .csv, .tsv, .json, .xlsx")->required();
    check->add_option("--on", law_powers_.on, "as of this day; today when not said")->check(WrongDate);
    check->add_flag("--gaps", law_powers_.gaps, "list the gaps, and do not only count them");
    AddPowersData(check, law_powers_.powers_data);

    CLI::App* lint = LawCommand(law, "lint", "hints for the reviewer of a draft", law_lint_.places,
                                [this] { return RunLawLint(law_lint_); });
    lint->add_option("DRAFT", law_lint_.draft, "the draft: .md, .txt, .docx");
    lint->add_option("--rank", law_lint_.rank, "the rank it is to have");
    lint->add_option("--territory", law_lint_.territory, "where it is to bind");
    lint->add_option("--on", law_lint_.on, "as of this day; today when not said")->check(WrongDate);
    AddPowersData(lint, law_lint_.powers_data);
    lint->add_option("--measure", law_lint_.measure, "measure against the drafts in this folder");
    lint->add_flag("--list", law_lint_.list, "with --measure: print what differs");
  }

  void AddLawSearch(CLI::App* law) {
    CLI::App* search = LawCommand(law, "search", "provisions that hold every word", law_search_.places,
                                  [this] { return RunLawSearch(law_search_); });
    search
        ->add_option("WORDS", law_search_.words,
                     "words; in quotation marks a phrase; or a provision, cited or by its address")
        ->required();
    search->add_option("--rank", law_search_.rank, "only instruments of this rank");
    search->add_option("--territory", law_search_.territory,
                       "only instruments of this territory or within it");
    search->add_option("--maker", law_search_.maker, "only versions of this maker");
    search->add_option("--instrument", law_search_.instrument, "only this instrument");
    search->add_option("--from", law_search_.from, "published on this day or later")->check(WrongDate);
    search->add_option("--to", law_search_.to, "published on this day or earlier")->check(WrongDate);
    search->add_option("--in-force", law_search_.in_force, "only what was in force on this day")
        ->check(WrongDate);
    search->add_option("--first", law_search_.first, "how many hits to leave out at the front");
    search->add_option("--count", law_search_.count, "how many hits to show")->capture_default_str();
  }

  // lawbound ledger ...: each command but `verify` takes the ledger's folder first.
  CLI::App* LedgerCommand(CLI::App* ledger, const char* name, const char* says, LedgerPlace& place,
                          const std::function<ExitCode()>& run) {
    CLI::App* command = ledger->add_subcommand(name, says);
    command->final_callback([this, run] { run_ = run; });
    command->add_option("LEDGER", place.folder, "the ledger's folder")->required();
    command->add_flag("--json", place.json, "answer in JSON");
    return command;
  }

  void AddLedger() {
    CLI::App* ledger = app_.add_subcommand("ledger", "the record: a log that nobody can rewrite");
    ledger->require_subcommand(1);
    CLI::App* init = LedgerCommand(ledger, "init", "make an empty ledger and its keys", ledger_init_.place,
                                   [this] { return RunLedgerInit(ledger_init_); });
    init->add_option("--origin", ledger_init_.origin, "the log's name, as records.example/log")->required();
    init->add_option("--secrets", ledger_init_.secrets,
                     "where the secret keys are kept; in the ledger's folder when not said");
    init->add_option("--postgres", ledger_init_.postgres,
                     "keep the rows in this PostgreSQL database, as \"host=/run/postgresql dbname=ledger\"");
    CLI::App* append =
        LedgerCommand(ledger, "append", "record acts; answers when they are on the disk",
                      ledger_append_.place, [this] { return RunLedgerAppend(ledger_append_); });
    append->add_option("ACTS", ledger_append_.acts, "a file with one act a line; - for standard input")
        ->capture_default_str();
    LedgerCommand(ledger, "checkpoint", "check what came last and sign the whole", ledger_checkpoint_.place,
                  [this] { return RunLedgerCheckpoint(ledger_checkpoint_); });
    CLI::App* witness =
        LedgerCommand(ledger, "witness", "ask witnesses to sign the last checkpoint, or add one",
                      ledger_witness_.place, [this] { return RunLedgerWitness(ledger_witness_); });
    CLI::Option* url =
        witness->add_option("--add", ledger_witness_.url, "the address of a witness to ask from now on");
    witness->add_option("--key", ledger_witness_.key, "with --add: its public key")->needs(url);
    CLI::App* floor =
        LedgerCommand(ledger, "floor", "state the floor, the refusals and the packs of today in the record",
                      ledger_floor_.place, [this] { return RunLedgerFloor(ledger_floor_); });
    floor->add_option("PACK", ledger_floor_.packs, "the packs by which acts are done")->required();
    floor->add_flag("--waive", ledger_floor_.waive, "state that the packs do not keep the floor whole");
    floor->add_option("--ground", ledger_floor_.ground, "with --waive: why");
    floor->add_option("--official", ledger_floor_.official, "with --waive: who answers for it");
    floor->add_option("--day", ledger_floor_.day, "the day; today when not said")->check(WrongDate);
    AddPlaces(floor, ledger_floor_.places);
    CLI::App* exporting =
        LedgerCommand(ledger, "export", "publish the log as files for any web server", ledger_export_.place,
                      [this] { return RunLedgerExport(ledger_export_); });
    exporting->add_option("FOLDER", ledger_export_.to, "the folder to write or to go on with")->required();
    CLI::App* fsck = LedgerCommand(ledger, "fsck", "check everything against everything", ledger_fsck_.place,
                                   [this] { return RunLedgerFsck(ledger_fsck_); });
    fsck->add_flag("--without-secrets", ledger_fsck_.without_secrets,
                   "count the fields and do not open them: for those who have no keys");
    AddLedgerReceipts(ledger);
    AddLedgerDocuments(ledger);
    LedgerCommand(ledger, "project", "bring the rows for looking things up to date with the entries",
                  ledger_project_.place, [this] { return RunLedgerProject(ledger_project_); })
        ->add_flag("--rebuild", ledger_project_.rebuild, "drop them first");
    LedgerCommand(ledger, "figures", "how many acts each office did, by month, act and verdict",
                  ledger_project_.place, [this] { return RunLedgerFigures(ledger_project_); });
    AddLedgerErase(ledger);
    AddLedgerUpkeep(ledger);
  }

  void AddServe() {
    CLI::App* authority =
        Command("authority", "make the folder of an authority: its ledger, officials and packs",
                [this] { return RunAuthority(authority_); });
    authority->add_option("DIR", authority_.folder, "a folder to be made")->required();
    authority->add_option("SETUP", authority_.setup, "a JSON file that says what it is")->required();
    CLI::App* serve = Command("serve", "serve an authority: acts are judged before they are recorded",
                              [this] { return RunServe(serve_); });
    serve->add_option("DIR", serve_.folder, "the authority's folder")->required();
    serve->add_option("--port", serve_.port, "where it answers; 0: any that is free")->capture_default_str();
    serve->add_option("--address", serve_.address, "at which address")->capture_default_str();
    serve->add_flag("--demonstration", serve_.demonstration,
                    "the day is set by whoever uses it, forward only");
  }

  void AddLedgerUpkeep(CLI::App* ledger) {
    CLI::App* backup =
        LedgerCommand(ledger, "backup", "copy rows and documents, without secret keys", ledger_backup_.place,
                      [this] { return RunLedgerBackup(ledger_backup_); });
    backup->add_option("FOLDER", ledger_backup_.to, "the folder to make")->required();
    CLI::App* restore =
        LedgerCommand(ledger, "restore", "make a ledger from a backup, up to date or not at all",
                      ledger_restore_.place, [this] { return RunLedgerRestore(ledger_restore_); });
    restore->add_option("BACKUP", ledger_restore_.backup, "the backup's folder")->required();
    restore->add_option("--secrets", ledger_restore_.secrets, "the folder with log.key and matters.key")
        ->required();
    restore->add_option("--published", ledger_restore_.published,
                        "the published copy: what came after the backup is taken from it");
    restore->add_option("--checkpoint", ledger_restore_.checkpoints,
                        "a checkpoint that somebody kept; the restored log must continue it");
    restore->add_option("--postgres", ledger_restore_.postgres, "keep the rows in this PostgreSQL database");
    restore
        ->add_option("--official", ledger_restore_.official,
                     "who answers for it: an office or register number")
        ->required();
    restore->add_option("--day", ledger_restore_.day, "the day; today when not said")->check(WrongDate);
    CLI::App* rotate =
        LedgerCommand(ledger, "rotate", "change the key that signs, or that of the matters",
                      ledger_rotate_.place, [this] { return RunLedgerRotate(ledger_rotate_); });
    rotate->add_flag("--matters", ledger_rotate_.matters, "the matters key: closes older backups");
    rotate->add_flag(
        "--lost", ledger_rotate_.lost,
        "the old signing key is gone or in other hands; with --matters: the matters key is gone, and "
        "every personal field with it");
    rotate->add_option("--ground", ledger_rotate_.ground, "why");
    rotate->add_option("--official", ledger_rotate_.official, "who answers for it");
    rotate->add_option("--day", ledger_rotate_.day, "the day; today when not said")->check(WrongDate);
  }

  // lawbound ledger document ...: documents and evidence, each of one matter.
  void AddLedgerDocuments(CLI::App* ledger) {
    CLI::App* document = ledger->add_subcommand("document", "documents and evidence of a matter");
    document->require_subcommand(1);
    LedgerDocumentArguments& wish = ledger_document_;
    const auto command = [&](const char* name, const char* says,
                             ExitCode (*run)(const LedgerDocumentArguments&)) {
      return LedgerCommand(document, name, says, wish.place, [this, run] { return run(ledger_document_); });
    };
    const auto with_item = [&](CLI::App* one) {
      one->add_option("DOCUMENT", wish.item, "the number that `add` gave it")->required();
    };
    const auto with_day = [&](CLI::App* one) {
      one->add_option("--day", wish.day, "the day; today when not said")->check(WrongDate);
    };
    CLI::App* add = command("add", "take a document into the record", RunLedgerDocumentAdd);
    add->add_option("FILE", wish.file, "the file to take; - for standard input")->required();
    add->add_option("--matter", wish.matter, "the matter that it belongs to")->required();
    add->add_option("--office", wish.office, "the office that takes it")->required();
    add->add_option("--kind", wish.kind, "what it is, as \"letter\"")->required();
    add->add_option("--source", wish.source, "where it comes from")->required();
    add->add_option("--holder", wish.holder, "who keeps the original");
    with_day(add);
    CLI::App* step = command("step", "record what happened to a document", RunLedgerDocumentStep);
    with_item(step);
    step->add_option("STEP", wish.step, "a word: handed, examined, ruled")->required();
    step->add_option("--office", wish.office, "the office that did it")->required();
    step->add_option("--holder", wish.holder, "who has it from now on");
    step->add_option("--admissible", wish.admissible, "yes or no, as it was ruled")
        ->check(CLI::IsMember({"yes", "no"}));
    step->add_option("--ground", wish.ground, "why; needed with --admissible");
    with_day(step);
    with_item(command("show", "what is known of a document: kind, source, custody, admissibility",
                      RunLedgerDocumentShow));
    command("list", "the documents of a matter", RunLedgerDocumentList)
        ->add_option("MATTER", wish.matter, "the matter")
        ->required();
    CLI::App* out =
        command("export", "write a document's contents, checked, to a file", RunLedgerDocumentExport);
    with_item(out);
    out->add_option("--out", wish.file, "the file to write")->required();
    command("check", "read documents and compare them with what was recorded", RunLedgerDocumentCheck)
        ->add_option("DOCUMENT", wish.item, "its number; all of them when not said");
    CLI::App* erase =
        command("erase", "destroy a document with its key, and record it", RunLedgerDocumentErase);
    with_item(erase);
    erase->add_option("--ground", wish.ground, "the provision or order it rests on")->required();
    erase->add_option("--official", wish.official, "who answers for it")->required();
    with_day(erase);
  }

  void AddLedgerReceipts(CLI::App* ledger) {
    CLI::App* prove = LedgerCommand(ledger, "prove", "write a receipt for an entry", ledger_prove_.place,
                                    [this] { return RunLedgerProve(ledger_prove_); });
    prove->add_option("ENTRY", ledger_prove_.entry, "the number of the entry")->required();
    prove->add_option("--show", ledger_prove_.show, "a field to show; the others are withheld");
    prove->add_flag("--show-all", ledger_prove_.show_all, "show every field that may be shown");
    prove->add_option("--out", ledger_prove_.out, "the file to write, as act.tlog-proof")->required();
    CLI::App* verify = ledger->add_subcommand("verify", "verify receipts, as lawbound-verify does");
    verify->final_callback([this] { run_ = [this] { return RunLedgerVerify(ledger_verify_); }; });
    verify->add_option("RECEIPT", ledger_verify_.receipts, "receipts")->required();
    verify->add_option("--key", ledger_verify_.keys, "a key to trust, of the log or of a witness");
    verify->add_option("--keys", ledger_verify_.key_file, "a file with keys, one a line");
    verify->add_option("--floor", ledger_verify_.floor, "the hash of the floor that the log must state");
    verify->add_option("--refusals", ledger_verify_.refusals, "the hash of the refusals that it must state");
    verify->add_option("--quorum", ledger_verify_.quorum, "how many trusted witnesses must have signed");
    verify->add_flag("--json", ledger_verify_.json, "answer in JSON");
  }

  void AddLedgerErase(CLI::App* ledger) {
    CLI::App* erase =
        LedgerCommand(ledger, "erase", "destroy, seal or open fields of an entry, and record it",
                      ledger_erase_.place, [this] { return RunLedgerErase(ledger_erase_); });
    erase->add_option("ENTRY", ledger_erase_.entry, "the number of the entry")->required();
    erase->add_option("--field", ledger_erase_.fields, "a field of it")->required();
    erase->add_option("--ground", ledger_erase_.ground, "the provision or order it rests on")->required();
    erase
        ->add_option("--official", ledger_erase_.official, "who answers for it: an office or register number")
        ->required();
    erase->add_option("--day", ledger_erase_.day, "the day; today when not said")->check(WrongDate);
    CLI::Option* seal = erase->add_flag("--seal", ledger_erase_.seal, "close the fields and destroy nothing");
    erase->add_flag("--unseal", ledger_erase_.unseal, "open sealed fields again")->excludes(seal);
  }

  CLI::App app_{"Lawbound keeps a public authority bound by law."};
  std::function<ExitCode()> run_;
  CheckArguments check_;
  FmtArguments fmt_;
  TestArguments test_;
  AllArguments all_;
  DocArguments doc_;
  DrawArguments draw_;
  ProveArguments prove_;
  SealArguments seal_;
  AuthorityArguments authority_;
  ServeArguments serve_;
  KeyArguments key_;
  TryArguments try_;
  AuditArguments audit_;
  MergeArguments merge_;
  ExplainArguments explain_;
  InspectArguments inspect_;
  LookArguments look_;
  WatchArguments watch_;
  LawImportArguments law_import_;
  LawShowArguments law_show_;
  LawSearchArguments law_search_;
  LawCiteArguments law_cite_;
  LawCompareArguments law_compare_;
  LawDependantsArguments law_dependants_;
  LawPowersArguments law_powers_;
  LawExportArguments law_export_;
  LawChangedArguments law_changed_;
  LawLintArguments law_lint_;
  LedgerInitArguments ledger_init_;
  LedgerAppendArguments ledger_append_;
  LedgerCheckpointArguments ledger_checkpoint_;
  LedgerFloorArguments ledger_floor_;
  LedgerWitnessArguments ledger_witness_;
  LedgerProjectArguments ledger_project_;
  LedgerDocumentArguments ledger_document_;
  LedgerProveArguments ledger_prove_;
  LedgerVerifyArguments ledger_verify_;
  LedgerFsckArguments ledger_fsck_;
  LedgerExportArguments ledger_export_;
  LedgerEraseArguments ledger_erase_;
  LedgerBackupArguments ledger_backup_;
  LedgerRestoreArguments ledger_restore_;
  LedgerRotateArguments ledger_rotate_;
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
