#include "check/expressions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "check/messages.h"
#include "check/tables.h"
#include "program/standing.h"

namespace lawbound::check {
namespace {

using Kind = syntax::ExprKind;

constexpr Type kQuestion{.value = ValueType::kYesNo, .choices = {}};
constexpr Type kWhole{.value = ValueType::kWhole, .choices = {}};
constexpr Type kDay{.value = ValueType::kDay, .choices = {}};

Expr Make(const syntax::Expr& from, ExprKind kind, Type type) {
  Expr expr;
  expr.kind = kind;
  expr.type = type;
  expr.span = from.span;
  return expr;
}

Expr Constant(const syntax::Expr& from, Type type, std::int64_t number) {
  Expr expr = Make(from, ExprKind::kConstant, type);
  expr.number = number;
  return expr;
}

Expr WithOperand(const syntax::Expr& from, ExprKind kind, Type type, Expr operand) {
  Expr expr = Make(from, kind, type);
  expr.operands.push_back(std::move(operand));
  return expr;
}

bool IsNumber(Type type) { return type.value == ValueType::kWhole || type.value == ValueType::kMoney; }

// The value of a field as part of an expression.
std::optional<Expr> FieldValue(Context& context, const syntax::Expr& expr, FieldId id, ExprKind kind) {
  const Field& field = context.pack.fields[id.index()];
  if (IsForPeople(field.type)) {
    context.Say(TextIsForPeople(expr.span, field.name, TypeWords(field.type)));
    return std::nullopt;
  }
  Expr value =
      Make(expr, kind, {.value = field.type, .choices = field.type == ValueType::kChoice ? id : FieldId()});
  value.field = id;
  return value;
}

std::optional<Expr> ResolveName(Context& context, const syntax::Expr& expr) {
  const std::optional<Entity> entity = FindEntity(context, expr.path.name);
  if (!entity) return std::nullopt;
  switch (entity->kind) {
    case Entity::Kind::kAct: {
      Expr stands = Make(expr, ExprKind::kStands, kQuestion);
      stands.act = ActId(entity->row);
      return stands;
    }
    case Entity::Kind::kFact: {
      const bool no_row = entity->row >= context.pack.facts.size();  // part of a cycle, which has been said
      if (no_row || context.failed_facts.contains(FactId(entity->row))) return std::nullopt;
      Expr fact = Make(expr, ExprKind::kFact, context.pack.facts[entity->row].value.type);
      fact.fact = FactId(entity->row);
      return fact;
    }
    case Entity::Kind::kThing:
      context.Say(WrongKind(expr.span, expr.path.name.text, "a thing", "an act, a fact or a field"));
      return std::nullopt;
    case Entity::Kind::kRole:
      context.Say(WrongKind(expr.span, expr.path.name.text, "a role", "an act, a fact or a field"));
      return std::nullopt;
    case Entity::Kind::kTerm:
      context.Say(WrongKind(expr.span, expr.path.name.text, "a term", "a question such as 'is over'"));
      return std::nullopt;
    case Entity::Kind::kTable:
      context.Say(
          WrongKind(expr.span, expr.path.name.text, "a table", "what it says of something, in brackets"));
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Expr> DayOf(Context& context, const syntax::Expr& expr, const syntax::Name& act) {
  const std::optional<ActId> id = FindAct(context, act);
  if (!id) return std::nullopt;
  Expr day = Make(expr, ExprKind::kDayOf, kDay);
  day.act = *id;
  return day;
}

std::optional<Expr> ResolveRef(Context& context, const syntax::Expr& expr) {
  if (!expr.path.field) return ResolveName(context, expr);
  if (expr.path.field->text == "day") return DayOf(context, expr, expr.path.name);
  if (expr.path.field->text == "by") {
    context.Say(NotAPerson(expr.span, expr.path.name.text + ".by"));
    return std::nullopt;
  }
  const std::optional<FieldId> field = FindFieldOf(context, expr.path);
  if (!field) return std::nullopt;
  const bool of_act = static_cast<bool>(context.pack.fields[field->index()].act);
  return FieldValue(context, expr, *field, of_act ? ExprKind::kField : ExprKind::kRoleField);
}

// "N" or "N.N" where a day is meant: an act stands for its effective day.
std::optional<Expr> ResolveDay(Context& context, const syntax::Expr& at, const syntax::Path& path) {
  if (!path.field) return DayOf(context, at, path.name);
  syntax::Expr ref;
  ref.kind = Kind::kRef;
  ref.span = at.span;
  ref.path = path;
  std::optional<Expr> day = ResolveRef(context, ref);
  if (!day || day->type.value == ValueType::kDay) return day;
  context.Say(WrongType(at.span, TypeWords(ValueType::kDay), TypeWords(day->type.value)));
  return std::nullopt;
}

std::optional<FieldId> FieldOfAct(Context& context, const syntax::Path& path) {
  const std::optional<ActId> act = FindAct(context, path.name);
  if (!act) return std::nullopt;
  return FindField(context, context.pack.acts[act->index()].fields, path.name.text, *path.field);
}

std::optional<Expr> ResolveSum(Context& context, const syntax::Expr& expr) {
  const std::optional<FieldId> field = FieldOfAct(context, expr.path);
  if (!field) return std::nullopt;
  std::optional<Expr> sum = FieldValue(context, expr, *field, ExprKind::kSum);
  if (sum && !IsNumber(sum->type)) {
    context.Say(WrongType(expr.span, "a number or an amount of money", TypeWords(sum->type.value)));
    return std::nullopt;
  }
  return sum;
}

std::optional<Expr> ResolveHas(Context& context, const syntax::Expr& expr) {
  const std::optional<FieldId> field = FieldOfAct(context, expr.path);
  if (!field) return std::nullopt;
  Expr has = Make(expr, ExprKind::kHas, kQuestion);
  has.field = *field;
  return has;
}

std::optional<Expr> ResolvePair(Context& context, const syntax::Expr& expr, ExprKind kind) {
  for (const syntax::Path* path : {&expr.path, &expr.other}) {
    if (!path->field) continue;
    const bool people = kind == ExprKind::kShareNoOne && path->field->text == "by";
    if (people) continue;
    context.Say(UnknownField(path->field->span, path->name.text, path->field->text, ""));
    return std::nullopt;
  }
  const std::optional<ActId> act = FindAct(context, expr.path.name);
  const std::optional<ActId> other = FindAct(context, expr.other.name);
  if (!act || !other) return std::nullopt;
  Expr pair = Make(expr, kind, kQuestion);
  pair.act = *act;
  pair.other = *other;
  return pair;
}

std::optional<Expr> ResolveCount(Context& context, const syntax::Expr& expr) {
  const std::optional<ActId> act = FindAct(context, expr.path.name);
  if (!act) return std::nullopt;
  Expr count = Make(expr, ExprKind::kCount, kWhole);
  count.act = *act;
  return count;
}

std::optional<Expr> ResolveBroken(Context& context, const syntax::Expr& expr) {
  const std::optional<RuleId> rule = FindRule(context, expr.path.name);
  if (!rule) return std::nullopt;
  Expr broken = Make(expr, ExprKind::kBroken, kQuestion);
  broken.rule = *rule;
  return broken;
}

std::optional<Expr> ResolveStanding(Context& context, const syntax::Expr& expr) {
  const std::optional<ActId> act = FindAct(context, expr.path.name);
  if (!act) return std::nullopt;
  if (expr.path.field) {
    context.Say(UnknownField(expr.path.field->span, expr.path.name.text, expr.path.field->text, ""));
    return std::nullopt;
  }
  Expr is = Make(expr, ExprKind::kStandingIs, kQuestion);
  is.act = *act;
  is.standing = program::StandingOf(expr.text);
  if (!expr.negated) return is;
  return WithOperand(expr, ExprKind::kNot, kQuestion, std::move(is));
}

std::optional<Expr> ResolveTimeIs(Context& context, const syntax::Expr& expr) {
  const std::optional<TermId> term =
      expr.time_to ? FindTimeTo(context, expr.path.name) : FindTerm(context, expr.path.name);
  if (!term) return std::nullopt;
  using program::Phase;
  using program::PhaseBit;
  Phase phase = Phase::kIdle;
  if (expr.text == "running") phase = Phase::kRunning;
  if (expr.text == "stopped") phase = Phase::kStopped;
  if (expr.text == "over") phase = Phase::kOver;
  const unsigned all =
      PhaseBit(Phase::kIdle) | PhaseBit(Phase::kRunning) | PhaseBit(Phase::kStopped) | PhaseBit(Phase::kOver);
  Expr time = Make(expr, ExprKind::kTermIs, kQuestion);
  time.term = *term;
  time.phases = static_cast<std::uint16_t>(expr.negated ? all & ~static_cast<unsigned>(PhaseBit(phase))
                                                        : PhaseBit(phase));
  return time;
}

std::optional<Expr> ResolveDistance(Context& context, const syntax::Expr& expr, ExprKind kind) {
  std::optional<Expr> day = ResolveDay(context, expr, expr.path);
  std::optional<Expr> other = ResolveDay(context, expr, expr.other);
  const std::optional<Length> length = ResolvePlainLength(context, *expr.length);
  const std::optional<CountingId> counting = PackCounting(context, expr.span);
  if (!day || !other || !length || !counting) return std::nullopt;
  Expr distance = Make(expr, kind, kQuestion);
  distance.length = {.counting = *counting, .length = *length};
  distance.operands.push_back(std::move(*day));
  distance.operands.push_back(std::move(*other));
  return distance;
}

// "decide in time": of a standing act; when the time is asked of the act judged, `may` or `must` says it.
std::optional<Expr> ResolveInTime(Context& context, const syntax::Expr& expr) {
  const std::optional<ActId> act = FindAct(context, expr.path.name);
  if (!act) return std::nullopt;
  bool has_time = false;
  for (const syntax::Rule* rule : context.names.rules) {
    for (const syntax::Sentence& sentence : rule->sentences) {
      has_time |=
          sentence.within && std::any_of(sentence.acts.names.begin(), sentence.acts.names.end(),
                                         [&](const auto& name) { return name.text == expr.path.name.text; });
    }
  }
  if (!has_time) {
    context.Say(NoTimeTo(expr.span, expr.path.name.text));
    return std::nullopt;
  }
  Expr in_time = Make(expr, ExprKind::kInTime, kQuestion);
  in_time.act = *act;
  return in_time;
}

std::optional<Expr> ResolveBetween(Context& context, const syntax::Expr& expr) {
  if (expr.path.field) {
    context.Say(NoTimeOfDay(expr.span, expr.path.name.text + "." + expr.path.field->text));
    return std::nullopt;
  }
  const std::optional<ActId> act = FindAct(context, expr.path.name);
  if (!act) return std::nullopt;
  Expr minute = Make(expr, ExprKind::kMinuteOf, kWhole);
  minute.act = *act;
  Expr between = WithOperand(expr, ExprKind::kBetween, kQuestion, std::move(minute));
  constexpr std::int64_t kMinutes = 24 * 60;
  between.number = expr.number * kMinutes + expr.number2;
  return between;
}

// "earlier decide within 2 years": one question to the world, however often it is asked.
std::optional<Expr> ResolveEarlier(Context& context, const syntax::Expr& expr) {
  const std::optional<ActId> act = FindAct(context, expr.path.name);
  const std::optional<Length> length = ResolvePlainLength(context, *expr.length);
  if (!act || !length) return std::nullopt;
  const Act& row = context.pack.acts[act->index()];
  // Whose act may be asked for is a refusal (refusals.cc), which says so.
  if (!row.to || row.side != Side::kAuthority) return std::nullopt;
  if (length->kind != Length::Kind::kFixed || row.part) {
    context.Say(EarlierOfWhat(expr.span));
    return std::nullopt;
  }
  std::vector<Outside>& outside = context.pack.outside;
  const auto same = std::find_if(outside.begin(), outside.end(), [&](const Outside& one) {
    return one.act == *act && one.within.count == length->fixed.count &&
           one.within.unit == length->fixed.unit;
  });
  Expr earlier = Make(expr, ExprKind::kEarlier, kQuestion);
  earlier.number = same - outside.begin();
  if (same == outside.end()) outside.push_back({.act = *act, .within = length->fixed});
  return earlier;
}

std::optional<Expr> ResolveWorkingDay(Context& context, const syntax::Expr& expr) {
  std::optional<Expr> day = ResolveDay(context, expr, expr.path);
  const std::optional<CountingId> counting = PackCounting(context, expr.span);
  if (!day || !counting) return std::nullopt;
  Expr working = WithOperand(expr, ExprKind::kIsWorkingDay, kQuestion, std::move(*day));
  working.length.counting = *counting;
  return working;
}

// "some party: (E)", "every exhibit in decide.rests-on: (E)".
std::optional<Expr> ResolveQuantified(Context& context, const syntax::Expr& expr) {
  const std::optional<RoleId> role = FindSeveral(context, expr.path.name);
  std::optional<Expr> body = ResolveQuestion(context, expr.operands[0]);
  FieldId in;
  if (!expr.other.name.text.empty()) {
    const std::optional<FieldId> field = FieldOfAct(context, expr.other);
    if (!field) return std::nullopt;
    if (role && context.pack.fields[field->index()].members != *role) {
      context.Say(NamesNoneOf(expr.other.field->span, expr.other.field->text, expr.path.name.text));
      return std::nullopt;
    }
    in = *field;
  }
  if (!role || !body) return std::nullopt;
  const ExprKind kind = expr.kind == Kind::kSome ? ExprKind::kSome : ExprKind::kEvery;
  Expr quantified = WithOperand(expr, kind, kQuestion, std::move(*body));
  quantified.role = *role;
  quantified.field = in;
  return quantified;
}

// "ask-recusal.person are head", "review.by are reviewer".
std::optional<Expr> ResolveAre(Context& context, const syntax::Expr& expr) {
  const std::optional<RoleId> role = FindRole(context, expr.other.name);
  if (!role) return std::nullopt;
  if (expr.path.field && expr.path.field->text == "by") {
    const std::optional<ActId> act = FindAct(context, expr.path.name);
    if (!act) return std::nullopt;
    Expr are = Make(expr, ExprKind::kDoersAre, kQuestion);
    are.act = *act;
    are.role = *role;
    return are;
  }
  const std::optional<FieldId> field =
      expr.path.field ? FieldOfAct(context, expr.path) : std::optional<FieldId>();
  if (expr.path.field && !field) return std::nullopt;
  const auto holds = [&](ValueType type) {
    const Field& row = context.pack.fields[field->index()];
    return row.type == type || (row.type == ValueType::kList && row.element == type);
  };
  if (!field || !holds(ValueType::kOfficial)) {
    context.Say(NobodyThere(expr.span, expr.path.name.text));
    return std::nullopt;
  }
  Expr are = Make(expr, ExprKind::kNamedAre, kQuestion);
  are.field = *field;
  are.role = *role;
  return are;
}

// A fact of a thing is asked with brackets too.
bool IsTable(const Context& context, const std::string& name) {
  const auto entity = context.names.entities.find(name);
  return entity == context.names.entities.end() || entity->second.kind != Entity::Kind::kFact;
}

// "admitted(decide.main-exhibit)": a fact of a thing that a field names.
std::optional<Expr> ResolveCall(Context& context, const syntax::Expr& expr) {
  if (expr.path.field) {
    context.Say(NoSuchMember(expr.span, expr.path.name.text));
    return std::nullopt;
  }
  syntax::Expr name = expr;
  name.kind = Kind::kRef;
  name.operands.clear();
  std::optional<Expr> fact = ResolveQuestion(context, name);
  if (!fact) return std::nullopt;
  const RoleId part = context.pack.facts[fact->fact.index()].part;
  const syntax::Expr& argument = expr.operands[0];
  const bool path = argument.kind == Kind::kRef && argument.path.field;
  const std::optional<FieldId> field = path ? FieldOfAct(context, argument.path) : std::nullopt;
  if (path && !field) return std::nullopt;
  if (!part || !field || context.pack.fields[field->index()].type != ValueType::kMember ||
      context.pack.fields[field->index()].members != part) {
    context.Say(NoSuchMember(argument.span, expr.path.name.text));
    return std::nullopt;
  }
  Expr some = WithOperand(expr, ExprKind::kSome, kQuestion, std::move(*fact));
  some.role = part;
  some.field = *field;
  return some;
}

std::optional<Expr> ResolveJoined(Context& context, const syntax::Expr& expr, ExprKind kind) {
  Expr joined = Make(expr, kind, kQuestion);
  bool complete = true;
  for (const syntax::Expr& operand : expr.operands) {
    std::optional<Expr> resolved = ResolveQuestion(context, operand);
    complete = complete && resolved;
    if (resolved) joined.operands.push_back(std::move(*resolved));
  }
  return complete ? std::optional(std::move(joined)) : std::nullopt;
}

// The row of a choice in the list of a field; said when it is none.
std::optional<std::int64_t> FindChoice(Context& context, FieldId field, Span at, const std::string& word) {
  const Field& row = context.pack.fields[field.index()];
  const auto found = std::find(row.choices.begin(), row.choices.end(), word);
  if (found != row.choices.end()) return found - row.choices.begin();
  const std::vector<std::string_view> known(row.choices.begin(), row.choices.end());
  context.Say(NotAChoice(at, word, row.name, source::Nearest(word, known)));
  return std::nullopt;
}

bool IsWord(const syntax::Expr& expr) { return expr.kind == Kind::kRef && !expr.path.field; }

// In "x.f = granted" the word is a choice of the other side's field, unless the pack declares a fact of that
// name.
std::optional<Expr> ResolveBeside(Context& context, const syntax::Expr& expr, Type beside) {
  if (beside.value != ValueType::kChoice || !IsWord(expr)) return ResolveExpr(context, expr);
  const auto declared = context.names.entities.find(expr.path.name.text);
  const bool fact = declared != context.names.entities.end() && declared->second.kind == Entity::Kind::kFact;
  if (fact) return ResolveExpr(context, expr);
  const std::optional<std::int64_t> row = FindChoice(context, beside.choices, expr.span, expr.path.name.text);
  if (!row) return std::nullopt;
  return Constant(expr, beside, *row);
}

bool SameType(const CheckedPack& pack, Type a, Type b) {
  if (a.value != b.value) return false;
  if (a.value != ValueType::kChoice || a.choices == b.choices) return true;
  return pack.fields[a.choices.index()].choices == pack.fields[b.choices.index()].choices;
}

std::optional<Expr> ResolveComparison(Context& context, const syntax::Expr& expr, ExprKind kind) {
  const syntax::Expr& a = expr.operands[0];
  const syntax::Expr& b = expr.operands[1];
  // A bare word may be a choice of what stands on the other side, so that side is resolved first.
  const bool word_first = IsWord(a) && !context.names.entities.contains(a.path.name.text);
  std::optional<Expr> first = ResolveExpr(context, word_first ? b : a);
  if (!first) return std::nullopt;
  std::optional<Expr> second = ResolveBeside(context, word_first ? a : b, first->type);
  if (!second) return std::nullopt;
  if (word_first) std::swap(first, second);
  const bool by_size = kind != ExprKind::kEqual && kind != ExprKind::kNotEqual;
  const bool sized = IsNumber(first->type) || first->type.value == ValueType::kDay;
  if (!SameType(context.pack, first->type, second->type) || (by_size && !sized)) {
    context.Say(CannotCompare(expr.span, TypeWords(first->type.value), TypeWords(second->type.value)));
    return std::nullopt;
  }
  const bool unequal_answers = kind == ExprKind::kNotEqual && first->type.value == ValueType::kYesNo;
  Expr comparison = Make(expr, unequal_answers ? ExprKind::kEqual : kind, kQuestion);
  comparison.operands.push_back(std::move(*first));
  comparison.operands.push_back(std::move(*second));
  if (!unequal_answers) return comparison;
  return WithOperand(expr, ExprKind::kNot, kQuestion, std::move(comparison));
}

std::optional<Expr> ResolveIn(Context& context, const syntax::Expr& expr) {
  std::optional<Expr> value = ResolveExpr(context, expr.operands[0]);
  if (!value) return std::nullopt;
  if (value->type.value != ValueType::kChoice) {
    context.Say(
        WrongType(expr.operands[0].span, TypeWords(ValueType::kChoice), TypeWords(value->type.value)));
    return std::nullopt;
  }
  std::int64_t mask = 0;
  for (const syntax::Name& name : expr.names) {
    const std::optional<std::int64_t> row = FindChoice(context, value->type.choices, name.span, name.text);
    if (row) mask |= std::int64_t{1} << *row;
  }
  Expr in_set = WithOperand(expr, ExprKind::kInSet, kQuestion, std::move(*value));
  in_set.number = mask;
  if (!expr.negated) return in_set;
  return WithOperand(expr, ExprKind::kNot, kQuestion, std::move(in_set));
}

std::optional<Expr> CannotJoin(Context& context, const syntax::Expr& expr, const Expr& a, const Expr& b) {
  context.Say(CannotCompute(expr.span, TypeWords(a.type.value), TypeWords(b.type.value)));
  return std::nullopt;
}

std::optional<Expr> ResolvePercentOf(Context& context, const syntax::Expr& expr, const syntax::Expr& percent,
                                     const syntax::Expr& of) {
  std::optional<Expr> base = ResolveExpr(context, of);
  if (!base) return std::nullopt;
  if (!IsNumber(base->type)) {
    context.Say(WrongType(of.span, "a number or an amount of money", TypeWords(base->type.value)));
    return std::nullopt;
  }
  const Type type = base->type;
  Expr part = WithOperand(expr, ExprKind::kPercentOf, type, std::move(*base));
  part.number = percent.number;
  return part;
}

std::optional<Expr> ResolveArithmetic(Context& context, const syntax::Expr& expr, ExprKind kind) {
  const bool product = kind == ExprKind::kMultiply;
  const syntax::Expr& left = expr.operands[0];
  const syntax::Expr& right = expr.operands[1];
  if (product && left.kind == Kind::kPercent) return ResolvePercentOf(context, expr, left, right);
  if (product && right.kind == Kind::kPercent) return ResolvePercentOf(context, expr, right, left);
  std::optional<Expr> a = ResolveExpr(context, left);
  std::optional<Expr> b = ResolveExpr(context, right);
  if (!a || !b) return std::nullopt;
  if (!IsNumber(a->type) || !IsNumber(b->type)) return CannotJoin(context, expr, *a, *b);
  const bool both_money = a->type.value == ValueType::kMoney && b->type.value == ValueType::kMoney;
  const bool same = a->type.value == b->type.value;
  if (product ? both_money : !same) return CannotJoin(context, expr, *a, *b);
  Expr result = Make(expr, kind, a->type.value == ValueType::kMoney ? a->type : b->type);
  result.operands.push_back(std::move(*a));
  result.operands.push_back(std::move(*b));
  return result;
}

std::optional<Expr> ResolveExtreme(Context& context, const syntax::Expr& expr, ExprKind kind) {
  Expr extreme = Make(expr, kind, kWhole);
  for (const syntax::Expr& operand : expr.operands) {
    std::optional<Expr> value = ResolveExpr(context, operand);
    if (!value) return std::nullopt;
    const bool sized = IsNumber(value->type) || value->type.value == ValueType::kDay;
    const Type first = extreme.operands.empty() ? value->type : extreme.operands.front().type;
    if (!sized || value->type.value != first.value) {
      context.Say(CannotCompare(expr.span, TypeWords(first.value), TypeWords(value->type.value)));
      return std::nullopt;
    }
    extreme.type = first;
    extreme.operands.push_back(std::move(*value));
  }
  if (extreme.operands.size() == 1) return std::move(extreme.operands.front());
  return extreme;
}

std::optional<Expr> ResolveMoney(Context& context, const syntax::Expr& expr) {
  std::string& currency = context.pack.currency;
  if (currency.empty()) currency = expr.text;
  if (currency != expr.text) {
    context.Say(TwoCurrencies(expr.span, expr.text, currency));
    return std::nullopt;
  }
  return Constant(expr, {.value = ValueType::kMoney, .choices = {}}, expr.number);
}

std::optional<Expr> ResolveLiteral(Context& context, const syntax::Expr& expr) {
  if (expr.kind == Kind::kYes) return Make(expr, ExprKind::kYes, kQuestion);
  if (expr.kind == Kind::kNo) return Make(expr, ExprKind::kNo, kQuestion);
  if (expr.kind == Kind::kNumber) return Constant(expr, kWhole, expr.number);
  if (expr.kind == Kind::kDate) return Constant(expr, kDay, expr.day.number);
  if (expr.kind == Kind::kMoney) return ResolveMoney(context, expr);
  if (expr.kind == Kind::kPercent) {
    context.Say(PercentAlone(expr.span));
  } else {  // kText, kLength, kProvision: values that nothing computes with
    const std::string_view is = expr.kind == Kind::kText     ? "a text"
                                : expr.kind == Kind::kLength ? "a length"
                                                             : "a provision";
    context.Say(WrongType(expr.span, "a question, number, amount, day or choice", is));
  }
  return std::nullopt;
}

std::optional<Expr> ResolveNot(Context& context, const syntax::Expr& expr) {
  std::optional<Expr> operand = ResolveQuestion(context, expr.operands[0]);
  if (!operand) return std::nullopt;
  return WithOperand(expr, ExprKind::kNot, kQuestion, std::move(*operand));
}

std::optional<Expr> ResolvePrevious(Context& context, const syntax::Expr& expr) {
  const std::optional<FieldId> field = FieldOfAct(context, expr.path);
  if (!field) return std::nullopt;
  return FieldValue(context, expr, *field, ExprKind::kPrevious);
}

struct SameMeaning {
  Kind written;
  ExprKind resolved;
};
constexpr std::array kSameMeaning = {
    SameMeaning{Kind::kOr, ExprKind::kOr},
    SameMeaning{Kind::kAnd, ExprKind::kAnd},
    SameMeaning{Kind::kEqual, ExprKind::kEqual},
    SameMeaning{Kind::kNotEqual, ExprKind::kNotEqual},
    SameMeaning{Kind::kLess, ExprKind::kLess},
    SameMeaning{Kind::kLessEqual, ExprKind::kLessEqual},
    SameMeaning{Kind::kGreater, ExprKind::kGreater},
    SameMeaning{Kind::kGreaterEqual, ExprKind::kGreaterEqual},
    SameMeaning{Kind::kAdd, ExprKind::kAdd},
    SameMeaning{Kind::kSubtract, ExprKind::kSubtract},
    SameMeaning{Kind::kMultiply, ExprKind::kMultiply},
    SameMeaning{Kind::kMin, ExprKind::kMin},
    SameMeaning{Kind::kMax, ExprKind::kMax},
    SameMeaning{Kind::kAfter, ExprKind::kAfter},
    SameMeaning{Kind::kUnanswered, ExprKind::kUnanswered},
    SameMeaning{Kind::kShareNoOne, ExprKind::kShareNoOne},
};

// REQUIRES: the kind is in the list above.
ExprKind CopyKind(Kind kind) {
  const auto found = std::find_if(kSameMeaning.begin(), kSameMeaning.end(),
                                  [&](const SameMeaning& same) { return same.written == kind; });
  CHECK(found != kSameMeaning.end());
  return found->resolved;
}

// "review.by hold legal-profession"; also of the official that a field names.
std::optional<Expr> ResolveHold(Context& context, const syntax::Expr& expr) {
  const bool by = !expr.path.field || expr.path.field->text == "by";
  Expr hold = Make(expr, ExprKind::kHold, kQuestion);
  if (by) {
    const std::optional<ActId> act = FindAct(context, expr.path.name);
    if (!act) return std::nullopt;
    hold.act = *act;
  } else {
    const std::optional<FieldId> field = FieldOfAct(context, expr.path);
    if (!field) return std::nullopt;
    const ValueType type = context.pack.fields[field->index()].type;
    if (type != ValueType::kOfficial) {
      context.Say(WrongType(expr.span, TypeWords(ValueType::kOfficial), TypeWords(type)));
      return std::nullopt;
    }
    hold.field = *field;
  }
  hold.credential = FindCredential(context, expr.other.name);
  return hold;
}

// What is looked up by name.
std::optional<Expr> ResolveLookup(Context& context, const syntax::Expr& expr) {
  if (expr.kind == Kind::kPrevious) return ResolvePrevious(context, expr);
  if (expr.kind == Kind::kSum) return ResolveSum(context, expr);
  if (expr.kind == Kind::kCount) return ResolveCount(context, expr);
  if (expr.kind == Kind::kHas) return ResolveHas(context, expr);
  if (expr.kind == Kind::kIsBroken) return ResolveBroken(context, expr);
  if (expr.kind == Kind::kIsStatus) return ResolveStanding(context, expr);
  return expr.kind == Kind::kTimeIs ? ResolveTimeIs(context, expr) : ResolveRef(context, expr);
}

std::optional<Expr> ResolveDays(Context& context, const syntax::Expr& expr) {
  if (expr.kind == Kind::kIsWorkingDay) return ResolveWorkingDay(context, expr);
  if (expr.kind == Kind::kWithin) return ResolveDistance(context, expr, ExprKind::kWithin);
  const bool before = expr.text == "before";
  return ResolveDistance(context, expr, before ? ExprKind::kAtLeastBefore : ExprKind::kAtLeastAfter);
}

}  // namespace

std::optional<Expr> ResolveExpr(Context& context, const syntax::Expr& expr) {
  switch (expr.kind) {
    case Kind::kOr:
    case Kind::kAnd:
      return ResolveJoined(context, expr, CopyKind(expr.kind));
    case Kind::kNot:
      return ResolveNot(context, expr);
    case Kind::kEqual:
    case Kind::kNotEqual:
    case Kind::kLess:
    case Kind::kLessEqual:
    case Kind::kGreater:
    case Kind::kGreaterEqual:
      return ResolveComparison(context, expr, CopyKind(expr.kind));
    case Kind::kIn:
      return ResolveIn(context, expr);
    case Kind::kAdd:
    case Kind::kSubtract:
    case Kind::kMultiply:
      return ResolveArithmetic(context, expr, CopyKind(expr.kind));
    case Kind::kMin:
    case Kind::kMax:
      return ResolveExtreme(context, expr, CopyKind(expr.kind));
    case Kind::kPercent:
    case Kind::kNumber:
    case Kind::kMoney:
    case Kind::kDate:
    case Kind::kYes:
    case Kind::kNo:
    case Kind::kText:
    case Kind::kLength:
    case Kind::kProvision:
      return ResolveLiteral(context, expr);
    case Kind::kAfter:
    case Kind::kUnanswered:
    case Kind::kShareNoOne:
      return ResolvePair(context, expr, CopyKind(expr.kind));
    case Kind::kRef:
    case Kind::kPrevious:
    case Kind::kSum:
    case Kind::kCount:
    case Kind::kHas:
    case Kind::kIsBroken:
    case Kind::kTimeIs:
    case Kind::kIsStatus:
      return ResolveLookup(context, expr);
    case Kind::kAtLeast:
    case Kind::kWithin:
    case Kind::kIsWorkingDay:
      return ResolveDays(context, expr);
    case Kind::kHold:
      return ResolveHold(context, expr);
    case Kind::kSome:
    case Kind::kEvery:
      return ResolveQuantified(context, expr);
    case Kind::kAre:
      return ResolveAre(context, expr);
    case Kind::kCall:
      return IsTable(context, expr.path.name.text) ? ResolveTableLookup(context, expr)
                                                   : ResolveCall(context, expr);
    case Kind::kInTime:
      return ResolveInTime(context, expr);
    case Kind::kBetweenClock:
      return ResolveBetween(context, expr);
    case Kind::kEarlier:
      return ResolveEarlier(context, expr);

    case Kind::kList:
      context.Say(WrongType(expr.span, "one value", "a list"));
      return std::nullopt;
  }
  return std::nullopt;
}

bool IsForPeople(ValueType type) {
  return type == ValueType::kText || type == ValueType::kDocument || type == ValueType::kProvision ||
         type == ValueType::kOfficial || type == ValueType::kLength || type == ValueType::kMember ||
         type == ValueType::kList;
}

std::optional<Expr> ResolveFieldValue(Context& context, FieldId id, const syntax::Expr& expr) {
  const Field& field = context.pack.fields[id.index()];
  if (IsForPeople(field.type)) {
    context.Say(TextIsForPeople(expr.span, field.name, TypeWords(field.type)));
    return std::nullopt;
  }
  const Type type{.value = field.type, .choices = field.type == ValueType::kChoice ? id : FieldId()};
  std::optional<Expr> value = ResolveBeside(context, expr, type);
  if (!value || SameType(context.pack, value->type, type)) return value;
  context.Say(WrongType(expr.span, TypeWords(type.value), TypeWords(value->type.value)));
  return std::nullopt;
}

std::optional<Expr> ResolveQuestion(Context& context, const syntax::Expr& expr) {
  std::optional<Expr> resolved = ResolveExpr(context, expr);
  if (!resolved || resolved->type.value == ValueType::kYesNo) return resolved;
  context.Say(WrongType(expr.span, TypeWords(ValueType::kYesNo), TypeWords(resolved->type.value)));
  return std::nullopt;
}

std::optional<Expr> ResolveQuestion(Context& context, const std::optional<syntax::Expr>& expr) {
  return expr ? ResolveQuestion(context, *expr) : std::nullopt;
}

}  // namespace lawbound::check
