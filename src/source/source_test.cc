#include "source/source.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "source/diagnostic.h"
#include "source/utf8.h"

namespace lawbound::source {
namespace {

using testing::HasSubstr;

TEST(Sources, LocateCountsWideAndCombiningCharacters) {
  Sources sources;
  const FileId file = sources.Add("a.md", "x\n处罚e\xcc\x81z\xf0\x9f\x98\x80q\r\n");
  const auto offset = static_cast<std::uint32_t>(sources.file(file).text.find('q'));
  const Place place = sources.Locate(file, offset);
  EXPECT_EQ(place.line, 2U);
  EXPECT_EQ(place.column, 9U);  // 2 + 2 + 1 + 0 + 1 + 2 columns before it
  EXPECT_EQ(place.utf16, 7U);   // 1 + 1 + 1 + 1 + 1 + 2 units before it
  EXPECT_EQ(place.text, "处罚e\xcc\x81z\xf0\x9f\x98\x80q");
}

TEST(Sources, LocateTakesTheEndOfTheText) {
  Sources sources;
  const FileId file = sources.Add("a.md", "one\n");
  EXPECT_EQ(sources.Locate(file, 4).line, 2U);
  EXPECT_EQ(sources.Locate(file, 4).text, "");
  EXPECT_EQ(sources.Locate(file, 3).column, 4U);
}

TEST(Utf8, RefusesOverlongCutAndSurrogate) {
  EXPECT_EQ(FirstInvalid("ab\xc0\x80"), 2U);
  EXPECT_EQ(FirstInvalid("a\xe5\xa4"), 1U);
  EXPECT_EQ(FirstInvalid("\xed\xa0\x80"), 0U);
  EXPECT_EQ(FirstInvalid("\xf4\x90\x80\x80"), 0U);
  EXPECT_EQ(FirstInvalid("处 罚 \xf0\x9f\x98\x80"), std::string_view::npos);
}

class Rendered : public testing::Test {
 protected:
  Span At(std::uint32_t begin, std::uint32_t end) const { return {file_, begin, end}; }
  Sources sources_;
  FileId file_ = sources_.Add("p.md", "act 处罚 by x\nact y\n");
  Diagnostics diagnostics_{3};
};

TEST_F(Rendered, SortedOnceWithHelpAndNotes) {
  diagnostics_.Add({.code = "C002", .span = At(16, 19), .message = "second", .severity = Severity::kWarning});
  diagnostics_.Add({.code = "C001",
                    .span = At(4, 10),
                    .message = "first",
                    .help = "do that",
                    .notes = {{At(0, 3), "here"}}});
  diagnostics_.Add({.code = "C002", .span = At(16, 19), .message = "second", .severity = Severity::kWarning});
  EXPECT_EQ(diagnostics_.Render(sources_),
            "p.md:1:5: C001: first\n"
            "  act 处罚 by x\n"
            "      ^^^^\n"
            "  help: do that\n"
            "  note: p.md:1:1: here\n"
            "p.md:2:1: C002: warning: second\n"
            "  act y\n"
            "  ^^^\n");
  EXPECT_EQ(diagnostics_.errors(), 1U);
}

TEST_F(Rendered, BeyondTheLimitOnlyCounted) {
  for (std::uint32_t i = 0; i < 5; ++i) diagnostics_.Add({.code = "C001", .span = At(i, i), .message = "m"});
  EXPECT_EQ(diagnostics_.all().size(), 3U);
  EXPECT_EQ(diagnostics_.errors(), 5U);
  EXPECT_THAT(diagnostics_.Render(sources_), HasSubstr("\nand 2 more\n"));
}

TEST_F(Rendered, AnEmptyPlaceAtTheEndHasACaret) {
  diagnostics_.Add({.code = "C001", .span = At(15, 15), .message = "m"});
  EXPECT_EQ(diagnostics_.Render(sources_), "p.md:1:14: C001: m\n  act 处罚 by x\n               ^\n");
}

TEST(Render, HiddenCharactersDoNotReachTheTerminal) {
  Sources sources;
  const FileId file = sources.Add("p.md", "a\x1b[31m\xe2\x80\xae b");
  Diagnostics diagnostics;
  diagnostics.Add({.code = "S006", .span = {file, 1, 2}, .message = "m"});
  const std::string text = diagnostics.Render(sources);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
}

TEST(Render, ALongLineIsCutAroundThePlace) {
  Sources sources;
  const FileId file = sources.Add("p.md", std::string(3000, 'a') + "HERE" + std::string(3000, 'b'));
  Diagnostics diagnostics;
  diagnostics.Add({.code = "C001", .span = {file, 3000, 3004}, .message = "m"});
  const std::string text = diagnostics.Render(sources);
  EXPECT_LT(text.size(), 400U);
  const std::size_t line = text.find('\n') + 1;
  const std::size_t caret_line = text.find('\n', line) + 1;
  EXPECT_EQ(text.find("HERE") - line, text.find("^^^^") - caret_line);
}

TEST(Render, JsonEscapesAndGivesEditorsTheirColumns) {
  Sources sources;
  const FileId file = sources.Add("a\"b.md", "处x");
  Diagnostics diagnostics;
  diagnostics.Add({.code = "C001", .span = {file, 3, 4}, .message = "tab\there", .help = "\\"});
  EXPECT_EQ(
      diagnostics.RenderJson(sources),
      R"([{"code":"C001","severity":"error","file":"a\"b.md","line":1,"column":3,"utf16":1,"end_line":1,)"
      R"("end_column":4,"end_utf16":2,"message":"tab\u0009here","help":"\\","notes":[]}])");
}

TEST(Nearest, OnlyWhatMayBeMeant) {
  EXPECT_EQ(Nearest("gaurantee", {"rule", "guarantee", "act"}), "guarantee");
  EXPECT_EQ(Nearest("rul", {"rule", "role"}), "rule");
  EXPECT_EQ(Nearest("viod", {"voidable", "void"}), "void");
  EXPECT_EQ(Nearest("xyz", {"act", "use"}), "");
  EXPECT_EQ(Nearest("处罚决定", {"处罚决走"}), "处罚决走");
}

}  // namespace
}  // namespace lawbound::source
