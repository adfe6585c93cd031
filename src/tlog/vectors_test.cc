// The inclusion and consistency vectors of transparency-dev/merkle.  They are not part of this project: the
// test reads them from LAWBOUND_SHARED (../shared beside the checkout unless set) and is skipped where they
// are not.
//
// Their library refuses every consistency proof from a tree of size 0.  Here, as C2SP tlog-witness has it,
// such a proof holds when it is empty and the old root is that of the empty tree.  One vector differs by that
// rule, and is named below.
#include <cstdlib>
#include <filesystem>
#include <random>

#include "gtest/gtest.h"

#include "base/file.h"
#include "tlog/encoding.h"
#include "tlog/merkle.h"

namespace lawbound::tlog {
namespace {

namespace fs = std::filesystem;

struct Vector {
  std::string text;

  // What stands after "key": up to the end of the line; the vectors are written one value a line.
  std::string_view After(const std::string& key) const {
    const std::size_t at = text.find("\"" + key + "\":");
    if (at == std::string::npos) return {};
    std::string_view rest = std::string_view(text).substr(at + key.size() + 3);
    rest.remove_prefix(rest.find_first_not_of(' '));
    return rest;
  }
  std::uint64_t Number(const std::string& key) const { return std::strtoull(After(key).data(), nullptr, 10); }
  bool Flag(const std::string& key) const { return After(key).starts_with("true"); }
  // Some vectors write a few letters or nothing where a hash belongs; each gets a hash of its own.
  Hash HashOf(const std::string& key) const {
    const std::string_view value = After(key);
    const std::string_view quoted = value.empty() ? value : value.substr(1, value.find('"', 1) - 1);
    const std::optional<Hash> hash = ParseHash(quoted);
    return hash ? *hash : Sha256(quoted.empty() ? key : quoted);
  }
  std::optional<std::vector<Hash>> Proof() const {
    std::string_view list = After("proof");
    list = list.substr(0, list.starts_with("[") ? list.find(']') : 0);  // an array or null
    std::vector<Hash> out;
    for (std::size_t at = list.find('"'); at != std::string_view::npos; at = list.find('"', at)) {
      const std::size_t end = list.find('"', at + 1);
      const std::optional<Hash> hash = ParseHash(list.substr(at + 1, end - at - 1));
      if (!hash) return std::nullopt;
      out.push_back(*hash);
      at = end + 1;
    }
    return out;
  }
};

bool HoldsInclusion(const Vector& v) {
  const auto proof = v.Proof();
  return proof && VerifyInclusion(v.HashOf("leafHash"), v.Number("leafIdx"), v.Number("treeSize"), *proof,
                                  v.HashOf("root"))
                      .ok();
}

bool HoldsConsistency(const Vector& v) {
  const auto proof = v.Proof();
  return proof && VerifyConsistency({v.Number("size1"), v.HashOf("root1")},
                                    {v.Number("size2"), v.HashOf("root2")}, *proof)
                      .ok();
}

struct Counts {
  int files = 0;
  int hold = 0;
};

template <typename Holds>
Counts RunAll(const fs::path& folder, const Holds& holds) {
  Counts counts;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".json") continue;
    const Vector vector{base::ReadFile(file.path().string()).value()};
    const bool from_nothing = file.path().filename() == "size1-is-zero-and-size2-is-not-zero.json";
    EXPECT_EQ(holds(vector), from_nothing || !vector.Flag("wantErr")) << file.path();
    ++counts.files;
    counts.hold += holds(vector);
  }
  return counts;
}

TEST(Vectors, OfTransparencyDevMerkle) {
  const char* set = std::getenv("LAWBOUND_SHARED");
  const fs::path shared = set != nullptr ? fs::path(set) : fs::path(LAWBOUND_ROOT) / "../shared";
  const fs::path archive = shared / "data/vectors/merkle.tar.xz";
  if (!fs::exists(archive)) GTEST_SKIP() << "no " << archive;
  const fs::path folder =
      fs::path(testing::TempDir()) / ("lawbound-merkle-vectors-" + std::to_string(std::random_device{}()));
  fs::create_directories(folder);
  const std::string unpack = "tar -xJf '" + archive.string() + "' -C '" + folder.string() + "'";
  ASSERT_EQ(std::system(unpack.c_str()), 0);
  const Counts inclusion = RunAll(folder / "merkle/inclusion", HoldsInclusion);
  const Counts consistency = RunAll(folder / "merkle/consistency", HoldsConsistency);
  fs::remove_all(folder);
  EXPECT_EQ(inclusion.files, 98);
  EXPECT_EQ(consistency.files, 98);
  EXPECT_EQ(inclusion.hold, 6);
  EXPECT_EQ(consistency.hold, 6 + 1);
}

}  // namespace
}  // namespace lawbound::tlog
