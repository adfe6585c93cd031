// Every sentence that a report says, and how it writes numbers and days; nothing here knows a program or a
// record, only the words and values it is given.  What explains one matter (why, what next, how days are
// counted) takes a Tongue and is there in English and Chinese; the reports over whole logs are in English.
//
// Titles are put in quotation marks by the callee; citations and the pack's own text are not.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.h"
#include "calendar/period.h"
#include "model/verdict.h"
#include "program/program.h"
#include "report/voice.h"

namespace lawbound::report::words {

using base::Day;

// Numbers and days.

std::string Number(std::uint64_t number);  // "103,987"
std::string Count(std::uint64_t number, std::string_view one,
                  std::string_view many);                      // "1 day", "1,200 days"
std::string Percent(std::uint64_t part, std::uint64_t whole);  // "3.1 %", "less than 0.1 %", "none"
std::string LongDate(Day day);                                 // "Wed 2011-03-30"
std::string LongMonth(std::int32_t month);                     // 12 * year + month - 1: "2011-03"
std::string_view WeekdayName(Day day);                         // "Wednesday"
std::string Quoted(std::string_view title);                    // "“Payment”"
std::string Capital(std::string text);                         // first letter made a capital, ASCII only
// "a", "a and b", "a, b and c"
std::string List(const std::vector<std::string>& items, std::string_view last = " and ");
// "a, b and c" and "a, b or c".
std::string AndList(Tongue tongue, const std::vector<std::string>& items);
std::string OrList(Tongue tongue, const std::vector<std::string>& items);
std::string Titles(Tongue tongue, const std::vector<std::string>& titles);  // "“a” or “b”"
std::string LongDate(Tongue tongue, Day day);  // "Wed 2011-03-30", "2011年3月30日（周三）"
std::string Length(Tongue tongue, calendar::Length length);  // "1 day", "7 working days"
std::string UnitName(Tongue tongue, calendar::Unit unit);    // "working days"
// A day off as the calendar calls it: "Labour Day", "Sunday".
std::string DayOff(Tongue tongue, std::string_view reason);
std::string Money(Tongue tongue, const program::Program& program, std::int64_t value);
// `citation` is "APL 44(2)"; in Chinese "《行政处罚法》第44条第2款", where what is cited has articles.
std::string Cited(Tongue tongue, std::string_view citation, std::string_view provision,
                  std::string_view instrument, bool in_articles);
std::string FactLength(Tongue tongue, std::string_view fact, calendar::Unit unit);
std::string OpenLength(Tongue tongue, calendar::Unit unit);
std::string YesNo(Tongue tongue, bool yes);
std::string None(Tongue tongue);
std::string NotNamed(Tongue tongue);
// " (Ltd)" at the end becomes "（Ltd）".
std::string FullParentheses(std::string title);
std::string Comma(Tongue tongue);
std::string Colon(Tongue tongue);
std::string Semicolon(Tongue tongue);
std::string Gap(Tongue tongue);  // between two sentences
bool IsSentence(std::string_view text);
// Without parts a whole sentence; else the parts follow.
std::string AsSentence(Tongue tongue, std::string text, bool whole);
std::string StandingName(Tongue tongue, program::Standing standing);
std::string QualityName(Tongue tongue, program::EffectDef::Quality quality);
// "“a” or “b”"
std::string Titles(const std::vector<std::string>& titles, std::string_view last = " or ");

// Findings in short.

std::string_view FindingWord(model::Finding finding);  // "broken": what JSON and CSV write
std::string_view GroundWord(model::Ground ground);     // "late"
std::string FindingPhrase(Tongue tongue, model::Finding finding, model::Ground ground);  // "Cannot be told"
std::string_view KindWord(program::SentenceDef::Kind kind);
// By how much something is late, in the days that its term counts.
struct Late {
  std::int32_t days = 0;
  bool working = false;
};
std::string DaysLate(Tongue tongue, Late late);  // "1 working day late"

// Summaries of rules.

struct DutyCounts {
  std::uint64_t times = 0, late = 0, never = 0, pending = 0, cannot_tell = 0;
};
// "In 103,987 cases ..." for duties to do one of `acts`.
std::string DutySummary(const std::vector<std::string>& acts, const DutyCounts& counts);
// For conditions on acts.
std::string ConditionSummary(const std::vector<std::string>& acts, std::uint64_t times, std::uint64_t broken,
                             std::uint64_t cannot_tell);
// In how many cases the breaches of a rule lie.
std::string CasesBroken(std::uint64_t cases);
// What a count by the newest of several terms alone, `length` long and in force from a day, would have found.
std::string FlatCount(std::string_view length, Day from, std::uint64_t late);
// How many breaches are of rules under which instruments.
std::string BreachesUnder(const std::vector<std::pair<std::string, std::uint64_t>>& under);
std::string HangsOnAssumption(std::uint64_t answers);
std::string PartyLapses(std::uint64_t lapses);
std::string AuditedLine(std::uint64_t cases, std::uint64_t acts, std::optional<Day> first,
                        std::optional<Day> last);
std::string AsOfLine(Day as_of);
std::string PeriodLine(std::optional<Day> from, std::optional<Day> to);
std::string FoundLine(std::uint64_t applied, std::uint64_t broken, std::uint64_t cannot_tell,
                      std::uint64_t pending);
std::string AssumptionLine(std::string_view field, std::string_view value, std::uint64_t answers, bool exact);
std::string UnseenLine(const std::vector<std::string>& unseen);
std::string SentenceDates(std::optional<Day> from, std::optional<Day> until);  // "from 2010-08-13", "always"

// Marks of a finding.

// Headings and labels.
inline constexpr std::string_view kSummary = "What was found";
inline constexpr std::string_view kRules = "Rules";
inline constexpr std::string_view kWorst = "Worst cases";
inline constexpr std::string_view kNoWorst = "No case is kept for this report.";
std::string MoreWorst(std::uint64_t cases);  // those the text leaves to the page
inline constexpr std::string_view kActs = "Acts: form, power and standing";
inline constexpr std::string_view kActsSay =
    "Apart from the rules, an act must have what its form asks for, be done by enough people, and rest on an "
    "act that "
    "stands.";
inline constexpr std::string_view kAssumptions = "Assumptions and what the log cannot show";
inline constexpr std::string_view kNoAssumptions = "Nothing is assumed.";
inline constexpr std::string_view kStrict =
    "Assumed values were treated as not seen (--strict): what hangs on them cannot be told.";
inline constexpr std::string_view kQuality = "The data";
inline constexpr std::string_view kNoQuality = "Nothing is reported about the data.";
inline constexpr std::string_view kComputed = "How this was computed";
inline constexpr std::string_view kReproduce =
    "The same log, pack, calendars and day give this report again, byte for byte.";
// Of the table of rules.
inline constexpr std::array<std::string_view, 6> kColumns{"rule",   "applied", "kept",
                                                          "broken", "pending", "cannot tell"};
inline constexpr std::array<std::string_view, 7> kSentenceColumns{
    "As written in the pack", "Applied", "Kept", "Late", "Not met", "Still in time", "Cannot tell"};
inline constexpr std::array<std::string_view, 4> kMonthColumns{"Month", "Applied", "Broken", "Share"};
inline constexpr std::array<std::string_view, 2> kDaysColumns{"Days used", "Times"};
inline constexpr std::string_view kLanguage = "en";
inline constexpr std::string_view kSkip = "Skip to what was found";
inline constexpr std::string_view kFooter =
    "Made with Lawbound. This page holds everything it shows: it asks for nothing from elsewhere and runs no "
    "script.";
inline constexpr std::string_view kCases = "cases";
inline constexpr std::string_view kApplied = "applications of rules";
inline constexpr std::string_view kBreaches = "breaches";
inline constexpr std::string_view kCannotTell = "cannot be told";
inline constexpr std::string_view kTableOfRules = "What became of each application of each rule";
inline constexpr std::string_view kSentences = "The rule as carried out, sentence by sentence";
inline constexpr std::string_view kEffectOnly = "says what follows; nothing to keep or break";
inline constexpr std::string_view kRestsOn = "Rests on";
inline constexpr std::string_view kWritten = "As written:";
inline constexpr std::string_view kFollows = "What follows:";
inline constexpr std::string_view kCure = "What would cure it:";
inline constexpr std::string_view kNote = "Note:";
inline constexpr std::string_view kParties = "Private parties";
inline constexpr std::string_view kPartiesSay =
    "This report watches authorities. Where a private party missed a time or a condition, it is counted in "
    "one line and "
    "listed nowhere.";
inline constexpr std::string_view kCommand = "Command line:";
inline constexpr std::string_view kAsTable = "The same numbers as a table";
// "“X” by month: the same numbers as a table".
std::string AsTable(std::string_view title);
inline constexpr std::string_view kShareBroken = "Share broken";
inline constexpr std::string_view kTimesApplied = "Times applied, of them broken in colour";
inline constexpr std::string_view kDaysUsed = "days from the day the duty arose to the day it was done";
inline constexpr std::string_view kNoFixedTerm = "term set in each case";
std::string KickerLine(std::string_view logs);
std::string NeverApplied(const std::vector<std::string>& rules);
std::string ReadingWord(std::string_view reading);
std::string SentencesOf(std::string_view rule);
inline constexpr std::string_view kBrokenList = "Breaches, the gravest first";
inline constexpr std::string_view kCannotTellList = "What cannot be told, the earliest first";
std::string MoreSummary(std::uint64_t more);
inline constexpr std::string_view kMoreExplained =
    "Each is explained in the same way. The next in this order:";
inline constexpr std::string_view kMoreNamed =
    "Or put the number of any of these cases in its place; they are the next ones:";
inline constexpr std::string_view kMoreLimit =
    "How many this page explains is said with --worst; the CSV and JSON forms of the report list all.";
std::string AroseLine(Day day);
std::string PartyLine(std::string_view rule, std::string_view citations, std::uint64_t lapses);
std::string SourcesOf(std::string_view calendar);
std::string MonthsTitle(std::string_view rule);
std::string MonthsCaption();
std::string MonthsDescription(std::int32_t first, std::int32_t last, std::int32_t worst,
                              std::string_view share);
std::string MonthTip(std::int32_t month, std::uint64_t applied, std::uint64_t broken);
std::string LawChanged(Day day);
std::string DaysTitle(std::string_view rule);
std::string DaysCaption();
std::string DaysCaptionNote();
std::string DaysDescription(std::string_view term, std::uint64_t median, std::uint64_t nearly_all);
std::string DaysTip(std::uint64_t from, std::uint64_t to, std::uint64_t times);
std::string DayRange(std::uint64_t from, std::uint64_t to);
std::string Beyond(std::uint64_t times, std::uint64_t days);
std::string TitleLine(std::string_view title, std::string_view logs);
std::string CaseLine(std::string_view name);
std::string ActLine(std::string_view act, std::uint64_t broken, std::uint64_t cannot_tell);
std::string PackLine(std::string_view pack, std::string_view title, std::string_view hash);
std::string MappingLine(std::string_view mapping);
std::string CommandLine(std::string_view command);
std::string OverrunLine(std::uint64_t overruns);
std::string CutLine(std::uint64_t cut);
std::string CalendarLine(std::string_view name, std::string_view version, std::optional<Day> first,
                         std::optional<Day> last);
std::string ReadingLine(const std::vector<std::string>& not_seen);

std::string ByAssumption(Tongue tongue, const std::vector<std::string>& assumptions);
std::string SameDay(Tongue tongue);
std::string LawVersion(Tongue tongue);
std::string KnownLater(Tongue tongue);
std::string Provisional(Tongue tongue);
std::string Moot(Tongue tongue);
std::string AfterClosing(Tongue tongue);

// Explanations.
// `with` empty: the start left no act in the record.
std::string DutyArose(Tongue tongue, const std::vector<std::string>& acts, Day day, std::string_view with);
std::string TermStarts(Tongue tongue, std::string_view length, Day start, Day nominal, bool first_day_counts,
                       bool again);
std::string TermUnknown(Tongue tongue, Day start);
// Where the end lies: `due` is `nominal`, or a later day because of rest days.
std::string LastDayIs(Tongue tongue, Day nominal, Day due, const std::vector<std::string>& reasons,
                      bool moves_on);
std::string Stopped(Tongue tongue, Day day, std::string_view why);
std::string RanAgain(Tongue tongue, Day stopped, Day resumed, Day nominal);
std::string Extended(Tongue tongue, std::string_view length, Day day, std::string_view by, Day nominal);
std::string Ceiling(Tongue tongue, std::string_view length, std::string_view from, Day day);
std::string CeilingReached(Tongue tongue, Day day);
std::string TermFell(Tongue tongue, Day day);
std::string Counted(Tongue tongue, const std::vector<std::string>& days);
std::string Skipped(Tongue tongue, const std::vector<std::string>& runs);
std::string SkippedRun(Tongue tongue, Day first, Day last, std::string_view reason);
std::string WeeklyRestDays(Tongue tongue, std::int32_t days);
std::string MadeWorking(Tongue tongue, Day day, std::string_view reason);
std::string DoneOn(Tongue tongue, std::string_view act, Day day, Late late);
std::string NotDoneBy(Tongue tongue, const std::vector<std::string>& acts, Day due, Day as_of);
std::string StillTime(Tongue tongue, Day due);
std::string DoneInTime(Tongue tongue, std::string_view act, Day day);
std::string ActLate(Tongue tongue, std::string_view act, Day day, Day due, Late late);
std::string ActTooEarly(Tongue tongue, std::string_view act, Day day);
std::string NeverStarted(Tongue tongue, std::string_view start);
std::string RestedOnNothing(Tongue tongue, std::string_view act, const std::vector<std::string>& rests_on);
std::string RestedOnLost(Tongue tongue, std::string_view act, const std::vector<std::string>& rests_on);
std::string MissingFields(Tongue tongue, std::string_view act, const std::vector<std::string>& fields);
std::string EnteredLater(Tongue tongue, std::string_view act, Day day, Day recorded);
std::string CountsFrom(Tongue tongue, Day start);
// "Mon 2026-03-02 at 16:00"
std::string Moment(Tongue tongue, Day day, std::int64_t minute);
std::string HoursRun(Tongue tongue, std::string_view length, std::string_view start, std::string_view last,
                     bool sure);
std::string TooFew(Tongue tongue, std::string_view act, std::uint32_t people, std::uint32_t at_least);
// `cap` empty: any length.
std::string ExtensionTooMuch(Tongue tongue, std::string_view act, std::string_view cap, bool once);
std::string MissingAct(Tongue tongue, std::string_view act);
std::string MissingFinding(Tongue tongue, std::string_view fact);
std::string FindingLine(Tongue tongue, std::string_view fact);  // in the timeline of a case
std::string MissingMinute(Tongue tongue, std::string_view act);
std::string MissingField(Tongue tongue, std::string_view field);
std::string MissingRow(Tongue tongue, std::string_view table, bool set_by_authority);
std::string CureDuty(Tongue tongue, const std::vector<std::string>& acts, Day due, bool done);
std::string CureLate(Tongue tongue, Day due);
std::string CureCondition(Tongue tongue, bool bar);
std::string CureByTime(Tongue tongue, base::Day opens);
std::string CuredBy(Tongue tongue, std::string_view act);
// Of an act without what it rests on, without enough people, a credential or its form, or beyond its measure.
std::string CureFirst(Tongue tongue, const std::vector<std::string>& acts);
std::string CureTogether(Tongue tongue, std::uint32_t at_least);
// What somebody must be to do an act, as in "who did it was not a holder of ...".
std::string HolderOf(Tongue tongue, std::string_view credential);
std::string NamedIn(Tongue tongue, std::string_view field, bool not_named);
// `tri`: not, or not known.
std::string Qualified(Tongue tongue, std::string_view who, std::string_view quality, model::Tri tri);
std::string CureQualified(Tongue tongue, std::string_view quality);
std::string CureForm(Tongue tongue);
std::string CureUndated(Tongue tongue);
std::string CureExtension(Tongue tongue);
std::string CureStart(Tongue tongue, std::string_view start);
std::string FollowsDeemed(Tongue tongue, std::string_view act);
std::string FollowsFalls(Tongue tongue, std::string_view act);
std::string FollowsQuality(Tongue tongue, std::string_view act, program::EffectDef::Quality quality);
std::string FollowsAnswers(Tongue tongue, std::string_view role);
std::string FollowsStanding(Tongue tongue, std::string_view act, program::Standing standing);
std::string FollowsRefusal(Tongue tongue, std::string_view act, std::string_view role);
std::string TakenLine(Tongue tongue, std::string_view act,
                      program::Standing standing);  // in the timeline of a case
std::string EndsOnResuming(Tongue tongue, Day due);
std::string RuleLine(std::string_view headline, std::string_view rule);
std::string WrittenAs(std::string_view sentence);
std::string Follows(std::string_view line);
std::string Cure(std::string_view line);
std::string Mark(std::string_view line);
// With the instrument, unless the citation says it, and how its author knows it.
std::string ProvisionLine(Tongue tongue, std::string_view citation, std::string_view instrument,
                          law::Reading reading);

// Conditions.

std::string Always(Tongue tongue, bool holds);
std::string Stands(Tongue tongue, std::string_view act, std::optional<Day> day);
std::string DoesNotStand(Tongue tongue, std::string_view act, bool was_done);
std::string NotInLog(Tongue tongue, std::string_view act);
// "“new facts” was found on Fri 2026-03-06"; without a day nobody found anything, and it is presumed or open.
std::string WasFound(Tongue tongue, std::string_view fact, std::optional<Day> day, model::Tri tri);
std::string WhatWasFound(Tongue tongue, std::string_view fact);
// "“Order” has been set aside"
std::string StandingIs(Tongue tongue, std::string_view act, program::Standing standing, model::Tri tri);
std::string FieldIs(Tongue tongue, std::string_view noun, bool yes);
std::string NotKnown(Tongue tongue, std::string_view noun);
std::string HasValue(Tongue tongue, std::string_view noun, bool has);
std::string FieldOf(Tongue tongue, std::string_view field, std::string_view owner);
// "“Liable person”: abroad", for fields that are yes or no.
std::string FieldAt(Tongue tongue, std::string_view field, std::string_view owner);
std::string PreviousFieldOf(Tongue tongue, std::string_view field, std::string_view owner);
std::string SumOf(Tongue tongue, std::string_view field, std::string_view owner);
std::string CountOf(Tongue tongue, std::string_view owner);
// "the high of “benchmark” for heavier"; `column` is empty where a table has one.
std::string InTable(Tongue tongue, std::string_view column, std::string_view table,
                    const std::vector<std::string>& keys);
// 250 hundredths: "2.5".
std::string Percent(std::int64_t hundredths);
std::string Grown(Tongue tongue, std::string_view percent, std::string_view term);
// "16:05".
std::string Clock(std::int64_t minute);
std::string Between(Tongue tongue, std::string_view act, std::optional<std::int64_t> at, std::int64_t first,
                    std::int64_t last, model::Tri tri);
std::string InTime(Tongue tongue, std::string_view act, std::optional<Day> day, model::Tri tri);
std::string Earlier(Tongue tongue, std::string_view act, std::string_view length, model::Tri tri);
std::string DayOf(Tongue tongue, std::string_view owner);
std::string PercentOf(Tongue tongue, std::string_view percent, std::string_view noun);
std::string Joined(Tongue tongue, program::Operation operation, std::string_view a, std::string_view b);
std::string NounIs(Tongue tongue, std::string_view noun, std::string_view value);
// "is X; that is not less than Y".  `holds` is the answer.
std::string Compared(Tongue tongue, program::Operation operation, bool holds, bool days,
                     std::string_view noun, std::string_view value, std::string_view other_noun,
                     std::string_view other_value);
std::string CannotCompare(Tongue tongue, const std::vector<std::string>& unknown_nouns);
std::string InSet(Tongue tongue, std::string_view noun, std::string_view value, bool in,
                  const std::vector<std::string>& set);
std::string AllHold(Tongue tongue, model::Tri tri);
std::string SomeHold(Tongue tongue, model::Tri tri);
std::string SameAnswer(Tongue tongue, model::Tri tri);
std::string After(Tongue tongue, std::string_view act, std::optional<Day> day, std::string_view other,
                  std::optional<Day> other_day, model::Tri tri);
std::string Unanswered(Tongue tongue, std::string_view act, std::optional<Day> day, std::string_view other,
                       std::optional<Day> other_day, model::Tri tri);
std::string ShareNoOne(Tongue tongue, std::string_view act, std::string_view other, model::Tri tri);
// Of parts: members, and the roles of people.
std::string TakesPart(Tongue tongue, std::string_view member, model::Tri tri);
std::string FieldNames(Tongue tongue, std::string_view field, std::string_view member, model::Tri tri);
std::string AreOfRole(Tongue tongue, std::string_view people, std::string_view role, model::Tri tri);
std::string SomebodyElse(Tongue tongue);
std::string TooManyMembers(Tongue tongue);
// `who`: "who did ..." or the noun of a field.
std::string Holds(Tongue tongue, std::string_view who, std::string_view credential, model::Tri tri);
std::string WhoDid(Tongue tongue, std::string_view act);
std::string RuleBroken(Tongue tongue, std::string_view rule, model::Tri tri);
// `due`: the last day in time, if that is known.
std::string TermIs(Tongue tongue, std::string_view term, program::Phase phase, std::optional<base::Day> due);
std::string TermNotKnown(Tongue tongue, std::string_view term);
std::string TermCalled(Tongue tongue, std::string_view length, std::string_view from);
std::string EndOf(Tongue tongue, std::string_view term);
std::string BreachOf(Tongue tongue, std::string_view rule);
std::string LaterOf(Tongue tongue, const std::vector<std::string>& events, bool later);
std::string ActOn(Tongue tongue, std::string_view act, std::string_view on);
// "at least 7 working days before" and the like; `limit` is the last or first day that would do.
std::string DayDistance(Tongue tongue, program::Operation operation, bool holds, std::string_view noun,
                        Day day, std::string_view length, std::string_view other_noun, Day other, Day limit);
std::string WorkingDay(Tongue tongue, std::string_view noun, Day day, bool works, std::string_view reason);
std::string FactHolds(Tongue tongue, std::string_view fact, model::Tri tri);

// A matter as a timeline, and what may be done in it.

std::string AnswerWord(model::Answer answer, bool applied);
std::string ByLaw(Tongue tongue);
std::string DidLine(Tongue tongue, std::string_view act, std::string_view by);  // "Notice, by the officer"
std::string ByRole(Tongue tongue, std::string_view role, const std::vector<std::string>& people);
std::string DeemedLine(Tongue tongue, std::string_view act);
std::string FellLine(Tongue tongue, std::string_view act);
std::string LapseLine(Tongue tongue, std::string_view term);
std::string OpenLine(Day as_of);
std::string OpenDuty(Tongue tongue, const std::vector<std::string>& acts, Day arose, std::optional<Day> due,
                     bool stopped);
std::string WhetherOwed(Tongue tongue);
std::string NextTitle(std::string_view name, Day day);
std::string_view NextHeading(model::Answer answer);
std::string ExplainedTitle(std::string_view title, std::string_view name);
inline constexpr std::string_view kExplainedCase = "One matter, day by day, with the reasons";
inline constexpr std::string_view kSkipToCase = "Skip to what happened";
// What an act done that day would open: `at_once`, or from `from` on.
std::string OpenedBy(Tongue tongue, std::string_view act, std::string_view role, Day from, bool at_once);
std::string StandsInTheWay(Tongue tongue, model::Finding finding);
std::string PossibleNow(Tongue tongue, bool cannot_tell);
std::string PossibleFrom(Tongue tongue, Day day);
std::string NotInReach(Tongue tongue, Day through);

}  // namespace lawbound::report::words
