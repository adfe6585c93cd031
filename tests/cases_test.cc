// The conformance cases (tests/cases/*.md, one pack a page) and the shipped packs (packs/**, one pack a
// folder): each reads without a mistake or a warning (but C145), is in the one layout, and every answer its
// examples want comes out.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "calendar/calendar.h"
#include "check/check.h"
#include "check/use.h"
#include "report/examples.h"
#include "support/used_pages.h"
#include "syntax/syntax.h"

namespace lawbound {
namespace {

namespace fs = std::filesystem;

struct Pack {
  std::string name;  // for the test's name
  std::vector<fs::path> pages;
};

std::string Slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Pack> Packs() {
  std::map<std::string, std::vector<fs::path>> found;
  const auto collect = [&](const fs::path& root, bool page_is_pack) {
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".md") continue;
      const fs::path owner = page_is_pack ? entry.path() : entry.path().parent_path();
      found[fs::relative(owner, LAWBOUND_ROOT).string()].push_back(entry.path());
    }
  };
  collect(LAWBOUND_ROOT "/tests/cases", true);
  collect(LAWBOUND_ROOT "/packs", false);
  std::vector<Pack> packs;
  for (auto& [name, pages] : found) {
    std::sort(pages.begin(), pages.end());
    packs.push_back({.name = name, .pages = std::move(pages)});
  }
  return packs;
}

const calendar::Calendars& AllCalendars() {
  static const base::Result<calendar::Calendars> calendars =
      calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
  return calendars.value();
}

std::string At(const source::Sources& sources, const source::Span& span) {
  const source::Place place = sources.Locate(span.file, span.begin);
  return sources.file(span.file).name + ":" + std::to_string(place.line);
}

class CasesTest : public testing::TestWithParam<Pack> {};

TEST_P(CasesTest, EveryWantedAnswerComesOut) {
  source::Sources sources;
  source::Diagnostics diagnostics;
  std::vector<source::FileId> files;
  for (const fs::path& page : GetParam().pages) files.push_back(sources.Add(page.string(), Slurp(page)));
  const syntax::Tree tree = check::JoinUsed(syntax::Parse(sources, files, diagnostics), sources,
                                            support::PagesBelow(sources), diagnostics);
  const check::CheckOptions options{.calendars = AllCalendars().names()};
  const auto compiled = check::Compile(tree, sources, options, diagnostics);
  // A case may show what cannot be told until somebody finds it.
  const auto only_told = [](const source::Diagnostic& one) { return one.code == "C145"; };
  EXPECT_TRUE(std::all_of(diagnostics.all().begin(), diagnostics.all().end(), only_told))
      << diagnostics.Render(sources);
  ASSERT_TRUE(compiled);
  for (const source::FileId file : files) EXPECT_EQ(syntax::Format(sources, file), sources.file(file).text);

  const auto results = report::RunExamples(*compiled, AllCalendars());
  ASSERT_TRUE(results.ok()) << results.error().message;
  // A pack of shared words has nothing to answer.
  EXPECT_FALSE(results.value().empty() && !compiled->program.rules.empty())
      << "a pack without a wanted answer shows nothing";
  for (const report::ExampleResult& result : results.value()) {
    EXPECT_TRUE(result.met) << At(sources, result.span) << ": \"" << result.example
                            << "\"\n  wanted: " << result.wanted << "\n  got:    " << result.got;
  }
}

INSTANTIATE_TEST_SUITE_P(All, CasesTest, testing::ValuesIn(Packs()), [](const auto& pack) {
  std::string name = pack.param.name;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

// The packs that draft 1 of the language was tested with are packs of the project: each is among those above,
// with rules and with examples of its own (docs/decisions/0056).
TEST(WorkedPacks, EachIsAPackOfTheProject) {
  const std::vector<Pack> packs = Packs();
  for (const char* worked : {"prc/base", "prc/information-request", "prc/major-decision", "prc/penalty",
                             "prc/reconsideration", "de/permit", "it/traffic-fine"}) {
    const std::string path = std::string("packs/") + worked;
    const auto found =
        std::find_if(packs.begin(), packs.end(), [&](const Pack& p) { return p.name == path; });
    ASSERT_NE(found, packs.end()) << worked;
    std::string pages;
    for (const fs::path& page : found->pages) pages += Slurp(page);
    EXPECT_NE(pages.find(std::string("\npack ") + worked), std::string::npos) << worked;
    if (std::string_view(worked) == "prc/base") continue;  // words that the others share
    EXPECT_NE(pages.find("\nrule "), std::string::npos) << worked;
    EXPECT_NE(pages.find("\nexample "), std::string::npos) << worked;
  }
}

}  // namespace
}  // namespace lawbound
