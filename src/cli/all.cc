// lawbound all PACK: what check, test, prove and doc say of every pack, one line a pack, within seconds.
//
// Proofs have a short time each; what they do not decide in it `lawbound prove` is asked of by itself.
#include <algorithm>
#include <fmt/format.h>
#include <sstream>

#include "cli/commands.h"
#include "prove/prove.h"
#include "report/examples.h"
#include "report/pack_page.h"

namespace lawbound::cli {
namespace {

struct Promises {
  std::size_t proved = 0, open = 0;
  std::vector<std::string> refuted;
};

base::Result<Promises> ProveAll(const LoadedPack& pack, double seconds) {
  const program::Program& program = pack.compiled->program;
  prove::Options options{.limits = {}, .day = prove::LawInForce(program)};
  options.limits.seconds = seconds;
  for (const check::Example& example : pack.compiled->examples) options.examples.push_back(example.batch);
  ASSIGN_OR_RETURN(const engine::Plan plan, engine::Plan::Make(program, pack.calendars, {}));
  ASSIGN_OR_RETURN(const prove::Prover prover, prove::Prover::Make(plan, options));
  Promises promises;
  for (const prove::Question& question : prover.Questions()) {
    if (question.kind == prove::Question::Kind::kCanHappen) continue;
    const prove::Proof proof = prover.Prove(question);
    if (proof.result == prove::Result::kRefuted || proof.vacuous) {
      promises.refuted.push_back(question.name);
    } else {
      ++(proof.result == prove::Result::kProved ? promises.proved : promises.open);
    }
  }
  return promises;
}

base::Status PackLine(const AllArguments& arguments, const LoadedPack& pack, bool& holds) {
  const program::Program& program = pack.compiled->program;
  ASSIGN_OR_RETURN(const std::vector<report::ExampleResult> results,
                   report::RunExamples(*pack.compiled, pack.calendars));
  const auto missed = std::count_if(results.begin(), results.end(),
                                    [](const report::ExampleResult& result) { return !result.met; });
  ASSIGN_OR_RETURN(const Promises promises, ProveAll(pack, arguments.seconds));
  std::ostringstream page;
  report::WritePackMarkdown(
      {.compiled = *pack.compiled, .sources = pack.sources, .pages = pack.files, .language = {}}, page);
  const std::string text = page.str();
  fmt::print(
      "{}: {}; {}, {} wanted, {} came out otherwise; guarantees: {} proved, {} not yet decided, {}; "
      "a page of {}\n",
      program.string(program.path), Counted(program.rules.size(), "rule"),
      Counted(pack.compiled->examples.size(), "example"), Counted(results.size(), "answer"), missed,
      promises.proved, promises.open,
      promises.refuted.empty() ? "none refuted"
                               : fmt::format("refuted: {}", fmt::join(promises.refuted, ", ")),
      Counted(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), "line"));
  holds = missed == 0 && promises.refuted.empty();
  return base::Ok();
}

}  // namespace

ExitCode RunAll(const AllArguments& arguments) {
  ExitCode code = kDone;
  for (const std::string& path : EachPack(arguments.packs)) {
    ExitCode loading = kDone;
    const std::unique_ptr<LoadedPack> pack = LoadOrExplain(path, arguments.places, loading);
    if (pack == nullptr) {
      code = std::max(code, loading);
      continue;
    }
    bool holds = false;
    const base::Status told = PackLine(arguments, *pack, holds);
    if (!told.ok()) code = std::max(code, Fail(told.error()));
    if (told.ok() && !holds) code = std::max(code, kMistakes);
  }
  return code;
}

}  // namespace lawbound::cli
