// What the verifier found, as JSON: one object a file, on one line.  docs/formats/ledger.md lists the
// members.
#pragma once

#include <string>
#include <string_view>

#include "tlog/receipt.h"

namespace lawbound::tlog {

// A JSON string: in quotation marks, with everything escaped that must be.  Bytes that are not UTF-8 become
// U+FFFD.
std::string JsonText(std::string_view text);

// Members, each behind a comma: `,"log":...`.
std::string JsonOf(const SignedCheckpoint& checkpoint);
std::string JsonOf(const ReceiptReport& report);
std::string JsonOf(const FloorHistory& floor);

}  // namespace lawbound::tlog
