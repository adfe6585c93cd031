#include "reference/reference.h"

#include <algorithm>

#include "base/check.h"
#include "reference/record.h"

namespace lawbound::reference {
namespace {

using check::Effect;
using check::Event;
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
  std::vector<RuleId> broken;  // each once, in the order in which they were asked
  std::vector<std::pair<RuleId, Finding>> of_rules;
};

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
    record_.parts = parts;
    record_.terms.resize(pack.terms.size());
    for (std::size_t i = 0; i < pack.terms.size(); ++i) {
      record_.terms[i].ceilings.resize(pack.terms[i].ceilings.size());
      record_.terms[i].ceiling_causes.resize(pack.terms[i].ceilings.size());
      record_.terms[i].ceiling_lengths.resize(pack.terms[i].ceilings.size());
    }
    record_.grown.resize(pack.accruals.size());
    record_.duties.resize(pack.sentences.size());
    record_.broken.resize(pack.rules.size(), Tri::kNo);
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
    return done.act == event.act && (!event.on || (done.on && record_.done[*done.on].act == event.on));
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
      if (sentence.kind == Kind::kMust && sentence.term == TermId(id)) Raise(s, day, cause, unsure);
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

  void CarryOut(const Effect& effect, Day day, std::size_t since) {
    if (effect.kind == Effect::Kind::kDeemed) Deem(effect.act, day, since);
    if (effect.kind == Effect::Kind::kQuality) MakeFaulty(effect.act, effect.quality, day);
    if (effect.kind == Effect::Kind::kFalls) {
      for (std::size_t row = 0; row < record_.done.size(); ++row) {
        if (record_.done[row].act == effect.act) Lose(row, day);
      }
    }
  }

  // An event makes the last standing act of a kind void, voidable...; what is void or inadmissible does not
  // stand.
  void MakeFaulty(ActId act, Quality quality, Day day) {
    const OptionalRow row = Now({}).LastStanding(act);
    if (!row) return;
    if (record_.done[*row].entry) answers_[*record_.done[*row].entry].quality = quality;
    if (quality == Quality::kVoid || quality == Quality::kInadmissible) Lose(*row, day);
  }

