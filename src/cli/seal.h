// Seals: what was proved of a pack, signed (docs/formats/proved-program.md).
#pragma once

#include <string>
#include <vector>

#include "cli/commands.h"

namespace lawbound::cli {

struct SealArguments {
  std::string seal, key;             // a file to write, and that of the secret key that signs it
  std::string sealed;                // a seal made before, which is looked at
  std::vector<std::string> trusted;  // the public keys of those who are believed
  std::string tool;                  // this program and its version
};
// `lawbound prove PACK --seal FILE --key KEY`: proves all guarantees and, when a gate may act by the pack,
// writes that down.
ExitCode RunSeal(const ProveArguments& prove, const SealArguments& arguments);
// `lawbound prove PACK --sealed FILE --trust KEY`: whether a gate may act by the pack.
ExitCode RunSealed(const ProveArguments& prove, const SealArguments& arguments);

struct KeyArguments {
  std::string name;  // "example.org/proofs"
  std::string out;   // a file for the secret
};
ExitCode RunKey(const KeyArguments& arguments);

}  // namespace lawbound::cli
