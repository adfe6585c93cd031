// What operations.def says of each operation, as data.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "program/program.h"

namespace lawbound::program {

// What the operand of an operation names.  The words are those of operations.def.
enum class Operand : std::uint8_t {
  kNone,
  kConstant,
  kActRow,
  kFieldRow,
  kFactRow,
  kRuleRow,
  kTermPhases,
  kActPair,
  kActCredential,
  kFieldCredential,
  kCountingLength,
  kMask,
  kQuantifierRow,
  kActRole,
  kFieldRole,
  kMember,
  kFieldMember,
  kTableColumn,
  kAccrualRow,
  kOutsideRow,
  kClock,
  kFindingRow,
  kActStanding,
};

struct OperationInfo {
  std::string_view name;  // "kAtLeastBefore"
  Operand operand = Operand::kNone;
  std::uint16_t pops = 0;
  ResultType takes = ResultType::kNumber;  // of every value it takes from the stack
  ResultType result = ResultType::kTri;
  std::string_view meaning;
};

// In the order of the enum.  Lives for ever.
std::span<const OperationInfo> Operations();

// REQUIRES: an operation of the list.
const OperationInfo& Info(Operation operation);

}  // namespace lawbound::program
