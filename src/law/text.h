// The text of one version of an instrument, read into its provisions: headings with what they number,
// articles, what stands before the first article, annexes.  Nothing is thrown away: every line of the body is
// in exactly one unit, and whatever could not be understood is in `issues` with its line.
//
// Lines are not paragraphs: SplitArticle numbers the paragraphs (款), items (项) and points (目) of an
// article.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.h"
#include "law/grammar.h"
#include "law/provision.h"

namespace lawbound::law {

// What an importer has to say about a text.  The words are in IssueWords; docs/formats/law-text.md explains
// each.
enum class IssueKind : std::uint8_t {
  kNoTitle,
  kNoProvision,     // neither articles nor numbered points
  kNumberMissing,   // article 5 after article 3
  kNumberTwice,     // two articles 5
  kNumberBack,      // article 3 after article 7
  kItemOutOfOrder,  // item 3 after item 1
  kHeadingUnread,   // a heading that names no part, chapter, section or annex
  kTable,           // a table, kept as lines
  kUnfinishedLine,  // a line that ends within a sentence; the next one continues it
  kQuotationOpen,   // a quotation that is never closed
  kNumberWithin,    // an article number in the middle of a line
  kDateImpossible,  // a date that does not exist
  kHistoryUnread,   // a line of the head that names no event and no date
  kDatesDiffer,     // two sources give different dates
  kDateUnknown,     // no source gives it
};
std::string_view IssueWords(IssueKind kind);

struct Issue {
  IssueKind kind = IssueKind::kNoTitle;
  std::size_t line = 0;  // from 1; 0 when no line is meant
  std::string detail;
};

struct Unit {
  ProvisionKind kind = ProvisionKind::kArticle;
  Path path;
  std::uint32_t depth = 0;  // 0: not within another unit
  std::string heading;      // of a part, chapter...: the words after the number
  std::string text;         // of an article, preamble, annex: its lines, joined by line feeds
  std::vector<std::uint32_t>
      lines;  // the line in the file, from 1, of each line of `text`; of the heading itself
};

struct PastEvent {
  Event event = Event::kAdopted;
  base::Day day;
  std::size_t line = 0;
};

// How long a text binds, as it says: for years from its commencement, or up to a last day.
struct Validity {
  std::optional<base::Day> until;
  std::optional<std::uint32_t> years;
};
// What a sentence says of that, of whatever it speaks.
Validity ReadValidity(const Grammar& grammar, std::string_view sentence);
// The first day on which it no longer binds; nothing: none, or it cannot be told.
std::optional<base::Day> EndOf(const Validity& validity, std::optional<base::Day> commencement);

struct Text {
  std::string title;
  std::vector<std::string> head;  // the lines between the title and the body, word for word
  std::vector<PastEvent> history;
  std::optional<base::Day> commencement;  // as the text itself says it, in its head or in an article
  bool commences_on_publication = false;
  Validity validity;                                // of the text itself
  std::vector<std::pair<Path, base::Day>> partial;  // articles that the text gives a day of their own
  std::vector<Unit> units;
  std::vector<Issue> issues;
};

// Reads Markdown ("# title", "## heading") or plain text: the title first, then the head, then the
// provisions. REQUIRES: valid UTF-8.
Text ReadText(const Grammar& grammar, std::string_view file);

// A part of an article: bytes [begin, end) of its text.
struct ArticlePart {
  enum class Role : std::uint8_t {
    kParagraph,  // the words of a paragraph up to its first item
    kItem,
    kPoint,
    kQuoted,  // words of another text that this one puts in: not numbered
    kTable,
  };
  Role role = Role::kParagraph;
  Path path;  // within the article: "para_1/item_2"; of what surrounds it for the unnumbered
  std::size_t begin = 0, end = 0;
};

// The parts of an article's text in order.  `issues`, when given, gets the items out of order and unfinished
// lines, with the line within the text from 1.
std::vector<ArticlePart> SplitArticle(const Grammar& grammar, std::string_view text,
                                      std::vector<Issue>* issues = nullptr);

// The bytes of the part of an article's text that a path within it names: the whole of a paragraph with its
// items, an item with its points.  "item_2" without a paragraph is found when exactly one paragraph has such
// an item.
struct Extent {
  std::size_t begin = 0, end = 0;
};
std::optional<Extent> FindPart(const std::vector<ArticlePart>& parts, const Path& path);

}  // namespace lawbound::law
