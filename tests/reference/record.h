// What the reference evaluator remembers of a matter, and the questions that can be put to it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "calendar/calendar.h"
#include "check/checked_pack.h"
#include "model/history.h"
#include "model/verdict.h"
#include "reference/reference.h"
#include "reference/unfold.h"
#include "reference/walk.h"

namespace lawbound::reference {

using model::ActId;
using model::FieldId;
using model::RuleId;
using model::SentenceId;
using model::TermId;
using model::Tri;
using program::Phase;
using Quality = program::EffectDef::Quality;

using program::Standing;

// Which act is meant, however often the matter is folded.
struct Key {
  std::optional<std::size_t> entry;  // none: deemed, and then its kind and day tell it from others
  ActId act;
  Day day;

  bool operator==(const Key& other) const {
    return entry == other.entry && act == other.act && day == other.day;
  }
};

// A value that an effect gave to a field.
struct GivenValue {
  std::optional<std::int64_t> value, strict;
};

// An act that was applied, in the order of application.
struct DoneAct {
  ActId act;
  Day day;
  std::optional<std::size_t> entry;  // of the history; none: deemed
  std::optional<std::size_t> on;     // row of the act it rests on
  std::optional<ActId> names;        // the kind of act it rests on, or that a signal names
  bool stands = true;
  std::optional<std::int64_t> minute;  // of the day; none: not known
  Tri in_time = Tri::kYes, in_time_strict = Tri::kYes;
  std::map<FieldId, GivenValue> given{};
  std::set<Standing> said{};

  Key key() const { return {entry, act, day}; }
};

// The present, or the end of a term in hours: from the first to the last minute it may be, since 1970.
struct Span {
  std::int64_t first = 0, last = 0;
};

// What has grown, in ten-thousandths; none: cannot be told.  `strict`: as if nothing were assumed.
struct Grown {
  std::optional<std::int64_t> amount = 0, strict = 0;
};

// An act that was taken away from the beginning, and what was said of it.
struct LostAct {
  Key key;
  std::set<Standing> said;
  Quality quality = Quality::kNone;
};

struct TermState {
  Phase phase = Phase::kIdle;
  bool maybe_over = false;     // active as far as is known, but its length is not
  bool maybe_running = false;  // over as far as is known, but it may run on
  bool unknown_stop = false;   // whether it stopped could not be told at some moment
  bool by_assumption = false;
  Day start;
  std::optional<std::size_t> cause;  // row of the act that started it
  std::size_t began_at = 0;          // how many acts were done when it started
  std::optional<Length> length;      // none: cannot be told
  std::vector<Extension> extensions;
  std::vector<std::pair<std::size_t, std::int32_t>> used;  // which extension, by how much
  struct Change {
    Day day;
    bool stopped;
  };
  std::vector<Change> changes;
  std::vector<std::optional<Day>> ceilings;            // the day each began to run
  std::vector<std::optional<Length>> ceiling_lengths;  // none while it runs: nobody can tell how long
  std::vector<std::optional<std::size_t>> ceiling_causes;
  std::optional<Day> ended;
  std::optional<Span> hours;  // when it ends, if it runs in hours
  std::optional<Day> lapsed;  // its last lapse; none also where that cannot be told

  bool active() const { return phase == Phase::kRunning || phase == Phase::kStopped; }
};

struct Duty {
  std::size_t outcome = 0;  // row of Record::outcomes
  bool open = false;
  bool unsure = false;  // whether it arose, or was met, cannot be told
  bool by_assumption = false;
  bool late_known = false;  // it was missed, and the late act came
};

// What may have followed from what cannot be told: of it nothing can be told any more.
struct Doubts {
  struct OfAct {
    bool done = false;  // one may have been deemed
    bool gone = false;  // what was done may have lost its standing
    bool idle = false;  // what is done may have no effect
    bool operator==(const OfAct&) const = default;
  };
  std::map<ActId, OfAct> acts;
  std::set<ActId> said;  // something may have been said of one
  std::set<TermId> terms;
  std::set<RuleId> rules;
  bool operator==(const Doubts&) const = default;
};

struct Record {
  const WrittenOut* parts = nullptr;  // of a pack with parts
  Span now;
  std::vector<Grown> grown;  // by accrual
  Doubts doubts;
  std::vector<DoneAct> done;
  std::vector<TermState> terms;
  std::vector<std::optional<Duty>> duties;  // by sentence: the last that was raised
  std::vector<Tri> broken;                  // by rule
  std::vector<std::optional<Day>> broken_on;
  std::vector<LostAct> lost;
  std::vector<model::Outcome> outcomes;
  bool closed = false;
  std::size_t closed_from = 0;  // what was done before it bounds no time any more
};

// A value, yes-no as 0 and 1; none: unknown.
using Maybe = std::optional<std::int64_t>;

// Asks a record.  `strict`: as if nothing were assumed.
class Question {
 public:
  Question(const check::CheckedPack& pack, const std::vector<Counting>& countings,
           const model::History& history, const Options& options, const Record& record,
           std::optional<std::size_t> judged, bool strict)
      : pack_(pack),
        countings_(countings),
        history_(history),
        options_(options),
        record_(record),
        judged_(judged),
        strict_(strict) {}

