// Checks that keep promises to people (docs/safeguards.md): what the checker refuses to an author is refused
// to bytes as well, whoever made them.  Never stricter than the checker (check/refusals.cc): what an author
// may write, bytes may hold.

#include <array>
#include <vector>

#include "program/names.h"
#include "program/operations.h"
#include "program/people_words.h"
#include "program/verify_parts.h"

namespace lawbound::program::verifier {
namespace {

bool IsPartyRole(const Program& p, RoleId role) { return role && IsParty(p.roles[role.index()].kind); }

// An act of an authority, or of the law, to a party.
bool DoneToParty(const Program& p, const ActDef& act) {
  return act.side != Side::kParty && IsPartyRole(p, act.to);
}

bool IsAdverse(const Program& p, const ActDef& act) { return DoneToParty(p, act) && !act.favourable; }

bool IsBy(const Program& p, const ActDef& act, RoleId role) {
  const auto roles = In(p.role_lists, act.by);
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

// Everything that an act rests on, directly or through others.
std::vector<ActId> Ancestors(const Program& p, const ActDef& act) {
  std::vector<ActId> found;
  std::vector<const ActDef*> open = {&act};
  while (!open.empty()) {
    const ActDef* at = open.back();
    open.pop_back();
    for (const ActId on : In(p.act_lists, at->rests_on)) {
      if (std::find(found.begin(), found.end(), on) != found.end()) continue;
      found.push_back(on);
      open.push_back(&p.acts[on.index()]);
    }
  }
  return found;
}

// Whether the act is to this role or of it.
bool Concerns(const Program& p, ActId id, RoleId role) {
  const ActDef& act = p.acts[id.index()];
  return act.to == role || IsBy(p, act, role);
}

// Which acts some condition or fact asks about, other than of their day.
std::vector<bool> AskedActs(const Program& p) {
  std::vector<bool> asked(p.acts.size());
  std::vector<bool> aside(p.codes.size());  // what stops a time, closes the matter or is only promised
  for (const StopDef& stop : p.stops) aside[stop.condition.index()] = true;
  for (const GuaranteeDef& guarantee : p.guarantees) {
    if (guarantee.condition) aside[guarantee.condition.index()] = true;
  }
  if (p.closes) aside[p.closes.index()] = true;
  for (std::size_t code = 0; code < p.codes.size(); ++code) {
    if (aside[code]) continue;
    for (const Op& op : In(p.ops, p.codes[code].ops)) {
      const Operand operand = Info(op.operation).operand;
      if (operand == Operand::kFieldRow || operand == Operand::kFieldCredential ||
          operand == Operand::kFieldRole || operand == Operand::kFindingRow) {
        const ActId act = p.fields[op.operand].act;
        if (act) asked[act.index()] = true;
      }
      const bool of_day = op.operation == Operation::kDayOf;
      const bool of_act = operand == Operand::kActRow || operand == Operand::kActPair ||
                          operand == Operand::kActCredential || operand == Operand::kActRole ||
                          operand == Operand::kActStanding;
      if (of_act && !of_day) asked[op.operand] = true;
    }
  }
  return asked;
}

// Whether a field of the act gives its addressee a number, a class or, if so asked, an amount.
bool Gives(const Program& p, const ActDef& act, bool money_too) {
  for (std::uint32_t row = act.fields.first; row < act.fields.end(); ++row) {
    const ValueType type = p.fields[row].type;
    if (type == ValueType::kWhole || type == ValueType::kChoice) return true;
    if (money_too && type == ValueType::kMoney) return true;
  }
  return false;
}

// A report that something came about: it starts times, and nothing else.
bool IsMereReport(const Program& p, const ActDef& act, bool asked) {
  return act.side == Side::kLaw && !asked && !Gives(p, act, true);
}

// An act of the party itself rests on the act, or on what the act rests on.
bool HasRemedy(const Program& p, ActId id, const std::vector<ActId>& ancestors) {
  const RoleId role = p.acts[id.index()].to;
  return std::ranges::any_of(p.acts, [&](const ActDef& own) {
    return IsBy(p, own, role) && std::ranges::any_of(In(p.act_lists, own.rests_on), [&](ActId on) {
             return on == id || std::find(ancestors.begin(), ancestors.end(), on) != ancestors.end();
           });
  });
}

// At most so many years.
bool IsWithinYears(calendar::Length length, std::int32_t years) {
  switch (length.unit) {
    case calendar::Unit::kDays:
      return length.count <= years * 366;
    case calendar::Unit::kWorkingDays:
      return length.count <= years * 250;
    case calendar::Unit::kHours:
      return length.count <= years * 366 * 24;
    case calendar::Unit::kMonths:
      return length.count <= years * 12;
    case calendar::Unit::kYears:
      return length.count <= years;
  }
  return false;
}

}  // namespace

Status CheckCredentials(const Program& p) {
  for (std::size_t i = 0; i < p.roles.size(); ++i) {
    if (p.roles[i].credential && IsParty(p.roles[i].kind)) {
      return Bad("role '{}' is of persons and cannot need a credential", NameOf(p, RoleId(i)));
    }
  }
  for (const Op& op : p.ops) {
    if (op.operation != Operation::kHold || p.acts[op.operand].side != Side::kParty) continue;
    return Bad("a credential is asked of who did '{}', a party", NameOf(p, ActId(op.operand)));
  }
  return Ok();
}

Status CheckPersonTypes(const Program& p) {
  struct Kernel {
    std::string_view name;
    ValueType type;
    std::uint32_t choices;
  };
  constexpr auto kKernel = std::to_array<Kernel>({{"kind", ValueType::kChoice, 2},
                                                  {"age", ValueType::kWhole, 0},
                                                  {"abroad", ValueType::kYesNo, 0},
                                                  {"service-address", ValueType::kText, 0},
                                                  {"language", ValueType::kText, 0},
                                                  {"capacity", ValueType::kYesNo, 0}});
  for (const FieldDef& field : p.fields) {
    if (!IsPartyRole(p, field.role)) continue;
    const auto right = [&](const Kernel& kernel) {
      return kernel.name == p.string(field.name) && kernel.type == field.type &&
             kernel.choices == field.choices.count;
    };
    if (std::ranges::none_of(kKernel, right)) {
      return Bad("'{}' of persons has another type than the one that its question needs",
                 p.string(field.name));
    }
  }
  return Ok();
}

Status CheckFindingsOfPersons(const Program& p) {
  for (const ActDef& act : p.acts) {
    if (act.kind != ActDef::Kind::kFinding || !IsPartyRole(p, act.part)) continue;
    const bool yes_no = p.fields[act.fields.first].type == ValueType::kYesNo;
    if (!yes_no || !IsFindingOfPerson(p.string(act.name)))
      return Bad("'{}' would be an official's finding about '{}', a person", p.string(act.name),
                 NameOf(p, act.part));
  }
  return Ok();
}

Status CheckPublication(const Program& p) {
  constexpr std::int32_t kYears = 5;
  for (std::size_t i = 0; i < p.acts.size(); ++i) {
    const ActDef& act = p.acts[i];
    const std::string_view name = p.string(act.name);
    if (act.public_with.empty()) {
      if (act.public_for.count != 0) return Bad("act '{}' publishes nothing, for a time", name);
      continue;
    }
    if (act.side == Side::kParty) return Bad("act '{}' of a party is published", name);
    for (const FieldId field : In(p.field_lists, act.public_with)) {
      if (p.fields[field.index()].act != ActId(i)) return Bad("act '{}' publishes a field of another", name);
    }
    if (act.public_for.count <= 0 || !IsWithinYears(act.public_for, kYears))
      return Bad("act '{}' is published for ever, or nearly", name);
  }
  return Ok();
}

Status CheckActsOfLaw(const Program& p) {
  const std::vector<bool> asked = AskedActs(p);
  for (std::size_t i = 0; i < p.acts.size(); ++i) {
    const ActDef& act = p.acts[i];
    if (act.side != Side::kLaw || !IsAdverse(p, act) || IsMereReport(p, act, asked[i])) continue;
    const std::vector<ActId> ancestors = Ancestors(p, act);
    const bool rests = std::ranges::any_of(ancestors, [&](ActId on) { return Concerns(p, on, act.to); });
    if (!rests || Gives(p, act, false) || !HasRemedy(p, ActId(i), ancestors)) {
      return Bad("act '{}' is by law against a person, and nobody answers for it", p.string(act.name));
    }
  }
  return Ok();
}

namespace {

// The first adverse act against somebody else than `role` that the code, or a fact it asks, speaks of.
ActId AgainstAnother(const Program& p, CodeId code, RoleId role, std::vector<bool>& visited) {
  for (const Op& op : In(p.ops, p.codes[code.index()].ops)) {
    const Operand operand = Info(op.operation).operand;
    ActId act;
    if (op.operation == Operation::kStands) {
      act = ActId(op.operand);
    } else if (op.operation == Operation::kField || op.operation == Operation::kYesNoField) {
      act = p.fields[op.operand].act;
    } else if (operand == Operand::kQuantifierRow) {
      act = AgainstAnother(p, p.quantifiers[op.operand].body, role, visited);
      if (act) return act;
    } else if (operand == Operand::kFactRow && !visited[op.operand]) {
      visited[op.operand] = true;
      act = AgainstAnother(p, p.facts[op.operand].code, role, visited);
      if (act) return act;
    }
    if (act && IsAdverse(p, p.acts[act.index()]) && p.acts[act.index()].to != role) return act;
  }
  return {};
}

// Whether one rests on the other, or both on a third.
bool AreOfOneBusiness(const Program& p, ActId a, ActId b) {
  std::vector<ActId> of_a = Ancestors(p, p.acts[a.index()]), of_b = Ancestors(p, p.acts[b.index()]);
  of_a.push_back(a);
  of_b.push_back(b);
  return std::ranges::any_of(
      of_a, [&](ActId one) { return std::find(of_b.begin(), of_b.end(), one) != of_b.end(); });
}

bool IsNotedElsewhere(const Program& p, ActId asked, ActId act) {
  return asked && IsAdverse(p, p.acts[asked.index()]) && p.acts[asked.index()].side != Side::kLaw &&
         !AreOfOneBusiness(p, asked, act);
}

// The first adverse act of an authority that the code, or a fact it asks, speaks of and that has nothing to
// do with `act`.
ActId OfAnotherBusiness(const Program& p, CodeId code, ActId act, std::vector<bool>& visited) {
  for (const Op& op : In(p.ops, p.codes[code.index()].ops)) {
    const Operand operand = Info(op.operation).operand;
    ActId asked;
    if (op.operation == Operation::kStands || operand == Operand::kActPair ||
        operand == Operand::kActStanding) {
      asked = ActId(op.operand);
    } else if (op.operation == Operation::kField || op.operation == Operation::kYesNoField) {
      asked = p.fields[op.operand].act;
    } else if (operand == Operand::kQuantifierRow) {
      asked = OfAnotherBusiness(p, p.quantifiers[op.operand].body, act, visited);
      if (asked) return asked;
    } else if (operand == Operand::kFactRow && !visited[op.operand]) {
      visited[op.operand] = true;
      asked = OfAnotherBusiness(p, p.facts[op.operand].code, act, visited);
      if (asked) return asked;
    } else if (op.operation == Operation::kTermIs && p.terms[op.operand].name) {
      for (const EventDef& event : In(p.events, p.terms[op.operand].starts)) {
        if (IsNotedElsewhere(p, event.act, act)) return event.act;
      }
    }
    if (IsNotedElsewhere(p, asked, act)) return asked;
  }
  return {};
}

// What decides an act against one person is not what was done to another.
Status CheckOnWhomItDepends(const Program& p) {
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    const SentenceDef& s = p.sentences[i];
    if (s.kind == SentenceDef::Kind::kMust) continue;
    for (const ActId id : In(p.act_lists, s.acts)) {
      const ActDef& act = p.acts[id.index()];
      if (!IsAdverse(p, act)) continue;
      for (const CodeId code : {s.if_code, s.condition}) {
        if (!code) continue;
        std::vector<bool> visited(p.facts.size());
        const ActId other = AgainstAnother(p, code, act.to, visited);
        if (other)
          return Bad("act '{}' falls on '{}' because of '{}', which was done to somebody else",
                     p.string(act.name), NameOf(p, act.to), NameOf(p, other));
      }
    }
  }
  return Ok();
}

}  // namespace

Status CheckOthers(const Program& p) {
  RETURN_IF_ERROR(CheckOnWhomItDepends(p));
  const std::vector<bool> asked = AskedActs(p);
  for (std::size_t i = 0; i < p.acts.size(); ++i) {
    const ActDef& act = p.acts[i];
    if (!IsAdverse(p, act) || IsMereReport(p, act, asked[i])) continue;
    const std::vector<ActId> ancestors = Ancestors(p, act);
    const bool own = std::ranges::any_of(ancestors, [&](ActId on) { return Concerns(p, on, act.to); });
    const bool others =
        std::ranges::any_of(ancestors, [&](ActId on) { return IsAdverse(p, p.acts[on.index()]); });
    if (!own && others)
      return Bad("act '{}' falls on '{}' for what was done to somebody else", p.string(act.name),
                 NameOf(p, act.to));
  }
  return Ok();
}

namespace {

// Follows the conditions of a program, with the facts they ask, and finds numbers about persons that decide
// something.
class Numbers {
 public:
  explicit Numbers(const Program& p) : p_(p) {
    for (const FieldDef& field : p.fields) {
      const bool paid =
          field.act && field.type == ValueType::kMoney && p.acts[field.act.index()].side == Side::kParty;
      somebody_pays_ = somebody_pays_ || paid;
    }
  }

