// Characters are compared by Myers' greedy method (An O(ND) difference algorithm, 1986), after the common
// beginning and end are set aside.  Articles are paired by the same words first, then by likeness (the share
// of pairs of characters in common), keeping the order of both texts: the pairing with the greatest sum of
// likeness, by dynamic programming over the articles that have no equal.
#include "registry/compare.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "source/utf8.h"

namespace lawbound::registry {
namespace {

std::vector<std::string_view> Characters(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = source::Decode(text, at).bytes;
    out.push_back(text.substr(at, bytes));
    at += bytes;
  }
  return out;
}

void AddRun(std::vector<Run>& runs, Change change, std::string_view text) {
  if (text.empty()) return;
  if (!runs.empty() && runs.back().change == change) {
    runs.back().text += text;
  } else {
    runs.push_back({change, std::string(text)});
  }
}

using Row = std::vector<std::int64_t>;

// The furthest points for each count of edits; empty when there are more than kMostEdits.
std::vector<Row> FurthestPoints(const std::vector<std::string_view>& a,
                                const std::vector<std::string_view>& b) {
  const std::int64_t n = static_cast<std::int64_t>(a.size()), m = static_cast<std::int64_t>(b.size());
  const std::int64_t most = std::min<std::int64_t>(n + m, static_cast<std::int64_t>(kMostEdits));
  std::vector<Row> rows;
  Row v(static_cast<std::size_t>(2 * most + 3), 0);
  const auto at = [&](std::int64_t k) -> std::int64_t& { return v[static_cast<std::size_t>(k + most + 1)]; };
  for (std::int64_t d = 0; d <= most; ++d) {
    for (std::int64_t k = -d; k <= d; k += 2) {
      const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
      std::int64_t x = down ? at(k + 1) : at(k - 1) + 1;
      std::int64_t y = x - k;
      while (x < n && y < m && a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(y)]) ++x, ++y;
      at(k) = x;
      if (x >= n && y >= m) {
        rows.emplace_back(v.begin() + (most + 1 - d), v.begin() + (most + 2 + d));
        return rows;
      }
    }
    rows.emplace_back(v.begin() + (most + 1 - d), v.begin() + (most + 2 + d));
  }
  return {};
}

struct Edit {
  Change change;
  std::string_view text;
};

// The edits from the furthest points, last first.
std::vector<Edit> Trace(const std::vector<Row>& rows, const std::vector<std::string_view>& a,
                        const std::vector<std::string_view>& b) {
  std::vector<Edit> edits;
  std::int64_t x = static_cast<std::int64_t>(a.size()), y = static_cast<std::int64_t>(b.size());
  for (std::int64_t d = static_cast<std::int64_t>(rows.size()) - 1; d > 0; --d) {
    const Row& row = rows[static_cast<std::size_t>(d - 1)];  // holds k from -(d-1) to d-1
    const auto point = [&](std::int64_t k) {
      return k < -(d - 1) || k > d - 1 ? std::int64_t{-1} : row[static_cast<std::size_t>(k + d - 1)];
    };
    const std::int64_t k = x - y;
    const bool down = k == -d || (k != d && point(k - 1) < point(k + 1));
    const std::int64_t from = down ? point(k + 1) : point(k - 1);
    const std::int64_t from_y = from - (down ? k + 1 : k - 1);
    while (x > (down ? from : from + 1) && y > (down ? from_y + 1 : from_y)) {
      --x, --y;
      edits.push_back({Change::kSame, a[static_cast<std::size_t>(x)]});
    }
    if (down) {
      --y;
      edits.push_back({Change::kAdded, b[static_cast<std::size_t>(y)]});
    } else {
      --x;
      edits.push_back({Change::kRemoved, a[static_cast<std::size_t>(x)]});
    }
  }
  while (x > 0) edits.push_back({Change::kSame, a[static_cast<std::size_t>(--x)]});
  return edits;
}

// The pairs of characters of a text, each with how often it comes.
using Pairs = std::unordered_map<std::string_view, int>;

Pairs PairsOf(std::string_view text) {
  Pairs pairs;
  std::size_t before = 0, before_bytes = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = source::Decode(text, at).bytes;
    if (before_bytes != 0) ++pairs[text.substr(before, before_bytes + bytes)];
    before = at;
    before_bytes = bytes;
    at += bytes;
  }
  return pairs;
}

// 0 to 1: the share of pairs in common.
double Likeness(const Pairs& a, const Pairs& b) {
  int common = 0, total = 0;
  for (const auto& [pair, count] : a) {
    total += count;
    const auto other = b.find(pair);
    if (other != b.end()) common += std::min(count, other->second);
  }
  for (const auto& [pair, count] : b) total += count;
  return total == 0 ? 1 : 2.0 * common / total;
}

constexpr double kLikeEnough = 0.35;

