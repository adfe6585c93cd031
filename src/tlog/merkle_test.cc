// The tree against a second implementation of the definitions, and proofs against every change of one bit.
#include "tlog/merkle.h"

#include <rapidcheck.h>

#include "gtest/gtest.h"

#include "tlog/encoding.h"
#include "tlog/naive_tree.h"

namespace lawbound::tlog {
namespace {

std::string Hex(const Hash& hash) {
  std::string out;
  for (const std::uint8_t byte : hash.bytes) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

Hash RootOf(std::span<const std::string> entries) {
  return naive::Definition(entries).Mth(0, entries.size());
}

TEST(Hash, IsThatOfRfc6962) {
  EXPECT_EQ(Hex(EmptyRoot()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hex(LeafHash("")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(Hex(LeafHash("L123456")).substr(0, 8), "395aa064");
  EXPECT_EQ(PrintHash(*ParseHash(PrintHash(LeafHash("a")))), PrintHash(LeafHash("a")));
}

TEST(Base64, HasOneSpelling) {
  EXPECT_EQ(EncodeBase64("f"), "Zg==");
  EXPECT_EQ(DecodeBase64("Zm9v"), "foo");
  EXPECT_EQ(DecodeBase64(""), "");
  for (const char* bad : {"Zh==", "Zg=", "Zg", "Z===", "====", "=", "Zg==Zg==", "Zm9\n", "Zm9-", "Zm9v "}) {
    EXPECT_EQ(DecodeBase64(bad), std::nullopt) << bad;
  }
  rc::check("what is written is read",
            [](const std::string& bytes) { RC_ASSERT(DecodeBase64(EncodeBase64(bytes)) == bytes); });
}

TEST(Count, HasOneSpelling) {
  EXPECT_EQ(ParseCount("0"), 0U);
  EXPECT_EQ(ParseCount("9223372036854775807"), kMaxTreeSize);
  for (const char* bad : {"", "01", "-1", "+1", "1 ", "9223372036854775808", "18446744073709551616", "0x1"}) {
    EXPECT_EQ(ParseCount(bad), std::nullopt) << bad;
  }
}

TEST(Text, RefusesWhatWouldNotBeSeen) {
  EXPECT_TRUE(IsPlainLine("行政处罚法 第62条 – ü"));
  for (const char* bad :
       {"a\nb", "\x1b[31m", "\x7f", "\xc2\x85",
        "\xe2\x80\xae"
        "abc",
        "\xe2\x80\xa8", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff", "\xe2\x80"}) {
    EXPECT_FALSE(IsPlainLine(bad)) << bad;
  }
  EXPECT_TRUE(IsKeyName("example.com/日志"));
  for (const char* bad : {"", "a b", "a+b",
                          "a\xe3\x80\x80"
                          "b",
                          "a\xc2\xa0"
                          "b"})
    EXPECT_FALSE(IsKeyName(bad)) << bad;
  EXPECT_TRUE(IsName("a-1.b"));
  for (const char* bad : {"", "1a", "-a", "A", "a b", "a_b"}) EXPECT_FALSE(IsName(bad)) << bad;
}

TEST(Merkle, RootsAgreeWithTheDefinition) {
  const std::vector<std::string> entries = naive::Entries(300);
  TreeBuilder tree;
  naive::Nodes nodes(entries);
  naive::Definition definition(entries);
  for (std::size_t size = 0; size <= entries.size(); ++size) {
    ASSERT_EQ(tree.Root(), definition.Mth(0, size)) << size;
    ASSERT_EQ(TreeRoot(nodes, size).value(), definition.Mth(0, size)) << size;
    if (size < entries.size()) tree.Append(LeafHash(entries[size]));
  }
}

TEST(Merkle, InclusionProofsAgreeWithTheDefinition) {
  const std::vector<std::string> entries = naive::Entries(300);
  naive::Nodes nodes(entries);
  naive::Definition definition(entries);
  for (std::size_t size = 1; size <= entries.size(); ++size) {
    const Hash root = definition.Mth(0, size);
    for (std::size_t index = 0; index < size; ++index) {
      const std::vector<Hash> proof = InclusionProof(nodes, index, size).value();
      ASSERT_EQ(proof, definition.Path(index, size)) << index << " of " << size;
      ASSERT_TRUE(VerifyInclusion(LeafHash(entries[index]), index, size, proof, root).ok());
      ASSERT_FALSE(VerifyInclusion(LeafHash("another"), index, size, proof, root).ok());
      if (size > 1) {
        ASSERT_FALSE(VerifyInclusion(LeafHash(entries[index]), index ^ 1, size, proof, root).ok());
      }
    }
  }
}

TEST(Merkle, ConsistencyProofsAgreeWithTheDefinition) {
  const std::vector<std::string> entries = naive::Entries(300);
  naive::Nodes nodes(entries);
  naive::Definition definition(entries);
  for (std::size_t size = 1; size <= entries.size(); ++size) {
    for (std::size_t old_size = 1; old_size <= size; ++old_size) {
      const std::vector<Hash> proof = ConsistencyProof(nodes, old_size, size).value();
      ASSERT_EQ(proof, definition.Proof(old_size, size)) << old_size << " to " << size;
      ASSERT_TRUE(VerifyConsistency(definition.Head(old_size), definition.Head(size), proof).ok());
    }
  }
}

TEST(Merkle, LargeTreesAgreeWithTheDefinition) {
  const std::vector<std::string> entries = naive::Entries(5000);
  naive::Nodes nodes(entries);
  naive::Definition definition(entries);
  rc::check("random sizes", [&] {
    const auto size = *rc::gen::inRange<std::size_t>(301, entries.size() + 1);
    const auto old_size = *rc::gen::inRange<std::size_t>(0, size + 1);
    const auto index = *rc::gen::inRange<std::size_t>(0, size);
    const auto inclusion = InclusionProof(nodes, index, size).value();
    RC_ASSERT(inclusion == definition.Path(index, size));
    RC_ASSERT(
        VerifyInclusion(LeafHash(entries[index]), index, size, inclusion, definition.Mth(0, size)).ok());
    const auto consistency = ConsistencyProof(nodes, old_size, size).value();
    if (old_size > 0) {
      RC_ASSERT(consistency == definition.Proof(old_size, size));
    }
    RC_ASSERT(VerifyConsistency(definition.Head(old_size), definition.Head(size), consistency).ok());
  });
}

// Every single bit of every hash given to a verifier.
template <typename Verify>
void ExpectEveryBitMatters(std::vector<Hash> hashes, const Verify& verify) {
  ASSERT_TRUE(verify(hashes));
  for (Hash& hash : hashes) {
    for (std::size_t bit = 0; bit < 256; ++bit) {
      const auto mask = static_cast<std::uint8_t>(1U << (bit % 8));
      hash.bytes[bit / 8] ^= mask;
      ASSERT_FALSE(verify(hashes));
      hash.bytes[bit / 8] ^= mask;
    }
  }
}

TEST(Merkle, EveryBitOfAProofMatters) {
  const std::vector<std::string> entries = naive::Entries(77);
  naive::Nodes nodes(entries);
  const Hash root = RootOf(entries);
  for (const std::size_t index : {std::size_t{0}, std::size_t{41}, std::size_t{64}, std::size_t{76}}) {
    std::vector<Hash> hashes = InclusionProof(nodes, index, 77).value();
    hashes.insert(hashes.begin(), {LeafHash(entries[index]), root});
    ExpectEveryBitMatters(hashes, [&](std::span<const Hash> h) {
      return VerifyInclusion(h[0], index, 77, h.subspan(2), h[1]).ok();
    });
  }
  for (const std::size_t old_size : {std::size_t{1}, std::size_t{5}, std::size_t{64}, std::size_t{76}}) {
    std::vector<Hash> hashes = ConsistencyProof(nodes, old_size, 77).value();
    hashes.insert(hashes.begin(), {RootOf(std::span(entries).first(old_size)), root});
    ExpectEveryBitMatters(hashes, [&](std::span<const Hash> h) {
      return VerifyConsistency({old_size, h[0]}, {77, h[1]}, h.subspan(2)).ok();
    });
  }
}

TEST(Merkle, ProofsOfAnotherLengthAreRefused) {
  const std::vector<std::string> entries = naive::Entries(9);
  naive::Nodes nodes(entries);
  std::vector<Hash> proof = InclusionProof(nodes, 3, 9).value();
  proof.push_back(Hash{});
  EXPECT_FALSE(VerifyInclusion(LeafHash(entries[3]), 3, 9, proof, RootOf(entries)).ok());
  proof.resize(3);
  EXPECT_FALSE(VerifyInclusion(LeafHash(entries[3]), 3, 9, proof, RootOf(entries)).ok());
  EXPECT_EQ(VerifyInclusion(LeafHash(entries[3]), 9, 9, proof, RootOf(entries)).error().code,
            base::Errc::kInvalid);
  EXPECT_EQ(VerifyInclusion(Hash{}, 0, ~std::uint64_t{0}, proof, Hash{}).error().code, base::Errc::kInvalid);
}

TEST(Merkle, FromTheEmptyTreeTheProofIsEmptyAndTheRootIsTheEmptyOne) {
  const std::vector<std::string> entries = naive::Entries(3);
  const TreeHead three{3, RootOf(entries)};
  const TreeHead empty{0, EmptyRoot()};
  EXPECT_TRUE(VerifyConsistency(empty, three, {}).ok());
  EXPECT_TRUE(VerifyConsistency(empty, empty, {}).ok());
  EXPECT_FALSE(VerifyConsistency({0, Hash{}}, three, {}).ok());
  EXPECT_FALSE(VerifyConsistency(empty, {0, Hash{}}, {}).ok());
  EXPECT_FALSE(VerifyConsistency(empty, three, std::vector<Hash>(1)).ok());
  EXPECT_FALSE(VerifyConsistency(three, empty, {}).ok());
  EXPECT_TRUE(VerifyConsistency(three, three, {}).ok());
  EXPECT_FALSE(VerifyConsistency(three, {3, Hash{}}, {}).ok());
}

}  // namespace
}  // namespace lawbound::tlog
