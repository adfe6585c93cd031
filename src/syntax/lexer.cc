#include "syntax/lexer.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/day.h"
#include "source/utf8.h"
#include "syntax/messages.h"
#include "syntax/script.h"

namespace lawbound::syntax {
namespace {

using source::Character;
using source::Decode;
using source::Diagnostics;
using source::FileId;
using source::Sources;

constexpr std::size_t kLineLimit = 4000;
constexpr std::size_t kNameLimit = 64;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The character that starts here may be part of a name.
bool InName(std::string_view text, std::size_t at) {
  return at < text.size() && ScriptOf(Decode(text, at).code) != Script::kNone;
}

// "38", "38.50"
bool IsNumber(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view decimals = text.substr(std::min(point + 1, text.size()));
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(point), IsDigit) &&
         std::all_of(decimals.begin(), decimals.end(), IsDigit) &&
         (point == text.size() || !decimals.empty());
}

bool Matches(std::string_view text, std::string_view shape) {  // 9 stands for a digit
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                    [](char c, char wanted) { return wanted == '9' ? IsDigit(c) : c == wanted; });
}

// Reads the tokens of one physical line.
class LineLexer {
 public:
  LineLexer(std::string_view file_text, PhysicalLine& line, Diagnostics& diagnostics)
      : text_(file_text.substr(0, line.span.end)),
        line_(line),
        diagnostics_(diagnostics),
        at_(line.span.begin) {}

