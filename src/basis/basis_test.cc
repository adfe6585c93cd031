#include <array>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "basis/pack_law.h"
#include "registry/dependants.h"
#include "registry/import.h"
#include "syntax/syntax.h"

namespace lawbound::basis {
namespace {

using registry::Fate;
using registry::Resolution;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

base::Day D(std::string_view text) { return base::ParseDay(text).value(); }

constexpr std::string_view kFirst = R"(# 灯笼法
2016年3月1日 灯笼大会通过
2017年1月1日 施行
<!-- INFO END -->
第一条 灯笼应当亮。
第二条 灯笼管理人收到申请的，应当登记：
（一）红灯笼；
（二）黄灯笼。
第三条 违反本法第二条的，予以登记。
第四条 任何人可以查看灯笼。
)";
constexpr std::string_view kSecond = R"(# 灯笼法
2016年3月1日 灯笼大会通过
2020年6月1日 灯笼大会修订
2021年1月1日 施行
<!-- INFO END -->
第一条 灯笼应当亮。
第二条 灯笼夜间应当点燃，但停电时除外。
第三条 灯笼管理人收到申请的，应当登记：
（一）红灯笼；
（二）黄灯笼。
第四条 违反本法第三条的，处以警告并责令三日内改正。
)";
constexpr std::string_view kRule = R"(# 灯笼登记办法
2018年3月1日 灯笼局公布
2018年4月1日 施行
<!-- INFO END -->
第一条 根据《中华人民共和国灯笼法》第二条第一款第（一）项，制定本办法。
第二条 本办法的实施，依照《灯笼法》第四条。
)";

constexpr std::string_view kPack = R"(
```lawbound
pack test/lantern "Lanterns"
zone Asia/Shanghai
counted by plain
instrument LL "Lantern Law" @en "灯笼法" @zh statute seen
instrument XL "无名法" statute
counting plain under LL 1
  calendar weekday
  first day does not count
  rest day at the end moves on
role office "Office": official
role keeper "Keeper": person
act ask "Application" by keeper under LL 2(1)(1)
act register "Registered" by office on ask under LL 2
rule register-after "Only after an application" under LL 2, XL 1
  no register if ask.count
```
)";

class BasisTest : public ::testing::Test {
 protected:
  BasisTest() {
    folder_ = ::testing::TempDir() + "basis_test_" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ + "/texts");
    base::Result<registry::Jurisdiction> data = registry::Jurisdiction::Load(LAWBOUND_ROOT "/packs/prc/law");
    CHECK(data.ok());
    jurisdiction_ = std::move(data).value();
    base::Result<registry::Registry> opened =
        registry::Registry::Open(folder_ + "/law.registry", store::Database::Mode::kWrite);
    CHECK(opened.ok());
    registry_ = std::make_unique<registry::Registry>(std::move(opened).value());
    CHECK(base::WriteFile(folder_ + "/texts/灯笼法(2016-03-01).md", kFirst).ok());
    CHECK(base::WriteFile(folder_ + "/texts/灯笼法(2020-06-01).md", kSecond).ok());
    CHECK(base::WriteFile(folder_ + "/texts/灯笼登记办法(2018-03-01).md", kRule).ok());
    CHECK(registry::Import(*registry_, jurisdiction_, folder_ + "/texts", {D("2022-01-01"), "law", "prc"})
              .ok());
  }
  ~BasisTest() override {
    registry_.reset();
    std::filesystem::remove_all(folder_);
  }
  BasisTest(const BasisTest&) = delete;
  BasisTest& operator=(const BasisTest&) = delete;

  registry::Work Lantern() {
    const auto named = registry_->InstrumentsNamed("灯笼法", "prc");
    return registry_->LoadWork(named.value().front(), D("2022-01-01")).value();
  }
  // "rule name: Resolution, address or reason" for each citation of the pack.
  std::vector<std::string> Resolved(std::string_view day) {
    source::Sources sources;
    source::Diagnostics diagnostics;
    const source::FileId file = sources.Add("lantern.md", std::string(kPack));
    const syntax::Tree tree = syntax::Parse(sources, std::array{file}, diagnostics);
    std::vector<std::string> out;
    for (const PackCitation& citation : CitationsOf(tree)) {
      const PackAnswer answer = Resolve(*registry_, jurisdiction_, citation, D(day), D("2022-01-01")).value();
      out.push_back(citation.owner_kind + " " + citation.owner + ": " +
                    (answer.text ? answer.text->address : std::string(ResolutionWords(answer.resolution))));
    }
    return out;
  }

  std::string folder_;
  registry::Jurisdiction jurisdiction_;
  std::unique_ptr<registry::Registry> registry_;
};

