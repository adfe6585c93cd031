// A page in its one layout.
//
// The formatter works on tokens, not on the tree: the tree has no comments, and an author's line breaks and
// parentheses often say something to the reader.  Since the parser sees the same tokens in the same lines, it
// builds the same tree.  Left as they are: prose, comments, blank lines, line breaks.  Made one: indents (2
// for a line of a statement, 4 for one that goes on, or 2 where the statement has no lines of its own), and
// the spaces between words.
#include <algorithm>
#include <array>
#include <string>

#include "base/check.h"
#include "syntax/lexer.h"
#include "syntax/reader.h"
#include "syntax/syntax.h"

namespace lawbound::syntax {
namespace {

// After these words a parenthesis groups; after any other it holds the arguments of a call.
bool Groups(std::string_view word) {
  constexpr std::array<std::string_view, 8> kBeforeGroup = {"when", "while", "that", "of",
                                                            "most", "by",    "from", "reach"};
  return IsReserved(word) || std::find(kBeforeGroup.begin(), kBeforeGroup.end(), word) != kBeforeGroup.end();
}

bool SpaceBetween(const Token& left, const Token& right, bool table_head) {
  const std::string_view after = right.text;
  const std::string_view before = left.text;
  if (right.kind == TokenKind::kSymbol) {
    if (after == ")" || after == "," || after == ":" || after == ";" || after == "." || after == "%")
      return false;
    if (after == "(" && left.kind == TokenKind::kWord) return table_head || Groups(before);
    if (after == "(" && before == "(") return false;
  }
  if (left.kind != TokenKind::kSymbol) {
    // In a mapping, field="attribute" is one thing.
    return true;
  }
  return before != "(" && before != ".";
}

std::string FormatTokens(std::span<const Token> tokens, bool table_head, bool mapping) {
  std::string text;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool attribute = mapping && (tokens[i].text == "=" || (i > 0 && tokens[i - 1].text == "="));
    if (i > 0 && !attribute && SpaceBetween(tokens[i - 1], tokens[i], table_head)) text += ' ';
    text += tokens[i].text;
  }
  return text;
}

std::size_t IndentOf(LineRole role, bool has_body, std::size_t written) {
  switch (role) {
    case LineRole::kHead:
      return 0;
    case LineRole::kBody:
      return 2;
    case LineRole::kMore:
      return has_body ? 4 : 2;
    case LineRole::kNothing:
      return written == 0 ? 0 : written <= 2 ? 2 : 4;
  }
  CHECK(false);
}

std::string FormatBlock(const Block& block, std::string_view page) {
  const std::vector<LineRole> roles = RolesOf(block);
  std::string text;
  bool has_body = true;
  std::string_view statement;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const PhysicalLine& line = block.lines[i];
    if (roles[i] == LineRole::kHead) {
      has_body = HasBody(line.tokens);
      statement = line.tokens.front().text;
    }
    const bool comment = line.comment.begin != line.comment.end;
    const bool table_head = roles[i] == LineRole::kHead && (statement == "table" || statement == "replaces");
    const bool mapping =
        statement == "mapping" && !line.tokens.empty() && line.tokens[0].kind == TokenKind::kText;
    if (!line.tokens.empty() || comment) text.append(IndentOf(roles[i], has_body, line.indent), ' ');
    text += FormatTokens(line.tokens, table_head, mapping);
    if (comment && !line.tokens.empty()) text += "  ";
    text += page.substr(line.comment.begin, line.comment.end - line.comment.begin);
    text += block.line_end;
  }
  return text;
}

}  // namespace

std::string WordsOf(std::span<const Token> tokens) { return FormatTokens(tokens, false, false); }

std::string Format(const source::Sources& sources, source::FileId file) {
  const std::string_view page = sources.file(file).text;
  source::Diagnostics diagnostics;
  std::string text;
  std::size_t done = 0;
  for (const Block& block : ReadBlocks(sources, file, diagnostics)) {
    text += page.substr(done, block.content.begin - done);
    text += FormatBlock(block, page);
    done = block.content.end;
  }
  CHECK(!diagnostics.HasErrors());
  return text + std::string(page.substr(done));
}

}  // namespace lawbound::syntax
