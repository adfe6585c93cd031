// What the data of a log was like, as titled lists of facts: the form in which whoever read the log hands it
// to a report, which does not know how logs are read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lawbound::report {

struct QualityFact {
  std::string label;                   // "events left out: no readable time"
  std::optional<std::uint64_t> count;  // none: the note says it all
  std::string note;                    // "line 12, case A1: ..."; may be empty
};

struct QualitySection {
  std::string title;  // "Fields"
  std::string says;   // one sentence for the reader; may be empty
  std::vector<QualityFact> facts;
};

struct QualityPage {
  std::vector<QualitySection> sections;
};

}  // namespace lawbound::report
