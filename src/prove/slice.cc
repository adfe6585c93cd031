#include "prove/slice.h"

#include <algorithm>

#include "prove/over_first.h"

namespace lawbound::prove {

using program::EffectDef;
using program::EventDef;
using program::Op;
using program::Operation;
using program::SentenceDef;

Slice::Slice(const engine::Plan& plan, View view) : plan_(plan), view_(view) {
  const program::Program& program = plan.program();
  asked_.resize(program.acts.size());
  lasting_.resize(program.acts.size());
  taken_.resize(program.acts.size());
  standing_asked_.resize(program.acts.size());
  each_.resize(program.acts.size());
  deemed_.resize(program.acts.size());
  for (const EffectDef& effect : program.effects) {
    if (effect.kind == EffectDef::Kind::kDeemed) deemed_[effect.act.index()] = 1;
  }
  acts_.resize(program.acts.size());
  people_.resize(program.acts.size());
  terms_.resize(program.terms.size());
  stop_asked_.resize(program.terms.size());
  rules_.resize(program.rules.size());
  fields_.resize(program.fields.size());
  filled_.resize(program.fields.size());
  summed_.resize(program.fields.size());
  codes_.resize(program.codes.size());
  used_.resize(program.codes.size());
  sentences_.resize(program.sentences.size());
}

namespace {

bool Falls(const EffectDef& effect) {
  using Quality = EffectDef::Quality;
  return effect.kind == EffectDef::Kind::kFalls ||
         (effect.kind == EffectDef::Kind::kQuality &&
          (effect.quality == Quality::kVoid || effect.quality == Quality::kInadmissible));
}

}  // namespace

void Slice::AddAct(ActId act) {
  if (act) lasting_[act.index()] = 1;
  if (!act || acts_[act.index()] != 0) return;
  acts_[act.index()] = 1;
  new_acts_.push_back(act);
}

void Slice::AddAsked(ActId act) {
  if (asked_[act.index()] != 0) return;
  asked_[act.index()] = 1;
  if (!is_free()) AddAct(act);
  if (std::find(new_acts_.begin(), new_acts_.end(), act) == new_acts_.end()) new_acts_.push_back(act);
}

void Slice::SetTopic(program::CodeId code) {
  auto topic = std::make_shared<Slice>(plan_, view_);
  topic->AddCode(code);
  topic_ = std::move(topic);
}

// What was judged before stays as it was judged, duties stay missed, and what was said of an act is
// remembered.  And where what the law deems done comes with what brings it about, no matter is explored in
// which that was done and the other was not.
bool Slice::forgets() const {
  if (has_rules()) return false;
  for (std::size_t act = 0; act < taken_.size(); ++act) {
    if (taken_[act] == 0) continue;
    if (AsksStanding(WithWhatRestsOn(ActId(act))) || (!is_free() && is_deemed(ActId(act)))) return false;
  }
  return true;
}

bool Slice::has_rules() const {
  return std::any_of(rules_.begin(), rules_.end(), [](std::uint8_t one) { return one != 0; });
}

// By act: it loses its standing when the act given does.
std::vector<std::uint8_t> Slice::WithWhatRestsOn(ActId act) const {
  const program::Program& program = plan_.program();
  std::vector<std::uint8_t> lost(program.acts.size());
  lost[act.index()] = 1;
  for (bool more = true; more;) {
    more = false;
    for (std::size_t later = 0; later < lost.size(); ++later) {
      const auto& on = program.acts[later].rests_on;
      for (std::uint32_t i = on.first; i < on.end() && lost[later] == 0; ++i) {
        if (lost[program.act_lists[i].index()] == 0) continue;
        lost[later] = 1;
        more = true;
      }
    }
  }
  return lost;
}

bool Slice::AsksStanding(const std::vector<std::uint8_t>& acts) const {
  for (std::size_t act = 0; act < acts.size(); ++act) {
    if (acts[act] != 0 && standing_asked_[act] != 0) return true;
  }
  return false;
}

// Whether a term that counts starts, or is bounded, from one of the acts: it may be over by the time the act
// falls, and stays over.
bool Slice::MovesTerm(const std::vector<std::uint8_t>& acts) const {
  const program::Program& program = plan_.program();
  const auto from = [&](const EventDef& event) { return event.act && acts[event.act.index()] != 0; };
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    if (terms_[i] == 0) continue;
    const program::TermDef& term = program.terms[i];
    for (const auto& events : {term.starts, term.restarts}) {
      if (std::any_of(program.events.begin() + events.first, program.events.begin() + events.end(), from))
        return true;
    }
    for (std::uint32_t row = term.ceilings.first; row < term.ceilings.end(); ++row) {
      if (from(program.ceilings[row].from)) return true;
    }
    for (std::uint32_t row = term.extensions.first; row < term.extensions.end(); ++row) {
      if (acts[program.extensions[row].act.index()] != 0) return true;
    }
  }
  return false;
}

