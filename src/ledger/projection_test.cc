// Projections: ended at any moment they go on, run twice they change nothing, dropped and made again they
// have the same rows.
#include "ledger/projection.h"

#include <gmock/gmock.h>
#include <thread>

#include "base/file.h"
#include "ledger/ledger_for_test.h"

namespace lawbound::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing_ledger::ActNumber;
using testing_ledger::ErrorOf;
using testing_ledger::MeasureOn;

// Remembers every entry that it was given; fails at one, as a program that ends there.
class Probe final : public Projection {
 public:
  std::string_view name() const override { return "probe"; }
  int version() const override { return the_version; }
  std::string_view tables() const override {
    return "CREATE TABLE probe(number INTEGER NOT NULL, kind TEXT NOT NULL)";  // no key: twice would be seen
  }
  base::Status Take(store::Database& rows, std::uint64_t number, const tlog::Entry& entry) override {
    if (number == fails_at) return base::Error{base::Errc::kUnavailable, "ended here"};
    ASSIGN_OR_RETURN(store::Statement add, rows.Prepare("INSERT INTO probe VALUES (?, ?)"));
    add.Bind(1, static_cast<std::int64_t>(number));
    add.Bind(2, entry.kind);
    return add.Run();
  }
  int the_version = 1;
  std::uint64_t fails_at = ~std::uint64_t{0};
};

class ProjectionTest : public testing_ledger::LedgerTest {
 protected:
  // Every row but the position, as text, in order.
  std::vector<std::string> RowsOf(const Projection& projection, const std::string& sql) const {
    base::Result<store::Database> rows = OpenProjection(folder(), projection);
    EXPECT_EQ(ErrorOf(rows), "");
    store::Statement all = rows.value().Prepare(sql).value();
    std::vector<std::string> out;
    while (all.Step().value()) out.emplace_back(all.Text(0));
    return out;
  }
  std::vector<std::string> Probed(const Projection& probe) const {
    return RowsOf(probe, "SELECT number || ' ' || kind FROM probe ORDER BY rowid");
  }
  std::vector<std::string> Counted() const {
    return RowsOf(
        Figures(),
        "SELECT month || ' ' || office || ' ' || act || ' ' || verdict || ' ' || acts FROM figures");
  }
  Projected Run(Projection& projection, const ProjectHow& how = {}) const {
    const base::Result<Projected> done = Project(folder(), projection, how);
    EXPECT_EQ(ErrorOf(done), "");
    return done.value();
  }
};

TEST_F(ProjectionTest, GoesOnWhereItWasAndChangesNothingWhenRunTwice) {
  Fill(30);
  Probe probe;
  EXPECT_EQ(Run(probe, {.page = 7}).size, 30U);
  const std::vector<std::string> first = Probed(probe);
  ASSERT_EQ(first.size(), 30U);
  const Projected again = Run(probe);
  EXPECT_EQ(again.from, 30U);
  EXPECT_EQ(Probed(probe), first);
  Append(*Open(), 30, 50);
  std::vector<std::uint64_t> told;
  const Projected more = Run(probe, {.progress =
                                         [&](std::uint64_t done, std::uint64_t of) {
                                           told.push_back(done);
                                           EXPECT_EQ(of, 50U);
                                         },
                                     .page = 8});
  EXPECT_EQ(more.from, 30U);
  EXPECT_EQ(more.size, 50U);
  EXPECT_THAT(told, ElementsAre(38U, 46U, 50U, 50U));
  EXPECT_EQ(Probed(probe).size(), 50U);
}

TEST_F(ProjectionTest, EndedAtAnyEntryItHasTheSameRowsInTheEnd) {
  Fill(40);
  Probe whole;
  Run(whole);
  const std::vector<std::string> expected = Probed(whole);
  for (std::uint64_t at = 0; at < 40; ++at) {
    std::filesystem::remove_all(path() + "/projections");
    Probe probe;
    probe.fails_at = at;
    EXPECT_THAT(ErrorOf(Project(folder(), probe, {.page = 6})), HasSubstr("ended here"));
    probe.fails_at = ~std::uint64_t{0};
    EXPECT_EQ(Run(probe, {.page = 5}).from, at / 6 * 6);
    EXPECT_EQ(Probed(probe), expected) << at;
  }
}

TEST_F(ProjectionTest, DroppedAndMadeAgainItHasTheSameRows) {
  Fill(60);
  {
    const std::unique_ptr<Ledger> ledger = Open();
    ASSERT_TRUE(ledger->Take(MeasureOn(tlog::EntryKind::kErase, 7, {"name"})).ok());
    Draft other = ActNumber(100);
    other.facts[1].value = "2026-03-01";
    ASSERT_TRUE(ledger->Append(other).ok());
  }
  Figures figures;
  EXPECT_FALSE(Run(figures).rebuilt);
  EXPECT_THAT(Counted(),
              ElementsAre("2026-02 town-hall decide lawful 60", "2026-03 town-hall decide lawful 1"));
  const std::vector<std::string> before = Counted();
  EXPECT_TRUE(Run(figures, {.rebuild = true, .page = 9}).rebuilt);
  EXPECT_EQ(Counted(), before);
  std::filesystem::remove_all(path() + "/projections");
  EXPECT_THAT(ErrorOf(OpenProjection(folder(), figures)), HasSubstr("was never made"));
  Run(figures, {.page = 1});
  EXPECT_EQ(Counted(), before);
  Matters matters;
  Run(matters);
  EXPECT_THAT(RowsOf(matters, "SELECT entry FROM matters WHERE matter = 'm-2' ORDER BY entry"),
              ElementsAre("6", "7", "8"));
}

TEST_F(ProjectionTest, AnotherVersionAndAnotherHistoryAreMadeAnew) {
  Fill(20);
  Probe probe;
  Run(probe);
  probe.the_version = 2;
  EXPECT_TRUE(Run(probe).rebuilt);
  EXPECT_EQ(Probed(probe).size(), 20U);
  // The rows of another ledger of the same size, as after a restoration that went another way.
  std::filesystem::rename(path() + "/projections", files_ / "kept");
  std::filesystem::remove_all(path());
  ASSERT_EQ(ErrorOf(Folder::Make(path(), {testing_ledger::kOrigin, "", ""})), "");
  Fill(25);
  std::filesystem::rename(files_ / "kept", path() + "/projections");
  const Projected done = Run(probe);
  EXPECT_TRUE(done.rebuilt);
  EXPECT_EQ(done.from, 0U);
  EXPECT_EQ(Probed(probe).size(), 25U);
}

TEST_F(ProjectionTest, TwoAtOnceMakeTheSameRows) {
  Fill(300);
  const Folder place = folder();
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      Probe probe;
      EXPECT_EQ(ErrorOf(Project(place, probe, {.page = 3})), "");
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::vector<std::string> rows = Probed(Probe());
  ASSERT_EQ(rows.size(), 300U);
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i], fmt::format("{} act", i));
}

}  // namespace
}  // namespace lawbound::ledger
