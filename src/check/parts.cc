// Stages "parts" and "scope".  Of a thing, and of a role marked "several", a matter has a part for each: an
// act of it, the terms that start there, a fact "of" it and a rule "for each" of it are there once for each.
// So they are spoken of only where one of them is meant: in such a rule, fact or term, and within "some" and
// "every".
#include <algorithm>
#include <string>
#include <vector>

#include "check/messages.h"
#include "check/stages.h"
#include "program/verify.h"

namespace lawbound::check {
namespace {

// In the part of which of several something lies; none: in the main part.
class PartOf {
 public:
  explicit PartOf(const CheckedPack& pack) : pack_(pack) {}

  RoleId operator()(ActId id) const { return id ? pack_.acts[id.index()].part : RoleId(); }
  RoleId operator()(FactId id) const { return id ? pack_.facts[id.index()].part : RoleId(); }
  RoleId operator()(TermId id) const { return id ? pack_.terms[id.index()].part : RoleId(); }
  RoleId operator()(RuleId id) const { return id ? pack_.rules[id.index()].part : RoleId(); }
  RoleId operator()(FieldId id) const {
    if (!id) return RoleId();
    const Field& field = pack_.fields[id.index()];
    if (field.act) return (*this)(field.act);
    return pack_.roles[field.role.index()].several ? field.role : RoleId();
  }

 private:
  const CheckedPack& pack_;
};

// Rules are not resolved yet when terms are.
RoleId PartOfRule(const Context& context, std::size_t row) {
  const syntax::Rule& rule = *context.names.rules[row];
  if (!rule.for_each) return RoleId();
  const auto found = context.names.entities.find(rule.for_each->text);
  if (found == context.names.entities.end()) return RoleId();
  const Entity::Kind kind = found->second.kind;
  const bool role = kind == Entity::Kind::kRole || kind == Entity::Kind::kThing;
  return role && IsSeveral(context, RoleId(found->second.row)) ? RoleId(found->second.row) : RoleId();
}

// The rule of each sentence, by row.
std::vector<std::size_t> RulesOfSentences(const Context& context) {
  std::vector<std::size_t> rules;
  for (std::size_t row = 0; row < context.names.rules.size(); ++row) {
    rules.insert(rules.end(), context.names.rules[row]->sentences.size(), row);
  }
  return rules;
}

class ScopeCheck {
 public:
  explicit ScopeCheck(Context& context) : context_(context), pack_(context.pack), part_of_(context.pack) {}

  void Run() {
    for (const Fact& fact : pack_.facts) {
      InScope(fact.part, [&] {
        Walk(fact.value, 0);
        if (fact.value.kind == ExprKind::kAccrued) WalkAccrual(fact);
      });
    }
    for (const Act& act : pack_.acts) {
      InScope(act.part, [&] {
        for (const ActId on : act.rests_on) Check(on, act.span);
        WalkEffects(act.signals, act.span);
      });
    }
    for (const Term& term : pack_.terms) InScope(term.part, [&] { WalkTerm(term); });
    for (const Rule& rule : pack_.rules) InScope(rule.part, [&] { WalkRule(rule); });
    Walk(pack_.closes);
    for (const Guarantee& guarantee : pack_.guarantees) {
      InScope(PartOfGuarantee(guarantee), [&] { WalkGuarantee(guarantee); });
    }
  }

 private:
  template <typename Body>
  void InScope(RoleId part, const Body& body) {
    if (part) scope_.push_back(part);
    body();
    if (part) scope_.pop_back();
  }

  template <typename T>
  void Check(base::Id<T> id, Span at) {
    if (id) CheckPart(part_of_(id), NameOf(id), at);
  }
  void CheckPart(RoleId part, const std::string& name, Span at) {
    if (!part || std::find(scope_.begin(), scope_.end(), part) != scope_.end()) return;
    context_.Say(OutsidePart(at, name, pack_.roles[part.index()].name));
  }

  std::string NameOf(ActId id) const { return pack_.acts[id.index()].name; }
  std::string NameOf(FactId id) const { return pack_.facts[id.index()].name; }
  std::string NameOf(RuleId id) const { return pack_.rules[id.index()].name; }
  std::string NameOf(TermId id) const {
    const Term& term = pack_.terms[id.index()];
    return term.name.empty() ? "time to " + NameOf(pack_.sentences[term.sentence.index()].acts.front())
                             : term.name;
  }
  std::string NameOf(FieldId id) const {
    const Field& field = pack_.fields[id.index()];
    const std::string& owner =
        field.act ? pack_.acts[field.act.index()].name : pack_.roles[field.role.index()].name;
    return owner + "." + field.name;
  }

