#include "registry/citations.h"

#include <charconv>
#include <fmt/format.h>
#include <map>
#include <set>

#include "base/file.h"
#include "registry/formats.h"

namespace lawbound::registry {
namespace {

class Resolver {
 public:
  // Without a citing work, what a text says of itself stays unresolved.
  Resolver(Registry& registry, const Jurisdiction& jurisdiction, const Work* citing, std::size_t version,
           base::Day day, base::Day known)
      : registry_(registry),
        jurisdiction_(jurisdiction),
        citing_(citing),
        version_(version),
        day_(day),
        known_(known) {}

  base::Status Resolve(ResolvedCitation& citation) {
    const law::CitationTarget& target = citation.found.citation.target;
    if (!target.known) return base::Ok();
    if (target.instrument.empty()) {
      if (citing_ == nullptr) return citation.resolution = Resolution::kSelf, base::Ok();
      return ResolveIn(*citing_, version_, target.path, citation);
    }
    std::vector<Instrument> named;
    for (const std::string& territory : Territories()) {
      ASSIGN_OR_RETURN(named, registry_.InstrumentsNamed(target.instrument, territory));
      if (!named.empty()) break;
    }
    if (named.empty()) return citation.resolution = Resolution::kNoInstrument, base::Ok();
    for (const Instrument& instrument : named) {
      ASSIGN_OR_RETURN(const Work work, registry_.LoadWork(instrument, known_));
      const std::optional<std::size_t> then = law::VersionOn(work.succession, day_);
      if (!then) {
        citation.resolution = Resolution::kNotInForce;
        continue;
      }
      RETURN_IF_ERROR(ResolveIn(work, *then, target.path, citation));
    }
    if (citation.addresses.size() > 1) citation.resolution = Resolution::kSeveral;
    return base::Ok();
  }

 private:
  // Its own territory, then those around it, then any.
  std::vector<std::string> Territories() const {
    std::vector<std::string> out;
    std::string territory = citing_ == nullptr ? std::string() : citing_->instrument.authority.territory;
    while (!territory.empty()) {
      out.push_back(territory);
      const std::size_t slash = territory.rfind('/');
      territory.resize(slash == std::string::npos ? 0 : slash);
    }
    out.emplace_back();
    return out;
  }

  base::Status ResolveIn(const Work& work, std::size_t version, const law::Path& path,
                         ResolvedCitation& citation) {
    const base::Result<Answer> found =
        registry_.FindIn(jurisdiction_.grammar, work, version, path, std::nullopt);
    if (found.ok()) {
      citation.resolution = Resolution::kResolved;
      citation.addresses.push_back(registry_.AddressOf(work, version, path, day_));
    } else if (found.error().code == base::Errc::kNotFound) {
      citation.resolution = Resolution::kNoProvision;
    } else if (found.error().code == base::Errc::kConflict) {
      citation.resolution = Resolution::kSeveral;
    } else {
      return found.error();
    }
    return base::Ok();
  }

