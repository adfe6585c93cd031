#include "ledger/ledger.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "ledger/rotate.h"
#include "ledger/signing.h"
#include "ledger/tree.h"

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;
using tlog::EntryKind;

constexpr std::size_t kMostInGroup = 64;
constexpr std::chrono::milliseconds kLongestWait{5};
constexpr std::size_t kMostWaiting = 10'000;
constexpr int kAttempts = 2;

}  // namespace

Ledger::Ledger(Folder folder, FolderLock lock, BoxKey master, std::unique_ptr<store::RecordReader> lookup)
    : folder_(std::move(folder)), lock_(std::move(lock)), keys_(std::move(master), std::move(lookup)) {}

Result<std::unique_ptr<Ledger>> Ledger::Open(Folder folder) {
  ASSIGN_OR_RETURN(FolderLock lock, folder.Lock());
  RETURN_IF_ERROR(FinishRotation(folder));
  ASSIGN_OR_RETURN(BoxKey master, folder.ReadMattersKey());
  ASSIGN_OR_RETURN(std::unique_ptr<store::RecordReader> lookup,
                   store::OpenRecordReader(folder.place(), store::ReadHow::kLatest));
  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): the constructor is private
  std::unique_ptr<Ledger> out(
      new Ledger(std::move(folder), std::move(lock), std::move(master), std::move(lookup)));
  {
    const std::scoped_lock held(out->store_mutex_);
    RETURN_IF_ERROR(out->Reload());
    ASSIGN_OR_RETURN(const std::optional<tlog::SignedCheckpoint> last, out->folder_.ReadSigned());
    if (last && last->checkpoint.tree.size > out->head_.size) {
      return Error{Errc::kCorrupt,
                   fmt::format("the rows of '{}' end at {}, and {} entries were signed", out->folder_.path(),
                               out->head_.size, last->checkpoint.tree.size)};
    }
    // What was erased just before the power went may still be in the log of writes.
    const Status scrubbed = out->store_->Scrub();
    if (!scrubbed.ok() && scrubbed.error().code != Errc::kUnavailable) return scrubbed.error();
  }
  out->writer_ = std::thread([ledger = out.get()] { ledger->WriteLoop(); });
  return out;
}

Ledger::~Ledger() {
  {
    const std::scoped_lock lock(queue_mutex_);
    stopping_ = true;
  }
  waiting_.notify_all();
  if (writer_.joinable()) writer_.join();
}

// Opens the rows anew and takes the tree from them.  After a failed commit only this tells what was written.
// Rows that have become fewer since are not those that were answered for: an old copy, or a server that took
// over without the last commits.
Status Ledger::Reload() {
  store_.reset();
  ASSIGN_OR_RETURN(std::unique_ptr<store::RecordStore> opened,
                   store::OpenRecordStore(folder_.place(), store::OpenHow::kExist));
  // After a sync that failed, rows may be seen that are not on the disk: they are written again before
  // anybody builds on them.
  if (unsure_) RETURN_IF_ERROR(opened->Scrub());
  unsure_ = false;
  ASSIGN_OR_RETURN(const store::RecordHead head, opened->ReadHead());
  if (head.size < head_.size) {
    return Error{Errc::kCorrupt, fmt::format("the rows of '{}' end at {}, and {} entries were acknowledged",
                                             folder_.path(), head.size, head_.size)};
  }
  ASSIGN_OR_RETURN(tlog::TileEdge edge, EdgeAt(*opened, head.size));
  const bool is_new = head.size == 0 && head.root.empty();  // nothing was ever stored with it
  if (!is_new && edge.Root().view() != head.root) {
    return Error{Errc::kCorrupt,
                 fmt::format("the {} entries of '{}' do not hash to the root stored with them; "
                             "'lawbound ledger fsck' says where",
                             head.size, folder_.path())};
  }
  store_ = std::move(opened);
  head_ = head;
  edge_ = std::move(edge);
  return base::Ok();
}

std::uint64_t Ledger::size() {
  const std::scoped_lock lock(store_mutex_);
  return head_.size;
}

