// A log as a set of files that never change (C2SP tlog-tiles): tiles of 256 hashes, eight levels of the tree
// each, and bundles of the 256 entries under each lowest tile.  The last tile of a level and the last bundle
// may be partial.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/hash.h"
#include "tlog/merkle.h"

namespace lawbound::tlog {

inline constexpr unsigned kTileHeight = 8;
inline constexpr unsigned kTileWidth = 256;
inline constexpr std::size_t kMaxTileBytes = std::size_t{kTileWidth} * 32;
inline constexpr std::size_t kMaxBundleBytes = std::size_t{kTileWidth} * (2 + 65535);

struct TileId {
  unsigned level = 0;  // of tiles: 0 holds hashes of entries, 1 roots of full tiles of level 0, and so on
  std::uint64_t index = 0;
  unsigned width = kTileWidth;  // how many hashes it has, 1..256

  bool operator==(const TileId&) const = default;
};

// "tile/0/x001/x234/067", with ".p/5" behind it when partial.
std::string TilePath(const TileId& tile);
// "tile/entries/x001/x234/067", the entries under the tile of level 0 with that index.
std::string BundlePath(std::uint64_t index, unsigned width);
// How many hashes the partial tile of a level has in a tree of `size` entries; 0 when there is none.
unsigned PartialWidth(unsigned level, std::uint64_t size);

// REQUIRES: at most 65,535 bytes.
void AppendToBundle(std::string_view entry, std::string& bundle);
// The first `width` entries of a bundle; views into it.  kCorrupt when it has fewer, or, unless `more` are
// allowed, bytes behind them.
base::Result<std::vector<std::string_view>> ParseBundle(std::string_view bundle, unsigned width, bool more);

// A tile and its bytes, 32 for each hash.
struct Tile {
  TileId id;
  std::string bytes;
};

// The right edge of a growing tree: its partial tiles.  Hands each tile out when it is full.  May be copied.
class TileEdge {
 public:
  // Adds a leaf and the tiles that it fills, lowest first, to `full`.
  void Append(const Hash& leaf_hash, std::vector<Tile>& full);
  std::uint64_t size() const { return size_; }
  Hash Root() const;
  // The partial tiles, lowest first.
  std::vector<Tile> Partial() const;

  // The edge of a tree of `size` entries from its partial tiles, in the form that Partial gives them.
  // kCorrupt when they are not the tiles of such a tree.
  static base::Result<TileEdge> From(std::uint64_t size, std::span<const Tile> partial);

 private:
  std::uint64_t size_ = 0;
  std::vector<std::vector<Hash>> levels_;  // INVARIANT: each has fewer than 256
};

// Where tiles are read from.
class TileSource {
 public:
  virtual ~TileSource() = default;
  // Exactly 32 bytes for each hash.  kNotFound or kCorrupt as the store sees it.
  virtual base::Result<std::string> ReadTile(const TileId& tile) = 0;
};

// The nodes of a tree of `size` entries, computed from its tiles.  Borrows the source.  Keeps the last tile
// of each level. Believes the tiles: what it makes must be verified against a signed root.
class TileNodes final : public NodeSource {
 public:
  TileNodes(TileSource& source, std::uint64_t size) : source_(source), size_(size) {}
  base::Result<Hash> Node(unsigned level, std::uint64_t index) override;

 private:
  struct Kept {
    std::uint64_t index = 0;
    std::string bytes;  // empty when none is kept
  };
  TileSource& source_;
  std::uint64_t size_;
  std::array<Kept, 8> kept_;
};

}  // namespace lawbound::tlog
