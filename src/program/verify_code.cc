// Checks of conditions and facts: codes, their operands, stacks and costs.

#include <algorithm>
#include <string_view>
#include <vector>

#include "program/cells.h"
#include "program/names.h"
#include "program/operations.h"
#include "program/verify_parts.h"

namespace lawbound::program::verifier {

// -------------------------------------------------------------------------------------------------- codes

namespace {

// Whether an operation can be asked of a field: its owner and its type are what the operation reads.
bool Reads(Operation operation, const FieldDef& field) {
  const bool yes_no = field.type == ValueType::kYesNo;
  if (operation == Operation::kRoleField) return field.role && !yes_no;
  if (operation == Operation::kRoleYesNo) return field.role && yes_no;
  if (!field.act) return false;
  if (operation == Operation::kSum) return field.type == ValueType::kWhole || field.type == ValueType::kMoney;
  if (operation == Operation::kHas) return true;
  if (field.type == ValueType::kMember || field.type == ValueType::kList) return false;
  return (Info(operation).result == ResultType::kTri) == yes_no;
}

// Whether the field is what a finding finds, and the value presumed is one of its values.
bool MayPresume(const Program& p, const Op& op) {
  const FieldDef& field = p.fields[op.operand];
  const std::size_t values = field.type == ValueType::kYesNo ? 2 : field.choices.count;
  return p.acts[field.act.index()].kind == ActDef::Kind::kFinding && op.small <= values;
}

bool IsOperandRight(const Program& p, const Op& op) {
  const std::size_t row = op.operand;
  switch (Info(op.operation).operand) {
    case Operand::kNone:
      return row == 0;
    case Operand::kConstant:
      return row < p.constants.size();
    case Operand::kMask:
      return row < p.constants.size() && p.constants[row] >= 0;
    case Operand::kActRow:
      return row < p.acts.size();
    case Operand::kFieldRow:
      return row < p.fields.size() && Reads(op.operation, p.fields[row]);
    case Operand::kFactRow:
      return row < p.facts.size();
    case Operand::kRuleRow:
      return row < p.rules.size();
    case Operand::kTermPhases:
      return row < p.terms.size() && op.small != 0 && op.small < 2 * PhaseBit(Phase::kOver);
    case Operand::kActPair:
      return row < p.acts.size() && op.small < p.acts.size();
    case Operand::kActCredential:
      return row < p.acts.size() && op.small < p.credentials.size();
    case Operand::kFieldCredential:
      return row < p.fields.size() && p.fields[row].act && p.fields[row].type == ValueType::kOfficial &&
             op.small < p.credentials.size();
    case Operand::kCountingLength:
      return row < p.lengths.size();
    case Operand::kQuantifierRow:
      return row < p.quantifiers.size();
    case Operand::kActRole:
      return row < p.acts.size() && op.small < p.roles.size();
    case Operand::kFieldRole:
      return row < p.fields.size() && op.small < p.roles.size() && NamesOfficials(p.fields[row]);
    case Operand::kMember:
    case Operand::kFieldMember:
      return false;  // of unfolded programs only, and those are not stored
    case Operand::kAccrualRow:
      return row < p.accruals.size();
    case Operand::kOutsideRow:
      return row < p.outside.size();
    case Operand::kClock:
      return row < p.constants.size() && p.constants[row] >= 0 && p.constants[row] < 1440 * 1440;
    case Operand::kTableColumn: {
      if (row >= p.tables.size()) return false;
      const TableDef& table = p.tables[row];
      return table.keys == Info(op.operation).pops && op.small >= table.keys &&
             op.small < table.columns.count;
    }
    case Operand::kFindingRow:
      return row < p.fields.size() && Reads(op.operation, p.fields[row]) && MayPresume(p, op);
    case Operand::kActStanding:
      return row < p.acts.size() && op.small > 0 && op.small < kValuesOf<Standing>;
  }
  return false;
}

}  // namespace

Status CheckOperands(const Program& p) {
  for (std::size_t i = 0; i < p.ops.size(); ++i) {
    const Op& op = p.ops[i];
    const OperationInfo& info = Info(op.operation);
    if (!IsOperandRight(p, op)) {
      return Bad("operation {}, {}, cannot be asked of row {} with {}", i, info.name, op.operand, op.small);
    }
    const bool uses_small = info.operand == Operand::kTermPhases || info.operand == Operand::kActPair ||
                            info.operand == Operand::kActRole || info.operand == Operand::kFieldRole ||
                            info.operand == Operand::kTableColumn || info.operand == Operand::kFindingRow ||
                            info.operand == Operand::kActStanding ||
                            info.operand == Operand::kActCredential ||
                            info.operand == Operand::kFieldCredential;
    if (!uses_small && op.small != 0) return Bad("operation {}, {}, has a second operand", i, info.name);
  }
  return Ok();
}

namespace {

// The stack of types that a code works on.
Status CheckStack(const Program& p, std::size_t index) {
  const Code& code = p.codes[index];
  std::vector<ResultType> stack;
  std::size_t depth = 0;
  for (const Op& op : In(p.ops, code.ops)) {
    const OperationInfo& info = Info(op.operation);
    if (stack.size() < info.pops) return Bad("code {}: {} finds too few values", index, info.name);
    for (std::size_t i = 0; i < info.pops; ++i) {
      if (stack.back() != info.takes)
        return Bad("code {}: {} finds a value of the wrong type", index, info.name);
      stack.pop_back();
    }
    stack.push_back(info.result);
    depth = std::max(depth, stack.size());
    if (depth > kMaxDepth) return Bad("code {} needs a stack deeper than {}", index, kMaxDepth);
  }
  if (stack.size() != 1) return Bad("code {} leaves {} values", index, stack.size());
  if (stack.back() != code.result) return Bad("code {} leaves a value of another type than it says", index);
  if (depth != code.depth) return Bad("code {} says it is {} deep and is {}", index, code.depth, depth);
  return Ok();
}

}  // namespace

Status CheckCodes(const Program& p) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < p.codes.size(); ++i) {
    if (p.codes[i].ops.first != next) return Bad("code {} does not follow the one before", i);
    next += p.codes[i].ops.count;
    RETURN_IF_ERROR(CheckStack(p, i));
  }
  if (next != p.ops.size()) return Bad("operation {} belongs to no code", next);
  return Ok();
}

