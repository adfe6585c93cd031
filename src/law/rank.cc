#include "law/rank.h"

#include <algorithm>
#include <fmt/format.h>

#include "law/grammar.h"

namespace lawbound::law {

std::string_view StandingWords(Standing standing) {
  switch (standing) {
    case Standing::kHigher:
      return "the first prevails";
    case Standing::kLower:
      return "the second prevails";
    case Standing::kEqual:
      return "equal in rank";
    case Standing::kNeedsRuling:
      return "needs a ruling";
    case Standing::kApart:
      return "their territories do not meet";
    case Standing::kUnknown:
      return "unknown";
  }
  return "";
}

bool WithinTerritory(std::string_view inner, std::string_view outer) {
  return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '/');
}

base::Status Ranks::Read(std::string_view file) {
  for (const Row& row : Rows(file)) {
    const std::vector<std::string>& cells = row.cells;
    if (cells[0] == "rank" && cells.size() == 2) {
      ranks_.push_back(cells[1]);
      continue;
    }
    const bool edge = cells.size() == 4 && Has(cells[1]) && Has(cells[2]);
    if (edge && cells[0] == "above") {
      edges_.push_back({How::kAbove, cells[1], cells[2], cells[3]});
    } else if (edge && cells[0] == "above-within") {
      edges_.push_back({How::kAboveWithin, cells[1], cells[2], cells[3]});
    } else if (edge && cells[0] == "ruling") {
      edges_.push_back({How::kRuling, cells[1], cells[2], cells[3]});
    } else {
      return base::Error{base::Errc::kInvalid,
                         fmt::format("line {} of the ranks says nothing known", row.line)};
    }
  }
  for (const std::string& rank : ranks_) {
    if (Reaches(rank, rank, ranks_.size())) {
      return base::Error{base::Errc::kInvalid,
                         fmt::format("the ranks say that '{}' stands above itself", rank)};
    }
  }
  return base::Ok();
}

bool Ranks::Has(std::string_view rank) const { return std::ranges::find(ranks_, rank) != ranks_.end(); }

const Ranks::Edge* Ranks::Find(How how, std::string_view first, std::string_view second) const {
  const auto found = std::ranges::find_if(edges_, [&](const Edge& edge) {
    return edge.how == how && edge.first == first && edge.second == second;
  });
  return found == edges_.end() ? nullptr : &*found;
}

bool Ranks::Reaches(std::string_view from, std::string_view to, std::size_t steps) const {
  if (steps == 0) return false;
  return std::ranges::any_of(edges_, [&](const Edge& edge) {
    return edge.how == How::kAbove && edge.first == from &&
           (edge.second == to || Reaches(edge.second, to, steps - 1));
  });
}

Comparison Ranks::Compare(const Authority& first, const Authority& second) const {
  const bool meet = WithinTerritory(first.territory, second.territory) ||
                    WithinTerritory(second.territory, first.territory);
  if (!first.territory.empty() && !second.territory.empty() && !meet) return {Standing::kApart, ""};
  if (const Edge* edge = Find(How::kAbove, first.rank, second.rank)) return {Standing::kHigher, edge->basis};
  if (const Edge* edge = Find(How::kAbove, second.rank, first.rank)) return {Standing::kLower, edge->basis};
  const bool unequal = first.territory != second.territory || first.rank != second.rank;
  if (unequal && WithinTerritory(second.territory, first.territory)) {
    if (const Edge* edge = Find(How::kAboveWithin, first.rank, second.rank))
      return {Standing::kHigher, edge->basis};
  }
  if (unequal && WithinTerritory(first.territory, second.territory)) {
    if (const Edge* edge = Find(How::kAboveWithin, second.rank, first.rank))
      return {Standing::kLower, edge->basis};
  }
  const bool one_maker = !first.maker.empty() && first.maker == second.maker;
  if (!one_maker) {
    if (const Edge* edge = Find(How::kRuling, first.rank, second.rank))
      return {Standing::kNeedsRuling, edge->basis};
    if (const Edge* edge = Find(How::kRuling, second.rank, first.rank))
      return {Standing::kNeedsRuling, edge->basis};
  }
  if (Has(first.rank) && !unequal) return {Standing::kEqual, ""};
  return {Standing::kUnknown, ""};
}

}  // namespace lawbound::law
