// Finds the citations in a legal text: by name (《...》第三条), by short name (刑法第三条), of the text
// itself (本法第三条), relative (前款, 本章), in lists and ranges.  The words are data (law/grammar.h).  The
// text is never changed: a citation is a span of it, what it names, how sure that is and by which rule it was
// read.
//
//   CitationReader reader(grammar, names);
//   for (const TextCitation& found : reader.Read(text)) ...
//
// A reader is used by one thread; grammar and names must outlive it and may be shared.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "law/grammar.h"
#include "law/provision.h"
#include "law/text.h"

namespace lawbound::law {

struct CitationTarget {
  std::string instrument;  // its plain name; empty: the text itself
  bool known = true;       // false: it cannot be told which provision is meant
  Path path;
  std::optional<Step> range_end;  // the last provision of a range, in the place of the last step of the path

  bool operator==(const CitationTarget&) const = default;
};
// "self/art_3/item_1..item_5", "刑法/art_17-1", "unknown".
std::string PrintTarget(const CitationTarget& target);

enum class Confidence : std::uint8_t { kCertain, kLikely, kAmbiguous };

struct FoundCitation {
  std::size_t begin = 0, end = 0;  // bytes
  CitationTarget target;
  Confidence confidence = Confidence::kCertain;
  std::string_view reason;                 // of a fixed set: "named in brackets"
  std::vector<CitationTarget> candidates;  // the other readings, when ambiguous
};

// The instruments that texts may call by their bare name.
class BareNames {
 public:
  void Add(std::string name);
  // The longest name at `at`; empty when none.
  std::string_view At(std::string_view text, std::size_t at) const;
  bool MayBeginWith(char32_t code) const { return by_first_.contains(code); }

 private:
  std::map<char32_t, std::vector<std::string>> by_first_;  // longest first
};

struct TextCitation {
  std::size_t unit = 0;  // index into the text's units
  std::size_t offset =
      0;  // of the line within the unit's text; the citation's bytes count from the line's start
  std::uint32_t line = 0;  // in the file
  FoundCitation citation;
};

// Where a line stands, for what is said relative to it.
struct Standpoint {
  Path containers;              // the part, chapter, section around it
  std::optional<Step> article;  // nothing outside of articles
  std::uint32_t paragraph = 0, item = 0;
  bool quoted = false;  // words of another text
};

class CitationReader {
 public:
  CitationReader(const Grammar& grammar, const BareNames& names);

  // All citations of a text, in order.  Short names that the text defines hold for that text.
  std::vector<TextCitation> Read(const Text& text);

  // The citations of one line.  What earlier lines defined since the last Read holds.
  std::vector<FoundCitation> ReadLine(std::string_view line, const Standpoint& here);

  // Before lines of another text: what earlier lines defined no longer holds.
  void Forget();

 private:
  friend class LineReader;
  std::string AmendedByTitle(std::string_view title) const;
  const Grammar& grammar_;
  const BareNames& names_;
  std::vector<bool> begins_;  // by code point: a citation may begin with it
  BareNames aliases_;
  std::map<std::string, std::string, std::less<>> alias_of_;
  std::string amended_;                 // the instrument that the text is changing
  std::optional<CitationTarget> lead_;  // what the paragraph around an item cited
  bool amending_ = false;               // the title says that this text changes another
  // The article of the other text that the point in hand changes: 原第二款 is a paragraph of it.
  std::optional<CitationTarget> amended_article_;
};

}  // namespace lawbound::law
