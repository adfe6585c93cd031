#include "tlog/export.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "tlog/entry.h"

namespace lawbound::tlog {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::string_view kCheckpoint = "checkpoint";

unsigned WidthAt(std::uint64_t index, std::uint64_t size) {
  return static_cast<unsigned>(std::min<std::uint64_t>(kTileWidth, size - index * kTileWidth));
}

// A file that the checkpoint promises and that is not there is a broken log, not an absent one.
Error Missing(Error error, const std::string& path) {
  if (error.code != Errc::kNotFound) return error;
  return {Errc::kCorrupt, fmt::format("'{}' is missing", path)};
}

// Compares what was computed with what the folder says.
Status CompareTiles(ExportReader& reader, const std::vector<Tile>& computed) {
  for (const Tile& tile : computed) {
    ASSIGN_OR_RETURN(const std::string stored, reader.ReadTile(tile.id));
    if (stored == tile.bytes) continue;
    const auto at = std::ranges::mismatch(stored, tile.bytes).in1 - stored.begin();
    return Error{Errc::kCorrupt,
                 fmt::format("'{}': hash {} is not that of what lies below it", TilePath(tile.id), at / 32)};
  }
  return base::Ok();
}

// Counts the entries by kind and follows what they say of the floor.
class Reading {
 public:
  Reading(const FloorDemand& demand, ExportSummary& summary) : demand_(demand), summary_(summary) {}

  Status Take(std::uint64_t number, std::string_view bytes) {
    const Result<Entry> entry = ParseEntry(bytes);
    if (!entry.ok()) {
      ++summary_.other;
      return base::Ok();
    }
    ++summary_.kinds[entry.value().kind];
    watch_.Take(number, entry.value());
    if (!demand_.any()) return base::Ok();
    const std::optional<FloorStatement> statement = FloorOf(entry.value(), number);
    if (!statement) return base::Ok();
    const std::optional<std::string> misses = Misses(*statement, demand_);
    return misses ? Status(Error{Errc::kCorrupt, *misses}) : base::Ok();
  }
  Status Finish() {
    summary_.floor = watch_.history();
    if (!demand_.any()) return base::Ok();
    if (summary_.floor.statements == 0) return Error{Errc::kCorrupt, "the log states no floor"};
    if (summary_.floor.acts_before == 0) return base::Ok();
    return Error{Errc::kCorrupt, fmt::format("{} acts were recorded before the log stated a floor",
                                             summary_.floor.acts_before)};
  }

 private:
  const FloorDemand& demand_;
  ExportSummary& summary_;
  FloorWatch watch_;
};

}  // namespace

Result<ExportWriter> ExportWriter::Open(std::string folder) {
  ExportWriter out(std::move(folder));
  Result<std::string> bytes = ExportReader(out.folder_).ReadCheckpoint();
  if (!bytes.ok()) {
    if (bytes.error().code == Errc::kNotFound) return out;
    return std::move(bytes).error();
  }
  ASSIGN_OR_RETURN(const Note note, ParseNote(bytes.value()));
  ASSIGN_OR_RETURN(const Checkpoint checkpoint, ParseCheckpoint(note.text));
  RETURN_IF_ERROR(out.Resume(checkpoint.tree));
  out.origin_ = checkpoint.origin;
  return out;
}

