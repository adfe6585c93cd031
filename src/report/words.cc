#include "report/words.h"

#include <array>
#include <fmt/format.h>

namespace lawbound::report::words {

using model::Finding;
using model::Ground;
using model::Tri;
using program::Operation;

std::string Number(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string Count(std::uint64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", Number(number), number == 1 ? one : many);
}

std::string Percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0 || part == 0) return "none";
  // Tenths of a percent, half up, without overflow for any count of a log.
  const auto tenths = static_cast<std::uint64_t>(
      static_cast<long double>(part) * 1000 / static_cast<long double>(whole) + 0.5L);
  if (tenths == 0) return "less than 0.1\u00a0%";
  if (tenths >= 1000 && part < whole) return "more than 99.9\u00a0%";
  return fmt::format("{}.{}\u00a0%", tenths / 10, tenths % 10);
}

std::string_view WeekdayName(Day day) {
  constexpr std::array<std::string_view, 7> kNames{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
  return kNames[static_cast<std::size_t>(base::Weekday(day))];
}

std::string LongDate(Day day) {
  return fmt::format("{} {}", WeekdayName(day).substr(0, 3), base::PrintDay(day));
}

std::string LongMonth(std::int32_t month) { return fmt::format("{:04}-{:02}", month / 12, month % 12 + 1); }

std::string Quoted(std::string_view title) { return fmt::format("\u201c{}\u201d", title); }

std::string Capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string List(const std::vector<std::string>& items, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? last : ", ";
    out += items[i];
  }
  return out;
}

namespace {

std::string Titles(const std::vector<std::string>& titles, std::string_view last = " or ") {
  std::vector<std::string> quoted;
  for (const std::string& title : titles) quoted.push_back(Quoted(title));
  return List(quoted, last);
}

std::string OfDay(std::string_view act, std::optional<Day> day) {
  return day ? fmt::format("{} of {}", Quoted(act), LongDate(*day)) : Quoted(act);
}

}  // namespace

std::string_view FindingWord(Finding finding) {
  switch (finding) {
    case Finding::kKept:
      return "kept";
    case Finding::kReleased:
      return "released";
    case Finding::kBroken:
      return "broken";
    case Finding::kPending:
      return "pending";
    case Finding::kCannotTell:
      return "cannot tell";
  }
  return "";
}

std::string_view GroundWord(Ground ground) {
  switch (ground) {
    case Ground::kForm:
      return "form";
    case Ground::kPower:
      return "power";
    case Ground::kMissingPredecessor:
      return "missing predecessor";
    case Ground::kTooEarly:
      return "too early";
    case Ground::kLate:
      return "late";
    case Ground::kCondition:
      return "condition";
    case Ground::kDuty:
      return "duty";
  }
  return "";
}

std::string MoreWorst(std::uint64_t cases) {
  return fmt::format("{} explained in the page that --html writes.",
                     Count(cases, "more case is", "more cases are"));
}

std::string FindingPhrase(Finding finding, Ground ground) {
  switch (finding) {
    case Finding::kKept:
      return "Kept";
    case Finding::kReleased:
      return ground == Ground::kDuty ? "Fell away before it was missed"
                                     : "Without effect, and no breach of its own";
    case Finding::kBroken:
      return "Broken";
    case Finding::kPending:
      return "Still in time";
    case Finding::kCannotTell:
      return "Cannot be told";
  }
  return "";
}

std::string_view KindWord(program::SentenceDef::Kind kind) {
  using Kind = program::SentenceDef::Kind;
  switch (kind) {
    case Kind::kMay:
      return "may";
    case Kind::kMust:
      return "must";
    case Kind::kOnlyIf:
      return "only if";
    case Kind::kNoIf:
      return "no if";
    case Kind::kOn:
      return "on";
  }
  return "";
}

std::string DaysLate(std::int32_t days) {
  return Count(static_cast<std::uint64_t>(days), "day", "days") + " late";
}

