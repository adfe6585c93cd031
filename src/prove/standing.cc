// Each check first looks at the tables, which speak for every matter and every day; then at the examples as
// they can be played on; then at the exploration, view by view.
#include "prove/standing.h"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "program/floor.h"
#include "prove/at_hand.h"
#include "prove/reach.h"
#include "prove/view.h"
#include "prove/waiting.h"

namespace lawbound::prove {

using engine::kNoRow;
using engine::Phase;
using model::RoleId;
using model::Tri;
using program::ActDef;
using program::EventDef;
using program::SentenceDef;
using Kind = SentenceDef::Kind;

namespace {

constexpr double kPart = 1.0 / 6;    // of the seconds of a question those for all that is asked here
constexpr double kMostOfPart = 0.2;  // and of these those for one
constexpr std::size_t kMostStates = 20'000;
constexpr int kMostSteps = 8;          // from an act back to what it rests on
constexpr std::size_t kMostFound = 4;  // ways of which days are looked for

template <typename Row, typename T>
std::span<const Row> In(const std::vector<Row>& table, base::Range<T> range) {
  return std::span(table).subspan(range.first, range.count);
}

template <typename Id>
bool Has(std::span<const Id> list, Id id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

// What is looked for in an exploration: a state, or an act that may lawfully be done in one.
struct Hunt {
  std::function<bool(State&)> in_state;
  std::function<bool(const State&)> in_deed;  // asked with the deed proposed
  Confirmed confirmed;                        // what the engine must say, day by day
};

class HuntWatcher : public Watcher {
 public:
  explicit HuntWatcher(const Hunt& hunt) : hunt_(hunt) {}

  void OnDeed(Node from, const Move& move, const State& state, const engine::Judgement& judgement) override {
    if (hunt_.in_deed && judgement.may_be_lawful() && hunt_.in_deed(state)) found.emplace_back(from, move);
  }
  void OnState(Node node, State& state, const std::vector<Option>& /*options*/) override {
    if (hunt_.in_state && hunt_.in_state(state)) found.emplace_back(node, Move{});
  }
  bool enough() const override { return found.size() >= kMostFound; }

  std::vector<std::pair<Node, Move>> found;

 private:
  const Hunt& hunt_;
};

// Whether from each state of some kind another can be reached.
struct Way {
  std::function<bool(const engine::Record&)> from;
  std::function<Tri(State&)> goal;  // yes: however days lie; unknown: on some days
  std::function<bool(const ActDef&)> own;
};

class WayWatcher : public Watcher {
 public:
  // `each`: acts that may not be done more often than `repeats`.
  WayWatcher(const Way& way, std::vector<ActId> each, std::uint32_t repeats)
      : way_(way), each_(std::move(each)), repeats_(repeats) {}

  void OnState(Node node, State& state, const std::vector<Option>& /*options*/) override {
    if (from.size() <= node) {
      for (auto* one : {&from, &surely, &perhaps, &bounded}) one->resize(node + std::size_t{1});
    }
    const engine::Record& record = state.record();
    const Tri goal = way_.goal(state);
    from[node] = way_.from(record) ? 1 : 0;
    surely[node] = goal == Tri::kYes ? 1 : 0;
    perhaps[node] = goal != Tri::kNo ? 1 : 0;
    bounded[node] = std::any_of(each_.begin(), each_.end(),
                                [&](ActId act) { return record.acts[act.index()].ever >= repeats_; })
                        ? 1
                        : 0;
  }

  std::vector<std::uint8_t> from, surely, perhaps, bounded;  // by node

 private:
  const Way& way_;
  std::vector<ActId> each_;
  std::uint32_t repeats_;
};

// Whether somebody who does this act did one of that kind that stands.
bool SharesDoer(const engine::Record& record, const model::History& history, const model::Entry& entry,
                ActId act) {
  return std::any_of(record.done.begin(), record.done.end(), [&](const engine::Done& done) {
    if (done.act != act || !done.stands || done.entry == kNoRow) return false;
    const model::Entry& before = history.entries[done.entry];
    for (std::uint32_t i = 0; i < before.people; ++i) {
      for (std::uint32_t k = 0; k < entry.people; ++k) {
        if (history.people[before.first_person + i] == history.people[entry.first_person + k]) return true;
      }
    }
    return false;
  });
}

}  // namespace

class StandingProver {
 public:
  explicit StandingProver(const Prover& prover)
      : prover_(prover),
        quick_(prover),
        plan_(prover.plan()),
        p_(prover.program()),
        met_at_once_(p_.sentences.size()) {}

  std::vector<Standing> Run() {
    AskOfSentences();
    AskOfActs();
    AskOfPartyActs();
    AskOfClosing();
    AskOfTerms();
    AskOfDuties();
    // First those that are mostly at hand.
    std::stable_partition(open_.begin(), open_.end(),
                          [&](const auto& one) { return answers_[one.first].check == Check::kNoBind; });
    const double until = SecondsSpent() + prover_.options_.limits.seconds * kPart;
    std::size_t left = open_.size();
    for (const auto& [index, ask] : open_) {
      const double fair = (until - SecondsSpent()) / static_cast<double>(std::max<std::size_t>(left--, 1));
      limits_ = prover_.options_.limits;
      limits_.states = std::min(limits_.states, kMostStates);
      limits_.seconds = std::min(limits_.seconds * kPart * kMostOfPart, std::max(fair, 0.0) * 3);
      ask(answers_[index]);
    }
    return std::move(answers_);
  }