// Whether it gives a field a value that some expression reads.
bool Slice::GivesSomethingRead(const EffectDef& effect) const {
  const auto& given = plan_.program().given;
  return std::any_of(given.begin() + effect.given.first, given.begin() + effect.given.end(),
                     [&](const program::GivenDef& one) { return reads(one.field); });
}

// Whether a signal gives what the act itself says.  Then the act is followed, so that the signal comes with
// it; but it counts when it is done, and never again: it does not last.
bool Slice::GivesItsOwn(const EffectDef& effect, ActId act) {
  const program::Program& program = plan_.program();
  const auto own = [&](const program::GivenDef& given) {
    if (!reads(given.field)) return true;
    const program::Code& body = program.codes[given.value.index()];
    const Op& op = program.ops[body.ops.first];
    const bool field = op.operation == Operation::kField || op.operation == Operation::kYesNoField;
    return body.ops.count == 1 && field && program.fields[op.operand].act == act;
  };
  const auto first = program.given.begin() + effect.given.first;
  const auto last = first + effect.given.count;
  if (!GivesSomethingRead(effect) || !std::all_of(first, last, own)) return false;
  for (auto given = first; given != last; ++given) {
    if (!reads(given->field)) continue;
    used_[given->value.index()] = 1;
    fields_[program.ops[program.codes[given->value.index()].ops.first].operand] = 1;
  }
  if (acts_[act.index()] == 0) {
    acts_[act.index()] = 1;
    new_acts_.push_back(act);
  }
  return true;
}

// Whether any expression can tell that the effect has come: none asks of faults that leave an act standing,
// and of what is said of an act only where its standing is asked.
bool Slice::Changes(const EffectDef& effect) const {
  return IsNoticed(effect) ||
         (effect.kind == EffectDef::Kind::kStanding && program::TakesAway(effect.standing));
}

bool Slice::IsNoticed(const EffectDef& effect) const {
  switch (effect.kind) {
    case EffectDef::Kind::kDeemed:
    case EffectDef::Kind::kFalls:
      return true;
    case EffectDef::Kind::kQuality:
      return Falls(effect);
    case EffectDef::Kind::kStanding:
      return standing_asked_[effect.act.index()] != 0 || GivesSomethingRead(effect);
    case EffectDef::Kind::kAnswers:
    case EffectDef::Kind::kRefused:
      return false;
  }
  return true;
}

// Whether a signal that counts names one of the acts: it stays when that falls.
bool Slice::LeavesSignal(const std::vector<std::uint8_t>& acts) const {
  for (std::size_t act = 0; act < acts.size(); ++act) {
    if (acts[act] != 0 && acts_[act] != 0 && !plan_.program().acts[act].signals.empty()) return true;
  }
  return false;
}

// Whether nothing remembers an act that has fallen, or one that fell with it: then the matter is as if they
// had never been done.
bool Slice::MayFallFreely(ActId act) const {
  if (!is_free() || view_ == View::kTopicGates || view_ == View::kAtHand || has_rules()) return false;
  const std::vector<std::uint8_t> lost = WithWhatRestsOn(act);
  return !AsksStanding(lost) && !MovesTerm(lost) && !LeavesSignal(lost);
}

void Slice::AddTerm(TermId term) {
  if (!term || terms_[term.index()] != 0) return;
  terms_[term.index()] = 1;
  new_terms_.push_back(term);
}

void Slice::AddTermAndStops(TermId term) {
  stop_asked_[term.index()] = 1;
  AddTerm(term);
}

void Slice::AddRule(RuleId rule) {
  if (!rule || rules_[rule.index()] != 0) return;
  rules_[rule.index()] = 1;
  new_rules_.push_back(rule);
}

void Slice::AddCode(program::CodeId code) {
  if (!code || codes_[code.index()] != 0) return;
  codes_[code.index()] = used_[code.index()] = 1;
  const program::Code& body = plan_.program().codes[code.index()];
  for (std::uint32_t i = body.ops.first; i < body.ops.end(); ++i) AddOp(plan_.program().ops[i]);
}

