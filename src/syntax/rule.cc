// Rules, their sentences and effects; closes and guarantee.
#include <array>
#include <utility>

#include "syntax/parts.h"

namespace lawbound::syntax {
namespace {

using source::Diagnostics;

Acts ReadActs(Reader& reader) {
  Acts acts;
  acts.names = reader.ReadNames("or", "the name of an act");
  if (reader.Accept("on")) acts.on = reader.ReadName("the name of an act");
  return acts;
}

// After "within": a length and its start, or the name of a term.
WithinSpan ReadWithinSpan(Reader& reader) {
  WithinSpan within;
  const Token first = reader.Peek();
  const bool length = first.kind == TokenKind::kNumber || reader.At(".", 1) || reader.At("(", 1);
  if (length) {
    within.length = ReadLength(reader);
    reader.Expect("of");
    within.start = ReadStart(reader);
  } else {
    within.term = reader.ReadName("a length of time or the name of a term");
  }
  within.span = reader.SpanFrom(first);
  return within;
}

// --------------------------------------------------------------------------------------------------- effects

void ReadDeemed(Reader& reader, Effect& effect) {
  effect.kind = Effect::Kind::kDeemed;
  if (!reader.Accept("with")) return;
  do {
    Name field = reader.ReadName("the name of a field");
    reader.Expect("=");
    effect.fields.push_back({std::move(field), ReadExpr(reader)});
  } while (reader.Accept(","));
}

bool IsQuality(std::string_view word) {
  return word == "void" || word == "inadmissible" || word == "voidable" || word == "irregular";
}

void ReadEffectBody(Reader& reader, Effect& effect) {
  effect.name = reader.ReadName("the name of an act or a role");
  if (reader.Accept("falls")) {
    effect.kind = Effect::Kind::kFalls;
  } else if (reader.Accept("answers")) {
    effect.kind = Effect::Kind::kAnswers;
  } else if (reader.Accept({"may", "be", "refused", "by"})) {
    effect.kind = Effect::Kind::kRefused;
    effect.by = reader.ReadName("the name of a role");
  } else if (reader.Accept("is")) {
    effect.word = ReadStatus(reader, {"deemed", "void", "inadmissible", "voidable", "irregular"});
    effect.kind = IsQuality(effect.word) ? Effect::Kind::kQuality : Effect::Kind::kStatus;
    if (effect.kind == Effect::Kind::kQuality && reader.Accept({"cured", "by"})) {
      effect.cured_by = reader.ReadName("the name of an act");
    }
    if (effect.word == "deemed") {
      effect.word.clear();
      ReadDeemed(reader, effect);
    }
  } else {
    reader.FailExpected("'is', 'falls', 'answers' or 'may be refused by'");
  }
}

std::vector<Effect> ReadEffects(Reader& reader) {
  std::vector<Effect> effects;
  do {
    Effect effect;
    const Token first = reader.Peek();
    ReadEffectBody(reader, effect);
    effect.span = reader.SpanFrom(first);
    effects.push_back(std::move(effect));
  } while (reader.Accept(";"));
  return effects;
}

// ------------------------------------------------------------------------------------------------- sentences

void ReadMay(Reader& reader, Sentence& sentence) {
  sentence.kind = Sentence::Kind::kMay;
  sentence.acts = ReadActs(reader);
  if (reader.Accept("within")) sentence.within = ReadWithinSpan(reader);
  if (reader.Accept("if")) sentence.if_ = ReadExpr(reader);
}

void ReadMust(Reader& reader, Sentence& sentence) {
  sentence.kind = Sentence::Kind::kMust;
  sentence.acts = ReadActs(reader);
  if (reader.Accept("within")) {
    sentence.within = ReadWithinSpan(reader);
  } else if (reader.Accept({"promptly", "after"})) {
    sentence.promptly_after = ReadEvent(reader);
  } else {
    reader.FailExpected("'within' or 'promptly after'");
  }
  if (reader.Accept({"so", "that"})) sentence.so_that = ReadExpr(reader);
  if (reader.Accept("if")) sentence.if_ = ReadExpr(reader);
  if (reader.Accept("unless")) sentence.unless = ReadExpr(reader);
}

// A sentence that begins with names: their actors, or the acts themselves.
void ReadNamed(Reader& reader, Sentence& sentence) {
  std::vector<Name> names = reader.ReadNames("or", "a sentence of the rule");
  if (reader.Accept("may")) {
    sentence.roles = std::move(names);
    ReadMay(reader, sentence);
  } else if (reader.Accept("must")) {
    sentence.roles = std::move(names);
    ReadMust(reader, sentence);
  } else {
    sentence.acts.names = std::move(names);
    if (reader.Accept("on")) sentence.acts.on = reader.ReadName("the name of an act");
    if (!reader.Accept({"only", "if"})) reader.FailExpected("'may', 'must' or 'only if'");
    sentence.kind = Sentence::Kind::kOnlyIf;
    sentence.condition = ReadExpr(reader);
  }
}

void ReadDates(Reader& reader, Sentence& sentence) {
  if (reader.Accept("from")) sentence.from = reader.ReadDay();
  if (reader.Accept("until")) sentence.until = reader.ReadDay();
  if (!sentence.from && !sentence.until) return;
  const Token& rest = reader.Peek();
  if (reader.At("if") || reader.At("unless") || reader.At({"so", "that"}) || reader.At("within")) {
    reader.Fail(DatesStandLast(rest.span, rest.text));
  }
}

void TellOrder(Reader& reader) {
  const Token& rest = reader.Peek();
  constexpr std::array<std::string_view, 5> kClauses = {"within", "if", "unless", "so", "from"};
  for (const std::string_view word : kClauses) {
    if (reader.At(word)) {
      return reader.Fail(OutOfOrder(rest.span, rest.text, "within, so that, if, unless, from, until"));
    }
  }
}

Sentence ReadSentence(Reader& reader) {
  Sentence sentence;
  const Token first = reader.Peek();
  if (reader.Accept("no")) {
    sentence.kind = Sentence::Kind::kNoIf;
    sentence.acts = ReadActs(reader);
    reader.Expect("if");
    sentence.condition = ReadExpr(reader);
  } else if (reader.Accept("on")) {
    sentence.kind = Sentence::Kind::kOn;
    sentence.event = ReadEvent(reader);
    reader.Expect(":");
    sentence.effects = ReadEffects(reader);
    if (reader.Accept("if")) sentence.if_ = ReadExpr(reader);
  } else {
    ReadNamed(reader, sentence);
  }
  ReadDates(reader, sentence);
  TellOrder(reader);
  sentence.span = reader.SpanFrom(first);
  sentence.words = reader.WordsFrom(first);
  return sentence;
}

// "for each", "governed by", "if" and "overrides", on the head or on lines of their own.
bool AcceptScope(Reader& reader, Rule& rule) {
  const auto once = [&](bool given, std::string_view word) {
    if (given) reader.Fail(GivenTwice(reader.Peek().span, word));
  };
  if (reader.At({"for", "each"})) {
    once(rule.for_each.has_value(), "'for each'");
    reader.Accept({"for", "each"});
    rule.for_each = reader.ReadName("the name of a role or thing");
  } else if (reader.At({"governed", "by"})) {
    once(rule.governed_by.has_value(), "'governed by'");
    reader.Accept({"governed", "by"});
    rule.governed_by = ReadEvent(reader);
  } else if (reader.At("if")) {
    once(rule.if_.has_value(), "the rule's 'if'");
    reader.Accept("if");
    rule.if_ = ReadExpr(reader);
  } else if (reader.Accept("overrides")) {
    rule.overrides.push_back(reader.ReadName("the name of a rule"));
  } else {
    return false;
  }
  return true;
}

void ReadRuleLine(Reader& reader, Rule& rule) {
  if (AcceptScope(reader, rule)) return;
  if (reader.At({"breach", ":"})) {
    if (!rule.breach.empty()) reader.Fail(GivenTwice(reader.Peek().span, "'breach'"));
    reader.Accept({"breach", ":"});
    std::vector<Effect> effects = ReadEffects(reader);
    if (!reader.failed()) rule.breach = std::move(effects);
    return;
  }
  Sentence sentence = ReadSentence(reader);
  if (!reader.failed()) rule.sentences.push_back(std::move(sentence));
}

void ReadAfterCan(Reader& reader, Guarantee& guarantee) {
  guarantee.kind = Guarantee::Kind::kAfterCan;
  guarantee.subject = reader.ReadName("the name of an act");
  reader.Expect(",");
  guarantee.who = reader.ReadName("the name of a role");
  reader.Expect("can");
  if (reader.Accept("challenge")) {
    guarantee.challenge = reader.ReadName("the name of an act");
  } else {
    guarantee.acts = reader.ReadNames("or", "the name of an act");
  }
  if (!reader.Accept("until")) return;
  guarantee.until = ReadEvent(reader);
}

}  // namespace

std::string ReadStatus(Reader& reader, std::initializer_list<std::string_view> others) {
  std::vector<std::string_view> known = {"challenged", "cleared", "stayed", "released",
                                         "upheld",     "changed", "set",    "held"};
  known.insert(known.end(), others.begin(), others.end());
  std::string word = reader.ReadOneOf(known, others.size() == 0 ? "a status" : "an effect");
  if (word == "set") {
    reader.Expect("aside");
    word = "set aside";
  } else if (word == "held") {
    word += " " + reader.ReadOneOf({"unlawful", "void"}, "a status");
  }
  return word;
}

std::optional<Rule> ReadRule(const Statement& statement, Diagnostics& diagnostics) {
  Reader head(statement.head, diagnostics);
  Rule rule;
  head.Expect("rule");
  rule.name = head.ReadName("the name of a rule");
  rule.titles = head.ReadTitles();
  rule.under = AcceptUnder(head);
  while (!head.failed() && AcceptScope(head, rule)) {
  }
  head.ExpectEnd();
  for (const Line& line : statement.body) {
    Reader reader(line, diagnostics);
    if (reader.failed()) continue;
    ReadRuleLine(reader, rule);
    reader.ExpectEnd();
  }
  if (head.failed()) return std::nullopt;
  return rule;
}

std::optional<Closes> ReadCloses(const Statement& statement, Diagnostics& diagnostics) {
  Reader reader(statement.head, diagnostics);
  const Token first = reader.Peek();
  reader.Expect({"closes", "when"});
  Closes closes{.when = ReadExpr(reader), .span = reader.SpanFrom(first)};
  reader.ExpectEnd();
  if (reader.failed()) return std::nullopt;
  return closes;
}

std::optional<Guarantee> ReadGuarantee(const Statement& statement, Diagnostics& diagnostics) {
  Reader reader(statement.head, diagnostics);
  Guarantee guarantee;
  reader.Expect("guarantee");
  guarantee.name = reader.ReadName("the name of a guarantee");
  reader.Expect(":");
  if (reader.Accept("never")) {
    guarantee.kind = Guarantee::Kind::kNever;
    guarantee.subject = reader.ReadName("the name of an act");
    reader.Expect("unless");
    guarantee.condition = ReadExpr(reader);
  } else if (reader.Accept("after")) {
    ReadAfterCan(reader, guarantee);
  } else if (reader.Accept({"every", "duty", "of"})) {
    guarantee.kind = Guarantee::Kind::kDutiesMet;
    guarantee.subject = reader.ReadName("the name of a role");
    reader.Expect({"can", "be", "met"});
  } else {
    guarantee.kind = Guarantee::Kind::kAlwaysReach;
    guarantee.subject = reader.ReadName("'never', 'after', 'every duty of' or the name of a role");
    reader.Expect({"can", "always", "reach"});
    guarantee.condition = ReadExpr(reader);
  }
  reader.ExpectEnd();
  if (reader.failed()) return std::nullopt;
  return guarantee;
}

}  // namespace lawbound::syntax
