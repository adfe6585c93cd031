// Signed notes, checkpoints and what witnesses say.
#include "tlog/note.h"

#include <rapidcheck.h>

#include "gtest/gtest.h"

#include "tlog/checkpoint.h"
#include "tlog/test_log.h"

namespace lawbound::tlog {
namespace {

using base::Errc;
using testing_log::KeyOf;
using testing_log::kOrigin;
using testing_log::Log;

// The example of C2SP signed-note.
constexpr std::string_view kSpecKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr std::string_view kSpecNote =
    "This is an example message.\n\n"
    "\xe2\x80\x94 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

TEST(Note, TheExampleOfTheSpecificationVerifies) {
  const VerifierKey key = ParseVerifierKey(kSpecKey).value();
  EXPECT_EQ(PrintVerifierKey(key), kSpecKey);
  const Note note = ParseNote(kSpecNote).value();
  EXPECT_EQ(PrintNote(note), kSpecNote);
  EXPECT_EQ(VerifyNote(note, std::span(&key, 1)).value().size(), 1U);
}

TEST(Note, EveryBitOfItMatters) {
  const VerifierKey key = ParseVerifierKey(kSpecKey).value();
  std::string bytes(kSpecNote);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const char mask = static_cast<char>(1 << (bit % 8));
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    const auto note = ParseNote(bytes);
    const bool believed = note.ok() && [&] {
      const auto by = VerifyNote(note.value(), std::span(&key, 1));
      return by.ok() && !by.value().empty();
    }();
    EXPECT_FALSE(believed) << "bit " << bit;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
  }
}

TEST(Note, KeysWhoseIdIsNotTheirsAreRefused) {
  for (const std::string& bad :
       {std::string(), std::string("a"), std::string("a+b+c"), "x" + std::string(kSpecKey),
        std::string(kSpecKey) + "=", "example.com/foo+530d903b" + std::string(kSpecKey.substr(24)),
        "example.com/foo+530D903A" + std::string(kSpecKey.substr(24)),
        "+530d903a" + std::string(kSpecKey.substr(24)), std::string(600, 'a')}) {
    EXPECT_FALSE(ParseVerifierKey(bad).ok()) << bad;
  }
}

TEST(Note, SignaturesOfOthersAreIgnoredAndAllThatAreKnownMustVerify) {
  const SigningKey a = KeyOf("a.example", 1);
  const SigningKey b = KeyOf("b.example", 2);
  const SigningKey other_a = KeyOf("a.example", 3);  // same name, another id
  const std::vector<VerifierKey> keys = {a.verifier(), b.verifier()};
  Note note{"text\n\nwith an empty line\n", {}};
  note.signatures = {other_a.Sign(note.text), a.Sign(note.text)};
  EXPECT_EQ(ParseNote(PrintNote(note)).value().signatures, note.signatures);
  EXPECT_EQ(VerifyNote(note, keys).value().size(), 1U);
  note.signatures.push_back(a.Sign(note.text));  // twice by one key is once
  EXPECT_EQ(VerifyNote(note, keys).value().size(), 1U);
  note.signatures.push_back(b.Sign("another text\n"));
  EXPECT_EQ(VerifyNote(note, keys).error().code, Errc::kCorrupt);
  note.signatures = {other_a.Sign(note.text)};
  EXPECT_TRUE(VerifyNote(note, keys).value().empty());
  const std::vector<VerifierKey> twice = {a.verifier(), a.verifier()};
  EXPECT_EQ(VerifyNote(note, twice).error().code, Errc::kInvalid);
}

TEST(Note, MalformedOnesAreRefused) {
  const std::string line = PrintSignatureLine(KeyOf("a.example", 1).Sign("t\n"));
  EXPECT_TRUE(ParseNote("t\n\n" + line).ok());
  for (const std::string& bad :
       {std::string(), std::string("t\n"), std::string("t\n\n"), "t\n" + line, "t\n\n" + line + "x",
        "t\n\n" + line + "\n", "t\r\n\n" + line, "t\xff\n\n" + line, "t\n\n-" + line,
        "t\n\n" + line.substr(0, line.size() - 1)}) {
    EXPECT_EQ(ParseNote(bad).error().code, Errc::kInvalid) << bad;
  }
  std::string many = "t\n\n";
  for (std::size_t i = 0; i < kMaxSignatures; ++i) many += line;
  EXPECT_TRUE(ParseNote(many).ok());
  EXPECT_EQ(ParseNote(many + line).error().code, Errc::kLimit);
  EXPECT_EQ(ParseNote(std::string(kMaxNoteBytes, 'a') + "\n\n" + line).error().code, Errc::kLimit);
}

TEST(Note, SecretKeysAreReadBack) {
  const SigningKey key = KeyOf("a.example", 7);
  EXPECT_EQ(PrintVerifierKey(SigningKey::Parse(key.Print()).value().verifier()),
            PrintVerifierKey(key.verifier()));
  EXPECT_FALSE(SigningKey::Parse("PRIVATE+KEY+a").ok());
  EXPECT_FALSE(SigningKey::Parse(PrintVerifierKey(key.verifier())).ok());
  std::array<std::uint8_t, 32> seed{};
  EXPECT_FALSE(SigningKey::FromSeed("two words", KeyKind::kLog, seed).ok());
}

TEST(Checkpoint, IsReadAsItIsWritten) {
  Checkpoint checkpoint{"records.example/log", {5, LeafHash("x")}, {"more", "and more"}};
  const std::string text = PrintCheckpoint(checkpoint);
  EXPECT_EQ(PrintCheckpoint(ParseCheckpoint(text).value()), text);
  const std::string hash = PrintHash(LeafHash("x"));
  for (const std::string& bad :
       {std::string(), "a\n5\n" + hash, "\n5\n" + hash + "\n", "a\n05\n" + hash + "\n",
        "a\n-5\n" + hash + "\n", "a\n9223372036854775808\n" + hash + "\n", "a\n5\n" + hash.substr(1) + "\n",
        "a\n5\n" + hash + "\n\n", "a\n0\n" + hash + "\n", "a\n5\n" + hash + "\nmore"}) {
    EXPECT_FALSE(ParseCheckpoint(bad).ok()) << bad;
  }
  EXPECT_TRUE(ParseCheckpoint("a\n0\n" + PrintHash(EmptyRoot()) + "\n").ok());
}

TEST(Checkpoint, IsBelievedWhenItsOwnLogSigned) {
  Log log;
  log.Add("one");
  EXPECT_TRUE(OpenCheckpoint(log.Signed(), log.trust()).ok());
  EXPECT_EQ(OpenCheckpoint(log.Signed(), {}).error().code, Errc::kCorrupt);
  // A trusted key that signs for another log's name.
  Checkpoint other = log.Head();
  other.origin = "another.example/log";
  EXPECT_EQ(OpenCheckpoint(log.SignedText(PrintCheckpoint(other)), log.trust()).error().message,
            "no key given for the log 'another.example/log' has signed this checkpoint");
}

TEST(Checkpoint, AWitnessVouchesWithItsTime) {
  Log log;
  log.Add("one");
  const SigningKey witness = KeyOf("witness.example/w1", 2, KeyKind::kWitness);
  const SigningKey second = KeyOf("witness.example/w2", 3, KeyKind::kWitness);
  Note note = ParseNote(log.Signed()).value();
  note.signatures.push_back(witness.Cosign(note.text, 1679315147));
  Trust trust = log.trust();
  trust.witnesses = {witness.verifier(), second.verifier()};
  trust.quorum = 1;
  const SignedCheckpoint opened = OpenCheckpoint(PrintNote(note), trust).value();
  ASSERT_EQ(opened.witnesses.size(), 1U);
  EXPECT_EQ(opened.witnesses[0].time, 1679315147U);
  trust.quorum = 2;
  EXPECT_EQ(OpenCheckpoint(PrintNote(note), trust).error().message,
            "1 of the given witnesses signed this checkpoint, 2 must");
  // Its time is signed as well.
  note.signatures.back().bytes[7] ^= 1;
  trust.quorum = 0;
  EXPECT_EQ(OpenCheckpoint(PrintNote(note), trust).error().code, Errc::kCorrupt);
  // A witness alone does not make a checkpoint, and a log's key among the witnesses is not one.
  note.signatures = {witness.Cosign(note.text, 5)};
  EXPECT_FALSE(OpenCheckpoint(PrintNote(note), trust).ok());
  EXPECT_TRUE(
      OpenCheckpoint(log.Signed(), {{log.key()}, {KeyOf("w", 9).verifier()}, 0}).value().witnesses.empty());
}

TEST(Checkpoint, TheRequestToAWitnessIsReadAsItIsWritten) {
  Log log;
  for (const std::string& entry : naive::Entries(20)) log.Add(entry);
  naive::Nodes nodes(log.entries());
  const WitnessRequest request{7, ConsistencyProof(nodes, 7, 20).value(), log.Signed()};
  const std::string text = PrintWitnessRequest(request);
  const WitnessRequest read = ParseWitnessRequest(text).value();
  EXPECT_EQ(PrintWitnessRequest(read), text);
  EXPECT_TRUE(text.starts_with("old 7\n"));
  std::string too_long = "old 7\n";
  for (int i = 0; i < 64; ++i) too_long += PrintHash(EmptyRoot()) + "\n";
  for (const std::string& bad : {std::string(), std::string("old 7\n"), std::string("old x\n\n"),
                                 std::string("old 7\nhash\n\n"), too_long + "\n"}) {
    EXPECT_FALSE(ParseWitnessRequest(bad).ok()) << bad;
  }
}

TEST(Checkpoint, TheAnswerOfAWitnessMustBeItsSignature) {
  Log log;
  log.Add("one");
  const SigningKey witness = KeyOf("witness.example/w1", 2, KeyKind::kWitness);
  const std::vector<VerifierKey> trusted = {witness.verifier()};
  const Note note = ParseNote(log.Signed()).value();
  const std::string good = PrintSignatureLine(witness.Cosign(note.text, 9));
  const std::string foreign =
      PrintSignatureLine(KeyOf("w.example", 4, KeyKind::kWitness).Cosign(note.text, 9));
  EXPECT_EQ(ParseWitnessAnswer(foreign + good, note, trusted).value().size(), 1U);
  EXPECT_FALSE(ParseWitnessAnswer(foreign, note, trusted).ok());
  EXPECT_FALSE(ParseWitnessAnswer("", note, trusted).ok());
  EXPECT_FALSE(ParseWitnessAnswer("more text\n\n" + good, note, trusted).ok());
  EXPECT_FALSE(ParseWitnessAnswer(PrintSignatureLine(witness.Cosign("x\n", 9)), note, trusted).ok());
  EXPECT_EQ(ParseWitnessSize("42\n").value(), 42U);
  for (const char* bad : {"", "42", "42\n\n", "x\n"}) EXPECT_FALSE(ParseWitnessSize(bad).ok()) << bad;
}

}  // namespace
}  // namespace lawbound::tlog
