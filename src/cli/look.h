// What `look` and `watch` share: a file in, its pages out.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "cli/commands.h"
#include "cli/look_questions.h"
#include "look/ledger.h"
#include "look/page.h"
#include "look/said.h"

namespace lawbound::cli {

struct LookSettings {
  const LookArguments& arguments;
  look::Language language = look::Language::kEnglish;
  base::Day today;
  std::vector<look::Ledger> ledgers;
  const std::atomic<bool>* stop = nullptr;  // when it becomes true the reading ends with kUnavailable
};

struct Looked {
  std::vector<look::Page> pages;  // a page for each sheet that is a ledger
  std::vector<look::Lapse> lapses;
};

// What the arguments ask for.  kInvalid when they do not fit together.
base::Result<LookSettings> SettingsOf(const LookArguments& arguments);

// `questions`: null when nobody can be asked.  Errors in the language of the settings where a user meets
// them.
base::Result<Looked> LookAtFile(const std::string& file, const LookSettings& settings, Questions* questions);

// Where what somebody said of a file is kept.
std::string AnswersFileOf(const std::string& file);

// Writes what --html and --ics name; empty names write nothing.
base::Status WriteLooked(const LookArguments& arguments, const LookSettings& settings,
                         const std::string& title, const std::vector<std::string>& lead,
                         const Looked& looked);

inline constexpr std::size_t kLookWidth = 100;

}  // namespace lawbound::cli
