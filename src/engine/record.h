// The record of one matter: what stands, which terms run, which duties are open.  It is the fold of a
// history; apply() and advance() change it, judge() only reads it.  Values only; reused from matter to matter
// by Reset.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/day.h"
#include "engine/cell.h"
#include "engine/open_days.h"
#include "engine/plan.h"
#include "model/history.h"
#include "model/verdict.h"
#include "program/program.h"

namespace lawbound::engine {

using model::Entry;
using model::History;
using model::Outcome;
using model::Tri;
using program::Phase;

inline constexpr std::uint32_t kNoRow = 0xffffffff;
// Later than any due day.
inline constexpr Day kNever{0x7fffffff};

// A moment, in minutes since 1970-01-01 00:00 of the authority's zone.
using Moment = std::int64_t;
inline constexpr Moment kMinutesOfDay = 24 * 60;
constexpr Moment StartOf(Day day) { return Moment{day.number} * kMinutesOfDay; }

// An act that was applied, in the order of application.
struct Done {
  ActId act;
  Day day;
  Minute minute = base::kNoMinute;
  bool stands = true;
  bool deemed = false;
  std::uint32_t entry = kNoRow;     // of the history; none: deemed
  std::uint32_t on = kNoRow;        // row of Record::done it rests on
  std::uint32_t previous = kNoRow;  // the one of its kind before it
  ActId names;                      // the kind of act it rests on, or that a signal names
  std::uint32_t given = kNoRow;     // first row of Record::given; none: its fields are as entered
  std::uint16_t said = 0;           // bit i: program::Standing i was said of it
  program::EffectDef::Quality quality = program::EffectDef::Quality::kNone;
  Tri in_time = Tri::kYes;       // whether it was done while its time ran
  bool in_time_assumed = false;  // by assumption
};

// Which act is meant, however often the matter is folded.
struct ActKey {
  std::uint32_t entry = kNoRow;  // none: deemed, and then its kind and day tell it from others
  ActId act;
  Day day;

  bool operator==(const ActKey&) const = default;
};

inline ActKey KeyOf(const Done& done) { return {.entry = done.entry, .act = done.act, .day = done.day}; }

// An act that was taken away from the beginning, and what was said of it.
struct LostAct {
  ActKey key;
  std::uint16_t said = 0;
  program::EffectDef::Quality quality = program::EffectDef::Quality::kNone;
};

// An effect that took an act away: whose, and which (row of effects).
struct Taking {
  ActKey cause;
  std::uint32_t effect = 0;

  bool operator==(const Taking&) const = default;
};

// One reason why an act is not free of fault, kept where something can cure one.
struct Fault {
  std::uint32_t done = kNoRow;
  program::EffectDef::Quality quality = program::EffectDef::Quality::kNone;
  ActId cure;
};

// What Judge found: the verdict's pieces, reused from act to act.
struct Judgement {
  model::Answer answer = model::Answer::kLawful;
  bool applied = true;  // false: void, inadmissible, or resting on nothing
  program::EffectDef::Quality quality = program::EffectDef::Quality::kNone;
  std::uint32_t on = kNoRow;                // row of Record::done it rests on
  ActId names;                              // the kind of that act
  Cell in_time;                             // whether its time ran
  std::vector<Outcome> outcomes;            // one for each sentence that applied, and one for form and power
  std::vector<model::RuleId> broken_rules;  // rules whose breach clauses follow from this act
  std::vector<model::RuleId> unsure_rules;  // rules of which it cannot be told whether it breaks them
  std::vector<Fault> faults;                // only where something can cure one

