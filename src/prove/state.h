// One matter as the prover sees it: the engine's own record, and the history that led to it.  Days are left
// open (engine/open_days.h): all acts are done on one day, a term runs until it is told to be over, and how
// days compare is answered both ways.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/engine.h"
#include "engine/plan.h"
#include "model/history.h"
#include "prove/slice.h"
#include "prove/world.h"

namespace lawbound::prove {

// One thing that happens.
struct Move {
  enum class Kind : std::uint8_t { kNone, kDeed, kLapse, kTogether, kCeiling, kEffect, kClose, kTakePart };
  // How a deed is taken up; but for kAsJudged only in views with less than all conditions.
  enum class How : std::uint8_t {
    kAsJudged,        // by the plan that says what happens
    kLawfully,        // by the plan that judges what is asked about
    kLawfullyInTime,  // the same, of what cannot be told to be in time: as if it had been
    kLawfullyLate,    // and as if it had not
    kAnyway,          // lawful or not, with the same effect
    kAnywayLate,      // the same, as if it had not been in time
    kInTime,          // as if it had been in time
    kNotInTime,       // as if its time had been over
    kWithoutEffect,   // as if a rule that is not followed had left it without effect
    kOnNothing,       // although nothing that it rests on stands: what that was it has taken away
  };
  Kind kind = Kind::kNone;
  How how = How::kAsJudged;
  // kDeed: of World::deeds; kLapse: a term; kTogether: a bit for each of State::Ends(); kCeiling: of the
  // program's ceilings; kEffect: of its effects; kTakePart: the part of a member
  std::uint32_t row = 0;
  std::uint32_t answers = 0;  // of OpenDays: how days compared
};

// Two numbers; equal for equal states, and for different ones only by a chance of 2^-64 for every two million
// states.
struct Key {
  std::uint64_t high = 0, low = 0;
  bool operator==(const Key&) const = default;
};

// What may end a time.
struct TimeEnd {
  bool is_ceiling = false;
  std::uint32_t row = 0;  // a ceiling of the program, or a term
};

// The term that a ceiling bounds.
TermId TermOfCeiling(const program::Program& program, std::uint32_t ceiling);

// All that a later verdict may look at, and nothing of the days before `now`.
Key MakeKey(const engine::Plan& plan, const World& world, const Slice& slice, std::size_t setting,
            const engine::Record& record, base::Day now);

// Changes a judgement to how a deed is taken up.
void TakeUp(Move::How how, engine::Judgement& judgement);

// A history that grows and shrinks at its end.
class Draft {
 public:
  Draft(const World& world, std::size_t setting) : world_(&world), setting_(setting) { Point(); }
  Draft(const Draft& other)
      : world_(other.world_),
        setting_(other.setting_),
        entries_(other.entries_),
        values_(other.values_),
        people_(other.people_) {
    Point();
  }
  Draft& operator=(const Draft&) = delete;

  // The entry lives until the draft changes.  Fields that hold a day hold that of the act.
  // `ahead`: how many days after it those lie that the act names beside its own.
  const model::Entry& Add(const program::Program& program, const Deed& deed, base::Day day,
                          std::int32_t ahead = 0);
  void RemoveLast();

  // Lives where the draft lives.
  const model::History& history() const { return history_; }
  const World& world() const { return *world_; }
  std::size_t setting() const { return setting_; }
  std::uint32_t last() const { return static_cast<std::uint32_t>(entries_.size() - 1); }

 private:
  void Point();

  const World* world_;
  std::size_t setting_;
  std::vector<model::Entry> entries_;
  std::vector<Value> values_;
  std::vector<PersonRef> people_;
  model::History history_;
};

class State {
 public:
  // The beginning of a matter: nothing was done.  Borrows all.
  // `plan`: what happens; `judging`: whether what is asked about is lawful (prove/view.h).
  State(const engine::Plan& plan, const engine::Plan& judging, const World& world, const Slice& slice,
        std::size_t setting, base::Day day);
  State(const State& other);
  State& operator=(const State&) = delete;

  // Takes the deed up, so that it can be judged; days().Restart goes before.  The entry lives until the state
  // changes.
  const model::Entry& Propose(const Deed& deed) { return draft_.Add(plan_.program(), deed, day_); }
  void Withdraw() { draft_.RemoveLast(); }
  // REQUIRES: the deed was proposed and judged last.
  void Apply(const engine::Judgement& judgement);
  void Judge(engine::Judgement& out);
  // The same by the plan that judges what is asked about.
  void JudgeAsked(engine::Judgement& out);
  // The effect, now.
  void BringAbout(std::uint32_t effect);
  void Close();
  bool MayClose() const;
  void TakePart(program::PartNumber part);
  // The term's own end has come, or its ceiling.
  void Lapse(TermId term);
  void ReachCeiling(std::uint32_t ceiling);
  // Several of Ends() on one day: all are over before it is decided what follows from any of them.
  void EndTogether(std::uint32_t which);
  // The ends that may come now and from which something follows, in an order that the state alone decides.
  std::vector<TimeEnd> Ends() const;
  // A term that runs so that Lapse may follow; a ceiling that lies ahead.
  bool MayLapse(TermId term) const;
  bool MayReachCeiling(std::uint32_t ceiling) const;
  // Whether a term that the same act began, and that is over first, still runs.
  bool WaitsForAnother(TermId term) const;
  // Whether it is known how long the term is, so that its end comes to who waits.
  bool WillEnd(TermId term) const;
  // Whether something that is not followed may stop the term here.
  bool MayBeStopped(TermId term) const;

  // Does again what was done once.
  void Repeat(const Move& move);

  engine::Record& record() { return record_; }
  const engine::Record& record() const { return record_; }
  engine::OpenDays& days() { return days_; }
  const model::History& history() const { return draft_.history(); }
  const World& world() const { return draft_.world(); }
  // In View::kAtHand nothing is known of what the slice leaves out.
  model::Tri Ask(program::CodeId code, bool judged) const;

  Key MakeKey() const;

 private:
  void Due(const TimeEnd& end);
  void End();
  void RunOn();
  engine::Record LeavingOut() const;
  bool MayNotBeNo(program::CodeId code) const;
  std::vector<std::uint8_t> NeverDone() const;

  const engine::Plan& plan_;
  const engine::Plan& judging_;
  const Slice& slice_;
  base::Day day_;
  Draft draft_;
  engine::Record record_;
  engine::OpenDays days_;
};

}  // namespace lawbound::prove
