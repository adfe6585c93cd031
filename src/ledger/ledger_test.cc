#include "ledger/ledger.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <set>
#include <thread>

#include "base/file.h"
#include "ledger/box.h"
#include "ledger/fsck.h"
#include "ledger/ledger_for_test.h"
#include "ledger/matter_keys.h"
#include "ledger/signing.h"
#include "tlog/encoding.h"
#include "tlog/export.h"

namespace lawbound::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_ledger::ActNumber;
using testing_ledger::ActOf;
using testing_ledger::ErrorOf;
using testing_ledger::LedgerTest;
using testing_ledger::MeasureOn;
using tlog::EntryKind;
using tlog::FieldState;

std::vector<std::string> ProblemsOf(const Folder& folder) {
  const base::Result<FsckReport> report = CheckLedger(folder, {});
  EXPECT_EQ(ErrorOf(report), "");
  return report.value().problems;
}

tlog::ReceiptReport Verified(const Folder& folder, const tlog::Receipt& receipt) {
  const std::string bytes = tlog::PrintReceipt(receipt);
  const tlog::Receipt read = tlog::ParseReceipt(bytes).value();
  const auto opened = tlog::OpenCheckpoint(read.checkpoint, folder.ReadTrust().value());
  EXPECT_EQ(ErrorOf(opened), "");
  auto report = tlog::VerifyReceipt(read, opened.value());
  EXPECT_EQ(ErrorOf(report), "");
  return std::move(report).value();
}

FieldState StateOf(const tlog::ReceiptReport& report, std::string_view name) {
  return std::ranges::find(report.fields, name, &tlog::FieldReport::name)->state;
}

TEST_F(LedgerTest, ActsGetTheirNumbersInOrder) {
  const std::unique_ptr<Ledger> ledger = Open();
  EXPECT_EQ(ledger->Append(ActNumber(0)).value().entry, 0U);
  EXPECT_EQ(ledger->Append(ActNumber(1)).value().entry, 1U);
  EXPECT_EQ(ledger->size(), 2U);
}

TEST_F(LedgerTest, WhatWasAcknowledgedIsThereAfterReopening) {
  Fill(600);
  const std::unique_ptr<Ledger> ledger = Open();
  EXPECT_EQ(ledger->size(), 600U);
  EXPECT_EQ(ledger->Append(ActNumber(600)).value().entry, 600U);
  EXPECT_EQ(ErrorOf(ledger->SignCheckpoint()), "");
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
}

TEST_F(LedgerTest, AThousandActsOfManyThreadsGetAThousandNumbers) {
  constexpr int kThreads = 16;
  constexpr int kEach = 64;
  const std::unique_ptr<Ledger> ledger = Open();
  std::vector<std::vector<std::uint64_t>> numbers(kThreads);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i)
        numbers[static_cast<std::size_t>(t)].push_back(
            ledger->Append(ActNumber(t * kEach + i)).value().entry);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::uint64_t> all;
  for (const auto& mine : numbers) {
    EXPECT_TRUE(std::ranges::is_sorted(mine));  // each client sees its own acts in its own order
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kThreads * kEach));
  EXPECT_EQ(*all.rbegin(), kThreads * kEach - 1U);
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
}

TEST_F(LedgerTest, ARequestSentAgainIsRecordedOnce) {
  const std::unique_ptr<Ledger> ledger = Open();
  const std::vector<Draft> twice = {ActNumber(1), ActNumber(1)};
  const auto together = ledger->AppendAll(twice);
  EXPECT_FALSE(together[0].value().duplicate);
  EXPECT_TRUE(together[1].value().duplicate);
  const Appended later = ledger->Append(ActNumber(1)).value();
  EXPECT_TRUE(later.duplicate);
  EXPECT_EQ(later.entry, 0U);
  EXPECT_EQ(ledger->size(), 1U);
}

