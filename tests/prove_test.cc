// Runs every tests/prove/*.md: a pack with guarantees, and an ```expect block with what `lawbound prove` says
// of it. UPDATE_EXPECT=1 writes that block anew; read the difference before you commit it.
#include "prove/prove.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "calendar/calendar.h"
#include "check/check.h"
#include "report/proof.h"
#include "syntax/syntax.h"

namespace lawbound {
namespace {

namespace fs = std::filesystem;

std::string Say(const std::string& page) {
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
  const prove::Options options{.limits = {}, .day = prove::LawInForce(compiled->program)};
  const auto prover = prove::Prover::Make(plan.value(), options);
  if (!prover.ok()) return prover.error().message;
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
  const std::string said = Say(text.substr(0, at));
  if (std::getenv("UPDATE_EXPECT") != nullptr) {
    std::ofstream(GetParam(), std::ios::binary) << text.substr(0, begin) << said << text.substr(end);
    return;
  }
  EXPECT_EQ(text.substr(begin, end - begin), said) << "rerun with UPDATE_EXPECT=1 if the new text is right";
}

std::vector<fs::path> Files() {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(LAWBOUND_ROOT "/tests/prove")) all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

INSTANTIATE_TEST_SUITE_P(Pages, Prove, testing::ValuesIn(Files()), [](const auto& page) {
  std::string name = page.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace lawbound
