// Every function that returns bool returns false when the reading of this block must end: outside the subset
// when error_ is empty, failed otherwise.  A zero byte stands behind the block and is no part of any
// construct, so most looks ahead need no test for the end.
#include "ingest/xes_scanner.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <utility>

#include "ingest/utf8.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace lawbound::ingest {

using base::Errc;
using base::Error;

namespace {

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool IsNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsNameByte(char c) { return IsNameStart(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

// The first of: the quote, '<', '&', a control character.  The zeros after the block stop it.
const char* FindSpecial(const char* p, char quote) {
#if defined(__SSE2__)
  const __m128i quotes = _mm_set1_epi8(quote), less = _mm_set1_epi8('<'), ampersand = _mm_set1_epi8('&'),
                control = _mm_set1_epi8(0x1f);
  for (;; p += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i hit =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, quotes), _mm_cmpeq_epi8(v, less)),
                     _mm_or_si128(_mm_cmpeq_epi8(v, ampersand), _mm_cmpeq_epi8(_mm_min_epu8(v, control), v)));
    if (const int mask = _mm_movemask_epi8(hit); mask != 0)
      return p + __builtin_ctz(static_cast<unsigned>(mask));
  }
#else
  while (*p != quote && *p != '<' && *p != '&' && static_cast<unsigned char>(*p) >= 0x20) ++p;
  return p;
#endif
}

AttributeType TypeOf(std::string_view element) {
  if (element == "string") return AttributeType::kString;
  if (element == "date") return AttributeType::kDate;
  if (element == "int") return AttributeType::kInt;
  if (element == "float") return AttributeType::kFloat;
  if (element == "boolean") return AttributeType::kBoolean;
  return element == "id" ? AttributeType::kId : AttributeType::kOther;
}

bool IsXmlCharacter(std::uint32_t c) {
  return c == 0x9 || c == 0xa || c == 0xd || (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) ||
         (c >= 0x10000 && c <= 0x10ffff);
}

}  // namespace

Survey SurveyBlock(std::string_view block) {
  Survey survey;
  constexpr std::size_t kStep = 4096;
  bool odd = false;
  for (std::size_t at = 0; at < block.size(); at += kStep) {
    const std::string_view part = block.substr(at, kStep);
    std::uint32_t lines = 0;
    unsigned char seen = 0;
    for (const char c : part) {
      const auto u = static_cast<unsigned char>(c);
      lines += u == '\n' ? 1u : 0u;
      // Bitwise, so that the compiler makes vectors of it.
      const unsigned odd_byte = (u >= 0x80u) | ((u < 0x20u) & (u != '\n') & (u != '\t'));
      seen = static_cast<unsigned char>(seen | odd_byte);
    }
    survey.lines += lines;
    odd = odd || seen != 0;
  }
  survey.plain = !odd;
  return survey;
}

class XesScanner::BlockPlace final : public Place {
 public:
  BlockPlace(const Block& in, const char* at) : in_(&in), at_(at) {}
  std::uint64_t block() const override { return in_->index; }
  std::uint64_t line() const override {
    return 1 + static_cast<std::uint64_t>(std::count(in_->bytes.data(), at_, '\n'));
  }

 private:
  const Block* in_;
  const char* at_;
};

const std::string_view* XesScanner::Tag::Find(std::string_view key) const {
  for (std::size_t i = 0; i < attributes; ++i) {
    if (keys[i] == key) return &values[i];
  }
  return nullptr;
}

Scan XesScanner::ScanBlock(const Block& block) {
  block_ = block;
  p_ = block.bytes.data();
  end_ = p_ + block.bytes.size();
  error_.reset();
  decoded_used_ = 0;
  const bool done = (!block.first || Prolog()) && LogBody(block.last) && p_ == end_;
  if (done) return Scan::kDone;
  return error_ ? Scan::kFailed : Scan::kOutside;
}

bool XesScanner::At(std::string_view text) const {
  return static_cast<std::size_t>(end_ - p_) >= text.size() && std::memcmp(p_, text.data(), text.size()) == 0;
}

bool XesScanner::Take(std::string_view text) {
  if (!At(text)) return false;
  p_ += text.size();
  return true;
}

