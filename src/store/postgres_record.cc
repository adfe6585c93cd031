#include "store/postgres_record.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <set>
#include <thread>
#include <utility>

#include "store/postgres.h"

namespace lawbound::store {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;
using Values = PostgresValues;
using Rows = PostgresRows;

constexpr std::string_view kFormat = "lawbound record 1";

// docs/formats/ledger-store.md tells what each table is for; the rows are those of the SQLite file.  Texts
// are ordered by their bytes, not as some language would.
constexpr const char* kSchema = R"sql(
CREATE SCHEMA lawbound;
CREATE TABLE lawbound.format(name TEXT PRIMARY KEY);
CREATE TABLE lawbound.head(one BOOLEAN PRIMARY KEY CHECK (one), size BIGINT NOT NULL, root BYTEA NOT NULL,
  to_scrub BOOLEAN NOT NULL);
CREATE TABLE lawbound.entry(number BIGINT PRIMARY KEY, bytes BYTEA NOT NULL);
CREATE TABLE lawbound.tile(id BIGINT PRIMARY KEY, bytes BYTEA NOT NULL);
CREATE TABLE lawbound.request(id BYTEA PRIMARY KEY, entry BIGINT NOT NULL);
CREATE TABLE lawbound.opening(entry BIGINT NOT NULL, name TEXT COLLATE "C" NOT NULL,
  matter TEXT COLLATE "C" NOT NULL, box BYTEA NOT NULL, sealed BOOLEAN NOT NULL, PRIMARY KEY(entry, name));
CREATE INDEX opening_matter ON lawbound.opening(matter);
CREATE TABLE lawbound.measure("of" BIGINT NOT NULL, "by" BIGINT NOT NULL, PRIMARY KEY("of", "by"));
CREATE TABLE lawbound.matter_key(matter TEXT COLLATE "C" PRIMARY KEY, box BYTEA NOT NULL);
CREATE TABLE lawbound.item(id BYTEA PRIMARY KEY, matter TEXT COLLATE "C" NOT NULL, entry BIGINT NOT NULL,
  address TEXT NOT NULL, box BYTEA NOT NULL);
CREATE INDEX item_matter ON lawbound.item(matter);
CREATE TABLE lawbound.checkpoint(size BIGINT PRIMARY KEY, note TEXT NOT NULL);
INSERT INTO lawbound.head VALUES(true, 0, '', false);
INSERT INTO lawbound.format VALUES('lawbound record 1');
)sql";

// "lawbound" as a number: the advisory lock of the one writer of this database.
constexpr std::int64_t kWriterLock = 0x6c6177626f756e64;
// A server whose program was killed takes a moment to notice that its connection is gone.
constexpr std::chrono::milliseconds kLongestWaitForLock{5000};
constexpr std::chrono::milliseconds kBetweenTries{50};
constexpr std::chrono::seconds kLongestWaitForReaders{2};

constexpr unsigned kTileNumberBits = 56;

std::int64_t Signed(std::uint64_t number) { return static_cast<std::int64_t>(number); }
std::uint64_t Unsigned(std::int64_t number) { return static_cast<std::uint64_t>(number); }
std::int64_t TileKey(unsigned level, std::uint64_t number) {
  return Signed(std::uint64_t{level} << kTileNumberBits | number);
}

std::string Text(const Rows& rows, int row, int column) { return std::string(rows.Bytes(row, column)); }

template <typename Row, typename Read>
std::vector<Row> AllRows(const Rows& rows, const Read& read) {
  std::vector<Row> out;
  for (int row = 0; row < rows.size(); ++row) out.push_back(read(rows, row));
  return out;
}

OpeningRow ReadOpening(const Rows& rows, int row) {
  return {Unsigned(rows.Integer(row, 0)), Text(rows, row, 1), Text(rows, row, 2), Text(rows, row, 3),
          rows.Boolean(row, 4)};
}

ItemRow ReadItemRow(const Rows& rows, int row) {
  return {Text(rows, row, 0), Text(rows, row, 1), Unsigned(rows.Integer(row, 2)), Text(rows, row, 3),
          Text(rows, row, 4)};
}

