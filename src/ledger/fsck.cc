// Goes through the entries once, in order.  Beside them run the rows that belong to each, in the same order:
// tiles as they fill, checkpoints as their sizes come by, measures and openings.  So nothing is looked up but
// the later entries that erase or seal, and memory stays bounded.
#include "ledger/fsck.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <utility>

#include "ledger/act.h"
#include "ledger/document.h"
#include "ledger/floor.h"
#include "tlog/encoding.h"
#include "tlog/tile.h"

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::uint64_t kPage = 1024;  // rows read at once
constexpr std::size_t kMostProblems = 20;

// Rows of one table in order, read a page at a time.
template <typename Row>
class Rows {
 public:
  using Next = std::function<Result<std::vector<Row>>(const std::optional<Row>& last)>;
  explicit Rows(Next next) : next_(std::move(next)) {}

  // Null at the end.  The row lives until the next call.
  Result<const Row*> Peek() {
    if (at_ == page_.size() && !ended_) {
      std::optional<Row> last;
      if (!page_.empty()) last = page_.back();
      Result<std::vector<Row>> page = next_(last);
      if (!page.ok()) return std::move(page).error();
      page_ = std::move(page).value();
      at_ = 0;
      ended_ = page_.empty();
    }
    return ended_ ? nullptr : &page_[at_];
  }
  void Take() { ++at_; }

 private:
  Next next_;
  std::vector<Row> page_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

class Checker {
 public:
  Checker(const Folder& folder, const FsckOptions& options, store::RecordReader& reader, MatterKeys* keys,
          tlog::Trust trust)
      : folder_(folder),
        options_(options),
        reader_(reader),
        keys_(keys),
        trust_(std::move(trust)),
        checkpoints_([this](const auto& last) {
          return reader_.CheckpointsAfter(last ? std::optional(last->size) : std::nullopt, kPage);
        }),
        openings_([this](const auto& last) {
          return reader_.OpeningsAfter(
              last ? std::optional(store::OpeningId{last->entry, last->name}) : std::nullopt, kPage);
        }),
        measures_([this](const auto& last) { return reader_.MeasuresAfter(last, kPage); }) {}

  Result<FsckReport> Check() {
    ASSIGN_OR_RETURN(head_, reader_.ReadHead());
    RETURN_IF_ERROR(Survive(CheckEntries()));
    RETURN_IF_ERROR(Survive(CheckAfterEntries()));
    RETURN_IF_ERROR(Survive(CheckSignedFile()));
    RETURN_IF_ERROR(Survive(CheckRequests()));
    RETURN_IF_ERROR(Survive(CheckKeys()));
    RETURN_IF_ERROR(Survive(CheckItems()));
    CountLost();
    report_.floor = floor_.history();
    report_.fields_opened = keys_ != nullptr;
    return std::move(report_);
  }

 private:
  void Note(std::string problem) {
    if (report_.problems.size() < kMostProblems) report_.problems.push_back(std::move(problem));
  }
  // Damage is a finding, after which the next table is looked at; that the rows cannot be read at all is not.
  Status Survive(Status status) {
    if (status.ok()) return status;
    if (status.error().code != Errc::kCorrupt) return status;
    Note(status.error().message);
    return base::Ok();
  }

  Status CheckEntries() {
    RETURN_IF_ERROR(CheckCheckpoints());
    while (edge_.size() < head_.size) {
      const std::uint64_t first = edge_.size();
      ASSIGN_OR_RETURN(const std::vector<std::string> entries,
                       reader_.ReadEntries(first, std::min(kPage, head_.size - first)));
      if (entries.empty()) return Error{Errc::kCorrupt, fmt::format("entry {} is missing", first)};
      for (const std::string& bytes : entries) {
        const std::uint64_t number = edge_.size();
        std::vector<tlog::Tile> full;
        edge_.Append(tlog::LeafHash(bytes), full);
        RETURN_IF_ERROR(CheckTiles(full));
        RETURN_IF_ERROR(CheckEntry(number, bytes));
        RETURN_IF_ERROR(CheckCheckpoints());
      }
      if (options_.progress) options_.progress(edge_.size(), head_.size);
    }
    report_.entries = edge_.size();
    report_.root = tlog::PrintHash(edge_.Root());
    if (head_.size == 0 || edge_.Root().view() == head_.root) return base::Ok();
    const std::uint64_t from = head_.size - head_.size % tlog::kTileWidth;
    Note(fmt::format(
        "the {} entries do not hash to the root that was stored when the last of them was written; where "
        "all tiles are sound, one of the entries {} to {} was changed",
        head_.size, from, head_.size - 1));
    return base::Ok();
  }

