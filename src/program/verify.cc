#include "program/verify.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "program/cells.h"
#include "program/graph.h"
#include "program/names.h"
#include "program/operations.h"

namespace lawbound::program {
namespace {

using base::Errc;
using base::Error;
using base::Ok;
using base::Status;

template <typename... Args>
Error Bad(fmt::format_string<Args...> format, Args&&... args) {
  return {Errc::kCorrupt, fmt::format(format, std::forward<Args>(args)...)};
}

// The rows of a range.
template <typename Row, typename T>
std::span<const Row> In(const std::vector<Row>& table, Range<T> range) {
  return std::span(table).subspan(range.first, range.count);
}

std::string SentenceWords(const Program& p, std::size_t index) {
  return fmt::format("sentence {} of rule '{}'", index, NameOf(p, p.sentences[index].rule));
}

// ------------------------------------------------------------------------------------------------- bounds

Status CheckSizes(const Program& p) {
  Status status = Ok();
  Tables(p, [&](std::string_view name, const auto& table) {
    if (table.size() > kMaxRows)
      status = Bad("table '{}' has {} rows, more than {}", name, table.size(), kMaxRows);
  });
  std::size_t bytes = 0;
  for (const std::string& text : p.strings) bytes += text.size();
  if (bytes > kMaxTextBytes) return Bad("the texts take {} bytes, more than {}", bytes, kMaxTextBytes);
  return status;
}

// Calls visit(table name, row, cell name, cell) for every cell of the program; the header is table "header",
// row 0.
template <typename Visit>
void EveryCell(const Program& p, const Visit& visit) {
  Header(p, [&](std::string_view cell, const auto& value) { visit("header", std::size_t{0}, cell, value); });
  Tables(p, [&](std::string_view table, const auto& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Cells(rows[i], [&](std::string_view cell, const auto& value) { visit(table, i, cell, value); });
    }
  });
}

Status CheckKinds(const Program& p) {
  Status status = Ok();
  EveryCell(p, [&](std::string_view table, std::size_t row, std::string_view cell, const auto& value) {
    using T = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_enum_v<T>) {
      static_assert(kValuesOf<T> > 0);
      if (static_cast<std::uint8_t>(value) >= kValuesOf<T> && status.ok()) {
        status =
            Bad("row {} of '{}': '{}' is {}, which means nothing", row, table, cell, static_cast<int>(value));
      }
    }
  });
  return status;
}

struct IdCheck {
  const Program& p;
  mutable Status status = Ok();

  template <typename T>
  void operator()(std::string_view table, std::size_t row, std::string_view cell, const Id<T>& id) const {
    if (!id || id.value < TableOf<T>::CountIds(p) || !status.ok()) return;
    status = Bad("row {} of '{}': '{}' names row {} of '{}', which has {}", row, table, cell, id.value,
                 TableOf<T>::kIds, TableOf<T>::CountIds(p));
  }
  template <typename T>
  void operator()(std::string_view, std::size_t, std::string_view, const T&) const {}
};

Status CheckIds(const Program& p) {
  const IdCheck check{p};
  EveryCell(p, check);
  return check.status;
}

struct RangeCheck {
  const Program& p;
  mutable std::size_t listed = 0;
  mutable Status status = Ok();

  template <typename T>
  void operator()(std::string_view table, std::size_t row, std::string_view cell,
                  const Range<T>& range) const {
    const std::size_t size = TableOf<T>::CountRows(p);
    listed += range.count;
    // Not range.end(), which would wrap.
    if ((range.first <= size && range.count <= size - range.first) || !status.ok()) return;
    status = Bad("row {} of '{}': '{}' names {} rows from row {} of '{}', which has {}", row, table, cell,
                 range.count, range.first, TableOf<T>::kRows, size);
  }
  template <typename T>
  void operator()(std::string_view, std::size_t, std::string_view, const T&) const {}
};

Status CheckRanges(const Program& p) {
  const RangeCheck check{p};
  EveryCell(p, check);
  if (check.status.ok() && check.listed > kMaxListed) {
    return Bad("the ranges name {} rows together, more than {}", check.listed, kMaxListed);
  }
  return check.status;
}

// --------------------------------------------------------------------------------------- names and numbers

template <typename Row>
Status CheckNamed(const Program& p, std::string_view table, const std::vector<Row>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (p.string(rows[i].name).empty()) return Bad("row {} of '{}' has no name", i, table);
  }
  return Ok();
}

template <typename T>
Status CheckList(std::string_view table, const std::vector<Id<T>>& list) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!list[i]) return Bad("row {} of '{}' names nothing", i, table);
  }
  return Ok();
}

