// Stage "declarations": pack header, instruments, countings, roles, acts and their fields.
#include <algorithm>
#include <limits>

#include "check/citations.h"
#include "check/direction.h"
#include "check/events.h"
#include "check/expressions.h"
#include "check/messages.h"
#include "check/stages.h"
#include "program/standing.h"

namespace lawbound::check {
namespace {

void ResolveInstrument(Context& context, const syntax::Instrument& item) {
  Instrument instrument{.name = item.name.text,
                        .titles = CopyTitles(context, item.titles),
                        .rank = item.rank.text,
                        .reading = CopyReading(item.reading, law::Reading::kFromMemory),
                        .days_are_working_days = {},
                        .working_days_of = {}};
  for (const syntax::WorkingDaysOf& line : item.working_days) {
    if (line.up_to) instrument.working_days_up_to = std::max(instrument.working_days_up_to, *line.up_to);
    if (line.role) {
      if (const auto role = FindRole(context, *line.role)) instrument.working_days_of.push_back(*role);
    }
    instrument.days_are_working_days.insert(instrument.days_are_working_days.end(), line.numbers.begin(),
                                            line.numbers.end());
  }
  context.pack.instruments.push_back(std::move(instrument));
}

void CheckInstrumentCitations(Context& context, const syntax::Instrument& item) {
  for (const syntax::WorkingDaysOf& line : item.working_days) ResolveUnder(context, line.under);
}

void ResolveCounting(Context& context, const syntax::Counting& item) {
  Counting counting{.name = item.name.text, .calendar = {}, .under = ResolveUnder(context, item.under)};
  counting.first_day_counts = item.first_day_counts.value_or(false);
  counting.rest_day_moves_on = item.rest_day_moves_on.value_or(true);
  if (!item.calendar) {
    context.Say(NoCalendar(item.name.span, item.name.text));
  } else {
    const auto& known = context.options.calendars;
    counting.calendar = item.calendar->text;
    if (std::find(known.begin(), known.end(), counting.calendar) == known.end()) {
      context.Say(
          UnknownCalendar(item.calendar->span, counting.calendar, source::Nearest(counting.calendar, known)));
    }
  }
  context.pack.countings.push_back(std::move(counting));
}

// The parser lets only these four words pass.
RoleKind CopyKind(const syntax::Name& kind) {
  if (kind.text == "official") return RoleKind::kOfficial;
  if (kind.text == "body") return RoleKind::kBody;
  return kind.text == "person" ? RoleKind::kPerson : RoleKind::kAnyone;
}

struct FieldType {
  ValueType value = ValueType::kText;
  ValueType element = ValueType::kText;
  RoleId members;
};

// "exhibit": only things are named in fields, never parties.
FieldType NameOfThing(Context& context, const syntax::Type& type) {
  const auto found = context.names.entities.find(type.name->text);
  const bool role = found != context.names.entities.end() && found->second.kind == Entity::Kind::kRole;
  if (role && IsParty(CopyKind(context.names.roles[found->second.row]->kind))) return {};  // refused: R007
  if (role) {
    context.Say(WrongKind(type.span, type.name->text, "a role", "a thing"));
    return {};
  }
  const std::optional<RoleId> thing = FindSeveral(context, *type.name);
  return thing ? FieldType{.value = ValueType::kMember, .members = *thing} : FieldType{};
}

std::optional<ValueType> SimpleType(const syntax::Type& type);

FieldType ListOf(Context& context, const syntax::Type& type) {
  const syntax::Type& element = type.element.front();
  if (element.kind == syntax::TypeKind::kNamed) {
    const FieldType one = NameOfThing(context, element);
    if (one.value != ValueType::kMember) return {};
    return {.value = ValueType::kList, .element = ValueType::kMember, .members = one.members};
  }
  const ValueType value = SimpleType(element).value_or(ValueType::kList);
  if (value != ValueType::kText && value != ValueType::kOfficial && value != ValueType::kDocument &&
      value != ValueType::kProvision) {
    context.Say(NotListed(element.span));
    return {};
  }
  return {.value = ValueType::kList, .element = value, .members = {}};
}

// What a field may hold.
FieldType ResolveType(Context& context, const syntax::Type& type) {
  if (type.kind == syntax::TypeKind::kNamed) return NameOfThing(context, type);
  if (type.kind == syntax::TypeKind::kList) return ListOf(context, type);
  return {.value = SimpleType(type).value_or(ValueType::kText), .element = ValueType::kText, .members = {}};
}

std::optional<ValueType> SimpleType(const syntax::Type& type) {
  switch (type.kind) {
    case syntax::TypeKind::kYesNo:
      return ValueType::kYesNo;
    case syntax::TypeKind::kWhole:
      return ValueType::kWhole;
    case syntax::TypeKind::kMoney:
      return ValueType::kMoney;
    case syntax::TypeKind::kText:
      return ValueType::kText;
    case syntax::TypeKind::kDay:
      return ValueType::kDay;
    case syntax::TypeKind::kLength:
      return ValueType::kLength;
    case syntax::TypeKind::kOfficial:
      return ValueType::kOfficial;
    case syntax::TypeKind::kDocument:
      return ValueType::kDocument;
    case syntax::TypeKind::kProvision:
      return ValueType::kProvision;
    case syntax::TypeKind::kOneOf:
      return ValueType::kChoice;
    case syntax::TypeKind::kNamed:
    case syntax::TypeKind::kList:
      return std::nullopt;
  }
  return std::nullopt;
}

std::vector<std::string> ResolveChoices(Context& context, const syntax::Type& type) {
  constexpr std::size_t kMostChoices = 63;  // a set of them is one mask of 63 bits
  std::vector<std::string> choices;
  for (const syntax::Name& choice : type.choices) {
    if (std::find(choices.begin(), choices.end(), choice.text) != choices.end()) {
      context.Say(DeclaredTwice(choice.span, choice.text, type.choices.front().span));
    } else {
      choices.push_back(choice.text);
    }
  }
  if (choices.size() > kMostChoices) context.Say(TooMany(type.span, "choices of a field", kMostChoices));
  return choices;
}

// Appends the fields of one owner; `place` is that of the first.
Range<model::Field> ResolveFields(Context& context, const std::vector<syntax::FieldLine>& lines, ActId act,
                                  RoleId role, std::uint32_t place) {
  std::vector<Field>& fields = context.pack.fields;
  const std::size_t first = fields.size();
  for (const syntax::FieldLine& line : lines) {
    const FieldType type = ResolveType(context, line.type);
    for (const syntax::Name& name : line.names) {
      if (name.text == "day" || name.text == "by") context.Say(ReservedName(name.span, name.text));
      const auto same = std::find_if(fields.begin() + static_cast<std::ptrdiff_t>(first), fields.end(),
                                     [&](const Field& field) { return field.name == name.text; });
      if (same != fields.end()) {
        context.Say(DeclaredTwice(name.span, name.text, same->span));
        continue;
      }
      // A type that is wrong is kept as text, so that its uses are not reported as unknown.
      fields.push_back({.name = name.text,
                        .act = act,
                        .role = role,
                        .place = place++,
                        .type = type.value,
                        .optional = line.optional,
                        .choices = ResolveChoices(context, line.type),
                        .element = type.element,
                        .members = type.members,
                        .span = name.span});
    }
  }
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(fields.size() - first)};
}

// "not named in recuse.person": of an act of the main part, in a field that holds officials.
void ResolveNamedIn(Context& context, const syntax::Role& item, Role& role) {
  const std::optional<FieldId> id = FindFieldOf(context, *item.named_in);
  if (!id) return;
  const Field& field = context.pack.fields[id->index()];
  const ValueType type = field.type == ValueType::kList ? field.element : field.type;
  const bool official =
      type == ValueType::kOfficial && field.act && !context.pack.acts[field.act.index()].part;
  if (IsParty(role.kind)) return;  // refused: R007
  if (!official) {
    context.Say(NamesNobody(item.named_in->name.span, item.name.text));
    return;
  }
  role.named_in = *id;
  role.not_named = item.not_named;
}

void ResolveThing(Context& context, const syntax::Thing& item) {
  Role thing{.name = item.name.text,
             .titles = CopyTitles(context, item.titles),
             .kind = RoleKind::kThing,
             .several = true,
             .fields = {},
             .span = item.name.span};
  const RoleId id(context.pack.roles.size());
  thing.fields = ResolveFields(context, item.fields, ActId(), id, context.pack.role_fields);
  context.pack.role_fields += thing.fields.count;
  context.pack.roles.push_back(std::move(thing));
}

void ResolveRole(Context& context, const syntax::Role& item) {
  Role role{.name = item.name.text,
            .titles = CopyTitles(context, item.titles),
            .fields = {},
            .span = item.name.span};
  role.kind = CopyKind(item.kind);
  role.several = item.several;
  if (item.credential && !IsParty(role.kind)) role.credential = FindCredential(context, *item.credential);
  if (item.named_in) ResolveNamedIn(context, item, role);
  const RoleId id(context.pack.roles.size());
  role.fields = ResolveFields(context, item.fields, ActId(), id, context.pack.role_fields);
  context.pack.role_fields += role.fields.count;
  context.pack.roles.push_back(std::move(role));
  if (IsParty(context.pack.roles.back().kind)) CheckPerson(context, item, context.pack.roles.back());
}

Side ResolveSide(Context& context, const syntax::Act& item, const Act& act) {
  if (item.by_law) return Side::kLaw;
  // Roles are resolved after acts; who stands behind them is read from the tree.
  const auto party = [&](RoleId role) { return IsParty(CopyKind(context.names.roles[role.index()]->kind)); };
  const std::ptrdiff_t parties = std::count_if(act.by.begin(), act.by.end(), party);
  if (parties != 0 && parties != static_cast<std::ptrdiff_t>(act.by.size())) {
    context.Say(MixedAct(item.name.span, item.name.text));
  }
  return parties > 0 ? Side::kParty : Side::kAuthority;
}

// How long, and whether at all, is asked by CheckRefusals: a length that is not a written one was refused
// there.
void ResolvePublication(Context& context, const syntax::Act& item, Act& act) {
  for (const syntax::Name& name : item.public_with) {
    if (const auto field = FindField(context, act.fields, act.name, name)) act.public_with.push_back(*field);
  }
  if (!item.public_for || !item.public_for->number) return;
  if (const auto length = ResolvePlainLength(context, *item.public_for)) {
    act.public_for = length->fixed;
  }
}

// The first of `to`, `of` and `by` that names one of several says in whose part the act lies; of those who
// may do it only if all are.
void ResolvePart(Context& context, const syntax::Act& item, Act& act) {
  if (item.of) act.of = FindSeveral(context, *item.of).value_or(RoleId());
  const bool by_several =
      !act.by.empty() && IsSeveral(context, act.by.front()) &&
      std::all_of(act.by.begin(), act.by.end(), [&](RoleId role) { return role == act.by.front(); });
  if (act.to && IsSeveral(context, act.to)) {
    act.part = act.to;
    if (act.of && act.of != act.to) context.Say(TwoParts(item.of->span, item.name.text, item.to->text));
  } else if (act.of) {
    act.part = act.of;
  } else if (by_several) {
    act.part = act.by.front();
  }
}

// The field that says in whose part an act lies; it is named for what there are several of.
void AddMemberField(Context& context, Act& act) {
  std::vector<Field>& fields = context.pack.fields;
  const bool thing = IsThing(context, act.part);
  const std::size_t row = act.part.index();
  const std::string& name = thing ? context.names.things[row - context.names.roles.size()]->name.text
                                  : context.names.roles[row]->name.text;
  for (std::uint32_t i = act.fields.first; i < act.fields.end(); ++i) {
    if (fields[i].name == name) context.Say(DeclaredTwice(fields[i].span, name, act.span));
  }
  act.member = FieldId(fields.size());
  fields.push_back({.name = name,
                    .act = ActId(context.pack.acts.size()),
                    .role = {},
                    .place = act.fields.count++,
                    .type = ValueType::kMember,
                    .optional = false,
                    .choices = {},
                    .members = act.part,
                    .span = act.span});
}

// The day of an act that gives its effective day.
FieldId FindDated(Context& context, const syntax::Act& item, const Act& act) {
  const auto field = FindField(context, act.fields, act.name, *item.dated);
  if (!field) return FieldId();
  const Field& row = context.pack.fields[field->index()];
  if (row.type == ValueType::kDay && !row.optional) return *field;
  context.Say(DatedByNoDay(item.dated->span, row.name));
  return FieldId();
}

void ResolveAct(Context& context, const syntax::Act& item) {
  Act act{.name = item.name.text,
          .titles = CopyTitles(context, item.titles),
          .by = {},
          .to = {},
          .rests_on = {},
          .dated = {},
          .signals = {},
          .favourable = item.favourable,
          .fields = {},
          .under = ResolveUnder(context, item.under),
          .span = item.name.span};
  for (const syntax::Name& name : item.by) {
    if (const auto role = FindRole(context, name)) act.by.push_back(*role);
  }
  act.side = ResolveSide(context, item, act);
  constexpr std::int64_t kMostPeople = 1000;
  if (item.at_least > kMostPeople) {
    context.Say(TooMany(item.name.span, "people of one act", static_cast<std::size_t>(kMostPeople)));
  }
  act.at_least = static_cast<std::uint16_t>(std::clamp<std::int64_t>(item.at_least, 1, kMostPeople));
  if (item.to) act.to = FindRole(context, *item.to).value_or(RoleId());
  for (const syntax::Name& name : item.on) {
    if (const auto on = FindAct(context, name)) act.rests_on.push_back(*on);
  }
  act.fields = ResolveFields(context, item.fields, ActId(context.pack.acts.size()), RoleId(), 0);
  ResolvePart(context, item, act);
  if (act.part) AddMemberField(context, act);
  if (item.dated) act.dated = FindDated(context, item, act);
  ResolvePublication(context, item, act);
  context.pack.acts.push_back(std::move(act));
}

// "set-aside" by law on an act is the signal that it was set aside.
void ResolveSignals(Context& context) {
  for (std::size_t row = 0; row < context.names.acts.size(); ++row) {
    Act& act = context.pack.acts[row];
    std::string words = act.name;
    std::replace(words.begin(), words.end(), '-', ' ');
    const program::Standing standing = program::StandingOf(words);
    if (act.side != Side::kLaw || standing == program::Standing::kNone) continue;
    for (const ActId on : act.rests_on)
      act.signals.push_back(StandingEffect(context.pack, on, standing, ActId(row)));
  }
}

// The act of another matter that this one is about: here it is an act like any other, by law, on its day.
void ResolveTarget(Context& context, const syntax::Target& item) {
  Act act;
  act.name = "target";
  act.titles = CopyTitles(context, item.titles);
  act.kind = Act::Kind::kTarget;
  act.side = Side::kLaw;
  act.span = item.span;
  act.fields = ResolveFields(context, item.fields, ActId(context.pack.acts.size()), RoleId(), 0);
  context.pack.acts.push_back(std::move(act));
}

// A fact "of" one of several; what else stands there is said where facts are resolved.
RoleId PartOfFinding(const Context& context, const syntax::Fact& fact) {
  if (!fact.of) return RoleId();
  const auto found = context.names.entities.find(fact.of->text);
  if (found == context.names.entities.end()) return RoleId();
  const Entity::Kind kind = found->second.kind;
  const bool role = kind == Entity::Kind::kRole || kind == Entity::Kind::kThing;
  return role && IsSeveral(context, RoleId(found->second.row)) ? RoleId(found->second.row) : RoleId();
}

// What a person finds is an entry of its own; its first field is what was found.
void ResolveFinding(Context& context, FactId id) {
  const NamedFact& named = context.names.facts[id.index()];
  const syntax::Fact& item = *named.fact;
  Act act;
  act.name = named.name->text;
  std::string words = named.name->text;
  std::replace(words.begin(), words.end(), '-', ' ');
  act.titles = {{.text = std::move(words), .language = {}}};
  act.kind = Act::Kind::kFinding;
  act.under = ResolveUnder(context, item.under);
  act.span = named.name->span;
  for (const syntax::Name& name : item.found_by) {
    const auto role = FindRole(context, name);
    if (!role) continue;
    act.by.push_back(*role);
    if (IsParty(CopyKind(context.names.roles[role->index()]->kind)))
      context.Say(FoundByParty(name.span, act.name, name.text));
  }
  const auto row = static_cast<std::uint32_t>(context.pack.fields.size());
  const syntax::Type choices{
      .kind = syntax::TypeKind::kOneOf, .name = {}, .choices = item.one_of, .element = {}, .span = item.span};
  context.pack.fields.push_back({.name = act.name,
                                 .act = ActId(context.pack.acts.size()),
                                 .role = {},
                                 .place = 0,
                                 .type = item.one_of.empty() ? ValueType::kYesNo : ValueType::kChoice,
                                 .optional = false,
                                 .choices = ResolveChoices(context, choices),
                                 .span = named.name->span});
  act.fields = {row, 1};
  act.part = act.of = PartOfFinding(context, item);
  if (act.part) AddMemberField(context, act);
  context.findings.emplace(id, ActId(context.pack.acts.size()));
  context.pack.acts.push_back(std::move(act));
}

}  // namespace