Status CheckFacts(const Program& p) {
  // The greatest fact that each code asks, plus one.
  std::vector<std::size_t> asks(p.codes.size(), 0);
  for (std::size_t i = 0; i < p.facts.size(); ++i) {
    if (!p.facts[i].code) return Bad("fact '{}' has no code", NameOf(p, FactId(i)));
  }
  for (std::size_t i = 0; i < p.codes.size(); ++i) {
    for (const Op& op : In(p.ops, p.codes[i].ops)) {
      if (Info(op.operation).operand == Operand::kQuantifierRow)
        asks[i] = std::max(asks[i], asks[p.quantifiers[op.operand].body.index()]);
      if (Info(op.operation).operand != Operand::kFactRow) continue;
      asks[i] = std::max<std::size_t>(asks[i], op.operand + std::size_t{1});
      if (p.codes[p.facts[op.operand].code.index()].result != Info(op.operation).result) {
        return Bad("code {} asks fact '{}' for a value of another type than it has", i,
                   NameOf(p, FactId(op.operand)));
      }
    }
  }
  for (std::size_t i = 0; i < p.facts.size(); ++i) {
    if (asks[p.facts[i].code.index()] > i)
      return Bad("fact '{}' uses itself or a later fact", NameOf(p, FactId(i)));
  }
  return Ok();
}

namespace {

// What one evaluation of a code costs: a fact is worked out again each time it is asked.
struct Work {
  std::size_t operations = 0;  // 0: not counted yet
  std::size_t depth = 0;       // of facts that ask facts
};

// REQUIRES: the work of every fact and body that the code asks is known and within the limits.
Work WorkOf(const Program& p, const Code& code, const std::vector<Work>& of_codes) {
  Work work{.operations = code.ops.count};
  for (const Op& op : In(p.ops, code.ops)) {
    const Operand operand = Info(op.operation).operand;
    if (operand != Operand::kFactRow && operand != Operand::kQuantifierRow) continue;
    const bool asks_fact = operand == Operand::kFactRow;
    const Work& fact =
        of_codes[(asks_fact ? p.facts[op.operand].code : p.quantifiers[op.operand].body).index()];
    work.operations += fact.operations;
    work.depth = std::max(work.depth, fact.depth + (asks_fact ? 1 : 0));
  }
  return work;
}

}  // namespace

