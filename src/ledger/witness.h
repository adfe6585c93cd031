// Witnesses: others who sign a checkpoint when it continues what they have seen (C2SP tlog-witness).  With
// them nobody can show two people two histories of one log.
//
// The folder's file `witnesses` names them, one a line: the address of the witness and its public key.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/folder.h"
#include "ledger/ledger.h"
#include "tlog/note.h"

namespace lawbound::ledger {

struct Witness {
  std::string url;  // `/add-checkpoint` is put behind it
  tlog::VerifierKey key;
};

// None when there is no such file; kInvalid when it cannot be read as one.
base::Result<std::vector<Witness>> ReadWitnesses(const Folder& folder);
// kConflict when one of that key is there already.
base::Status AddWitness(const Folder& folder, const Witness& witness);

struct HttpAnswer {
  long status = 0;
  std::string body;
};
// Sends `body` to an address; an Error when there was no answer.
using Ask = std::function<base::Result<HttpAnswer>(const std::string& url, std::string_view body)>;

struct Asked {
  std::string name;  // of the witness's key
  bool signed_it = false;
  std::string reason;  // why it did not sign
};

// Asks each witness to sign the checkpoint signed last, and keeps what they sign.  That one does not answer,
// or refuses, is in its `reason`; an Error is our own trouble.
base::Result<std::vector<Asked>> AskWitnesses(Ledger& ledger, const std::vector<Witness>& witnesses,
                                              const Ask& ask);

}  // namespace lawbound::ledger
