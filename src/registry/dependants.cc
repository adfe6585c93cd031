// A text can only cite an instrument whose name stands in it (a short name is defined behind the full one),
// so the index gives the few texts to read: those with the name in them, and the instrument's own.
#include "registry/dependants.h"

#include <algorithm>
#include <map>
#include <set>

#include "law/text.h"
#include "registry/citations.h"
#include "registry/tokens.h"

namespace lawbound::registry {
namespace {

using store::Statement;

bool Begins(const law::Path& path, const law::Path& prefix) {
  return path.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

// The versions with this name in them, each with its instrument.
base::Result<std::map<std::int64_t, std::int64_t>> VersionsNaming(Registry& registry, std::string_view name) {
  std::map<std::int64_t, std::int64_t> out;
  const std::optional<WordQuery> query = QueryOf(name);
  if (!query) return out;
  ASSIGN_OR_RETURN(Statement find,
                   registry.database().Prepare("SELECT DISTINCT v.id, v.instrument FROM search s JOIN unit u "
                                               "ON u.id = s.rowid JOIN version v ON v.id = u.version "
                                               "WHERE search MATCH ?"));
  find.Bind(1, query->expression);
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return out;
    out[find.Integer(0)] = find.Integer(1);
  }
}

// Splits "art_5/para_1" into the article's path and what is within it.
std::pair<law::Path, law::Path> Split(const law::Path& path) {
  law::Path unit, within;
  for (const law::Step& step : path) {
    (step.kind >= law::ProvisionKind::kParagraph && step.kind <= law::ProvisionKind::kPoint ? within : unit)
        .push_back(step);
  }
  return {unit, within};
}

const UnitRow* UnitAt(const std::vector<UnitRow>& units, std::string_view path) {
  const auto found = std::ranges::find(units, path, &UnitRow::path);
  return found == units.end() ? nullptr : &*found;
}

// The words of a part of an article, or nothing.
std::optional<std::string> PartOf(const law::Grammar& grammar, const UnitRow& unit, const law::Path& within) {
  if (within.empty()) return unit.text;
  const std::optional<law::Extent> part = law::FindPart(law::SplitArticle(grammar, unit.text), within);
  if (!part) return std::nullopt;
  return unit.text.substr(part->begin, part->end - part->begin);
}

class CitingReader {
 public:
  CitingReader(Registry& registry, const Jurisdiction& jurisdiction, const law::BareNames& names,
               const Work& work, std::size_t version)
      : registry_(registry), reader_(jurisdiction.grammar, names), work_(work), version_(version) {}

  base::Status Read(const Work& citing, std::size_t version, const law::Path& path, base::Day day,
                    std::vector<Citing>& out) {
    const bool inner = citing.instrument.id == work_.instrument.id;
    if (inner && path.empty()) return base::Ok();
    ASSIGN_OR_RETURN(const std::vector<UnitRow> units, registry_.Units(citing.versions[version].dates.id));
    const law::Text text = TextFrom(citing.instrument.title, units);
    std::optional<std::size_t> written_under;
    if (const std::optional<base::Day> published = citing.versions[version].dates.published)
      written_under = law::VersionOn(work_.succession, *published);
    for (const law::TextCitation& found : reader_.Read(text)) {
      const law::CitationTarget& target = found.citation.target;
      const bool of_work = target.instrument == work_.instrument.name || (inner && target.instrument.empty());
      if (!target.known || !of_work || !Meet(target, path)) continue;
      const law::Unit& unit = text.units[found.unit];
      Citing row;
      // Its own version may not be in force that day.
      row.address =
          registry_.AddressOf(citing, version, unit.path, inner ? std::nullopt : std::optional(day));
      row.version = citing.versions[version].dates.id;
      row.title = citing.instrument.title;
      row.words =
          unit.text.substr(found.offset + found.citation.begin, found.citation.end - found.citation.begin);
      row.confidence = found.citation.confidence;
      row.reason = found.citation.reason;
      row.cited = target.path;
      row.inner = inner;
      row.other_version = !inner && !target.path.empty() && written_under && *written_under != version_;
      out.push_back(std::move(row));
    }
    return base::Ok();
  }

