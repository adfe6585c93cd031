// The folder of an authority that is served:
//
//   authority   what it is: names, zone, packs and their seals, whom it trusts
//   ledger/     its record (ledger/folder.h): the one thing that cannot be made again
//   directory   its offices and officials (service/directory.h)
//   secrets/    server.key: 32 bytes, from which the codes of parties are made
//
// Only one program serves it at a time: it holds the lock of the ledger.
// docs/formats/authority.md is the grammar of the first.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "tlog/note.h"

namespace lawbound::service {

struct PackPlace {
  std::string pages;  // a folder of pages
  std::string seal;   // a file: what was proved of them, signed
};

struct Authority {
  std::string title_zh, title_en;
  std::string origin;  // of its log: "records.example/log"
  std::string zone;    // "Asia/Shanghai"
  std::string calendars;
  std::vector<PackPlace> packs;
  std::vector<tlog::VerifierKey> trusted;  // whose seals are believed
};

std::string PrintAuthority(const Authority& authority);
// kInvalid: names the line that cannot be read.
base::Result<Authority> ParseAuthority(std::string_view text);

// Makes the folder with a new ledger and new secrets.  kConflict when there is one.
base::Status MakeAuthority(const std::string& folder, const Authority& authority);
// Replaces what it is; the ledger stays.
base::Status KeepAuthority(const std::string& folder, const Authority& authority);
base::Result<Authority> ReadAuthority(const std::string& folder);
base::Result<std::string> ReadServerKey(const std::string& folder);

}  // namespace lawbound::service