void Slice::AddCodeWhenJudged(program::CodeId code, ActId act) {
  const ActId judging = std::exchange(judging_, is_free() ? act : ActId());
  // What a fact reads of the act judged, it reads elsewhere of one that was done.
  std::vector<std::uint8_t> codes = codes_;
  if (is_free()) std::fill(codes_.begin(), codes_.end(), std::uint8_t{0});
  AddCode(code);
  judging_ = judging;
  if (is_free()) codes_ = std::move(codes);
}

bool Slice::stays(program::CodeId code) const {
  const program::Program& program = plan_.program();
  const program::Code& body = program.codes[code.index()];
  return std::all_of(program.ops.begin() + body.ops.first, program.ops.begin() + body.ops.end(),
                     [&](const Op& op) {
                       switch (op.operation) {
                         case Operation::kAnd:
                         case Operation::kOr:
                         case Operation::kBroken:
                           return true;
                         case Operation::kFactTri:
                           return stays(program.facts[op.operand].code);
                         case Operation::kStands:  // of what may fall each counts
                           return view_ == View::kAtHand && each_[op.operand] == 0 && lost_[op.operand] == 0;
                         default:
                           return false;
                       }
                     });
}

// Only how much they come to together counts, and how many there are.
bool Slice::is_summed(ActId act) const {
  if (each_[act.index()] != 0 || people_[act.index()] != 0) return false;
  const auto& fields = plan_.program().acts[act.index()].fields;
  bool summed = false;
  for (std::uint32_t f = fields.first; f < fields.end(); ++f) summed = summed || summed_[f] != 0;
  return summed;
}

void Slice::AddField(FieldId field) {
  if (!field) return;
  fields_[field.index()] = 1;
  // A condition on an act reads the fields of the very act that is judged.
  const ActId act = plan_.program().fields[field.index()].act;
  if (act != judging_) AddAct(act);
}

void Slice::AddPeople(ActId act) {
  AddEach(act);
  people_[act.index()] = 1;
}

void Slice::AddEach(ActId act) {
  AddAct(act);
  each_[act.index()] = 1;
}

// What says whether an act is in time: what opens it, and the duties that it meets.
void Slice::AddTimes(ActId act) {
  const program::Program& program = plan_.program();
  for (const SentenceId id : plan_.permissions[act.index()]) AddSentence(id);
  for (const SentenceDef& sentence : program.sentences) {
    const auto first = program.act_lists.begin() + sentence.acts.first;
    const bool meets = std::find(first, first + sentence.acts.count, act) != first + sentence.acts.count;
    if (sentence.kind == SentenceDef::Kind::kMust && meets) AddRule(sentence.rule);
  }
}

// Who is of a role by being named: in any act of the kind that stands.
void Slice::AddNamedIn(model::RoleId role) {
  const FieldId named = plan_.program().roles[role.index()].named_in;
  if (!named) return;
  AddField(named);
  AddEach(plan_.program().fields[named.index()].act);
}

// That an act is void by its own breach says that it never stood.  Where acts are done freely it is then not
// done: nothing falls later.
bool Slice::NeverTakesEffect(const EffectDef& of_breach) const {
  return is_free() && of_breach.kind == EffectDef::Kind::kQuality;
}

// What may fall, or have fallen what it rests on, counts each: another may then be the last.
void Slice::FindEach() {
  const program::Program& program = plan_.program();
  std::vector<std::uint8_t> of_breach(program.effects.size());
  for (const program::RuleDef& rule : program.rules)
    std::fill_n(of_breach.begin() + rule.breach.first, rule.breach.count, std::uint8_t{1});
  for (std::size_t row = 0; row < program.effects.size(); ++row) {
    const EffectDef& effect = program.effects[row];
    if (of_breach[row] != 0 && NeverTakesEffect(effect)) continue;
    if (Falls(effect) && !MayFallFreely(effect.act)) each_[effect.act.index()] = 1;
  }
  const auto asks_on_what = [&](const EventDef& event) {
    if (event.act && event.on) each_[event.act.index()] = 1;
  };
  for (const EventDef& event : program.events) asks_on_what(event);
  for (const program::RuleDef& rule : program.rules) {
    if (rule.governed) asks_on_what(rule.governed_by);
  }
  for (bool more = true; more;) {
    more = false;
    for (std::size_t act = 0; act < program.acts.size(); ++act) {
      const auto& on = program.acts[act].rests_on;
      for (std::uint32_t i = on.first; i < on.end() && each_[act] == 0; ++i) {
        if (each_[program.act_lists[i].index()] == 0) continue;
        each_[act] = 1;
        more = true;
      }
    }
  }
}

void Slice::AddOrder(ActId one, ActId other) {
  AddAct(one);
  AddAct(other);
  ordered_.emplace_back(one, other);
}