Status CheckNames(const Program& p) {
  if (p.string(p.path).empty()) return Bad("the pack has no path");
  if (p.currency_decimals > kMaxCurrencyDecimals)
    return Bad("{} decimals of the currency", p.currency_decimals);
  RETURN_IF_ERROR(CheckNamed(p, "instruments", p.instruments));
  RETURN_IF_ERROR(CheckNamed(p, "countings", p.countings));
  RETURN_IF_ERROR(CheckNamed(p, "roles", p.roles));
  RETURN_IF_ERROR(CheckNamed(p, "fields", p.fields));
  RETURN_IF_ERROR(CheckNamed(p, "acts", p.acts));
  RETURN_IF_ERROR(CheckNamed(p, "facts", p.facts));
  RETURN_IF_ERROR(CheckNamed(p, "rules", p.rules));
  RETURN_IF_ERROR(CheckNamed(p, "mappings", p.mappings));
  RETURN_IF_ERROR(CheckList("role_lists", p.role_lists));
  RETURN_IF_ERROR(CheckList("act_lists", p.act_lists));
  RETURN_IF_ERROR(CheckList("rule_lists", p.rule_lists));
  RETURN_IF_ERROR(CheckList("field_lists", p.field_lists));
  RETURN_IF_ERROR(CheckList("choices", p.choices));
  for (std::size_t i = 0; i < p.titles.size(); ++i) {
    if (!p.titles[i].text) return Bad("title {} has no text", i);
  }
  for (std::size_t i = 0; i < p.citations.size(); ++i) {
    if (!p.citations[i].instrument) return Bad("citation {} names no instrument", i);
  }
  return Ok();
}

Status CheckConstants(const Program& p) {
  for (std::size_t i = 0; i < p.constants.size(); ++i) {
    if (p.constants[i] == model::kMissing) return Bad("constant {} is the mark of a missing value", i);
  }
  for (std::size_t i = 0; i < p.assumed_values.size(); ++i) {
    if (p.assumed_values[i].value == model::kMissing)
      return Bad("assumed value {} is the mark of a missing value", i);
  }
  return Ok();
}

Status CheckLength(calendar::Length length, std::string_view where, std::size_t row) {
  if (length.unit == calendar::Unit::kHours) return Bad("row {} of '{}': a length in hours", row, where);
  if (length.count < 0 || length.count > LongestLength(length.unit)) {
    return Bad("row {} of '{}': the length {} is not between 0 and {}", row, where, LengthText(length),
               LengthText({LongestLength(length.unit), length.unit}));
  }
  return Ok();
}

Status CheckLength(const Program& p, const LengthDef& length, std::string_view where, std::size_t row) {
  if (length.kind == LengthDef::Kind::kFixed) {
    if (length.field) return Bad("row {} of '{}': a fixed length names a field", row, where);
    return CheckLength(length.fixed, where, row);
  }
  if (!length.field || p.fields[length.field.index()].type != ValueType::kLength) {
    return Bad("row {} of '{}': the length is in no field of type length", row, where);
  }
  if (length.fixed.count != 0 || length.fixed.unit != calendar::Unit::kDays) {
    return Bad("row {} of '{}': a length kept in a field is also fixed", row, where);
  }
  return Ok();
}

Status CheckFixed(const Program& p, const LengthDef& length, std::string_view where, std::size_t row) {
  if (length.kind != LengthDef::Kind::kFixed)
    return Bad("row {} of '{}': the length must be a fixed one", row, where);
  return CheckLength(p, length, where, row);
}

Status CheckLengths(const Program& p) {
  for (std::size_t i = 0; i < p.lengths.size(); ++i) {
    if (!p.lengths[i].counting) return Bad("row {} of 'lengths' names no counting", i);
    RETURN_IF_ERROR(CheckLength(p.lengths[i].length, "lengths", i));
  }
  for (std::size_t i = 0; i < p.terms.size(); ++i)
    RETURN_IF_ERROR(CheckLength(p, p.terms[i].length, "terms", i));
  for (std::size_t i = 0; i < p.extensions.size(); ++i) {
    const ExtensionDef& e = p.extensions[i];
    RETURN_IF_ERROR(CheckLength(p, e.by, "extensions", i));
    RETURN_IF_ERROR(CheckFixed(p, e.cap, "extensions", i));
    if (!e.has_cap && e.cap.fixed.count != 0)
      return Bad("row {} of 'extensions' has no cap, but the length of one", i);
  }
  for (std::size_t i = 0; i < p.ceilings.size(); ++i) {
    RETURN_IF_ERROR(CheckFixed(p, p.ceilings[i].length, "ceilings", i));
  }
  return Ok();
}

Status CheckDays(const Program& p) {
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    const SentenceDef& s = p.sentences[i];
    if (s.from < base::kFirstDay || s.until > base::kLastDay) {
      return Bad("{} is in force on days before 1600 or after 2999", SentenceWords(p, i));
    }
    if (s.until < s.from) return Bad("{} ends before it begins", SentenceWords(p, i));
  }
  return Ok();
}

// --------------------------------------------------------------------------------------- roles and acts

bool IsParty(RoleKind kind) { return kind == RoleKind::kPerson || kind == RoleKind::kAnyone; }

