// Whole packs: each page reads without a mistake, and is already in the one layout.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
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

// The same page with other spaces and indents, as an author in a hurry writes it.
std::string Untidy(const source::Sources& sources, source::FileId file, unsigned seed) {
  std::mt19937 random(seed);
  const auto spaces = [&](std::size_t least, std::size_t most) {
    return std::string(std::uniform_int_distribution<std::size_t>(least, most)(random), ' ');
  };
  const std::string& page = sources.file(file).text;
  source::Diagnostics diagnostics;
  std::string text;
  std::size_t done = 0;
  for (const Block& block : ReadBlocks(sources, file, diagnostics)) {
    const std::vector<LineRole> roles = RolesOf(block);
    text += page.substr(done, block.content.begin - done);
    for (std::size_t i = 0; i < roles.size(); ++i) {
      if (roles[i] == LineRole::kBody) text += spaces(1, 2);
      if (roles[i] == LineRole::kMore) text += spaces(3, 9);
      for (const Token& token : block.lines[i].tokens) text += std::string(token.text) + spaces(1, 3);
      text += "\n";
    }
    done = block.content.end;
  }
  return text + page.substr(done);
}

TEST_P(PackPage, UntidyPageIsFormattedToTheSame) {
  const std::string text = Slurp(GetParam());
  for (unsigned seed = 0; seed < 5; ++seed) {
    SCOPED_TRACE(seed);
    source::Sources sources;
    source::Diagnostics diagnostics;
    const source::FileId tidy = sources.Add("tidy.md", text);
    const std::vector<source::FileId> files = {sources.Add("untidy.md", Untidy(sources, tidy, seed))};
    (void)Parse(sources, files, diagnostics);
    ASSERT_FALSE(diagnostics.HasErrors()) << diagnostics.Render(sources);
    EXPECT_EQ(Format(sources, files[0]), text);
  }
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
