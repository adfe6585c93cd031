// Writes a demonstration log in the shape of the public log of Italian road traffic fines (same activities,
// attributes and local-midnight timestamps, nobody's data), and beside it the truth: which cases were made
// wrong, in what, and on which day.  It knows neither packs nor the engine; it counts days with its own code,
// so that an audit can be compared with a truth that the audited program did not compute.
//
//   demo_log --cases 3000 --seed 1 --out demo.xes --truth demo.truth.tsv
//
// The same seed gives the same bytes everywhere: the random numbers are our own (splitmix64), for the
// distributions of the standard library differ between libraries; and no expression draws twice, for
// compilers evaluate operands in different orders.
//
// The law it plays, as packs/it/traffic-fine.md has it.  The first day does not count; a term that would end
// on a Sunday or a national holiday ends on the next day that is neither.  Whether Saturdays count as
// holidays for these terms is argued (CPC 155(5)), so no planted term ends on one.
//   dispatch           150 days from the finding, 90 for findings from 2010-08-13
//   reduced payment    60 days from delivery
//   appeal to prefect  60 days from delivery, not after payment
//   file forwarded     30 days from the appeal, 60 for appeals from 2003-06-30
//   prefect's order    180 days from the appeal; its notification 150 days from the order
//   appeal to judge    60 days from delivery, 30 for findings from 2011-10-06
//   collection         not while an appeal is pending, not before the time to pay is over, not when all is
//   paid
//
// The truth has one row for each planted fact: case, what, the last day in time, the day of the act (or "-").
// A case without a row keeps every rule above.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using Day = std::chrono::sys_days;
using std::chrono::days;
using std::chrono::year_month_day;
namespace chrono = std::chrono;

constexpr Day Make(int year, unsigned month, unsigned day) {
  return chrono::year{year} / chrono::month{month} / chrono::day{day};
}
constexpr Day kLogBegins = Make(2003, 1, 2);
constexpr Day kLogEnds = Make(2013, 6, 28);
constexpr Day kNinetyDaysFrom = Make(2010, 8, 13);
constexpr Day kSixtyToForwardFrom = Make(2003, 6, 30);
constexpr Day kThirtyToJudgeFrom = Make(2011, 10, 6);
constexpr int kPayDays = 60;
constexpr int kPrefectDays = 180;
constexpr int kTellDays = 150;

// Easter Sunday of the Gregorian calendar (Gauss's method in Butcher's form).
Day Easter(int year) {
  const int golden = year % 19;
  const int century = year / 100;
  const int rest = year % 100;
  const int moon_shift = (century - (century + 8) / 25 + 1) / 3;
  const int epact = (19 * golden + century - century / 4 - moon_shift + 15) % 30;
  const int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
  const int late = (golden + 11 * epact + 22 * weekday) / 451;
  const int month_and_day = epact + weekday - 7 * late + 114;
  return Make(year, static_cast<unsigned>(month_and_day / 31), static_cast<unsigned>(month_and_day % 31 + 1));
}

bool IsSaturday(Day day) { return chrono::weekday{day} == chrono::Saturday; }

// Sundays and the national holidays of Italy, as of 2003-2014.
bool IsRestDay(Day day) {
  static constexpr std::array<std::pair<unsigned, unsigned>, 10> kFixed{
      {{1, 1}, {1, 6}, {4, 25}, {5, 1}, {6, 2}, {8, 15}, {11, 1}, {12, 8}, {12, 25}, {12, 26}}};
  if (chrono::weekday{day} == chrono::Sunday) return true;
  const year_month_day date{day};
  for (const auto& [month, day_of_month] : kFixed) {
    if (date.month() == chrono::month{month} && date.day() == chrono::day{day_of_month}) return true;
  }
  const bool unity_2011 = day == Make(2011, 3, 17);  // once, for 150 years of unity
  return unity_2011 || day == Easter(static_cast<int>(date.year())) + days{1};
}

// The last day in time of a term of `length` days that `start` opens.
Day LastDay(Day start, int length) {
  Day last = start + days{length};
  while (IsRestDay(last)) last += days{1};
  return last;
}

// Whether counting that term looks at a Saturday.
bool MeetsSaturday(Day start, int length) {
  for (Day day = start + days{length};; day += days{1}) {
    if (IsSaturday(day)) return true;
    if (!IsRestDay(day)) return false;
  }
}

