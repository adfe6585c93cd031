// Sheets are ZIP archives of XML.  A sheet's XML is unpacked and parsed a piece at a time; the rows that a
// piece holds wait in a queue.  Strings that cells share are kept aside, in a temporary file when they are
// many, and put into a row when it is asked for: a small file can name one long text a million times.
#include "ingest/sheet.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <deque>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <utility>

#include "base/day.h"
#include "foreign/xml.h"
#include "foreign/zip.h"
#include "ingest/byte_source.h"
#include "ingest/decoded.h"
#include "ingest/sheet_text.h"
#include "ingest/temporary_file.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;
using base::Result;
using foreign::XmlAttributes;

namespace {

constexpr std::size_t kSmallMember = std::size_t{16} << 20;  // of what is read whole: names, styles
constexpr std::size_t kPiece = std::size_t{64} << 10;
constexpr std::uint64_t kMostRows = 1'048'576;  // of a sheet, in every program for sheets
constexpr std::string_view kNoResult = "#FORMULA";

std::string_view ValueOf(const XmlAttributes& attributes, std::string_view key) {
  const auto found = attributes.find(key);
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

std::uint64_t WholeOf(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// "C7" is column 2.
std::size_t ColumnOf(std::string_view reference) {
  constexpr std::size_t kMost = 16384;
  std::size_t column = 0;
  for (const char character : reference) {
    if (character < 'A' || character > 'Z') break;
    column = std::min(kMost, column * 26 + static_cast<std::size_t>(character - 'A') + 1);
  }
  return column == 0 ? 0 : column - 1;
}

// ------------------------------------------------------------------------------------------------- strings

class Strings {
 public:
  explicit Strings(std::size_t in_memory) : in_memory_(in_memory) {}

  base::Status Add(std::string_view text) {
    ends_.push_back((ends_.empty() ? 0 : ends_.back()) + text.size());
    memory_ += text;
    if (memory_.size() <= in_memory_) return base::Ok();
    if (!file_) {
      ASSIGN_OR_RETURN(file_, TemporaryFile::Make());
    }
    RETURN_IF_ERROR(file_->Append(memory_));
    memory_.clear();
    return base::Ok();
  }

  // Empty when there is no such string.
  Result<std::string> Get(std::uint64_t index) const {
    if (index >= ends_.size()) return std::string();
    const auto row = static_cast<std::size_t>(index);
    const std::uint64_t begin = row == 0 ? 0 : ends_[row - 1], filed = file_ ? file_->size() : 0;
    const auto size = static_cast<std::size_t>(ends_[row] - begin);
    if (begin >= filed) return memory_.substr(static_cast<std::size_t>(begin - filed), size);
    std::string out(size, '\0');
    ASSIGN_OR_RETURN(const std::size_t got, file_->ReadAt(begin, out));
    CHECK(got == size);
    return out;
  }

 private:
  std::size_t in_memory_;
  std::string memory_;
  std::vector<std::uint64_t> ends_;
  std::optional<TemporaryFile> file_;
};

// -------------------------------------------------------------------------------------------------- queues

struct Cell {
  std::size_t column = 0;
  std::optional<std::uint64_t> shared;
  std::string text;
};

struct QueuedRow {
  std::uint64_t number = 0, times = 1;
  std::vector<Cell> cells;
};

// What a handler met that ends the reading.
struct Stop {
  std::optional<Error> error;
  void At(std::uint64_t row, std::string_view what) {
    if (!error) error = Error{Errc::kLimit, fmt::format("row {}: {}", row, what)};
  }
};

class SheetHandler : public foreign::XmlHandler {
 public:
  explicit SheetHandler(const Limits& limits) : limits_(limits) {}
  std::deque<QueuedRow> rows;
  Stop stop;

 protected:
  // What stands in the cells of a row together is bounded before it is kept.
  bool HasRoom(std::uint64_t row, std::size_t bytes, std::uint64_t times) {
    if (row != counted_row_) bytes_ = 0;
    counted_row_ = row;
    bytes_ += bytes * times;
    if (bytes_ <= limits_.row_bytes) return true;
    stop.At(row, fmt::format("a row of more than {} bytes", limits_.row_bytes));
    return false;
  }
  const Limits& limits_;

 private:
  std::uint64_t counted_row_ = 0, bytes_ = 0;
};

class XlsxHandler final : public SheetHandler {
 public:
  XlsxHandler(const std::vector<bool>& day_styles, bool from_1904, const Limits& limits)
      : SheetHandler(limits), day_styles_(day_styles), from_1904_(from_1904) {}

  void Open(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "row") {
      const std::uint64_t number = WholeOf(ValueOf(attributes, "r"));
      row_ = {.number = number == 0 ? last_row_ + 1 : number, .times = 1, .cells = {}};
      last_row_ = row_.number;
      if (last_row_ > kMostRows) stop.At(last_row_, "a sheet has no such row");
      next_column_ = 0;
    } else if (name == "c") {
      const std::string_view reference = ValueOf(attributes, "r");
      cell_ = {.column = reference.empty() ? next_column_ : ColumnOf(reference), .shared = {}, .text = {}};
      next_column_ = cell_.column + 1;
      type_ = ValueOf(attributes, "t");
      const auto style = static_cast<std::size_t>(WholeOf(ValueOf(attributes, "s")));
      day_ = style < day_styles_.size() && day_styles_[style];
      formula_ = false;
    } else if (name == "f") {
      formula_ = true;
    } else if (name == "rPh") {
      aside_ = true;
    } else if (name == "v" || name == "t") {
      in_text_ = !aside_;
    }
  }

  void Close(std::string_view name) override {
    if (name == "v" || name == "t") in_text_ = false;
    if (name == "rPh") aside_ = false;
    if (name == "c") EndCell();
    if (name == "row" && !row_.cells.empty()) rows.push_back(std::move(row_));
  }

  void Words(std::string_view words) override {
    if (!in_text_) return;
    cell_.text += words;
    if (cell_.text.size() > limits_.text_bytes) stop.At(row_.number, "a text beyond the limit");
  }

 private:
  void EndCell() {
    if (cell_.text.empty() && !formula_) return;
    if (cell_.column >= limits_.attributes_per_event) {
      return stop.At(row_.number, fmt::format("more than {} columns", limits_.attributes_per_event));
    }
    if (!HasRoom(row_.number, cell_.text.size(), 1)) return;
    if (cell_.text.empty()) cell_.text = kNoResult;
    if (type_ == "s") {
      cell_.shared = WholeOf(cell_.text);
      cell_.text.clear();
    } else if (day_ && (type_.empty() || type_ == "n")) {
      std::string day = DayOfNumber(cell_.text, from_1904_);
      if (!day.empty()) cell_.text = std::move(day);
    }
    row_.cells.push_back(std::move(cell_));
    cell_ = {};
  }

  const std::vector<bool>& day_styles_;
  bool from_1904_;
  QueuedRow row_;
  Cell cell_;
  std::string type_;
  std::uint64_t last_row_ = 0;
  std::size_t next_column_ = 0;
  bool in_text_ = false, aside_ = false, day_ = false, formula_ = false;
};

class StringsHandler final : public foreign::XmlHandler {
 public:
  StringsHandler(Strings& into, const Limits& limits) : into_(into), limits_(limits) {}
  void Open(std::string_view name, const XmlAttributes& /*attributes*/) override {
    if (name == "si") text_.clear();
    if (name == "rPh") aside_ = true;
    if (name == "t") in_text_ = !aside_;
  }
  void Close(std::string_view name) override {
    if (name == "t") in_text_ = false;
    if (name == "rPh") aside_ = false;
    if (name == "si" && status.ok()) status = into_.Add(text_);
  }
  void Words(std::string_view words) override {
    if (!in_text_) return;
    text_ += words;
    if (text_.size() > limits_.text_bytes && status.ok())
      status = Error{Errc::kLimit, fmt::format("a text of more than {} bytes", limits_.text_bytes)};
  }
  base::Status status = base::Ok();

 private:
  Strings& into_;
  const Limits& limits_;
  std::string text_;
  bool in_text_ = false, aside_ = false;
};

class OdsHandler final : public SheetHandler {
 public:
  // The sheet of this number; none: only names are wanted.
  OdsHandler(std::optional<std::size_t> wanted, const Limits& limits)
      : SheetHandler(limits), wanted_(wanted) {}

  std::vector<std::string> names;

  void Open(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "table" && depth_++ == 0) {
      names.emplace_back(ValueOf(attributes, "name"));
      inside_ = wanted_ && names.size() - 1 == *wanted_;
      next_row_ = 1;
    }
    if (!inside_ || depth_ != 1) return;
    const auto times = [&](std::string_view key) {
      return std::clamp<std::uint64_t>(WholeOf(ValueOf(attributes, key)), 1, kMostRows);
    };
    if (name == "table-row") {
      row_ = {.number = next_row_, .times = times("number-rows-repeated"), .cells = {}};
      next_column_ = 0;
    } else if (name == "table-cell" || name == "covered-table-cell") {
      times_ = times("number-columns-repeated");
      text_.clear();
      type_ = ValueOf(attributes, "value-type");
      value_ = ValueOf(attributes, type_ == "date" ? "date-value" : "value");
      formula_ = !ValueOf(attributes, "formula").empty();
      paragraphs_ = 0;
    } else if (name == "p" && paragraphs_++ > 0) {
      text_ += '\n';
    } else if (name == "s") {
      text_ += ' ';
    } else if (name == "annotation") {
      aside_ = true;
    }
    if (name == "p") in_text_ = !aside_;
  }

  void Close(std::string_view name) override {
    if (name == "table" && --depth_ == 0) inside_ = false;
    if (!inside_ || depth_ != 1) return;
    if (name == "p") in_text_ = false;
    if (name == "annotation") aside_ = false;
    if (name == "table-cell" || name == "covered-table-cell") EndCell();
    if (name == "table-row") {
      next_row_ += row_.times;
      if (row_.cells.empty()) return;
      if (next_row_ > kMostRows + 1) stop.At(row_.number, "a sheet has no so many rows");
      rows.push_back(std::move(row_));
    }
  }

  void Words(std::string_view words) override {
    if (!inside_ || !in_text_) return;
    text_ += words;
    if (text_.size() > limits_.text_bytes) stop.At(row_.number, "a text beyond the limit");
  }

 private:
  void EndCell() {
    std::string text = type_ == "date" && value_.size() >= 10 ? DayText() : type_ == "float" ? value_ : text_;
    if (text.empty() && formula_) text = kNoResult;
    if (!text.empty()) {
      if (next_column_ + times_ > limits_.attributes_per_event) {
        return stop.At(row_.number, fmt::format("more than {} columns", limits_.attributes_per_event));
      }
      if (!HasRoom(row_.number, text.size(), times_)) return;
      for (std::uint64_t i = 0; i < times_; ++i)
        row_.cells.push_back({.column = next_column_ + i, .shared = {}, .text = text});
    }
    next_column_ += times_;
  }
  // "2026-03-02T00:00:00" is a day.
  std::string DayText() const {
    if (value_.size() < 16 || value_.substr(11, 5) == "00:00") return value_.substr(0, 10);
    return value_.substr(0, 16);
  }

  std::optional<std::size_t> wanted_;
  QueuedRow row_;
  std::string text_, type_, value_;
  std::uint64_t next_row_ = 1, times_ = 1;
  std::size_t next_column_ = 0;
  int depth_ = 0, paragraphs_ = 0;
  bool inside_ = false, in_text_ = false, aside_ = false, formula_ = false;
};

// Feeds a member to a handler, a piece at a time.
class MemberParser {
 public:
  MemberParser(std::unique_ptr<foreign::MemberStream> bytes, foreign::XmlHandler& handler)
      : bytes_(std::move(bytes)), xml_(handler) {}
  // False when there was nothing left.
  Result<bool> Step() {
    if (ended_) return false;
    ASSIGN_OR_RETURN(const std::size_t got, bytes_->Read(piece_));
    ended_ = got == 0;
    RETURN_IF_ERROR(xml_.Feed({piece_.data(), got}, ended_));
    return true;
  }

