#include "service/step.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tlog/entry.h"

namespace lawbound::service {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;
using model::ActId;
using model::PersonRef;
using model::RoleId;
using model::Value;
using nlohmann::json;
using program::ActDef;
using program::FieldDef;
using program::Program;

namespace {

// Fields of an entry that are not fields of the act begin so; no field of a pack has a point in its name.
constexpr std::string_view kBy = "service.by";
constexpr std::string_view kGiven = "service.given";
constexpr std::string_view kHeld = "service.held";
constexpr std::string_view kEntered = "service.entered";
constexpr std::string_view kLinked = "service.linked";

std::string Dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

std::optional<std::string> ByText(const Step& step) {
  if (step.by.empty()) return std::nullopt;
  json all = json::array();
  for (const Doer& doer : step.by) all.push_back({doer.register_number, doer.name, doer.label});
  return Dump(all);
}

std::optional<std::string> GivenText(const Step& step) {
  if (step.given.empty()) return std::nullopt;
  json all = json::array();
  for (const Given& given : step.given) all.push_back({given.role, given.label, given.field, given.value});
  return Dump(all);
}

std::optional<std::string> HeldText(const Step& step) {
  if (step.held.empty()) return std::nullopt;
  json all = json::array();
  for (const Held& held : step.held)
    all.push_back({held.register_number, held.credential, held.held ? "yes" : "no"});
  return Dump(all);
}

// Rows of so many strings each; empty when it is anything else.
std::vector<std::vector<std::string>> Rows(const std::string& text, std::size_t width) {
  const json read = json::parse(text, nullptr, false);
  std::vector<std::vector<std::string>> out;
  if (!read.is_array()) return out;
  for (const json& row : read) {
    if (!row.is_array() || row.size() != width) return {};
    std::vector<std::string>& strings = out.emplace_back();
    for (const json& one : row) {
      if (!one.is_string()) return {};
      strings.push_back(one.get<std::string>());
    }
  }
  return out;
}

std::string Fact(const tlog::Entry& entry, std::string_view name) {
  const std::string* value = entry.FindFact(name);
  return value == nullptr ? std::string() : *value;
}

}  // namespace

const std::vector<std::string>* Step::FindValue(std::string_view field) const {
  const auto found = std::ranges::find_if(values, [&](const auto& value) { return value.first == field; });
  return found == values.end() ? nullptr : &found->second;
}

std::string LinkedMatter(const Step& step) { return step.linked.substr(0, step.linked.find(' ')); }

std::string LinkedLabel(const Step& step) {
  const std::size_t space = step.linked.find(' ');
  return space == std::string::npos ? std::string() : step.linked.substr(space + 1);
}

ledger::Draft DraftOf(const Step& step, std::string_view matter, const ServedPack& pack,
                      std::string request) {
  const Program& program = pack.program();
  ledger::Draft draft;
  draft.request = std::move(request);
  const auto fact = [&](std::string_view name, std::string value) {
    if (!value.empty()) draft.facts.push_back({std::string(name), std::move(value)});
  };
  fact("act", step.act);
  fact("day", base::PrintDay(step.day));
  fact("matter", std::string(matter));
  fact("office", step.office);
  fact("pack", pack.pages_hash());
  fact("program", pack.program_hash());
  fact("procedure", std::string(pack.path()));
  fact("verdict", step.verdict);
  fact("role", step.role);
  fact("on", step.on);
  fact("desk", step.desk);
  if (step.recorded != step.day) fact("recorded", base::PrintDay(step.recorded));
  if (step.minute != base::kNoMinute) fact("minute", fmt::format("{}", step.minute));
  if (step.deemed) fact("deemed", "yes");
  const ActDef& act = program.acts[pack.FindAct(step.act).index()];
  for (std::uint32_t i = act.fields.first; i < act.fields.end(); ++i) {
    const FieldDef& field = program.fields[i];
    const std::string name(program.string(field.name));
    const std::vector<std::string>* values = step.FindValue(name);
    const bool filled = values != nullptr && !values->empty();
    draft.fields.push_back(
        {name, filled ? std::optional<std::string>(PackValues(field, *values)) : std::nullopt});
  }
  draft.fields.push_back({std::string(kBy), ByText(step)});
  draft.fields.push_back({std::string(kGiven), GivenText(step)});
  draft.fields.push_back({std::string(kHeld), HeldText(step)});
  const auto text = [](const std::string& value) {
    return value.empty() ? std::nullopt : std::optional<std::string>(value);
  };
  draft.fields.push_back({std::string(kEntered), text(step.entered)});
  draft.fields.push_back({std::string(kLinked), text(step.linked)});
  return draft;
}

Result<Step> ReadStep(const ledger::StoredAct& stored, std::uint64_t number, const ServedPack& pack) {
  const tlog::Entry& entry = stored.entry;
  const ActId id = pack.FindAct(Fact(entry, "act"));
  const std::optional<Day> day = base::ParseDay(Fact(entry, "day"));
  if (!id || !day)
    return Error{Errc::kCorrupt, fmt::format("entry {} is no act of '{}'", number, pack.path())};
  Step step{.entry = number,
            .act = Fact(entry, "act"),
            .day = *day,
            .recorded = base::ParseDay(Fact(entry, "recorded")).value_or(*day),
            .minute = base::kNoMinute,
            .role = Fact(entry, "role"),
            .office = Fact(entry, "office"),
            .verdict = Fact(entry, "verdict"),
            .on = Fact(entry, "on"),
            .deemed = entry.FindFact("deemed") != nullptr,
            .desk = Fact(entry, "desk"),
            .by = {},
            .values = {},
            .given = {},
            .held = {},
            .entered = {},
            .linked = {},
            .gone = {}};
  if (const std::string minute = Fact(entry, "minute"); !minute.empty() && minute.size() <= 4)
    step.minute = static_cast<base::Minute>(std::atoi(minute.c_str()));
  const ActDef& act = pack.program().acts[id.index()];
  for (const ledger::StoredField& field : stored.fields) {
    if (!field.opening) {
      step.gone.push_back(field.name);
      continue;
    }
    if (!field.opening->value) continue;
    const std::string& value = *field.opening->value;
    if (field.name == kBy) {
      for (const auto& row : Rows(value, 3))
        step.by.push_back({.register_number = row[0], .name = row[1], .label = row[2]});
    } else if (field.name == kGiven) {
      for (const auto& row : Rows(value, 4))
        step.given.push_back({.role = row[0], .label = row[1], .field = row[2], .value = row[3]});
    } else if (field.name == kHeld) {
      for (const auto& row : Rows(value, 3))
        step.held.push_back({.register_number = row[0], .credential = row[1], .held = row[2] == "yes"});
    } else if (field.name == kEntered) {
      step.entered = value;
    } else if (field.name == kLinked) {
      step.linked = value;
    } else if (const FieldDef* def = pack.FindField(act, field.name)) {
      step.values.emplace_back(field.name, UnpackValues(*def, value));
    }
  }
  return step;
}

MatterHistory::MatterHistory(const ServedPack& pack, std::string name) : pack_(&pack) {
  const Program& program = pack.program();
  batch_.role_values.assign(program.role_fields + program.outside.size(), model::kMissing);
  batch_.names = std::move(name);
  batch_.cases.push_back({.name_begin = 0,
                          .name_size = static_cast<std::uint32_t>(batch_.names.size()),
                          .first_entry = 0,
                          .entries = 0,
                          .first_role_value = 0,
                          .role_values = static_cast<std::uint32_t>(batch_.role_values.size())});
}

void MatterHistory::SetName(std::string name) {
  batch_.names = std::move(name);
  batch_.cases[0].name_size = static_cast<std::uint32_t>(batch_.names.size());
}

PersonRef MatterHistory::Person(std::string_view key, std::string_view shown) {
  const auto found = people_.find(key);
  if (found != people_.end()) return found->second;
  const auto row = static_cast<PersonRef>(batch_.people_names.size());
  batch_.people_names.emplace_back(shown);
  people_.emplace(key, row);
  return row;
}

PersonRef MatterHistory::Official(std::string_view register_number, std::string_view name) {
  const std::string key = fmt::format("official {}", register_number);
  const PersonRef person =
      Person(key, name.empty() ? std::string(register_number) : fmt::format("{} {}", name, register_number));
  // Named in a field before they acted themselves.
  if (!name.empty()) batch_.people_names[person] = fmt::format("{} {}", name, register_number);
  return person;
}

PersonRef MatterHistory::AddMember(RoleId role, std::string_view label) {
  const PersonRef person = Person(fmt::format("member {}", label), label);
  const bool known = std::ranges::any_of(
      members_, [&](const auto& member) { return member.role == role && member.label == label; });
  if (!known) members_.push_back({role, std::string(label)});
  return person;
}

Interner MatterHistory::InternerFor(RoleId members) {
  return {.text =
              [this](std::string_view text) {
                batch_.texts.emplace_back(text);
                return static_cast<Value>(batch_.texts.size() - 1);
              },
          .official = [this](std::string_view number) { return static_cast<Value>(Official(number, "")); },
          .member = [this, members](
                        std::string_view label) { return static_cast<Value>(AddMember(members, label)); },
          .list =
              [this](const std::vector<Value>& values) {
                const auto row = static_cast<Value>(batch_.lists.size());
                batch_.lists.push_back(static_cast<Value>(values.size()));
                batch_.lists.insert(batch_.lists.end(), values.begin(), values.end());
                return row;
              }};
}

// "earlier decide: no" is what the world answers; else a field of a role or thing.
Status MatterHistory::AddGiven(const Given& given) {
  const Program& program = pack_->program();
  if (given.role == "earlier") {
    for (std::size_t i = 0; i < program.outside.size(); ++i) {
      if (pack_->Name(program.outside[i].act) != given.field) continue;
      batch_.role_values[program.role_fields + i] = given.value == "yes" ? 1 : 0;
      return base::Ok();
    }
    return Error{Errc::kInvalid, fmt::format("the pack asks of no earlier '{}'", given.field)};
  }
  const RoleId role = pack_->FindRole(given.role);
  if (!role) return Error{Errc::kInvalid, fmt::format("the pack has no role or thing '{}'", given.role)};
  const program::RoleDef& def = program.roles[role.index()];
  if (given.label.empty()) return Error{Errc::kInvalid, fmt::format("a '{}' without a name", given.role)};
  if (given.field.empty()) return AddMember(role, given.label), base::Ok();
  const FieldDef* field = pack_->FindField(role, given.field);
  if (field == nullptr)
    return Error{Errc::kInvalid, fmt::format("'{}' has no field '{}'", given.role, given.field)};
  ASSIGN_OR_RETURN(const Value value,
                   ParseValues(program, *field, {given.value}, InternerFor(field->members)));
  const PersonRef member = AddMember(role, given.label);
  if (!def.several) {
    batch_.role_values[field->place] = value;
    return base::Ok();
  }
  const auto id = model::FieldId(static_cast<std::size_t>(field - program.fields.data()));
  const auto known = std::ranges::find_if(batch_.member_values, [&](const model::MemberValue& row) {
    return row.member == member && row.field == id;
  });
  if (known != batch_.member_values.end()) {
    known->value = value;
  } else {
    batch_.member_values.push_back({.member = member, .field = id, .value = value});
  }
  return base::Ok();
}

Status MatterHistory::AddValues(const Step& step, const ActDef& act, std::uint32_t first) {
  const Program& program = pack_->program();
  for (const auto& [name, values] : step.values) {
    const FieldDef* field = pack_->FindField(act, name);
    if (field == nullptr) return Error{Errc::kInvalid, fmt::format("'{}' has no field '{}'", step.act, name)};
    ASSIGN_OR_RETURN(batch_.values[first + field->place],
                     ParseValues(program, *field, values, InternerFor(field->members)));
  }
  if (!act.dated_field) return base::Ok();
  Value& dated = batch_.values[first + program.fields[act.dated_field.index()].place];
  if (dated != model::kMissing && dated != step.day.number)
    return Error{Errc::kInvalid, fmt::format("the day of '{}' is another than its field says", step.act)};
  dated = step.day.number;
  return base::Ok();
}

void MatterHistory::AddDoers(const Step& step) {
  const RoleId role = pack_->FindRole(step.role);
  for (const Doer& doer : step.by) {
    const bool official = !doer.register_number.empty();
    batch_.people.push_back(official ? Official(doer.register_number, doer.name)
                                     : AddMember(role, doer.label));
  }
  for (const Held& held : step.held) {
    const auto credential = pack_->FindCredential(held.credential);
    if (!credential) continue;
    const PersonRef person = Official(held.register_number, "");
    const bool known = std::ranges::any_of(batch_.holdings, [&](const model::Holding& row) {
      return row.person == person && row.credential == *credential;
    });
    if (!known) batch_.holdings.push_back({.person = person, .credential = *credential, .held = held.held});
  }
}

// Whose part it lies in must be said: an act to one of several, of one of them, or by one.
Status MatterHistory::FindPart(const Step& step, const ActDef& act, std::uint32_t first) {
  if (!act.member) return base::Ok();
  const FieldDef& field = pack_->program().fields[act.member.index()];
  Value& member = batch_.values[first + field.place];
  if (member == model::kMissing && act.side == program::Side::kParty && step.by.size() == 1)
    member = static_cast<Value>(AddMember(act.part, step.by[0].label));
  if (member != model::kMissing) return base::Ok();
  return Error{Errc::kInvalid, fmt::format("'{}' does not say which '{}' it concerns", step.act,
                                           pack_->program().string(field.name))};
}

Result<std::size_t> MatterHistory::Add(const Step& step) {
  const ActId id = pack_->FindAct(step.act);
  if (!id) return Error{Errc::kInvalid, fmt::format("the pack has no act '{}'", step.act)};
  const ActDef& act = pack_->program().acts[id.index()];
  for (const Given& given : step.given) RETURN_IF_ERROR(AddGiven(given));
  const auto first = static_cast<std::uint32_t>(batch_.values.size());
  batch_.values.resize(batch_.values.size() + act.fields.count, model::kMissing);
  model::Entry entry{.act = id,
                     .day = step.day,
                     // What comes from elsewhere is not dated back by whoever enters it.
                     .recorded = act.by.empty() && step.entered.empty() ? step.day : step.recorded,
                     .minute = step.minute,
                     .people = static_cast<std::uint16_t>(step.by.size()),
                     .first_person = static_cast<std::uint32_t>(batch_.people.size()),
                     .first_value = first,
                     .number = static_cast<std::uint32_t>(batch_.entries.size())};
  AddDoers(step);
  RETURN_IF_ERROR(AddValues(step, act, first));
  RETURN_IF_ERROR(FindPart(step, act, first));
  if (!step.on.empty()) {
    const ActId on = pack_->FindAct(step.on);
    if (!on) return Error{Errc::kInvalid, fmt::format("the pack has no act '{}'", step.on)};
    batch_.chosen_on.resize(entry.number + std::size_t{1});
    batch_.chosen_on[entry.number] = on;
  }
  auto at = batch_.entries.end();
  while (at != batch_.entries.begin() && model::IsLater(*std::prev(at), entry)) --at;
  const auto place = static_cast<std::size_t>(at - batch_.entries.begin());
  batch_.entries.insert(at, entry);
  batch_.cases[0].entries = static_cast<std::uint32_t>(batch_.entries.size());
  return place;
}

}  // namespace lawbound::service