void XesScanner::SkipSpace() {
  while (IsSpace(*p_)) ++p_;
}

bool XesScanner::Space() {
  const char* begin = p_;
  SkipSpace();
  return p_ != begin;
}

bool XesScanner::Fail(Error error) {
  error_ = std::move(error);
  return false;
}

bool XesScanner::Keep(base::Status status) {
  if (status.ok()) return true;
  return Fail(std::move(status).error());
}

std::uint64_t XesScanner::LineHere() const { return BlockPlace(block_, p_).line(); }

// <?xml version="1.0" encoding="UTF-8" standalone="yes"?>, comments, then the root.
bool XesScanner::Prolog() {
  if (At("<?xml") && !Declaration()) return false;
  while (true) {
    SkipSpace();
    if (!At("<!--")) break;
    if (!Comment()) return false;
  }
  Tag tag;
  return StartTag(tag) && tag.name == "log" && !tag.empty;
}

bool XesScanner::Declaration() {
  p_ += 5;
  std::string_view value;
  const auto pair = [&](std::string_view name) {
    SkipSpace();
    if (!Take(name)) return false;
    SkipSpace();
    if (!Take("=")) return false;
    SkipSpace();
    return Value(value);
  };
  if (!IsSpace(*p_) || !pair("version") || value != "1.0") return false;
  const char* after = p_;
  if (Space() && At("encoding")) {
    if (!pair("encoding") || (value != "UTF-8" && value != "utf-8" && value != "US-ASCII")) return false;
    after = p_;
  } else {
    p_ = after;
  }
  if (Space() && At("standalone")) {
    if (!pair("standalone") || (value != "yes" && value != "no")) return false;
  } else {
    p_ = after;
  }
  SkipSpace();
  return Take("?>");
}

bool XesScanner::LogBody(bool last) {
  while (true) {
    SkipSpace();
    decoded_used_ = 0;
    const char* begin = p_;
    if (p_ == end_) return !last;
    if (Take("<trace>")) {
      if (!Trace(begin)) return false;
    } else if (At("</")) {
      return last && EndTag("log") && Epilog();
    } else if (At("<!--")) {
      if (!Comment()) return false;
    } else {
      Tag tag;
      if (!StartTag(tag)) return false;
      if (tag.name == "trace") {
        // With attributes of its own, or empty.
        if (!tag.empty) {
          if (!Trace(begin)) return false;
        } else {
          const BlockPlace place(block_, begin);
          if (!Keep(sink_->BeginCase(place)) || !Keep(sink_->EndCase(place))) return false;
        }
        continue;
      }
      if (tag.name == "event") sink_->LooseEvent();
      if (!tag.empty && !Subtree(tag.name, nullptr)) return false;
    }
  }
}

bool XesScanner::Epilog() {
  while (true) {
    SkipSpace();
    if (p_ == end_) return true;
    if (!At("<!--") || !Comment()) return false;
  }
}

bool XesScanner::Trace(const char* begin_of_case) {
  const BlockPlace place(block_, begin_of_case);
  if (!Keep(sink_->BeginCase(place))) return false;
  while (true) {
    SkipSpace();
    const char* begin = p_;
    if (Take("<event>")) {
      if (!Event(begin)) return false;
    } else if (At("</")) {
      return EndTag("trace") && Keep(sink_->EndCase(place));
    } else {
      bool ended = false;
      if (At("<event") && !EventElement(ended)) return false;
      if (ended) continue;
      p_ = begin;
      Attribute attribute;
      if (!AttributeElement(attribute)) return false;
      if (attribute.key.data() != nullptr &&
          !Keep(sink_->CaseAttribute(attribute, BlockPlace(block_, begin))))
        return false;
      decoded_used_ = 0;
    }
  }
}

// An event whose tag is written in another way than "<event>"; not `ended` when the element is called
// otherwise.
bool XesScanner::EventElement(bool& ended) {
  const char* begin = p_;
  Tag tag;
  if (!StartTag(tag)) return false;
  if (tag.name != "event") return true;
  ended = true;
  if (!tag.empty) return Event(begin);
  return Keep(sink_->Event({}, BlockPlace(block_, begin)));
}

