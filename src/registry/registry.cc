#include "registry/registry.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "law/text.h"

namespace lawbound::registry {
namespace {

using store::Database;
using store::Statement;

constexpr std::string_view kFormat = "lawbound registry 2";

// docs/formats/registry.md tells what each table is for.
constexpr std::string_view kSchema = R"sql(
CREATE TABLE format(name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE instrument(id INTEGER PRIMARY KEY, territory TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,
  address_name TEXT NOT NULL, rank TEXT NOT NULL, maker TEXT NOT NULL, subject_mark TEXT NOT NULL,
  UNIQUE(territory, name));
CREATE INDEX instrument_address ON instrument(address_name);
CREATE INDEX instrument_name ON instrument(name);
CREATE TABLE version(id INTEGER PRIMARY KEY, instrument INTEGER NOT NULL REFERENCES instrument(id), published INTEGER,
  commences INTEGER, ends INTEGER, known_since INTEGER NOT NULL, known_until INTEGER, source TEXT NOT NULL,
  head TEXT NOT NULL, maker TEXT NOT NULL);
CREATE INDEX version_instrument ON version(instrument);
CREATE INDEX version_known ON version(known_since);
CREATE INDEX version_corrected ON version(known_until) WHERE known_until IS NOT NULL;
CREATE TABLE unit(id INTEGER PRIMARY KEY, version INTEGER NOT NULL REFERENCES version(id), kind INTEGER NOT NULL,
  path TEXT NOT NULL, depth INTEGER NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL, UNIQUE(version, path));
CREATE TABLE partial(version INTEGER NOT NULL REFERENCES version(id), path TEXT NOT NULL, commences INTEGER NOT NULL,
  PRIMARY KEY(version, path)) WITHOUT ROWID;
CREATE TABLE continuation(version INTEGER NOT NULL REFERENCES version(id), source TEXT NOT NULL,
  UNIQUE(version, source));
CREATE TABLE effect(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, version INTEGER NOT NULL REFERENCES version(id),
  by_path TEXT NOT NULL, territory TEXT NOT NULL, affected TEXT NOT NULL, affected_path TEXT NOT NULL,
  effective INTEGER);
CREATE INDEX effect_affected ON effect(affected);
CREATE VIRTUAL TABLE search USING fts5(words, content='', tokenize='unicode61 remove_diacritics 0');
)sql";

std::optional<base::Day> DayAt(const Statement& row, int column) {
  const std::optional<std::int64_t> number = row.OptionalInteger(column);
  if (!number) return std::nullopt;
  return base::Day{static_cast<std::int32_t>(*number)};
}

constexpr std::string_view kInstrumentColumns =
    "SELECT id, territory, name, title, address_name, rank, maker, subject_mark FROM instrument ";

Instrument ReadInstrument(const Statement& row) {
  Instrument out;
  out.id = row.Integer(0);
  out.authority.territory = row.Text(1);
  out.name = row.Text(2);
  out.title = row.Text(3);
  out.address_name = row.Text(4);
  out.authority.rank = row.Text(5);
  out.authority.maker = row.Text(6);
  out.subject_mark = row.Text(7);
  return out;
}

base::Result<std::vector<Instrument>> AllRows(Statement& find) {
  std::vector<Instrument> out;
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return out;
    out.push_back(ReadInstrument(find));
  }
}

std::string PublishedWords(const law::Version& version) {
  return version.published ? base::PrintDay(*version.published) : "on an unknown day";
}

bool YearFits(const law::Version& version, std::string_view year) {
  return year.empty() || (version.published && base::PrintDay(*version.published).starts_with(year));
}

// The part of a unit's text that the rest of a path names.
base::Result<std::string> TextOf(const law::Grammar& grammar, const UnitRow& unit, const law::Path& within) {
  if (within.empty()) return unit.text;
  const std::optional<law::Extent> part = law::FindPart(law::SplitArticle(grammar, unit.text), within);
  if (!part) {
    return base::Error{base::Errc::kNotFound,
                       fmt::format("'{}' has no single '{}'", unit.path, law::PrintPath(within))};
  }
  return unit.text.substr(part->begin, part->end - part->begin);
}

// Splits a path into that of a unit and what is within it.
void SplitPath(const law::Path& path, law::Path& unit, law::Path& within) {
  for (const law::Step& step : path) {
    const bool inner = step.kind == law::ProvisionKind::kParagraph ||
                       step.kind == law::ProvisionKind::kItem || step.kind == law::ProvisionKind::kPoint;
    (inner ? within : unit).push_back(step);
  }
}

// A change is taken in when a version as young as it is there; an end is computed wherever its day is known.
law::Applied AppliedIn(const law::Effect& effect, bool younger_version) {
  switch (effect.kind) {
    case law::EffectKind::kRepeals:
    case law::EffectKind::kReplaces:
      return effect.effective ? law::Applied::kYes : law::Applied::kNo;
    case law::EffectKind::kAmends:
      return younger_version ? law::Applied::kYes : law::Applied::kNo;
    case law::EffectKind::kInterprets:
      return law::Applied::kYes;  // nothing of it goes into the other's text
  }
  return law::Applied::kUnknown;
}

base::Status CheckFormat(Database& database) {
  ASSIGN_OR_RETURN(Statement find, database.Prepare("SELECT name FROM format"));
  ASSIGN_OR_RETURN(const bool row, find.Step());
  if (row && find.Text(0) == kFormat) return base::Ok();
  return base::Error{base::Errc::kCorrupt, "the file is not a registry that this program can read"};
}

base::Status MakeSchema(Database& database) {
  ASSIGN_OR_RETURN(Statement count, database.Prepare("SELECT count(*) FROM sqlite_schema"));
  ASSIGN_OR_RETURN(const bool row, count.Step());
  if (row && count.Integer(0) > 0) return base::Ok();
  count.Reset();
  RETURN_IF_ERROR(database.Run("PRAGMA journal_mode = WAL"));
  ASSIGN_OR_RETURN(store::Transaction transaction, store::Transaction::Begin(database));
  RETURN_IF_ERROR(database.Run(kSchema));
  RETURN_IF_ERROR(database.Run(fmt::format("INSERT INTO format VALUES ('{}')", kFormat)));
  return transaction.Commit();
}

// Of versions without commencement: the only one, else the one published last; nothing when that cannot be
// told.
std::optional<std::size_t> LastPublished(const Work& work) {
  std::optional<std::size_t> last;
  bool unknown = false;
  std::size_t known = 0;
  for (std::size_t i = 0; i < work.versions.size(); ++i) {
    const law::Version& version = work.versions[i].dates;
    if (!law::KnownOn(version, work.known)) continue;
    ++known;
    unknown = unknown || !version.published;
    if (!last || work.versions[*last].dates.published < version.published) last = i;
  }
  return known == 1 || !unknown ? last : std::nullopt;
}

// Versions whose commencement nobody knows may well bind; the reader must hear of them.
std::string NotInForce(const Work& work, base::Day day) {
  std::string out = fmt::format("no version of '{}' is known to be in force on {}", work.instrument.title,
                                base::PrintDay(day));
  const auto unknown = std::ranges::count_if(work.versions, [&](const VersionRow& version) {
    return law::KnownOn(version.dates, work.known) && !version.dates.commences;
  });
  if (unknown > 0)
    out += fmt::format("; of {} the commencement is unknown, so it may be: ask without a day", unknown);
  return out;
}

}  // namespace

