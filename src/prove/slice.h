// What a question about a program can depend on: the acts, terms and rules whose course may change the
// answer.  Whatever else happens in a matter is left out of its exploration, which changes no answer
// (docs/proof.md).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/plan.h"
#include "program/program.h"

namespace lawbound::prove {

using model::ActId;
using model::FieldId;
using model::RuleId;
using model::SentenceId;
using model::TermId;

// How much of a program is looked at.  In each view but the last more may happen than in any matter, so that
// what is proved in it holds whatever else is done, lawfully or not; the fewer conditions are followed, the
// fewer states there are.
enum class View : std::uint8_t {
  kOneGate,  // of the acts asked about those conditions that speak of what is asked; every other act may be
             // done at any moment, and what the law makes follow may follow at any moment
  kTopicGates,  // the same, and of every act of an authority the conditions that speak of what is asked
  kGates,       // all conditions of the acts asked about
  kAtHand,   // of the acts by which something is to be come to some conditions; of all that is not followed
             // nothing is known when it is asked whether they are lawful
  kEffects,  // and what brings about or undoes an act that counts
  kWhole,    // and the conditions of every act that counts: exactly what the gate lets through
};

class Slice {
 public:
  // Of a program without parts, or unfolded.  Borrows the plan.
  explicit Slice(const engine::Plan& plan, View view = View::kWhole);

  View view() const { return view_; }

  // What is asked about; then Close() adds all that bears on it, and that on what was added.
  void AddAct(ActId act);
  // The same, and its conditions are followed in every view: whether it is lawful is asked.
  void AddAsked(ActId act);
  // For kOneGate: what the conditions must speak of.  Goes before Close().
  void SetTopic(program::CodeId code);
  // Of the conditions of the acts asked about only this one is followed.  Goes before AddAsked().
  void FollowOnly(SentenceId sentence) { only_ = sentence; }
  // For kAtHand: the conditions that are followed.  Goes before AddAsked().
  void FollowThese(std::vector<SentenceId> sentences) { these_ = std::move(sentences); }
  // For kAtHand: the acts that stop a time are not followed for that, unless somebody asks whether it runs or
  // is stopped.  Such a time may be over at any moment, and who waits can rely on its end only where it
  // certainly is not stopped.  Goes first.
  void LeaveStopsOut() { leaves_stops_out_ = true; }
  // For kAtHand: what follows from what is done and from the ends of times is followed, too.  Goes first.
  void FollowWhatFollows() { follows_effects_ = true; }
  // Whether a condition of the act asked about speaks of what is asked.
  bool SpeaksOfTopic(SentenceId sentence) const;
  void AddTerm(TermId term);
  // The same, and what stops it in every view.
  void AddTermAndStops(TermId term);
  void AddRule(RuleId rule);
  void AddCode(program::CodeId code);
  // The same of what is asked when the act is judged: its own fields are those of that very act.
  void AddCodeWhenJudged(program::CodeId code, ActId act);
  // Whether the sentence applies: its rule, its `if` and its event, but not the acts that it speaks of.
  void AddWhetherApplies(SentenceId sentence);
  // What a condition speaks of.
  void AddSpokenOf(SentenceId condition);
  // Who did acts of the kind.
  void AddPeople(ActId act);
  void Close();

