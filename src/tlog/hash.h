// The SHA-256 hashes that a log is made of, as RFC 6962 section 2.1 prescribes: an entry and a pair of hashes
// are hashed with different first bytes, so that neither can be passed off as the other.
//
// Each thread keeps one digest context of its own; the functions may be called from any thread.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lawbound::tlog {

struct Hash {
  std::array<std::uint8_t, 32> bytes{};

  // The 32 bytes; the view points into this hash.
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  auto operator<=>(const Hash&) const = default;
};

Hash Sha256(std::string_view bytes);
Hash LeafHash(std::string_view entry);               // SHA-256(0x00 || entry)
Hash NodeHash(const Hash& left, const Hash& right);  // SHA-256(0x01 || left || right)
Hash EmptyRoot();                                    // the root of a tree without entries: SHA-256 of nothing

// The hash of exactly 32 bytes; nothing for another length.
std::optional<Hash> HashFromBytes(std::string_view bytes);
// 44 characters of base64.
std::optional<Hash> ParseHash(std::string_view text);
std::string PrintHash(const Hash& hash);

}  // namespace lawbound::tlog
