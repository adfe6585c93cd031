#include "registry/formats.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <vector>

#include "base/file.h"
#include "foreign/xml.h"
#include "law/provision.h"
#include "registry/encoding.h"
#include "registry/office.h"

namespace lawbound::registry {

using foreign::ReadXml;
using foreign::XmlAttributes;
using foreign::XmlHandler;
namespace {

constexpr std::uint64_t kLargestText = std::uint64_t{16} << 20;
constexpr std::string_view kUnknownDay = "1000-01-01";
constexpr std::string_view kEndOfHead = "<!-- INFO END -->\n";

// "2021年1月22日公布", in the words of the jurisdiction.
std::string EventLine(const law::Grammar& grammar, base::Day day, law::Event event) {
  const base::YearMonthDay date = base::FromDay(day);
  std::string word;
  for (const auto& [words, kind] : grammar.events) {
    if (kind == event && word.empty()) word = words;
  }
  return fmt::format("{}{}{}{}{}{} {}\n", date.year, grammar.year, date.month, grammar.month, date.day,
                     grammar.day, word);
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// Turns the elements into lines.
class AkomaNtosoReader final : public XmlHandler {
 public:
  explicit AkomaNtosoReader(const Jurisdiction& jurisdiction) : grammar_(jurisdiction.grammar) {}

  void Open(std::string_view name, const XmlAttributes& attributes) override {
    const auto value = [&](std::string_view key) {
      const auto found = attributes.find(key);
      return found == attributes.end() ? std::string() : found->second;
    };
    if (name == "meta") meta_ = true;
    if (name == "eventRef") ReadEvent(value("eId"), value("date"));
    if (name == "FRBRdate" && in_expression_ && !published_) published_ = KnownDay(value("date"));
    if (name == "FRBRExpression") in_expression_ = true;
    if (name == "TLCOrganization" && value("eId") == "maker" && value("showAs") != "unknown")
      maker_ = value("showAs");
    if (name == "akomaNtoso") akoma_ntoso_ = true;
    if (name == "docTitle") Begin();
    if (name == "num" || name == "heading" || name == "p") Begin();
    if (IsContainer(name)) ++depth_;
    if (name == "article") {
      const std::optional<law::Path> path = law::ParsePath(LastStep(value("eId")));
      article_.clear();
      if (path && path->size() == 1 && path->front().kind == law::ProvisionKind::kArticle)
        article_ = grammar_.PrintNumbered(path->front());
      in_article_ = article_num_due_ = true;
    }
    if (name == "point" || name == "indent") number_.clear();
  }

  void Close(std::string_view name) override {
    if (name == "meta") meta_ = false;
    if (name == "FRBRExpression") in_expression_ = false;
    if (name == "docTitle") title_ = Take();
    if (name == "num") ReadNum();
    if (name == "heading") ReadHeading();
    if (name == "p" && gathering_) AddLine(Take());
    if (name == "article") {
      if (!article_.empty()) AddToBody(article_);
      article_.clear();
      in_article_ = article_num_due_ = false;
    }
    if (IsContainer(name)) {
      FlushContainer();
      --depth_;
    }
  }

  void Words(std::string_view words) override {
    if (gathering_) words_ += words;
  }

  base::Result<SourceText> Finish() {
    if (!akoma_ntoso_) return base::Error{base::Errc::kInvalid, "the document is no Akoma Ntoso"};
    SourceText out;
    out.maker = maker_;
    out.ends = ends_;
    out.words = "# " + title_ + '\n';
    if (published_) out.words += EventLine(grammar_, *published_, law::Event::kPublished);
    if (commences_) out.words += EventLine(grammar_, *commences_, law::Event::kCommences);
    out.words += kEndOfHead;
    out.lines.assign(static_cast<std::size_t>(std::ranges::count(out.words, '\n')), 1);
    out.lines.insert(out.lines.end(), lines_.begin(), lines_.end());
    out.words += body_;
    return out;
  }

 private:
  static bool IsContainer(std::string_view name) {
    return name == "part" || name == "subpart" || name == "chapter" || name == "section";
  }
  static std::string_view LastStep(std::string_view id) {
    const std::size_t at = id.rfind("__");
    return at == std::string_view::npos ? id : id.substr(at + 2);
  }

  // Akoma Ntoso wants a date of every document; this one is its custom for unknown.
  static std::optional<base::Day> KnownDay(std::string_view date) {
    return date == kUnknownDay ? std::nullopt : base::ParseDay(date);
  }

  void ReadEvent(std::string_view id, std::string_view date) {
    const std::optional<base::Day> day = KnownDay(date);
    if (id == "commences") commences_ = day;
    if (id == "published") published_ = day;
    if (id == "ends") ends_ = day;
  }

  void Begin() {
    gathering_ = !meta_;
    words_.clear();
  }
  std::string Take() {
    gathering_ = false;
    std::string out(Trimmed(words_));
    std::ranges::replace(out, '\n', ' ');
    words_.clear();
    return out;
  }

  void ReadNum() {
    std::string words = Take();
    if (article_num_due_) {
      article_num_due_ = false;
      if (article_.empty()) article_ = std::move(words);  // no number in the eId
    } else if (!in_article_) {
      container_ = std::move(words);
    } else {
      number_ = std::move(words);
    }
  }
  void ReadHeading() {
    const std::string words = Take();
    if (in_article_) return AddLine(words);
    container_ += (container_.empty() ? "" : " ") + words;
    FlushContainer();
  }
  void FlushContainer() {
    if (container_.empty()) return;
    AddToBody(std::string(static_cast<std::size_t>(std::clamp(depth_ + 1, 2, 6)), '#') + ' ' + container_);
    container_.clear();
  }

  // The article's number goes before its first line, an item's before its own.
  void AddLine(const std::string& words) {
    FlushContainer();
    std::string whole = number_ + words;
    number_.clear();
    if (whole.empty()) return;
    if (!article_.empty()) whole = article_ + ' ' + whole;
    article_.clear();
    AddToBody(whole);
  }
  void AddToBody(const std::string& words) {
    body_ += words + '\n';
    lines_.push_back(line);
  }

  const law::Grammar& grammar_;
  std::vector<std::size_t> lines_;  // of the document, of each line of the body
  std::string title_, body_, words_, article_, number_, container_, maker_;
  std::optional<base::Day> published_, commences_, ends_;
  bool meta_ = false, gathering_ = false, in_article_ = false, article_num_due_ = false,
       in_expression_ = false, akoma_ntoso_ = false;
  int depth_ = 0;
};

}  // namespace

bool IsTextFile(std::string_view name) {
  return std::ranges::any_of(std::initializer_list<std::string_view>{".md", ".txt", ".docx", ".xml", ".akn"},
                             [&](std::string_view end) { return name.ends_with(end); });
}

base::Result<SourceText> ReadYamlHead(const Jurisdiction& jurisdiction, std::string_view text) {
  SourceText out;
  if (!text.starts_with("---\n") && !text.starts_with("---\r\n")) {
    out.words = text;
    return out;
  }
  std::string title, dates;
  std::size_t line_number = 0;
  for (;;) {
    const std::size_t end = text.find('\n');
    const std::string_view line = Trimmed(text.substr(0, end));
    if (end == std::string_view::npos)
      return base::Error{base::Errc::kInvalid, "line 1: the head is not closed by a line of three dashes"};
    text.remove_prefix(end + 1);
    if (++line_number > 1 && line == "---") break;
    if (line_number == 1 || line.empty() || line.starts_with('#')) continue;
    const std::size_t colon = line.find(':');
    const std::string_view key = Trimmed(line.substr(0, colon));
    std::string value(colon == std::string_view::npos ? std::string_view() : Trimmed(line.substr(colon + 1)));
    if (value.size() > 1 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
      value = value.substr(1, value.size() - 2);
    if (key == "title") {
      title = value;
    } else if (key == "rank") {
      out.rank = value;
    } else if (key == "maker") {
      out.maker = value;
    } else if (key == "territory") {
      out.territory = value;
    } else if (key == "published" || key == "commences" || key == "expires") {
      const std::optional<base::Day> day = base::ParseDay(value);
      if (!day)
        return base::Error{base::Errc::kInvalid,
                           fmt::format("line {}: '{}' is no date as 2026-02-28", line_number, value)};
      if (key == "expires") {
        out.ends = *day + 1;
        continue;
      }
      dates += EventLine(jurisdiction.grammar, *day,
                         key == "published" ? law::Event::kPublished : law::Event::kCommences);
    } else {
      out.issues.push_back({law::IssueKind::kHistoryUnread, line_number, std::string(line)});
    }
  }
  // The title may stand in the words themselves, first.
  std::size_t taken = line_number;  // lines of the file that are gone
  std::string_view rest = text;
  while (!rest.empty() && Trimmed(rest.substr(0, rest.find('\n'))).empty()) {
    rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    ++taken;
  }
  std::string_view first = Trimmed(rest.substr(0, rest.find('\n')));
  const bool marked = first.starts_with("# ");
  if (marked) first = Trimmed(first.substr(2));
  if (title.empty() || (marked && first == title)) {
    title = first;
    rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    text = rest;
    ++taken;
  } else {
    taken = line_number;
  }
  // So may more of the head, up to its own end.
  const bool ends = !dates.empty() && text.find(kEndOfHead) == std::string_view::npos;
  std::string head = "# " + title + '\n' + dates;
  // The lines that follow keep their numbers.
  const auto written = static_cast<std::size_t>(std::ranges::count(head, '\n')) + (ends ? 1 : 0);
  if (written < taken) head.append(taken - written, '\n');
  out.words = head + (ends ? std::string(kEndOfHead) : std::string()) + std::string(text);
  return out;
}

base::Result<SourceText> ReadAkomaNtoso(const Jurisdiction& jurisdiction, std::string_view xml) {
  AkomaNtosoReader reader(jurisdiction);
  RETURN_IF_ERROR(ReadXml(xml, reader));
  return reader.Finish();
}

base::Result<SourceText> ReadSource(const Jurisdiction& jurisdiction, const std::string& path) {
  ASSIGN_OR_RETURN(const std::string bytes, base::ReadFile(path, kLargestText));
  if (path.ends_with(".docx")) {
    ASSIGN_OR_RETURN(std::string words, ReadDocument(bytes));
    SourceText out;
    out.words = std::move(words);
    out.encoding = "UTF-8";
    return out;
  }
  if (path.ends_with(".xml") || path.ends_with(".akn")) return ReadAkomaNtoso(jurisdiction, bytes);
  std::string encoding;
  ASSIGN_OR_RETURN(const std::string words, ToUtf8(bytes, &encoding));
  ASSIGN_OR_RETURN(SourceText out, ReadYamlHead(jurisdiction, words));
  out.encoding = encoding;
  return out;
}

}  // namespace lawbound::registry
