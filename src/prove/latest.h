// The latest safe day of each step: until when something may wait that must lawfully come before an act which
// is owed within a time, so that this act can still be done in time (docs/proof.md).  On exact days (tier
// T2): the engine itself plays every matter that is counted, with the working days and days off of the
// published calendars.
//
// How a procedure goes is taken from the pack's examples, and where none shows it from what the exploration
// finds: a course, the acts that lead to the one that is owed, without those that are not needed.  Of the
// authorities everything is supposed to come as soon as it lawfully may, of a party as late as it may.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "engine/plan.h"
#include "model/history.h"
#include "prove/prove.h"

namespace lawbound::prove {

// A course on days, lawful act by act as the engine has judged it.
struct Timetable {
  Story story;                 // in the ids of the program given; ends with the act that is owed
  base::Day start, due, done;  // the time begins; the last day; the act that is owed is done
  // Why an act does not come sooner, or of a party later: the matter up to it, in which it is done a day
  // sooner (later) and that is not lawful; and an act that announces a day, with the day before.
  struct Why {
    std::uint32_t entry = 0;
    Story otherwise;
  };
  std::vector<Why> whys;
};

// The last day on which a step leaves enough time, in one matter.
struct LastDay {
  base::Day start, due, day;
  std::vector<std::string> holidays;  // of the list, between the step and the last day in time; each once
};

struct LatestStep {
  std::uint32_t entry = 0;  // row of Timetable::story's entries
  // Where no day of the calendar's list lies between the step and the end of the time: the one that leaves
  // least.  None: there is no such beginning.
  std::optional<LastDay> ordinary;
  LastDay worst;  // that leaves least of all beginnings
};

// Of one act that is owed within one time.
struct LatestDays {
  enum class Answer : std::uint8_t {
    kOnLastDay,   // nothing before it has to wait: it and all before it can be done on the last day
    kSteps,       // steps have their latest safe days
    kSometimes,   // the same, but for some beginnings the time is not enough
    kImpossible,  // the time is not enough, whenever it begins
    kNotDecided,
  };
  enum class Doubt : std::uint8_t {
    kNone,
    kNoCourse,  // no example shows how it is done, and no way was found
    kNoStart,   // its time begins with no act of the matter
    kHours,     // it is counted in hours, and more than one act is needed
    kCalendar,  // the calendar has no published days
    kLimit,     // more days than were tried
  };
  model::SentenceId duty;  // in the ids of the program given
  model::ActId act;
  Answer answer = Answer::kNotDecided;
  Doubt doubt = Doubt::kNone;
  calendar::Unit unit = calendar::Unit::kDays;  // in which the time is counted
  std::vector<model::ActId> parties;            // what parties do after the time has begun, each once
  // What parties may do before the act that is owed, and no example shows on the way to it: not counted.
  std::vector<model::ActId> not_shown;
  std::vector<LatestStep> steps;
  // The step that has to come first, on its latest safe day; where the time is not enough, everything as soon
  // as may be.
  std::uint32_t first_step = 0;
  std::optional<Timetable> ordinary, worst;
  std::int32_t least = 0;                 // days from the start on, at the least, in the ordinary case
  std::optional<base::Day> one_day_late;  // when it is done if the first step comes a day later still
  base::Day first_start, last_start;      // beginnings looked at
  std::size_t starts = 0, too_short = 0;  // how many; and for how many of them the time is not enough
  std::size_t courses = 1;                // that were compared; this is the one that takes longest
};

struct LatestOptions {
  base::Day day;  // the law of this day; beginnings lie around it
  std::vector<model::Batch> examples = {};
  // The first day on which the time may begin that is looked at, and how many; none: from the beginning of
  // the year before that of the law.
  std::optional<base::Day> first_start = {};
  std::size_t starts = 730;
};

// Of every duty of an authority that has a time, act by act.  Borrows the plan while it runs.
std::vector<LatestDays> FindLatestDays(const engine::Plan& plan, const LatestOptions& options);

}  // namespace lawbound::prove
