// lawbound law show REGISTRY ADDRESS: a provision as of a day, or an instrument with its versions and
// effects.
#include <fmt/format.h>

#include "cli/law.h"
#include "registry/compare.h"

namespace lawbound::cli {
namespace {

void PrintAnswer(const registry::Answer& answer) {
  fmt::print("{}\n{}{}\n", answer.address, answer.instrument.title,
             answer.heading.empty() ? std::string() : ", " + answer.heading);
  fmt::print("{}; source: {}\n", law::ForceWords(answer.force), answer.version.source);
  if (answer.span) {
    fmt::print("this version is in force from {}{}\n", base::PrintDay(answer.span->from),
               answer.span->to ? " to " + base::PrintDay(*answer.span->to - 1) : std::string());
  }
  if (answer.commences)
    fmt::print("this provision has a day of its own: in force from {}\n", base::PrintDay(*answer.commences));
  if (answer.ends) {
    fmt::print("this provision ends before its version: in force to {}, by {}\n",
               base::PrintDay(*answer.ends - 1), answer.ended_by);
  }
  if (!answer.instrument.subject_mark.empty()) {
    fmt::print("subject: {}; no pack may judge it\n", answer.instrument.subject_mark);
  }
  fmt::print("\n{}\n", answer.text);
}

base::Status PrintWork(OpenLaw& law, const registry::Work& work) {
  const registry::Instrument& instrument = work.instrument;
  const auto or_unknown = [](const std::string& word) {
    return word.empty() ? std::string("unknown") : word;
  };
  fmt::print("{}\nrank: {}; maker: {}; territory: {}\n", instrument.title,
             or_unknown(instrument.authority.rank), or_unknown(instrument.authority.maker),
             instrument.authority.territory);
  if (!instrument.subject_mark.empty())
    fmt::print("subject: {}; no pack may judge it\n", instrument.subject_mark);
  for (std::size_t i = 0; i < work.versions.size(); ++i) {
    const law::Version& dates = work.versions[i].dates;
    fmt::print("  {}  {}; known since {}{}\n", law.registry.AddressOf(work, i, {}, std::nullopt),
               VersionWords(work, i), base::PrintDay(dates.known_since),
               dates.known_until ? " until " + base::PrintDay(*dates.known_until) : std::string());
  }
  for (const law::Conflict& conflict : work.succession.conflicts) {
    fmt::print("  conflict: {} ({})\n", law::ConflictWords(conflict.kind),
               VersionWords(work, conflict.version));
  }
  ASSIGN_OR_RETURN(const std::vector<law::Effect> effects, law.registry.EffectsOn(instrument, law.known));
  for (const law::Effect& effect : effects) {
    ASSIGN_OR_RETURN(const std::optional<registry::Work> by,
                     law.registry.WorkOfVersion(effect.by, law.known));
    if (!by) continue;
    std::size_t version = 0;
    for (std::size_t i = 0; i < by->versions.size(); ++i) {
      if (by->versions[i].dates.id == effect.by) version = i;
    }
    const bool itself = by->instrument.id == instrument.id;
    fmt::print("  {} {} {} on {}{}\n", law.registry.AddressOf(*by, version, effect.by_path, std::nullopt),
               law::EffectWords(effect.kind),
               itself                         ? std::string("an earlier one of this name")
               : effect.affected_path.empty() ? std::string("it")
                                              : law::PrintPath(effect.affected_path) + " of it",
               effect.effective ? base::PrintDay(*effect.effective) : std::string("an unknown day"),
               effect.applied == law::Applied::kNo ? "; the registry's text has not taken that in" : "");
  }
  return base::Ok();
}

base::Status PrintTimeline(OpenLaw& law, const ChosenVersion& chosen) {
  ASSIGN_OR_RETURN(const std::vector<registry::TimelineEntry> entries,
                   registry::Timeline(law.registry, chosen.work, chosen.address.path));
  for (const registry::TimelineEntry& entry : entries) {
    fmt::print("{}\n{}\n\n", VersionWords(chosen.work, entry.version),
               entry.there ? entry.text : std::string("(no such article)"));
  }
  return base::Ok();
}

}  // namespace

ExitCode RunLawShow(const LawShowArguments& arguments) {
  base::Result<OpenLaw> opened = OpenLawRegistry(arguments.places, store::Database::Mode::kRead);
  if (!opened.ok()) return Fail(opened.error());
  OpenLaw& law = opened.value();
  base::Result<ChosenVersion> chosen = ChooseByAddress(law, arguments.address);
  if (!chosen.ok()) return Fail(chosen.error());
  base::Status done = base::Ok();
  if (chosen.value().address.path.empty()) {
    done = PrintWork(law, chosen.value().work);
  } else if (arguments.timeline) {
    done = PrintTimeline(law, chosen.value());
  } else {
    base::Result<registry::Answer> answer =
        law.registry.Find(law.jurisdiction.grammar, chosen.value().address, law.known);
    if (!answer.ok()) return Fail(answer.error());
    PrintAnswer(answer.value());
  }
  return done.ok() ? kDone : Fail(done.error());
}

}  // namespace lawbound::cli
