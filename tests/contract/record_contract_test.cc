// The contract of store/record_store.h, held against each store: SQLite in a file, PostgreSQL in a server
// that is started for it.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "store/postgres.h"
#include "store/record_store.h"
#include "tests/support/postgres_server.h"

namespace lawbound::store {
namespace {

using base::Errc;
using base::Status;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

enum class Kind : unsigned char { kSqlite, kPostgres };

testing_support::PostgresServer& Server() {
  static testing_support::PostgresServer server;
  return server;
}

template <typename T>
std::string ErrorOf(const base::Result<T>& result) {
  return result.ok() ? std::string() : result.error().message;
}
template <typename T>
std::optional<Errc> CodeOf(const base::Result<T>& result) {
  return result.ok() ? std::nullopt : std::optional<Errc>(result.error().code);
}

// Every row that there is.
struct Everything {
  RecordHead head;
  std::vector<std::string> entries;
  std::vector<TileRow> tiles;
  std::vector<RequestRow> requests;
  std::vector<OpeningRow> openings;
  std::vector<MeasureRow> measures;
  std::vector<KeyRow> keys;
  std::vector<ItemRow> items;
  std::vector<CheckpointRow> checkpoints;
  bool operator==(const Everything&) const = default;
};

template <typename Row, typename Last, typename Next>
void Gather(std::vector<Row>& out, Last last, const Next& next, const auto& last_of) {
  for (;;) {
    const auto page = next(last);
    ASSERT_EQ(ErrorOf(page), "");
    if (page.value().empty()) return;
    ASSERT_LE(page.value().size(), 7U);
    out.insert(out.end(), page.value().begin(), page.value().end());
    last = last_of(out.back());
  }
}

Everything ReadAll(RecordReader& reader) {
  constexpr std::uint64_t kPage = 7;
  Everything out;
  out.head = reader.ReadHead().value();
  while (out.entries.size() < out.head.size) {
    const auto page = reader.ReadEntries(out.entries.size(), kPage);
    EXPECT_EQ(ErrorOf(page), "");
    if (!page.ok() || page.value().empty()) break;
    out.entries.insert(out.entries.end(), page.value().begin(), page.value().end());
  }
  const auto row = [](const auto& last) { return std::optional(last); };
  Gather(
      out.tiles, std::optional<TileRow>(), [&](const auto& last) { return reader.TilesAfter(last, kPage); },
      row);
  Gather(
      out.requests, std::string(), [&](const auto& last) { return reader.RequestsAfter(last, kPage); },
      [](const RequestRow& last) { return last.id; });
  Gather(
      out.openings, std::optional<OpeningId>(),
      [&](const auto& last) { return reader.OpeningsAfter(last, kPage); },
      [](const OpeningRow& last) {
        return std::optional(OpeningId{last.entry, last.name});
      });
  Gather(
      out.measures, std::optional<MeasureRow>(),
      [&](const auto& last) { return reader.MeasuresAfter(last, kPage); }, row);
  Gather(
      out.keys, std::string(), [&](const auto& last) { return reader.KeysAfter(last, kPage); },
      [](const KeyRow& last) { return last.matter; });
  Gather(
      out.items, std::string(), [&](const auto& last) { return reader.ItemsAfter(last, kPage); },
      [](const ItemRow& last) { return last.id; });
  Gather(
      out.checkpoints, std::optional<std::uint64_t>(),
      [&](const auto& last) { return reader.CheckpointsAfter(last, kPage); },
      [](const CheckpointRow& last) { return std::optional(last.size); });
  return out;
}

class RecordContract : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    folder_ = (std::filesystem::temp_directory_path() / "record-contract-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
    place_ = PlaceOf(GetParam(), "rows");
    store_ = Open(place_, OpenHow::kMake);
  }
  void TearDown() override {
    store_.reset();
    EXPECT_EQ(ErrorOf(DiscardRecord(place_)), "");
    std::filesystem::remove_all(folder_);
  }

