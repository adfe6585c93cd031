// Each kind of question watches the exploration for what would refute it, and for what it speaks of.
#include "prove/prove.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "base/check.h"
#include "prove/chosen_days.h"
#include "prove/near_examples.h"
#include "prove/reach.h"
#include "prove/view.h"

namespace lawbound::prove {

using engine::Answer;
using engine::kNoRow;
using engine::Phase;
using model::Tri;

namespace {

constexpr std::size_t kMostTried = 12;  // ways of refuting a question of which days are looked for

constexpr double kActsPart = 10;   // of the seconds of a question those for one of each act
constexpr double kOnePart = 0.05;  // and those for one condition of the act
constexpr std::size_t kStatesOfOne = 20'000;
constexpr double kNearPart = 0.2;            // and those for looking near the examples
constexpr std::size_t kMostTriedOfMore = 3;  // in a view in which more may happen than in any matter

// A place of the exploration to show: a node, or what one more move from it brings.
struct Place {
  Node node = kNoNode;
  Move move;
};

class Base : public Watcher {
 public:
  std::vector<Place> witnesses, counters;
  // Ways noted of each.  Once so many counters are known nothing more is looked for.
  std::size_t most = kMostTried;

  bool enough() const override { return counters.size() >= most; }

 protected:
  void Note(std::vector<Place>& places, Node node, const Move& move = {}) {
    if (places.size() < most) places.push_back({node, move});
  }
};

// "never decide unless heard": the act, done lawfully or by law, where the condition is not so.  What the law
// deems done is looked at with all that follows from it, or with it, at once.
class NeverWatcher : public Base {
 public:
  NeverWatcher(const Question& question, const program::Program& program, const Slice& slice)
      : question_(question), program_(program), slice_(slice) {}

  void OnDeed(Node from, const Move& move, const State& state, const engine::Judgement& judgement) override {
    if (state.history().entries.back().act != question_.act || !judgement.may_be_lawful()) return;
    Note(witnesses, from, move);
    if (state.Ask(question_.condition, true) == Tri::kNo) Note(counters, from, move);
  }

  void OnMove(Node from, const Move& move, const State& state, std::size_t first) override {
    for (std::size_t row = first; row < state.record().done.size(); ++row) {
      const engine::Done& done = state.record().done[row];
      if (done.act != question_.act || !done.stands) continue;
      Note(witnesses, from, move);
      if (MayComeToBeNo(state)) Note(counters, from, move);
    }
  }

 private:
  // States that are looked at; with more of them it is taken to come to be no.
  static constexpr std::size_t kMostThatFollow = 100;

  // Where what follows comes by itself, one effect at a time, it may come on the same day as the act.
  bool MayComeToBeNo(const State& state) const {
    std::deque<State> states;
    std::vector<Key> seen;
    const auto is_no = [&](const State& next) {
      if (next.Ask(question_.condition, false) == Tri::kNo) return true;
      const Key key = next.MakeKey();
      if (std::find(seen.begin(), seen.end(), key) != seen.end()) return false;
      seen.push_back(key);
      states.emplace_back(next);
      return seen.size() > kMostThatFollow;
    };
    if (is_no(state)) return true;
    for (; !states.empty(); states.pop_front()) {
      for (const std::uint32_t row : slice_.free_effects()) {
        const program::EffectDef& effect = program_.effects[row];
        const bool deems = effect.kind == program::EffectDef::Kind::kDeemed;
        if (!deems && states.front().record().acts[effect.act.index()].last == kNoRow) continue;
        std::uint32_t answers = 0;
        for (bool more = true; more;) {
          State next(states.front());
          next.days().Restart(answers);
          next.BringAbout(row);
          engine::OpenDays days = next.days();
          next.days().Restart(0);
          if (is_no(next)) return true;
          more = days.Next();
          answers = days.bits();
        }
      }
    }
    return false;
  }

  const Question& question_;
  const program::Program& program_;
  const Slice& slice_;
};

// That an act can be done.
class HappensWatcher : public Base {
 public:
  explicit HappensWatcher(const Question& question) : question_(question) {}

