// Runs every tests/expect/**/*.md.  A file is a page as a person would write it: prose, ```lawbound blocks,
// and one
// ```expect block with what the tool must say.  UPDATE_EXPECT=1 writes that block anew; read the diff before
// you commit it.  The page is read without the content of its expect block, so a file may hold mistakes that
// swallow what follows: it then puts its expect block first.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "check/check.h"
#include "check/use.h"
#include "source/diagnostic.h"
#include "source/source.h"
#include "support/used_pages.h"
#include "syntax/syntax.h"

namespace lawbound {
namespace {

namespace fs = std::filesystem;

// What the tool prints for this page.  Pages of expect/check are read and checked, the others only read: they
// hold excerpts that make no pack.
std::string Say(const std::string& page, bool check) {
  source::Sources sources;
  source::Diagnostics diagnostics;
  const std::array files = {sources.Add("pack.md", page)};
  syntax::Tree tree = syntax::Parse(sources, files, diagnostics);
  if (check) {
    tree = check::JoinUsed(std::move(tree), sources, support::PagesBelow(sources), diagnostics);
  }
  if (check) (void)check::Compile(tree, sources, {.calendars = {"germany", "italy", "prc"}}, diagnostics);
  return diagnostics.Render(sources);
}

std::string Slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The bytes between the line "```expect" and the closing fence.
struct Block {
  std::size_t begin = std::string::npos;
  std::size_t end = std::string::npos;
};
Block FindExpect(const std::string& text) {
  const std::string open = "\n```expect\n";
  const std::size_t at = text.find(open);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + open.size();
  const std::size_t end = text.find("\n```\n", begin - 1);
  return {begin, end == std::string::npos ? end : end + 1};
}

class Expect : public testing::TestWithParam<fs::path> {};

TEST_P(Expect, Matches) {
  const std::string text = Slurp(GetParam());
  const Block expect = FindExpect(text);
  ASSERT_NE(expect.end, std::string::npos) << "no ```expect block in " << GetParam();
  const bool check = *fs::relative(GetParam(), EXPECT_DIR).begin() == "check";
  const std::string said = Say(text.substr(0, expect.begin) + text.substr(expect.end), check);
  if (std::getenv("UPDATE_EXPECT") != nullptr) {
    std::ofstream(GetParam(), std::ios::binary)
        << text.substr(0, expect.begin) << said << text.substr(expect.end);
    return;
  }
  EXPECT_EQ(text.substr(expect.begin, expect.end - expect.begin), said)
      << "rerun with UPDATE_EXPECT=1 if the new text is right";
}

std::vector<fs::path> Files() {
  std::vector<fs::path> all;
  for (const auto& entry : fs::recursive_directory_iterator(EXPECT_DIR)) {
    if (entry.path().extension() == ".md") all.push_back(entry.path());
  }
  std::sort(all.begin(), all.end());
  return all;
}

INSTANTIATE_TEST_SUITE_P(Files, Expect, testing::ValuesIn(Files()), [](const auto& file) {
  std::string name = fs::relative(file.param, EXPECT_DIR).replace_extension().string();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace lawbound
