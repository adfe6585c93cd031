// How a page is shown: text for a terminal, HTML to print, days for a calendar.
#include <algorithm>
#include <fmt/format.h>

#include "look/page.h"
#include "report/account.h"
#include "report/html.h"
#include "report/style.h"
#include "source/utf8.h"

namespace lawbound::look {
namespace {

using report::Reason;

// No line begins or ends with these: 。，、；：！？）》」” and （《「“.
bool MayNotBegin(char32_t code) {
  constexpr std::u32string_view kSigns = U"。，、；：！？）》」”’)%";
  return kSigns.find(code) != std::u32string_view::npos;
}
bool MayNotEnd(char32_t code) {
  constexpr std::u32string_view kSigns = U"（《「“‘(";
  return kSigns.find(code) != std::u32string_view::npos;
}

// Chinese has no spaces: a line may end between any two characters of double width.
std::vector<std::string_view> Pieces(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  source::Character before;
  for (std::size_t at = 0; at < text.size();) {
    const source::Character now = source::Decode(text, at);
    const bool wide = source::Width(now.code) == 2 || source::Width(before.code) == 2;
    const bool may = at > begin && (before.code == ' ' || wide) && now.code != ' ' &&
                     !MayNotBegin(now.code) && !MayNotEnd(before.code);
    if (may) {
      out.push_back(text.substr(begin, at - begin));
      begin = at;
    }
    before = now;
    at += now.bytes;
  }
  if (begin < text.size()) out.push_back(text.substr(begin));
  return out;
}

std::size_t Columns(std::string_view text) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < text.size();) {
    const source::Character now = source::Decode(text, at);
    // Quotation marks take two columns in a Chinese terminal, and one elsewhere: better a line too short.
    out += MayNotBegin(now.code) || MayNotEnd(now.code) ? (now.code < 0x80 ? 1 : 2) : source::Width(now.code);
    at += now.bytes;
  }
  return out;
}

std::string WrapChinese(std::string_view text, std::size_t indent, std::size_t hang, std::size_t width) {
  std::string out, line(indent, ' ');
  std::size_t used = indent;
  bool empty = true;
  for (const std::string_view piece : Pieces(text)) {
    const std::size_t columns = Columns(piece);
    if (!empty && used + columns > width) {
      out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
      line.assign(indent + hang, ' ');
      used = indent + hang;
    }
    line += piece;
    used += columns;
    empty = false;
  }
  return out + line + '\n';
}

class TextWriter {
 public:
  TextWriter(const Page& page, std::size_t width) : page_(page), width_(width) {}
  std::string Write() {
    Line(0, page_.title);
    for (const std::string& line : page_.lead) Line(2, line);
    for (const PageSection& section : page_.sections) {
      out_ += '\n';
      Line(0, section.heading);
      for (const Reason& line : section.lines) {
        Line(2, line.text);
        for (const Reason& part : line.parts) Parts(part, 6);
      }
    }
    if (page_.last.empty()) return std::move(out_);
    out_ += '\n';
    Line(0, page_.last);
    return std::move(out_);
  }

 private:
  void Line(std::size_t indent, std::string_view text) {
    out_ += page_.language == Language::kChinese ? WrapChinese(text, indent, 2, width_)
                                                 : report::Wrap(text, indent, 2, width_);
  }
  void Parts(const Reason& reason, std::size_t indent) {
    Line(indent, reason.text);
    for (const Reason& part : reason.parts) Parts(part, indent + 2);
  }

  const Page& page_;
  std::size_t width_;
  std::string out_;
};

// Days as Chinese writes them, and numbers of two columns, are what a column of a page holds best.
constexpr char kLookStyle[] = R"css(
section.page{break-before:page}
section.page:first-of-type{break-before:auto}
section.page>h2{overflow-wrap:anywhere}
h3{margin-top:2rem;break-after:avoid}
.rows{padding-left:1.2rem}
.rows>li{margin-bottom:.7rem;break-inside:avoid}
.rows ul{font-size:.9rem;color:var(--muted);padding-left:1.2rem}
.late>li{border-left:3px solid var(--bad);padding-left:.6rem;list-style:none}
html[lang=zh] body{font-family:"Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,"Noto Serif",serif}
)css";