void ResolveDeclarations(Context& context) {
  CheckedPack& pack = context.pack;
  pack.path = context.tree.path.text;
  pack.titles = CopyTitles(context, context.tree.titles);
  if (context.tree.zone) pack.zone = context.tree.zone->text;
  // Instruments first, whole: everything cites them.
  for (const syntax::Instrument* item : context.names.instruments) ResolveInstrument(context, *item);
  for (const syntax::Instrument* item : context.names.instruments) CheckInstrumentCitations(context, *item);
  for (const syntax::Counting* item : context.names.countings) ResolveCounting(context, *item);
  if (context.tree.counted_by) FindCounting(context, *context.tree.counted_by);
  // Fields of acts stand before fields of roles in the program's table, so acts go first.
  for (const syntax::Act* item : context.names.acts) ResolveAct(context, *item);
  if (context.names.target != nullptr) ResolveTarget(context, *context.names.target);
  for (std::size_t fact = 0; fact < context.names.facts.size(); ++fact) {
    if (!context.names.facts[fact].fact->found_by.empty()) ResolveFinding(context, FactId(fact));
  }
  for (const syntax::Role* item : context.names.roles) ResolveRole(context, *item);
  for (const syntax::Thing* item : context.names.things) ResolveThing(context, *item);
  ResolveSignals(context);
}

}  // namespace lawbound::check
