#include <algorithm>
#include <set>

#include "reference/record.h"

namespace lawbound::reference {
namespace {

using check::Expr;
using check::ExprKind;

constexpr unsigned kRunningBit = program::PhaseBit(Phase::kRunning);
constexpr unsigned kOverBit = program::PhaseBit(Phase::kOver);

Tri FromBool(bool yes) { return yes ? Tri::kYes : Tri::kNo; }

Maybe FromTri(Tri answer) {
  if (answer == Tri::kUnknown) return std::nullopt;
  return answer == Tri::kYes ? 1 : 0;
}

Tri ToTri(Maybe value) { return value ? FromBool(*value != 0) : Tri::kUnknown; }

template <typename T>
bool Holds(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// Hundredths of a percent of a value, rounding half up; a debt is rounded as what is owed.
// Nothing where it is more than anybody could mean.
std::optional<std::int64_t> PercentOf(std::int64_t value, std::int64_t percent) {
  __extension__ typedef __int128 Wide;  // NOLINT(modernize-use-using)
  const Wide product = static_cast<Wide>(value) * percent;
  const Wide rounded = product < 0 ? -((-product + 5000) / 10000) : (product + 5000) / 10000;
  if (rounded != static_cast<std::int64_t>(rounded)) return std::nullopt;
  return static_cast<std::int64_t>(rounded);
}

}  // namespace

bool Question::Unseen(ActId act) const {
  return options_.mapping != nullptr && Holds(options_.mapping->unseen_acts, act);
}

bool Question::UnseenField(FieldId field) const {
  if (options_.mapping == nullptr) return false;
  const auto& assumed = options_.mapping->assumed;
  return Holds(options_.mapping->unseen_fields, field) ||
         std::any_of(assumed.begin(), assumed.end(),
                     [&](const program::AssumedValue& one) { return one.field == field; });
}

Maybe Question::Assumed(FieldId field) const {
  if (options_.mapping == nullptr || strict_ || options_.strict) return std::nullopt;
  for (const program::AssumedValue& assumed : options_.mapping->assumed) {
    if (assumed.field == field) return assumed.value;
  }
  return std::nullopt;
}

std::optional<std::size_t> Question::LastStanding(ActId act) const {
  for (std::size_t row = record_.done.size(); row-- > 0;) {
    if (record_.done[row].act == act && record_.done[row].stands) return row;
  }
  return std::nullopt;
}

std::optional<std::size_t> Question::RestsOn(ActId act, ActId chosen) const {
  const std::vector<ActId>& kinds = pack_.acts[act.index()].rests_on;
  for (std::size_t row = record_.done.size(); row-- > 0;) {
    const DoneAct& done = record_.done[row];
    if (done.stands && Holds(kinds, done.act) && (!chosen || done.act == chosen)) return row;
  }
  return std::nullopt;
}

Maybe Question::FieldOf(std::size_t entry, FieldId field) const {
  const model::Value value = history_.value(history_.entries[entry], pack_.fields[field.index()].place);
  return value == model::kMissing ? Assumed(field) : Maybe(value);
}

Maybe Question::OwnField(FieldId field, bool skip_judged) const {
  const ActId act = pack_.fields[field.index()].act;
  if (judged_ && !skip_judged && history_.entries[*judged_].act == act) return FieldOf(*judged_, field);
  if (InDoubt(act)) return std::nullopt;
  const auto row = LastStanding(act);
  if (!row) return std::nullopt;
  return FieldOfDone(record_.done[*row], field);
}

Maybe Question::FieldOfDone(const DoneAct& done, FieldId field) const {
  const auto given = done.given.find(field);
  if (given != done.given.end()) {
    const Maybe value = strict_ ? given->second.strict : given->second.value;
    return value ? value : Assumed(field);
  }
  return done.entry ? FieldOf(*done.entry, field) : Assumed(field);
}

// What was last found; where nobody found anything, what is presumed.
Maybe Question::Found(const Expr& expr) const {
  const ActId finding = pack_.fields[expr.field.index()].act;
  if (InDoubt(finding)) return std::nullopt;
  if (const auto row = LastStanding(finding)) return FieldOfDone(record_.done[*row], expr.field);
  if (Unseen(finding)) return Assumed(expr.field);
  return expr.number == model::kMissing ? Maybe() : expr.number;
}

// Whether an act that the log cannot show may have said this of acts of a kind.
bool Question::MayBeSaidUnseen(ActId act, Standing standing) const {
  const auto says = [&](const std::vector<check::Effect>& effects) {
    return std::any_of(effects.begin(), effects.end(), [&](const check::Effect& effect) {
      return effect.act == act && effect.standing == standing;
    });
  };
  for (std::size_t row = 0; row < pack_.acts.size(); ++row) {
    if (Unseen(ActId(row)) && says(pack_.acts[row].signals)) return true;
  }
  return std::any_of(pack_.sentences.begin(), pack_.sentences.end(), [&](const check::Sentence& sentence) {
    const bool on_act =
        sentence.kind == program::SentenceDef::Kind::kOn && sentence.event.kind == check::Event::Kind::kAct;
    return on_act && Unseen(sentence.event.act) && says(sentence.effects);
  });
}

// Asked of the last act of the kind that was done, also when it was taken away since.
Tri Question::StandingIs(ActId act, Standing standing) const {
  if (Unseen(act) || InDoubt(act) || record_.doubts.said.contains(act)) return Tri::kUnknown;
  const std::set<Standing>* said = nullptr;
  Day day;
  std::size_t order = 0;
  const auto consider = [&](const Key& key, const std::set<Standing>& its) {
    const std::size_t place = key.entry ? *key.entry : history_.entries.size();
    if (key.act != act || (said != nullptr && std::pair(key.day, place) < std::pair(day, order))) return;
    said = &its;
    day = key.day;
    order = place;
  };
  for (const LostAct& lost : record_.lost) consider(lost.key, lost.said);
  for (std::size_t row = record_.done.size(); row-- > 0;) {
    if (record_.done[row].act != act) continue;
    consider(record_.done[row].key(), record_.done[row].said);
    break;
  }
  if (said == nullptr) return Tri::kNo;
  if (!said->contains(standing)) return MayBeSaidUnseen(act, standing) ? Tri::kUnknown : Tri::kNo;
  const Standing end = program::Opposite(standing);
  const bool ended = end != Standing::kNone && MayBeSaidUnseen(act, end);
  return ended ? Tri::kUnknown : Tri::kYes;
}

Maybe Question::RoleField(FieldId field) const {
  const model::Value value = history_.role_values[pack_.fields[field.index()].place];
  return value == model::kMissing ? Assumed(field) : Maybe(value);
}

Maybe Question::DayOf(ActId act) const {
  if (judged_ && history_.entries[*judged_].act == act) return history_.entries[*judged_].day.number;
  if (InDoubt(act)) return std::nullopt;
  const auto row = LastStanding(act);
  return row ? Maybe(record_.done[*row].day.number) : std::nullopt;
}

Maybe Question::Sum(FieldId field) const {
  const ActId act = pack_.fields[field.index()].act;
  if (Unseen(act) || InDoubt(act)) return std::nullopt;
  std::int64_t sum = 0;
  for (const DoneAct& done : record_.done) {
    if (done.act != act || !done.stands) continue;
    const Maybe value = FieldOfDone(done, field);
    if (!value) return std::nullopt;
    if (__builtin_add_overflow(sum, *value, &sum)) return std::nullopt;  // more than anybody could mean
  }
  return sum;
}

Maybe Question::Has(FieldId field) const {
  const ActId act = pack_.fields[field.index()].act;
  std::optional<std::size_t> entry;
  if (judged_ && history_.entries[*judged_].act == act) {
    entry = judged_;
  } else if (InDoubt(act)) {
    return std::nullopt;
  } else if (const auto row = LastStanding(act)) {
    const DoneAct& done = record_.done[*row];
    if (FieldOfDone(done, field)) return 1;
    // What an effect gave and nobody knows, or what a deemed act would hold, is not known unless it is
    // assumed.
    if (!done.entry || done.given.contains(field)) return std::nullopt;
    entry = done.entry;
  }
  if (!entry) return Unseen(act) ? Maybe() : 0;
  if (FieldOf(*entry, field)) return 1;
  return UnseenField(field) ? Maybe() : 0;
}

Tri Question::Stands(ActId act) const {
  if (InDoubt(act)) return Tri::kUnknown;
  if (LastStanding(act)) return Tri::kYes;
  return Unseen(act) ? Tri::kUnknown : Tri::kNo;
}

// "the last A follows the last B, or there is no B"
Tri Question::FollowsLast(ActId act, ActId other) const {
  const auto a = LastStanding(act), b = LastStanding(other);
  if (InDoubt(other)) return Tri::kUnknown;
  if (!b && !Unseen(other)) return Tri::kYes;
  if (InDoubt(act)) return Tri::kUnknown;
  if (Unseen(act) || Unseen(other)) return Tri::kUnknown;
  return FromBool(a && *a > *b);
}

// "A stands and no B after it"
Tri Question::Unanswered(ActId act, ActId other) const {
  const auto a = LastStanding(act), b = LastStanding(other);
  if (InDoubt(act)) return Tri::kUnknown;
  if (!a && !Unseen(act)) return Tri::kNo;
  if (InDoubt(other)) return Tri::kUnknown;
  if (a && b && *b > *a && !Unseen(act)) return Tri::kNo;
  if (Unseen(act) || Unseen(other)) return Tri::kUnknown;
  return Tri::kYes;
}

Tri Question::ShareNoOne(ActId act, ActId other) const {
  struct Doers {
    std::set<model::PersonRef> people;
    bool any = false, unknown = false;
  };
  const auto doers = [&](ActId who) {
    Doers all;
    const auto add = [&](std::size_t row) {
      const model::Entry& entry = history_.entries[row];
      all.any = true;
      all.unknown = all.unknown || entry.people == 0;
      for (std::size_t i = 0; i < entry.people; ++i)
        all.people.insert(history_.people[entry.first_person + i]);
    };
    if (judged_ && history_.entries[*judged_].act == who) add(*judged_);
    for (const DoneAct& done : record_.done) {
      if (done.act == who && done.stands && done.entry) add(*done.entry);
    }
    all.any = all.any || Unseen(who);
    all.unknown = all.unknown || Unseen(who);
    return all;
  };
  const Doers a = doers(act), b = doers(other);
  if (InDoubt(act) || InDoubt(other)) return a.any && b.any ? Tri::kUnknown : Tri::kYes;
  for (const model::PersonRef person : a.people) {
    if (b.people.contains(person)) return Tri::kNo;
  }
  return a.any && b.any && (a.unknown || b.unknown) ? Tri::kUnknown : Tri::kYes;
}

bool Question::MayRunLonger(TermId id) const {
  const check::Term& term = pack_.terms[id.index()];
  if (record_.terms[id.index()].unknown_stop) return true;
  // Of "the earlier of" an unseen event can only have come before, and then the term ended sooner.
  const bool earlier = term.sentence && term.start_kind == program::TermDef::Start::kEarlierOf;
  for (const check::Event& event : earlier ? std::vector<check::Event>() : term.restarts) {
    if (event.kind == check::Event::Kind::kAct && Unseen(event.act)) return true;
  }
  for (const check::Extension& extension : term.extensions) {
    if (Unseen(extension.act)) return true;
  }
  return false;
}

std::uint16_t Question::Phases(TermId id) const {
  const check::Term& term = pack_.terms[id.index()];
  const TermState& state = record_.terms[id.index()];
  const bool unseen_start = std::any_of(
      term.starts.begin(), term.starts.end(),
      [&](const check::Event& event) { return event.kind == check::Event::Kind::kAct && Unseen(event.act); });
  const unsigned stopped = term.stops.empty() ? 0U : program::PhaseBit(Phase::kStopped);
  unsigned phases = program::PhaseBit(state.phase);
  if (record_.doubts.terms.contains(id))
    return static_cast<std::uint16_t>(program::PhaseBit(Phase::kIdle) | kRunningBit | kOverBit | stopped);
  if (strict_ && state.by_assumption) return 15;
  if (state.phase == Phase::kIdle && unseen_start) {
    phases |= kRunningBit | kOverBit | stopped;
  }
  if (state.phase == Phase::kOver && unseen_start) phases |= kRunningBit | stopped;
  if (state.phase == Phase::kOver && state.maybe_running) phases |= kRunningBit | stopped;
  if (state.active() && state.unknown_stop) phases |= stopped;
  if (state.active() && state.maybe_over) phases |= stopped | kOverBit;
  if (state.active() && state.hours && record_.now.last > state.hours->first) phases |= kOverBit;
  return static_cast<std::uint16_t>(phases);
}

std::optional<Length> Question::LengthOf(const check::Length& length,
                                         std::optional<std::size_t> cause) const {
  if (length.kind == check::Length::Kind::kFixed) return length.fixed;
  if (length.kind == check::Length::Kind::kOpen) return std::nullopt;
  if (length.kind == check::Length::Kind::kFact) {
    const Maybe count = Value(pack_.facts[length.fact.index()].value);
    if (!count || *count < 0 || *count > 100000) return std::nullopt;
    return Length{.count = static_cast<std::int32_t>(*count), .unit = length.fixed.unit};
  }
  Maybe value = OwnField(length.field, false);
  if (cause) {
    const auto entry = record_.done[*cause].entry;
    value = entry ? FieldOf(*entry, length.field) : Assumed(length.field);
  }
  if (!value) return std::nullopt;
  return Length{.count = static_cast<std::int32_t>(*value / 8), .unit = static_cast<Unit>(*value % 8)};
}

std::optional<Day> Question::GoverningDay(const check::Rule& rule, Day day) const {
  if (!rule.governed_by) return day;
  const check::Event& event = *rule.governed_by;
  if (event.kind == check::Event::Kind::kLapse && record_.doubts.terms.contains(event.term))
    return std::nullopt;
  if (event.kind == check::Event::Kind::kBreach && record_.doubts.rules.contains(event.rule))
    return std::nullopt;
  if (event.kind == check::Event::Kind::kLapse) return record_.terms[event.term.index()].lapsed;
  if (event.kind == check::Event::Kind::kBreach) return record_.broken_on[event.rule.index()];
  if (judged_ && history_.entries[*judged_].act == event.act) {
    const model::Entry& judged = history_.entries[*judged_];
    const auto on = RestsOn(judged.act, history_.ChosenOn(judged));
    if (!event.on || (on && record_.done[*on].act == event.on)) return judged.day;
  }
  const auto doubt = record_.doubts.acts.find(event.act);
  if (doubt != record_.doubts.acts.end() && (doubt->second.done || doubt->second.idle)) return std::nullopt;
  for (std::size_t row = record_.done.size(); row-- > 0;) {
    const DoneAct& done = record_.done[row];
    if (done.act == event.act && (!event.on || done.names == event.on)) return done.day;
  }
  return std::nullopt;
}

Tri Question::InForce(const check::Sentence& sentence, Day day) const {
  const check::Rule& rule = pack_.rules[sentence.rule.index()];
  Tri answer = Tri::kYes;
  if (sentence.from != base::kFirstDay || sentence.until != base::kLastDay) {
    const auto governing = GoverningDay(rule, day);
    answer =
        governing ? FromBool(sentence.from <= *governing && *governing <= sentence.until) : Tri::kUnknown;
  }
  answer = model::And(answer, InRuleForce(sentence.rule));
  for (std::size_t row = 0; row < pack_.rules.size(); ++row) {
    if (Holds(pack_.rules[row].overrides, sentence.rule))
      answer = model::And(answer, model::Not(InRuleForce(RuleId(row))));
  }
  return answer;
}

// The `if` of a rule; one for each of several is there from when they take part.
Tri Question::InRuleForce(RuleId rule) const {
  const Tri if_ = Ask(pack_.rules[rule.index()].if_);
  if (record_.parts == nullptr) return if_;
  const auto member = record_.parts->rules[rule.index()].member;
  return model::And(if_, FromBool(!member || TakesPart(*member)));
}

bool Question::TakesPart(std::size_t member) const {
  const auto is_theirs = [&](ActId act) { return record_.parts->acts[act.index()].member == member; };
  return (judged_ && is_theirs(history_.entries[*judged_].act)) ||
         std::any_of(record_.done.begin(), record_.done.end(),
                     [&](const DoneAct& done) { return is_theirs(done.act); });
}

// What a log cannot show may have been done to anybody.
Tri Question::PerhapsTakesPart(std::size_t member) const {
  if (TakesPart(member)) return Tri::kYes;
  for (std::size_t act = 0; act < record_.parts->acts.size(); ++act)
    if (record_.parts->acts[act].member == member && Unseen(ActId(act))) return Tri::kUnknown;
  return Tri::kNo;
}

// The values of a field, one or a list.
std::vector<model::Value> Question::Items(FieldId field, model::Value value) const {
  if (pack_.fields[field.index()].type != program::ValueType::kList) return {value};
  const auto first = history_.lists.begin() + value + 1;
  return {first, first + history_.lists[static_cast<std::size_t>(value)]};
}

std::optional<std::vector<model::Value>> Question::Listed(FieldId field) const {
  const Maybe value = OwnField(field, false);
  return value ? std::optional(Items(field, *value)) : std::nullopt;
}

// Bodies stand in the order of the members of their kind, of whom `number` is the first.  Where nobody knows
// whom the field names, it may name somebody of whom nothing was heard.
Tri Question::SomeOrEvery(const Expr& expr) const {
  const bool every = expr.kind == ExprKind::kEvery;
  const auto listed = expr.field ? Listed(expr.field) : std::nullopt;
  Tri all = every ? Tri::kYes : Tri::kNo;
  for (std::size_t i = 0; i < expr.operands.size(); ++i) {
    const std::size_t member = static_cast<std::size_t>(expr.number) + i;
    Tri meant = Tri::kUnknown;
    if (!expr.field) meant = PerhapsTakesPart(member);
    if (listed) meant = FromBool(Holds(*listed, record_.parts->members[member].name));
    const Tri body = Ask(expr.operands[i]);
    all =
        every ? model::And(all, model::Or(model::Not(meant), body)) : model::Or(all, model::And(meant, body));
  }
  if (!expr.field || listed) return all;
  return every ? model::And(all, Tri::kUnknown) : model::Or(all, Tri::kUnknown);
}

Tri Question::Named(FieldId field, model::PersonRef person) const {
  const ActId act = pack_.fields[field.index()].act;
  Tri named = FromBool(false);
  if (InDoubt(act)) return Tri::kUnknown;
  if (Unseen(act)) named = Tri::kUnknown;
  for (const DoneAct& done : record_.done) {
    if (done.act != act || !done.stands) continue;
    const model::Value value =
        done.entry ? history_.value(history_.entries[*done.entry], pack_.fields[field.index()].place)
                   : model::kMissing;
    if (value == model::kMissing) {
      named = model::Or(named, Tri::kUnknown);
    } else {
      named = model::Or(named, FromBool(Holds<model::Value>(Items(field, value), person)));
    }
  }
  return named;
}

Tri Question::IsOf(model::RoleId id, model::PersonRef person) const {
  const check::Role& role = pack_.roles[id.index()];
  if (role.named_in && !role.not_named) return Named(role.named_in, person);
  const auto acted = [&](std::size_t row) {
    const model::Entry& entry = history_.entries[row];
    bool did = false;
    for (std::size_t i = 0; i < entry.people; ++i)
      did = did || history_.people[entry.first_person + i] == person;
    return did && pack_.acts[entry.act.index()].by == std::vector{id};
  };
  Tri is = Tri::kUnknown;
  if (judged_ && acted(*judged_)) is = Tri::kYes;
  for (const DoneAct& done : record_.done) {
    if (done.stands && done.entry && !InDoubt(done.act) && acted(*done.entry)) is = Tri::kYes;
  }
  if (role.named_in && Named(role.named_in, person) != Tri::kNo)
    is = model::And(is, model::Not(Named(role.named_in, person)));
  return is;
}

Tri Question::AreOf(model::RoleId role, const std::vector<model::Value>& people) const {
  Tri all = Tri::kYes;
  for (const model::Value person : people)
    all = model::And(all, IsOf(role, static_cast<model::PersonRef>(person)));
  return all;
}

Tri Question::DoersAreNamed(std::size_t row) const {
  const model::Entry& entry = history_.entries[row];
  const std::vector<model::RoleId>& by = pack_.acts[entry.act.index()].by;
  for (const model::RoleId role : by) {
    if (!pack_.roles[role.index()].named_in) return Tri::kYes;
  }
  if (by.empty()) return Tri::kYes;
  if (entry.people == 0) return Tri::kUnknown;
  Tri all = Tri::kYes;
  for (std::size_t i = 0; i < entry.people; ++i) {
    Tri one = Tri::kNo;
    for (const model::RoleId id : by) {
      const check::Role& role = pack_.roles[id.index()];
      const Tri named = Named(role.named_in, history_.people[entry.first_person + i]);
      one = model::Or(one, role.not_named ? model::Not(named) : named);
    }
    all = model::And(all, one);
  }
  return all;
}

Tri Question::Ask(const Expr& expr) const { return ToTri(Value(expr)); }

Tri Question::Compare(const Expr& expr) const {
  const Maybe a = Value(expr.operands[0]), b = Value(expr.operands[1]);
  if (!a || !b) return Tri::kUnknown;
  if (expr.kind == ExprKind::kEqual) return FromBool(*a == *b);
  if (expr.kind == ExprKind::kNotEqual) return FromBool(*a != *b);
  if (expr.kind == ExprKind::kLess) return FromBool(*a < *b);
  if (expr.kind == ExprKind::kLessEqual) return FromBool(*a <= *b);
  if (expr.kind == ExprKind::kGreater) return FromBool(*a > *b);
  return FromBool(*a >= *b);
}

Tri Question::Distance(const Expr& expr) const {
  const Maybe a = Value(expr.operands[0]), b = Value(expr.operands[1]);
  if (!a || !b) return Tri::kUnknown;
  const Day first{static_cast<std::int32_t>(*a)}, second{static_cast<std::int32_t>(*b)};
  const auto length = LengthOf(expr.length.length, {});
  if (!length || length->unit == Unit::kHours) return Tri::kUnknown;
  const Counting& counting = countings_[expr.length.counting.index()];
  if (expr.kind == ExprKind::kAtLeastBefore) {
    return FromBool(first <= LatestBefore(counting, second, *length));
  }
  if (expr.kind == ExprKind::kAtLeastAfter) {
    return FromBool(first >= PlainNominalEnd(counting, second, *length));
  }
  return FromBool(first <= PlainDueDay(counting, second, *length));
}

Maybe Question::Accrued(std::size_t row) const {
  const TermId term = pack_.accruals[row].term;
  if (Phases(term) != program::PhaseBit(record_.terms[term.index()].phase)) return std::nullopt;
  const Grown& grown = record_.grown[row];
  const auto& amount = strict_ ? grown.strict : grown.amount;
  return amount ? Maybe((*amount + 5000) / 10000) : std::nullopt;
}

Tri Question::InTime(ActId act) const {
  if (InDoubt(act)) return Tri::kUnknown;
  const auto row = LastStanding(act);
  if (row) return strict_ ? record_.done[*row].in_time_strict : record_.done[*row].in_time;
  return Unseen(act) ? Tri::kUnknown : Tri::kNo;
}

Maybe Question::MinuteOf(ActId act) const {
  if (judged_ && history_.entries[*judged_].act == act) {
    const base::Minute minute = history_.entries[*judged_].minute;
    return minute == base::kNoMinute ? Maybe() : Maybe(minute);
  }
  if (InDoubt(act)) return std::nullopt;
  const auto row = LastStanding(act);
  return row && record_.done[*row].minute ? Maybe(*record_.done[*row].minute) : std::nullopt;
}

// The row whose words are those asked for and, where the last key is a size, the last that begins at or below
// it.
Maybe Question::Lookup(const Expr& expr) const {
  const check::Table& table = pack_.tables[expr.table.index()];
  std::vector<std::int64_t> keys;
  for (const Expr& operand : expr.operands) {
    const Maybe key = Value(operand);
    if (!key) return std::nullopt;
    keys.push_back(*key);
  }
  Maybe result;
  for (const std::vector<std::int64_t>& row : table.rows) {  // in rising order
    bool holds = true;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const bool word = table.columns[i].type.value == program::ValueType::kChoice;
      holds = holds && (word ? row[i] == keys[i] : row[i] <= keys[i]);
    }
    if (holds) result = row[expr.column];
  }
  return result;
}

Maybe Question::Compute(const Expr& expr) const {
  Maybe result;
  for (const Expr& operand : expr.operands) {
    const Maybe value = Value(operand);
    if (!value) return std::nullopt;
    if (!result) {
      result = value;
    } else if (expr.kind == ExprKind::kAdd) {
      if (__builtin_add_overflow(*result, *value, &*result)) return std::nullopt;
    } else if (expr.kind == ExprKind::kSubtract) {
      if (__builtin_sub_overflow(*result, *value, &*result)) return std::nullopt;
    } else if (expr.kind == ExprKind::kMultiply) {
      if (__builtin_mul_overflow(*result, *value, &*result)) return std::nullopt;
    } else if (expr.kind == ExprKind::kMin) {
      result = std::min(*result, *value);
    } else {
      result = std::max(*result, *value);
    }
  }
  return expr.kind == ExprKind::kPercentOf ? PercentOf(*result, expr.number) : result;
}

Tri Question::HoldsIt(model::PersonRef person, std::uint32_t credential) const {
  Tri answer = Tri::kUnknown;
  for (std::size_t i = history_.holdings.size(); i-- > 0;) {
    const model::Holding& one = history_.holdings[i];
    if (one.person == person && one.credential == credential) answer = one.held ? Tri::kYes : Tri::kNo;
  }
  return answer;
}

Tri Question::AllHold(std::size_t entry, std::uint32_t credential) const {
  const model::Entry& of = history_.entries[entry];
  if (of.people == 0) return Tri::kUnknown;
  Tri all = Tri::kYes;
  for (std::uint32_t i = 0; i < of.people; ++i) {
    all = model::And(all, HoldsIt(history_.people[of.first_person + i], credential));
  }
  return all;
}

Maybe Question::Value(const Expr& expr) const {
  switch (expr.kind) {
    case ExprKind::kYes:
      return 1;
    case ExprKind::kNo:
      return 0;
    case ExprKind::kConstant:
      return expr.number;
    case ExprKind::kField:
      return OwnField(expr.field, false);
    case ExprKind::kPrevious:
      return OwnField(expr.field, true);
    case ExprKind::kRoleField:
      return RoleField(expr.field);
    case ExprKind::kFact:
      return Value(pack_.facts[expr.fact.index()].value);
    case ExprKind::kStands:
      return FromTri(Stands(expr.act));
    case ExprKind::kDayOf:
      return DayOf(expr.act);
    case ExprKind::kSum:
      return Sum(expr.field);
    case ExprKind::kCount:
      if (Unseen(expr.act) || InDoubt(expr.act)) return std::nullopt;
      return std::count_if(record_.done.begin(), record_.done.end(),
                           [&](const DoneAct& done) { return done.act == expr.act && done.stands; });
    case ExprKind::kHas:
      return Has(expr.field);
    case ExprKind::kFound:
      return Found(expr);
    case ExprKind::kStandingIs:
      return FromTri(StandingIs(expr.act, expr.standing));
    case ExprKind::kAfter:
      return FromTri(FollowsLast(expr.act, expr.other));
    case ExprKind::kUnanswered:
      return FromTri(Unanswered(expr.act, expr.other));
    case ExprKind::kShareNoOne:
      return FromTri(ShareNoOne(expr.act, expr.other));
    case ExprKind::kHold: {
      if (expr.field) {
        const Maybe official = OwnField(expr.field, false);
        return official ? FromTri(HoldsIt(static_cast<model::PersonRef>(*official), expr.credential))
                        : std::nullopt;
      }
      if (judged_ && history_.entries[*judged_].act == expr.act)
        return FromTri(AllHold(*judged_, expr.credential));
      if (InDoubt(expr.act)) return std::nullopt;
      const auto row = LastStanding(expr.act);
      if (!row || !record_.done[*row].entry) return std::nullopt;
      return FromTri(AllHold(*record_.done[*row].entry, expr.credential));
    }
    case ExprKind::kBroken:
      return FromTri(record_.broken[expr.rule.index()]);
    case ExprKind::kTermIs: {
      const std::uint16_t phases = Phases(expr.term);
      if ((phases & expr.phases) == 0) return 0;
      return (phases & ~expr.phases) == 0 ? Maybe(1) : std::nullopt;
    }
    case ExprKind::kNot:
      return FromTri(model::Not(Ask(expr.operands[0])));
    case ExprKind::kAnd: {
      Tri all = Tri::kYes;
      for (const Expr& operand : expr.operands) all = model::And(all, Ask(operand));
      return FromTri(all);
    }
    case ExprKind::kOr: {
      Tri any = Tri::kNo;
      for (const Expr& operand : expr.operands) any = model::Or(any, Ask(operand));
      return FromTri(any);
    }
    case ExprKind::kEqual:
    case ExprKind::kNotEqual:
    case ExprKind::kLess:
    case ExprKind::kLessEqual:
    case ExprKind::kGreater:
    case ExprKind::kGreaterEqual:
      return FromTri(Compare(expr));
    case ExprKind::kInSet: {
      const Maybe value = Value(expr.operands[0]);
      return value ? Maybe((expr.number >> *value) & 1) : std::nullopt;
    }
    case ExprKind::kAdd:
    case ExprKind::kSubtract:
    case ExprKind::kMultiply:
    case ExprKind::kPercentOf:
    case ExprKind::kMin:
    case ExprKind::kMax:
      return Compute(expr);
    case ExprKind::kAtLeastBefore:
    case ExprKind::kAtLeastAfter:
    case ExprKind::kWithin:
      return FromTri(Distance(expr));
    case ExprKind::kSome:
    case ExprKind::kEvery:
      return FromTri(SomeOrEvery(expr));
    case ExprKind::kNamedAre: {
      const auto people = Listed(expr.field);
      return people ? FromTri(AreOf(expr.role, *people)) : std::nullopt;
    }
    case ExprKind::kDoersAre: {
      const auto row = LastStanding(expr.act);
      std::optional<std::size_t> entry = row && !InDoubt(expr.act) ? record_.done[*row].entry : std::nullopt;
      if (judged_ && history_.entries[*judged_].act == expr.act) entry = judged_;
      if (!entry || history_.entries[*entry].people == 0) return std::nullopt;
      const auto first = history_.people + history_.entries[*entry].first_person;
      return FromTri(AreOf(expr.role, {first, first + history_.entries[*entry].people}));
    }
    case ExprKind::kLookup:
      return Lookup(expr);
    case ExprKind::kAccrued:
      return Accrued(static_cast<std::size_t>(expr.number));
    case ExprKind::kInTime:
      return FromTri(InTime(expr.act));
    case ExprKind::kEarlier: {
      const std::size_t place = pack_.role_fields + static_cast<std::size_t>(expr.number);
      if (place >= history_.role_values.size()) return std::nullopt;
      const model::Value answer = history_.role_values[place];
      return answer == model::kMissing ? Maybe() : Maybe(answer);
    }
    case ExprKind::kMinuteOf:
      return MinuteOf(expr.act);
    case ExprKind::kBetween: {
      const Maybe minute = Value(expr.operands[0]);
      if (!minute) return std::nullopt;
      const std::int64_t first = expr.number / 1440, last = expr.number % 1440;
      // Round the clock from the first minute on.
      return (*minute - first + 1440) % 1440 <= (last - first + 1440) % 1440 ? 1 : 0;
    }
    case ExprKind::kIsWorkingDay: {
      const Maybe day = Value(expr.operands[0]);
      if (!day) return std::nullopt;
      const Counting& counting = countings_[expr.length.counting.index()];
      return counting.calendar->IsWorkingDay(Day{static_cast<std::int32_t>(*day)}) ? 1 : 0;
    }
  }
  return std::nullopt;
}

}  // namespace lawbound::reference
