// A history is what happened in one matter: its acts in order of effective moment, then of number.
//
// A Batch owns the entries, values, people and texts of many histories in flat arrays; a History is a view of
// one of them and lives as long as its batch is neither changed nor moved.  Reading from many threads is
// safe.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/millisecond.h"
#include "model/ids.h"

namespace lawbound::model {

using base::Day;
using base::Minute;

// A value of a field.  yes-no: 0 or 1; whole; money: smallest unit; day: days since 1970-01-01; length:
// LengthValue; one of: row of the field's choices; official, member: a person of the batch; text, document,
// provision: row of the batch's texts; list: row of the batch's lists, which holds how many values follow.
using Value = std::int64_t;
inline constexpr Value kMissing = std::numeric_limits<Value>::min();
// In History::members: room for one more, of whom the matter knows nothing.
inline constexpr Value kNobody = kMissing + 1;

// A person who did an act, or a member whom an act concerns: a row of Batch::people_names.  Two acts of one
// history have the same number when their log gave the same name; across histories the number means nothing
// and is never compared.
using PersonRef = std::uint32_t;

// A field of one member of a matter: that Ltd is an organisation.
struct MemberValue {
  PersonRef member = 0;
  FieldId field;
  Value value = kMissing;
};

// Whether a person held a credential: an outside fact, written into the history that leans on it, so that
// whoever replays the history finds what was found.
struct Holding {
  PersonRef person = 0;
  std::uint32_t credential = 0;  // row of the program's credentials
  bool held = false;
};

struct Entry {
  ActId act;
  Day day;       // effective day
  Day recorded;  // day it was entered; the effective day when not known otherwise
  Minute minute = base::kNoMinute;
  std::uint16_t people = 0;  // how many did it; 0: not known
  std::uint32_t first_person = 0;
  std::uint32_t first_value = 0;  // as many values as the act declares fields
  std::uint32_t number = 0;       // place in the log: the order in which entries of one moment came
  base::Millisecond millisecond = base::kNoMillisecond;  // of its minute
};

// Whether nothing tells which of two came first but their place in the log.
constexpr bool SameMoment(const Entry& a, const Entry& b) {
  if (a.day != b.day) return false;
  if (a.minute == base::kNoMinute || b.minute == base::kNoMinute) return true;
  if (a.minute != b.minute) return false;
  const bool known = a.millisecond != base::kNoMillisecond && b.millisecond != base::kNoMillisecond;
  return !known || a.millisecond == b.millisecond;
}

// Whether `a` certainly came after `b`.
constexpr bool IsLater(const Entry& a, const Entry& b) {
  if (SameMoment(a, b)) return false;
  if (a.day != b.day) return a.day > b.day;
  return a.minute != b.minute ? a.minute > b.minute : a.millisecond > b.millisecond;
}

struct History {
  std::string_view name;               // the case number, as the log has it
  std::span<const Entry> entries;      // none IsLater than the next
  std::span<const Value> role_values;  // one per field of a role, in the program's order of role fields
  const Value* values = nullptr;
  const PersonRef* people = nullptr;
  std::span<const std::string> texts;
  std::span<const std::string> people_names;
  std::span<const MemberValue> member_values;
  std::span<const Value> lists;
  std::span<const Holding> holdings;  // what is not among them is not known
  // Of a matter read with an unfolded program (program/unfold.h): who its members are; kMissing: one without
  // a name.
  std::span<const Value> members = {};
  std::span<const ActId> chosen_on = {};  // by Entry::number, as far as an example says what acts rest on

  Value value(const Entry& entry, std::size_t field) const { return values[entry.first_value + field]; }
  // The kind of act that this one rests on, of several that it may; none: not said.
  ActId ChosenOn(const Entry& entry) const {
    return entry.number < chosen_on.size() ? chosen_on[entry.number] : ActId();
  }
};

struct Batch {
  struct Case {
    std::uint32_t name_begin = 0, name_size = 0;  // in names
    std::uint32_t first_entry = 0, entries = 0;
    std::uint32_t first_role_value = 0, role_values = 0;
  };
  std::vector<Case> cases;
  std::vector<Entry> entries;
  std::vector<Value> values;
  std::vector<Value> role_values;
  std::vector<PersonRef> people;
  std::vector<std::string> texts;
  std::vector<std::string> people_names;
  std::vector<MemberValue> member_values;  // only of a batch of one case: no log gives any
  std::vector<Value> lists;
  std::vector<Holding> holdings;
  std::string names;
  std::vector<ActId> chosen_on;  // of a batch of one case; empty where nothing is said

  History history(std::size_t index) const {
    const Case& c = cases[index];
    return {.name = std::string_view(names).substr(c.name_begin, c.name_size),
            .entries = std::span(entries).subspan(c.first_entry, c.entries),
            .role_values = std::span(role_values).subspan(c.first_role_value, c.role_values),
            .values = values.data(),
            .people = people.data(),
            .texts = texts,
            .people_names = people_names,
            .member_values = member_values,
            .lists = lists,
            .holdings = holdings,
            .chosen_on = chosen_on};
  }
};

// A length as a value: count * 8 + unit (calendar::Unit).
constexpr Value LengthValue(std::int32_t count, int unit) { return static_cast<Value>(count) * 8 + unit; }

}  // namespace lawbound::model
