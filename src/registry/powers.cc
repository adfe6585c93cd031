#include "registry/powers.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <map>
#include <set>

#include "registry/lookup.h"
#include "source/utf8.h"

namespace lawbound::registry {
namespace {

constexpr std::int32_t kYear = 365;

class ListReader {
 public:
  ListReader(const PowerLaw& law, const Table& table) : law_(law), table_(table) {
    for (const std::string& column : table.columns) {
      const auto ours = law.column_of.find(column);
      names_.push_back(ours == law.column_of.end() ? column : ours->second);
    }
  }

  PowerList Read() {
    SayColumns();
    for (const TableRow& row : table_.rows) ReadRow(row);
    return std::move(list_);
  }

 private:
  std::string Cell(const TableRow& row, std::string_view name) const {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (names_[i] == name && !row.cells[i].empty()) return row.cells[i];
    }
    return {};
  }
  // What nobody reads is said once: a column under another name would be missing in every row.
  void SayColumns() {
    constexpr std::string_view kRead[] = {"record",   "id",     "kind", "holder",    "subject",
                                          "basis",    "limits", "term", "remedy",    "of",
                                          "delegate", "from",   "to",   "published", "amount"};
    std::string unread;
    for (const std::string& name : names_) {
      if (name.empty() || std::ranges::find(kRead, name) != std::end(kRead)) continue;
      unread += (unread.empty() ? "'" : ", '") + name + "'";
    }
    if (unread.empty()) return;
    Power list;
    list.line = 1;
    Say(list, fmt::format("columns that are not read: {}", unread));
  }

  // A word of the list in our words.
  std::string Meant(std::string word) const {
    const auto ours = law_.value_of.find(word);
    return ours == law_.value_of.end() ? word : ours->second;
  }
  void Say(const Power& power, std::string words) {
    list_.findings.push_back({PowerFault::kUnread, power.line, power.id, std::move(words)});
  }

  std::optional<base::Day> Day(const TableRow& row, const Power& power, std::string_view name) {
    const std::string cell = Cell(row, name);
    if (cell.empty()) return std::nullopt;
    const std::optional<base::Day> day = base::ParseDay(cell);
    if (!day) Say(power, fmt::format("{} '{}' is no date as 2026-02-28", name, cell));
    return day;
  }

  void ReadRow(const TableRow& row) {
    Power power;
    power.line = row.line;
    power.id = Cell(row, "id");
    const std::string record = Meant(Cell(row, "record"));
    if (record == "delegation") power.record = Power::Record::kDelegation;
    if (record == "credential") power.record = Power::Record::kCredential;
    if (!record.empty() && record != "power" && power.record == Power::Record::kPower)
      Say(power, fmt::format("record '{}' is none of power, delegation, credential", record));
    power.kind = Meant(Cell(row, "kind"));
    power.holder = Cell(row, "holder");
    power.subject = Cell(row, "subject");
    power.basis = Cell(row, "basis");
    power.limits = Cell(row, "limits");
    power.term = Cell(row, "term");
    power.remedy = Cell(row, "remedy");
    power.of = Cell(row, "of");
    power.delegate = Cell(row, "delegate");
    power.from = Day(row, power, "from");
    power.to = Day(row, power, "to");
    power.published = Day(row, power, "published");
    if (const std::string amount = Cell(row, "amount"); !amount.empty()) {
      std::int64_t number = 0;
      const auto [end, error] = std::from_chars(amount.data(), amount.data() + amount.size(), number);
      if (error == std::errc() && end == amount.data() + amount.size()) {
        power.amount = number;
      } else {
        Say(power, fmt::format("amount '{}' is no whole number", amount));
      }
    }
    if (power.record == Power::Record::kPower && !law_.HasKind(power.kind))
      Say(power, fmt::format("kind '{}' is not in the data", power.kind));
    if (power.from && power.to && *power.to < *power.from) Say(power, "it ends before it begins");
    list_.rows.push_back(std::move(power));
  }

  const PowerLaw& law_;
  const Table& table_;
  std::vector<std::string> names_;  // of the columns, in our words
  PowerList list_;
};

class Checker {
 public:
  Checker(Registry& registry, const Jurisdiction& jurisdiction, const PowerLaw& law, const PowerList& list,
          base::Day day, base::Day known)
      : registry_(registry), jurisdiction_(jurisdiction), law_(law), list_(list), day_(day), known_(known) {}

