#include "prove/waiting.h"

#include <algorithm>
#include <cstdint>

#include "calendar/period.h"
#include "engine/engine.h"
#include "engine/matter.h"

namespace lawbound::prove {

using model::ActId;
using model::Batch;
using model::Entry;
using model::RoleId;
using model::SentenceId;
using model::Tri;
using model::Value;
using program::ActDef;
using program::Program;
using program::SentenceDef;
using Kind = SentenceDef::Kind;

namespace {

template <typename Row, typename T>
std::span<const Row> In(const std::vector<Row>& table, base::Range<T> range) {
  return std::span(table).subspan(range.first, range.count);
}

template <typename Id>
bool Has(std::span<const Id> list, Id id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

bool MayDo(const Program& program, ActId act, RoleId role) {
  return Has(In(program.role_lists, program.acts[act.index()].by), role);
}

bool IsDemanded(const Program& program, ActId act) {
  return std::any_of(program.sentences.begin(), program.sentences.end(), [&](const SentenceDef& sentence) {
    return sentence.kind == Kind::kMust && Has(In(program.act_lists, sentence.acts), act);
  });
}

// An act of a party without what only people could say.
Value PlainValue(const program::FieldDef& field, base::Day day, Value choice, Batch& batch) {
  using program::ValueType;
  switch (field.type) {
    case ValueType::kYesNo:
    case ValueType::kChoice:
      return choice;
    case ValueType::kWhole:
    case ValueType::kMoney:
    case ValueType::kOfficial:
      return 0;
    case ValueType::kDay:
      return day.number;
    case ValueType::kLength:
      return model::LengthValue(5, static_cast<int>(calendar::Unit::kWorkingDays));
    case ValueType::kText:
    case ValueType::kDocument:
    case ValueType::kProvision:
      batch.texts.emplace_back("one");
      return static_cast<Value>(batch.texts.size() - 1);
    case ValueType::kList:
      batch.lists.push_back(0);
      return static_cast<Value>(batch.lists.size() - 1);
    case ValueType::kMember:
      return model::kMissing;
  }
  return model::kMissing;
}

Batch UpTo(const Batch& example, std::size_t entry) {
  Batch batch = example;
  batch.entries.resize(entry + 1);
  batch.cases.front().entries = static_cast<std::uint32_t>(entry + 1);
  batch.chosen_on.clear();
  return batch;
}

// The same with one more act, by who did the one given.
Batch With(const Program& program, const Batch& matter, ActId act, const Entry& by, base::Day day,
           Value choice) {
  Batch batch = matter;
  Entry entry{.act = act, .day = day, .recorded = day};
  entry.first_value = static_cast<std::uint32_t>(batch.values.size());
  entry.first_person = by.first_person;
  entry.people = by.people;
  entry.number = static_cast<std::uint32_t>(batch.entries.size());
  const ActDef& def = program.acts[act.index()];
  for (std::uint32_t f = def.fields.first; f < def.fields.end(); ++f)
    batch.values.push_back(PlainValue(program.fields[f], day, choice, batch));
  const ActDef& asked = program.acts[by.act.index()];
  if (def.member && asked.member) {
    batch.values[entry.first_value + program.fields[def.member.index()].place] =
        batch.values[by.first_value + program.fields[asked.member.index()].place];
  }
  batch.entries.push_back(entry);
  batch.cases.front().entries = static_cast<std::uint32_t>(batch.entries.size());
  return batch;
}

// Whether the last act of a matter is lawfully done.
bool LastIsLawful(const engine::Plan& plan, const Batch& batch) {
  const engine::Matter matter(plan, batch.history(0), engine::Matter::Titles::kPlain);
  if (!matter.fits()) return true;
  engine::Record record;
  record.Reset(matter.plan(), matter.history());
  engine::Engine engine(matter.plan(), record);
  engine::Judgement judgement;
  const auto entries = matter.history().entries;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    engine.Advance(entries[i].day, entries[i].minute);
    engine.Judge(entries[i], judgement);
    engine.Apply(entries[i], static_cast<std::uint32_t>(i), judgement);
  }
  return judgement.is_done_lawfully();
}

class Waiting {
 public:
  Waiting(const engine::Plan& plan, ActId act)
      : plan_(plan), program_(plan.program()), act_(act), answers_(AnswersTo(program_, act)) {}

