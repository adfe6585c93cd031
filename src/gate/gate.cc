#include "gate/gate.h"

#include <utility>

#include "engine/matter.h"

namespace lawbound::gate {

base::Result<Gate> Gate::Make(ProvedProgram proved, const calendar::Calendars& calendars) {
  auto kept = std::make_shared<const ProvedProgram>(std::move(proved));
  ASSIGN_OR_RETURN(engine::Plan plan, engine::Plan::Make(kept->program(), calendars, {}));
  return Gate(std::move(kept), std::move(plan));
}

base::Result<Gate::Decision> Gate::Ask(const model::History& history) const {
  return Ask(history, history.entries.empty() ? 0 : history.entries.size() - 1);
}

base::Result<Gate::Decision> Gate::Ask(const model::History& history, std::size_t at) const {
  const engine::Matter matter(*plan_, history, engine::Matter::Titles::kPlain);
  if (at >= history.entries.size() || !matter.fits())
    return base::Error{base::Errc::kInvalid, "the matter has no act, or more members than are taken"};
  engine::Record record;
  record.Reset(matter.plan(), matter.history());
  engine::Engine engine(matter.plan(), record);
  Decision decision;
  const auto& entries = matter.history().entries;
  for (std::size_t i = 0; i <= at; ++i) {
    engine.Advance(entries[i].day, entries[i].minute);
    engine.Judge(entries[i], decision.judgement);
    if (record.overrun) return base::Error{base::Errc::kLimit, "too much follows from the matter"};
    if (i < at) engine.Apply(entries[i], static_cast<std::uint32_t>(i), decision.judgement);
  }
  const program::ActDef& act = matter.plan().program().acts[entries[at].act.index()];
  decision.admitted = decision.judgement.is_done_lawfully() || act.side == program::Side::kParty;
  for (const model::Outcome& outcome : decision.judgement.outcomes) {
    const bool kept =
        outcome.finding == model::Finding::kKept || outcome.finding == model::Finding::kReleased;
    if (!kept) decision.grounds.push_back(matter.Folded(outcome));
  }
  return decision;
}

}  // namespace lawbound::gate
