#include "registry/registry.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

#include "base/file.h"
#include "registry/citations.h"
#include "registry/compare.h"
#include "registry/effects.h"
#include "registry/import.h"
#include "registry/lookup.h"
#include "registry/search.h"
#include "registry/tokens.h"

namespace lawbound::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

base::Day D(std::string_view text) { return base::ParseDay(text).value(); }

const Jurisdiction& Prc() {
  static const Jurisdiction jurisdiction = [] {
    base::Result<Jurisdiction> loaded = Jurisdiction::Load(LAWBOUND_ROOT "/packs/prc/law");
    CHECK(loaded.ok());
    return std::move(loaded).value();
  }();
  return jurisdiction;
}

constexpr std::string_view kFirst = R"(# 灯笼法
2016年3月1日 灯笼大会通过
2017年1月1日 施行
<!-- INFO END -->
## 第一章 总则
第一条 灯笼应当亮。
第二条 灯笼分为：
（一）红灯笼；
（二）黄灯笼。
前款所列应当登记。
第三条 违反本法第二条第二款的，依照《灯油法》处理。
)";

constexpr std::string_view kSecond = R"(# 灯笼法
2016年3月1日 灯笼大会通过
2020年6月1日 灯笼大会修订
2021年1月1日 施行
<!-- INFO END -->
## 第一章 总则
第一条 灯笼应当明亮。
第二条 任何人不得吹灭他人的灯笼。
第三条 灯笼分为：
（一）红灯笼；
（二）黄灯笼。
前款所列应当登记。
)";

constexpr std::string_view kRepealing = R"(# 灯光法
2022年6月1日 灯笼大会通过
2023年1月1日 施行
<!-- INFO END -->
第一条 本法自2023年1月1日起施行。《灯笼法》同时废止。
)";

class RegistryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = ::testing::TempDir() + "registry_test_" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ + "/texts");
    base::Result<Registry> opened = Registry::Open(folder_ + "/law.registry", store::Database::Mode::kWrite);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    registry_ = std::make_unique<Registry>(std::move(opened).value());
  }
  void TearDown() override {
    registry_.reset();
    std::filesystem::remove_all(folder_);
  }

  void Put(const std::string& name, std::string_view text) {
    ASSERT_TRUE(base::WriteFile(folder_ + "/texts/" + name, text).ok());
  }
  ImportReport Import(std::string_view known) {
    base::Result<ImportReport> report =
        registry::Import(*registry_, Prc(), folder_ + "/texts", {D(known), "law", "prc"});
    CHECK(report.ok());
    return std::move(report).value();
  }
  // The text, or the message.
  std::string Find(const std::string& address, std::string_view known) {
    base::Result<Answer> answer =
        registry_->Find(Prc().grammar, law::ParseAddress(address).value(), D(known));
    return answer.ok() ? answer.value().text : answer.error().message;
  }
  SearchResult Search(const std::string& words, std::string_view in_force = "") {
    SearchQuery query;
    query.words = words;
    query.known = D("2024-01-01");
    query.in_force_on = base::ParseDay(in_force);
    base::Result<SearchResult> result = registry::Search(*registry_, query);
    CHECK(result.ok());
    return std::move(result).value();
  }

  std::string folder_;
  std::unique_ptr<Registry> registry_;
};

