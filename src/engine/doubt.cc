// What may have followed from what cannot be told (docs/language.md section 4).  Where it cannot be told
// whether a breach, a lapse or an `on` came, what it would have brought or ended is in doubt from then on,
// and all that this would bring in its turn, on whichever day: acts deemed or fallen, what rests on them, the
// terms they start, restart, extend or bound, the duties of these terms and what follows from their breach.
// Of what is in doubt nothing can be told any more.
//
// Simple on purpose: it errs towards doubt.  A record in which some acts stand for certain and others perhaps
// would say "yes" a little more often, and nobody could say in a sentence when.
#include <algorithm>

#include "engine/engine.h"

namespace lawbound::engine {

using program::EffectDef;
using program::SentenceDef;

// Where it cannot be told whether a breach makes the act itself void, it cannot be told whether it has
// effect.
void Engine::DoubtOwnEffect(const Entry& entry, const Judgement& judgement) {
  if (!judgement.applied) return;
  for (const RuleId rule : judgement.unsure_rules) {
    const program::RuleDef& def = plan_.program().rules[rule.index()];
    for (std::uint32_t i = def.breach.first; i < def.breach.end(); ++i) {
      const EffectDef& effect = plan_.program().effects[i];
      const bool undone =
          effect.quality == EffectDef::Quality::kVoid || effect.quality == EffectDef::Quality::kInadmissible;
      if (effect.kind == EffectDef::Kind::kQuality && effect.act == entry.act && undone)
        DoubtAct(entry.act, kMayBeVoid);
    }
  }
}

void Engine::DoubtEffect(const EffectDef& effect) {
  const bool undone =
      effect.quality == EffectDef::Quality::kVoid || effect.quality == EffectDef::Quality::kInadmissible;
  if (effect.kind == EffectDef::Kind::kDeemed) DoubtAct(effect.act, kMayBeDone);
  if (effect.kind == EffectDef::Kind::kFalls || (effect.kind == EffectDef::Kind::kQuality && undone))
    DoubtAct(effect.act, kMayBeGone);
  if (effect.kind != EffectDef::Kind::kStanding) return;
  const bool image = plan_.program().acts[effect.act.index()].kind == program::ActDef::Kind::kTarget;
  if ((program::TakesAway(effect.standing) && !image) || !effect.given.empty()) {
    DoubtAct(effect.act, kMayBeGone);
  } else {
    BeginDoubt();
    record_.doubtful_acts[effect.act.index()] |= kMayBeSaid;
  }
}

void Engine::DoubtEffects(const std::vector<SentenceId>& sentences) {
  for (const SentenceId id : sentences) {
    const SentenceDef& sentence = plan_.program().sentences[id.index()];
    for (std::uint32_t i = sentence.effects.first; i < sentence.effects.end(); ++i)
      DoubtEffect(plan_.program().effects[i]);
  }
}

void Engine::BeginDoubt() {
  if (record_.in_doubt) return;
  record_.in_doubt = true;
  record_.doubtful_acts.assign(plan_.program().acts.size(), 0);
  record_.doubtful_terms.assign(plan_.program().terms.size(), 0);
  record_.doubtful_rules.assign(plan_.program().rules.size(), 0);
}

void Engine::DoubtAct(ActId act, unsigned bits) {
  const program::Program& program = plan_.program();
  BeginDoubt();
  std::uint8_t& doubt = record_.doubtful_acts[act.index()];
  if ((doubt | bits) == doubt) return;
  doubt = static_cast<std::uint8_t>(doubt | bits);
  DoubtTerms(plan_.starts[act.index()], plan_.ceilings[act.index()]);
  for (const Plan::TermExtension& extension : plan_.extends[act.index()]) DoubtTerm(extension.term);
  DoubtEffects(plan_.effects[act.index()]);
  const base::Range<EffectDef> signals = program.acts[act.index()].signals;
  for (std::uint32_t i = signals.first; i < signals.end(); ++i) DoubtEffect(program.effects[i]);
  for (std::size_t other = 0; other < program.acts.size(); ++other) {
    const auto& on = program.acts[other].rests_on;
    const auto begin = program.act_lists.begin() + on.first;
    if (std::find(begin, begin + on.count, act) != begin + on.count)
      DoubtAct(ActId(other), kMayBeDone | kMayBeGone | kMayBeVoid);
  }
}

void Engine::DoubtTerms(const std::vector<Plan::TermStart>& starts,
                        const std::vector<Plan::TermCeiling>& ceilings) {
  for (const Plan::TermStart& start : starts) DoubtTerm(start.term);
  for (const Plan::TermCeiling& ceiling : ceilings) DoubtTerm(ceiling.term);
}

void Engine::DoubtTerm(TermId term) {
  BeginDoubt();
  if (record_.doubtful_terms[term.index()] != 0 || IsNobodys(term)) return;
  record_.doubtful_terms[term.index()] = 1;
  DoubtEffects(plan_.lapse_effects[term.index()]);
  DoubtTerms(plan_.lapse_starts[term.index()], plan_.lapse_ceilings[term.index()]);
  for (const SentenceId duty : plan_.term_duties[term.index()]) {
    if (plan_.never_arises[duty.index()] == 0) DoubtRule(plan_.program().sentences[duty.index()].rule);
  }
}

// A duty that may have arisen may have been missed.
void Engine::DoubtRule(RuleId rule) {
  if (record_.doubtful_rules[rule.index()] != 0) return;
  record_.doubtful_rules[rule.index()] = 1;
  if (record_.broken[rule.index()] == 0) record_.broken[rule.index()] = 2;
  const program::RuleDef& def = plan_.program().rules[rule.index()];
  for (std::uint32_t i = def.breach.first; i < def.breach.end(); ++i) {
    const EffectDef& effect = plan_.program().effects[i];
    if (effect.kind != EffectDef::Kind::kQuality) DoubtEffect(effect);
  }
  DoubtEffects(plan_.breach_effects[rule.index()]);
  DoubtTerms(plan_.breach_starts[rule.index()], plan_.breach_ceilings[rule.index()]);
}

}  // namespace lawbound::engine