Status Ledger::Enqueue(Job& job) {
  bool enough = false;
  {
    const std::scoped_lock lock(queue_mutex_);
    if (queue_.size() >= kMostWaiting)
      return Error{Errc::kUnavailable,
                   fmt::format("{} acts are waiting to be written already", queue_.size())};
    queue_.push_back(&job);
    enough = queue_.size() >= wanted_;
  }
  if (enough) waiting_.notify_one();  // to wake the writer for each act costs more than to write it
  return base::Ok();
}

Result<Appended> Ledger::Submit(Job& job) {
  RETURN_IF_ERROR(Enqueue(job));
  job.done.Await();
  return *std::move(job.answer);
}

Result<Appended> Ledger::Append(const Draft& draft) { return std::move(AppendAll({&draft, 1}).front()); }

std::vector<Result<Appended>> Ledger::AppendAll(std::span<const Draft> drafts) {
  std::deque<Job> jobs;
  std::vector<Result<Appended>> out;
  std::vector<bool> queued;
  for (const Draft& draft : drafts) {
    Job& job = jobs.emplace_back();
    Result<PreparedAct> act = PrepareAct(draft, keys_);
    Status accepted = act.ok() ? base::Ok() : Status(std::move(act).error());
    if (accepted.ok()) {
      job.act = std::move(act).value();
      accepted = Enqueue(job);
    }
    // From here on a queued job is the writer's until it says that it is done.
    queued.push_back(accepted.ok());
    if (!accepted.ok()) job.answer = std::move(accepted).error();
  }
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (queued[i]) jobs[i].done.Await();
  }
  // One reader for all of them: whoever sends a day's acts again asks thousands of times.
  std::unique_ptr<store::RecordReader> reader;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Result<Appended> answer = *std::move(jobs[i].answer);
    if (answer.ok() && answer.value().duplicate) answer = SameAsBefore(drafts[i], answer.value(), reader);
    out.push_back(std::move(answer));
  }
  return out;
}

// Opens the reader when it is null.
Result<Appended> Ledger::SameAsBefore(const Draft& draft, Appended before,
                                      std::unique_ptr<store::RecordReader>& reader) {
  if (reader == nullptr) {
    ASSIGN_OR_RETURN(reader, store::OpenRecordReader(folder_.place(), store::ReadHow::kMoment));
  }
  ASSIGN_OR_RETURN(const store::RecordHead head, reader->ReadHead());
  ASSIGN_OR_RETURN(const StoredAct stored, ReadAct(*reader, keys_, before.entry, head.size));
  if (IsSame(stored, draft)) return before;
  return Error{Errc::kConflict,
               fmt::format("the request '{}' was answered with entry {}, which is another act", draft.request,
                           before.entry)};
}

Result<Appended> Ledger::Take(const MeasureDraft& draft) {
  Job job;
  job.alone = true;
  ASSIGN_OR_RETURN(job.act.entry, EncodeMeasure(draft));
  job.measures.push_back({draft.entry, 0});
  {
    ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordReader> reader,
                     store::OpenRecordReader(folder_.place(), store::ReadHow::kMoment));
    ASSIGN_OR_RETURN(const store::RecordHead head, reader->ReadHead());
    ASSIGN_OR_RETURN(const StoredAct act, ReadAct(*reader, keys_, draft.entry, head.size));
    // Its file and its key would stay behind.
    if (draft.kind == EntryKind::kErase && act.entry.kind == "document" &&
        std::ranges::find(draft.fields, "digest") != draft.fields.end()) {
      const std::string* item = act.entry.FindFact("item");
      ASSIGN_OR_RETURN(const std::optional<store::ItemRow> row,
                       reader->ReadItem(item == nullptr ? "" : *item));
      if (row && row->entry == draft.entry) {
        return Error{
            Errc::kInvalid,
            fmt::format("entry {} took document {}: 'lawbound ledger document erase' destroys it with its "
                        "fields",
                        draft.entry, row->id)};
      }
    }
    for (const std::string& name : draft.fields) {
      const auto field = std::ranges::find(act.fields, name, &StoredField::name);
      if (field == act.fields.end())
        return Error{Errc::kInvalid, fmt::format("entry {} has no field '{}'", draft.entry, name)};
      if (field->state == Availability::kErased) {
        return Error{Errc::kInvalid, fmt::format("field '{}' of entry {} was erased by entry {}", name,
                                                 draft.entry, *field->by)};
      }
      if (draft.kind == EntryKind::kSeal && field->state == Availability::kSealed)
        return Error{Errc::kInvalid, fmt::format("field '{}' of entry {} is sealed", name, draft.entry)};
      if (draft.kind == EntryKind::kUnseal && field->state != Availability::kSealed)
        return Error{Errc::kInvalid, fmt::format("field '{}' of entry {} is not sealed", name, draft.entry)};
      if (field->state == Availability::kLost) continue;  // recorded all the same
      auto& rows = draft.kind == EntryKind::kErase  ? job.erased
                   : draft.kind == EntryKind::kSeal ? job.sealed
                                                    : job.unsealed;
      rows.push_back({draft.entry, name});
    }
  }
  ASSIGN_OR_RETURN(const Appended done, Submit(job));
  if (draft.kind == EntryKind::kErase) RETURN_IF_ERROR(Scrub());
  return done;
}

