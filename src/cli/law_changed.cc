// lawbound law changed REGISTRY SINCE: what commenced, ended or became known in a span of days.
#include <algorithm>
#include <fmt/format.h>

#include "cli/law.h"

namespace lawbound::cli {
namespace {

struct Line {
  base::Day day;
  std::string words;
};

base::Result<std::vector<Line>> Changes(OpenLaw& law, base::Day since, base::Day to) {
  std::vector<Line> lines;
  const auto within = [&](base::Day day) { return since <= day && day <= to; };
  ASSIGN_OR_RETURN(const std::vector<registry::Instrument> all, law.registry.AllInstruments());
  for (const registry::Instrument& instrument : all) {
    ASSIGN_OR_RETURN(const registry::Work work, law.registry.LoadWork(instrument, law.known));
    for (const law::InForce& span : work.succession.in_force) {
      const std::string address = law.registry.AddressOf(work, span.version, {}, std::nullopt);
      if (within(span.from))
        lines.push_back({span.from, fmt::format("{} commences: {}", address, instrument.title)});
      if (span.to && within(*span.to))
        lines.push_back({*span.to, fmt::format("{} is no longer in force: {}", address, instrument.title)});
    }
    for (std::size_t i = 0; i < work.versions.size(); ++i) {
      const law::Version& dates = work.versions[i].dates;
      const std::string address = law.registry.AddressOf(work, i, {}, std::nullopt);
      if (within(dates.known_since))
        lines.push_back({dates.known_since, fmt::format("{} became known: {}", address, instrument.title)});
      if (dates.known_until && within(*dates.known_until))
        lines.push_back({*dates.known_until, fmt::format("{} was corrected: {}", address, instrument.title)});
    }
  }
  std::ranges::stable_sort(lines, {}, &Line::day);
  return lines;
}

base::Status Print(OpenLaw& law, const LawChangedArguments& arguments) {
  ASSIGN_OR_RETURN(const std::optional<base::Day> since, OptionalDay("SINCE", arguments.since));
  ASSIGN_OR_RETURN(const std::optional<base::Day> to, OptionalDay("--to", arguments.to));
  ASSIGN_OR_RETURN(const std::vector<Line> lines,
                   Changes(law, since.value_or(base::kFirstDay), to.value_or(Today())));
  for (const Line& line : lines) fmt::print("{} {}\n", base::PrintDay(line.day), line.words);
  return base::Ok();
}

}  // namespace

ExitCode RunLawChanged(const LawChangedArguments& arguments) {
  base::Result<OpenLaw> opened = OpenLawRegistry(arguments.places, store::Database::Mode::kRead);
  if (!opened.ok()) return Fail(opened.error());
  const base::Status done = Print(opened.value(), arguments);
  return done.ok() ? kDone : Fail(done.error());
}

}  // namespace lawbound::cli