std::string DutySummary(const std::vector<std::string>& acts, const DutyCounts& counts) {
  std::string out = fmt::format("{} had to be done in time on {}.", Titles(acts),
                                Count(counts.times, "occasion", "occasions"));
  if (counts.late + counts.never == 0) {
    out += " No breach was found.";
  } else {
    std::vector<std::string> parts;
    if (counts.late > 0) {
      parts.push_back(fmt::format("on {} it came later than the law of its day allowed ({})",
                                  Number(counts.late), Percent(counts.late, counts.times)));
    }
    if (counts.never > 0) {
      parts.push_back(fmt::format("on {} it was not done at all ({})", Number(counts.never),
                                  Percent(counts.never, counts.times)));
    }
    out += " " + Capital(List(parts)) + ".";
  }
  if (counts.pending > 0) out += fmt::format(" On {} time still runs.", Number(counts.pending));
  if (counts.cannot_tell > 0) out += fmt::format(" On {} it cannot be told.", Number(counts.cannot_tell));
  return out;
}

std::string ConditionSummary(const std::vector<std::string>& acts, std::uint64_t times, std::uint64_t broken,
                             std::uint64_t cannot_tell) {
  std::string out =
      fmt::format("What this rule asks of {} was tested {}.", Titles(acts), Count(times, "time", "times"));
  if (broken == 0) {
    out += " No breach was found.";
  } else {
    out += fmt::format(" {} it was not met ({}).", Count(broken, "time", "times"), Percent(broken, times));
  }
  if (cannot_tell > 0) out += fmt::format(" For {} it cannot be told.", Number(cannot_tell));
  return out;
}

std::string HangsOnAssumption(std::uint64_t answers) {
  return fmt::format("{} by assumption: see what is assumed, below.",
                     Count(answers, "of these answers holds only", "of these answers hold only"));
}

std::string PartyLapses(std::uint64_t lapses) {
  return fmt::format("{} by private parties: counted here, listed nowhere.",
                     Count(lapses, "lapse", "lapses"));
}

std::string AuditedLine(std::uint64_t cases, std::uint64_t acts, std::optional<Day> first,
                        std::optional<Day> last) {
  std::string out =
      fmt::format("{} with {} were audited", Count(cases, "case", "cases"), Count(acts, "act", "acts"));
  if (first && last)
    out += fmt::format(", done from {} to {}", base::PrintDay(*first), base::PrintDay(*last));
  return out + ".";
}

std::string AsOfLine(Day as_of) {
  return fmt::format(
      "What is said holds as of {}: what falls due on that day or later counts as still in time.",
      LongDate(as_of));
}

std::string PeriodLine(std::optional<Day> from, std::optional<Day> to) {
  if (!from && !to) return "";
  std::string out = "Only what arose";
  if (from) out += " from " + base::PrintDay(*from);
  if (to) out += " up to " + base::PrintDay(*to);
  return out + " is counted.";
}

std::string FoundLine(std::uint64_t applied, std::uint64_t broken, std::uint64_t cannot_tell,
                      std::uint64_t pending) {
  std::string out = fmt::format("Rules that bind authorities applied {}; ", Count(applied, "time", "times"));
  out += broken == 0 ? "no breach was found."
                     : fmt::format("{} found ({}).", Count(broken, "breach was", "breaches were"),
                                   Percent(broken, applied));
  if (cannot_tell > 0) {
    out += fmt::format(" {} cannot be answered, because the log lacks what the rule asks about.",
                       Count(cannot_tell, "application", "applications"));
  }
  if (pending > 0) out += fmt::format(" {} still in time.", Count(pending, "is", "are"));
  return out;
}

std::string AssumptionLine(std::string_view field, std::string_view value, std::uint64_t answers,
                           bool exact) {
  return fmt::format("{} is taken to be {}: {}{} on it.", field, value, exact ? "" : "at most ",
                     Count(answers, "answer hangs", "answers hang"));
}

