#include "prove/order.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <span>

#include "program/operations.h"

namespace lawbound::prove {

using program::Code;
using program::CodeId;
using program::Op;
using program::Operation;
using program::Program;

namespace {

// What an expression speaks of, by the sign with which it does.
struct Spoken {
  struct Act {
    model::ActId id;
    bool wanted = true;  // false: that it be not
    bool weak = false;   // only a field of it is compared
  };
  struct Term {
    model::TermId id;
    bool wanted = true;
  };
  std::vector<Act> acts;
  std::vector<Term> terms;
  std::vector<Mention> apart;
  model::ActId day_of;  // it is the day of this act, and nothing else

  void Add(const Spoken& other) {
    acts.insert(acts.end(), other.acts.begin(), other.acts.end());
    terms.insert(terms.end(), other.terms.begin(), other.terms.end());
    apart.insert(apart.end(), other.apart.begin(), other.apart.end());
  }
  void Deny() {
    for (Act& act : acts) act.wanted = !act.wanted;
    for (Term& term : terms) term.wanted = !term.wanted;
    apart.clear();
  }
};

class Reader {
 public:
  explicit Reader(const Program& program) : p_(program), facts_(program.facts.size()) {}

  Spoken Read(CodeId id) {
    if (!id) return {};
    const Code& code = p_.codes[id.index()];
    std::vector<Spoken> stack;
    for (std::uint32_t row = code.ops.first; row < code.ops.end(); ++row) {
      const Op& op = p_.ops[row];
      const std::size_t pops = program::Info(op.operation).pops;
      Spoken made = Of(op);
      if (stack.size() < pops) return {};
      const auto first = stack.end() - static_cast<std::ptrdiff_t>(pops);
      if (pops == 2) AddApart(op, *first, *(first + 1), made);
      for (auto one = first; one != stack.end(); ++one) made.Add(*one);
      if (op.operation == Operation::kNot) made.Deny();
      stack.erase(first, stack.end());
      stack.push_back(std::move(made));
    }
    return stack.size() == 1 ? std::move(stack.back()) : Spoken{};
  }

 private:
  static Spoken ActOf(std::size_t row, bool weak = false) {
    Spoken spoken;
    spoken.acts.push_back({.id = model::ActId(row), .wanted = true, .weak = weak});
    return spoken;
  }

  Spoken FieldOf(std::size_t row) const {
    const program::FieldDef& field = p_.fields[row];
    if (!field.act || p_.acts[field.act.index()].kind != program::ActDef::Kind::kAct) return {};
    Spoken spoken = ActOf(field.act.index(), true);
    spoken.day_of = field.type == program::ValueType::kDay ? field.act : model::ActId();
    return spoken;
  }

  Spoken Of(const Op& op) {
    switch (op.operation) {
      case Operation::kStands:
      case Operation::kInTime:
        return ActOf(op.operand);
      case Operation::kDayOf: {
        Spoken spoken = ActOf(op.operand, true);
        spoken.day_of = model::ActId(std::size_t{op.operand});
        return spoken;
      }
      case Operation::kAfter:
        return ActOf(op.operand);
      case Operation::kUnanswered: {
        Spoken spoken = ActOf(op.operand);
        spoken.acts.push_back({.id = model::ActId(std::size_t{op.small}), .wanted = false, .weak = false});
        return spoken;
      }
      case Operation::kField:
      case Operation::kYesNoField:
        return FieldOf(op.operand);
      case Operation::kFactNumber:
      case Operation::kFactTri: {
        std::optional<Spoken>& known = facts_[op.operand];
        // A fact uses only facts of lower number, so this ends.
        if (!known) {
          Spoken spoken = Read(p_.facts[op.operand].code);
          facts_[op.operand] = std::move(spoken);
        }
        Spoken copy = *facts_[op.operand];
        copy.day_of = {};
        return copy;
      }
      case Operation::kQuantified:
        return Read(p_.quantifiers[op.operand].body);
      case Operation::kTermIs: {
        Spoken spoken;
        if ((op.small & program::PhaseBit(program::Phase::kOver)) != 0)
          spoken.terms.push_back({.id = model::TermId(std::size_t{op.operand}), .wanted = true});
        return spoken;
      }
      default:
        return {};
    }
  }

