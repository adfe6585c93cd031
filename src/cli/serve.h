// An authority that is served: made from one file, and served.
#pragma once

#include <cstdint>
#include <string>

#include "cli/command.h"

namespace lawbound::cli {

struct AuthorityArguments {
  std::string folder;
  std::string setup;  // JSON: docs/operations/serve.md
};
// `lawbound authority DIR SETUP`: a new folder with its ledger, its directory and its secrets.
ExitCode RunAuthority(const AuthorityArguments& arguments);

struct ServeArguments {
  std::string folder;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  bool demonstration = false;
};
// `lawbound serve DIR`: until it is told to end (SIGINT, SIGTERM).
ExitCode RunServe(const ServeArguments& arguments);

}  // namespace lawbound::cli