 private:
  using Ask = std::function<void(Standing&)>;
  using Follow = std::function<void(Slice&)>;

  // What is answered at once.
  void Say(Standing answer, bool holds) {
    answer.result = holds ? Result::kProved : Result::kRefuted;
    answers_.push_back(std::move(answer));
  }
  // What the exploration is asked when everything else has been.
  void Later(Standing answer, Ask ask) {
    open_.emplace_back(answers_.size(), std::move(ask));
    answers_.push_back(std::move(answer));
  }

  // ------------------------------------------------------------------------------------------ tables

  // What can happen to one member can happen to another: of those that stand for each the first is asked.
  bool IsFirst(const program::Unfolding program::Unfolded::*table, std::size_t row) const {
    if (prover_.unfolded_ == nullptr) return true;
    const program::Unfolding& rows = prover_.unfolded_->unfolded.*table;
    return rows.unfolded[rows.origins[row].row][0] == row;
  }
  std::size_t OriginOf(const program::Unfolding program::Unfolded::*table, std::size_t row) const {
    if (prover_.unfolded_ == nullptr) return row;
    return (prover_.unfolded_->unfolded.*table).origins[row].row;
  }
  const ActDef& Def(ActId act) const { return p_.acts[act.index()]; }
  bool RestsOn(ActId act, ActId on) const { return Has(In(p_.act_lists, Def(act).rests_on), on); }
  // Through others too.
  bool LeadsBackTo(ActId act, ActId on, int depth = 0) const {
    if (RestsOn(act, on)) return true;
    const auto rests = In(p_.act_lists, Def(act).rests_on);
    return depth < kMostSteps && std::any_of(rests.begin(), rests.end(),
                                             [&](ActId one) { return LeadsBackTo(one, on, depth + 1); });
  }
  // There is none without one of the others before it.
  bool NeedsOneOf(ActId act, const std::vector<ActId>& acts, int depth = 0) const {
    if (Has(std::span<const ActId>(acts), act)) return true;
    const auto rests = In(p_.act_lists, Def(act).rests_on);
    return depth < kMostSteps && !rests.empty() && std::all_of(rests.begin(), rests.end(), [&](ActId one) {
             return NeedsOneOf(one, acts, depth + 1);
           });
  }
  bool MayDo(ActId act, RoleId role) const { return Has(In(p_.role_lists, Def(act).by), role); }
  bool ShareRole(ActId one, ActId other) const {
    const auto by = In(p_.role_lists, Def(one).by);
    return std::any_of(by.begin(), by.end(), [&](RoleId role) { return MayDo(other, role); });
  }

  // What the addressee can do on an adverse act that is not for its own office to decide.
  std::vector<ActId> WaysAgainst(ActId act) const {
    std::vector<ActId> ways;
    for (std::size_t row = 0; row < p_.acts.size(); ++row) {
      const ActId way(row);
      if (p_.acts[row].side != program::Side::kParty || !MayDo(way, Def(act).to) || !RestsOn(way, act))
        continue;
      bool own = false;
      for (std::size_t other = 0; other < p_.acts.size(); ++other) {
        own = own || (p_.acts[other].side == program::Side::kAuthority && RestsOn(ActId(other), way) &&
                      ShareRole(ActId(other), act));
      }
      if (!own) ways.push_back(way);
    }
    return ways;
  }

  // The times within which one of the ways may be gone.
  std::vector<TermId> TimesOf(ActId act, const std::vector<ActId>& ways) const {
    std::vector<TermId> times;
    for (const SentenceDef& sentence : p_.sentences) {
      if (sentence.kind != Kind::kMay || !sentence.term || (sentence.on && sentence.on != act)) continue;
      const auto acts = In(p_.act_lists, sentence.acts);
      const bool opens = std::any_of(ways.begin(), ways.end(), [&](ActId way) { return Has(acts, way); });
      if (opens && std::find(times.begin(), times.end(), sentence.term) == times.end())
        times.push_back(sentence.term);
    }
    return times;
  }

  bool StartsSome(ActId act, std::span<const TermId> terms) const {
    return std::any_of(terms.begin(), terms.end(), [&](TermId term) {
      const auto starts = In(p_.events, p_.terms[term.index()].starts);
      return std::any_of(starts.begin(), starts.end(),
                         [&](const EventDef& event) { return event.act == act; });
    });
  }

  // How the act reaches the party: reported by law and a time runs from it, or the time of a remedy does.
  std::vector<ActId> ServicesOf(ActId act, const std::vector<TermId>& times) const {
    std::vector<TermId> all;
    for (std::size_t row = 0; row < p_.terms.size(); ++row) all.push_back(TermId(row));
    std::vector<ActId> services;
    for (std::size_t row = 0; row < p_.acts.size(); ++row) {
      const ActId service(row);
      if (service == act || p_.acts[row].to != Def(act).to || !LeadsBackTo(service, act)) continue;
      const bool reported = p_.acts[row].side == program::Side::kLaw && StartsSome(service, all);
      if (reported || StartsSome(service, times)) services.push_back(service);
    }
    return services;
  }

