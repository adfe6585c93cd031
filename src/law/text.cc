// Reading a text goes line by line; blank lines are nothing.  A line is, tried in this order:
//   the title ("# ...", else the first line)     the end of the head ("<!-- INFO END -->")
//   a heading ("## 第二章 ...", or in plain text 第二章 at the start of a line)
//   an annex                                     an article (第三条 and white space)
//   a numbered point (一、) where the text has no articles: these are then its articles
//   anything else: a further line of the unit that is open.
// Quotations that run over lines (a text that amends another puts in whole articles) are followed, so that
// the articles of the other text are not taken for its own.  A quotation that is never closed would swallow
// the rest; so the next article in the sequence ends it, and is reported.
#include "law/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "source/utf8.h"

namespace lawbound::law {
namespace {

bool IsSpace(char32_t code) {
  return code == U' ' || code == U'\t' || code == U'\r' || code == U'\u00A0' || code == U'\u3000' ||
         (code >= U'\u2000' && code <= U'\u200B') || code == U'\u202F' || code == U'\uFEFF';
}

std::string_view Trim(std::string_view text) {
  while (!text.empty()) {
    const source::Character first = source::Decode(text, 0);
    if (!IsSpace(first.code)) break;
    text.remove_prefix(first.bytes);
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    if (!IsSpace(source::Decode(text, last).code)) break;
    text = text.substr(0, last);
  }
  return text;
}

// The bytes of white space at `at`.
std::size_t SpaceAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size()) {
    const source::Character character = source::Decode(text, end);
    if (!IsSpace(character.code)) break;
    end += character.bytes;
  }
  return end - at;
}

bool IsContainer(ProvisionKind kind) {
  return kind == ProvisionKind::kPart || kind == ProvisionKind::kSubpart || kind == ProvisionKind::kChapter ||
         kind == ProvisionKind::kSection;
}

struct Line {
  std::string_view text;
  std::uint32_t number = 0;  // from 1
};

std::vector<Line> Lines(std::string_view file) {
  std::vector<Line> lines;
  std::uint32_t number = 0;
  while (!file.empty()) {
    const std::size_t end = file.find('\n');
    const std::string_view line = Trim(file.substr(0, end));
    file.remove_prefix(end == std::string_view::npos ? file.size() : end + 1);
    ++number;
    if (!line.empty()) lines.push_back({line, number});
  }
  return lines;
}

// How much deeper in quotations the text is after these words.
int QuotationDepth(const Grammar& grammar, std::string_view text) {
  int depth = 0;
  for (const auto& [open, close] : grammar.quotations) {
    for (std::size_t at = text.find(open); at != std::string_view::npos; at = text.find(open, at + 1))
      ++depth;
    for (std::size_t at = text.find(close); at != std::string_view::npos; at = text.find(close, at + 1))
      --depth;
  }
  return depth;
}

bool IsTable(std::string_view line) { return line.starts_with('|') || line.starts_with('<'); }

class TextReader {
 public:
  TextReader(const Grammar& grammar, std::string_view file) : grammar_(grammar), lines_(Lines(file)) {}

  Text Read() {
    std::size_t at = ReadTitle();
    at = ReadHead(at);
    points_are_articles_ = !HasArticles(at);
    for (; at < lines_.size(); ++at) ReadLine(lines_[at]);
    if (quotation_depth_ > 0) AddIssue(IssueKind::kQuotationOpen, quotation_line_, "");
    if (numbered_ == 0) AddIssue(IssueKind::kNoProvision, 0, "");
    for (const Unit& unit : text_.units) {
      ReadCommencement(unit);
      ReadOwnValidity(unit);
    }
    FindIssuesWithin();
    return std::move(text_);
  }

 private:
  void AddIssue(IssueKind kind, std::size_t line, std::string detail) {
    text_.issues.push_back({kind, line, std::move(detail)});
  }

  std::size_t ReadTitle() {
    if (lines_.empty()) {
      AddIssue(IssueKind::kNoTitle, 0, "");
      return 0;
    }
    std::string_view line = lines_[0].text;
    if (line.starts_with("# ")) {
      text_.title = Trim(line.substr(2));
      return 1;
    }
    if (line.starts_with('#') || line.starts_with("---") || line.starts_with("<!--") ||
        ArticleAt(line).bytes != 0) {
      AddIssue(IssueKind::kNoTitle, lines_[0].number, "");
      return 0;
    }
    text_.title = line;
    return 1;
  }