  StorePlace PlaceOf(Kind kind, const std::string& name) const {
    return kind == Kind::kSqlite ? StorePlace{folder_ + "/" + name, ""} : StorePlace{"", Server().place()};
  }
  static std::unique_ptr<RecordStore> Open(const StorePlace& place, OpenHow how) {
    auto opened = OpenRecordStore(place, how);
    EXPECT_EQ(ErrorOf(opened), "");
    return std::move(opened).value();
  }
  std::unique_ptr<RecordReader> Read(ReadHow how) const {
    auto opened = OpenRecordReader(place_, how);
    EXPECT_EQ(ErrorOf(opened), "");
    return std::move(opened).value();
  }
  void Reopen() {
    store_.reset();
    store_ = Open(place_, OpenHow::kExist);
  }
  Change Next(std::vector<std::string> entries) const {
    Change out;
    out.before = store_->ReadHead().value();
    out.root = fmt::format("root {}", out.before.size + entries.size());
    out.entries = std::move(entries);
    return out;
  }

  std::string folder_;
  StorePlace place_;
  std::unique_ptr<RecordStore> store_;
};

TEST_P(RecordContract, ANewRecordIsEmpty) {
  EXPECT_EQ(store_->ReadHead().value(), (RecordHead{0, ""}));
  EXPECT_EQ(ReadAll(*store_), Everything());
  EXPECT_EQ(store_->LastCheckpoint().value(), std::nullopt);
  EXPECT_EQ(CodeOf(store_->ReadTile(0, 0)), Errc::kNotFound);
}

TEST_P(RecordContract, ThereIsOneOrThereIsNone) {
  store_.reset();
  EXPECT_EQ(CodeOf(OpenRecordStore(place_, OpenHow::kMake)), Errc::kConflict);
  ASSERT_EQ(ErrorOf(DiscardRecord(place_)), "");
  EXPECT_EQ(CodeOf(OpenRecordStore(place_, OpenHow::kExist)), Errc::kNotFound);
  EXPECT_EQ(CodeOf(OpenRecordReader(place_, ReadHow::kMoment)), Errc::kNotFound);
  store_ = Open(place_, OpenHow::kMake);
  EXPECT_EQ(store_->ReadHead().value(), (RecordHead{0, ""}));
}

TEST_P(RecordContract, EntriesAreNumberedInTheOrderOfTheCommits) {
  const std::string any("\0\xff'\\ \n", 6);
  ASSERT_EQ(ErrorOf(store_->Commit(Next({"a", "", any}))), "");
  ASSERT_EQ(ErrorOf(store_->Commit(Next({std::string(65535, 'x')}))), "");
  EXPECT_EQ(store_->ReadHead().value(), (RecordHead{4, "root 4"}));
  EXPECT_THAT(store_->ReadEntries(0, 3).value(), ElementsAre("a", "", any));
  EXPECT_THAT(store_->ReadEntries(2, 100).value(), ElementsAre(any, std::string(65535, 'x')));
  EXPECT_THAT(store_->ReadEntries(4, 1).value(), IsEmpty());
  Reopen();
  EXPECT_EQ(store_->ReadHead().value(), (RecordHead{4, "root 4"}));
  EXPECT_THAT(store_->ReadEntries(0, 1).value(), ElementsAre("a"));
}

TEST_P(RecordContract, AChangeOfAnotherRecordIsRefused) {
  ASSERT_TRUE(store_->Commit(Next({"a"})).ok());
  Change stale = Next({"b"});
  stale.before.size = 0;
  EXPECT_EQ(CodeOf(store_->Commit(stale)), Errc::kConflict);
  stale = Next({"b"});
  stale.before.root = "another root";
  EXPECT_EQ(CodeOf(store_->Commit(stale)), Errc::kConflict);
  EXPECT_EQ(store_->ReadHead().value(), (RecordHead{1, "root 1"}));
  EXPECT_THAT(store_->ReadEntries(0, 9).value(), ElementsAre("a"));
}

TEST_P(RecordContract, AChangeHappensWhollyOrNotAtAll) {
  Change first = Next({"a"});
  first.requests = {{std::string(32, '\0'), 0}};
  first.openings = {{0, "name", "m-1", "box", false}};
  first.keys = {{"m-1", "key"}};
  ASSERT_EQ(ErrorOf(store_->Commit(first)), "");
  const Everything before = ReadAll(*store_);
  std::vector<Change> wrong(5, Next({"b"}));
  for (Change& change : wrong) {
    change.openings = {{1, "name", "m-1", "box", false}};
    change.keys = {{"m-2", "key"}};
  }
  wrong[0].requests = {{std::string(32, '\1'), 1}, {std::string(32, '\0'), 1}};
  wrong[1].openings.push_back({0, "name", "m-1", "again", false});
  wrong[2].erased = {{0, "name"}, {0, "phone"}};
  wrong[3].sealed = {{0, "phone"}};
  wrong[4].erased_items = {"nothing"};
  for (const Change& change : wrong) {
    EXPECT_EQ(CodeOf(store_->Commit(change)), Errc::kInvalid);
    EXPECT_EQ(ReadAll(*store_), before);
  }
  Change right = Next({"b"});
  right.requests = {{std::string(32, '\1'), 1}};
  EXPECT_EQ(ErrorOf(store_->Commit(right)), "");
}

TEST_P(RecordContract, ARequestIsFoundByItsBytes) {
  const std::string id("\0\x80' OR 1\xff", 9);
  Change change = Next({"a", "b"});
  change.requests = {{id, 1}};
  ASSERT_TRUE(store_->Commit(change).ok());
  EXPECT_EQ(store_->FindRequest(id).value(), 1U);
  EXPECT_EQ(store_->FindRequest(id.substr(0, 8)).value(), std::nullopt);
  EXPECT_EQ(store_->FindRequest("").value(), std::nullopt);
}

TEST_P(RecordContract, FieldsAreSealedOpenedAndErased) {
  Change change = Next({"a"});
  const std::string box(1 << 20, '\xfe');
  change.openings = {
      {0, "phone", "m-1", "", true}, {0, "a.b-c", "m-1", box, false}, {0, "name", "m-1", "x", false}};
  change.keys = {{"m-1", "key"}};
  ASSERT_EQ(ErrorOf(store_->Commit(change)), "");
  EXPECT_THAT(store_->ReadOpenings(0).value(),
              ElementsAre(OpeningRow{0, "a.b-c", "m-1", box, false}, OpeningRow{0, "name", "m-1", "x", false},
                          OpeningRow{0, "phone", "m-1", "", true}));
  change = Next({"b"});
  change.sealed = {{0, "name"}};
  change.unsealed = {{0, "phone"}};
  change.erased = {{0, "a.b-c"}};
  change.measures = {{0, 1}};
  ASSERT_EQ(ErrorOf(store_->Commit(change)), "");
  EXPECT_THAT(store_->ReadOpenings(0).value(),
              ElementsAre(OpeningRow{0, "name", "m-1", "x", true}, OpeningRow{0, "phone", "m-1", "", false}));
  EXPECT_THAT(store_->ReadMeasures(0).value(), ElementsAre(1U));
  EXPECT_THAT(store_->ReadMeasures(1).value(), IsEmpty());
}

TEST_P(RecordContract, TheKeyOfAMatterGoesWithTheLastThatIsLeftOfIt) {
  Change change = Next({"a"});
  change.openings = {{0, "name", "m-1", "x", false}, {0, "phone", "m-1", "y", false}};
  change.items = {{"item", "m-1", 0, "address", "box"}};
  change.keys = {{"m-1", "key"}, {"m-2", "other"}};
  ASSERT_TRUE(store_->Commit(change).ok());
  EXPECT_THAT(store_->ReadItems("m-1").value(), ElementsAre(ItemRow{"item", "m-1", 0, "address", "box"}));
  EXPECT_THAT(store_->ReadItems("m-2").value(), IsEmpty());
  change = Next({"b"});
  change.erased = {{0, "name"}, {0, "phone"}};
  change.keys = {{"m-1", "another key"}};  // it has one
  ASSERT_TRUE(store_->Commit(change).ok());
  EXPECT_EQ(store_->ReadKey("m-1").value(), "key");
  change = Next({"c"});
  change.erased_items = {"item"};
  ASSERT_TRUE(store_->Commit(change).ok());
  EXPECT_EQ(store_->ReadKey("m-1").value(), std::nullopt);
  EXPECT_EQ(store_->ReadKey("m-2").value(), "other");
  EXPECT_EQ(store_->ReadItem("item").value(), std::nullopt);
}

TEST_P(RecordContract, AReaderSeesAMomentOrTheLatest) {
  ASSERT_TRUE(store_->Commit(Next({"a"})).ok());
  const auto moment = Read(ReadHow::kMoment);
  const auto latest = Read(ReadHow::kLatest);
  Change change = Next({"b"});
  change.keys = {{"m-1", "key"}};
  ASSERT_TRUE(store_->Commit(change).ok());
  EXPECT_EQ(moment->ReadHead().value().size, 1U);
  EXPECT_THAT(moment->ReadEntries(0, 9).value(), SizeIs(1));
  EXPECT_EQ(moment->ReadKey("m-1").value(), std::nullopt);
  EXPECT_EQ(latest->ReadHead().value().size, 2U);
  EXPECT_EQ(latest->ReadKey("m-1").value(), "key");
}

TEST_P(RecordContract, ReadersBesideTheWriterSeeAPrefix) {
  std::atomic<bool> done = false;
  std::thread reading([&] {
    while (!done) {
      const auto reader = Read(ReadHow::kMoment);
      const RecordHead head = reader->ReadHead().value();
      const auto entries = reader->ReadEntries(0, 1000).value();
      ASSERT_EQ(entries.size(), head.size);
      for (std::size_t i = 0; i < entries.size(); ++i) ASSERT_EQ(entries[i], fmt::format("{}", i));
    }
  });
  for (std::size_t i = 0; i < 200; i += 2)
    EXPECT_EQ(ErrorOf(store_->Commit(Next({fmt::format("{}", i), fmt::format("{}", i + 1)}))), "");
  done = true;
  reading.join();
}

TEST_P(RecordContract, ASecondWriterDoesNoHarm) {
  ASSERT_TRUE(store_->Commit(Next({"a"})).ok());
  const auto second = OpenRecordStore(place_, OpenHow::kExist);
  if (GetParam() == Kind::kPostgres) {
    EXPECT_EQ(CodeOf(second), Errc::kConflict);
    return;
  }
  // SQLite lets it in, and the head tells.
  const Change stale = Next({"mine"});
  ASSERT_TRUE(second.value()->Commit(Next({"yours"})).ok());
  EXPECT_EQ(CodeOf(store_->Commit(stale)), Errc::kConflict);
  EXPECT_THAT(store_->ReadEntries(0, 9).value(), ElementsAre("a", "yours"));
}

TEST_P(RecordContract, CheckpointsAreKeptBySize) {
  for (const auto& [size, note] : std::vector<CheckpointRow>{{3, "three"}, {20, "—\ntwenty"}, {3, "again"}})
    ASSERT_EQ(ErrorOf(store_->KeepCheckpoint({size, note})), "");
  EXPECT_EQ(store_->LastCheckpoint().value(), (CheckpointRow{20, "—\ntwenty"}));
  EXPECT_THAT(store_->CheckpointsAfter(std::nullopt, 9).value(),
              ElementsAre(CheckpointRow{3, "again"}, CheckpointRow{20, "—\ntwenty"}));
}

TEST_P(RecordContract, KeysAreReplacedTogether) {
  Change change = Next({"a"});
  change.keys = {{"m-1", "one"}, {"m-2", "two"}, {"案-3", "three"}};
  ASSERT_TRUE(store_->Commit(change).ok());
  ASSERT_EQ(ErrorOf(store_->ReplaceKeys({{"m-2", "new two"}, {"案-3", "new three"}})), "");
  EXPECT_THAT(store_->KeysAfter("", 9).value(),
              ElementsAre(KeyRow{"m-1", "one"}, KeyRow{"m-2", "new two"}, KeyRow{"案-3", "new three"}));
}

TEST_P(RecordContract, WhatWasErasedIsTakenOffTheDisk) {
  const std::string planted = "planted-9d1c-in-a-box";
  Change change = Next({"a"});
  change.openings = {{0, "name", "m-1", planted + std::string(500, '.'), false},
                     {0, "rest", "m-1", "x", false}};
  change.keys = {{"m-1", "key"}};
  ASSERT_TRUE(store_->Commit(change).ok());
  const auto files_with_it = [&] {
    std::vector<std::string> out;
    const std::string root = GetParam() == Kind::kSqlite ? folder_ : Server().data() + "/base";
    if (GetParam() == Kind::kPostgres) {  // what is only in its memory is not what this is about
      EXPECT_EQ(ErrorOf(PostgresConnection::Open(Server().place()).value().Run("CHECKPOINT")), "");
    }
    for (const auto& file : std::filesystem::recursive_directory_iterator(root)) {
      if (!file.is_regular_file()) continue;
      std::ifstream in(file.path(), std::ios::binary);
      std::ostringstream all;
      all << in.rdbuf();
      if (all.str().find(planted) != std::string::npos) out.push_back(file.path().string());
    }
    return out;
  };
  EXPECT_FALSE(files_with_it().empty());
  auto looking = Read(ReadHow::kMoment);
  change = Next({"b"});
  change.erased = {{0, "name"}};
  ASSERT_TRUE(store_->Commit(change).ok());
  EXPECT_EQ(CodeOf(store_->Scrub()), Errc::kUnavailable);
  looking.reset();
  Status scrubbed = base::Error{Errc::kUnavailable, "not tried"};
  for (int i = 0; i < 100 && !scrubbed.ok(); ++i) {  // a server takes a moment to see that a reader left
    scrubbed = store_->Scrub();
    if (!scrubbed.ok()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(ErrorOf(scrubbed), "");
  EXPECT_THAT(files_with_it(), IsEmpty());
  EXPECT_THAT(store_->ReadOpenings(0).value(), SizeIs(1));
}

// Changes drawn at random, carried out by the store and by a plain list: the same rows, in the same order, by
// pages, after reopening, and in a copy made by the other store.
TEST_P(RecordContract, ItIsWhatAPlainListWouldBe) {
  std::mt19937 draw(GetParam() == Kind::kSqlite ? 1U : 2U);  // NOLINT(cert-msc51-cpp): the same every time
  const auto below = [&](std::size_t count) { return static_cast<std::size_t>(draw()) % count; };
  const auto bytes = [&](std::size_t most) {
    std::string out(below(most), '\0');
    for (char& byte : out) byte = static_cast<char>(draw());
    return out;
  };
  const std::vector<std::string> matters = {"m-1", "M-1", "m.10", "m-2", "案卷 7", "é", "Z", "~"};
  Everything model;
  std::map<std::pair<std::uint64_t, std::string>, OpeningRow> openings;
  std::map<std::string, std::string> keys;
  std::map<std::string, ItemRow> items;
  std::map<std::string, std::uint64_t> requests;
  for (int round = 0; round < 60; ++round) {
    Change change;
    change.before = model.head;
    change.root = bytes(40);
    for (std::size_t i = below(5); i > 0; --i) change.entries.push_back(bytes(300));
    const std::uint64_t size = model.head.size + change.entries.size();
    if (size == 0) continue;
    for (std::size_t i = below(4); i > 0; --i) {
      const OpeningRow row{below(size), fmt::format("f{}", below(40)), matters[below(matters.size())],
                           bytes(600), below(2) == 0};
      if (!openings.emplace(std::pair(row.entry, row.name), row).second) continue;
      change.openings.push_back(row);
      if (keys.emplace(row.matter, row.matter + " key").second)
        change.keys.push_back({row.matter, row.matter + " key"});
    }
    for (std::size_t i = below(3); i > 0; --i) {
      const RequestRow row{bytes(33), below(size)};
      if (requests.emplace(row.id, row.entry).second && !row.id.empty()) change.requests.push_back(row);
    }
    requests.erase("");
    for (std::size_t i = below(2); i > 0; --i) {
      const ItemRow row{fmt::format("{:032x}", draw()), matters[below(matters.size())], below(size),
                        "address", bytes(80)};
      items.emplace(row.id, row);
      change.items.push_back(row);
      if (keys.emplace(row.matter, row.matter + " key").second)
        change.keys.push_back({row.matter, row.matter + " key"});
    }
    const MeasureRow measure{below(size), static_cast<std::uint64_t>(round)};
    change.measures.push_back(measure);
    model.measures.push_back(measure);
    change.tiles.push_back({static_cast<unsigned>(below(4)), static_cast<std::uint64_t>(round), bytes(200)});
    model.tiles.push_back(change.tiles.back());
    // Of what was there before: no row is both added and erased in one change.
    std::vector<std::string> left;
    for (auto at = openings.begin(); at != openings.end();) {
      const bool fresh = std::ranges::find(change.openings, at->second) != change.openings.end();
      const std::size_t what = fresh ? 9 : below(10);
      if (what == 0) {
        change.erased.push_back({at->second.entry, at->second.name});
        left.push_back(at->second.matter);
        at = openings.erase(at);
        continue;
      }
      if (what == 1) {
        (at->second.sealed ? change.unsealed : change.sealed).push_back({at->second.entry, at->second.name});
        at->second.sealed = !at->second.sealed;
      }
      ++at;
    }
    if (!items.empty() && below(3) == 0 && change.items.empty()) {
      change.erased_items.push_back(items.begin()->first);
      left.push_back(items.begin()->second.matter);
      items.erase(items.begin());
    }
    for (const std::string& matter : left) {
      const auto of = [&](const auto& row) { return row.second.matter == matter; };
      if (std::ranges::none_of(openings, of) && std::ranges::none_of(items, of)) keys.erase(matter);
    }
    ASSERT_EQ(ErrorOf(store_->Commit(change)), "") << round;
    model.head = {size, change.root};
    model.entries.insert(model.entries.end(), change.entries.begin(), change.entries.end());
    if (below(4) == 0) {
      ASSERT_TRUE(store_->KeepCheckpoint({size, fmt::format("note {}", round)}).ok());
      std::erase_if(model.checkpoints, [&](const CheckpointRow& row) { return row.size == size; });
      model.checkpoints.push_back({size, fmt::format("note {}", round)});
    }
    if (below(20) == 0) Reopen();
  }
  std::ranges::sort(model.tiles, {}, [](const TileRow& row) { return std::pair(row.level, row.number); });
  std::ranges::sort(model.measures, {}, [](const MeasureRow& row) { return std::pair(row.of, row.by); });
  for (const auto& [id, row] : openings) model.openings.push_back(row);
  for (const auto& [matter, box] : keys) model.keys.push_back({matter, box});
  for (const auto& [id, row] : items) model.items.push_back(row);
  for (const auto& [id, entry] : requests) model.requests.push_back({id, entry});
  EXPECT_EQ(ReadAll(*store_), model);
  EXPECT_EQ(ReadAll(*Read(ReadHow::kMoment)), model);
  // Into the other kind of store, and for a server's rows into a file and back again.
  const StorePlace file{folder_ + "/copy", ""};
  {
    const auto copy = Open(file, OpenHow::kMake);
    ASSERT_EQ(ErrorOf(CopyRecord(*store_, *copy)), "");
    EXPECT_EQ(ReadAll(*copy), model);
    EXPECT_EQ(CodeOf(CopyRecord(*store_, *copy)), Errc::kConflict);  // it is not empty
  }
  store_.reset();
  ASSERT_EQ(ErrorOf(DiscardRecord(place_)), "");
  store_ = Open(place_, OpenHow::kMake);
  ASSERT_EQ(ErrorOf(CopyRecord(*OpenRecordReader(file, ReadHow::kMoment).value(), *store_)), "");
  EXPECT_EQ(ReadAll(*store_), model);
}

INSTANTIATE_TEST_SUITE_P(Stores, RecordContract, ::testing::Values(Kind::kSqlite, Kind::kPostgres),
                         [](const auto& kind) {
                           return kind.param == Kind::kSqlite ? "Sqlite" : "Postgres";
                         });

TEST(PostgresPlace, WhatCannotBeReachedIsSaid) {
  const auto code = [](const std::string& how) {
    return CodeOf(OpenRecordStore({"", how}, OpenHow::kExist));
  };
  EXPECT_EQ(code("host=/nowhere dbname=x"), Errc::kUnavailable);
  EXPECT_EQ(code("no words = that libpq knows"), Errc::kInvalid);
  EXPECT_EQ(code(Server().place() + " dbname=elsewhere"), Errc::kNotFound);
  EXPECT_EQ(code(Server().place() + " user=nobody-known"), Errc::kInvalid);
}

// A server that is stopped and started: the writer says that it cannot, a reader of the latest goes on.
TEST(PostgresPlace, ARestartedServerIsFoundAgain) {
  const StorePlace place{"", Server().place()};
  auto store = OpenRecordStore(place, OpenHow::kMake).value();
  const auto latest = OpenRecordReader(place, ReadHow::kLatest).value();
  const auto moment = OpenRecordReader(place, ReadHow::kMoment).value();
  Change change;
  change.entries = {"a"};
  change.root = "root";
  ASSERT_TRUE(store->Commit(change).ok());
  Server().Stop();
  EXPECT_EQ(CodeOf(store->Commit({.before = {1, "root"}, .root = "next", .entries = {"b"}})),
            Errc::kUnavailable);
  EXPECT_EQ(CodeOf(latest->ReadHead()), Errc::kUnavailable);
  Server().Start();
  EXPECT_EQ(latest->ReadHead().value(), (RecordHead{1, "root"}));
  EXPECT_EQ(CodeOf(moment->ReadHead()), Errc::kUnavailable);
  EXPECT_EQ(CodeOf(store->ReadHead()), Errc::kUnavailable);  // its lock went with its connection
  store.reset();
  EXPECT_EQ(OpenRecordStore(place, OpenHow::kExist).value()->ReadHead().value(), (RecordHead{1, "root"}));
  EXPECT_EQ(ErrorOf(DiscardRecord(place)), "");
}

}  // namespace
}  // namespace lawbound::store
