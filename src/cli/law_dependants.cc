// lawbound law dependants REGISTRY ADDRESS: what rests on a provision, in the texts of the registry, in packs
// and the open matters under them, in lists of powers and in documents; and, when its instrument has changed
// since or was repealed, what there is to do for each.
#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "basis/pack_law.h"
#include "cli/auditors.h"
#include "cli/law.h"
#include "cli/reading.h"
#include "engine/plan.h"
#include "registry/dependants.h"
#include "registry/lookup.h"
#include "registry/powers.h"

namespace lawbound::cli {
namespace {

using registry::Fate;

std::string Quoted(const std::vector<std::string>& titles) {
  std::string out;
  for (const std::string& title : titles) out += (out.empty() ? "\"" : ", \"") + title + "\"";
  return out;
}

class Dependants {
 public:
  Dependants(OpenLaw& law, const ChosenVersion& chosen, std::vector<registry::UnitRow> units,
             registry::Successor successor, base::Day day)
      : law_(law), chosen_(chosen), units_(std::move(units)), successor_(std::move(successor)), day_(day) {
    for (const law::InForce& span : chosen.work.succession.in_force) {
      if (span.version == chosen.version) span_ = span;
    }
  }

  void PrintHead() const {
    const law::Path& path = chosen_.address.path;
    fmt::print("{}{}\n{}\n", chosen_.work.instrument.title,
               path.empty() ? std::string() : ", " + law::PrintPath(path),
               VersionWords(chosen_.work, chosen_.version));
    if (!successor_.Any()) {
      fmt::print("nothing in the registry follows this version or repeals it\n");
      return;
    }
    const std::string day =
        successor_.change_day() ? base::PrintDay(*successor_.change_day()) : "an unknown day";
    fmt::print("{} on {}{}\n", successor_.Repealed() ? "repealed" : "another version in force", day,
               successor_.address().empty() ? std::string() : ": " + successor_.address());
    if (!path.empty()) PrintFate(successor_.FateOf(path), "");
  }

  base::Status PrintTexts() {
    ASSIGN_OR_RETURN(std::vector<registry::Citing> found,
                     registry::WhoCites(law_.registry, law_.jurisdiction, chosen_.work, chosen_.version,
                                        chosen_.address.path, day_, law_.known));
    // What ends the instrument names it and does not rest on it.
    std::erase_if(found, [&](const registry::Citing& citing) {
      return !citing.inner && successor_.repealing() == citing.version;
    });
    const bool narrow = !chosen_.address.path.empty();
    const auto whole = static_cast<std::size_t>(std::ranges::count_if(
        found, [&](const registry::Citing& citing) { return narrow && citing.cited.empty(); }));
    fmt::print("\nTexts in force on {}: {}\n", base::PrintDay(day_), found.size() - whole);
    if (whole > 0) fmt::print("(and {} times the whole instrument is named)\n", whole);
    for (const registry::Citing& citing : found) {
      if (narrow && citing.cited.empty()) continue;
      fmt::print("{}\n  {}: {} ({})\n", citing.address, citing.title, citing.words, citing.reason);
      if (citing.other_version)
        fmt::print("  written when another version was in force: the number may mean another article\n");
      if (!citing.inner && successor_.Any()) PrintToDo(citing.cited, "ask the maker of that text", "  ");
    }
    return base::Ok();
  }

  base::Status PrintPack(const std::string& path, const Places& places, const LogArguments& matters) {
    ASSIGN_OR_RETURN(const std::unique_ptr<LoadedPack> pack, LoadPack(path, places));
    std::vector<basis::PackCitation> resting;
    std::map<std::string, bool> ours;  // by the pack's name of the instrument
    for (const basis::PackCitation& citation : basis::CitationsOf(pack->tree)) {
      const auto [known, fresh] = ours.try_emplace(citation.instrument, false);
      if (fresh) {
        ASSIGN_OR_RETURN(known->second, IsOurs(citation));
      }
      if (known->second && Rests(citation)) resting.push_back(citation);
    }
    flipped_.clear();
    fmt::print("\nPack {}: {}\n", pack->tree.path.text.empty() ? path : pack->tree.path.text, resting.size());
    const auto undated = std::ranges::count_if(
        resting, [](const basis::PackCitation& citation) { return !citation.from && !citation.until; });
    if (successor_.Any() && undated > 0)
      fmt::print("({} of them say no day: see first whether they were written for this version)\n", undated);
    for (const basis::PackCitation& citation : resting) RETURN_IF_ERROR(PrintPackCitation(*pack, citation));
    return matters.log.empty() ? base::Ok() : PrintMatters(*pack, resting, matters);
  }

