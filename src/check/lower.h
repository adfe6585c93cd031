// Expressions into postfix operations.
#pragma once

#include <cstdint>
#include <map>

#include "check/checked_pack.h"
#include "program/program.h"

namespace lawbound::check {

// Appends codes to one program.  Not shared between threads.
class CodeLowering {
 public:
  explicit CodeLowering(program::Program& program) : program_(program) {}

  program::CodeId Lower(const Expr& expr);

 private:
  // The bodies of "some" and "every" become codes of their own, before the code that asks them.
  void LowerBodies(const Expr& expr);
  void Push(const Expr& expr);
  void Emit(program::Operation operation, std::size_t operand = 0, std::uint16_t small = 0);
  std::uint32_t Constant(std::int64_t number);
  std::uint32_t LengthRow(const program::CountedLength& length);
  void PushLeaf(const Expr& expr);
  void PushOperator(const Expr& expr);

  program::Program& program_;
  std::map<const Expr*, std::size_t> quantifiers_;  // of the expression being lowered
};

// How many operations the code of `expr` has; those of the facts it names are not among them.
std::size_t OperationsOf(const Expr& expr);

// The greatest height of the stack that the code of `expr` reaches.
std::size_t StackDepth(const Expr& expr);

}  // namespace lawbound::check
