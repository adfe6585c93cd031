// What somebody said of a file: which ledger it is, what its columns mean, what never happened.  Kept beside
// the file as a text that they may change: cases.xlsx.look (docs/formats/look.md).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "look/day_text.h"
#include "look/said.h"

namespace lawbound::look {

struct Answers {
  std::string ledger;  // its name: "prc/information-request"; empty: not said
  // By act, ACT.FIELD or "case": the name of the column; empty: no column is it.
  std::map<std::string, std::string, std::less<>> columns;
  std::optional<std::vector<std::string>> never;  // acts that were done in no row
  Order order = Order::kUnknown;                  // where the columns do not tell
};

// kInvalid with the line.
base::Result<Answers> ParseAnswers(std::string_view text);
// `comments`: lines that stand above it.  ParseAnswers gives the same answers again.
std::string PrintAnswers(const Answers& answers, const std::vector<std::string>& comments);

}  // namespace lawbound::look
