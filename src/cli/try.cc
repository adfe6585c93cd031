// lawbound try PACK: a matter typed act by act.  What is typed is the body of an example, read by the same
// parser and checker, so what one tries can be pasted into the pack.
#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include "cli/commands.h"
#include "engine/explain.h"
#include "engine/plan.h"
#include "report/case_text.h"
#include "report/examples.h"
#include "syntax/syntax.h"

namespace lawbound::cli {
namespace {

constexpr std::int32_t kReach = 800;      // days looked ahead for "when could it be"
constexpr std::size_t kMostLines = 1000;  // of one matter
constexpr std::string_view kHelp =
    "Type what happens, a line each, in the form of an example:\n"
    "  2026-03-02 ACT by WHO [to WHOM] [FIELD: value, ...]     an act; after a comma it goes on in the next "
    "line\n"
    "  ... -> lawful                                           and what you expect of it\n"
    "  2026-04-01                                              time passes\n"
    "  ROLE FIELD: value                                       what is known of a party (before the first "
    "day)\n"
    "or one of\n"
    "  next [DATE]   what may be done, what not and why, and when it could be\n"
    "  show          the matter so far, with verdicts and reasons\n"
    "  undo          take the last line back\n"
    "  example       the matter as an example to paste into the pack\n"
    "  acts          the acts of the pack\n"
    "  quit\n";

// Without what surrounds it: lines may be pasted as they stand in a pack.
std::string_view Trimmed(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

class Session {
 public:
  // Borrows both.
  Session(const LoadedPack& pack, const TryArguments& arguments) : pack_(pack), arguments_(arguments) {}

  ExitCode Run() {
    const bool person = ::isatty(STDIN_FILENO) != 0;
    if (person) fmt::print("{}", kHelp);
    std::string line;
    for (;;) {
      if (person) {
        fmt::print("> ");
        std::fflush(stdout);
      }
      if (!std::getline(std::cin, line)) break;
      const bool more = line.starts_with("    ") && !lines_.empty() && begun_.empty();
      line = begun_.append(Trimmed(line));
      begun_.clear();
      if (line == "quit" || line == "exit") break;
      if (line.ends_with(',')) {
        begun_ = line + " ";
      } else if (more) {  // pasted as it stands in a pack
        line.insert(0, lines_.back() + " ");
        lines_.pop_back();
        Take(line);
      } else if (!line.empty()) {
        Do(line);
      }
    }
    return kDone;
  }

 private:
  void Do(const std::string& line) {
    if (line == "help") {
      fmt::print("{}", kHelp);
    } else if (line == "show") {
      Show();
    } else if (line == "undo") {
      if (!lines_.empty()) lines_.pop_back();
      Read();
    } else if (line == "example") {
      fmt::print("{}", ExampleText());
    } else if (line == "acts") {
      const program::Program& program = pack_.compiled->program;
      for (const program::ActDef& act : program.acts) fmt::print("  {}\n", program.string(act.name));
    } else if (line == "next" || line.starts_with("next ")) {
      Next(line.size() > 5 ? line.substr(5) : "");
    } else {
      Take(line);
    }
  }

  std::string ExampleText() const {
    std::string out = "example \"tried\"\n";
    for (const std::string& line : lines_) out += "  " + line + "\n";
    return out;
  }

  // Reads the pack anew with what was typed as one more example; false, with what is wrong said, when it
  // cannot be read.
  bool Read() {
    typed_.reset();
    if (lines_.empty()) return true;
    std::string page = "```lawbound\npack " + pack_.tree.path.text + "\n\n" + ExampleText() + "```\n";
    base::Result<std::unique_ptr<LoadedPack>> read =
        LoadPack(arguments_.pack, arguments_.places, {"typed", std::move(page)});
    if (!read.ok()) {
      fmt::print("{}\n", read.error().message);
      return false;
    }
    if (!read.value()->compiled) {
      fmt::print("{}", read.value()->diagnostics.Render(read.value()->sources));
      return false;
    }
    typed_ = std::move(read).value();
    return true;
  }

  const check::Compiled& compiled() const { return *typed_->compiled; }

  void Take(const std::string& line) {
    if (lines_.size() >= kMostLines) {
      fmt::print("a matter typed by hand has at most {} lines\n", kMostLines);
      return;
    }
    lines_.push_back(line);
    if (!Read()) {
      lines_.pop_back();
      Read();
      return;
    }
    day_ = base::ParseDay(line.substr(0, 10)).value_or(day_);
    // What was entered later than it took effect is shown as of the day it was entered.
    if (typed_ != nullptr && !compiled().examples.back().steps.empty())
      day_ = std::max(day_, compiled().examples.back().steps.back().written);
    if (day_ <= base::kFirstDay) return;
    Show();
    Compare();
  }

  // What the last line wants, after "->", against what came out.
  void Compare() const {
    const std::size_t wanted = compiled().examples.back().steps.back().wanted.size();
    if (wanted == 0) return;
    const auto results = report::RunExamples(compiled(), pack_.calendars);
    if (!results.ok()) return;
    const std::vector<report::ExampleResult>& all = results.value();
    for (std::size_t i = all.size() - std::min(wanted, all.size()); i < all.size(); ++i) {
      if (all[i].met) fmt::print("wanted: {}, and so it came\n", all[i].wanted);
      if (!all[i].met) fmt::print("wanted: {}\ncame:   {}\n", all[i].wanted, all[i].got);
    }
  }

  // The plan of what was last compiled, or nothing when a calendar is missing or nothing was typed.
  bool MakePlan(std::vector<engine::Plan>& plan) const {
    if (typed_ == nullptr) {
      fmt::print("nothing has happened yet; 'help' says how to type an act\n");
      return false;
    }
    base::Result<engine::Plan> made = engine::Plan::Make(compiled().program, pack_.calendars, {});
    if (!made.ok()) {
      fmt::print("{}\n", made.error().message);
      return false;
    }
    plan.push_back(std::move(made).value());
    return true;
  }

  void Show() const {
    std::vector<engine::Plan> plan;
    if (!MakePlan(plan)) return;
    const model::Batch& batch = compiled().examples.back().batch;
    fmt::print("{}", report::CaseText(plan[0], batch.history(0), {.voice = "", .as_of = day_}));
  }

  void Next(const std::string& date) const {
    const std::optional<base::Day> day = date.empty() ? std::optional<base::Day>(day_) : base::ParseDay(date);
    if (!day || *day < day_) {
      fmt::print("'{}' is not a date on or after {}; write it as 2026-03-02\n", date, base::PrintDay(day_));
      return;
    }
    std::vector<engine::Plan> plan;
    if (!MakePlan(plan)) return;
    const model::History history = compiled().examples.back().batch.history(0);
    const std::vector<engine::Possibility> possibilities = engine::WhatNext(plan[0], history, *day, kReach);
    const report::CaseTextOptions options{.voice = "", .as_of = *day};
    const report::NextStory story = report::TellNext(plan[0], history, possibilities, kReach, options);
    fmt::print("{}", report::NextText(story, options.width));
  }

  const LoadedPack& pack_;
  const TryArguments& arguments_;
  std::string begun_;  // of a line that goes on in the next
  std::vector<std::string> lines_;
  std::unique_ptr<LoadedPack> typed_;  // compiled; none while nothing was typed
  base::Day day_ = base::kFirstDay;
};

}  // namespace

ExitCode RunTry(const TryArguments& arguments) {
  ExitCode code = kDone;
  const std::unique_ptr<LoadedPack> pack = LoadOrExplain(arguments.pack, arguments.places, code);
  if (pack == nullptr) return code;
  return Session(*pack, arguments).Run();
}

}  // namespace lawbound::cli
