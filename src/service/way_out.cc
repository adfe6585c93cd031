// From an act of one matter to a matter about it: which ways there are, what is asked, what is taken along.
#include <algorithm>
#include <fmt/format.h>

#include "program/standing.h"
#include "service/service_impl.h"
#include "service/telling.h"

namespace lawbound::service {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;
using program::ActDef;
using program::FieldDef;

namespace {

model::ActId TargetOf(const ServedPack& pack) {
  const model::ActId id = pack.FindAct("target");
  return id && pack.program().acts[id.index()].kind == ActDef::Kind::kTarget ? id : model::ActId();
}

bool RestsOn(const ServedPack& pack, const ActDef& act, model::ActId on) {
  const auto list = std::span(pack.program().act_lists).subspan(act.rests_on.first, act.rests_on.count);
  return std::ranges::find(list, on) != list.end();
}

// Whether other matters can say something of it: the pack has the act by law with which they do.
bool CanBeSetAside(const ServedPack& pack, model::ActId act) {
  const model::ActId signal = pack.FindAct(SignalName(program::Standing::kSetAside));
  return signal && RestsOn(pack, pack.program().acts[signal.index()], act);
}

// An act of a person, done on nothing, on which an act of an authority rests: it begins a matter.
bool BeginsForAParty(const ServedPack& pack, model::ActId id) {
  const ActDef& act = pack.program().acts[id.index()];
  if (act.side != program::Side::kParty || act.rests_on.count > 0 || act.member) return false;
  const bool of_people =
      std::ranges::any_of(pack.Doers(act), [&](model::RoleId role) { return !pack.IsOfficial(role); });
  return of_people && std::ranges::any_of(pack.program().acts, [&](const ActDef& answer) {
           return answer.side == program::Side::kAuthority && RestsOn(pack, answer, id);
         });
}

// What an act of another matter says under the name, and in the form, of a field of ours.
const std::vector<std::string>* SaidThere(const ServedPack& ours, const FieldDef& field,
                                          const ServedPack& theirs, const Step& step) {
  const ActDef& act = theirs.program().acts[theirs.FindAct(step.act).index()];
  const std::string_view name = ours.program().string(field.name);
  const FieldDef* same = theirs.FindField(act, name);
  const std::vector<std::string>* value = step.FindValue(name);
  if (same == nullptr || value == nullptr || same->type != field.type) return nullptr;
  if (field.type != program::ValueType::kChoice) return value;
  for (std::uint32_t i = 0; i < field.choices.count; ++i) {
    if (ours.program().string(ours.program().choices[field.choices.first + i]) == value->front())
      return value;
  }
  return nullptr;
}

}  // namespace

std::string SignalName(program::Standing standing) {
  std::string name(program::StandingWords(standing));
  std::ranges::replace(name, ' ', '-');
  return name;
}

Result<ServiceImpl::Target> ServiceImpl::FindTarget(const Who& who, std::string_view id,
                                                    std::optional<std::uint64_t> entry) {
  const std::shared_ptr<MatterState> matter = matters_->Find(id);
  if (matter == nullptr) return Error{Errc::kNotFound, "there is no such matter"};
  const std::lock_guard<std::mutex> lock(matter->mutex);
  RETURN_IF_ERROR(matters_->Load(*matter));
  if (!MayRead(who, *matter)) return Error{Errc::kNotFound, "there is no such matter"};
  const auto step = std::ranges::find(matter->steps, entry.value_or(0), &Step::entry);
  if (step == matter->steps.end())
    return Error{Errc::kInvalid, "which act of that matter this one is about is not said"};
  Target out{.matter = matter, .step = *step, .label = who.party};
  const program::Program& program = matter->pack->program();
  const ActDef& act = program.acts[matter->pack->FindAct(step->act).index()];
  if (!act.member) return out;
  const std::vector<std::string>* of =
      step->FindValue(program.string(program.fields[act.member.index()].name));
  out.label = of == nullptr ? std::string() : of->front();
  if (!who.party.empty() && out.label != who.party)
    return Error{Errc::kInvalid, "that act concerns somebody else"};
  return out;
}

// A copy of the act of another matter that this one is about: its day, and what is declared of it.  What has
// one name and form there and here is taken from there.
Status ServiceImpl::TakeImage(const Who& who, const ActRequest& request, MatterState& matter) {
  const ServedPack& pack = *matter.pack;
  const model::ActId id = TargetOf(pack);
  if (!id)
    return Error{Errc::kInvalid, fmt::format("'{}' is not about an act of another matter", pack.path())};
  ASSIGN_OR_RETURN(const Target target, FindTarget(who, request.target_matter, request.target_entry));
  const ActDef& ours = pack.program().acts[id.index()];
  Step image{.act = "target",
             .day = target.step.day,
             .recorded = Today(),
             .office = std::string(kLawOffice),
             .verdict = "by law",
             .linked = target.label.empty() ? target.matter->id
                                            : fmt::format("{} {}", target.matter->id, target.label)};
  for (std::uint32_t i = ours.fields.first; i < ours.fields.end(); ++i) {
    const FieldDef& field = pack.program().fields[i];
    const std::string name(pack.program().string(field.name));
    const auto given = std::ranges::find_if(
        request.given, [&](const Given& row) { return row.role == "target" && row.field == name; });
    if (given != request.given.end()) {
      image.values.emplace_back(name, std::vector{given->value});
    } else if (const auto* value = SaidThere(pack, field, *target.matter->pack, target.step)) {
      image.values.emplace_back(name, *value);
    }
  }
  RETURN_IF_ERROR(matter.history->Add(image));
  matter.image = std::move(image);
  return base::Ok();
}

std::vector<WayOut> ServiceImpl::WaysOut(const Who& who, const MatterState& matter, Language language) const {
  std::vector<WayOut> out;
  const program::Program& program = matter.pack->program();
  for (const Step& step : matter.steps) {
    const model::ActId of = matter.pack->FindAct(step.act);
    const ActDef& act = program.acts[of.index()];
    if (act.side != program::Side::kAuthority || !CanBeSetAside(*matter.pack, of)) continue;
    if (act.member) {
      const std::vector<std::string>* whom =
          step.FindValue(program.string(program.fields[act.member.index()].name));
      if (whom == nullptr || whom->front() != who.party) continue;
    }
    for (const auto& [path, pack] : packs_) {
      if (!TargetOf(*pack)) continue;
      for (std::size_t i = 0; i < pack->program().acts.size(); ++i) {
        const model::ActId begins(i);
        if (!BeginsForAParty(*pack, begins)) continue;
        out.push_back({.entry = step.entry,
                       .of = matter.pack->ActTitle(of, language),
                       .day = step.day,
                       .pack = path,
                       .pack_title = pack->Title(language),
                       .act = std::string(pack->program().string(pack->program().acts[i].name)),
                       .title = pack->ActTitle(begins, language)});
      }
    }
  }
  return out;
}

// What must be declared of the act that the new matter is about, where the record does not say it, and which
// office the matter goes to.
void ServiceImpl::AddTarget(const Target& target, const ServedPack& pack, Language language, ActForm& form) {
  form.target_matter = target.matter->id;
  form.target_entry = target.step.entry;
  const model::ActId id = TargetOf(pack);
  if (id) {
    const auto fields = pack.program().acts[id.index()].fields;
    for (std::uint32_t i = fields.first; i < fields.end(); ++i) {
      const FieldDef& field = pack.program().fields[i];
      if (SaidThere(pack, field, *target.matter->pack, target.step) != nullptr) continue;
      FieldForm made = FormOf(pack, field, language);
      made.name = "target " + made.name;
      form.given.push_back(std::move(made));
    }
    form.given_roles.push_back({.name = "target", .title = pack.ActTitle(id, language)});
  }
  const std::vector<std::string> desks = directory_->DesksOf(pack.path(), Today());
  for (const std::string& desk : desks)
    form.desks.push_back({.name = desk, .title = OfficeTitle(desk, language)});
}

}  // namespace lawbound::service
