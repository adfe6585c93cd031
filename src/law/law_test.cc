#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "base/file.h"
#include "law/citation_reader.h"
#include "law/grammar.h"
#include "law/instrument.h"
#include "law/rank.h"
#include "law/text.h"
#include "law/unit_first_reader.h"

namespace lawbound::law {
namespace {

using ::testing::ElementsAre;

const Grammar& Prc() {
  static const Grammar grammar = [] {
    Grammar out;
    const base::Result<std::string> file = base::ReadFile(LAWBOUND_ROOT "/packs/prc/law/grammar.tsv");
    CHECK(file.ok() && out.Read(file.value()).ok());
    return out;
  }();
  return grammar;
}

base::Day D(std::string_view text) { return base::ParseDay(text).value(); }

// A regulation of our own about lanterns.
constexpr std::string_view kLanterns = R"(# 灯笼管理条例

2019年3月2日 灯笼委员会通过

2020年5月1日 施行

<!-- INFO END -->

## 第一章 总则

第一条 为了管理灯笼，制定本条例。

第二条 灯笼分为下列几种：

（一）红灯笼；

（二）黄灯笼：

1.大的；

2.小的。

前款所列灯笼应当登记。

第二条之一 纸灯笼适用第二条第一款第二项的规定。

## 第二章 附则

第四条 违反本条例第二条第二款、第二条之一规定的，依照《灯油法》第七条至第九条、第十一条处理。

本条例自2020年5月1日起施行。《灯笼暂行规定》同时废止。
)";

std::vector<std::string> Paths(const Text& text) {
  std::vector<std::string> out;
  for (const Unit& unit : text.units) out.push_back(PrintPath(unit.path));
  return out;
}

std::vector<std::string> Parts(std::string_view article) {
  std::vector<std::string> out;
  for (const ArticlePart& part : SplitArticle(Prc(), article)) out.push_back(PrintPath(part.path));
  return out;
}

std::vector<IssueKind> Kinds(const Text& text) {
  std::vector<IssueKind> out;
  for (const Issue& issue : text.issues) out.push_back(issue.kind);
  return out;
}

TEST(Grammar, ReadsNumerals) {
  for (const auto& [words, value] : std::vector<std::pair<std::string, std::uint32_t>>{{"一", 1},
                                                                                       {"十", 10},
                                                                                       {"十二", 12},
                                                                                       {"二十", 20},
                                                                                       {"一百零五", 105},
                                                                                       {"一百一十", 110},
                                                                                       {"一千二百六十", 1260},
                                                                                       {"二〇二四", 2024},
                                                                                       {"38", 38},
                                                                                       {"３８", 38}}) {
    const ReadNumber read = Prc().ReadNumber(words, 0);
    EXPECT_EQ(read.value, value) << words;
    EXPECT_EQ(read.bytes, words.size()) << words;
  }
  EXPECT_EQ(Prc().ReadNumber("条", 0).bytes, 0U);
}

TEST(Grammar, RefusesARowItDoesNotKnow) {
  Grammar grammar;
  const base::Status read = grammar.Read("digit\t一\t1\nfrobnicate\tx\n");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message, "line 2 of the grammar says nothing known: 'frobnicate x'");
}

TEST(Grammar, ADateThatDoesNotExistIsReadButIsNoDay) {
  EXPECT_EQ(Prc().ReadDate("2021年7月15日", 0).day, D("2021-07-15"));
  const ReadDay impossible = Prc().ReadDate("2021年2月30日", 0);
  EXPECT_FALSE(impossible.day);
  EXPECT_GT(impossible.bytes, 0U);
}

TEST(Path, ReadsWhatItPrints) {
  for (const std::string text :
       {"art_63/para_1/item_2", "part_2/chp_6/sec_7", "art_17-1", "art_5~2", "preamble", "annex_1"}) {
    const std::optional<Path> path = ParsePath(text);
    ASSERT_TRUE(path) << text;
    EXPECT_EQ(PrintPath(*path), text);
  }
  for (const std::string text : {"article_1", "art_", "art_1x", "art_1//para_1", "art_1/"}) {
    EXPECT_FALSE(ParsePath(text)) << text;
  }
}