// One column of many rows, as a parameter.
template <typename Row, typename Member>
std::vector<std::int64_t> Numbers(const std::vector<Row>& rows, Member Row::*member) {
  std::vector<std::int64_t> out;
  out.reserve(rows.size());
  for (const Row& row : rows) out.push_back(Signed(row.*member));
  return out;
}
template <typename Row>
std::vector<std::string_view> Strings(const std::vector<Row>& rows, std::string Row::*member) {
  std::vector<std::string_view> out;
  out.reserve(rows.size());
  for (const Row& row : rows) out.emplace_back(row.*member);
  return out;
}

// Undone at the end of the scope unless committed.
class ServerTransaction {
 public:
  static Result<ServerTransaction> Begin(PostgresConnection& server) {
    RETURN_IF_ERROR(server.Run("BEGIN"));
    return ServerTransaction(server);
  }
  ServerTransaction(ServerTransaction&& other) noexcept : server_(std::exchange(other.server_, nullptr)) {}
  ServerTransaction& operator=(ServerTransaction&&) = delete;
  ~ServerTransaction() {
    if (server_ == nullptr || server_->IsBroken()) return;
    const Status undone = server_->Run("ROLLBACK");
    static_cast<void>(undone.ok());  // the server undoes it itself when the connection goes
  }
  Status Commit() {
    PostgresConnection* server = std::exchange(server_, nullptr);
    return server->Run("COMMIT");
  }

 private:
  explicit ServerTransaction(PostgresConnection& server) : server_(&server) {}
  PostgresConnection* server_;
};

class PostgresRecord final : public RecordStore {
 public:
  enum class Session : unsigned char { kWriter, kMoment, kLatest };

  PostgresRecord(PostgresConnection server, Session session)
      : server_(std::move(server)), session_(session) {}

  Result<RecordHead> ReadHead() override {
    ASSIGN_OR_RETURN(const Rows rows, Ask("SELECT size, root FROM lawbound.head", Values()));
    if (rows.size() != 1) return Error{Errc::kCorrupt, "the record has no head"};
    return RecordHead{Unsigned(rows.Integer(0, 0)), Text(rows, 0, 1)};
  }

  Result<std::vector<std::string>> ReadEntries(std::uint64_t first, std::uint64_t count) override {
    ASSIGN_OR_RETURN(const Rows rows,
                     Ask("SELECT number, bytes FROM lawbound.entry WHERE number >= $1::bigint "
                         "ORDER BY number LIMIT $2::bigint",
                         Values().Add(Signed(first)).Add(Signed(count))));
    std::vector<std::string> out;
    for (int row = 0; row < rows.size(); ++row) {
      if (Unsigned(rows.Integer(row, 0)) != first + out.size())
        return Error{Errc::kCorrupt, fmt::format("entry {} is missing", first + out.size())};
      out.push_back(Text(rows, row, 1));
    }
    return out;
  }

  Result<std::string> ReadTile(unsigned level, std::uint64_t number) override {
    ASSIGN_OR_RETURN(const Rows rows, Ask("SELECT bytes FROM lawbound.tile WHERE id = $1::bigint",
                                          Values().Add(TileKey(level, number))));
    if (rows.size() == 0)
      return Error{Errc::kNotFound, fmt::format("there is no tile {} of level {}", number, level)};
    return Text(rows, 0, 0);
  }

  Result<std::optional<std::uint64_t>> FindRequest(std::string_view id) override {
    ASSIGN_OR_RETURN(const Rows rows,
                     Ask("SELECT entry FROM lawbound.request WHERE id = $1::bytea", Values().Add(id)));
    if (rows.size() == 0) return std::optional<std::uint64_t>();
    return std::optional<std::uint64_t>(Unsigned(rows.Integer(0, 0)));
  }

  Result<std::vector<OpeningRow>> ReadOpenings(std::uint64_t entry) override {
    ASSIGN_OR_RETURN(const Rows rows, Ask("SELECT entry, name, matter, box, sealed FROM lawbound.opening "
                                          "WHERE entry = $1::bigint ORDER BY name",
                                          Values().Add(Signed(entry))));
    return AllRows<OpeningRow>(rows, ReadOpening);
  }

  Result<std::vector<std::uint64_t>> ReadMeasures(std::uint64_t of) override {
    ASSIGN_OR_RETURN(const Rows rows,
                     Ask(R"(SELECT "by" FROM lawbound.measure WHERE "of" = $1::bigint ORDER BY "by")",
                         Values().Add(Signed(of))));
    return AllRows<std::uint64_t>(rows,
                                  [](const Rows& all, int row) { return Unsigned(all.Integer(row, 0)); });
  }

