// The audit: folds every history of a log and adds up what became of each sentence of each rule.
//
//   AuditWorker per thread: worker.Consume(block, batch) for each batch it gets, in any order.
//   Audit audit = Finish(plan, options, workers): the same result for any number of threads and any cutting
//   of the log.
//
// Memory: counts, one row for each finding that is broken, cannot be told or may be pending, and the cases
// kept.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/plan.h"
#include "engine/record.h"
#include "model/history.h"
#include "model/verdict.h"

namespace lawbound::engine {

struct AuditOptions {
  std::optional<Day>
      as_of;  // what happened later is left out, and what is due then or later is pending; none: last entry
  std::optional<Day> from, to;  // only acts judged and duties that arose from..to (both inclusive)
  RuleId rule;                  // none: all rules
  std::uint32_t shard = 0,
                shards = 1;  // only cases whose number hashes to `shard`; the log's last day is that of all
  // How many findings of each rule, and of the form and standing of each kind of act, to keep with their
  // case: the gravest breaches, and as many that cannot be told.
  std::size_t keep_cases = 0;
  // Rows listed, the first in the order of the log; what is beyond is counted (Audit::findings_cut).
  std::size_t max_findings = 20'000'000;
};

// What became of the applications of one sentence (or of the form and power of one act).
// applied = kept + broken + pending + cannot_tell; `released` is part of kept; late + never = broken, for
// duties.
struct Tally {
  std::uint64_t applied = 0, kept = 0, released = 0, broken = 0, pending = 0, cannot_tell = 0;
  std::uint64_t late = 0, never = 0;
  std::uint64_t by_assumption = 0, same_day = 0, law_version = 0, provisional = 0;
  // Applications and breaches by the month in which they arose: 12 * year + month - 1.
  struct Month {
    std::uint64_t applied = 0, broken = 0;
  };
  std::map<std::int32_t, Month> months;
  // Duties performed, by days used from the day they arose, kept or late; the last cell holds all longer
  // ones.
  std::vector<std::uint32_t> days_used;
  static constexpr std::size_t kDaysUsed = 1000;

  void Add(const Tally& other);
};

// A finding somebody may want to see: broken, cannot tell, or pending; of an authority or the law, never of a
// party.
struct FindingRow {
  std::uint64_t case_number = 0;  // order in the log: block << 32 | place in the block
  std::string_view case_name;     // points into Audit::names
  Outcome outcome;
};

// The order of a list of findings of one kind: by days late, the most first, then what was decided earlier,
// then as they stand in the log.  (So what turns out to be still in time when the log has been read does not
// take the place of a breach.)
bool ComesFirst(std::uint64_t case_a, const Outcome& a, std::uint64_t case_b, const Outcome& b);

// A case kept whole, with one of its findings.
struct KeptCase {
  std::uint64_t case_number = 0;
  Outcome outcome;
  model::Batch batch;  // one case
};

struct Audit {
  std::vector<Tally> sentences;      // by sentence of the program
  std::vector<Tally> acts;           // by act: its form, power and standing
  std::vector<FindingRow> findings;  // in the order of the log, then of the pack
  std::uint64_t findings_cut = 0;
  // Rule by rule, then act by act: breaches, the gravest first, then what cannot be told, the earliest first.
  std::vector<KeptCase> kept;
  std::uint64_t cases = 0, entries = 0, overruns = 0;
  std::optional<Day> first_day, last_day;  // of the entries
  Day as_of;
  std::vector<std::string> names;  // owns the case names
};

class AuditWorker {
 public:
  // Borrows both for its life.
  AuditWorker(const Plan& plan, const AuditOptions& options);

  // Folds every case of a batch.  `block` orders the batches of a log; each number is given once, and where
  // max_findings is to leave out the last findings rather than others, in rising order.
  void Consume(std::uint32_t block, const model::Batch& batch);

 private:
  friend Audit Finish(const Plan& plan, const AuditOptions& options, std::vector<AuditWorker>& workers);

  struct Name {
    std::uint32_t begin = 0, size = 0;
  };
  struct Row {
    std::uint64_t case_number = 0;
    Name name;
    Outcome outcome;
    bool open = false;  // whether it is still pending is known only when the log has been read
  };

  void FoldCase(std::uint64_t case_number, const History& history);
  // Of an outcome that is not simply kept: what is to be listed becomes a row.
  void Take(Outcome& outcome, std::uint64_t case_number, const History& history);
  void Keep(const Outcome& outcome, std::uint64_t case_number, const History& history);
  std::size_t ListOf(const Outcome& outcome) const;
  bool Wanted(const Outcome& outcome) const;
  void Count(const Outcome& outcome, const History& history);
  Tally::Month& MonthCell(std::size_t tally, Day day);
  // Sets same_day, law_version and known_later by folding the case again under another order or another
  // version.
  void SetMarks(Outcome& outcome, const History& history);
  bool HingesOnOrder(const Outcome& outcome, const History& history);
  bool WasKnownLater(const Outcome& outcome, const History& history);
  bool HingesOnVersion(const Outcome& outcome, const History& history);
  bool StillFound(const Outcome& outcome, const History& original, const History& changed,
                  const LawShift* shift);

  const Plan* plan_;
  const AuditOptions* options_;
  bool all_wanted_ = true;                // the options leave nothing out
  std::unique_ptr<Folder> fold_, again_;  // where they are must not change
  std::vector<Entry> reordered_;
  std::vector<Tally> sentences_, acts_;
  // Months since 1900-01, by tally, sentences first; dense, because every outcome counts here.
  std::vector<std::vector<Tally::Month>> months_;
  std::vector<std::uint16_t> month_of_day_;  // days since 1900-01-01; kNoMonth: not asked yet
  std::vector<Row> rows_;
  std::uint64_t closed_rows_ = 0;  // how many were to be rows and are not open
  std::string names_;
  std::uint64_t current_case_ = ~std::uint64_t{0};
  Name current_name_;
  std::vector<std::vector<KeptCase>> kept_;  // by ListOf, a heap with the least grave on top
  std::uint64_t cases_ = 0, entries_ = 0, overruns_ = 0, cut_ = 0;
  Day first_day_ = kNever, last_day_ = base::kFirstDay;
};

Audit Finish(const Plan& plan, const AuditOptions& options, std::vector<AuditWorker>& workers);

// A batch of this one case, with its own texts and people.
model::Batch CopyCase(const History& history, const program::Program& program);

}  // namespace lawbound::engine
