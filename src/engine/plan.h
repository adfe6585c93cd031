// A Plan is a program made ready to run: its calendars found, what a log cannot show taken in, and for every
// event the list of what it sets going, so that a rule costs nothing where it does not apply.
//
// Immutable; shared between threads.  Borrows the program and the calendars, which must outlive it.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.h"
#include "calendar/calendar.h"
#include "calendar/period.h"
#include "engine/cell.h"
#include "program/program.h"
#include "program/unfold.h"

namespace lawbound::engine {

using base::Day;
using base::Minute;
using model::ActId;
using model::FieldId;
using model::RuleId;
using model::SentenceId;
using model::TermId;
using model::Value;

struct PlanOptions {
  const program::MappingDef* mapping =
      nullptr;          // of a foreign log; null: everything is seen (gate, examples)
  bool strict = false;  // assumed values are treated as not seen
};

// One rule judged as if its governing day were another: how an audit asks whether a finding hinges on a
// boundary between versions of the law.
struct LawShift {
  RuleId rule;
  Day day;
  program::PartNumber part = program::kMainPart;
};

class PartPlans;

class Plan {
 public:
  // kNotFound: a counting names a calendar that is not at hand.
  static base::Result<Plan> Make(const program::Program& program, const calendar::Calendars& calendars,
                                 const PlanOptions& options);

  // Of a program unfolded for a matter; see engine/matter.h.
  static base::Result<Plan> MakeUnfolded(const program::Unfolded& unfolded,
                                         const calendar::Calendars& calendars, const PlanOptions& options);
  // Whether matters must be unfolded to be folded, by these.
  bool has_parts() const { return part_plans_ != nullptr; }
  PartPlans* part_plans() const { return part_plans_.get(); }
  // The `if` that its author gave a rule.
  program::CodeId IfOf(RuleId rule) const {
    return rule_ifs_.empty() ? program_->rules[rule.index()].if_code : rule_ifs_[rule.index()];
  }

  // What one event sets going.  Rows of the flat lists below.
  template <typename T>
  using List = std::vector<std::vector<T>>;

  struct TermStart {
    TermId term;
    ActId on;             // only an act that rests on this; none: always
    bool restart;         // also while the term runs
    std::uint32_t other;  // row of events: of two that it starts from the other one; kNoSlot: none
  };
  struct TermExtension {
    TermId term;
    std::uint32_t extension;
  };
  struct TermCeiling {
    TermId term;
    std::uint32_t ceiling;
  };

  const program::Program& program() const { return *program_; }
  const program::MappingDef* mapping() const { return mapping_; }
  const calendar::Counting& counting(program::CountingId id) const { return countings_[id.index()]; }

