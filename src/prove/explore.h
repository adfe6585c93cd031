// Every state that a matter can come to, breadth first, so that the first way found to anything is a shortest
// one.
//
// An authority does what is lawful: the gate lets nothing else through.  A party does whatever it likes: its
// acts are recorded with their verdicts, and have what effect the law gives them.  Whoever owes something may
// leave it undone, and any term may be over at any moment (tier T0).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "prove/state.h"

namespace lawbound::prove {

struct Limits {
  std::size_t states = 1'000'000;
  std::size_t megabytes = 1'024;  // that states and moves take, for one question
  double seconds = 60;            // of processor time, for one question
  std::uint32_t repeats = 2;      // how often one kind of act takes effect in a matter
};

// Processor time of this thread: what else the machine does changes no answer.
double SecondsSpent();

using Node = std::uint32_t;
inline constexpr Node kNoNode = 0xffffffff;

struct Edge {
  Node from = kNoNode, to = kNoNode;
  std::uint32_t deed = 0;  // row of World::deeds; kTime: time passes; kFree: it comes whenever it comes
  // What is sure is open however the days lie.  One move may have several ends, and nobody chooses among
  // them: the sure edges of one node with one `deed` are all that may come of it.  Who waits does not choose
  // which time ends first, so those of kTime are one move too.
  bool sure = true;
  static constexpr std::uint32_t kTime = 0xffffffff;
  static constexpr std::uint32_t kFree = 0xfffffffe;
};

// What may be done in a state.
struct Option {
  std::uint32_t deed = 0;
  bool sure = true;
};

// Looks at everything that is explored.  A state is shown without a deed proposed, and may be asked, not
// changed.
class Watcher {
 public:
  virtual ~Watcher() = default;
  // A deed that may be done here, by the answers of the moment; it is proposed in `state`, and was judged.
  virtual void OnDeed(Node /*from*/, const Move& /*move*/, const State& /*state*/,
                      const engine::Judgement& /*judgement*/) {}
  // What has come of a move; acts by law that came with it stand in the rows of Record::done from `first` on.
  virtual void OnMove(Node /*from*/, const Move& /*move*/, const State& /*state*/, std::size_t /*first*/) {}
  // A state, once, with what may be done in it.  May be asked with answers of its own.
  virtual void OnState(Node /*node*/, State& /*state*/, const std::vector<Option>& /*options*/) {}
  // What comes after this state need not be seen.  It is shown to OnState without options.
  virtual bool ends_here(State& /*state*/) { return false; }
  // Nothing more need be seen.
  virtual bool enough() const { return false; }
};

enum class Stop : std::uint8_t { kComplete, kEnough, kStates, kMemory, kTime };

class Explorer {
 public:
  // `plan`: what happens; `judging`: whether what is asked about is lawful (prove/view.h).
  Explorer(const engine::Plan& plan, const engine::Plan& judging, const World& world, const Slice& slice,
           base::Day day, const Limits& limits);

  Stop Run(Watcher& watcher, bool keep_edges);

  std::size_t states() const { return nodes_.size(); }
  // What states and moves take at most, in bytes: counted, so that no answer depends on the machine.
  std::size_t memory() const;
  const std::vector<Edge>& edges() const { return edges_; }
  bool IsBeginning(Node node) const { return nodes_[node].parent == kNoNode; }
  // Some act was left out because it had been done Limits::repeats times already.
  bool repeats_met() const { return repeats_met_; }
  bool days_asked() const { return days_asked_; }
  bool questions_cut() const { return questions_cut_; }

  // The moves that lead to a node, from its beginning, and which setting that has.
  std::vector<Move> PathTo(Node node, std::size_t& setting) const;
  const Key& KeyOf(Node node) const { return nodes_[node].key; }
  State Rebuild(Node node) const;

 private:
  struct Known {
    Node parent = kNoNode;
    Move move;  // of a beginning: row is its setting
    Key key;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const { return key.low; }
  };
  Node Arrive(Node from, const Move& move, const State& state, std::uint32_t deed, bool sure);
  std::uint32_t MostOf(ActId act) const;
  void NoteUnsure(std::size_t first);
  void TryDeed(Node node, State& state, std::uint32_t deed, std::vector<Option>& options);
  void TakeUpDeed(Node node, State& state, const Move& move, engine::Judgement judgement, bool sure);
  void TakeUpLawfully(Node node, State& state, Move move, const engine::Judgement& judgement);
  void TakeUpAnyway(Node node, State& state, Move move, const engine::Judgement& judgement);
  bool TookAway(ActId act) const;
  bool HadSomething(ActId act, const engine::Record& record) const;
  void PassTime(Node node, const State& state);
  void TryEnd(Node node, const State& state, const Move& move);
  void EndSeveral(Node node, const State& state);

  const engine::Plan& plan_;
  const engine::Plan& judging_;
  const World& world_;
  const Slice& slice_;
  base::Day day_;
  Limits limits_;
  Watcher* watcher_ = nullptr;
  bool keep_edges_ = false;
  std::vector<Known> nodes_;
  std::unordered_map<Key, Node, KeyHash> found_;
  std::vector<Edge> edges_;
  std::vector<std::vector<std::uint32_t>> chosen_days_;  // by act that is asked about, in View::kAtHand
  bool repeats_met_ = false, days_asked_ = false, questions_cut_ = false;
};

}  // namespace lawbound::prove
