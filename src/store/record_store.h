// Where a record is kept: numbered entries, the hashes over them, and what belongs to them but is not public.
// One contract, carried out by SQLite and by PostgreSQL, each in its own way; tests/contract holds both to
// it.
//
// The store knows nothing of what the bytes mean.  It promises:
//   - A change is durable and visible as a whole when Commit returns, or has left nothing behind.
//   - Entries are numbered from 0 without gaps, in the order of the commits.
//   - A change made on a stale view of the record is refused: Commit says which size it was made for.
//   - A reader sees the record as it was at one moment: the first entries of it, and what belongs to them.
//
// Nothing here is keyed by a person.  Readers and stores belong to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lawbound::store {

struct RecordHead {
  std::uint64_t size = 0;  // of entries
  std::string root;        // what the writer last said the whole record hashes to
  bool operator==(const RecordHead&) const = default;
};

// A full tile of hashes.
struct TileRow {
  unsigned level = 0;
  std::uint64_t number = 0;
  std::string bytes;
  bool operator==(const TileRow&) const = default;
};

// A request that its sender may repeat, by 32 bytes of the sender's choice, and the entry that answered it.
struct RequestRow {
  std::string id;
  std::uint64_t entry = 0;
  bool operator==(const RequestRow&) const = default;
};

// A field of an entry: encrypted, gone when it is erased.
struct OpeningRow {
  std::uint64_t entry = 0;
  std::string name;
  std::string matter;
  std::string box;
  bool sealed = false;
  bool operator==(const OpeningRow&) const = default;
};

struct OpeningId {
  std::uint64_t entry = 0;
  std::string name;
};

// Entry `by` says something about the earlier entry `of`: that fields of it were erased, sealed or opened.
struct MeasureRow {
  std::uint64_t of = 0;
  std::uint64_t by = 0;
  bool operator==(const MeasureRow&) const = default;
};

// The key of a matter, itself encrypted.
struct KeyRow {
  std::string matter;
  std::string box;
  bool operator==(const KeyRow&) const = default;
};

// A document of a matter: the file with its bytes has the name `address`, what is known of it is in the box.
struct ItemRow {
  std::string id;  // random
  std::string matter;
  std::uint64_t entry = 0;  // where it was taken into the record
  std::string address;
  std::string box;
  bool operator==(const ItemRow&) const = default;
};

struct CheckpointRow {
  std::uint64_t size = 0;
  std::string note;
  bool operator==(const CheckpointRow&) const = default;
};

// What happens at once.
struct Change {
  RecordHead before;                 // refused when the record has another size by now
  std::string root;                  // after the change
  std::vector<std::string> entries;  // get the numbers from before.size on
  std::vector<TileRow> tiles;
  std::vector<RequestRow> requests;
  std::vector<OpeningRow> openings;
  std::vector<MeasureRow> measures;
  std::vector<KeyRow> keys;  // kept as they are when the matter has one already
  std::vector<ItemRow> items;
  std::vector<OpeningId> erased;
  std::vector<OpeningId> sealed;
  std::vector<OpeningId> unsealed;
  std::vector<std::string> erased_items;  // ids
};

class RecordReader {
 public:
  virtual ~RecordReader() = default;

  virtual base::Result<RecordHead> ReadHead() = 0;
  // Of `count` entries from `first` on those that there are.
  virtual base::Result<std::vector<std::string>> ReadEntries(std::uint64_t first, std::uint64_t count) = 0;
  // kNotFound when there is none.
  virtual base::Result<std::string> ReadTile(unsigned level, std::uint64_t number) = 0;
  virtual base::Result<std::optional<std::uint64_t>> FindRequest(std::string_view id) = 0;
  // By name.
  virtual base::Result<std::vector<OpeningRow>> ReadOpenings(std::uint64_t entry) = 0;
  // Ascending.
  virtual base::Result<std::vector<std::uint64_t>> ReadMeasures(std::uint64_t of) = 0;
  virtual base::Result<std::optional<std::string>> ReadKey(std::string_view matter) = 0;
  virtual base::Result<std::vector<ItemRow>> ReadItems(std::string_view matter) = 0;
  virtual base::Result<std::optional<ItemRow>> ReadItem(std::string_view id) = 0;
  virtual base::Result<std::optional<CheckpointRow>> LastCheckpoint() = 0;

  // Everything, a page at a time, for checks and copies: up to `count` rows after the given one, ascending.
  // An empty answer is the end.
  virtual base::Result<std::vector<TileRow>> TilesAfter(std::optional<TileRow> last, std::uint64_t count) = 0;
  virtual base::Result<std::vector<RequestRow>> RequestsAfter(std::string_view id, std::uint64_t count) = 0;
  virtual base::Result<std::vector<OpeningRow>> OpeningsAfter(std::optional<OpeningId> last,
                                                              std::uint64_t count) = 0;
  virtual base::Result<std::vector<MeasureRow>> MeasuresAfter(std::optional<MeasureRow> last,
                                                              std::uint64_t count) = 0;
  virtual base::Result<std::vector<KeyRow>> KeysAfter(std::string_view matter, std::uint64_t count) = 0;
  virtual base::Result<std::vector<ItemRow>> ItemsAfter(std::string_view id, std::uint64_t count) = 0;
  virtual base::Result<std::vector<CheckpointRow>> CheckpointsAfter(std::optional<std::uint64_t> size,
                                                                    std::uint64_t count) = 0;
};

// The one writer.
class RecordStore : public RecordReader {
 public:
  // kConflict: the record is not what `before` says, nothing was changed.  kInvalid: a request or opening is
  // there already, or a row to erase or seal is not.  kUnavailable: the disk or the server did not say that
  // it is done; it may be done all the same, and only reading the head anew, after reopening, tells.
  virtual base::Status Commit(const Change& change) = 0;
  // Replaces that of the same size.
  virtual base::Status KeepCheckpoint(const CheckpointRow& checkpoint) = 0;
  // Replaces the keys of these matters.  All or none.
  virtual base::Status ReplaceKeys(const std::vector<KeyRow>& keys) = 0;
  // Takes what was erased off the disk, as far as the database can: no deleted row is left in a file of it.
  virtual base::Status Scrub() = 0;
};

// Where the rows are.
struct StorePlace {
  std::string sqlite_file;  // or, when empty,
  std::string postgres;     // how to connect, as libpq reads it
};

enum class OpenHow : unsigned char {
  kMake,   // kConflict when there is one already
  kExist,  // kNotFound when there is none
};

// kConflict when another writer has it open, as far as the database can tell.
base::Result<std::unique_ptr<RecordStore>> OpenRecordStore(const StorePlace& place, OpenHow how);
// Removes a record that was begun with kMake and is not to be: rows and all.  Nobody may have it open.
base::Status DiscardRecord(const StorePlace& place);

enum class ReadHow : unsigned char {
  kMoment,  // the record as it is now: what is written afterwards is not seen
  kLatest,  // each call sees what is there by then
};
base::Result<std::unique_ptr<RecordReader>> OpenRecordReader(const StorePlace& place, ReadHow how);

// Copies everything that `from` sees into the empty store `to`, a page at a time.
base::Status CopyRecord(RecordReader& from, RecordStore& to);

}  // namespace lawbound::store