  bool hours = false;      // some term may run in hours
  program::CodeId closes;  // when a matter is closed; none: never
  // By act.
  List<std::uint16_t> needed_credentials;  // one of which everybody who does it needs; none: nothing
  List<SentenceId> permissions;            // kMay sentences that open it
  List<SentenceId> conditions;             // kOnlyIf and kNoIf sentences on it
  List<SentenceId> duties;                 // kMust sentences that it performs
  List<SentenceId> effects;                // kOn sentences
  List<SentenceId> prompt_duties;          // "promptly after" it
  List<TermStart> starts;
  List<TermExtension> extends;
  List<TermCeiling> ceilings;
  std::vector<std::uint8_t> brings_nothing;  // nothing of the five lists above follows from its standing
  // A field that an act of this kind must have, and that the log could show.
  List<FieldId> required_fields;
  std::vector<std::uint8_t> unseen_act;
  std::vector<std::uint8_t> asks_in_time;  // some expression asks whether it was in time
  // Bit i: something that the log cannot show may have said program::Standing i of acts of this kind.
  std::vector<std::uint16_t> said_unseen;
  bool can_lose = false;          // some effect takes an act away from the beginning
  bool has_cures = false;         // some fault can be cured
  bool governed_by_time = false;  // some rule is governed by a lapse or a breach
  // By field.
  std::vector<std::uint8_t>
      mapped_field;  // some line of the mapping fills it; without a mapping, every field
  std::vector<std::uint8_t> unseen_field;
  std::vector<Value> assumed;           // kMissing: nothing assumed
  std::vector<std::uint32_t> sum_slot;  // kNoSlot: never summed
  std::uint32_t sum_slots = 0;
  static constexpr std::uint32_t kNoSlot = 0xffffffff;
  List<FieldId> summed_fields;  // by act
  // By code.
  std::vector<FixedCode> fixed;
  std::vector<FixedCode> idle;       // while acts of these kinds neither stand nor are judged
  std::vector<program::Code> codes;  // rows of `ops`: the facts used are written out where they are short
  std::vector<program::Op> ops;
  // Of an unfolded program, else empty: by act and term, in whose part it lies; by member, whether some act
  // in its part cannot be seen, and the duties of its part.
  std::vector<program::PartNumber> part_of_act, part_of_term;
  std::vector<std::uint8_t> part_unseen;
  List<SentenceId> part_duties;
  // By role: a log may leave out one of several, since some act in their part cannot be seen.  Not where no
  // act tells whom it concerns: then the log is read as if there were one.
  std::vector<std::uint8_t> may_leave_out;
  // By act: it is done only as roles that are named, or not named, in a field.
  std::vector<std::uint8_t> named_doers;
  // By sentence: a duty whose `if` is no whatever happens; none of it is ever in doubt.
  std::vector<std::uint8_t> never_arises;
  // By term.
  List<SentenceId> term_duties;
  List<SentenceId> lapse_effects;
  List<TermStart> lapse_starts;
  List<TermCeiling> lapse_ceilings;
  List<SentenceId> lapse_prompts;        // "promptly after" its lapse
  std::vector<std::uint8_t> may_run_on;  // a log cannot show what restarts or extends it
  // Something follows from its end itself, whatever duties are open.  Nobody waits for the end of another
  // term: that it is over is noted by the time somebody may ask.
  std::vector<std::uint8_t> watched;
  std::vector<std::uint8_t> asked;  // some condition asks whether it runs or is over
  // The duty that an unnamed term is there for and nothing else: where the duty does not arise, it need not
  // start.  None: something else looks at the term.
  std::vector<SentenceId> only_for;
  std::vector<TermId> stoppable;  // terms with "stops while"
  // By rule.
  List<SentenceId> breach_effects;  // kOn sentences
  List<TermStart> breach_starts;
  List<TermCeiling> breach_ceilings;
  List<SentenceId> breach_prompts;
  List<RuleId> overridden_by;
  std::vector<std::uint8_t> dated;  // some sentence of the rule has dates
  // By sentence.
  std::vector<RuleId> rule_of;
  std::vector<program::Side> side_of;
  std::vector<std::uint8_t> always_in_force;  // no dates, no `if` of its rule, no overriding rule

 private:
  Plan() = default;
  base::Status FindCalendars(const calendar::Calendars& calendars);
  void TakeMapping(const PlanOptions& options);
  void IndexSentences();
  void IndexPrompt(const program::EventDef& event, SentenceId sentence);
  void IndexTerms();
  bool FollowsFromLapse(std::size_t term) const;
  void FindWatched();
  void IndexSums();
  void IndexForm();
  void WriteOutFacts();
  void IndexDoers();
  static base::Result<Plan> MakeFolded(const program::Program& program, const calendar::Calendars& calendars,
                                       const PlanOptions& options);
  void IndexStanding();
  void IndexCredentials(ActId act);
  void DropWhatNeverApplies();
  void AddStart(const program::EventDef& event, TermStart start);
  void AddCeiling(const program::EventDef& event, TermCeiling ceiling);

  const program::Program* program_ = nullptr;
  const program::MappingDef* mapping_ = nullptr;
  std::vector<calendar::Counting> countings_;
  std::vector<program::CodeId> rule_ifs_;
  std::shared_ptr<PartPlans> part_plans_;
};

}  // namespace lawbound::engine
