#include "check/walk.h"

#include <algorithm>

namespace lawbound::check {

bool SameLength(const Length& a, const Length& b) {
  return a.kind == b.kind && a.fixed.count == b.fixed.count && a.fixed.unit == b.fixed.unit &&
         a.field == b.field && a.fact == b.fact;
}

bool SameExpr(const Expr& a, const Expr& b) {
  const bool same = a.kind == b.kind && a.number == b.number && a.act == b.act && a.other == b.other &&
                    a.field == b.field && a.fact == b.fact && a.rule == b.rule && a.term == b.term &&
                    a.role == b.role && a.phases == b.phases && a.standing == b.standing &&
                    a.length.counting == b.length.counting && SameLength(a.length.length, b.length.length) &&
                    a.table == b.table && a.column == b.column && a.credential == b.credential;
  return same &&
         std::equal(a.operands.begin(), a.operands.end(), b.operands.begin(), b.operands.end(), SameExpr);
}

bool IsAlways(const Expr& expr) {
  const auto always = [](const Expr& operand) { return IsAlways(operand); };
  if (expr.kind == ExprKind::kNot) return IsNever(expr.operands[0]);
  if (expr.kind == ExprKind::kAnd) return std::all_of(expr.operands.begin(), expr.operands.end(), always);
  if (expr.kind == ExprKind::kOr) return std::any_of(expr.operands.begin(), expr.operands.end(), always);
  return expr.kind == ExprKind::kYes;
}

bool IsNever(const Expr& expr) {
  const auto never = [](const Expr& operand) { return IsNever(operand); };
  if (expr.kind == ExprKind::kNot) return IsAlways(expr.operands[0]);
  if (expr.kind == ExprKind::kAnd) return std::any_of(expr.operands.begin(), expr.operands.end(), never);
  if (expr.kind == ExprKind::kOr) return std::all_of(expr.operands.begin(), expr.operands.end(), never);
  return expr.kind == ExprKind::kNo;
}

bool IsAlways(const std::optional<Expr>& expr) { return !expr || IsAlways(*expr); }
bool IsNever(const std::optional<Expr>& expr) { return expr && IsNever(*expr); }

void ForEachExpr(const CheckedPack& pack, const std::function<void(const Expr&)>& visit) {
  const auto maybe = [&](const std::optional<Expr>& expr) {
    if (expr) visit(*expr);
  };
  for (const Fact& fact : pack.facts) visit(fact.value);
  for (const Accrual& accrual : pack.accruals) {
    visit(accrual.base);
    maybe(accrual.cap);
  }
  for (const Term& term : pack.terms) {
    for (const Stop& stop : term.stops) visit(stop.condition);
  }
  const auto given = [&](const std::vector<Effect>& effects) {
    for (const Effect& effect : effects) {
      for (const Given& one : effect.given) visit(one.value);
    }
  };
  for (const Act& act : pack.acts) given(act.signals);
  for (const Rule& rule : pack.rules) {
    maybe(rule.if_);
    given(rule.breach);
  }
  for (const Sentence& sentence : pack.sentences) {
    maybe(sentence.if_);
    maybe(sentence.condition);
    maybe(sentence.unless);
    given(sentence.effects);
  }
}

}  // namespace lawbound::check
