// Runs every tests/drawing/*.md: a pack, and an ```expect block with its pictures, in words and as Graphviz
// is told them, in English and in Chinese.  UPDATE_EXPECT=1 writes that block anew; read the difference
// before you commit it.
#include "report/drawing.h"

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
#include "fmt/format.h"
#include "prove/order.h"
#include "prove/prove.h"
#include "syntax/syntax.h"

namespace lawbound {
namespace {

namespace fs = std::filesystem;
using report::Drawing;
using report::Layout;

std::vector<Drawing> Draw(const std::string& page, const std::string& language) {
  const auto calendars = calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
  EXPECT_TRUE(calendars.ok());
  source::Sources sources;
  source::Diagnostics diagnostics;
  const std::vector files = {sources.Add("pack.md", page)};
  const syntax::Tree tree = syntax::Parse(sources, files, diagnostics);
  const auto compiled = check::Compile(tree, sources, {.calendars = calendars.value().names()}, diagnostics);
  EXPECT_TRUE(compiled) << diagnostics.Render(sources);
  if (!compiled) return {};
  const auto plan = engine::Plan::Make(compiled->program, calendars.value(), {});
  EXPECT_TRUE(plan.ok());
  prove::Options options{.limits = {}, .day = prove::LawInForce(compiled->program)};
  for (const check::Example& example : compiled->examples) options.examples.push_back(example.batch);
  const auto mentions = prove::FindMentions(compiled->program, calendars.value(), options);
  EXPECT_TRUE(mentions.ok());
  const auto prover = prove::Prover::Make(plan.value(), options);
  EXPECT_TRUE(prover.ok());
  std::vector<prove::Proof> proofs;
  for (const prove::Question& question : prover.value().Questions())
    proofs.push_back(prover.value().Prove(question));
  return report::MakeDrawings({.plan = plan.value(),
                               .tree = tree,
                               .sources = sources,
                               .mentions = mentions.value(),
                               .proofs = proofs,
                               .language = language,
                               .day = options.day});
}

std::string Say(const std::string& page) {
  std::string said;
  for (const std::string language : {"en", "zh"}) {
    for (const Drawing& drawing : Draw(page, language)) {
      said += fmt::format("== {} ({}): {}\n", drawing.name, language, drawing.title);
      for (const std::string& words : drawing.words) said += words + "\n";
      if (language == "en") said += report::DotText(drawing);
    }
  }
  return said;
}

class Drawings : public testing::TestWithParam<fs::path> {};

TEST_P(Drawings, AreWhatThePageExpects) {
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
  EXPECT_EQ(said, text.substr(begin, end - begin));
}

std::vector<fs::path> Pages() {
  std::vector<fs::path> pages;
  for (const auto& entry : fs::directory_iterator(LAWBOUND_ROOT "/tests/drawing")) {
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}
INSTANTIATE_TEST_SUITE_P(Pages, Drawings, testing::ValuesIn(Pages()), [](const auto& one) {
  std::string name = one.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

// Two acts and one arrow.
Drawing Small() {
  Drawing drawing;
  drawing.title = "Small";
  drawing.boxes = {{.lines = {"One <b>"}, .small = {"Office"}}, {.lines = {"Two"}, .small = {"Party"}}};
  drawing.arrows = {{0, 1, Drawing::Arrow::Kind::kAlways}};
  return drawing;
}
constexpr std::string_view kPlain =
    "graph 1 2 3\nnode n0 1 2.5 1 0.5 \"\" solid box black lightgrey\nnode n1 1 0.5 1 0.5 \"\" solid box "
    "black lightgrey\n"
    "edge n0 n1 4 1 2 1 1.8 1 1.2 1 1 solid black\nstop\n";

TEST(DrawingLayout, IsReadFromWhatDotAnswers) {
  const auto layout = report::ReadLayout(Small(), kPlain);
  ASSERT_TRUE(layout.ok());
  EXPECT_EQ(layout.value().width, 144);
  EXPECT_EQ(layout.value().boxes[0].y, 36);  // from above
  ASSERT_EQ(layout.value().arrows[0].size(), 4u);
  const std::string svg = report::DrawingFile(Small(), layout.value(), "en");
  EXPECT_NE(svg.find("One &lt;b&gt;"), std::string::npos) << svg;
  EXPECT_NE(svg.find("<title id=\"d0-title\">Small</title>"), std::string::npos) << svg;
  EXPECT_NE(svg.find("role=\"img\""), std::string::npos);
}

TEST(DrawingLayout, IsRefusedWhenItIsNotWholeOrNotOfThisDrawing) {
  const std::string plain(kPlain);
  const auto without = [&](std::string_view what, std::string_view instead) {
    std::string text = plain;
    return text.replace(text.find(what), what.size(), instead);
  };
  for (const std::string& bad :
       {std::string(), std::string("stop\n"), without("stop\n", ""), without("node n1", "node n2"),
        without("edge n0 n1 4", "edge n0 n1 5"), without("edge n0 n1 4", "edge n0 n1 99999999999999999999"),
        without("edge n0 n1", "edge n1 n0"), without("1 2.5", "1 nan"), without("1 2.5", "1 inf"),
        without("graph 1 2 3", "graph 1 2"), without("1.2 1 1 solid", "solid")})
    EXPECT_FALSE(report::ReadLayout(Small(), bad).ok()) << bad;
}

}  // namespace
}  // namespace lawbound
