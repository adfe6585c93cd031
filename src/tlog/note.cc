// note      = text LF 1*signature
// text      = 1*(line LF)                        ; UTF-8 without controls, lines may be empty
// signature = EM-DASH SP name SP base64 LF       ; of four bytes of key id, then the signature
//
// The last empty line parts text and signatures.
#include "tlog/note.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fmt/format.h>
#include <optional>
#include <sodium.h>
#include <utility>

#include "base/check.h"
#include "tlog/encoding.h"
#include "tlog/hash.h"

namespace lawbound::tlog {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::string_view kDash = "\xe2\x80\x94 ";
constexpr std::string_view kPrivate = "PRIVATE+KEY+";
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kTimeBytes = 8;

// libsodium chooses its code for this machine once; nothing of it may be used before.
void StartSodium() {
  static const bool started = sodium_init() >= 0;
  CHECK(started);
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string BigEndian(std::uint64_t value, std::size_t bytes) {
  std::string out;
  for (std::size_t i = bytes; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i) & 0xff));
  return out;
}

std::uint64_t FromBigEndian(std::string_view bytes) {
  std::uint64_t out = 0;
  for (const char c : bytes) out = out << 8 | static_cast<unsigned char>(c);
  return out;
}

// The kind and the public key as they are hashed and written.
std::string KindAndKey(const VerifierKey& key) {
  std::string out(1, static_cast<char>(key.kind));
  out.append(reinterpret_cast<const char*>(key.key.data()), key.key.size());
  return out;
}

std::uint32_t IdOf(const VerifierKey& key) {
  const Hash hash = Sha256(key.name + "\n" + KindAndKey(key));
  return static_cast<std::uint32_t>(FromBigEndian(hash.view().substr(0, 4)));
}

std::optional<KeyKind> KindOf(char c) {
  const auto kind = static_cast<KeyKind>(c);
  if (kind == KeyKind::kLog || kind == KeyKind::kWitness) return kind;
  return std::nullopt;
}

// NAME+ID+BASE64 of a kind and 32 bytes, which public and secret keys share.
struct KeyParts {
  std::string name;
  std::uint32_t id = 0;
  KeyKind kind = KeyKind::kLog;
  std::string bytes;
};

Result<KeyParts> ParseKeyParts(std::string_view text) {
  const auto wrong = [](std::string_view what) {
    return Error{Errc::kInvalid, fmt::format("not a key: {}", what)};
  };
  if (text.size() > 512) return wrong("too long");
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return wrong("it is written NAME+ID+KEY");
  KeyParts out;
  out.name = text.substr(0, first);
  if (!IsKeyName(out.name)) return wrong("its name is empty or has spaces or controls");
  const std::string_view id = text.substr(first + 1, second - first - 1);
  const auto digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (id.size() != 8 || !std::ranges::all_of(id, digit)) return wrong("its id is eight hexadecimal digits");
  std::from_chars(id.data(), id.data() + id.size(), out.id, 16);
  const std::optional<std::string> bytes = DecodeBase64(text.substr(second + 1));
  if (!bytes || bytes->size() != 33) return wrong("its last part is base64 of 33 bytes");
  const std::optional<KeyKind> kind = KindOf((*bytes)[0]);
  if (!kind) return wrong("it is neither a log's nor a witness's Ed25519 key");
  out.kind = *kind;
  out.bytes = bytes->substr(1);
  return out;
}

// What a witness signs: the time and the text.
std::string CosignedMessage(std::string_view text, std::uint64_t time) {
  return fmt::format("cosignature/v1\ntime {}\n{}", time, text);
}

