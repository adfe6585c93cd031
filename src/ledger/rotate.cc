#include "ledger/rotate.h"

#include <fmt/format.h>
#include <memory>
#include <utility>
#include <vector>

#include "ledger/tree.h"
#include "tlog/entry.h"

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::uint64_t kPage = 1000;

Result<std::vector<store::KeyRow>> AllKeys(store::RecordReader& rows) {
  std::vector<store::KeyRow> out;
  for (;;) {
    const std::string last = out.empty() ? std::string() : out.back().matter;
    ASSIGN_OR_RETURN(std::vector<store::KeyRow> page, rows.KeysAfter(last, kPage));
    if (page.empty()) return out;
    out.insert(out.end(), std::make_move_iterator(page.begin()), std::make_move_iterator(page.end()));
  }
}

}  // namespace

Result<Rotated> RotateLogKey(Ledger& ledger, const RotateWish& wish) {
  const Folder& folder = ledger.folder();
  std::array<std::uint8_t, 32> seed{};
  tlog::FillRandom(seed);
  ASSIGN_OR_RETURN(const tlog::SigningKey next,
                   tlog::SigningKey::FromSeed(folder.origin(), tlog::KeyKind::kLog, seed));
  Rotated out;
  out.key = tlog::PrintVerifierKey(next.verifier());
  ASSIGN_OR_RETURN(const Appended done, ledger.RecordOwn("key",
                                                         {{"day", base::PrintDay(wish.day)},
                                                          {"ground", wish.ground},
                                                          {"key", out.key},
                                                          {"official", wish.official},
                                                          {"old", wish.lost ? "lost" : "signs this change"}},
                                                         {}));
  out.entry = done.entry;
  if (wish.lost) {
    RETURN_IF_ERROR(folder.ReplaceSigningKey(next));
    ASSIGN_OR_RETURN(out.checkpoint, ledger.SignCheckpoint());
    return out;
  }
  // Signed by both while the old one is still the signer: whoever trusts the old key sees it name the new
  // one.
  ASSIGN_OR_RETURN(out.checkpoint, ledger.SignCheckpoint(&next));
  RETURN_IF_ERROR(folder.ReplaceSigningKey(next));
  return out;
}

Result<std::uint64_t> RotateMattersKey(const Folder& folder) {
  ASSIGN_OR_RETURN(const FolderLock lock, folder.Lock());
  RETURN_IF_ERROR(FinishRotation(folder));
  ASSIGN_OR_RETURN(const BoxKey old_key, folder.ReadMattersKey());
  const BoxKey next = BoxKey::Random();
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordStore> rows,
                   store::OpenRecordStore(folder.place(), store::OpenHow::kExist));
  ASSIGN_OR_RETURN(std::vector<store::KeyRow> keys, AllKeys(*rows));
  for (store::KeyRow& row : keys) {
    ASSIGN_OR_RETURN(const BoxKey key, OpenMatterKey(old_key, row.matter, row.box));
    row.box = SealMatterKey(next, row.matter, key);
  }
  RETURN_IF_ERROR(folder.KeepNextMattersKey(next));
  RETURN_IF_ERROR(rows->ReplaceKeys(keys));
  RETURN_IF_ERROR(folder.UseNextMattersKey());
  RETURN_IF_ERROR(rows->Scrub());
  return keys.size();
}

namespace {

// Everything that is encrypted, to be taken out; says of which entries in `from` and `to`.
Status CollectEncrypted(store::RecordReader& rows, store::Change& change, std::uint64_t& from,
                        std::uint64_t& to) {
  for (;;) {
    const std::optional<store::OpeningId> last =
        change.erased.empty() ? std::nullopt : std::optional<store::OpeningId>(change.erased.back());
    ASSIGN_OR_RETURN(const std::vector<store::OpeningRow> page, rows.OpeningsAfter(last, kPage));
    if (page.empty()) break;
    for (const store::OpeningRow& row : page) change.erased.push_back({row.entry, row.name});
  }
  if (!change.erased.empty()) {
    from = change.erased.front().entry;
    to = change.erased.back().entry;
  }
  for (;;) {
    const std::string last = change.erased_items.empty() ? std::string() : change.erased_items.back();
    ASSIGN_OR_RETURN(const std::vector<store::ItemRow> page, rows.ItemsAfter(last, kPage));
    if (page.empty()) return base::Ok();
    for (const store::ItemRow& row : page) change.erased_items.push_back(row.id);
  }
}

}  // namespace

Result<LostFields> ReplaceLostMattersKey(const Folder& folder, const RotateWish& wish) {
  ASSIGN_OR_RETURN(const FolderLock lock, folder.Lock());
  RETURN_IF_ERROR(FinishRotation(folder));
  const Result<BoxKey> there = folder.ReadMattersKey();
  if (there.ok() || there.error().code != Errc::kNotFound) {
    return Error{Errc::kConflict,
                 "the matters key is there: without --lost a new one takes its place and nothing is lost"};
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordStore> rows,
                   store::OpenRecordStore(folder.place(), store::OpenHow::kExist));
  store::Change change;
  ASSIGN_OR_RETURN(change.before, rows->ReadHead());
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  RETURN_IF_ERROR(CollectEncrypted(*rows, change, from, to));
  LostFields out{std::nullopt, change.erased.size(), change.erased_items.size()};
  if (!change.erased.empty()) {
    ASSIGN_OR_RETURN(tlog::TileEdge edge, EdgeAt(*rows, change.before.size));
    if (edge.Root().view() != change.before.root)
      return Error{Errc::kCorrupt, "the entries do not hash to the root stored with them"};
    ASSIGN_OR_RETURN(std::string entry, tlog::EncodeEntry({"loss",
                                                           {{"day", base::PrintDay(wish.day)},
                                                            {"first", fmt::to_string(from)},
                                                            {"ground", wish.ground},
                                                            {"last", fmt::to_string(to)},
                                                            {"official", wish.official}},
                                                           {}}));
    std::vector<tlog::Tile> full;
    edge.Append(tlog::LeafHash(entry), full);
    for (const tlog::Tile& tile : full) change.tiles.push_back({tile.id.level, tile.id.index, tile.bytes});
    change.entries.push_back(std::move(entry));
    change.root = std::string(edge.Root().view());
    RETURN_IF_ERROR(rows->Commit(change));
    out.entry = change.before.size;
    RETURN_IF_ERROR(rows->Scrub());
  }
  RETURN_IF_ERROR(folder.KeepNextMattersKey(BoxKey::Random()));
  RETURN_IF_ERROR(folder.UseNextMattersKey());
  return out;
}

Status FinishRotation(const Folder& folder) {
  ASSIGN_OR_RETURN(const std::optional<BoxKey> next, folder.ReadNextMattersKey());
  if (!next) return base::Ok();
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordReader> rows,
                   store::OpenRecordReader(folder.place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(const std::vector<store::KeyRow> first, rows->KeysAfter("", 1));
  // The rows changed all at once, so one of them tells which key they are under.
  const bool changed = first.empty() || OpenMatterKey(*next, first[0].matter, first[0].box).ok();
  return changed ? folder.UseNextMattersKey() : folder.ForgetNextMattersKey();
}

}  // namespace lawbound::ledger
