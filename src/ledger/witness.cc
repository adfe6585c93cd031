#include "ledger/witness.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <utility>

#include "base/file.h"
#include "ledger/tree.h"
#include "tlog/encoding.h"

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr long kSigned = 200;
constexpr long kOtherSize = 409;
constexpr std::size_t kMostShown = 200;  // bytes of a witness's answer

std::string FileOf(const Folder& folder) { return folder.path() + "/witnesses"; }

// What a witness says in words, as far as it can be printed.
std::string Told(const HttpAnswer& answer) {
  std::string_view text = std::string_view(answer.body).substr(0, kMostShown);
  text = text.substr(0, text.find('\n'));
  return fmt::format("it answers {}{}{}", answer.status, text.empty() ? "" : ": ",
                     tlog::IsPlainLine(text) ? text : "");
}

// The record that a checkpoint was signed of, and the note as it is now.
struct Signed {
  tlog::Note note;
  tlog::TreeHead tree;
};

Result<Signed> LastSigned(const Folder& folder) {
  ASSIGN_OR_RETURN(std::optional<tlog::SignedCheckpoint> last, folder.ReadSigned());
  if (!last) return Error{Errc::kConflict, "nothing of this ledger was signed yet"};
  return Signed{std::move(last->note), last->checkpoint.tree};
}

// Asks one witness: first as one who has seen nothing, then from where it says it is.
class Question {
 public:
  Question(const Witness& witness, const Signed& last, tlog::NodeSource& nodes, const Ask& ask)
      : witness_(witness), last_(last), nodes_(nodes), ask_(ask) {}

  // The signature, or why there is none.
  Result<tlog::NoteSignature> Put() {
    ASSIGN_OR_RETURN(HttpAnswer answer, Send(0));
    if (answer.status == kOtherSize) {
      ASSIGN_OR_RETURN(const std::uint64_t seen, tlog::ParseWitnessSize(answer.body));
      if (seen > last_.tree.size) {
        return Error{
            Errc::kCorrupt,
            fmt::format("it has seen {} entries of this log, and {} were signed here: entries were lost, "
                        "or there is a second history",
                        seen, last_.tree.size)};
      }
      ASSIGN_OR_RETURN(answer, Send(seen));
    }
    if (answer.status != kSigned) return Error{Errc::kUnavailable, Told(answer)};
    ASSIGN_OR_RETURN(std::vector<tlog::NoteSignature> signatures,
                     tlog::ParseWitnessAnswer(answer.body, last_.note, {&witness_.key, 1}));
    return std::move(signatures.front());
  }

 private:
  Result<HttpAnswer> Send(std::uint64_t old_size) {
    tlog::WitnessRequest request{old_size, {}, tlog::PrintNote(last_.note)};
    if (old_size > 0) {
      ASSIGN_OR_RETURN(request.proof, tlog::ConsistencyProof(nodes_, old_size, last_.tree.size));
    }
    return ask_(witness_.url + "/add-checkpoint", tlog::PrintWitnessRequest(request));
  }

  const Witness& witness_;
  const Signed& last_;
  tlog::NodeSource& nodes_;
  const Ask& ask_;
};

}  // namespace

Result<std::vector<Witness>> ReadWitnesses(const Folder& folder) {
  std::vector<Witness> out;
  if (!base::Exists(FileOf(folder))) return out;
  ASSIGN_OR_RETURN(const std::string text, base::ReadFile(FileOf(folder)));
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::optional<std::string_view> line = tlog::NextLine(rest);
    if (!line)
      return Error{Errc::kInvalid, fmt::format("the last line of '{}' is not ended", FileOf(folder))};
    std::string_view words = *line;
    const std::string url(tlog::NextWord(words));
    Result<tlog::VerifierKey> key = tlog::ParseVerifierKey(words);
    if (!key.ok()) return std::move(key).error().With(fmt::format("'{}'", FileOf(folder)));
    out.push_back({url, std::move(key).value()});
  }
  return out;
}

Status AddWitness(const Folder& folder, const Witness& witness) {
  if (witness.key.kind != tlog::KeyKind::kWitness)
    return Error{Errc::kInvalid, fmt::format("'{}' is not the key of a witness", witness.key.name)};
  if (witness.url.empty() || !tlog::IsPlainLine(witness.url) || witness.url.find(' ') != std::string::npos)
    return Error{Errc::kInvalid, fmt::format("'{}' is not an address", witness.url)};
  ASSIGN_OR_RETURN(std::vector<Witness> all, ReadWitnesses(folder));
  all.push_back(witness);
  while (all.back().url.ends_with('/')) all.back().url.pop_back();
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i + 1 < all.size() && all[i].key.name == witness.key.name && all[i].key.id == witness.key.id)
      return Error{Errc::kConflict, fmt::format("the witness '{}' is known already", witness.key.name)};
    text += fmt::format("{} {}\n", all[i].url, tlog::PrintVerifierKey(all[i].key));
  }
  return base::WriteFileDurably(FileOf(folder), text);
}

Result<std::vector<Asked>> AskWitnesses(Ledger& ledger, const std::vector<Witness>& witnesses,
                                        const Ask& ask) {
  std::vector<Asked> out;
  if (witnesses.empty()) return out;
  ASSIGN_OR_RETURN(Signed last, LastSigned(ledger.folder()));
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(ledger.folder().place(), store::ReadHow::kMoment));
  RecordTiles tiles(*reader);
  tlog::TileNodes nodes(tiles, last.tree.size);
  std::vector<tlog::NoteSignature> fresh;
  for (const Witness& witness : witnesses) {
    Asked& asked = out.emplace_back(Asked{witness.key.name, false, {}});
    Result<tlog::NoteSignature> signature = Question(witness, last, nodes, ask).Put();
    asked.signed_it = signature.ok();
    if (signature.ok()) {
      fresh.push_back(std::move(signature).value());
    } else {
      asked.reason = signature.error().message;
    }
  }
  if (fresh.empty()) return out;
  // A witness asked again signs another time: its newest signature counts.
  for (tlog::NoteSignature& one : fresh) {
    std::erase_if(last.note.signatures, [&](const tlog::NoteSignature& old) {
      return old.name == one.name && old.key_id == one.key_id;
    });
    last.note.signatures.push_back(std::move(one));
  }
  RETURN_IF_ERROR(ledger.KeepCosigned(tlog::PrintNote(last.note)));
  return out;
}

}  // namespace lawbound::ledger
