#include "service/outlook.h"

#include <algorithm>

namespace lawbound::service {

namespace {

// The acts any of which meets a duty, in the ids of the pack.
std::vector<model::ActId> ActsOf(const engine::Matter& folded, const program::SentenceDef& sentence) {
  std::vector<model::ActId> out;
  for (std::uint32_t i = sentence.acts.first; i < sentence.acts.end(); ++i)
    out.push_back(folded.ActOf(folded.plan().program().act_lists[i]));
  return out;
}

bool IsMissed(const model::Outcome& outcome, const program::SentenceDef& sentence) {
  return outcome.ground == model::Ground::kDuty && outcome.finding == model::Finding::kBroken &&
         !outcome.marks.late && !outcome.marks.moot && sentence.side == program::Side::kAuthority;
}

}  // namespace

Outlook LookAhead(const MatterState& matter, const engine::Matter& folded, const engine::Record& record) {
  Outlook out;
  out.closed = record.closed;
  out.next_due = std::min(record.next_due, record.next_end);
  const program::Program& program = folded.plan().program();
  for (const model::Outcome& outcome : record.outcomes) {
    if (!outcome.sentence) continue;
    const program::SentenceDef& sentence = program.sentences[outcome.sentence.index()];
    if (IsMissed(outcome, sentence)) out.missed.push_back({ActsOf(folded, sentence), outcome.due});
    if (outcome.finding != model::Finding::kPending || sentence.acts.empty()) continue;
    const model::ActId act = ActsOf(folded, sentence).front();
    if (matter.pack->program().acts[act.index()].side != program::Side::kAuthority) continue;
    out.owed.push_back({act, outcome.due < engine::kNever ? std::optional(outcome.due) : std::nullopt});
  }
  for (const engine::LostAct& lost : record.lost) {
    if (lost.key.entry == engine::kNoRow) continue;  // deemed: it has no entry of its own
    const std::size_t step = matter.step_of[matter.history->StepAt(lost.key.entry)];
    out.lost.push_back({matter.steps[step].entry, lost.said});
  }
  return out;
}

}  // namespace lawbound::service
