// The engine: advance, judge, apply (docs/language.md section 4).  The gate judges one act against a record;
// the audit folds a whole history with the same three functions.  Neither has rules of its own.
//
//   Record record;
//   record.Reset(plan, history);
//   Engine engine(plan, record);
//   for (entry of history) { engine.Advance(entry.day); engine.Judge(entry, verdict); engine.Apply(entry,
//   verdict); } engine.Advance(today);
//
// An Engine borrows plan and record for its life; it keeps nothing of its own.  One thread at a time per
// record.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/evaluate.h"
#include "engine/matter.h"
#include "engine/plan.h"
#include "engine/record.h"
#include "model/verdict.h"

namespace lawbound::engine {

using model::Answer;
using model::Finding;
using model::Ground;
using model::Marks;
using model::Verdict;

// How many days of lapses one Advance carries out at most; beyond, Record::overrun is set and time stands
// still.
inline constexpr int kMaxLapseDays = 10000;

// So many losses that one brings another are followed in one go; more set Record::overrun.
inline constexpr int kMaxRefolds = 8;

class Engine {
 public:
  Engine(const Plan& plan, Record& record) : plan_(plan), record_(record) {}
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // One sentence judged as of another day of the law (see LawShift).  Borrowed.
  void Shift(const LawShift* shift) { shift_ = shift; }

  // Carries out everything due before `day`, and what is due before this minute of it if that is known.
  void Advance(Day day, Minute minute = base::kNoMinute);
  // The same but for terms that only end: they are left as they were.  For those who want the outcomes and
  // not the terms.
  void CarryOutUntil(Day day);

  // Judges an act against the record as it is.  REQUIRES: Advance(entry.day) was done.  Changes nothing but
  // `out`.
  void Judge(const Entry& entry, Judgement& out) const;

  // Takes the act into the record with everything that follows from it, and appends its outcomes.
  // `index` is its place in the history.  REQUIRES: `judgement` is Judge's of the same entry and record.
  void Apply(const Entry& entry, std::uint32_t index, const Judgement& judgement);

  // Carries out one effect (a row of the program's) now, whatever it follows from: for a prover, which leaves
  // open when that is.
  void BringAbout(std::uint32_t effect);
  // Ends every term and releases every duty, as closing a matter does.
  void Close(Day day);
  // A member takes part from now on, as with the first act in its part.
  void TakePart(program::PartNumber part, Day day);

  // Whether and how a sentence applies on a day, its own `if` included; unknown where the governing day is.
  Cell Applies(const program::SentenceDef& sentence, Day day, const Entry* judged) const;
  // The same without the sentence's own `if`.
  Cell InForce(const program::SentenceDef& sentence, Day day, const Entry* judged) const {
    const auto row = static_cast<std::size_t>(&sentence - plan_.program().sentences.data());
    return plan_.always_in_force[row] != 0 ? Evaluator::FromTri(Tri::kYes) : InForceOn(sentence, day, judged);
  }

 private:
  Cell InForceOn(const program::SentenceDef& sentence, Day day, const Entry* judged) const;

  struct Miss {
    SentenceId sentence;
    Finding finding;
    bool decided = true;  // false: the matter is folded again, and of this nothing was decided before
  };
  // An effect that was decided upon and is still to be carried out.
  struct Following {
    std::uint32_t effect = 0;  // row of effects
    std::uint32_t since = 0;
    bool sure = true;              // false: it cannot be told whether it follows
    std::uint32_t cause = kNoRow;  // row of the act that it follows from
  };

  // judge.cc
  Tri HasPower(const Entry& entry) const;
  void JudgeForm(const Entry& entry, Judgement& out) const;
  void JudgeDoers(const Entry& entry, const Evaluator& evaluator, Judgement& out) const;
  void JudgeStanding(const Entry& entry, Judgement& out) const;
  void JudgeExtensions(const Entry& entry, const Evaluator& evaluator, Judgement& out) const;
  void JudgePermissions(const Entry& entry, const Evaluator& evaluator, Judgement& out) const;
  void JudgeConditions(const Entry& entry, const Evaluator& evaluator, Judgement& out) const;
  void FollowBreaches(const Entry& entry, Judgement& out) const;
  ActId NamesOf(const Entry& entry) const;
  Cell GoverningDay(const program::RuleDef& rule, Day day, const Entry* judged) const;

  // apply.cc
  void Stand(ActId act, Day day, Minute minute, std::uint32_t index, const Judgement* judgement);
  void Settle(std::uint32_t row);
  void AfterStanding(std::uint32_t row);
  void AddSums(const Done& done, int sign);
  void Perform(const Entry& entry, std::uint32_t index, bool applied, ActId names);
  void QualifyLateAct(RuleId rule);
  void BreachByAct(const Judgement& judgement, Day day, std::uint32_t since);
  void NotInTime(Tri answer);
  bool IsSurelyRunning(const TermState& term) const;
  void MeetDuty(SentenceId sentence, const Entry& entry, std::uint32_t index);
  void CarryOut(const Following& following, Day day);
  void CarryOutSentence(SentenceId sentence, Day day, std::uint32_t row);
  void Deem(const program::EffectDef& effect, Day day, std::uint32_t since);
  bool RestsOnNothing(ActId act) const;
  void Fall(ActId act, Day day);
  void FallOne(std::uint32_t row, Day day);
  void AskStops(Day day);
  void AskClosing(Day day);

