// Values of fields as people write them, and back: the forms of a pack's examples ("5000 CNY", "5 working
// days", "2025-01-22", "yes").  A list is several of them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/history.h"
#include "program/program.h"
#include "report/voice.h"

namespace lawbound::service {

inline constexpr std::size_t kMaxFieldBytes = 20'000;  // of one value; what is longer is a document

// What a value of the field looks like: "5000 CNY", "5000元".
std::string HintOf(const program::Program& program, const program::FieldDef& field, report::Tongue tongue);

// "5个工作日" and "5000元" as a pack writes them, "5 working days" and "5000 CNY"; what is no sum and no
// length, or is not written so, stays as it is.
std::string AsInPacks(const program::Program& program, const program::FieldDef& field, std::string value);

// A value, as it was written, in words; what is not of its form stays as it is.
std::string ToldValue(const program::Program& program, const program::FieldDef& field,
                      const std::string& value, const report::Voice& voice);

// Rows for what is no number: texts and names of people.
struct Interner {
  std::function<model::Value(std::string_view)> text;
  std::function<model::Value(std::string_view)> official;  // by register number
  std::function<model::Value(std::string_view)> member;    // by label
  std::function<model::Value(const std::vector<model::Value>&)> list;
};

// kInvalid: not a value of that type; the message names the field and says what one looks like.
base::Result<model::Value> ParseValues(const program::Program& program, const program::FieldDef& field,
                                       const std::vector<std::string>& values, const Interner& interner);

// One line of text for values, and back: as it is for one, a JSON array for a list.
std::string PackValues(const program::FieldDef& field, const std::vector<std::string>& values);
std::vector<std::string> UnpackValues(const program::FieldDef& field, const std::string& text);

}  // namespace lawbound::service