 private:
  std::unique_ptr<foreign::MemberStream> bytes_;
  foreign::XmlStream xml_;
  std::vector<char> piece_ = std::vector<char>(kPiece);
  bool ended_ = false;
};

class ArchiveRows final : public SheetRows {
 public:
  ArchiveRows(std::unique_ptr<foreign::MemberStream> bytes, std::unique_ptr<SheetHandler> handler,
              Strings strings, const Limits& limits)
      : handler_(std::move(handler)),
        parser_(std::move(bytes), *handler_),
        strings_(std::move(strings)),
        limits_(limits) {}

  // Reads to the end of the member, where its checksum stands.
  Result<bool> Next(SheetRow& row) override {
    for (;;) {
      if (!handler_->rows.empty()) {
        RETURN_IF_ERROR(Give(row));
        if (row.cells.empty()) continue;
        return true;
      }
      if (handler_->stop.error) return *handler_->stop.error;
      ASSIGN_OR_RETURN(const bool more, parser_.Step());
      if (!more) return false;
    }
  }

 private:
  base::Status Give(SheetRow& row) {
    QueuedRow& queued = handler_->rows.front();
    row.number = queued.number++;
    row.cells.clear();
    std::size_t bytes = 0;
    for (const Cell& cell : queued.cells) {
      std::string text = cell.text;
      if (cell.shared) {
        ASSIGN_OR_RETURN(text, strings_.Get(*cell.shared));
      }
      bytes += text.size();
      if (bytes > limits_.row_bytes) {
        return Error{Errc::kLimit,
                     fmt::format("row {}: a row of more than {} bytes", row.number, limits_.row_bytes)};
      }
      if (text.empty()) continue;
      BlankControls(text);
      if (row.cells.size() <= cell.column) row.cells.resize(cell.column + 1);
      row.cells[cell.column] = std::move(text);
    }
    if (--queued.times == 0) handler_->rows.pop_front();
    return base::Ok();
  }