Status CheckFieldRow(const Program& p, std::size_t index) {
  const FieldDef& field = p.fields[index];
  const bool choice = field.type == ValueType::kChoice;
  if (choice ? field.choices.empty() || field.choices.count > kMaxChoices : !field.choices.empty()) {
    return Bad("field {} '{}' has {} choices", index, p.string(field.name), field.choices.count);
  }
  return Ok();
}

Status CheckFields(const Program& p) {
  for (std::size_t i = 0; i < p.fields.size(); ++i) RETURN_IF_ERROR(CheckFieldRow(p, i));
  std::size_t next = 0;
  for (std::size_t i = 0; i < p.acts.size(); ++i) {
    if (!p.acts[i].fields.empty() && p.acts[i].fields.first != next)
      return Bad("the fields of act '{}' do not follow those before", NameOf(p, ActId(i)));
    for (std::size_t place = 0; place < p.acts[i].fields.count; ++place, ++next) {
      const FieldDef& field = p.fields[next];
      if (field.act != ActId(i) || field.role || field.place != place) {
        return Bad("field {} is not field {} of act '{}' alone", next, place, NameOf(p, ActId(i)));
      }
    }
  }
  if (p.fields.size() - next != p.role_fields) {
    return Bad("{} fields belong to no act, but {} to roles", p.fields.size() - next, p.role_fields);
  }
  std::size_t place = 0;
  for (std::size_t i = 0; i < p.roles.size(); ++i) {
    if (!p.roles[i].fields.empty() && p.roles[i].fields.first != next)
      return Bad("the fields of role '{}' do not follow those before", NameOf(p, RoleId(i)));
    for (std::uint32_t k = 0; k < p.roles[i].fields.count; ++k, ++next, ++place) {
      const FieldDef& field = p.fields[next];
      if (field.role != RoleId(i) || field.act || field.place != place) {
        return Bad("field {} is not role field {}, of role '{}' alone", next, place, NameOf(p, RoleId(i)));
      }
    }
  }
  if (next != p.fields.size()) return Bad("field {} belongs to nothing", next);
  return Ok();
}

Status CheckPersonFields(const Program& p) {
  for (const FieldDef& field : p.fields) {
    if (!field.role || !IsParty(p.roles[field.role.index()].kind) || IsPersonField(p.string(field.name)))
      continue;
    return Bad("role '{}' is of persons and cannot have the field '{}'", NameOf(p, field.role),
               p.string(field.name));
  }
  return Ok();
}

Status CheckActs(const Program& p) {
  for (std::size_t i = 0; i < p.acts.size(); ++i) {
    const ActDef& act = p.acts[i];
    const std::string_view name = p.string(act.name);
    if (act.side != SideOf(p, act.by)) return Bad("act '{}' is not on the side of those who do it", name);
    if (act.at_least == 0 || (act.side == Side::kLaw && act.at_least != 1)) {
      return Bad("act '{}' is done by at least {}", name, act.at_least);
    }
    if (act.dated != static_cast<bool>(act.dated_field))
      return Bad("act '{}' is dated without a field, or not and has one", name);
    if (!act.dated) continue;
    const FieldDef& field = p.fields[act.dated_field.index()];
    if (field.act != ActId(i) || field.type != ValueType::kDay) {
      return Bad("act '{}' is dated by something else than a day of its own", name);
    }
  }
  return Ok();
}

Status CheckRestsOn(const Program& p) {
  Graph graph(p.acts.size());
  for (std::size_t i = 0; i < p.acts.size(); ++i) {
    for (const ActId on : In(p.act_lists, p.acts[i].rests_on)) graph.AddEdge(i, on.index());
  }
  const auto node = graph.NodeOnCycle();
  if (node) return Bad("act '{}' rests on itself, directly or through others", NameOf(p, ActId(*node)));
  return Ok();
}

// -------------------------------------------------------------------------------------------------- codes

// Whether an operation can be asked of a field: its owner and its type are what the operation reads.
bool Reads(Operation operation, const FieldDef& field) {
  const bool yes_no = field.type == ValueType::kYesNo;
  if (operation == Operation::kRoleField) return field.role && !yes_no;
  if (operation == Operation::kRoleYesNo) return field.role && yes_no;
  if (!field.act) return false;
  if (operation == Operation::kSum) return field.type == ValueType::kWhole || field.type == ValueType::kMoney;
  if (operation == Operation::kHas) return true;
  return (Info(operation).result == ResultType::kTri) == yes_no;
}

bool IsOperandRight(const Program& p, const Op& op) {
  const std::size_t row = op.operand;
  switch (Info(op.operation).operand) {
    case Operand::kNone:
      return row == 0;
    case Operand::kConstant:
      return row < p.constants.size();
    case Operand::kMask:
      return row < p.constants.size() && p.constants[row] >= 0;
    case Operand::kActRow:
      return row < p.acts.size();
    case Operand::kFieldRow:
      return row < p.fields.size() && Reads(op.operation, p.fields[row]);
    case Operand::kFactRow:
      return row < p.facts.size();
    case Operand::kRuleRow:
      return row < p.rules.size();
    case Operand::kTermPhases:
      return row < p.terms.size() && op.small != 0 && op.small < 2 * PhaseBit(Phase::kOver);
    case Operand::kActPair:
      return row < p.acts.size() && op.small < p.acts.size();
    case Operand::kCountingLength:
      return row < p.lengths.size();
  }
  return false;
}

