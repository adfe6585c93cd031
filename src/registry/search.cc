// The index gives the provisions that hold the words; what the filters ask is known per version, so it is
// worked out once for each version (a few thousand) and not for each hit.  Where the index is not exact (a
// word of mixed letters and Han characters, marks within a word) the text of each hit decides.
#include "registry/search.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_set>

#include "registry/tokens.h"
#include "source/utf8.h"

namespace lawbound::registry {
namespace {

using store::Statement;

bool HasFilter(const SearchQuery& query) {
  return !query.rank.empty() || !query.territory.empty() || !query.maker.empty() ||
         !query.instrument.empty() || query.published_from || query.published_to || query.in_force_on;
}

// What a filter asks for, and whether anything in the registry has it: a word that nothing has is a mistake,
// and no provisions would be a wrong answer to it.
struct Asked {
  std::string_view what, word;
  bool there = false;
  bool Fits(bool fits) {
    there = there || fits;
    return fits;
  }
};

class Filters {
 public:
  explicit Filters(const SearchQuery& query)
      : query_(query),
        rank_{"of rank", query.rank},
        maker_{"made by", query.maker},
        territory_{"of the territory", query.territory},
        instrument_{"called", query.instrument} {}

  bool InstrumentFits(const Instrument& instrument) {
    const law::Authority& authority = instrument.authority;
    const bool rank = query_.rank.empty() || rank_.Fits(query_.rank == authority.rank);
    const bool territory = query_.territory.empty() ||
                           territory_.Fits(law::WithinTerritory(authority.territory, query_.territory));
    const bool named =
        query_.instrument.empty() ||
        instrument_.Fits(query_.instrument == instrument.name || query_.instrument == instrument.title ||
                         query_.instrument == instrument.address_name);
    return rank && territory && named;
  }

  bool MakerFits(const Instrument& instrument, const VersionRow& version) {
    return query_.maker.empty() ||
           maker_.Fits(query_.maker == (version.maker.empty() ? instrument.authority.maker : version.maker));
  }

  base::Status AllThere() const {
    for (const Asked* asked : {&rank_, &territory_, &instrument_, &maker_}) {
      if (asked->word.empty() || asked->there) continue;
      return base::Error{base::Errc::kNotFound,
                         fmt::format("the registry has no instrument {} '{}'", asked->what, asked->word)};
    }
    return base::Ok();
  }

