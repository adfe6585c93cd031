// Stage "tables": rows of keys and results.  A key that is a word is one of the choices of a field, but the
// table does not say of which: that is seen where something is looked up, and there the rows are compared
// with the choices.  Until then a word stands as its place among the words of its column.
#include "check/tables.h"

#include <algorithm>

#include "check/citations.h"
#include "check/expressions.h"
#include "check/messages.h"
#include "check/stages.h"

namespace lawbound::check {
namespace {

bool IsWord(const syntax::Expr& expr) { return expr.kind == syntax::ExprKind::kRef && !expr.path.field; }

bool IsSized(const syntax::Expr& expr) {
  return expr.kind == syntax::ExprKind::kNumber || expr.kind == syntax::ExprKind::kMoney ||
         expr.kind == syntax::ExprKind::kDate;
}

std::int64_t PlaceOfWord(std::vector<std::string>& words, const std::string& word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found != words.end()) return found - words.begin();
  words.push_back(word);
  return static_cast<std::int64_t>(words.size() - 1);
}

class TableBuilder {
 public:
  TableBuilder(Context& context, const syntax::Table& item) : context_(context), item_(item) {}

  Table Build() {
    table_.name = item_.name.text;
    table_.span = item_.name.span;
    table_.under = ResolveUnder(context_, item_.under);
    table_.keys = item_.keys.size();
    table_.set_by_authority = item_.set_by_authority;
    constexpr std::size_t kMostKeys = 2;
    if (table_.keys > kMostKeys)
      context_.Say(TooMany(item_.keys[kMostKeys].span, "keys of a table", kMostKeys));
    for (const std::vector<syntax::Name>* names : {&item_.keys, &item_.results}) {
      for (const syntax::Name& name : *names) AddColumn(name);
    }
    if (item_.rows.empty()) context_.Say(TableWithoutRows(item_.name.span, item_.name.text));
    for (const syntax::TableRow& row : item_.rows) AddRow(row);
    table_.incomplete = table_.rows.size() != item_.rows.size();
    return std::move(table_);
  }

 private:
  void AddColumn(const syntax::Name& name) {
    const auto same = std::find_if(table_.columns.begin(), table_.columns.end(),
                                   [&](const TableColumn& column) { return column.name == name.text; });
    if (same != table_.columns.end()) context_.Say(DeclaredTwice(name.span, name.text, item_.name.span));
    table_.columns.push_back({.name = name.text, .type = {}, .words = {}});
  }

  void AddRow(const syntax::TableRow& item) {
    const Span at = item.keys.front().span;
    if (item.keys.size() != table_.keys || item.values.size() != item_.results.size()) {
      context_.Say(TableShape(at, table_.name, table_.keys, item_.results.size()));
      return;
    }
    std::vector<std::int64_t> row;
    for (std::size_t i = 0; i < item.keys.size(); ++i) {
      const auto number = CellOf(item.keys[i], i);
      if (!number) return;
      row.push_back(*number);
    }
    for (std::size_t i = 0; i < item.values.size(); ++i) {
      const auto number = CellOf(item.values[i], table_.keys + i);
      if (!number) return;
      row.push_back(*number);
    }
    CheckOrder(at, row);
    table_.rows.push_back(std::move(row));
  }

  std::optional<std::int64_t> CellOf(const syntax::Expr& value, std::size_t column) {
    const bool key = column < table_.keys;
    const bool last_key = column + 1 == table_.keys;
    TableColumn& of = table_.columns[column];
    const bool right = IsWord(value) ? key : IsSized(value) && (!key || last_key);
    if (!right) {
      context_.Say(TableCellKind(value.span, key));
      return std::nullopt;
    }
    Type type{.value = ValueType::kChoice, .choices = {}};
    std::int64_t number = 0;
    if (IsWord(value)) {
      number = PlaceOfWord(of.words, value.path.name.text);
    } else {
      const std::optional<Expr> constant = ResolveExpr(context_, value);
      if (!constant) return std::nullopt;
      type = constant->type;
      number = constant->number;
    }
    if (table_.rows.empty()) of.type = type;
    if (of.type.value != type.value) {
      context_.Say(WrongType(value.span, TypeWords(of.type.value), TypeWords(type.value)));
      return std::nullopt;
    }
    return number;
  }

