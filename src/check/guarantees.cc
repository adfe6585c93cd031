// Stage "guarantees": when a matter closes, and what the author promises.  Names and types only: whether a
// promise holds is proved from the program.
#include <algorithm>

#include "check/events.h"
#include "check/expressions.h"
#include "check/messages.h"
#include "check/stages.h"

namespace lawbound::check {
namespace {

GuaranteeKind CopyKind(syntax::Guarantee::Kind kind) {
  switch (kind) {
    case syntax::Guarantee::Kind::kNever:
      return GuaranteeKind::kNever;
    case syntax::Guarantee::Kind::kAfterCan:
      return GuaranteeKind::kAfterCan;
    case syntax::Guarantee::Kind::kAlwaysReach:
      return GuaranteeKind::kAlwaysReach;
    case syntax::Guarantee::Kind::kDutiesMet:
      return GuaranteeKind::kDutiesMet;
  }
  return GuaranteeKind::kNever;
}

bool Does(const Act& act, RoleId role) {
  return std::find(act.by.begin(), act.by.end(), role) != act.by.end();
}

// Whether the role can do something that rests on the act.
bool CanChallenge(const CheckedPack& pack, RoleId role, ActId on) {
  return std::any_of(pack.acts.begin(), pack.acts.end(), [&](const Act& act) {
    return Does(act, role) && std::find(act.rests_on.begin(), act.rests_on.end(), on) != act.rests_on.end();
  });
}

// After N, N can ... ; false when a name is unknown.
bool ResolveCan(Context& context, const syntax::Guarantee& item, Guarantee& guarantee) {
  const auto act = FindAct(context, item.subject);
  const auto role = FindRole(context, *item.who);
  if (!act || !role) return false;
  guarantee.act = *act;
  guarantee.role = *role;
  for (const syntax::Name& name : item.acts) {
    const auto can = FindAct(context, name);
    if (!can) return false;
    if (!Does(context.pack.acts[can->index()], *role))
      context.Say(GuaranteeOfAnother(name.span, item.who->text, name.text));
    guarantee.acts.push_back(*can);
  }
  if (item.challenge) {
    const auto challenge = FindAct(context, *item.challenge);
    if (!challenge) return false;
    if (!CanChallenge(context.pack, *role, *challenge))
      context.Say(NothingToChallenge(item.challenge->span, item.who->text, item.challenge->text));
    guarantee.challenge = *challenge;
  }
  if (!item.until) return true;
  if (item.until->kind != syntax::Event::Kind::kLapse) {
    context.Say(UntilALapse(item.until->span));
    return false;
  }
  const auto until = ResolveEvent(context, *item.until);
  if (until) guarantee.until = until->term;
  return until.has_value();
}

void ResolveGuarantee(Context& context, const syntax::Guarantee& item) {
  Guarantee guarantee;
  guarantee.name = item.name.text;
  guarantee.kind = CopyKind(item.kind);
  guarantee.span = item.name.span;
  bool complete = true;
  if (item.kind == syntax::Guarantee::Kind::kAfterCan) {
    complete = ResolveCan(context, item, guarantee);
  } else if (item.kind == syntax::Guarantee::Kind::kNever) {
    const auto act = FindAct(context, item.subject);
    if (act) guarantee.act = *act;
    complete = act.has_value();
  } else {
    const auto role = FindRole(context, item.subject);
    if (role) guarantee.role = *role;
    complete = role.has_value();
  }
  guarantee.condition = ResolveQuestion(context, item.condition);
  complete = complete && guarantee.condition.has_value() == item.condition.has_value();
  if (complete) context.pack.guarantees.push_back(std::move(guarantee));
}

}  // namespace

void ResolveGuarantees(Context& context) {
  if (context.names.closes != nullptr) {
    context.pack.closes = ResolveQuestion(context, context.names.closes->when);
  }
  for (const syntax::Guarantee* item : context.names.guarantees) ResolveGuarantee(context, *item);
}

}  // namespace lawbound::check
