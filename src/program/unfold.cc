#include "program/unfold.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <type_traits>
#include <utility>

#include "base/check.h"
#include "program/cells.h"
#include "program/operations.h"

namespace lawbound::program {
namespace {

constexpr std::uint32_t kUnbound = 0xffffffff;

// Rows that speak of nothing that is unfolded: they are shared.
template <typename T>
inline constexpr bool kShared =
    std::is_same_v<T, std::string> || std::is_same_v<T, Title> || std::is_same_v<T, Citation> ||
    std::is_same_v<T, InstrumentDef> || std::is_same_v<T, CountingDef> || std::is_same_v<T, CountedLength> ||
    std::is_same_v<T, TableDef> || std::is_same_v<T, TableColumn> || std::is_same_v<T, TableCell> ||
    std::is_same_v<T, StringId> || std::is_same_v<T, RoleId> || std::is_same_v<T, std::int64_t>;
// Rows that Unfolder lays out itself; others are copied with whatever lists them.
template <typename T>
inline constexpr bool kLaidOut =
    std::is_same_v<T, RoleDef> || std::is_same_v<T, ActDef> || std::is_same_v<T, FieldDef> ||
    std::is_same_v<T, FactDef> || std::is_same_v<T, TermDef> || std::is_same_v<T, RuleDef> ||
    std::is_same_v<T, SentenceDef> || std::is_same_v<T, MappingDef>;

class Unfolder {
 public:
  Unfolder(const Program& program, std::span<const std::uint32_t> counts, std::span<const std::string> names)
      : in_(program), names_(names), bound_(program.roles.size(), kUnbound) {
    CHECK(counts.size() == in_.roles.size());
    for (std::size_t role = 0; role < counts.size(); ++role) {
      out_.first.push_back(static_cast<std::uint32_t>(out_.members.size()));
      CHECK(in_.roles[role].several == (counts[role] > 0));
      out_.members.insert(out_.members.end(), counts[role], RoleId(role));
    }
    CHECK(out_.members.size() <= kMaxMembers);
  }

  std::optional<Unfolded> Run() {
    Program& out = out_.program;
    out = in_;
    Tables(out, [](std::string_view, auto& table) {
      using Row = typename std::remove_cvref_t<decltype(table)>::value_type;
      if constexpr (!kShared<Row>) table.clear();
    });
    LayOut(in_.acts, out_.acts, [](const ActDef& act) { return act.part; });
    LayOut(in_.facts, out_.facts, [](const FactDef& fact) { return fact.part; });
    LayOut(in_.terms, out_.terms, [](const TermDef& term) { return term.part; });
    LayOut(in_.rules, out_.rules, [](const RuleDef& rule) { return rule.part; });
    LayOut(in_.sentences, out_.sentences,
           [&](const SentenceDef& sentence) { return in_.rules[sentence.rule.index()].part; });
    FindAccruals();
    LayOut(in_.accruals, accruals_,
           [&](const AccrualDef& accrual) { return accrual_parts_[Index(accrual)]; });
    LayOutFields();
    CopyRows(in_.facts, out_.facts, out.facts);
    CopyRows(in_.accruals, accruals_, out.accruals);
    for (const OutsideDef& outside : in_.outside) out.outside.push_back(Copied(outside));
    CopyRows(in_.acts, out_.acts, out.acts);
    CopyRows(in_.fields, out_.fields, out.fields);
    CopyRows(in_.terms, out_.terms, out.terms);
    CopyRows(in_.rules, out_.rules, out.rules);
    CopyRows(in_.sentences, out_.sentences, out.sentences);
    for (const RoleDef& role : in_.roles) out.roles.push_back(Copied(role));
    for (const MappingDef& mapping : in_.mappings) out.mappings.push_back(Copied(mapping));
    if (in_.closes) out.closes = CopyCode(in_.closes);
    for (const GuaranteeDef& guarantee : in_.guarantees) CopyGuarantee(guarantee);
    PlaceFields();
    FinishRules();
    if (!names_.empty()) NameTitles();
    if (too_much_ || out.acts.size() > 0xffff) return std::nullopt;
    return std::move(out_);
  }

