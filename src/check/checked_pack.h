// A CheckedPack is a pack whose names are resolved, whose expressions are typed and which broke no rule of
// the language.
//
// Its tables have the same numbers as those of the Program lowered from it (ActId, FieldId, TermId...), but
// it keeps trees where the Program has flat code: messages, explanations and the slow reference evaluator of
// tests/reference read it, so that a mistake of lowering or of the engine cannot hide in both.  Made by
// Check, immutable afterwards, freely copied.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "law/citation.h"
#include "model/history.h"
#include "model/ids.h"
#include "program/program.h"
#include "source/source.h"

namespace lawbound::check {

using base::Day;
using base::Range;
using model::ActId;
using model::FactId;
using model::FieldId;
using model::RoleId;
using model::RuleId;
using model::SentenceId;
using model::TermId;
using program::CountedLength;
using program::CountingId;
using program::InstrumentId;
using program::RoleKind;
using program::Side;
using program::TableId;
using program::ValueType;
using source::Span;

// These are ids and numbers only, the same before and after lowering.
using Event = program::EventDef;
using Length = program::LengthDef;

struct Title {
  std::string text;
  std::string language;  // empty: not said
};

struct Citation {
  InstrumentId instrument;
  std::string provision;
  law::Reading reading = law::Reading::kFromMemory;
};
using Under = std::vector<Citation>;

// ---------------------------------------------------------------------------------------------------
// expressions

enum class ExprKind : std::uint8_t {
  kYes,
  kNo,
  kConstant,    // number
  kField,       // field: of the act judged if it has it, else of the last standing act of its kind
  kPrevious,    // field: of the last standing act, the judged one left aside
  kRoleField,   // field
  kFact,        // fact
  kStands,      // act
  kDayOf,       // act
  kSum,         // field
  kCount,       // act
  kHas,         // field
  kFound,       // field of a finding; number: what is presumed, or model::kMissing
  kStandingIs,  // act; standing
  kAfter,       // act, other
  kUnanswered,  // act, other
  kShareNoOne,  // act, other
  kHold,        // act or, of an official named in it, field; credential
  kBroken,      // rule
  kTermIs,      // term, phases (program::PhaseBit)
  kNot,         // one operand
  kAnd,         // two or more operands
  kOr,          // two or more operands
  kEqual,       // two operands of one type, as are the next five; yes-no only with kEqual
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kInSet,          // one operand, a choice; number: bit n is set when choice n is in the set
  kAdd,            // two operands
  kSubtract,       // two operands
  kMultiply,       // two operands
  kPercentOf,      // one operand; number: hundredths of a percent
  kMin,            // two or more operands
  kMax,            // two or more operands
  kAtLeastBefore,  // two days; length
  kAtLeastAfter,   // two days; length
  kWithin,         // two days; length
  kIsWorkingDay,   // one day; length names the counting
  kSome,           // one operand, asked in the part of each `role`; of those in `field` if it is set
  kEvery,          // the same
  kDoersAre,       // act, role
  kNamedAre,       // field, role
  kLookup,         // table, column; one operand for each key
  kAccrued,        // number: row of CheckedPack::accruals
  kInTime,         // act
  kEarlier,        // number: row of CheckedPack::outside
  kMinuteOf,       // act; only under kBetween
  kBetween,        // one minute of the day; number: the first minute * 1440 + the last
};

// kYesNo, kWhole, kMoney, kDay or kChoice; the others are values of fields only, and nothing computes with
// them.
struct Type {
  ValueType value = ValueType::kYesNo;
  FieldId choices;  // kChoice: the field that declares them
};

struct Expr {
  ExprKind kind = ExprKind::kYes;
  Type type;
  Span span;
  std::vector<Expr> operands;
  std::int64_t number = 0;
  ActId act, other;
  FieldId field;
  FactId fact;
  RuleId rule;
  TermId term;
  RoleId role;
  std::uint16_t phases = 0;
  program::Standing standing = program::Standing::kNone;
  std::uint16_t credential = 0;  // row of CheckedPack::credentials
  CountedLength length;
  TableId table;
  std::uint16_t column = 0;  // among keys and results
};

// The same question in the same words of the law: places are left aside.
bool SameExpr(const Expr& a, const Expr& b);
bool SameLength(const Length& a, const Length& b);

// "field = E" of an effect: the value is of the field's type.
struct Given {
  FieldId field;
  Expr value;
};

// See program::EffectDef.
struct Effect {
  using Kind = program::EffectDef::Kind;
  using Quality = program::EffectDef::Quality;
  Kind kind = Kind::kDeemed;
  ActId act;
  Quality quality = Quality::kNone;
  ActId cured_by;
  RoleId role;
  program::Standing standing = program::Standing::kNone;
  std::vector<Given> given;
};

// --------------------------------------------------------------------------------------------------
// declarations

struct Instrument {
  std::string name;
  std::vector<Title> titles;
  std::string rank;
  law::Reading reading = law::Reading::kFromMemory;
  std::vector<std::int64_t> days_are_working_days;  // "days of 2, 3 are working days"
  std::int64_t working_days_up_to = 0;              // "days up to 10 are working days"; 0: not said
  std::vector<RoleId> working_days_of;              // "days of office are working days": in what it does
};

struct Counting {
  std::string name;
  std::string calendar;
  bool first_day_counts = false;
  bool rest_day_moves_on = true;
  Under under;
};

struct Field {
  std::string name;
  ActId act;  // one of act and role is set
  RoleId role;
  std::uint32_t place = 0;  // among its act's fields; for a role, among all fields of roles
  ValueType type = ValueType::kText;
  bool optional = false;
  std::vector<std::string> choices;      // kChoice
  ValueType element = ValueType::kText;  // kList
  RoleId members;                        // kMember, and kList of them
  Span span;
};

struct Role {  // or a thing
  std::string name;
  std::vector<Title> titles;
  RoleKind kind = RoleKind::kOfficial;
  bool several = false;
  FieldId named_in;
  bool not_named = false;
  std::optional<std::uint16_t> credential;  // row of CheckedPack::credentials
  Range<model::Field> fields;
  Span span;
};

struct Act {
  using Kind = program::ActDef::Kind;
  std::string name;
  std::vector<Title> titles;
  RoleId part;     // in the part of one of which it lies; none: in the main part
  FieldId member;  // which one; a field that nobody wrote, the last
  RoleId of;
  Kind kind = Kind::kAct;
  Side side = Side::kAuthority;
  std::vector<RoleId> by;  // empty: by law
  std::uint16_t at_least = 1;
  RoleId to;
  std::vector<ActId> rests_on;
  FieldId dated;                // the field that gives its effective day; none: it is that of recording
  std::vector<Effect> signals;  // by law, and named for what it says: one for each act it may name
  std::optional<std::string> favourable;  // the reason why it is not adverse to whom it is addressed
  std::vector<FieldId> public_with;       // the others are private
  calendar::Length public_for;            // of what is published
  Range<model::Field> fields;
  Under under;
  Span span;
};

struct Fact {
  std::string name;
  RoleId part;
  Expr value;     // names only facts of lower number; of a found fact: kFound
  ActId finding;  // a found fact: the kind of entry that finds it
  Under under;
  Span span;
};

// "accrues 3% of decide.amount each day of late at most decide.amount"
struct Accrual {
  std::int64_t percent = 0;  // in hundredths of a percent
  Expr base;
  TermId term;
  std::optional<Expr> cap;
};

using Outside = program::OutsideDef;

struct TableColumn {
  std::string name;
  Type type;                       // a choice: those of the field with which it was first looked up
  std::vector<std::string> words;  // of a key that is a choice: those of its rows, in order
};

struct Table {
  std::string name;
  std::vector<TableColumn> columns;  // the keys, then the results
  std::size_t keys = 0;
  std::vector<std::vector<std::int64_t>> rows;  // a choice: its place in the field's list
  bool set_by_authority = false;
  bool incomplete = false;  // a row was not understood, and said
  Under under;
  Span span;
};

struct Stop {
  Expr condition;
  Under under;
};

struct Extension {
  ActId act;
  Length by;
  std::optional<Length> cap;
  bool once = false;
  Under under;
};

struct Ceiling {
  Length length;
  Event from;
  Under under;
};

struct Term {
  std::string name;     // empty: the unnamed term of "within L of E"
  SentenceId sentence;  // of an unnamed term
  RoleId part;
  Length length;
  CountingId counting;
  program::TermDef::Start start_kind = program::TermDef::Start::kPlain;
  std::vector<Event> starts;
  std::vector<Event> restarts;
  std::vector<Stop> stops;
  std::vector<Extension> extensions;
  std::vector<Ceiling> ceilings;
  Under under;
  Span span;
};

struct Sentence {
  RuleId rule;
  program::SentenceDef::Kind kind = program::SentenceDef::Kind::kOnlyIf;
  Day from = base::kFirstDay;
  Day until = base::kLastDay;
  Side side = Side::kAuthority;
  std::vector<RoleId> roles;
  std::vector<ActId> acts;
  ActId on;
  TermId term;
  bool prompt = false;
  Event event;  // kOn; kMust with `prompt`
  std::optional<Expr> if_;
  std::optional<Expr> condition;  // kOnlyIf, kNoIf; "so that" of a kMust
  std::optional<Expr> unless;
  std::vector<Effect> effects;  // kOn
  std::string text;             // the author's words, white space folded
  Span span;
};

struct Rule {
  std::string name;
  std::vector<Title> titles;
  RoleId part;  // for each of these
  Under under;
  std::optional<Event> governed_by;  // none: the law of the act's own day
  std::optional<Expr> if_;
  std::vector<RuleId> overrides;
  Range<model::Sentence> sentences;
  std::vector<Effect> breach;
  Span span;
};

// ------------------------------------------------------------------------------------------ mappings and
// examples

struct FieldSource {
  FieldId field;
  std::string attribute;
  bool of_case = false;
};

struct MappingLine {
  std::string activity;
  ActId act;
  std::vector<FieldSource> fields;
};

struct Mapping {
  std::string name;
  program::MappingDef::Format format = program::MappingDef::Format::kXes;
  std::string case_column, act_column, time_column;
  std::vector<MappingLine> lines;
  std::vector<ActId> unseen_acts;
  std::vector<FieldId> unseen_fields;
  std::vector<program::AssumedValue> assumed;
};

// What an example says must follow at one of its steps.
struct Wanted {
  enum class Kind : std::uint8_t {
    kLawful,
    kUnlawful,    // rules: all of them are among the grounds; none named: any
    kCannotTell,  // fields, acts, tables: all of them are missing; none named: any
    kInadmissible,
    kIrregular,
    kVoid,
    kVoidable,
    kNoBreach,
    kBreach,   // rules: one; day: when it was broken
    kDue,      // term; day
    kOwed,     // acts: one, which an open duty demands
    kDeemed,   // acts: one
    kFalls,    // acts: one, of which one no longer stands
    kStatus,   // acts: one; standing
    kAnswers,  // role: who answers for what was broken or missed until then
  };
  Kind kind = Kind::kLawful;
  std::vector<RuleId> rules;
  std::vector<FieldId> fields;
  std::vector<ActId> acts;
  std::vector<TableId> tables;
  TermId term;
  RoleId role;
  program::Standing standing = program::Standing::kNone;
  std::optional<Day> day;
  Span span;
};

struct ExampleStep {
  Day day;
  Day written;                         // when it is known: the day of recording, or the day itself
  std::optional<std::uint32_t> entry;  // row of the example's batch; none: only time passes
  std::vector<Wanted> wanted;
  Span span;
};

struct Example {
  std::string title;
  Span span;
  model::Batch batch;  // one case
  std::vector<ExampleStep> steps;
};

using GuaranteeKind = program::GuaranteeDef::Kind;

// What the author says always holds; proved elsewhere, from the program.
struct Guarantee {
  std::string name;
  GuaranteeKind kind = GuaranteeKind::kNever;
  ActId act;                      // kNever, kAfterCan
  RoleId role;                    // who can; not kNever
  std::vector<ActId> acts;        // kAfterCan: what they can do, one of these
  ActId challenge;                // kAfterCan: or anything of theirs that rests on this
  TermId until;                   // kAfterCan; none: for ever
  std::optional<Expr> condition;  // kNever: unless; kAlwaysReach
  Span span;
};

struct CheckedPack {
  std::string path;
  std::vector<Title> titles;
  std::string zone;                      // empty: dates as written
  std::string currency;                  // empty: the pack names no amount
  std::vector<std::string> credentials;  // of officials, each once
  std::optional<Expr> closes;            // when the matter is closed
  std::vector<Guarantee> guarantees;
  std::vector<Instrument> instruments;
  std::vector<Counting> countings;
  std::vector<Role> roles;
  std::vector<Field> fields;  // of acts, act by act, then of roles, role by role
  std::uint32_t role_fields = 0;
  std::vector<Act> acts;
  std::vector<Fact> facts;  // the last are without a declaration: how long a term is that a table says
  std::vector<Accrual> accruals;
  std::vector<Outside> outside;  // each question once
  std::vector<Table> tables;
  std::vector<Term> terms;  // named, then unnamed
  std::vector<Rule> rules;
  std::vector<Sentence> sentences;  // rule by rule
  std::vector<Mapping> mappings;
  std::vector<Example> examples;
};

}  // namespace lawbound::check