  // Whether the term can begin only with one of the acts, or after one, and what it is bounded by, too: a
  // bound ends also what never began.
  bool BeginsWith(TermId id, const std::vector<ActId>& acts, int depth = 0) const {
    const program::TermDef& term = p_.terms[id.index()];
    const auto from = [&](const EventDef& event) {
      if (event.kind == EventDef::Kind::kLapse)
        return depth < kMostSteps && BeginsWith(event.term, acts, depth + 1);
      if (event.kind != EventDef::Kind::kAct) return false;
      return NeedsOneOf(event.act, acts);
    };
    const auto starts = In(p_.events, term.starts), restarts = In(p_.events, term.restarts);
    const bool later = term.start_kind == program::TermDef::Start::kLaterOf;
    const bool begins = later ? std::any_of(starts.begin(), starts.end(), from)
                              : std::all_of(starts.begin(), starts.end(), from);
    const auto ceilings = In(p_.ceilings, term.ceilings);
    return begins && std::all_of(restarts.begin(), restarts.end(), from) &&
           std::all_of(ceilings.begin(), ceilings.end(),
                       [&](const program::CeilingDef& ceiling) { return from(ceiling.from); });
  }

  // ----------------------------------------------------------------------------------------- sentences

  void AskOfSentences() {
    const std::vector<std::uint8_t> applied = AppliedIn(*prover_.given_, prover_.options_.examples);
    for (std::size_t row = 0; row < p_.sentences.size(); ++row) {
      if (!IsFirst(&program::Unfolded::sentences, row)) continue;
      const SentenceDef& sentence = p_.sentences[row];
      const base::Day day = prover_.options_.day;
      Standing answer{.check = Check::kRuleApplies, .sentence = SentenceId(row)};
      if (day < sentence.from || day > sentence.until) continue;  // of another version of the law
      if (applied[OriginOf(&program::Unfolded::sentences, row)] != 0) {
        Say(answer, true);
      } else {
        Later(answer, [this](Standing& one) { AskWhetherApplies(one); });
      }
    }
    AskOfVersions();
  }

  bool IsVersionOf(const SentenceDef& a, const SentenceDef& b) const {
    const auto same = [](const EventDef& x, const EventDef& y) {
      return x.kind == y.kind && x.act == y.act && x.on == y.on && x.term == y.term && x.rule == y.rule;
    };
    const auto acts = In(p_.act_lists, a.acts), others = In(p_.act_lists, b.acts);
    return a.kind == b.kind && a.on == b.on && a.prompt == b.prompt &&
           std::equal(acts.begin(), acts.end(), others.begin(), others.end()) &&
           (a.kind != Kind::kOn || same(a.event, b.event));
  }

  // Of sentences of one kind on the same acts, all of which have dates: the first stretch of days between
  // them.
  void AskOfVersions() {
    std::vector<std::uint8_t> asked(p_.sentences.size());
    for (std::size_t row = 0; row < p_.sentences.size(); ++row) {
      if (asked[row] != 0 || !IsFirst(&program::Unfolded::sentences, row)) continue;
      std::vector<const SentenceDef*> versions;
      bool dated = true;
      for (std::size_t other = row; other < p_.sentences.size(); ++other) {
        const SentenceDef& sentence = p_.sentences[other];
        if (!IsFirst(&program::Unfolded::sentences, other) || !IsVersionOf(p_.sentences[row], sentence))
          continue;
        asked[other] = 1;
        dated = dated && (sentence.from > base::kFirstDay || sentence.until < base::kLastDay);
        versions.push_back(&sentence);
      }
      if (!dated || versions.size() < 2) continue;
      std::sort(versions.begin(), versions.end(),
                [](const SentenceDef* a, const SentenceDef* b) { return a->from < b->from; });
      Standing answer{.check = Check::kNoGap, .sentence = SentenceId(row)};
      base::Day end = versions.front()->until;
      bool whole = true;
      for (const SentenceDef* version : versions) {
        if (whole && end < base::kLastDay && end + 1 < version->from) {
          answer.from = end + 1;
          answer.until = version->from - 1;
          whole = false;
        }
        end = std::max(end, version->until);
      }
      Say(answer, whole);
    }
  }

  // Whether a sentence applies where a matter has come to; the acts that it speaks of are tried in every way.
  bool AppliesNow(SentenceId id, engine::Engine& engine, const engine::Record& record, base::Day day) const {
    const SentenceDef& sentence = p_.sentences[id.index()];
    if (sentence.kind == Kind::kMust)
      return record.duties[id.index()].state != engine::DutyState::State::kNone;
    const EventDef& event = sentence.event;
    const bool came = event.kind == EventDef::Kind::kAct ? record.acts[event.act.index()].ever > 0
                      : event.kind == EventDef::Kind::kLapse
                          ? record.terms[event.term.index()].phase == Phase::kOver
                          : record.broken[event.rule.index()] != 0;
    return came && engine.Applies(sentence, day, nullptr).tri() != Tri::kNo;
  }
  bool SpeaksOfActs(const SentenceDef& sentence) const {
    return sentence.kind == Kind::kMay || sentence.kind == Kind::kOnlyIf || sentence.kind == Kind::kNoIf;
  }