TEST(PathOfProvision, IsArticleParagraphItem) {
  EXPECT_EQ(law::PrintPath(PathOfProvision("63(1)(2)").value()), "art_63/para_1/item_2");
  EXPECT_EQ(law::PrintPath(PathOfProvision("17-1").value()), "art_17-1");
  for (const char* other : {"", "204-bis", "4:3a", "63(", "63()", "63(1", "0", "63(1)(2)(3)(4)", "63 "})
    EXPECT_FALSE(PathOfProvision(other)) << other;
}

TEST_F(BasisTest, ANumberInBracketsIsAnItemWhereThereIsOneParagraphOnly) {
  ASSERT_TRUE(
      base::WriteFile(
          folder_ + "/texts/灯办发〔2018〕9号.md",
          "# 灯笼局关于灯笼的通知\n灯办发〔2018〕9号 2018年1月1日\n\n一、总则\n（一）亮灯。\n（二）灭灯。\n"
          "二、登记\n（三）灯笼应当登记。\n")
          .ok());
  ASSERT_TRUE(
      registry::Import(*registry_, jurisdiction_, folder_ + "/texts", {D("2022-01-01"), "", "prc"}).ok());
  const auto resolved = [&](const char* title, const char* provision) {
    PackCitation citation;
    citation.titles = {title};
    citation.provision = provision;
    const PackAnswer answer =
        Resolve(*registry_, jurisdiction_, citation, D("2019-01-01"), D("2022-01-01")).value();
    return answer.text ? answer.text->path + " " + answer.text->text : answer.why;
  };
  EXPECT_EQ(resolved("灯笼法", "2(2)"), "art_2/para_1/item_2 （二）黄灯笼。");
  EXPECT_EQ(resolved("灯笼法", "2(3)"), "'art_2' has no single 'para_3'");
  EXPECT_EQ(resolved("灯笼法", "1(1)"), "art_1/para_1 灯笼应当亮。");
  EXPECT_EQ(resolved("灯办发〔2018〕9号", "3"), "art_2/para_1/item_3 （三）灯笼应当登记。");
}

TEST_F(BasisTest, CitationsOfAPackResolveToTheLawOfTheDay) {
  EXPECT_THAT(Resolved("2019-01-01"),
              ElementsAre("counting plain: /law/prc/2016/灯笼法/art_1@2019-01-01",
                          "act ask: /law/prc/2016/灯笼法/art_2/para_1/item_1@2019-01-01",
                          "act register: /law/prc/2016/灯笼法/art_2@2019-01-01",
                          "rule register-after: /law/prc/2016/灯笼法/art_2@2019-01-01",
                          "rule register-after: not in the registry"));
  EXPECT_THAT(Resolved("2021-06-01"),
              ElementsAre("counting plain: /law/prc/2020/灯笼法/art_1@2021-06-01",
                          "act ask: no such provision that day",
                          "act register: /law/prc/2020/灯笼法/art_2@2021-06-01",
                          "rule register-after: /law/prc/2020/灯笼法/art_2@2021-06-01",
                          "rule register-after: not in the registry"));
}

TEST_F(BasisTest, WhatTheRegistryDoesNotBearOutIsSaidAtItsPlace) {
  for (const char* place : {"prc/shanghai", "prc/beijing"}) {
    const std::string text = "# 灯会条例\n2018年1月1日公布\n第一条 灯会应当登记。本条例自公布之日起施行。\n";
    ASSERT_TRUE(base::WriteFile(folder_ + "/灯会条例(2018-01-01).md", text).ok());
    ASSERT_TRUE(registry::Import(*registry_, jurisdiction_, folder_ + "/灯会条例(2018-01-01).md",
                                 {D("2022-01-01"), "local-regulation", place})
                    .ok());
  }
  const auto codes = [&](std::string_view day, std::string pack) {
    source::Sources sources;
    source::Diagnostics said, other;
    const source::FileId file = sources.Add("lantern.md", std::move(pack));
    const syntax::Tree tree = syntax::Parse(sources, std::array{file}, other);
    CHECK(CheckCitations(*registry_, jurisdiction_, tree, D(day), D("2022-01-01"), said).ok());
    std::vector<std::string> out;
    for (const source::Diagnostic& diagnostic : said.all()) out.emplace_back(diagnostic.code);
    return out;
  };
  EXPECT_THAT(codes("2019-01-01", std::string(kPack)), ElementsAre("L001"));
  EXPECT_THAT(codes("2021-06-01", std::string(kPack)), ElementsAre("L002", "L001"));
  EXPECT_THAT(codes("2016-06-01", std::string(kPack)), ElementsAre("L003", "L003", "L003", "L003", "L001"));
  EXPECT_THAT(codes("2019-01-01", R"(
```lawbound
pack test/lantern "Lanterns"
instrument L "灯笼法" statute
instrument F "灯会条例" regulation
rule a "A" under F 1, L 4:3a
  no b if c
```
)"),
              ElementsAre("L004", "L005"));
}

