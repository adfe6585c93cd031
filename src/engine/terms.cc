// Terms start, restart, are extended and bounded, and end; duties arise with them (docs/language.md section
// 3).
#include <algorithm>

#include "base/check.h"
#include "engine/engine.h"

namespace lawbound::engine {

using program::LengthDef;
using program::TermDef;

void Engine::Note(TermId term, TermEvent::Kind kind, Day day, std::uint32_t done, std::uint32_t row,
                  calendar::Length length) {
  if (record_.trace == nullptr) return;
  const TermState& state = record_.terms[term.index()];
  record_.trace->push_back({.term = term,
                            .kind = kind,
                            .day = day,
                            .nominal = state.nominal,
                            .due = Record::EffectiveDue(state),
                            .done = done,
                            .row = row,
                            .length = length});
}

std::optional<calendar::Length> Engine::LengthOf(const LengthDef& length, const Evaluator& evaluator,
                                                 bool& assumed) {
  if (length.kind == LengthDef::Kind::kFixed) return length.fixed;
  const Cell value = evaluator.Field(length.field, false);
  assumed |= value.assumed;
  if (!value.known || value.number < 0) return std::nullopt;
  const auto unit = static_cast<calendar::Unit>(value.number % 8);
  return calendar::Length{.count = static_cast<std::int32_t>(value.number / 8), .unit = unit};
}

void Engine::RecountDue(TermId id) {
  TermState& term = record_.terms[id.index()];
  const calendar::Counting& counting = plan_.counting(plan_.program().terms[id.index()].counting);
  term.due = calendar::DueDay(counting, term.unit, term.nominal, term.resumed);
  const bool uses_calendar = term.unit == calendar::Unit::kWorkingDays || counting.rest_day_moves_on;
  term.provisional = uses_calendar && calendar::IsProvisional(*counting.calendar, term.start, term.due);
  for (const SentenceId sentence : plan_.term_duties[id.index()]) {
    const DutyState& duty = record_.duties[sentence.index()];
    if (duty.state != DutyState::State::kOpen) continue;
    record_.outcomes[duty.outcome].due = record_.outcomes[duty.outcome].decided = Record::EffectiveDue(term);
  }
}

bool Engine::StartIsComplete(const TermDef& term) const {
  if (term.start_kind != TermDef::Start::kLaterOf) return true;
  for (std::uint32_t i = term.starts.first; i < term.starts.end(); ++i) {
    const program::EventDef& event = plan_.program().events[i];
    switch (event.kind) {
      case program::EventDef::Kind::kAct:
        if (record_.acts[event.act.index()].standing == 0) return false;
        break;
      case program::EventDef::Kind::kLapse:
        if (record_.terms[event.term.index()].phase != Phase::kOver) return false;
        break;
      case program::EventDef::Kind::kBreach:
        if (record_.broken[event.rule.index()] == 0) return false;
        break;
    }
  }
  return true;
}

void Engine::StartTerm(const Plan::TermStart& start, Day day, std::uint32_t cause) {
  const TermDef& def = plan_.program().terms[start.term.index()];
  TermState& term = record_.terms[start.term.index()];
  const bool running = term.phase == Phase::kRunning || term.phase == Phase::kStopped;
  if (running && !start.restart) return;
  if (!StartIsComplete(def)) return;
  if (term.ceiling < day) return;
  Cell in_force = Evaluator::FromTri(Tri::kYes);
  if (def.sentence) {
    in_force = InForce(plan_.program().sentences[def.sentence.index()], day, nullptr);
    if (in_force.tri() == Tri::kNo) return;
  }
  const Day ceiling = term.ceiling;
  term = {};
  term.ceiling = ceiling;
  term.phase = Phase::kRunning;
  term.start = day;
  term.started_by = cause;
  term.began_at = static_cast<std::uint32_t>(record_.done.size());
  term.assumed = in_force.assumed;
  bool assumed = false;
  const std::optional<calendar::Length> length =
      LengthOf(def.length, Evaluator(plan_, record_, nullptr), assumed);
  term.assumed |= assumed;
  if (length && length->unit != calendar::Unit::kHours) {
    term.unit = length->unit;
    term.nominal = calendar::NominalEnd(plan_.counting(def.counting), day, *length);
    RecountDue(start.term);
  } else {
    term.uncertain = true;  // its length is not known: it runs, and nobody can tell until when
    term.due = kNever;
  }
  if (in_force.tri() == Tri::kUnknown) term.uncertain = true;
  Note(start.term, running ? TermEvent::Kind::kRestart : TermEvent::Kind::kStart, day, cause, kNoRow,
       length.value_or(calendar::Length{}));
  RaiseDuties(start.term, day, cause);
}

void Engine::RaiseDuties(TermId id, Day day, std::uint32_t cause) {
  const TermState& term = record_.terms[id.index()];
  for (const SentenceId sentence : plan_.term_duties[id.index()]) {
    const Cell in_force = InForce(plan_.program().sentences[sentence.index()], day, nullptr);
    if (in_force.tri() == Tri::kNo) continue;
    RaiseDuty(sentence, day, cause, Record::EffectiveDue(term));
    DutyState& duty = record_.duties[sentence.index()];
    if (duty.state == DutyState::State::kOpen && in_force.tri() == Tri::kUnknown) duty.uncertain = true;
    if (duty.state == DutyState::State::kOpen) duty.assumed |= in_force.assumed;
  }
}

void Engine::SetCeiling(const Plan::TermCeiling& row, Day day, std::uint32_t cause) {
  const program::CeilingDef& def = plan_.program().ceilings[row.ceiling];
  if (cause != kNoRow && def.from.on) {
    const std::uint32_t on = record_.done[cause].on;
    if (on == kNoRow || record_.done[on].act != def.from.on) return;
  }
  TermState& term = record_.terms[row.term.index()];
  const calendar::Counting& counting = plan_.counting(plan_.program().terms[row.term.index()].counting);
  const calendar::Length length = def.length.fixed;
  const Day due =
      calendar::DueDay(counting, length.unit, calendar::NominalEnd(counting, day, length), base::kFirstDay);
  term.ceiling = std::min(term.ceiling, due);
  Note(row.term, TermEvent::Kind::kCeiling, day, cause, row.ceiling, length);
}

void Engine::ExtendTerm(const Plan::TermExtension& row, Day day, std::uint32_t cause) {
  const program::ExtensionDef& def = plan_.program().extensions[row.extension];
  TermState& term = record_.terms[row.term.index()];
  if (term.phase != Phase::kRunning && term.phase != Phase::kStopped) return;
  bool assumed = false;
  const std::optional<calendar::Length> by = LengthOf(def.by, Evaluator(plan_, record_, nullptr), assumed);
  term.assumed |= assumed;
  if (!by) {
    term.uncertain = true;
    return;
  }
  if (!ExtensionAllowed(def, term, *by)) return;
  const std::size_t place = row.extension - plan_.program().terms[row.term.index()].extensions.first;
  term.extended |= 1u << std::min<std::size_t>(place, 31);
  term.extended_by += by->count;
  term.nominal =
      calendar::Extend(plan_.counting(plan_.program().terms[row.term.index()].counting), term.nominal, *by);
  RecountDue(row.term);
  Note(row.term, TermEvent::Kind::kExtend, day, cause, row.extension, *by);
}

bool Engine::ExtensionAllowed(const program::ExtensionDef& def, const TermState& term,
                              calendar::Length by) const {
  const program::Program& program = plan_.program();
  const auto row = static_cast<std::uint32_t>(&def - program.extensions.data());
  std::size_t place = 0;
  for (const TermDef& owner : program.terms) {
    if (row >= owner.extensions.first && row < owner.extensions.end()) place = row - owner.extensions.first;
  }
  if (def.once && (term.extended >> std::min<std::size_t>(place, 31) & 1u) != 0) return false;
  return !def.has_cap ||
         (by.unit == def.cap.fixed.unit && term.extended_by + by.count <= def.cap.fixed.count);
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
}

}  // namespace lawbound::engine
