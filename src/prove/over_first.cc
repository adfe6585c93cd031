#include "prove/over_first.h"

#include <cstdint>

namespace lawbound::prove {

using calendar::Length;
using calendar::Unit;
using model::TermId;
using program::TermDef;

namespace {

std::int64_t Months(const Length& length) {
  return length.unit == Unit::kYears ? std::int64_t{12} * length.count : length.count;
}

// Whether from every day the first ends no later than the second.  A month has 28 days at least; two are left
// for the ways in which the first and the last day may count.
bool IsAtMost(const Length& a, const Length& b) {
  const auto in_months = [](const Length& length) {
    return length.unit == Unit::kMonths || length.unit == Unit::kYears;
  };
  if (a.unit == Unit::kHours || b.unit == Unit::kHours) return false;
  if (in_months(a) && in_months(b)) return Months(a) <= Months(b);
  if (a.unit == b.unit) return a.count <= b.count;
  return a.unit == Unit::kDays && in_months(b) && a.count + 2 <= 28 * Months(b);
}

}  // namespace

std::vector<std::pair<TermId, TermId>> OverFirst(const engine::Plan& plan) {
  const std::vector<TermDef>& terms = plan.program().terms;
  std::vector<std::pair<TermId, TermId>> pairs;
  const auto fixed = [](const TermDef& term) { return term.length.kind == program::LengthDef::Kind::kFixed; };
  for (std::size_t first = 0; first < terms.size(); ++first) {
    const TermDef& a = terms[first];
    if (!fixed(a) || !a.stops.empty() || !a.extensions.empty()) continue;
    for (std::size_t second = 0; second < terms.size(); ++second) {
      const TermDef& b = terms[second];
      if (first == second || !fixed(b) || !b.ceilings.empty() || a.counting != b.counting) continue;
      if (!IsAtMost(a.length.fixed, b.length.fixed)) continue;
      if (IsAtMost(b.length.fixed, a.length.fixed) && first > second) continue;
      pairs.emplace_back(TermId(first), TermId(second));
    }
  }
  return pairs;
}

}  // namespace lawbound::prove
