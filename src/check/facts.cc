// Stage "facts": computed facts, in an order in which each follows what it uses, and those that people find.
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

// What was last found; before anybody found anything, what is presumed.
std::optional<Expr> ResolveFound(Context& context, const NamedFact& named, ActId finding) {
  const std::uint32_t row = context.pack.acts[finding.index()].fields.first;
  const ValueType type = context.pack.fields[row].type;
  Expr found;
  found.kind = ExprKind::kFound;
  found.type = {.value = type, .choices = type == ValueType::kChoice ? FieldId(row) : FieldId()};
  found.span = named.name->span;
  found.field = FieldId(row);
  found.number = model::kMissing;
  if (!named.fact->presumed) return found;
  const auto presumed = ResolveValue(context, FieldId(row), *named.fact->presumed,
                                     [](const std::string&) { return model::kMissing; });
  if (!presumed) return std::nullopt;
  found.number = *presumed;
  return found;
}

std::optional<Expr> ResolveFact(Context& context, const NamedFact& named, FactId id,
                                const std::set<FactId>& growing) {
  if (!named.fact->found_by.empty()) return ResolveFound(context, named, context.findings.at(id));
  return named.fact->value ? ResolveExpr(context, *named.fact->value)
                           : ResolveAccrual(context, *named.fact, growing);
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
    const FactId id(context.pack.facts.size());
    if (const auto finding = context.findings.find(id); finding != context.findings.end())
      fact.finding = finding->second;
    if (std::optional<Expr> value = ResolveFact(context, named, id, growing)) {
      if (Grows(growing, *value)) growing.insert(id);
      fact.value = std::move(*value);
    } else {
      context.failed_facts.insert(id);
    }
    context.cited = nullptr;
    context.pack.facts.push_back(std::move(fact));
  }
}

}  // namespace lawbound::check
