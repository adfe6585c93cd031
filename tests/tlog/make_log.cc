// make_log COUNT FOLDER: a log of made-up acts for the checks of this folder: FOLDER/log (an export),
// FOLDER/key and FOLDER/receipt.tlog-proof.  The key is the tests' own and worth nothing.
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>

#include "base/day.h"
#include "base/file.h"
#include "tlog/export.h"
#include "tlog/test_log.h"

namespace lawbound::tlog {
namespace {

using base::Result;
using base::Status;

// The salt of field `field` of act `number`; in earnest it is random.
Salt SaltOf(std::uint64_t number, std::uint64_t field) {
  return Sha256(fmt::format("salt {} {}", number, field)).bytes;
}

std::vector<Opening> OpeningsOf(std::uint64_t number) {
  return {{"address", SaltOf(number, 0), fmt::format("{} Mill Lane", number % 500)},
          {"name", SaltOf(number, 1), fmt::format("Person {}", number)},
          {"reasons", SaltOf(number, 2), "Because."}};
}

Result<std::string> ActOf(std::uint64_t number) {
  static const std::string pack = PrintHash(LeafHash("a pack"));
  Entry entry{"act",
              {{"act", "decide"},
               {"day", base::PrintDay({20000 + static_cast<std::int32_t>(number / 4000)})},
               {"matter", fmt::format("m-{}", number / 3)},
               {"office", "town-hall"},
               {"pack", pack},
               {"program", pack},
               {"verdict", "lawful"}},
              {}};
  for (const Opening& opening : OpeningsOf(number))
    entry.fields.push_back({opening.name, Commitment(opening)});
  return EncodeEntry(std::move(entry));
}

Status MakeLog(std::uint64_t count, const std::string& folder) {
  const SigningKey key = testing_log::KeyOf(testing_log::kOrigin, 1);
  ASSIGN_OR_RETURN(ExportWriter writer, ExportWriter::Open(folder + "/log"));
  for (std::uint64_t i = writer.head().size; i < count; ++i) {
    ASSIGN_OR_RETURN(const std::string entry, ActOf(i));
    RETURN_IF_ERROR(writer.Append(entry));
  }
  Note note{PrintCheckpoint({std::string(testing_log::kOrigin), writer.head(), {}}), {}};
  note.signatures.push_back(key.Sign(note.text));
  RETURN_IF_ERROR(writer.Publish(PrintNote(note)));
  RETURN_IF_ERROR(base::WriteFile(folder + "/key", PrintVerifierKey(key.verifier()) + "\n"));
  if (count == 0) return base::Ok();

  ExportReader reader(folder + "/log");
  TileNodes nodes(reader, count);
  Receipt receipt;
  receipt.index = count / 2;
  ASSIGN_OR_RETURN(receipt.entry, ActOf(receipt.index));
  ASSIGN_OR_RETURN(receipt.proof, InclusionProof(nodes, receipt.index, count));
  receipt.checkpoint = PrintNote(note);
  receipt.openings = {OpeningsOf(receipt.index)[2]};
  receipt.withheld = {"address", "name"};
  return base::WriteFile(folder + "/receipt.tlog-proof", PrintReceipt(receipt));
}

}  // namespace
}  // namespace lawbound::tlog

int main(int argc, char** argv) {
  if (argc != 3) return std::fputs("make_log COUNT FOLDER\n", stderr), 2;
  const auto status = lawbound::tlog::MakeLog(std::strtoull(argv[1], nullptr, 10), argv[2]);
  if (status.ok()) return 0;
  std::fprintf(stderr, "make_log: %s\n", status.error().message.c_str());
  return 1;
}