int DispatchDays(Day finding) { return finding < kNinetyDaysFrom ? 150 : 90; }
int ForwardDays(Day appeal) { return appeal < kSixtyToForwardFrom ? 30 : 60; }
int JudgeDays(Day finding) { return finding < kThirtyToJudgeFrom ? 60 : 30; }

std::string Digits(unsigned value, std::size_t width) {
  std::string text = std::to_string(value);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

std::string Iso(Day day) {
  const year_month_day date{day};
  return std::to_string(static_cast<int>(date.year())) + "-" +
         Digits(static_cast<unsigned>(date.month()), 2) + "-" + Digits(static_cast<unsigned>(date.day()), 2);
}

// Local midnight in Rome.  Clocks move at 02:00 and 03:00, so midnight of the day of the change has the old
// offset.
std::string Timestamp(Day day) {
  const chrono::year year = year_month_day{day}.year();
  const Day summer_begins{year / chrono::March / chrono::Sunday[chrono::last]};
  const Day summer_ends{year / chrono::October / chrono::Sunday[chrono::last]};
  const bool summer = summer_begins < day && day <= summer_ends;
  return Iso(day) + (summer ? "T00:00:00+02:00" : "T00:00:00+01:00");
}

std::string Money(int cents) {
  std::string text = std::to_string(cents / 100) + "." + Digits(static_cast<unsigned>(cents % 100), 2);
  if (text.back() == '0') text.pop_back();
  return text;
}

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  // From low to high, both included.  The bias of the remainder is far below anything this log could show.
  int Between(int low, int high) {
    return low + static_cast<int>(Next() % static_cast<std::uint64_t>(high - low + 1));
  }
  Day DayBetween(Day low, Day high) { return low + days{Between(0, static_cast<int>((high - low).count()))}; }

 private:
  std::uint64_t Next() {
    std::uint64_t mixed = (state_ += 0x9e3779b97f4a7c15U);
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }
  std::uint64_t state_;
};

struct Event {
  Day day;
  std::string_view name;
  std::string attributes;  // XES elements, ready to print
};

struct Truth {
  std::string_view what;
  Day last_day;
  std::string done;  // the day of the act, or "-"
};

std::string Attribute(std::string_view type, std::string_view key, std::string_view value) {
  return "\t\t\t<" + std::string(type) + " key=\"" + std::string(key) + "\" value=\"" + std::string(value) +
         "\"/>\n";
}

// One case being told.  Each method appends the event its name says; events are told in the order of their
// days.
class Case {
 public:
  explicit Case(Random& random) : random_(random) {}

  Random& random() { return random_; }
  const std::vector<Event>& events() const { return events_; }
  const std::vector<Truth>& truths() const { return truths_; }
  int owed() const { return amount_ + expense_; }
  void Plant(std::string_view what, Day last_day, Day done) {
    truths_.push_back({what, last_day, Iso(done)});
  }
  void PlantMissing(std::string_view what, Day last_day) { truths_.push_back({what, last_day, "-"}); }

  Day Create(Day day) {
    static constexpr std::array<std::pair<const char*, int>, 5> kOffences{
        {{"157", 3600}, {"7", 7400}, {"158", 2200}, {"142", 15500}, {"171", 7000}}};
    const auto& [article, amount] = kOffences[static_cast<std::size_t>(random_.Between(0, 4))];
    amount_ = amount + 100 * random_.Between(0, 4);
    return Add(day, "Create Fine",
               Attribute("float", "amount", Money(amount_)) +
                   Attribute("string", "org:resource", std::to_string(500 + random_.Between(0, 60))) +
                   Attribute("string", "dismissal", "NIL") + Attribute("string", "vehicleClass", "A") +
                   Attribute("float", "totalPaymentAmount", "0.0") + Attribute("int", "article", article) +
                   Attribute("int", "points", "0"));
  }
  Day Send(Day day) {
    expense_ = 1000 + 50 * random_.Between(0, 7);
    return Add(day, "Send Fine", Attribute("float", "expense", Money(expense_)));
  }
  Day Serve(Day day) {
    return Add(day, "Insert Fine Notification",
               Attribute("string", "notificationType", "P") + Attribute("string", "lastSent", "P"));
  }
  Day AddPenalty(Day served) {
    amount_ *= 2;
    return Add(served + days{kPayDays}, "Add penalty", Attribute("float", "amount", Money(amount_)));
  }
  Day Pay(Day day, int cents) {
    paid_ += cents;
    return Add(day, "Payment",
               Attribute("float", "paymentAmount", Money(cents)) +
                   Attribute("float", "totalPaymentAmount", Money(paid_)));
  }
  Day Plain(Day day, std::string_view name) { return Add(day, name, ""); }

