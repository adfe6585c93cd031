#include "prove/view.h"

#include <algorithm>

namespace lawbound::prove {

namespace {

using Lists = std::vector<std::vector<SentenceId>>;

// Leaves the sentences for which `stays` says so.
template <typename Stays>
void Keep(Lists& lists, const Stays& stays) {
  for (std::vector<SentenceId>& list : lists)
    std::erase_if(list, [&](SentenceId sentence) { return !stays(sentence); });
}

}  // namespace

engine::Plan HappeningPlan(const engine::Plan& plan, const Slice& slice) {
  engine::Plan happens = plan;
  if (slice.view() == View::kWhole) return happens;
  const program::Program& program = plan.program();
  const auto counts = [&](SentenceId sentence) {
    return slice.has(program.sentences[sentence.index()].rule);
  };
  for (Lists* lists : {&happens.duties, &happens.prompt_duties, &happens.term_duties, &happens.lapse_prompts,
                       &happens.breach_prompts, &happens.part_duties})
    Keep(*lists, counts);
  // Of its conditions a rule that counts is broken only by parties: the gate lets no authority break one.
  const auto parties = [&](SentenceId sentence) {
    return counts(sentence) && program.sentences[sentence.index()].side == program::Side::kParty;
  };
  // Which of several permissions is broken depends on all of them.
  for (std::vector<SentenceId>& list : happens.permissions) {
    if (std::none_of(list.begin(), list.end(), parties)) list.clear();
  }
  Keep(happens.conditions, parties);
  std::erase_if(happens.stoppable, [&](model::TermId term) { return slice.may_be_stopped_unseen(term); });
  if (slice.is_free() || slice.view() == View::kAtHand) happens.closes = {};
  for (auto& needed : happens.needed_credentials) needed.clear();
  std::fill(happens.named_doers.begin(), happens.named_doers.end(), std::uint8_t{0});
  const auto follows = [&](SentenceId id) {
    if (slice.is_free()) return false;
    const auto& effects = program.sentences[id.index()].effects;
    return std::any_of(program.effects.begin() + effects.first, program.effects.begin() + effects.end(),
                       [&](const program::EffectDef& effect) { return effect.act && slice.has(effect.act); });
  };
  for (Lists* lists : {&happens.effects, &happens.lapse_effects, &happens.breach_effects})
    Keep(*lists, follows);
  return happens;
}

engine::Plan JudgingPlan(const engine::Plan& plan, const Slice& slice) {
  engine::Plan judges = plan;
  if (slice.view() == View::kAtHand) {
    // An office has somebody who has not been named as one who must not act.
    for (std::size_t act = 0; act < judges.named_doers.size(); ++act) {
      if (slice.OthersMayDo(model::ActId(act))) judges.named_doers[act] = 0;
    }
  }
  if (!slice.is_of_topic()) return judges;
  const auto follows = [&](SentenceId sentence) { return slice.follows(sentence); };
  Keep(judges.conditions, follows);
  // One permission is enough, so all count or none.
  for (std::vector<SentenceId>& list : judges.permissions) {
    if (!std::all_of(list.begin(), list.end(), follows)) list.clear();
  }
  for (auto& needed : judges.needed_credentials) needed.clear();
  std::fill(judges.named_doers.begin(), judges.named_doers.end(), std::uint8_t{0});
  return judges;
}

}  // namespace lawbound::prove
