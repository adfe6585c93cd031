#include "tlog/tile.h"

#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <utility>

#include "base/check.h"

namespace lawbound::tlog {
namespace {

using base::Errc;
using base::Error;
using base::Result;

// Three digits a folder, all but the last behind an "x", so that a file and a folder never have the same
// name.
std::string IndexPath(std::uint64_t index) {
  std::string out = fmt::format("{:03}", index % 1000);
  for (index /= 1000; index > 0; index /= 1000) out = fmt::format("x{:03}/{}", index % 1000, out);
  return out;
}

std::string Suffix(unsigned width) {
  CHECK(width >= 1 && width <= kTileWidth);
  return width == kTileWidth ? "" : fmt::format(".p/{}", width);
}

Hash HashAt(std::string_view tile, std::size_t position) {
  return *HashFromBytes(tile.substr(position * 32, 32));
}

std::string Concatenate(std::span<const Hash> hashes) {
  std::string out;
  out.reserve(hashes.size() * 32);
  for (const Hash& hash : hashes) out += hash.view();
  return out;
}

// The root over a power of two of hashes.
Hash RootOver(std::vector<Hash> hashes) {
  for (std::size_t count = hashes.size(); count > 1; count /= 2) {
    for (std::size_t i = 0; i < count / 2; ++i) hashes[i] = NodeHash(hashes[2 * i], hashes[2 * i + 1]);
  }
  return hashes[0];
}

}  // namespace

std::string TilePath(const TileId& tile) {
  return fmt::format("tile/{}/{}{}", tile.level, IndexPath(tile.index), Suffix(tile.width));
}

std::string BundlePath(std::uint64_t index, unsigned width) {
  return fmt::format("tile/entries/{}{}", IndexPath(index), Suffix(width));
}

unsigned PartialWidth(unsigned level, std::uint64_t size) {
  if (level * kTileHeight >= 64) return 0;
  return static_cast<unsigned>(size >> (level * kTileHeight) & (kTileWidth - 1));
}

void AppendToBundle(std::string_view entry, std::string& bundle) {
  CHECK(entry.size() <= 65535);
  bundle.push_back(static_cast<char>(entry.size() >> 8));
  bundle.push_back(static_cast<char>(entry.size() & 0xff));
  bundle.append(entry);
}

Result<std::vector<std::string_view>> ParseBundle(std::string_view bundle, unsigned width, bool more) {
  std::vector<std::string_view> out;
  while (out.size() < width) {
    if (bundle.size() < 2)
      return Error{Errc::kCorrupt, fmt::format("it ends after {} of {} entries", out.size(), width)};
    const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(bundle[0])) << 8 |
                               static_cast<unsigned char>(bundle[1]);
    if (bundle.size() < 2 + length)
      return Error{Errc::kCorrupt, fmt::format("it ends inside entry {}", out.size())};
    out.push_back(bundle.substr(2, length));
    bundle.remove_prefix(2 + length);
  }
  if (!more && !bundle.empty())
    return Error{Errc::kCorrupt, fmt::format("it goes on after {} entries", width)};
  return out;
}

void TileEdge::Append(const Hash& leaf_hash, std::vector<Tile>& full) {
  CHECK(size_ < kMaxTreeSize);
  ++size_;
  Hash hash = leaf_hash;
  for (unsigned level = 0;; ++level) {
    if (levels_.size() == level) levels_.emplace_back();
    std::vector<Hash>& hashes = levels_[level];
    hashes.push_back(hash);
    if (hashes.size() < kTileWidth) return;
    full.push_back({{level, (size_ >> (kTileHeight * (level + 1))) - 1, kTileWidth}, Concatenate(hashes)});
    hash = RootOver(std::exchange(hashes, {}));
  }
}

Hash TileEdge::Root() const {
  std::vector<Hash> peaks;
  for (std::size_t level = levels_.size(); level-- > 0;) {
    const std::vector<Hash>& hashes = levels_[level];
    for (std::size_t at = 0; at < hashes.size();) {
      const std::size_t count = std::bit_floor(hashes.size() - at);
      const auto begin = hashes.begin() + static_cast<std::ptrdiff_t>(at);
      peaks.push_back(RootOver({begin, begin + static_cast<std::ptrdiff_t>(count)}));
      at += count;
    }
  }
  return peaks.empty() ? EmptyRoot() : FoldPeaks(peaks);
}

std::vector<Tile> TileEdge::Partial() const {
  std::vector<Tile> out;
  for (unsigned level = 0; level < levels_.size(); ++level) {
    const std::vector<Hash>& hashes = levels_[level];
    if (hashes.empty()) continue;
    const std::uint64_t index = size_ >> (kTileHeight * (level + 1));
    out.push_back({{level, index, static_cast<unsigned>(hashes.size())}, Concatenate(hashes)});
  }
  return out;
}

Result<TileEdge> TileEdge::From(std::uint64_t size, std::span<const Tile> partial) {
  TileEdge out;
  out.size_ = size;
  for (unsigned level = 0; level < 8 && size >> (kTileHeight * level) != 0; ++level) {
    std::vector<Hash>& hashes = out.levels_.emplace_back();
    const unsigned width = PartialWidth(level, size);
    if (width == 0) continue;
    const auto tile = std::ranges::find(partial, level, [](const Tile& t) { return t.id.level; });
    if (tile == partial.end() || tile->bytes.size() != std::size_t{width} * 32) {
      return Error{Errc::kCorrupt,
                   fmt::format("the last tile of level {} does not have {} hashes", level, width)};
    }
    for (unsigned i = 0; i < width; ++i) hashes.push_back(HashAt(tile->bytes, i));
  }
  return out;
}

Result<Hash> TileNodes::Node(unsigned level, std::uint64_t index) {
  const unsigned tile_level = level / kTileHeight;
  const unsigned height = level % kTileHeight;
  const std::uint64_t first = index << height;  // among the hashes of that level of tiles
  const std::uint64_t hashes = size_ >> (tile_level * kTileHeight);
  CHECK(tile_level < kept_.size() && first + (std::uint64_t{1} << height) <= hashes);
  const std::uint64_t tile_index = first / kTileWidth;
  Kept& kept = kept_[tile_level];
  if (kept.bytes.empty() || kept.index != tile_index) {
    const auto width =
        static_cast<unsigned>(std::min<std::uint64_t>(kTileWidth, hashes - tile_index * kTileWidth));
    const TileId id{tile_level, tile_index, width};
    ASSIGN_OR_RETURN(kept.bytes, source_.ReadTile(id));
    kept.index = tile_index;
    CHECK(kept.bytes.size() == std::size_t{width} * 32);
  }
  std::vector<Hash> under;
  for (std::uint64_t i = 0; i < std::uint64_t{1} << height; ++i) {
    under.push_back(HashAt(kept.bytes, first % kTileWidth + i));
  }
  return RootOver(std::move(under));
}

}  // namespace lawbound::tlog
