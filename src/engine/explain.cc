#include "engine/explain.h"

#include <algorithm>

#include "base/check.h"

namespace lawbound::engine {

using program::Operation;
using program::SentenceDef;

namespace {

// Folds up to the decision: for an act judged everything before it, for a duty everything up to the end of
// the day on which it was decided.
void FoldUpTo(const Plan& plan, const History& history, const Outcome& outcome, Record& record) {
  record.Reset(plan, history);
  Engine engine(plan, record);
  Judgement judgement;
  const bool duty = outcome.ground == Ground::kDuty;
  for (std::uint32_t i = 0; i < history.entries.size(); ++i) {
    const Entry& entry = history.entries[i];
    if (duty && entry.day > outcome.decided) break;
    engine.Advance(entry.day, entry.minute);
    if (!duty && i == outcome.entry) return;
    engine.Judge(entry, judgement);
    engine.Apply(entry, i, judgement);
  }
  if (duty) engine.Advance(std::min(outcome.decided, base::kLastDay));
}

// Whether an act of this kind, standing or judged, does not say who did it.
bool NamesNobody(const Record& record, const Entry* judged, ActId act) {
  if (judged != nullptr && judged->act == act && judged->people == 0) return true;
  return std::any_of(record.done.begin(), record.done.end(), [&](const Done& done) {
    return done.act == act && done.stands && done.entry != kNoRow &&
           record.history->entries[done.entry].people == 0;
  });
}

// The act with which a term starts, if it is one.
ActId StartOf(const program::Program& program, TermId term) {
  const program::EventDef& start = program.events[program.terms[term.index()].starts.first];
  return start.kind == program::EventDef::Kind::kAct ? start.act : ActId();
}

void AddMissing(const std::vector<Step>& steps, const Step& step, const program::Program& program,
                const Record& record, const Entry* judged, std::vector<MissingDatum>& out) {
  const bool unknown = step.is_tri ? step.value.tri() == Tri::kUnknown : !step.value.known;
  const auto is_known = [&](std::uint32_t child) {
    return steps[child].is_tri ? steps[child].value.tri() != Tri::kUnknown : steps[child].value.known;
  };
  // What is missing lies below, unless all below is known: then it is what the operation itself reads.
  if (!unknown || !std::all_of(step.children.begin(), step.children.end(), is_known)) return;
  MissingDatum datum;
  switch (step.op.operation) {
    case Operation::kLookup:
    case Operation::kLookupTwo:
      datum.table = program::TableId(step.op.operand);
      break;
    case Operation::kAtLeastBefore:
    case Operation::kAtLeastAfter:
    case Operation::kWithin:
      datum.field = program.lengths[step.op.operand].length.field;
      break;
    case Operation::kField:
    case Operation::kYesNoField:
    case Operation::kPreviousField:
    case Operation::kPreviousYesNo:
    case Operation::kRoleField:
    case Operation::kRoleYesNo:
    case Operation::kHas:
    case Operation::kSum:
    case Operation::kNamedAre:
    case Operation::kFieldNames:
    case Operation::kFieldHolds:
      datum.field = FieldId(step.op.operand);
      break;
    case Operation::kTermIs: {
      const program::TermDef& term = program.terms[step.op.operand];
      const program::EventDef& start = program.events[term.starts.first];
      if (start.kind == program::EventDef::Kind::kAct) datum.act = start.act;
      break;
    }
    case Operation::kFinding:
    case Operation::kYesNoFinding:
      datum.act = program.fields[step.op.operand].act;
      break;
    case Operation::kShareNoOne:
      datum.act =
          NamesNobody(record, judged, ActId(step.op.small)) ? ActId(step.op.small) : ActId(step.op.operand);
      break;
    case Operation::kUnanswered:
    case Operation::kAfter:
      datum.act = step.done == kNoRow ? ActId(step.op.operand) : ActId(step.op.small);
      break;
    case Operation::kAccrued:
      datum.act = StartOf(program, program.accruals[step.op.operand].term);
      break;
    case Operation::kEarlier:
      datum.act = program.outside[step.op.operand].act;
      break;
    case Operation::kDoersAre:
    case Operation::kStands:
    case Operation::kStandingIs:
    case Operation::kDayOf:
    case Operation::kCount:
    case Operation::kInTime:
    case Operation::kMinuteOf:
    case Operation::kHold:
      datum.act = ActId(step.op.operand);
      break;
    default:
      break;
  }
  const bool named = datum.act || datum.field || datum.table;
  if (named && std::find(out.begin(), out.end(), datum) == out.end()) out.push_back(datum);
}

// What would say how long a term is that runs and whose end cannot be told.
void AddLength(const Evaluator& evaluator, const program::Program& program, const Record& record, TermId term,
               std::vector<MissingDatum>& out) {
  const TermState& state = record.terms[term.index()];
  const program::LengthDef& length = program.terms[term.index()].length;
  if (state.phase == Phase::kIdle || state.due != kNever) return;
  if (length.field) out.push_back({.act = {}, .field = length.field});
  if (!length.fact) return;
  std::vector<Step> steps;
  Cell ignored;
  evaluator.Trace(program.facts[length.fact.index()].code, steps, ignored);
  for (const Step& step : steps) AddMissing(steps, step, program, record, nullptr, out);
}

// A time in hours of which nobody can tell whether it was kept, because an act bears a day alone.
void AddMinute(const program::Program& program, const History& history, const Outcome& outcome, TermId term,
               std::vector<MissingDatum>& out) {
  if (program.terms[term.index()].length.fixed.unit != calendar::Unit::kHours) return;
  for (const std::uint32_t row : {outcome.entry, outcome.start}) {
    if (row == Outcome::kNoEntry || history.entries[row].minute != base::kNoMinute) continue;
    return out.push_back({.act = history.entries[row].act, .field = {}, .table = {}, .minute = true});
  }
}

TermLife LifeOf(const std::vector<TermEvent>& trace, const Record& record, TermId term) {
  const TermState& state = record.terms[term.index()];
  TermLife out{
      .id = term, .phase = state.phase, .due = Record::EffectiveDue(state), .length = {}, .events = {}};
  if (state.phase == Phase::kOver) out.due = state.due;  // the day it ended, whatever bounds it now
  std::size_t begin = trace.size();
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const bool starts =
        trace[i].kind == TermEvent::Kind::kStart || trace[i].kind == TermEvent::Kind::kRestart;
    if (trace[i].term == term && starts) begin = i;
  }
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const bool ceiling = trace[i].kind == TermEvent::Kind::kCeiling;
    if (trace[i].term == term && (i >= begin || ceiling)) out.events.push_back(trace[i]);
  }
  if (begin < trace.size()) out.length = trace[begin].length;
  return out;
}