TEST_F(LedgerTest, ARequestNameIsNotTakenForAnotherAct) {
  const std::unique_ptr<Ledger> ledger = Open();
  ASSERT_TRUE(ledger->Append(ActOf("r", "m-1", {{"name", "Ann"}})).ok());
  const auto other_value = ledger->Append(ActOf("r", "m-1", {{"name", "Bob"}}));
  EXPECT_EQ(other_value.error().code, base::Errc::kConflict);
  EXPECT_THAT(ErrorOf(other_value), HasSubstr("'r' was answered with entry 0, which is another act"));
  EXPECT_EQ(ledger->Append(ActOf("r", "m-2", {{"name", "Ann"}})).error().code, base::Errc::kConflict);
  EXPECT_EQ(ledger->size(), 1U);
}

TEST_F(LedgerTest, WhatCannotBeRecordedIsRefusedWithTheReason) {
  const std::unique_ptr<Ledger> ledger = Open();
  EXPECT_THAT(ErrorOf(ledger->Append(ActOf("", "m-1", {{"name", std::string(kMaxValueBytes + 1, 'x')}}))),
              HasSubstr("what is larger is a document"));
  EXPECT_THAT(ErrorOf(ledger->Append(ActOf("", "m-1", {{"Name", "x"}}))), HasSubstr("other characters"));
  EXPECT_THAT(ErrorOf(ledger->Append(ActOf("", "m-1", {{"name", "x"}, {"name", "y"}}))), HasSubstr("twice"));
  EXPECT_THAT(ErrorOf(ledger->Append(ActOf(std::string(kMaxRequestBytes + 1, 'r'), "m-1", {}))),
              HasSubstr("request's name"));
  Draft without_matter = ActOf("", "m-1", {{"name", "x"}});
  std::erase_if(without_matter.facts, [](const tlog::Fact& fact) { return fact.name == "matter"; });
  EXPECT_THAT(ErrorOf(ledger->Append(without_matter)), HasSubstr("must state its 'matter'"));
  Draft erase = ActOf("", "m-1", {});
  erase.kind = "erase";
  EXPECT_THAT(ErrorOf(ledger->Append(erase)), HasSubstr("by their own commands"));
  Draft large = ActOf("", "m-1", {});
  for (int i = 0; i < 100; ++i) large.facts.push_back({fmt::format("x{}", i), std::string(900, 'x')});
  EXPECT_EQ(ledger->Append(large).error().code, base::Errc::kLimit);
  EXPECT_EQ(ledger->size(), 0U);
}

TEST_F(LedgerTest, TwoProgramsDoNotWriteAtOnce) {
  const std::unique_ptr<Ledger> ledger = Open();
  const auto second = Ledger::Open(folder());
  EXPECT_EQ(second.error().code, base::Errc::kConflict);
  EXPECT_THAT(ErrorOf(second), HasSubstr("another program is writing"));
}

TEST_F(LedgerTest, ADayBeforeTheLastOneChangesNothing) {
  const std::unique_ptr<Ledger> ledger = Open();
  ASSERT_TRUE(ledger->Append(ActNumber(0)).ok());
  ASSERT_TRUE(ledger->SignCheckpoint().ok());
  Draft earlier = ActNumber(1);
  std::ranges::find(earlier.facts, "day", &tlog::Fact::name)->value = "1999-12-31";
  EXPECT_EQ(ledger->Append(earlier).value().entry, 1U);
  EXPECT_EQ(ErrorOf(ledger->SignCheckpoint()), "");
}

