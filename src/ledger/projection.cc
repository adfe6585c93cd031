#include "ledger/projection.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/file.h"
#include "ledger/tree.h"
#include "store/record_store.h"

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;
using store::Database;
using store::Statement;
using store::Transaction;

// What a projection says of itself.
struct Position {
  int version = 0;
  std::uint64_t size = 0;
  std::string root;
};

std::string PathOf(const Folder& folder, const Projection& projection) {
  return fmt::format("{}/projections/{}", folder.path(), projection.name());
}

Result<Database> OpenForWriting(const Folder& folder, const Projection& projection) {
  const std::string place = folder.path() + "/projections";
  std::error_code error;
  std::filesystem::create_directories(place, error);
  if (error)
    return Error{Errc::kUnavailable, fmt::format("cannot make the folder '{}': {}", place, error.message())};
  return Database::Open(PathOf(folder, projection), Database::Mode::kWrite);
}

// Nothing when it was never begun.  REQUIRES: within a transaction.
Result<std::optional<Position>> ReadPosition(Database& rows) {
  ASSIGN_OR_RETURN(Statement known, rows.Prepare("SELECT 1 FROM sqlite_schema WHERE name = 'position'"));
  ASSIGN_OR_RETURN(const bool begun, known.Step());
  if (!begun) return std::optional<Position>();
  known.Reset();
  ASSIGN_OR_RETURN(Statement read, rows.Prepare("SELECT version, size, root FROM position"));
  ASSIGN_OR_RETURN(const bool there, read.Step());
  if (!there) return Error{Errc::kCorrupt, "a projection does not say where it stands"};
  return std::optional(Position{static_cast<int>(read.Integer(0)),
                                static_cast<std::uint64_t>(read.Integer(1)), std::string(read.Blob(2))});
}

Status WritePosition(Database& rows, const Position& position) {
  ASSIGN_OR_RETURN(Statement write, rows.Prepare("UPDATE position SET version = ?, size = ?, root = ?"));
  write.Bind(1, std::int64_t{position.version});
  write.Bind(2, static_cast<std::int64_t>(position.size));
  write.BindBlob(3, position.root);
  return write.Run();
}

// Drops every table and makes those of the projection, empty.
Status Begin(Database& rows, const Projection& projection) {
  std::vector<std::string> names;
  ASSIGN_OR_RETURN(Statement tables, rows.Prepare("SELECT name FROM sqlite_schema WHERE type = 'table'"));
  for (;;) {
    ASSIGN_OR_RETURN(const bool more, tables.Step());
    if (!more) break;
    names.emplace_back(tables.Text(0));
  }
  for (const std::string& name : names) RETURN_IF_ERROR(rows.Run(fmt::format("DROP TABLE \"{}\"", name)));
  RETURN_IF_ERROR(rows.Run(projection.tables()));
  RETURN_IF_ERROR(
      rows.Run("CREATE TABLE position(version INTEGER NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL);"
               "INSERT INTO position VALUES (0, 0, x'')"));
  return WritePosition(rows, {projection.version(), 0, std::string(tlog::EmptyRoot().view())});
}

// Brings one projection up to date, a page in each transaction.
class Run {
 public:
  Run(Database rows, store::RecordReader& reader, Projection& projection)
      : rows_(std::move(rows)), reader_(reader), projection_(projection) {}

  Result<Projected> Finish(const ProjectHow& how) {
    ASSIGN_OR_RETURN(head_, reader_.ReadHead());
    RETURN_IF_ERROR(Start(how.rebuild));
    for (;;) {
      ASSIGN_OR_RETURN(const bool more, TakePage(how.page));
      if (how.progress) how.progress(done_.size, head_.size);
      if (!more) return done_;
    }
  }

 private:
  // Where it goes on; what does not belong to these entries is dropped.
  Status Start(bool rebuild) {
    ASSIGN_OR_RETURN(Transaction transaction, Transaction::Begin(rows_));
    ASSIGN_OR_RETURN(const std::optional<Position> position, ReadPosition(rows_));
    bool usable =
        position && !rebuild && position->version == projection_.version() && position->size <= head_.size;
    if (usable) {
      ASSIGN_OR_RETURN(edge_, EdgeAt(reader_, position->size));
      usable = edge_.Root().view() == position->root;
    }
    done_.rebuilt = position.has_value() && !usable;
    if (!usable) {
      RETURN_IF_ERROR(Begin(rows_, projection_));
      edge_ = {};
    }
    done_.from = done_.size = edge_.size();
    return transaction.Commit();
  }