Status CheckOperands(const Program& p) {
  for (std::size_t i = 0; i < p.ops.size(); ++i) {
    const Op& op = p.ops[i];
    const OperationInfo& info = Info(op.operation);
    if (!IsOperandRight(p, op)) {
      return Bad("operation {}, {}, cannot be asked of row {} with {}", i, info.name, op.operand, op.small);
    }
    const bool uses_small = info.operand == Operand::kTermPhases || info.operand == Operand::kActPair;
    if (!uses_small && op.small != 0) return Bad("operation {}, {}, has a second operand", i, info.name);
  }
  return Ok();
}

// The stack of types that a code works on.
Status CheckStack(const Program& p, std::size_t index) {
  const Code& code = p.codes[index];
  std::vector<ResultType> stack;
  std::size_t depth = 0;
  for (const Op& op : In(p.ops, code.ops)) {
    const OperationInfo& info = Info(op.operation);
    if (stack.size() < info.pops) return Bad("code {}: {} finds too few values", index, info.name);
    for (std::size_t i = 0; i < info.pops; ++i) {
      if (stack.back() != info.takes)
        return Bad("code {}: {} finds a value of the wrong type", index, info.name);
      stack.pop_back();
    }
    stack.push_back(info.result);
    depth = std::max(depth, stack.size());
    if (depth > kMaxDepth) return Bad("code {} needs a stack deeper than {}", index, kMaxDepth);
  }
  if (stack.size() != 1) return Bad("code {} leaves {} values", index, stack.size());
  if (stack.back() != code.result) return Bad("code {} leaves a value of another type than it says", index);
  if (depth != code.depth) return Bad("code {} says it is {} deep and is {}", index, code.depth, depth);
  return Ok();
}

Status CheckCodes(const Program& p) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < p.codes.size(); ++i) {
    if (p.codes[i].ops.first != next) return Bad("code {} does not follow the one before", i);
    next += p.codes[i].ops.count;
    RETURN_IF_ERROR(CheckStack(p, i));
  }
  if (next != p.ops.size()) return Bad("operation {} belongs to no code", next);
  return Ok();
}

Status CheckFacts(const Program& p) {
  // The greatest fact that each code asks, plus one.
  std::vector<std::size_t> asks(p.codes.size(), 0);
  for (std::size_t i = 0; i < p.facts.size(); ++i) {
    if (!p.facts[i].code) return Bad("fact '{}' has no code", NameOf(p, FactId(i)));
  }
  for (std::size_t i = 0; i < p.codes.size(); ++i) {
    for (const Op& op : In(p.ops, p.codes[i].ops)) {
      if (Info(op.operation).operand != Operand::kFactRow) continue;
      asks[i] = std::max<std::size_t>(asks[i], op.operand + std::size_t{1});
      if (p.codes[p.facts[op.operand].code.index()].result != Info(op.operation).result) {
        return Bad("code {} asks fact '{}' for a value of another type than it has", i,
                   NameOf(p, FactId(op.operand)));
      }
    }
  }
  for (std::size_t i = 0; i < p.facts.size(); ++i) {
    if (asks[p.facts[i].code.index()] > i)
      return Bad("fact '{}' uses itself or a later fact", NameOf(p, FactId(i)));
  }
  return Ok();
}

// What one evaluation of a code costs: a fact is worked out again each time it is asked.
struct Work {
  std::size_t operations = 0;  // 0: not counted yet
  std::size_t depth = 0;       // of facts that ask facts
};

// REQUIRES: the work of every fact that the code asks is known and within the limits.
Work WorkOf(const Program& p, const Code& code, const std::vector<Work>& of_codes) {
  Work work{.operations = code.ops.count};
  for (const Op& op : In(p.ops, code.ops)) {
    if (Info(op.operation).operand != Operand::kFactRow) continue;
    const Work& fact = of_codes[p.facts[op.operand].code.index()];
    work.operations += fact.operations;
    work.depth = std::max(work.depth, fact.depth + 1);
  }
  return work;
}

Status CheckWork(const Program& p) {
  std::vector<Work> of_codes(p.codes.size());
  const auto count = [&](std::size_t index) -> Status {
    Work& work = of_codes[index];
    if (work.operations != 0) return Ok();
    work = WorkOf(p, p.codes[index], of_codes);
    if (work.operations > kMaxWork)
      return Bad("code {} takes {} operations, more than {}", index, work.operations, kMaxWork);
    if (work.depth > kMaxFactDepth)
      return Bad("code {} asks facts that ask facts {} deep, more than {}", index, work.depth, kMaxFactDepth);
    return Ok();
  };
  // Facts first: each uses only facts before it.
  for (const FactDef& fact : p.facts) RETURN_IF_ERROR(count(fact.code.index()));
  for (std::size_t i = 0; i < p.codes.size(); ++i) RETURN_IF_ERROR(count(i));
  return Ok();
}

