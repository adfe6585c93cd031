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
    case ValueType::kOfficial:
      return std::string(program::TypeWords(kind.type));
    case ValueType::kWhole:
      break;
  }
  return std::to_string(value);
}

}  // namespace lawbound::report
