#include "ledger/backup.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "base/file.h"
#include "ledger/act.h"
#include "ledger/document_file.h"
#include "ledger/floor.h"
#include "ledger/tree.h"
#include "tlog/encoding.h"
#include "tlog/export.h"

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;
using store::RecordReader;
using store::RecordStore;

constexpr std::uint64_t kPage = 256;

Status MakeFolder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error)
    return Error{Errc::kUnavailable, fmt::format("cannot make the folder '{}': {}", path, error.message())};
  return base::Ok();
}

Status CopyFileDurably(const std::string& from, const std::string& to) {
  const std::string beside = to + ".part";
  std::error_code error;
  std::filesystem::copy_file(from, beside, std::filesystem::copy_options::overwrite_existing, error);
  if (error) return Error{Errc::kUnavailable, fmt::format("cannot copy '{}': {}", from, error.message())};
  return PutDocumentFile(beside, to);
}

Status CheckRoot(RecordReader& rows, const store::RecordHead& whole) {
  ASSIGN_OR_RETURN(const store::RecordHead head, rows.ReadHead());
  ASSIGN_OR_RETURN(const tlog::TileEdge edge, EdgeAt(rows, head.size));
  if (head != whole || (head.size > 0 && edge.Root().view() != head.root))
    return Error{Errc::kCorrupt, "the copy of the rows does not hash to the root of the record"};
  return base::Ok();
}

// The matters key was not changed since the backup.
Status CheckKey(const Folder& folder, RecordReader& backup) {
  ASSIGN_OR_RETURN(const BoxKey master, folder.ReadMattersKey());
  ASSIGN_OR_RETURN(const std::vector<store::KeyRow> first, backup.KeysAfter("", 1));
  if (first.empty()) return base::Ok();
  const Result<BoxKey> opened = OpenMatterKey(master, first[0].matter, first[0].box);
  if (opened.ok()) return base::Ok();
  return Error{
      Errc::kCorrupt,
      "the matters key does not open this backup: it was made before the key was changed, or is of another "
      "ledger"};
}

// The files of the documents that `rows` knows.
Result<std::uint64_t> CopyDocuments(RecordReader& rows, const std::string& from, const std::string& to) {
  RETURN_IF_ERROR(MakeFolder(to));
  std::uint64_t count = 0;
  for (std::string last;;) {
    ASSIGN_OR_RETURN(const std::vector<store::ItemRow> page, rows.ItemsAfter(last, kPage));
    if (page.empty()) return count;
    for (const store::ItemRow& row : page) {
      RETURN_IF_ERROR(CopyFileDurably(from + "/" + row.address, to + "/" + row.address));
      ++count;
    }
    last = page.back().id;
  }
}

Result<tlog::SignedCheckpoint> ReadCheckpoint(const std::string& path, const tlog::Trust& trust) {
  ASSIGN_OR_RETURN(const std::string note, base::ReadFile(path, tlog::kMaxNoteBytes));
  Result<tlog::SignedCheckpoint> opened = tlog::OpenCheckpoint(note, trust);
  if (!opened.ok()) return std::move(opened).error().With(fmt::format("'{}'", path));
  return opened;
}

// Brings restored rows up to what was published.
class Replay {
 public:
  Replay(RecordStore& rows, RestoreDone& done) : rows_(rows), done_(done) {}

  Status Begin() {
    ASSIGN_OR_RETURN(head_, rows_.ReadHead());
    ASSIGN_OR_RETURN(edge_, EdgeAt(rows_, head_.size));
    ASSIGN_OR_RETURN(floors_, CountFloors(rows_));
    return base::Ok();
  }

  Status Add(std::string bytes) {
    ASSIGN_OR_RETURN(const tlog::Entry entry, tlog::ParseEntry(bytes));
    const std::uint64_t number = head_.size + change_.entries.size();
    const std::optional<tlog::Measure> measure = tlog::MeasureOf(entry);
    // An erasure stands alone: what it erases may have been sealed by the entry before.
    if (measure) RETURN_IF_ERROR(Flush());
    edge_.Append(tlog::LeafHash(bytes), full_);
    change_.entries.push_back(std::move(bytes));
    if (measure) {
      RETURN_IF_ERROR(Apply(*measure, number));
    } else if (entry.kind == "document") {
      RETURN_IF_ERROR(FollowDocument(entry, number));
    } else if (tlog::KindOf(entry) == tlog::EntryKind::kFloor) {
      change_.requests.push_back({FloorRequestId(floors_++), number});
    }
    done_.lost += entry.fields.size();
    if (!entry.fields.empty()) {
      if (first_lost_ > last_lost_) first_lost_ = number;
      last_lost_ = number;
    }
    if (measure || change_.entries.size() >= kPage) return Flush();
    return base::Ok();
  }

