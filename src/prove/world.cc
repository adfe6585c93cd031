#include "prove/world.h"

#include <algorithm>
#include <fmt/format.h>

#include "prove/comparisons.h"

namespace lawbound::prove {

using program::FieldDef;
using program::Op;
using program::Operation;
using program::ValueType;

World::World(const engine::Plan& plan, const Slice& slice, std::span<const model::RoleId> members,
             base::Day day)
    : plan_(plan), slice_(slice), kinds_(members), day_(day) {
  const program::Program& program = plan.program();
  for (PersonRef i = 0; i < kOfficials; ++i) people_names_.push_back(fmt::format("official {}", i + 1));
  person_of_role_.assign(program.roles.size(), 0);
  for (std::size_t role = 0; role < program.roles.size(); ++role) {
    const program::RoleKind kind = program.roles[role].kind;
    const bool person = kind == program::RoleKind::kPerson || kind == program::RoleKind::kAnyone;
    if (!person || program.roles[role].several) continue;
    person_of_role_[role] = static_cast<PersonRef>(people_names_.size());
    // As many as any act must be done by.
    std::size_t most = 1;
    for (const program::ActDef& act : program.acts) {
      const auto by = program.role_lists.begin() + act.by.first;
      const bool does = std::find(by, by + act.by.count, model::RoleId(role)) != by + act.by.count;
      if (does) most = std::max<std::size_t>(most, act.at_least);
    }
    const std::string name(program.string(program.roles[role].name));
    for (std::size_t i = 1; i <= most; ++i)
      people_names_.push_back(most == 1 ? name : fmt::format("{} {}", name, i));
  }
  for (std::uint32_t credential = 0; credential < program.credentials.size(); ++credential) {
    for (PersonRef i = 0; i < kOfficials; ++i) {
      holdings_.push_back({.person = i, .credential = credential, .held = i + 1 < kOfficials});
    }
  }
  std::vector<unsigned> number(program.roles.size(), 0);
  for (const model::RoleId kind : kinds_) {
    members_.push_back(static_cast<Value>(people_names_.size()));
    people_names_.push_back(
        fmt::format("{} {}", program.string(program.roles[kind.index()].name), ++number[kind.index()]));
  }
  texts_ = {"one", "another"};
  AddSettings();
  for (std::size_t act = 0; act < program.acts.size(); ++act) {
    if (slice_.has(ActId(act)) || slice_.asks(ActId(act))) AddDeeds(ActId(act));
  }
}

// Whether an expression reads a field of numbers, itself or in a fact that it asks.
bool World::Reads(program::CodeId code, FieldId field) const {
  const program::Program& program = plan_.program();
  const program::Code& body = program.codes[code.index()];
  return std::any_of(
      program.ops.begin() + body.ops.first, program.ops.begin() + body.ops.end(), [&](const Op& op) {
        const bool fact = op.operation == Operation::kFactNumber || op.operation == Operation::kFactTri;
        if (fact) return Reads(program.facts[op.operand].code, field);
        const bool number = op.operation == Operation::kField || op.operation == Operation::kPreviousField ||
                            op.operation == Operation::kRoleField || op.operation == Operation::kSum ||
                            op.operation == Operation::kFinding;
        return number && op.operand == field.value;
      });
}

// One number on each side of every number with which an expression that reads the field might compare it; and
// of those that are compared with one another, some that are more and some that are less.
std::vector<Value> World::NumbersOf(FieldId field) {
  Comparisons comparisons(plan_.program());
  bool compared = true;
  for (std::size_t code = 0; code < plan_.program().codes.size(); ++code) {
    const program::CodeId id(code);
    if (!slice_.uses(id) || !Reads(id, field)) continue;
    comparisons.Add(id);
    compared = compared && OnlyCompares(id);
  }
  const std::vector<Value> marks = comparisons.Marks();
  cut_ |= comparisons.cut();
  std::vector<Value> numbers{0, 1000};
  if (slice_.view() != View::kAtHand || !marks.empty()) numbers.push_back(1);
  for (const Value mark : marks) {
    if (mark > 0) numbers.push_back(mark - 1);
    numbers.push_back(mark);
    numbers.push_back(mark + 1);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  if (slice_.view() != View::kAtHand || !compared) return numbers;
  // Of those between the same two constants, one.
  const auto alike = [&](Value a, Value b) {
    return std::all_of(marks.begin(), marks.end(),
                       [&](Value mark) { return (a < mark && b < mark) || (a > mark && b > mark); });
  };
  numbers.erase(std::unique(numbers.begin(), numbers.end(), alike), numbers.end());
  return numbers;
}

// More than any number that is tried.
Value World::Largest() const {
  Comparisons comparisons(plan_.program());
  for (std::size_t code = 0; code < plan_.program().codes.size(); ++code)
    comparisons.Add(program::CodeId(code));
  return std::max<Value>(1000, comparisons.Largest()) + 2;
}

namespace {

// Whether a comparison is one with a constant.
bool WithConstant(std::span<const Op> ops, std::size_t at) {
  const bool right = at >= 1 && ops[at - 1].operation == Operation::kConstant;
  const bool left =
      at >= 2 && ops[at - 2].operation == Operation::kConstant &&
      (ops[at - 1].operation == Operation::kField || ops[at - 1].operation == Operation::kRoleField ||
       ops[at - 1].operation == Operation::kFinding);
  return right || left;
}

}  // namespace

// Whether the code does nothing with numbers but compare them with constants and look for them in sets.
bool World::OnlyCompares(program::CodeId code) const {
  const program::Program& program = plan_.program();
  const program::Code& body = program.codes[code.index()];
  if (body.result != program::ResultType::kTri) return false;
  const std::span<const Op> ops = std::span(program.ops).subspan(body.ops.first, body.ops.count);
  for (std::size_t i = 0; i < ops.size(); ++i) {
    const bool compares =
        ops[i].operation >= Operation::kEqual && ops[i].operation <= Operation::kGreaterEqual;
    if (compares && !WithConstant(ops, i)) return false;
  }
  return std::none_of(
      program.ops.begin() + body.ops.first, program.ops.begin() + body.ops.end(), [&](const Op& op) {
        const bool number = op.operation == Operation::kFactNumber;
        const bool fact = number || op.operation == Operation::kFactTri;
        if (fact) return number || !OnlyCompares(program.facts[op.operand].code);
        return op.operation == Operation::kLookup || op.operation == Operation::kLookupTwo ||
               op.operation == Operation::kAdd || op.operation == Operation::kSubtract ||
               op.operation == Operation::kMultiply || op.operation == Operation::kPercentOf ||
               op.operation == Operation::kMin || op.operation == Operation::kMax ||
               op.operation == Operation::kSum || op.operation == Operation::kCount;
      });
}

// What the code says of a choice: which sets it is in, and which constants it is.
void World::AddAnswers(program::CodeId code, Value choice, std::vector<std::uint8_t>& answers) const {
  const program::Program& program = plan_.program();
  const program::Code& body = program.codes[code.index()];
  for (std::uint32_t i = body.ops.first; i < body.ops.end(); ++i) {
    const Op& op = program.ops[i];
    if (op.operation == Operation::kFactTri) AddAnswers(program.facts[op.operand].code, choice, answers);
    if (op.operation == Operation::kConstant)
      answers.push_back(program.constants[op.operand] == choice ? 1 : 0);
    if (op.operation == Operation::kInSet)
      answers.push_back((program.constants[op.operand] >> choice & 1) != 0 ? 1 : 0);
  }
}

// Of choices of which every expression says the same, one; all where an expression may do more than compare.
std::vector<Value> World::ChoicesOf(FieldId id) const {
  const FieldDef& field = plan_.program().fields[id.index()];
  std::vector<Value> choices;
  std::vector<std::vector<std::uint8_t>> seen;
  for (std::uint32_t i = 0; i < field.choices.count; ++i) {
    std::vector<std::uint8_t> answers;
    bool compared = slice_.view() == View::kAtHand && i < 63;
    for (std::size_t row = 0; compared && row < plan_.program().codes.size(); ++row) {
      const program::CodeId code(row);
      if (!slice_.uses(code) || !Reads(code, id)) continue;
      compared = OnlyCompares(code);
      AddAnswers(code, i, answers);
    }
    if (compared && std::find(seen.begin(), seen.end(), answers) != seen.end()) continue;
    seen.push_back(std::move(answers));
    choices.push_back(i);
  }
  return choices;
}

// The values to try; the first is what a field has that nothing reads.
std::vector<Value> World::ValuesOf(FieldId id) {
  const FieldDef& field = plan_.program().fields[id.index()];
  std::vector<Value> values;
  switch (field.type) {
    case ValueType::kYesNo:
      values = {1, 0};
      break;
    case ValueType::kWhole:
    case ValueType::kMoney:
      values = NumbersOf(id);
      break;
    case ValueType::kChoice:
      values = ChoicesOf(id);
      break;
    case ValueType::kDay:
      values = {day_.number};
      break;
    case ValueType::kLength:
      values = {model::LengthValue(5, static_cast<int>(calendar::Unit::kWorkingDays)),
                model::LengthValue(5, static_cast<int>(calendar::Unit::kDays))};
      break;
    case ValueType::kOfficial:
      for (PersonRef i = 0; i < kOfficials; ++i) values.push_back(i);
      break;
    case ValueType::kMember:
      for (std::size_t i = 0; i < kinds_.size(); ++i) {
        if (kinds_[i] == field.members) values.push_back(members_[i]);
      }
      break;
    case ValueType::kText:
    case ValueType::kDocument:
    case ValueType::kProvision:
      values = {0, 1};
      break;
    case ValueType::kList:
      break;  // AddDeeds makes them
  }
  const model::ActId act = field.act;
  const bool at_hand = slice_.view() == View::kAtHand;
  const bool number = field.type == ValueType::kWhole || field.type == ValueType::kMoney;
  // Who leads a matter somewhere may say a number as large as any.
  if (at_hand && number && act && slice_.asks(act)) values.push_back(Largest());
  if (!slice_.reads_value(id) && values.size() > 1) values.erase(values.begin() + 1, values.end());
  // What is not followed is not known.
  const bool counted = field.type == ValueType::kDay || field.type == ValueType::kLength;
  if (at_hand && !slice_.reads(id) && !counted && !(act && slice_.asks(act))) values = {model::kMissing};
  if (slice_.reads(id) && field.optional) values.push_back(model::kMissing);
  if (values.empty()) values.push_back(model::kMissing);
  return values;
}

// A list as History::lists has it: how many, then the items.
Value World::ListOf(std::vector<Value> items) {
  const auto at = static_cast<Value>(lists_.size());
  lists_.push_back(static_cast<Value>(items.size()));
  lists_.insert(lists_.end(), items.begin(), items.end());
  return at;
}

// By whom it may be done: as many as must be, of those who are alike one where nothing tells them apart.
std::vector<std::vector<PersonRef>> World::DoersOf(ActId act) const {
  const program::Program& program = plan_.program();
  const program::ActDef& def = program.acts[act.index()];
  const std::size_t several = std::max<std::size_t>(def.at_least, 1);
  if (def.by.empty()) return {{}};
  const model::RoleId role = program.role_lists[def.by.first];
  const bool own_part = !plan_.part_of_act.empty() && plan_.part_of_act[act.index()] != program::kMainPart;
  if (def.side == program::Side::kParty) {
    if (own_part && def.part == role)
      return {{static_cast<PersonRef>(members_[plan_.part_of_act[act.index()] - std::size_t{1}])}};
    if (!program.roles[role.index()].several) {
      std::vector<PersonRef> all(several);
      for (std::size_t i = 0; i < several; ++i)
        all[i] = person_of_role_[role.index()] + static_cast<PersonRef>(i);
      return {all};
    }
    std::vector<std::vector<PersonRef>> each;
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      if (kinds_[i] == role) each.push_back({static_cast<PersonRef>(members_[i])});
    }
    return each;
  }
  std::vector<std::vector<PersonRef>> sets;
  for (unsigned mask = 1; mask < 1u << kOfficials; ++mask) {
    std::vector<PersonRef> people;
    for (PersonRef i = 0; i < kOfficials; ++i) {
      if ((mask >> i & 1u) != 0) people.push_back(i);
    }
    if (people.size() == std::min<std::size_t>(several, kOfficials)) sets.push_back(people);
  }
  if (!slice_.reads_people(act)) sets.resize(1);
  return sets;
}

void World::AddDeeds(ActId act) {
  const program::Program& program = plan_.program();
  const program::ActDef& def = program.acts[act.index()];
  // What the law deems done comes by itself; what else is by law is reported, or sent by another matter.
  if (def.side == program::Side::kLaw && slice_.is_deemed(act)) return;
  std::vector<std::vector<Value>> rows{{}};
  for (std::uint32_t f = def.fields.first; f < def.fields.end(); ++f) {
    const FieldDef& field = program.fields[f];
    std::vector<Value> values = ValuesOf(FieldId(f));
    const bool own = def.member == FieldId(f) && !plan_.part_of_act.empty() &&
                     plan_.part_of_act[act.index()] != program::kMainPart;
    if (own) values = {members_[plan_.part_of_act[act.index()] - std::size_t{1}]};
    if (field.type == ValueType::kList && values.front() == model::kMissing &&
        slice_.view() == View::kAtHand && !slice_.reads(FieldId(f)) && !slice_.asks(act)) {
      values = {model::kMissing};
    } else if (field.type == ValueType::kList) {
      values.clear();
      std::vector<Value> items;
      if (field.element == ValueType::kOfficial) items = {0, 1};
      if (field.element == ValueType::kMember) {
        for (std::size_t i = 0; i < kinds_.size(); ++i) {
          if (kinds_[i] == field.members) items.push_back(members_[i]);
        }
      }
      if (items.empty()) items = {0};
      values.push_back(ListOf(items));
      for (std::size_t i = 0; slice_.reads(FieldId(f)) && i < items.size(); ++i)
        values.push_back(ListOf({items[i]}));
      if (slice_.reads(FieldId(f))) values.push_back(ListOf({}));
    }
    std::vector<std::vector<Value>> longer;
    for (const std::vector<Value>& row : rows) {
      for (const Value value : values) {
        if (longer.size() >= kMaxDeeds) {
          cut_ = true;
          break;
        }
        longer.push_back(row);
        longer.back().push_back(value);
      }
    }
    rows = std::move(longer);
  }
  for (std::vector<Value>& row : rows) {
    for (const std::vector<PersonRef>& people : DoersOf(act)) {
      if (deeds_.size() >= kMaxDeeds) {
        cut_ = true;
        return;
      }
      deeds_.push_back({.act = act, .side = def.side, .values = row, .people = people});
    }
  }
}

void World::AddSettings() {
  const program::Program& program = plan_.program();
  settings_ = {{}};
  const auto extend = [&](const std::vector<Value>& values) {
    std::vector<std::vector<Value>> longer;
    for (const std::vector<Value>& row : settings_) {
      for (const Value value : values) {
        longer.push_back(row);
        longer.back().push_back(value);
      }
    }
    cut_ |= longer.size() > kMaxDeeds;
    longer.resize(std::min(longer.size(), kMaxDeeds));
    settings_ = std::move(longer);
  };
  const std::size_t first = program.fields.size() - program.role_fields;
  for (std::size_t f = first; f < program.fields.size(); ++f) extend(ValuesOf(FieldId(f)));
  for (std::size_t i = 0; i < program.outside.size(); ++i) extend({0, 1});
}

}  // namespace lawbound::prove
