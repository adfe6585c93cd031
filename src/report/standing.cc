#include "report/standing.h"

#include <algorithm>
#include <fmt/format.h>

#include "program/names.h"
#include "report/case_text.h"
#include "report/example_text.h"
#include "report/words.h"

namespace lawbound::report {

using program::Program;
using prove::Check;
using prove::Result;
using prove::Standing;

namespace {

constexpr std::size_t kMostNamed = 6;    // of those of which something is not decided
constexpr std::size_t kMostStories = 3;  // told for one check

std::string Act(const Program& program, model::ActId act) {
  return words::Quoted(program::TitleOf(program, act, ""));
}

std::string Sentence(const Program& program, model::SentenceId id) {
  const program::SentenceDef& sentence = program.sentences[id.index()];
  return fmt::format("“{}” of {}", program.string(sentence.text),
                     words::Quoted(program::TitleOf(program, sentence.rule, "")));
}

// The acts that a duty demands, and by which rule.
std::string Duty(const Program& program, model::SentenceId id) {
  const program::SentenceDef& sentence = program.sentences[id.index()];
  std::vector<std::string> acts;
  for (std::uint32_t i = sentence.acts.first; i < sentence.acts.end(); ++i)
    acts.push_back(Act(program, program.act_lists[i]));
  return fmt::format("{} ({})", words::List(acts, " or "), program::TitleOf(program, sentence.rule, ""));
}

std::string_view Why(prove::Doubt doubt) {
  using prove::Doubt;
  switch (doubt) {
    case Doubt::kNone:
      return "";
    case Doubt::kStates:
      return "more states than are tried here";
    case Doubt::kMemory:
      return "more memory than is taken here";
    case Doubt::kTime:
      return "more time than is taken here";
    case Doubt::kWays:
      return "more ways of doing one act than are tried";
    case Doubt::kNotConfirmed:
      return "a way was found for which no days were";
    case Doubt::kRepeats:
      return "an act was done as often as is tried";
    case Doubt::kTakenAway:
      return "an act may be set aside or held void";
    case Doubt::kDays:
      return "it depends on how days lie";
  }
  return "";
}

std::string Indented(std::string_view text, std::string_view by) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    out += line.empty() ? "\n" : fmt::format("{}{}\n", by, line);
    at = end + 1;
  }
  return out;
}

// The matter, and the same as an example to paste into the pack.
std::string StoryText(const engine::Plan& plan, Check check, const prove::Story& story, std::size_t width) {
  std::string told =
      CaseText(plan, story.batch.history(0), {.voice = "", .as_of = story.as_of, .width = width});
  if (const std::size_t head = told.find("\n\n"); head != std::string::npos) told.erase(0, head + 2);
  const std::string example =
      ExampleText(plan.program(), fmt::format("standing {}", CheckName(check)), story.batch);
  std::string after;
  if (check == Check::kAnswered)
    after = fmt::format("    Nothing more happens up to {}.\n", base::PrintDay(story.as_of));
  if (check == Check::kServedFirst)
    after = fmt::format("    On {} that time is over.\n", base::PrintDay(story.as_of));
  return fmt::format("\n{}{}\n    As an example to paste into the pack:\n\n{}\n", Indented(told, "    "),
                     after, Indented(example, "      "));
}

std::string List(const std::vector<std::string>& names, std::size_t most) {
  if (names.size() <= most) return words::List(names);
  std::vector<std::string> some(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(most));
  some.push_back(fmt::format("{} more", names.size() - most));
  return words::List(some);
}

}  // namespace

std::string_view CheckName(Check check) {
  switch (check) {
    case Check::kRuleApplies:
      return "dead-rule";
    case Check::kNoGap:
      return "gap-of-versions";
    case Check::kRemedy:
      return "no-remedy";
    case Check::kRemedyTold:
      return "remedy-untold";
    case Check::kServedFirst:
      return "lapse-before-service";
    case Check::kRemedyLeft:
      return "remedy-barred";
    case Check::kOtherJudge:
      return "own-judge";
    case Check::kCloses:
      return "never-closes";
    case Check::kNotBlocked:
      return "party-blocks";
    case Check::kTermGoesOn:
      return "stopped-for-ever";
    case Check::kNoBind:
      return "double-bind";
    case Check::kAnswered:
      return "left-waiting";
  }
  return "";
}

