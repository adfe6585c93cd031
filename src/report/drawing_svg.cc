// The size of each box, what Graphviz is told, and its answer as SVG.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <sstream>
#include <utility>

#include "program/names.h"
#include "report/drawing.h"
#include "report/drawing_words.h"

namespace lawbound::report {

using Arrow = Drawing::Arrow;
using Box = Drawing::Box;

namespace {

constexpr double kLarge = 14, kSmall = 11.5;        // points of letters
constexpr double kLargeLine = 18, kSmallLine = 15;  // from line to line
constexpr double kPadX = 12, kPadY = 8;
constexpr double kLargeWidth = 195, kSmallWidth = 195;  // of a line, before it is broken
constexpr double kPointsPerInch = 72;
constexpr double kMargin = 14;
constexpr std::size_t kMostPlain = std::size_t{16} << 20;

struct Character {
  std::string_view bytes;
  bool wide = false;
};

std::vector<Character> Characters(std::string_view text) {
  std::vector<Character> all;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    size = std::min(size, text.size() - at);
    const std::string_view bytes = text.substr(at, size);
    // Quotation marks and dashes have three bytes and are narrow.
    all.push_back({bytes, size >= 3 && !bytes.starts_with("\xe2\x80")});
    at += size;
  }
  return all;
}

// Somewhat more than any common font takes, so that words stay within their boxes whatever the reader has.
double WidthOf(const Character& c, double size) {
  if (c.wide) return size * 1.02;
  if (c.bytes == " " || c.bytes == "," || c.bytes == "." || c.bytes == "i" || c.bytes == "l")
    return size * 0.36;
  const char first = c.bytes.front();
  if (first >= 'A' && first <= 'Z') return size * 0.72;
  return size * 0.6;
}

double WidthOf(std::string_view text, double size) {
  double width = 0;
  for (const Character& c : Characters(text)) width += WidthOf(c, size);
  return width;
}

// Broken at spaces, and beside characters that need none; not before a mark that ends something.
std::vector<std::string> Broken(std::string_view text, double size, double most) {
  std::vector<std::string> lines;
  std::string line, word;
  double line_width = 0, word_width = 0;
  const auto take_word = [&] {
    if (!line.empty() && line_width + word_width > most) {
      while (line.ends_with(' ')) line.pop_back();
      lines.push_back(std::exchange(line, {}));
      line_width = 0;
    }
    line += std::exchange(word, {});
    line_width += std::exchange(word_width, 0);
  };
  static constexpr std::array<std::string_view, 8> kEnds = {"，", "。", "、", "；", "：", "）", "”", "》"};
  for (const Character& c : Characters(text)) {
    const bool ends = std::find(kEnds.begin(), kEnds.end(), c.bytes) != kEnds.end();
    if (c.wide && !ends) take_word();
    word += c.bytes;
    word_width += WidthOf(c, size);
    if (c.bytes == " ") take_word();
  }
  take_word();
  while (line.ends_with(' ')) line.pop_back();
  if (!line.empty()) lines.push_back(line);
  return lines;
}

struct Shape {
  std::vector<std::string> large, small;
  double width = 0, height = 0;
};

Shape ShapeOf(const Box& box) {
  Shape shape;
  const double size = box.kind == Box::Kind::kAct || box.kind == Box::Kind::kNotDone ? kLarge : kSmall + 1;
  for (const std::string& line : box.lines) {
    for (std::string& one : Broken(line, size, kLargeWidth)) shape.large.push_back(std::move(one));
  }
  for (const std::string& line : box.small) {
    for (std::string& one : Broken(line, kSmall, kSmallWidth)) shape.small.push_back(std::move(one));
  }
  for (const std::string& line : shape.large) shape.width = std::max(shape.width, WidthOf(line, size));
  for (const std::string& line : shape.small) shape.width = std::max(shape.width, WidthOf(line, kSmall));
  const bool six = box.kind == Box::Kind::kAct && box.side == program::Side::kLaw;
  shape.width += 2 * kPadX + (six ? 16 : 0);
  shape.height = 2 * kPadY + kLargeLine * static_cast<double>(shape.large.size()) +
                 kSmallLine * static_cast<double>(shape.small.size());
  return shape;
}

// A line of a comment holds no sign that could end it.
std::string Comment(const Box& box) {
  std::string text;
  for (const std::string& line : box.lines) text += (text.empty() ? "" : " | ") + line;
  for (const std::string& line : box.small) text += " | " + line;
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == '*') c = ' ';
  }
  return text;
}

