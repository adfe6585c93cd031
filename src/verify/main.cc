// lawbound-verify: a small program for those who do not trust the large one.  It links base and tlog, nothing
// else of this project, and reads files only.
#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "tlog/verifier.h"

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  const lawbound::tlog::VerifierAnswer answer = lawbound::tlog::RunVerifier(arguments);
  std::fputs(answer.text.c_str(), stdout);
  std::fputs(answer.errors.c_str(), stderr);
  // What could not be written was not said.
  if (std::fflush(stdout) != 0) return static_cast<int>(lawbound::tlog::ExitCode::kUnreadable);
  return static_cast<int>(answer.code);
}
