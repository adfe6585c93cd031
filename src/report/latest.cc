#include "report/latest.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "program/listing.h"
#include "program/names.h"
#include "report/account.h"
#include "report/words.h"

namespace lawbound::report {

using base::Day;
using prove::LastDay;
using prove::LatestDays;
using prove::LatestStep;
using prove::Timetable;
using Answer = LatestDays::Answer;

namespace {

std::string Ordinal(std::int32_t number) { return fmt::format("day {}", number); }

class Telling {
 public:
  Telling(const engine::Plan& plan, const LatestDays& one, std::string_view language)
      : plan_(plan), program_(plan.program()), one_(one), language_(language) {}

  const program::SentenceDef& sentence() const { return program_.sentences[one_.duty.index()]; }
  const program::TermDef& term() const { return program_.terms[sentence().term.index()]; }

  std::string Act(model::ActId act) const {
    return words::Quoted(program::TitleOf(program_, act, language_));
  }

  // "in-time: “Registered” within 7 days of “Registration asked for”"
  std::string Title() const {
    const program::RuleDef& rule = program_.rules[sentence().rule.index()];
    return fmt::format("{}: {} within {}", program_.string(rule.name), Act(one_.act), Time());
  }

  std::string Time() const {
    const program::LengthDef& length = term().length;
    const bool fixed = length.kind == program::LengthDef::Kind::kFixed;
    std::vector<std::string> starts;
    for (std::uint32_t i = term().starts.first; i < term().starts.end(); ++i) {
      const program::EventDef& event = program_.events[i];
      if (event.kind == program::EventDef::Kind::kAct) starts.push_back(Act(event.act));
      if (event.kind == program::EventDef::Kind::kLapse)
        starts.push_back(fmt::format("the end of {}", program::NameOf(program_, event.term)));
      if (event.kind == program::EventDef::Kind::kBreach) starts.push_back("a breach");
    }
    const std::string how_long = fixed ? program::LengthText(program_, length) : "its time";
    return fmt::format("{} of {}", how_long, words::List(starts, " or "));
  }

  const calendar::Calendar& calendar() const { return *plan_.counting(term().counting).calendar; }

  // Where in the time a day lies: "day 66", "working day 12", "19 days before the last day".
  std::string Place(Day start, Day due, Day day) const {
    switch (one_.unit) {
      case calendar::Unit::kWorkingDays:
        return fmt::format("working day {}", calendar().CountWorkingDays(start, day));
      case calendar::Unit::kDays:
        return Ordinal(day - start);
      default:
        if (day == due) return "the last day";
        return fmt::format("{} before the last day",
                           words::Count(static_cast<std::uint64_t>(due - day), "day", "days"));
    }
  }
  std::string Place(const LastDay& last) const { return Place(last.start, last.due, last.day); }

  static std::string Holidays(const LastDay& last) {
    std::vector<std::string> names;
    for (const std::string& name : last.holidays) {
      if (!name.empty()) names.push_back(name);
    }
    return words::List(names);
  }

  model::ActId ActOf(const LatestStep& step) const {
    for (const auto* table : {&one_.ordinary, &one_.worst}) {
      if (*table) return (*table)->story.batch.entries[step.entry].act;
    }
    return {};
  }

  bool Waits(const LatestStep& step) const { return step.worst.day < step.worst.due; }

  std::string WorstText(const LatestStep& step) const {
    const std::string holidays = Holidays(step.worst);
    return fmt::format("{}{}, as from {}", Place(step.worst), holidays.empty() ? "" : " across " + holidays,
                       words::LongDate(step.worst.start));
  }

  std::string StepText(const LatestStep& step) const {
    const bool same = step.ordinary && Place(*step.ordinary) == Place(step.worst);
    std::string out = fmt::format("{} at the latest on ", Act(ActOf(step)));
    if (!step.ordinary) return out + WorstText(step);
    out += Place(*step.ordinary);
    return same ? out : out + "; on " + WorstText(step);
  }

