#include "report/coverage.h"

#include <algorithm>
#include <cctype>
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

// ASCII letters as small ones: headings of tables write "Three enforcement systems".
std::string Lowered(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lowered;
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
  std::optional<program::InstrumentId> InstrumentOf(const std::string& named) const {
    const std::string statute = Lowered(named);
    std::optional<program::InstrumentId> found;
    std::size_t longest = 0;
    for (std::size_t i = 0; i < p_.instruments.size(); ++i) {
      const auto first = says_.lower_bound({static_cast<std::uint32_t>(i), std::string()});
      if (first == says_.end() || first->first.first != i) continue;
      const auto titles = p_.instruments[i].titles;
      for (std::uint32_t t = titles.first; t < titles.end(); ++t) {
        const std::string title = Lowered(p_.string(p_.titles[t].text));
        if (title.size() <= longest || statute.find(title) == std::string::npos) continue;
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
                    .section = {},
                    .provisions = {std::move(provision)},
                    .carrier = {},
                    .reason = {}});
  }
  return rows;
}

// "4, 5(3), 16", "11-13" and "(6)" as provisions; a range by its ends.  A cell that begins with a word speaks
// of another text than its heading: none.
std::vector<std::string> Provisions(std::string_view cell) {
  std::vector<std::string> found;
  const std::string text = Trim(cell);
  if (text.empty() || std::isalpha(static_cast<unsigned char>(text[0])) != 0) return found;
  const bool bracketed = text.starts_with('(');
  std::string one;
  for (const char c : text + ",") {
    const bool bracket = c == '(' || c == ')';
    const bool part = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (bracket && !bracketed);
    if (part) {
      one += c;
    } else if (!one.empty()) {
      if (one[0] >= '0' && one[0] <= '9') found.push_back(one);
      one.clear();
    }
  }
  return found;
}

// The table that is being read of a page.
struct PageTable {
  std::size_t number = 0, rows = 0;
  bool headed = false, named = false;
  std::size_t provisions = 0;  // its column; 0: none

  void Head(const std::vector<std::string>& cells) {
    rows = 0;
    ++number;
    headed = true;
    const std::string first = Trim(cells[1]);
    named = first == "ID" || first == "Step";
    provisions = 0;
    for (std::size_t i = 2; i + 1 < cells.size() && provisions == 0; ++i) {
      const std::string cell = Trim(cells[i]);
      if (cell.starts_with("Art") || cell.starts_with("Para")) provisions = i;
    }
  }
};

base::Result<std::vector<CoverageRow>> ReadPage(const IndexFile& file) {
  std::vector<CoverageRow> rows;
  std::string statute, section;
  PageTable table;
  for (const std::string_view line : Lines(file.text)) {
    if (line.starts_with("# ") && statute.empty()) statute = line.substr(2);
    if (line.starts_with("## ")) section = line.substr(3);
    if (!line.starts_with("|")) {
      table.headed = false;
      continue;
    }
    const std::vector<std::string> cells = Split(line, '|');
    if (cells.size() < 4) continue;
    if (!table.headed) {
      table.Head(cells);
      continue;
    }
    if (Trim(cells[1]).starts_with("---")) continue;
    ++table.rows;
    rows.push_back({.index = StemOf(file.name),
                    .row = table.named ? Trim(cells[1]) : fmt::format("{}.{}", table.number, table.rows),
                    .statute = statute,
                    .section = section,
                    .provisions = table.provisions != 0 && table.provisions < cells.size()
                                      ? Provisions(cells[table.provisions])
                                      : std::vector<std::string>(),
                    .carrier = {},
                    .reason = {}});
  }
  return rows;
}

bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsReason(std::string_view reason) {
  return reason == "not machine-checkable" || reason == "other body" || reason == "repealed" ||
         (reason.starts_with("needs datum ") && reason.size() > std::string_view("needs datum ").size());
}

// Everything that a pack declares, by its name; fields with their act.
std::set<std::string, std::less<>> Declared(const Program& p) {
  std::set<std::string, std::less<>> names;
  const auto add = [&](const auto& rows) {
    for (const auto& row : rows) names.emplace(p.string(row.name));
  };
  add(p.instruments);
  add(p.countings);
  add(p.roles);
  add(p.acts);
  add(p.facts);
  add(p.tables);
  add(p.terms);
  add(p.rules);
  add(p.guarantees);
  for (std::size_t i = 0; i < p.fields.size(); ++i) names.insert(program::NameOf(p, model::FieldId(i)));
  return names;
}

struct Reasons {
  const Program& program;
  const std::function<bool(const std::string&)>& exists;
  std::set<std::string, std::less<>> declared;

  bool Carries(const std::string& name) const {
    return name.find('/') == std::string::npos ? declared.contains(name) : exists(name);
  }
  base::Status Take(std::string_view text, std::vector<CoverageRow>& rows) const;
};

