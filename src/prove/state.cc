#include "prove/state.h"

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace lawbound::prove {

using engine::kNever;
using engine::kNoRow;
using engine::Phase;
using engine::TermState;

const model::Entry& Draft::Add(const program::Program& program, const Deed& deed, base::Day day,
                               std::int32_t ahead) {
  model::Entry entry;
  entry.act = deed.act;
  entry.day = entry.recorded = day;
  entry.people = static_cast<std::uint16_t>(deed.people.size());
  entry.first_person = static_cast<std::uint32_t>(people_.size());
  entry.first_value = static_cast<std::uint32_t>(values_.size());
  entry.number = static_cast<std::uint32_t>(entries_.size());
  people_.insert(people_.end(), deed.people.begin(), deed.people.end());
  values_.insert(values_.end(), deed.values.begin(), deed.values.end());
  const program::ActDef& act = program.acts[deed.act.index()];
  for (std::uint32_t f = act.fields.first; f < act.fields.end(); ++f) {
    Value& value = values_[entry.first_value + program.fields[f].place];
    if (program.fields[f].type != program::ValueType::kDay || value == model::kMissing) continue;
    value = day.number + (act.dated_field == FieldId(std::size_t{f}) ? 0 : ahead);
  }
  entries_.push_back(entry);
  Point();
  return entries_.back();
}

void Draft::RemoveLast() {
  values_.resize(entries_.back().first_value);
  people_.resize(entries_.back().first_person);
  entries_.pop_back();
  Point();
}

void Draft::Point() {
  history_ = {.name = "",
              .entries = entries_,
              .role_values = world_->settings()[setting_],
              .values = values_.data(),
              .people = people_.data(),
              .texts = world_->texts(),
              .people_names = world_->people_names(),
              .member_values = {},
              .lists = world_->lists(),
              .holdings = world_->holdings(),
              .members = world_->members()};
}

State::State(const engine::Plan& plan, const engine::Plan& judging, const World& world, const Slice& slice,
             std::size_t setting, base::Day day)
    : plan_(plan), judging_(judging), slice_(slice), day_(day), draft_(world, setting) {
  record_.Reset(plan_, draft_.history());
  record_.now = day_;
  record_.open_days = &days_;
}

State::State(const State& other)
    : plan_(other.plan_),
      judging_(other.judging_),
      slice_(other.slice_),
      day_(other.day_),
      draft_(other.draft_),
      record_(other.record_),
      days_(other.days_) {
  record_.history = &draft_.history();
  record_.open_days = &days_;
}

void State::Judge(engine::Judgement& out) {
  engine::Engine(plan_, record_).Judge(history().entries.back(), out);
}

void State::JudgeAsked(engine::Judgement& out) {
  if (slice_.view() == View::kAtHand) {
    engine::Record record = LeavingOut();
    engine::Engine(judging_, record).Judge(history().entries.back(), out);
  } else {
    engine::Engine(judging_, record_).Judge(history().entries.back(), out);
  }
}

// Nothing is known of what the slice leaves out, but that what rests on what was never done was not done
// either.
engine::Record State::LeavingOut() const {
  engine::Record record(record_);
  if (!record.in_doubt) {
    record.in_doubt = true;
    record.doubtful_acts.assign(record.acts.size(), 0);
    record.doubtful_terms.assign(record.terms.size(), 0);
    record.doubtful_rules.assign(record.broken.size(), 0);
  }
  const std::vector<std::uint8_t> never = NeverDone();
  for (std::size_t act = 0; act < record.acts.size(); ++act) {
    if (!slice_.lasts(ActId(act)) && never[act] == 0)
      record.doubtful_acts[act] = engine::kInDoubt | engine::kMayBeSaid;
    // What is said of an act is followed only where somebody asks.
    if (slice_.lasts(ActId(act)) && !slice_.reads_standing(ActId(act)))
      record.doubtful_acts[act] |= engine::kMayBeSaid;
  }
  const program::Program& program = plan_.program();
  const auto not_come = [&](const program::EventDef& event) {
    return event.kind == program::EventDef::Kind::kAct && never[event.act.index()] != 0;
  };
  for (std::size_t term = 0; term < record.terms.size(); ++term) {
    const program::TermDef& def = program.terms[term];
    const auto starts = program.events.begin() + def.starts.first;
    const auto restarts = program.events.begin() + def.restarts.first;
    const bool idle = std::all_of(starts, starts + def.starts.count, not_come) &&
                      std::all_of(restarts, restarts + def.restarts.count, not_come);
    if (!slice_.has(TermId(term)) && !idle) record.doubtful_terms[term] = 1;
  }
  for (std::size_t rule = 0; rule < record.broken.size(); ++rule) {
    if (slice_.has(RuleId(rule))) continue;
    record.doubtful_rules[rule] = 1;
    record.broken[rule] = 2;
  }
  return record;
}

// By act: certainly it was never done, since it rests on what was not.  What takes away what it rests on
// stays without it.
std::vector<std::uint8_t> State::NeverDone() const {
  const program::Program& program = plan_.program();
  std::vector<std::uint8_t> never(program.acts.size(), 0);
  for (std::size_t act = 0; act < never.size(); ++act)
    never[act] = slice_.lasts(ActId(act)) && record_.acts[act].ever == 0 && !slice_.takes_away() ? 1 : 0;
  for (bool more = !slice_.takes_away(); more;) {
    more = false;
    for (std::size_t act = 0; act < never.size(); ++act) {
      const program::ActDef& def = program.acts[act];
      if (never[act] != 0 || slice_.lasts(ActId(act)) || def.rests_on.empty()) continue;
      const auto first = program.act_lists.begin() + def.rests_on.first;
      const bool nothing =
          std::all_of(first, first + def.rests_on.count, [&](ActId on) { return never[on.index()] != 0; });
      if (!nothing) continue;
      never[act] = 1;
      more = true;
    }
  }
  return never;
}

void TakeUp(Move::How how, engine::Judgement& judgement) {
  using How = Move::How;
  if (how == How::kInTime || how == How::kLawfullyInTime || how == How::kAnyway)
    judgement.in_time = engine::Evaluator::FromTri(model::Tri::kYes);
  if (how == How::kNotInTime || how == How::kLawfullyLate || how == How::kAnywayLate)
    judgement.in_time = engine::Evaluator::FromTri(model::Tri::kNo);
  if (how == How::kAnyway || how == How::kAnywayLate) {
    judgement.outcomes.clear();
    judgement.broken_rules.clear();
    judgement.unsure_rules.clear();
    judgement.faults.clear();
  }
  if (how == How::kOnNothing) judgement.applied = true;
  if (how == How::kWithoutEffect) judgement.applied = false;
}

void State::BringAbout(std::uint32_t effect) {
  engine::Engine(plan_, record_).BringAbout(effect);
  RunOn();
}

void State::Close() {
  engine::Engine(plan_, record_).Close(day_);
  RunOn();
}

// Whether it may be so here, as far as what is followed tells: whoever else may take part.
bool State::MayNotBeNo(program::CodeId code) const {
  constexpr std::size_t kMostMembers = 10;  // of more it is not tried who else takes part
  if (slice_.asks_who_acted(code) || record_.takes_part.size() > kMostMembers) return true;
  engine::Record record = LeavingOut();
  engine::OpenDays days;
  record.open_days = &days;
  const std::vector<std::uint8_t> known = record.takes_part;
  for (unsigned others = 0; others < 1U << known.size(); ++others) {
    for (std::size_t i = 0; i < known.size(); ++i)
      record.takes_part[i] = static_cast<std::uint8_t>(known[i] | (others >> i & 1U));
    days.Restart(0);
    do {
      if (engine::Evaluator(judging_, record, nullptr).Holds(code).tri() != model::Tri::kNo) return true;
    } while (days.Next());
  }
  return false;
}

bool State::MayClose() const {
  return judging_.closes && (slice_.view() != View::kAtHand || MayNotBeNo(judging_.closes));
}

bool State::MayBeStopped(TermId term) const {
  if (!slice_.may_be_stopped_unseen(term)) return false;
  const program::Program& program = plan_.program();
  const auto& stops = program.terms[term.index()].stops;
  for (std::uint32_t i = stops.first; i < stops.end(); ++i) {
    if (MayNotBeNo(program.stops[i].condition)) return true;
  }
  return false;
}

void State::TakePart(program::PartNumber part) {
  engine::Engine(plan_, record_).TakePart(part, day_);
  RunOn();
}

void State::Apply(const engine::Judgement& judgement) {
  engine::Engine engine(plan_, record_);
  engine.Apply(history().entries.back(), draft_.last(), judgement);
  RunOn();
}

// Nothing ends by itself: every bound is put out of reach, and hours last.
void State::RunOn() {
  record_.next_due = record_.next_end = kNever;
  record_.from = record_.to = 0;
  for (const TermId id : record_.live) {
    TermState& term = record_.terms[id.index()];
    if (term.phase != Phase::kRunning || term.unit != calendar::Unit::kHours) continue;
    term.due_from = term.due_to = std::numeric_limits<engine::Moment>::max() / 4;
  }
}

void State::End() {
  record_.next_due = record_.next_end = day_ - 1;
  engine::Engine(plan_, record_).CarryOutUntil(day_);
  RunOn();
}

void State::Due(const TimeEnd& end) {
  if (end.is_ceiling) {
    record_.ceilings[end.row].due = day_ - 1;
    record_.terms[TermOfCeiling(plan_.program(), end.row).index()].ceiling = day_ - 1;
  } else {
    record_.terms[end.row].due = day_ - 1;
  }
}

void State::Lapse(TermId term) {
  Due({.row = term.value});
  End();
}

void State::ReachCeiling(std::uint32_t ceiling) {
  Due({.is_ceiling = true, .row = ceiling});
  End();
}

void State::EndTogether(std::uint32_t which) {
  const std::vector<TimeEnd> ends = Ends();
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if ((which >> i & 1U) != 0) Due(ends[i]);
  }
  End();
}