std::string_view NameOf(Arrow::Kind kind) {
  switch (kind) {
    case Arrow::Kind::kAlways:
      return "always";
    case Arrow::Kind::kSometimes:
      return "sometimes";
    case Arrow::Kind::kRemedy:
      return "remedy";
    case Arrow::Kind::kTime:
      return "time";
    case Arrow::Kind::kWait:
      return "wait";
    case Arrow::Kind::kBars:
      return "bars";
    case Arrow::Kind::kFollows:
      return "follows";
    case Arrow::Kind::kStory:
      return "story";
    case Arrow::Kind::kHidden:
      return "hidden";
  }
  return "";
}

std::string N(double value) { return fmt::format("{:.1f}", value); }

}  // namespace

std::string DotText(const Drawing& drawing) {
  std::string out =
      "digraph {\n  graph [rankdir=TB, nodesep=0.3, ranksep=0.4]\n"
      "  node [shape=box, fixedsize=true, label=\"\"]\n  edge [arrowhead=none]\n";
  for (std::size_t i = 0; i < drawing.boxes.size(); ++i) {
    const Shape shape = ShapeOf(drawing.boxes[i]);
    out += fmt::format("  n{} [width={:.3f}, height={:.3f}]  // {}\n", i, shape.width / kPointsPerInch,
                       shape.height / kPointsPerInch, Comment(drawing.boxes[i]));
  }
  for (const Arrow& arrow : drawing.arrows) {
    const bool hidden = arrow.kind == Arrow::Kind::kHidden;
    out += fmt::format("  n{} -> n{}{}  // {}\n", arrow.from, arrow.to,
                       hidden                              ? " [style=invis]"
                       : arrow.kind == Arrow::Kind::kStory ? " [weight=8]"
                                                           : "",
                       NameOf(arrow.kind));
  }
  return out + "}\n";
}

namespace {

class PlainReader {
 public:
  PlainReader(const Drawing& drawing, std::string_view plain) : drawing_(drawing), plain_(plain) {}