  base::Result<std::vector<PowerFinding>> Check() {
    findings_ = list_.findings;
    ASSIGN_OR_RETURN(names_, LoadBareNames(registry_));
    for (const Power& power : list_.rows) {
      if (power.record == Power::Record::kPower) {
        CheckCells(power);
        RETURN_IF_ERROR(CheckBasis(power));
        CheckEnd(power, "the power");
      } else if (power.record == Power::Record::kDelegation) {
        CheckDelegation(power);
      } else {
        CheckCredential(power);
      }
    }
    CheckOverlaps();
    RETURN_IF_ERROR(CheckGaps());
    return std::move(findings_);
  }

 private:
  void Say(PowerFault fault, const Power& power, std::string words) {
    findings_.push_back({fault, power.line, power.id, std::move(words)});
  }

  void CheckCells(const Power& power) {
    std::string missing;
    for (const auto& [name, cell] : {std::pair{"id", &power.id}, std::pair{"holder", &power.holder},
                                     std::pair{"subject", &power.subject}, std::pair{"basis", &power.basis},
                                     std::pair{"remedy", &power.remedy}}) {
      if (cell->empty()) missing += (missing.empty() ? "" : ", ") + std::string(name);
    }
    if (!missing.empty()) Say(PowerFault::kMissing, power, missing);
  }

  base::Status CheckBasis(const Power& power) {
    const std::vector<law::CitationTarget> targets = TargetsIn(jurisdiction_, names_, power.basis);
    if (targets.empty()) {
      if (!power.basis.empty())
        Say(PowerFault::kBasis, power, fmt::format("'{}' cites no provision", power.basis));
      return base::Ok();
    }
    std::vector<CreationRule> rules;
    std::vector<std::string> ranks;
    for (const law::CitationTarget& target : targets) {
      ASSIGN_OR_RETURN(const Lookup found, LookUp(registry_, jurisdiction_, target, "", day_, known_));
      if (found.resolution != Resolution::kResolved) {
        Say(PowerFault::kBasis, power, fmt::format("{}: {}", law::PrintTarget(target), found.why));
        continue;
      }
      const law::Authority& authority = found.work->instrument.authority;
      rests_on_[found.work->instrument.name].insert(ArticleOf(target.path) + ' ' + power.kind);
      CheckEndOfBasis(power, *found.work, *found.version, authority.rank);
      rules.push_back(law_.MayCreate(authority.rank, power.kind));
      ranks.push_back(authority.rank);
      if (rules.back().creation != Creation::kMayNot) CheckCeiling(power, authority.rank);
    }
    CheckRank(power, rules, ranks);
    return base::Ok();
  }

  // One basis that may create it is enough: the others may then say more of it.
  void CheckRank(const Power& power, const std::vector<CreationRule>& rules,
                 const std::vector<std::string>& ranks) {
    if (rules.empty()) return;
    const auto best = std::ranges::min_element(rules, {}, [](const CreationRule& rule) {
      return rule.creation == Creation::kUnknown ? Creation::kMayNot : rule.creation;
    });
    const std::string& rank = ranks[static_cast<std::size_t>(best - rules.begin())];
    if (best->creation == Creation::kMayNot) {
      Say(PowerFault::kRank, power,
          fmt::format("'{}' may not be created by '{}': {} {}", power.kind, rank, best->basis.instrument,
                      best->basis.path));
    } else if (best->creation == Creation::kMayIf) {
      Say(PowerFault::kCondition, power,
          fmt::format("'{}' may create '{}' if {}: {} {}", rank, power.kind, best->condition,
                      best->basis.instrument, best->basis.path));
    }
  }

  void CheckCeiling(const Power& power, std::string_view rank) {
    if (!power.amount) return;
    const std::optional<Ceiling> ceiling = law_.CeilingOf(rank, power.kind);
    if (!ceiling) return;
    if (!ceiling->amount) {
      Say(PowerFault::kCondition, power,
          fmt::format("the ceiling is set by others, and the data hold no number: {} {}",
                      ceiling->basis.instrument, ceiling->basis.path));
    } else if (*power.amount > *ceiling->amount) {
      Say(PowerFault::kCeiling, power,
          fmt::format("{} is more than {} may set, {} ({}): {} {}", *power.amount, rank, *ceiling->amount,
                      ceiling->reading, ceiling->basis.instrument, ceiling->basis.path));
    }
  }

