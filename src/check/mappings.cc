// Stage "mappings": what in a foreign log is which act.  What a mapping does not speak of would be read as
// "not done" or "not given", so it says of every act and field of the pack how the log shows it, or that it
// does not.
#include <algorithm>
#include <set>

#include "check/expressions.h"
#include "check/messages.h"
#include "check/stages.h"

namespace lawbound::check {
namespace {

constexpr std::string_view kOfCase = "case:";

struct Covered {
  std::set<ActId> mapped;
  std::set<ActId> unseen;
  std::set<FieldId> fields;  // unseen or assumed
};

// The act of a line; "-> find FACT=..." is the finding of that fact.
std::optional<ActId> FindMapped(Context& context, const syntax::MappingLine& item) {
  if (item.act.text != "find") return FindAct(context, item.act);
  if (item.fields.empty()) {
    context.Say(NothingFound(item.span));
    return std::nullopt;
  }
  // Of one of several, the line says of whom as well.
  for (const syntax::MappingLine::FieldFrom& from : item.fields) {
    if (const auto finding = FindFinding(context, from.field)) return finding;
  }
  context.Say(NotFound(item.fields.front().span, item.fields.front().field.text));
  return std::nullopt;
}

void ResolveLine(Context& context, const syntax::MappingLine& item, Mapping& mapping, Covered& covered) {
  const std::optional<ActId> act = FindMapped(context, item);
  if (!act) return;
  const auto same = [&](const MappingLine& line) { return line.activity == item.activity; };
  if (std::any_of(mapping.lines.begin(), mapping.lines.end(), same)) {
    context.Say(MappedTwice(item.span, item.activity));
    return;
  }
  covered.mapped.insert(*act);
  if (item.activity.empty()) context.Say(EmptyText(item.span, "the name of this activity"));
  MappingLine line{.activity = item.activity, .act = *act, .fields = {}};
  std::set<FieldId> given;
  for (const syntax::MappingLine::FieldFrom& from : item.fields) {
    const auto field = FindField(context, context.pack.acts[act->index()].fields,
                                 context.pack.acts[act->index()].name, from.field);
    if (!field) continue;
    if (!given.insert(*field).second) context.Say(MappedTwice(from.span, from.field.text));
    if (context.pack.fields[field->index()].type == ValueType::kList)
      context.Say(ListFromLog(from.span, from.field.text));
    const bool of_case = from.attribute.starts_with(kOfCase);
    if (from.attribute.size() == (of_case ? kOfCase.size() : 0)) {
      context.Say(EmptyText(from.span, "the name of this attribute"));
    }
    line.fields.push_back({.field = *field,
                           .attribute = of_case ? from.attribute.substr(kOfCase.size()) : from.attribute,
                           .of_case = of_case});
  }
  mapping.lines.push_back(std::move(line));
}

// "unseen party": the log does not say whom of several an act concerns, and is read as if there were one.
void UnseenMembers(Context& context, const syntax::Name& name, Mapping& mapping, Covered& covered) {
  const auto role = FindSeveral(context, name);
  if (!role) return;
  for (const Act& act : context.pack.acts) {
    if (act.part != *role) continue;
    covered.fields.insert(act.member);
    mapping.unseen_fields.push_back(act.member);
  }
}

// Which of several an act concerns is shown of all their acts or of none: an answer whose party nobody knows
// would be missed in the part of the one who gave it.
void CheckMembersShown(Context& context, const syntax::Mapping& item, const Mapping& mapping) {
  for (std::size_t role = 0; role < context.pack.roles.size(); ++role) {
    std::size_t acts = 0, shown = 0;
    for (const MappingLine& line : mapping.lines) {
      const Act& act = context.pack.acts[line.act.index()];
      if (act.part != RoleId(role)) continue;
      ++acts;
      const auto names = [&](const FieldSource& source) { return source.field == act.member; };
      shown += std::any_of(line.fields.begin(), line.fields.end(), names) ? 1u : 0u;
    }
    if (shown != 0 && shown != acts)
      context.Say(SomeMembersShown(item.name.span, item.name.text, context.pack.roles[role].name));
  }
}

void ResolveUnseen(Context& context, const syntax::Path& path, Mapping& mapping, Covered& covered) {
  if (path.field) {
    const auto field = FindFieldOf(context, path);
    if (!field) return;
    covered.fields.insert(*field);
    mapping.unseen_fields.push_back(*field);
    return;
  }
  const auto found = context.names.entities.find(path.name.text);
  const bool role = found != context.names.entities.end() &&
                    (found->second.kind == Entity::Kind::kRole || found->second.kind == Entity::Kind::kThing);
  if (role) {
    UnseenMembers(context, path.name, mapping, covered);
    return;
  }
  const auto act = FindActOrFinding(context, path.name);
  if (!act) return;
  if (covered.mapped.contains(*act)) context.Say(MappedAndUnseen(path.name.span, path.name.text));
  covered.unseen.insert(*act);
  mapping.unseen_acts.push_back(*act);
}

void ResolveAssumption(Context& context, const syntax::Path& path, const syntax::Expr& value,
                       Mapping& mapping, Covered& covered) {
  std::optional<FieldId> field;
  if (const auto finding = path.field ? std::nullopt : FindFinding(context, path.name)) {
    // The log does not show who found what; this is what was found.
    if (covered.mapped.contains(*finding) || !covered.unseen.insert(*finding).second)
      context.Say(MappedAndUnseen(path.name.span, path.name.text));
    mapping.unseen_acts.push_back(*finding);
    field = FieldId(context.pack.acts[finding->index()].fields.first);
  } else if (!path.field) {
    const auto act = FindActOrFinding(context, path.name);
    if (!act) return;
    covered.unseen.insert(*act);
    context.Say(ActNotAssumed(path.name.span, path.name.text));
    return;
  } else {
    field = FindFieldOf(context, path);
  }
  if (!field) return;
  const syntax::Name& name = path.field ? *path.field : path.name;
  if (!covered.fields.insert(*field).second) context.Say(MappedAndUnseen(name.span, name.text));
  bool text = false;
  const auto resolved = ResolveValue(context, *field, value, [&text](const std::string&) {
    text = true;
    return model::kMissing;
  });
  if (text) context.Say(NoAssumedText(name.span, name.text));
  if (resolved) mapping.assumed.push_back({.field = *field, .value = *resolved});
}

// Each line must give every field of its act, unless the field is unseen or assumed for all of them.
void CheckFieldsCovered(Context& context, const syntax::Mapping& item, const Mapping& mapping,
                        const Covered& covered) {
  for (const MappingLine& line : mapping.lines) {
    const Act& act = context.pack.acts[line.act.index()];
    const auto place =
        std::find_if(item.lines.begin(), item.lines.end(),
                     [&](const syntax::MappingLine& from) { return from.activity == line.activity; });
    for (std::uint32_t row = act.fields.first; row < act.fields.end(); ++row) {
      const auto given = [&](const FieldSource& source) { return source.field == FieldId(row); };
      const bool from_log = std::any_of(line.fields.begin(), line.fields.end(), given);
      const std::string name = act.name + "." + context.pack.fields[row].name;
      if (from_log && covered.fields.contains(FieldId(row))) context.Say(MappedAndUnseen(place->span, name));
      if (from_log || covered.fields.contains(FieldId(row))) continue;
      context.Say(FieldNotMapped(place->span, act.name, context.pack.fields[row].name, false));
    }
  }
}

// What is said of roles stands in no event, so it is unseen or assumed.
void CheckRoleFieldsCovered(Context& context, const syntax::Mapping& item, const Covered& covered) {
  for (std::size_t row = 0; row < context.pack.fields.size(); ++row) {
    const Field& field = context.pack.fields[row];
    if (!field.role || covered.fields.contains(FieldId(row))) continue;
    context.Say(
        FieldNotMapped(item.name.span, context.pack.roles[field.role.index()].name, field.name, true));
  }
}

std::set<ActId> DeemedActs(const CheckedPack& pack) {
  std::set<ActId> deemed;
  const auto add = [&](const std::vector<Effect>& effects) {
    for (const Effect& effect : effects) {
      if (effect.kind == Effect::Kind::kDeemed) deemed.insert(effect.act);
    }
  };
  for (const Rule& rule : pack.rules) add(rule.breach);
  for (const Sentence& sentence : pack.sentences) add(sentence.effects);
  return deemed;
}

void CheckActsCovered(Context& context, const syntax::Mapping& item, const Covered& covered) {
  const std::set<ActId> deemed = DeemedActs(context.pack);
  for (std::size_t row = 0; row < context.pack.acts.size(); ++row) {
    const Act& act = context.pack.acts[row];
    const ActId id(row);
    const bool follows = act.side == Side::kLaw && deemed.contains(id);
    if (follows || covered.mapped.contains(id) || covered.unseen.contains(id)) continue;
    context.Say(ActNotMapped(item.name.span, item.name.text, act.name));
  }
}

void ResolveMapping(Context& context, const syntax::Mapping& item) {
  Mapping mapping;
  mapping.name = item.name.text;
  using From = syntax::Mapping::Format;
  using To = program::MappingDef::Format;
  mapping.format = item.format == From::kXes   ? To::kXes
                   : item.format == From::kCsv ? To::kCsv
                                               : To::kJsonLines;
  mapping.case_column = item.case_column;
  mapping.act_column = item.act_column;
  mapping.time_column = item.time_column;
  const bool columns = mapping.format != To::kXes;
  if (columns && (item.case_column.empty() || item.act_column.empty() || item.time_column.empty())) {
    context.Say(EmptyText(item.name.span, "the name of a column"));
  }
  Covered covered;
  for (const syntax::MappingLine& line : item.lines) ResolveLine(context, line, mapping, covered);
  for (const syntax::Path& path : item.unseen) ResolveUnseen(context, path, mapping, covered);
  for (const auto& [path, value] : item.assume) ResolveAssumption(context, path, value, mapping, covered);
  CheckFieldsCovered(context, item, mapping, covered);
  CheckRoleFieldsCovered(context, item, covered);
  CheckActsCovered(context, item, covered);
  CheckMembersShown(context, item, mapping);
  context.pack.mappings.push_back(std::move(mapping));
}

}  // namespace

void ResolveMappings(Context& context) {
  for (const syntax::Mapping* item : context.names.mappings) ResolveMapping(context, *item);
}

}  // namespace lawbound::check