  // False: nothing is left to take.
  Result<bool> TakePage(std::uint64_t count) {
    ASSIGN_OR_RETURN(Transaction transaction, Transaction::Begin(rows_));
    ASSIGN_OR_RETURN(const std::optional<Position> position, ReadPosition(rows_));
    if (!position) return Error{Errc::kConflict, "the projection was dropped meanwhile"};
    if (position->size != edge_.size()) {  // another program took some, or began anew
      ASSIGN_OR_RETURN(edge_, EdgeAt(reader_, std::min(position->size, head_.size)));
      done_.size = edge_.size();
    }
    if (position->size >= head_.size) {
      if (head_.size > 0 && edge_.Root().view() != head_.root && position->size == head_.size)
        return Error{Errc::kCorrupt, "the entries do not hash to the root of the record"};
      return false;
    }
    ASSIGN_OR_RETURN(const std::vector<std::string> entries,
                     reader_.ReadEntries(edge_.size(), std::min(count, head_.size - edge_.size())));
    if (entries.empty()) return Error{Errc::kCorrupt, fmt::format("entry {} is missing", edge_.size())};
    for (const std::string& bytes : entries) {
      const std::uint64_t number = edge_.size();
      std::vector<tlog::Tile> full;
      edge_.Append(tlog::LeafHash(bytes), full);
      const Result<tlog::Entry> entry = tlog::ParseEntry(bytes);
      if (entry.ok()) RETURN_IF_ERROR(projection_.Take(rows_, number, entry.value()));
    }
    RETURN_IF_ERROR(
        WritePosition(rows_, {projection_.version(), edge_.size(), std::string(edge_.Root().view())}));
    RETURN_IF_ERROR(transaction.Commit());
    done_.size = edge_.size();
    return true;
  }

  Database rows_;
  store::RecordReader& reader_;
  Projection& projection_;
  store::RecordHead head_;
  tlog::TileEdge edge_;  // of the entries that are in it
  Projected done_;
};

std::string FactOf(const tlog::Entry& entry, std::string_view name) {
  const std::string* value = entry.FindFact(name);
  return value == nullptr ? std::string() : *value;
}

}  // namespace

Result<Projected> Project(const Folder& folder, Projection& projection, const ProjectHow& how) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(folder.place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(Database rows, OpenForWriting(folder, projection));
  return Run(std::move(rows), *reader, projection).Finish(how);
}

Result<Database> OpenProjection(const Folder& folder, const Projection& projection) {
  const std::string path = PathOf(folder, projection);
  if (!base::Exists(path))
    return Error{Errc::kNotFound, fmt::format("the projection '{}' was never made", projection.name())};
  return Database::Open(path, Database::Mode::kRead);
}

std::string_view Figures::tables() const {
  return "CREATE TABLE figures(month TEXT NOT NULL, office TEXT NOT NULL, act TEXT NOT NULL, verdict TEXT "
         "NOT NULL,"
         " acts INTEGER NOT NULL, PRIMARY KEY (month, office, act, verdict)) WITHOUT ROWID";
}

Status Figures::Take(Database& rows, std::uint64_t /*number*/, const tlog::Entry& entry) {
  if (tlog::KindOf(entry) != tlog::EntryKind::kAct) return base::Ok();
  ASSIGN_OR_RETURN(Statement add, rows.Prepare("INSERT INTO figures VALUES (?, ?, ?, ?, 1)"
                                               " ON CONFLICT DO UPDATE SET acts = acts + 1"));
  add.Bind(1, FactOf(entry, "day").substr(0, 7));
  add.Bind(2, FactOf(entry, "office"));
  add.Bind(3, FactOf(entry, "act"));
  add.Bind(4, FactOf(entry, "verdict"));
  return add.Run();
}

std::string_view Matters::tables() const {
  return "CREATE TABLE matters(matter TEXT NOT NULL, entry INTEGER NOT NULL, kind TEXT NOT NULL, day TEXT "
         "NOT NULL,"
         " PRIMARY KEY (matter, entry)) WITHOUT ROWID";
}

Status Matters::Take(Database& rows, std::uint64_t number, const tlog::Entry& entry) {
  const std::string matter = FactOf(entry, "matter");
  if (matter.empty()) return base::Ok();
  ASSIGN_OR_RETURN(Statement add, rows.Prepare("INSERT INTO matters VALUES (?, ?, ?, ?)"));
  add.Bind(1, matter);
  add.Bind(2, static_cast<std::int64_t>(number));
  add.Bind(3, entry.kind);
  add.Bind(4, FactOf(entry, "day"));
  return add.Run();
}

}  // namespace lawbound::ledger
