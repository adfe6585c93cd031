// lawbound test PACK: runs the examples of a pack; each wanted answer is one test.
#include <fmt/format.h>

#include "cli/commands.h"
#include "report/examples.h"

namespace lawbound::cli {
namespace {

void ShowMiss(const LoadedPack& pack, const report::ExampleResult& result) {
  const source::Place at = pack.sources.Locate(result.span.file, result.span.begin);
  fmt::print("{}:{}:{}: example \"{}\"\n  {}\n  wanted: {}\n  came:   {}\n",
             pack.sources.file(result.span.file).name, at.line, at.column, result.example, at.text,
             result.wanted, result.got);
}

}  // namespace

ExitCode RunTest(const TestArguments& arguments) {
  ExitCode code = kDone;
  for (const std::string& path : EachPack(arguments.packs)) {
    ExitCode loading = kDone;
    const std::unique_ptr<LoadedPack> pack = LoadOrExplain(path, arguments.places, loading);
    if (pack == nullptr) {
      code = std::max(code, loading);
      continue;
    }
    const auto results = report::RunExamples(*pack->compiled, pack->calendars);
    if (!results.ok()) {
      code = std::max(code, Fail(results.error()));
      continue;
    }
    std::size_t missed = 0;
    for (const report::ExampleResult& result : results.value()) {
      if (result.met) continue;
      ShowMiss(*pack, result);
      ++missed;
    }
    const program::Program& program = pack->compiled->program;
    fmt::print("{}: {}, {} wanted, {} came out otherwise\n", program.string(program.path),
               Counted(pack->compiled->examples.size(), "example"), Counted(results.value().size(), "answer"),
               missed);
    if (missed > 0) code = std::max(code, kMistakes);
  }
  return code;
}

}  // namespace lawbound::cli