TEST(Address, ReadsWhatItPrints) {
  const std::string text = "/law/prc-guangdong/2021/administrative-penalty-law/art_63/para_1@2024-05-01";
  const std::optional<Address> address = ParseAddress(text);
  ASSERT_TRUE(address);
  EXPECT_EQ(address->territory, "prc/guangdong");
  EXPECT_EQ(address->year, "2021");
  EXPECT_EQ(address->day, D("2024-05-01"));
  EXPECT_EQ(PrintAddress(*address), text);
  EXPECT_FALSE(ParseAddress("/law/prc"));
  EXPECT_FALSE(ParseAddress("/law/prc/2021/x@2024-13-01"));
}

TEST(Text, TheDayAfterANumberThatRanIntoTheLineIsTheTexts) {
  const Text text = ReadText(
      Prc(),
      "# 灯笼条例\n<!-- INFO END -->\n第四十一条 灯笼应当亮。第四十二条本条例自2021年1月1日起施行。\n");
  EXPECT_EQ(text.commencement, D("2021-01-01"));
  EXPECT_TRUE(text.partial.empty());
}

TEST(Text, SaysHowLongItBindsItself) {
  const auto ends = [](const std::string& article) {
    const Text text = ReadText(Prc(), "# 灯笼办法\n<!-- INFO END -->\n第一条 " + article + "\n");
    const std::optional<base::Day> end = EndOf(text.validity, text.commencement);
    return end ? base::PrintDay(*end) : std::string("never");
  };
  EXPECT_EQ(ends("本办法自2020年2月29日起施行，有效期五年。"), "2025-02-28");
  EXPECT_EQ(ends("本办法自2020年2月1日起施行。本办法有效期5年。"), "2025-02-01");
  EXPECT_EQ(ends("本办法有效期至2024年12月31日。"), "2025-01-01");
  EXPECT_EQ(ends("本办法有效期五年。"), "never") << "from an unknown day";
  EXPECT_EQ(ends("本办法自2020年2月1日起施行。灯证有效期五年。"), "never");
  EXPECT_EQ(ends("本办法自2020年2月1日起施行，灯证有效期五年。"), "never");
  EXPECT_EQ(ends("依照本办法发的灯证有效期五年，本办法自2020年2月1日起施行。"), "never");
}

TEST(Text, ReadsEveryProvisionAndReportsTheGap) {
  const Text text = ReadText(Prc(), kLanterns);
  EXPECT_EQ(text.title, "灯笼管理条例");
  EXPECT_THAT(Paths(text), ElementsAre("chp_1", "art_1", "art_2", "art_2-1", "chp_2", "art_4"));
  EXPECT_THAT(Kinds(text), ElementsAre(IssueKind::kNumberMissing));
  EXPECT_EQ(text.issues[0].detail, "4 after 2");
  EXPECT_EQ(text.commencement, D("2020-05-01"));
  ASSERT_EQ(text.history.size(), 2U);
  EXPECT_EQ(text.history[0].day, D("2019-03-02"));
}

TEST(Text, PlainTextNeedsNoMarks) {
  const Text text = ReadText(Prc(), "灯笼办法\n第一章 总则\n第一条 灯笼是灯。\n第二条 灯笼应当亮。\n");
  EXPECT_EQ(text.title, "灯笼办法");
  EXPECT_THAT(Paths(text), ElementsAre("chp_1", "art_1", "art_2"));
  EXPECT_TRUE(text.issues.empty());
}

TEST(Text, TwoArticlesOfOneNumberBothStay) {
  const Text text =
      ReadText(Prc(), "# 法\n<!-- INFO END -->\n第一条 甲。\n第二条 乙。\n第二条 丙。\n第一条 丁。\n");
  EXPECT_THAT(Paths(text), ElementsAre("art_1", "art_2", "art_2~2", "art_1~2"));
  EXPECT_THAT(Kinds(text), ElementsAre(IssueKind::kNumberTwice, IssueKind::kNumberBack));
}

TEST(Text, QuotedArticlesOfAnotherTextAreNotItsOwn) {
  const Text text =
      ReadText(Prc(),
               "# 关于修改灯笼条例的决定\n<!-- INFO END -->\n一、将第三条修改为：\n“第三条 灯笼应当亮。\n"
               "第四条 灯笼不得倒。”\n二、删除第五条。\n");
  EXPECT_THAT(Paths(text), ElementsAre("art_1", "art_2"));
  EXPECT_TRUE(text.issues.empty());
}

