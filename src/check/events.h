// Events, starts and effects: the parts that terms and rules share.
#pragma once

#include "check/names.h"

namespace lawbound::check {

std::optional<Event> ResolveEvent(Context& context, const syntax::Event& event);
// `cause` is the act that the effect follows from, none when it is a lapse or a breach.
std::optional<Effect> ResolveEffect(Context& context, const syntax::Effect& effect, ActId cause);
// `N is STATUS`, said by an act of kind `cause`.  What is changed takes the fields over that `cause` always
// has under the same name and type.
Effect StandingEffect(const CheckedPack& pack, ActId act, program::Standing standing, ActId cause);
// Sets length, counting and starts of a term.
void ResolveStart(Context& context, const syntax::Start& start, Term& term);
// Says when `act` never rests on `on`.
bool CheckRestsOn(Context& context, ActId act, const syntax::Name& on_name, ActId on);

}  // namespace lawbound::check
