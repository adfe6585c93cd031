// The page of a pack, and what of a statute it carries.
#include "report/pack_page.h"

#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "check/check.h"
#include "report/coverage.h"
#include "report/html.h"
#include "report/inline_text.h"
#include "syntax/syntax.h"

namespace lawbound::report {
namespace {

constexpr std::string_view kPage = R"(# Requests

Whoever asks gets an answer | in time.

- Thirty days,
  never more.

```lawbound
pack test/requests "Requests for <files>" @en "申请" @zh
counted by plain
instrument L "Act on requests" @en "申请法" @zh statute seen
counting plain under L 9
  calendar italy
role office "Office": body
role applicant "Applicant" @en "申请人" @zh: person
act ask "Request" @en by applicant under L 1
act answer "Answer" @en by office to applicant on ask under L 2(1)
rule in-time "In time" @en under L 2
  office must answer within 30 days of ask
guarantee doable: after ask, office can answer
example "asked & answered"
  2024-03-01 ask by Rossi -> lawful
```
)";

struct Loaded {
  source::Sources sources;
  std::vector<source::FileId> files;
  std::optional<check::Compiled> compiled;
  explicit Loaded(std::string_view text = kPage) {
    source::Diagnostics diagnostics;
    files = {sources.Add("pack.md", std::string(text))};
    const syntax::Tree tree = syntax::Parse(sources, files, diagnostics);
    compiled = check::Compile(tree, sources, {.calendars = {"italy"}}, diagnostics);
    EXPECT_TRUE(compiled) << diagnostics.Render(sources);
  }
};

TEST(PackPage, HasProseActsRulesRemediesAndExamples) {
  const Loaded pack;
  std::ostringstream out;
  WritePackMarkdown(
      {.compiled = *pack.compiled, .sources = pack.sources, .pages = pack.files, .language = "en"}, out);
  const std::string page = out.str();
  EXPECT_TRUE(page.starts_with("# Requests for <files>\n"));
  EXPECT_NE(
      page.find("## Requests\n\nWhoever asks gets an answer | in time.\n\n- Thirty days, never more.\n"),
      std::string::npos)
      << page;
  EXPECT_NE(page.find("| Answer | Office | Applicant | Request |  | L 2(1) (seen) |\n"), std::string::npos)
      << page;
  EXPECT_NE(page.find("Office must do: “Answer”, within 30 days from “Request”.\n"), std::string::npos)
      << page;
  EXPECT_NE(page.find("| Answer |  | that it gives reasons;"), std::string::npos) << page;
  EXPECT_NE(page.find("- doable: after Request, Office can do Answer\n"), std::string::npos) << page;
  EXPECT_NE(page.find("```text\n2024-03-01 ask by Rossi -> lawful\n```\n"), std::string::npos) << page;
  EXPECT_EQ(page.find("pack test/requests \"Requests"), std::string::npos);
}

TEST(PackPage, AsHtmlEscapesWhatAuthorsWrite) {
  const Loaded pack;
  std::ostringstream out;
  WritePackHtml({.compiled = *pack.compiled, .sources = pack.sources, .pages = pack.files, .language = "zh"},
                out);
  const std::string page = out.str();
  EXPECT_NE(page.find("<h1 lang=\"zh\">申请</h1>"), std::string::npos) << page;
  EXPECT_NE(page.find("asked &amp; answered"), std::string::npos);
  EXPECT_EQ(page.find("asked & answered"), std::string::npos);
}

// A pack of shared words may have no act and no rule; its prose may begin with its title.
TEST(PackPage, HeadingsGoDownOneByOneAndNoneIsEmpty) {
  const Loaded pack(
      "# Words\n\nWhat others use.\n\n## How days are counted\n\nAs written.\n\n"
      "```lawbound\npack test/words \"Words\" @en\nrole office \"Office\": body\n```\n");
  std::ostringstream out;
  WritePackMarkdown(
      {.compiled = *pack.compiled, .sources = pack.sources, .pages = pack.files, .language = "en"}, out);
  const std::string page = out.str();
  EXPECT_TRUE(page.starts_with("# Words\n"));
  EXPECT_EQ(page.find("# Words", 1), std::string::npos) << page;
  EXPECT_NE(page.find("\n## How days are counted\n"), std::string::npos) << page;
  EXPECT_EQ(page.find("Who may do what"), std::string::npos) << page;
  EXPECT_EQ(page.find("## Rules"), std::string::npos) << page;
}

std::string Inline(std::string_view text) {
  std::ostringstream out;
  Html html(out);
  WriteInline(text, html);
  return out.str();
}

TEST(PackPage, ProseKeepsItsSigns) {
  EXPECT_EQ(
      Inline("**Read** *this* `a*b` & [that](https://x.org/y)."),
      "<strong>Read</strong> <em>this</em> <code>a*b</code> &amp; <a href=\"https://x.org/y\">that</a>.");
  EXPECT_EQ(Inline("2 * 3 = 6 [sic] `open [beside](../law.md) ** **"), "2 * 3 = 6 [sic] `open beside ** **");
  EXPECT_EQ(Inline("[x](javascript:y) [z](javascript:alert(1))"), "x [z](javascript:alert(1))");
}

const IndexFile kIndex = {.name = "90-limits.tsv",
                          .text =
                              "statute\tarticle\tparagraph\tnumber\n"
                              "07-申请法-2020\t2\t1\t30\n"
                              "07-申请法-2020\t2\t3\t5\n"
                              "07-申请法-2020\t22\t1\t5\n"
                              "08-另一法\t1\t1\t5\n"};
const IndexFile kTable = {
    .name = "07-act.md",
    .text =
        "# 07 Act (申请法)\n\n| ID | Art. | Who |\n|---|---|---|\n| R-ASK | 1, 3 | x |\n"
        "| R-FEE | 5 | x |\n\n| Kind | Art. |\n|---|---|\n| no | 9 |\n"};

TEST(Coverage, SaysRowByRowWhatTheyHave) {
  const Loaded pack;
  const auto coverage = FindCoverage(*pack.compiled, {kIndex, kTable},
                                     "index\trow\tprovision\treason\n90-limits\t3\tL 22(1)\tother body\n"
                                     "07-act\tR-FEE\tL 5\tcarried in-time\n"
                                     "07-act\t2.1\tL 9\tcarried ../table.tsv\n",
                                     [](const std::string& path) { return path == "../table.tsv"; });
  ASSERT_TRUE(coverage.ok()) << coverage.error().message;
  const std::vector<CoverageRow>& rows = coverage.value().rows;
  ASSERT_EQ(rows.size(), 7u);
  EXPECT_TRUE(rows[0].rule && rows[0].guarantee && !rows[0].example);  // 2(1): the act and the rule
  EXPECT_TRUE(rows[1].rule);   // 2(3): the rule cites the whole article
  EXPECT_FALSE(rows[2].rule);  // 22 is not 2
  EXPECT_EQ(rows[2].reason, "other body");
  EXPECT_FALSE(rows[3].own);                     // another statute's
  EXPECT_TRUE(rows[4].rule && rows[4].example);  // R-ASK
  EXPECT_EQ(rows[5].carrier, "in-time");         // R-FEE
  EXPECT_EQ(rows[6].row, "2.1");                 // the second table has no IDs
  std::ostringstream out;
  WriteCoverage(coverage.value(), out);
  EXPECT_NE(out.str().find("07-act R-FEE: 5: carried by in-time\n"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("statutes that this pack does not cite: 1\n"), std::string::npos) << out.str();
}

// Of several packs each row is asked of all of them; what a statute that nobody cites says is open.
TEST(Coverage, OfSeveralPacksWhatNoneHasIsOpen) {
  const Loaded pack;
  const auto none = [](const std::string&) { return false; };
  const auto without = FindCoverage(*pack.compiled, {kTable}, "", none);
  const auto with = FindCoverage(*pack.compiled, {kTable},
                                 "index\trow\tprovision\treason\n07-act\tR-FEE\tL 5\trepealed\n"
                                 "07-act\t2.1\tL 9\tother body\n",
                                 none);
  ASSERT_TRUE(without.ok() && with.ok());
  std::ostringstream one, both;
  EXPECT_FALSE(WriteCoverageOfAll({without.value(), without.value()}, one));
  EXPECT_TRUE(WriteCoverageOfAll({without.value(), with.value()}, both));
  EXPECT_TRUE(one.str().starts_with("07-act: 3 rows; carried 2, with a reason 0, open 1\n")) << one.str();
  EXPECT_NE(both.str().find("07-act R-FEE: 5: test/requests: repealed\n"), std::string::npos) << both.str();
}

TEST(Coverage, AReasonIsOneOfFour) {
  const Loaded pack;
  const auto none = [](const std::string&) { return false; };
  const std::string head = "index\trow\tprovision\treason\n90-limits\t3\tL 22\t";
  for (const char* reason : {"not machine-checkable", "other body", "repealed", "needs datum age"})
    EXPECT_TRUE(FindCoverage(*pack.compiled, {kIndex}, head + reason + "\n", none).ok()) << reason;
  const auto wrong = FindCoverage(*pack.compiled, {kIndex}, head + "too hard\n", none);
  ASSERT_FALSE(wrong.ok());
  const auto lost =
      FindCoverage(*pack.compiled, {kIndex}, "h\n90-limits\t4\tL 1\trepealed\n", none);  // another statute's
  ASSERT_FALSE(lost.ok());
  EXPECT_EQ(lost.error().message, "coverage.tsv:2: '90-limits' has no row 4 of a statute of this pack");
  const auto nobody = FindCoverage(*pack.compiled, {kIndex}, head + "carried nobody\n", none);
  ASSERT_FALSE(nobody.ok());
  EXPECT_NE(nobody.error().message.find("the pack declares no 'nobody'"), std::string::npos);
  EXPECT_NE(wrong.error().message.find("coverage.tsv:2:"), std::string::npos);
  EXPECT_FALSE(FindCoverage(*pack.compiled, {{.name = "x.tsv", .text = "a\tb\n"}}, "", none).ok());
}

}  // namespace
}  // namespace lawbound::report