Status ExportWriter::Resume(const TreeHead& tree) {
  ExportReader reader(folder_);
  std::vector<Tile> partial;
  for (unsigned level = 0; level < 8; ++level) {
    const unsigned width = PartialWidth(level, tree.size);
    if (width == 0) continue;
    Tile tile{{level, tree.size >> (kTileHeight * level) >> kTileHeight, width}, {}};
    ASSIGN_OR_RETURN(tile.bytes, reader.ReadTile(tile.id));
    partial.push_back(std::move(tile));
  }
  ASSIGN_OR_RETURN(edge_, TileEdge::From(tree.size, partial));
  if (edge_.Root() != tree.root) {
    return Error{Errc::kCorrupt,
                 fmt::format("the last tiles of '{}' do not lead to the root of its checkpoint", folder_)};
  }
  const unsigned width = PartialWidth(0, tree.size);
  if (width == 0) return base::Ok();
  ASSIGN_OR_RETURN(const std::vector<std::string> entries, reader.ReadEntries(tree.size / kTileWidth, width));
  for (unsigned i = 0; i < width; ++i) {
    if (LeafHash(entries[i]).view() != std::string_view(partial[0].bytes).substr(std::size_t{i} * 32, 32)) {
      return Error{Errc::kCorrupt, fmt::format("'{}': entry {} is not the one in its tile",
                                               BundlePath(tree.size / kTileWidth, width), i)};
    }
    AppendToBundle(entries[i], bundle_);
  }
  return base::Ok();
}

Status ExportWriter::Write(const std::string& path, std::string_view bytes) {
  const std::string full = folder_ + "/" + path;
  Result<std::string> there = base::ReadFile(full, kMaxBundleBytes);
  if (there.ok()) {
    if (there.value() == bytes) return base::Ok();
    return Error{Errc::kCorrupt, fmt::format("'{}' was published with other bytes", full)};
  }
  if (there.error().code != Errc::kNotFound) return std::move(there).error();
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(full).parent_path(), error);
  if (error) {
    return Error{Errc::kUnavailable,
                 fmt::format("cannot make the folder of '{}': {}", full, error.message())};
  }
  RETURN_IF_ERROR(base::WriteFile(full, bytes));
  // A log that was served a file cut short is lost for good, so what was written is read again before it is
  // signed for.
  ASSIGN_OR_RETURN(const std::string again, base::ReadFile(full, kMaxBundleBytes));
  if (again != bytes)
    return Error{Errc::kCorrupt, fmt::format("'{}' does not hold what was written to it", full)};
  return base::Ok();
}

Status ExportWriter::Append(std::string_view entry) {
  if (entry.size() > kMaxEntryBytes) return Error{Errc::kLimit, "an entry has at most 65,535 bytes"};
  AppendToBundle(entry, bundle_);
  std::vector<Tile> full;
  edge_.Append(LeafHash(entry), full);
  if (full.empty()) return base::Ok();
  RETURN_IF_ERROR(Write(BundlePath(full[0].id.index, kTileWidth), bundle_));
  bundle_.clear();
  for (const Tile& tile : full) RETURN_IF_ERROR(Write(TilePath(tile.id), tile.bytes));
  return base::Ok();
}

Status ExportWriter::Publish(std::string_view checkpoint) {
  ASSIGN_OR_RETURN(const Note note, ParseNote(checkpoint));
  ASSIGN_OR_RETURN(const Checkpoint parsed, ParseCheckpoint(note.text));
  if (parsed.tree != head()) return Error{Errc::kInvalid, "the checkpoint is not of the tree in this folder"};
  if (!origin_.empty() && parsed.origin != origin_) {
    return Error{Errc::kInvalid,
                 fmt::format("'{}' holds the log '{}', not '{}'", folder_, origin_, parsed.origin)};
  }
  const std::vector<Tile> partial = edge_.Partial();
  if (!bundle_.empty()) {
    RETURN_IF_ERROR(Write(BundlePath(edge_.size() / kTileWidth, PartialWidth(0, edge_.size())), bundle_));
  }
  for (const Tile& tile : partial) RETURN_IF_ERROR(Write(TilePath(tile.id), tile.bytes));
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) {
    return Error{Errc::kUnavailable,
                 fmt::format("cannot make the folder '{}': {}", folder_, error.message())};
  }
  return base::WriteFile(folder_ + "/" + std::string(kCheckpoint), checkpoint);
}

Result<std::string> ExportReader::ReadCheckpoint() const {
  return base::ReadFile(folder_ + "/" + std::string(kCheckpoint), kMaxNoteBytes);
}

