// Reads XES fast: a scanner for the subset of XML that logs are written in (docs/formats/xes.md), block by
// block, so that several threads can scan several blocks of one log at once.  At the first construct outside
// the subset it says so, and the whole log is read again by expat (xes_expat_adapter.h).  What it accepts is
// well-formed and means the same to both.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/event.h"
#include "ingest/limits.h"

namespace lawbound::ingest {

// Bytes that may be read, though not looked at, after the end of a block: zeros.
inline constexpr std::size_t kScanPadding = 32;

enum class Scan : std::uint8_t { kDone, kOutside, kFailed };

// Counted over the bytes of a block before they are scanned.
struct Survey {
  std::uint64_t lines = 0;
  bool plain = true;  // only ASCII without control characters other than tab and line feed
};
Survey SurveyBlock(std::string_view block);

// One worker has one scanner.  Borrows limits and sink.
class XesScanner {
 public:
  XesScanner(const Limits& limits, EventSink& sink) : limits_(&limits), sink_(&sink) {}

  struct Block {
    std::string_view bytes;  // followed by kScanPadding zeros
    std::uint64_t index = 0;
    bool first = false, last = false;
  };
  // The first block starts where the log does (after a byte order mark), every block but the last ends with
  // "</trace>". kOutside: a construct outside the subset; the sink may have been given something already.
  // kFailed: see error().
  Scan ScanBlock(const Block& block);
  const base::Error& error() const { return *error_; }

 private:
  class BlockPlace;
  // Attributes of one tag of XML.
  struct Tag {
    static constexpr std::size_t kMost = 16;
    std::string_view name;
    std::size_t attributes = 0;
    std::string_view keys[kMost], values[kMost];
    bool empty = false;  // "<x/>"
    // Null when there is none of this name.
    const std::string_view* Find(std::string_view key) const;
  };

  bool Prolog();
  bool Declaration();
  bool LogBody(bool last);
  bool Epilog();
  bool Trace(const char* begin_of_case);
  bool Event(const char* begin_of_event);
  bool EventElement(bool& ended);
  // An element with key and value, or any other, within a case or event; `attribute` is left without data
  // when it is none.
  bool AttributeElement(Attribute& attribute);
  bool FastAttribute(Attribute& attribute, bool& empty);
  bool Subtree(std::string_view name, std::uint64_t* keyed);
  bool StartTag(Tag& tag);
  bool EndTag(std::string_view name);
  bool Comment();
  bool Value(std::string_view& value);
  bool DecodedValue(const char* begin, char quote, std::string_view& value);
  bool Reference(std::string& out);
  bool Space();  // at least one
  void SkipSpace();
  bool At(std::string_view text) const;
  bool Take(std::string_view text);
  bool Fail(base::Error error);
  bool Keep(base::Status status);
  std::uint64_t LineHere() const;

  const Limits* limits_;
  EventSink* sink_;
  Block block_;
  const char* p_ = nullptr;
  const char* end_ = nullptr;
  std::deque<std::string> decoded_;
  std::size_t decoded_used_ = 0;
  std::vector<Attribute> attributes_;
  std::optional<base::Error> error_;
};

}  // namespace lawbound::ingest
