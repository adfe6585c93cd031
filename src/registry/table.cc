#include "registry/table.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "registry/encoding.h"
#include "registry/office.h"

namespace lawbound::registry {
namespace {

// Cells of a file with quotation marks around some, as RFC 4180 has them.
class CsvReader {
 public:
  CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  base::Result<std::vector<TableRow>> Read() {
    std::vector<TableRow> rows;
    while (at_ < text_.size()) {
      TableRow row{line_, {}};
      for (;;) {
        ASSIGN_OR_RETURN(std::string cell, ReadCell());
        row.cells.push_back(std::move(cell));
        if (at_ >= text_.size() || text_[at_] != separator_) break;
        ++at_;
      }
      EndLine();
      const bool empty = row.cells.size() == 1 && row.cells.front().empty();
      if (!empty) rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  base::Result<std::string> ReadCell() {
    std::string cell;
    if (at_ >= text_.size() || text_[at_] != '"') {
      while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r')
        cell += text_[at_++];
      return cell;
    }
    const std::size_t opened = line_;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') return ++at_, cell;
        ++at_;
      }
      if (text_[at_] == '\n') ++line_;
      cell += text_[at_];
    }
    return base::Error{base::Errc::kInvalid, fmt::format("line {}: a quotation is not closed", opened)};
  }

  void EndLine() {
    while (at_ < text_.size() && text_[at_] != '\n') ++at_;
    if (at_ < text_.size()) ++at_;
    ++line_;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0, line_ = 1;
};

// The first row names the columns; shorter rows are filled up, longer ones refused.
base::Result<Table> FromRows(std::vector<TableRow> rows) {
  Table table;
  if (rows.empty()) return base::Error{base::Errc::kInvalid, "the table is empty"};
  table.columns = std::move(rows.front().cells);
  rows.erase(rows.begin());
  for (TableRow& row : rows) {
    while (row.cells.size() > table.columns.size() && row.cells.back().empty()) row.cells.pop_back();
    if (row.cells.size() > table.columns.size()) {
      return base::Error{base::Errc::kInvalid, fmt::format("line {}: {} cells under {} columns", row.line,
                                                           row.cells.size(), table.columns.size())};
    }
    row.cells.resize(table.columns.size());
  }
  table.rows = std::move(rows);
  return table;
}

std::string CellText(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return {};
  if (!value.is_array()) return value.dump();
  std::string out;
  for (const nlohmann::json& part : value) out += (out.empty() ? "" : "; ") + CellText(part);
  return out;
}

}  // namespace

std::string_view Table::Cell(const TableRow& row, std::string_view column) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] == column) return row.cells[i];
  }
  return {};
}

base::Result<Table> ParseCsv(std::string_view text, char separator) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  ASSIGN_OR_RETURN(std::vector<TableRow> rows, CsvReader(text, separator).Read());
  return FromRows(std::move(rows));
}

base::Result<Table> ParseJsonTable(std::string_view text) {
  nlohmann::json document = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded()) return base::Error{base::Errc::kInvalid, "the file is not JSON"};
  if (document.is_object() && document.size() == 1) document = nlohmann::json(document.front());
  if (!document.is_array()) return base::Error{base::Errc::kInvalid, "want an array of objects"};
  Table table;
  for (const nlohmann::json& element : document) {
    TableRow row{table.rows.size() + 1, std::vector<std::string>(table.columns.size())};
    if (!element.is_object()) {
      return base::Error{base::Errc::kInvalid, fmt::format("element {} is no object", row.line)};
    }
    for (const auto& [key, value] : element.items()) {
      const auto column = std::find(table.columns.begin(), table.columns.end(), key);
      const auto place = static_cast<std::size_t>(column - table.columns.begin());
      if (column == table.columns.end()) {
        table.columns.push_back(key);
        row.cells.emplace_back();
      }
      row.cells[place] = CellText(value);
    }
    table.rows.push_back(std::move(row));
  }
  for (TableRow& row : table.rows) row.cells.resize(table.columns.size());
  return table;
}

base::Result<Table> ReadTable(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string bytes, base::ReadFile(path, kLargestTable));
  base::Result<Table> table =
      base::Error{base::Errc::kInvalid, "a table is a .csv, .tsv, .json or .xlsx file"};
  if (path.ends_with(".xlsx")) {
    base::Result<std::vector<TableRow>> rows = ReadSheet(bytes);
    table = rows.ok() ? FromRows(std::move(rows).value()) : base::Result<Table>(rows.error());
  } else {
    base::Result<std::string> text = ToUtf8(bytes);
    if (!text.ok()) return std::move(text).error().With(path);
    if (path.ends_with(".csv")) table = ParseCsv(text.value(), ',');
    if (path.ends_with(".tsv")) table = ParseCsv(text.value(), '\t');
    if (path.ends_with(".json")) table = ParseJsonTable(text.value());
  }
  if (!table.ok()) return std::move(table).error().With(path);
  return table;
}

}  // namespace lawbound::registry
