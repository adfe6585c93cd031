#include "prove/slice.h"

#include <algorithm>

namespace lawbound::prove {

using program::EffectDef;
using program::EventDef;
using program::Op;
using program::Operation;
using program::SentenceDef;

Slice::Slice(const engine::Plan& plan) : plan_(plan) {
  const program::Program& program = plan.program();
  acts_.resize(program.acts.size());
  people_.resize(program.acts.size());
  terms_.resize(program.terms.size());
  rules_.resize(program.rules.size());
  fields_.resize(program.fields.size());
  codes_.resize(program.codes.size());
  sentences_.resize(program.sentences.size());
}

void Slice::AddAct(ActId act) {
  if (!act || acts_[act.index()] != 0) return;
  acts_[act.index()] = 1;
  new_acts_.push_back(act);
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

void Slice::AddField(FieldId field) {
  if (!field) return;
  fields_[field.index()] = 1;
  AddAct(plan_.program().fields[field.index()].act);
}

void Slice::AddPeople(ActId act) {
  AddAct(act);
  people_[act.index()] = 1;
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
    case Operation::kPreviousField:
    case Operation::kPreviousYesNo:
    case Operation::kRoleField:
    case Operation::kRoleYesNo:
    case Operation::kSum:
    case Operation::kHas:
    case Operation::kFieldNames:
    case Operation::kFinding:
    case Operation::kYesNoFinding:
    case Operation::kFieldHolds:
      AddField(FieldId(op.operand));
      break;
    case Operation::kNamedAre:
      AddField(FieldId(op.operand));
      for (std::size_t act = 0; act < program.acts.size(); ++act) AddPeople(ActId(act));
      break;
    case Operation::kDoersAre:
      for (std::size_t act = 0; act < program.acts.size(); ++act) AddPeople(ActId(act));
      break;
    case Operation::kStands:
    case Operation::kDayOf:
    case Operation::kCount:
    case Operation::kInTime:
    case Operation::kMinuteOf:
    case Operation::kStandingIs:
      AddAct(ActId(op.operand));
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

void Slice::AddSentence(SentenceId id) {
  if (sentences_[id.index()] != 0) return;
  sentences_[id.index()] = 1;
  const program::Program& program = plan_.program();
  const SentenceDef& sentence = program.sentences[id.index()];
  AddApplies(sentence);
  AddTerm(sentence.term);
  AddCode(sentence.condition);
  AddCode(sentence.unless);
  if (sentence.prompt) AddEvent(sentence.event);
}

// What an act's verdict depends on.
void Slice::Follow(ActId act) {
  const program::Program& program = plan_.program();
  const program::ActDef& def = program.acts[act.index()];
  for (std::uint32_t i = def.rests_on.first; i < def.rests_on.end(); ++i) {
    AddAct(program.act_lists[i]);
    if (i > def.rests_on.first) AddOrder(program.act_lists[i - 1], program.act_lists[i]);
  }
  for (const SentenceId id : plan_.permissions[act.index()]) AddSentence(id);
  for (const SentenceId id : plan_.conditions[act.index()]) AddSentence(id);
  for (const engine::Plan::TermExtension& row : plan_.extends[act.index()]) {
    const program::ExtensionDef& extension = program.extensions[row.extension];
    if (!extension.has_cap && !extension.once) continue;
    AddTerm(row.term);
    AddLength(extension.by);
    AddLength(extension.cap);
  }
  if (plan_.named_doers[act.index()] != 0) {
    AddPeople(act);
    for (std::uint32_t r = def.by.first; r < def.by.end(); ++r) {
      AddField(program.roles[program.role_lists[r].index()].named_in);
    }
  }
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
  const auto counts = [&](const base::Range<EffectDef>& effects) {
    return std::any_of(program.effects.begin() + effects.first, program.effects.begin() + effects.end(),
                       [&](const EffectDef& effect) { return effect.act && has(effect.act); });
  };
  const auto add = [&](const base::Range<EffectDef>& effects) {
    for (std::uint32_t i = effects.first; i < effects.end(); ++i) {
      const EffectDef& effect = program.effects[i];
      if (!effect.act || !has(effect.act)) continue;
      takes_away_ = takes_away_ || program::TakesAway(effect.standing);
      AddAct(effect.cured_by);
      for (std::uint32_t g = effect.given.first; g < effect.given.end(); ++g) AddCode(program.given[g].value);
    }
  };
  for (std::size_t i = 0; i < program.rules.size(); ++i) {
    if (!counts(program.rules[i].breach)) continue;
    AddRule(RuleId(i));
    add(program.rules[i].breach);
  }
  for (std::size_t i = 0; i < program.acts.size(); ++i) {
    if (!counts(program.acts[i].signals)) continue;
    AddAct(ActId(i));
    add(program.acts[i].signals);
  }
  for (std::size_t i = 0; i < program.sentences.size(); ++i) {
    const SentenceDef& sentence = program.sentences[i];
    if (sentence.kind != SentenceDef::Kind::kOn || !counts(sentence.effects)) continue;
    AddApplies(sentence);
    AddEvent(sentence.event);
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
  std::sort(ordered_.begin(), ordered_.end());
  ordered_.erase(std::unique(ordered_.begin(), ordered_.end()), ordered_.end());
}

}  // namespace lawbound::prove