TEST(Text, ANumberThatRanIntoTheLineBeforeIsReported) {
  const Text text =
      ReadText(Prc(), "# 法\n<!-- INFO END -->\n第一条 甲。\n第二条 乙第三条丙。\n第四条 丁。\n");
  EXPECT_THAT(Kinds(text), ElementsAre(IssueKind::kNumberMissing, IssueKind::kNumberWithin));
}

TEST(Article, ParagraphsAreNumberedNotLines) {
  EXPECT_THAT(Parts("灯笼分为：\n（一）红的；\n（二）黄的：\n1.大的；\n2.小的。\n前款所列应当登记。"),
              ElementsAre("para_1", "para_1/item_1", "para_1/item_2", "para_1/item_2/point_1",
                          "para_1/item_2/point_2", "para_2"));
}

TEST(Article, FindsAPartByItsPath) {
  const std::string article =
      "灯笼分为：\n（一）红的；\n（二）黄的。\n前款应当登记。\n登记分为：\n（一）新的。";
  const std::vector<ArticlePart> parts = SplitArticle(Prc(), article);
  const auto words = [&](std::string_view path) {
    const std::optional<Extent> found = FindPart(parts, *ParsePath(path));
    return found ? article.substr(found->begin, found->end - found->begin) : std::string("none");
  };
  EXPECT_EQ(words("para_1"), "灯笼分为：\n（一）红的；\n（二）黄的。");
  EXPECT_EQ(words("para_2"), "前款应当登记。");
  EXPECT_EQ(words("para_3/item_1"), "（一）新的。");
  EXPECT_EQ(words("item_2"), "（二）黄的。");
  EXPECT_EQ(words("item_1"), "none") << "two paragraphs have an item 1";
  EXPECT_EQ(words("para_4"), "none");
}

Version MakeVersion(std::int64_t id, std::string_view published, std::string_view commences,
                    std::string_view known) {
  Version version;
  version.id = id;
  version.published = base::ParseDay(published);
  version.commences = base::ParseDay(commences);
  version.known_since = D(known);
  return version;
}

TEST(Succession, ALaterVersionEndsTheOneBefore) {
  const std::vector<Version> versions = {MakeVersion(1, "2017-09-01", "2018-01-01", "2018-01-01"),
                                         MakeVersion(2, "2023-09-01", "2024-01-01", "2023-09-02")};
  const Succession now = Succeed(versions, D("2024-06-01"));
  EXPECT_EQ(VersionOn(now, D("2017-12-31")), std::nullopt);
  EXPECT_EQ(VersionOn(now, D("2023-12-31")), 0U);
  EXPECT_EQ(VersionOn(now, D("2024-01-01")), 1U);
  EXPECT_EQ(ForceOf(now, 0, D("2024-01-01")), Force::kEnded);
  EXPECT_EQ(ForceOf(now, 1, D("2023-10-01")), Force::kNotYet);
  const Succession then = Succeed(versions, D("2020-01-01"));
  EXPECT_EQ(VersionOn(then, D("2024-01-01")), 0U) << "in 2020 nobody knew of the second";
}

TEST(Succession, DoubtsAreListedAndNoDateIsInvented) {
  const std::vector<Version> versions = {MakeVersion(1, "2017-09-01", "", "2018-01-01"),
                                         MakeVersion(2, "2020-01-01", "2021-01-01", "2020-01-01"),
                                         MakeVersion(3, "2019-01-01", "2022-01-01", "2020-01-01")};
  const Succession succession = Succeed(versions, D("2024-01-01"));
  EXPECT_EQ(ForceOf(succession, 0, D("2019-01-01")), Force::kUnknown);
  ASSERT_EQ(succession.conflicts.size(), 2U);
  EXPECT_EQ(succession.conflicts[0].kind, ConflictKind::kUnknownCommencement);
  EXPECT_EQ(succession.conflicts[1].kind, ConflictKind::kOrder);
}

