#include "prove/near_examples.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "calendar/period.h"
#include "engine/engine.h"
#include "engine/matter.h"
#include "prove/explore.h"

namespace lawbound::prove {

using model::ActId;
using model::Batch;
using model::Entry;
using model::PersonRef;
using model::Tri;
using model::Value;
using program::FieldDef;
using program::GuaranteeDef;
using program::ValueType;

bool IsSameLaw(const program::Program& program, base::Day a, base::Day b) {
  return std::all_of(program.sentences.begin(), program.sentences.end(), [&](const program::SentenceDef& s) {
    return (a >= s.from && a <= s.until) == (b >= s.from && b <= s.until);
  });
}

namespace {

constexpr std::int32_t kMostDaysSooner = 120;

// A matter of one case whose entries are changed.
void SetEntries(Batch& batch, std::vector<Entry> entries) {
  for (std::uint32_t i = 0; i < entries.size(); ++i) entries[i].number = i;
  batch.entries = std::move(entries);
  batch.cases.front().entries = static_cast<std::uint32_t>(batch.entries.size());
  batch.chosen_on.clear();
}

class NearExamples {
 public:
  NearExamples(const engine::Plan& plan, const GuaranteeDef& asked, base::Day day, double seconds)
      : plan_(plan), program_(plan.program()), asked_(asked), day_(day), until_(SecondsSpent() + seconds) {}

  std::optional<Batch> Near(const Batch& example) {
    if (example.cases.size() != 1 || !Names(example, asked_.act)) return std::nullopt;
    if (std::optional<Batch> found = Try(example)) return found;
    for (std::size_t i = 0; i < example.entries.size(); ++i) {
      std::vector<Entry> entries = example.entries;
      entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(i));
      if (std::optional<Batch> found = TryWith(example, std::move(entries))) return found;
    }
    for (std::size_t i = 0; i < example.entries.size(); ++i) {
      if (example.entries[i].act != asked_.act) continue;
      if (std::optional<Batch> found = TrySooner(example, i)) return found;
    }
    for (std::size_t act = 0; act < program_.acts.size(); ++act) {
      if (program_.acts[act].side != program::Side::kParty) continue;
      if (std::optional<Batch> found = TryPutIn(example, ActId(act))) return found;
    }
    return std::nullopt;
  }

  // Leaves out what is not needed, and then lets everything come as soon as it may.
  Batch Shortened(Batch found) {
    for (std::size_t i = found.entries.size() - 1; i-- > 0;) {
      std::vector<Entry> entries = found.entries;
      entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(i));
      if (std::optional<Batch> shorter = TryWith(found, std::move(entries))) found = std::move(*shorter);
      i = std::min(i, found.entries.size() - 1);
    }
    for (std::size_t i = 1; i < found.entries.size(); ++i) {
      const std::int32_t gap = found.entries[i].day - found.entries[i - 1].day;
      for (std::int32_t sooner = std::min(gap, kMostDaysSooner); sooner > 0; --sooner) {
        Batch moved = found;
        for (std::size_t later = i; later < moved.entries.size(); ++later)
          MoveTo(moved, later, moved.entries[later].day - sooner);
        std::optional<Batch> held = Try(moved);
        if (!held || held->entries.size() != found.entries.size()) continue;
        found = std::move(*held);
        break;
      }
    }
    return found;
  }

 private:
  static bool Names(const Batch& example, ActId act) {
    return std::any_of(example.entries.begin(), example.entries.end(),
                       [&](const Entry& entry) { return entry.act == act; });
  }

  void MoveTo(Batch& batch, std::size_t i, base::Day day) const {
    Entry& entry = batch.entries[i];
    entry.day = entry.recorded = day;
    const program::ActDef& act = program_.acts[entry.act.index()];
    if (act.dated)
      batch.values[entry.first_value + program_.fields[act.dated_field.index()].place] = day.number;
  }

  std::optional<Batch> TryWith(const Batch& example, std::vector<Entry> entries) {
    Batch changed = example;
    SetEntries(changed, std::move(entries));
    return Try(changed);
  }

  // The act asked about done right after each act before it.
  std::optional<Batch> TrySooner(const Batch& example, std::size_t at) {
    for (std::size_t i = 0; i + 1 < at; ++i) {
      Batch changed = example;
      MoveTo(changed, at, example.entries[i].day);
      std::vector<Entry> entries = changed.entries;
      std::rotate(entries.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                  entries.begin() + static_cast<std::ptrdiff_t>(at),
                  entries.begin() + static_cast<std::ptrdiff_t>(at) + 1);
      if (std::optional<Batch> found = TryWith(changed, std::move(entries))) return found;
    }
    // And on the day before it was, and so on, with nothing left out.
    for (std::int32_t sooner = 1; at > 0; ++sooner) {
      const base::Day day = example.entries[at].day - sooner;
      if (sooner > kMostDaysSooner || day < example.entries[at - 1].day) break;
      Batch changed = example;
      MoveTo(changed, at, day);
      if (std::optional<Batch> found = Try(changed)) return found;
    }
    return std::nullopt;
  }

