// Runs every tests/prove/*.md: a pack with guarantees, and an ```expect block with what `lawbound prove` says
// of it. And every tests/standing/*.md, named after a check that is asked of every pack: a pack, an ```expect
// block with what is said of that check, a ```change of a line or two, and what is said then.
// UPDATE_EXPECT=1 writes the blocks anew; read the difference before you commit it.
#include "prove/prove.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "calendar/calendar.h"
#include "check/check.h"
#include "report/proof.h"
#include "report/standing.h"
#include "syntax/syntax.h"

namespace lawbound {
namespace {

namespace fs = std::filesystem;

// What is said of a page's pack; `check`: of this check that is asked of every pack, none: of its guarantees.
std::string Say(const std::string& page, const std::string& check) {
  const auto calendars = calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
  if (!calendars.ok()) return calendars.error().message;
  source::Sources sources;
  source::Diagnostics diagnostics;
  const std::vector files = {sources.Add("pack.md", page)};
  const syntax::Tree tree = syntax::Parse(sources, files, diagnostics);
  const auto compiled = check::Compile(tree, sources, {.calendars = calendars.value().names()}, diagnostics);
  if (!compiled) return diagnostics.Render(sources);
  const auto plan = engine::Plan::Make(compiled->program, calendars.value(), {});
  if (!plan.ok()) return plan.error().message;
  prove::Options options{.limits = {}, .day = prove::LawInForce(compiled->program)};
  if (!check.empty()) {
    options.limits.seconds = 600;  // what a slow machine or a sanitizer takes changes no answer
    for (const check::Example& example : compiled->examples) options.examples.push_back(example.batch);
  }
  const auto prover = prove::Prover::Make(plan.value(), options);
  if (!prover.ok()) return prover.error().message;
  if (!check.empty()) {
    std::vector<prove::Standing> answers = prove::ProveStanding(prover.value());
    std::erase_if(answers, [&](const prove::Standing& one) { return report::CheckName(one.check) != check; });
    return report::StandingText(plan.value(), prover.value().program(), answers, 100);
  }
  std::vector<prove::Proof> proofs;
  for (const prove::Question& question : prover.value().Questions())
    proofs.push_back(prover.value().Prove(question));
  return report::ProofText(plan.value(), prover.value().program(), proofs, options, {});
}

class Prove : public testing::TestWithParam<fs::path> {};

TEST_P(Prove, SaysWhatThePageExpects) {
  std::ifstream in(GetParam(), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::string open = "\n```expect\n";
  const std::size_t at = text.find(open);
  ASSERT_NE(at, std::string::npos) << "no ```expect block";
  const std::size_t begin = at + open.size();
  const std::size_t end = text.find("```\n", begin);
  ASSERT_NE(end, std::string::npos);
  const std::string said = Say(text.substr(0, at), "");
  if (std::getenv("UPDATE_EXPECT") != nullptr) {
    std::ofstream(GetParam(), std::ios::binary) << text.substr(0, begin) << said << text.substr(end);
    return;
  }
  EXPECT_EQ(text.substr(begin, end - begin), said) << "rerun with UPDATE_EXPECT=1 if the new text is right";
}

// What stands in the n-th block that opens so, and where.
struct Block {
  std::size_t begin = std::string::npos, end = std::string::npos;
  bool ok() const { return begin != std::string::npos; }
};
Block FindBlock(const std::string& text, const std::string& open, int n) {
  Block block;
  std::size_t at = 0;
  for (int i = 0; i <= n; ++i) {
    at = text.find("\n```" + open + "\n", at);
    if (at == std::string::npos) return {};
    block.begin = at + open.size() + 5;
    block.end = text.find("```\n", block.begin);
    at = block.end;
  }
  return block;
}

// The page with each line after "- " replaced by the one after "+ " of the same place in order.
std::string Changed(std::string page, const std::string& change) {
  std::istringstream in(change);
  std::vector<std::string> old, now;
  for (std::string line; std::getline(in, line);)
    (line[0] == '-' ? old : now).push_back(line.substr(2) + "\n");
  EXPECT_EQ(old.size(), now.size());
  for (std::size_t i = 0; i < old.size(); ++i) {
    const std::size_t at = page.find(old[i]);
    EXPECT_NE(at, std::string::npos) << "no line " << old[i];
    if (at != std::string::npos) page.replace(at, old[i].size(), now[i]);
  }
  return page;
}

class Standing : public testing::TestWithParam<fs::path> {};

TEST_P(Standing, SaysWhatThePageExpects) {
  std::ifstream in(GetParam(), std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::string check = GetParam().stem().string();
  ASSERT_TRUE(FindBlock(text, "expect", 0).ok() && FindBlock(text, "change", 0).ok());
  const std::string page = text.substr(0, FindBlock(text, "expect", 0).begin);
  // The page as it stands, then with each of the changes alone.
  for (int n = 0;; ++n) {
    const Block change = n == 0 ? Block{} : FindBlock(text, "change", n - 1);
    if (n > 0 && !change.ok()) break;
    const std::string said =
        Say(n == 0 ? page : Changed(page, text.substr(change.begin, change.end - change.begin)), check);
    const Block expect = FindBlock(text, "expect", n);
    ASSERT_TRUE(expect.ok()) << "a change without what is expected of it";
    if (std::getenv("UPDATE_EXPECT") != nullptr) {
      text.replace(expect.begin, expect.end - expect.begin, said);
      continue;
    }
    EXPECT_EQ(text.substr(expect.begin, expect.end - expect.begin), said);
    const bool holds = said.find("standing  ") == std::string::npos;
    EXPECT_EQ(holds, n == 0) << "before a change it holds, after it not";
    EXPECT_EQ(said.find("not so of") == std::string::npos, n == 0);
  }
  if (std::getenv("UPDATE_EXPECT") != nullptr) std::ofstream(GetParam(), std::ios::binary) << text;
}

std::vector<fs::path> Files(const char* folder) {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(fs::path(LAWBOUND_ROOT) / folder))
    all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

std::string NameOf(const testing::TestParamInfo<fs::path>& page) {
  std::string name = page.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Pages, Prove, testing::ValuesIn(Files("tests/prove")), NameOf);
INSTANTIATE_TEST_SUITE_P(Pages, Standing, testing::ValuesIn(Files("tests/standing")), NameOf);

}  // namespace
}  // namespace lawbound
