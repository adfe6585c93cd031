// Words and lines of the code blocks of a page.
//
// A page is Markdown; code stands in blocks fenced with ```lawbound in the first column.  Everything here
// keeps its byte offsets, so that the formatter can leave prose and comments as they are.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "source/diagnostic.h"
#include "source/source.h"

namespace lawbound::syntax {

enum class TokenKind : unsigned char {
  kWord,       // a name or a word of the language
  kPath,       // "it/file-access"
  kNumber,     // digits, with decimals perhaps
  kDate,       // 2026-02-28, a day that exists
  kClock,      // 14:05
  kProvision,  // starts with a digit and is none of these: "201(1)", "204-bis"
  kText,       // in quotes; `text` has the quotes
  kLanguage,   // "@en"
  kSymbol,
  kEnd,  // after the last token of a line
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;  // points into the file's text
  source::Span span;
  bool continues = false;  // first on a physical line that continues the one above
};

struct PhysicalLine {
  source::Span span;  // without the line's end
  std::size_t indent = 0;
  std::vector<Token> tokens{};
  source::Span comment{};  // from '#' on; empty when begin == end
  bool broken = false;     // a token could not be read; there is a diagnostic
};

struct Block {
  source::Span content;       // the lines between the fences
  std::string_view line_end;  // "\n" or "\r\n", as the fence has it
  std::vector<PhysicalLine> lines{};
};

// What a physical line is to its statement.
enum class LineRole : unsigned char {
  kNothing,  // blank or a comment
  kHead,     // starts a statement
  kBody,     // a line of the statement above
  kMore,     // continues the line above
};
// One role for each line of the block.
std::vector<LineRole> RolesOf(const Block& block);
// Whether lines indented by two belong to the statement that starts with `tokens`, or continue it.
bool HasBody(const std::vector<Token>& tokens);

struct Line {
  std::vector<Token> tokens;  // never empty
  bool broken = false;
};
struct Statement {
  Line head;
  std::vector<Line> body;
};

// Tokens on one line, with the spaces of the one layout.
std::string WordsOf(std::span<const Token> tokens);

std::vector<Block> ReadBlocks(const source::Sources& sources, source::FileId file,
                              source::Diagnostics& diagnostics);
std::vector<Statement> ReadStatements(const Block& block, source::Diagnostics& diagnostics);

}  // namespace lawbound::syntax
