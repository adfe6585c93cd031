// The reference evaluator: what a pack says of a history, worked out slowly and straight from the text of
// docs/language.md, sections 2 to 4.  It shares no code with src/engine and none of its arithmetic: a term is
// counted by walking its days, every question is asked of the plain list of what was done.  For tests: where
// it and the engine differ, one of them has misread the text.
//
//   Story story = Evaluate(pack, calendars, history, {.until = until});
//
// A function without state.  Time is proportional to days walked times terms; memory to the history.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "calendar/calendar.h"
#include "check/checked_pack.h"
#include "model/history.h"
#include "model/verdict.h"

namespace lawbound::reference {

using base::Day;

struct Options {
  const check::Mapping* mapping = nullptr;  // what a foreign log cannot show; null: everything is seen
  bool strict = false;                      // assumed values are treated as not seen
  Day as_of = base::kLastDay;               // entries after it are left out
  Day until = base::kLastDay;               // time passes to this day: what is due on it or later is pending
};

// The answer on one entry of the history.
struct ActAnswer {
  model::Answer answer = model::Answer::kLawful;
  bool applied = true;
  program::EffectDef::Quality quality = program::EffectDef::Quality::kNone;
};

// `part` here and of outcomes: the number of the member, from 1, kind by kind and in the order in which the
// history has their names; 0: the main part.
struct DeemedAct {
  model::ActId act;
  Day day;
  std::size_t part = 0;
};

// Where a term stands in the end.
struct TermNow {
  std::uint16_t phases = 0;  // program::PhaseBit of each phase it may be in; several: cannot be told
  std::optional<Day> due;    // when it ends, or ended; none: it is idle, stopped or cannot be told
  model::TermId term;
  std::size_t part = 0;
};

struct Story {
  std::vector<model::Outcome> outcomes;  // in the order they arose
  std::vector<ActAnswer> acts;           // by entry, as far as `as_of`
  std::vector<DeemedAct> deemed;
  std::vector<TermNow> terms;
  bool endless = false;  // lapses of one day went round for ever and were cut
};

Story Evaluate(const check::CheckedPack& pack, const calendar::Calendars& calendars,
               const model::History& history, const Options& options);

}  // namespace lawbound::reference