Status CheckCondition(const Program& p, CodeId code, std::string_view table, std::size_t row) {
  if (!code || p.codes[code.index()].result == ResultType::kTri) return Ok();
  return Bad("row {} of '{}': a condition that is a number", row, table);
}

Status CheckConditions(const Program& p) {
  for (std::size_t i = 0; i < p.stops.size(); ++i) {
    if (!p.stops[i].condition) return Bad("row {} of 'stops' has no condition", i);
    RETURN_IF_ERROR(CheckCondition(p, p.stops[i].condition, "stops", i));
  }
  for (std::size_t i = 0; i < p.rules.size(); ++i)
    RETURN_IF_ERROR(CheckCondition(p, p.rules[i].if_code, "rules", i));
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    RETURN_IF_ERROR(CheckCondition(p, p.sentences[i].if_code, "sentences", i));
    RETURN_IF_ERROR(CheckCondition(p, p.sentences[i].condition, "sentences", i));
    RETURN_IF_ERROR(CheckCondition(p, p.sentences[i].unless, "sentences", i));
  }
  return Ok();
}

// ------------------------------------------------------------------------------------- events and effects

bool IsNothing(const EventDef& e) {
  return e.kind == EventDef::Kind::kAct && !e.act && !e.on && !e.term && !e.rule;
}

bool RestsOn(const Program& p, ActId act, ActId on) {
  const auto list = In(p.act_lists, p.acts[act.index()].rests_on);
  return std::find(list.begin(), list.end(), on) != list.end();
}

bool IsWellFormed(const Program& p, const EventDef& e) {
  switch (e.kind) {
    case EventDef::Kind::kAct:
      return e.act && !e.term && !e.rule && (!e.on || RestsOn(p, e.act, e.on));
    case EventDef::Kind::kLapse:
      return e.term && !e.act && !e.on && !e.rule;
    case EventDef::Kind::kBreach:
      return e.rule && !e.act && !e.on && !e.term;
  }
  return false;
}

Status CheckEvents(const Program& p) {
  for (std::size_t i = 0; i < p.events.size(); ++i) {
    if (!IsWellFormed(p, p.events[i])) return Bad("event {} is not just an act, a lapse or a breach", i);
  }
  for (std::size_t i = 0; i < p.ceilings.size(); ++i) {
    if (!IsWellFormed(p, p.ceilings[i].from)) return Bad("ceiling {} starts from no event", i);
  }
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    const EventDef& event = p.sentences[i].event;
    if (!IsNothing(event) && !IsWellFormed(p, event))
      return Bad("{} has a malformed event", SentenceWords(p, i));
  }
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    const EventDef& event = p.rules[i].governed_by;
    const bool act = event.kind == EventDef::Kind::kAct && IsWellFormed(p, event);
    if (p.rules[i].governed ? !act : !IsNothing(event)) {
      return Bad("rule '{}' is governed by something else than an act, or by one without saying so",
                 NameOf(p, RuleId(i)));
    }
  }
  return Ok();
}

bool IsWellFormed(const EffectDef& e) {
  const bool quality = e.quality != EffectDef::Quality::kNone;
  switch (e.kind) {
    case EffectDef::Kind::kDeemed:
    case EffectDef::Kind::kFalls:
      return e.act && !quality && !e.cured_by && !e.role;
    case EffectDef::Kind::kQuality:
      return e.act && quality && !e.role;
    case EffectDef::Kind::kAnswers:
      return e.role && !e.act && !quality && !e.cured_by;
  }
  return false;
}

Status CheckEffects(const Program& p) {
  for (std::size_t i = 0; i < p.effects.size(); ++i) {
    if (!IsWellFormed(p.effects[i]))
      return Bad("effect {} has parts that its kind has not, or lacks some", i);
  }
  return Ok();
}

Status CheckQualities(const Program& p) {
  for (const EffectDef& e : p.effects) {
    if (e.kind != EffectDef::Kind::kQuality) continue;
    const Side side = p.acts[e.act.index()].side;
    if (e.quality == EffectDef::Quality::kVoid && side == Side::kParty) {
      return Bad("act '{}' of a party cannot be void", NameOf(p, e.act));
    }
    if (e.quality == EffectDef::Quality::kInadmissible && side == Side::kAuthority) {
      return Bad("act '{}' of the authority cannot be inadmissible", NameOf(p, e.act));
    }
  }
  return Ok();
}

// -------------------------------------------------------------------------------------------------- terms

