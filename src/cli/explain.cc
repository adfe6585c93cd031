// lawbound explain PACK LOG --case NUMBER: one case, with its verdicts in the margin and the sums behind them
// (why); with --next also what may be done in it, what not and why, and when it could be.
#include "engine/explain.h"

#include <algorithm>
#include <fmt/format.h>
#include <mutex>
#include <optional>

#include "basis/pack_law.h"
#include "cli/commands.h"
#include "cli/law.h"
#include "cli/output.h"
#include "cli/reading.h"
#include "engine/audit.h"
#include "engine/plan.h"
#include "program/names.h"
#include "report/case_text.h"

namespace lawbound::cli {
namespace {

constexpr std::int32_t kReach = 800;  // days looked ahead for "when could it be"

// Keeps the cases of one number, and the last day of the log.
class Finder final : public ingest::BatchSink {
 public:
  Finder(const program::Program& program, std::string_view name) : program_(program), name_(name) {}

  void Take(std::size_t /*worker*/, std::size_t part, const model::Batch& batch) override {
    base::Day last = base::kFirstDay;
    for (const model::Entry& entry : batch.entries) last = std::max(last, entry.day);
    const std::lock_guard<std::mutex> hold(mutex_);
    last_day_ = std::max(last_day_, last);
    for (std::size_t i = 0; i < batch.cases.size(); ++i) {
      const model::History history = batch.history(i);
      if (history.name == name_) found_.push_back({part, engine::CopyCase(history, program_)});
    }
  }
  void Restart() override {
    found_.clear();
    last_day_ = base::kFirstDay;
  }

  struct Found {
    std::size_t part = 0;
    model::Batch batch;
  };
  // In the order of the log.
  std::vector<Found>& found() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Found& a, const Found& b) { return a.part < b.part; });
    return found_;
  }
  base::Day last_day() const { return last_day_; }

 private:
  const program::Program& program_;
  std::string_view name_;
  std::mutex mutex_;
  std::vector<Found> found_;
  base::Day last_day_ = base::kFirstDay;
};

// The provision's address and words that day, or why there are none.
std::string TextOfDay(OpenLaw& law, const program::Program& program, const program::Citation& citation,
                      base::Day day) {
  const program::InstrumentDef& instrument = program.instruments[citation.instrument.index()];
  basis::PackCitation wanted;
  wanted.instrument = program.string(instrument.name);
  for (std::uint32_t i = instrument.titles.first; i < instrument.titles.end(); ++i)
    wanted.titles.emplace_back(program.string(program.titles[i].text));
  wanted.provision = program.string(citation.provision);
  const base::Result<basis::PackAnswer> answer =
      basis::Resolve(law.registry, law.jurisdiction, wanted, day, law.known);
  if (!answer.ok()) return answer.error().message;
  if (answer.value().text) return answer.value().text->address + "\n" + answer.value().text->text;
  return fmt::format("{}{}", registry::ResolutionWords(answer.value().resolution),
                     answer.value().why.empty() ? std::string() : ": " + answer.value().why);
}

base::Status Explain(const ExplainArguments& arguments, const LoadedPack& pack) {
  const program::Program& program = pack.compiled->program;
  ASSIGN_OR_RETURN(const program::MappingDef* const mapping, FindMapping(program, arguments.log.mapping));
  ASSIGN_OR_RETURN(const std::optional<base::Day> as_of, OptionalDay("--as-of", arguments.as_of));
  ASSIGN_OR_RETURN(
      const engine::Plan plan,
      engine::Plan::Make(program, pack.calendars, {.mapping = mapping, .strict = arguments.strict}));
  Finder finder(program, arguments.case_name);
  RETURN_IF_ERROR(ReadLogFor(arguments.log, program, *mapping, finder));
  if (finder.found().empty()) {
    return base::Error{base::Errc::kNotFound, "the log has no case '" + arguments.case_name + "'"};
  }
  std::optional<OpenLaw> law;
  if (!arguments.law.registry.empty()) {
    ASSIGN_OR_RETURN(law, OpenLawRegistry(arguments.law, store::Database::Mode::kRead));
  }
  const report::ProvisionText text = [&](const program::Citation& citation, base::Day day) {
    return TextOfDay(*law, program, citation, day);
  };
  const report::CaseTextOptions options{.voice = arguments.language,
                                        .as_of = as_of.value_or(finder.last_day()),
                                        .provision_text = law ? &text : nullptr};
  const std::string title = program::TitleOf(program, program.titles_of_pack, arguments.language,
                                             std::string(program.string(program.path)));
  report::ExplanationReport report{
      .plan = plan, .title = title, .language = arguments.language, .cases = {}, .next = {}};
  for (const Finder::Found& found : finder.found()) {
    const model::History history = found.batch.history(0);
    report.cases.push_back(report::TellCase(plan, history, options));
    if (!arguments.next) continue;
    const auto possible = engine::WhatNext(plan, history, options.as_of, kReach);
    report.next.push_back(report::TellNext(plan, history, possible, kReach, options));
  }
  RETURN_IF_ERROR(
      WriteOutput(arguments.json, [&](std::ostream& out) { report::WriteExplanationJson(report, out); }));
  RETURN_IF_ERROR(
      WriteOutput(arguments.html, [&](std::ostream& out) { report::WriteExplanationHtml(report, out); }));
  if (!arguments.json.empty() || !arguments.html.empty()) return base::Ok();
  for (std::size_t i = 0; i < report.cases.size(); ++i) {
    fmt::print("{}", report::CaseText(report.cases[i], options.width));
    if (arguments.next) fmt::print("\n{}", report::NextText(report.next[i], options.width));
  }
  return base::Ok();
}

}  // namespace

ExitCode RunExplain(const ExplainArguments& arguments) {
  ExitCode code = kDone;
  const std::unique_ptr<LoadedPack> pack = LoadOrExplain(arguments.pack, arguments.places, code);
  if (pack == nullptr) return code;
  const base::Status done = Explain(arguments, *pack);
  return done.ok() ? kDone : Fail(done.error());
}

}  // namespace lawbound::cli
