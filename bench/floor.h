// Lower bounds that Lawbound is measured against.  Nothing here uses Lawbound.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace lawbound::bench {

// Inflates a gzip file in chunks of 64 KB and counts the '<' in it.  0 when it cannot be read.
std::size_t InflateAndFindTags(const std::string& path);
// Reads a file in chunks of 1 MB; the number of its bytes.
std::size_t ReadWhole(const std::string& path);

// The road traffic fines as plain arrays.  The same numbers stand in the CSV and in bench/rules.sql.
enum FlatAct : std::uint8_t {
  kIssue,
  kSend,
  kServed,
  kAddPenalty,
  kPay,
  kAppealPrefect,
  kForwardAppeal,
  kPrefectResult,
  kTellResult,
  kAppealJudge,
  kCollect,
  kFlatActs
};
struct FlatLog {
  std::vector<std::uint32_t> first;  // of each case, its first event; one more at the end
  std::vector<std::uint8_t> act;     // of each event, a FlatAct
  std::vector<std::int32_t> day;     // since 1970-01-01
  std::vector<std::int64_t> amount;  // in cents; 0: none
  std::int32_t last_day = 0;
};

// How many cases break each of the eight timed rules of bench/rules.sql: plain days, no holidays, no reasons,
// nothing recorded.
using EightCounts = std::array<std::uint32_t, 8>;
EightCounts CountEight(const FlatLog& log);

}  // namespace lawbound::bench