  // `judged`: the acts that the condition is about.
  Status Check(CodeId code, const std::vector<ActId>& judged) {
    if (!code) return Ok();
    visited_.assign(p_.facts.size(), false);
    return Walk(code, judged);
  }

 private:
  Status Walk(CodeId code, const std::vector<ActId>& judged) {
    const auto ops = In(p_.ops, p_.codes[code.index()].ops);
    for (std::size_t i = 0; i < ops.size(); ++i) {
      const Op& op = ops[i];
      if (Info(op.operation).operand == Operand::kFactRow) {
        if (visited_[op.operand]) continue;
        visited_[op.operand] = true;
        RETURN_IF_ERROR(Walk(p_.facts[op.operand].code, judged));
      } else if (Info(op.operation).operand == Operand::kQuantifierRow) {
        RETURN_IF_ERROR(Walk(p_.quantifiers[op.operand].body, judged));
      } else if (Info(op.operation).operand == Operand::kAccrualRow) {
        const AccrualDef& accrual = p_.accruals[op.operand];
        RETURN_IF_ERROR(Walk(accrual.base, judged));
        if (accrual.cap) RETURN_IF_ERROR(Walk(accrual.cap, judged));
      } else if (op.operation == Operation::kCount) {
        RETURN_IF_ERROR(CheckCount(ActId(op.operand), judged));
      } else if (op.operation == Operation::kRoleField) {
        RETURN_IF_ERROR(CheckRole(ops, i));
      } else if (op.operation == Operation::kField || op.operation == Operation::kPreviousField ||
                 op.operation == Operation::kSum) {
        RETURN_IF_ERROR(CheckField(p_.fields[op.operand], judged));
      }
    }
    return Ok();
  }

