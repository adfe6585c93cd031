#include "prove/reach.h"

namespace lawbound::prove {

void ReachBack(const std::vector<Edge>& edges, const std::vector<std::uint8_t>& allowed,
               std::vector<std::uint8_t>& goal) {
  std::vector<std::uint32_t> first(goal.size() + 1, 0), by_end(edges.size());
  for (const Edge& edge : edges) ++first[edge.to + std::size_t{1}];
  for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  for (std::uint32_t i = 0; i < edges.size(); ++i) by_end[next[edges[i].to]++] = i;
  std::vector<Node> todo;
  for (Node node = 0; node < goal.size(); ++node) {
    if (goal[node] != 0) todo.push_back(node);
  }
  while (!todo.empty()) {
    const Node node = todo.back();
    todo.pop_back();
    for (std::uint32_t i = first[node]; i < first[node + std::size_t{1}]; ++i) {
      const Edge& edge = edges[by_end[i]];
      if (allowed[by_end[i]] == 0 || goal[edge.from] != 0) continue;
      goal[edge.from] = 1;
      todo.push_back(edge.from);
    }
  }
}

}  // namespace lawbound::prove