std::vector<law::Version> Work::Dates() const {
  std::vector<law::Version> dates;
  for (const VersionRow& version : versions) dates.push_back(version.dates);
  return dates;
}

base::Result<Registry> Registry::Open(const std::string& path, Database::Mode mode) {
  ASSIGN_OR_RETURN(Database database, Database::Open(path, mode));
  if (mode == Database::Mode::kWrite) RETURN_IF_ERROR(MakeSchema(database));
  if (base::Status format = CheckFormat(database); !format.ok()) {
    return base::Error{base::Errc::kCorrupt, format.error().message}.With(fmt::format("opening '{}'", path));
  }
  return Registry(std::move(database));
}

base::Result<Statement*> Registry::Kept(std::string_view sql) {
  auto found = kept_.find(sql);
  if (found == kept_.end()) {
    ASSIGN_OR_RETURN(Statement fresh, database_.Prepare(sql));
    found = kept_.emplace(std::string(sql), std::move(fresh)).first;
  }
  found->second.Reset();
  return &found->second;
}

base::Result<std::vector<Instrument>> Registry::InstrumentsNamed(std::string_view name,
                                                                 std::string_view territory) {
  static const std::string kSql =
      std::string(kInstrumentColumns) +
      "WHERE (name = ?1 OR address_name = ?1) AND (?2 = '' OR territory = ?2) ORDER BY id";
  ASSIGN_OR_RETURN(Statement* const find, Kept(kSql));
  find->Bind(1, name);
  find->Bind(2, territory);
  return AllRows(*find);
}

base::Result<std::vector<Instrument>> Registry::AllInstruments() {
  ASSIGN_OR_RETURN(Statement find, database_.Prepare(std::string(kInstrumentColumns) + "ORDER BY id"));
  return AllRows(find);
}