class HtmlWriter {
 public:
  HtmlWriter(std::ostream& out, Language language) : html_(out), language_(language) {}

  void Write(const std::string& title, const std::vector<std::string>& lead, const std::vector<Page>& pages) {
    auto document = html_.Document(CodeOf(language_));
    Head(title);
    auto body = html_.Open("body");
    {
      auto header = html_.Open("header");
      html_.Element("h1", title);
      for (const std::string& line : lead) html_.Element("p", line, {{"class", "lead"}});
    }
    {
      auto main = html_.Open("main");
      for (const Page& page : pages) Write(page);
    }
    auto footer = html_.Open("footer");
    html_.Element("p", Say(language_, Phrase::kHtmlFooter));
  }

 private:
  void Head(const std::string& title) {
    auto head = html_.Open("head");
    html_.Void("meta", {{"charset", "utf-8"}});
    html_.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html_.Void("meta", {{"http-equiv", "Content-Security-Policy"},
                        {"content", "default-src 'none'; style-src 'unsafe-inline'"}});
    html_.Void("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    html_.Element("title", title);
    html_.Style(report::kStyle);
    html_.Style(kLookStyle);
  }

  void Write(const Page& page) {
    auto section = html_.Open("section", {{"class", "page"}});
    html_.Element("h2", page.title);
    for (const std::string& line : page.lead) html_.Element("p", line, {{"class", "note"}});
    for (const PageSection& part : page.sections) {
      html_.Element("h3", part.heading);
      if (part.lines.empty()) continue;
      auto list = html_.Open("ul", {{"class", part.is_late ? "rows late" : "rows"}});
      for (const Reason& line : part.lines) Item(line);
    }
    if (!page.last.empty()) html_.Element("p", page.last, {{"class", "lead"}});
  }

  void Item(const Reason& reason) {
    auto item = html_.Open("li");
    html_.Text(reason.text);
    if (reason.parts.empty()) return;
    auto list = html_.Open("ul");
    for (const Reason& part : reason.parts) Item(part);
  }

  report::Html html_;
  Language language_;
};

// RFC 5545, 3.3.11: what has a meaning in a value.
std::string EscapeValue(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out;
}

// RFC 5545, 3.1: no line of more than 75 bytes; no character is cut.
void WriteFolded(std::string_view line, std::ostream& out) {
  std::size_t most = 75;
  while (line.size() > most) {
    std::size_t end = most;
    while (end > 1 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80) --end;
    out << line.substr(0, end) << "\r\n ";
    line.remove_prefix(end);
    most = 74;
  }
  out << line << "\r\n";
}

std::string Compact(base::Day day) {
  std::string text = base::PrintDay(day);
  text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
  return text;
}

}  // namespace

std::string PageText(const Page& page, std::size_t width) { return TextWriter(page, width).Write(); }

void WritePagesHtml(const std::string& title, const std::vector<std::string>& lead,
                    const std::vector<Page>& pages, Language language, std::ostream& out) {
  HtmlWriter(out, language).Write(title, lead, pages);
}

void WriteCalendar(const std::vector<Lapse>& lapses, base::Day today, std::ostream& out) {
  const auto line = [&](std::string_view name, std::string_view value) {
    WriteFolded(fmt::format("{}:{}", name, value), out);
  };
  line("BEGIN", "VCALENDAR");
  line("VERSION", "2.0");
  line("PRODID", "-//Lawbound//look//EN");
  line("CALSCALE", "GREGORIAN");
  for (const Lapse& lapse : lapses) {
    line("BEGIN", "VEVENT");
    line("UID", lapse.id + "@look.lawbound.invalid");
    line("DTSTAMP", Compact(today) + "T000000Z");
    line("DTSTART;VALUE=DATE", Compact(lapse.day));
    line("DTEND;VALUE=DATE", Compact(lapse.day + 1));
    line("SUMMARY", EscapeValue(lapse.summary));
    line("DESCRIPTION", EscapeValue(lapse.description));
    line("TRANSP", "TRANSPARENT");
    line("END", "VEVENT");
  }
  line("END", "VCALENDAR");
}

}  // namespace lawbound::look