  base::Status PrintDocument(const std::string& path, registry::Tongue tongue) {
    ASSIGN_OR_RETURN(
        const std::vector<registry::ResolvedCitation> found,
        registry::CiteDocument(law_.registry, law_.jurisdiction, path, tongue, day_, law_.known));
    fmt::print("\nDocument {}\n", path);
    for (const registry::ResolvedCitation& citation : found) {
      const law::CitationTarget& target = citation.found.citation.target;
      const bool ours = target.known && target.instrument == chosen_.work.instrument.name;
      if (!ours || !registry::Meet(target, chosen_.address.path)) continue;
      fmt::print("{}:{}: {}\n", path, citation.found.line, citation.words);
      if (successor_.Any()) PrintToDo(target.path, "see whether the document still holds", "  ");
    }
    return base::Ok();
  }

  base::Status PrintPowers(const registry::PowerLaw& power_law, const law::BareNames& names,
                           const std::string& path) {
    ASSIGN_OR_RETURN(const registry::Table table, registry::ReadTable(path));
    const registry::PowerList list = registry::ReadPowers(power_law, table);
    fmt::print("\nPowers in {}\n", path);
    for (const registry::Power& power : list.rows) {
      for (const law::CitationTarget& target : registry::TargetsIn(law_.jurisdiction, names, power.basis)) {
        const bool ours = target.instrument == chosen_.work.instrument.name;
        if (!ours || !registry::Meet(target, chosen_.address.path)) continue;
        fmt::print("{}:{}: {} {}: {}\n", path, power.line, power.id, power.kind, power.subject);
        if (successor_.Any())
          PrintToDo(target.path, "do not use it from that day on without another basis", "  ");
      }
    }
    return base::Ok();
  }

 private:
  base::Result<bool> IsOurs(const basis::PackCitation& citation) {
    ASSIGN_OR_RETURN(const std::vector<registry::Instrument> meant,
                     basis::InstrumentsMeant(law_.registry, law_.jurisdiction.grammar, citation.titles));
    for (const registry::Instrument& instrument : meant) {
      if (instrument.id == chosen_.work.instrument.id) return true;
    }
    return false;
  }

  law::Path PathOf(const basis::PackCitation& citation) const {
    const std::optional<law::Path> path = basis::PathOfProvision(citation.provision);
    return path ? basis::PathMeant(law_.jurisdiction.grammar, units_, *path) : law::Path();
  }

  // The citation is of this version, when its own days say so, and meets the provision asked about.
  bool Rests(const basis::PackCitation& citation) const {
    if (span_ && citation.until && *citation.until < span_->from) return false;
    if (span_ && span_->to && citation.from && *span_->to <= *citation.from) return false;
    const law::Path path = PathOf(citation);
    return registry::Meet({"", true, path, std::nullopt}, chosen_.address.path);
  }

  base::Status PrintPackCitation(const LoadedPack& pack, const basis::PackCitation& citation) {
    const source::Place at = pack.sources.Locate(citation.span.file, citation.span.begin);
    fmt::print("{}:{}: {} {}, under {} {}\n", pack.sources.file(citation.span.file).name, at.line,
               citation.owner_kind, citation.owner, citation.instrument, citation.provision);
    const law::Path path = PathOf(citation);
    if (!successor_.Any()) return base::Ok();
    PrintToDo(path, "end what rests on the old words with 'until', and begin the new with 'from'", "  ");
    if (!pack.compiled) return base::Ok();
    const bool rule = citation.owner_kind == "rule";
    const std::vector<std::string> rules =
        rule ? std::vector<std::string>{citation.owner}
             : basis::RulesThatName(pack.tree, pack.sources, citation.owner);
    if (rules.empty()) return base::Ok();
    const auto [known, fresh] = flipped_.try_emplace(rules);
    if (fresh) {
      ASSIGN_OR_RETURN(known->second, basis::ExamplesWithout(*pack.compiled, pack.calendars, rules));
    }
    const std::string without =
        rule ? std::string("it") : fmt::format("the rules that name it ({})", fmt::join(rules, ", "));
    if (known->second.empty()) {
      fmt::print("  no example comes out otherwise without {}\n", without);
    } else {
      fmt::print("  examples that come out otherwise without {}: {}\n", without, Quoted(known->second));
    }
    return base::Ok();
  }

