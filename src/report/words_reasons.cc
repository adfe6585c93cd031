// The words of an explanation: how a duty and its time came about, what was missed, what follows.

#include <fmt/format.h>

#include "base/check.h"
#include "report/words.h"

namespace lawbound::report::words {

std::string DutyArose(const std::vector<std::string>& acts, Day day, std::string_view with) {
  std::string out = fmt::format("The duty to do {} arose on {}", Titles(acts), LongDate(day));
  if (!with.empty()) out += " with " + Quoted(with);
  return out + ".";
}

std::string TermStarts(std::string_view length, Day start, Day nominal, bool first_day_counts, bool again) {
  return fmt::format("{}: {} from {} (the first day {}): full on {}.", again ? "Term, started anew" : "Term",
                     length, LongDate(start), first_day_counts ? "is counted" : "is not counted",
                     LongDate(nominal));
}

std::string TermUnknown(Day start) {
  return fmt::format("The term runs from {}; how long it is cannot be told.", LongDate(start));
}

std::string CountsFrom(Day start) {
  return fmt::format("The days are counted from {} on, without an end.", LongDate(start));
}

std::string Moment(Day day, std::int64_t minute) {
  return fmt::format("{} at {}", LongDate(day), Clock(minute));
}

std::string HoursRun(std::string_view length, std::string_view start, std::string_view last, bool sure) {
  if (sure) return fmt::format("Term: {} from {}: in time until {}.", length, start, last);
  return fmt::format(
      "Term: {} from a time of day that is not known, {} at the earliest: over after {} at the latest.",
      length, start, last);
}

std::string LastDayIs(Day nominal, Day due, std::string_view reason, bool moves_on) {
  if (nominal == due) {
    if (!moves_on) return fmt::format("The last day in time was {}.", LongDate(due));
    return fmt::format("That is a working day, so the last day in time was {}.", LongDate(due));
  }
  return fmt::format("That is a rest day ({}), so the end moves on: the last day in time was {}.", reason,
                     LongDate(due));
}

std::string Stopped(Day day, std::string_view why) {
  std::string out = "The term stopped on " + LongDate(day);
  if (!why.empty()) out += fmt::format(" ({})", why);
  return out + ".";
}

std::string RanAgain(Day stopped, Day resumed, Day nominal) {
  return fmt::format("It ran again from {}: {} in between did not count. The count is full on {}.",
                     LongDate(resumed), Count(static_cast<std::uint64_t>(resumed - stopped), "day", "days"),
                     LongDate(nominal));
}

std::string Extended(std::string_view length, Day day, std::string_view by, Day nominal) {
  return fmt::format("Extended by {} with {} on {}. The count is full on {}.", length, Quoted(by),
                     LongDate(day), LongDate(nominal));
}

std::string Ceiling(std::string_view length, std::string_view from, Day day) {
  return fmt::format("In no case later than {}: {} from {}.", LongDate(day), length, from);
}

std::string CeilingReached(Day day) {
  return fmt::format("The outer limit comes first: the last day in time was {}.", LongDate(day));
}

std::string TermFell(Day day) {
  return fmt::format("The term ended without effect on {}, since what started it lost its standing.",
                     LongDate(day));
}

std::string Counted(const std::vector<std::string>& days) { return "Counted: " + List(days) + "."; }

std::string Skipped(const std::vector<std::string>& runs) { return "Not counted: " + List(runs) + "."; }

std::string SkippedRun(Day first, Day last, std::string_view reason) {
  if (first == last) return fmt::format("{} ({})", LongDate(first), reason);
  return fmt::format("{} to {} ({})", LongDate(first), LongDate(last), reason);
}

std::string WeeklyRestDays(std::int32_t days) {
  return Count(static_cast<std::uint64_t>(days), "weekly rest day", "weekly rest days");
}

std::string MadeWorking(Day day, std::string_view reason) {
  return fmt::format("{} counts although it is a {} ({}).", LongDate(day), WeekdayName(day), reason);
}

std::string DoneOn(std::string_view act, Day day, Late late) {
  return fmt::format("{} was done on {}: {}.", Quoted(act), LongDate(day), DaysLate(late));
}

std::string DoneInTime(std::string_view act, Day day) {
  return fmt::format("{} was done on {}: in time.", Quoted(act), LongDate(day));
}

std::string NotDoneBy(const std::vector<std::string>& acts, Day due, Day as_of) {
  std::string out = fmt::format("{} was not done by {}", Titles(acts), LongDate(due));
  if (as_of > due) out += fmt::format(", nor up to {}", LongDate(as_of));
  return out + ".";
}

std::string StillTime(Day due) { return fmt::format("There is time up to {}.", LongDate(due)); }

std::string ActLate(std::string_view act, Day day, Day due, Late late) {
  return fmt::format("{} was done on {}; its time ended on {}: {}.", Quoted(act), LongDate(day),
                     LongDate(due), DaysLate(late));
}

std::string ActTooEarly(std::string_view act, Day day) {
  return fmt::format("{} was done on {}, before its time had opened.", Quoted(act), LongDate(day));
}

std::string NeverStarted(std::string_view start) {
  return fmt::format("Its time runs from {}, which is not in the record.", start);
}

std::string RestedOnNothing(std::string_view act, const std::vector<std::string>& rests_on) {
  return fmt::format("{} rests on {}, which was never done.", Quoted(act), Titles(rests_on));
}

std::string RestedOnLost(std::string_view act, const std::vector<std::string>& rests_on) {
  return fmt::format(
      "{} rests on {}, which no longer stood. That loss is the breach; this only follows from it.",
      Quoted(act), Titles(rests_on));
}

std::string MissingFields(std::string_view act, const std::vector<std::string>& fields) {
  return fmt::format("{} lacks {}.", Quoted(act), List(fields));
}

std::string EnteredLater(std::string_view act, Day day, Day recorded) {
  return fmt::format(
      "{} was entered on {} as of {}. It bears no day of its own, so it took effect when it was entered.",
      Quoted(act), LongDate(recorded), LongDate(day));
}

std::string TooFew(std::string_view act, std::uint32_t people, std::uint32_t at_least) {
  return fmt::format("{} was done by {}; the law asks for at least {}.", Quoted(act),
                     Count(people, "person", "people"), at_least);
}

std::string ExtensionTooMuch(std::string_view act, std::string_view cap, bool once) {
  std::string out = fmt::format("{} may extend the term", Quoted(act));
  if (!cap.empty()) out += fmt::format(" by at most {} in all", cap);
  if (once) out += cap.empty() ? " once" : ", once";
  return out + "; this goes beyond, and adds nothing.";
}

std::string MissingAct(std::string_view act) {
  return fmt::format("Missing: whether, and when, {} was done.", Quoted(act));
}

std::string MissingFinding(std::string_view fact) {
  return fmt::format("Missing: a finding whether {} holds.", Quoted(fact));
}

std::string MissingMinute(std::string_view act) {
  return fmt::format("Missing: the time of day of {}.", Quoted(act));
}

std::string MissingField(std::string_view field) { return fmt::format("Missing: {}.", field); }

std::string MissingRow(std::string_view table, bool set_by_authority) {
  return set_by_authority ? fmt::format("Missing: what the authority has set in {}.", Quoted(table))
                          : fmt::format("Missing: {} says nothing of this.", Quoted(table));
}

std::string CureDuty(const std::vector<std::string>& acts, Day due, bool done) {
  std::string out = fmt::format("{} had to be done by {}.", Titles(acts), LongDate(due));
  out += done ? " The delay stays." : " Doing it now ends the omission; the delay stays.";
  return out;
}

std::string CureLate(Day due) { return fmt::format("It would have been in time up to {}.", LongDate(due)); }

std::string CureCondition(bool bar) {
  return bar ? "It may be done once what bars it no longer holds."
             : "It may be done once what the rule asks for holds.";
}

std::string CureByTime(Day opens) {
  return fmt::format("If nothing else happens, this rule allows it from {} on.", LongDate(opens));
}

std::string CureFirst(const std::vector<std::string>& acts) {
  return fmt::format("It may be done once {} stands.", Titles(acts));
}

std::string CureTogether(std::uint32_t at_least) {
  return fmt::format("It may be done again by at least {}.", Count(at_least, "person", "people"));
}

std::string HolderOf(std::string_view credential) {
  return fmt::format("a holder of {}", Quoted(credential));
}

std::string NamedIn(std::string_view field, bool not_named) {
  return fmt::format("{} named as {}", not_named ? "somebody not" : "somebody", field);
}

std::string Qualified(std::string_view who, std::string_view quality, model::Tri tri) {
  CHECK(tri != model::Tri::kYes);
  if (tri == model::Tri::kNo) return fmt::format("{} was not {}", who, quality);
  return fmt::format("whether {} was {} is not known", who, quality);
}

std::string CureQualified(std::string_view quality) { return fmt::format("It may be done by {}.", quality); }

std::string CureForm() { return "It may be done again with all that it must say."; }

std::string CureUndated() { return "It may be done as of the day on which it is entered."; }

std::string CureExtension() { return "It may be done for what is still left."; }

std::string CureStart(std::string_view start) {
  return fmt::format("It may be done once its time has begun, with {}.", start);
}

std::string CuredBy(std::string_view act) { return fmt::format("The fault is healed by {}.", Quoted(act)); }

std::string FollowsDeemed(std::string_view act) { return fmt::format("{} is deemed done.", Quoted(act)); }

std::string FollowsFalls(std::string_view act) { return fmt::format("{} falls.", Quoted(act)); }

std::string FollowsQuality(std::string_view act, std::string_view quality) {
  return fmt::format("{} is {}.", Quoted(act), quality);
}

std::string FollowsAnswers(std::string_view role) { return fmt::format("{} is liable.", Quoted(role)); }

std::string FollowsStanding(std::string_view act, std::string_view standing) {
  return fmt::format("{} is {}.", Quoted(act), standing);
}

std::string FollowsRefusal(std::string_view act, std::string_view role) {
  return fmt::format("{} may be refused by {}.", Quoted(act), Quoted(role));
}

std::string EndsOnResuming(Day due) {
  return fmt::format("The term was stopped then, so the last day in time was the day it ran again, {}.",
                     LongDate(due));
}

std::string RuleLine(std::string_view headline, std::string_view rule) {
  return fmt::format("{}. {}", headline, Quoted(rule));
}

std::string WrittenAs(std::string_view sentence) { return fmt::format("As written: {}", sentence); }
std::string Follows(std::string_view line) { return fmt::format("What follows: {}", line); }
std::string Cure(std::string_view line) { return fmt::format("Cure: {}", line); }
std::string Mark(std::string_view line) { return fmt::format("Note: {}", line); }

std::string ProvisionLine(std::string_view citation, std::string_view instrument, std::string_view reading) {
  return fmt::format("{}, {} ({})", citation, instrument, reading);
}

}  // namespace lawbound::report::words
