// What a log was like: what was read of it, and everything that was not, or that looks wrong.  Nothing is
// dropped that is not counted here.  The same log gives the same DataQuality whatever the number of threads.
//
// A value; parts made by several workers are put together with Merge.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"

namespace lawbound::ingest {

// One place in a log and what is the matter there.
struct Example {
  std::uint64_t block = 0;  // part of the log, while lines are still counted from its start; afterwards 0
  std::uint64_t line = 0;   // from 1; 0: not known
  std::string case_name;
  std::string why;
  bool operator==(const Example&) const = default;
};

// Counts all, keeps the first few by place.
struct Examples {
  static constexpr std::size_t kKept = 20;
  std::uint64_t count = 0;
  std::vector<Example> first;  // ordered by block, line, case, why

  void Add(std::uint64_t block, std::uint64_t line, std::string_view case_name, std::string why);
  // Whether an example of this block cannot be among those kept: then counting it is enough.
  bool IsFullBefore(std::uint64_t block) const { return first.size() == kKept && first.back().block < block; }
  void Merge(const Examples& other);
  bool operator==(const Examples&) const = default;

 private:
  void Insert(Example example);
};

// How one field of one mapping line was filled.
struct FieldQuality {
  std::string activity, field, attribute;
  std::uint64_t filled = 0;
  std::uint64_t missing = 0;  // no such attribute, or empty
  std::uint64_t rounded = 0;  // money with more digits than the currency has
  Examples unreadable;        // a value that is none of the field's type: taken as missing
  bool operator==(const FieldQuality&) const = default;
};

struct DataQuality {
  std::uint64_t cases = 0;
  std::uint64_t events = 0;   // all that the log has
  std::uint64_t entries = 0;  // those that became acts
  Examples bad_rows;          // events without activity, case or readable time: left out
  Examples bad_cases;         // cases without a number: left out with all their events
  std::map<std::string, std::uint64_t, std::less<>> unknown_activities;  // not named by the mapping: left out
  std::map<std::string, std::uint64_t, std::less<>>
      skipped_transitions;           // lifecycle other than complete: left out
  std::uint64_t without_person = 0;  // entries whose doer is not known
  std::vector<FieldQuality> fields;  // in the order of the mapping
  Examples unordered_cases;          // the log's order was not that of time
  Examples repeated_entries;         // the same act, moment, values and people as the entry before: kept
  std::map<std::string, std::uint64_t, std::less<>>
      repeated_cases;                      // case number to how many cases had it before
  std::uint64_t repeated_cases_count = 0;  // repeated_cases lists at most the first thousand names
  bool repeated_cases_known = true;        // false: more cases than were compared
  Examples suspicious_times;  // on or before 1970-01-01, where programs put a date they do not have: kept
  std::optional<base::Day> first, last;
  std::map<std::int32_t, std::uint64_t> months;  // year * 12 + month - 1 to events
  std::uint64_t nested_attributes = 0;           // attributes of attributes: not read
  std::uint64_t repeated_attributes = 0;  // the same attribute again in one event or case: the first counts
  std::uint64_t loose_events = 0;         // events outside any case: left out
  std::uint64_t bytes = 0;                // size of the log, decompressed

  // REQUIRES: both have the same fields, or one has none.
  void Merge(const DataQuality& other);
  // Months between the first and the last event in which nothing happened, in order, as "2008-03".
  std::vector<std::string> EmptyMonths() const;
  bool operator==(const DataQuality&) const = default;
};

// The report for a person, a line a fact, empty facts left out.
std::string PrintDataQuality(const DataQuality& quality);

}  // namespace lawbound::ingest
