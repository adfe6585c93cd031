// Evaluates compiled expressions against a record and, if there is one, the act being judged.
//
// One piece of code computes the answer and, when asked, the tree of reasons for it, so that an explanation
// cannot say anything but what was decided.  Allocates nothing when no tree is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/cell.h"
#include "engine/plan.h"
#include "engine/record.h"
#include "program/program.h"

namespace lawbound::engine {

// One step of an expression and its value.  Children are rows of the same vector.
struct Step {
  program::Op op;
  Cell value;
  bool is_tri = true;
  std::vector<std::uint32_t> children;
  std::uint32_t done = kNoRow;             // the act looked at, row of Record::done
  std::uint32_t other = kNoRow;            // a second one
  std::optional<calendar::Length> length;  // of a distance: as it was; none: it cannot be told
};

class Evaluator {
 public:
  // `judged` is the act being judged (not yet in the record), or null.  Borrows all for its life.
  Evaluator(const Plan& plan, const Record& record, const Entry* judged)
      : plan_(plan), record_(record), judged_(judged) {}

  // REQUIRES: code names a code.
  Cell Evaluate(program::CodeId code) const;
  // The same; appends the steps to `steps` and returns the row of the last, the whole expression.
  std::uint32_t Trace(program::CodeId code, std::vector<Step>& steps, Cell& value) const;

  // Yes where there is no code.
  Cell Holds(program::CodeId code) const;

  // What of the program's codes is fixed under a mapping; called once, by Plan::Make.
  static std::vector<FixedCode> FindFixed(const Plan& plan);
  // And what of them is decided as long as acts of some kinds do not stand; FixedCode::acts are those kinds.
  // REQUIRES: the plan's codes are written out.
  static std::vector<FixedCode> FindIdle(const Plan& plan);

  Cell Field(FieldId field, bool skip_judged) const;
  // Whether a standing act names this person in a field of officials.
  Tri IsNamed(FieldId field, model::PersonRef person) const;
  // What a length is now; none: it cannot be told.  Sets `assumed` where an assumption says it.  A field is
  // that of the act in row `of` of Record::done, if that is given.
  std::optional<calendar::Length> Length(const program::LengthDef& length, bool& assumed,
                                         std::uint32_t of = kNoRow) const;
  // A field of an act that was done.
  Cell FieldOf(FieldId field, const Done& done) const;
  Cell TermIs(TermId term, std::uint16_t phases) const;
  // program::PhaseBit of each phase that a term may be in, as far as can be told.
  std::uint16_t PossiblePhases(TermId term) const;
  // Whether everybody who did this entry holds a credential, by its row.
  Cell Hold(const Entry& entry, std::uint16_t credential) const;
  static Cell FromTri(Tri tri, bool assumed = false) {
    return {
        .number = static_cast<std::int64_t>(tri), .known = true, .assumed = assumed, .provisional = false};
  }
  static Cell And(Cell a, Cell b) {
    const bool plain_no = (a.tri() == Tri::kNo && !a.assumed) || (b.tri() == Tri::kNo && !b.assumed);
    Cell out{.number = a.number < b.number ? a.number : b.number};
    out.assumed = (a.assumed || b.assumed) && out.tri() != Tri::kUnknown && !plain_no;
    out.provisional = a.provisional || b.provisional;
    return out;
  }
  static Cell Or(Cell a, Cell b) { return Not(And(Not(a), Not(b))); }
  static Cell Not(Cell a) {
    a.number = 2 - a.number;
    return a;
  }

 private:
  template <bool kTrace, std::uint16_t kPlaces>
  Cell Run(const program::Code& body, std::vector<Step>* steps, std::uint32_t* root) const;
  Cell Leaf(const program::Op& op) const;
  void NoteActs(const program::Op& op, Step& step) const;
  std::uint64_t StandingNow() const;
  FixedCode FixedLeaf(const program::Op& op, const std::vector<FixedCode>& codes) const;
  Cell Unary(const program::Op& op, Cell a) const;
  Cell Binary(const program::Op& op, Cell a, Cell b) const;
  Cell Compare(const program::Op& op, Cell a, Cell b) const;
  Cell Arithmetic(program::Operation operation, Cell a, Cell b) const;
  Cell CompareDays(const program::Op& op, Cell a, Cell b) const;
  Cell Asked(const program::Op& op) const;
  Cell AnyNumber() const {
    return {.number = 0, .known = true, .assumed = false, .provisional = false, .open = true};
  }
  Cell Lookup(const program::Op& op, Cell first, const Cell* second) const;
  Cell RoleField(FieldId field) const;
  Cell Stands(ActId act) const;
  Cell DayOf(ActId act) const;
  Cell MinuteOf(ActId act) const;
  Cell InTime(ActId act) const;
  Cell Accrued(std::size_t row) const;
  Cell Sum(FieldId field) const;
  Cell Count(ActId act) const;
  Cell Has(FieldId field) const;
  Cell After(ActId act, ActId other) const;
  Cell Unanswered(ActId act, ActId other) const;
  Cell ShareNoOne(ActId act, ActId other) const;
  Cell TakesPart(std::uint32_t member, bool or_unseen) const;
  Cell FieldNames(FieldId field, std::uint32_t member) const;
  Cell DoersAre(ActId act, model::RoleId role) const;
  Cell NamedAre(FieldId field, model::RoleId role) const;
  Tri IsOfRole(model::RoleId role, model::PersonRef person) const;
  bool Holds(FieldId field, Value held, Value value) const;
  Cell HoldOf(ActId act, std::uint16_t credential) const;
  Cell FieldHolds(FieldId field, std::uint16_t credential) const;
  Tri Holding(model::PersonRef person, std::uint16_t credential) const;
  Cell Known(FieldId field, Value value) const;
  Cell Found(const program::Op& op) const;
  Cell StandingIs(ActId act, program::Standing standing) const;
  static Cell Unknown() { return {.number = 0, .known = false, .assumed = false, .provisional = false}; }
  static Cell UnknownTri() { return FromTri(Tri::kUnknown); }

  const Plan& plan_;
  const Record& record_;
  const Entry* judged_;
};

}  // namespace lawbound::engine
