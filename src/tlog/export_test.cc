// Tiles, the published folder, and the program that verifies it.
#include "tlog/export.h"

#include <filesystem>
#include <random>
#include <rapidcheck.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "base/file.h"
#include "tlog/test_log.h"
#include "tlog/verifier.h"

namespace lawbound::tlog {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using testing::HasSubstr;
using testing_log::Log;

// A folder of its own, also beside another run of the tests, gone with the test.
class Folder {
 public:
  Folder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = (fs::path(testing::TempDir()) / (std::string("lawbound-") + test->test_suite_name() + "-" +
                                             test->name() + "-" + std::to_string(std::random_device{}())))
                .string();
    fs::remove_all(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Goes on with the folder until it holds the whole log.
void Publish(const std::string& folder, const Log& log) {
  auto writer = ExportWriter::Open(folder);
  ASSERT_TRUE(writer.ok()) << writer.error().message;
  for (std::uint64_t i = writer.value().head().size; i < log.entries().size(); ++i) {
    ASSERT_TRUE(writer.value().Append(log.entries()[i]).ok());
  }
  const auto published = writer.value().Publish(log.Signed());
  ASSERT_TRUE(published.ok()) << published.error().message;
}

Log LogOf(std::size_t size) {
  Log log;
  for (const std::string& entry : naive::Entries(size)) log.Add(entry);
  return log;
}

VerifierAnswer Verify(std::vector<std::string> arguments, const Log& log) {
  arguments.insert(arguments.end(), {"--key", PrintVerifierKey(log.key())});
  return RunVerifier(arguments);
}

TEST(Tile, PathsAreThoseOfTheSpecification) {
  EXPECT_EQ(TilePath({0, 1234067, 256}), "tile/0/x001/x234/067");
  EXPECT_EQ(TilePath({2, 0, 1}), "tile/2/000.p/1");
  EXPECT_EQ(BundlePath(999, 256), "tile/entries/999");
  EXPECT_EQ(BundlePath(1000, 255), "tile/entries/x001/000.p/255");
  EXPECT_EQ(PartialWidth(0, 70000), 112U);
  EXPECT_EQ(PartialWidth(1, 70000), 17U);
  EXPECT_EQ(PartialWidth(2, 70000), 1U);
  EXPECT_EQ(PartialWidth(3, 70000), 0U);
  EXPECT_EQ(PartialWidth(0, 256), 0U);
  EXPECT_EQ(PartialWidth(1, 256), 1U);
}

TEST(Tile, TheEdgeHasTheRootOfTheTree) {
  TileEdge edge;
  TreeBuilder tree;
  std::vector<Tile> full;
  std::size_t tiles = 0;
  for (std::uint64_t i = 0; i < 70000; ++i) {
    const Hash hash = LeafHash(std::to_string(i));
    full.clear();
    edge.Append(hash, full);
    tree.Append(hash);
    tiles += full.size();
    if (i < 600 || i % 997 == 0) {
      ASSERT_EQ(edge.Root(), tree.Root()) << i;
      const TileEdge again = TileEdge::From(edge.size(), edge.Partial()).value();
      ASSERT_EQ(again.Root(), tree.Root()) << i;
    }
  }
  EXPECT_EQ(tiles, 273U + 1U);
  EXPECT_EQ(edge.Partial().size(), 3U);
  EXPECT_EQ(edge.Partial()[2].id, (TileId{2, 0, 1}));
  EXPECT_FALSE(TileEdge::From(70000, {}).ok());
}

TEST(Tile, BundlesAreReadAsWritten) {
  std::string bundle;
  const std::vector<std::string> entries = {"a", "", std::string(65535, 'x')};
  for (const std::string& entry : entries) AppendToBundle(entry, bundle);
  const auto read = ParseBundle(bundle, 3, false).value();
  EXPECT_EQ(std::vector<std::string>(read.begin(), read.end()), entries);
  EXPECT_FALSE(ParseBundle(bundle, 2, false).ok());
  EXPECT_TRUE(ParseBundle(bundle, 2, true).ok());
  EXPECT_FALSE(ParseBundle(bundle, 4, true).ok());
  EXPECT_FALSE(ParseBundle(bundle.substr(0, bundle.size() - 1), 3, false).ok());
}

TEST(Export, ProofsFromItsTilesAreThoseOfTheDefinition) {
  const Folder folder;
  const Log log = LogOf(700);
  Publish(folder.path(), log);
  ExportReader reader(folder.path());
  naive::Definition definition(log.entries());
  TileNodes nodes(reader, 700);
  for (std::uint64_t i = 0; i < 700; i += 13) {
    EXPECT_EQ(InclusionProof(nodes, i, 700).value(), definition.Path(i, 700));
    if (i == 0) continue;
    EXPECT_EQ(ConsistencyProof(nodes, i, 700).value(), definition.Proof(i, 700));
  }
  EXPECT_EQ(TreeRoot(nodes, 700).value(), definition.Mth(0, 700));
}

TEST(Export, GrowsWithoutChangingWhatWasPublished) {
  const Folder folder;
  Log log;
  const std::vector<std::string> entries = naive::Entries(1100);
  for (const std::size_t size : {0U, 1U, 200U, 256U, 257U, 512U, 1024U, 1100U}) {
    while (log.entries().size() < size) log.Add(entries[log.entries().size()]);
    Publish(folder.path(), log);
    const auto summary = VerifyExport(folder.path(), log.trust());
    ASSERT_TRUE(summary.ok()) << size << ": " << summary.error().message;
    EXPECT_EQ(summary.value().checkpoint.checkpoint.tree.size, size);
    EXPECT_EQ(summary.value().other, size);
  }
  // The partial tiles of earlier checkpoints may go once the full ones are there.
  fs::remove_all(folder / "tile/0/000.p");
  fs::remove_all(folder / "tile/entries/000.p");
  EXPECT_TRUE(VerifyExport(folder.path(), log.trust()).ok());
}

TEST(Export, AnotherHistoryIsNotWrittenOverTheFirst) {
  const Folder folder;
  const Log log = LogOf(600);
  Publish(folder.path(), log);
  fs::remove(folder / "checkpoint");  // as if the first 600 had never been signed
  auto writer = ExportWriter::Open(folder.path()).value();
  base::Status status = base::Ok();
  for (int i = 0; i < 256 && status.ok(); ++i) status = writer.Append("other " + std::to_string(i));
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(status.error().message, HasSubstr("tile/entries/000' was published with other bytes"));
}

TEST(Export, TheCheckpointMustBeOfTheTreeAndTheLogInTheFolder) {
  const Folder folder;
  const Log log = LogOf(10);
  Publish(folder.path(), log);
  auto writer = ExportWriter::Open(folder.path()).value();
  EXPECT_EQ(writer.Publish(LogOf(9).Signed()).error().code, Errc::kInvalid);
  Checkpoint other = log.Head();
  other.origin = "another.example/log";
  EXPECT_EQ(writer.Publish(log.SignedText(PrintCheckpoint(other))).error().code, Errc::kInvalid);
  EXPECT_EQ(writer.Append(std::string(65536, 'x')).error().code, Errc::kLimit);
  // Going on with a folder whose edge was changed is refused.
  std::string tile = base::ReadFile(folder / "tile/0/000.p/10").value();
  tile[0] = static_cast<char>(tile[0] ^ 1);
  ASSERT_TRUE(base::WriteFile(folder / "tile/0/000.p/10", tile).ok());
  EXPECT_EQ(ExportWriter::Open(folder.path()).error().code, Errc::kCorrupt);
}

TEST(Export, AnyChangedBitOfAnyFileIsRefusedAndNamed) {
  const Folder folder;
  const Log log = LogOf(530);
  Publish(folder.path(), log);
  std::vector<std::string> files;
  for (const auto& file : fs::recursive_directory_iterator(folder.path())) {
    if (file.is_regular_file()) files.push_back(file.path().string());
  }
  ASSERT_EQ(files.size(),
            8U);  // checkpoint; two full bundles and tiles, one partial of each; one tile of level 1
  rc::check("one bit", [&] {
    const std::string& path = *rc::gen::elementOf(files);
    const std::string whole = base::ReadFile(path).value();
    const auto bit = *rc::gen::inRange<std::size_t>(0, whole.size() * 8);
    std::string changed = whole;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    RC_ASSERT(base::WriteFile(path, changed).ok());
    const VerifierAnswer answer = Verify({"export", folder.path()}, log);
    RC_ASSERT(base::WriteFile(path, whole).ok());
    RC_ASSERT(answer.code == ExitCode::kRefused);
    if (!path.ends_with("checkpoint")) {
      RC_ASSERT(answer.errors.find("'" + path.substr(path.find("tile/")) + "'") != std::string::npos);
    }
  });
  for (const std::string& path : files) {
    const std::string whole = base::ReadFile(path).value();
    ASSERT_TRUE(base::WriteFile(path, whole.substr(0, whole.size() - 1)).ok());
    EXPECT_EQ(Verify({"export", folder.path()}, log).code, ExitCode::kRefused) << path;
    ASSERT_TRUE(base::WriteFile(path, whole + "x").ok());
    EXPECT_EQ(Verify({"export", folder.path()}, log).code, ExitCode::kRefused) << path;
    fs::remove(path);
    EXPECT_NE(Verify({"export", folder.path()}, log).code, ExitCode::kVerified) << path;
    ASSERT_TRUE(base::WriteFile(path, whole).ok());
  }
  EXPECT_EQ(Verify({"export", folder.path()}, log).code, ExitCode::kVerified);
}

TEST(Verifier, ReadsAReceiptToItsReader) {
  const Folder folder;
  fs::create_directories(folder.path());
  Log log;
  log.Add("before");
  log.Add(testing_log::ActEntry());
  log.Add(testing_log::MeasureEntry("erase", 1, "name"));
  Receipt receipt = log.ReceiptOf(1);
  const std::vector<Opening> openings = testing_log::Openings();
  receipt.openings = {openings[2], openings[3], openings[4]};
  receipt.withheld = {"address"};
  receipt.later = {log.LaterOf(2)};
  const std::string path = folder / "receipt.tlog-proof";
  ASSERT_TRUE(base::WriteFile(path, PrintReceipt(receipt)).ok());
  const VerifierAnswer answer = Verify({"receipt", path}, log);
  EXPECT_EQ(answer.code, ExitCode::kVerified) << answer.errors;
  const std::string hash = PrintHash(LeafHash("a pack"));
  EXPECT_EQ(
      answer.text,
      path +
          ": verified\n"
          "  log          records.example/log\n"
          "  entries      3\n"
          "  root         " +
          PrintHash(log.Head().tree.root) +
          "\n"
          "  witnesses    0: nobody outside whom you trust has confirmed that this is the log's only "
          "version\n"
          "  entry        1 (act)\n"
          "  act          decide\n"
          "  day          2026-02-28\n"
          "  matter       m-7f3a\n"
          "  office       town-hall\n"
          "  pack         " +
          hash +
          "\n"
          "  program      " +
          hash +
          "\n"
          "  verdict      lawful\n"
          "  address      withheld\n"
          "  name         erased, by entry 2\n"
          "  phone        left empty\n"
          "  reasons      shown: \"Line one.\\nLine two.\"\n"
          "  statement    shown: \"\"\n"
          "  entry 2      erase of name on 2026-03-01 by registrar, ground: Records Act, s. 9\n"
          "  floor        NOT SHOWN: the receipt does not say under which floor the act was recorded\n");
  receipt.openings.pop_back();
  ASSERT_TRUE(base::WriteFile(path, PrintReceipt(receipt)).ok());
  const VerifierAnswer missing = Verify({"receipt", path}, log);
  EXPECT_EQ(missing.code, ExitCode::kMissing);
  EXPECT_THAT(missing.text, HasSubstr("verified, but fields are missing"));
  EXPECT_THAT(missing.text, HasSubstr("statement    missing\n"));
  // Several at once: the worst decides.
  EXPECT_EQ(Verify({"receipt", path, folder / "none"}, log).code, ExitCode::kUnreadable);
  ASSERT_TRUE(base::WriteFile(folder / "bad", "c2sp.org/tlog-proof@v1\n").ok());
  EXPECT_EQ(Verify({"receipt", path, folder / "none", folder / "bad"}, log).code, ExitCode::kRefused);
}

TEST(Verifier, ComparesTwoCheckpoints) {
  const Folder folder;
  fs::create_directories(folder.path());
  const Log old_log = LogOf(300);
  const Log log = LogOf(700);
  ASSERT_TRUE(base::WriteFile(folder / "old", old_log.Signed()).ok());
  naive::Nodes nodes(log.entries());
  const std::string request =
      PrintWitnessRequest({300, ConsistencyProof(nodes, 300, 700).value(), log.Signed()});
  ASSERT_TRUE(base::WriteFile(folder / "new", request).ok());
  const VerifierAnswer answer = Verify({"consistency", folder / "old", folder / "new"}, log);
  EXPECT_EQ(answer.code, ExitCode::kVerified) << answer.errors;
  EXPECT_THAT(answer.text, HasSubstr("old entries  300"));
  Publish(folder / "export", log);
  EXPECT_EQ(Verify({"consistency", folder / "old", folder / "export"}, log).code, ExitCode::kVerified);
  EXPECT_EQ(Verify({"checkpoint", folder / "old"}, log).code, ExitCode::kVerified);
  // A log that was rewritten, one that shrank, and one of which nothing is known.
  Log forged = LogOf(299);
  forged.Add("another entry 299");
  ASSERT_TRUE(base::WriteFile(folder / "old", forged.Signed()).ok());
  EXPECT_EQ(Verify({"consistency", folder / "old", folder / "export"}, log).code, ExitCode::kRefused);
  ASSERT_TRUE(base::WriteFile(folder / "old", LogOf(701).Signed()).ok());
  EXPECT_THAT(Verify({"consistency", folder / "old", folder / "export"}, log).errors,
              HasSubstr("REFUSED: the newer tree is smaller"));
  EXPECT_EQ(Verify({"consistency", folder / "old", folder / "new"}, log).code, ExitCode::kRefused);
}

TEST(Verifier, SaysWhoHasWitnessed) {
  const Folder folder;
  fs::create_directories(folder.path());
  const Log log = LogOf(2);
  const SigningKey witness = testing_log::KeyOf("witness.example/w1", 2, KeyKind::kWitness);
  Note note = ParseNote(log.Signed()).value();
  note.signatures.push_back(witness.Cosign(note.text, 1679315147));
  ASSERT_TRUE(base::WriteFile(folder / "checkpoint", PrintNote(note)).ok());
  ASSERT_TRUE(base::WriteFile(folder / "keys", "# keys\n\n" + PrintVerifierKey(log.key()) + "\n" +
                                                   PrintVerifierKey(witness.verifier()))
                  .ok());
  const std::vector<std::string> arguments = {
      "checkpoint", folder / "checkpoint", "--keys", folder / "keys", "--quorum", "1"};
  const VerifierAnswer answer = RunVerifier(arguments);
  EXPECT_EQ(answer.code, ExitCode::kVerified) << answer.errors;
  EXPECT_THAT(answer.text, HasSubstr("witness      witness.example/w1 at 2023-03-20 12:25 UTC\n"));
  EXPECT_EQ(Verify({"checkpoint", folder / "checkpoint", "--quorum", "1"}, log).code, ExitCode::kRefused);
}

TEST(Verifier, AnswersInJson) {
  const Folder folder;
  fs::create_directories(folder.path());
  Log log;
  log.Add(testing_log::ActEntry());
  Receipt receipt = log.ReceiptOf(0);
  receipt.openings = {testing_log::Openings()[3]};
  receipt.openings[0].value = "Line \"one\".\nLine two.";
  receipt.withheld = {"address", "name", "phone", "statement"};
  ASSERT_TRUE(base::WriteFile(folder / "wrong", PrintReceipt(receipt)).ok());
  receipt.openings = {testing_log::Openings()[3]};
  ASSERT_TRUE(base::WriteFile(folder / "right", PrintReceipt(receipt)).ok());
  const VerifierAnswer right = Verify({"receipt", folder / "right", "--json"}, log);
  EXPECT_EQ(right.code, ExitCode::kVerified);
  EXPECT_THAT(right.text,
              HasSubstr("\"result\":\"verified\",\"log\":\"records.example/log\",\"entries\":1,"));
  EXPECT_THAT(right.text, HasSubstr("{\"name\":\"address\",\"state\":\"withheld\"}"));
  EXPECT_THAT(right.text, HasSubstr("\"state\":\"shown\",\"value\":\"Line one.\\u000aLine two.\"}"));
  const VerifierAnswer wrong = Verify({"receipt", folder / "wrong", "--json"}, log);
  EXPECT_EQ(wrong.code, ExitCode::kRefused);
  EXPECT_THAT(wrong.text, HasSubstr("\"result\":\"refused\",\"message\":"));
  EXPECT_EQ(wrong.errors, "");
}

TEST(Verifier, RefusesAWrongCommandLine) {
  const Log log = LogOf(1);
  for (const std::vector<std::string>& bad :
       std::vector<std::vector<std::string>>{{},
                                             {"verify"},
                                             {"receipt"},
                                             {"checkpoint", "a", "b"},
                                             {"consistency", "a"},
                                             {"export"},
                                             {"receipt", "a", "--quorum", "x"},
                                             {"receipt", "a", "--other", "x"},
                                             {"receipt", "a", "--key", "x"},
                                             {"receipt", "a", "--keys", "/nowhere"}}) {
    EXPECT_EQ(Verify(bad, log).code, ExitCode::kUsage);
  }
  EXPECT_EQ(RunVerifier(std::vector<std::string>{"receipt", "a", "--key"}).code, ExitCode::kUsage);
  EXPECT_THAT(RunVerifier(std::vector<std::string>{"receipt", "a"}).errors,
              HasSubstr("no key of a log is given"));
  EXPECT_THAT(RunVerifier(std::vector<std::string>{"help"}).text, HasSubstr("lawbound-verify receipt FILE"));
  EXPECT_EQ(Verify({"export", "/nowhere"}, log).code, ExitCode::kUnreadable);
}

}  // namespace
}  // namespace lawbound::tlog
