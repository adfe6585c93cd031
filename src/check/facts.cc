// Stage "facts": computed facts, in an order in which each follows what it uses.
#include "check/citations.h"
#include "check/expressions.h"
#include "check/messages.h"
#include "check/stages.h"

namespace lawbound::check {
namespace {

bool RefuseFormsOfFact(Context& context, const NamedFact& named) {
  const syntax::Fact& fact = *named.fact;
  if (!fact.found_by.empty()) context.Say(NotCarriedOut(named.name->span, "found by"));
  if (fact.accrues_of) context.Say(NotCarriedOut(named.name->span, "accrues"));
  return !fact.value;
}

// A fact of the only one of its kind is a fact of the matter.
RoleId PartOfFact(Context& context, const syntax::Name& of) {
  const auto found = context.names.entities.find(of.text);
  const bool role = found != context.names.entities.end() && found->second.kind == Entity::Kind::kRole;
  if (role && !IsSeveral(context, RoleId(found->second.row))) return RoleId();
  return FindSeveral(context, of).value_or(RoleId());
}

}  // namespace

void ResolveFacts(Context& context) {
  for (const NamedFact& named : context.names.facts) {
    Fact fact;
    fact.name = named.name->text;
    fact.span = named.name->span;
    if (named.fact->of) fact.part = PartOfFact(context, *named.fact->of);
    fact.under = ResolveUnder(context, named.fact->under);
    context.cited = &named.fact->under;
    if (!RefuseFormsOfFact(context, named)) {
      if (std::optional<Expr> value = ResolveExpr(context, *named.fact->value)) {
        fact.value = std::move(*value);
      } else {
        context.failed_facts.insert(FactId(context.pack.facts.size()));
      }
    } else {
      context.failed_facts.insert(FactId(context.pack.facts.size()));
    }
    context.cited = nullptr;
    context.pack.facts.push_back(std::move(fact));
  }
}

}  // namespace lawbound::check
