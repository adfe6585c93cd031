#include "check/events.h"

#include <algorithm>

#include "check/messages.h"

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
  if (effect.cured_by) {
    context.Say(NotCarriedOut(effect.cured_by->span, "cured by"));
    return std::nullopt;
  }
  Effect resolved;
  resolved.kind = Effect::Kind::kQuality;
  resolved.act = act;
  resolved.quality = effect.word == "void"           ? Effect::Quality::kVoid
                     : effect.word == "inadmissible" ? Effect::Quality::kInadmissible
                     : effect.word == "voidable"     ? Effect::Quality::kVoidable
                                                     : Effect::Quality::kIrregular;
  return resolved;
}

std::optional<Effect> NotYet(Context& context, const syntax::Effect& effect, std::string_view form) {
  context.Say(NotCarriedOut(effect.span, form));
  return std::nullopt;
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
    case syntax::Event::Kind::kTarget:
      context.Say(NotCarriedOut(event.span, "target"));
      return std::nullopt;
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

std::optional<Effect> ResolveEffect(Context& context, const syntax::Effect& effect) {
  using Kind = syntax::Effect::Kind;
  if (effect.kind == Kind::kStatus) return NotYet(context, effect, "is " + effect.word);
  if (effect.kind == Kind::kRefused) return NotYet(context, effect, "may be refused by");
  if (effect.kind == Kind::kOpens) return NotYet(context, effect, "opens");
  if (effect.kind == Kind::kDeemed && !effect.fields.empty())
    return NotYet(context, effect, "is deemed with");
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
  if (effect.kind == Kind::kQuality) return QualityEffect(context, effect, *act);
  resolved.kind = effect.kind == Kind::kDeemed ? Effect::Kind::kDeemed : Effect::Kind::kFalls;
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
