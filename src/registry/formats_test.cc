#include "registry/formats.h"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>
#include <zlib.h>

#include "base/file.h"
#include "registry/encoding.h"
#include "registry/export.h"
#include "registry/import.h"
#include "registry/office.h"
#include "registry/page.h"
#include "registry/table.h"

namespace lawbound::registry {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

base::Day D(std::string_view text) { return base::ParseDay(text).value(); }

const Jurisdiction& Prc() {
  static const Jurisdiction jurisdiction = Jurisdiction::Load(LAWBOUND_ROOT "/packs/prc/law").value();
  return jurisdiction;
}

constexpr std::string_view kText = R"(# 灯笼法
2020年1月1日 灯笼大会公布
2020年6月1日 施行
<!-- INFO END -->
为了灯笼，制定本法。
## 第一章 总则
### 第一节 灯
第一条 灯笼<应当>亮 & 明。
灯笼分为：
（一）红灯笼；
（二）黄灯笼：
1.大的；
2.小的。
前款所列应当登记。
第一条之一 任何人可以看灯笼。
## 第二章 附则
第二十条 本法自2020年6月1日起施行。
附件：灯笼样式
圆形。
)";

std::string Encoded(std::string_view text, const char* encoding) {
  const iconv_t converter = iconv_open(encoding, "UTF-8");
  std::string in(text), out(text.size() * 3, '\0');
  char *from = in.data(), *to = out.data();
  std::size_t left = in.size(), room = out.size();
  EXPECT_EQ(iconv(converter, &from, &left, &to, &room), 0U);
  iconv_close(converter);
  out.resize(out.size() - room);
  return out;
}

// A ZIP archive of these members, deflated.
std::string Zip(const std::vector<std::pair<std::string, std::string>>& members) {
  const auto number = [](std::size_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
    return out;
  };
  std::string out, directory;
  for (const auto& [name, bytes] : members) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string in = bytes, packed(bytes.size() + 100, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    const std::string crc =
        number(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())), 4);
    const std::string sizes =
        crc + number(packed.size(), 4) + number(bytes.size(), 4) + number(name.size(), 2);
    directory += "PK\x01\x02" + number(20, 2) + number(20, 2) + number(0, 2) + number(8, 2) + number(0, 4) +
                 sizes + number(0, 12) + number(out.size(), 4) + name;
    out += "PK\x03\x04" + number(20, 2) + number(0, 2) + number(8, 2) + number(0, 4) + sizes + number(0, 2) +
           name + packed;
  }
  const std::size_t at = out.size();
  return out + directory + "PK\x05\x06" + number(0, 4) + number(members.size(), 2) +
         number(members.size(), 2) + number(directory.size(), 4) + number(at, 4) + number(0, 2);
}

TEST(Encoding, IsToldByTheBytes) {
  for (const char* encoding : {"GB18030", "UTF-16LE", "UTF-16BE"}) {
    std::string bytes = Encoded(kText, encoding);
    if (std::string_view(encoding) == "UTF-16LE") bytes.insert(0, "\xFF\xFE");
    if (std::string_view(encoding) == "UTF-16BE") bytes.insert(0, "\xFE\xFF");
    std::string was;
    const base::Result<std::string> text = ToUtf8(bytes, &was);
    ASSERT_TRUE(text.ok()) << encoding << ": " << text.error().message;
    EXPECT_EQ(text.value(), kText) << encoding;
    EXPECT_EQ(was, encoding);
  }
  const std::string big5 =
      Encoded("第一條 行政機關應當依照法定程序辦理，不得拒絕。者之為有的法條行定不。\n", "BIG5");
  std::string was;
  EXPECT_TRUE(ToUtf8(big5, &was).ok());
  EXPECT_EQ(was, "BIG5-HKSCS");
  EXPECT_EQ(ToUtf8("\xEF\xBB\xBF灯").value(), "灯");
}

TEST(Encoding, AMixtureIsRefusedWithItsLine) {
  const std::string mixed = "第一条 灯。\n" + Encoded("第二条 灯。\n", "GB18030");
  const base::Result<std::string> text = ToUtf8(mixed);
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.error().message, "line 2: neither UTF-8 nor, as a whole, GB18030, Big5 or UTF-16");
  EXPECT_FALSE(ToUtf8(std::string_view("a\0b", 3)).ok());
}

