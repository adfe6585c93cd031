// The dates of a version, from what its sources say:
//   published   the date in the file's name, else the last event of the history in the text's head;
//   commences   the day the text itself names (head or article) when that is not before its publication: a
//   text that was
//               amended keeps the old day in its last article; else its publication when it says "from
//               publication" and was never amended; else the collection's row.  Nothing of this: unknown.
//   ends        the head's last day, else the validity that the text gives itself.
// Where two of them speak and differ, the first is taken and the report says so.
#include "registry/import.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fmt/format.h>
#include <unordered_map>
#include <unordered_set>

#include "base/file.h"
#include "law/citation_reader.h"
#include "registry/collection.h"
#include "registry/effects.h"
#include "registry/formats.h"
#include "registry/tokens.h"

namespace lawbound::registry {
namespace {

using store::Statement;

std::optional<std::int64_t> Number(std::optional<base::Day> day) {
  if (!day) return std::nullopt;
  return day->number;
}

std::string DayWords(std::optional<base::Day> day) { return day ? base::PrintDay(*day) : "unknown"; }

struct Dates {
  std::optional<base::Day> published, commences;
  std::optional<base::Day> ends;  // the first day on which the text no longer binds
};

// The last day in the head on which something was made or published, and whether the text was changed after
// that.
struct Past {
  std::optional<base::Day> last, commences;
  bool changed = false;
};

Past ReadPast(const law::Text& text) {
  Past past;
  for (const law::PastEvent& event : text.history) {
    if (event.event == law::Event::kCommences) {
      if (!past.commences || *past.commences < event.day) past.commences = event.day;
    } else {
      if (!past.last || *past.last < event.day) past.last = event.day;
      past.changed =
          past.changed || event.event == law::Event::kAmended || event.event == law::Event::kRevised;
    }
  }
  return past;
}

void AddDatesDiffer(law::Text& text, std::string_view what, std::optional<base::Day> taken,
                    std::optional<base::Day> other, std::string_view where) {
  if (!taken || !other || *taken == *other) return;
  text.issues.push_back(
      {law::IssueKind::kDatesDiffer, 0,
       fmt::format("{} {}; {} {}", what, base::PrintDay(*taken), where, base::PrintDay(*other))});
}

Dates FindDates(law::Text& text, const FileName& file, const CollectionRow* row) {
  const Past past = ReadPast(text);
  Dates dates;
  dates.published = file.day ? file.day : past.last;
  const bool in_history = std::ranges::any_of(
      text.history, [&](const law::PastEvent& event) { return event.day == dates.published; });
  if (!in_history)
    AddDatesDiffer(text, "publication in the file's name", dates.published, past.last, "last in the head");
  const auto late_enough = [&](std::optional<base::Day> day) {
    return day && (!dates.published || *dates.published <= *day) ? day : std::nullopt;
  };
  const std::optional<base::Day> in_head = late_enough(past.commences),
                                 in_article = late_enough(text.commencement);
  std::optional<base::Day> own = in_head ? in_head : in_article;
  if (!own && text.commences_on_publication && !past.changed) own = dates.published;
  const std::optional<base::Day> listed = row == nullptr ? std::nullopt : row->valid_from;
  dates.commences = own ? own : listed;
  AddDatesDiffer(text, "commencement in the head", in_head, in_article, "in an article");
  AddDatesDiffer(text, "commencement in the text", own, listed, "in the collection");
  dates.ends = law::EndOf(text.validity, dates.commences);
  if (text.validity.years && !dates.ends) text.issues.push_back({law::IssueKind::kDateUnknown, 0, "end"});
  if (!dates.published) text.issues.push_back({law::IssueKind::kDateUnknown, 0, "publication"});
  if (!dates.commences) text.issues.push_back({law::IssueKind::kDateUnknown, 0, "commencement"});
  return dates;
}

// How a unit is known again: an article by its path, everything else by its heading and words, since the
// headings of a text in several files are numbered anew in each.
std::string KeyOf(law::ProvisionKind kind, const std::string& path, const std::string& heading) {
  return kind == law::ProvisionKind::kArticle ? path : '#' + heading;
}

// The words of a text for comparing: paths, headings and lines.
std::string BodyOf(const law::Text& text) {
  std::string body;
  for (const law::Unit& unit : text.units) {
    body += law::PrintPath(unit.path) + '\t' + unit.heading + '\n' + unit.text + '\n';
  }
  return body;
}

class Importer {
 public:
  Importer(Registry& registry, const Jurisdiction& jurisdiction, const ImportOptions& options,
           const Collection& collection)
      : registry_(registry),
        jurisdiction_(jurisdiction),
        options_(options),
        collection_(collection),
        effects_(jurisdiction.grammar) {}

