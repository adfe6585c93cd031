// Stage "declarations": pack header, instruments, countings, roles, acts and their fields.
#include <algorithm>
#include <limits>

#include "check/citations.h"
#include "check/direction.h"
#include "check/messages.h"
#include "check/stages.h"

namespace lawbound::check {
namespace {

void ResolveInstrument(Context& context, const syntax::Instrument& item) {
  Instrument instrument{.name = item.name.text,
                        .titles = CopyTitles(context, item.titles),
                        .rank = item.rank.text,
                        .reading = CopyReading(item.reading, law::Reading::kFromMemory),
                        .days_are_working_days = {}};
  for (const syntax::WorkingDaysOf& line : item.working_days) {
    if (line.up_to) context.Say(NotCarriedOut(line.span, "days up to"));
    if (line.role) context.Say(NotCarriedOut(line.span, "days of ROLE"));
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

// What a field may hold; nothing when the type is not carried out.
std::optional<ValueType> ResolveType(Context& context, const syntax::Type& type) {
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
      context.Say(NotCarriedOut(type.span, "a field that names a thing"));
      return std::nullopt;
    case syntax::TypeKind::kList:
      context.Say(NotCarriedOut(type.span, "list of"));
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
    const std::optional<ValueType> type = ResolveType(context, line.type);
    for (const syntax::Name& name : line.names) {
      if (name.text == "day" || name.text == "by") context.Say(ReservedName(name.span, name.text));
      const auto same = std::find_if(fields.begin() + static_cast<std::ptrdiff_t>(first), fields.end(),
                                     [&](const Field& field) { return field.name == name.text; });
      if (same != fields.end()) {
        context.Say(DeclaredTwice(name.span, name.text, same->span));
        continue;
      }
      // A type that is not carried out is kept as text, so that its uses are not reported as unknown.
      fields.push_back({.name = name.text,
                        .act = act,
                        .role = role,
                        .place = place++,
                        .type = type.value_or(ValueType::kText),
                        .optional = line.optional,
                        .choices = ResolveChoices(context, line.type),
                        .span = name.span});
    }
  }
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(fields.size() - first)};
}

// The parser lets only these four words pass.
RoleKind CopyKind(const syntax::Name& kind) {
  if (kind.text == "official") return RoleKind::kOfficial;
  if (kind.text == "body") return RoleKind::kBody;
  return kind.text == "person" ? RoleKind::kPerson : RoleKind::kAnyone;
}

void ResolveRole(Context& context, const syntax::Role& item) {
  Role role{.name = item.name.text,
            .titles = CopyTitles(context, item.titles),
            .fields = {},
            .span = item.name.span};
  role.kind = CopyKind(item.kind);
  if (item.several) context.Say(NotCarriedOut(item.name.span, "several"));
  if (item.credential && !IsParty(role.kind))
    context.Say(NotCarriedOut(item.credential->span, "with CREDENTIAL"));
  if (item.named_in) context.Say(NotCarriedOut(item.named_in->name.span, "named in"));
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

void RefuseFormsOfAct(Context& context, const syntax::Act& item) {
  if (item.of) context.Say(NotCarriedOut(item.of->span, "of"));
  if (item.dated) context.Say(NotCarriedOut(item.dated->span, "dated"));
  if (!item.public_with.empty()) context.Say(NotCarriedOut(item.public_with.front().span, "public with"));
}

void ResolveAct(Context& context, const syntax::Act& item) {
  Act act{.name = item.name.text,
          .titles = CopyTitles(context, item.titles),
          .by = {},
          .to = {},
          .rests_on = {},
          .favourable = item.favourable,
          .fields = {},
          .under = ResolveUnder(context, item.under),
          .span = item.name.span};
  RefuseFormsOfAct(context, item);
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
  for (const syntax::Role* item : context.names.roles) ResolveRole(context, *item);
}

}  // namespace lawbound::check
