// With which numbers the expressions of a program compare: what the values tried for a field lie on each side
// of.
#pragma once

#include <vector>

#include "model/history.h"
#include "program/program.h"

namespace lawbound::prove {

using model::Value;

class Comparisons {
 public:
  // Borrows it.
  explicit Comparisons(const program::Program& program) : program_(program) {}

  // An expression, and the facts that it asks.
  void Add(program::CodeId code);

  // Where what the expressions say may change: the numbers written in them and in the tables they look in,
  // what comes of numbers that are added or multiplied; the amounts of which a share or a multiple is one of
  // these; and with what is added to an amount before it is compared taken off again, or what an amount
  // is taken from.  Not below nought, each once.
  std::vector<Value> Marks();
  // More marks than are tried: some were left out.
  bool cut() const { return cut_; }
  // More than every mark and, of the smallest share taken, the whole of it.
  Value Largest();

 private:
  // What a part of an expression may be: numbers known beforehand; none where it depends on the matter.
  using Known = std::vector<Value>;

  Known Look(program::CodeId code);
  Known Combine(const program::Op& op, const Known& left, const Known& right);
  Known LookUp(const program::Op& op);

  const program::Program& program_;
  std::vector<Value> numbers_;
  std::vector<Value> shares_;  // in hundredths of a percent
  std::vector<Value> added_;   // to something that depends on the matter, or taken from it
  bool cut_ = false;
};

}  // namespace lawbound::prove