TEST(Xml, EntitiesAndDepthAreRefusedWithTheLine) {
  const std::string bomb =
      "<?xml version=\"1.0\"?>\n<!DOCTYPE a [\n<!ENTITY x \"xxxxxxxxxx\">\n<!ENTITY y \"&x;&x;&x;\">\n]>\n"
      "<a>&y;</a>";
  base::Result<SourceText> read = ReadAkomaNtoso(Prc(), bomb);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message, "line 3: it declares the entity 'x'");
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<a>";
  read = ReadAkomaNtoso(Prc(), deep);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message, "line 1: nested deeper than 200");
  EXPECT_EQ(ReadAkomaNtoso(Prc(), "<a>").error().message, "line 1: no element found");
  EXPECT_EQ(ReadAkomaNtoso(Prc(), "<a/>").error().message, "the document is no Akoma Ntoso");
}

TEST(YamlHead, NamesTitleDatesRankMakerTerritory) {
  const SourceText text =
      ReadYamlHead(Prc(),
                   "---\ntitle: \"灯笼法\"\npublished: 2020-01-01\ncommences: 2020-06-01\n# note\n"
                   "rank: law\nmaker: 灯笼大会\nterritory: prc\n---\n第一条 亮。\n")
          .value();
  EXPECT_EQ(text.words,
            "# 灯笼法\n2020年1月1日 公布\n2020年6月1日 施行\n\n\n\n\n\n<!-- INFO END -->\n第一条 亮。\n")
      << "what follows keeps its line";
  EXPECT_EQ(text.rank + text.maker + text.territory, "law灯笼大会prc");
  EXPECT_EQ(ReadYamlHead(Prc(), "# 灯笼法\n---\n").value().words, "# 灯笼法\n---\n");
  EXPECT_EQ(ReadYamlHead(Prc(), "---\ntitle: x\n").error().message,
            "line 1: the head is not closed by a line of three dashes");
  EXPECT_EQ(ReadYamlHead(Prc(), "---\npublished: soon\n---\n").error().message,
            "line 2: 'soon' is no date as 2026-02-28");
  const SourceText other = ReadYamlHead(Prc(), "---\ndance: x\n---\n第一条 亮。\n").value();
  ASSERT_EQ(other.issues.size(), 1U);
  EXPECT_EQ(other.issues[0].detail, "dance: x");
  EXPECT_EQ(other.issues[0].line, 2U);
}

TEST(Office, ADocumentIsItsParagraphs) {
  const std::string xml =
      "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>灯笼法</w:t></w:r></w:p>"
      "<w:p><w:r><w:t>第一条 </w:t></w:r><w:r><w:t>灯笼应当亮。</w:t></w:r><w:del><w:r><w:delText>暗"
      "</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
      "<w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
  const std::string archive = Zip({{"[Content_Types].xml", "<a/>"}, {"word/document.xml", xml}});
  EXPECT_EQ(ReadDocument(archive).value(), "灯笼法\n第一条 灯笼应当亮。\n|a|b|\n");
}

TEST(Office, DamagedArchivesAreRefused) {
  const std::string archive = Zip({{"word/document.xml", "<a>" + std::string(5000, 'x') + "</a>"}});
  EXPECT_FALSE(ReadDocument("").ok());
  EXPECT_FALSE(ReadDocument("PK\x05\x06").ok());
  EXPECT_EQ(ReadDocument(Zip({{"a", "b"}})).error().message, "the archive has no 'word/document.xml'");
  for (std::size_t cut = 0; cut < archive.size(); cut += 7) {
    EXPECT_FALSE(ReadDocument(std::string_view(archive).substr(0, cut)).ok()) << cut;
    std::string flipped = archive;
    flipped[cut] = static_cast<char>(flipped[cut] ^ 0x55);
    const base::Result<std::string> read = ReadDocument(flipped);
    EXPECT_TRUE(!read.ok() || read.value().size() < 6000);
  }
  // A bomb says it is larger than is allowed.
  std::string bomb = Zip({{"word/document.xml", std::string(100, ' ')}});
  const std::size_t size = bomb.find("PK\x01\x02") + 24;
  bomb.replace(size, 4, "\xFF\xFF\xFF\x7F");
  const base::Result<std::string> read = ReadDocument(bomb);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, base::Errc::kLimit);
}

