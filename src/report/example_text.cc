#include "report/example_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

#include "program/listing.h"
#include "program/names.h"
#include "report/values.h"

namespace lawbound::report {

using model::ActId;
using model::Batch;
using model::Entry;
using model::FieldId;
using model::PersonRef;
using model::RoleId;
using model::Value;
using program::ActDef;
using program::FieldDef;
using program::Program;
using program::ValueType;

namespace {

class Writer {
 public:
  Writer(const Program& program, const Batch& matter) : program_(program), matter_(matter) {}

  std::string Write(std::string_view title) {
    std::string out = fmt::format("example \"{}\"\n", title);
    for (const std::string& line : Given()) out += "  " + line + "\n";
    for (const Entry& entry : matter_.entries) {
      const ActDef& act = program_.acts[entry.act.index()];
      if (act.kind != ActDef::Kind::kTarget) out += "  " + Step(entry, act) + "\n";
    }
    return out;
  }

 private:
  std::string Name(PersonRef person) const {
    std::string name =
        person < matter_.people_names.size() ? matter_.people_names[person] : std::string("somebody");
    std::replace(name.begin(), name.end(), ' ', '-');
    return name;
  }

  std::string Text(Value row) const {
    const bool known = row >= 0 && static_cast<std::size_t>(row) < matter_.texts.size();
    std::string text = known ? matter_.texts[static_cast<std::size_t>(row)] : std::string("text");
    std::replace(text.begin(), text.end(), '"', '\'');
    return fmt::format("\"{}\"", text);
  }

  std::string ValueOf(FieldId id, ValueType type, Value value) const {
    switch (type) {
      case ValueType::kText:
      case ValueType::kDocument:
      case ValueType::kProvision:
        return Text(value);
      case ValueType::kOfficial:
      case ValueType::kMember:
        return Name(static_cast<PersonRef>(value));
      case ValueType::kDay:
        return base::PrintDay({static_cast<std::int32_t>(value)});
      case ValueType::kList: {
        std::vector<std::string> items;
        const auto at = static_cast<std::size_t>(value);
        const auto count = static_cast<std::size_t>(matter_.lists[at]);
        for (std::size_t i = 1; i <= count; ++i)
          items.push_back(ValueOf(id, program_.fields[id.index()].element, matter_.lists[at + i]));
        return fmt::format("({})", fmt::join(items, ", "));
      }
      case ValueType::kYesNo:
      case ValueType::kWhole:
      case ValueType::kMoney:
      case ValueType::kLength:
      case ValueType::kChoice:
        return ValueText(program_, nullptr, value, TypeOfField(program_, id));
    }
    return "";
  }

  std::string Named(FieldId id, Value value) const {
    const FieldDef& field = program_.fields[id.index()];
    return fmt::format("{}: {}", program_.string(field.name), ValueOf(id, field.type, value));
  }

  // What the act was of, with the fields that the line does not say otherwise.
  std::vector<std::string> Fields(const Entry& entry, const ActDef& act) const {
    std::vector<std::string> fields;
    for (std::uint32_t f = act.fields.first; f < act.fields.end(); ++f) {
      const FieldId id(std::size_t{f});
      const Value value = matter_.values[entry.first_value + program_.fields[f].place];
      const bool said = id == act.member || (act.dated && id == act.dated_field);
      if (value != model::kMissing && !said) fields.push_back(Named(id, value));
    }
    return fields;
  }

  // Before the first day: what is known of those who take part, and of the world.
  std::vector<std::string> Given() const {
    std::vector<std::string> lines;
    const std::size_t first = program_.fields.size() - program_.role_fields;
    for (std::size_t role = 0; role < program_.roles.size(); ++role) {
      if (!program_.roles[role].several) AddRole(RoleId(role), first, lines);
    }
    std::vector<PersonRef> written;
    for (const model::MemberValue& one : matter_.member_values) {
      if (std::find(written.begin(), written.end(), one.member) != written.end()) continue;
      written.push_back(one.member);
      AddMember(one.member, lines);
    }
    for (std::size_t i = 0; i < program_.outside.size(); ++i) {
      const std::size_t place = program_.role_fields + i;
      if (place >= matter_.role_values.size() || matter_.role_values[place] == model::kMissing) continue;
      lines.push_back(fmt::format("earlier {}: {}", program::NameOf(program_, program_.outside[i].act),
                                  matter_.role_values[place] != 0 ? "yes" : "no"));
    }
    for (const Entry& entry : matter_.entries) {
      const ActDef& act = program_.acts[entry.act.index()];
      if (act.kind != ActDef::Kind::kTarget) continue;
      std::vector<std::string> fields{fmt::format("day: {}", base::PrintDay(entry.day))};
      const std::vector<std::string> others = Fields(entry, act);
      fields.insert(fields.end(), others.begin(), others.end());
      lines.push_back(fmt::format("target {}", fmt::join(fields, ", ")));
    }
    for (const model::Holding& holding : matter_.holdings) {
      // A role's own name holds what the role needs.
      if (!Acts(holding.person) || IsRole(Name(holding.person))) continue;
      lines.push_back(fmt::format("{} {}: {}", Name(holding.person),
                                  program_.string(program_.credentials[holding.credential]),
                                  holding.held ? "yes" : "no"));
    }
    return lines;
  }

