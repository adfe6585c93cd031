#include "prove/confirm.h"

#include <algorithm>

#include "prove/chosen_days.h"

namespace lawbound::prove {

using engine::kNever;
using engine::Record;

namespace {

constexpr int kNamedDaysOfATry = 10;  // so many days that an act names count as one try

// Depth first over the days of each act; a day on which a term is due and the one after it are those that
// matter.
class Search {
 public:
  Search(const engine::Plan& plan, const World& world, const std::vector<Move>& path, std::size_t setting,
         const Confirmed& confirmed)
      : plan_(plan),
        path_(path),
        confirmed_(confirmed),
        draft_(world, setting),
        together_(std::any_of(path.begin(), path.end(),
                              [](const Move& move) { return move.kind == Move::Kind::kTogether; })) {}

  std::optional<Dated> Run(base::Day day) {
    Record record;
    record.Reset(plan_, draft_.history());
    record.now = day;
    if (!Go(record, 0, day)) return std::nullopt;
    return Dated{draft_, as_of_};
  }

 private:
  // The days to try for what comes next, those first that let the terms end that ended in the path.
  std::vector<base::Day> DaysFor(const Record& record, base::Day now, std::size_t step,
                                 std::size_t deed) const {
    base::Day after = now;
    for (std::size_t i = step; i < deed; ++i) {
      if (path_[i].kind != Move::Kind::kLapse && path_[i].kind != Move::Kind::kCeiling) continue;
      const bool ceiling = path_[i].kind == Move::Kind::kCeiling;
      const base::Day due =
          ceiling ? record.ceilings[path_[i].row].due : Record::EffectiveDue(record.terms[path_[i].row]);
      if (due != kNever) after = std::max(after, due + 1);
    }
    std::vector<base::Day> days{after, now};
    std::vector<base::Day> later{now + 1, now + 8, now + 40, now + 200, after + 1, after + 8};
    for (const model::TermId id : record.live) {
      const base::Day due = Record::EffectiveDue(record.terms[id.index()]);
      if (due == kNever || due < now) continue;
      later.push_back(due);
      later.push_back(due + 1);
    }
    if (together_) AddDaysToEndWith(record, now, later);
    std::sort(later.begin(), later.end());
    days.insert(days.end(), later.begin(), later.end());
    std::vector<base::Day> once;
    for (const base::Day day : days) {
      if (std::find(once.begin(), once.end(), day) == once.end()) once.push_back(day);
    }
    return once;
  }

  // The days on which a time of a number of days may begin so that it ends with one that runs.
  void AddDaysToEndWith(const Record& record, base::Day now, std::vector<base::Day>& out) const {
    for (const model::TermId id : record.live) {
      const base::Day due = Record::EffectiveDue(record.terms[id.index()]);
      if (due == kNever) continue;
      for (const program::TermDef& term : plan_.program().terms) {
        const calendar::Length& length = term.length.fixed;
        const bool working = length.unit == calendar::Unit::kWorkingDays;
        if (term.length.kind != program::LengthDef::Kind::kFixed) continue;
        if (!working && length.unit != calendar::Unit::kDays) continue;
        const base::Day day = due - (working ? length.count + length.count / 5 * 2 : length.count);
        if (day > now) out.push_back(day);
      }
    }
  }

  bool Go(const Record& record, std::size_t step, base::Day now) {
    std::size_t deed = step;
    while (deed < path_.size() && path_[deed].kind != Move::Kind::kDeed) ++deed;
    for (const base::Day day : DaysFor(record, now, step, deed)) {
      if (++tries_ > kMaxTries) return false;
      Record here(record);
      engine::Engine engine(plan_, here);
      engine.Advance(day);
      if (here.overrun) continue;
      if (deed == path_.size()) {
        if (!confirmed_({plan_, draft_, here, day, last_, before_last_})) continue;
        as_of_ = day;
        return true;
      }
      if (Do(here, engine, deed, day)) return true;
    }
    return false;
  }

  // The days that an act names are those with which it is lawful first.
  bool Do(Record& here, engine::Engine& engine, std::size_t step, base::Day day) {
    const Deed& deed = draft_.world().deeds()[path_[step].row];
    int named = 0;
    for (const std::int32_t ahead : DaysAhead(plan_.program(), deed.act)) {
      if (++named % kNamedDaysOfATry == 0 && ++tries_ > kMaxTries) return false;
      const model::Entry& entry = draft_.Add(plan_.program(), deed, day, ahead);
      engine::Judgement judgement;
      engine.Judge(entry, judgement);
      if (deed.side == program::Side::kParty || judgement.is_done_lawfully()) {
        if (Take(here, engine, step, day, judgement)) return true;
        draft_.RemoveLast();
        return false;
      }
      draft_.RemoveLast();
    }
    return false;
  }

  bool Take(Record& here, engine::Engine& engine, std::size_t step, base::Day day,
            const engine::Judgement& judgement) {
    const engine::Judgement last = std::exchange(last_, judgement);
    Record before = std::exchange(before_last_, here);
    engine.Apply(draft_.history().entries.back(), draft_.last(), judgement);
    if (Go(here, step + 1, day)) return true;
    last_ = last;
    before_last_ = std::move(before);
    return false;
  }

  const engine::Plan& plan_;
  const std::vector<Move>& path_;
  const Confirmed& confirmed_;
  Draft draft_;
  bool together_;  // some times end on one day
  base::Day as_of_;
  engine::Judgement last_;
  Record before_last_;
  int tries_ = 0;
};

}  // namespace

std::optional<Dated> PutDays(const engine::Plan& plan, const World& world, const std::vector<Move>& path,
                             std::size_t setting, base::Day day, const Confirmed& confirmed) {
  return Search(plan, world, path, setting, confirmed).Run(day);
}

}  // namespace lawbound::prove
