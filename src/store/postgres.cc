#include "store/postgres.h"

#include <charconv>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <limits>

namespace lawbound::store {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

// The server's numbers for types, which never change (its pg_type.dat).
constexpr std::uint32_t kByteaType = 17;
constexpr std::uint32_t kBigintType = 20;
constexpr std::uint32_t kTextType = 25;

constexpr int kBinary = 1;

template <typename Number>
std::string BigEndian(Number number) {
  std::string out(sizeof(Number), '\0');
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    out[i] = static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * (sizeof(Number) - 1 - i)) & 0xff);
  return out;
}

// The server ends its messages with a line feed, and may write several lines.
std::string FirstLine(const char* message) {
  const std::string_view text = message == nullptr ? "" : message;
  return std::string(text.substr(0, text.find('\n')));
}

// SQLSTATE: the first two characters are the class.
Errc CodeOf(std::string_view state) {
  const std::string_view kind = state.substr(0, 2);
  if (kind == "23") return Errc::kConflict;
  if (state == "3D000" || state == "3F000" || state == "42P01") return Errc::kNotFound;
  if (kind == "XX") return Errc::kCorrupt;
  if (kind == "22" || kind == "42" || kind == "28" || kind == "0A") return Errc::kInvalid;
  return Errc::kUnavailable;  // the connection, the disk, a lock, a shutdown: 08, 53, 55, 57, 58, 40, 25
}

}  // namespace

PostgresValues& PostgresValues::Add(std::int64_t number) {
  values_.push_back(BigEndian(number));
  return *this;
}

PostgresValues& PostgresValues::Add(std::string_view bytes) {
  values_.emplace_back(bytes);
  return *this;
}

PostgresValues& PostgresValues::Add(bool yes) {
  values_.emplace_back(1, yes ? '\1' : '\0');
  return *this;
}

PostgresValues& PostgresValues::Add(const std::vector<std::int64_t>& numbers) {
  std::vector<std::string> bytes;
  bytes.reserve(numbers.size());
  for (const std::int64_t number : numbers) bytes.push_back(BigEndian(number));
  return AddArray(kBigintType, {bytes.begin(), bytes.end()});
}

PostgresValues& PostgresValues::AddBytes(const std::vector<std::string_view>& all) {
  return AddArray(kByteaType, all);
}

PostgresValues& PostgresValues::AddTexts(const std::vector<std::string_view>& all) {
  return AddArray(kTextType, all);
}

// array_recv of the server: dimensions, has nulls, type, then length and lower bound of each dimension.
PostgresValues& PostgresValues::AddArray(std::uint32_t type, const std::vector<std::string_view>& all) {
  std::string out = BigEndian(std::int32_t{1}) + BigEndian(std::int32_t{0}) + BigEndian(type) +
                    BigEndian(static_cast<std::int32_t>(all.size())) + BigEndian(std::int32_t{1});
  for (const std::string_view one : all) {
    out += BigEndian(static_cast<std::int32_t>(one.size()));
    out += one;
  }
  values_.push_back(std::move(out));
  return *this;
}

void PostgresRows::Clear::operator()(pg_result* result) const { PQclear(result); }

int PostgresRows::size() const { return PQntuples(result_.get()); }

std::string_view PostgresRows::Bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

std::int64_t PostgresRows::Integer(int row, int column) const {
  const std::string_view bytes = Bytes(row, column);
  CHECK(bytes.size() == sizeof(std::int64_t));
  std::uint64_t out = 0;
  for (const char byte : bytes) out = out << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(out);
}

bool PostgresRows::Boolean(int row, int column) const {
  return Bytes(row, column) == std::string_view("\1", 1);
}

std::int64_t PostgresRows::Changed() const {
  const std::string_view text = PQcmdTuples(result_.get());
  std::int64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

void PostgresConnection::Close::operator()(pg_conn* connection) const { PQfinish(connection); }

Result<PostgresConnection> PostgresConnection::Open(const std::string& how) {
  char* wrong = nullptr;
  PQconninfoOption* options = PQconninfoParse(how.c_str(), &wrong);
  if (options == nullptr) {
    const std::string why = FirstLine(wrong);
    PQfreemem(wrong);
    return Error{Errc::kInvalid, fmt::format("'{}' does not say how to reach a server: {}", how, why)};
  }
  PQconninfoFree(options);
  // What stands later counts: the user may change the first two.
  const char* const names[] = {"connect_timeout", "application_name", "dbname", "client_encoding", nullptr};
  const char* const values[] = {"10", "lawbound", how.c_str(), "UTF8", nullptr};
  constexpr int kExpandDbname = 1;
  PostgresConnection out(PQconnectdbParams(names, values, kExpandDbname));
  CHECK(out.connection_ != nullptr);
  RETURN_IF_ERROR(out.CheckOpen());
  PQsetNoticeProcessor(
      out.connection_.get(), [](void*, const char*) {}, nullptr);
  return out;
}

Status PostgresConnection::CheckOpen() const {
  if (PQstatus(connection_.get()) == CONNECTION_OK) return base::Ok();
  const std::string why = FirstLine(PQerrorMessage(connection_.get()));
  // A failed connection has no SQLSTATE: the words of the server are all there is.
  const auto says = [&](std::string_view words) { return why.find(words) != std::string::npos; };
  if (says("database \"") && says("does not exist")) return Error{Errc::kNotFound, why};
  if (says("authentication failed") || says("role \"") || says("no pg_hba.conf entry"))
    return Error{Errc::kInvalid, why};
  return Error{Errc::kUnavailable, why};
}

bool PostgresConnection::IsBroken() const { return PQstatus(connection_.get()) != CONNECTION_OK; }

Status PostgresConnection::Reconnect() {
  PQreset(connection_.get());
  return CheckOpen();
}

Result<PostgresRows> PostgresConnection::Ask(const char* sql, const PostgresValues& values) {
  std::vector<const char*> bytes;
  std::vector<int> lengths;
  for (const std::string& value : values.values_) {
    if (value.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
      return Error{Errc::kLimit, "more than two gigabytes in one statement"};
    bytes.push_back(value.c_str());
    lengths.push_back(static_cast<int>(value.size()));
  }
  const std::vector<int> formats(bytes.size(), kBinary);
  PostgresRows rows(PQexecParams(connection_.get(), sql, static_cast<int>(bytes.size()), nullptr,
                                 bytes.data(), lengths.data(), formats.data(), kBinary));
  const ExecStatusType status = PQresultStatus(rows.result_.get());
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return rows;
  const char* state = PQresultErrorField(rows.result_.get(), PG_DIAG_SQLSTATE);
  return Error{state == nullptr ? Errc::kUnavailable : CodeOf(state),
               FirstLine(PQerrorMessage(connection_.get()))};
}

Status PostgresConnection::Run(const char* sql) {
  const PostgresRows rows(PQexec(connection_.get(), sql));
  const ExecStatusType status = PQresultStatus(rows.result_.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return base::Ok();
  const char* state = PQresultErrorField(rows.result_.get(), PG_DIAG_SQLSTATE);
  return Error{state == nullptr ? Errc::kUnavailable : CodeOf(state),
               FirstLine(PQerrorMessage(connection_.get()))};
}

}  // namespace lawbound::store