  std::optional<Batch> LookIn(const Batch& example) const {
    if (example.cases.size() != 1) return std::nullopt;
    const engine::Matter matter(plan_, example.history(0), engine::Matter::Titles::kPlain);
    if (!matter.fits()) return std::nullopt;
    engine::Record record;
    record.Reset(matter.plan(), matter.history());
    engine::Engine engine(matter.plan(), record);
    engine::Judgement judgement;
    const auto entries = matter.history().entries;
    bool asked = false;
    std::size_t at = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      engine.Advance(entries[i].day, entries[i].minute);
      if (record.overrun) return std::nullopt;
      engine.Judge(entries[i], judgement);
      const bool lawful = judgement.is_done_lawfully();
      const bool party = matter.plan().program().acts[entries[i].act.index()].side == program::Side::kParty;
      if (!party && !lawful) return std::nullopt;
      engine.Apply(entries[i], static_cast<std::uint32_t>(i), judgement);
      const ActId act = example.entries[i].act;
      if (act == act_ && !lawful) asked = false;
      if (act == act_ && lawful) {
        asked = true;
        at = i;
      }
      if (Has(std::span<const ActId>(answers_), act)) asked = false;
      if (asked && IsLeft(matter, i) && HasNoWayOut(example, at, i)) return UpTo(example, i);
    }
    return std::nullopt;
  }

 private:
  // Years after the i-th act there is still no answer, and no duty to give one was missed.
  bool IsLeft(const engine::Matter& matter, std::size_t i) const {
    engine::Record record;
    record.Reset(matter.plan(), matter.history());
    engine::Engine engine(matter.plan(), record);
    engine::Judgement judgement;
    const auto entries = matter.history().entries;
    for (std::size_t k = 0; k <= i; ++k) {
      engine.Advance(entries[k].day, entries[k].minute);
      engine.Judge(entries[k], judgement);
      engine.Apply(entries[k], static_cast<std::uint32_t>(k), judgement);
    }
    if (record.closed) return false;
    engine.Advance(entries[i].day + kDaysWaited);
    if (record.overrun || record.closed || record.in_doubt) return false;
    const auto& acts = matter.plan().program().acts;
    bool waits = false;
    for (const engine::Done& done : record.done) {
      if (matter.ActOf(done.act) == act_) waits = done.stands;
      if (Has(std::span<const ActId>(answers_), matter.ActOf(done.act))) waits = false;
    }
    if (!waits) return false;
    for (std::size_t row = 0; row < record.duties.size(); ++row) {
      const SentenceDef& sentence = matter.plan().program().sentences[row];
      if (record.duties[row].state != engine::DutyState::State::kMissed) continue;
      for (const ActId act : In(matter.plan().program().act_lists, sentence.acts)) {
        const bool on = Has(In(program_.act_lists, program_.acts[matter.ActOf(act).index()].rests_on), act_);
        if (on && acts[act.index()].side == program::Side::kAuthority) return false;
      }
    }
    return true;
  }

  // Of what its doer may do, nothing is lawful then that was not when it asked; and nothing that another
  // office decides is lawful at all.
  bool HasNoWayOut(const Batch& example, std::size_t at, std::size_t i) const {
    const Batch then = UpTo(example, at), now = UpTo(example, i);
    const Entry& by = example.entries[at];
    const base::Day later = example.entries[i].day + kDaysWaited;
    for (std::size_t row = 0; row < program_.acts.size(); ++row) {
      const ActId act(row);
      if (program_.acts[row].side != program::Side::kParty || act == act_ || !SameDoer(act)) continue;
      for (const Value choice : {Value{1}, Value{0}}) {
        if (!LastIsLawful(plan_, With(program_, now, act, by, later, choice))) continue;
        if (IsDecidedByAnother(act)) return false;
        if (!LastIsLawful(plan_, With(program_, then, act, by, by.day, choice))) return false;
      }
    }
    return true;
  }

  bool SameDoer(ActId other) const {
    const auto by = In(program_.role_lists, program_.acts[act_.index()].by);
    return std::any_of(by.begin(), by.end(), [&](RoleId role) { return MayDo(program_, other, role); });
  }

  // By an office that does not answer what was asked.
  bool IsDecidedByAnother(ActId act) const {
    for (std::size_t row = 0; row < program_.acts.size(); ++row) {
      const ActDef& decision = program_.acts[row];
      if (decision.side != program::Side::kAuthority || !Has(In(program_.act_lists, decision.rests_on), act))
        continue;
      const auto by = In(program_.role_lists, decision.by);
      const bool same = std::any_of(answers_.begin(), answers_.end(), [&](ActId answer) {
        return std::any_of(by.begin(), by.end(), [&](RoleId role) { return MayDo(program_, answer, role); });
      });
      if (!same) return true;
    }
    return false;
  }

  const engine::Plan& plan_;
  const Program& program_;
  ActId act_;
  std::vector<ActId> answers_;
};

// Notes which sentences apply as the examples are played.
class Applied {
 public:
  Applied(const engine::Matter& matter, engine::Record& record, std::vector<std::uint8_t>& seen)
      : matter_(matter), program_(matter.plan().program()), record_(record), seen_(seen) {}

