// Receipts, requests to witnesses, and bundles.  The signature is taken for granted, so that what lies behind
// it is reached: a receipt is verified against a tree whose root is computed from the receipt itself.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "tlog/receipt.h"
#include "tlog/test_log.h"
#include "tlog/tile.h"

using namespace lawbound;  // NOLINT(google-build-using-namespace): one short file

namespace {

// The receipt of an act in a log of that entry alone, with all fields shown; the fuzzer changes it.
void CheckReceipt(const tlog::Receipt& receipt) {
  tlog::SignedCheckpoint checkpoint;
  checkpoint.checkpoint.tree = {1, tlog::LeafHash(receipt.entry)};
  if (!receipt.later.empty()) {  // two entries: this one and the later one
    checkpoint.checkpoint.tree = {
        2, tlog::NodeHash(tlog::LeafHash(receipt.entry), tlog::LeafHash(receipt.later[0].entry))};
  } else if (receipt.floor) {  // the statement and this one
    checkpoint.checkpoint.tree = {
        2, tlog::NodeHash(tlog::LeafHash(receipt.floor->entry), tlog::LeafHash(receipt.entry))};
  }
  const auto report = tlog::VerifyReceipt(receipt, checkpoint);
  if (!report.ok()) return;
  CHECK(report.value().floor.has_value() == receipt.floor.has_value());
  for (const tlog::FieldReport& field : report.value().fields) {
    CHECK((field.state == tlog::FieldState::kShown) == field.value.has_value());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto receipt = tlog::ParseReceipt(bytes); receipt.ok()) {
    const std::string printed = tlog::PrintReceipt(receipt.value());
    CHECK(tlog::PrintReceipt(tlog::ParseReceipt(printed).value()) == printed);
    CheckReceipt(receipt.value());
  }
  if (const auto proof = tlog::ParseLogProof(bytes); proof.ok())
    CHECK(tlog::PrintLogProof(proof.value()) == bytes);
  // Without the base64 around it, which a fuzzer cannot see through.
  if (const auto receipt = tlog::ParseReceipt(tlog::PrintLogProof({std::string(bytes), 0, {}, "x"}));
      receipt.ok()) {
    CheckReceipt(receipt.value());
  }
  if (const auto request = tlog::ParseWitnessRequest(bytes); request.ok()) {
    CHECK(tlog::PrintWitnessRequest(request.value()) == bytes);
  }
  if (const auto entries = tlog::ParseBundle(bytes, 3, false); entries.ok()) {
    std::string bundle;
    for (const std::string_view entry : entries.value()) tlog::AppendToBundle(entry, bundle);
    CHECK(bundle == bytes);
  }
  return 0;
}