  // terms.cc
  void StartTerm(const Plan::TermStart& start, Day day, std::uint32_t cause);
  bool RestsOnAct(const Done& done, ActId on) const;
  bool HasHappened(const program::EventDef& event) const;
  bool StartHasCome(const Plan::TermStart& start) const;
  void SetCeiling(const Plan::TermCeiling& ceiling, Day day, std::uint32_t cause);
  void ExtendTerm(const Plan::TermExtension& extension, Day day, std::uint32_t cause);
  void EndTerm(TermId term, Phase phase, Day day, TermEvent::Kind kind);
  void RaiseDuties(TermId term, Day day, std::uint32_t cause);
  void RaiseDuty(SentenceId sentence, Day day, std::uint32_t cause, Cell in_force, bool unsure);
  void RaisePrompts(const std::vector<SentenceId>& sentences, Day day, std::uint32_t cause);
  void CloseDuty(SentenceId sentence, Finding finding, Day day);
  bool IsUsedUp(const program::ExtensionDef& def, const TermState& term) const;
  // `evaluator` says of which act the fields are that hold the cap.
  Tri ExtensionAllowed(const program::ExtensionDef& def, const TermState& term, calendar::Length by,
                       const Evaluator& evaluator, bool& assumed) const;
  void ForgetEnd(TermId term);
  void RecountDue(TermId term);
  void MoveDuties(TermId term);
  bool IsNobodys(TermId term) const;
  void FindCeilings(TermId term, std::uint32_t fallen);
  void BoundTerm(TermId term);
  void Note(TermId term, TermEvent::Kind kind, Day day, std::uint32_t done, std::uint32_t row,
            calendar::Length length = {}) {
    if (record_.trace != nullptr) Keep(term, kind, day, done, row, length);
  }
  void Keep(TermId term, TermEvent::Kind kind, Day day, std::uint32_t done, std::uint32_t row,
            calendar::Length length);

  // standing.cc
  void SayOf(const program::EffectDef& effect, std::uint32_t cause);
  std::vector<std::optional<Cell>> ValuesOf(const program::EffectDef& effect) const;
  void Give(const program::EffectDef& effect, const std::vector<std::optional<Cell>>& values,
            std::uint32_t row);
  void Refold(Day day, Minute minute, bool day_is_over);
  void Replay(const Record& before, Day day, Minute minute, bool day_is_over);
  void ReplayEntry(const Judged& judged);
  void Adopt(Record& again, Day day);
  void AdoptDuty(Record& again, SentenceId sentence, Day day);
  std::optional<Finding> GivenAtLapse(SentenceId sentence) const;

  // advance.cc
  void LapseAll(Day day);
  void EndTerms(Day day);
  void EndOne(TermId term, Day due);
  void FollowLapses(Day day);
  void LapseHours(Moment before);
  void Reach(Day day, Minute minute);
  void Grow(Day day);
  void GrowOne(std::size_t row, Day day);
  void DecideMisses(Day day);
  static bool FollowsFrom(const Miss& miss);
  bool MayBeDoneUnseen(const program::SentenceDef& sentence) const;
  void FollowRule(RuleId rule, Day day, std::uint32_t since, bool sure, std::vector<Following>& out) const;
  void FollowSentences(const std::vector<SentenceId>& sentences, Day day, std::uint32_t since, bool sure,
                       std::vector<Following>& out) const;
  void StartFromBreach(RuleId rule, Day day, bool sure);
  bool IsWaitedFor(TermId term) const;
  void FindNextDue();
  // Takes a due day that has come or moved into the record's bounds.
  void NoteDue(TermId term);

  // doubt.cc
  void BeginDoubt();
  void DoubtOwnEffect(const Entry& entry, const Judgement& judgement);
  void DoubtEffect(const program::EffectDef& effect);
  void DoubtEffects(const std::vector<SentenceId>& sentences);
  void DoubtAct(ActId act, unsigned bits);
  void DoubtTerm(TermId term);
  void DoubtTerms(const std::vector<Plan::TermStart>& starts, const std::vector<Plan::TermCeiling>& ceilings);
  void DoubtRule(RuleId rule);

  const Plan& plan_;
  Record& record_;
  const LawShift* shift_ = nullptr;
  const Record* before_ = nullptr;  // the record of which this one is a fold without what was taken away
  bool refold_ = false;             // something was taken away just now
  // Scratch of LapseAll; kept to avoid allocating day by day.
  std::vector<TermId> lapsed_, unsure_;
  std::vector<Miss> misses_;
  std::vector<Following> following_;
};

// Folds histories one after another, keeping what it allocated.  Not copied or moved: its engine works on its
// record.
class Folder {
 public:
  explicit Folder(const Plan& plan) : plan_(plan), engine_(plan, record_) { record_.Reset(plan, {}); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  // Every entry up to `as_of` (inclusive), then what follows up to `until` (exclusive): the outcomes are
  // whole, the phases of terms are those after the last entry.  The record is valid until the next call, and
  // as long as the history is.  Of a pack with parts its outcomes are in
  // the ids of the plan given, all else in those of the unfolded one.
  Record& Fold(const History& history, Day as_of, Day until, const LawShift* shift = nullptr);

 private:
  Record& FoldParts(const History& history, Day as_of, Day until, const LawShift* shift);

  const Plan& plan_;
  Record record_;
  Engine engine_;
  Judgement judgement_;
  std::optional<Matter> matter_;  // the last, of a pack with parts
};

// Folds one history into a record; of a pack with parts, a Matter's.  It is
// folded: every entry up to `as_of` (inclusive), then time up to `until`
// (exclusive).
void Fold(const Plan& plan, const History& history, Record& record, Day as_of, Day until,
          const LawShift* shift = nullptr);

}  // namespace lawbound::engine