 private:
  const SearchQuery& query_;
  Asked rank_, maker_, territory_, instrument_;
};

bool VersionFits(const SearchQuery& query, const Work& work, std::size_t version) {
  const law::Version& dates = work.versions[version].dates;
  if (query.published_from && (!dates.published || *dates.published < *query.published_from)) return false;
  if (query.published_to && (!dates.published || *query.published_to < *dates.published)) return false;
  if (!query.in_force_on) return true;
  return law::ForceOf(work.succession, version, *query.in_force_on) == law::Force::kInForce;
}

// The versions a query lets through.
base::Result<std::unordered_set<std::int64_t>> FittingVersions(Registry& registry, const SearchQuery& query) {
  std::unordered_set<std::int64_t> out;
  Filters filters(query);
  ASSIGN_OR_RETURN(const std::vector<Instrument> instruments, registry.AllInstruments());
  for (const Instrument& instrument : instruments) {
    const bool fits = filters.InstrumentFits(instrument);
    if (!fits && query.maker.empty()) continue;
    ASSIGN_OR_RETURN(const Work work, registry.LoadWork(instrument, query.known));
    for (std::size_t i = 0; i < work.versions.size(); ++i) {
      if (filters.MakerFits(instrument, work.versions[i]) && fits && VersionFits(query, work, i))
        out.insert(work.versions[i].dates.id);
    }
  }
  RETURN_IF_ERROR(filters.AllThere());
  return out;
}

// The provisions that were not in force on the day asked for although their version was: those that commence
// later by a day of their own, and those that another text has ended alone.
base::Result<std::unordered_set<std::int64_t>> OutOfForce(Registry& registry, const SearchQuery& query) {
  std::unordered_set<std::int64_t> out;
  if (!query.in_force_on) return out;
  ASSIGN_OR_RETURN(Statement find, registry.database().Prepare(R"sql(
    SELECT u.id FROM partial p JOIN unit u ON u.version = p.version AND u.path = p.path WHERE p.commences > ?1
    UNION
    SELECT u.id FROM effect e JOIN version by ON by.id = e.version
      JOIN instrument i ON i.name = e.affected AND i.territory = e.territory
      JOIN version v ON v.instrument = i.id AND (v.published IS NULL OR v.published <= by.published)
      JOIN unit u ON u.version = v.id AND u.path = e.affected_path
      WHERE e.kind IN (?2, ?3) AND e.effective <= ?1
        AND by.known_since <= ?4 AND (by.known_until IS NULL OR ?4 < by.known_until))sql"));
  find.Bind(1, static_cast<std::int64_t>(query.in_force_on->number));
  find.Bind(2, static_cast<std::int64_t>(law::EffectKind::kRepeals));
  find.Bind(3, static_cast<std::int64_t>(law::EffectKind::kReplaces));
  find.Bind(4, static_cast<std::int64_t>(query.known.number));
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return out;
    out.insert(find.Integer(0));
  }
}

bool HoldsAll(std::string_view heading, std::string_view text, const std::vector<std::string>& words) {
  return std::ranges::all_of(words, [&](const std::string& word) {
    return text.find(word) != std::string_view::npos || heading.find(word) != std::string_view::npos;
  });
}

// Up to `count` characters before (or behind) a byte, on one line.
std::size_t Back(std::string_view text, std::size_t at, std::size_t count) {
  while (at > 0 && count-- > 0) {
    std::size_t before = at - 1;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80) --before;
    if (text[before] == '\n') break;
    at = before;
  }
  return at;
}

std::size_t Forward(std::string_view text, std::size_t at, std::size_t count) {
  while (at < text.size() && text[at] != '\n' && count-- > 0) at += source::Decode(text, at).bytes;
  return at;
}

void MakeSnippet(std::string_view text, const std::vector<std::string>& words, Hit& hit) {
  constexpr std::size_t kBefore = 20, kBehind = 40;
  std::size_t first = std::string_view::npos, bytes = 0;
  for (const std::string& word : words) {
    const std::size_t at = text.find(word);
    if (at >= first) continue;
    first = at;
    bytes = word.size();
  }
  const std::size_t match = first == std::string_view::npos ? 0 : first;
  const std::size_t begin = Back(text, match, kBefore), end = Forward(text, match + bytes, kBehind);
  hit.snippet = text.substr(begin, end - begin);
  hit.match_begin = match - begin;
  hit.match_end = hit.match_begin + bytes;
}

struct Ranked {
  std::int64_t unit = 0;
  double rank = 0;
};

class Searcher {
 public:
  Searcher(Registry& registry, const SearchQuery& query) : registry_(registry), query_(query) {}

  base::Result<SearchResult> Run() {
    words_ = WordsOf(query_.words);
    std::string expression;
    for (const std::string& word : words_) {
      const std::optional<WordQuery> part = QueryOf(word);
      if (!part) continue;
      if (!expression.empty()) expression += " AND ";
      expression += part->expression;
      exact_ = exact_ && part->exact;
    }
    if (expression.empty()) return base::Error{base::Errc::kInvalid, "the query has no word in it"};
    ASSIGN_OR_RETURN(const bool corrected, HasCorrections());
    SearchResult result;
    std::vector<Ranked> ranked;
    if (exact_ && !corrected && !HasFilter(query_)) {
      RETURN_IF_ERROR(CountAll(expression, result));
      if (query_.count > 0) RETURN_IF_ERROR(RankFirst(expression, ranked));
    } else {
      RETURN_IF_ERROR(Filter(expression, result, ranked));
    }
    result.ranked = ranked.size();
    const auto better = [](const Ranked& a, const Ranked& b) {
      return a.rank != b.rank ? a.rank < b.rank : a.unit < b.unit;
    };
    std::ranges::sort(ranked, better);
    for (std::size_t i = query_.first; i < ranked.size() && i < query_.first + query_.count; ++i) {
      ASSIGN_OR_RETURN(Hit hit, Show(ranked[i].unit));
      result.hits.push_back(std::move(hit));
    }
    return result;
  }