base::Result<Work> Registry::LoadWork(const Instrument& instrument, base::Day known) {
  Work work{instrument, {}, {}, known};
  // A repeal by another instrument of the same territory ends what was published before it took effect.
  ASSIGN_OR_RETURN(Statement* const kept, Kept(R"sql(
    SELECT id, published, commences, ends, known_since, known_until, source, maker,
      (SELECT min(e.effective) FROM effect e JOIN version by ON by.id = e.version
        WHERE e.affected = ?2 AND e.territory = ?3 AND e.kind IN (?4, ?6) AND e.affected_path = ''
          AND by.instrument <> v.instrument AND v.commences < e.effective
          AND by.known_since <= ?5 AND (by.known_until IS NULL OR ?5 < by.known_until))
    FROM version v WHERE instrument = ?1 ORDER BY id)sql"));
  Statement& find = *kept;
  find.Bind(1, instrument.id);
  find.Bind(2, instrument.name);
  find.Bind(3, instrument.authority.territory);
  find.Bind(4, static_cast<std::int64_t>(law::EffectKind::kRepeals));
  find.Bind(5, static_cast<std::int64_t>(known.number));
  find.Bind(6, static_cast<std::int64_t>(law::EffectKind::kReplaces));
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) break;
    VersionRow version;
    version.dates.id = find.Integer(0);
    version.dates.published = DayAt(find, 1);
    version.dates.commences = DayAt(find, 2);
    version.dates.ends = DayAt(find, 3);
    version.dates.known_since = base::Day{static_cast<std::int32_t>(find.Integer(4))};
    version.dates.known_until = DayAt(find, 5);
    version.source = find.Text(6);
    version.maker = find.Text(7);
    const std::optional<base::Day> repealed = DayAt(find, 8);
    if (repealed && (!version.dates.ends || *repealed < *version.dates.ends)) version.dates.ends = repealed;
    work.versions.push_back(std::move(version));
  }
  work.succession = law::Succeed(work.Dates(), known);
  return work;
}

base::Result<std::optional<Work>> Registry::WorkOfVersion(std::int64_t version, base::Day known) {
  ASSIGN_OR_RETURN(Statement find,
                   database_.Prepare(std::string(kInstrumentColumns) +
                                     "WHERE id = (SELECT instrument FROM version WHERE id = ?)"));
  find.Bind(1, version);
  ASSIGN_OR_RETURN(const std::vector<Instrument> rows, AllRows(find));
  if (rows.empty()) return std::optional<Work>();
  ASSIGN_OR_RETURN(Work work, LoadWork(rows.front(), known));
  return std::optional<Work>(std::move(work));
}

base::Result<std::size_t> Registry::ChooseVersion(const Work& work, const law::Address& address) {
  std::optional<std::size_t> then;
  if (address.day) then = law::VersionOn(work.succession, *address.day);
  if (address.year.empty()) {
    if (then) return *then;
    if (!address.day && !work.succession.in_force.empty()) return work.succession.in_force.back().version;
    if (!address.day) {
      if (const std::optional<std::size_t> last = LastPublished(work)) return *last;
    }
    return base::Error{base::Errc::kNotFound,
                       address.day
                           ? NotInForce(work, *address.day)
                           : fmt::format("no version of '{}' has a known commencement or publication to "
                                         "choose it by; the registry has {} of them",
                                         work.instrument.title, work.versions.size())};
  }
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < work.versions.size(); ++i) {
    const law::Version& version = work.versions[i].dates;
    if (YearFits(version, address.year) && law::KnownOn(version, work.known)) fitting.push_back(i);
  }
  if (then && std::ranges::find(fitting, *then) != fitting.end()) return *then;
  if (fitting.empty()) {
    return base::Error{base::Errc::kNotFound, fmt::format("no version of '{}' was published in {}",
                                                          work.instrument.title, address.year)};
  }
  if (address.day) {
    return base::Error{
        base::Errc::kNotFound,
        fmt::format("the version of {} was not in force on {}{}", address.year, base::PrintDay(*address.day),
                    then ? "; in force that day: " + AddressOf(work, *then, address.path, address.day)
                         : std::string("; no version is known to have been"))};
  }
  if (fitting.size() == 1) return fitting.front();
  std::string candidates;
  for (const std::size_t i : fitting) candidates += "\n  " + AddressOf(work, i, address.path, std::nullopt);
  return base::Error{base::Errc::kConflict, "several versions are meant:" + candidates};
}

