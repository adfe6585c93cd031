#include "program/floor.h"

#include <algorithm>
#include <fmt/format.h>
#include <span>

#include "program/names.h"
#include "program/operations.h"

namespace lawbound::program {
namespace {

template <typename Row, typename T>
std::span<const Row> In(const std::vector<Row>& table, Range<T> range) {
  return std::span(table).subspan(range.first, range.count);
}

bool Has(std::span<const ActId> acts, ActId act) {
  return std::find(acts.begin(), acts.end(), act) != acts.end();
}

// "a and b and c", each by itself, in postfix.
std::vector<std::span<const Op>> Conjuncts(const Program& program, CodeId code) {
  const std::span<const Op> ops = In(program.ops, program.codes[code.index()].ops);
  std::vector<std::size_t> starts(ops.size());  // where the expression that ends at each operation begins
  std::vector<std::size_t> stack;
  for (std::size_t i = 0; i < ops.size(); ++i) {
    starts[i] = i;
    for (int pops = Info(ops[i].operation).pops; pops > 0; --pops) {
      starts[i] = stack.back();
      stack.pop_back();
    }
    stack.push_back(starts[i]);
  }
  std::vector<std::span<const Op>> found;
  std::vector<std::size_t> ends = {ops.size()};
  while (!ends.empty()) {
    const std::size_t last = ends.back() - 1;
    ends.pop_back();
    if (ops[last].operation == Operation::kAnd) {
      ends.push_back(last);
      ends.push_back(starts[last - 1]);
    } else {
      found.push_back(ops.subspan(starts[last], last + 1 - starts[last]));
    }
  }
  return found;
}

// Looks at one adverse act.
class Floor {
 public:
  Floor(const Program& program, ActId act) : p_(program), id_(act), act_(program.acts[act.index()]) {
    std::vector<ActId> open = {act};
    while (!open.empty()) {
      const ActId at = open.back();
      open.pop_back();
      const auto add = [&](ActId on) {
        if (on == act || Has(before_, on)) return;
        before_.push_back(on);
        open.push_back(on);
      };
      for (const ActId on : In(p_.act_lists, p_.acts[at.index()].rests_on)) add(on);
      for (const auto& condition : Conditions(at)) {
        if (condition.size() == 1 && condition[0].operation == Operation::kStands)
          add(ActId(condition[0].operand));
      }
    }
  }

  bool Keeps(Guard guard) const {
    switch (guard) {
      case Guard::kNotice:
        return std::ranges::any_of(before_, [&](ActId on) {
          return p_.acts[on.index()].to == act_.to || IsByParty(p_.acts[on.index()]);
        });
      case Guard::kHearing:
        return std::ranges::any_of(before_, [&](ActId on) { return IsByParty(p_.acts[on.index()]); }) ||
               std::ranges::any_of(p_.acts, [&](const ActDef& own) {
                 return IsByParty(own) && std::ranges::any_of(In(p_.act_lists, own.rests_on),
                                                              [&](ActId on) { return Has(before_, on); });
               });
      case Guard::kReasons:
        return Requires("reason");
      case Guard::kBasis:
        return !act_.under.empty();
      case Guard::kTerm:
        return HasTime();
      case Guard::kRemedy:
        return !Remedies().empty();
      case Guard::kRemedyTold:
        return Requires("remedy");
      case Guard::kOpenRemedy:
        return std::ranges::any_of(Remedies(), [&](ActId remedy) { return IsOpen(remedy); });
    }
    return false;
  }

  // What the party can do on the act and somebody else than its author decides.
  std::vector<ActId> Remedies() const {
    std::vector<ActId> found;
    for (std::size_t i = 0; i < p_.acts.size(); ++i) {
      const ActId remedy(i);
      if (!IsByParty(p_.acts[i]) || !Has(In(p_.act_lists, p_.acts[i].rests_on), id_)) continue;
      const bool decided = std::ranges::any_of(p_.acts, [&](const ActDef& decision) {
        return decision.side == Side::kAuthority && Has(In(p_.act_lists, decision.rests_on), remedy) &&
               IsBySomebodyElse(decision);
      });
      if (decided) found.push_back(remedy);
    }
    return found;
  }