Result<std::string> ExportReader::ReadTile(const TileId& tile) {
  const std::size_t length = std::size_t{tile.width} * 32;
  TileId found = tile;
  Result<std::string> bytes = base::ReadFile(folder_ + "/" + TilePath(found), kMaxTileBytes);
  if (!bytes.ok() && bytes.error().code == Errc::kNotFound && tile.width < kTileWidth) {
    found.width = kTileWidth;
    Result<std::string> full = base::ReadFile(folder_ + "/" + TilePath(found), kMaxTileBytes);
    if (full.ok()) bytes = std::move(full);
  }
  if (!bytes.ok()) return Missing(std::move(bytes).error(), TilePath(tile));
  if (bytes.value().size() != std::size_t{found.width} * 32) {
    return Error{Errc::kCorrupt, fmt::format("'{}' has {} bytes and not {}", TilePath(found),
                                             bytes.value().size(), std::size_t{found.width} * 32)};
  }
  bytes.value().resize(length);
  return bytes;
}

Result<std::vector<std::string>> ExportReader::ReadEntries(std::uint64_t index, unsigned width) const {
  unsigned found = width;
  Result<std::string> bytes = base::ReadFile(folder_ + "/" + BundlePath(index, found), kMaxBundleBytes);
  if (!bytes.ok() && bytes.error().code == Errc::kNotFound && width < kTileWidth) {
    found = kTileWidth;
    Result<std::string> full = base::ReadFile(folder_ + "/" + BundlePath(index, found), kMaxBundleBytes);
    if (full.ok()) bytes = std::move(full);
  }
  if (!bytes.ok()) return Missing(std::move(bytes).error(), BundlePath(index, width));
  const Result<std::vector<std::string_view>> entries = ParseBundle(bytes.value(), width, found != width);
  if (!entries.ok())
    return Error{Errc::kCorrupt, fmt::format("'{}': {}", BundlePath(index, found), entries.error().message)};
  return std::vector<std::string>(entries.value().begin(), entries.value().end());
}

Result<ExportSummary> VerifyExport(const std::string& folder, const Trust& trust, const FloorDemand& demand) {
  ExportReader reader(folder);
  ASSIGN_OR_RETURN(const std::string note, reader.ReadCheckpoint());
  ExportSummary out;
  ASSIGN_OR_RETURN(out.checkpoint, OpenCheckpoint(note, trust));
  const TreeHead& tree = out.checkpoint.checkpoint.tree;
  TileEdge edge;
  Reading reading(demand, out);
  for (std::uint64_t index = 0; index * kTileWidth < tree.size; ++index) {
    const unsigned width = WidthAt(index, tree.size);
    ASSIGN_OR_RETURN(const std::vector<std::string> entries, reader.ReadEntries(index, width));
    ASSIGN_OR_RETURN(const std::string hashes, reader.ReadTile({0, index, width}));
    std::vector<Tile> full;
    for (unsigned i = 0; i < width; ++i) {
      const Hash hash = LeafHash(entries[i]);
      if (hash.view() != std::string_view(hashes).substr(std::size_t{i} * 32, 32)) {
        return Error{
            Errc::kCorrupt,
            fmt::format("'{}': entry {} (number {} of the log) is not the one in '{}'",
                        BundlePath(index, width), i, index * kTileWidth + i, TilePath({0, index, width}))};
      }
      edge.Append(hash, full);
      RETURN_IF_ERROR(reading.Take(index * kTileWidth + i, entries[i]));
    }
    if (full.size() > 1) RETURN_IF_ERROR(CompareTiles(reader, {full.begin() + 1, full.end()}));
  }
  RETURN_IF_ERROR(CompareTiles(reader, edge.Partial()));
  if (edge.Root() != tree.root) {
    return Error{Errc::kCorrupt, "'checkpoint': its root is not that of the entries in the folder"};
  }
  RETURN_IF_ERROR(reading.Finish());
  return out;
}

}  // namespace lawbound::tlog