 private:
  Day Add(Day day, std::string_view name, std::string attributes) {
    events_.push_back({day, name, std::move(attributes)});
    return day;
  }

  Random& random_;
  std::vector<Event> events_;
  std::vector<Truth> truths_;
  int amount_ = 0;
  int expense_ = 0;
  int paid_ = 0;
};

constexpr std::string_view kAppeal = "Insert Date Appeal to Prefecture";
constexpr std::string_view kForward = "Send Appeal to Prefecture";
constexpr std::string_view kResult = "Receive Result Appeal from Prefecture";
constexpr std::string_view kTell = "Notify Result Appeal to Offender";
constexpr std::string_view kJudge = "Appeal to Judge";
constexpr std::string_view kCollect = "Send for Credit Collection";

// A finding whose dispatch term meets no Saturday, early enough for the longest story to end inside the log.
Day DrawFinding(Case& c, Day low = kLogBegins, Day high = Make(2010, 12, 31)) {
  for (;;) {
    const Day day = c.random().DayBetween(low, high);
    if (!MeetsSaturday(day, DispatchDays(day))) return day;
  }
}

// A day low to high days after `start` from which a term of `length` days meets no Saturday.
Day DrawAfter(Case& c, Day start, int low, int high, int length) {
  for (;;) {
    const Day day = start + days{c.random().Between(low, high)};
    if (!MeetsSaturday(day, length)) return day;
  }
}

// Found, sent well in time, delivered: the day of delivery, from which a term of `length` days meets no
// Saturday.
Day Serve(Case& c, Day finding, int length = kPayDays) {
  c.Create(finding);
  const Day sent = c.Send(finding + days{c.random().Between(15, 85)});
  return c.Serve(DrawAfter(c, sent, 4, 30, length));
}
Day Serve(Case& c) { return Serve(c, DrawFinding(c)); }

Day Appeal(Case& c) { return c.Plain(DrawAfter(c, Serve(c), 5, 50, kPrefectDays), kAppeal); }
Day Forward(Case& c, Day appeal) { return c.Plain(appeal + days{c.random().Between(3, 28)}, kForward); }

// ---- the stories: those that keep the law ----

void PaidAtOnce(Case& c) {
  const Day finding = c.Create(DrawFinding(c, kLogBegins, Make(2013, 3, 1)));
  c.Pay(finding + days{c.random().Between(0, 40)}, c.owed());
}
void PaidInTime(Case& c) {
  const Day served = Serve(c);
  c.Pay(served + days{c.random().Between(1, 55)}, c.owed());
}
void AppealDecided(Case& c) {
  const Day appeal = Appeal(c);
  Forward(c, appeal);
  const Day result = c.Plain(appeal + days{c.random().Between(60, 170)}, kResult);
  c.Plain(result + days{c.random().Between(10, 120)}, kTell);
}
void JudgeInTime(Case& c) {
  const Day served = Serve(c);
  c.Plain(served + days{c.random().Between(5, 28)}, kJudge);
}

// ---- those in which the party does not pay in time ----

void Unpaid(Case& c) {
  const Day served = Serve(c);
  c.PlantMissing("not-paid", LastDay(served, kPayDays));
  c.AddPenalty(served);
  const int year = static_cast<int>(year_month_day{served}.year());
  if (year <= 2010) c.Plain(Make(year + 2, 3, 30), kCollect);
}
void PaidLate(Case& c) {
  const Day served = Serve(c);
  const Day last = LastDay(served, kPayDays);
  c.AddPenalty(served);
  c.Plant("paid-late", last, c.Pay(last + days{c.random().Between(5, 200)}, c.owed()));
}

// ---- those in which the authority is late, or just in time ----