TEST_F(RegistryTest, TheTextInForceOnADayAsKnownOnAnother) {
  Put("灯笼法(2016-03-01).md", kFirst);
  EXPECT_EQ(Import("2017-01-01").added, 1U);
  Put("灯笼法(2020-06-01).md", kSecond);
  const ImportReport second = Import("2020-06-02");
  EXPECT_EQ(second.added, 1U);
  EXPECT_EQ(second.unchanged, 1U);
  EXPECT_EQ(Find("/law/prc/灯笼法/art_1@2020-12-31", "2024-01-01"), "灯笼应当亮。");
  EXPECT_EQ(Find("/law/prc/灯笼法/art_1@2021-01-01", "2024-01-01"), "灯笼应当明亮。");
  EXPECT_EQ(Find("/law/prc/灯笼法/art_1@2021-01-01", "2020-01-01"), "灯笼应当亮。")
      << "as known before the revision";
  EXPECT_EQ(Find("/law/prc/2016/灯笼法/art_2/para_1/item_2@2018-01-01", "2024-01-01"), "（二）黄灯笼。");
  EXPECT_EQ(Find("/law/prc/2016/灯笼法/art_2/para_2", "2024-01-01"), "前款所列应当登记。");
  EXPECT_EQ(Find("/law/prc/2016/灯笼法/art_2@2022-01-01", "2024-01-01"),
            "the version of 2016 was not in force on 2022-01-01; in force that day: "
            "/law/prc/2020/灯笼法/art_2@2022-01-01");
  EXPECT_EQ(Find("/law/prc/灯笼法/art_1@2016-12-31", "2024-01-01"),
            "no version of '灯笼法' is known to be in force on 2016-12-31");
  EXPECT_THAT(Find("/law/prc/灯笼法/art_9@2021-01-01", "2024-01-01"), HasSubstr("has no 'art_9'"));
}

TEST_F(RegistryTest, ASecondImportChangesNothing) {
  Put("灯笼法(2016-03-01).md", kFirst);
  Import("2017-01-01");
  registry_.reset();
  const std::string before = base::ReadFile(folder_ + "/law.registry").value();
  base::Result<Registry> opened = Registry::Open(folder_ + "/law.registry", store::Database::Mode::kWrite);
  ASSERT_TRUE(opened.ok());
  registry_ = std::make_unique<Registry>(std::move(opened).value());
  const ImportReport again = Import("2018-01-01");
  EXPECT_EQ(again.unchanged, 1U);
  EXPECT_EQ(again.added + again.corrected + again.refused, 0U);
  registry_.reset();
  EXPECT_EQ(base::ReadFile(folder_ + "/law.registry").value(), before);
}

TEST_F(RegistryTest, AVersionInSeveralFilesIsOneVersion) {
  Put("a.md", "# 灯笼典\n<!-- INFO END -->\n## 第一章 灯\n第一条 甲。\n");
  Put("b.md", "# 灯笼典\n<!-- INFO END -->\n## 第一章 笼\n第二条 乙。\n");
  EXPECT_EQ(Import("2020-01-01").added, 2U);
  EXPECT_EQ(Import("2020-01-01").unchanged, 2U);
  const Instrument instrument = registry_->InstrumentsNamed("灯笼典", "prc").value().front();
  const Work work = registry_->LoadWork(instrument, D("2024-01-01")).value();
  ASSERT_EQ(work.versions.size(), 1U);
  std::vector<std::string> paths;
  for (const UnitRow& unit : registry_->Units(work.versions[0].dates.id).value()) paths.push_back(unit.path);
  EXPECT_THAT(paths, ElementsAre("chp_1", "art_1", "chp_1~2", "art_2"));
}

TEST_F(RegistryTest, ACorrectedTextIsKnownFromThenOn) {
  Put("灯笼法(2016-03-01).md", kFirst);
  Import("2017-01-01");
  std::string corrected(kFirst);
  corrected.replace(corrected.find("灯笼应当亮。"), std::string("灯笼应当亮。").size(), "灯笼应当很亮。");
  Put("灯笼法(2016-03-01).md", corrected);
  EXPECT_EQ(Import("2018-01-01").corrected, 1U);
  EXPECT_EQ(Find("/law/prc/2016/灯笼法/art_1@2017-06-01", "2017-12-31"), "灯笼应当亮。");
  EXPECT_EQ(Find("/law/prc/2016/灯笼法/art_1@2017-06-01", "2018-01-01"), "灯笼应当很亮。");
  EXPECT_EQ(Search("应当亮").total, 0U);
  EXPECT_EQ(Search("很亮").total, 1U);
}