// Item 2 of the issue: withheld, sealed, erased and missing are four things, from the rows to the receipt.
TEST_F(LedgerTest, AVerifierTellsWithheldSealedErasedAndMissingApart) {
  {
    const std::unique_ptr<Ledger> ledger = Open();
    ASSERT_TRUE(ledger
                    ->Append(ActOf("", "m-1",
                                   {{"address", "12 Mill Lane"},
                                    {"birth", "2011-05-04"},
                                    {"name", "Ann Example"},
                                    {"phone", std::nullopt},
                                    {"reasons", "Because."},
                                    {"statement", "No."}}))
                    .ok());
    ASSERT_TRUE(ledger->Append(ActNumber(1)).ok());
    ASSERT_TRUE(ledger->SignCheckpoint().ok());
  }
  const tlog::Receipt early = MakeReceipt(folder(), {0, {"name"}, false}).value().receipt;
  {
    const std::unique_ptr<Ledger> ledger = Open();
    EXPECT_EQ(ErrorOf(ledger->Take(MeasureOn(EntryKind::kErase, 0, {"name"}))), "");
    EXPECT_EQ(ErrorOf(ledger->Take(MeasureOn(EntryKind::kSeal, 0, {"birth"}))), "");
    ASSERT_TRUE(ledger->SignCheckpoint().ok());
  }
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
  Tamper("DELETE FROM opening WHERE name = 'statement' AND entry = 0");  // lost by accident
  EXPECT_THAT(ProblemsOf(folder()),
              ElementsAre("field 'statement' of entry 0 is missing: neither stored nor erased"));

  const MadeReceipt made = MakeReceipt(folder(), {0, {"phone", "reasons"}, false}).value();
  EXPECT_THAT(made.lost, ElementsAre("statement"));
  const tlog::ReceiptReport report = Verified(folder(), made.receipt);
  EXPECT_EQ(StateOf(report, "address"), FieldState::kWithheld);
  EXPECT_EQ(StateOf(report, "birth"), FieldState::kSealed);
  EXPECT_EQ(StateOf(report, "name"), FieldState::kErased);
  EXPECT_EQ(StateOf(report, "phone"), FieldState::kEmpty);
  EXPECT_EQ(StateOf(report, "reasons"), FieldState::kShown);
  EXPECT_EQ(StateOf(report, "statement"), FieldState::kMissing);
  EXPECT_FALSE(report.IsComplete());

  // The proof that was given before the erasure still verifies.
  EXPECT_EQ(StateOf(Verified(folder(), early), "name"), FieldState::kShown);
}

TEST_F(LedgerTest, WhatIsErasedOrSealedIsNotShown) {
  Fill(1);
  const std::unique_ptr<Ledger> ledger = Open();
  ASSERT_TRUE(ledger->Take(MeasureOn(EntryKind::kSeal, 0, {"name"})).ok());
  // Not signed yet: a receipt cannot account for the sealing, and still does not show the field.
  EXPECT_THAT(ErrorOf(MakeReceipt(folder(), {0, {"name"}, false})), HasSubstr("was sealed by entry 1"));
  EXPECT_EQ(StateOf(Verified(folder(), MakeReceipt(folder(), {0, {}, true}).value().receipt), "name"),
            FieldState::kWithheld);
  EXPECT_THAT(ErrorOf(ledger->Take(MeasureOn(EntryKind::kSeal, 0, {"name"}))), HasSubstr("is sealed"));
  ASSERT_TRUE(ledger->Take(MeasureOn(EntryKind::kUnseal, 0, {"name"})).ok());
  ASSERT_TRUE(ledger->SignCheckpoint().ok());
  EXPECT_EQ(StateOf(Verified(folder(), MakeReceipt(folder(), {0, {"name"}, false}).value().receipt), "name"),
            FieldState::kShown);
  EXPECT_THAT(ErrorOf(ledger->Take(MeasureOn(EntryKind::kUnseal, 0, {"name"}))), HasSubstr("is not sealed"));
  ASSERT_TRUE(ledger->Take(MeasureOn(EntryKind::kErase, 0, {"name"})).ok());
  EXPECT_THAT(ErrorOf(MakeReceipt(folder(), {0, {"name"}, false})), HasSubstr("was erased by entry 3"));
  EXPECT_THAT(ErrorOf(ledger->Take(MeasureOn(EntryKind::kErase, 0, {"name"}))),
              HasSubstr("was erased by entry 3"));
  EXPECT_THAT(ErrorOf(ledger->Take(MeasureOn(EntryKind::kErase, 0, {"nothing"}))), HasSubstr("has no field"));
  EXPECT_THAT(ErrorOf(ledger->Take(MeasureOn(EntryKind::kErase, 9, {"name"}))),
              HasSubstr("there is no entry 9"));
}

