// Time passes: for each day before the given one on which a term is due, at the end of that day, (1) all
// terms due become over, (2) on the record as it then is it is decided which duties are missed and what
// follows, (3) that is carried out, (4) terms that start with these lapses and breaches start, (5) stops are
// asked again.
#include <algorithm>

#include "engine/engine.h"

namespace lawbound::engine {

using program::EffectDef;
using program::SentenceDef;

void Engine::FindNextDue() {
  Day next = kNever;
  for (const TermState& term : record_.terms) next = std::min(next, Record::EffectiveDue(term));
  record_.next_due = next;
}

void Engine::Advance(Day day) {
  for (int days = 0; record_.next_due < day; ++days) {
    if (days == kMaxLapseDays) {
      record_.overrun = true;
      record_.next_due = kNever;
      break;
    }
    LapseAll(record_.next_due);
    FindNextDue();
  }
  record_.now = std::max(record_.now, day);
}

namespace {

struct Miss {
  SentenceId sentence;
  Finding finding;
};

}  // namespace

// Whether a log that shows no performance leaves open that there was one.
bool Engine::MayBeDoneUnseen(const SentenceDef& sentence) const {
  const auto& acts = plan_.program().act_lists;
  return std::any_of(acts.begin() + sentence.acts.first, acts.begin() + sentence.acts.end(),
                     [&](ActId act) { return plan_.unseen_act[act.index()] != 0; });
}

void Engine::LapseAll(Day day) {
  const program::Program& program = plan_.program();
  lapsed_.clear();
  for (std::size_t i = 0; i < record_.terms.size(); ++i) {
    if (Record::EffectiveDue(record_.terms[i]) != day) continue;
    EndTerm(TermId(i), Phase::kOver, day, TermEvent::Kind::kOver);
    lapsed_.push_back(TermId(i));
  }
  // What is missed, and what follows, is decided before anything of it is carried out.
  std::vector<Miss> misses;
  std::vector<SentenceId> followers;
  const Evaluator evaluator(plan_, record_, nullptr);
  for (const TermId term : lapsed_) {
    for (const SentenceId id : plan_.term_duties[term.index()]) {
      DutyState& duty = record_.duties[id.index()];
      if (duty.state != DutyState::State::kOpen) continue;
      const SentenceDef& sentence = program.sentences[id.index()];
      const Cell released =
          sentence.unless ? evaluator.Evaluate(sentence.unless) : Evaluator::FromTri(Tri::kNo);
      duty.assumed |= released.assumed;
      Finding finding = Finding::kBroken;
      if (released.tri() == Tri::kYes) {
        finding = Finding::kReleased;
      } else if (released.tri() == Tri::kUnknown || duty.uncertain || record_.terms[term.index()].uncertain ||
                 MayBeDoneUnseen(sentence)) {
        finding = Finding::kCannotTell;
      }
      misses.push_back({id, finding});
    }
    for (const SentenceId id : plan_.lapse_effects[term.index()]) {
      if (Applies(program.sentences[id.index()], day, nullptr).tri() == Tri::kYes) followers.push_back(id);
    }
  }
  for (const Miss& miss : misses) {
    // A stop may have held the due day back, and a ceiling ended the term while it stood still.
    record_.outcomes[record_.duties[miss.sentence.index()].outcome].due = day;
    CloseDuty(miss.sentence, miss.finding, day);
    const RuleId rule = program.sentences[miss.sentence.index()].rule;
    std::uint8_t& broken = record_.broken[rule.index()];
    if (miss.finding == Finding::kBroken) broken = 1;
    if (miss.finding == Finding::kCannotTell && broken == 0) broken = 2;
    if (miss.finding == Finding::kBroken) Breach(rule, miss.sentence, day);
  }
  for (const SentenceId id : followers) {
    const SentenceDef& sentence = program.sentences[id.index()];
    const std::uint32_t since = record_.terms[sentence.event.term.index()].began_at;
    for (std::uint32_t i = sentence.effects.first; i < sentence.effects.end(); ++i) {
      CarryOut(program.effects[i], day, since);
    }
  }
  // Copy: starting a term cannot lapse another, but deeming may have grown the record.
  const std::vector<TermId> ended = lapsed_;
  for (const TermId term : ended) {
    for (const Plan::TermCeiling& ceiling : plan_.lapse_ceilings[term.index()])
      SetCeiling(ceiling, day, kNoRow);
    for (const Plan::TermStart& start : plan_.lapse_starts[term.index()]) StartTerm(start, day, kNoRow);
  }
  for (const Miss& miss : misses) {
    if (miss.finding != Finding::kBroken) continue;
    const std::size_t rule = program.sentences[miss.sentence.index()].rule.index();
    for (const Plan::TermCeiling& ceiling : plan_.breach_ceilings[rule]) SetCeiling(ceiling, day, kNoRow);
    for (const Plan::TermStart& start : plan_.breach_starts[rule]) StartTerm(start, day, kNoRow);
  }
  if (!plan_.stoppable.empty()) AskStops(day);
}

void Engine::Breach(RuleId rule, SentenceId sentence, Day day) {
  const program::Program& program = plan_.program();
  const program::RuleDef& def = program.rules[rule.index()];
  const TermId term = program.sentences[sentence.index()].term;
  const std::uint32_t since = record_.terms[term.index()].began_at;
  for (std::uint32_t i = def.breach.first; i < def.breach.end(); ++i) {
    // A quality is that of an act; an omission has none, and the late act gets its own in Apply.
    if (program.effects[i].kind != EffectDef::Kind::kQuality) CarryOut(program.effects[i], day, since);
  }
  for (const SentenceId id : plan_.breach_effects[rule.index()]) CarryOutSentence(id, day, since);
}

void Fold(const Plan& plan, const History& history, Record& record, Day as_of, Day until,
          const LawShift* shift) {
  record.Reset(plan, history);
  Engine engine(plan, record);
  engine.Shift(shift);
  Judgement judgement;
  for (std::uint32_t i = 0; i < history.entries.size(); ++i) {
    const Entry& entry = history.entries[i];
    if (entry.day > as_of) break;
    engine.Advance(entry.day);
    engine.Judge(entry, judgement);
    engine.Apply(entry, i, judgement);
  }
  engine.Advance(until);
}

}  // namespace lawbound::engine
