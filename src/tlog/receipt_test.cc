// Entries and receipts: what is shown, withheld, sealed, erased and missing are told apart, and nothing else
// passes.
#include "tlog/receipt.h"

#include <algorithm>
#include <rapidcheck.h>

#include "gtest/gtest.h"

#include "base/file.h"
#include "tlog/encoding.h"
#include "tlog/test_log.h"
#include "tlog/tile.h"

namespace lawbound::tlog {
namespace {

using base::Errc;
using base::Result;
using testing_log::ActEntry;
using testing_log::Log;
using testing_log::MeasureEntry;
using testing_log::Openings;
using testing_log::SaltOf;

Result<ReceiptReport> Verify(std::string_view bytes, const Trust& trust) {
  ASSIGN_OR_RETURN(const Receipt receipt, ParseReceipt(bytes));
  ASSIGN_OR_RETURN(const SignedCheckpoint checkpoint, OpenCheckpoint(receipt.checkpoint, trust));
  return VerifyReceipt(receipt, checkpoint);
}

FieldState StateOf(const ReceiptReport& report, std::string_view name) {
  return std::ranges::find(report.fields, name, &FieldReport::name)->state;
}

// Entry 3 is the act; 5 erases its 'name', 6 seals its 'address'.
Log MakeLog() {
  Log log;
  for (const std::string& entry : naive::Entries(3)) log.Add(entry);
  log.Add(ActEntry());
  log.Add("another");
  log.Add(MeasureEntry("erase", 3, "name"));
  log.Add(MeasureEntry("seal", 3, "address"));
  return log;
}

Receipt FullReceipt(const Log& log) {
  Receipt receipt = log.ReceiptOf(3);
  const std::vector<Opening> openings = Openings();
  receipt.openings = {openings[2], openings[3]};
  receipt.withheld = {"statement"};
  receipt.later = {log.LaterOf(5), log.LaterOf(6)};
  return receipt;
}

TEST(Entry, HasOneSpelling) {
  const std::string text = ActEntry();
  Entry entry = ParseEntry(text).value();
  EXPECT_EQ(*entry.FindFact("verdict"), "lawful");
  EXPECT_EQ(entry.FindFact("verdic"), nullptr);
  EXPECT_EQ(entry.FindField("name")->commitment, Commitment(Openings()[1]));
  std::ranges::reverse(entry.facts);
  std::ranges::reverse(entry.fields);
  EXPECT_EQ(EncodeEntry(entry).value(), text);
}

TEST(Entry, WhatItsKindMustStateIsDemanded) {
  const Entry whole = ParseEntry(ActEntry()).value();
  for (std::size_t i = 0; i < whole.facts.size(); ++i) {
    Entry entry = whole;
    entry.facts.erase(entry.facts.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_EQ(EncodeEntry(entry).error().message,
              "not an entry: 'act' does not state its '" + whole.facts[i].name + "'");
  }
  Entry other_day = whole;
  other_day.facts[1].value = "2026-02-30";
  EXPECT_EQ(EncodeEntry(other_day).error().message,
            "not an entry: the 'day' of 'act' is not what it should be: '2026-02-30'");
  EXPECT_EQ(KindOf(ParseEntry("lawbound-entry/v1\nkind later-kind\n").value()), EntryKind::kOther);
}

TEST(Entry, MalformedOnesAreRefused) {
  const std::string start = "lawbound-entry/v1\nkind x\n";
  const std::string hash = PrintHash(EmptyRoot());
  EXPECT_TRUE(ParseEntry(start + "fact a b\nfield a " + hash + "\n").ok());
  for (const std::string& bad :
       {std::string(), std::string("lawbound-entry/v2\nkind x\n"), std::string("lawbound-entry/v1\n"),
        start + "fact a b", start + "\n", start + "fact b 1\nfact a 1\n", start + "fact a 1\nfact a 1\n",
        start + "fact a \n", start + "fact a\n", start + "fact A 1\n", start + "fact a \x1b[31m\n",
        start + "fact a " + std::string(1001, 'x') + "\n", start + "field a x\n",
        start + "field a " + hash + "\nfact b 1\n", start + "field a " + hash + "\nfield a " + hash + "\n",
        start + "other\n"}) {
    EXPECT_EQ(ParseEntry(bad).error().code, Errc::kInvalid) << bad;
  }
  EXPECT_EQ(ParseEntry(start + std::string(kMaxEntryBytes, 'x')).error().code, Errc::kLimit);
  for (const char* fields : {"", "b a", "a a", "a  b", "a ", "A"}) {
    Entry erase = ParseEntry(MeasureEntry("erase", 1, "a")).value();
    erase.facts[2].value = fields;
    EXPECT_FALSE(EncodeEntry(erase).ok()) << fields;
  }
}

TEST(Entry, ALineFeedCannotSmuggleAFact) {
  EXPECT_FALSE(EncodeEntry({"x", {{"a", "1\nfact b 2"}}, {}}).ok());
  EXPECT_FALSE(EncodeEntry({"x\nfact b 2", {}, {}}).ok());
}

TEST(Entry, CommitmentsDependOnSaltNameAndValue) {
  const Opening opening{"name", SaltOf(1), "a"};
  const std::vector<Opening> others = {{"nam", SaltOf(1), "ea"},          {"name", SaltOf(2), "a"},
                                       {"name", SaltOf(1), "b"},          {"name", SaltOf(1), ""},
                                       {"name", SaltOf(1), std::nullopt}, {"name", SaltOf(1), "-"}};
  for (const Opening& other : others) EXPECT_NE(Commitment(other), Commitment(opening));
  EXPECT_NE(Commitment(others[3]), Commitment(others[4]));
  EXPECT_NE(NewSalt(), NewSalt());
  EXPECT_EQ(Commitment({"name", SaltOf(0), "a"}),
            Sha256("lawbound-field/v1\n" + std::string(32, '\0') + "name\n=a"));
}

TEST(Receipt, TellsWhatBecameOfEachField) {
  const Log log = MakeLog();
  const std::string text = PrintReceipt(FullReceipt(log));
  const ReceiptReport report = Verify(text, log.trust()).value();
  EXPECT_EQ(StateOf(report, "address"), FieldState::kSealed);
  EXPECT_EQ(StateOf(report, "name"), FieldState::kErased);
  EXPECT_EQ(StateOf(report, "phone"), FieldState::kEmpty);
  EXPECT_EQ(StateOf(report, "reasons"), FieldState::kShown);
  EXPECT_EQ(StateOf(report, "statement"), FieldState::kWithheld);
  EXPECT_EQ(report.fields[1].by, 5U);
  EXPECT_EQ(report.fields[3].value, "Line one.\nLine two.");
  EXPECT_TRUE(report.IsComplete());
  EXPECT_EQ(PrintReceipt(ParseReceipt(text).value()), text);
}

TEST(Receipt, AFieldThatWasCutOutIsMissing) {
  const Log log = MakeLog();
  Receipt receipt = FullReceipt(log);
  receipt.openings.pop_back();
  receipt.withheld.clear();
  receipt.later.pop_back();
  const ReceiptReport report = Verify(PrintReceipt(receipt), log.trust()).value();
  for (const char* name : {"address", "reasons", "statement"})
    EXPECT_EQ(StateOf(report, name), FieldState::kMissing);
  EXPECT_FALSE(report.IsComplete());
}

TEST(Receipt, StillVerifiesAfterTheErasure) {
  Log log;
  log.Add(ActEntry());
  Receipt before = log.ReceiptOf(0);
  before.openings = Openings();
  const std::string old_receipt = PrintReceipt(before);
  log.Add(MeasureEntry("erase", 0, "name"));
  EXPECT_TRUE(Verify(old_receipt, log.trust()).value().IsComplete());
  // The person may go on showing what only they still have; that it was erased elsewhere is said beside it.
  Receipt after = log.ReceiptOf(0);
  after.openings = Openings();
  after.later = {log.LaterOf(1)};
  const ReceiptReport report = Verify(PrintReceipt(after), log.trust()).value();
  EXPECT_EQ(StateOf(report, "name"), FieldState::kShown);
  EXPECT_EQ(report.fields[1].by, 1U);
}

TEST(Receipt, ASealIsOpenedByALaterEntryAndAnErasureByNone) {
  Log log;
  log.Add(ActEntry());
  log.Add(MeasureEntry("seal", 0, "address name"));
  log.Add(MeasureEntry("unseal", 0, "address"));
  log.Add(MeasureEntry("erase", 0, "name"));
  log.Add(MeasureEntry("unseal", 0, "name"));
  Receipt receipt = log.ReceiptOf(0);
  for (std::uint64_t i = 1; i <= 4; ++i) receipt.later.push_back(log.LaterOf(i));
  const ReceiptReport report = Verify(PrintReceipt(receipt), log.trust()).value();
  EXPECT_EQ(StateOf(report, "address"), FieldState::kMissing);
  EXPECT_EQ(StateOf(report, "name"), FieldState::kErased);
}

TEST(Receipt, ClaimsThatDoNotHoldAreRefused) {
  const Log log = MakeLog();
  const auto refused = [&](const Receipt& receipt) {
    const auto result = Verify(PrintReceipt(receipt), log.trust());
    return result.ok() ? std::string("verified") : result.error().message;
  };
  Receipt receipt = FullReceipt(log);
  receipt.openings[1].value = "Other reasons.";
  EXPECT_EQ(refused(receipt), "the value shown for 'reasons' is not the one recorded");
  receipt = FullReceipt(log);
  receipt.withheld = {"reasons"};
  EXPECT_EQ(refused(receipt), "the receipt both shows and withholds 'reasons'");
  receipt.withheld = {"age"};
  EXPECT_EQ(refused(receipt), "the receipt speaks of a field 'age' that the entry does not have");
  receipt = FullReceipt(log);
  receipt.later[0] = log.LaterOf(4);
  receipt.later[0].entry = MeasureEntry("erase", 3, "reasons");  // never recorded
  EXPECT_EQ(refused(receipt), "entry 4: the inclusion proof does not lead from the entry to the root");
  receipt.later[0].entry = MeasureEntry("erase", 2, "name");
  EXPECT_EQ(refused(receipt), "entry 4 is not a later one about entry 3");
  receipt = FullReceipt(log);
  receipt.index = 2;
  EXPECT_EQ(refused(receipt), "the inclusion proof does not lead from the entry to the root");
  receipt = log.ReceiptOf(4);
  EXPECT_EQ(refused(receipt), "not an entry: its first line is not 'lawbound-entry/v1'");
}

TEST(Receipt, EveryBitOfItMatters) {
  const Log log = MakeLog();
  std::string bytes = PrintReceipt(FullReceipt(log));
  ASSERT_TRUE(Verify(bytes, log.trust()).ok());
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const char mask = static_cast<char>(1 << (bit % 8));
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    ASSERT_FALSE(Verify(bytes, log.trust()).ok()) << "bit " << bit << " of\n" << bytes;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
  }
}

// Inside the extra data as well, where the base64 of the file cannot give it away.
TEST(Receipt, EveryBitOfWhatItDisclosesMatters) {
  const Log log = MakeLog();
  LogProof proof = ParseLogProof(PrintReceipt(FullReceipt(log))).value();
  for (std::size_t bit = 0; bit < proof.extra->size() * 8; ++bit) {
    const char mask = static_cast<char>(1 << (bit % 8));
    char& byte = (*proof.extra)[bit / 8];
    byte = static_cast<char>(byte ^ mask);
    ASSERT_FALSE(Verify(PrintLogProof(proof), log.trust()).ok()) << "bit " << bit << " of\n" << *proof.extra;
    byte = static_cast<char>(byte ^ mask);
  }
}

TEST(Receipt, CutShortIsRefused) {
  const Log log = MakeLog();
  const std::string bytes = PrintReceipt(FullReceipt(log));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_FALSE(Verify(std::string_view(bytes).substr(0, size), log.trust()).ok()) << size;
  }
  EXPECT_EQ(ParseReceipt(std::string(kMaxReceiptBytes + 1, 'a')).error().code, Errc::kLimit);
  Receipt many = FullReceipt(log);
  for (std::uint64_t i = 7; many.later.size() <= kMaxLaterEntries; ++i) many.later.push_back({i, "x", {}});
  EXPECT_EQ(ParseReceipt(PrintReceipt(many)).error().code, Errc::kLimit);
}

TEST(Receipt, AnyChoiceOfFieldsVerifies) {
  const Log log = MakeLog();
  rc::check("fields shown, withheld or left out", [&] {
    Receipt receipt = log.ReceiptOf(3);
    std::vector<FieldState> want;
    for (const Opening& opening : Openings()) {
      const int choice = *rc::gen::inRange(0, 3);
      if (choice == 0) receipt.openings.push_back(opening);
      if (choice == 1) receipt.withheld.push_back(opening.name);
      want.push_back(choice == 1 ? FieldState::kWithheld
                                 : (choice == 2 ? FieldState::kMissing
                                                : (opening.value ? FieldState::kShown : FieldState::kEmpty)));
    }
    const ReceiptReport report = Verify(PrintReceipt(receipt), log.trust()).value();
    for (std::size_t i = 0; i < want.size(); ++i) RC_ASSERT(report.fields[i].state == want[i]);
  });
}

// docs/formats/ledger.md shows these bytes, and its last blocks are run by the test of the documents.
TEST(Format, TheExampleOfTheDocumentIsWhatIsWritten) {
  Log log;
  log.Add(ActEntry());
  log.Add(MeasureEntry("erase", 0, "name"));
  Receipt receipt = log.ReceiptOf(0);
  const std::vector<Opening> openings = Openings();
  receipt.openings = {openings[2], openings[3]};
  receipt.withheld = {"address", "statement"};
  receipt.later = {log.LaterOf(1)};
  const std::string text = PrintReceipt(receipt);
  const std::string page = base::ReadFile(std::string(LAWBOUND_ROOT) + "/docs/formats/ledger.md").value();
  // The log as it is published, and what a witness is asked and answers.
  std::string bundle;
  std::string tile;
  for (const std::string& entry : log.entries()) {
    AppendToBundle(entry, bundle);
    tile += LeafHash(entry).view();
  }
  Log before;
  before.Add(ActEntry());
  const SigningKey witness = testing_log::KeyOf("witness.example/w", 2, KeyKind::kWitness);
  const std::string request = PrintWitnessRequest({1, {LeafHash(log.entries()[1])}, log.Signed()});
  const std::string answer =
      PrintSignatureLine(witness.Cosign(ParseNote(log.Signed()).value().text, 1'772'409'600));
  for (const std::string& part :
       {log.entries()[0], log.entries()[1], PrintHash(LeafHash(log.entries()[0])),
        PrintHash(LeafHash(log.entries()[1])), log.Signed(), *ParseLogProof(text).value().extra, text,
        PrintVerifierKey(log.key()), EncodeBase64(bundle), EncodeBase64(tile), before.Signed(), request,
        answer, PrintVerifierKey(witness.verifier())}) {
    EXPECT_NE(page.find(part), std::string::npos) << "missing from the page:\n" << part;
  }
}

}  // namespace
}  // namespace lawbound::tlog
