// What a person is told when a rule was broken or cannot be told: tests/explain/*.md, one page for each group
// of rule forms.  A page is a pack with examples and one ```expect block: the explanation of each example, as
// `lawbound explain` prints it.  UPDATE_EXPECT=1 writes that block anew; read it before you commit it.
//
// Beside each page stand its last example as JSON and as HTML, with what may be done next (page.json,
// page.html): the same words from the same tree, which a test compares.
//
// Two things hold for every page, whatever it says: outside of what is quoted as written in the pack, no
// explanation speaks the language of packs; and it tells of a breach, a day, the sum of a term and a cure.
#include "engine/explain.h"

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
#include "report/html.h"
#include "report/json.h"
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
        .voice = {}, .as_of = example.steps.back().day, .people = true, .width = width};
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

// What is broken is told with rule, provision, day and cure, and with its sum where a term stands behind it.
void ExpectWhole(const report::ToldOutcome& told) {
  if (told.outcome.finding != model::Finding::kBroken) return;
  const report::Account& account = told.account;
  EXPECT_FALSE(account.rule.empty());
  EXPECT_FALSE(account.provisions.empty()) << account.rule;
  EXPECT_FALSE(account.reasons.empty()) << account.rule;
  EXPECT_FALSE(account.cure.empty()) << account.rule << ": " << account.sentence;
  const bool late =
      told.outcome.ground == model::Ground::kDuty || told.outcome.ground == model::Ground::kLate;
  const auto sums = [](const report::Reason& reason) { return reason.text.starts_with("Term: "); };
  EXPECT_EQ(late, late && std::any_of(account.reasons.begin(), account.reasons.end(), sums)) << account.rule;
}

// The examples of a page as JSON and as HTML, the first with what may be done in it next; and every sentence
// of that.
struct Forms {
  std::string json, html;
  std::vector<std::string> sentences;

  void Hear(const std::vector<report::Reason>& reasons) {
    for (const report::Reason& reason : reasons) {
      sentences.push_back(reason.text);
      Hear(reason.parts);
    }
  }
  void Hear(const std::vector<report::ToldOutcome>& outcomes) {
    for (const report::ToldOutcome& told : outcomes) {
      const report::Account& account = told.account;
      sentences.push_back(account.headline);
      Hear(account.reasons);
      for (const auto* lines : {&account.provisions, &account.marks, &account.follows, &account.cure})
        sentences.insert(sentences.end(), lines->begin(), lines->end());
    }
  }

  explicit Forms(const std::string& page) {
    source::Sources sources;
    source::Diagnostics diagnostics;
    const std::vector<source::FileId> files = {sources.Add("pack.md", page)};
    const auto compiled = check::Compile(syntax::Parse(sources, files, diagnostics), sources,
                                         {.calendars = AllCalendars().names()}, diagnostics);
    const auto plan = engine::Plan::Make(compiled->program, AllCalendars(), {});
    report::ExplanationReport report{
        .plan = plan.value(), .title = "A pack", .language = {}, .cases = {}, .next = {}};
    for (const check::Example& example : compiled->examples) {
      const model::History history = example.batch.history(0);
      const report::CaseTextOptions options{.voice = {}, .as_of = example.steps.back().day};
      report.cases.push_back(report::TellCase(plan.value(), history, options));
      for (const report::ToldEvent& event : report.cases.back().events) {
        sentences.push_back(event.text);
        Hear(event.outcomes);
        for (const report::ToldOutcome& told : event.outcomes) ExpectWhole(told);
      }
      if (!report.next.empty()) continue;
      constexpr std::int32_t kReach = 400;
      const auto possible = engine::WhatNext(plan.value(), history, options.as_of, kReach);
      report.next.push_back(report::TellNext(plan.value(), history, possible, kReach, options));
      for (const report::ToldPossibility& act : report.next[0].acts) {
        sentences.push_back(act.when);
        sentences.insert(sentences.end(), act.openers.begin(), act.openers.end());
        Hear(act.in_the_way);
      }
    }
    std::ostringstream as_json, as_html;
    report::WriteExplanationJson(report, as_json);
    report::WriteExplanationHtml(report, as_html);
    json = as_json.str();
    html = as_html.str();
  }
};

void ExpectFile(const fs::path& path, const std::string& said) {
  if (std::getenv("UPDATE_EXPECT") != nullptr) {
    std::ofstream(path, std::ios::binary) << said;
    return;
  }
  EXPECT_EQ(Slurp(path), said) << path << ": rerun with UPDATE_EXPECT=1 if the new text is right";
}

TEST_P(ExplainTest, SaysTheSameAsJsonAndHtml) {
  const Forms forms(Slurp(GetParam()));
  ExpectFile(fs::path(GetParam()).replace_extension(".json"), forms.json);
  // The style sheet is the report's, and is not what this is about.
  std::string page = forms.html;
  const std::size_t begin = page.find("<style>"), end = page.find("</style>");
  ASSERT_NE(begin, std::string::npos);
  page.replace(begin, end - begin, "<style>");
  ExpectFile(fs::path(GetParam()).replace_extension(".html"), page);
  // Dates are kept on one line by an element around them.
  std::string read = std::regex_replace(forms.html, std::regex("<span class=\"day\">([0-9-]*)</span>"), "$1");
  EXPECT_GT(forms.sentences.size(), 10U);
  for (const std::string& sentence : forms.sentences) {
    std::ostringstream text;
    report::JsonWriter(text).Text(sentence);
    EXPECT_NE(forms.json.find(text.str()), std::string::npos) << sentence;
    EXPECT_NE(read.find(report::EscapeHtml(sentence)), std::string::npos) << sentence;
  }
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