 private:
  Registry& registry_;
  law::CitationReader reader_;
  const Work& work_;
  std::size_t version_;
};

}  // namespace

bool Meet(const law::CitationTarget& cited, const law::Path& asked) {
  if (Begins(cited.path, asked) || Begins(asked, cited.path)) return true;
  if (!cited.range_end || cited.path.empty() || asked.size() < cited.path.size()) return false;
  const std::size_t last = cited.path.size() - 1;
  const bool beside =
      std::equal(cited.path.begin(), cited.path.begin() + static_cast<std::ptrdiff_t>(last), asked.begin());
  return beside && cited.path[last] <= asked[last] && asked[last] <= *cited.range_end;
}

base::Result<std::vector<Citing>> WhoCites(Registry& registry, const Jurisdiction& jurisdiction,
                                           const Work& work, std::size_t version, const law::Path& path,
                                           base::Day day, base::Day known) {
  ASSIGN_OR_RETURN(const law::BareNames names, LoadBareNames(registry));
  ASSIGN_OR_RETURN(const auto naming, VersionsNaming(registry, work.instrument.name));
  std::set<std::int64_t> instruments = {work.instrument.id};
  for (const auto& [id, instrument] : naming) instruments.insert(instrument);
  CitingReader reader(registry, jurisdiction, names, work, version);
  std::vector<Citing> out;
  ASSIGN_OR_RETURN(const std::vector<Instrument> all, registry.AllInstruments());
  for (const Instrument& instrument : all) {
    if (!instruments.contains(instrument.id)) continue;
    ASSIGN_OR_RETURN(const Work citing, registry.LoadWork(instrument, known));
    const bool itself = instrument.id == work.instrument.id;
    const std::optional<std::size_t> then = itself ? version : law::VersionOn(citing.succession, day);
    if (!then || (!itself && !naming.contains(citing.versions[*then].dates.id))) continue;
    RETURN_IF_ERROR(reader.Read(citing, *then, path, day, out));
  }
  return out;
}

std::string_view FateWords(Fate fate) {
  switch (fate) {
    case Fate::kStands:
      return "stands";
    case Fate::kSame:
      return "stays as it is";
    case Fate::kMoved:
      return "keeps its words and gets another number";
    case Fate::kChanged:
      return "gets other words";
    case Fate::kGone:
      return "goes";
    case Fate::kEnded:
      return "ends with its instrument";
    case Fate::kUnknown:
      return "is not in that version";
  }
  return "";
}

base::Result<Successor> Successor::Find(Registry& registry, const Jurisdiction& jurisdiction,
                                        const Work& work, std::size_t version, base::Day known) {
  Successor out;
  out.registry_ = &registry;
  out.grammar_ = &jurisdiction.grammar;
  ASSIGN_OR_RETURN(out.before_, registry.Units(work.versions[version].dates.id));
  const std::vector<law::InForce>& spans = work.succession.in_force;
  const auto span = std::ranges::find(spans, version, &law::InForce::version);
  if (span == spans.end() || !span->to) return out;
  out.change_day_ = span->to;
  law::Path place;
  if (const auto next = std::ranges::find(spans, *span->to, &law::InForce::from); next != spans.end()) {
    out.next_ = work;
    out.next_version_ = next->version;
  } else {
    out.repealed_ = true;
    ASSIGN_OR_RETURN(const std::vector<law::Effect> effects, registry.EffectsOn(work.instrument, known));
    for (const law::Effect& effect : effects) {
      const bool ends = effect.kind == law::EffectKind::kRepeals || effect.kind == law::EffectKind::kReplaces;
      if (!ends || !effect.affected_path.empty() || effect.effective != span->to) continue;
      ASSIGN_OR_RETURN(std::optional<Work> by, registry.WorkOfVersion(effect.by, known));
      if (!by) continue;
      for (std::size_t i = 0; i < by->versions.size(); ++i) {
        if (by->versions[i].dates.id == effect.by) out.next_version_ = i;
      }
      place = effect.by_path;
      out.repealing_ = effect.by;
      out.next_ = std::move(by);
      break;
    }
  }
  if (!out.next_) return out;
  out.address_ = registry.AddressOf(*out.next_, out.next_version_, place, std::nullopt);
  ASSIGN_OR_RETURN(out.after_, registry.Units(out.next_->versions[out.next_version_].dates.id));
  out.changes_ = CompareArticles(out.before_, out.after_);
  return out;
}

ProvisionFate Successor::FateOf(const law::Path& path) const {
  const auto [unit_path, within] = Split(path);
  const UnitRow* const before = UnitAt(before_, law::PrintPath(unit_path));
  if (!path.empty() && before == nullptr) return {Fate::kUnknown, "", {}};
  const std::optional<std::string> words =
      before == nullptr ? std::string() : PartOf(*grammar_, *before, within);
  if (!words) return {Fate::kUnknown, "", {}};
  if (!Any()) return {Fate::kStands, "", {}};
  if (!next_) return {Fate::kEnded, "", {}};
  const auto address = [&](const law::Path& of) {
    return registry_->AddressOf(*next_, next_version_, of, std::nullopt);
  };
  if (path.empty()) return {repealed_ ? Fate::kEnded : Fate::kChanged, address({}), {}};
  const auto change = std::ranges::find(changes_, before->path, &ArticleChange::path_before);
  if (change == changes_.end() || change->path_after.empty()) {
    return {repealed_ ? Fate::kEnded : Fate::kGone, "", {}};
  }
  const UnitRow* const after = UnitAt(after_, change->path_after);
  law::Path now = law::ParsePath(change->path_after).value_or(law::Path());
  now.insert(now.end(), within.begin(), within.end());
  const std::optional<std::string> words_now =
      after == nullptr ? std::nullopt : PartOf(*grammar_, *after, within);
  if (!words_now) now = law::ParsePath(change->path_after).value_or(law::Path());
  ProvisionFate out{Fate::kChanged, address(now), change->runs};
  if (repealed_) {
    out.fate = Fate::kEnded;
  } else if (words_now == words) {
    out.fate = now == path ? Fate::kSame : Fate::kMoved;
  }
  return out;
}

}  // namespace lawbound::registry