std::vector<TimeEnd> State::Ends() const {
  const auto waited_for = [&](TermId term) {
    return plan_.watched[term.index()] != 0 || record_.terms[term.index()].open_duties != 0;
  };
  std::vector<TimeEnd> out;
  for (std::size_t i = 0; i < record_.terms.size(); ++i) {
    const TermId term(i);
    if (!slice_.has(term) || !MayLapse(term)) continue;
    // What is over after another that is waited for may be over with it.
    if (waited_for(term) || WaitsForAnother(term)) out.push_back({.row = term.value});
  }
  for (std::uint32_t row = 0; row < record_.ceilings.size(); ++row) {
    const TermId term = TermOfCeiling(plan_.program(), row);
    if (MayReachCeiling(row) && slice_.has(term) && waited_for(term))
      out.push_back({.is_ceiling = true, .row = row});
  }
  return out;
}

TermId TermOfCeiling(const program::Program& program, std::uint32_t ceiling) {
  for (std::size_t i = 0; i < program.terms.size(); ++i) {
    const auto& ceilings = program.terms[i].ceilings;
    if (ceiling >= ceilings.first && ceiling < ceilings.end()) return TermId(i);
  }
  return {};
}

bool State::MayLapse(TermId id) const {
  const TermState& term = record_.terms[id.index()];
  return term.live && term.phase == Phase::kRunning && !term.open;
}

