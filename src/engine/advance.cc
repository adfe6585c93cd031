// Time passes: for each day before the given one on which a term is due, at the end of that day, (1) all
// terms due become over, (2) on the record as it then is it is decided which duties are missed and what
// follows, (3) that is carried out, (4) terms that start with these lapses and breaches start, (5) stops are
// asked again.
//
// A day on which only terms end from whose end nothing follows (no open duty, no lapse that something waits
// for, no stop to ask) would change nothing but their phase: it is passed over, and the phase noted before
// the next act or decision.
#include <algorithm>
#include <limits>

#include "engine/engine.h"

namespace lawbound::engine {

using program::EffectDef;
using program::SentenceDef;

bool Engine::IsWaitedFor(TermId term) const {
  return plan_.watched[term.index()] != 0 || record_.terms[term.index()].open_duties != 0;
}

void Engine::FindNextDue() {
  record_.next_due = record_.next_end = kNever;
  for (const TermId term : record_.live) NoteDue(term);
}

void Engine::NoteDue(TermId term) {
  const Day due = Record::EffectiveDue(record_.terms[term.index()]);
  record_.next_end = std::min(record_.next_end, due);
  if (IsWaitedFor(term)) record_.next_due = std::min(record_.next_due, due);
}

void Engine::CarryOutUntil(Day day) {
  for (int days = 0; record_.next_due < day; ++days) {
    if (days == kMaxLapseDays) {
      record_.overrun = true;
      record_.next_due = kNever;
      break;
    }
    const Day due = record_.next_due;
    LapseAll(due);
    if (refold_ && before_ == nullptr) Refold(due, base::kNoMinute, true);
    FindNextDue();
  }
  record_.now = std::max(record_.now, day);
}

void Engine::Advance(Day day, Minute minute) {
  if (record_.next_due < day) CarryOutUntil(day);
  if (record_.next_end < day && !record_.overrun) {
    EndTerms(day - 1);
    FindNextDue();
  }
  record_.now = std::max(record_.now, day);
  if (plan_.hours || !record_.accruals.empty()) Reach(day, minute);
}

// The present comes to this day and, if it is known, this minute.
void Engine::Reach(Day day, Minute minute) {
  Grow(day);
  const bool known = minute != base::kNoMinute;
  const Moment start = StartOf(day);
  if (known && record_.next_due == day) {
    LapseHours(start + minute);
    if (refold_ && before_ == nullptr) Refold(day, minute, false);
    FindNextDue();
  }
  record_.from = known ? start + minute : start;
  record_.to = known ? start + minute : start + kMinutesOfDay - 1;
}

// What ran in hours and may last until before a moment is over, each at its own.
void Engine::LapseHours(Moment before) {
  const auto runs = [&](TermId id) {
    const TermState& term = record_.terms[id.index()];
    return term.phase == Phase::kRunning && term.unit == calendar::Unit::kHours && term.due != kNever &&
           term.due_to < before && term.due <= term.ceiling;
  };
  for (;;) {
    const TermState* first = nullptr;
    for (const TermId id : record_.live) {
      const TermState& term = record_.terms[id.index()];
      if (runs(id) && (first == nullptr || term.due_to < first->due_to)) first = &term;
    }
    if (first == nullptr) return;
    const Moment at = first->due_to;
    record_.from = first->due_from;
    record_.to = at;
    const Day day{static_cast<std::int32_t>(at / kMinutesOfDay)};
    lapsed_.clear();
    for (const TermId id : record_.live) {
      if (runs(id) && record_.terms[id.index()].due_to == at) lapsed_.push_back(id);
    }
    for (const TermId id : lapsed_) EndOne(id, day);
    FollowLapses(day);
  }
}

// Each accrual takes in the days up to this one, as they began.
void Engine::Grow(Day day) {
  for (std::size_t row = 0; row < record_.accruals.size(); ++row) GrowOne(row, day);
}

void Engine::GrowOne(std::size_t row, Day day) {
  __extension__ using Wide = __int128;
  const program::AccrualDef& def = plan_.program().accruals[row];
  const TermState& term = record_.terms[def.term.index()];
  AccrualState& state = record_.accruals[row];
  const Day after = state.through;
  if (day <= after) return;
  state.through = day;
  const bool active = term.phase == Phase::kRunning || term.phase == Phase::kStopped;
  if (active && term.uncertain) state.unknown = true;
  if (term.phase != Phase::kRunning) return;
  const calendar::Calendar& calendar =
      *plan_.counting(plan_.program().terms[def.term.index()].counting).calendar;
  const bool working = term.unit == calendar::Unit::kWorkingDays;
  const std::int64_t days = working ? calendar.CountWorkingDays(after, day) : day - after;
  const Evaluator evaluator(plan_, record_, nullptr);
  const Cell base = evaluator.Evaluate(def.base);
  const Cell cap = def.cap ? evaluator.Evaluate(def.cap) : Cell{};
  state.assumed |= base.assumed || term.assumed || cap.assumed;
  state.provisional |= working && calendar::IsProvisional(calendar, after, day);
  if (!base.known || !cap.known) {
    state.unknown = true;
    return;
  }
  Wide grown = Wide{state.amount} + Wide{std::max<std::int64_t>(base.number, 0)} * def.percent * days;
  if (def.cap) grown = std::max(Wide{state.amount}, std::min(grown, Wide{cap.number} * 10000));
  if (grown > std::numeric_limits<std::int64_t>::max()) {
    state.unknown = true;
  } else {
    state.amount = static_cast<std::int64_t>(grown);
  }
}

// Whether a log that shows no performance leaves open that there was one.
bool Engine::MayBeDoneUnseen(const SentenceDef& sentence) const {
  const auto& acts = plan_.program().act_lists;
  return std::any_of(acts.begin() + sentence.acts.first, acts.begin() + sentence.acts.end(),
                     [&](ActId act) { return plan_.unseen_act[act.index()] != 0; });
}

void Engine::EndOne(TermId term, Day due) {
  TermState& state = record_.terms[term.index()];
  // What restarts or extends it and cannot be shown may have put its end off.
  if (plan_.may_run_on[term.index()] != 0 && state.phase != Phase::kIdle) state.uncertain = true;
  if (record_.InDoubt(term)) state.uncertain = true;
  state.due = due;  // also where it was stopped, or its length not known, and a ceiling ended it
  EndTerm(term, Phase::kOver, due, TermEvent::Kind::kOver);
  if (plan_.governed_by_time) record_.lapsed_on[term.index()] = state.uncertain ? kNever : due;
}

// Every term that is due on or before `day` becomes over; those from whose end something follows are
// `lapsed_`.
void Engine::EndTerms(Day day) {
  lapsed_.clear();
  for (const TermId term : record_.live) {
    const Day due = Record::EffectiveDue(record_.terms[term.index()]);
    if (due > day) continue;
    if (IsWaitedFor(term)) lapsed_.push_back(term);
    EndOne(term, due);
  }
}

void Engine::LapseAll(Day day) {
  Grow(day);
  if (plan_.hours) {
    const Moment end = StartOf(day) + kMinutesOfDay;
    LapseHours(end);
    record_.from = record_.to = end - 1;
  }
  EndTerms(day);
  if (!lapsed_.empty()) FollowLapses(day);  // if empty, what was due was put off, or ended
}

// Whether something follows from what became of a duty, or may.
bool Engine::FollowsFrom(const Miss& miss) {
  return miss.finding == Finding::kBroken || (miss.finding == Finding::kCannotTell && miss.decided);
}

// What follows from the end of the terms of `lapsed_`.
void Engine::FollowLapses(Day day) {
  const program::Program& program = plan_.program();
  if (lapsed_.size() > 1) std::sort(lapsed_.begin(), lapsed_.end());
  DecideMisses(day);
  // All that follows is decided before any of it is carried out.
  following_.clear();
  for (const Miss& miss : misses_) {
    const SentenceDef& sentence = program.sentences[miss.sentence.index()];
    if (!FollowsFrom(miss)) continue;
    FollowRule(sentence.rule, day, record_.terms[sentence.term.index()].began_at,
               miss.finding == Finding::kBroken, following_);
  }
  for (const TermId term : lapsed_) {
    const TermState& state = record_.terms[term.index()];
    FollowSentences(plan_.lapse_effects[term.index()], day, state.began_at, !state.uncertain, following_);
  }
  // Before anything is carried out, which may start a term again.
  unsure_.clear();
  for (const TermId term : lapsed_) {
    if (record_.terms[term.index()].uncertain) unsure_.push_back(term);
  }
  std::erase_if(lapsed_, [&](TermId term) { return record_.terms[term.index()].uncertain; });
  for (const Following& one : following_) CarryOut(one, day);
  for (const TermId term : unsure_) {
    DoubtTerms(plan_.lapse_starts[term.index()], plan_.lapse_ceilings[term.index()]);
  }
  for (const TermId term : lapsed_) {
    for (const Plan::TermCeiling& ceiling : plan_.lapse_ceilings[term.index()])
      SetCeiling(ceiling, day, kNoRow);
    for (const Plan::TermStart& start : plan_.lapse_starts[term.index()]) StartTerm(start, day, kNoRow);
    RaisePrompts(plan_.lapse_prompts[term.index()], day, kNoRow);
  }
  for (const Miss& miss : misses_) {
    if (!FollowsFrom(miss)) continue;
    StartFromBreach(program.sentences[miss.sentence.index()].rule, day, miss.finding == Finding::kBroken);
  }
  if (!plan_.stoppable.empty()) AskStops(day);
  if (plan_.closes) AskClosing(day);
}

// What becomes of the open duties of the terms that are over.
void Engine::DecideMisses(Day day) {
  const program::Program& program = plan_.program();
  misses_.clear();
  const Evaluator evaluator(plan_, record_, nullptr);
  for (const TermId term : lapsed_) {
    for (const SentenceId id : plan_.term_duties[term.index()]) {
      DutyState& duty = record_.duties[id.index()];
      if (duty.state != DutyState::State::kOpen) continue;
      const SentenceDef& sentence = program.sentences[id.index()];
      const Cell released =
          sentence.unless ? evaluator.Evaluate(sentence.unless) : Evaluator::FromTri(Tri::kNo);
      duty.assumed |= released.assumed;
      Finding finding = Finding::kBroken;
      bool decided = true;
      if (before_ != nullptr) {
        const std::optional<Finding> given = GivenAtLapse(id);
        decided = given.has_value();
        finding = given.value_or(Finding::kCannotTell);
      } else if (released.tri() == Tri::kYes) {
        finding = Finding::kReleased;
      } else if (released.tri() == Tri::kUnknown || duty.uncertain || record_.terms[term.index()].uncertain ||
                 MayBeDoneUnseen(sentence)) {
        finding = Finding::kCannotTell;
      }
      misses_.push_back({id, finding, decided});
    }
  }
  for (const Miss& miss : misses_) {
    // A stop may have held the due day back, and a ceiling ended the term while it stood still.
    record_.outcomes[record_.duties[miss.sentence.index()].outcome].due = day;
    CloseDuty(miss.sentence, miss.finding, day);
    std::uint8_t& broken = record_.broken[plan_.rule_of[miss.sentence.index()].index()];
    if (miss.finding == Finding::kBroken) broken = 1;
    if (miss.finding == Finding::kCannotTell && broken == 0) broken = 2;
    if (miss.finding == Finding::kBroken && plan_.governed_by_time)
      record_.broken_on[program.sentences[miss.sentence.index()].rule.index()] = day;
  }
}

// What a breach of a rule brings, by its own clause and by `on`.  A quality is that of an act and not among
// it: the judged act got its own in Judge, a late act gets it in Perform.
void Engine::FollowRule(RuleId rule, Day day, std::uint32_t since, bool sure,
                        std::vector<Following>& out) const {
  const program::RuleDef& def = plan_.program().rules[rule.index()];
  for (std::uint32_t i = def.breach.first; i < def.breach.end(); ++i) {
    if (plan_.program().effects[i].kind != EffectDef::Kind::kQuality) out.push_back({i, since, sure});
  }
  FollowSentences(plan_.breach_effects[rule.index()], day, since, sure, out);
}

void Engine::FollowSentences(const std::vector<SentenceId>& sentences, Day day, std::uint32_t since,
                             bool sure, std::vector<Following>& out) const {
  for (const SentenceId id : sentences) {
    const SentenceDef& sentence = plan_.program().sentences[id.index()];
    const Tri applies = Applies(sentence, day, nullptr).tri();
    if (applies == Tri::kNo) continue;
    for (std::uint32_t i = sentence.effects.first; i < sentence.effects.end(); ++i)
      out.push_back({i, since, sure && applies == Tri::kYes});
  }
}

void Engine::StartFromBreach(RuleId rule, Day day, bool sure) {
  if (!sure) return DoubtTerms(plan_.breach_starts[rule.index()], plan_.breach_ceilings[rule.index()]);
  for (const Plan::TermCeiling& ceiling : plan_.breach_ceilings[rule.index()])
    SetCeiling(ceiling, day, kNoRow);
  for (const Plan::TermStart& start : plan_.breach_starts[rule.index()]) StartTerm(start, day, kNoRow);
  RaisePrompts(plan_.breach_prompts[rule.index()], day, kNoRow);
}

namespace {

void FoldWith(Engine& engine, const History& history, Judgement& judgement, Day as_of) {
  for (std::uint32_t i = 0; i < history.entries.size(); ++i) {
    const Entry& entry = history.entries[i];
    if (entry.day > as_of) break;
    engine.Advance(entry.day, entry.minute);
    engine.Judge(entry, judgement);
    engine.Apply(entry, i, judgement);
  }
}

}  // namespace

Record& Folder::Fold(const History& history, Day as_of, Day until, const LawShift* shift) {
  if (plan_.has_parts()) return FoldParts(history, as_of, until, shift);
  engine_.Shift(shift);
  record_.Restart(plan_, history);
  FoldWith(engine_, history, judgement_, as_of);
  engine_.CarryOutUntil(until);
  return record_;
}

Record& Folder::FoldParts(const History& history, Day as_of, Day until, const LawShift* shift) {
  matter_.emplace(plan_, history, Matter::Titles::kPlain);
  if (!matter_->fits()) {
    record_.Reset(plan_, history);
    record_.overrun = true;
    return record_;
  }
  Engine engine(matter_->plan(), record_);
  const LawShift unfolded = shift == nullptr ? LawShift{} : matter_->Unfolded(*shift);
  engine.Shift(shift == nullptr ? nullptr : &unfolded);
  record_.Reset(matter_->plan(), matter_->history());
  FoldWith(engine, matter_->history(), judgement_, as_of);
  engine.CarryOutUntil(until);
  for (Outcome& outcome : record_.outcomes) outcome = matter_->Folded(outcome);
  return record_;
}

void Fold(const Plan& plan, const History& history, Record& record, Day as_of, Day until,
          const LawShift* shift) {
  record.Reset(plan, history);
  Engine engine(plan, record);
  engine.Shift(shift);
  Judgement judgement;
  FoldWith(engine, history, judgement, as_of);
  engine.Advance(until);
}

}  // namespace lawbound::engine