 private:
  // A version that was corrected, or not yet known on the day asked for, stays in the index.
  base::Result<bool> HasCorrections() {
    ASSIGN_OR_RETURN(
        Statement find,
        registry_.database().Prepare("SELECT EXISTS(SELECT 1 FROM version WHERE known_until IS NOT NULL) OR "
                                     "EXISTS(SELECT 1 FROM version WHERE known_since > ?)"));
    find.Bind(1, static_cast<std::int64_t>(query_.known.number));
    ASSIGN_OR_RETURN(const bool row, find.Step());
    return row && find.Integer(0) != 0;
  }

  base::Status CountAll(const std::string& expression, SearchResult& result) {
    ASSIGN_OR_RETURN(Statement count,
                     registry_.database().Prepare("SELECT count(*) FROM search WHERE search MATCH ?"));
    count.Bind(1, expression);
    ASSIGN_OR_RETURN(const bool row, count.Step());
    if (row) result.total = static_cast<std::size_t>(count.Integer(0));
    return base::Ok();
  }

  base::Status RankFirst(const std::string& expression, std::vector<Ranked>& ranked) {
    ASSIGN_OR_RETURN(
        Statement find,
        registry_.database().Prepare("SELECT rowid, bm25(search) FROM search WHERE search MATCH ? LIMIT ?"));
    find.Bind(1, expression);
    find.Bind(2, static_cast<std::int64_t>(kMostRanked));
    for (;;) {
      ASSIGN_OR_RETURN(const bool row, find.Step());
      if (!row) return base::Ok();
      ranked.push_back({find.Integer(0), find.Real(1)});
    }
  }

  base::Status Filter(const std::string& expression, SearchResult& result, std::vector<Ranked>& ranked) {
    ASSIGN_OR_RETURN(const std::unordered_set<std::int64_t> versions, FittingVersions(registry_, query_));
    ASSIGN_OR_RETURN(const std::unordered_set<std::int64_t> out_of_force, OutOfForce(registry_, query_));
    const std::string columns = exact_ ? "u.version, v.known_since, v.known_until, '', ''"
                                       : "u.version, v.known_since, v.known_until, u.heading, u.text";
    ASSIGN_OR_RETURN(Statement find, registry_.database().Prepare(
                                         fmt::format("SELECT s.rowid, {} FROM search s JOIN unit u ON u.id = "
                                                     "s.rowid JOIN version v ON v.id = u.version "
                                                     "WHERE search MATCH ?",
                                                     columns)));
    find.Bind(1, expression);
    std::vector<std::int64_t> units;
    for (;;) {
      ASSIGN_OR_RETURN(const bool row, find.Step());
      if (!row) break;
      if (!versions.contains(find.Integer(1)) || !Known(find.Integer(2), find.OptionalInteger(3))) continue;
      if (out_of_force.contains(find.Integer(0))) continue;
      if (!exact_ && !HoldsAll(find.Text(4), find.Text(5), words_)) continue;
      units.push_back(find.Integer(0));
    }
    result.total = units.size();
    units.resize(std::min(units.size(), kMostRanked));
    return RankThese(expression, units, ranked);
  }

  bool Known(std::int64_t since, std::optional<std::int64_t> until) const {
    return since <= query_.known.number && (!until || query_.known.number < *until);
  }

