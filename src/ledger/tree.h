// The tree over a stored record: its tiles and its right edge, read back from the rows.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "store/record_store.h"
#include "tlog/tile.h"

namespace lawbound::ledger {

// The tiles of a record.  Full ones are read; what is not full is hashed from what lies below it.  Borrows
// the reader.
class RecordTiles final : public tlog::TileSource {
 public:
  explicit RecordTiles(store::RecordReader& reader) : reader_(reader) {}
  base::Result<std::string> ReadTile(const tlog::TileId& tile) override;

 private:
  store::RecordReader& reader_;
};

// The edge of the tree of the first `size` entries.  kCorrupt when rows that it needs are not there.
base::Result<tlog::TileEdge> EdgeAt(store::RecordReader& reader, std::uint64_t size);

}  // namespace lawbound::ledger
