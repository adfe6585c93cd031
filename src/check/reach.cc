// Stage "reach": what can never happen, and what can never end.  All of it is decided without running
// anything: an act can be done if something it may rest on can; a term can start if what starts it can
// happen; and so on until nothing changes.
#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <vector>

#include "check/lower.h"
#include "check/messages.h"
#include "check/stages.h"
#include "check/walk.h"
#include "program/graph.h"
#include "program/verify.h"

namespace lawbound::check {
namespace {

using Kind = program::SentenceDef::Kind;

// ------------------------------------------------------------------------------------------ what can happen
// at all

bool HasEnd(const Term& term) { return term.length.kind != Length::Kind::kOpen || !term.ceilings.empty(); }

class Reach {
 public:
  explicit Reach(const CheckedPack& pack) : pack_(pack), terms_(pack.terms.size()) {
    while (Grow()) continue;
  }

  bool CanStart(std::size_t term) const { return terms_[term]; }

 private:
  bool CanHappen(const Event& event) const {
    switch (event.kind) {
      case Event::Kind::kAct:
        return true;
      case Event::Kind::kLapse:
        return terms_[event.term.index()] && HasEnd(pack_.terms[event.term.index()]);
      case Event::Kind::kBreach:
        return CanBeBroken(pack_.rules[event.rule.index()]);
    }
    return false;
  }

  bool CanBeBroken(const Rule& rule) const {
    for (std::uint32_t row = rule.sentences.first; row < rule.sentences.end(); ++row) {
      const Sentence& sentence = pack_.sentences[row];
      if (sentence.kind == Kind::kOn) continue;
      if (sentence.kind == Kind::kMust && (sentence.prompt || !terms_[sentence.term.index()])) continue;
      return true;
    }
    return false;
  }

  bool Grow() {
    bool grown = false;
    for (std::size_t row = 0; row < terms_.size(); ++row) {
      const Term& term = pack_.terms[row];
      const auto can = [&](const Event& event) { return CanHappen(event); };
      const bool both = term.start_kind == program::TermDef::Start::kLaterOf;
      const bool starts = both ? std::all_of(term.starts.begin(), term.starts.end(), can)
                               : std::any_of(term.starts.begin(), term.starts.end(), can);
      if (terms_[row] || !starts) continue;
      grown = terms_[row] = true;
    }
    return grown;
  }

  const CheckedPack& pack_;
  std::vector<bool> terms_;
};

void CheckTerms(Context& context) {
  const Reach reach(context.pack);
  for (std::size_t row = 0; row < context.pack.terms.size(); ++row) {
    if (!reach.CanStart(row))
      context.Say(CannotStart(context.pack.terms[row].span, context.pack.terms[row].name));
  }
}

// A duty within a time that has no end could never be missed.
void CheckEnds(Context& context) {
  for (const Sentence& sentence : context.pack.sentences) {
    const bool endless = sentence.term && !HasEnd(context.pack.terms[sentence.term.index()]);
    if (endless && sentence.kind == Kind::kMust) context.Say(DutyWithoutEnd(sentence.span));
  }
}

void CheckRestsOnItself(Context& context) {
  const std::vector<Act>& acts = context.pack.acts;
  program::Graph graph(acts.size());
  for (std::size_t row = 0; row < acts.size(); ++row) {
    for (const ActId on : acts[row].rests_on) graph.AddEdge(row, on.index());
  }
  if (const auto row = graph.NodeOnCycle()) context.Say(NobodyCanDo(acts[*row].span, acts[*row].name));
}

// --------------------------------------------------------------------------------------- stops that nothing
// ends

// Whether an answer that once was yes, or no, can ever change.  Where this cannot be seen, the author is
// believed.
class Change {
 public:
  explicit Change(const CheckedPack& pack) : pack_(pack), falls_(pack.acts.size()) {
    for (const Act& act : pack.acts) AddFalls(act.signals);
    for (const Rule& rule : pack.rules) AddFalls(rule.breach);
    for (const Sentence& sentence : pack.sentences) AddFalls(sentence.effects);
    bool grown = true;
    while (grown) grown = SpreadFalls();
    for (const Fact& fact : pack.facts) {  // each uses only facts before it
      to_yes_.push_back(CanTurn(fact.value, true));
      to_no_.push_back(CanTurn(fact.value, false));
    }
  }