TEST(Table, ComesFromCsvJsonAndSpreadsheets) {
  const auto cells = [](const Table& table) {
    std::string out = fmt::format("{}", fmt::join(table.columns, "|"));
    for (const TableRow& row : table.rows)
      out += fmt::format("; {}: {}", row.line, fmt::join(row.cells, "|"));
    return out;
  };
  EXPECT_EQ(cells(ParseCsv("\xEF\xBB\xBF"
                           "a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\n2\n",
                           ',')
                      .value()),
            "a|b; 2: 1|x, \"y\"\nz; 5: 2|");
  EXPECT_EQ(ParseCsv("a\n\"b\n", ',').error().message, "line 2: a quotation is not closed");
  EXPECT_EQ(ParseCsv("a\nb,c\n", ',').error().message, "line 2: 2 cells under 1 columns");
  EXPECT_EQ(
      cells(ParseJsonTable("{\"powers\":[{\"a\":\"x\"},{\"b\":[\"y\",\"z\"],\"a\":null,\"c\":7}]}").value()),
      "a|b|c; 1: x||; 2: |y; z|7");
  EXPECT_FALSE(ParseJsonTable("[1]").ok());
  EXPECT_FALSE(ParseJsonTable("{").ok());
  const std::string path = ::testing::TempDir() + "table.xlsx";
  ASSERT_TRUE(
      base::WriteFile(
          path,
          Zip({{"xl/sharedStrings.xml",
                "<sst><si><t>id</t></si><si><r><t>ki</t></r><r><t>nd</t></r></si></sst>"},
               {"xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\">"
                "<v>1</v></c></row><row r=\"4\"><c r=\"A4\"><v>7</v></c><c r=\"C4\" t=\"inlineStr\"><is>"
                "<t>x</t></is></c></row></sheetData></worksheet>"}}))
          .ok());
  EXPECT_EQ(cells(ReadTable(path).value()), "id||kind; 4: 7||x");
  std::filesystem::remove(path);
}

