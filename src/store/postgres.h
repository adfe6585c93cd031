// A connection to a PostgreSQL server: statements with parameters, in the server's binary form.
//
//   ASSIGN_OR_RETURN(PostgresConnection server, PostgresConnection::Open("dbname=ledger"));
//   ASSIGN_OR_RETURN(const PostgresRows rows,
//                    server.Ask("SELECT name FROM t WHERE id = $1", PostgresValues().Add(std::int64_t{7})));
//   for (int row = 0; row < rows.size(); ++row) use(rows.Bytes(row, 0));
//
// A connection belongs to one thread.  libpq is used as its documentation says; no other protocol is spoken.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct pg_conn;    // NOLINT(readability-identifier-naming): the library's name
struct pg_result;  // NOLINT(readability-identifier-naming): the library's name

namespace lawbound::store {

// The parameters $1, $2 ... of a statement, which must say the type of each ($1::bytea).
class PostgresValues {
 public:
  PostgresValues& Add(std::int64_t number);
  PostgresValues& Add(std::string_view bytes);  // bytea or text
  PostgresValues& Add(bool yes);
  PostgresValues& Add(const std::vector<std::int64_t>& numbers);
  // Arrays: bytea[] and text[] are told apart by the server.
  PostgresValues& AddBytes(const std::vector<std::string_view>& all);
  PostgresValues& AddTexts(const std::vector<std::string_view>& all);

 private:
  friend class PostgresConnection;
  PostgresValues& AddArray(std::uint32_t type, const std::vector<std::string_view>& all);
  std::vector<std::string> values_;
};

// Rows of an answer, all of them.
class PostgresRows {
 public:
  int size() const;
  // REQUIRES: the column is a bigint, boolean; bytea or text.  A view lives as long as this.
  std::int64_t Integer(int row, int column) const;
  bool Boolean(int row, int column) const;
  std::string_view Bytes(int row, int column) const;
  // Rows that the statement wrote.
  std::int64_t Changed() const;

 private:
  friend class PostgresConnection;
  struct Clear {
    void operator()(pg_result* result) const;
  };
  explicit PostgresRows(pg_result* result) : result_(result) {}
  std::unique_ptr<pg_result, Clear> result_;
};

class PostgresConnection {
 public:
  // `how` as libpq reads it.  kUnavailable: no server there, or it takes no connections; kNotFound: it has no
  // such database; kInvalid: it does not let us in, or `how` cannot be read.
  static base::Result<PostgresConnection> Open(const std::string& how);

  // One statement.  kConflict when a constraint forbids it; kUnavailable when the server is gone, is
  // stopping, is out of disk or waits for a lock too long; kCorrupt when it says that its files are damaged.
  base::Result<PostgresRows> Ask(const char* sql, const PostgresValues& values);
  base::Result<PostgresRows> Ask(const char* sql) { return Ask(sql, PostgresValues()); }
  // Several statements without parameters and without answers.
  base::Status Run(const char* sql);

  bool IsBroken() const;
  // A new connection in place of a broken one; what was set on the old one is gone.
  base::Status Reconnect();

 private:
  struct Close {
    void operator()(pg_conn* connection) const;
  };
  explicit PostgresConnection(pg_conn* connection) : connection_(connection) {}
  base::Status CheckOpen() const;

  std::unique_ptr<pg_conn, Close> connection_;
};

}  // namespace lawbound::store
