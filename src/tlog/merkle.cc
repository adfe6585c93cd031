// Proofs are made by walking from the root down, as the definitions of RFC 6962 sections 2.1.1 and 2.1.2
// recurse, and checked from the leaf up, by the loops of RFC 9162 sections 2.1.3.2 and 2.1.4.2.  Subtrees met
// on the way down begin at a multiple of the power of two that covers them, so each is a few complete
// subtrees, largest first.
#include "tlog/merkle.h"

#include <bit>

#include "base/check.h"

namespace lawbound::tlog {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

// The largest power of two smaller than n.  REQUIRES: n > 1.
std::uint64_t SplitPoint(std::uint64_t n) { return std::bit_floor(n - 1); }

// The root of entries begin..end-1, a subtree of the definition.  REQUIRES: begin < end.
Result<Hash> SubtreeRoot(NodeSource& nodes, std::uint64_t begin, std::uint64_t end) {
  std::vector<Hash> peaks;
  for (std::uint64_t at = begin; at < end;) {
    const auto level = static_cast<unsigned>(std::bit_width(end - at) - 1);
    ASSIGN_OR_RETURN(const Hash peak, nodes.Node(level, at >> level));
    peaks.push_back(peak);
    at += std::uint64_t{1} << level;
  }
  return FoldPeaks(peaks);
}

// The way from a leaf to the root: where the walk stands among the nodes of a level, and the last node of
// that level.
struct Climb {
  std::uint64_t node;
  std::uint64_t last;

  bool AtRoot() const { return last == 0; }
  void Up() {
    node >>= 1;
    last >>= 1;
  }
  // Goes to the parent that the next hash of a proof makes; whether that hash stands on the left.
  bool NextIsLeft() {
    const bool left = (node & 1) != 0 || node == last;
    // A last node without a sibling on its right stands for its parents as well.
    while (left && (node & 1) == 0 && node != 0) Up();
    Up();
    return left;
  }
};

Error WrongInclusion() {
  return {Errc::kCorrupt, "the inclusion proof does not lead from the entry to the root"};
}
Error WrongConsistency() { return {Errc::kCorrupt, "the consistency proof does not lead to both roots"}; }

}  // namespace

void TreeBuilder::Append(const Hash& leaf_hash) {
  CHECK(size_ < kMaxTreeSize);
  Hash hash = leaf_hash;
  for (std::uint64_t bits = size_; (bits & 1) != 0; bits >>= 1) {
    hash = NodeHash(peaks_.back(), hash);
    peaks_.pop_back();
  }
  peaks_.push_back(hash);
  ++size_;
}

Hash TreeBuilder::Root() const { return peaks_.empty() ? EmptyRoot() : FoldPeaks(peaks_); }

Hash FoldPeaks(std::span<const Hash> peaks) {
  CHECK(!peaks.empty());
  Hash out = peaks.back();
  for (std::size_t i = peaks.size() - 1; i-- > 0;) out = NodeHash(peaks[i], out);
  return out;
}

Result<Hash> TreeRoot(NodeSource& nodes, std::uint64_t size) {
  CHECK(size <= kMaxTreeSize);
  if (size == 0) return EmptyRoot();
  return SubtreeRoot(nodes, 0, size);
}

Result<std::vector<Hash>> InclusionProof(NodeSource& nodes, std::uint64_t index, std::uint64_t size) {
  CHECK(index < size && size <= kMaxTreeSize);
  std::vector<Hash> from_root;
  for (std::uint64_t begin = 0, end = size; end - begin > 1;) {
    const std::uint64_t middle = begin + SplitPoint(end - begin);
    const bool left = index < middle;
    ASSIGN_OR_RETURN(const Hash sibling,
                     left ? SubtreeRoot(nodes, middle, end) : SubtreeRoot(nodes, begin, middle));
    from_root.push_back(sibling);
    (left ? end : begin) = middle;
  }
  return std::vector<Hash>(from_root.rbegin(), from_root.rend());
}

Result<std::vector<Hash>> ConsistencyProof(NodeSource& nodes, std::uint64_t old_size, std::uint64_t size) {
  CHECK(old_size <= size && size <= kMaxTreeSize);
  std::vector<Hash> from_root;
  if (old_size == 0) return from_root;
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end != old_size) {
    const std::uint64_t middle = begin + SplitPoint(end - begin);
    const bool left = old_size <= middle;
    ASSIGN_OR_RETURN(const Hash sibling,
                     left ? SubtreeRoot(nodes, middle, end) : SubtreeRoot(nodes, begin, middle));
    from_root.push_back(sibling);
    (left ? end : begin) = middle;
  }
  // What is left is the last complete part of the old tree.  When it is the whole old tree, the verifier has
  // its root.
  if (begin != 0) {
    ASSIGN_OR_RETURN(const Hash last, SubtreeRoot(nodes, begin, end));
    from_root.push_back(last);
  }
  return std::vector<Hash>(from_root.rbegin(), from_root.rend());
}

Status VerifyInclusion(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size,
                       std::span<const Hash> proof, const Hash& root) {
  if (size > kMaxTreeSize || index >= size)
    return Error{Errc::kInvalid, "the entry's index is not inside the tree"};
  Climb climb{index, size - 1};
  Hash hash = leaf_hash;
  for (const Hash& sibling : proof) {
    if (climb.AtRoot()) return WrongInclusion();
    hash = climb.NextIsLeft() ? NodeHash(sibling, hash) : NodeHash(hash, sibling);
  }
  if (!climb.AtRoot() || hash != root) return WrongInclusion();
  return base::Ok();
}

Status VerifyConsistency(const TreeHead& old_tree, const TreeHead& new_tree, std::span<const Hash> proof) {
  if (new_tree.size > kMaxTreeSize || old_tree.size > new_tree.size) {
    return Error{Errc::kInvalid, "the newer tree is smaller than the older one"};
  }
  if (old_tree.size == 0 && old_tree.root != EmptyRoot()) {
    return Error{Errc::kCorrupt, "the older tree is empty and its root is not that of an empty tree"};
  }
  if (old_tree.size == 0 || old_tree.size == new_tree.size) {
    if (!proof.empty()) return WrongConsistency();
    if (old_tree.size != new_tree.size || old_tree.root == new_tree.root) return base::Ok();
    return Error{Errc::kCorrupt, "two different trees of the same size"};
  }
  if (proof.empty()) return WrongConsistency();
  // An old tree that is one complete subtree is itself the first hash of the proof, and left out.
  const bool complete = std::has_single_bit(old_tree.size);
  Hash old_root = complete ? old_tree.root : proof[0];
  Hash new_root = old_root;
  Climb climb{old_tree.size - 1, new_tree.size - 1};
  while ((climb.node & 1) != 0) climb.Up();
  for (const Hash& sibling : proof.subspan(complete ? 0 : 1)) {
    if (climb.AtRoot()) return WrongConsistency();
    const bool left = climb.NextIsLeft();
    if (left) old_root = NodeHash(sibling, old_root);
    new_root = left ? NodeHash(sibling, new_root) : NodeHash(new_root, sibling);
  }
  if (!climb.AtRoot() || old_root != old_tree.root || new_root != new_tree.root) return WrongConsistency();
  return base::Ok();
}

}  // namespace lawbound::tlog