  // The head ends at its mark; without a mark, before the first heading, article or line without a date.
  std::size_t ReadHead(std::size_t from) {
    std::size_t end = from;
    while (end < lines_.size() && !lines_[end].text.starts_with("<!-- INFO END")) ++end;
    const bool marked = end < lines_.size();
    if (!marked) {
      end = from;
      while (end < lines_.size() && !IsStructure(lines_[end].text) && HasDate(lines_[end].text)) ++end;
    }
    for (std::size_t at = from; at < end; ++at) ReadHeadLine(lines_[at]);
    return marked ? end + 1 : end;
  }

  bool IsStructure(std::string_view line) const {
    return line.starts_with('#') || ArticleAt(line).bytes != 0 || PlainHeading(line).bytes != 0;
  }

  bool HasDate(std::string_view line) const {
    for (std::size_t at = 0; at < line.size(); at += source::Decode(line, at).bytes) {
      if (grammar_.ReadDate(line, at).bytes != 0) return true;
    }
    return false;
  }

  void ReadHeadLine(const Line& line) {
    text_.head.emplace_back(line.text);
    std::optional<base::Day> day;
    bool any = false;
    for (std::size_t at = 0; at < line.text.size();) {
      if (const ReadDay date = grammar_.ReadDate(line.text, at); date.bytes != 0) {
        if (!date.day)
          AddIssue(IssueKind::kDateImpossible, line.number, std::string(line.text.substr(at, date.bytes)));
        day = date.day;
        at += date.bytes;
        continue;
      }
      at += SkipBracket(line.text, at);
      if (at >= line.text.size()) break;
      if (const auto [event, bytes] = EventAt(line.text, at); bytes != 0) {
        if (day) text_.history.push_back({event, *day, line.number});
        any = any || day.has_value();
        at += bytes;
        continue;
      }
      at += source::Decode(line.text, at).bytes;
    }
    if (!any) AddIssue(IssueKind::kHistoryUnread, line.number, std::string(line.text));
  }

  // A name in brackets says nothing of this text: the bytes to skip.
  std::size_t SkipBracket(std::string_view text, std::size_t at) const {
    for (const auto& [open, close] : grammar_.brackets) {
      if (!text.substr(at).starts_with(open)) continue;
      const std::size_t end = text.find(close, at);
      if (end != std::string_view::npos) return end + close.size() - at;
    }
    return 0;
  }

  std::pair<Event, std::size_t> EventAt(std::string_view text, std::size_t at) const {
    for (const auto& [word, event] : grammar_.events) {
      if (text.substr(at).starts_with(word)) return {event, word.size()};
    }
    return {Event::kAdopted, 0};
  }

  // Outside of quotations: a text that puts articles into another has none of its own.
  bool HasArticles(std::size_t from) const {
    int depth = 0;
    for (std::size_t at = from; at < lines_.size(); ++at) {
      if (depth <= 0 && ArticleAt(lines_[at].text).bytes != 0) return true;
      depth = std::max(0, depth + QuotationDepth(grammar_, lines_[at].text));
    }
    return false;
  }

  // 第三条 followed by white space or nothing, at the start of a line; `bytes` with the white space.
  Grammar::Numbered ArticleAt(std::string_view line) const {
    Grammar::Numbered numbered = grammar_.ReadNumbered(line, 0);
    if (numbered.bytes == 0 || numbered.step.kind != ProvisionKind::kArticle) return {};
    const std::size_t space = SpaceAt(line, numbered.bytes);
    if (space == 0 && numbered.bytes < line.size()) return {};
    numbered.bytes += space;
    return numbered;
  }

  Grammar::Numbered PlainHeading(std::string_view line) const {
    Grammar::Numbered numbered = grammar_.ReadNumbered(line, 0);
    if (numbered.bytes == 0 || !IsContainer(numbered.step.kind)) return {};
    const std::size_t space = SpaceAt(line, numbered.bytes);
    if (space == 0 && numbered.bytes < line.size()) return {};
    numbered.bytes += space;
    return numbered;
  }

