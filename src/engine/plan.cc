#include "engine/plan.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/evaluate.h"
#include "engine/matter.h"

namespace lawbound::engine {

using program::EventDef;
using program::SentenceDef;
using program::StringId;

base::Result<Plan> Plan::Make(const program::Program& program, const calendar::Calendars& calendars,
                              const PlanOptions& options) {
  base::Result<Plan> plan = MakeFolded(program, calendars, options);
  if (plan.ok() && program::HasParts(program))
    plan.value().part_plans_ = std::make_shared<PartPlans>(program, calendars, options);
  return plan;
}

base::Result<Plan> Plan::MakeUnfolded(const program::Unfolded& unfolded, const calendar::Calendars& calendars,
                                      const PlanOptions& options) {
  ASSIGN_OR_RETURN(Plan plan, MakeFolded(unfolded.program, calendars, options));
  plan.rule_ifs_ = unfolded.rule_ifs;
  for (const auto& origin : unfolded.acts.origins) plan.part_of_act.push_back(origin.part);
  for (const auto& origin : unfolded.terms.origins) plan.part_of_term.push_back(origin.part);
  plan.part_unseen.resize(unfolded.members.size());
  for (std::size_t act = 0; act < plan.part_of_act.size(); ++act) {
    const program::PartNumber part = plan.part_of_act[act];
    if (part != program::kMainPart) plan.part_unseen[part - std::size_t{1}] |= plan.unseen_act[act];
  }
  plan.part_duties.resize(unfolded.members.size());
  for (std::size_t i = 0; i < unfolded.sentences.origins.size(); ++i) {
    const program::PartNumber part = unfolded.sentences.origins[i].part;
    const SentenceDef& sentence = unfolded.program.sentences[i];
    const bool timed = sentence.kind == SentenceDef::Kind::kMust && sentence.term;
    if (part == program::kMainPart || !timed) continue;
    plan.part_duties[part - std::size_t{1}].push_back(SentenceId(i));
    plan.only_for[sentence.term.index()] = {};  // it runs before the member takes part
  }
  return plan;
}

base::Result<Plan> Plan::MakeFolded(const program::Program& program, const calendar::Calendars& calendars,
                                    const PlanOptions& options) {
  Plan plan;
  plan.program_ = &program;
  plan.mapping_ = options.mapping;
  plan.closes = program.closes;
  RETURN_IF_ERROR(plan.FindCalendars(calendars));
  const std::size_t acts = program.acts.size();
  for (auto* list : {&plan.permissions, &plan.conditions, &plan.duties, &plan.effects, &plan.prompt_duties}) {
    list->resize(acts);
  }
  plan.starts.resize(acts);
  plan.extends.resize(acts);
  plan.ceilings.resize(acts);
  plan.asks_in_time.resize(acts);
  for (const program::Op& op : program.ops) {
    if (op.operation == program::Operation::kInTime) plan.asks_in_time[op.operand] = 1;
  }
  plan.term_duties.resize(program.terms.size());
  plan.lapse_effects.resize(program.terms.size());
  plan.lapse_starts.resize(program.terms.size());
  plan.lapse_ceilings.resize(program.terms.size());
  plan.lapse_prompts.resize(program.terms.size());
  plan.may_run_on.resize(program.terms.size(), 0);
  plan.breach_effects.resize(program.rules.size());
  plan.breach_starts.resize(program.rules.size());
  plan.breach_ceilings.resize(program.rules.size());
  plan.breach_prompts.resize(program.rules.size());
  plan.overridden_by.resize(program.rules.size());
  plan.dated.resize(program.rules.size(), 0);
  plan.TakeMapping(options);
  plan.IndexSentences();
  plan.IndexTerms();
  plan.FindWatched();
  plan.IndexSums();
  plan.IndexForm();
  plan.IndexDoers();
  plan.IndexStanding();
  plan.fixed = Evaluator::FindFixed(plan);
  plan.WriteOutFacts();
  plan.idle = Evaluator::FindIdle(plan);
  plan.DropWhatNeverApplies();
  for (std::size_t i = 0; i < acts; ++i) {
    plan.brings_nothing.push_back(plan.starts[i].empty() && plan.extends[i].empty() &&
                                  plan.ceilings[i].empty() && plan.prompt_duties[i].empty() &&
                                  plan.effects[i].empty() && program.acts[i].signals.empty());
  }
  return plan;
}

void Plan::IndexDoers() {
  for (const program::ActDef& act : program_->acts) {
    bool named = !act.by.empty();
    for (std::uint32_t i = act.by.first; i < act.by.end(); ++i)
      named = named && program_->roles[program_->role_lists[i].index()].named_in;
    named_doers.push_back(named ? 1 : 0);
  }
}

void Plan::IndexStanding() {
  said_unseen.assign(program_->acts.size(), 0);
  const auto unseen_says = [&](base::Range<program::EffectDef> said) {
    for (std::uint32_t i = said.first; i < said.end(); ++i) {
      const program::EffectDef& effect = program_->effects[i];
      if (effect.kind != program::EffectDef::Kind::kStanding) continue;
      said_unseen[effect.act.index()] |=
          static_cast<std::uint16_t>(1u << static_cast<unsigned>(effect.standing));
    }
  };
  for (std::size_t act = 0; act < program_->acts.size(); ++act) {
    if (unseen_act[act] != 0) unseen_says(program_->acts[act].signals);
  }
  for (const SentenceDef& sentence : program_->sentences) {
    const bool on_act =
        sentence.kind == SentenceDef::Kind::kOn && sentence.event.kind == EventDef::Kind::kAct;
    if (on_act && unseen_act[sentence.event.act.index()] != 0) unseen_says(sentence.effects);
  }
  for (const program::EffectDef& effect : program_->effects) {
    can_lose |= program::TakesAway(effect.standing) &&
                program_->acts[effect.act.index()].kind != program::ActDef::Kind::kTarget;
    has_cures |= static_cast<bool>(effect.cured_by);
  }
  for (const program::RuleDef& rule : program_->rules)
    governed_by_time |= rule.governed && rule.governed_by.kind != EventDef::Kind::kAct;
}

void Plan::IndexForm() {
  needed_credentials.resize(program_->acts.size());
  for (std::size_t i = 0; i < program_->acts.size(); ++i) IndexCredentials(ActId(i));
  required_fields.resize(program_->acts.size());
  for (std::size_t i = 0; i < program_->fields.size(); ++i) {
    const program::FieldDef& field = program_->fields[i];
    const bool required =
        field.act && !field.optional && unseen_field[i] == 0 && assumed[i] == model::kMissing;
    if (required) required_fields[field.act.index()].push_back(FieldId(i));
  }
}

// Beyond so many operations a fact stays where it is: facts of facts may double at each step.
constexpr std::size_t kLongestCode = 64;

void Plan::WriteOutFacts() {
  codes.resize(program_->codes.size());
  std::vector<std::uint8_t> written(codes.size(), 0);
  const auto write = [&](const auto& self, std::size_t row) -> void {
    if (std::exchange(written[row], std::uint8_t{1}) != 0) return;
    const program::Code& code = program_->codes[row];
    std::vector<program::Op> body;
    std::size_t depth = code.depth;
    for (std::uint32_t i = code.ops.first; i < code.ops.end(); ++i) {
      const program::Op& op = program_->ops[i];
      const bool fact =
          op.operation == program::Operation::kFactNumber || op.operation == program::Operation::kFactTri;
      const program::Code* of = fact ? &codes[program_->facts[op.operand].code.index()] : nullptr;
      // In an unfolded program a fact of one member may use one of a later member.
      if (fact) self(self, program_->facts[op.operand].code.index());
      if (of == nullptr || body.size() + of->ops.count > kLongestCode ||
          std::size_t{code.depth} + of->depth > program::kMaxDepth) {
        body.push_back(op);
        continue;
      }
      body.insert(body.end(), ops.begin() + of->ops.first, ops.begin() + of->ops.end());
      depth = std::max(depth, std::size_t{code.depth} + of->depth);
    }
    codes[row] = {.ops = {.first = static_cast<std::uint32_t>(ops.size()),
                          .count = static_cast<std::uint32_t>(body.size())},
                  .result = code.result,
                  .depth = static_cast<std::uint16_t>(depth)};
    ops.insert(ops.end(), body.begin(), body.end());
  };
  for (std::size_t row = 0; row < codes.size(); ++row) write(write, row);
}

void Plan::IndexCredentials(ActId act) {
  const auto& by = program_->acts[act.index()].by;
  std::vector<std::uint16_t>& needed = needed_credentials[act.index()];
  for (std::uint32_t i = by.first; i < by.end(); ++i) {
    const StringId name = program_->roles[program_->role_lists[i].index()].credential;
    if (!name) return needed.clear();
    const auto& known = program_->credentials;
    const auto found = std::find(known.begin(), known.end(), name);
    needed.push_back(static_cast<std::uint16_t>(found - known.begin()));
  }
}

// A duty whose `if` is fixed to no, and whose unnamed term nothing else asks about, is never raised: its term
// need not start.  A pack has many such sentences for a log that cannot show what they turn on.
void Plan::DropWhatNeverApplies() {
  never_arises.assign(program_->sentences.size(), 0);
  for (std::size_t id = 0; id < never_arises.size(); ++id) {
    const SentenceDef& sentence = program_->sentences[id];
    if (sentence.kind != SentenceDef::Kind::kMust || !sentence.term || !sentence.if_code) continue;
    const base::Range<program::EventDef> begins = program_->terms[sentence.term.index()].starts;
    const program::EventDef& start = program_->events[begins.first];
    const bool act =
        begins.count == 1 && start.kind == program::EventDef::Kind::kAct && start.act.index() < 64;
    const std::uint64_t stands = act ? std::uint64_t{1} << start.act.index() : 0;
    const FixedCode& condition = fixed[sentence.if_code.index()];
    never_arises[id] =
        condition.fixed && condition.value.tri() == model::Tri::kNo && (condition.acts & ~stands) == 0;
  }
  std::vector<SentenceId> sole(program_->terms.size());  // the duty that is all that looks at the term
  for (std::size_t i = 0; i < sole.size(); ++i) {
    const program::TermDef& term = program_->terms[i];
    const bool plain = term.extensions.empty() && term.ceilings.empty() && term.stops.empty();
    const bool looked_at = asked[i] != 0 || FollowsFromLapse(i) || term_duties[i].size() != 1;
    if (term.sentence && plain && !looked_at) sole[i] = term_duties[i].front();
  }
  const bool free = stoppable.empty() && !program_->closes;
  only_for = free ? sole : std::vector<SentenceId>(sole.size());
  for (std::size_t act = 0; act < starts.size(); ++act) {
    std::erase_if(starts[act], [&](const TermStart& start) {
      const SentenceId id = sole[start.term.index()];
      if (!id) return false;
      const SentenceDef& sentence = program_->sentences[id.index()];
      if (!sentence.if_code) return false;
      const FixedCode& condition = fixed[sentence.if_code.index()];
      const std::uint64_t stands = act < 64 ? std::uint64_t{1} << act : 0;
      return condition.fixed && condition.value.tri() == model::Tri::kNo && (condition.acts & ~stands) == 0;
    });
  }
}

base::Status Plan::FindCalendars(const calendar::Calendars& calendars) {
  for (const program::CountingDef& counting : program_->countings) {
    const std::string_view name = program_->string(counting.calendar);
    const calendar::Calendar* found = calendars.Find(name);
    if (found == nullptr) {
      std::string known;
      for (const std::string_view other : calendars.names())
        known += (known.empty() ? "" : ", ") + std::string(other);
      return base::Error{base::Errc::kNotFound,
                         "there is no calendar '" + std::string(name) + "'; there are: " + known};
    }
    countings_.push_back({.calendar = found,
                          .first_day_counts = counting.first_day_counts,
                          .rest_day_moves_on = counting.rest_day_moves_on});
  }
  return base::Ok();
}

void Plan::TakeMapping(const PlanOptions& options) {
  unseen_act.assign(program_->acts.size(), 0);
  unseen_field.assign(program_->fields.size(), 0);
  assumed.assign(program_->fields.size(), model::kMissing);
  mapped_field.assign(program_->fields.size(), mapping_ == nullptr ? 1 : 0);
  may_leave_out.assign(program_->roles.size(), 0);
  if (mapping_ == nullptr) return;
  for (std::uint32_t line = mapping_->lines.first; line < mapping_->lines.end(); ++line) {
    const auto& sources = program_->mapping_lines[line].fields;
    for (std::uint32_t i = sources.first; i < sources.end(); ++i) {
      mapped_field[program_->field_sources[i].field.index()] = 1;
    }
  }
  for (std::uint32_t i = mapping_->unseen_acts.first; i < mapping_->unseen_acts.end(); ++i) {
    unseen_act[program_->act_lists[i].index()] = 1;
  }
  for (std::uint32_t i = mapping_->unseen_fields.first; i < mapping_->unseen_fields.end(); ++i) {
    unseen_field[program_->field_lists[i].index()] = 1;
  }
  for (std::size_t i = 0; i < program_->acts.size(); ++i) {
    const program::ActDef& act = program_->acts[i];
    if (act.part && unseen_act[i] != 0 && unseen_field[act.member.index()] == 0)
      may_leave_out[act.part.index()] = 1;
  }
  for (std::uint32_t i = mapping_->assumed.first; i < mapping_->assumed.end(); ++i) {
    const program::AssumedValue& value = program_->assumed_values[i];
    if (options.strict) {
      unseen_field[value.field.index()] = 1;
    } else {
      assumed[value.field.index()] = value.value;
    }
  }
}

void Plan::IndexSentences() {
  for (std::size_t i = 0; i < program_->sentences.size(); ++i) {
    const SentenceDef& sentence = program_->sentences[i];
    const SentenceId id(i);
    if (sentence.from > base::kFirstDay || sentence.until < base::kLastDay) dated[sentence.rule.index()] = 1;
    for (std::uint32_t a = sentence.acts.first; a < sentence.acts.end(); ++a) {
      const std::size_t act = program_->act_lists[a].index();
      if (sentence.kind == SentenceDef::Kind::kMay) permissions[act].push_back(id);
      if (sentence.kind == SentenceDef::Kind::kMust) duties[act].push_back(id);
      if (sentence.kind == SentenceDef::Kind::kOnlyIf || sentence.kind == SentenceDef::Kind::kNoIf) {
        conditions[act].push_back(id);
      }
    }
    if (sentence.kind == SentenceDef::Kind::kMust && sentence.prompt) {
      IndexPrompt(sentence.event, id);
    } else if (sentence.kind == SentenceDef::Kind::kMust) {
      term_duties[sentence.term.index()].push_back(id);
    }
    if (sentence.kind != SentenceDef::Kind::kOn) continue;
    switch (sentence.event.kind) {
      case EventDef::Kind::kAct:
        effects[sentence.event.act.index()].push_back(id);
        break;
      case EventDef::Kind::kLapse:
        lapse_effects[sentence.event.term.index()].push_back(id);
        break;
      case EventDef::Kind::kBreach:
        breach_effects[sentence.event.rule.index()].push_back(id);
        break;
    }
  }
  for (std::size_t i = 0; i < program_->rules.size(); ++i) {
    const auto& overrides = program_->rules[i].overrides;
    for (std::uint32_t r = overrides.first; r < overrides.end(); ++r) {
      overridden_by[program_->rule_lists[r].index()].push_back(RuleId(i));
    }
  }
  for (const SentenceDef& sentence : program_->sentences) {
    const bool dates = sentence.from > base::kFirstDay || sentence.until < base::kLastDay;
    rule_of.push_back(sentence.rule);
    side_of.push_back(sentence.side);
    always_in_force.push_back(!dates && !program_->rules[sentence.rule.index()].if_code &&
                              overridden_by[sentence.rule.index()].empty());
  }
}

void Plan::IndexPrompt(const EventDef& event, SentenceId sentence) {
  if (event.kind == EventDef::Kind::kAct) prompt_duties[event.act.index()].push_back(sentence);
  if (event.kind == EventDef::Kind::kLapse) lapse_prompts[event.term.index()].push_back(sentence);
  if (event.kind == EventDef::Kind::kBreach) breach_prompts[event.rule.index()].push_back(sentence);
}

void Plan::AddStart(const EventDef& event, TermStart start) {
  switch (event.kind) {
    case EventDef::Kind::kAct:
      start.on = event.on;
      starts[event.act.index()].push_back(start);
      break;
    case EventDef::Kind::kLapse:
      lapse_starts[event.term.index()].push_back(start);
      break;
    case EventDef::Kind::kBreach:
      breach_starts[event.rule.index()].push_back(start);
      break;
  }
}

void Plan::AddCeiling(const EventDef& event, TermCeiling ceiling) {
  switch (event.kind) {
    case EventDef::Kind::kAct:
      ceilings[event.act.index()].push_back(ceiling);
      break;
    case EventDef::Kind::kLapse:
      lapse_ceilings[event.term.index()].push_back(ceiling);
      break;
    case EventDef::Kind::kBreach:
      breach_ceilings[event.rule.index()].push_back(ceiling);
      break;
  }
}

void Plan::IndexTerms() {
  for (std::size_t i = 0; i < program_->terms.size(); ++i) {
    const program::TermDef& term = program_->terms[i];
    const TermId id(i);
    hours |= term.length.fixed.unit == calendar::Unit::kHours ||
             term.length.kind == program::LengthDef::Kind::kField;
    const bool unnamed = !term.name;
    // First, since it starts the term for certain, whatever phase that is in; what also starts it then finds
    // it running.  An unnamed term restarts on its start, which is in the list of starts.
    for (std::uint32_t e = term.restarts.first; !unnamed && e < term.restarts.end(); ++e) {
      const EventDef& event = program_->events[e];
      AddStart(event, {.term = id, .on = {}, .restart = true, .other = kNoSlot});
      if (event.kind == EventDef::Kind::kAct) may_run_on[i] |= unseen_act[event.act.index()];
    }
    for (std::uint32_t e = term.starts.first; e < term.starts.end(); ++e) {
      const EventDef& event = program_->events[e];
      const bool two = term.start_kind != program::TermDef::Start::kPlain;
      const std::uint32_t other = two ? 2 * term.starts.first + 1 - e : kNoSlot;
      AddStart(event, {.term = id, .on = {}, .restart = unnamed, .other = other});
      const bool again = unnamed && term.start_kind != program::TermDef::Start::kEarlierOf;
      if (again && event.kind == EventDef::Kind::kAct) may_run_on[i] |= unseen_act[event.act.index()];
    }
    for (std::uint32_t e = term.extensions.first; e < term.extensions.end(); ++e) {
      extends[program_->extensions[e].act.index()].push_back({.term = id, .extension = e});
      may_run_on[i] |= unseen_act[program_->extensions[e].act.index()];
    }
    for (std::uint32_t c = term.ceilings.first; c < term.ceilings.end(); ++c) {
      AddCeiling(program_->ceilings[c].from, {.term = id, .ceiling = c});
    }
    if (!term.stops.empty()) stoppable.push_back(id);
  }
}

bool Plan::FollowsFromLapse(std::size_t term) const {
  return !lapse_effects[term].empty() || !lapse_starts[term].empty() || !lapse_ceilings[term].empty() ||
         !lapse_prompts[term].empty();
}

void Plan::FindWatched() {
  asked.resize(program_->terms.size(), 0);
  for (const program::Op& op : program_->ops) {
    if (op.operation == program::Operation::kTermIs) asked[op.operand] = 1;
  }
  for (const program::AccrualDef& accrual : program_->accruals) asked[accrual.term.index()] = 1;
  for (const program::RuleDef& rule : program_->rules) {
    if (rule.governed && rule.governed_by.kind == EventDef::Kind::kLapse)
      asked[rule.governed_by.term.index()] = 1;
  }
  watched.resize(program_->terms.size());
  for (std::size_t i = 0; i < watched.size(); ++i) {
    // Whether something stands still, or closes, is asked again on every day on which a term ends.
    watched[i] = !stoppable.empty() || program_->closes || FollowsFromLapse(i) || hours;
  }
  for (const program::AccrualDef& accrual : program_->accruals) watched[accrual.term.index()] = 1;
}

void Plan::IndexSums() {
  sum_slot.assign(program_->fields.size(), kNoSlot);
  summed_fields.resize(program_->acts.size());
  for (const program::Op& op : program_->ops) {
    if (op.operation != program::Operation::kSum || sum_slot[op.operand] != kNoSlot) continue;
    sum_slot[op.operand] = sum_slots++;
    summed_fields[program_->fields[op.operand].act.index()].push_back(FieldId(op.operand));
  }
}

}  // namespace lawbound::engine