  void AddRole(RoleId role, std::size_t first, std::vector<std::string>& lines) const {
    std::vector<std::string> fields;
    for (std::size_t f = first; f < program_.fields.size(); ++f) {
      const FieldDef& field = program_.fields[f];
      if (field.role != role || field.place >= matter_.role_values.size()) continue;
      const Value value = matter_.role_values[field.place];
      if (value != model::kMissing) fields.push_back(Named(FieldId(f), value));
    }
    if (!fields.empty())
      lines.push_back(
          fmt::format("{} {}", program_.string(program_.roles[role.index()].name), fmt::join(fields, ", ")));
  }

  void AddMember(PersonRef member, std::vector<std::string>& lines) const {
    std::vector<std::string> fields;
    RoleId role;
    for (const model::MemberValue& one : matter_.member_values) {
      if (one.member != member || one.value == model::kMissing) continue;
      role = program_.fields[one.field.index()].role;
      fields.push_back(Named(one.field, one.value));
    }
    if (fields.empty()) return;
    lines.push_back(fmt::format("{} {} {}", program_.string(program_.roles[role.index()].name), Name(member),
                                fmt::join(fields, ", ")));
  }

  bool Acts(PersonRef person) const {
    return std::any_of(matter_.entries.begin(), matter_.entries.end(), [&](const Entry& entry) {
      const auto first = matter_.people.begin() + entry.first_person;
      return std::find(first, first + entry.people, person) != first + entry.people;
    });
  }

  bool IsRole(std::string_view name) const {
    return std::any_of(program_.roles.begin(), program_.roles.end(),
                       [&](const program::RoleDef& role) { return program_.string(role.name) == name; });
  }

  std::string Step(const Entry& entry, const ActDef& act) const {
    const bool finding = act.kind == ActDef::Kind::kFinding;
    std::string line = base::PrintDay(entry.day);
    if (entry.minute != base::kNoMinute)
      line += fmt::format(" {:02}:{:02}", entry.minute / 60, entry.minute % 60);
    if (entry.recorded != entry.day) line += fmt::format(" recorded {}", base::PrintDay(entry.recorded));
    line += fmt::format(" {}", finding ? "find" : program::NameOf(program_, entry.act));
    std::vector<std::string> people;
    for (std::uint32_t i = 0; i < entry.people; ++i)
      people.push_back(Name(matter_.people[entry.first_person + i]));
    if (!people.empty()) line += fmt::format(" by {}", fmt::join(people, ", "));
    const Value member = act.member
                             ? matter_.values[entry.first_value + program_.fields[act.member.index()].place]
                             : model::kMissing;
    if (member >= 0) {
      const auto by = program_.role_lists.begin() + act.by.first;
      const bool own = std::find(by, by + act.by.count, act.part) != by + act.by.count;
      const std::string name = Name(static_cast<PersonRef>(member));
      if (act.to == act.part) {
        line += " to " + name;
      } else if (!own) {
        line += " of " + name;
      }
    }
    if (entry.number < matter_.chosen_on.size() && matter_.chosen_on[entry.number])
      line += fmt::format(" on {}", program::NameOf(program_, matter_.chosen_on[entry.number]));
    const std::vector<std::string> fields = Fields(entry, act);
    if (!fields.empty()) line += fmt::format(" {}", fmt::join(fields, ", "));
    return line;
  }

  const Program& program_;
  const Batch& matter_;
};

}  // namespace

std::string ExampleText(const Program& program, std::string_view title, const Batch& matter) {
  return Writer(program, matter).Write(title);
}

}  // namespace lawbound::report