  bool CanTurn(const Expr& expr, bool to) const {
    const auto operand_can = [&](const Expr& operand) { return CanTurn(operand, to); };
    switch (expr.kind) {
      case ExprKind::kYes:
      case ExprKind::kNo:
      case ExprKind::kConstant:
      case ExprKind::kRoleField:
      case ExprKind::kEarlier:
        return false;
      case ExprKind::kStands:
        return to || falls_[expr.act.index()];
      case ExprKind::kBroken:
        return to;
      case ExprKind::kSome:  // whoever takes part later can turn it
      case ExprKind::kEvery:
      case ExprKind::kDoersAre:
      case ExprKind::kNamedAre:
        return true;
      case ExprKind::kFact:
        return to ? to_yes_[expr.fact.index()] : to_no_[expr.fact.index()];
      case ExprKind::kNot:
        return CanTurn(expr.operands[0], !to);
      case ExprKind::kAnd:
      case ExprKind::kOr:
        return std::any_of(expr.operands.begin(), expr.operands.end(), operand_can);
      case ExprKind::kEqual:
      case ExprKind::kNotEqual:
      case ExprKind::kLess:
      case ExprKind::kLessEqual:
      case ExprKind::kGreater:
      case ExprKind::kGreaterEqual:
      case ExprKind::kInSet:
      case ExprKind::kAdd:
      case ExprKind::kSubtract:
      case ExprKind::kMultiply:
      case ExprKind::kPercentOf:
      case ExprKind::kMin:
      case ExprKind::kMax:
      case ExprKind::kLookup:
        return std::any_of(expr.operands.begin(), expr.operands.end(), [&](const Expr& operand) {
          return CanTurn(operand, true) || CanTurn(operand, false);
        });
      case ExprKind::kField:
      case ExprKind::kPrevious:
      case ExprKind::kDayOf:
      case ExprKind::kSum:
      case ExprKind::kCount:
      case ExprKind::kHas:
      case ExprKind::kFound:
      case ExprKind::kStandingIs:
      case ExprKind::kAfter:
      case ExprKind::kUnanswered:
      case ExprKind::kShareNoOne:
      case ExprKind::kHold:
      case ExprKind::kTermIs:
      case ExprKind::kAtLeastBefore:
      case ExprKind::kAtLeastAfter:
      case ExprKind::kWithin:
      case ExprKind::kIsWorkingDay:
      case ExprKind::kAccrued:
      case ExprKind::kInTime:
      case ExprKind::kMinuteOf:
      case ExprKind::kBetween:
        return true;
    }
    return true;
  }

 private:
  void AddFalls(const std::vector<Effect>& effects) {
    for (const Effect& effect : effects) {
      const bool lost = effect.kind == Effect::Kind::kFalls || program::TakesAway(effect.standing);
      if (lost) falls_[effect.act.index()] = true;
    }
  }

  // An act loses standing with what it rests on.
  bool SpreadFalls() {
    bool grown = false;
    for (std::size_t row = 0; row < falls_.size(); ++row) {
      const std::vector<ActId>& on = pack_.acts[row].rests_on;
      const bool carried = std::any_of(on.begin(), on.end(), [&](ActId id) { return falls_[id.index()]; });
      if (!falls_[row] && carried) grown = falls_[row] = true;
    }
    return grown;
  }

