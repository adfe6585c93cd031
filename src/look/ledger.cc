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

// Heads in traditional characters are those in simplified ones: the characters that stand in heads.
struct Character {
  std::string_view traditional, simplified;
};
constexpr std::array<Character, 73> kCharacters{
    {{"請", "请"}, {"補", "补"}, {"覆", "复"}, {"時", "时"}, {"間", "间"}, {"號", "号"}, {"編", "编"},
     {"長", "长"}, {"處", "处"}, {"罰", "罚"}, {"決", "决"}, {"達", "达"}, {"審", "审"}, {"證", "证"},
     {"話", "话"}, {"電", "电"}, {"備", "备"}, {"註", "注"}, {"訴", "诉"}, {"訪", "访"}, {"結", "结"},
     {"辦", "办"}, {"關", "关"}, {"開", "开"}, {"資", "资"}, {"訊", "讯"}, {"準", "准"}, {"發", "发"},
     {"領", "领"}, {"許", "许"}, {"轉", "转"}, {"終", "终"}, {"總", "总"}, {"計", "计"}, {"無", "无"},
     {"員", "员"}, {"當", "当"}, {"聯", "联"}, {"絡", "络"}, {"務", "务"}, {"書", "书"}, {"類", "类"},
     {"歸", "归"}, {"項", "项"}, {"狀", "状"}, {"態", "态"}, {"擬", "拟"}, {"應", "应"}, {"屆", "届"},
     {"滿", "满"}, {"論", "论"}, {"聽", "听"}, {"驗", "验"}, {"檢", "检"}, {"測", "测"}, {"鑑", "鉴"},
     {"復", "复"}, {"議", "议"}, {"構", "构"}, {"協", "协"}, {"調", "调"}, {"執", "执"}, {"營", "营"},
     {"業", "业"}, {"條", "条"}, {"續", "续"}, {"單", "单"}, {"據", "据"}, {"參", "参"}, {"與", "与"},
     {"額", "额"}, {"繳", "缴"}, {"數", "数"}}};

// The first alternative that is not in ASCII.
std::string ChineseOf(std::string_view text) {
  for (std::string& word : Split(text, '|')) {
    if (std::any_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
      return std::move(word);
  }
  return {};
}

// "packs/prc/information-request" is "prc/information-request".
std::string LastTwo(std::string_view folder) {
  const std::size_t last = folder.rfind('/');
  if (last == std::string_view::npos || last == 0) return std::string(folder);
  const std::size_t before = folder.rfind('/', last - 1);
  return std::string(before == std::string_view::npos ? folder : folder.substr(before + 1));
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
    const auto known = std::find_if(kCharacters.begin(), kCharacters.end(), [&](const Character& one) {
      return skip == 0 && head.starts_with(one.traditional);
    });
    if (known != kCharacters.end()) {
      out += known->simplified;
      skip = known->traditional.size();
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
  out.name = LastTwo(pack);
  out.pack = std::move(pack);
  std::vector<std::vector<std::string>> named;  // acts of the rules
  std::size_t number = 0;
  for (const std::string& line : Split(text, '\n')) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    std::vector<std::string> cells = Split(line, '\t');
    cells.resize(std::max<std::size_t>(cells.size(), 4));
    const std::string& kind = cells[0];
    const std::size_t dot = cells[1].find('.');
    if (kind == "rule") {
      out.rules.push_back({cells[1], {}});
      named.push_back(cells[2].empty() ? std::vector<std::string>() : Split(cells[2], '|'));
    } else if (kind == "unseen") {
      out.unseen.push_back(cells[1]);
    } else if (kind == "first") {
      const auto at = out.acts.begin() + static_cast<std::ptrdiff_t>(out.firsts++);
      out.acts.insert(at, {cells[1], WordsOf(cells[2]), ""});
    } else if (kind == "act") {
      out.acts.push_back({cells[1], WordsOf(cells[2]), cells[3]});
    } else if (kind == "field" && dot != std::string::npos) {
      out.fields.push_back({cells[1].substr(0, dot), cells[1].substr(dot + 1), WordsOf(cells[2]), cells[3],
                            ChineseOf(cells[2])});
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
  for (std::size_t i = 0; i < out.rules.size(); ++i) {
    for (const std::string& name : named[i]) {
      const auto at = std::find_if(out.acts.begin(), out.acts.end(),
                                   [&](const LedgerAct& act) { return act.act == name; });
      if (at == out.acts.end()) {
        return base::Error{
            base::Errc::kInvalid,
            fmt::format("rule '{}' hangs on '{}', which is no act of the file", out.rules[i].rule, name)};
      }
      out.rules[i].acts.push_back(static_cast<std::size_t>(at - out.acts.begin()));
    }
    for (std::size_t act = 0; named[i].empty() && act < out.acts.size(); ++act)
      out.rules[i].acts.push_back(act);
  }
  return out;
}

}  // namespace lawbound::look
