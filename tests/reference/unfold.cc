#include "reference/unfold.h"

#include <algorithm>
#include <set>

#include "base/check.h"

namespace lawbound::reference {

using check::Expr;
using check::ExprKind;
using model::ActId;
using model::FactId;
using model::FieldId;
using model::RoleId;
using model::RuleId;
using model::SentenceId;
using model::TermId;
using model::Value;
using program::ValueType;

MatterOfParts::MatterOfParts(const check::CheckedPack& pack, const model::History& history,
                             const check::Mapping* mapping)
    : pack_(pack), history_(history), out_(pack), written_(history) {
  FindMembers(mapping);
  Number();
  Write();
  WriteHistory();
}

// Everybody named, kind by kind, in the order of their names' rows.
void MatterOfParts::FindMembers(const check::Mapping* mapping) {
  std::set<std::pair<RoleId, Value>> named;
  for (const model::Entry& entry : history_.entries) {
    for (const check::Field& field : pack_.fields) {
      if (field.act != entry.act || !field.members) continue;
      const Value value = history_.value(entry, field.place);
      const bool says_whose = pack_.acts[entry.act.index()].member &&
                              &field == &pack_.fields[pack_.acts[entry.act.index()].member.index()];
      if (field.type == ValueType::kMember && (says_whose || value != model::kMissing))
        named.emplace(field.members, value);
      if (field.type == ValueType::kList && value != model::kMissing) {
        const auto at = static_cast<std::size_t>(value);
        for (Value i = 0; i < history_.lists[at]; ++i)
          named.emplace(field.members, history_.lists[at + 1 + static_cast<std::size_t>(i)]);
      }
    }
  }
  for (const model::MemberValue& value : history_.member_values)
    named.emplace(pack_.fields[value.field.index()].role, value.member);
  // Somebody whom a log leaves out is one more; where no act tells who they are, there is one.
  for (const ActId unseen : mapping == nullptr ? std::vector<ActId>() : mapping->unseen_acts) {
    const check::Act& act = pack_.acts[unseen.index()];
    if (!act.part) continue;
    const auto& fields = mapping->unseen_fields;
    const bool as_one = std::find(fields.begin(), fields.end(), act.member) != fields.end();
    const bool found =
        std::any_of(named.begin(), named.end(), [&](const auto& one) { return one.first == act.part; });
    if (!as_one || !found) named.emplace(act.part, model::kNobody);
  }
  for (const auto& [role, name] : named) was_.members.push_back({.role = role, .name = name});
}

RoleId MatterOfParts::PartOfField(std::size_t row) const {
  const check::Field& field = pack_.fields[row];
  if (field.act) return pack_.acts[field.act.index()].part;
  return pack_.roles[field.role.index()].several ? field.role : RoleId();
}

// First what lies in the main part, then, member by member, what lies in theirs.
void MatterOfParts::NumberTable(std::size_t size, const std::vector<RoleId>& parts,
                                std::vector<WrittenOut::Was>& table, Rows& rows) const {
  const auto add = [&](std::size_t row, std::optional<std::size_t> member) {
    rows[{row, member}] = table.size();
    table.push_back({.row = row, .member = member});
  };
  for (std::size_t row = 0; row < size; ++row) {
    if (!parts[row]) add(row, std::nullopt);
  }
  for (std::size_t member = 0; member < was_.members.size(); ++member) {
    for (std::size_t row = 0; row < size; ++row) {
      if (parts[row] == was_.members[member].role) add(row, member);
    }
  }
}

void MatterOfParts::Number() {
  std::vector<RoleId> acts, facts, terms, rules, sentences, fields;
  for (const check::Act& act : pack_.acts) acts.push_back(act.part);
  for (const check::Fact& fact : pack_.facts) facts.push_back(fact.part);
  for (const check::Term& term : pack_.terms) terms.push_back(term.part);
  for (const check::Rule& rule : pack_.rules) rules.push_back(rule.part);
  for (const check::Sentence& sentence : pack_.sentences) sentences.push_back(rules[sentence.rule.index()]);
  for (std::size_t row = 0; row < pack_.fields.size(); ++row) fields.push_back(PartOfField(row));
  NumberTable(acts.size(), acts, was_.acts, acts_);
  NumberTable(facts.size(), facts, was_.facts, facts_);
  NumberTable(terms.size(), terms, was_.terms, terms_);
  NumberTable(rules.size(), rules, was_.rules, rules_);
  NumberTable(sentences.size(), sentences, was_.sentences, sentences_);
  NumberTable(fields.size(), fields, was_.fields, fields_);
}

MatterOfParts::Meant MatterOfParts::MeantBy(const WrittenOut& was, const WrittenOut::Was& row) {
  Meant meant;
  if (row.member) meant[was.members[*row.member].role] = *row.member;
  return meant;
}

template <typename T>
T MatterOfParts::At(const Rows& rows, RoleId part, T id, const Meant& meant) const {
  if (!id) return id;
  if (!part) return T(rows.at({id.index(), std::nullopt}));
  return T(rows.at({id.index(), meant.at(part)}));
}

ActId MatterOfParts::To(ActId id, const Meant& meant) const {
  return At(acts_, id ? pack_.acts[id.index()].part : RoleId(), id, meant);
}
FieldId MatterOfParts::To(FieldId id, const Meant& meant) const {
  return At(fields_, id ? PartOfField(id.index()) : RoleId(), id, meant);
}
FactId MatterOfParts::To(FactId id, const Meant& meant) const {
  return At(facts_, id ? pack_.facts[id.index()].part : RoleId(), id, meant);
}
TermId MatterOfParts::To(TermId id, const Meant& meant) const {
  return At(terms_, id ? pack_.terms[id.index()].part : RoleId(), id, meant);
}
RuleId MatterOfParts::To(RuleId id, const Meant& meant) const {
  return At(rules_, id ? pack_.rules[id.index()].part : RoleId(), id, meant);
}

// "some" and "every" get a body for each member of their kind; `number` is the first of them.
Expr MatterOfParts::To(Expr expr, const Meant& meant) const {
  expr.act = To(expr.act, meant);
  expr.other = To(expr.other, meant);
  expr.field = To(expr.field, meant);
  expr.fact = To(expr.fact, meant);
  expr.rule = To(expr.rule, meant);
  expr.term = To(expr.term, meant);
  expr.length.length = To(expr.length.length, meant);
  const std::vector<Expr> operands = std::move(expr.operands);
  expr.operands.clear();
  if (expr.kind != ExprKind::kSome && expr.kind != ExprKind::kEvery) {
    for (const Expr& operand : operands) expr.operands.push_back(To(operand, meant));
    return expr;
  }
  for (std::size_t member = 0; member < was_.members.size(); ++member) {
    if (was_.members[member].role != expr.role) continue;
    if (expr.operands.empty()) expr.number = static_cast<std::int64_t>(member);
    Meant inner = meant;
    inner[expr.role] = member;
    expr.operands.push_back(To(operands.front(), inner));
  }
  return expr;
}

std::optional<Expr> MatterOfParts::To(const std::optional<Expr>& expr, const Meant& meant) const {
  return expr ? std::optional(To(*expr, meant)) : std::nullopt;
}

check::Event MatterOfParts::To(check::Event event, const Meant& meant) const {
  event.act = To(event.act, meant);
  event.on = To(event.on, meant);
  event.term = To(event.term, meant);
  event.rule = To(event.rule, meant);
  return event;
}

check::Length MatterOfParts::To(check::Length length, const Meant& meant) const {
  length.field = To(length.field, meant);
  length.fact = To(length.fact, meant);
  return length;
}

check::Effect MatterOfParts::To(check::Effect effect, const Meant& meant) const {
  effect.act = To(effect.act, meant);
  effect.cured_by = To(effect.cured_by, meant);
  for (check::Given& given : effect.given) {
    given.field = To(given.field, meant);
    given.value = To(std::move(given.value), meant);
  }
  return effect;
}

template <typename T>
std::vector<T> MatterOfParts::All(const std::vector<T>& list, const Meant& meant) const {
  std::vector<T> all;
  for (const T& one : list) all.push_back(To(one, meant));
  return all;
}

check::Term MatterOfParts::To(check::Term term, const Meant& meant) const {
  if (term.sentence) {
    const RoleId part = pack_.rules[pack_.sentences[term.sentence.index()].rule.index()].part;
    term.sentence = At(sentences_, part, term.sentence, meant);
  }
  term.length = To(term.length, meant);
  term.starts = All(term.starts, meant);
  term.restarts = All(term.restarts, meant);
  for (check::Stop& stop : term.stops) stop.condition = To(stop.condition, meant);
  for (check::Extension& extension : term.extensions) {
    extension.act = To(extension.act, meant);
    extension.by = To(extension.by, meant);
    if (extension.cap) extension.cap = To(*extension.cap, meant);
  }
  for (check::Ceiling& ceiling : term.ceilings) {
    ceiling.from = To(ceiling.from, meant);
    ceiling.length = To(ceiling.length, meant);
  }
  return term;
}

check::Sentence MatterOfParts::To(check::Sentence sentence, const Meant& meant) const {
  sentence.rule = To(sentence.rule, meant);
  sentence.acts = All(sentence.acts, meant);
  sentence.on = To(sentence.on, meant);
  sentence.term = To(sentence.term, meant);
  sentence.event = To(sentence.event, meant);
  sentence.if_ = To(sentence.if_, meant);
  sentence.condition = To(sentence.condition, meant);
  sentence.unless = To(sentence.unless, meant);
  sentence.effects = All(sentence.effects, meant);
  return sentence;
}

void MatterOfParts::Write() {
  out_.accruals.clear(), out_.acts.clear(), out_.fields.clear(), out_.facts.clear(), out_.terms.clear(),
      out_.rules.clear();
  out_.sentences.clear(), out_.mappings.clear(), out_.examples.clear();
  for (const WrittenOut::Was& was : was_.acts) {
    const Meant meant = MeantBy(was_, was);
    check::Act act = pack_.acts[was.row];
    act.rests_on = All(act.rests_on, meant);
    act.signals = All(act.signals, meant);
    act.member = To(act.member, meant);
    act.dated = To(act.dated, meant);
    if (act.fields.count > 0)
      act.fields.first = static_cast<std::uint32_t>(To(FieldId(act.fields.first), meant).index());
    out_.acts.push_back(std::move(act));
  }
  // Of a role's field each member has its own place.
  out_.role_fields = 0;
  for (const WrittenOut::Was& was : was_.fields) {
    check::Field field = pack_.fields[was.row];
    field.act = To(field.act, MeantBy(was_, was));
    if (field.role) field.place = out_.role_fields++;
    out_.fields.push_back(std::move(field));
  }
  for (const WrittenOut::Was& was : was_.facts) {
    check::Fact fact = pack_.facts[was.row];
    fact.value = To(fact.value, MeantBy(was_, was));
    fact.finding = To(fact.finding, MeantBy(was_, was));
    if (fact.value.kind == ExprKind::kAccrued) {
      check::Accrual accrual = pack_.accruals[static_cast<std::size_t>(fact.value.number)];
      accrual.base = To(accrual.base, MeantBy(was_, was));
      accrual.cap = To(accrual.cap, MeantBy(was_, was));
      accrual.term = To(accrual.term, MeantBy(was_, was));
      fact.value.number = static_cast<std::int64_t>(out_.accruals.size());
      out_.accruals.push_back(std::move(accrual));
    }
    out_.facts.push_back(std::move(fact));
  }
  for (const WrittenOut::Was& was : was_.terms)
    out_.terms.push_back(To(pack_.terms[was.row], MeantBy(was_, was)));
  for (const WrittenOut::Was& was : was_.rules) {
    const Meant meant = MeantBy(was_, was);
    check::Rule rule = pack_.rules[was.row];
    if (rule.governed_by) rule.governed_by = To(*rule.governed_by, meant);
    rule.if_ = To(rule.if_, meant);
    rule.breach = All(rule.breach, meant);
    // A rule of the main part overrides another in every part.
    std::vector<RuleId> overrides;
    for (std::size_t row = 0; row < was_.rules.size(); ++row) {
      for (const RuleId other : rule.overrides) {
        const WrittenOut::Was& its = was_.rules[row];
        const bool same_part = !its.member || !was.member || its.member == was.member;
        if (its.row == other.index() && same_part) overrides.push_back(RuleId(row));
      }
    }
    rule.overrides = std::move(overrides);
    out_.rules.push_back(std::move(rule));
  }
  for (const WrittenOut::Was& was : was_.sentences)
    out_.sentences.push_back(To(pack_.sentences[was.row], MeantBy(was_, was)));
  out_.closes = To(pack_.closes, {});
  out_.guarantees.clear();  // promised, and nothing that happens in a matter
  for (check::Role& role : out_.roles) role.named_in = To(role.named_in, {});
  for (const check::Mapping& mapping : pack_.mappings) WriteMapping(mapping);
}

void MatterOfParts::WriteMapping(const check::Mapping& mapping) {
  check::Mapping out = mapping;
  out.lines.clear(), out.unseen_acts.clear(), out.unseen_fields.clear(), out.assumed.clear();
  for (std::size_t row = 0; row < was_.acts.size(); ++row) {
    for (const ActId act : mapping.unseen_acts) {
      if (act.index() == was_.acts[row].row) out.unseen_acts.push_back(ActId(row));
    }
  }
  for (std::size_t row = 0; row < was_.fields.size(); ++row) {
    for (const FieldId field : mapping.unseen_fields) {
      if (field.index() == was_.fields[row].row) out.unseen_fields.push_back(FieldId(row));
    }
    for (const program::AssumedValue& assumed : mapping.assumed) {
      if (assumed.field.index() == was_.fields[row].row) out.assumed.push_back({FieldId(row), assumed.value});
    }
  }
  out_.mappings.push_back(std::move(out));
}

std::optional<std::size_t> MatterOfParts::MemberNamed(RoleId role, Value name) const {
  for (std::size_t member = 0; member < was_.members.size(); ++member) {
    if (was_.members[member].role == role && was_.members[member].name == name) return member;
  }
  return std::nullopt;
}

void MatterOfParts::WriteHistory() {
  for (model::Entry entry : history_.entries) {
    const check::Act& act = pack_.acts[entry.act.index()];
    std::optional<std::size_t> member;
    if (act.part)
      member = MemberNamed(act.part, history_.value(entry, pack_.fields[act.member.index()].place));
    if (const ActId on = history_.ChosenOn(entry)) {
      const bool same = static_cast<bool>(pack_.acts[on.index()].part);
      chosen_on_.resize(history_.chosen_on.size());
      chosen_on_[entry.number] = ActId(acts_.at({on.index(), same ? member : std::nullopt}));
    }
    entry.act = ActId(acts_.at({entry.act.index(), member}));
    entries_.push_back(entry);
  }
  for (const WrittenOut::Was& was : was_.fields) {
    const check::Field& field = pack_.fields[was.row];
    if (!field.role) continue;
    Value value = was.member ? model::kMissing : history_.role_values[field.place];
    for (const model::MemberValue& given : history_.member_values) {
      if (was.member && given.field.index() == was.row && given.member == was_.members[*was.member].name)
        value = given.value;
    }
    role_values_.push_back(value);
  }
  // What the world answered stands behind the fields of roles.
  for (std::size_t row = pack_.role_fields; row < history_.role_values.size(); ++row)
    role_values_.push_back(history_.role_values[row]);
  for (check::Outside& outside : out_.outside) outside.act = To(outside.act, {});
  written_.entries = entries_;
  written_.chosen_on = chosen_on_;
  written_.role_values = role_values_;
}

}  // namespace lawbound::reference