TEST(Ranks, AreAPartialOrder) {
  Ranks ranks;
  const base::Result<std::string> file = base::ReadFile(LAWBOUND_ROOT "/packs/prc/law/ranks.tsv");
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(ranks.Read(file.value()).ok());
  const Authority law{"law", "", "prc"}, department{"department-rule", "", "prc"},
      province{"local-regulation", "", "prc/zhejiang"}, other{"local-regulation", "", "prc/henan"},
      town{"local-rule", "", "prc/zhejiang/ningbo"}, opinion{"judicial-interpretation", "", "prc"};
  EXPECT_EQ(ranks.Compare(law, province).standing, Standing::kHigher);
  EXPECT_EQ(ranks.Compare(province, law).standing, Standing::kLower);
  EXPECT_EQ(ranks.Compare(department, province).standing, Standing::kNeedsRuling);
  EXPECT_EQ(ranks.Compare(department, province).basis, "art_106/para_1/item_2");
  EXPECT_EQ(ranks.Compare(province, other).standing, Standing::kApart);
  EXPECT_EQ(ranks.Compare(province, town).standing, Standing::kHigher);
  EXPECT_EQ(ranks.Compare(law, law).standing, Standing::kEqual);
  EXPECT_EQ(ranks.Compare(law, opinion).standing, Standing::kUnknown);
}

TEST(Ranks, ACircleIsRefused) {
  Ranks ranks;
  EXPECT_FALSE(ranks.Read("rank\ta\nrank\tb\nabove\ta\tb\tx\nabove\tb\ta\tx\n").ok());
}

std::vector<std::string> Citations(const Text& text) {
  BareNames names;
  names.Add("灯油法");
  names.Add("灯罩法");
  CitationReader reader(Prc(), names);
  std::vector<std::string> out;
  for (const TextCitation& found : reader.Read(text)) {
    const std::string_view line = std::string_view(text.units[found.unit].text).substr(found.offset);
    const FoundCitation& citation = found.citation;
    out.push_back(std::string(line.substr(citation.begin, citation.end - citation.begin)) + " = " +
                  PrintTarget(citation.target));
  }
  return out;
}

std::vector<std::string> CitationsOf(const std::string& article_three) {
  return Citations(
      ReadText(Prc(), "# 灯笼法\n<!-- INFO END -->\n## 第五章 灯\n第三条 " + article_three + "\n"));
}

TEST(Citations, OfTheLanternRegulation) {
  EXPECT_THAT(Citations(ReadText(Prc(), kLanterns)),
              ElementsAre("前款 = self/art_2/para_1", "第二条第一款第二项 = self/art_2/para_1/item_2",
                          "本条例第二条第二款 = self/art_2/para_2", "第二条之一 = self/art_2-1",
                          "《灯油法》第七条至第九条 = 灯油法/art_7..art_9", "第十一条 = 灯油法/art_11",
                          "《灯笼暂行规定》 = 灯笼暂行规定"));
}

TEST(Citations, ByBareNameButNotWithinAWord) {
  EXPECT_THAT(CitationsOf("依照灯油法第六条第（三）项和灯罩法处理，灯油法律无关。"),
              ElementsAre("灯油法第六条第（三）项 = 灯油法/art_6/item_3", "灯罩法 = 灯罩法"));
}

TEST(Citations, ShortNamesThatTheTextDefines) {
  EXPECT_THAT(CitationsOf("根据《关于灯芯的规定》（以下简称灯芯规定）。\n依照灯芯规定第二条处理。"),
              ElementsAre("《关于灯芯的规定》 = 关于灯芯的规定", "灯芯规定第二条 = 关于灯芯的规定/art_2"));
}

TEST(Citations, RelativeOnesNeedAPlace) {
  EXPECT_THAT(CitationsOf("依照前款处理。\n甲。\n依照前两款和本章处理；适用本条第一款。"),
              ElementsAre("前款 = unknown", "前两款 = self/art_3/para_1..para_2", "本章 = self/chp_5",
                          "本条第一款 = self/art_3/para_1"));
}

TEST(Citations, ListsShareAUnitThatComesLast) {
  EXPECT_THAT(CitationsOf("适用本法第五条第（二）、（三）项。"),
              ElementsAre("本法第五条第（二） = self/art_5/item_2", "（三）项 = self/art_5/item_3"));
}

