// A program that was proved: its seal is believed when it is whole, of this program, by a trusted key and
// above the floor; and refused, with the reason, when any of that is not so.
#include "gate/proved_program.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

#include "calendar/calendar.h"
#include "check/check.h"
#include "gate/gate.h"
#include "syntax/syntax.h"
#include "tlog/note.h"

namespace lawbound {
namespace {

using base::Errc;
using gate::Gate;
using gate::ProvedProgram;

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
rule heard "Heard" under L 1
  decide only if say
rule objecting "Thirty days" under L 3
  party may object within 30 days of served
guarantee heard: never decide unless say
guarantee told: never decide unless notify
example "the whole way"
  2025-03-03 notify by officer to Rossi
  2025-03-04 say by Rossi
  2025-03-05 decide by officer to Rossi reasons: facts, remedy: object -> lawful
example "unheard"
  2025-03-03 notify by officer to Rossi
  2025-03-05 decide by officer to Rossi reasons: facts, remedy: object -> unlawful heard
```
)";

struct Compiled {
  calendar::Calendars calendars;
  program::Program program;
  std::vector<model::Batch> examples;
};

Compiled Compile(const std::string& page) {
  auto calendars = calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
  EXPECT_TRUE(calendars.ok());
  source::Sources sources;
  source::Diagnostics diagnostics;
  const std::array files = {sources.Add("pack.md", page)};
  const syntax::Tree tree = syntax::Parse(sources, files, diagnostics);
  auto compiled = check::Compile(tree, sources, {.calendars = calendars.value().names()}, diagnostics);
  EXPECT_TRUE(compiled) << diagnostics.Render(sources);
  Compiled out{.calendars = std::move(calendars).value(), .program = {}, .examples = {}};
  if (!compiled) return out;
  out.program = std::move(compiled->program);
  for (const check::Example& example : compiled->examples) out.examples.push_back(example.batch);
  return out;
}

std::string With(std::string_view what, std::string_view instead) {
  std::string page(kPack);
  const std::size_t at = page.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return page.replace(at, what.size(), instead);
}

base::Result<ProvedProgram> Prove(const Compiled& pack, std::uint32_t repeats = 2) {
  prove::Options options{.limits = {}, .day = prove::LawInForce(pack.program)};
  options.limits.repeats = repeats;
  options.examples = pack.examples;
  return ProvedProgram::Prove(pack.program, pack.calendars, options, "test 1");
}

tlog::SigningKey Key(std::uint8_t first) {
  std::array<std::uint8_t, 32> seed{};
  seed[0] = first;
  return std::move(tlog::SigningKey::FromSeed("example.org/proofs", tlog::KeyKind::kLog, seed)).value();
}

// Why a seal is not believed; empty when it is.
std::string Refused(const Compiled& pack, std::string_view seal, const tlog::SigningKey& trusted) {
  const std::array keys = {trusted.verifier()};
  const auto loaded = ProvedProgram::Load(pack.program, seal, keys);
  return loaded.ok() ? std::string() : loaded.error().message;
}

// The text of a seal, changed by somebody who holds the key.
std::string Forged(const std::string& seal, std::string_view what, std::string_view instead,
                   const tlog::SigningKey& key) {
  tlog::Note note = tlog::ParseNote(seal).value();
  const std::size_t at = note.text.find(what);
  EXPECT_NE(at, std::string::npos) << what << " in\n" << note.text;
  note.text.replace(at, what.size(), instead);
  note.signatures = {key.Sign(note.text)};
  return tlog::PrintNote(note);
}

TEST(ProvedProgram, ASealIsBelievedByWhoTrustsItsKey) {
  const Compiled pack = Compile(std::string(kPack));
  const auto proved = Prove(pack);
  ASSERT_TRUE(proved.ok()) << proved.error().message;
  const tlog::SigningKey key = Key(1);
  const std::string seal = proved.value().Seal(key);
  EXPECT_NE(seal.find("\nguarantee heard proved "), std::string::npos) << seal;
  const std::array keys = {key.verifier()};
  const auto loaded = ProvedProgram::Load(pack.program, seal, keys);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  EXPECT_EQ(loaded.value().record(), proved.value().record());
  EXPECT_NE(Refused(pack, seal, Key(2)), "");
  const auto nobody = ProvedProgram::Load(pack.program, seal, {});
  ASSERT_FALSE(nobody.ok());
  EXPECT_EQ(nobody.error().message, "it is not signed by a key that is trusted here");
}

TEST(ProvedProgram, NoBitOfASealMayBeAnother) {
  const Compiled pack = Compile(std::string(kPack));
  const auto proved = Prove(pack);
  ASSERT_TRUE(proved.ok());
  const tlog::SigningKey key = Key(1);
  const std::string seal = proved.value().Seal(key);
  for (std::size_t byte = 0; byte < seal.size(); ++byte) {
    std::string changed = seal;
    changed[byte] = static_cast<char>(changed[byte] ^ 1);
    EXPECT_NE(Refused(pack, changed, key), "") << "byte " << byte << " of\n" << seal;
  }
  for (std::size_t size = 0; size < seal.size(); size += 7)
    EXPECT_NE(Refused(pack, seal.substr(0, size), key), "") << size;
}

TEST(ProvedProgram, ASealIsOfOneProgram) {
  const auto proved = Prove(Compile(std::string(kPack)));
  ASSERT_TRUE(proved.ok());
  const Compiled other = Compile(With("within 30 days of notify", "within 31 days of notify"));
  EXPECT_EQ(Refused(other, proved.value().Seal(Key(1)), Key(1)),
            "it was proved of another program: the rules have changed since, or are others");
}

TEST(ProvedProgram, WhatIsBelowTheFloorLoadsForAuditAlone) {
  const Compiled pack = Compile(std::string(kPack));
  const auto proved = Prove(pack);
  ASSERT_TRUE(proved.ok());
  const tlog::SigningKey key = Key(1);
  const std::string seal = proved.value().Seal(key);
  // Signed all the same, by whoever holds the key.
  EXPECT_EQ(Refused(pack, Forged(seal, "heard proved", "heard refuted", key), key),
            "below the floor: the guarantee 'heard' is refuted");
  EXPECT_EQ(Refused(pack, Forged(seal, "heard proved", "heard not-decided", key), key),
            "below the floor: the guarantee 'heard' is not decided");
  EXPECT_EQ(Refused(pack, Forged(seal, "heard proved", "heard vacuous", key), key),
            "below the floor: the guarantee 'heard' is vacuous");
  EXPECT_EQ(Refused(pack, Forged(seal, "guarantee heard", "guarantee hear", key), key),
            "it answers 'hear', which is not what the program asks");
  EXPECT_NE(Refused(pack, Forged(seal, "repeats 2", "repeats 1", key), key).find("at least 2 are asked"),
            std::string::npos);
  EXPECT_EQ(Refused(pack, Forged(seal, "tier T0", "tier T0 ", key), key),
            "this is not the record of a proof");
  EXPECT_EQ(Refused(pack, Forged(seal, "repeats 2", "repeats 02", key), key),
            "this is not the record of a proof");
}

struct Below {
  std::string_view what, instead, reason;
};
constexpr Below kBelow[] = {
    {"  decide only if say\n", "  decide only if notify\n",
     "below the floor: the guarantee 'heard' is refuted"},
    {"  remedy: text\n", "", "below the floor: of 'decide' it is not so that it tells the remedy"},
    {"guarantee told: never decide unless notify\n",
     "guarantee told: never decide unless decide.day >= notify.day and decide.day < notify.day\n",
     "below the floor: the guarantee 'told' is refuted"},
};

TEST(ProvedProgram, TheProverMakesNoneBelowTheFloor) {
  for (const Below& below : kBelow) {
    std::string page = With(below.what, below.instead);
    // Its examples show what was lawful; here it no longer is what they say.
    page = page.substr(0, page.find("example \"the")) + "```\n";
    const auto proved = Prove(Compile(page));
    ASSERT_FALSE(proved.ok()) << below.reason;
    EXPECT_EQ(proved.error().code, Errc::kInvalid);
    EXPECT_EQ(proved.error().message, below.reason);
  }
  std::string page(kPack);
  page = page.substr(0, page.find("guarantee ")) + "```\n";
  const auto silent = Prove(Compile(page));
  ASSERT_FALSE(silent.ok());
  EXPECT_EQ(silent.error().message, "below the floor: it promises nothing that could be proved");
  const auto once = Prove(Compile(std::string(kPack)), 1);
  ASSERT_FALSE(once.ok());
  EXPECT_NE(once.error().message.find("at most 1 times"), std::string::npos) << once.error().message;
}

