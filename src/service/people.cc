// Who asks: sessions of officials, codes of parties, and what each may see.
#include <algorithm>
#include <charconv>
#include <ctime>
#include <fmt/format.h>
#include <sodium.h>

#include "ledger/box.h"
#include "service/service_impl.h"
#include "tlog/hash.h"

namespace lawbound::service {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

namespace {

constexpr std::int64_t kIdleSeconds = 30 * 60;
constexpr int kMostWrong = 5;
constexpr std::int64_t kWrongSeconds = 15 * 60;
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kCodeBytes = 16;

std::string HashOfToken(std::string_view token) {
  return std::string(tlog::Sha256(fmt::format("lawbound-session/v1\n{}", token)).view());
}

// What is typed from paper: without spaces and hyphens, in capitals.
std::string Typed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

}  // namespace

Result<SignedIn> ServiceImpl::SignIn(std::string_view number, std::string_view password,
                                     std::string_view code) {
  const std::int64_t now = clock_.Going();
  const std::string key(number.substr(0, 60));
  {
    const std::lock_guard<std::mutex> lock(sessions_mutex_);
    // Numbers that nobody has are tried too: those of long ago are forgotten before there are too many.
    constexpr std::size_t kMostNumbers = 10'000;
    if (attempts_.size() > kMostNumbers)
      std::erase_if(attempts_, [&](const auto& row) { return now - row.second.since > kWrongSeconds; });
    if (attempts_.size() > 2 * kMostNumbers)
      return Error{Errc::kLimit, "too many attempts with too many numbers; wait a quarter of an hour"};
    Attempts& attempts = attempts_[key];
    if (now - attempts.since > kWrongSeconds) attempts = {.wrong = 0, .since = now};
    if (attempts.wrong >= kMostWrong)
      return Error{Errc::kLimit, "too many attempts with this number; wait a quarter of an hour"};
    ++attempts.wrong;
  }
  const bool right = directory_->CheckPassword(number, password) &&
                     directory_->CheckCode(number, code, clock_.Look().seconds);
  const std::optional<Official> official = directory_->Find(number);
  // With a wrong clock no code is right.
  if (!right) RETURN_IF_ERROR(TurnDay());
  if (!right || !official)
    return Error{Errc::kInvalid, "number, password and one-time code do not go together"};
  SignedIn out;
  out.token = ledger::RandomHex(kTokenBytes);
  {
    const std::lock_guard<std::mutex> lock(sessions_mutex_);
    attempts_.erase(key);
    std::erase_if(sessions_, [&](const auto& row) { return now - row.second.last_used > kIdleSeconds; });
    sessions_[HashOfToken(out.token)] = {
        .register_number = official->register_number, .last_used = now, .looked = {}};
  }
  out.official = *Session(out.token, Language::kEn);
  return out;
}

std::optional<OfficialView> ServiceImpl::Session(std::string_view token, Language language) {
  const Result<Who> who = OfficialOnly({.token = std::string(token), .code = {}});
  if (!who.ok()) return std::nullopt;
  const Official& official = *who.value().official;
  OfficialView view{.id = official.register_number,
                    .name = official.name,
                    .office_id = official.office,
                    .office = OfficeTitle(official.office, language),
                    .posts = {}};
  for (const Appointment& row : directory_->AppointmentsOf(official.register_number, Today())) {
    const auto pack = packs_.find(row.pack);
    if (pack == packs_.end()) continue;
    const model::RoleId role = pack->second->FindRole(row.role);
    if (!role) continue;
    view.posts.push_back({.pack = row.pack,
                          .pack_title = pack->second->Title(language),
                          .role = row.role,
                          .title = pack->second->RoleTitle(role, language)});
  }
  return view;
}

void ServiceImpl::SignOut(std::string_view token) {
  const std::lock_guard<std::mutex> lock(sessions_mutex_);
  sessions_.erase(HashOfToken(token));
}

Result<ServiceImpl::Who> ServiceImpl::OfficialOnly(const Caller& caller) {
  std::string number;
  {
    const std::lock_guard<std::mutex> lock(sessions_mutex_);
    const auto found = sessions_.find(HashOfToken(caller.token));
    const std::int64_t now = clock_.Going();
    if (caller.token.empty() || found == sessions_.end() || now - found->second.last_used > kIdleSeconds)
      return Error{Errc::kUnavailable, "nobody is signed in, or the session has ended: sign in again"};
    found->second.last_used = now;
    number = found->second.register_number;
  }
  std::optional<Official> official = directory_->Find(number);
  if (!official) return Error{Errc::kUnavailable, "the official is not in the directory any more"};
  return Who{.official = std::move(official), .token = caller.token, .party = {}, .party_matter = {}};
}

Result<ServiceImpl::Who> ServiceImpl::WhoIs(const Caller& caller) {
  if (!caller.token.empty()) return OfficialOnly(caller);
  if (caller.code.empty()) return Who{};
  ASSIGN_OR_RETURN(const std::string id, MatterOfCode(caller.code));
  const std::shared_ptr<MatterState> matter = matters_->Find(id);
  const std::lock_guard<std::mutex> lock(matter->mutex);
  for (const MatterHistory::Member& member : matter->history->members()) {
    if (Typed(CodeOf(*matter, member.label)) == Typed(caller.code))
      return Who{.official = {}, .token = {}, .party = member.label, .party_matter = id};
  }
  return Error{Errc::kNotFound, "no matter opens with this code"};
}

// A code says which case it is of, and proves that it was made here for that party of it.  Nothing is kept:
// no table of codes, so none of parties.
std::string ServiceImpl::CodeOf(const MatterState& matter, std::string_view label) const {
  const ledger::BoxKey key = ledger::BoxKey::From(server_key_);
  const std::string digest =
      ledger::KeyedDigest(key, fmt::format("lawbound-code/v1\n{}\n{}", matter.id, label));
  const std::string digits = Base32(std::string_view(digest).substr(0, kCodeBytes));
  std::string out = std::to_string(matter.case_number());
  constexpr std::size_t kGroup = 4;
  for (std::size_t i = 0; i < digits.size(); i += kGroup) out += "-" + digits.substr(i, kGroup);
  return out;
}

Result<std::string> ServiceImpl::MatterOfCode(std::string_view code) {
  const Error unknown{Errc::kNotFound, "no matter opens with this code"};
  constexpr std::size_t kMostDigits = 18, kMostCode = 80;
  const std::size_t digits = code.find_first_not_of("0123456789");
  if (code.size() > kMostCode || digits == 0 || digits == std::string_view::npos || digits > kMostDigits)
    return unknown;
  std::uint64_t number = 0;
  std::from_chars(code.data(), code.data() + digits, number);
  const std::shared_ptr<MatterState> matter = matters_->FindByCase(number);
  if (matter == nullptr) return unknown;
  const std::lock_guard<std::mutex> lock(matter->mutex);
  RETURN_IF_ERROR(matters_->Load(*matter));
  const std::string typed = Typed(code);
  for (const MatterHistory::Member& member : matter->history->members()) {
    const program::RoleKind kind = matter->pack->program().roles[member.role.index()].kind;
    if (kind != program::RoleKind::kPerson && kind != program::RoleKind::kAnyone) continue;
    const std::string right = Typed(CodeOf(*matter, member.label));
    if (right.size() == typed.size() && ::sodium_memcmp(right.data(), typed.data(), right.size()) == 0)
      return matter->id;
  }
  return unknown;
}

Result<PartyCode> ServiceImpl::CodeFor(const Caller& caller, std::string_view id, std::string_view label) {
  ASSIGN_OR_RETURN(const Who who, OfficialOnly(caller));
  const std::shared_ptr<MatterState> matter = matters_->Find(id);
  if (matter == nullptr) return Error{Errc::kNotFound, "there is no such matter"};
  const std::lock_guard<std::mutex> lock(matter->mutex);
  RETURN_IF_ERROR(matters_->Load(*matter));
  if (!MayRead(who, *matter)) return Error{Errc::kNotFound, "there is no such matter"};
  for (const MatterHistory::Member& member : matter->history->members()) {
    if (member.label == label) return PartyCode{.label = member.label, .code = CodeOf(*matter, label)};
  }
  return Error{Errc::kNotFound, "the matter has no such party"};
}

// The roles of a pack as which an official may act in the matters of a desk.
std::vector<std::string> ServiceImpl::RolesOf(const Official& official, const ServedPack& pack,
                                              std::string_view desk) {
  std::vector<std::string> out;
  for (const Appointment& row : directory_->AppointmentsOf(official.register_number, Today())) {
    if (row.pack == pack.path() && (desk.empty() || row.office == desk)) out.push_back(row.role);
  }
  return out;
}

// Some roles are had by being named in the matter itself, as the chair of a hearing is.
bool ServiceImpl::IsNamed(std::string_view register_number, const MatterState& matter) {
  const program::Program& program = matter.pack->program();
  return std::ranges::any_of(program.roles, [&](const program::RoleDef& role) {
    if (!role.named_in || role.not_named) return false;
    const std::string_view field = program.string(program.fields[role.named_in.index()].name);
    return std::ranges::any_of(matter.steps, [&](const Step& step) {
      const std::vector<std::string>* value = step.FindValue(field);
      return value != nullptr && !value->empty() && value->front() == register_number &&
             matter.pack->FindField(program.acts[matter.pack->FindAct(step.act).index()], field) ==
                 &program.fields[role.named_in.index()];
    });
  });
}

// Whoever handles the matters of its desk has a part in a matter, whoever acted in it or is named for a role.
bool ServiceImpl::HasPart(const Who& who, const MatterState& matter) {
  if (!who.official) return !who.party.empty() && who.party_matter == matter.id;
  if (!RolesOf(*who.official, *matter.pack, matter.desk).empty()) return true;
  if (IsNamed(who.official->register_number, matter)) return true;
  return std::ranges::any_of(matter.steps, [&](const Step& step) {
    return std::ranges::any_of(
        step.by, [&](const Doer& doer) { return doer.register_number == who.official->register_number; });
  });
}

bool ServiceImpl::MayRead(const Who& who, const MatterState& matter) {
  if (HasPart(who, matter)) return true;
  if (who.token.empty()) return false;
  const std::lock_guard<std::mutex> lock(sessions_mutex_);
  const auto session = sessions_.find(HashOfToken(who.token));
  return session != sessions_.end() && session->second.looked.contains(matter.id);
}

Status ServiceImpl::Look(const Caller& caller, std::string_view id, std::string_view ground) {
  ASSIGN_OR_RETURN(const Who who, OfficialOnly(caller));
  const std::shared_ptr<MatterState> matter = matters_->Find(id);
  if (matter == nullptr) return Error{Errc::kNotFound, "there is no such matter"};
  constexpr std::size_t kShortest = 10, kLongest = 500;
  if (ground.size() < kShortest || ground.size() > kLongest)
    return Error{Errc::kInvalid, "a look needs its ground, in 10 to 500 bytes"};
  RETURN_IF_ERROR(TurnDay());
  const DayOfRecord::Stay stay(day_);
  const std::lock_guard<std::mutex> lock(matter->mutex);
  ledger::Draft draft;
  draft.kind = "look";
  draft.facts = {{"day", base::PrintDay(Today())},
                 {"matter", matter->id},
                 {"office", who.official->office},
                 {"official", who.official->register_number}};
  draft.fields = {{"ground", std::string(ground)}};
  ASSIGN_OR_RETURN(const ledger::Appended done, ledger_->Append(draft));
  matters_->SeeEntry(done.entry);
  matter->looks.push_back({.entry = done.entry,
                           .day = Today(),
                           .office = who.official->office,
                           .official = who.official->register_number});
  const std::lock_guard<std::mutex> sessions(sessions_mutex_);
  sessions_[HashOfToken(who.token)].looked.insert(matter->id);
  return base::Ok();
}

}  // namespace lawbound::service