// Whether the answer of a condition can change by time alone.
bool AsksForTime(const std::vector<Step>& steps) {
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
    switch (step.op.operation) {
      case Operation::kTermIs:
      case Operation::kDayOf:
      case Operation::kAtLeastAfter:
      case Operation::kIsWorkingDay:
        return true;
      default:
        return false;
    }
  });
}

bool StandsInTheWay(const Outcome& found, const Outcome& broken) {
  if (found.finding == Finding::kKept || !found.sentence) return false;
  if (broken.ground == Ground::kCondition) return found.sentence == broken.sentence;
  return found.ground == Ground::kTooEarly || found.ground == Ground::kLate ||
         found.ground == Ground::kMissingPredecessor;
}

// The first later day on which the judged act would not have broken this rule.  Leaves the record there.
Day FindOpening(const Plan& plan, Record& record, Entry judged, const Outcome& broken) {
  constexpr std::int32_t kReach = 366;
  record.trace = nullptr;
  Engine engine(plan, record);
  Judgement judgement;
  const Day first = judged.day + 1;
  judged.minute = base::kNoMinute;
  for (Day day = first; day < first + kReach && day <= base::kLastDay; day = day + 1) {
    judged.day = judged.recorded = day;
    engine.Advance(day);
    engine.Judge(judged, judgement);
    const bool bars = std::any_of(judgement.outcomes.begin(), judgement.outcomes.end(),
                                  [&](const Outcome& found) { return StandsInTheWay(found, broken); });
    if (!bars) return day;
  }
  return kNever;
}

}  // namespace