  void AskWhetherApplies(Standing& answer) const {
    const SentenceId id = answer.sentence;
    const SentenceDef& sentence = p_.sentences[id.index()];
    const auto acts = In(p_.act_lists, sentence.acts);
    const Follow follow = [&](Slice& slice) {
      for (const ActId act : acts) {
        if (SpeaksOfActs(sentence)) slice.AddAsked(act);
      }
      slice.AddWhetherApplies(id);
    };
    const auto to_deed = [&](engine::Engine& engine, const Deed& deed, const model::Entry& entry) {
      return Has(acts, deed.act) && engine.Applies(sentence, entry.day, &entry).tri() != Tri::kNo;
    };
    Hunt hunt;
    hunt.in_state = [&](State& state) {
      engine::Engine engine(plan_, state.record());
      const auto on_some_days = [&](const auto& applies) {
        state.days().Restart(0);
        bool some = false;
        do {
          some = some || applies();
        } while (state.days().Next());
        state.days().Restart(0);
        return some;
      };
      if (!SpeaksOfActs(sentence))
        return on_some_days([&] { return AppliesNow(id, engine, state.record(), prover_.options_.day); });
      const World& world = state.world();
      return std::any_of(world.deeds().begin(), world.deeds().end(), [&](const Deed& deed) {
        if (!Has(acts, deed.act)) return false;
        const model::Entry& entry = state.Propose(deed);
        const bool applies = on_some_days([&] { return to_deed(engine, deed, entry); });
        state.Withdraw();
        return applies;
      });
    };
    hunt.confirmed = [&](const Ending& ending) {
      Draft draft(ending.draft);
      engine::Record record(ending.record);
      record.history = &draft.history();
      engine::Engine engine(ending.plan, record);
      if (!SpeaksOfActs(sentence)) return AppliesNow(id, engine, record, ending.day);
      for (const Deed& deed : draft.world().deeds()) {
        if (!Has(acts, deed.act)) continue;
        const bool applies = to_deed(engine, deed, draft.Add(p_, deed, ending.day));
        draft.RemoveLast();
        if (applies) return true;
      }
      return false;
    };
    // A matter in which it applies is what shows that it is not dead.
    Look({View::kGates, View::kEffects, View::kWhole}, follow, hunt, answer);
    answer.counter.reset();
    if (answer.result != Result::kNotDecided)
      answer.result = answer.result == Result::kProved ? Result::kRefuted : Result::kProved;
  }

  // ---------------------------------------------------------------------------------------- adverse acts

  void AskOfActs() {
    const std::vector<program::FloorGap> gaps = program::FloorGaps(p_);
    const auto keeps = [&](ActId act, program::Guard guard) {
      return std::find(gaps.begin(), gaps.end(), program::FloorGap{.act = act, .guard = guard}) == gaps.end();
    };
    for (std::size_t row = 0; row < p_.acts.size(); ++row) {
      const ActId act(row);
      if (!program::IsAdverse(p_, act) || !IsFirst(&program::Unfolded::acts, row)) continue;
      const std::vector<ActId> ways = WaysAgainst(act);
      Say({.check = Check::kRemedy, .act = act},
          keeps(act, program::Guard::kRemedy) || (!ways.empty() && IsJudgedByAnother(act)));
      Say({.check = Check::kRemedyTold, .act = act}, keeps(act, program::Guard::kRemedyTold));
      const std::vector<TermId> times = TimesOf(act, ways);
      const std::vector<ActId> services = ServicesOf(act, times);
      for (const TermId term : times) AskOfService(act, ways, term, services);
      AskOfRemedies(act, ways, times, services);
      for (std::size_t other = 0; other < p_.acts.size(); ++other) {
        if (Judges(ActId(other), act)) AskOfJudge(act, ActId(other));
      }
    }
  }

  void AskOfService(ActId act, const std::vector<ActId>& ways, TermId term,
                    const std::vector<ActId>& services) {
    const Standing answer{.check = Check::kServedFirst, .act = act, .term = term};
    if (BeginsWith(term, services.empty() ? std::vector<ActId>{act} : services)) return Say(answer, true);
    Later(answer, [this, act, ways, term, services](Standing& one) {
      const auto none = [](const engine::Record& record, const std::vector<ActId>& acts) {
        return std::all_of(acts.begin(), acts.end(),
                           [&](ActId each) { return record.acts[each.index()].ever == 0; });
      };
      const auto over_before = [=](const engine::Record& record) {
        return record.acts[act.index()].standing > 0 && none(record, services) && none(record, ways) &&
               record.terms[term.index()].phase == Phase::kOver;
      };
      const auto done_too_late = [=](const engine::Record& record, const model::Entry& entry) {
        return services.empty() && entry.act == act && record.acts[act.index()].ever == 0 &&
               none(record, ways) && record.terms[term.index()].phase == Phase::kOver;
      };
      Hunt hunt;
      if (!services.empty()) hunt.in_state = [=](State& state) { return over_before(state.record()); };
      hunt.in_deed = [=](const State& state) {
        return done_too_late(state.record(), state.history().entries.back());
      };
      hunt.confirmed = [=](const Ending& ending) {
        if (!services.empty()) return over_before(ending.record);
        const auto entries = ending.draft.history().entries;
        return !entries.empty() && ending.last.is_done_lawfully() &&
               done_too_late(ending.before, entries.back());
      };
      const Follow follow = [=](Slice& slice) {
        services.empty() ? slice.AddAsked(act) : slice.AddAct(act);
        for (const ActId each : services) slice.AddAct(each);
        for (const ActId each : ways) slice.AddAct(each);
        slice.AddTerm(term);
      };
      Look({View::kGates, View::kEffects, View::kWhole}, follow, hunt, one);
    });
  }

