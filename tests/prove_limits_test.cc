// Packs built to explode: proving one stops at the limit that is met first, says "not decided", how far it
// came and what to bound.  Nothing that was cut short is ever called proved.
#include <array>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "calendar/calendar.h"
#include "check/check.h"
#include "fmt/format.h"
#include "prove/explore.h"
#include "prove/prove.h"
#include "report/proof.h"
#include "syntax/syntax.h"

namespace lawbound {
namespace {

using prove::Doubt;
using prove::Result;

// `steps` acts in any order, each twice, each with a time of its own; the last waits for all of them, so no
// one sentence proves anything of it.
std::string ManyActs(std::size_t steps) {
  std::string page =
      "```lawbound\npack test/many\ncounted by plain\ninstrument L \"Law\" statute\ncounting plain under L "
      "1\n"
      "  calendar italy\nrole office \"Office\": body\nrole party \"Party\": person\n";
  std::string all;
  for (std::size_t i = 0; i < steps; ++i) {
    page += fmt::format("act step-{0} \"Step {0}\" by office under L 1\n  heavy: yes-no\n", i);
    page += fmt::format("term time-{0}: {1} days from step-{0} under L 1\n", i, i + 3);
    all += fmt::format("{}count of step-{} = 2 and time-{} is over", i == 0 ? "" : " and ", i, i);
  }
  return page +
         "act end \"The end\" by office to party under L 1\nrule all \"All\" under L 1\n  end only if " +
         all + "\nguarantee never-early: never end unless " + all + " and step-0.heavy\n```\n";
}

// One act whose fields the rules compare with many numbers.
std::string ManyWays(std::size_t fields) {
  std::string page =
      "```lawbound\npack test/ways\ncounted by plain\ninstrument L \"Law\" statute\ncounting plain under L "
      "1\n"
      "  calendar italy\nrole office \"Office\": body\nrole party \"Party\": person\n"
      "act measure \"Measured\" by office under L 1\n";
  std::string all;
  for (std::size_t i = 0; i < fields; ++i) {
    page += fmt::format("  f{}: whole\n", i);
    all += fmt::format("{}(measure.f{} > 10 or measure.f{} = 5 or measure.f{} < 2)", i == 0 ? "" : " and ", i,
                       i, i);
  }
  return page +
         "act end \"The end\" by office to party under L 1\nrule all \"All\" under L 1\n  end only if " +
         all + "\nguarantee measured: never end unless " + all + " and measure.f0 > 1\n```\n";
}

struct Said {
  prove::Proof proof;
  std::string text;
};

Said Prove(const std::string& page, const prove::Limits& limits) {
  const auto calendars = calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
  EXPECT_TRUE(calendars.ok());
  source::Sources sources;
  source::Diagnostics diagnostics;
  const std::array files = {sources.Add("pack.md", page)};
  const syntax::Tree tree = syntax::Parse(sources, files, diagnostics);
  const auto compiled = check::Compile(tree, sources, {.calendars = calendars.value().names()}, diagnostics);
  EXPECT_TRUE(compiled) << diagnostics.Render(sources);
  if (!compiled) return {};
  const auto plan = engine::Plan::Make(compiled->program, calendars.value(), {});
  EXPECT_TRUE(plan.ok());
  const prove::Options options{.limits = limits, .day = prove::LawInForce(compiled->program)};
  const auto prover = prove::Prover::Make(plan.value(), options);
  EXPECT_TRUE(prover.ok());
  const prove::Question question = prover.value().Questions().front();
  const double begun = prove::SecondsSpent();
  Said said{.proof = prover.value().Prove(question), .text = {}};
  // A question ends near its limit: what is looked at last may take as long again, never ten times.
  EXPECT_LT(prove::SecondsSpent() - begun, 10 * limits.seconds + 5);
  said.text = report::ProofText(plan.value(), prover.value().program(), {said.proof}, options, {});
  return said;
}

TEST(ProveLimits, TooManyStatesAreNotDecidedAndSaid) {
  const Said said = Prove(ManyActs(8), {.states = 500, .megabytes = 1'024, .seconds = 60, .repeats = 2});
  EXPECT_EQ(said.proof.result, Result::kNotDecided);
  EXPECT_EQ(said.proof.doubt, Doubt::kStates);
  EXPECT_GE(said.proof.states, 500u);
  EXPECT_LT(said.proof.states, 1'000u);
  EXPECT_EQ(said.proof.followed.terms, 8u);
  EXPECT_NE(said.text.find("the limit of 500 states was reached (--states)"), std::string::npos) << said.text;
  EXPECT_NE(said.text.find("to bound it"), std::string::npos) << said.text;
  EXPECT_NE(said.text.find("8 times"), std::string::npos) << said.text;
}

TEST(ProveLimits, TooMuchMemoryIsNotDecidedAndSaid) {
  const Said said = Prove(ManyActs(12), {.states = 100'000'000, .megabytes = 2, .seconds = 60, .repeats = 2});
  EXPECT_EQ(said.proof.result, Result::kNotDecided);
  EXPECT_EQ(said.proof.doubt, Doubt::kMemory);
  EXPECT_GT(said.proof.states, 1'000u);
  EXPECT_NE(said.text.find("the limit of 2 MB of memory was reached (--memory)"), std::string::npos)
      << said.text;
  EXPECT_NE(said.text.find("to bound it"), std::string::npos) << said.text;
}

TEST(ProveLimits, TooMuchTimeIsNotDecidedAndSaid) {
  const Said said =
      Prove(ManyActs(12), {.states = 100'000'000, .megabytes = 1'024, .seconds = 0.3, .repeats = 2});
  EXPECT_EQ(said.proof.result, Result::kNotDecided);
  EXPECT_EQ(said.proof.doubt, Doubt::kTime);
  EXPECT_NE(said.text.find("the limit of 0.3 seconds was reached (--seconds)"), std::string::npos)
      << said.text;
}

TEST(ProveLimits, TooManyWaysOfOneActAreNotDecidedAndNamed) {
  const Said said = Prove(ManyWays(9), {.states = 200, .megabytes = 1'024, .seconds = 0.3, .repeats = 2});
  EXPECT_EQ(said.proof.result, Result::kNotDecided);
  EXPECT_NE(said.text.find("“Measured” alone in"), std::string::npos) << said.text;
  EXPECT_NE(said.text.find("let rules compare fewer of its fields"), std::string::npos) << said.text;
}

TEST(ProveLimits, WhatFitsIsProved) {
  const std::string page = ManyActs(1);
  const std::size_t at = page.find(" and step-0.heavy");
  ASSERT_NE(at, std::string::npos);
  const Said said = Prove(page.substr(0, at) + "\n```\n", {});
  EXPECT_EQ(said.proof.result, Result::kProved) << said.text;
}

}  // namespace
}  // namespace lawbound
