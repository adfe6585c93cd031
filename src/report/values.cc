#include "report/values.h"

#include <algorithm>

#include "program/names.h"
#include "report/words.h"

namespace lawbound::report {

using program::ValueType;

ValueKind TypeOfField(const program::Program& program, model::FieldId field) {
  return {.type = program.fields[field.index()].type, .field = field};
}

std::string Spoken(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '-', ' ');
  return out;
}

namespace {

std::string ListText(const program::Program& program, const model::History* history, model::Value value,
                     ValueKind kind) {
  if (history == nullptr || !kind.field) return std::string(program::TypeWords(kind.type));
  const ValueType element = program.fields[kind.field.index()].element;
  const model::Value* list = history->lists.data() + value;
  std::string out;
  for (model::Value i = 1; i <= list[0]; ++i) {
    if (i > 1) out += ", ";
    out += ValueText(program, history, list[i], {.type = element, .field = {}});
  }
  return out.empty() ? "none" : out;
}

}  // namespace

std::string ValueText(const program::Program& program, const model::History* history, model::Value value,
                      ValueKind kind) {
  switch (kind.type) {
    case ValueType::kYesNo:
      return value != 0 ? "yes" : "no";
    case ValueType::kMoney:
      return program::MoneyText(program, value);
    case ValueType::kDay:
      return words::LongDate(base::Day{static_cast<std::int32_t>(value)});
    case ValueType::kLength:
      return program::LengthText(
          {.count = static_cast<std::int32_t>(value / 8), .unit = static_cast<calendar::Unit>(value % 8)});
    case ValueType::kChoice: {
      if (!kind.field) break;
      const auto& choices = program.fields[kind.field.index()].choices;
      if (value < 0 || value >= choices.count) break;
      return std::string(program.string(program.choices[choices.first + static_cast<std::uint32_t>(value)]));
    }
    case ValueType::kText:
    case ValueType::kDocument:
    case ValueType::kProvision:
      if (history != nullptr && value >= 0 && static_cast<std::size_t>(value) < history->texts.size()) {
        return words::Quoted(history->texts[static_cast<std::size_t>(value)]);
      }
      return std::string(program::TypeWords(kind.type));
    case ValueType::kMember:
      if (history != nullptr && value >= 0 && static_cast<std::size_t>(value) < history->people_names.size())
        return history->people_names[static_cast<std::size_t>(value)];
      return std::string(program::TypeWords(kind.type));
    case ValueType::kList:
      return ListText(program, history, value, kind);
    case ValueType::kOfficial:
      return std::string(program::TypeWords(kind.type));
    case ValueType::kWhole:
      break;
  }
  return std::to_string(value);
}

}  // namespace lawbound::report
