// One act on its way: who does it, what they filled in, the gate, the ledger, the answer.
#include <algorithm>
#include <fmt/format.h>

#include "ledger/box.h"
#include "service/service_impl.h"
#include "service/telling.h"

namespace lawbound::service {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;
using program::ActDef;
using program::FieldDef;
using program::Side;
using program::ValueType;

namespace {

constexpr std::size_t kMostLabelBytes = 200;
constexpr std::size_t kMostGiven = 100;
constexpr int kMostTries = 12;  // days looked at for "when could it be"

bool IsPlainLabel(std::string_view label) {
  return !label.empty() && label.size() <= kMostLabelBytes && label.front() != ' ' && label.back() != ' ' &&
         std::ranges::none_of(label,
                              [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool IsKnown(const MatterHistory& history, const ActRequest& request, model::RoleId role,
             std::string_view role_name, std::string_view label) {
  const bool given = std::ranges::any_of(
      request.given, [&](const Given& row) { return row.role == role_name && row.label == label; });
  return given || std::ranges::any_of(history.members(), [&](const MatterHistory::Member& member) {
           return member.role == role && member.label == label;
         });
}

}  // namespace

Result<std::shared_ptr<MatterState>> ServiceImpl::MatterFor(const Who& who, const ActRequest& request) {
  if (!request.matter.empty()) {
    const std::shared_ptr<MatterState> matter = matters_->Find(request.matter);
    const bool others = !who.party.empty() && who.party_matter != request.matter;
    if (matter == nullptr || others) return Error{Errc::kNotFound, "there is no such matter"};
    return matter;
  }
  const auto pack = packs_.find(request.pack);
  if (pack == packs_.end())
    return Error{Errc::kNotFound, fmt::format("the pack '{}' is not served here", request.pack)};
  if (!who.official) {
    // A party begins a matter on an act of the one that their code opens.
    if (who.party.empty() || request.target_matter != who.party_matter)
      return Error{Errc::kInvalid, "sign in, or use the code of the matter that this one is about"};
    const std::vector<std::string> desks = directory_->DesksOf(request.pack, Today());
    const std::string desk = request.desk.empty() && desks.size() == 1 ? desks[0] : request.desk;
    if (std::ranges::find(desks, desk) == desks.end())
      return Error{Errc::kInvalid, fmt::format("no office '{}' handles '{}'; say which", desk, request.pack)};
    return matters_->Begin(*pack->second, desk);
  }
  for (const Appointment& row : directory_->AppointmentsOf(who.official->register_number, Today())) {
    if (row.pack == request.pack && (request.role.empty() || row.role == request.role))
      return matters_->Begin(*pack->second, row.office);
  }
  return Error{Errc::kInvalid, fmt::format("you act in no role of '{}'", request.pack)};
}

// A second official says so with a one-time code of their own: two names typed by one person are not two.
Status ServiceImpl::SetCompanions(Meant& meant, const std::string& role) {
  for (const Companion& companion : meant.request.with) {
    const std::optional<Official> official = directory_->Find(companion.register_number);
    const std::vector<std::string> roles =
        official ? RolesOf(*official, *meant.matter.pack, meant.matter.desk) : std::vector<std::string>();
    if (!official || std::ranges::find(roles, role) == roles.end()) {
      return Error{Errc::kInvalid,
                   fmt::format("'{}' is nobody who may act as '{}' here", companion.register_number, role)};
    }
    const bool twice = std::ranges::any_of(
        meant.step.by, [&](const Doer& doer) { return doer.register_number == companion.register_number; });
    if (twice) return Error{Errc::kInvalid, fmt::format("'{}' is named twice", companion.register_number)};
    if (!directory_->CheckCode(companion.register_number, companion.code, clock_.Look().seconds))
      return Error{Errc::kInvalid,
                   fmt::format("the one-time code of '{}' is not right", companion.register_number)};
    meant.step.by.push_back(
        {.register_number = official->register_number, .name = official->name, .label = {}});
  }
  return base::Ok();
}

// In which of the act's roles the official may do it: by appointment, or by being named in this matter.
Status ServiceImpl::SetOfficials(Meant& meant, const ActDef& act) {
  const ServedPack& pack = *meant.matter.pack;
  const Official& official = *meant.who.official;
  const std::vector<std::string> roles = RolesOf(official, pack, meant.matter.desk);
  std::string asked;
  for (const model::RoleId role : pack.Doers(act)) {
    if (!pack.IsOfficial(role)) continue;
    const program::RoleDef& def = pack.program().roles[role.index()];
    const std::string name(pack.program().string(def.name));
    asked += fmt::format("{}{}", asked.empty() ? "" : ", ", name);
    if (!meant.request.role.empty() && meant.request.role != name) continue;
    const bool named = def.named_in && !def.not_named;  // whether they are, the gate says
    if (!named && std::ranges::find(roles, name) == roles.end()) continue;
    meant.step.role = name;
    meant.step.office = official.office;
    meant.step.by = {{.register_number = official.register_number, .name = official.name, .label = {}}};
    return SetCompanions(meant, name);
  }
  return Error{Errc::kInvalid, fmt::format("'{}' is done by {}, and you act as none of these in this matter",
                                           meant.step.act, asked)};
}

Status ServiceImpl::SetDoers(Meant& meant) {
  const ServedPack& pack = *meant.matter.pack;
  const model::ActId id = pack.FindAct(meant.request.act);
  if (!id) return Error{Errc::kNotFound, fmt::format("'{}' has no act '{}'", pack.path(), meant.request.act)};
  const ActDef& act = pack.program().acts[id.index()];
  if (act.kind == ActDef::Kind::kTarget)
    return Error{Errc::kInvalid, "an act of another matter comes with the beginning of this one"};
  meant.step.act = meant.request.act;
  const bool by_law = act.by.empty();
  const std::string& on_paper = meant.request.by_party;
  const bool official = meant.who.official.has_value();
  if (!official && meant.who.party.empty()) return Error{Errc::kUnavailable, "sign in, or use your code"};
  if (by_law) {
    if (!official || RolesOf(*meant.who.official, pack, meant.matter.desk).empty())
      return Error{Errc::kInvalid,
                   fmt::format("'{}' is entered by an official of this matter", meant.step.act)};
    meant.step.office = kLawOffice;
    meant.step.entered = meant.who.official->register_number;
    return base::Ok();
  }
  if (act.side != Side::kParty) {
    if (!official)
      return Error{Errc::kInvalid, fmt::format("'{}' is an act of the authority", meant.step.act)};
    return SetOfficials(meant, act);
  }
  // A party's act: by themselves, or on paper, and then an official of the matter enters it.
  if (official && (on_paper.empty() || RolesOf(*meant.who.official, pack, meant.matter.desk).empty()))
    return Error{Errc::kInvalid,
                 fmt::format("'{}' is an act of a party; say whose paper you enter", meant.step.act)};
  const std::string label = official ? on_paper : meant.who.party;
  const bool begins = meant.request.matter.empty() && !official;
  for (const model::RoleId role : pack.Doers(act)) {
    const program::RoleDef& def = pack.program().roles[role.index()];
    const std::string name(pack.program().string(def.name));
    if (begins && !pack.IsOfficial(role)) {
      meant.step.given.push_back({.role = name, .label = label, .field = {}, .value = {}});
    } else if (!IsKnown(*meant.matter.history, meant.request, role, name, label)) {
      continue;
    }
    meant.step.role = name;
    meant.step.office = kPartyOffice;
    meant.step.by = {{.register_number = {}, .name = {}, .label = label}};
    if (official) meant.step.entered = meant.who.official->register_number;
    return base::Ok();
  }
  return Error{Errc::kInvalid, fmt::format("'{}' is not for '{}' to do", meant.step.act, label)};
}

Status ServiceImpl::SetFields(Meant& meant, const ActDef& act) {
  const ServedPack& pack = *meant.matter.pack;
  const Moment now = Now();
  meant.step.day = meant.step.recorded = now.day;
  for (const FieldInput& input : meant.request.fields) {
    const FieldDef* field = pack.FindField(act, input.name);
    if (field == nullptr)
      return Error{Errc::kInvalid, fmt::format("'{}' has no field '{}'", meant.step.act, input.name)};
    if (meant.step.FindValue(input.name) != nullptr)
      return Error{Errc::kInvalid, fmt::format("the field '{}' is there twice", input.name)};
    if (input.values.empty()) continue;
    std::vector<std::string>& values = meant.step.values.emplace_back(input.name, input.values).second;
    for (std::string& value : values) value = AsInPacks(pack.program(), *field, std::move(value));
  }
  if (act.member && !meant.request.label.empty()) {
    const std::string name(pack.program().string(pack.program().fields[act.member.index()].name));
    if (meant.step.FindValue(name) == nullptr)
      meant.step.values.emplace_back(name, std::vector{meant.request.label});
  }
  for (const Given& given : meant.request.given) {
    if (given.role != "target") meant.step.given.push_back(given);
  }
  meant.step.on = meant.request.on;
  if (act.dated_field) {
    const std::string name(pack.program().string(pack.program().fields[act.dated_field.index()].name));
    const std::vector<std::string>* value = meant.step.FindValue(name);
    const auto day = value == nullptr ? std::nullopt : base::ParseDay(value->front());
    if (!day) return Error{Errc::kInvalid, fmt::format("'{}' is a date: 2025-01-22", name)};
    if (*day > now.day) return Error{Errc::kInvalid, fmt::format("'{}' lies in the future", name)};
    meant.step.day = *day;
  }
  if (pack.gate().plan().hours && meant.step.day == now.day) meant.step.minute = now.minute;
  // The moments of one day go forward, whatever the clock does.
  if (meant.step.minute != base::kNoMinute && !meant.matter.steps.empty()) {
    const Step& last = meant.matter.steps.back();
    if (last.day == meant.step.day) meant.step.minute = std::max(meant.step.minute, last.minute);
  }
  return CheckMembers(meant, act);
}

// Nobody and nothing becomes a member of a matter by a slip of the pen: a name is known, or is introduced.
Status ServiceImpl::CheckMembers(const Meant& meant, const ActDef& act) {
  const ServedPack& pack = *meant.matter.pack;
  if (meant.request.given.size() > kMostGiven)
    return Error{Errc::kLimit, fmt::format("at most {} lines on new members", kMostGiven)};
  for (const Given& given : meant.request.given) {
    if (!IsPlainLabel(given.label) && given.role != "earlier" && given.role != "target")
      return Error{Errc::kInvalid, fmt::format("a name of a '{}' is one line of at most {} bytes", given.role,
                                               kMostLabelBytes)};
  }
  for (const auto& [name, values] : meant.step.values) {
    const FieldDef& field = *pack.FindField(act, name);
    const ValueType type = field.type == ValueType::kList ? field.element : field.type;
    for (const std::string& value : values) {
      if (type == ValueType::kOfficial && !directory_->Find(value))
        return Error{Errc::kInvalid, fmt::format("'{}': no official has the number '{}'", name, value)};
      if (type != ValueType::kMember) continue;
      const std::string_view role = pack.program().string(pack.program().roles[field.members.index()].name);
      if (!IsKnown(*meant.matter.history, meant.request, field.members, role, value))
        return Error{Errc::kInvalid,
                     fmt::format("'{}': there is no {} '{}' in this matter", name, role, value)};
    }
  }
  return base::Ok();
}

// What credentials those have who act or are named: outside facts, written with the act.
Status ServiceImpl::SetHeld(Meant& meant) {
  const ServedPack& pack = *meant.matter.pack;
  std::vector<std::string> numbers;
  for (const Doer& doer : meant.step.by) {
    if (!doer.register_number.empty()) numbers.push_back(doer.register_number);
  }
  const ActDef& act = pack.program().acts[pack.FindAct(meant.step.act).index()];
  for (const auto& [name, values] : meant.step.values) {
    if (pack.FindField(act, name)->type == ValueType::kOfficial) numbers.push_back(values.front());
  }
  for (const std::string& number : numbers) {
    const std::vector<std::string> now = directory_->CredentialsOf(number, Today());
    for (const std::string& name : now) {
      if (pack.FindCredential(name))
        meant.step.held.push_back({.register_number = number, .credential = name, .held = true});
    }
    for (const Step& step : meant.matter.steps) {
      for (const Held& held : step.held) {
        if (held.register_number == number && std::ranges::find(now, held.credential) == now.end())
          return Error{Errc::kInvalid,
                       fmt::format("'{}' does not hold '{}' any more", number, held.credential)};
      }
    }
  }
  return base::Ok();
}

std::optional<ActAnswer> ServiceImpl::IsStale(const ActRequest& request, const MatterState& matter,
                                              Language language) {
  if (!request.acts || *request.acts == matter.acts.size()) return std::nullopt;
  ActAnswer answer;
  answer.kind = ActAnswer::Kind::kStale;
  answer.verdict = "stale";
  answer.headline = "the matter has moved on since this form was made";
  answer.matter = matter.id;
  answer.case_number = matter.CaseNumber(language);
  answer.acts = matter.acts.size();
  const std::vector<TimelineEvent> all = TellPublicTimeline(matter, language);
  for (std::size_t i = std::min<std::size_t>(*request.acts, all.size()); i < all.size(); ++i)
    answer.meanwhile.push_back(all[i]);
  return answer;
}

// The request was answered before: the same answer again, and nothing is recorded.
Result<std::optional<ActAnswer>> ServiceImpl::AlreadyDone(const ActRequest& request, MatterState& matter,
                                                          Language language) {
  if (request.request.empty()) return std::optional<ActAnswer>();
  ASSIGN_OR_RETURN(const std::optional<std::uint64_t> before, matters_->FindRequest(request.request));
  if (!before) return std::optional<ActAnswer>();
  RETURN_IF_ERROR(matters_->Load(matter));
  for (const PublicAct& act : matter.acts) {
    if (act.entry != *before || act.act != request.act) continue;
    ActAnswer answer;
    answer.kind = ActAnswer::Kind::kRecorded;
    answer.verdict = act.verdict;
    answer.headline = "recorded before, by the same form";
    answer.matter = matter.id;
    answer.case_number = matter.CaseNumber(language);
    answer.entry = *before;
    answer.duplicate = true;
    answer.acts = matter.acts.size();
    return std::optional<ActAnswer>(std::move(answer));
  }
  return Error{Errc::kConflict, "a form of this name was answered with another act"};
}

ActAnswer ServiceImpl::Refusal(const Meant& meant, const MatterHistory& tried,
                               const gate::Gate::Decision& decision, Language language) {
  const ServedPack& pack = *meant.matter.pack;
  ActAnswer answer;
  answer.kind = ActAnswer::Kind::kRefused;
  answer.verdict = meant.step.verdict;
  answer.matter = meant.matter.acts.empty() ? std::string() : meant.matter.id;
  answer.case_number = meant.matter.acts.empty() ? std::string() : meant.matter.CaseNumber(language);
  answer.acts = meant.matter.acts.size();
  ToldGrounds told = TellGrounds(pack, tried.history(), decision.grounds, Today(), language);
  answer.reasons = std::move(told.reasons);
  // The same act on the days on which time would no longer stand in the way, one after the other.
  std::optional<Day> day = told.opens;
  for (int i = 0;
       day && i < kMostTries && !pack.program().acts[pack.FindAct(meant.step.act).index()].dated_field; ++i) {
    Step later = meant.step;
    later.day = later.recorded = *day;
    MatterHistory then = *meant.matter.history;
    const auto place = then.Add(later);
    if (!place.ok()) break;
    const auto again = pack.gate().Ask(then.history(), place.value());
    if (!again.ok()) break;
    if (again.value().admitted) {
      answer.earliest = day;
      break;
    }
    day = OpensOn(pack, then.history(), again.value().grounds, *day);
  }
  answer.headline = answer.earliest ? fmt::format("refused: the earliest lawful day is {}",
                                                  base::PrintDay(*answer.earliest))
                                    : "refused: nothing was recorded";
  return answer;
}

namespace {

std::string NameOfImage(const std::string& request) { return "image of " + request; }

}  // namespace

// The ledger's answer for an act of a matter.  kConflict: the request was answered before.  Where the ledger
// cannot tell whether it is recorded, the matter looks for it before anything else is done in it.
Result<std::uint64_t> ServiceImpl::Append(MatterState& matter, const Step& step, std::string request) {
  constexpr std::size_t kNameBytes = 16;
  if (request.empty()) request = ledger::RandomHex(kNameBytes);
  const Result<ledger::Appended> done = ledger_->Append(DraftOf(step, matter.id, *matter.pack, request));
  if (!done.ok()) {
    if (done.error().code == Errc::kUnavailable) matter.unsure.push_back(std::move(request));
    return done.error();
  }
  if (done.value().duplicate) {
    matter.unsure.push_back(std::move(request));  // it may be an act of this matter that nobody was told of
    return Error{Errc::kConflict, fmt::format("the request was answered with entry {}", done.value().entry)};
  }
  matters_->SeeEntry(done.value().entry);
  matters_->SeeDay(step.recorded);
  return done.value().entry;
}

Status ServiceImpl::Record(MatterState& matter, Step step, MatterHistory tried, std::string request) {
  if (matter.acts.empty()) (matter.image ? *matter.image : step).desk = matter.desk;
  if (matter.image) {
    Step image = *std::move(matter.image);
    matter.image.reset();
    ASSIGN_OR_RETURN(image.entry,
                     Append(matter, image, request.empty() ? std::string() : NameOfImage(request)));
    matter.step_of.push_back(matter.steps.size());
    Matters::Add(matter, std::move(image), std::nullopt);
  }
  ASSIGN_OR_RETURN(step.entry, Append(matter, step, std::move(request)));
  Matters::Add(matter, std::move(step), std::move(tried));
  return base::Ok();
}

Result<ActAnswer> ServiceImpl::Judge(Meant& meant, Language language) {
  MatterState& matter = meant.matter;
  const ServedPack& pack = *matter.pack;
  MatterHistory tried = *matter.history;
  ASSIGN_OR_RETURN(const std::size_t place, tried.Add(meant.step));
  ASSIGN_OR_RETURN(const gate::Gate::Decision decision, pack.gate().Ask(tried.history(), place));
  const bool without_effect =
      decision.judgement.answer == model::Answer::kLawful && !decision.judgement.applied;
  meant.step.verdict = without_effect ? "no effect" : AnswerWord(decision.judgement.answer);
  if (!decision.admitted) return Refusal(meant, tried, decision, language);
  ActAnswer answer;
  answer.kind = ActAnswer::Kind::kRecorded;
  answer.verdict = meant.step.verdict;
  answer.headline = fmt::format("recorded: {}", answer.verdict);
  answer.reasons = TellGrounds(pack, tried.history(), decision.grounds, Today(), language).reasons;
  const std::vector<MatterHistory::Member> before = matter.history->members();
  RETURN_IF_ERROR(Record(matter, std::move(meant.step), std::move(tried), meant.request.request));
  answer.entry = matter.acts.back().entry;
  answer.matter = matter.id;
  answer.case_number = matter.CaseNumber(language);
  answer.acts = matter.acts.size();
  for (const MatterHistory::Member& member : matter.history->members()) {
    const program::RoleKind kind = pack.program().roles[member.role.index()].kind;
    const bool person = kind == program::RoleKind::kPerson || kind == program::RoleKind::kAnyone;
    const bool known = std::ranges::any_of(before, [&](const MatterHistory::Member& row) {
      return row.role == member.role && row.label == member.label;
    });
    if (person && !known)
      answer.codes.push_back({.label = member.label, .code = CodeOf(matter, member.label)});
  }
  return answer;
}

// A beginning that was sent before is in another matter than the one made for it now.
Result<std::optional<ActAnswer>> ServiceImpl::SentBefore(const ActRequest& request, MatterState& matter,
                                                         Language language) {
  if (!request.matter.empty() || request.request.empty()) return AlreadyDone(request, matter, language);
  ASSIGN_OR_RETURN(const auto before, matters_->FindRequest(request.request));
  if (!before) return std::optional<ActAnswer>();
  ASSIGN_OR_RETURN(const std::shared_ptr<MatterState> begun, matters_->MatterOf(*before));
  if (begun.get() == &matter) return AlreadyDone(request, matter, language);
  const std::lock_guard<std::mutex> lock(begun->mutex);
  return AlreadyDone(request, *begun, language);
}

// A matter about another act, of which that was recorded and then the ledger could take no more: the same
// request goes on in it.  Null: there is none.
Result<std::shared_ptr<MatterState>> ServiceImpl::LeftBegun(const Who& who, const ActRequest& request) {
  const std::shared_ptr<MatterState> none;
  if (!request.matter.empty() || request.target_matter.empty() || request.request.empty()) return none;
  ASSIGN_OR_RETURN(const auto image, matters_->FindRequest(NameOfImage(request.request)));
  if (!image) return none;
  ASSIGN_OR_RETURN(std::shared_ptr<MatterState> matter, matters_->MatterOf(*image));
  const std::lock_guard<std::mutex> lock(matter->mutex);
  RETURN_IF_ERROR(matters_->Load(*matter));
  const bool same = matter->pack->path() == request.pack && matter->steps.size() == 1 &&
                    LinkedMatter(matter->steps[0]) == request.target_matter &&
                    (who.party.empty() || LinkedLabel(matter->steps[0]) == who.party);
  return same ? std::move(matter) : none;
}

Result<ActAnswer> ServiceImpl::Try(const Who& who, const ActRequest& request, MatterState& matter,
                                   Language language) {
  if (std::optional<ActAnswer> stale = IsStale(request, matter, language)) return *std::move(stale);
  if (request.matter.empty() && !request.target_matter.empty() && matter.acts.empty())
    RETURN_IF_ERROR(TakeImage(who, request, matter));
  Meant meant{.who = who, .request = request, .matter = matter, .step = {}};
  RETURN_IF_ERROR(SetDoers(meant));
  const ActDef& act = matter.pack->program().acts[matter.pack->FindAct(request.act).index()];
  RETURN_IF_ERROR(SetFields(meant, act));
  RETURN_IF_ERROR(SetHeld(meant));
  return Judge(meant, language);
}

Result<ActAnswer> ServiceImpl::Do(const Caller& caller, const ActRequest& request, Language language) {
  ASSIGN_OR_RETURN(const Who who, WhoIs(caller));
  RETURN_IF_ERROR(TurnDay());
  const DayOfRecord::Stay stay(day_);
  ASSIGN_OR_RETURN(std::shared_ptr<MatterState> matter, MatterFor(who, request));
  ASSIGN_OR_RETURN(std::shared_ptr<MatterState> begun, LeftBegun(who, request));
  const bool is_new = request.matter.empty() && begun == nullptr;
  if (begun != nullptr) matter = std::move(begun);
  const std::lock_guard<std::mutex> lock(matter->mutex);
  RETURN_IF_ERROR(matters_->Load(*matter));
  if (is_new) matters_->Expect(matter);
  Result<ActAnswer> answer = Try(who, request, *matter, language);
  if (is_new && !(answer.ok() && answer.value().kind == ActAnswer::Kind::kRecorded)) matters_->Drop(*matter);
  if (!answer.ok() || answer.value().kind != ActAnswer::Kind::kRecorded) {
    // It was perhaps recorded when it was sent first: then the matter has moved on since, by it.  The ledger
    // records no request twice, so what could be recorded need not be looked for.
    ASSIGN_OR_RETURN(std::optional<ActAnswer> before, SentBefore(request, *matter, language));
    if (before) return *std::move(before);
    if (answer.ok() && answer.value().kind == ActAnswer::Kind::kRefused) ++refused_;
    return answer;
  }
  if (request.matter.empty()) {
    matters_->Keep(matter);
    matter->history->SetName(std::to_string(matter->case_number()));  // it has one now
  }
  // The act is recorded and that is answered, whatever becomes of what it brings along.
  static_cast<void>(Settle(*matter));
  answer.value().acts = matter->acts.size();
  return answer;
}

}  // namespace lawbound::service