  std::unique_ptr<SheetHandler> handler_;
  MemberParser parser_;
  Strings strings_;
  Limits limits_;
};

// ------------------------------------------------------------------------------------------- parts of xlsx

// Gathers elements with their attributes, whatever they stand in.
class Elements final : public foreign::XmlHandler {
 public:
  struct Element {
    std::string name;
    XmlAttributes attributes;
  };
  void Open(std::string_view name, const XmlAttributes& attributes) override {
    all.push_back({std::string(name), attributes});
  }
  void Close(std::string_view name) override { all.push_back({"/" + std::string(name), {}}); }
  void Words(std::string_view /*words*/) override {}
  std::vector<Element> all;
};

Result<std::vector<Elements::Element>> ElementsOf(const foreign::Archive& archive, std::string_view member) {
  Elements out;
  ASSIGN_OR_RETURN(const std::string xml, archive.ReadWhole(member, kSmallMember));
  RETURN_IF_ERROR(foreign::ReadXml(xml, out));
  return std::move(out.all);
}

// Whether a format of numbers shows a day: it has y or d outside quotations and colours.
bool ShowsDay(std::string_view code) {
  char closes = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (closes != 0) {
      if (c == closes) closes = 0;
    } else if (c == '"') {
      closes = '"';
    } else if (c == '[') {
      closes = ']';
    } else if (c == '\\' || c == '_') {
      ++i;
    } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
      return true;
    }
  }
  return false;
}

