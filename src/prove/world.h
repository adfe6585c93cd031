// What may happen in a matter, as a finite choice: every way of doing every act that a question depends on.
//
// Amounts and choices stand for the cases that the rules tell apart: of a number, one on each side of every
// number it is compared with.  Of officials there are four, of members of each kind two: with more nothing
// else can happen that the rules could tell, as long as they compare people only by whether they are the
// same.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/plan.h"
#include "model/history.h"
#include "program/unfold.h"
#include "prove/slice.h"

namespace lawbound::prove {

using model::PersonRef;
using model::Value;

inline constexpr PersonRef kOfficials = 4;
inline constexpr std::size_t kMaxDeeds = 20'000;

// One way of doing an act.
struct Deed {
  ActId act;
  program::Side side = program::Side::kAuthority;
  std::vector<Value> values;  // one for each field of the act
  std::vector<PersonRef> people;
};

class World {
 public:
  // `members`: of which kind each member is, of an unfolded program; else empty.  `day`: of fields that hold
  // one.
  World(const engine::Plan& plan, const Slice& slice, std::span<const model::RoleId> members, base::Day day);

  const std::vector<Deed>& deeds() const { return deeds_; }
  // The fields of roles and what was before the matter: one row for each combination.
  const std::vector<std::vector<Value>>& settings() const { return settings_; }
  // More ways of doing an act than kMaxDeeds, or more settings: some were left out.
  bool cut() const { return cut_; }

  std::span<const std::string> people_names() const { return people_names_; }
  std::span<const std::string> texts() const { return texts_; }
  std::span<const Value> lists() const { return lists_; }
  std::span<const Value> members() const { return members_; }
  // Whether one of the officials may be exchanged for another who may be too: where credentials are asked
  // for, the last of them holds none and the others all.
  bool IsLikeOthers(PersonRef person) const {
    return person < (holdings_.empty() ? kOfficials : kOfficials - 1);
  }
  std::span<const model::Holding> holdings() const { return holdings_; }

 private:
  std::vector<Value> ValuesOf(FieldId field);
  bool Reads(program::CodeId code, FieldId field) const;
  std::vector<Value> NumbersOf(FieldId field);
  Value Largest() const;
  bool OnlyCompares(program::CodeId code) const;
  void AddAnswers(program::CodeId code, Value choice, std::vector<std::uint8_t>& answers) const;
  std::vector<Value> ChoicesOf(FieldId field) const;
  std::vector<std::vector<PersonRef>> DoersOf(ActId act) const;
  Value ListOf(std::vector<Value> items);
  void AddDeeds(ActId act);
  void AddSettings();

  const engine::Plan& plan_;
  const Slice& slice_;
  std::span<const model::RoleId> kinds_;
  base::Day day_;
  std::vector<Deed> deeds_;
  std::vector<std::vector<Value>> settings_;
  std::vector<std::string> people_names_;
  std::vector<std::string> texts_;
  std::vector<Value> lists_;
  std::vector<model::Holding> holdings_;
  std::vector<Value> members_;
  std::vector<PersonRef> person_of_role_;  // of roles of persons of whom there is one
  bool cut_ = false;
};

}  // namespace lawbound::prove
