// Expressions: names looked up, types found, units checked.  Whatever cannot be resolved is said and nothing
// is returned.
#pragma once

#include <functional>
#include <optional>

#include "check/names.h"

namespace lawbound::check {

// An expression of any computable type.
std::optional<Expr> ResolveExpr(Context& context, const syntax::Expr& expr);
// A yes-no expression.
std::optional<Expr> ResolveQuestion(Context& context, const syntax::Expr& expr);
std::optional<Expr> ResolveQuestion(Context& context, const std::optional<syntax::Expr>& expr);

// A value for a field, of its type; a bare word may be one of the field's choices.
std::optional<Expr> ResolveFieldValue(Context& context, FieldId field, const syntax::Expr& expr);
// Types of values that are shown and stored, and nothing computes with.
bool IsForPeople(ValueType type);

// "10 working days", "extend.length" or "limit(issue.kind) days", whose number is worked out by a fact of its
// own (Context::lengths).  A written unit is compared with what the cited instruments say of it.
std::optional<Length> ResolveLength(Context& context, const syntax::Length& length);
// The same, but not from a table; for comparisons of days.
std::optional<Length> ResolvePlainLength(Context& context, const syntax::Length& length);
// The counting that the pack names for everything; said when it names none.
std::optional<CountingId> PackCounting(Context& context, Span at);

// A literal as a value of a field.  Texts, documents and provisions go through `keep_text`, which returns
// their row.
using KeepText = std::function<model::Value(std::string)>;
std::optional<model::Value> ResolveValue(Context& context, FieldId field, const syntax::Expr& value,
                                         const KeepText& keep_text);

// "a day", "an amount of money"...
std::string_view TypeWords(ValueType type);

}  // namespace lawbound::check