TEST_F(LedgerTest, ReceiptsWaitForTheCheckpoint) {
  const std::unique_ptr<Ledger> ledger = Open();
  ASSERT_TRUE(ledger->Append(ActNumber(0)).ok());
  EXPECT_THAT(ErrorOf(MakeReceipt(folder(), {0, {}, false})),
              HasSubstr("nothing of this ledger was signed yet"));
  ASSERT_TRUE(ledger->SignCheckpoint().ok());
  ASSERT_TRUE(ledger->Append(ActNumber(1)).ok());
  EXPECT_THAT(ErrorOf(MakeReceipt(folder(), {1, {}, false})), HasSubstr("entry 1 is not signed yet"));
  EXPECT_THAT(ErrorOf(MakeReceipt(folder(), {2, {}, false})), HasSubstr("there is no entry 2"));
}

TEST_F(LedgerTest, NothingIsSignedOfARecordThatShrank) {
  Fill(300);
  std::filesystem::copy(path() + "/rows", files_ / "old");
  {
    const std::unique_ptr<Ledger> ledger = Open();
    ASSERT_TRUE(ledger->Append(ActNumber(300)).ok());
    ASSERT_TRUE(ledger->SignCheckpoint().ok());
  }
  for (const char* name : {"rows", "rows-wal", "rows-shm"}) std::filesystem::remove(path() + "/" + name);
  std::filesystem::copy(files_ / "old", path() + "/rows");
  const auto opened = Ledger::Open(folder());
  EXPECT_EQ(opened.error().code, base::Errc::kCorrupt);
  EXPECT_THAT(ErrorOf(opened), HasSubstr("end at 300, and 301 entries were signed"));
  const auto signing = [&] {
    return ErrorOf(CheckForSigning(
        folder(), *store::OpenRecordReader(folder().place(), store::ReadHow::kMoment).value()));
  };
  EXPECT_THAT(signing(), HasSubstr("the record has 300 entries and 301 were signed"));
  // Grown again to the same size with another act, past a writer that did not know: it is not signed either.
  std::filesystem::rename(path() + "/signed", files_ / "signed");
  ASSERT_TRUE(Open()->Append(ActNumber(999)).ok());
  std::filesystem::rename(files_ / "signed", path() + "/signed");
  EXPECT_THAT(signing(), HasSubstr("are not those that were signed"));
}

// The rows become fewer under a program that has them open: what it acknowledged is not forgotten.
TEST_F(LedgerTest, RowsThatBecameFewerAreNotGoneOnWith) {
  const std::unique_ptr<Ledger> ledger = Open();
  Append(*ledger, 0, 5);
  Tamper("DELETE FROM entry WHERE number = 4; UPDATE head SET size = 4");
  EXPECT_THAT(ErrorOf(ledger->Append(ActNumber(9))), HasSubstr("end at 4, and 5 entries were acknowledged"));
}

TEST_F(LedgerTest, NothingIsSignedOfEntriesThatChanged) {
  Fill(300);
  {
    const std::unique_ptr<Ledger> ledger = Open();
    Append(*ledger, 300, 900);
  }
  const std::unique_ptr<Ledger> ledger = Open();
  Tamper("UPDATE entry SET bytes = replace(bytes, 'town-hall', 'town-Hall') WHERE number = 400");
  const auto changed = ledger->SignCheckpoint();
  EXPECT_THAT(ErrorOf(changed), HasSubstr("not signed: tile 1 of level 0"));
}