TEST(Citations, OneMayLeaveTheOrdinalOutWithinAnArticle) {
  EXPECT_THAT(CitationsOf("（三）有本条（一）、（二）项行为的。"),
              ElementsAre("本条（一） = self/art_3/item_1", "（二）项 = self/art_3/item_2"));
}

TEST(Citations, AnArticleNeedsNoChapter) {
  EXPECT_THAT(CitationsOf("本章第四条、第五条适用；灯罩法分则。"),
              ElementsAre("本章第四条 = self/art_4", "第五条 = self/art_5", "灯罩法分则 = 灯罩法/part_2"));
}

TEST(Citations, OfAnAnnex) {
  EXPECT_THAT(CitationsOf("《灯油法》附件三所列的。"), ElementsAre("《灯油法》附件三 = 灯油法/annex_3"));
}

TEST(Citations, TheNumberOfTheNextArticleThatRanIntoTheLineIsNone) {
  EXPECT_THAT(CitationsOf("灯笼应当亮。第四条灯笼不得倒。依照第五条处理。"),
              ElementsAre("第五条 = self/art_5"));
}

TEST(Citations, ACertificateIsNone) { EXPECT_THAT(CitationsOf("领取《灯笼许可证》。"), ElementsAre()); }

// In English, against a grammar of our own and the one that is shipped.
std::vector<std::string> English(std::string_view line, const Standpoint& here = {}) {
  static const UnitFirstGrammar grammar = [] {
    UnitFirstGrammar out;
    const base::Result<std::string> file = base::ReadFile(LAWBOUND_ROOT "/packs/prc/law/english.tsv");
    CHECK(file.ok() && out.Read(file.value()).ok());
    CHECK(out.Read("name\tLantern Law\t灯笼法\nshort\tLamps\t灯油法\n").ok());
    out.AddAddressName("wick-regulation", "灯芯条例");
    return out;
  }();
  std::vector<std::string> out;
  for (const FoundCitation& found : ReadUnitFirst(grammar, line, here)) {
    out.push_back(std::string(line.substr(found.begin, found.end - found.begin)) + " = " +
                  PrintTarget(found.target));
  }
  return out;
}

TEST(EnglishCitations, OfAnArticleOfAnInstrument) {
  EXPECT_THAT(
      English("Under Article 63, paragraph 1, item (2) of the Lantern Law 2021 it burns."),
      ElementsAre("Article 63, paragraph 1, item (2) of the Lantern Law 2021 = 灯笼法/art_63/para_1/item_2"));
  EXPECT_THAT(English("Paragraph 2 of Article 5 of this Law and Lantern Law, Article 9(1)(b) apply."),
              ElementsAre("Paragraph 2 of Article 5 of this Law = self/art_5/para_2",
                          "Lantern Law, Article 9(1)(b) = 灯笼法/art_9/para_1/item_2"));
  EXPECT_THAT(English("See the Wick Regulation."), ElementsAre("Wick Regulation = 灯芯条例"));
}

TEST(EnglishCitations, ListsAndRangesEndWhereTheyEnd) {
  EXPECT_THAT(English("Articles 5, 7 and 9 to 11 of the Lantern Law"),
              ElementsAre("Articles 5 = 灯笼法/art_5", "7 = 灯笼法/art_7",
                          "9 to 11 of the Lantern Law = 灯笼法/art_9..art_11"));
  EXPECT_THAT(English("Lamps 64(2), 65, 3 days later"),
              ElementsAre("Lamps 64(2) = 灯油法/art_64/para_2", "65 = 灯油法/art_65"));
  EXPECT_THAT(English("Lamps 60 days"), ElementsAre());
}

TEST(EnglishCitations, WhatIsNotNamedIsOfTheTextOrUnknown) {
  EXPECT_THAT(English("Art. 85 and Law 37(2); the 2011 rules Art. 9"),
              ElementsAre("Art. 85 = self/art_85", "Law 37(2) = unknown", "Art. 9 = unknown"));
  EXPECT_THAT(English("The Lantern Law burns under Article 5. Article 6 does not."),
              ElementsAre("Lantern Law = 灯笼法", "Article 5 = 灯笼法/art_5", "Article 6 = self/art_6"));
  Standpoint here;
  here.article = Step{ProvisionKind::kArticle, 7};
  here.paragraph = 3;
  EXPECT_THAT(English("the preceding paragraph, this Article and paragraph 1", here),
              ElementsAre("the preceding paragraph = self/art_7/para_2", "this Article = self/art_7",
                          "paragraph 1 = self/art_7/para_1"));
  EXPECT_THAT(English("the preceding paragraph"), ElementsAre("the preceding paragraph = unknown"));
}

