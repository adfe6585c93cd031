// The commands of `lawbound ledger`, each with what it was asked.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command.h"
#include "ledger/act.h"
#include "ledger/ledger.h"
#include "ledger/witness.h"
#include "report/json.h"
#include "tlog/floor.h"
#include "tlog/hash.h"

namespace lawbound::cli {

struct LedgerPlace {
  std::string folder;
  bool json = false;
};

struct LedgerInitArguments {
  LedgerPlace place;
  std::string origin;
  std::string secrets;
  std::string postgres;
};
ExitCode RunLedgerInit(const LedgerInitArguments& arguments);

// Hashes of the sources that carry out the floor and the refusals, as this program was built of them.
struct OwnFloor {
  tlog::Hash floor, refusals;
};
OwnFloor FloorOfThisProgram();

struct LedgerAppendArguments {
  LedgerPlace place;
  std::string acts = "-";
};
ExitCode RunLedgerAppend(const LedgerAppendArguments& arguments);

struct LedgerWitnessArguments {
  LedgerPlace place;
  std::string url;  // of a witness to add; empty: ask those that are known
  std::string key;
};
ExitCode RunLedgerWitness(const LedgerWitnessArguments& arguments);

struct LedgerCheckpointArguments {
  LedgerPlace place;
};
ExitCode RunLedgerCheckpoint(const LedgerCheckpointArguments& arguments);

struct LedgerProveArguments {
  LedgerPlace place;
  std::uint64_t entry = 0;
  std::vector<std::string> show;
  bool show_all = false;
  std::string out;
};
ExitCode RunLedgerProve(const LedgerProveArguments& arguments);

struct LedgerVerifyArguments {
  std::vector<std::string> receipts;
  std::vector<std::string> keys;
  std::string key_file;
  std::string floor;     // what the log must state; nothing is demanded when empty
  std::string refusals;  // the same
  std::uint64_t quorum = 0;
  bool json = false;
};
ExitCode RunLedgerVerify(const LedgerVerifyArguments& arguments);

struct LedgerFsckArguments {
  LedgerPlace place;
  bool without_secrets = false;
};
ExitCode RunLedgerFsck(const LedgerFsckArguments& arguments);

struct LedgerExportArguments {
  LedgerPlace place;
  std::string to;
};
ExitCode RunLedgerExport(const LedgerExportArguments& arguments);

struct LedgerEraseArguments {
  LedgerPlace place;
  std::uint64_t entry = 0;
  std::vector<std::string> fields;
  std::string ground;
  std::string official;
  std::string day;
  bool seal = false;    // close the fields and erase nothing
  bool unseal = false;  // open them again
};
ExitCode RunLedgerErase(const LedgerEraseArguments& arguments);

struct LedgerFloorArguments {
  LedgerPlace place;
  std::vector<std::string> packs;
  Places places;
  bool waive = false;  // record that the floor is not kept whole
  std::string ground;
  std::string official;
  std::string day;
};
ExitCode RunLedgerFloor(const LedgerFloorArguments& arguments);

struct LedgerDocumentArguments {
  LedgerPlace place;
  std::string item;    // the number of a document
  std::string file;    // to take, or to write
  std::string matter;  // of which matter
  std::string kind;
  std::string source;
  std::string holder;      // who has it now
  std::string step;        // what happened to it
  std::string admissible;  // yes or no, as it was ruled
  std::string ground;
  std::string official;
  std::string office;
  std::string day;
};
ExitCode RunLedgerDocumentAdd(const LedgerDocumentArguments& arguments);
ExitCode RunLedgerDocumentStep(const LedgerDocumentArguments& arguments);
ExitCode RunLedgerDocumentShow(const LedgerDocumentArguments& arguments);
ExitCode RunLedgerDocumentList(const LedgerDocumentArguments& arguments);
ExitCode RunLedgerDocumentExport(const LedgerDocumentArguments& arguments);
ExitCode RunLedgerDocumentCheck(const LedgerDocumentArguments& arguments);
ExitCode RunLedgerDocumentErase(const LedgerDocumentArguments& arguments);

struct LedgerProjectArguments {
  LedgerPlace place;
  bool rebuild = false;
};
ExitCode RunLedgerProject(const LedgerProjectArguments& arguments);
ExitCode RunLedgerFigures(const LedgerProjectArguments& arguments);

struct LedgerBackupArguments {
  LedgerPlace place;
  std::string to;
};
ExitCode RunLedgerBackup(const LedgerBackupArguments& arguments);

struct LedgerRestoreArguments {
  LedgerPlace place;  // the ledger to make
  std::string backup;
  std::string secrets;
  std::string postgres;
  std::string published;
  std::vector<std::string> checkpoints;
  std::string official;
  std::string day;
};
ExitCode RunLedgerRestore(const LedgerRestoreArguments& arguments);

struct LedgerRotateArguments {
  LedgerPlace place;
  bool matters = false;  // the matters key, not the log's
  bool lost = false;
  std::string ground;
  std::string official;
  std::string day;
};
ExitCode RunLedgerRotate(const LedgerRotateArguments& arguments);

// One act of the input of `append`, as docs/formats/ledger-store.md describes it: a JSON object on one line.
base::Result<ledger::Draft> ParseDraft(std::string_view line);

// Everything a ledger command says in JSON is one object.
void PrintJson(const std::function<void(report::JsonWriter&)>& write);
base::Result<std::unique_ptr<ledger::Ledger>> OpenLedger(const LedgerPlace& place);

// Asks the witnesses of a ledger by HTTP to sign its last checkpoint.
base::Result<std::vector<ledger::Asked>> AskByHttp(ledger::Ledger& ledger);
// How many signed, and loudly when none did.
std::string DescribeAsked(const std::vector<ledger::Asked>& asked);
void PrintAsked(report::JsonWriter& json, const std::vector<ledger::Asked>& asked);

// What `checkpoint` says when the floor was not recorded today; nothing when it was.
std::string FloorReminder(const std::optional<tlog::FloorStatement>& last, base::Day today);

// --day, else today.
base::Result<base::Day> DayOf(const std::string& option);

}  // namespace lawbound::cli