  // The entry that owns up to what was lost.
  Status OwnUp(const RestoreWish& wish) {
    RETURN_IF_ERROR(Flush());
    if (first_lost_ > last_lost_) return base::Ok();
    ASSIGN_OR_RETURN(std::string entry,
                     tlog::EncodeEntry(
                         {"loss",
                          {{"day", base::PrintDay(wish.day)},
                           {"first", fmt::to_string(first_lost_)},
                           {"ground", fmt::format("restored from a backup of {} entries", done_.from_backup)},
                           {"last", fmt::to_string(last_lost_)},
                           {"official", wish.official}},
                          {}}));
    edge_.Append(tlog::LeafHash(entry), full_);
    change_.entries.push_back(std::move(entry));
    return Flush();
  }

  Status Flush() {
    if (change_.entries.empty()) return base::Ok();
    change_.before = head_;
    change_.root = std::string(edge_.Root().view());
    for (const tlog::Tile& tile : full_) change_.tiles.push_back({tile.id.level, tile.id.index, tile.bytes});
    RETURN_IF_ERROR(rows_.Commit(change_));
    head_ = {head_.size + change_.entries.size(), change_.root};
    change_ = {};
    full_.clear();
    return base::Ok();
  }

  const tlog::TileEdge& edge() const { return edge_; }

 private:
  Status Apply(const tlog::Measure& measure, std::uint64_t number) {
    change_.measures.push_back({measure.entry, number});
    if (measure.entry >= head_.size)
      return Error{Errc::kCorrupt, fmt::format("entry {} is about entry {}", number, measure.entry)};
    ASSIGN_OR_RETURN(const std::vector<store::OpeningRow> stored, rows_.ReadOpenings(measure.entry));
    for (const store::OpeningRow& row : stored) {
      if (std::ranges::find(measure.fields, row.name) == measure.fields.end()) continue;
      auto& fields = measure.kind == tlog::EntryKind::kErase  ? change_.erased
                     : measure.kind == tlog::EntryKind::kSeal ? change_.sealed
                                                              : change_.unsealed;
      fields.push_back({row.entry, row.name});
      done_.erased += measure.kind == tlog::EntryKind::kErase ? 1 : 0;
    }
    if (measure.kind != tlog::EntryKind::kErase) return base::Ok();
    ASSIGN_OR_RETURN(const std::vector<std::string> bytes, rows_.ReadEntries(measure.entry, 1));
    ASSIGN_OR_RETURN(const tlog::Entry of, tlog::ParseEntry(bytes.at(0)));
    const std::string* item = of.FindFact("item");
    if (of.kind != "document" || item == nullptr) return base::Ok();
    ASSIGN_OR_RETURN(const std::optional<store::ItemRow> row, rows_.ReadItem(*item));
    if (row && row->entry == measure.entry) change_.erased_items.push_back(*item);
    return base::Ok();
  }

  Status FollowDocument(const tlog::Entry& entry, std::uint64_t number) {
    const std::string* item = entry.FindFact("item");
    const std::string* step = entry.FindFact("step");
    if (item == nullptr || step == nullptr) return base::Ok();
    if (*step == "taken") {
      taken_[*item] = number;
      return base::Ok();
    }
    ASSIGN_OR_RETURN(const std::optional<store::ItemRow> row, rows_.ReadItem(*item));
    const auto at = taken_.find(*item);
    if (row) {
      change_.measures.push_back({row->entry, number});
    } else if (at != taken_.end()) {
      change_.measures.push_back({at->second, number});
    }
    return base::Ok();
  }

  RecordStore& rows_;
  RestoreDone& done_;
  store::RecordHead head_;
  tlog::TileEdge edge_;
  std::vector<tlog::Tile> full_;
  store::Change change_;
  std::map<std::string, std::uint64_t> taken_;  // documents taken since the backup
  std::uint64_t floors_ = 0;                    // statements of the floor so far
  std::uint64_t first_lost_ = 1;
  std::uint64_t last_lost_ = 0;
};