  // Whether it counts that the act was done.
  bool has(ActId act) const { return acts_[act.index()] != 0; }
  bool has(TermId term) const { return terms_[term.index()] != 0; }
  bool has(RuleId rule) const { return rules_[rule.index()] != 0; }
  // Whether the term may be stopped, and it is left out when.
  bool may_be_stopped_unseen(TermId term) const {
    return leaves_stops_out_ && stop_asked_[term.index()] == 0 &&
           !plan_.program().terms[term.index()].stops.empty();
  }
  // Whether something that counts reads the field, or asks whether it was filled in.
  bool reads(FieldId field) const { return reads_value(field) || filled_[field.index()] != 0; }
  // What it says is read.
  bool reads_value(FieldId field) const { return fields_[field.index()] != 0 || summed_[field.index()] != 0; }
  // Whether some expression reads it of one act, not just the sum over all.
  bool reads_one(FieldId field) const { return fields_[field.index()] != 0 || filled_[field.index()] != 0; }
  // Once it is so it stays so: that some act stands which cannot fall, or that a rule was broken.
  bool stays(program::CodeId code) const;
  // Whether the expression is asked.
  bool uses(program::CodeId code) const { return used_[code.index()] != 0; }
  // Of several acts of the kind it counts what they come to together, and that of the last.
  bool is_summed(ActId act) const;
  // Whether somebody asks what was said of it: that it is challenged, stayed, upheld.
  bool reads_standing(ActId act) const { return standing_asked_[act.index()] != 0; }
  bool reads_people(ActId act) const { return people_[act.index()] != 0; }
  // Whether of several acts of the kind each counts, not just the last: they are counted or summed, or who
  // did them is asked, or the last may fall.  Else it may be done any number of times.
  bool counts_each(ActId act) const { return lasts(act) && (each_[act.index()] != 0 || is_summed(act)); }
  // Once done it may still be asked about.
  bool lasts(ActId act) const { return lasting_[act.index()] != 0; }
  // The law may deem it done.
  bool is_deemed(ActId act) const { return deemed_[act.index()] != 0; }
  bool asks(ActId act) const { return asked_[act.index()] != 0; }
  // Whether a condition or permission of an act asked about is followed.
  bool follows(SentenceId sentence) const { return sentences_[sentence.index()] != 0; }
  // Whether nothing is said of why effects come, members take part and the matter is closed (ending every
  // term): that may be at any moment.
  bool is_free() const { return view_ < View::kEffects && !follows_effects_; }
  // Whether of the conditions of an act only those count that speak of what is asked.
  bool is_of_topic() const { return view_ == View::kOneGate || view_ == View::kTopicGates; }
  // Whether authorities do the acts that are asked about only where that is lawful.  Not where what was
  // lawful may rest on what was taken away since, or has fallen.
  bool binds() const { return view_ == View::kWhole || (!takes_away_ && !falls_freely_); }
  // Some rule's breach counts, and with it the duties that may be missed.
  bool has_rules() const;
  // Members, by their part, of whom it is asked whether they take part.
  const std::vector<program::PartNumber>& free_parts() const { return free_parts_; }
  // What may follow at any moment: rows of the program's effects.
  const std::vector<std::uint32_t>& free_effects() const { return free_effects_; }
  // Whether it is asked whether those who did two kinds of acts are the same.
  bool asks_who_acted(program::CodeId code) const;
  // What a party does has effect, lawful or not, and nothing follows from its not being so.
  bool has_effect_anyway(ActId act) const;
  // Everybody may do it who has not been named somewhere.
  bool OthersMayDo(ActId act) const;
  // Some act that counts may be taken away from the beginning (set aside, held void).
  bool takes_away() const { return takes_away_; }
  // It may be taken away, or rest on what may be.
  bool may_be_lost(ActId act) const { return lost_[act.index()] != 0; }
  // The same, and by what follows from the end of a time or from a breach.
  bool time_takes_away() const { return time_takes_away_; }
  // A matter from which an act was taken away looks, through this slice, like one in which it was never done.
  bool forgets() const;
  // Pairs of times that are followed, of which the first is over first if one act began both.
  const std::vector<std::pair<TermId, TermId>>& over_first() const { return over_first_; }
  // Pairs of kinds of acts whose order is asked.
  const std::vector<std::pair<ActId, ActId>>& ordered() const { return ordered_; }

 private:
  void AddEvent(const program::EventDef& event);
  void AddSentence(SentenceId id);
  void AddApplies(const program::SentenceDef& sentence);
  void AddField(FieldId field);
  void AddLength(const program::LengthDef& length);
  void AddLengthKnown(const program::LengthDef& length);
  void AddOrder(ActId one, ActId other);
  void AddOp(const program::Op& op);
  void AddWhetherStopped(const program::Op& op);
  void AddTimesOf(program::CodeId code);
  void AddFreePart(const program::Op& op);
  void FollowGates(ActId act);
  void AddEach(ActId act);
  void AddNamedIn(model::RoleId role);
  void AddTimes(ActId act);
  void FindEach();
  std::vector<std::uint8_t> WithWhatRestsOn(ActId act) const;
  bool AsksStanding(const std::vector<std::uint8_t>& acts) const;
  bool LeavesSignal(const std::vector<std::uint8_t>& acts) const;
  bool MovesTerm(const std::vector<std::uint8_t>& acts) const;
  bool IsNoticed(const program::EffectDef& effect) const;
  bool NeverTakesEffect(const program::EffectDef& of_breach) const;
  bool Changes(const program::EffectDef& effect) const;
  bool GivesItsOwn(const program::EffectDef& effect, ActId act);
  bool GivesSomethingRead(const program::EffectDef& effect) const;
  bool MayFallFreely(ActId act) const;
  bool MustBeFollowed(SentenceId sentence) const;
  void ReadWhatIsAsked(program::CodeId code, ActId judged);
  void ReadWhatIsAskedOfAll();
  void Follow(ActId act);
  void Follow(TermId term);
  void Follow(RuleId rule);
  void FollowEffects();

  const engine::Plan& plan_;
  View view_;
  std::shared_ptr<const Slice> topic_;
  SentenceId only_;
  std::vector<SentenceId> these_;
  std::vector<std::uint8_t> asked_, taken_, standing_asked_, each_, deemed_;  // by act
  std::vector<std::uint8_t> lost_, lasting_;                                  // by act
  std::vector<std::uint32_t> free_effects_;
  std::vector<program::PartNumber> free_parts_;
  ActId judging_;  // the act whose own conditions are being followed
  std::vector<std::uint8_t> acts_, terms_, rules_, fields_, filled_, summed_, people_, codes_, used_,
      sentences_;
  std::vector<std::pair<ActId, ActId>> ordered_;
  std::vector<std::pair<TermId, TermId>> over_first_;
  bool follows_effects_ = false, leaves_stops_out_ = false;
  std::vector<std::uint8_t> stop_asked_;  // by term: somebody asks whether it runs or is stopped
  bool takes_away_ = false, time_takes_away_ = false;
  bool falls_freely_ =
      false;  // some act falls, which is left out: the matter is as if it had never been done
  std::vector<ActId> new_acts_;
  std::vector<TermId> new_terms_;
  std::vector<RuleId> new_rules_;
};

}  // namespace lawbound::prove
