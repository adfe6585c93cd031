#include "report/term_sum.h"

#include "program/names.h"
#include "report/words.h"

namespace lawbound::report {

using base::Day;
using engine::kNoRow;
using engine::TermEvent;

namespace {

constexpr std::int32_t kMostDaysListed = 10;

}  // namespace

std::vector<Reason> DaysCounted(const calendar::Calendar& calendar, Day after, Day through, Tongue tongue) {
  std::vector<std::string> runs;
  std::vector<std::string> counted;
  std::vector<Reason> out;
  std::vector<Reason> made;
  const bool few = calendar.CountWorkingDays(after, through) <= kMostDaysListed;
  std::int32_t weekly = 0;
  Day first = after;
  Day last = after;
  std::string name;
  const auto close = [&] {
    if (!name.empty()) runs.push_back(words::SkippedRun(tongue, first, last, name));
    name.clear();
  };
  for (Day day = after + 1; day <= through; day = day + 1) {
    const bool listed = !calendar.Source(day).empty();
    if (calendar.IsWorkingDay(day)) {
      if (few) counted.push_back(words::LongDate(tongue, day));
      if (listed) made.push_back({.text = words::MadeWorking(tongue, day, calendar.Reason(day))});
      close();
    } else if (!listed) {
      ++weekly;
      close();
    } else {
      const std::string reason = calendar.Reason(day);
      if (reason != name) {
        close();
        name = reason;
        first = day;
      }
      last = day;
    }
  }
  close();
  if (!counted.empty()) out.push_back({.text = words::Counted(tongue, counted)});
  if (weekly > 0) runs.insert(runs.begin(), words::WeeklyRestDays(tongue, weekly));
  if (!runs.empty()) out.push_back({.text = words::Skipped(tongue, runs)});
  out.insert(out.end(), made.begin(), made.end());
  return out;
}

namespace {

class Summing {
 public:
  Summing(const engine::Plan& plan, const engine::TermLife& term, const std::vector<engine::Done>& done,
          const Voice& voice, std::vector<Reason>& out)
      : plan_(plan), program_(plan.program()), term_(term), done_(done), voice_(voice), out_(out) {}

  void Add() {
    const program::TermDef& def = program_.terms[term_.id.index()];
    const calendar::Counting& counting = plan_.counting(def.counting);
    for (const TermEvent& event : term_.events) AddEvent(counting, event);
    if (known_ && running_) AddEnd(counting);
  }

 private:
  void Say(std::string text) { out_.push_back({.text = std::move(text)}); }

  void AddEvent(const calendar::Counting& counting, const TermEvent& event) {
    using Kind = TermEvent::Kind;
    switch (event.kind) {
      case Kind::kStart:
      case Kind::kRestart:
        AddStart(counting, event);
        break;
      case Kind::kStop:
        stopped_ = event.day;
        Say(words::Stopped(
            voice_, event.day,
            event.row == kNoRow ? "" : CitedWords(program_, program_.stops[event.row].under, voice_)));
        break;
      case Kind::kResume:
        Say(words::RanAgain(voice_, stopped_, event.day, event.nominal));
        resumed_ = event.day;
        nominal_ = event.nominal;
        break;
      case Kind::kExtend:
        Say(words::Extended(voice_, words::Length(voice_, event.length), event.day, TitleOf(event.done),
                            event.nominal));
        nominal_ = event.nominal;
        break;
      case Kind::kCeiling:
        if (event.row == kNoRow) break;
        ceiling_ = calendar::DueDay(counting, event.length.unit,
                                    calendar::NominalEnd(counting, event.day, event.length), base::kFirstDay);
        outer_limit_.push_back(
            {.text =
                 words::Ceiling(voice_, words::Length(voice_, event.length),
                                EventWords(program_, program_.ceilings[event.row].from, voice_), ceiling_)});
        if (running_) SayOuterLimit();
        break;
      case Kind::kOver:
        break;
      case Kind::kIdle:
        running_ = false;
        Say(words::TermFell(voice_, event.day));
        break;
    }
  }

  static engine::Moment Minutes(calendar::Length length) { return engine::Moment{length.count} * 60; }

  // "Mon 2026-03-02 at 16:00"
  std::string MomentText(engine::Moment moment) const {
    const Day day{static_cast<std::int32_t>(moment / engine::kMinutesOfDay)};
    return words::Moment(voice_, day, moment % engine::kMinutesOfDay);
  }

  void SayOuterLimit() {
    out_.insert(out_.end(), outer_limit_.begin(), outer_limit_.end());
    outer_limit_.clear();
  }