base::Status Reasons::Take(std::string_view text, std::vector<CoverageRow>& rows) const {
  constexpr std::string_view kCarried = "carried ";
  const auto lines = Lines(text);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const std::vector<std::string> cells = Split(lines[i], '\t');
    const bool carried = cells.size() == 4 && cells[3].starts_with(kCarried);
    if (cells.size() != 4 || !(carried || IsReason(cells[3]))) {
      return Error{Errc::kInvalid,
                   fmt::format("coverage.tsv:{}: write index, row, provision and reason; a reason is 'not "
                               "machine-checkable', 'other body', 'repealed' or 'needs datum ...', or says "
                               "what has it: 'carried ...'",
                               i + 1)};
    }
    const std::string carrier = carried ? cells[3].substr(kCarried.size()) : std::string();
    if (carried && !Carries(carrier)) {
      return Error{
          Errc::kInvalid,
          fmt::format("coverage.tsv:{}: the pack declares no '{}', and there is no such file beside it",
                      i + 1, carrier)};
    }
    bool known = false, given = false;
    for (CoverageRow& row : rows) {
      given = given || row.index == cells[0];
      if (row.index != cells[0] || row.row != cells[1]) continue;
      if (!row.own && IsNumber(row.row)) continue;  // of a table of many statutes, and not of this one
      known = row.own = true;
      (carried ? row.carrier : row.reason) = carried ? carrier : cells[3];
    }
    if (given && !known)
      return Error{Errc::kInvalid,
                   fmt::format("coverage.tsv:{}: '{}' has no row {} of a statute of this pack", i + 1,
                               cells[0], cells[1])};
  }
  return base::Ok();
}

std::string Joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, ", "));
}

// "rule, example", "by the rule statement-time", "other body", or nothing.
std::string Has(const CoverageRow& row) {
  std::vector<std::string> has;
  if (row.rule) has.push_back("rule");
  if (row.example) has.push_back("example");
  if (row.guarantee) has.push_back("guarantee");
  if (!row.carrier.empty()) has.push_back("carried by " + row.carrier);
  if (!row.reason.empty()) has.push_back(row.reason);
  return Joined(has);
}

}  // namespace

base::Result<Coverage> FindCoverage(const check::Compiled& pack, const std::vector<IndexFile>& indexes,
                                    std::string_view reasons,
                                    const std::function<bool(const std::string&)>& exists) {
  const Cited cited(pack);
  Coverage coverage{.pack = std::string(pack.program.string(pack.program.path)), .rows = {}};
  for (const IndexFile& file : indexes) {
    ASSIGN_OR_RETURN(std::vector<CoverageRow> rows,
                     file.name.ends_with(".md") ? ReadPage(file) : ReadTable(file));
    for (CoverageRow& row : rows) {
      auto instrument = cited.InstrumentOf(row.section);
      if (!instrument) instrument = cited.InstrumentOf(row.statute);
      if (instrument) {
        row.own = true;
        cited.Fill(row, *instrument);
      }
      coverage.rows.push_back(std::move(row));
    }
  }
  const Reasons taken{.program = pack.program, .exists = exists, .declared = Declared(pack.program)};
  RETURN_IF_ERROR(taken.Take(reasons, coverage.rows));
  return coverage;
}

void WriteCoverage(const Coverage& coverage, std::ostream& out) {
  struct Count {
    std::size_t rows = 0, rule = 0, example = 0, guarantee = 0, reason = 0, open = 0;
  };
  std::map<std::pair<std::string, std::string>, Count> counts;
  std::set<std::string> own, elsewhere;
  for (const CoverageRow& row : coverage.rows) {
    (row.own ? own : elsewhere).insert(row.statute);
    if (!row.own) continue;
    Count& count = counts[{row.statute, row.index}];
    ++count.rows;
    count.rule += row.rule || !row.carrier.empty() ? 1U : 0U;
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
    if (!row.own) continue;
    const std::string has = Has(row);
    out << fmt::format("{} {}: {}: {}\n", row.index, row.row, Joined(row.provisions),
                       has.empty() ? "open" : has);
  }
  for (const std::string& statute : own) elsewhere.erase(statute);
  if (!elsewhere.empty()) {
    out << fmt::format("statutes that this pack does not cite: {}\n", elsewhere.size());
  }
}

bool WriteCoverageOfAll(const std::vector<Coverage>& packs, std::ostream& out) {
  struct Count {
    std::size_t rows = 0, carried = 0, reason = 0, open = 0;
  };
  const auto rank = [](const CoverageRow& row) { return row.carried() ? 2 : row.covered() ? 1 : 0; };
  std::vector<std::pair<std::string, Count>> counts;  // in the order of the indexes
  std::string listed;
  bool none_open = true;
  for (std::size_t i = 0; !packs.empty() && i < packs.front().rows.size(); ++i) {
    const Coverage* best = &packs.front();
    for (const Coverage& pack : packs)
      if (rank(pack.rows[i]) > rank(best->rows[i])) best = &pack;
    const CoverageRow& row = best->rows[i];
    if (counts.empty() || counts.back().first != row.index) counts.emplace_back(row.index, Count());
    Count& count = counts.back().second;
    ++count.rows;
    ++(row.carried() ? count.carried : row.covered() ? count.reason : count.open);
    none_open = none_open && row.covered();
    listed += fmt::format("{} {}: {}: {}\n", row.index, row.row, Joined(row.provisions),
                          row.covered() ? best->pack + ": " + Has(row) : "open");
  }
  for (const auto& [index, count] : counts) {
    out << fmt::format("{}: {} rows; carried {}, with a reason {}, open {}\n", index, count.rows,
                       count.carried, count.reason, count.open);
  }
  out << listed;
  return none_open;
}

}  // namespace lawbound::report