  Status CheckCount(ActId id, const std::vector<ActId>& judged) const {
    const ActDef& act = p_.acts[id.index()];
    const bool of_itself = std::find(judged.begin(), judged.end(), id) != judged.end();
    if (act.side == Side::kParty || (DoneToParty(p_, act) && !of_itself))
      return Bad("how often there was '{}' decides something about a person", p_.string(act.name));
    return Ok();
  }

  Status CheckField(const FieldDef& field, const std::vector<ActId>& judged) const {
    const bool of_itself = std::find(judged.begin(), judged.end(), field.act) != judged.end();
    if (!field.act || of_itself || !DoneToParty(p_, p_.acts[field.act.index()])) return Ok();
    if (field.type == ValueType::kWhole || (field.type == ValueType::kMoney && !somebody_pays_))
      return Bad("'{}', a number about a person, decides something else", p_.string(field.name));
    return Ok();
  }

  // An age, beside a number of years and compared with it.
  Status CheckRole(std::span<const Op> ops, std::size_t at) const {
    const FieldDef& field = p_.fields[ops[at].operand];
    if (!IsPartyRole(p_, field.role) || field.type != ValueType::kWhole) return Ok();
    const auto years = [&](std::size_t i) {
      return i < ops.size() && ops[i].operation == Operation::kConstant &&
             p_.constants[ops[i].operand] >= 0 && p_.constants[ops[i].operand] <= 150;
    };
    const auto compares = [&](std::size_t i) {
      return i < ops.size() && ops[i].operation >= Operation::kEqual &&
             ops[i].operation <= Operation::kGreaterEqual;
    };
    if ((years(at + 1) && compares(at + 2)) || (at > 0 && years(at - 1) && compares(at + 1))) return Ok();
    return Bad("'{}' of a person is computed with", p_.string(field.name));
  }

