#include "ledger/signing.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <vector>

#include "ledger/tree.h"

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::uint64_t kPage = 1024;  // entries read at once

Error Refused(std::string_view why) { return {Errc::kCorrupt, fmt::format("not signed: {}", why)}; }

// The larger of what the folder and the rows remember; they differ when the program ended between the two.
Result<tlog::TreeHead> LastSigned(const Folder& folder, store::RecordReader& reader) {
  ASSIGN_OR_RETURN(const std::optional<tlog::SignedCheckpoint> kept, folder.ReadSigned());
  ASSIGN_OR_RETURN(const std::optional<store::CheckpointRow> row, reader.LastCheckpoint());
  tlog::TreeHead out{0, tlog::EmptyRoot()};
  if (kept) out = kept->checkpoint.tree;
  if (!row) return out;
  ASSIGN_OR_RETURN(const tlog::Trust trust, folder.ReadTrust());
  const Result<tlog::SignedCheckpoint> opened = tlog::OpenCheckpoint(row->note, trust);
  if (!opened.ok())
    return Refused(fmt::format("the stored checkpoint of {} entries: {}", row->size, opened.error().message));
  const tlog::TreeHead& tree = opened.value().checkpoint.tree;
  if (tree.size == out.size && tree.root != out.root && kept)
    return Refused(fmt::format("two checkpoints of {} entries were signed, with different roots", tree.size));
  return tree.size > out.size ? tree : out;
}

Status CompareTiles(store::RecordReader& reader, const std::vector<tlog::Tile>& full) {
  for (const tlog::Tile& tile : full) {
    const Result<std::string> stored = reader.ReadTile(tile.id.level, tile.id.index);
    if (!stored.ok()) return Refused(stored.error().message);
    if (stored.value() == tile.bytes) continue;
    return Refused(
        fmt::format("tile {} of level {} is not made of what lies below it", tile.id.index, tile.id.level));
  }
  return base::Ok();
}

}  // namespace

Result<tlog::Checkpoint> CheckForSigning(const Folder& folder, store::RecordReader& reader) {
  ASSIGN_OR_RETURN(const tlog::TreeHead last, LastSigned(folder, reader));
  ASSIGN_OR_RETURN(const store::RecordHead head, reader.ReadHead());
  if (head.size < last.size) {
    return Refused(
        fmt::format("the record has {} entries and {} were signed: entries were lost, or this is an old "
                    "copy; 'lawbound ledger restore' brings it up to date",
                    head.size, last.size));
  }
  ASSIGN_OR_RETURN(tlog::TileEdge edge, EdgeAt(reader, last.size));
  if (edge.Root() != last.root)
    return Refused(fmt::format("the first {} entries are not those that were signed", last.size));
  while (edge.size() < head.size) {
    const std::uint64_t first = edge.size();
    ASSIGN_OR_RETURN(const std::vector<std::string> entries,
                     reader.ReadEntries(first, std::min(kPage, head.size - first)));
    if (entries.empty()) return Refused(fmt::format("entry {} is missing", first));
    std::vector<tlog::Tile> full;
    for (const std::string& entry : entries) edge.Append(tlog::LeafHash(entry), full);
    RETURN_IF_ERROR(CompareTiles(reader, full));
  }
  if (head.size > 0 && edge.Root().view() != head.root)
    return Refused("the entries do not hash to the root that was stored when they were written");
  return tlog::Checkpoint{folder.origin(), {head.size, edge.Root()}, {}};
}

}  // namespace lawbound::ledger
