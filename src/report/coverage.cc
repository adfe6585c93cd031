#include "report/coverage.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "program/names.h"
#include "program/program.h"

namespace lawbound::report {
namespace {

using base::Errc;
using base::Error;
using program::Program;

std::vector<std::string> Split(std::string_view line, char by) {
  std::vector<std::string> cells;
  for (;;) {
    const std::size_t at = line.find(by);
    cells.emplace_back(line.substr(0, at));
    if (at == std::string_view::npos) return cells;
    line.remove_prefix(at + 1);
  }
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t*");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t*") - begin + 1));
}

std::string StemOf(std::string_view name) { return std::string(name.substr(0, name.rfind('.'))); }

// What a pack says of provisions, by instrument.
class Cited {
 public:
  explicit Cited(const check::Compiled& pack) : p_(pack.program) {
    std::set<std::uint32_t> shown;  // acts that an example does
    for (const check::Example& example : pack.examples) {
      for (const model::Entry& entry : example.batch.entries) shown.insert(entry.act.value);
    }
    std::set<std::uint32_t> promised;
    for (const program::GuaranteeDef& g : p_.guarantees) {
      if (g.act) promised.insert(g.act.value);
      if (g.challenge) promised.insert(g.challenge.value);
      for (std::uint32_t i = g.acts.first; i < g.acts.end(); ++i) promised.insert(p_.act_lists[i].value);
    }
    for (const program::RuleDef& rule : p_.rules) {
      Says says{.rule = true};
      for (std::uint32_t s = rule.sentences.first; s < rule.sentences.end(); ++s) {
        const program::SentenceDef& sentence = p_.sentences[s];
        for (std::uint32_t i = sentence.acts.first; i < sentence.acts.end(); ++i)
          says.Add(p_.act_lists[i], shown, promised);
        if (sentence.event.act) says.Add(sentence.event.act, shown, promised);
      }
      Note(rule.under, says);
    }
    for (std::size_t i = 0; i < p_.acts.size(); ++i) {
      Says says{.rule = true};
      says.Add(model::ActId(i), shown, promised);
      Note(p_.acts[i].under, says);
    }
    for (const program::TermDef& term : p_.terms) Note(term.under, {.rule = true});
    for (const program::FactDef& fact : p_.facts) Note(fact.under, {.rule = true});
    for (const program::CountingDef& counting : p_.countings) Note(counting.under, {.rule = true});
  }

  // The instrument whose longest title stands in the name of the statute, of those that are cited at all: a
  // pack that others use declares many.
  std::optional<program::InstrumentId> InstrumentOf(std::string_view statute) const {
    std::optional<program::InstrumentId> found;
    std::size_t longest = 0;
    for (std::size_t i = 0; i < p_.instruments.size(); ++i) {
      const auto first = says_.lower_bound({static_cast<std::uint32_t>(i), std::string()});
      if (first == says_.end() || first->first.first != i) continue;
      const auto titles = p_.instruments[i].titles;
      for (std::uint32_t t = titles.first; t < titles.end(); ++t) {
        const std::string_view title = p_.string(p_.titles[t].text);
        if (title.size() <= longest || statute.find(title) == std::string_view::npos) continue;
        longest = title.size();
        found = program::InstrumentId(i);
      }
    }
    return found;
  }

  void Fill(CoverageRow& row, program::InstrumentId instrument) const {
    for (const auto& [key, says] : says_) {
      const auto& place = key;  // Clang 14 captures no structured binding
      if (place.first != instrument.value) continue;
      const bool same = std::any_of(
          row.provisions.begin(), row.provisions.end(),
          [&](const std::string& one) { return Within(one, place.second) || Within(place.second, one); });
      if (!same) continue;
      row.rule = row.rule || says.rule;
      row.example = row.example || says.example;
      row.guarantee = row.guarantee || says.guarantee;
    }
  }

 private:
  struct Says {
    bool rule = false, example = false, guarantee = false;
    void Add(model::ActId act, const std::set<std::uint32_t>& shown,
             const std::set<std::uint32_t>& promised) {
      example = example || shown.contains(act.value);
      guarantee = guarantee || promised.contains(act.value);
    }
  };

  // "36(1)" is within "36" and "36(1)", not within "3".
  static bool Within(std::string_view inner, std::string_view outer) {
    return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '(');
  }

  void Note(base::Range<program::Citation> under, const Says& says) {
    for (std::uint32_t i = under.first; i < under.end(); ++i) {
      const program::Citation& citation = p_.citations[i];
      Says& all = says_[{citation.instrument.value, std::string(p_.string(citation.provision))}];
      all.rule = all.rule || says.rule;
      all.example = all.example || says.example;
      all.guarantee = all.guarantee || says.guarantee;
    }
  }

  const Program& p_;
  std::map<std::pair<std::uint32_t, std::string>, Says> says_;
};

base::Result<std::vector<CoverageRow>> ReadTable(const IndexFile& file) {
  std::vector<CoverageRow> rows;
  const auto lines = Lines(file.text);
  const std::vector<std::string> heading = lines.empty() ? std::vector<std::string>() : Split(lines[0], '\t');
  const auto column = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(heading.begin(), heading.end(), name) - heading.begin());
  };
  const std::size_t statute = column("statute"), article = column("article"), paragraph = column("paragraph");
  if (statute == heading.size() || article == heading.size())
    return Error{Errc::kInvalid, file.name + ": its first line names no columns 'statute' and 'article'"};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> cells = Split(lines[i], '\t');
    if (cells.size() <= std::max(statute, article)) continue;
    std::string provision = Trim(cells[article]);
    if (paragraph < cells.size() && !Trim(cells[paragraph]).empty())
      provision += "(" + Trim(cells[paragraph]) + ")";
    rows.push_back({.index = StemOf(file.name),
                    .row = std::to_string(i),
                    .statute = cells[statute],
                    .provisions = {std::move(provision)},
                    .reason = {}});
  }
  return rows;
}