  std::string TitleOf(std::uint32_t row) const {
    return row == kNoRow ? "" : program::TitleOf(program_, done_[row].act, voice_.titles);
  }

  // Whether it had run before: a restart, unless it was the first act of a kind that starts it.
  bool Anew(const TermEvent& event) const {
    if (event.kind != TermEvent::Kind::kRestart) return false;
    if (event.done == kNoRow) return true;
    const engine::Done& by = done_[event.done];
    const program::TermDef& def = program_.terms[term_.id.index()];
    bool starts = false;
    for (std::uint32_t i = def.starts.first; i < def.starts.end(); ++i)
      starts |= program_.events[i].act == by.act;
    return !starts || by.previous != kNoRow;
  }

  void AddStart(const calendar::Counting& counting, const TermEvent& event) {
    running_ = true;
    known_ = false;
    const program::LengthDef& length = program_.terms[term_.id.index()].length;
    if (length.kind == program::LengthDef::Kind::kOpen) {
      Say(words::CountsFrom(voice_, event.day));
      return SayOuterLimit();
    }
    if (event.length.unit == calendar::Unit::kHours && event.due_to > 0) {
      const bool sure = event.due_from == event.due_to;
      Say(words::HoursRun(voice_, words::Length(voice_, event.length),
                          MomentText(event.due_from - Minutes(event.length)), MomentText(event.due_to),
                          sure));
      return SayOuterLimit();
    }
    known_ = event.length.unit != calendar::Unit::kHours && event.nominal >= event.day;
    if (!known_) {
      Say(words::TermUnknown(voice_, event.day));
      SayOuterLimit();
      return;
    }
    Say(words::TermStarts(voice_, words::Length(voice_, event.length), event.day, event.nominal,
                          counting.first_day_counts, Anew(event)));
    unit_ = event.length.unit;
    nominal_ = event.nominal;
    if (unit_ == calendar::Unit::kWorkingDays) {
      const Day after = counting.first_day_counts ? event.day - 1 : event.day;
      out_.back().parts = DaysCounted(*counting.calendar, after, nominal_, voice_);
    }
    SayOuterLimit();
  }

  // The last step: from the nominal end to the last day in time.
  void AddEnd(const calendar::Counting& counting) {
    const Day due = calendar::DueDay(counting, unit_, nominal_, resumed_);
    const bool rolls = counting.rest_day_moves_on && unit_ != calendar::Unit::kWorkingDays;
    if (ceiling_ < due) {
      Say(words::CeilingReached(voice_, ceiling_));
    } else if (due != nominal_ && counting.calendar->IsWorkingDay(nominal_)) {
      Say(words::EndsOnResuming(voice_, due));
    } else {
      Say(words::LastDayIs(voice_, nominal_, due, RestReasons(*counting.calendar, due), rolls));
    }
  }

  // Why the days from the nominal end up to the one before `due` are not worked.
  std::vector<std::string> RestReasons(const calendar::Calendar& calendar, Day due) const {
    std::vector<std::string> reasons;
    for (Day day = nominal_; day < due; day = day + 1) {
      const std::string reason = calendar.Reason(day);
      if (!reason.empty() && (reasons.empty() || reasons.back() != reason)) reasons.push_back(reason);
    }
    return reasons;
  }

  const engine::Plan& plan_;
  const program::Program& program_;
  const engine::TermLife& term_;
  const std::vector<engine::Done>& done_;
  const Voice& voice_;
  std::vector<Reason>& out_;
  calendar::Unit unit_ = calendar::Unit::kDays;
  bool known_ = false;
  bool running_ = false;
  Day nominal_;
  Day stopped_;
  Day resumed_ = base::kFirstDay;
  Day ceiling_ = engine::kNever;
  std::vector<Reason> outer_limit_;  // set before the term started, told after
};

}  // namespace

void AddTermSum(const engine::Plan& plan, const engine::TermLife& term, const std::vector<engine::Done>& done,
                const Voice& voice, std::vector<Reason>& out) {
  if (!term.id || term.events.empty()) return;
  Summing(plan, term, done, voice, out).Add();
}

words::Late LateBy(const engine::Plan& plan, model::TermId term, calendar::Unit unit, base::Day due,
                   std::int32_t days) {
  if (unit != calendar::Unit::kWorkingDays) return {.days = days};
  const calendar::Counting& counting = plan.counting(plan.program().terms[term.index()].counting);
  const std::int32_t working = counting.calendar->CountWorkingDays(due, due + days);
  return working > 0 ? words::Late{.days = working, .working = true} : words::Late{.days = days};
}

}  // namespace lawbound::report
