// Tables that people keep beside the law: lists of powers in CSV, TSV, JSON or a spreadsheet (.xlsx).
// A table is a row of column names and rows of cells; what a cell means is its reader's business.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lawbound::registry {

struct TableRow {
  std::size_t line = 0;  // in the file; the number of the element in JSON; the row in a spreadsheet
  std::vector<std::string> cells;
};

struct Table {
  std::vector<std::string> columns;
  std::vector<TableRow> rows;  // each with as many cells as there are columns

  // The cell of a column, or empty.
  std::string_view Cell(const TableRow& row, std::string_view column) const;
};

inline constexpr std::uint64_t kLargestTable = std::uint64_t{64} << 20;

// By the end of the file's name: .csv, .tsv, .json (an array of objects, or an object with one such array),
// .xlsx (the first sheet).  kInvalid with the place when it is not understood, kLimit above kLargestTable.
base::Result<Table> ReadTable(const std::string& path);

base::Result<Table> ParseCsv(std::string_view text, char separator);
base::Result<Table> ParseJsonTable(std::string_view text);

}  // namespace lawbound::registry
