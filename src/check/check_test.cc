// What Check builds and Lower writes.  What they say to an author is in tests/expect/check.
#include "check/check.h"

#include <algorithm>
#include <array>
#include <string>

#include "gtest/gtest.h"

#include "syntax/syntax.h"

namespace lawbound::check {
namespace {

constexpr std::string_view kHead = R"(```lawbound
pack test/one "One" @en
zone Europe/Rome
counted by days-of-law

instrument CdS "Codice" statute seen
instrument CPC "Procedura" statute
counting days-of-law under CPC 155
  calendar italy
  first day does not count
  rest day at the end moves on

role police "Police": body
role offender "Offender": person
  abroad: yes-no optional

act issue "Finding" by police to offender under CdS 200
  amount: money
  article: text optional
act send "Report" by police to offender on issue under CdS 201
act served "Delivered" by law to offender on send under CdS 201
act pay "Payment" by offender under CdS 202
  amount: money
act appeal "Appeal" by offender on issue under CdS 203
  ground: one of form, facts, law
act withdrawn "Deemed withdrawn" by law to offender on issue under CdS 203
)";

struct Outcome {
  std::string said;
  std::optional<CheckedPack> pack;
};

Outcome CheckText(std::string_view body) {
  source::Sources sources;
  source::Diagnostics diagnostics;
  const std::array files = {sources.Add("pack.md", std::string(kHead) + std::string(body) + "```\n")};
  const syntax::Tree tree = syntax::Parse(sources, files, diagnostics);
  Outcome outcome;
  if (!diagnostics.HasErrors()) outcome.pack = Check(tree, sources, {.calendars = {"italy"}}, diagnostics);
  outcome.said = diagnostics.Render(sources);
  return outcome;
}

// The pack that `body` makes; fails the test with what the checker said.
CheckedPack Checked(std::string_view body) {
  Outcome outcome = CheckText(body);
  EXPECT_TRUE(outcome.pack) << outcome.said;
  return outcome.pack ? std::move(*outcome.pack) : CheckedPack();
}

std::vector<program::Operation> Operations(const program::Program& program, program::CodeId code) {
  std::vector<program::Operation> operations;
  const program::Code& row = program.codes[code.index()];
  for (std::uint32_t i = row.ops.first; i < row.ops.end(); ++i)
    operations.push_back(program.ops[i].operation);
  return operations;
}

TEST(Check, FieldsOfActsStandBeforeThoseOfRoles) {
  const CheckedPack pack = Checked("");
  ASSERT_EQ(pack.fields.size(), 5u);
  EXPECT_EQ(pack.fields[1].name, "article");
  EXPECT_EQ(pack.fields[1].place, 1u);
  EXPECT_TRUE(pack.fields[4].role);
  EXPECT_EQ(pack.fields[4].place, 0u);
  EXPECT_EQ(pack.role_fields, 1u);
}

TEST(Check, ASentenceKeepsItsWordsAndHasItsOwnTerm) {
  const CheckedPack pack = Checked(R"(
rule notify "Ninety days" under CdS 201(1)
  governed by issue
  police must send within 90 days
      of issue   if not offender.abroad   # the reform
    from 2010-08-13
  breach: issue falls
)");
  ASSERT_EQ(pack.sentences.size(), 1u);
  const Sentence& sentence = pack.sentences[0];
  EXPECT_EQ(sentence.text, "police must send within 90 days of issue if not offender.abroad from 2010-08-13");
  EXPECT_EQ(sentence.side, Side::kAuthority);
  EXPECT_EQ(base::PrintDay(sentence.from), "2010-08-13");
  const Term& term = pack.terms[sentence.term.index()];
  EXPECT_EQ(term.sentence, SentenceId(0));
  EXPECT_EQ(term.length.fixed.count, 90);
  ASSERT_EQ(term.starts.size(), 1u);
  EXPECT_EQ(pack.acts[term.restarts[0].act.index()].name, "issue");
}

TEST(Check, FactsAreNumberedAfterWhatTheyUse) {
  const CheckedPack pack = Checked(R"(
fact left = due - paid
fact due = issue.amount
fact paid = sum of pay.amount
)");
  ASSERT_EQ(pack.facts.size(), 3u);
  EXPECT_EQ(pack.facts[2].name, "left");
  EXPECT_EQ(pack.facts[2].value.type.value, ValueType::kMoney);
}

TEST(Check, AReadingNotSaidIsThatOfTheInstrument) {
  const CheckedPack pack = Checked("");
  EXPECT_EQ(pack.acts[0].under[0].reading, law::Reading::kSeen);
  EXPECT_EQ(pack.countings[0].under[0].reading, law::Reading::kFromMemory);
}

TEST(Check, AnExampleIsAHistoryInEffectiveOrder) {
  const CheckedPack pack = Checked(R"(
rule pay-in-time "Sixty days" under CdS 202
  offender may pay within 60 days of served
example "two payments"
  offender abroad: yes
  2024-01-10 issue by Rossi amount: 38.50 EUR
  2024-02-01 pay amount: 10 EUR
  2024-01-20 recorded 2024-02-03 pay amount: 5 EUR -> lawful
  2024-03-01 -> due pay 2024-03-01; no breach
)");
  ASSERT_EQ(pack.examples.size(), 1u);
  const Example& example = pack.examples[0];
  const model::History history = example.batch.history(0);
  ASSERT_EQ(history.entries.size(), 3u);
  EXPECT_EQ(history.value(history.entries[0], 0), 3850);
  EXPECT_EQ(history.value(history.entries[0], 1), model::kMissing);
  EXPECT_EQ(history.value(history.entries[1], 0), 500);
  EXPECT_EQ(history.role_values[0], 1);
  EXPECT_EQ(example.steps[2].entry, 1u);
  EXPECT_EQ(example.steps[2].wanted[0].kind, Wanted::Kind::kLawful);
  EXPECT_FALSE(example.steps[3].entry);
  EXPECT_EQ(example.steps[3].wanted[0].term, TermId(0));
  EXPECT_EQ(pack.currency, "EUR");
}

TEST(Lower, AnswersAndNumbersHaveTheirOwnOperations) {
  const program::Program program = Lower(Checked(R"(
fact abroad-or-paid = offender.abroad = no or sum of pay.amount >= min(issue.amount, 3% * issue.amount)
)"));
  using program::Operation;
  const std::vector<Operation> wanted = {Operation::kRoleYesNo, Operation::kNo,    Operation::kSameTri,
                                         Operation::kSum,       Operation::kField, Operation::kField,
                                         Operation::kPercentOf, Operation::kMin,   Operation::kGreaterEqual,
                                         Operation::kOr};
  EXPECT_EQ(Operations(program, program.facts[0].code), wanted);
  EXPECT_EQ(program.codes[program.facts[0].code.index()].depth, 4u);
  EXPECT_NE(std::find(program.constants.begin(), program.constants.end(), 300), program.constants.end());
}

TEST(Lower, ASetOfChoicesIsAMask) {
  const program::Program program = Lower(Checked("fact f = appeal.ground in (form, law)\n"));
  EXPECT_EQ(program.constants, std::vector<std::int64_t>{0b101});
}

TEST(Lower, TheTablesOfOnePack) {
  const program::Program program = Lower(Checked(R"(
term answer-time: 30 days from the later of issue and served under CdS 203
  restarts on send
  stops while appeal unanswered by withdrawn
  extended on send by 10 days at most 30 days once
  at most 2 years from issue
rule answers "Answer" under CdS 203, CPC 1
  offender may appeal within answer-time if answer-time is not over
  no appeal if sum of pay.amount >= issue.amount
  on lapse of answer-time: withdrawn is deemed if not appeal
  breach: appeal is inadmissible
)"));
  ASSERT_EQ(program.terms.size(), 1u);
  const program::TermDef& term = program.terms[0];
  EXPECT_EQ(program.string(term.name), "answer-time");
  EXPECT_EQ(term.starts.count, 2u);
  EXPECT_EQ(term.restarts.count, 1u);
  EXPECT_EQ(term.stops.count, 1u);
  EXPECT_TRUE(program.extensions[term.extensions.first].once);
  EXPECT_EQ(program.ceilings[term.ceilings.first].length.fixed.unit, calendar::Unit::kYears);
  ASSERT_EQ(program.sentences.size(), 3u);
  EXPECT_EQ(program.sentences[0].side, program::Side::kParty);
  EXPECT_EQ(program.sentences[2].event.kind, program::EventDef::Kind::kLapse);
  EXPECT_EQ(program.rules[0].sentences.count, 3u);
  EXPECT_EQ(program.rules[0].under.count, 2u);
  const auto over = program::PhaseBit(program::Phase::kOver);
  EXPECT_EQ(program.ops[program.codes[program.sentences[0].if_code.index()].ops.first].small, 0b1111 & ~over);
}

}  // namespace
}  // namespace lawbound::check