bool State::WaitsForAnother(TermId id) const {
  const TermState& term = record_.terms[id.index()];
  return std::any_of(slice_.over_first().begin(), slice_.over_first().end(), [&](const auto& pair) {
    const TermState& first = record_.terms[pair.first.index()];
    return pair.second == id && term.started_by != kNoRow && first.started_by == term.started_by &&
           MayLapse(pair.first);
  });
}

bool State::WillEnd(TermId id) const {
  const TermState& term = record_.terms[id.index()];
  return engine::Record::EffectiveDue(term) != kNever;
}

bool State::MayReachCeiling(std::uint32_t ceiling) const {
  const engine::CeilingState& state = record_.ceilings[ceiling];
  return state.set && state.due != kNever && state.due >= day_;
}

void State::Repeat(const Move& move) {
  days_.Restart(move.answers);
  switch (move.kind) {
    case Move::Kind::kNone:
      break;
    case Move::Kind::kDeed: {
      engine::Judgement judgement;
      Propose(draft_.world().deeds()[move.row]);
      const bool lawfully = move.how >= Move::How::kLawfully && move.how <= Move::How::kAnywayLate;
      lawfully ? JudgeAsked(judgement) : Judge(judgement);
      TakeUp(move.how, judgement);
      Apply(judgement);
      break;
    }
    case Move::Kind::kLapse:
      Lapse(TermId(std::size_t{move.row}));
      break;
    case Move::Kind::kTogether:
      EndTogether(move.row);
      break;
    case Move::Kind::kCeiling:
      ReachCeiling(move.row);
      break;
    case Move::Kind::kEffect:
      BringAbout(move.row);
      break;
    case Move::Kind::kClose:
      Close();
      break;
    case Move::Kind::kTakePart:
      TakePart(static_cast<program::PartNumber>(move.row));
      break;
  }
  days_.Restart(0);
}

model::Tri State::Ask(program::CodeId code, bool judged) const {
  const model::Entry* entry = judged ? &history().entries.back() : nullptr;
  if (slice_.view() != View::kAtHand) return engine::Evaluator(plan_, record_, entry).Holds(code).tri();
  const engine::Record record = LeavingOut();
  return engine::Evaluator(plan_, record, entry).Holds(code).tri();
}