Explanation Explain(const Plan& plan, const History& history, const Outcome& outcome) {
  if (plan.has_parts()) {
    const auto matter = std::make_shared<Matter>(plan, history, Matter::Titles::kNamed);
    Explanation unfolded = Explain(matter->plan(), matter->history(), matter->Unfolded(outcome));
    unfolded.matter = matter;
    return unfolded;
  }
  const program::Program& program = plan.program();
  Explanation out;
  out.outcome = outcome;
  std::vector<TermEvent> trace;
  Record record;
  record.trace = &trace;
  FoldUpTo(plan, history, outcome, record);
  out.done = record.done;
  const bool duty = outcome.ground == Ground::kDuty;
  const Entry* judged =
      duty || outcome.entry == Outcome::kNoEntry ? nullptr : &history.entries[outcome.entry];
  const program::ActDef& act = program.acts[outcome.act.index()];
  if (!outcome.sentence) {
    if (outcome.finding != Finding::kCannotTell) return out;
    for (std::uint32_t i = act.fields.first; judged != nullptr && i < act.fields.end(); ++i) {
      const program::FieldDef& field = program.fields[i];
      const bool excused = field.optional || plan.unseen_field[i] != 0 || plan.assumed[i] != model::kMissing;
      if (!excused && history.value(*judged, field.place) == model::kMissing)
        out.missing.push_back({.field = FieldId(i)});
    }
    for (std::uint32_t i = act.rests_on.first; out.missing.empty() && i < act.rests_on.end(); ++i) {
      out.missing.push_back({.act = program.act_lists[i]});
    }
    return out;
  }
  const SentenceDef& sentence = program.sentences[outcome.sentence.index()];
  const program::RuleDef& rule = program.rules[sentence.rule.index()];
  const Evaluator evaluator(plan, record, judged);
  Cell ignored;
  const auto trace_code = [&](program::CodeId code) {
    return code ? evaluator.Trace(code, out.steps, ignored) : kNoRow;
  };
  out.rule_if = trace_code(plan.IfOf(sentence.rule));
  out.sentence_if = trace_code(sentence.if_code);
  out.condition = trace_code(sentence.condition);
  out.unless = trace_code(sentence.unless);
  if (sentence.term) out.term = LifeOf(trace, record, sentence.term);
  for (const Step& step : out.steps) {
    if (step.op.operation != Operation::kTermIs) continue;
    const TermId id(step.op.operand);
    const auto same = [&](const TermLife& life) { return life.id == id; };
    if (std::any_of(out.asked.begin(), out.asked.end(), same)) continue;
    out.asked.push_back(LifeOf(trace, record, id));
  }
  if (outcome.finding == Finding::kCannotTell) {
    for (const Step& step : out.steps) AddMissing(out.steps, step, program, record, judged, out.missing);
    const bool governing_unknown = rule.governed && rule.governed_by.act &&
                                   record.acts[rule.governed_by.act.index()].last_ever == kNoRow;
    if (out.missing.empty() && governing_unknown) out.missing.push_back({.act = rule.governed_by.act});
    for (std::uint32_t i = sentence.acts.first; duty && i < sentence.acts.end(); ++i) {
      const MissingDatum datum{.act = program.act_lists[i], .field = {}};
      const bool told = std::find(out.missing.begin(), out.missing.end(), datum) != out.missing.end();
      if (plan.unseen_act[datum.act.index()] != 0 && !told) out.missing.push_back(datum);
    }
    if (out.missing.empty() && sentence.term)
      AddLength(evaluator, program, record, sentence.term, out.missing);
    if (out.missing.empty() && sentence.term)
      AddMinute(program, history, outcome, sentence.term, out.missing);
    if (out.missing.empty() && sentence.term) {
      const program::EventDef& start = program.events[program.terms[sentence.term.index()].starts.first];
      if (start.kind == program::EventDef::Kind::kAct) out.missing.push_back({.act = start.act});
    }
  }
  const bool early = outcome.ground == Ground::kTooEarly;
  const bool by_time = early || (outcome.ground == Ground::kCondition && AsksForTime(out.steps));
  if (judged != nullptr && outcome.finding == Finding::kBroken && by_time) {
    out.opens = FindOpening(plan, record, *judged, outcome);
  }
  return out;
}

TermLives TermsOn(const Plan& plan, const History& history, Day day) {
  Record record;
  std::vector<TermEvent> trace;
  record.Reset(plan, history);
  record.trace = &trace;
  Engine engine(plan, record);
  Judgement judgement;
  for (std::uint32_t i = 0; i < history.entries.size() && history.entries[i].day <= day; ++i) {
    engine.Advance(history.entries[i].day, history.entries[i].minute);
    engine.Judge(history.entries[i], judgement);
    engine.Apply(history.entries[i], i, judgement);
  }
  engine.Advance(day);
  TermLives out;
  for (const TermId term : record.live) {
    if (record.terms[term.index()].phase != Phase::kIdle) out.terms.push_back(LifeOf(trace, record, term));
  }
  out.done = record.done;
  return out;
}

namespace {

// A matter, and acts tried in it: each of its fields is one unknown value, and the people are those that fit.
class Trial {
 public:
  Trial(const Plan& plan, const History& history, Day day)
      : plan_(plan), given_(history.entries.size()), extended_(history), day_(day), engine_(plan, record_) {
    const program::Program& program = plan.program();
    entries_.assign(history.entries.begin(), history.entries.end());
    std::size_t known = 0, most_fields = 0;
    for (const Entry& entry : history.entries) {
      known = std::max<std::size_t>(known, entry.first_value + program.acts[entry.act.index()].fields.count);
    }
    for (const program::ActDef& act : program.acts)
      most_fields = std::max<std::size_t>(most_fields, act.fields.count);
    if (history.values != nullptr) values_.assign(history.values, history.values + known);
    unknown_ = static_cast<std::uint32_t>(values_.size());
    values_.resize(values_.size() + most_fields, model::kMissing);
    extended_.values = values_.data();
  }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  // The matter, in which `first`, if it is one, is done on the day; and then `act` is to be judged.
  void Begin(ActId first, ActId act) {
    entries_.resize(given_);
    if (first) entries_.push_back(EntryOf(first));
    entries_.push_back(EntryOf(act));
    extended_.entries = entries_;
    record_.Reset(plan_, extended_);
    Judgement judgement;
    for (std::uint32_t i = 0; i + 1 < entries_.size(); ++i) {
      engine_.Advance(entries_[i].day, entries_[i].minute);
      engine_.Judge(entries_[i], judgement);
      engine_.Apply(entries_[i], i, judgement);
    }
  }