  // Whether the act was lawfully done, and whether that may be.  What rests on something that has lost its
  // standing breaks nothing of its own, but it is not done either.
  bool is_done_lawfully() const { return applied && answer == model::Answer::kLawful; }
  bool may_be_lawful() const { return applied && answer != model::Answer::kUnlawful; }
};

// What was judged of one entry, kept where an act can be taken away: then the matter is folded again and
// nothing is judged anew.
struct Judged {
  std::uint32_t entry = 0;
  Judgement judgement;
  ActKey on;  // what it rested on, if judgement.names is set
};

struct ActState {
  std::uint32_t standing = 0;   // how many stand
  std::uint32_t last = kNoRow;  // row of Record::done of the last that stands
  std::uint32_t ever = 0;       // how many were done, standing or not
  std::uint32_t last_ever = kNoRow;
  std::uint32_t without_effect = 0;  // how many were done and not applied: void, inadmissible, on nothing
};

// The sum of a field over what stands.
struct SumState {
  Value total = 0;
  std::uint32_t unknown = 0;  // how many have no value, or one too large to add
  std::uint32_t assumed = 0;
};

struct TermState {
  Phase phase = Phase::kIdle;
  calendar::Unit unit = calendar::Unit::kDays;
  bool live = false;       // stands in Record::live
  bool uncertain = false;  // whether it ran, or how long, cannot be told: a datum is missing
  bool provisional = false;
  bool assumed = false;
  bool open = false;            // it only counts, and has no end of its own
  bool unsure_ceiling = false;  // a ceiling runs of which nobody can tell how long
  Day start;
  Day nominal;
  Day due = kNever;               // running: the due day without the ceiling
  Day stopped;                    // stopped: since when
  Day resumed = base::kFirstDay;  // the day the last stop ended
  Day ceiling = kNever;
  std::uint32_t extended = 0;         // which of its extensions were used: bit i for the i-th
  std::uint32_t started_by = kNoRow;  // row of Record::done; none: started by a lapse or breach
  std::uint32_t began_at = 0;         // Record::done.size() when it started: what was done since
  std::uint32_t open_duties = 0;      // how many duties are open that are due when it ends
  // A term in hours: the first and the last moment at which it may be over; more than one where the time of
  // day of its start is not known.
  Moment due_from = 0, due_to = 0;
};

// A bound of a term that runs.
struct CeilingState {
  bool set = false;
  Day due = kNever;              // stays so where nobody can tell how long it is
  std::uint32_t cause = kNoRow;  // row of Record::done from which it runs; none: from a lapse or breach
};

// What has grown in one row of the accruals.
struct AccrualState {
  std::int64_t amount = 0;  // in ten-thousandths of the unit of its base
  Day through;              // the last day that was looked at
  bool unknown = false;
  bool assumed = false;
  bool provisional = false;
};

struct DutyState {
  enum class State : std::uint8_t { kNone, kOpen, kClosed, kMissed };
  State state = State::kNone;
  bool uncertain = false;  // whether it arose, or was met, cannot be told
  bool assumed = false;
  std::uint32_t outcome = kNoRow;  // row of Record::outcomes
};

// Why it cannot be told what stands of a kind of act; bits.
inline constexpr unsigned kMayBeDone = 1;  // one may have been deemed
inline constexpr unsigned kMayBeGone = 2;  // those that were done may have lost their standing
inline constexpr unsigned kMayBeVoid = 4;  // those that are done may have no effect
inline constexpr unsigned kMayBeSaid = 8;  // something may have been said of one; that it stands is certain
inline constexpr unsigned kInDoubt = kMayBeDone | kMayBeGone | kMayBeVoid;

// What a term went through, kept only when somebody will read it (explanations).
struct TermEvent {
  enum class Kind : std::uint8_t { kStart, kRestart, kStop, kResume, kExtend, kCeiling, kOver, kIdle };
  TermId term;
  Kind kind = Kind::kStart;
  Day day;
  Day nominal;
  Day due;
  std::uint32_t done = kNoRow;  // the act behind it, row of Record::done
  std::uint32_t row = kNoRow;   // kExtend: row of extensions; kCeiling: row of ceilings; kStop: row of stops
  calendar::Length length;      // kStart, kRestart, kExtend
  Moment due_from = 0, due_to = 0;  // of a term in hours: TermState
};

struct Record {
  const History* history = nullptr;
  Day now = base::kFirstDay;  // everything due before this day has been carried out
  // The present moment lies between these, where some term runs in hours; they are one where the time of day
  // is known.
  Moment from = 0, to = 0;
  // Bounds: no term from whose end something follows is due earlier than next_due, and none at all earlier
  // than next_end.  Advance finds the next ones when it gets there.
  Day next_due = kNever;
  Day next_end = kNever;
  bool overrun = false;         // a chain of lapses was cut at its limit
  bool closed = false;          // what closes the matter was yes when last asked
  std::size_t closed_from = 0;  // rows of `done` before it were there when the matter last closed
  std::vector<Done> done;
  std::vector<ActState> acts;
  std::uint64_t standing = 0;  // bit i: an act of kind i stands; kinds from 64 on have none
  std::vector<SumState> sums;  // by slot of the plan
  std::vector<AccrualState> accruals;
  std::vector<CeilingState> ceilings;  // by row of the program's ceilings
  std::vector<TermState> terms;
  std::vector<std::int32_t> extended_by;  // by row of extensions: by how much since the term started
  std::vector<TermId> live;               // terms that were ever touched in this matter, each once
  std::vector<ActId> tried;               // acts that had no effect
  std::vector<DutyState> duties;          // by sentence
  std::vector<std::uint8_t> takes_part;   // by member of an unfolded program
  std::vector<std::uint8_t> broken;       // by rule: a duty of it was missed; 2: cannot tell
  std::vector<Outcome> outcomes;
  // Values that effects gave to fields, act by act; none: as entered.
  std::vector<std::optional<Cell>> given;
  std::vector<Fault> faults;
  // Only where a rule is governed by a lapse or a breach: the last one of each; kNever where it cannot be
  // told or never was.
  std::vector<Day> lapsed_on;  // by term
  std::vector<Day> broken_on;  // by rule
  // Only where an act can be taken away.
  std::vector<Judged> judged;
  std::vector<ActKey> gone;  // what was taken away, and what rested on it
  std::vector<LostAct> lost;
  std::vector<Taking> takings;
  // What may have followed from what cannot be told (doubt.cc); empty as long as nothing is in doubt.
  bool in_doubt = false;
  std::vector<std::uint8_t> doubtful_acts;   // by act: Doubt bits
  std::vector<std::uint8_t> doubtful_terms;  // by term: which phase it is in cannot be told
  std::vector<std::uint8_t> doubtful_rules;  // by rule: what its breach brings has been put in doubt
  std::vector<TermEvent>* trace = nullptr;   // borrowed; null: nobody asks
  OpenDays* open_days = nullptr;             // borrowed; null: days are what they are