  // A remedy with a time is asked about from what starts it; one without from the act, or its service.
  void AskOfRemedies(ActId act, const std::vector<ActId>& ways, const std::vector<TermId>& times,
                     const std::vector<ActId>& services) {
    if (ways.empty()) return;
    const auto ask = [&](ActId after, TermId until) {
      Standing answer{.check = Check::kRemedyLeft, .act = act, .other = after, .term = until};
      Later(answer, [this, ways](Standing& one) {
        Question question{.kind = Question::Kind::kAfterCan,
                          .name = "remedy",
                          .act = one.other,
                          .role = Def(one.act).to,
                          .acts = ways,
                          .until = one.term};
        quick_.options_.limits = limits_;
        Proof proof = quick_.Prove(question);
        one.result = proof.result;
        one.doubt = proof.doubt;
        one.counter = std::move(proof.counter);
        one.states = proof.states;
      });
    };
    for (const TermId term : times) {
      for (const EventDef& event : In(p_.events, p_.terms[term.index()].starts)) {
        if (event.kind == EventDef::Kind::kAct && (event.act == act || LeadsBackTo(event.act, act)))
          ask(event.act, term);
      }
    }
    if (!times.empty()) return;
    ask(services.empty() ? act : services.front(), {});
  }

  // Whether an act decides on what the party did against another, or says what becomes of that.
  bool Judges(ActId judge, ActId act) const {
    if (Def(judge).side != program::Side::kAuthority || judge == act) return false;
    for (const ActId way : In(p_.act_lists, Def(judge).rests_on)) {
      const bool against =
          Def(way).side == program::Side::kParty && MayDo(way, Def(act).to) && RestsOn(way, act);
      if (against && program::IsAdverse(p_, judge)) return true;
    }
    return SaysOf(judge, act);
  }

  // Whether it follows from an act that another is upheld, changed, set aside or held unlawful or void.
  bool SaysOf(ActId judge, ActId act) const {
    const auto says = [&](const program::EffectDef& effect) {
      using program::Standing;
      const bool judged = effect.standing == Standing::kUpheld || effect.standing == Standing::kChanged ||
                          effect.standing == Standing::kHeldUnlawful || TakesAway(effect.standing);
      return effect.act == act && judged;
    };
    return std::any_of(p_.sentences.begin(), p_.sentences.end(), [&](const SentenceDef& sentence) {
      const auto effects = In(p_.effects, sentence.effects);
      return sentence.kind == Kind::kOn && sentence.event.act == judge &&
             std::any_of(effects.begin(), effects.end(), says);
    });
  }

  // An office that did not do it says what becomes of it.
  bool IsJudgedByAnother(ActId act) const {
    for (std::size_t row = 0; row < p_.acts.size(); ++row) {
      const bool authority = p_.acts[row].side == program::Side::kAuthority;
      if (authority && !ShareRole(ActId(row), act) && SaysOf(ActId(row), act)) return true;
    }
    return false;
  }

  void AskOfJudge(ActId act, ActId judge) {
    const Standing answer{.check = Check::kOtherJudge, .act = act, .other = judge};
    if (!ShareRole(act, judge)) return Say(answer, true);
    Later(answer, [this](Standing& one) {
      const ActId act_judged = one.act, judging = one.other;
      Hunt hunt;
      hunt.in_deed = [=](const State& state) {
        const model::Entry& entry = state.history().entries.back();
        return entry.act == judging && SharesDoer(state.record(), state.history(), entry, act_judged);
      };
      hunt.confirmed = [=](const Ending& ending) {
        const auto entries = ending.draft.history().entries;
        return !entries.empty() && entries.back().act == judging && ending.last.is_done_lawfully() &&
               SharesDoer(ending.before, ending.draft.history(), entries.back(), act_judged);
      };
      const Follow follow = [=](Slice& slice) {
        slice.AddAsked(judging);
        slice.AddPeople(judging);
        slice.AddPeople(act_judged);
      };
      Look({View::kGates, View::kEffects, View::kWhole}, follow, hunt, one);
    });
  }

  // ------------------------------------------------------------------------------------------- waiting

  void AskOfPartyActs() {
    const program::Program& given = prover_.given_->program();
    for (std::size_t row = 0; row < p_.acts.size(); ++row) {
      if (!IsFirst(&program::Unfolded::acts, row)) continue;
      const ActId origin(OriginOf(&program::Unfolded::acts, row));
      const std::vector<ActId> answers = AnswersTo(given, origin);
      if (answers.empty()) continue;
      Standing answer{.check = Check::kAnswered, .act = ActId(row)};
      if (std::optional<model::Batch> found =
              FindUnanswered(*prover_.given_, origin, prover_.options_.examples)) {
        const base::Day day = found->entries.back().day + kDaysWaited;
        answer.counter = Story{.batch = std::move(*found), .as_of = day};
        Say(std::move(answer), false);
      } else if (IsSurelyAnswered(given, origin, answers)) {
        Say(std::move(answer), true);
      } else {
        answers_.push_back(std::move(answer));
      }
    }
  }