  void Read() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    line_.indent = at_ - line_.span.begin;
    if (text_.size() - line_.span.begin > kLineLimit) return Refuse(LineTooLong(From(at_), kLineLimit));
    while (at_ < text_.size() && !line_.broken) ReadOne();
  }

 private:
  source::Span From(std::size_t begin) const { return To(begin, text_.size()); }
  source::Span To(std::size_t begin, std::size_t end) const {
    return {line_.span.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  void Refuse(Diagnostic diagnostic) {
    line_.broken = true;
    diagnostics_.Add(std::move(diagnostic));
  }
  void Put(TokenKind kind, std::size_t begin, std::size_t end) {
    line_.tokens.push_back({.kind = kind, .text = text_.substr(begin, end - begin), .span = To(begin, end)});
    at_ = end;
  }

  void ReadOne() {
    const char c = text_[at_];
    if (c == ' ') {
      ++at_;
    } else if (c == '\t') {
      Refuse(TabInIndent(To(at_, at_ + 1)));
    } else if (c == '#') {
      ReadComment();
    } else if (c == '"') {
      ReadText();
    } else if (IsDigit(c)) {
      ReadNumeral();
    } else if (c == '@') {
      ReadLanguage();
    } else if (c != '-' && InName(text_, at_)) {
      ReadWord();
    } else {
      ReadSymbol();
    }
  }

  // A comment is kept byte for byte, but nothing in it may hide.
  void ReadComment() {
    line_.comment = From(at_);
    while (at_ < text_.size()) {
      const Character character = Decode(text_, at_);
      if (source::IsHidden(character.code))
        return Refuse(HiddenCharacter(To(at_, at_ + character.bytes), character.code));
      at_ += character.bytes;
    }
  }

  void ReadText() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != '"') {
      const Character character = Decode(text_, end);
      if (source::IsHidden(character.code)) {
        return Refuse(HiddenCharacter(To(end, end + character.bytes), character.code));
      }
      if (character.code == '\\') {
        const std::size_t after = end + 1 < text_.size() ? Decode(text_, end + 1).bytes : 0;
        if (after != 1 || (text_[end + 1] != '"' && text_[end + 1] != '\\')) {
          return Refuse(BadEscape(To(end, end + 1 + after), text_.substr(end, 1 + after)));
        }
        end += 1;
      }
      end += character.bytes;
    }
    if (end >= text_.size()) return Refuse(OpenText(From(at_)));
    Put(TokenKind::kText, at_, end + 1);
  }

  // Whatever starts with a digit and has no space: "38.50", "2026-02-28", "14:05", "204(1-bis)", "4:5(4)".
  void ReadNumeral() {
    std::size_t end = at_;
    while (end < text_.size()) {
      const char c = text_[end];
      const char next = end + 1 < text_.size() ? text_[end + 1] : ' ';
      const bool joins =
          (c == '.' || c == ':' || c == '-') && (IsDigit(next) || (c == '-' && IsLetter(next)));
      if (IsDigit(c) || IsLetter(c) || joins) {
        ++end;
      } else if (const std::size_t group = Group(end); group > 0) {
        end += group;
      } else {
        break;
      }
    }
    const std::string_view found = text_.substr(at_, end - at_);
    const source::Span span = To(at_, end);
    TokenKind kind = TokenKind::kProvision;
    if (Matches(found, "9999-99-99")) {
      if (!base::ParseDay(found)) return Refuse(NoSuchDay(span, found));
      kind = TokenKind::kDate;
    } else if (Matches(found, "99:99")) {
      if (found.substr(0, 2) > "23" || found.substr(3) > "59") return Refuse(NoSuchTime(span, found));
      kind = TokenKind::kClock;
    } else if (IsNumber(found)) {
      kind = TokenKind::kNumber;
    } else if (found.size() > kNameLimit) {
      return Refuse(NameTooLong(span, kNameLimit));
    }
    Put(kind, at_, end);
  }

  // The length of "(1-bis)" at `begin`, or 0.
  std::size_t Group(std::size_t begin) const {
    if (text_[begin] != '(') return 0;
    std::size_t end = begin + 1;
    while (end < text_.size() && (IsDigit(text_[end]) || IsLetter(text_[end]) || text_[end] == '-')) ++end;
    return end > begin + 1 && end < text_.size() && text_[end] == ')' ? end + 1 - begin : 0;
  }

  void ReadLanguage() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && (IsLetter(text_[end]) || IsDigit(text_[end]) || text_[end] == '-')) ++end;
    if (end == at_ + 1) return Refuse(StrangeCharacter(To(at_, end), "@", 0));
    if (end - at_ > kNameLimit) return Refuse(NameTooLong(To(at_, end), kNameLimit));
    Put(TokenKind::kLanguage, at_, end);
  }

  void ReadWord() {
    std::size_t end = at_;
    bool path = false;
    while (end < text_.size()) {
      const bool slash = text_[end] == '/' && InName(text_, end + 1);
      if (!slash && text_[end] != '_' && !InName(text_, end)) break;
      // "a->b": the arrow begins at the '-'
      if (text_[end] == '-' && end + 1 < text_.size() && text_[end + 1] == '>') break;
      path = path || slash;
      end += Decode(text_, end).bytes;
    }
    const std::string_view word = text_.substr(at_, end - at_);
    if (!CheckName(word, path)) {
      at_ = end;
      return;
    }
    Put(path ? TokenKind::kPath : TokenKind::kWord, at_, end);
  }

  // Length, script and form of a name; a path is only measured, since time zones have names like
  // "America/New_York".
  bool CheckName(std::string_view word, bool path) {
    const source::Span span = To(at_, at_ + word.size());
    Script script = Script::kCommon;
    std::size_t letters = 0;
    for (std::size_t i = 0; i < word.size(); ++letters) {
      const Character character = Decode(word, i);
      const Script here = ScriptOf(character.code);
      if (here != Script::kCommon && here != Script::kNone) {
        if (script != Script::kCommon && script != here) {
          Refuse(MixedScripts(span, word));
          return false;
        }
        script = here;
      }
      i += character.bytes;
    }
    if (letters > kNameLimit) {
      Refuse(NameTooLong(span, kNameLimit));
      return false;
    }
    const bool bad_form =
        word.find('_') != std::string_view::npos || word.find("--") != std::string_view::npos;
    if (word.ends_with('-') || (bad_form && !path)) {
      Refuse(BadName(span, word, Better(word)));
      return false;
    }
    return true;
  }

  static std::string Better(std::string_view word) {
    std::string better;
    for (const char c : word) {
      const char joined = c == '_' ? '-' : c;
      if (joined != '-' || (!better.empty() && better.back() != '-')) better += joined;
    }
    while (better.ends_with('-')) better.pop_back();
    return better;
  }

  void ReadSymbol() {
    constexpr std::array<std::string_view, 4> kPairs = {"->", "<=", ">=", "!="};
    const std::string_view pair = text_.substr(at_, 2);
    if (std::find(kPairs.begin(), kPairs.end(), pair) != kPairs.end())
      return Put(TokenKind::kSymbol, at_, at_ + 2);
    const char c = text_[at_];
    if (std::string_view("(),:;.=<>+-*%").find(c) != std::string_view::npos) {
      return Put(TokenKind::kSymbol, at_, at_ + 1);
    }
    const Character character = Decode(text_, at_);
    const source::Span span = To(at_, at_ + character.bytes);
    if (source::IsHidden(character.code)) return Refuse(HiddenCharacter(span, character.code));
    Refuse(StrangeCharacter(span, text_.substr(at_, character.bytes), Plain(character.code)));
  }

  // The ASCII character that an author with another keyboard meant.
  static char Plain(char32_t code) {
    if (code >= 0xff01 && code <= 0xff5e) return static_cast<char>(code - 0xfee0);
    if (code == 0x201c || code == 0x201d || code == 0x201e || code == 0xab || code == 0xbb) return '"';
    if (code == 0x3001) return ',';
    if (code == 0x2010 || code == 0x2011 || code == 0x2013 || code == 0x2212) return '-';
    if (code == 0xa0 || code == 0x3000) return ' ';
    return 0;
  }

  std::string_view text_;
  PhysicalLine& line_;
  Diagnostics& diagnostics_;
  std::size_t at_;
};

struct Fence {
  char mark = 0;  // 0: the line is no fence
  std::size_t marks = 0;
  std::string_view word;  // after the marks
};

