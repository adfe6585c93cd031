#include "pages/token.h"

#include <algorithm>
#include <optional>
#include <sodium.h>

#include "base/check.h"

namespace lawbound::pages {
namespace {

constexpr std::size_t kMacBytes = crypto_auth_BYTES;

unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string Hex(std::string_view bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), Bytes(bytes), bytes.size());
  out.pop_back();
  return out;
}

std::string Random(std::size_t size) {
  CHECK(sodium_init() >= 0);
  std::string out(size, '\0');
  randombytes_buf(out.data(), size);
  return out;
}

std::string Mac(const std::string& key, std::string_view text) {
  std::string out(kMacBytes, '\0');
  crypto_auth(Bytes(out), Bytes(text), text.size(), Bytes(std::string_view(key)));
  return out;
}

std::string Masked(std::string_view text, std::string_view mask) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(out[i] ^ mask[i]);
  return out;
}

}  // namespace

TokenMaker::TokenMaker() : key_(Random(crypto_auth_KEYBYTES)) {}

std::string TokenMaker::Make(std::string_view bound_to) const {
  const std::string mask = Random(kMacBytes);
  return Hex(mask + Masked(Mac(key_, bound_to), mask));
}

bool TokenMaker::IsOurs(std::string_view token, std::string_view bound_to) const {
  if (token.size() != kMacBytes * 4) return false;
  std::string bytes(kMacBytes * 2, '\0');
  std::size_t size = 0;
  if (sodium_hex2bin(Bytes(bytes), bytes.size(), token.data(), token.size(), nullptr, &size, nullptr) != 0 ||
      size != bytes.size())
    return false;
  const std::string mac =
      Masked(std::string_view(bytes).substr(kMacBytes), std::string_view(bytes).substr(0, kMacBytes));
  return sodium_memcmp(mac.data(), Mac(key_, bound_to).data(), kMacBytes) == 0;
}

std::string RandomName() { return Hex(Random(16)); }

}  // namespace lawbound::pages
