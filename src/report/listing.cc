#include "report/listing.h"

#include <algorithm>
#include <set>

namespace lawbound::report {

using engine::FindingRow;
using model::Finding;

namespace {

bool Before(const FindingRow* a, const FindingRow* b) {
  return engine::ComesFirst(a->case_number, a->outcome, b->case_number, b->outcome);
}

// The first rows of one list in its order, found in one pass over rows in any order.
class FirstRows {
 public:
  explicit FirstRows(std::size_t limit) : limit_(limit) {}
  void Offer(const FindingRow& row) {
    if (heap_.size() >= limit_) {
      if (!Before(&row, heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end(), Before);
      heap_.pop_back();
    }
    heap_.push_back(&row);
    std::push_heap(heap_.begin(), heap_.end(), Before);
  }
  std::vector<const FindingRow*> Take() {
    std::sort(heap_.begin(), heap_.end(), Before);
    return std::move(heap_);
  }

 private:
  std::size_t limit_;
  std::vector<const FindingRow*> heap_;
};

}  // namespace

std::size_t FindingLists::PlaceOf(const program::Program& program, const model::Outcome& outcome) const {
  const bool broken = outcome.finding == Finding::kBroken;
  if (!outcome.sentence) return Place(rules_ + outcome.act.index(), broken);
  return Place(program.sentences[outcome.sentence.index()].rule.index(), broken);
}

FindingLists ListFindings(const engine::Plan& plan, const engine::Audit& audit) {
  FindingLists found(plan.program());
  std::vector<FindingList>& lists = found.all();
  for (const engine::KeptCase& kept : audit.kept)
    lists[found.PlaceOf(plan.program(), kept.outcome)].kept.push_back(&kept);

  // The rows that are kept come first in the same order.
  std::vector<FirstRows> rows;
  for (const FindingList& list : lists) rows.emplace_back(list.kept.size() + kNamedCases);
  for (const FindingRow& row : audit.findings) {
    const bool told = row.outcome.finding == Finding::kBroken || row.outcome.finding == Finding::kCannotTell;
    if (told) rows[found.PlaceOf(plan.program(), row.outcome)].Offer(row);
  }
  for (std::size_t i = 0; i < lists.size(); ++i) {
    std::set<std::string_view> named;
    for (const engine::KeptCase* kept : lists[i].kept) named.insert(kept->batch.history(0).name);
    for (const FindingRow* row : rows[i].Take()) {
      if (named.insert(row->case_name).second) lists[i].more.push_back(row->case_name);
    }
  }
  return found;
}

}  // namespace lawbound::report
