// The floor of adverse acts: a pack that keeps all eight guards is above it; with any one of them taken away
// it is not, and the answer names which.
#include "program/floor.h"

#include <array>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

#include "check/check.h"
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

}  // namespace
}  // namespace lawbound
