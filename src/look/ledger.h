// How the ledgers of a procedure call their columns: data beside its pack, in a file look.tsv
// (docs/formats/look.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lawbound::look {

using Words = std::vector<std::string>;  // as Plain writes them

struct LedgerAct {
  std::string act;
  Words words;
  std::string after;  // an act without which this one is not done; empty: none
};

struct LedgerField {
  std::string act, field;
  Words words;
  std::string unit;     // put behind a bare number: "working days"
  std::string chinese;  // the first of its words in Chinese, to call it by; empty: none
};

// What one rule hangs on.
struct LedgerRule {
  std::string rule;
  // By place in Ledger::acts: first what begins its time, then what ends or moves it.
  std::vector<std::size_t> acts;
};

struct Ledger {
  std::string pack;               // its folder
  std::string name;               // the last two folders: "prc/information-request"
  std::vector<LedgerRule> rules;  // that are looked at
  Words marks;                    // words that tell this procedure from others
  Words case_words, empty_words, total_words;
  Words person_words;           // columns that say who somebody is; their names only need to hold one
  std::vector<LedgerAct> acts;  // those that may begin a matter before the others
  std::size_t firsts = 0;       // how many may
  std::vector<LedgerField> fields;
  std::vector<std::string> unseen;  // what no ledger shows
};

// kInvalid with the line.
base::Result<Ledger> ParseLedger(std::string_view text, std::string pack);

// A head as it is compared: without spaces, brackets and what they hold, line feeds, punctuation; small
// letters, simplified characters.
std::string Plain(std::string_view head);

}  // namespace lawbound::look