 private:
  // What an act is never lawfully done without: each part of its `only if` that asks nothing first.
  std::vector<std::span<const Op>> Conditions(ActId act) const {
    std::vector<std::span<const Op>> found;
    for (const SentenceDef& s : p_.sentences) {
      const bool always = !s.if_code && !s.on && !p_.rules[s.rule.index()].if_code &&
                          s.from <= base::kFirstDay && s.until >= base::kLastDay;
      if (s.kind != SentenceDef::Kind::kOnlyIf || !always || !Has(In(p_.act_lists, s.acts), act)) continue;
      const auto parts = Conjuncts(p_, s.condition);
      found.insert(found.end(), parts.begin(), parts.end());
    }
    return found;
  }

  // It is owed within a time, or open for a time alone, or its day is bound to one that was there before it.
  bool HasTime() const {
    bool opened = false, always_open = false;
    for (const SentenceDef& s : p_.sentences) {
      if (!Has(In(p_.act_lists, s.acts), id_)) continue;
      if (s.kind == SentenceDef::Kind::kMust && s.term) return true;
      if (s.kind != SentenceDef::Kind::kMay) continue;
      (s.term ? opened : always_open) = true;
    }
    return (opened && !always_open) ||
           std::ranges::any_of(Conditions(id_),
                               [&](std::span<const Op> condition) { return BindsItsDay(condition); });
  }

  bool IsItsDay(const Op& op) const { return op.operation == Operation::kDayOf && op.operand == id_.value; }
  bool IsDayBefore(const Op& op) const {
    if (op.operation == Operation::kDayOf) return op.operand != id_.value;
    return op.operation == Operation::kField &&
           (op.operand < act_.fields.first || op.operand >= act_.fields.end());
  }
  // "A.day = B.day", "A.day <= B.until", "A within 5 days of B".
  bool BindsItsDay(std::span<const Op> condition) const {
    if (condition.size() != 3) return false;
    switch (condition[2].operation) {
      case Operation::kEqual:
        return (IsItsDay(condition[0]) && IsDayBefore(condition[1])) ||
               (IsItsDay(condition[1]) && IsDayBefore(condition[0]));
      case Operation::kLess:
      case Operation::kLessEqual:
      case Operation::kWithin:
        return IsItsDay(condition[0]) && IsDayBefore(condition[1]);
      case Operation::kGreater:
      case Operation::kGreaterEqual:
        return IsItsDay(condition[1]) && IsDayBefore(condition[0]);
      default:
        return false;
    }
  }

  bool IsByParty(const ActDef& act) const {
    const auto roles = In(p_.role_lists, act.by);
    return std::find(roles.begin(), roles.end(), act_.to) != roles.end();
  }

  // A required field with this word in its name, for people to read or of a few answers.
  bool Requires(std::string_view word) const {
    for (std::uint32_t row = act_.fields.first; row < act_.fields.end(); ++row) {
      const FieldDef& field = p_.fields[row];
      const bool tells = field.type == ValueType::kText || field.type == ValueType::kDocument ||
                         field.type == ValueType::kProvision || field.type == ValueType::kChoice;
      if (tells && !field.optional && p_.string(field.name).find(word) != std::string_view::npos) return true;
    }
    return false;
  }

  bool IsBySomebodyElse(const ActDef& decision) const {
    const auto own = In(p_.role_lists, act_.by);
    return std::ranges::none_of(In(p_.role_lists, decision.by), [&](RoleId role) {
      return std::find(own.begin(), own.end(), role) != own.end();
    });
  }

