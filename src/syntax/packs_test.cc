// Whole packs: each page reads without a mistake, and is already in the one layout.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "syntax/lexer.h"
#include "syntax/syntax.h"

namespace lawbound::syntax {
namespace {

namespace fs = std::filesystem;

std::string Slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> Pages() {
  std::vector<fs::path> pages;
  for (const auto& entry : fs::recursive_directory_iterator(LAWBOUND_ROOT "/tests/packs")) {
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}

class PackPage : public testing::TestWithParam<fs::path> {};

TEST_P(PackPage, ReadsAndPrintsBackEqual) {
  source::Sources sources;
  source::Diagnostics diagnostics;
  const std::string text = Slurp(GetParam());
  const std::vector<source::FileId> files = {sources.Add(GetParam().filename().string(), text)};
  const Tree tree = Parse(sources, files, diagnostics);
  ASSERT_FALSE(diagnostics.HasErrors()) << diagnostics.Render(sources);
  EXPECT_FALSE(tree.pages.at(0).items.empty());
  EXPECT_EQ(Format(sources, files[0]), text);
}

INSTANTIATE_TEST_SUITE_P(All, PackPage, testing::ValuesIn(Pages()), [](const auto& page) {
  std::string name = page.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Pack, SeveralPagesMakeOneTree) {
  source::Sources sources;
  source::Diagnostics diagnostics;
  std::vector<source::FileId> files;
  for (const char* page : {"penalty-ordinary", "penalty-execution", "penalty-transfer"}) {
    files.push_back(
        sources.Add(page, Slurp(fs::path(LAWBOUND_ROOT "/tests/packs/prc") / (std::string(page) + ".md"))));
  }
  const Tree tree = Parse(sources, files, diagnostics);
  ASSERT_FALSE(diagnostics.HasErrors()) << diagnostics.Render(sources);
  EXPECT_EQ(tree.path.text, "prc/penalty");
  EXPECT_EQ(tree.pages.size(), 3U);
  ASSERT_EQ(tree.titles.size(), 2U);
  EXPECT_EQ(tree.titles[1].language, "zh");
}

}  // namespace
}  // namespace lawbound::syntax
