#include "reference/reference.h"

#include <algorithm>

#include "base/check.h"
#include "reference/record.h"

namespace lawbound::reference {
namespace {

using check::Effect;
using check::Event;
using check::Expr;
using check::ExprKind;
using check::Sentence;
using model::Answer;
using model::Entry;
using model::Finding;
using model::Ground;
using model::Outcome;
using Kind = program::SentenceDef::Kind;
using EventKind = Event::Kind;
using OptionalRow = std::optional<std::size_t>;

// One day's lapses may bring others; more rounds than this go on for ever.
constexpr int kMaxRounds = 200;

template <typename T>
bool Holds(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// Something that happened, as terms and `on` see it.
struct Happened {
  EventKind kind = EventKind::kAct;
  std::size_t row = 0;  // of the act in Record::done, or of the term or rule
};

struct Judgement {
  ActAnswer answer;
  Tri in_time = Tri::kYes, in_time_strict = Tri::kYes;
  OptionalRow on;
  std::optional<Key> on_key;
  std::optional<ActId> names;
  std::vector<RuleId> broken;  // each once, in the order in which they were asked
  std::set<RuleId> unsure;     // of which it cannot be told whether they are
  std::vector<std::pair<RuleId, Finding>> of_rules;
};

// One reason why an act is not free of fault.
struct Fault {
  std::size_t entry = 0;
  Quality quality = Quality::kNone;
  ActId cure;
};

// An effect that took an act away: whose, and which.
struct Taking {
  Key cause;
  const Effect* effect = nullptr;
};

// So many losses that one brings another are followed; more are cut.
constexpr int kMaxRefolds = 8;

class Fold {
 public:
  Fold(const check::CheckedPack& pack, const calendar::Calendars& calendars, const model::History& history,
       const Options& options, const WrittenOut* parts)
      : pack_(pack), history_(history), options_(options) {
    for (const check::Counting& counting : pack.countings) {
      const calendar::Calendar* calendar = calendars.Find(counting.calendar);
      CHECK(calendar != nullptr);
      countings_.push_back({.calendar = calendar,
                            .first_day_counts = counting.first_day_counts,
                            .rest_day_moves_on = counting.rest_day_moves_on});
    }
    Begin(parts);
  }

  Story Run() {
    std::size_t next = 0;
    const auto left = [&] {
      return next < history_.entries.size() && history_.entries[next].day <= options_.as_of;
    };
    if (left()) {
      const Day first = history_.entries[0].day;
      for (Day day = first; left() || day < options_.until; day = day + 1) {
        Grow(day);
        while (left() && history_.entries[next].day == day) TakeEntry(next++);
        const bool over = !left() && day >= options_.until;
        record_.now = WholeDay(day);
        if (over) break;
        EndDay(day);
      }
    }
    record_.now = WholeDay(options_.until);
    return Tell();
  }

 private:
  void Begin(const WrittenOut* parts) {
    record_.parts = parts;
    record_.terms.resize(pack_.terms.size());
    for (std::size_t i = 0; i < pack_.terms.size(); ++i) {
      record_.terms[i].ceilings.resize(pack_.terms[i].ceilings.size());
      record_.terms[i].ceiling_causes.resize(pack_.terms[i].ceilings.size());
      record_.terms[i].ceiling_lengths.resize(pack_.terms[i].ceilings.size());
    }
    record_.grown.resize(pack_.accruals.size());
    record_.duties.resize(pack_.sentences.size());
    record_.broken.resize(pack_.rules.size(), Tri::kNo);
    record_.broken_on.resize(pack_.rules.size());
  }

  // ------------------------------------------------------------------------------------------ questions

  Question Now(OptionalRow judged, bool strict = false) const {
    return Question(pack_, countings_, history_, options_, record_, judged, strict);
  }

  static Span WholeDay(Day day) {
    return {.first = std::int64_t{day.number} * 1440, .last = std::int64_t{day.number} * 1440 + 1439};
  }

  // What a day adds to each accrual, of the base as it is when the day begins.
  void Grow(Day day) {
    for (std::size_t row = 0; row < pack_.accruals.size(); ++row) GrowOn(row, day);
  }

  void GrowOn(std::size_t row, Day day) {
    const check::Accrual& accrual = pack_.accruals[row];
    const TermState& term = record_.terms[accrual.term.index()];
    Grown& grown = record_.grown[row];
    if (term.active() && (term.unknown_stop || term.maybe_over)) grown.amount.reset();
    if (term.active() && term.by_assumption) grown.strict.reset();
    const Counting& counting = countings_[pack_.terms[accrual.term.index()].counting.index()];
    const bool working = pack_.terms[accrual.term.index()].length.fixed.unit == Unit::kWorkingDays;
    if (term.phase != Phase::kRunning) return;
    // Asked also on days that do not count: what nobody knows then, nobody knew.
    const auto grow = [&](bool strict, std::optional<std::int64_t>& amount) {
      const Maybe base = Now({}, strict).Value(accrual.base);
      const Maybe cap = accrual.cap ? Now({}, strict).Value(*accrual.cap) : Maybe(0);
      if (!base || !cap) amount.reset();
      if (!amount || (working && !counting.calendar->IsWorkingDay(day))) return;
      const std::int64_t more = *amount + std::max<std::int64_t>(*base, 0) * accrual.percent;
      amount = accrual.cap ? std::max(*amount, std::min(more, *cap * 10000)) : more;
    };
    grow(true, grown.strict);
    grow(false, grown.amount);
    if (!grown.amount) grown.strict.reset();
  }

  // Of hours the last minute at which they may end, as a day.
  static Day DayOf(std::int64_t minute) { return Day{static_cast<std::int32_t>(minute / 1440)}; }

  // The day a running term ends if nothing more happens to it.
  std::optional<Day> RunningDue(std::size_t id) const {
    const TermState& state = record_.terms[id];
    if (state.phase == Phase::kRunning && state.hours) return DayOf(state.hours->last);
    if (state.phase != Phase::kRunning || !state.length) return std::nullopt;
    const auto stopped = [&](Day day) {
      bool is = false;
      for (const TermState::Change& change : state.changes) {
        if (change.day <= day) is = change.stopped;
      }
      return is;
    };
    const Counting& counting = countings_[pack_.terms[id].counting.index()];
    const Day nominal = NominalEnd(counting, state.start, *state.length, state.extensions, stopped);
    return DueDay(counting, state.length->unit, nominal, stopped);
  }

  std::optional<Day> CeilingDue(std::size_t id) const {
    const TermState& state = record_.terms[id];
    const check::Term& term = pack_.terms[id];
    std::optional<Day> first;
    for (std::size_t i = 0; i < term.ceilings.size(); ++i) {
      if (!state.ceilings[i] || !state.ceiling_lengths[i]) continue;
      const Day due =
          PlainDueDay(countings_[term.counting.index()], *state.ceilings[i], *state.ceiling_lengths[i]);
      if (!first || due < *first) first = due;
    }
    return first;
  }

  std::optional<Day> Due(std::size_t id) const {
    const TermState& state = record_.terms[id];
    if (state.phase == Phase::kOver) return state.ended;
    const auto running = RunningDue(id), ceiling = CeilingDue(id);
    if (!running) return ceiling;
    return ceiling && *ceiling < *running ? ceiling : running;
  }

  // ------------------------------------------------------------------------------------- what happens

  bool Matches(const Event& event, const Happened& happened) const {
    if (event.kind != happened.kind) return false;
    if (event.kind == EventKind::kLapse) return event.term.index() == happened.row;
    if (event.kind == EventKind::kBreach) return event.rule.index() == happened.row;
    const DoneAct& done = record_.done[happened.row];
    return done.act == event.act && (!event.on || done.names == event.on);
  }

  // Whether an event has happened and was not undone.
  bool HasHappened(const Event& event) const {
    if (event.kind == EventKind::kLapse) return record_.terms[event.term.index()].phase == Phase::kOver;
    if (event.kind == EventKind::kBreach) return record_.broken[event.rule.index()] == Tri::kYes;
    for (std::size_t row = 0; row < record_.done.size(); ++row) {
      if (record_.done[row].stands && Matches(event, {.kind = EventKind::kAct, .row = row})) return true;
    }
    return false;
  }

  bool StartsBy(const check::Term& term, const Happened& happened) const {
    using Start = program::TermDef::Start;
    for (std::size_t i = 0; i < term.starts.size(); ++i) {
      if (!Matches(term.starts[i], happened)) continue;
      if (term.start_kind == Start::kPlain) return true;
      // The earlier of two has come once one of them has; the later, once both have.
      const bool other = HasHappened(term.starts[1 - i]);
      if (term.start_kind == Start::kLaterOf ? other : !other) return true;
    }
    return false;
  }

  void Happen(const Happened& happened, Day day) {
    const OptionalRow cause = happened.kind == EventKind::kAct ? OptionalRow(happened.row) : std::nullopt;
    for (std::size_t id = 0; id < pack_.terms.size(); ++id) {
      const check::Term& term = pack_.terms[id];
      for (std::size_t i = 0; i < term.ceilings.size(); ++i) {
        if (!Matches(term.ceilings[i].from, happened) || record_.terms[id].ceilings[i]) continue;
        SetCeiling(id, i, day, cause);
      }
    }
    for (std::size_t id = 0; id < pack_.terms.size(); ++id) {
      const check::Term& term = pack_.terms[id];
      TermState& state = record_.terms[id];
      const auto ceiling = CeilingDue(id);
      // Once it is passed, the term is over for good.
      const bool ended = state.phase == Phase::kOver && ceiling && *state.ended >= *ceiling;
      if (ended || (ceiling && *ceiling < day)) continue;
      // An event that `restarts on` names starts the term in any phase; that of an unnamed term is its start.
      const bool restarts =
          !term.sentence && std::any_of(term.restarts.begin(), term.restarts.end(),
                                        [&](const Event& event) { return Matches(event, happened); });
      const bool starts = StartsBy(term, happened);
      if (restarts || (starts && (term.sentence || !state.active())))
        Start(id, day, cause, restarts || term.sentence);
    }
  }

  void SetCeiling(std::size_t id, std::size_t i, Day day, OptionalRow cause) {
    TermState& state = record_.terms[id];
    const check::Length& length = pack_.terms[id].ceilings[i].length;
    state.ceilings[i] = day;
    state.ceiling_causes[i] = cause;
    state.ceiling_lengths[i] = Now({}).LengthOf(length, cause);
    if (state.ceiling_lengths[i] && state.ceiling_lengths[i]->unit == Unit::kHours)
      state.ceiling_lengths[i].reset();
    if (state.ceiling_lengths[i] && !Now({}, true).LengthOf(length, cause)) state.by_assumption = true;
    if (!state.ceiling_lengths[i] && state.active()) {
      state.length.reset();
      state.hours.reset();
      state.maybe_over = state.unknown_stop = true;
    }
  }

  bool HasUnknownCeiling(std::size_t id) const {
    const TermState& state = record_.terms[id];
    for (std::size_t i = 0; i < state.ceilings.size(); ++i) {
      if (state.ceilings[i] && !state.ceiling_lengths[i]) return true;
    }
    return false;
  }

  void Start(std::size_t id, Day day, OptionalRow cause, bool restart) {
    TermState& state = record_.terms[id];
    // Where it cannot be told whether the term was over, it cannot be told whether it starts.
    const bool unsure = state.phase == Phase::kOver && state.maybe_running && !restart;
    state.maybe_running = false;
    state.phase = Phase::kRunning;
    state.unknown_stop = unsure;
    state.start = day;
    state.cause = cause;
    state.began_at = record_.done.size();
    state.length = Now({}).LengthOf(pack_.terms[id].length, {});
    state.by_assumption = state.length && !Now({}, true).LengthOf(pack_.terms[id].length, {});
    if (HasUnknownCeiling(id)) state.length.reset();
    const bool open = pack_.terms[id].length.kind == check::Length::Kind::kOpen;
    state.hours.reset();
    if (state.length && state.length->unit == Unit::kHours) {
      const std::int64_t minutes = std::int64_t{state.length->count} * 60;
      const bool plain = pack_.terms[id].stops.empty() && pack_.terms[id].extensions.empty();
      if (plain) state.hours = Span{.first = record_.now.first + minutes, .last = record_.now.last + minutes};
      if (!plain) state.length.reset();
    }
    state.maybe_over = !state.length && (!open || HasUnknownCeiling(id));
    state.extensions.clear();
    state.used.clear();
    state.changes.clear();
    state.ended.reset();
    for (std::size_t row = 0; row < pack_.accruals.size(); ++row) {
      if (pack_.accruals[row].term != TermId(id)) continue;
      record_.grown[row] = {};
      if (countings_[pack_.terms[id].counting.index()].first_day_counts) GrowOn(row, day);
    }
    for (std::size_t s = 0; s < pack_.sentences.size(); ++s) {
      const Sentence& sentence = pack_.sentences[s];
      const bool doubtful = record_.doubts.terms.contains(TermId(id));
      if (sentence.kind == Kind::kMust && sentence.term == TermId(id))
        Raise(s, day, cause, unsure || doubtful);
    }
  }

  void Raise(std::size_t s, Day day, OptionalRow cause, bool unsure) {
    const Sentence& sentence = pack_.sentences[s];
    const Tri applies = Now({}).Applies(sentence, day);
    if (applies == Tri::kNo) return;
    const bool assumed = applies == Tri::kYes && Now({}, true).Applies(sentence, day) == Tri::kUnknown;
    std::optional<Duty>& duty = record_.duties[s];
    if (duty && duty->open) {
      if (applies == Tri::kYes && !unsure) {
        duty->unsure = false;
        duty->by_assumption = assumed;
      }
      record_.outcomes[duty->outcome].start = EntryOf(cause);
      return;
    }
    Outcome outcome{.sentence = SentenceId(s), .act = sentence.acts.front()};
    outcome.finding = Finding::kPending;
    outcome.ground = Ground::kDuty;
    outcome.arose = day;
    outcome.start = EntryOf(cause);
    record_.outcomes.push_back(outcome);
    duty = Duty{.outcome = record_.outcomes.size() - 1,
                .open = true,
                .unsure = unsure || applies == Tri::kUnknown,
                .by_assumption = assumed};
  }

  std::uint32_t EntryOf(OptionalRow row) const {
    if (!row || !record_.done[*row].entry) return Outcome::kNoEntry;
    return static_cast<std::uint32_t>(*record_.done[*row].entry);
  }

  void Extend(std::size_t row, Day day) {
    for (std::size_t id = 0; id < pack_.terms.size(); ++id) {
      const check::Term& term = pack_.terms[id];
      TermState& state = record_.terms[id];
      for (std::size_t i = 0; i < term.extensions.size(); ++i) {
        if (term.extensions[i].act != record_.done[row].act || !state.active()) continue;
        if (term.extensions[i].once && WasUsed(id, i)) continue;
        const auto by = Now({}).LengthOf(term.extensions[i].by, {});
        if (!by) {
          state.unknown_stop = true;
          continue;
        }
        if (!Now({}, true).LengthOf(term.extensions[i].by, {})) state.by_assumption = true;
        const Tri allowed = ExtensionAllowed(id, i, *by, Now({}));
        if (allowed != Tri::kUnknown && ExtensionAllowed(id, i, *by, Now({}, true)) == Tri::kUnknown)
          state.by_assumption = true;
        if (allowed == Tri::kUnknown) state.unknown_stop = true;
        if (allowed != Tri::kYes) continue;
        state.extensions.push_back({.day = day, .by = *by});
        state.used.push_back({i, by->count});
      }
    }
  }

  bool WasUsed(std::size_t id, std::size_t i) const {
    const auto& used = record_.terms[id].used;
    return std::any_of(used.begin(), used.end(), [&](const auto& use) { return use.first == i; });
  }

  Tri ExtensionAllowed(std::size_t id, std::size_t i, Length by, const Question& now) const {
    const check::Extension& extension = pack_.terms[id].extensions[i];
    if (extension.once && WasUsed(id, i)) return Tri::kNo;
    if (!extension.cap) return Tri::kYes;
    const auto cap = now.LengthOf(*extension.cap, {});
    if (!cap) return Tri::kUnknown;
    std::int32_t sum = by.count;
    for (const auto& [which, count] : record_.terms[id].used) {
      if (which == i) sum += count;
    }
    return by.unit == cap->unit && sum <= cap->count ? Tri::kYes : Tri::kNo;
  }

  void AskStops(Day day) {
    for (std::size_t id = 0; id < pack_.terms.size(); ++id) {
      TermState& state = record_.terms[id];
      if (!state.active() || pack_.terms[id].stops.empty()) continue;
      Tri stop = Tri::kNo, strict = Tri::kNo;
      for (const check::Stop& one : pack_.terms[id].stops) {
        stop = model::Or(stop, Now({}).Ask(one.condition));
        strict = model::Or(strict, Now({}, true).Ask(one.condition));
      }
      if (strict != stop) state.by_assumption = true;
      if (stop == Tri::kUnknown) state.unknown_stop = true;
      const Phase phase = stop == Tri::kYes ? Phase::kStopped : Phase::kRunning;
      if (phase == state.phase) continue;
      state.phase = phase;
      state.changes.push_back({.day = day, .stopped = phase == Phase::kStopped});
    }
  }

  // ------------------------------------------------------------------------------------------- effects

  // `cause`: row of the act that the effect follows from.
  void CarryOut(const Effect& effect, Day day, std::size_t since, OptionalRow cause = {}) {
    if (effect.kind == Effect::Kind::kDeemed) Deem(effect, day, since);
    if (effect.kind == Effect::Kind::kQuality) MakeFaulty(effect, day);
    if (effect.kind == Effect::Kind::kStanding) SayOf(effect, cause);
    if (effect.kind == Effect::Kind::kFalls) {
      // The last first, so that nothing goes on to run from one that falls as well.
      for (std::size_t row = record_.done.size(); row-- > 0;) {
        if (record_.done[row].act == effect.act) Lose(row, day);
      }
    }
  }

  // An event makes the last standing act of a kind void, voidable...; what is void or inadmissible does not
  // stand.
  void MakeFaulty(const Effect& effect, Day day) {
    const OptionalRow row = Now({}).LastStanding(effect.act);
    if (!row) return;
    if (const OptionalRow entry = record_.done[*row].entry) {
      std::erase_if(faults_, [&](const Fault& fault) { return fault.entry == *entry; });
      faults_.push_back({*entry, effect.quality, effect.cured_by});
    }
    if (effect.quality == Quality::kVoid || effect.quality == Quality::kInadmissible) Lose(*row, day);
  }

  std::map<FieldId, GivenValue> ValuesOf(const Effect& effect) const {
    std::map<FieldId, GivenValue> values;
    for (const check::Given& given : effect.given)
      values[given.field] = {Now({}).Value(given.value), Now({}, true).Value(given.value)};
    return values;
  }

  // `N is STATUS`, of the last standing act of the kind.
  void SayOf(const Effect& effect, OptionalRow cause) {
    const OptionalRow row = Now({}).LastStanding(effect.act);
    if (!row) return;
    DoneAct& done = record_.done[*row];
    const bool image = pack_.acts[effect.act.index()].kind == check::Act::Kind::kTarget;
    if (program::TakesAway(effect.standing) && !image) {
      const Key key = record_.done[*cause].key();
      const bool carried_out = std::any_of(takings_.begin(), takings_.end(), [&](const Taking& taking) {
        return taking.cause == key && taking.effect == &effect;
      });
      if (carried_out) return;  // what stands now of this kind is another one
      takings_.push_back({key, &effect});
      lost_.push_back(done.key());
      refold_ = true;
    }
    if (effect.standing == Standing::kChallenged) done.said.erase(Standing::kCleared);
    if (effect.standing == Standing::kCleared) done.said.erase(Standing::kChallenged);
    if (effect.standing == Standing::kStayed) done.said.erase(Standing::kReleased);
    if (effect.standing == Standing::kReleased) done.said.erase(Standing::kStayed);
    done.said.insert(effect.standing);
    for (const auto& [field, value] : ValuesOf(effect)) done.given[field] = value;
  }

  void Deem(const Effect& effect, Day day, std::size_t since) {
    const ActId act = effect.act;
    for (std::size_t row = since; row < record_.done.size(); ++row) {
      if (record_.done[row].act == act && record_.done[row].stands) return;
    }
    if (Holds(lost_, Key{.entry = {}, .act = act, .day = day})) return;  // it was taken away
    const OptionalRow on = Now({}).RestsOn(act, ActId());
    const std::vector<ActId>& rests_on = pack_.acts[act.index()].rests_on;
    const bool unseen = std::any_of(rests_on.begin(), rests_on.end(),
                                    [&](ActId id) { return Now({}).Unseen(id) || Now({}).InDoubt(id); });
    if (!rests_on.empty() && !on && !unseen) return;  // resting on nothing
    DoneAct done{.act = act, .day = day, .entry = {}, .on = on, .names = {}};
    if (on) done.names = record_.done[*on].act;
    if (!pack_.acts[act.index()].signals.empty()) done.on.reset();
    done.given = ValuesOf(effect);
    record_.done.push_back(std::move(done));
    Join(act, day);
    AfterStanding(record_.done.size() - 1, day);
  }

  void Lose(std::size_t row, Day day) {
    if (!record_.done[row].stands) return;
    record_.done[row].stands = false;
    for (std::size_t id = 0; id < record_.terms.size(); ++id) {
      TermState& state = record_.terms[id];
      for (std::size_t i = 0; i < state.ceilings.size(); ++i) {
        if (state.ceilings[i] && state.ceiling_causes[i] == row) FindCeiling(id, i);
      }
      if (!state.active() || state.cause != row) continue;
      const std::optional<Day> due = Due(id);
      state.phase = Phase::kIdle;
      for (std::size_t accrual = 0; accrual < pack_.accruals.size(); ++accrual) {
        if (pack_.accruals[accrual].term == TermId(id)) record_.grown[accrual] = {};
      }
      state.maybe_over = state.maybe_running = state.unknown_stop = false;
      for (std::size_t s = 0; s < pack_.sentences.size(); ++s) {
        std::optional<Duty>& duty = record_.duties[s];
        if (pack_.sentences[s].term != TermId(id) || !duty || !duty->open) continue;
        Close(s, Finding::kReleased, day, due);
      }
    }
    for (std::size_t later = row + 1; later < record_.done.size(); ++later) {
      if (record_.done[later].on == row) Lose(later, day);
    }
  }

  // The first standing act from which a ceiling runs.
  void FindCeiling(std::size_t id, std::size_t i) {
    TermState& state = record_.terms[id];
    state.ceilings[i].reset();
    state.ceiling_lengths[i].reset();
    for (std::size_t row = record_.closed_from; row < record_.done.size(); ++row) {
      if (!record_.done[row].stands ||
          !Matches(pack_.terms[id].ceilings[i].from, {.kind = EventKind::kAct, .row = row}))
        continue;
      return SetCeiling(id, i, record_.done[row].day, row);
    }
  }

  void Close(std::size_t s, Finding finding, Day decided, std::optional<Day> due) {
    Duty& duty = *record_.duties[s];
    Outcome& outcome = record_.outcomes[duty.outcome];
    outcome.finding = finding;
    outcome.decided = decided;
    outcome.due = due.value_or(decided);
    const TermId term = pack_.sentences[s].term;
    outcome.marks.by_assumption = duty.by_assumption || (term && record_.terms[term.index()].by_assumption);
    duty.open = false;
  }

  // What follows from an act that was applied, after it met its duties.
  void AfterStanding(std::size_t row, Day day) {
    const Happened happened{.kind = EventKind::kAct, .row = row};
    Happen(happened, day);
    Extend(row, day);
    RaisePrompt(happened, day, OptionalRow(row));
    for (const Sentence& sentence : pack_.sentences) {
      if (sentence.kind != Kind::kOn || !Matches(sentence.event, happened)) continue;
      const Tri applies = Now({}).Applies(sentence, day);
      for (const Effect& effect : sentence.effects) {
        if (applies == Tri::kYes) CarryOut(effect, day, row, row);
        if (applies == Tri::kUnknown) Doubt(effect);
      }
    }
    for (const Effect& signal : pack_.acts[record_.done[row].act.index()].signals) {
      if (record_.done[row].names == signal.act) CarryOut(signal, day, row, row);
    }
  }

  void RaisePrompt(const Happened& happened, Day day, OptionalRow cause) {
    for (std::size_t s = 0; s < pack_.sentences.size(); ++s) {
      const Sentence& sentence = pack_.sentences[s];
      if (sentence.prompt && Matches(sentence.event, happened)) Raise(s, day, cause, false);
    }
  }

  // -------------------------------------------------------------------------------------------- lapses

  // Hours that are over before a minute, the earliest first; all that end at one minute together.
  void EndHours(std::int64_t before) {
    for (;;) {
      std::vector<std::size_t> lapsed;
      std::optional<Span> at;
      for (std::size_t id = 0; id < record_.terms.size(); ++id) {
        const TermState& state = record_.terms[id];
        if (state.phase != Phase::kRunning || !state.hours || state.hours->last >= before) continue;
        const auto ceiling = CeilingDue(id);
        if (ceiling && *ceiling < DayOf(state.hours->last)) continue;  // it ends with that day
        if (at && state.hours->last > at->last) continue;
        if (!at || state.hours->last < at->last) lapsed.clear();
        if (!at || state.hours->last < at->last) at = state.hours;
        lapsed.push_back(id);
      }
      if (lapsed.empty()) return;
      record_.now = *at;
      Lapse(lapsed, DayOf(at->last));
    }
  }

  void EndDay(Day day) {
    const std::int64_t end = std::int64_t{day.number} * 1440 + 1439;
    for (int round = 0; round < kMaxRounds; ++round) {
      EndHours(end + 1);
      record_.now = {.first = end, .last = end};
      std::vector<std::size_t> lapsed;
      for (std::size_t id = 0; id < record_.terms.size(); ++id) {
        const auto due = Due(id);
        if (record_.terms[id].phase != Phase::kOver && due && *due <= day) lapsed.push_back(id);
      }
      const bool loses = refold_ && before_ == nullptr;
      if (lapsed.empty() && !loses) return;
      if (!lapsed.empty()) Lapse(lapsed, day);
      if (refold_ && before_ == nullptr) Refold(day, base::kNoMinute, true);
    }
    endless_ = true;
  }

  // What becomes of the open duties of a term that is over.
  Finding AtLapse(std::size_t s, std::size_t term) const {
    if (before_ != nullptr) return GivenAtLapse(s).value_or(Finding::kCannotTell);
    const Sentence& sentence = pack_.sentences[s];
    const Tri unless = sentence.unless ? Now({}).Ask(sentence.unless) : Tri::kNo;
    if (unless == Tri::kYes) return Finding::kReleased;
    const bool unseen = std::any_of(sentence.acts.begin(), sentence.acts.end(),
                                    [&](ActId act) { return Now({}).Unseen(act); });
    const bool unsure = record_.duties[s]->unsure || unseen || record_.terms[term].maybe_running;
    return unless == Tri::kNo && !unsure ? Finding::kBroken : Finding::kCannotTell;
  }

  void Lapse(const std::vector<std::size_t>& lapsed, Day day) {
    for (const std::size_t id : lapsed) {
      TermState& state = record_.terms[id];
      // It ends now at the earliest: a stop or an extension that cannot be told may have put that off.
      state.maybe_running = record_.doubts.terms.contains(TermId(id)) ||
                            (state.active() && (state.maybe_over || Now({}).MayRunLonger(TermId(id))));
      state.phase = Phase::kOver;
      state.ended = day;
      state.lapsed = state.maybe_running ? std::nullopt : std::optional(day);
    }
    // Which duties are missed.
    std::vector<std::size_t> ended;  // sentences, term by term
    std::vector<Finding> findings;
    for (const std::size_t id : lapsed) {
      for (std::size_t s = 0; s < pack_.sentences.size(); ++s) {
        const std::optional<Duty>& duty = record_.duties[s];
        if (pack_.sentences[s].kind != Kind::kMust || pack_.sentences[s].term != TermId(id) || !duty ||
            !duty->open)
          continue;
        ended.push_back(s);
        findings.push_back(AtLapse(s, id));
      }
    }
    struct Miss {
      std::size_t sentence;
      bool sure;
    };
    std::vector<Miss> missed;
    for (std::size_t i = 0; i < ended.size(); ++i) {
      const Sentence& sentence = pack_.sentences[ended[i]];
      const bool assumed = sentence.unless && Now({}).Ask(sentence.unless) != Tri::kUnknown &&
                           Now({}, true).Ask(sentence.unless) == Tri::kUnknown;
      if (assumed) record_.duties[ended[i]]->by_assumption = true;
      Close(ended[i], findings[i], day, day);
      const bool undecided = before_ != nullptr && !GivenAtLapse(ended[i]);
      const bool may_follow = findings[i] == Finding::kCannotTell && !undecided;
      if (findings[i] == Finding::kBroken || may_follow) missed.push_back({ended[i], !may_follow});
      NoteBroken(pack_.sentences[ended[i]].rule, findings[i], day);
    }
    // What follows from that, all decided before any of it is carried out.
    struct Planned {
      Effect effect;
      std::size_t since;
      bool sure;
    };
    std::vector<Planned> planned;
    const auto plan_on = [&](const Happened& happened, std::size_t since, bool sure) {
      for (const Sentence& sentence : pack_.sentences) {
        if (sentence.kind != Kind::kOn || !Matches(sentence.event, happened)) continue;
        const Tri applies = Now({}).Applies(sentence, day);
        if (applies == Tri::kNo) continue;
        for (const Effect& effect : sentence.effects)
          planned.push_back({effect, since, sure && applies == Tri::kYes});
      }
    };
    for (const Miss& miss : missed) {
      const Sentence& sentence = pack_.sentences[miss.sentence];
      const std::size_t since = record_.terms[sentence.term.index()].began_at;
      for (const Effect& effect : Consequences(sentence.rule)) planned.push_back({effect, since, miss.sure});
      plan_on({.kind = EventKind::kBreach, .row = sentence.rule.index()}, since, miss.sure);
    }
    std::vector<std::pair<std::size_t, bool>> ends;
    for (const std::size_t id : lapsed) {
      const bool sure = !record_.terms[id].maybe_running;
      ends.push_back({id, sure});
      plan_on({.kind = EventKind::kLapse, .row = id}, record_.terms[id].began_at, sure);
    }
    for (const Planned& one : planned) {
      if (one.sure) {
        CarryOut(one.effect, day, one.since);
      } else {
        Doubt(one.effect);
      }
    }
    for (const auto& [id, sure] : ends) {
      if (!sure) DoubtStarts({.kind = EventKind::kLapse, .row = id});
    }
    for (const auto& [id, sure] : ends) {
      const Happened lapse{.kind = EventKind::kLapse, .row = id};
      if (!sure) continue;
      Happen(lapse, day);
      RaisePrompt(lapse, day, {});
    }
    for (const Miss& miss : missed) {
      const RuleId rule = pack_.sentences[miss.sentence].rule;
      if (miss.sure) {
        HappenBreach(rule, day);
      } else {
        DoubtStarts({.kind = EventKind::kBreach, .row = rule.index()});
      }
    }
    AskStops(day);
    AskClosing(day);
  }

  // All times end without effect, and nothing stays owed.
  void AskClosing(Day day) {
    const bool before = record_.closed;
    record_.closed = pack_.closes && Now({}).Ask(*pack_.closes) == Tri::kYes;
    if (before || !record_.closed) return;
    record_.closed_from = record_.done.size();
    for (std::size_t s = 0; s < pack_.sentences.size(); ++s) {
      if (!record_.duties[s] || !record_.duties[s]->open) continue;
      const TermId term = pack_.sentences[s].term;
      Close(s, Finding::kReleased, day, term ? Due(term.index()) : std::nullopt);
    }
    for (TermState& state : record_.terms) {
      for (std::optional<Day>& ceiling : state.ceilings) ceiling.reset();
      const bool may_run = state.active() || (state.phase == Phase::kOver && state.maybe_running);
      if (!may_run) continue;
      state.phase = Phase::kIdle;
      state.maybe_over = state.maybe_running = state.unknown_stop = false;
    }
  }

  // ------------------------------------------------------------------------------------------- doubt

  // What may have followed from what cannot be told is in doubt, and what that would bring, until nothing
  // more comes.
  void Doubt(const Effect& effect) {
    AddDoubt(effect);
    SpreadDoubt();
  }
  void DoubtAct(ActId act) {
    record_.doubts.acts[act].idle = true;
    SpreadDoubt();
  }
  void DoubtStarts(const Happened& happened) {
    AddStarts([&](const Event& event) { return event.kind != EventKind::kAct && Matches(event, happened); });
    SpreadDoubt();
  }

  void AddDoubt(const Effect& effect) {
    const bool undone = effect.quality == Quality::kVoid || effect.quality == Quality::kInadmissible;
    if (effect.kind == Effect::Kind::kDeemed) record_.doubts.acts[effect.act].done = true;
    if (effect.kind == Effect::Kind::kFalls || (effect.kind == Effect::Kind::kQuality && undone))
      record_.doubts.acts[effect.act].gone = true;
    if (effect.kind != Effect::Kind::kStanding) return;
    const bool image = pack_.acts[effect.act.index()].kind == check::Act::Kind::kTarget;
    if ((program::TakesAway(effect.standing) && !image) || !effect.given.empty()) {
      record_.doubts.acts[effect.act].gone = true;
    } else {
      record_.doubts.said.insert(effect.act);
    }
  }

  // Terms that an event may start, restart or bound.
  template <typename Is>
  void AddStarts(const Is& is) {
    for (std::size_t id = 0; id < pack_.terms.size(); ++id) {
      const check::Term& term = pack_.terms[id];
      bool moved = std::any_of(term.starts.begin(), term.starts.end(), is) ||
                   std::any_of(term.restarts.begin(), term.restarts.end(), is);
      for (const auto& ceiling : term.ceilings) moved = moved || is(ceiling.from);
      if (moved) record_.doubts.terms.insert(TermId(id));
    }
  }

  void SpreadDoubt() {
    Doubts& doubts = record_.doubts;
    for (Doubts before; before != doubts;) {
      before = doubts;
      const auto doubtful = [&](const Event& event) {
        if (event.kind == EventKind::kLapse) return before.terms.contains(event.term);
        if (event.kind == EventKind::kBreach) return before.rules.contains(event.rule);
        return before.acts.contains(event.act);
      };
      AddStarts(doubtful);
      for (std::size_t id = 0; id < pack_.terms.size(); ++id) {
        for (const check::Extension& extension : pack_.terms[id].extensions) {
          if (before.acts.contains(extension.act)) doubts.terms.insert(TermId(id));
        }
      }
      for (std::size_t act = 0; act < pack_.acts.size(); ++act) {
        for (const ActId on : pack_.acts[act].rests_on) {
          if (before.acts.contains(on)) doubts.acts[ActId(act)] = {.done = true, .gone = true, .idle = true};
        }
      }
      for (const auto& [act, doubt] : before.acts) {
        for (const Effect& signal : pack_.acts[act.index()].signals) AddDoubt(signal);
      }
      for (const Sentence& sentence : pack_.sentences) {
        if (sentence.kind == Kind::kOn && doubtful(sentence.event)) {
          for (const Effect& effect : sentence.effects) AddDoubt(effect);
        }
        if (sentence.kind == Kind::kMust && sentence.term && before.terms.contains(sentence.term) &&
            !NeverArises(sentence)) {
          doubts.rules.insert(sentence.rule);
          NoteBroken(sentence.rule, Finding::kCannotTell, Day());
          for (const Effect& effect : Consequences(sentence.rule)) AddDoubt(effect);
        }
      }
    }
  }

  // A duty whose `if` is no whatever happens: it asks nothing but what is written, and what a mapping
  // assumes.
  bool NeverArises(const Sentence& sentence) const {
    if (!sentence.if_) return false;
    const check::Term& term = pack_.terms[sentence.term.index()];
    const bool by_act = term.starts.size() == 1 && term.starts.front().kind == EventKind::kAct;
    const std::optional<Expr> written = Written(*sentence.if_, by_act ? term.starts.front().act : ActId());
    return written && Now({}).Ask(*written) == Tri::kNo;
  }

  // The expression with each field that the mapping assumes as the value assumed; nothing if it asks more.
  std::optional<Expr> Written(const Expr& expr, ActId started) const {
    switch (expr.kind) {
      case ExprKind::kYes:
      case ExprKind::kNo:
      case ExprKind::kConstant:
        return expr;
      case ExprKind::kFact:
        return Written(pack_.facts[expr.fact.index()].value, started);
      case ExprKind::kField:
      case ExprKind::kRoleField:
        return AssumedAlways(expr, started);
      case ExprKind::kNot:
      case ExprKind::kAnd:
      case ExprKind::kOr:
      case ExprKind::kEqual:
      case ExprKind::kNotEqual:
      case ExprKind::kLess:
      case ExprKind::kLessEqual:
      case ExprKind::kGreater:
      case ExprKind::kGreaterEqual:
      case ExprKind::kInSet:
      case ExprKind::kAdd:
      case ExprKind::kSubtract:
      case ExprKind::kMultiply:
      case ExprKind::kPercentOf:
      case ExprKind::kMin:
      case ExprKind::kMax:
      case ExprKind::kLookup:
      case ExprKind::kIsWorkingDay:
        break;
      default:
        return std::nullopt;
    }
    Expr out = expr;
    for (Expr& operand : out.operands) {
      std::optional<Expr> written = Written(operand, started);
      if (!written) return std::nullopt;
      operand = std::move(*written);
    }
    return out;
  }

  std::optional<Expr> AssumedAlways(const Expr& expr, ActId started) const {
    const check::Field& field = pack_.fields[expr.field.index()];
    if (options_.mapping == nullptr || options_.strict || (field.act && field.act != started))
      return std::nullopt;
    for (const check::MappingLine& line : options_.mapping->lines) {
      for (const check::FieldSource& source : line.fields) {
        if (source.field == expr.field) return std::nullopt;
      }
    }
    if (IsGiven(expr.field)) return std::nullopt;
    for (const program::AssumedValue& assumed : options_.mapping->assumed) {
      if (assumed.field != expr.field) continue;
      Expr out = expr;
      const bool yes_no = expr.type.value == program::ValueType::kYesNo;
      out.kind = !yes_no ? ExprKind::kConstant : assumed.value != 0 ? ExprKind::kYes : ExprKind::kNo;
      out.number = assumed.value;
      return out;
    }
    return std::nullopt;
  }

  // Whether an effect may give the field.
  bool IsGiven(FieldId field) const {
    const auto gives = [&](const std::vector<Effect>& effects) {
      return std::any_of(effects.begin(), effects.end(), [&](const Effect& effect) {
        return std::any_of(effect.given.begin(), effect.given.end(),
                           [&](const check::Given& given) { return given.field == field; });
      });
    };
    return std::any_of(pack_.rules.begin(), pack_.rules.end(),
                       [&](const auto& rule) { return gives(rule.breach); }) ||
           std::any_of(pack_.sentences.begin(), pack_.sentences.end(),
                       [&](const auto& sentence) { return gives(sentence.effects); }) ||
           std::any_of(pack_.acts.begin(), pack_.acts.end(),
                       [&](const auto& act) { return gives(act.signals); });
  }

  // What a breach brings besides a quality, which is that of the act judged, or of the late act.
  std::vector<Effect> Consequences(RuleId rule) const {
    std::vector<Effect> effects = pack_.rules[rule.index()].breach;
    std::erase_if(effects, [](const Effect& effect) { return effect.kind == Effect::Kind::kQuality; });
    return effects;
  }

  void NoteBroken(RuleId rule, Finding finding, Day day) {
    if (finding == Finding::kBroken) record_.broken_on[rule.index()] = day;
    Tri& broken = record_.broken[rule.index()];
    if (finding == Finding::kBroken) broken = Tri::kYes;
    if (finding == Finding::kCannotTell) broken = model::Or(broken, Tri::kUnknown);
  }

  void HappenBreach(RuleId rule, Day day) {
    const Happened breach{.kind = EventKind::kBreach, .row = rule.index()};
    Happen(breach, day);
    RaisePrompt(breach, day, {});
  }

  // ------------------------------------------------------------------------------------------- judging

  static bool OnMatches(const Sentence& sentence, const Judgement& judgement) {
    return !sentence.on || judgement.names == sentence.on;
  }

  void Say(Judgement& judgement, Outcome outcome) {
    if (outcome.sentence)
      judgement.of_rules.push_back({pack_.sentences[outcome.sentence.index()].rule, outcome.finding});
    if (outcome.finding == Finding::kBroken) {
      judgement.answer.answer = Answer::kUnlawful;
      if (outcome.sentence) {
        const RuleId rule = pack_.sentences[outcome.sentence.index()].rule;
        if (!Holds(judgement.broken, rule)) judgement.broken.push_back(rule);
      }
    } else if (outcome.finding == Finding::kCannotTell) {
      if (judgement.answer.answer == Answer::kLawful) judgement.answer.answer = Answer::kCannotTell;
      if (outcome.sentence) judgement.unsure.insert(pack_.sentences[outcome.sentence.index()].rule);
    }
    record_.outcomes.push_back(outcome);
  }

  Judgement Judge(std::size_t index) {
    const Entry& entry = history_.entries[index];
    Judgement judgement;
    JudgeForm(index, judgement);
    if (!JudgeStanding(index, judgement)) return judgement;
    JudgeExtensions(index, judgement);
    JudgeTime(index, judgement);
    for (std::size_t s = 0; s < pack_.sentences.size(); ++s) {
      const Sentence& sentence = pack_.sentences[s];
      const bool condition = sentence.kind == Kind::kOnlyIf || sentence.kind == Kind::kNoIf;
      if (!condition || !Holds(sentence.acts, entry.act) || !OnMatches(sentence, judgement)) continue;
      JudgeCondition(s, index, judgement);
    }
    for (const RuleId rule : judgement.broken) {
      for (const Effect& effect : pack_.rules[rule.index()].breach) {
        if (effect.kind != Effect::Kind::kQuality || effect.act != entry.act) continue;
        Qualify(judgement.answer, effect.quality);
        faults_.push_back({index, effect.quality, effect.cured_by});
      }
    }
    const Quality quality = judgement.answer.quality;
    if (quality == Quality::kVoid || quality == Quality::kInadmissible) judgement.answer.applied = false;
    return judgement;
  }

  // The gravest stays.
  static void Qualify(ActAnswer& answer, Quality quality) {
    if (answer.quality == Quality::kNone || quality < answer.quality) answer.quality = quality;
  }

  Outcome OfEntry(std::size_t index) const {
    const Entry& entry = history_.entries[index];
    Outcome outcome{.sentence = {}, .act = entry.act};
    outcome.arose = outcome.decided = outcome.due = entry.day;
    outcome.entry = static_cast<std::uint32_t>(index);
    return outcome;
  }

  // An act without a required field is not that act; a log that leaves one out says nothing about it, and
  // what the mapping itself calls unseen, or assumes, is no question of form.
  void JudgeForm(std::size_t index, Judgement& judgement) {
    const Entry& entry = history_.entries[index];
    const check::Act& act = pack_.acts[entry.act.index()];
    Outcome outcome = OfEntry(index);
    for (std::uint32_t f = act.fields.first; f < act.fields.end(); ++f) {
      const bool given = history_.value(entry, pack_.fields[f].place) != model::kMissing;
      if (pack_.fields[f].optional || given || Now({}).UnseenField(FieldId(f))) continue;
      outcome.finding = options_.mapping == nullptr ? Finding::kBroken : Finding::kCannotTell;
      outcome.ground = Ground::kForm;
    }
    const bool back_dated = entry.day < entry.recorded && !act.dated;
    if (back_dated) outcome.finding = Finding::kBroken;
    if (back_dated) outcome.ground = Ground::kForm;
    if (entry.people != 0 && entry.people < act.at_least) {
      outcome.finding = Finding::kBroken;
      outcome.ground = Ground::kPower;
    }
    const Tri power = HasPower(index);
    if (power != Tri::kYes && outcome.finding != Finding::kBroken) {
      outcome.finding = power == Tri::kNo ? Finding::kBroken : Finding::kCannotTell;
      outcome.ground = Ground::kPower;
    }
    if (outcome.finding != Finding::kKept) Say(judgement, outcome);
    const Tri named = Now(index).DoersAreNamed(index);
    if (named != Tri::kYes) {
      outcome = OfEntry(index);
      outcome.ground = Ground::kPower;
      outcome.finding = named == Tri::kNo ? Finding::kBroken : Finding::kCannotTell;
      Say(judgement, outcome);
    }
  }

  // Whether all who did it hold the credential of one of the roles that do it; yes where one needs none.
  Tri HasPower(std::size_t index) const {
    Tri power = Tri::kNo;
    const std::vector<model::RoleId>& by = pack_.acts[history_.entries[index].act.index()].by;
    if (by.empty()) return Tri::kYes;
    for (const model::RoleId role : by) {
      const auto& needed = pack_.roles[role.index()].credential;
      power = model::Or(power, needed ? Now(index).AllHold(index, *needed) : Tri::kYes);
    }
    return power;
  }

  // False: nothing more is asked of the act.
  bool JudgeStanding(std::size_t index, Judgement& judgement) {
    const std::vector<ActId>& rests_on = pack_.acts[history_.entries[index].act.index()].rests_on;
    if (rests_on.empty()) return true;
    const ActId chosen = history_.ChosenOn(history_.entries[index]);
    const auto any = [&](auto is) {
      return std::any_of(rests_on.begin(), rests_on.end(),
                         [&](ActId on) { return (!chosen || on == chosen) && is(on); });
    };
    judgement.on = Now({}).RestsOn(history_.entries[index].act, chosen);
    if (judgement.on) {
      judgement.on_key = record_.done[*judgement.on].key();
      judgement.names = record_.done[*judgement.on].act;
    }
    const bool in_doubt = any([&](ActId on) { return Now({}).InDoubt(on); });
    const bool sure = any([&](ActId on) { return !Now({}).InDoubt(on) && Now({}).LastStanding(on); });
    if (in_doubt && !sure) {
      Outcome outcome = OfEntry(index);
      outcome.ground = Ground::kMissingPredecessor;
      outcome.finding = Finding::kCannotTell;
      Say(judgement, outcome);
      return true;
    }
    if (judgement.on) return true;
    Outcome outcome = OfEntry(index);
    outcome.ground = Ground::kMissingPredecessor;
    const bool unseen = any([&](ActId on) { return Now({}).Unseen(on); });
    const bool was_done = any([&](ActId on) {
      return std::any_of(history_.entries.begin(),
                         history_.entries.begin() + static_cast<std::ptrdiff_t>(index),
                         [&](const Entry& before) { return before.act == on; }) ||
             std::any_of(record_.done.begin(), record_.done.end(),
                         [&](const DoneAct& done) { return done.act == on; }) ||
             std::any_of(record_.lost.begin(), record_.lost.end(),
                         [&](const LostAct& lost) { return lost.key.act == on; });
    });
    // What it rests on was done and lost its standing, or never had effect: that is the breach, not this.
    outcome.finding = unseen ? Finding::kCannotTell : was_done ? Finding::kReleased : Finding::kBroken;
    judgement.answer.applied = unseen;
    Say(judgement, outcome);
    return unseen;
  }

  void JudgeExtensions(std::size_t index, Judgement& judgement) {
    for (std::size_t id = 0; id < pack_.terms.size(); ++id) {
      const check::Term& term = pack_.terms[id];
      for (std::size_t i = 0; i < term.extensions.size(); ++i) {
        const check::Extension& extension = term.extensions[i];
        if (extension.act != history_.entries[index].act || !record_.terms[id].active()) continue;
        const auto by = Now(index).LengthOf(extension.by, {});
        const bool again = extension.once && WasUsed(id, i);
        Tri allowed = again ? Tri::kNo : extension.cap ? Tri::kUnknown : Tri::kYes;
        if (by) allowed = ExtensionAllowed(id, i, *by, Now(index));
        if (allowed == Tri::kYes) continue;
        Outcome outcome = OfEntry(index);
        outcome.ground = Ground::kCondition;
        outcome.finding = allowed == Tri::kNo ? Finding::kBroken : Finding::kCannotTell;
        const bool strict = Now(index, true).LengthOf(extension.by, {}) &&
                            (!extension.cap || Now(index, true).LengthOf(*extension.cap, {}));
        outcome.marks.by_assumption = allowed == Tri::kNo && !strict && !again;
        Say(judgement, outcome);
      }
    }
  }

  // Whether some `may` that holds has its time open, of those that give a time.
  Tri AskInTime(std::size_t index, const Judgement& judgement, bool strict) const {
    const Question now = Now(index, strict);
    Tri in_time = Tri::kNo, timed = Tri::kNo;
    for (const Sentence& sentence : pack_.sentences) {
      const Entry& entry = history_.entries[index];
      if (sentence.kind != Kind::kMay || !sentence.term || !Holds(sentence.acts, entry.act) ||
          !OnMatches(sentence, judgement))
        continue;
      const Tri applies = now.Applies(sentence, entry.day);
      timed = model::Or(timed, applies);
      in_time = model::Or(in_time, model::And(applies, InTime(now, sentence.term)));
    }
    return model::Or(in_time, model::Not(timed));
  }

  void JudgeTime(std::size_t index, Judgement& judgement) {
    judgement.in_time = AskInTime(index, judgement, false);
    judgement.in_time_strict = AskInTime(index, judgement, true);
    const auto ask = [&](bool strict, OptionalRow& chosen, Ground& ground) {
      const Entry& entry = history_.entries[index];
      const Question now = Now(index, strict);
      Tri exists = Tri::kNo, open = Tri::kNo;
      std::pair nearest(Tri::kNo, Tri::kNo);
      for (std::size_t s = 0; s < pack_.sentences.size(); ++s) {
        const Sentence& sentence = pack_.sentences[s];
        if (sentence.kind != Kind::kMay || !Holds(sentence.acts, entry.act) ||
            !OnMatches(sentence, judgement))
          continue;
        const Tri in_force = now.InForce(sentence, entry.day);
        if (in_force == Tri::kNo) continue;
        exists = model::Or(exists, in_force);
        const Tri if_ = now.Ask(sentence.if_);
        const Tri time = sentence.term ? InTime(now, sentence.term) : Tri::kYes;
        const Tri this_one = model::And(in_force, model::And(if_, time));
        // Of several that do not open the act, the one that came nearest answers: the one whose `if` holds.
        const std::pair nearness(this_one, model::And(in_force, if_));
        if (!chosen || nearness > nearest) {
          nearest = nearness;
          chosen = s;
          ground = if_ == Tri::kNo ? Ground::kCondition : TimeGround(sentence.term);
        }
        open = model::Or(open, this_one);
      }
      if (exists == Tri::kNo) chosen.reset();
      if (exists == Tri::kUnknown && open == Tri::kNo) return Tri::kUnknown;
      return open;
    };
    OptionalRow chosen, chosen_strict;
    Ground ground = Ground::kCondition, ignored = Ground::kCondition;
    const Tri open = ask(false, chosen, ground);
    const Tri strict = ask(true, chosen_strict, ignored);
    if (!chosen) return;
    Outcome outcome = OfEntry(index);
    outcome.sentence = SentenceId(*chosen);
    outcome.finding = open == Tri::kYes  ? Finding::kKept
                      : open == Tri::kNo ? Finding::kBroken
                                         : Finding::kCannotTell;
    outcome.ground = ground;
    outcome.marks.by_assumption = open != Tri::kUnknown && (strict == Tri::kUnknown);
    Say(judgement, outcome);
  }

  static Tri InTime(const Question& now, TermId term) {
    const unsigned open = program::PhaseBit(Phase::kRunning) | program::PhaseBit(Phase::kStopped);
    const unsigned phases = now.Phases(term);
    if ((phases & open) == 0) return Tri::kNo;
    return (phases & ~open) == 0 ? Tri::kYes : Tri::kUnknown;
  }

  Ground TimeGround(TermId term) const {
    if (!term) return Ground::kCondition;
    if (record_.terms[term.index()].phase == Phase::kOver) return Ground::kLate;
    for (const Event& event : pack_.terms[term.index()].starts) {
      if (event.kind == EventKind::kAct && !HasHappened(event)) return Ground::kMissingPredecessor;
    }
    return Ground::kTooEarly;
  }

  void JudgeCondition(std::size_t s, std::size_t index, Judgement& judgement) {
    const Sentence& sentence = pack_.sentences[s];
    const Day day = history_.entries[index].day;
    const auto ask = [&](bool strict) -> std::optional<Finding> {
      const Question now = Now(index, strict);
      const Tri applies = now.Applies(sentence, day);
      if (applies == Tri::kNo) return std::nullopt;
      Tri kept = now.Ask(sentence.condition);
      if (sentence.kind == Kind::kNoIf) kept = model::Not(kept);
      if (kept == Tri::kYes) return Finding::kKept;
      return kept == Tri::kNo && applies == Tri::kYes ? Finding::kBroken : Finding::kCannotTell;
    };
    const auto finding = ask(false), strict = ask(true);
    if (!finding) return;
    Outcome outcome = OfEntry(index);
    outcome.sentence = SentenceId(s);
    outcome.finding = *finding;
    outcome.ground = Ground::kCondition;
    outcome.marks.by_assumption = finding != Finding::kCannotTell && strict == Finding::kCannotTell;
    Say(judgement, outcome);
  }

  // ------------------------------------------------------------------------------------------ applying

  // The present comes to a day and, if it is known, a minute of it.
  void Arrive(Day day, base::Minute minute) {
    record_.now = WholeDay(day);
    if (minute == base::kNoMinute) return;
    const std::int64_t now = record_.now.first + minute;
    EndHours(now);
    if (refold_ && before_ == nullptr) Refold(day, minute, false);
    record_.now = {.first = now, .last = now};
  }

  void TakeEntry(std::size_t index) {
    Arrive(history_.entries[index].day, history_.entries[index].minute);
    Judgement judgement = Judge(index);
    answers_.push_back(judgement.answer);
    judging_ = {index, judgement};
    TakeJudged(index, judgement);
    if (refold_) Refold(history_.entries[index].day, history_.entries[index].minute, false);
    judging_.reset();
    judged_.emplace_back(index, judgement);
  }

  void TakeJudged(std::size_t index, Judgement& judgement) {
    const Entry& entry = history_.entries[index];
    for (const auto& [rule, finding] : judgement.of_rules) NoteBroken(rule, finding, entry.day);
    const std::size_t row = record_.done.size();
    for (const RuleId rule : judgement.broken) judgement.unsure.erase(rule);
    for (const RuleId rule : judgement.unsure) {
      for (const Effect& effect : pack_.rules[rule.index()].breach) {
        const bool undone = effect.quality == Quality::kVoid || effect.quality == Quality::kInadmissible;
        if (judgement.answer.applied && effect.kind == Effect::Kind::kQuality && effect.act == entry.act &&
            undone)
          DoubtAct(entry.act);
      }
    }
    if (judgement.answer.applied) {
      DoneAct done{
          .act = entry.act, .day = entry.day, .entry = index, .on = judgement.on, .names = judgement.names};
      if (entry.minute != base::kNoMinute) done.minute = entry.minute;
      done.in_time = judgement.in_time;
      done.in_time_strict = judgement.in_time_strict;
      // A signal does not rest on what it names.
      if (!pack_.acts[entry.act.index()].signals.empty()) done.on.reset();
      record_.done.push_back(std::move(done));
      Join(entry.act, entry.day);
    }
    Perform(index, judgement);
    if (judgement.answer.applied) AfterStanding(row, entry.day);
    FollowBreaches(index, judgement, row);
    AskStops(entry.day);
    AskClosing(entry.day);
  }

  // ------------------------------------------------------------------------------- losing from the beginning

  // The matter once more without what was taken away and all that rests on it, as far as it has come. Nothing
  // is judged anew: verdicts stay, and in the time that is folded again no duty is missed that was not
  // missed.
  void Refold(Day day, base::Minute minute, bool day_is_over) {
    for (int round = 0;; ++round) {
      refold_ = false;
      NoteLost();
      Fold again(pack_, *this);
      again.Replay(day, minute, day_is_over);
      const bool more = again.refold_;
      lost_ = again.lost_;
      takings_ = again.takings_;
      Adopt(again, day);
      if (!more) return;
      if (round == kMaxRefolds) {
        endless_ = true;
        return;
      }
    }
  }

  void NoteLost() {
    for (const DoneAct& done : record_.done) {
      const auto same = [&](const LostAct& lost) { return lost.key == done.key(); };
      if (Holds(lost_, done.key()) && std::none_of(record_.lost.begin(), record_.lost.end(), same))
        record_.lost.push_back({done.key(), done.said, done.entry ? QualityOf(*done.entry) : Quality::kNone});
    }
  }

  // A fold of what another one has been through.
  Fold(const check::CheckedPack& pack, const Fold& before)
      : pack_(pack),
        history_(before.history_),
        options_(before.options_),
        countings_(before.countings_),
        answers_(before.answers_),
        lost_(before.lost_),
        takings_(before.takings_),
        before_(&before) {
    Begin(before.record_.parts);
    record_.lost = before.record_.lost;
  }

  void Replay(Day last, base::Minute minute, bool last_is_over) {
    std::size_t next = 0;
    const auto& judged = before_->judged_;
    const auto& now = before_->judging_;
    for (Day day = history_.entries[0].day; day <= last; day = day + 1) {
      Grow(day);
      for (; next < judged.size() && history_.entries[judged[next].first].day == day; ++next)
        ReplayEntry(judged[next].first, judged[next].second);
      if (now && history_.entries[now->first].day == day) ReplayEntry(now->first, now->second);
      if (day < last || last_is_over) EndDay(day);
    }
    if (!last_is_over) Arrive(last, minute);
  }

  void ReplayEntry(std::size_t index, Judgement judgement) {
    const Entry& entry = history_.entries[index];
    Arrive(entry.day, entry.minute);
    const Key key{index, entry.act, entry.day};
    if (Holds(lost_, key)) return;
    const bool took_away = std::any_of(takings_.begin(), takings_.end(),
                                       [&](const Taking& taking) { return taking.cause == key; });
    if (took_away || !pack_.acts[entry.act.index()].signals.empty()) {
      judgement.on.reset();
    } else if (judgement.on_key && judgement.answer.applied) {
      judgement.on.reset();
      for (std::size_t row = 0; row < record_.done.size(); ++row) {
        if (record_.done[row].stands && record_.done[row].key() == *judgement.on_key) judgement.on = row;
      }
      if (!judgement.on) {
        lost_.push_back(key);
        return;
      }
    }
    TakeJudged(index, judgement);
  }

  // What became of a duty in the fold before; none: it was never raised, or is open.
  OptionalRow OutcomeOf(std::size_t s, Day arose) const {
    OptionalRow found;
    for (std::size_t row = 0; row < record_.outcomes.size(); ++row) {
      const Outcome& outcome = record_.outcomes[row];
      if (outcome.sentence == SentenceId(s) && outcome.ground == Ground::kDuty && outcome.arose == arose)
        found = row;
    }
    return found;
  }

  bool IsOpen(std::size_t s, std::size_t outcome) const {
    return record_.duties[s] && record_.duties[s]->open && record_.duties[s]->outcome == outcome;
  }

  std::optional<Finding> GivenAtLapse(std::size_t s) const {
    const OptionalRow row = before_->OutcomeOf(s, record_.outcomes[record_.duties[s]->outcome].arose);
    if (!row || before_->IsOpen(s, *row)) return std::nullopt;
    return before_->record_.outcomes[*row].finding;
  }

  bool IsLost(std::uint32_t entry) const {
    return std::any_of(lost_.begin(), lost_.end(),
                       [&](const Key& key) { return key.entry && *key.entry == entry; });
  }

  // Takes the record of the fold over; the outcomes stay this one's.
  void Adopt(Fold& again, Day day) {
    NoteLost();
    for (std::size_t s = 0; s < record_.duties.size(); ++s) AdoptDuty(again, s, day);
    // Whether it was in time was found then, too.
    for (DoneAct& done : again.record_.done) {
      const auto old = std::find_if(record_.done.begin(), record_.done.end(),
                                    [&](const DoneAct& before) { return before.key() == done.key(); });
      if (old == record_.done.end()) continue;
      done.in_time = old->in_time;
      done.in_time_strict = old->in_time_strict;
    }
    std::vector<Outcome> outcomes = std::move(record_.outcomes);
    std::vector<LostAct> lost = std::move(record_.lost);
    record_ = std::move(again.record_);
    record_.outcomes = std::move(outcomes);
    record_.lost = std::move(lost);
    for (Outcome& outcome : record_.outcomes) {
      outcome.marks.moot |= IsLost(outcome.ground == Ground::kDuty ? outcome.start : outcome.entry);
    }
  }

  void AdoptDuty(Fold& again, std::size_t s, Day day) {
    std::optional<Duty>& now = again.record_.duties[s];
    const std::optional<Duty>& before = record_.duties[s];
    const bool was_open = before && before->open;
    Outcome* open = was_open ? &record_.outcomes[before->outcome] : nullptr;
    const bool same = was_open && now && again.record_.outcomes[now->outcome].arose == open->arose;
    if (same) {
      Outcome& scratch = again.record_.outcomes[now->outcome];
      open->start = scratch.start;
      if (!now->open) {
        open->finding = scratch.finding;
        open->decided = scratch.decided;
        open->due = scratch.due;
        open->entry = scratch.entry;
        open->act = scratch.act;
        now->late_known = true;
      }
      now->outcome = before->outcome;
      return;
    }
    if (was_open) {
      open->finding = Finding::kReleased;
      open->decided = open->due = day;
      const TermId term = pack_.sentences[s].term;
      open->marks.by_assumption =
          before->by_assumption || (term && record_.terms[term.index()].by_assumption);
    }
    if (!now) return;
    const Outcome scratch = again.record_.outcomes[now->outcome];
    if (const OptionalRow row = OutcomeOf(s, scratch.arose)) {
      now->open = false;
      now->outcome = *row;
      now->late_known = record_.outcomes[*row].marks.late;
    } else if (now->open) {
      record_.outcomes.push_back(scratch);
      now->outcome = record_.outcomes.size() - 1;
    } else {
      now.reset();
    }
  }

  void FollowBreaches(std::size_t index, const Judgement& judgement, std::size_t since) {
    const Day day = history_.entries[index].day;
    for (const RuleId rule : judgement.broken) {
      std::vector<std::pair<Effect, bool>> planned;  // and whether it is sure
      for (const Effect& effect : Consequences(rule)) planned.push_back({effect, true});
      for (const Sentence& sentence : pack_.sentences) {
        const Happened breach{.kind = EventKind::kBreach, .row = rule.index()};
        if (sentence.kind != Kind::kOn || !Matches(sentence.event, breach)) continue;
        const Tri applies = Now({}).Applies(sentence, day);
        for (const Effect& effect : sentence.effects) {
          if (applies == Tri::kYes) planned.push_back({effect, true});
          if (applies == Tri::kUnknown) planned.push_back({effect, false});
        }
      }
      for (const auto& [effect, sure] : planned) {
        if (sure) {
          CarryOut(effect, day, since);
        } else {
          Doubt(effect);
        }
      }
      HappenBreach(rule, day);
    }
    for (const RuleId rule : judgement.unsure) {
      const Happened breach{.kind = EventKind::kBreach, .row = rule.index()};
      std::vector<Effect> planned = Consequences(rule);
      for (const Sentence& sentence : pack_.sentences) {
        if (sentence.kind != Kind::kOn || !Matches(sentence.event, breach) ||
            Now({}).Applies(sentence, day) == Tri::kNo)
          continue;
        planned.insert(planned.end(), sentence.effects.begin(), sentence.effects.end());
      }
      for (const Effect& effect : planned) Doubt(effect);
      DoubtStarts(breach);
    }
  }

  // With the first act in its part a member takes part; what its rules want in a time that already runs is
  // then wanted.
  void Join(ActId act, Day day) {
    if (record_.parts == nullptr) return;
    const auto member = record_.parts->acts[act.index()].member;
    if (!member) return;
    const auto theirs = [&](const DoneAct& done) {
      return record_.parts->acts[done.act.index()].member == member;
    };
    if (std::count_if(record_.done.begin(), record_.done.end(), theirs) != 1) return;
    for (std::size_t s = 0; s < pack_.sentences.size(); ++s) {
      const Sentence& sentence = pack_.sentences[s];
      if (sentence.kind != Kind::kMust || !sentence.term || record_.parts->sentences[s].member != member)
        continue;
      const TermState& term = record_.terms[sentence.term.index()];
      const bool doubtful = record_.doubts.terms.contains(sentence.term);
      if (term.active()) Raise(s, day, term.cause, term.unknown_stop || doubtful);
    }
  }

  void LateForDuty(Tri in_time) {
    DoneAct& done = record_.done.back();
    done.in_time = model::And(done.in_time, in_time);
    done.in_time_strict = model::And(done.in_time_strict, in_time);
  }

  // The act meets open duties, or comes too late for missed ones.
  void Perform(std::size_t index, Judgement& judgement) {
    const Entry& entry = history_.entries[index];
    for (std::size_t s = 0; s < pack_.sentences.size(); ++s) {
      const Sentence& sentence = pack_.sentences[s];
      std::optional<Duty>& duty = record_.duties[s];
      if (sentence.kind != Kind::kMust || !duty || !Holds(sentence.acts, entry.act) ||
          !OnMatches(sentence, judgement))
        continue;
      Outcome& outcome = record_.outcomes[duty->outcome];
      const Tri so = Now(index).Ask(sentence.condition);
      if (duty->open) {
        if (!judgement.answer.applied || so == Tri::kNo) continue;
        const TermState* term = sentence.term ? &record_.terms[sentence.term.index()] : nullptr;
        const bool hours_over = term && term->hours && record_.now.last > term->hours->first;
        const auto doubt = record_.doubts.acts.find(entry.act);
        const bool idle = doubt != record_.doubts.acts.end() && doubt->second.idle;
        if (so == Tri::kUnknown || (term && term->maybe_over) || hours_over || idle) {
          duty->unsure = true;
          if (so != Tri::kUnknown) LateForDuty(Tri::kUnknown);
          continue;
        }
        if (Now(index, true).Ask(sentence.condition) == Tri::kUnknown) duty->by_assumption = true;
        outcome.entry = static_cast<std::uint32_t>(index);
        Close(s, Finding::kKept, entry.day, sentence.term ? Due(sentence.term.index()) : std::nullopt);
      } else if (outcome.finding == Finding::kCannotTell && !duty->late_known && so != Tri::kNo) {
        duty->late_known = outcome.marks.late = true;
        if (judgement.answer.applied) LateForDuty(Tri::kUnknown);
      } else if (outcome.finding == Finding::kBroken && !duty->late_known && so != Tri::kNo) {
        duty->late_known = true;
        if (judgement.answer.applied) LateForDuty(Tri::kNo);
        outcome.marks.late = true;
        outcome.margin = entry.day - outcome.due;
        outcome.entry = static_cast<std::uint32_t>(index);
        for (const Effect& effect : pack_.rules[sentence.rule.index()].breach) {
          if (!judgement.answer.applied || effect.kind != Effect::Kind::kQuality || effect.act != entry.act)
            continue;
          // The late act has its effect: it may become voidable or irregular, not void.
          if (effect.quality == Quality::kVoidable || effect.quality == Quality::kIrregular)
            faults_.push_back({index, effect.quality, effect.cured_by});
        }
      }
    }
  }

  // The gravest fault that is not cured: by an act that was done after it and stands.
  Quality QualityOf(std::size_t entry) const {
    OptionalRow own;
    for (std::size_t row = 0; row < record_.done.size(); ++row) {
      if (record_.done[row].entry == entry) own = row;
    }
    // What was taken away stays as it was then.
    for (const LostAct& lost : record_.lost) {
      if (lost.key.entry == entry) return lost.quality;
    }
    Quality gravest = Quality::kNone;
    for (const Fault& fault : faults_) {
      if (fault.entry != entry) continue;
      const OptionalRow cure = fault.cure ? Now({}).LastStanding(fault.cure) : std::nullopt;
      if (own && cure && *cure > *own) continue;
      if (gravest == Quality::kNone || fault.quality < gravest) gravest = fault.quality;
    }
    return gravest;
  }

  Story Tell() {
    for (std::size_t s = 0; s < pack_.sentences.size(); ++s) {
      const std::optional<Duty>& duty = record_.duties[s];
      if (!duty || !duty->open) continue;
      Outcome& outcome = record_.outcomes[duty->outcome];
      const TermId term = pack_.sentences[s].term;
      const auto due = term ? Due(term.index()) : std::nullopt;
      if (due) outcome.due = outcome.decided = *due;
      if (term && record_.terms[term.index()].maybe_over) outcome.finding = Finding::kCannotTell;
    }
    Story story{
        .outcomes = record_.outcomes, .acts = answers_, .deemed = {}, .terms = {}, .endless = endless_};
    for (std::size_t entry = 0; entry < story.acts.size(); ++entry)
      story.acts[entry].quality = QualityOf(entry);
    for (const DoneAct& done : record_.done) {
      if (!done.entry) story.deemed.push_back({.act = done.act, .day = done.day});
    }
    for (std::size_t id = 0; id < record_.terms.size(); ++id) {
      story.terms.push_back({.phases = Now({}).Phases(TermId(id)), .due = Due(id), .term = TermId(id)});
    }
    return story;
  }

  const check::CheckedPack& pack_;
  const model::History& history_;
  const Options& options_;
  std::vector<Counting> countings_;
  Record record_;
  std::vector<ActAnswer> answers_;
  std::vector<Fault> faults_;
  bool endless_ = false;
  std::vector<std::pair<std::size_t, Judgement>> judged_;     // in the order they were taken
  std::optional<std::pair<std::size_t, Judgement>> judging_;  // the one being taken
  std::vector<Key> lost_;                                     // taken away from the beginning
  std::vector<Taking> takings_;
  bool refold_ = false;
  const Fold* before_ = nullptr;  // a fold of what this one has been through
};

// Says it in the rows of the pack given.
void Read(Story& story, const WrittenOut& was) {
  constexpr std::size_t kNobody = 0xff;
  // Who was left out has no number.
  const auto part = [&](const WrittenOut::Was& row) -> std::size_t {
    if (!row.member) return 0;
    const auto nobody = [](const Member& member) { return member.name == model::kNobody; };
    const auto at = was.members.begin() + static_cast<std::ptrdiff_t>(*row.member);
    if (nobody(*at)) return kNobody;
    return static_cast<std::size_t>(at - was.members.begin() + 1 -
                                    std::count_if(was.members.begin(), at, nobody));
  };
  for (Outcome& outcome : story.outcomes) {
    const WrittenOut::Was& act = was.acts[outcome.act.index()];
    outcome.act = ActId(act.row);
    outcome.part = static_cast<std::uint8_t>(part(act));
    if (!outcome.sentence) continue;
    const WrittenOut::Was& sentence = was.sentences[outcome.sentence.index()];
    outcome.sentence = SentenceId(sentence.row);
    outcome.part = static_cast<std::uint8_t>(part(sentence));
  }
  for (DeemedAct& deemed : story.deemed) {
    const WrittenOut::Was& act = was.acts[deemed.act.index()];
    deemed.part = part(act);
    deemed.act = ActId(act.row);
  }
  for (TermNow& term : story.terms) {
    const WrittenOut::Was& row = was.terms[term.term.index()];
    term.part = part(row);
    term.term = TermId(row.row);
  }
  const auto nobodys = [&](const TermNow& term) { return term.part == kNobody; };
  story.terms.erase(std::remove_if(story.terms.begin(), story.terms.end(), nobodys), story.terms.end());
}

}  // namespace

Story Evaluate(const check::CheckedPack& pack, const calendar::Calendars& calendars,
               const model::History& history, const Options& options) {
  const bool parts =
      std::any_of(pack.roles.begin(), pack.roles.end(), [](const check::Role& role) { return role.several; });
  if (!parts) return Fold(pack, calendars, history, options, nullptr).Run();
  const MatterOfParts matter(pack, history, options.mapping);
  Options written = options;
  if (options.mapping != nullptr)
    written.mapping =
        &matter.pack().mappings[static_cast<std::size_t>(options.mapping - pack.mappings.data())];
  Story story = Fold(matter.pack(), calendars, matter.history(), written, &matter.was()).Run();
  Read(story, matter.was());
  return story;
}

}  // namespace lawbound::reference
