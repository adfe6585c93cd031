// What everybody may see: figures, what is late, the floor, receipts.
#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "ledger/box.h"
#include "ledger/floor.h"
#include "ledger/prove.h"
#include "program/floor.h"
#include "report/values.h"
#include "report/words.h"
#include "service/papers.h"
#include "service/service_impl.h"
#include "service/telling.h"

namespace lawbound::service {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

Figures ServiceImpl::Supervision(Language language) {
  Figures out{.today = Today(),
              .entries = matters_->size(),
              .matters = 0,
              .open = 0,
              .acts = {},
              .refused = refused_.load(),
              .looks = {},
              .floor = Floor(language)};
  std::map<std::tuple<std::string, std::string, std::string, std::string>, std::uint64_t> counts;
  std::map<std::string, std::uint64_t> looks;
  for (const std::shared_ptr<MatterState>& matter : matters_->All()) {
    const std::lock_guard<std::mutex> lock(matter->mutex);
    ++out.matters;
    if (!matter->outlook.closed) ++out.open;
    for (const PublicAct& act : matter->acts)
      ++counts[{act.office, std::string(matter->pack->path()), act.act, act.verdict}];
    for (const PublicLook& look : matter->looks) ++looks[look.office];
  }
  for (const auto& [key, count] : counts) {
    const auto& [office, path, act, verdict] = key;
    const ServedPack& pack = *packs_.find(path)->second;
    out.acts.push_back({.office = OfficeTitle(office, language),
                        .pack = path,
                        .act = act,
                        .title = pack.ActTitle(pack.FindAct(act), language),
                        .verdict = verdict,
                        .count = count,
                        .office_id = office});
  }
  for (const auto& [office, count] : looks)
    out.looks.push_back({.office = OfficeTitle(office, language), .count = count, .office_id = office});
  return out;
}

std::vector<CountedAct> ServiceImpl::ActsCounted(const FigureRow& row, Language language) {
  std::vector<CountedAct> out;
  for (const std::shared_ptr<MatterState>& matter : matters_->All()) {
    const std::lock_guard<std::mutex> lock(matter->mutex);
    if (matter->pack->path() != row.pack) continue;
    for (const PublicAct& act : matter->acts) {
      if (act.office != row.office_id || act.act != row.act || act.verdict != row.verdict) continue;
      out.push_back({.entry = act.entry, .case_number = matter->CaseNumber(language), .day = act.day});
    }
  }
  std::ranges::sort(out, std::greater<>(), &CountedAct::entry);
  return out;
}

namespace {

std::string TitlesOf(const ServedPack& pack, const std::vector<model::ActId>& acts, Language language) {
  std::string out;
  for (const model::ActId act : acts)
    out += fmt::format("{}{}", out.empty() ? "" : " / ", pack.ActTitle(act, language));
  return out;
}

// Whether an act was done of which something is ever published; no field has to be opened for that.
bool NamesWhatIsPublished(const MatterState& matter) {
  return std::ranges::any_of(matter.acts, [&](const PublicAct& act) {
    const model::ActId id = matter.pack->FindAct(act.act);
    return act.verdict == "lawful" && id && !matter.pack->program().acts[id.index()].public_with.empty();
  });
}

}  // namespace

std::vector<LateDuty> ServiceImpl::Overdue(Language language) {
  std::vector<LateDuty> out;
  const Day today = Today();
  for (const std::shared_ptr<MatterState>& matter : matters_->All()) {
    const std::lock_guard<std::mutex> lock(matter->mutex);
    if (matter->outlook.closed) continue;
    const Result<Outlook> outlook = OutlookOn(*matter, today);
    if (!outlook.ok()) continue;
    for (const Outlook::Missed& missed : outlook.value().missed)
      out.push_back({.case_number = matter->CaseNumber(language),
                     .office = OfficeTitle(matter->desk, language),
                     .pack_title = matter->pack->Title(language),
                     .what = TitlesOf(*matter->pack, missed.acts, language),
                     .due = missed.due});
  }
  std::ranges::stable_sort(out, {}, &LateDuty::due);
  return out;
}

namespace {

std::string Lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::string TitleOf(const ServedPack& pack, model::ActId act, Language language) {
  const std::string title = pack.ActTitle(act, language);
  const bool finding = pack.program().acts[act.index()].kind == program::ActDef::Kind::kFinding;
  return finding ? report::words::FindingLine(pack.VoiceIn(language), title) : title;
}

// Whether each of the words stands in what everybody may read of it.
bool Says(const Published& row, std::string_view words) {
  std::string all = fmt::format("{}\n{}\n{}\n{}\n", row.title, row.pack_title, row.office, row.case_number);
  for (const ActField& field : row.fields) all += fmt::format("{}\n{}\n", field.title, field.words);
  all = Lowered(all);
  const std::string wanted = Lowered(words);
  for (std::size_t at = 0; at < wanted.size();) {
    const std::size_t end = std::min(wanted.find(' ', at), wanted.size());
    if (end > at && all.find(wanted.substr(at, end - at)) == std::string::npos) return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

std::vector<Published> ServiceImpl::Publications(Language language, const PublicationWish& wish) {
  std::vector<Published> out;
  const Day today = Today();
  for (const std::shared_ptr<MatterState>& matter : matters_->All()) {
    const std::lock_guard<std::mutex> lock(matter->mutex);
    if (!wish.pack.empty() && matter->pack->path() != wish.pack) continue;
    if (!NamesWhatIsPublished(*matter) || !matters_->Load(*matter).ok()) continue;
    const Result<Outlook> outlook = OutlookOn(*matter, today);
    if (!outlook.ok()) continue;
    for (Published& row : TellPublished(*matter, outlook.value().lost, today, language)) {
      row.office = OfficeTitle(row.office, language);
      // Of what was withdrawn nothing is left to be found.
      const bool wanted = wish.words.empty() || (!row.withdrawn && Says(row, wish.words));
      if (wanted) out.push_back(std::move(row));
    }
  }
  std::ranges::stable_sort(out, [](const Published& a, const Published& b) { return a.day > b.day; });
  return out;
}

std::vector<Power> ServiceImpl::Powers(Language language) {
  std::map<std::tuple<std::string, std::string, std::string>, std::uint64_t> posts;
  for (const Official& official : directory_->Officials()) {
    for (const Appointment& row : directory_->AppointmentsOf(official.register_number, Today()))
      ++posts[{row.office, row.pack, row.role}];
  }
  std::vector<Power> out;
  for (const auto& [key, count] : posts) {
    const auto& [office, path, role] = key;
    const auto held = packs_.find(path);
    if (held == packs_.end()) continue;
    const ServedPack& pack = *held->second;
    const program::Program& program = pack.program();
    const model::RoleId id = pack.FindRole(role);
    if (!id) continue;
    Power power{.office = office,
                .office_title = OfficeTitle(office, language),
                .pack = path,
                .pack_title = pack.Title(language),
                .role = role,
                .role_title = pack.RoleTitle(id, language),
                .posts = count,
                .acts = {}};
    for (std::size_t i = 0; i < program.acts.size(); ++i) {
      const program::ActDef& act = program.acts[i];
      if (std::ranges::find(pack.Doers(act), id) == pack.Doers(act).end()) continue;
      PowerAct row{.act = std::string(pack.Name(model::ActId(i))),
                   .title = TitleOf(pack, model::ActId(i), language),
                   .provisions = {},
                   .at_least = act.at_least};
      for (std::uint32_t c = act.under.first; c < act.under.end(); ++c)
        row.provisions.push_back(report::CitedWords(program, program.citations[c], pack.VoiceIn(language)));
      power.acts.push_back(std::move(row));
    }
    out.push_back(std::move(power));
  }
  return out;
}

std::string ServiceImpl::Floor(Language language) {
  std::size_t proved = 0;
  for (const auto& [path, pack] : packs_) proved += pack->gate().proved().record().answers.size();
  return language == Language::kZh ? fmt::format("保障底线：已证明 {} 项", proved)
                                   : fmt::format("floor: {} promises proved", proved);
}

// Each day the record says by what the program goes (S5).
Status ServiceImpl::StateFloor() {
  std::set<std::string> pages;
  for (const auto& [path, pack] : packs_) {
    for (std::size_t i = 0; i < pack->pages().sources.count(); ++i)
      pages.insert(ledger::Hex(
          tlog::Sha256(pack->pages().sources.file(source::FileId(static_cast<std::uint32_t>(i))).text)
              .view()));
  }
  std::string lines;
  for (const std::string& page : pages) lines += page + "\n";
  if (pages.empty()) lines = "\n";
  const ledger::FloorDraft draft{.day = Today(),
                                 .floor = options_.floor_hash,
                                 .refusals = options_.refusals_hash,
                                 .packs = tlog::Sha256(lines),
                                 .waived = {},
                                 .ground = {},
                                 .official = {}};
  ASSIGN_OR_RETURN(const ledger::Appended done, ledger::RecordFloor(*ledger_, draft));
  matters_->SeeEntry(done.entry);
  return base::Ok();
}

Result<std::string> ServiceImpl::Receipt(const Caller& caller, std::uint64_t entry) {
  ASSIGN_OR_RETURN(const Who who, WhoIs(caller));
  ASSIGN_OR_RETURN(const ledger::StoredAct stored, matters_->ReadAct(entry));
  ledger::ReceiptWish wish{.entry = entry, .show = {}, .show_all = false};
  if (const std::string* id = stored.entry.FindFact("matter")) {
    if (const std::shared_ptr<MatterState> matter = matters_->Find(*id)) {
      const std::lock_guard<std::mutex> lock(matter->mutex);
      RETURN_IF_ERROR(matters_->Load(*matter));
      const bool official = who.official && MayRead(who, *matter);
      const bool party = ConcernsParty(who, *matter, ActOfPaper(stored).value_or(entry));
      for (const ledger::StoredField& field : stored.fields) {
        const bool inner = field.name.starts_with("service.");
        if (field.opening && (official || (party && !inner))) wish.show.push_back(field.name);
      }
    }
  }
  RETURN_IF_ERROR(SignRecord());
  ASSIGN_OR_RETURN(const ledger::MadeReceipt made, ledger::MakeReceipt(ledger_->folder(), wish));
  return tlog::PrintReceipt(made.receipt);
}

Result<std::string> ServiceImpl::LastCheckpoint() {
  ASSIGN_OR_RETURN(const std::optional<tlog::SignedCheckpoint> last, ledger_->folder().ReadSigned());
  if (!last) return Error{Errc::kNotFound, "nothing was signed yet"};
  return tlog::PrintNote(last->note);
}

Result<std::vector<std::string>> ServiceImpl::LogKeys() {
  ASSIGN_OR_RETURN(const tlog::Trust trust, ledger_->folder().ReadTrust());
  std::vector<std::string> out;
  for (const tlog::VerifierKey& key : trust.logs) out.push_back(tlog::PrintVerifierKey(key));
  return out;
}

}  // namespace lawbound::service