namespace {

// Mixes numbers into a key, one after another (the finaliser of MurmurHash3, in the public domain, twice with
// different seeds).
class Mixer {
 public:
  void Add(std::uint64_t value) {
    high_ = Mix(high_ ^ value) + 0x9e3779b97f4a7c15;
    low_ = Mix(low_ + value * 0xd6e8feb86659fd93) ^ (high_ >> 17);
  }
  Key key() const { return {high_, low_}; }

 private:
  static std::uint64_t Mix(std::uint64_t x) {
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccd;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53;
    return x ^ (x >> 33);
  }
  std::uint64_t high_ = 0x243f6a8885a308d3, low_ = 0x13198a2e03707344;
};

}  // namespace

Key State::MakeKey() const {
  return prove::MakeKey(plan_, draft_.world(), slice_, draft_.setting(), record_, day_);
}

// Acts count kind by kind in their order; the order between kinds counts only where some expression asks for
// it.
Key MakeKey(const engine::Plan& plan, const World& world, const Slice& slice, std::size_t setting,
            const engine::Record& record, base::Day now) {
  const program::Program& program = plan.program();
  const model::History& history = *record.history;
  Mixer mixer;
  mixer.Add(setting << 1 | (record.closed && plan.closes ? 1u : 0u));
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < record.done.size(); ++row) {
    const ActId act = record.done[row].act;
    const bool each = slice.counts_each(act) && !slice.is_summed(act);
    if (!slice.lasts(act)) continue;
    if (each || record.acts[act.index()].last_ever == row) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return record.done[a].act < record.done[b].act; });
  // Of those that do not count one by one it matters only what kind they are of.
  std::vector<std::uint32_t> place(record.done.size());
  for (std::uint32_t row = 0; row < place.size(); ++row)
    place[row] = 0x80000000U | record.done[row].act.value;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ActId act = record.done[rows[i]].act;
    if (slice.counts_each(act) && !slice.is_summed(act)) place[rows[i]] = static_cast<std::uint32_t>(i);
  }
  const auto place_of = [&](std::uint32_t row) { return row == kNoRow ? kNoRow : place[row]; };
  std::vector<PersonRef> seen;
  const auto add_person = [&](PersonRef person) {
    if (!world.IsLikeOthers(person)) return mixer.Add(std::uint64_t{person} + 100);
    const auto found = std::find(seen.begin(), seen.end(), person);
    mixer.Add(static_cast<std::uint64_t>(found - seen.begin()));
    if (found == seen.end()) seen.push_back(person);
  };
  for (const std::uint32_t row : rows) {
    const engine::Done& done = record.done[row];
    const program::ActDef& act = program.acts[done.act.index()];
    mixer.Add(done.act.value);
    // Whether it was deemed done shows where somebody asks what only an entry has.
    bool looked_into = slice.reads_people(done.act);
    for (std::uint32_t f = act.fields.first; f < act.fields.end(); ++f)
      looked_into = looked_into || slice.reads(FieldId(std::size_t{f}));
    const bool timed = plan.asks_in_time[done.act.index()] != 0;
    mixer.Add((done.stands ? 1u : 0u) | (done.deemed && looked_into ? 2u : 0u) |
              (timed && done.in_time_assumed ? 4u : 0u) |
              (timed ? static_cast<unsigned>(done.in_time) << 8 : 0U));
    mixer.Add(std::uint64_t{done.said} << 32 | place_of(done.on));
    for (std::uint32_t f = 0; done.given != kNoRow && f < act.fields.count; ++f) {
      if (!slice.reads(FieldId(std::size_t{act.fields.first + f}))) continue;
      const std::optional<engine::Cell>& given = record.given[done.given + f];
      mixer.Add(!given          ? 1
                : given->open   ? 2
                : !given->known ? 3
                                : static_cast<std::uint64_t>(given->number) + 4);
    }
    if (done.entry == kNoRow) continue;
    const model::Entry& entry = history.entries[done.entry];
    for (std::uint32_t f = act.fields.first; f < act.fields.end(); ++f) {
      const FieldId id(std::size_t{f});
      if (!slice.reads_one(id) && (!slice.reads(id) || slice.is_summed(done.act))) continue;
      const program::FieldDef& field = program.fields[f];
      const Value value = history.value(entry, field.place);
      if (field.type == program::ValueType::kDay) {
        mixer.Add(value == model::kMissing ? 1 : 0);  // which day is left open, whether there is one is not
      } else if (field.type == program::ValueType::kOfficial && value != model::kMissing) {
        add_person(static_cast<PersonRef>(value));
      } else {
        mixer.Add(static_cast<std::uint64_t>(value));
      }
    }
    if (!slice.reads_people(done.act)) continue;
    for (std::uint32_t i = 0; i < entry.people; ++i) add_person(history.people[entry.first_person + i]);
  }
  for (std::size_t act = 0; act < record.acts.size(); ++act) {
    if (!slice.is_summed(ActId(act))) continue;
    mixer.Add(std::uint64_t{record.acts[act].ever} << 32 | record.acts[act].standing);
    for (const FieldId field : plan.summed_fields[act]) {
      if (!slice.reads(field)) continue;
      const engine::SumState& sum = record.sums[plan.sum_slot[field.index()]];
      mixer.Add(static_cast<std::uint64_t>(sum.total));
      mixer.Add(sum.unknown);
    }
  }
  for (const auto& [first, second] : slice.over_first()) {
    const TermState &a = record.terms[first.index()], &b = record.terms[second.index()];
    if (a.live && b.live) mixer.Add(a.started_by != kNoRow && a.started_by == b.started_by ? 1 : 0);
  }
  for (const auto& [one, other] : slice.ordered()) {
    const std::uint32_t a = record.acts[one.index()].last, b = record.acts[other.index()].last;
    mixer.Add(a == kNoRow ? 0 : b == kNoRow ? 1 : a < b ? 2 : 3);
  }
  for (std::size_t i = 0; i < record.terms.size(); ++i) {
    const TermState& term = record.terms[i];
    if (!term.live || !slice.has(TermId(i))) continue;
    mixer.Add(i << 16 | static_cast<unsigned>(term.phase) << 8 | (term.uncertain ? 1u : 0u) |
              (term.open ? 2u : 0u) | (term.due == kNever ? 4u : 0u) | (term.ceiling == kNever ? 8u : 0u) |
              (term.ceiling < now ? 16u : 0u) |
              (term.phase == Phase::kOver && term.due >= term.ceiling ? 32u : 0u) |
              (term.unsure_ceiling ? 64u : 0u));
    mixer.Add(term.extended);
    const program::TermDef& def = program.terms[i];
    for (std::uint32_t row = def.extensions.first; row < def.extensions.end(); ++row) {
      mixer.Add(static_cast<std::uint32_t>(record.extended_by[row]));
    }
    mixer.Add(place_of(term.started_by));
    // What was done since the law does not deem done when the term ends.
    const bool deems = !plan.lapse_effects[i].empty() || !plan.term_duties[i].empty();
    for (std::size_t act = 0; deems && act < record.acts.size(); ++act) {
      const std::uint32_t last = record.acts[act].last;
      if (slice.is_deemed(ActId(act)) && last != kNoRow && last >= term.began_at) mixer.Add(act);
    }
  }
  std::vector<std::uint8_t> bounds(record.ceilings.size(), 0);
  for (std::size_t i = 0; i < record.terms.size(); ++i) {
    const auto& ceilings = program.terms[i].ceilings;
    for (std::uint32_t row = ceilings.first; row < ceilings.end(); ++row) bounds[row] = slice.has(TermId(i));
  }
  for (std::size_t i = 0; i < record.ceilings.size(); ++i) {
    const engine::CeilingState& state = record.ceilings[i];
    if (state.set && bounds[i] != 0)
      mixer.Add(std::uint64_t{place_of(state.cause)} << 32 | i << 2 |
                (state.due < now       ? 1u
                 : state.due == kNever ? 2u
                                       : 0u));
  }
  for (std::size_t i = 0; i < record.duties.size(); ++i) {
    const engine::DutyState& duty = record.duties[i];
    if (duty.state == engine::DutyState::State::kNone) continue;
    if (!slice.has(program.sentences[i].rule)) continue;
    mixer.Add(i << 8 | static_cast<unsigned>(duty.state) << 1 | (duty.uncertain ? 1u : 0u));
  }
  for (std::size_t i = 0; i < record.broken.size(); ++i) {
    if (slice.has(RuleId(i)) && record.broken[i] != 0) mixer.Add(i << 2 | record.broken[i]);
  }
  for (std::size_t i = 0; i < record.takes_part.size(); ++i) mixer.Add(i << 1 | record.takes_part[i]);
  if (record.in_doubt) {
    for (const auto* doubts : {&record.doubtful_acts, &record.doubtful_terms, &record.doubtful_rules}) {
      for (std::size_t i = 0; i < doubts->size(); ++i) mixer.Add(i << 8 | (*doubts)[i]);
    }
  }
  return mixer.key();
}

}  // namespace lawbound::prove