  // A duty to answer arises with the act in every matter, and its time ends.
  bool IsSurelyAnswered(const program::Program& p, ActId act, const std::vector<ActId>& answers) const {
    for (const SentenceDef& sentence : p.sentences) {
      if (sentence.kind != Kind::kMust || sentence.prompt || !sentence.term) continue;
      const program::RuleDef& rule = p.rules[sentence.rule.index()];
      const program::TermDef& term = p.terms[sentence.term.index()];
      const base::Day day = prover_.options_.day;
      const auto acts = In(p.act_lists, sentence.acts);
      const bool answers_it =
          std::any_of(answers.begin(), answers.end(), [&](ActId one) { return Has(acts, one); });
      const bool always = !sentence.if_code && !sentence.unless && !sentence.condition && !rule.if_code &&
                          !rule.governed && day >= sentence.from && day <= sentence.until &&
                          prover_.given_->overridden_by[sentence.rule.index()].empty();
      const auto starts = In(p.events, term.starts);
      const bool starts_here = term.start_kind == program::TermDef::Start::kPlain &&
                               std::any_of(starts.begin(), starts.end(), [&](const EventDef& event) {
                                 return event.act == act && !event.on;
                               });
      const auto extensions = In(p.extensions, term.extensions);
      const bool ends = term.stops.empty() && term.length.kind != program::LengthDef::Kind::kOpen &&
                        std::all_of(extensions.begin(), extensions.end(),
                                    [](const auto& one) { return one.has_cap || one.once; }) &&
                        std::all_of(In(p.events, term.restarts).begin(), In(p.events, term.restarts).end(),
                                    [&](const EventDef& event) { return event.act == act; });
      if (answers_it && always && starts_here && ends) return true;
    }
    return false;
  }

  // ---------------------------------------------------------------------------- what can be come to

  void AskOfClosing() {
    if (!p_.closes) return Say({.check = Check::kCloses}, false);
    for (const Check check : {Check::kCloses, Check::kNotBlocked}) {
      Later({.check = check}, [this, check](Standing& one) {
        Way way;
        way.from = [](const engine::Record& record) { return !record.done.empty(); };
        way.goal = [this](State& state) {
          Tri all = Tri::kYes, some = Tri::kNo;
          state.days().Restart(0);
          do {
            const Tri answer = state.record().closed ? Tri::kYes : state.Ask(p_.closes, false);
            all = model::And(all, answer);
            some = model::Or(some, answer);
          } while (state.days().Next());
          state.days().Restart(0);
          return all == Tri::kYes ? Tri::kYes : some == Tri::kNo ? Tri::kNo : Tri::kUnknown;
        };
        way.own = [check](const ActDef& act) {
          return check == Check::kCloses || act.side != program::Side::kParty;
        };
        const Follow follow = [this](Slice& slice) { slice.AddCode(p_.closes); };
        if (IsAtHand(follow, way, SpokenOf({p_.closes}, way), one)) return;
        LookForWay(follow, way, one);
      });
    }
  }

  void AskOfTerms() {
    for (std::size_t row = 0; row < p_.terms.size(); ++row) {
      if (p_.terms[row].stops.empty() || !IsFirst(&program::Unfolded::terms, row)) continue;
      Later({.check = Check::kTermGoesOn, .term = TermId(row)}, [this](Standing& one) {
        const TermId term = one.term;
        const auto stopped = [term](const engine::Record& record) {
          return record.terms[term.index()].phase == Phase::kStopped;
        };
        Way way;
        way.from = stopped;
        way.goal = [=](State& state) { return stopped(state.record()) ? Tri::kNo : Tri::kYes; };
        way.own = [](const ActDef&) { return true; };
        const Follow follow = [=](Slice& slice) { slice.AddTermAndStops(term); };
        std::vector<program::CodeId> stops;
        for (const program::StopDef& stop : In(p_.stops, p_.terms[term.index()].stops))
          stops.push_back(stop.condition);
        if (IsAtHand(follow, way, SpokenOf(stops, way), one)) return;
        LookForWay(follow, way, one);
      });
    }
  }

  // Whether a condition of an act that meets one duty speaks of an act that meets the other, or that act
  // takes away what it rests on.
  bool BearsOn(const SentenceDef& duty, const SentenceDef& other) const {
    const auto acts = In(p_.act_lists, duty.acts);
    for (const ActId met : In(p_.act_lists, other.acts)) {
      Slice slice(plan_, View::kWhole);
      for (const SentenceId condition : plan_.conditions[met.index()]) slice.AddSpokenOf(condition);
      if (std::any_of(acts.begin(), acts.end(), [&](ActId act) { return slice.has(act); })) return true;
      for (const SentenceDef& sentence : p_.sentences) {
        if (sentence.kind != Kind::kOn || !Has(acts, sentence.event.act)) continue;
        for (const program::EffectDef& effect : In(p_.effects, sentence.effects)) {
          if (effect.kind == program::EffectDef::Kind::kFalls && RestsOn(met, effect.act)) return true;
        }
      }
    }
    return false;
  }

  // Duties that do not bear on one another can be met one after the other if each can be met.
  void AskOfDuties() {
    std::vector<std::size_t> duties;
    for (std::size_t row = 0; row < p_.sentences.size(); ++row) {
      const SentenceDef& sentence = p_.sentences[row];
      const base::Day day = prover_.options_.day;
      const bool in_force = day >= sentence.from && day <= sentence.until;
      if (sentence.kind == Kind::kMust && in_force && IsFirst(&program::Unfolded::sentences, row))
        duties.push_back(row);
    }
    for (std::size_t i = 0; i < duties.size(); ++i) {
      for (std::size_t k = i + 1; k < duties.size(); ++k) {
        const SentenceDef &a = p_.sentences[duties[i]], &b = p_.sentences[duties[k]];
        const auto roles = In(p_.role_lists, a.roles), others = In(p_.role_lists, b.roles);
        const bool one_role =
            std::any_of(roles.begin(), roles.end(), [&](RoleId role) { return Has(others, role); });
        if (!one_role || !(BearsOn(a, b) || BearsOn(b, a))) continue;
        Standing answer{
            .check = Check::kNoBind, .sentence = SentenceId(duties[i]), .second = SentenceId(duties[k])};
        Later(answer, [this](Standing& one) { AskOfTwo(one); });
      }
    }
  }

