#include "store/sqlite_record.h"

#include <deque>
#include <filesystem>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "base/file.h"
#include "store/database.h"

namespace lawbound::store {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::string_view kFormat = "lawbound record 1";

// docs/formats/ledger-store.md tells what each table is for.  A tile's id is its level in the highest eight
// bits and its number below, so that tiles lie in one table of plain rows.
constexpr std::string_view kSchema = R"sql(
CREATE TABLE format(name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE head(one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, root BLOB NOT NULL);
CREATE TABLE entry(number INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE tile(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE request(id BLOB PRIMARY KEY, entry INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE opening(entry INTEGER NOT NULL, name TEXT NOT NULL, matter TEXT NOT NULL, box BLOB NOT NULL,
  sealed INTEGER NOT NULL, PRIMARY KEY(entry, name)) WITHOUT ROWID;
CREATE INDEX opening_matter ON opening(matter);
CREATE TABLE measure(of INTEGER NOT NULL, by INTEGER NOT NULL, PRIMARY KEY(of, by)) WITHOUT ROWID;
CREATE TABLE matter_key(matter TEXT PRIMARY KEY, box BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE item(id BLOB PRIMARY KEY, matter TEXT NOT NULL, entry INTEGER NOT NULL, address TEXT NOT NULL,
  box BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX item_matter ON item(matter);
CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, note TEXT NOT NULL);
INSERT INTO head VALUES(1, 0, x'');
)sql";

constexpr unsigned kTileNumberBits = 56;

std::int64_t Signed(std::uint64_t number) { return static_cast<std::int64_t>(number); }
std::uint64_t Unsigned(std::int64_t number) { return static_cast<std::uint64_t>(number); }
std::int64_t TileKey(unsigned level, std::uint64_t number) {
  return Signed(std::uint64_t{level} << kTileNumberBits | number);
}

// Every row of a statement, read by `read`.
template <typename Row, typename Read>
Result<std::vector<Row>> AllRows(Statement& statement, const Read& read) {
  std::vector<Row> out;
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, statement.Step());
    if (!row) return out;
    out.push_back(read(statement));
  }
}

OpeningRow ReadOpening(const Statement& row) {
  return {Unsigned(row.Integer(0)), std::string(row.Text(1)), std::string(row.Text(2)),
          std::string(row.Blob(3)), row.Integer(4) != 0};
}

ItemRow ReadItemRow(const Statement& row) {
  return {std::string(row.Blob(0)), std::string(row.Text(1)), Unsigned(row.Integer(2)),
          std::string(row.Text(3)), std::string(row.Blob(4))};
}

// Statements that are prepared once and used for each row.
class Prepared {
 public:
  Result<Statement*> Get(Database& database, const char* sql) {
    for (auto& [text, statement] : statements_) {
      if (text == sql) return &statement;
    }
    ASSIGN_OR_RETURN(Statement made, database.Prepare(sql));
    statements_.emplace_back(sql, std::move(made));
    return &statements_.back().second;
  }

 private:
  std::deque<std::pair<const char*, Statement>> statements_;  // few; compared by address; they stay in place
};

class SqliteRecord final : public RecordStore {
 public:
  SqliteRecord(Database database) : database_(std::move(database)) {}

  Result<RecordHead> ReadHead() override {
    ASSIGN_OR_RETURN(Statement find, database_.Prepare("SELECT size, root FROM head"));
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return Error{Errc::kCorrupt, "the record has no head"};
    return RecordHead{Unsigned(find.Integer(0)), std::string(find.Blob(1))};
  }

  Result<std::vector<std::string>> ReadEntries(std::uint64_t first, std::uint64_t count) override {
    ASSIGN_OR_RETURN(
        Statement find,
        database_.Prepare("SELECT number, bytes FROM entry WHERE number >= ? ORDER BY number LIMIT ?"));
    find.Bind(1, Signed(first));
    find.Bind(2, Signed(count));
    std::vector<std::string> out;
    for (;;) {
      ASSIGN_OR_RETURN(const bool row, find.Step());
      if (!row) return out;
      if (Unsigned(find.Integer(0)) != first + out.size())
        return Error{Errc::kCorrupt, fmt::format("entry {} is missing", first + out.size())};
      out.emplace_back(find.Blob(1));
    }
  }

  Result<std::string> ReadTile(unsigned level, std::uint64_t number) override {
    ASSIGN_OR_RETURN(Statement find, database_.Prepare("SELECT bytes FROM tile WHERE id = ?"));
    find.Bind(1, TileKey(level, number));
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return Error{Errc::kNotFound, fmt::format("there is no tile {} of level {}", number, level)};
    return std::string(find.Blob(0));
  }

  Result<std::optional<std::uint64_t>> FindRequest(std::string_view id) override {
    ASSIGN_OR_RETURN(Statement * find, Use("SELECT entry FROM request WHERE id = ?"));
    find->BindBlob(1, id);
    ASSIGN_OR_RETURN(const bool row, find->Step());
    if (!row) return std::optional<std::uint64_t>();
    const std::uint64_t entry = Unsigned(find->Integer(0));
    find->Reset();
    return std::optional<std::uint64_t>(entry);
  }

  Result<std::vector<OpeningRow>> ReadOpenings(std::uint64_t entry) override {
    ASSIGN_OR_RETURN(
        Statement find,
        database_.Prepare(
            "SELECT entry, name, matter, box, sealed FROM opening WHERE entry = ? ORDER BY name"));
    find.Bind(1, Signed(entry));
    return AllRows<OpeningRow>(find, ReadOpening);
  }

  Result<std::vector<std::uint64_t>> ReadMeasures(std::uint64_t of) override {
    ASSIGN_OR_RETURN(Statement find, database_.Prepare("SELECT by FROM measure WHERE of = ? ORDER BY by"));
    find.Bind(1, Signed(of));
    return AllRows<std::uint64_t>(find, [](const Statement& row) { return Unsigned(row.Integer(0)); });
  }

  Result<std::optional<std::string>> ReadKey(std::string_view matter) override {
    ASSIGN_OR_RETURN(Statement * find, Use("SELECT box FROM matter_key WHERE matter = ?"));
    find->Bind(1, matter);
    ASSIGN_OR_RETURN(const bool row, find->Step());
    if (!row) return std::optional<std::string>();
    std::optional<std::string> box(find->Blob(0));
    find->Reset();
    return box;
  }

  Result<std::vector<ItemRow>> ReadItems(std::string_view matter) override {
    ASSIGN_OR_RETURN(
        Statement find,
        database_.Prepare("SELECT id, matter, entry, address, box FROM item WHERE matter = ? ORDER BY id"));
    find.Bind(1, matter);
    return AllRows<ItemRow>(find, ReadItemRow);
  }

  Result<std::optional<ItemRow>> ReadItem(std::string_view id) override {
    ASSIGN_OR_RETURN(Statement find,
                     database_.Prepare("SELECT id, matter, entry, address, box FROM item WHERE id = ?"));
    find.BindBlob(1, id);
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return std::optional<ItemRow>();
    return std::optional<ItemRow>(ReadItemRow(find));
  }

  Result<std::optional<CheckpointRow>> LastCheckpoint() override {
    ASSIGN_OR_RETURN(Statement find,
                     database_.Prepare("SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1"));
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return std::optional<CheckpointRow>();
    return std::optional<CheckpointRow>({Unsigned(find.Integer(0)), std::string(find.Text(1))});
  }

  Result<std::vector<TileRow>> TilesAfter(std::optional<TileRow> last, std::uint64_t count) override {
    ASSIGN_OR_RETURN(Statement find,
                     database_.Prepare("SELECT id, bytes FROM tile WHERE id > ? ORDER BY id LIMIT ?"));
    find.Bind(1, last ? TileKey(last->level, last->number) : -1);
    find.Bind(2, Signed(count));
    return AllRows<TileRow>(find, [](const Statement& row) {
      const std::uint64_t id = Unsigned(row.Integer(0));
      return TileRow{static_cast<unsigned>(id >> kTileNumberBits),
                     id & ((std::uint64_t{1} << kTileNumberBits) - 1), std::string(row.Blob(1))};
    });
  }

  Result<std::vector<RequestRow>> RequestsAfter(std::string_view id, std::uint64_t count) override {
    ASSIGN_OR_RETURN(Statement find,
                     database_.Prepare("SELECT id, entry FROM request WHERE id > ? ORDER BY id LIMIT ?"));
    find.BindBlob(1, id);
    find.Bind(2, Signed(count));
    return AllRows<RequestRow>(find, [](const Statement& row) {
      return RequestRow{std::string(row.Blob(0)), Unsigned(row.Integer(1))};
    });
  }

  Result<std::vector<OpeningRow>> OpeningsAfter(std::optional<OpeningId> last, std::uint64_t count) override {
    ASSIGN_OR_RETURN(Statement find,
                     database_.Prepare("SELECT entry, name, matter, box, sealed FROM opening "
                                       "WHERE (entry, name) > (?, ?) ORDER BY entry, name LIMIT ?"));
    find.Bind(1, last ? Signed(last->entry) : -1);
    find.Bind(2, last ? std::string_view(last->name) : std::string_view());
    find.Bind(3, Signed(count));
    return AllRows<OpeningRow>(find, ReadOpening);
  }

  Result<std::vector<MeasureRow>> MeasuresAfter(std::optional<MeasureRow> last,
                                                std::uint64_t count) override {
    ASSIGN_OR_RETURN(
        Statement find,
        database_.Prepare("SELECT of, by FROM measure WHERE (of, by) > (?, ?) ORDER BY of, by LIMIT ?"));
    find.Bind(1, last ? Signed(last->of) : -1);
    find.Bind(2, last ? Signed(last->by) : -1);
    find.Bind(3, Signed(count));
    return AllRows<MeasureRow>(find, [](const Statement& row) {
      return MeasureRow{Unsigned(row.Integer(0)), Unsigned(row.Integer(1))};
    });
  }

  Result<std::vector<KeyRow>> KeysAfter(std::string_view matter, std::uint64_t count) override {
    ASSIGN_OR_RETURN(
        Statement find,
        database_.Prepare("SELECT matter, box FROM matter_key WHERE matter > ? ORDER BY matter LIMIT ?"));
    find.Bind(1, matter);
    find.Bind(2, Signed(count));
    return AllRows<KeyRow>(find, [](const Statement& row) {
      return KeyRow{std::string(row.Text(0)), std::string(row.Blob(1))};
    });
  }

  Result<std::vector<ItemRow>> ItemsAfter(std::string_view id, std::uint64_t count) override {
    ASSIGN_OR_RETURN(
        Statement find,
        database_.Prepare(
            "SELECT id, matter, entry, address, box FROM item WHERE id > ? ORDER BY id LIMIT ?"));
    find.BindBlob(1, id);
    find.Bind(2, Signed(count));
    return AllRows<ItemRow>(find, ReadItemRow);
  }

  Result<std::vector<CheckpointRow>> CheckpointsAfter(std::optional<std::uint64_t> size,
                                                      std::uint64_t count) override {
    ASSIGN_OR_RETURN(
        Statement find,
        database_.Prepare("SELECT size, note FROM checkpoint WHERE size > ? ORDER BY size LIMIT ?"));
    find.Bind(1, size ? Signed(*size) : -1);
    find.Bind(2, Signed(count));
    return AllRows<CheckpointRow>(find, [](const Statement& row) {
      return CheckpointRow{Unsigned(row.Integer(0)), std::string(row.Text(1))};
    });
  }

  Status Commit(const Change& change) override {
    ASSIGN_OR_RETURN(Transaction transaction, Transaction::Begin(database_));
    RETURN_IF_ERROR(MoveHead(change));
    RETURN_IF_ERROR(AddEntries(change));
    RETURN_IF_ERROR(AddRows(change));
    RETURN_IF_ERROR(EraseAndSeal(change));
    return transaction.Commit();
  }

  Status KeepCheckpoint(const CheckpointRow& checkpoint) override {
    ASSIGN_OR_RETURN(Statement * add, Use("INSERT OR REPLACE INTO checkpoint VALUES(?, ?)"));
    add->Bind(1, Signed(checkpoint.size));
    add->Bind(2, std::string_view(checkpoint.note));
    return add->Run();
  }

  Status ReplaceKeys(const std::vector<KeyRow>& keys) override {
    ASSIGN_OR_RETURN(Transaction transaction, Transaction::Begin(database_));
    for (const KeyRow& key : keys) {
      ASSIGN_OR_RETURN(Statement * change, Use("UPDATE matter_key SET box = ? WHERE matter = ?"));
      change->BindBlob(1, key.box);
      change->Bind(2, std::string_view(key.matter));
      RETURN_IF_ERROR(change->Run());
    }
    return transaction.Commit();
  }

  // The pages were overwritten when the rows went (secure_delete); older images of them are in the log of
  // writes until it is emptied.
  Status Scrub() override {
    ASSIGN_OR_RETURN(Statement empty, database_.Prepare("PRAGMA wal_checkpoint(TRUNCATE)"));
    ASSIGN_OR_RETURN(const bool row, empty.Step());
    if (!row || empty.Integer(0) != 0) {
      return Error{Errc::kUnavailable,
                   "a reader is still looking at the record as it was before; what was erased is on the disk "
                   "until it is done"};
    }
    return base::Ok();
  }

  static Status Prepare(Database& database, OpenHow how) {
    // A commit is one sync of the log of writes.  That is carried over every 32 MiB: a page that many acts
    // change (requests lie at random) is then written once for them all, and 64 MiB of pages stay in memory.
    RETURN_IF_ERROR(
        database.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; "
                     "PRAGMA wal_autocheckpoint = 8192; PRAGMA cache_size = -65536"));
    if (how == OpenHow::kExist) return CheckFormat(database);
    ASSIGN_OR_RETURN(Transaction transaction, Transaction::Begin(database));
    RETURN_IF_ERROR(database.Run(kSchema));
    ASSIGN_OR_RETURN(Statement format, database.Prepare("INSERT INTO format VALUES(?)"));
    format.Bind(1, kFormat);
    RETURN_IF_ERROR(format.Run());
    return transaction.Commit();
  }

  static Status CheckFormat(Database& database) {
    Result<Statement> find = database.Prepare("SELECT name FROM format");
    if (!find.ok()) return Error{Errc::kCorrupt, "the file is not a record"};
    ASSIGN_OR_RETURN(const bool row, find.value().Step());
    if (!row || find.value().Text(0) != kFormat) {
      return Error{Errc::kInvalid,
                   fmt::format("the record is not of the format '{}' that this program writes", kFormat)};
    }
    return base::Ok();
  }

 private:
  Result<Statement*> Use(const char* sql) { return prepared_.Get(database_, sql); }

  Status MoveHead(const Change& change) {
    ASSIGN_OR_RETURN(Statement * move,
                     Use("UPDATE head SET size = size + ?, root = ? WHERE size = ? AND root = ?"));
    move->Bind(1, static_cast<std::int64_t>(change.entries.size()));
    move->BindBlob(2, change.root);
    move->Bind(3, Signed(change.before.size));
    move->BindBlob(4, change.before.root);
    RETURN_IF_ERROR(move->Run());
    if (database_.ChangedRows() == 1) return base::Ok();
    return Error{Errc::kConflict, "the record was changed by another writer"};
  }

  Status AddEntries(const Change& change) {
    ASSIGN_OR_RETURN(Statement * add, Use("INSERT INTO entry VALUES(?, ?)"));
    for (std::size_t i = 0; i < change.entries.size(); ++i) {
      add->Bind(1, Signed(change.before.size + i));
      add->BindBlob(2, change.entries[i]);
      RETURN_IF_ERROR(Whole(add->Run()));
    }
    ASSIGN_OR_RETURN(Statement * tile, Use("INSERT INTO tile VALUES(?, ?)"));
    for (const TileRow& row : change.tiles) {
      tile->Bind(1, TileKey(row.level, row.number));
      tile->BindBlob(2, row.bytes);
      RETURN_IF_ERROR(Whole(tile->Run()));
    }
    return base::Ok();
  }

  Status AddRows(const Change& change) {
    ASSIGN_OR_RETURN(Statement * request, Use("INSERT INTO request VALUES(?, ?)"));
    for (const RequestRow& row : change.requests) {
      request->BindBlob(1, row.id);
      request->Bind(2, Signed(row.entry));
      RETURN_IF_ERROR(Whole(request->Run()));
    }
    ASSIGN_OR_RETURN(Statement * key, Use("INSERT OR IGNORE INTO matter_key VALUES(?, ?)"));
    for (const KeyRow& row : change.keys) {
      key->Bind(1, std::string_view(row.matter));
      key->BindBlob(2, row.box);
      RETURN_IF_ERROR(Whole(key->Run()));
    }
    ASSIGN_OR_RETURN(Statement * opening, Use("INSERT INTO opening VALUES(?, ?, ?, ?, ?)"));
    for (const OpeningRow& row : change.openings) {
      opening->Bind(1, Signed(row.entry));
      opening->Bind(2, std::string_view(row.name));
      opening->Bind(3, std::string_view(row.matter));
      opening->BindBlob(4, row.box);
      opening->Bind(5, std::int64_t{row.sealed});
      RETURN_IF_ERROR(Whole(opening->Run()));
    }
    ASSIGN_OR_RETURN(Statement * measure, Use("INSERT INTO measure VALUES(?, ?)"));
    for (const MeasureRow& row : change.measures) {
      measure->Bind(1, Signed(row.of));
      measure->Bind(2, Signed(row.by));
      RETURN_IF_ERROR(Whole(measure->Run()));
    }
    ASSIGN_OR_RETURN(Statement * item, Use("INSERT INTO item VALUES(?, ?, ?, ?, ?)"));
    for (const ItemRow& row : change.items) {
      item->BindBlob(1, row.id);
      item->Bind(2, std::string_view(row.matter));
      item->Bind(3, Signed(row.entry));
      item->Bind(4, std::string_view(row.address));
      item->BindBlob(5, row.box);
      RETURN_IF_ERROR(Whole(item->Run()));
    }
    return base::Ok();
  }

  Status EraseAndSeal(const Change& change) {
    std::set<std::string> touched;  // matters
    for (const OpeningId& id : change.erased) {
      ASSIGN_OR_RETURN(Statement * erase,
                       Use("DELETE FROM opening WHERE entry = ? AND name = ? RETURNING matter"));
      erase->Bind(1, Signed(id.entry));
      erase->Bind(2, std::string_view(id.name));
      RETURN_IF_ERROR(EraseOne(*erase, touched));
    }
    for (const std::string& id : change.erased_items) {
      ASSIGN_OR_RETURN(Statement * erase, Use("DELETE FROM item WHERE id = ? RETURNING matter"));
      erase->BindBlob(1, id);
      RETURN_IF_ERROR(EraseOne(*erase, touched));
    }
    for (const OpeningId& id : change.sealed) RETURN_IF_ERROR(SetSealed(id, true));
    for (const OpeningId& id : change.unsealed) RETURN_IF_ERROR(SetSealed(id, false));
    // A matter of which nothing is left needs no key.
    for (const std::string& matter : touched) {
      ASSIGN_OR_RETURN(Statement * drop, Use("DELETE FROM matter_key WHERE matter = ?1 "
                                             "AND NOT EXISTS (SELECT 1 FROM opening WHERE matter = ?1) "
                                             "AND NOT EXISTS (SELECT 1 FROM item WHERE matter = ?1)"));
      drop->Bind(1, std::string_view(matter));
      RETURN_IF_ERROR(drop->Run());
    }
    return base::Ok();
  }

  // A DELETE that gives the matter of its row.
  Status EraseOne(Statement& erase, std::set<std::string>& touched) {
    ASSIGN_OR_RETURN(const bool row, erase.Step());
    if (!row) return Error{Errc::kInvalid, "what is to be erased is not there"};
    touched.emplace(erase.Text(0));
    erase.Reset();
    return base::Ok();
  }

  Status SetSealed(const OpeningId& id, bool sealed) {
    ASSIGN_OR_RETURN(Statement * change, Use("UPDATE opening SET sealed = ? WHERE entry = ? AND name = ?"));
    change->Bind(1, std::int64_t{sealed});
    change->Bind(2, Signed(id.entry));
    change->Bind(3, std::string_view(id.name));
    RETURN_IF_ERROR(change->Run());
    if (database_.ChangedRows() == 1) return base::Ok();
    return Error{Errc::kInvalid, fmt::format("entry {} holds no field '{}'", id.entry, id.name)};
  }

  // A row that is there already is the caller's mistake, not another writer's change: the head has moved.
  static Status Whole(Status status) {
    if (status.ok() || status.error().code != Errc::kConflict) return status;
    return Error{Errc::kInvalid, status.error().message};
  }

  Database database_;
  Prepared prepared_;
};

}  // namespace

Result<std::unique_ptr<RecordStore>> OpenSqliteRecord(const std::string& path, OpenHow how) {
  const bool there = base::Exists(path);
  if (how == OpenHow::kMake && there) return Error{Errc::kConflict, fmt::format("'{}' exists already", path)};
  if (how == OpenHow::kExist && !there) return Error{Errc::kNotFound, fmt::format("there is no '{}'", path)};
  ASSIGN_OR_RETURN(Database database, Database::Open(path, Database::Mode::kWrite));
  Status prepared = SqliteRecord::Prepare(database, how);
  if (!prepared.ok()) return std::move(prepared).error().With(fmt::format("opening '{}'", path));
  return std::unique_ptr<RecordStore>(std::make_unique<SqliteRecord>(std::move(database)));
}

Status DiscardSqliteRecord(const std::string& path) {
  for (const char* end : {"", "-wal", "-shm"}) {
    std::error_code error;
    std::filesystem::remove(path + end, error);
    if (error)
      return Error{Errc::kUnavailable, fmt::format("cannot remove '{}{}': {}", path, end, error.message())};
  }
  return base::Ok();
}

Result<std::unique_ptr<RecordReader>> OpenSqliteReader(const std::string& path, ReadHow how) {
  ASSIGN_OR_RETURN(Database database, Database::Open(path, Database::Mode::kRead));
  RETURN_IF_ERROR(SqliteRecord::CheckFormat(database));
  // A transaction keeps the moment of its first read.
  if (how == ReadHow::kMoment) RETURN_IF_ERROR(database.Run("BEGIN; SELECT size FROM head"));
  return std::unique_ptr<RecordReader>(std::make_unique<SqliteRecord>(std::move(database)));
}

}  // namespace lawbound::store
