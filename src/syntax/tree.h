// The tree of a pack: what its author wrote, statement by statement, before any name is looked up.
//
// It holds the whole grammar of docs/language.md, form by form; what a form means is the checker's.
// Nothing here is resolved or typed; every name keeps its place.  A Tree is made by Parse, not changed
// afterwards, and may be read from many threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/day.h"
#include "source/source.h"

namespace lawbound::syntax {

using source::Span;

struct Name {
  std::string text;
  Span span;
};

// "N" or "N.N": an act, fact, role..., or a field of it.
struct Path {
  Name name;
  std::optional<Name> field;
};

struct Title {
  std::string text;
  std::string language;  // "en"; empty when the author named none
  Span span;
};

// How the author knows what a provision says.  Reports show it.
enum class Reading : unsigned char { kUnsaid, kSeen, kSecondary, kFromMemory };

// "CdS 201(1) secondary"
struct Citation {
  Name instrument;
  std::string provision;  // "201(1)", "204-bis"
  Reading reading = Reading::kUnsaid;
  Span span;
};
using Under = std::vector<Citation>;

// ---------------------------------------------------------------------------------------------- expressions

enum class ExprKind : unsigned char {
  kOr,
  kAnd,
  kNot,  // operands
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,  // two operands
  kIn,            // operands[0] in names; negated: not in
  kAdd,
  kSubtract,
  kMultiply,  // two operands
  kPercent,   // number in hundredths of a percent: "3%" is 300, "2.5%" is 250
  kMin,
  kMax,     // operands
  kNumber,  // number
  kMoney,   // number in the smallest unit of `text` (EUR 38.50 is 3850)
  kDate,    // day
  kYes,
  kNo,
  kText,      // text, quoted in the source
  kRef,       // path: N or N.N
  kPrevious,  // previous N.N
  kSum,
  kCount,         // sum of N.N / count of N
  kCall,          // path.name (operands[0]) [.path.field]
  kHas,           // path.name has path.field
  kInTime,        // N in time
  kAfter,         // path after other
  kUnanswered,    // path unanswered by other
  kIsStatus,      // path is [not] text; path.name may be "target"
  kIsBroken,      // path is broken
  kTimeIs,        // path is [not] text (idle running stopped over); time_to: "time to path is"
  kAtLeast,       // path at least length before/after other (text: "before" or "after")
  kWithin,        // path within length of other
  kIsWorkingDay,  // path is a working day
  kBetweenClock,  // path between number and number2 (minutes)
  kShareNoOne,    // path share no one with other
  kHold,          // path hold other.name
  kAre,           // path are other.name (a role)
  kSome,
  kEvery,      // some/every path.name [in other]: operands[0]
  kEarlier,    // earlier path.name within length
  kLength,     // length: "14 days"; only a value of a field, a fact or an assumption
  kProvision,  // path.name text: "CdS 201(1)"; only such a value too
  kList,       // operands: "(a, b)"; only such a value too
};

enum class Unit : unsigned char { kDays, kWorkingDays, kHours, kMonths, kYears };

struct Expr;

// "10 working days", "extend.length", "limit(kind) days".  Exactly one of number, field and call is used.
struct Length {
  std::optional<std::int64_t> number;
  std::optional<Path> field;  // N.N: a field of type length, which brings its own unit
  std::vector<Expr> call;     // one kCall expression, or empty
  Unit unit = Unit::kDays;    // not used with `field`
  Span span;
};

struct Expr {
  ExprKind kind = ExprKind::kYes;
  Span span;
  bool negated = false;  // kIn, kIsStatus, kTimeIs: "not"
  bool time_to = false;  // kTimeIs: the time to do the act `path`
  std::vector<Expr> operands;
  Path path;
  Path other;
  std::vector<Name> names;  // kIn
  std::int64_t number = 0;
  std::int64_t number2 = 0;
  std::string text;
  base::Day day;
  std::optional<Length> length;
};

// ------------------------------------------------------------------------------------------- declarations

struct Counting {  // counting N under ... + options
  Name name;
  Under under;
  std::optional<Name> calendar;
  std::optional<bool> first_day_counts;
  std::optional<bool> rest_day_moves_on;
};

struct WorkingDaysOf {  // "days of 2, 3 are working days under ..." / "days up to 10 ..." / "days of ROLE
                        // ..."
  std::vector<std::int64_t> numbers;
  std::optional<std::int64_t> up_to;
  std::optional<Name> role;
  Under under;
  Span span;
};

struct Instrument {
  Name name;
  std::vector<Title> titles;
  Name rank;
  Reading reading = Reading::kUnsaid;
  std::vector<WorkingDaysOf> working_days;
};

enum class TypeKind : unsigned char {
  kYesNo,
  kWhole,
  kMoney,
  kText,
  kDay,
  kLength,
  kOfficial,
  kDocument,
  kProvision,
  kNamed,
  kOneOf,
  kList
};

struct Type {
  TypeKind kind = TypeKind::kText;
  std::optional<Name> name;   // kNamed: a thing
  std::vector<Name> choices;  // kOneOf
  std::vector<Type> element;  // kList: one
  Span span;
};

struct FieldLine {  // "amount, expense: money optional"
  std::vector<Name> names;
  Type type;
  bool optional = false;
};

struct Role {
  Name name;
  std::vector<Title> titles;
  Name kind;  // official, body, person, anyone
  bool several = false;
  std::optional<Name> credential;
  std::optional<Path> named_in;  // [not] named in N.N
  bool not_named = false;
  std::vector<FieldLine> fields;
};

struct Thing {
  Name name;
  std::vector<Title> titles;
  std::vector<FieldLine> fields;
};

struct Act {
  Name name;
  std::vector<Title> titles;
  bool by_law = false;
  std::int64_t at_least = 1;
  std::vector<Name> by;
  std::optional<Name> to;
  std::optional<Name> of;
  std::vector<Name> on;
  std::optional<Name> dated;
  std::optional<std::string> favourable;
  std::vector<Name> public_with;
  std::optional<Length> public_for;
  Under under;
  std::vector<FieldLine> fields;
};

struct Target {
  std::vector<Title> titles;
  std::vector<FieldLine> fields;
  Span span;
};

struct Fact {
  std::vector<Name> names;
  std::optional<Name> of;
  std::optional<Expr> value;  // = E
  std::vector<Name> found_by;
  std::vector<Name> one_of;
  std::optional<Expr> presumed;  // yes, no or a choice
  std::optional<std::int64_t> accrues_percent_hundredths;
  std::optional<Expr> accrues_of;
  std::optional<Name> accrues_each_day_of;
  std::optional<Expr> accrues_at_most;
  Under under;
  Span span;
};

struct TableRow {
  std::vector<Expr> keys;
  std::vector<Expr> values;
};
struct Table {
  std::optional<Name> replaces;
  Name name;
  std::vector<Name> keys;
  std::vector<Name> results;
  bool set_by_authority = false;
  Under under;
  std::vector<TableRow> rows;
};

struct Event {
  enum class Kind : unsigned char { kAct, kTarget, kLapse, kBreach };
  Kind kind = Kind::kAct;
  Name name;  // act, term (kLapse; with time_to: the act of "lapse of time to N"), or rule (kBreach)
  std::optional<Name> on;  // kAct: "N on N"
  bool time_to = false;
  Span span;
};

struct Start {
  enum class Kind : unsigned char { kPlain, kLaterOf, kEarlierOf };
  Kind kind = Kind::kPlain;
  std::vector<Event> events;  // one, or two
};

struct Change {
  enum class Kind : unsigned char { kRestarts, kStops, kExtended, kAtMost, kCountedBy };
  Kind kind = Kind::kRestarts;
  std::optional<Event> event;     // kRestarts, kAtMost
  std::optional<Expr> condition;  // kStops
  std::optional<Name> name;       // kExtended: the act; kCountedBy: the counting
  std::optional<Length> length;   // kExtended, kAtMost
  std::optional<Length> cap;      // kExtended
  bool once = false;              // kExtended
  Under under;
  Span span;
};

struct Term {
  std::optional<Name> replaces;
  Name name;
  std::optional<Length> length;
  std::optional<Unit> counts;  // "counts working days from ..."
  Start start;
  Under under;
  std::vector<Change> changes;
};

// ---------------------------------------------------------------------------------------------------- rules

// "within N" or "within length of start"
struct WithinSpan {
  std::optional<Name> term;
  std::optional<Length> length;
  Start start;
  Span span;
};

struct Acts {  // "decide or exempt on file"
  std::vector<Name> names;
  std::optional<Name> on;
};

struct FieldValue {
  Name field;
  Expr value;
};

struct Effect {
  enum class Kind : unsigned char { kDeemed, kFalls, kQuality, kStatus, kAnswers, kRefused };
  Kind kind = Kind::kDeemed;
  Name name;                       // act, role or "target"
  std::vector<FieldValue> fields;  // kDeemed
  std::string word;  // kQuality: void inadmissible voidable irregular; kStatus: challenged ... held void
  std::optional<Name> cured_by;  // kQuality
  std::optional<Name> by;        // kRefused
  Span span;
};

struct Sentence {
  enum class Kind : unsigned char { kMay, kMust, kOnlyIf, kNoIf, kOn };
  Kind kind = Kind::kOnlyIf;
  Span span;
  std::string words;                    // on one line, in the one layout
  std::vector<Name> roles;              // kMay, kMust
  Acts acts;                            // not kOn
  std::optional<WithinSpan> within;     // kMay, kMust
  std::optional<Event> promptly_after;  // kMust
  std::optional<Expr> so_that;          // kMust
  std::optional<Expr> if_;              // kMay, kMust, kOn
  std::optional<Expr> unless;           // kMust
  std::optional<Expr> condition;        // kOnlyIf, kNoIf
  std::optional<Event> event;           // kOn
  std::vector<Effect> effects;          // kOn
  std::optional<base::Day> from;
  std::optional<base::Day> until;
};

struct Rule {
  Name name;
  std::vector<Title> titles;
  Under under;
  std::optional<Name> for_each;
  std::optional<Event> governed_by;
  std::optional<Expr> if_;
  std::vector<Name> overrides;
  std::vector<Sentence> sentences;
  std::vector<Effect> breach;
};

struct Closes {
  Expr when;
  Span span;
};

struct Guarantee {
  enum class Kind : unsigned char { kNever, kAfterCan, kAlwaysReach, kDutiesMet };
  Name name;
  Kind kind = Kind::kNever;
  Name subject;                   // kNever, kAfterCan: the act; otherwise the role
  std::optional<Name> who;        // kAfterCan
  std::vector<Name> acts;         // kAfterCan
  std::optional<Name> challenge;  // kAfterCan: "challenge N"
  std::optional<Event> until;     // kAfterCan
  std::optional<Expr> condition;  // kNever (unless E), kAlwaysReach (E)
};

struct Wanted {
  enum class Kind : unsigned char {
    kLawful,
    kUnlawful,
    kCannotTell,
    kInadmissible,
    kIrregular,
    kVoid,
    kVoidable,
    kNoBreach,
    kBreach,
    kDue,
    kOwed,
    kDeemed,
    kFalls,
    kStatus,
    kAnswers
  };
  Kind kind = Kind::kLawful;
  // Rules, missing data, the breached rule, the term, what is owed, the act of which something is said, who
  // answers.
  std::vector<Path> names;
  std::string status;            // kStatus: "set aside"
  std::optional<base::Day> day;  // kBreach, kDue
  Span span;
};

struct ExampleStep {
  base::Day day;
  base::Minute minute = base::kNoMinute;
  std::optional<base::Day> recorded;
  std::optional<Name> act;  // none: only time passes
  std::vector<Name> by;     // people: free words, one token each
  std::optional<Name> to;
  std::optional<Name> of;
  std::optional<Name> on;
  std::vector<FieldValue> fields;  // values are literals or kRef of a bare word
  std::vector<Wanted> wanted;
  Span span;
};

struct Given {  // "party abroad: no", "item crate-1 weight: 3"
  Name owner;
  std::optional<Name> member;
  std::vector<FieldValue> fields;
};

struct Example {
  std::string title;
  std::vector<Given> given;  // lines under the title
  std::vector<ExampleStep> steps;
  Span span;
};

struct MappingLine {  // "Send Fine" -> send expense="expense"
  std::string activity;
  Name act;
  struct FieldFrom {
    Name field;
    std::string attribute;  // "case:KEY" reads the attribute of the case (trace)
    Span span;
  };
  std::vector<FieldFrom> fields;
  Span span;
};

struct Mapping {
  Name name;
  enum class Format : unsigned char { kXes, kCsv, kJsonLines };
  Format format = Format::kXes;
  std::string case_column, act_column, time_column;  // kCsv, kJsonLines
  std::vector<MappingLine> lines;
  std::vector<Path> unseen;
  std::vector<std::pair<Path, Expr>> assume;
  Span span;
};

using Item = std::variant<Counting, Instrument, Role, Thing, Act, Target, Fact, Table, Term, Rule, Closes,
                          Guarantee, Example, Mapping>;

// One page of a pack: a Markdown file.  Only blocks fenced ```lawbound are read.
struct Page {
  source::FileId file;
  std::vector<Item> items;  // in the order of the text
  bool used = false;        // of a pack that this one uses (check/use.h)
};

struct Tree {
  Name path;  // "it/traffic-fine"
  std::vector<Title> titles;
  std::vector<Name> uses;
  std::optional<Name> zone;  // "Europe/Rome"
  std::optional<Name> counted_by;
  std::vector<Page> pages;
};

}  // namespace lawbound::syntax