TEST_F(RegistryTest, ARepealEndsAnInstrument) {
  Put("灯笼法(2016-03-01).md", kFirst);
  Put("灯光法(2022-06-01).md", kRepealing);
  Import("2022-07-01");
  EXPECT_EQ(Find("/law/prc/灯笼法/art_1@2022-12-31", "2024-01-01"), "灯笼应当亮。");
  EXPECT_EQ(Find("/law/prc/灯笼法/art_1@2023-01-01", "2024-01-01"),
            "no version of '灯笼法' is known to be in force on 2023-01-01");
}

TEST_F(RegistryTest, WhatIsNotUnderstoodIsReportedWithItsPlace) {
  Put("a.md", "# 法甲\n<!-- INFO END -->\n第一条 甲。\n第三条 乙。\n");
  Put("b.md", "# 法乙\n\xff\n");
  Put("c.md", "没有条文\n");
  Put("d.md", "# 法甲\n<!-- INFO END -->\n第一条 甲。\n第三条 乙。\n");
  const ImportReport report = Import("2020-01-01");
  EXPECT_EQ(report.refused, 2U);
  EXPECT_EQ(report.added, 1U);
  std::vector<std::string> lines;
  for (const Finding& finding : report.findings) {
    lines.push_back(std::string(RemarkWords(finding.remark)) + " " + finding.file + ":" +
                    std::to_string(finding.line) + " " + finding.words);
  }
  EXPECT_THAT(lines, ::testing::IsSupersetOf(
                         {"not understood a.md:4 an article number is missing: 3 after 1",
                          "not understood a.md:0 a date is unknown: publication",
                          "refused b.md:2 neither UTF-8 nor, as a whole, GB18030, Big5 or UTF-16",
                          "refused c.md:0 no provisions", "duplicate d.md:0 the same text as 'a.md'"}));
}

TEST_F(RegistryTest, AFailedImportLeavesTheRegistryAsItWas) {
  Put("a.md", kFirst);
  Put("b.md", std::string(std::size_t{17} << 20, 'x'));
  const base::Result<ImportReport> report =
      registry::Import(*registry_, Prc(), folder_ + "/texts", {D("2020-01-01"), "law", "prc"});
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, base::Errc::kLimit);
  EXPECT_TRUE(registry_->AllInstruments().value().empty());
}

TEST_F(RegistryTest, AFileThatIsNoRegistryIsRefused) {
  ASSERT_TRUE(
      base::WriteFile(folder_ + "/other", "this is no database at all, only some text in a file").ok());
  const base::Result<Registry> opened = Registry::Open(folder_ + "/other", store::Database::Mode::kRead);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, base::Errc::kCorrupt);
}

TEST_F(RegistryTest, SearchIsExactAndFilters) {
  Put("灯笼法(2016-03-01).md", kFirst);
  Put("灯笼法(2020-06-01).md", kSecond);
  Import("2020-06-02");
  EXPECT_EQ(Search("灯笼").total, 5U);
  EXPECT_EQ(Search("亮").total, 2U);
  EXPECT_EQ(Search("笼应").total, 2U);
  EXPECT_EQ(Search("亮。第").total, 0U) << "no word goes over the end of an article";
  EXPECT_EQ(Search("灯笼 登记").total, 2U);
  EXPECT_EQ(Search("灯笼 登记", "2022-01-01").total, 1U);
  const SearchResult found = Search("吹灭", "2022-01-01");
  ASSERT_EQ(found.hits.size(), 1U);
  EXPECT_EQ(found.hits[0].address, "/law/prc/2020/灯笼法/art_2@2022-01-01");
  EXPECT_EQ(found.hits[0].snippet.substr(found.hits[0].match_begin,
                                         found.hits[0].match_end - found.hits[0].match_begin),
            "吹灭");
}

