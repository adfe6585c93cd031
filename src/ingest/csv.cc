// CSV as RFC 4180 has it; the separator (comma, semicolon or tab) is the one the header has most of.  A row
// is cut in place: a cell without its quotation marks is never longer than with them.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "ingest/row_parser.h"
#include "ingest/row_window.h"
#include "ingest/sheet_text.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;

namespace {

class CsvParser final : public RowParser {
 public:
  CsvParser(std::unique_ptr<ByteSource> bytes, const Limits& limits)
      : limits_(&limits), window_(std::move(bytes), limits, true) {}

  base::Status Next(ParsedRow& row) override;
  const std::vector<std::string>& columns() const override { return columns_; }
  std::uint64_t bytes() const override { return window_.bytes(); }
  std::uint64_t nested() const override { return 0; }

 private:
  base::Status Header();
  bool Cut(std::span<char> row) { return CutCells(row, separator_, cells_); }

  const Limits* limits_;
  RowWindow window_;
  char separator_ = ',';
  std::vector<std::string> columns_;
  std::vector<std::string_view> cells_;
};

char Separator(std::span<char> header) {
  std::array<std::size_t, 3> counts{};
  constexpr std::string_view kSeparators = ",;\t";
  bool quoted = false;
  for (const char c : header) {
    if (c == '"') quoted = !quoted;
    const std::size_t at = kSeparators.find(c);
    if (!quoted && at != std::string_view::npos) ++counts[at];
  }
  return kSeparators[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) -
                                              counts.begin())];
}

base::Status CsvParser::Header() {
  ASSIGN_OR_RETURN(const std::span<char> row, window_.Next());
  if (row.data() == nullptr || row.empty())
    return Error{Errc::kInvalid, "line 1: a CSV log begins with the names of its columns"};
  separator_ = Separator(row);
  if (!Cut(row)) return Error{Errc::kInvalid, "line 1: a quotation mark in the wrong place"};
  for (const std::string_view name : cells_) {
    if (std::find(columns_.begin(), columns_.end(), name) != columns_.end()) {
      return Error{Errc::kInvalid, fmt::format("line 1: two columns are called \"{}\"", name)};
    }
    columns_.emplace_back(name);
  }
  if (columns_.size() > limits_->attributes_per_event) {
    return Error{Errc::kLimit, fmt::format("line 1: more than {} columns", limits_->attributes_per_event)};
  }
  return base::Ok();
}

base::Status CsvParser::Next(ParsedRow& row) {
  if (columns_.empty()) RETURN_IF_ERROR(Header());
  row.cells.clear();
  row.kind = ParsedRow::Kind::kEnd;
  while (true) {
    ASSIGN_OR_RETURN(const std::span<char> text, window_.Next());
    if (text.data() == nullptr) return base::Ok();
    if (text.empty()) continue;
    row.line = window_.line();
    row.kind = ParsedRow::Kind::kBad;
    if (!Cut(text)) {
      row.why = "a quotation mark in the wrong place";
    } else if (cells_.size() != columns_.size()) {
      row.why = fmt::format("{} cells under {} columns", cells_.size(), columns_.size());
    } else {
      row.kind = ParsedRow::Kind::kRow;
    }
    if (row.kind == ParsedRow::Kind::kBad) return base::Ok();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i].size() > limits_->text_bytes) {
        return Error{Errc::kLimit,
                     fmt::format("line {}: a text of more than {} bytes", row.line, limits_->text_bytes)};
      }
      if (!cells_[i].empty()) row.cells.push_back({columns_[i], cells_[i]});
    }
    return base::Ok();
  }
}

// Rows as they stand, with titles above the head: the separator is the one that the first rows have most of.
class TextRows final : public SheetRows {
 public:
  TextRows(std::unique_ptr<ByteSource> bytes, const Limits& limits)
      : limits_(limits), window_(std::move(bytes), limits_, true) {}