  const CheckedPack& pack_;
  std::vector<bool> falls_;
  std::vector<bool> to_yes_, to_no_;  // facts
};

// The terms whose state an expression asks for, also through facts.
void AddTermsAsked(const CheckedPack& pack, const Expr& expr, std::vector<bool>& asked) {
  if (expr.kind == ExprKind::kTermIs) asked[expr.term.index()] = true;
  if (expr.fact)
    AddTermsAsked(pack, pack.facts[expr.fact.index()].value, asked);  // facts make no circle: C037
  for (const Expr& operand : expr.operands) AddTermsAsked(pack, operand, asked);
}

// Terms whose stops ask, round about, whether the term itself runs.
void CheckStopsOfItself(Context& context) {
  const std::vector<Term>& terms = context.pack.terms;
  std::vector<std::vector<bool>> asked(terms.size(), std::vector<bool>(terms.size()));
  for (std::size_t i = 0; i < terms.size(); ++i) {
    for (const Stop& stop : terms[i].stops) AddTermsAsked(context.pack, stop.condition, asked[i]);
  }
  for (std::size_t through = 0; through < terms.size(); ++through) {
    for (std::size_t i = 0; i < terms.size(); ++i) {
      for (std::size_t j = 0; asked[i][through] && j < terms.size(); ++j) {
        if (asked[through][j]) asked[i][j] = true;
      }
    }
  }
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (asked[i][i]) context.Say(StopsItself(terms[i].stops.front().condition.span));
  }
}

void CheckStops(Context& context) {
  CheckStopsOfItself(context);
  const Change change(context.pack);
  for (const Term& term : context.pack.terms) {
    for (const Stop& stop : term.stops) {
      if (IsNever(stop.condition))
        context.Say(DeadSentence(stop.condition.span, "its condition is always no"));
      if (!IsNever(stop.condition) && !change.CanTurn(stop.condition, false)) {
        context.Say(NeverResumes(stop.condition.span));
      }
    }
  }
}

// -------------------------------------------------------------------------------- effects that go round in
// no time

// What brings about what on the same day: nodes are acts, then terms (their lapse), then rules (the breach of
// a duty).
class Cascade {
 public:
  explicit Cascade(const CheckedPack& pack)
      : pack_(pack), graph_(pack.acts.size() + pack.terms.size() + pack.rules.size()) {
    for (const Sentence& sentence : pack.sentences) {
      if (sentence.kind == Kind::kOn) AddDeemed(Node(sentence.event), sentence.effects);
      if (sentence.kind == Kind::kMust && sentence.term)
        graph_.AddEdge(Lapse(sentence.term), Breach(sentence.rule));
    }
    for (std::size_t row = 0; row < pack.rules.size(); ++row)
      AddDeemed(Breach(RuleId(row)), pack.rules[row].breach);
    for (std::size_t row = 0; row < pack.terms.size(); ++row) AddStarts(TermId(row));
  }

  void Check(Context& context) const {
    const std::optional<std::size_t> node = graph_.NodeOnCycle();
    if (!node) return;
    if (*node < pack_.acts.size()) {
      const Act& act = pack_.acts[*node];
      context.Say(EffectCycle(act.span, fmt::format("'{}'", act.name)));
    } else if (*node < pack_.acts.size() + pack_.terms.size()) {
      context.Say(EffectCycle(pack_.terms[*node - pack_.acts.size()].span, "the lapse of this term"));
    } else {
      context.Say(EffectCycle(pack_.rules[*node - pack_.acts.size() - pack_.terms.size()].span,
                              "a breach of this rule"));
    }
  }

 private:
  std::size_t Lapse(TermId term) const { return pack_.acts.size() + term.index(); }
  std::size_t Breach(RuleId rule) const { return pack_.acts.size() + pack_.terms.size() + rule.index(); }
  std::size_t Node(const Event& event) const {
    if (event.kind == Event::Kind::kLapse) return Lapse(event.term);
    return event.kind == Event::Kind::kBreach ? Breach(event.rule) : event.act.index();
  }

  void AddDeemed(std::size_t from, const std::vector<Effect>& effects) {
    for (const Effect& effect : effects) {
      if (effect.kind == Effect::Kind::kDeemed) graph_.AddEdge(from, effect.act.index());
    }
  }

  // Whether the term may be over on the day it starts; a length that an act gives may be zero.
  bool IsInstant(const Length& length, CountingId counting) const {
    if (length.kind == Length::Kind::kOpen) return false;
    if (length.kind != Length::Kind::kFixed || length.fixed.count == 0) return true;
    const bool days =
        length.fixed.unit == calendar::Unit::kDays || length.fixed.unit == calendar::Unit::kWorkingDays;
    return days && length.fixed.count == 1 && pack_.countings[counting.index()].first_day_counts;
  }

