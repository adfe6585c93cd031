#include "ledger/tree.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <vector>

namespace lawbound::ledger {

using base::Errc;
using base::Error;
using base::Result;
using tlog::Hash;

Result<std::string> RecordTiles::ReadTile(const tlog::TileId& tile) {
  Result<std::string> full = reader_.ReadTile(tile.level, tile.index);
  if (full.ok()) {
    if (full.value().size() != tlog::kMaxTileBytes) {
      return Error{Errc::kCorrupt, fmt::format("tile {} of level {} has {} bytes", tile.index, tile.level,
                                               full.value().size())};
    }
    full.value().resize(std::size_t{tile.width} * 32);
    return full;
  }
  if (full.error().code != Errc::kNotFound) return full;
  if (tile.width == tlog::kTileWidth)
    return Error{Errc::kCorrupt, fmt::format("tile {} of level {} is missing", tile.index, tile.level)};
  const std::uint64_t first = tile.index * tlog::kTileWidth;
  std::string out;
  if (tile.level == 0) {
    ASSIGN_OR_RETURN(const std::vector<std::string> entries, reader_.ReadEntries(first, tile.width));
    if (entries.size() != tile.width)
      return Error{Errc::kCorrupt, fmt::format("entry {} is missing", first + entries.size())};
    for (const std::string& entry : entries) out += tlog::LeafHash(entry).view();
    return out;
  }
  for (unsigned i = 0; i < tile.width; ++i) {
    ASSIGN_OR_RETURN(const std::string below, ReadTile({tile.level - 1, first + i, tlog::kTileWidth}));
    tlog::TreeBuilder roots;
    for (std::size_t at = 0; at < below.size(); at += 32)
      roots.Append(*tlog::HashFromBytes(std::string_view(below).substr(at, 32)));
    out += roots.Root().view();
  }
  return out;
}

Result<tlog::TileEdge> EdgeAt(store::RecordReader& reader, std::uint64_t size) {
  RecordTiles tiles(reader);
  std::vector<tlog::Tile> partial;
  for (unsigned level = 0; level < 8; ++level) {
    const unsigned width = tlog::PartialWidth(level, size);
    if (width == 0) continue;
    tlog::Tile tile{{level, size >> (tlog::kTileHeight * level) >> tlog::kTileHeight, width}, {}};
    ASSIGN_OR_RETURN(tile.bytes, tiles.ReadTile(tile.id));
    partial.push_back(std::move(tile));
  }
  return tlog::TileEdge::From(size, partial);
}

}  // namespace lawbound::ledger
