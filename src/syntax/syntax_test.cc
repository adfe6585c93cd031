#include "syntax/syntax.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "syntax/lexer.h"
#include "syntax/parts.h"

namespace lawbound::syntax {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// A page with one block of code, read.
struct Read {
  explicit Read(const std::string& code) : Read(Whole{}, "```lawbound\npack x/y\n" + code + "```\n") {}
  struct Whole {};
  Read(Whole, std::string page) {
    file = sources.Add("p.md", std::move(page));
    const std::vector<source::FileId> files = {file};
    tree = Parse(sources, files, diagnostics);
  }

  std::string said() const { return diagnostics.Render(sources); }
  std::vector<std::string> codes() const {
    std::vector<std::string> all;
    for (const source::Diagnostic& diagnostic : diagnostics.all()) all.emplace_back(diagnostic.code);
    return all;
  }
  template <typename T>
  const T& item(std::size_t index) const {
    return std::get<T>(tree.pages.at(0).items.at(index));
  }
  std::size_t items() const { return tree.pages.at(0).items.size(); }

  source::Sources sources;
  source::Diagnostics diagnostics;
  source::FileId file;
  Tree tree;
};

// All of an expression but its places.
std::string Dump(const Expr& expr) {
  std::string text = std::to_string(static_cast<int>(expr.kind)) + "[" + expr.path.name.text + "." +
                     expr.path.field.value_or(Name{}).text + " " + expr.other.name.text + "." +
                     expr.other.field.value_or(Name{}).text + " " + std::to_string(expr.number) + " " +
                     std::to_string(expr.number2) + " " + expr.text + " " + base::PrintDay(expr.day) +
                     (expr.negated ? " not" : "") + (expr.time_to ? " to" : "");
  if (expr.length) text += " " + std::to_string(expr.length->number.value_or(-1));
  for (const Name& name : expr.names) text += " " + name.text;
  for (const Expr& operand : expr.operands) text += " " + Dump(operand);
  return text + "]";
}
std::string Dump(const std::string& expr) {
  const Read read("fact f = " + expr + "\n");
  if (read.diagnostics.HasErrors()) return read.said();
  return Dump(*read.item<Fact>(0).value);
}

std::string Reprint(const std::string& expr) {
  const Read read("fact f = " + expr + "\n");
  if (read.diagnostics.HasErrors()) return read.said();
  return Print(*read.item<Fact>(0).value);
}

// ------------------------------------------------------------------------------------------------------
// lexing

std::vector<std::string> Words(const std::string& line) {
  source::Sources sources;
  source::Diagnostics diagnostics;
  const source::FileId file = sources.Add("p.md", "```lawbound\n" + line + "\n```\n");
  std::vector<std::string> words;
  for (const Block& block : ReadBlocks(sources, file, diagnostics)) {
    for (const Token& token : block.lines.at(0).tokens) words.emplace_back(token.text);
  }
  return words;
}

TEST(Lexer, ProvisionsAreOneWord) {
  EXPECT_THAT(Words("201(1), 204-bis 204(1-bis) 64(2)(3) 4:5(4) 3.9(1) 42a"),
              ElementsAre("201(1)", ",", "204-bis", "204(1-bis)", "64(2)(3)", "4:5(4)", "3.9(1)", "42a"));
}

TEST(Lexer, SignsEndWords) {
  EXPECT_THAT(Words("a->b a-b f(3).low>=3% x:(y) k=\"v # \\\" w\"# c"),
              ElementsAre("a", "->", "b", "a-b", "f", "(", "3", ")", ".", "low", ">=", "3", "%", "x", ":",
                          "(", "y", ")", "k", "=", "\"v # \\\" w\""));
}

TEST(Lexer, NamesInOtherScripts) {
  EXPECT_THAT(Words("处罚决定 Anhörung-2 приказ ひらカナ漢字"),
              ElementsAre("处罚决定", "Anhörung-2", "приказ", "ひらカナ漢字"));
}

TEST(Lexer, OnlyLawboundFencesAreCode) {
  const Read read(Read::Whole{},
                  "text `x`\n```text\n```lawbound\nrubbish !!\n```\n  ```lawbound\nindented !!\n"
                  "~~~\n```lawbound\nrubbish !!\n```\n~~~\n````lawbound note\r\npack x/y\r\n```\r\n````\r\n");
  EXPECT_THAT(read.codes(), ElementsAre("S005"));  // the three backquotes inside the block of four
  EXPECT_EQ(read.tree.path.text, "x/y");
}

TEST(Lexer, MarkdownListsAreProse) {
  const Read read(Read::Whole{}, "- a\n  ```lawbound\n  nothing to read here\n  ```\n");
  EXPECT_THAT(read.codes(), ElementsAre("S018"));  // no block, so no statement and no pack
  EXPECT_EQ(read.items(), 0U);
}

// -------------------------------------------------------------------------------------------------
// statements

TEST(Parse, CitationsMayLeaveOutTheInstrument) {
  const Read read("rule r \"R\" under APL 63, 64(1) secondary, SAMRH 5 from memory, 6 seen\n  no a if b\n");
  ASSERT_EQ(read.said(), "");
  std::vector<std::string> printed;
  for (const Citation& citation : read.item<Rule>(0).under) printed.push_back(Print(citation));
  EXPECT_THAT(printed, ElementsAre("APL 63", "APL 64(1) secondary", "SAMRH 5 from memory", "SAMRH 6 seen"));
}

TEST(Parse, ACitationFromMemoryIsNoDate) {
  const Read read(
      "instrument A \"A\" statute from memory\nrule r \"R\" under A 1\n  no a if b from 2011-01-02 until "
      "2012-01-01\n");
  ASSERT_EQ(read.said(), "");
  EXPECT_EQ(read.item<Instrument>(0).reading, Reading::kFromMemory);
  const Sentence& sentence = read.item<Rule>(1).sentences.at(0);
  EXPECT_EQ(sentence.from, base::ParseDay("2011-01-02"));
  EXPECT_EQ(sentence.until, base::ParseDay("2012-01-01"));
}

TEST(Parse, RuleTakesItsScopeOnItsHeadOrBelow) {
  const Read read(
      "rule r \"R\" under A 1 for each party governed by a on b\n  if heavy\n  overrides s\n  breach: a is "
      "void; b falls\n");
  ASSERT_EQ(read.said(), "");
  const Rule& rule = read.item<Rule>(0);
  EXPECT_EQ(rule.for_each->text, "party");
  EXPECT_EQ(rule.governed_by->on->text, "b");
  EXPECT_TRUE(rule.if_.has_value());
  EXPECT_EQ(rule.overrides.size(), 1U);
  EXPECT_EQ(rule.breach.size(), 2U);
}

TEST(Parse, ExampleStepsWithPeopleAndFields) {
  const Read read(
      "example \"e\"\n"
      "  offender abroad: no, kind: natural\n"
      "  2010-12-30 14:05 recorded 2011-01-02 issue by Rossi, Bianchi, amount: 38 EUR, article: 157 -> "
      "lawful; no breach\n"
      "  2010-12-31 hear by Kurz to Weber on issue until: 14 days, basis: (APL 7, APL 8(1))\n"
      "  2010-12-31 -> breach notify on 2010-12-29; unlawful r, s; cannot tell a.b; due t 2011-01-01\n");
  ASSERT_EQ(read.said(), "");
  const Example& example = read.item<Example>(0);
  EXPECT_EQ(example.given.at(0).fields.size(), 2U);
  EXPECT_EQ(example.steps.at(0).by.size(), 2U);
  EXPECT_EQ(example.steps.at(0).minute, 14 * 60 + 5);
  EXPECT_EQ(example.steps.at(0).fields.at(0).value.number, 3800);
  EXPECT_EQ(example.steps.at(1).fields.at(0).value.kind, ExprKind::kLength);
  EXPECT_EQ(Print(example.steps.at(1).fields.at(1).value), "(APL 7, APL 8(1))");
  EXPECT_FALSE(example.steps.at(2).act.has_value());
  EXPECT_EQ(example.steps.at(2).wanted.size(), 4U);
}

TEST(Parse, Mappings) {
  const Read read(
      "mapping log csv case \"id\" act \"what\" time \"when\"\n"
      "  \"Send Fine\" -> send expense=\"expense\" deadline=\"case:deadline\"\n"
      "  unseen judgment, offender.abroad\n"
      "  assume offender.abroad = no\n");
  ASSERT_EQ(read.said(), "");
  const Mapping& mapping = read.item<Mapping>(0);
  EXPECT_EQ(mapping.lines.at(0).fields.at(1).attribute, "case:deadline");
  EXPECT_EQ(mapping.unseen.size(), 2U);
  EXPECT_EQ(mapping.assume.at(0).second.kind, ExprKind::kNo);
}

TEST(Parse, ALineGoesOnWhereItCannotStart) {
  const Read read(
      "fact f = a\n  or b\n"
      "rule r \"R\"\n    under A 1\n  no a if b\n    or c\n"
      "guarantee g: never a\n  unless b\n");
  ASSERT_EQ(read.said(), "");
  EXPECT_EQ(Print(*read.item<Fact>(0).value), "a or b");
  EXPECT_EQ(Print(*read.item<Rule>(1).sentences.at(0).condition), "b or c");
}

TEST(Parse, GoesOnAfterEveryMistake) {
  const Read read(
      "rule r \"R\" under A 1\n  no a if\n  police shall send\n  no b if c\n"
      "act a \"A\" bye law\n  amount money\n  reasons: text\n"
      "fact g = yes\n");
  EXPECT_THAT(read.codes(), ElementsAre("S002", "S002", "S002", "S002"));
  EXPECT_EQ(read.items(), 2U);  // the rule with one sentence, and the last fact
  EXPECT_EQ(read.item<Rule>(0).sentences.size(), 1U);
}

TEST(Parse, WordsOfStatementsMayBeNames) {
  const Read read(
      "rule rule \"R\" under A 1\n  on until on if-then: time falls if sum and count = earlier.from\n");
  EXPECT_EQ(read.said(), "");
}

TEST(Parse, TwentyThousandStatements) {
  std::string code;
  for (int i = 0; i < 20002; ++i) code += "closes when a\n";
  const Read read(code);
  EXPECT_THAT(read.codes(), ElementsAre("S012"));
  EXPECT_EQ(read.items(), 20000U);
}

TEST(Parse, DeepChainsAreRefused) {
  std::string sum = "1";
  std::string nots;
  for (int i = 0; i < 3000; ++i) sum += "\n  + 1";
  for (int i = 0; i < 900; ++i) nots += "not ";
  EXPECT_THAT(Read("fact f = " + sum + "\n").codes(), ElementsAre("S011"));
  EXPECT_THAT(Read("fact f = " + nots + "a\n").codes(), ElementsAre("S011"));
}

TEST(Parse, APageWithoutCodeIsProse) {
  const Read read(Read::Whole{}, "# Only prose\n");
  EXPECT_THAT(read.codes(), ElementsAre("S018"));  // pages of prose alone are no pack
  EXPECT_EQ(read.tree.pages.size(), 1U);
}

// ----------------------------------------------------------------------------------------------------
// printing

TEST(Print, DropsOnlyParenthesesThatChangeNothing) {
  EXPECT_EQ(Reprint("(a or (b or c)) and not (x = 1)"), "(a or b or c) and not x = 1");
  EXPECT_EQ(Reprint("not (a and b)"), "not (a and b)");
  EXPECT_EQ(Reprint("1 - (2 - 3) - (4 * 5)"), "1 - (2 - 3) - 4 * 5");
  EXPECT_EQ(Reprint("(1 + 2) * 3 >= f(a or b).low"), "(1 + 2) * 3 >= f(a or b).low");
  EXPECT_EQ(Reprint("((a = b) = (c < d))"), "(a = b) = (c < d)");
  EXPECT_EQ(Reprint("(not a) in (x, y)"), "(not a) in (x, y)");
}

TEST(Print, EveryForm) {
  for (const char* expr : {"38.50 EUR",
                           "150000 CNY",
                           "2.5%",
                           "3%",
                           "2011-01-02",
                           "yes",
                           "\"a \\\"b\\\" \\\\\"",
                           "previous notify.amount",
                           "sum of pay.amount + count of pay",
                           "min(a, max(b, c))",
                           "f(a, b).low",
                           "decide has reasons",
                           "apply in time",
                           "a after b",
                           "a unanswered by b",
                           "target is not challenged",
                           "decide is set aside",
                           "decide is held void",
                           "r is broken",
                           "t is not over",
                           "time to pay is running",
                           "time to pay is not idle",
                           "a.day at least 10 working days before b",
                           "a at least x.length after b.day",
                           "a within f(b) months of c",
                           "a.day is a working day",
                           "a between 08:05 and 18:30",
                           "a.by share no one with b.by",
                           "a.by hold legal",
                           "a.by are head",
                           "some party: (a or b)",
                           "every exhibit in decide.rests-on: (admitted)",
                           "earlier decide within 1 year",
                           "x.kind not in (a, b)",
                           "a != b",
                           "a <= b"}) {
    EXPECT_EQ(Reprint(expr), expr);
  }
}

TEST(Format, OneLayout) {
  const std::string page =
      "Prose  stays.\t\n\n```lawbound\npack   x/y  \"X\"@en   # why  \n"
      "table t(kind)->low,high under A 1\n   \n  a->1 CNY ,2 CNY\n"
      " # about the next\nact  a \"A\" by law\n      under A 1\n amount:money\n"
      "closes when(a or b ( c ) . d)\n      or e\n"
      "mapping m xes\n  \"A\"->a  x = \"y\"\n```\nmore `prose`\n";
  const std::string wanted =
      "Prose  stays.\t\n\n```lawbound\npack x/y \"X\" @en  # why  \n"
      "table t (kind) -> low, high under A 1\n\n  a -> 1 CNY, 2 CNY\n"
      "  # about the next\nact a \"A\" by law\n    under A 1\n  amount: money\n"
      "closes when (a or b(c).d)\n  or e\n"
      "mapping m xes\n  \"A\" -> a x=\"y\"\n```\nmore `prose`\n";
  const Read read(Read::Whole{}, page);
  ASSERT_EQ(read.said(), "");
  EXPECT_EQ(Format(read.sources, read.file), wanted);
  const Read again(Read::Whole{}, wanted);
  EXPECT_EQ(Format(again.sources, again.file), wanted);
}

TEST(Format, KeepsTheLineEndsOfThePage) {
  const std::string page = "a\r\n```lawbound\r\npack x/y\r\nfact f = yes\r\n```\r\nb\n";
  const Read read(Read::Whole{}, page);
  ASSERT_EQ(read.said(), "");
  EXPECT_EQ(Format(read.sources, read.file), page);
}

// ----------------------------------------------------------------------------------------------- random
// inputs

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  std::size_t Below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  const char* Pick(const std::vector<const char*>& from) { return from[Below(from.size())]; }

