// lawbound ledger backup, restore, rotate.
#include <fmt/format.h>

#include "cli/ledger.h"
#include "ledger/backup.h"
#include "ledger/rotate.h"

namespace lawbound::cli {
namespace {

using report::JsonWriter;

ExitCode RotateMatters(const LedgerRotateArguments& arguments) {
  const base::Result<ledger::Folder> folder = ledger::Folder::Open(arguments.place.folder);
  if (!folder.ok()) return Fail(folder.error());
  const base::Result<std::uint64_t> done = ledger::RotateMattersKey(folder.value());
  if (!done.ok()) return Fail(done.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) { json.Key("matters").Value(done.value()); });
  } else {
    fmt::print(
        "the keys of {} matters are under a new key; backups made before now open no personal field: make a "
        "new one\n",
        done.value());
  }
  return kDone;
}

ExitCode ReplaceLostMattersKey(const LedgerRotateArguments& arguments, base::Day day) {
  const base::Result<ledger::Folder> folder = ledger::Folder::Open(arguments.place.folder);
  if (!folder.ok()) return Fail(folder.error());
  const base::Result<ledger::LostFields> done =
      ledger::ReplaceLostMattersKey(folder.value(), {true, day, arguments.ground, arguments.official});
  if (!done.ok()) return Fail(done.error());
  const ledger::LostFields& lost = done.value();
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("entry");
      if (lost.entry) {
        json.Value(*lost.entry);
      } else {
        json.Null();
      }
      json.Key("fields").Value(lost.fields).Key("documents").Value(lost.documents);
    });
    return kDone;
  }
  if (lost.entry) fmt::print("entry {}: the matters key was lost, and with it ", *lost.entry);
  fmt::print("{} fields and {} documents; a new key is made: keep a copy of it under lock\n", lost.fields,
             lost.documents);
  return kDone;
}

}  // namespace

ExitCode RunLedgerBackup(const LedgerBackupArguments& arguments) {
  const base::Result<ledger::Folder> folder = ledger::Folder::Open(arguments.place.folder);
  if (!folder.ok()) return Fail(folder.error());
  const base::Result<ledger::BackupDone> done = ledger::BackUp(folder.value(), arguments.to);
  if (!done.ok()) return Fail(done.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("folder").Text(arguments.to).Key("entries").Value(done.value().entries);
      json.Key("documents").Value(done.value().documents);
    });
  } else {
    fmt::print("{}: {} entries, {} documents; the secret keys are not in it\n", arguments.to,
               done.value().entries, done.value().documents);
  }
  return kDone;
}

ExitCode RunLedgerRestore(const LedgerRestoreArguments& arguments) {
  const base::Result<base::Day> day = DayOf(arguments.day);
  if (!day.ok()) return Fail(day.error());
  const base::Result<ledger::RestoreDone> done =
      ledger::Restore({.backup = arguments.backup,
                       .to = arguments.place.folder,
                       .settings = {"", arguments.secrets, arguments.postgres},
                       .published = arguments.published,
                       .checkpoints = arguments.checkpoints,
                       .day = day.value(),
                       .official = arguments.official});
  if (!done.ok()) return Fail(done.error());
  const ledger::RestoreDone& counts = done.value();
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("entries").Value(counts.entries).Key("from_backup").Value(counts.from_backup);
      json.Key("from_published").Value(counts.from_published).Key("erased").Value(counts.erased);
      json.Key("lost").Value(counts.lost);
    });
  } else {
    fmt::print(
        "{}: {} entries, {} from the backup and {} from the published copy; {} fields erased again, {} "
        "lost\n",
        arguments.place.folder, counts.entries, counts.from_backup, counts.from_published, counts.erased,
        counts.lost);
  }
  return kDone;
}

ExitCode RunLedgerRotate(const LedgerRotateArguments& arguments) {
  if (arguments.matters && !arguments.lost) return RotateMatters(arguments);
  if (arguments.ground.empty() || arguments.official.empty()) {
    fmt::print(stderr, "lawbound: a {} needs --ground and --official: both are recorded\n",
               arguments.matters ? "lost matters key" : "new signing key");
    return kUsage;
  }
  const base::Result<base::Day> day = DayOf(arguments.day);
  if (!day.ok()) return Fail(day.error());
  if (arguments.matters) return ReplaceLostMattersKey(arguments, day.value());
  base::Result<std::unique_ptr<ledger::Ledger>> opened = OpenLedger(arguments.place);
  if (!opened.ok()) return Fail(opened.error());
  const base::Result<ledger::Rotated> done = ledger::RotateLogKey(
      *opened.value(), {arguments.lost, day.value(), arguments.ground, arguments.official});
  if (!done.ok()) return Fail(done.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("entry").Value(done.value().entry).Key("key").Text(done.value().key);
      json.Key("checkpoint").Text(done.value().checkpoint);
    });
  } else {
    fmt::print("entry {}: from now on this key signs; publish it beside the old one:\n{}\n",
               done.value().entry, done.value().key);
  }
  return kDone;
}

}  // namespace lawbound::cli