  std::optional<Layout> Read() {
    layout_.boxes.resize(drawing_.boxes.size());
    layout_.arrows.resize(drawing_.arrows.size());
    std::vector<bool> known(drawing_.boxes.size(), false);
    bool graph = false;
    while (!plain_.empty()) {
      const std::size_t end = plain_.find('\n');
      words_.clear();
      Split(plain_.substr(0, end));
      plain_.remove_prefix(end == std::string_view::npos ? plain_.size() : end + 1);
      if (words_.empty()) continue;
      if (words_[0] == "stop")
        return graph && std::find(known.begin(), known.end(), false) == known.end() && HasArrows()
                   ? std::optional(std::move(layout_))
                   : std::nullopt;
      if (words_[0] == "graph") {
        const auto width = Number(2), height = Number(3);
        if (!width || !height) return std::nullopt;
        layout_.width = *width * kPointsPerInch;
        layout_.height = *height * kPointsPerInch;
        graph = true;
      } else if (words_[0] == "node") {
        const auto node = NodeAt(1);
        const auto point = PointAt(2);
        if (!graph || !node || !point) return std::nullopt;
        layout_.boxes[*node] = *point;
        known[*node] = true;
      } else if (words_[0] != "edge" || !graph || !ReadEdge()) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

 private:
  void Split(std::string_view line) {
    while (!line.empty()) {
      const std::size_t end = std::min(line.find(' '), line.size());
      if (end > 0) words_.push_back(line.substr(0, end));
      line.remove_prefix(std::min(end + 1, line.size()));
    }
  }

  std::optional<double> Number(std::size_t word) const {
    if (word >= words_.size()) return std::nullopt;
    double value = 0;
    const char* end = words_[word].data() + words_[word].size();
    const auto read = std::from_chars(words_[word].data(), end, value);
    if (read.ec != std::errc() || read.ptr != end || !std::isfinite(value)) return std::nullopt;
    return value;
  }
  std::optional<std::size_t> Whole(std::string_view digits) const {
    std::size_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
    return value;
  }
  std::optional<std::size_t> NodeAt(std::size_t word) const {
    if (word >= words_.size() || !words_[word].starts_with('n')) return std::nullopt;
    const auto node = Whole(words_[word].substr(1));
    return node && *node < drawing_.boxes.size() ? node : std::nullopt;
  }
  // Graphviz counts upwards from the lower edge.
  std::optional<Layout::Point> PointAt(std::size_t word) const {
    const auto x = Number(word), y = Number(word + 1);
    if (!x || !y) return std::nullopt;
    return Layout::Point{*x * kPointsPerInch, layout_.height - *y * kPointsPerInch};
  }

  // Of several arrows between two boxes the first that has no curve yet.
  bool ReadEdge() {
    const auto from = NodeAt(1), to = NodeAt(2);
    const auto count = words_.size() > 3 ? Whole(words_[3]) : std::nullopt;
    if (!from || !to || !count || *count < 4 || *count % 3 != 1 || words_.size() < 4 + 2 * *count)
      return false;
    for (std::size_t i = 0; i < drawing_.arrows.size(); ++i) {
      const Arrow& arrow = drawing_.arrows[i];
      if (arrow.from != *from || arrow.to != *to || !layout_.arrows[i].empty()) continue;
      for (std::size_t k = 0; k < *count; ++k) {
        const auto point = PointAt(4 + 2 * k);
        if (!point) return false;
        layout_.arrows[i].push_back(*point);
      }
      return true;
    }
    return false;
  }

  bool HasArrows() const {
    for (std::size_t i = 0; i < drawing_.arrows.size(); ++i) {
      if (layout_.arrows[i].empty() && drawing_.arrows[i].kind != Arrow::Kind::kHidden) return false;
    }
    return true;
  }

  const Drawing& drawing_;
  std::string_view plain_;
  std::vector<std::string_view> words_;
  Layout layout_;
};

// --------------------------------------------------------------------------------------------------- SVG

class SvgWriter {
 public:
  SvgWriter(const Drawing& drawing, const Layout& layout, std::string_view language, std::size_t number,
            Html& html)
      : drawing_(drawing), layout_(layout), language_(language), number_(number), html_(html) {}

  void Write(bool alone) {
    const std::string title = fmt::format("d{}-title", number_), about = fmt::format("d{}-about", number_);
    const double width = layout_.width + 2 * kMargin, height = layout_.height + 2 * kMargin;
    const Attribute space{"xmlns", "http://www.w3.org/2000/svg"};
    const Attribute name{"class", alone ? "drawing alone" : "drawing"};
    auto svg = html_.Open("svg", {space,
                                  name,
                                  {"role", "img"},
                                  {"aria-labelledby", title + " " + about},
                                  {"lang", language_ == "zh" ? "zh" : "en"},
                                  {"viewBox", fmt::format("0 0 {} {}", N(width), N(height))},
                                  {"width", N(width)},
                                  {"height", N(height)}});
    html_.Element("title", drawing_.title, {{"id", title}});
    std::string words = drawing_.about;
    for (const std::string& one : drawing_.words) words += " " + one;
    html_.Element("desc", words, {{"id", about}});
    if (alone) html_.Style(kFileStyle);
    if (alone) html_.Void("rect", {{"class", "d-paper"}, {"width", N(width)}, {"height", N(height)}});
    Heads();
    auto moved = html_.Open("g", {{"transform", fmt::format("translate({} {})", N(kMargin), N(kMargin))}});
    for (std::size_t i = 0; i < drawing_.arrows.size(); ++i) DrawArrow(i);
    for (std::size_t i = 0; i < drawing_.boxes.size(); ++i) DrawBox(i);
  }

  static constexpr char kFileStyle[] = R"css(
.drawing{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif}
.d-paper{fill:#fffdf8}
.d-box{stroke-width:1.3}.d-large{font-size:14px;fill:#1c2024;text-anchor:middle}.d-small{font-size:11.5px;fill:#4a5058;text-anchor:middle}
.d-authority .d-box{fill:#e3ecf6;stroke:#2d5d8f}.d-party .d-box{fill:#e2f1e4;stroke:#2b6b3a}.d-law .d-box{fill:#f4ecd6;stroke:#7a5c12}
.d-adverse .d-box{stroke-width:3}.d-elsewhere .d-box{fill:#fffdf8;stroke-dasharray:5 3}
.d-time .d-box{fill:#fffdf8;stroke:#8b8f95;stroke-width:1}.d-time .d-large{font-size:12.5px}
.d-effect .d-box{fill:#f6e7e3;stroke:none}.d-effect .d-large{font-size:12.5px;font-style:italic}
.d-dead .d-box{fill:#dcdcdc;stroke:#8a8a8a;stroke-dasharray:2 3}.d-dead text{fill:#5c5c5c}
.d-notdone .d-box{fill:#fffdf8;stroke:#a3311c;stroke-dasharray:6 4}
.d-story .d-box{stroke:#a3311c;stroke-width:3}.d-badge{fill:#a3311c}.d-step{font-size:12.5px;font-weight:700;fill:#fff;text-anchor:middle}
.d-line{fill:none;stroke:#3c4147;stroke-width:1.5}.d-head{fill:#3c4147}
.d-sometimes{stroke-dasharray:6 4}.d-time-line{stroke:#7b8087;stroke-width:1.2}.d-wait{stroke-dasharray:1.5 4;stroke-linecap:round;stroke-width:2.2}
.d-remedy{stroke:#2b6b3a;stroke-width:2.4}.d-head-remedy{fill:#2b6b3a}
.d-bars{stroke:#a3311c}.d-head-bars{fill:#a3311c}
.d-follows{stroke:#8a5a2b}.d-head-follows{fill:#8a5a2b}
.d-story-line{stroke:#a3311c;stroke-width:3}.d-head-story{fill:#a3311c}
)css";

 private:
  static std::string_view HeadOf(Arrow::Kind kind) {
    switch (kind) {
      case Arrow::Kind::kRemedy:
        return "remedy";
      case Arrow::Kind::kBars:
        return "bars";
      case Arrow::Kind::kFollows:
        return "follows";
      case Arrow::Kind::kStory:
        return "story";
      default:
        return "plain";
    }
  }

  static std::string LineClass(Arrow::Kind kind) {
    if (kind == Arrow::Kind::kTime) return "d-line d-time-line";
    if (kind == Arrow::Kind::kStory) return "d-line d-story-line";
    return fmt::format("d-line d-{}", NameOf(kind));
  }

  void Heads() {
    auto all = html_.Open("defs");
    for (const std::string_view kind : {"plain", "remedy", "bars", "follows", "story"}) {
      auto marker = html_.Open("marker", {{"id", fmt::format("d{}-{}", number_, kind)},
                                          {"viewBox", "0 0 10 10"},
                                          {"refX", kind == "bars" ? "4" : "9"},
                                          {"refY", "5"},
                                          {"markerWidth", "9"},
                                          {"markerHeight", kind == "bars" ? "13" : "9"},
                                          {"markerUnits", "userSpaceOnUse"},
                                          {"orient", "auto"},
                                          {"preserveAspectRatio", "none"}});
      html_.Void("path", {{"d", kind == "bars" ? "M2 0h4v10h-4z" : "M0 0.6L10 5L0 9.4z"},
                          {"class",
                           kind == "plain" ? std::string("d-head") : fmt::format("d-head d-head-{}", kind)}});
    }
  }

  void DrawArrow(std::size_t i) {
    const Arrow& arrow = drawing_.arrows[i];
    if (arrow.kind == Arrow::Kind::kHidden) return;
    std::string path;
    for (std::size_t k = 0; k < layout_.arrows[i].size(); ++k) {
      const Layout::Point& point = layout_.arrows[i][k];
      path += fmt::format("{}{} {}", k == 0 ? "M" : k == 1 ? " C" : " ", N(point.x), N(point.y));
    }
    html_.Void("path", {{"class", LineClass(arrow.kind)},
                        {"d", path},
                        {"marker-end", fmt::format("url(#d{}-{})", number_, HeadOf(arrow.kind))}});
  }

  static std::string ClassOf(const Box& box) {
    std::string name = "d-";
    switch (box.kind) {
      case Box::Kind::kAct:
      case Box::Kind::kNotDone:
        name += program::SideWords(box.side);
        break;
      case Box::Kind::kTime:
        name += "time";
        break;
      case Box::Kind::kEffect:
        name += "effect";
        break;
    }
    if (box.adverse) name += " d-adverse";
    if (box.elsewhere) name += " d-elsewhere";
    if (box.dead) name += " d-dead";
    if (box.kind == Box::Kind::kNotDone) name += " d-notdone";
    if (!box.step.empty()) name += " d-story";
    return name;
  }

  void DrawBox(std::size_t i) {
    const Box& box = drawing_.boxes[i];
    const Shape shape = ShapeOf(box);
    const Layout::Point at = layout_.boxes[i];
    const double left = at.x - shape.width / 2, top = at.y - shape.height / 2;
    auto group = html_.Open("g", {{"class", ClassOf(box)}});
    const bool act = box.kind == Box::Kind::kAct || box.kind == Box::Kind::kNotDone;
    if (act && box.side == program::Side::kLaw) {
      const double right = left + shape.width, bottom = top + shape.height, tip = 10;
      html_.Void("polygon",
                 {{"class", "d-box"},
                  {"points", fmt::format("{},{} {},{} {},{} {},{} {},{} {},{}", N(left + tip), N(top),
                                         N(right - tip), N(top), N(right), N(at.y), N(right - tip), N(bottom),
                                         N(left + tip), N(bottom), N(left), N(at.y))}});
    } else {
      const bool round = act && box.side == program::Side::kParty;
      html_.Void("rect", {{"class", "d-box"},
                          {"x", N(left)},
                          {"y", N(top)},
                          {"width", N(shape.width)},
                          {"height", N(shape.height)},
                          {"rx", round                          ? "16"
                                 : box.kind == Box::Kind::kTime ? "6"
                                                                : "2"}});
    }
    double y = top + kPadY + kLargeLine * 0.76;
    for (const std::string& line : shape.large) {
      html_.Element("text", line, {{"class", "d-large"}, {"x", N(at.x)}, {"y", N(y)}});
      y += kLargeLine;
    }
    y -= kLargeLine - kSmallLine;
    for (const std::string& line : shape.small) {
      html_.Element("text", line, {{"class", "d-small"}, {"x", N(at.x)}, {"y", N(y)}});
      y += kSmallLine;
    }
    if (box.step.empty()) return;
    html_.Void("circle", {{"class", "d-badge"}, {"cx", N(left)}, {"cy", N(top)}, {"r", "11"}});
    html_.Element("text", box.step, {{"class", "d-step"}, {"x", N(left)}, {"y", N(top + 4.5)}});
  }

  const Drawing& drawing_;
  const Layout& layout_;
  std::string_view language_;
  std::size_t number_;
  Html& html_;
};

}  // namespace

base::Result<Layout> ReadLayout(const Drawing& drawing, std::string_view plain) {
  if (plain.size() > kMostPlain) return base::Error{base::Errc::kCorrupt, "the answer of dot is too long"};
  std::optional<Layout> layout = PlainReader(drawing, plain).Read();
  if (!layout) return base::Error{base::Errc::kCorrupt, "the answer of dot is not one for this drawing"};
  return *std::move(layout);
}

void WriteDrawing(const Drawing& drawing, const Layout& layout, std::string_view language, std::size_t number,
                  Html& html) {
  SvgWriter(drawing, layout, language, number, html).Write(false);
}

std::string DrawingFile(const Drawing& drawing, const Layout& layout, std::string_view language) {
  std::ostringstream out;
  {
    Html html(out);
    SvgWriter(drawing, layout, language, 0, html).Write(true);
  }
  return out.str();
}

void WriteDrawingStyle(Html& html) { html.Style(SvgWriter::kFileStyle); }

std::vector<std::string> DrawingLegend(std::string_view language) { return DrawingWords(language).legend(); }

}  // namespace lawbound::report