  // What can wait until the last day, though it has to come before the act.
  std::vector<std::string> OnLastDay() const {
    std::vector<std::string> acts;
    for (const LatestStep& step : one_.steps) {
      std::string title = Act(ActOf(step));
      if (!Waits(step) && std::find(acts.begin(), acts.end(), title) == acts.end())
        acts.push_back(std::move(title));
    }
    return acts;
  }

  std::string Supposes() const {
    std::vector<std::string> acts;
    for (const model::ActId act : one_.parties) acts.push_back(Act(act));
    std::string out = "Supposes that ";
    if (!acts.empty())
      out += fmt::format("{} {} done on the last day open to the party, that ", words::List(acts),
                         acts.size() == 1 ? "is" : "are");
    return out +
           "every step is done as soon as the rules allow, rest days included, and that no time is "
           "made longer, stopped or begun anew.";
  }

  // Empty where there is nothing.
  std::string NotShown() const {
    if (one_.not_shown.empty()) return "";
    std::vector<std::string> acts;
    for (const model::ActId act : one_.not_shown) acts.push_back(Act(act));
    return fmt::format("Not counted, since no example of the pack shows it on the way: {}.",
                       words::List(acts));
  }

  std::string Beginnings() const {
    std::string out = fmt::format("Counted for {} on which the time may begin, {} to {}",
                                  words::Count(one_.starts, "day", "days"), base::PrintDay(one_.first_start),
                                  base::PrintDay(one_.last_start));
    if (one_.courses > 1)
      out += fmt::format("; of {} courses that the examples show, the one that leaves least time",
                         words::Number(one_.courses));
    return out + ".";
  }

  // What is not enough.
  std::vector<std::string> Short() const {
    std::vector<std::string> out;
    if (one_.answer != Answer::kImpossible && one_.answer != Answer::kSometimes) return out;
    std::vector<std::string> acts;
    for (const model::ActId act : one_.parties) acts.push_back(Act(act));
    const std::string if_done = acts.empty() ? "" : fmt::format(" once {} is done", words::List(acts));
    const std::string least = words::Count(static_cast<std::uint64_t>(one_.least), "day", "days");
    if (one_.answer == Answer::kImpossible) {
      out.push_back(
          fmt::format("{} cannot be done in time{}, whenever the time begins: it takes {} at the "
                      "least.",
                      Act(one_.act), if_done, least));
    } else {
      out.push_back(
          fmt::format("{} cannot be done in time{} where the time begins on one of {} of these "
                      "days; it takes {} at the least, elsewhere more.",
                      Act(one_.act), if_done, words::Number(one_.too_short), least));
    }
    return out;
  }

  std::string OneDayLate() const {
    if (!one_.one_day_late || !one_.ordinary) return "";
    return fmt::format("A day later, and {} comes on {}, after the last day in time, {}.", Act(one_.act),
                       words::LongDate(*one_.one_day_late), words::LongDate(one_.ordinary->due));
  }

  struct Line {
    Day day;
    std::string what;
    std::vector<Reason> reasons;
  };

  std::vector<Line> Sum(const Timetable& table) const {
    std::vector<Line> lines;
    const auto& entries = table.story.batch.entries;
    // What comes before the time begins is left out, but that from which it begins.
    std::size_t first = 0;
    while (first + 1 < entries.size() && entries[first].day < table.start) ++first;
    for (std::size_t i = first; i < entries.size(); ++i) {
      const program::ActDef& act = program_.acts[entries[i].act.index()];
      if (act.kind == program::ActDef::Kind::kFinding && i + 1 < entries.size()) continue;
      Line line{.day = entries[i].day, .what = Act(entries[i].act), .reasons = {}};
      if (act.side == program::Side::kParty) line.what += ", as late as may be";
      if (one_.first_step == i && i != 0 && table.done <= table.due) line.what += ", at the latest";
      for (const Timetable::Why& why : table.whys) {
        if (why.entry == i) line.reasons = Reasons(why.otherwise);
      }
      if (i + 1 == entries.size()) {
        for (Reason& reason : EndReasons(table)) line.reasons.push_back(std::move(reason));
      }
      if (!lines.empty() && lines.back().day == line.day && lines.back().what == line.what) continue;
      lines.push_back(std::move(line));
    }
    return lines;
  }