  void Deem(ActId act, Day day, std::size_t since) {
    for (std::size_t row = since; row < record_.done.size(); ++row) {
      if (record_.done[row].act == act && record_.done[row].stands) return;
    }
    const OptionalRow on = RestsOn(act);
    const std::vector<ActId>& rests_on = pack_.acts[act.index()].rests_on;
    const bool unseen =
        std::any_of(rests_on.begin(), rests_on.end(), [&](ActId id) { return Now({}).Unseen(id); });
    if (!rests_on.empty() && !on && !unseen) return;  // resting on nothing
    record_.done.push_back({.act = act, .day = day, .entry = {}, .on = on});
    Join(act, day);
    deemed_.push_back({.act = act, .day = day});
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
    for (std::size_t row = 0; row < record_.done.size(); ++row) {
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
      if (Now({}).Applies(sentence, day) != Tri::kYes) continue;
      for (const Effect& effect : sentence.effects) CarryOut(effect, day, row);
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
    EndHours((std::int64_t{day.number} + 1) * 1440);
    const std::int64_t end = std::int64_t{day.number} * 1440 + 1439;
    record_.now = {.first = end, .last = end};
    for (int round = 0; round < kMaxRounds; ++round) {
      std::vector<std::size_t> lapsed;
      for (std::size_t id = 0; id < record_.terms.size(); ++id) {
        const auto due = Due(id);
        if (record_.terms[id].phase != Phase::kOver && due && *due <= day) lapsed.push_back(id);
      }
      if (lapsed.empty()) return;
      record_.now = {.first = end, .last = end};
      Lapse(lapsed, day);
      EndHours((std::int64_t{day.number} + 1) * 1440);
      record_.now = {.first = end, .last = end};
    }
    endless_ = true;
  }

  // What becomes of the open duties of a term that is over.
  Finding AtLapse(std::size_t s, std::size_t term) const {
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
      state.maybe_running = state.active() && (state.maybe_over || Now({}).MayRunLonger(TermId(id)));
      state.phase = Phase::kOver;
      state.ended = day;
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
    std::vector<std::size_t> missed;
    for (std::size_t i = 0; i < ended.size(); ++i) {
      const Sentence& sentence = pack_.sentences[ended[i]];
      const bool assumed = sentence.unless && Now({}).Ask(sentence.unless) != Tri::kUnknown &&
                           Now({}, true).Ask(sentence.unless) == Tri::kUnknown;
      if (assumed) record_.duties[ended[i]]->by_assumption = true;
      Close(ended[i], findings[i], day, day);
      if (findings[i] == Finding::kBroken) missed.push_back(ended[i]);
      NoteBroken(pack_.sentences[ended[i]].rule, findings[i]);
    }
    // What follows from that, all decided before any of it is carried out.
    struct Planned {
      Effect effect;
      std::size_t since;
    };
    std::vector<Planned> planned;
    const auto plan_on = [&](const Happened& happened, std::size_t since) {
      for (const Sentence& sentence : pack_.sentences) {
        if (sentence.kind != Kind::kOn || !Matches(sentence.event, happened)) continue;
        if (Now({}).Applies(sentence, day) != Tri::kYes) continue;
        for (const Effect& effect : sentence.effects) planned.push_back({effect, since});
      }
    };
    for (const std::size_t s : missed) {
      const Sentence& sentence = pack_.sentences[s];
      const std::size_t since = record_.terms[sentence.term.index()].began_at;
      for (const Effect& effect : Consequences(sentence.rule)) planned.push_back({effect, since});
      plan_on({.kind = EventKind::kBreach, .row = sentence.rule.index()}, since);
    }
    std::vector<std::size_t> certain;
    for (const std::size_t id : lapsed) {
      if (record_.terms[id].maybe_running) continue;
      certain.push_back(id);
      plan_on({.kind = EventKind::kLapse, .row = id}, record_.terms[id].began_at);
    }
    for (const Planned& one : planned) CarryOut(one.effect, day, one.since);
    for (const std::size_t id : certain) {
      const Happened lapse{.kind = EventKind::kLapse, .row = id};
      Happen(lapse, day);
      RaisePrompt(lapse, day, {});
    }
    for (const std::size_t s : missed) HappenBreach(pack_.sentences[s].rule, day);
    AskStops(day);
  }

  // What a breach brings besides a quality, which is that of the act judged, or of the late act.
  std::vector<Effect> Consequences(RuleId rule) const {
    std::vector<Effect> effects = pack_.rules[rule.index()].breach;
    std::erase_if(effects, [](const Effect& effect) { return effect.kind == Effect::Kind::kQuality; });
    return effects;
  }

  void NoteBroken(RuleId rule, Finding finding) {
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

  // The last standing act that an act of this kind rests on.
  OptionalRow RestsOn(ActId act) const {
    for (std::size_t row = record_.done.size(); row-- > 0;) {
      if (record_.done[row].stands && Holds(pack_.acts[act.index()].rests_on, record_.done[row].act))
        return row;
    }
    return std::nullopt;
  }

  bool OnMatches(const Sentence& sentence, OptionalRow on) const {
    return !sentence.on || (on && record_.done[*on].act == sentence.on);
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
    } else if (outcome.finding == Finding::kCannotTell && judgement.answer.answer == Answer::kLawful) {
      judgement.answer.answer = Answer::kCannotTell;
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
      if (!condition || !Holds(sentence.acts, entry.act) || !OnMatches(sentence, judgement.on)) continue;
      JudgeCondition(s, index, judgement);
    }
    for (const RuleId rule : judgement.broken) {
      for (const Effect& effect : pack_.rules[rule.index()].breach) {
        if (effect.kind == Effect::Kind::kQuality && effect.act == entry.act)
          Qualify(judgement.answer, effect.quality);
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
    if (outcome.finding != Finding::kKept) Say(judgement, outcome);
    const Tri named = Now(index).DoersAreNamed(index);
    if (named != Tri::kYes) {
      outcome = OfEntry(index);
      outcome.ground = Ground::kPower;
      outcome.finding = named == Tri::kNo ? Finding::kBroken : Finding::kCannotTell;
      Say(judgement, outcome);
    }
  }

  // False: nothing more is asked of the act.
  bool JudgeStanding(std::size_t index, Judgement& judgement) {
    const std::vector<ActId>& rests_on = pack_.acts[history_.entries[index].act.index()].rests_on;
    if (rests_on.empty()) return true;
    judgement.on = RestsOn(history_.entries[index].act);
    if (judgement.on) return true;
    const auto any = [&](auto is) { return std::any_of(rests_on.begin(), rests_on.end(), is); };
    Outcome outcome = OfEntry(index);
    outcome.ground = Ground::kMissingPredecessor;
    const bool unseen = any([&](ActId on) { return Now({}).Unseen(on); });
    const bool was_done = any([&](ActId on) {
      return std::any_of(history_.entries.begin(),
                         history_.entries.begin() + static_cast<std::ptrdiff_t>(index),
                         [&](const Entry& before) { return before.act == on; }) ||
             std::any_of(record_.done.begin(), record_.done.end(),
                         [&](const DoneAct& done) { return done.act == on; });
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
          !OnMatches(sentence, judgement.on))
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
            !OnMatches(sentence, judgement.on))
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

  void TakeEntry(std::size_t index) {
    const Entry& entry = history_.entries[index];
    Span now = WholeDay(entry.day);
    if (entry.minute != base::kNoMinute) {
      now.first = now.last = now.first + entry.minute;
      EndHours(now.first);
    }
    record_.now = now;
    Judgement judgement = Judge(index);
    for (const auto& [rule, finding] : judgement.of_rules) NoteBroken(rule, finding);
    const std::size_t row = record_.done.size();
    if (judgement.answer.applied) {
      DoneAct done{.act = entry.act, .day = entry.day, .entry = index, .on = judgement.on};
      if (entry.minute != base::kNoMinute) done.minute = entry.minute;
      done.in_time = judgement.in_time;
      done.in_time_strict = judgement.in_time_strict;
      record_.done.push_back(done);
      Join(entry.act, entry.day);
    }
    Perform(index, judgement);
    answers_.push_back(judgement.answer);
    if (judgement.answer.applied) AfterStanding(row, entry.day);
    FollowBreaches(index, judgement, row);
    AskStops(entry.day);
  }

  void FollowBreaches(std::size_t index, const Judgement& judgement, std::size_t since) {
    const Day day = history_.entries[index].day;
    for (const RuleId rule : judgement.broken) {
      std::vector<Effect> planned = Consequences(rule);
      for (const Sentence& sentence : pack_.sentences) {
        const Happened breach{.kind = EventKind::kBreach, .row = rule.index()};
        if (sentence.kind != Kind::kOn || !Matches(sentence.event, breach) ||
            Now({}).Applies(sentence, day) != Tri::kYes)
          continue;
        planned.insert(planned.end(), sentence.effects.begin(), sentence.effects.end());
      }
      for (const Effect& effect : planned) CarryOut(effect, day, since);
      HappenBreach(rule, day);
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
      if (term.active()) Raise(s, day, term.cause, term.unknown_stop);
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
          !OnMatches(sentence, judgement.on))
        continue;
      Outcome& outcome = record_.outcomes[duty->outcome];
      const Tri so = Now(index).Ask(sentence.condition);
      if (duty->open) {
        if (!judgement.answer.applied || so == Tri::kNo) continue;
        const TermState* term = sentence.term ? &record_.terms[sentence.term.index()] : nullptr;
        const bool hours_over = term && term->hours && record_.now.last > term->hours->first;
        if (so == Tri::kUnknown || (term && term->maybe_over) || hours_over) {
          duty->unsure = true;
          if (so != Tri::kUnknown) LateForDuty(Tri::kUnknown);
          continue;
        }
        if (Now(index, true).Ask(sentence.condition) == Tri::kUnknown) duty->by_assumption = true;
        outcome.entry = static_cast<std::uint32_t>(index);
        Close(s, Finding::kKept, entry.day, sentence.term ? Due(sentence.term.index()) : std::nullopt);
      } else if (outcome.finding == Finding::kCannotTell && !duty->late_known && so != Tri::kNo) {
        duty->late_known = true;
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
            Qualify(judgement.answer, effect.quality);
        }
      }
    }
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
        .outcomes = record_.outcomes, .acts = answers_, .deemed = deemed_, .terms = {}, .endless = endless_};
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
  std::vector<DeemedAct> deemed_;
  bool endless_ = false;
};

// Says it in the rows of the pack given.
void Read(Story& story, const WrittenOut& was) {
  const auto part = [](const WrittenOut::Was& row) { return row.member ? *row.member + 1 : 0; };
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
}

}  // namespace

Story Evaluate(const check::CheckedPack& pack, const calendar::Calendars& calendars,
               const model::History& history, const Options& options) {
  const bool parts =
      std::any_of(pack.roles.begin(), pack.roles.end(), [](const check::Role& role) { return role.several; });
  if (!parts) return Fold(pack, calendars, history, options, nullptr).Run();
  const MatterOfParts matter(pack, history);
  Options written = options;
  if (options.mapping != nullptr)
    written.mapping =
        &matter.pack().mappings[static_cast<std::size_t>(options.mapping - pack.mappings.data())];
  Story story = Fold(matter.pack(), calendars, matter.history(), written, &matter.was()).Run();
  Read(story, matter.was());
  return story;
}

}  // namespace lawbound::reference