TEST_F(BasisTest, ASubjectThatNoPackMayJudgeIsRefused) {
  const std::string text = "# 集会游行示威法\n2018年1月1日公布\n第一条 亮。本法自公布之日起施行。\n";
  ASSERT_TRUE(base::WriteFile(folder_ + "/集会游行示威法(2018-01-01).md", text).ok());
  ASSERT_TRUE(registry::Import(*registry_, jurisdiction_, folder_ + "/集会游行示威法(2018-01-01).md",
                               {D("2022-01-01"), "law", "prc"})
                  .ok());
  source::Sources sources;
  source::Diagnostics said, other;
  const source::FileId file = sources.Add("march.md", R"(
```lawbound
pack test/march "Marches"
instrument M "集会游行示威法" statute
rule a "A" under M 1
  no b if c
```
)");
  const syntax::Tree tree = syntax::Parse(sources, std::array{file}, other);
  ASSERT_TRUE(CheckCitations(*registry_, jurisdiction_, tree, D("2019-01-01"), D("2022-01-01"), said).ok());
  ASSERT_EQ(said.all().size(), 1U);
  EXPECT_EQ(said.all()[0].code, "L006");
  EXPECT_EQ(said.all()[0].message,
            "'M 1' cites '集会游行示威法', whose subject (assembly) no pack may judge");
}

TEST_F(BasisTest, WhoCitesAProvisionAndWhatBecomesOfIt) {
  const registry::Work work = Lantern();
  const auto citing = [&](const char* path) {
    std::vector<std::string> out;
    for (const registry::Citing& row :
         registry::WhoCites(*registry_, jurisdiction_, work, 0, law::ParsePath(path).value(), D("2019-01-01"),
                            D("2022-01-01"))
             .value()) {
      out.push_back(row.address + " " + row.words);
    }
    return out;
  };
  EXPECT_THAT(
      citing("art_2"),
      ElementsAre(
          "/law/prc/2016/灯笼法/art_3 本法第二条",
          "/law/prc/2018/灯笼登记办法/art_1@2019-01-01 《中华人民共和国灯笼法》第二条第一款第（一）项"));
  EXPECT_THAT(citing("art_2/para_1/item_2"), ElementsAre("/law/prc/2016/灯笼法/art_3 本法第二条"));
  EXPECT_THAT(citing("art_1"), ElementsAre());

  const registry::Successor after =
      registry::Successor::Find(*registry_, jurisdiction_, work, 0, D("2022-01-01")).value();
  const auto fate = [&](const char* path) {
    const registry::ProvisionFate found = after.FateOf(law::ParsePath(path).value());
    return std::string(FateWords(found.fate)) + " " + found.now;
  };
  EXPECT_EQ(after.change_day(), D("2021-01-01"));
  EXPECT_EQ(fate("art_1"), "stays as it is /law/prc/2020/灯笼法/art_1");
  EXPECT_EQ(fate("art_2/para_1/item_2"),
            "keeps its words and gets another number /law/prc/2020/灯笼法/art_3/para_1/item_2");
  EXPECT_EQ(fate("art_4"), "goes ");
  EXPECT_EQ(fate("art_9"), "is not in that version ");
  EXPECT_EQ(registry::Successor::Find(*registry_, jurisdiction_, work, 1, D("2022-01-01"))
                .value()
                .FateOf(law::ParsePath("art_1").value())
                .fate,
            Fate::kStands);
}

TEST(ExamplesWithout, NamesTheExamplesThatComeOutOtherwise) {
  source::Sources sources;
  source::Diagnostics diagnostics;
  std::vector<source::FileId> files;
  for (const char* page : {"receipt.md", "examples.md", "log.md"}) {
    const std::string path = std::string(LAWBOUND_ROOT "/packs/nl/permit-receipt/") + page;
    files.push_back(sources.Add(path, base::ReadFile(path).value()));
  }
  const calendar::Calendars calendars = calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars").value();
  const auto compiled = check::Compile(syntax::Parse(sources, files, diagnostics), sources,
                                       {.calendars = calendars.names()}, diagnostics);
  ASSERT_TRUE(compiled);
  const std::vector<std::string> flipped = ExamplesWithout(*compiled, calendars, {"confirm-in-time"}).value();
  EXPECT_THAT(flipped, ElementsAre("the day after the deadline"));
  source::Sources others;
  const source::FileId page = others.Add("lantern.md", std::string(kPack));
  const syntax::Tree tree = syntax::Parse(others, std::array{page}, diagnostics);
  EXPECT_THAT(RulesThatName(tree, others, "ask"), ElementsAre("register-after"));
  EXPECT_THAT(RulesThatName(tree, others, "register"), ElementsAre("register-after"));
  EXPECT_THAT(RulesThatName(tree, others, "as"), ElementsAre()) << "a part of a name";
}

}  // namespace
}  // namespace lawbound::basis