  void CheckEnd(const Power& power, std::string_view what) {
    if (!power.to) return;
    if (*power.to < day_) {
      Say(PowerFault::kLapse, power, fmt::format("{} ended on {}", what, base::PrintDay(*power.to)));
    } else if (*power.to < day_ + kYear) {
      Say(PowerFault::kLapse, power, fmt::format("{} ends on {}", what, base::PrintDay(*power.to)));
    }
  }

  void CheckEndOfBasis(const Power& power, const Work& work, std::size_t version, const std::string& rank) {
    for (const law::InForce& span : work.succession.in_force) {
      if (span.version != version) continue;
      if (span.to && *span.to < day_ + kYear) {
        Say(PowerFault::kLapse, power,
            fmt::format("its basis '{}' is in force to {} only", work.instrument.title,
                        base::PrintDay(*span.to - 1)));
      }
      const std::optional<LimitRule> limit = law_.LimitOf(rank, power.kind);
      const base::Day over = span.from + (limit ? limit->years * kYear : 0);
      if (limit && over < day_ + kYear) {
        Say(PowerFault::kLapse, power,
            fmt::format("what '{}' creates of this kind is over after {} year: {} {}", rank, limit->years,
                        limit->basis.instrument, limit->basis.path));
      }
    }
  }

  const Power* PowerOf(const Power& row) const {
    for (const Power& power : list_.rows) {
      if (power.record == Power::Record::kPower && !power.id.empty() && power.id == row.of) return &power;
    }
    return nullptr;
  }

  void CheckDelegation(const Power& row) {
    const Power* const power = PowerOf(row);
    if (power == nullptr)
      return Say(PowerFault::kDelegation, row, fmt::format("the list has no power '{}'", row.of));
    CheckEnd(row, "the delegation");
    const std::optional<DelegationRule> rule = law_.DelegationOf(power->kind);
    if (!rule) return;
    const std::string basis = rule->basis.instrument + " " + rule->basis.path;
    if (!rule->may)
      return Say(PowerFault::kDelegation, row,
                 fmt::format("'{}' may not be delegated: {}", power->kind, basis));
    if (row.delegate.empty()) Say(PowerFault::kDelegation, row, "it says to nobody");
    if (rule->needs_term && !row.to) Say(PowerFault::kDelegation, row, "it has no term: " + basis);
    if (rule->needs_publication && !row.published)
      Say(PowerFault::kDelegation, row, "it has no day of publication: " + basis);
  }

  void CheckCredential(const Power& row) {
    if (!row.of.empty() && PowerOf(row) == nullptr)
      Say(PowerFault::kUnread, row, fmt::format("the list has no power '{}'", row.of));
    if (!row.to) Say(PowerFault::kMissing, row, "a credential's term");
    CheckEnd(row, "the credential");
  }

  static std::string ArticleOf(const law::Path& path) {
    return path.empty() ? std::string() : law::PrintPath({path.front()});
  }

  void CheckOverlaps() {
    std::map<std::string, const Power*> seen, ids;
    for (const Power& power : list_.rows) {
      if (!power.id.empty() && power.record == Power::Record::kPower) {
        const auto [other, fresh] = ids.try_emplace(power.id, &power);
        if (!fresh)
          Say(PowerFault::kOverlap, power, fmt::format("line {} has the same id", other->second->line));
      }
      if (power.record != Power::Record::kPower || power.subject.empty()) continue;
      std::string basis;
      for (const law::CitationTarget& target : TargetsIn(jurisdiction_, names_, power.basis))
        basis += law::PrintTarget(target) + ' ';
      const auto [other, fresh] = seen.try_emplace(power.kind + '\t' + power.subject + '\t' + basis, &power);
      if (fresh) continue;
      Say(PowerFault::kOverlap, power,
          other->second->holder == power.holder
              ? fmt::format("line {} is the same power", other->second->line)
              : fmt::format("line {} gives it to '{}' too", other->second->line, other->second->holder));
    }
  }

