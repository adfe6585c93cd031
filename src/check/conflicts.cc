// Stage "conflicts": sentences that contradict each other, versions of one sentence that leave a gap or
// overlap, and remedies that do not fit what they answer.
#include <algorithm>
#include <set>
#include <vector>

#include "check/messages.h"
#include "check/stages.h"
#include "check/walk.h"
#include "program/graph.h"

namespace lawbound::check {
namespace {

using Kind = program::SentenceDef::Kind;

bool SameMaybe(const std::optional<Expr>& a, const std::optional<Expr>& b) {
  return a.has_value() == b.has_value() && (!a || SameExpr(*a, *b));
}

// ----------------------------------------------------------------------------------------------------
// contradictions

bool SameTime(const Sentence& a, const Sentence& b) { return a.from <= b.until && b.from <= a.until; }

// Both forbid, or both speak of, some act that the other speaks of too.
std::optional<ActId> CommonAct(const Sentence& a, const Sentence& b) {
  for (const ActId act : a.acts) {
    if (std::find(b.acts.begin(), b.acts.end(), act) != b.acts.end()) return act;
  }
  return std::nullopt;
}

bool Overrides(const CheckedPack& pack, RuleId a, RuleId b) {
  const std::vector<RuleId>& lower = pack.rules[a.index()].overrides;
  return std::find(lower.begin(), lower.end(), b) != lower.end();
}

// Whether `ban` forbids whenever `open` opens: without condition, or on the same condition.
bool AlwaysForbids(const CheckedPack& pack, const Sentence& ban, const Sentence& open) {
  const std::optional<Expr>& rule_if = pack.rules[ban.rule.index()].if_;
  const std::optional<Expr>& open_rule_if = pack.rules[open.rule.index()].if_;
  if (!IsAlways(rule_if) && !SameMaybe(rule_if, open_rule_if)) return false;
  if (ban.on && ban.on != open.on) return false;
  const bool unconditional = ban.kind == Kind::kNoIf ? IsAlways(*ban.condition) : IsNever(*ban.condition);
  return unconditional || (ban.kind == Kind::kNoIf && open.if_ && SameExpr(*ban.condition, *open.if_));
}

void CheckContradictions(Context& context) {
  const CheckedPack& pack = context.pack;
  for (const Sentence& open : pack.sentences) {
    if (open.kind != Kind::kMay && open.kind != Kind::kMust) continue;
    for (const Sentence& ban : pack.sentences) {
      if (ban.kind != Kind::kNoIf && ban.kind != Kind::kOnlyIf) continue;
      const std::optional<ActId> act = CommonAct(open, ban);
      if (!act || !SameTime(open, ban) || !AlwaysForbids(pack, ban, open)) continue;
      if (Overrides(pack, open.rule, ban.rule) || Overrides(pack, ban.rule, open.rule)) continue;
      context.Say(Contradiction(open.span, pack.acts[act->index()].name, ban.span, open.kind == Kind::kMust));
    }
  }
}

void CheckOverrides(Context& context) {
  const std::vector<Rule>& rules = context.pack.rules;
  program::Graph graph(rules.size());
  for (std::size_t row = 0; row < rules.size(); ++row) {
    for (const RuleId other : rules[row].overrides) graph.AddEdge(row, other.index());
  }
  if (const auto row = graph.NodeOnCycle()) context.Say(OverridesItself(rules[*row].span, rules[*row].name));
}

// ---------------------------------------------------------------------------------------------------
// versions of law

bool SameEvents(const std::vector<Event>& a, const std::vector<Event>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Event& x, const Event& y) {
    return x.kind == y.kind && x.act == y.act && x.on == y.on && x.term == y.term && x.rule == y.rule;
  });
}

// Terms may differ in length from version to version, not in what they run from.
bool SameStart(const CheckedPack& pack, const Sentence& a, const Sentence& b) {
  if (!a.term || !b.term) return a.term == b.term;
  return SameEvents(pack.terms[a.term.index()].starts, pack.terms[b.term.index()].starts);
}

bool IsVersionOf(const CheckedPack& pack, const Sentence& a, const Sentence& b) {
  if (a.kind != b.kind || a.acts != b.acts || a.roles != b.roles || a.on != b.on || a.prompt != b.prompt)
    return false;
  if (!SameMaybe(a.if_, b.if_) || !SameStart(pack, a, b)) return false;
  if (a.kind != Kind::kOn) return true;
  const auto deems_same = [](const Effect& x, const Effect& y) { return x.kind == y.kind && x.act == y.act; };
  return SameEvents({a.event}, {b.event}) &&
         std::equal(a.effects.begin(), a.effects.end(), b.effects.begin(), b.effects.end(), deems_same);
}

bool IsDated(const Sentence& sentence) {
  return sentence.from != base::kFirstDay || sentence.until != base::kLastDay;
}

// `versions` are of one sentence, by their first day.
void CheckVersions(Context& context, const std::vector<const Sentence*>& versions) {
  // Two conditions on one act simply both hold; two times for one act cannot.
  const bool exclusive = versions.front()->kind == Kind::kMay || versions.front()->kind == Kind::kMust;
  const Sentence* last = versions.front();
  for (std::size_t i = 1; i < versions.size(); ++i) {
    const Sentence& next = *versions[i];
    if (next.from <= last->until) {
      const base::Day end = std::min(last->until, next.until);
      if (exclusive) {
        context.Say(VersionOverlap(next.span, base::PrintDay(next.from), base::PrintDay(end), last->span));
      }
    } else if (last->until + 1 < next.from) {
      context.Say(VersionGap(next.span, base::PrintDay(last->until + 1), base::PrintDay(next.from - 1)));
    }
    if (next.until > last->until) last = &next;
  }
}

