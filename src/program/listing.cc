#include "program/listing.h"

#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "program/names.h"
#include "program/operations.h"
#include "program/standing.h"

namespace lawbound::program {
namespace {

std::string Phases(std::uint16_t set) {
  constexpr std::pair<Phase, std::string_view> kWords[] = {{Phase::kIdle, "idle"},
                                                           {Phase::kRunning, "running"},
                                                           {Phase::kStopped, "stopped"},
                                                           {Phase::kOver, "over"}};
  std::string words;
  for (const auto& [phase, word] : kWords) {
    if ((set & PhaseBit(phase)) == 0) continue;
    if (!words.empty()) words += " or ";
    words += word;
  }
  return words;
}

std::string Leaf(const Program& p, const Op& op) {
  const std::size_t row = op.operand;
  const auto act = [&] { return NameOf(p, ActId(row)); };
  const auto second = [&] { return NameOf(p, ActId(op.small)); };
  const std::string_view meaning = Info(op.operation).name.substr(1);
  switch (Info(op.operation).operand) {
    case Operand::kNone:
      return op.operation == Operation::kYes ? "yes" : "no";
    case Operand::kConstant:
    case Operand::kMask:
      return fmt::format("{}", p.constants[row]);
    case Operand::kActRow:
      return op.operation == Operation::kStands ? std::string(act()) : fmt::format("{}({})", meaning, act());
    case Operand::kFieldRow: {
      const bool previous =
          op.operation == Operation::kPreviousField || op.operation == Operation::kPreviousYesNo;
      const bool plain = op.operation != Operation::kSum && op.operation != Operation::kHas;
      const std::string field = NameOf(p, FieldId(row));
      if (previous) return "previous " + field;
      return plain ? field : fmt::format("{}({})", meaning, field);
    }
    case Operand::kFactRow:
      return std::string(NameOf(p, FactId(row)));
    case Operand::kRuleRow:
      return fmt::format("{} is broken", NameOf(p, RuleId(row)));
    case Operand::kTermPhases:
      return fmt::format("({}) is {}", NameOf(p, TermId(row)), Phases(op.small));
    case Operand::kActPair:
      return fmt::format("{}({}, {})", meaning, act(), second());
    case Operand::kQuantifierRow: {
      const QuantifierDef& q = p.quantifiers[row];
      const std::string in = q.in ? " in " + NameOf(p, q.in) : "";
      return fmt::format("{} {}{}: ({})", q.every ? "every" : "some", NameOf(p, q.part), in,
                         CodeText(p, q.body));
    }
    case Operand::kActRole:
      return fmt::format("{}({}, {})", meaning, act(), NameOf(p, RoleId(op.small)));
    case Operand::kFieldRole:
      return fmt::format("{}({}, {})", meaning, NameOf(p, FieldId(row)), NameOf(p, RoleId(op.small)));
    case Operand::kMember:
      return fmt::format("{}({})", meaning, row);
    case Operand::kFieldMember:
      return fmt::format("{}({}, {})", meaning, NameOf(p, FieldId(row)), op.small);
    case Operand::kAccrualRow: {
      const AccrualDef& accrual = p.accruals[row];
      const std::string cap = accrual.cap ? " at most " + CodeText(p, accrual.cap) : "";
      return fmt::format("{} hundredths of a percent of ({}) each day of ({}){}", accrual.percent,
                         CodeText(p, accrual.base), NameOf(p, accrual.term), cap);
    }
    case Operand::kOutsideRow:
      return fmt::format("earlier {} within {}", NameOf(p, p.outside[row].act),
                         LengthText(p.outside[row].within));
    case Operand::kActStanding:
      return fmt::format("{} is {}", act(), StandingWords(static_cast<Standing>(op.small)));
    case Operand::kFindingRow: {
      const std::string presumed = op.small == 0 ? "" : fmt::format(", presumed {}", op.small - 1);
      return fmt::format("Found({}{})", NameOf(p, FieldId(row)), presumed);
    }
    case Operand::kActCredential:
      return fmt::format("{}({}, {})", meaning, act(), p.string(p.credentials[op.small]));
    case Operand::kFieldCredential:
      return fmt::format("{}({}, {})", meaning, NameOf(p, FieldId(row)), p.string(p.credentials[op.small]));
    case Operand::kCountingLength:
    case Operand::kTableColumn:
    case Operand::kClock:
      break;
  }
  return {};
}

// The sign of an operation that is written between its two values; empty for others.
std::string_view Sign(const OperationInfo& info) {
  const std::string_view last = info.meaning;
  return info.pops == 2 && info.operand == Operand::kNone && last.size() <= 3 ? last : std::string_view();
}

// What an operation that takes one value, or two with a length, is written like: "Within(a, b, 60 days as
// italian-days)".
std::string Call(const Program& p, const Op& op, const std::string& arguments) {
  const OperationInfo& info = Info(op.operation);
  if (info.operand == Operand::kTableColumn) {
    const TableDef& table = p.tables[op.operand];
    const TableColumn& column = p.table_columns[table.columns.first + op.small];
    return fmt::format("{}({}).{}", p.string(table.name), arguments, p.string(column.name));
  }
  std::string text = fmt::format("{}({}", info.name.substr(1), arguments);
  if (info.operand == Operand::kConstant || info.operand == Operand::kMask ||
      info.operand == Operand::kClock) {
    text += fmt::format(", {}", p.constants[op.operand]);
  }
  if (info.operand == Operand::kCountingLength) {
    const CountedLength& length = p.lengths[op.operand];
    text += fmt::format(", {} as {}", LengthText(p, length.length),
                        p.string(p.countings[length.counting.index()].name));
  }
  return text + ")";
}

// One value on the stack of texts.
struct Piece {
  std::string text;
  Operation outer = Operation::kYes;  // what it was made by
  bool joined = false;                // by a sign: needs brackets inside another
};

std::string Bracketed(Piece piece, Operation inside) {
  const bool chain = piece.outer == inside && (inside == Operation::kAnd || inside == Operation::kOr);
  return piece.joined && !chain ? "(" + piece.text + ")" : std::move(piece.text);
}

Piece Apply(const Program& p, const Op& op, std::vector<Piece>& stack) {
  const OperationInfo& info = Info(op.operation);
  CHECK(stack.size() >= info.pops);
  if (info.pops == 0) return {Leaf(p, op), op.operation, false};
  Piece last = std::move(stack.back());
  stack.pop_back();
  if (info.pops == 1) {
    if (op.operation == Operation::kNot)
      return {"not " + Bracketed(std::move(last), op.operation), op.operation, false};
    return {Call(p, op, last.text), op.operation, false};
  }
  Piece first = std::move(stack.back());
  stack.pop_back();
  const std::string_view sign = Sign(info);
  if (sign.empty()) return {Call(p, op, first.text + ", " + last.text), op.operation, false};
  std::string text = Bracketed(std::move(first), op.operation);
  text.append(" ").append(sign).append(" ").append(Bracketed(std::move(last), op.operation));
  return {std::move(text), op.operation, true};
}

// Writes the listing line by line.
class Lister {
 public:
  explicit Lister(const Program& p) : p_(p) {}

