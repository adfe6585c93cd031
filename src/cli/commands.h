// The commands of the program, each with what it was asked.  main.cc fills these in; each Run* is in the file
// named for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"

namespace lawbound::cli {

struct LawPlaces {
  std::string registry;  // its file
  std::string data;      // the folder of the jurisdiction's data; empty: the one that comes with the program
  std::string known;     // the day as of whose knowledge to answer or take in; empty: today
};

struct CheckArguments {
  Places places;
  LawPlaces law;   // without a registry the citations are not looked up
  std::string on;  // the day on which they are to be in force; empty: today
  std::vector<std::string> packs;
  bool json = false;
  bool listing = false;
};
ExitCode RunCheck(const CheckArguments& arguments);

struct FmtArguments {
  Places places;
  std::vector<std::string> packs;
  bool only_check = false;
};
ExitCode RunFmt(const FmtArguments& arguments);

struct TestArguments {
  Places places;
  std::vector<std::string> packs;
};
ExitCode RunTest(const TestArguments& arguments);

struct AllArguments {
  Places places;
  std::vector<std::string> packs;
  double seconds = 0.1;  // of processor time, for each guarantee
};
ExitCode RunAll(const AllArguments& arguments);

struct DocArguments {
  Places places;
  std::vector<std::string> packs;
  std::string html, markdown;  // where to write; "-" is standard output; neither: Markdown to standard output
  std::string language;        // of titles
  bool coverage = false;
  std::vector<std::string> indexes;
};
ExitCode RunDoc(const DocArguments& arguments);
struct ProveArguments {
  Places places;
  std::string pack;
  std::string only;    // one guarantee, or act
  std::string law_of;  // the day whose law is proved
  std::size_t states = 1'000'000;
  std::size_t megabytes = 1'024;
  double seconds = 60;  // of each question
  std::uint32_t repeats = 2;
  bool json = false;
  bool witnesses = false;
  bool latest = false;  // only the latest safe days
};
ExitCode RunProve(const ProveArguments& arguments);

struct LogArguments {  // what reading a log takes, wherever it is read
  std::string log;
  std::string mapping;
  unsigned threads = 0;         // 0: as many as the machine has
  std::string identity_ground;  // why case numbers that look like identity numbers may be read
  bool quiet = false;           // no progress
};

// "2/8": the second of eight; none: something else, or a part that the whole has not.
struct Shard {
  unsigned part = 1, parts = 1;
};
std::optional<Shard> ParseShard(const std::string& text);

struct AuditArguments {
  Places places;
  std::string pack;
  LogArguments log;
  std::string as_of, from, to;  // dates
  std::string rule;
  std::string shard;  // "2/8"
  bool strict = false;
  std::string json, csv, html;  // where to write; "-" is standard output
  std::size_t worst = 50;
  std::uint64_t max_findings = 20'000'000;
  std::string command_line;  // as typed, for the report
};
ExitCode RunAudit(const AuditArguments& arguments);

struct MergeArguments {
  std::vector<std::string> parts;
  std::string json;
};
ExitCode RunMerge(const MergeArguments& arguments);

struct ExplainArguments {
  Places places;
  std::string pack;
  LogArguments log;
  std::string case_name;
  std::string as_of;
  bool strict = false;
  LawPlaces law;           // without a registry provisions are named, and not shown
  bool next = false;       // also what may be done on the last day, and when the rest could be
  std::string json, html;  // where to write these; both empty: text on standard output
  std::string language;    // of titles; empty: the pack's first
};
ExitCode RunExplain(const ExplainArguments& arguments);

struct TryArguments {
  Places places;
  std::string pack;
};
ExitCode RunTry(const TryArguments& arguments);

struct InspectArguments {
  std::string log;
  bool quiet = false;  // no progress
};
ExitCode RunInspect(const InspectArguments& arguments);

struct LawImportArguments {
  LawPlaces places;
  std::string path;
  std::string rank, territory;
  std::string report;  // where to write the findings; "-" is standard output
  bool quiet = false;
};
ExitCode RunLawImport(const LawImportArguments& arguments);

struct LawShowArguments {
  LawPlaces places;
  std::string address;
  bool timeline = false;
};
ExitCode RunLawShow(const LawShowArguments& arguments);

struct LawSearchArguments {
  LawPlaces places;
  std::string words;
  std::string rank, territory, maker, instrument;
  std::string from, to, in_force;  // dates
  std::size_t first = 0, count = 20;
};
ExitCode RunLawSearch(const LawSearchArguments& arguments);

struct LawCiteArguments {
  LawPlaces places;
  std::string address;
  std::string text;             // a document that is not in the registry
  std::string on;               // with a document: the day of its law; empty: today
  std::string measure, corpus;  // folders: the labels, and the texts they were drawn from
  bool english = false;
  bool list = false;
};
ExitCode RunLawCite(const LawCiteArguments& arguments);

struct LawDependantsArguments {
  LawPlaces places;
  Places pack_places;
  std::string address;
  std::vector<std::string> packs, powers, documents;
  bool english = false;     // the documents are in English
  LogArguments matters;     // a log of matters under the packs; without one none are looked through
  std::string on;           // the day whose texts are asked; empty: today
  std::string powers_data;  // empty: what comes with the program
};
ExitCode RunLawDependants(const LawDependantsArguments& arguments);

struct LawPowersArguments {
  LawPlaces places;
  std::string list;         // the table
  bool gaps = false;        // list them, not only count them
  std::string on;           // empty: today
  std::string powers_data;  // empty: what comes with the program
};
ExitCode RunLawPowersCheck(const LawPowersArguments& arguments);

struct LookArguments {
  std::vector<std::string> files;
  std::string pack;               // the ledger is one of this pack; empty: of any
  std::string packs;              // where packs are looked for; empty: those that come with the program
  std::string as_of;              // a date; empty: today
  std::string none;               // acts that were never done, with commas
  bool yes = false;               // ask nothing
  std::string language;           // "zh" or "en"; empty: by the locale
  std::string html, ics;          // files to write; "-": standard output
  std::vector<std::string> keep;  // columns that may say who somebody is and are wanted all the same
  std::string reason;             // why
  Places places;
};
ExitCode RunLook(const LookArguments& arguments);

struct WatchArguments {
  std::string folder;
  LookArguments look;  // without files
  int every = 5;       // seconds
  std::string text;    // a file for the list as text
};
ExitCode RunWatch(const WatchArguments& arguments);

struct LawLintArguments {
  LawPlaces places;
  std::string draft, rank, territory;
  std::string on;           // empty: today
  std::string powers_data;  // empty: what comes with the program
  std::string measure;      // a folder of drafts with known faults
  bool list = false;
};
ExitCode RunLawLint(const LawLintArguments& arguments);

struct LawExportArguments {
  LawPlaces places;
  std::string address;
  std::string format = "markdown";
  std::string out = "-";
};
ExitCode RunLawExport(const LawExportArguments& arguments);

struct LawChangedArguments {
  LawPlaces places;
  std::string since, to;  // dates; no `to`: today
};
ExitCode RunLawChanged(const LawChangedArguments& arguments);

struct LawCompareArguments {
  LawPlaces places;
  std::string before, after;  // addresses
  std::string html;           // a page to write instead; empty: none
};
ExitCode RunLawCompare(const LawCompareArguments& arguments);

}  // namespace lawbound::cli
