#include "look/ledger.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace lawbound::look {
namespace {

std::vector<std::string> Split(std::string_view text, char at) {
  std::vector<std::string> out;
  for (;;) {
    const std::size_t end = text.find(at);
    out.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

Words WordsOf(std::string_view text) {
  Words out;
  for (const std::string& word : Split(text, '|')) {
    if (std::string plain = Plain(word); !plain.empty()) out.push_back(std::move(plain));
  }
  return out;
}

}  // namespace

std::string Plain(std::string_view head) {
  struct Bracket {
    std::string_view open, close;
  };
  static constexpr std::array<Bracket, 4> kBrackets{{{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}}};
  static constexpr std::array<std::string_view, 9> kSkipped{" ",  "\t", "\n", "\r", "　",
                                                            "：", ":",  "*",  "＊"};
  std::string out;
  while (!head.empty()) {
    std::size_t skip = 0;
    for (const Bracket& bracket : kBrackets) {
      if (!head.starts_with(bracket.open)) continue;
      const std::size_t end = head.find(bracket.close);
      skip = end == std::string_view::npos ? head.size() : end + bracket.close.size();
    }
    for (const std::string_view skipped : kSkipped) {
      if (skip == 0 && head.starts_with(skipped)) skip = skipped.size();
    }
    if (skip == 0) {
      const char c = head[0];
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      skip = 1;
    }
    head.remove_prefix(skip);
  }
  return out;
}

base::Result<Ledger> ParseLedger(std::string_view text, std::string pack) {
  Ledger out;
  out.pack = std::move(pack);
  std::size_t number = 0;
  for (const std::string& line : Split(text, '\n')) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    std::vector<std::string> cells = Split(line, '\t');
    cells.resize(std::max<std::size_t>(cells.size(), 4));
    const std::string& kind = cells[0];
    const std::size_t dot = cells[1].find('.');
    if (kind == "rule") {
      out.rules.push_back(cells[1]);
    } else if (kind == "unseen") {
      out.unseen.push_back(cells[1]);
    } else if (kind == "first") {
      out.acts.insert(out.acts.begin(), {cells[1], WordsOf(cells[2]), ""});
    } else if (kind == "act") {
      out.acts.push_back({cells[1], WordsOf(cells[2]), cells[3]});
    } else if (kind == "field" && dot != std::string::npos) {
      out.fields.push_back({cells[1].substr(0, dot), cells[1].substr(dot + 1), WordsOf(cells[2]), cells[3]});
    } else if (kind == "mark" || kind == "case" || kind == "empty" || kind == "total" || kind == "person") {
      Words& words = kind == "mark"    ? out.marks
                     : kind == "case"  ? out.case_words
                     : kind == "empty" ? out.empty_words
                     : kind == "total" ? out.total_words
                                       : out.person_words;
      const Words more = WordsOf(cells[2]);
      words.insert(words.end(), more.begin(), more.end());
    } else {
      return base::Error{
          base::Errc::kInvalid,
          fmt::format("line {}: '{}' is none of rule, mark, case, first, act, field ACT.FIELD, "
                      "unseen, empty, total, person",
                      number, kind)};
    }
  }
  if (out.rules.empty() || out.acts.size() < 2) {
    return base::Error{base::Errc::kInvalid, "it names no rule, or fewer than two acts"};
  }
  return out;
}

}  // namespace lawbound::look