TEST_F(RegistryTest, ComparesArticleByArticle) {
  Put("灯笼法(2016-03-01).md", kFirst);
  Put("灯笼法(2020-06-01).md", kSecond);
  Import("2020-06-02");
  const Instrument instrument = registry_->InstrumentsNamed("灯笼法", "prc").value().front();
  const Work work = registry_->LoadWork(instrument, D("2024-01-01")).value();
  ASSERT_EQ(work.versions.size(), 2U);
  const std::vector<ArticleChange> changes =
      CompareArticles(registry_->Units(work.versions[0].dates.id).value(),
                      registry_->Units(work.versions[1].dates.id).value());
  std::vector<std::string> lines;
  for (const ArticleChange& change : changes) {
    lines.push_back(change.path_before + ">" + change.path_after + " " +
                    std::string(ChangeWords(change.change)));
  }
  EXPECT_THAT(lines, ElementsAre("art_1>art_1 changed", ">art_2 new", "art_2>art_3 the same", "art_3> gone"));
  const std::vector<TimelineEntry> timeline = Timeline(*registry_, work, *law::ParsePath("art_1")).value();
  ASSERT_EQ(timeline.size(), 2U);
  EXPECT_EQ(timeline[1].text, "灯笼应当明亮。");
}

TEST_F(RegistryTest, CitationsResolveToTheTextOfTheDay) {
  Put("灯笼法(2016-03-01).md", kFirst);
  Import("2017-01-01");
  const Instrument instrument = registry_->InstrumentsNamed("灯笼法", "prc").value().front();
  const Work work = registry_->LoadWork(instrument, D("2024-01-01")).value();
  std::vector<std::string> lines;
  for (const ResolvedCitation& cited :
       Cite(*registry_, Prc(), work, 0, D("2018-01-01"), D("2024-01-01")).value()) {
    lines.push_back(cited.words + ": " + std::string(ResolutionWords(cited.resolution)) +
                    (cited.addresses.empty() ? "" : " " + cited.addresses[0]));
  }
  EXPECT_THAT(lines, ElementsAre("前款: resolved /law/prc/2016/灯笼法/art_2/para_1@2018-01-01",
                                 "本法第二条第二款: resolved /law/prc/2016/灯笼法/art_2/para_2@2018-01-01",
                                 "《灯油法》: not in the registry"));
}

std::vector<std::string> Effects(std::string_view provision) {
  std::vector<std::string> out;
  for (const NamedEffect& effect : EffectReader(Prc().grammar).Read(provision)) {
    out.push_back(std::string(law::EffectWords(effect.kind)) + " " + effect.affected +
                  (effect.path.empty() ? "" : "/" + law::PrintPath(effect.path)));
  }
  return out;
}

TEST(Effects, StandInTheWordsOfAProvision) {
  EXPECT_THAT(Effects("本法自2023年1月1日起施行。《灯笼法》、《灯罩法》同时废止。"),
              ElementsAre("repeals 灯笼法", "repeals 灯罩法"));
  EXPECT_THAT(Effects("《灯笼法》自本法施行之日起即行废止。"), ElementsAre("repeals 灯笼法"));
  EXPECT_THAT(Effects("废止《灯笼法》（2016年3月1日灯笼大会通过）"), ElementsAre("repeals 灯笼法"));
  EXPECT_THAT(Effects("根据《灯油法》，对《灯笼法》作如下修改。"), ElementsAre("amends 灯笼法"));
  EXPECT_THAT(Effects("将《灯笼法》第三条第二款修改为：\n“《灯油法》同时废止。”"),
              ElementsAre("amends 灯笼法/art_3/para_2"));
  EXPECT_THAT(Effects("本法取代《灯笼法》。"), ElementsAre("replaces 灯笼法"));
  EXPECT_THAT(Effects("《灯笼法》中有关灯芯的规定即行废止。依照《灯油法》处理。"), ElementsAre());
}

TEST(Effects, AShortNameHoldsForItsText) {
  EffectReader reader(Prc().grammar);
  const auto affected = [&](std::string_view provision) {
    std::vector<std::string> out;
    for (const NamedEffect& effect : reader.Read(provision)) out.push_back(effect.affected);
    return out;
  };
  EXPECT_THAT(affected("根据《关于灯芯的规定》（以下简称《规定》）。"), ElementsAre());
  EXPECT_THAT(affected("对《规定》作如下修改。"), ElementsAre("关于灯芯的规定"));
  reader.Begin("灯笼通知");
  EXPECT_THAT(affected("对《规定》作如下修改。"), ElementsAre("规定"));
}

