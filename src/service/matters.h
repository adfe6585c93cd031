// The matters of an authority as its ledger holds them.  What is public of each is known at all times; its
// acts with their personal fields are read when they are asked for, and kept while there is room.
//
// Nothing here is keyed by a person.  Any number of threads; a MatterState belongs to who holds its mutex.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/act.h"
#include "ledger/folder.h"
#include "ledger/matter_keys.h"
#include "service/served_pack.h"
#include "service/step.h"
#include "store/record_store.h"
#include "tlog/entry.h"

namespace lawbound::service {

// What everybody may know of one act.
struct PublicAct {
  std::uint64_t entry = 0;
  std::string act, verdict, office;
  Day day, recorded;
  bool deemed = false;
};

struct PublicLook {
  std::uint64_t entry = 0;
  Day day;
  std::string office, official;
};

// What follows from the acts of a matter, as far as lists over many matters ask for it.  Made anew with each
// act and when something falls due; between the two nothing of it changes (outlook.h).
struct Outlook {
  struct Owed {              // by an authority
    model::ActId act;        // the first of those that would meet it
    std::optional<Day> due;  // none: promptly
  };
  struct Missed {  // by an authority, and not done at all
    std::vector<model::ActId> acts;
    Day due;  // the last day on which it would have been in time
  };
  struct Lost {  // an act that lost its standing
    std::uint64_t entry = 0;
    std::uint16_t said = 0;  // bit i: program::Standing i was said of it
  };
  bool closed = false;
  Day next_due = base::kFirstDay;  // nothing falls due before this day is over
  std::vector<Owed> owed;
  std::vector<Missed> missed;
  std::vector<Lost> lost;
};

struct MatterState {
  std::mutex mutex;

  std::string id;
  const ServedPack* pack = nullptr;
  std::string desk;  // the office whose matter it is
  std::vector<PublicAct> acts;
  std::vector<PublicLook> looks;

  // From the encrypted fields; read by Matters::Load.
  bool loaded = false;
  std::vector<Step> steps;               // in the order of the ledger
  std::optional<MatterHistory> history;  // without what is deemed: the engine deems it itself
  std::vector<std::size_t> step_of;      // by number of the history's entries

  // Requests of which the ledger could not tell whether it recorded them; Matters::Load finds out.
  std::vector<std::string> unsure;

  std::optional<Step> image;  // of the act under review: it is recorded with the first act of the matter

  Outlook outlook;  // kept by Service

  std::uint64_t case_number() const { return acts.empty() ? 0 : acts.front().entry; }
  // "2025/13", "〔2025〕13号": the year in which it was begun, and the place of its first act in the record.
  std::string CaseNumber(Language language) const;
};

class Matters {
 public:
  using Packs = std::map<std::string, std::unique_ptr<ServedPack>, std::less<>>;

  // Reads the whole record once.  Borrows the packs.  kCorrupt: an act of a pack that is not served.
  static base::Result<std::unique_ptr<Matters>> Read(const ledger::Folder& folder, const Packs& packs);

  std::shared_ptr<MatterState> Find(std::string_view id) const;
  std::shared_ptr<MatterState> FindByCase(std::uint64_t number) const;
  std::vector<std::shared_ptr<MatterState>> All() const;
  // A matter in which nothing has happened; it is in All from Keep on.
  std::shared_ptr<MatterState> Begin(const ServedPack& pack, std::string desk) const;
  // Ahead of its first act: whoever finds that in the ledger comes to this matter and makes no other of it.
  // REQUIRES: the caller holds the matter's mutex until Keep, or until Drop where nothing was recorded.
  void Expect(const std::shared_ptr<MatterState>& matter);
  void Drop(const MatterState& matter);
  void Keep(const std::shared_ptr<MatterState>& matter);

  // The matter of an act that is recorded, also where nobody was told that it is.  kConflict: the entry is no
  // act.
  base::Result<std::shared_ptr<MatterState>> MatterOf(std::uint64_t entry);

  // REQUIRES: the caller holds the matter's mutex.
  base::Status Load(MatterState& matter);
  // The step is in the ledger now.  REQUIRES: the same; that it is loaded.
  static void Add(MatterState& matter, Step step, std::optional<MatterHistory> history);
  base::Result<ledger::StoredAct> ReadAct(std::uint64_t entry);
  // The entry that answered a request, if one did.
  base::Result<std::optional<std::uint64_t>> FindRequest(std::string_view request);

  // Of the newest entry that states one; no day is recorded before it.
  Day last_day() const { return {last_day_.load()}; }
  // Of the newest statement of the floor, which a demonstration may set aside.
  Day last_stated() const { return last_stated_; }
  void SeeDay(Day day);
  std::uint64_t size() const { return size_.load(); }
  void SeeEntry(std::uint64_t entry);

 private:
  Matters(const Packs& packs, std::unique_ptr<store::RecordReader> reader,
          std::unique_ptr<ledger::MatterKeys> keys);
  base::Status Take(std::uint64_t number, const tlog::Entry& entry);
  base::Status TakeUnsure(MatterState& matter);

  const Packs& packs_;
  mutable std::shared_mutex mutex_;  // guards the two maps
  std::map<std::string, std::shared_ptr<MatterState>, std::less<>> by_id_;
  std::map<std::uint64_t, std::shared_ptr<MatterState>> by_case_;
  std::mutex reading_;  // guards the two below
  std::unique_ptr<store::RecordReader> reader_;
  std::unique_ptr<ledger::MatterKeys> keys_;
  std::atomic<std::int32_t> last_day_;
  Day last_stated_ = base::kFirstDay;
  std::atomic<std::uint64_t> size_{0};
};

// The parts of an act that everybody may know, of an entry that is one.
PublicAct PublicOf(const tlog::Entry& entry, std::uint64_t number);

}  // namespace lawbound::service
