// Signed notes, checkpoints, entries and what is printed of them: whatever bytes come, nothing crashes; what
// is accepted is printed back to the same bytes; and nothing is believed that the key did not sign.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "tlog/checkpoint.h"
#include "tlog/entry.h"
#include "tlog/test_log.h"

using namespace lawbound;  // NOLINT(google-build-using-namespace): one short file

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const tlog::testing_log::Log log;
  static const tlog::Trust trust = log.trust();
  if (const auto note = tlog::ParseNote(bytes); note.ok()) {
    CHECK(tlog::PrintNote(note.value()) == bytes);
    CHECK(note.value().text.ends_with('\n') && !note.value().signatures.empty());
  }
  if (const auto checkpoint = tlog::ParseCheckpoint(bytes); checkpoint.ok()) {
    CHECK(tlog::PrintCheckpoint(checkpoint.value()) == bytes);
  }
  if (const auto opened = tlog::OpenCheckpoint(bytes, trust); opened.ok()) {
    CHECK(tlog::PrintCheckpoint(opened.value().checkpoint) == opened.value().note.text);
  }
  if (const auto entry = tlog::ParseEntry(bytes); entry.ok()) {
    CHECK(tlog::EncodeEntry(entry.value()).value() == bytes);
    (void)tlog::MeasureOf(entry.value());
  }
  if (const auto key = tlog::ParseVerifierKey(bytes); key.ok())
    CHECK(tlog::PrintVerifierKey(key.value()) == bytes);
  if (const auto key = tlog::SigningKey::Parse(bytes); key.ok()) CHECK(key.value().Print() == bytes);
  return 0;
}