bool XesScanner::Event(const char* begin_of_event) {
  const BlockPlace place(block_, begin_of_event);
  attributes_.clear();
  while (true) {
    SkipSpace();
    if (p_[0] == '<' && p_[1] == '/') {
      if (!EndTag("event")) return false;
      const bool kept = Keep(sink_->Event(attributes_, place));
      decoded_used_ = 0;
      return kept;
    }
    Attribute attribute;
    if (!AttributeElement(attribute)) return false;
    if (attribute.key.data() == nullptr) continue;
    if (attributes_.size() >= limits_->attributes_per_event) {
      return Fail({Errc::kLimit, fmt::format("line {}: more than {} attributes in one event", place.line(),
                                             limits_->attributes_per_event)});
    }
    attributes_.push_back(attribute);
  }
}

bool XesScanner::AttributeElement(Attribute& attribute) {
  bool empty = false;
  const char* begin = p_;
  std::string_view name;
  if (FastAttribute(attribute, empty)) {
    if (empty) return true;
    name = std::string_view(begin + 1, static_cast<std::size_t>(std::find(begin, p_, ' ') - begin - 1));
  } else {
    if (error_) return false;
    attribute = {};
    p_ = begin;
    Tag tag;
    if (!StartTag(tag)) return false;
    name = tag.name;
    empty = tag.empty;
    const std::string_view* key = tag.Find("key");
    const std::string_view* value = tag.Find("value");
    if (key != nullptr && value != nullptr) attribute = {*key, *value, TypeOf(tag.name)};
  }
  if (empty) return true;
  std::uint64_t keyed = 0;
  if (!Subtree(name, &keyed)) return false;
  sink_->NestedAttributes(keyed);
  return true;
}

// Exactly `<string key="..." value="..."/>` or the same with another type, or ending in `>`.  False and no
// error: try slowly.
bool XesScanner::FastAttribute(Attribute& attribute, bool& empty) {
  struct Form {
    std::string_view head;
    AttributeType type;
  };
  static constexpr Form kForms[] = {
      {"<string key=\"", AttributeType::kString},   {"<date key=\"", AttributeType::kDate},
      {"<float key=\"", AttributeType::kFloat},     {"<int key=\"", AttributeType::kInt},
      {"<boolean key=\"", AttributeType::kBoolean}, {"<id key=\"", AttributeType::kId}};
  const Form* form =
      std::find_if(std::begin(kForms), std::end(kForms), [&](const Form& f) { return At(f.head); });
  if (form == std::end(kForms)) return false;
  p_ += form->head.size();
  attribute.type = form->type;
  const char* key = p_;
  p_ = FindSpecial(p_, '"');
  if (*p_ != '"') return false;
  attribute.key = std::string_view(key, static_cast<std::size_t>(p_ - key));
  if (!Take("\" value=\"")) return false;
  const char* value = p_;
  p_ = FindSpecial(p_, '"');
  if (*p_ != '"') return false;
  attribute.value = std::string_view(value, static_cast<std::size_t>(p_ - value));
  if (attribute.value.size() > limits_->text_bytes || attribute.key.size() > limits_->text_bytes)
    return false;
  ++p_;
  if (p_[0] == '/' && p_[1] == '>') {
    p_ += 2;
    empty = true;
    return true;
  }
  if (*p_ != '>') return false;
  ++p_;
  return true;
}

// The rest of an element whose start tag has been read.  Counts the elements in it that have a key.
bool XesScanner::Subtree(std::string_view name, std::uint64_t* keyed) {
  std::vector<std::string_view> open{name};
  while (!open.empty()) {
    SkipSpace();
    if (At("</")) {
      if (!EndTag(open.back())) return false;
      open.pop_back();
      continue;
    }
    Tag tag;
    if (!StartTag(tag)) return false;
    if (keyed != nullptr && tag.Find("key") != nullptr) ++*keyed;
    if (open.size() + 1 >= limits_->depth) {
      return Fail({Errc::kLimit, fmt::format("line {}: more than {} elements inside one another", LineHere(),
                                             limits_->depth)});
    }
    if (!tag.empty) open.push_back(tag.name);
  }
  return true;
}

