// What happens to a ledger over the years: documents, erasures that must leave nothing, backups, new keys.
#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <map>
#include <random>
#include <sstream>

#include "base/file.h"
#include "ledger/backup.h"
#include "ledger/document.h"
#include "ledger/fsck.h"
#include "ledger/ledger_for_test.h"
#include "ledger/rotate.h"

namespace lawbound::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_ledger::ActNumber;
using testing_ledger::ActOf;
using testing_ledger::ErrorOf;
using testing_ledger::MeasureOn;
using tlog::EntryKind;

class UpkeepTest : public testing_ledger::LedgerTest {
 protected:
  // A copy of the secrets in a place of their own, for a restoration.
  std::string Secrets() const {
    const std::string to = files_ / "secrets";
    std::filesystem::copy(
        path() + "/secrets", to,
        std::filesystem::copy_options::update_existing | std::filesystem::copy_options::recursive);
    return to;
  }
  RestoreWish Wish(const std::string& backup, const std::string& to) const {
    return {.backup = files_ / backup,
            .to = files_ / to,
            .settings = {"", Secrets(), ""},
            .published = {},
            .checkpoints = {},
            .day = *base::ParseDay("2026-03-01"),
            .official = "registrar"};
  }
  static std::vector<std::string> ProblemsOf(const Folder& folder) {
    const base::Result<FsckReport> report = CheckLedger(folder, {});
    EXPECT_EQ(ErrorOf(report), "");
    return report.value().problems;
  }
  // The files below a folder that hold these bytes.
  static std::vector<std::string> FilesWith(const std::string& folder, std::string_view bytes) {
    std::vector<std::string> out;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
      if (!file.is_regular_file()) continue;
      const std::string all = base::ReadFile(file.path().string()).value();
      if (all.find(bytes) != std::string::npos) out.push_back(file.path().string());
    }
    return out;
  }
  // The encrypted bytes of a field, as they lie in the rows.
  std::string BoxOf(std::uint64_t entry, const std::string& name) const {
    const auto reader = store::OpenRecordReader(folder().place(), store::ReadHow::kMoment).value();
    for (const store::OpeningRow& row : reader->ReadOpenings(entry).value())
      if (row.name == name) return row.box;
    return {};
  }
  static std::string ContentsOf(const Folder& folder, const std::string& id, std::string& error) {
    const auto reader = store::OpenRecordReader(folder.place(), store::ReadHow::kMoment).value();
    MatterKeys keys(folder.ReadMattersKey().value(),
                    store::OpenRecordReader(folder.place(), store::ReadHow::kLatest).value());
    const auto row = reader->ReadItem(id).value();
    if (!row) return error = "no such document", std::string();
    std::string out;
    error = ErrorOf(ReadDocument(folder.documents(), *row, keys, [&](std::string_view piece) {
      out += piece;
      return base::Ok();
    }));
    return out;
  }
};

TEST_F(UpkeepTest, NothingOfAnErasedFieldIsLeftInAnyFile) {
  const std::string planted = "Ann Example of 12 Mill Lane, planted 8c1f";
  std::string box;
  {
    const std::unique_ptr<Ledger> ledger = Open();
    Append(*ledger, 0, 200);
    ASSERT_TRUE(ledger->Append(ActOf("", "m-1", {{"name", planted}, {"reasons", "Because."}})).ok());
    box = BoxOf(200, "name");
    ASSERT_FALSE(box.empty());
    EXPECT_THAT(FilesWith(path(), planted), IsEmpty());  // never in clear
    EXPECT_FALSE(FilesWith(path(), box.substr(0, 40)).empty());
    ASSERT_EQ(ErrorOf(ledger->Take(MeasureOn(EntryKind::kErase, 200, {"name"}))), "");
    // While the ledger is open: rows, free pages and the log of writes.
    EXPECT_THAT(FilesWith(path(), box.substr(0, 40)), IsEmpty());
    EXPECT_THAT(FilesWith(path(), box.substr(box.size() - 40)), IsEmpty());
    ASSERT_TRUE(ledger->SignCheckpoint().ok());
  }
  ASSERT_EQ(ErrorOf(BackUp(folder(), files_ / "backup")), "");
  for (const std::string& folder : {path(), files_ / "backup"}) {
    EXPECT_THAT(FilesWith(folder, planted), IsEmpty());
    EXPECT_THAT(FilesWith(folder, box.substr(0, 40)), IsEmpty());
  }
}

