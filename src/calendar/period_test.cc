#include "calendar/period.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <optional>
#include <rapidcheck/gtest.h>
#include <regex>
#include <string>
#include <utility>
#include <vector>

namespace lawbound::calendar {
namespace {

Day D(std::string_view text) { return base::ParseDay(text).value(); }

const Calendars& All() {
  static const Calendars all = Calendars::Load(LAWBOUND_ROOT "/packs/calendars").value();
  return all;
}

struct Stop {
  Day from, to;
};

// Several stops are one union.
std::vector<Stop> Union(std::vector<Stop> stops) {
  std::sort(stops.begin(), stops.end(), [](const Stop& a, const Stop& b) { return a.from < b.from; });
  std::vector<Stop> merged;
  for (const Stop& stop : stops) {
    if (!merged.empty() && stop.from <= merged.back().to) {
      merged.back().to = std::max(merged.back().to, stop.to);
    } else {
      merged.push_back(stop);
    }
  }
  return merged;
}

struct Term {
  Counting counting;
  Day start;
  Length length;
  std::vector<Length> extensions;
  std::vector<Stop> stops;
};

struct Ends {
  Day nominal, due;
};

// As a caller would: the functions under test, stop by stop.
Ends Reckon(const Term& term) {
  Day nominal = NominalEnd(term.counting, term.start, term.length);
  for (const Length& by : term.extensions) nominal = Extend(term.counting, nominal, by);
  const std::vector<Stop> stops = Union(term.stops);
  for (const Stop& stop : stops)
    nominal = AfterStop(term.counting, term.length.unit, nominal, stop.from, stop.to);
  Day due = DueDay(term.counting, term.length.unit, nominal, nominal);
  for (const Stop& stop : stops) {
    if (stop.from <= due) due = DueDay(term.counting, term.length.unit, nominal, std::max(stop.to, due));
  }
  return {nominal, due};
}

// ---- the sums of the conformance cases

Length ReadLength(const std::string& text) {
  static const std::regex form(R"((\d+) (d|wd|mo|yr))");
  std::smatch parts;
  if (!std::regex_match(text, parts, form)) {
    ADD_FAILURE() << "no length: " << text;
    return {};
  }
  const std::string unit = parts[2];
  return {std::stoi(parts[1]), unit == "d"    ? Unit::kDays
                               : unit == "wd" ? Unit::kWorkingDays
                               : unit == "mo" ? Unit::kMonths
                                              : Unit::kYears};
}

std::string CheckForward(const std::smatch& sum) {
  Term term;
  term.counting.calendar = All().Find(sum[1].str());
  if (term.counting.calendar == nullptr) return "no calendar " + sum[1].str();
  term.start = D(sum[3].str());
  std::vector<Length> lengths;
  std::string rest = sum[4];
  std::smatch part;
  static const std::regex plus(R"(^ \+ (\d+ \w+))");
  while (std::regex_search(rest, part, plus)) {
    lengths.push_back(ReadLength(part[1]));
    rest = part.suffix();
  }
  static const std::regex stop(R"(^ \[stop (\S{10})\.\.(\S{10})\])");
  while (std::regex_search(rest, part, stop)) {
    term.stops.push_back({D(part[1].str()), D(part[2].str())});
    rest = part.suffix();
  }
  std::optional<Day> ceiling;
  static const std::regex at_most(R"(^ \{at most (\S{10}) \+ (\d+ \w+)\})");
  if (std::regex_search(rest, part, at_most)) {
    ceiling = NominalEnd(term.counting, D(part[1].str()), ReadLength(part[2]));
    rest = part.suffix();
  }
  if (!rest.empty() || lengths.empty()) return "cannot read '" + rest + "'";
  term.length = lengths.front();
  term.extensions.assign(lengths.begin() + 1, lengths.end());
  const Ends ends = Reckon(term);
  Day answer = sum[2].matched ? ends.nominal : ends.due;
  if (ceiling) answer = std::min(answer, *ceiling);
  return base::PrintDay(answer);
}

// What our own arithmetic answers to a sum, and what the sum says.
std::pair<std::string, std::string> Work(const std::string& line) {
  static const std::regex count(R"(\d+: count (\S{10})\.\.(\S{10}) = (\d+))");
  static const std::regex backward(R"(\d+: (\S+) (\S{10}) - (\d+ \w+) = (\S{10}))");
  static const std::regex forward(R"(\d+: (\S+) (nominal )?(\S{10})(.*) = (\S{10}))");
  std::smatch sum;
  if (std::regex_match(line, sum, count)) return {std::to_string(D(sum[2].str()) - D(sum[1].str())), sum[3]};
  if (std::regex_match(line, sum, backward)) {
    const Counting counting{.calendar = All().Find(sum[1].str())};
    return {base::PrintDay(LatestBefore(counting, D(sum[2].str()), ReadLength(sum[3]))), sum[4]};
  }
  if (std::regex_match(line, sum, forward)) return {CheckForward(sum), sum[5]};
  return {"cannot read the line", ""};
}

TEST(Period, DoesTheSumsOfTheConformanceCases) {
  std::ifstream file(LAWBOUND_ROOT "/tests/cases/sums.txt");
  int sums = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    const auto [answer, wanted] = Work(line);
    EXPECT_EQ(answer, wanted) << line;
    ++sums;
  }
  EXPECT_EQ(sums, 50);
}

// ---- single points of the definition

TEST(Period, TheFirstDayMayCount) {
  const Counting counting{.calendar = All().Find("germany"), .first_day_counts = true};
  EXPECT_EQ(NominalEnd(counting, D("2025-03-03"), {7, Unit::kDays}), D("2025-03-09"));
  EXPECT_EQ(NominalEnd(counting, D("2025-01-01"), {1, Unit::kMonths}), D("2025-01-31"));
  EXPECT_EQ(NominalEnd(counting, D("2025-03-01"), {1, Unit::kMonths}), D("2025-03-31"));
  EXPECT_EQ(NominalEnd(counting, D("2025-01-31"), {1, Unit::kMonths}), D("2025-02-28"));
  EXPECT_EQ(NominalEnd(counting, D("2024-02-29"), {1, Unit::kYears}), D("2025-02-28"));
  EXPECT_EQ(NominalEnd(counting, D("2025-03-03"), {0, Unit::kDays}), D("2025-03-03"));
  EXPECT_EQ(NominalEnd(counting, D("2025-03-08"), {1, Unit::kWorkingDays}), D("2025-03-10"));
}

TEST(Period, MonthsArePutOffOneDayPerStoppedDay) {
  const Counting counting{.calendar = All().Find("prc")};
  const Day nominal = NominalEnd(counting, D("2026-03-02"), {6, Unit::kMonths});
  EXPECT_EQ(AfterStop(counting, Unit::kMonths, nominal, D("2026-04-01"), D("2026-04-11")), D("2026-09-12"));
  EXPECT_EQ(NominalEnd(counting, D("2024-02-29"), {1, Unit::kYears}), D("2025-02-28"));
  EXPECT_EQ(NominalEnd(counting, D("2024-12-31"), {2, Unit::kMonths}), D("2025-02-28"));
  EXPECT_EQ(LatestBefore(counting, D("2025-03-31"), {1, Unit::kMonths}), D("2025-02-28"));
}

TEST(Period, ARestDayAtTheEndMayStay) {
  const Counting stays{.calendar = All().Find("prc"), .rest_day_moves_on = false};
  EXPECT_EQ(DueDay(stays, Unit::kDays, D("2026-04-05"), D("2026-04-05")), D("2026-04-05"));
  EXPECT_EQ(DueDay(stays, Unit::kDays, D("2026-04-05"), D("2026-04-12")), D("2026-04-12"));
}

TEST(Period, SaturatesAtTheEdgesOfTime) {
  const Counting counting{.calendar = All().Find("prc")};
  for (const Unit unit : {Unit::kDays, Unit::kWorkingDays, Unit::kMonths, Unit::kYears}) {
    EXPECT_EQ(NominalEnd(counting, D("2999-12-30"), {2'000'000'000, unit}), base::kLastDay);
    EXPECT_EQ(LatestBefore(counting, D("1600-01-05"), {2'000'000'000, unit}), base::kFirstDay);
  }
}

TEST(Period, IsProvisionalWhereNothingIsPublished) {
  const Calendar& prc = *All().Find("prc");
  EXPECT_FALSE(IsProvisional(prc, D("2026-12-01"), D("2026-12-31")));
  EXPECT_TRUE(IsProvisional(prc, D("2026-12-29"), D("2027-01-05")));
  EXPECT_TRUE(IsProvisional(prc, D("2003-12-29"), D("2004-01-05")));
  EXPECT_TRUE(IsProvisional(*All().Find("weekday"), D("2026-12-29"), D("2027-01-05")));
}

// ---- a second implementation, day by day from the words of the language's section on time

// "A day counts if the term ran at the start of that day": it was not stopped before the day and resumed on
// it or later.
bool RanAtStart(const Term& term, Day day) {
  return std::none_of(term.stops.begin(), term.stops.end(),
                      [&](const Stop& stop) { return stop.from < day && day <= stop.to; });
}

bool StoppedAtEnd(const Term& term, Day day) {
  return std::any_of(term.stops.begin(), term.stops.end(),
                     [&](const Stop& stop) { return stop.from <= day && day < stop.to; });
}

// "The same day number or the month's last", one month at a time by walking the days.
Day SameNumberLater(Day day, int months) {
  const std::int32_t number = base::FromDay(day).day;
  Day first = day - (number - 1);
  for (int i = 0; i < months; ++i) {
    do first = first + 1;
    while (base::FromDay(first).day != 1);
  }
  Day answer = first;
  for (Day next = first + 1; base::FromDay(next).day != 1 && base::FromDay(next).day <= number;
       next = next + 1) {
    answer = next;
  }
  return answer;
}

Day WalkNominal(const Term& term) {
  int wanted = term.length.count;
  for (const Length& by : term.extensions) wanted += by.count;
  if (wanted == 0) return term.start;
  Day day = term.counting.first_day_counts && term.length.count > 0 ? term.start - 1 : term.start;
  if (term.length.unit == Unit::kMonths || term.length.unit == Unit::kYears) {
    Day end = SameNumberLater(term.start, term.length.count * (term.length.unit == Unit::kYears ? 12 : 1));
    const bool has_that_day = base::FromDay(end).day == base::FromDay(term.start).day;
    if (term.counting.first_day_counts && term.length.count > 0 && has_that_day) end = end - 1;
    for (const Length& by : term.extensions)
      end = SameNumberLater(end, by.count * (by.unit == Unit::kYears ? 12 : 1));
    for (day = term.start + 1; day <= end; day = day + 1) {
      if (!RanAtStart(term, day)) end = end + 1;
    }
    return end;
  }
  for (int counted = 0; counted < wanted;) {
    day = day + 1;
    if (!RanAtStart(term, day)) continue;
    if (term.length.unit == Unit::kWorkingDays && !term.counting.calendar->IsWorkingDay(day)) continue;
    ++counted;
  }
  return day;
}

Ends Walk(const Term& term) {
  const Day nominal = WalkNominal(term);
  const bool rolls = term.length.unit != Unit::kWorkingDays && term.counting.rest_day_moves_on;
  Day due = nominal;
  while (StoppedAtEnd(term, due) || (rolls && !term.counting.calendar->IsWorkingDay(due))) due = due + 1;
  return {nominal, due};
}

Term AnyTerm() {
  static const std::vector<std::string> calendars{"prc", "italy", "germany", "weekday", "england-wales"};
  Term term;
  term.counting.calendar = All().Find(*rc::gen::elementOf(calendars));
  term.counting.first_day_counts = *rc::gen::arbitrary<bool>();
  term.counting.rest_day_moves_on = *rc::gen::weightedElement<bool>({{3, true}, {1, false}});
  term.start = base::ToDay({*rc::gen::inRange(2005, 2026), 1, 1}) + *rc::gen::inRange(0, 365);
  term.length.unit = *rc::gen::element(Unit::kDays, Unit::kWorkingDays, Unit::kMonths, Unit::kYears);
  const bool long_unit = term.length.unit == Unit::kMonths || term.length.unit == Unit::kYears;
  term.length.count = *rc::gen::inRange(0, term.length.unit == Unit::kYears ? 3 : long_unit ? 15 : 120);
  const int extensions = *rc::gen::inRange(0, 3);
  for (int i = 0; i < extensions; ++i) {
    term.extensions.push_back({*rc::gen::inRange(0, long_unit ? 4 : 40), term.length.unit});
  }
  const int stops = *rc::gen::inRange(0, 5);
  for (int i = 0; i < stops; ++i) {
    const Day from = term.start + *rc::gen::inRange(0, 150);
    term.stops.push_back({from, from + *rc::gen::inRange(0, 40)});
  }
  return term;
}

RC_GTEST_PROP(PeriodProperty, AgreesWithAWalkDayByDay, ()) {
  const Term term = AnyTerm();
  // A term of no days that is extended starts counting at the extension; with the first day counting that is
  // a question no provision asks.
  RC_PRE(term.length.count > 0 || term.extensions.empty() || !term.counting.first_day_counts);
  const Ends reckoned = Reckon(term);
  const Ends walked = Walk(term);
  RC_ASSERT(base::PrintDay(reckoned.nominal) == base::PrintDay(walked.nominal));
  RC_ASSERT(base::PrintDay(reckoned.due) == base::PrintDay(walked.due));
}

RC_GTEST_PROP(PeriodProperty, CountingBackUndoesCountingOn, ()) {
  const Term term = AnyTerm();
  const Calendar& calendar = *term.counting.calendar;
  const int n = *rc::gen::inRange(0, 200);
  Day back = term.start;
  for (int left = n; left > 0;) {
    back = back - 1;
    if (calendar.IsWorkingDay(back)) --left;
  }
  RC_ASSERT(LatestBefore(term.counting, term.start, {n, Unit::kWorkingDays}) == back);
  RC_ASSERT(LatestBefore(term.counting, term.start, {n, Unit::kDays}) == term.start - n);
  if (n > 0) RC_ASSERT(calendar.CountWorkingDays(back - 1, term.start - 1) == n);
}

}  // namespace
}  // namespace lawbound::calendar