  void AddStarts(TermId id) {
    const Term& term = pack_.terms[id.index()];
    if (IsInstant(term.length, term.counting)) {
      for (const Event& event : term.starts) graph_.AddEdge(Node(event), Lapse(id));
      for (const Event& event : term.restarts) graph_.AddEdge(Node(event), Lapse(id));
    }
    for (const Ceiling& ceiling : term.ceilings) {
      if (IsInstant(ceiling.length, term.counting)) graph_.AddEdge(Node(ceiling.from), Lapse(id));
    }
  }

  const CheckedPack& pack_;
  program::Graph graph_;
};

// ------------------------------------------------------------------------------------------------------ dead
// rules

void CheckDead(Context& context) {
  const CheckedPack& pack = context.pack;
  for (const Rule& rule : pack.rules) {
    if (rule.sentences.empty()) context.Say(DeadRule(rule.span, rule.name, "it has no sentence"));
    if (IsNever(rule.if_)) context.Say(DeadRule(rule.span, rule.name, "its 'if' is always no"));
    bool can_break = false;
    for (std::uint32_t row = rule.sentences.first; row < rule.sentences.end(); ++row) {
      can_break = can_break || (pack.sentences[row].kind != Kind::kOn && !pack.sentences[row].prompt);
    }
    if (!rule.breach.empty() && !rule.sentences.empty() && !can_break) {
      context.Say(DeadRule(rule.span, rule.name, "its 'breach' has no sentence that can be broken"));
    }
  }
  for (const Sentence& sentence : pack.sentences) {
    if (IsNever(sentence.if_)) context.Say(DeadSentence(sentence.span, "its 'if' is always no"));
    if (sentence.unless && IsAlways(*sentence.unless)) {
      context.Say(DeadSentence(sentence.span, "its 'unless' is always yes"));
    }
    const bool ban = sentence.kind == Kind::kNoIf && IsNever(sentence.condition);
    const bool bound = sentence.kind == Kind::kOnlyIf && IsAlways(sentence.condition);
    if (ban || bound) context.Say(DeadSentence(sentence.span, "what it asks is always kept"));
  }
}

// --------------------------------------------------------------------------------------------------------
// work

// What one evaluation of an expression takes: a fact is worked out again each time it is named.
struct Work {
  std::size_t operations = 0;
  std::size_t depth = 0;  // of facts that name facts
  bool refused = false;   // it, or a fact it names, takes too much: told already
};

void AddFacts(const Expr& expr, const std::vector<Work>& of_facts, Work& work) {
  if (expr.kind == ExprKind::kFact) {
    const Work& fact = of_facts[expr.fact.index()];
    work.operations += fact.operations;
    work.depth = std::max(work.depth, fact.depth + 1);
    work.refused = work.refused || fact.refused;
  }
  for (const Expr& operand : expr.operands) AddFacts(operand, of_facts, work);
}

void CheckWork(Context& context) {
  // Facts come first, each after those it names.
  std::vector<Work> of_facts;
  std::size_t operations = 0;
  ForEachExpr(context.pack, [&](const Expr& expr) {
    if (StackDepth(expr) > program::kMaxDepth)
      context.Say(TooMany(expr.span, "values held at once", program::kMaxDepth));
    Work work{.operations = OperationsOf(expr)};
    operations += work.operations;
    AddFacts(expr, of_facts, work);
    if (!work.refused) {
      const bool too_much = work.operations > program::kMaxWork;
      const bool too_deep = work.depth > program::kMaxFactDepth;
      if (too_much) context.Say(TooMuchWork(expr.span, work.operations, program::kMaxWork));
      if (too_deep) context.Say(FactsTooDeep(expr.span, program::kMaxFactDepth));
      work.refused = too_much || too_deep;
    }
    if (of_facts.size() < context.pack.facts.size())
      of_facts.push_back(work.refused ? Work{.refused = true} : work);
  });
  if (operations > program::kMaxRows)
    context.Say(TooMany(context.pack.rules.front().span, "operations of a pack", program::kMaxRows));
}

}  // namespace

void CheckReach(Context& context) {
  CheckWork(context);
  CheckTerms(context);
  CheckEnds(context);
  CheckRestsOnItself(context);
  CheckStops(context);
  Cascade(context.pack).Check(context);
  CheckDead(context);
}

}  // namespace lawbound::check