TEST_F(UpkeepTest, TheKeyOfAMatterGoesWithItsLastField) {
  Fill(1);
  const auto keys = [&] {
    return store::OpenRecordReader(folder().place(), store::ReadHow::kMoment)
        .value()
        ->KeysAfter("", 10)
        .value();
  };
  ASSERT_EQ(keys().size(), 1U);
  const std::unique_ptr<Ledger> ledger = Open();
  ASSERT_TRUE(ledger->Take(MeasureOn(EntryKind::kErase, 0, {"name"})).ok());
  EXPECT_EQ(keys().size(), 1U);
  ASSERT_TRUE(ledger->Take(MeasureOn(EntryKind::kErase, 0, {"phone"})).ok());
  EXPECT_THAT(keys(), IsEmpty());
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
}

// Every column of every table, as a clue that two matters are one person's: what it finds is no more than
// chance. The same count over the persons themselves shows that the method would find them.
TEST_F(UpkeepTest, TheMattersOfOnePersonCannotBeFoundInTheRows) {
  constexpr int kPersons = 150;
  constexpr int kMatters = 300;  // two each
  std::mt19937 draw(6);          // NOLINT(cert-msc51-cpp): the same every time
  std::vector<int> person_of;
  for (int i = 0; i < kMatters; ++i) person_of.push_back(i % kPersons);
  std::ranges::shuffle(person_of, draw);
  {
    const std::unique_ptr<Ledger> ledger = Open();
    std::vector<Draft> drafts;
    for (int i = 0; i < kMatters; ++i) {
      const int person = person_of[static_cast<std::size_t>(i)];
      const std::string number(static_cast<std::size_t>(3 + person % 17), 'x');
      drafts.push_back(ActOf(fmt::format("request {}", i), fmt::format("m-{}", i),
                             {{"address", fmt::format("{} Lane {}", person, number)},
                              {"identity", fmt::format("1101011990{:08}", person)},
                              {"name", fmt::format("Person {} {}", person, number)}}));
    }
    for (const auto& done : ledger->AppendAll(drafts)) ASSERT_EQ(ErrorOf(done), "");
  }
  // column -> value -> matters in which it occurs
  std::map<std::string, std::map<std::string, std::vector<int>>> columns;
  const auto reader = store::OpenRecordReader(folder().place(), store::ReadHow::kMoment).value();
  for (int i = 0; i < kMatters; ++i) {
    const auto number = static_cast<std::uint64_t>(i);
    std::string lengths;
    for (const store::OpeningRow& row : reader->ReadOpenings(number).value()) {
      columns["box of " + row.name][row.box].push_back(i);
      columns["beginning of box of " + row.name][row.box.substr(0, 8)].push_back(i);
      lengths += fmt::format("{} ", row.box.size());
    }
    columns["lengths of boxes"][lengths].push_back(i);
    const tlog::Entry entry = tlog::ParseEntry(reader->ReadEntries(number, 1).value()[0]).value();
    for (const tlog::Field& field : entry.fields)
      columns["commitment to " + field.name][tlog::PrintHash(field.commitment)].push_back(i);
    columns["key"][*reader->ReadKey(fmt::format("m-{}", i)).value()].push_back(i);
    columns["(the person)"][fmt::format("{}", person_of[static_cast<std::size_t>(i)])].push_back(i);
  }
  for (const auto& [column, values] : columns) {
    // Of the pairs that share a value, how many are one person's; and how many of those there are at all.
    double pairs = 0;
    double right = 0;
    for (const auto& [value, matters] : values) {
      for (std::size_t a = 0; a < matters.size(); ++a) {
        for (std::size_t b = a + 1; b < matters.size(); ++b) {
          pairs += 1;
          const auto one = static_cast<std::size_t>(matters[a]);
          const auto other = static_cast<std::size_t>(matters[b]);
          right += person_of[one] == person_of[other] ? 1 : 0;
        }
      }
    }
    const double all = kMatters * (kMatters - 1) / 2.0;
    const double chance = kPersons / all;  // the share of right ones among pairs drawn blindly
    if (column == "(the person)") {
      EXPECT_EQ(right, kPersons);
      EXPECT_EQ(right, pairs);
    } else if (pairs > 0) {
      EXPECT_LE(right / pairs, 1.5 * chance) << column << ": " << right << " of " << pairs;
    }
  }
}

