#include "program/graph.h"

namespace lawbound::program {

std::optional<std::size_t> Graph::NodeOnCycle() const {
  // Take away, again and again, nodes that nothing leads to; what is left lies on a cycle or behind one.
  std::vector<std::uint32_t> leading_in(nodes_, 0);
  std::vector<std::uint32_t> first_out(nodes_ + 1, 0);
  for (const Edge& edge : edges_) ++leading_in[edge.to], ++first_out[edge.from + 1];
  for (std::size_t i = 0; i < nodes_; ++i) first_out[i + 1] += first_out[i];
  std::vector<std::uint32_t> out(edges_.size());
  std::vector<std::uint32_t> filled(first_out.begin(), first_out.end() - 1);
  for (const Edge& edge : edges_) out[filled[edge.from]++] = edge.to;

  std::vector<std::uint32_t> free;
  for (std::size_t i = 0; i < nodes_; ++i) {
    if (leading_in[i] == 0) free.push_back(static_cast<std::uint32_t>(i));
  }
  for (std::size_t done = 0; done < free.size(); ++done) {
    const std::uint32_t node = free[done];
    for (std::uint32_t i = first_out[node]; i < first_out[node + 1]; ++i) {
      if (--leading_in[out[i]] == 0) free.push_back(out[i]);
    }
  }
  if (free.size() == nodes_) return std::nullopt;

  // Every node left has another one left before it: walking backwards long enough ends on a cycle.
  std::vector<std::uint32_t> before(nodes_, 0);
  std::size_t node = 0;
  for (const Edge& edge : edges_) {
    if (leading_in[edge.from] != 0 && leading_in[edge.to] != 0) before[edge.to] = edge.from, node = edge.to;
  }
  for (std::size_t step = 0; step < nodes_; ++step) node = before[node];
  return node;
}

}  // namespace lawbound::program
