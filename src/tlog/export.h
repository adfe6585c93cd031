// A log as a folder that any web server or object store can serve, and anyone can check: `checkpoint`,
// `tile/...` and `tile/entries/...` of C2SP tlog-tiles.  The writer goes on where the folder's checkpoint
// ends; full tiles and bundles are written once and never changed, and the checkpoint comes last, so a reader
// never sees one whose tiles are missing.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/checkpoint.h"
#include "tlog/floor.h"
#include "tlog/tile.h"

namespace lawbound::tlog {

// Moved, not copied; one writer a folder at a time.
class ExportWriter {
 public:
  // Makes the folder, or goes on with it.  Nothing is believed of what is there: kCorrupt when its last tiles
  // and entries do not lead to the root of its checkpoint.
  static base::Result<ExportWriter> Open(std::string folder);

  // The tree of what the folder holds and what was appended.
  TreeHead head() const { return {edge_.size(), edge_.Root()}; }
  // kLimit when the entry is longer than 65,535 bytes; kCorrupt when a file of the folder already says
  // otherwise. After a failure the writer must not be used again.
  base::Status Append(std::string_view entry);
  // Writes the partial tiles, then the checkpoint.  kInvalid when it is not a checkpoint of head(); its
  // signatures are the caller's affair.
  base::Status Publish(std::string_view checkpoint);

 private:
  explicit ExportWriter(std::string folder) : folder_(std::move(folder)) {}
  base::Status Resume(const TreeHead& tree);
  base::Status Write(const std::string& path, std::string_view bytes);

  std::string folder_;
  std::string origin_;  // of the checkpoint that was there; empty when there was none
  TileEdge edge_;
  std::string bundle_;  // the entries under the partial tile of level 0
};

// The files of such a folder.  Reads them anew each time and checks their lengths only.  A tile or bundle
// that is asked for and not there is kCorrupt: it is asked for because a checkpoint promises it.
class ExportReader final : public TileSource {
 public:
  explicit ExportReader(std::string folder) : folder_(std::move(folder)) {}

  base::Result<std::string> ReadCheckpoint() const;
  // A partial tile that is no longer there is cut from the full one.
  base::Result<std::string> ReadTile(const TileId& tile) override;
  // The entries of a bundle, `width` of them.
  base::Result<std::vector<std::string>> ReadEntries(std::uint64_t index, unsigned width) const;

 private:
  std::string folder_;
};

struct ExportSummary {
  SignedCheckpoint checkpoint;
  std::map<std::string, std::uint64_t> kinds;  // how many entries of each kind
  std::uint64_t other = 0;                     // entries that are not in the form of entry.h
  FloorHistory floor;
};

// Reads the whole folder once, in bounded memory: every entry is hashed and compared with its tile, every
// tile with those below it, the root with the checkpoint.  The error names the first file that is wrong, or
// (kCorrupt too) the first statement of the floor that is not as demanded; acts before any statement and a
// log without one are not as demanded either.
base::Result<ExportSummary> VerifyExport(const std::string& folder, const Trust& trust,
                                         const FloorDemand& demand = {});

}  // namespace lawbound::tlog