std::string UnseenLine(const std::vector<std::string>& unseen) {
  return fmt::format("The log cannot show {}; what hangs on these cannot be told.", List(unseen));
}

std::string SentenceDates(std::optional<Day> from, std::optional<Day> until) {
  if (!from && !until) return "always";
  std::string out;
  if (from) out += "from " + base::PrintDay(*from);
  if (until) out += (out.empty() ? "until " : " until ") + base::PrintDay(*until);
  return out;
}

std::string TitleLine(std::string_view title, std::string_view logs) {
  return fmt::format("Audit of {} under {}", logs, Quoted(title));
}

std::string KickerLine(std::string_view logs) { return fmt::format("Audit of {}", logs); }

std::string NeverApplied(const std::vector<std::string>& rules) {
  return fmt::format("Never applied in this log: {}.", List(rules));
}

std::string ReadingWord(std::string_view reading) {
  return reading == "seen" ? "read in the official text" : std::string(reading);
}

std::string SentencesOf(std::string_view rule) { return fmt::format("Sentences of {}", Quoted(rule)); }

std::string MoreListed(std::uint64_t more) {
  return fmt::format("{} more; the CSV and JSON forms of this report list each.", Number(more));
}

std::string AroseLine(Day day) { return fmt::format("arose {}", base::PrintDay(day)); }

std::string PartyLine(std::string_view rule, std::string_view citations, std::uint64_t lapses) {
  return fmt::format("{} ({}): {}.", Quoted(rule), citations, Count(lapses, "lapse", "lapses"));
}

std::string SourcesOf(std::string_view calendar) {
  return fmt::format("Where the holidays of calendar {} come from", calendar);
}

std::string AsTable(std::string_view title) { return fmt::format("{}: the same numbers as a table", title); }

std::string MonthsTitle(std::string_view rule) { return fmt::format("{}, month by month", Quoted(rule)); }
std::string MonthsCaption() { return "Month by month, by the day on which the rule applied"; }

std::string MonthsDescription(std::int32_t first, std::int32_t last, std::int32_t worst,
                              std::string_view share) {
  return fmt::format("Bars for each month from {} to {}. The greatest share broken is {}, in {}.",
                     LongMonth(first), LongMonth(last), share, LongMonth(worst));
}

std::string MonthTip(std::int32_t month, std::uint64_t applied, std::uint64_t broken) {
  return fmt::format("{}: {} broken of {} ({})", LongMonth(month), Number(broken), Number(applied),
                     Percent(broken, applied));
}

std::string LawChanged(Day day) { return fmt::format("law changed {}", base::PrintDay(day)); }

std::string DaysTitle(std::string_view rule) { return fmt::format("Days used under {}", Quoted(rule)); }

std::string DaysCaption() { return "Days used, against the term"; }

std::string DaysCaptionNote() {
  return "Calendar days. What lies beyond the line is not all late: rest days, stops and extensions put a "
         "term's end off, "
         "and working days are drawn as seven days for five.";
}

std::string DaysDescription(std::string_view term, std::uint64_t median, std::uint64_t nearly_all) {
  return fmt::format("for the term of {}, half were done within {} and 99 of 100 within {}", term,
                     Count(median, "day", "days"), Count(nearly_all, "day", "days"));
}

std::string DayRange(std::uint64_t from, std::uint64_t to) {
  if (from >= 1000) return "1,000 or more";
  return from == to ? std::to_string(from) : fmt::format("{} to {}", from, to);
}

std::string DaysTip(std::uint64_t from, std::uint64_t to, std::uint64_t times) {
  return fmt::format("{} days: {}", DayRange(from, to), Count(times, "time", "times"));
}

std::string Beyond(std::uint64_t times, std::uint64_t days) {
  return fmt::format("{} more than {} days", Number(times), days - 1);
}

std::string CaseLine(std::string_view name) { return fmt::format("Case {}", name); }