Fence FenceOf(std::string_view line) {
  Fence fence;
  if (line.empty() || (line[0] != '`' && line[0] != '~')) return fence;
  const std::size_t end = std::min(line.find_first_not_of(line[0]), line.size());
  if (end < 3) return fence;
  fence.mark = line[0];
  fence.marks = end;
  std::string_view rest = line.substr(end);
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  fence.word = rest.substr(0, rest.find_first_of(" \t\r"));
  return fence;
}

// Goes through a page line by line, in and out of fenced blocks.
class PageReader {
 public:
  PageReader(const Sources& sources, FileId file, Diagnostics& diagnostics)
      : text_(sources.file(file).text), file_(file), diagnostics_(diagnostics) {}

  std::vector<Block> Read() {
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      ReadLine(at, end);
      at = end + 1;
    }
    if (in_code_) {
      diagnostics_.Add(OpenBlock(fence_span_));
      blocks_.back().content.end = static_cast<std::uint32_t>(text_.size());
    }
    return std::move(blocks_);
  }

 private:
  void ReadLine(std::size_t begin, std::size_t end) {
    const bool returns = end > begin && text_[end - 1] == '\r';
    const std::size_t visible_end = returns ? end - 1 : end;
    const Fence fence = FenceOf(text_.substr(begin, visible_end - begin));
    const source::Span span{file_, static_cast<std::uint32_t>(begin),
                            static_cast<std::uint32_t>(visible_end)};
    const bool closes =
        open_.mark != 0 && fence.mark == open_.mark && fence.marks >= open_.marks && fence.word.empty();
    if (open_.mark == 0 && fence.mark != 0) {
      Open(fence, span, std::min(end + 1, text_.size()), returns ? "\r\n" : "\n");
    } else if (closes) {
      if (in_code_) blocks_.back().content.end = span.begin;
      open_ = {};
      in_code_ = false;
    } else if (in_code_) {
      blocks_.back().lines.push_back({.span = span});
      LineLexer(text_, blocks_.back().lines.back(), diagnostics_).Read();
    }
  }

  void Open(const Fence& fence, source::Span span, std::size_t content, std::string_view line_end) {
    open_ = fence;
    in_code_ = fence.word == "lawbound";
    fence_span_ = span;
    const auto begin = static_cast<std::uint32_t>(content);
    if (in_code_) blocks_.push_back({.content = {file_, begin, begin}, .line_end = line_end});
  }

  std::string_view text_;
  FileId file_;
  Diagnostics& diagnostics_;
  std::vector<Block> blocks_;
  Fence open_;
  bool in_code_ = false;
  source::Span fence_span_;
};

}  // namespace

std::vector<Block> ReadBlocks(const Sources& sources, FileId file, Diagnostics& diagnostics) {
  const std::string_view text = sources.file(file).text;
  if (const std::size_t bad = source::FirstInvalid(text); bad != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(bad);
    diagnostics.Add(NotUtf8({file, at, at + 1}, static_cast<unsigned char>(text[bad])));
    return {};
  }
  return PageReader(sources, file, diagnostics).Read();
}

bool HasBody(const std::vector<Token>& tokens) {
  constexpr std::array<std::string_view, 7> kOneLine = {"pack", "use",    "zone",     "counted",
                                                        "fact", "closes", "guarantee"};
  return tokens.empty() || std::find(kOneLine.begin(), kOneLine.end(), tokens.front().text) == kOneLine.end();
}

std::vector<LineRole> RolesOf(const Block& block) {
  std::vector<LineRole> roles;
  bool has_body = true;
  for (const PhysicalLine& line : block.lines) {
    if (line.tokens.empty() && !line.broken) {
      roles.push_back(LineRole::kNothing);
    } else if (line.indent == 0) {
      roles.push_back(LineRole::kHead);
      has_body = HasBody(line.tokens);
    } else {
      roles.push_back(has_body && line.indent <= 2 ? LineRole::kBody : LineRole::kMore);
    }
  }
  return roles;
}

std::vector<Statement> ReadStatements(const Block& block, Diagnostics& diagnostics) {
  std::vector<Statement> statements;
  const std::vector<LineRole> roles = RolesOf(block);
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const PhysicalLine& line = block.lines[i];
    if (roles[i] == LineRole::kNothing) continue;
    if (roles[i] == LineRole::kHead) {
      statements.push_back({.head = {line.tokens, line.broken}, .body = {}});
    } else if (statements.empty()) {
      diagnostics.Add(NothingAbove(line.span));
    } else if (roles[i] == LineRole::kBody) {
      statements.back().body.push_back({line.tokens, line.broken});
    } else {
      Statement& statement = statements.back();
      Line& above = statement.body.empty() ? statement.head : statement.body.back();
      const std::size_t first = above.tokens.size();
      above.tokens.insert(above.tokens.end(), line.tokens.begin(), line.tokens.end());
      if (first < above.tokens.size()) above.tokens[first].continues = true;
      above.broken = above.broken || line.broken;
    }
  }
  return statements;
}

}  // namespace lawbound::syntax