void CheckVersionsOfRule(Context& context, const Rule& rule) {
  const std::vector<Sentence>& sentences = context.pack.sentences;
  std::vector<bool> grouped(rule.sentences.count);
  for (std::uint32_t i = 0; i < rule.sentences.count; ++i) {
    if (grouped[i]) continue;
    std::vector<const Sentence*> versions;
    for (std::uint32_t j = i; j < rule.sentences.count; ++j) {
      const Sentence& other = sentences[rule.sentences.first + j];
      if (grouped[j] || !IsVersionOf(context.pack, sentences[rule.sentences.first + i], other)) continue;
      grouped[j] = true;
      versions.push_back(&other);
    }
    std::stable_sort(versions.begin(), versions.end(),
                     [](const Sentence* a, const Sentence* b) { return a->from < b->from; });
    const bool dated =
        std::any_of(versions.begin(), versions.end(), [](const Sentence* s) { return IsDated(*s); });
    if (dated && versions.size() > 1) CheckVersions(context, versions);
  }
}

// ----------------------------------------------------------------------------------------------------------
// remedies

std::string_view QualityWord(Effect::Quality quality) {
  switch (quality) {
    case Effect::Quality::kVoid:
      return "void";
    case Effect::Quality::kInadmissible:
      return "inadmissible";
    case Effect::Quality::kVoidable:
      return "voidable";
    case Effect::Quality::kIrregular:
      return "irregular";
    case Effect::Quality::kNone:
      break;
  }
  return "";
}

void CheckQuality(Context& context, const Effect& effect, Span at) {
  if (effect.kind != Effect::Kind::kQuality) return;
  const Side side = context.pack.acts[effect.act.index()].side;
  const bool party = side == Side::kParty;
  const bool wrong = (party && effect.quality == Effect::Quality::kVoid) ||
                     (side == Side::kAuthority && effect.quality == Effect::Quality::kInadmissible);
  if (wrong) context.Say(WrongRemedy(at, QualityWord(effect.quality), party));
}

// A late act may be void besides; but where nobody acts there is nothing to be void.
void CheckOmission(Context& context, const Rule& rule) {
  if (rule.breach.empty() || rule.sentences.empty()) return;
  for (std::uint32_t row = rule.sentences.first; row < rule.sentences.end(); ++row) {
    if (context.pack.sentences[row].kind != Kind::kMust) return;
  }
  for (const Effect& effect : rule.breach) {
    const bool for_acts_only =
        effect.quality == Effect::Quality::kVoid || effect.quality == Effect::Quality::kInadmissible;
    if (effect.kind != Effect::Kind::kQuality || !for_acts_only) return;
  }
  context.Say(RemedyForOmission(rule.span, QualityWord(rule.breach.front().quality)));
}

// ----------------------------------------------------------------------------------------------- findings

// The first fact without a presumption that a condition asks, through other facts too.
std::optional<FactId> AsksOpenFact(const CheckedPack& pack, const Expr& expr) {
  if (expr.kind == ExprKind::kFact) {
    const Fact& fact = pack.facts[expr.fact.index()];
    if (fact.value.kind == ExprKind::kFound)
      return fact.value.number == model::kMissing ? std::optional(expr.fact) : std::nullopt;
    return AsksOpenFact(pack, fact.value);
  }
  for (const Expr& operand : expr.operands) {
    if (const auto fact = AsksOpenFact(pack, operand)) return fact;
  }
  return std::nullopt;
}

void CheckFindings(Context& context, const Sentence& sentence) {
  for (const auto* condition : {&sentence.if_, &sentence.condition}) {
    if (!*condition || sentence.kind == Kind::kOn) continue;
    const auto fact = AsksOpenFact(context.pack, **condition);
    if (!fact) continue;
    const Fact& row = context.pack.facts[fact->index()];
    context.Say(BlocksUntilFound((*condition)->span, row.name, row.span));
  }
}

void CheckOfTarget(Context& context, const Effect& effect, Span at) {
  const bool target = effect.act && context.pack.acts[effect.act.index()].kind == Act::Kind::kTarget;
  if (target && effect.kind != Effect::Kind::kStanding) context.Say(OnlyStandingOfTarget(at));
}

}  // namespace

// An act of the authority that a rule makes void or voidable is a decision; what delivers one is not.
void CheckDated(Context& context) {
  std::set<ActId> said;
  const auto check = [&](const std::vector<Effect>& effects) {
    for (const Effect& effect : effects) {
      const bool decides =
          effect.kind == Effect::Kind::kQuality &&
          (effect.quality == Effect::Quality::kVoid || effect.quality == Effect::Quality::kVoidable);
      if (!decides) continue;
      const Act& act = context.pack.acts[effect.act.index()];
      if (act.side != Side::kAuthority || !act.dated || !said.insert(effect.act).second) continue;
      context.Say(DatedDecision(act.span, act.name));
    }
  };
  for (const Rule& rule : context.pack.rules) check(rule.breach);
  for (const Sentence& sentence : context.pack.sentences) check(sentence.effects);
}

void CheckConflicts(Context& context) {
  CheckDated(context);
  CheckOverrides(context);
  CheckContradictions(context);
  for (const Rule& rule : context.pack.rules) {
    CheckVersionsOfRule(context, rule);
    for (const Effect& effect : rule.breach) {
      CheckQuality(context, effect, rule.span);
      CheckOfTarget(context, effect, rule.span);
    }
    CheckOmission(context, rule);
  }
  for (const Sentence& sentence : context.pack.sentences) {
    CheckFindings(context, sentence);
    for (const Effect& effect : sentence.effects) {
      CheckQuality(context, effect, sentence.span);
      CheckOfTarget(context, effect, sentence.span);
    }
  }
}

}  // namespace lawbound::check