  // 一、 at the start of a line.
  Grammar::Numbered PointAt(std::string_view line) const {
    const ReadNumber number = grammar_.ReadNumber(line, 0);
    if (number.bytes == 0) return {};
    const std::size_t mark = grammar_.list_after.At(line, number.bytes);
    if (mark == 0) return {};
    return {{ProvisionKind::kArticle, number.value}, number.bytes + mark};
  }

  void ReadLine(const Line& line) {
    const std::size_t hashes = std::min(line.text.find_first_not_of('#'), line.text.size());
    if (hashes > 0 && line.text.substr(hashes).starts_with(' ')) {
      CloseQuotation(line.number);
      const std::string_view words = Trim(line.text.substr(hashes));
      const Grammar::Numbered numbered = grammar_.ReadNumbered(words, 0);
      ReadHeading({words, line.number}, IsContainer(numbered.step.kind) ? numbered : Grammar::Numbered());
      return;
    }
    if (line.text.starts_with("<!--")) return;
    const Grammar::Numbered article = OwnArticle(line);
    if (article.bytes != 0) {
      OpenArticle(article, line);
    } else if (quotation_depth_ <= 0 && PlainHeading(line.text).bytes != 0) {
      ReadHeading(line, PlainHeading(line.text));
    } else if (quotation_depth_ <= 0 && grammar_.annex.At(line.text, 0) != 0 && numbered_ > 0) {
      OpenUnit(ProvisionKind::kAnnex, {{ProvisionKind::kAnnex, ++annexes_}}, std::string(line.text),
               line.number);
    } else {
      AddLine(line.text, line);
    }
    quotation_depth_ += QuotationDepth(grammar_, line.text);
    if (quotation_depth_ <= 0) {
      quotation_depth_ = 0;
    } else if (quotation_line_ == 0) {
      quotation_line_ = line.number;
    }
    if (quotation_depth_ == 0) quotation_line_ = 0;
  }

  void CloseQuotation(std::size_t line) {
    if (quotation_depth_ > 0)
      AddIssue(IssueKind::kQuotationOpen, quotation_line_, fmt::format("ended at line {}", line));
    quotation_depth_ = 0;
    quotation_line_ = 0;
  }

  // The article that a line opens in this text, not in one that it quotes.
  Grammar::Numbered OwnArticle(const Line& line) {
    const Grammar::Numbered article = points_are_articles_ ? PointAt(line.text) : ArticleAt(line.text);
    if (article.bytes == 0 || quotation_depth_ <= 0) return article;
    if (article.step.number != last_article_ + 1 || article.step.insert != 0) return {};
    CloseQuotation(line.number);
    return article;
  }

  // `numbered` is its part, chapter or section, or nothing.
  void ReadHeading(const Line& line, const Grammar::Numbered& numbered) {
    if (numbered.bytes != 0) {
      const auto shallower = [&](const Step& step) { return step.kind >= numbered.step.kind; };
      containers_.erase(std::find_if(containers_.begin(), containers_.end(), shallower), containers_.end());
      containers_.push_back(numbered.step);
      OpenUnit(numbered.step.kind, containers_, std::string(line.text), line.number);
      return;
    }
    if (grammar_.annex.At(line.text, 0) != 0) {
      containers_.clear();
      OpenUnit(ProvisionKind::kAnnex, {{ProvisionKind::kAnnex, ++annexes_}}, std::string(line.text),
               line.number);
      return;
    }
    AddIssue(IssueKind::kHeadingUnread, line.number, std::string(line.text));
    OpenUnit(ProvisionKind::kHeading, {{ProvisionKind::kHeading, ++headings_}}, std::string(line.text),
             line.number);
  }

  void OpenUnit(ProvisionKind kind, Path path, std::string heading, std::uint32_t line) {
    MakeUnlike(path);
    Unit unit{kind, std::move(path), static_cast<std::uint32_t>(containers_.size()), std::move(heading), "",
              {}};
    if (IsContainer(kind)) unit.depth -= 1;
    if (kind != ProvisionKind::kArticle && kind != ProvisionKind::kPreamble) unit.lines.push_back(line);
    text_.units.push_back(std::move(unit));
  }

  // The second provision of one path becomes ~2.
  void MakeUnlike(Path& path) {
    const std::uint32_t copies = ++copies_[PrintPath(path)];
    path.back().copy = copies;
    if (IsContainer(path.back().kind) && !containers_.empty()) containers_.back().copy = copies;
  }