// One changed bit anywhere in the rows is named by fsck.
TEST_F(LedgerTest, FsckNamesWhatIsWrong) {
  Fill(600);
  struct Case {
    const char* sql;
    const char* problem;
  };
  for (const Case& one : std::vector<Case>{
           {"UPDATE entry SET bytes = CAST(replace(bytes, 'town-hall', 'town-Hall') AS BLOB) WHERE number = "
            "17",
            "entry 17 and its hash in tile 0 of level 0"},
           {"UPDATE entry SET bytes = CAST(replace(bytes, 'town-hall', 'town-Hall') AS BLOB) WHERE number = "
            "599",
            "one of the entries 512 to 599 was changed"},
           {"DELETE FROM entry WHERE number = 300", "entry 300 is missing"},
           {"DELETE FROM entry WHERE number = 599", "entry 599 is missing"},
           {"INSERT INTO entry VALUES(600, x'00')",
            "entry 600 is stored, and the record says that it has 600"},
           {"UPDATE tile SET bytes = zeroblob(8192) WHERE id = 1",
            "entry 256 and its hash in tile 1 of level 0"},
           {"DELETE FROM tile WHERE id = 0", "tile 0 of level 0 is missing"},
           {"INSERT INTO tile VALUES(7, zeroblob(8192))", "there are 3 full tiles and should be 2"},
           {"UPDATE head SET root = zeroblob(32)", "do not hash to the root that was stored"},
           {"UPDATE checkpoint SET note = replace(note, '600', '599')", "checkpoint of 600 entries"},
           {"INSERT INTO checkpoint SELECT 700, note FROM checkpoint",
            "a checkpoint of 700 entries was signed, and there are 600"},
           {"UPDATE opening SET box = zeroblob(length(box)) WHERE entry = 5 AND name = 'name'",
            "field 'name' of entry 5: an encrypted value does not open"},
           {"UPDATE opening SET sealed = 1 WHERE entry = 5", "field 'name' of entry 5: whether it is sealed"},
           {"DELETE FROM opening WHERE entry = 5 AND name = 'name'", "field 'name' of entry 5 is missing"},
           {"UPDATE opening SET entry = 9999 WHERE entry = 5", "there is no such entry"},
           {"UPDATE opening SET box = (SELECT box FROM opening WHERE entry = 4 AND name = 'name') "
            "WHERE entry = 5 AND name = 'name'",
            "field 'name' of entry 5: what is stored is not what was recorded"},
           {"INSERT INTO measure VALUES(5, 6)", "the rows say that entry 6 is about entry 5, and it is not"},
           {"UPDATE request SET entry = 600 WHERE entry = 3",
            "was answered with entry 600, which is not there"},
           {"UPDATE matter_key SET box = zeroblob(length(box)) WHERE matter = 'm-3'",
            "the key of matter 'm-3'"},
           {"INSERT INTO item VALUES(x'78', 'm-1', 3, 'nowhere', x'00')", "document x"}}) {
    const std::string copy = files_ / "copy";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(path(), copy, std::filesystem::copy_options::recursive);
    auto database = store::Database::Open(copy + "/rows", store::Database::Mode::kWrite).value();
    ASSERT_EQ(ErrorOf(database.Run(one.sql)), "") << one.sql;
    const std::vector<std::string> problems = ProblemsOf(Folder::Open(copy).value());
    ASSERT_FALSE(problems.empty()) << one.sql;
    EXPECT_THAT(problems, ::testing::Contains(HasSubstr(one.problem))) << one.sql;
  }
  EXPECT_THAT(ProblemsOf(folder()), IsEmpty());
}