  void OnDeed(Node from, const Move& move, const State& state, const engine::Judgement& judgement) override {
    if (state.history().entries.back().act != question_.act || !judgement.may_be_lawful()) return;
    Note(witnesses, from, move);
    found_ = found_ || (judgement.is_done_lawfully() && witnesses.size() >= kMostTried);
  }
  bool enough() const override { return found_; }

 private:
  const Question& question_;
  bool found_ = false;
};

bool IsOver(const engine::Record& record, model::TermId term) {
  return term && record.terms[term.index()].phase == Phase::kOver;
}

// "after decide, party can object until lapse of time": in each state after it, one of the acts can be done
// or stands.
class CanWatcher : public Base {
 public:
  CanWatcher(const Question& question, std::vector<model::ActId> acts, const World& world,
             std::uint32_t repeats)
      : question_(question), acts_(std::move(acts)), world_(world), repeats_(repeats) {}

  // Where one of the acts was done as often as the bound allows nothing is asked.

  bool Waits(const engine::Record& record) const {
    if (record.acts[question_.act.index()].standing == 0 || IsOver(record, question_.until)) return false;
    return std::none_of(acts_.begin(), acts_.end(), [&](model::ActId act) {
      return record.acts[act.index()].standing > 0 || record.acts[act.index()].ever >= repeats_;
    });
  }
  bool Names(model::ActId act) const { return std::find(acts_.begin(), acts_.end(), act) != acts_.end(); }

  void OnState(Node node, State& state, const std::vector<Option>& options) override {
    if (!Waits(state.record())) return;
    Note(witnesses, node);
    const bool can = std::any_of(options.begin(), options.end(), [&](const Option& option) {
      return option.sure && Names(world_.deeds()[option.deed].act);
    });
    if (!can) Note(counters, node);
  }

 private:
  const Question& question_;
  std::vector<model::ActId> acts_;
  const World& world_;
  std::uint32_t repeats_;
};

// Notes, state by state, what reaching asks about.
class ReachWatcher : public Base {
 public:
  // `own`: the acts of the side that is to reach it that may not be done more often than the bound allows.
  ReachWatcher(const Question& question, std::vector<model::SentenceId> duties, std::vector<model::ActId> own,
               std::uint32_t repeats)
      : question_(question), duties_(std::move(duties)), own_(std::move(own)), repeats_(repeats) {}

  void OnState(Node node, State& state, const std::vector<Option>& /*options*/) override {
    StateFacts facts;
    facts.begun = !state.record().done.empty();
    facts.bounded = std::any_of(own_.begin(), own_.end(), [&](model::ActId act) {
      return state.record().acts[act.index()].ever >= repeats_;
    });
    if (question_.condition) {
      state.days().Restart(0);
      facts.may_hold = false;
      facts.holds = true;
      do {
        const Tri answer = state.Ask(question_.condition, false);
        facts.holds = facts.holds && answer == Tri::kYes;
        facts.may_hold = facts.may_hold || answer != Tri::kNo;
      } while (state.days().Next());
      state.days().Restart(0);
    }
    for (std::size_t i = 0; i < duties_.size(); ++i) {
      const engine::DutyState& duty = state.record().duties[duties_[i].index()];
      const std::uint64_t bit = std::uint64_t{1} << i;
      if (duty.state == engine::DutyState::State::kOpen) facts.open |= bit;
      if (duty.state == engine::DutyState::State::kMissed) facts.missed |= bit;
    }
    if (facts_.size() <= node) facts_.resize(node + std::size_t{1});
    facts_[node] = facts;
    if (facts.holds || facts.open != 0) Note(witnesses, node);
  }

  const std::vector<StateFacts>& facts() const { return facts_; }