  // An act of the party, with plain values, after each of the others.
  std::optional<Batch> TryPutIn(const Batch& example, ActId act) {
    const program::ActDef& def = program_.acts[act.index()];
    for (const Value member : MembersIn(example, def)) {
      for (std::size_t i = 0; i < example.entries.size(); ++i) {
        Batch changed = example;
        Entry entry{.act = act, .day = example.entries[i].day, .recorded = example.entries[i].day};
        entry.first_value = static_cast<std::uint32_t>(changed.values.size());
        entry.first_person = static_cast<std::uint32_t>(changed.people.size());
        entry.people = 1;
        for (std::uint32_t f = def.fields.first; f < def.fields.end(); ++f)
          changed.values.push_back(PlainValue(program_.fields[f], entry.day, changed));
        if (def.member)
          changed.values[entry.first_value + program_.fields[def.member.index()].place] = member;
        if (member == model::kMissing) changed.people_names.push_back("party");
        changed.people.push_back(member == model::kMissing
                                     ? static_cast<PersonRef>(changed.people_names.size() - 1)
                                     : static_cast<PersonRef>(member));
        std::vector<Entry> entries = changed.entries;
        entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(i) + 1, entry);
        if (std::optional<Batch> found = TryWith(changed, std::move(entries))) return found;
      }
    }
    return std::nullopt;
  }

  // In whose part the act may lie; kMissing: in the main part.
  std::vector<Value> MembersIn(const Batch& example, const program::ActDef& def) const {
    if (!def.member) return {model::kMissing};
    std::vector<Value> members;
    for (const Entry& entry : example.entries) {
      const program::ActDef& other = program_.acts[entry.act.index()];
      if (!other.member || other.part != def.part) continue;
      const Value member = example.values[entry.first_value + program_.fields[other.member.index()].place];
      const bool known = std::find(members.begin(), members.end(), member) != members.end();
      if (member >= 0 && !known) members.push_back(member);
    }
    return members;
  }

  static Value PlainValue(const FieldDef& field, base::Day day, Batch& batch) {
    switch (field.type) {
      case ValueType::kYesNo:
        return 1;
      case ValueType::kWhole:
      case ValueType::kMoney:
      case ValueType::kChoice:
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

  // Plays the matter as the gate would let it be: what an authority may not do is not done.  The matter up to
  // where the guarantee does not hold.
  std::optional<Batch> Try(const Batch& given) {
    if (++folds_ > kMostFolds || SecondsSpent() > until_) return std::nullopt;
    const engine::Matter matter(plan_, given.history(0), engine::Matter::Titles::kPlain);
    if (!matter.fits()) return std::nullopt;
    const program::Program& program = matter.plan().program();
    engine::Record record;
    record.Reset(matter.plan(), matter.history());
    engine::Engine engine(matter.plan(), record);
    engine::Judgement judgement;
    const auto entries = matter.history().entries;
    std::vector<Entry> kept;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const Entry& entry = entries[i];
      if (!IsSameLaw(program_, entry.day, day_)) return std::nullopt;
      engine.Advance(entry.day, entry.minute);
      if (record.overrun) return std::nullopt;
      engine.Judge(entry, judgement);
      const bool lawful = judgement.is_done_lawfully();
      if (program.acts[entry.act.index()].side != program::Side::kParty && !lawful) continue;
      kept.push_back(given.entries[i]);
      const bool against =
          lawful &&
          std::any_of(program.guarantees.begin(), program.guarantees.end(), [&](const GuaranteeDef& one) {
            return Speaks(program, one, entry.act) &&
                   engine::Evaluator(matter.plan(), record, &entry).Holds(one.condition).tri() == Tri::kNo;
          });
      if (against) {
        const bool left_out = kept.size() != i + 1;
        Batch found = given;
        SetEntries(found, std::move(kept));
        // Who takes part may be another without what was left out: so it is played once more.
        return left_out && !again_ ? Again(found) : found;
      }
      engine.Apply(entry, static_cast<std::uint32_t>(i), judgement);
    }
    return std::nullopt;
  }

  std::optional<Batch> Again(const Batch& found) {
    again_ = true;
    std::optional<Batch> held = Try(found);
    again_ = false;
    return held;
  }

  bool Speaks(const program::Program& program, const GuaranteeDef& one, ActId act) const {
    return one.kind == GuaranteeDef::Kind::kNever && one.act == act &&
           program.string(one.name) == program_.string(asked_.name);
  }

  const engine::Plan& plan_;
  const program::Program& program_;
  const GuaranteeDef& asked_;
  base::Day day_;
  double until_;
  int folds_ = 0;
  bool again_ = false;
};

}  // namespace

std::optional<Batch> FindNearExamples(const engine::Plan& plan, std::string_view guarantee,
                                      std::span<const Batch> examples, base::Day day, double seconds) {
  for (const GuaranteeDef& asked : plan.program().guarantees) {
    if (asked.kind != GuaranteeDef::Kind::kNever || plan.program().string(asked.name) != guarantee) continue;
    NearExamples near(plan, asked, day, seconds);
    for (const Batch& example : examples) {
      if (std::optional<Batch> found = near.Near(example)) return near.Shortened(std::move(*found));
    }
  }
  return std::nullopt;
}

}  // namespace lawbound::prove
