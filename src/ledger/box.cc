#include "ledger/box.h"

#include <algorithm>
#include <sodium.h>
#include <vector>

#include "tlog/note.h"

namespace lawbound::ledger {
namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kLength = 8;  // of the contents, in front of them
constexpr std::size_t kSmallest = 256;
constexpr std::size_t kStep = 4096;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::size_t PaddedSize(std::size_t size) {
  if (size > kStep) return (size + kStep - 1) / kStep * kStep;
  std::size_t out = kSmallest;
  while (out < size) out *= 2;
  return out;
}

}  // namespace

BoxKey BoxKey::Random() {
  BoxKey out;
  tlog::FillRandom(out.bytes_);
  return out;
}

BoxKey BoxKey::From(std::string_view bytes) {
  CHECK(bytes.size() == kBytes);
  BoxKey out;
  std::ranges::copy(bytes, out.bytes_.begin());
  return out;
}

BoxKey::BoxKey(BoxKey&& other) noexcept : bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

BoxKey& BoxKey::operator=(BoxKey&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    sodium_memzero(other.bytes_.data(), other.bytes_.size());
  }
  return *this;
}

BoxKey::~BoxKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

std::string SealBox(const BoxKey& key, std::string_view place, std::string_view contents) {
  std::string plain(PaddedSize(kLength + contents.size()), '\0');
  for (std::size_t i = 0; i < kLength; ++i)
    plain[i] = static_cast<char>(static_cast<std::uint64_t>(contents.size()) >> (8 * i) & 0xff);
  std::ranges::copy(contents, plain.begin() + kLength);
  std::string out(kNonce + plain.size() + kTag, '\0');
  tlog::FillRandom({Bytes(out), kNonce});
  const int result = crypto_aead_xchacha20poly1305_ietf_encrypt(Bytes(out) + kNonce, nullptr, Bytes(plain),
                                                                plain.size(), Bytes(place), place.size(),
                                                                nullptr, Bytes(out), Bytes(key.view()));
  CHECK(result == 0);
  sodium_memzero(plain.data(), plain.size());
  return out;
}

base::Result<std::string> OpenBox(const BoxKey& key, std::string_view place, std::string_view box) {
  const base::Error wrong{base::Errc::kCorrupt,
                          "an encrypted value does not open with the key of its matter"};
  if (box.size() < kNonce + kTag + kSmallest) return wrong;
  std::string plain(box.size() - kNonce - kTag, '\0');
  const int result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      Bytes(plain), nullptr, nullptr, Bytes(box) + kNonce, box.size() - kNonce, Bytes(place), place.size(),
      Bytes(box), Bytes(key.view()));
  if (result != 0) return wrong;
  std::uint64_t size = 0;
  for (std::size_t i = 0; i < kLength; ++i)
    size |= std::uint64_t{static_cast<unsigned char>(plain[i])} << (8 * i);
  if (size > plain.size() - kLength) return wrong;
  std::string out = plain.substr(kLength, size);
  sodium_memzero(plain.data(), plain.size());
  return out;
}

std::string KeyedDigest(const BoxKey& key, std::string_view bytes) {
  std::string out(32, '\0');
  CHECK(crypto_generichash(Bytes(out), out.size(), Bytes(bytes), bytes.size(), Bytes(key.view()),
                           BoxKey::kBytes) == 0);
  return out;
}

std::string Hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto value = static_cast<unsigned char>(c);
    out += kDigits[value >> 4U];
    out += kDigits[value & 15U];
  }
  return out;
}

std::string RandomHex(std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  tlog::FillRandom(bytes);
  return Hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace lawbound::ledger