void SentLate(Case& c, int by) {
  const Day finding = c.Create(DrawFinding(c));
  const Day last = LastDay(finding, DispatchDays(finding));
  c.Plant("sent-late", last, c.Send(last + days{by}));
}
void SentOneDayLate(Case& c) { SentLate(c, 1); }
void SentLongLate(Case& c) { SentLate(c, c.random().Between(2, 200)); }
void SentOnLastDay(Case& c) {
  const Day finding = c.Create(DrawFinding(c));
  const Day last = LastDay(finding, DispatchDays(finding));
  c.Plant("sent-on-last-day", last, c.Send(last));
}
// The counted day is a rest day, and the report leaves on the next that is none.
void SentOnMovedDay(Case& c) {
  Day finding = DrawFinding(c);
  while (!IsRestDay(finding + days{DispatchDays(finding)})) finding = DrawFinding(c);
  const Day last = LastDay(c.Create(finding), DispatchDays(finding));
  c.Plant("sent-on-last-day", last, c.Send(last));
}
// In time by the hundred and fifty days of the old law, late by the ninety of the new.
void SentLateByNewLaw(Case& c) {
  const Day finding = c.Create(DrawFinding(c, kNinetyDaysFrom, Make(2011, 12, 31)));
  c.Plant("sent-late", LastDay(finding, 90), c.Send(finding + days{c.random().Between(100, 140)}));
}
void NeverSent(Case& c) {
  const Day finding = c.Create(DrawFinding(c));
  c.PlantMissing("never-sent", LastDay(finding, DispatchDays(finding)));
}
void StillInTime(Case& c) {
  const Day finding = c.Create(DrawFinding(c, Make(2013, 4, 12), kLogEnds));
  c.PlantMissing("dispatch-pending", LastDay(finding, DispatchDays(finding)));
}
void Forwarded(Case& c, Day appeal, int late_by) {
  const Day last = LastDay(appeal, ForwardDays(appeal));
  const Day forwarded = c.Plain(last + days{late_by}, kForward);
  c.Plant(late_by > 0 ? "forwarded-late" : "forwarded-on-last-day", last, forwarded);
  const Day result = c.Plain(forwarded + days{c.random().Between(10, 70)}, kResult);
  c.Plain(result + days{c.random().Between(10, 120)}, kTell);
}
Day AppealToForward(Case& c, Day finding) {
  const Day served = Serve(c, finding);
  for (;;) {
    const Day day = served + days{c.random().Between(5, 50)};
    if (!MeetsSaturday(day, ForwardDays(day))) return c.Plain(day, kAppeal);
  }
}
void ForwardedLate(Case& c) {
  const Day appeal = AppealToForward(c, DrawFinding(c));
  Forwarded(c, appeal, c.random().Between(1, 40));
}
void ForwardedOnLastDay(Case& c) { Forwarded(c, AppealToForward(c, DrawFinding(c)), 0); }
// Thirty days before 2003-06-30: found in the first weeks of 2003, so that the appeal comes before that day.
void ForwardedLateByOldLaw(Case& c) {
  const Day finding = c.Create(Make(2003, 1, 2) + days{c.random().Between(0, 20)});
  const Day sent = c.Send(finding + days{c.random().Between(15, 60)});
  const Day served = c.Serve(sent + days{c.random().Between(4, 20)});
  const Day appeal = c.Plain(DrawAfter(c, served, 5, 40, 30), kAppeal);
  Forwarded(c, appeal, c.random().Between(1, 25));
}
void OrderLate(Case& c) {
  const Day appeal = Appeal(c);
  Forward(c, appeal);
  const Day last = LastDay(appeal, kPrefectDays);
  c.Plant("order-late", last, c.Plain(last + days{c.random().Between(1, 60)}, kResult));
}
void NoOrder(Case& c) {
  const Day appeal = Appeal(c);
  Forward(c, appeal);
  c.PlantMissing("no-order", LastDay(appeal, kPrefectDays));
}
void ToldLate(Case& c) {
  const Day appeal = Appeal(c);
  Forward(c, appeal);
  const Day result = c.Plain(DrawAfter(c, appeal, 60, 170, kTellDays), kResult);
  const Day last = LastDay(result, kTellDays);
  c.Plant("order-told-late", last, c.Plain(last + days{c.random().Between(1, 60)}, kTell));
}

// ---- those in which the authority collects what it may not ----

