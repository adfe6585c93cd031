// Programs with a mapping, made by hand: for tests of reading logs, which need no checker.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "program/program.h"

namespace lawbound::support {

struct MadeField {
  std::string name;
  program::ValueType type = program::ValueType::kText;
  std::vector<std::string> choices = {};
};
struct MadeAct {
  std::string name;
  std::vector<MadeField> fields = {};
  program::Side side = program::Side::kAuthority;
  std::string dated_field = {};
};
struct MadeSource {
  std::string field;      // of the act, else of the role
  std::string attribute;  // "case:x" is an attribute of the case
};
struct MadeLine {
  std::string activity, act;
  std::vector<MadeSource> fields = {};
};
struct MadeMapping {
  program::MappingDef::Format format = program::MappingDef::Format::kXes;
  std::string case_column = {}, act_column = {}, time_column = {};
  std::vector<MadeLine> lines = {};
};

// The one role "party" has `role_fields`; the one mapping is `mapping`.
inline program::Program MakeProgram(const std::vector<MadeAct>& acts, const MadeMapping& mapping,
                                    const std::vector<MadeField>& role_fields = {}) {
  program::Program p;
  const auto string = [&](const std::string& text) {
    p.strings.push_back(text);
    return program::StringId(p.strings.size() - 1);
  };
  const auto row = [](std::size_t n) { return static_cast<std::uint32_t>(n); };
  const auto add_field = [&](const MadeField& made, std::size_t place) -> program::FieldDef& {
    program::FieldDef field;
    field.name = string(made.name);
    field.type = made.type;
    field.place = row(place);
    field.choices = {row(p.choices.size()), row(made.choices.size())};
    for (const std::string& choice : made.choices) p.choices.push_back(string(choice));
    p.fields.push_back(field);
    return p.fields.back();
  };
  p.path = string("test/pack");
  p.zone = string("Europe/Rome");
  p.currency = string("EUR");
  for (const MadeAct& made : acts) {
    program::ActDef act;
    act.name = string(made.name);
    act.side = made.side;
    act.fields = {row(p.fields.size()), row(made.fields.size())};
    for (std::size_t i = 0; i < made.fields.size(); ++i) {
      add_field(made.fields[i], i).act = model::ActId(p.acts.size());
      if (made.fields[i].name != made.dated_field) continue;
      act.dated = true;
      act.dated_field = model::FieldId(p.fields.size() - 1);
    }
    p.acts.push_back(act);
  }
  program::RoleDef role;
  role.name = string("party");
  role.fields = {row(p.fields.size()), row(role_fields.size())};
  for (std::size_t i = 0; i < role_fields.size(); ++i)
    add_field(role_fields[i], i).role = model::RoleId(std::size_t{0});
  p.roles.push_back(role);
  p.role_fields = row(role_fields.size());

  program::MappingDef def;
  def.name = string("log");
  def.format = mapping.format;
  if (!mapping.case_column.empty()) def.case_column = string(mapping.case_column);
  if (!mapping.act_column.empty()) def.act_column = string(mapping.act_column);
  if (!mapping.time_column.empty()) def.time_column = string(mapping.time_column);
  def.lines = {0, row(mapping.lines.size())};
  for (const MadeLine& made : mapping.lines) {
    program::MappingLine line;
    line.activity = string(made.activity);
    for (std::size_t i = 0; i < acts.size(); ++i) {
      if (acts[i].name == made.act) line.act = model::ActId(i);
    }
    CHECK(line.act);
    line.fields = {row(p.field_sources.size()), row(made.fields.size())};
    const program::ActDef& act = p.acts[line.act.index()];
    for (const MadeSource& source : made.fields) {
      program::FieldSource made_source;
      for (std::uint32_t f = 0; f < p.fields.size(); ++f) {
        const bool here = (f >= act.fields.first && f < act.fields.end()) || p.fields[f].role;
        if (here && p.string(p.fields[f].name) == source.field)
          made_source.field = model::FieldId(std::size_t{f});
      }
      CHECK(made_source.field);
      made_source.of_case = source.attribute.starts_with("case:");
      made_source.attribute = string(made_source.of_case ? source.attribute.substr(5) : source.attribute);
      p.field_sources.push_back(made_source);
    }
    p.mapping_lines.push_back(line);
  }
  p.mappings.push_back(def);
  return p;
}

// The acts and the mapping of the road traffic fine log, as it/traffic-fine has them.
inline program::Program TrafficProgram() {
  using enum program::ValueType;
  constexpr program::Side kParty = program::Side::kParty;
  return MakeProgram({{"issue", {{"amount", kMoney}, {"article", kText}}},
                      {"send", {{"expense", kMoney}}},
                      {"served"},
                      {"add-penalty", {{"amount", kMoney}}, program::Side::kLaw},
                      {"pay", {{"amount", kMoney}}, kParty},
                      {"appeal-prefect", {}, kParty},
                      {"forward-appeal"},
                      {"prefect-result"},
                      {"tell-result"},
                      {"appeal-judge", {}, kParty},
                      {"collect"}},
                     {.lines = {{"Create Fine", "issue", {{"amount", "amount"}, {"article", "article"}}},
                                {"Send Fine", "send", {{"expense", "expense"}}},
                                {"Insert Fine Notification", "served"},
                                {"Add penalty", "add-penalty", {{"amount", "amount"}}},
                                {"Payment", "pay", {{"amount", "paymentAmount"}}},
                                {"Insert Date Appeal to Prefecture", "appeal-prefect"},
                                {"Send Appeal to Prefecture", "forward-appeal"},
                                {"Receive Result Appeal from Prefecture", "prefect-result"},
                                {"Notify Result Appeal to Offender", "tell-result"},
                                {"Appeal to Judge", "appeal-judge"},
                                {"Send for Credit Collection", "collect"}}});
}

}  // namespace lawbound::support
