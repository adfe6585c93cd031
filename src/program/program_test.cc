#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <limits>
#include <rapidcheck.h>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "program/cells.h"
#include "program/codec.h"
#include "program/graph.h"
#include "program/listing.h"
#include "program/names.h"
#include "program/operations.h"
#include "program/sample_program_for_test.h"
#include "program/verify.h"

namespace lawbound::program {
namespace {

std::string WhyNot(const Program& program) {
  const base::Status status = Verify(program);
  return status.ok() ? "" : status.error().message;
}

template <typename Row>
std::size_t Find(const Program& p, const std::vector<Row>& table, std::string_view name) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Row& row) { return p.string(row.name) == name; });
  CHECK(found != table.end());
  return static_cast<std::size_t>(found - table.begin());
}
ActDef& Act(Program& p, std::string_view name) { return p.acts[Find(p, p.acts, name)]; }
ActId ActNamed(const Program& p, std::string_view name) { return ActId(Find(p, p.acts, name)); }
RuleDef& Rule(Program& p, std::string_view name) { return p.rules[Find(p, p.rules, name)]; }
TermDef& Term(Program& p, std::string_view name) { return p.terms[Find(p, p.terms, name)]; }
FieldDef& Field(Program& p, std::string_view name) { return p.fields[Find(p, p.fields, name)]; }
SentenceDef& Sentence(Program& p, SentenceDef::Kind kind) {
  const auto found = std::find_if(p.sentences.begin(), p.sentences.end(),
                                  [&](const SentenceDef& s) { return s.kind == kind; });
  CHECK(found != p.sentences.end());
  return *found;
}
EffectDef& Effect(Program& p, EffectDef::Kind kind) {
  const auto found =
      std::find_if(p.effects.begin(), p.effects.end(), [&](const EffectDef& e) { return e.kind == kind; });
  CHECK(found != p.effects.end());
  return *found;
}
std::size_t OpAt(const Program& p, Operation operation) {
  const auto found =
      std::find_if(p.ops.begin(), p.ops.end(), [&](const Op& op) { return op.operation == operation; });
  CHECK(found != p.ops.end());
  return static_cast<std::size_t>(found - p.ops.begin());
}
// A yes-no fact at the end.
void AddFact(Program& p, const std::vector<Op>& ops, std::uint16_t depth) {
  p.codes.push_back({.ops = {.first = static_cast<std::uint32_t>(p.ops.size()),
                             .count = static_cast<std::uint32_t>(ops.size())},
                     .result = ResultType::kTri,
                     .depth = depth});
  p.ops.insert(p.ops.end(), ops.begin(), ops.end());
  p.facts.push_back({.name = p.facts.front().name, .code = CodeId(p.codes.size() - 1), .under = {}});
}
// What was found of devices is found of people.
void FindOfPersons(Program& p) {
  p.roles[Find(p, p.roles, "device")].kind = RoleKind::kPerson;
  for (FieldDef& field : p.fields) {
    if (field.type != ValueType::kList) continue;
    field.element = ValueType::kText;
    field.members = {};
  }
  p.quantifiers[0].in = {};
}
// "ACT only if ASKED", in the place of the first only-if.
void CondOn(Program& p, std::string_view act, std::string_view asked) {
  SentenceDef& s = Sentence(p, SentenceDef::Kind::kOnlyIf);
  p.act_lists.push_back(ActNamed(p, act));
  s.acts = {.first = static_cast<std::uint32_t>(p.act_lists.size() - 1), .count = 1};
  s.on = {};
  AddFact(p, {{Operation::kStands, 0, ActNamed(p, asked).value}}, 1);
  s.condition = p.facts.back().code;
}
void Rename(Program& p, StringId& name, std::string_view text) {
  p.strings.emplace_back(text);
  name = StringId(p.strings.size() - 1);
}

// ----------------------------------------------------------------------------------------------- the sample

TEST(Sample, IsValid) { EXPECT_EQ(WhyNot(SampleProgram()), ""); }

TEST(Sample, UsesEveryTableAndOperation) {
  const Program p = SampleProgram();
  Tables(p, [](std::string_view name, const auto& table) { EXPECT_FALSE(table.empty()) << name; });
  for (std::size_t i = 0; i < Operations().size(); ++i) {
    const Operand operand = Operations()[i].operand;
    if (operand == Operand::kMember || operand == Operand::kFieldMember)
      continue;  // of unfolded programs only
    const auto used = [&](const Op& op) { return static_cast<std::size_t>(op.operation) == i; };
    EXPECT_TRUE(std::any_of(p.ops.begin(), p.ops.end(), used)) << Operations()[i].name;
  }
}

// --------------------------------------------------------------------------------------------------- verify

struct Violation {
  std::string_view check;
  std::string_view what;
  void (*break_it)(Program&);
};

FieldDef& List(Program& p) {
  return *std::find_if(p.fields.begin(), p.fields.end(),
                       [](const FieldDef& field) { return field.type == ValueType::kList; });
}
RuleDef& SealEach(Program& p) {
  return *std::find_if(p.rules.begin(), p.rules.end(),
                       [](const RuleDef& rule) { return static_cast<bool>(rule.part); });
}
ActDef& Seal(Program& p) {
  return *std::find_if(p.acts.begin(), p.acts.end(),
                       [](const ActDef& act) { return static_cast<bool>(act.part); });
}