void Slice::AddLength(const program::LengthDef& length) {
  if (length.kind == program::LengthDef::Kind::kField) AddField(length.field);
  if (length.kind == program::LengthDef::Kind::kFact)
    AddCode(plan_.program().facts[length.fact.index()].code);
}

// A time may end at any moment if somebody has said how long it is.
void Slice::AddLengthKnown(const program::LengthDef& length) {
  if (length.kind != program::LengthDef::Kind::kField) return AddLength(length);
  const program::FieldDef& field = plan_.program().fields[length.field.index()];
  AddAct(field.act);
  // Who does the act says it, unless it may be left out, or the law deems the act done.
  if (field.optional || !field.act || is_deemed(field.act)) filled_[length.field.index()] = 1;
}

// Whether a time runs or is stopped is asked where a phase is asked for that is one of the two.
void Slice::AddWhetherStopped(const Op& op) {
  using program::PhaseBit;
  const bool runs = (op.small & PhaseBit(program::Phase::kRunning)) != 0;
  const bool stopped = (op.small & PhaseBit(program::Phase::kStopped)) != 0;
  const TermId term(op.operand);
  if (runs == stopped || stop_asked_[term.index()] != 0) return;
  stop_asked_[term.index()] = 1;
  if (has(term)) new_terms_.push_back(term);
}

// Who is asked about may come to take part at any moment.
void Slice::AddFreePart(const Op& op) {
  const auto part = static_cast<program::PartNumber>(op.operand + 1);
  if (std::find(free_parts_.begin(), free_parts_.end(), part) == free_parts_.end())
    free_parts_.push_back(part);
}

// The times that an expression asks about, and none of its acts.
void Slice::AddTimesOf(program::CodeId code) {
  const program::Program& program = plan_.program();
  const program::Code& body = program.codes[code.index()];
  for (std::uint32_t i = body.ops.first; i < body.ops.end(); ++i) {
    const Op& op = program.ops[i];
    if (op.operation == Operation::kFactTri) AddTimesOf(program.facts[op.operand].code);
    if (op.operation != Operation::kTermIs) continue;
    AddTerm(TermId(op.operand));
    AddWhetherStopped(op);
  }
}

void Slice::AddOp(const Op& op) {
  const program::Program& program = plan_.program();
  switch (op.operation) {
    case Operation::kField:
    case Operation::kYesNoField:
    case Operation::kRoleField:
    case Operation::kRoleYesNo:
    case Operation::kHas:
    case Operation::kFieldNames:
    case Operation::kFieldHolds:
      AddField(FieldId(op.operand));
      break;
    case Operation::kPreviousField:
    case Operation::kPreviousYesNo:
    case Operation::kFinding:
    case Operation::kYesNoFinding:
      AddField(FieldId(op.operand));
      AddAct(program.fields[op.operand].act);  // of one that was done, whatever act is judged
      break;
    case Operation::kSum:
      summed_[op.operand] = 1;
      AddAct(program.fields[op.operand].act);
      break;
    case Operation::kNamedAre:
      AddField(FieldId(op.operand));
      [[fallthrough]];
    case Operation::kDoersAre:
      AddNamedIn(model::RoleId(op.small));
      for (std::size_t act = 0; act < program.acts.size(); ++act) AddPeople(ActId(act));
      break;
    case Operation::kStands:
    case Operation::kDayOf:
    case Operation::kMinuteOf:
      AddAct(ActId(op.operand));
      break;
    case Operation::kInTime:
      AddAct(ActId(op.operand));
      if (view_ == View::kWhole) AddTimes(ActId(op.operand));  // elsewhere it is in time, and it is not
      break;
    case Operation::kCount:
      AddEach(ActId(op.operand));
      break;
    case Operation::kStandingIs:
      AddAct(ActId(op.operand));
      standing_asked_[op.operand] = 1;
      break;
    case Operation::kAfter:
    case Operation::kUnanswered:
      AddOrder(ActId(op.operand), ActId(op.small));
      break;
    case Operation::kShareNoOne:
      AddPeople(ActId(op.operand));
      AddPeople(ActId(op.small));
      break;
    case Operation::kHold:
      AddPeople(ActId(op.operand));
      break;
    case Operation::kFactNumber:
    case Operation::kFactTri:
      AddCode(program.facts[op.operand].code);
      break;
    case Operation::kBroken:
      AddRule(RuleId(op.operand));
      break;
    case Operation::kTermIs:
      AddTerm(TermId(op.operand));
      AddWhetherStopped(op);
      break;
    case Operation::kAccrued:
      AddTerm(program.accruals[op.operand].term);
      break;
    case Operation::kAtLeastBefore:
    case Operation::kAtLeastAfter:
    case Operation::kWithin:
      AddLength(program.lengths[op.operand].length);
      break;
    case Operation::kTakesPart:
      if (is_free() || view_ == View::kAtHand) {
        AddFreePart(op);
        break;
      }
      for (std::size_t act = 0; act < program.acts.size(); ++act) {
        if (plan_.part_of_act[act] == op.operand + 1) AddAct(ActId(act));
      }
      break;
    default:
      break;
  }
}

