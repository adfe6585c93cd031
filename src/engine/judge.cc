// Judging one act: form, standing of what it rests on, its time, its conditions.  Reads the record, changes
// nothing.
#include <algorithm>

#include "engine/engine.h"

namespace lawbound::engine {

using program::EffectDef;
using program::SentenceDef;

namespace {

Outcome About(const Entry& entry, const Record& record) {
  Outcome out;
  out.act = entry.act;
  out.arose = out.decided = out.due = entry.day;
  out.entry = static_cast<std::uint32_t>(&entry - record.history->entries.data());
  return out;
}

Finding ToFinding(Tri tri) {
  switch (tri) {
    case Tri::kYes:
      return Finding::kKept;
    case Tri::kNo:
      return Finding::kBroken;
    case Tri::kUnknown:
      return Finding::kCannotTell;
  }
  return Finding::kCannotTell;
}

void Mark(Outcome& outcome, Cell cell) {
  outcome.marks.by_assumption = cell.assumed;
  outcome.marks.provisional = cell.provisional;
}

}  // namespace

// The kind of the last standing act that an act rests on.
ActId Engine::NamesOf(const Entry& entry) const {
  const program::Program& program = plan_.program();
  const program::ActDef& act = program.acts[entry.act.index()];
  const ActId chosen = record_.history->ChosenOn(entry);
  std::uint32_t on = kNoRow;
  for (std::uint32_t i = act.rests_on.first; i < act.rests_on.end(); ++i) {
    const ActId kind = program.act_lists[i];
    const std::uint32_t last = record_.acts[kind.index()].last;
    if (last == kNoRow || (chosen && chosen != kind)) continue;
    if (on == kNoRow || last > on) on = last;
  }
  return on == kNoRow ? ActId() : record_.done[on].act;
}

// The day whose law counts; not known where what governs the rule never happened, or nobody can tell.
Cell Engine::GoverningDay(const program::RuleDef& rule, Day day, const Entry* judged) const {
  const program::EventDef& event = rule.governed_by;
  Day governing = kNever;
  switch (event.kind) {
    case program::EventDef::Kind::kLapse:
      if (!record_.InDoubt(event.term)) governing = record_.lapsed_on[event.term.index()];
      break;
    case program::EventDef::Kind::kBreach:
      if (!record_.InDoubt(event.rule)) governing = record_.broken_on[event.rule.index()];
      break;
    case program::EventDef::Kind::kAct: {
      if (judged != nullptr && judged->act == event.act && (!event.on || NamesOf(*judged) == event.on))
        return {.number = day.number, .known = true};
      if (record_.InDoubt(event.act, kMayBeDone | kMayBeVoid)) break;
      std::uint32_t row = record_.acts[event.act.index()].last_ever;
      while (row != kNoRow && event.on && record_.done[row].names != event.on)
        row = record_.done[row].previous;
      if (row != kNoRow) governing = record_.done[row].day;
      break;
    }
  }
  return {.number = governing.number, .known = governing != kNever};
}

Cell Engine::InForceOn(const SentenceDef& sentence, Day day, const Entry* judged) const {
  const program::RuleDef& rule = plan_.program().rules[sentence.rule.index()];
  Cell in_force = Evaluator::FromTri(Tri::kYes);
  const bool always = sentence.from <= base::kFirstDay && sentence.until >= base::kLastDay;
  if (!always) {
    if (shift_ != nullptr && shift_->rule == sentence.rule) {
      day = shift_->day;
    } else if (rule.governed) {
      const Cell governing = GoverningDay(rule, day, judged);
      if (governing.known) {
        day = Day{static_cast<std::int32_t>(governing.number)};
      } else {
        in_force = Evaluator::FromTri(Tri::kUnknown);
      }
    }
    const bool known = in_force.tri() == Tri::kYes;
    if (known && (day < sentence.from || day > sentence.until)) return Evaluator::FromTri(Tri::kNo);
  }
  const auto& overriders = plan_.overridden_by[sentence.rule.index()];
  if (!rule.if_code && overriders.empty()) return in_force;
  const Evaluator evaluator(plan_, record_, judged);
  in_force = Evaluator::And(in_force, evaluator.Holds(rule.if_code));
  for (const RuleId overrider : overriders) {
    const Cell other = evaluator.Holds(plan_.program().rules[overrider.index()].if_code);
    in_force = Evaluator::And(in_force, Evaluator::Not(other));
  }
  return in_force;
}

Cell Engine::Applies(const SentenceDef& sentence, Day day, const Entry* judged) const {
  const Cell in_force = InForce(sentence, day, judged);
  if (!sentence.if_code || in_force.tri() == Tri::kNo) return in_force;
  return Evaluator::And(in_force, Evaluator(plan_, record_, judged).Evaluate(sentence.if_code));
}

// Whether everybody who did it holds the credential of one of the roles that do it; yes where one needs none.
Tri Engine::HasPower(const Entry& entry) const {
  const std::vector<std::uint16_t>& needed = plan_.needed_credentials[entry.act.index()];
  if (needed.empty()) return Tri::kYes;
  const Evaluator evaluator(plan_, record_, &entry);
  Tri power = Tri::kNo;
  for (const std::uint16_t credential : needed)
    power = model::Or(power, evaluator.Hold(entry, credential).tri());
  return power;
}

void Engine::JudgeForm(const Entry& entry, Judgement& out) const {
  const program::Program& program = plan_.program();
  const program::ActDef& act = program.acts[entry.act.index()];
  bool incomplete = false;
  for (const FieldId field : plan_.required_fields[entry.act.index()]) {
    incomplete |= record_.history->value(entry, program.fields[field.index()].place) == model::kMissing;
  }
  const bool too_few = entry.people != 0 && entry.people < act.at_least;
  const Tri power = HasPower(entry);
  // Only what gives its own effective day can be entered for an earlier one.
  const bool dated_back = entry.recorded > entry.day && !act.dated;
  if (!incomplete && !too_few && !dated_back && power == Tri::kYes) return;
  Outcome outcome = About(entry, record_);
  // At the gate an act without a required field is not that act.  A log that leaves one out says nothing
  // about the act.
  const bool form_broken = dated_back || (incomplete && plan_.mapping() == nullptr);
  const bool of_form = incomplete || dated_back;
  outcome.finding = too_few || form_broken ? Finding::kBroken : Finding::kCannotTell;
  outcome.ground = too_few || !of_form ? Ground::kPower : Ground::kForm;
  if (power != Tri::kYes && outcome.finding != Finding::kBroken) {
    outcome.finding = ToFinding(power);
    outcome.ground = Ground::kPower;
  }
  out.outcomes.push_back(outcome);
}

// Who does it is named where its role wants that, or not named.
void Engine::JudgeDoers(const Entry& entry, const Evaluator& evaluator, Judgement& out) const {
  const program::ActDef& act = plan_.program().acts[entry.act.index()];
  Tri all = entry.people == 0 ? Tri::kUnknown : Tri::kYes;
  for (std::uint32_t i = 0; i < entry.people; ++i) {
    Tri one = Tri::kNo;
    for (std::uint32_t r = act.by.first; r < act.by.end(); ++r) {
      const program::RoleDef& role = plan_.program().roles[plan_.program().role_lists[r].index()];
      const Tri named = evaluator.IsNamed(role.named_in, record_.history->people[entry.first_person + i]);
      one = model::Or(one, role.not_named ? model::Not(named) : named);
    }
    all = model::And(all, one);
  }
  if (all == Tri::kYes) return;
  Outcome outcome = About(entry, record_);
  outcome.ground = Ground::kPower;
  outcome.finding = ToFinding(all);
  out.outcomes.push_back(outcome);
}

void Engine::JudgeStanding(const Entry& entry, Judgement& out) const {
  const program::Program& program = plan_.program();
  const program::ActDef& act = program.acts[entry.act.index()];
  if (act.rests_on.empty()) return;
  const ActId chosen = record_.history->ChosenOn(entry);
  bool ever = false;
  bool unseen = false;
  bool sure = false;      // something that certainly stands
  bool doubtful = false;  // something of which it cannot be told
  for (std::uint32_t i = act.rests_on.first; i < act.rests_on.end(); ++i) {
    const std::size_t kind = program.act_lists[i].index();
    if (chosen && chosen.index() != kind) continue;
    const ActState& state = record_.acts[kind];
    ever |= state.ever > 0 || state.without_effect > 0;
    ever |= std::any_of(record_.lost.begin(), record_.lost.end(),
                        [&](const LostAct& lost) { return lost.key.act.index() == kind; });
    unseen |= plan_.unseen_act[kind] != 0;
    const bool in_doubt = record_.InDoubt(program.act_lists[i]);
    doubtful |= in_doubt;
    sure |= state.last != kNoRow && !in_doubt;
    if (state.last != kNoRow && (out.on == kNoRow || state.last > out.on)) out.on = state.last;
  }
  if (out.on != kNoRow) out.names = record_.done[out.on].act;
  Outcome outcome = About(entry, record_);
  outcome.ground = Ground::kMissingPredecessor;
  if (doubtful && !sure) {
    outcome.finding = Finding::kCannotTell;
  } else if (out.on == kNoRow && !unseen) {
    // What it rested on was done and has lost its standing or never had effect: that is the breach, this only
    // follows from it.
    outcome.finding = ever ? Finding::kReleased : Finding::kBroken;
    out.applied = false;
  } else if (out.on == kNoRow) {
    outcome.finding = Finding::kCannotTell;
  }
  out.outcomes.push_back(outcome);
}

// Whether a term lies in a part for which the plan only has room.
bool Engine::IsNobodys(TermId term) const {
  const program::PartNumber part =
      plan_.part_of_term.empty() ? program::kMainPart : plan_.part_of_term[term.index()];
  return part != program::kMainPart && record_.history->members[part - std::size_t{1}] == model::kNobody;
}

// Beyond its cap, or again where once is all, an extension is unlawful; it then adds nothing (ExtendTerm).
void Engine::JudgeExtensions(const Entry& entry, const Evaluator& evaluator, Judgement& out) const {
  for (const Plan::TermExtension& row : plan_.extends[entry.act.index()]) {
    const program::ExtensionDef& def = plan_.program().extensions[row.extension];
    const TermState& term = record_.terms[row.term.index()];
    if (term.phase != Phase::kRunning && term.phase != Phase::kStopped) continue;
    if (IsNobodys(row.term)) continue;
    bool assumed = false;
    const std::optional<calendar::Length> by = evaluator.Length(def.by, assumed);
    const bool again = IsUsedUp(def, term);
    Tri allowed = again ? Tri::kNo : def.has_cap ? Tri::kUnknown : Tri::kYes;
    if (by) allowed = ExtensionAllowed(def, term, *by, evaluator, assumed);
    if (allowed == Tri::kYes) continue;
    Outcome outcome = About(entry, record_);
    outcome.finding = allowed == Tri::kNo ? Finding::kBroken : Finding::kCannotTell;
    outcome.marks.by_assumption = assumed && allowed == Tri::kNo && !again;
    out.outcomes.push_back(outcome);
  }
}

void Engine::JudgePermissions(const Entry& entry, const Evaluator& evaluator, Judgement& out) const {
  const program::Program& program = plan_.program();
  constexpr std::uint16_t kOpen = program::PhaseBit(Phase::kRunning) | program::PhaseBit(Phase::kStopped);
  // The sentence that answers for all: one that opens the act; else one that cannot be told; else the one
  // that came nearest, whose `if` holds.
  Cell bound = Evaluator::FromTri(Tri::kNo);  // whether any is in force; without one the act is free
  Cell answer = Evaluator::FromTri(Tri::kNo);
  const bool asked = plan_.asks_in_time[entry.act.index()] != 0;
  Cell in_time = Evaluator::FromTri(Tri::kNo);
  Cell timed = Evaluator::FromTri(Tri::kNo);
  SentenceId chosen;
  int chosen_rank = -1;
  for (const SentenceId id : plan_.permissions[entry.act.index()]) {
    const SentenceDef& sentence = program.sentences[id.index()];
    if (sentence.on && out.names != sentence.on) continue;
    const Cell in_force = InForce(sentence, entry.day, &entry);
    // One that is out of force by assumption alone still counts for the mark.
    if (in_force.tri() == Tri::kNo && !in_force.assumed) continue;
    bound = Evaluator::Or(bound, in_force);
    const Cell applies = Evaluator::And(in_force, evaluator.Holds(sentence.if_code));
    const Cell open = sentence.term ? evaluator.TermIs(sentence.term, kOpen) : Evaluator::FromTri(Tri::kYes);
    const Cell holds = Evaluator::And(applies, open);
    const int rank = static_cast<int>(holds.tri()) * 3 + static_cast<int>(applies.tri());
    if (rank > chosen_rank && in_force.tri() != Tri::kNo) {
      chosen_rank = rank;
      chosen = id;
    }
    answer = Evaluator::Or(answer, holds);
    if (!asked || !sentence.term) continue;
    in_time = Evaluator::Or(in_time, holds);
    timed = Evaluator::Or(timed, applies);
  }
  // In time where one `may` that holds has its time open, or none gives a time.
  if (asked) out.in_time = Evaluator::Or(in_time, Evaluator::Not(timed));
  if (bound.tri() == Tri::kNo) return;
  answer = Evaluator::Or(Evaluator::Not(bound), answer);
  Outcome outcome = About(entry, record_);
  outcome.sentence = chosen;
  outcome.finding = ToFinding(answer.tri());
  Mark(outcome, answer);
  const SentenceDef& sentence = program.sentences[chosen.index()];
  if (sentence.term) {
    const TermState& term = record_.terms[sentence.term.index()];
    outcome.due = term.phase == Phase::kIdle ? entry.day : std::min(term.due, term.ceiling);
    if (outcome.due == kNever) outcome.due = entry.day;
    outcome.ground = term.phase == Phase::kOver ? Ground::kLate : Ground::kTooEarly;
    if (term.phase == Phase::kOver) outcome.margin = entry.day - outcome.due;
    if (term.phase == Phase::kOver || term.phase == Phase::kRunning) {
      outcome.start = record_.EntryOf(term.started_by);
    }
    const program::TermDef& def = program.terms[sentence.term.index()];
    for (std::uint32_t i = def.starts.first; term.phase == Phase::kIdle && i < def.starts.end(); ++i) {
      const program::EventDef& start = program.events[i];
      const bool missing = start.kind == program::EventDef::Kind::kAct && !HasHappened(start);
      if (missing) outcome.ground = Ground::kMissingPredecessor;
    }
    if (outcome.finding == Finding::kBroken && evaluator.Holds(sentence.if_code).tri() == Tri::kNo) {
      outcome.ground = Ground::kCondition;
    }
  }
  out.outcomes.push_back(outcome);
}

void Engine::JudgeConditions(const Entry& entry, const Evaluator& evaluator, Judgement& out) const {
  const program::Program& program = plan_.program();
  for (const SentenceId id : plan_.conditions[entry.act.index()]) {
    const SentenceDef& sentence = program.sentences[id.index()];
    if (sentence.on && out.names != sentence.on) continue;
    const Cell applies = Applies(sentence, entry.day, &entry);
    if (applies.tri() == Tri::kNo) continue;
    Cell holds = evaluator.Holds(sentence.condition);
    if (sentence.kind == SentenceDef::Kind::kNoIf) holds = Evaluator::Not(holds);
    // Where it is unknown whether the sentence applies, it is kept only if its condition holds anyway.
    const Cell answer = Evaluator::Or(Evaluator::Not(applies), holds);
    Outcome outcome = About(entry, record_);
    outcome.sentence = id;
    outcome.finding = ToFinding(answer.tri());
    Mark(outcome, answer);
    out.outcomes.push_back(outcome);
  }
}

void Engine::FollowBreaches(const Entry& entry, Judgement& out) const {
  const program::Program& program = plan_.program();
  for (const Outcome& outcome : out.outcomes) {
    if (outcome.finding == Finding::kKept) continue;
    if (outcome.finding == Finding::kBroken) out.answer = Answer::kUnlawful;
    if (outcome.finding == Finding::kCannotTell && out.answer == Answer::kLawful)
      out.answer = Answer::kCannotTell;
    if (!outcome.sentence) continue;
    const RuleId id = program.sentences[outcome.sentence.index()].rule;
    if (outcome.finding == Finding::kCannotTell) out.unsure_rules.push_back(id);
    if (outcome.finding != Finding::kBroken) continue;
    if (std::find(out.broken_rules.begin(), out.broken_rules.end(), id) != out.broken_rules.end()) continue;
    out.broken_rules.push_back(id);
    const program::RuleDef& rule = program.rules[id.index()];
    for (std::uint32_t i = rule.breach.first; i < rule.breach.end(); ++i) {
      const EffectDef& effect = program.effects[i];
      if (effect.kind != EffectDef::Kind::kQuality || effect.act != entry.act) continue;
      if (plan_.has_cures) out.faults.push_back({.quality = effect.quality, .cure = effect.cured_by});
      // The gravest wins: the enum runs from void to irregular.
      if (out.quality == EffectDef::Quality::kNone || effect.quality < out.quality)
        out.quality = effect.quality;
    }
  }
  std::erase_if(out.unsure_rules, [&](RuleId rule) {
    return std::find(out.broken_rules.begin(), out.broken_rules.end(), rule) != out.broken_rules.end();
  });
  if (out.quality == EffectDef::Quality::kVoid || out.quality == EffectDef::Quality::kInadmissible) {
    out.applied = false;
  }
}

void Engine::Judge(const Entry& entry, Judgement& out) const {
  out.answer = Answer::kLawful;
  out.applied = true;
  out.quality = EffectDef::Quality::kNone;
  out.on = kNoRow;
  out.in_time = Evaluator::FromTri(Tri::kYes);
  out.names = ActId();
  out.faults.clear();
  out.outcomes.clear();
  out.broken_rules.clear();
  out.unsure_rules.clear();
  const Evaluator evaluator(plan_, record_, &entry);
  JudgeForm(entry, out);
  if (plan_.named_doers[entry.act.index()] != 0) JudgeDoers(entry, evaluator, out);
  JudgeStanding(entry, out);
  // What rests on nothing that stands is not judged further: there is no matter to judge it in.
  if (out.applied) {
    JudgeExtensions(entry, evaluator, out);
    JudgePermissions(entry, evaluator, out);
    JudgeConditions(entry, evaluator, out);
  }
  FollowBreaches(entry, out);
  for (Outcome& outcome : out.outcomes) outcome.marks.after_closing = record_.closed;
}

}  // namespace lawbound::engine
