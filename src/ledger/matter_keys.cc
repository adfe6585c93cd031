#include "ledger/matter_keys.h"

#include <fmt/format.h>
#include <optional>
#include <utility>

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t kMostKnown = 10'000;

std::string PlaceOf(std::string_view matter) { return fmt::format("lawbound-matter-key/v1\n{}", matter); }

}  // namespace

std::string SealMatterKey(const BoxKey& master, std::string_view matter, const BoxKey& key) {
  return SealBox(master, PlaceOf(matter), key.view());
}

Result<BoxKey> OpenMatterKey(const BoxKey& master, std::string_view matter, std::string_view box) {
  Result<std::string> bytes = OpenBox(master, PlaceOf(matter), box);
  if (!bytes.ok() || bytes.value().size() != BoxKey::kBytes) {
    return Error{Errc::kCorrupt,
                 fmt::format("the key of matter '{}' does not open with the ledger's matters key", matter)};
  }
  return BoxKey::From(bytes.value());
}

Result<const MatterKey*> MatterKeys::Load(std::string_view matter) {
  if (const auto at = known_.find(matter); at != known_.end()) return &at->second;
  ASSIGN_OR_RETURN(std::optional<std::string> box, reader_->ReadKey(matter));
  if (!box) return static_cast<const MatterKey*>(nullptr);
  ASSIGN_OR_RETURN(BoxKey key, OpenMatterKey(master_, matter, *box));
  if (known_.size() >= kMostKnown) known_.clear();
  const auto at =
      known_.emplace(std::string(matter), MatterKey{std::move(key), {std::string(matter), std::move(*box)}});
  return &at.first->second;
}

Result<std::shared_ptr<const MatterKey>> MatterKeys::Obtain(std::string_view matter) {
  const std::scoped_lock lock(mutex_);
  if (const auto at = fresh_.find(matter); at != fresh_.end()) {
    if (std::shared_ptr<const MatterKey> held = at->second.lock()) return held;
  }
  ASSIGN_OR_RETURN(const MatterKey* found, Load(matter));
  if (found != nullptr) return std::make_shared<const MatterKey>(MatterKey{found->key.Copy(), found->row});
  BoxKey key = BoxKey::Random();
  std::string box = SealMatterKey(master_, matter, key);
  auto made =
      std::make_shared<const MatterKey>(MatterKey{std::move(key), {std::string(matter), std::move(box)}});
  if (fresh_.size() >= 2 * swept_ + kMostKnown) {
    std::erase_if(fresh_, [](const auto& row) { return row.second.expired(); });
    swept_ = fresh_.size();
  }
  fresh_.insert_or_assign(std::string(matter), made);
  return std::shared_ptr<const MatterKey>(std::move(made));
}

void MatterKeys::Stored(std::string_view matter) {
  const std::scoped_lock lock(mutex_);
  const auto at = fresh_.find(matter);
  if (at == fresh_.end()) return;
  const std::shared_ptr<const MatterKey> held = at->second.lock();
  fresh_.erase(at);
  if (held == nullptr) return;
  if (known_.size() >= kMostKnown) known_.clear();
  known_.emplace(std::string(matter), MatterKey{held->key.Copy(), held->row});
}

Result<BoxKey> MatterKeys::Find(std::string_view matter) {
  const std::scoped_lock lock(mutex_);
  if (const auto at = fresh_.find(matter); at != fresh_.end()) {
    if (const std::shared_ptr<const MatterKey> held = at->second.lock()) return held->key.Copy();
  }
  ASSIGN_OR_RETURN(const MatterKey* found, Load(matter));
  if (found == nullptr) return Error{Errc::kNotFound, fmt::format("matter '{}' has no key", matter)};
  return found->key.Copy();
}

}  // namespace lawbound::ledger