void Slice::AddEvent(const EventDef& event) {
  AddAct(event.act);
  AddAct(event.on);
  AddTerm(event.term);
  AddRule(event.rule);
}

// Whether the sentence applies on a day.
void Slice::AddApplies(const SentenceDef& sentence) {
  const program::RuleDef& rule = plan_.program().rules[sentence.rule.index()];
  if (rule.governed) AddEvent(rule.governed_by);
  AddCode(rule.if_code);
  for (const RuleId other : plan_.overridden_by[sentence.rule.index()]) {
    AddCode(plan_.program().rules[other.index()].if_code);
  }
  AddCode(sentence.if_code);
  AddAct(sentence.on);
}

void Slice::AddSpokenOf(SentenceId id) {
  const SentenceDef& sentence = plan_.program().sentences[id.index()];
  AddApplies(sentence);
  AddTerm(sentence.term);
  AddCode(sentence.condition);
  AddCode(sentence.unless);
}

void Slice::AddWhetherApplies(SentenceId id) {
  const SentenceDef& sentence = plan_.program().sentences[id.index()];
  AddApplies(sentence);
  if (sentence.kind == SentenceDef::Kind::kMust) AddRule(sentence.rule);
  if (sentence.kind == SentenceDef::Kind::kOn) AddEvent(sentence.event);
}

// Again for each act of which it is a condition: a field of the act judged is one thing, of another act
// another.
void Slice::AddSentence(SentenceId id) {
  sentences_[id.index()] = 1;
  const program::Program& program = plan_.program();
  const SentenceDef& sentence = program.sentences[id.index()];
  AddApplies(sentence);
  AddTerm(sentence.term);
  AddCode(sentence.condition);
  AddCode(sentence.unless);
  if (sentence.prompt) AddEvent(sentence.event);
}

// Whether a condition speaks of something that the topic speaks of too.
bool Slice::SpeaksOfTopic(SentenceId id) const {
  if (topic_ == nullptr) return true;
  Slice one(plan_, view_);
  one.AddSpokenOf(id);
  const auto meet = [](const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i] != 0 && b[i] != 0) return true;
    }
    return false;
  };
  return meet(one.acts_, topic_->acts_) || meet(one.terms_, topic_->terms_) ||
         meet(one.rules_, topic_->rules_);
}

// What is left out is asked all the same, and then nothing is known of it.  But an act that is followed is
// known: so what is asked of it has to be, if it is something that no record can be in doubt of.  That is
// whether it has a field, and each field of an act that must be filled in to be lawful; who did it, where it
// is asked what they hold; how often it was done; and which of two came last.
void Slice::ReadWhatIsAsked(program::CodeId code, ActId judged) {
  if (!code) return;
  const program::Program& program = plan_.program();
  const program::Code& body = program.codes[code.index()];
  used_[code.index()] = 1;
  for (std::uint32_t i = body.ops.first; i < body.ops.end(); ++i) {
    const Op& op = program.ops[i];
    if (op.operation == Operation::kFactNumber || op.operation == Operation::kFactTri)
      ReadWhatIsAsked(program.facts[op.operand].code, judged);
    if (op.operation == Operation::kTermIs) AddWhetherStopped(op);
    if (op.operation == Operation::kTakesPart && judged) AddFreePart(op);
    if (op.operation == Operation::kHold && ActId(op.operand) != judged && has(ActId(op.operand)))
      AddPeople(ActId(op.operand));
    if (op.operation == Operation::kCount && lasts(ActId(op.operand))) AddEach(ActId(op.operand));
    const bool order = op.operation == Operation::kAfter || op.operation == Operation::kUnanswered;
    if (order && lasts(ActId(op.operand)) && lasts(ActId(op.small)))
      AddOrder(ActId(op.operand), ActId(op.small));
    bool previous = false;
    switch (op.operation) {
      case Operation::kPreviousField:
      case Operation::kPreviousYesNo:
      case Operation::kSum:
        previous = true;
        break;
      case Operation::kField:
      case Operation::kYesNoField:
      case Operation::kHas:
      case Operation::kFieldNames:
      case Operation::kFieldHolds:
      case Operation::kNamedAre:
      case Operation::kFinding:
      case Operation::kYesNoFinding:
        break;
      default:
        continue;
    }
    const ActId act = program.fields[op.operand].act;
    if (!act || (act == judged && !previous) || !has(act)) continue;
    if (asks(act) || op.operation == Operation::kHas) fields_[op.operand] = 1;
    if (asks(act) && op.operation == Operation::kSum) summed_[op.operand] = 1;
  }
}

