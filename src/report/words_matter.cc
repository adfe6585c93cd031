// The words of a matter as a timeline, and of what may be done in it.

#include <fmt/format.h>

#include "program/unfold.h"
#include "report/say.h"
#include "report/words.h"

namespace lawbound::report::words {

using model::Finding;

std::string TooManyMembers(Tongue tongue) {
  return Say(tongue, "this matter has more than {} parties and things, or too many for what is asked of each",
             "本案的当事人和物品超过{}个，或者多到无法逐一判断", program::kMaxMembers);
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

std::string ByLaw(Tongue tongue) { return Say(tongue, "by law", "依法发生"); }

std::string ByRole(Tongue tongue, std::string_view role, const std::vector<std::string>& people) {
  if (people.empty()) return Say(tongue, "by {}", "由{}办理", role);
  return Say(tongue, "by {} ({})", "由{}（{}）办理", role, AndList(tongue, people));
}

std::string DidLine(Tongue tongue, std::string_view act, std::string_view by) {
  return Say(tongue, "{}, {}", "{}，{}", act, by);
}

std::string DeemedLine(Tongue tongue, std::string_view act) {
  return Say(tongue, "{} is deemed done", "视为已经办理{}", Quoted(act));
}

std::string FellLine(Tongue tongue, std::string_view act) {
  return Say(tongue, "{} loses its standing", "{}失去效力", Quoted(act));
}

std::string LapseLine(Tongue tongue, std::string_view term) {
  return Say(tongue, "Time is over: {}", "期限届满：{}", term);
}

std::string OpenLine(Day as_of) { return fmt::format("Open on {}", LongDate(as_of)); }

std::string OpenDuty(Tongue tongue, const std::vector<std::string>& acts, Day arose, std::optional<Day> due,
                     bool stopped) {
  const std::string what = Titles(tongue, acts);
  const std::string since = LongDate(tongue, arose);
  if (stopped)
    return Say(tongue, "{0}, due since {1}: its time is stopped.", "自{1}起应当办理{0}，期限中止。", what,
               since);
  if (!due)
    return Say(tongue, "{0}, due since {1}: to be done promptly.", "自{1}起应当办理{0}，应当及时办理。", what,
               since);
  return Say(tongue, "{0}, due since {1}: there is time up to {2}.", "自{1}起应当办理{0}，期限至{2}。", what,
             since, LongDate(tongue, *due));
}

std::string WhetherOwed(Tongue tongue) {
  return Say(tongue, "Whether this is owed, or was done in time, cannot be told.",
             "此项是否应当办理、是否按期办理，无法判断。");
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

std::string StandsInTheWay(Tongue tongue, Finding finding) {
  return finding == Finding::kCannotTell ? Say(tongue, "Not known", "不清楚")
                                         : Say(tongue, "In the way", "受阻");
}

std::string PossibleNow(Tongue tongue, bool cannot_tell) {
  return cannot_tell ? Say(tongue, "Whether it may be done now cannot be told.", "现在是否可以办理无法判断。")
                     : Say(tongue, "May be done now.", "现在可以办理。");
}

std::string PossibleFrom(Tongue tongue, Day day) {
  return Say(tongue, "Not now; if nothing else happens, from {}.", "现在不可以；如无其他情况，自{}起可以。",
             LongDate(tongue, day));
}

std::string ExplainedTitle(std::string_view title, std::string_view name) {
  return fmt::format("{} under {}", CaseLine(name), Quoted(title));
}

std::string OpenedBy(Tongue tongue, std::string_view act, std::string_view role, Day from, bool at_once) {
  if (at_once)
    return Say(tongue, "Sooner: after {0} by {1}, at once.", "可以提前：由{1}办理{0}之后即可。", Quoted(act),
               role);
  return Say(tongue, "Sooner: after {0} by {1}, from {2}.", "可以提前：由{1}办理{0}之后，自{2}起。",
             Quoted(act), role, LongDate(tongue, from));
}

std::string NotInReach(Tongue tongue, Day through) {
  return Say(tongue, "Not now, nor up to {} if nothing else happens.",
             "现在不可以；如无其他情况，到{}也不可以。", LongDate(tongue, through));
}

std::string FindingLine(Tongue tongue, std::string_view fact) {
  return Say(tongue, "Finding on {}", "对{}的认定", Quoted(fact));
}

std::string TakenLine(Tongue tongue, std::string_view act, program::Standing standing) {
  return Say(tongue, "{} is {}: it never had effect, nor what rests on it.",
             "{}{}：自始没有效力，以其为前提的行为也没有效力。", Quoted(act), StandingName(tongue, standing));
}

}  // namespace lawbound::report::words