 private:
  using Origin = Unfolding::Origin;

  // -------------------------------------------------------------------------------------------- layout

  static void Place(Unfolding& table, std::size_t row, PartNumber part) {
    table.unfolded[row].push_back(static_cast<std::uint32_t>(table.origins.size()));
    table.origins.push_back({.row = static_cast<std::uint32_t>(row), .part = part});
  }

  template <typename Row, typename Part>
  void LayOut(const std::vector<Row>& rows, Unfolding& table, const Part& part_of) {
    table.unfolded.resize(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (!part_of(rows[row])) Place(table, row, kMainPart);
    }
    for (std::size_t member = 0; member < out_.members.size(); ++member) {
      for (std::size_t row = 0; row < rows.size(); ++row) {
        if (part_of(rows[row]) == out_.members[member])
          Place(table, row, static_cast<PartNumber>(member + 1));
      }
    }
  }

  std::size_t Index(const AccrualDef& accrual) const {
    return static_cast<std::size_t>(&accrual - in_.accruals.data());
  }

  // What grows does so in the part of the fact that asks for it.
  void FindAccruals() {
    accrual_parts_.resize(in_.accruals.size());
    for (const FactDef& fact : in_.facts) {
      const Range<Op> ops = in_.codes[fact.code.index()].ops;
      for (std::uint32_t i = ops.first; i < ops.end(); ++i) {
        if (in_.ops[i].operation == Operation::kAccrued) accrual_parts_[in_.ops[i].operand] = fact.part;
      }
    }
  }

  RoleId PartOfField(std::size_t row) const {
    const FieldDef& field = in_.fields[row];
    if (field.act) return in_.acts[field.act.index()].part;
    return in_.roles[field.role.index()].several ? field.role : RoleId();
  }

  // Act by act, then those of roles.
  void LayOutFields() {
    out_.fields.unfolded.resize(in_.fields.size());
    for (const Origin& act : out_.acts.origins) {
      const Range<model::Field> fields = in_.acts[act.row].fields;
      for (std::uint32_t row = fields.first; row < fields.end(); ++row) Place(out_.fields, row, act.part);
    }
    for (std::size_t part = 0; part <= out_.members.size(); ++part) {
      for (std::size_t row = in_.fields.size() - in_.role_fields; row < in_.fields.size(); ++row) {
        const RoleId of = part == 0 ? RoleId() : out_.members[part - 1];
        if (PartOfField(row) == of) Place(out_.fields, row, static_cast<PartNumber>(part));
      }
    }
  }

  template <typename Row>
  void CopyRows(const std::vector<Row>& from, const Unfolding& table, std::vector<Row>& to) {
    for (const Origin& origin : table.origins) {
      Bind(origin.part, [&] { to.push_back(Copied(from[origin.row])); });
    }
  }

  // The fields of an act lie where the act has them; those of roles have new places, one for each member.
  void PlaceFields() {
    Program& out = out_.program;
    std::uint32_t next = 0;
    for (ActDef& act : out.acts) {
      act.fields.first = next;
      next += act.fields.count;
    }
    out.role_fields = static_cast<std::uint32_t>(out.fields.size()) - next;
    for (std::uint32_t row = next; row < out.fields.size(); ++row) out.fields[row].place = row - next;
  }

  void FinishRules() {
    Program& out = out_.program;
    std::uint32_t next = 0;
    for (std::size_t row = 0; row < out.rules.size(); ++row) {
      RuleDef& rule = out.rules[row];
      out_.rule_ifs.push_back(rule.if_code);
      const PartNumber part = out_.rules.origins[row].part;
      if (part != kMainPart) rule.if_code = AndTakesPart(rule.if_code, part);
      rule.sentences = {next, rule.sentences.count};
      next += rule.sentences.count;
    }
  }

