// lawbound prove PACK --seal, --sealed: what a gate may act by.  lawbound key: who says so.
#include "cli/seal.h"

#include <array>
#include <fmt/format.h>
#include <utility>

#include "base/file.h"
#include "gate/gate.h"
#include "program/floor.h"
#include "program/names.h"
#include "tlog/note.h"

namespace lawbound::cli {
namespace {

constexpr std::size_t kMostKeyBytes = 4096;

// A line of a file, without its end.
base::Result<std::string> ReadLine(const std::string& path) {
  ASSIGN_OR_RETURN(std::string text, base::ReadFile(path, kMostKeyBytes));
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

// What is below the floor, or sealed by nobody who is trusted, is still a pack that audits.
ExitCode SayAuditAlone(const base::Error& error) {
  if (error.code != base::Errc::kInvalid && error.code != base::Errc::kCorrupt) return Fail(error);
  fmt::print("for audit alone: {}\n", error.message);
  return kMistakes;
}

// Everything that a pack's author has to mend, act by act.
ExitCode SayGaps(const program::Program& program, const std::vector<program::FloorGap>& gaps) {
  fmt::print("for audit alone: below the floor; it is not so that\n");
  for (const program::FloorGap& gap : gaps)
    fmt::print("  of '{}': {}\n", program::NameOf(program, gap.act), program::GuardWords(gap.guard));
  return kMistakes;
}

base::Result<tlog::SigningKey> ReadKey(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadLine(path));
  ASSIGN_OR_RETURN(tlog::SigningKey key, tlog::SigningKey::Parse(text));
  if (key.verifier().kind != tlog::KeyKind::kLog)
    return base::Error{base::Errc::kInvalid, fmt::format("'{}' is the key of a witness", path)};
  return key;
}

base::Result<gate::ProvedProgram> LoadSealed(const SealArguments& arguments, const LoadedPack& pack) {
  ASSIGN_OR_RETURN(const std::string seal, base::ReadFile(arguments.sealed, tlog::kMaxNoteBytes));
  std::vector<tlog::VerifierKey> trusted;
  for (const std::string& text : arguments.trusted) {
    ASSIGN_OR_RETURN(tlog::VerifierKey key, tlog::ParseVerifierKey(text));
    trusted.push_back(std::move(key));
  }
  return gate::ProvedProgram::Load(pack.compiled->program, seal, trusted);
}

}  // namespace

ExitCode RunSeal(const ProveArguments& prove, const SealArguments& arguments) {
  if (arguments.key.empty() || !prove.only.empty() || prove.json) {
    fmt::print(stderr,
               "lawbound: --seal asks for a key that signs (--key FILE; `lawbound key` makes one), and goes "
               "with neither --guarantee nor --json\n");
    return kUsage;
  }
  const auto key = ReadKey(arguments.key);
  if (!key.ok()) return Fail(key.error());
  ExitCode code = kDone;
  const std::unique_ptr<LoadedPack> pack = LoadOrExplain(prove.pack, prove.places, code);
  if (pack == nullptr) return code;
  const std::vector<program::FloorGap> gaps = program::FloorGaps(pack->compiled->program);
  if (!gaps.empty()) return SayGaps(pack->compiled->program, gaps);
  const auto day = OptionalDay("--law-of", prove.law_of);
  if (!day.ok()) return Fail(day.error());
  prove::Options options{.limits = {},
                         .day = day.value().value_or(prove::LawInForce(pack->compiled->program))};
  options.limits.states = prove.states;
  options.limits.seconds = prove.seconds;
  options.limits.repeats = prove.repeats;
  for (const check::Example& example : pack->compiled->examples) options.examples.push_back(example.batch);
  const auto proved =
      gate::ProvedProgram::Prove(pack->compiled->program, pack->calendars, options, arguments.tool);
  if (!proved.ok()) return SayAuditAlone(proved.error());
  const base::Status wrote = base::WriteFile(arguments.seal, proved.value().Seal(key.value()));
  if (!wrote.ok()) return Fail(wrote.error());
  fmt::print("proved, and sealed in {}; whoever trusts this key may let a gate act by the pack:\n{}\n",
             arguments.seal, tlog::PrintVerifierKey(key.value().verifier()));
  return kDone;
}

ExitCode RunSealed(const ProveArguments& prove, const SealArguments& arguments) {
  ExitCode code = kDone;
  const std::unique_ptr<LoadedPack> pack = LoadOrExplain(prove.pack, prove.places, code);
  if (pack == nullptr) return code;
  base::Result<gate::ProvedProgram> proved = LoadSealed(arguments, *pack);
  if (!proved.ok()) return SayAuditAlone(proved.error());
  const auto gate = gate::Gate::Make(std::move(proved).value(), pack->calendars);
  if (!gate.ok()) return Fail(gate.error());
  const gate::ProofRecord& record = gate.value().proved().record();
  fmt::print("a gate may act by it: {}, proved by {}, the law of {}, each kind of act at most {} times\n",
             record.pack, record.tool, base::PrintDay(record.law_of), record.repeats);
  return kDone;
}

ExitCode RunKey(const KeyArguments& arguments) {
  constexpr unsigned kMine = 0600;
  if (base::Exists(arguments.out))
    return Fail({base::Errc::kInvalid, fmt::format("'{}' is there already, and is kept", arguments.out)});
  std::array<std::uint8_t, 32> seed{};
  tlog::FillRandom(seed);
  const auto key = tlog::SigningKey::FromSeed(arguments.name, tlog::KeyKind::kLog, seed);
  seed.fill(0);
  if (!key.ok()) return Fail(key.error());
  const base::Status wrote = base::WriteFileDurably(arguments.out, key.value().Print() + "\n", kMine);
  if (!wrote.ok()) return Fail(wrote.error());
  fmt::print("{}\n", tlog::PrintVerifierKey(key.value().verifier()));
  return kDone;
}

}  // namespace lawbound::cli