void Slice::ReadWhatIsAskedOfAll() {
  const program::Program& program = plan_.program();
  for (std::size_t row = 0; row < asked_.size(); ++row) {
    if (asked_[row] == 0) continue;
    const ActId act(row);
    for (const auto* list : {&plan_.permissions[row], &plan_.conditions[row]}) {
      for (const SentenceId id : *list) {
        const SentenceDef& sentence = program.sentences[id.index()];
        for (const program::CodeId code : {program.rules[sentence.rule.index()].if_code, sentence.if_code,
                                           sentence.condition, sentence.unless})
          ReadWhatIsAsked(code, act);
        for (const RuleId other : plan_.overridden_by[sentence.rule.index()])
          ReadWhatIsAsked(program.rules[other.index()].if_code, act);
      }
    }
  }
  for (std::size_t row = 0; row < terms_.size(); ++row) {
    if (!has(TermId(row)) || !may_be_stopped_unseen(TermId(row))) continue;
    const auto& stops = program.terms[row].stops;
    for (std::uint32_t i = stops.first; i < stops.end(); ++i) ReadWhatIsAsked(program.stops[i].condition, {});
  }
  ReadWhatIsAsked(plan_.closes, {});
}

// Whether some expression asks if those who did two kinds of acts are the same, of which no record can be in
// doubt.  It is not left out.
bool Slice::MustBeFollowed(SentenceId id) const {
  const program::Program& program = plan_.program();
  const SentenceDef& sentence = program.sentences[id.index()];
  const program::RuleDef& rule = program.rules[sentence.rule.index()];
  std::vector<program::CodeId> codes{rule.if_code, sentence.if_code, sentence.condition, sentence.unless};
  for (const RuleId other : plan_.overridden_by[sentence.rule.index()])
    codes.push_back(program.rules[other.index()].if_code);
  return std::any_of(codes.begin(), codes.end(), [&](program::CodeId code) { return asks_who_acted(code); });
}

bool Slice::asks_who_acted(program::CodeId code) const {
  if (!code) return false;
  const program::Program& program = plan_.program();
  const program::Code& body = program.codes[code.index()];
  return std::any_of(
      program.ops.begin() + body.ops.first, program.ops.begin() + body.ops.end(), [&](const Op& op) {
        const bool fact = op.operation == Operation::kFactNumber || op.operation == Operation::kFactTri;
        return fact ? asks_who_acted(program.facts[op.operand].code) : op.operation == Operation::kShareNoOne;
      });
}

// What an act's verdict depends on.  A condition that is left out makes it lawful more often; of permissions,
// one of which is enough, all are left out or none.
void Slice::FollowGates(ActId act) {
  const program::Program& program = plan_.program();
  const program::ActDef& def = program.acts[act.index()];
  const auto& permissions = plan_.permissions[act.index()];
  const auto speaks = [&](SentenceId id) {
    if (only_) return id == only_;
    if (view_ == View::kAtHand)
      return std::find(these_.begin(), these_.end(), id) != these_.end() || MustBeFollowed(id);
    return !is_of_topic() || SpeaksOfTopic(id);
  };
  const ActId judging = std::exchange(judging_, is_free() ? act : ActId());
  std::vector<std::uint8_t> codes = codes_;
  if (is_free()) std::fill(codes_.begin(), codes_.end(), std::uint8_t{0});
  const bool each = view_ == View::kAtHand;
  if (!each && std::any_of(permissions.begin(), permissions.end(), speaks)) {
    for (const SentenceId id : permissions) AddSentence(id);
  }
  for (const SentenceId id : permissions) {
    if (each && speaks(id)) AddSentence(id);
  }
  for (const SentenceId id : plan_.conditions[act.index()]) {
    if (speaks(id)) AddSentence(id);
  }
  if (plan_.named_doers[act.index()] != 0 && !is_of_topic() && !(each && OthersMayDo(act))) {
    AddPeople(act);
    for (std::uint32_t r = def.by.first; r < def.by.end(); ++r) AddNamedIn(program.role_lists[r]);
  }
  judging_ = judging;
  if (is_free()) codes_ = std::move(codes);
}

