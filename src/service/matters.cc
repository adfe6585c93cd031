#include "service/matters.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "ledger/box.h"
#include "tlog/hash.h"

namespace lawbound::service {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

namespace {

std::string Fact(const tlog::Entry& entry, std::string_view name) {
  const std::string* value = entry.FindFact(name);
  return value == nullptr ? std::string() : *value;
}

}  // namespace

std::string MatterState::CaseNumber(Language language) const {
  if (acts.empty()) return {};
  const int year = base::FromDay(acts.front().recorded).year;
  // People count from one.
  return language == Language::kZh ? fmt::format("〔{}〕{}号", year, case_number() + 1)
                                   : fmt::format("{}/{}", year, case_number() + 1);
}

PublicAct PublicOf(const tlog::Entry& entry, std::uint64_t number) {
  const Day day = base::ParseDay(Fact(entry, "day")).value_or(base::kFirstDay);
  return {.entry = number,
          .act = Fact(entry, "act"),
          .verdict = Fact(entry, "verdict"),
          .office = Fact(entry, "office"),
          .day = day,
          .recorded = base::ParseDay(Fact(entry, "recorded")).value_or(day),
          .deemed = entry.FindFact("deemed") != nullptr};
}

Matters::Matters(const Packs& packs, std::unique_ptr<store::RecordReader> reader,
                 std::unique_ptr<ledger::MatterKeys> keys)
    : packs_(packs), reader_(std::move(reader)), keys_(std::move(keys)), last_day_(base::kFirstDay.number) {}

Result<std::unique_ptr<Matters>> Matters::Read(const ledger::Folder& folder, const Packs& packs) {
  const auto open = [&] { return store::OpenRecordReader(folder.place(), store::ReadHow::kLatest); };
  ASSIGN_OR_RETURN(ledger::BoxKey master, folder.ReadMattersKey());
  ASSIGN_OR_RETURN(std::unique_ptr<store::RecordReader> reader, open());
  ASSIGN_OR_RETURN(std::unique_ptr<store::RecordReader> of_keys, open());
  std::unique_ptr<Matters> out(new Matters(
      packs, std::move(reader), std::make_unique<ledger::MatterKeys>(std::move(master), std::move(of_keys))));
  ASSIGN_OR_RETURN(const store::RecordHead head, out->reader_->ReadHead());
  constexpr std::uint64_t kPage = 1024;
  for (std::uint64_t first = 0; first < head.size; first += kPage) {
    ASSIGN_OR_RETURN(const std::vector<std::string> page, out->reader_->ReadEntries(first, kPage));
    for (std::size_t i = 0; i < page.size(); ++i) {
      ASSIGN_OR_RETURN(const tlog::Entry entry, tlog::ParseEntry(page[i]));
      RETURN_IF_ERROR(out->Take(first + i, entry));
    }
  }
  return out;
}

Status Matters::Take(std::uint64_t number, const tlog::Entry& entry) {
  SeeEntry(number);
  if (const auto day = base::ParseDay(Fact(entry, "recorded"))) {
    SeeDay(*day);
  } else if (const auto of = base::ParseDay(Fact(entry, "day")); of) {
    if (entry.kind != "floor") SeeDay(*of);
    if (entry.kind == "floor") last_stated_ = std::max(last_stated_, *of);
  }
  const std::string id = Fact(entry, "matter");
  if (entry.kind == "look") {
    if (const auto found = by_id_.find(id); found != by_id_.end()) {
      found->second->looks.push_back({.entry = number,
                                      .day = base::ParseDay(Fact(entry, "day")).value_or(base::kFirstDay),
                                      .office = Fact(entry, "office"),
                                      .official = Fact(entry, "official")});
    }
    return base::Ok();
  }
  if (entry.kind != "act") return base::Ok();
  std::shared_ptr<MatterState>& matter = by_id_[id];
  if (matter == nullptr) {
    const auto pack = packs_.find(Fact(entry, "procedure"));
    if (pack == packs_.end()) {
      return Error{Errc::kCorrupt, fmt::format("entry {} is an act of the pack '{}', which is not served",
                                               number, Fact(entry, "procedure"))};
    }
    matter = std::make_shared<MatterState>();
    matter->id = id;
    matter->pack = pack->second.get();
    matter->desk = Fact(entry, "desk");
    by_case_[number] = matter;
  }
  matter->acts.push_back(PublicOf(entry, number));
  return base::Ok();
}

std::shared_ptr<MatterState> Matters::Find(std::string_view id) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

std::shared_ptr<MatterState> Matters::FindByCase(std::uint64_t number) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_case_.find(number);
  return found == by_case_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<MatterState>> Matters::All() const {
  const std::shared_lock lock(mutex_);
  std::vector<std::shared_ptr<MatterState>> out;
  for (const auto& [number, matter] : by_case_) out.push_back(matter);
  return out;
}

std::shared_ptr<MatterState> Matters::Begin(const ServedPack& pack, std::string desk) const {
  auto out = std::make_shared<MatterState>();
  constexpr std::size_t kIdBytes = 16;
  out->id = ledger::RandomHex(kIdBytes);
  out->pack = &pack;
  out->desk = std::move(desk);
  out->loaded = true;
  out->history.emplace(pack, "");
  return out;
}

void Matters::Expect(const std::shared_ptr<MatterState>& matter) {
  const std::unique_lock lock(mutex_);
  by_id_[matter->id] = matter;
}

void Matters::Drop(const MatterState& matter) {
  const std::unique_lock lock(mutex_);
  by_id_.erase(matter.id);
}

void Matters::Keep(const std::shared_ptr<MatterState>& matter) {
  const std::unique_lock lock(mutex_);
  by_id_[matter->id] = matter;
  by_case_[matter->case_number()] = matter;
}

Result<std::shared_ptr<MatterState>> Matters::MatterOf(std::uint64_t entry) {
  ASSIGN_OR_RETURN(const ledger::StoredAct stored, ReadAct(entry));
  const std::string id = Fact(stored.entry, "matter");
  if (stored.entry.kind != "act" || id.empty())
    return Error{Errc::kConflict, "a request of this name was answered with what is no act"};
  const std::unique_lock lock(mutex_);
  if (!by_id_.contains(id)) RETURN_IF_ERROR(Take(entry, stored.entry));
  return by_id_[id];
}

Status Matters::TakeUnsure(MatterState& matter) {
  for (; !matter.unsure.empty(); matter.unsure.pop_back()) {
    ASSIGN_OR_RETURN(const std::optional<std::uint64_t> entry, FindRequest(matter.unsure.back()));
    if (!entry || std::ranges::find(matter.acts, *entry, &PublicAct::entry) != matter.acts.end()) continue;
    ASSIGN_OR_RETURN(const ledger::StoredAct stored, ReadAct(*entry));
    if (Fact(stored.entry, "matter") != matter.id) continue;
    matter.acts.push_back(PublicOf(stored.entry, *entry));
    std::ranges::sort(matter.acts, {}, &PublicAct::entry);
    matter.loaded = false;
    matter.outlook.next_due = base::kFirstDay;
    SeeEntry(*entry);
    SeeDay(matter.acts.back().recorded);
  }
  return base::Ok();
}

Status Matters::Load(MatterState& matter) {
  RETURN_IF_ERROR(TakeUnsure(matter));
  if (matter.loaded) return base::Ok();
  MatterState read;
  read.history.emplace(*matter.pack, std::to_string(matter.case_number()));
  for (const PublicAct& act : matter.acts) {
    ASSIGN_OR_RETURN(const ledger::StoredAct stored, ReadAct(act.entry));
    ASSIGN_OR_RETURN(Step step, ReadStep(stored, act.entry, *matter.pack));
    if (!step.deemed) {
      if (auto added = read.history->Add(step); !added.ok())
        return std::move(added).error().With(fmt::format("entry {}", act.entry));
      read.step_of.push_back(read.steps.size());
    }
    read.steps.push_back(std::move(step));
  }
  matter.steps = std::move(read.steps);
  matter.history = std::move(read.history);
  matter.step_of = std::move(read.step_of);
  matter.loaded = true;
  return base::Ok();
}

void Matters::Add(MatterState& matter, Step step, std::optional<MatterHistory> history) {
  matter.acts.push_back({.entry = step.entry,
                         .act = step.act,
                         .verdict = step.verdict,
                         .office = step.office,
                         .day = step.day,
                         .recorded = step.recorded,
                         .deemed = step.deemed});
  if (history) {
    matter.history = std::move(history);
    matter.step_of.push_back(matter.steps.size());
  }
  matter.steps.push_back(std::move(step));
}

Result<ledger::StoredAct> Matters::ReadAct(std::uint64_t entry) {
  const std::lock_guard<std::mutex> lock(reading_);
  ASSIGN_OR_RETURN(const store::RecordHead head, reader_->ReadHead());
  return ledger::ReadAct(*reader_, *keys_, entry, head.size);
}

Result<std::optional<std::uint64_t>> Matters::FindRequest(std::string_view request) {
  const std::lock_guard<std::mutex> lock(reading_);
  return reader_->FindRequest(tlog::Sha256("lawbound-request/v1\n" + std::string(request)).view());
}

void Matters::SeeDay(Day day) {
  std::int32_t seen = last_day_.load();
  while (seen < day.number && !last_day_.compare_exchange_weak(seen, day.number)) {
  }
}

void Matters::SeeEntry(std::uint64_t entry) {
  std::uint64_t seen = size_.load();
  while (seen <= entry && !size_.compare_exchange_weak(seen, entry + 1)) {
  }
}

}  // namespace lawbound::service