// The time a signature speaks of (0 for a log's); nothing when it does not verify.
std::optional<std::uint64_t> Verify(const VerifierKey& key, std::string_view signature,
                                    std::string_view text) {
  std::uint64_t time = 0;
  std::string message;
  if (key.kind == KeyKind::kWitness) {
    if (signature.size() != kTimeBytes + kSignatureBytes) return std::nullopt;
    time = FromBigEndian(signature.substr(0, kTimeBytes));
    if (time >> 63 != 0) return std::nullopt;
    signature.remove_prefix(kTimeBytes);
    message = CosignedMessage(text, time);
    text = message;
  }
  if (signature.size() != kSignatureBytes) return std::nullopt;
  if (crypto_sign_ed25519_verify_detached(Bytes(signature), Bytes(text), text.size(), key.key.data()) != 0) {
    return std::nullopt;
  }
  return time;
}

}  // namespace

Result<VerifierKey> ParseVerifierKey(std::string_view text) {
  ASSIGN_OR_RETURN(const KeyParts parts, ParseKeyParts(text));
  VerifierKey out{parts.name, parts.id, parts.kind, {}};
  std::memcpy(out.key.data(), parts.bytes.data(), out.key.size());
  if (IdOf(out) != out.id)
    return Error{Errc::kInvalid, "not a key: its id does not belong to its name and bytes"};
  return out;
}

std::string PrintVerifierKey(const VerifierKey& key) {
  return fmt::format("{}+{:08x}+{}", key.name, key.id, EncodeBase64(KindAndKey(key)));
}

Result<NoteSignature> ParseSignatureLine(std::string_view line) {
  const auto wrong = [](std::string_view what) {
    return Error{Errc::kInvalid, fmt::format("a signature line {}", what)};
  };
  if (!Consume(line, kDash)) return wrong("does not begin with a dash and a space");
  if (line.empty() || line.back() != '\n') return wrong("does not end with a line feed");
  line.remove_suffix(1);
  const std::string_view name = NextWord(line);
  if (!IsKeyName(name)) return wrong("names no key");
  const std::optional<std::string> bytes = DecodeBase64(line);
  if (!bytes || bytes->size() < 5) return wrong("is not base64 of a key's id and a signature");
  return NoteSignature{std::string(name), static_cast<std::uint32_t>(FromBigEndian(bytes->substr(0, 4))),
                       bytes->substr(4)};
}

std::string PrintSignatureLine(const NoteSignature& signature) {
  return fmt::format("{}{} {}\n", kDash, signature.name,
                     EncodeBase64(BigEndian(signature.key_id, 4) + signature.bytes));
}

Result<Note> ParseNote(std::string_view bytes) {
  const auto wrong = [](std::string_view what) {
    return Error{Errc::kInvalid, fmt::format("not a signed note: {}", what)};
  };
  if (bytes.size() > kMaxNoteBytes) return Error{Errc::kLimit, "a signed note has at most 1,048,576 bytes"};
  for (std::string_view rest = bytes; !rest.empty();) {
    const std::optional<char32_t> c = NextCodePoint(rest);
    if (!c) return wrong("it is not UTF-8");
    if (*c < 0x20 && *c != U'\n') return wrong("it has control characters");
  }
  const std::size_t part = bytes.rfind("\n\n");
  if (part == std::string_view::npos) return wrong("no empty line stands before signatures");
  Note out;
  out.text = bytes.substr(0, part + 1);
  std::string_view lines = bytes.substr(part + 2);
  if (lines.empty()) return wrong("it has no signature");
  while (!lines.empty()) {
    if (out.signatures.size() == kMaxSignatures) {
      return Error{Errc::kLimit, "a signed note has at most 100 signatures"};
    }
    const std::size_t end = std::min(lines.find('\n'), lines.size() - 1) + 1;
    ASSIGN_OR_RETURN(NoteSignature signature, ParseSignatureLine(lines.substr(0, end)));
    out.signatures.push_back(std::move(signature));
    lines.remove_prefix(end);
  }
  return out;
}

std::string PrintNote(const Note& note) {
  std::string out = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) out += PrintSignatureLine(signature);
  return out;
}