std::string ActLine(std::string_view act, std::uint64_t broken, std::uint64_t cannot_tell) {
  std::vector<std::string> parts;
  if (broken > 0) parts.push_back(Count(broken, "breach", "breaches"));
  if (cannot_tell > 0) parts.push_back(fmt::format("{} cannot be told", Number(cannot_tell)));
  return fmt::format("{}: {}.", Quoted(act), List(parts));
}

std::string PackLine(std::string_view pack, std::string_view title, std::string_view hash) {
  std::string out = fmt::format("Pack {}, {}", pack, Quoted(title));
  if (!hash.empty()) out += fmt::format(", compiled form {}", hash);
  return out + ".";
}

std::string MappingLine(std::string_view mapping) {
  return fmt::format("Read with the mapping {}.", Quoted(mapping));
}
std::string CommandLine(std::string_view command) { return fmt::format("Command line: {}", command); }

std::string OverrunLine(std::uint64_t overruns) {
  return fmt::format("In {} a chain of lapses was cut at its limit; what would have come later is left out.",
                     Count(overruns, "case", "cases"));
}

std::string CutLine(std::uint64_t cut) {
  return fmt::format("{} beyond the limit of the list: counted in the figures, not listed.",
                     Count(cut, "finding lies", "findings lie"));
}

std::string CalendarLine(std::string_view name, std::string_view version, std::optional<Day> first,
                         std::optional<Day> last) {
  std::string out = fmt::format("Calendar {}, version {}", name, version);
  if (first && last) {
    out += fmt::format(", complete from {} to {}", base::PrintDay(*first), base::PrintDay(*last));
  } else {
    out += ", no holidays listed";
  }
  return out + ".";
}

std::string ReadingLine(const std::vector<std::string>& not_seen) {
  if (not_seen.empty()) return "The author of the pack has read every cited provision in its official text.";
  return fmt::format("Not read in the official text by the author of the pack: {}.", List(not_seen));
}

std::string ByAssumption(const std::vector<std::string>& assumptions) {
  std::string out =
      "By assumption: this hangs on a value that the log does not show and the mapping takes for granted";
  if (!assumptions.empty()) out += " (" + List(assumptions) + ")";
  return out + ".";
}

std::string SameDay() {
  return "Hinges on the order of acts of one day: the log does not tell which came first, and in another "
         "order this "
         "would not be found.";
}

std::string LawVersion() {
  return "Hinges on the version of the law: under the version before or after, this would not be found.";
}

std::string Provisional() {
  return "Provisional: the count reaches days whose holidays are not published in our calendar; Monday to "
         "Friday are "
         "taken as working days there.";
}

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

