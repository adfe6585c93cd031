// Statements that declare: counting, instrument, role, thing, act, target, fact, table, term; and the parts
// of time and citation that rules use too.
#include <algorithm>
#include <array>
#include <utility>

#include "syntax/parts.h"

namespace lawbound::syntax {
namespace {

using source::Diagnostics;

// Reads the lines of a body one by one with `read(Reader&)`.
template <typename ReadLine>
void ReadBody(const Statement& statement, Diagnostics& diagnostics, ReadLine read) {
  for (const Line& line : statement.body) {
    Reader reader(line, diagnostics);
    if (reader.failed()) continue;
    read(reader);
    reader.ExpectEnd();
  }
}

// The end of a head: the item when all of it was read.
template <typename T>
std::optional<T> Finish(Reader& head, T item) {
  head.ExpectEnd();
  if (head.failed()) return std::nullopt;
  return item;
}

std::optional<Name> AcceptNamed(Reader& reader, std::string_view word, std::string_view what) {
  if (!reader.Accept(word)) return std::nullopt;
  return reader.ReadName(what);
}

Type ReadType(Reader& reader);

Type ReadTypeForm(Reader& reader) {
  struct Known {
    std::string_view word;
    TypeKind kind;
  };
  constexpr std::array<Known, 9> kKnown = {{{"yes-no", TypeKind::kYesNo},
                                            {"whole", TypeKind::kWhole},
                                            {"money", TypeKind::kMoney},
                                            {"text", TypeKind::kText},
                                            {"day", TypeKind::kDay},
                                            {"length", TypeKind::kLength},
                                            {"official", TypeKind::kOfficial},
                                            {"document", TypeKind::kDocument},
                                            {"provision", TypeKind::kProvision}}};
  Type type;
  for (const Known& known : kKnown) {
    if (!reader.Accept(known.word)) continue;
    type.kind = known.kind;
    return type;
  }
  if (reader.Accept({"one", "of"})) {
    type.kind = TypeKind::kOneOf;
    type.choices = reader.ReadNames(",", "a choice");
  } else if (reader.Accept({"list", "of"})) {
    const Reader::Nested nested(reader);
    type.kind = TypeKind::kList;
    if (!reader.failed()) type.element.push_back(ReadType(reader));
  } else {
    type.kind = TypeKind::kNamed;
    type.name = reader.ReadName("a type, like 'text', 'money' or 'one of'");
  }
  return type;
}

Type ReadType(Reader& reader) {
  const Token first = reader.Peek();
  Type type = ReadTypeForm(reader);
  type.span = reader.SpanFrom(first);
  return type;
}

FieldLine ReadField(Reader& reader) {
  FieldLine field;
  field.names = reader.ReadNames(",", "the name of a field");
  reader.Expect(":");
  field.type = ReadType(reader);
  field.optional = reader.Accept("optional");
  if (reader.At("private")) reader.Fail(PrivateIsNotWritten(reader.Peek().span));
  return field;
}

std::vector<FieldLine> ReadFields(const Statement& statement, Diagnostics& diagnostics) {
  std::vector<FieldLine> fields;
  ReadBody(statement, diagnostics, [&](Reader& reader) {
    FieldLine field = ReadField(reader);
    if (!reader.failed()) fields.push_back(std::move(field));
  });
  return fields;
}

// ------------------------------------------------------------------------------------------------- counting

void ReadCountingOption(Reader& reader, Counting& counting) {
  if (reader.Accept("calendar")) {
    counting.calendar = reader.ReadName("the name of a calendar");
  } else if (reader.Accept({"first", "day", "counts"})) {
    counting.first_day_counts = true;
  } else if (reader.Accept({"first", "day", "does", "not", "count"})) {
    counting.first_day_counts = false;
  } else if (reader.Accept({"rest", "day", "at", "the", "end"})) {
    counting.rest_day_moves_on = reader.Accept({"moves", "on"});
    if (!*counting.rest_day_moves_on) reader.Expect("stays");
  } else {
    reader.FailExpected(
        "'calendar', 'first day counts', 'first day does not count' or 'rest day at the end'");
  }
}

WorkingDaysOf ReadWorkingDays(Reader& reader) {
  WorkingDaysOf days;
  const Token first = reader.Peek();
  reader.Expect("days");
  if (reader.Accept({"up", "to"})) {
    days.up_to = reader.ReadWhole("a number of days");
  } else {
    reader.Expect("of");
    if (reader.Peek().kind == TokenKind::kWord) {
      days.role = reader.ReadName("the name of a role");
    } else {
      do days.numbers.push_back(reader.ReadWhole("a number of days"));
      while (reader.Accept(","));
    }
  }
  reader.Expect({"are", "working", "days"});
  reader.Expect("under");
  days.under = ReadUnder(reader);
  days.span = reader.SpanFrom(first);
  return days;
}

// ------------------------------------------------------------------------------------------------------- act

constexpr std::string_view kActOrder = "by, to, of, on, dated, favourable, public with, under";

void ReadActor(Reader& reader, Act& act) {
  reader.Expect("by");
  if (reader.Accept("law")) {
    act.by_law = true;
    return;
  }
  if (reader.Accept({"at", "least"})) act.at_least = reader.ReadWhole("a number of people");
  act.by = reader.ReadNames("or", "the name of a role");
}

void ReadPublic(Reader& reader, Act& act) {
  const Token word = reader.Peek();
  if (!reader.Accept("public")) return;
  if (!reader.Accept("with")) return reader.Fail(PublicWithoutNames(word.span));
  act.public_with = reader.ReadNames(",", "the name of a field");
  if (reader.Accept("for")) act.public_for = ReadLength(reader);
}

void ReadActClauses(Reader& reader, Act& act) {
  ReadActor(reader, act);
  act.to = AcceptNamed(reader, "to", "the name of a role");
  act.of = AcceptNamed(reader, "of", "the name of a thing");
  if (reader.Accept("on")) act.on = reader.ReadNames("or", "the name of an act");
  act.dated = AcceptNamed(reader, "dated", "the name of a field");
  if (reader.Accept("favourable")) act.favourable = reader.ReadText("the reason in quotes");
  ReadPublic(reader, act);
  act.under = AcceptUnder(reader);
  const Token& rest = reader.Peek();
  constexpr std::array<std::string_view, 8> kClauses = {"by",    "to",         "of",     "on",
                                                        "dated", "favourable", "public", "under"};
  if (reader.At("adverse")) {
    reader.Fail(AdverseIsNotWritten(rest.span));
  } else if (std::find(kClauses.begin(), kClauses.end(), rest.text) != kClauses.end()) {
    reader.Fail(OutOfOrder(rest.span, rest.text, kActOrder));
  }
}

// ----------------------------------------------------------------------------------------------------- fact

void ReadFoundBy(Reader& reader, Fact& fact) {
  fact.found_by = reader.ReadNames("or", "the name of a role");
  if (reader.Accept({"as", "one", "of"})) fact.one_of = reader.ReadNames(",", "a choice");
  if (reader.Accept("presumed")) fact.presumed = ReadValue(reader);
}

void ReadAccrual(Reader& reader, Fact& fact) {
  fact.accrues_percent_hundredths = ReadPercent(reader);
  reader.Expect("of");
  fact.accrues_of = ReadExpr(reader);
  reader.Expect({"each", "day", "of"});
  fact.accrues_each_day_of = reader.ReadName("the name of a term");
  if (reader.Accept({"at", "most"})) fact.accrues_at_most = ReadExpr(reader);
}

// ------------------------------------------------------------------------------------------- table and term

TableRow ReadRow(Reader& reader) {
  TableRow row;
  while (!reader.failed() && !reader.At("->")) {
    row.keys.push_back(ReadValue(reader));
    if (!reader.Accept(",")) break;
  }
  reader.Expect("->");
  do row.values.push_back(ReadValue(reader));
  while (reader.Accept(","));
  return row;
}

std::optional<Name> ReadReplaces(Reader& reader, std::string_view what) {
  if (!reader.Accept("replaces")) return std::nullopt;
  return reader.ReadName(what);
}

void ReadExtended(Reader& reader, Change& change) {
  change.kind = Change::Kind::kExtended;
  change.name = reader.ReadName("the name of an act");
  reader.Expect("by");
  change.length = ReadLength(reader);
  if (reader.Accept({"at", "most"})) change.cap = ReadLength(reader);
  change.once = reader.Accept("once");
}

Change ReadChange(Reader& reader) {
  Change change;
  const Token first = reader.Peek();
  if (reader.Accept({"restarts", "on"})) {
    change.kind = Change::Kind::kRestarts;
    change.event = ReadEvent(reader);
  } else if (reader.Accept({"stops", "while"})) {
    change.kind = Change::Kind::kStops;
    change.condition = ReadExpr(reader);
  } else if (reader.Accept({"extended", "on"})) {
    ReadExtended(reader, change);
  } else if (reader.Accept({"at", "most"})) {
    change.kind = Change::Kind::kAtMost;
    change.length = ReadLength(reader);
    reader.Expect("from");
    change.event = ReadEvent(reader);
  } else if (reader.Accept({"counted", "by"})) {
    change.kind = Change::Kind::kCountedBy;
    change.name = reader.ReadName("the name of a counting");
  } else {
    reader.FailExpected("'restarts on', 'stops while', 'extended on', 'at most' or 'counted by'");
  }
  change.under = AcceptUnder(reader);
  change.span = reader.SpanFrom(first);
  return change;
}

}  // namespace

// ------------------------------------------------------------------------------------------ time and
// citation

std::optional<Unit> AcceptUnit(Reader& reader) {
  if (reader.Accept({"working", "days"}) || reader.Accept({"working", "day"})) return Unit::kWorkingDays;
  if (reader.Accept("days") || reader.Accept("day")) return Unit::kDays;
  if (reader.Accept("hours") || reader.Accept("hour")) return Unit::kHours;
  if (reader.Accept("months") || reader.Accept("month")) return Unit::kMonths;
  if (reader.Accept("years") || reader.Accept("year")) return Unit::kYears;
  return std::nullopt;
}

Unit ReadUnit(Reader& reader) {
  if (const std::optional<Unit> unit = AcceptUnit(reader)) return *unit;
  reader.ReadOneOf({"days", "working days", "hours", "months", "years"}, "a unit of time");
  return Unit::kDays;
}

Length ReadLength(Reader& reader) {
  Length length;
  const Token first = reader.Peek();
  if (first.kind == TokenKind::kWord && reader.At("(", 1)) {
    length.call.push_back(ReadExpr(reader));
    if (length.call.back().kind != ExprKind::kCall) reader.FailExpected("a unit of time after the length");
    length.unit = ReadUnit(reader);
  } else if (first.kind == TokenKind::kWord) {
    length.field = reader.ReadFieldPath();
  } else {
    length.number = reader.ReadWhole("a length of time, like '10 days'");
    length.unit = ReadUnit(reader);
  }
  length.span = reader.SpanFrom(first);
  return length;
}

Event ReadEvent(Reader& reader) {
  Event event;
  const Token first = reader.Peek();
  if (reader.Accept({"lapse", "of"})) {
    event.kind = Event::Kind::kLapse;
    event.time_to = reader.Accept({"time", "to"});
    event.name = reader.ReadName(event.time_to ? "the name of an act" : "the name of a term");
  } else if (reader.Accept({"breach", "of"})) {
    event.kind = Event::Kind::kBreach;
    event.name = reader.ReadName("the name of a rule");
  } else {
    event.name = reader.ReadName("an event, like the name of an act");
    if (event.name.text == "target") event.kind = Event::Kind::kTarget;
    if (event.kind == Event::Kind::kAct) event.on = AcceptNamed(reader, "on", "the name of an act");
  }
  event.span = reader.SpanFrom(first);
  return event;
}

Start ReadStart(Reader& reader) {
  Start start;
  const bool later = reader.Accept({"the", "later", "of"});
  const bool earlier = !later && reader.Accept({"the", "earlier", "of"});
  if (later) start.kind = Start::Kind::kLaterOf;
  if (earlier) start.kind = Start::Kind::kEarlierOf;
  start.events.push_back(ReadEvent(reader));
  if (later || earlier) {
    reader.Expect("and");
    start.events.push_back(ReadEvent(reader));
  }
  return start;
}

Reading AcceptReading(Reader& reader) {
  if (reader.Accept("seen")) return Reading::kSeen;
  if (reader.Accept("secondary")) return Reading::kSecondary;
  if (reader.Accept({"from", "memory"})) return Reading::kFromMemory;
  return Reading::kUnsaid;
}

Under ReadUnder(Reader& reader) {
  const auto is_provision = [&] {
    const TokenKind kind = reader.Peek().kind;
    return kind == TokenKind::kNumber || kind == TokenKind::kProvision || kind == TokenKind::kClock ||
           kind == TokenKind::kDate;
  };
  Under under;
  do {
    const Token first = reader.Peek();
    Citation citation;
    if (!is_provision()) {
      citation.instrument = reader.ReadName("the name of an instrument");
    } else if (under.empty()) {
      reader.Fail(NoInstrument(first.span, first.text));
    } else {
      citation.instrument = under.back().instrument;
    }
    if (!reader.failed() && !is_provision()) reader.Fail(NoProvision(first.span, first.text));
    citation.provision = std::string(reader.Take().text);
    citation.reading = AcceptReading(reader);
    citation.span = reader.SpanFrom(first);
    under.push_back(std::move(citation));
  } while (reader.Accept(","));
  return under;
}

Under AcceptUnder(Reader& reader) { return reader.Accept("under") ? ReadUnder(reader) : Under{}; }

// --------------------------------------------------------------------------------------------------
// statements

std::optional<Counting> ReadCounting(const Statement& statement, Diagnostics& diagnostics) {
  Reader head(statement.head, diagnostics);
  Counting counting;
  head.Expect("counting");
  counting.name = head.ReadName("the name of a counting");
  head.Expect("under");
  counting.under = ReadUnder(head);
  ReadBody(statement, diagnostics, [&](Reader& reader) { ReadCountingOption(reader, counting); });
  return Finish(head, std::move(counting));
}

std::optional<Instrument> ReadInstrument(const Statement& statement, Diagnostics& diagnostics) {
  Reader head(statement.head, diagnostics);
  Instrument instrument;
  head.Expect("instrument");
  instrument.name = head.ReadName("the name of an instrument");
  instrument.titles = head.ReadTitles();
  instrument.rank = head.ReadName("the rank of the instrument, like 'statute'");
  instrument.reading = AcceptReading(head);
  ReadBody(statement, diagnostics,
           [&](Reader& reader) { instrument.working_days.push_back(ReadWorkingDays(reader)); });
  return Finish(head, std::move(instrument));
}

std::optional<Role> ReadRole(const Statement& statement, Diagnostics& diagnostics) {
  Reader head(statement.head, diagnostics);
  Role role;
  head.Expect("role");
  role.name = head.ReadName("the name of a role");
  role.titles = head.ReadTitles();
  head.Expect(":");
  const Token kind = head.Peek();
  role.kind = {.text = head.ReadOneOf({"official", "body", "person", "anyone"}, "a kind of role"),
               .span = kind.span};
  role.several = head.Accept("several");
  role.credential = AcceptNamed(head, "with", "the name of a credential");
  role.not_named = head.Accept({"not", "named", "in"});
  if (role.not_named || head.Accept({"named", "in"})) role.named_in = head.ReadFieldPath();
  role.fields = ReadFields(statement, diagnostics);
  return Finish(head, std::move(role));
}

std::optional<Thing> ReadThing(const Statement& statement, Diagnostics& diagnostics) {
  Reader head(statement.head, diagnostics);
  Thing thing;
  head.Expect("thing");
  thing.name = head.ReadName("the name of a thing");
  thing.titles = head.ReadTitles();
  thing.fields = ReadFields(statement, diagnostics);
  return Finish(head, std::move(thing));
}

std::optional<Act> ReadAct(const Statement& statement, Diagnostics& diagnostics) {
  Reader head(statement.head, diagnostics);
  Act act;
  head.Expect("act");
  act.name = head.ReadName("the name of an act");
  act.titles = head.ReadTitles();
  ReadActClauses(head, act);
  act.fields = ReadFields(statement, diagnostics);
  return Finish(head, std::move(act));
}

std::optional<Target> ReadTarget(const Statement& statement, Diagnostics& diagnostics) {
  Reader head(statement.head, diagnostics);
  Target target;
  const Token first = head.Peek();
  head.Expect("target");
  target.titles = head.ReadTitles();
  target.fields = ReadFields(statement, diagnostics);
  target.span = head.SpanFrom(first);
  return Finish(head, std::move(target));
}

std::optional<Fact> ReadFact(const Statement& statement, Diagnostics& diagnostics) {
  Reader head(statement.head, diagnostics);
  Fact fact;
  const Token first = head.Peek();
  head.Expect("fact");
  fact.names = head.ReadNames(",", "the name of a fact");
  fact.of = AcceptNamed(head, "of", "the name of a role or thing");
  if (head.Accept("=")) {
    fact.value = ReadExpr(head);
  } else if (head.Accept({"found", "by"})) {
    ReadFoundBy(head, fact);
  } else if (head.Accept("accrues")) {
    ReadAccrual(head, fact);
  } else {
    head.FailExpected("'=', 'found by' or 'accrues'");
  }
  fact.under = AcceptUnder(head);
  fact.span = head.SpanFrom(first);
  return Finish(head, std::move(fact));
}

std::optional<Table> ReadTable(const Statement& statement, Diagnostics& diagnostics) {
  Reader head(statement.head, diagnostics);
  Table table;
  table.replaces = ReadReplaces(head, "the name of the table that this one replaces");
  head.Expect("table");
  table.name = head.ReadName("the name of a table");
  head.Expect("(");
  table.keys = head.ReadNames(",", "the name of a key");
  head.Expect(")");
  head.Expect("->");
  table.results = head.ReadNames(",", "the name of a result");
  table.set_by_authority = head.Accept({"set", "by", "authority"});
  table.under = AcceptUnder(head);
  ReadBody(statement, diagnostics, [&](Reader& reader) { table.rows.push_back(ReadRow(reader)); });
  return Finish(head, std::move(table));
}

std::optional<Term> ReadTerm(const Statement& statement, Diagnostics& diagnostics) {
  Reader head(statement.head, diagnostics);
  Term term;
  term.replaces = ReadReplaces(head, "the name of the term that this one replaces");
  head.Expect("term");
  term.name = head.ReadName("the name of a term");
  head.Expect(":");
  if (head.Accept("counts")) {
    term.counts = ReadUnit(head);
  } else {
    term.length = ReadLength(head);
  }
  head.Expect("from");
  term.start = ReadStart(head);
  term.under = AcceptUnder(head);
  ReadBody(statement, diagnostics, [&](Reader& reader) { term.changes.push_back(ReadChange(reader)); });
  return Finish(head, std::move(term));
}

}  // namespace lawbound::syntax
