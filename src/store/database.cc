#include "store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace lawbound::store {
namespace {

base::Errc CodeOf(int result) {
  switch (result & 0xff) {
    case SQLITE_CONSTRAINT:
      return base::Errc::kConflict;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return base::Errc::kCorrupt;
    case SQLITE_CANTOPEN:
      return base::Errc::kNotFound;
    case SQLITE_TOOBIG:
      return base::Errc::kLimit;
    case SQLITE_ERROR:
    case SQLITE_RANGE:
    case SQLITE_MISUSE:
      return base::Errc::kInvalid;
    default:
      return base::Errc::kUnavailable;
  }
}

base::Error ErrorOf(sqlite3* database, int result) {
  return {CodeOf(result), database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(result)};
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

void Statement::Bind(int parameter, std::int64_t value) {
  CHECK(sqlite3_bind_int64(statement_.get(), parameter, value) == SQLITE_OK);
}

void Statement::Bind(int parameter, std::string_view value) {
  // A null pointer would be NULL, not the empty text.
  const char* bytes = value.data() == nullptr ? "" : value.data();
  CHECK(sqlite3_bind_text64(statement_.get(), parameter, bytes, value.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8) == SQLITE_OK);
}

void Statement::BindNull(int parameter) {
  CHECK(sqlite3_bind_null(statement_.get(), parameter) == SQLITE_OK);
}

void Statement::BindBlob(int parameter, std::string_view bytes) {
  const char* start = bytes.data() == nullptr ? "" : bytes.data();
  CHECK(sqlite3_bind_blob64(statement_.get(), parameter, start, bytes.size(), SQLITE_STATIC) == SQLITE_OK);
}

void Statement::Bind(int parameter, std::optional<std::int64_t> value) {
  if (value) {
    Bind(parameter, *value);
  } else {
    BindNull(parameter);
  }
}

base::Result<bool> Statement::Step() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) {
    Reset();
    return false;
  }
  base::Error error = ErrorOf(sqlite3_db_handle(statement_.get()), result);
  Reset();
  return error;
}

base::Status Statement::Run() {
  ASSIGN_OR_RETURN(const bool row, Step());
  if (row) Reset();
  return base::Ok();
}

// The result repeats the error of the last step, which Step has already given.
void Statement::Reset() { static_cast<void>(sqlite3_reset(statement_.get())); }

std::int64_t Statement::Integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }
double Statement::Real(int column) const { return sqlite3_column_double(statement_.get(), column); }

std::string_view Statement::Text(int column) const {
  const unsigned char* bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string_view Statement::Blob(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::optional<std::int64_t> Statement::OptionalInteger(int column) const {
  if (IsNull(column)) return std::nullopt;
  return Integer(column);
}

base::Result<Database> Database::Open(const std::string& path, Mode mode) {
  constexpr int kBusyMilliseconds = 5000;
  const int flags =
      (mode == Mode::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
      SQLITE_OPEN_NOMUTEX;
  sqlite3* raw = nullptr;
  const int result = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  Database database(raw);
  if (result != SQLITE_OK) return ErrorOf(raw, result).With(fmt::format("opening '{}'", path));
  sqlite3_busy_timeout(raw, kBusyMilliseconds);
  // The first read finds out whether the file is a database at all.
  base::Status first =
      database.Run("PRAGMA schema_version; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF");
  if (!first.ok()) return std::move(first).error().With(fmt::format("opening '{}'", path));
  return database;
}

base::Result<Statement> Database::Prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int result =
      sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  Statement statement(raw);
  if (result != SQLITE_OK) return ErrorOf(database_.get(), result).With(fmt::format("preparing '{}'", sql));
  return statement;
}

base::Status Database::Run(std::string_view sql) {
  const std::string text(sql);
  const int result = sqlite3_exec(database_.get(), text.c_str(), nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) return ErrorOf(database_.get(), result);
  return base::Ok();
}

std::int64_t Database::LastInserted() const { return sqlite3_last_insert_rowid(database_.get()); }

std::int64_t Database::ChangedRows() const { return sqlite3_changes64(database_.get()); }

base::Result<Transaction> Transaction::Begin(Database& database) {
  RETURN_IF_ERROR(database.Run("BEGIN IMMEDIATE"));
  return Transaction(database);
}

base::Status Transaction::Commit() {
  CHECK(database_ != nullptr);
  RETURN_IF_ERROR(database_->Run("COMMIT"));
  database_ = nullptr;
  return base::Ok();
}

Transaction::~Transaction() {
  if (database_ == nullptr) return;
  const base::Status undone = database_->Run("ROLLBACK");
  static_cast<void>(undone.ok());  // a failed commit may have rolled back already
}

}  // namespace lawbound::store
