#include "prove/reach.h"

#include <algorithm>

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

namespace {

// A move of a node: rows of `rows` from `first` on.
struct Group {
  Node from = kNoNode;
  bool time = false;
  std::size_t first = 0, count = 0;
};

}  // namespace

// Round by round: first it is seen where the matter may come to by itself from a node that is good so far,
// then each move all of whose ends stay good makes its node good.  What comes of itself may come at once: so
// a move ends in all that can be come to from its ends so, and who waits may be overtaken by it.
void ReachSurely(const std::vector<Edge>& edges, const std::vector<std::uint8_t>& own,
                 std::vector<std::uint8_t>& goal) {
  std::vector<std::uint32_t> rows, free;
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    if (edges[i].deed == Edge::kFree) {
      free.push_back(i);
    } else if (own[i] != 0 && edges[i].sure) {
      rows.push_back(i);
    }
  }
  std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(edges[a].from, edges[a].deed) < std::pair(edges[b].from, edges[b].deed);
  });
  std::vector<Group> groups;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Edge& edge = edges[rows[i]];
    const bool same = i > 0 && edges[rows[i - 1]].from == edge.from && edges[rows[i - 1]].deed == edge.deed;
    if (!same) groups.push_back({.from = edge.from, .time = edge.deed == Edge::kTime, .first = i});
    ++groups.back().count;
  }
  for (bool more = true; more;) {
    more = false;
    // Whether all that it may come to by itself is good, too.
    std::vector<std::uint8_t> stays = goal;
    for (bool lost = true; lost;) {
      lost = false;
      for (auto i = free.rbegin(); i != free.rend(); ++i) {
        if (stays[edges[*i].from] == 0 || stays[edges[*i].to] != 0) continue;
        stays[edges[*i].from] = 0;
        lost = true;
      }
    }
    // Of a node that is not good yet: whether what comes of itself leads to good ones only.
    std::vector<std::uint8_t> overtaken(goal.size(), 0);
    for (const std::uint32_t i : free) {
      if (edges[i].to != edges[i].from && stays[edges[i].to] == 0) overtaken[edges[i].from] = 1;
    }
    for (const Group& group : groups) {
      if (goal[group.from] != 0 || (group.time && overtaken[group.from] != 0)) continue;
      const bool good = std::all_of(rows.begin() + static_cast<std::ptrdiff_t>(group.first),
                                    rows.begin() + static_cast<std::ptrdiff_t>(group.first + group.count),
                                    [&](std::uint32_t row) { return stays[edges[row].to] != 0; });
      if (!good) continue;
      goal[group.from] = 1;
      more = true;
    }
  }
}

}  // namespace lawbound::prove
