#include "report/examples.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <utility>

#include "engine/engine.h"
#include "engine/explain.h"
#include "engine/matter.h"
#include "engine/plan.h"
#include "program/cells.h"
#include "program/names.h"
#include "program/standing.h"

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

Quality QualityOf(Wanted::Kind kind) {
  if (kind == Wanted::Kind::kInadmissible) return Quality::kInadmissible;
  if (kind == Wanted::Kind::kIrregular) return Quality::kIrregular;
  return kind == Wanted::Kind::kVoid ? Quality::kVoid : Quality::kVoidable;
}

// What one step of an example came to: the record after it and, if it has an act, the answer on that.
class StepRun {
 public:
  StepRun(const engine::Plan& plan, const check::Example& example, std::size_t step)
      : folded_(plan.program()),
        given_(example.batch.history(0)),
        matter_(plan, given_, engine::Matter::Titles::kPlain),
        plan_(matter_.plan()),
        program_(plan_.program()),
        history_(matter_.history()),
        step_(example.steps[step]) {
    if (!matter_.fits()) return;
    record_.Reset(plan_, history_);
    engine::Engine engine(plan_, record_);
    std::set<std::uint32_t> written;
    for (std::size_t i = 0; i <= step; ++i) {
      if (example.steps[i].entry) written.insert(*example.steps[i].entry);
    }
    for (const std::uint32_t index : written) {
      const engine::Entry& entry = history_.entries[index];
      engine::Judgement judgement;
      engine.Advance(entry.day, entry.minute);
      engine.Judge(entry, judgement);
      engine.Apply(entry, index, judgement);
      if (index == step_.entry) judgement_ = judgement;
    }
    engine.Advance(std::max(step_.day, step_.written));
  }

  ExampleResult Compare(const check::Example& example, const Wanted& wanted) const {
    ExampleResult result{.example = example.title, .span = wanted.span, .wanted = {}, .got = {}};
    if (!matter_.fits()) {
      result.got = "too many parties and things to say";
      return result;
    }
    switch (wanted.kind) {
      case Wanted::Kind::kLawful:
      case Wanted::Kind::kUnlawful:
      case Wanted::Kind::kCannotTell:
        CompareAnswer(wanted, result);
        break;
      case Wanted::Kind::kInadmissible:
      case Wanted::Kind::kIrregular:
      case Wanted::Kind::kVoid:
      case Wanted::Kind::kVoidable:
        result.wanted = QualityWord(QualityOf(wanted.kind));
        result.got = OrNothing(QualityWord(QualityOfAct()));
        result.met = result.got == result.wanted;
        break;
      case Wanted::Kind::kNoBreach:
      case Wanted::Kind::kBreach:
        CompareBreach(wanted, result);
        break;
      case Wanted::Kind::kDue:
        CompareDue(wanted, result);
        break;
      case Wanted::Kind::kOwed:
        CompareOwed(wanted, result);
        break;
      case Wanted::Kind::kDeemed:
        CompareDeemed(wanted, result);
        break;
      case Wanted::Kind::kFalls:
        CompareFalls(wanted, result);
        break;
      case Wanted::Kind::kStatus:
        CompareStatus(wanted, result);
        break;
      case Wanted::Kind::kAnswers:
        CompareAnswers(wanted, result);
        break;
    }
    return result;
  }

 private:
  static std::string OrNothing(std::string_view word) { return word.empty() ? "nothing" : std::string(word); }

  // Of several, that of the member whom the step's act concerns; without an act, any.
  void CompareDue(const Wanted& wanted, ExampleResult& result) const {
    const std::string name = TermName(wanted.term);
    result.wanted = fmt::format("due {} {}", name, base::PrintDay(*wanted.day));
    const auto part = step_.entry ? matter_.PartOf(*step_.entry) : program::kMainPart;
    for (const TermId term : matter_.TermsOf(wanted.term)) {
      const auto its = matter_.PartOf(term);
      if (its != program::kMainPart && part != program::kMainPart && its != part) continue;
      const std::string due = fmt::format("due {} {}", name, DueOf(term));
      result.met |= due == result.wanted;
      result.got += (result.got.empty() ? "" : "; ") + due;
    }
  }

