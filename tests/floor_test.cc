// The floor of adverse acts: a pack that keeps all eight guards is above it; with any one of them taken away
// it is not, and the answer names which.
#include "program/floor.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "gtest/gtest.h"

#include "check/check.h"
#include "program/names.h"
#include "syntax/syntax.h"

namespace lawbound {
namespace {

using program::Guard;

constexpr std::string_view kPack = R"(```lawbound
pack test/floor "Floor" @en
counted by plain
instrument L "Law" statute
counting plain under L 1
  calendar italy
role officer "Officer": official
role other "Other office": body
role party "Party": person
act notify "Notice" by officer to party favourable "they can answer" under L 1
act say "Statement" by party on notify under L 1
act decide "Decision" by officer to party on notify under L 2
  reasons: text
  remedy: text
act served "Delivered" by law to party on decide under L 2
act object "Objection" by party on decide under L 3
act answer "Answer" by other to party on object favourable "somebody else decides" under L 4
rule in-time "In time" under L 2
  officer must decide within 30 days of notify
rule objecting "Thirty days" under L 3
  party may object within 30 days of served
```
)";

program::Program Compiled(const std::string& page) {
  source::Sources sources;
  source::Diagnostics diagnostics;
  const std::array files = {sources.Add("pack.md", page)};
  const syntax::Tree tree = syntax::Parse(sources, files, diagnostics);
  auto compiled = check::Compile(tree, sources, {.calendars = {"italy"}}, diagnostics);
  EXPECT_TRUE(compiled) << diagnostics.Render(sources);
  return compiled ? std::move(compiled->program) : program::Program();
}

std::string With(std::string_view what, std::string_view instead) {
  std::string page(kPack);
  const std::size_t at = page.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return page.replace(at, what.size(), instead);
}

TEST(Floor, APackThatKeepsEveryGuardIsAboveIt) {
  const auto gate = program::AboveFloor::Make(Compiled(std::string(kPack)));
  ASSERT_TRUE(gate.ok()) << gate.error().message;
  EXPECT_EQ(gate.value().program().acts.size(), 6u);
}

struct Without {
  Guard guard;
  std::string_view what, instead;
};

constexpr Without kWithout[] = {
    {Guard::kHearing, "act say \"Statement\" by party on notify under L 1\n", ""},
    {Guard::kReasons, "  reasons: text\n", "  reasons: text optional\n"},
    {Guard::kBasis, "to party on notify under L 2\n", "to party on notify\n"},
    {Guard::kTerm, "officer must decide within 30 days of notify", "decide only if notify"},
    {Guard::kRemedy, "by other to party on object", "by officer to party on object"},
    {Guard::kRemedyTold, "  remedy: text\n", ""},
    {Guard::kOpenRemedy, "object within 30 days of served", "object within 30 days of notify"},
    {Guard::kNotice, "to party favourable \"they can answer\" under L 1", "favourable \"a note\" under L 1"},
};

TEST(Floor, WithAnyGuardTakenAwayItIsNot) {
  for (const Without& one : kWithout) {
    const program::Program program = Compiled(With(one.what, one.instead));
    bool named = false;
    for (const program::FloorGap& gap : program::FloorGaps(program)) named = named || gap.guard == one.guard;
    EXPECT_TRUE(named) << program::GuardWords(one.guard);
    EXPECT_FALSE(program::AboveFloor::Make(program).ok()) << program::GuardWords(one.guard);
  }
}

struct Reading {
  std::string_view what, instead;
  bool kept;
  Guard guard;
};

// docs/decisions/0330: what the guards of time, notice and the open remedy take, and what they do not.
constexpr Reading kReadings[] = {
    // A condition that always holds is as good as resting on the act.
    {"by officer to party on notify under L 2\n  reasons", "by officer to party under L 2\n  reasons", false,
     Guard::kNotice},
    {"by officer to party on notify under L 2\n  reasons", "by officer to party under L 2 ONLY\n  reasons",
     true, Guard::kNotice},
    {"by officer to party on notify under L 2\n  reasons", "by officer to party under L 2 PERHAPS\n  reasons",
     false, Guard::kNotice},
    {"by officer to party on notify under L 2\n  reasons", "by officer to party under L 2 EITHER\n  reasons",
     false, Guard::kNotice},
    // A time: owed, open for a time alone, or tied to a day.
    {"officer must decide within 30 days of notify", "officer may decide within 30 days of notify", true,
     Guard::kTerm},
    {"officer must decide within 30 days of notify",
     "officer may decide within 30 days of notify\n  officer may decide if say", false, Guard::kTerm},
    {"officer must decide within 30 days of notify", "decide only if decide.day = notify.day", true,
     Guard::kTerm},
    {"officer must decide within 30 days of notify", "decide only if decide within 30 days of notify", true,
     Guard::kTerm},
    {"officer must decide within 30 days of notify", "decide only if decide.day >= notify.day", false,
     Guard::kTerm},
    {"officer must decide within 30 days of notify", "decide only if decide.day = notify.day or say", false,
     Guard::kTerm},
    // One time that begins with the act, or with its delivery, is enough; "not over" is a time as well.
    {"  party may object within 30 days of served\n",
     "  party may object within 30 days of notify\n  party may object within 30 days of served\n", true,
     Guard::kOpenRemedy},
    {"by law to party on decide under L 2",
     "by officer to party on decide dated came favourable \"they have it\" under L 2\n  came: day", true,
     Guard::kOpenRemedy},
    {"by law to party on decide under L 2",
     "by officer to party on decide favourable \"they have it\" under L 2", false, Guard::kOpenRemedy},
    {"rule objecting \"Thirty days\" under L 3\n  party may object within 30 days of served\n",
     "term objecting-time: 30 days from notify under L 3\nrule objecting \"Thirty days\" under L 3\n"
     "  party may object if objecting-time is not over\n",
     false, Guard::kOpenRemedy},
    {"rule objecting \"Thirty days\" under L 3\n  party may object within 30 days of served\n",
     "term objecting-time: 30 days from served under L 3\nrule objecting \"Thirty days\" under L 3\n"
     "  party may object if objecting-time is not over\n",
     true, Guard::kOpenRemedy},
};

// A word at the end of the act says by which condition it waits for the notice.
std::string Waiting(std::string page) {
  constexpr std::pair<std::string_view, std::string_view> kConditions[] = {
      {" ONLY", "  decide only if notify and served\n"},
      {" PERHAPS", "  if say\n  decide only if notify\n"},
      {" EITHER", "  decide only if notify or served\n"}};
  for (const auto& [word, sentence] : kConditions) {
    const std::size_t at = page.find(word);
    if (at == std::string::npos) continue;
    page.erase(at, word.size());
    page.insert(page.find("rule in-time"),
                "rule waiting \"Told before\" under L 2\n" + std::string(sentence));
  }
  return page;
}

TEST(Floor, HowTimeNoticeAndOpenRemedyAreRead) {
  for (const Reading& one : kReadings) {
    const program::Program program = Compiled(Waiting(With(one.what, one.instead)));
    bool missing = false;
    for (const program::FloorGap& gap : program::FloorGaps(program))
      missing = missing || (gap.guard == one.guard && program::NameOf(program, gap.act) == "decide");
    EXPECT_EQ(!missing, one.kept) << one.instead;
  }
}

}  // namespace
}  // namespace lawbound