  // A title for each language, or the name where there is none.
  void NameTitles() {
    NameTitlesOf(out_.program.acts, out_.acts);
    NameTitlesOf(out_.program.rules, out_.rules);
  }
  template <typename Row>
  void NameTitlesOf(std::vector<Row>& rows, const Unfolding& table) {
    Program& out = out_.program;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (table.origins[row].part == kMainPart) continue;
      const std::string& name = names_[table.origins[row].part - std::size_t{1}];
      std::vector<Title> titles(out.titles.begin() + rows[row].titles.first,
                                out.titles.begin() + rows[row].titles.end());
      if (titles.empty()) titles.push_back({.text = rows[row].name, .language = {}});
      rows[row].titles = {static_cast<std::uint32_t>(out.titles.size()),
                          static_cast<std::uint32_t>(titles.size())};
      for (const Title& title : titles) {
        const bool chinese = title.language && out.string(title.language) == "zh";
        const std::string_view text = out.string(title.text);
        out.strings.push_back(chinese ? fmt::format("{}（{}）", text, name)
                                      : fmt::format("{} ({})", text, name));
        out.titles.push_back({.text = StringId(out.strings.size() - 1), .language = title.language});
      }
    }
  }

  // ------------------------------------------------------------------------------------------- binding

  // Calls `body` where this member is the one of its kind that is meant.
  template <typename Body>
  void Bind(PartNumber part, const Body& body) {
    if (part == kMainPart) return body();
    const std::size_t member = part - std::size_t{1};
    std::uint32_t& slot = bound_[out_.members[member].index()];
    const std::uint32_t before = std::exchange(slot, static_cast<std::uint32_t>(member));
    body();
    slot = before;
  }

  template <typename Body>
  void ForEachMember(RoleId role, const Body& body) {
    for (std::size_t member = 0; member < out_.members.size(); ++member) {
      if (out_.members[member] == role) Bind(static_cast<PartNumber>(member + 1), [&] { body(member); });
    }
  }

  std::uint32_t Map(const Unfolding& table, std::uint32_t row, RoleId part) const {
    if (!part) return table.unfolded[row][0];
    const std::uint32_t member = bound_[part.index()];
    CHECK(member != kUnbound);
    return table.unfolded[row][member - out_.first[part.index()]];
  }

  // Of which part a row is.
  RoleId Part(ActId id) const { return in_.acts[id.index()].part; }
  RoleId Part(FactId id) const { return in_.facts[id.index()].part; }
  RoleId Part(TermId id) const { return in_.terms[id.index()].part; }
  RoleId Part(RuleId id) const { return in_.rules[id.index()].part; }
  RoleId Part(SentenceId id) const { return in_.rules[in_.sentences[id.index()].rule.index()].part; }
  RoleId Part(FieldId id) const { return PartOfField(id.index()); }
  template <typename T>
  RoleId Part(const Id<T>&) const {
    return RoleId();
  }

  const Unfolding& TableFor(ActId) const { return out_.acts; }
  const Unfolding& TableFor(FactId) const { return out_.facts; }
  const Unfolding& TableFor(TermId) const { return out_.terms; }
  const Unfolding& TableFor(RuleId) const { return out_.rules; }
  const Unfolding& TableFor(SentenceId) const { return out_.sentences; }
  const Unfolding& TableFor(FieldId) const { return out_.fields; }

  // A kind of which the row speaks and of which none is meant yet.
  template <typename Row>
  RoleId Unbound(const Row& row) const {
    RoleId found;
    const auto look = [&]<typename Cell>(std::string_view, const Cell& cell) {
      if constexpr (requires { this->TableFor(cell); }) {
        const RoleId part = cell ? Part(cell) : RoleId();
        if (part && bound_[part.index()] == kUnbound) found = part;
      }
    };
    if constexpr (requires { this->TableFor(row); }) {
      look("", row);
    } else {
      Cells(row, look);
    }
    return found;
  }

  // ------------------------------------------------------------------------------------------- copying

  template <typename T>
  void Remap(Id<T>& id) {
    if constexpr (std::is_same_v<Id<T>, CodeId>) {
      if (id) id = CopyCode(id);
    } else if constexpr (requires { this->TableFor(id); }) {
      if (id) id = Id<T>(Map(TableFor(id), id.value, Part(id)));
    }
  }

  template <typename T>
  void Remap(Range<T>& range) {
    if constexpr (!kShared<T> && !kLaidOut<T>) {
      Tables(out_.program, [&](std::string_view, auto& table) {
        using Row = typename std::remove_cvref_t<decltype(table)>::value_type;
        if constexpr (std::is_same_v<Row, T>) range = CopyList(range, table);
      });
    }
  }

