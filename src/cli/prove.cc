// lawbound prove PACK: what a procedure guarantees in every matter that can be.
#include "prove/prove.h"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <vector>

#include "cli/commands.h"
#include "prove/latest.h"
#include "report/latest.h"
#include "report/proof.h"
#include "report/standing.h"

namespace lawbound::cli {
namespace {

// Asked of all acts together, each has this part of the time that it has when asked about alone.
constexpr double kPartOfEach = 1.0 / 12;

void SayLatest(const engine::Plan& plan, const std::vector<prove::LatestDays>& latest, bool as_json) {
  if (!as_json) {
    fmt::print("{}", report::LatestText(plan, latest));
    return;
  }
  report::JsonWriter json(std::cout);
  report::LatestJson(plan, latest, json);
  std::cout << "\n";
}

}  // namespace

ExitCode RunProve(const ProveArguments& arguments) {
  ExitCode code = kDone;
  const std::unique_ptr<LoadedPack> pack = LoadOrExplain(arguments.pack, arguments.places, code);
  if (pack == nullptr) return code;
  const program::Program& program = pack->compiled->program;
  const auto day = OptionalDay("--law-of", arguments.law_of);
  if (!day.ok()) return Fail(day.error());
  prove::Options options{.limits = {}, .day = day.value().value_or(prove::LawInForce(program))};
  options.limits.states = arguments.states;
  options.limits.megabytes = arguments.megabytes;
  options.limits.seconds = arguments.seconds;
  options.limits.repeats = arguments.repeats;
  for (const check::Example& example : pack->compiled->examples) options.examples.push_back(example.batch);
  const auto plan = engine::Plan::Make(program, pack->calendars, {});
  if (!plan.ok()) return Fail(plan.error());
  std::vector<prove::LatestDays> latest;
  if (arguments.latest || arguments.only.empty())
    latest = prove::FindLatestDays(plan.value(), {.day = options.day, .examples = options.examples});
  const bool possible = std::none_of(latest.begin(), latest.end(), [](const prove::LatestDays& one) {
    return one.answer == prove::LatestDays::Answer::kImpossible;
  });
  if (arguments.latest) {
    SayLatest(plan.value(), latest, arguments.json);
    return possible ? kDone : kMistakes;
  }
  const auto prover = prove::Prover::Make(plan.value(), options);
  if (!prover.ok()) return Fail(prover.error());
  prove::Options short_time = options;
  short_time.limits.seconds *= kPartOfEach;
  const auto quick = prove::Prover::Make(plan.value(), short_time);
  if (!quick.ok()) return Fail(quick.error());
  std::vector<prove::Proof> proofs;
  bool holds = possible, known = arguments.only.empty();
  for (const prove::Question& question : prover.value().Questions()) {
    if (!arguments.only.empty() && question.name != arguments.only) continue;
    known = true;
    const bool asked_by_pack = question.kind != prove::Question::Kind::kCanHappen;
    const bool in_short = !asked_by_pack && arguments.only.empty();
    proofs.push_back((in_short ? quick : prover).value().Prove(question));
    const prove::Proof& proof = proofs.back();
    if (asked_by_pack && (proof.result != prove::Result::kProved || proof.vacuous)) holds = false;
  }
  if (!known) {
    return Fail({base::Errc::kNotFound, fmt::format("the pack has no guarantee '{}'", arguments.only)});
  }
  std::vector<prove::Standing> standing;
  if (arguments.only.empty()) standing = prove::ProveStanding(prover.value());
  if (arguments.json) {
    fmt::print("{}",
               report::ProofJson(plan.value(), prover.value().program(), proofs, standing, options, latest));
  } else {
    fmt::print("{}", report::ProofText(plan.value(), prover.value().program(), proofs, options,
                                       {.witnesses = arguments.witnesses}));
    if (!standing.empty())
      fmt::print("{}", report::StandingText(plan.value(), prover.value().program(), standing, 100));
    if (!latest.empty()) fmt::print("\n{}", report::LatestText(plan.value(), latest));
  }
  return holds ? kDone : kMistakes;
}

}  // namespace lawbound::cli
