// Encryption at rest: boxes that open only with their key and in the place they were made for.
// XChaCha20-Poly1305 of libsodium, with a random nonce in front.
//
// A box says how long its contents are only roughly: they are padded to 256, 512... 4,096 bytes and then
// to whole multiples of 4,096.  Exact lengths would tell two matters of one person apart from others almost
// as well as a name.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace lawbound::ledger {

// Moved, not copied; wiped when it ends.
class BoxKey {
 public:
  static constexpr std::size_t kBytes = 32;

  static BoxKey Random();
  // REQUIRES: 32 bytes.
  static BoxKey From(std::string_view bytes);

  BoxKey(BoxKey&& other) noexcept;
  BoxKey& operator=(BoxKey&& other) noexcept;
  ~BoxKey();

  // Another handle on the same key.
  BoxKey Copy() const { return From(view()); }
  // The secret bytes; the view points into this key.
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}; }

 private:
  BoxKey() = default;
  std::array<std::uint8_t, kBytes> bytes_{};
};

// `place` is not secret and not stored: who opens the box must know it, so that boxes cannot change places.
std::string SealBox(const BoxKey& key, std::string_view place, std::string_view contents);
// kCorrupt when the key or the place is another, or a bit was changed.
base::Result<std::string> OpenBox(const BoxKey& key, std::string_view place, std::string_view box);

// BLAKE2b of 32 bytes under a key.
std::string KeyedDigest(const BoxKey& key, std::string_view bytes);

// Lower-case hexadecimal.
std::string Hex(std::string_view bytes);
// `count` random bytes as such text.
std::string RandomHex(std::size_t count);

}  // namespace lawbound::ledger
