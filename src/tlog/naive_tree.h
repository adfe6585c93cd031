// For tests: the definitions of RFC 6962 section 2.1 written down as they stand, recursive and
// slow, sharing nothing with merkle.cc but the hash functions.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tlog/merkle.h"

namespace lawbound::tlog::naive {

inline std::size_t Split(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

// The tree hash, paths and proofs of the entries begin..end-1.  Remembers each hash, so that a test can ask
// for many.
class Definition {
 public:
  explicit Definition(std::span<const std::string> entries) : d_(entries) {}

  Hash Mth(std::size_t begin, std::size_t end) {
    if (begin == end) return Sha256("");
    const auto [at, fresh] = hashes_.try_emplace({begin, end});
    if (!fresh) return at->second;
    if (end - begin == 1) return at->second = Sha256(std::string(1, '\0') + d_[begin]);
    const std::size_t middle = begin + Split(end - begin);
    const Hash left = Mth(begin, middle);
    const Hash right = Mth(middle, end);
    return hashes_[{begin, end}] = Sha256("\1" + std::string(left.view()) + std::string(right.view()));
  }

  TreeHead Head(std::size_t size) { return {size, Mth(0, size)}; }

  std::vector<Hash> Path(std::size_t m, std::size_t size) { return PathIn(m, 0, size); }
  std::vector<Hash> Proof(std::size_t m, std::size_t size) { return SubProof(m, 0, size, true); }

 private:
  std::vector<Hash> PathIn(std::size_t m, std::size_t begin, std::size_t end) {
    if (end - begin == 1) return {};
    const std::size_t k = Split(end - begin);
    std::vector<Hash> out = m < k ? PathIn(m, begin, begin + k) : PathIn(m - k, begin + k, end);
    out.push_back(m < k ? Mth(begin + k, end) : Mth(begin, begin + k));
    return out;
  }

  std::vector<Hash> SubProof(std::size_t m, std::size_t begin, std::size_t end, bool whole) {
    if (m == end - begin) return whole ? std::vector<Hash>{} : std::vector<Hash>{Mth(begin, end)};
    const std::size_t k = Split(end - begin);
    std::vector<Hash> out =
        m <= k ? SubProof(m, begin, begin + k, whole) : SubProof(m - k, begin + k, end, false);
    out.push_back(m <= k ? Mth(begin + k, end) : Mth(begin, begin + k));
    return out;
  }

  std::span<const std::string> d_;
  std::map<std::pair<std::size_t, std::size_t>, Hash> hashes_;
};

inline std::vector<std::string> Entries(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back("entry " + std::to_string(i));
  return out;
}

// Every complete subtree of `entries`, kept in memory.
class Nodes final : public NodeSource {
 public:
  explicit Nodes(std::span<const std::string> entries) : levels_(1) {
    for (const std::string& entry : entries) levels_[0].push_back(LeafHash(entry));
    while (levels_.back().size() > 1) {
      const std::vector<Hash>& below = levels_.back();
      std::vector<Hash> level;
      for (std::size_t i = 0; i + 1 < below.size(); i += 2) level.push_back(NodeHash(below[i], below[i + 1]));
      levels_.push_back(std::move(level));
    }
  }
  base::Result<Hash> Node(unsigned level, std::uint64_t index) override {
    if (level >= levels_.size() || index >= levels_[level].size()) {
      return base::Error{base::Errc::kNotFound, "no such node"};
    }
    return levels_[level][index];
  }

 private:
  std::vector<std::vector<Hash>> levels_;
};

}  // namespace lawbound::tlog::naive
