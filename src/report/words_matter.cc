// The words of a matter as a timeline, and of what may be done in it.

#include <fmt/format.h>

#include "program/unfold.h"
#include "report/words.h"

namespace lawbound::report::words {

std::string TooManyMembers() {
  return fmt::format("this matter has more than {} parties and things, or too many for what is asked of each",
                     program::kMaxMembers);
}

using model::Finding;

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

std::string WhetherOwed() { return "Whether this is owed, or was done in time, cannot be told."; }

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

std::string ExplainedTitle(std::string_view title, std::string_view name) {
  return fmt::format("{} under {}", CaseLine(name), Quoted(title));
}

std::string OpenedBy(std::string_view act, std::string_view role, Day from, bool at_once) {
  return fmt::format("Sooner: after {} by {}, {}.", Quoted(act), role,
                     at_once ? std::string("at once") : "from " + LongDate(from));
}

std::string NotInReach(Day through) {
  return fmt::format("Not now, nor up to {} if nothing else happens.", LongDate(through));
}

std::string FindingLine(std::string_view fact) { return fmt::format("Finding on {}", Quoted(fact)); }

std::string TakenLine(std::string_view act, std::string_view standing) {
  return fmt::format("{} is {}: it never had effect, nor what rests on it.", Quoted(act), standing);
}

}  // namespace lawbound::report::words
