// What a procedure guarantees, in every matter that can be: the layer behind `lawbound prove`
// (docs/proof.md).
//
// A question is answered proved, refuted or not decided.  Proved holds for every history within the bounds
// named; refuted comes with a history that the engine itself has replayed day by day; whatever else happens
// is not decided.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "calendar/calendar.h"
#include "engine/matter.h"
#include "engine/plan.h"
#include "model/history.h"
#include "program/program.h"
#include "prove/at_hand.h"
#include "prove/confirm.h"
#include "prove/explore.h"
#include "prove/slice.h"

namespace lawbound::prove {

// What is asked of a program, in the ids of Prover::program().
struct Question {
  enum class Kind : std::uint8_t {
    kNever,        // `act` is not lawfully done unless `condition`
    kAfterCan,     // after `act`, `role` can do one of `acts`, or something on `challenge`, until `until` is
                   // over
    kAlwaysReach,  // once something was done, `role` can come to `condition`, whatever others leave undone
    kDutiesMet,    // whatever `role` owes, it can still do
    kCanHappen,    // `act` can lawfully be done in some matter

  };
  Kind kind = Kind::kNever;
  std::string name;
  model::ActId act;
  model::RoleId role;
  std::vector<model::ActId> acts;
  model::ActId challenge;
  model::TermId until;
  program::CodeId condition;
  model::SentenceId duty;  // kDutiesMet: this one; none: all that the role may owe
};

// A history made by the prover, in the ids of the program given, with days.
struct Story {
  model::Batch batch;  // one case
  base::Day as_of;
};

enum class Result : std::uint8_t { kProved, kRefuted, kNotDecided };

// Why something was not decided.
enum class Doubt : std::uint8_t {
  kNone,
  kStates,        // more states than the limit
  kMemory,        // more memory than the limit
  kTime,          // more time than the limit
  kWays,          // more ways of doing an act than World takes
  kNotConfirmed,  // a history was found in which terms end in an order that no days give, or none was found
                  // in reach
  kRepeats,       // it depends on an act that was done as often as the bound allows
  kTakenAway,     // an act may be set aside or held void, after which a matter is folded again by its days
  kDays,          // it depends on how days lie
};

// Why a question is not decided whose exploration stopped so; kNone where it went as far as it was wanted.
Doubt DoubtOf(Stop stop);

// How much was followed, for a question that is too large.
struct Followed {
  std::size_t acts = 0, terms = 0;
  std::size_t ways = 0;  // of doing the acts: doers, and values of their fields that rules can tell apart
  model::ActId widest;   // that with the most ways
  std::size_t widest_ways = 0;
};

struct Proof {
  Question question;
  Result result = Result::kNotDecided;
  Doubt doubt = Doubt::kNone;
  bool vacuous = false;          // what it speaks of never happens
  std::optional<Story> witness;  // a matter in which what it speaks of happens
  std::optional<Story> counter;  // a matter in which it does not hold
  View view = View::kWhole;      // in which it was answered
  std::size_t states = 0;
  Followed followed;         // in that view
  bool repeats_met = false;  // proved only for acts done at most Limits::repeats times
  bool days_open = false;    // days were compared, and every answer tried
};

struct Options {
  Limits limits;
  base::Day day;  // the law of this day is proved; counter-histories begin on it
  // The pack's own examples, in its ids and of one case each: what happens in one of them can happen.
  std::vector<model::Batch> examples = {};
};

// What is noted of a state for what can be reached from it.
struct StateFacts {
  bool begun = false;
  bool bounded = false;  // an act that its own side might do was done as often as the bound allows
  bool holds = false, may_hold = false;  // the condition, however the days lie; on some days
  std::uint64_t open = 0, missed = 0;    // by duty asked about
};

class Prover {
 public:
  // Borrows both.  kLimit: with two members of each kind the program is too large.
  static base::Result<Prover> Make(const engine::Plan& plan, const Options& options);

  // The program that is explored: the plan's own, or unfolded for two members of each kind.
  const program::Program& program() const { return plan().program(); }
  // The questions that a pack asks itself by its guarantees, and those asked of every pack.
  std::vector<Question> Questions() const;

  Proof Prove(const Question& question) const;
  // Of a `never`: whether some one condition of its act proves it by itself, which takes few states; what is
  // not proved so is not decided.  The first thing that Prove tries.
  Proof ProveByOneCondition(const Question& question) const;

 private:
  friend class StandingProver;  // prove/standing.cc: asks the same views of what no guarantee names
  // A counter-history near the pack's examples: looked for once for a question, and only when it is wanted.
  struct NearBy {
    bool looked = false;
    std::optional<Story> story;
  };
  const std::optional<Story>& LookNearExamples(const Question& question, NearBy& near) const;

  Prover(const engine::Plan& given, std::shared_ptr<const engine::UnfoldedPlan> unfolded, Options options)
      : given_(&given), unfolded_(std::move(unfolded)), options_(options) {}
  std::span<const model::RoleId> members() const {
    if (unfolded_ == nullptr) return {};
    return unfolded_->unfolded.members;
  }
  const std::optional<Story>& DoneInExample(model::ActId act) const;
  Story MakeStory(const World& world, const Dated& dated) const;
  std::optional<Story> Confirm(const World& world, const Explorer& explorer, Node node, const Move& last,
                               const Confirmed& confirmed) const;
  void DecideReach(const std::vector<StateFacts>& facts, const std::vector<model::SentenceId>& duties,
                   const World& world, const Slice& slice, const Explorer& explorer, bool whole,
                   Proof& proof) const;
  // `only`: the one condition of the act asked about that is followed, in View::kOneGate; none: all of them.
  Slice SliceOf(const Question& question, View view, model::SentenceId only) const;
  Proof ProveByOne(const Question& question, NearBy& near) const;
  Proof ProveByViews(const Question& question) const;
  Proof ProveDuties(const Question& question) const;
  Proof ProveAtHand(const Question& question) const;
  Aim AimOf(const Question& question) const;
  bool IsFirst(model::SentenceId sentence) const;
  Proof ProveIn(View view, const Question& question, const Limits& limits, NearBy& near,
                model::SentenceId only = {}) const;
  bool MayDo(model::ActId act, model::RoleId role) const;
  bool IsOwn(model::ActId act, const Question& question, const std::vector<model::SentenceId>& duties) const;
  bool Challenges(model::ActId act, const Question& question) const;
  bool Owes(const program::SentenceDef& sentence, model::RoleId role) const;

  const engine::Plan& plan() const { return unfolded_ == nullptr ? *given_ : *unfolded_->plan; }

  const engine::Plan* given_;
  std::shared_ptr<const engine::UnfoldedPlan> unfolded_;
  Options options_;
  std::vector<std::optional<Story>> done_in_example_;  // by act of the plan given
  std::vector<std::optional<Story>> owed_in_example_;  // by sentence of the plan given: a duty that is open
};

// The day whose law is proved when none is asked for: the first on which every sentence that has a beginning
// has begun, and not before 6 January 2025.
base::Day LawInForce(const program::Program& program);

}  // namespace lawbound::prove