bool Slice::has_effect_anyway(ActId act) const {
  const program::Program& program = plan_.program();
  if (program.acts[act.index()].side != program::Side::kParty) return false;
  const auto harmless = [&](SentenceId id) {
    const RuleId rule = program.sentences[id.index()].rule;
    const program::RuleDef& def = program.rules[rule.index()];
    const auto first = program.effects.begin() + def.breach.first;
    return !has(rule) && plan_.breach_effects[rule.index()].empty() &&
           plan_.breach_starts[rule.index()].empty() && plan_.breach_ceilings[rule.index()].empty() &&
           plan_.breach_prompts[rule.index()].empty() &&
           std::none_of(first, first + def.breach.count, [&](const EffectDef& effect) {
             return effect.kind != EffectDef::Kind::kAnswers && effect.kind != EffectDef::Kind::kRefused &&
                    (effect.kind != EffectDef::Kind::kQuality || Falls(effect));
           });
  };
  const auto& may = plan_.permissions[act.index()];
  const auto& only = plan_.conditions[act.index()];
  return std::all_of(may.begin(), may.end(), harmless) && std::all_of(only.begin(), only.end(), harmless);
}

// Whether everybody may do it who has not been named somewhere: then an office has somebody.
bool Slice::OthersMayDo(ActId act) const {
  const program::Program& program = plan_.program();
  const auto& by = program.acts[act.index()].by;
  const auto first = program.role_lists.begin() + by.first;
  return std::any_of(first, first + by.count, [&](model::RoleId role) {
    return program.roles[role.index()].not_named || !program.roles[role.index()].named_in;
  });
}

void Slice::Follow(ActId act) {
  const program::Program& program = plan_.program();
  const program::ActDef& def = program.acts[act.index()];
  for (std::uint32_t i = def.rests_on.first; i < def.rests_on.end(); ++i) {
    AddAct(program.act_lists[i]);
    if (i > def.rests_on.first) AddOrder(program.act_lists[i - 1], program.act_lists[i]);
  }
  for (const engine::Plan::TermExtension& row : plan_.extends[act.index()]) {
    const program::ExtensionDef& extension = program.extensions[row.extension];
    if (!extension.has_cap && !extension.once) continue;
    AddTerm(row.term);
    AddLength(extension.by);
    AddLength(extension.cap);
    // What it has used up itself stays used up, also when it has fallen.
    AddAct(act);
  }
  if (view_ == View::kTopicGates && def.side == program::Side::kAuthority) asked_[act.index()] = 1;
  if (view_ == View::kWhole || asks(act)) FollowGates(act);
}

void Slice::Follow(TermId term) {
  const program::Program& program = plan_.program();
  const program::TermDef& def = program.terms[term.index()];
  for (std::uint32_t i = def.starts.first; i < def.starts.end(); ++i) AddEvent(program.events[i]);
  for (std::uint32_t i = def.restarts.first; i < def.restarts.end(); ++i) AddEvent(program.events[i]);
  for (std::uint32_t i = def.stops.first; i < def.stops.end(); ++i) {
    if (!may_be_stopped_unseen(term)) AddCode(program.stops[i].condition);
    if (may_be_stopped_unseen(term) && follows_effects_) AddTimesOf(program.stops[i].condition);
  }
  AddLengthKnown(def.length);
  for (std::uint32_t i = def.ceilings.first; i < def.ceilings.end(); ++i) {
    AddEvent(program.ceilings[i].from);
    AddLengthKnown(program.ceilings[i].length);
  }
  if (const SentenceId duty = plan_.only_for[term.index()]; duty) {
    AddApplies(program.sentences[duty.index()]);
  }
}

// What may break it: its duties, and its other sentences of what a party does all the same.
void Slice::Follow(RuleId rule) {
  const program::Program& program = plan_.program();
  const program::RuleDef& def = program.rules[rule.index()];
  for (std::uint32_t i = def.sentences.first; i < def.sentences.end(); ++i) {
    const SentenceDef& sentence = program.sentences[i];
    if (sentence.kind == SentenceDef::Kind::kOn) continue;
    if (sentence.kind != SentenceDef::Kind::kMust && sentence.side != program::Side::kParty) continue;
    AddSentence(SentenceId(i));
    for (std::uint32_t a = sentence.acts.first; a < sentence.acts.end(); ++a) {
      const ActId act = program.act_lists[a];
      AddAct(act);
      // Of several permissions it is the one that comes nearest that is broken.
      if (sentence.kind != SentenceDef::Kind::kMay) continue;
      for (const SentenceId other : plan_.permissions[act.index()]) AddSentence(other);
    }
  }
}