// "4, 5(3), 16" and "11-13" as provisions; a range by its ends.
std::vector<std::string> Provisions(std::string_view cell) {
  std::vector<std::string> found;
  std::string one;
  for (const char c : std::string(cell) + ",") {
    const bool part = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '(' || c == ')';
    if (part) {
      one += c;
    } else if (!one.empty()) {
      if (one[0] >= '0' && one[0] <= '9') found.push_back(one);
      one.clear();
    }
  }
  return found;
}

base::Result<std::vector<CoverageRow>> ReadPage(const IndexFile& file) {
  std::vector<CoverageRow> rows;
  std::string statute;
  bool table = false;
  for (const std::string_view line : Lines(file.text)) {
    if (line.starts_with("# ") && statute.empty()) statute = line.substr(2);
    if (!line.starts_with("|")) {
      table = false;
      continue;
    }
    const std::vector<std::string> cells = Split(line, '|');
    if (cells.size() < 4) continue;
    if (Trim(cells[1]) == "ID") {
      table = Trim(cells[2]).starts_with("Art");
    } else if (table && !Trim(cells[1]).starts_with("-")) {
      rows.push_back({.index = StemOf(file.name),
                      .row = Trim(cells[1]),
                      .statute = statute,
                      .provisions = Provisions(cells[2]),
                      .reason = {}});
    }
  }
  return rows;
}

bool IsReason(std::string_view reason) {
  return reason == "not machine-checkable" || reason == "other body" || reason == "repealed" ||
         (reason.starts_with("needs datum ") && reason.size() > std::string_view("needs datum ").size());
}

base::Status TakeReasons(std::string_view text, std::vector<CoverageRow>& rows) {
  const auto lines = Lines(text);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const std::vector<std::string> cells = Split(lines[i], '\t');
    if (cells.size() != 4 || !IsReason(cells[3])) {
      return Error{Errc::kInvalid,
                   fmt::format("coverage.tsv:{}: write index, row, provision and reason; a reason is 'not "
                               "machine-checkable', 'other body', 'repealed' or 'needs datum ...'",
                               i + 1)};
    }
    bool known = false, given = false;
    for (CoverageRow& row : rows) {
      given = given || row.index == cells[0];
      if (row.index != cells[0] || row.row != cells[1]) continue;
      known = true;
      row.reason = cells[3];
    }
    if (given && !known)
      return Error{Errc::kInvalid,
                   fmt::format("coverage.tsv:{}: '{}' has no row {} of a statute of this pack", i + 1,
                               cells[0], cells[1])};
  }
  return base::Ok();
}

}  // namespace

base::Result<Coverage> FindCoverage(const check::Compiled& pack, const std::vector<IndexFile>& indexes,
                                    std::string_view reasons) {
  const Cited cited(pack);
  Coverage coverage;
  for (const IndexFile& file : indexes) {
    ASSIGN_OR_RETURN(std::vector<CoverageRow> rows,
                     file.name.ends_with(".md") ? ReadPage(file) : ReadTable(file));
    for (CoverageRow& row : rows) {
      const auto instrument = cited.InstrumentOf(row.statute);
      if (instrument) {
        cited.Fill(row, *instrument);
        coverage.rows.push_back(std::move(row));
      } else if (std::find(coverage.elsewhere.begin(), coverage.elsewhere.end(), row.statute) ==
                 coverage.elsewhere.end()) {
        coverage.elsewhere.push_back(row.statute);
      }
    }
  }
  RETURN_IF_ERROR(TakeReasons(reasons, coverage.rows));
  return coverage;
}

void WriteCoverage(const Coverage& coverage, std::ostream& out) {
  struct Count {
    std::size_t rows = 0, rule = 0, example = 0, guarantee = 0, reason = 0, open = 0;
  };
  std::map<std::pair<std::string, std::string>, Count> counts;
  for (const CoverageRow& row : coverage.rows) {
    Count& count = counts[{row.statute, row.index}];
    ++count.rows;
    count.rule += row.rule ? 1U : 0U;
    count.example += row.example ? 1U : 0U;
    count.guarantee += row.guarantee ? 1U : 0U;
    count.reason += row.reason.empty() ? 0U : 1U;
    count.open += row.covered() ? 0U : 1U;
  }
  for (const auto& [key, count] : counts) {
    out << fmt::format(
        "{}, {}: {} rows; with a rule {}, an example {}, a guarantee {}, a reason {}; open {}\n", key.first,
        key.second, count.rows, count.rule, count.example, count.guarantee, count.reason, count.open);
  }
  for (const CoverageRow& row : coverage.rows) {
    std::string provisions, has;
    const auto add = [](std::string& list, std::string_view one) {
      list.append(list.empty() ? "" : ", ").append(one);
    };
    for (const std::string& one : row.provisions) add(provisions, one);
    if (row.rule) add(has, "rule");
    if (row.example) add(has, "example");
    if (row.guarantee) add(has, "guarantee");
    if (!row.reason.empty()) add(has, row.reason);
    out << fmt::format("{} {}: {}: {}\n", row.index, row.row, provisions, has.empty() ? "open" : has);
  }
  if (!coverage.elsewhere.empty()) {
    out << fmt::format("statutes that this pack does not cite: {}\n", coverage.elsewhere.size());
  }
}

}  // namespace lawbound::report
