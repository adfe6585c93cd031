// A Program is a pack compiled: flat tables and 32-bit ids, nothing else.  It is what the engine reads, what
// the prover will read, and what can be saved and loaded (program/codec.h); it is small enough to review line
// by line.
//
// A Program is made by check::Lower or by program::Decode, and is valid: program/verify.h states the
// invariants, and both makers run it.  Immutable afterwards; shared between threads freely.
//
// There is no table for a grade, list or record of persons: a person is a role in one matter
// (docs/safeguards.md S1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/id.h"
#include "calendar/period.h"
#include "law/citation.h"
#include "model/history.h"
#include "model/ids.h"

namespace lawbound::program {

using base::Day;
using base::Id;
using base::Range;
using model::ActId;
using model::FactId;
using model::FieldId;
using model::RoleId;
using model::RuleId;
using model::SentenceId;
using model::TermId;

struct Code;
struct CountingDef;
struct EffectDef;
struct InstrumentDef;
struct TableDef;
using CodeId = Id<Code>;
using CountingId = Id<CountingDef>;
using InstrumentId = Id<InstrumentDef>;
using TableId = Id<TableDef>;
using StringId = Id<std::string>;

struct Title {
  StringId text;
  StringId language;  // none: not said
};

struct Citation {
  InstrumentId instrument;
  StringId provision;
  law::Reading reading = law::Reading::kFromMemory;
};

struct InstrumentDef {
  StringId name;
  Range<Title> titles;
  StringId rank;
};

struct CountingDef {
  StringId name;
  StringId calendar;  // found in calendar::Calendars when the engine is made
  bool first_day_counts = false;
  bool rest_day_moves_on = true;
  Range<Citation> under;
};

// Whom an act or a duty binds or serves.
enum class Side : std::uint8_t { kAuthority, kParty, kLaw };
// kThing: no role, but a thing that acts concern; it does nothing and is addressed by nobody.
enum class RoleKind : std::uint8_t { kOfficial, kBody, kPerson, kAnyone, kThing };

// A role, or a thing.  Of some there are several in a matter, its members, and the matter has a part for
// each: an act, term, fact or rule whose `part` is such a role is there once for each member
// (program/unfold.h).
struct RoleDef {
  StringId name;
  Range<Title> titles;
  RoleKind kind = RoleKind::kOfficial;
  bool several = false;        // always, of a thing
  FieldId named_in;            // those who do acts as this role are named in this field of a standing act...
  bool not_named = false;      // ... or are not
  StringId credential;         // who acts in it must hold this; none, and always of parties: nothing
  Range<model::Field> fields;  // first fields of the field table: see Program::role_fields
};

enum class ValueType : std::uint8_t {
  kYesNo,
  kWhole,
  kMoney,
  kText,
  kDay,
  kLength,
  kOfficial,
  kDocument,
  kProvision,
  kChoice,
  kMember,  // one of several: the name of a thing, or of whom an act concerns
  kList     // of texts, officials, documents, provisions or members
};

struct FieldDef {
  StringId name;
  ActId act;  // one of act and role is set
  RoleId role;
  std::uint32_t place =
      0;  // place among its owner's fields: History::value; for a role, place among all role fields
  ValueType type = ValueType::kText;
  bool optional = false;
  Range<StringId> choices;               // rows of Program::choices, for kChoice
  ValueType element = ValueType::kText;  // kList: what it holds; kText otherwise
  RoleId members;                        // kMember, and kList of them: which
};

// What may be said of an act that was done: `N is STATUS`.  Set aside and held void take it away from the
// beginning; the others are remembered with it.  `cleared` ends `challenged`, `released` ends `stayed`.
enum class Standing : std::uint8_t {
  kNone,
  kChallenged,
  kCleared,
  kStayed,
  kReleased,
  kUpheld,
  kChanged,
  kSetAside,
  kHeldUnlawful,
  kHeldVoid
};
constexpr bool TakesAway(Standing standing) {
  return standing == Standing::kSetAside || standing == Standing::kHeldVoid;
}
// What ends it; kNone: nothing does.
constexpr Standing Opposite(Standing standing) {
  if (standing == Standing::kChallenged) return Standing::kCleared;
  if (standing == Standing::kCleared) return Standing::kChallenged;
  if (standing == Standing::kStayed) return Standing::kReleased;
  return standing == Standing::kReleased ? Standing::kStayed : Standing::kNone;
}

struct ActDef {
  // kFinding: the finding of a fact by a person, entered as `find`; its first field is what was found.
  // kTarget: the image of an act of another matter, which is here from its day on.
  enum class Kind : std::uint8_t { kAct, kFinding, kTarget };
  StringId name;
  Range<Title> titles;
  RoleId part;     // each lies in the part of one of these; none: in the main part
  FieldId member;  // names which one; none when `part` is none
  Kind kind = Kind::kAct;
  Side side = Side::kAuthority;
  Range<RoleId> by;  // rows of Program::role_lists; empty when by law
  std::uint16_t at_least = 1;
  RoleId to;              // none: to nobody in particular
  Range<ActId> rests_on;  // rows of Program::act_lists: the last standing of these carries it
  // A signal from another matter: by law, it says one thing of what it names (one effect for each kind that
  // it may name) and does not rest on it.
  Range<EffectDef> signals;
  bool dated = false;  // the effective day is a field
  FieldId dated_field;
  StringId favourable;          // why it is not adverse to whom it is addressed; none: it is
  Range<FieldId> public_with;   // rows of field_lists: what is published of it; the rest is private
  calendar::Length public_for;  // for how long; 0 days where nothing is published
  Range<model::Field> fields;
  Range<Citation> under;
};

struct FactDef {
  StringId name;
  RoleId part;
  CodeId code;  // uses only facts of lower number
  Range<Citation> under;
};

// What grows on each counted day of a term by so much of `base` as it is when the day begins, up to `cap`.
struct AccrualDef {
  TermId term;
  std::int64_t percent = 0;  // in hundredths of a percent
  CodeId base;               // neither of these asks for an accrual
  CodeId cap;                // none: no bound
};

// Something that happened before this matter, or did not: known to the world, not to the record.
struct OutsideDef {
  ActId act;  // to a party
  calendar::Length within;
};

// A table of numbers.  Each row has the cells of the keys, then those of the results.
struct TableColumn {
  StringId name;
  ValueType type = ValueType::kWhole;  // a key: kWhole, kMoney, kDay or kChoice; a result: not kChoice
};

struct TableCell {
  std::int64_t number = 0;
};

// A row holds where its choices are those asked for.  A key that is a number, an amount or a day is the last,
// and says from where on the row holds: of the rows that do, the one with the greatest.
struct TableDef {
  StringId name;
  Range<TableColumn> columns;  // the keys, then the results
  std::uint16_t keys = 1;      // one or two
  Range<TableCell> cells;      // row by row
  bool set_by_authority = false;
  Range<Citation> under;
};

// ---------------------------------------------------------------------------------------------------- terms

struct LengthDef {
  enum class Kind : std::uint8_t { kFixed, kField, kFact, kOpen };
  Kind kind = Kind::kFixed;
  calendar::Length
      fixed;      // kFact, kOpen (of a term alone, which counts and has no end): the unit, and nothing
  FieldId field;  // kField: of type length
  FactId fact;    // kFact: how many
};

// A length counted in a particular way; what kAtLeastBefore, kAtLeastAfter, kWithin and kIsWorkingDay name.
struct CountedLength {
  CountingId counting;
  LengthDef length;
};

struct EventDef {
  enum class Kind : std::uint8_t { kAct, kLapse, kBreach };
  Kind kind = Kind::kAct;
  ActId act;
  ActId on;     // kAct: only when it rests on this; none: always
  TermId term;  // kLapse
  RuleId rule;  // kBreach
};

struct StopDef {
  CodeId condition;
  Range<Citation> under;
};

struct ExtensionDef {
  ActId act;
  LengthDef by;
  bool has_cap = false;
  LengthDef cap;
  bool once = false;
  Range<Citation> under;
};

struct CeilingDef {
  LengthDef length;  // a field is one of the act it runs from
  EventDef from;
  Range<Citation> under;
};

struct TermDef {
  enum class Start : std::uint8_t { kPlain, kLaterOf, kEarlierOf };
  StringId name;        // none: the unnamed term of "within L of E"
  SentenceId sentence;  // the sentence of an unnamed term; none for a named one
  RoleId part;
  LengthDef length;
  CountingId counting;
  Start start_kind = Start::kPlain;
  Range<EventDef> starts;    // one or two
  Range<EventDef> restarts;  // an unnamed term restarts on its start
  Range<StopDef> stops;
  Range<ExtensionDef> extensions;
  Range<CeilingDef> ceilings;
  Range<Citation> under;
};

// ---------------------------------------------------------------------------------------------------- rules

// A value given to a field by an effect.
struct GivenDef {
  FieldId field;
  CodeId value;
};

struct EffectDef {
  enum class Kind : std::uint8_t { kDeemed, kFalls, kQuality, kAnswers, kRefused, kStanding };
  enum class Quality : std::uint8_t { kNone, kVoid, kInadmissible, kVoidable, kIrregular };
  Kind kind = Kind::kDeemed;
  ActId act;  // all but kAnswers
  Quality quality = Quality::kNone;
  ActId cured_by;                       // kQuality: voidable and irregular
  RoleId role;                          // kAnswers; kRefused: who may refuse the act
  Standing standing = Standing::kNone;  // kStanding
  Range<GivenDef> given;                // kDeemed, kStanding with kChanged: in the act's own fields
};

struct SentenceDef {
  enum class Kind : std::uint8_t { kMay, kMust, kOnlyIf, kNoIf, kOn };
  RuleId rule;
  Kind kind = Kind::kOnlyIf;
  Day from = base::kFirstDay;    // inclusive
  Day until = base::kLastDay;    // inclusive
  Side side = Side::kAuthority;  // who keeps or breaks it
  Range<RoleId> roles;           // kMay, kMust
  Range<ActId> acts;             // the acts it opens, demands, conditions or bars
  ActId on;                      // only acts that rest on this; none: all
  TermId term;                   // kMay, kMust: its time; none for a may that is always open
  bool prompt = false;           // kMust: "promptly after": never missed
  EventDef event;                // kOn; kMust with `prompt`
  CodeId if_code;                // none: always
  CodeId condition;              // kOnlyIf, kNoIf; "so that" of a kMust (none: always)
  CodeId unless;                 // kMust
  Range<EffectDef> effects;      // kOn
  StringId text;                 // the sentence in the one layout, on one line, for explanations
};

struct RuleDef {
  StringId name;
  Range<Title> titles;
  RoleId part;  // it is as many rules as there are of these
  Range<Citation> under;
  bool governed = false;
  EventDef governed_by;  // if governed
  CodeId if_code;
  Range<RuleId> overrides;  // rows of Program::rule_lists
  Range<SentenceDef> sentences;
  Range<EffectDef> breach;
};

// ----------------------------------------------------------------------------------------------- guarantees

struct GuaranteeDef {
  enum class Kind : std::uint8_t { kNever, kAfterCan, kAlwaysReach, kDutiesMet };
  StringId name;
  Kind kind = Kind::kNever;
  ActId act;          // kNever: the act that is not done unless; kAfterCan: the act after which
  RoleId role;        // who can; none for kNever
  Range<ActId> acts;  // kAfterCan: rows of act_lists, one of which they can do
  ActId challenge;    // kAfterCan, in place of acts: what they can do something on
  TermId until;       // kAfterCan; none: for ever
  CodeId condition;   // kNever: unless; kAlwaysReach: what can be reached
};

// ------------------------------------------------------------------------------------------------- mappings

struct FieldSource {
  FieldId field;
  StringId attribute;
  bool of_case = false;  // an attribute of the case, not of the event
};

struct MappingLine {
  StringId activity;
  ActId act;
  Range<FieldSource> fields;
};

struct AssumedValue {
  FieldId field;
  model::Value value = model::kMissing;
};

struct MappingDef {
  enum class Format : std::uint8_t { kXes, kCsv, kJsonLines };
  StringId name;
  Format format = Format::kXes;
  StringId case_column, act_column, time_column;  // kCsv, kJsonLines
  Range<MappingLine> lines;
  Range<ActId> unseen_acts;      // rows of act_lists
  Range<FieldId> unseen_fields;  // rows of field_lists
  Range<AssumedValue> assumed;
};

// --------------------------------------------------------------------------------------------------- codes

enum class Operation : std::uint8_t {
#define OP(name, operand, pops, result, meaning) name,
#include "program/operations.def"
#undef OP
};

// Which phases kTermIs asks for, as a set of bits.
enum class Phase : std::uint8_t { kIdle, kRunning, kStopped, kOver };
constexpr std::uint16_t PhaseBit(Phase phase) {
  return static_cast<std::uint16_t>(1u << static_cast<unsigned>(phase));
}

struct Op {
  Operation operation = Operation::kYes;
  std::uint16_t small = 0;    // phases, the second act, a Standing, or 1 + what is presumed (0: nothing)
  std::uint32_t operand = 0;  // row of the table that the operation names
};

enum class ResultType : std::uint8_t { kTri, kNumber };

struct Code {
  Range<Op> ops;
  ResultType result = ResultType::kTri;
  std::uint16_t depth = 0;  // the greatest height of the stack; at most kMaxDepth
};
inline constexpr std::uint16_t kMaxDepth = 64;

// "some party: (E)", "every exhibit in decide.rests-on: (E)".
struct QuantifierDef {
  RoleId part;
  bool every = false;
  FieldId in;   // kMember or kList of these; none: all that take part
  CodeId body;  // asked in the part of each
};

// ------------------------------------------------------------------------------------------------- program

struct Program {
  static constexpr std::uint32_t kVersion = 4;

