#include "ingest/xes_expat_adapter.h"

#include <algorithm>
#include <deque>
#include <expat.h>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/value_text.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;

namespace {

class LinePlace final : public Place {
 public:
  explicit LinePlace(std::uint64_t line) : line_(line) {}
  std::uint64_t block() const override { return 0; }
  std::uint64_t line() const override { return line_; }

 private:
  std::uint64_t line_;
};

std::string_view LocalName(const char* name) {
  const std::string_view text(name);
  const std::size_t colon = text.find(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

AttributeType TypeOf(std::string_view element) {
  if (element == "string") return AttributeType::kString;
  if (element == "date") return AttributeType::kDate;
  if (element == "int") return AttributeType::kInt;
  if (element == "float") return AttributeType::kFloat;
  if (element == "boolean") return AttributeType::kBoolean;
  return element == "id" ? AttributeType::kId : AttributeType::kOther;
}

}  // namespace

class XesExpat::Reader {
 public:
  Reader(const Limits& limits, EventSink& sink)
      : limits_(&limits), sink_(&sink), parser_(XML_ParserCreate("UTF-8")) {
    CHECK(parser_ != nullptr);
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(
        parser_,
        [](void* self, const char* name, const char** attributes) {
          static_cast<Reader*>(self)->Start(name, attributes);
        },
        [](void* self, const char*) { static_cast<Reader*>(self)->Stop(); });
    XML_SetStartDoctypeDeclHandler(parser_, [](void* self, const char*, const char*, const char*, int) {
      auto* reader = static_cast<Reader*>(self);
      reader->Fail({Errc::kInvalid,
                    fmt::format("line {}: a document type declaration is not accepted in a log; remove it",
                                reader->Line())});
    });
    XML_SetXmlDeclHandler(parser_, [](void* self, const char*, const char* encoding, int) {
      if (encoding != nullptr) static_cast<Reader*>(self)->CheckEncoding(encoding);
    });
  }
  ~Reader() { XML_ParserFree(parser_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  base::Status Feed(std::span<const char> bytes, bool last) {
    constexpr std::size_t kMost = std::size_t{1} << 20;
    while (true) {
      const std::span<const char> part = bytes.first(std::min(kMost, bytes.size()));
      bytes = bytes.subspan(part.size());
      const bool end = last && bytes.empty();
      RETURN_IF_ERROR(FeedPart(part, end));
      if (bytes.empty()) return base::Ok();
    }
  }

 private:
  enum class Inside { kNothing, kLog, kCase, kEvent, kAttribute, kIgnored };

  base::Status FeedPart(std::span<const char> part, bool end) {
    const XML_Status status = XML_Parse(parser_, part.data(), static_cast<int>(part.size()), end ? 1 : 0);
    if (error_) return *error_;
    if (status != XML_STATUS_OK) {
      return Error{Errc::kInvalid, fmt::format("line {}: this is not well-formed XML: {}", Line(),
                                               XML_ErrorString(XML_GetErrorCode(parser_)))};
    }
    fed_ += part.size();
    // What expat has taken but not yet finished is one tag or comment, kept in memory.
    const XML_Index reached = XML_GetCurrentByteIndex(parser_);
    if (!end && reached >= 0 &&
        fed_ - static_cast<std::uint64_t>(reached) > limits_->row_bytes + part.size()) {
      return Error{Errc::kLimit, fmt::format("line {}: a tag or comment of more than {} bytes", Line(),
                                             limits_->row_bytes)};
    }
    return base::Ok();
  }

  void CheckEncoding(std::string_view encoding) {
    if (EqualIgnoringCase(encoding, "UTF-8") || EqualIgnoringCase(encoding, "US-ASCII")) return;
    Fail({Errc::kInvalid,
          fmt::format(
              "line {}: the log says it is written in {}; convert it to UTF-8 first: iconv -f {} -t UTF-8",
              Line(), encoding, encoding)});
  }

  std::uint64_t Line() const { return XML_GetCurrentLineNumber(parser_); }

  void Fail(Error error) {
    if (error_) return;
    error_ = std::move(error);
    XML_StopParser(parser_, XML_FALSE);
  }
  void Keep(base::Status status) {
    if (!status.ok()) Fail(std::move(status).error());
  }

  void Start(const char* raw, const char** attributes) {
    if (error_) return;
    const std::string_view name = LocalName(raw);
    const Inside outer = stack_.empty() ? Inside::kNothing : stack_.back();
    stack_.push_back(Enter(outer, name, attributes));
    // The scanner counts from the element below the case or event; so does this.
    if (stack_.back() == Inside::kAttribute || stack_.back() == Inside::kIgnored) ++deep_;
    if (deep_ > 1 && deep_ >= limits_->depth) {
      Fail({Errc::kLimit,
            fmt::format("line {}: more than {} elements inside one another", Line(), limits_->depth)});
    }
  }

  Inside Enter(Inside outer, std::string_view name, const char** attributes) {
    const char *key = nullptr, *value = nullptr;
    for (const char** a = attributes; *a != nullptr; a += 2) {
      const std::string_view attribute(a[0]);
      if (std::string_view(a[1]).size() > limits_->text_bytes) {
        Fail({Errc::kLimit,
              fmt::format("line {}: a text of more than {} bytes", Line(), limits_->text_bytes)});
      }
      if (attribute == "key") key = a[1];
      if (attribute == "value") value = a[1];
    }
    switch (outer) {
      case Inside::kNothing:
        if (name == "log") return Inside::kLog;
        Fail({Errc::kInvalid, fmt::format("line {}: this is no XES log: its first element is <{}>, not <log>",
                                          Line(), name)});
        return Inside::kIgnored;
      case Inside::kLog:
        if (name == "event") sink_->LooseEvent();
        if (name != "trace") return Inside::kIgnored;
        case_line_ = Line();
        Keep(sink_->BeginCase(LinePlace(case_line_)));
        return Inside::kCase;
      case Inside::kCase:
        if (name == "event") {
          event_line_ = Line();
          attributes_.clear();
          used_ = 0;
          return Inside::kEvent;
        }
        if (key != nullptr && value != nullptr) {
          Keep(sink_->CaseAttribute({key, value, TypeOf(name)}, LinePlace(Line())));
        }
        return Inside::kAttribute;
      case Inside::kEvent:
        if (key != nullptr && value != nullptr) AddAttribute({key, value, TypeOf(name)});
        return Inside::kAttribute;
      case Inside::kAttribute:
        if (key != nullptr) sink_->NestedAttributes(1);
        return Inside::kAttribute;
      case Inside::kIgnored:
        break;
    }
    return Inside::kIgnored;
  }

  void AddAttribute(const Attribute& attribute) {
    if (attributes_.size() >= limits_->attributes_per_event) {
      Fail({Errc::kLimit, fmt::format("line {}: more than {} attributes in one event", event_line_,
                                      limits_->attributes_per_event)});
      return;
    }
    attributes_.push_back({Kept(attribute.key), Kept(attribute.value), attribute.type});
  }

  std::string_view Kept(std::string_view text) {
    if (used_ == kept_.size()) kept_.emplace_back();
    return kept_[used_++] = text;
  }

  void Stop() {
    if (error_) return;
    const Inside inside = stack_.back();
    stack_.pop_back();
    if (inside == Inside::kAttribute || inside == Inside::kIgnored) --deep_;
    if (inside == Inside::kEvent) Keep(sink_->Event(attributes_, LinePlace(event_line_)));
    if (inside == Inside::kCase) Keep(sink_->EndCase(LinePlace(case_line_)));
  }

  const Limits* limits_;
  EventSink* sink_;
  XML_Parser parser_;
  std::vector<Inside> stack_;
  std::uint64_t case_line_ = 0, event_line_ = 0, fed_ = 0;
  std::vector<Attribute> attributes_;
  std::deque<std::string> kept_;
  std::size_t used_ = 0;
  std::size_t deep_ = 0;  // elements open below log, case and event
  std::optional<Error> error_;
};

XesExpat::XesExpat(const Limits& limits, EventSink& sink) : reader_(std::make_unique<Reader>(limits, sink)) {}
XesExpat::~XesExpat() = default;
base::Status XesExpat::Feed(std::span<const char> bytes) { return reader_->Feed(bytes, false); }
base::Status XesExpat::End() { return reader_->Feed({}, true); }

}  // namespace lawbound::ingest
