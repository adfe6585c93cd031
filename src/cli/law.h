// What the commands of `lawbound law` share: the registry's file, the data of its jurisdiction, and the two
// days every answer depends on.
#pragma once

#include <optional>
#include <string>

#include "base/day.h"
#include "base/result.h"
#include "cli/commands.h"
#include "registry/jurisdiction.h"
#include "registry/power_law.h"
#include "registry/registry.h"

namespace lawbound::cli {

struct OpenLaw {
  registry::Jurisdiction jurisdiction;
  registry::Registry registry;
  base::Day known;  // --known, else today
};
base::Result<OpenLaw> OpenLawRegistry(const LawPlaces& places, store::Database::Mode mode);

// From this folder, or what comes with the program.
base::Result<registry::PowerLaw> LoadPowerLaw(const std::string& folder);

// Today where the program runs.
base::Day Today();

// When a version is in force, for people.
std::string DatesWords(const law::Version& dates, const std::optional<law::InForce>& span);

// A version's name for people: "published 2021-01-22, in force 2021-07-15 to 2024-01-01".
std::string VersionWords(const registry::Work& work, std::size_t version);

// The work and version that an address names, without its provision.
struct ChosenVersion {
  registry::Work work;
  std::size_t version = 0;
  law::Address address;
};
base::Result<ChosenVersion> ChooseByAddress(OpenLaw& law, const std::string& address);

}  // namespace lawbound::cli
