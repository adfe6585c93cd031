// Terms start, restart, are extended and bounded, and end; duties arise with them (docs/language.md section
// 3).
#include <algorithm>

#include "base/check.h"
#include "engine/engine.h"

namespace lawbound::engine {

using program::LengthDef;
using program::TermDef;

void Engine::Keep(TermId term, TermEvent::Kind kind, Day day, std::uint32_t done, std::uint32_t row,
                  calendar::Length length) {
  const TermState& state = record_.terms[term.index()];
  record_.trace->push_back({.term = term,
                            .kind = kind,
                            .day = day,
                            .nominal = state.nominal,
                            .due = Record::EffectiveDue(state),
                            .done = done,
                            .row = row,
                            .length = length,
                            .due_from = state.due_from,
                            .due_to = state.due_to});
}

void Engine::RecountDue(TermId id) {
  TermState& term = record_.terms[id.index()];
  const calendar::Counting& counting = plan_.counting(plan_.program().terms[id.index()].counting);
  term.due = calendar::DueDay(counting, term.unit, term.nominal, term.resumed);
  const bool uses_calendar = term.unit == calendar::Unit::kWorkingDays || counting.rest_day_moves_on;
  term.provisional = uses_calendar && calendar::IsProvisional(*counting.calendar, term.start, term.due);
  MoveDuties(id);
}

// The open duties of a term are due when it ends.
void Engine::MoveDuties(TermId id) {
  record_.Touch(id);
  const TermState& term = record_.terms[id.index()];
  NoteDue(id);
  if (term.open_duties == 0) return;
  for (const SentenceId sentence : plan_.term_duties[id.index()]) {
    const DutyState& duty = record_.duties[sentence.index()];
    if (duty.state != DutyState::State::kOpen) continue;
    Outcome& outcome = record_.outcomes[duty.outcome];
    outcome.due = outcome.decided = Record::EffectiveDue(term);
    outcome.finding = term.due == kNever && !term.open ? Finding::kCannotTell : Finding::kPending;
  }
}

bool Engine::RestsOnAct(const Done& done, ActId on) const { return !on || done.names == on; }

bool Engine::HasHappened(const program::EventDef& event) const {
  switch (event.kind) {
    case program::EventDef::Kind::kAct:
      return std::any_of(record_.done.begin(), record_.done.end(), [&](const Done& done) {
        return done.stands && done.act == event.act && RestsOnAct(done, event.on);
      });
    case program::EventDef::Kind::kLapse:
      return record_.terms[event.term.index()].phase == Phase::kOver;
    case program::EventDef::Kind::kBreach:
      return record_.broken[event.rule.index()] == 1;
  }
  return false;
}

// One of the events a term starts from has just happened.  The later of two has come once the other has
// happened too, the earlier unless it had: then this one changes nothing.
bool Engine::StartHasCome(const Plan::TermStart& start) const {
  if (start.other == kNoRow) return true;
  const bool later = plan_.program().terms[start.term.index()].start_kind == TermDef::Start::kLaterOf;
  return HasHappened(plan_.program().events[start.other]) == later;
}

void Engine::StartTerm(const Plan::TermStart& start, Day day, std::uint32_t cause) {
  const TermDef& def = plan_.program().terms[start.term.index()];
  TermState& term = record_.terms[start.term.index()];
  const bool running = term.phase == Phase::kRunning || term.phase == Phase::kStopped;
  if (running && !start.restart) return;
  if (!StartHasCome(start)) return;
  if (const SentenceId duty = plan_.only_for[start.term.index()]; duty && !running) {
    if (InForce(plan_.program().sentences[duty.index()], day, nullptr).tri() == Tri::kNo) return;
  }
  // Once its ceiling is passed a term is over for good, also for what that day itself still brings.
  if (term.ceiling < day || (term.phase == Phase::kOver && term.due >= term.ceiling)) return;
  // Where it cannot be told whether the term was over, it cannot be told whether it starts.
  const bool unsure = term.phase == Phase::kOver && term.uncertain && !start.restart;
  const Day ceiling = term.ceiling;
  const std::uint32_t open_duties = term.open_duties;
  const bool unsure_ceiling = term.unsure_ceiling;
  record_.Touch(start.term);
  term = {};
  record_.ForgetExtensions(def);
  term.live = true;
  term.ceiling = ceiling;
  term.open_duties = open_duties;
  term.unsure_ceiling = unsure_ceiling;
  term.uncertain = unsure;
  term.phase = Phase::kRunning;
  term.start = day;
  term.started_by = cause;
  term.began_at = static_cast<std::uint32_t>(record_.done.size());
  bool assumed = false;
  const std::optional<calendar::Length> length =
      Evaluator(plan_, record_, nullptr).Length(def.length, assumed);
  term.assumed |= assumed;
  const bool hours = length && length->unit == calendar::Unit::kHours;
  if (def.length.kind == LengthDef::Kind::kOpen && !term.unsure_ceiling) {
    term.unit = def.length.fixed.unit;
    term.open = true;
    term.nominal = day;
    MoveDuties(start.term);
  } else if (hours && def.stops.empty() && def.extensions.empty() && !term.unsure_ceiling) {
    term.unit = calendar::Unit::kHours;
    term.due_from = record_.from + Moment{length->count} * 60;
    term.due_to = record_.to + Moment{length->count} * 60;
    term.due = term.nominal = Day{static_cast<std::int32_t>(term.due_to / kMinutesOfDay)};
    MoveDuties(start.term);
  } else if (length && !hours && !term.unsure_ceiling) {
    term.unit = length->unit;
    term.nominal = calendar::NominalEnd(plan_.counting(def.counting), day, *length);
    RecountDue(start.term);
  } else {
    term.uncertain = true;  // its length is not known: it runs, and nobody can tell until when
    term.due = kNever;
    MoveDuties(start.term);
  }
  Note(start.term, running ? TermEvent::Kind::kRestart : TermEvent::Kind::kStart, day, cause, kNoRow,
       length.value_or(calendar::Length{}));
  for (std::size_t row = 0; row < record_.accruals.size(); ++row) {
    if (plan_.program().accruals[row].term != start.term) continue;
    const bool first_counts = plan_.counting(def.counting).first_day_counts;
    record_.accruals[row] = {.amount = 0, .through = first_counts ? day - 1 : day};
    GrowOne(row, day);
  }
  RaiseDuties(start.term, day, cause);
}

void Engine::RaiseDuties(TermId id, Day day, std::uint32_t cause) {
  for (const SentenceId sentence : plan_.term_duties[id.index()]) {
    const Cell in_force = InForce(plan_.program().sentences[sentence.index()], day, nullptr);
    if (in_force.tri() == Tri::kNo) continue;
    const TermState& term = record_.terms[id.index()];
    const bool unsure = term.uncertain && (term.due != kNever || term.open);
    RaiseDuty(sentence, day, cause, in_force, unsure || record_.InDoubt(id));
  }
}

// The first standing act from which a ceiling runs, when the one it ran from lost its standing.
// What was done before the matter closed bounds nothing any more.
void Engine::FindCeilings(TermId id, std::uint32_t fallen) {
  const TermDef& def = plan_.program().terms[id.index()];
  for (std::uint32_t i = def.ceilings.first; i < def.ceilings.end(); ++i) {
    CeilingState& state = record_.ceilings[i];
    if (!state.set || state.cause != fallen) continue;
    state = {};
    BoundTerm(id);
    for (std::size_t row = record_.closed_from; row < record_.done.size() && !state.set; ++row) {
      const Done& done = record_.done[row];
      if (done.stands && done.act == plan_.program().ceilings[i].from.act)
        SetCeiling({.term = id, .ceiling = i}, done.day, static_cast<std::uint32_t>(row));
    }
  }
}

// The nearest of its ceilings.
void Engine::BoundTerm(TermId id) {
  TermState& term = record_.terms[id.index()];
  const TermDef& def = plan_.program().terms[id.index()];
  term.ceiling = kNever;
  term.unsure_ceiling = false;
  for (std::uint32_t i = def.ceilings.first; i < def.ceilings.end(); ++i) {
    const CeilingState& state = record_.ceilings[i];
    term.ceiling = std::min(term.ceiling, state.due);
    term.unsure_ceiling |= state.set && state.due == kNever;
  }
  MoveDuties(id);
}

// Until when the term runs can no longer be told.
void Engine::ForgetEnd(TermId id) {
  TermState& term = record_.terms[id.index()];
  if (term.phase != Phase::kRunning && term.phase != Phase::kStopped) return;
  term.uncertain = true;
  term.open = false;
  term.due = kNever;
  MoveDuties(id);
}

// It runs from the first event it names that stands; of a later one the act may give another length.
void Engine::SetCeiling(const Plan::TermCeiling& row, Day day, std::uint32_t cause) {
  const program::CeilingDef& def = plan_.program().ceilings[row.ceiling];
  CeilingState& state = record_.ceilings[row.ceiling];
  if (state.set || (cause != kNoRow && !RestsOnAct(record_.done[cause], def.from.on))) return;
  record_.Touch(row.term);
  bool assumed = false;
  const std::optional<calendar::Length> known =
      Evaluator(plan_, record_, nullptr).Length(def.length, assumed, cause);
  record_.terms[row.term.index()].assumed |= assumed;
  state.set = true;
  state.cause = cause;
  if (!known || known->unit == calendar::Unit::kHours) {
    BoundTerm(row.term);
    ForgetEnd(row.term);
    return;
  }
  const calendar::Counting& counting = plan_.counting(plan_.program().terms[row.term.index()].counting);
  const Day nominal = calendar::NominalEnd(counting, day, *known);
  state.due = calendar::DueDay(counting, known->unit, nominal, base::kFirstDay);
  BoundTerm(row.term);
  Note(row.term, TermEvent::Kind::kCeiling, day, cause, row.ceiling, *known);
}

void Engine::ExtendTerm(const Plan::TermExtension& row, Day day, std::uint32_t cause) {
  const program::ExtensionDef& def = plan_.program().extensions[row.extension];
  TermState& term = record_.terms[row.term.index()];
  if (term.phase != Phase::kRunning && term.phase != Phase::kStopped) return;
  if (IsUsedUp(def, term)) return;
  const Evaluator evaluator(plan_, record_, nullptr);
  bool assumed = false;
  const std::optional<calendar::Length> by = evaluator.Length(def.by, assumed);
  term.assumed |= assumed;
  if (!by) {
    term.uncertain = true;
    return;
  }
  const Tri allowed = ExtensionAllowed(def, term, *by, evaluator, assumed);
  term.assumed |= assumed;
  if (allowed == Tri::kUnknown) term.uncertain = true;
  if (allowed != Tri::kYes) return;
  const std::size_t place = row.extension - plan_.program().terms[row.term.index()].extensions.first;
  term.extended |= 1u << std::min<std::size_t>(place, 31);
  record_.extended_by[row.extension] += by->count;
  if (term.due == kNever) return;  // its length is not known, so its end is not either
  const calendar::Counting& counting = plan_.counting(plan_.program().terms[row.term.index()].counting);
  // What it stood still so far puts the end off first: the extension may be in another unit.
  if (term.phase == Phase::kStopped && term.stopped < term.nominal) {
    term.nominal = calendar::AfterStop(counting, term.unit, term.nominal, term.stopped, day);
    term.stopped = day;
  }
  // A stop that came when the count was full put nothing off; of the longer count it does.
  const bool full_before = term.phase == Phase::kRunning && term.resumed > term.nominal;
  term.nominal = calendar::Extend(counting, term.nominal, *by);
  if (full_before) {
    term.nominal = calendar::AfterStop(counting, by->unit, term.nominal, term.stopped, term.resumed);
  }
  RecountDue(row.term);
  Note(row.term, TermEvent::Kind::kExtend, day, cause, row.extension, *by);
}

// Whether it may be made once and was.
bool Engine::IsUsedUp(const program::ExtensionDef& def, const TermState& term) const {
  const program::Program& program = plan_.program();
  const auto row = static_cast<std::uint32_t>(&def - program.extensions.data());
  std::size_t place = 0;
  for (const TermDef& owner : program.terms) {
    if (row >= owner.extensions.first && row < owner.extensions.end()) place = row - owner.extensions.first;
  }
  return def.once && (term.extended >> std::min<std::size_t>(place, 31) & 1u) != 0;
}

Tri Engine::ExtensionAllowed(const program::ExtensionDef& def, const TermState& term, calendar::Length by,
                             const Evaluator& evaluator, bool& assumed) const {
  if (IsUsedUp(def, term)) return Tri::kNo;
  if (!def.has_cap) return Tri::kYes;
  const std::optional<calendar::Length> cap = evaluator.Length(def.cap, assumed);
  if (!cap) return Tri::kUnknown;
  // Each cap bounds its own extension, however often that is made.
  const auto row = static_cast<std::size_t>(&def - plan_.program().extensions.data());
  return by.unit == cap->unit && record_.extended_by[row] + by.count <= cap->count ? Tri::kYes : Tri::kNo;
}

void Engine::EndTerm(TermId id, Phase phase, Day day, TermEvent::Kind kind) {
  TermState& term = record_.terms[id.index()];
  if (kind == TermEvent::Kind::kIdle) {
    for (const SentenceId sentence : plan_.term_duties[id.index()]) {
      if (record_.duties[sentence.index()].state == DutyState::State::kOpen) {
        CloseDuty(sentence, Finding::kReleased, day);
      }
    }
  }
  Note(id, kind, day, kNoRow, kNoRow);
  term.phase = phase;
  if (kind != TermEvent::Kind::kIdle) return;
  term.uncertain = false;
  for (std::size_t row = 0; row < record_.accruals.size(); ++row) {
    if (plan_.program().accruals[row].term == id) record_.accruals[row] = {.amount = 0, .through = day};
  }
}

}  // namespace lawbound::engine
