// The writer of a ledger.  Acts from any number of threads get their numbers here, and an answer only when
// they are on the disk.
//
//   ASSIGN_OR_RETURN(const Folder folder, Folder::Open(path));
//   ASSIGN_OR_RETURN(const std::unique_ptr<Ledger> ledger, Ledger::Open(folder));
//   ASSIGN_OR_RETURN(const Appended done, ledger->Append(draft));   // durable now
//   ASSIGN_OR_RETURN(const std::string note, ledger->SignCheckpoint({}));
//
// Group commit: one thread takes what waits, at most 64 acts, and makes it durable with one sync.  While as
// many as last time may still be on their way it waits for them, at most 5 ms.
//
// One program writes to a ledger at a time; Open refuses while another has it.  Reading (prove, fsck, export,
// backup) needs no Ledger and may go on beside it.
#pragma once

#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore.h>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/check.h"
#include "base/result.h"
#include "ledger/act.h"
#include "ledger/folder.h"
#include "ledger/matter_keys.h"
#include "store/record_store.h"
#include "tlog/checkpoint.h"
#include "tlog/tile.h"

namespace lawbound::ledger {

struct Appended {
  std::uint64_t entry = 0;
  bool duplicate = false;  // the request was answered before, with this entry
};

class Ledger {
 public:
  // kConflict while another program writes to it; kCorrupt when the rows do not hash to what they say, or are
  // fewer than were signed.
  static base::Result<std::unique_ptr<Ledger>> Open(Folder folder);
  // Waits for the acts that are being written.
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  const Folder& folder() const { return folder_; }

  // Any thread.  kInvalid and kLimit: the act is not one that can be recorded.  kConflict: a request of that
  // name was answered with another act.  kUnavailable: not recorded as far as is known; send it again, under
  // the same request name, and it will not be recorded twice.
  base::Result<Appended> Append(const Draft& draft);
  // One answer for each, in order; they share syncs.
  std::vector<base::Result<Appended>> AppendAll(std::span<const Draft> drafts);
  // Erases, seals or opens fields and records it, in one.  After an erasure nothing of the fields is left in
  // the files; kUnavailable after it was recorded when a reader still holds on to them: then only `scrub` is
  // needed.
  base::Result<Appended> Take(const MeasureDraft& draft);

  // Records what a ledger says of itself: a change of key (rotate.h), the floor (floor.h).  `request_id` as
  // in a RequestRow, or empty.
  base::Result<Appended> RecordOwn(std::string kind, std::vector<tlog::Fact> facts, std::string request_id);

  // Takes off the disk what was erased; kUnavailable while a reader still holds on to it.
  base::Status Scrub();

  // Signs the record as it is now, with the ledger's key and `also` (the old key, at a rotation).  Re-reads
  // and re-hashes what came after the last one.  kCorrupt, and nothing is signed, when the record is smaller
  // than what was signed before, or does not begin with it, or is not what was written.
  base::Result<std::string> SignCheckpoint(const tlog::SigningKey* also = nullptr);
  // Adds witnesses' signatures to the checkpoint signed last.  kConflict when that is another by now.
  base::Status KeepCosigned(std::string_view note);

  // The size of the record as last written.
  std::uint64_t size();

 private:
  friend class Documents;

  // Tells one thread once.  std::binary_semaphore gives the processor away four times before it sleeps, and
  // on a busy machine other programs take it.
  class Signal {
   public:
    Signal() { CHECK(::sem_init(&semaphore_, 0, 0) == 0); }
    Signal(const Signal&) = delete;
    Signal& operator=(const Signal&) = delete;
    ~Signal() { ::sem_destroy(&semaphore_); }
    void Give() { CHECK(::sem_post(&semaphore_) == 0); }
    void Await() {
      while (::sem_wait(&semaphore_) != 0) CHECK(errno == EINTR);
    }

   private:
    sem_t semaphore_{};
  };

  // An act on its way through the writer.
  struct Job {
    PreparedAct act;
    std::vector<store::MeasureRow> measures;  // `by` is filled in by the writer
    std::vector<store::OpeningId> erased, sealed, unsealed;
    std::vector<store::ItemRow> items;  // `entry` is filled in
    std::vector<std::string> erased_items;
    bool alone = false;  // may fail for reasons of its own, so it does not share a commit
    std::optional<base::Result<Appended>> answer;
    Signal done;
  };

  Ledger(Folder folder, FolderLock lock, BoxKey master, std::unique_ptr<store::RecordReader> lookup);

  base::Result<Appended> Submit(Job& job);
  base::Status Enqueue(Job& job);
  void WriteLoop();
  std::vector<Job*> TakeGroup();
  void Process(std::vector<Job*> group);
  base::Status ProcessOnce(std::span<Job* const> group);
  base::Status Reload();
  base::Result<Appended> SameAsBefore(const Draft& draft, Appended before,
                                      std::unique_ptr<store::RecordReader>& reader);

  Folder folder_;
  FolderLock lock_;

  std::mutex store_mutex_;                     // guards the four below; the writer holds it for each group
  std::unique_ptr<store::RecordStore> store_;  // null after a failure, until it could be opened again
  bool unsure_ = false;                        // a commit failed, and what is seen of it may not last
  store::RecordHead head_;
  tlog::TileEdge edge_;

  MatterKeys keys_;  // after the store: the writing connection closes last, and tidies up

  std::mutex queue_mutex_;  // guards the five below
  std::condition_variable waiting_;
  std::deque<Job*> queue_;
  std::size_t wanted_ = 1;  // so many in the queue wake the writer
  std::size_t last_group_ = 1;
  bool stopping_ = false;

  std::thread writer_;  // last: it uses all of the above
};

}  // namespace lawbound::ledger
