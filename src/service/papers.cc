// Documents of acts as they were handed out: their bytes are taken into the record when they are first asked
// for, so that years later anybody who has the file and its receipt can tell that not a letter was changed.
#include "service/papers.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <sstream>

#include "service/service_impl.h"
#include "tlog/encoding.h"

namespace lawbound::service {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20;
// The field that says which document it is: "17 zh", the one of entry 17 in Chinese.
constexpr std::string_view kOf = "of";

std::string Of(std::uint64_t entry, Language language) {
  return fmt::format("{} {}", entry, LanguageTag(language));
}

std::optional<std::string> OfPaper(const ledger::StoredAct& taken) {
  const auto field = std::ranges::find(taken.fields, kOf, &ledger::StoredField::name);
  if (taken.entry.kind != "document" || field == taken.fields.end() || !field->opening) return std::nullopt;
  return field->opening->value;
}

Error NoSuchPaper() { return {Errc::kNotFound, "there is no such document"}; }

}  // namespace

std::optional<std::uint64_t> ActOfPaper(const ledger::StoredAct& taken) {
  const std::optional<std::string> of = OfPaper(taken);
  return of ? tlog::ParseCount(of->substr(0, of->find(' '))) : std::nullopt;
}

// Whether an act is one that a party who asks may see the whole of: it is nobody's, or theirs.
bool ServiceImpl::ConcernsParty(const Who& who, const MatterState& matter, std::uint64_t entry) const {
  const auto step = std::ranges::find(matter.steps, entry, &Step::entry);
  if (who.party.empty() || who.party_matter != matter.id || step == matter.steps.end()) return false;
  const ServedPack& pack = *matter.pack;
  const program::ActDef& act = pack.program().acts[pack.FindAct(step->act).index()];
  if (!act.member) return true;
  const auto& field = pack.program().fields[act.member.index()];
  if (pack.program().roles[field.members.index()].kind != program::RoleKind::kPerson) return true;
  const auto* of = step->FindValue(pack.program().string(field.name));
  return of != nullptr ? of->front() == who.party : !step->by.empty() && step->by[0].label == who.party;
}

// kNotFound also for who may not read it, as everywhere.
Result<std::shared_ptr<MatterState>> ServiceImpl::MatterOfPaper(const Who& who, const PaperWish& wish) {
  const std::shared_ptr<MatterState> matter = matters_->Find(wish.matter);
  if (matter == nullptr) return NoSuchPaper();
  const std::lock_guard<std::mutex> lock(matter->mutex);
  RETURN_IF_ERROR(matters_->Load(*matter));
  if (std::ranges::find(matter->steps, wish.entry, &Step::entry) == matter->steps.end()) return NoSuchPaper();
  const bool may = who.official ? MayRead(who, *matter) : ConcernsParty(who, *matter, wish.entry);
  if (!may) return NoSuchPaper();
  return matter;
}

Result<std::optional<Paper>> ServiceImpl::ReadPaper(const PaperWish& wish, Language language) {
  ASSIGN_OR_RETURN(const std::vector<ledger::DocumentState> all, papers_->OfMatter(wish.matter));
  for (const ledger::DocumentState& one : all) {
    if (OfPaper(one.taken) != Of(wish.entry, language) || one.IsSealed()) continue;
    ASSIGN_OR_RETURN(std::string bytes, papers_->ReadWhole(one.row, kMostBytes));
    return std::optional(Paper{.id = one.row.id, .recorded = one.row.entry, .bytes = std::move(bytes)});
  }
  return std::optional<Paper>();
}

Result<Paper> ServiceImpl::FindPaper(const Caller& caller, const PaperWish& wish, Language language) {
  ASSIGN_OR_RETURN(const Who who, WhoIs(caller));
  if (auto matter = MatterOfPaper(who, wish); !matter.ok()) return std::move(matter).error();
  const std::lock_guard<std::mutex> lock(papers_mutex_);
  ASSIGN_OR_RETURN(std::optional<Paper> found, ReadPaper(wish, language));
  if (!found) return NoSuchPaper();
  return std::move(*found);
}

Result<Paper> ServiceImpl::KeepPaper(const Caller& caller, const PaperWish& wish, const PaperDraft& draft,
                                     Language language) {
  ASSIGN_OR_RETURN(const Who who, WhoIs(caller));
  ASSIGN_OR_RETURN(const std::shared_ptr<MatterState> matter, MatterOfPaper(who, wish));
  if (draft.bytes.size() > kMostBytes) return Error{Errc::kLimit, "the document is longer than 1 MiB"};
  RETURN_IF_ERROR(TurnDay());
  const DayOfRecord::Stay stay(day_);
  const std::lock_guard<std::mutex> lock(papers_mutex_);
  ASSIGN_OR_RETURN(std::optional<Paper> found, ReadPaper(wish, language));
  if (found) return std::move(*found);
  std::istringstream from(draft.bytes);
  ASSIGN_OR_RETURN(const ledger::TakenDocument taken,
                   papers_->Take({.matter = wish.matter,
                                  .day = Today(),
                                  .office = matter->desk,
                                  .fields = {{std::string(kOf), Of(wish.entry, language)}},
                                  .id = draft.id},
                                 from));
  matters_->SeeEntry(taken.entry);
  matters_->SeeDay(Today());
  return Paper{.id = taken.id, .recorded = taken.entry, .bytes = draft.bytes};
}

Result<std::uint64_t> ServiceImpl::EntryOfPaper(std::string_view id) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(ledger_->folder().place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(const std::optional<store::ItemRow> row, reader->ReadItem(id));
  if (!row) return NoSuchPaper();
  return row->entry;
}

}  // namespace lawbound::service
