// Whole packs: each page reads without a mistake, and is already in the one layout.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
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

// ------------------------------------------------------------------------------------------ any page at all

// The pages that ship, and those that show what the language means.
std::vector<fs::path> AllPages() {
  std::vector<fs::path> pages;
  for (const char* folder : {"/packs", "/tests/packs", "/tests/cases", "/tests/explain"}) {
    for (const auto& entry : fs::recursive_directory_iterator(std::string(LAWBOUND_ROOT) + folder)) {
      if (entry.path().extension() == ".md") pages.push_back(entry.path());
    }
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}

// What the formatter may not touch, and what it may not say otherwise.
struct Kept {
  std::string prose;                  // all bytes outside of the blocks
  std::vector<std::string> comments;  // each to the end of its line, in order
  std::vector<std::string> words;     // of the code, with what each line is to its statement

  Kept(const source::Sources& sources, source::FileId file) {
    source::Diagnostics diagnostics;
    const std::string& page = sources.file(file).text;
    std::size_t done = 0;
    for (const Block& block : ReadBlocks(sources, file, diagnostics)) {
      prose += page.substr(done, block.content.begin - done) + "(block)";
      done = block.content.end;
      const std::vector<LineRole> roles = RolesOf(block);
      for (std::size_t i = 0; i < block.lines.size(); ++i) {
        const PhysicalLine& line = block.lines[i];
        if (line.comment.end > line.comment.begin)
          comments.push_back(page.substr(line.comment.begin, line.comment.end - line.comment.begin));
        if (!line.tokens.empty()) words.push_back("line " + std::to_string(static_cast<int>(roles[i])));
        for (const Token& token : line.tokens) words.emplace_back(token.text);
      }
    }
    prose += page.substr(done);
  }
};

// A page as it may reach us: with the line ends of another system, blanks, comments anywhere, prose of any
// shape, and words missing.
std::string Mangled(const std::string& page, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random); };
  // The last two have a tab: where one is used, the page does not read.
  constexpr const char* kComments[] = {"# a  comment   of its own ", "#",
                                       "  # 附注 — “quoted” \\ \"",  "# ```not a fence",
                                       "    # indented,\tas it was", "\t# after a tab"};
  constexpr const char* kProse[] = {"",
                                    "   ",
                                    "Prose  with   spaces \t and a tab  ",
                                    "| a | table |\\",
                                    "    indented like code",
                                    "~~~\nrule  nobody   reads\n~~~",
                                    "```text\nrule  other   code\n```",
                                    "# heading #  "};
  const bool losses = below(4) == 0;
  const unsigned comments = losses ? 6 : 4;
  const unsigned every = 2 + below(9);
  const std::string end = below(3) == 0 ? "\r\n" : "\n";
  std::string out;
  bool code = false, other = false;
  std::istringstream in(page);
  for (std::string line; std::getline(in, line);) {
    const bool fence = line.starts_with("```");
    if (fence && code) {
      code = false;
    } else if (fence && other) {
      other = false;
    } else if (fence) {
      (line.starts_with("```lawbound") ? code : other) = true;
    } else if (code) {
      if (below(every) == 0) out += std::string(kComments[below(comments)]) + end;
      if (below(every) == 0) out += std::string(below(4), ' ') + end;
      if (losses && below(60) == 0 && line.find(' ', 2) != std::string::npos)
        line.erase(line.rfind(' '));  // the last word is lost
      if (below(every) == 0) line += std::string(1 + below(3), ' ') + kComments[below(2)];
      if (below(every) == 0) line += std::string(below(3), ' ');
    } else if (!other && below(every) == 0) {
      out += std::string(kProse[below(std::size(kProse))]) + end;
    }
    out += line + end;
  }
  return out;
}

// Whatever a page is like, if it reads it has one layout, and the layout takes nothing away.
TEST(Layout, KeepsEveryPageHoweverMangled) {
  std::size_t tried = 0, read = 0;
  for (const fs::path& path : AllPages()) {
    const std::string page = Slurp(path);
    for (unsigned seed = 0; seed < 3; ++seed) {
      SCOPED_TRACE(path.string() + ", seed " + std::to_string(seed));
      ++tried;
      source::Sources sources;
      source::Diagnostics diagnostics;
      const std::vector<source::FileId> files = {
          sources.Add("mangled.md", seed == 0 ? page : Mangled(page, seed))};
      (void)Parse(sources, files, diagnostics);
      if (diagnostics.HasErrors()) continue;  // such a page is not formatted
      ++read;
      const source::FileId once = sources.Add("once.md", Format(sources, files[0]));
      const Kept before(sources, files[0]), after(sources, once);
      ASSERT_EQ(after.prose, before.prose);
      ASSERT_EQ(after.comments, before.comments);
      ASSERT_EQ(after.words, before.words);
      ASSERT_EQ(Format(sources, once), sources.file(once).text);
    }
  }
  EXPECT_GT(tried, 200U);
  EXPECT_GT(read * 2, tried) << "most mangled pages should read, or little is tried";
}

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