// The built-in ones, those of Chinese and Japanese programs among them.
bool IsDayFormat(std::uint64_t id) {
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
         id == 57 || id == 58;
}

std::vector<bool> DayStyles(const std::vector<Elements::Element>& styles) {
  std::map<std::uint64_t, bool> own;
  std::vector<bool> out;
  bool inside = false;
  for (const Elements::Element& element : styles) {
    if (element.name == "numFmt") {
      own[WholeOf(ValueOf(element.attributes, "numFmtId"))] =
          ShowsDay(ValueOf(element.attributes, "formatCode"));
    }
    if (element.name == "cellXfs") inside = true;
    if (element.name == "/cellXfs") inside = false;
    if (!inside || element.name != "xf") continue;
    const std::uint64_t id = WholeOf(ValueOf(element.attributes, "numFmtId"));
    const auto found = own.find(id);
    out.push_back(found != own.end() ? found->second : IsDayFormat(id));
  }
  return out;
}

Result<std::string> BeginningOf(const std::string& path, std::size_t bytes) {
  ASSIGN_OR_RETURN(const auto file, foreign::OpenBytes(path));
  std::string out(bytes, '\0');
  ASSIGN_OR_RETURN(const std::size_t got, file->ReadAt(0, out));
  out.resize(got);
  return out;
}

Result<foreign::Archive> OpenArchive(const std::string& path, const Limits& limits) {
  ASSIGN_OR_RETURN(auto bytes, foreign::OpenBytes(path));
  return foreign::Archive::Open(std::move(bytes), {.ratio = limits.gzip_ratio, .bytes = limits.total_bytes});
}

