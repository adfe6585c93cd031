#include "ledger/rotate.h"

#include <fmt/format.h>
#include <memory>
#include <utility>
#include <vector>

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