Status CheckTerms(const Program& p) {
  for (std::size_t i = 0; i < p.terms.size(); ++i) {
    const TermDef& term = p.terms[i];
    const std::uint32_t starts = term.start_kind == TermDef::Start::kPlain ? 1 : 2;
    if (term.starts.count != starts)
      return Bad("term {} has {} starts, not {}", i, term.starts.count, starts);
    if (!term.counting) return Bad("term {} names no counting", i);
    if (term.sentence ? static_cast<bool>(term.name) : p.string(term.name).empty())
      return Bad("term {} has a name and a sentence, or neither", i);
    if (!term.sentence) continue;
    if (p.sentences[term.sentence.index()].term != TermId(i)) {
      return Bad("term {} is of {}, which has another", i, SentenceWords(p, term.sentence.index()));
    }
  }
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    const TermId term = p.sentences[i].term;
    if (!term || !p.terms[term.index()].sentence || p.terms[term.index()].sentence == SentenceId(i)) continue;
    return Bad("{} uses the unnamed term of another sentence", SentenceWords(p, i));
  }
  for (std::size_t i = 0; i < p.extensions.size(); ++i) {
    if (!p.extensions[i].act) return Bad("extension {} names no act", i);
  }
  return Ok();
}

// Whether a term may be over on the very day it starts.  The value of a field may be zero.
bool IsInstant(const Program& p, const LengthDef& length, CountingId counting) {
  if (length.kind == LengthDef::Kind::kField || length.fixed.count == 0) return true;
  const bool days =
      length.fixed.unit == calendar::Unit::kDays || length.fixed.unit == calendar::Unit::kWorkingDays;
  return days && length.fixed.count == 1 && p.countings[counting.index()].first_day_counts;
}

// What brings about what on the same day with nobody doing anything: nodes are acts, then terms (their
// lapse), then rules (the breach of a duty).
class Cascade {
 public:
  explicit Cascade(const Program& p) : p_(p), graph_(p.acts.size() + p.terms.size() + p.rules.size()) {
    for (const SentenceDef& s : p.sentences) {
      if (s.kind == SentenceDef::Kind::kOn) AddDeemed(Node(s.event), s.effects);
      if (s.kind == SentenceDef::Kind::kMust && s.term) graph_.AddEdge(Lapse(s.term), Breach(s.rule));
    }
    for (std::size_t i = 0; i < p.rules.size(); ++i) AddDeemed(Breach(RuleId(i)), p.rules[i].breach);
    for (std::size_t i = 0; i < p.terms.size(); ++i) AddStarts(TermId(i));
  }

  Status Check() const {
    const auto node = graph_.NodeOnCycle();
    if (!node) return Ok();
    if (*node < p_.acts.size())
      return Bad("act '{}' brings itself about on the same day", NameOf(p_, ActId(*node)));
    const std::size_t term = *node - p_.acts.size();
    if (term < p_.terms.size()) return Bad("the lapse of term {} starts it again on the same day", term);
    return Bad("a breach of rule '{}' brings about another on the same day",
               NameOf(p_, RuleId(term - p_.terms.size())));
  }

 private:
  std::size_t Lapse(TermId term) const { return p_.acts.size() + term.index(); }
  std::size_t Breach(RuleId rule) const { return p_.acts.size() + p_.terms.size() + rule.index(); }
  std::size_t Node(const EventDef& event) const {
    switch (event.kind) {
      case EventDef::Kind::kAct:
        return event.act.index();
      case EventDef::Kind::kLapse:
        return Lapse(event.term);
      case EventDef::Kind::kBreach:
        return Breach(event.rule);
    }
    return 0;
  }

  void AddDeemed(std::size_t from, Range<EffectDef> effects) {
    for (const EffectDef& effect : In(p_.effects, effects)) {
      if (effect.kind == EffectDef::Kind::kDeemed) graph_.AddEdge(from, effect.act.index());
    }
  }

  void AddStarts(TermId id) {
    const TermDef& term = p_.terms[id.index()];
    if (IsInstant(p_, term.length, term.counting)) {
      for (const EventDef& event : In(p_.events, term.starts)) graph_.AddEdge(Node(event), Lapse(id));
      for (const EventDef& event : In(p_.events, term.restarts)) graph_.AddEdge(Node(event), Lapse(id));
    }
    for (const CeilingDef& ceiling : In(p_.ceilings, term.ceilings)) {
      if (IsInstant(p_, ceiling.length, term.counting)) graph_.AddEdge(Node(ceiling.from), Lapse(id));
    }
  }

  const Program& p_;
  Graph graph_;
};

Status CheckCascades(const Program& p) { return Cascade(p).Check(); }

// -------------------------------------------------------------------------------------------------- rules

// Which parts a sentence has, besides those that all have.
struct Parts {
  bool roles, acts, on, term, prompt, event, condition, unless, effects;
};

Parts PartsOf(const SentenceDef& s) {
  return {.roles = !s.roles.empty(),
          .acts = !s.acts.empty(),
          .on = static_cast<bool>(s.on),
          .term = static_cast<bool>(s.term),
          .prompt = s.prompt,
          .event = !IsNothing(s.event),
          .condition = static_cast<bool>(s.condition),
          .unless = static_cast<bool>(s.unless),
          .effects = !s.effects.empty()};
}

