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

void Html::Text(std::string_view text) { out_ << EscapeHtml(text); }

void Html::Element(MarkupName tag, std::string_view text, Attributes attributes) {
  Run(tag, text, attributes);
  out_ << '\n';
}

void Html::Run(MarkupName tag, std::string_view text, Attributes attributes) {
  Start(tag, attributes);
  out_ << '>' << EscapeHtml(text) << "</" << tag.text() << '>';
}

void Html::Void(MarkupName tag, Attributes attributes) {
  Start(tag, attributes);
  out_ << "/>\n";
}

void Html::WriteStyle(std::string_view css) { out_ << "<style>" << css << "</style>\n"; }

}  // namespace lawbound::report
