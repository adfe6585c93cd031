// The registry: what the law is, on any day, as one knew it on any other.  One SQLite file
// (docs/formats/registry.md).
//
//   ASSIGN_OR_RETURN(Registry registry, Registry::Open("law.registry", store::Database::Mode::kRead));
//   ASSIGN_OR_RETURN(Answer answer, registry.Find(jurisdiction.grammar, address, known));
//
// A Registry belongs to one thread; several may have one file open, one of them for writing.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "law/effect.h"
#include "law/grammar.h"
#include "law/instrument.h"
#include "law/rank.h"
#include "store/database.h"

namespace lawbound::registry {

struct Instrument {
  std::int64_t id = 0;
  std::string name;          // plain: as it is compared
  std::string title;         // as its text calls itself
  std::string address_name;  // its name in addresses
  law::Authority authority;
  std::string subject_mark;  // "assembly": a subject that no pack may judge; mostly empty
};

struct VersionRow {
  law::Version dates;
  std::string source;  // the file it was read from
  std::string maker;   // who made this version, as its head says; empty: unknown
};

// An instrument with its versions and who follows whom.
struct Work {
  Instrument instrument;
  std::vector<VersionRow> versions;  // in the order they were taken in
  law::Succession succession;
  base::Day known;  // as of whose knowledge
  std::vector<law::Version> Dates() const;
};

struct UnitRow {
  std::int64_t id = 0;
  law::ProvisionKind kind = law::ProvisionKind::kArticle;
  std::string path;
  std::int64_t depth = 0;
  std::string heading, text;
};

// What an address names.
struct Answer {
  Instrument instrument;
  VersionRow version;
  law::Force force = law::Force::kUnknown;  // on the day asked for, or on `known` when none was
  std::optional<law::InForce> span;         // when this version is, was or will be in force
  std::optional<base::Day> commences;       // the provision's own day, where the text gives it one
  std::optional<base::Day> ends;            // the first day without it, where a text ends it alone
  std::string ended_by;                     // the address of what ends it
  std::string path;                         // "" for the whole
  std::string heading;
  std::string text;     // of the provision
  std::string address;  // with the year of the version and the day
};

class Registry {
 public:
  // kWrite makes a new registry when there is none.  kCorrupt when the file is not a registry of this format.
  static base::Result<Registry> Open(const std::string& path, store::Database::Mode mode);

  // The provision an address names, as the registry knew the law on `known`.  kNotFound when there is no such
  // instrument, version or provision; kConflict, listing the candidates, when there are several.  With a day
  // in the address: the version in force that day; where the address has a year too and its version was not
  // in force that day, kNotFound says which one was.
  base::Result<Answer> Find(const law::Grammar& grammar, const law::Address& address, base::Day known);

  // The same, where the version is chosen already (an index into the work's versions).
  base::Result<Answer> FindIn(const law::Grammar& grammar, const Work& work, std::size_t version,
                              const law::Path& path, std::optional<base::Day> day);

  // Every instrument of this name (plain name or name in addresses), in this territory unless it is empty.
  base::Result<std::vector<Instrument>> InstrumentsNamed(std::string_view name, std::string_view territory);
  base::Result<std::vector<Instrument>> AllInstruments();
  // An instrument with all its versions that were ever known; the succession as known on `known`.
  base::Result<Work> LoadWork(const Instrument& instrument, base::Day known);
  // The instrument of a version; nothing when there is no such version.
  base::Result<std::optional<Work>> WorkOfVersion(std::int64_t version, base::Day known);
  // The version that the year and day of an address mean; the rules are those of Find.
  base::Result<std::size_t> ChooseVersion(const Work& work, const law::Address& address);
  base::Result<std::vector<UnitRow>> Units(std::int64_t version);
  // The articles of a version that commence on a day of their own, by path.
  base::Result<std::map<std::string, base::Day>> OwnCommencements(std::int64_t version);
  // The lines between title and body.
  base::Result<std::string> Head(std::int64_t version);
  // What the texts known on `known` do to an instrument: those of its territory or of one around it.
  base::Result<std::vector<law::Effect>> EffectsOn(const Instrument& instrument, base::Day known);

  // "/law/prc/2021/...", with the shortest year that names the version.
  std::string AddressOf(const Work& work, std::size_t version, const law::Path& path,
                        std::optional<base::Day> day) const;

  store::Database& database() { return database_; }

 private:
  explicit Registry(store::Database database) : database_(std::move(database)) {}
  base::Status ReadOwnDays(Answer& answer, const Work& work, std::string_view unit,
                           std::optional<base::Day> day);
  // A statement of this text, reset and ready to be bound.  It is kept: preparing one takes longer than
  // asking it.  REQUIRES: no use of the same text is going on.
  base::Result<store::Statement*> Kept(std::string_view sql);

  store::Database database_;
  std::map<std::string, store::Statement, std::less<>> kept_;
};

}  // namespace lawbound::registry