  // "demand at least 10 working days before apply-court"
  void AddApart(const Op& op, const Spoken& a, const Spoken& b, Spoken& made) const {
    const bool before = op.operation == Operation::kAtLeastBefore;
    const bool within = op.operation == Operation::kWithin;
    if (!before && !within && op.operation != Operation::kAtLeastAfter) return;
    if (!a.day_of || !b.day_of) return;
    Mention mention{.kind = Mention::Kind::kApart};
    mention.other = before ? a.day_of : b.day_of;
    mention.act = before ? b.day_of : a.day_of;
    mention.length = p_.lengths[op.operand].length;
    mention.at_most = within;
    made.apart.push_back(mention);
  }

  const Program& p_;
  std::vector<std::optional<Spoken>> facts_;
};

class Finder {
 public:
  Finder(const Program& program, base::Day day) : p_(program), day_(day), reader_(program) {}

  std::vector<Mention> Find() {
    for (std::size_t act = 0; act < p_.acts.size(); ++act) {
      const program::ActDef& def = p_.acts[act];
      if (def.kind != program::ActDef::Kind::kAct) continue;
      act_ = model::ActId(act);
      rule_ = {};
      for (std::uint32_t i = def.rests_on.first; i < def.rests_on.end(); ++i)
        Add({.kind = Mention::Kind::kAfter,
             .act = act_,
             .other = p_.act_lists[i],
             .term = {},
             .length = {},
             .at_most = false,
             .rule = {},
             .always = def.rests_on.count == 1});
      for (const program::SentenceDef& sentence : p_.sentences) Read(sentence);
    }
    return std::move(found_);
  }

 private:
  void Read(const program::SentenceDef& sentence) {
    using Kind = program::SentenceDef::Kind;
    const bool bars = sentence.kind == Kind::kNoIf;
    if (!bars && sentence.kind != Kind::kOnlyIf) return;
    if (day_ < sentence.from || sentence.until < day_) return;
    const auto first = p_.act_lists.begin() + sentence.acts.first;
    if (std::find(first, first + sentence.acts.count, act_) == first + sentence.acts.count) return;
    rule_ = sentence.rule;
    Spoken spoken = reader_.Read(sentence.condition);
    if (bars) spoken.Deny();
    for (const Spoken::Act& other : spoken.acts) {
      // What is asked of an act itself orders nothing; "no second one" is said by its rule.
      if (other.id == act_ || p_.acts[other.id.index()].kind != program::ActDef::Kind::kAct) continue;
      const bool both = std::any_of(spoken.acts.begin(), spoken.acts.end(), [&](const Spoken::Act& one) {
        return one.id == other.id && one.wanted && !one.weak;
      });
      if (other.weak && !both && other.wanted)
        weak_.push_back(Make(Mention::Kind::kAfter, other.id));
      else if (!other.weak && (other.wanted || !both))
        Add(Make(other.wanted ? Mention::Kind::kAfter : Mention::Kind::kBars, other.id));
    }
    for (const Spoken::Term& term : spoken.terms) {
      Mention wait = Make(Mention::Kind::kWait, {});
      wait.term = term.id;
      if (term.wanted) Add(wait);
    }
    for (Mention apart : spoken.apart) {
      apart.rule = rule_;
      if (apart.act == act_ || apart.other == act_) Add(apart);
    }
    for (const Mention& weak : std::exchange(weak_, {})) Add(weak);
  }

  Mention Make(Mention::Kind kind, model::ActId other) const {
    return {.kind = kind,
            .act = act_,
            .other = other,
            .term = {},
            .length = {},
            .at_most = false,
            .rule = rule_,
            .always = false};
  }