  // REQUIRES: the act is about to be applied.
  void OnAct(const Entry& entry) {
    const engine::Engine engine(matter_.plan(), record_);
    for (std::size_t row = 0; row < program_.sentences.size(); ++row) {
      const SentenceDef& sentence = program_.sentences[row];
      if (sentence.kind == Kind::kMust || sentence.kind == Kind::kOn) continue;
      if (!Has(In(program_.act_lists, sentence.acts), entry.act)) continue;
      if (engine.Applies(sentence, entry.day, &entry).tri() != Tri::kNo) See(row);
    }
  }

  // After an act, and after time has passed; `act`: what was done, if anything.
  void OnState(ActId act, base::Day day) {
    const engine::Engine engine(matter_.plan(), record_);
    for (std::size_t row = 0; row < program_.sentences.size(); ++row) {
      const SentenceDef& sentence = program_.sentences[row];
      if (sentence.kind == Kind::kMust) {
        if (record_.duties[row].state != engine::DutyState::State::kNone) See(row);
      } else if (sentence.kind == Kind::kOn && Came(sentence.event, act) &&
                 engine.Applies(sentence, day, nullptr).tri() != Tri::kNo) {
        See(row);
      }
    }
  }

 private:
  bool Came(const program::EventDef& event, ActId act) const {
    switch (event.kind) {
      case program::EventDef::Kind::kAct:
        return act && event.act == act;
      case program::EventDef::Kind::kLapse:
        return record_.terms[event.term.index()].phase == program::Phase::kOver;
      case program::EventDef::Kind::kBreach:
        return record_.broken[event.rule.index()] != 0;
    }
    return false;
  }
  void See(std::size_t row) {
    model::Outcome outcome;
    outcome.act = ActId(std::size_t{0});
    outcome.sentence = SentenceId(row);
    seen_[matter_.Folded(outcome).sentence.index()] = 1;
  }

  const engine::Matter& matter_;
  const Program& program_;
  engine::Record& record_;
  std::vector<std::uint8_t>& seen_;
};

}  // namespace

std::vector<ActId> AnswersTo(const Program& program, ActId act) {
  std::vector<ActId> demanded, addressed, deemed;
  const ActDef& asked = program.acts[act.index()];
  if (asked.side != program::Side::kParty) return {};
  for (std::size_t row = 0; row < program.acts.size(); ++row) {
    const ActDef& other = program.acts[row];
    if (other.side == program::Side::kParty || !Has(In(program.act_lists, other.rests_on), act)) continue;
    const bool to_them = other.to && Has(In(program.role_lists, asked.by), other.to);
    if (other.side == program::Side::kLaw) {
      if (to_them) deemed.push_back(ActId(row));
    } else if (IsDemanded(program, ActId(row))) {
      demanded.push_back(ActId(row));
    } else if (to_them) {
      addressed.push_back(ActId(row));
    }
  }
  std::vector<ActId>& answers = demanded.empty() ? addressed : demanded;
  if (answers.empty()) return {};
  answers.insert(answers.end(), deemed.begin(), deemed.end());
  return answers;
}

std::optional<Batch> FindUnanswered(const engine::Plan& plan, ActId act, std::span<const Batch> examples) {
  const Waiting waiting(plan, act);
  std::optional<Batch> shortest;
  for (const Batch& example : examples) {
    std::optional<Batch> found = waiting.LookIn(example);
    if (found && (!shortest || found->entries.size() < shortest->entries.size())) shortest = std::move(found);
  }
  return shortest;
}

std::vector<std::uint8_t> AppliedIn(const engine::Plan& plan, std::span<const Batch> examples) {
  std::vector<std::uint8_t> seen(plan.program().sentences.size());
  for (const Batch& example : examples) {
    if (example.cases.size() != 1) continue;
    const engine::Matter matter(plan, example.history(0), engine::Matter::Titles::kPlain);
    if (!matter.fits()) continue;
    engine::Record record;
    record.Reset(matter.plan(), matter.history());
    engine::Engine engine(matter.plan(), record);
    engine::Judgement judgement;
    Applied applied(matter, record, seen);
    const auto entries = matter.history().entries;
    for (std::size_t i = 0; i < entries.size() && !record.overrun; ++i) {
      engine.Advance(entries[i].day, entries[i].minute);
      applied.OnState({}, entries[i].day);
      engine.Judge(entries[i], judgement);
      applied.OnAct(entries[i]);
      engine.Apply(entries[i], static_cast<std::uint32_t>(i), judgement);
      applied.OnState(entries[i].act, entries[i].day);
    }
    if (!entries.empty()) {
      engine.Advance(entries.back().day + kDaysWaited);
      applied.OnState({}, entries.back().day + kDaysWaited);
    }
  }
  return seen;
}

}  // namespace lawbound::prove