  base::Status RankThese(const std::string& expression, const std::vector<std::int64_t>& units,
                         std::vector<Ranked>& ranked) {
    if (units.empty()) return base::Ok();
    const std::unordered_set<std::int64_t> wanted(units.begin(), units.end());
    ASSIGN_OR_RETURN(
        Statement find,
        registry_.database().Prepare(
            "SELECT rowid, bm25(search) FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?"));
    find.Bind(1, expression);
    find.Bind(2, *std::ranges::min_element(units));
    find.Bind(3, *std::ranges::max_element(units));
    for (;;) {
      ASSIGN_OR_RETURN(const bool row, find.Step());
      if (!row) return base::Ok();
      if (wanted.contains(find.Integer(0))) ranked.push_back({find.Integer(0), find.Real(1)});
    }
  }

  base::Result<Hit> Show(std::int64_t unit) {
    ASSIGN_OR_RETURN(Statement find, registry_.database().Prepare(
                                         "SELECT u.path, u.heading, u.text, u.version, i.name, i.territory "
                                         "FROM unit u JOIN version v ON v.id = u.version "
                                         "JOIN instrument i ON i.id = v.instrument WHERE u.id = ?"));
    find.Bind(1, unit);
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return base::Error{base::Errc::kCorrupt, "the index names a provision that is not there"};
    Hit hit;
    hit.unit = unit;
    hit.heading = find.Text(1);
    MakeSnippet(find.Text(2), words_, hit);
    ASSIGN_OR_RETURN(const std::vector<Instrument> named,
                     registry_.InstrumentsNamed(find.Text(4), find.Text(5)));
    const std::int64_t version = find.Integer(3);
    const law::Path path = law::ParsePath(find.Text(0)).value_or(law::Path());
    for (const Instrument& instrument : named) {
      ASSIGN_OR_RETURN(const Work work, registry_.LoadWork(instrument, query_.known));
      for (std::size_t i = 0; i < work.versions.size(); ++i) {
        if (work.versions[i].dates.id != version) continue;
        hit.title = instrument.title;
        hit.rank = instrument.authority.rank;
        hit.version = work.versions[i];
        if (hit.version.maker.empty()) hit.version.maker = instrument.authority.maker;
        for (const law::InForce& span : work.succession.in_force) {
          if (span.version == i) hit.span = span;
        }
        hit.address = registry_.AddressOf(work, i, path, query_.in_force_on);
      }
    }
    return hit;
  }

  Registry& registry_;
  const SearchQuery& query_;
  std::vector<std::string> words_;
  bool exact_ = true;
};

}  // namespace

std::vector<std::string> WordsOf(std::string_view query) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  const auto close = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t at = 0; at < query.size();) {
    const source::Character character = source::Decode(query, at);
    const std::string_view bytes = query.substr(at, character.bytes);
    if (bytes == "\"") {
      close();
      quoted = !quoted;
    } else if (!quoted && (bytes == " " || bytes == "\t" || bytes == "\u3000")) {
      close();
    } else {
      word += bytes;
    }
    at += character.bytes;
  }
  close();
  return words;
}

base::Result<SearchResult> Search(Registry& registry, const SearchQuery& query) {
  return Searcher(registry, query).Run();
}

base::Result<std::vector<NamedProvision>> ProvisionsNamed(Registry& registry,
                                                          const Jurisdiction& jurisdiction,
                                                          const SearchQuery& query) {
  std::vector<NamedProvision> out;
  if (const std::optional<law::Address> address = law::ParseAddress(query.words)) {
    base::Result<Answer> found = registry.Find(jurisdiction.grammar, *address, query.known);
    NamedProvision& named = out.emplace_back(NamedProvision{query.words, std::nullopt, ""});
    if (found.ok()) {
      named.answer = std::move(found).value();
    } else {
      named.why = found.error().message;
    }
    return out;
  }
  ASSIGN_OR_RETURN(const law::BareNames names, LoadBareNames(registry));
  for (const law::CitationTarget& target : TargetsIn(jurisdiction, names, query.words)) {
    if (target.path.empty()) continue;  // a name is words like others
    ASSIGN_OR_RETURN(Lookup found, LookUp(registry, jurisdiction, target, query.territory,
                                          query.in_force_on.value_or(query.known), query.known));
    out.push_back({law::PrintTarget(target), std::move(found.answer), std::move(found.why)});
  }
  return out;
}

}  // namespace lawbound::registry
