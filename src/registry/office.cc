// A ZIP archive is read from its end: the end record names the central directory, that names the members.
// Members are stored or deflated; nothing else is in use for these documents.
#include "registry/office.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <zlib.h>

#include "registry/xml.h"

namespace lawbound::registry {
namespace {

base::Error Damaged(std::string_view what) {
  return {base::Errc::kInvalid, fmt::format("the archive is damaged: {}", what)};
}

// Little-endian numbers; REQUIRES: they are within.
std::uint32_t Number(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t out = 0;
  for (std::size_t i = count; i-- > 0;) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

struct Member {
  std::uint32_t method = 0, packed = 0, size = 0, header = 0;
};

base::Result<Member> FindMember(std::string_view archive, std::string_view name) {
  constexpr std::size_t kEndBytes = 22, kEntryBytes = 46;
  constexpr std::string_view kEnd = "PK\x05\x06", kEntry = "PK\x01\x02";
  const std::size_t end = archive.rfind(kEnd);
  if (end == std::string_view::npos || end + kEndBytes > archive.size())
    return Damaged("it has no directory");
  const std::uint32_t count = Number(archive, end + 10, 2);
  std::size_t at = Number(archive, end + 16, 4);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (at + kEntryBytes > archive.size() || archive.substr(at, 4) != kEntry) return Damaged("its directory");
    const std::size_t name_bytes = Number(archive, at + 28, 2);
    const std::size_t more = Number(archive, at + 30, 2) + Number(archive, at + 32, 2);
    if (at + kEntryBytes + name_bytes > archive.size()) return Damaged("its directory");
    if (archive.substr(at + kEntryBytes, name_bytes) == name) {
      if ((Number(archive, at + 8, 2) & 1U) != 0)
        return base::Error{base::Errc::kInvalid, "the document is encrypted"};
      return Member{Number(archive, at + 10, 2), Number(archive, at + 20, 4), Number(archive, at + 24, 4),
                    Number(archive, at + 42, 4)};
    }
    at += kEntryBytes + name_bytes + more;
  }
  return base::Error{base::Errc::kNotFound, fmt::format("the archive has no '{}'", name)};
}

base::Result<std::string> Inflate(std::string_view packed, std::size_t size) {
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
    return base::Error{base::Errc::kUnavailable, "no memory to inflate"};
  std::string out(size, '\0');
  // zlib does not write through next_in; its type has no const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = inflate(&stream, Z_FINISH);
  const bool whole = result == Z_STREAM_END && stream.avail_out == 0;
  inflateEnd(&stream);
  if (!whole) return Damaged("a member does not inflate to the size it names");
  return out;
}

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
  constexpr std::size_t kHeaderBytes = 30;
  constexpr std::string_view kHeader = "PK\x03\x04";
  ASSIGN_OR_RETURN(const Member member, FindMember(archive, name));
  if (member.size > kLargestMember) {
    return base::Error{base::Errc::kLimit,
                       fmt::format("'{}' holds more than {} bytes", name, kLargestMember)};
  }
  const std::size_t at = member.header;
  if (at + kHeaderBytes > archive.size() || archive.substr(at, 4) != kHeader) return Damaged("a member");
  const std::size_t begin = at + kHeaderBytes + Number(archive, at + 26, 2) + Number(archive, at + 28, 2);
  if (begin > archive.size() || member.packed > archive.size() - begin) return Damaged("a member is cut off");
  const std::string_view packed = archive.substr(begin, member.packed);
  if (member.method == 0) return std::string(packed);
  if (member.method != 8) return Damaged("a member is packed in an unknown way");
  return Inflate(packed, member.size);
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
