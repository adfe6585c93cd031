#include "engine/matter.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/check.h"

namespace lawbound::engine {

using program::FieldDef;
using program::PartNumber;
using program::ValueType;

std::shared_ptr<const UnfoldedPlan> PartPlans::Make(const std::vector<std::uint32_t>& counts,
                                                    const std::vector<std::string>& names) const {
  std::optional<program::Unfolded> unfolded = program::Unfold(*program_, counts, names);
  if (!unfolded) return nullptr;
  const auto made = std::make_shared<UnfoldedPlan>();
  made->unfolded = std::move(*unfolded);
  PlanOptions options = options_;
  if (options.mapping != nullptr) {
    options.mapping = &made->unfolded.program
                           .mappings[static_cast<std::size_t>(options_.mapping - program_->mappings.data())];
  }
  base::Result<Plan> plan = Plan::MakeUnfolded(made->unfolded, *calendars_, options);
  CHECK(plan.ok());  // its calendars were found when the pack's own plan was made
  made->plan = std::move(plan).value();
  return made;
}

std::shared_ptr<const UnfoldedPlan> PartPlans::Find(const std::vector<std::uint32_t>& counts) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto [found, added] = plans_.try_emplace(counts);
  if (added) found->second = Make(counts, {});
  return found->second;
}

Matter::Matter(const Plan& plan, const History& history, Titles titles) : given_(&plan), history_(history) {
  if (!plan.has_parts()) return;
  FindMembers();
  Unfold(titles);
  if (!fits_) return;
  TranslateEntries();
  TranslateRoleValues();
}

// Who is named as a member, by an act that lies in a part, by a field that names things, or with a field of
// its own.
void Matter::FindMembers() {
  const program::Program& program = given_->program();
  found_.resize(program.roles.size());
  const auto add = [&](model::RoleId role, Value name) {
    std::vector<Value>& names = found_[role.index()];
    const auto place = std::lower_bound(names.begin(), names.end(), name);
    if (place == names.end() || *place != name) names.insert(place, name);
  };
  for (const model::Entry& entry : history_.entries) {
    const program::ActDef& act = program.acts[entry.act.index()];
    for (std::uint32_t row = act.fields.first; row < act.fields.end(); ++row) {
      const FieldDef& field = program.fields[row];
      if (!field.members) continue;
      const Value value = history_.value(entry, field.place);
      // Whom a log leaves unnamed is one more, without a name.
      const bool own = act.member == model::FieldId(row);
      if (field.type == ValueType::kMember && (own || value != model::kMissing)) add(field.members, value);
      if (field.type != ValueType::kList || value == model::kMissing) continue;
      const Value* list = history_.lists.data() + value;
      for (Value i = 1; i <= list[0]; ++i) add(field.members, list[i]);
    }
  }
  for (const model::MemberValue& value : history_.member_values) {
    const FieldDef& field = program.fields[value.field.index()];
    add(field.role, value.member);
  }
}

void Matter::Unfold(Titles titles) {
  const program::Program& program = given_->program();
  std::vector<std::uint32_t> counts(program.roles.size(), 0);
  for (std::size_t role = 0; role < counts.size(); ++role) {
    if (!program.roles[role].several) continue;
    const std::size_t found = std::min(found_[role].size(), program::kMaxMembers + 1);
    const bool one_more = found == 0 || given_->may_leave_out[role] != 0;
    counts[role] = static_cast<std::uint32_t>(found) + (one_more ? 1 : 0);
  }
  const auto all = [&] { return std::accumulate(counts.begin(), counts.end(), std::size_t{0}); };
  fits_ = all() <= program::kMaxMembers;
  if (!fits_) return;
  const std::vector<std::uint32_t> exact = counts;
  for (std::uint32_t& count : counts) {
    while (titles == Titles::kPlain && (count & (count - 1)) != 0) ++count;
  }
  if (all() > program::kMaxMembers) counts = exact;
  std::vector<std::string> names;
  for (std::size_t role = 0; role < counts.size(); ++role) {
    const std::size_t first = members_.size();
    members_.insert(members_.end(), found_[role].begin(), found_[role].end());
    members_.resize(first + counts[role], model::kNobody);
    for (std::size_t i = first; i < members_.size(); ++i) {
      const bool named = members_[i] >= 0;
      names.push_back(named ? history_.people_names[static_cast<std::size_t>(members_[i])] : "not named");
    }
  }
  PartPlans& plans = *given_->part_plans();
  unfolded_ = titles == Titles::kPlain ? plans.Find(counts) : plans.Make(counts, names);
  fits_ = unfolded_ != nullptr;
  history_.members = members_;
}

std::optional<std::size_t> Matter::NumberOf(model::RoleId role, Value name) const {
  const std::vector<Value>& names = found_[role.index()];
  const auto place = std::lower_bound(names.begin(), names.end(), name);
  if (place == names.end() || *place != name) return std::nullopt;
  return unfolded_->unfolded.first[role.index()] + static_cast<std::size_t>(place - names.begin());
}

void Matter::TranslateEntries() {
  const program::Program& program = given_->program();
  const program::Unfolded& unfolded = unfolded_->unfolded;
  entries_.assign(history_.entries.begin(), history_.entries.end());
  for (model::Entry& entry : entries_) {
    const program::ActDef& act = program.acts[entry.act.index()];
    PartNumber part = program::kMainPart;
    if (act.part) {
      const Value name = history_.value(entry, program.fields[act.member.index()].place);
      part = static_cast<PartNumber>(*NumberOf(act.part, name) + 1);
    }
    entry.act = ActId(unfolded.RowOf(unfolded.acts, entry.act.value, part));
    if (const ActId on = history_.ChosenOn(entry)) {
      chosen_on_.resize(history_.chosen_on.size());
      chosen_on_[entry.number] = ActId(unfolded.RowOf(unfolded.acts, on.value, part));
    }
  }
  history_.entries = entries_;
  history_.chosen_on = chosen_on_;
}