// A sentence of each kind has exactly these, where "may" says that it can do without.
bool HasItsParts(SentenceDef::Kind kind, const Parts& has) {
  const bool nothing_of_on = !has.event && !has.effects;
  switch (kind) {
    case SentenceDef::Kind::kMay:  // may: on, term
      return has.roles && has.acts && nothing_of_on && !has.prompt && !has.condition && !has.unless;
    case SentenceDef::Kind::kMust:  // may: on, condition, unless; a term or, promptly, an event
      return has.roles && has.acts && !has.effects && has.prompt == has.event && has.prompt != has.term;
    case SentenceDef::Kind::kOnlyIf:
    case SentenceDef::Kind::kNoIf:  // may: on
      return has.acts && has.condition && nothing_of_on && !has.roles && !has.term && !has.prompt &&
             !has.unless;
    case SentenceDef::Kind::kOn:
      return has.event && has.effects && !has.roles && !has.acts && !has.on && !has.term && !has.prompt &&
             !has.condition && !has.unless;
  }
  return false;
}

Status CheckSentences(const Program& p) {
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    const SentenceDef& s = p.sentences[i];
    if (!HasItsParts(s.kind, PartsOf(s))) {
      return Bad("{} has parts that its kind has not, or lacks some", SentenceWords(p, i));
    }
    if (!s.roles.empty() && s.side != SideOf(p, s.roles)) {
      return Bad("{} is not on the side of those it binds or serves", SentenceWords(p, i));
    }
    for (const ActId act : In(p.act_lists, s.acts)) {
      if (!s.on || RestsOn(p, act, s.on)) continue;
      return Bad("{} speaks of act '{}' on '{}', which it does not rest on", SentenceWords(p, i),
                 NameOf(p, act), NameOf(p, s.on));
    }
  }
  return Ok();
}

Status CheckRules(const Program& p) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    const Range<SentenceDef> sentences = p.rules[i].sentences;
    if (sentences.empty()) continue;
    if (sentences.first != next)
      return Bad("the sentences of rule '{}' do not follow those before", NameOf(p, RuleId(i)));
    for (; next < sentences.end(); ++next) {
      if (p.sentences[next].rule != RuleId(i))
        return Bad("sentence {} is listed under another rule than its own", next);
    }
  }
  if (next != p.sentences.size()) return Bad("sentence {} is listed under no rule", next);
  return Ok();
}

Status CheckOverrides(const Program& p) {
  Graph graph(p.rules.size());
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    for (const RuleId rule : In(p.rule_lists, p.rules[i].overrides)) graph.AddEdge(i, rule.index());
  }
  const auto node = graph.NodeOnCycle();
  if (node) return Bad("rule '{}' overrides itself, directly or through others", NameOf(p, RuleId(*node)));
  return Ok();
}

// ---------------------------------------------------------------------------------------------- direction

bool IsTo(const Program& p, const ActDef& act, Range<RoleId> roles) {
  const auto list = In(p.role_lists, roles);
  return act.to && std::find(list.begin(), list.end(), act.to) != list.end();
}

// Whether an event is an act of the authority to one of these roles, or an act by law that reports the
// delivery of one and rests on it.
bool IsOrderTo(const Program& p, const EventDef& event, Range<RoleId> roles) {
  if (event.kind != EventDef::Kind::kAct) return false;
  const ActDef& act = p.acts[event.act.index()];
  if (!IsTo(p, act, roles)) return false;
  if (act.side == Side::kAuthority) return true;
  if (act.side != Side::kLaw || act.rests_on.empty()) return false;
  return std::ranges::all_of(In(p.act_lists, act.rests_on), [&](ActId on) {
    const ActDef& order = p.acts[on.index()];
    return order.side == Side::kAuthority && IsTo(p, order, roles);
  });
}

Status CheckDirection(const Program& p) {
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    const SentenceDef& s = p.sentences[i];
    if (s.kind != SentenceDef::Kind::kMust || s.side != Side::kParty) continue;
    const auto is_order = [&](const EventDef& event) { return IsOrderTo(p, event, s.roles); };
    bool right = s.prompt && is_order(s.event);
    if (!s.prompt) {
      const TermDef& term = p.terms[s.term.index()];
      right = std::ranges::all_of(In(p.events, term.starts), is_order) &&
              std::ranges::all_of(In(p.events, term.restarts), is_order);
    }
    if (!right) {
      return Bad(
          "{} binds a party although no act of the authority to that party in this matter starts its time",
          SentenceWords(p, i));
    }
  }
  return Ok();
}

// ----------------------------------------------------------------------------------------------- mappings

