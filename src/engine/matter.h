// One matter, ready to be folded: its history, and the plan for it.
//
// Of a pack without parts these are the history and the plan as given.  Of one with parts, the plan is that
// of the program unfolded for as many members as the matter has (program/unfold.h), and the history speaks of
// its acts; so the engine itself knows of no parts.  Plans are kept by their numbers of members, rounded up
// to a power of two, and shared between threads.  In an unfolded matter a member that is nobody takes no
// part, as far as can be seen; where a log may leave somebody out there always is one.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/plan.h"
#include "model/history.h"
#include "model/verdict.h"
#include "program/unfold.h"

namespace lawbound::engine {

using model::History;
using model::Outcome;

// A program unfolded, and its plan.  Neither copied nor moved: the plan points to the program.
struct UnfoldedPlan {
  program::Unfolded unfolded;
  std::optional<Plan> plan;
};

// The plans of one pack by numbers of members.  Any number of threads at a time.
class PartPlans {
 public:
  PartPlans(const program::Program& program, const calendar::Calendars& calendars, const PlanOptions& options)
      : program_(&program), calendars_(&calendars), options_(options) {}

  // `counts` by role; null when the program would be too large.
  std::shared_ptr<const UnfoldedPlan> Find(const std::vector<std::uint32_t>& counts);
  // The same, made for these members and not kept: titles say in whose part each act lies.
  std::shared_ptr<const UnfoldedPlan> Make(const std::vector<std::uint32_t>& counts,
                                           const std::vector<std::string>& names) const;

 private:
  const program::Program* program_;
  const calendar::Calendars* calendars_;
  PlanOptions options_;
  std::mutex mutex_;
  std::map<std::vector<std::uint32_t>, std::shared_ptr<const UnfoldedPlan>> plans_;
};

class Matter {
 public:
  enum class Titles : std::uint8_t { kPlain, kNamed };  // named: titles say in whose part each act lies

  // Borrows both for its life.
  Matter(const Plan& plan, const History& history, Titles titles);

  // Not so: it has more members than program::kMaxMembers, or too many for the questions asked of each.  Then
  // plan and history are those given, and are not to be folded.
  bool fits() const { return fits_; }
  const Plan& plan() const { return unfolded_ == nullptr ? *given_ : *unfolded_->plan; }
  const History& history() const { return history_; }

  // Of which part an entry, by its place in the history, a term or an outcome is; kNobodysPart of what lies
  // in the part of a member that the plan only has room for.
  static constexpr program::PartNumber kNobodysPart = 0xff;
  program::PartNumber PartOf(std::size_t entry) const;
  // Every term that the one given is in this matter: one, or one for each member.
  std::vector<TermId> TermsOf(TermId term) const;
  program::PartNumber PartOf(TermId unfolded) const;
  program::PartNumber PartOf(ActId unfolded) const;
  TermId TermOf(TermId unfolded) const;
  RuleId RuleOf(RuleId unfolded) const;
  ActId ActOf(ActId unfolded) const;

  // Whose part it is, by the number of an outcome of the plan given; empty for the main part.
  std::string_view NameOf(program::PartNumber part) const;

  // An outcome of the unfolded plan in the ids of the plan given, with its part; and back.
  Outcome Folded(Outcome outcome) const;
  Outcome Unfolded(Outcome outcome) const;
  LawShift Unfolded(LawShift shift) const;

 private:
  void FindMembers();
  void Unfold(Titles titles);
  void TranslateEntries();
  void TranslateRoleValues();
  program::PartNumber WithoutRoom(program::PartNumber part) const;
  program::PartNumber WithRoom(program::PartNumber part) const;
  std::optional<std::size_t> NumberOf(model::RoleId role, Value name) const;

  const Plan* given_;
  std::shared_ptr<const UnfoldedPlan> unfolded_;
  bool fits_ = true;
  History history_;
  std::vector<std::vector<Value>> found_;  // names, by role, each once and in the order of their rows
  std::vector<Value> members_;             // by member of the unfolded program
  std::vector<model::Entry> entries_;
  std::vector<ActId> chosen_on_;
  std::vector<Value> role_values_;
};

}  // namespace lawbound::engine
