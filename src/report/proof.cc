#include "report/proof.h"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>

#include "program/listing.h"
#include "program/names.h"
#include "report/case_text.h"
#include "report/example_text.h"
#include "report/json.h"
#include "report/latest.h"
#include "report/standing.h"
#include "report/words.h"

namespace lawbound::report {

using program::Program;
using prove::Doubt;
using prove::Proof;
using prove::Question;
using prove::Result;

namespace {

std::string_view ResultWord(Result result) {
  switch (result) {
    case Result::kProved:
      return "proved";
    case Result::kRefuted:
      return "refuted";
    case Result::kNotDecided:
      return "not decided";
  }
  return "";
}

std::string_view KindWord(Question::Kind kind) {
  switch (kind) {
    case Question::Kind::kNever:
      return "never";
    case Question::Kind::kAfterCan:
      return "after-can";
    case Question::Kind::kAlwaysReach:
      return "always-reach";
    case Question::Kind::kDutiesMet:
      return "duties-met";
    case Question::Kind::kCanHappen:
      return "can-happen";
  }
  return "";
}

std::string_view ViewWord(prove::View view) {
  switch (view) {
    case prove::View::kOneGate:
      return "one-gate";
    case prove::View::kTopicGates:
      return "topic-gates";
    case prove::View::kGates:
      return "gates";
    case prove::View::kAtHand:
      return "at-hand";
    case prove::View::kEffects:
      return "effects";
    case prove::View::kWhole:
      return "whole";
  }
  return "";
}

// Whether it was proved with every other act left free.
bool WhateverElse(const Proof& proof) {
  const bool asks_others = proof.view == prove::View::kWhole || proof.view == prove::View::kTopicGates;
  return proof.result == Result::kProved && !proof.vacuous && !asks_others;
}

// Whether it was proved only of matters in which everything that the rules ask can be told.
bool SupposesKnown(const Proof& proof) {
  return proof.result == Result::kProved && !proof.vacuous && proof.view != prove::View::kWhole &&
         proof.question.kind != Question::Kind::kNever && proof.question.kind != Question::Kind::kCanHappen;
}

std::string AskedIn(const Program& program, const Question& question);

// What is asked, as a sentence: a guarantee as the pack has it, not written out for members.
std::string Asked(const Program& given, const Program& program, const Question& question) {
  if (question.kind == Question::Kind::kCanHappen) return AskedIn(program, question);
  for (const program::GuaranteeDef& guarantee : given.guarantees) {
    if (given.string(guarantee.name) != question.name) continue;
    Question asked = question;
    asked.act = guarantee.act;
    asked.acts = {given.act_lists.begin() + guarantee.acts.first,
                  given.act_lists.begin() + guarantee.acts.end()};
    asked.challenge = guarantee.challenge;
    asked.until = guarantee.until;
    asked.condition = guarantee.condition;
    return AskedIn(given, asked);
  }
  return AskedIn(program, question);
}

std::string AskedIn(const Program& program, const Question& question) {
  const auto act = [&](model::ActId id) { return words::Quoted(program::TitleOf(program, id, "")); };
  const auto role = [&] { return program::TitleOf(program, question.role, ""); };
  switch (question.kind) {
    case Question::Kind::kNever:
      return fmt::format("{} is never done unless {}", act(question.act),
                         program::CodeText(program, question.condition));
    case Question::Kind::kAfterCan: {
      std::vector<std::string> can;
      for (const model::ActId one : question.acts) can.push_back(act(one));
      if (question.challenge) can.push_back("something on " + act(question.challenge));
      const std::string until = question.until ? fmt::format(" until the time “{}” is over",
                                                             program::NameOf(program, question.until))
                                               : "";
      return fmt::format("after {}, {} can do {}{}", act(question.act), role(), words::List(can, " or "),
                         until);
    }
    case Question::Kind::kAlwaysReach:
      return fmt::format("{} can always reach {}, whatever others leave undone", role(),
                         program::CodeText(program, question.condition));
    case Question::Kind::kDutiesMet:
      return fmt::format("whatever {} owes can still be done", role());
    case Question::Kind::kCanHappen:
      return fmt::format("{} can lawfully be done", act(question.act));
  }
  return "";
}

std::string Why(const Proof& proof, const prove::Options& options) {
  switch (proof.doubt) {
    case Doubt::kNone:
      return "";
    case Doubt::kStates:
      return fmt::format("the limit of {} states was reached (--states)",
                         words::Number(options.limits.states));
    case Doubt::kMemory:
      return fmt::format("the limit of {} MB of memory was reached (--memory)",
                         words::Number(options.limits.megabytes));
    case Doubt::kTime:
      return fmt::format("the limit of {} seconds was reached (--seconds)", options.limits.seconds);
    case Doubt::kWays:
      return "there are more ways of doing one act, or more comparisons of days in one step, than are tried";
    case Doubt::kNotConfirmed:
      return "a way was found in which terms end in an order for which no days were found";
    case Doubt::kRepeats:
      return fmt::format("it depends on an act that was done {} already (--repeats)",
                         words::Count(options.limits.repeats, "time", "times"));
    case Doubt::kTakenAway:
      return "an act that bears on it may be set aside or held void; what then follows is not proved";
    case Doubt::kDays:
      return "it depends on how days lie";
  }
  return "";
}

// Of what was too much: how much it was, and what would make it less.
std::string WhatToBound(const Program& program, const Proof& proof, const prove::Options& options) {
  const prove::Followed& followed = proof.followed;
  switch (proof.doubt) {
    case Doubt::kStates:
    case Doubt::kMemory:
    case Doubt::kTime:
    case Doubt::kWays:
      break;
    default:
      return "";
  }
  std::string said =
      fmt::format("followed: {} in {}, {}", words::Count(followed.acts, "act", "acts"),
                  words::Count(followed.ways, "way", "ways"), words::Count(followed.terms, "time", "times"));
  if (followed.widest && followed.widest_ways * 4 > followed.ways) {
    said += fmt::format("; {} alone in {}: to bound it, let rules compare fewer of its fields",
                        words::Quoted(program::TitleOf(program, followed.widest, "")),
                        words::Count(followed.widest_ways, "way", "ways"));
  } else {
    said += "; to bound it, part the pack, or ask a guarantee of fewer acts";
  }
  if (options.limits.repeats > 1) said += ", or each act once (--repeats 1)";
  return said;
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

std::string Told(const engine::Plan& plan, const prove::Story& story, std::size_t width) {
  const std::string text =
      CaseText(plan, story.batch.history(0), {.voice = "", .as_of = story.as_of, .width = width});
  // Without the case number, which it has none of.
  const std::size_t head = text.find("\n\n");
  return head == std::string::npos ? text : text.substr(head + 2);
}

}  // namespace

std::string ExampleOf(const engine::Plan& plan, const Proof& proof, const prove::Story& story) {
  return ExampleText(plan.program(), fmt::format("{} {}", ResultWord(proof.result), proof.question.name),
                     story.batch);
}

std::string ProofText(const engine::Plan& plan, const Program& program, const std::vector<Proof>& proofs,
                      const prove::Options& options, const ProofTextOptions& text) {
  std::string out;
  std::size_t proved = 0, refuted = 0, open = 0;
  std::vector<std::string> never_done, not_known;
  bool repeats = false, days = false;
  for (const Proof& proof : proofs) {
    repeats = repeats || proof.repeats_met;
    days = days || proof.days_open;
    if (proof.question.kind == Question::Kind::kCanHappen) {
      const std::string title = words::Quoted(program::TitleOf(program, proof.question.act, ""));
      if (proof.result == Result::kRefuted) never_done.push_back(title);
      if (proof.result == Result::kNotDecided) not_known.push_back(title);
      continue;
    }
    proved += proof.result == Result::kProved ? 1 : 0;
    refuted += proof.result == Result::kRefuted ? 1 : 0;
    open += proof.result == Result::kNotDecided ? 1 : 0;
    out += fmt::format("{:<12} {}: {}\n", ResultWord(proof.result), proof.question.name,
                       Asked(plan.program(), program, proof.question));
    if (proof.vacuous) out += "             vacuous: what it speaks of never happens in any matter\n";
    if (proof.result == Result::kNotDecided) {
      out += fmt::format("             {}\n", Why(proof, options));
      const std::string bound = WhatToBound(program, proof, options);
      if (!bound.empty()) out += fmt::format("             {}\n", bound);
    }
    out += fmt::format("             {}{}{}\n", words::Count(proof.states, "state", "states"),
                       WhateverElse(proof) ? "; whatever else is done, lawfully or not" : "",
                       SupposesKnown(proof) ? ", while nothing that the rules ask is unknown" : "");
    if (proof.counter) {
      out += fmt::format("\n{}\n", Indented(Told(plan, *proof.counter, text.width), "    "));
      out += fmt::format("    As an example to paste into the pack:\n\n{}\n",
                         Indented(ExampleOf(plan, proof, *proof.counter), "      "));
    }
    if (text.witnesses && proof.witness) {
      out += fmt::format("\n    It does happen, for instance:\n\n{}\n",
                         Indented(Told(plan, *proof.witness, text.width), "    "));
    }
  }
  if (!never_done.empty()) {
    out += fmt::format("dead         {} can never lawfully be done\n", words::List(never_done));
  }
  if (not_known.size() > 5) {
    out += fmt::format(
        "not decided  whether {} of the acts can ever lawfully be done (--guarantee ACT asks of one)\n",
        not_known.size());
  } else if (!not_known.empty()) {
    out += fmt::format("not decided  whether {} can ever lawfully be done\n", words::List(not_known, " or "));
  }
  out += fmt::format("\n{}: {} proved, {} refuted, {} not decided\n", program.string(program.path), proved,
                     refuted, open);
  out += fmt::format("By the law of {}. Terms may be over at any moment (tier T0).",
                     base::PrintDay(options.day));
  if (repeats)
    out += fmt::format(" Each kind of act is done at most {} in a matter.",
                       words::Count(options.limits.repeats, "time", "times"));
  if (days) out += " Where days are compared, both answers were tried.";
  out += fmt::format(" Officials are {}, members of each kind two.\n", prove::kOfficials);
  return out;
}

std::string ProofJson(const engine::Plan& plan, const Program& program, const std::vector<Proof>& proofs,
                      const std::vector<prove::Standing>& standing, const prove::Options& options,
                      const std::vector<prove::LatestDays>& latest) {
  std::ostringstream stream;
  JsonWriter json(stream);
  json.Begin('{');
  json.Key("pack").Text(program.string(program.path));
  json.Key("law_of").Text(base::PrintDay(options.day));
  json.Key("tier").Text("T0");
  json.Key("repeats").Value(options.limits.repeats);
  json.Key("questions").Begin('[');
  for (const Proof& proof : proofs) {
    json.Line().Begin('{');
    json.Key("name").Text(proof.question.name);
    json.Key("kind").Text(KindWord(proof.question.kind));
    json.Key("asks").Text(Asked(plan.program(), program, proof.question));
    json.Key("result").Text(ResultWord(proof.result));
    json.Key("vacuous").Value(proof.vacuous);
    json.Key("why");
    proof.result == Result::kNotDecided ? json.Text(Why(proof, options)) : json.Null();
    json.Key("view").Text(ViewWord(proof.view));
    json.Key("supposes_known").Value(SupposesKnown(proof));
    json.Key("states").Value(proof.states);
    const auto add = [&](std::string_view key, const std::optional<prove::Story>& story) {
      json.Key(key);
      story ? json.Text(ExampleOf(plan, proof, *story)) : json.Null();
    };
    add("witness", proof.witness);
    add("counter", proof.counter);
    json.End('}');
  }
  json.End(']');
  json.Key("standing").Begin('[');
  for (const prove::Standing& answer : standing) WriteStanding(json, plan, program, answer);
  json.End(']');
  json.Key("latest");
  LatestJson(plan, latest, json);
  json.End('}');
  stream << "\n";
  return stream.str();
}

}  // namespace lawbound::report
