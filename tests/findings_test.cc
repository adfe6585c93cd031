// What an example cannot say: grounds, marks, and what becomes of findings when a log does not show
// everything.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "calendar/calendar.h"
#include "check/check.h"
#include "engine/engine.h"
#include "engine/matter.h"
#include "syntax/syntax.h"

namespace lawbound {
namespace {

using engine::Finding;
using engine::Ground;

constexpr std::string_view kHead = R"(```lawbound
pack test/findings "Findings" @en
zone Europe/Rome
counted by days-of-law

instrument Law "Law" statute from memory
counting days-of-law under Law 1
  calendar italy

role office "Office": body
role head "Head": body
role citizen "Citizen": person
  abroad: yes-no
act apply "Application" by citizen under Law 2
act hear "Hearing" by office to citizen under Law 3
act decide "Decision" by office to citizen under Law 4
act serve "Served" by office to citizen on decide under Law 5
act remind "Reminder" by office to citizen on serve under Law 6
act confirm "Confirmed" by head to citizen under Law 7
act granted "Counts as granted" by law to citizen favourable "the application is granted" under Law 8
act pay "Payment" by citizen under Law 9
  amount: money
)";

// The outcomes of the first example of a pack: its head and `body`, read as a log when it has a mapping.
class Findings {
 public:
  explicit Findings(std::string_view body, bool strict = false) {
    source::Sources sources;
    source::Diagnostics diagnostics;
    const std::array files = {sources.Add("pack.md", std::string(kHead) + std::string(body) + "```\n")};
    const syntax::Tree tree = syntax::Parse(sources, files, diagnostics);
    const auto calendars = calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
    compiled_ = check::Compile(tree, sources, {.calendars = calendars.value().names()}, diagnostics);
    EXPECT_TRUE(compiled_) << diagnostics.Render(sources);
    if (!compiled_) return;
    const program::Program& program = compiled_->program;
    const program::MappingDef* mapping = program.mappings.empty() ? nullptr : &program.mappings.front();
    const auto plan =
        engine::Plan::Make(program, calendars.value(), {.mapping = mapping, .strict = strict}).value();
    history_ = compiled_->examples.front().batch.history(0);
    const engine::Matter matter(plan, history_, engine::Matter::Titles::kPlain);
    EXPECT_TRUE(matter.fits());
    engine::Fold(matter.plan(), matter.history(), record_, base::kLastDay, *base::ParseDay("2020-01-01"));
    for (engine::Outcome& outcome : record_.outcomes) outcome = matter.Folded(outcome);
  }

  std::vector<engine::Outcome> Of(std::string_view rule) const {
    const program::Program& program = compiled_->program;
    std::vector<engine::Outcome> found;
    std::copy_if(record_.outcomes.begin(), record_.outcomes.end(), std::back_inserter(found),
                 [&](const engine::Outcome& outcome) {
                   if (!outcome.sentence) return rule.empty();
                   const auto& sentence = program.sentences[outcome.sentence.index()];
                   return program.string(program.rules[sentence.rule.index()].name) == rule;
                 });
    return found;
  }
  std::size_t Broken() const {
    return static_cast<std::size_t>(
        std::count_if(record_.outcomes.begin(), record_.outcomes.end(),
                      [](const engine::Outcome& outcome) { return outcome.finding == Finding::kBroken; }));
  }
  bool Deemed() const {
    return std::any_of(record_.done.begin(), record_.done.end(),
                       [](const auto& done) { return done.deemed; });
  }

