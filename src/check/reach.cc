// Stage "reach": what can never happen, and what can never end.  All of it is decided without running
// anything: an act can be done if something it may rest on can; a term can start if what starts it can
// happen; and so on until nothing changes.
#include <algorithm>
#include <vector>

#include "check/lower.h"
#include "check/messages.h"
#include "check/stages.h"
#include "check/walk.h"

namespace lawbound::check {
namespace {

using Kind = program::SentenceDef::Kind;

// ------------------------------------------------------------------------------------------ what can happen
// at all

class Reach {
 public:
  explicit Reach(const CheckedPack& pack) : pack_(pack), acts_(pack.acts.size()), terms_(pack.terms.size()) {
    while (Grow()) continue;
  }

  bool CanBeDone(ActId act) const { return acts_[act.index()]; }
  bool CanStart(std::size_t term) const { return terms_[term]; }

 private:
  bool CanHappen(const Event& event) const {
    switch (event.kind) {
      case Event::Kind::kAct:
        return acts_[event.act.index()] && (!event.on || acts_[event.on.index()]);
      case Event::Kind::kLapse:
        return terms_[event.term.index()];
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
    for (std::size_t row = 0; row < acts_.size(); ++row) {
      const std::vector<ActId>& on = pack_.acts[row].rests_on;
      if (acts_[row] ||
          !(on.empty() || std::any_of(on.begin(), on.end(), [&](ActId id) { return acts_[id.index()]; }))) {
        continue;
      }
      grown = acts_[row] = true;
    }
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
  std::vector<bool> acts_, terms_;
};

void CheckActsAndTerms(Context& context) {
  const Reach reach(context.pack);
  for (std::size_t row = 0; row < context.pack.acts.size(); ++row) {
    if (!reach.CanBeDone(ActId(row)))
      context.Say(NobodyCanDo(context.pack.acts[row].span, context.pack.acts[row].name));
  }
  for (std::size_t row = 0; row < context.pack.terms.size(); ++row) {
    if (!reach.CanStart(row))
      context.Say(CannotStart(context.pack.terms[row].span, context.pack.terms[row].name));
  }
}

// --------------------------------------------------------------------------------------- stops that nothing
// ends

// Whether an answer that once was yes, or no, can ever change.  Where this cannot be seen, the author is
// believed.
class Change {
 public:
  explicit Change(const CheckedPack& pack) : pack_(pack), falls_(pack.acts.size()) {
    for (const Rule& rule : pack.rules) AddFalls(rule.breach);
    for (const Sentence& sentence : pack.sentences) AddFalls(sentence.effects);
    bool grown = true;
    while (grown) grown = SpreadFalls();
  }

  bool CanTurn(const Expr& expr, bool to) const {
    const auto operand_can = [&](const Expr& operand) { return CanTurn(operand, to); };
    switch (expr.kind) {
      case ExprKind::kYes:
      case ExprKind::kNo:
      case ExprKind::kConstant:
      case ExprKind::kRoleField:
        return false;
      case ExprKind::kStands:
        return to || falls_[expr.act.index()];
      case ExprKind::kBroken:
        return to;
      case ExprKind::kFact:
        return CanTurn(pack_.facts[expr.fact.index()].value, to);
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
        return std::any_of(expr.operands.begin(), expr.operands.end(), [&](const Expr& operand) {
          return CanTurn(operand, true) || CanTurn(operand, false);
        });
      case ExprKind::kField:
      case ExprKind::kPrevious:
      case ExprKind::kDayOf:
      case ExprKind::kSum:
      case ExprKind::kCount:
      case ExprKind::kHas:
      case ExprKind::kAfter:
      case ExprKind::kUnanswered:
      case ExprKind::kShareNoOne:
      case ExprKind::kTermIs:
      case ExprKind::kAtLeastBefore:
      case ExprKind::kAtLeastAfter:
      case ExprKind::kWithin:
      case ExprKind::kIsWorkingDay:
        return true;
    }
    return true;
  }

 private:
  void AddFalls(const std::vector<Effect>& effects) {
    for (const Effect& effect : effects) {
      if (effect.kind == Effect::Kind::kFalls) falls_[effect.act.index()] = true;
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
};

void CheckStops(Context& context) {
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

// Edges from an act to the acts deemed when it is applied.
class EffectCycles {
 public:
  explicit EffectCycles(Context& context)
      : context_(context), state_(context.pack.acts.size(), State::kNew) {}

  void Run() {
    for (std::size_t row = 0; row < state_.size(); ++row) Visit(ActId(row));
  }

 private:
  enum class State : unsigned char { kNew, kOpen, kDone };

  void Visit(ActId act) {
    state_[act.index()] = state_[act.index()] == State::kNew ? State::kOpen : state_[act.index()];
    if (state_[act.index()] == State::kDone) return;
    path_.push_back(act);
    for (const Sentence& sentence : context_.pack.sentences) {
      const bool at_once = sentence.kind == Kind::kOn && sentence.event.kind == Event::Kind::kAct;
      if (at_once && sentence.event.act == act) Follow(sentence);
    }
    path_.pop_back();
    state_[act.index()] = State::kDone;
  }

  void Follow(const Sentence& sentence) {
    for (const Effect& effect : sentence.effects) {
      if (effect.kind != Effect::Kind::kDeemed) continue;
      const auto open = std::find(path_.begin(), path_.end(), effect.act);
      if (open == path_.end()) {
        if (state_[effect.act.index()] == State::kNew) Visit(effect.act);
        continue;
      }
      std::string chain;
      for (auto at = open; at != path_.end(); ++at)
        chain += context_.pack.acts[at->index()].name + " brings ";
      context_.Say(EffectCycle(sentence.span, chain + context_.pack.acts[effect.act.index()].name));
    }
  }

  Context& context_;
  std::vector<State> state_;
  std::vector<ActId> path_;
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

void CheckDepth(Context& context) {
  ForEachExpr(context.pack, [&](const Expr& expr) {
    if (StackDepth(expr) > program::kMaxDepth)
      context.Say(TooMany(expr.span, "values held at once", program::kMaxDepth));
  });
}

}  // namespace

void CheckReach(Context& context) {
  CheckDepth(context);
  CheckActsAndTerms(context);
  CheckStops(context);
  EffectCycles(context).Run();
  CheckDead(context);
}

}  // namespace lawbound::check
