#include "syntax/reader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lawbound::syntax {
namespace {

std::string Quoted(std::initializer_list<std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return "'" + text + "'";
}

bool IsWordOrSymbol(const Token& token) {
  return token.kind == TokenKind::kWord || token.kind == TokenKind::kSymbol;
}

}  // namespace

bool IsReserved(std::string_view word) {
  constexpr std::array<std::string_view, 16> kReserved = {"and",   "or",  "not",    "in",  "is", "are",
                                                          "has",   "if",  "unless", "yes", "no", "some",
                                                          "every", "may", "must",   "only"};
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

std::optional<Decimal> ToDecimal(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view decimals = text.substr(std::min(point + 1, text.size()));
  if (point > 15 || decimals.size() > 2) return std::nullopt;
  Decimal value{.hundredths = 0, .whole = decimals.empty()};
  for (const char c : text.substr(0, point)) value.hundredths = value.hundredths * 10 + (c - '0');
  for (std::size_t i = 0; i < 2; ++i) {
    value.hundredths = value.hundredths * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  }
  return value;
}

Reader::Reader(const Line& line, source::Diagnostics& diagnostics)
    : line_(line), diagnostics_(diagnostics), failed_(line.broken) {
  if (failed_) at_ = line.tokens.size();
  if (line.tokens.empty()) return;
  end_.span = line.tokens.back().span;
  end_.span.begin = end_.span.end;
}

const Token& Reader::Peek(std::size_t ahead) const {
  return at_ + ahead < line_.tokens.size() ? line_.tokens[at_ + ahead] : end_;
}

Token Reader::Take() {
  const Token token = Peek();
  if (!AtEnd()) ++at_;
  return token;
}

bool Reader::At(std::string_view word, std::size_t ahead) const {
  return IsWordOrSymbol(Peek(ahead)) && Peek(ahead).text == word;
}

bool Reader::At(std::initializer_list<std::string_view> words) const {
  std::size_t ahead = 0;
  return std::all_of(words.begin(), words.end(), [&](std::string_view word) { return At(word, ahead++); });
}

bool Reader::Accept(std::string_view word) { return Accept({word}); }

bool Reader::Accept(std::initializer_list<std::string_view> words) {
  if (!At(words)) return false;
  at_ += words.size();
  return true;
}

void Reader::Expect(std::string_view word) { Expect({word}); }

void Reader::Expect(std::initializer_list<std::string_view> words) {
  if (!Accept(words)) FailExpected(Quoted(words));
}

void Reader::ExpectEnd() {
  if (AtEnd()) return;
  Fail(CannotStandHere(Peek().span, Peek().text, Peek().continues));
}

Name Reader::ReadName(std::string_view what) {
  const Token& token = Peek();
  if (token.kind != TokenKind::kWord) {
    FailExpected(what);
    return {};
  }
  if (IsReserved(token.text)) {
    Fail(ReservedName(token.span, token.text));
    return {};
  }
  Take();
  return {.text = std::string(token.text), .span = token.span};
}

std::vector<Name> Reader::ReadNames(std::string_view joined_by, std::string_view what) {
  std::vector<Name> names = {ReadName(what)};
  while (Accept(joined_by)) names.push_back(ReadName(what));
  return names;
}

Path Reader::ReadPath(std::string_view what) {
  Path path{.name = ReadName(what), .field = std::nullopt};
  if (Accept(".")) path.field = ReadName("the name of a field");
  return path;
}

Path Reader::ReadFieldPath() {
  Path path = ReadPath("a field, like 'issue.amount'");
  if (!path.field) FailExpected("'.' and a field");
  return path;
}

std::int64_t Reader::ReadWhole(std::string_view what) {
  const Token token = Peek();
  if (token.kind == TokenKind::kProvision) {
    Fail(NotANumber(token.span, token.text));
    return 0;
  }
  if (token.kind != TokenKind::kNumber) {
    FailExpected(what);
    return 0;
  }
  const std::optional<Decimal> value = ToDecimal(token.text);
  if (value && value->whole) {
    Take();
    return value->hundredths / 100;
  }
  const bool has_point = token.text.find('.') != std::string_view::npos;
  Fail(has_point ? DecimalsNotHere(token.span, token.text) : NumberTooLarge(token.span, token.text));
  return 0;
}

base::Day Reader::ReadDay() {
  if (Peek().kind != TokenKind::kDate) {
    FailExpected("a day, like 2026-02-28");
    return {};
  }
  return base::ParseDay(Take().text).value_or(base::Day{});
}

base::Minute Reader::ReadClock() {
  if (Peek().kind != TokenKind::kClock) {
    FailExpected("a time of day, like 14:05");
    return base::kNoMinute;
  }
  const std::string_view text = Take().text;
  const auto pair = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  return static_cast<base::Minute>(pair(0) * 60 + pair(3));
}

std::string Reader::ReadText(std::string_view what) {
  if (Peek().kind != TokenKind::kText) {
    FailExpected(what);
    return {};
  }
  std::string_view quoted = Take().text;
  quoted = quoted.substr(1, quoted.size() - 2);
  std::string text;
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    if (quoted[i] == '\\') ++i;
    text += quoted[i];
  }
  return text;
}

std::vector<Title> Reader::ReadTitles() {
  std::vector<Title> titles;
  do {
    const Token first = Peek();
    Title title{.text = ReadText("a title in quotes"), .language = "", .span = {}};
    if (Peek().kind == TokenKind::kLanguage) title.language = std::string(Take().text.substr(1));
    title.span = SpanFrom(first);
    titles.push_back(std::move(title));
  } while (Peek().kind == TokenKind::kText);
  return titles;
}

std::string Reader::ReadOneOf(const std::vector<std::string_view>& known, std::string_view what) {
  const Token token = Peek();
  if (token.kind == TokenKind::kWord && std::find(known.begin(), known.end(), token.text) != known.end()) {
    return std::string(Take().text);
  }
  if (token.kind != TokenKind::kWord) {
    FailExpected(what);
    return {};
  }
  std::string list;
  for (const std::string_view word : known) {
    if (!list.empty()) list += ", ";
    list += word;
  }
  Fail(UnknownWord(token.span, token.text, what, list, source::Nearest(token.text, known)));
  return {};
}

void Reader::Fail(Diagnostic diagnostic) {
  if (!failed_) diagnostics_.Add(std::move(diagnostic));
  failed_ = true;
  at_ = line_.tokens.size();
}

void Reader::FailExpected(std::string_view wanted) {
  Fail(Expected(HereOrEnd(), wanted, Peek().text, Peek().continues));
}

Span Reader::HereOrEnd() const { return Peek().span; }

Span Reader::SpanFrom(const Token& first) const {
  Span span = first.span;
  if (at_ > 0) span.end = std::max(span.end, line_.tokens[at_ - 1].span.end);
  return span;
}

std::string Reader::WordsFrom(const Token& first) const {
  const auto begin = std::find_if(line_.tokens.begin(), line_.tokens.end(),
                                  [&](const Token& token) { return token.span.begin == first.span.begin; });
  return WordsOf({begin, std::max(begin, line_.tokens.begin() + static_cast<std::ptrdiff_t>(at_))});
}

Reader::Nested::Nested(Reader& reader) : reader_(reader) {
  if (++reader_.depth_ > kNestingLimit) reader_.Fail(TooDeep(reader_.Peek().span, kNestingLimit));
}

}  // namespace lawbound::syntax
