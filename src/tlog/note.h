// Signed notes (C2SP signed-note): a text and, below it, lines of signatures by named keys.  A reader names
// the keys it trusts; signatures of other keys are ignored, so that keys can change and outsiders can add
// theirs.
//
//   ASSIGN_OR_RETURN(const Note note, ParseNote(bytes));
//   ASSIGN_OR_RETURN(const auto signed_by, VerifyNote(note, keys));   // only now may note.text be believed
//
// Ed25519 alone is spoken: plain signatures, and the dated ones of witnesses (C2SP tlog-cosignature v1).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lawbound::tlog {

inline constexpr std::size_t kMaxNoteBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxSignatures = 100;

enum class KeyKind : std::uint8_t {
  kLog = 0x01,      // signs the text
  kWitness = 0x04,  // signs the text and the time it was seen
};

// A public key and its name.  Two keys are the same when name and id are.
struct VerifierKey {
  std::string name;
  std::uint32_t id = 0;  // INVARIANT: the first four bytes of the hash of name, kind and key
  KeyKind kind = KeyKind::kLog;
  std::array<std::uint8_t, 32> key{};
};

// NAME+ID+KEY, "example.com/log+530d903a+AekyeRrm...": eight hexadecimal digits and base64 of kind and key.
// kInvalid when malformed, of another kind, or when the id does not belong to name and key.
base::Result<VerifierKey> ParseVerifierKey(std::string_view text);
std::string PrintVerifierKey(const VerifierKey& key);

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::string bytes;  // the signature without the key's id

  bool operator==(const NoteSignature&) const = default;
};

struct Note {
  std::string text;  // ends with a line feed
  std::vector<NoteSignature> signatures;
};

// kInvalid when malformed, kLimit when longer than kMaxNoteBytes or with more than kMaxSignatures.
base::Result<Note> ParseNote(std::string_view bytes);
std::string PrintNote(const Note& note);
// One signature line with its line feed; nothing of it may be believed.
base::Result<NoteSignature> ParseSignatureLine(std::string_view line);
std::string PrintSignatureLine(const NoteSignature& signature);

struct VerifiedSignature {
  std::size_t key = 0;     // which of the given keys
  std::uint64_t time = 0;  // a witness's: seconds since 1970-01-01 UTC, as it says
};

// The signatures by the given keys, one for each key that signed, in the order of the keys; empty when none
// did. kCorrupt when a signature that claims to be by one of them is not.  kInvalid when two of the keys have
// the same name and id.
base::Result<std::vector<VerifiedSignature>> VerifyNote(const Note& note, std::span<const VerifierKey> keys);

// A secret key.  Moved, not copied; wiped when it ends.
class SigningKey {
 public:
  // The same 32 random bytes give the same key.  kInvalid when the name is not a key's name.
  static base::Result<SigningKey> FromSeed(std::string_view name, KeyKind kind,
                                           std::span<const std::uint8_t, 32> seed);
  // "PRIVATE+KEY+NAME+ID+SECRET", as Go's note package writes it.
  static base::Result<SigningKey> Parse(std::string_view text);
  std::string Print() const;

  SigningKey(SigningKey&& other) noexcept;
  SigningKey& operator=(SigningKey&& other) noexcept;
  ~SigningKey();

  const VerifierKey& verifier() const { return verifier_; }
  // REQUIRES: the key is a log's, and the text ends with a line feed.
  NoteSignature Sign(std::string_view text) const;
  // REQUIRES: the key is a witness's, and time < 2^63.
  NoteSignature Cosign(std::string_view text, std::uint64_t time) const;

 private:
  SigningKey() = default;
  std::string SignBytes(std::string_view message) const;

  VerifierKey verifier_;
  std::array<std::uint8_t, 64> secret_{};  // seed, then public key
};

// Fills `bytes` from the operating system's random source.
void FillRandom(std::span<std::uint8_t> bytes);

}  // namespace lawbound::tlog
