// The words of a condition and its values.

#include <fmt/format.h>

#include "program/names.h"
#include "report/words.h"

namespace lawbound::report::words {

using model::Tri;
using program::Operation;

namespace {

std::string OfDay(std::string_view act, std::optional<Day> day) {
  return day ? fmt::format("{} of {}", Quoted(act), LongDate(*day)) : Quoted(act);
}

}  // namespace

std::string Always(bool holds) { return holds ? "this always holds" : "this never holds"; }

std::string Stands(std::string_view act, std::optional<Day> day) { return OfDay(act, day) + " stands"; }

std::string DoesNotStand(std::string_view act, bool was_done) {
  return was_done ? Quoted(act) + " was done but does not stand" : Quoted(act) + " was not done";
}

std::string WasFound(std::string_view fact, std::optional<Day> day, Tri tri) {
  if (tri == Tri::kUnknown) return fmt::format("nobody has found whether {} holds", Quoted(fact));
  if (!day) {
    return fmt::format("nobody has found whether {} holds, and it is presumed {}", Quoted(fact),
                       tri == Tri::kYes ? "to" : "not to");
  }
  return fmt::format("{} was found {} on {}", Quoted(fact), tri == Tri::kYes ? "to hold" : "not to hold",
                     LongDate(*day));
}

std::string WhatWasFound(std::string_view fact) { return fmt::format("what was found of {}", Quoted(fact)); }

std::string StandingIs(std::string_view act, std::string_view standing, Tri tri) {
  if (tri == Tri::kUnknown)
    return fmt::format("whether {} has been {} is not in the log", Quoted(act), standing);
  return fmt::format("{} has {}been {}", Quoted(act), tri == Tri::kYes ? "" : "not ", standing);
}

std::string NotInLog(std::string_view act) {
  return fmt::format("whether {} was done is not in the log", Quoted(act));
}

std::string FieldIs(std::string_view noun, bool yes) {
  return fmt::format("{} is {}", noun, yes ? "yes" : "no");
}

std::string NotKnown(std::string_view noun) { return fmt::format("{} is not known", noun); }

std::string HasValue(std::string_view noun, bool has) {
  return fmt::format("{} {}", noun, has ? "is given" : "is not given");
}

std::string FieldOf(std::string_view field, std::string_view owner) {
  return fmt::format("{} of {}", field, Quoted(owner));
}

std::string FieldAt(std::string_view field, std::string_view owner) {
  return fmt::format("{}: {}", Quoted(owner), field);
}

std::string PreviousFieldOf(std::string_view field, std::string_view owner) {
  return fmt::format("{} of the {} before", field, Quoted(owner));
}

std::string SumOf(std::string_view field, std::string_view owner) {
  return fmt::format("{} of all {} together", field, Quoted(owner));
}

std::string CountOf(std::string_view owner) { return fmt::format("the number of {}", Quoted(owner)); }

std::string InTable(std::string_view column, std::string_view table, const std::vector<std::string>& keys) {
  const std::string of = column.empty() ? "" : fmt::format("the {} of ", column);
  return fmt::format("{}{} for {}", of, Quoted(table), List(keys, ", "));
}

std::string Percent(std::int64_t hundredths) {
  std::string percent = program::MoneyText(hundredths, "", 2);
  while (percent.find('.') != std::string::npos && (percent.back() == '0' || percent.back() == '.')) {
    const bool point = percent.back() == '.';
    percent.pop_back();
    if (point) break;
  }
  return percent;
}

std::string Grown(std::string_view percent, std::string_view term) {
  return fmt::format("what has grown by {} % on each day of {}", percent, term);
}

std::string Clock(std::int64_t minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

std::string Between(std::string_view act, std::optional<std::int64_t> at, std::int64_t first,
                    std::int64_t last, model::Tri tri) {
  if (!at) return fmt::format("the time of day of {} is not known", Quoted(act));
  return fmt::format("{} was done at {}, {}between {} and {}", Quoted(act), Clock(*at),
                     tri == model::Tri::kYes ? "" : "not ", Clock(first), Clock(last));
}

std::string InTime(std::string_view act, std::optional<Day> day, model::Tri tri) {
  if (!day)
    return fmt::format("{} {}", Quoted(act),
                       tri == model::Tri::kNo ? "was not done" : "may not have been done");
  if (tri == model::Tri::kUnknown)
    return fmt::format("whether {} of {} was in time is not known", Quoted(act), LongDate(*day));
  return fmt::format("{} of {} was {}", Quoted(act), LongDate(*day),
                     tri == model::Tri::kYes ? "in time" : "not in time");
}

std::string Earlier(std::string_view act, std::string_view length, model::Tri tri) {
  if (tri == model::Tri::kUnknown)
    return fmt::format("whether there was {} to the same party in the {} before is not known", Quoted(act),
                       length);
  return fmt::format("there was {} {} to the same party in the {} before",
                     tri == model::Tri::kYes ? "a" : "no", Quoted(act), length);
}

std::string DayOf(std::string_view owner) { return fmt::format("the day of {}", Quoted(owner)); }

std::string PercentOf(std::string_view percent, std::string_view noun) {
  return fmt::format("{} % of {}", percent, noun);
}

std::string Joined(Operation operation, std::string_view a, std::string_view b) {
  switch (operation) {
    case Operation::kAdd:
      return fmt::format("{} plus {}", a, b);
    case Operation::kSubtract:
      return fmt::format("{} less {}", a, b);
    case Operation::kMultiply:
      return fmt::format("{} times {}", a, b);
    case Operation::kMin:
      return fmt::format("the smaller of {} and {}", a, b);
    default:
      return fmt::format("the greater of {} and {}", a, b);
  }
}

std::string NounIs(std::string_view noun, std::string_view value) {
  return fmt::format("{} is {}", noun, value);
}

namespace {

// The relation that is true, given the one that was asked about and whether it holds.
std::string_view Relation(Operation operation, bool holds, bool days) {
  switch (operation) {
    case Operation::kLess:
      return days ? (holds ? "earlier than" : "not earlier than") : (holds ? "less than" : "not less than");
    case Operation::kLessEqual:
      return days ? (holds ? "not later than" : "later than") : (holds ? "not more than" : "more than");
    case Operation::kGreater:
      return days ? (holds ? "later than" : "not later than") : (holds ? "more than" : "not more than");
    case Operation::kGreaterEqual:
      return days ? (holds ? "not earlier than" : "earlier than") : (holds ? "not less than" : "less than");
    case Operation::kNotEqual:
      return holds ? "not" : "the same as";
    default:
      return holds ? "the same as" : "not";
  }
}

}  // namespace

std::string Compared(Operation operation, bool holds, bool days, std::string_view noun,
                     std::string_view value, std::string_view other_noun, std::string_view other_value) {
  const bool equality = operation == Operation::kEqual || operation == Operation::kNotEqual;
  if (other_noun.empty() && equality && value == other_value) return NounIs(noun, value);
  std::string out =
      fmt::format("{} is {}; that is {} {}", noun, value, Relation(operation, holds, days), other_value);
  if (!other_noun.empty()) out += fmt::format(", {}", other_noun);
  return out;
}

std::string CannotCompare(const std::vector<std::string>& unknown_nouns) {
  return fmt::format("{} {} not known", List(unknown_nouns), unknown_nouns.size() == 1 ? "is" : "are");
}

std::string InSet(std::string_view noun, std::string_view value, bool in,
                  const std::vector<std::string>& set) {
  return fmt::format("{} is {}; that is {} of {}", noun, value, in ? "one" : "none", List(set, " or "));
}

std::string AllHold(Tri tri) {
  return tri == Tri::kYes  ? "all of this holds"
         : tri == Tri::kNo ? "not all of this holds"
                           : "whether all of this holds cannot be told";
}

std::string SomeHold(Tri tri) {
  return tri == Tri::kYes  ? "at least one of these holds"
         : tri == Tri::kNo ? "none of these holds"
                           : "whether one of these holds cannot be told";
}

std::string SameAnswer(Tri tri) {
  return tri == Tri::kYes  ? "both have the same answer"
         : tri == Tri::kNo ? "the two have different answers"
                           : "whether the two have the same answer cannot be told";
}

std::string After(std::string_view act, std::optional<Day> day, std::string_view other,
                  std::optional<Day> other_day, Tri tri) {
  if (tri == Tri::kUnknown) {
    return fmt::format("whether {} came after {} cannot be told", OfDay(act, day), OfDay(other, other_day));
  }
  if (!other_day) return fmt::format("there is no {}", Quoted(other));
  if (!day) return fmt::format("there is no {} after {}", Quoted(act), OfDay(other, other_day));
  return fmt::format("{} came {} {}", OfDay(act, day), tri == Tri::kYes ? "after" : "before",
                     OfDay(other, other_day));
}

std::string Unanswered(std::string_view act, std::optional<Day> day, std::string_view other,
                       std::optional<Day> other_day, Tri tri) {
  if (tri == Tri::kUnknown) {
    return fmt::format("whether {} was followed by {} cannot be told", OfDay(act, day), Quoted(other));
  }
  if (!day) return fmt::format("there is no {}", Quoted(act));
  if (tri == Tri::kYes) return fmt::format("{} was not followed by {}", OfDay(act, day), Quoted(other));
  return fmt::format("{} was followed by {}", OfDay(act, day), OfDay(other, other_day));
}

std::string ShareNoOne(std::string_view act, std::string_view other, Tri tri) {
  if (tri == Tri::kUnknown) {
    return fmt::format("who did {} and {} is not known", Quoted(act), Quoted(other));
  }
  return fmt::format("{} {} both {} and {}", tri == Tri::kYes ? "nobody" : "the same person", "did",
                     Quoted(act), Quoted(other));
}

std::string TakesPart(std::string_view member, Tri tri) {
  if (tri == Tri::kUnknown) {
    return fmt::format("whether {} takes part is not known: an act to them is not in the log",
                       member.empty() ? "anybody else" : member);
  }
  if (member.empty()) return "nobody takes part in the matter";
  return fmt::format("{} {} part in the matter", member, tri == Tri::kYes ? "takes" : "does not take");
}

std::string FieldNames(std::string_view field, std::string_view member, Tri tri) {
  if (member.empty()) return fmt::format("{} names nobody and nothing known", field);
  return tri == Tri::kYes  ? fmt::format("{} names {}", field, member)
         : tri == Tri::kNo ? fmt::format("{} does not name {}", field, member)
                           : NotKnown(field);
}

std::string AreOfRole(std::string_view people, std::string_view role, Tri tri) {
  return tri == Tri::kYes  ? fmt::format("{} acted as {}", people, Quoted(role))
         : tri == Tri::kNo ? fmt::format("{} may not act as {}", people, Quoted(role))
                           : fmt::format("whether {} may act as {} is not known", people, Quoted(role));
}

std::string SomebodyElse() { return "anybody or anything else"; }

std::string WhoDid(std::string_view act) { return fmt::format("who did {}", Quoted(act)); }

std::string Holds(std::string_view who, std::string_view credential, Tri tri) {
  return tri == Tri::kYes ? fmt::format("{} had the credential {}", who, Quoted(credential))
         : tri == Tri::kNo
             ? fmt::format("{} had not the credential {}", who, Quoted(credential))
             : fmt::format("whether {} had the credential {} is not known", who, Quoted(credential));
}

std::string RuleBroken(std::string_view rule, Tri tri) {
  return tri == Tri::kYes  ? fmt::format("the rule {} was broken", Quoted(rule))
         : tri == Tri::kNo ? fmt::format("the rule {} was not broken", Quoted(rule))
                           : fmt::format("whether the rule {} was broken cannot be told", Quoted(rule));
}

std::string TermIs(std::string_view term, program::Phase phase, std::optional<Day> due) {
  const std::string day = due ? LongDate(*due) : "";
  switch (phase) {
    case program::Phase::kIdle:
      return fmt::format("the time of {} has not begun", term);
    case program::Phase::kRunning:
      return day.empty() ? fmt::format("the time of {} runs", term)
                         : fmt::format("the time of {} runs up to {}", term, day);
    case program::Phase::kStopped:
      return fmt::format("the time of {} is stopped", term);
    case program::Phase::kOver:
      return day.empty() ? fmt::format("the time of {} has ended", term)
                         : fmt::format("the time of {} ended on {}", term, day);
  }
  return "";
}

std::string TermNotKnown(std::string_view term) {
  return fmt::format("where the time of {} stands cannot be told", term);
}

std::string TermCalled(std::string_view length, std::string_view from) {
  return fmt::format("{} from {}", length, from);
}

std::string EndOf(std::string_view term) { return fmt::format("the end of {}", term); }
std::string BreachOf(std::string_view rule) { return fmt::format("the breach of {}", Quoted(rule)); }

std::string LaterOf(const std::vector<std::string>& events, bool later) {
  return fmt::format("the {} of {}", later ? "later" : "earlier", List(events));
}

std::string ActOn(std::string_view act, std::string_view on) {
  return on.empty() ? Quoted(act) : fmt::format("{} on {}", Quoted(act), Quoted(on));
}

std::string DayDistance(Operation operation, bool holds, std::string_view noun, Day day,
                        std::string_view length, std::string_view other_noun, Day other, Day limit) {
  std::string_view wanted = "not later than";
  std::string_view side = "after";
  std::string_view bound = "the last day for it was";
  if (operation == Operation::kAtLeastBefore) {
    wanted = "at least";
    side = "before";
  } else if (operation == Operation::kAtLeastAfter) {
    wanted = "at least";
    bound = "the first day for it was";
  }
  if (operation == Operation::kWithin && !holds) {
    wanted = "later than";
  } else if (!holds) {
    wanted = "not at least";
  }
  return fmt::format("{}, {}, is {} {} {} {}, {}; {} {}", noun, LongDate(day), wanted, length, side,
                     other_noun, LongDate(other), bound, LongDate(limit));
}

std::string WorkingDay(std::string_view noun, Day day, bool works, std::string_view reason) {
  std::string out = fmt::format("{}, {}, is {} working day", noun, LongDate(day), works ? "a" : "not a");
  if (!reason.empty()) out += fmt::format(" ({})", reason);
  return out;
}

std::string FactHolds(std::string_view fact, Tri tri) {
  return fmt::format("{} {}", Quoted(fact),
                     tri == Tri::kYes  ? "holds"
                     : tri == Tri::kNo ? "does not hold"
                                       : "cannot be told");
}

}  // namespace lawbound::report::words
