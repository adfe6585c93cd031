#include <algorithm>

#include "bench/floor.h"

namespace lawbound::bench {
namespace {

constexpr std::int32_t kNever = 0x3fffffff;
constexpr std::int32_t kNinetyDaysFrom = 14834;      // 2010-08-13
constexpr std::int32_t kSixtyToForwardFrom = 12233;  // 2003-06-30
constexpr std::int32_t kThirtyToJudgeFrom = 15253;   // 2011-10-06

struct Case {
  std::array<std::int32_t, kFlatActs> day;  // of the first act of each kind
  std::int64_t amount = 0, expense = 0;
};

}  // namespace

EightCounts CountEight(const FlatLog& log) {
  EightCounts counts{};
  for (std::size_t i = 0; i + 1 < log.first.size(); ++i) {
    Case c;
    c.day.fill(kNever);
    for (std::uint32_t e = log.first[i]; e < log.first[i + 1]; ++e) {
      const std::uint8_t act = log.act[e];
      c.day[act] = std::min(c.day[act], log.day[e]);
      if (act == kIssue) c.amount = std::max(c.amount, log.amount[e]);
      if (act == kSend) c.expense += log.amount[e];
    }
    const auto paid_by = [&](std::int32_t due) {
      std::int64_t paid = 0;
      for (std::uint32_t e = log.first[i]; e < log.first[i + 1]; ++e) {
        if (log.act[e] == kPay && log.day[e] <= due) paid += log.amount[e];
      }
      return paid;
    };
    // A duty that arose on a day is broken when its due day is over and nothing came by then.
    const auto missed = [&](std::int32_t due, std::int32_t done) { return due < log.last_day && done > due; };
    const std::int32_t issue = c.day[kIssue], served = c.day[kServed];
    const std::int32_t to_prefect = c.day[kAppealPrefect], to_judge = c.day[kAppealJudge];
    if (issue != kNever) {
      const bool ninety = issue >= kNinetyDaysFrom;
      const std::int32_t due = issue + (ninety ? 90 : 150);
      if (missed(due, c.day[kSend]) && paid_by(due) < c.amount) ++counts[ninety ? 1 : 0];
    }
    if (served != kNever && issue != kNever && missed(served + 60, std::min(to_prefect, to_judge)) &&
        paid_by(served + 60) < c.amount + c.expense) {
      ++counts[2];
    }
    if (to_prefect != kNever) {
      if (served != kNever && to_prefect > served + 60) ++counts[3];
      const std::int32_t forward = to_prefect + (to_prefect < kSixtyToForwardFrom ? 30 : 60);
      if (missed(forward, c.day[kForwardAppeal])) ++counts[4];
      if (to_prefect >= kSixtyToForwardFrom && missed(to_prefect + 180, c.day[kPrefectResult])) ++counts[5];
    }
    if (c.day[kPrefectResult] != kNever && missed(c.day[kPrefectResult] + 150, c.day[kTellResult]))
      ++counts[6];
    if (to_judge != kNever && served != kNever && issue != kNever &&
        to_judge > served + (issue < kThirtyToJudgeFrom ? 60 : 30)) {
      ++counts[7];
    }
  }
  return counts;
}

}  // namespace lawbound::bench
