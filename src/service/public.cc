// What everybody may see: figures, what is late, the floor, receipts.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>

#include "ledger/box.h"
#include "ledger/floor.h"
#include "ledger/prove.h"
#include "program/floor.h"
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
    if (!matter->closed) ++out.open;
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
                        .count = count});
  }
  for (const auto& [office, count] : looks)
    out.looks.push_back({.office = OfficeTitle(office, language), .count = count});
  return out;
}

std::vector<LateDuty> ServiceImpl::Overdue(Language language) {
  std::vector<LateDuty> out;
  const Day today = Today();
  for (const std::shared_ptr<MatterState>& matter : matters_->All()) {
    const std::lock_guard<std::mutex> lock(matter->mutex);
    if (matter->closed || !matters_->Load(*matter).ok()) continue;
    for (Missed& missed : TellMissed(*matter, today, language))
      out.push_back({.case_number = matter->CaseNumber(),
                     .office = OfficeTitle(matter->desk, language),
                     .pack_title = matter->pack->Title(language),
                     .what = std::move(missed.what),
                     .due = missed.due});
  }
  return out;
}

std::vector<Published> ServiceImpl::Publications(Language language) {
  std::vector<Published> out;
  const Day today = Today();
  for (const std::shared_ptr<MatterState>& matter : matters_->All()) {
    const std::lock_guard<std::mutex> lock(matter->mutex);
    if (!matters_->Load(*matter).ok()) continue;
    for (Published& row : TellPublished(*matter, today, language)) {
      row.office = OfficeTitle(row.office, language);
      out.push_back(std::move(row));
    }
  }
  return out;
}

std::string ServiceImpl::Floor(Language language) {
  std::size_t proved = 0;
  std::string waived;
  std::size_t number = 0;
  for (const auto& [path, pack] : packs_) {
    for (const gate::Answer& answer : pack->gate().proved().record().answers)
      proved += answer.guarantee && answer.result == "proved" ? 1U : 0U;
    for (const gate::Waiver& waiver : pack->gate().proved().waivers()) {
      ++number;
      waived += language == Language::kZh
                    ? fmt::format("；{} 的 {}：由 {} 自 {} 起暂免，理由：{}", path, waiver.guarantee,
                                  waiver.official, base::PrintDay(waiver.since), waiver.ground)
                    : fmt::format("; {} of {}: waived by {} since {}, ground: {}", waiver.guarantee, path,
                                  waiver.official, base::PrintDay(waiver.since), waiver.ground);
    }
  }
  return language == Language::kZh
             ? fmt::format("保障底线：已证明 {} 项，暂免 {} 项{}", proved, number, waived)
             : fmt::format("floor: {} promises proved, {} waived{}", proved, number, waived);
}

// Each day the record says by what the program goes, and what of it is waived (S5).
Status ServiceImpl::StateFloor() {
  std::set<std::string> pages;
  std::string waived, ground, official;
  std::string floor;
  for (const auto& [path, pack] : packs_) {
    for (std::size_t i = 0; i < pack->pages().sources.count(); ++i)
      pages.insert(ledger::Hex(
          tlog::Sha256(pack->pages().sources.file(source::FileId(static_cast<std::uint32_t>(i))).text)
              .view()));
    for (const gate::Waiver& waiver : pack->gate().proved().waivers()) {
      waived += fmt::format("{}{}: {}", waived.empty() ? "" : "; ", path, waiver.guarantee);
      official = waiver.official;
      ground = waiver.ground;
    }
  }
  std::string lines;
  for (const std::string& page : pages) lines += page + "\n";
  if (pages.empty()) lines = "\n";
  constexpr std::size_t kMostWaived = 900;
  if (waived.size() > kMostWaived) waived = fmt::format("{} guarantees", authority_.waivers.size());
  const ledger::FloorDraft draft{.day = Today(),
                                 .floor = options_.floor_hash,
                                 .refusals = options_.refusals_hash,
                                 .packs = tlog::Sha256(lines),
                                 .waived = waived,
                                 .ground = ground,
                                 .official = official};
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
      const auto step = std::ranges::find(matter->steps, entry, &Step::entry);
      const ServedPack& pack = *matter->pack;
      bool party = !who.party.empty() && who.party_matter == *id && step != matter->steps.end();
      if (party) {
        const program::ActDef& act = pack.program().acts[pack.FindAct(step->act).index()];
        if (act.member) {
          const auto& field = pack.program().fields[act.member.index()];
          const auto* of = step->FindValue(pack.program().string(field.name));
          const bool people = pack.program().roles[field.members.index()].kind == program::RoleKind::kPerson;
          party = !people || (of != nullptr ? of->front() == who.party
                                            : !step->by.empty() && step->by[0].label == who.party);
        }
      }
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
