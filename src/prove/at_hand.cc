#include "prove/at_hand.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "prove/reach.h"
#include "prove/view.h"

namespace lawbound::prove {

using model::Tri;

namespace {

constexpr std::size_t kFewStates = 3'000;  // of each attempt first, then kMostStates of those that need more
constexpr std::size_t kMostStates = 60'000;
constexpr int kMostRounds = 24;  // each follows something more

template <typename T>
bool Has(const std::vector<T>& list, T one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

// Notes of each state whether it is asked about, and whether one is there.
class Watch : public Watcher {
 public:
  Watch(const Aim& aim, const World& world, const Slice& slice, std::uint32_t repeats)
      : aim_(aim),
        world_(world),
        slice_(slice),
        repeats_(repeats),
        stays_(aim.state && slice.stays(aim.state)),
        since_stays_(aim.since && slice.uses(aim.since) && slice.stays(aim.since)) {}

  void OnDeed(Node /*from*/, const Move& move, const State& /*state*/,
              const engine::Judgement& judgement) override {
    if (aim_.on && judgement.names != aim_.on) elsewhere_.push_back(move.row);
  }

  // Where it stays so whatever happens, nothing more need be seen.
  bool ends_here(State& state) override { return stays_ && aim_.goal(state) == Tri::kYes; }

  void OnState(Node node, State& state, const std::vector<Option>& options) override {
    if (from.size() <= node) {
      from.resize(node + std::size_t{1});
      goal.resize(node + std::size_t{1});
    }
    bool there = std::any_of(options.begin(), options.end(), [&](const Option& option) {
      return option.sure && Has(aim_.meets, world_.deeds()[option.deed].act) && !Has(elsewhere_, option.deed);
    });
    elsewhere_.clear();
    if (!there && aim_.goal) there = aim_.goal(state) == Tri::kYes;
    goal[node] = there ? 1 : 0;
    from[node] = aim_.from(state.record()) && !IsBeyond(state.record()) && !WasNotSo(state) ? 1 : 0;
  }

  std::vector<std::uint8_t> from, goal;  // by node

 private:
  // Something was done more often than the bound allows.
  bool IsBeyond(const engine::Record& record) const {
    for (std::size_t act = 0; act < record.acts.size(); ++act) {
      const ActId id(act);
      if (slice_.asks(id) && slice_.counts_each(id) && record.acts[act].ever > repeats_) return true;
    }
    return false;
  }

  // What stays so once it is, and is not so now, was not so then.
  bool WasNotSo(const State& state) const { return since_stays_ && state.Ask(aim_.since, false) == Tri::kNo; }

  const Aim& aim_;
  const World& world_;
  const Slice& slice_;
  std::uint32_t repeats_;
  bool stays_, since_stays_;
  std::vector<std::uint32_t> elsewhere_;
};

// Beside what the acts and what is asked depend on.
enum class Follows : std::uint8_t {
  kNothing,  // not even what stops a time
  kStops,
  kEffects,      // what the law makes follow, and when a time certainly is not stopped
  kWhatFollows,  // what the law makes follow, and what stops a time
};

// One line of attempts, which begins with some acts and follows more each time.
class Search {
 public:
  Search(const engine::Plan& plan, const Aim& aim, std::span<const model::RoleId> members, base::Day day,
         const Limits& limits, std::vector<ActId> acts, Follows follows)
      : plan_(plan),
        aim_(aim),
        members_(members),
        day_(day),
        limits_(limits),
        acts_(std::move(acts)),
        follows_(follows) {}

  // Whether, in some attempt, a time was followed and what stops it was not.
  bool left_stops_out() const { return left_stops_out_; }
  // Whether it ended because there are more states than the limit.
  bool needs_more() const { return needs_more_; }

  AtHand Run() {
    AtHand found;
    const double until = SecondsSpent() + limits_.seconds;
    for (int round = 0; round < kMostRounds && !found.proved; ++round) {
      limits_.seconds = until - SecondsSpent();
      if (limits_.seconds <= 0 || !Try(found)) break;
    }
    return found;
  }

 private:
  // Whether there is something more to follow, or it is proved.
  bool Try(AtHand& found) {
    Slice slice(plan_, View::kAtHand);
    const bool what_follows = follows_ == Follows::kWhatFollows || follows_ == Follows::kEffects;
    if (follows_ == Follows::kNothing || follows_ == Follows::kEffects) slice.LeaveStopsOut();
    if (what_follows) slice.FollowWhatFollows();
    slice.FollowThese(sentences_);
    aim_.follow(slice);
    if (since_) slice.AddCode(aim_.since);
    for (const ActId act : acts_) slice.AddAsked(act);
    if (aim_.goal || acts_.size() > aim_.meets.size()) {
      // What is done on the way has to be seen done.
      for (const ActId act : acts_) slice.AddAct(act);
    }
    slice.Close();
    for (std::size_t act = 0; what_follows && act < plan_.program().acts.size(); ++act) {
      const ActId id(act);
      if (!slice.has(id) || slice.asks(id) || !aim_.own(id)) continue;
      if (!Has(acts_, id)) acts_.push_back(id);
      slice.AddAsked(id);
      slice.Close();
      act = 0;
    }
    for (std::size_t row = 0; row < plan_.program().terms.size(); ++row)
      left_stops_out_ |= slice.has(TermId(row)) && slice.may_be_stopped_unseen(TermId(row));
    if (slice.takes_away() && !slice.forgets()) return false;
    const engine::Plan happening = HappeningPlan(plan_, slice), judging = JudgingPlan(plan_, slice);
    const World world(happening, slice, members_, day_);
    Explorer explorer(happening, judging, world, slice, day_, limits_);
    Watch watch(aim_, world, slice, limits_.repeats);
    const Stop stop = explorer.Run(watch, true);
    found.states = explorer.states();
    found.ways = world.deeds().size();
    found.repeats_met = explorer.repeats_met();
    found.days_open = explorer.days_asked();
    found.acts = found.terms = 0;
    for (std::size_t act = 0; act < plan_.program().acts.size(); ++act)
      found.acts += slice.has(ActId(act)) || slice.asks(ActId(act)) ? 1U : 0U;
    for (std::size_t term = 0; term < plan_.program().terms.size(); ++term)
      found.terms += slice.has(TermId(term)) ? 1U : 0U;
    needs_more_ = stop == Stop::kStates;
    if (stop != Stop::kComplete || world.cut() || explorer.questions_cut()) return false;
    std::vector<std::uint8_t> own(explorer.edges().size());
    for (std::size_t i = 0; i < own.size(); ++i) {
      const std::uint32_t deed = explorer.edges()[i].deed;
      const bool time = deed == Edge::kTime && !aim_.without_waiting;
      const bool act = deed < Edge::kFree && Has(acts_, world.deeds()[deed].act);
      own[i] = time || act ? 1 : 0;
    }
    std::vector<std::uint8_t> good = watch.goal;
    if (!aim_.at_once) ReachSurely(explorer.edges(), own, good);
    found.begins =
        std::any_of(watch.from.begin(), watch.from.end(), [](std::uint8_t one) { return one != 0; });
    for (Node node = 0; node < good.size(); ++node) {
      if (watch.from[node] != 0 && good[node] == 0) return Learn(explorer.Rebuild(node), world, slice);
    }
    found.proved = true;
    return true;
  }

  // Why none of the acts is at hand in a state from which it is not come to: follows that too.
  bool Learn(State state, const World& world, const Slice& slice) {
    if (!since_ && aim_.since) {
      Slice with(plan_, View::kAtHand);
      with.AddCode(aim_.since);
      with.Close();
      since_ = with.stays(aim_.since);
      if (since_) return true;
    }
    std::vector<SentenceId> sentences;
    std::vector<ActId> acts;
    for (const ActId act : acts_) LearnOf(act, state, world, slice, sentences, acts);
    if (!sentences.empty()) {
      sentences_.insert(sentences_.end(), sentences.begin(), sentences.end());
      return true;
    }
    acts_.insert(acts_.end(), acts.begin(), acts.end());
    return !acts.empty();
  }

  // Of the way of doing the act for which least is wanting.
  void LearnOf(ActId act, State& state, const World& world, const Slice& slice,
               std::vector<SentenceId>& sentences, std::vector<ActId>& acts) {
    std::vector<model::Outcome> least;
    bool any = false;
    for (const Deed& deed : world.deeds()) {
      if (deed.act != act) continue;
      std::vector<model::Outcome> wanting;
      engine::Judgement judgement;
      state.Propose(deed);
      state.days().Restart(0);
      do {
        state.JudgeAsked(judgement);
        for (const model::Outcome& outcome : judgement.outcomes) {
          if (outcome.finding != model::Finding::kKept) wanting.push_back(outcome);
        }
      } while (state.days().Next());
      state.days().Restart(0);
      state.Withdraw();
      if (!any || wanting.size() < least.size()) least = std::move(wanting);
      any = true;
    }
    const auto add_act = [&](ActId other) {
      if (other && aim_.own(other) && !Has(acts_, other) && !Has(acts, other)) acts.push_back(other);
    };
    const program::Program& program = plan_.program();
    for (const model::Outcome& outcome : least) {
      if (outcome.sentence && !slice.follows(outcome.sentence)) {
        if (!Has(sentences, outcome.sentence)) sentences.push_back(outcome.sentence);
        continue;
      }
      if (!outcome.sentence) {
        const auto& on = program.acts[act.index()].rests_on;
        for (std::uint32_t i = on.first; i < on.end(); ++i) add_act(program.act_lists[i]);
        continue;
      }
      Slice spoken(plan_, View::kAtHand);
      spoken.AddSpokenOf(outcome.sentence);
      for (std::size_t other = 0; other < program.acts.size(); ++other) {
        if (spoken.has(ActId(other))) add_act(ActId(other));
      }
      for (std::size_t term = 0; term < program.terms.size(); ++term) {
        if (!spoken.has(TermId(term))) continue;
        const auto& starts = program.terms[term].starts;
        for (std::uint32_t i = starts.first; i < starts.end(); ++i) add_act(program.events[i].act);
      }
    }
  }

  const engine::Plan& plan_;
  const Aim& aim_;
  std::span<const model::RoleId> members_;
  base::Day day_;
  Limits limits_;
  std::vector<ActId> acts_;
  Follows follows_;
  std::vector<SentenceId> sentences_;
  bool since_ = false;  // Aim::since is followed
  bool left_stops_out_ = false, needs_more_ = false;
};

}  // namespace

AtHand ComeTo(const engine::Plan& plan, const Aim& aim, std::span<const model::RoleId> members, base::Day day,
              const Limits& limits) {
  AtHand found;
  const double until = SecondsSpent() + limits.seconds;
  struct Attempt {
    std::vector<ActId> acts;
    Follows follows = Follows::kNothing;
    std::size_t states = kFewStates;
  };
  std::deque<Attempt> attempts;
  for (const std::vector<ActId>& acts : aim.first) attempts.push_back({.acts = acts});
  if (aim.what_follows) attempts.push_back({.acts = {}, .follows = Follows::kEffects});
  for (; !attempts.empty() && !found.proved; attempts.pop_front()) {
    const Attempt attempt = attempts.front();
    Limits fair = limits;
    fair.seconds = (until - SecondsSpent()) / static_cast<double>(attempts.size());
    fair.states = std::min(limits.states, attempt.states);
    Search search(plan, aim, members, day, fair, attempt.acts, attempt.follows);
    found = search.Run();
    if (search.needs_more() && attempt.states < kMostStates) {
      attempts.push_back({.acts = attempt.acts, .follows = attempt.follows, .states = kMostStates});
    } else if (search.left_stops_out()) {
      const bool effects = attempt.follows == Follows::kEffects;
      attempts.push_back(
          {.acts = attempt.acts, .follows = effects ? Follows::kWhatFollows : Follows::kStops});
    }
  }
  return found;
}

}  // namespace lawbound::prove
