// The ledger states its floor once a day, and each receipt shows the one that its act was recorded under.
#include "ledger/floor.h"

#include <gmock/gmock.h>

#include "ledger/backup.h"
#include "ledger/fsck.h"
#include "ledger/ledger_for_test.h"

namespace lawbound::ledger {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_ledger::ActNumber;
using testing_ledger::ErrorOf;

class LedgerFloorTest : public testing_ledger::LedgerTest {
 protected:
  static FloorDraft Draft(std::string_view day, std::string_view floor) {
    return {.day = *base::ParseDay(day),
            .floor = tlog::Sha256(floor),
            .refusals = tlog::Sha256("refusals"),
            .packs = tlog::Sha256("packs"),
            .waived = {},
            .ground = {},
            .official = {}};
  }
  std::optional<tlog::FloorStatement> Before(std::uint64_t end) const {
    const auto reader = store::OpenRecordReader(folder().place(), store::ReadHow::kMoment).value();
    return FloorBefore(*reader, end).value();
  }
};

TEST_F(LedgerFloorTest, IsStatedOnceADayAndAgainWhenItChanges) {
  const std::unique_ptr<Ledger> ledger = Open();
  EXPECT_FALSE(Before(9).has_value());
  EXPECT_EQ(RecordFloor(*ledger, Draft("2026-02-27", "one")).value().entry, 0U);
  EXPECT_TRUE(RecordFloor(*ledger, Draft("2026-02-27", "one")).value().duplicate);
  EXPECT_EQ(RecordFloor(*ledger, Draft("2026-02-27", "two")).value().entry, 1U);
  EXPECT_EQ(RecordFloor(*ledger, Draft("2026-02-28", "two")).value().entry, 2U);
  FloorDraft waived = Draft("2026-02-28", "two");
  waived.waived = "all of it";
  EXPECT_THAT(ErrorOf(RecordFloor(*ledger, waived)), HasSubstr("needs a ground and a responsible official"));
  waived.ground = "Order 7";
  waived.official = "mayor";
  EXPECT_EQ(RecordFloor(*ledger, waived).value().entry, 3U);
  EXPECT_TRUE(RecordFloor(*ledger, waived).value().duplicate);
  EXPECT_EQ(ledger->size(), 4U);
  const FsckReport report = CheckLedger(folder(), {}).value();
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.floor.statements, 4U);
  EXPECT_EQ(report.floor.changed, 2U);
  EXPECT_EQ(report.floor.waived, 1U);
}

// Against a plain look at every entry, for every position, over statements among acts.
TEST_F(LedgerFloorTest, TheOneInForceIsFoundAtEveryEntry) {
  const std::unique_ptr<Ledger> ledger = Open();
  std::vector<std::optional<std::uint64_t>> expected;  // by entry: the last statement before it
  std::optional<std::uint64_t> last;
  for (int i = 0; i < 40; ++i) {
    expected.push_back(last);
    if (i % 7 == 3 || i % 5 == 1) {
      const base::Day day = *base::ParseDay("2026-01-01") + i;
      last = RecordFloor(*ledger, Draft(base::PrintDay(day), "one")).value().entry;
    } else {
      ASSERT_TRUE(ledger->Append(ActNumber(i)).ok());
    }
  }
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto found = Before(i);
    EXPECT_EQ(found ? std::optional(found->entry) : std::nullopt, expected[i]) << i;
  }
}

TEST_F(LedgerFloorTest, AReceiptShowsTheFloorOfItsAct) {
  const std::unique_ptr<Ledger> ledger = Open();
  ASSERT_TRUE(ledger->Append(ActNumber(0)).ok());
  ASSERT_TRUE(RecordFloor(*ledger, Draft("2026-02-27", "one")).ok());
  ASSERT_TRUE(ledger->Append(ActNumber(1)).ok());
  ASSERT_TRUE(RecordFloor(*ledger, Draft("2026-02-28", "two")).ok());
  ASSERT_TRUE(ledger->SignCheckpoint().ok());
  EXPECT_FALSE(MakeReceipt(folder(), {0, {}, true}).value().receipt.floor.has_value());
  const tlog::Receipt receipt = MakeReceipt(folder(), {2, {}, true}).value().receipt;
  const auto checkpoint = tlog::OpenCheckpoint(receipt.checkpoint, folder().ReadTrust().value()).value();
  const auto report =
      tlog::VerifyReceipt(tlog::ParseReceipt(tlog::PrintReceipt(receipt)).value(), checkpoint);
  ASSERT_EQ(ErrorOf(report), "");
  EXPECT_EQ(report.value().floor->entry, 1U);
}

TEST_F(LedgerFloorTest, NobodyElseStatesIt) {
  const std::unique_ptr<Ledger> ledger = Open();
  EXPECT_THAT(ErrorOf(ledger->Append({"", "floor", {}, {}})), HasSubstr("come about by their own commands"));
}

TEST_F(LedgerFloorTest, StatementsAfterABackupAreFoundAgain) {
  {
    const std::unique_ptr<Ledger> ledger = Open();
    ASSERT_TRUE(RecordFloor(*ledger, Draft("2026-02-27", "one")).ok());
    ASSERT_EQ(ErrorOf(BackUp(folder(), files_ / "backup")), "");
    ASSERT_TRUE(RecordFloor(*ledger, Draft("2026-02-28", "one")).ok());
    ASSERT_TRUE(RecordFloor(*ledger, Draft("2026-03-01", "one")).ok());
    ASSERT_TRUE(ledger->SignCheckpoint().ok());
  }
  ASSERT_EQ(ErrorOf(Publish(folder(), files_ / "public")), "");
  std::filesystem::copy(path() + "/secrets", files_ / "secrets");
  const RestoreWish wish{.backup = files_ / "backup",
                         .to = files_ / "again",
                         .settings = {"", files_ / "secrets", ""},
                         .published = files_ / "public",
                         .checkpoints = {},
                         .day = *base::ParseDay("2026-03-02"),
                         .official = "registrar"};
  ASSERT_EQ(ErrorOf(Restore(wish)), "");
  const Folder again = Folder::Open(files_ / "again").value();
  const auto ledger = Ledger::Open(again).value();
  EXPECT_TRUE(RecordFloor(*ledger, Draft("2026-03-01", "one")).value().duplicate);
  EXPECT_EQ(RecordFloor(*ledger, Draft("2026-03-02", "one")).value().entry, 3U);
  EXPECT_THAT(CheckLedger(again, {}).value().problems, IsEmpty());
}

}  // namespace
}  // namespace lawbound::ledger