Error NoSheet(std::string_view what) { return {Errc::kInvalid, fmt::format("it is no sheet: {}", what)}; }

// What is plainly something else than text, by its first bytes.
std::optional<Error> Something(std::string_view head) {
  const std::size_t first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const std::string_view words = first == std::string_view::npos ? std::string_view() : head.substr(first);
  if (head.starts_with("\xD0\xCF\x11\xE0")) {
    return NoSheet(
        "it is protected by a password, or an .xls of old; open it where it was made, and save it as .xlsx "
        "without a password");
  }
  if (head.starts_with("%PDF")) return NoSheet("it is a PDF");
  if (head.starts_with("Rar!") || head.starts_with("7z\xBC\xAF"))
    return NoSheet("it is an archive; unpack it");
  if (head.starts_with("\x89PNG") || head.starts_with("\xFF\xD8\xFF")) return NoSheet("it is a picture");
  if (words.starts_with("<")) return NoSheet("it is a page of HTML or XML; save it as .xlsx or .csv");
  if (words.empty()) return NoSheet("it is empty");
  return std::nullopt;
}

}  // namespace

std::string DayOfNumber(std::string_view number, bool from_1904) {
  double value = 0;
  const auto [end, code] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (code != std::errc() || end != number.data() + number.size()) return {};
  constexpr double kLargest = 400'000;
  if (!(value >= (from_1904 ? 0 : 1) && value < kLargest)) return {};
  auto day = static_cast<std::int32_t>(std::floor(value));
  auto minute = static_cast<std::int32_t>(std::lround((value - std::floor(value)) * 24 * 60));
  if (minute == 24 * 60) {
    minute = 0;
    ++day;
  }
  if (!from_1904 && day == 60) return {};
  const base::Day zero = from_1904  ? base::ToDay({1904, 1, 1})
                         : day < 60 ? base::ToDay({1899, 12, 31})
                                    : base::ToDay({1899, 12, 30});
  const std::string text = base::PrintDay(zero + day);
  return minute == 0 ? text : fmt::format("{}T{:02}:{:02}", text, minute / 60, minute % 60);
}

base::Status Workbook::ReadXlsx() {
  ASSIGN_OR_RETURN(const foreign::Archive archive, OpenArchive(path_, limits_));
  ASSIGN_OR_RETURN(const auto relations, ElementsOf(archive, "xl/_rels/workbook.xml.rels"));
  std::map<std::string, std::string, std::less<>> targets;
  for (const Elements::Element& element : relations) {
    const std::string_view target = ValueOf(element.attributes, "Target");
    targets[std::string(ValueOf(element.attributes, "Id"))] =
        target.starts_with('/') ? std::string(target.substr(1)) : "xl/" + std::string(target);
  }
  ASSIGN_OR_RETURN(const auto elements, ElementsOf(archive, "xl/workbook.xml"));
  for (const Elements::Element& element : elements) {
    if (element.name == "workbookPr") {
      const std::string_view value = ValueOf(element.attributes, "date1904");
      from_1904_ = value == "1" || value == "true";
    }
    if (element.name != "sheet") continue;
    const auto found = targets.find(ValueOf(element.attributes, "id"));
    if (found == targets.end() || archive.Find(found->second) == nullptr) continue;
    const std::string_view state = ValueOf(element.attributes, "state");
    const std::string name(ValueOf(element.attributes, "name"));
    if (state == "hidden" || state == "veryHidden") {
      left_alone_.push_back({LeftAlone::Kind::kHiddenSheet, name});
      continue;
    }
    sheets_.push_back(name);
    members_.push_back(found->second);
  }
  if (archive.Find("xl/styles.xml") != nullptr) {
    ASSIGN_OR_RETURN(const auto styles, ElementsOf(archive, "xl/styles.xml"));
    day_styles_ = DayStyles(styles);
  }
  bool links = false;
  for (const foreign::ZipMember& member : archive.members()) {
    links = links || member.name.starts_with("xl/externalLinks/");
    if (member.name == "xl/vbaProject.bin") left_alone_.push_back({LeftAlone::Kind::kMacros, {}});
  }
  if (links) left_alone_.push_back({LeftAlone::Kind::kLinks, {}});
  return base::Ok();
}

