// Checks of parts: what there is once for each of several is spoken of where one of them is meant.

#include <algorithm>
#include <vector>

#include "program/names.h"
#include "program/operations.h"
#include "program/unfold.h"
#include "program/verify_parts.h"

namespace lawbound::program::verifier {

Status CheckQuantifiers(const Program& p) {
  for (std::size_t i = 0; i < p.quantifiers.size(); ++i) {
    const QuantifierDef& q = p.quantifiers[i];
    if (!q.part || !p.roles[q.part.index()].several)
      return Bad("quantifier {} is over nothing of which there are several", i);
    if (!q.body || p.codes[q.body.index()].result != ResultType::kTri)
      return Bad("the body of quantifier {} is no question", i);
    if (q.in && p.fields[q.in.index()].members != q.part)
      return Bad("quantifier {} is over a field that names something else", i);
  }
  // Bodies are asked once for each member, so how deep they lie in one another is bounded.
  std::vector<std::size_t> depth(p.codes.size(), 0);
  for (std::size_t i = 0; i < p.codes.size(); ++i) {
    for (const Op& op : In(p.ops, p.codes[i].ops)) {
      if (Info(op.operation).operand != Operand::kQuantifierRow) continue;
      const CodeId body = p.quantifiers[op.operand].body;
      if (body.index() >= i) return Bad("code {} asks a body that does not stand before it", i);
      depth[i] = std::max(depth[i], depth[body.index()] + 1);
    }
    if (depth[i] > kMaxQuantifierDepth)
      return Bad("code {} has 'some' and 'every' {} deep, more than {}", i, depth[i], kMaxQuantifierDepth);
  }
  return Ok();
}

namespace {

// Whether acts, terms, facts and rules of one part may be spoken of: everywhere of the main part's, and where
// a member of this kind is meant.
using Scope = std::vector<RoleId>;
bool Covers(const Scope& scope, RoleId part) {
  return !part || std::find(scope.begin(), scope.end(), part) != scope.end();
}

// Says of which part the row is that a cell names.
struct PartOf {
  const Program& p;
  RoleId operator()(ActId id) const { return id ? p.acts[id.index()].part : RoleId(); }
  RoleId operator()(TermId id) const { return id ? p.terms[id.index()].part : RoleId(); }
  RoleId operator()(FactId id) const { return id ? p.facts[id.index()].part : RoleId(); }
  RoleId operator()(RuleId id) const { return id ? p.rules[id.index()].part : RoleId(); }
  RoleId operator()(FieldId id) const {
    if (!id) return RoleId();
    const FieldDef& field = p.fields[id.index()];
    if (field.act) return p.acts[field.act.index()].part;
    return field.role && p.roles[field.role.index()].several ? field.role : RoleId();
  }
  RoleId operator()(const EventDef& event) const {
    for (const RoleId part :
         {(*this)(event.act), (*this)(event.on), (*this)(event.term), (*this)(event.rule)}) {
      if (part) return part;
    }
    return RoleId();
  }
};

bool NamesOneKind(const Program& p, const EventDef& event, RoleId part) {
  const PartOf of{p};
  const auto fits = [&](RoleId one) { return !one || one == part; };
  return fits(of(event.act)) && fits(of(event.on)) && fits(of(event.term)) && fits(of(event.rule));
}

bool IsCodeInScope(const Program& p, CodeId code, const Scope& scope) {
  if (!code) return true;
  const PartOf of{p};
  for (const Op& op : In(p.ops, p.codes[code.index()].ops)) {
    const std::size_t row = op.operand;
    RoleId part, second;
    switch (Info(op.operation).operand) {
      case Operand::kActRow:
      case Operand::kActRole:
      case Operand::kActStanding:
      case Operand::kActCredential:
        part = of(ActId(row));
        break;
      case Operand::kActPair:
        part = of(ActId(row));
        second = of(ActId(op.small));
        break;
      case Operand::kFieldRow:
      case Operand::kFieldRole:
      case Operand::kFindingRow:
      case Operand::kFieldCredential:
        part = of(FieldId(row));
        break;
      case Operand::kFactRow:
        part = of(FactId(row));
        break;
      case Operand::kRuleRow:
        part = of(RuleId(row));
        break;
      case Operand::kTermPhases:
        part = of(TermId(row));
        break;
      case Operand::kQuantifierRow: {
        const QuantifierDef& q = p.quantifiers[row];
        Scope inner = scope;
        inner.push_back(q.part);
        // A body stands before the code that asks it, so this ends.
        if (!Covers(scope, of(q.in)) || q.body.value >= code.value || !IsCodeInScope(p, q.body, inner))
          return false;
        break;
      }
      case Operand::kCountingLength:
        part = of(p.lengths[row].length.field);
        break;
      case Operand::kAccrualRow: {
        // Neither asks for what grows, so this ends.
        const AccrualDef& accrual = p.accruals[row];
        part = of(accrual.term);
        if (!IsCodeInScope(p, accrual.base, scope) || !IsCodeInScope(p, accrual.cap, scope)) return false;
        break;
      }
      case Operand::kNone:
      case Operand::kConstant:
      case Operand::kMask:
      case Operand::kTableColumn:
      case Operand::kOutsideRow:
      case Operand::kClock:
      case Operand::kMember:
      case Operand::kFieldMember:
        break;
    }
    if (!Covers(scope, part) || !Covers(scope, second)) return false;
  }
  return true;
}

Scope ScopeOf(RoleId part) { return part ? Scope{part} : Scope{}; }

bool AreEffectsInScope(const Program& p, Range<EffectDef> effects, const Scope& scope) {
  const PartOf of{p};
  return std::ranges::all_of(In(p.effects, effects), [&](const EffectDef& effect) {
    return Covers(scope, of(effect.act)) && Covers(scope, of(effect.cured_by)) &&
           std::ranges::all_of(In(p.given, effect.given), [&](const GivenDef& given) {
             return Covers(scope, of(given.field)) && IsCodeInScope(p, given.value, scope);
           });
  });
}

Status CheckActParts(const Program& p) {
  for (std::size_t i = 0; i < p.roles.size(); ++i) {
    const RoleDef& role = p.roles[i];
    if (role.kind == RoleKind::kThing && !role.several) return Bad("thing '{}' is one", NameOf(p, RoleId(i)));
    if (role.named_in ? !NamesOfficials(p.fields[role.named_in.index()]) || IsParty(role.kind)
                      : role.not_named)
      return Bad("role '{}' is named in a field that names nobody", NameOf(p, RoleId(i)));
  }
  for (std::size_t i = 0; i < p.acts.size(); ++i) {
    const ActDef& act = p.acts[i];
    if (act.part && !p.roles[act.part.index()].several)
      return Bad("act '{}' lies in the part of one role", NameOf(p, ActId(i)));
    if (act.part ? !act.member || p.fields[act.member.index()].act != ActId(i) ||
                       p.fields[act.member.index()].members != act.part ||
                       p.fields[act.member.index()].type != ValueType::kMember
                 : static_cast<bool>(act.member))
      return Bad("act '{}' does not name in whose part it lies", NameOf(p, ActId(i)));
    for (const RoleId role : In(p.role_lists, act.by)) {
      if (p.roles[role.index()].kind == RoleKind::kThing)
        return Bad("act '{}' is done by a thing", NameOf(p, ActId(i)));
    }
    if (act.to && p.roles[act.to.index()].kind == RoleKind::kThing)
      return Bad("act '{}' is addressed to a thing", NameOf(p, ActId(i)));
    for (const ActId on : In(p.act_lists, act.rests_on)) {
      if (!Covers(ScopeOf(act.part), p.acts[on.index()].part))
        return Bad("act '{}' rests on an act of another part", NameOf(p, ActId(i)));
    }
    if (!AreEffectsInScope(p, act.signals, ScopeOf(act.part)))
      return Bad("act '{}' says something of an act of another part", NameOf(p, ActId(i)));
  }
  // Of a natural person there is no list and no reference, but that an act is theirs or to them.
  for (std::size_t i = 0; i < p.fields.size(); ++i) {
    const FieldDef& field = p.fields[i];
    if (!field.members) continue;
    const RoleDef& members = p.roles[field.members.index()];
    const bool own = field.act && p.acts[field.act.index()].member == FieldId(i);
    if (!members.several || (!own && members.kind != RoleKind::kThing))
      return Bad("field {} '{}' names members that a field may not name", i, p.string(field.name));
  }
  return Ok();
}

bool IsLengthInScope(const Program& p, const LengthDef& length, const Scope& scope) {
  return Covers(scope, PartOf{p}(length.field)) && Covers(scope, PartOf{p}(length.fact));
}

Status CheckTermParts(const Program& p) {
  for (std::size_t i = 0; i < p.terms.size(); ++i) {
    const TermDef& term = p.terms[i];
    bool fits = true;
    for (const EventDef& event : In(p.events, term.starts)) fits = fits && NamesOneKind(p, event, term.part);
    for (const EventDef& event : In(p.events, term.restarts))
      fits = fits && NamesOneKind(p, event, term.part);
    for (const StopDef& stop : In(p.stops, term.stops))
      fits = fits && IsCodeInScope(p, stop.condition, ScopeOf(term.part));
    for (const ExtensionDef& extension : In(p.extensions, term.extensions))
      fits = fits && Covers(ScopeOf(term.part), PartOf{p}(extension.act)) &&
             IsLengthInScope(p, extension.by, ScopeOf(term.part)) &&
             IsLengthInScope(p, extension.cap, ScopeOf(term.part));
    for (const CeilingDef& ceiling : In(p.ceilings, term.ceilings))
      fits = fits && NamesOneKind(p, ceiling.from, term.part) &&
             IsLengthInScope(p, ceiling.length, ScopeOf(term.part));
    fits = fits && IsLengthInScope(p, term.length, ScopeOf(term.part));
    if (!fits) return Bad("term {} looks at a part in which it does not lie", i);
  }
  return Ok();
}

Status CheckRuleParts(const Program& p) {
  const PartOf of{p};
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    const RuleDef& rule = p.rules[i];
    const Scope scope = ScopeOf(rule.part);
    const auto effects_fit = [&](Range<EffectDef> effects) { return AreEffectsInScope(p, effects, scope); };
    bool fits = IsCodeInScope(p, rule.if_code, scope) && NamesOneKind(p, rule.governed_by, rule.part) &&
                effects_fit(rule.breach);
    for (const RuleId other : In(p.rule_lists, rule.overrides))
      fits = fits && (!rule.part || of(other) == rule.part);
    for (const SentenceDef& s : In(p.sentences, rule.sentences)) {
      fits = fits && Covers(scope, of(s.on)) && Covers(scope, of(s.term)) &&
             NamesOneKind(p, s.event, rule.part) && effects_fit(s.effects);
      for (const ActId act : In(p.act_lists, s.acts)) fits = fits && Covers(scope, of(act));
      for (const CodeId code : {s.if_code, s.condition, s.unless})
        fits = fits && IsCodeInScope(p, code, scope);
    }
    if (!fits) return Bad("rule '{}' looks at a part that it is not for", NameOf(p, RuleId(i)));
  }
  return Ok();
}

Status CheckPromiseParts(const Program& p) {
  const PartOf of{p};
  if (!IsCodeInScope(p, p.closes, {})) return Bad("the matter closes on what lies in one part of several");
  for (const GuaranteeDef& g : p.guarantees) {
    const Scope scope = ScopeOf(PartOfGuarantee(p, g));
    bool fits = Covers(scope, of(g.act)) && Covers(scope, of(g.challenge)) && Covers(scope, of(g.until)) &&
                IsCodeInScope(p, g.condition, scope);
    for (const ActId act : In(p.act_lists, g.acts)) fits = fits && Covers(scope, of(act));
    if (!fits) return Bad("guarantee '{}' looks at a part that it is not for", p.string(g.name));
  }
  return Ok();
}

}  // namespace

// What lies in the parts of several is spoken of only where one of them is meant.
Status CheckParts(const Program& p) {
  RETURN_IF_ERROR(CheckActParts(p));
  RETURN_IF_ERROR(CheckTermParts(p));
  for (std::size_t i = 0; i < p.facts.size(); ++i) {
    if (!IsCodeInScope(p, p.facts[i].code, ScopeOf(p.facts[i].part)))
      return Bad("fact '{}' looks at a part that it is not of", NameOf(p, FactId(i)));
  }
  RETURN_IF_ERROR(CheckRuleParts(p));
  return CheckPromiseParts(p);
}

}  // namespace lawbound::program::verifier