  // The matters of a log in which time still runs under a rule that rests on the provision, on the log's last
  // day: a change of the provision may reach them.
  static base::Status PrintMatters(const LoadedPack& pack, const std::vector<basis::PackCitation>& resting,
                                   const LogArguments& log) {
    constexpr std::size_t kShown = 20;
    if (!pack.compiled) return base::Ok();
    const program::Program& program = pack.compiled->program;
    ASSIGN_OR_RETURN(const program::MappingDef* const mapping, FindMapping(program, log.mapping));
    ASSIGN_OR_RETURN(const engine::Plan plan,
                     engine::Plan::Make(program, pack.calendars, {.mapping = mapping, .strict = false}));
    const engine::AuditOptions options;
    Auditors auditors(plan, options, ThreadsFor(log));
    RETURN_IF_ERROR(ReadLogFor(log, program, *mapping, auditors));
    const engine::Audit audit = engine::Finish(plan, options, auditors.workers());
    std::map<std::string, std::vector<std::string>> open;  // by rule
    for (const basis::PackCitation& citation : resting) {
      if (citation.owner_kind == "rule") open.try_emplace(citation.owner);
    }
    for (const engine::FindingRow& row : audit.findings) {
      if (row.outcome.finding != model::Finding::kPending || !row.outcome.sentence) continue;
      const model::RuleId rule = program.sentences[row.outcome.sentence.index()].rule;
      const auto resting_rule = open.find(std::string(program.string(program.rules[rule.index()].name)));
      if (resting_rule == open.end()) continue;
      std::vector<std::string>& matters = resting_rule->second;
      if (matters.empty() || matters.back() != row.case_name) matters.emplace_back(row.case_name);
    }
    fmt::print("\nOpen matters of {} on {}, where time still runs\n", log.log, base::PrintDay(audit.as_of));
    for (const auto& [rule, matters] : open) {
      fmt::print("  under {}: {}", rule, matters.size());
      for (std::size_t i = 0; i < std::min(kShown, matters.size()); ++i)
        fmt::print("{}{}", i == 0 ? ": " : ", ", matters[i]);
      fmt::print("{}\n", matters.size() > kShown ? ", ..." : "");
    }
    return base::Ok();
  }

  void PrintToDo(const law::Path& path, std::string_view act, std::string_view indent) {
    const registry::ProvisionFate fate = successor_.FateOf(path);
    PrintFate(fate, indent);
    switch (fate.fate) {
      case Fate::kStands:
      case Fate::kSame:
        fmt::print("{}to do: nothing\n", indent);
        return;
      case Fate::kMoved:
        fmt::print("{}to do: cite the new number\n", indent);
        return;
      case Fate::kUnknown:
        fmt::print("{}to do: find out which provision was meant\n", indent);
        return;
      case Fate::kChanged:
      case Fate::kGone:
      case Fate::kEnded:
        fmt::print("{}to do: {}\n", indent, act);
        return;
    }
  }

  void PrintFate(const registry::ProvisionFate& fate, std::string_view indent) const {
    fmt::print("{}{}{}\n", indent, registry::FateWords(fate.fate),
               fate.now.empty()            ? std::string()
               : fate.fate == Fate::kEnded ? ", nearest to it: " + fate.now
                                           : ": " + fate.now);
  }

  OpenLaw& law_;
  const ChosenVersion& chosen_;
  std::vector<registry::UnitRow> units_;  // of the version chosen
  registry::Successor successor_;
  base::Day day_;
  std::optional<law::InForce> span_;
  // Of the pack in hand: what turns without these rules.
  std::map<std::vector<std::string>, std::vector<std::string>> flipped_;
};

base::Status Print(OpenLaw& law, const LawDependantsArguments& arguments) {
  ASSIGN_OR_RETURN(const std::optional<base::Day> on, OptionalDay("--on", arguments.on));
  ASSIGN_OR_RETURN(const ChosenVersion chosen, ChooseByAddress(law, arguments.address));
  ASSIGN_OR_RETURN(
      registry::Successor successor,
      registry::Successor::Find(law.registry, law.jurisdiction, chosen.work, chosen.version, law.known));
  ASSIGN_OR_RETURN(std::vector<registry::UnitRow> units,
                   law.registry.Units(chosen.work.versions[chosen.version].dates.id));
  Dependants dependants(law, chosen, std::move(units), std::move(successor), on.value_or(Today()));
  dependants.PrintHead();
  RETURN_IF_ERROR(dependants.PrintTexts());
  for (const std::string& pack : arguments.packs)
    RETURN_IF_ERROR(dependants.PrintPack(pack, arguments.pack_places, arguments.matters));
  for (const std::string& document : arguments.documents) {
    RETURN_IF_ERROR(dependants.PrintDocument(
        document, arguments.english ? registry::Tongue::kEnglish : registry::Tongue::kOwn));
  }
  if (!arguments.powers.empty()) {
    ASSIGN_OR_RETURN(const registry::PowerLaw power_law, LoadPowerLaw(arguments.powers_data));
    ASSIGN_OR_RETURN(const law::BareNames names, registry::LoadBareNames(law.registry));
    for (const std::string& list : arguments.powers)
      RETURN_IF_ERROR(dependants.PrintPowers(power_law, names, list));
  }
  return base::Ok();
}

}  // namespace

ExitCode RunLawDependants(const LawDependantsArguments& arguments) {
  base::Result<OpenLaw> opened = OpenLawRegistry(arguments.places, store::Database::Mode::kRead);
  if (!opened.ok()) return Fail(opened.error());
  const base::Status done = Print(opened.value(), arguments);
  return done.ok() ? kDone : Fail(done.error());
}

}  // namespace lawbound::cli