  // Once for each rule; an act that is asked for in one sentence of a rule and barred in another is asked
  // for.
  void Add(const Mention& mention) {
    const auto is_same = [&](const Mention& other) {
      const bool order = mention.kind <= Mention::Kind::kBars && other.kind <= Mention::Kind::kBars;
      return other.act == mention.act && other.other == mention.other && other.term == mention.term &&
             (other.rule == mention.rule || other.always) && (order || other.kind == mention.kind);
    };
    const auto known = std::find_if(found_.begin(), found_.end(), is_same);
    if (known == found_.end()) return found_.push_back(mention);
    if (mention.kind == Mention::Kind::kAfter) known->kind = Mention::Kind::kAfter;
  }

  const Program& p_;
  base::Day day_;
  Reader reader_;
  model::ActId act_;
  model::RuleId rule_;
  std::vector<Mention> found_, weak_;
};

// Adds to a program the question whether an act is never done unless another was, or was not.
class Asker {
 public:
  explicit Asker(const Program& program) : p_(program) { p_.guarantees.clear(); }

  void Ask(const Mention& mention, std::size_t number) {
    const model::RoleId part = p_.acts[mention.other.index()].part;
    std::vector<Op> ops{{.operation = Operation::kStands, .small = 0, .operand = mention.other.value}};
    if (part && part != p_.acts[mention.act.index()].part) {
      // Of another part: some member's.
      p_.quantifiers.push_back({.part = part, .every = false, .in = {}, .body = AddCode(ops)});
      ops = {{.operation = Operation::kQuantified,
              .small = 0,
              .operand = static_cast<std::uint32_t>(p_.quantifiers.size() - 1)}};
    }
    if (mention.kind == Mention::Kind::kBars)
      ops.push_back({.operation = Operation::kNot, .small = 0, .operand = 0});
    p_.strings.push_back(NameOf(number));
    program::GuaranteeDef guarantee;
    guarantee.name = program::StringId(p_.strings.size() - 1);
    guarantee.act = mention.act;
    guarantee.condition = AddCode(ops);
    p_.guarantees.push_back(guarantee);
  }

  // No name of a pack begins with a sign.
  static std::string NameOf(std::size_t number) { return fmt::format("#{}", number); }
  const Program& program() const { return p_; }

 private:
  CodeId AddCode(const std::vector<Op>& ops) {
    Code code;
    code.ops = {static_cast<std::uint32_t>(p_.ops.size()), static_cast<std::uint32_t>(ops.size())};
    code.depth = 1;
    p_.ops.insert(p_.ops.end(), ops.begin(), ops.end());
    p_.codes.push_back(code);
    return CodeId(p_.codes.size() - 1);
  }

  Program p_;
};

}  // namespace

std::vector<model::ActId> ActsAskedFor(const Program& program, CodeId code) {
  std::vector<model::ActId> acts;
  for (const Spoken::Act& act : Reader(program).Read(code).acts) {
    if (act.wanted && !act.weak && std::find(acts.begin(), acts.end(), act.id) == acts.end())
      acts.push_back(act.id);
  }
  return acts;
}

base::Result<std::vector<Mention>> FindMentions(const Program& program, const calendar::Calendars& calendars,
                                                const Options& options) {
  std::vector<Mention> mentions = Finder(program, options.day).Find();
  Asker asker(program);
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < mentions.size() && asked.size() < kMostOrders; ++i) {
    if (mentions[i].kind > Mention::Kind::kBars || mentions[i].always) continue;
    asker.Ask(mentions[i], i);
    asked.push_back(i);
  }
  if (asked.empty()) return mentions;
  ASSIGN_OR_RETURN(const engine::Plan plan, engine::Plan::Make(asker.program(), calendars, {}));
  ASSIGN_OR_RETURN(const Prover prover, Prover::Make(plan, options));
  for (const Question& question : prover.Questions()) {
    if (question.kind != Question::Kind::kNever) continue;
    const auto number = std::find_if(asked.begin(), asked.end(),
                                     [&](std::size_t one) { return Asker::NameOf(one) == question.name; });
    if (number == asked.end()) continue;
    mentions[*number].always = prover.ProveByOneCondition(question).result == Result::kProved;
  }
  return mentions;
}

}  // namespace lawbound::prove