base::Result<Answer> Registry::Find(const law::Grammar& grammar, const law::Address& address,
                                    base::Day known) {
  ASSIGN_OR_RETURN(const std::vector<Instrument> named, InstrumentsNamed(address.name, address.territory));
  if (named.empty()) {
    return base::Error{base::Errc::kNotFound,
                       fmt::format("the registry has no '{}' of '{}'", address.name, address.territory)};
  }
  if (named.size() > 1) return base::Error{base::Errc::kConflict, "several instruments have this name"};
  ASSIGN_OR_RETURN(const Work work, LoadWork(named.front(), known));
  ASSIGN_OR_RETURN(const std::size_t chosen, ChooseVersion(work, address));
  return FindIn(grammar, work, chosen, address.path, address.day);
}

base::Result<Answer> Registry::FindIn(const law::Grammar& grammar, const Work& work, std::size_t chosen,
                                      const law::Path& path, std::optional<base::Day> day) {
  Answer answer;
  answer.instrument = work.instrument;
  answer.version = work.versions[chosen];
  answer.force = law::ForceOf(work.succession, chosen, day.value_or(work.known));
  for (const law::InForce& span : work.succession.in_force) {
    if (span.version == chosen) answer.span = span;
  }
  answer.address = AddressOf(work, chosen, path, day);
  answer.path = law::PrintPath(path);
  if (path.empty()) return answer;
  law::Path unit_path, within;
  SplitPath(path, unit_path, within);
  ASSIGN_OR_RETURN(
      Statement* const kept,
      Kept("SELECT id, kind, path, depth, heading, text FROM unit WHERE version = ? AND path = ?"));
  Statement& find = *kept;
  find.Bind(1, answer.version.dates.id);
  find.Bind(2, law::PrintPath(unit_path));
  ASSIGN_OR_RETURN(const bool row, find.Step());
  if (!row) {
    return base::Error{base::Errc::kNotFound,
                       fmt::format("the version of '{}' published {} has no '{}'", work.instrument.title,
                                   PublishedWords(answer.version.dates), law::PrintPath(unit_path))};
  }
  UnitRow unit{find.Integer(0),           static_cast<law::ProvisionKind>(find.Integer(1)),
               std::string(find.Text(2)), find.Integer(3),
               std::string(find.Text(4)), std::string(find.Text(5))};
  find.Reset();  // no reading of the file goes on behind an answer
  answer.heading = unit.heading;
  RETURN_IF_ERROR(ReadOwnDays(answer, work, unit.path, day));
  ASSIGN_OR_RETURN(answer.text, TextOf(grammar, unit, within));
  return answer;
}

// A provision with a day of its own is not in force before it, whatever the rest of its version is; one that
// another text ends alone is in force no longer from then on, until a younger version is written.
base::Status Registry::ReadOwnDays(Answer& answer, const Work& work, std::string_view unit,
                                   std::optional<base::Day> day) {
  ASSIGN_OR_RETURN(Statement* const kept, Kept(R"sql(
    SELECT commences, NULL, NULL, NULL FROM partial WHERE version = ?1 AND path = ?2
    UNION ALL
    SELECT NULL, e.effective, e.version, e.by_path FROM effect e JOIN version by ON by.id = e.version
      WHERE e.affected = ?3 AND e.territory = ?4 AND e.kind IN (?5, ?6) AND e.effective IS NOT NULL
        AND (e.affected_path = ?2 OR e.affected_path = ?7
             OR substr(?7, 1, length(e.affected_path) + 1) = e.affected_path || '/')
        AND e.affected_path <> '' AND by.published >= ?8
        AND by.known_since <= ?9 AND (by.known_until IS NULL OR ?9 < by.known_until)
      ORDER BY 2 DESC)sql"));
  Statement& find = *kept;
  find.Bind(1, answer.version.dates.id);
  find.Bind(2, unit);
  find.Bind(3, work.instrument.name);
  find.Bind(4, work.instrument.authority.territory);
  find.Bind(5, static_cast<std::int64_t>(law::EffectKind::kRepeals));
  find.Bind(6, static_cast<std::int64_t>(law::EffectKind::kReplaces));
  find.Bind(7, answer.path);
  find.Bind(8, static_cast<std::int64_t>(answer.version.dates.published
                                             .value_or(base::Day{std::numeric_limits<std::int32_t>::min()})
                                             .number));
  find.Bind(9, static_cast<std::int64_t>(work.known.number));
  std::int64_t by = 0;
  law::Path by_path;
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) break;
    if (const std::optional<base::Day> commences = DayAt(find, 0)) answer.commences = commences;
    if (const std::optional<base::Day> ends = DayAt(find, 1)) {
      answer.ends = ends;  // the earliest comes last
      by = find.Integer(2);
      by_path = law::ParsePath(find.Text(3)).value_or(law::Path());
    }
  }
  if (answer.ends) {
    ASSIGN_OR_RETURN(const std::optional<Work> other, WorkOfVersion(by, work.known));
    for (std::size_t i = 0; other && i < other->versions.size(); ++i) {
      if (other->versions[i].dates.id == by) answer.ended_by = AddressOf(*other, i, by_path, std::nullopt);
    }
  }
  const base::Day asked = day.value_or(work.known);
  if (answer.force != law::Force::kInForce) return base::Ok();
  if (answer.commences && asked < *answer.commences) answer.force = law::Force::kNotYet;
  if (answer.ends && *answer.ends <= asked) answer.force = law::Force::kEnded;
  return base::Ok();
}