TEST(Effects, ABareNameIsChangedOnlyByATextThatChangesOthers) {
  EffectReader reader(Prc().grammar);
  reader.Begin("灯笼大会组织法");
  EXPECT_TRUE(reader.Read("灯笼大会修改宪法。").empty()) << "a power, not an effect";
  reader.Begin("宪法修正案");
  EXPECT_EQ(reader.Read("宪法序言第七自然段中“灯”修改为“笼”。").size(), 1U);
}

TEST_F(RegistryTest, EffectsAreThoseKnownOnTheDay) {
  Put("灯笼法(2016-03-01).md", kFirst);
  Import("2017-01-01");
  Put("灯光法(2022-06-01).md", kRepealing);
  Import("2022-07-01");
  const Instrument instrument = registry_->InstrumentsNamed("灯笼法", "prc").value().front();
  EXPECT_TRUE(registry_->EffectsOn(instrument, D("2022-06-30")).value().empty());
  EXPECT_EQ(registry_->EffectsOn(instrument, D("2022-07-01")).value().size(), 1U);
}

TEST_F(RegistryTest, AProvisionMayEndAlone) {
  Put("灯笼法(2016-03-01).md", kFirst);
  Import("2017-01-01");
  Put("灯光法(2022-06-01).md",
      "# 灯光法\n2022年6月1日 通过\n2023年1月1日 施行\n<!-- INFO END -->\n第一条 "
      "《灯笼法》第二条同时废止。\n");
  Import("2022-07-01");
  const auto answer = [&](const char* address, const char* known) {
    return registry_->Find(Prc().grammar, law::ParseAddress(address).value(), D(known)).value();
  };
  EXPECT_EQ(answer("/law/prc/灯笼法/art_2@2022-12-31", "2024-01-01").force, law::Force::kInForce);
  EXPECT_EQ(answer("/law/prc/灯笼法/art_2@2023-01-01", "2022-06-30").force, law::Force::kInForce)
      << "not known";
  EXPECT_EQ(answer("/law/prc/灯笼法/art_1@2023-01-01", "2024-01-01").force, law::Force::kInForce);
  const Answer ended = answer("/law/prc/灯笼法/art_2/para_1/item_2@2023-01-01", "2024-01-01");
  EXPECT_EQ(ended.force, law::Force::kEnded);
  EXPECT_EQ(ended.ends, D("2023-01-01"));
  EXPECT_EQ(ended.ended_by, "/law/prc/2022/灯光法/art_1");
  const law::CitationTarget target{"灯笼法", true, *law::ParsePath("art_2"), std::nullopt};
  const Lookup found = LookUp(*registry_, Prc(), target, "prc", D("2023-01-01"), D("2024-01-01")).value();
  EXPECT_EQ(found.resolution, Resolution::kNotInForce);
  EXPECT_EQ(found.why, "'art_2' is ended since 2023-01-01 by /law/prc/2022/灯光法/art_1");
  EXPECT_EQ(Search("黄灯笼", "2022-12-31").total, 1U);
  EXPECT_EQ(Search("黄灯笼", "2023-01-01").total, 0U);
  EXPECT_EQ(Search("黄灯笼").total, 1U);
}

