// Lengths, and literals as values of fields.
#include <algorithm>

#include "check/expressions.h"
#include "check/messages.h"
#include "program/names.h"
#include "program/verify.h"

namespace lawbound::check {
namespace {

calendar::Unit UnitOf(const syntax::Length& length) {
  switch (length.unit) {
    case syntax::Unit::kDays:
      return calendar::Unit::kDays;
    case syntax::Unit::kWorkingDays:
      return calendar::Unit::kWorkingDays;
    case syntax::Unit::kMonths:
      return calendar::Unit::kMonths;
    case syntax::Unit::kYears:
      return calendar::Unit::kYears;
    case syntax::Unit::kHours:
      return calendar::Unit::kHours;
  }
  return calendar::Unit::kDays;
}

bool IsWorkingDays(const Context& context, const Instrument& instrument, std::int64_t number) {
  const std::vector<std::int64_t>& numbers = instrument.days_are_working_days;
  if (number > 0 && number <= instrument.working_days_up_to) return true;
  if (std::find(numbers.begin(), numbers.end(), number) != numbers.end()) return true;
  return std::any_of(instrument.working_days_of.begin(), instrument.working_days_of.end(), [&](RoleId role) {
    return std::find(context.acting.begin(), context.acting.end(), role) != context.acting.end();
  });
}

// "5 days" under an instrument whose "days of 5 are working days" must be written as working days.
void CheckWrittenUnit(Context& context, const syntax::Length& length) {
  if (context.cited == nullptr || length.unit != syntax::Unit::kDays) return;
  for (const syntax::Citation& citation : *context.cited) {
    const auto found = context.names.instrument_rows.find(citation.instrument.text);
    if (found == context.names.instrument_rows.end()) continue;
    if (!IsWorkingDays(context, context.pack.instruments[found->second.row], *length.number)) continue;
    context.Say(UnwrittenUnit(length.span, *length.number, citation.instrument.text));
    return;
  }
}

std::optional<calendar::Length> WrittenLength(Context& context, const syntax::Length& length) {
  const calendar::Unit unit = UnitOf(length);
  const std::int32_t longest = program::LongestLength(unit);
  if (*length.number < 0 || *length.number > longest) {
    context.Say(LengthOutOfRange(length.span, longest, program::UnitWords(unit)));
    return std::nullopt;
  }
  return calendar::Length{.count = static_cast<std::int32_t>(*length.number), .unit = unit};
}

std::string_view ValueWords(ValueType type) {
  switch (type) {
    case ValueType::kYesNo:
      return "yes or no";
    case ValueType::kWhole:
      return "a whole number";
    case ValueType::kMoney:
      return "an amount with its currency: 38 EUR";
    case ValueType::kDay:
      return "a date: 2024-03-01";
    case ValueType::kLength:
      return "a length: 14 days";
    case ValueType::kChoice:
      return "one of the field's choices";
    case ValueType::kMember:
      return "a name";
    case ValueType::kList:
      return "names or texts in brackets: (a, b)";
    case ValueType::kOfficial:
      return "a name";
    case ValueType::kText:
    case ValueType::kDocument:
    case ValueType::kProvision:
      return "a word or a quoted text";
  }
  return "";
}

std::string TextOf(Context& context, const syntax::Expr& value) {
  if (value.kind == syntax::ExprKind::kText) return value.text;
  return std::string(context.sources.text(value.span));
}

std::optional<model::Value> LengthOf(Context& context, const syntax::Expr& value) {
  if (!value.length->number) return std::nullopt;
  const std::optional<calendar::Length> length = WrittenLength(context, *value.length);
  if (!length) return std::nullopt;
  return model::LengthValue(length->count, static_cast<int>(length->unit));
}

std::optional<model::Value> ChoiceOf(const Field& field, const syntax::Expr& value) {
  if (value.kind != syntax::ExprKind::kRef || value.path.field) return std::nullopt;
  const auto found = std::find(field.choices.begin(), field.choices.end(), value.path.name.text);
  if (found == field.choices.end()) return std::nullopt;
  return found - field.choices.begin();
}

// The value, when the literal is of the field's type.
std::optional<model::Value> ValueOf(Context& context, const Field& field, const syntax::Expr& value,
                                    const KeepText& keep_text) {
  using Kind = syntax::ExprKind;
  switch (field.type) {
    case ValueType::kYesNo:
      if (value.kind == Kind::kYes) return 1;
      return value.kind == Kind::kNo ? std::optional<model::Value>(0) : std::nullopt;
    case ValueType::kWhole:
      return value.kind == Kind::kNumber ? std::optional<model::Value>(value.number) : std::nullopt;
    case ValueType::kDay:
      return value.kind == Kind::kDate ? std::optional<model::Value>(value.day.number) : std::nullopt;
    case ValueType::kMoney: {
      if (value.kind != Kind::kMoney) return std::nullopt;
      const std::optional<Expr> amount = ResolveExpr(context, value);
      return amount ? amount->number : model::kMissing;  // of another currency: said
    }
    case ValueType::kLength:
      return value.kind == Kind::kLength ? LengthOf(context, value) : std::nullopt;
    case ValueType::kChoice:
      return ChoiceOf(field, value);
    case ValueType::kList:
      return std::nullopt;
    case ValueType::kText:
    case ValueType::kOfficial:
    case ValueType::kMember:
    case ValueType::kDocument:
    case ValueType::kProvision:
      if (value.kind == Kind::kList) return std::nullopt;
      return keep_text(TextOf(context, value));
  }
  return std::nullopt;
}

}  // namespace

std::string_view TypeWords(ValueType type) {
  switch (type) {
    case ValueType::kYesNo:
      return "a yes-no question";
    case ValueType::kWhole:
      return "a number";
    case ValueType::kMoney:
      return "an amount of money";
    case ValueType::kText:
      return "text";
    case ValueType::kDay:
      return "a day";
    case ValueType::kLength:
      return "a length of time";
    case ValueType::kOfficial:
      return "an official";
    case ValueType::kDocument:
      return "a document";
    case ValueType::kProvision:
      return "a provision";
    case ValueType::kChoice:
      return "a choice";
    case ValueType::kMember:
      return "one of several";
    case ValueType::kList:
      return "a list";
  }
  return "";
}

std::optional<Length> ResolveLength(Context& context, const syntax::Length& length) {
  Length resolved;
  if (!length.call.empty()) {
    resolved.kind = Length::Kind::kFact;
    resolved.fixed.unit = UnitOf(length);
    resolved.fact = FactId(context.names.facts.size() + context.lengths.size());
    context.lengths.push_back(&length.call.front());
    return resolved;
  }
  if (length.number && length.unit == syntax::Unit::kHours) {
    const std::optional<calendar::Length> written = WrittenLength(context, length);
    if (!written) return std::nullopt;
    resolved.fixed = *written;
    return resolved;
  }
  return ResolvePlainLength(context, length);
}

std::optional<Length> ResolvePlainLength(Context& context, const syntax::Length& length) {
  Length resolved;
  if (!length.call.empty()) {
    context.Say(NoTableHere(length.span));
    return std::nullopt;
  }
  if (length.number && length.unit == syntax::Unit::kHours) {
    context.Say(HoursHere(length.span));
    return std::nullopt;
  }
  if (length.field) {
    const std::optional<FieldId> field = FindFieldOf(context, *length.field);
    if (!field) return std::nullopt;
    const Field& row = context.pack.fields[field->index()];
    if (row.type != ValueType::kLength || !row.act) {
      context.Say(NotALength(length.span, row.name));
      return std::nullopt;
    }
    resolved.kind = Length::Kind::kField;
    resolved.field = *field;
    return resolved;
  }
  CheckWrittenUnit(context, length);
  const std::optional<calendar::Length> written = WrittenLength(context, length);
  if (!written) return std::nullopt;
  resolved.fixed = *written;
  return resolved;
}

std::optional<CountingId> PackCounting(Context& context, Span at) {
  if (!context.tree.counted_by) {
    context.Say(NoCounting(at));
    return std::nullopt;
  }
  // An unknown name was said once, with the pack's header.
  const auto found = context.names.counting_rows.find(context.tree.counted_by->text);
  if (found == context.names.counting_rows.end()) return std::nullopt;
  return CountingId(found->second.row);
}

std::optional<model::Value> ResolveValue(Context& context, FieldId field, const syntax::Expr& value,
                                         const KeepText& keep_text) {
  const Field row = context.pack.fields[field.index()];
  std::optional<model::Value> resolved = ValueOf(context, row, value, keep_text);
  if (!resolved) context.Say(WrongValue(value.span, row.name, ValueWords(row.type)));
  return resolved;
}

}  // namespace lawbound::check