// One way at least to break each check; every other check passes.
const Violation kViolations[] = {
    {"sizes", "too many rows", [](Program& p) { p.constants.resize(kMaxRows + 1); }},
    {"kinds", "a side that is none", [](Program& p) { p.acts[0].side = static_cast<Side>(3); }},
    {"kinds", "an operation that is none",
     [](Program& p) { p.ops[0].operation = static_cast<Operation>(200); }},
    {"ids", "an act beyond the table", [](Program& p) { p.effects[0].act = ActId(p.acts.size()); }},
    {"ids", "a string beyond the table", [](Program& p) { p.zone = StringId(p.strings.size()); }},
    {"ids", "an element of a list", [](Program& p) { p.act_lists[0] = ActId(std::size_t{99}); }},
    {"ranges", "a range beyond the table", [](Program& p) { p.rules[0].breach.count = 100; }},
    {"ranges", "a range that wraps",
     [](Program& p) { p.rules[0].breach = {.first = 0xffffffff, .count = 2}; }},
    {"ranges", "an empty range beyond the table",
     [](Program& p) { p.rules[0].breach = {.first = 100, .count = 0}; }},
    {"ranges", "ranges that name the same rows over and over",
     [](Program& p) {
       p.act_lists.resize(10'000, p.act_lists[0]);
       p.sentences.resize(10'000);
       for (SentenceDef& s : p.sentences) s.acts = {.first = 0, .count = 10'000};
     }},
    {"names", "an act without a name", [](Program& p) { p.acts[0].name = {}; }},
    {"names", "an empty name", [](Program& p) { Rename(p, p.rules[0].name, ""); }},
    {"names", "no path", [](Program& p) { p.path = {}; }},
    {"names", "a list with a gap", [](Program& p) { p.role_lists[0] = {}; }},
    {"names", "a citation of nothing", [](Program& p) { p.citations[0].instrument = {}; }},
    {"names", "too many decimals", [](Program& p) { p.currency_decimals = kMaxCurrencyDecimals + 1; }},
    {"constants", "the missing value", [](Program& p) { p.constants[0] = model::kMissing; }},
    {"constants", "an assumed missing value",
     [](Program& p) { p.assumed_values[0].value = model::kMissing; }},
    {"lengths", "a negative length", [](Program& p) { p.terms[0].length.fixed.count = -1; }},
    {"lengths", "too long", [](Program& p) { p.terms[0].length.fixed.count = 100'001; }},
    {"lengths", "too many years", [](Program& p) { p.ceilings[0].length.fixed.count = 301; }},
    {"lengths", "a distance in hours",
     [](Program& p) {
       p.lengths[0].length.fixed = {24, calendar::Unit::kHours};
     }},
    {"lengths", "a ceiling without an end",
     [](Program& p) { p.ceilings[0].length = {.kind = LengthDef::Kind::kOpen}; }},
    {"lengths", "months that are counted without an end",
     [](Program& p) {
       p.terms[0].length = {.kind = LengthDef::Kind::kOpen, .fixed = {0, calendar::Unit::kMonths}};
     }},
    {"lengths", "hours that stop",
     [](Program& p) { Term(p, "decide-time").length.fixed.unit = calendar::Unit::kHours; }},
    {"lengths", "the world asked of an act to nobody", [](Program& p) { p.outside[0].act = ActNamed(p, "pay"); }},
    {"accruals", "on no term", [](Program& p) { p.accruals[0].term = {}; }},
    {"accruals", "by nothing", [](Program& p) { p.accruals[0].percent = 0; }},
    {"accruals", "of an answer",
     [](Program& p) { p.accruals[0].base = p.facts[Find(p, p.facts, "settled")].code; }},
    {"accruals", "of what grows itself",
     [](Program& p) { p.accruals[0].cap = p.facts[Find(p, p.facts, "surcharge")].code; }},
    {"operands", "a minute after the last of the day",
     [](Program& p) { p.constants[p.ops[OpAt(p, Operation::kBetween)].operand] = 1440 * 1440; }},
    {"operands", "an accrual beyond the table",
     [](Program& p) { p.ops[OpAt(p, Operation::kAccrued)].operand = 9; }},
    {"terms", "a duty in a time without an end",
     [](Program& p) { Term(p, "pay-time").length = {.kind = LengthDef::Kind::kOpen}; }},
    {"lengths", "in a field that is no length",
     [](Program& p) { p.extensions[0].by.field = FieldId(std::size_t{0}); }},
    {"lengths", "a ceiling in a field", [](Program& p) { p.ceilings[0].length = p.extensions[0].by; }},
    {"lengths", "a comparison with the number of a fact",
     [](Program& p) { p.lengths[0].length = p.extensions[0].cap; }},
    {"lengths", "as many as a yes-no fact says",
     [](Program& p) { p.extensions[0].cap.fact = FactId(Find(p, p.facts, "settled")); }},
    {"lengths", "a length without a counting", [](Program& p) { p.lengths[0].counting = {}; }},
    {"days", "before the first day", [](Program& p) { p.sentences[0].from = base::kFirstDay - 1; }},
    {"days", "after the last day", [](Program& p) { p.sentences[0].until = base::kLastDay + 1; }},
    {"days", "until before from", [](Program& p) { p.sentences[0].from = p.sentences[0].until + 1; }},
    {"fields", "a list of amounts", [](Program& p) { List(p).element = ValueType::kMoney; }},
    {"fields", "a list of members of nothing", [](Program& p) { List(p).members = {}; }},
    {"quantifiers", "over the only one", [](Program& p) { p.quantifiers[0].part = RoleId(std::size_t{0}); }},
    {"quantifiers", "a body that comes later",
     [](Program& p) { p.quantifiers[0].body = CodeId(p.codes.size() - 1); }},
    {"parts", "a rule that is for none of them", [](Program& p) { SealEach(p).part = {}; }},
    {"parts", "an act that does not say whose it is", [](Program& p) { Seal(p).member = {}; }},
    {"parts", "a list of people",
     [](Program& p) { p.roles[List(p).members.index()].kind = RoleKind::kPerson; }},
    {"fields", "a place that is wrong", [](Program& p) { p.fields[1].place = 0; }},
    {"fields", "a field of two owners", [](Program& p) { p.fields[0].role = RoleId(std::size_t{0}); }},
    {"fields", "acts that share fields", [](Program& p) { Act(p, "send").fields = Act(p, "issue").fields; }},
    {"fields", "a role field too few", [](Program& p) { --p.role_fields; }},
    {"fields", "a role field's place", [](Program& p) { p.fields.back().place = 5; }},
    {"fields", "a choice without choices", [](Program& p) { Field(p, "channel").choices.count = 0; }},
    {"fields", "choices of a number", [](Program& p) { p.fields[0].choices = Field(p, "channel").choices; }},
    {"fields of persons", "a grade of a person",
     [](Program& p) { Rename(p, Field(p, "age").name, "trust"); }},
    {"fields of persons", "a grade of anyone",
     [](Program& p) {
       p.roles[Find(p, p.roles, "offender")].kind = RoleKind::kAnyone;
       Rename(p, Field(p, "age").name, "trust");
     }},
    {"acts", "a party's act said to be the authority's",
     [](Program& p) { Act(p, "pay").side = Side::kAuthority; }},
    {"acts", "an act by law done by somebody", [](Program& p) { Act(p, "granted").by = Act(p, "issue").by; }},
    {"acts", "by at least nobody", [](Program& p) { p.acts[0].at_least = 0; }},
    {"acts", "dated by another act's field",
     [](Program& p) { Act(p, "served").dated_field = FieldId(Find(p, p.fields, "seen-on")); }},
    {"acts", "dated without a field", [](Program& p) { Act(p, "served").dated_field = {}; }},
    {"rests on", "an act on itself", [](Program& p) { Act(p, "issue").rests_on = Act(p, "send").rests_on; }},
    {"rests on", "two acts on each other",
     [](Program& p) {
       p.act_lists.push_back(ActNamed(p, "collect"));
       Act(p, "issue").rests_on = {.first = static_cast<std::uint32_t>(p.act_lists.size() - 1), .count = 1};
     }},
    {"tables", "a table without a result", [](Program& p) { p.tables[0].columns.count = 1; }},
    {"tables", "a row cut short", [](Program& p) { --p.tables[0].cells.count; }},
    {"tables", "no row", [](Program& p) { p.tables[0].cells.count = 0; }},
    {"tables", "three keys", [](Program& p) { p.tables[0].keys = 3; }},
    {"tables", "an amount before a word", [](Program& p) { p.table_columns[2].type = ValueType::kMoney; }},
    {"tables", "a result that is a word", [](Program& p) { p.table_columns[1].type = ValueType::kChoice; }},
    {"tables", "a missing cell", [](Program& p) { p.table_cells[0].number = model::kMissing; }},
    {"operands", "a key looked up as a result",
     [](Program& p) { p.ops[OpAt(p, Operation::kLookup)].small = 0; }},
    {"operands", "one key for a table of two",
     [](Program& p) { p.ops[OpAt(p, Operation::kLookup)].operand = 1; }},
    {"operands", "an act beyond the table",
     [](Program& p) { p.ops[OpAt(p, Operation::kStands)].operand = 99; }},
    {"operands", "a second act beyond the table",
     [](Program& p) { p.ops[OpAt(p, Operation::kAfter)].small = 99; }},
    {"operands", "no phase", [](Program& p) { p.ops[OpAt(p, Operation::kTermIs)].small = 0; }},
    {"operands", "a fifth phase", [](Program& p) { p.ops[OpAt(p, Operation::kTermIs)].small = 16; }},
    {"operands", "an operand where there is none",
     [](Program& p) { p.ops[OpAt(p, Operation::kAnd)].operand = 1; }},
    {"operands", "a second operand where there is none",
     [](Program& p) { p.ops[OpAt(p, Operation::kStands)].small = 1; }},
    {"operands", "a yes-no field read as a number",
     [](Program& p) {
       p.ops[OpAt(p, Operation::kField)].operand = static_cast<std::uint32_t>(Find(p, p.fields, "upheld"));
     }},
    {"operands", "the sum of a text",
     [](Program& p) {
       p.ops[OpAt(p, Operation::kSum)].operand = static_cast<std::uint32_t>(Find(p, p.fields, "article"));
     }},
    {"operands", "a role's field asked of an act",
     [](Program& p) { p.ops[OpAt(p, Operation::kRoleField)].operand = 0; }},
    {"operands", "a negative mask",
     [](Program& p) { p.constants[p.ops[OpAt(p, Operation::kInSet)].operand] = -1; }},
    {"code", "too few values",
     [](Program& p) {
       p.ops[OpAt(p, Operation::kStands)] = {Operation::kNot, 0, 0};
     }},
    {"code", "a value of the wrong type",
     [](Program& p) {
       p.ops[OpAt(p, Operation::kGreaterEqual)] = {Operation::kAnd, 0, 0};
     }},
    {"code", "a value left over",
     [](Program& p) {
       p.ops[OpAt(p, Operation::kGreaterEqual)] = {Operation::kYes, 0, 0};
     }},
    {"code", "a result of another type", [](Program& p) { p.codes[0].result = ResultType::kTri; }},
    {"code", "a wrong depth", [](Program& p) { ++p.codes[0].depth; }},
    {"code", "a gap between codes", [](Program& p) { ++p.codes[1].ops.first; }},
    {"code", "an operation in no code",
     [](Program& p) {
       p.ops.push_back({Operation::kYes, 0, 0});
     }},
    {"code", "a stack too deep",
     [](Program& p) {
       Code code{.ops = {.first = static_cast<std::uint32_t>(p.ops.size()), .count = 2 * kMaxDepth + 1}};
       p.ops.resize(p.ops.size() + kMaxDepth + 1, {Operation::kYes, 0, 0});
       p.ops.resize(p.ops.size() + kMaxDepth, {Operation::kAnd, 0, 0});
       code.depth = kMaxDepth + 1;
       p.codes.push_back(code);
     }},
    {"facts", "a fact of itself", [](Program& p) { p.facts[0].code = p.facts[2].code; }},
    {"facts", "a fact without code", [](Program& p) { p.facts[0].code = {}; }},
    {"facts", "a yes-no fact asked for a number",
     [](Program& p) { p.ops[OpAt(p, Operation::kFactTri)].operand = 0; }},
    {"work", "a chain of facts that doubles",
     [](Program& p) {
       for (int doubling = 0; doubling < 20; ++doubling) {
         if (doubling == 0) AddFact(p, {{Operation::kYes, 0, 0}}, 1);
         const auto fact = static_cast<std::uint32_t>(p.facts.size() - 1);
         AddFact(p, {{Operation::kFactTri, 0, fact}, {Operation::kFactTri, 0, fact}, {Operation::kAnd, 0, 0}},
                 2);
       }
     }},
    {"work", "facts that ask facts too deep",
     [](Program& p) {
       AddFact(p, {{Operation::kYes, 0, 0}}, 1);
       for (std::size_t deeper = 0; deeper <= kMaxFactDepth; ++deeper) {
         AddFact(p, {{Operation::kFactTri, 0, static_cast<std::uint32_t>(p.facts.size() - 1)}}, 1);
       }
     }},
    {"conditions", "a number as a condition", [](Program& p) { p.rules[0].if_code = p.facts[0].code; }},
    {"conditions", "a stop without a condition", [](Program& p) { p.stops[0].condition = {}; }},
    {"events", "an act and a term", [](Program& p) { p.events[0].term = TermId(std::size_t{0}); }},
    {"events", "a lapse of nothing",
     [](Program& p) { p.ceilings[0].from = {.kind = EventDef::Kind::kLapse}; }},
    {"events", "an act on what it does not rest on", [](Program& p) { p.events[0].on = ActNamed(p, "pay"); }},
    {"events", "governed without an event", [](Program& p) { Rule(p, "notify-in-time").governed_by = {}; }},
    {"events", "an event that does not govern",
     [](Program& p) { Rule(p, "notify-in-time").governed = false; }},
    {"acts", "a finding of many things", [](Program& p) { Act(p, "issue").kind = ActDef::Kind::kFinding; }},
    {"operands", "a finding that is none", [](Program& p) { Act(p, "harmless").kind = ActDef::Kind::kAct; }},
    {"acts", "a signal of what it does not name",
     [](Program& p) { p.effects[Act(p, "set-aside").signals.first].act = ActId(std::size_t{1}); }},
    {"effects", "a value for a field of another act",
     [](Program& p) { p.given[0].field = FieldId(std::size_t{0}); }},
    {"effects", "set aside by a breach",
     [](Program& p) {
       EffectDef& effect = p.effects[p.rules[0].breach.first];
       effect.kind = EffectDef::Kind::kStanding;
       effect.standing = Standing::kSetAside;
     }},
    {"qualities", "an act of the authority that may be refused",
     [](Program& p) { p.effects.back().act = ActId(std::size_t{0}); }},
    {"effects", "deems nothing", [](Program& p) { Effect(p, EffectDef::Kind::kDeemed).act = {}; }},
    {"effects", "a quality that is none",
     [](Program& p) { Effect(p, EffectDef::Kind::kQuality).quality = EffectDef::Quality::kNone; }},
    {"effects", "deems and cures",
     [](Program& p) { Effect(p, EffectDef::Kind::kDeemed).cured_by = ActId(std::size_t{0}); }},
    {"qualities", "a party's act is void",
     [](Program& p) { p.effects[Rule(p, "appeal-time").breach.first].quality = EffectDef::Quality::kVoid; }},
    {"qualities", "an authority's act is inadmissible",
     [](Program& p) {
       p.effects[Rule(p, "collection").breach.first].quality = EffectDef::Quality::kInadmissible;
     }},
    {"terms", "a name and a sentence",
     [](Program& p) { Term(p, "pay-time").sentence = SentenceId(std::size_t{0}); }},
    {"terms", "two starts of a plain term",
     [](Program& p) { Term(p, "decide-time").start_kind = TermDef::Start::kPlain; }},
    {"terms", "no counting", [](Program& p) { p.terms[0].counting = {}; }},
    {"terms", "an unnamed term that another sentence has",
     [](Program& p) { p.terms.back().sentence = SentenceId(std::size_t{0}); }},
    {"terms", "a sentence with another's unnamed term",
     [](Program& p) { Sentence(p, SentenceDef::Kind::kMay).term = p.sentences[0].term; }},
    {"terms", "an extension by nothing", [](Program& p) { p.extensions[0].act = {}; }},
    {"rules", "a sentence of another rule", [](Program& p) { p.sentences[0].rule = RuleId(std::size_t{1}); }},
    {"rules", "a sentence of no rule", [](Program& p) { p.sentences.back().rule = {}; }},
    {"rules", "a rule that lists another's sentence", [](Program& p) { --p.rules[1].sentences.first; }},
    {"sentences", "an only-if without a condition",
     [](Program& p) { Sentence(p, SentenceDef::Kind::kOnlyIf).condition = {}; }},
    {"sentences", "a may with effects",
     [](Program& p) { Sentence(p, SentenceDef::Kind::kMay).effects.count = 1; }},
    {"sentences", "a must of nobody", [](Program& p) { p.sentences[0].roles.count = 0; }},
    {"sentences", "a must without a time",
     [](Program& p) {
       for (SentenceDef& s : p.sentences) s.prompt = false;
     }},
    {"sentences", "an on with acts",
     [](Program& p) { Sentence(p, SentenceDef::Kind::kOn).acts = p.sentences[0].acts; }},
    {"sentences", "a party's duty said to be the authority's",
     [](Program& p) { p.sentences[Rule(p, "pay-in-time").sentences.first].side = Side::kAuthority; }},
    {"sentences", "an act on what it does not rest on",
     [](Program& p) { Sentence(p, SentenceDef::Kind::kOnlyIf).on = ActNamed(p, "pay"); }},
    {"cascades", "an act deems itself",
     [](Program& p) {
       const ActId granted = ActNamed(p, "granted");
       const auto on_granted = std::ranges::find_if(
           p.sentences, [&](const SentenceDef& sentence) { return sentence.event.act == granted; });
       p.effects[on_granted->effects.first] = {.kind = EffectDef::Kind::kDeemed, .act = granted};
     }},
    {"cascades", "a term without length starts again on its own lapse",
     [](Program& p) {
       Term(p, "pay-time").length.fixed.count = 0;
       p.events[Term(p, "pay-time").starts.first] = {.kind = EventDef::Kind::kLapse,
                                                     .term = TermId(Find(p, p.terms, "pay-time"))};
     }},
    {"cascades", "a term of one day that counts its first starts on the breach it brings",
     [](Program& p) {
       TermDef& term = p.terms[p.sentences[0].term.index()];
       term.counting = CountingId(std::size_t{1});
       term.length.fixed.count = 1;
       p.events[term.starts.first] = {.kind = EventDef::Kind::kBreach, .rule = p.sentences[0].rule};
     }},
    {"overrides", "a rule overrides itself",
     [](Program& p) { p.rule_lists[0] = RuleId(Find(p, p.rules, "appeal-time")); }},
    {"direction", "a party's duty from a party's act",
     [](Program& p) { p.events[Term(p, "pay-time").starts.first] = {.act = ActNamed(p, "pay")}; }},
    {"direction", "a party's duty from a lapse",
     [](Program& p) {
       p.events[Term(p, "pay-time").starts.first] = {.kind = EventDef::Kind::kLapse,
                                                     .term = TermId(Find(p, p.terms, "decide-time"))};
     }},
    {"direction", "a party's duty from an act by law that reports a party's act",
     [](Program& p) { p.events[Term(p, "pay-time").starts.first] = {.act = ActNamed(p, "granted")}; }},
    {"direction", "a party's duty from an order to nobody", [](Program& p) { Act(p, "issue").to = {}; }},
    {"direction", "a party's duty that restarts on a party's act",
     [](Program& p) {
       p.events.push_back({.act = ActNamed(p, "pay")});
       Term(p, "pay-time").restarts = {.first = static_cast<std::uint32_t>(p.events.size() - 1), .count = 1};
     }},
    {"direction", "a party's prompt duty after its own act",
     [](Program& p) {
       SentenceDef& s = p.sentences[Rule(p, "pay-in-time").sentences.first];
       s.term = {};
       s.prompt = true;
       s.event = {.act = ActNamed(p, "pay")};
     }},
    {"guarantees", "a promise of nothing", [](Program& p) { p.guarantees[0].condition = {}; }},
    {"guarantees", "a remedy for nobody", [](Program& p) { p.guarantees[1].role = {}; }},
    {"guarantees", "a matter that closes on a number", [](Program& p) { p.closes = p.facts[0].code; }},
    {"credentials", "a credential of persons",
     [](Program& p) { p.roles[Find(p, p.roles, "offender")].credential = p.credentials[0]; }},
    {"credentials", "a credential asked of a party",
     [](Program& p) { p.ops[OpAt(p, Operation::kHold)].operand = ActNamed(p, "pay").value; }},
    {"types of persons", "an amount for an age",
     [](Program& p) { Field(p, "age").type = ValueType::kMoney; }},
    {"findings of persons", "a finding about one of several persons", FindOfPersons},
    {"publication", "published for ever", [](Program& p) { Act(p, "result").public_for = {}; }},
    {"publication", "published for six years",
     [](Program& p) {
       Act(p, "result").public_for = {6, calendar::Unit::kYears};
     }},
    {"publication", "the act of a party, published",
     [](Program& p) { Act(p, "appeal").public_with = Act(p, "result").public_with; }},
    {"publication", "another act's field",
     [](Program& p) {
       Act(p, "collect").public_with = Act(p, "result").public_with;
       Act(p, "collect").public_for = {1, calendar::Unit::kMonths};
     }},
    {"acts of law", "barred by law",
     [](Program& p) {
       Act(p, "granted").favourable = {};
       Act(p, "granted").rests_on = {};
       AddFact(p, {{Operation::kStands, 0, ActNamed(p, "granted").value}}, 1);
     }},
    {"others", "a report on somebody else's offence",
     [](Program& p) { Act(p, "send").to = RoleId(Find(p, p.roles, "witness")); }},
    {"numbers of persons", "a person's acts counted",
     [](Program& p) { p.ops[OpAt(p, Operation::kCount)].operand = ActNamed(p, "appeal").value; }},
    {"numbers of persons", "an age of six hundred",
     [](Program& p) { p.constants[p.ops[OpAt(p, Operation::kRoleField) + 1].operand] = 600; }},
    {"numbers of persons", "an amount that nobody pays",
     [](Program& p) { p.fields[Act(p, "pay").fields.first].type = ValueType::kWhole; }},
    {"looks back", "for a hundred years", [](Program& p) { p.outside[0].within.count = 100; }},
    {"looks back", "within two times, which would count",
     [](Program& p) {
       p.outside.push_back({.act = p.outside[0].act, .within = {1, calendar::Unit::kYears}});
     }},
    {"looks back", "under no item of a provision",
     [](Program& p) { p.facts[Find(p, p.facts, "known-before")].under = {}; }},
    {"one business", "a note of its own decides what is granted",
     [](Program& p) {
       Act(p, "prolong").rests_on = {};
       Act(p, "result").favourable = Act(p, "granted").favourable;
       CondOn(p, "result", "prolong");
     }},
    {"words", "a title that ranks",
     [](Program& p) { Rename(p, p.titles[Act(p, "send").titles.first].text, "Blacklist"); }},
    {"others", "what depends on an act against somebody else",
     [](Program& p) {
       p.roles.push_back(p.roles[Find(p, p.roles, "offender")]);
       p.roles.back().fields = {.first = static_cast<std::uint32_t>(p.fields.size()), .count = 0};
       Act(p, "result").to = RoleId(p.roles.size() - 1);
     }},
    {"mappings", "no act of an authority", [](Program& p) { p.mapping_lines[0] = p.mapping_lines[1]; }},
    {"mappings", "a field of another act",
     [](Program& p) { p.field_sources[2].field = FieldId(std::size_t{0}); }},
    {"mappings", "a csv without columns",
     [](Program& p) { p.mappings[0].format = MappingDef::Format::kCsv; }},
    {"mappings", "an xes with columns", [](Program& p) { p.mappings[1].format = MappingDef::Format::kXes; }},
    {"mappings", "an assumed value of no field", [](Program& p) { p.assumed_values[0].field = {}; }},
};

TEST(Verify, EveryCheckRefusesWhatBreaksIt) {
  for (const Violation& violation : kViolations) {
    Program p = SampleProgram();
    violation.break_it(p);
    const std::string why = WhyNot(p);
    EXPECT_TRUE(why.starts_with(fmt::format("check '{}': ", violation.check)))
        << violation.what << ": " << why;
  }
}

TEST(Verify, NoCheckIsWithoutAViolation) {
  std::set<std::string_view> broken;
  for (const Violation& violation : kViolations) broken.insert(violation.check);
  for (const NamedCheck& check : Checks()) EXPECT_TRUE(broken.contains(check.name)) << check.name;
  EXPECT_EQ(broken.size(), Checks().size());
}

// --------------------------------------------------------------------------------------------- hostile bytes

// What the checker refuses to an author (docs/diagnostics.md, R001 and on), tried with bytes.
struct Hostile {
  std::string_view refusal;
  std::string_view check;
  void (*attempt)(Program&);
};

const Hostile kHostile[] = {
    {"R001", "direction",
     [](Program& p) { p.events[Term(p, "pay-time").starts.first] = {.act = ActNamed(p, "appeal")}; }},
    {"R002", "fields of persons", [](Program& p) { Rename(p, Field(p, "abroad").name, "reliable"); }},
    {"R003", "credentials",
     [](Program& p) { p.roles[Find(p, p.roles, "witness")].credential = p.credentials[0]; }},
    {"R004", "types of persons", [](Program& p) { Field(p, "age").type = ValueType::kMoney; }},
    {"R005", "mappings", [](Program& p) { p.mapping_lines[0] = p.mapping_lines[1]; }},
    {"R006", "findings of persons", FindOfPersons},
    {"R007", "parts", [](Program& p) { p.roles[List(p).members.index()].kind = RoleKind::kPerson; }},
    {"R008", "words", [](Program& p) { Rename(p, Field(p, "article").name, "identity-number"); }},
    {"R009", "numbers of persons",
     [](Program& p) { p.ops[OpAt(p, Operation::kCount)].operand = ActNamed(p, "pay").value; }},
    {"R010", "numbers of persons",
     [](Program& p) { p.constants[p.ops[OpAt(p, Operation::kRoleField) + 1].operand] = 600; }},
    {"R011", "publication",
     [](Program& p) {
       Act(p, "result").public_for = {100, calendar::Unit::kYears};
     }},
    {"R012", "publication",
     [](Program& p) {
       Act(p, "appeal").public_with = Act(p, "result").public_with;
       Act(p, "appeal").public_for = {1, calendar::Unit::kMonths};
     }},
    {"R013", "looks back", [](Program& p) { p.outside[0].within.count = 100; }},
    {"R014", "acts of law",
     [](Program& p) {
       Act(p, "granted").favourable = {};
       Act(p, "granted").rests_on = {};
       AddFact(p, {{Operation::kStands, 0, ActNamed(p, "granted").value}}, 1);
     }},
    {"R015", "words", [](Program& p) { Rename(p, Rule(p, "pay-in-time").name, "merit-points"); }},
    {"R016", "others", [](Program& p) { Act(p, "send").to = RoleId(Find(p, p.roles, "witness")); }},
    {"R017", "numbers of persons",
     [](Program& p) { p.fields[Act(p, "pay").fields.first].type = ValueType::kWhole; }},
    {"R019", "one business",
     [](Program& p) {
       // A note that rests on nothing decides what the prefect grants.
       Act(p, "prolong").rests_on = {};
       Act(p, "result").favourable = Act(p, "granted").favourable;
       CondOn(p, "result", "prolong");
     }},
    {"R018", "words", [](Program& p) { Rename(p, p.roles[Find(p, p.roles, "police")].name, "villager"); }},
};

TEST(Hostile, BytesAreRefusedWhatAuthorsAreRefused) {
  for (const Hostile& hostile : kHostile) {
    Program p = SampleProgram();
    hostile.attempt(p);
    const std::string why = WhyNot(p);
    EXPECT_TRUE(why.starts_with(fmt::format("check '{}': ", hostile.check)))
        << hostile.refusal << ": " << why;
    // Sealed with the right checksum, by somebody who knows the format.
    EXPECT_FALSE(Decode(Encode(p)).ok()) << hostile.refusal;
  }
}

TEST(Verify, SaysWhichRowInPlainWords) {
  Program p = SampleProgram();
  p.events[Term(p, "pay-time").starts.first] = {.act = ActNamed(p, "pay")};
  const base::Status status = Verify(p);
  EXPECT_EQ(status.error().code, base::Errc::kCorrupt);
  EXPECT_EQ(status.error().message,
            "check 'direction': sentence 2 of rule 'pay-in-time' binds a party although no act of the "
            "authority to that "
            "party in this matter starts its time");
}

// A day between two acts ends a circle: what is refused is only what never ends.
TEST(Verify, AllowsACircleThatTakesTime) {
  Program p = SampleProgram();
  p.events[Term(p, "decide-time").starts.first] = {.kind = EventDef::Kind::kLapse,
                                                   .term = TermId(Find(p, p.terms, "decide-time"))};
  EXPECT_EQ(WhyNot(p), "");
}

TEST(Graph, FindsANodeOfTheCycleAndNotOneBehindIt) {
  Graph graph(6);
  graph.AddEdge(0, 1);
  graph.AddEdge(2, 3);
  graph.AddEdge(3, 2);
  graph.AddEdge(3, 4);
  graph.AddEdge(4, 5);
  const auto node = graph.NodeOnCycle();
  ASSERT_TRUE(node.has_value());
  EXPECT_TRUE(*node == 2 || *node == 3);
  EXPECT_FALSE(Graph(0).NodeOnCycle().has_value());
}

// ---------------------------------------------------------------------------------------------------- codec

TEST(Codec, ReadsBackWhatItWrote) {
  const std::string bytes = Encode(SampleProgram());
  const base::Result<Program> read = Decode(bytes);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(Encode(read.value()), bytes);
  EXPECT_EQ(Listing(read.value()), Listing(SampleProgram()));
  EXPECT_EQ(Hash(read.value()), Hash(SampleProgram()));
}

TEST(Codec, ChecksumIsTheCrcOfEcma182) { EXPECT_EQ(Checksum("123456789"), 0x6c40df5f0b497347u); }

// Sets each cell in turn to another value: the bytes must change, or a cell is not written.
TEST(Codec, EveryCellIsWritten) {
  const Program sample = SampleProgram();
  const std::uint64_t hash = Hash(sample);
  std::size_t cells = 0;
  const auto change = [](auto& value) {
    using T = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_same_v<T, std::string>)
      value += '!';
    else if constexpr (std::is_same_v<T, bool>)
      value = !value;
    else if constexpr (std::is_enum_v<T>)
      value = static_cast<T>(static_cast<std::uint8_t>(value) + 1);
    else if constexpr (std::is_same_v<T, Day>)
      ++value.number;
    else if constexpr (std::is_integral_v<T>)
      ++value;
    else if constexpr (requires { value.first; })
      ++value.count;
    else
      ++value.value;
  };
  std::size_t total = 0;
  Header(sample, [&](std::string_view, const auto&) { ++total; });
  Tables(sample, [&](std::string_view, const auto& table) {
    Cells(table.back(), [&](std::string_view, const auto&) { ++total; });
  });
  for (std::size_t target = 0; target < total; ++target) {
    Program p = sample;
    cells = 0;
    const auto touch = [&](std::string_view, auto& value) {
      if (cells++ == target) change(value);
    };
    Header(p, touch);
    Tables(p, [&](std::string_view, auto& table) { Cells(table.back(), touch); });
    EXPECT_NE(Hash(p), hash) << "cell " << target;
  }
}

TEST(Codec, EveryTruncationIsRefused) {
  const std::string bytes = Encode(SampleProgram());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto read = Decode(std::string_view(bytes).substr(0, size));
    ASSERT_FALSE(read.ok()) << size;
    ASSERT_EQ(read.error().code, base::Errc::kCorrupt);
  }
}

// `body` with a checksum that agrees.
std::string Sealed(std::string body) {
  const std::uint64_t sum = Checksum(body);
  for (int i = 0; i < 8; ++i) body += static_cast<char>((sum >> (8 * i)) & 0xffu);
  return body;
}
std::string BodyOf(const Program& p) {
  std::string bytes = Encode(p);
  bytes.resize(bytes.size() - 8);
  return bytes;
}

// With the right checksum too: cut short anywhere, nothing is read that is not there.
TEST(Codec, EverySealedTruncationIsRefused) {
  const std::string body = BodyOf(SampleProgram());
  for (std::size_t size = 0; size < body.size(); ++size)
    ASSERT_FALSE(Decode(Sealed(body.substr(0, size))).ok()) << size;
}

TEST(Codec, BytesTooManyAreRefused) {
  EXPECT_EQ(Decode(Sealed(BodyOf(SampleProgram()) + '\0')).error().message,
            "compiled pack: 1 bytes too many");
}

TEST(Codec, AnotherVersionIsRefused) {
  std::string body = BodyOf(SampleProgram());
  body[kMagic.size()] = 9;
  EXPECT_EQ(Decode(Sealed(body)).error().message, "compiled pack: version 9, this program reads 4");
}

TEST(Codec, ACountBeyondTheBytesIsRefusedBeforeMemoryIsTaken) {
  std::string body = BodyOf(SampleProgram());
  const std::size_t strings =
      kMagic.size() + 4 + 4 + 8 + 4 + 4 + 1 + 4 + 4;  // after the version and the header
  for (std::size_t i = 0; i < 4; ++i) body[strings + i] = static_cast<char>(0xff);
  EXPECT_EQ(Decode(Sealed(body)).error().message,
            "compiled pack: table 'strings' claims 4294967295 rows, more than there can be");
}

TEST(Codec, AYesNoThatIsNeitherIsRefused) {
  const Program p = SampleProgram();
  std::string body = BodyOf(p);
  Program other = p;
  other.countings[0].rest_day_moves_on = false;
  const std::string changed = BodyOf(other);
  const auto at = std::mismatch(body.begin(), body.end(), changed.begin()).first;
  *at = 2;
  EXPECT_EQ(Decode(Sealed(body)).error().message,
            "compiled pack: cell 'rest_day_moves_on' of table 'countings' is neither 0 nor 1");
}

// What is read is valid, written as it was read, and can be shown.
void ExpectSound(const std::string& bytes) {
  const auto read = Decode(bytes);
  if (!read.ok()) {
    ASSERT_EQ(read.error().code, base::Errc::kCorrupt);
    return;
  }
  ASSERT_EQ(Encode(read.value()), bytes);
  ASSERT_FALSE(Listing(read.value()).empty());
}

TEST(Codec, EveryFlippedBitIsFound) {
  std::string bytes = Encode(SampleProgram());
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    const auto mask = static_cast<char>(1u << (bit % 8));
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    ASSERT_FALSE(Decode(bytes).ok()) << bit;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
  }
}

TEST(Codec, EveryFlippedBitUnderARightChecksumIsRefusedOrSound) {
  std::string body = BodyOf(SampleProgram());
  for (std::size_t bit = 0; bit < 8 * body.size(); ++bit) {
    const auto mask = static_cast<char>(1u << (bit % 8));
    body[bit / 8] = static_cast<char>(body[bit / 8] ^ mask);
    ASSERT_NO_FATAL_FAILURE(ExpectSound(Sealed(body))) << bit;
    body[bit / 8] = static_cast<char>(body[bit / 8] ^ mask);
  }
}

TEST(Codec, RandomBytesAreRefusedOrSound) {
  EXPECT_TRUE(rc::check("random bytes behind a right beginning", [](const std::string& noise) {
    ExpectSound(noise);
    ExpectSound(Sealed(std::string(kMagic) + std::string("\1\0\0\0", 4) + noise));
  }));
}

TEST(Codec, RandomSplicesAreRefusedOrSound) {
  const std::string body = BodyOf(SampleProgram());
  EXPECT_TRUE(rc::check("pieces of a program in a wrong order",
                        [&](std::size_t a, std::size_t b, const std::string& noise) {
                          std::string spliced = body.substr(0, a % body.size()) + noise;
                          spliced += body.substr(b % body.size());
                          ExpectSound(Sealed(spliced));
                        }));
}

// -------------------------------------------------------------------------------------------------- listing

TEST(Listing, ShowsSentencesAsTheyRead) {
  const std::string text = Listing(SampleProgram());
  for (const std::string_view line : {
           "pack it/traffic-sample \"Road traffic offences\" @en \"Codice della strada\" @it\n",
           "role 2 offender \"Liable person\": person\n",
           "act 1 send \"Report dispatched\" @en \"Verbale spedito\" @it by police, at least 2, to offender, "
           "on issue [authority] "
           "under CdS 201(1) (from a secondary source), CdS 201(5) (from a secondary source)\n",
           "fact 2 settled = paid >= due\n",
           "fact 1 due = Min(Max(issue.amount + Sum(send.expense), 100), 900000)\n",
           "term 0 pay-time: 60 days from served on issue, counted by italian-days under CdS 202(1)",
           "term 1 decide-time: 4 months from the later of appeal and lapse of pay-time, counted by "
           "italian-days\n",
           "  restarts on resume\n",
           "  stops while Unanswered(hold, resume) under CdS 204(1)",
           "  extended on prolong by result.days-given at most limit working days once\n",
           "  at most 1 year from issue\n",
           "  sentence 0 police must send within term 2 (150 days of issue) unless settled until 2010-08-12 "
           "[authority]\n",
           "  governed by issue\n",
           "  breach: issue falls; police answers\n",
           "on breach of notify-in-time: send is irregular cured by served [law]\n",
           "police must collect promptly after result on appeal [authority]\n",
           "  overrides pay-in-time\n",
           "  sentence 11 on granted: issue falls; collect is voidable [law]\n",
           "mapping table csv\n  case \"case\" act \"activity\" time \"time\"\n",
           "  \"Create\" -> issue issue.amount=\"amount\" offender.abroad=case \"abroad\"\n",
           "  unseen hold, resume\n  unseen offender.age\n  assume result.upheld = 1\n",
       }) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "\nin\n" << text;
  }
}

TEST(Listing, BracketsWhatASignJoins) {
  SampleBuilder b;
  const auto yes = SampleBuilder::Plain(Operation::kYes);
  const auto no = SampleBuilder::Plain(Operation::kNo);
  const auto and_op = SampleBuilder::Plain(Operation::kAnd);
  const auto or_op = SampleBuilder::Plain(Operation::kOr);
  const CodeId code =
      b.Code({yes, no, or_op, yes, and_op, no, and_op, SampleBuilder::Plain(Operation::kNot)});
  EXPECT_EQ(CodeText(b.p, code), "not ((yes or no) and yes and no)");
  EXPECT_EQ(CodeText(b.p, CodeId()), "");
}

// ---------------------------------------------------------------------------------------------------- names

TEST(Names, TitlesFallBackOnNames) {
  const Program p = SampleProgram();
  EXPECT_EQ(TitleOf(p, ActNamed(p, "send"), "it"), "Verbale spedito");
  EXPECT_EQ(TitleOf(p, ActNamed(p, "send"), "de"), "Report dispatched");
  EXPECT_EQ(TitleOf(p, ActNamed(p, "issue"), "de"), "Finding of the offence");
  EXPECT_EQ(TitleOf(p, ActNamed(p, "pay"), "it"), "pay");
  EXPECT_EQ(TitleOf(p, ActId(), "it"), "");
}

TEST(Names, CitationsReadAsWritten) {
  const Program p = SampleProgram();
  EXPECT_EQ(Words(p, p.acts[Find(p, p.acts, "send")].under), "CdS 201(1), CdS 201(5)");
}

TEST(Names, TermsWithoutANameAreCalledByTheirSpan) {
  const Program p = SampleProgram();
  EXPECT_EQ(NameOf(p, p.sentences[0].term), "150 days of issue");
  EXPECT_EQ(NameOf(p, FieldId(Find(p, p.fields, "upheld"))), "result.upheld");
}

TEST(Names, MoneyHasItsDecimals) {
  EXPECT_EQ(MoneyText(3800, "EUR", 2), "38.00 EUR");
  EXPECT_EQ(MoneyText(5, "EUR", 2), "0.05 EUR");
  EXPECT_EQ(MoneyText(-5, "EUR", 2), "-0.05 EUR");
  EXPECT_EQ(MoneyText(1200, "JPY", 0), "1200 JPY");
  EXPECT_EQ(MoneyText(1, "", 3), "0.001");
  EXPECT_EQ(MoneyText(std::numeric_limits<std::int64_t>::min(), "EUR", 2), "-92233720368547758.08 EUR");
}

TEST(Names, LengthsAreCounted) {
  EXPECT_EQ(LengthText({1, calendar::Unit::kWorkingDays}), "1 working day");
  EXPECT_EQ(LengthText({0, calendar::Unit::kMonths}), "0 months");
}

// ---------------------------------------------------------------------------------------------------- format

std::string OperandWords(Operand operand) {
  switch (operand) {
    case Operand::kNone:
      return "";
    case Operand::kConstant:
      return "constant";
    case Operand::kActRow:
      return "act";
    case Operand::kFieldRow:
      return "field";
    case Operand::kFactRow:
      return "fact";
    case Operand::kRuleRow:
      return "rule";
    case Operand::kTermPhases:
      return "term; phases in `small`";
    case Operand::kActPair:
      return "act; second act in `small`";
    case Operand::kActCredential:
      return "act; credential in `small`";
    case Operand::kFieldCredential:
      return "field; credential in `small`";
    case Operand::kCountingLength:
      return "length";
    case Operand::kMask:
      return "constant, a mask";
    case Operand::kQuantifierRow:
      return "quantifier";
    case Operand::kActRole:
      return "act; role in `small`";
    case Operand::kFieldRole:
      return "field; role in `small`";
    case Operand::kMember:
      return "member, when unfolded";
    case Operand::kFieldMember:
      return "field; member in `small`, when unfolded";
    case Operand::kTableColumn:
      return "table; column in `small`";
    case Operand::kAccrualRow:
      return "accrual";
    case Operand::kOutsideRow:
      return "question to the world";
    case Operand::kClock:
      return "constant, two minutes of the day";
    case Operand::kFindingRow:
      return "field of a finding; 1 + what is presumed in `small`";
    case Operand::kActStanding:
      return "act; what is said of it in `small`";
  }
  return "";
}

std::string_view TypeName(ResultType type) { return type == ResultType::kTri ? "tri" : "number"; }

template <typename T>
std::string Kind(const Id<T>&) {
  return fmt::format("id of `{}`", TableOf<T>::kIds);
}
template <typename T>
std::string Kind(const Range<T>&) {
  return fmt::format("range of `{}`", TableOf<T>::kRows);
}
std::string Kind(const Day&) { return "i32, a day"; }
std::string Kind(const bool&) { return "bool"; }
std::string Kind(const std::string&) { return "text"; }
template <typename T>
requires std::is_integral_v<T> || std::is_enum_v<T> std::string Kind(const T&) {
  if constexpr (std::is_enum_v<T>)
    return fmt::format("u8 below {}", kValuesOf<T>);
  else
    return fmt::format("{}{}", std::is_signed_v<T> ? "i" : "u", 8 * sizeof(T));
}

// The part of docs/formats/program.md that follows from cells.h, operations.def and the list of checks.
std::string Generated() {
  std::string text = "| table | cells of a row |\n|---|---|\n| (header) |";
  std::string_view comma = " ";
  const auto cell = [&](std::string_view name, const auto& value) {
    text += fmt::format("{}{}: {}", comma, name, Kind(value));
    comma = "; ";
  };
  Program p = SampleProgram();
  Header(p, cell);
  Tables(p, [&](std::string_view name, const auto& table) {
    text += fmt::format(" |\n| {} |", name);
    comma = " ";
    Cells(table.front(), cell);
  });
  text += " |\n\n| number | operation | operand | takes | leaves | meaning |\n|---|---|---|---|---|---|\n";
  for (std::size_t i = 0; i < Operations().size(); ++i) {
    const OperationInfo& info = Operations()[i];
    const std::string takes = info.pops == 0 ? "" : fmt::format("{} {}", info.pops, TypeName(info.takes));
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", i, info.name, OperandWords(info.operand), takes,
                        TypeName(info.result), info.meaning);
  }
  text += "\n| check | what holds |\n|---|---|\n";
  for (const NamedCheck& check : Checks()) text += fmt::format("| {} | {} |\n", check.name, check.says);
  return text;
}

TEST(Format, DocumentIsInStep) {
  std::ifstream file(LAWBOUND_ROOT "/docs/formats/program.md");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::string begin = "<!-- generated: begin -->\n";
  const std::size_t from = text.find(begin);
  const std::size_t to = text.find("<!-- generated: end -->");
  ASSERT_TRUE(from != std::string::npos && to != std::string::npos && from < to) << "no generated section";
  EXPECT_EQ(text.substr(from + begin.size(), to - from - begin.size()), Generated())
      << "put this between the marks of docs/formats/program.md:\n"
      << Generated();
}

}  // namespace
}  // namespace lawbound::program