TEST_F(RegistryTest, ATextMayEndByItself) {
  const std::string head = "2020年1月1日 公布\n2020年2月1日 施行\n<!-- INFO END -->\n";
  Put("a.md", "# 灯笼办法\n" + head + "第一条 亮。\n第二条 本办法自2020年2月1日起施行，有效期二年。\n");
  Put("b.md", "# 灯油办法\n" + head + "第一条 亮。\n第二条 本办法有效期至2021年6月30日。\n");
  Put("c.md", "# 灯证办法\n" + head + "第一条 依照本办法发的灯证有效期二年。\n");
  Put("d.md",
      "---\ntitle: 灯芯办法\npublished: 2020-01-01\ncommences: 2020-02-01\nexpires: 2020-12-31\n---\n"
      "第一条 亮。\n");
  EXPECT_EQ(Import("2020-01-01").added, 4U);
  EXPECT_EQ(Import("2020-01-01").unchanged, 4U);
  for (const auto& [name, last] : std::vector<std::pair<std::string, std::string>>{
           {"灯笼办法", "2022-01-31"}, {"灯油办法", "2021-06-30"}, {"灯芯办法", "2020-12-31"}}) {
    const std::string address = "/law/prc/" + name + "/art_1@";
    EXPECT_EQ(Find(address + last, "2024-01-01"), "亮。") << name;
    EXPECT_THAT(Find(address + base::PrintDay(D(last) + 1), "2024-01-01"), HasSubstr("no version")) << name;
  }
  EXPECT_THAT(Find("/law/prc/灯证办法/art_1@2030-01-01", "2024-01-01"), HasSubstr("灯证"))
      << "a permit's years";
}

TEST_F(RegistryTest, SearchFiltersByTheMakerOfTheVersionAndKnowsItsDates) {
  Put("a.md",
      "---\ntitle: 灯笼法\npublished: 2016-03-01\ncommences: 2017-01-01\nmaker: 灯笼大会\nterritory: prc\n"
      "---\n第一条 灯笼应当亮。\n");
  Put("b.md",
      "---\ntitle: 灯笼法\npublished: 2020-06-01\ncommences: 2021-01-01\nmaker: 灯笼常委会\nterritory: prc\n"
      "---\n第一条 灯笼应当亮。\n第二条 本法第一条自2022年1月1日起施行。\n");
  Import("2020-06-02");
  SearchQuery query;
  query.words = "灯笼应当亮";
  query.known = D("2024-01-01");
  query.maker = "灯笼常委会";
  const SearchResult found = registry::Search(*registry_, query).value();
  ASSERT_EQ(found.hits.size(), 1U);
  EXPECT_EQ(found.hits[0].version.maker, "灯笼常委会");
  EXPECT_EQ(found.hits[0].version.dates.published, D("2020-06-01"));
  EXPECT_EQ(found.hits[0].span->from, D("2021-01-01"));
  query.in_force_on = D("2021-06-01");
  EXPECT_EQ(registry::Search(*registry_, query).value().total, 0U) << "article 1 has a later day of its own";
  query.in_force_on = D("2022-06-01");
  EXPECT_EQ(registry::Search(*registry_, query).value().total, 1U);
  for (const auto& [filter, words] : std::vector<std::pair<std::string SearchQuery::*, std::string>>{
           {&SearchQuery::rank, "of rank"},
           {&SearchQuery::maker, "made by"},
           {&SearchQuery::territory, "of the territory"},
           {&SearchQuery::instrument, "called"}}) {
    SearchQuery wrong;
    wrong.words = "灯笼";
    wrong.known = query.known;
    wrong.*filter = "frobnicate";
    const base::Result<SearchResult> none = registry::Search(*registry_, wrong);
    ASSERT_FALSE(none.ok()) << words;
    EXPECT_EQ(none.error().message, "the registry has no instrument " + words + " 'frobnicate'");
  }
}