std::string AboutText(const Program& program, const Standing& answer) {
  switch (answer.check) {
    case Check::kRuleApplies:
      return Sentence(program, answer.sentence);
    case Check::kNoBind:
      return fmt::format("{} with {}", Duty(program, answer.sentence), Duty(program, answer.second));
    case Check::kCloses:
      return program.closes ? "some matter" : "any matter: the pack does not say when one is closed";
    case Check::kNotBlocked:
      return "some matter";
    case Check::kTermGoesOn:
      return fmt::format("the time “{}”", program::NameOf(program, answer.term));
    case Check::kNoGap: {
      const std::string what = Sentence(program, answer.sentence);
      if (answer.result != Result::kRefuted) return what;
      return fmt::format("{}: no version from {} to {}", what, base::PrintDay(answer.from),
                         base::PrintDay(answer.until));
    }
    case Check::kServedFirst:
      return fmt::format("{} (the time “{}”)", Act(program, answer.act),
                         program::NameOf(program, answer.term));
    case Check::kRemedyLeft:
      if (!answer.term) return Act(program, answer.act);
      return fmt::format("{} (the time “{}”)", Act(program, answer.act),
                         program::NameOf(program, answer.term));
    case Check::kOtherJudge:
      return fmt::format("{}, judged by {}", Act(program, answer.act), Act(program, answer.other));
    case Check::kRemedy:
    case Check::kRemedyTold:
    case Check::kAnswered:
      return Act(program, answer.act);
  }
  return "";
}

std::string StandingText(const engine::Plan& plan, const Program& program,
                         const std::vector<Standing>& answers, std::size_t width) {
  std::string out = "\nAsked of every pack:\n\n";
  constexpr Check kAll[] = {Check::kRuleApplies, Check::kNoGap,      Check::kRemedy,     Check::kRemedyTold,
                            Check::kServedFirst, Check::kRemedyLeft, Check::kOtherJudge, Check::kCloses,
                            Check::kNotBlocked,  Check::kTermGoesOn, Check::kNoBind,     Check::kAnswered};
  for (const Check check : kAll) {
    std::vector<std::string> not_so, open;
    std::vector<const prove::Story*> stories;
    std::size_t asked = 0;
    for (const Standing& answer : answers) {
      if (answer.check != check) continue;
      ++asked;
      if (answer.result == Result::kRefuted) not_so.push_back(AboutText(program, answer));
      if (answer.result == Result::kNotDecided) {
        const std::string_view why = Why(answer.doubt);
        open.push_back(AboutText(program, answer) + (why.empty() ? "" : fmt::format(" [{}]", why)));
      }
      if (answer.counter && stories.size() < kMostStories) stories.push_back(&*answer.counter);
    }
    if (asked == 0) continue;
    const std::size_t holds = asked - not_so.size() - open.size();
    if (holds == asked) {
      out += fmt::format("holds        {} ({} asked)\n", prove::CheckWords(check), words::Number(asked));
    } else {
      out += fmt::format("{}{} ({} of {})\n", not_so.empty() ? "not decided  " : "standing     ",
                         prove::CheckWords(check), words::Number(holds), words::Number(asked));
    }
    if (!not_so.empty()) out += fmt::format("             not so of {}\n", words::List(not_so));
    if (!open.empty()) out += fmt::format("             not decided of {}\n", List(open, kMostNamed));
    for (const prove::Story* story : stories) out += StoryText(plan, check, *story, width);
  }
  return out;
}

void WriteStanding(JsonWriter& json, const engine::Plan& plan, const Program& program,
                   const Standing& answer) {
  json.Line().Begin('{');
  json.Key("check").Text(CheckName(answer.check));
  json.Key("about").Text(AboutText(program, answer));
  json.Key("result").Text(answer.result == Result::kProved    ? "holds"
                          : answer.result == Result::kRefuted ? "does not hold"
                                                              : "not decided");
  json.Key("states").Value(answer.states);
  json.Key("why");
  answer.result == Result::kNotDecided ? json.Text(Why(answer.doubt)) : json.Null();
  json.Key("counter");
  answer.counter ? json.Text(ExampleText(plan.program(), fmt::format("standing {}", CheckName(answer.check)),
                                         answer.counter->batch))
                 : json.Null();
  json.End('}');
}

}  // namespace lawbound::report
