#include "registry/powers.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "registry/import.h"
#include "registry/lint.h"

namespace lawbound::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

base::Day D(std::string_view text) { return base::ParseDay(text).value(); }

// Texts of our own; the registry takes a text's rank from its head.
constexpr std::string_view kLaw = R"(---
title: 灯笼法
published: 2020-01-01
commences: 2020-06-01
rank: law
territory: prc
---
第一条 灯笼应当亮。
第二条 违反第一条的，处五百元以下罚款。
第三条 灯笼登记应当在七日内办理，并可以扣押灯笼。
)";
constexpr std::string_view kRule = R"(---
title: 灯笼规定
published: 2021-01-01
commences: 2021-02-01
rank: department-rule
territory: prc
---
第一条 灯笼不挂好的，处罚款。
第二条 卖灯笼，领取许可证后方可经营。
)";
constexpr std::string_view kOld = R"(---
title: 灯油办法
published: 2010-01-01
commences: 2010-02-01
rank: administrative-regulation
territory: prc
---
第一条 灯油应当洁净。
)";
constexpr std::string_view kNewer = R"(---
title: 油料条例
published: 2022-01-01
commences: 2022-02-01
rank: administrative-regulation
territory: prc
---
第一条 油料应当洁净。
第二条 本条例自2022年2月1日起施行。《灯油办法》同时废止。
)";

class PowersTest : public ::testing::Test {
 protected:
  PowersTest() {
    folder_ = ::testing::TempDir() + "powers_test_" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ + "/texts");
    jurisdiction_ = Jurisdiction::Load(LAWBOUND_ROOT "/packs/prc/law").value();
    law_ = PowerLaw::Load(LAWBOUND_ROOT "/packs/prc/powers").value();
    int number = 0;
    for (const std::string_view text : {kLaw, kRule, kOld, kNewer})
      CHECK(base::WriteFile(folder_ + "/texts/" + std::to_string(number++) + ".md", text).ok());
    registry_ = std::make_unique<Registry>(
        Registry::Open(folder_ + "/law.registry", store::Database::Mode::kWrite).value());
    CHECK(Import(*registry_, jurisdiction_, folder_ + "/texts", {D("2022-06-01"), "", ""}).value().added ==
          4);
  }
  ~PowersTest() override {
    registry_.reset();
    std::filesystem::remove_all(folder_);
  }
  PowersTest(const PowersTest&) = delete;
  PowersTest& operator=(const PowersTest&) = delete;

  // "line fault: words" of a list in CSV; gaps left out unless asked for.
  std::vector<std::string> Check(std::string_view rows, bool gaps = false) {
    const std::string csv =
        "record,id,kind,holder,subject,basis,remedy,to,amount,of,delegate,published\n" + std::string(rows);
    const Table table = ParseCsv(csv, ',').value();
    std::vector<std::string> out;
    for (const PowerFinding& finding : CheckPowers(*registry_, jurisdiction_, law_, ReadPowers(law_, table),
                                                   D("2022-06-01"), D("2022-06-01"))
                                           .value()) {
      if ((finding.fault == PowerFault::kGap) != gaps) continue;
      out.push_back(std::to_string(finding.line) + " " + std::string(FaultWords(finding.fault)) + ": " +
                    finding.words);
    }
    return out;
  }

  std::vector<std::string> Lint(std::string_view draft, std::string rank) {
    std::vector<std::string> out;
    for (const LintFinding& finding :
         LintDraft(*registry_, jurisdiction_, law_, law::ReadText(jurisdiction_.grammar, draft),
                   {std::move(rank), "", "prc"}, D("2022-06-01"), D("2022-06-01"))
             .value()) {
      out.push_back(finding.path + " " + std::string(LintName(finding.kind)));
    }
    return out;
  }

  std::string folder_;
  Jurisdiction jurisdiction_;
  PowerLaw law_;
  std::unique_ptr<Registry> registry_;
};

