#include "prove/explore.h"

#include <algorithm>

namespace lawbound::prove {

Explorer::Explorer(const engine::Plan& plan, const World& world, const Slice& slice, base::Day day,
                   const Limits& limits)
    : plan_(plan), world_(world), slice_(slice), day_(day), limits_(limits) {}

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
  State state(plan_, world_, slice_, setting, day_);
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

void Explorer::TryDeed(Node node, State& state, std::uint32_t row, std::vector<Option>& options) {
  const Deed& deed = world_.deeds()[row];
  const engine::ActState& done = state.record().acts[deed.act.index()];
  if (done.ever >= limits_.repeats) {
    repeats_met_ = true;
    return;
  }
  state.Propose(deed);
  engine::Judgement judgement;
  bool possible = false, sure = false;
  state.days().Restart(0);
  do {
    const std::uint32_t bits = state.days().bits();
    state.Judge(judgement);
    const bool told = judgement.answer != engine::Answer::kCannotTell && !state.days().asked();
    if (judgement.answer == engine::Answer::kUnlawful && deed.side != program::Side::kParty) {
      days_asked_ = days_asked_ || state.days().asked();
      continue;
    }
    const Move move{.kind = Move::Kind::kDeed, .row = row, .answers = bits};
    watcher_->OnDeed(node, move, state, judgement);
    possible = possible || judgement.answer != engine::Answer::kUnlawful;
    sure = sure || (told && judgement.answer == engine::Answer::kLawful);
    State next(state);
    const std::size_t first = next.record().done.size();
    next.Apply(judgement);
    watcher_->OnMove(node, move, next, first + (judgement.applied ? 1 : 0));
    // Questions asked in the copy are asked of the state too, so that they get their other answers.
    days_asked_ = days_asked_ || next.days().asked();
    questions_cut_ = questions_cut_ || next.days().overrun();
    Arrive(node, move, next, row, told && !next.days().asked());
    state.days() = next.days();
  } while (state.days().Next());
  state.days().Restart(0);
  state.Withdraw();
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
    } else {
      next.ReachCeiling(move.row);
    }
    watcher_->OnMove(node, move, next, first);
    engine::OpenDays days = next.days();
    next.days().Restart(0);
    days_asked_ = days_asked_ || days.asked();
    questions_cut_ = questions_cut_ || days.overrun();
    Arrive(node, move, next, Edge::kTime, !days.asked());
    more = days.Next();
    move.answers = days.bits();
  }
}

void Explorer::PassTime(Node node, const State& state) {
  for (const TermId term : state.record().live) {
    if (slice_.has(term) && state.MayLapse(term))
      TryEnd(node, state, {.kind = Move::Kind::kLapse, .row = term.value});
  }
  for (std::uint32_t row = 0; row < state.record().ceilings.size(); ++row) {
    if (!state.MayReachCeiling(row) || !slice_.has(TermOfCeiling(plan_.program(), row))) continue;
    TryEnd(node, state, {.kind = Move::Kind::kCeiling, .row = row});
  }
}

Stop Explorer::Run(Watcher& watcher, bool keep_edges) {
  watcher_ = &watcher;
  keep_edges_ = keep_edges;
  const auto begun = std::chrono::steady_clock::now();
  for (std::size_t setting = 0; setting < world_.settings().size(); ++setting) {
    const State state(plan_, world_, slice_, setting, day_);
    Arrive(kNoNode, {.kind = Move::Kind::kNone, .row = static_cast<std::uint32_t>(setting)}, state, 0, true);
  }
  std::vector<Option> options;
  for (Node node = 0; node < nodes_.size(); ++node) {
    if (watcher.enough()) return Stop::kEnough;
    if (nodes_.size() >= limits_.states || edges_.size() >= limits_.edges) return Stop::kStates;
    if (node % 64 == 0) {
      const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun;
      if (spent.count() > limits_.seconds) return Stop::kTime;
    }
    State state = Rebuild(node);
    options.clear();
    for (std::uint32_t deed = 0; deed < world_.deeds().size(); ++deed) TryDeed(node, state, deed, options);
    PassTime(node, state);
    watcher.OnState(node, state, options);
  }
  return Stop::kComplete;
}

}  // namespace lawbound::prove