  base::Status Prepare() {
    store::Database& database = registry_.database();
    const auto prepare = [&](std::optional<Statement>& into, std::string_view sql) -> base::Status {
      ASSIGN_OR_RETURN(Statement statement, database.Prepare(sql));
      into.emplace(std::move(statement));
      return base::Ok();
    };
    RETURN_IF_ERROR(prepare(find_instrument_, "SELECT id FROM instrument WHERE territory = ? AND name = ?"));
    RETURN_IF_ERROR(
        prepare(add_instrument_,
                "INSERT INTO instrument(territory, name, title, address_name, rank, subject_mark, maker) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)"));
    RETURN_IF_ERROR(prepare(find_version_,
                            "SELECT id, source, commences, ends FROM version "
                            "WHERE instrument = ? AND published IS ? AND known_until IS NULL"));
    RETURN_IF_ERROR(prepare(add_version_,
                            "INSERT INTO version(instrument, published, commences, known_since, source, "
                            "head, maker, ends) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
    RETURN_IF_ERROR(prepare(end_version_, "UPDATE version SET known_until = ? WHERE id = ?"));
    RETURN_IF_ERROR(prepare(add_unit_,
                            "INSERT INTO unit(version, kind, path, depth, heading, text) "
                            "VALUES (?, ?, ?, ?, ?, ?)"));
    RETURN_IF_ERROR(prepare(add_words_, "INSERT INTO search(rowid, words) VALUES (?, ?)"));
    return prepare(
        add_effect_,
        "INSERT INTO effect(kind, version, by_path, territory, affected, affected_path, effective) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)");
  }

  base::Status ImportFile(const std::string& folder, const std::string& name) {
    const std::string path = folder.empty() ? name : folder + '/' + name;
    const base::Result<SourceText> read = ReadSource(jurisdiction_, path);
    if (!read.ok() && read.error().code != base::Errc::kInvalid) return read.error();
    ++report_.files;
    if (!read.ok()) return RefuseAtLine(name, read.error().message);
    const SourceText& said = read.value();
    law::Text text = law::ReadText(jurisdiction_.grammar, said.words);
    if (text.title.empty()) return Refuse(name, 1, "no title");
    if (text.units.empty()) return Refuse(name, 0, "no provisions");
    const SourceRule* source = jurisdiction_.SourceOf(name);
    const std::string territory = !said.territory.empty() ? said.territory
                                  : source != nullptr     ? source->territory
                                                          : options_.territory;
    const std::string rank = !said.rank.empty()  ? said.rank
                             : source != nullptr ? source->rank
                                                 : options_.rank;
    maker_ = said.maker;
    if (territory.empty()) return Refuse(name, 0, "its territory is unknown; give one with --territory");
    const FileName file = ReadFileName(name);
    const CollectionRow* row = collection_.Find(file);
    Dates dates = FindDates(text, file, row);
    if (said.ends) dates.ends = said.ends;
    for (const law::Issue& issue : said.issues) AddIssue(name, issue);
    for (law::Issue issue : text.issues) {
      if (issue.line > 0 && issue.line <= said.lines.size()) issue.line = said.lines[issue.line - 1];
      AddIssue(name, issue);
    }
    ASSIGN_OR_RETURN(const std::int64_t instrument, InstrumentOf(text, rank, territory));
    return TakeIn(name, text, dates, instrument, territory, row);
  }

  // Who follows whom, and what the flags of the collection say about it.
  base::Status CompareSuccession() {
    ASSIGN_OR_RETURN(const std::vector<Instrument> instruments, registry_.AllInstruments());
    for (const Instrument& instrument : instruments) {
      ASSIGN_OR_RETURN(const Work work, registry_.LoadWork(instrument, options_.known));
      for (const law::Conflict& conflict : work.succession.conflicts) {
        if (conflict.kind == law::ConflictKind::kUnknownCommencement && work.versions.size() == 1) continue;
        Add(Remark::kSuccession, work.versions[conflict.version].source, 0,
            conflict.other == conflict.version ? std::string(law::ConflictWords(conflict.kind))
                                               : fmt::format("{}: '{}'", law::ConflictWords(conflict.kind),
                                                             work.versions[conflict.other].source));
      }
      CompareFlags(work);
    }
    return base::Ok();
  }

  ImportReport TakeReport() { return std::move(report_); }

 private:
  void Add(Remark remark, std::string file, std::size_t line, std::string words,
           std::optional<law::IssueKind> issue = std::nullopt) {
    report_.findings.push_back({remark, std::move(file), line, std::move(words), issue});
  }

  void AddIssue(const std::string& file, const law::Issue& issue) {
    std::string words(law::IssueWords(issue.kind));
    if (!issue.detail.empty()) words += ": " + issue.detail;
    Add(Remark::kIssue, file, issue.line, std::move(words), issue.kind);
  }

  base::Status Refuse(const std::string& file, std::size_t line, std::string words) {
    ++report_.refused;
    Add(Remark::kRefused, file, line, std::move(words));
    return base::Ok();
  }

  // "line 7: why" becomes a finding at line 7.
  base::Status RefuseAtLine(const std::string& file, std::string_view message) {
    constexpr std::string_view kLine = "line ";
    std::size_t line = 0;
    if (message.starts_with(kLine)) {
      const char* const end = message.data() + message.size();
      const auto [rest, error] = std::from_chars(message.data() + kLine.size(), end, line);
      const std::string_view after(rest, static_cast<std::size_t>(end - rest));
      if (error == std::errc() && after.starts_with(": "))
        return Refuse(file, line, std::string(after.substr(2)));
    }
    return Refuse(file, 0, std::string(message));
  }

  base::Result<std::int64_t> InstrumentOf(const law::Text& text, const std::string& rank,
                                          const std::string& territory) {
    const std::string name = jurisdiction_.grammar.PlainName(text.title);
    find_instrument_->Bind(1, territory);
    find_instrument_->Bind(2, name);
    ASSIGN_OR_RETURN(const bool row, find_instrument_->Step());
    if (row) {
      const std::int64_t id = find_instrument_->Integer(0);
      find_instrument_->Reset();
      return id;
    }
    const auto mark = jurisdiction_.subject_marks.find(name);
    add_instrument_->Bind(1, territory);
    add_instrument_->Bind(2, name);
    add_instrument_->Bind(3, text.title);
    std::string address_name = jurisdiction_.AddressName(name);
    std::ranges::replace(address_name, '/', ' ');
    add_instrument_->Bind(4, address_name);
    add_instrument_->Bind(5, rank);
    add_instrument_->Bind(6, mark == jurisdiction_.subject_marks.end() ? std::string() : mark->second);
    add_instrument_->Bind(7, MakerOf(text, /*last=*/false));
    RETURN_IF_ERROR(add_instrument_->Run());
    ++report_.instruments;
    return registry_.database().LastInserted();
  }

  struct Present {
    std::int64_t id = 0;
    std::string source;
    std::optional<std::int64_t> commences, ends;
  };

  base::Result<std::vector<Present>> VersionsThere(std::int64_t instrument, const Dates& dates) {
    find_version_->Bind(1, instrument);
    find_version_->Bind(2, Number(dates.published));
    std::vector<Present> out;
    for (;;) {
      ASSIGN_OR_RETURN(const bool row, find_version_->Step());
      if (!row) return out;
      out.push_back({find_version_->Integer(0), std::string(find_version_->Text(1)),
                     find_version_->OptionalInteger(2), find_version_->OptionalInteger(3)});
    }
  }

  // What of a text's articles a version has.
  enum class Overlap : std::uint8_t { kNone, kSome, kAll };

  static Overlap Compare(const law::Text& text, const std::vector<UnitRow>& there) {
    std::unordered_map<std::string, const UnitRow*> by_key;
    for (const UnitRow& unit : there) by_key[KeyOf(unit.kind, unit.path, unit.heading)] = &unit;
    std::size_t articles = 0, present = 0, same = 0;
    for (const law::Unit& unit : text.units) {
      if (unit.kind != law::ProvisionKind::kArticle) continue;
      ++articles;
      const auto found = by_key.find(KeyOf(unit.kind, law::PrintPath(unit.path), unit.heading));
      if (found == by_key.end()) continue;
      ++present;
      if (found->second->text == unit.text) ++same;
    }
    if (articles > 0 && same == articles) return Overlap::kAll;
    return articles > 0 && present == 0 ? Overlap::kNone : Overlap::kSome;
  }

  base::Result<bool> IsContinued(std::int64_t version) {
    ASSIGN_OR_RETURN(Statement find,
                     registry_.database().Prepare("SELECT 1 FROM continuation WHERE version = ?"));
    find.Bind(1, version);
    return find.Step();
  }

  // A text in several files: articles that the version does not have yet are added to it.
  base::Status Continue(std::int64_t version, const std::string& name, const law::Text& text,
                        const std::vector<UnitRow>& there) {
    ASSIGN_OR_RETURN(Statement add, registry_.database().Prepare("INSERT INTO continuation VALUES (?, ?)"));
    add.Bind(1, version);
    add.Bind(2, name);
    RETURN_IF_ERROR(add.Run());
    std::unordered_set<std::string> taken;
    for (const UnitRow& unit : there) taken.insert(unit.path);
    for (law::Unit unit : text.units) {
      while (!taken.insert(law::PrintPath(unit.path)).second) ++unit.path.back().copy;
      RETURN_IF_ERROR(AddUnit(version, unit));
    }
    return base::Ok();
  }

  static std::string BodyOf(const std::vector<UnitRow>& units) {
    std::string body;
    for (const UnitRow& unit : units) body += unit.path + '\t' + unit.heading + '\n' + unit.text + '\n';
    return body;
  }

  base::Status TakeIn(const std::string& name, const law::Text& text, const Dates& dates,
                      std::int64_t instrument, const std::string& territory, const CollectionRow* row) {
    const std::string body = registry::BodyOf(text);
    ASSIGN_OR_RETURN(const std::vector<Present> there, VersionsThere(instrument, dates));
    for (const Present& present : there) {
      ASSIGN_OR_RETURN(const std::vector<UnitRow> units_there, registry_.Units(present.id));
      ASSIGN_OR_RETURN(const bool continued, IsContinued(present.id));
      const Overlap overlap = Compare(text, units_there);
      if (continued && overlap == Overlap::kAll) return ++report_.unchanged, base::Ok();
      if (present.source != name && overlap == Overlap::kNone) {
        RETURN_IF_ERROR(Continue(present.id, name, text, units_there));
        ++report_.added;
        return AddEffects(present.id, text, dates, territory);
      }
      const std::string body_there = BodyOf(units_there);
      const bool same_days =
          present.commences == Number(dates.commences) && present.ends == Number(dates.ends);
      if (body == body_there && (present.source != name || same_days)) {
        if (present.source == name) {
          Remember(present.id, row, body, name);
          return ++report_.unchanged, base::Ok();
        }
        Add(Remark::kDuplicate, name, 0, fmt::format("the same text as '{}'", present.source));
        return ++report_.unchanged, base::Ok();
      }
      if (present.source != name) {
        Add(Remark::kOtherText, name, 0,
            fmt::format(
                "another text of the version published {} is there from '{}'; this one was not taken in",
                DayWords(dates.published), present.source));
        return ++report_.refused, base::Ok();
      }
      end_version_->Bind(1, static_cast<std::int64_t>(options_.known.number));
      end_version_->Bind(2, present.id);
      RETURN_IF_ERROR(end_version_->Run());
      ++report_.corrected;
      return AddVersion(name, text, dates, instrument, territory, row, body);
    }
    ++report_.added;
    return AddVersion(name, text, dates, instrument, territory, row, body);
  }

  void Remember(std::int64_t version, const CollectionRow* row, const std::string& body,
                const std::string& name) {
    if (row != nullptr) flags_[version] = row->expired;
    const auto [same, fresh] = bodies_.try_emplace(std::hash<std::string>()(body), name);
    if (!fresh && body.size() > kShortBody) {
      Add(Remark::kDuplicate, name, 0,
          fmt::format("the same words as '{}', under another name or date", same->second));
    }
  }

  base::Status AddVersion(const std::string& name, const law::Text& text, const Dates& dates,
                          std::int64_t instrument, const std::string& territory, const CollectionRow* row,
                          const std::string& body) {
    add_version_->Bind(1, instrument);
    add_version_->Bind(2, Number(dates.published));
    add_version_->Bind(3, Number(dates.commences));
    add_version_->Bind(4, static_cast<std::int64_t>(options_.known.number));
    add_version_->Bind(5, name);
    add_version_->Bind(6, fmt::format("{}", fmt::join(text.head, "\n")));
    add_version_->Bind(7, MakerOf(text, /*last=*/true));
    add_version_->Bind(8, Number(dates.ends));
    RETURN_IF_ERROR(add_version_->Run());
    const std::int64_t version = registry_.database().LastInserted();
    RETURN_IF_ERROR(AddPartial(version, text));
    Remember(version, row, body, name);
    for (const law::Unit& unit : text.units) RETURN_IF_ERROR(AddUnit(version, unit));
    return AddEffects(version, text, dates, territory);
  }

  // The maker as the file says, or the first (or last) line of the head that names one, or the title.
  std::string MakerOf(const law::Text& text, bool last) const {
    if (!maker_.empty()) return maker_;
    std::string found;
    for (const std::string& line : text.head) {
      std::string maker = jurisdiction_.MakerIn(line);
      if (!maker.empty() && (last || found.empty())) found = std::move(maker);
    }
    return found.empty() ? jurisdiction_.MakerIn(text.title) : found;
  }

  base::Status AddPartial(std::int64_t version, const law::Text& text) {
    for (const auto& [path, day] : text.partial) {
      ASSIGN_OR_RETURN(Statement add,
                       registry_.database().Prepare("INSERT OR REPLACE INTO partial VALUES (?, ?, ?)"));
      add.Bind(1, version);
      add.Bind(2, law::PrintPath(path));
      add.Bind(3, static_cast<std::int64_t>(day.number));
      RETURN_IF_ERROR(add.Run());
    }
    return base::Ok();
  }

  base::Status AddUnit(std::int64_t version, const law::Unit& unit) {
    if (unit.kind == law::ProvisionKind::kArticle) ++report_.articles;
    add_unit_->Bind(1, version);
    add_unit_->Bind(2, static_cast<std::int64_t>(unit.kind));
    add_unit_->Bind(3, law::PrintPath(unit.path));
    add_unit_->Bind(4, static_cast<std::int64_t>(unit.depth));
    add_unit_->Bind(5, unit.heading);
    add_unit_->Bind(6, unit.text);
    RETURN_IF_ERROR(add_unit_->Run());
    add_words_->Bind(1, registry_.database().LastInserted());
    add_words_->Bind(2, Tokens(unit.heading + '\n' + unit.text));
    return add_words_->Run();
  }

  base::Status AddEffect(law::EffectKind kind, std::int64_t version, const law::Path& by,
                         const std::string& territory, const std::string& affected,
                         std::optional<base::Day> effective, const law::Path& affected_path = {}) {
    add_effect_->Bind(1, static_cast<std::int64_t>(kind));
    add_effect_->Bind(2, version);
    add_effect_->Bind(3, law::PrintPath(by));
    add_effect_->Bind(4, territory);
    add_effect_->Bind(5, affected);
    add_effect_->Bind(6, law::PrintPath(affected_path));
    add_effect_->Bind(7, Number(effective));
    return add_effect_->Run();
  }

  // 关于修改〈...〉的决定: what a title says that the text does to others.
  base::Status AddTitleEffects(std::int64_t version, const law::Text& text, const Dates& dates,
                               const std::string& territory) {
    const law::Grammar& grammar = jurisdiction_.grammar;
    for (const auto& [word, kind] : grammar.title_effects) {
      if (text.title.find(word) == std::string::npos) continue;
      for (const auto* pairs : {&grammar.brackets, &grammar.inner_brackets}) {
        for (const auto& [open, close] : *pairs) {
          for (std::size_t at = text.title.find(open); at != std::string::npos;
               at = text.title.find(open, at)) {
            const std::size_t begin = at + open.size(), end = text.title.find(close, begin);
            if (end == std::string::npos) break;
            at = end;
            const std::string affected =
                grammar.PlainName(std::string_view(text.title).substr(begin, end - begin));
            RETURN_IF_ERROR(AddEffect(kind, version, {}, territory, affected, dates.commences));
          }
        }
      }
      break;  // the first row that fits says what the text does
    }
    return base::Ok();
  }

  // What this text does to others by its own words: "《...》同时废止", "对《...》作如下修改".
  base::Status AddEffects(std::int64_t version, const law::Text& text, const Dates& dates,
                          const std::string& territory) {
    RETURN_IF_ERROR(AddTitleEffects(version, text, dates, territory));
    effects_.Begin(text.title);
    for (const law::Unit& unit : text.units) {
      if (unit.kind != law::ProvisionKind::kArticle && unit.kind != law::ProvisionKind::kPreamble) continue;
      for (const NamedEffect& found : effects_.Read(unit.text)) {
        RETURN_IF_ERROR(AddEffect(found.kind, version, unit.path, territory, found.affected, dates.commences,
                                  found.path));
      }
    }
    return base::Ok();
  }

  void CompareFlags(const Work& work) {
    for (std::size_t i = 0; i < work.versions.size(); ++i) {
      const auto flag = flags_.find(work.versions[i].dates.id);
      if (flag == flags_.end() || work.versions[i].dates.known_until) continue;
      const law::Force force = law::ForceOf(work.succession, i, options_.known);
      if (flag->second && force == law::Force::kInForce) {
        Add(Remark::kFlag, work.versions[i].source, 0, "marked as expired; nothing here ends it");
      } else if (!flag->second && force == law::Force::kEnded) {
        Add(Remark::kFlag, work.versions[i].source, 0,
            "not marked as expired; a later text or a repeal ends it");
      }
    }
  }

  static constexpr std::size_t kShortBody = 200;  // bytes: shorter texts may well be alike

  Registry& registry_;
  const Jurisdiction& jurisdiction_;
  const ImportOptions& options_;
  const Collection& collection_;
  EffectReader effects_;
  ImportReport report_;
  std::string maker_;                             // of the text in hand, as its file says
  std::unordered_map<std::int64_t, bool> flags_;  // of the versions of this import: marked as expired
  std::unordered_map<std::size_t, std::string> bodies_;
  std::optional<Statement> find_instrument_, add_instrument_, find_version_, add_version_, end_version_,
      add_unit_, add_words_, add_effect_;
};

}  // namespace

std::string_view RemarkWords(Remark remark) {
  switch (remark) {
    case Remark::kIssue:
      return "not understood";
    case Remark::kRefused:
      return "refused";
    case Remark::kDuplicate:
      return "duplicate";
    case Remark::kOtherText:
      return "other text";
    case Remark::kSuccession:
      return "succession";
    case Remark::kFlag:
      return "flag";
  }
  return "";
}

std::vector<std::string> FindTexts(const std::string& path) {
  if (base::IsFile(path)) return {path};
  std::vector<std::string> out;
  std::error_code error;
  std::filesystem::recursive_directory_iterator entry(path, error), end;
  for (; !error && entry != end; entry.increment(error)) {
    const std::string file = entry->path().string();
    if (IsTextFile(file)) out.push_back(file.substr(path.size() + (path.ends_with('/') ? 0 : 1)));
  }
  std::ranges::sort(out);
  return out;
}

base::Result<ImportReport> Import(Registry& registry, const Jurisdiction& jurisdiction,
                                  const std::string& path, const ImportOptions& options,
                                  const std::function<void(std::size_t, std::size_t)>& progress) {
  const bool one = base::IsFile(path);
  if (!one && !base::IsFolder(path))
    return base::Error{base::Errc::kNotFound, fmt::format("no file or folder '{}'", path)};
  const std::vector<std::string> names = FindTexts(path);
  if (names.empty())
    return base::Error{base::Errc::kNotFound, fmt::format("no texts (.md, .txt, .docx, .xml) in '{}'", path)};
  Collection collection;
  if (!one) {
    ASSIGN_OR_RETURN(collection, Collection::Read(path));
  }
  Importer importer(registry, jurisdiction, options, collection);
  RETURN_IF_ERROR(importer.Prepare());
  ASSIGN_OR_RETURN(store::Transaction transaction, store::Transaction::Begin(registry.database()));
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (base::Status done = importer.ImportFile(one ? std::string() : path, names[i]); !done.ok()) {
      return std::move(done).error().With(fmt::format("importing '{}'", names[i]));
    }
    if (progress) progress(i + 1, names.size());
  }
  RETURN_IF_ERROR(importer.CompareSuccession());
  RETURN_IF_ERROR(transaction.Commit());
  return importer.TakeReport();
}

}  // namespace lawbound::registry