  void OpenArticle(const Grammar::Numbered& article, const Line& line) {
    ++numbered_;
    CheckOrder(article.step, line.number);
    last_article_ = article.step.number;
    OpenUnit(ProvisionKind::kArticle, {article.step}, "", line.number);
    AddLine(line.text.substr(article.bytes), line);
  }

  void CheckOrder(const Step& step, std::size_t line) {
    const std::uint32_t number = step.number;
    const bool in_annex = annexes_ > 0;
    if (in_annex || numbered_ == 1) return;
    if (number == last_article_ && step.insert == 0) {
      AddIssue(IssueKind::kNumberTwice, line, fmt::format("{}", number));
    } else if (number < last_article_) {
      AddIssue(IssueKind::kNumberBack, line, fmt::format("{} after {}", number, last_article_));
    } else if (number > last_article_ + 1) {
      AddIssue(IssueKind::kNumberMissing, line, fmt::format("{} after {}", number, last_article_));
      FindNumberWithin();
    }
  }

  // The missing article may have run into the line before it.
  void FindNumberWithin() {
    if (text_.units.empty()) return;
    const Unit& unit = text_.units.back();
    std::size_t line = 0;
    for (std::size_t at = 0; at < unit.text.size(); at += source::Decode(unit.text, at).bytes) {
      if (unit.text[at] == '\n') ++line;
      const Grammar::Numbered numbered = grammar_.ReadNumbered(unit.text, at);
      if (numbered.bytes == 0 || numbered.step != Step{ProvisionKind::kArticle, last_article_ + 1}) continue;
      AddIssue(IssueKind::kNumberWithin, line < unit.lines.size() ? unit.lines[line] : 0,
               unit.text.substr(at, numbered.bytes));
    }
  }

  void AddLine(std::string_view words, const Line& line) {
    if (text_.units.empty() || IsContainer(text_.units.back().kind)) {
      const bool first = text_.units.empty();
      OpenUnit(first ? ProvisionKind::kPreamble : ProvisionKind::kHeading,
               {first ? Step{ProvisionKind::kPreamble} : Step{ProvisionKind::kHeading, ++headings_}}, "",
               line.number);
      if (!first) text_.units.back().lines.clear();
    }
    if (IsTable(words)) AddIssue(IssueKind::kTable, line.number, "");
    Unit& unit = text_.units.back();
    const bool heads = !unit.heading.empty();
    if (!unit.text.empty() || unit.lines.size() > (heads ? 1U : 0U)) unit.text += '\n';
    unit.text += words;
    unit.lines.push_back(line.number);
  }

  // "...自2021年7月15日起施行": the last one that the text says of itself.
  void ReadCommencement(const Unit& unit) {
    if (unit.kind != ProvisionKind::kArticle) return;
    const std::string_view text = unit.text;
    if (grammar_.on_publication.Find(text) != std::string_view::npos) text_.commences_on_publication = true;
    for (std::size_t at = grammar_.commences_before.Find(text); at != std::string_view::npos;
         at = grammar_.commences_before.Find(text, at + 1)) {
      const std::size_t mark = grammar_.commences_before.At(text, at);
      const ReadDay date = grammar_.ReadDate(text, at + mark);
      if (date.bytes == 0 || grammar_.commences_after.At(text, at + mark + date.bytes) == 0) continue;
      if (OfAnother(text.substr(0, at), date.day)) continue;
      text_.commencement = date.day;
      if (!date.day)
        AddIssue(IssueKind::kDateImpossible, unit.lines.empty() ? 0 : unit.lines.front(),
                 std::string(text.substr(at + mark, date.bytes)));
    }
  }

  // "本办法自2020年1月1日起施行，有效期五年。", "本办法有效期至2024年12月31日。": a sentence that begins with
  // the text itself and says no other thing of it first.  A licence's years are not the text's.
  void ReadOwnValidity(const Unit& unit) {
    if (unit.kind != ProvisionKind::kArticle || grammar_.valid_for.Find(unit.text) == std::string::npos)
      return;
    std::string_view rest = unit.text;
    while (!rest.empty()) {
      const std::size_t end = grammar_.clause_end.Find(rest);
      const std::string_view sentence = rest.substr(0, end);
      rest.remove_prefix(end == std::string_view::npos ? rest.size()
                                                       : end + grammar_.clause_end.At(rest, end));
      const std::size_t self = grammar_.self.At(sentence, 0);
      const std::size_t at = grammar_.valid_for.Find(sentence);
      if (self == 0 || at == std::string_view::npos) continue;
      // Between the day and the years stands a comma at most.
      std::string_view before = sentence.substr(0, at);
      const bool right_behind = grammar_.commences_after.EndOf(before) != 0;
      while (!before.empty() && (static_cast<unsigned char>(before.back()) & 0xC0) == 0x80)
        before.remove_suffix(1);
      if (!before.empty()) before.remove_suffix(1);
      if (at == self || right_behind || grammar_.commences_after.EndOf(before) != 0)
        text_.validity = ReadValidity(grammar_, sentence);
    }
  }