Status CheckMappingParts(const Program& p, const MappingDef& m) {
  const std::string_view name = p.string(m.name);
  const bool columns = m.format != MappingDef::Format::kXes;
  for (const StringId column : {m.case_column, m.act_column, m.time_column}) {
    if (p.string(column).empty() == columns)
      return Bad("mapping '{}' lacks a column, or names one for xes", name);
  }
  bool authority = false;
  for (const MappingLine& line : In(p.mapping_lines, m.lines)) {
    authority = authority || (line.act && p.acts[line.act.index()].side == Side::kAuthority);
  }
  if (!authority)
    return Bad("mapping '{}' maps no act of an authority: nothing here binds an authority", name);
  return Ok();
}

Status CheckMappings(const Program& p) {
  for (std::size_t i = 0; i < p.mapping_lines.size(); ++i) {
    const MappingLine& line = p.mapping_lines[i];
    if (!line.activity || !line.act) return Bad("mapping line {} lacks its activity or its act", i);
    for (const FieldSource& source : In(p.field_sources, line.fields)) {
      if (!source.field || !source.attribute) return Bad("mapping line {}: a field without its attribute", i);
      const FieldDef& field = p.fields[source.field.index()];
      if (field.act && field.act != line.act) return Bad("mapping line {} fills a field of another act", i);
    }
  }
  for (std::size_t i = 0; i < p.assumed_values.size(); ++i) {
    if (!p.assumed_values[i].field) return Bad("assumed value {} is of no field", i);
  }
  for (const MappingDef& m : p.mappings) RETURN_IF_ERROR(CheckMappingParts(p, m));
  return Ok();
}

constexpr auto kChecks = std::to_array<NamedCheck>({
    {"sizes", "no table has more than a million rows, and the texts take at most 64 MB", CheckSizes},
    {"kinds", "every kind, type, side, unit and operation is one of its list", CheckKinds},
    {"ids", "every id names a row of its table, or nothing", CheckIds},
    {"ranges", "every range lies within its table, and all together name a bounded number of rows",
     CheckRanges},
    {"names", "what has a name has one that is not empty, lists have no gaps, titles have texts", CheckNames},
    {"constants", "no constant and no assumed value is the mark of a missing value", CheckConstants},
    {"lengths", "every length is not negative, not in hours, of at most some three centuries, or in a field",
     CheckLengths},
    {"days", "every sentence is in force from a day to a later or the same one, between 1600 and 2999",
     CheckDays},
    {"fields", "fields lie act by act, then role by role, in their places; those of choices have 1 to 63",
     CheckFields},
    {"fields of persons", "a role of persons or of anyone has fields of the closed list only",
     CheckPersonFields},
    {"acts", "an act is on the side of those who do it, and dated by a day of its own if at all", CheckActs},
    {"rests on", "no act rests on itself, directly or through others", CheckRestsOn},
    {"operands", "every operation names a row that it can be asked of", CheckOperands},
    {"code", "codes lie end to end; each finds its values on the stack and leaves one of its type",
     CheckCodes},
    {"facts", "a fact uses only facts before it, and facts are asked for the type they have", CheckFacts},
    {"work",
     "an evaluation takes at most 10,000 operations, those of a fact counted each time it is asked, and "
     "facts "
     "ask facts at most 100 deep",
     CheckWork},
    {"conditions", "every condition is a yes-no code", CheckConditions},
    {"events", "an event is just one act, lapse or breach; a rule is governed by an act", CheckEvents},
    {"effects", "an effect has the parts of its kind and no others", CheckEffects},
    {"qualities", "an act of a party is never void, one of the authority never inadmissible", CheckQualities},
    {"terms", "a term has its starts, a counting, and a name or else the one sentence that uses it",
     CheckTerms},
    {"rules", "sentences lie rule by rule and name their rule", CheckRules},
    {"sentences", "a sentence has the parts of its kind and no others, and the side of those it binds",
     CheckSentences},
    {"cascades", "nothing brings itself about on the same day without anybody doing anything", CheckCascades},
    {"overrides", "no rule overrides itself, directly or through others", CheckOverrides},
    {"direction", "a party must do something only in a term that an order of the authority to it starts",
     CheckDirection},
    {"mappings", "a mapping maps an act of an authority, and fills only fields of the act it maps to",
     CheckMappings},
});

}  // namespace

bool IsPersonField(std::string_view name) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"kind", "age", "abroad", "service-address", "language", "capacity"});
  return std::ranges::find(kNames, name) != kNames.end();
}

Side SideOf(const Program& program, Range<RoleId> roles) {
  if (roles.empty()) return Side::kLaw;
  const bool party = std::ranges::any_of(
      In(program.role_lists, roles), [&](RoleId role) { return IsParty(program.roles[role.index()].kind); });
  return party ? Side::kParty : Side::kAuthority;
}

std::span<const NamedCheck> Checks() { return kChecks; }

base::Status Verify(const Program& program) {
  for (const NamedCheck& check : kChecks) {
    if (Status status = check.run(program); !status.ok()) {
      return std::move(status).error().With(fmt::format("check '{}'", check.name));
    }
  }
  return Ok();
}

}  // namespace lawbound::program
