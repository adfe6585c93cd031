#include "report/examples.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

#include "engine/engine.h"
#include "engine/explain.h"
#include "engine/plan.h"

namespace lawbound::report {
namespace {

using base::Day;
using check::Wanted;
using engine::kNoRow;
using engine::Phase;
using model::ActId;
using model::FieldId;
using model::RuleId;
using model::TermId;
using Quality = program::EffectDef::Quality;

std::string_view AnswerWord(engine::Answer answer) {
  switch (answer) {
    case engine::Answer::kLawful:
      return "lawful";
    case engine::Answer::kUnlawful:
      return "unlawful";
    case engine::Answer::kCannotTell:
      return "cannot tell";
  }
  return "";
}

std::string_view QualityWord(Quality quality) {
  switch (quality) {
    case Quality::kNone:
      return "";
    case Quality::kVoid:
      return "void";
    case Quality::kInadmissible:
      return "inadmissible";
    case Quality::kVoidable:
      return "voidable";
    case Quality::kIrregular:
      return "irregular";
  }
  return "";
}

// What one step of an example came to: the record after it and, if it has an act, the answer on that.
class StepRun {
 public:
  StepRun(const engine::Plan& plan, const check::Example& example, std::size_t step)
      : plan_(plan),
        program_(plan.program()),
        history_(example.batch.history(0)),
        step_(example.steps[step]) {
    record_.Reset(plan, history_);
    engine::Engine engine(plan, record_);
    std::set<std::uint32_t> written;
    for (std::size_t i = 0; i <= step; ++i) {
      if (example.steps[i].entry) written.insert(*example.steps[i].entry);
    }
    for (const std::uint32_t index : written) {
      const engine::Entry& entry = history_.entries[index];
      engine::Judgement judgement;
      engine.Advance(entry.day);
      engine.Judge(entry, judgement);
      engine.Apply(entry, index, judgement);
      if (index == step_.entry) judgement_ = judgement;
    }
    engine.Advance(step_.day);
  }

  ExampleResult Compare(const check::Example& example, const Wanted& wanted) const {
    ExampleResult result{.example = example.title, .span = wanted.span, .wanted = {}, .got = {}};
    switch (wanted.kind) {
      case Wanted::Kind::kLawful:
      case Wanted::Kind::kUnlawful:
      case Wanted::Kind::kCannotTell:
        CompareAnswer(wanted, result);
        break;
      case Wanted::Kind::kInadmissible:
      case Wanted::Kind::kIrregular:
        result.wanted = QualityWord(wanted.kind == Wanted::Kind::kIrregular ? Quality::kIrregular
                                                                            : Quality::kInadmissible);
        result.got = OrNothing(QualityWord(QualityOfAct()));
        result.met = result.got == result.wanted;
        break;
      case Wanted::Kind::kNoBreach:
      case Wanted::Kind::kBreach:
        CompareBreach(wanted, result);
        break;
      case Wanted::Kind::kDue:
        result.wanted = fmt::format("due {} {}", TermName(wanted.term), base::PrintDay(*wanted.day));
        result.got = fmt::format("due {} {}", TermName(wanted.term), DueOf(wanted.term));
        result.met = result.got == result.wanted;
        break;
      case Wanted::Kind::kDeemed:
        CompareDeemed(wanted, result);
        break;
    }
    return result;
  }

 private:
  static std::string OrNothing(std::string_view word) { return word.empty() ? "nothing" : std::string(word); }

  std::string RuleName(RuleId rule) const {
    return std::string(program_.string(program_.rules[rule.index()].name));
  }
  std::string ActName(ActId act) const {
    return std::string(program_.string(program_.acts[act.index()].name));
  }
  std::string FieldName(FieldId id) const {
    const program::FieldDef& field = program_.fields[id.index()];
    const std::string owner = field.act
                                  ? ActName(field.act)
                                  : std::string(program_.string(program_.roles[field.role.index()].name));
    return owner + "." + std::string(program_.string(field.name));
  }
  // A term without a name is known by the act it gives time to.
  std::string TermName(TermId id) const {
    const program::TermDef& term = program_.terms[id.index()];
    if (term.name) return std::string(program_.string(term.name));
    const program::SentenceDef& sentence = program_.sentences[term.sentence.index()];
    return ActName(program_.act_lists[sentence.acts.first]);
  }

  std::string DueOf(TermId id) const {
    const engine::TermState& term = record_.terms[id.index()];
    Day due = engine::Record::EffectiveDue(term);
    if (term.phase == Phase::kOver) due = std::min(term.due, term.ceiling);
    if (due != engine::kNever) return base::PrintDay(due);
    return term.phase == Phase::kStopped ? "(stopped)" : "(not running)";
  }

  Quality QualityOfAct() const {
    if (!judgement_) return Quality::kNone;
    for (const engine::Done& done : record_.done) {
      if (done.entry == step_.entry && done.quality != Quality::kNone) return done.quality;
    }
    return judgement_->quality;
  }