  Result<std::optional<std::string>> ReadKey(std::string_view matter) override {
    ASSIGN_OR_RETURN(const Rows rows, Ask("SELECT box FROM lawbound.matter_key WHERE matter = $1::text",
                                          Values().Add(matter)));
    if (rows.size() == 0) return std::optional<std::string>();
    return std::optional<std::string>(Text(rows, 0, 0));
  }

  Result<std::vector<ItemRow>> ReadItems(std::string_view matter) override {
    ASSIGN_OR_RETURN(const Rows rows, Ask("SELECT id, matter, entry, address, box FROM lawbound.item "
                                          "WHERE matter = $1::text ORDER BY id",
                                          Values().Add(matter)));
    return AllRows<ItemRow>(rows, ReadItemRow);
  }

  Result<std::optional<ItemRow>> ReadItem(std::string_view id) override {
    ASSIGN_OR_RETURN(const Rows rows, Ask("SELECT id, matter, entry, address, box FROM lawbound.item "
                                          "WHERE id = $1::bytea",
                                          Values().Add(id)));
    if (rows.size() == 0) return std::optional<ItemRow>();
    return std::optional<ItemRow>(ReadItemRow(rows, 0));
  }

  Result<std::optional<CheckpointRow>> LastCheckpoint() override {
    ASSIGN_OR_RETURN(const Rows rows,
                     Ask("SELECT size, note FROM lawbound.checkpoint ORDER BY size DESC LIMIT 1", Values()));
    if (rows.size() == 0) return std::optional<CheckpointRow>();
    return std::optional<CheckpointRow>({Unsigned(rows.Integer(0, 0)), Text(rows, 0, 1)});
  }

  Result<std::vector<TileRow>> TilesAfter(std::optional<TileRow> last, std::uint64_t count) override {
    ASSIGN_OR_RETURN(const Rows rows,
                     Ask("SELECT id, bytes FROM lawbound.tile WHERE id > $1::bigint ORDER BY id "
                         "LIMIT $2::bigint",
                         Values().Add(last ? TileKey(last->level, last->number) : -1).Add(Signed(count))));
    return AllRows<TileRow>(rows, [](const Rows& all, int row) {
      const std::uint64_t id = Unsigned(all.Integer(row, 0));
      return TileRow{static_cast<unsigned>(id >> kTileNumberBits),
                     id & ((std::uint64_t{1} << kTileNumberBits) - 1), Text(all, row, 1)};
    });
  }

  Result<std::vector<RequestRow>> RequestsAfter(std::string_view id, std::uint64_t count) override {
    ASSIGN_OR_RETURN(const Rows rows, Ask("SELECT id, entry FROM lawbound.request WHERE id > $1::bytea "
                                          "ORDER BY id LIMIT $2::bigint",
                                          Values().Add(id).Add(Signed(count))));
    return AllRows<RequestRow>(rows, [](const Rows& all, int row) {
      return RequestRow{Text(all, row, 0), Unsigned(all.Integer(row, 1))};
    });
  }

  Result<std::vector<OpeningRow>> OpeningsAfter(std::optional<OpeningId> last, std::uint64_t count) override {
    ASSIGN_OR_RETURN(const Rows rows,
                     Ask("SELECT entry, name, matter, box, sealed FROM lawbound.opening "
                         "WHERE (entry, name) > ($1::bigint, $2::text) ORDER BY entry, name LIMIT $3::bigint",
                         Values()
                             .Add(last ? Signed(last->entry) : -1)
                             .Add(last ? std::string_view(last->name) : std::string_view())
                             .Add(Signed(count))));
    return AllRows<OpeningRow>(rows, ReadOpening);
  }

