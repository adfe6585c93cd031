// Runs the examples that stand in a pack: each is folded by the engine, and each thing its author wants is
// compared with what came out.
//
//   base::Result<std::vector<ExampleResult>> results = RunExamples(compiled, calendars);
//
// A function without state; safe from many threads.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "calendar/calendar.h"
#include "check/check.h"
#include "source/source.h"

namespace lawbound::report {

// One answer an example wants.
struct ExampleResult {
  std::string example;  // its title
  source::Span span;    // where the wanted answer stands
  std::string wanted;   // "breach notify-in-time on 2011-01-10"
  std::string got;      // what came out, in the same words
  bool met = false;
};

// One result for each wanted answer, in the order of the pack.  Only what an example's lines have said up to
// and with the line of the wanted answer is known then.  kNotFound: a calendar is not at hand.
base::Result<std::vector<ExampleResult>> RunExamples(const check::Compiled& compiled,
                                                     const calendar::Calendars& calendars);

}  // namespace lawbound::report