  template <typename T>
  void Remap(T&) {}

  // Rows of lists: of what speaks of every member there is a row for each.
  template <typename T>
  Range<T> CopyList(Range<T> range, std::vector<T>& to) {
    std::vector<T> rows;
    Tables(in_, [&](std::string_view, const auto& table) {
      using Row = typename std::remove_cvref_t<decltype(table)>::value_type;
      if constexpr (std::is_same_v<Row, T>) {
        for (std::uint32_t row = range.first; row < range.end(); ++row) CopyEach(table[row], rows);
      }
    });
    const Range<T> copied{static_cast<std::uint32_t>(to.size()), static_cast<std::uint32_t>(rows.size())};
    to.insert(to.end(), rows.begin(), rows.end());
    return copied;
  }

  template <typename T>
  void CopyEach(const T& row, std::vector<T>& rows) {
    const RoleId unbound = Unbound(row);
    if (!unbound) {
      rows.push_back(Copied(row));
    } else {
      ForEachMember(unbound, [&](std::size_t) { CopyEach(row, rows); });
    }
  }

  // What is promised of one of several is promised of each.
  void CopyGuarantee(const GuaranteeDef& guarantee) {
    std::vector<GuaranteeDef>& to = out_.program.guarantees;
    const RoleId part = PartOfGuarantee(in_, guarantee);
    if (!part) return to.push_back(Copied(guarantee));
    ForEachMember(part, [&](std::size_t) { to.push_back(Copied(guarantee)); });
  }

  template <typename Row>
  Row Copied(const Row& row) {
    Row copy = row;
    if constexpr (requires { this->TableFor(row); }) {
      Remap(copy);
    } else {
      Cells(copy, [&](std::string_view, auto& cell) { Remap(cell); });
    }
    return copy;
  }

  // ---------------------------------------------------------------------------------------------- codes

  void Emit(Operation operation, std::uint32_t operand = 0, std::size_t small = 0) {
    if (out_.program.ops.size() >= kMaxUnfoldedOps) {
      too_much_ = true;
      return;
    }
    out_.program.ops.push_back(
        {.operation = operation, .small = static_cast<std::uint16_t>(small), .operand = operand});
  }

  template <typename T>
  std::uint32_t Row(std::uint32_t row) const {
    const Id<T> id(row);
    return Map(TableFor(id), row, Part(id));
  }

  void EmitCode(CodeId code) {
    const Range<Op> ops = in_.codes[code.index()].ops;
    for (std::uint32_t i = ops.first; i < ops.end() && !too_much_; ++i) EmitOp(in_.ops[i]);
  }

  void EmitOp(const Op& op) {
    switch (Info(op.operation).operand) {
      case Operand::kActRow:
      case Operand::kActRole:
      case Operand::kActStanding:
      case Operand::kActCredential:
        return Emit(op.operation, Row<model::Act>(op.operand), op.small);
      case Operand::kActPair:
        return Emit(op.operation, Row<model::Act>(op.operand), Row<model::Act>(op.small));
      case Operand::kFieldRow:
      case Operand::kFieldRole:
      case Operand::kFindingRow:
      case Operand::kFieldCredential:
        return Emit(op.operation, Row<model::Field>(op.operand), op.small);
      case Operand::kFactRow:
        return Emit(op.operation, Row<model::Fact>(op.operand));
      case Operand::kRuleRow:
        return Emit(op.operation, Row<model::Rule>(op.operand));
      case Operand::kTermPhases:
        return Emit(op.operation, Row<model::Term>(op.operand), op.small);
      case Operand::kQuantifierRow:
        return EmitQuantifier(in_.quantifiers[op.operand]);
      case Operand::kAccrualRow:
        return Emit(op.operation, Map(accruals_, op.operand, accrual_parts_[op.operand]));
      case Operand::kCountingLength:
        return Emit(op.operation, LengthRow(op.operand));
      case Operand::kNone:
      case Operand::kConstant:
      case Operand::kMask:
      case Operand::kTableColumn:
      case Operand::kOutsideRow:
      case Operand::kClock:
      case Operand::kMember:
      case Operand::kFieldMember:
        return Emit(op.operation, op.operand, op.small);
    }
  }

