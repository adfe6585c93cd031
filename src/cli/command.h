// What every command of the program shares: finding packs and calendars, saying what went wrong, and the exit
// codes.
//
// One file per command; main.cc alone reads the command line and ends the process.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/load_pack.h"

namespace lawbound::cli {

// docs/howto/exit-codes.md.  Breaches found by an audit are a result, not a failure of the program.
enum ExitCode : int {
  kDone = 0,
  kMistakes = 1,     // the pack has mistakes, or an example does not come out as wanted
  kUsage = 2,        // the command line cannot be understood
  kBadInput = 3,     // a file is missing, unreadable, malformed or damaged
  kLimitPassed = 4,  // the input is larger than a limit allows
  kInternal = 70,    // our bug
};
ExitCode CodeFor(base::Errc code);

// Writes "lawbound: message" to standard error and returns the code for it.
ExitCode Fail(const base::Error& error);

// "1 rule", "17 rules": for nouns whose plural ends in s.
std::string Counted(std::size_t number, std::string_view noun);

using pack::AddedPage;
using pack::EachPack;
using pack::LoadedPack;
using pack::LoadPack;
using pack::Places;

// Loads a pack and prints its diagnostics to standard error; null, with the exit code in `code`, when it
// cannot be used.
std::unique_ptr<LoadedPack> LoadOrExplain(const std::string& path, const Places& places, ExitCode& code);

// The mapping of this name; the only one when the name is empty.
base::Result<const program::MappingDef*> FindMapping(const program::Program& program,
                                                     const std::string& name);
base::Result<model::RuleId> FindRule(const program::Program& program, const std::string& name);

// "2026-02-28", or an Error that says what a date looks like.
base::Result<std::optional<base::Day>> OptionalDay(const std::string& option, const std::string& text);

}  // namespace lawbound::cli
