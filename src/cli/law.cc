#include "cli/law.h"

#include <chrono>
#include <fmt/format.h>

namespace lawbound::cli {

base::Day Today() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return base::Day{static_cast<std::int32_t>(now.time_since_epoch().count())};
}

base::Result<OpenLaw> OpenLawRegistry(const LawPlaces& places, store::Database::Mode mode) {
  ASSIGN_OR_RETURN(const std::optional<base::Day> known, OptionalDay("--known", places.known));
  const std::string data = places.data.empty() ? LAWBOUND_LAW_DATA : places.data;
  ASSIGN_OR_RETURN(registry::Jurisdiction jurisdiction, registry::Jurisdiction::Load(data));
  ASSIGN_OR_RETURN(registry::Registry opened, registry::Registry::Open(places.registry, mode));
  return OpenLaw{std::move(jurisdiction), std::move(opened), known.value_or(Today())};
}

base::Result<registry::PowerLaw> LoadPowerLaw(const std::string& folder) {
  return registry::PowerLaw::Load(folder.empty() ? LAWBOUND_POWERS_DATA : folder);
}

std::string DatesWords(const law::Version& dates, const std::optional<law::InForce>& span) {
  const std::string published = dates.published ? base::PrintDay(*dates.published) : "on an unknown day";
  if (!span) {
    return fmt::format("published {}, commencement {}", published,
                       dates.commences ? base::PrintDay(*dates.commences) : "unknown");
  }
  if (!span->to) return fmt::format("published {}, in force from {}", published, base::PrintDay(span->from));
  return fmt::format("published {}, in force {} to {}", published, base::PrintDay(span->from),
                     base::PrintDay(*span->to - 1));
}

std::string VersionWords(const registry::Work& work, std::size_t version) {
  std::optional<law::InForce> span;
  for (const law::InForce& one : work.succession.in_force) {
    if (one.version == version) span = one;
  }
  return DatesWords(work.versions[version].dates, span);
}

base::Result<ChosenVersion> ChooseByAddress(OpenLaw& law, const std::string& address) {
  const std::optional<law::Address> parsed = law::ParseAddress(address);
  if (!parsed) {
    return base::Error{
        base::Errc::kInvalid,
        fmt::format("'{}' is no address; one looks like /law/prc/2021/some-law/art_63/para_1@2024-05-01",
                    address)};
  }
  ASSIGN_OR_RETURN(const std::vector<registry::Instrument> named,
                   law.registry.InstrumentsNamed(parsed->name, parsed->territory));
  if (named.empty())
    return base::Error{base::Errc::kNotFound, fmt::format("the registry has no '{}'", parsed->name)};
  ASSIGN_OR_RETURN(registry::Work work, law.registry.LoadWork(named.front(), law.known));
  ASSIGN_OR_RETURN(const std::size_t version, law.registry.ChooseVersion(work, *parsed));
  return ChosenVersion{std::move(work), version, *parsed};
}

}  // namespace lawbound::cli