TEST_F(PowersTest, APowerNeedsABasisInForceOfARankThatMayCreateIt) {
  EXPECT_THAT(Check(",A,fine,office,lantern,《灯笼法》第二条,appeal,,,,,\n"), IsEmpty());
  EXPECT_THAT(Check(",A,licence,office,lantern,《灯笼规定》第二条,appeal,,,,,\n"),
              ElementsAre("2 rank: 'licence' may not be created by 'department-rule': 行政许可法 art_17"));
  EXPECT_THAT(
      Check(",A,fine,office,lantern,《灯油办法》第一条,appeal,,,,,\n"),
      ElementsAre("2 basis: 灯油办法/art_1: no version of '灯油办法' is known to be in force on 2022-06-01"));
  EXPECT_THAT(
      Check(",A,fine,office,lantern,《灯笼法》第九条,appeal,,,,,\n"),
      ElementsAre("2 basis: 灯笼法/art_9: the version of '灯笼法' published 2020-01-01 has no 'art_9'"));
  EXPECT_THAT(Check(",A,fine,office,lantern,custom,appeal,,,,,\n"),
              ElementsAre("2 basis: 'custom' cites no provision"));
  // One basis that may create it is enough.
  EXPECT_THAT(Check(",A,seize,office,lantern,《灯笼法》第三条和《灯笼规定》第一条,appeal,,,,,\n"), IsEmpty());
}

TEST_F(PowersTest, CeilingsAndConditionsAreSaidWithTheirArticle) {
  EXPECT_THAT(Check(",A,fine,office,lantern,《灯笼规定》第一条,appeal,,200000,,,\n"),
              ElementsAre("2 ceiling: 200000 is more than department-rule may set, 100000 (from memory): "
                          "行政处罚法 art_13/para_2",
                          "2 condition: 'department-rule' may create 'fine' if no law or administrative "
                          "regulation governs the matter yet: 行政处罚法 art_13/para_2"));
}

TEST_F(PowersTest, DelegationsAndCredentialsHaveTermsAndLapse) {
  const std::string power = ",A,fine,office,lantern,《灯笼法》第二条,appeal,,,,,\n";
  const std::string seizing = ",B,seize,office,lantern,《灯笼法》第三条,appeal,,,,,\n";
  EXPECT_THAT(Check(power + "delegation,,,,,,,2026-01-01,,A,club,2022-01-01\n"), IsEmpty());
  EXPECT_THAT(
      Check(power + "delegation,,,,,,,,,A,,\n"),
      ElementsAre("3 delegation: it says to nobody", "3 delegation: it has no term: 行政处罚法 art_20/para_2",
                  "3 delegation: it has no day of publication: 行政处罚法 art_20/para_2"));
  EXPECT_THAT(Check(seizing + "delegation,,,,,,,2026-01-01,,B,club,2022-01-01\n"),
              ElementsAre("3 delegation: 'seize' may not be delegated: 行政强制法 art_17/para_1"));
  EXPECT_THAT(Check(power + "credential,K1,,,,,,2022-05-31,,A,,\ncredential,K2,,,,,,2023-05-31,,A,,\n"
                            "credential,K3,,,,,,2023-06-30,,A,,\ncredential,K4,,,,,,,,A,,\n"),
              ElementsAre("3 lapse: the credential ended on 2022-05-31",
                          "4 lapse: the credential ends on 2023-05-31", "6 missing: a credential's term"));
}

TEST_F(PowersTest, OverlapsGapsAndWhatIsNotUnderstood) {
  EXPECT_THAT(Check(",A,fine,office,lantern,《灯笼法》第二条,appeal,,,,,\n"
                    ",B,fine,town,lantern,《灯笼法》第二条,appeal,,,,,\n"),
              ElementsAre("3 overlap: line 2 gives it to 'office' too"));
  EXPECT_THAT(Check(",A,fine,office,lantern,《灯笼法》第二条,appeal,,,,,\n", true),
              ElementsAre("0 gap: '灯笼法' art_3 names seize, and no row rests on that"));
  EXPECT_THAT(Check("custom,A,dance,office,lantern,《灯笼法》第二条,,soon,much,,,\n"),
              ElementsAre("2 not understood: record 'custom' is none of power, delegation, credential",
                          "2 not understood: to 'soon' is no date as 2026-02-28",
                          "2 not understood: amount 'much' is no whole number",
                          "2 not understood: kind 'dance' is not in the data", "2 missing: remedy"));
}

TEST_F(PowersTest, ColumnsThatNobodyReadsAreSaidOnce) {
  const Table table = ParseCsv("id,职权名称,colour,法律依据\nA,lantern,red,《灯笼法》第二条\n", ',').value();
  const PowerList list = ReadPowers(law_, table);
  EXPECT_EQ(list.rows[0].subject, "lantern");
  EXPECT_EQ(list.rows[0].basis, "《灯笼法》第二条");
  ASSERT_FALSE(list.findings.empty());
  EXPECT_EQ(list.findings[0].words, "columns that are not read: 'colour'");
}

