// The words of an audit's report: its summaries, headings, plots, notes and marks.

#include <fmt/format.h>

#include "report/say.h"
#include "report/words.h"

namespace lawbound::report::words {

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

std::string MoreWorst(std::uint64_t cases) {
  return fmt::format("{} explained in the page that --html writes.",
                     Count(cases, "more case is", "more cases are"));
}

std::string CasesBroken(std::uint64_t cases) {
  return fmt::format("The breaches lie in {}.", Count(cases, "case", "cases"));
}

std::string FlatCount(std::string_view length, Day from, std::uint64_t late) {
  return fmt::format("A flat count of {}, the time allowed since {}, would have called {} late.", length,
                     base::PrintDay(from), Number(late));
}

std::string BreachesUnder(const std::vector<std::pair<std::string, std::uint64_t>>& under) {
  std::vector<std::string> parts;
  for (const auto& [instruments, breaches] : under)
    parts.push_back(fmt::format("{} under {}", Number(breaches), instruments));
  return fmt::format("Of these breaches, {}.", List(parts, ", and "));
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
  std::string out = fmt::format("{} with {} {} audited", Count(cases, "case", "cases"),
                                Count(acts, "act", "acts"), cases == 1 ? "was" : "were");
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

std::string MoreSummary(std::uint64_t more) { return fmt::format("{} more", Number(more)); }

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

std::string ByAssumption(Tongue tongue, const std::vector<std::string>& assumptions) {
  if (assumptions.empty()) {
    return Say(tongue,
               "By assumption: this hangs on a value that the log does not show and the mapping takes for "
               "granted.",
               "假定：结论取决于记录中没有、由对照表假定的数值。");
  }
  return Say(
      tongue,
      "By assumption: this hangs on a value that the log does not show and the mapping takes for granted "
      "({}).",
      "假定：结论取决于记录中没有、由对照表假定的数值（{}）。", AndList(tongue, assumptions));
}

std::string SameDay(Tongue tongue) {
  return Say(
      tongue,
      "Hinges on the order of acts of one moment: their times in the log do not tell which came first, "
      "and in another order this would not be found.",
      "取决于同一时刻各行为的先后：记录的时间分不出先后，换一种先后就没有这一结论。");
}

std::string LawVersion(Tongue tongue) {
  return Say(tongue,
             "Hinges on the version of the law: under the version before or after, this would not be found.",
             "取决于法律的版本：按修订之前或者之后的版本，就没有这一结论。");
}

std::string KnownLater(Tongue tongue) {
  return Say(tongue, "In law, not as known: on what had been entered by then, this would not be found.",
             "法律上如此，但当时并不知道：按当时已经记录的情况，没有这一结论。");
}

std::string AfterClosing(Tongue tongue) {
  return Say(tongue, "After closing: the matter was closed when this was done.",
             "终结之后：办理时案件已经终结。");
}

std::string Provisional(Tongue tongue) {
  return Say(
      tongue,
      "Provisional: the count reaches days whose holidays are not published in our calendar; Monday to "
      "Friday are taken as working days there.",
      "暂定：计算涉及的日期，其放假安排尚未公布，暂以周一至周五为工作日。");
}

std::string Moot(Tongue tongue) {
  return Say(
      tongue,
      "Moot: what this speaks of was set aside or held void since. The finding stays, and has no further "
      "consequence.",
      "已无后果：所涉行为此后被撤销或者被确认无效。结论保留，不再产生后果。");
}

}  // namespace lawbound::report::words
