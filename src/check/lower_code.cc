#include <algorithm>

#include "base/check.h"
#include "check/lower.h"

namespace lawbound::check {

using program::Operation;

namespace {

// The operation of a node whose operands are joined two by two.
Operation Joining(const Expr& expr) {
  const bool answers = !expr.operands.empty() && expr.operands[0].type.value == ValueType::kYesNo;
  switch (expr.kind) {
    case ExprKind::kAnd:
      return Operation::kAnd;
    case ExprKind::kOr:
      return Operation::kOr;
    case ExprKind::kEqual:
      return answers ? Operation::kSameTri : Operation::kEqual;
    case ExprKind::kNotEqual:
      return Operation::kNotEqual;
    case ExprKind::kLess:
      return Operation::kLess;
    case ExprKind::kLessEqual:
      return Operation::kLessEqual;
    case ExprKind::kGreater:
      return Operation::kGreater;
    case ExprKind::kGreaterEqual:
      return Operation::kGreaterEqual;
    case ExprKind::kAdd:
      return Operation::kAdd;
    case ExprKind::kSubtract:
      return Operation::kSubtract;
    case ExprKind::kMultiply:
      return Operation::kMultiply;
    case ExprKind::kMin:
      return Operation::kMin;
    case ExprKind::kMax:
      return Operation::kMax;
    case ExprKind::kAtLeastBefore:
      return Operation::kAtLeastBefore;
    case ExprKind::kAtLeastAfter:
      return Operation::kAtLeastAfter;
    case ExprKind::kWithin:
      return Operation::kWithin;
    case ExprKind::kYes:
    case ExprKind::kNo:
    case ExprKind::kConstant:
    case ExprKind::kField:
    case ExprKind::kPrevious:
    case ExprKind::kRoleField:
    case ExprKind::kFact:
    case ExprKind::kStands:
    case ExprKind::kDayOf:
    case ExprKind::kSum:
    case ExprKind::kCount:
    case ExprKind::kHas:
    case ExprKind::kFound:
    case ExprKind::kStandingIs:
    case ExprKind::kAfter:
    case ExprKind::kUnanswered:
    case ExprKind::kShareNoOne:
    case ExprKind::kHold:
    case ExprKind::kBroken:
    case ExprKind::kTermIs:
    case ExprKind::kNot:
    case ExprKind::kInSet:
    case ExprKind::kPercentOf:
    case ExprKind::kIsWorkingDay:
    case ExprKind::kSome:
    case ExprKind::kEvery:
    case ExprKind::kDoersAre:
    case ExprKind::kNamedAre:
    case ExprKind::kLookup:
    case ExprKind::kAccrued:
    case ExprKind::kInTime:
    case ExprKind::kEarlier:
    case ExprKind::kMinuteOf:
    case ExprKind::kBetween:
      break;
  }
  CHECK(false && "not a joining operation");
  return Operation::kAnd;
}

bool IsQuantified(const Expr& expr) { return expr.kind == ExprKind::kSome || expr.kind == ExprKind::kEvery; }

}  // namespace

std::size_t StackDepth(const Expr& expr) {
  std::size_t depth = 1;
  if (IsQuantified(expr)) return depth;
  for (std::size_t i = 0; i < expr.operands.size(); ++i) {
    depth = std::max(depth, StackDepth(expr.operands[i]) + std::min<std::size_t>(i, 1));
  }
  return depth;
}

std::size_t OperationsOf(const Expr& expr) {
  // A leaf and a single operand have one operation; operands joined two by two have one fewer than
  // themselves.
  std::size_t operations = std::max<std::size_t>(expr.operands.size(), 2) - 1;
  for (const Expr& operand : expr.operands) operations += OperationsOf(operand);
  return operations;
}

void CodeLowering::LowerBodies(const Expr& expr) {
  for (const Expr& operand : expr.operands) {
    if (!IsQuantified(expr)) LowerBodies(operand);
  }
  if (!IsQuantified(expr)) return;
  const program::CodeId body = Lower(expr.operands[0]);
  program_.quantifiers.push_back(
      {.part = expr.role, .every = expr.kind == ExprKind::kEvery, .in = expr.field, .body = body});
  quantifiers_[&expr] = program_.quantifiers.size() - 1;
}

program::CodeId CodeLowering::Lower(const Expr& expr) {
  LowerBodies(expr);
  const std::size_t first = program_.ops.size();
  Push(expr);
  program::Code code;
  code.ops = {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(program_.ops.size() - first)};
  code.result =
      expr.type.value == ValueType::kYesNo ? program::ResultType::kTri : program::ResultType::kNumber;
  code.depth = static_cast<std::uint16_t>(StackDepth(expr));
  CHECK(code.depth <= program::kMaxDepth);
  program_.codes.push_back(code);
  return program::CodeId(program_.codes.size() - 1);
}

void CodeLowering::Emit(Operation operation, std::size_t operand, std::uint16_t small) {
  program_.ops.push_back(
      {.operation = operation, .small = small, .operand = static_cast<std::uint32_t>(operand)});
}

std::uint32_t CodeLowering::Constant(std::int64_t number) {
  const auto found = std::find(program_.constants.begin(), program_.constants.end(), number);
  if (found != program_.constants.end())
    return static_cast<std::uint32_t>(found - program_.constants.begin());
  program_.constants.push_back(number);
  return static_cast<std::uint32_t>(program_.constants.size() - 1);
}

std::uint32_t CodeLowering::LengthRow(const program::CountedLength& length) {
  const auto same = [&](const program::CountedLength& row) {
    return row.counting == length.counting && SameLength(row.length, length.length);
  };
  const auto found = std::find_if(program_.lengths.begin(), program_.lengths.end(), same);
  if (found != program_.lengths.end()) return static_cast<std::uint32_t>(found - program_.lengths.begin());
  program_.lengths.push_back(length);
  return static_cast<std::uint32_t>(program_.lengths.size() - 1);
}

void CodeLowering::Push(const Expr& expr) {
  if (IsQuantified(expr)) {
    Emit(Operation::kQuantified, quantifiers_.at(&expr));
  } else if (expr.operands.empty()) {
    PushLeaf(expr);
  } else {
    PushOperator(expr);
  }
}

void CodeLowering::PushLeaf(const Expr& expr) {
  const bool answer = expr.type.value == ValueType::kYesNo;
  const auto second = [&] { return static_cast<std::uint16_t>(expr.other.index()); };
  switch (expr.kind) {
    case ExprKind::kYes:
      return Emit(Operation::kYes);
    case ExprKind::kNo:
      return Emit(Operation::kNo);
    case ExprKind::kConstant:
      return Emit(Operation::kConstant, Constant(expr.number));
    case ExprKind::kField:
      return Emit(answer ? Operation::kYesNoField : Operation::kField, expr.field.index());
    case ExprKind::kPrevious:
      return Emit(answer ? Operation::kPreviousYesNo : Operation::kPreviousField, expr.field.index());
    case ExprKind::kRoleField:
      return Emit(answer ? Operation::kRoleYesNo : Operation::kRoleField, expr.field.index());
    case ExprKind::kFact:
      return Emit(answer ? Operation::kFactTri : Operation::kFactNumber, expr.fact.index());
    case ExprKind::kStands:
      return Emit(Operation::kStands, expr.act.index());
    case ExprKind::kDayOf:
      return Emit(Operation::kDayOf, expr.act.index());
    case ExprKind::kSum:
      return Emit(Operation::kSum, expr.field.index());
    case ExprKind::kCount:
      return Emit(Operation::kCount, expr.act.index());
    case ExprKind::kHas:
      return Emit(Operation::kHas, expr.field.index());
    case ExprKind::kFound: {
      const std::int64_t presumed = expr.number == model::kMissing ? 0 : expr.number + 1;
      return Emit(answer ? Operation::kYesNoFinding : Operation::kFinding, expr.field.index(),
                  static_cast<std::uint16_t>(presumed));
    }
    case ExprKind::kStandingIs:
      return Emit(Operation::kStandingIs, expr.act.index(), static_cast<std::uint16_t>(expr.standing));
    case ExprKind::kAfter:
      return Emit(Operation::kAfter, expr.act.index(), second());
    case ExprKind::kUnanswered:
      return Emit(Operation::kUnanswered, expr.act.index(), second());
    case ExprKind::kShareNoOne:
      return Emit(Operation::kShareNoOne, expr.act.index(), second());
    case ExprKind::kDoersAre:
      return Emit(Operation::kDoersAre, expr.act.index(), static_cast<std::uint16_t>(expr.role.index()));
    case ExprKind::kNamedAre:
      return Emit(Operation::kNamedAre, expr.field.index(), static_cast<std::uint16_t>(expr.role.index()));
    case ExprKind::kHold:
      if (expr.act) return Emit(Operation::kHold, expr.act.index(), expr.credential);
      return Emit(Operation::kFieldHolds, expr.field.index(), expr.credential);
    case ExprKind::kBroken:
      return Emit(Operation::kBroken, expr.rule.index());
    case ExprKind::kTermIs:
      return Emit(Operation::kTermIs, expr.term.index(), expr.phases);
    case ExprKind::kAccrued:
      return Emit(Operation::kAccrued, static_cast<std::size_t>(expr.number));
    case ExprKind::kInTime:
      return Emit(Operation::kInTime, expr.act.index());
    case ExprKind::kEarlier:
      return Emit(Operation::kEarlier, static_cast<std::size_t>(expr.number));
    case ExprKind::kMinuteOf:
      return Emit(Operation::kMinuteOf, expr.act.index());
    case ExprKind::kNot:
    case ExprKind::kAnd:
    case ExprKind::kOr:
    case ExprKind::kEqual:
    case ExprKind::kNotEqual:
    case ExprKind::kLess:
    case ExprKind::kLessEqual:
    case ExprKind::kGreater:
    case ExprKind::kGreaterEqual:
    case ExprKind::kInSet:
    case ExprKind::kAdd:
    case ExprKind::kSubtract:
    case ExprKind::kMultiply:
    case ExprKind::kPercentOf:
    case ExprKind::kMin:
    case ExprKind::kMax:
    case ExprKind::kAtLeastBefore:
    case ExprKind::kAtLeastAfter:
    case ExprKind::kWithin:
    case ExprKind::kIsWorkingDay:
    case ExprKind::kSome:
    case ExprKind::kEvery:
    case ExprKind::kLookup:
    case ExprKind::kBetween:
      break;
  }
  CHECK(false && "an operator without operands");
}

void CodeLowering::PushOperator(const Expr& expr) {
  Push(expr.operands[0]);
  if (expr.kind == ExprKind::kLookup) {
    const bool two = expr.operands.size() == 2;
    if (two) Push(expr.operands[1]);
    return Emit(two ? Operation::kLookupTwo : Operation::kLookup, expr.table.index(), expr.column);
  }
  if (expr.kind == ExprKind::kNot) return Emit(Operation::kNot);
  if (expr.kind == ExprKind::kBetween) return Emit(Operation::kBetween, Constant(expr.number));
  if (expr.kind == ExprKind::kInSet) return Emit(Operation::kInSet, Constant(expr.number));
  if (expr.kind == ExprKind::kPercentOf) return Emit(Operation::kPercentOf, Constant(expr.number));
  if (expr.kind == ExprKind::kIsWorkingDay) return Emit(Operation::kIsWorkingDay, LengthRow(expr.length));
  const Operation joining = Joining(expr);
  const bool counted = joining == Operation::kAtLeastBefore || joining == Operation::kAtLeastAfter ||
                       joining == Operation::kWithin;
  for (std::size_t i = 1; i < expr.operands.size(); ++i) {
    Push(expr.operands[i]);
    Emit(joining, counted ? LengthRow(expr.length) : 0);
  }
}

}  // namespace lawbound::check