  // The sentence before a commencement speaks of a named instrument, or of certain articles only, whose day
  // is kept.
  bool OfAnother(std::string_view before, std::optional<base::Day> day) {
    std::size_t start = 0;
    for (const std::string& end : grammar_.clause_end.all()) {
      const std::size_t at = before.rfind(end);
      if (at != std::string_view::npos) start = std::max(start, at + end.size());
    }
    before.remove_prefix(start);
    for (const auto& [open, close] : grammar_.brackets) {
      if (before.find(open) != std::string_view::npos) return true;
    }
    // "第四十二条本条例": the number of an article that ran into the line, and the text itself.
    if (grammar_.self.EndOf(before) != 0) return false;
    const bool of_articles = grammar_.ordinal.Find(before) != std::string_view::npos;
    if (of_articles && day) KeepPartial(before, *day);
    return of_articles;
  }

  // "第三条、第五条至第七条": each of them.
  void KeepPartial(std::string_view words, base::Day day) {
    std::optional<Step> last;
    bool range = false;
    for (std::size_t at = 0; at < words.size();) {
      const Grammar::Numbered numbered = grammar_.ReadNumbered(words, at);
      if (numbered.bytes == 0 || numbered.step.kind != ProvisionKind::kArticle) {
        range = range || grammar_.range.At(words, at) != 0;
        at += source::Decode(words, at).bytes;
        continue;
      }
      constexpr std::uint32_t kMostOfRange = 2000;
      const std::uint32_t first = range && last && last->number < numbered.step.number &&
                                          numbered.step.number - last->number < kMostOfRange
                                      ? last->number + 1
                                      : numbered.step.number;
      for (std::uint32_t number = first; number < numbered.step.number; ++number)
        text_.partial.push_back({{{ProvisionKind::kArticle, number}}, day});
      text_.partial.push_back({{numbered.step}, day});
      last = numbered.step;
      range = false;
      at += numbered.bytes;
    }
  }

  // What SplitArticle finds.
  void FindIssuesWithin() {
    for (const Unit& unit : text_.units) {
      if (unit.kind != ProvisionKind::kArticle) continue;
      std::vector<Issue> within;
      SplitArticle(grammar_, unit.text, &within);
      for (Issue& issue : within) {
        issue.line = issue.line <= unit.lines.size() ? unit.lines[issue.line - 1] : 0;
        text_.issues.push_back(std::move(issue));
      }
    }
  }

  const Grammar& grammar_;
  std::vector<Line> lines_;
  Text text_;
  Path containers_;
  std::map<std::string, std::uint32_t> copies_;
  bool points_are_articles_ = false;
  int quotation_depth_ = 0;
  std::size_t quotation_line_ = 0;
  std::uint32_t last_article_ = 0, numbered_ = 0, annexes_ = 0, headings_ = 0;
};

// Follows the lines of one article.
class ArticleSplitter {
 public:
  ArticleSplitter(const Grammar& grammar, std::string_view text, std::vector<Issue>* issues)
      : grammar_(grammar), text_(text), issues_(issues) {}