  const Program& p_;
  bool somebody_pays_ = false;
  std::vector<bool> visited_;
};

// By effect, the acts that bring it: as a signal, by an `on`, by breaking a rule.
std::vector<std::vector<ActId>> ChangingActs(const Program& p,
                                             const std::vector<std::vector<ActId>>& of_rules) {
  std::vector<std::vector<ActId>> by(p.effects.size());
  for (std::size_t i = 0; i < p.acts.size(); ++i) {
    for (std::uint32_t e = p.acts[i].signals.first; e < p.acts[i].signals.end(); ++e)
      by[e].push_back(ActId(i));
  }
  for (const SentenceDef& s : p.sentences) {
    if (!s.event.act) continue;
    for (std::uint32_t e = s.effects.first; e < s.effects.end(); ++e) by[e].push_back(s.event.act);
  }
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    for (std::uint32_t e = p.rules[i].breach.first; e < p.rules[i].breach.end(); ++e)
      by[e].insert(by[e].end(), of_rules[i].begin(), of_rules[i].end());
  }
  return by;
}

}  // namespace

Status CheckNumbersOfPersons(const Program& p) {
  Numbers numbers(p);
  std::vector<std::vector<ActId>> of_rules(p.rules.size());
  for (const SentenceDef& s : p.sentences) {
    std::vector<ActId> judged(In(p.act_lists, s.acts).begin(), In(p.act_lists, s.acts).end());
    if (s.kind == SentenceDef::Kind::kOn && s.event.act) judged.push_back(s.event.act);
    for (const CodeId code : {s.if_code, s.condition, s.unless}) {
      RETURN_IF_ERROR(numbers.Check(code, judged));
    }
    std::vector<ActId>& all = of_rules[s.rule.index()];
    all.insert(all.end(), judged.begin(), judged.end());
  }
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    RETURN_IF_ERROR(numbers.Check(p.rules[i].if_code, of_rules[i]));
  }
  for (const StopDef& stop : p.stops) RETURN_IF_ERROR(numbers.Check(stop.condition, {}));
  const std::vector<std::vector<ActId>> changing = ChangingActs(p, of_rules);
  for (std::size_t i = 0; i < p.effects.size(); ++i) {
    const EffectDef& effect = p.effects[i];
    std::vector<ActId> judged = {effect.act};
    // What is changed has the fields of the act that changes it; nobody writes that down.
    if (effect.kind == EffectDef::Kind::kStanding)
      judged.insert(judged.end(), changing[i].begin(), changing[i].end());
    for (const GivenDef& given : In(p.given, effect.given))
      RETURN_IF_ERROR(numbers.Check(given.value, judged));
  }
  return numbers.Check(p.closes, {});
}

