// The tables of a program and the cells of their rows, named and in order, for whoever treats all of them
// alike: the codec, the checks of bounds, the description of the format, the fuzzer's mutator.  A member
// added to program.h is added here, once.
//
//   Tables(program, f)   calls f("acts", program.acts) for every table
//   Header(program, v)   calls v("path", program.path) for every cell outside the tables
//   Cells(row, v)        calls v("name", row.name) for every cell of a row; a row within a row is flattened
//
// All take const and mutable objects.  `v` is called with an Id, a Range, an enum, a bool, an integer, a Day
// or, for the table of strings, a std::string.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "program/program.h"

namespace lawbound::program {

template <typename P, typename T>
concept Of = std::same_as<std::remove_const_t<P>, T>;

// How many values an enum of the program has; they are numbered from 0.
template <typename E>
inline constexpr std::uint8_t kValuesOf = 0;
template <>
inline constexpr std::uint8_t kValuesOf<law::Reading> = 3;
template <>
inline constexpr std::uint8_t kValuesOf<calendar::Unit> = 5;
template <>
inline constexpr std::uint8_t kValuesOf<Side> = 3;
template <>
inline constexpr std::uint8_t kValuesOf<RoleKind> = 5;
template <>
inline constexpr std::uint8_t kValuesOf<ValueType> = 12;
template <>
inline constexpr std::uint8_t kValuesOf<LengthDef::Kind> = 4;
template <>
inline constexpr std::uint8_t kValuesOf<EventDef::Kind> = 3;
template <>
inline constexpr std::uint8_t kValuesOf<TermDef::Start> = 3;
template <>
inline constexpr std::uint8_t kValuesOf<EffectDef::Kind> = 6;
template <>
inline constexpr std::uint8_t kValuesOf<EffectDef::Quality> = 5;
template <>
inline constexpr std::uint8_t kValuesOf<ActDef::Kind> = 3;
template <>
inline constexpr std::uint8_t kValuesOf<Standing> = 10;
template <>
inline constexpr std::uint8_t kValuesOf<SentenceDef::Kind> = 5;
template <>
inline constexpr std::uint8_t kValuesOf<GuaranteeDef::Kind> = 4;
template <>
inline constexpr std::uint8_t kValuesOf<MappingDef::Format> = 3;
template <>
inline constexpr std::uint8_t kValuesOf<ResultType> = 2;
#define OP(name, operand, pops, result, meaning) +1
template <>
inline constexpr std::uint8_t kValuesOf<Operation> = 0
#include "program/operations.def"
    ;
#undef OP

// Where the rows that an Id<T> or Range<T> speaks of are.  An id names a row of a table of definitions; a
// range, rows of the table of T or of the list of ids to T.
template <typename T>
struct TableOf;

#define LAWBOUND_TABLE(type, id_table, range_table)                                 \
  template <>                                                                       \
  struct TableOf<type> {                                                            \
    static constexpr std::string_view kIds = #id_table;                             \
    static constexpr std::string_view kRows = #range_table;                         \
    static std::size_t CountIds(const Program& p) { return p.id_table.size(); }     \
    static std::size_t CountRows(const Program& p) { return p.range_table.size(); } \
  };
LAWBOUND_TABLE(std::string, strings, strings)
LAWBOUND_TABLE(Title, titles, titles)
LAWBOUND_TABLE(Citation, citations, citations)
LAWBOUND_TABLE(InstrumentDef, instruments, instruments)
LAWBOUND_TABLE(CountingDef, countings, countings)
LAWBOUND_TABLE(model::Role, roles, roles)
LAWBOUND_TABLE(model::Field, fields, fields)
LAWBOUND_TABLE(model::Act, acts, acts)
LAWBOUND_TABLE(model::Fact, facts, facts)
LAWBOUND_TABLE(AccrualDef, accruals, accruals)
LAWBOUND_TABLE(OutsideDef, outside, outside)
LAWBOUND_TABLE(TableDef, tables, tables)
LAWBOUND_TABLE(TableColumn, table_columns, table_columns)
LAWBOUND_TABLE(TableCell, table_cells, table_cells)
LAWBOUND_TABLE(model::Term, terms, terms)
LAWBOUND_TABLE(model::Rule, rules, rules)
LAWBOUND_TABLE(model::Sentence, sentences, sentences)
LAWBOUND_TABLE(SentenceDef, sentences, sentences)
LAWBOUND_TABLE(EventDef, events, events)
LAWBOUND_TABLE(StopDef, stops, stops)
LAWBOUND_TABLE(ExtensionDef, extensions, extensions)
LAWBOUND_TABLE(CeilingDef, ceilings, ceilings)
LAWBOUND_TABLE(EffectDef, effects, effects)
LAWBOUND_TABLE(GivenDef, given, given)
LAWBOUND_TABLE(RoleId, role_lists, role_lists)
LAWBOUND_TABLE(ActId, act_lists, act_lists)
LAWBOUND_TABLE(RuleId, rule_lists, rule_lists)
LAWBOUND_TABLE(FieldId, field_lists, field_lists)
LAWBOUND_TABLE(StringId, choices, choices)
LAWBOUND_TABLE(Op, ops, ops)
LAWBOUND_TABLE(Code, codes, codes)
LAWBOUND_TABLE(QuantifierDef, quantifiers, quantifiers)
LAWBOUND_TABLE(MappingLine, mapping_lines, mapping_lines)
LAWBOUND_TABLE(FieldSource, field_sources, field_sources)
LAWBOUND_TABLE(AssumedValue, assumed_values, assumed_values)
#undef LAWBOUND_TABLE

template <Of<Program> P, typename V>
void Header(P& p, V&& v) {
  v("path", p.path);
  v("titles_of_pack", p.titles_of_pack);
  v("zone", p.zone);
  v("currency", p.currency);
  v("currency_decimals", p.currency_decimals);
  v("role_fields", p.role_fields);
  v("closes", p.closes);
}

template <Of<Program> P, typename F>
void Tables(P& p, F&& f) {
  f("strings", p.strings);
  f("titles", p.titles);
  f("citations", p.citations);
  f("instruments", p.instruments);
  f("countings", p.countings);
  f("roles", p.roles);
  f("fields", p.fields);
  f("choices", p.choices);
  f("acts", p.acts);
  f("facts", p.facts);
  f("accruals", p.accruals);
  f("outside", p.outside);
  f("tables", p.tables);
  f("table_columns", p.table_columns);
  f("table_cells", p.table_cells);
  f("terms", p.terms);
  f("rules", p.rules);
  f("sentences", p.sentences);
  f("events", p.events);
  f("stops", p.stops);
  f("extensions", p.extensions);
  f("ceilings", p.ceilings);
  f("effects", p.effects);
  f("given", p.given);
  f("role_lists", p.role_lists);
  f("act_lists", p.act_lists);
  f("rule_lists", p.rule_lists);
  f("field_lists", p.field_lists);
  f("lengths", p.lengths);
  f("credentials", p.credentials);
  f("guarantees", p.guarantees);
  f("ops", p.ops);
  f("codes", p.codes);
  f("quantifiers", p.quantifiers);
  f("constants", p.constants);
  f("mappings", p.mappings);
  f("mapping_lines", p.mapping_lines);
  f("field_sources", p.field_sources);
  f("assumed_values", p.assumed_values);
}

// The parts of rows.

template <Of<calendar::Length> R, typename V>
void LengthCells(std::string_view count, std::string_view unit, R& r, V&& v) {
  v(count, r.count);
  v(unit, r.unit);
}

template <Of<LengthDef> R, typename V>
void Cells(R& r, V&& v) {
  v("length.kind", r.kind);
  LengthCells("length.count", "length.unit", r.fixed, v);
  v("length.field", r.field);
  v("length.fact", r.fact);
}

template <Of<EventDef> R, typename V>
void Cells(R& r, V&& v) {
  v("event.kind", r.kind);
  v("event.act", r.act);
  v("event.on", r.on);
  v("event.term", r.term);
  v("event.rule", r.rule);
}

// Rows.

template <Of<std::string> R, typename V>
void Cells(R& r, V&& v) {
  v("text", r);
}

template <typename T, typename V>
void Cells(Id<T>& r, V&& v) {
  v("id", r);
}

template <typename T, typename V>
void Cells(const Id<T>& r, V&& v) {
  v("id", r);
}

template <Of<std::int64_t> R, typename V>
void Cells(R& r, V&& v) {
  v("number", r);
}

template <Of<Title> R, typename V>
void Cells(R& r, V&& v) {
  v("text", r.text);
  v("language", r.language);
}

template <Of<Citation> R, typename V>
void Cells(R& r, V&& v) {
  v("instrument", r.instrument);
  v("provision", r.provision);
  v("reading", r.reading);
}

template <Of<InstrumentDef> R, typename V>
void Cells(R& r, V&& v) {
  v("name", r.name);
  v("titles", r.titles);
  v("rank", r.rank);
}

template <Of<CountingDef> R, typename V>
void Cells(R& r, V&& v) {
  v("name", r.name);
  v("calendar", r.calendar);
  v("first_day_counts", r.first_day_counts);
  v("rest_day_moves_on", r.rest_day_moves_on);
  v("under", r.under);
}

template <Of<RoleDef> R, typename V>
void Cells(R& r, V&& v) {
  v("name", r.name);
  v("titles", r.titles);
  v("kind", r.kind);
  v("several", r.several);
  v("named_in", r.named_in);
  v("not_named", r.not_named);
  v("credential", r.credential);
  v("fields", r.fields);
}

template <Of<FieldDef> R, typename V>
void Cells(R& r, V&& v) {
  v("name", r.name);
  v("act", r.act);
  v("role", r.role);
  v("place", r.place);
  v("type", r.type);
  v("optional", r.optional);
  v("choices", r.choices);
  v("element", r.element);
  v("members", r.members);
}

template <Of<ActDef> R, typename V>
void Cells(R& r, V&& v) {
  v("name", r.name);
  v("titles", r.titles);
  v("part", r.part);
  v("member", r.member);
  v("kind", r.kind);
  v("side", r.side);
  v("by", r.by);
  v("at_least", r.at_least);
  v("to", r.to);
  v("rests_on", r.rests_on);
  v("signals", r.signals);
  v("dated", r.dated);
  v("dated_field", r.dated_field);
  v("favourable", r.favourable);
  v("public_with", r.public_with);
  LengthCells("public_for.count", "public_for.unit", r.public_for, v);
  v("fields", r.fields);
  v("under", r.under);
}

template <Of<FactDef> R, typename V>
void Cells(R& r, V&& v) {
  v("name", r.name);
  v("part", r.part);
  v("code", r.code);
  v("under", r.under);
}

template <Of<AccrualDef> R, typename V>
void Cells(R& r, V&& v) {
  v("term", r.term);
  v("percent", r.percent);
  v("base", r.base);
  v("cap", r.cap);
}

template <Of<OutsideDef> R, typename V>
void Cells(R& r, V&& v) {
  v("act", r.act);
  LengthCells("within.count", "within.unit", r.within, v);
}

template <Of<TableColumn> R, typename V>
void Cells(R& r, V&& v) {
  v("name", r.name);
  v("type", r.type);
}

template <Of<TableCell> R, typename V>
void Cells(R& r, V&& v) {
  v("number", r.number);
}

template <Of<TableDef> R, typename V>
void Cells(R& r, V&& v) {
  v("name", r.name);
  v("columns", r.columns);
  v("keys", r.keys);
  v("cells", r.cells);
  v("set_by_authority", r.set_by_authority);
  v("under", r.under);
}

template <Of<CountedLength> R, typename V>
void Cells(R& r, V&& v) {
  v("counting", r.counting);
  Cells(r.length, v);
}

template <Of<StopDef> R, typename V>
void Cells(R& r, V&& v) {
  v("condition", r.condition);
  v("under", r.under);
}

template <Of<ExtensionDef> R, typename V>
void Cells(R& r, V&& v) {
  v("act", r.act);
  Cells(r.by, v);
  v("has_cap", r.has_cap);
  Cells(r.cap, v);
  v("once", r.once);
  v("under", r.under);
}

template <Of<CeilingDef> R, typename V>
void Cells(R& r, V&& v) {
  Cells(r.length, v);
  Cells(r.from, v);
  v("under", r.under);
}

template <Of<TermDef> R, typename V>
void Cells(R& r, V&& v) {
  v("name", r.name);
  v("sentence", r.sentence);
  v("part", r.part);
  Cells(r.length, v);
  v("counting", r.counting);
  v("start_kind", r.start_kind);
  v("starts", r.starts);
  v("restarts", r.restarts);
  v("stops", r.stops);
  v("extensions", r.extensions);
  v("ceilings", r.ceilings);
  v("under", r.under);
}

template <Of<EffectDef> R, typename V>
void Cells(R& r, V&& v) {
  v("kind", r.kind);
  v("act", r.act);
  v("quality", r.quality);
  v("cured_by", r.cured_by);
  v("role", r.role);
  v("standing", r.standing);
  v("given", r.given);
}

template <Of<GivenDef> R, typename V>
void Cells(R& r, V&& v) {
  v("field", r.field);
  v("value", r.value);
}

template <Of<SentenceDef> R, typename V>
void Cells(R& r, V&& v) {
  v("rule", r.rule);
  v("kind", r.kind);
  v("from", r.from);
  v("until", r.until);
  v("side", r.side);
  v("roles", r.roles);
  v("acts", r.acts);
  v("on", r.on);
  v("term", r.term);
  v("prompt", r.prompt);
  Cells(r.event, v);
  v("if_code", r.if_code);
  v("condition", r.condition);
  v("unless", r.unless);
  v("effects", r.effects);
  v("text", r.text);
}

template <Of<RuleDef> R, typename V>
void Cells(R& r, V&& v) {
  v("name", r.name);
  v("titles", r.titles);
  v("part", r.part);
  v("under", r.under);
  v("governed", r.governed);
  Cells(r.governed_by, v);
  v("if_code", r.if_code);
  v("overrides", r.overrides);
  v("sentences", r.sentences);
  v("breach", r.breach);
}

template <Of<GuaranteeDef> R, typename V>
void Cells(R& r, V&& v) {
  v("name", r.name);
  v("kind", r.kind);
  v("act", r.act);
  v("role", r.role);
  v("acts", r.acts);
  v("challenge", r.challenge);
  v("until", r.until);
  v("condition", r.condition);
}

template <Of<Op> R, typename V>
void Cells(R& r, V&& v) {
  v("operation", r.operation);
  v("small", r.small);
  v("operand", r.operand);
}

template <Of<Code> R, typename V>
void Cells(R& r, V&& v) {
  v("ops", r.ops);
  v("result", r.result);
  v("depth", r.depth);
}

template <Of<QuantifierDef> R, typename V>
void Cells(R& r, V&& v) {
  v("part", r.part);
  v("every", r.every);
  v("in", r.in);
  v("body", r.body);
}

template <Of<MappingDef> R, typename V>
void Cells(R& r, V&& v) {
  v("name", r.name);
  v("format", r.format);
  v("case_column", r.case_column);
  v("act_column", r.act_column);
  v("time_column", r.time_column);
  v("lines", r.lines);
  v("unseen_acts", r.unseen_acts);
  v("unseen_fields", r.unseen_fields);
  v("assumed", r.assumed);
}

template <Of<MappingLine> R, typename V>
void Cells(R& r, V&& v) {
  v("activity", r.activity);
  v("act", r.act);
  v("fields", r.fields);
}

template <Of<FieldSource> R, typename V>
void Cells(R& r, V&& v) {
  v("field", r.field);
  v("attribute", r.attribute);
  v("of_case", r.of_case);
}

template <Of<AssumedValue> R, typename V>
void Cells(R& r, V&& v) {
  v("field", r.field);
  v("value", r.value);
}

}  // namespace lawbound::program
