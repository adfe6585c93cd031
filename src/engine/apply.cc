// Taking an act into the record: it stands, meets duties, moves terms, carries out effects, and stops are
// asked again.
#include <algorithm>

#include "base/check.h"
#include "engine/engine.h"

namespace lawbound::engine {

using program::EffectDef;
using program::SentenceDef;

void Record::Reset(const Plan& plan, const History& of) {
  const program::Program& program = plan.program();
  acts.assign(program.acts.size(), {});
  sums.assign(plan.sum_slots, {});
  terms.assign(program.terms.size(), {});
  extended_by.assign(program.extensions.size(), 0);
  duties.assign(program.sentences.size(), {});
  takes_part.assign(plan.part_duties.size(), 0);
  broken.assign(program.rules.size(), 0);
  done.clear();
  tried.clear();
  live.clear();
  outcomes.clear();
  lost.clear();
  Restart(plan, of);
}

void Record::Restart(const Plan& plan, const History& of) {
  // After a fold without some act, what the matter touched is not all in its lists.
  if (!lost.empty()) return Reset(plan, of);
  for (const Done& one : done) {
    acts[one.act.index()] = {};
    for (const FieldId field : plan.summed_fields[one.act.index()]) sums[plan.sum_slot[field.index()]] = {};
  }
  for (const ActId act : tried) acts[act.index()] = {};
  for (const TermId term : live) {
    terms[term.index()] = {};
    ForgetExtensions(plan.program().terms[term.index()]);
  }
  for (const Outcome& outcome : outcomes) {
    if (!outcome.sentence) continue;
    duties[outcome.sentence.index()] = {};
    broken[plan.rule_of[outcome.sentence.index()].index()] = 0;
  }
  if (in_doubt) broken.assign(broken.size(), 0);  // doubt reaches rules that brought no outcome
  in_doubt = false;
  history = &of;
  now = base::kFirstDay;
  from = to = 0;
  accruals.assign(plan.program().accruals.size(), {});
  ceilings.assign(plan.program().ceilings.size(), {});
  next_due = next_end = kNever;
  overrun = closed = false;
  closed_from = 0;
  standing = 0;
  done.clear();
  tried.clear();
  live.clear();
  outcomes.clear();
  given.clear();
  faults.clear();
  lapsed_on.assign(plan.governed_by_time ? plan.program().terms.size() : 0, kNever);
  broken_on.assign(plan.governed_by_time ? plan.program().rules.size() : 0, kNever);
  judged.clear();
  gone.clear();
  takings.clear();
  if (trace != nullptr) trace->clear();
}

void Engine::AddSums(const Done& done, int sign) {
  for (const FieldId field : plan_.summed_fields[done.act.index()]) {
    const std::uint32_t slot = plan_.sum_slot[field.index()];
    const auto change = static_cast<std::uint32_t>(sign);
    const std::size_t place = plan_.program().fields[field.index()].place;
    Value value = done.entry == kNoRow ? model::kMissing
                                       : record_.history->value(record_.history->entries[done.entry], place);
    SumState& sum = record_.sums[slot];
    if (done.given != kNoRow && record_.given[done.given + place]) {
      const Cell& given = *record_.given[done.given + place];
      value = given.known ? given.number : model::kMissing;
      if (given.known && given.assumed) sum.assumed += change;
    }
    if (value == model::kMissing && plan_.assumed[field.index()] != model::kMissing) {
      value = plan_.assumed[field.index()];
      sum.assumed += change;
    }
    std::int64_t total = 0;
    if (value == model::kMissing || __builtin_add_overflow(sum.total, sign * value, &total)) {
      sum.unknown += change;
    } else {
      sum.total = total;
    }
  }
}

void Engine::Stand(ActId act, Day day, Minute minute, std::uint32_t index, const Judgement* judgement) {
  ActState& state = record_.acts[act.index()];
  Done done;
  done.act = act;
  done.day = day;
  done.minute = minute;
  done.entry = index;
  done.deemed = judgement == nullptr;
  done.previous = state.last_ever;
  if (judgement != nullptr) {
    done.on = judgement->on;
    done.names = judgement->names;
    done.quality = judgement->quality;
    done.in_time = judgement->in_time.tri();
    done.in_time_assumed = judgement->in_time.assumed;
  } else {
    // A deemed act rests on the last standing of what its kind rests on.
    const program::ActDef& def = plan_.program().acts[act.index()];
    for (std::uint32_t i = def.rests_on.first; i < def.rests_on.end(); ++i) {
      const std::uint32_t last = record_.acts[plan_.program().act_lists[i].index()].last;
      if (last != kNoRow && (done.on == kNoRow || last > done.on)) done.on = last;
    }
    if (done.on != kNoRow) done.names = record_.done[done.on].act;
  }
  // A signal does not rest on what it names.
  if (!plan_.program().acts[act.index()].signals.empty()) done.on = kNoRow;
  const auto row = static_cast<std::uint32_t>(record_.done.size());
  state.last = state.last_ever = row;
  ++state.standing;
  if (act.index() < 64) record_.standing |= std::uint64_t{1} << act.index();
  ++state.ever;
  if (judgement != nullptr) {
    for (const Fault& fault : judgement->faults)
      record_.faults.push_back({.done = row, .quality = fault.quality, .cure = fault.cure});
  }
  record_.done.push_back(done);
}

// Its fields are what they are now.
void Engine::Settle(std::uint32_t row) {
  const Done& done = record_.done[row];
  AddSums(done, 1);
  if (!plan_.part_of_act.empty()) TakePart(plan_.part_of_act[done.act.index()], done.day);
}

// A member takes part with the first act in its part; a duty to it whose time already runs arises then.
void Engine::TakePart(program::PartNumber part, Day day) {
  if (part == program::kMainPart) return;
  const std::size_t member = part - std::size_t{1};
  if (record_.takes_part[member] != 0) return;
  record_.takes_part[member] = 1;
  for (const SentenceId id : plan_.part_duties[member]) {
    const SentenceDef& sentence = plan_.program().sentences[id.index()];
    const TermState& term = record_.terms[sentence.term.index()];
    if (term.phase != Phase::kRunning && term.phase != Phase::kStopped) continue;
    const Cell in_force = InForce(sentence, day, nullptr);
    if (in_force.tri() == Tri::kNo) continue;
    const bool unsure = (term.uncertain && term.due != kNever) || record_.InDoubt(sentence.term);
    RaiseDuty(id, day, term.started_by, in_force, unsure);
  }
}

void Engine::Apply(const Entry& entry, std::uint32_t index, const Judgement& judgement) {
  record_.outcomes.insert(record_.outcomes.end(), judgement.outcomes.begin(), judgement.outcomes.end());
  for (const Outcome& outcome : judgement.outcomes) {
    if (outcome.finding == Finding::kKept || !outcome.sentence) continue;
    std::uint8_t& broken = record_.broken[plan_.rule_of[outcome.sentence.index()].index()];
    if (outcome.finding == Finding::kBroken) broken = 1;
    if (outcome.finding == Finding::kCannotTell && broken == 0) broken = 2;
    if (outcome.finding == Finding::kBroken && plan_.governed_by_time) {
      record_.broken_on[plan_.program().sentences[outcome.sentence.index()].rule.index()] = entry.day;
    }
  }
  if (plan_.can_lose && before_ == nullptr) {
    Judged judged{.entry = index, .judgement = judgement, .on = {}};
    if (judgement.on != kNoRow) judged.on = KeyOf(record_.done[judgement.on]);
    record_.judged.push_back(std::move(judged));
  }
  const auto row = static_cast<std::uint32_t>(record_.done.size());
  DoubtOwnEffect(entry, judgement);
  if (judgement.applied) {
    Stand(entry.act, entry.day, entry.minute, index, &judgement);
    Settle(row);
  } else {
    ++record_.acts[entry.act.index()].without_effect;
    record_.tried.push_back(entry.act);
  }
  Perform(entry, index, judgement.applied, judgement.names);
  if (judgement.applied) AfterStanding(row);
  BreachByAct(judgement, entry.day, row);
  if (!plan_.stoppable.empty()) AskStops(entry.day);
  if (plan_.closes) AskClosing(entry.day);
  if (refold_ && before_ == nullptr) Refold(entry.day, entry.minute, false);
}

// What follows from a breach follows at once, whether or not the act that broke the rule has effect.
void Engine::BreachByAct(const Judgement& judgement, Day day, std::uint32_t since) {
  const auto follow = [&](RuleId rule, bool sure) {
    std::vector<Following> following;
    FollowRule(rule, day, since, sure, following);
    for (const Following& one : following) CarryOut(one, day);
    StartFromBreach(rule, day, sure);
  };
  for (const RuleId rule : judgement.broken_rules) follow(rule, true);
  for (const RuleId rule : judgement.unsure_rules) follow(rule, false);
}

void Engine::AfterStanding(std::uint32_t row) {
  if (plan_.brings_nothing[record_.done[row].act.index()] != 0) return;
  // A copy: deeming inside may move the rows.
  const Done done = record_.done[row];
  const std::size_t act = done.act.index();
  for (const Plan::TermCeiling& ceiling : plan_.ceilings[act]) SetCeiling(ceiling, done.day, row);
  for (const Plan::TermStart& start : plan_.starts[act]) {
    if (RestsOnAct(done, start.on)) StartTerm(start, done.day, row);
  }
  for (const Plan::TermExtension& extension : plan_.extends[act]) ExtendTerm(extension, done.day, row);
  RaisePrompts(plan_.prompt_duties[act], done.day, row);
  for (const SentenceId id : plan_.effects[act]) {
    const SentenceDef& sentence = plan_.program().sentences[id.index()];
    if (RestsOnAct(done, sentence.event.on)) CarryOutSentence(id, done.day, row);
  }
  const base::Range<EffectDef> signals = plan_.program().acts[act].signals;
  for (std::uint32_t i = signals.first; i < signals.end(); ++i) {
    const EffectDef& signal = plan_.program().effects[i];
    if (signal.act == done.names) CarryOut({.effect = i, .since = row, .cause = row}, done.day);
  }
}

// ---------------------------------------------------------------------------------------------------- duties

void Engine::Perform(const Entry& entry, std::uint32_t index, bool applied, ActId names) {
  for (const SentenceId id : plan_.duties[entry.act.index()]) {
    const SentenceDef& sentence = plan_.program().sentences[id.index()];
    DutyState& duty = record_.duties[id.index()];
    if (duty.state == DutyState::State::kNone || duty.state == DutyState::State::kClosed) continue;
    if (sentence.on && names != sentence.on) continue;
    if (duty.state == DutyState::State::kMissed) {
      // Too late, whether or not the act had any effect: the miss stays, and now it is known by how much.
      // What would not have met the duty in time does not do so late.
      // The record may not hold the act, so it is asked of the act itself.
      if (Evaluator(plan_, record_, &entry).Holds(sentence.condition).tri() == Tri::kNo) continue;
      Outcome& outcome = record_.outcomes[duty.outcome];
      outcome.marks.late = true;
      outcome.margin = entry.day - outcome.due;
      outcome.entry = index;
      outcome.act = entry.act;
      duty.state = DutyState::State::kClosed;
      if (applied) NotInTime(outcome.finding == Finding::kBroken ? Tri::kNo : Tri::kUnknown);
      if (applied && outcome.finding == Finding::kBroken) QualifyLateAct(sentence.rule);
    } else if (applied) {
      MeetDuty(id, entry, index);
    }
  }
}

// What a breach says of the late act waited for it.  A missed duty never forbids the late act, so it may
// become voidable or irregular, but not void.
void Engine::QualifyLateAct(RuleId rule) {
  const program::RuleDef& def = plan_.program().rules[rule.index()];
  Done& late = record_.done.back();
  for (std::uint32_t i = def.breach.first; i < def.breach.end(); ++i) {
    const EffectDef& effect = plan_.program().effects[i];
    if (effect.kind != EffectDef::Kind::kQuality || effect.act != late.act) continue;
    const bool keeps_effect =
        effect.quality == EffectDef::Quality::kVoidable || effect.quality == EffectDef::Quality::kIrregular;
    const bool graver = late.quality == EffectDef::Quality::kNone || effect.quality < late.quality;
    if (keeps_effect && graver) late.quality = effect.quality;
    if (keeps_effect && plan_.has_cures) {
      record_.faults.push_back({.done = static_cast<std::uint32_t>(record_.done.size() - 1),
                                .quality = effect.quality,
                                .cure = effect.cured_by});
    }
  }
}

// What the last act applied has to hear of its time.
void Engine::NotInTime(Tri answer) {
  Done& done = record_.done.back();
  done.in_time = model::And(done.in_time, answer);
  if (answer == Tri::kNo) done.in_time_assumed = false;
}

// Whether a term that is not over so far has certainly not ended.  A ceiling ends it with the day, not
// before.
bool Engine::IsSurelyRunning(const TermState& term) const {
  if (term.unit == calendar::Unit::kHours && record_.to > term.due_from) return false;
  return term.due != kNever || term.open;
}

void Engine::MeetDuty(SentenceId sentence, const Entry& entry, std::uint32_t index) {
  const SentenceDef& def = plan_.program().sentences[sentence.index()];
  DutyState& duty = record_.duties[sentence.index()];
  // Asked of the act itself: what stands of its kind may be in doubt.
  const Cell met = Evaluator(plan_, record_, &entry).Holds(def.condition);
  if (met.tri() == Tri::kNo) return;
  // What may have no effect may not have met it.
  if (met.tri() == Tri::kUnknown || record_.InDoubt(entry.act, kMayBeVoid)) {
    duty.uncertain = true;
    return;
  }
  if (def.term && !IsSurelyRunning(record_.terms[def.term.index()])) {
    duty.uncertain = true;  // how long it had time is not known
    NotInTime(Tri::kUnknown);
    return;
  }
  duty.assumed |= met.assumed;
  Outcome& outcome = record_.outcomes[duty.outcome];
  outcome.entry = index;
  outcome.act = entry.act;
  CloseDuty(sentence, Finding::kKept, entry.day);
}

void Engine::RaisePrompts(const std::vector<SentenceId>& sentences, Day day, std::uint32_t cause) {
  for (const SentenceId id : sentences) {
    const SentenceDef& sentence = plan_.program().sentences[id.index()];
    if (cause != kNoRow && !RestsOnAct(record_.done[cause], sentence.event.on)) continue;
    const Cell in_force = InForce(sentence, day, nullptr);
    if (in_force.tri() != Tri::kNo) RaiseDuty(id, day, cause, in_force, false);
  }
}

// `unsure`: it cannot be told whether what it arises with has come.  What is assumed is said all the same.
void Engine::RaiseDuty(SentenceId sentence, Day day, std::uint32_t cause, Cell in_force, bool unsure) {
  const SentenceDef& def = plan_.program().sentences[sentence.index()];
  const Cell arises = Evaluator::And(in_force, Evaluator(plan_, record_, nullptr).Holds(def.if_code));
  if (arises.tri() == Tri::kNo) return;
  const bool sure = arises.tri() == Tri::kYes && !unsure;
  DutyState& duty = record_.duties[sentence.index()];
  const Day due = def.term ? Record::EffectiveDue(record_.terms[def.term.index()]) : kNever;
  const bool length_known =
      !def.term || record_.terms[def.term.index()].due != kNever || record_.terms[def.term.index()].open;
  const Finding finding = length_known ? Finding::kPending : Finding::kCannotTell;
  if (duty.state == DutyState::State::kOpen) {
    // A restart renews the open duty; it does not add a second.
    Outcome& open = record_.outcomes[duty.outcome];
    open.due = open.decided = due;
    open.start = record_.EntryOf(cause);
    open.finding = finding;
    // What arises for certain now is owed for certain, whatever could not be told before.
    if (sure) {
      duty.uncertain = false;
      duty.assumed = arises.assumed;
    }
    return;
  }
  duty.state = DutyState::State::kOpen;
  if (def.term) {
    ++record_.terms[def.term.index()].open_duties;
    NoteDue(def.term);
  }
  duty.uncertain = !sure;
  duty.assumed = arises.assumed;
  duty.outcome = static_cast<std::uint32_t>(record_.outcomes.size());
  Outcome outcome;
  outcome.sentence = sentence;
  outcome.act = def.acts.empty() ? ActId() : plan_.program().act_lists[def.acts.first];
  outcome.finding = finding;
  outcome.ground = Ground::kDuty;
  outcome.arose = day;
  outcome.due = outcome.decided = due;
  outcome.start = record_.EntryOf(cause);
  outcome.marks.by_assumption = arises.assumed;
  record_.outcomes.push_back(outcome);
}

void Engine::CloseDuty(SentenceId sentence, Finding finding, Day day) {
  DutyState& duty = record_.duties[sentence.index()];
  CHECK(duty.state == DutyState::State::kOpen);
  Outcome& outcome = record_.outcomes[duty.outcome];
  outcome.finding = finding;
  outcome.decided = day;
  outcome.marks.by_assumption = duty.assumed;
  const SentenceDef& def = plan_.program().sentences[sentence.index()];
  if (def.term) {
    outcome.marks.provisional = record_.terms[def.term.index()].provisional;
    outcome.marks.by_assumption |= record_.terms[def.term.index()].assumed;
    --record_.terms[def.term.index()].open_duties;
  }
  duty.state = finding == Finding::kBroken || finding == Finding::kCannotTell ? DutyState::State::kMissed
                                                                              : DutyState::State::kClosed;
}

// --------------------------------------------------------------------------------------------------- effects

void Engine::CarryOutSentence(SentenceId sentence, Day day, std::uint32_t row) {
  const SentenceDef& def = plan_.program().sentences[sentence.index()];
  const Tri applies = Applies(def, day, nullptr).tri();
  if (applies == Tri::kNo) return;
  for (std::uint32_t i = def.effects.first; i < def.effects.end(); ++i) {
    CarryOut({.effect = i, .since = row, .sure = applies == Tri::kYes, .cause = row}, day);
  }
}

void Engine::CarryOut(const Following& following, Day day) {
  const EffectDef& effect = plan_.program().effects[following.effect];
  if (!following.sure) return DoubtEffect(effect);
  switch (effect.kind) {
    case EffectDef::Kind::kDeemed:
      Deem(effect, day, following.since);
      break;
    case EffectDef::Kind::kFalls:
      Fall(effect.act, day);
      break;
    case EffectDef::Kind::kQuality: {
      const std::uint32_t last = record_.acts[effect.act.index()].last;
      if (last == kNoRow) break;
      record_.done[last].quality = effect.quality;
      if (plan_.has_cures) {
        std::erase_if(record_.faults, [&](const Fault& fault) { return fault.done == last; });
        record_.faults.push_back({.done = last, .quality = effect.quality, .cure = effect.cured_by});
      }
      if (effect.quality == EffectDef::Quality::kVoid ||
          effect.quality == EffectDef::Quality::kInadmissible) {
        FallOne(last, day);
      }
      break;
    }
    case EffectDef::Kind::kStanding:
      SayOf(effect, following.cause);
      break;
    case EffectDef::Kind::kAnswers:
    case EffectDef::Kind::kRefused:
      break;  // a liability, or a choice, to be reported; the record does not change
  }
}

void Engine::BringAbout(std::uint32_t effect) {
  // Whatever stands already: what would have brought it about again is not followed.
  CarryOut({.effect = effect, .since = kNoRow}, record_.now);
  if (!plan_.stoppable.empty()) AskStops(record_.now);
  if (plan_.closes) AskClosing(record_.now);
}

void Engine::Deem(const EffectDef& effect, Day day, std::uint32_t since) {
  const ActId act = effect.act;
  const ActState& state = record_.acts[act.index()];
  if (state.last != kNoRow && since != kNoRow && state.last >= since) return;
  const ActKey key{.entry = kNoRow, .act = act, .day = day};
  if (std::find(record_.gone.begin(), record_.gone.end(), key) != record_.gone.end()) return;
  if (RestsOnNothing(act)) return;
  std::vector<std::optional<Cell>> values = ValuesOf(effect);
  Stand(act, day, base::kNoMinute, kNoRow, nullptr);
  const auto row = static_cast<std::uint32_t>(record_.done.size() - 1);
  if (!effect.given.empty()) Give(effect, values, row);
  Settle(row);
  AfterStanding(row);
}

// Of what a log cannot show, or what is in doubt, something may stand.
bool Engine::RestsOnNothing(ActId act) const {
  const program::ActDef& def = plan_.program().acts[act.index()];
  const auto& acts = plan_.program().act_lists;
  return !def.rests_on.empty() &&
         std::none_of(acts.begin() + def.rests_on.first, acts.begin() + def.rests_on.end(), [&](ActId on) {
           return record_.acts[on.index()].standing > 0 || plan_.unseen_act[on.index()] != 0 ||
                  record_.InDoubt(on);
         });
}

void Engine::Fall(ActId act, Day day) {
  for (std::uint32_t row = record_.acts[act.index()].last; row != kNoRow;) {
    const std::uint32_t previous = record_.done[row].previous;
    FallOne(row, day);
    row = previous;
  }
}

void Engine::FallOne(std::uint32_t row, Day day) {
  if (!record_.done[row].stands) return;
  record_.done[row].stands = false;
  ActState& state = record_.acts[record_.done[row].act.index()];
  --state.standing;
  const std::size_t kind = record_.done[row].act.index();
  if (state.standing == 0 && kind < 64) record_.standing &= ~(std::uint64_t{1} << kind);
  AddSums(record_.done[row], -1);
  while (state.last != kNoRow && !record_.done[state.last].stands)
    state.last = record_.done[state.last].previous;
  for (std::size_t i = 0; i < record_.live.size(); ++i) {
    const TermId id = record_.live[i];
    const TermState& term = record_.terms[id.index()];
    const bool runs = term.phase == Phase::kRunning || term.phase == Phase::kStopped;
    if (runs && term.started_by == row) EndTerm(id, Phase::kIdle, day, TermEvent::Kind::kIdle);
    FindCeilings(id, row);
  }
  // What rests on it falls with it.
  for (std::uint32_t later = row + 1; later < record_.done.size(); ++later) {
    if (record_.done[later].on == row) FallOne(later, day);
  }
}

// --------------------------------------------------------------------------------------------------- closing

// What runs when the matter closes ends without effect; what is owed is neither met nor missed.  Later acts
// may start times again.
void Engine::AskClosing(Day day) {
  const bool closes = Evaluator(plan_, record_, nullptr).Evaluate(plan_.closes).tri() == Tri::kYes;
  const bool now = closes && !record_.closed;
  record_.closed = closes;
  if (now) Close(day);
}

void Engine::Close(Day day) {
  record_.closed_from = record_.done.size();
  record_.ceilings.assign(record_.ceilings.size(), {});
  const std::vector<AccrualState> grown = record_.accruals;  // what has grown stays, and grows no more
  for (std::size_t i = 0; i < record_.terms.size(); ++i) {
    TermState& term = record_.terms[i];
    // What may run, for all that can be told, ends with the rest.
    const bool runs = term.phase == Phase::kRunning || term.phase == Phase::kStopped ||
                      (term.phase == Phase::kOver && term.uncertain);
    if (runs) EndTerm(TermId(i), Phase::kIdle, day, TermEvent::Kind::kIdle);
    term.ceiling = kNever;
    term.unsure_ceiling = false;
  }
  record_.accruals = grown;
  for (std::size_t i = 0; i < record_.duties.size(); ++i) {
    if (record_.duties[i].state == DutyState::State::kOpen) CloseDuty(SentenceId(i), Finding::kReleased, day);
  }
}

// ----------------------------------------------------------------------------------------------------- stops

void Engine::AskStops(Day day) {
  const program::Program& program = plan_.program();
  const Evaluator evaluator(plan_, record_, nullptr);
  for (const TermId id : plan_.stoppable) {
    TermState& term = record_.terms[id.index()];
    if (term.phase != Phase::kRunning && term.phase != Phase::kStopped) continue;
    const program::TermDef& def = program.terms[id.index()];
    Cell stops = Evaluator::FromTri(Tri::kNo);
    std::uint32_t row = kNoRow;
    for (std::uint32_t i = def.stops.first; i < def.stops.end(); ++i) {
      const Cell one = evaluator.Evaluate(program.stops[i].condition);
      if (one.tri() == Tri::kYes && row == kNoRow) row = i;
      stops = Evaluator::Or(stops, one);
    }
    if (stops.tri() == Tri::kUnknown) term.uncertain = true;
    term.assumed |= stops.assumed;
    if (stops.tri() == Tri::kYes && term.phase == Phase::kRunning) {
      term.phase = Phase::kStopped;
      term.stopped = day;
      Note(id, TermEvent::Kind::kStop, day, kNoRow, row);
    } else if (stops.tri() != Tri::kYes && term.phase == Phase::kStopped) {
      term.phase = Phase::kRunning;
      if (term.due == kNever && !term.open) continue;  // its length is not known, so its end is not either
      term.resumed = day;
      if (term.open) {
        Note(id, TermEvent::Kind::kResume, day, kNoRow, row);
        continue;
      }
      const calendar::Counting& counting = plan_.counting(def.counting);
      term.nominal = calendar::AfterStop(counting, term.unit, term.nominal, term.stopped, day);
      RecountDue(id);
      Note(id, TermEvent::Kind::kResume, day, kNoRow, row);
    }
  }
}

}  // namespace lawbound::engine