namespace {

// An item of a provision: "201(1)".
bool CitesItem(const Program& p, Range<Citation> under) {
  return std::ranges::any_of(In(p.citations, under), [&](const Citation& citation) {
    return p.string(citation.provision).find('(') != std::string_view::npos;
  });
}

// Follows a condition, with the facts it asks: who looks back cites an item of a provision, a fact its own.
class LooksBack {
 public:
  explicit LooksBack(const Program& p) : p_(p), visited_(p.facts.size()) {}

  // `under`: of the rule or term whose condition it is.
  Status Check(CodeId code, Range<Citation> under) {
    if (!code) return Ok();
    for (const Op& op : In(p_.ops, p_.codes[code.index()].ops)) {
      const Operand operand = Info(op.operation).operand;
      if (op.operation == Operation::kEarlier && !CitesItem(p_, under)) {
        return Bad("an earlier '{}' is looked for under no item of a provision",
                   NameOf(p_, p_.outside[op.operand].act));
      } else if (operand == Operand::kQuantifierRow) {
        RETURN_IF_ERROR(Check(p_.quantifiers[op.operand].body, under));
      } else if (operand == Operand::kAccrualRow) {
        RETURN_IF_ERROR(Check(p_.accruals[op.operand].base, under));
        RETURN_IF_ERROR(Check(p_.accruals[op.operand].cap, under));
      } else if (operand == Operand::kFactRow && !visited_[op.operand]) {
        visited_[op.operand] = true;
        RETURN_IF_ERROR(Check(p_.facts[op.operand].code, p_.facts[op.operand].under));
      }
    }
    return Ok();
  }