  // The act itself, or what reports that it reached the party: by law, or dated by the day on which it did.
  bool IsItOrItsDelivery(const EventDef& event) const {
    if (event.kind != EventDef::Kind::kAct) return false;
    const ActDef& start = p_.acts[event.act.index()];
    const bool reports = start.side == Side::kLaw || (start.dated && start.to == act_.to);
    return event.act == id_ || (reports && Has(In(p_.act_lists, start.rests_on), id_));
  }

  // "within T", or "if T is not over".
  TermId TimeOf(const SentenceDef& s) const {
    if (s.term || !s.if_code) return s.term;
    for (const std::span<const Op> condition : Conjuncts(p_, s.if_code)) {
      const bool ends = condition.size() == 1 && condition[0].operation == Operation::kTermIs &&
                        (condition[0].small & PhaseBit(Phase::kOver)) == 0;
      if (ends) return TermId(condition[0].operand);
    }
    return TermId();
  }

  // Without a time of its own the remedy is always open.  What may be done within several times may be done
  // in each of them, so one that begins here is enough.
  bool IsOpen(ActId remedy) const {
    bool timed = false;
    for (const SentenceDef& s : p_.sentences) {
      if (s.kind != SentenceDef::Kind::kMay || (s.on && s.on != id_)) continue;
      const TermId time = TimeOf(s);
      if (!time || !Has(In(p_.act_lists, s.acts), remedy)) continue;
      timed = true;
      const auto starts = In(p_.events, p_.terms[time.index()].starts);
      if (std::ranges::all_of(starts, [&](const EventDef& event) { return IsItOrItsDelivery(event); }))
        return true;
    }
    return !timed;
  }

  const Program& p_;
  ActId id_;
  const ActDef& act_;
  std::vector<ActId> before_;  // what it rests on or is never done without, directly or through others
};

constexpr Guard kGuards[] = {Guard::kNotice, Guard::kHearing, Guard::kReasons,    Guard::kBasis,
                             Guard::kTerm,   Guard::kRemedy,  Guard::kRemedyTold, Guard::kOpenRemedy};

}  // namespace

std::string_view GuardWords(Guard guard) {
  switch (guard) {
    case Guard::kNotice:
      return "the party is told before";
    case Guard::kHearing:
      return "the party can say something before";
    case Guard::kReasons:
      return "it gives reasons";
    case Guard::kBasis:
      return "it cites a provision";
    case Guard::kTerm:
      return "it comes within a time";
    case Guard::kRemedy:
      return "the party can turn to another office";
    case Guard::kRemedyTold:
      return "it tells the remedy";
    case Guard::kOpenRemedy:
      return "the time for the remedy starts with it or with its delivery";
  }
  return "";
}

bool IsAdverse(const Program& program, ActId act) {
  const ActDef& def = program.acts[act.index()];
  if (def.side != Side::kAuthority || !def.to || def.favourable) return false;
  const RoleKind kind = program.roles[def.to.index()].kind;
  return kind == RoleKind::kPerson || kind == RoleKind::kAnyone;
}

std::vector<ActId> RemediesOn(const Program& program, ActId act) { return Floor(program, act).Remedies(); }

std::vector<FloorGap> FloorGaps(const Program& program) {
  std::vector<FloorGap> gaps;
  for (std::size_t i = 0; i < program.acts.size(); ++i) {
    if (!IsAdverse(program, ActId(i))) continue;
    const Floor floor(program, ActId(i));
    for (const Guard guard : kGuards) {
      if (!floor.Keeps(guard)) gaps.push_back({.act = ActId(i), .guard = guard});
    }
  }
  return gaps;
}

base::Result<AboveFloor> AboveFloor::Make(Program program) {
  const std::vector<FloorGap> gaps = FloorGaps(program);
  if (gaps.empty()) return AboveFloor(std::move(program));
  return base::Error{base::Errc::kInvalid,
                     fmt::format("below the floor: of '{}' it is not so that {}",
                                 NameOf(program, gaps[0].act), GuardWords(gaps[0].guard))};
}

}  // namespace lawbound::program
