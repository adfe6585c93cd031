// Numbers carry `known`; answers are Kleene's three.  `assumed` says that the strict reading, in which
// assumed values are unknown, would leave the answer unknown: so "no, by assumption, and a plain no" is a
// plain no.  It is computed exactly, by carrying for each answer whether the strict answer is unknown.
#include "engine/evaluate.h"

#include <algorithm>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/check.h"
#include "program/verify.h"

namespace lawbound::engine {

using program::Op;
using program::Operation;

Cell Evaluator::Holds(program::CodeId code) const { return code ? Evaluate(code) : FromTri(Tri::kYes); }

namespace {

__extension__ using Wide = __int128;

constexpr int Pops(Operation operation) {
  switch (operation) {
#define OP(name, operand, pops, result, meaning) \
  case Operation::name:                          \
    return pops;
#include "program/operations.def"
#undef OP
  }
  return 0;
}

constexpr bool IsDistance(Operation operation) {
  return operation == Operation::kAtLeastBefore || operation == Operation::kAtLeastAfter ||
         operation == Operation::kWithin;
}

constexpr bool IsTri(Operation operation) {
  enum { kTri = 1, kNumber = 0 };
  switch (operation) {
#define OP(name, operand, pops, result, meaning) \
  case Operation::name:                          \
    return result != 0;
#include "program/operations.def"
#undef OP
  }
  return false;
}

}  // namespace

std::uint64_t Evaluator::StandingNow() const {
  const bool judged = judged_ != nullptr && judged_->act.index() < 64;
  return record_.standing | (judged ? std::uint64_t{1} << judged_->act.index() : 0);
}

// The value of a leaf that is the same in every history of the log; not fixed otherwise.
FixedCode Evaluator::FixedLeaf(const Op& op, const std::vector<FixedCode>& codes) const {
  const program::Program& program = plan_.program();
  switch (op.operation) {
    case Operation::kYes:
      return {.fixed = true, .value = FromTri(Tri::kYes)};
    case Operation::kNo:
      return {.fixed = true, .value = FromTri(Tri::kNo)};
    case Operation::kConstant:
      return {.fixed = true, .value = {.number = program.constants[op.operand]}};
    case Operation::kFactNumber:
    case Operation::kFactTri:
      return codes[program.facts[op.operand].code.index()];
    case Operation::kField:
    case Operation::kYesNoField:
    case Operation::kRoleField:
    case Operation::kRoleYesNo:
      break;
    default:
      return {};
  }
  const Value assumed = plan_.assumed[op.operand];
  if (assumed == model::kMissing || plan_.mapped_field[op.operand] != 0) return {};
  // What an effect may give is not the same in every history.
  const auto gives = [&](const program::GivenDef& given) { return given.field.index() == op.operand; };
  if (std::any_of(program.given.begin(), program.given.end(), gives)) return {};
  const ActId act = program.fields[op.operand].act;
  if (act && act.index() >= 64) return {};
  FixedCode out{.fixed = true, .acts = act ? std::uint64_t{1} << act.index() : 0};
  out.value = IsTri(op.operation) ? FromTri(assumed != 0 ? Tri::kYes : Tri::kNo, true)
                                  : Cell{.number = assumed, .known = true, .assumed = true};
  return out;
}

std::vector<FixedCode> Evaluator::FindFixed(const Plan& plan) {
  const program::Program& program = plan.program();
  const Record nothing;
  const Evaluator evaluator(plan, nothing, nullptr);
  std::vector<FixedCode> codes(program.codes.size());
  const auto find = [&](std::size_t code) {
    const program::Code& body = program.codes[code];
    std::vector<FixedCode> stack;
    for (std::uint32_t i = body.ops.first; i < body.ops.end(); ++i) {
      const Op& op = program.ops[i];
      const auto pops = static_cast<std::size_t>(Pops(op.operation));
      FixedCode out = pops == 0 ? evaluator.FixedLeaf(op, codes) : FixedCode{.fixed = true};
      if (IsDistance(op.operation) &&
          program.lengths[op.operand].length.kind != program::LengthDef::Kind::kFixed)
        out.fixed = false;
      for (std::size_t k = stack.size() - pops; k < stack.size(); ++k) {
        out.fixed = out.fixed && stack[k].fixed;
        out.acts |= stack[k].acts;
      }
      if (out.fixed && pops == 1) out.value = evaluator.Unary(op, stack.back().value);
      if (out.fixed && pops == 2)
        out.value = evaluator.Binary(op, stack[stack.size() - 2].value, stack.back().value);
      stack.resize(stack.size() - pops);
      stack.push_back(out);
    }
    codes[code] = stack.back();
  };
  // Facts first, each before those that use it: their numbers rise that way.
  for (const program::FactDef& fact : program.facts) find(fact.code.index());
  for (std::size_t code = 0; code < program.codes.size(); ++code) find(code);
  return codes;
}

namespace {

// The kinds of acts without which an operation always gives the same, as bits; nothing where it also looks at
// something else.
std::optional<std::uint64_t> LooksAt(const Op& op, const program::Program& program) {
  const auto bit = [](std::size_t act) -> std::optional<std::uint64_t> {
    if (act >= 64) return std::nullopt;
    return std::uint64_t{1} << act;
  };
  switch (op.operation) {
    case Operation::kYes:
    case Operation::kNo:
    case Operation::kConstant:
      return 0;
    case Operation::kField:
    case Operation::kYesNoField:
    case Operation::kPreviousField:
    case Operation::kPreviousYesNo:
    case Operation::kSum:
    case Operation::kHas:
    case Operation::kFinding:
    case Operation::kYesNoFinding:
      return bit(program.fields[op.operand].act.index());
    case Operation::kStands:
    case Operation::kDayOf:
    case Operation::kCount:
      return bit(op.operand);
    case Operation::kAfter:
    case Operation::kUnanswered:
    case Operation::kShareNoOne: {
      const auto one = bit(op.operand), two = bit(op.small);
      return one && two ? std::optional(*one | *two) : std::nullopt;
    }
    case Operation::kAtLeastBefore:
    case Operation::kAtLeastAfter:
    case Operation::kWithin: {
      const program::LengthDef& length = program.lengths[op.operand].length;
      return length.field ? bit(program.fields[length.field.index()].act.index())
                          : std::optional<std::uint64_t>(0);
    }
    default:
      return Pops(op.operation) == 0 ? std::nullopt : std::optional<std::uint64_t>(0);
  }
}

}  // namespace

// Which acts a leaf looks at.
void Evaluator::NoteActs(const Op& op, Step& step) const {
  const program::Program& program = plan_.program();
  const auto note = [&](ActId act, bool judged_too) {
    if (judged_too && judged_ != nullptr && judged_->act == act)
      return;  // the judged act is not in the record
    step.done = record_.acts[act.index()].last;
  };
  switch (op.operation) {
    case Operation::kField:
    case Operation::kYesNoField:
      note(program.fields[op.operand].act, true);
      break;
    case Operation::kPreviousField:
    case Operation::kPreviousYesNo:
      note(program.fields[op.operand].act, false);
      break;
    case Operation::kFinding:
    case Operation::kYesNoFinding:
      note(program.fields[op.operand].act, false);
      break;
    case Operation::kStands:
    case Operation::kStandingIs:
      note(ActId(op.operand), false);
      break;
    case Operation::kNamedAre:
    case Operation::kFieldNames:
      note(program.fields[op.operand].act, true);
      break;
    case Operation::kDoersAre:
    case Operation::kDayOf:
    case Operation::kMinuteOf:
    case Operation::kHold:
      note(ActId(op.operand), true);
      break;
    case Operation::kInTime:
      note(ActId(op.operand), false);
      break;
    case Operation::kAfter:
    case Operation::kUnanswered:
    case Operation::kShareNoOne:
      note(ActId(op.operand), false);
      step.other = record_.acts[op.small].last;
      break;
    default:
      break;
  }
}

inline Cell Evaluator::Leaf(const Op& op) const {
  const auto as_tri = [](Cell cell) {
    if (!cell.known) return UnknownTri();
    return FromTri(cell.number != 0 ? Tri::kYes : Tri::kNo, cell.assumed);
  };
  switch (op.operation) {
    case Operation::kYes:
      return FromTri(Tri::kYes);
    case Operation::kNo:
      return FromTri(Tri::kNo);
    case Operation::kConstant:
      return {.number = plan_.program().constants[op.operand], .known = true};
    case Operation::kField:
      return Field(FieldId(op.operand), false);
    case Operation::kYesNoField:
      return as_tri(Field(FieldId(op.operand), false));
    case Operation::kPreviousField:
      return Field(FieldId(op.operand), true);
    case Operation::kPreviousYesNo:
      return as_tri(Field(FieldId(op.operand), true));
    case Operation::kRoleField:
      return RoleField(FieldId(op.operand));
    case Operation::kRoleYesNo:
      return as_tri(RoleField(FieldId(op.operand)));
    case Operation::kFinding:
      return Found(op);
    case Operation::kYesNoFinding:
      return as_tri(Found(op));
    case Operation::kStandingIs:
      return StandingIs(ActId(op.operand), static_cast<program::Standing>(op.small));
    case Operation::kStands:
      return Stands(ActId(op.operand));
    case Operation::kDayOf:
      return DayOf(ActId(op.operand));
    case Operation::kSum:
      return Sum(FieldId(op.operand));
    case Operation::kCount:
      return Count(ActId(op.operand));
    case Operation::kHas: {
      return Has(FieldId(op.operand));
    }
    case Operation::kAfter:
      return After(ActId(op.operand), ActId(op.small));
    case Operation::kUnanswered:
      return Unanswered(ActId(op.operand), ActId(op.small));
    case Operation::kShareNoOne:
      return ShareNoOne(ActId(op.operand), ActId(op.small));
    case Operation::kHold:
      return HoldOf(ActId(op.operand), op.small);
    case Operation::kFieldHolds:
      return FieldHolds(FieldId(op.operand), op.small);
    case Operation::kBroken: {
      const std::uint8_t broken = record_.broken[op.operand];
      return FromTri(broken == 1 ? Tri::kYes : broken == 2 ? Tri::kUnknown : Tri::kNo);
    }
    case Operation::kTermIs:
      return TermIs(TermId(op.operand), op.small);
    case Operation::kTakesPart:
      return TakesPart(op.operand, op.small == program::kOrUnseen);
    case Operation::kFieldNames:
      return FieldNames(FieldId(op.operand), op.small);
    case Operation::kDoersAre:
      return DoersAre(ActId(op.operand), model::RoleId(op.small));
    case Operation::kNamedAre:
      return NamedAre(FieldId(op.operand), model::RoleId(op.small));
    case Operation::kAccrued:
      return Accrued(op.operand);
    case Operation::kInTime:
      return InTime(ActId(op.operand));
    case Operation::kEarlier: {
      const std::size_t place = plan_.program().role_fields + std::size_t{op.operand};
      const auto values = record_.history->role_values;
      const Value answer = place < values.size() ? values[place] : model::kMissing;
      return answer == model::kMissing ? UnknownTri() : FromTri(answer != 0 ? Tri::kYes : Tri::kNo);
    }
    case Operation::kMinuteOf:
      return MinuteOf(ActId(op.operand));
    default:
      break;
  }
  CHECK(false);  // not a leaf: the program was not verified
  return Unknown();
}

Cell Evaluator::Unary(const Op& op, Cell a) const {
  const program::Program& program = plan_.program();
  if (op.operation == Operation::kNot) return Not(a);
  if (op.operation == Operation::kInSet) {
    if (!a.known) return UnknownTri();
    if (a.open) return Asked(op);
    const bool in = a.number >= 0 && a.number < 63 && (program.constants[op.operand] >> a.number & 1) != 0;
    return FromTri(in ? Tri::kYes : Tri::kNo, a.assumed);
  }
  if (op.operation == Operation::kPercentOf) {
    if (!a.known) return a;
    // n hundredths of a percent of an amount; half up, away from zero below it.
    const Wide product = static_cast<Wide>(a.number) * program.constants[op.operand];
    const Wide half = product < 0 ? -5000 : 5000;
    const Wide rounded = (product + half) / 10000;
    if (rounded != static_cast<std::int64_t>(rounded)) return Unknown();  // more than anybody could mean
    a.number = static_cast<std::int64_t>(rounded);
    return a;
  }
  if (op.operation == Operation::kLookup) return Lookup(op, a, nullptr);
  if (op.operation == Operation::kBetween) {
    if (!a.known) return UnknownTri();
    if (a.open) return Asked(op);
    const std::int64_t first = program.constants[op.operand] / kMinutesOfDay;
    const std::int64_t last = program.constants[op.operand] % kMinutesOfDay;
    const bool after = a.number >= first, before = a.number <= last;
    return FromTri((first <= last ? after && before : after || before) ? Tri::kYes : Tri::kNo);
  }
  CHECK(op.operation == Operation::kIsWorkingDay);
  if (!a.known) return UnknownTri();
  if (a.open) return Asked(op);
  const calendar::Counting& counting = plan_.counting(program.lengths[op.operand].counting);
  const Day day{static_cast<std::int32_t>(a.number)};
  Cell out = FromTri(counting.calendar->IsWorkingDay(day) ? Tri::kYes : Tri::kNo, a.assumed);
  out.provisional = a.provisional || !counting.calendar->IsPublished(day);
  return out;
}

Cell Evaluator::Binary(const Op& op, Cell a, Cell b) const {
  switch (op.operation) {
    case Operation::kAnd:
      return And(a, b);
    case Operation::kOr:
      return Or(a, b);
    case Operation::kSameTri: {
      if (a.tri() == Tri::kUnknown || b.tri() == Tri::kUnknown) return UnknownTri();
      return FromTri(a.tri() == b.tri() ? Tri::kYes : Tri::kNo, a.assumed || b.assumed);
    }
    case Operation::kAdd:
    case Operation::kSubtract:
    case Operation::kMultiply:
    case Operation::kMin:
    case Operation::kMax:
      return Arithmetic(op.operation, a, b);
    case Operation::kAtLeastBefore:
    case Operation::kAtLeastAfter:
    case Operation::kWithin:
      return CompareDays(op, a, b);
    case Operation::kLookupTwo:
      return Lookup(op, a, &b);
    default:
      return Compare(op, a, b);
  }
}

// A comparison of what only days decide.
Cell Evaluator::Asked(const Op& op) const {
  const auto question = static_cast<std::uint32_t>(&op - plan_.ops.data());
  return FromTri(record_.open_days->Answer(question) ? Tri::kYes : Tri::kNo);
}

Cell Evaluator::Compare(const Op& op, Cell a, Cell b) const {
  if (!a.known || !b.known) return UnknownTri();
  if (a.open || b.open) return Asked(op);
  bool holds = false;
  switch (op.operation) {
    case Operation::kEqual:
      holds = a.number == b.number;
      break;
    case Operation::kNotEqual:
      holds = a.number != b.number;
      break;
    case Operation::kLess:
      holds = a.number < b.number;
      break;
    case Operation::kLessEqual:
      holds = a.number <= b.number;
      break;
    case Operation::kGreater:
      holds = a.number > b.number;
      break;
    case Operation::kGreaterEqual:
      holds = a.number >= b.number;
      break;
    default:
      CHECK(false);
  }
  Cell out = FromTri(holds ? Tri::kYes : Tri::kNo, a.assumed || b.assumed);
  out.provisional = a.provisional || b.provisional;
  return out;
}

Cell Evaluator::Arithmetic(Operation operation, Cell a, Cell b) const {
  if (!a.known || !b.known) return Unknown();
  std::int64_t number = 0;
  bool overflow = false;
  switch (operation) {
    case Operation::kAdd:
      overflow = __builtin_add_overflow(a.number, b.number, &number);
      break;
    case Operation::kSubtract:
      overflow = __builtin_sub_overflow(a.number, b.number, &number);
      break;
    case Operation::kMultiply:
      overflow = __builtin_mul_overflow(a.number, b.number, &number);
      break;
    case Operation::kMin:
      number = std::min(a.number, b.number);
      break;
    case Operation::kMax:
      number = std::max(a.number, b.number);
      break;
    default:
      CHECK(false);
  }
  if (overflow) return Unknown();  // a sum no court could mean is a sum nobody knows
  return {.number = number,
          .known = true,
          .assumed = a.assumed || b.assumed,
          .provisional = a.provisional || b.provisional,
          .open = a.open || b.open};
}

Cell Evaluator::Lookup(const Op& op, Cell first, const Cell* second) const {
  if (!first.known || (second != nullptr && !second->known)) return Unknown();
  if (first.open || (second != nullptr && second->open)) return AnyNumber();
  const program::Program& program = plan_.program();
  const program::TableDef& table = program.tables[op.operand];
  const std::size_t last = table.keys - std::size_t{1};
  const std::int64_t key = second == nullptr ? first.number : second->number;
  const bool from = program.table_columns[table.columns.first + last].type != program::ValueType::kChoice;
  const program::TableCell* found = nullptr;
  for (std::uint32_t row = table.cells.first; row < table.cells.end(); row += table.columns.count) {
    const program::TableCell* cells = &program.table_cells[row];
    if (second != nullptr && cells[0].number != first.number) continue;
    if (from ? cells[last].number > key : cells[last].number != key) continue;
    if (found == nullptr || cells[last].number > found[last].number) found = cells;
  }
  if (found == nullptr) return Unknown();
  return {.number = found[op.small].number,
          .known = true,
          .assumed = first.assumed || (second != nullptr && second->assumed),
          .provisional = first.provisional || (second != nullptr && second->provisional)};
}

std::optional<calendar::Length> Evaluator::Length(const program::LengthDef& length, bool& assumed,
                                                  std::uint32_t of) const {
  using Kind = program::LengthDef::Kind;
  if (length.kind == Kind::kFixed) return length.fixed;
  if (length.kind == Kind::kOpen) return std::nullopt;
  const Cell value = length.kind == Kind::kFact ? Evaluate(plan_.program().facts[length.fact.index()].code)
                     : of == kNoRow             ? Field(length.field, false)
                                                : FieldOf(length.field, record_.done[of]);
  assumed |= value.assumed;
  if (!value.known || value.number < 0) return std::nullopt;
  calendar::Length out = length.fixed;
  std::int64_t count = value.number;
  if (length.kind == Kind::kField) {
    out.unit = static_cast<calendar::Unit>(count % 8);
    count /= 8;
  }
  if (count > program::LongestLength(out.unit)) return std::nullopt;
  out.count = static_cast<std::int32_t>(count);
  return out;
}

Cell Evaluator::CompareDays(const Op& op, Cell a, Cell b) const {
  if (!a.known || !b.known) return UnknownTri();
  if (a.open || b.open) return Asked(op);
  const program::CountedLength& counted = plan_.program().lengths[op.operand];
  const calendar::Counting& counting = plan_.counting(counted.counting);
  bool assumed = a.assumed || b.assumed;
  const std::optional<calendar::Length> length = Length(counted.length, assumed);
  if (!length || length->unit == calendar::Unit::kHours) return UnknownTri();
  const Day first{static_cast<std::int32_t>(a.number)};
  const Day second{static_cast<std::int32_t>(b.number)};
  Day limit = second;
  bool holds = false;
  switch (op.operation) {
    case Operation::kAtLeastBefore:
      limit = calendar::LatestBefore(counting, second, *length);
      holds = first <= limit;
      break;
    case Operation::kAtLeastAfter:
      limit = calendar::NominalEnd(counting, second, *length);
      holds = first >= limit;
      break;
    default:
      limit = calendar::DueDay(counting, length->unit, calendar::NominalEnd(counting, second, *length),
                               base::kFirstDay);
      holds = first <= limit;
      break;
  }
  Cell out = FromTri(holds ? Tri::kYes : Tri::kNo, assumed);
  const bool uses_calendar = length->unit == calendar::Unit::kWorkingDays ||
                             (op.operation == Operation::kWithin && counting.rest_day_moves_on);
  out.provisional = uses_calendar && calendar::IsProvisional(*counting.calendar, std::min(second, limit),
                                                             std::max(second, limit));
  return out;
}

Cell Evaluator::Known(FieldId field, Value value) const {
  if (value != model::kMissing) {
    const bool any = record_.open_days != nullptr &&
                     plan_.program().fields[field.index()].type == program::ValueType::kDay;
    return any ? AnyNumber() : Cell{.number = value, .known = true};
  }
  const Value assumed = plan_.assumed[field.index()];
  if (assumed != model::kMissing) return {.number = assumed, .known = true, .assumed = true};
  return Unknown();
}

Cell Evaluator::Field(FieldId field, bool skip_judged) const {
  const program::FieldDef& def = plan_.program().fields[field.index()];
  if (judged_ != nullptr && judged_->act == def.act && !skip_judged) {
    return Known(field, record_.history->value(*judged_, def.place));
  }
  const ActState& state = record_.acts[def.act.index()];
  return state.last == kNoRow || record_.InDoubt(def.act) ? Unknown()
                                                          : FieldOf(field, record_.done[state.last]);
}

Cell Evaluator::FieldOf(FieldId field, const Done& done) const {
  const std::uint32_t place = plan_.program().fields[field.index()].place;
  if (done.given != kNoRow) {
    const std::optional<Cell>& given = record_.given[done.given + place];
    if (given) return given->known ? *given : Known(field, model::kMissing);
  }
  if (done.entry == kNoRow) return Known(field, model::kMissing);
  return Known(field, record_.history->value(record_.history->entries[done.entry], place));
}

// What was last found; where nobody found anything, what is presumed.
Cell Evaluator::Found(const Op& op) const {
  const FieldId field(op.operand);
  const ActId finding = plan_.program().fields[op.operand].act;
  if (record_.InDoubt(finding)) return Unknown();
  const std::uint32_t last = record_.acts[finding.index()].last;
  if (last != kNoRow) return FieldOf(field, record_.done[last]);
  if (plan_.unseen_act[finding.index()] != 0) return Known(field, model::kMissing);
  return op.small == 0 ? Unknown() : Cell{.number = op.small - 1, .known = true};
}

// Asked of the last act of the kind that was done, also when it was taken away since.
Cell Evaluator::StandingIs(ActId act, program::Standing standing) const {
  using program::Standing;
  if (plan_.unseen_act[act.index()] != 0 || record_.InDoubt(act, kInDoubt | kMayBeSaid)) return UnknownTri();
  const auto place = [&](const ActKey& key) {
    return std::pair(key.day, key.entry == kNoRow ? record_.history->entries.size() : std::size_t{key.entry});
  };
  const LostAct* lost = nullptr;
  for (const LostAct& one : record_.lost) {
    if (one.key.act == act && (lost == nullptr || !(place(one.key) < place(lost->key)))) lost = &one;
  }
  const std::uint32_t row = record_.acts[act.index()].last_ever;
  std::uint16_t said = 0;
  if (row != kNoRow && (lost == nullptr || !(place(KeyOf(record_.done[row])) < place(lost->key)))) {
    said = record_.done[row].said;
  } else if (lost != nullptr) {
    said = lost->said;
  }
  const auto bit = [](Standing one) { return 1u << static_cast<unsigned>(one); };
  const auto unseen = [&](Standing one) { return (plan_.said_unseen[act.index()] & bit(one)) != 0; };
  if ((said & bit(standing)) == 0) {
    const bool nothing = row == kNoRow && lost == nullptr;
    return !nothing && unseen(standing) ? UnknownTri() : FromTri(Tri::kNo);
  }
  const Standing end = program::Opposite(standing);
  return end != Standing::kNone && unseen(end) ? UnknownTri() : FromTri(Tri::kYes);
}

Cell Evaluator::RoleField(FieldId field) const {
  const program::FieldDef& def = plan_.program().fields[field.index()];
  const auto values = record_.history->role_values;
  return Known(field, def.place < values.size() ? values[def.place] : model::kMissing);
}

Cell Evaluator::Stands(ActId act) const {
  if (record_.InDoubt(act)) return UnknownTri();
  if (record_.acts[act.index()].standing > 0) return FromTri(Tri::kYes);
  return plan_.unseen_act[act.index()] != 0 ? UnknownTri() : FromTri(Tri::kNo);
}

Cell Evaluator::DayOf(ActId act) const {
  const bool judged = judged_ != nullptr && judged_->act == act;
  if (record_.open_days != nullptr && (judged || record_.acts[act.index()].last != kNoRow))
    return AnyNumber();
  if (judged) return {.number = judged_->day.number, .known = true};
  const ActState& state = record_.acts[act.index()];
  if (state.last == kNoRow || record_.InDoubt(act)) return Unknown();
  return {.number = record_.done[state.last].day.number, .known = true};
}

Cell Evaluator::MinuteOf(ActId act) const {
  const std::uint32_t last = record_.acts[act.index()].last;
  const bool judged = judged_ != nullptr && judged_->act == act;
  if (!judged && record_.InDoubt(act)) return Unknown();
  if (record_.open_days != nullptr && (judged || last != kNoRow)) return AnyNumber();
  const Minute minute = judged           ? judged_->minute
                        : last != kNoRow ? record_.done[last].minute
                                         : base::kNoMinute;
  return minute == base::kNoMinute ? Unknown() : Cell{.number = minute};
}

Cell Evaluator::InTime(ActId act) const {
  if (record_.InDoubt(act)) return UnknownTri();
  const std::uint32_t last = record_.acts[act.index()].last;
  if (last != kNoRow) return FromTri(record_.done[last].in_time, record_.done[last].in_time_assumed);
  return plan_.unseen_act[act.index()] != 0 ? UnknownTri() : FromTri(Tri::kNo);
}

Cell Evaluator::Accrued(std::size_t row) const {
  if (record_.open_days != nullptr) return AnyNumber();
  const AccrualState& state = record_.accruals[row];
  const TermId term = plan_.program().accruals[row].term;
  // Where a log cannot show whether the term ran, it cannot show what grew.
  const bool certain = PossiblePhases(term) == program::PhaseBit(record_.terms[term.index()].phase);
  if (state.unknown || !certain) return Unknown();
  return {.number = (state.amount + 5000) / 10000,
          .known = true,
          .assumed = state.assumed || record_.terms[term.index()].assumed,
          .provisional = state.provisional};
}

Cell Evaluator::Sum(FieldId field) const {
  const ActId act = plan_.program().fields[field.index()].act;
  if (plan_.unseen_act[act.index()] != 0 || record_.InDoubt(act)) return Unknown();
  const SumState& sum = record_.sums[plan_.sum_slot[field.index()]];
  if (sum.unknown > 0) return Unknown();
  return {.number = sum.total, .known = true, .assumed = sum.assumed > 0};
}

Cell Evaluator::Count(ActId act) const {
  if (plan_.unseen_act[act.index()] != 0 || record_.InDoubt(act)) return Unknown();
  return {.number = record_.acts[act.index()].standing, .known = true};
}

Cell Evaluator::Has(FieldId field) const {
  const ActId act = plan_.program().fields[field.index()].act;
  const Cell value = Field(field, false);
  if (value.known) return FromTri(Tri::kYes, value.assumed);
  const std::uint32_t last = record_.acts[act.index()].last;
  const bool judged = judged_ != nullptr && judged_->act == act;
  if (!judged && record_.InDoubt(act)) return UnknownTri();
  if (!judged && last == kNoRow) return plan_.unseen_act[act.index()] != 0 ? UnknownTri() : FromTri(Tri::kNo);
  // Of an act that was only deemed nobody knows the fields.
  const bool deemed =
      !judged && (record_.done[last].deemed ||
                  (record_.done[last].given != kNoRow &&
                   record_.given[record_.done[last].given + plan_.program().fields[field.index()].place]));
  return deemed || plan_.unseen_field[field.index()] != 0 ? UnknownTri() : FromTri(Tri::kNo);
}

// Of a kind that a log cannot show there may be more, before and after those that it shows.
Cell Evaluator::After(ActId act, ActId other) const {
  const ActState& a = record_.acts[act.index()];
  const ActState& b = record_.acts[other.index()];
  const bool unseen_other = plan_.unseen_act[other.index()] != 0 || record_.InDoubt(other);
  if (b.last == kNoRow && !unseen_other) return FromTri(Tri::kYes);
  if (unseen_other || plan_.unseen_act[act.index()] != 0 || record_.InDoubt(act)) return UnknownTri();
  return FromTri(a.last != kNoRow && a.last > b.last ? Tri::kYes : Tri::kNo);
}

Cell Evaluator::Unanswered(ActId act, ActId other) const {
  const ActState& a = record_.acts[act.index()];
  const ActState& b = record_.acts[other.index()];
  const bool unseen = plan_.unseen_act[act.index()] != 0 || record_.InDoubt(act);
  if (a.last == kNoRow && !unseen) return FromTri(Tri::kNo);
  if (record_.InDoubt(other)) return UnknownTri();
  if (!unseen && b.last != kNoRow && b.last > a.last) return FromTri(Tri::kNo);
  return unseen || plan_.unseen_act[other.index()] != 0 ? UnknownTri() : FromTri(Tri::kYes);
}

Cell Evaluator::ShareNoOne(ActId act, ActId other) const {
  const History& history = *record_.history;
  // Calls visit(entry) for each act of a kind that stands, the judged one among them.
  const auto each = [&](ActId kind, const auto& visit) {
    if (judged_ != nullptr && judged_->act == kind) visit(*judged_);
    for (std::uint32_t row = record_.acts[kind.index()].last; row != kNoRow;
         row = record_.done[row].previous) {
      const Done& done = record_.done[row];
      if (done.stands && done.entry != kNoRow) visit(history.entries[done.entry]);
    }
  };
  // Whoever did what a log cannot show may be anybody; but where nobody did the other act, nobody is shared.
  const auto unseen = [&](ActId kind) { return plan_.unseen_act[kind.index()] != 0; };
  const auto has_doers = [&](ActId kind) {
    bool any = unseen(kind);
    each(kind, [&](const Entry&) { any = true; });
    return any;
  };
  if (record_.InDoubt(act) || record_.InDoubt(other)) {
    return has_doers(act) && has_doers(other) ? UnknownTri() : FromTri(Tri::kYes);
  }
  bool shared = false;
  bool unknown = (unseen(act) || unseen(other)) && has_doers(act) && has_doers(other);
  each(act, [&](const Entry& one) {
    each(other, [&](const Entry& two) {
      if (one.people == 0 || two.people == 0) unknown = true;
      for (std::uint32_t i = 0; i < one.people; ++i) {
        for (std::uint32_t k = 0; k < two.people; ++k) {
          shared |= history.people[one.first_person + i] == history.people[two.first_person + k];
        }
      }
    });
  });
  if (shared) return FromTri(Tri::kNo);
  return FromTri(unknown ? Tri::kUnknown : Tri::kYes);
}

// The act being judged counts, whatever becomes of it.
Cell Evaluator::TakesPart(std::uint32_t member, bool or_unseen) const {
  const bool judged = judged_ != nullptr && plan_.part_of_act[judged_->act.index()] == member + 1;
  if (judged || record_.takes_part[member] != 0) return FromTri(Tri::kYes);
  return FromTri(or_unseen && plan_.part_unseen[member] != 0 ? Tri::kUnknown : Tri::kNo);
}

// Whether a value is, or a list holds, another.
bool Evaluator::Holds(FieldId field, Value held, Value value) const {
  if (plan_.program().fields[field.index()].type != program::ValueType::kList) return held == value;
  const Value* list = record_.history->lists.data() + held;
  return std::find(list + 1, list + 1 + list[0], value) != list + 1 + list[0];
}

Cell Evaluator::FieldNames(FieldId field, std::uint32_t member) const {
  const Cell held = Field(field, false);
  if (!held.known) return UnknownTri();
  if (member == program::kNoMember) return FromTri(Tri::kNo);
  const Value name = record_.history->members[member];
  return FromTri(name >= 0 && Holds(field, held.number, name) ? Tri::kYes : Tri::kNo);
}

Tri Evaluator::IsNamed(FieldId field, model::PersonRef person) const {
  const program::FieldDef& def = plan_.program().fields[field.index()];
  if (record_.InDoubt(def.act)) return Tri::kUnknown;
  Tri named = plan_.unseen_act[def.act.index()] != 0 ? Tri::kUnknown : Tri::kNo;
  for (std::uint32_t row = record_.acts[def.act.index()].last; row != kNoRow;
       row = record_.done[row].previous) {
    const Done& done = record_.done[row];
    if (!done.stands) continue;
    const Value held = done.entry == kNoRow
                           ? model::kMissing
                           : record_.history->value(record_.history->entries[done.entry], def.place);
    if (held == model::kMissing) named = model::Or(named, Tri::kUnknown);
    if (held != model::kMissing && Holds(field, held, person)) return Tri::kYes;
  }
  return named;
}

// By being named where the role wants that; else by having acted as nothing but this role.  That somebody is
// not of a role only a register could tell.
Tri Evaluator::IsOfRole(model::RoleId role, model::PersonRef person) const {
  const program::Program& program = plan_.program();
  const program::RoleDef& def = program.roles[role.index()];
  if (def.named_in && !def.not_named) return IsNamed(def.named_in, person);
  const Tri barred = def.named_in ? IsNamed(def.named_in, person) : Tri::kNo;
  const auto acted = [&](const Entry& entry) {
    const program::ActDef& act = program.acts[entry.act.index()];
    const model::PersonRef* people = record_.history->people + entry.first_person;
    return act.by.count == 1 && program.role_lists[act.by.first] == role &&
           std::find(people, people + entry.people, person) != people + entry.people;
  };
  bool is = judged_ != nullptr && acted(*judged_);
  for (const Done& done : record_.done) {
    is = is || (done.stands && done.entry != kNoRow && !record_.InDoubt(done.act) &&
                acted(record_.history->entries[done.entry]));
  }
  return model::And(model::Not(barred), is ? Tri::kYes : Tri::kUnknown);
}

Cell Evaluator::DoersAre(ActId act, model::RoleId role) const {
  const Entry* entry = judged_ != nullptr && judged_->act == act ? judged_ : nullptr;
  const std::uint32_t last = record_.acts[act.index()].last;
  if (entry == nullptr && last != kNoRow && record_.done[last].entry != kNoRow && !record_.InDoubt(act))
    entry = &record_.history->entries[record_.done[last].entry];
  if (entry == nullptr || entry->people == 0) return UnknownTri();
  Tri all = Tri::kYes;
  for (std::uint32_t i = 0; i < entry->people; ++i)
    all = model::And(all, IsOfRole(role, record_.history->people[entry->first_person + i]));
  return FromTri(all);
}

Cell Evaluator::NamedAre(FieldId field, model::RoleId role) const {
  const Cell held = Field(field, false);
  if (!held.known) return UnknownTri();
  if (plan_.program().fields[field.index()].type != program::ValueType::kList)
    return FromTri(IsOfRole(role, static_cast<model::PersonRef>(held.number)));
  const Value* list = record_.history->lists.data() + held.number;
  Tri all = Tri::kYes;
  for (Value i = 1; i <= list[0]; ++i)
    all = model::And(all, IsOfRole(role, static_cast<model::PersonRef>(list[i])));
  return FromTri(all);
}

Tri Evaluator::Holding(model::PersonRef person, std::uint16_t credential) const {
  for (const model::Holding& holding : record_.history->holdings) {
    if (holding.person == person && holding.credential == credential)
      return holding.held ? Tri::kYes : Tri::kNo;
  }
  return Tri::kUnknown;
}

Cell Evaluator::Hold(const Entry& entry, std::uint16_t credential) const {
  Tri all = entry.people == 0 ? Tri::kUnknown : Tri::kYes;
  for (std::uint32_t i = 0; i < entry.people; ++i) {
    all = model::And(all, Holding(record_.history->people[entry.first_person + i], credential));
  }
  return FromTri(all);
}

Cell Evaluator::HoldOf(ActId act, std::uint16_t credential) const {
  if (judged_ != nullptr && judged_->act == act) return Hold(*judged_, credential);
  const std::uint32_t last = record_.acts[act.index()].last;
  if (last == kNoRow || record_.done[last].entry == kNoRow || record_.InDoubt(act)) return UnknownTri();
  return Hold(record_.history->entries[record_.done[last].entry], credential);
}

Cell Evaluator::FieldHolds(FieldId field, std::uint16_t credential) const {
  const Cell official = Field(field, false);
  if (!official.known) return UnknownTri();
  return FromTri(Holding(static_cast<model::PersonRef>(official.number), credential));
}

std::uint16_t Evaluator::PossiblePhases(TermId term) const {
  using program::PhaseBit;
  const TermState& state = record_.terms[term.index()];
  const program::TermDef& def = plan_.program().terms[term.index()];
  const unsigned stopped = def.stops.empty() ? 0U : PhaseBit(Phase::kStopped);
  if (record_.InDoubt(term)) {
    return static_cast<std::uint16_t>(PhaseBit(Phase::kIdle) | PhaseBit(Phase::kRunning) | stopped |
                                      PhaseBit(Phase::kOver));
  }
  unsigned phases = PhaseBit(state.phase);
  const bool active = state.phase == Phase::kRunning || state.phase == Phase::kStopped;
  // Its end is put off by what cannot be told, never brought forward: until then it is not over.
  if (state.uncertain && active) phases |= stopped;
  if (state.uncertain && active && state.due == kNever && !state.open) phases |= PhaseBit(Phase::kOver);
  // Hours are over when their last minute is; the present, or their end, may be known by the day alone.
  const bool hours = active && state.unit == calendar::Unit::kHours && state.due != kNever;
  if (hours && record_.to > state.due_from) phases |= PhaseBit(Phase::kOver);
  if (state.uncertain && state.phase == Phase::kOver) phases |= PhaseBit(Phase::kRunning) | stopped;
  if (active) return static_cast<std::uint16_t>(phases);
  // A term whose start a log cannot show may have started, or started again.
  for (std::uint32_t i = def.starts.first; i < def.starts.end(); ++i) {
    const program::EventDef& event = plan_.program().events[i];
    if (event.kind == program::EventDef::Kind::kAct && plan_.unseen_act[event.act.index()] != 0) {
      phases |= PhaseBit(Phase::kRunning) | PhaseBit(Phase::kOver) | stopped;
    }
  }
  return static_cast<std::uint16_t>(phases);
}

Cell Evaluator::TermIs(TermId term, std::uint16_t phases) const {
  const unsigned possible = PossiblePhases(term);
  const TermState& state = record_.terms[term.index()];
  Cell out = UnknownTri();
  if ((possible & phases) == 0) out = FromTri(Tri::kNo, state.assumed);
  if ((possible & ~unsigned{phases}) == 0) out = FromTri(Tri::kYes, state.assumed);
  out.provisional = state.provisional;
  return out;
}

// Most conditions need a handful of places; only a long one pays for a deep stack.
constexpr std::uint16_t kShallow = 6;

template <bool kTrace, std::uint16_t kPlaces>
Cell Evaluator::Run(const program::Code& body, std::vector<Step>* steps, std::uint32_t* root) const {
  const std::vector<Op>& ops = kTrace ? plan_.program().ops : plan_.ops;
  Cell stack[kPlaces];
  [[maybe_unused]] std::uint32_t rows[kTrace ? kPlaces : 1];
  std::size_t top = 0;
  for (std::uint32_t i = body.ops.first; i < body.ops.end(); ++i) {
    const Op& op = ops[i];
    const auto pops = static_cast<std::size_t>(Pops(op.operation));
    [[maybe_unused]] std::conditional_t<kTrace, Step, int> step{};
    Cell value;
    if (op.operation == Operation::kFactNumber || op.operation == Operation::kFactTri) {
      const program::CodeId fact = plan_.program().facts[op.operand].code;
      if constexpr (kTrace) {
        step.children.push_back(Trace(fact, *steps, value));
      } else {
        value = Evaluate(fact);
      }
    } else if (pops == 0) {
      value = Leaf(op);
      if constexpr (kTrace) NoteActs(op, step);
    } else if (pops == 1) {
      value = Unary(op, stack[top - 1]);
    } else {
      value = Binary(op, stack[top - 2], stack[top - 1]);
    }
    if constexpr (kTrace) {
      for (std::size_t k = top - pops; k < top; ++k) step.children.push_back(rows[k]);
      bool ignored = false;
      if (IsDistance(op.operation)) step.length = Length(plan_.program().lengths[op.operand].length, ignored);
      step.op = op;
      step.value = value;
      step.is_tri = IsTri(op.operation);
      rows[top - pops] = static_cast<std::uint32_t>(steps->size());
      *root = rows[top - pops];
      steps->push_back(std::move(step));
    }
    top -= pops;
    stack[top++] = value;
  }
  return stack[0];
}

std::vector<FixedCode> Evaluator::FindIdle(const Plan& plan) {
  const History empty;
  Record nothing;
  nothing.Reset(plan, empty);
  const Evaluator evaluator(plan, nothing, nullptr);
  std::vector<FixedCode> codes(plan.codes.size());
  for (std::size_t row = 0; row < codes.size(); ++row) {
    const program::Code& body = plan.codes[row];
    FixedCode& idle = codes[row];
    idle.fixed = true;
    for (std::uint32_t i = body.ops.first; idle.fixed && i < body.ops.end(); ++i) {
      const std::optional<std::uint64_t> acts = LooksAt(plan.ops[i], plan.program());
      idle.fixed = acts.has_value();
      idle.acts |= acts.value_or(0);
    }
    if (idle.fixed) idle.value = evaluator.Run<false, program::kMaxDepth>(body, nullptr, nullptr);
  }
  return codes;
}

Cell Evaluator::Evaluate(program::CodeId code) const {
  if (!record_.in_doubt) {  // else it is not certain which acts stand
    const FixedCode& fixed = plan_.fixed[code.index()];
    const std::uint64_t standing = StandingNow();
    if (fixed.fixed && (fixed.acts & ~standing) == 0) return fixed.value;
    const FixedCode& idle = plan_.idle[code.index()];
    if (idle.fixed && (idle.acts & standing) == 0) return idle.value;
  }
  const program::Code& body = plan_.codes[code.index()];
  return body.depth <= kShallow ? Run<false, kShallow>(body, nullptr, nullptr)
                                : Run<false, program::kMaxDepth>(body, nullptr, nullptr);
}

std::uint32_t Evaluator::Trace(program::CodeId code, std::vector<Step>& steps, Cell& value) const {
  std::uint32_t root = kNoRow;
  value = Run<true, program::kMaxDepth>(plan_.program().codes[code.index()], &steps, &root);
  return root;
}

}  // namespace lawbound::engine