  // A length in a field is in the field of whoever is meant.
  std::uint32_t LengthRow(std::uint32_t row) {
    CountedLength length = in_.lengths[row];
    if (!length.length.field) return row;
    Remap(length.length.field);
    std::vector<CountedLength>& lengths = out_.program.lengths;
    lengths.push_back(length);
    return static_cast<std::uint32_t>(lengths.size() - 1);
  }

  // "Some": one of them is meant, and it is so.  "Every": it is so, or it is not meant.
  void EmitQuantifier(const QuantifierDef& quantifier) {
    // The field is that of the member who is meant outside.
    const std::uint32_t field = quantifier.in ? Row<model::Field>(quantifier.in.value) : 0;
    bool first = true;
    // Where nobody knows whom the field names, it may name somebody of whom nothing was heard.
    if (quantifier.in) {
      Emit(Operation::kFieldNames, field, kNoMember);
      if (quantifier.every) Emit(Operation::kNot);
      first = false;
    }
    ForEachMember(quantifier.part, [&](std::size_t member) {
      if (quantifier.in) {
        Emit(Operation::kFieldNames, field, member);
      } else {
        Emit(Operation::kTakesPart, static_cast<std::uint32_t>(member), kOrUnseen);
      }
      if (quantifier.every) Emit(Operation::kNot);
      EmitCode(quantifier.body);
      Emit(quantifier.every ? Operation::kOr : Operation::kAnd);
      if (!std::exchange(first, false)) Emit(quantifier.every ? Operation::kAnd : Operation::kOr);
    });
  }

  template <typename Body>
  CodeId NewCode(ResultType result, const Body& body) {
    Program& out = out_.program;
    const auto first = static_cast<std::uint32_t>(out.ops.size());
    body();
    Code code{
        .ops = {first, static_cast<std::uint32_t>(out.ops.size()) - first}, .result = result, .depth = 0};
    std::size_t depth = 0, deepest = 1;
    for (std::uint32_t i = first; i < out.ops.size(); ++i) {
      depth = depth + 1 - Info(out.ops[i].operation).pops;
      deepest = std::max(deepest, depth);
    }
    if (deepest > kMaxDepth) too_much_ = true;
    code.depth = static_cast<std::uint16_t>(deepest);
    out.codes.push_back(code);
    return CodeId(out.codes.size() - 1);
  }

  CodeId CopyCode(CodeId code) {
    return NewCode(in_.codes[code.index()].result, [&] { EmitCode(code); });
  }

  // REQUIRES: `code` is none or of the unfolded program.
  CodeId AndTakesPart(CodeId code, PartNumber part) {
    return NewCode(ResultType::kTri, [&] {
      Emit(Operation::kTakesPart, part - 1U);
      if (!code) return;
      const Range<Op> ops = out_.program.codes[code.index()].ops;
      for (std::uint32_t i = ops.first; i < ops.end(); ++i) {
        const Op op = out_.program.ops[i];
        Emit(op.operation, op.operand, op.small);
      }
      Emit(Operation::kAnd);
    });
  }

  const Program& in_;
  std::span<const std::string> names_;
  Unfolded out_;
  Unfolding accruals_;
  std::vector<RoleId> accrual_parts_;
  std::vector<std::uint32_t> bound_;  // by role: the member that is meant
  bool too_much_ = false;
};

}  // namespace

bool HasParts(const Program& program) {
  return std::any_of(program.roles.begin(), program.roles.end(),
                     [](const RoleDef& role) { return role.several; });
}

RoleId PartOfGuarantee(const Program& program, const GuaranteeDef& guarantee) {
  if (guarantee.role && program.roles[guarantee.role.index()].several) return guarantee.role;
  return guarantee.act ? program.acts[guarantee.act.index()].part : RoleId();
}

std::optional<Unfolded> Unfold(const Program& program, std::span<const std::uint32_t> counts,
                               std::span<const std::string> names) {
  return Unfolder(program, counts, names).Run();
}

}  // namespace lawbound::program
