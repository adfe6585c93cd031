// Runs the engine and the reference evaluator over one history and says where they differ.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calendar/calendar.h"
#include "check/check.h"
#include "check/checked_pack.h"
#include "source/diagnostic.h"

namespace lawbound::differential {

struct Made {
  check::CheckedPack pack;
  program::Program program;
};

// Parses, checks and lowers; nothing when the page has errors.  `said` gets the diagnostics.
std::optional<Made> Compile(const std::vector<std::string>& pages, const calendar::Calendars& calendars,
                            std::string* said = nullptr);

struct How {
  bool mapping = false;  // the first mapping of the pack; none: everything is seen
  bool strict = false;
  base::Day as_of, until;
};

// Both answers, line by line, and the lines that only one of them gives; empty when they agree.
struct Difference {
  std::vector<std::string> only_engine, only_reference;
  std::string both;
  bool empty() const { return only_engine.empty() && only_reference.empty(); }
};

Difference Compare(const Made& made, const calendar::Calendars& calendars, const model::History& history,
                   const How& how);

}  // namespace lawbound::differential