  std::string Run() {
    Line("pack {}{}", p_.string(p_.path), Titles(p_.titles_of_pack));
    if (p_.zone) Line("zone {}", p_.string(p_.zone));
    if (p_.currency) Line("currency {}, {} decimals", p_.string(p_.currency), p_.currency_decimals);
    for (const InstrumentDef& i : p_.instruments) {
      Line("instrument {}{}, rank {}", p_.string(i.name), Titles(i.titles),
           i.rank ? p_.string(i.rank) : "not said");
    }
    for (const CountingDef& c : p_.countings) {
      Line("counting {}: calendar {}, first day {}, rest day at the end {}{}", p_.string(c.name),
           p_.string(c.calendar), c.first_day_counts ? "counts" : "does not count",
           c.rest_day_moves_on ? "moves on" : "stays", Under(c.under));
    }
    for (std::size_t i = 0; i < p_.roles.size(); ++i) Role(RoleId(i));
    for (std::size_t i = 0; i < p_.acts.size(); ++i) Act(ActId(i));
    for (std::size_t i = 0; i < p_.facts.size(); ++i) {
      const FactDef& fact = p_.facts[i];
      Line("fact {} {}{} = {}{}", i, p_.string(fact.name), Of(fact.part), CodeText(p_, fact.code),
           Under(fact.under));
    }
    for (std::size_t i = 0; i < p_.tables.size(); ++i) Table(p_.tables[i]);
    for (std::size_t i = 0; i < p_.terms.size(); ++i) Term(i);
    for (std::size_t i = 0; i < p_.rules.size(); ++i) Rule(RuleId(i));
    if (p_.closes) Line("closes when {}", CodeText(p_, p_.closes));
    for (const GuaranteeDef& g : p_.guarantees) Guarantee(g);
    for (const MappingDef& m : p_.mappings) Mapping(m);
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void Line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  std::string Of(RoleId part) const { return part ? fmt::format(" of {}", NameOf(p_, part)) : std::string(); }

  std::string Titles(Range<Title> titles) const {
    std::string text;
    for (std::uint32_t i = titles.first; i < titles.end(); ++i) {
      const Title& title = p_.titles[i];
      text += fmt::format(" \"{}\"", p_.string(title.text));
      if (title.language) text += fmt::format(" @{}", p_.string(title.language));
    }
    return text;
  }

  std::string Under(Range<Citation> citations) const {
    if (citations.empty()) return {};
    std::string text = " under ";
    for (std::uint32_t i = citations.first; i < citations.end(); ++i) {
      const Citation& citation = p_.citations[i];
      if (i != citations.first) text += ", ";
      text += fmt::format("{} ({})", Words(p_, citation), law::ReadingWords(citation.reading));
    }
    return text;
  }

  template <typename T>
  std::string Names(const std::vector<Id<T>>& list, Range<Id<T>> range, std::string_view between) const {
    std::string text;
    for (std::uint32_t i = range.first; i < range.end(); ++i) {
      if (i != range.first) text += between;
      text += NameOf(p_, list[i]);
    }
    return text;
  }

  void Fields(Range<model::Field> fields) {
    for (std::uint32_t i = fields.first; i < fields.end(); ++i) {
      const FieldDef& field = p_.fields[i];
      std::string choices;
      for (std::uint32_t c = field.choices.first; c < field.choices.end(); ++c) {
        choices += fmt::format("{}{}", c == field.choices.first ? " " : ", ", p_.string(p_.choices[c]));
      }
      const std::string element =
          field.type == ValueType::kList ? fmt::format(" {}", TypeWords(field.element)) : "";
      Line("  field {} {}: {}{}{}{}{}", i, p_.string(field.name), TypeWords(field.type), element,
           Of(field.members), choices, field.optional ? " optional" : "");
    }
  }

  void Role(RoleId id) {
    const RoleDef& role = p_.roles[id.index()];
    const std::string with = role.credential ? fmt::format(" with {}", p_.string(role.credential)) : "";
    const std::string named =
        role.named_in ? fmt::format(" {}named in {}", role.not_named ? "not " : "", NameOf(p_, role.named_in))
                      : "";
    Line("role {} {}{}: {}{}{}{}", id.value, p_.string(role.name), Titles(role.titles),
         RoleKindWords(role.kind), role.several ? " several" : "", with, named);
    Fields(role.fields);
  }

  void Act(ActId id) {
    const ActDef& act = p_.acts[id.index()];
    std::string text = fmt::format("by {}", act.by.empty() ? "law" : Names(p_.role_lists, act.by, " or "));
    if (act.kind == ActDef::Kind::kFinding) text = "found " + text;
    if (act.kind == ActDef::Kind::kTarget) text = "of another matter";
    if (act.at_least > 1) text += fmt::format(", at least {}", act.at_least);
    if (act.to) text += fmt::format(", to {}", NameOf(p_, act.to));
    if (!act.rests_on.empty()) text += fmt::format(", on {}", Names(p_.act_lists, act.rests_on, " or "));
    if (!act.signals.empty()) text += fmt::format(", a signal: {}", Effects(act.signals));
    if (act.dated) text += fmt::format(", dated {}", NameOf(p_, act.dated_field));
    text += Of(act.part);
    if (act.favourable) text += fmt::format(", favourable \"{}\"", p_.string(act.favourable));
    if (!act.public_with.empty()) {
      text += fmt::format(", public with {} for {}", Names(p_.field_lists, act.public_with, ", "),
                          LengthText(act.public_for));
    }
    Line("act {} {}{} {} [{}]{}", id.value, p_.string(act.name), Titles(act.titles), text,
         SideWords(act.side), Under(act.under));
    Fields(act.fields);
  }

  void Table(const TableDef& table) {
    std::string columns;
    for (std::uint32_t c = 0; c < table.columns.count; ++c) {
      const TableColumn& column = p_.table_columns[table.columns.first + c];
      if (c > 0) columns += c == table.keys ? " -> " : ", ";
      columns += fmt::format("{} {}", p_.string(column.name), TypeWords(column.type));
    }
    Line("table {}: {}{}{}", p_.string(table.name), columns,
         table.set_by_authority ? ", set by authority" : "", Under(table.under));
    for (std::uint32_t first = table.cells.first; first < table.cells.end(); first += table.columns.count) {
      std::string row;
      for (std::uint32_t c = 0; c < table.columns.count; ++c) {
        if (c > 0) row += c == table.keys ? " -> " : ", ";
        row += fmt::format("{}", p_.table_cells[first + c].number);
      }
      Line("  {}", row);
    }
  }

  void Term(std::size_t index) {
    const TermDef& term = p_.terms[index];
    const std::string name =
        term.sentence ? fmt::format("(of sentence {})", term.sentence.value) : NameOf(p_, TermId(index));
    Line("term {} {}{}: {} from {}, counted by {}{}", index, name, Of(term.part), LengthText(p_, term.length),
         StartText(p_, term), p_.string(p_.countings[term.counting.index()].name), Under(term.under));
    for (std::uint32_t i = term.restarts.first; i < term.restarts.end(); ++i) {
      Line("  restarts on {}", EventText(p_, p_.events[i]));
    }
    for (std::uint32_t i = term.stops.first; i < term.stops.end(); ++i) {
      Line("  stops while {}{}", CodeText(p_, p_.stops[i].condition), Under(p_.stops[i].under));
    }
    for (std::uint32_t i = term.extensions.first; i < term.extensions.end(); ++i) {
      const ExtensionDef& e = p_.extensions[i];
      const std::string cap = e.has_cap ? fmt::format(" at most {}", LengthText(p_, e.cap)) : "";
      Line("  extended on {} by {}{}{}{}", NameOf(p_, e.act), LengthText(p_, e.by), cap,
           e.once ? " once" : "", Under(e.under));
    }
    for (std::uint32_t i = term.ceilings.first; i < term.ceilings.end(); ++i) {
      const CeilingDef& c = p_.ceilings[i];
      Line("  at most {} from {}{}", LengthText(p_, c.length), EventText(p_, c.from), Under(c.under));
    }
  }

  std::string Effects(Range<EffectDef> effects) const {
    std::string text;
    for (std::uint32_t i = effects.first; i < effects.end(); ++i) {
      if (i != effects.first) text += "; ";
      text += Effect(p_.effects[i]);
    }
    return text;
  }

  std::string Effect(const EffectDef& e) const {
    switch (e.kind) {
      case EffectDef::Kind::kDeemed:
        return fmt::format("{} is deemed{}", NameOf(p_, e.act), Given(e.given));
      case EffectDef::Kind::kFalls:
        return fmt::format("{} falls", NameOf(p_, e.act));
      case EffectDef::Kind::kQuality: {
        const std::string cure = e.cured_by ? fmt::format(" cured by {}", NameOf(p_, e.cured_by)) : "";
        return fmt::format("{} is {}{}", NameOf(p_, e.act), QualityWords(e.quality), cure);
      }
      case EffectDef::Kind::kAnswers:
        return fmt::format("{} answers", NameOf(p_, e.role));
      case EffectDef::Kind::kRefused:
        return fmt::format("{} may be refused by {}", NameOf(p_, e.act), NameOf(p_, e.role));
      case EffectDef::Kind::kStanding:
        return fmt::format("{} is {}{}", NameOf(p_, e.act), StandingWords(e.standing), Given(e.given));
    }
    return {};
  }

  std::string Given(Range<GivenDef> given) const {
    std::string text;
    for (std::uint32_t i = given.first; i < given.end(); ++i) {
      text += fmt::format("{}{} = {}", i == given.first ? " with " : ", ", NameOf(p_, p_.given[i].field),
                          CodeText(p_, p_.given[i].value));
    }
    return text;
  }

  // The middle of a sentence: "office must send within 90 days of issue".
  std::string Core(const SentenceDef& s) const {
    const std::string on = s.on ? fmt::format(" on {}", NameOf(p_, s.on)) : "";
    const std::string acts = Names(p_.act_lists, s.acts, " or ") + on;
    const std::string roles = Names(p_.role_lists, s.roles, " or ");
    const std::string within =
        s.term ? fmt::format(" within term {} ({})", s.term.value, NameOf(p_, s.term)) : "";
    switch (s.kind) {
      case SentenceDef::Kind::kMay:
        return fmt::format("{} may {}{}", roles, acts, within);
      case SentenceDef::Kind::kMust: {
        const std::string time =
            s.prompt ? fmt::format(" promptly after {}", EventText(p_, s.event)) : within;
        return fmt::format("{} must {}{}", roles, acts, time);
      }
      case SentenceDef::Kind::kOnlyIf:
        return fmt::format("{} only if {}", acts, CodeText(p_, s.condition));
      case SentenceDef::Kind::kNoIf:
        return fmt::format("no {} if {}", acts, CodeText(p_, s.condition));
      case SentenceDef::Kind::kOn:
        return fmt::format("on {}: {}", EventText(p_, s.event), Effects(s.effects));
    }
    return {};
  }

  void Sentence(std::uint32_t index) {
    const SentenceDef& s = p_.sentences[index];
    std::string text = Core(s);
    if (s.kind == SentenceDef::Kind::kMust && s.condition)
      text += fmt::format(" so that {}", CodeText(p_, s.condition));
    if (s.if_code) text += fmt::format(" where {}", CodeText(p_, s.if_code));
    if (s.unless) text += fmt::format(" unless {}", CodeText(p_, s.unless));
    if (s.from != base::kFirstDay) text += fmt::format(" from {}", base::PrintDay(s.from));
    if (s.until != base::kLastDay) text += fmt::format(" until {}", base::PrintDay(s.until));
    Line("  sentence {} {} [{}]", index, text, SideWords(s.side));
    if (s.text) Line("    written \"{}\"", p_.string(s.text));
  }

  void Rule(RuleId id) {
    const RuleDef& rule = p_.rules[id.index()];
    Line("rule {} {}{}{}", id.value, p_.string(rule.name), Titles(rule.titles), Under(rule.under));
    if (rule.part) Line("  for each {}", NameOf(p_, rule.part));
    if (rule.governed) Line("  governed by {}", EventText(p_, rule.governed_by));
    if (rule.if_code) Line("  if {}", CodeText(p_, rule.if_code));
    if (!rule.overrides.empty()) Line("  overrides {}", Names(p_.rule_lists, rule.overrides, ", "));
    for (std::uint32_t i = rule.sentences.first; i < rule.sentences.end(); ++i) Sentence(i);
    if (!rule.breach.empty()) Line("  breach: {}", Effects(rule.breach));
  }

  void Guarantee(const GuaranteeDef& g) {
    const std::string_view name = p_.string(g.name);
    switch (g.kind) {
      case GuaranteeDef::Kind::kNever:
        return Line("guarantee {}: never {} unless {}", name, NameOf(p_, g.act), CodeText(p_, g.condition));
      case GuaranteeDef::Kind::kAfterCan: {
        const std::string what = g.challenge ? fmt::format("challenge {}", NameOf(p_, g.challenge))
                                             : Names(p_.act_lists, g.acts, " or ");
        const std::string until = g.until ? fmt::format(" until lapse of {}", NameOf(p_, g.until)) : "";
        return Line("guarantee {}: after {}, {} can {}{}", name, NameOf(p_, g.act), NameOf(p_, g.role), what,
                    until);
      }
      case GuaranteeDef::Kind::kAlwaysReach:
        return Line("guarantee {}: {} can always reach {}", name, NameOf(p_, g.role),
                    CodeText(p_, g.condition));
      case GuaranteeDef::Kind::kDutiesMet:
        return Line("guarantee {}: every duty of {} can be met", name, NameOf(p_, g.role));
    }
  }

  void Mapping(const MappingDef& m) {
    constexpr std::string_view kFormats[] = {"xes", "csv", "jsonl"};
    Line("mapping {} {}", p_.string(m.name), kFormats[static_cast<std::size_t>(m.format)]);
    if (m.format != MappingDef::Format::kXes) {
      Line("  case \"{}\" act \"{}\" time \"{}\"", p_.string(m.case_column), p_.string(m.act_column),
           p_.string(m.time_column));
    }
    for (std::uint32_t i = m.lines.first; i < m.lines.end(); ++i) {
      const MappingLine& line = p_.mapping_lines[i];
      std::string fields;
      for (std::uint32_t f = line.fields.first; f < line.fields.end(); ++f) {
        const FieldSource& source = p_.field_sources[f];
        fields += fmt::format(" {}={}\"{}\"", NameOf(p_, source.field), source.of_case ? "case " : "",
                              p_.string(source.attribute));
      }
      Line("  \"{}\" -> {}{}", p_.string(line.activity), NameOf(p_, line.act), fields);
    }
    if (!m.unseen_acts.empty()) Line("  unseen {}", Names(p_.act_lists, m.unseen_acts, ", "));
    if (!m.unseen_fields.empty()) Line("  unseen {}", Names(p_.field_lists, m.unseen_fields, ", "));
    for (std::uint32_t i = m.assumed.first; i < m.assumed.end(); ++i) {
      Line("  assume {} = {}", NameOf(p_, p_.assumed_values[i].field), p_.assumed_values[i].value);
    }
  }

  const Program& p_;
  std::string out_;
};

}  // namespace

std::string CodeText(const Program& program, CodeId code) {
  if (!code) return {};
  std::vector<Piece> stack;
  const Range<Op> ops = program.codes[code.index()].ops;
  for (std::uint32_t i = ops.first; i < ops.end(); ++i) {
    Piece piece = Apply(program, program.ops[i], stack);
    stack.push_back(std::move(piece));
  }
  CHECK(stack.size() == 1);
  return std::move(stack.back().text);
}

std::string Listing(const Program& program) { return Lister(program).Run(); }

}  // namespace lawbound::program