  StringId path;  // "it/traffic-fine"
  Range<Title> titles_of_pack;
  StringId zone;      // "Europe/Rome"; none: UTC dates as written
  StringId currency;  // "EUR"; none when the pack names no amount
  std::uint8_t currency_decimals = 2;

  std::vector<std::string> strings;
  std::vector<Title> titles;
  std::vector<Citation> citations;
  std::vector<InstrumentDef> instruments;
  std::vector<CountingDef> countings;
  std::vector<RoleDef> roles;
  std::vector<FieldDef> fields;   // fields of acts, act by act, then of roles, role by role
  std::uint32_t role_fields = 0;  // how many of them are of roles: the length of History::role_values
  std::vector<StringId> choices;
  std::vector<ActDef> acts;
  std::vector<FactDef> facts;
  std::vector<AccrualDef> accruals;
  std::vector<OutsideDef> outside;
  std::vector<TableDef> tables;
  std::vector<TableColumn> table_columns;
  std::vector<TableCell> table_cells;
  std::vector<TermDef> terms;
  std::vector<RuleDef> rules;
  std::vector<SentenceDef> sentences;  // rule by rule
  std::vector<EventDef> events;
  std::vector<StopDef> stops;
  std::vector<ExtensionDef> extensions;
  std::vector<CeilingDef> ceilings;
  std::vector<EffectDef> effects;
  std::vector<GivenDef> given;
  std::vector<RoleId> role_lists;
  std::vector<ActId> act_lists;
  std::vector<RuleId> rule_lists;
  std::vector<FieldId> field_lists;
  std::vector<CountedLength> lengths;
  std::vector<StringId> credentials;
  CodeId closes;  // when the matter is closed; none: never
  std::vector<GuaranteeDef> guarantees;
  std::vector<Op> ops;
  std::vector<Code> codes;
  std::vector<QuantifierDef> quantifiers;
  std::vector<std::int64_t> constants;
  std::vector<MappingDef> mappings;
  std::vector<MappingLine> mapping_lines;
  std::vector<FieldSource> field_sources;
  std::vector<AssumedValue> assumed_values;

  // Empty for no id.  Points into `strings`.
  std::string_view string(StringId id) const {
    return id ? std::string_view(strings[id.index()]) : std::string_view();
  }
};

}  // namespace lawbound::program