Result<std::vector<VerifiedSignature>> VerifyNote(const Note& note, std::span<const VerifierKey> keys) {
  StartSodium();
  const auto same = [](const auto& a, std::string_view name, std::uint32_t id) {
    return a.name == name && a.id == id;
  };
  std::vector<VerifiedSignature> out;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const VerifierKey& key = keys[i];
    for (const VerifierKey& other : keys.first(i)) {
      if (same(other, key.name, key.id)) {
        return Error{Errc::kInvalid, fmt::format("the key '{}' is given twice", PrintVerifierKey(key))};
      }
    }
    std::optional<VerifiedSignature> found;
    for (const NoteSignature& signature : note.signatures) {
      if (!same(key, signature.name, signature.key_id)) continue;
      const std::optional<std::uint64_t> time = Verify(key, signature.bytes, note.text);
      if (!time) return Error{Errc::kCorrupt, fmt::format("the signature of '{}' does not verify", key.name)};
      if (!found) found = VerifiedSignature{i, *time};
    }
    if (found) out.push_back(*found);
  }
  return out;
}

Result<SigningKey> SigningKey::FromSeed(std::string_view name, KeyKind kind,
                                        std::span<const std::uint8_t, 32> seed) {
  StartSodium();
  if (!IsKeyName(name))
    return Error{Errc::kInvalid, "a key's name is not empty and has no spaces, '+' or controls"};
  SigningKey out;
  out.verifier_.name = name;
  out.verifier_.kind = kind;
  CHECK(crypto_sign_ed25519_seed_keypair(out.verifier_.key.data(), out.secret_.data(), seed.data()) == 0);
  out.verifier_.id = IdOf(out.verifier_);
  return out;
}

Result<SigningKey> SigningKey::Parse(std::string_view text) {
  if (!Consume(text, kPrivate)) return Error{Errc::kInvalid, "a secret key begins with PRIVATE+KEY+"};
  ASSIGN_OR_RETURN(KeyParts parts, ParseKeyParts(text));
  std::array<std::uint8_t, 32> seed{};
  std::memcpy(seed.data(), parts.bytes.data(), seed.size());
  Result<SigningKey> out = FromSeed(parts.name, parts.kind, seed);
  sodium_memzero(seed.data(), seed.size());
  sodium_memzero(parts.bytes.data(), parts.bytes.size());
  if (out.ok() && out.value().verifier_.id != parts.id) {
    return Error{Errc::kInvalid, "not a key: its id does not belong to its name and bytes"};
  }
  return out;
}

std::string SigningKey::Print() const {
  std::string bytes(1, static_cast<char>(verifier_.kind));
  bytes.append(reinterpret_cast<const char*>(secret_.data()), 32);
  return fmt::format("{}{}+{:08x}+{}", kPrivate, verifier_.name, verifier_.id, EncodeBase64(bytes));
}

SigningKey::SigningKey(SigningKey&& other) noexcept
    : verifier_(std::move(other.verifier_)), secret_(std::exchange(other.secret_, {})) {}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
  std::swap(verifier_, other.verifier_);
  std::swap(secret_, other.secret_);
  return *this;
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

std::string SigningKey::SignBytes(std::string_view message) const {
  std::string out(kSignatureBytes, '\0');
  CHECK(crypto_sign_ed25519_detached(reinterpret_cast<unsigned char*>(out.data()), nullptr, Bytes(message),
                                     message.size(), secret_.data()) == 0);
  return out;
}

NoteSignature SigningKey::Sign(std::string_view text) const {
  CHECK(verifier_.kind == KeyKind::kLog && text.ends_with('\n'));
  return {verifier_.name, verifier_.id, SignBytes(text)};
}

NoteSignature SigningKey::Cosign(std::string_view text, std::uint64_t time) const {
  CHECK(verifier_.kind == KeyKind::kWitness && text.ends_with('\n') && time >> 63 == 0);
  return {verifier_.name, verifier_.id, BigEndian(time, kTimeBytes) + SignBytes(CosignedMessage(text, time))};
}

void FillRandom(std::span<std::uint8_t> bytes) {
  StartSodium();
  randombytes_buf(bytes.data(), bytes.size());
}

}  // namespace lawbound::tlog