TEST_F(PowersTest, ALintedTimeSaysWhichTextPrevails) {
  const auto words = [&](std::string rank, std::string cites) {
    const std::string draft = "# 灯笼通知\n第一条 依照" + cites + "，在十日内登记。\n";
    return LintDraft(*registry_, jurisdiction_, law_, law::ReadText(jurisdiction_.grammar, draft),
                     {std::move(rank), "", "prc"}, D("2022-06-01"), D("2022-06-01"))
        .value()
        .at(0)
        .words;
  };
  EXPECT_THAT(words("department-rule", "《灯笼法》第三条"),
              ::testing::EndsWith("the cited text prevails (art_99/para_1)"));
}

TEST_F(PowersTest, ADraftIsReadForWhatItsRankMayNot) {
  EXPECT_THAT(Lint("# 灯笼通知\n第一条 不挂灯笼的，处一百元罚款。\n第二条 依照《灯笼法》第二条处以罚款。\n",
                   "normative-document"),
              ElementsAre("art_1 creates"));
  EXPECT_THAT(Lint("# 灯笼通知\n第一条 不挂灯笼的，处一百元罚款。\n", "law"), IsEmpty());
  EXPECT_THAT(Lint("# 灯笼规定二\n第一条 处二十万元罚款。\n第二条 处十万元罚款。\n", "department-rule"),
              ElementsAre("art_1 ceiling"));
  EXPECT_THAT(Lint("# 灯笼通知\n第一条 灯笼每年年检，不合格的不得悬挂。\n第二条 灯笼应当年检。\n",
                   "normative-document"),
              ElementsAre("art_1 disguise"));
}

TEST_F(PowersTest, ADraftIsReadAgainstTheLawItCites) {
  EXPECT_THAT(Lint("# 灯笼通知\n第一条 根据《灯油办法》制定。\n第二条 根据《油料条例》制定。\n",
                   "normative-document"),
              ElementsAre("art_1 repealed"));
  EXPECT_THAT(Lint("# 灯笼通知\n第一条 依照《灯笼法》第三条，在十日内登记。\n第二条 "
                   "依照《灯笼法》第三条，在七日内登记。\n",
                   "normative-document"),
              ElementsAre("art_1 term"));
  EXPECT_THAT(Lint("# 灯笼通知\n第一条 本通知自2018年1月1日起施行，有效期三年。\n", "normative-document"),
              ElementsAre("art_1 expired"));
  EXPECT_THAT(Lint("# 灯笼通知\n第一条 本通知自2022年1月1日起施行，有效期三年。\n", "normative-document"),
              IsEmpty());
  EXPECT_THAT(Lint("# 灯笼通知\n第一条 本通知有效期至2022年5月31日。\n", "normative-document"),
              ElementsAre("art_1 expired"));
}

TEST(PowerLaw, EveryRowOfTheShippedDataIsUnderstoodAndNamesItsProvision) {
  const PowerLaw law = PowerLaw::Load(LAWBOUND_ROOT "/packs/prc/powers").value();
  for (const auto& [kind, basis] : law.basis_of) EXPECT_TRUE(law::ParsePath(basis.path)) << kind;
  EXPECT_EQ(law.MayCreate("local-regulation", "revoke-business-licence").creation, Creation::kMayNot);
  EXPECT_EQ(law.MayCreate("local-regulation", "fine").creation, Creation::kMay) << "as its group";
  EXPECT_EQ(law.MayCreate("law", "reward").creation, Creation::kUnknown);
}

TEST(PowerLaw, ARowThatSaysNothingKnownIsNamed) {
  const std::string folder = ::testing::TempDir() + "power_law";
  std::filesystem::create_directories(folder);
  ASSERT_TRUE(base::WriteFile(folder + "/kinds.tsv", "kind\tfine\tpenalty\n").ok());
  for (const char* row : {"law\tfine\tperhaps\tL\tart_1\n", "law\tdance\tmay\tL\tart_1\n",
                          "law\tfine\tmay\tL\t1\n", "law\tfine\tmay-if\tL\tart_1\n"}) {
    ASSERT_TRUE(base::WriteFile(folder + "/creation.tsv", "# head\n" + std::string(row)).ok());
    const base::Result<PowerLaw> loaded = PowerLaw::Load(folder);
    ASSERT_FALSE(loaded.ok()) << row;
    EXPECT_EQ(loaded.error().message, folder + "/creation.tsv, line 2, says nothing known");
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace lawbound::registry