TEST(Gate, LetsThroughWhatIsLawfulAndRecordsWhatAPartyDoes) {
  const Compiled pack = Compile(std::string(kPack));
  auto proved = Prove(pack);
  ASSERT_TRUE(proved.ok());
  const auto gate = Gate::Make(std::move(proved).value(), pack.calendars);
  ASSERT_TRUE(gate.ok());
  ASSERT_EQ(pack.examples.size(), 2u);
  const auto heard = gate.value().Ask(pack.examples[0].history(0));
  ASSERT_TRUE(heard.ok());
  EXPECT_TRUE(heard.value().admitted);
  const auto unheard = gate.value().Ask(pack.examples[1].history(0));
  ASSERT_TRUE(unheard.ok());
  EXPECT_FALSE(unheard.value().admitted);
  // An objection to nothing is recorded, with its verdict.
  model::Batch batch = pack.examples[0];
  batch.entries = {batch.entries[1]};
  batch.cases.front().entries = 1;
  const auto alone = gate.value().Ask(batch.history(0));
  ASSERT_TRUE(alone.ok());
  EXPECT_TRUE(alone.value().admitted);
  EXPECT_FALSE(alone.value().judgement.is_done_lawfully());
  batch.entries.clear();
  batch.cases.front().entries = 0;
  EXPECT_FALSE(gate.value().Ask(batch.history(0)).ok());
}

}  // namespace
}  // namespace lawbound