// What brings about or undoes an act that counts.
void Slice::FollowEffects() {
  const program::Program& program = plan_.program();
  const bool free = is_free();
  const auto counts = [&](const base::Range<EffectDef>& effects) {
    return std::any_of(
        program.effects.begin() + effects.first, program.effects.begin() + effects.end(),
        [&](const EffectDef& effect) { return effect.act && has(effect.act) && (free || Changes(effect)); });
  };
  // `by`: of the signal of an act.
  const auto add = [&](const base::Range<EffectDef>& effects, bool by_act, ActId by) {
    for (std::uint32_t i = effects.first; i < effects.end(); ++i) {
      const EffectDef& effect = program.effects[i];
      if (!effect.act || !has(effect.act)) continue;
      const bool image = program.acts[effect.act.index()].kind == program::ActDef::Kind::kTarget;
      if (program::TakesAway(effect.standing) && !image) {
        takes_away_ = true;
        time_takes_away_ = time_takes_away_ || !by_act;
        taken_[effect.act.index()] = 1;
      } else if (Falls(effect) && MayFallFreely(effect.act)) {
        falls_freely_ = true;
      } else if (free && IsNoticed(effect) && !(by && GivesItsOwn(effect, by))) {
        free_effects_.push_back(i);
      }
      for (std::uint32_t g = effect.given.first; g < effect.given.end(); ++g) {
        if (reads(program.given[g].field) && !(by && GivesItsOwn(effect, by)))
          AddCode(program.given[g].value);
      }
    }
  };
  free_effects_.clear();
  falls_freely_ = false;
  for (std::size_t i = 0; i < program.rules.size(); ++i) {
    if (!counts(program.rules[i].breach)) continue;
    if (!free) AddRule(RuleId(i));
    const base::Range<EffectDef>& breach = program.rules[i].breach;
    for (std::uint32_t row = breach.first; row < breach.end(); ++row) {
      if (!NeverTakesEffect(program.effects[row])) add({row, 1}, false, {});
    }
  }
  for (std::size_t i = 0; i < program.acts.size(); ++i) {
    if (!counts(program.acts[i].signals)) continue;
    if (!free) AddAct(ActId(i));
    add(program.acts[i].signals, true, view_ == View::kAtHand ? ActId(i) : ActId());
  }
  for (std::size_t i = 0; i < program.sentences.size(); ++i) {
    const SentenceDef& sentence = program.sentences[i];
    if (sentence.kind != SentenceDef::Kind::kOn || !counts(sentence.effects)) continue;
    if (!free) {
      AddApplies(sentence);
      AddEvent(sentence.event);
    }
    add(sentence.effects, sentence.event.kind == EventDef::Kind::kAct, {});
  }
}

void Slice::Close() {
  // A field that is read anew may be given by an effect.
  std::size_t read = 0;
  const auto reads_more = [&] {
    std::size_t now = 0;
    for (const auto* fields : {&fields_, &filled_, &summed_})
      now += static_cast<std::size_t>(std::count(fields->begin(), fields->end(), std::uint8_t{1}));
    return std::exchange(read, now) != now;
  };
  while (!new_acts_.empty() || !new_terms_.empty() || !new_rules_.empty() || reads_more()) {
    const auto acts = std::exchange(new_acts_, {});
    const auto terms = std::exchange(new_terms_, {});
    const auto rules = std::exchange(new_rules_, {});
    for (const ActId act : acts) Follow(act);
    for (const TermId term : terms) Follow(term);
    for (const RuleId rule : rules) Follow(rule);
    FollowEffects();
    if (view_ == View::kAtHand) ReadWhatIsAskedOfAll();
  }
  FindEach();
  lost_.assign(acts_.size(), 0);
  for (std::size_t act = 0; act < taken_.size(); ++act) {
    if (taken_[act] == 0) continue;
    const std::vector<std::uint8_t> with = WithWhatRestsOn(ActId(act));
    for (std::size_t i = 0; i < with.size(); ++i) lost_[i] = static_cast<std::uint8_t>(lost_[i] | with[i]);
  }
  over_first_ = OverFirst(plan_);
  std::erase_if(over_first_, [&](const auto& pair) { return !has(pair.first) || !has(pair.second); });
  std::sort(ordered_.begin(), ordered_.end());
  ordered_.erase(std::unique(ordered_.begin(), ordered_.end()), ordered_.end());
}

}  // namespace lawbound::prove