TEST_F(UpkeepTest, ADocumentComesBackAsItWasTaken) {
  std::string large(300'000, '\0');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * i >> 3);
  const std::unique_ptr<Ledger> ledger = Open();
  Documents documents = Documents::Open(*ledger).value();
  const DocumentDraft draft{
      "m-1", *base::ParseDay("2026-03-01"), "town-hall", {{"kind", "photograph"}, {"source", "Ann"}}};
  for (const std::string& contents : {std::string(), std::string("short"), large.substr(0, 65536), large}) {
    std::istringstream from(contents);
    const auto taken = documents.Take(draft, from);
    ASSERT_EQ(ErrorOf(taken), "");
    std::string error;
    EXPECT_EQ(ContentsOf(folder(), taken.value().id, error), contents);
    EXPECT_EQ(error, "");
    EXPECT_EQ(taken.value().size, contents.size());
  }
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
}

TEST_F(UpkeepTest, TheSameDocumentIsKeptOnceInAMatterAndNotComparedBetweenMatters) {
  const std::unique_ptr<Ledger> ledger = Open();
  Documents documents = Documents::Open(*ledger).value();
  DocumentDraft draft{"m-1", *base::ParseDay("2026-03-01"), "town-hall", {{"kind", "letter"}}};
  const auto take = [&] {
    std::istringstream from("the same letter");
    return documents.Take(draft, from).value();
  };
  const TakenDocument first = take();
  const TakenDocument again = take();
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(ledger->size(), 1U);
  draft.matter = "m-2";
  const TakenDocument other = take();
  EXPECT_FALSE(other.duplicate);
  EXPECT_EQ(base::FilesIn(folder().documents(), "").size(), 2U);
}

TEST_F(UpkeepTest, AChangedOrShortenedDocumentIsNotRead) {
  const std::unique_ptr<Ledger> ledger = Open();
  Documents documents = Documents::Open(*ledger).value();
  std::istringstream from(std::string(200'000, 'x'));
  const TakenDocument taken =
      documents.Take({"m-1", *base::ParseDay("2026-03-01"), "town-hall", {}}, from).value();
  const std::string file = base::FilesIn(folder().documents(), "").at(0);
  const std::string whole = base::ReadFile(file).value();
  std::string error;
  for (const std::size_t at : {std::size_t{3}, std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    ASSERT_TRUE(base::WriteFile(file, changed).ok());
    ContentsOf(folder(), taken.id, error);
    EXPECT_THAT(error, HasSubstr("was changed or cut short")) << at;
  }
  // Cut between two pieces, and with bytes behind the last.
  for (const std::string& other : {whole.substr(0, 24 + 65536 + 17), whole + "x", std::string()}) {
    ASSERT_TRUE(base::WriteFile(file, other).ok());
    ContentsOf(folder(), taken.id, error);
    EXPECT_THAT(error, HasSubstr("was changed or cut short"));
  }
  EXPECT_THAT(ProblemsOf(folder()), ::testing::Contains(HasSubstr("document " + taken.id)));
}

TEST_F(UpkeepTest, CustodyIsPartOfTheLogAndAnErasedDocumentIsGone) {
  const std::unique_ptr<Ledger> ledger = Open();
  Documents documents = Documents::Open(*ledger).value();
  std::istringstream from("a statement");
  const base::Day day = *base::ParseDay("2026-03-01");
  const TakenDocument taken = documents.Take({"m-1", day, "town-hall", {{"source", "Ann"}}}, from).value();
  ASSERT_EQ(ErrorOf(documents.Record({taken.id, "handed", day, "laboratory", {}, {{"holder", "Bob"}}})), "");
  ASSERT_EQ(ErrorOf(documents.Record({taken.id, "ruled", day, "town-hall", {{"admissible", "no"}}, {}})), "");
  EXPECT_THAT(ErrorOf(documents.Record({"nothing", "handed", day, "x", {}, {}})),
              HasSubstr("there is no document"));
  ASSERT_TRUE(ledger->SignCheckpoint().ok());
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
  ASSERT_EQ(ErrorOf(documents.Erase(taken.id, day, "Records Act, s. 9", "registrar")), "");
  EXPECT_THAT(base::FilesIn(folder().documents(), ""), IsEmpty());
  EXPECT_THAT(ErrorOf(documents.Erase(taken.id, day, "g", "o")), HasSubstr("there is no document"));
  ASSERT_TRUE(ledger->SignCheckpoint().ok());
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
  EXPECT_EQ(ErrorOf(MakeReceipt(folder(), {taken.entry, {}, true})), "");
}

TEST_F(UpkeepTest, ADocumentWhoseRowIsGoneOrBelongsToAnotherEntryIsNamed) {
  const auto taken = [&] {
    const std::unique_ptr<Ledger> ledger = Open();
    Documents documents = Documents::Open(*ledger).value();
    std::istringstream from("a statement");
    const TakenDocument out =
        documents.Take({"m-1", *base::ParseDay("2026-03-01"), "town-hall", {}}, from).value();
    EXPECT_EQ(ErrorOf(ledger->Append(ActNumber(1))), "");
    return out;
  }();
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
  const std::string missing =
      fmt::format("document {}, which entry {} took, is missing", taken.id, taken.entry);
  Tamper("UPDATE item SET entry = entry + 1");
  EXPECT_THAT(ProblemsOf(folder()), ElementsAre(HasSubstr(missing)));
  Tamper("DELETE FROM item");
  EXPECT_THAT(ProblemsOf(folder()), ElementsAre(HasSubstr(missing)));
}

TEST_F(UpkeepTest, FilesThatNoRowSpeaksOfGoWhenTheDocumentsAreOpened) {
  ASSERT_TRUE(base::WriteFile(folder().documents() + "/unfinished-0123", "half a document").ok());
  const std::unique_ptr<Ledger> ledger = Open();
  ASSERT_TRUE(Documents::Open(*ledger).ok());
  EXPECT_THAT(base::FilesIn(folder().documents(), ""), IsEmpty());
}

TEST_F(UpkeepTest, ARestoredBackupContinuesWhatWasPublishedAndErasesAgain) {
  Fill(300);
  ASSERT_EQ(BackUp(folder(), files_ / "backup").value().entries, 300U);
  {
    const std::unique_ptr<Ledger> ledger = Open();
    Append(*ledger, 300, 400);
    ASSERT_TRUE(ledger->Take(MeasureOn(EntryKind::kSeal, 7, {"name"})).ok());
    ASSERT_TRUE(ledger->Take(MeasureOn(EntryKind::kErase, 7, {"name"})).ok());
    ASSERT_TRUE(ledger->Take(MeasureOn(EntryKind::kErase, 350, {"name"})).ok());
    ASSERT_TRUE(ledger->SignCheckpoint().ok());
  }
  const std::string box = BoxOf(7, "name");
  ASSERT_TRUE(box.empty());
  ASSERT_EQ(Publish(folder(), files_ / "public").value().tree.size, 403U);
  RestoreWish wish = Wish("backup", "restored");
  wish.published = files_ / "public";
  const auto done = Restore(wish);
  ASSERT_EQ(ErrorOf(done), "");
  EXPECT_EQ(done.value().from_published, 103U);
  EXPECT_EQ(done.value().erased, 1U);
  EXPECT_EQ(done.value().lost, 200U);
  EXPECT_EQ(done.value().entries, 404U);  // and one that owns up to what was lost
  const Folder restored = Folder::Open(files_ / "restored").value();
  EXPECT_THAT(ProblemsOf(restored), IsEmpty());
  EXPECT_THAT(ErrorOf(MakeReceipt(restored, {7, {"name"}, false})), HasSubstr("was erased by entry 401"));
  EXPECT_THAT(ErrorOf(MakeReceipt(restored, {310, {"name"}, false})), HasSubstr("is lost"));
  EXPECT_EQ(ErrorOf(MakeReceipt(restored, {8, {"name"}, false})), "");
  {
    const auto ledger = Ledger::Open(restored).value();
    EXPECT_EQ(ErrorOf(ledger->SignCheckpoint()), "");
  }
  EXPECT_EQ(ErrorOf(Publish(restored, files_ / "public")), "");  // the world sees one log
}

TEST_F(UpkeepTest, ABackupThatDoesNotContinueWhatTheWorldHasSeenIsRefused) {
  Fill(300);
  ASSERT_TRUE(BackUp(folder(), files_ / "backup").ok());
  std::filesystem::copy(path() + "/signed", files_ / "kept-300");
  RestoreWish wish = Wish("backup", "restored");
  EXPECT_THAT(ErrorOf(Restore(wish)), HasSubstr("what the world has seen of this log must be given"));
  {
    const std::unique_ptr<Ledger> ledger = Open();
    Append(*ledger, 300, 301);
    ASSERT_TRUE(ledger->SignCheckpoint().ok());
  }
  std::filesystem::copy(path() + "/signed", files_ / "kept-301");
  wish.checkpoints = {files_ / "kept-301"};
  EXPECT_THAT(ErrorOf(Restore(wish)),
              HasSubstr("a checkpoint of 301 entries was signed, and the backup ends at 300"));
  EXPECT_FALSE(base::Exists(wish.to + "/ledger"));
  // The same size with other entries.
  wish.to = files_ / "restored-2";
  wish.checkpoints = {files_ / "kept-300"};
  auto rows = store::Database::Open(files_ / "backup/rows", store::Database::Mode::kWrite).value();
  ASSERT_TRUE(rows.Run("UPDATE entry SET bytes = CAST(replace(bytes, 'town-hall', 'town-Hall') AS BLOB) "
                       "WHERE number = 299")
                  .ok());
  EXPECT_THAT(ErrorOf(Restore(wish)), HasSubstr("does not hash to the root"));
  ASSERT_TRUE(rows.Run("UPDATE entry SET bytes = CAST(replace(bytes, 'town-Hall', 'town-hall') AS BLOB) "
                       "WHERE number = 299")
                  .ok());
  wish.to = files_ / "restored-3";
  EXPECT_EQ(ErrorOf(Restore(wish)), "");
  std::filesystem::remove(files_ / "backup/backup");
  wish.to = files_ / "restored-4";
  EXPECT_THAT(ErrorOf(Restore(wish)), HasSubstr("is not a whole backup"));
}

TEST_F(UpkeepTest, AChangeOfTheSigningKeyIsSignedByBoth) {
  Fill(3);
  const tlog::Trust old_trust = folder().ReadTrust().value();
  const std::unique_ptr<Ledger> ledger = Open();
  const base::Day day = *base::ParseDay("2026-03-01");
  const auto rotated = RotateLogKey(*ledger, {false, day, "yearly", "registrar"});
  ASSERT_EQ(ErrorOf(rotated), "");
  const tlog::Trust new_trust{{tlog::ParseVerifierKey(rotated.value().key).value()}, {}, 0};
  EXPECT_EQ(ErrorOf(tlog::OpenCheckpoint(rotated.value().checkpoint, old_trust)), "");
  EXPECT_EQ(ErrorOf(tlog::OpenCheckpoint(rotated.value().checkpoint, new_trust)), "");
  ASSERT_TRUE(ledger->Append(ActNumber(9)).ok());
  const std::string next = ledger->SignCheckpoint().value();
  EXPECT_FALSE(tlog::OpenCheckpoint(next, old_trust).ok());
  EXPECT_EQ(ErrorOf(tlog::OpenCheckpoint(next, new_trust)), "");
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());  // both keys are known, old checkpoints still verify
}

TEST_F(UpkeepTest, ALostSigningKeyIsReplacedAndTheLogSaysSo) {
  Fill(3);
  std::filesystem::remove(path() + "/secrets/log.key");
  const std::unique_ptr<Ledger> ledger = Open();
  EXPECT_FALSE(ledger->SignCheckpoint().ok());
  const base::Day day = *base::ParseDay("2026-03-01");
  const auto rotated = RotateLogKey(*ledger, {true, day, "disk stolen", "registrar"});
  ASSERT_EQ(ErrorOf(rotated), "");
  EXPECT_EQ(rotated.value().entry, 3U);
  const auto reader = store::OpenRecordReader(folder().place(), store::ReadHow::kMoment).value();
  const tlog::Entry entry = tlog::ParseEntry(reader->ReadEntries(3, 1).value().at(0)).value();
  EXPECT_EQ(*entry.FindFact("old"), "lost");
  EXPECT_EQ(*entry.FindFact("key"), rotated.value().key);
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
}

TEST_F(UpkeepTest, AChangedMattersKeyClosesOldBackups) {
  Fill(9);
  ASSERT_TRUE(BackUp(folder(), files_ / "old").ok());
  ASSERT_EQ(RotateMattersKey(folder()).value(), 3U);
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
  ASSERT_TRUE(BackUp(folder(), files_ / "new").ok());
  RestoreWish wish = Wish("old", "from-old");
  wish.checkpoints = {path() + "/signed"};
  EXPECT_THAT(ErrorOf(Restore(wish)), HasSubstr("made before the key was changed"));
  wish.backup = files_ / "new";
  wish.to = files_ / "from-new";
  EXPECT_EQ(ErrorOf(Restore(wish)), "");
}

TEST_F(UpkeepTest, ALostMattersKeyTakesTheFieldsAndTheLedgerGoesOn) {
  Fill(9);
  const RotateWish wish{true, *base::ParseDay("2026-03-01"), "the safe burned", "registrar"};
  EXPECT_THAT(ErrorOf(ReplaceLostMattersKey(folder(), wish)), HasSubstr("the matters key is there"));
  {
    const std::unique_ptr<Ledger> ledger = Open();
    Documents documents = Documents::Open(*ledger).value();
    std::istringstream from("a statement");
    ASSERT_EQ(ErrorOf(documents.Take({"m-1", wish.day, "town-hall", {}}, from)), "");
    ASSERT_EQ(ErrorOf(ledger->Take(MeasureOn(EntryKind::kSeal, 3, {"name"}))), "");
    ASSERT_TRUE(ledger->SignCheckpoint().ok());
  }
  const std::uint64_t fields = CheckLedger(folder(), {}).value().fields;
  std::filesystem::remove(path() + "/secrets/matters.key");
  EXPECT_FALSE(Ledger::Open(folder()).ok());
  const LostFields lost = ReplaceLostMattersKey(folder(), wish).value();
  EXPECT_EQ(lost.fields, fields);
  EXPECT_EQ(lost.documents, 1U);
  const std::unique_ptr<Ledger> ledger = Open();
  EXPECT_EQ(ledger->size(), *lost.entry + 1);
  EXPECT_EQ(ErrorOf(ledger->Append(ActNumber(3))), "");  // recorded before, and known to be
  EXPECT_EQ(ledger->size(), *lost.entry + 1);
  EXPECT_EQ(ErrorOf(ledger->Append(ActNumber(500))), "");
  EXPECT_EQ(ErrorOf(ledger->SignCheckpoint()), "");
  const FsckReport report = CheckLedger(folder(), {}).value();
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.lost, fields);
  EXPECT_EQ(report.documents, 0U);
  EXPECT_THAT(ErrorOf(MakeReceipt(folder(), {2, {"name"}, false})), HasSubstr("is lost"));
  EXPECT_EQ(ErrorOf(MakeReceipt(folder(), {*lost.entry + 1, {"name"}, false})), "");
  EXPECT_EQ(ErrorOf(Publish(folder(), path() + "/public")), "");
}

// A program that ends between the two steps of the change: the next writer finishes it, forwards or
// backwards.
TEST_F(UpkeepTest, AHalfChangedMattersKeyLocksNobodyOut) {
  Fill(9);
  std::filesystem::copy(path() + "/secrets", files_ / "before");
  ASSERT_TRUE(folder().KeepNextMattersKey(BoxKey::Random()).ok());  // and the rows were not changed
  static_cast<void>(Open());
  EXPECT_FALSE(base::Exists(path() + "/secrets/matters.key.next"));
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
  ASSERT_TRUE(RotateMattersKey(folder()).ok());
  const std::string secrets = path() + "/secrets";  // now as if it had ended before the last step
  std::filesystem::rename(secrets + "/matters.key", secrets + "/matters.key.next");
  std::filesystem::copy(files_ / "before/matters.key", secrets + "/matters.key");
  static_cast<void>(Open());
  EXPECT_FALSE(base::Exists(secrets + "/matters.key.next"));
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
}

}  // namespace
}  // namespace lawbound::ledger
