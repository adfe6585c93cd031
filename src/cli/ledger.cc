#include "cli/ledger.h"

#include <fmt/format.h>
#include <iostream>
#include <memory>
#include <sstream>

#include "base/file.h"
#include "cli/law.h"
#include "ledger/floor.h"
#include "ledger/fsck.h"
#include "ledger/ledger.h"
#include "ledger/prove.h"
#include "report/json.h"
#include "tlog/verifier.h"

namespace lawbound::cli {
namespace {

using report::JsonWriter;

base::Result<std::optional<tlog::FloorStatement>> LastFloor(ledger::Ledger& ledger) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(ledger.folder().place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(const store::RecordHead head, reader->ReadHead());
  return ledger::FloorBefore(*reader, head.size);
}

}  // namespace

void PrintJson(const std::function<void(JsonWriter&)>& write) {
  std::ostringstream out;
  JsonWriter json(out);
  json.Begin('{');
  write(json);
  json.End('}');
  fmt::print("{}\n", out.str());
}

base::Result<std::unique_ptr<ledger::Ledger>> OpenLedger(const LedgerPlace& place) {
  ASSIGN_OR_RETURN(ledger::Folder folder, ledger::Folder::Open(place.folder));
  return ledger::Ledger::Open(std::move(folder));
}

base::Result<base::Day> DayOf(const std::string& option) {
  ASSIGN_OR_RETURN(const std::optional<base::Day> day, OptionalDay("--day", option));
  return day.value_or(Today());
}

ExitCode RunLedgerInit(const LedgerInitArguments& arguments) {
  const base::Result<ledger::Folder> made =
      ledger::Folder::Make(arguments.place.folder, {arguments.origin, arguments.secrets, arguments.postgres});
  if (!made.ok()) return Fail(made.error());
  const base::Result<tlog::Trust> trust = made.value().ReadTrust();
  if (!trust.ok()) return Fail(trust.error());
  const std::string key = tlog::PrintVerifierKey(trust.value().logs.back());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) { json.Key("origin").Text(arguments.origin).Key("key").Text(key); });
  } else {
    fmt::print("{}: an empty ledger\nthe key by which others verify it, to be published far and wide:\n{}\n",
               arguments.place.folder, key);
  }
  return kDone;
}

ExitCode RunLedgerCheckpoint(const LedgerCheckpointArguments& arguments) {
  base::Result<std::unique_ptr<ledger::Ledger>> opened = OpenLedger(arguments.place);
  if (!opened.ok()) return Fail(opened.error());
  const base::Result<std::string> note = opened.value()->SignCheckpoint();
  if (!note.ok()) return Fail(note.error());
  const base::Result<std::optional<tlog::FloorStatement>> floor = LastFloor(*opened.value());
  if (!floor.ok()) return Fail(floor.error());
  const base::Result<std::vector<ledger::Asked>> asked = AskByHttp(*opened.value());
  if (!asked.ok()) return Fail(asked.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("checkpoint").Text(note.value());
      PrintAsked(json, asked.value());
      json.Key("floor");
      if (floor.value()) {
        json.Begin('{').Key("entry").Value(floor.value()->entry);
        json.Key("day").Text(base::PrintDay(floor.value()->day));
        json.Key("whole").Value(!floor.value()->waived).End('}');
      } else {
        json.Null();
      }
    });
  } else {
    fmt::print("{}", note.value());
    fmt::print(stderr, "{}\n", DescribeAsked(asked.value()));
    const std::string reminder = FloorReminder(floor.value(), Today());
    if (!reminder.empty()) fmt::print(stderr, "{}\n", reminder);
  }
  return kDone;
}

ExitCode RunLedgerProve(const LedgerProveArguments& arguments) {
  const base::Result<ledger::Folder> folder = ledger::Folder::Open(arguments.place.folder);
  if (!folder.ok()) return Fail(folder.error());
  const base::Result<ledger::MadeReceipt> made =
      ledger::MakeReceipt(folder.value(), {arguments.entry, arguments.show, arguments.show_all});
  if (!made.ok()) return Fail(made.error());
  const tlog::Receipt& receipt = made.value().receipt;
  const std::string bytes = tlog::PrintReceipt(receipt);
  if (const base::Status wrote = base::WriteFile(arguments.out, bytes); !wrote.ok())
    return Fail(wrote.error());
  for (const std::string& name : made.value().lost)
    fmt::print(stderr, "lawbound: field '{}' is lost; whoever verifies the receipt will see that\n", name);
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("receipt").Text(arguments.out).Key("entry").Value(receipt.index);
      json.Key("shown").Value(receipt.openings.size()).Key("withheld").Value(receipt.withheld.size());
      json.Key("lost").Value(made.value().lost.size());
    });
  } else {
    fmt::print("{}: entry {}, {} fields shown, {} withheld\n", arguments.out, receipt.index,
               receipt.openings.size(), receipt.withheld.size());
  }
  return kDone;
}

