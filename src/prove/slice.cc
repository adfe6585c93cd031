#include "prove/slice.h"

#include <algorithm>

namespace lawbound::prove {

using program::EffectDef;
using program::EventDef;
using program::Op;
using program::Operation;
using program::SentenceDef;

Slice::Slice(const engine::Plan& plan, View view) : plan_(plan), view_(view) {
  const program::Program& program = plan.program();
  asked_.resize(program.acts.size());
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
  rules_.resize(program.rules.size());
  fields_.resize(program.fields.size());
  codes_.resize(program.codes.size());
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
// remembered.
bool Slice::forgets() const {
  if (has_rules()) return false;
  for (std::size_t act = 0; act < taken_.size(); ++act) {
    if (taken_[act] != 0 && AsksStanding(WithWhatRestsOn(ActId(act)))) return false;
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

// Whether any expression can tell that the effect has come: none asks of faults that leave an act standing,
// and of what is said of an act only where its standing is asked.
bool Slice::IsNoticed(const EffectDef& effect) const {
  switch (effect.kind) {
    case EffectDef::Kind::kDeemed:
    case EffectDef::Kind::kFalls:
      return true;
    case EffectDef::Kind::kQuality:
      return Falls(effect);
    case EffectDef::Kind::kStanding:
      return standing_asked_[effect.act.index()] != 0 || !effect.given.empty();
    case EffectDef::Kind::kAnswers:
    case EffectDef::Kind::kRefused:
      return false;
  }
  return true;
}

// Whether nothing remembers an act that has fallen, or one that fell with it: then the matter is as if they
// had never been done.
bool Slice::MayFallFreely(ActId act) const {
  if (!is_free() || view_ == View::kTopicGates || has_rules()) return false;
  const std::vector<std::uint8_t> lost = WithWhatRestsOn(act);
  return !AsksStanding(lost) && !MovesTerm(lost);
}

void Slice::AddTerm(TermId term) {
  if (!term || terms_[term.index()] != 0) return;
  terms_[term.index()] = 1;
  new_terms_.push_back(term);
}

void Slice::AddRule(RuleId rule) {
  if (!rule || rules_[rule.index()] != 0) return;
  rules_[rule.index()] = 1;
  new_rules_.push_back(rule);
}

void Slice::AddCode(program::CodeId code) {
  if (!code || codes_[code.index()] != 0) return;
  codes_[code.index()] = 1;
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

// What may fall, or have fallen what it rests on, counts each: another may then be the last.
void Slice::FindEach() {
  const program::Program& program = plan_.program();
  for (const EffectDef& effect : program.effects) {
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
      AddField(FieldId(op.operand));
      AddEach(program.fields[op.operand].act);
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
      if (is_free()) {
        const auto part = static_cast<program::PartNumber>(op.operand + 1);
        if (std::find(free_parts_.begin(), free_parts_.end(), part) == free_parts_.end())
          free_parts_.push_back(part);
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

// What an act's verdict depends on.  A condition that is left out makes it lawful more often; of permissions,
// one of which is enough, all are left out or none.
void Slice::FollowGates(ActId act) {
  const program::Program& program = plan_.program();
  const program::ActDef& def = program.acts[act.index()];
  const auto& permissions = plan_.permissions[act.index()];
  const auto speaks = [&](SentenceId id) {
    if (only_) return id == only_;
    return !is_of_topic() || SpeaksOfTopic(id);
  };
  const ActId judging = std::exchange(judging_, is_free() ? act : ActId());
  std::vector<std::uint8_t> codes = codes_;
  if (is_free()) std::fill(codes_.begin(), codes_.end(), std::uint8_t{0});
  if (std::any_of(permissions.begin(), permissions.end(), speaks)) {
    for (const SentenceId id : permissions) AddSentence(id);
  }
  for (const SentenceId id : plan_.conditions[act.index()]) {
    if (speaks(id)) AddSentence(id);
  }
  if (plan_.named_doers[act.index()] != 0 && !is_of_topic()) {
    AddPeople(act);
    for (std::uint32_t r = def.by.first; r < def.by.end(); ++r) AddNamedIn(program.role_lists[r]);
  }
  judging_ = judging;
  if (is_free()) codes_ = std::move(codes);
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
  }
  if (view_ == View::kTopicGates && def.side == program::Side::kAuthority) asked_[act.index()] = 1;
  if (view_ == View::kWhole || asks(act)) FollowGates(act);
}

void Slice::Follow(TermId term) {
  const program::Program& program = plan_.program();
  const program::TermDef& def = program.terms[term.index()];
  for (std::uint32_t i = def.starts.first; i < def.starts.end(); ++i) AddEvent(program.events[i]);
  for (std::uint32_t i = def.restarts.first; i < def.restarts.end(); ++i) AddEvent(program.events[i]);
  for (std::uint32_t i = def.stops.first; i < def.stops.end(); ++i) AddCode(program.stops[i].condition);
  for (std::uint32_t i = def.ceilings.first; i < def.ceilings.end(); ++i) AddEvent(program.ceilings[i].from);
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
    for (std::uint32_t a = sentence.acts.first; a < sentence.acts.end(); ++a) AddAct(program.act_lists[a]);
  }
}

// What brings about or undoes an act that counts.
void Slice::FollowEffects() {
  const program::Program& program = plan_.program();
  const bool free = is_free();
  const auto counts = [&](const base::Range<EffectDef>& effects) {
    return std::any_of(program.effects.begin() + effects.first, program.effects.begin() + effects.end(),
                       [&](const EffectDef& effect) { return effect.act && has(effect.act); });
  };
  const auto add = [&](const base::Range<EffectDef>& effects) {
    for (std::uint32_t i = effects.first; i < effects.end(); ++i) {
      const EffectDef& effect = program.effects[i];
      if (!effect.act || !has(effect.act)) continue;
      const bool image = program.acts[effect.act.index()].kind == program::ActDef::Kind::kTarget;
      if (program::TakesAway(effect.standing) && !image) {
        takes_away_ = true;
        taken_[effect.act.index()] = 1;
      } else if (Falls(effect) && MayFallFreely(effect.act)) {
        falls_freely_ = true;
      } else if (free && IsNoticed(effect)) {
        free_effects_.push_back(i);
      }
      if (!free) AddAct(effect.cured_by);  // what is free forgets faults
      for (std::uint32_t g = effect.given.first; g < effect.given.end(); ++g) AddCode(program.given[g].value);
    }
  };
  free_effects_.clear();
  falls_freely_ = false;
  for (std::size_t i = 0; i < program.rules.size(); ++i) {
    if (!counts(program.rules[i].breach)) continue;
    if (!free) AddRule(RuleId(i));
    add(program.rules[i].breach);
  }
  for (std::size_t i = 0; i < program.acts.size(); ++i) {
    if (!counts(program.acts[i].signals)) continue;
    if (!free) AddAct(ActId(i));
    add(program.acts[i].signals);
  }
  for (std::size_t i = 0; i < program.sentences.size(); ++i) {
    const SentenceDef& sentence = program.sentences[i];
    if (sentence.kind != SentenceDef::Kind::kOn || !counts(sentence.effects)) continue;
    if (!free) {
      AddApplies(sentence);
      AddEvent(sentence.event);
    }
    add(sentence.effects);
  }
}

void Slice::Close() {
  while (!new_acts_.empty() || !new_terms_.empty() || !new_rules_.empty()) {
    const auto acts = std::exchange(new_acts_, {});
    const auto terms = std::exchange(new_terms_, {});
    const auto rules = std::exchange(new_rules_, {});
    for (const ActId act : acts) Follow(act);
    for (const TermId term : terms) Follow(term);
    for (const RuleId rule : rules) Follow(rule);
    FollowEffects();
  }
  FindEach();
  std::sort(ordered_.begin(), ordered_.end());
  ordered_.erase(std::unique(ordered_.begin(), ordered_.end()), ordered_.end());
}

}  // namespace lawbound::prove
