// Expressions, from the loosest to the tightest:
//
//   or  <  and  <  not  <  = != < <= > >= in  <  + -  <  *  <  a test on a name, a number, parentheses
//
// "a or b or c" is one node with three operands, also where the author wrote parentheses inside: it means the
// same.
#include <algorithm>
#include <utility>

#include "syntax/parts.h"

namespace lawbound::syntax {
namespace {

Expr ReadOr(Reader& reader);

Expr OneOperand(ExprKind kind, Expr operand, Span span) {
  Expr expr;
  expr.kind = kind;
  expr.span = span;
  expr.operands.push_back(std::move(operand));
  return expr;
}

// Joins operands of `kind`, taking up those of an operand that is of the same kind.
Expr ReadJoined(Reader& reader, ExprKind kind, std::string_view word, Expr (*read)(Reader&)) {
  const Token first = reader.Peek();
  Expr left = read(reader);
  if (!reader.At(word)) return left;
  Expr joined;
  joined.kind = kind;
  const auto add = [&](Expr operand) {
    if (operand.kind != kind) return joined.operands.push_back(std::move(operand));
    for (Expr& inner : operand.operands) joined.operands.push_back(std::move(inner));
  };
  add(std::move(left));
  while (reader.Accept(word)) add(read(reader));
  joined.span = reader.SpanFrom(first);
  return joined;
}

// Left to right: a - b - c is (a - b) - c.  The chain counts as nesting, since its tree is as deep as it is
// long.
template <typename AcceptOperator>
Expr ReadChain(Reader& reader, AcceptOperator accept, Expr (*read)(Reader&)) {
  const Token first = reader.Peek();
  Expr left = read(reader);
  std::size_t length = 0;
  while (const std::optional<ExprKind> kind = accept(reader)) {
    if (++length > kNestingLimit) reader.Fail(TooDeep(reader.Peek().span, kNestingLimit));
    Expr both = OneOperand(*kind, std::move(left), {});
    both.operands.push_back(read(reader));
    both.span = reader.SpanFrom(first);
    left = std::move(both);
  }
  return left;
}

std::optional<ExprKind> AcceptComparison(Reader& reader) {
  if (reader.Accept("=")) return ExprKind::kEqual;
  if (reader.Accept("!=")) return ExprKind::kNotEqual;
  if (reader.Accept("<")) return ExprKind::kLess;
  if (reader.Accept("<=")) return ExprKind::kLessEqual;
  if (reader.Accept(">")) return ExprKind::kGreater;
  if (reader.Accept(">=")) return ExprKind::kGreaterEqual;
  return std::nullopt;
}

std::optional<ExprKind> AcceptSum(Reader& reader) {
  if (reader.Accept("+")) return ExprKind::kAdd;
  if (reader.Accept("-")) return ExprKind::kSubtract;
  return std::nullopt;
}

std::optional<ExprKind> AcceptProduct(Reader& reader) {
  if (reader.Accept("*")) return ExprKind::kMultiply;
  return std::nullopt;
}

Expr Make(ExprKind kind) {
  Expr expr;
  expr.kind = kind;
  return expr;
}

// ------------------------------------------------------------------------------------------ numbers and
// literals

bool IsCurrency(const Token& token) {
  return token.kind == TokenKind::kWord && token.text.size() == 3 &&
         std::all_of(token.text.begin(), token.text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Expr ReadNumber(Reader& reader) {
  const Token token = reader.Peek();
  const std::optional<Decimal> value = ToDecimal(token.text);
  Expr expr = Make(ExprKind::kNumber);
  if (value && IsCurrency(reader.Peek(1))) {
    reader.Take();
    expr.kind = ExprKind::kMoney;
    expr.number = value->hundredths;
    expr.text = std::string(reader.Take().text);
  } else if (reader.At("%", 1)) {
    expr.kind = ExprKind::kPercent;
    expr.number = ReadPercent(reader);
  } else {
    expr.number = reader.ReadWhole("a number");
  }
  return expr;
}

Expr ReadLiteral(Reader& reader) {
  const Token token = reader.Peek();
  Expr expr;
  switch (token.kind) {
    case TokenKind::kNumber:
      return ReadNumber(reader);
    case TokenKind::kDate:
      expr.kind = ExprKind::kDate;
      expr.day = reader.ReadDay();
      return expr;
    case TokenKind::kText:
      expr.kind = ExprKind::kText;
      expr.text = reader.ReadText("a text");
      return expr;
    case TokenKind::kProvision:
      reader.Fail(NotANumber(token.span, token.text));
      return expr;
    case TokenKind::kWord:
    case TokenKind::kPath:
    case TokenKind::kClock:
    case TokenKind::kLanguage:
    case TokenKind::kSymbol:
    case TokenKind::kEnd:
      break;
  }
  if (reader.Accept("yes")) return Make(ExprKind::kYes);
  if (reader.Accept("no")) return Make(ExprKind::kNo);
  reader.FailExpected("a condition or a value");
  return expr;
}

// ------------------------------------------------------------------------------------------------ tests on a
// name

std::vector<Expr> ReadArguments(Reader& reader) {
  std::vector<Expr> arguments;
  const Reader::Nested nested(reader);
  reader.Expect("(");
  do {
    if (!reader.failed()) arguments.push_back(ReadOr(reader));
  } while (reader.Accept(","));
  reader.Expect(")");
  return arguments;
}

Expr ReadCall(Reader& reader) {
  Expr expr = Make(ExprKind::kCall);
  expr.path.name = reader.ReadName("the name of a table");
  expr.operands = ReadArguments(reader);
  if (reader.Accept(".")) expr.path.field = reader.ReadName("a result of the table");
  return expr;
}

constexpr std::string_view kPhases[] = {"idle", "running", "stopped", "over"};

// What may stand after "is" or "is not".
void ReadState(Reader& reader, Expr& expr) {
  expr.negated = reader.Accept("not");
  if (!expr.negated && reader.Accept("broken")) {
    expr.kind = ExprKind::kIsBroken;
  } else if (!expr.negated && reader.Accept({"a", "working", "day"})) {
    expr.kind = ExprKind::kIsWorkingDay;
  } else if (std::find(std::begin(kPhases), std::end(kPhases), reader.Peek().text) != std::end(kPhases)) {
    expr.kind = ExprKind::kTimeIs;
    expr.text = std::string(reader.Take().text);
  } else {
    expr.kind = ExprKind::kIsStatus;
    const std::string word =
        reader.ReadOneOf({"challenged", "cleared", "stayed", "released", "upheld", "changed", "set", "held",
                          "idle", "running", "stopped", "over"},
                         "a status or a phase");
    expr.text = word;
    if (word == "set") reader.Expect("aside");
    if (word == "set") expr.text = "set aside";
    if (word == "held") expr.text += " " + reader.ReadOneOf({"unlawful", "void"}, "a status");
  }
}

void ReadAtLeast(Reader& reader, Expr& expr) {
  expr.kind = ExprKind::kAtLeast;
  expr.length = ReadLength(reader);
  expr.text = reader.ReadOneOf({"before", "after"}, "'before' or 'after'");
  expr.other = reader.ReadPath("an act or a day");
}

// The test after a name, if one stands there.
void ReadTest(Reader& reader, Expr& expr) {
  const bool plain = !expr.path.field;
  if (reader.Accept("is")) {
    ReadState(reader, expr);
  } else if (plain && reader.Accept("has")) {
    expr.kind = ExprKind::kHas;
    expr.path.field = reader.ReadName("the name of a field");
  } else if (plain && reader.Accept({"in", "time"})) {
    expr.kind = ExprKind::kInTime;
  } else if (plain && reader.Accept("after")) {
    expr.kind = ExprKind::kAfter;
    expr.other.name = reader.ReadName("the name of an act");
  } else if (plain && reader.Accept({"unanswered", "by"})) {
    expr.kind = ExprKind::kUnanswered;
    expr.other.name = reader.ReadName("the name of an act");
  } else if (reader.Accept({"at", "least"})) {
    ReadAtLeast(reader, expr);
  } else if (reader.Accept("within")) {
    expr.kind = ExprKind::kWithin;
    expr.length = ReadLength(reader);
    reader.Expect("of");
    expr.other = reader.ReadPath("an act or a day");
  } else if (reader.Accept("between")) {
    expr.kind = ExprKind::kBetweenClock;
    expr.number = reader.ReadClock();
    reader.Expect("and");
    expr.number2 = reader.ReadClock();
  } else if (reader.Accept({"share", "no", "one", "with"})) {
    expr.kind = ExprKind::kShareNoOne;
    expr.other = reader.ReadPath("the people of an act, like 'decide.by'");
  } else if (reader.Accept("hold")) {
    expr.kind = ExprKind::kHold;
    expr.other.name = reader.ReadName("the name of a credential");
  } else if (reader.Accept("are")) {
    expr.kind = ExprKind::kAre;
    expr.other.name = reader.ReadName("the name of a role");
  }
}

Expr ReadQuantifier(Reader& reader, ExprKind kind) {
  Expr expr = Make(kind);
  reader.Take();
  expr.path.name = reader.ReadName("the name of a role or thing");
  if (reader.Accept("in")) expr.other = reader.ReadFieldPath();
  reader.Expect(":");
  reader.Expect("(");
  const Reader::Nested nested(reader);
  expr.operands.push_back(ReadOr(reader));
  reader.Expect(")");
  return expr;
}

bool NameFollows(const Reader& reader) {
  return reader.Peek(1).kind == TokenKind::kWord && !IsReserved(reader.Peek(1).text);
}

// Forms that begin with a word of their own.  Nothing when none stands here: these words are also names.
std::optional<Expr> AcceptForm(Reader& reader) {
  if (reader.At("some") || reader.At("every")) {
    return ReadQuantifier(reader, reader.At("some") ? ExprKind::kSome : ExprKind::kEvery);
  }
  if (reader.Accept({"sum", "of"})) {
    Expr expr = Make(ExprKind::kSum);
    expr.path = reader.ReadFieldPath();
    return expr;
  }
  if (reader.Accept({"count", "of"})) {
    Expr expr = Make(ExprKind::kCount);
    expr.path.name = reader.ReadName("the name of an act");
    return expr;
  }
  if (reader.At("previous") && NameFollows(reader) && reader.At(".", 2)) {
    reader.Take();
    Expr expr = Make(ExprKind::kPrevious);
    expr.path = reader.ReadFieldPath();
    return expr;
  }
  if (reader.At("earlier") && NameFollows(reader) && reader.At("within", 2)) {
    reader.Take();
    Expr expr = Make(ExprKind::kEarlier);
    expr.path.name = reader.ReadName("the name of an act");
    reader.Expect("within");
    expr.length = ReadLength(reader);
    return expr;
  }
  if (reader.At({"time", "to"})) {
    reader.Accept({"time", "to"});
    Expr expr = Make(ExprKind::kTimeIs);
    expr.time_to = true;
    expr.path.name = reader.ReadName("the name of an act");
    reader.Expect("is");
    expr.negated = reader.Accept("not");
    expr.text = reader.ReadOneOf({std::begin(kPhases), std::end(kPhases)}, "a phase of a term");
    return expr;
  }
  return std::nullopt;
}

Expr ReadParenthesis(Reader& reader) {
  const Reader::Nested nested(reader);
  reader.Expect("(");
  Expr inner = ReadOr(reader);
  reader.Expect(")");
  return inner;
}

Expr ReadPrimaryForm(Reader& reader) {
  if (reader.At("(")) return ReadParenthesis(reader);
  if (std::optional<Expr> form = AcceptForm(reader)) return std::move(*form);
  const bool least = reader.At({"min", "("});
  if (least || reader.At({"max", "("})) {
    reader.Take();
    Expr expr = Make(least ? ExprKind::kMin : ExprKind::kMax);
    expr.operands = ReadArguments(reader);
    return expr;
  }
  const bool word = reader.Peek().kind == TokenKind::kWord;
  if (!word || reader.At("yes") || reader.At("no")) return ReadLiteral(reader);
  if (reader.At("(", 1) && !IsReserved(reader.Peek().text)) return ReadCall(reader);
  Expr expr = Make(ExprKind::kRef);
  expr.path = reader.ReadPath("a condition or a value");
  ReadTest(reader, expr);
  return expr;
}

Expr ReadPrimary(Reader& reader) {
  const Token first = reader.Peek();
  const bool parenthesis = reader.At("(");
  Expr expr = ReadPrimaryForm(reader);
  if (!parenthesis) expr.span = reader.SpanFrom(first);
  return expr;
}

// --------------------------------------------------------------------------------------------------
// operators

Expr ReadProduct(Reader& reader) { return ReadChain(reader, AcceptProduct, ReadPrimary); }
Expr ReadSum(Reader& reader) { return ReadChain(reader, AcceptSum, ReadProduct); }

Expr ReadIn(Reader& reader, Expr left, bool negated, const Token& first) {
  Expr expr = OneOperand(ExprKind::kIn, std::move(left), {});
  expr.negated = negated;
  reader.Expect("(");
  expr.names = reader.ReadNames(",", "a choice");
  reader.Expect(")");
  expr.span = reader.SpanFrom(first);
  return expr;
}

Expr ReadComparison(Reader& reader) {
  const Token first = reader.Peek();
  Expr left = ReadSum(reader);
  if (reader.Accept("in")) return ReadIn(reader, std::move(left), false, first);
  if (reader.Accept({"not", "in"})) return ReadIn(reader, std::move(left), true, first);
  const std::optional<ExprKind> kind = AcceptComparison(reader);
  if (!kind) return left;
  Expr expr = OneOperand(*kind, std::move(left), {});
  expr.operands.push_back(ReadSum(reader));
  expr.span = reader.SpanFrom(first);
  const Token next = reader.Peek();
  if (AcceptComparison(reader)) reader.Fail(ComparisonChain(next.span, next.text));
  return expr;
}

Expr ReadNot(Reader& reader) {
  const Token first = reader.Peek();
  if (!reader.Accept("not")) return ReadComparison(reader);
  const Reader::Nested nested(reader);
  Expr operand = ReadNot(reader);
  return OneOperand(ExprKind::kNot, std::move(operand), reader.SpanFrom(first));
}

Expr ReadAnd(Reader& reader) { return ReadJoined(reader, ExprKind::kAnd, "and", ReadNot); }
Expr ReadOr(Reader& reader) { return ReadJoined(reader, ExprKind::kOr, "or", ReadAnd); }

// -----------------------------------------------------------------------------------------------------
// values

bool UnitFollows(const Reader& reader) {
  constexpr std::string_view kUnits[] = {"day",   "days",   "working", "hour", "hours",
                                         "month", "months", "year",    "years"};
  return std::any_of(std::begin(kUnits), std::end(kUnits),
                     [&](std::string_view unit) { return reader.At(unit, 1); });
}

Expr ReadValueList(Reader& reader) {
  Expr expr = Make(ExprKind::kList);
  const Reader::Nested nested(reader);
  reader.Expect("(");
  do {
    if (!reader.failed()) expr.operands.push_back(ReadValue(reader));
  } while (reader.Accept(","));
  reader.Expect(")");
  return expr;
}

Expr ReadValueForm(Reader& reader) {
  const Token& token = reader.Peek();
  if (reader.At("(")) return ReadValueList(reader);
  if (token.kind == TokenKind::kNumber && UnitFollows(reader)) {
    Expr expr = Make(ExprKind::kLength);
    expr.length = ReadLength(reader);
    return expr;
  }
  if (token.kind != TokenKind::kWord || reader.At("yes") || reader.At("no")) return ReadLiteral(reader);
  Expr expr = Make(ExprKind::kRef);
  expr.path.name = reader.ReadName("a value");
  const TokenKind next = reader.Peek().kind;
  if (next == TokenKind::kNumber || next == TokenKind::kProvision) {
    expr.kind = ExprKind::kProvision;
    expr.text = std::string(reader.Take().text);
  }
  return expr;
}

}  // namespace

Expr ReadExpr(Reader& reader) { return ReadOr(reader); }

Expr ReadValue(Reader& reader) {
  const Token first = reader.Peek();
  Expr expr = ReadValueForm(reader);
  expr.span = reader.SpanFrom(first);
  return expr;
}

std::int64_t ReadPercent(Reader& reader) {
  const Token token = reader.Peek();
  const std::optional<Decimal> value =
      token.kind == TokenKind::kNumber ? ToDecimal(token.text) : std::nullopt;
  if (!value) {
    reader.ReadWhole("a percentage, like 3%");
    return 0;
  }
  reader.Take();
  reader.Expect("%");
  return value->hundredths;
}

}  // namespace lawbound::syntax