// The restored rows begin the published log, or the other way round; then what is missing is added.
Status CatchUp(const std::string& published, const tlog::SignedCheckpoint& checkpoint, RecordStore& rows,
               Replay& replay, RestoreDone& done) {
  tlog::ExportReader reader(published);
  const tlog::TreeHead& tree = checkpoint.checkpoint.tree;
  const std::uint64_t common = std::min(tree.size, done.from_backup);
  tlog::TileNodes nodes(reader, tree.size);
  ASSIGN_OR_RETURN(const tlog::TileEdge ours, EdgeAt(rows, common));
  if (common > 0) {
    ASSIGN_OR_RETURN(const tlog::Hash theirs, tlog::TreeRoot(nodes, common));
    if (ours.Root() != theirs) {
      return Error{
          Errc::kCorrupt,
          fmt::format("the first {} entries of the backup are not those that were published", common)};
    }
  }
  for (std::uint64_t number = common; number < tree.size;) {
    const std::uint64_t bundle = number / tlog::kTileWidth;
    const auto width = static_cast<unsigned>(
        std::min<std::uint64_t>(tlog::kTileWidth, tree.size - bundle * tlog::kTileWidth));
    ASSIGN_OR_RETURN(std::vector<std::string> entries, reader.ReadEntries(bundle, width));
    for (std::uint64_t at = number % tlog::kTileWidth; at < width; ++at, ++number) {
      RETURN_IF_ERROR(replay.Add(std::move(entries[at])));
      ++done.from_published;
    }
  }
  RETURN_IF_ERROR(replay.Flush());
  if (tree.size >= done.from_backup && replay.edge().Root() != tree.root)
    return Error{Errc::kCorrupt, "the published entries do not hash to the published checkpoint"};
  return base::Ok();
}

// Everything that was ever shown must be a beginning of what is there now.
Status CheckAgainst(const tlog::SignedCheckpoint& kept, RecordReader& rows) {
  const tlog::TreeHead& tree = kept.checkpoint.tree;
  ASSIGN_OR_RETURN(const store::RecordHead head, rows.ReadHead());
  if (tree.size > head.size) {
    return Error{
        Errc::kCorrupt,
        fmt::format("a checkpoint of {} entries was signed, and the backup ends at {}; give the published "
                    "copy with --published, from which the rest can be taken",
                    tree.size, head.size)};
  }
  ASSIGN_OR_RETURN(const tlog::TileEdge edge, EdgeAt(rows, tree.size));
  if (edge.Root() == tree.root) return base::Ok();
  return Error{Errc::kCorrupt,
               fmt::format("the first {} entries of the backup are not those that were signed", tree.size)};
}

