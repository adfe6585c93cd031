// CHECK stops the program when our own code is wrong.  It stays on in release builds: a ledger that
// goes on after a broken invariant is worse than one that stops.  Input from outside is never CHECKed;
// it gets a Diagnostic (a person's rule text) or an Error (the disk, the network, the database).
#pragma once

namespace lawbound::base {
[[noreturn]] void CheckFailed(const char* file, int line, const char* expression);
}  // namespace lawbound::base

#define CHECK(condition) \
  (static_cast<bool>(condition) ? void(0) : ::lawbound::base::CheckFailed(__FILE__, __LINE__, #condition))