 private:
  const Program& p_;
  std::vector<bool> visited_;
};

}  // namespace

Status CheckOneBusiness(const Program& p) {
  for (const SentenceDef& s : p.sentences) {
    if (s.kind == SentenceDef::Kind::kMust) continue;
    for (const ActId id : In(p.act_lists, s.acts)) {
      const ActDef& act = p.acts[id.index()];
      if (!DoneToParty(p, act) || !act.favourable) continue;
      for (const CodeId code : {s.if_code, s.condition}) {
        if (!code) continue;
        std::vector<bool> visited(p.facts.size());
        if (const ActId asked = OfAnotherBusiness(p, code, id, visited))
          return Bad("'{}', done against a party, decides '{}', which has nothing to do with it",
                     NameOf(p, asked), p.string(act.name));
      }
    }
  }
  return Ok();
}

Status CheckLooksBack(const Program& p) {
  constexpr std::int32_t kYears = 5;
  std::vector<bool> asked(p.acts.size());
  for (const OutsideDef& outside : p.outside) {
    const std::string_view name = NameOf(p, outside.act);
    if (!DoneToParty(p, p.acts[outside.act.index()]))
      return Bad("an earlier '{}' is looked for, which is not done to a party", name);
    if (!IsWithinYears(outside.within, kYears))
      return Bad("an earlier '{}' is looked for too far back", name);
    if (asked[outside.act.index()])
      return Bad("an earlier '{}' is looked for within two times, which would count them", name);
    asked[outside.act.index()] = true;
  }
  LooksBack looks(p);
  for (const RuleDef& rule : p.rules) {
    RETURN_IF_ERROR(looks.Check(rule.if_code, rule.under));
    for (const SentenceDef& s : In(p.sentences, rule.sentences)) {
      for (const CodeId code : {s.if_code, s.condition, s.unless})
        RETURN_IF_ERROR(looks.Check(code, rule.under));
    }
  }
  for (const TermDef& term : p.terms) {
    for (const StopDef& stop : In(p.stops, term.stops))
      RETURN_IF_ERROR(looks.Check(stop.condition, term.under));
  }
  return looks.Check(p.closes, {});
}

namespace {

class Words {
 public:
  explicit Words(const Program& p) : p_(p) {}

  Status CallItselfNothing(StringId name, Range<Title> titles = {}) const {
    RETURN_IF_ERROR(Check(p_.string(name)));
    for (const Title& title : In(p_.titles, titles)) RETURN_IF_ERROR(Check(p_.string(title.text)));
    return Ok();
  }

