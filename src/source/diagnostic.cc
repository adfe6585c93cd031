#include "source/diagnostic.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <tuple>

#include "source/utf8.h"

namespace lawbound::source {
namespace {

constexpr std::size_t kShownColumns = 160;  // of a longer line only the part around the place is shown

auto OrderOf(const Diagnostic& d) {
  return std::tie(d.span.file, d.span.begin, d.code, d.span.end, d.message);
}

// Sorted, each once.
std::vector<const Diagnostic*> InOrder(const std::vector<Diagnostic>& all) {
  std::vector<const Diagnostic*> sorted;
  sorted.reserve(all.size());
  for (const Diagnostic& diagnostic : all) sorted.push_back(&diagnostic);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Diagnostic* a, const Diagnostic* b) { return OrderOf(*a) < OrderOf(*b); });
  const auto same = [](const Diagnostic* a, const Diagnostic* b) { return OrderOf(*a) == OrderOf(*b); };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
  return sorted;
}

// The author's text made safe for a terminal: what cannot be seen becomes U+FFFD.
std::string Visible(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Character character = Decode(text, at);
    if (!character.valid || IsHidden(character.code)) {
      out += "\xef\xbf\xbd";
    } else {
      out += text.substr(at, character.bytes);
    }
    at += character.bytes;
  }
  return out;
}

// The start of the character at or after the `column`-th column (from 0).
std::size_t ByteAtColumn(std::string_view text, std::size_t column) {
  std::size_t at = 0;
  for (std::size_t width = 0; at < text.size() && width < column;) {
    const Character character = Decode(text, at);
    width += IsHidden(character.code) ? 1 : Width(character.code);
    at += character.bytes;
  }
  return at;
}

std::string PlaceOf(const Sources& sources, Span span) {
  if (!span.file) return "";
  const Place place = sources.Locate(span.file, span.begin);
  return fmt::format("{}:{}:{}: ", sources.file(span.file).name, place.line, place.column);
}

std::string LineAndCaret(const Sources& sources, Span span) {
  const Place place = sources.Locate(span.file, span.begin);
  std::string_view line = place.text;
  const std::size_t start = static_cast<std::size_t>(line.data() - sources.file(span.file).text.data());
  const std::size_t first = std::min<std::size_t>(span.begin - start, line.size());
  const std::size_t last = std::clamp<std::size_t>(span.end - start, first, line.size());
  const std::size_t caret = std::max<std::size_t>(1, DisplayWidth(line.substr(first, last - first)));
  std::size_t column = DisplayWidth(line.substr(0, first));
  std::string_view cut;
  if (DisplayWidth(line) > kShownColumns) {
    if (column > kShownColumns / 2) {
      const std::size_t from = ByteAtColumn(line, column - kShownColumns / 2);
      column = 4 + DisplayWidth(line.substr(from, first - from));
      line = line.substr(from);
      cut = "... ";
    }
    line = line.substr(0, ByteAtColumn(line, kShownColumns));
  }
  return fmt::format("  {}{}\n  {}{}\n", cut, Visible(line), std::string(column, ' '),
                     std::string(std::min(caret, kShownColumns), '^'));
}

void AppendJsonText(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const Character character = Decode(text, at);
    if (!character.valid || character.code < 0x20 || character.code == 0x7f) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(character.code));
    } else {
      if (character.code == '"' || character.code == '\\') out += '\\';
      out += text.substr(at, character.bytes);
    }
    at += character.bytes;
  }
  out += '"';
}

void AppendJsonPlace(std::string& out, const Sources& sources, Span span) {
  if (!span.file) return;
  const Place from = sources.Locate(span.file, span.begin);
  const Place to = sources.Locate(span.file, span.end);
  out += "\"file\":";
  AppendJsonText(out, sources.file(span.file).name);
  out += fmt::format(R"(,"line":{},"column":{},"utf16":{},"end_line":{},"end_column":{},"end_utf16":{},)",
                     from.line, from.column, from.utf16, to.line, to.column, to.utf16);
}

void AppendJson(std::string& out, const Sources& sources, const Diagnostic& diagnostic) {
  out += fmt::format(R"({{"code":"{}","severity":"{}",)", diagnostic.code,
                     diagnostic.severity == Severity::kError ? "error" : "warning");
  AppendJsonPlace(out, sources, diagnostic.span);
  out += "\"message\":";
  AppendJsonText(out, diagnostic.message);
  out += ",\"help\":";
  AppendJsonText(out, diagnostic.help);
  out += ",\"notes\":[";
  std::string_view between;
  for (const Note& note : diagnostic.notes) {
    out += between;
    out += '{';
    AppendJsonPlace(out, sources, note.span);
    out += "\"text\":";
    AppendJsonText(out, note.text);
    out += '}';
    between = ",";
  }
  out += "]}";
}

std::u32string Letters(std::string_view text) {
  std::u32string letters;
  for (std::size_t at = 0; at < text.size();) {
    const Character character = Decode(text, at);
    letters += character.code;
    at += character.bytes;
  }
  return letters;
}

// Letters to insert, drop, replace or swap with their neighbour to make one of the other.
std::size_t EditDistance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<std::size_t>> least(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        least[i][j] = i + j;
        continue;
      }
      const std::size_t replace = least[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      least[i][j] = std::min({replace, least[i - 1][j] + 1, least[i][j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) least[i][j] = std::min(least[i][j], least[i - 2][j - 2] + 1);
    }
  }
  return least[a.size()][b.size()];
}

}  // namespace

void Diagnostics::Add(Diagnostic diagnostic) {
  ++(diagnostic.severity == Severity::kError ? errors_ : warnings_);
  if (all_.size() < limit_) all_.push_back(std::move(diagnostic));
}

std::string Diagnostics::Render(const Sources& sources) const {
  std::string out;
  for (const Diagnostic* d : InOrder(all_)) {
    out += fmt::format("{}{}: {}{}\n", PlaceOf(sources, d->span), d->code,
                       d->severity == Severity::kWarning ? "warning: " : "", Visible(d->message));
    if (d->span.file) out += LineAndCaret(sources, d->span);
    if (!d->help.empty()) out += fmt::format("  help: {}\n", Visible(d->help));
    for (const Note& note : d->notes) {
      out += fmt::format("  note: {}{}\n", PlaceOf(sources, note.span), Visible(note.text));
    }
  }
  const std::size_t more = errors_ + warnings_ - all_.size();
  if (more > 0) out += fmt::format("and {} more\n", more);
  return out;
}

std::string Diagnostics::RenderJson(const Sources& sources) const {
  std::string out = "[";
  std::string_view between;
  for (const Diagnostic* diagnostic : InOrder(all_)) {
    out += between;
    AppendJson(out, sources, *diagnostic);
    between = ",\n";
  }
  return out + "]";
}

std::string_view Nearest(std::string_view name, const std::vector<std::string_view>& known) {
  const std::u32string letters = Letters(name);
  std::string_view best;
  std::size_t least = letters.size() / 3 + 1;
  for (const std::string_view candidate : known) {
    const std::u32string other = Letters(candidate);
    const std::size_t apart =
        other.size() > letters.size() ? other.size() - letters.size() : letters.size() - other.size();
    if (apart >= least) continue;
    const std::size_t distance = EditDistance(letters, other);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace lawbound::source