  Result<std::vector<MeasureRow>> MeasuresAfter(std::optional<MeasureRow> last,
                                                std::uint64_t count) override {
    ASSIGN_OR_RETURN(
        const Rows rows,
        Ask(R"(SELECT "of", "by" FROM lawbound.measure
                         WHERE ("of", "by") > ($1::bigint, $2::bigint) ORDER BY "of", "by" LIMIT $3::bigint)",
            Values().Add(last ? Signed(last->of) : -1).Add(last ? Signed(last->by) : -1).Add(Signed(count))));
    return AllRows<MeasureRow>(rows, [](const Rows& all, int row) {
      return MeasureRow{Unsigned(all.Integer(row, 0)), Unsigned(all.Integer(row, 1))};
    });
  }

  Result<std::vector<KeyRow>> KeysAfter(std::string_view matter, std::uint64_t count) override {
    ASSIGN_OR_RETURN(const Rows rows,
                     Ask("SELECT matter, box FROM lawbound.matter_key WHERE matter > $1::text "
                         "ORDER BY matter LIMIT $2::bigint",
                         Values().Add(matter).Add(Signed(count))));
    return AllRows<KeyRow>(rows, [](const Rows& all, int row) {
      return KeyRow{Text(all, row, 0), Text(all, row, 1)};
    });
  }

  Result<std::vector<ItemRow>> ItemsAfter(std::string_view id, std::uint64_t count) override {
    ASSIGN_OR_RETURN(const Rows rows, Ask("SELECT id, matter, entry, address, box FROM lawbound.item "
                                          "WHERE id > $1::bytea ORDER BY id LIMIT $2::bigint",
                                          Values().Add(id).Add(Signed(count))));
    return AllRows<ItemRow>(rows, ReadItemRow);
  }

  Result<std::vector<CheckpointRow>> CheckpointsAfter(std::optional<std::uint64_t> size,
                                                      std::uint64_t count) override {
    ASSIGN_OR_RETURN(const Rows rows,
                     Ask("SELECT size, note FROM lawbound.checkpoint WHERE size > $1::bigint "
                         "ORDER BY size LIMIT $2::bigint",
                         Values().Add(size ? Signed(*size) : -1).Add(Signed(count))));
    return AllRows<CheckpointRow>(rows, [](const Rows& all, int row) {
      return CheckpointRow{Unsigned(all.Integer(row, 0)), Text(all, row, 1)};
    });
  }

  Status Commit(const Change& change) override {
    ASSIGN_OR_RETURN(ServerTransaction transaction, ServerTransaction::Begin(server_));
    RETURN_IF_ERROR(MoveHead(change));
    RETURN_IF_ERROR(Whole(AddRows(change)));
    RETURN_IF_ERROR(EraseAndSeal(change));
    return transaction.Commit();
  }

  Status KeepCheckpoint(const CheckpointRow& checkpoint) override {
    return Write(
        "INSERT INTO lawbound.checkpoint VALUES($1::bigint, $2::text) "
        "ON CONFLICT (size) DO UPDATE SET note = excluded.note",
        Values().Add(Signed(checkpoint.size)).Add(std::string_view(checkpoint.note)));
  }

  Status ReplaceKeys(const std::vector<KeyRow>& keys) override {
    ASSIGN_OR_RETURN(ServerTransaction transaction, ServerTransaction::Begin(server_));
    RETURN_IF_ERROR(
        Write("UPDATE lawbound.matter_key AS had SET box = given.box "
              "FROM unnest($1::text[], $2::bytea[]) AS given(matter, box) WHERE had.matter = given.matter",
              Values().AddTexts(Strings(keys, &KeyRow::matter)).AddBytes(Strings(keys, &KeyRow::box))));
    RETURN_IF_ERROR(Write("UPDATE lawbound.head SET to_scrub = true", Values()));
    return transaction.Commit();
  }

  // A deleted row stays in its page, and overwriting it writes another one.  So the tables that hold what can
  // be erased are written anew; their old files are removed.  What the server's own log of writes still has
  // of them it overwrites in its time.
  Status Scrub() override {
    ASSIGN_OR_RETURN(const Rows due, Ask("SELECT to_scrub FROM lawbound.head", Values()));
    if (due.size() == 1 && !due.Boolean(0, 0)) return base::Ok();
    ASSIGN_OR_RETURN(const bool alone, WaitForReaders());
    if (!alone) {
      return Error{Errc::kUnavailable,
                   "a reader is still looking at the record as it was before; what was erased is on the disk "
                   "until it is done"};
    }
    RETURN_IF_ERROR(server_.Run("VACUUM FULL lawbound.opening"));
    RETURN_IF_ERROR(server_.Run("VACUUM FULL lawbound.matter_key"));
    RETURN_IF_ERROR(server_.Run("VACUUM FULL lawbound.item"));
    return Write("UPDATE lawbound.head SET to_scrub = false", Values());
  }

  // What a session needs before its first question.
  Status Begin() {
    if (session_ == Session::kMoment) {
      RETURN_IF_ERROR(server_.Run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    } else if (session_ == Session::kWriter) {
      RETURN_IF_ERROR(
          server_.Run("SET lock_timeout = '5s'; SELECT set_config('synchronous_commit', 'on', false) "
                      "WHERE current_setting('synchronous_commit') <> 'remote_apply'"));
      RETURN_IF_ERROR(TakeWriterLock());
    }
    return base::Ok();
  }

  Status Make() {
    ASSIGN_OR_RETURN(
        const Rows fit,
        Ask("SELECT current_setting('server_encoding') = 'UTF8', current_setting('fsync') = 'on'", Values()));
    if (!fit.Boolean(0, 0)) return Error{Errc::kInvalid, "the database is not in UTF8"};
    if (!fit.Boolean(0, 1))
      return Error{Errc::kInvalid,
                   "the server does not wait for the disk (fsync = off): it cannot keep a record"};
    ASSIGN_OR_RETURN(const bool there, HasSchema());
    if (there) return Error{Errc::kConflict, "the database holds a record already"};
    ASSIGN_OR_RETURN(ServerTransaction transaction, ServerTransaction::Begin(server_));
    RETURN_IF_ERROR(server_.Run(kSchema));
    return transaction.Commit();
  }

  Status CheckFormat() {
    ASSIGN_OR_RETURN(const bool there, HasSchema());
    if (!there) return Error{Errc::kNotFound, "the database holds no record"};
    ASSIGN_OR_RETURN(const Rows rows, Ask("SELECT name FROM lawbound.format", Values()));
    if (rows.size() == 1 && rows.Bytes(0, 0) == kFormat) return base::Ok();
    return Error{Errc::kInvalid,
                 fmt::format("the record is not of the format '{}' that this program writes", kFormat)};
  }

  Status Discard() {
    ASSIGN_OR_RETURN(const bool there, HasSchema());
    return there ? server_.Run("DROP SCHEMA lawbound CASCADE") : base::Ok();
  }

 private:
  Result<Rows> Ask(const char* sql, const Values& values) {
    Result<Rows> rows = server_.Ask(sql, values);
    if (rows.ok() || session_ != Session::kLatest || !server_.IsBroken()) return rows;
    RETURN_IF_ERROR(server_.Reconnect());
    return server_.Ask(sql, values);
  }
  Status Write(const char* sql, const Values& values) {
    const Result<Rows> done = server_.Ask(sql, values);
    return done.ok() ? base::Ok() : Status(done.error());
  }

  Result<bool> HasSchema() {
    ASSIGN_OR_RETURN(const Rows rows,
                     Ask("SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'lawbound')", Values()));
    return rows.Boolean(0, 0);
  }

  // Whether nobody looks at an older state of the record, or soon nobody does: a server needs a moment to see
  // that a reader is gone.
  Result<bool> WaitForReaders() {
    const auto end = std::chrono::steady_clock::now() + kLongestWaitForReaders;
    for (;;) {
      ASSIGN_OR_RETURN(const Rows readers,
                       Ask("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
                           "backend_xmin IS NOT NULL AND pid <> pg_backend_pid() AND "
                           "backend_type = 'client backend'",
                           Values()));
      if (readers.Integer(0, 0) == 0) return true;
      if (std::chrono::steady_clock::now() >= end) return false;
      std::this_thread::sleep_for(kBetweenTries);
    }
  }

  Status TakeWriterLock() {
    const auto end = std::chrono::steady_clock::now() + kLongestWaitForLock;
    for (;;) {
      ASSIGN_OR_RETURN(const Rows rows,
                       Ask("SELECT pg_try_advisory_lock($1::bigint)", Values().Add(kWriterLock)));
      if (rows.Boolean(0, 0)) return base::Ok();
      if (std::chrono::steady_clock::now() >= end)
        return Error{Errc::kConflict, "another program is writing to the record in this database"};
      std::this_thread::sleep_for(kBetweenTries);
    }
  }

  Status MoveHead(const Change& change) {
    ASSIGN_OR_RETURN(const Rows moved,
                     server_.Ask("UPDATE lawbound.head SET size = size + $1::bigint, root = $2::bytea, "
                                 "to_scrub = to_scrub OR $5::boolean "
                                 "WHERE size = $3::bigint AND root = $4::bytea",
                                 Values()
                                     .Add(static_cast<std::int64_t>(change.entries.size()))
                                     .Add(std::string_view(change.root))
                                     .Add(Signed(change.before.size))
                                     .Add(std::string_view(change.before.root))
                                     .Add(!change.erased.empty() || !change.erased_items.empty())));
    if (moved.Changed() == 1) return base::Ok();
    return Error{Errc::kConflict, "the record was changed by another writer"};
  }

  // One statement for each table that the change touches.
  Status AddRows(const Change& change) {
    if (!change.entries.empty()) {
      std::vector<std::int64_t> numbers;
      for (std::size_t i = 0; i < change.entries.size(); ++i)
        numbers.push_back(Signed(change.before.size + i));
      RETURN_IF_ERROR(Write("INSERT INTO lawbound.entry SELECT * FROM unnest($1::bigint[], $2::bytea[])",
                            Values().Add(numbers).AddBytes({change.entries.begin(), change.entries.end()})));
    }
    if (!change.tiles.empty()) {
      std::vector<std::int64_t> ids;
      for (const TileRow& tile : change.tiles) ids.push_back(TileKey(tile.level, tile.number));
      RETURN_IF_ERROR(Write("INSERT INTO lawbound.tile SELECT * FROM unnest($1::bigint[], $2::bytea[])",
                            Values().Add(ids).AddBytes(Strings(change.tiles, &TileRow::bytes))));
    }
    if (!change.requests.empty()) {
      RETURN_IF_ERROR(Write("INSERT INTO lawbound.request SELECT * FROM unnest($1::bytea[], $2::bigint[])",
                            Values()
                                .AddBytes(Strings(change.requests, &RequestRow::id))
                                .Add(Numbers(change.requests, &RequestRow::entry))));
    }
    if (!change.keys.empty()) {
      RETURN_IF_ERROR(
          Write("INSERT INTO lawbound.matter_key SELECT * FROM unnest($1::text[], $2::bytea[]) "
                "ON CONFLICT (matter) DO NOTHING",
                Values()
                    .AddTexts(Strings(change.keys, &KeyRow::matter))
                    .AddBytes(Strings(change.keys, &KeyRow::box))));
    }
    if (!change.openings.empty()) {
      std::vector<std::int64_t> sealed;
      for (const OpeningRow& row : change.openings) sealed.push_back(row.sealed ? 1 : 0);
      RETURN_IF_ERROR(
          Write("INSERT INTO lawbound.opening SELECT entry, name, matter, box, sealed = 1 "
                "FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bytea[], $5::bigint[]) "
                "AS given(entry, name, matter, box, sealed)",
                Values()
                    .Add(Numbers(change.openings, &OpeningRow::entry))
                    .AddTexts(Strings(change.openings, &OpeningRow::name))
                    .AddTexts(Strings(change.openings, &OpeningRow::matter))
                    .AddBytes(Strings(change.openings, &OpeningRow::box))
                    .Add(sealed)));
    }
    if (!change.measures.empty()) {
      RETURN_IF_ERROR(Write("INSERT INTO lawbound.measure SELECT * FROM unnest($1::bigint[], $2::bigint[])",
                            Values()
                                .Add(Numbers(change.measures, &MeasureRow::of))
                                .Add(Numbers(change.measures, &MeasureRow::by))));
    }
    if (change.items.empty()) return base::Ok();
    return Write(
        "INSERT INTO lawbound.item SELECT * "
        "FROM unnest($1::bytea[], $2::text[], $3::bigint[], $4::text[], $5::bytea[])",
        Values()
            .AddBytes(Strings(change.items, &ItemRow::id))
            .AddTexts(Strings(change.items, &ItemRow::matter))
            .Add(Numbers(change.items, &ItemRow::entry))
            .AddTexts(Strings(change.items, &ItemRow::address))
            .AddBytes(Strings(change.items, &ItemRow::box)));
  }

  Status EraseAndSeal(const Change& change) {
    std::set<std::string, std::less<>> touched;  // matters
    if (!change.erased.empty()) {
      ASSIGN_OR_RETURN(const Rows gone,
                       server_.Ask("DELETE FROM lawbound.opening AS had "
                                   "USING unnest($1::bigint[], $2::text[]) AS given(entry, name) "
                                   "WHERE had.entry = given.entry AND had.name = given.name RETURNING matter",
                                   Openings(change.erased)));
      RETURN_IF_ERROR(AllGone(gone, change.erased.size(), touched));
    }
    if (!change.erased_items.empty()) {
      ASSIGN_OR_RETURN(
          const Rows gone,
          server_.Ask("DELETE FROM lawbound.item WHERE id = ANY($1::bytea[]) RETURNING matter",
                      Values().AddBytes({change.erased_items.begin(), change.erased_items.end()})));
      RETURN_IF_ERROR(AllGone(gone, change.erased_items.size(), touched));
    }
    RETURN_IF_ERROR(SetSealed(change.sealed, true));
    RETURN_IF_ERROR(SetSealed(change.unsealed, false));
    if (touched.empty()) return base::Ok();
    // A matter of which nothing is left needs no key.
    return Write(
        "DELETE FROM lawbound.matter_key AS had WHERE matter = ANY($1::text[]) "
        "AND NOT EXISTS (SELECT 1 FROM lawbound.opening WHERE opening.matter = had.matter) "
        "AND NOT EXISTS (SELECT 1 FROM lawbound.item WHERE item.matter = had.matter)",
        Values().AddTexts({touched.begin(), touched.end()}));
  }

  static Values Openings(const std::vector<OpeningId>& ids) {
    return Values().Add(Numbers(ids, &OpeningId::entry)).AddTexts(Strings(ids, &OpeningId::name));
  }

  // A DELETE that gave the matter of each row.
  static Status AllGone(const Rows& gone, std::size_t count, std::set<std::string, std::less<>>& touched) {
    if (static_cast<std::size_t>(gone.size()) != count)
      return Error{Errc::kInvalid, "what is to be erased is not there"};
    for (int row = 0; row < gone.size(); ++row) touched.emplace(gone.Bytes(row, 0));
    return base::Ok();
  }

  Status SetSealed(const std::vector<OpeningId>& ids, bool sealed) {
    if (ids.empty()) return base::Ok();
    ASSIGN_OR_RETURN(const Rows changed,
                     server_.Ask("UPDATE lawbound.opening AS had SET sealed = $3::boolean "
                                 "FROM unnest($1::bigint[], $2::text[]) AS given(entry, name) "
                                 "WHERE had.entry = given.entry AND had.name = given.name",
                                 Openings(ids).Add(sealed)));
    if (static_cast<std::size_t>(changed.Changed()) == ids.size()) return base::Ok();
    return Error{Errc::kInvalid, "what is to be sealed or opened is not there"};
  }

  // A row that is there already is the caller's mistake, not another writer's change: the head has moved.
  static Status Whole(Status status) {
    if (status.ok() || status.error().code != Errc::kConflict) return status;
    return Error{Errc::kInvalid, status.error().message};
  }

  PostgresConnection server_;
  Session session_;
};

