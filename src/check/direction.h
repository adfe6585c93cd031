// Norms bind the authority (docs/safeguards.md): what a pack may keep about a person.
#pragma once

#include "check/names.h"

namespace lawbound::check {

constexpr bool IsParty(RoleKind kind) { return kind == RoleKind::kPerson || kind == RoleKind::kAnyone; }

// REQUIRES: `role` is a party's and its fields are resolved.
void CheckPerson(Context& context, const syntax::Role& item, const Role& role);

}  // namespace lawbound::check