Status CheckWork(const Program& p) {
  std::vector<Work> of_codes(p.codes.size());
  const auto count = [&](std::size_t index, const auto& again) -> Status {
    Work& work = of_codes[index];
    if (work.operations != 0) return Ok();
    for (const Op& op : In(p.ops, p.codes[index].ops)) {
      if (Info(op.operation).operand == Operand::kQuantifierRow)
        RETURN_IF_ERROR(again(p.quantifiers[op.operand].body.index(), again));
    }
    work = WorkOf(p, p.codes[index], of_codes);
    if (work.operations > kMaxWork)
      return Bad("code {} takes {} operations, more than {}", index, work.operations, kMaxWork);
    if (work.depth > kMaxFactDepth)
      return Bad("code {} asks facts that ask facts {} deep, more than {}", index, work.depth, kMaxFactDepth);
    return Ok();
  };
  // Facts first: each uses only facts before it.
  for (const FactDef& fact : p.facts) RETURN_IF_ERROR(count(fact.code.index(), count));
  for (std::size_t i = 0; i < p.codes.size(); ++i) RETURN_IF_ERROR(count(i, count));
  return Ok();
}

namespace {

Status CheckCondition(const Program& p, CodeId code, std::string_view table, std::size_t row) {
  if (!code || p.codes[code.index()].result == ResultType::kTri) return Ok();
  return Bad("row {} of '{}': a condition that is a number", row, table);
}

}  // namespace

Status CheckAccruals(const Program& p) {
  // Whether a code asks for what grows, itself or through facts; facts come before those that use them.
  std::vector<bool> grows(p.codes.size());
  const auto find = [&](std::size_t code) {
    for (const Op& op : In(p.ops, p.codes[code].ops)) {
      if (op.operation == Operation::kAccrued) grows[code] = true;
      if (Info(op.operation).operand == Operand::kFactRow && grows[p.facts[op.operand].code.index()])
        grows[code] = true;
    }
  };
  for (const FactDef& fact : p.facts) find(fact.code.index());
  for (std::size_t code = 0; code < p.codes.size(); ++code) find(code);
  // Each is asked for once, by a fact: in its part it grows.
  std::vector<std::uint8_t> asked(p.accruals.size());
  std::vector<std::uint8_t> of_fact(p.codes.size());
  for (const FactDef& fact : p.facts) of_fact[fact.code.index()] = 1;
  for (std::size_t code = 0; code < p.codes.size(); ++code) {
    for (const Op& op : In(p.ops, p.codes[code].ops)) {
      if (op.operation != Operation::kAccrued) continue;
      if (of_fact[code] == 0 || asked[op.operand]++ != 0)
        return Bad("accrual {} is asked for by more than one fact", op.operand);
    }
  }
  for (std::size_t i = 0; i < p.accruals.size(); ++i) {
    const AccrualDef& accrual = p.accruals[i];
    if (!accrual.term || !accrual.base) return Bad("accrual {} is on no term, or of nothing", i);
    if (accrual.percent <= 0 || accrual.percent > kMaxPercent)
      return Bad("accrual {} grows by {} hundredths of a percent", i, accrual.percent);
    for (const CodeId code : {accrual.base, accrual.cap}) {
      if (!code) continue;
      if (p.codes[code.index()].result != ResultType::kNumber) return Bad("accrual {} is of an answer", i);
      if (grows[code.index()]) return Bad("accrual {} is of what grows itself", i);
    }
  }
  return Ok();
}

Status CheckConditions(const Program& p) {
  for (std::size_t i = 0; i < p.stops.size(); ++i) {
    if (!p.stops[i].condition) return Bad("row {} of 'stops' has no condition", i);
    RETURN_IF_ERROR(CheckCondition(p, p.stops[i].condition, "stops", i));
  }
  for (std::size_t i = 0; i < p.rules.size(); ++i)
    RETURN_IF_ERROR(CheckCondition(p, p.rules[i].if_code, "rules", i));
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    RETURN_IF_ERROR(CheckCondition(p, p.sentences[i].if_code, "sentences", i));
    RETURN_IF_ERROR(CheckCondition(p, p.sentences[i].condition, "sentences", i));
    RETURN_IF_ERROR(CheckCondition(p, p.sentences[i].unless, "sentences", i));
  }
  return Ok();
}

}  // namespace lawbound::program::verifier