// In time for both: the prefect decides later, within his term.  The truth names the last day of his term.
void CollectedWhileAppealPending(Case& c) {
  const Day served = Serve(c);
  const Day appeal = c.Plain(DrawAfter(c, served, 5, 40, kPrefectDays), kAppeal);
  const Day forwarded = Forward(c, appeal);
  const Day too_early = LastDay(served, kPayDays) + days{c.random().Between(5, 40)};
  const Day collected = c.Plain(std::max(forwarded, too_early), kCollect);
  c.Plant("collected-though-appeal-pending", LastDay(appeal, kPrefectDays), collected);
  c.Plain(collected + days{c.random().Between(2, 30)}, kResult);
}
void CollectedTooEarly(Case& c) {
  const Day served = Serve(c);
  const Day last = LastDay(served, kPayDays);
  c.Plant("collected-in-time-to-pay", last, c.Plain(served + days{c.random().Between(10, 55)}, kCollect));
}
void CollectedThoughPaid(Case& c) {
  const Day served = Serve(c);
  c.Pay(served + days{c.random().Between(1, 30)}, c.owed());
  const Day last = LastDay(served, kPayDays);
  c.Plant("collected-though-paid", last, c.Plain(last + days{c.random().Between(30, 300)}, kCollect));
}

// ---- those in which the party's appeal is not admissible ----

void AppealLate(Case& c) {
  const Day served = Serve(c);
  const Day last = LastDay(served, kPayDays);
  c.PlantMissing("not-paid", last);
  c.Plant("appeal-late", last, c.Plain(last + days{c.random().Between(1, 30)}, kAppeal));
}
void AppealAfterPaying(Case& c) {
  const Day served = Serve(c);
  const Day paid = c.Pay(served + days{c.random().Between(1, 20)}, c.owed());
  const Day last = LastDay(served, kPayDays);
  c.Plant("appeal-after-paying", last, c.Plain(paid + days{c.random().Between(1, 25)}, kAppeal));
}
void JudgeLate(Case& c) {
  const Day served = Serve(c, DrawFinding(c));
  const Day last = LastDay(served, kPayDays);
  c.PlantMissing("not-paid", last);
  c.Plant("judge-appeal-late", last, c.Plain(last + days{c.random().Between(1, 25)}, kJudge));
}
// After the thirty days of the new law, and inside the sixty of the old.
void JudgeLateByNewLaw(Case& c) {
  const Day finding = DrawFinding(c, kThirtyToJudgeFrom, Make(2012, 12, 31));
  const int length = JudgeDays(finding);
  const Day served = Serve(c, finding, length);
  const Day last = LastDay(served, length);
  c.Plant("judge-appeal-late", last, c.Plain(last + days{c.random().Between(1, 25)}, kJudge));
}

struct Story {
  void (*tell)(Case&);
  int weight;  // in a thousand
};
constexpr std::array kStories{
    Story{PaidAtOnce, 300},
    Story{PaidInTime, 230},
    Story{AppealDecided, 30},
    Story{JudgeInTime, 15},
    Story{Unpaid, 230},
    Story{PaidLate, 50},
    Story{SentOneDayLate, 10},
    Story{SentLongLate, 20},
    Story{SentLateByNewLaw, 10},
    Story{SentOnLastDay, 10},
    Story{SentOnMovedDay, 10},
    Story{NeverSent, 15},
    Story{StillInTime, 10},
    Story{ForwardedLate, 8},
    Story{ForwardedLateByOldLaw, 4},
    Story{ForwardedOnLastDay, 5},
    Story{OrderLate, 6},
    Story{NoOrder, 6},
    Story{ToldLate, 5},
    Story{CollectedWhileAppealPending, 6},
    Story{CollectedTooEarly, 5},
    Story{CollectedThoughPaid, 5},
    Story{AppealLate, 4},
    Story{AppealAfterPaying, 3},
    Story{JudgeLate, 2},
    Story{JudgeLateByNewLaw, 1},
};
constexpr int TotalWeight() {
  int total = 0;
  for (const Story& story : kStories) total += story.weight;
  return total;
}
static_assert(TotalWeight() == 1000);

