// Checks of the tables as such: sizes, kinds, ids, ranges, names, and the numbers in them.

#include <limits>
#include <string_view>
#include <type_traits>
#include <vector>

#include "program/cells.h"
#include "program/names.h"
#include "program/verify_parts.h"

namespace lawbound::program::verifier {

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

namespace {

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

}  // namespace

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

namespace {

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

}  // namespace

Status CheckIds(const Program& p) {
  const IdCheck check{p};
  EveryCell(p, check);
  return check.status;
}

namespace {

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

}  // namespace

Status CheckRanges(const Program& p) {
  const RangeCheck check{p};
  EveryCell(p, check);
  if (check.status.ok() && check.listed > kMaxListed) {
    return Bad("the ranges name {} rows together, more than {}", check.listed, kMaxListed);
  }
  return check.status;
}

// --------------------------------------------------------------------------------------- names and numbers

namespace {

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

}  // namespace

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
  RETURN_IF_ERROR(CheckNamed(p, "tables", p.tables));
  RETURN_IF_ERROR(CheckNamed(p, "rules", p.rules));
  RETURN_IF_ERROR(CheckNamed(p, "mappings", p.mappings));
  RETURN_IF_ERROR(CheckList("role_lists", p.role_lists));
  RETURN_IF_ERROR(CheckList("act_lists", p.act_lists));
  RETURN_IF_ERROR(CheckList("rule_lists", p.rule_lists));
  RETURN_IF_ERROR(CheckList("field_lists", p.field_lists));
  RETURN_IF_ERROR(CheckList("choices", p.choices));
  RETURN_IF_ERROR(CheckList("credentials", p.credentials));
  RETURN_IF_ERROR(CheckNamed(p, "guarantees", p.guarantees));
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

namespace {

Status CheckLength(calendar::Length length, std::string_view where, std::size_t row) {
  if (length.count < 0 || length.count > LongestLength(length.unit)) {
    return Bad("row {} of '{}': the length {} is not between 0 and {}", row, where, LengthText(length),
               LengthText({LongestLength(length.unit), length.unit}));
  }
  return Ok();
}

Status CheckLength(const Program& p, const LengthDef& length, std::string_view where, std::size_t row) {
  if (length.kind == LengthDef::Kind::kFixed) {
    if (length.field || length.fact)
      return Bad("row {} of '{}': a fixed length names a field or a fact", row, where);
    return CheckLength(length.fixed, where, row);
  }
  if (length.kind == LengthDef::Kind::kOpen) {
    const bool days =
        length.fixed.unit == calendar::Unit::kDays || length.fixed.unit == calendar::Unit::kWorkingDays;
    if (length.fact || length.field || length.fixed.count != 0 || !days)
      return Bad("row {} of '{}': what has no end counts days and nothing else", row, where);
    return Ok();
  }
  if (length.kind == LengthDef::Kind::kFact) {
    const bool number = length.fact && !length.field && length.fixed.count == 0 &&
                        p.facts[length.fact.index()].code &&
                        p.codes[p.facts[length.fact.index()].code.index()].result == ResultType::kNumber;
    if (!number) return Bad("row {} of '{}': the length is in no fact that is a number", row, where);
    return CheckLength(length.fixed, where, row);
  }
  if (length.fact) return Bad("row {} of '{}': a length kept in a field names a fact", row, where);
  if (!length.field || p.fields[length.field.index()].type != ValueType::kLength) {
    return Bad("row {} of '{}': the length is in no field of type length", row, where);
  }
  if (length.fixed.count != 0 || length.fixed.unit != calendar::Unit::kDays) {
    return Bad("row {} of '{}': a length kept in a field is also fixed", row, where);
  }
  return Ok();
}

}  // namespace

// A length of whole days, which has an end: of all but terms themselves.
Status CheckDaysLength(const Program& p, const LengthDef& length, std::string_view where, std::size_t row) {
  if (length.kind == LengthDef::Kind::kOpen || length.fixed.unit == calendar::Unit::kHours)
    return Bad("row {} of '{}': a length in hours, or without an end", row, where);
  return CheckLength(p, length, where, row);
}

Status CheckLengths(const Program& p) {
  for (std::size_t i = 0; i < p.lengths.size(); ++i) {
    if (!p.lengths[i].counting) return Bad("row {} of 'lengths' names no counting", i);
    RETURN_IF_ERROR(CheckDaysLength(p, p.lengths[i].length, "lengths", i));
    // Codes ask these lengths, and facts are codes: a fact here could be asked for itself.
    if (p.lengths[i].length.kind == LengthDef::Kind::kFact)
      return Bad("row {} of 'lengths' is the number of a fact", i);
  }
  for (std::size_t i = 0; i < p.terms.size(); ++i) {
    const TermDef& term = p.terms[i];
    RETURN_IF_ERROR(CheckLength(p, term.length, "terms", i));
    if (term.length.fixed.unit == calendar::Unit::kHours && !(term.stops.empty() && term.extensions.empty()))
      return Bad("row {} of 'terms': a term in hours that stops or is extended", i);
  }
  for (std::size_t i = 0; i < p.outside.size(); ++i) {
    RETURN_IF_ERROR(CheckLength(p.outside[i].within, "outside", i));
    const ActId act = p.outside[i].act;
    if (!act || !p.acts[act.index()].to || p.acts[act.index()].part)
      return Bad("row {} of 'outside' asks of no act, or of one that is to nobody or to each of several", i);
  }
  for (std::size_t i = 0; i < p.extensions.size(); ++i) {
    const ExtensionDef& e = p.extensions[i];
    RETURN_IF_ERROR(CheckDaysLength(p, e.by, "extensions", i));
    RETURN_IF_ERROR(CheckDaysLength(p, e.cap, "extensions", i));
    if (!e.has_cap && (e.cap.fixed.count != 0 || e.cap.kind != LengthDef::Kind::kFixed))
      return Bad("row {} of 'extensions' has no cap, but the length of one", i);
  }
  for (std::size_t i = 0; i < p.ceilings.size(); ++i) {
    const CeilingDef& ceiling = p.ceilings[i];
    RETURN_IF_ERROR(CheckDaysLength(p, ceiling.length, "ceilings", i));
    if (ceiling.length.field && p.fields[ceiling.length.field.index()].act != ceiling.from.act)
      return Bad("row {} of 'ceilings': the length is a field of another act than it runs from", i);
  }
  return Ok();
}

Status CheckTables(const Program& p) {
  for (std::size_t i = 0; i < p.tables.size(); ++i) {
    const TableDef& table = p.tables[i];
    const auto columns = In(p.table_columns, table.columns);
    const std::string_view name = p.string(table.name);
    if (table.keys < 1 || table.keys > 2 || columns.size() <= table.keys)
      return Bad("table '{}' has {} keys and {} columns", name, table.keys, columns.size());
    if (table.cells.count % columns.size() != 0) return Bad("the last row of table '{}' is cut short", name);
    if (table.cells.empty()) return Bad("table '{}' has no row", name);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const ValueType type = columns[c].type;
      const bool choice = type == ValueType::kChoice;
      const bool sized = type == ValueType::kWhole || type == ValueType::kMoney || type == ValueType::kDay;
      const bool right = c >= table.keys ? sized : choice || (sized && c + std::size_t{1} == table.keys);
      if (!columns[c].name || !right)
        return Bad("column {} of table '{}' has no name, or is of a type that it cannot have", c, name);
    }
  }
  for (std::size_t i = 0; i < p.table_cells.size(); ++i) {
    if (p.table_cells[i].number == model::kMissing)
      return Bad("row {} of 'table_cells' is the mark of a missing value", i);
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

}  // namespace lawbound::program::verifier
