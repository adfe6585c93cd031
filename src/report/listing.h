// Which findings the page of an audit lists, rule by rule and act by act: those kept with their case, each to
// be opened to its explanation, and after them the numbers of the cases that `lawbound explain` tells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/audit.h"
#include "engine/plan.h"

namespace lawbound::report {

// How many cases of one list are named after those that are explained, at most.
inline constexpr std::size_t kNamedCases = 2000;

struct FindingList {
  std::vector<const engine::KeptCase*> kept;  // the gravest first
  std::vector<std::string_view> more;         // names of the cases that come next, each once
};

// Of the rules and acts of one program.
class FindingLists {
 public:
  explicit FindingLists(const program::Program& program)
      : rules_(program.rules.size()), lists_(2 * (program.rules.size() + program.acts.size())) {}

  // What was broken, or cannot be told, of a rule, and of the form and standing of a kind of act.
  FindingList& of(model::RuleId rule, bool broken) { return lists_[Place(rule.index(), broken)]; }
  FindingList& of(model::ActId act, bool broken) { return lists_[Place(rules_ + act.index(), broken)]; }
  const FindingList& of(model::RuleId rule, bool broken) const { return lists_[Place(rule.index(), broken)]; }
  const FindingList& of(model::ActId act, bool broken) const {
    return lists_[Place(rules_ + act.index(), broken)];
  }

  std::size_t PlaceOf(const program::Program& program, const model::Outcome& outcome) const;
  std::vector<FindingList>& all() { return lists_; }

 private:
  static std::size_t Place(std::size_t owner, bool broken) { return 2 * owner + (broken ? 0 : 1); }

  std::size_t rules_;
  std::vector<FindingList> lists_;
};

// Borrows the audit for the life of the result.  Time: the findings times the logarithm of kNamedCases.
FindingLists ListFindings(const engine::Plan& plan, const engine::Audit& audit);

}  // namespace lawbound::report
