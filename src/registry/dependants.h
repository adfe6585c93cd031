// Who rests on a provision, and what becomes of a provision when its instrument changes: the two halves of a
// work list.  Texts of the registry are found by the citations in them, each time anew: nothing is stored
// that an import would have to keep right.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "law/citation_reader.h"
#include "registry/compare.h"
#include "registry/jurisdiction.h"
#include "registry/registry.h"

namespace lawbound::registry {

// A provision of a text that cites the one asked for.
struct Citing {
  std::string address;       // of the citing provision
  std::int64_t version = 0;  // that the provision stands in
  std::string title;         // of its instrument
  std::string words;         // the cited words
  law::Confidence confidence = law::Confidence::kCertain;
  std::string_view reason;  // why they are read so
  law::Path cited;          // what they name; empty: the whole instrument
  bool inner = false;       // the instrument cites itself
  // The version of the cited instrument that was in force when the citing text was published is another one
  // than that asked about: the number may mean another article.
  bool other_version = false;
};

// What a citation names and what is asked for meet: one is the other or a part of it.
bool Meet(const law::CitationTarget& cited, const law::Path& asked);

// Every provision, of the version itself and of the versions of others in force on `day`, that cites a
// provision of `work` (or a part of it, or something it is a part of); by the order of the texts.  An empty
// path asks for the whole instrument: every citation of it, its own of itself left out.
base::Result<std::vector<Citing>> WhoCites(Registry& registry, const Jurisdiction& jurisdiction,
                                           const Work& work, std::size_t version, const law::Path& path,
                                           base::Day day, base::Day known);

enum class Fate : std::uint8_t {
  kStands,   // the version is in force; nothing follows it
  kSame,     // the next version says the same under the same number
  kMoved,    // ... the same under another number
  kChanged,  // ... something else
  kGone,     // the next version has nothing like it
  kEnded,    // the instrument was repealed
  kUnknown,  // the version asked about has no such provision
};
std::string_view FateWords(Fate fate);

struct ProvisionFate {
  Fate fate = Fate::kStands;
  std::string now;  // address of what stands in its place, or of the nearest words of the repealing text
  std::vector<Run> runs;  // of the article, when it changed
};

// What comes after a version: the next version, or the text that repeals the instrument, or nothing.
class Successor {
 public:
  // As known on `known`.  The articles of both sides are compared once, here.
  static base::Result<Successor> Find(Registry& registry, const Jurisdiction& jurisdiction, const Work& work,
                                      std::size_t version, base::Day known);

  bool Any() const { return change_day_.has_value() || repealed_; }
  bool Repealed() const { return repealed_; }
  // From when; nothing: unknown.
  std::optional<base::Day> change_day() const { return change_day_; }
  // The next version, or the provision that repeals; empty when there is none.
  const std::string& address() const { return address_; }
  // The version that repeals the instrument, when one does.
  std::optional<std::int64_t> repealing() const { return repealing_; }
  ProvisionFate FateOf(const law::Path& path) const;

 private:
  const law::Grammar* grammar_ = nullptr;
  std::optional<Work> next_;  // whose version follows or repeals
  std::size_t next_version_ = 0;
  Registry* registry_ = nullptr;
  bool repealed_ = false;
  std::optional<std::int64_t> repealing_;
  std::optional<base::Day> change_day_;
  std::string address_;
  std::vector<UnitRow> before_, after_;
  std::vector<ArticleChange> changes_;
};

}  // namespace lawbound::registry
