// Tiles that somebody changed: what is made of them never verifies as what the log says, unless nothing that
// mattered was changed.  The input is a size, an entry, and where which bytes of which tile are changed.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "tlog/naive_tree.h"
#include "tlog/tile.h"

using namespace lawbound;  // NOLINT(google-build-using-namespace): one short file

namespace {

using Key = std::pair<unsigned, std::uint64_t>;  // level and number

// A log in memory, whose tiles can be changed.
class Tiles final : public tlog::TileSource {
 public:
  explicit Tiles(std::uint64_t size) {
    tlog::TileEdge edge;
    for (const std::string& entry : tlog::naive::Entries(size)) {
      leaves_.push_back(tlog::LeafHash(entry));
      std::vector<tlog::Tile> full;
      edge.Append(leaves_.back(), full);
      for (tlog::Tile& tile : full) tiles_[{tile.id.level, tile.id.index}] = std::move(tile.bytes);
    }
    for (tlog::Tile& tile : edge.Partial()) {
      tiles_[{tile.id.level, tile.id.index}] = tile.bytes;
      partial_.push_back(std::move(tile));
    }
    root_ = edge.Root();
  }

  // One byte of what there is.
  void Change(std::uint32_t at, std::uint8_t by) {
    std::uint64_t all = 0;
    for (const auto& [key, bytes] : tiles_) all += bytes.size();
    std::uint64_t left = all == 0 ? 0 : at % all;
    for (auto& [key, bytes] : tiles_) {
      if (left < bytes.size()) {
        bytes[left] = static_cast<char>(bytes[left] ^ by);
        return;
      }
      left -= bytes.size();
    }
  }
  base::Result<std::string> ReadTile(const tlog::TileId& tile) override {
    const auto at = tiles_.find({tile.level, tile.index});
    if (at == tiles_.end() || at->second.size() < std::size_t{tile.width} * 32)
      return base::Error{base::Errc::kNotFound, "no such tile"};
    return at->second.substr(0, std::size_t{tile.width} * 32);
  }
  const std::vector<tlog::Hash>& leaves() const { return leaves_; }
  const tlog::Hash& root() const { return root_; }
  // As they are now; `changed` tells whether they are what they were.
  std::vector<tlog::Tile> Partial(bool& changed) const {
    std::vector<tlog::Tile> out = partial_;
    changed = false;
    for (tlog::Tile& tile : out) {
      const std::string& now = tiles_.at({tile.id.level, tile.id.index});
      changed = changed || now != tile.bytes;
      tile.bytes = now;
    }
    return out;
  }

 private:
  std::map<Key, std::string> tiles_;
  std::vector<tlog::Tile> partial_;
  std::vector<tlog::Hash> leaves_;
  tlog::Hash root_;
};

std::uint32_t Number(std::string_view& bytes) {
  std::uint32_t out = 0;
  for (int i = 0; i < 3 && !bytes.empty(); ++i) {
    out = out << 8U | static_cast<std::uint8_t>(bytes[0]);
    bytes.remove_prefix(1);
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::uint64_t entries = 1 + Number(bytes) % 700;
  const std::uint64_t index = Number(bytes) % entries;
  Tiles tiles(entries);
  while (bytes.size() > 3) {
    const std::uint32_t at = Number(bytes);
    tiles.Change(at, static_cast<std::uint8_t>(bytes[0]));
    bytes.remove_prefix(1);
  }
  bool changed = false;
  const std::vector<tlog::Tile> partial = tiles.Partial(changed);
  const auto edge = tlog::TileEdge::From(entries, partial);
  CHECK(edge.ok());  // the lengths are right
  CHECK((edge.value().Root() == tiles.root()) == !changed);
  tlog::TileNodes nodes(tiles, entries);
  const auto proof = tlog::InclusionProof(nodes, index, entries);
  if (!proof.ok()) return 0;
  const bool holds =
      tlog::VerifyInclusion(tiles.leaves()[index], index, entries, proof.value(), tiles.root()).ok();
  tlog::naive::Nodes true_nodes(tlog::naive::Entries(entries));
  CHECK(holds == (proof.value() == tlog::InclusionProof(true_nodes, index, entries).value()));
  return 0;
}