TEST_F(RegistryTest, SearchFindsTheProvisionThatIsNamed) {
  Put("灯笼法(2016-03-01).md", kFirst);
  Put("灯笼法(2020-06-01).md", kSecond);
  Import("2020-06-02");
  SearchQuery query;
  query.known = D("2024-01-01");
  const auto named = [&](const std::string& words, std::string_view day = "") {
    query.words = words;
    query.in_force_on = base::ParseDay(day);
    std::string out;
    for (const NamedProvision& one : ProvisionsNamed(*registry_, Prc(), query).value())
      out += one.answer ? one.answer->address : one.why;
    return out;
  };
  EXPECT_EQ(named("灯笼法第三条", "2022-01-01"), "/law/prc/2020/灯笼法/art_3@2022-01-01");
  EXPECT_EQ(named("《灯笼法》第二条第一款第二项", "2018-01-01"),
            "/law/prc/2016/灯笼法/art_2/para_1/item_2@2018-01-01");
  EXPECT_EQ(named("/law/prc/2016/灯笼法/art_3"), "/law/prc/2016/灯笼法/art_3");
  EXPECT_THAT(named("灯笼法第九条", "2022-01-01"), HasSubstr("has no 'art_9'"));
  EXPECT_EQ(named("灯笼法"), "");
  EXPECT_EQ(named("灯笼 登记"), "");
}

TEST_F(RegistryTest, AnEffectOnAPartEndsNothingAndAReplacementEndsAll) {
  Put("灯笼法(2016-03-01).md", kFirst);
  Put("灯光法(2022-06-01).md",
      "# 灯光法\n2022年6月1日 通过\n2023年1月1日 施行\n<!-- INFO END -->\n第一条 "
      "《灯笼法》第二条同时废止。\n");
  Import("2022-07-01");
  EXPECT_EQ(Find("/law/prc/灯笼法/art_1@2023-06-01", "2024-01-01"), "灯笼应当亮。");
  Put("灯火法(2023-06-01).md",
      "# 灯火法\n2023年6月1日 通过\n2024年1月1日 施行\n<!-- INFO END -->\n第一条 本法代替《灯笼法》。\n");
  Import("2023-07-01");
  EXPECT_EQ(Find("/law/prc/灯笼法/art_1@2024-01-01", "2024-06-01"),
            "no version of '灯笼法' is known to be in force on 2024-01-01");
}

TEST_F(RegistryTest, WithoutACommencementTheLastPublishedIsMeant) {
  Put("灯经(2016-03-01).md", "# 灯经\n<!-- INFO END -->\n第一条 旧。\n");
  Import("2020-01-01");
  EXPECT_EQ(Find("/law/prc/灯经/art_1", "2024-01-01"), "旧。");
  Put("灯经(2018-03-01).md", "# 灯经\n<!-- INFO END -->\n第一条 新。\n");
  Import("2020-01-01");
  EXPECT_EQ(Find("/law/prc/灯经/art_1", "2024-01-01"), "新。");
  EXPECT_EQ(
      Find("/law/prc/灯经/art_1@2019-01-01", "2024-01-01"),
      "no version of '灯经' is known to be in force on 2019-01-01; of 2 the commencement is unknown, so it "
      "may be: ask without a day");
}

std::string Joined(const std::vector<Run>& runs, Change without) {
  std::string out;
  for (const Run& run : runs) {
    if (run.change != without) out += run.text;
  }
  return out;
}

TEST(CompareWords, RunsMakeBothTextsAgain) {
  std::mt19937 random(7);
  const std::vector<std::string> letters = {"灯", "笼", "亮", "，"};
  const auto make = [&] {
    std::string out;
    for (std::size_t i = random() % 30; i > 0; --i) out += letters[random() % letters.size()];
    return out;
  };
  for (int round = 0; round < 2000; ++round) {
    const std::string before = make(), after = make();
    const auto runs = CompareWords(before, after);
    ASSERT_EQ(Joined(runs, Change::kAdded), before) << after;
    ASSERT_EQ(Joined(runs, Change::kRemoved), after) << before;
  }
  EXPECT_EQ(CompareWords("灯笼应当亮。", "灯笼应当明亮。").size(), 3U);
}

TEST(Tokens, HanTextBecomesPairs) {
  EXPECT_EQ(Tokens("处罚法"), " 处罚 罚法 法 ");
  EXPECT_EQ(QueryOf("处罚")->expression, "\" 处罚\"");
  EXPECT_EQ(QueryOf("罚")->expression, "\"罚\"*");
  EXPECT_FALSE(QueryOf("，"));
}

}  // namespace
}  // namespace lawbound::registry