  std::vector<ArticlePart> Split() {
    std::size_t at = 0;
    for (std::size_t line = 1; at <= text_.size(); ++line) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      if (end > at) ReadLine(at, end, line);
      at = end + 1;
    }
    return std::move(parts_);
  }

 private:
  using Role = ArticlePart::Role;

  void ReadLine(std::size_t begin, std::size_t end, std::size_t line) {
    const std::string_view words = text_.substr(begin, end - begin);
    const bool quoted = depth_ > 0 || OpensQuotation(words);
    depth_ = std::max(0, depth_ + QuotationDepth(grammar_, words));
    if (quoted && !parts_.empty()) return Add(Role::kQuoted, parts_.back().path, begin, end);
    if (IsTable(words)) return Add(Role::kTable, Surrounding(), begin, end);
    if (const ReadNumber item = ItemAt(words); item.bytes != 0) return AddItem(item.value, begin, end, line);
    if (const ReadNumber point = PointAt(words); point.bytes != 0 && !parts_.empty()) {
      return AddPoint(point.value, begin, end);
    }
    if (ContinuesLast(begin)) {
      if (issues_ != nullptr) issues_->push_back({IssueKind::kUnfinishedLine, line, ""});
      parts_.back().end = end;
      return;
    }
    ++paragraph_;
    item_ = point_ = 0;
    Add(Role::kParagraph, {{ProvisionKind::kParagraph, paragraph_}}, begin, end);
  }

  bool OpensQuotation(std::string_view words) const {
    return std::ranges::any_of(grammar_.quotations,
                               [&](const auto& pair) { return words.starts_with(pair.first); }) &&
           !parts_.empty() && EndsWithColon(parts_.back());
  }

  // A quotation is put in after "...修改为：" or after quoted words.
  bool EndsWithColon(const ArticlePart& part) const {
    const std::string_view before = text_.substr(part.begin, part.end - part.begin);
    return part.role == Role::kQuoted || before.ends_with(':') || before.ends_with("\uFF1A");
  }

  // （三）, or 三、 within an article.
  ReadNumber ItemAt(std::string_view words) const {
    if (const ReadNumber bracketed = grammar_.ReadBracketed(words, 0); bracketed.bytes != 0) return bracketed;
    const ReadNumber number = grammar_.ReadNumber(words, 0);
    if (number.bytes == 0 || grammar_.list_after.At(words, number.bytes) == 0) return {};
    return number;
  }

  // "3." at the start of a line.
  ReadNumber PointAt(std::string_view words) const {
    const ReadNumber number = grammar_.ReadNumber(words, 0);
    if (number.bytes == 0) return {};
    const std::size_t mark = grammar_.point_after.At(words, number.bytes);
    if (mark == 0 || grammar_.ReadNumber(words, number.bytes + mark).bytes != 0) return {};
    return number;
  }

  void AddItem(std::uint32_t number, std::size_t begin, std::size_t end, std::size_t line) {
    if (paragraph_ == 0) paragraph_ = 1;
    if (number != item_ + 1 && issues_ != nullptr) {
      issues_->push_back({IssueKind::kItemOutOfOrder, line, fmt::format("{} after {}", number, item_)});
    }
    item_ = number;
    point_ = 0;
    Path path = {{ProvisionKind::kParagraph, paragraph_}, {ProvisionKind::kItem, number}};
    path.back().copy = Copies(path);
    Add(Role::kItem, std::move(path), begin, end);
  }

  void AddPoint(std::uint32_t number, std::size_t begin, std::size_t end) {
    if (paragraph_ == 0) paragraph_ = 1;
    point_ = number;
    Path path = {{ProvisionKind::kParagraph, paragraph_}};
    if (item_ != 0) path.push_back({ProvisionKind::kItem, item_});
    path.push_back({ProvisionKind::kPoint, number});
    path.back().copy = Copies(path);
    Add(Role::kPoint, std::move(path), begin, end);
  }

  std::uint32_t Copies(const Path& path) const {
    Path first = path;
    first.back().copy = 1;
    std::uint32_t copy = 1;
    for (const ArticlePart& part : parts_) {
      if (part.path.size() != path.size()) continue;
      Path other = part.path;
      other.back().copy = 1;
      if (other == first && part.role != Role::kQuoted && part.role != Role::kTable) ++copy;
    }
    return copy;
  }

  // The line before ended within a sentence.
  bool ContinuesLast(std::size_t begin) const {
    if (parts_.empty() || parts_.back().role == Role::kTable || parts_.back().role == Role::kQuoted)
      return false;
    const std::string_view before =
        text_.substr(parts_.back().begin, parts_.back().end - parts_.back().begin);
    return begin > 0 && grammar_.sentence_end.EndOf(before) == 0 && parts_.back().role == Role::kParagraph;
  }

  Path Surrounding() const {
    return parts_.empty() ? Path{{ProvisionKind::kParagraph, 1}} : parts_.back().path;
  }

  void Add(Role role, Path path, std::size_t begin, std::size_t end) {
    parts_.push_back({role, std::move(path), begin, end});
  }

  const Grammar& grammar_;
  std::string_view text_;
  std::vector<Issue>* issues_;
  std::vector<ArticlePart> parts_;
  int depth_ = 0;
  std::uint32_t paragraph_ = 0, item_ = 0, point_ = 0;
};

