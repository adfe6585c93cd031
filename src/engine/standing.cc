// What is said of acts that were done, and the fold without an act that was taken away from the beginning.
//
// A matter keeps what was judged of each of its entries.  When an act is set aside or held void, the matter
// is folded once more from its beginning without it and without all that rests on it.  Nothing is judged
// anew: each entry has the effect that it was judged to have, and a duty is missed on the way only if it was
// missed before.  Then the new record takes the place of the old one, and the outcomes of the old one stay,
// marked moot where they speak of what was taken away.
//
// Rejected: a second record for each kind of act that can be taken away, folded along without it.  It costs
// every matter what only few need, and is wrong as soon as two acts of one kind stand.
#include <algorithm>
#include <utility>

#include "engine/engine.h"

namespace lawbound::engine {

using program::EffectDef;
using program::Standing;

namespace {

bool Contains(const std::vector<ActKey>& keys, const ActKey& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// The last duty of a sentence that arose on a day.
std::uint32_t OutcomeOf(const Record& record, SentenceId sentence, Day arose) {
  for (std::size_t row = record.outcomes.size(); row-- > 0;) {
    const Outcome& outcome = record.outcomes[row];
    if (outcome.sentence == sentence && outcome.ground == Ground::kDuty && outcome.arose == arose)
      return static_cast<std::uint32_t>(row);
  }
  return kNoRow;
}

// Keeps of acts that are gone what was said of them.
void NoteLost(Record& record, const std::vector<ActKey>& gone) {
  for (std::uint32_t row = 0; row < record.done.size(); ++row) {
    const ActKey key = KeyOf(record.done[row]);
    const bool known = std::any_of(record.lost.begin(), record.lost.end(),
                                   [&](const LostAct& lost) { return lost.key == key; });
    if (Contains(gone, key) && !known)
      record.lost.push_back({key, record.done[row].said, record.QualityOf(row)});
  }
}

// What an act was found to be stays with it.
void KeepFaults(const Record& before, Record& again) {
  std::vector<Fault> faults;
  for (std::uint32_t row = 0; row < again.done.size(); ++row) {
    const auto old = std::find_if(before.done.begin(), before.done.end(),
                                  [&](const Done& done) { return KeyOf(done) == KeyOf(again.done[row]); });
    const bool known = old != before.done.end();
    if (known) {
      again.done[row].quality = old->quality;
      again.done[row].in_time = old->in_time;
      again.done[row].in_time_assumed = old->in_time_assumed;
    }
    const auto from = known ? static_cast<std::uint32_t>(old - before.done.begin()) : row;
    for (Fault fault : known ? before.faults : again.faults) {
      if (fault.done != from) continue;
      fault.done = row;
      faults.push_back(fault);
    }
  }
  again.faults = std::move(faults);
}

bool IsOpen(const DutyState& duty) { return duty.state == DutyState::State::kOpen; }

}  // namespace

EffectDef::Quality Record::QualityOf(std::uint32_t row) const {
  EffectDef::Quality gravest = EffectDef::Quality::kNone;
  bool any = false;
  for (const Fault& fault : faults) {
    if (fault.done != row) continue;
    any = true;
    const std::uint32_t cure = fault.cure ? acts[fault.cure.index()].last : kNoRow;
    if (cure != kNoRow && cure > row) continue;
    if (gravest == EffectDef::Quality::kNone || fault.quality < gravest) gravest = fault.quality;
  }
  return any ? gravest : done[row].quality;
}

EffectDef::Quality Record::QualityOfEntry(std::uint32_t entry) const {
  for (std::uint32_t row = 0; row < done.size(); ++row) {
    if (done[row].entry == entry) return QualityOf(row);
  }
  for (const LostAct& one : lost) {
    if (one.key.entry == entry) return one.quality;
  }
  return EffectDef::Quality::kNone;
}

std::vector<std::optional<Cell>> Engine::ValuesOf(const EffectDef& effect) const {
  const program::Program& program = plan_.program();
  const Evaluator evaluator(plan_, record_, nullptr);
  std::vector<std::optional<Cell>> values;
  for (std::uint32_t i = effect.given.first; i < effect.given.end(); ++i) {
    Cell value = evaluator.Evaluate(program.given[i].value);
    if (program.codes[program.given[i].value.index()].result == program::ResultType::kTri) {
      value.known = value.tri() != Tri::kUnknown;
      value.number = value.tri() == Tri::kYes ? 1 : 0;
    }
    values.emplace_back(value);
  }
  return values;
}

void Engine::Give(const EffectDef& effect, const std::vector<std::optional<Cell>>& values,
                  std::uint32_t row) {
  const program::Program& program = plan_.program();
  Done& done = record_.done[row];
  if (done.given == kNoRow) {
    done.given = static_cast<std::uint32_t>(record_.given.size());
    record_.given.resize(record_.given.size() + program.acts[done.act.index()].fields.count);
  }
  for (std::uint32_t i = 0; i < effect.given.count; ++i) {
    const program::FieldDef& field = program.fields[program.given[effect.given.first + i].field.index()];
    record_.given[done.given + field.place] = values[i];
  }
}

void Engine::SayOf(const EffectDef& effect, std::uint32_t cause) {
  const program::Program& program = plan_.program();
  const std::uint32_t row = record_.acts[effect.act.index()].last;
  if (row == kNoRow) return;
  const bool image = program.acts[effect.act.index()].kind == program::ActDef::Kind::kTarget;
  if (program::TakesAway(effect.standing) && !image) {
    // Without days no matter can be folded again; a prover looks at the matter without the act instead.
    if (record_.open_days != nullptr) return;
    const Taking taking{.cause = KeyOf(record_.done[cause]),
                        .effect = static_cast<std::uint32_t>(&effect - program.effects.data())};
    // Where this has been done before, what stands now of the kind is another act.
    if (std::find(record_.takings.begin(), record_.takings.end(), taking) != record_.takings.end()) return;
    record_.takings.push_back(taking);
    record_.gone.push_back(KeyOf(record_.done[row]));
    refold_ = true;
  }
  const auto bit = [](Standing standing) { return 1u << static_cast<unsigned>(standing); };
  const unsigned ended =
      program::Opposite(effect.standing) == Standing::kNone ? 0u : bit(program::Opposite(effect.standing));
  Done& done = record_.done[row];
  done.said = static_cast<std::uint16_t>((done.said & ~ended) | bit(effect.standing));
  if (effect.given.empty()) return;
  const std::vector<std::optional<Cell>> values = ValuesOf(effect);
  AddSums(record_.done[row], -1);
  Give(effect, values, row);
  AddSums(record_.done[row], 1);
}

// ---------------------------------------------------------------------------------------------- once more

void Engine::Refold(Day day, Minute minute, bool day_is_over) {
  for (int round = 0;; ++round) {
    refold_ = false;
    Record again;
    again.trace = record_.trace;
    again.Reset(plan_, *record_.history);
    again.gone = record_.gone;
    NoteLost(record_, record_.gone);
    again.lost = record_.lost;
    again.takings = record_.takings;
    Engine replay(plan_, again);
    replay.Shift(shift_);
    replay.Replay(record_, day, minute, day_is_over);
    Adopt(again, day);
    if (!replay.refold_) break;
    if (round == kMaxRefolds) {
      record_.overrun = true;
      break;
    }
  }
  FindNextDue();
}

void Engine::Replay(const Record& before, Day day, Minute minute, bool day_is_over) {
  before_ = &before;
  for (const Judged& judged : before.judged) {
    const Entry& entry = record_.history->entries[judged.entry];
    Advance(entry.day, entry.minute);
    ReplayEntry(judged);
  }
  if (day_is_over) {
    CarryOutUntil(day + 1);
  } else {
    Advance(day, minute);
  }
}

void Engine::ReplayEntry(const Judged& judged) {
  const Entry& entry = record_.history->entries[judged.entry];
  const ActKey key{.entry = judged.entry, .act = entry.act, .day = entry.day};
  if (Contains(record_.gone, key)) return;
  Judgement judgement = judged.judgement;
  judgement.on = kNoRow;
  const bool took_away = std::any_of(record_.takings.begin(), record_.takings.end(),
                                     [&](const Taking& taking) { return taking.cause == key; });
  const bool free = took_away || !plan_.program().acts[entry.act.index()].signals.empty();
  if (!free && judgement.names && judgement.applied) {
    for (std::uint32_t row = 0; row < record_.done.size(); ++row) {
      if (record_.done[row].stands && KeyOf(record_.done[row]) == judged.on) judgement.on = row;
    }
    if (judgement.on == kNoRow) {
      record_.gone.push_back(key);
      return;
    }
  }
  Apply(entry, judged.entry, judgement);
}

// What became of a duty before; none: a duty that was open, or did not arise, is not missed in the time that
// is folded again.
std::optional<Finding> Engine::GivenAtLapse(SentenceId sentence) const {
  const Day arose = record_.outcomes[record_.duties[sentence.index()].outcome].arose;
  const std::uint32_t row = OutcomeOf(*before_, sentence, arose);
  const DutyState& before = before_->duties[sentence.index()];
  if (row == kNoRow || (IsOpen(before) && before.outcome == row)) return std::nullopt;
  return before_->outcomes[row].finding;
}

void Engine::Adopt(Record& again, Day day) {
  NoteLost(record_, again.gone);
  for (std::size_t s = 0; s < record_.duties.size(); ++s) AdoptDuty(again, SentenceId(s), day);
  KeepFaults(record_, again);
  again.outcomes = std::move(record_.outcomes);
  again.judged = std::move(record_.judged);
  again.lost = std::move(record_.lost);
  again.overrun |= record_.overrun;
  for (TermState& term : again.terms) term.open_duties = 0;
  for (std::size_t s = 0; s < again.duties.size(); ++s) {
    const TermId term = plan_.program().sentences[s].term;
    if (term && IsOpen(again.duties[s])) ++again.terms[term.index()].open_duties;
  }
  record_ = std::move(again);
  for (Outcome& outcome : record_.outcomes) {
    const std::uint32_t entry = outcome.ground == Ground::kDuty ? outcome.start : outcome.entry;
    outcome.marks.moot =
        outcome.marks.moot || std::any_of(record_.gone.begin(), record_.gone.end(), [&](const ActKey& key) {
          return key.entry != kNoRow && key.entry == entry;
        });
  }
}

void Engine::AdoptDuty(Record& again, SentenceId sentence, Day day) {
  using State = DutyState::State;
  const DutyState& before = record_.duties[sentence.index()];
  DutyState& now = again.duties[sentence.index()];
  const bool was_open = IsOpen(before);
  const Outcome scratch = now.state == State::kNone ? Outcome() : again.outcomes[now.outcome];
  if (was_open) {
    Outcome& open = record_.outcomes[before.outcome];
    if (now.state != State::kNone && scratch.arose == open.arose) {
      open.start = scratch.start;
      open.due = scratch.due;
      open.decided = scratch.decided;
      open.finding = scratch.finding;
      if (!IsOpen(now)) {
        open.entry = scratch.entry;
        open.act = scratch.act;
        open.marks.by_assumption = scratch.marks.by_assumption;
        now.state = State::kClosed;
      }
      now.outcome = before.outcome;
      return;
    }
    open.finding = Finding::kReleased;
    open.decided = open.due = day;
    const TermId term = plan_.program().sentences[sentence.index()].term;
    open.marks.by_assumption = before.assumed || (term && record_.terms[term.index()].assumed);
  }
  if (now.state == State::kNone) return;
  const std::uint32_t row = OutcomeOf(record_, sentence, scratch.arose);
  if (row != kNoRow) {
    const Outcome& outcome = record_.outcomes[row];
    const bool missed = outcome.finding == Finding::kBroken || outcome.finding == Finding::kCannotTell;
    now.state = missed && !outcome.marks.late ? State::kMissed : State::kClosed;
    now.outcome = row;
  } else if (IsOpen(now)) {
    now.outcome = static_cast<std::uint32_t>(record_.outcomes.size());
    record_.outcomes.push_back(scratch);
  } else {
    now = {};
  }
}

}  // namespace lawbound::engine