// For each of `before` the index of its partner in `after`, or -1; the order is kept.
std::vector<std::ptrdiff_t> Pair(const std::vector<const UnitRow*>& before,
                                 const std::vector<const UnitRow*>& after) {
  const std::size_t n = before.size(), m = after.size();
  std::vector<Pairs> pairs_before, pairs_after;
  for (const UnitRow* unit : before) pairs_before.push_back(PairsOf(unit->text));
  for (const UnitRow* unit : after) pairs_after.push_back(PairsOf(unit->text));
  std::vector<std::vector<double>> like(n, std::vector<double>(m)), best(n + 1, std::vector<double>(m + 1));
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = m; j-- > 0;) {
      like[i][j] = before[i]->text == after[j]->text ? 1.0 : Likeness(pairs_before[i], pairs_after[j]);
      best[i][j] = std::max(best[i + 1][j], best[i][j + 1]);
      if (like[i][j] >= kLikeEnough) best[i][j] = std::max(best[i][j], best[i + 1][j + 1] + like[i][j]);
    }
  }
  std::vector<std::ptrdiff_t> partner(n, -1);
  for (std::size_t i = 0, j = 0; i < n && j < m;) {
    if (like[i][j] >= kLikeEnough && best[i][j] == best[i + 1][j + 1] + like[i][j]) {
      partner[i++] = static_cast<std::ptrdiff_t>(j++);
    } else if (best[i][j] == best[i + 1][j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return partner;
}

std::vector<const UnitRow*> Articles(const std::vector<UnitRow>& units) {
  std::vector<const UnitRow*> out;
  for (const UnitRow& unit : units) {
    if (unit.kind == law::ProvisionKind::kArticle) out.push_back(&unit);
  }
  return out;
}

}  // namespace

std::string_view ChangeWords(Change change) {
  switch (change) {
    case Change::kSame:
      return "the same";
    case Change::kChanged:
      return "changed";
    case Change::kAdded:
      return "new";
    case Change::kRemoved:
      return "gone";
  }
  return "";
}

std::vector<Run> CompareWords(std::string_view before, std::string_view after) {
  std::vector<std::string_view> a = Characters(before), b = Characters(after);
  std::size_t head = 0, tail = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  while (tail + head < a.size() && tail + head < b.size() && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
    ++tail;
  std::vector<Run> runs;
  for (std::size_t i = 0; i < head; ++i) AddRun(runs, Change::kSame, a[i]);
  const std::vector<std::string_view> middle_a(a.begin() + static_cast<std::ptrdiff_t>(head),
                                               a.end() - static_cast<std::ptrdiff_t>(tail));
  const std::vector<std::string_view> middle_b(b.begin() + static_cast<std::ptrdiff_t>(head),
                                               b.end() - static_cast<std::ptrdiff_t>(tail));
  const std::vector<Row> rows = FurthestPoints(middle_a, middle_b);
  if (rows.empty()) {
    for (const std::string_view character : middle_a) AddRun(runs, Change::kRemoved, character);
    for (const std::string_view character : middle_b) AddRun(runs, Change::kAdded, character);
  } else {
    std::vector<Edit> edits = Trace(rows, middle_a, middle_b);
    std::ranges::reverse(edits);
    for (const Edit& edit : edits) AddRun(runs, edit.change, edit.text);
  }
  for (std::size_t i = tail; i-- > 0;) AddRun(runs, Change::kSame, a[a.size() - 1 - i]);
  return runs;
}

std::vector<ArticleChange> CompareArticles(const std::vector<UnitRow>& before,
                                           const std::vector<UnitRow>& after) {
  const std::vector<const UnitRow*> old_articles = Articles(before), new_articles = Articles(after);
  const std::vector<std::ptrdiff_t> partner = Pair(old_articles, new_articles);
  std::vector<ArticleChange> out;
  std::size_t next = 0;
  const auto add_new_until = [&](std::size_t end) {
    for (; next < end; ++next) {
      const UnitRow& unit = *new_articles[next];
      out.push_back({Change::kAdded, "", unit.path, {{Change::kAdded, unit.text}}});
    }
  };
  for (std::size_t i = 0; i < old_articles.size(); ++i) {
    const UnitRow& old_unit = *old_articles[i];
    if (partner[i] < 0) {
      out.push_back({Change::kRemoved, old_unit.path, "", {{Change::kRemoved, old_unit.text}}});
      continue;
    }
    add_new_until(static_cast<std::size_t>(partner[i]));
    const UnitRow& new_unit = *new_articles[next++];
    ArticleChange change{Change::kSame, old_unit.path, new_unit.path, {}};
    if (old_unit.text != new_unit.text) {
      change.change = Change::kChanged;
      change.runs = CompareWords(old_unit.text, new_unit.text);
    }
    out.push_back(std::move(change));
  }
  add_new_until(new_articles.size());
  return out;
}

base::Result<std::vector<TimelineEntry>> Timeline(Registry& registry, const Work& work,
                                                  const law::Path& path) {
  std::vector<TimelineEntry> out;
  const std::string wanted = law::PrintPath(path);
  for (const law::InForce& span : work.succession.in_force) {
    ASSIGN_OR_RETURN(const std::vector<UnitRow> units, registry.Units(work.versions[span.version].dates.id));
    TimelineEntry entry{span.version, false, ""};
    for (const UnitRow& unit : units) {
      if (unit.path != wanted) continue;
      entry.there = true;
      entry.text = unit.text;
    }
    const bool as_before = !out.empty() && out.back().there == entry.there && out.back().text == entry.text;
    if (!as_before) out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace lawbound::registry
