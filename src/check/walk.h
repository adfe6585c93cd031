// Small questions about expressions, for the stages that compare whole rules.
#pragma once

#include <functional>

#include "check/checked_pack.h"

namespace lawbound::check {

// An absent condition, or one that is yes (or no) whatever the history.
bool IsAlways(const std::optional<Expr>& expr);
bool IsNever(const std::optional<Expr>& expr);
bool IsAlways(const Expr& expr);
bool IsNever(const Expr& expr);

// Every expression of the pack, once.
void ForEachExpr(const CheckedPack& pack, const std::function<void(const Expr&)>& visit);

}  // namespace lawbound::check