bool XesScanner::StartTag(Tag& tag) {
  if (*p_ != '<' || !IsNameStart(p_[1])) return false;
  const char* begin = ++p_;
  while (IsNameByte(*p_)) ++p_;
  tag.name = std::string_view(begin, static_cast<std::size_t>(p_ - begin));
  while (true) {
    const bool spaced = Space();
    if (*p_ == '>') {
      ++p_;
      return true;
    }
    if (*p_ == '/') {
      tag.empty = true;
      return Take("/>");
    }
    if (!spaced || !IsNameStart(*p_) || tag.attributes == Tag::kMost) return false;
    begin = p_;
    while (IsNameByte(*p_) || *p_ == ':') ++p_;
    const std::string_view key(begin, static_cast<std::size_t>(p_ - begin));
    if (tag.Find(key) != nullptr) return false;
    SkipSpace();
    if (!Take("=")) return false;
    SkipSpace();
    if (!Value(tag.values[tag.attributes])) return false;
    tag.keys[tag.attributes++] = key;
  }
}

bool XesScanner::EndTag(std::string_view name) {
  const auto size = static_cast<std::size_t>(end_ - p_);
  if (size < name.size() + 3 || std::memcmp(p_ + 2, name.data(), name.size()) != 0) return false;
  p_ += 2 + name.size();
  SkipSpace();
  return Take(">");
}

bool XesScanner::Comment() {
  p_ += 4;
  const std::string_view rest(p_, static_cast<std::size_t>(end_ - p_));
  const std::size_t dashes = rest.find("--");
  if (dashes == std::string_view::npos || dashes + 2 >= rest.size() || rest[dashes + 2] != '>') return false;
  p_ += dashes + 3;
  return true;
}

bool XesScanner::Value(std::string_view& value) {
  const char quote = *p_;
  if (quote != '"' && quote != '\'') return false;
  const char* begin = ++p_;
  p_ = FindSpecial(p_, quote);
  if (*p_ == quote) {
    value = std::string_view(begin, static_cast<std::size_t>(p_ - begin));
  } else if (!DecodedValue(begin, quote, value)) {
    return false;
  }
  ++p_;
  if (value.size() > limits_->text_bytes) {
    return Fail({Errc::kLimit,
                 fmt::format("line {}: a text of more than {} bytes", LineHere(), limits_->text_bytes)});
  }
  return true;
}

// With references replaced and white space made blanks, as XML has it.
bool XesScanner::DecodedValue(const char* begin, char quote, std::string_view& value) {
  if (decoded_used_ == decoded_.size()) decoded_.emplace_back();
  std::string& out = decoded_[decoded_used_++];
  out.assign(begin, p_);
  while (*p_ != quote) {
    if (*p_ == '&') {
      if (!Reference(out)) return false;
    } else if (IsSpace(*p_) && *p_ != ' ') {
      p_ += p_[0] == '\r' && p_[1] == '\n' ? 2 : 1;
      out += ' ';
    } else {
      return false;
    }
    begin = p_;
    p_ = FindSpecial(p_, quote);
    out.append(begin, p_);
  }
  value = out;
  return true;
}

bool XesScanner::Reference(std::string& out) {
  struct Named {
    std::string_view text;
    char means;
  };
  static constexpr Named kNamed[] = {
      {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
  for (const Named& named : kNamed) {
    if (Take(named.text)) {
      out += named.means;
      return true;
    }
  }
  if (!Take("&#")) return false;
  const bool hex = *p_ == 'x';
  if (hex) ++p_;
  std::uint32_t code = 0;
  const char* begin = p_;
  for (; *p_ != ';'; ++p_) {
    std::uint32_t digit;
    if (*p_ >= '0' && *p_ <= '9')
      digit = static_cast<std::uint32_t>(*p_ - '0');
    else if (hex && *p_ >= 'a' && *p_ <= 'f')
      digit = static_cast<std::uint32_t>(*p_ - 'a' + 10);
    else if (hex && *p_ >= 'A' && *p_ <= 'F')
      digit = static_cast<std::uint32_t>(*p_ - 'A' + 10);
    else
      return false;
    code = code * (hex ? 16 : 10) + digit;
    if (code > 0x10ffff) return false;
  }
  if (p_ == begin || !IsXmlCharacter(code)) return false;
  ++p_;
  AppendUtf8(out, code);
  return true;
}

}  // namespace lawbound::ingest
