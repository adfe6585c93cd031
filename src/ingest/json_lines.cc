// JSON Lines (RFC 8259, one object a line).  A scanner of our own rather than a library, because an amount
// must keep the digits it is written with: 0.1 read as a double is not 0.1.
#include <cstring>
#include <deque>
#include <fmt/format.h>
#include <utility>

#include "ingest/row_parser.h"
#include "ingest/row_window.h"
#include "ingest/utf8.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;

namespace {

class JsonLinesParser final : public RowParser {
 public:
  JsonLinesParser(std::unique_ptr<ByteSource> bytes, const Limits& limits)
      : limits_(&limits), window_(std::move(bytes), limits, false) {}

  base::Status Next(ParsedRow& row) override;
  const std::vector<std::string>& columns() const override { return columns_; }
  std::uint64_t bytes() const override { return window_.bytes(); }
  std::uint64_t nested() const override { return nested_; }

 private:
  // Each reads one construct at p_ and says whether it is there.
  bool Object(std::vector<Attribute>& cells);
  bool Member(std::vector<Attribute>& cells);
  bool String(std::string_view& text);
  bool Escape(std::string& out);
  bool Hex4(std::uint32_t& code);
  bool Number(std::string_view& text);
  bool Nested(std::uint32_t depth);
  bool Scalar(std::string_view& text, bool& given);
  void Space();
  bool Take(std::string_view text);
  char Here() const { return p_ == end_ ? '\0' : *p_; }