Result<RestoreDone> RestoreInto(const Folder& folder, const RestoreWish& wish, RecordStore& rows) {
  RestoreDone done;
  ASSIGN_OR_RETURN(const tlog::Trust trust, folder.ReadTrust());
  ASSIGN_OR_RETURN(const std::unique_ptr<RecordReader> backup,
                   store::OpenRecordReader({wish.backup + "/rows", ""}, store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(const store::RecordHead whole, backup->ReadHead());
  RETURN_IF_ERROR(CheckRoot(*backup, whole));
  RETURN_IF_ERROR(CheckKey(folder, *backup));
  RETURN_IF_ERROR(store::CopyRecord(*backup, rows));
  done.from_backup = whole.size;

  std::optional<tlog::SignedCheckpoint> last;
  const auto take = [&last](tlog::SignedCheckpoint one) {
    if (!last || one.checkpoint.tree.size > last->checkpoint.tree.size) last = std::move(one);
  };
  Replay replay(rows, done);
  RETURN_IF_ERROR(replay.Begin());
  if (!wish.published.empty()) {
    ASSIGN_OR_RETURN(tlog::SignedCheckpoint checkpoint,
                     ReadCheckpoint(wish.published + "/checkpoint", trust));
    RETURN_IF_ERROR(CatchUp(wish.published, checkpoint, rows, replay, done));
    take(std::move(checkpoint));
  }
  std::vector<std::string> kept = wish.checkpoints;
  if (base::Exists(wish.backup + "/signed")) kept.push_back(wish.backup + "/signed");
  for (const std::string& path : kept) {
    ASSIGN_OR_RETURN(tlog::SignedCheckpoint checkpoint, ReadCheckpoint(path, trust));
    RETURN_IF_ERROR(CheckAgainst(checkpoint, rows));
    take(std::move(checkpoint));
  }
  RETURN_IF_ERROR(replay.OwnUp(wish));
  RETURN_IF_ERROR(rows.Scrub());
  const Result<std::uint64_t> documents = CopyDocuments(rows, wish.backup + "/documents", folder.documents());
  if (!documents.ok()) return documents.error();
  if (last) {
    const std::string note = tlog::PrintNote(last->note);
    RETURN_IF_ERROR(folder.KeepSigned(note));
    RETURN_IF_ERROR(rows.KeepCheckpoint({last->checkpoint.tree.size, note}));
  }
  ASSIGN_OR_RETURN(const store::RecordHead head, rows.ReadHead());
  done.entries = head.size;
  return done;
}

}  // namespace

Result<BackupDone> BackUp(const Folder& folder, const std::string& to) {
  if (base::Exists(to)) return Error{Errc::kConflict, fmt::format("'{}' exists already", to)};
  BackupDone done;
  // Before the rows are looked at, so that it is not of more entries than they have.
  ASSIGN_OR_RETURN(const std::string keys, base::ReadFile(folder.path() + "/log.keys"));
  ASSIGN_OR_RETURN(const std::optional<tlog::SignedCheckpoint> last, folder.ReadSigned());
  ASSIGN_OR_RETURN(const std::unique_ptr<RecordReader> from,
                   store::OpenRecordReader(folder.place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(const store::RecordHead head, from->ReadHead());
  RETURN_IF_ERROR(MakeFolder(to));
  ASSIGN_OR_RETURN(const std::unique_ptr<RecordStore> rows,
                   store::OpenRecordStore({to + "/rows", ""}, store::OpenHow::kMake));
  RETURN_IF_ERROR(store::CopyRecord(*from, *rows));
  RETURN_IF_ERROR(CheckRoot(*rows, head));
  ASSIGN_OR_RETURN(done.documents, CopyDocuments(*rows, folder.documents(), to + "/documents"));
  RETURN_IF_ERROR(rows->Scrub());
  RETURN_IF_ERROR(base::WriteFileDurably(to + "/log.keys", keys));
  if (last) RETURN_IF_ERROR(base::WriteFileDurably(to + "/signed", tlog::PrintNote(last->note)));
  done.entries = head.size;
  // Last: a folder without this is not a whole backup.
  RETURN_IF_ERROR(base::WriteFileDurably(
      to + "/backup",
      fmt::format("lawbound-backup/v1\norigin {}\nentries {}\nroot {}\n", folder.origin(), head.size,
                  head.size == 0 ? tlog::PrintHash(tlog::EmptyRoot()) : tlog::EncodeBase64(head.root))));
  return done;
}

Result<RestoreDone> Restore(const RestoreWish& wish) {
  Result<std::string> about = base::ReadFile(wish.backup + "/backup");
  if (!about.ok()) {
    return Error{Errc::kNotFound, fmt::format("'{}' is not a whole backup of a ledger", wish.backup)};
  }
  std::string_view rest = about.value();
  std::optional<std::string_view> line = tlog::NextLine(rest);
  if (line != "lawbound-backup/v1" || !(line = tlog::NextLine(rest)) || !tlog::Consume(*line, "origin "))
    return Error{Errc::kCorrupt, fmt::format("'{}/backup' is not what a backup says of itself", wish.backup)};
  if (wish.published.empty() && wish.checkpoints.empty()) {
    return Error{
        Errc::kConflict,
        "what the world has seen of this log must be given: the published copy (--published) or the last "
        "checkpoint that somebody kept (--checkpoint)"};
  }
  FolderSettings settings = wish.settings;
  settings.origin = std::string(*line);
  ASSIGN_OR_RETURN(const Folder folder, Folder::Prepare(wish.to, settings));
  ASSIGN_OR_RETURN(const FolderLock lock, folder.Lock());
  // Both keys must be there before anything is made.
  Result<BoxKey> master = folder.ReadMattersKey();
  if (!master.ok()) return std::move(master).error();
  ASSIGN_OR_RETURN(const std::string keys, base::ReadFile(wish.backup + "/log.keys"));
  RETURN_IF_ERROR(base::WriteFileDurably(wish.to + "/log.keys", keys));
  ASSIGN_OR_RETURN(std::unique_ptr<RecordStore> rows,
                   store::OpenRecordStore(folder.place(), store::OpenHow::kMake));
  Result<RestoreDone> done = RestoreInto(folder, wish, *rows);
  if (!done.ok()) {
    rows.reset();
    RETURN_IF_ERROR(store::DiscardRecord(folder.place()));  // so that it may be tried again
    return done;
  }
  RETURN_IF_ERROR(folder.WriteSettings());
  return done;
}

}  // namespace lawbound::ledger
