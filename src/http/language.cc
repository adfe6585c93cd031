#include "http/language.h"

#include <algorithm>

namespace lawbound::http {
namespace {

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// What stands before the mark; the text goes on behind it.
std::string_view CutAt(std::string_view& text, char mark) {
  const std::size_t end = std::min(text.find(mark), text.size());
  const std::string_view out = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return Trimmed(out);
}

// "0.8" in thousandths; 1000 when it is not there or is no weight.
int WeightOf(std::string_view parameters) {
  while (!parameters.empty()) {
    std::string_view one = CutAt(parameters, ';');
    if (!one.starts_with("q=") && !one.starts_with("Q=")) continue;
    one.remove_prefix(2);
    if (one.empty() || (one[0] != '0' && one[0] != '1') || (one.size() > 1 && one[1] != '.')) return 1000;
    int out = (one[0] - '0') * 1000, unit = 100;
    for (const char c : one.substr(std::min<std::size_t>(2, one.size()))) {
      if (c < '0' || c > '9') return 1000;
      out += (c - '0') * unit;
      unit /= 10;
    }
    return std::min(out, 1000);
  }
  return 1000;
}

bool IsSame(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, small, small);
}

}  // namespace

std::optional<std::size_t> PreferredLanguage(std::string_view header,
                                             const std::vector<std::string_view>& tags) {
  std::optional<std::size_t> best;
  int most = 0;
  while (!header.empty()) {
    std::string_view rest = CutAt(header, ',');
    const std::string_view range = CutAt(rest, ';');
    const std::string_view language = range.substr(0, range.find('-'));
    for (std::size_t i = 0; i < tags.size(); ++i) {
      if (const int weight = WeightOf(rest); IsSame(language, tags[i]) && weight > most) {
        most = weight;
        best = i;
      }
    }
  }
  return best;
}

}  // namespace lawbound::http
