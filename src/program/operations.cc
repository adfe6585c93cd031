#include "program/operations.h"

#include <array>
#include <cstddef>

#include "base/check.h"

namespace lawbound::program {
namespace {

constexpr ResultType Takes(Operation operation) {
  const bool tri = operation == Operation::kNot || operation == Operation::kAnd ||
                   operation == Operation::kOr || operation == Operation::kSameTri;
  return tri ? ResultType::kTri : ResultType::kNumber;
}

constexpr auto kOperations = std::to_array<OperationInfo>({
#define OP(name, operand, pops, result, meaning) \
  {#name, Operand::operand, pops, Takes(Operation::name), ResultType::result, meaning},
#include "program/operations.def"
#undef OP
});

}  // namespace

std::span<const OperationInfo> Operations() { return kOperations; }

const OperationInfo& Info(Operation operation) {
  const auto index = static_cast<std::size_t>(operation);
  CHECK(index < kOperations.size());
  return kOperations[index];
}

}  // namespace lawbound::program