 private:
  std::mt19937 random_;
};

// An expression with parentheses wherever they may be, and the same with fewest.
std::string RandomExpr(Dice& dice, int depth) {
  if (depth == 0) {
    return dice.Pick({"a", "b.c", "3", "38.50 EUR", "yes", "a is not over", "a has b", "f(a)", "2011-01-02",
                      "3%", "a within 3 days of b", "earlier a within 2 years", "time to a is over",
                      "count of a"});
  }
  const std::string left = RandomExpr(dice, depth - 1);
  const std::string right = RandomExpr(dice, depth - 1);
  switch (dice.Below(6)) {
    case 0:
      return "not (" + left + ")";
    case 1:
      return "some p: (" + left + ")";
    case 2:
      return "(" + left + ") in (x, y)";
    case 3:
      return "min(" + left + ", " + right + ")";
    default:
      return "(" + left + ") " + dice.Pick({"and", "or", "=", "<", "+", "-", "*", "!="}) + " (" + right + ")";
  }
}

TEST(Random, PrintedExpressionsMeanTheSame) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const std::string full = RandomExpr(dice, 1 + static_cast<int>(dice.Below(4)));
    const std::string printed = Reprint(full);
    EXPECT_LE(printed.size(), full.size());
    EXPECT_EQ(Dump(printed), Dump(full)) << full << "\n" << printed;
    EXPECT_EQ(Reprint(printed), printed);
  }
}