  // What the provisions of the instruments that the list rests on set up, and no row has.
  base::Status CheckGaps() {
    for (const auto& [name, rests] : rests_on_) {
      ASSIGN_OR_RETURN(const Lookup found,
                       LookUp(registry_, jurisdiction_, {name, true, {}, std::nullopt}, "", day_, known_));
      if (!found.version) continue;
      ASSIGN_OR_RETURN(const std::vector<UnitRow> units,
                       registry_.Units(found.work->versions[*found.version].dates.id));
      for (const UnitRow& unit : units) {
        if (unit.kind == law::ProvisionKind::kArticle) AddGaps(found.work->instrument, unit, rests);
      }
    }
    return base::Ok();
  }

  void AddGaps(const Instrument& instrument, const UnitRow& unit, const std::set<std::string>& rests) {
    if (rests.contains(unit.path + " ")) return;
    std::set<std::string_view> kinds;
    for (const std::string_view sentence : Sentences(jurisdiction_.grammar, unit.text)) {
      for (const SignFound& sign : FindSigns(law_, sentence)) {
        if (!rests.contains(fmt::format("{} {}", unit.path, sign.kind))) kinds.insert(sign.kind);
      }
    }
    if (kinds.empty()) return;
    findings_.push_back({PowerFault::kGap, 0, "",
                         fmt::format("'{}' {} names {}, and no row rests on that", instrument.title,
                                     unit.path, fmt::join(kinds, ", "))});
  }

  Registry& registry_;
  const Jurisdiction& jurisdiction_;
  const PowerLaw& law_;
  const PowerList& list_;
  base::Day day_, known_;
  law::BareNames names_;
  std::vector<PowerFinding> findings_;
  std::map<std::string, std::set<std::string>> rests_on_;  // instrument to "art_3 kind"
};

}  // namespace

std::string_view FaultWords(PowerFault fault) {
  switch (fault) {
    case PowerFault::kUnread:
      return "not understood";
    case PowerFault::kMissing:
      return "missing";
    case PowerFault::kBasis:
      return "basis";
    case PowerFault::kRank:
      return "rank";
    case PowerFault::kCondition:
      return "condition";
    case PowerFault::kCeiling:
      return "ceiling";
    case PowerFault::kDelegation:
      return "delegation";
    case PowerFault::kOverlap:
      return "overlap";
    case PowerFault::kGap:
      return "gap";
    case PowerFault::kLapse:
      return "lapse";
  }
  return "";
}

bool IsMistake(PowerFault fault) {
  switch (fault) {
    case PowerFault::kUnread:
    case PowerFault::kMissing:
    case PowerFault::kBasis:
    case PowerFault::kRank:
    case PowerFault::kCeiling:
    case PowerFault::kDelegation:
      return true;
    case PowerFault::kCondition:
    case PowerFault::kOverlap:
    case PowerFault::kGap:
    case PowerFault::kLapse:
      return false;
  }
  return false;
}

PowerList ReadPowers(const PowerLaw& law, const Table& table) { return ListReader(law, table).Read(); }

std::vector<SignFound> FindSigns(const PowerLaw& law, std::string_view sentence) {
  std::vector<SignFound> out;
  for (std::size_t at = 0; at < sentence.size();) {
    std::size_t skip = 0;
    for (const std::string& word : law.not_signs) {
      if (sentence.substr(at).starts_with(word)) skip = std::max(skip, word.size());
    }
    for (const auto& [word, kind] : law.signs) {
      if (!sentence.substr(at).starts_with(word) || word.size() <= skip) continue;
      out.push_back({kind, at, at + word.size()});
      skip = word.size();
      break;
    }
    at += skip != 0 ? skip : source::Decode(sentence, at).bytes;
  }
  return out;
}

std::vector<std::string_view> Sentences(const law::Grammar& grammar, std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = text[at] == '\n' ? 1 : grammar.clause_end.At(text, at);
    at += mark != 0 ? mark : source::Decode(text, at).bytes;
    if (mark == 0 && at < text.size()) continue;
    if (at > begin + mark) out.push_back(text.substr(begin, at - begin));
    begin = at;
  }
  return out;
}

base::Result<std::vector<PowerFinding>> CheckPowers(Registry& registry, const Jurisdiction& jurisdiction,
                                                    const PowerLaw& law, const PowerList& list, base::Day day,
                                                    base::Day known) {
  return Checker(registry, jurisdiction, law, list, day, known).Check();
}

}  // namespace lawbound::registry