ExitCode RunLedgerVerify(const LedgerVerifyArguments& arguments) {
  std::vector<std::string> words = {"receipt"};
  words.insert(words.end(), arguments.receipts.begin(), arguments.receipts.end());
  for (const std::string& key : arguments.keys) words.insert(words.end(), {"--key", key});
  if (!arguments.key_file.empty()) words.insert(words.end(), {"--keys", arguments.key_file});
  if (!arguments.floor.empty()) words.insert(words.end(), {"--floor", arguments.floor});
  if (!arguments.refusals.empty()) words.insert(words.end(), {"--refusals", arguments.refusals});
  words.insert(words.end(), {"--quorum", fmt::to_string(arguments.quorum)});
  if (arguments.json) words.emplace_back("--json");
  const tlog::VerifierAnswer answer = tlog::RunVerifier(words);
  fmt::print("{}", answer.text);
  fmt::print(stderr, "{}", answer.errors);
  return static_cast<ExitCode>(answer.code);
}

ExitCode RunLedgerFsck(const LedgerFsckArguments& arguments) {
  const base::Result<ledger::Folder> folder = ledger::Folder::Open(arguments.place.folder);
  if (!folder.ok()) return Fail(folder.error());
  const base::Result<ledger::FsckReport> checked =
      ledger::CheckLedger(folder.value(), {.open_fields = !arguments.without_secrets, .progress = {}});
  if (!checked.ok()) return Fail(checked.error());
  const ledger::FsckReport& report = checked.value();
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("sound").Value(report.problems.empty());
      json.Key("entries").Value(report.entries).Key("root").Text(report.root);
      json.Key("tiles").Value(report.tiles).Key("checkpoints").Value(report.checkpoints);
      json.Key("fields").Value(report.fields).Key("fields_opened").Value(report.fields_opened);
      json.Key("erased").Value(report.erased).Key("lost").Value(report.lost);
      json.Key("documents").Value(report.documents);
      json.Key("floor").Begin('{').Key("statements").Value(report.floor.statements);
      json.Key("changed").Value(report.floor.changed).Key("waived").Value(report.floor.waived).End('}');
      json.Key("problems").Begin('[');
      for (const std::string& problem : report.problems) json.Text(problem);
      json.End(']');
    });
  } else {
    fmt::print(
        "{}: {} entries, {} tiles, {} checkpoints; {} fields stored{}, {} erased, {} lost; {} documents\n",
        arguments.place.folder, report.entries, report.tiles, report.checkpoints, report.fields,
        report.fields_opened ? "" : " (not opened)", report.erased, report.lost, report.documents);
    const tlog::FloorHistory& floor = report.floor;
    if (!floor.last) {
      fmt::print("floor: not stated\n");
    } else {
      fmt::print("floor: {}, stated {} times, last by entry {} of {}; changed {} times, waived in {}\n",
                 tlog::DescribeWaiver(*floor.last), floor.statements, floor.last->entry,
                 base::PrintDay(floor.last->day), floor.changed, floor.waived);
    }
    for (const std::string& problem : report.problems) fmt::print("BAD: {}\n", problem);
    if (report.problems.empty()) fmt::print("sound; root {}\n", report.root);
  }
  return report.problems.empty() ? kDone : kBadInput;
}

ExitCode RunLedgerExport(const LedgerExportArguments& arguments) {
  const base::Result<ledger::Folder> folder = ledger::Folder::Open(arguments.place.folder);
  if (!folder.ok()) return Fail(folder.error());
  const base::Result<ledger::Published> done = ledger::Publish(folder.value(), arguments.to);
  if (!done.ok()) return Fail(done.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("folder").Text(arguments.to).Key("entries").Value(done.value().tree.size);
      json.Key("added").Value(done.value().added).Key("root").Text(PrintHash(done.value().tree.root));
    });
  } else {
    fmt::print("{}: {} entries, {} of them new\n", arguments.to, done.value().tree.size, done.value().added);
  }
  return kDone;
}

ExitCode RunLedgerErase(const LedgerEraseArguments& arguments) {
  const base::Result<base::Day> day = DayOf(arguments.day);
  if (!day.ok()) return Fail(day.error());
  base::Result<std::unique_ptr<ledger::Ledger>> opened = OpenLedger(arguments.place);
  if (!opened.ok()) return Fail(opened.error());
  const tlog::EntryKind kind = arguments.seal     ? tlog::EntryKind::kSeal
                               : arguments.unseal ? tlog::EntryKind::kUnseal
                                                  : tlog::EntryKind::kErase;
  const base::Result<ledger::Appended> done = opened.value()->Take(
      {kind, arguments.entry, arguments.fields, day.value(), arguments.ground, arguments.official});
  if (!done.ok()) return Fail(done.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("entry").Value(done.value().entry).Key("kind").Text(ledger::MeasureName(kind));
    });
  } else {
    fmt::print("entry {}: {} of {} field{} of entry {}\n", done.value().entry, ledger::MeasureName(kind),
               arguments.fields.size(), arguments.fields.size() == 1 ? "" : "s", arguments.entry);
  }
  return kDone;
}

}  // namespace lawbound::cli