  Status CheckTiles(const std::vector<tlog::Tile>& full) {
    for (const tlog::Tile& tile : full) {
      ++report_.tiles;
      const Result<std::string> stored = reader_.ReadTile(tile.id.level, tile.id.index);
      if (!stored.ok()) {
        if (stored.error().code != Errc::kNotFound) return stored.error();
        Note(fmt::format("tile {} of level {} is missing", tile.id.index, tile.id.level));
        continue;
      }
      if (stored.value() == tile.bytes) continue;
      const auto at = static_cast<std::uint64_t>(std::ranges::mismatch(stored.value(), tile.bytes).in1 -
                                                 stored.value().begin());
      const std::uint64_t below = tile.id.index * tlog::kTileWidth + at / 32;
      Note(tile.id.level == 0
               ? fmt::format("entry {} and its hash in tile {} of level 0 do not fit each other", below,
                             tile.id.index)
               : fmt::format("tile {} of level {}: its hash {} is not that of tile {} below it",
                             tile.id.index, tile.id.level, at / 32, below));
    }
    return base::Ok();
  }

  Status CheckCheckpoints() {
    for (;;) {
      ASSIGN_OR_RETURN(const store::CheckpointRow* row, checkpoints_.Peek());
      if (row == nullptr || row->size > edge_.size()) return base::Ok();
      ++report_.checkpoints;
      const Result<tlog::SignedCheckpoint> opened = tlog::OpenCheckpoint(row->note, trust_);
      if (!opened.ok()) {
        Note(fmt::format("checkpoint of {} entries: {}", row->size, opened.error().message));
      } else if (opened.value().checkpoint.tree != tlog::TreeHead{edge_.size(), edge_.Root()} ||
                 opened.value().checkpoint.origin != folder_.origin()) {
        Note(fmt::format("the first {} entries are not those of the checkpoint that was signed of them",
                         row->size));
      }
      checkpoints_.Take();
    }
  }

  Status CheckEntry(std::uint64_t number, const std::string& bytes) {
    std::vector<LaterMeasure> later;
    for (;;) {
      ASSIGN_OR_RETURN(const store::MeasureRow* row, measures_.Peek());
      if (row == nullptr || row->of > number) break;
      ++measure_rows_;
      Result<std::optional<LaterMeasure>> measure = ReadMeasure(reader_, row->of, row->by);
      if (!measure.ok()) {
        RETURN_IF_ERROR(Survive(measure.error()));
      } else if (measure.value()) {
        later.push_back(*std::move(measure).value());
      }
      measures_.Take();
    }
    std::vector<store::OpeningRow> rows;
    for (;;) {
      ASSIGN_OR_RETURN(const store::OpeningRow* row, openings_.Peek());
      if (row == nullptr || row->entry > number) break;
      rows.push_back(*row);
      openings_.Take();
    }
    Result<tlog::Entry> entry = tlog::ParseEntry(bytes);
    if (!entry.ok()) {
      Note(fmt::format("entry {}: {}", number, entry.error().message));
      return base::Ok();
    }
    TakeNote(entry.value());
    RETURN_IF_ERROR(CheckFloor(number, entry.value()));
    const Result<StoredAct> act = AssembleAct(std::move(entry).value(), number, later, rows, keys_);
    if (!act.ok()) return Survive(act.error());
    for (const StoredField& field : act.value().fields) {
      report_.fields += field.stored ? 1 : 0;
      report_.erased += field.state == Availability::kErased ? 1 : 0;
      if (field.state == Availability::kLost) lost_.push_back({number, field.name});
    }
    return CheckTaken(number, act.value());
  }

