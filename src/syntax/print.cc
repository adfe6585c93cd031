// Expressions and citations as their author would write them, with no parentheses that change nothing.
#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "base/check.h"
#include "base/day.h"
#include "syntax/syntax.h"

namespace lawbound::syntax {
namespace {

// How tightly a form binds; an operand that binds less than its place asks for is put in parentheses.
enum Binding : int { kLoose, kOrBinds, kAndBinds, kNotBinds, kCompares, kAdds, kMultiplies, kTight };

struct Operator {
  ExprKind kind;
  Binding binding;
  std::string_view sign;
};
constexpr Operator kOperators[] = {
    {ExprKind::kOr, kOrBinds, "or"},
    {ExprKind::kAnd, kAndBinds, "and"},
    {ExprKind::kNot, kNotBinds, "not"},
    {ExprKind::kIn, kCompares, "in"},
    {ExprKind::kEqual, kCompares, "="},
    {ExprKind::kNotEqual, kCompares, "!="},
    {ExprKind::kLess, kCompares, "<"},
    {ExprKind::kLessEqual, kCompares, "<="},
    {ExprKind::kGreater, kCompares, ">"},
    {ExprKind::kGreaterEqual, kCompares, ">="},
    {ExprKind::kAdd, kAdds, "+"},
    {ExprKind::kSubtract, kAdds, "-"},
    {ExprKind::kMultiply, kMultiplies, "*"},
};

// The operator of this kind, or null.
const Operator* OperatorOf(ExprKind kind) {
  const auto* found = std::find_if(std::begin(kOperators), std::end(kOperators),
                                   [&](const Operator& candidate) { return candidate.kind == kind; });
  return found == std::end(kOperators) ? nullptr : found;
}

Binding BindingOf(ExprKind kind) {
  const Operator* found = OperatorOf(kind);
  return found == nullptr ? kTight : found->binding;
}

std::string PrintPath(const Path& path) {
  return path.field ? path.name.text + "." + path.field->text : path.name.text;
}

std::string PrintAt(const Expr& expr, Binding least) {
  return BindingOf(expr.kind) < least ? "(" + Print(expr) + ")" : Print(expr);
}

std::string Join(const std::vector<Expr>& operands, std::string_view between, Binding least) {
  std::string text;
  for (const Expr& operand : operands) {
    if (!text.empty()) text += between;
    text += PrintAt(operand, least);
  }
  return text;
}

std::string PrintBinary(const Expr& expr, std::string_view sign) {
  CHECK(expr.operands.size() == 2);
  const Binding binds = BindingOf(expr.kind);
  // Comparisons do not chain; sums and products go from left to right.
  const Binding left = binds == kCompares ? kAdds : binds;
  return fmt::format("{} {} {}", PrintAt(expr.operands[0], left), sign,
                     PrintAt(expr.operands[1], static_cast<Binding>(binds + 1)));
}

std::string PrintHundredths(std::int64_t value) {
  if (value % 100 == 0) return fmt::format("{}", value / 100);
  return fmt::format("{}.{:02}", value / 100, value % 100);
}

std::string PrintPercent(std::int64_t hundredths) {
  std::string text = PrintHundredths(hundredths);
  if (text.find('.') != std::string::npos && text.back() == '0') text.pop_back();
  return text + "%";
}

std::string PrintClock(std::int64_t minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

std::string PrintText(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string PrintUnit(Unit unit, bool one) {
  switch (unit) {
    case Unit::kDays:
      return one ? "day" : "days";
    case Unit::kWorkingDays:
      return one ? "working day" : "working days";
    case Unit::kHours:
      return one ? "hour" : "hours";
    case Unit::kMonths:
      return one ? "month" : "months";
    case Unit::kYears:
      return one ? "year" : "years";
  }
  CHECK(false);
}

std::string PrintLength(const std::optional<Length>& length) {
  CHECK(length.has_value());
  if (length->field) return PrintPath(*length->field);
  if (!length->call.empty()) return Print(length->call.front()) + " " + PrintUnit(length->unit, false);
  const std::int64_t number = length->number.value_or(0);
  return fmt::format("{} {}", number, PrintUnit(length->unit, number == 1));
}

std::string PrintIn(const Expr& expr) {
  std::string names;
  for (const Name& name : expr.names) names += (names.empty() ? "" : ", ") + name.text;
  return fmt::format("{} {}in ({})", Join(expr.operands, "", kAdds), expr.negated ? "not " : "", names);
}

std::string PrintQuantifier(const Expr& expr) {
  const std::string in = expr.other.name.text.empty() ? "" : " in " + PrintPath(expr.other);
  return fmt::format("{} {}{}: ({})", expr.kind == ExprKind::kSome ? "some" : "every", expr.path.name.text,
                     in, Join(expr.operands, "", kLoose));
}

std::string PrintCall(const Expr& expr) {
  const std::string field = expr.path.field ? "." + expr.path.field->text : "";
  return fmt::format("{}({}){}", expr.path.name.text, Join(expr.operands, ", ", kLoose), field);
}

std::string PrintTimeIs(const Expr& expr) {
  return fmt::format("{}{} is {}{}", expr.time_to ? "time to " : "", PrintPath(expr.path),
                     expr.negated ? "not " : "", expr.text);
}

std::string PrintAtLeast(const Expr& expr) {
  return fmt::format("{} at least {} {} {}", PrintPath(expr.path), PrintLength(expr.length), expr.text,
                     PrintPath(expr.other));
}

// "path words other"
std::string Between(const Expr& expr, std::string_view words) {
  return fmt::format("{} {} {}", PrintPath(expr.path), words, PrintPath(expr.other));
}

// Every kind that is no operator.
struct Printer {
  ExprKind kind;
  std::string (*print)(const Expr&);
};
constexpr Printer kPrinters[] = {
    {ExprKind::kPercent, [](const Expr& e) { return PrintPercent(e.number); }},
    {ExprKind::kMin, [](const Expr& e) { return "min(" + Join(e.operands, ", ", kLoose) + ")"; }},
    {ExprKind::kMax, [](const Expr& e) { return "max(" + Join(e.operands, ", ", kLoose) + ")"; }},
    {ExprKind::kNumber, [](const Expr& e) { return fmt::format("{}", e.number); }},
    {ExprKind::kMoney, [](const Expr& e) { return PrintHundredths(e.number) + " " + e.text; }},
    {ExprKind::kDate, [](const Expr& e) { return base::PrintDay(e.day); }},
    {ExprKind::kYes, [](const Expr&) { return std::string("yes"); }},
    {ExprKind::kNo, [](const Expr&) { return std::string("no"); }},
    {ExprKind::kText, [](const Expr& e) { return PrintText(e.text); }},
    {ExprKind::kRef, [](const Expr& e) { return PrintPath(e.path); }},
    {ExprKind::kPrevious, [](const Expr& e) { return "previous " + PrintPath(e.path); }},
    {ExprKind::kSum, [](const Expr& e) { return "sum of " + PrintPath(e.path); }},
    {ExprKind::kCount, [](const Expr& e) { return "count of " + PrintPath(e.path); }},
    {ExprKind::kCall, PrintCall},
    {ExprKind::kHas,
     [](const Expr& e) { return e.path.name.text + " has " + e.path.field.value_or(Name{}).text; }},
    {ExprKind::kInTime, [](const Expr& e) { return PrintPath(e.path) + " in time"; }},
    {ExprKind::kAfter, [](const Expr& e) { return Between(e, "after"); }},
    {ExprKind::kUnanswered, [](const Expr& e) { return Between(e, "unanswered by"); }},
    {ExprKind::kIsStatus, PrintTimeIs},
    {ExprKind::kIsBroken, [](const Expr& e) { return PrintPath(e.path) + " is broken"; }},
    {ExprKind::kTimeIs, PrintTimeIs},
    {ExprKind::kAtLeast, PrintAtLeast},
    {ExprKind::kWithin, [](const Expr& e) { return Between(e, "within " + PrintLength(e.length) + " of"); }},
    {ExprKind::kIsWorkingDay, [](const Expr& e) { return PrintPath(e.path) + " is a working day"; }},
    {ExprKind::kBetweenClock,
     [](const Expr& e) {
       return PrintPath(e.path) + " between " + PrintClock(e.number) + " and " + PrintClock(e.number2);
     }},
    {ExprKind::kShareNoOne, [](const Expr& e) { return Between(e, "share no one with"); }},
    {ExprKind::kHold, [](const Expr& e) { return Between(e, "hold"); }},
    {ExprKind::kAre, [](const Expr& e) { return Between(e, "are"); }},
    {ExprKind::kSome, PrintQuantifier},
    {ExprKind::kEvery, PrintQuantifier},
    {ExprKind::kEarlier,
     [](const Expr& e) { return "earlier " + PrintPath(e.path) + " within " + PrintLength(e.length); }},
    {ExprKind::kLength, [](const Expr& e) { return PrintLength(e.length); }},
    {ExprKind::kProvision, [](const Expr& e) { return e.path.name.text + " " + e.text; }},
    {ExprKind::kList, [](const Expr& e) { return "(" + Join(e.operands, ", ", kLoose) + ")"; }},
};

std::string PrintOperator(const Expr& expr, const Operator& op) {
  switch (op.binding) {
    case kOrBinds:
      return Join(expr.operands, " or ", kAndBinds);
    case kAndBinds:
      return Join(expr.operands, " and ", kNotBinds);
    case kNotBinds:
      return "not " + Join(expr.operands, "", kNotBinds);
    case kCompares:
      return expr.kind == ExprKind::kIn ? PrintIn(expr) : PrintBinary(expr, op.sign);
    case kAdds:
    case kMultiplies:
      return PrintBinary(expr, op.sign);
    case kLoose:
    case kTight:
      break;
  }
  CHECK(false);
}

}  // namespace

std::string Print(const Expr& expr) {
  if (const Operator* op = OperatorOf(expr.kind)) return PrintOperator(expr, *op);
  for (const Printer& printer : kPrinters) {
    if (printer.kind == expr.kind) return printer.print(expr);
  }
  CHECK(false);
}

std::string Print(const Citation& citation) {
  std::string text = citation.instrument.text + " " + citation.provision;
  switch (citation.reading) {
    case Reading::kUnsaid:
      return text;
    case Reading::kSeen:
      return text + " seen";
    case Reading::kSecondary:
      return text + " secondary";
    case Reading::kFromMemory:
      return text + " from memory";
  }
  CHECK(false);
}

}  // namespace lawbound::syntax
