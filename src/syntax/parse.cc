// From pages to a tree: page by page, block by block, statement by statement.  A statement that could not be
// read is left out and the next one is read.
#include <array>
#include <utility>

#include "syntax/parts.h"
#include "syntax/syntax.h"

namespace lawbound::syntax {
namespace {

using source::Diagnostics;
using source::FileId;
using source::Sources;

constexpr std::size_t kItemLimit = 20000;

constexpr std::array<std::string_view, 19> kStarts = {
    "pack", "use",  "zone", "counted", "instrument", "counting", "role",    "thing",     "act",    "target",
    "fact", "term", "rule", "table",   "replaces",   "closes",   "example", "guarantee", "mapping"};

class PackReader {
 public:
  PackReader(const Sources& sources, Diagnostics& diagnostics)
      : sources_(sources), diagnostics_(diagnostics) {}

  Tree Read(std::span<const FileId> files) {
    for (const FileId file : files) ReadPage(file);
    // Blocks without a statement: nothing went wrong, and there is no pack.
    if (tree_.path.text.empty() && !diagnostics_.HasErrors() && !files.empty())
      diagnostics_.Add(NoPackLine({files.front(), 0, 0}));
    return std::move(tree_);
  }

 private:
  void ReadPage(FileId file) {
    tree_.pages.push_back({.file = file, .items = {}});
    in_header_ = true;
    has_pack_line_ = false;
    bool first = true;
    for (const Block& block : ReadBlocks(sources_, file, diagnostics_)) {
      for (const Statement& statement : ReadStatements(block, diagnostics_)) {
        if (first) CheckFirst(statement);
        first = false;
        ReadStatement(statement);
      }
    }
  }

  void CheckFirst(const Statement& statement) {
    if (statement.head.tokens.empty()) return;  // its line could not be read: told already
    const Token& token = statement.head.tokens.front();
    if (token.text != "pack") diagnostics_.Add(NoPackLine(token.span));
  }

  void ReadStatement(const Statement& statement) {
    if (statement.head.tokens.empty()) return;
    const Token& token = statement.head.tokens.front();
    const std::string_view word = token.text;
    if (ReadHeader(statement, word)) return;
    in_header_ = false;
    if (++items_ > kItemLimit) {
      if (items_ == kItemLimit + 1) diagnostics_.Add(TooManyItems(token.span, kItemLimit));
      return;
    }
    if (!ReadItem(statement, word) && !statement.head.broken) {
      const std::vector<std::string_view> known(kStarts.begin(), kStarts.end());
      diagnostics_.Add(UnknownStatement(token.span, word, source::Nearest(word, known)));
    }
  }

  // The lines at the top of a page.
  bool ReadHeader(const Statement& statement, std::string_view word) {
    if (word != "pack" && word != "use" && word != "zone" && word != "counted") return false;
    Reader reader(statement.head, diagnostics_);
    const Token first = reader.Take();
    if (!in_header_) {
      reader.Fail(HeaderAfterItems(first.span, first.text));
    } else if (word == "pack") {
      ReadPack(reader);
    } else if (word == "use") {
      tree_.uses.push_back(ReadPlace(reader, "the path of a pack"));
    } else if (word == "zone") {
      const Name zone = ReadPlace(reader, "a time zone, like 'Europe/Rome'");
      SetOnce(reader, tree_.zone, zone, first.span, "the zone");
    } else {
      reader.Expect("by");
      const Name counting = reader.ReadName("the name of a counting");
      SetOnce(reader, tree_.counted_by, counting, first.span, "the counting");
    }
    reader.ExpectEnd();
    return true;
  }

  static void SetOnce(Reader& reader, std::optional<Name>& held, const Name& name, Span at,
                      std::string_view what) {
    if (reader.failed()) return;
    if (held && held->text != name.text) return reader.Fail(GivenTwice(at, what));
    held = name;
  }

  static Name ReadPlace(Reader& reader, std::string_view what) {
    if (reader.Peek().kind != TokenKind::kPath) return reader.ReadName(what);
    const Token token = reader.Take();
    return {.text = std::string(token.text), .span = token.span};
  }

  void ReadPack(Reader& reader) {
    Name path = ReadPlace(reader, "the path of the pack, like 'it/file-access'");
    if (reader.failed()) return;
    if (tree_.path.text.empty()) {
      tree_.path = path;
    } else if (tree_.path.text != path.text) {
      return reader.Fail(OtherPack(path.span, path.text, tree_.path.text, tree_.path.span));
    }
    if (has_pack_line_) return reader.Fail(GivenTwice(path.span, "the 'pack' line of this page"));
    has_pack_line_ = true;
    if (reader.AtEnd()) return;
    for (Title& title : reader.ReadTitles()) AddTitle(reader, std::move(title));
  }

  void AddTitle(Reader& reader, Title title) {
    for (const Title& known : tree_.titles) {
      if (known.language != title.language) continue;
      return reader.Fail(GivenTwice(title.span, title.language.empty()
                                                    ? std::string("a title without a language")
                                                    : "a title in '" + title.language + "'"));
    }
    if (!reader.failed()) tree_.titles.push_back(std::move(title));
  }

  template <typename T>
  bool Keep(std::optional<T> item) {
    if (item) tree_.pages.back().items.emplace_back(std::move(*item));
    return true;
  }

  bool ReadItem(const Statement& statement, std::string_view word) {
    Diagnostics& d = diagnostics_;
    if (word == "counting") return Keep(ReadCounting(statement, d));
    if (word == "instrument") return Keep(ReadInstrument(statement, d));
    if (word == "role") return Keep(ReadRole(statement, d));
    if (word == "thing") return Keep(ReadThing(statement, d));
    if (word == "act") return Keep(ReadAct(statement, d));
    if (word == "target") return Keep(ReadTarget(statement, d));
    if (word == "fact") return Keep(ReadFact(statement, d));
    if (word == "table") return Keep(ReadTable(statement, d));
    if (word == "term") return Keep(ReadTerm(statement, d));
    if (word == "rule") return Keep(ReadRule(statement, d));
    if (word == "closes") return Keep(ReadCloses(statement, d));
    if (word == "guarantee") return Keep(ReadGuarantee(statement, d));
    if (word == "example") return Keep(ReadExample(statement, d));
    if (word == "mapping") return Keep(ReadMapping(statement, d));
    if (word == "replaces") return ReadReplacing(statement);
    return false;
  }

  // "replaces N term M" or "replaces N table M"
  bool ReadReplacing(const Statement& statement) {
    const std::vector<Token>& tokens = statement.head.tokens;
    if (tokens.size() > 2 && tokens[2].text == "table") return Keep(ReadTable(statement, diagnostics_));
    return Keep(ReadTerm(statement, diagnostics_));
  }

  const Sources& sources_;
  Diagnostics& diagnostics_;
  Tree tree_;
  bool in_header_ = true;  // no item yet on this page
  bool has_pack_line_ = false;
  std::size_t items_ = 0;
};

}  // namespace

Tree Parse(const Sources& sources, std::span<const FileId> files, Diagnostics& diagnostics) {
  return PackReader(sources, diagnostics).Read(files);
}

}  // namespace lawbound::syntax
