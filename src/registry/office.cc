#include "registry/office.h"

#include <algorithm>
#include <charconv>

#include "foreign/xml.h"
#include "foreign/zip.h"

namespace lawbound::registry {

using foreign::ReadXml;
using foreign::XmlAttributes;
using foreign::XmlHandler;
namespace {

// Gathers paragraphs; a row of a table becomes one line.
class DocumentReader final : public XmlHandler {
 public:
  void Open(std::string_view name, const XmlAttributes& /*attributes*/) override {
    if (name == "t") in_text_ = true;
    if (name == "tab") line_ += '\t';
    if (name == "br" && depth_ == 0) EndLine();
    if (name == "tr") {
      if (depth_++ == 0) line_ = "|";
    }
    // What was struck out by a tracked change is no text any more.
    if (name == "delText") in_text_ = false;
  }
  void Close(std::string_view name) override {
    if (name == "t") in_text_ = false;
    if (name == "p" && depth_ == 0) EndLine();
    if (name == "tc" && depth_ == 1) line_ += '|';
    if (name == "tr" && --depth_ == 0) EndLine();
  }
  void Words(std::string_view words) override {
    if (in_text_) line_ += words;
  }
  std::string Take() { return std::move(out_); }

 private:
  void EndLine() {
    out_ += line_ + '\n';
    line_.clear();
  }
  std::string out_, line_;
  bool in_text_ = false;
  int depth_ = 0;
};

class SharedStrings final : public XmlHandler {
 public:
  void Open(std::string_view name, const XmlAttributes& /*attributes*/) override {
    if (name == "si") all_.emplace_back();
    in_text_ = name == "t";
  }
  void Close(std::string_view /*name*/) override { in_text_ = false; }
  void Words(std::string_view words) override {
    if (in_text_ && !all_.empty()) all_.back() += words;
  }
  std::vector<std::string> Take() { return std::move(all_); }

 private:
  std::vector<std::string> all_;
  bool in_text_ = false;
};

// "C7" is column 2; 16,384 columns are the most a sheet has.
std::size_t ColumnOf(std::string_view reference) {
  constexpr std::size_t kMost = 16384;
  std::size_t column = 0;
  for (const char character : reference) {
    if (character < 'A' || character > 'Z') break;
    column = std::min(kMost, column * 26 + static_cast<std::size_t>(character - 'A') + 1);
  }
  return column == 0 ? 0 : column - 1;
}

std::size_t WholeOf(std::string_view text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

class SheetReader final : public XmlHandler {
 public:
  explicit SheetReader(std::vector<std::string> strings) : strings_(std::move(strings)) {}

  void Open(std::string_view name, const XmlAttributes& attributes) override {
    const auto value = [&](std::string_view key) {
      const auto found = attributes.find(key);
      return found == attributes.end() ? std::string() : found->second;
    };
    if (name == "row") {
      row_ = {rows_.empty() ? 1 : rows_.back().line + 1, {}};
      if (const std::size_t number = WholeOf(value("r")); number != 0) row_.line = number;
    } else if (name == "c") {
      const std::string reference = value("r");
      column_ = reference.empty() ? row_.cells.size() : ColumnOf(reference);
      shared_ = value("t") == "s";
      cell_.clear();
    } else if (name == "v" || name == "t") {
      in_text_ = true;
    }
  }
  void Close(std::string_view name) override {
    if (name == "v" || name == "t") in_text_ = false;
    if (name == "c") {
      if (row_.cells.size() <= column_ && !Grow()) return;
      const std::size_t shared = WholeOf(cell_);
      row_.cells[column_] = !shared_ ? cell_ : shared < strings_.size() ? strings_[shared] : std::string();
    }
    if (name == "row" && !row_.cells.empty()) rows_.push_back(std::move(row_));
  }
  void Words(std::string_view words) override {
    if (in_text_) cell_ += words;
  }
  std::vector<TableRow> Take() { return std::move(rows_); }
  bool too_large() const { return too_large_; }

 private:
  // A row may be as wide as its last cell says; all rows together may not.
  bool Grow() {
    constexpr std::size_t kMostCells = 4'000'000;
    all_cells_ += column_ + 1 - row_.cells.size();
    too_large_ = too_large_ || all_cells_ > kMostCells;
    if (!too_large_) row_.cells.resize(column_ + 1);
    return !too_large_;
  }

  std::vector<std::string> strings_;
  std::vector<TableRow> rows_;
  TableRow row_;
  std::string cell_;
  std::size_t column_ = 0, all_cells_ = 0;
  bool shared_ = false, in_text_ = false, too_large_ = false;
};

}  // namespace

base::Result<std::string> ReadMember(std::string_view archive, std::string_view name) {
  ASSIGN_OR_RETURN(const foreign::Archive opened, foreign::Archive::Open(foreign::TextBytes(archive)));
  return opened.ReadWhole(name, kLargestMember);
}

base::Result<std::string> ReadDocument(std::string_view archive) {
  ASSIGN_OR_RETURN(const std::string xml, ReadMember(archive, "word/document.xml"));
  DocumentReader reader;
  RETURN_IF_ERROR(ReadXml(xml, reader));
  return reader.Take();
}

base::Result<std::vector<TableRow>> ReadSheet(std::string_view archive) {
  SharedStrings strings;
  base::Result<std::string> shared = ReadMember(archive, "xl/sharedStrings.xml");
  if (shared.ok()) RETURN_IF_ERROR(ReadXml(shared.value(), strings));
  if (!shared.ok() && shared.error().code != base::Errc::kNotFound) return std::move(shared).error();
  ASSIGN_OR_RETURN(const std::string xml, ReadMember(archive, "xl/worksheets/sheet1.xml"));
  SheetReader reader(strings.Take());
  RETURN_IF_ERROR(ReadXml(xml, reader));
  if (reader.too_large()) return base::Error{base::Errc::kLimit, "the sheet has more than 4,000,000 cells"};
  return reader.Take();
}

}  // namespace lawbound::registry