  Registry& registry_;
  const Jurisdiction& jurisdiction_;
  const Work* citing_;
  std::size_t version_;
  base::Day day_, known_;
};

std::size_t NumberOf(const std::string& text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The n-th line of a file, from 1.
std::string_view LineOf(std::string_view file, std::size_t number) {
  for (std::size_t line = 1;; ++line) {
    const std::size_t end = file.find('\n');
    if (line == number) return file.substr(0, end);
    if (end == std::string_view::npos) return {};
    file.remove_prefix(end + 1);
  }
}

// A label's target with its instrument's name made plain.
std::string PlainTarget(const law::Grammar& grammar, const std::string& target) {
  const std::size_t slash = target.find('/');
  const std::string name = target.substr(0, slash);
  return grammar.PlainName(name) + (slash == std::string::npos ? std::string() : target.substr(slash));
}

struct Label {
  std::string words, target;
};

struct Passage {
  std::size_t line = 0;
  std::map<std::size_t, Label> labels;  // by first byte
};

using Passages = std::map<std::string, std::map<std::size_t, Passage>>;  // by file, by number

base::Result<Passages> ReadPassages(const law::Grammar& grammar, const std::string& folder) {
  ASSIGN_OR_RETURN(const std::string passages, base::ReadFile(folder + "/passages.tsv"));
  ASSIGN_OR_RETURN(const std::string labels, base::ReadFile(folder + "/labels.tsv"));
  Passages out;
  std::map<std::size_t, std::string> file_of;
  for (const law::Row& row : law::Rows(passages)) {
    if (row.cells.size() != 3)
      return base::Error{base::Errc::kInvalid, fmt::format("passages.tsv, line {}", row.line)};
    file_of[NumberOf(row.cells[0])] = row.cells[1];
    out[row.cells[1]][NumberOf(row.cells[0])].line = NumberOf(row.cells[2]);
  }
  for (const law::Row& row : law::Rows(labels)) {
    const auto file = row.cells.size() == 4 ? file_of.find(NumberOf(row.cells[0])) : file_of.end();
    if (file == file_of.end())
      return base::Error{base::Errc::kInvalid, fmt::format("labels.tsv, line {}", row.line)};
    out[file->second][file->first].labels[NumberOf(row.cells[1])] = {row.cells[2],
                                                                     PlainTarget(grammar, row.cells[3])};
  }
  return out;
}

// Compares what was found in one passage with its labels.
class PassageMeasurer {
 public:
  PassageMeasurer(Measure& measure, std::size_t number, const Passage& passage, std::string_view line)
      : measure_(measure), number_(number), passage_(passage), line_(line) {}

  // `words` is the line of the unit, without the number of the article.
  void Compare(const law::FoundCitation& found, std::string_view words) {
    ++measure_.found;
    const std::size_t shift = line_.find(words);
    const std::size_t begin = found.begin + (shift == std::string_view::npos ? 0 : shift);
    const auto label = passage_.labels.find(begin);
    const std::string target = law::PrintTarget(found.target);
    const std::string_view cited = words.substr(found.begin, found.end - found.begin);
    if (label == passage_.labels.end() || label->second.words != cited) {
      measure_.misses.push_back(fmt::format("{}: not labelled: {} ({})", number_, cited, target));
      return;
    }
    seen_.insert(begin);
    ++measure_.right_span;
    if (label->second.target == target) {
      ++measure_.right;
    } else {
      measure_.misses.push_back(
          fmt::format("{}: {}: read as {}, labelled {}", number_, cited, target, label->second.target));
    }
  }

  void Finish() {
    measure_.labels += passage_.labels.size();
    for (const auto& [begin, label] : passage_.labels) {
      if (!seen_.contains(begin)) {
        measure_.misses.push_back(fmt::format("{}: not found: {} ({})", number_, label.words, label.target));
      }
    }
  }

 private:
  Measure& measure_;
  std::size_t number_;
  const Passage& passage_;
  std::string_view line_;
  std::set<std::size_t> seen_;
};

// English prose has no articles of its own here: every line is read as it stands.
void MeasureEnglish(const law::UnitFirstGrammar& english, std::string_view file,
                    const std::map<std::size_t, Passage>& passages, Measure& measure) {
  for (const auto& [number, passage] : passages) {
    const std::string_view line = LineOf(file, passage.line);
    PassageMeasurer measurer(measure, number, passage, line);
    for (const law::FoundCitation& found : law::ReadUnitFirst(english, line, {}))
      measurer.Compare(found, line);
    measurer.Finish();
  }
}

void MeasureFile(const law::Grammar& grammar, const law::BareNames& names, std::string_view file,
                 const std::map<std::size_t, Passage>& passages, Measure& measure) {
  const law::Text text = law::ReadText(grammar, file);
  law::CitationReader reader(grammar, names);
  const std::vector<law::TextCitation> citations = reader.Read(text);
  for (const auto& [number, passage] : passages) {
    PassageMeasurer measurer(measure, number, passage, LineOf(file, passage.line));
    for (const law::TextCitation& citation : citations) {
      if (citation.line != passage.line) continue;
      const std::string_view unit = text.units[citation.unit].text;
      const std::string_view line =
          unit.substr(citation.offset, unit.find('\n', citation.offset) - citation.offset);
      measurer.Compare(citation.citation, line);
    }
    measurer.Finish();
  }
}

}  // namespace

std::string_view ResolutionWords(Resolution resolution) {
  switch (resolution) {
    case Resolution::kResolved:
      return "resolved";
    case Resolution::kSeveral:
      return "several candidates";
    case Resolution::kNotInForce:
      return "not in force that day";
    case Resolution::kNoProvision:
      return "no such provision that day";
    case Resolution::kNoInstrument:
      return "not in the registry";
    case Resolution::kSelf:
      return "of the document itself";
    case Resolution::kUnknown:
      return "cannot be told";
  }
  return "";
}

law::Text TextFrom(const std::string& title, const std::vector<UnitRow>& rows) {
  law::Text text;
  text.title = title;
  for (const UnitRow& row : rows) {
    law::Unit unit;
    unit.kind = row.kind;
    unit.path = law::ParsePath(row.path).value_or(law::Path());
    unit.depth = static_cast<std::uint32_t>(row.depth);
    unit.heading = row.heading;
    unit.text = row.text;
    text.units.push_back(std::move(unit));
  }
  return text;
}

base::Result<law::BareNames> LoadBareNames(Registry& registry) {
  law::BareNames names;
  ASSIGN_OR_RETURN(const std::vector<Instrument> instruments, registry.AllInstruments());
  for (const Instrument& instrument : instruments) {
    if (instrument.authority.territory.find('/') == std::string::npos) names.Add(instrument.name);
  }
  return names;
}

base::Result<std::vector<ResolvedCitation>> Cite(Registry& registry, const Jurisdiction& jurisdiction,
                                                 const Work& work, std::size_t version, base::Day day,
                                                 base::Day known) {
  ASSIGN_OR_RETURN(const law::BareNames names, LoadBareNames(registry));
  ASSIGN_OR_RETURN(const std::vector<UnitRow> units, registry.Units(work.versions[version].dates.id));
  const law::Text text = TextFrom(work.instrument.title, units);
  law::CitationReader reader(jurisdiction.grammar, names);
  Resolver resolver(registry, jurisdiction, &work, version, day, known);
  std::vector<ResolvedCitation> out;
  for (law::TextCitation& found : reader.Read(text)) {
    ResolvedCitation citation{std::move(found), "", Resolution::kUnknown, {}};
    const law::TextCitation& place = citation.found;
    citation.words = text.units[place.unit].text.substr(place.offset + place.citation.begin,
                                                        place.citation.end - place.citation.begin);
    RETURN_IF_ERROR(resolver.Resolve(citation));
    out.push_back(std::move(citation));
  }
  return out;
}

base::Result<std::vector<ResolvedCitation>> CiteDocument(Registry& registry, const Jurisdiction& jurisdiction,
                                                         const std::string& path, Tongue tongue,
                                                         base::Day day, base::Day known) {
  ASSIGN_OR_RETURN(const SourceText source, ReadSource(jurisdiction, path));
  std::vector<ResolvedCitation> out;
  const auto add = [&](law::FoundCitation citation, std::string_view line, std::uint32_t number) {
    std::string words(line.substr(citation.begin, citation.end - citation.begin));
    out.push_back({{0, 0, number, std::move(citation)}, std::move(words), Resolution::kUnknown, {}});
  };
  if (tongue == Tongue::kEnglish) {
    std::string_view rest = source.words;
    for (std::uint32_t number = 1; !rest.empty(); ++number) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      for (law::FoundCitation& found : law::ReadUnitFirst(jurisdiction.english, line, {}))
        add(std::move(found), line, number);
    }
  } else {
    ASSIGN_OR_RETURN(const law::BareNames names, LoadBareNames(registry));
    const law::Text text = law::ReadText(jurisdiction.grammar, source.words);
    law::CitationReader reader(jurisdiction.grammar, names);
    for (law::TextCitation& found : reader.Read(text))
      add(std::move(found.citation), std::string_view(text.units[found.unit].text).substr(found.offset),
          found.line);
  }
  Resolver resolver(registry, jurisdiction, nullptr, 0, day, known);
  for (ResolvedCitation& citation : out) RETURN_IF_ERROR(resolver.Resolve(citation));
  return out;
}

base::Result<Measure> MeasureReader(Registry& registry, const Jurisdiction& jurisdiction,
                                    const std::string& folder, const std::string& corpus, Tongue tongue) {
  ASSIGN_OR_RETURN(const law::BareNames names, LoadBareNames(registry));
  ASSIGN_OR_RETURN(const Passages passages, ReadPassages(jurisdiction.grammar, folder));
  Measure measure;
  for (const auto& [name, of_file] : passages) {
    ASSIGN_OR_RETURN(const std::string file, base::ReadFile(corpus + '/' + name));
    if (tongue == Tongue::kEnglish) {
      MeasureEnglish(jurisdiction.english, file, of_file, measure);
    } else {
      MeasureFile(jurisdiction.grammar, names, file, of_file, measure);
    }
  }
  return measure;
}

}  // namespace lawbound::registry