 private:
  std::optional<check::Compiled> compiled_;
  model::History history_;
  engine::Record record_;
};

TEST(Findings, WhatRestsOnAVoidActFollowsFromIt) {
  const Findings findings(R"(
rule hearing "Hear first" under Law 3
  decide only if hear
  breach: decide is void
example "nothing was heard"
  2011-03-01 decide by office to Rossi
  2011-03-02 serve by office to Rossi
  2011-03-03 remind by office to Rossi
)");
  EXPECT_EQ(findings.Broken(), 1U);
  const auto standing = findings.Of("");
  ASSERT_EQ(standing.size(), 2U);
  EXPECT_EQ(standing[0].finding, Finding::kReleased);
  EXPECT_EQ(standing[1].finding, Finding::kReleased);
}

TEST(Findings, WhatRestsOnNothingIsABreachOnce) {
  const Findings findings(R"(
rule served "A reminder in a month" under Law 6
  office must remind within 1 month of serve
example "never decided"
  2011-03-02 serve by office to Rossi
  2011-03-03 remind by office to Rossi
)");
  const auto standing = findings.Of("");
  ASSERT_EQ(standing.size(), 2U);
  EXPECT_EQ(standing[0].finding, Finding::kBroken);
  EXPECT_EQ(standing[0].ground, Ground::kMissingPredecessor);
  EXPECT_EQ(standing[1].finding, Finding::kReleased);
  EXPECT_TRUE(findings.Of("served").empty()) << "an act on nothing starts no time";
}

constexpr std::string_view kWindow = R"(
rule in-time "Thirty days" under Law 2
  citizen may apply within 30 days of decide
)";

TEST(Findings, LateIsNotTheSameAsWithoutAStart) {
  const Findings late(std::string(kWindow) + R"(
example "late"
  2011-03-01 decide by office to Rossi
  2011-04-04 apply by Rossi
)");
  ASSERT_EQ(late.Of("in-time").size(), 1U);
  EXPECT_EQ(late.Of("in-time")[0].ground, Ground::kLate);
  EXPECT_EQ(late.Of("in-time")[0].margin, 4);
  const Findings missing(std::string(kWindow) + R"(
example "nothing was decided"
  2011-04-04 apply by Rossi
)");
  ASSERT_EQ(missing.Of("in-time").size(), 1U);
  EXPECT_EQ(missing.Of("in-time")[0].ground, Ground::kMissingPredecessor);
}

constexpr std::string_view kSilence = R"(
rule silence "Sixty days, then it is granted" under Law 8
  office must decide within 60 days of apply
  breach: granted is deemed
mapping log xes
  "A" -> apply
  "S" -> serve
)";

TEST(Findings, ADutyTheLogCannotShowIsNotMissed) {
  const Findings seen(std::string(kSilence) + R"(  "D" -> decide
  unseen hear, remind, confirm, pay
  assume citizen.abroad = no
example "silent"
  2011-03-01 apply by Rossi
)");
  ASSERT_EQ(seen.Of("silence").size(), 1U);
  EXPECT_EQ(seen.Of("silence")[0].finding, Finding::kBroken);
  EXPECT_TRUE(seen.Deemed());
  const Findings unseen(std::string(kSilence) + R"(  unseen decide, hear, remind, confirm, pay
  assume citizen.abroad = no
example "silent"
  2011-03-01 apply by Rossi
)");
  ASSERT_EQ(unseen.Of("silence").size(), 1U);
  EXPECT_EQ(unseen.Of("silence")[0].finding, Finding::kCannotTell);
  EXPECT_FALSE(unseen.Deemed()) << "what cannot be told has no consequence";
}

// Of what a log cannot show nobody knows to whom it was done: neither that somebody was heard nor that all
// were.
TEST(Findings, AnUnseenActMayHaveConcernedAnybody) {
  const auto rules = [](std::string_view unseen) {
    return fmt::format(R"(
role neighbour "Neighbour": person several
act tell "Told" by office to neighbour favourable "told" under Law 3
act object "Objection" by neighbour under Law 3
rule somebody "Some neighbour is told" under Law 4
  decide only if some neighbour: (tell)
rule everybody "Every neighbour is told" under Law 4
  decide only if every neighbour: (tell)
mapping log xes
  "A" -> apply
  "D" -> decide
  "O" -> object neighbour="who"
  {}unseen hear, remind, confirm, pay, serve, citizen.abroad{}
example "nobody is named"
  2011-03-01 apply by Rossi
  2011-03-10 decide by office to Rossi
)",
                       unseen.empty() ? "\"T\" -> tell neighbour=\"who\"\n  " : "", unseen);
  };
  const Findings seen(rules(""));
  ASSERT_EQ(seen.Of("somebody").size(), 1U);
  EXPECT_EQ(seen.Of("somebody")[0].finding, Finding::kBroken);
  EXPECT_EQ(seen.Of("everybody")[0].finding, Finding::kKept);
  const Findings unseen(rules(", tell"));
  ASSERT_EQ(unseen.Of("somebody").size(), 1U);
  EXPECT_EQ(unseen.Of("somebody")[0].finding, Finding::kCannotTell);
  EXPECT_EQ(unseen.Of("everybody")[0].finding, Finding::kCannotTell);
}

