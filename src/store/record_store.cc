#include "store/record_store.h"

#include <algorithm>
#include <utility>

#include "store/postgres_record.h"
#include "store/sqlite_record.h"

namespace lawbound::store {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::uint64_t kPage = 1000;  // rows copied at once

// Rows of one table, a page at a time, each page a change of its own.
template <typename Row, typename Next, typename Last>
Status CopyRows(RecordStore& to, RecordHead& head, std::vector<Row> Change::*rows, const Next& next,
                Last last) {
  for (;;) {
    Result<std::vector<Row>> page = next(last);
    if (!page.ok()) return std::move(page).error();
    if (page.value().empty()) return base::Ok();
    last = page.value().back();
    Change change;
    change.before = head;
    change.root = head.root;
    change.*rows = std::move(page).value();
    RETURN_IF_ERROR(to.Commit(change));
  }
}

}  // namespace

Result<std::unique_ptr<RecordStore>> OpenRecordStore(const StorePlace& place, OpenHow how) {
  if (place.sqlite_file.empty()) return OpenPostgresRecord(place.postgres, how);
  return OpenSqliteRecord(place.sqlite_file, how);
}

Status DiscardRecord(const StorePlace& place) {
  if (place.sqlite_file.empty()) return DiscardPostgresRecord(place.postgres);
  return DiscardSqliteRecord(place.sqlite_file);
}

Result<std::unique_ptr<RecordReader>> OpenRecordReader(const StorePlace& place, ReadHow how) {
  if (place.sqlite_file.empty()) return OpenPostgresReader(place.postgres, how);
  return OpenSqliteReader(place.sqlite_file, how);
}

Status CopyRecord(RecordReader& from, RecordStore& to) {
  ASSIGN_OR_RETURN(const RecordHead whole, from.ReadHead());
  ASSIGN_OR_RETURN(RecordHead head, to.ReadHead());
  if (head.size != 0) return Error{Errc::kConflict, "the record to copy to is not empty"};
  // Until everything is there the head has no root, so that half a copy is never taken for a whole one.
  for (std::uint64_t first = 0; first < whole.size; first = head.size) {
    Change change;
    change.before = head;
    ASSIGN_OR_RETURN(change.entries, from.ReadEntries(first, std::min(kPage, whole.size - first)));
    if (change.entries.empty()) return Error{Errc::kCorrupt, "entries are missing at the end of the record"};
    RETURN_IF_ERROR(to.Commit(change));
    head.size += change.entries.size();
    head.root = change.root;
  }
  RETURN_IF_ERROR(CopyRows<TileRow>(
      to, head, &Change::tiles,
      [&](const std::optional<TileRow>& last) { return from.TilesAfter(last, kPage); },
      std::optional<TileRow>()));
  RETURN_IF_ERROR(CopyRows<RequestRow>(
      to, head, &Change::requests, [&](const RequestRow& last) { return from.RequestsAfter(last.id, kPage); },
      RequestRow()));
  RETURN_IF_ERROR(CopyRows<KeyRow>(
      to, head, &Change::keys, [&](const KeyRow& last) { return from.KeysAfter(last.matter, kPage); },
      KeyRow()));
  RETURN_IF_ERROR(CopyRows<OpeningRow>(
      to, head, &Change::openings,
      [&](const std::optional<OpeningRow>& last) {
        return from.OpeningsAfter(last ? std::optional<OpeningId>({last->entry, last->name}) : std::nullopt,
                                  kPage);
      },
      std::optional<OpeningRow>()));
  RETURN_IF_ERROR(CopyRows<MeasureRow>(
      to, head, &Change::measures,
      [&](const std::optional<MeasureRow>& last) { return from.MeasuresAfter(last, kPage); },
      std::optional<MeasureRow>()));
  RETURN_IF_ERROR(CopyRows<ItemRow>(
      to, head, &Change::items, [&](const ItemRow& last) { return from.ItemsAfter(last.id, kPage); },
      ItemRow()));
  for (std::optional<std::uint64_t> last;;) {
    ASSIGN_OR_RETURN(const std::vector<CheckpointRow> page, from.CheckpointsAfter(last, kPage));
    if (page.empty()) break;
    for (const CheckpointRow& row : page) RETURN_IF_ERROR(to.KeepCheckpoint(row));
    last = page.back().size;
  }
  Change done;
  done.before = head;
  done.root = whole.root;
  return to.Commit(done);
}

}  // namespace lawbound::store