TEST(EnglishCitations, AGrammarRowThatSaysNothingIsRefused) {
  UnitFirstGrammar grammar;
  EXPECT_FALSE(grammar.Read("unit\tArticle\tverse\n").ok());
  EXPECT_FALSE(grammar.Read("frobnicate\tx\n").ok());
}

// Ten articles counted by hand in the texts that are given beside the project; skipped where these are not.
struct Counted {
  const char* file;
  const char* path;
  std::vector<int> items;  // of each paragraph
};

class GivenArticle : public ::testing::TestWithParam<Counted> {};

TEST_P(GivenArticle, HasTheParagraphsAndItemsCountedByHand) {
  const std::string file = std::string(LAWBOUND_ROOT "/../shared/law/texts/") + GetParam().file;
  if (!base::IsFile(file)) GTEST_SKIP() << "no given texts here";
  const base::Result<std::string> bytes = base::ReadFile(file);
  ASSERT_TRUE(bytes.ok());
  std::vector<int> items;
  for (const Unit& unit : ReadText(Prc(), bytes.value()).units) {
    if (PrintPath(unit.path) != GetParam().path) continue;
    for (const ArticlePart& part : SplitArticle(Prc(), unit.text)) {
      if (part.role == ArticlePart::Role::kParagraph) items.push_back(0);
      if (part.role == ArticlePart::Role::kItem) ++items.back();
    }
  }
  EXPECT_EQ(items, GetParam().items);
}

INSTANTIATE_TEST_SUITE_P(Texts, GivenArticle,
                         ::testing::Values(Counted{"01-行政处罚法-2021.md", "art_9", {6}},
                                           Counted{"01-行政处罚法-2021.md", "art_10", {0, 0}},
                                           Counted{"01-行政处罚法-2021.md", "art_33", {0, 0, 0}},
                                           Counted{"01-行政处罚法-2021.md", "art_58", {4, 0}},
                                           Counted{"02-行政复议法-2023.md", "art_11", {15}},
                                           Counted{"02-行政复议法-2023.md", "art_39", {10, 0, 0}},
                                           Counted{"05-行政许可法-2019.md", "art_12", {6}},
                                           Counted{"07-行政强制法-2011.md", "art_2", {0, 0, 0}},
                                           Counted{"11-行政诉讼法-2017.md", "art_70", {6}},
                                           Counted{"12-立法法-2023.md", "art_106", {3, 0}}),
                         [](const auto& article) {
                           return "of_text_" + std::string(article.param.file, 2) + "_" + article.param.path;
                         });

TEST(Citations, ATextThatChangesAnotherSpeaksOfItsArticles) {
  EXPECT_THAT(Citations(ReadText(
                  Prc(),
                  "# 灯笼法修正案（九）\n<!-- INFO END -->\n"
                  "四、在《灯笼法》第六十九条中增加一款作为第二款:“灯笼应当亮。”\n原第二款作为第三款。\n"
                  "五、原第二款不动。\n")),
              ::testing::ElementsAre("《灯笼法》第六十九条 = 灯笼法/art_69", "第二款 = 灯笼法/art_69/para_2",
                                     "第二款 = 灯笼法/art_69/para_2", "第三款 = 灯笼法/art_69/para_3",
                                     "第二款 = self/art_5/para_2"));
  EXPECT_THAT(Citations(ReadText(Prc(),
                                 "# 关于修改《灯笼法》的决定\n<!-- INFO END -->\n"
                                 "一、将第九条第一款修改为：\n“灯笼应当亮。”\n二、删除第七条。\n")),
              ::testing::ElementsAre("第九条第一款 = 灯笼法/art_9/para_1", "第七条 = 灯笼法/art_7"));
}

}  // namespace
}  // namespace lawbound::law
