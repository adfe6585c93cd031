// What officials and parties are shown: their work, one matter, the form of an act.
#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <map>

#include "ledger/box.h"
#include "program/names.h"
#include "report/values.h"
#include "service/service_impl.h"
#include "service/telling.h"

namespace lawbound::service {

using base::Errc;
using base::Error;
using base::Result;
using program::ActDef;
using program::FieldDef;
using program::Program;
using program::ValueType;

FieldForm FormOf(const ServedPack& pack, const FieldDef& field, Language language) {
  const Program& program = pack.program();
  const report::Voice voice = pack.VoiceIn(language);
  const auto id = model::FieldId(static_cast<std::size_t>(&field - program.fields.data()));
  FieldForm form{
      .name = std::string(program.string(field.name)),
      .title = report::Spoken(voice, program, id),
      .kind = std::string(program::TypeWords(field.type)),
      .element = field.type == ValueType::kList ? std::string(program::TypeWords(field.element)) : "",
      .hint = HintOf(program, field, voice.tongue),
      .value = {},
      .optional = field.optional,
      .choices = {}};
  for (std::uint32_t i = 0; i < field.choices.count; ++i) {
    const std::string_view name = program.string(program.choices[field.choices.first + i]);
    form.choices.push_back({.name = std::string(name), .title = report::Spoken(voice, name)});
  }
  return form;
}

namespace {

constexpr std::size_t kMostLines = 500;

// What is told of a new member: "party kind", "exhibit device".
void AddGivenForms(const ServedPack& pack, Language language, ActForm& form) {
  const Program& program = pack.program();
  for (std::size_t r = 0; r < program.roles.size(); ++r) {
    const program::RoleDef& role = program.roles[r];
    const std::string name(program.string(role.name));
    if (role.fields.count > 0)
      form.given_roles.push_back({.name = name, .title = pack.RoleTitle(model::RoleId(r), language)});
    for (std::uint32_t i = role.fields.first; i < role.fields.end(); ++i) {
      FieldForm field = FormOf(pack, program.fields[i], language);
      field.name = fmt::format("{} {}", name, field.name);
      form.given.push_back(std::move(field));
    }
  }
}

WorkItem ItemOf(MatterState& matter, const Outlook::Owed& duty, const std::vector<std::string>& roles,
                Day today, Language language) {
  const std::lock_guard<std::mutex> lock(matter.mutex);
  const ServedPack& pack = *matter.pack;
  const auto mine = [&](model::RoleId role) {
    return std::ranges::find(roles, pack.program().string(pack.program().roles[role.index()].name)) !=
           roles.end();
  };
  return {.matter = matter.id,
          .case_number = matter.CaseNumber(language),
          .pack_title = pack.Title(language),
          .act = std::string(pack.Name(duty.act)),
          .what = pack.ActTitle(duty.act, language),
          .due = duty.due,
          .days_left = duty.due ? *duty.due - today : 0,
          .late = duty.due && *duty.due < today,
          .mine = std::ranges::any_of(pack.Doers(pack.program().acts[duty.act.index()]), mine)};
}

bool IsOfPeople(const program::RoleDef& role) {
  return role.kind == program::RoleKind::kPerson || role.kind == program::RoleKind::kAnyone;
}

}  // namespace

std::string ServiceImpl::OfficeTitle(std::string_view id, Language language) const {
  const bool zh = language == Language::kZh;
  if (id == kPartyOffice) return zh ? "当事人" : "Parties";
  if (id == kLawOffice) return zh ? "依法发生" : "By law";
  const std::optional<Office> office = directory_->FindOffice(id);
  if (!office) return std::string(id);
  return zh ? office->title_zh : office->title_en;
}

MatterLine ServiceImpl::LineOf(const MatterState& matter, Language language) const {
  MatterLine line{.matter = matter.id,
                  .case_number = matter.CaseNumber(language),
                  .pack = std::string(matter.pack->path()),
                  .pack_title = matter.pack->Title(language),
                  .office = OfficeTitle(matter.desk, language),
                  .last_act = {},
                  .opened = {},
                  .last = {},
                  .closed = matter.outlook.closed};
  if (matter.acts.empty()) return line;
  line.last_act = matter.pack->ActTitle(matter.pack->FindAct(matter.acts.back().act), language);
  line.opened = matter.acts.front().recorded;
  line.last = matter.acts.back().recorded;
  return line;
}

namespace {

// Of lists over many matters words are made for what is shown alone.
struct Listed {
  std::shared_ptr<MatterState> matter;
  Day last;
};
struct ListedDuty {
  std::shared_ptr<MatterState> matter;
  Outlook::Owed duty;
};

template <typename Row>
std::uint64_t Cut(std::vector<Row>& rows) {
  const std::uint64_t all = rows.size();
  if (all > kMostLines) rows.erase(rows.begin() + kMostLines, rows.end());
  return all;
}

}  // namespace

Result<Work> ServiceImpl::MyWork(const Caller& caller, Language language) {
  ASSIGN_OR_RETURN(const Who who, OfficialOnly(caller));
  Work work{.today = Today(), .items = {}, .matters = {}, .all_items = 0, .all_matters = 0};
  using Desk = std::pair<const ServedPack*, std::string>;
  std::map<Desk, std::vector<std::string>> roles_at;
  const auto roles_of = [&](const MatterState& matter) -> const std::vector<std::string>& {
    const auto [found, added] = roles_at.try_emplace({matter.pack, matter.desk});
    if (added) found->second = RolesOf(*who.official, *matter.pack, matter.desk);
    return found->second;
  };
  std::vector<Listed> matters;
  std::vector<ListedDuty> duties;
  for (const std::shared_ptr<MatterState>& matter : matters_->All()) {
    const bool has_role = !roles_of(*matter).empty();
    // Whoever is named in a matter of their own office, as a chair is, finds it here too.
    if (!has_role && matter->desk != who.official->office) continue;
    const std::lock_guard<std::mutex> lock(matter->mutex);
    if (!has_role) {
      RETURN_IF_ERROR(matters_->Load(*matter));
      if (!IsNamed(who.official->register_number, *matter)) continue;
    }
    matters.push_back({matter, matter->acts.back().recorded});
    if (matter->outlook.closed) continue;
    ASSIGN_OR_RETURN(const Outlook outlook, OutlookOn(*matter, work.today));
    for (const Outlook::Owed& duty : outlook.owed) duties.push_back({matter, duty});
  }
  std::ranges::stable_sort(duties, {},
                           [](const ListedDuty& row) { return row.duty.due.value_or(base::kLastDay); });
  std::ranges::stable_sort(matters, std::greater<>(), &Listed::last);
  work.all_items = Cut(duties);
  work.all_matters = Cut(matters);
  for (const ListedDuty& row : duties)
    work.items.push_back(ItemOf(*row.matter, row.duty, roles_of(*row.matter), work.today, language));
  for (const Listed& row : matters) {
    const std::lock_guard<std::mutex> lock(row.matter->mutex);
    work.matters.push_back(LineOf(*row.matter, language));
  }
  return work;
}

Result<MatterView> ServiceImpl::Matter(const Caller& caller, std::string_view id, Language language) {
  ASSIGN_OR_RETURN(const Who who, WhoIs(caller));
  const std::shared_ptr<MatterState> matter = matters_->Find(id);
  const bool nobody = !who.official && (who.party.empty() || who.party_matter != id);
  if (matter == nullptr || nobody) return Error{Errc::kNotFound, "there is no such matter"};
  const std::lock_guard<std::mutex> lock(matter->mutex);
  RETURN_IF_ERROR(matters_->Load(*matter));
  const ServedPack& pack = *matter->pack;
  const Day today = Today();
  MatterView view{.line = LineOf(*matter, language),
                  .today = today,
                  .acts = matter->acts.size(),
                  .personal_open = MayRead(who, *matter),
                  .look_needed = {},
                  .parties = {},
                  .timeline = {},
                  .terms = {},
                  .duties = {},
                  .possible = {},
                  .looks = {},
                  .ways_out = {},
                  .floor = Floor(language)};
  for (const PublicLook& look : matter->looks) {
    LookView shown{.day = look.day,
                   .office = OfficeTitle(look.office, language),
                   .official = look.official,
                   .ground = {}};
    ASSIGN_OR_RETURN(const ledger::StoredAct stored, matters_->ReadAct(look.entry));
    for (const ledger::StoredField& field : stored.fields) {
      if (field.name == "ground" && field.opening) shown.ground = field.opening->value.value_or("");
    }
    view.looks.push_back(std::move(shown));
  }
  if (!view.personal_open) {
    view.look_needed =
        language == Language::kZh
            ? "您在本案中没有承担职务：请说明查看的理由，当事人会看到这次查看"
            : "you have no part in this matter: say why you look, and the party sees that you did";
    view.timeline = TellPublicTimeline(*matter, language);
    return view;
  }
  Told told = TellTimeline(*matter, today, language);
  view.timeline = std::move(told.timeline);
  view.duties = std::move(told.duties);
  view.parties = TellParties(*matter, language);
  view.terms = TellTerms(*matter, today, language);
  view.possible = TellPossible(*matter, today, language);
  std::vector<std::string> roles;
  if (who.official) roles = RolesOf(*who.official, pack, matter->desk);
  const auto is_mine = [&](const ActDef& act) {
    return std::ranges::any_of(pack.Doers(act), [&](model::RoleId role) {
      const program::RoleDef& def = pack.program().roles[role.index()];
      if (!who.official) return IsOfPeople(def);
      return std::ranges::find(roles, pack.program().string(def.name)) != roles.end() ||
             (def.kind == program::RoleKind::kOfficial && def.named_in && !def.not_named);
    });
  };
  for (PossibleAct& act : view.possible)
    act.mine = is_mine(pack.program().acts[pack.FindAct(act.act).index()]);
  for (DutyView& duty : view.duties) {
    if (const model::ActId act = pack.FindAct(duty.act))
      duty.mine = is_mine(pack.program().acts[act.index()]);
  }
  if (who.official) return view;
  view.ways_out = WaysOut(who, *matter, language);
  // A party sees what is of all and what is theirs, and nothing of the others.
  const auto others = [&](const std::string& part) { return !part.empty() && part != who.party; };
  std::erase_if(view.parties, [&](const PartyView& row) { return !row.thing && row.label != who.party; });
  std::erase_if(view.terms, [&](const TermView& row) { return others(row.part); });
  std::erase_if(view.duties, [&](const DutyView& row) { return others(row.part); });
  std::erase_if(view.possible, [&](const PossibleAct& row) { return others(row.party) || !row.mine; });
  for (TimelineEvent& event : view.timeline) {
    if (!event.entry) continue;
    const auto step = std::ranges::find(matter->steps, *event.entry, &Step::entry);
    const ActDef& act = pack.program().acts[pack.FindAct(step->act).index()];
    if (!act.member) continue;
    const FieldDef& field = pack.program().fields[act.member.index()];
    const std::vector<std::string>* of = step->FindValue(pack.program().string(field.name));
    const bool of_people = IsOfPeople(pack.program().roles[field.members.index()]);
    const std::string label = of != nullptr ? of->front() : step->by.empty() ? "" : step->by.front().label;
    if (!of_people || label == who.party) continue;
    event.text = pack.ActTitle(pack.FindAct(step->act), language);
    event.fields.clear();
    event.reasons.clear();
  }
  std::erase_if(view.timeline, [&](const TimelineEvent& event) {
    return !event.entry &&
           std::ranges::any_of(event.reasons, [&](const Reason& row) { return others(row.part); });
  });
  return view;
}

Result<std::vector<FieldChoice>> ServiceImpl::Beginnings(const Caller& caller, Language language) {
  ASSIGN_OR_RETURN(const Who who, OfficialOnly(caller));
  std::vector<FieldChoice> out;
  for (const auto& [path, held] : packs_) {
    const ServedPack& pack = *held;
    const std::vector<std::string> roles = RolesOf(*who.official, pack, "");
    const auto matter = matters_->Begin(pack, who.official->office);
    for (const PossibleAct& possible : TellPossible(*matter, Today(), language)) {
      if (possible.answer == "unlawful") continue;
      const ActDef& act = pack.program().acts[pack.FindAct(possible.act).index()];
      const bool mine = std::ranges::any_of(pack.Doers(act), [&](model::RoleId role) {
        return std::ranges::find(roles, pack.program().string(pack.program().roles[role.index()].name)) !=
               roles.end();
      });
      if (mine && act.kind == ActDef::Kind::kAct)
        out.push_back({.name = fmt::format("{}/{}", path, possible.act),
                       .title = fmt::format("{}: {}", pack.Title(language), possible.title)});
    }
  }
  return out;
}

Result<ActForm> ServiceImpl::Form(const Caller& caller, const FormWish& wish, Language language) {
  ASSIGN_OR_RETURN(const Who who, WhoIs(caller));
  const bool begins = wish.matter.empty() || wish.target_entry;
  std::shared_ptr<MatterState> matter;
  std::optional<Target> target;
  if (wish.target_entry) {
    ASSIGN_OR_RETURN(target, FindTarget(who, wish.matter, wish.target_entry));
  } else if (!begins) {
    matter = matters_->Find(wish.matter);
    if (matter == nullptr || (!who.official && who.party_matter != wish.matter))
      return Error{Errc::kNotFound, "there is no such matter"};
  }
  if (begins) {
    const auto pack = packs_.find(wish.pack);
    if (pack == packs_.end() || (!who.official && !target))
      return Error{Errc::kNotFound, fmt::format("the pack '{}' is not served here", wish.pack)};
    matter = matters_->Begin(*pack->second, who.official ? who.official->office : "");
  }
  const std::lock_guard<std::mutex> lock(matter->mutex);
  RETURN_IF_ERROR(matters_->Load(*matter));
  if (!begins && !MayRead(who, *matter)) return Error{Errc::kNotFound, "there is no such matter"};
  const ServedPack& pack = *matter->pack;
  const Program& program = pack.program();
  const model::ActId act_id = pack.FindAct(wish.act);
  if (!act_id || program.acts[act_id.index()].kind == ActDef::Kind::kTarget)
    return Error{Errc::kNotFound, fmt::format("'{}' has no act '{}'", pack.path(), wish.act)};
  const ActDef& act = program.acts[act_id.index()];
  ActForm form;
  if (!begins) form.matter = wish.matter;
  form.pack = pack.path();
  form.act = wish.act;
  form.title = pack.ActTitle(act_id, language);
  for (std::uint32_t i = act.under.first; i < act.under.end(); ++i)
    form.provisions.push_back(report::CitedWords(program, program.citations[i], pack.VoiceIn(language)));
  for (const model::RoleId role : pack.Doers(act))
    form.roles.emplace_back(program.string(program.roles[role.index()].name));
  const auto members_of = [&](model::RoleId role) {
    std::vector<FieldChoice> out;
    for (const MatterHistory::Member& member : matter->history->members()) {
      const bool mine = who.official || !IsOfPeople(program.roles[role.index()]) || member.label == who.party;
      if (member.role == role && mine) out.push_back({.name = member.label, .title = member.label});
    }
    return out;
  };
  for (std::uint32_t i = act.fields.first; i < act.fields.end(); ++i) {
    const FieldDef& field = program.fields[i];
    if (act.member == model::FieldId(i)) {
      form.member_role = program.string(field.name);
      form.to = members_of(field.members);
      continue;
    }
    FieldForm made = FormOf(pack, field, language);
    // What a party does here is done today; on paper it may have come before.
    if (act.dated_field == model::FieldId(i) && !who.official) made.value = base::PrintDay(Today());
    const ValueType type = field.type == ValueType::kList ? field.element : field.type;
    if (type == ValueType::kMember) made.choices = members_of(field.members);
    if (type == ValueType::kOfficial && who.official) {
      for (const Official& official : directory_->Officials())
        made.choices.push_back({.name = official.register_number,
                                .title = fmt::format("{} {}", official.name, official.register_number)});
    }
    form.fields.push_back(std::move(made));
  }
  if (who.official) AddGivenForms(pack, language, form);
  if (target) AddTarget(*target, pack, language, form);
  form.at_least = act.at_least;
  for (const std::string& role : form.roles) {
    for (const Official& official : directory_->WhoMayAct(pack.path(), role, Today())) {
      if (act.at_least > 1 && who.official && official.register_number != who.official->register_number)
        form.companions.push_back({.name = official.register_number,
                                   .title = fmt::format("{} {}", official.name, official.register_number)});
    }
  }
  form.dated = static_cast<bool>(act.dated_field);
  form.acts = matter->acts.size();
  constexpr std::size_t kRequestBytes = 16;
  form.request = ledger::RandomHex(kRequestBytes);
  for (PossibleAct& possible : TellPossible(*matter, Today(), language)) {
    // Of a matter about another act nothing can be told before it is declared what that is.
    if (possible.act == wish.act && !form.now && !target) form.now = std::move(possible);
  }
  return form;
}

}  // namespace lawbound::service