void Matter::TranslateRoleValues() {
  const program::Program& program = given_->program();
  const program::Unfolded& unfolded = unfolded_->unfolded;
  role_values_.assign(unfolded.program.role_fields, model::kMissing);
  const std::size_t first = unfolded.program.fields.size() - unfolded.program.role_fields;
  for (std::size_t row = first; row < unfolded.program.fields.size(); ++row) {
    const program::Unfolding::Origin& origin = unfolded.fields.origins[row];
    const FieldDef& field = program.fields[origin.row];
    if (origin.part == program::kMainPart) {
      if (field.place < history_.role_values.size())
        role_values_[row - first] = history_.role_values[field.place];
      continue;
    }
    for (const model::MemberValue& value : history_.member_values) {
      const bool same =
          value.field == FieldId(origin.row) && value.member == members_[origin.part - std::size_t{1}];
      if (same) role_values_[row - first] = value.value;
    }
  }
  // What the world answered stands behind the fields of roles.
  const auto given = history_.role_values;
  if (given.size() > program.role_fields)
    role_values_.insert(role_values_.end(), given.begin() + program.role_fields, given.end());
  history_.role_values = role_values_;
}

PartNumber Matter::PartOf(std::size_t entry) const {
  if (unfolded_ == nullptr) return program::kMainPart;
  return WithoutRoom(unfolded_->unfolded.acts.origins[entries_[entry].act.index()].part);
}

std::vector<TermId> Matter::TermsOf(TermId term) const {
  if (unfolded_ == nullptr) return {term};
  std::vector<TermId> terms;
  for (const std::uint32_t row : unfolded_->unfolded.terms.unfolded[term.index()])
    terms.push_back(TermId(row));
  return terms;
}

PartNumber Matter::PartOf(TermId unfolded) const {
  return unfolded_ == nullptr ? program::kMainPart
                              : WithoutRoom(unfolded_->unfolded.terms.origins[unfolded.index()].part);
}

PartNumber Matter::PartOf(ActId unfolded) const {
  return unfolded_ == nullptr ? program::kMainPart
                              : WithoutRoom(unfolded_->unfolded.acts.origins[unfolded.index()].part);
}

TermId Matter::TermOf(TermId unfolded) const {
  return unfolded_ == nullptr ? unfolded : TermId(unfolded_->unfolded.terms.origins[unfolded.index()].row);
}

RuleId Matter::RuleOf(RuleId unfolded) const {
  return unfolded_ == nullptr ? unfolded : RuleId(unfolded_->unfolded.rules.origins[unfolded.index()].row);
}

ActId Matter::ActOf(ActId unfolded) const {
  return unfolded_ == nullptr ? unfolded : ActId(unfolded_->unfolded.acts.origins[unfolded.index()].row);
}

// A plan may have room for more members than there are: without that room, so that a part has one number in
// every plan of the matter.
PartNumber Matter::WithoutRoom(PartNumber part) const {
  if (part == program::kMainPart) return part;
  const program::Unfolded& unfolded = unfolded_->unfolded;
  const model::RoleId role = unfolded.members[part - std::size_t{1}];
  std::size_t number = part - std::size_t{unfolded.first[role.index()]};
  if (number > found_[role.index()].size()) return kNobodysPart;
  for (std::size_t before = 0; before < role.index(); ++before) number += found_[before].size();
  return static_cast<PartNumber>(number);
}

PartNumber Matter::WithRoom(PartNumber part) const {
  std::size_t number = part;
  for (std::size_t role = 0; role < found_.size() && number > 0; ++role) {
    if (number <= found_[role].size())
      return static_cast<PartNumber>(number + unfolded_->unfolded.first[role]);
    number -= found_[role].size();
  }
  return program::kMainPart;
}

std::string_view Matter::NameOf(PartNumber part) const {
  if (unfolded_ == nullptr || part == program::kMainPart) return {};
  if (part == kNobodysPart) return "not named";
  const Value name = members_[WithRoom(part) - std::size_t{1}];
  return name < 0 ? "not named" : std::string_view(history_.people_names[static_cast<std::size_t>(name)]);
}

Outcome Matter::Folded(Outcome outcome) const {
  if (unfolded_ == nullptr) return outcome;
  const program::Unfolded& unfolded = unfolded_->unfolded;
  const auto& act = unfolded.acts.origins[outcome.act.index()];
  outcome.part = act.part;
  outcome.act = ActId(act.row);
  if (outcome.sentence) {
    const auto& sentence = unfolded.sentences.origins[outcome.sentence.index()];
    outcome.part = sentence.part;
    outcome.sentence = SentenceId(sentence.row);
  }
  outcome.part = WithoutRoom(outcome.part);
  return outcome;
}

Outcome Matter::Unfolded(Outcome outcome) const {
  if (unfolded_ == nullptr) return outcome;
  const program::Unfolded& unfolded = unfolded_->unfolded;
  const PartNumber part = WithRoom(outcome.part);
  outcome.act = ActId(unfolded.RowOf(unfolded.acts, outcome.act.value, part));
  if (outcome.sentence)
    outcome.sentence = SentenceId(unfolded.RowOf(unfolded.sentences, outcome.sentence.value, part));
  return outcome;
}

LawShift Matter::Unfolded(LawShift shift) const {
  if (unfolded_ == nullptr) return shift;
  const program::Unfolded& unfolded = unfolded_->unfolded;
  shift.rule = RuleId(unfolded.RowOf(unfolded.rules, shift.rule.value, WithRoom(shift.part)));
  return shift;
}

}  // namespace lawbound::engine
