#include "registry/power_law.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "base/file.h"
#include "law/grammar.h"

namespace lawbound::registry {
namespace {

std::optional<std::int64_t> Whole(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

bool IsProvision(std::string_view path) {
  const std::optional<law::Path> parsed = law::ParsePath(path);
  return parsed && !parsed->empty();
}

template <typename Meaning>
void AddLongestFirst(std::vector<std::pair<std::string, Meaning>>& words, const std::string& word,
                     Meaning meaning) {
  const auto place =
      std::ranges::find_if(words, [&](const auto& other) { return other.first.size() < word.size(); });
  words.emplace(place, word, std::move(meaning));
}

}  // namespace

bool PowerLaw::Known(std::string_view kind_or_group) const {
  return HasKind(kind_or_group) ||
         std::ranges::any_of(group_of, [&](const auto& kind) { return kind.second == kind_or_group; });
}

bool PowerLaw::AddSign(const std::vector<std::string>& cells) {
  const std::string& row = cells[0];
  if (cells.size() == 2) {
    if (row == "disguise-of" && HasKind(cells[1])) return disguise_kind = cells[1], true;
    if (row == "refers") return refers.push_back(cells[1]), true;
    if (row == "not-sign") return not_signs.push_back(cells[1]), true;
    if (row == "amount") return AddLongestFirst(amounts, cells[1], std::int64_t{1}), true;
    if (row == "amount-ten-thousand") return AddLongestFirst(amounts, cells[1], std::int64_t{10'000}), true;
    return false;
  }
  if (cells.size() != 3) return false;
  if (row == "sign" && HasKind(cells[1])) return AddLongestFirst(signs, cells[2], cells[1]), true;
  if (row == "disguise") return disguises.emplace_back(cells[1], cells[2]), true;
  if (row == "length") return AddLongestFirst(lengths, cells[1], cells[2]), true;
  return false;
}

bool PowerLaw::AddRow(std::string_view file, const std::vector<std::string>& cells) {
  const std::size_t count = cells.size();
  if (file == "kinds") {
    if ((count != 3 && count != 5) || cells[0] != "kind") return false;
    if (count == 5 && !IsProvision(cells[4])) return false;
    group_of[cells[1]] = cells[2];
    if (count == 5) basis_of[cells[1]] = {cells[3], cells[4]};
    return true;
  }
  if (file == "signs") return AddSign(cells);
  if (file == "columns") {
    if (count != 2 || cells[1].empty()) return false;
    if (cells[1].starts_with('=')) {
      value_of[cells[0]] = cells[1].substr(1);
    } else {
      column_of[cells[0]] = cells[1];
    }
    return true;
  }
  if (file == "delegation") {
    if (count != 5 || !Known(cells[0]) || !IsProvision(cells[4])) return false;
    const bool term = cells[2].find("term") != std::string::npos;
    const bool published = cells[2].find("published") != std::string::npos;
    delegations_[cells[0]] = {cells[1] == "may", term, published, {cells[3], cells[4]}};
    return cells[1] == "may" || cells[1] == "may-not";
  }
  if (count < 5 || !Known(cells[1]) || !IsProvision(cells[4])) return false;
  const RankAndKind key{cells[0], cells[1]};
  const LegalBasis basis{cells[3], cells[4]};
  if (file == "creation") {
    CreationRule rule{Creation::kUnknown, basis, count == 6 ? cells[5] : std::string()};
    if (cells[2] == "may") rule.creation = Creation::kMay;
    if (cells[2] == "may-if") rule.creation = Creation::kMayIf;
    if (cells[2] == "may-not") rule.creation = Creation::kMayNot;
    const bool conditional = rule.creation == Creation::kMayIf;
    if (rule.creation == Creation::kUnknown || conditional != (count == 6)) return false;
    return creations_.emplace(key, std::move(rule)).second;
  }
  const std::optional<std::int64_t> number = Whole(cells[2]);
  if (file == "ceilings") {
    if (count != 6 || (!number && cells[2] != "-")) return false;
    return ceilings_.emplace(key, Ceiling{number, basis, cells[5]}).second;
  }
  if (!number || *number > 100) return false;
  return limits_.emplace(key, LimitRule{static_cast<int>(*number), basis}).second;
}

base::Result<PowerLaw> PowerLaw::Load(const std::string& folder) {
  PowerLaw out;
  if (!base::IsFile(folder + "/kinds.tsv"))
    return base::Error{base::Errc::kNotFound, fmt::format("no kinds of power in '{}'", folder)};
  for (const char* name : {"kinds", "creation", "ceilings", "limits", "delegation", "signs", "columns"}) {
    const std::string path = fmt::format("{}/{}.tsv", folder, name);
    if (!base::IsFile(path)) continue;
    ASSIGN_OR_RETURN(const std::string file, base::ReadFile(path));
    for (const law::Row& row : law::Rows(file)) {
      if (out.AddRow(name, row.cells)) continue;
      return base::Error{base::Errc::kInvalid,
                         fmt::format("{}, line {}, says nothing known", path, row.line)};
    }
  }
  return out;
}

template <typename Rule>
const Rule* PowerLaw::Find(const std::map<RankAndKind, Rule>& rules, std::string_view rank,
                           std::string_view kind) const {
  auto found = rules.find({std::string(rank), std::string(kind)});
  const auto group = group_of.find(kind);
  if (found == rules.end() && group != group_of.end()) found = rules.find({std::string(rank), group->second});
  return found == rules.end() ? nullptr : &found->second;
}

CreationRule PowerLaw::MayCreate(std::string_view rank, std::string_view kind) const {
  const CreationRule* const rule = Find(creations_, rank, kind);
  return rule == nullptr ? CreationRule() : *rule;
}

std::optional<Ceiling> PowerLaw::CeilingOf(std::string_view rank, std::string_view kind) const {
  const Ceiling* const ceiling = Find(ceilings_, rank, kind);
  return ceiling == nullptr ? std::nullopt : std::optional(*ceiling);
}

std::optional<LimitRule> PowerLaw::LimitOf(std::string_view rank, std::string_view kind) const {
  const LimitRule* const limit = Find(limits_, rank, kind);
  return limit == nullptr ? std::nullopt : std::optional(*limit);
}

std::optional<DelegationRule> PowerLaw::DelegationOf(std::string_view kind) const {
  auto found = delegations_.find(kind);
  const auto group = group_of.find(kind);
  if (found == delegations_.end() && group != group_of.end()) found = delegations_.find(group->second);
  return found == delegations_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace lawbound::registry
