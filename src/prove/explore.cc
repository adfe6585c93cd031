#include "prove/explore.h"

#include <algorithm>
#include <bit>
#include <ctime>

#include "base/check.h"
#include "prove/chosen_days.h"

namespace lawbound::prove {

double SecondsSpent() {
  timespec now = {};
  CHECK(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) == 0);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

namespace {

// Beyond this many deeds a single state takes a tenth of a second: the clock is looked at in each.
constexpr std::size_t kManyDeeds = 500;
constexpr std::size_t kMostEndTogether = 6;  // of more, some sets are left out, and nothing is proved

}  // namespace

Explorer::Explorer(const engine::Plan& plan, const engine::Plan& judging, const World& world,
                   const Slice& slice, base::Day day, const Limits& limits)
    : plan_(plan), judging_(judging), world_(world), slice_(slice), day_(day), limits_(limits) {
  chosen_days_.resize(plan.program().acts.size());
  for (std::size_t act = 0; act < chosen_days_.size() && slice.view() == View::kAtHand; ++act) {
    if (slice.asks(ActId(act))) chosen_days_[act] = ChosenDays(judging, ActId(act));
  }
}

std::vector<Move> Explorer::PathTo(Node node, std::size_t& setting) const {
  std::vector<Move> path;
  for (; nodes_[node].parent != kNoNode; node = nodes_[node].parent) path.push_back(nodes_[node].move);
  std::reverse(path.begin(), path.end());
  setting = nodes_[node].move.row;
  return path;
}

State Explorer::Rebuild(Node node) const {
  std::size_t setting = 0;
  const std::vector<Move> path = PathTo(node, setting);
  State state(plan_, judging_, world_, slice_, setting, day_);
  for (const Move& move : path) state.Repeat(move);
  return state;
}

Node Explorer::Arrive(Node from, const Move& move, const State& state, std::uint32_t deed, bool sure) {
  const auto [found, added] = found_.try_emplace(state.MakeKey(), static_cast<Node>(nodes_.size()));
  if (added) nodes_.push_back({.parent = from, .move = move, .key = found->first});
  if (keep_edges_ && from != kNoNode) {
    edges_.push_back({.from = from, .to = found->second, .deed = deed, .sure = sure});
  }
  return found->second;
}

// How often it may be done.  Who is to lead a matter somewhere may do once more what was done as often as the
// bound allows: only states within it are asked about.
std::uint32_t Explorer::MostOf(ActId act) const {
  return limits_.repeats + (slice_.view() == View::kAtHand && slice_.asks(act) ? 1U : 0U);
}

// Takes back that the edges from this row on are sure.
void Explorer::NoteUnsure(std::size_t first) {
  for (std::size_t i = first; i < edges_.size(); ++i) edges_[i].sure = false;
}

// Whether an act may have taken away what it rests on: such an act stays when the matter is folded again.
bool Explorer::TookAway(ActId act) const {
  const program::Program& program = plan_.program();
  if (!program.acts[act.index()].signals.empty()) return true;
  return std::any_of(
      program.sentences.begin(), program.sentences.end(), [&](const program::SentenceDef& sentence) {
        if (sentence.kind != program::SentenceDef::Kind::kOn || sentence.event.act != act) return false;
        const auto first = program.effects.begin() + sentence.effects.first;
        return std::any_of(first, first + sentence.effects.count, [](const program::EffectDef& effect) {
          return program::TakesAway(effect.standing);
        });
      });
}

void Explorer::TakeUpDeed(Node node, State& state, const Move& move, engine::Judgement judgement, bool sure) {
  TakeUp(move.how, judgement);
  State next(state);
  const std::size_t first = next.record().done.size();
  next.Apply(judgement);
  watcher_->OnMove(node, move, next, first + (judgement.applied ? 1 : 0));
  // Questions asked in the copy are asked of the state too, so that they get their other answers.
  days_asked_ = days_asked_ || next.days().asked();
  questions_cut_ = questions_cut_ || next.days().overrun();
  Arrive(node, move, next, move.row, sure);
  state.days() = next.days();
}

// Whether there may have been an act that this one rests on, which was taken away since: one that may be
// lost, and of what that rested on something is still there, or was lost too.
bool Explorer::HadSomething(ActId act, const engine::Record& record) const {
  const program::Program& program = plan_.program();
  const auto& on = program.acts[act.index()].rests_on;
  return std::any_of(
      program.act_lists.begin() + on.first, program.act_lists.begin() + on.end(), [&](ActId kind) {
        if (!slice_.may_be_lost(kind)) return false;
        const auto& below = program.acts[kind.index()].rests_on;
        return below.empty() || HadSomething(kind, record) ||
               std::any_of(program.act_lists.begin() + below.first, program.act_lists.begin() + below.end(),
                           [&](ActId one) { return record.acts[one.index()].ever > 0; });
      });
}

// Where it cannot be told whether it was in time, and that is asked, it may have been or not.
void Explorer::TakeUpLawfully(Node node, State& state, Move move, const engine::Judgement& judgement) {
  const bool untold = slice_.view() == View::kAtHand && judgement.in_time.tri() == model::Tri::kUnknown &&
                      plan_.asks_in_time[world_.deeds()[move.row].act.index()] != 0;
  if (!untold) return TakeUpDeed(node, state, move, judgement, true);
  for (const Move::How how : {Move::How::kLawfullyInTime, Move::How::kLawfullyLate}) {
    move.how = how;
    TakeUpDeed(node, state, move, judgement, true);
  }
}

void Explorer::TakeUpAnyway(Node node, State& state, Move move, const engine::Judgement& judgement) {
  move.how = Move::How::kAnyway;
  TakeUpDeed(node, state, move, judgement, true);
  if (plan_.asks_in_time[world_.deeds()[move.row].act.index()] == 0) return;
  move.how = Move::How::kAnywayLate;
  TakeUpDeed(node, state, move, judgement, true);
}

void Explorer::TryDeed(Node node, State& state, std::uint32_t row, std::vector<Option>& options) {
  using How = Move::How;
  const Deed& deed = world_.deeds()[row];
  const engine::ActState& done = state.record().acts[deed.act.index()];
  if (slice_.counts_each(deed.act) && done.ever >= MostOf(deed.act)) {
    repeats_met_ = true;
    return;
  }
  state.Propose(deed);
  const bool whole = slice_.view() == View::kWhole, at_hand = slice_.view() == View::kAtHand;
  const bool asked = whole || slice_.asks(deed.act);
  engine::Judgement judgement, happens;
  // Sure: lawful, and known to be, however the days lie; what a party does has effect also where it is not.
  bool possible = false, sure = asked, known = asked;
  const std::size_t first_edge = edges_.size();
  const std::vector<std::uint32_t>& chosen = chosen_days_[deed.act.index()];
  std::vector<Chosen> lawfully, with_effect;
  state.days().Restart(0);
  do {
    Move move{.kind = Move::Kind::kDeed, .row = row, .answers = state.days().bits()};
    if (asked) {
      state.JudgeAsked(judgement);
      const bool lawful = judgement.is_done_lawfully();
      sure = sure && lawful;
      const bool anyway = at_hand && judgement.applied && slice_.has_effect_anyway(deed.act);
      known = known && (whole ? judgement.answer != engine::Answer::kCannotTell : lawful || anyway);
      if (!chosen.empty()) {
        lawfully.push_back(NoteChosen(chosen, state.days(), lawful));
        with_effect.push_back(NoteChosen(chosen, state.days(), lawful || anyway));
      }
      if (!judgement.may_be_lawful() && deed.side != program::Side::kParty && slice_.binds()) {
        known = false;
        days_asked_ = days_asked_ || state.days().asked();
        continue;
      }
      watcher_->OnDeed(node, move, state, judgement);
      possible = possible || judgement.may_be_lawful();
      move.how = How::kLawfully;
      if (slice_.has(deed.act) && (whole || lawful)) TakeUpLawfully(node, state, move, judgement);
      if (slice_.has(deed.act) && anyway && !lawful) TakeUpAnyway(node, state, move, judgement);
      if (whole) continue;
    }
    if (!slice_.has(deed.act)) continue;
    state.Judge(happens);
    const auto take_up = [&](How how) {
      move.how = how;
      TakeUpDeed(node, state, move, happens, false);
    };
    if (!asked || !judgement.is_done_lawfully()) take_up(How::kAsJudged);
    if (plan_.asks_in_time[deed.act.index()] != 0) {
      take_up(How::kInTime);
      take_up(How::kNotInTime);
    }
    if (slice_.has_rules()) take_up(How::kWithoutEffect);
    const bool on_nothing = !happens.applied && happens.on == engine::kNoRow;
    if (on_nothing && slice_.takes_away() && TookAway(deed.act) && HadSomething(deed.act, state.record()))
      take_up(How::kOnNothing);
  } while (state.days().Next());
  state.days().Restart(0);
  state.Withdraw();
  if (!chosen.empty()) {
    sure = CanBeChosen(lawfully, chosen.size());
    known = CanBeChosen(with_effect, chosen.size());
  }
  if (!known || (at_hand && TookAway(deed.act))) NoteUnsure(first_edge);
  if (possible) options.push_back({.deed = row, .sure = sure});
}

void Explorer::TryEnd(Node node, const State& state, const Move& end) {
  Move move = end;
  for (bool more = true; more;) {
    State next(state);
    const std::size_t first = next.record().done.size();
    next.days().Restart(move.answers);
    if (move.kind == Move::Kind::kLapse) {
      next.Lapse(TermId(std::size_t{move.row}));
    } else if (move.kind == Move::Kind::kTogether) {
      next.EndTogether(move.row);
    } else if (move.kind == Move::Kind::kCeiling) {
      next.ReachCeiling(move.row);
    } else if (move.kind == Move::Kind::kEffect) {
      next.BringAbout(move.row);
    } else if (move.kind == Move::Kind::kClose) {
      next.Close();
    } else {
      next.TakePart(static_cast<program::PartNumber>(move.row));
    }
    watcher_->OnMove(node, move, next, first);
    engine::OpenDays days = next.days();
    next.days().Restart(0);
    days_asked_ = days_asked_ || days.asked();
    questions_cut_ = questions_cut_ || days.overrun();
    const bool time = move.kind <= Move::Kind::kCeiling;
    Arrive(node, move, next, time ? Edge::kTime : Edge::kFree, time);
    more = days.Next();
    move.answers = days.bits();
  }
}

// Times that end on one day are all over before it is decided what follows from any of them, so one after
// the other is not all that can be.  Where what follows may come at any moment anyway (Slice::is_free),
// it is.
void Explorer::EndSeveral(Node node, const State& state) {
  std::size_t ends = state.Ends().size();
  if (ends > kMostEndTogether) {
    ends = kMostEndTogether;
    questions_cut_ = true;
  }
  for (std::uint32_t which = 3; which < std::uint32_t{1} << ends; ++which) {
    if (!std::has_single_bit(which)) TryEnd(node, state, {.kind = Move::Kind::kTogether, .row = which});
  }
}

void Explorer::PassTime(Node node, const State& state) {
  const std::size_t first_edge = edges_.size();
  bool comes = false;  // some end surely comes: its day is known
  for (const TermId term : state.record().live) {
    comes = comes ||
            (slice_.has(term) && state.MayLapse(term) && state.WillEnd(term) && !state.MayBeStopped(term));
  }
  for (const TermId term : state.record().live) {
    if (slice_.has(term) && state.MayLapse(term) && !state.WaitsForAnother(term))
      TryEnd(node, state, {.kind = Move::Kind::kLapse, .row = term.value});
  }
  for (std::uint32_t row = 0; row < state.record().ceilings.size(); ++row) {
    if (!state.MayReachCeiling(row) || !slice_.has(TermOfCeiling(plan_.program(), row))) continue;
    comes = true;
    TryEnd(node, state, {.kind = Move::Kind::kCeiling, .row = row});
  }
  if (!slice_.is_free()) EndSeveral(node, state);
  if (!comes || slice_.time_takes_away()) NoteUnsure(first_edge);
  const bool runs = std::any_of(state.record().live.begin(), state.record().live.end(),
                                [&](TermId term) { return slice_.has(term); });
  const bool closes_freely = slice_.is_free() || slice_.view() == View::kAtHand;
  if (runs && closes_freely && state.MayClose()) TryEnd(node, state, {.kind = Move::Kind::kClose});
  for (const program::PartNumber part : slice_.free_parts()) {
    if (state.record().takes_part[part - std::size_t{1}] == 0)
      TryEnd(node, state, {.kind = Move::Kind::kTakePart, .row = part});
  }
  for (const std::uint32_t row : slice_.free_effects()) {
    const program::EffectDef& effect = plan_.program().effects[row];
    const bool deems = effect.kind == program::EffectDef::Kind::kDeemed;
    const engine::ActState& act = state.record().acts[effect.act.index()];
    if (deems && slice_.counts_each(effect.act) && act.ever >= limits_.repeats) {
      repeats_met_ = true;
    } else if (deems || act.last != engine::kNoRow) {
      TryEnd(node, state, {.kind = Move::Kind::kEffect, .row = row});
    }
  }
}

std::size_t Explorer::memory() const {
  // A vector that grows is there twice, once in twice the size; a hash map adds a node and a bucket; a
  // watcher keeps some bytes of each state, and what reaches a state is looked for in lists of the moves.
  constexpr std::size_t kGrowth = 3, kOfMap = sizeof(Known) + 64, kOfWatcher = 64, kOfReaching = 16;
  return nodes_.size() * (kGrowth * sizeof(Known) + kOfMap + kOfWatcher) +
         edges_.size() * (kGrowth * sizeof(Edge) + kOfReaching);
}

Stop Explorer::Run(Watcher& watcher, bool keep_edges) {
  watcher_ = &watcher;
  keep_edges_ = keep_edges;
  const double begun = SecondsSpent();
  for (std::size_t setting = 0; setting < world_.settings().size(); ++setting) {
    const State state(plan_, judging_, world_, slice_, setting, day_);
    Arrive(kNoNode, {.kind = Move::Kind::kNone, .row = static_cast<std::uint32_t>(setting)}, state, 0, true);
  }
  std::vector<Option> options;
  for (Node node = 0; node < nodes_.size(); ++node) {
    if (watcher.enough()) return Stop::kEnough;
    if (nodes_.size() >= limits_.states) return Stop::kStates;
    if (memory() >= limits_.megabytes << 20U) return Stop::kMemory;
    if (node % 64 == 0 || world_.deeds().size() > kManyDeeds) {
      if (SecondsSpent() - begun > limits_.seconds) return Stop::kTime;
    }
    State state = Rebuild(node);
    options.clear();
    if (!watcher.ends_here(state)) {
      for (std::uint32_t deed = 0; deed < world_.deeds().size(); ++deed) TryDeed(node, state, deed, options);
      PassTime(node, state);
    }
    watcher.OnState(node, state, options);
  }
  return Stop::kComplete;
}

}  // namespace lawbound::prove
