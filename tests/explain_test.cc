// What a person is told when a rule was broken or cannot be told: tests/explain/*.md, one page for each group
// of rule forms.  A page is a pack with examples and one ```expect block: the explanation of each example, as
// `lawbound explain` prints it.  UPDATE_EXPECT=1 writes that block anew; read it before you commit it.
//
// Two things hold for every page, whatever it says: outside of what is quoted as written in the pack, no
// explanation speaks the language of packs; and it tells of a breach, a day, the sum of a term and a cure.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"

#include "calendar/calendar.h"
#include "check/check.h"
#include "engine/plan.h"
#include "report/case_text.h"
#include "syntax/syntax.h"

namespace lawbound {
namespace {

namespace fs = std::filesystem;

// Forms of the grammar that nobody says.  Words that law and language share (may, must, void, deemed) are
// fine.
constexpr std::array<std::string_view, 19> kOfTheLanguage = {
    "only if",  "unanswered", "so that",   "unless",      "governed by",   "overrides", "lapse of",
    "share no", "accrues",    "found by",  "presumed",    "is running",    "is idle",   "for each",
    "named in", "yes-no",     "is stayed", "has reasons", "promptly after"};

const calendar::Calendars& AllCalendars() {
  static const base::Result<calendar::Calendars> calendars =
      calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
  return calendars.value();
}

std::string Slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The explanations of all examples of a page, at most `width` columns wide.
std::string Explain(const std::string& page, std::size_t width) {
  source::Sources sources;
  source::Diagnostics diagnostics;
  const std::vector<source::FileId> files = {sources.Add("pack.md", page)};
  const auto compiled = check::Compile(syntax::Parse(sources, files, diagnostics), sources,
                                       {.calendars = AllCalendars().names()}, diagnostics);
  if (!compiled) return diagnostics.Render(sources);
  const auto plan = engine::Plan::Make(compiled->program, AllCalendars(), {});
  if (!plan.ok()) return plan.error().message;
  std::string all;
  for (const check::Example& example : compiled->examples) {
    const report::CaseTextOptions options{
        .language = {}, .as_of = example.steps.back().day, .people = true, .width = width};
    all += (all.empty() ? "" : "\n") + report::CaseText(plan.value(), example.batch.history(0), options);
  }
  return all;
}

class ExplainTest : public testing::TestWithParam<fs::path> {};

TEST_P(ExplainTest, SaysWhatItSaid) {
  const std::string text = Slurp(GetParam());
  const std::string open = "\n```expect\n";
  const std::size_t at = text.find(open);
  ASSERT_NE(at, std::string::npos) << "no ```expect block";
  const std::size_t begin = at + open.size();
  const std::size_t end = text.find("\n```\n", begin - 1) + 1;
  const std::string said = Explain(text.substr(0, begin) + text.substr(end), 100);
  if (std::getenv("UPDATE_EXPECT") != nullptr) {
    std::ofstream(GetParam(), std::ios::binary) << text.substr(0, begin) << said << text.substr(end);
    return;
  }
  EXPECT_EQ(text.substr(begin, end - begin), said) << "rerun with UPDATE_EXPECT=1 if the new text is right";
}

// Each line is one sentence here, so that what is quoted as written can be told apart.
std::vector<std::string> Sentences(const std::string& page) {
  std::vector<std::string> lines;
  std::istringstream in(Explain(page, 10000));
  for (std::string line; std::getline(in, line);) {
    if (line.find("As written: ") == std::string::npos) lines.push_back(line);
  }
  return lines;
}

TEST_P(ExplainTest, SpeaksNoLanguageOfPacks) {
  const std::regex title("“[^”]*”"), name("(^|[^a-z0-9])[a-z]+-[a-z]+");
  const std::string text = Slurp(GetParam());
  const std::size_t expect = text.find("\n```expect\n");
  for (const std::string& line : Sentences(text.substr(0, expect))) {
    const std::string own = std::regex_replace(line, title, "");
    for (const std::string_view form : kOfTheLanguage) EXPECT_EQ(own.find(form), std::string::npos) << line;
    EXPECT_FALSE(std::regex_search(own, name)) << "a name of the pack: " << line;
  }
}

TEST_P(ExplainTest, TellsOfBreachDaySumAndCure) {
  const std::string text = Slurp(GetParam());
  const std::string said = Explain(text.substr(0, text.find("\n```expect\n")), 10000);
  EXPECT_TRUE(std::regex_search(said, std::regex("Broken[^“]*“[^”]+”"))) << said;
  EXPECT_TRUE(std::regex_search(said, std::regex("[A-Z][a-z]{2} [0-9]{4}-[0-9]{2}-[0-9]{2}"))) << said;
  EXPECT_TRUE(std::regex_search(said, std::regex("Term: [0-9]+ (working days|days|hours|months?)"))) << said;
  EXPECT_NE(said.find("Cure: "), std::string::npos) << said;
}

std::vector<fs::path> Pages() {
  std::vector<fs::path> pages;
  for (const auto& entry : fs::directory_iterator(LAWBOUND_ROOT "/tests/explain")) {
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}

INSTANTIATE_TEST_SUITE_P(Pages, ExplainTest, testing::ValuesIn(Pages()), [](const auto& page) {
  std::string name = page.param.stem().string();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace lawbound