  // Names of what the example wants are those of the pack; of what came out, of the matter.
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
    const program::TermDef& term = folded_.terms[id.index()];
    if (term.name) return std::string(folded_.string(term.name));
    const program::SentenceDef& sentence = folded_.sentences[term.sentence.index()];
    return std::string(program::NameOf(folded_, folded_.act_lists[sentence.acts.first]));
  }

  std::string DueOf(TermId id) const {
    const engine::TermState& term = record_.terms[id.index()];
    Day due = engine::Record::EffectiveDue(term);
    if (term.phase == Phase::kOver) due = term.due;
    if (due != engine::kNever) return base::PrintDay(due);
    return term.phase == Phase::kStopped ? "(stopped)" : "(not running)";
  }

  Quality QualityOfAct() const {
    if (!judgement_) return Quality::kNone;
    return judgement_->applied ? record_.QualityOfEntry(*step_.entry) : judgement_->quality;
  }

  void CompareAnswer(const Wanted& wanted, ExampleResult& result) const {
    const engine::Answer answer = wanted.kind == Wanted::Kind::kLawful     ? engine::Answer::kLawful
                                  : wanted.kind == Wanted::Kind::kUnlawful ? engine::Answer::kUnlawful
                                                                           : engine::Answer::kCannotTell;
    std::vector<std::string> names;
    for (const RuleId rule : wanted.rules) names.emplace_back(program::NameOf(folded_, rule));
    for (const FieldId field : wanted.fields) names.push_back(program::NameOf(folded_, field));
    for (const ActId act : wanted.acts) names.emplace_back(program::NameOf(folded_, act));
    for (const program::TableId table : wanted.tables) names.emplace_back(program::NameOf(folded_, table));
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
        add(datum.field   ? FieldName(datum.field)
            : datum.table ? std::string(program::NameOf(program_, datum.table))
                          : ActName(datum.act));
      }
    }
    return reasons;
  }

  void CompareBreach(const Wanted& wanted, ExampleResult& result) const {
    result.wanted = "no breach";
    if (wanted.kind == Wanted::Kind::kBreach) {
      result.wanted = fmt::format("breach {}", program::NameOf(folded_, wanted.rules.front()));
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
        result.met |= rule && matter_.RuleOf(rule) == wanted.rules.front() &&
                      (!wanted.day || outcome.decided == *wanted.day);
      }
    }
    if (result.got.empty()) result.got = "no breach";
  }

  void CompareDeemed(const Wanted& wanted, ExampleResult& result) const {
    result.wanted = fmt::format("deemed {}", program::NameOf(folded_, wanted.acts.front()));
    for (const engine::Done& done : record_.done) {
      if (!done.deemed) continue;
      if (!result.got.empty()) result.got += "; ";
      result.got += "deemed " + ActName(done.act);
      result.met |= matter_.ActOf(done.act) == wanted.acts.front();
    }
    if (result.got.empty()) result.got = "nothing deemed";
  }

  // Adds to what came out, each once.
  static void AddGot(ExampleResult& result, const std::string& got) {
    if (result.got.find(got) != std::string::npos) return;
    result.got += (result.got.empty() ? "" : "; ") + got;
  }

  bool IsAct(ActId unfolded, const Wanted& wanted) const {
    return matter_.ActOf(unfolded) == wanted.acts.front();
  }

  void CompareOwed(const Wanted& wanted, ExampleResult& result) const {
    result.wanted = fmt::format("owed {}", program::NameOf(folded_, wanted.acts.front()));
    for (std::size_t i = 0; i < record_.duties.size(); ++i) {
      if (record_.duties[i].state != engine::DutyState::State::kOpen) continue;
      const program::Range<ActId> acts = program_.sentences[i].acts;
      for (std::uint32_t row = acts.first; row < acts.end(); ++row) {
        AddGot(result, "owed " + ActName(program_.act_lists[row]));
        result.met |= IsAct(program_.act_lists[row], wanted);
      }
    }
    if (result.got.empty()) result.got = "nothing owed";
  }

  void CompareFalls(const Wanted& wanted, ExampleResult& result) const {
    result.wanted = fmt::format("{} falls", program::NameOf(folded_, wanted.acts.front()));
    const auto add = [&](ActId act) {
      AddGot(result, ActName(act) + " falls");
      result.met |= IsAct(act, wanted);
    };
    for (const engine::Done& done : record_.done) {
      if (!done.stands) add(done.act);
    }
    for (const engine::ActKey& gone : record_.gone) add(gone.act);
    if (result.got.empty()) result.got = "nothing falls";
  }

  // As a condition `N is STATUS` is answered: of the last N that was done, standing or not, in each part.
  void CompareStatus(const Wanted& wanted, ExampleResult& result) const {
    const std::string name(program::NameOf(folded_, wanted.acts.front()));
    result.wanted = fmt::format("{} is {}", name, program::StandingWords(wanted.standing));
    for (std::uint32_t i = 0; i < program_.acts.size(); ++i) {
      if (!IsAct(ActId(i), wanted)) continue;
      const unsigned said = SaidOfLast(ActId(i));
      for (std::size_t value = 1; value < program::kValuesOf<program::Standing>; ++value) {
        if ((said & (1u << value)) == 0) continue;
        const auto standing = static_cast<program::Standing>(value);
        AddGot(result, fmt::format("{} is {}", name, program::StandingWords(standing)));
        result.met |= standing == wanted.standing;
      }
    }
    if (result.got.empty()) result.got = fmt::format("nothing is said of {}", name);
  }

  // Bits, by program::Standing.  What was taken away is no longer among what was done.
  unsigned SaidOfLast(ActId act) const {
    const auto entry_of = [](std::uint32_t entry, Day day) { return std::pair(day, entry); };
    std::pair<Day, std::uint32_t> last(base::kFirstDay, 0);
    unsigned said = 0;
    const std::uint32_t row = record_.acts[act.index()].last_ever;
    if (row != kNoRow) {
      last = entry_of(record_.done[row].entry, record_.done[row].day);
      said = record_.done[row].said;
    }
    for (const engine::LostAct& lost : record_.lost) {
      if (lost.key.act != act || entry_of(lost.key.entry, lost.key.day) < last) continue;
      last = entry_of(lost.key.entry, lost.key.day);
      said = lost.said;
    }
    return said;
  }

  void CompareAnswers(const Wanted& wanted, ExampleResult& result) const {
    const auto role = [](const program::Program& program, model::RoleId id) {
      return std::string(program::NameOf(program, id));
    };
    result.wanted = fmt::format("{} answers", role(folded_, wanted.role));
    const auto add = [&](RuleId rule) {
      const program::Range<program::EffectDef> breach = program_.rules[rule.index()].breach;
      for (std::uint32_t row = breach.first; row < breach.end(); ++row) {
        const program::EffectDef& effect = program_.effects[row];
        if (effect.kind != program::EffectDef::Kind::kAnswers) continue;
        AddGot(result, role(program_, effect.role) + " answers");
        result.met |= role(program_, effect.role) == role(folded_, wanted.role);
      }
    };
    if (judgement_) std::for_each(judgement_->broken_rules.begin(), judgement_->broken_rules.end(), add);
    for (const engine::Outcome& outcome : record_.outcomes) {
      if (outcome.finding == engine::Finding::kBroken && outcome.sentence)
        add(program_.sentences[outcome.sentence.index()].rule);
    }
    if (result.got.empty()) result.got = "nobody answers";
  }

  const program::Program& folded_;
  const model::History given_;
  const engine::Matter matter_;
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
