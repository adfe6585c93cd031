// What a question about a program can depend on: the acts, terms and rules whose course may change the
// answer.  Whatever else happens in a matter is left out of its exploration, which changes no answer
// (docs/proof.md).
#pragma once

#include <vector>

#include "engine/plan.h"
#include "program/program.h"

namespace lawbound::prove {

using model::ActId;
using model::FieldId;
using model::RuleId;
using model::SentenceId;
using model::TermId;

class Slice {
 public:
  // Of a program without parts, or unfolded.  Borrows the plan.
  explicit Slice(const engine::Plan& plan);

  // What is asked about; then Close() adds all that bears on it, and that on what was added.
  void AddAct(ActId act);
  void AddTerm(TermId term);
  void AddRule(RuleId rule);
  void AddCode(program::CodeId code);
  void Close();

  bool has(ActId act) const { return acts_[act.index()] != 0; }
  bool has(TermId term) const { return terms_[term.index()] != 0; }
  bool has(RuleId rule) const { return rules_[rule.index()] != 0; }
  // Whether some expression that counts reads the field, or who did the act.
  bool reads(FieldId field) const { return fields_[field.index()] != 0; }
  bool reads_people(ActId act) const { return people_[act.index()] != 0; }
  // Some act that counts may be taken away from the beginning (set aside, held void).
  bool takes_away() const { return takes_away_; }
  // Pairs of kinds of acts whose order is asked.
  const std::vector<std::pair<ActId, ActId>>& ordered() const { return ordered_; }

 private:
  void AddEvent(const program::EventDef& event);
  void AddSentence(SentenceId id);
  void AddApplies(const program::SentenceDef& sentence);
  void AddField(FieldId field);
  void AddPeople(ActId act);
  void AddLength(const program::LengthDef& length);
  void AddOrder(ActId one, ActId other);
  void AddOp(const program::Op& op);
  void Follow(ActId act);
  void Follow(TermId term);
  void Follow(RuleId rule);
  void FollowEffects();

  const engine::Plan& plan_;
  std::vector<std::uint8_t> acts_, terms_, rules_, fields_, people_, codes_, sentences_;
  std::vector<std::pair<ActId, ActId>> ordered_;
  bool takes_away_ = false;
  std::vector<ActId> new_acts_;
  std::vector<TermId> new_terms_;
  std::vector<RuleId> new_rules_;
};

}  // namespace lawbound::prove