TEST(Random, RubbishIsReadToTheEnd) {
  const std::vector<const char*> pieces = {"act ",
                                           "rule ",
                                           "term ",
                                           "fact ",
                                           "example ",
                                           "mapping ",
                                           "table ",
                                           "role ",
                                           "closes when ",
                                           "guarantee ",
                                           "pack ",
                                           "replaces ",
                                           "counting ",
                                           "instrument ",
                                           "target ",
                                           "\n",
                                           "\n",
                                           "\n  ",
                                           "\n  ",
                                           "\n    ",
                                           "a ",
                                           "b",
                                           "\"t\" ",
                                           "\"",
                                           "@en ",
                                           "under ",
                                           "CdS ",
                                           "201(1) ",
                                           ": ",
                                           ", ",
                                           "; ",
                                           "-> ",
                                           "( ",
                                           ") ",
                                           ". ",
                                           "if ",
                                           "unless ",
                                           "may ",
                                           "must ",
                                           "only if ",
                                           "no ",
                                           "on ",
                                           "within ",
                                           "3 ",
                                           "days ",
                                           "of ",
                                           "from ",
                                           "until ",
                                           "2011-01-02 ",
                                           "14:05 ",
                                           "is ",
                                           "not ",
                                           "and ",
                                           "or ",
                                           "+ ",
                                           "% ",
                                           "some ",
                                           "every ",
                                           "in ",
                                           "min(",
                                           "breach: ",
                                           "= ",
                                           "# c",
                                           "\t",
                                           "\xff",
                                           "处",
                                           "\xe2\x80\xae",
                                           "```\n",
                                           "```lawbound\n",
                                           "by ",
                                           "to ",
                                           "one of ",
                                           "list of ",
                                           "the later of ",
                                           "lapse of ",
                                           "time to ",
                                           "EUR "};
  for (unsigned seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    std::string page = "```lawbound\n";
    for (std::size_t i = dice.Below(80); i > 0; --i) page += dice.Pick(pieces);
    const Read read(Read::Whole{}, page);
    (void)read.said();
    (void)read.diagnostics.RenderJson(read.sources);
    if (read.diagnostics.HasErrors()) continue;
    const std::string once = Format(read.sources, read.file);
    const Read again(Read::Whole{}, once);
    EXPECT_EQ(again.said(), "");
    EXPECT_EQ(Format(again.sources, again.file), once);
  }
}

}  // namespace
}  // namespace lawbound::syntax
