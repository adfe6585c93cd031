#include "report/html.h"

#include "base/check.h"
#include "report/json.h"

namespace lawbound::report {

std::string EscapeHtml(std::string_view text) {
  std::string out;
  for (const char c : MendUtf8(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\n':
      case '\t':
        out += c;
        break;
      default:
        // Other control characters are not allowed in HTML, not even escaped.
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          out += "\xef\xbf\xbd";
        } else {
          out += c;
        }
    }
  }
  return out;
}

namespace {

bool IsDate(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (text.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == 'd' ? !digit : text[i] != '-') return false;
  }
  return true;
}

// Where a line may not break at the hyphens of a date, and a browser would.
bool KeepsDatesTogether(std::string_view tag) {
  for (const std::string_view one :
       {"p", "li", "dt", "dd", "h2", "h3", "h4", "summary", "strong", "td", "th", "span"}) {
    if (tag == one) return true;
  }
  return false;
}

std::string RunningText(std::string_view tag, std::string_view text) {
  if (!KeepsDatesTogether(tag)) return EscapeHtml(text);
  constexpr std::size_t kDate = 10;
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; at + kDate <= text.size(); ++at) {
    if (!IsDate(text.substr(at))) continue;
    out += EscapeHtml(text.substr(done, at - done)) + "<span class=\"day\">" +
           std::string(text.substr(at, kDate)) + "</span>";
    done = at + kDate;
    at = done - 1;
  }
  return out + EscapeHtml(text.substr(done));
}

}  // namespace

Html::Scope::~Scope() {
  if (html_ == nullptr) return;
  CHECK(html_->open_.size() == depth_);
  html_->out_ << "</" << html_->open_.back() << ">\n";
  html_->open_.pop_back();
}

void Html::Start(MarkupName tag, Attributes attributes) {
  out_ << '<' << tag.text();
  for (const Attribute& attribute : attributes) {
    out_ << ' ' << attribute.name.text() << "=\"" << EscapeHtml(attribute.value) << '"';
  }
}

Html::Scope Html::Document(std::string_view language) {
  out_ << "<!doctype html>\n";
  return Open("html", {{"lang", std::string(language)}});
}

Html::Scope Html::Open(MarkupName tag, Attributes attributes) {
  Start(tag, attributes);
  out_ << '>';
  open_.push_back(tag.text());
  return {this, open_.size()};
}

void Html::Text(std::string_view text) { out_ << RunningText(open_.empty() ? "" : open_.back(), text); }

void Html::Element(MarkupName tag, std::string_view text, Attributes attributes) {
  Run(tag, text, attributes);
  out_ << '\n';
}

void Html::Run(MarkupName tag, std::string_view text, Attributes attributes) {
  Start(tag, attributes);
  out_ << '>' << RunningText(tag.text(), text) << "</" << tag.text() << '>';
}

void Html::Void(MarkupName tag, Attributes attributes) {
  Start(tag, attributes);
  out_ << "/>\n";
}

void Html::WriteStyle(std::string_view css) { out_ << "<style>" << css << "</style>\n"; }
void Html::WriteScript(std::string_view script) { out_ << "<script>" << script << "</script>\n"; }

}  // namespace lawbound::report