Result<Appended> Ledger::RecordOwn(std::string kind, std::vector<tlog::Fact> facts, std::string request_id) {
  Draft draft;
  draft.kind = std::move(kind);
  draft.facts = std::move(facts);
  Job job;
  ASSIGN_OR_RETURN(job.act, PrepareOwnAct(draft, keys_));
  job.act.request_id = std::move(request_id);
  return Submit(job);
}

Status Ledger::Scrub() {
  const std::scoped_lock lock(store_mutex_);
  if (store_ == nullptr) RETURN_IF_ERROR(Reload());
  return store_->Scrub();
}

void Ledger::WriteLoop() {
  for (;;) {
    std::vector<Job*> group = TakeGroup();
    if (group.empty()) return;
    Process(std::move(group));
  }
}

std::vector<Ledger::Job*> Ledger::TakeGroup() {
  std::unique_lock lock(queue_mutex_);
  wanted_ = 1;
  waiting_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  wanted_ = std::min(last_group_, kMostInGroup);
  waiting_.wait_for(lock, kLongestWait, [&] { return stopping_ || queue_.size() >= wanted_; });
  std::vector<Job*> out;
  while (!queue_.empty() && out.size() < kMostInGroup) {
    if (queue_.front()->alone && !out.empty()) break;
    out.push_back(queue_.front());
    queue_.pop_front();
    if (out.back()->alone) break;
  }
  last_group_ = out.size();
  return out;
}

void Ledger::Process(std::vector<Job*> group) {
  const std::scoped_lock lock(store_mutex_);
  Status done = base::Ok();
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (store_ == nullptr) done = Reload();
    if (store_ == nullptr) break;
    done = ProcessOnce(group);
    if (done.ok()) break;
    // A disk that was full or a server that went away: opened anew for those who come next.
    if (done.error().code == Errc::kUnavailable) store_.reset();
    if (done.error().code != Errc::kConflict) break;
    store_.reset();
  }
  for (Job* job : group) {
    if (!job->answer) job->answer = done.ok() ? Error{Errc::kUnavailable, "not written"} : done.error();
    job->done.Give();
  }
}