  // From wherever the duty may be owed it can be met by acts of its side alone, without waiting: so whatever
  // else is owed there is not missed meanwhile.
  bool CanBeMetAtOnce(SentenceId id, Standing& answer) {
    std::optional<bool>& known = met_at_once_[id.index()];
    const SentenceDef& duty = p_.sentences[id.index()];
    if (!known && duty.condition) known = false;
    if (!known) {
      Question question{.kind = Question::Kind::kDutiesMet, .role = In(p_.role_lists, duty.roles).front()};
      question.duty = id;
      Aim aim = prover_.AimOf(question);
      aim.without_waiting = true;
      Limits limits = limits_;
      limits.seconds /= 2;
      const AtHand found = ComeTo(plan_, aim, prover_.members(), prover_.options_.day, limits);
      answer.states = std::max(answer.states, found.states);
      known = found.proved;
    }
    return *known;
  }

  void AskOfTwo(Standing& answer) {
    const auto is = [](const engine::Record& record, SentenceId duty, engine::DutyState::State state) {
      return record.duties[duty.index()].state == state;
    };
    using State_ = engine::DutyState::State;
    const SentenceId one = answer.sentence, other = answer.second;
    if (CanBeMetAtOnce(one, answer) && CanBeMetAtOnce(other, answer)) {
      answer.result = Result::kProved;
      return;
    }
    const program::Side side = p_.sentences[one.index()].side;
    Way way;
    way.from = [=](const engine::Record& record) {
      return is(record, one, State_::kOpen) && is(record, other, State_::kOpen);
    };
    way.goal = [=](State& state) {
      const engine::Record& record = state.record();
      const auto settled = [&](SentenceId duty) {
        return !is(record, duty, State_::kOpen) && !is(record, duty, State_::kMissed);
      };
      return settled(one) && settled(other) ? Tri::kYes : Tri::kNo;
    };
    way.own = [=](const ActDef& act) { return act.side == side; };
    const Follow follow = [this, one, other](Slice& slice) {
      slice.AddRule(p_.sentences[one.index()].rule);
      slice.AddRule(p_.sentences[other.index()].rule);
    };
    LookForWay(follow, way, answer);
  }

  // -------------------------------------------------------------------------------------- exploration

  // The acts that conditions speak of and that are among those to lead there: one by one, and together.
  std::vector<std::vector<ActId>> SpokenOf(const std::vector<program::CodeId>& codes, const Way& way) const {
    Slice topic(plan_, View::kAtHand);
    for (const program::CodeId code : codes) topic.AddCode(code);
    std::vector<std::vector<ActId>> first;
    std::vector<ActId> together;
    for (std::size_t row = 0; row < p_.acts.size(); ++row) {
      if (!topic.has(ActId(row)) || !way.own(p_.acts[row])) continue;
      first.push_back({ActId(row)});
      together.push_back(ActId(row));
    }
    if (together.size() > 1) first.push_back(together);
    return first;
  }

  // Holds by a few acts that are at hand (prove/at_hand.h), and by waiting.
  bool IsAtHand(const Follow& follow, const Way& way, std::vector<std::vector<ActId>> first,
                Standing& answer) const {
    Aim aim;
    aim.follow = follow;
    aim.from = way.from;
    aim.goal = way.goal;
    aim.own = [&](ActId act) { return way.own(Def(act)); };
    aim.first = std::move(first);
    aim.what_follows = true;
    Limits limits = limits_;
    limits.seconds /= 2;
    const AtHand found = ComeTo(plan_, aim, prover_.members(), prover_.options_.day, limits);
    answer.states = found.states;
    if (found.proved) answer.result = Result::kProved;
    return found.proved;
  }

  // Holds by moves that are open however the days lie; does not where not even those lead there that are open
  // on some days, in exactly what the gate lets through, and the engine comes to such a state day by day.
  void LookForWay(const Follow& follow, const Way& way, Standing& answer) const {
    const double until = SecondsSpent() + limits_.seconds;
    for (const View view : {View::kEffects, View::kWhole}) {
      Slice slice(plan_, view);
      follow(slice);
      slice.AddCode(p_.closes);
      slice.Close();
      std::vector<ActId> each;
      for (bool more = true; more;) {
        more = false;
        each.clear();
        for (std::size_t row = 0; row < p_.acts.size(); ++row) {
          const ActId act(row);
          if (!slice.has(act) || !way.own(Def(act))) continue;
          if (slice.counts_each(act)) each.push_back(act);
          if (slice.asks(act)) continue;
          slice.AddAsked(act);
          more = true;
        }
        slice.Close();
      }
      const bool sound = !slice.takes_away() || (view != View::kWhole && slice.forgets());
      answer.doubt = Doubt::kTakenAway;
      if (!sound && view != View::kWhole) continue;
      const engine::Plan happening = HappeningPlan(plan_, slice), judging = JudgingPlan(plan_, slice);
      const World world(happening, slice, prover_.members(), prover_.options_.day);
      Limits limits = limits_;
      limits.seconds = (until - SecondsSpent()) / (view == View::kWhole ? 1 : 2);
      Explorer explorer(happening, judging, world, slice, prover_.options_.day, limits);
      WayWatcher watcher(way, each, limits.repeats);
      const Stop stop = explorer.Run(watcher, true);
      answer.states = explorer.states();
      const bool cut = world.cut() || explorer.questions_cut();
      answer.doubt = !sound ? Doubt::kTakenAway : cut ? Doubt::kWays : DoubtOf(stop);
      if (answer.doubt != Doubt::kNone) continue;
      answer.doubt = DecideWay(world, slice, explorer, watcher, way, answer);
      if (answer.doubt != Doubt::kNone) continue;
      if (answer.result == Result::kNotDecided) answer.result = Result::kProved;
      return;
    }
  }

