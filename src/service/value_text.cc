#include "service/value_text.h"

#include <charconv>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/day.h"
#include "calendar/period.h"
#include "program/names.h"
#include "report/values.h"

namespace lawbound::service {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using model::Value;
using program::FieldDef;
using program::Program;
using program::ValueType;

// Sums of these stay far from the end of 64 bits.
constexpr std::int64_t kMostUnits = 1'000'000'000'000'000;

// As people write them in Chinese; the longer before those that they end with.
constexpr std::pair<std::string_view, std::string_view> kYuan{"CNY", "元"};
constexpr std::pair<std::string_view, std::string_view> kChineseUnits[] = {{"个工作日", "working days"},
                                                                           {"工作日", "working days"},
                                                                           {"个月", "months"},
                                                                           {"月", "months"},
                                                                           {"小时", "hours"},
                                                                           {"日", "days"},
                                                                           {"天", "days"},
                                                                           {"年", "years"}};

std::optional<std::int64_t> ParseWhole(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (text.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  if (number > kMostUnits || number < -kMostUnits) return std::nullopt;
  return number;
}

// "5000", "5000.50", with or without the currency behind it.
std::optional<std::int64_t> ParseMoney(const Program& program, std::string_view text) {
  const std::string_view currency = program.string(program.currency);
  if (!currency.empty() && text.ends_with(currency)) {
    text.remove_suffix(currency.size());
    if (!text.ends_with(' ')) return std::nullopt;
    text.remove_suffix(1);
  }
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string digits(text.substr(0, point));
  std::string_view decimals = text.substr(std::min(point + 1, text.size()));
  if (digits.empty() || digits[0] == '-' || decimals.size() > program.currency_decimals ||
      (point < text.size() && decimals.empty()))
    return std::nullopt;
  digits += decimals;
  digits.append(program.currency_decimals - decimals.size(), '0');
  return ParseWhole(digits);
}

std::optional<Value> ParseLength(std::string_view text) {
  const std::size_t space = std::min(text.find(' '), text.size());
  const auto count = ParseWhole(text.substr(0, space));
  constexpr std::int64_t kLongest = 100'000;
  if (!count || *count < 0 || *count > kLongest || space == text.size()) return std::nullopt;
  std::string unit(text.substr(space + 1));
  if (!unit.ends_with('s')) unit += 's';
  using enum calendar::Unit;
  for (const calendar::Unit known : {kDays, kWorkingDays, kHours, kMonths, kYears}) {
    if (unit == program::UnitWords(known))
      return model::LengthValue(static_cast<std::int32_t>(*count), static_cast<int>(known));
  }
  return std::nullopt;
}

std::optional<Value> ParseChoice(const Program& program, const FieldDef& field, std::string_view text) {
  for (std::uint32_t i = 0; i < field.choices.count; ++i) {
    if (program.string(program.choices[field.choices.first + i]) == text) return Value{i};
  }
  return std::nullopt;
}

std::optional<Value> ParseOne(const Program& program, const FieldDef& field, ValueType type,
                              std::string_view text, const Interner& interner) {
  switch (type) {
    case ValueType::kYesNo:
      if (text == "yes") return 1;
      return text == "no" ? std::optional<Value>(0) : std::nullopt;
    case ValueType::kWhole:
      return ParseWhole(text);
    case ValueType::kMoney:
      return ParseMoney(program, text);
    case ValueType::kDay: {
      const std::optional<base::Day> day = base::ParseDay(text);
      return day ? std::optional<Value>(day->number) : std::nullopt;
    }
    case ValueType::kLength:
      return ParseLength(text);
    case ValueType::kChoice:
      return ParseChoice(program, field, text);
    case ValueType::kOfficial:
      return interner.official(text);
    case ValueType::kMember:
      return interner.member(text);
    case ValueType::kText:
    case ValueType::kDocument:
    case ValueType::kProvision:
      return interner.text(text);
    case ValueType::kList:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string HintOfType(const Program& program, const FieldDef& field, ValueType type, report::Tongue tongue) {
  const bool chinese = tongue == report::Tongue::kChinese;
  switch (type) {
    case ValueType::kYesNo:
      return chinese ? "yes（是）、no（否）" : "yes, no";
    case ValueType::kWhole:
      return "35";
    case ValueType::kMoney:
      return chinese && program.string(program.currency) == kYuan.first
                 ? fmt::format("5000{}", kYuan.second)
                 : fmt::format("5000 {}", program.string(program.currency));
    case ValueType::kDay:
      return "2025-01-22";
    case ValueType::kLength:
      return chinese ? "5个工作日" : "5 working days";
    case ValueType::kChoice: {
      std::string out;
      for (std::uint32_t i = 0; i < field.choices.count; ++i)
        out +=
            fmt::format("{}{}", i == 0 ? "" : ", ", program.string(program.choices[field.choices.first + i]));
      return out;
    }
    case ValueType::kOfficial:
      return chinese ? "工号" : "a register number";
    case ValueType::kMember:
      return chinese ? "姓名或者名称" : "a name";
    case ValueType::kText:
    case ValueType::kDocument:
    case ValueType::kProvision:
    case ValueType::kList:
      return chinese ? "文字" : "a text";
  }
  return "";
}

}  // namespace

std::string HintOf(const Program& program, const FieldDef& field, report::Tongue tongue) {
  return HintOfType(program, field, field.type == ValueType::kList ? field.element : field.type, tongue);
}

std::string AsInPacks(const Program& program, const FieldDef& field, std::string value) {
  const ValueType type = field.type == ValueType::kList ? field.element : field.type;
  const auto replaced = [&](std::string_view unit, std::string_view instead) {
    if (!value.ends_with(unit) || !ParseWhole(std::string_view(value).substr(0, value.size() - unit.size())))
      return false;
    value.replace(value.size() - unit.size(), unit.size(), fmt::format(" {}", instead));
    return true;
  };
  if (type == ValueType::kMoney && program.string(program.currency) == kYuan.first &&
      value.ends_with(kYuan.second))
    value.replace(value.size() - kYuan.second.size(), kYuan.second.size(), fmt::format(" {}", kYuan.first));
  if (type == ValueType::kLength) {
    for (const auto& [unit, instead] : kChineseUnits) {
      if (replaced(unit, instead)) break;
    }
  }
  return value;
}

std::string ToldValue(const Program& program, const FieldDef& field, const std::string& value,
                      const report::Voice& voice) {
  const ValueType type = field.type == ValueType::kList ? field.element : field.type;
  switch (type) {
    case ValueType::kText:
    case ValueType::kDocument:
    case ValueType::kProvision:
    case ValueType::kOfficial:
    case ValueType::kMember:
    case ValueType::kList:
      return value;
    default:
      break;
  }
  const std::optional<Value> read = ParseOne(program, field, type, value, Interner{});
  if (!read) return value;
  const auto id = model::FieldId(static_cast<std::size_t>(&field - program.fields.data()));
  return report::ValueText(program, nullptr, *read, {.type = type, .field = id}, voice);
}

Result<Value> ParseValues(const Program& program, const FieldDef& field,
                          const std::vector<std::string>& values, const Interner& interner) {
  const std::string_view name = program.string(field.name);
  if (values.empty()) return model::kMissing;
  for (const std::string& value : values) {
    if (value.empty())
      return Error{Errc::kInvalid, fmt::format("'{}' has an empty value; leave it out instead", name)};
    if (value.size() > kMaxFieldBytes)
      return Error{Errc::kLimit, fmt::format("'{}' is longer than {} bytes; attach a document instead", name,
                                             kMaxFieldBytes)};
  }
  const auto wrong = [&](const std::string& value) {
    return Error{Errc::kInvalid,
                 fmt::format("'{}' cannot be '{}': it is one of this form: {}", name, value.substr(0, 100),
                             HintOf(program, field, report::Tongue::kEnglish))};
  };
  if (field.type != ValueType::kList) {
    if (values.size() > 1) return Error{Errc::kInvalid, fmt::format("'{}' takes one value", name)};
    const std::optional<Value> value = ParseOne(program, field, field.type, values.front(), interner);
    if (!value) return wrong(values.front());
    return *value;
  }
  std::vector<Value> rows;
  for (const std::string& one : values) {
    const std::optional<Value> value = ParseOne(program, field, field.element, one, interner);
    if (!value) return wrong(one);
    rows.push_back(*value);
  }
  return interner.list(rows);
}

std::string PackValues(const FieldDef& field, const std::vector<std::string>& values) {
  if (field.type != ValueType::kList) return values.front();
  return nlohmann::json(values).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::string> UnpackValues(const FieldDef& field, const std::string& text) {
  if (field.type != ValueType::kList) return {text};
  const nlohmann::json read = nlohmann::json::parse(text, nullptr, false);
  std::vector<std::string> out;
  if (!read.is_array()) return {text};
  for (const nlohmann::json& one : read) {
    if (one.is_string()) out.push_back(one.get<std::string>());
  }
  return out;
}

}  // namespace lawbound::service