 private:
  std::vector<Reason> AccountOf(const prove::Story& story, const model::Outcome& outcome) const {
    const model::History history = story.batch.history(0);
    const engine::Explanation explanation = engine::Explain(plan_, history, outcome);
    return MakeAccount(plan_, history, explanation, {.voice = language_, .as_of = story.as_of}).reasons;
  }

  // Why the last act of the story was not lawful.
  std::vector<Reason> Reasons(const prove::Story& story) const {
    const model::History history = story.batch.history(0);
    engine::Folder folder(plan_);
    const engine::Record& record = folder.Fold(history, story.as_of, story.as_of + 1);
    const auto last = static_cast<std::uint32_t>(history.entries.size() - 1);
    for (const model::Outcome& outcome : record.outcomes) {
      const bool broken = outcome.finding == model::Finding::kBroken && outcome.sentence;
      if (!broken || outcome.entry != last || outcome.ground == model::Ground::kDuty) continue;
      std::vector<Reason> reasons = AccountOf(story, outcome);
      // That it then would have been late goes without saying, and that the rule applies at all.
      const bool late = program_.acts[history.entries[last].act.index()].side == program::Side::kParty;
      if (late && reasons.size() > 1) reasons.pop_back();
      if (outcome.ground == model::Ground::kCondition && reasons.size() > 1)
        reasons.erase(reasons.begin(), reasons.end() - 1);
      return reasons;
    }
    return {};
  }

  // How the time was counted within which the act was owed.
  std::vector<Reason> EndReasons(const Timetable& table) const {
    const model::History history = table.story.batch.history(0);
    engine::Folder folder(plan_);
    const engine::Record& record = folder.Fold(history, table.story.as_of, table.story.as_of + 1);
    const auto last = static_cast<std::uint32_t>(history.entries.size() - 1);
    for (const model::Outcome& outcome : record.outcomes) {
      if (outcome.sentence == one_.duty && outcome.entry == last) return AccountOf(table.story, outcome);
    }
    return {};
  }

