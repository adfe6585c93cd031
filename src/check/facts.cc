// Stage "facts": computed facts, in an order in which each follows what it uses.
#include <algorithm>
#include <set>

#include "check/citations.h"
#include "check/expressions.h"
#include "check/messages.h"
#include "check/stages.h"
#include "program/verify.h"

namespace lawbound::check {
namespace {

using calendar::Unit;

bool RefuseFormsOfFact(Context& context, const NamedFact& named) {
  const syntax::Fact& fact = *named.fact;
  if (!fact.found_by.empty()) context.Say(NotCarriedOut(named.name->span, "found by"));
  return !fact.value && !fact.accrues_of;
}

// Whether an expression asks for what grows, itself or through facts, of which `growing` are known to.
bool Grows(const std::set<FactId>& growing, const Expr& expr) {
  if (expr.kind == ExprKind::kAccrued) return true;
  if (expr.kind == ExprKind::kFact && growing.contains(expr.fact)) return true;
  return std::any_of(expr.operands.begin(), expr.operands.end(),
                     [&](const Expr& operand) { return Grows(growing, operand); });
}

// "accrues n% of E each day of TERM at most E": the row it grows in.
std::optional<Expr> ResolveAccrual(Context& context, const syntax::Fact& item,
                                   const std::set<FactId>& growing) {
  std::optional<Expr> base = ResolveExpr(context, *item.accrues_of);
  const std::optional<TermId> term = FindTerm(context, *item.accrues_each_day_of);
  std::optional<Expr> cap;
  if (item.accrues_at_most) {
    cap = ResolveExpr(context, *item.accrues_at_most);
    if (!cap) return std::nullopt;
  }
  if (!base || !term) return std::nullopt;
  const bool number = base->type.value == ValueType::kMoney || base->type.value == ValueType::kWhole;
  if (!number) {
    context.Say(WrongType(base->span, "a number or an amount of money", TypeWords(base->type.value)));
    return std::nullopt;
  }
  if (cap && cap->type.value != base->type.value) {
    context.Say(WrongType(cap->span, TypeWords(base->type.value), TypeWords(cap->type.value)));
    return std::nullopt;
  }
  const std::int64_t percent = *item.accrues_percent_hundredths;
  if (percent <= 0 || percent > program::kMaxPercent) {
    context.Say(GrowsByNothing(item.span));
    return std::nullopt;
  }
  const Unit unit = context.pack.terms[term->index()].length.fixed.unit;
  if (unit == Unit::kHours) context.Say(HoursHere(item.accrues_each_day_of->span));
  for (const Expr* part : {&*base, cap ? &*cap : nullptr}) {
    if (part != nullptr && Grows(growing, *part)) context.Say(GrowsOnGrowth(part->span));
  }
  Expr accrued;
  accrued.kind = ExprKind::kAccrued;
  accrued.type = base->type;
  accrued.span = item.span;
  accrued.number = static_cast<std::int64_t>(context.pack.accruals.size());
  context.pack.accruals.push_back(
      {.percent = percent, .base = std::move(*base), .term = *term, .cap = std::move(cap)});
  return accrued;
}

// A fact of the only one of its kind is a fact of the matter.
RoleId PartOfFact(Context& context, const syntax::Name& of) {
  const auto found = context.names.entities.find(of.text);
  const bool role = found != context.names.entities.end() && found->second.kind == Entity::Kind::kRole;
  if (role && !IsSeveral(context, RoleId(found->second.row))) return RoleId();
  return FindSeveral(context, of).value_or(RoleId());
}

}  // namespace

void ResolveFacts(Context& context) {
  std::set<FactId> growing;
  for (const NamedFact& named : context.names.facts) {
    Fact fact;
    fact.name = named.name->text;
    fact.span = named.name->span;
    if (named.fact->of) fact.part = PartOfFact(context, *named.fact->of);
    fact.under = ResolveUnder(context, named.fact->under);
    context.cited = &named.fact->under;
    if (!RefuseFormsOfFact(context, named)) {
      std::optional<Expr> value = named.fact->value ? ResolveExpr(context, *named.fact->value)
                                                    : ResolveAccrual(context, *named.fact, growing);
      if (value) {
        if (Grows(growing, *value)) growing.insert(FactId(context.pack.facts.size()));
        fact.value = std::move(*value);
      } else {
        context.failed_facts.insert(FactId(context.pack.facts.size()));
      }
    } else {
      context.failed_facts.insert(FactId(context.pack.facts.size()));
    }
    context.cited = nullptr;
    context.pack.facts.push_back(std::move(fact));
  }
}

}  // namespace lawbound::check
