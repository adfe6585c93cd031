// Checks of roles, acts and their fields.

#include <string_view>
#include <vector>

#include "program/graph.h"
#include "program/names.h"
#include "program/verify_parts.h"

namespace lawbound::program::verifier {

// --------------------------------------------------------------------------------------- roles and acts

namespace {

bool MayBeListed(ValueType type) {
  return type == ValueType::kText || type == ValueType::kOfficial || type == ValueType::kDocument ||
         type == ValueType::kProvision || type == ValueType::kMember;
}

Status CheckFieldRow(const Program& p, std::size_t index) {
  const FieldDef& field = p.fields[index];
  const bool choice = field.type == ValueType::kChoice;
  if (choice ? field.choices.empty() || field.choices.count > kMaxChoices : !field.choices.empty()) {
    return Bad("field {} '{}' has {} choices", index, p.string(field.name), field.choices.count);
  }
  const bool list = field.type == ValueType::kList;
  if (list ? !MayBeListed(field.element) : field.element != ValueType::kText) {
    return Bad("field {} '{}' is a list of what cannot be listed", index, p.string(field.name));
  }
  const bool members = (list ? field.element : field.type) == ValueType::kMember;
  if (members != static_cast<bool>(field.members)) {
    return Bad("field {} '{}' names members without saying of what, or the reverse", index,
               p.string(field.name));
  }
  return Ok();
}

}  // namespace

Status CheckFields(const Program& p) {
  for (std::size_t i = 0; i < p.fields.size(); ++i) RETURN_IF_ERROR(CheckFieldRow(p, i));
  std::size_t next = 0;
  for (std::size_t i = 0; i < p.acts.size(); ++i) {
    if (!p.acts[i].fields.empty() && p.acts[i].fields.first != next)
      return Bad("the fields of act '{}' do not follow those before", NameOf(p, ActId(i)));
    for (std::size_t place = 0; place < p.acts[i].fields.count; ++place, ++next) {
      const FieldDef& field = p.fields[next];
      if (field.act != ActId(i) || field.role || field.place != place) {
        return Bad("field {} is not field {} of act '{}' alone", next, place, NameOf(p, ActId(i)));
      }
    }
  }
  if (p.fields.size() - next != p.role_fields) {
    return Bad("{} fields belong to no act, but {} to roles", p.fields.size() - next, p.role_fields);
  }
  std::size_t place = 0;
  for (std::size_t i = 0; i < p.roles.size(); ++i) {
    if (!p.roles[i].fields.empty() && p.roles[i].fields.first != next)
      return Bad("the fields of role '{}' do not follow those before", NameOf(p, RoleId(i)));
    for (std::uint32_t k = 0; k < p.roles[i].fields.count; ++k, ++next, ++place) {
      const FieldDef& field = p.fields[next];
      if (field.role != RoleId(i) || field.act || field.place != place) {
        return Bad("field {} is not role field {}, of role '{}' alone", next, place, NameOf(p, RoleId(i)));
      }
    }
  }
  if (next != p.fields.size()) return Bad("field {} belongs to nothing", next);
  return Ok();
}

Status CheckPersonFields(const Program& p) {
  for (const FieldDef& field : p.fields) {
    if (!field.role || !IsParty(p.roles[field.role.index()].kind) || IsPersonField(p.string(field.name)))
      continue;
    return Bad("role '{}' is of persons and cannot have the field '{}'", NameOf(p, field.role),
               p.string(field.name));
  }
  return Ok();
}

// A finding is made by the authority and has the one field that is found, and then that of the part in which
// it lies; a signal says what it is named for of what it names; the image of an act of another matter stands
// alone.
Status CheckKindOfAct(const Program& p, const ActDef& act) {
  const std::string_view name = p.string(act.name);
  if (act.kind == ActDef::Kind::kFinding) {
    const bool plain = act.side == Side::kAuthority && act.rests_on.empty() && !act.to;
    const bool field =
        act.fields.count == (act.part ? 2u : 1u) && (p.fields[act.fields.first].type == ValueType::kYesNo ||
                                                     p.fields[act.fields.first].type == ValueType::kChoice);
    if (!plain || !field || (act.part && act.member.value != act.fields.first + 1))
      return Bad("finding '{}' is not one yes-no or choice of the authority", name);
  }
  if (act.kind == ActDef::Kind::kTarget && (act.side != Side::kLaw || !act.rests_on.empty())) {
    return Bad("the image '{}' of an act of another matter is done, or rests on something", name);
  }
  const auto on = In(p.act_lists, act.rests_on);
  for (const EffectDef& signal : In(p.effects, act.signals)) {
    const bool names = std::ranges::find(on, signal.act) != on.end();
    if (act.kind == ActDef::Kind::kAct && act.side == Side::kLaw && names &&
        signal.standing != Standing::kNone)
      continue;
    return Bad("signal '{}' is not by law on what it speaks of", name);
  }
  return Ok();
}

Status CheckActs(const Program& p) {
  for (std::size_t i = 0; i < p.acts.size(); ++i) {
    const ActDef& act = p.acts[i];
    const std::string_view name = p.string(act.name);
    if (act.side != SideOf(p, act.by)) return Bad("act '{}' is not on the side of those who do it", name);
    RETURN_IF_ERROR(CheckKindOfAct(p, act));
    if (act.at_least == 0 || (act.side == Side::kLaw && act.at_least != 1)) {
      return Bad("act '{}' is done by at least {}", name, act.at_least);
    }
    if (act.dated != static_cast<bool>(act.dated_field))
      return Bad("act '{}' is dated without a field, or not and has one", name);
    if (!act.dated) continue;
    const FieldDef& field = p.fields[act.dated_field.index()];
    if (field.act != ActId(i) || field.type != ValueType::kDay) {
      return Bad("act '{}' is dated by something else than a day of its own", name);
    }
  }
  return Ok();
}

Status CheckRestsOn(const Program& p) {
  Graph graph(p.acts.size());
  for (std::size_t i = 0; i < p.acts.size(); ++i) {
    for (const ActId on : In(p.act_lists, p.acts[i].rests_on)) graph.AddEdge(i, on.index());
  }
  const auto node = graph.NodeOnCycle();
  if (node) return Bad("act '{}' rests on itself, directly or through others", NameOf(p, ActId(*node)));
  return Ok();
}

}  // namespace lawbound::program::verifier