  base::Result<bool> Next(SheetRow& row) override {
    if (!begun_) RETURN_IF_ERROR(Begin());
    for (;;) {
      std::string text;
      if (next_ < first_.size()) {
        text = std::move(first_[next_].second);
        row.number = first_[next_++].first;
      } else {
        ASSIGN_OR_RETURN(const std::span<char> got, window_.Next());
        if (got.data() == nullptr) return false;
        text.assign(got.data(), got.size());
        row.number = window_.line();
      }
      row.cells.clear();
      if (!CutCells(text, separator_, cells_)) {
        return Error{Errc::kInvalid, fmt::format("line {}: a quotation mark in the wrong place", row.number)};
      }
      while (!cells_.empty() && cells_.back().empty()) cells_.pop_back();
      if (cells_.empty()) continue;
      if (cells_.size() > limits_.attributes_per_event) {
        return Error{Errc::kLimit,
                     fmt::format("line {}: more than {} columns", row.number, limits_.attributes_per_event)};
      }
      row.cells.assign(cells_.begin(), cells_.end());
      for (std::string& cell : row.cells) BlankControls(cell);
      return true;
    }
  }

 private:
  base::Status Begin() {
    constexpr std::size_t kLooked = 30;
    begun_ = true;
    std::array<std::size_t, 3> most{};
    constexpr std::string_view kSeparators = ",;\t";
    while (first_.size() < kLooked) {
      ASSIGN_OR_RETURN(const std::span<char> got, window_.Next());
      if (got.data() == nullptr) break;
      first_.emplace_back(window_.line(), std::string(got.data(), got.size()));
      for (std::size_t i = 0; i < most.size(); ++i)
        most[i] += static_cast<std::size_t>(std::count(got.begin(), got.end(), kSeparators[i]));
    }
    separator_ =
        kSeparators[static_cast<std::size_t>(std::max_element(most.begin(), most.end()) - most.begin())];
    return base::Ok();
  }

  Limits limits_;
  RowWindow window_;
  bool begun_ = false;
  char separator_ = ',';
  std::vector<std::pair<std::uint64_t, std::string>> first_;
  std::size_t next_ = 0;
  std::vector<std::string_view> cells_;
};

}  // namespace

void BlankControls(std::string& utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    // U+0080 to U+009F are C2 80 to C2 9F.
    const bool wide = c == 0xC2 && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) < 0xA0;
    if (wide) utf8[i + 1] = ' ';
    if (wide || c == 0x7F || (c < 0x20 && c != '\n')) utf8[i] = ' ';
  }
}

bool CutCells(std::span<char> row, char separator, std::vector<std::string_view>& cells) {
  cells.clear();
  char* p = row.data();
  char* const end = p + row.size();
  while (true) {
    char* begin = p;
    if (p != end && *p == '"') {
      char* out = begin;
      ++p;
      while (true) {
        char* quote = std::find(p, end, '"');
        if (quote == end) return false;
        out = std::move(p, quote, out);
        p = quote + 1;
        if (p == end || *p != '"') break;
        *out++ = '"';
        ++p;
      }
      cells.emplace_back(begin, static_cast<std::size_t>(out - begin));
      if (p != end && *p != separator) return false;
    } else {
      p = std::find(p, end, separator);
      if (std::find(begin, p, '"') != p) return false;
      cells.emplace_back(begin, static_cast<std::size_t>(p - begin));
    }
    if (p == end) return true;
    ++p;
  }
}

std::unique_ptr<SheetRows> MakeTextRows(std::unique_ptr<ByteSource> utf8, const Limits& limits) {
  return std::make_unique<TextRows>(std::move(utf8), limits);
}

std::unique_ptr<RowParser> MakeCsvParser(std::unique_ptr<ByteSource> bytes, const Limits& limits) {
  return std::make_unique<CsvParser>(std::move(bytes), limits);
}

}  // namespace lawbound::ingest