  // Every term that is changed is named here first, so that others cost nothing.
  void Touch(TermId term) {
    if (terms[term.index()].live) return;
    terms[term.index()].live = true;
    live.push_back(term);
  }

  // Whether what stands of a kind of act, or the phase of a term, cannot be told.
  bool InDoubt(ActId act) const { return InDoubt(act, kInDoubt); }
  bool InDoubt(ActId act, unsigned bits) const {
    return in_doubt && (doubtful_acts[act.index()] & bits) != 0;
  }
  bool InDoubt(model::RuleId rule) const { return in_doubt && doubtful_rules[rule.index()] != 0; }
  bool InDoubt(TermId term) const { return in_doubt && doubtful_terms[term.index()] != 0; }

  // A term that starts has its extensions before it.
  void ForgetExtensions(const program::TermDef& term) {
    for (std::uint32_t row = term.extensions.first; row < term.extensions.end(); ++row) extended_by[row] = 0;
  }

  // Makes it the record of a matter in which nothing has happened.
  void Reset(const Plan& plan, const History& of);
  // The same for one more matter of the same plan; costs only what the matter before touched.
  void Restart(const Plan& plan, const History& of);

  // The gravest fault of an act that nothing has cured since: a cure is an act done after it that stands.
  program::EffectDef::Quality QualityOf(std::uint32_t row) const;
  // The same of an entry, also when it was taken away; none when it had no effect from the start.
  program::EffectDef::Quality QualityOfEntry(std::uint32_t entry) const;

  // The entry of the history behind a row of `done`; kNoRow for a deemed act or no row.
  std::uint32_t EntryOf(std::uint32_t row) const { return row == kNoRow ? kNoRow : done[row].entry; }

  // The day on which a term ends if nothing more happens to it; kNever when it does not.
  static Day EffectiveDue(const TermState& term) {
    if (term.phase == Phase::kRunning) return term.due < term.ceiling ? term.due : term.ceiling;
    return term.phase == Phase::kOver ? kNever : term.ceiling;
  }
};

}  // namespace lawbound::engine