Result<std::unique_ptr<PostgresRecord>> Connect(const std::string& how, PostgresRecord::Session session) {
  ASSIGN_OR_RETURN(PostgresConnection server, PostgresConnection::Open(how));
  auto out = std::make_unique<PostgresRecord>(std::move(server), session);
  RETURN_IF_ERROR(out->Begin());
  return out;
}

}  // namespace

Result<std::unique_ptr<RecordStore>> OpenPostgresRecord(const std::string& how_to_connect, OpenHow how) {
  ASSIGN_OR_RETURN(std::unique_ptr<PostgresRecord> out,
                   Connect(how_to_connect, PostgresRecord::Session::kWriter));
  RETURN_IF_ERROR(how == OpenHow::kMake ? out->Make() : out->CheckFormat());
  return std::unique_ptr<RecordStore>(std::move(out));
}

Result<std::unique_ptr<RecordReader>> OpenPostgresReader(const std::string& how_to_connect, ReadHow how) {
  const auto session =
      how == ReadHow::kMoment ? PostgresRecord::Session::kMoment : PostgresRecord::Session::kLatest;
  ASSIGN_OR_RETURN(std::unique_ptr<PostgresRecord> out, Connect(how_to_connect, session));
  RETURN_IF_ERROR(out->CheckFormat());  // the first look at the rows: of kMoment, its moment
  return std::unique_ptr<RecordReader>(std::move(out));
}

Status DiscardPostgresRecord(const std::string& how_to_connect) {
  ASSIGN_OR_RETURN(const std::unique_ptr<PostgresRecord> out,
                   Connect(how_to_connect, PostgresRecord::Session::kWriter));
  return out->Discard();
}

}  // namespace lawbound::store