// Case 0 is found on the last day of the log, so that every log ends on the same day; then each story once,
// so that a small log has them all; then by weight.
void Tell(std::size_t number, Case& c) {
  if (number == 0) {
    c.PlantMissing("dispatch-pending", LastDay(c.Create(kLogEnds), DispatchDays(kLogEnds)));
    return;
  }
  if (number <= kStories.size()) return kStories[number - 1].tell(c);
  int drawn = c.random().Between(0, TotalWeight() - 1);
  for (const Story& story : kStories) {
    drawn -= story.weight;
    if (drawn < 0) return story.tell(c);
  }
}

// The events of a case stand in the order of their days and inside the log; otherwise a story above is wrong.
bool IsInOrder(const Case& c) {
  Day before = kLogBegins;
  for (const Event& event : c.events()) {
    if (event.day < before || event.day > kLogEnds) return false;
    before = event.day;
  }
  return !c.events().empty();
}

void WriteCase(std::string_view name, const Case& c, std::ostream& log, std::ostream& truth) {
  log << "\t<trace>\n\t\t<string key=\"concept:name\" value=\"" << name << "\"/>\n";
  for (const Event& event : c.events()) {
    log << "\t\t<event>\n"
        << event.attributes << Attribute("string", "concept:name", event.name)
        << Attribute("string", "lifecycle:transition", "complete")
        << Attribute("date", "time:timestamp", Timestamp(event.day)) << "\t\t</event>\n";
  }
  log << "\t</trace>\n";
  for (const Truth& planted : c.truths()) {
    truth << name << '\t' << planted.what << '\t' << Iso(planted.last_day) << '\t' << planted.done << '\n';
  }
}

constexpr std::string_view kHead = R"(<?xml version="1.0" encoding="UTF-8" ?>
<!-- Made by tools/demo_log: invented cases, nobody's data. -->
<log xes.version="1.0" xes.features="nested-attributes">
	<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
	<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
	<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
	<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
	<global scope="trace">
		<string key="concept:name" value="name"/>
	</global>
	<global scope="event">
		<string key="concept:name" value="name"/>
		<string key="lifecycle:transition" value="complete"/>
		<date key="time:timestamp" value="2003-01-02T00:00:00+01:00"/>
	</global>
	<classifier name="Event Name" keys="concept:name"/>
)";

struct Options {
  std::size_t cases = 3000;
  std::uint64_t seed = 1;
  std::string out;
  std::string truth;
};

template <typename Number>
bool ReadNumber(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

bool ReadOptions(const std::vector<std::string>& arguments, Options& options) {
  if (arguments.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    const std::string& name = arguments[i];
    const std::string& value = arguments[i + 1];
    bool read = true;
    if (name == "--cases") {
      read = ReadNumber(value, options.cases);
    } else if (name == "--seed") {
      read = ReadNumber(value, options.seed);
    } else if (name == "--out") {
      options.out = value;
    } else if (name == "--truth") {
      options.truth = value;
    } else {
      return false;
    }
    if (!read) return false;
  }
  return !options.out.empty() && !options.truth.empty() && options.cases > 0;
}

int WriteLog(const Options& options) {
  std::ofstream log(options.out, std::ios::binary);
  std::ofstream truth(options.truth, std::ios::binary);
  log << kHead;
  truth << "# log ends " << Iso(kLogEnds) << ", " << options.cases << " cases, seed " << options.seed << '\n'
        << "case\twhat\tlast-day\tdone\n";
  Random random(options.seed);
  std::size_t events = 0;
  for (std::size_t number = 0; number < options.cases; ++number) {
    Case c(random);
    Tell(number, c);
    const std::string name = "D" + Digits(static_cast<unsigned>(number), 6);
    if (!IsInOrder(c)) {
      std::cerr << "demo_log: a story tells case " << name
                << " out of order; this is a mistake in demo_log\n";
      return EXIT_FAILURE;
    }
    WriteCase(name, c, log, truth);
    events += c.events().size();
  }
  log << "</log>\n";
  log.close();
  truth.close();
  if (!log || !truth) {
    std::cerr << "demo_log: cannot write '" << (log ? options.truth : options.out) << "'\n";
    return EXIT_FAILURE;
  }
  std::cout << options.cases << " cases, " << events << " events: " << options.out << '\n';
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!ReadOptions({argv + 1, argv + argc}, options)) {
    std::cerr << "usage: demo_log [--cases 3000] [--seed 1] --out LOG.xes --truth TRUTH.tsv\n";
    return 2;
  }
  return WriteLog(options);
}