base::Status Workbook::ReadOds() {
  ASSIGN_OR_RETURN(const foreign::Archive archive, OpenArchive(path_, limits_));
  if (archive.Find("META-INF/manifest.xml") != nullptr) {
    ASSIGN_OR_RETURN(const auto manifest, ElementsOf(archive, "META-INF/manifest.xml"));
    for (const Elements::Element& element : manifest) {
      if (element.name == "encryption-data")
        return NoSheet("it is protected by a password; save it without one");
    }
  }
  OdsHandler handler(std::nullopt, limits_);
  ASSIGN_OR_RETURN(auto bytes, archive.Read("content.xml"));
  MemberParser parser(std::move(bytes), handler);
  for (;;) {
    ASSIGN_OR_RETURN(const bool more, parser.Step());
    if (!more) break;
  }
  sheets_ = handler.names;
  members_.assign(sheets_.size(), "content.xml");
  const bool macros =
      std::any_of(archive.members().begin(), archive.members().end(), [](const foreign::ZipMember& member) {
        return member.name.starts_with("Basic/") || member.name.starts_with("Scripts/");
      });
  if (macros) left_alone_.push_back({LeftAlone::Kind::kMacros, {}});
  return base::Ok();
}

Result<Workbook> Workbook::Open(const std::string& path, const Limits& limits) {
  Workbook out;
  out.path_ = path;
  out.limits_ = limits;
  ASSIGN_OR_RETURN(const std::string head, BeginningOf(path, 4096));
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) {
    ASSIGN_OR_RETURN(const foreign::Archive archive, OpenArchive(path, limits));
    if (archive.Find("xl/workbook.xml") != nullptr) {
      out.form_ = Form::kXlsx;
      RETURN_IF_ERROR(out.ReadXlsx());
    } else if (archive.Find("content.xml") != nullptr) {
      out.form_ = Form::kOds;
      RETURN_IF_ERROR(out.ReadOds());
    } else {
      return NoSheet(archive.Find("word/document.xml") != nullptr ? "it is a text document"
                                                                  : "it is an archive without a sheet");
    }
    if (out.sheets_.empty()) return NoSheet("it has no sheet that is shown");
    return out;
  }
  if (std::optional<Error> something = Something(head)) return *something;
  ASSIGN_OR_RETURN(auto bytes, FileLog(path).open());
  ASSIGN_OR_RETURN(const DecodedSource decoded, Decoded(Decompressed(std::move(bytes), limits)));
  if (decoded.encoding.empty())
    return NoSheet("its text is neither UTF-8 nor UTF-16, GB18030 or Big5; save it as UTF-8 or .xlsx");
  out.encoding_ = decoded.encoding;
  out.sheets_ = {""};
  return out;
}

Result<std::unique_ptr<SheetRows>> Workbook::Rows(std::size_t sheet) const {
  CHECK(sheet < sheets_.size());
  if (form_ == Form::kText) {
    ASSIGN_OR_RETURN(auto bytes, FileLog(path_).open());
    ASSIGN_OR_RETURN(DecodedSource decoded, Decoded(Decompressed(std::move(bytes), limits_)));
    return MakeTextRows(std::move(decoded.bytes), limits_);
  }
  ASSIGN_OR_RETURN(const foreign::Archive archive, OpenArchive(path_, limits_));
  Strings strings(limits_.memory_bytes);
  std::unique_ptr<SheetHandler> handler;
  if (form_ == Form::kXlsx) {
    if (archive.Find("xl/sharedStrings.xml") != nullptr) {
      StringsHandler reader(strings, limits_);
      ASSIGN_OR_RETURN(auto bytes, archive.Read("xl/sharedStrings.xml"));
      MemberParser parser(std::move(bytes), reader);
      for (;;) {
        ASSIGN_OR_RETURN(const bool more, parser.Step());
        RETURN_IF_ERROR(std::move(reader.status));
        reader.status = base::Ok();
        if (!more) break;
      }
    }
    handler = std::make_unique<XlsxHandler>(day_styles_, from_1904_, limits_);
  } else {
    handler = std::make_unique<OdsHandler>(sheet, limits_);
  }
  ASSIGN_OR_RETURN(auto bytes, archive.Read(members_[sheet]));
  return std::unique_ptr<SheetRows>(
      std::make_unique<ArchiveRows>(std::move(bytes), std::move(handler), std::move(strings), limits_));
}

}  // namespace lawbound::ingest