  // A document whose digest is still stored has its row.
  Status CheckTaken(std::uint64_t number, const StoredAct& act) {
    const std::string* step = act.entry.FindFact("step");
    const std::string* item = act.entry.FindFact("item");
    const auto digest = std::ranges::find(act.fields, "digest", &StoredField::name);
    if (act.entry.kind != "document" || step == nullptr || *step != "taken" || item == nullptr)
      return base::Ok();
    if (digest == act.fields.end() || !digest->stored) return base::Ok();
    ASSIGN_OR_RETURN(const std::optional<store::ItemRow> row, reader_.ReadItem(*item));
    if (!row || row->entry != number)
      Note(fmt::format("document {}, which entry {} took, is missing: neither stored nor erased", *item,
                       number));
    return base::Ok();
  }

  // Each statement of the floor is found by its number.
  Status CheckFloor(std::uint64_t number, const tlog::Entry& entry) {
    floor_.Take(number, entry);
    if (tlog::KindOf(entry) != tlog::EntryKind::kFloor) return base::Ok();
    const std::uint64_t ordinal = floor_.history().statements - 1;
    ASSIGN_OR_RETURN(const std::optional<std::uint64_t> found, reader_.FindRequest(FloorRequestId(ordinal)));
    if (found != number)
      Note(fmt::format("entry {} states the floor for the {}th time, and the rows do not know it as that",
                       number, ordinal + 1));
    return base::Ok();
  }

  // Counts what other tables must know of, and remembers what a restoration has owned up to.
  void TakeNote(const tlog::Entry& entry) {
    if (tlog::MeasureOf(entry)) ++measure_entries_;
    const std::string* step = entry.FindFact("step");
    if (entry.kind == "document" && step != nullptr && *step != "taken") ++measure_entries_;
    if (entry.kind != "loss") return;
    const std::string* first = entry.FindFact("first");
    const std::string* last = entry.FindFact("last");
    const auto from = first == nullptr ? std::nullopt : tlog::ParseCount(*first);
    const auto to = last == nullptr ? std::nullopt : tlog::ParseCount(*last);
    if (from && to) losses_.emplace_back(*from, *to);
  }

  Status CheckAfterEntries() {
    ASSIGN_OR_RETURN(const std::vector<std::string> more, reader_.ReadEntries(head_.size, 1));
    if (!more.empty())
      Note(fmt::format("entry {} is stored, and the record says that it has {}", head_.size, head_.size));
    ASSIGN_OR_RETURN(const store::CheckpointRow* checkpoint, checkpoints_.Peek());
    if (checkpoint != nullptr) {
      Note(fmt::format("a checkpoint of {} entries was signed, and there are {}", checkpoint->size,
                       edge_.size()));
    }
    ASSIGN_OR_RETURN(const store::OpeningRow* opening, openings_.Peek());
    if (opening != nullptr)
      Note(fmt::format("field '{}' of entry {} is stored, and there is no such entry", opening->name,
                       opening->entry));
    ASSIGN_OR_RETURN(const store::MeasureRow* measure, measures_.Peek());
    if (measure != nullptr || measure_rows_ != measure_entries_) {
      Note(fmt::format("{} entries erase, seal, open or follow up earlier ones, and the rows know of {}",
                       measure_entries_, measure_rows_));
    }
    std::uint64_t tiles = 0;
    for (std::optional<store::TileRow> last;;) {
      ASSIGN_OR_RETURN(std::vector<store::TileRow> page, reader_.TilesAfter(last, 64));
      if (page.empty()) break;
      tiles += page.size();
      last = std::move(page.back());
    }
    if (tiles != report_.tiles)
      Note(fmt::format("there are {} full tiles and should be {}", tiles, report_.tiles));
    return base::Ok();
  }

