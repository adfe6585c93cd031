// Events, starts and effects: the parts that terms and rules share.
#pragma once

#include "check/names.h"

namespace lawbound::check {

std::optional<Event> ResolveEvent(Context& context, const syntax::Event& event);
std::optional<Effect> ResolveEffect(Context& context, const syntax::Effect& effect);
// Sets length, counting and starts of a term.
void ResolveStart(Context& context, const syntax::Start& start, Term& term);
// Says when `act` never rests on `on`.
bool CheckRestsOn(Context& context, ActId act, const syntax::Name& on_name, ActId on);

}  // namespace lawbound::check
