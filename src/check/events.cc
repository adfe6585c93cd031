#include "check/events.h"

#include <algorithm>

#include "check/direction.h"
#include "check/expressions.h"
#include "check/messages.h"
#include "program/standing.h"

namespace lawbound::check {
namespace {

std::optional<Event> ResolveActEvent(Context& context, const syntax::Event& event) {
  const std::optional<ActId> act = FindAct(context, event.name);
  if (!act) return std::nullopt;
  Event resolved{.kind = Event::Kind::kAct, .act = *act, .on = {}, .term = {}, .rule = {}};
  if (event.on) {
    const std::optional<ActId> on = FindAct(context, *event.on);
    if (!on || !CheckRestsOn(context, *act, *event.on, *on)) return std::nullopt;
    resolved.on = *on;
  }
  return resolved;
}

std::optional<Effect> QualityEffect(Context& context, const syntax::Effect& effect, ActId act) {
  Effect resolved;
  resolved.kind = Effect::Kind::kQuality;
  resolved.act = act;
  resolved.quality = effect.word == "void"           ? Effect::Quality::kVoid
                     : effect.word == "inadmissible" ? Effect::Quality::kInadmissible
                     : effect.word == "voidable"     ? Effect::Quality::kVoidable
                                                     : Effect::Quality::kIrregular;
  if (!effect.cured_by) return resolved;
  const std::optional<ActId> cure = FindAct(context, *effect.cured_by);
  if (!cure) return std::nullopt;
  const bool has_effect =
      resolved.quality == Effect::Quality::kVoidable || resolved.quality == Effect::Quality::kIrregular;
  if (!has_effect || *cure == act) context.Say(NothingToCure(effect.cured_by->span, effect.word));
  resolved.cured_by = *cure;
  return resolved;
}

std::optional<Effect> RefusedEffect(Context& context, const syntax::Effect& effect, ActId act) {
  const std::optional<RoleId> by = FindRole(context, *effect.by);
  if (!by) return std::nullopt;
  const bool of_authority = context.pack.acts[act.index()].side == Side::kAuthority;
  if (of_authority || IsParty(context.pack.roles[by->index()].kind))
    context.Say(CannotRefuse(effect.span, effect.name.text, effect.by->text));
  Effect resolved;
  resolved.kind = Effect::Kind::kRefused;
  resolved.act = act;
  resolved.role = *by;
  return resolved;
}

std::optional<Effect> StatusEffect(Context& context, const syntax::Effect& effect, ActId act, ActId cause) {
  const program::Standing standing = program::StandingOf(effect.word);
  if (program::TakesAway(standing) && !cause) {
    context.Say(TakenByNobody(effect.span, effect.name.text, effect.word));
    return std::nullopt;
  }
  return StandingEffect(context.pack, act, standing, cause);
}

std::optional<Effect> DeemedEffect(Context& context, const syntax::Effect& effect, ActId act) {
  Effect resolved;
  resolved.kind = Effect::Kind::kDeemed;
  resolved.act = act;
  if (context.pack.acts[act.index()].kind != Act::Kind::kAct) {
    context.Say(WrongKind(effect.name.span, effect.name.text, "an act of another matter", "an act"));
    return std::nullopt;
  }
  for (const syntax::FieldValue& given : effect.fields) {
    const Act& row = context.pack.acts[act.index()];
    const auto field = FindField(context, row.fields, row.name, given.field);
    if (!field) return std::nullopt;
    const auto same = [&](const Given& other) { return other.field == *field; };
    const auto before = std::find_if(resolved.given.begin(), resolved.given.end(), same);
    if (before != resolved.given.end())
      context.Say(DeclaredTwice(given.field.span, given.field.text, before->value.span));
    std::optional<Expr> value = ResolveFieldValue(context, *field, given.value);
    if (!value) return std::nullopt;
    resolved.given.push_back({.field = *field, .value = std::move(*value)});
  }
  return resolved;
}

}  // namespace

bool CheckRestsOn(Context& context, ActId act, const syntax::Name& on_name, ActId on) {
  const Act& row = context.pack.acts[act.index()];
  if (std::find(row.rests_on.begin(), row.rests_on.end(), on) != row.rests_on.end()) return true;
  context.Say(DoesNotRestOn(on_name.span, row.name, on_name.text));
  return false;
}

std::optional<Event> ResolveEvent(Context& context, const syntax::Event& event) {
  Event resolved;
  switch (event.kind) {
    case syntax::Event::Kind::kAct:
      return ResolveActEvent(context, event);
    case syntax::Event::Kind::kTarget: {
      // The image of an act of another matter is an act of this one.
      if (context.names.target == nullptr) {
        context.Say(NoTarget(event.span));
        return std::nullopt;
      }
      resolved.kind = Event::Kind::kAct;
      resolved.act = ActId(context.names.acts.size());
      return resolved;
    }
    case syntax::Event::Kind::kLapse: {
      const std::optional<TermId> term =
          event.time_to ? FindTimeTo(context, event.name) : FindTerm(context, event.name);
      if (!term) return std::nullopt;
      resolved.kind = Event::Kind::kLapse;
      resolved.term = *term;
      return resolved;
    }
    case syntax::Event::Kind::kBreach: {
      const std::optional<RuleId> rule = FindRule(context, event.name);
      if (!rule) return std::nullopt;
      resolved.kind = Event::Kind::kBreach;
      resolved.rule = *rule;
      return resolved;
    }
  }
  return std::nullopt;
}

Effect StandingEffect(const CheckedPack& pack, ActId act, program::Standing standing, ActId cause) {
  Effect effect;
  effect.kind = Effect::Kind::kStanding;
  effect.act = act;
  effect.standing = standing;
  if (standing != program::Standing::kChanged || !cause) return effect;
  const Range<model::Field> changed = pack.acts[act.index()].fields;
  const Range<model::Field> by = pack.acts[cause.index()].fields;
  for (std::uint32_t row = changed.first; row < changed.end(); ++row) {
    const Field& field = pack.fields[row];
    for (std::uint32_t from = by.first; from < by.end(); ++from) {
      const Field& other = pack.fields[from];
      if (other.name != field.name || other.type != field.type || other.optional || IsForPeople(field.type) ||
          other.choices != field.choices)
        continue;
      Expr value;
      value.kind = ExprKind::kField;
      value.field = FieldId(from);
      value.type = {.value = field.type,
                    .choices = field.type == ValueType::kChoice ? FieldId(from) : FieldId()};
      value.span = other.span;
      effect.given.push_back({.field = FieldId(row), .value = std::move(value)});
    }
  }
  return effect;
}

std::optional<Effect> ResolveEffect(Context& context, const syntax::Effect& effect, ActId cause) {
  using Kind = syntax::Effect::Kind;
  Effect resolved;
  if (effect.kind == Kind::kAnswers) {
    const std::optional<RoleId> role = FindRole(context, effect.name);
    if (!role) return std::nullopt;
    resolved.kind = Effect::Kind::kAnswers;
    resolved.role = *role;
    return resolved;
  }
  const std::optional<ActId> act = FindAct(context, effect.name);
  if (!act) return std::nullopt;
  switch (effect.kind) {
    case Kind::kQuality:
      return QualityEffect(context, effect, *act);
    case Kind::kRefused:
      return RefusedEffect(context, effect, *act);
    case Kind::kStatus:
      return StatusEffect(context, effect, *act, cause);
    case Kind::kDeemed:
      return DeemedEffect(context, effect, *act);
    case Kind::kFalls:
    case Kind::kAnswers:
      break;
  }
  resolved.kind = Effect::Kind::kFalls;
  resolved.act = *act;
  return resolved;
}

void ResolveStart(Context& context, const syntax::Start& start, Term& term) {
  using Kind = program::TermDef::Start;
  term.start_kind = start.kind == syntax::Start::Kind::kPlain     ? Kind::kPlain
                    : start.kind == syntax::Start::Kind::kLaterOf ? Kind::kLaterOf
                                                                  : Kind::kEarlierOf;
  for (const syntax::Event& event : start.events) {
    if (const auto resolved = ResolveEvent(context, event)) term.starts.push_back(*resolved);
  }
}

}  // namespace lawbound::check