 private:
  const Question& question_;
  std::vector<model::SentenceId> duties_;
  std::vector<model::ActId> own_;
  std::uint32_t repeats_;
  std::vector<StateFacts> facts_;
};

// Whether one of the acts can lawfully be done where a matter has come to.
bool CanBeDone(const Ending& ending, const CanWatcher& watcher) {
  Draft draft(ending.draft);
  engine::Record record(ending.record);
  record.history = &draft.history();
  engine::Engine engine(ending.plan, record);
  engine::Judgement judgement;
  for (const Deed& deed : draft.world().deeds()) {
    if (!watcher.Names(deed.act)) continue;
    for (const std::int32_t ahead : DaysAhead(ending.plan.program(), deed.act)) {
      engine.Judge(draft.Add(ending.plan.program(), deed, ending.day, ahead), judgement);
      draft.RemoveLast();
      if (judgement.is_done_lawfully()) return true;
    }
  }
  return false;
}

}  // namespace

namespace {

// An example up to one of its acts.
Story UpTo(const model::Batch& example, std::size_t entry) {
  Story story{.batch = example, .as_of = example.entries[entry].day};
  story.batch.entries.resize(entry + 1);
  story.batch.cases.front().entries = static_cast<std::uint32_t>(entry + 1);
  return story;
}

// By act of the plan given: the first example in which it is lawfully done, under the law of a day; by
// sentence: in which it is owed.
void LookAt(const engine::Plan& plan, const Options& options, std::vector<std::optional<Story>>& done,
            std::vector<std::optional<Story>>& owed) {
  done.resize(plan.program().acts.size());
  owed.resize(plan.program().sentences.size());
  for (const model::Batch& example : options.examples) {
    if (example.cases.size() != 1) continue;
    const engine::Matter matter(plan, example.history(0), engine::Matter::Titles::kPlain);
    if (!matter.fits()) continue;
    engine::Record record;
    record.Reset(matter.plan(), matter.history());
    engine::Engine engine(matter.plan(), record);
    engine::Judgement judgement;
    const auto& entries = matter.history().entries;
    for (std::size_t i = 0; i < entries.size() && !record.overrun; ++i) {
      engine.Advance(entries[i].day, entries[i].minute);
      engine.Judge(entries[i], judgement);
      std::optional<Story>& story = done[matter.ActOf(entries[i].act).index()];
      const bool of_the_day = IsSameLaw(plan.program(), entries.front().day, options.day) &&
                              IsSameLaw(plan.program(), entries[i].day, options.day);
      if (!story && of_the_day && judgement.is_done_lawfully()) story = UpTo(example, i);
      const std::size_t before = record.outcomes.size();
      engine.Apply(entries[i], static_cast<std::uint32_t>(i), judgement);
      for (std::size_t row = before; of_the_day && row < record.outcomes.size(); ++row) {
        if (record.outcomes[row].ground != model::Ground::kDuty) continue;
        std::optional<Story>& first = owed[matter.Folded(record.outcomes[row]).sentence.index()];
        if (!first) first = UpTo(example, i);
      }
    }
  }
}

}  // namespace

base::Result<Prover> Prover::Make(const engine::Plan& plan, const Options& options) {
  Prover prover(plan, nullptr, options);
  LookAt(plan, options, prover.done_in_example_, prover.owed_in_example_);
  if (!plan.has_parts()) return prover;
  std::vector<std::uint32_t> counts(plan.program().roles.size(), 0);
  std::vector<std::string> names;
  for (std::size_t role = 0; role < counts.size(); ++role) {
    if (!plan.program().roles[role].several) continue;
    counts[role] = 2;
    for (const char* number : {"1", "2"}) {
      names.push_back(std::string(plan.program().string(plan.program().roles[role].name)) + " " + number);
    }
  }
  prover.unfolded_ = plan.part_plans()->Make(counts, names);
  if (prover.unfolded_ == nullptr) {
    return base::Error{base::Errc::kLimit, "with two members of each kind the pack asks too many questions"};
  }
  return prover;
}

const std::optional<Story>& Prover::DoneInExample(model::ActId act) const {
  if (unfolded_ == nullptr) return done_in_example_[act.index()];
  return done_in_example_[unfolded_->unfolded.acts.origins[act.index()].row];
}

Story Prover::MakeStory(const World& world, const Dated& dated) const {
  Story story{.batch = {}, .as_of = dated.as_of};
  model::Batch& batch = story.batch;
  const model::History& history = dated.draft.history();
  const std::vector<Value>& setting = world.settings()[dated.draft.setting()];
  batch.entries.assign(history.entries.begin(), history.entries.end());
  for (const model::Entry& entry : batch.entries) {
    const std::uint32_t fields = program().acts[entry.act.index()].fields.count;
    batch.values.insert(batch.values.end(), history.values + entry.first_value,
                        history.values + entry.first_value + fields);
    batch.people.insert(batch.people.end(), history.people + entry.first_person,
                        history.people + entry.first_person + entry.people);
  }
  batch.people_names.assign(world.people_names().begin(), world.people_names().end());
  batch.texts.assign(world.texts().begin(), world.texts().end());
  batch.holdings.assign(world.holdings().begin(), world.holdings().end());
  batch.lists.assign(world.lists().begin(), world.lists().end());
  batch.role_values = setting;
  if (unfolded_ != nullptr) {
    const program::Unfolded& unfolded = unfolded_->unfolded;
    for (model::Entry& entry : batch.entries) {
      entry.act = model::ActId(std::size_t{unfolded.acts.origins[entry.act.index()].row});
    }
    const program::Program& folded = given_->program();
    batch.role_values.assign(folded.role_fields, model::kMissing);
    const std::size_t first = program().fields.size() - program().role_fields;
    for (std::size_t row = first; row < program().fields.size(); ++row) {
      const program::Unfolding::Origin& origin = unfolded.fields.origins[row];
      const Value value = setting[program().fields[row].place];
      if (origin.part == program::kMainPart) {
        batch.role_values[folded.fields[origin.row].place] = value;
      } else {
        batch.member_values.push_back(
            {.member = static_cast<PersonRef>(world.members()[origin.part - std::size_t{1}]),
             .field = model::FieldId(std::size_t{origin.row}),
             .value = value});
      }
    }
  }
  model::Batch::Case one;
  batch.names = "story";
  one.name_size = static_cast<std::uint32_t>(batch.names.size());
  one.entries = static_cast<std::uint32_t>(batch.entries.size());
  one.role_values = static_cast<std::uint32_t>(batch.role_values.size());
  batch.cases.push_back(one);
  return story;
}

std::optional<Story> Prover::Confirm(const World& world, const Explorer& explorer, Node node,
                                     const Move& last, const Confirmed& confirmed) const {
  std::size_t setting = 0;
  std::vector<Move> path = explorer.PathTo(node, setting);
  if (last.kind != Move::Kind::kNone) path.push_back(last);
  const std::optional<Dated> dated = PutDays(plan(), world, path, setting, options_.day, confirmed);
  if (!dated) return std::nullopt;
  return MakeStory(world, *dated);
}

// Whether from everywhere the goal can be reached: proved by the edges that are sure whatever the days,
// refuted where not even those reach it that are open on some days.
void Prover::DecideReach(const std::vector<StateFacts>& facts, const std::vector<model::SentenceId>& duties,
                         const World& world, const Slice& slice, const Explorer& explorer, bool whole,
                         Proof& proof) const {
  const Question& question = proof.question;
  const bool of_duties = question.kind == Question::Kind::kDutiesMet;
  const std::vector<Edge>& edges = explorer.edges();
  std::vector<std::uint8_t> open(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const bool time = edges[i].deed == Edge::kTime;
    if (edges[i].deed == Edge::kFree) continue;
    const bool own = time || IsOwn(world.deeds()[edges[i].deed].act, question, duties);
    open[i] = own ? 1 : 0;
  }
  bool leaves_out = false;
  for (std::size_t act = 0; act < program().acts.size(); ++act)
    leaves_out = leaves_out || !slice.has(model::ActId(act));
  const std::size_t known = facts.size();
  proof.result = whole ? Result::kProved : Result::kNotDecided;
  for (std::size_t goal = 0; goal < (of_duties ? duties.size() : 1); ++goal) {
    const std::uint64_t bit = std::uint64_t{1} << goal;
    std::vector<std::uint8_t> surely(explorer.states(), 0), perhaps(explorer.states(), 1);
    for (Node node = 0; node < known; ++node) {
      const StateFacts& at = facts[node];
      // A duty is met where it is owed no more and was not missed.
      const bool met = (at.open & bit) == 0 && (at.missed & bit) == 0;
      surely[node] = of_duties ? met : at.holds;
      perhaps[node] = of_duties ? met : at.may_hold;
    }
    ReachSurely(edges, open, surely);
    ReachBack(edges, open, perhaps);
    for (Node node = 0; node < known && proof.result != Result::kRefuted; ++node) {
      // Where the view leaves acts out, a matter that has begun may look as if nothing had been done.
      if (of_duties ? (facts[node].open & bit) == 0 : !facts[node].begun && !leaves_out) continue;
      if (perhaps[node] == 0 && !facts[node].bounded && (of_duties || facts[node].begun) &&
          slice.view() == View::kWhole) {
        const Key key = explorer.KeyOf(node);
        const Confirmed same = [&](const Ending& ending) {
          return MakeKey(plan(), world, slice, ending.draft.setting(), ending.record, ending.day) == key;
        };
        proof.counter = Confirm(world, explorer, node, {}, same);
        if (proof.counter) proof.result = Result::kRefuted;
      }
      if (surely[node] == 0 && proof.result == Result::kProved) {
        proof.result = Result::kNotDecided;
        proof.doubt = perhaps[node] != 0    ? Doubt::kDays
                      : facts[node].bounded ? Doubt::kRepeats
                                            : Doubt::kNotConfirmed;
      }
    }
  }
  for (Node node = 0; node < known && !proof.witness; ++node) {
    const bool speaks = of_duties ? facts[node].open != 0 : facts[node].holds;
    if (!speaks) continue;
    const Key key = explorer.KeyOf(node);
    proof.witness = Confirm(world, explorer, node, {}, [&](const Ending& ending) {
      return MakeKey(plan(), world, slice, ending.draft.setting(), ending.record, ending.day) == key;
    });
    if (node > 2000) break;
  }
}

Doubt DoubtOf(Stop stop) {
  switch (stop) {
    case Stop::kComplete:
    case Stop::kEnough:
      return Doubt::kNone;
    case Stop::kStates:
      return Doubt::kStates;
    case Stop::kMemory:
      return Doubt::kMemory;
    case Stop::kTime:
      return Doubt::kTime;
  }
  CHECK(false);
  return Doubt::kNone;
}

// Of a `never`: by one condition of its act at a time, where one of many is enough and all would be too much.
Proof Prover::ProveByOne(const Question& question, NearBy& near) const {
  Proof proof{.question = question};
  Limits limits = options_.limits;
  limits.states = std::min(limits.states, kStatesOfOne);
  limits.seconds *= kOnePart;
  Slice topic(plan(), View::kOneGate);
  topic.SetTopic(question.condition);
  for (const model::SentenceId condition : plan().conditions[question.act.index()]) {
    if (!topic.SpeaksOfTopic(condition)) continue;
    proof = ProveIn(View::kOneGate, question, limits, near, condition);
    // That it happens at all has to be seen: else it is asked of all conditions.
    if (proof.result == Result::kProved && proof.witness) return proof;
    proof.result = Result::kNotDecided;
  }
  return proof;
}

Proof Prover::ProveByOneCondition(const Question& question) const {
  CHECK(question.kind == Question::Kind::kNever);
  NearBy near;
  return ProveByOne(question, near);
}

// From the coarsest view on; the first that proves answers.  Where the days are found for a counter-history
// the engine has confirmed it, whatever the view.
Proof Prover::Prove(const Question& question) const {
  using Kind = Question::Kind;
  if (question.kind == Kind::kDutiesMet && !question.duty) return ProveDuties(question);
  if (question.kind == Kind::kDutiesMet || question.kind == Kind::kAlwaysReach ||
      question.kind == Kind::kAfterCan) {
    Proof proof = ProveAtHand(question);
    if (proof.result == Result::kProved) return proof;
  }
  return ProveByViews(question);
}

Proof Prover::ProveByViews(const Question& question) const {
  using Kind = Question::Kind;
  std::vector<View> views{View::kOneGate, View::kTopicGates, View::kGates, View::kEffects, View::kWhole};
  const bool reaches = question.kind == Kind::kAlwaysReach || question.kind == Kind::kDutiesMet;
  if (question.kind != Kind::kNever) views.erase(views.begin(), views.begin() + 2);
  if (reaches) views.erase(views.begin());
  Proof proof{.question = question};
  Limits limits = options_.limits;
  if (question.kind == Kind::kCanHappen) {
    proof.witness = DoneInExample(question.act);
    if (proof.witness) {
      proof.result = Result::kProved;
      return proof;
    }
    views = {View::kWhole};
    limits.seconds /= kActsPart;
  }
  NearBy near;
  if (question.kind == Kind::kNever) {
    proof = ProveByOne(question, near);
    if (proof.result == Result::kProved) return proof;
  }
  const double seconds = limits.seconds;
  const double begun = SecondsSpent();
  for (const View view : views) {
    limits.seconds = seconds - (SecondsSpent() - begun);
    if (view != View::kWhole) limits.seconds /= 2;
    Proof one = ProveIn(view, question, limits, near);
    if (!one.witness) one.witness = std::move(proof.witness);
    proof = std::move(one);
    if (proof.result != Result::kNotDecided) break;
  }
  return proof;
}

const std::optional<Story>& Prover::LookNearExamples(const Question& question, NearBy& near) const {
  if (std::exchange(near.looked, true)) return near.story;
  std::optional<model::Batch> found = FindNearExamples(*given_, question.name, options_.examples,
                                                       options_.day, options_.limits.seconds * kNearPart);
  if (found) {
    const base::Day day = found->entries.back().day;
    near.story = Story{.batch = std::move(*found), .as_of = day};
  }
  return near.story;
}

namespace {

Followed WhatIsFollowed(const program::Program& program, const Slice& slice, const World& world) {
  Followed followed{.acts = 0, .terms = 0, .ways = world.deeds().size(), .widest = {}, .widest_ways = 0};
  std::vector<std::size_t> ways(program.acts.size(), 0);
  for (const Deed& deed : world.deeds()) ++ways[deed.act.index()];
  for (std::size_t act = 0; act < ways.size(); ++act) {
    if (ways[act] > 0) ++followed.acts;
    if (ways[act] <= followed.widest_ways) continue;
    followed.widest = model::ActId(act);
    followed.widest_ways = ways[act];
  }
  for (std::size_t term = 0; term < program.terms.size(); ++term) {
    if (slice.has(model::TermId(term))) ++followed.terms;
  }
  return followed;
}

}  // namespace

Proof Prover::ProveIn(View view, const Question& question, const Limits& limits, NearBy& near,
                      model::SentenceId only) const {
  using Kind = Question::Kind;
  Proof proof{.question = question, .view = view};
  const Slice slice = SliceOf(question, view, only);
  // Nothing was taken away that such a matter would look different for.
  const bool sound =
      !slice.takes_away() || (view != View::kWhole && view != View::kTopicGates && slice.forgets());
  if (!sound && view != View::kWhole) {
    proof.doubt = Doubt::kTakenAway;
    return proof;
  }
  const engine::Plan happening = HappeningPlan(plan(), slice), judging = JudgingPlan(plan(), slice);
  const World world(happening, slice, members(), options_.day);
  Explorer explorer(happening, judging, world, slice, options_.day, limits);

  std::vector<model::ActId> can = question.acts;
  std::vector<model::SentenceId> duties;
  for (std::size_t act = 0; question.challenge && act < program().acts.size(); ++act) {
    if (Challenges(model::ActId(act), question)) can.push_back(model::ActId(act));
  }
  for (std::size_t i = 0; question.kind == Kind::kDutiesMet && i < program().sentences.size(); ++i) {
    const program::SentenceDef& sentence = program().sentences[i];
    const bool asked = question.duty ? question.duty.index() == i : Owes(sentence, question.role);
    if (asked && duties.size() < 64) duties.push_back(model::SentenceId(i));
  }

  NeverWatcher never(question, program(), slice);
  HappensWatcher happens(question);
  CanWatcher after(question, can, world, options_.limits.repeats);
  const bool reaches = question.kind == Kind::kAlwaysReach || question.kind == Kind::kDutiesMet;
  std::vector<model::ActId> own;
  for (std::size_t act = 0; reaches && act < program().acts.size(); ++act) {
    if (slice.counts_each(model::ActId(act)) && IsOwn(model::ActId(act), question, duties))
      own.push_back(model::ActId(act));
  }
  ReachWatcher reach(question, duties, own, options_.limits.repeats);
  Base& watcher = question.kind == Kind::kNever       ? static_cast<Base&>(never)
                  : question.kind == Kind::kCanHappen ? static_cast<Base&>(happens)
                  : question.kind == Kind::kAfterCan  ? static_cast<Base&>(after)
                                                      : static_cast<Base&>(reach);
  if (view != View::kWhole) watcher.most = kMostTriedOfMore;
  const Stop stop = explorer.Run(watcher, reaches);
  proof.states = explorer.states();
  proof.followed = WhatIsFollowed(program(), slice, world);
  proof.repeats_met = explorer.repeats_met();
  proof.days_open = explorer.days_asked();
  const bool whole = stop == Stop::kComplete && !world.cut() && !explorer.questions_cut() && sound;
  if (proof.doubt == Doubt::kNone) proof.doubt = DoubtOf(stop);
  if (world.cut() || explorer.questions_cut()) proof.doubt = Doubt::kWays;
  if (!sound && proof.doubt == Doubt::kNone) proof.doubt = Doubt::kTakenAway;

  // What the engine must say, day by day, of a witness and of a counter-history.
  const auto done = [&](const Ending& ending, bool against) {
    const engine::ActState& state = ending.record.acts[question.act.index()];
    const auto fits = [&](const engine::Record& record, const model::Entry* judged) {
      return !against ||
             engine::Evaluator(plan(), record, judged).Holds(question.condition).tri() == Tri::kNo;
    };
    const auto entries = ending.draft.history().entries;
    if (!entries.empty() && entries.back().act == question.act && ending.last.is_done_lawfully() &&
        fits(ending.before, &entries.back())) {
      return true;
    }
    return state.last != kNoRow && ending.record.done[state.last].deemed && fits(ending.record, nullptr);
  };
  const Confirmed happened = [&](const Ending& ending) { return done(ending, false); };
  const Confirmed happened_against = [&](const Ending& ending) { return done(ending, true); };
  const Confirmed can_do = [&](const Ending& ending) {
    return after.Waits(ending.record) && CanBeDone(ending, after);
  };
  const Confirmed cannot_do = [&](const Ending& ending) {
    return after.Waits(ending.record) && !CanBeDone(ending, after);
  };
  const auto find = [&](const std::vector<Place>& places,
                        const Confirmed& confirmed) -> std::optional<Story> {
    for (const Place& place : places) {
      if (std::optional<Story> story = Confirm(world, explorer, place.node, place.move, confirmed))
        return story;
    }
    return std::nullopt;
  };
  switch (question.kind) {
    case Kind::kCanHappen:
      proof.witness = find(happens.witnesses, happened);
      proof.vacuous = happens.witnesses.empty() && whole;
      if (proof.witness) proof.result = Result::kProved;
      if (proof.vacuous) proof.result = Result::kRefuted;
      if (!proof.witness && !happens.witnesses.empty()) proof.doubt = Doubt::kNotConfirmed;
      return proof;
    case Kind::kNever:
      if (only && (!whole || !never.counters.empty())) return proof;
      proof.witness = DoneInExample(question.act);
      if (!proof.witness) proof.witness = find(never.witnesses, happened);
      if (!whole || !never.counters.empty()) proof.counter = LookNearExamples(question, near);
      if (!proof.counter) proof.counter = find(never.counters, happened_against);
      break;
    case Kind::kAfterCan:
      proof.witness = find(after.witnesses, can_do);
      proof.counter = find(after.counters, cannot_do);
      break;
    case Kind::kAlwaysReach:
    case Kind::kDutiesMet:
      DecideReach(reach.facts(), duties, world, slice, explorer, whole, proof);
      proof.vacuous = whole && reach.witnesses.empty();
      return proof;
  }
  proof.vacuous = whole && watcher.witnesses.empty();
  if (proof.counter) {
    proof.result = Result::kRefuted;
  } else if (!watcher.counters.empty()) {
    proof.doubt = Doubt::kNotConfirmed;
  } else if (whole) {
    proof.result = Result::kProved;
  }
  return proof;
}

}  // namespace lawbound::prove
