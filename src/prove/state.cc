#include "prove/state.h"

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace lawbound::prove {

using engine::kNever;
using engine::kNoRow;
using engine::Phase;
using engine::TermState;

const model::Entry& Draft::Add(const program::Program& program, const Deed& deed, base::Day day) {
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
    if (program.fields[f].type == program::ValueType::kDay && value != model::kMissing) value = day.number;
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
  engine::Engine(judging_, record_).Judge(history().entries.back(), out);
}

void TakeUp(Move::How how, engine::Judgement& judgement) {
  using How = Move::How;
  if (how == How::kInTime) judgement.in_time = engine::Evaluator::FromTri(model::Tri::kYes);
  if (how == How::kNotInTime) judgement.in_time = engine::Evaluator::FromTri(model::Tri::kNo);
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

void State::Lapse(TermId term) {
  record_.terms[term.index()].due = day_ - 1;
  End();
}

void State::ReachCeiling(std::uint32_t ceiling) {
  record_.ceilings[ceiling].due = day_ - 1;
  record_.terms[TermOfCeiling(plan_.program(), ceiling).index()].ceiling = day_ - 1;
  End();
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
      move.how == Move::How::kLawfully ? JudgeAsked(judgement) : Judge(judgement);
      TakeUp(move.how, judgement);
      Apply(judgement);
      break;
    }
    case Move::Kind::kLapse:
      Lapse(TermId(std::size_t{move.row}));
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
  return engine::Evaluator(plan_, record_, judged ? &history().entries.back() : nullptr).Holds(code).tri();
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
  mixer.Add(setting << 1 | (record.closed ? 1u : 0u));
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < record.done.size(); ++row) {
    const ActId act = record.done[row].act;
    if (slice.counts_each(act) || record.acts[act.index()].last_ever == row) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return record.done[a].act < record.done[b].act; });
  // Of those that do not count one by one it matters only what kind they are of.
  std::vector<std::uint32_t> place(record.done.size());
  for (std::uint32_t row = 0; row < place.size(); ++row)
    place[row] = 0x80000000U | record.done[row].act.value;
  for (std::size_t i = 0; i < rows.size(); ++i) place[rows[i]] = static_cast<std::uint32_t>(i);
  const bool faults_count = !slice.is_free();
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
    mixer.Add((done.stands ? 1u : 0u) | (done.deemed ? 2u : 0u) | (done.in_time_assumed ? 4u : 0u) |
              (faults_count ? static_cast<unsigned>(record.QualityOf(row)) << 3 : 0U) |
              static_cast<unsigned>(done.in_time) << 8);
    mixer.Add(std::uint64_t{done.said} << 32 | place_of(done.on));
    for (const engine::Fault& fault : record.faults) {
      if (faults_count && fault.done == row)
        mixer.Add(std::uint64_t{fault.cure.value} << 8 | static_cast<unsigned>(fault.quality));
    }
    for (std::uint32_t f = 0; done.given != kNoRow && f < act.fields.count; ++f) {
      const std::optional<engine::Cell>& given = record.given[done.given + f];
      mixer.Add(!given          ? 1
                : given->open   ? 2
                : !given->known ? 3
                                : static_cast<std::uint64_t>(given->number) + 4);
    }
    if (done.entry == kNoRow) continue;
    const model::Entry& entry = history.entries[done.entry];
    for (std::uint32_t f = act.fields.first; f < act.fields.end(); ++f) {
      if (!slice.reads(FieldId(std::size_t{f})) && plan.sum_slot[f] == engine::Plan::kNoSlot) continue;
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
    if (faults_count && record.acts[act].without_effect != 0) mixer.Add(act << 8 | 0x55);
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
  for (std::size_t i = 0; i < record.ceilings.size(); ++i) {
    const engine::CeilingState& state = record.ceilings[i];
    if (state.set)
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
