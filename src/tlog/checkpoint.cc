// text    = origin LF size LF root LF *(extension LF)       ; no line is empty
// request = "old " size LF *63(hash LF) LF note
#include "tlog/checkpoint.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "tlog/encoding.h"

namespace lawbound::tlog {
namespace {

using base::Errc;
using base::Error;
using base::Result;

Error NotCheckpoint(std::string_view what) {
  return {Errc::kInvalid, fmt::format("not a checkpoint: {}", what)};
}

// The trusted keys in one list, the logs' first.
std::vector<VerifierKey> AllKeys(const Trust& trust) {
  std::vector<VerifierKey> out = trust.logs;
  out.insert(out.end(), trust.witnesses.begin(), trust.witnesses.end());
  return out;
}

}  // namespace

Result<Checkpoint> ParseCheckpoint(std::string_view text) {
  Checkpoint out;
  const auto origin = NextLine(text);
  const auto size_line = NextLine(text);
  const auto root_line = NextLine(text);
  if (!root_line) return NotCheckpoint("it has fewer than three lines");
  if (origin->empty() || origin->size() > 255 || !IsPlainLine(*origin))
    return NotCheckpoint("its first line names no log");
  out.origin = *origin;
  const auto size = ParseCount(*size_line);
  if (!size) return NotCheckpoint("its second line is not a number of entries");
  const auto root = ParseHash(*root_line);
  if (!root) return NotCheckpoint("its third line is not a hash");
  out.tree = {*size, *root};
  if (*size == 0 && *root != EmptyRoot()) {
    return Error{Errc::kCorrupt, "the checkpoint is of no entries, its root is not that of an empty tree"};
  }
  while (const auto line = NextLine(text)) {
    if (line->empty()) return NotCheckpoint("it has an empty line");
    out.extensions.emplace_back(*line);
  }
  if (!text.empty()) return NotCheckpoint("its last line is not ended");
  return out;
}

std::string PrintCheckpoint(const Checkpoint& checkpoint) {
  std::string out =
      fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.tree.size, PrintHash(checkpoint.tree.root));
  for (const std::string& line : checkpoint.extensions) out += line + "\n";
  return out;
}

Result<SignedCheckpoint> OpenCheckpoint(std::string_view note, const Trust& trust) {
  SignedCheckpoint out;
  ASSIGN_OR_RETURN(out.note, ParseNote(note));
  const std::vector<VerifierKey> keys = AllKeys(trust);
  ASSIGN_OR_RETURN(const std::vector<VerifiedSignature> signatures, VerifyNote(out.note, keys));
  ASSIGN_OR_RETURN(out.checkpoint, ParseCheckpoint(out.note.text));
  bool by_log = false;
  for (const VerifiedSignature& signature : signatures) {
    const VerifierKey& key = keys[signature.key];
    const bool is_log = signature.key < trust.logs.size();
    if (is_log && key.kind == KeyKind::kLog && key.name == out.checkpoint.origin) by_log = true;
    // A witness that changes its key signs with two for a while, and is still one witness.
    const bool counted =
        std::ranges::any_of(out.witnesses, [&](const Cosigner& w) { return w.name == key.name; });
    if (!is_log && key.kind == KeyKind::kWitness && !counted)
      out.witnesses.push_back({key.name, signature.time});
  }
  if (!by_log) {
    return Error{Errc::kCorrupt, fmt::format("no key given for the log '{}' has signed this checkpoint",
                                             out.checkpoint.origin)};
  }
  if (out.witnesses.size() < trust.quorum) {
    return Error{Errc::kCorrupt, fmt::format("{} of the given witnesses signed this checkpoint, {} must",
                                             out.witnesses.size(), trust.quorum)};
  }
  return out;
}

std::string PrintWitnessRequest(const WitnessRequest& request) {
  std::string out = fmt::format("old {}\n", request.old_size);
  for (const Hash& hash : request.proof) out += PrintHash(hash) + "\n";
  return out + "\n" + request.checkpoint;
}

Result<WitnessRequest> ParseWitnessRequest(std::string_view bytes) {
  const auto wrong = [](std::string_view what) {
    return Error{Errc::kInvalid, fmt::format("not a consistency proof: {}", what)};
  };
  WitnessRequest out;
  std::optional<std::string_view> line = NextLine(bytes);
  if (!line || !Consume(*line, "old ")) return wrong("its first line does not say which size is the old one");
  const auto size = ParseCount(*line);
  if (!size) return wrong("its first line is not a number of entries");
  out.old_size = *size;
  while ((line = NextLine(bytes)) && !line->empty()) {
    const auto hash = ParseHash(*line);
    if (!hash) return wrong("a line of it is not a hash");
    if (out.proof.size() == kMaxProofLength) return wrong("it has more than 63 hashes");
    out.proof.push_back(*hash);
  }
  if (!line) return wrong("no checkpoint follows");
  out.checkpoint = bytes;
  return out;
}

Result<std::vector<NoteSignature>> ParseWitnessAnswer(std::string_view body, const Note& checkpoint,
                                                      std::span<const VerifierKey> witnesses) {
  ASSIGN_OR_RETURN(const Note answer, ParseNote(checkpoint.text + "\n" + std::string(body)));
  if (answer.text != checkpoint.text)
    return Error{Errc::kInvalid, "the witness's answer is more than signatures"};
  ASSIGN_OR_RETURN(const std::vector<VerifiedSignature> verified, VerifyNote(answer, witnesses));
  std::vector<NoteSignature> out;
  for (const VerifiedSignature& by : verified) {
    const VerifierKey& key = witnesses[by.key];
    const auto at = std::ranges::find_if(
        answer.signatures, [&](const NoteSignature& s) { return s.name == key.name && s.key_id == key.id; });
    if (key.kind == KeyKind::kWitness) out.push_back(*at);
  }
  if (out.empty()) return Error{Errc::kCorrupt, "the answer has no signature of a witness that is trusted"};
  return out;
}

Result<std::uint64_t> ParseWitnessSize(std::string_view body) {
  const auto line = NextLine(body);
  const auto size = line && body.empty() ? ParseCount(*line) : std::nullopt;
  if (!size) return Error{Errc::kInvalid, "the witness's answer is not a number of entries"};
  return *size;
}

}  // namespace lawbound::tlog
