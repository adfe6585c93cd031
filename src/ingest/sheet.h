// Spreadsheets (.xlsx, .ods) and delimited text (.csv, .tsv) as rows of cells, before anyone knows what the
// columns mean.  What a file is, its content says and not its name.  Read row by row in bounded memory;
// nothing in it is carried out and nothing it points to is fetched.  docs/formats/look.md
//
//   ASSIGN_OR_RETURN(const Workbook book, Workbook::Open("cases.xlsx", limits));
//   ASSIGN_OR_RETURN(const auto rows, book.Rows(0));
//   SheetRow row;
//   for (;;) {
//     ASSIGN_OR_RETURN(const bool more, rows->Next(row));
//     if (!more) break;
//   }
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/limits.h"

namespace lawbound::ingest {

struct SheetRow {
  std::uint64_t number = 0;  // from 1, as programs for sheets show it; in text the line
  // By column, without empty ones at the end.  Dates as 2026-03-02 or 2026-03-02T09:30, other numbers as they
  // are stored, an error as #REF!, a formula without a stored result as #FORMULA.
  std::vector<std::string> cells;
};

// What was left alone in a file, and the sheet's name where it is one.
struct LeftAlone {
  enum class Kind : std::uint8_t { kHiddenSheet, kMacros, kLinks };
  Kind kind = Kind::kMacros;
  std::string name;
};

// One thread at a time.
class SheetRows {
 public:
  virtual ~SheetRows() = default;
  // The next row with a cell that is not empty; false at the end.  kInvalid, kLimit, kUnavailable.
  virtual base::Result<bool> Next(SheetRow& row) = 0;
};

// Immutable; the file may be read several times, by one thread at a time.
class Workbook {
 public:
  enum class Form : std::uint8_t { kXlsx, kOds, kText };

  // kInvalid, saying what it is, when the file is no sheet: encrypted, an old .xls, a page, a document, an
  // archive; kNotFound, kUnavailable, kLimit.
  static base::Result<Workbook> Open(const std::string& path, const Limits& limits);

  Form form() const { return form_; }
  const std::string& encoding() const { return encoding_; }           // of text
  const std::vector<std::string>& sheets() const { return sheets_; }  // names; of text one, empty
  const std::vector<LeftAlone>& left_alone() const { return left_alone_; }
  // Whether numbers count days from 1904, not 1900.
  bool from_1904() const { return from_1904_; }
  // REQUIRES: sheet < sheets().size().
  base::Result<std::unique_ptr<SheetRows>> Rows(std::size_t sheet) const;

 private:
  base::Status ReadXlsx();
  base::Status ReadOds();

  std::string path_;
  Limits limits_;
  Form form_ = Form::kText;
  std::string encoding_;
  std::vector<std::string> sheets_, members_;
  std::vector<LeftAlone> left_alone_;
  std::vector<bool> day_styles_;  // of xlsx: which formats of cells show a day
  bool from_1904_ = false;
};

// The day of a number: 1 is 1900-01-01 and 60 is no day (the 29 February 1900 that never was), or 0 is
// 1904-01-01.  With its minute, if it has one, as 2026-03-02T09:30.  Empty when it is no day.
std::string DayOfNumber(std::string_view number, bool from_1904);

}  // namespace lawbound::ingest