class ExportTest : public ::testing::Test {
 protected:
  ExportTest() {
    folder_ = ::testing::TempDir() + "export_test_" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~ExportTest() override { std::filesystem::remove_all(folder_); }
  ExportTest(const ExportTest&) = delete;
  ExportTest& operator=(const ExportTest&) = delete;

  // A registry with this one text.
  Registry With(const std::string& name, std::string_view text) {
    CHECK(base::WriteFile(folder_ + '/' + name, text).ok());
    Registry registry =
        Registry::Open(folder_ + '/' + name + ".registry", store::Database::Mode::kWrite).value();
    const base::Result<ImportReport> report =
        Import(registry, Prc(), folder_ + '/' + name, {D("2022-01-01"), "law", "prc"});
    CHECK(report.ok());
    for (const Finding& finding : report.value().findings) findings_ += finding.words + "\n";
    return registry;
  }
  static std::string Exported(Registry& registry, ExportFormat format) {
    const Work work = registry.LoadWork(registry.AllInstruments().value().front(), D("2022-01-01")).value();
    return Export(registry, Prc(), work, 0, D("2022-01-01"), format).value();
  }
  static std::string Units(Registry& registry) {
    std::string out;
    for (const UnitRow& unit : registry.Units(1).value())
      out += unit.path + "[" + unit.heading + "] " + unit.text + "\n";
    const Work work = registry.LoadWork(registry.AllInstruments().value().front(), D("2022-01-01")).value();
    return out + base::PrintDay(work.versions[0].dates.published.value()) + " " +
           base::PrintDay(work.versions[0].dates.commences.value());
  }

  std::string folder_, findings_;
};

TEST_F(ExportTest, MarkdownAndAkomaNtosoComeBackAsTheSameText) {
  Registry first = With("灯笼法(2020-01-01).md", kText);
  const std::string units = Units(first);
  EXPECT_THAT(units, HasSubstr("art_1-1[] 任何人可以看灯笼。"));
  Registry markdown = With("from-markdown.md", Exported(first, ExportFormat::kMarkdown));
  EXPECT_EQ(Units(markdown), units);
  // An annex and a preamble have no place of their own in the lines that Akoma Ntoso is turned into.
  Registry plain = With("plain.md", std::string(kText.substr(0, kText.find("附件"))));
  Registry akn = With("from-akn.xml", Exported(plain, ExportFormat::kAkomaNtoso));
  EXPECT_EQ(Units(akn), Units(plain));
}

TEST_F(ExportTest, AkomaNtosoHasTheWayToEveryPart) {
  Registry registry = With("灯笼法(2020-01-01).md", kText);
  const std::string xml = Exported(registry, ExportFormat::kAkomaNtoso);
  EXPECT_THAT(xml, HasSubstr("<article eId=\"art_1-1\"><num>第一条之一</num>"));
  EXPECT_THAT(xml, HasSubstr("<indent eId=\"art_1__para_2__point_2__indent_1\"><num>1.</num>"));
  EXPECT_THAT(xml, HasSubstr("<p>灯笼&lt;应当&gt;亮 &amp; 明。</p>"));
  EXPECT_THAT(xml, HasSubstr("<section eId=\"chp_1__sec_1\"><num>第一节</num><heading>灯</heading>"));
}

TEST_F(ExportTest, HtmlSaysWhatItIsForMachines) {
  Registry registry = With("灯笼法(2020-01-01).md", kText);
  const std::string html = Exported(registry, ExportFormat::kHtml);
  EXPECT_THAT(html, HasSubstr("\"@type\": \"Legislation\""));
  EXPECT_THAT(html, HasSubstr("\"legislationLegalForce\": \"https://schema.org/InForce\""));
  EXPECT_THAT(html, HasSubstr("<section id=\"art_1\">"));
  EXPECT_THAT(html, HasSubstr("<dt>Published</dt><dd>2020-01-01</dd>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"#art_20\">第二十条</a>"));
  EXPECT_THAT(html, HasSubstr("灯笼&lt;应当&gt;亮"));
  EXPECT_THAT(Exported(registry, ExportFormat::kJson), HasSubstr("\"path\": \"art_20\""));
}

TEST_F(ExportTest, EveryParagraphAndItemOfAPageHasItsAddress) {
  Registry registry = With("灯笼法(2020-01-01).md", kText);
  const std::string html = Exported(registry, ExportFormat::kHtml);
  EXPECT_THAT(html, HasSubstr("<p id=\"art_1/para_2/item_2\" class=\"item\">（二）黄灯笼：</p>"));
  EXPECT_THAT(html, HasSubstr("<p id=\"art_1/para_2/item_2/point_1\" class=\"point\">1.大的；</p>"));
  EXPECT_THAT(html, HasSubstr("<p id=\"art_1/para_3\">前款所列应当登记。</p>"));
  EXPECT_THAT(html, HasSubstr("<li><a href=\"#chp_2\">第二章 附则</a></li>"));
}

TEST_F(ExportTest, TwoVersionsStandSideBySide) {
  Registry registry =
      With("灯笼法(2020-01-01).md", "# 灯笼法\n<!-- INFO END -->\n第一条 灯笼<应当>亮。\n第二条 灭。\n");
  CHECK(base::WriteFile(folder_ + "/灯笼法(2021-01-01).md",
                        "# 灯笼法\n<!-- INFO END -->\n第一条 灯笼<应当>明亮。\n第三条 灭。\n第四条 看。\n")
            .ok());
  CHECK(Import(registry, Prc(), folder_ + "/灯笼法(2021-01-01).md", {D("2022-01-01"), "law", "prc"}).ok());
  const Work work = registry.LoadWork(registry.AllInstruments().value().front(), D("2022-01-01")).value();
  const std::string page =
      ComparisonPage(Prc(), {work, 0, "/law/prc/2020/灯笼法"}, {work, 1, "/law/prc/2021/灯笼法"},
                     CompareArticles(registry.Units(work.versions[0].dates.id).value(),
                                     registry.Units(work.versions[1].dates.id).value()));
  EXPECT_THAT(page,
              HasSubstr("<div>灯笼&lt;应当&gt;亮。</div>\n<div>灯笼&lt;应当&gt;<ins>明</ins>亮。</div>"));
  EXPECT_THAT(page, HasSubstr("<div></div>\n<div><ins>看。</ins></div>"));
  EXPECT_THAT(page, HasSubstr("<p>第二条 → 第三条</p>"));
}

TEST_F(ExportTest, TheTitleMayStandBelowTheHead) {
  for (const char* head : {"", "title: 灯笼法\n"}) {
    findings_.clear();
    Registry registry =
        With(std::string("a") + (head[0] == '\0' ? "" : "b") + ".md",
             "---\n" + std::string(head) +
                 "published: 2020-01-01\ncommences: 2020-06-01\n---\n\n# 灯笼法\n\n第一条 亮。\n");
    EXPECT_EQ(registry.AllInstruments().value().front().title, "灯笼法");
    EXPECT_EQ(findings_, "");
    EXPECT_THAT(Units(registry), HasSubstr("2020-01-01 2020-06-01"));
  }
}

TEST_F(ExportTest, WhatIsNotUnderstoodKeepsItsLine) {
  const auto line_of = [&](const std::string& name, std::string_view text) {
    CHECK(base::WriteFile(folder_ + '/' + name, text).ok());
    Registry registry = Registry::Open(folder_ + '/' + name + ".r", store::Database::Mode::kWrite).value();
    const ImportReport report =
        Import(registry, Prc(), folder_ + '/' + name, {D("2022-01-01"), "law", "prc"}).value();
    for (const Finding& finding : report.findings) {
      if (finding.issue == law::IssueKind::kNumberMissing) return finding.line;
    }
    return std::size_t{0};
  };
  EXPECT_EQ(line_of("a.md", "---\ntitle: 灯笼法\npublished: 2020-01-01\n---\n\n第一条 亮。\n第三条 明。\n"),
            7U);
  EXPECT_EQ(line_of("b.md", "---\npublished: 2020-01-01\n---\n# 灯笼法\n第一条 亮。\n第三条 明。\n"), 6U);
  EXPECT_EQ(line_of("c.xml",
                    "<akomaNtoso><act><preface><docTitle>灯笼法</docTitle></preface><body>\n<article "
                    "eId=\"art_1\"><content><p>亮。</p></content></article>\n\n<article eId=\"art_3\">"
                    "<content>\n<p>明。</p></content></article></body></act></akomaNtoso>"),
            5U);
}

TEST_F(ExportTest, ADayNobodyKnowsIsNoDayWhenItComesBack) {
  Registry plain = With("a.md", "# 灯笼法\n<!-- INFO END -->\n第一条 亮。\n");
  Registry back = With("b.xml", Exported(plain, ExportFormat::kAkomaNtoso));
  const Work work = back.LoadWork(back.AllInstruments().value().front(), D("2022-01-01")).value();
  EXPECT_FALSE(work.versions[0].dates.published);
  EXPECT_FALSE(work.versions[0].dates.commences);
}

TEST_F(ExportTest, OtherLinesOfAHeadAreLeftOutAndSaid) {
  Registry registry = With("a.md",
                           "---\ntitle: 灯笼法\ntags:\n  - lantern\npublished: 2020-01-01\n"
                           "commences: 2020-06-01\nexpires: 2030-12-31\n---\n第一条 亮。\n");
  EXPECT_THAT(findings_, HasSubstr("tags:\n"));
  EXPECT_THAT(findings_, HasSubstr("- lantern\n"));
  EXPECT_THAT(Exported(registry, ExportFormat::kMarkdown), HasSubstr("expires: 2030-12-31\n"));
  Registry akn = With("b.xml", Exported(registry, ExportFormat::kAkomaNtoso));
  EXPECT_THAT(Exported(akn, ExportFormat::kMarkdown), HasSubstr("expires: 2030-12-31\n"));
}

TEST(Grammar, PrintsTheNumbersItReads) {
  for (const std::uint32_t number :
       {0U, 1U, 9U, 10U, 11U, 20U, 21U, 100U, 101U, 110U, 111U, 200U, 1001U, 1010U, 1260U}) {
    const std::string words = Prc().grammar.PrintNumber(number);
    EXPECT_EQ(Prc().grammar.ReadNumber(words, 0).value, number) << words;
  }
  EXPECT_EQ(Prc().grammar.PrintNumber(1260), "一千二百六十");
  EXPECT_EQ(Prc().grammar.PrintNumber(110), "一百一十");
}

TEST_F(ExportTest, ArticlesMayHaveADayOfTheirOwn) {
  Registry registry =
      With("灯笼法(2020-01-01).md",
           "# 灯笼法\n2020年1月1日 灯笼大会公布\n<!-- INFO END -->\n第一条 亮。\n第二条 明。\n第三条 灭。\n"
           "第四条 本法自2020年6月1日起施行。但第二条至第三条自2021年1月1日起施行。\n");
  const auto force = [&](const char* address) {
    const Answer answer =
        registry.Find(Prc().grammar, law::ParseAddress(address).value(), D("2022-01-01")).value();
    return std::string(law::ForceWords(answer.force)) +
           (answer.commences ? " " + base::PrintDay(*answer.commences) : "");
  };
  EXPECT_EQ(force("/law/prc/灯笼法/art_1@2020-07-01"), "in force");
  EXPECT_EQ(force("/law/prc/灯笼法/art_2@2020-07-01"), "not yet in force 2021-01-01");
  EXPECT_EQ(force("/law/prc/灯笼法/art_3/para_1@2021-01-01"), "in force 2021-01-01");
  const std::string xml = Exported(registry, ExportFormat::kAkomaNtoso);
  EXPECT_THAT(xml, HasSubstr("<article eId=\"art_2\" period=\"#in-force-art_2\">"));
  EXPECT_THAT(xml, HasSubstr("<eventRef eId=\"commences-art_3\" date=\"2021-01-01\""));
  EXPECT_THAT(Exported(registry, ExportFormat::kJson), HasSubstr("\"commences\": \"2021-01-01\""));
  EXPECT_THAT(Exported(registry, ExportFormat::kHtml),
              HasSubstr("<dt>第二条 in force from</dt><dd>2021-01-01</dd>"));
}

}  // namespace
}  // namespace lawbound::registry