  const Limits* limits_;
  RowWindow window_;
  std::vector<std::string> columns_;
  std::uint64_t nested_ = 0;
  const char* p_ = nullptr;
  const char* end_ = nullptr;
  std::deque<std::string> decoded_;
  std::size_t decoded_used_ = 0;
};

base::Status JsonLinesParser::Next(ParsedRow& row) {
  row.cells.clear();
  row.kind = ParsedRow::Kind::kEnd;
  while (true) {
    ASSIGN_OR_RETURN(const std::span<char> text, window_.Next());
    if (text.data() == nullptr) return base::Ok();
    p_ = text.data();
    end_ = p_ + text.size();
    Space();
    if (p_ == end_) continue;
    decoded_used_ = 0;
    row.line = window_.line();
    const bool good = Object(row.cells);
    row.kind = good ? ParsedRow::Kind::kRow : ParsedRow::Kind::kBad;
    if (!good) row.why = fmt::format("no JSON object, at byte {} of the line", p_ - text.data() + 1);
    if (!good && row.line == 1) return Error{Errc::kInvalid, "line 1: " + row.why};
    if (row.cells.size() > limits_->attributes_per_event) {
      return Error{Errc::kLimit,
                   fmt::format("line {}: more than {} values", row.line, limits_->attributes_per_event)};
    }
    for (const Attribute& cell : row.cells) {
      if (cell.value.size() <= limits_->text_bytes && cell.key.size() <= limits_->text_bytes) continue;
      return Error{Errc::kLimit,
                   fmt::format("line {}: a text of more than {} bytes", row.line, limits_->text_bytes)};
    }
    return base::Ok();
  }
}

void JsonLinesParser::Space() {
  while (p_ != end_ && (*p_ == ' ' || *p_ == '\t' || *p_ == '\r')) ++p_;
}

bool JsonLinesParser::Take(std::string_view text) {
  if (static_cast<std::size_t>(end_ - p_) < text.size() || std::memcmp(p_, text.data(), text.size()) != 0)
    return false;
  p_ += text.size();
  return true;
}

bool JsonLinesParser::Object(std::vector<Attribute>& cells) {
  if (!Take("{")) return false;
  Space();
  if (!Take("}")) {
    while (true) {
      if (!Member(cells)) return false;
      Space();
      if (Take("}")) break;
      if (!Take(",")) return false;
    }
  }
  Space();
  return p_ == end_;
}

bool JsonLinesParser::Member(std::vector<Attribute>& cells) {
  Attribute cell;
  Space();
  if (!String(cell.key)) return false;
  Space();
  if (!Take(":")) return false;
  Space();
  if (Here() == '{' || Here() == '[') {
    ++nested_;
    return Nested(1);
  }
  bool given = true;
  if (!Scalar(cell.value, given)) return false;
  if (given && !cell.value.empty()) cells.push_back(cell);
  return true;
}

bool JsonLinesParser::Scalar(std::string_view& text, bool& given) {
  if (Here() == '"') return String(text);
  for (const std::string_view word : {"true", "false"}) {
    if (Take(word)) {
      text = word;
      return true;
    }
  }
  if (Take("null")) {
    given = false;
    return true;
  }
  return Number(text);
}

// An array or object inside the row: only its form is looked at.
bool JsonLinesParser::Nested(std::uint32_t depth) {
  if (depth >= limits_->depth) return false;
  const bool object = Here() == '{';
  const std::string_view close = object ? "}" : "]";
  ++p_;
  Space();
  if (Take(close)) return true;
  while (true) {
    std::string_view ignored;
    bool given = true;
    Space();
    if (object) {
      if (!String(ignored)) return false;
      Space();
      if (!Take(":")) return false;
      Space();
    }
    const bool deeper = Here() == '{' || Here() == '[';
    if (!(deeper ? Nested(depth + 1) : Scalar(ignored, given))) return false;
    Space();
    if (Take(close)) return true;
    if (!Take(",")) return false;
  }
}

bool JsonLinesParser::String(std::string_view& text) {
  if (!Take("\"")) return false;
  const char* begin = p_;
  while (p_ != end_ && *p_ != '"' && *p_ != '\\' && static_cast<unsigned char>(*p_) >= 0x20) ++p_;
  if (Here() == '"') {
    text = std::string_view(begin, static_cast<std::size_t>(p_++ - begin));
    return true;
  }
  if (decoded_used_ == decoded_.size()) decoded_.emplace_back();
  std::string& out = decoded_[decoded_used_++];
  out.assign(begin, p_);
  while (p_ != end_ && static_cast<unsigned char>(*p_) >= 0x20) {
    if (*p_ == '"') {
      ++p_;
      text = out;
      return true;
    }
    if (*p_ != '\\') {
      out += *p_++;
    } else if (!Escape(out)) {
      return false;
    }
  }
  return false;
}

bool JsonLinesParser::Hex4(std::uint32_t& code) {
  code = 0;
  for (int i = 0; i < 4; ++i, ++p_) {
    const char c = Here();
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return false;
    code = code << 4 | static_cast<std::uint32_t>(digit);
  }
  return true;
}

bool JsonLinesParser::Escape(std::string& out) {
  ++p_;
  const char c = Here();
  if (c == '\0') return false;
  ++p_;
  constexpr std::string_view kShort = "\"\\/bfnrt";
  constexpr std::string_view kMeans = "\"\\/\b\f\n\r\t";
  if (const std::size_t at = kShort.find(c); at != std::string_view::npos) {
    out += kMeans[at];
    return true;
  }
  std::uint32_t code = 0, low = 0;
  if (c != 'u' || !Hex4(code) || (code >= 0xdc00 && code <= 0xdfff)) return false;
  if (code >= 0xd800 && code <= 0xdbff) {
    if (!Take("\\u") || !Hex4(low) || low < 0xdc00 || low > 0xdfff) return false;
    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  }
  AppendUtf8(out, code);
  return true;
}

bool JsonLinesParser::Number(std::string_view& text) {
  const char* begin = p_;
  const auto digits = [&] {
    const char* first = p_;
    while (Here() >= '0' && Here() <= '9') ++p_;
    return p_ != first;
  };
  Take("-");
  if (Here() == '0')
    ++p_;
  else if (!digits())
    return false;
  if (Take(".") && !digits()) return false;
  if (Here() == 'e' || Here() == 'E') {
    ++p_;
    if (Here() == '+' || Here() == '-') ++p_;
    if (!digits()) return false;
  }
  text = std::string_view(begin, static_cast<std::size_t>(p_ - begin));
  return true;
}

}  // namespace

std::unique_ptr<RowParser> MakeJsonLinesParser(std::unique_ptr<ByteSource> bytes, const Limits& limits) {
  return std::make_unique<JsonLinesParser>(std::move(bytes), limits);
}

}  // namespace lawbound::ingest