base::Result<std::map<std::string, base::Day>> Registry::OwnCommencements(std::int64_t version) {
  ASSIGN_OR_RETURN(Statement find,
                   database_.Prepare("SELECT path, commences FROM partial WHERE version = ?"));
  find.Bind(1, version);
  std::map<std::string, base::Day> out;
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return out;
    out[std::string(find.Text(0))] = base::Day{static_cast<std::int32_t>(find.Integer(1))};
  }
}

base::Result<std::string> Registry::Head(std::int64_t version) {
  ASSIGN_OR_RETURN(Statement find, database_.Prepare("SELECT head FROM version WHERE id = ?"));
  find.Bind(1, version);
  ASSIGN_OR_RETURN(const bool row, find.Step());
  return row ? std::string(find.Text(0)) : std::string();
}

base::Result<std::vector<UnitRow>> Registry::Units(std::int64_t version) {
  ASSIGN_OR_RETURN(
      Statement find,
      database_.Prepare(
          "SELECT id, kind, path, depth, heading, text FROM unit WHERE version = ? ORDER BY id"));
  find.Bind(1, version);
  std::vector<UnitRow> out;
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return out;
    out.push_back({find.Integer(0), static_cast<law::ProvisionKind>(find.Integer(1)),
                   std::string(find.Text(2)), find.Integer(3), std::string(find.Text(4)),
                   std::string(find.Text(5))});
  }
}

base::Result<std::vector<law::Effect>> Registry::EffectsOn(const Instrument& instrument, base::Day known) {
  ASSIGN_OR_RETURN(Statement find, database_.Prepare(R"sql(
    SELECT e.kind, e.version, e.by_path, e.affected, e.affected_path, e.effective,
      EXISTS(SELECT 1 FROM version v JOIN instrument i ON i.id = v.instrument
        WHERE i.name = e.affected AND i.territory = e.territory AND v.published >= by.published AND v.id <> by.id)
    FROM effect e JOIN version by ON by.id = e.version WHERE e.affected = ?1
      AND (e.territory = ?2 OR substr(?2, 1, length(e.territory) + 1) = e.territory || '/')
      AND by.known_since <= ?3 AND (by.known_until IS NULL OR ?3 < by.known_until) ORDER BY e.id)sql"));
  find.Bind(1, instrument.name);
  find.Bind(2, instrument.authority.territory);
  find.Bind(3, static_cast<std::int64_t>(known.number));
  std::vector<law::Effect> out;
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return out;
    law::Effect effect;
    effect.kind = static_cast<law::EffectKind>(find.Integer(0));
    effect.by = find.Integer(1);
    effect.by_path = law::ParsePath(find.Text(2)).value_or(law::Path());
    effect.affected = find.Text(3);
    effect.affected_path = law::ParsePath(find.Text(4)).value_or(law::Path());
    effect.effective = DayAt(find, 5);
    effect.applied = AppliedIn(effect, find.Integer(6) != 0);
    out.push_back(std::move(effect));
  }
}

std::string Registry::AddressOf(const Work& work, std::size_t version, const law::Path& path,
                                std::optional<base::Day> day) const {
  law::Address address{work.instrument.authority.territory, "", work.instrument.address_name, path, day};
  const law::Version& dates = work.versions[version].dates;
  if (dates.published) {
    const std::string whole = base::PrintDay(*dates.published);
    const std::string year = whole.substr(0, 4);
    const auto alike = std::ranges::count_if(work.versions, [&](const VersionRow& other) {
      return law::KnownOn(other.dates, work.known) && YearFits(other.dates, year);
    });
    address.year = alike > 1 ? whole : year;
  }
  return law::PrintAddress(address);
}

}  // namespace lawbound::registry
