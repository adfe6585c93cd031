// The clock of the machine, which may be wrong, and the day of the record, which only goes forward.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

#include "base/day.h"

namespace lawbound::service {

using base::Day;

// Holds the clock that people set against one that nobody sets.  Any number of threads.
class Clock {
 public:
  using Source = std::function<std::int64_t()>;  // seconds
  Clock();                                       // the machine's
  Clock(Source set, Source going);

  struct Reading {
    std::int64_t seconds = 0;  // since 1970: what the clock says, or would say had it not jumped
    std::int64_t jump = 0;     // by how much it jumped ahead, or back (below 0); 0: it did not
  };
  // A clock that was corrected by minutes, or drifts as clocks do, did not jump.
  Reading Look() const;
  // Since some moment: for how long something lasted, whatever happens to the clock.
  std::int64_t Going() const { return going_(); }

 private:
  Source set_, going_;
  std::int64_t set_then_, going_then_;
};

// The day by which acts are judged and recorded.  It turns when no act is on its way, so that nothing is
// recorded behind a later day.  Any number of threads.
class DayOfRecord {
 public:
  // An act on its way; a thread has one at most.
  class Stay {
   public:
    explicit Stay(DayOfRecord& day);
    Stay(const Stay&) = delete;
    Stay& operator=(const Stay&) = delete;
    ~Stay();

   private:
    DayOfRecord& day_;
  };

  Day now() const { return {now_.load()}; }
  // Waits until no act is on its way; those that come meanwhile wait for it.  `next` is given the day and
  // says the new one.
  void Turn(const std::function<Day(Day)>& next);
  // The later of the two, unless an act is on its way.
  void TurnIfFree(Day day);

 private:
  std::mutex mutex_;  // guards what follows; now_ is also read without it
  std::condition_variable changed_;
  int staying_ = 0, turning_ = 0;
  std::atomic<std::int32_t> now_{base::kFirstDay.number};
};

}  // namespace lawbound::service
