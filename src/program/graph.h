// A directed graph over numbered nodes, to ask one question of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace lawbound::program {

class Graph {
 public:
  explicit Graph(std::size_t nodes) : nodes_(nodes) {}

  // REQUIRES: both below the number of nodes.
  void AddEdge(std::size_t from, std::size_t to) {
    edges_.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
  }

  // Some node that can be reached from itself.  Linear, and without recursion: the graph may come from
  // hostile bytes.
  std::optional<std::size_t> NodeOnCycle() const;

 private:
  struct Edge {
    std::uint32_t from = 0, to = 0;
  };
  std::size_t nodes_;
  std::vector<Edge> edges_;
};

}  // namespace lawbound::program
