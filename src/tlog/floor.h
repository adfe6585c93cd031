// What the log says of the rules that its own program keeps: hashes of the floor (what every adverse act must
// come with), of the refusals, and of the packs, recorded each day.  Whoever reads the log sees on which day
// one of them changed, and which part of the floor was waived, by whom and on what ground.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "tlog/entry.h"

namespace lawbound::tlog {

// One entry of kind `floor`.
struct FloorStatement {
  std::uint64_t entry = 0;  // its number
  base::Day day;
  std::string floor, refusals, packs;  // hashes, as the entry spells them
  std::optional<std::string> waived;   // which packs lack what; nothing when the floor is whole
  std::string ground, official;        // of the waiver; empty without one

  // Says the same of the program, whatever the day.
  bool SaysTheSame(const FloorStatement& other) const;
};
// Nothing when the entry is of another kind.
std::optional<FloorStatement> FloorOf(const Entry& entry, std::uint64_t number);
// "whole", or "WAIVED: ... by ..., ground: ...".
std::string DescribeWaiver(const FloorStatement& statement);

// A statement that differs from the one before it.
struct FloorChange {
  FloorStatement before, after;
  // "floor A is now B; waived: ..."
  std::string Describe() const;
};

// What a whole log says of its floor.
struct FloorHistory {
  std::uint64_t statements = 0;
  std::optional<FloorStatement> first, last;
  std::uint64_t changed = 0;         // how often a statement differed from the one before
  std::vector<FloorChange> changes;  // the first of them, at most kMostChanges
  std::uint64_t waived = 0;          // statements of a floor that is not whole
  std::optional<FloorStatement> first_waived;
  std::uint64_t acts_before = 0;   // acts recorded before any statement
  std::uint64_t days_without = 0;  // days between the first and the last statement that have none
  std::uint64_t out_of_order = 0;  // statements of an earlier day than the one before
  std::optional<base::Day> first_day_without;

  static constexpr std::size_t kMostChanges = 20;
};

// Follows the entries of a log in their order.
class FloorWatch {
 public:
  void Take(std::uint64_t number, const Entry& entry);
  const FloorHistory& history() const { return history_; }

 private:
  FloorHistory history_;
};

// What a reader demands of every statement.
struct FloorDemand {
  std::string floor, refusals;  // hashes; nothing is demanded when empty

  bool any() const { return !floor.empty() || !refusals.empty(); }
};
// What is not as demanded, or nothing.  A waived floor is never as demanded.
std::optional<std::string> Misses(const FloorStatement& statement, const FloorDemand& demand);

}  // namespace lawbound::tlog
