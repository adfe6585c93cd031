// Reads one logical line from left to right.
//
// The first mistake on a line is reported and ends it: afterwards the reader stands at the line's end, every
// Accept is no and every Read returns an empty value, so that a caller goes on without asking and the next
// line starts afresh.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/diagnostic.h"
#include "syntax/lexer.h"
#include "syntax/messages.h"
#include "syntax/tree.h"

namespace lawbound::syntax {

inline constexpr std::size_t kNestingLimit = 100;

class Reader {
 public:
  // Reads `line`, which must outlive the reader; a broken line is over at once and has failed.
  Reader(const Line& line, source::Diagnostics& diagnostics);

  bool AtEnd() const { return at_ >= line_.tokens.size(); }
  bool failed() const { return failed_; }
  // The token `ahead` of the next one; kEnd behind the line.
  const Token& Peek(std::size_t ahead = 0) const;
  Token Take();

  // A word of the language or a symbol stands next (or `ahead`).
  bool At(std::string_view word, std::size_t ahead = 0) const;
  // All these words stand next.
  bool At(std::initializer_list<std::string_view> words) const;
  bool Accept(std::string_view word);
  bool Accept(std::initializer_list<std::string_view> words);
  void Expect(std::string_view word);
  void Expect(std::initializer_list<std::string_view> words);
  // Nothing may be left on the line.
  void ExpectEnd();

  // `what` is what a message calls it: "the name of an act".
  Name ReadName(std::string_view what);
  std::vector<Name> ReadNames(std::string_view joined_by, std::string_view what);
  Path ReadPath(std::string_view what);
  // N.N
  Path ReadFieldPath();
  std::int64_t ReadWhole(std::string_view what);
  base::Day ReadDay();
  base::Minute ReadClock();
  // A text in quotes, without them.
  std::string ReadText(std::string_view what);
  std::vector<Title> ReadTitles();
  // One of `known`, by its first word.  The answer is empty when it is none of them.
  std::string ReadOneOf(const std::vector<std::string_view>& known, std::string_view what);

  void Fail(Diagnostic diagnostic);
  void FailExpected(std::string_view wanted);

  // The span from the start of `first` to the last token taken.
  Span SpanFrom(const Token& first) const;
  // The same tokens on one line, spaced as Format spaces them.
  std::string WordsFrom(const Token& first) const;

  // One level of nesting deeper while it lives; beyond the limit the line fails.
  class Nested {
   public:
    explicit Nested(Reader& reader);
    ~Nested() { --reader_.depth_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    Reader& reader_;
  };

 private:
  Span HereOrEnd() const;

  const Line& line_;
  source::Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool failed_ = false;
  Token end_;
};

// "38", "38.50" and how many decimals.  Empty when it is too large or has more than two decimals.
struct Decimal {
  std::int64_t hundredths = 0;
  bool whole = true;
};
std::optional<Decimal> ToDecimal(std::string_view text);

// Words that stand between names and therefore name nothing.
bool IsReserved(std::string_view word);

}  // namespace lawbound::syntax