  Maybe Value(const check::Expr& expr) const;
  Tri Ask(const check::Expr& expr) const;
  Tri Ask(const std::optional<check::Expr>& expr) const { return expr ? Ask(*expr) : Tri::kYes; }
  // A field of an entry, or what is assumed of it.
  Maybe FieldOf(std::size_t entry, FieldId field) const;

  // Whether all who did an entry hold a credential.
  Tri AllHold(std::size_t entry, std::uint32_t credential) const;
  std::optional<std::size_t> LastStanding(ActId act) const;
  // The last standing act that an entry rests on.
  std::optional<std::size_t> RestsOn(ActId act, ActId chosen) const;
  bool Unseen(ActId act) const;
  bool InDoubt(ActId act) const { return record_.doubts.acts.contains(act); }
  // Also when it is assumed: the log does not show it.
  bool UnseenField(FieldId field) const;
  // Every phase that a term may be in.
  std::uint16_t Phases(TermId term) const;
  // The date and the `if`s of the rule, and what overrides it; not the sentence's own `if`.
  Tri InForce(const check::Sentence& sentence, Day day) const;
  Tri Applies(const check::Sentence& sentence, Day day) const {
    return model::And(InForce(sentence, day), Ask(sentence.if_));
  }
  // A field is that of the act in row `cause`, if one is given.
  std::optional<Length> LengthOf(const check::Length& length, std::optional<std::size_t> cause) const;
  bool MayRunLonger(TermId term) const;
  // Whether an act in this member's part was applied; the judged one counts.
  bool TakesPart(std::size_t member) const;
  // The same, unknown where an act in this part cannot be seen.
  Tri PerhapsTakesPart(std::size_t member) const;
  // Whether everybody who did an entry is, by the roles that may do it, named where these want that.
  Tri DoersAreNamed(std::size_t entry) const;

 private:
  Maybe Assumed(FieldId field) const;
  Maybe OwnField(FieldId field, bool skip_judged) const;
  Maybe FieldOfDone(const DoneAct& done, FieldId field) const;
  Maybe Found(const check::Expr& expr) const;
  Tri StandingIs(ActId act, Standing standing) const;
  bool MayBeSaidUnseen(ActId act, Standing standing) const;
  Maybe RoleField(FieldId field) const;
  Maybe DayOf(ActId act) const;
  Maybe Sum(FieldId field) const;
  Maybe Has(FieldId field) const;
  Tri Stands(ActId act) const;
  Tri FollowsLast(ActId act, ActId other) const;
  Tri Unanswered(ActId act, ActId other) const;
  Tri ShareNoOne(ActId act, ActId other) const;
  Tri HoldsIt(model::PersonRef person, std::uint32_t credential) const;
  Tri Compare(const check::Expr& expr) const;
  Tri Distance(const check::Expr& expr) const;
  Maybe Lookup(const check::Expr& expr) const;
  Maybe Accrued(std::size_t row) const;
  Tri InTime(ActId act) const;
  Maybe MinuteOf(ActId act) const;
  Maybe Compute(const check::Expr& expr) const;
  Tri SomeOrEvery(const check::Expr& expr) const;
  std::optional<std::vector<model::Value>> Listed(FieldId field) const;
  std::vector<model::Value> Items(FieldId field, model::Value value) const;
  Tri Named(FieldId field, model::PersonRef person) const;
  Tri IsOf(model::RoleId role, model::PersonRef person) const;
  Tri AreOf(model::RoleId role, const std::vector<model::Value>& people) const;
  Tri InRuleForce(RuleId rule) const;
  std::optional<Day> GoverningDay(const check::Rule& rule, Day day) const;

  const check::CheckedPack& pack_;
  const std::vector<Counting>& countings_;
  const model::History& history_;
  const Options& options_;
  const Record& record_;
  std::optional<std::size_t> judged_;  // entry
  bool strict_;
};

}  // namespace lawbound::reference