  // The rows with the same words before it, if the last key says from where on; else all the same.
  void CheckOrder(Span at, const std::vector<std::int64_t>& row) {
    const bool from = table_.columns[table_.keys - 1].type.value != ValueType::kChoice;
    const auto words = static_cast<std::ptrdiff_t>(from ? table_.keys - 1 : table_.keys);
    for (const std::vector<std::int64_t>& before : table_.rows) {
      if (!std::equal(row.begin(), row.begin() + words, before.begin())) continue;
      const bool falls = from && row[table_.keys - 1] < before[table_.keys - 1];
      const bool again = !from || row[table_.keys - 1] == before[table_.keys - 1];
      if (!falls && !again) continue;
      context_.Say(again ? TableRowTwice(at, table_.name) : TableRowOrder(at, table_.name));
      return;
    }
  }

  Context& context_;
  const syntax::Table& item_;
  Table table_;
};

// The words of a column become choices of a field; said of words that are none, and of choices without a row.
void BindWords(Context& context, Table& table, std::size_t column, FieldId field) {
  TableColumn& of = table.columns[column];
  of.type.choices = field;
  const std::vector<std::string>& choices = context.pack.fields[field.index()].choices;
  std::vector<std::int64_t> places;
  for (const std::string& word : of.words) {
    const auto found = std::find(choices.begin(), choices.end(), word);
    if (found == choices.end()) {
      const std::vector<std::string_view> known(choices.begin(), choices.end());
      context.Say(NotAChoice(table.span, word, context.pack.fields[field.index()].name,
                             source::Nearest(word, known)));
    }
    places.push_back(found - choices.begin());
  }
  for (const std::string& choice : choices) {
    const bool listed = std::find(of.words.begin(), of.words.end(), choice) != of.words.end();
    if (!listed && !table.set_by_authority && !table.incomplete)
      context.Say(TableRowMissing(table.span, table.name, choice));
  }
  for (std::vector<std::int64_t>& row : table.rows) {
    row[column] = places[static_cast<std::size_t>(row[column])];
  }
}

bool SameChoices(const CheckedPack& pack, FieldId a, FieldId b) {
  return a == b || pack.fields[a.index()].choices == pack.fields[b.index()].choices;
}

std::optional<Expr> ResolveKey(Context& context, const syntax::Expr& key, TableId id, std::size_t column) {
  std::optional<Expr> value = ResolveExpr(context, key);
  if (!value) return std::nullopt;
  Table& table = context.pack.tables[id.index()];
  Type& type = table.columns[column].type;
  const bool choice = value->type.value == ValueType::kChoice;
  if (choice && type.value == ValueType::kChoice && !type.choices)
    BindWords(context, table, column, value->type.choices);
  const bool same = type.value == value->type.value && type.value != ValueType::kYesNo &&
                    (!choice || SameChoices(context.pack, type.choices, value->type.choices));
  if (same) return value;
  context.Say(WrongType(key.span, TypeWords(type.value), TypeWords(value->type.value)));
  return std::nullopt;
}

// The column that is asked for; the only result needs no name.
std::optional<std::size_t> FindColumn(Context& context, const syntax::Expr& expr, const Table& table) {
  if (!expr.path.field) {
    if (table.columns.size() == table.keys + 1) return table.keys;
    context.Say(WhichResult(expr.span, table.name));
    return std::nullopt;
  }
  std::vector<std::string_view> known;
  for (std::size_t column = table.keys; column < table.columns.size(); ++column) {
    if (table.columns[column].name == expr.path.field->text) return column;
    known.push_back(table.columns[column].name);
  }
  const std::string& name = expr.path.field->text;
  context.Say(UnknownField(expr.path.field->span, table.name, name, source::Nearest(name, known)));
  return std::nullopt;
}

}  // namespace

void ResolveTables(Context& context) {
  for (const syntax::Table* item : context.names.tables) {
    context.pack.tables.push_back(TableBuilder(context, *item).Build());
  }
}

std::optional<Expr> ResolveTableLookup(Context& context, const syntax::Expr& expr) {
  const std::optional<TableId> id = FindTable(context, expr.path.name);
  if (!id) return std::nullopt;
  const std::size_t keys = context.pack.tables[id->index()].keys;
  if (expr.operands.size() != keys) {
    context.Say(LookupKeys(expr.span, expr.path.name.text, keys));
    return std::nullopt;
  }
  Expr lookup;
  lookup.kind = ExprKind::kLookup;
  lookup.span = expr.span;
  lookup.table = *id;
  for (std::size_t i = 0; i < keys; ++i) {
    std::optional<Expr> key = ResolveKey(context, expr.operands[i], *id, i);
    if (!key) return std::nullopt;
    lookup.operands.push_back(std::move(*key));
  }
  const std::optional<std::size_t> column = FindColumn(context, expr, context.pack.tables[id->index()]);
  if (!column) return std::nullopt;
  lookup.column = static_cast<std::uint16_t>(*column);
  lookup.type = context.pack.tables[id->index()].columns[*column].type;
  return lookup;
}

}  // namespace lawbound::check