TEST(Findings, AnActThatIsSeenMeetsADutyThatAnUnseenOneWouldMeetToo) {
  const std::string body = R"(
rule either "One or the other" under Law 7
  office must serve or remind within 60 days of apply
mapping log xes
  "A" -> apply
  "D" -> decide
  "S" -> serve
  unseen hear, remind, confirm, pay
  assume citizen.abroad = no
example "by the one that is seen"
  2011-03-01 decide by office to Rossi
  2011-03-01 apply by Rossi
)";
  const auto met = Findings(body + "  2011-03-10 serve by office to Rossi\n").Of("either");
  ASSERT_EQ(met.size(), 1U);
  EXPECT_EQ(met[0].finding, Finding::kKept);
  const auto late = Findings(body + "  2011-06-10 serve by office to Rossi\n").Of("either");
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].finding, Finding::kCannotTell) << "the other may have been in time";
}

TEST(Findings, AssumedValuesAreMarkedAndStrictlyUnknown) {
  const std::string body = R"(
rule at-home "Thirty days at home" under Law 4
  office must decide within 30 days of apply if not citizen.abroad
mapping log xes
  "A" -> apply
  "D" -> decide
  unseen serve, hear, remind, confirm, pay
  assume citizen.abroad = no
example "late"
  2011-03-01 apply by Rossi
  2011-06-01 decide by office to Rossi
)";
  const auto assumed = Findings(body).Of("at-home");
  ASSERT_EQ(assumed.size(), 1U);
  EXPECT_EQ(assumed[0].finding, Finding::kBroken);
  EXPECT_TRUE(assumed[0].marks.by_assumption);
  EXPECT_TRUE(assumed[0].marks.late);
  const auto strict = Findings(body, true).Of("at-home");
  ASSERT_EQ(strict.size(), 1U);
  EXPECT_EQ(strict[0].finding, Finding::kCannotTell);
}

TEST(Findings, LatenessIsCountedFromACeilingThatEndedAStop) {
  const auto duty = Findings(R"(
term decision-time: 90 days from apply under Law 4
  stops while hear unanswered by serve under Law 4
  at most 120 days from apply under Law 4
rule in-time "Ninety days" under Law 4
  office must decide within decision-time
example "never resumed"
  2011-01-10 apply by Rossi
  2011-02-01 hear by office to Rossi
  2011-05-20 decide by office to Rossi
)")
                        .Of("in-time");
  ASSERT_EQ(duty.size(), 1U);
  EXPECT_EQ(duty[0].due, *base::ParseDay("2011-05-10"));
  EXPECT_EQ(duty[0].margin, 10);
}

TEST(Findings, OnlyWhatWouldHaveMetTheDutyIsLatePerformance) {
  const std::string head = R"(
rule pay-in-time "The whole in thirty days" under Law 9
  citizen must pay within 30 days of decide so that sum of pay.amount >= 100 EUR
)";
  const auto part = Findings(head + R"(
example "a part, late"
  2011-03-01 decide by office to Rossi
  2011-05-01 pay by Rossi amount: 40 EUR
)")
                        .Of("pay-in-time");
  ASSERT_EQ(part.size(), 1U);
  EXPECT_FALSE(part[0].marks.late);
  const auto whole = Findings(head + R"(
example "the whole, late"
  2011-03-01 decide by office to Rossi
  2011-05-01 pay by Rossi amount: 40 EUR
  2011-05-03 pay by Rossi amount: 60 EUR
)")
                         .Of("pay-in-time");
  ASSERT_EQ(whole.size(), 1U);
  EXPECT_TRUE(whole[0].marks.late);
  EXPECT_EQ(whole[0].margin, 33);
}

}  // namespace
}  // namespace lawbound