  Status CheckSignedFile() {
    Result<std::optional<tlog::SignedCheckpoint>> kept = folder_.ReadSigned();
    if (!kept.ok()) {
      Note(kept.error().message);
      return base::Ok();
    }
    if (!kept.value()) return base::Ok();
    const std::uint64_t size = kept.value()->checkpoint.tree.size;
    if (size > head_.size)
      Note(fmt::format("'signed' is a checkpoint of {} entries, and there are {}", size, head_.size));
    ASSIGN_OR_RETURN(const std::optional<store::CheckpointRow> last, reader_.LastCheckpoint());
    if (last && last->size >= size) return base::Ok();
    // Signed, and the program ended before the row was there; the tree must still be the same.
    if (size == head_.size && kept.value()->checkpoint.tree.root != edge_.Root())
      Note(fmt::format("'signed' is not a checkpoint of these {} entries", size));
    return base::Ok();
  }

  Status CheckRequests() {
    for (std::string last;;) {
      ASSIGN_OR_RETURN(const std::vector<store::RequestRow> page, reader_.RequestsAfter(last, kPage));
      if (page.empty()) return base::Ok();
      for (const store::RequestRow& row : page) {
        if (row.entry >= head_.size || row.id.size() != 32)
          Note(fmt::format("request {} was answered with entry {}, which is not there", Hex(row.id),
                           row.entry));
      }
      last = page.back().id;
    }
  }

  Status CheckKeys() {
    if (keys_ == nullptr) return base::Ok();
    for (std::string last;;) {
      ASSIGN_OR_RETURN(const std::vector<store::KeyRow> page, reader_.KeysAfter(last, kPage));
      if (page.empty()) return base::Ok();
      for (const store::KeyRow& row : page) {
        const Result<BoxKey> key = keys_->Find(row.matter);
        if (!key.ok()) Note(key.error().message);
      }
      last = page.back().matter;
    }
  }

  Status CheckItems() {
    for (std::string last;;) {
      ASSIGN_OR_RETURN(const std::vector<store::ItemRow> page, reader_.ItemsAfter(last, kPage));
      if (page.empty()) return base::Ok();
      for (const store::ItemRow& row : page) {
        ++report_.documents;
        if (row.entry >= head_.size)
          Note(fmt::format("document {} was recorded by entry {}, which is not there", row.id, row.entry));
        if (keys_ == nullptr) continue;
        const Status read =
            ReadDocument(folder_.documents(), row, *keys_, [](std::string_view) { return base::Ok(); });
        if (!read.ok()) Note(fmt::format("document {}: {}", row.id, read.error().message));
      }
      last = page.back().id;
    }
  }

  void CountLost() {
    for (const auto& [number, name] : lost_) {
      const bool owned = std::ranges::any_of(
          losses_, [n = number](const auto& range) { return range.first <= n && n <= range.second; });
      if (owned) {
        ++report_.lost;
      } else {
        Note(fmt::format("field '{}' of entry {} is missing: neither stored nor erased", name, number));
      }
    }
  }

  const Folder& folder_;
  const FsckOptions& options_;
  store::RecordReader& reader_;
  MatterKeys* keys_;
  tlog::Trust trust_;
  store::RecordHead head_;
  tlog::TileEdge edge_;
  Rows<store::CheckpointRow> checkpoints_;
  Rows<store::OpeningRow> openings_;
  Rows<store::MeasureRow> measures_;
  tlog::FloorWatch floor_;
  std::uint64_t measure_rows_ = 0;
  std::uint64_t measure_entries_ = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> losses_;
  std::vector<std::pair<std::uint64_t, std::string>> lost_;
  FsckReport report_;
};

}  // namespace

Result<FsckReport> CheckLedger(const Folder& folder, const FsckOptions& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(folder.place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(tlog::Trust trust, folder.ReadTrust());
  std::unique_ptr<MatterKeys> keys;
  if (options.open_fields) {
    ASSIGN_OR_RETURN(BoxKey master, folder.ReadMattersKey());
    ASSIGN_OR_RETURN(std::unique_ptr<store::RecordReader> lookup,
                     store::OpenRecordReader(folder.place(), store::ReadHow::kMoment));
    keys = std::make_unique<MatterKeys>(std::move(master), std::move(lookup));
  }
  return Checker(folder, options, *reader, keys.get(), std::move(trust)).Check();
}

}  // namespace lawbound::ledger