  Status HidesNobody(const RoleDef& role) const {
    bool hides = EndsWithPeople(p_.string(role.name));
    for (const Title& title : In(p_.titles, role.titles))
      hides = hides || EndsWithPeople(p_.string(title.text));
    if (hides) return Bad("role '{}' declares people as something else", p_.string(role.name));
    return Ok();
  }

  // Whether something was shown, or which of a few things, says of nobody who they are.
  Status TellsNobody(const FieldDef& field) const {
    const bool own = field.act && p_.acts[field.act.index()].member &&
                     &p_.fields[p_.acts[field.act.index()].member.index()] == &field;
    const bool cannot = field.type == ValueType::kYesNo || field.type == ValueType::kChoice ||
                        field.type == ValueType::kMoney || field.type == ValueType::kLength;
    if (!own && !cannot && !IdentityWord(p_.string(field.name)).empty())
      return Bad("field '{}' tells who somebody is", p_.string(field.name));
    return Ok();
  }

 private:
  static Status Check(std::string_view text) {
    if (const std::string_view word = GradeWord(text); !word.empty())
      return Bad("'{}' calls itself {}", text, word);
    return Ok();
  }

  const Program& p_;
};

}  // namespace

Status CheckWords(const Program& p) {
  const Words words(p);
  RETURN_IF_ERROR(words.CallItselfNothing(p.path, p.titles_of_pack));
  for (const RoleDef& role : p.roles) {
    RETURN_IF_ERROR(words.CallItselfNothing(role.name, role.titles));
    if (!IsParty(role.kind)) RETURN_IF_ERROR(words.HidesNobody(role));
  }
  for (const ActDef& act : p.acts) RETURN_IF_ERROR(words.CallItselfNothing(act.name, act.titles));
  for (const FieldDef& field : p.fields) {
    if (IsPartyRole(p, field.role)) continue;  // of the closed list
    RETURN_IF_ERROR(words.CallItselfNothing(field.name));
    RETURN_IF_ERROR(words.TellsNobody(field));
  }
  for (const FactDef& fact : p.facts) RETURN_IF_ERROR(words.CallItselfNothing(fact.name));
  for (const TableDef& table : p.tables) RETURN_IF_ERROR(words.CallItselfNothing(table.name));
  for (const TermDef& term : p.terms) RETURN_IF_ERROR(words.CallItselfNothing(term.name));
  for (const RuleDef& rule : p.rules) RETURN_IF_ERROR(words.CallItselfNothing(rule.name, rule.titles));
  return Ok();
}

Status CheckGuarantees(const Program& p) {
  if (p.closes && p.codes[p.closes.index()].result != ResultType::kTri)
    return Bad("the matter closes on a number");
  for (std::size_t i = 0; i < p.guarantees.size(); ++i) {
    const GuaranteeDef& g = p.guarantees[i];
    const std::string_view name = p.string(g.name);
    const bool act = static_cast<bool>(g.act), role = static_cast<bool>(g.role);
    const bool can = !g.acts.empty() || g.challenge, condition = static_cast<bool>(g.condition);
    bool right = false;
    switch (g.kind) {
      case GuaranteeDef::Kind::kNever:
        right = act && condition && !role && !can && !g.until;
        break;
      case GuaranteeDef::Kind::kAfterCan:
        right = act && role && can && g.acts.empty() == static_cast<bool>(g.challenge) && !condition;
        break;
      case GuaranteeDef::Kind::kAlwaysReach:
        right = role && condition && !act && !can && !g.until;
        break;
      case GuaranteeDef::Kind::kDutiesMet:
        right = role && !act && !can && !g.until && !condition;
        break;
    }
    if (!right) return Bad("guarantee '{}' has parts that its kind has not, or lacks some", name);
    if (condition && p.codes[g.condition.index()].result != ResultType::kTri)
      return Bad("guarantee '{}' asks for a number", name);
  }
  return Ok();
}

}  // namespace lawbound::program::verifier
