// OpenSSL looks an algorithm up by name at every use unless it is fetched once, and that costs more than
// hashing 65 bytes; so the digest and its context live as long as their thread.
#include "tlog/hash.h"

#include <algorithm>
#include <cstring>
#include <openssl/evp.h>

#include "base/check.h"
#include "tlog/encoding.h"

namespace lawbound::tlog {
namespace {

class Digest {
 public:
  Digest() : sha256_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    CHECK(sha256_ != nullptr && context_ != nullptr);
    CHECK(EVP_DigestInit_ex2(context_, sha256_, nullptr) == 1);
  }
  ~Digest() {
    EVP_MD_CTX_free(context_);
    EVP_MD_free(sha256_);
  }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  void Add(std::string_view bytes) { CHECK(EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1); }

  // The hash of what was added since the last End.
  Hash End() {
    Hash out;
    CHECK(EVP_DigestFinal_ex(context_, out.bytes.data(), nullptr) == 1);
    CHECK(EVP_DigestInit_ex2(context_, nullptr, nullptr) == 1);
    return out;
  }

 private:
  EVP_MD* sha256_;
  EVP_MD_CTX* context_;
};

Digest& OfThisThread() {
  thread_local Digest digest;
  return digest;
}

}  // namespace

Hash Sha256(std::string_view bytes) {
  Digest& digest = OfThisThread();
  digest.Add(bytes);
  return digest.End();
}

Hash LeafHash(std::string_view entry) {
  Digest& digest = OfThisThread();
  digest.Add(std::string_view("\0", 1));
  digest.Add(entry);
  return digest.End();
}

Hash NodeHash(const Hash& left, const Hash& right) {
  std::array<char, 65> bytes;
  bytes[0] = 1;
  std::memcpy(bytes.data() + 1, left.bytes.data(), 32);
  std::memcpy(bytes.data() + 33, right.bytes.data(), 32);
  return Sha256({bytes.data(), bytes.size()});
}

Hash EmptyRoot() { return Sha256({}); }

std::optional<Hash> HashFromBytes(std::string_view bytes) {
  Hash out;
  if (bytes.size() != out.bytes.size()) return std::nullopt;
  std::memcpy(out.bytes.data(), bytes.data(), bytes.size());
  return out;
}

std::optional<Hash> ParseHash(std::string_view text) {
  if (text.size() != 44) return std::nullopt;
  const std::optional<std::string> bytes = DecodeBase64(text);
  return bytes ? HashFromBytes(*bytes) : std::nullopt;
}

std::string PrintHash(const Hash& hash) { return EncodeBase64(hash.view()); }

}  // namespace lawbound::tlog
