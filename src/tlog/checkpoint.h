// Checkpoints (C2SP tlog-checkpoint): a signed note that says which log, how many entries, and the root of
// their tree. With them the message by which a log asks a witness for its signature (C2SP tlog-witness),
// which is also how two checkpoints and the proof between them travel in one file.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/hash.h"
#include "tlog/merkle.h"
#include "tlog/note.h"

namespace lawbound::tlog {

struct Checkpoint {
  std::string origin;  // the log's name
  TreeHead tree;
  std::vector<std::string> extensions;  // further lines; nobody vouches for what they mean
};

// Of a note's text.  kInvalid when malformed; kCorrupt when the size is 0 and the root not that of the empty
// tree.
base::Result<Checkpoint> ParseCheckpoint(std::string_view text);
std::string PrintCheckpoint(const Checkpoint& checkpoint);

// Whom a reader believes.
struct Trust {
  std::vector<VerifierKey> logs;  // a checkpoint must be signed by one of these whose name is its origin
  std::vector<VerifierKey> witnesses;
  std::size_t quorum = 0;  // how many of the witnesses must have signed it as well
};

struct Cosigner {
  std::string name;
  std::uint64_t time = 0;  // seconds since 1970-01-01 UTC, as the witness says
};

struct SignedCheckpoint {
  Checkpoint checkpoint;
  Note note;
  std::vector<Cosigner> witnesses;  // those of the trusted ones that signed
};

// kInvalid or kLimit when malformed; kCorrupt when no trusted key of that log signed it, a signature by a
// trusted key does not verify, or fewer witnesses than the quorum signed.
base::Result<SignedCheckpoint> OpenCheckpoint(std::string_view note, const Trust& trust);

// "old SIZE", the consistency proof, an empty line, the new checkpoint.
struct WitnessRequest {
  std::uint64_t old_size = 0;
  std::vector<Hash> proof;
  std::string checkpoint;  // a signed note
};
std::string PrintWitnessRequest(const WitnessRequest& request);
base::Result<WitnessRequest> ParseWitnessRequest(std::string_view bytes);

// What a witness answers to a request.  Signatures of other keys are ignored.  kCorrupt when one of these
// witnesses' does not verify or none is there.  They may be added to the note.
base::Result<std::vector<NoteSignature>> ParseWitnessAnswer(std::string_view body, const Note& checkpoint,
                                                            std::span<const VerifierKey> witnesses);
// What a witness answers with 409: the size it has seen last, the old size of the next request.
base::Result<std::uint64_t> ParseWitnessSize(std::string_view body);

}  // namespace lawbound::tlog
