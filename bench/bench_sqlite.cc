// SQLite on the CSV that bench_audit wrote: loads it into memory with the index that helps most, counts the
// eight rules of rules.sql, prints "key<TAB>value" lines.  Usage: bench_sqlite LOG.csv RULES.sql [runs]
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <sqlite3.h>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "bench/measure.h"

namespace {

using lawbound::bench::Measure;
using lawbound::bench::MedianOf;
using lawbound::bench::Times;

std::string ReadText(const char* path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(text).str();
}

void Must(int code, sqlite3* db) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  fmt::print(stderr, "sqlite: {}\n", sqlite3_errmsg(db));
  std::exit(1);
}

void Do(sqlite3* db, const char* statement) {
  Must(sqlite3_exec(db, statement, nullptr, nullptr, nullptr), db);
}

void Load(sqlite3* db, std::string_view csv) {
  Do(db, "drop table if exists log");
  Do(db, "create table log(matter integer, act integer, day integer, amount integer)");
  Do(db, "begin");
  sqlite3_stmt* insert = nullptr;
  Must(sqlite3_prepare_v2(db, "insert into log values(?, ?, ?, ?)", -1, &insert, nullptr), db);
  const char* p = csv.data() + csv.find('\n') + 1;
  const char* end = csv.data() + csv.size();
  while (p < end) {
    for (int column = 1; column <= 4; ++column) {
      sqlite3_int64 number = 0;
      p = std::from_chars(p, end, number).ptr + 1;
      sqlite3_bind_int64(insert, column, number);
    }
    Must(sqlite3_step(insert), db);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  Do(db, "commit");
  Do(db, "create index log_by_act on log(act, matter, day, amount)");
  Do(db, "analyze");
}

// The first number of each statement.
std::vector<sqlite3_int64> Count(sqlite3* db, const std::string& rules) {
  std::vector<sqlite3_int64> counts;
  for (const char* rest = rules.c_str(); *rest != '\0';) {
    sqlite3_stmt* statement = nullptr;
    Must(sqlite3_prepare_v2(db, rest, -1, &statement, &rest), db);
    if (statement == nullptr) break;
    Must(sqlite3_step(statement), db);
    counts.push_back(sqlite3_column_int64(statement, 0));
    sqlite3_finalize(statement);
  }
  return counts;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return std::fputs("usage: bench_sqlite LOG.csv RULES.sql [runs]\n", stderr), 2;
  const std::string csv = ReadText(arguments[1]);
  const std::string rules = ReadText(arguments[2]);
  const int runs = count > 3 ? std::atoi(arguments[3]) : 5;
  sqlite3* db = nullptr;
  Must(sqlite3_open(":memory:", &db), db);
  std::vector<Times> load, check;
  std::vector<sqlite3_int64> counts;
  for (int i = 0; i < runs; ++i) {
    load.push_back(Measure([&] { Load(db, csv); }));
    check.push_back(Measure([&] { counts = Count(db, rules); }));
  }
  sqlite3_close(db);
  fmt::print("version\t{}\ncounts\t{}\n", sqlite3_libversion(), fmt::join(counts, " "));
  fmt::print("load.wall\t{}\nload.processor\t{}\n", MedianOf(load).wall, MedianOf(load).processor);
  fmt::print("check.wall\t{}\ncheck.processor\t{}\n", MedianOf(check).wall, MedianOf(check).processor);
}
