// An explanation in words: why a rule was broken, kept or cannot be told, with the sum of its term and what
// would cure it.  One account is shown by the terminal, by HTML and by tests.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/explain.h"
#include "report/condition.h"

namespace lawbound::report {

struct Account {
  std::string headline;                 // "Broken: 1 day late"
  std::string rule;                     // the rule's title; for form and standing the act's
  std::vector<std::string> provisions;  // "CdS 201(1), Codice della strada (seen)"
  // For each of them the provision's own words of the day, or why there are none; all empty without a source.
  std::vector<std::string> provision_texts;
  std::string sentence;         // as written; empty for form and standing
  std::vector<Reason> reasons;  // whole sentences, in the order in which one would tell it
  std::vector<std::string> marks;
  std::vector<std::string> follows;  // what the breach brings about
  std::vector<std::string> cure;
};

// What a provision said on a day, for showing: a few lines.
using ProvisionText = std::function<std::string(const program::Citation&, base::Day)>;

struct AccountOptions {
  Voice voice;
  base::Day as_of;  // until when it is known that nothing more was done
  // Where the words of provisions come from (a registry of law); null: they are named and not shown.
  const ProvisionText* provision_text = nullptr;
};

// REQUIRES: `explanation` is Explain's for this plan and history.
Account MakeAccount(const engine::Plan& plan, const model::History& history,
                    const engine::Explanation& explanation, const AccountOptions& options);

// "Missing: ...", a line for each datum without which it cannot be told.
std::vector<std::string> MissingWords(const program::Program& program, const engine::Explanation& explanation,
                                      const Voice& voice);

// Lines of at most `width` columns where words allow it, each begun with `indent` spaces.
std::string AccountText(const Account& account, std::size_t indent, std::size_t width);

// Breaks `text` into lines; further lines are begun with `hang` more spaces.
std::string Wrap(std::string_view text, std::size_t indent, std::size_t hang, std::size_t width);

}  // namespace lawbound::report
