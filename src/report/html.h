// Writes HTML and SVG to a stream.  Text and attribute values are always escaped; tags and attribute names
// are literals of this program, checked when it is compiled.  There is no way to write text that is not
// escaped, so what comes from a log or a pack cannot become markup (docs/decisions/0005-html-writer.md).
//
//   Html html(out);
//   auto page = html.Document("en");
//   {
//     auto list = html.Open("ul", {{"class", "plain"}});
//     html.Element("li", name);
//   }   // closed here
#pragma once

#include <cstddef>
#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace lawbound::report {

// A name written in the source: only letters, digits, '-' and ':'.
class MarkupName {
 public:
  template <std::size_t N>
  // NOLINTNEXTLINE(google-explicit-constructor): html.Element("p", ...) is what it is for
  consteval MarkupName(const char (&name)[N]) : name_(name, N - 1) {
    for (const char c : name_) {
      const bool good =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':';
      if (!good) NotAName();
    }
  }
  std::string_view text() const { return name_; }

 private:
  // Not constexpr on purpose: reaching it does not compile.
  static void NotAName() {}
  std::string_view name_;
};

struct Attribute {
  MarkupName name;
  std::string value;
};

// Attributes for the length of one call, never a variable: written in braces, or put together in a vector
// before.
class AttributeList {
 public:
  AttributeList() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): html.Open("p", {{"class", "plain"}}) is what it is for
  AttributeList(std::initializer_list<Attribute> written) : written_(written) {}
  // NOLINTNEXTLINE(google-explicit-constructor): as above
  AttributeList(const std::vector<Attribute>& made) : made_(&made) {}
  const Attribute* begin() const { return made_ != nullptr ? made_->data() : written_.begin(); }
  const Attribute* end() const { return begin() + (made_ != nullptr ? made_->size() : written_.size()); }

 private:
  std::initializer_list<Attribute> written_;
  const std::vector<Attribute>* made_ = nullptr;  // borrowed
};

class Html {
 public:
  using Attributes = AttributeList;

  // An open element; its end closes it.  Scopes end in the reverse order of their opening.
  class Scope {
   public:
    Scope(Scope&& other) noexcept : html_(other.html_), depth_(other.depth_) { other.html_ = nullptr; }
    Scope& operator=(Scope&&) = delete;
    ~Scope();

   private:
    friend class Html;
    Scope(Html* html, std::size_t depth) : html_(html), depth_(depth) {}
    Html* html_;
    std::size_t depth_;
  };

  explicit Html(std::ostream& out) : out_(out) {}
  Html(const Html&) = delete;
  Html& operator=(const Html&) = delete;

  // The doctype and <html lang="...">.
  [[nodiscard]] Scope Document(std::string_view language);
  [[nodiscard]] Scope Open(MarkupName tag, Attributes attributes = {});
  // In running text a date gets a <span class="day">, so that no line breaks within it.
  void Text(std::string_view text);
  // <tag>text</tag>
  void Element(MarkupName tag, std::string_view text, Attributes attributes = {});
  // The same within a line, where a line break after it would be a space.
  void Run(MarkupName tag, std::string_view text, Attributes attributes = {});
  // An element without content: <meta>, and SVG shapes.
  void Void(MarkupName tag, Attributes attributes = {});
  // The page's style sheet, a literal of this program.
  template <std::size_t N>
  void Style(const char (&css)[N]) {
    WriteStyle(std::string_view(css, N - 1));
  }
  // A script of the page, a literal too.  One page has one (docs/decisions/0333-a-page-that-checks.md).
  template <std::size_t N>
  void Script(const char (&script)[N]) {
    WriteScript(std::string_view(script, N - 1));
  }

 private:
  void Start(MarkupName tag, Attributes attributes);
  void WriteStyle(std::string_view css);
  void WriteScript(std::string_view script);

  std::ostream& out_;
  std::vector<std::string_view> open_;
};

// `text` with what has a meaning in HTML replaced, control characters too.
std::string EscapeHtml(std::string_view text);

}  // namespace lawbound::report
