// An embedded SQLite database: statements, and transactions that are whole or nothing.
//
//   ASSIGN_OR_RETURN(Database database, Database::Open(path, Database::Mode::kWrite));
//   ASSIGN_OR_RETURN(Statement find, database.Prepare("SELECT name FROM t WHERE id = ?"));
//   find.Bind(1, id);
//   ASSIGN_OR_RETURN(bool row, find.Step());
//   if (row) use(find.Text(0));
//
// A Database and its statements belong to one thread.  Statements must not outlive their Database.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;       // NOLINT(readability-identifier-naming): the library's name
struct sqlite3_stmt;  // NOLINT(readability-identifier-naming): the library's name

namespace lawbound::store {

class Statement {
 public:
  // Parameters count from 1.  A bound text is copied.  Binding goes on a statement that was reset.
  void Bind(int parameter, std::int64_t value);
  void Bind(int parameter, std::string_view value);
  void BindNull(int parameter);
  // Not copied: the bytes must stay until the statement is reset.
  void BindBlob(int parameter, std::string_view bytes);
  void Bind(int parameter, std::optional<std::int64_t> value);

  // True: a row is there.  False: no more, and the statement is reset.  kConflict when a constraint forbids
  // it, kUnavailable when the database is busy or the disk is full, kCorrupt when the file is damaged.
  base::Result<bool> Step();
  // Step, for what gives no rows; resets.
  base::Status Run();
  void Reset();

  // Columns count from 0.  A view holds until the next Step or Reset.
  std::int64_t Integer(int column) const;
  double Real(int column) const;
  std::string_view Text(int column) const;
  std::string_view Blob(int column) const;
  bool IsNull(int column) const;
  std::optional<std::int64_t> OptionalInteger(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
 public:
  enum class Mode : unsigned char { kRead, kWrite };

  // kWrite makes the file when there is none.  kNotFound, kUnavailable, kCorrupt (not a database).
  static base::Result<Database> Open(const std::string& path, Mode mode);

  base::Result<Statement> Prepare(std::string_view sql);
  // Runs statements that give no rows.
  base::Status Run(std::string_view sql);
  std::int64_t LastInserted() const;
  std::int64_t ChangedRows() const;  // by the last statement that changes rows

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit Database(sqlite3* database) : database_(database) {}
  std::unique_ptr<sqlite3, Close> database_;
};

// Everything until Commit happens wholly or not at all: without Commit it is undone at the end of the scope.
class Transaction {
 public:
  static base::Result<Transaction> Begin(Database& database);
  base::Status Commit();

  Transaction(Transaction&& other) noexcept : database_(other.database_) { other.database_ = nullptr; }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace lawbound::store
