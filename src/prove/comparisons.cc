#include "prove/comparisons.h"

#include <algorithm>

#include "base/check.h"
#include "program/operations.h"

namespace lawbound::prove {

using program::Op;
using program::Operation;

namespace {

constexpr Value kMostMark = Value{1} << 49;  // beyond, numbers are not tried
constexpr Value kWhole = 10'000;             // a whole in hundredths of a percent
constexpr Value kMostFactor = 1'000'000;
constexpr std::size_t kMostKnown = 64;   // numbers that one part of an expression may be
constexpr std::size_t kMostMarks = 400;  // of one field
constexpr std::size_t kMostAdded = 3;    // that are taken off one after the other

bool IsTried(Value number) { return number >= -kMostMark && number <= kMostMark; }

void SortOut(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// A number of which `mark` is about the share.
Value WholeOf(Value mark, Value share) { return mark * kWhole / share; }

}  // namespace

void Comparisons::Add(program::CodeId code) { Look(code); }

Comparisons::Known Comparisons::LookUp(const Op& op) {
  const program::TableDef& table = program_.tables[op.operand];
  Known cells;
  for (std::uint32_t row = table.cells.first; row < table.cells.end(); row += table.columns.count) {
    numbers_.push_back(program_.table_cells[row + table.keys - 1].number);
    cells.push_back(program_.table_cells[row + op.small].number);
  }
  SortOut(cells);
  numbers_.insert(numbers_.end(), cells.begin(), cells.end());
  if (cells.size() > kMostKnown) {
    cut_ = true;
    cells.resize(kMostKnown);
  }
  return cells;
}

Comparisons::Known Comparisons::Combine(const Op& op, const Known& left, const Known& right) {
  const auto note = [&](const Known& part) {
    auto& list = op.operation == Operation::kMultiply ? shares_ : added_;
    for (const Value one : part) {
      if (op.operation != Operation::kMultiply) {
        list.push_back(one);
      } else if (one > 1 && one <= kMostFactor) {
        list.push_back(one * kWhole);
      }
    }
  };
  Known both;
  switch (op.operation) {
    case Operation::kMin:
    case Operation::kMax:
      if (left.empty() || right.empty()) return {};
      both = left;
      both.insert(both.end(), right.begin(), right.end());
      return both;
    case Operation::kAdd:
    case Operation::kSubtract:
    case Operation::kMultiply:
      break;
    default:
      return {};
  }
  if (left.empty()) note(right);
  if (right.empty()) note(left);
  for (const Value a : left) {
    for (const Value b : right) {
      if (!IsTried(a) || !IsTried(b)) continue;
      const bool product = op.operation == Operation::kMultiply;
      if (product && b != 0 && std::max(a, -a) > kMostMark / std::max(b, -b)) {
        cut_ = true;
        continue;
      }
      const Value made = product ? a * b : op.operation == Operation::kAdd ? a + b : a - b;
      if (both.size() >= kMostKnown) {
        cut_ = true;
        return both;
      }
      both.push_back(made);
      numbers_.push_back(made);
    }
  }
  return both;
}

Comparisons::Known Comparisons::Look(program::CodeId code) {
  const program::Code& body = program_.codes[code.index()];
  std::vector<Known> stack;
  for (std::uint32_t i = body.ops.first; i < body.ops.end(); ++i) {
    const Op& op = program_.ops[i];
    const std::uint16_t pops = program::Info(op.operation).pops;
    CHECK(stack.size() >= pops);
    Known made;
    switch (op.operation) {
      case Operation::kConstant:
        made = {program_.constants[op.operand]};
        numbers_.push_back(made.front());
        break;
      case Operation::kFactNumber:
      case Operation::kFactTri:
        made = Look(program_.facts[op.operand].code);
        break;
      case Operation::kLookup:
      case Operation::kLookupTwo:
        made = LookUp(op);
        break;
      case Operation::kPercentOf: {
        const Value share = program_.constants[op.operand];
        if (share > 0 && stack.back().empty()) shares_.push_back(share);
        for (const Value of : stack.back()) {
          if (IsTried(of) && share > 0 && share <= kMostFactor)
            made.push_back((of * share + kWhole / 2) / kWhole);
        }
        numbers_.insert(numbers_.end(), made.begin(), made.end());
        break;
      }
      default:
        if (pops == 2) made = Combine(op, stack[stack.size() - 2], stack.back());
    }
    stack.resize(stack.size() - pops);
    stack.push_back(std::move(made));
  }
  return stack.empty() ? Known() : stack.back();
}

std::vector<Value> Comparisons::Marks() {
  std::vector<Value> marks = numbers_;
  SortOut(marks);
  SortOut(shares_);
  // The same number may be added twice.
  const int rounds = static_cast<int>(std::min<std::size_t>(kMostAdded, added_.size()));
  std::vector<Value> all_added = added_;
  SortOut(all_added);
  // What is compared may be a share: then also the numbers of which each mark is that share.
  const std::vector<Value> whole = marks;
  for (const Value share : shares_) {
    for (const Value mark : whole) {
      if (mark <= 0 || mark > kMostMark) continue;
      marks.push_back(WholeOf(mark, share));
      marks.push_back(WholeOf(mark + 1, share) + 1);
    }
  }
  // Or something may be added to it, or taken from it, before.
  std::vector<Value> last = marks;
  for (int round = 0; round < rounds; ++round) {
    std::vector<Value> next;
    for (const Value mark : last) {
      for (const Value added : all_added) {
        if (!IsTried(mark) || !IsTried(added)) continue;
        next.push_back(mark + added);
        next.push_back(mark - added);
        next.push_back(added - mark);
      }
    }
    SortOut(next);
    marks.insert(marks.end(), next.begin(), next.end());
    last = std::move(next);
    if (last.size() > kMostMarks) break;
  }
  std::erase_if(marks, [](Value mark) { return mark < 0 || mark > kMostMark; });
  SortOut(marks);
  if (marks.size() > kMostMarks) {
    cut_ = true;
    marks.resize(kMostMarks);
  }
  return marks;
}

Value Comparisons::Largest() {
  Value largest = 1000, added = 0;
  for (const Value number : numbers_) {
    if (number <= kMostMark) largest = std::max(largest, number);
  }
  for (const Value one : added_) {
    if (IsTried(one)) added += std::max(one, -one);
  }
  const Value least = shares_.empty() ? kWhole : *std::min_element(shares_.begin(), shares_.end());
  largest = std::min(largest + added, kMostMark);
  return least < kWhole ? WholeOf(largest + 2, least) + 1 : largest;
}

}  // namespace lawbound::prove
