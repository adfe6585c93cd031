// Examples and mappings.
#include <array>
#include <utility>

#include "syntax/parts.h"

namespace lawbound::syntax {
namespace {

using source::Diagnostics;

bool FieldFollows(const Reader& reader, std::size_t ahead = 0) {
  return reader.Peek(ahead).kind == TokenKind::kWord && reader.At(":", ahead + 1);
}

std::vector<FieldValue> ReadFieldValues(Reader& reader) {
  std::vector<FieldValue> fields;
  do {
    Name field = reader.ReadName("the name of a field");
    reader.Expect(":");
    fields.push_back({std::move(field), ReadValue(reader)});
  } while (reader.Accept(","));
  return fields;
}

// "by Rossi, Bianchi": a comma before a field ends the people.
std::vector<Name> ReadPeople(Reader& reader) {
  std::vector<Name> people = {reader.ReadName("the name of a person")};
  while (reader.At(",") && !FieldFollows(reader, 1)) {
    reader.Accept(",");
    people.push_back(reader.ReadName("the name of a person"));
  }
  return people;
}

void ReadDoing(Reader& reader, ExampleStep& step) {
  step.act = reader.ReadName("the name of an act");
  const auto once = [&](bool given, const Token& word) {
    if (given) reader.Fail(CannotStandHere(word.span, word.text, word.continues));
  };
  while (!FieldFollows(reader)) {
    const Token word = reader.Peek();
    if (reader.Accept("by")) {
      once(!step.by.empty(), word);
      step.by = ReadPeople(reader);
    } else if (reader.Accept("to")) {
      once(step.to.has_value(), word);
      step.to = reader.ReadName("the name of a party");
    } else if (reader.Accept("of")) {
      once(step.of.has_value(), word);
      step.of = reader.ReadName("the name of a thing");
    } else if (reader.Accept("on")) {
      once(step.on.has_value(), word);
      step.on = reader.ReadName("the name of an act");
    } else {
      break;
    }
  }
  reader.Accept(",");
  if (FieldFollows(reader)) step.fields = ReadFieldValues(reader);
}

// -------------------------------------------------------------------------------------------------- wanted

void ReadWantedNames(Reader& reader, Wanted& wanted) {
  if (reader.Peek().kind != TokenKind::kWord) return;
  do wanted.names.push_back(reader.ReadPath("a name"));
  while (reader.Accept(","));
}

void ReadWantedDue(Reader& reader, Wanted& wanted) {
  wanted.kind = Wanted::Kind::kDue;
  wanted.names.push_back({.name = reader.ReadName("the name of a term"), .field = std::nullopt});
  wanted.day = reader.ReadDay();
}

void ReadWantedBreach(Reader& reader, Wanted& wanted) {
  wanted.kind = Wanted::Kind::kBreach;
  wanted.names.push_back({.name = reader.ReadName("the name of a rule"), .field = std::nullopt});
  if (reader.Accept("on")) wanted.day = reader.ReadDay();
}

// "order is set aside", "order falls", "head answers": as an effect is written.
void ReadWantedEffect(Reader& reader, Wanted& wanted) {
  wanted.names.push_back({.name = reader.ReadName("the name of an act or a role"), .field = std::nullopt});
  if (reader.Accept("falls")) {
    wanted.kind = Wanted::Kind::kFalls;
  } else if (reader.Accept("answers")) {
    wanted.kind = Wanted::Kind::kAnswers;
  } else {
    reader.Expect("is");
    wanted.kind = Wanted::Kind::kStatus;
    wanted.status = ReadStatus(reader, {});
  }
}

void ReadWantedAct(Reader& reader, Wanted& wanted, Wanted::Kind kind) {
  wanted.kind = kind;
  wanted.names.push_back({.name = reader.ReadName("the name of an act"), .field = std::nullopt});
}

void ReadWantedForm(Reader& reader, Wanted& wanted) {
  if (reader.Accept("lawful")) {
    wanted.kind = Wanted::Kind::kLawful;
  } else if (reader.Accept("unlawful")) {
    wanted.kind = Wanted::Kind::kUnlawful;
    ReadWantedNames(reader, wanted);
  } else if (reader.Accept({"cannot", "tell"})) {
    wanted.kind = Wanted::Kind::kCannotTell;
    ReadWantedNames(reader, wanted);
  } else if (reader.Accept("inadmissible")) {
    wanted.kind = Wanted::Kind::kInadmissible;
  } else if (reader.Accept("irregular")) {
    wanted.kind = Wanted::Kind::kIrregular;
  } else if (reader.Accept("void")) {
    wanted.kind = Wanted::Kind::kVoid;
  } else if (reader.Accept("voidable")) {
    wanted.kind = Wanted::Kind::kVoidable;
  } else if (reader.Accept({"no", "breach"})) {
    wanted.kind = Wanted::Kind::kNoBreach;
  } else if (reader.Accept("breach")) {
    ReadWantedBreach(reader, wanted);
  } else if (reader.Accept("due")) {
    ReadWantedDue(reader, wanted);
  } else if (reader.Accept("owed")) {
    ReadWantedAct(reader, wanted, Wanted::Kind::kOwed);
  } else if (reader.Accept("deemed")) {
    ReadWantedAct(reader, wanted, Wanted::Kind::kDeemed);
  } else if (reader.At("is", 1) || reader.At("falls", 1) || reader.At("answers", 1)) {
    ReadWantedEffect(reader, wanted);
  } else {
    reader.ReadOneOf({"lawful", "unlawful", "cannot", "inadmissible", "irregular", "void", "voidable", "no",
                      "breach", "due", "owed", "deemed"},
                     "an answer that an example can want");
    reader.FailExpected("'cannot tell' or 'no breach'");
  }
}

std::vector<Wanted> ReadWanted(Reader& reader) {
  std::vector<Wanted> all;
  do {
    Wanted wanted;
    const Token first = reader.Peek();
    ReadWantedForm(reader, wanted);
    wanted.span = reader.SpanFrom(first);
    all.push_back(std::move(wanted));
  } while (reader.Accept(";"));
  return all;
}

ExampleStep ReadStep(Reader& reader) {
  ExampleStep step;
  const Token first = reader.Peek();
  step.day = reader.ReadDay();
  if (reader.Peek().kind == TokenKind::kClock) step.minute = reader.ReadClock();
  if (reader.Accept("recorded")) step.recorded = reader.ReadDay();
  if (!reader.At("->") && !reader.AtEnd()) ReadDoing(reader, step);
  if (reader.Accept("->")) step.wanted = ReadWanted(reader);
  step.span = reader.SpanFrom(first);
  return step;
}

void ReadExampleLine(Reader& reader, Example& example) {
  const Token first = reader.Peek();
  if (first.kind != TokenKind::kWord) {
    ExampleStep step = ReadStep(reader);
    if (!reader.failed()) example.steps.push_back(std::move(step));
    return;
  }
  if (!example.steps.empty()) reader.Fail(GivenAfterSteps(first.span, first.text));
  Given given;
  given.owner = reader.ReadName("a day, or the name of a role or thing");
  if (!FieldFollows(reader) && FieldFollows(reader, 1)) given.member = reader.ReadName("a name");
  given.fields = ReadFieldValues(reader);
  if (!reader.failed()) example.given.push_back(std::move(given));
}

// ------------------------------------------------------------------------------------------------- mapping

MappingLine ReadMappingLine(Reader& reader) {
  MappingLine line;
  const Token first = reader.Peek();
  line.activity = reader.ReadText("the name of an activity in quotes");
  reader.Expect("->");
  line.act = reader.ReadName("the name of an act");
  while (!reader.AtEnd()) {
    const Token start = reader.Peek();
    MappingLine::FieldFrom from;
    from.field = reader.ReadName("the name of a field");
    reader.Expect("=");
    from.attribute = reader.ReadText("the name of an attribute in quotes");
    from.span = reader.SpanFrom(start);
    line.fields.push_back(std::move(from));
  }
  line.span = reader.SpanFrom(first);
  return line;
}

void ReadMappingStatement(Reader& reader, Mapping& mapping) {
  if (reader.Accept("unseen")) {
    do mapping.unseen.push_back(reader.ReadPath("a name"));
    while (reader.Accept(","));
  } else if (reader.Accept("assume")) {
    Path path = reader.ReadPath("a name");
    reader.Expect("=");
    mapping.assume.emplace_back(std::move(path), ReadValue(reader));
  } else if (reader.Peek().kind == TokenKind::kText) {
    mapping.lines.push_back(ReadMappingLine(reader));
  } else {
    reader.FailExpected("an activity in quotes, 'unseen' or 'assume'");
  }
}

}  // namespace

std::optional<Example> ReadExample(const Statement& statement, Diagnostics& diagnostics) {
  Reader head(statement.head, diagnostics);
  Example example;
  const Token first = head.Peek();
  head.Expect("example");
  example.title = head.ReadText("what the example shows, in quotes");
  head.ExpectEnd();
  example.span = head.SpanFrom(first);
  for (const Line& line : statement.body) {
    Reader reader(line, diagnostics);
    if (reader.failed()) continue;
    ReadExampleLine(reader, example);
    reader.ExpectEnd();
  }
  if (head.failed()) return std::nullopt;
  return example;
}

std::optional<Mapping> ReadMapping(const Statement& statement, Diagnostics& diagnostics) {
  Reader head(statement.head, diagnostics);
  Mapping mapping;
  const Token first = head.Peek();
  head.Expect("mapping");
  mapping.name = head.ReadName("the name of a mapping");
  const std::string format = head.ReadOneOf({"xes", "csv", "jsonl"}, "a format of logs");
  if (format != "xes") {
    mapping.format = format == "csv" ? Mapping::Format::kCsv : Mapping::Format::kJsonLines;
    head.Expect("case");
    mapping.case_column = head.ReadText("the name of a column in quotes");
    head.Expect("act");
    mapping.act_column = head.ReadText("the name of a column in quotes");
    head.Expect("time");
    mapping.time_column = head.ReadText("the name of a column in quotes");
  }
  head.ExpectEnd();
  mapping.span = head.SpanFrom(first);
  for (const Line& line : statement.body) {
    Reader reader(line, diagnostics);
    if (reader.failed()) continue;
    ReadMappingStatement(reader, mapping);
    reader.ExpectEnd();
  }
  if (head.failed()) return std::nullopt;
  return mapping;
}

}  // namespace lawbound::syntax