  const engine::Plan& plan_;
  const program::Program& program_;
  const LatestDays& one_;
  std::string_view language_;
};

bool IsTold(const LatestDays& one) {
  return one.answer != Answer::kOnLastDay && one.answer != Answer::kNotDecided;
}

std::string_view DoubtWords(LatestDays::Doubt doubt) {
  switch (doubt) {
    case LatestDays::Doubt::kNone:
      return "";
    case LatestDays::Doubt::kNoCourse:
      return "no example shows it done";
    case LatestDays::Doubt::kNoStart:
      return "its time does not begin with an act before it";
    case LatestDays::Doubt::kHours:
      return "it is counted in hours, and takes more than one act";
    case LatestDays::Doubt::kCalendar:
      return "its calendar has no published days";
    case LatestDays::Doubt::kLimit:
      return "on no day of the published years the examples can begin";
  }
  return "";
}

std::string SumTitle(const Timetable& table, bool ordinary, const LatestDays& one) {
  if (table.done > table.due)
    return fmt::format("The time is not enough, as from {}:", words::LongDate(table.start));
  if (one.steps.empty() || one.first_step == 0) return "Everything as soon as may be:";
  return ordinary ? "The sum, with no listed day on the way:"
                  : fmt::format("The sum where least is left, from {}:", words::LongDate(table.start));
}

void AddReasonLines(const Reason& reason, std::size_t indent, std::size_t width, std::string& out) {
  out += Wrap("- " + reason.text, indent, 2, width);
  for (const Reason& part : reason.parts) AddReasonLines(part, indent + 2, width, out);
}

void AddReasonWords(const Reason& reason, std::string& out) {
  if (!out.empty()) out += " ";
  out += reason.text;
  for (const Reason& part : reason.parts) AddReasonWords(part, out);
}

}  // namespace

std::vector<std::string> LatestRemarks(const engine::Plan& plan, const std::vector<LatestDays>& all,
                                       std::string_view language) {
  std::vector<std::string> out, on_last;
  std::map<std::string_view, std::vector<std::string>> not_decided;
  for (const LatestDays& one : all) {
    const Telling telling(plan, one, language);
    const std::string act = telling.Act(one.act);
    auto& list = one.answer == Answer::kOnLastDay ? on_last : not_decided[DoubtWords(one.doubt)];
    if (IsTold(one) || std::find(list.begin(), list.end(), act) != list.end()) continue;
    list.push_back(act);
  }
  if (!on_last.empty())
    out.push_back(
        fmt::format("{} can wait for the last day, with all that comes before.", words::List(on_last)));
  for (const auto& [why, acts] : not_decided) {
    if (!acts.empty()) out.push_back(fmt::format("Not decided of {}: {}.", words::List(acts), why));
  }
  return out;
}

std::vector<LatestPage> LatestPages(const engine::Plan& plan, const std::vector<LatestDays>& all,
                                    std::string_view language) {
  std::vector<LatestPage> pages;
  for (const LatestDays& one : all) {
    if (!IsTold(one)) continue;
    const Telling telling(plan, one, language);
    LatestPage page{.title = telling.Title(), .sentences = telling.Short(), .steps = {}, .sums = {}};
    page.steps.push_back({"Step", "At the latest", "Where least is left", "For instance"});
    for (const LatestStep& step : one.steps) {
      if (!telling.Waits(step)) continue;
      const LastDay& shown = step.ordinary ? *step.ordinary : step.worst;
      page.steps.push_back({program::TitleOf(plan.program(), telling.ActOf(step), language),
                            step.ordinary ? telling.Place(*step.ordinary) : "", telling.WorstText(step),
                            fmt::format("{} of a time from {} to {}", words::LongDate(shown.day),
                                        words::LongDate(shown.start), words::LongDate(shown.due))});
    }
    if (page.steps.size() == 1) page.steps.clear();
    const std::vector<std::string> rest = telling.OnLastDay();
    if (!rest.empty() && !one.steps.empty())
      page.sentences.push_back(fmt::format("On the last day itself still: {}.", words::List(rest)));
    page.sentences.push_back(telling.Supposes());
    page.sentences.push_back(telling.Beginnings());
    if (std::string rest_of = telling.NotShown(); !rest_of.empty())
      page.sentences.push_back(std::move(rest_of));
    if (const std::string late = telling.OneDayLate(); !late.empty()) page.sentences.push_back(late);
    const auto add = [&](const std::optional<Timetable>& table, bool ordinary) {
      if (!table) return;
      LatestPage::Sum sum{.title = SumTitle(*table, ordinary, one), .rows = {{"Day", "Date", "What", "Why"}}};
      for (const Telling::Line& line : telling.Sum(*table)) {
        std::string why;
        for (const Reason& reason : line.reasons) AddReasonWords(reason, why);
        sum.rows.push_back({fmt::format("{}", line.day - table->start), words::LongDate(line.day), line.what,
                            std::move(why)});
      }
      page.sums.push_back(std::move(sum));
    };
    add(one.ordinary, true);
    if (one.answer != Answer::kImpossible || !one.ordinary) add(one.worst, false);
    pages.push_back(std::move(page));
  }
  return pages;
}

std::string LatestText(const engine::Plan& plan, const std::vector<LatestDays>& all,
                       std::string_view language, std::size_t width) {
  std::string out;
  for (const LatestDays& one : all) {
    if (!IsTold(one)) continue;
    const Telling telling(plan, one, language);
    out += fmt::format("{:<12} {}\n", one.answer == Answer::kImpossible ? "impossible" : "latest",
                       telling.Title());
    for (const std::string& line : telling.Short()) out += Wrap(line, 13, 2, width);
    for (const LatestStep& step : one.steps) {
      if (telling.Waits(step)) out += Wrap(telling.StepText(step), 13, 2, width);
    }
    const std::vector<std::string> rest = telling.OnLastDay();
    if (!rest.empty() && one.answer != Answer::kImpossible)
      out += Wrap(fmt::format("{} on the last day itself", words::List(rest)), 13, 2, width);
    out += Wrap(telling.Supposes(), 13, 2, width);
    out += Wrap(telling.Beginnings(), 13, 2, width);
    if (const std::string not_shown = telling.NotShown(); !not_shown.empty())
      out += Wrap(not_shown, 13, 2, width);
    const auto add = [&](const std::optional<Timetable>& table, bool ordinary) {
      if (!table) return;
      out += fmt::format("\n    {}\n", SumTitle(*table, ordinary, one));
      for (const Telling::Line& line : telling.Sum(*table)) {
        out += Wrap(fmt::format("{:<8}{}  {}", Ordinal(line.day - table->start), words::LongDate(line.day),
                                line.what),
                    4, 24, width);
        for (const Reason& reason : line.reasons) AddReasonLines(reason, 28, width, out);
      }
    };
    add(one.ordinary, true);
    if (const std::string late = telling.OneDayLate(); !late.empty()) out += Wrap(late, 4, 2, width);
    if (one.answer != Answer::kImpossible || !one.ordinary) add(one.worst, false);
    out += "\n";
  }
  for (const std::string& remark : LatestRemarks(plan, all, language)) out += Wrap(remark, 0, 2, width);
  return out;
}

void LatestJson(const engine::Plan& plan, const std::vector<LatestDays>& all, JsonWriter& json) {
  const program::Program& program = plan.program();
  json.Begin('[');
  for (const LatestDays& one : all) {
    const Telling telling(plan, one, "");
    json.Line().Begin('{');
    json.Key("rule").Text(program.string(program.rules[telling.sentence().rule.index()].name));
    json.Key("act").Text(program::NameOf(program, one.act));
    const std::string_view answer = one.answer == Answer::kOnLastDay    ? "on the last day"
                                    : one.answer == Answer::kSteps      ? "steps"
                                    : one.answer == Answer::kSometimes  ? "sometimes impossible"
                                    : one.answer == Answer::kImpossible ? "impossible"
                                                                        : "not decided";
    json.Key("answer").Text(answer);
    json.Key("why");
    one.answer == Answer::kNotDecided ? json.Text(DoubtWords(one.doubt)) : json.Null();
    json.Key("least_days").Value(one.least);
    json.Key("starts").Value(one.starts);
    json.Key("too_short").Value(one.too_short);
    json.Key("steps").Begin('[');
    for (const LatestStep& step : one.steps) {
      json.Line().Begin('{');
      json.Key("act").Text(program::NameOf(program, telling.ActOf(step)));
      const auto add = [&](std::string_view key, const LastDay& last) {
        json.Key(key).Begin('{');
        json.Key("start").Text(base::PrintDay(last.start));
        json.Key("latest").Text(base::PrintDay(last.day));
        json.Key("due").Text(base::PrintDay(last.due));
        json.Key("across").Text(Telling::Holidays(last));
        json.End('}');
      };
      if (step.ordinary) add("ordinary", *step.ordinary);
      add("worst", step.worst);
      json.End('}');
    }
    json.End(']').End('}');
  }
  json.End(']');
}

}  // namespace lawbound::report