  void Walk(const Expr& expr, std::size_t depth) {
    Check(expr.act, expr.span);
    Check(expr.other, expr.span);
    Check(expr.field, expr.span);
    Check(expr.fact, expr.span);
    Check(expr.rule, expr.span);
    Check(expr.term, expr.span);
    WalkLength(expr.length.length, expr.span);
    const bool quantified = expr.kind == ExprKind::kSome || expr.kind == ExprKind::kEvery;
    if (quantified && depth == program::kMaxQuantifierDepth)
      context_.Say(ManyQuantifiers(expr.span, program::kMaxQuantifierDepth));
    InScope(quantified ? expr.role : RoleId(), [&] {
      for (const Expr& operand : expr.operands) Walk(operand, depth + (quantified ? 1 : 0));
    });
  }
  void Walk(const std::optional<Expr>& expr) {
    if (expr) Walk(*expr, 0);
  }

  void WalkAccrual(const Fact& fact) {
    const Accrual& accrual = pack_.accruals[static_cast<std::size_t>(fact.value.number)];
    Walk(accrual.base, 0);
    Walk(accrual.cap);
    Check(accrual.term, fact.span);
  }

  void WalkEvent(const Event& event, Span at) {
    Check(event.act, at);
    Check(event.on, at);
    Check(event.term, at);
    Check(event.rule, at);
  }

  void WalkLength(const Length& length, Span at) {
    if (length.kind == Length::Kind::kField) Check(length.field, at);
  }

  void WalkTerm(const Term& term) {
    for (const Event& event : term.starts) WalkEvent(event, term.span);
    for (const Event& event : term.restarts) WalkEvent(event, term.span);
    for (const Stop& stop : term.stops) Walk(stop.condition, 0);
    for (const Extension& extension : term.extensions) {
      Check(extension.act, term.span);
      WalkLength(extension.by, term.span);
      if (extension.cap) WalkLength(*extension.cap, term.span);
    }
    for (const Ceiling& ceiling : term.ceilings) {
      WalkEvent(ceiling.from, term.span);
      WalkLength(ceiling.length, term.span);
    }
    WalkLength(term.length, term.span);
  }

  void WalkEffects(const std::vector<Effect>& effects, Span at) {
    for (const Effect& effect : effects) {
      Check(effect.act, at);
      Check(effect.cured_by, at);
      for (const Given& given : effect.given) Walk(given.value, 0);
    }
  }

  void WalkRule(const Rule& rule) {
    Walk(rule.if_);
    if (rule.governed_by) WalkEvent(*rule.governed_by, rule.span);
    WalkEffects(rule.breach, rule.span);
    // What a rule of one part says of one does not set aside what is said of all.
    for (const RuleId other : rule.overrides) {
      if (rule.part && part_of_(other) != rule.part)
        context_.Say(OutsidePart(rule.span, rule.name, pack_.roles[rule.part.index()].name));
    }
    for (std::uint32_t row = rule.sentences.first; row < rule.sentences.end(); ++row) {
      const Sentence& sentence = pack_.sentences[row];
      for (const ActId act : sentence.acts) Check(act, sentence.span);
      Check(sentence.on, sentence.span);
      Check(sentence.term, sentence.span);
      WalkEvent(sentence.event, sentence.span);
      Walk(sentence.if_);
      Walk(sentence.condition);
      Walk(sentence.unless);
      WalkEffects(sentence.effects, sentence.span);
    }
  }

  // What is promised of one of several is promised of each.
  RoleId PartOfGuarantee(const Guarantee& guarantee) const {
    if (guarantee.role && pack_.roles[guarantee.role.index()].several) return guarantee.role;
    return part_of_(guarantee.act);
  }

  void WalkGuarantee(const Guarantee& guarantee) {
    Check(guarantee.act, guarantee.span);
    for (const ActId act : guarantee.acts) Check(act, guarantee.span);
    Check(guarantee.challenge, guarantee.span);
    Check(guarantee.until, guarantee.span);
    Walk(guarantee.condition);
  }

  Context& context_;
  const CheckedPack& pack_;
  PartOf part_of_;
  std::vector<RoleId> scope_;
};

}  // namespace

void ResolveParts(Context& context) {
  CheckedPack& pack = context.pack;
  const std::vector<std::size_t> rules = RulesOfSentences(context);
  const PartOf part_of(pack);
  for (Term& term : pack.terms) {
    if (term.sentence) term.part = PartOfRule(context, rules[term.sentence.index()]);
  }
  // A term may start with the lapse of another, wherever that is declared.
  for (bool grown = true; grown;) {
    grown = false;
    for (Term& term : pack.terms) {
      if (term.part || term.sentence) continue;
      for (const Event& event : term.starts) {
        const RoleId of_rule = event.rule ? PartOfRule(context, event.rule.index()) : RoleId();
        for (const RoleId part : {part_of(event.act), part_of(event.on), part_of(event.term), of_rule}) {
          if (!part || term.part) continue;
          term.part = part;
          grown = true;
        }
      }
    }
  }
}

void CheckParts(Context& context) { ScopeCheck(context).Run(); }

}  // namespace lawbound::check