TEST_F(LedgerTest, PublishesWhatWasSignedAndGoesOn) {
  const std::string to = files_ / "public";
  EXPECT_THAT(ErrorOf(Publish(folder(), to)), HasSubstr("nothing of this ledger was signed yet"));
  Fill(700);
  EXPECT_EQ(Publish(folder(), to).value().added, 700U);
  {
    const std::unique_ptr<Ledger> ledger = Open();
    Append(*ledger, 700, 800);
    ASSERT_TRUE(ledger->SignCheckpoint().ok());
    ASSERT_TRUE(ledger->Append(ActNumber(800)).ok());
  }
  EXPECT_EQ(Publish(folder(), to).value().added, 100U);
  EXPECT_EQ(Publish(folder(), to).value().added, 0U);
  const auto verified = tlog::VerifyExport(to, folder().ReadTrust().value());
  EXPECT_EQ(ErrorOf(verified), "");
  EXPECT_EQ(verified.value().checkpoint.checkpoint.tree.size, 800U);
  // A folder that holds more than was signed, or another log, is left alone.
  const std::string other = files_ / "other";
  ASSERT_TRUE(Folder::Make(other, {testing_ledger::kOrigin, "", ""}).ok());
  {
    const auto ledger = Ledger::Open(Folder::Open(other).value()).value();
    ASSERT_TRUE(ledger->Append(ActNumber(0)).ok());
    ASSERT_TRUE(ledger->SignCheckpoint().ok());
  }
  EXPECT_THAT(ErrorOf(Publish(Folder::Open(other).value(), to)), HasSubstr("holds 800 entries"));
}

TEST_F(LedgerTest, ALedgerIsNotMadeOverAnother) {
  EXPECT_EQ(Folder::Make(path(), {testing_ledger::kOrigin, "", ""}).error().code, base::Errc::kConflict);
  EXPECT_THAT(ErrorOf(Folder::Make(files_ / "new", {"two words", "", ""})), HasSubstr("cannot be the name"));
  EXPECT_THAT(ErrorOf(Folder::Open(files_ / "nowhere")), HasSubstr("is not a ledger"));
}

// docs/formats/ledger-store.md shows these boxes.
TEST(Format, TheBoxesOfTheDocumentAreReadAsItSays) {
  const std::string page =
      base::ReadFile(std::string(LAWBOUND_ROOT) + "/docs/formats/ledger-store.md").value();
  const auto shown = [&page](std::string_view name) {
    const std::string mark = "\n" + std::string(name) + " ";
    const std::size_t at = page.find(mark);
    if (at == std::string::npos) return std::string();
    const std::size_t begin = at + mark.size();
    return tlog::DecodeBase64(page.substr(begin, page.find('\n', begin) - begin)).value_or("");
  };
  const std::string master_bytes(BoxKey::kBytes, '\1');
  const std::string matter_bytes(BoxKey::kBytes, '\2');
  const std::string document_bytes(BoxKey::kBytes, '\3');
  const BoxKey master = BoxKey::From(master_bytes);
  const BoxKey matter = BoxKey::From(matter_bytes);
  EXPECT_EQ(shown("matters.key"), master_bytes);
  const auto key = OpenMatterKey(master, "m-7f3a", shown("box-of-key"));
  ASSERT_EQ(ErrorOf(key), "") << tlog::EncodeBase64(SealMatterKey(master, "m-7f3a", matter));
  EXPECT_EQ(key.value().view(), matter_bytes);
  std::string salt(32, '\0');
  salt[0] = 2;
  const std::string place = "lawbound-opening/v1\nm-7f3a\nname";
  const auto opening = OpenBox(matter, place, shown("box-of-field"));
  ASSERT_EQ(ErrorOf(opening), "") << tlog::EncodeBase64(SealBox(matter, place, salt + "=Ann Example"));
  EXPECT_EQ(opening.value(), salt + "=Ann Example");
  const std::string digest(tlog::Sha256("Dear Sir or Madam\n").view());
  const std::string id = "000102030405060708090a0b0c0d0e0f";
  const std::string document_place = "lawbound-document/v1\nm-7f3a\n" + id;
  const auto document = OpenBox(matter, document_place, shown("box-of-document"));
  ASSERT_EQ(ErrorOf(document), "") << tlog::EncodeBase64(
      SealBox(matter, document_place, document_bytes + digest + "18"));
  EXPECT_EQ(document.value(), document_bytes + digest + "18");
  EXPECT_THAT(page, HasSubstr(Hex(digest)));
  EXPECT_THAT(page, HasSubstr("\naddress " + Hex(KeyedDigest(BoxKey::From(document_bytes), digest))));
}

}  // namespace
}  // namespace lawbound::ledger