// `path` begins with `prefix`.
bool Within(const Path& path, const Path& prefix) {
  return path.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

}  // namespace

std::string_view IssueWords(IssueKind kind) {
  switch (kind) {
    case IssueKind::kNoTitle:
      return "no title";
    case IssueKind::kNoProvision:
      return "no article and no numbered point";
    case IssueKind::kNumberMissing:
      return "an article number is missing";
    case IssueKind::kNumberTwice:
      return "an article number comes twice";
    case IssueKind::kNumberBack:
      return "an article number goes back";
    case IssueKind::kItemOutOfOrder:
      return "an item is out of order";
    case IssueKind::kHeadingUnread:
      return "a heading names no part, chapter or section";
    case IssueKind::kTable:
      return "a table is kept as plain lines";
    case IssueKind::kUnfinishedLine:
      return "a line ends within a sentence";
    case IssueKind::kQuotationOpen:
      return "a quotation is not closed";
    case IssueKind::kNumberWithin:
      return "an article number stands within a line";
    case IssueKind::kDateImpossible:
      return "a date does not exist";
    case IssueKind::kHistoryUnread:
      return "a line of the head is not understood";
    case IssueKind::kDatesDiffer:
      return "sources give different dates";
    case IssueKind::kDateUnknown:
      return "a date is unknown";
  }
  return "";
}

Validity ReadValidity(const Grammar& grammar, std::string_view sentence) {
  Validity out;
  if (const std::size_t at = grammar.valid_until.Find(sentence); at != std::string_view::npos) {
    out.until = grammar.ReadDate(sentence, at + grammar.valid_until.At(sentence, at)).day;
    if (out.until) return out;
  }
  const std::size_t at = grammar.valid_for.Find(sentence);
  if (at == std::string_view::npos) return out;
  const std::size_t from = at + grammar.valid_for.At(sentence, at);
  const law::ReadNumber years = grammar.ReadNumber(sentence, from);
  if (years.bytes == 0 || !sentence.substr(from + years.bytes).starts_with(grammar.year)) return out;
  out.years = years.value;
  return out;
}

std::optional<base::Day> EndOf(const Validity& validity, std::optional<base::Day> commencement) {
  constexpr std::uint32_t kMostYears = 100;
  if (validity.until) return *validity.until + 1;
  if (!validity.years || !commencement) return std::nullopt;
  base::YearMonthDay date = base::FromDay(*commencement);
  date.year += static_cast<std::int32_t>(std::min(*validity.years, kMostYears));
  date.day = std::min(date.day, base::DaysInMonth(date.year, date.month));
  return base::ToDay(date);
}

Text ReadText(const Grammar& grammar, std::string_view file) {
  if (file.starts_with("\xEF\xBB\xBF")) file.remove_prefix(3);
  return TextReader(grammar, file).Read();
}

std::vector<ArticlePart> SplitArticle(const Grammar& grammar, std::string_view text,
                                      std::vector<Issue>* issues) {
  return ArticleSplitter(grammar, text, issues).Split();
}

std::optional<Extent> FindPart(const std::vector<ArticlePart>& parts, const Path& path) {
  std::optional<Extent> found;
  bool open = false;
  for (const ArticlePart& part : parts) {
    Path own = part.path;
    const bool without_paragraph =
        !path.empty() && path.front().kind != ProvisionKind::kParagraph && own.size() > 1;
    if (without_paragraph) own.erase(own.begin());
    const bool within = Within(own, path);
    const bool begins = within && (!open || (own == path && part.role != ArticlePart::Role::kQuoted &&
                                             part.role != ArticlePart::Role::kTable && without_paragraph));
    if (begins && found) return std::nullopt;  // a second one: not exactly one
    if (begins) found = Extent{part.begin, part.end};
    if (within && found) found->end = part.end;
    open = within;
  }
  return found;
}

}  // namespace lawbound::law