// Gives each job its answer, or fails for all that have none.
Status Ledger::ProcessOnce(std::span<Job* const> group) {
  store::Change change;
  change.before = head_;
  tlog::TileEdge edge = edge_;
  std::vector<tlog::Tile> full;
  std::vector<std::pair<Job*, Appended>> answers;
  std::map<std::string_view, std::uint64_t> seen;  // requests of this group
  std::map<std::string_view, const store::KeyRow*> keys;
  for (Job* job : group) {
    const std::string& request = job->act.request_id;
    if (!request.empty()) {
      if (const auto at = seen.find(request); at != seen.end()) {
        answers.emplace_back(job, Appended{at->second, true});
        continue;
      }
      ASSIGN_OR_RETURN(const std::optional<std::uint64_t> before, store_->FindRequest(request));
      if (before) {
        answers.emplace_back(job, Appended{*before, true});
        continue;
      }
    }
    const std::uint64_t number = head_.size + change.entries.size();
    if (!request.empty()) {
      seen.emplace(request, number);
      change.requests.push_back({request, number});
    }
    edge.Append(tlog::LeafHash(job->act.entry), full);
    change.entries.push_back(job->act.entry);
    for (store::OpeningRow row : job->act.openings) {
      row.entry = number;
      change.openings.push_back(std::move(row));
    }
    if (job->act.key) keys.emplace(job->act.key->matter, &*job->act.key);
    for (const store::MeasureRow& row : job->measures) change.measures.push_back({row.of, number});
    for (store::ItemRow row : job->items) {
      row.entry = number;
      change.items.push_back(std::move(row));
    }
    change.erased.insert(change.erased.end(), job->erased.begin(), job->erased.end());
    change.sealed.insert(change.sealed.end(), job->sealed.begin(), job->sealed.end());
    change.unsealed.insert(change.unsealed.end(), job->unsealed.begin(), job->unsealed.end());
    change.erased_items.insert(change.erased_items.end(), job->erased_items.begin(), job->erased_items.end());
    answers.emplace_back(job, Appended{number, false});
  }
  for (const tlog::Tile& tile : full) change.tiles.push_back({tile.id.level, tile.id.index, tile.bytes});
  for (const auto& [matter, row] : keys) change.keys.push_back(*row);
  if (!change.entries.empty()) {
    change.root = std::string(edge.Root().view());
    const store::RecordHead after{head_.size + change.entries.size(), change.root};
    Status committed = store_->Commit(change);
    if (!committed.ok()) {
      // A disk that failed or a server that went away may have done it all the same.
      unsure_ = committed.error().code == Errc::kUnavailable;
      const Status reloaded = Reload();
      if (!reloaded.ok() || head_ != after) return committed;
    } else {
      head_ = after;
      edge_ = std::move(edge);
    }
  }
  for (const auto& [matter, row] : keys) keys_.Stored(matter);
  for (const auto& [job, answer] : answers) job->answer = answer;
  return base::Ok();
}

Result<std::string> Ledger::SignCheckpoint(const tlog::SigningKey* also) {
  ASSIGN_OR_RETURN(std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(folder_.place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(const tlog::Checkpoint checkpoint, CheckForSigning(folder_, *reader));
  reader.reset();  // the writer may be waiting for readers to go, with the store in its hands
  ASSIGN_OR_RETURN(const tlog::SigningKey key, folder_.ReadSigningKey());
  tlog::Note note{tlog::PrintCheckpoint(checkpoint), {}};
  note.signatures.push_back(key.Sign(note.text));
  if (also != nullptr) note.signatures.push_back(also->Sign(note.text));
  std::string bytes = tlog::PrintNote(note);
  // Remembered before anybody can see it: what was shown once must never be contradicted.
  RETURN_IF_ERROR(folder_.KeepSigned(bytes));
  const std::scoped_lock lock(store_mutex_);
  if (store_ == nullptr) RETURN_IF_ERROR(Reload());
  RETURN_IF_ERROR(store_->KeepCheckpoint({checkpoint.tree.size, bytes}));
  return bytes;
}

Status Ledger::KeepCosigned(std::string_view note) {
  ASSIGN_OR_RETURN(const std::optional<tlog::SignedCheckpoint> last, folder_.ReadSigned());
  ASSIGN_OR_RETURN(const tlog::Note parsed, tlog::ParseNote(note));
  if (!last || last->note.text != parsed.text)
    return Error{Errc::kConflict, "a newer checkpoint was signed meanwhile"};
  RETURN_IF_ERROR(folder_.KeepSigned(note));
  const std::scoped_lock lock(store_mutex_);
  if (store_ == nullptr) RETURN_IF_ERROR(Reload());
  return store_->KeepCheckpoint({last->checkpoint.tree.size, std::string(note)});
}

}  // namespace lawbound::ledger
