// Every statement says what is true, so "not" needs no words of its own: the statement under it already says
// how things are.  "And" and "or" list their parts.
#include "report/condition.h"

#include <algorithm>

#include "base/check.h"
#include "program/names.h"
#include "report/term_sum.h"
#include "report/words.h"

namespace lawbound::report {

using engine::kNoRow;
using engine::Step;
using model::Tri;
using program::Operation;
using program::Program;
using program::ValueType;

// ---------------------------------------------------------------------------------------------- terms and
// events

std::string EventWords(const Program& program, const program::EventDef& event, const Voice& voice) {
  using Kind = program::EventDef::Kind;
  switch (event.kind) {
    case Kind::kAct:
      return words::ActOn(voice, TitleIn(voice, program, event.act), TitleIn(voice, program, event.on));
    case Kind::kLapse:
      return words::EndOf(voice, TermWords(program, event.term, voice));
    case Kind::kBreach:
      return words::BreachOf(voice, TitleIn(voice, program, event.rule));
  }
  return "";
}

std::string StartWords(const Program& program, const program::TermDef& term, const Voice& voice) {
  std::vector<std::string> events;
  for (std::uint32_t i = term.starts.first; i < term.starts.end(); ++i) {
    events.push_back(EventWords(program, program.events[i], voice));
  }
  if (events.size() == 1) return events.front();
  return words::LaterOf(voice, events, term.start_kind == program::TermDef::Start::kLaterOf);
}

std::string TermWords(const Program& program, model::TermId id, const Voice& voice) {
  const program::TermDef& term = program.terms[id.index()];
  // A term that starts with the end of itself would be a circle, which the checker refuses.
  return words::TermCalled(voice, LengthWords(program, term.length, voice), StartWords(program, term, voice));
}

// ------------------------------------------------------------------------------------------------------
// small

std::string ConditionWords::Title(model::ActId act) const { return TitleIn(voice_, plan_.program(), act); }

std::optional<base::Day> ConditionWords::DayOfRow(std::uint32_t row) const {
  return row == kNoRow ? std::nullopt : std::optional(done_[row].day);
}

// "Ltd", or what there are several of where nobody has a name.
std::string ConditionWords::Member(std::size_t number) const {
  if (number == program::kNoMember) return words::SomebodyElse(voice_);
  const model::Value name = number < history_.members.size() ? history_.members[number] : model::kMissing;
  return name < 0 ? "" : history_.people_names[static_cast<std::size_t>(name)];
}

std::string ConditionWords::FieldNoun(const Step& step) const {
  const Program& program = plan_.program();
  const program::FieldDef& field = program.fields[step.op.operand];
  const std::string name = Spoken(voice_, program, model::FieldId(step.op.operand));
  const std::string owner =
      field.act ? Title(field.act) : program::TitleOf(program, field.role, voice_.titles);
  switch (step.op.operation) {
    case Operation::kPreviousField:
    case Operation::kPreviousYesNo:
      return words::PreviousFieldOf(voice_, name, owner);
    case Operation::kYesNoField:
    case Operation::kRoleYesNo:
      return words::FieldAt(voice_, name, owner);
    case Operation::kSum:
      return words::SumOf(voice_, name, owner);
    default:
      return words::FieldOf(voice_, name, owner);
  }
}

ConditionWords::Noun ConditionWords::NounOf(std::uint32_t row) const {
  const Step& step = steps_[row];
  const Program& program = plan_.program();
  switch (step.op.operation) {
    case Operation::kConstant:
      return {.text = {}, .constant = true};
    case Operation::kField:
    case Operation::kPreviousField:
    case Operation::kRoleField:
    case Operation::kSum:
      return {.text = FieldNoun(step)};
    case Operation::kCount:
      return {.text = words::CountOf(voice_, Title(model::ActId(step.op.operand)))};
    case Operation::kDayOf:
      return {.text = words::DayOf(voice_, Title(model::ActId(step.op.operand)))};
    case Operation::kFinding:
      return {.text = words::WhatWasFound(voice_, Title(program.fields[step.op.operand].act))};
    case Operation::kFactNumber:
      return {.text = words::Quoted(Spoken(voice_, program.string(program.facts[step.op.operand].name)))};
    case Operation::kPercentOf: {
      const std::string percent = words::Percent(program.constants[step.op.operand]);
      return {.text = words::PercentOf(voice_, percent, NounOf(step.children[0]).text)};
    }
    case Operation::kAccrued: {
      const program::AccrualDef& accrual = program.accruals[step.op.operand];
      return {.text = words::Grown(voice_, words::Percent(accrual.percent),
                                   TermWords(program, accrual.term, voice_))};
    }
    case Operation::kLookup:
    case Operation::kLookupTwo:
      return {.text = LookupNoun(step)};
    default:
      break;
  }
  CHECK(step.children.size() == 2);
  const auto named = [&](std::uint32_t child) {
    const Noun noun = NounOf(child);
    return noun.constant ? ValueOf(child, KindOf(row).value_or(ValueKind{})) : noun.text;
  };
  return {.text = words::Joined(voice_, step.op.operation, named(step.children[0]), named(step.children[1]))};
}

// "the “high” of “benchmark” for “heavier”".
std::string ConditionWords::LookupNoun(const Step& step) const {
  const Program& program = plan_.program();
  const program::TableDef& table = program.tables[step.op.operand];
  std::vector<std::string> keys;
  for (const std::uint32_t child : step.children) {
    const Noun noun = NounOf(child);
    const bool known = steps_[child].value.known;
    keys.push_back(known ? ValueOf(child, KindOf(child).value_or(ValueKind{})) : noun.text);
  }
  const bool only = table.columns.count == table.keys + 1u;
  const program::TableColumn& column = program.table_columns[table.columns.first + step.op.small];
  return words::InTable(voice_, only ? "" : Spoken(voice_, program.string(column.name)),
                        Spoken(voice_, program.string(table.name)), keys);
}

// Whether a number is money: what it is made of says it, wherever it stands.
ValueKind ConditionWords::KindOfCode(program::CodeId code) const {
  const Program& program = plan_.program();
  const auto& ops = program.codes[code.index()].ops;
  for (std::uint32_t i = ops.first; i < ops.end(); ++i) {
    const program::Op& op = program.ops[i];
    const bool field = op.operation == Operation::kField || op.operation == Operation::kPreviousField ||
                       op.operation == Operation::kSum;
    if (field && program.fields[op.operand].type == ValueType::kMoney) return {.type = ValueType::kMoney};
    if (op.operation != Operation::kFactNumber) continue;
    const ValueKind kind = KindOfCode(program.facts[op.operand].code);
    if (kind.type == ValueType::kMoney) return kind;
  }
  return {};
}

std::optional<ValueKind> ConditionWords::KindOf(std::uint32_t row) const {
  const Step& step = steps_[row];
  switch (step.op.operation) {
    case Operation::kConstant:
      return std::nullopt;
    case Operation::kField:
    case Operation::kPreviousField:
    case Operation::kRoleField:
    case Operation::kSum:
    case Operation::kFinding:
      return TypeOfField(plan_.program(), model::FieldId(step.op.operand));
    case Operation::kAccrued: {
      const program::CodeId base = plan_.program().accruals[step.op.operand].base;
      return KindOfCode(base);
    }
    case Operation::kDayOf:
      return ValueKind{.type = ValueType::kDay};
    case Operation::kCount:
      return ValueKind{};
    case Operation::kMultiply: {
      // An amount times a number is an amount, in whichever order.
      const auto left = KindOf(step.children[0]);
      const auto right = KindOf(step.children[1]);
      return left && left->type == ValueType::kMoney ? left : right ? right : left;
    }
    case Operation::kLookup:
    case Operation::kLookupTwo: {
      const program::TableDef& table = plan_.program().tables[step.op.operand];
      return ValueKind{.type = plan_.program().table_columns[table.columns.first + step.op.small].type};
    }
    default:
      break;
  }
  for (const std::uint32_t child : step.children) {
    if (const auto kind = KindOf(child)) return kind;
  }
  return std::nullopt;
}

std::string ConditionWords::ValueOf(std::uint32_t row, ValueKind kind) const {
  return ValueText(plan_.program(), &history_, steps_[row].value.number, kind, voice_);
}

void ConditionWords::AddMakings(std::uint32_t row, ValueKind kind, std::vector<Reason>& out) const {
  const Step& step = steps_[row];
  if (step.op.operation == Operation::kFactNumber) {
    const std::uint32_t inner = step.children[0];
    const Noun noun = NounOf(inner);
    Reason reason{.text = noun.constant      ? words::NounIs(voice_, NounOf(row).text, ValueOf(inner, kind))
                          : step.value.known ? words::NounIs(voice_, noun.text, ValueOf(inner, kind))
                                             : words::NotKnown(voice_, noun.text),
                  .parts = {}};
    AddMakings(inner, kind, reason.parts);
    out.push_back(std::move(reason));
    return;
  }
  for (const std::uint32_t child : step.children) {
    const Noun noun = NounOf(child);
    if (noun.constant) continue;
    const ValueKind child_kind = KindOf(child).value_or(kind);
    Reason reason{.text = steps_[child].value.known
                              ? words::NounIs(voice_, noun.text, ValueOf(child, child_kind))
                              : words::NotKnown(voice_, noun.text),
                  .parts = {}};
    AddMakings(child, child_kind, reason.parts);
    out.push_back(std::move(reason));
  }
}

// -------------------------------------------------------------------------------------------------
// statements

Reason ConditionWords::Statement(std::uint32_t row) const {
  const Step& step = steps_[row];
  switch (step.op.operation) {
    case Operation::kNot:
      return Statement(step.children[0]);
    case Operation::kAnd:
    case Operation::kOr:
    case Operation::kSameTri:
      return Junction(step);
    case Operation::kEqual:
    case Operation::kNotEqual:
    case Operation::kLess:
    case Operation::kLessEqual:
    case Operation::kGreater:
    case Operation::kGreaterEqual:
      return Comparison(step);
    case Operation::kAtLeastBefore:
    case Operation::kAtLeastAfter:
    case Operation::kWithin:
      return Distance(step);
    case Operation::kIsWorkingDay:
      return WorkingDay(step);
    case Operation::kInSet:
      return InSet(step);
    case Operation::kBetween: {
      const program::Program& program = plan_.program();
      const Step& minute = steps_[step.children[0]];
      const std::int64_t span = program.constants[step.op.operand];
      const std::optional<std::int64_t> at =
          minute.value.known ? std::optional(minute.value.number) : std::nullopt;
      return {.text = words::Between(voice_, Title(model::ActId(minute.op.operand)), at,
                                     span / engine::kMinutesOfDay, span % engine::kMinutesOfDay,
                                     step.value.tri())};
    }
    case Operation::kFactTri:
      return {.text = words::FactHolds(
                  voice_, Spoken(voice_, plan_.program().string(plan_.program().facts[step.op.operand].name)),
                  step.value.tri()),
              .parts = {Statement(step.children[0])}};
    default:
      return Leaf(step);
  }
}

std::string ConditionWords::Credential(const Step& step) const {
  const Program& program = plan_.program();
  return Spoken(voice_, program.string(program.credentials[step.op.small]));
}

Reason ConditionWords::Leaf(const Step& step) const {
  const Program& program = plan_.program();
  const Tri tri = step.value.tri();
  const auto act = [&] { return Title(model::ActId(step.op.operand)); };
  const auto other = [&] { return Title(model::ActId(step.op.small)); };
  switch (step.op.operation) {
    case Operation::kYes:
      return {.text = words::Always(voice_, true)};
    case Operation::kNo:
      return {.text = words::Always(voice_, false)};
    case Operation::kYesNoField:
    case Operation::kPreviousYesNo:
    case Operation::kRoleYesNo:
      if (tri == Tri::kUnknown) return {.text = words::NotKnown(voice_, FieldNoun(step))};
      return {.text = words::FieldIs(voice_, FieldNoun(step), tri == Tri::kYes)};
    case Operation::kHas:
      if (tri == Tri::kUnknown) return {.text = words::NotKnown(voice_, FieldNoun(step))};
      return {.text = words::HasValue(voice_, FieldNoun(step), tri == Tri::kYes)};
    case Operation::kYesNoFinding: {
      const std::string fact = Title(program.fields[step.op.operand].act);
      return {.text = words::WasFound(voice_, fact, DayOfRow(step.done), tri)};
    }
    case Operation::kStandingIs:
      return {.text = words::StandingIs(voice_, act(), static_cast<program::Standing>(step.op.small), tri)};
    case Operation::kStands: {
      if (tri == Tri::kYes) return {.text = words::Stands(voice_, act(), DayOfRow(step.done))};
      if (tri == Tri::kUnknown) return {.text = words::NotInLog(voice_, act())};
      const bool was = std::any_of(done_.begin(), done_.end(), [&](const engine::Done& one) {
        return one.act == model::ActId(step.op.operand);
      });
      return {.text = words::DoesNotStand(voice_, act(), was)};
    }
    case Operation::kAfter:
      return {.text = words::After(voice_, act(), DayOfRow(step.done), other(), DayOfRow(step.other), tri)};
    case Operation::kUnanswered:
      return {.text =
                  words::Unanswered(voice_, act(), DayOfRow(step.done), other(), DayOfRow(step.other), tri)};
    case Operation::kShareNoOne:
      return {.text = words::ShareNoOne(voice_, act(), other(), tri)};
    case Operation::kTakesPart:
      return {.text = words::TakesPart(voice_, Member(step.op.operand), tri)};
    case Operation::kFieldNames:
      return {.text = words::FieldNames(voice_, FieldNoun(step), Member(step.op.small), tri)};
    case Operation::kInTime:
      return {.text = words::InTime(voice_, act(), DayOfRow(step.done), tri)};
    case Operation::kEarlier: {
      const program::OutsideDef& outside = program.outside[step.op.operand];
      return {.text = words::Earlier(voice_, Title(outside.act), words::Length(voice_, outside.within), tri)};
    }
    case Operation::kNamedAre:
    case Operation::kDoersAre: {
      const std::string role = program::TitleOf(program, model::RoleId(step.op.small), voice_.titles);
      const bool named = step.op.operation == Operation::kNamedAre;
      return {.text = words::AreOfRole(voice_, named ? FieldNoun(step) : words::WhoDid(voice_, act()), role,
                                       tri)};
    }
    case Operation::kHold:
      return {.text = words::Holds(voice_, words::WhoDid(voice_, act()), Credential(step), tri)};
    case Operation::kFieldHolds:
      return {.text = words::Holds(voice_, FieldNoun(step), Credential(step), tri)};
    case Operation::kBroken:
      return {.text =
                  words::RuleBroken(voice_, TitleIn(voice_, program, model::RuleId(step.op.operand)), tri)};
    case Operation::kTermIs:
      return TermIs(step);
    default:
      break;
  }
  CHECK(false);  // a number, or an operation with parts, has no statement of its own
  return {};
}

// Where the term stood and how that came about; what was asked of it the reader sees in the sentence.
Reason ConditionWords::TermIs(const Step& step) const {
  const model::TermId id(step.op.operand);
  const std::string term = TermWords(plan_.program(), id, voice_);
  if (step.value.tri() == Tri::kUnknown) return {.text = words::TermNotKnown(voice_, term)};
  const auto life = std::ranges::find(explanation_.asked, id, &engine::TermLife::id);
  CHECK(life != explanation_.asked.end());
  const auto due = life->due == engine::kNever ? std::nullopt : std::optional(life->due);
  Reason out{.text = words::TermIs(voice_, term, life->phase, due)};
  AddTermSum(plan_, *life, done_, voice_, out.parts);
  return out;
}

void ConditionWords::Flatten(std::uint32_t row, Operation operation, std::vector<Reason>& out) const {
  const Step& step = steps_[row];
  if (step.op.operation != operation) {
    out.push_back(Statement(row));
    return;
  }
  for (const std::uint32_t child : step.children) Flatten(child, operation, out);
}

Reason ConditionWords::Junction(const Step& step) const {
  const Tri tri = step.value.tri();
  Reason out;
  if (step.op.operation == Operation::kSameTri) {
    out.text = words::SameAnswer(voice_, tri);
    for (const std::uint32_t child : step.children) out.parts.push_back(Statement(child));
    return out;
  }
  out.text =
      step.op.operation == Operation::kAnd ? words::AllHold(voice_, tri) : words::SomeHold(voice_, tri);
  for (const std::uint32_t child : step.children) Flatten(child, step.op.operation, out.parts);
  return out;
}

Reason ConditionWords::Comparison(const Step& step) const {
  Operation operation = step.op.operation;
  std::uint32_t left = step.children[0];
  std::uint32_t right = step.children[1];
  if (NounOf(left).constant && !NounOf(right).constant) {
    std::swap(left, right);
    switch (operation) {
      case Operation::kLess:
        operation = Operation::kGreater;
        break;
      case Operation::kLessEqual:
        operation = Operation::kGreaterEqual;
        break;
      case Operation::kGreater:
        operation = Operation::kLess;
        break;
      case Operation::kGreaterEqual:
        operation = Operation::kLessEqual;
        break;
      default:
        break;
    }
  }
  const auto left_kind = KindOf(left);
  const ValueKind kind = left_kind ? *left_kind : KindOf(right).value_or(ValueKind{});
  const Noun noun = NounOf(left);
  const Noun other = NounOf(right);
  Reason out;
  std::vector<std::string> unknown;
  if (!steps_[left].value.known) unknown.push_back(noun.text);
  if (!steps_[right].value.known) unknown.push_back(other.text);
  if (!unknown.empty()) {
    out.text = words::CannotCompare(voice_, unknown);
  } else {
    out.text = words::Compared(voice_, operation, step.value.tri() == Tri::kYes, kind.type == ValueType::kDay,
                               noun.constant ? ValueOf(left, kind) : noun.text, ValueOf(left, kind),
                               other.text, ValueOf(right, kind));
  }
  AddMakings(left, kind, out.parts);
  AddMakings(right, kind, out.parts);
  return out;
}

// "the “longer” of “Prolonged”": the field that says how long.
std::string ConditionWords::LengthNoun(const program::LengthDef& length) const {
  const Program& program = plan_.program();
  const program::FieldDef& field = program.fields[length.field.index()];
  return words::FieldOf(voice_, Spoken(voice_, program, length.field), Title(field.act));
}

Reason ConditionWords::Distance(const Step& step) const {
  const program::CountedLength& counted = plan_.program().lengths[step.op.operand];
  const Step& a = steps_[step.children[0]];
  const Step& b = steps_[step.children[1]];
  const std::string noun = NounOf(step.children[0]).text;
  const std::string other = NounOf(step.children[1]).text;
  std::vector<std::string> unknown;
  if (!a.value.known) unknown.push_back(noun);
  if (!b.value.known) unknown.push_back(other);
  if (!step.length) unknown.push_back(LengthNoun(counted.length));
  if (!unknown.empty()) return {.text = words::CannotCompare(voice_, unknown)};
  const calendar::Length length = *step.length;
  const calendar::Counting& counting = plan_.counting(counted.counting);
  const base::Day second{static_cast<std::int32_t>(b.value.number)};
  base::Day limit = second;
  switch (step.op.operation) {
    case Operation::kAtLeastBefore:
      limit = calendar::LatestBefore(counting, second, length);
      break;
    case Operation::kAtLeastAfter:
      limit = calendar::NominalEnd(counting, second, length);
      break;
    default:
      limit = calendar::DueDay(counting, length.unit, calendar::NominalEnd(counting, second, length),
                               base::kFirstDay);
  }
  return {.text = words::DayDistance(voice_, step.op.operation, step.value.tri() == Tri::kYes, noun,
                                     base::Day{static_cast<std::int32_t>(a.value.number)},
                                     words::Length(voice_, length), other, second, limit)};
}

Reason ConditionWords::WorkingDay(const Step& step) const {
  const Step& a = steps_[step.children[0]];
  const std::string noun = NounOf(step.children[0]).text;
  if (!a.value.known) return {.text = words::NotKnown(voice_, noun)};
  const calendar::Calendar& calendar =
      *plan_.counting(plan_.program().lengths[step.op.operand].counting).calendar;
  const base::Day day{static_cast<std::int32_t>(a.value.number)};
  return {.text = words::WorkingDay(voice_, noun, day, step.value.tri() == Tri::kYes, calendar.Reason(day))};
}

Reason ConditionWords::InSet(const Step& step) const {
  const std::uint32_t child = step.children[0];
  const std::string noun = NounOf(child).text;
  if (!steps_[child].value.known) return {.text = words::NotKnown(voice_, noun)};
  const ValueKind kind = KindOf(child).value_or(ValueKind{});
  std::vector<std::string> set;
  for (std::int64_t choice = 0; choice < 63; ++choice) {
    if ((plan_.program().constants[step.op.operand] >> choice & 1) != 0) {
      set.push_back(ValueText(plan_.program(), &history_, choice, kind, voice_));
    }
  }
  return {.text = words::InSet(voice_, noun, ValueOf(child, kind), step.value.tri() == Tri::kYes, set)};
}

}  // namespace lawbound::report
