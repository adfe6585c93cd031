// Taking texts in.  An import is one transaction: all of it or nothing.  The same texts a second time change
// nothing. What could not be understood, what came twice and what the sources contradict each other in is in
// the report; the importer decides nothing silently and invents no date.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "law/text.h"
#include "registry/jurisdiction.h"
#include "registry/registry.h"

namespace lawbound::registry {

struct ImportOptions {
  base::Day known;        // the day from which the registry is taken to know these texts
  std::string rank;       // of texts that no folder of the jurisdiction's sources covers; may be empty
  std::string territory;  // likewise; needed where sources do not cover a text
};

enum class Remark : std::uint8_t {
  kIssue,       // something in a text was not understood
  kRefused,     // the text was not taken in
  kDuplicate,   // the same words are there under another file or name
  kOtherText,   // another text of a version that is there; not taken in
  kSuccession,  // who follows whom is in doubt
  kFlag,        // a flag of the collection contradicts what was computed
};
std::string_view RemarkWords(Remark remark);

struct Finding {
  Remark remark = Remark::kIssue;
  std::string file;
  std::size_t line = 0;  // 0: no line is meant
  std::string words;
  std::optional<law::IssueKind> issue;
};

struct ImportReport {
  std::size_t files = 0, added = 0, unchanged = 0, corrected = 0, refused = 0;
  std::size_t instruments = 0, articles = 0;  // of what was added or corrected
  std::vector<Finding> findings;
};

// Takes in every text (registry/formats.h) below a folder, or one file.  `progress`, when given, is called
// after each file with how many of how many are done.  kNotFound, kLimit when a file is larger than 16 MB;
// the registry is then as it was.
base::Result<ImportReport> Import(Registry& registry, const Jurisdiction& jurisdiction,
                                  const std::string& path, const ImportOptions& options,
                                  const std::function<void(std::size_t, std::size_t)>& progress = nullptr);

// The texts below a folder by their paths within it, sorted; the file itself when it is one.
std::vector<std::string> FindTexts(const std::string& path);

}  // namespace lawbound::registry