  void CompareAnswer(const Wanted& wanted, ExampleResult& result) const {
    const engine::Answer answer = wanted.kind == Wanted::Kind::kLawful     ? engine::Answer::kLawful
                                  : wanted.kind == Wanted::Kind::kUnlawful ? engine::Answer::kUnlawful
                                                                           : engine::Answer::kCannotTell;
    std::vector<std::string> names;
    for (const RuleId rule : wanted.rules) names.push_back(RuleName(rule));
    for (const FieldId field : wanted.fields) names.push_back(FieldName(field));
    for (const ActId act : wanted.acts) names.push_back(ActName(act));
    const std::vector<std::string> found = Reasons(judgement_->answer);
    const bool hangs = judgement_->answer == engine::Answer::kLawful && !judgement_->applied;
    result.wanted = Join(AnswerWord(answer), names);
    result.got = hangs ? "without effect: what it rests on no longer stands"
                       : Join(AnswerWord(judgement_->answer), found);
    result.met = !hangs && judgement_->answer == answer &&
                 std::all_of(names.begin(), names.end(), [&](const std::string& name) {
                   return std::find(found.begin(), found.end(), name) != found.end();
                 });
  }

  static std::string Join(std::string_view word, const std::vector<std::string>& names) {
    if (names.empty()) return std::string(word);
    return fmt::format("{} {}", word, fmt::join(names, ", "));
  }

  // The rules broken by the act, or the data without which it cannot be told.
  std::vector<std::string> Reasons(engine::Answer answer) const {
    std::vector<std::string> reasons;
    const auto add = [&](std::string reason) {
      if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end())
        reasons.push_back(std::move(reason));
    };
    for (const engine::Outcome& outcome : judgement_->outcomes) {
      if (answer == engine::Answer::kUnlawful && outcome.finding == engine::Finding::kBroken) {
        add(outcome.sentence ? RuleName(program_.sentences[outcome.sentence.index()].rule)
                             : "(" + ActName(outcome.act) + " itself)");
      }
      if (answer != engine::Answer::kCannotTell || outcome.finding != engine::Finding::kCannotTell) continue;
      for (const engine::MissingDatum& datum : engine::Explain(plan_, history_, outcome).missing) {
        add(datum.field ? FieldName(datum.field) : ActName(datum.act));
      }
    }
    return reasons;
  }

  void CompareBreach(const Wanted& wanted, ExampleResult& result) const {
    result.wanted = "no breach";
    if (wanted.kind == Wanted::Kind::kBreach) {
      result.wanted = "breach " + RuleName(wanted.rules.front());
      if (wanted.day) result.wanted += " on " + base::PrintDay(*wanted.day);
    }
    result.met = wanted.kind == Wanted::Kind::kNoBreach;
    for (const engine::Outcome& outcome : record_.outcomes) {
      if (outcome.finding != engine::Finding::kBroken) continue;
      const RuleId rule = outcome.sentence ? program_.sentences[outcome.sentence.index()].rule : RuleId();
      const std::string name = rule ? RuleName(rule) : "(" + ActName(outcome.act) + " itself)";
      if (!result.got.empty()) result.got += "; ";
      result.got += "breach " + name + " on " + base::PrintDay(outcome.decided);
      if (wanted.kind == Wanted::Kind::kNoBreach) {
        result.met = false;
      } else {
        result.met |= rule == wanted.rules.front() && (!wanted.day || outcome.decided == *wanted.day);
      }
    }
    if (result.got.empty()) result.got = "no breach";
  }

  void CompareDeemed(const Wanted& wanted, ExampleResult& result) const {
    result.wanted = "deemed " + ActName(wanted.acts.front());
    for (const engine::Done& done : record_.done) {
      if (!done.deemed) continue;
      if (!result.got.empty()) result.got += "; ";
      result.got += "deemed " + ActName(done.act);
      result.met |= done.act == wanted.acts.front();
    }
    if (result.got.empty()) result.got = "nothing deemed";
  }

  const engine::Plan& plan_;
  const program::Program& program_;
  const model::History history_;
  const check::ExampleStep& step_;
  engine::Record record_;
  std::optional<engine::Judgement> judgement_;
};

}  // namespace

base::Result<std::vector<ExampleResult>> RunExamples(const check::Compiled& compiled,
                                                     const calendar::Calendars& calendars) {
  ASSIGN_OR_RETURN(const engine::Plan plan, engine::Plan::Make(compiled.program, calendars, {}));
  std::vector<ExampleResult> results;
  for (const check::Example& example : compiled.examples) {
    for (std::size_t i = 0; i < example.steps.size(); ++i) {
      if (example.steps[i].wanted.empty()) continue;
      const StepRun run(plan, example, i);
      for (const Wanted& wanted : example.steps[i].wanted) results.push_back(run.Compare(example, wanted));
    }
  }
  return results;
}

}  // namespace lawbound::report