  Doubt DecideWay(const World& world, const Slice& slice, const Explorer& explorer, WayWatcher& watcher,
                  const Way& way, Standing& answer) const {
    const std::vector<Edge>& edges = explorer.edges();
    std::vector<std::uint8_t> open(edges.size());
    for (std::size_t i = 0; i < edges.size(); ++i) {
      if (edges[i].deed == Edge::kFree) continue;
      const bool own = edges[i].deed == Edge::kTime || way.own(Def(world.deeds()[edges[i].deed].act));
      open[i] = own ? 1 : 0;
    }
    ReachSurely(edges, open, watcher.surely);
    ReachBack(edges, open, watcher.perhaps);
    Doubt doubt = Doubt::kNone;
    std::size_t tried = 0;
    for (Node node = 0; node < watcher.from.size(); ++node) {
      if (watcher.from[node] == 0 || watcher.surely[node] != 0) continue;
      doubt = watcher.perhaps[node] != 0   ? Doubt::kDays
              : watcher.bounded[node] != 0 ? Doubt::kRepeats
                                           : Doubt::kNotConfirmed;
      if (doubt != Doubt::kNotConfirmed || slice.view() != View::kWhole || ++tried > kMostFound) continue;
      const Key key = explorer.KeyOf(node);
      answer.counter = prover_.Confirm(world, explorer, node, {}, [&](const Ending& ending) {
        return MakeKey(plan_, world, slice, ending.draft.setting(), ending.record, ending.day) == key;
      });
      if (!answer.counter) continue;
      answer.result = Result::kRefuted;
      return Doubt::kNone;
    }
    return doubt;
  }

  // Where nothing of the kind is found in a view in which more may happen than in any matter, there is none.
  void Look(std::initializer_list<View> views, const Follow& follow, const Hunt& hunt,
            Standing& answer) const {
    const double until = SecondsSpent() + limits_.seconds;
    for (const View view : views) {
      Slice slice(plan_, view);
      follow(slice);
      if (!slice.is_free()) slice.AddCode(p_.closes);
      slice.Close();
      const bool sound = !slice.takes_away() || (view != View::kWhole && slice.forgets());
      answer.doubt = Doubt::kTakenAway;
      if (!sound && view != View::kWhole) continue;
      const engine::Plan happening = HappeningPlan(plan_, slice), judging = JudgingPlan(plan_, slice);
      const World world(happening, slice, prover_.members(), prover_.options_.day);
      Limits limits = limits_;
      limits.seconds = (until - SecondsSpent()) / (view == View::kWhole ? 1 : 2);
      Explorer explorer(happening, judging, world, slice, prover_.options_.day, limits);
      HuntWatcher watcher(hunt);
      const Stop stop = explorer.Run(watcher, false);
      answer.states = explorer.states();
      const bool cut = world.cut() || explorer.questions_cut();
      answer.doubt = DoubtOf(stop);
      if (cut) answer.doubt = Doubt::kWays;
      if (!sound) answer.doubt = Doubt::kTakenAway;
      if (watcher.found.empty() && stop == Stop::kComplete && !cut && sound) {
        answer.result = Result::kProved;
        return;
      }
      for (const auto& place : watcher.found) {
        answer.counter = prover_.Confirm(world, explorer, place.first, place.second, hunt.confirmed);
        if (!answer.counter) continue;
        answer.result = Result::kRefuted;
        return;
      }
      if (!watcher.found.empty()) answer.doubt = Doubt::kNotConfirmed;
    }
  }

  const Prover& prover_;
  Prover quick_;  // the same within the limits of one question
  const engine::Plan& plan_;
  const program::Program& p_;
  Limits limits_;
  std::vector<Standing> answers_;
  std::vector<std::pair<std::size_t, Ask>> open_;
  std::vector<std::optional<bool>> met_at_once_;  // by sentence
};

std::string_view CheckWords(Check check) {
  switch (check) {
    case Check::kRuleApplies:
      return "each sentence applies to something in some matter";
    case Check::kNoGap:
      return "between the versions of a sentence no day is without one";
    case Check::kRemedy:
      return "against an adverse act the party can turn to another office";
    case Check::kRemedyTold:
      return "an adverse act tells the remedy";
    case Check::kServedFirst:
      return "the time for a remedy is not over before its act has reached the party";
    case Check::kRemedyLeft:
      return "while the time for a remedy runs it can be used, whatever exception is taken";
    case Check::kOtherJudge:
      return "nobody judges their own act";
    case Check::kCloses:
      return "wherever a matter has come to, it can still come to be closed";
    case Check::kNotBlocked:
      return "no party can keep a matter from being closed by doing nothing";
    case Check::kTermGoesOn:
      return "a time that is stopped can go on";
    case Check::kNoBind:
      return "two duties that are owed at once can both be met";
    case Check::kAnswered:
      return "who asks is answered, or a duty to answer is missed, or a way is open";
  }
  return "";
}

std::vector<Standing> ProveStanding(const Prover& prover) { return StandingProver(prover).Run(); }

}  // namespace lawbound::prove
