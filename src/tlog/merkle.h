// The Merkle tree of RFC 6962 and RFC 9162: roots, proofs that an entry is in the tree, proofs that a larger
// tree begins with a smaller one, and their verification.  Sizes and indexes are below 2^63.
//
// A prover reads hashes of complete subtrees from a NodeSource (tiles, a database, memory); a verifier needs
// nothing but the proof.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "tlog/hash.h"

namespace lawbound::tlog {

inline constexpr std::uint64_t kMaxTreeSize = (std::uint64_t{1} << 63) - 1;
// No proof in a tree of that size is longer.
inline constexpr std::size_t kMaxProofLength = 63;

// Where the hashes of a tree are kept.
class NodeSource {
 public:
  virtual ~NodeSource() = default;
  // The root of the complete subtree of 2^level entries that begins at entry index * 2^level.
  // kNotFound or kCorrupt as the store sees it.
  virtual base::Result<Hash> Node(unsigned level, std::uint64_t index) = 0;
};

// A growing tree that keeps only what its root needs: at most 63 hashes.  May be copied.
class TreeBuilder {
 public:
  void Append(const Hash& leaf_hash);
  std::uint64_t size() const { return size_; }
  Hash Root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;  // the complete subtrees, largest first; INVARIANT: one for each bit set in size_
};

// The root of subtrees that lie side by side, each smaller than the one before it.  REQUIRES: not empty.
Hash FoldPeaks(std::span<const Hash> peaks);

// The root of the tree of the first `size` entries.
base::Result<Hash> TreeRoot(NodeSource& nodes, std::uint64_t size);

// From the sibling of the leaf up to a child of the root.  REQUIRES: index < size <= kMaxTreeSize.
base::Result<std::vector<Hash>> InclusionProof(NodeSource& nodes, std::uint64_t index, std::uint64_t size);

// That the tree of `old_size` entries is the beginning of the tree of `size`.  Empty when the sizes are equal
// or the old one is 0.  REQUIRES: old_size <= size <= kMaxTreeSize.
base::Result<std::vector<Hash>> ConsistencyProof(NodeSource& nodes, std::uint64_t old_size,
                                                 std::uint64_t size);

// kInvalid when index and size cannot be, kCorrupt when the proof does not lead from the leaf to the root.
base::Status VerifyInclusion(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size,
                             std::span<const Hash> proof, const Hash& root);

struct TreeHead {
  std::uint64_t size = 0;
  Hash root;
  bool operator==(const TreeHead&) const = default;
};

// kInvalid when the new tree is the smaller one, kCorrupt when the proof does not hold.
// From size 0 (C2SP tlog-witness): the proof must be empty and the old root that of the empty tree.
base::Status VerifyConsistency(const TreeHead& old_tree, const TreeHead& new_tree,
                               std::span<const Hash> proof);

}  // namespace lawbound::tlog
