#include "registry/lookup.h"

#include <fmt/format.h>

namespace lawbound::registry {
namespace {

// Of a territory itself, else of the one around it, else of any.
base::Result<std::vector<Instrument>> NamedFor(Registry& registry, std::string_view name,
                                               std::string_view territory) {
  while (!territory.empty()) {
    ASSIGN_OR_RETURN(std::vector<Instrument> named, registry.InstrumentsNamed(name, territory));
    if (!named.empty()) return named;
    const std::size_t slash = territory.rfind('/');
    territory = territory.substr(0, slash == std::string_view::npos ? 0 : slash);
  }
  return registry.InstrumentsNamed(name, "");
}

}  // namespace

base::Result<Lookup> LookUp(Registry& registry, const Jurisdiction& jurisdiction,
                            const law::CitationTarget& target, std::string_view territory, base::Day day,
                            base::Day known) {
  Lookup out;
  if (!target.known || target.instrument.empty()) return out.resolution = Resolution::kUnknown, out;
  ASSIGN_OR_RETURN(const std::vector<Instrument> named, NamedFor(registry, target.instrument, territory));
  if (named.empty()) {
    out.why = fmt::format("the registry has no '{}'", target.instrument);
    return out;
  }
  if (named.size() > 1) {
    out.resolution = Resolution::kSeveral;
    out.why = fmt::format("{} instruments are called '{}'", named.size(), target.instrument);
    return out;
  }
  ASSIGN_OR_RETURN(out.work, registry.LoadWork(named.front(), known));
  out.version = law::VersionOn(out.work->succession, day);
  if (!out.version) {
    out.resolution = Resolution::kNotInForce;
    out.why = fmt::format("no version of '{}' is known to be in force on {}", out.work->instrument.title,
                          base::PrintDay(day));
    return out;
  }
  base::Result<Answer> found =
      registry.FindIn(jurisdiction.grammar, *out.work, *out.version, target.path, day);
  if (found.ok()) {
    if (std::optional<std::string> why = WhyNotInForce(found.value())) {
      out.resolution = Resolution::kNotInForce;
      out.why = *std::move(why);
      return out;
    }
    out.resolution = Resolution::kResolved;
    out.answer = std::move(found).value();
    return out;
  }
  if (found.error().code != base::Errc::kNotFound) return std::move(found).error();
  out.resolution = Resolution::kNoProvision;
  out.why = found.error().message;
  return out;
}

std::optional<std::string> WhyNotInForce(const Answer& answer) {
  if (answer.force == law::Force::kNotYet && answer.commences)
    return fmt::format("'{}' comes into force on {}", answer.path, base::PrintDay(*answer.commences));
  if (answer.force == law::Force::kEnded && answer.ends)
    return fmt::format("'{}' is ended since {} by {}", answer.path, base::PrintDay(*answer.ends),
                       answer.ended_by);
  return std::nullopt;
}

std::vector<law::CitationTarget> TargetsIn(const Jurisdiction& jurisdiction, const law::BareNames& names,
                                           std::string_view words) {
  std::vector<law::CitationTarget> out;
  if (const std::optional<law::Address> address = law::ParseAddress(words)) {
    std::string name = address->name;
    for (const auto& [plain, in_addresses] : jurisdiction.address_names) {
      if (in_addresses == name) name = plain;
    }
    out.push_back({name, true, address->path, std::nullopt});
    return out;
  }
  law::CitationReader reader(jurisdiction.grammar, names);
  for (law::FoundCitation& found : reader.ReadLine(words, {})) {
    if (!found.target.instrument.empty()) out.push_back(std::move(found.target));
  }
  for (law::FoundCitation& found : law::ReadUnitFirst(jurisdiction.english, words, {})) {
    if (!found.target.instrument.empty()) out.push_back(std::move(found.target));
  }
  return out;
}

std::string WordsOfBasis(Registry& registry, const Jurisdiction& jurisdiction, std::string_view instrument,
                         std::string_view path, base::Day day, base::Day known) {
  const law::CitationTarget target{std::string(instrument), true, law::ParsePath(path).value_or(law::Path()),
                                   std::nullopt};
  const base::Result<Lookup> found = LookUp(registry, jurisdiction, target, "", day, known);
  if (!found.ok()) return found.error().message;
  if (!found.value().answer) return fmt::format("{} {} ({})", instrument, path, found.value().why);
  return fmt::format("{}: {}", found.value().answer->address, found.value().answer->text);
}

}  // namespace lawbound::registry