std::string DoneOn(std::string_view act, Day day, std::int32_t days_late) {
  return fmt::format("{} was done on {}: {}.", Quoted(act), LongDate(day), DaysLate(days_late));
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

std::string ActLate(std::string_view act, Day day, Day due, std::int32_t days_late) {
  return fmt::format("{} was done on {}; its time ended on {}: {}.", Quoted(act), LongDate(day),
                     LongDate(due), DaysLate(days_late));
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

std::string MissingField(std::string_view field) { return fmt::format("Missing: {}.", field); }

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

std::string CuredBy(std::string_view act) { return fmt::format("The fault is healed by {}.", Quoted(act)); }

std::string FollowsDeemed(std::string_view act) { return fmt::format("{} is deemed done.", Quoted(act)); }

std::string FollowsFalls(std::string_view act) { return fmt::format("{} falls.", Quoted(act)); }

std::string FollowsQuality(std::string_view act, std::string_view quality) {
  return fmt::format("{} is {}.", Quoted(act), quality);
}

std::string FollowsAnswers(std::string_view role) { return fmt::format("{} is liable.", Quoted(role)); }

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

std::string Always(bool holds) { return holds ? "this always holds" : "this never holds"; }

std::string Stands(std::string_view act, std::optional<Day> day) { return OfDay(act, day) + " stands"; }

std::string DoesNotStand(std::string_view act, bool was_done) {
  return was_done ? Quoted(act) + " was done but does not stand" : Quoted(act) + " was not done";
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

std::string RuleBroken(std::string_view rule, Tri tri) {
  return tri == Tri::kYes  ? fmt::format("the rule {} was broken", Quoted(rule))
         : tri == Tri::kNo ? fmt::format("the rule {} was not broken", Quoted(rule))
                           : fmt::format("whether the rule {} was broken cannot be told", Quoted(rule));
}

std::string TermIs(std::string_view term, const std::vector<std::string>& phases, Tri tri) {
  const std::string list = List(phases, " or ");
  return tri == Tri::kYes  ? fmt::format("the time of {} {}", term, list)
         : tri == Tri::kNo ? fmt::format("it is not so that the time of {} {}", term, list)
                           : fmt::format("whether the time of {} {} cannot be told", term, list);
}

std::string_view PhaseWord(program::Phase phase) {
  switch (phase) {
    case program::Phase::kIdle:
      return "has not begun";
    case program::Phase::kRunning:
      return "runs";
    case program::Phase::kStopped:
      return "is stopped";
    case program::Phase::kOver:
      return "is over";
  }
  return "";
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
  return fmt::format("{}, {}, is {}{} {} {} {}, {}; {} {}", noun, LongDate(day), holds ? "" : "not ", wanted,
                     length, side, other_noun, LongDate(other), bound, LongDate(limit));
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

std::string AnswerWord(model::Answer answer, bool applied) {
  switch (answer) {
    case model::Answer::kLawful:
      return applied ? "lawful" : "no effect";
    case model::Answer::kUnlawful:
      return "unlawful";
    case model::Answer::kCannotTell:
      return "cannot tell";
  }
  return "";
}

std::string ByLaw() { return "by law"; }

std::string ByRole(std::string_view role, const std::vector<std::string>& people) {
  std::string out = fmt::format("by {}", role);
  if (!people.empty()) out += fmt::format(" ({})", List(people));
  return out;
}

std::string DeemedLine(std::string_view act) { return fmt::format("{} is deemed done", Quoted(act)); }
std::string FellLine(std::string_view act) { return fmt::format("{} loses its standing", Quoted(act)); }
std::string LapseLine(std::string_view term) { return fmt::format("Time is over: {}", term); }
std::string OpenLine(Day as_of) { return fmt::format("Open on {}", LongDate(as_of)); }

std::string OpenDuty(const std::vector<std::string>& acts, Day arose, std::optional<Day> due, bool stopped) {
  std::string out = fmt::format("{}, due since {}", Titles(acts), LongDate(arose));
  if (stopped) return out + ": its time is stopped.";
  return out + (due ? fmt::format(": there is time up to {}.", LongDate(*due)) : ": to be done promptly.");
}

std::string NextTitle(std::string_view name, Day day) {
  return fmt::format("Case {}: what may be done on {}", name, LongDate(day));
}

std::string_view NextHeading(model::Answer answer) {
  switch (answer) {
    case model::Answer::kLawful:
      return "Possible now";
    case model::Answer::kUnlawful:
      return "Not possible now";
    case model::Answer::kCannotTell:
      return "Cannot be told";
  }
  return "";
}

std::string StandsInTheWay(Finding finding) {
  return finding == Finding::kCannotTell ? "Not known" : "In the way";
}

std::string PossibleNow(bool cannot_tell) {
  return cannot_tell ? "Whether it may be done now cannot be told." : "May be done now.";
}

std::string PossibleFrom(Day day) {
  return fmt::format("Not now; if nothing else happens, from {}.", LongDate(day));
}

std::string NotInReach(Day through) {
  return fmt::format("Not now, nor up to {} if nothing else happens.", LongDate(through));
}

}  // namespace lawbound::report::words
