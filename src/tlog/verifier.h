// What `lawbound-verify` does, and `lawbound ledger verify` with it: reads files that strangers may have
// written, checks them against the keys that its user trusts, and says in plain words what holds and what
// does not.
#pragma once

#include <span>
#include <string>

namespace lawbound::tlog {

enum class ExitCode : int {
  kVerified = 0,
  kRefused = 1,     // it does not verify, or is malformed
  kUsage = 2,       // the command line was wrong
  kUnreadable = 3,  // a file could not be read
  kMissing = 4,     // the record verifies, but a receipt neither shows nor accounts for some of its fields
};

struct VerifierAnswer {
  ExitCode code = ExitCode::kVerified;
  std::string text;    // for standard output; ends with a line feed
  std::string errors;  // for standard error: what was refused or could not be done
};

// `arguments` without the program's name; docs/formats/ledger.md and `help` list them.  Reads files, writes
// none.
VerifierAnswer RunVerifier(std::span<const std::string> arguments);

}  // namespace lawbound::tlog