  // The act on a day, and what stands in its way then.  Days only go forward.
  Answer Judge(Day at, std::vector<Outcome>& grounds) {
    Entry& trying = entries_.back();
    trying.day = trying.recorded = at;
    engine_.Advance(at);
    engine_.Judge(trying, judgement_);
    // What only wants a field filled in does not stand in the way.
    std::erase_if(judgement_.outcomes,
                  [](const Outcome& o) { return o.ground == Ground::kForm || o.finding == Finding::kKept; });
    const bool unlawful = std::any_of(
        judgement_.outcomes.begin(), judgement_.outcomes.end(),
        [](const Outcome& o) { return o.finding == Finding::kBroken || o.finding == Finding::kReleased; });
    grounds = judgement_.outcomes;
    return unlawful ? Answer::kUnlawful : grounds.empty() ? Answer::kLawful : Answer::kCannotTell;
  }

 private:
  Entry EntryOf(ActId act) const {
    Entry entry;
    entry.act = act;
    entry.day = entry.recorded = day_;
    entry.first_value = unknown_;
    entry.number = static_cast<std::uint32_t>(entries_.size());
    return entry;
  }

  const Plan& plan_;
  const std::size_t given_;
  History extended_;
  const Day day_;
  std::vector<Entry> entries_;
  std::vector<Value> values_;
  std::uint32_t unknown_ = 0;
  Record record_;
  Engine engine_;
  Judgement judgement_;
};

bool IsDone(const program::ActDef& act) {
  return act.side != program::Side::kLaw && act.kind == program::ActDef::Kind::kAct;
}

// Which of the acts that are lawful on the day would open another that is not.
void FindOpeners(Trial& trial, Day day, const std::vector<ActId>& lawful, Possibility& possibility) {
  constexpr std::int32_t kSoon = 120;  // days looked ahead after each
  std::vector<Outcome> grounds;
  for (const ActId first : lawful) {
    trial.Begin(first, possibility.act);
    const Day last = std::min({possibility.from, day + kSoon, base::kLastDay});
    for (Day at = day; at < last; at = at + 1) {
      // Not where it only cannot be told any more, because what the first says is not known.
      if (trial.Judge(at, grounds) != Answer::kLawful) continue;
      possibility.openers.push_back({first, at});
      break;
    }
  }
  std::stable_sort(possibility.openers.begin(), possibility.openers.end(),
                   [](const auto& a, const auto& b) { return a.from < b.from; });
}

}  // namespace

std::vector<Possibility> WhatNext(const Plan& plan, const History& history, Day day, std::int32_t reach) {
  if (plan.has_parts()) {
    const Matter matter(plan, history, Matter::Titles::kNamed);
    return matter.fits() ? WhatNext(matter.plan(), matter.history(), day, reach) : std::vector<Possibility>();
  }
  const program::Program& program = plan.program();
  std::vector<Possibility> out;
  std::vector<ActId> lawful;
  Trial trial(plan, history, day);
  std::vector<Outcome> grounds;
  for (std::size_t kind = 0; kind < program.acts.size(); ++kind) {
    if (!IsDone(program.acts[kind])) continue;
    Possibility possibility{
        .act = ActId(kind), .answer = Answer::kLawful, .grounds = {}, .from = kNever, .openers = {}};
    trial.Begin(ActId(), ActId(kind));
    for (Day at = day; at <= day + reach && at <= base::kLastDay; at = at + 1) {
      const Answer answer = trial.Judge(at, grounds);
      if (at == day) {
        possibility.answer = answer;
        possibility.grounds = grounds;
      }
      if (answer == Answer::kUnlawful) continue;
      possibility.from = at;
      break;
    }
    if (possibility.answer == Answer::kLawful) lawful.push_back(possibility.act);
    out.push_back(std::move(possibility));
  }
  for (Possibility& possibility : out) {
    if (possibility.answer == Answer::kUnlawful) FindOpeners(trial, day, lawful, possibility);
  }
  return out;
}

}  // namespace lawbound::engine
