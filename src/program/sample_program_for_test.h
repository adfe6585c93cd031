// A program for tests, made by hand: a pack on road traffic that is small, valid and realistic, and uses
// every table, every kind of sentence, event and effect, and every operation.  Only tests include it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "program/operations.h"
#include "program/program.h"

namespace lawbound::program {

// Fills the tables of a program; everything is given in the order in which it must lie.
class SampleBuilder {
 public:
  Program p;

  // The rows of a table from `first` on.
  template <typename T = void, typename Row>
  static auto Rows(const std::vector<Row>& table, std::size_t first) {
    using Of = std::conditional_t<std::is_void_v<T>, Row, T>;
    return Range<Of>{static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(table.size() - first)};
  }

  StringId Text(std::string_view text) {
    const auto found = std::find(p.strings.begin(), p.strings.end(), text);
    if (found != p.strings.end()) return StringId(static_cast<std::size_t>(found - p.strings.begin()));
    return Push<StringId>(p.strings, std::string(text));
  }

  // Each "Title" or "Title@en".
  Range<Title> Titles(std::initializer_list<std::string_view> titles) {
    const std::size_t first = p.titles.size();
    for (const std::string_view title : titles) {
      const std::size_t at = title.find('@');
      const bool said = at != std::string_view::npos;
      p.titles.push_back({Text(title.substr(0, at)), said ? Text(title.substr(at + 1)) : StringId()});
    }
    return Rows(p.titles, first);
  }

  // Each "CdS 201(1)"; the instrument is declared at first use.
  Range<Citation> Under(std::initializer_list<std::string_view> citations) {
    const std::size_t first = p.citations.size();
    for (const std::string_view citation : citations) {
      const std::size_t space = citation.find(' ');
      const StringId provision = Text(citation.substr(space + 1));
      p.citations.push_back({Instrument(citation.substr(0, space)), provision, law::Reading::kSecondary});
    }
    return Rows(p.citations, first);
  }

  Range<RoleId> Roles(std::initializer_list<RoleId> ids) { return List(p.role_lists, ids); }
  Range<ActId> Acts(std::initializer_list<ActId> ids) { return List(p.act_lists, ids); }
  Range<FieldId> Fields(std::initializer_list<FieldId> ids) { return List(p.field_lists, ids); }
  Range<EventDef> Events(std::initializer_list<EventDef> rows) { return List(p.events, rows); }
  Range<EffectDef> Effects(std::initializer_list<EffectDef> rows) { return List(p.effects, rows); }

  RoleId Role(std::string_view name, std::string_view title, RoleKind kind) {
    return Push<RoleId>(p.roles,
                        RoleDef{.name = Text(name), .titles = Titles({title}), .kind = kind, .fields = {}});
  }

  struct FieldSpec {
    std::string_view name;
    ValueType type = ValueType::kText;
    bool optional = false;
    std::initializer_list<std::string_view> choices = {};
  };

  ActId Act(std::string_view name, ActDef act, std::initializer_list<FieldSpec> fields = {}) {
    act.name = Text(name);
    const std::size_t first = p.fields.size();
    for (const FieldSpec& field : fields) AddField(field, ActId(p.acts.size()), {}, p.fields.size() - first);
    act.fields = Rows<model::Field>(p.fields, first);
    return Push<ActId>(p.acts, act);
  }

  // After all acts, role by role.
  void RoleFields(RoleId role, std::initializer_list<FieldSpec> fields) {
    const std::size_t first = p.fields.size();
    for (const FieldSpec& field : fields) AddField(field, {}, role, p.role_fields++);
    p.roles[role.index()].fields = Rows<model::Field>(p.fields, first);
  }

  FieldId Field(std::string_view owner, std::string_view name) {
    for (std::size_t i = 0; i < p.fields.size(); ++i) {
      const FieldDef& field = p.fields[i];
      const StringId owner_name =
          field.act ? p.acts[field.act.index()].name : p.roles[field.role.index()].name;
      if (p.string(owner_name) == owner && p.string(field.name) == name) return FieldId(i);
    }
    return {};
  }

  // Operations for Code.
  Op Number(std::int64_t value) { return {Operation::kConstant, 0, Constant(value)}; }
  std::uint32_t Constant(std::int64_t value) {
    p.constants.push_back(value);
    return static_cast<std::uint32_t>(p.constants.size() - 1);
  }
  template <typename T>
  static Op On(Operation operation, Id<T> row, std::uint16_t small = 0) {
    return {operation, small, row.value};
  }
  static Op On(Operation operation, ActId first, ActId second) {
    return {operation, static_cast<std::uint16_t>(second.value), first.value};
  }
  static Op Plain(Operation operation) { return {operation, 0, 0}; }
  Op Counted(Operation operation, CountingId counting, calendar::Length length) {
    p.lengths.push_back({counting, {.fixed = length}});
    return {operation, 0, static_cast<std::uint32_t>(p.lengths.size() - 1)};
  }

  CodeId Code(const std::vector<Op>& ops) {
    program::Code code{
        .ops = {.first = Count(p.ops), .count = Count(ops)}, .result = ResultType::kTri, .depth = 0};
    std::uint16_t height = 0;
    for (const Op& op : ops) {
      const OperationInfo& info = Info(op.operation);
      height = static_cast<std::uint16_t>(height - info.pops + 1);
      code.depth = std::max(code.depth, height);
      code.result = info.result;
    }
    p.ops.insert(p.ops.end(), ops.begin(), ops.end());
    return Push<CodeId>(p.codes, code);
  }

  FactId Fact(std::string_view name, CodeId code) {
    return Push<FactId>(p.facts, FactDef{.name = Text(name), .code = code, .under = {}});
  }

  TermId Term(std::string_view name, TermDef term) {
    term.name = Text(name);
    return Push<TermId>(p.terms, term);
  }
  // The unnamed term of the sentence that is added next.
  TermId Within(std::int32_t days, CountingId counting, EventDef start) {
    TermDef term;
    term.sentence = SentenceId(p.sentences.size());
    term.length.fixed = {days, calendar::Unit::kDays};
    term.counting = counting;
    term.starts = Events({start});
    return Push<TermId>(p.terms, term);
  }

  RuleId Rule(std::string_view name, RuleDef rule = {}) {
    rule.name = Text(name);
    rule.sentences = {.first = Count(p.sentences), .count = 0};
    return Push<RuleId>(p.rules, rule);
  }
  // Of the rule last added.
  SentenceId Sentence(SentenceDef sentence, std::string_view text) {
    sentence.rule = RuleId(p.rules.size() - 1);
    sentence.text = Text(text);
    ++p.rules.back().sentences.count;
    return Push<SentenceId>(p.sentences, sentence);
  }

 private:
  template <typename I, typename Row>
  static I Push(std::vector<Row>& table, Row row) {
    table.push_back(std::move(row));
    return I(table.size() - 1);
  }
  template <typename Row>
  static Range<Row> List(std::vector<Row>& table, std::initializer_list<Row> rows) {
    const std::size_t first = table.size();
    table.insert(table.end(), rows.begin(), rows.end());
    return Rows(table, first);
  }
  template <typename Row>
  static std::uint32_t Count(const std::vector<Row>& table) {
    return static_cast<std::uint32_t>(table.size());
  }

  InstrumentId Instrument(std::string_view name) {
    const StringId text = Text(name);
    for (std::size_t i = 0; i < p.instruments.size(); ++i) {
      if (p.instruments[i].name == text) return InstrumentId(i);
    }
    return Push<InstrumentId>(p.instruments,
                              InstrumentDef{.name = text, .titles = Titles({name}), .rank = Text("statute")});
  }

  void AddField(const FieldSpec& spec, ActId act, RoleId role, std::size_t place) {
    FieldDef field{.name = Text(spec.name), .act = act, .role = role};
    field.place = static_cast<std::uint32_t>(place);
    field.type = spec.type;
    field.optional = spec.optional;
    const std::size_t first = p.choices.size();
    for (const std::string_view choice : spec.choices) p.choices.push_back(Text(choice));
    field.choices = Rows(p.choices, first);
    p.fields.push_back(field);
  }
};

// The sample, step by step; the members name what later steps use.
class Sample {
 public:
  static Program Make() {
    Sample sample;
    sample.Heads();
    sample.ActsAndFields();
    sample.Facts();
    sample.Terms();
    sample.Duties();
    sample.Appeals();
    sample.Findings();
    sample.Promises();
    sample.Mappings();
    return std::move(sample.b_.p);
  }

 private:
  using O = Operation;
  using B = SampleBuilder;

  static EventDef Done(ActId act, ActId on = {}) {
    return {.kind = EventDef::Kind::kAct, .act = act, .on = on};
  }
  static EventDef Lapse(TermId term) {
    return {.kind = EventDef::Kind::kLapse, .act = {}, .on = {}, .term = term};
  }
  static EventDef Breach(RuleId rule) {
    return {.kind = EventDef::Kind::kBreach, .act = {}, .on = {}, .term = {}, .rule = rule};
  }
  static EffectDef Deemed(ActId act) { return {.kind = EffectDef::Kind::kDeemed, .act = act}; }
  static EffectDef Falls(ActId act) { return {.kind = EffectDef::Kind::kFalls, .act = act}; }
  static EffectDef Is(ActId act, EffectDef::Quality quality, ActId cured_by = {}) {
    return {.kind = EffectDef::Kind::kQuality, .act = act, .quality = quality, .cured_by = cured_by};
  }

  void Heads() {
    b_.p.path = b_.Text("it/traffic-sample");
    b_.p.titles_of_pack = b_.Titles({"Road traffic offences@en", "Codice della strada@it"});
    b_.p.zone = b_.Text("Europe/Rome");
    b_.p.currency = b_.Text("EUR");
    b_.p.countings.push_back(
        {.name = b_.Text("italian-days"), .calendar = b_.Text("italy"), .under = b_.Under({"CPC 155"})});
    b_.p.countings.push_back({.name = b_.Text("first-counts"),
                              .calendar = b_.Text("italy"),
                              .first_day_counts = true,
                              .rest_day_moves_on = false,
                              .under = {}});
    police_ = b_.Role("police", "Police office", RoleKind::kBody);
    prefect_ = b_.Role("prefect", "Prefect@en", RoleKind::kOfficial);
    offender_ = b_.Role("offender", "Liable person", RoleKind::kPerson);
    witness_ = b_.Role("witness", "Witness", RoleKind::kAnyone);
    device_ = b_.Role("device", "Device", RoleKind::kThing);
    b_.p.roles.back().several = true;
    b_.p.credentials.push_back(b_.Text("appointed"));
    b_.p.roles[prefect_.index()].credential = b_.p.credentials[0];
  }

  void ActsAndFields() {
    const Range<RoleId> police = b_.Roles({police_});
    const Range<RoleId> prefect = b_.Roles({prefect_});
    const Range<RoleId> offender = b_.Roles({offender_});
    issue_ = b_.Act(
        "issue",
        {.titles = b_.Titles({"Finding of the offence"}),
         .by = police,
         .to = offender_,
         .under = b_.Under({"CdS 200"})},
        {{"amount", ValueType::kMoney}, {"article", ValueType::kText}, {"seen-on", ValueType::kDay, true}});
    send_ = b_.Act("send",
                   {.titles = b_.Titles({"Report dispatched@en", "Verbale spedito@it"}),
                    .by = police,
                    .at_least = 2,
                    .to = offender_,
                    .rests_on = b_.Acts({issue_}),
                    .under = b_.Under({"CdS 201(1)", "CdS 201(5)"})},
                   {{"expense", ValueType::kMoney}});
    served_ = b_.Act("served",
                     {.side = Side::kLaw,
                      .to = offender_,
                      .rests_on = b_.Acts({issue_}),
                      .dated = true,
                      .dated_field = FieldId(b_.p.fields.size())},
                     {{"on-day", ValueType::kDay}});
    pay_ = b_.Act("pay", {.side = Side::kParty, .by = offender}, {{"amount", ValueType::kMoney}});
    appeal_ =
        b_.Act("appeal",
               {.side = Side::kParty, .by = b_.Roles({offender_, witness_}), .rests_on = b_.Acts({issue_})},
               {{"channel", ValueType::kChoice, false, {"post", "internet", "counter"}}});
    result_ = b_.Act("result", {.by = prefect, .to = offender_, .rests_on = b_.Acts({appeal_})},
                     {{"upheld", ValueType::kYesNo}, {"days-given", ValueType::kLength, true}});
    b_.p.acts.back().public_with = b_.Fields({b_.Field("result", "upheld")});
    b_.p.acts.back().public_for = {3, calendar::Unit::kMonths};
    granted_ = b_.Act("granted", {.side = Side::kLaw,
                                  .to = offender_,
                                  .rests_on = b_.Acts({appeal_}),
                                  .favourable = b_.Text("the fine falls")});
    hold_ = b_.Act("hold", {.by = prefect, .rests_on = b_.Acts({appeal_})},
                   {{"handler", ValueType::kOfficial, true}});
    resume_ = b_.Act("resume", {.by = prefect, .rests_on = b_.Acts({hold_})});
    prolong_ = b_.Act("prolong", {.by = prefect, .to = offender_, .rests_on = b_.Acts({appeal_})});
    collect_ = b_.Act("collect", {.by = police, .to = offender_, .rests_on = b_.Acts({issue_, result_})},
                      {{"signed", ValueType::kOfficial}, {"devices", ValueType::kList}});
    b_.p.fields.back().element = ValueType::kMember;
    b_.p.fields.back().members = device_;
    seal_ = b_.Act("seal", {.part = device_, .member = FieldId(b_.p.fields.size()), .by = police},
                   {{"device", ValueType::kMember}});
    b_.p.fields.back().members = device_;
    harmless_ = b_.Act("harmless", {.kind = ActDef::Kind::kFinding, .by = prefect},
                       {{"harmless", ValueType::kYesNo}});
    grade_ = b_.Act("grade", {.kind = ActDef::Kind::kFinding, .by = prefect},
                    {{"grade", ValueType::kChoice, false, {"low", "high"}}});
    b_.Act("copied",
           {.part = device_,
            .member = FieldId(b_.p.fields.size() + 1),
            .kind = ActDef::Kind::kFinding,
            .by = prefect},
           {{"copied", ValueType::kYesNo}, {"device", ValueType::kMember}});
    b_.p.fields.back().members = device_;
    set_aside_ =
        b_.Act("set-aside",
               {.side = Side::kLaw,
                .rests_on = b_.Acts({issue_}),
                .signals = b_.Effects(
                    {{.kind = EffectDef::Kind::kStanding, .act = issue_, .standing = Standing::kSetAside}})});
    b_.Act("target", {.kind = ActDef::Kind::kTarget, .side = Side::kLaw}, {{"amount", ValueType::kMoney}});
    b_.Act("sound",
           {.part = device_,
            .member = FieldId(b_.p.fields.size() + 1),
            .kind = ActDef::Kind::kFinding,
            .by = police},
           {{"sound", ValueType::kYesNo}, {"device", ValueType::kMember}});
    b_.p.fields.back().members = device_;
    b_.RoleFields(offender_, {{"abroad", ValueType::kYesNo, true}, {"age", ValueType::kWhole, true}});
  }

  void Facts() {
    const Op paid_sum = B::On(O::kSum, b_.Field("pay", "amount"));
    const Op expense = B::On(O::kSum, b_.Field("send", "expense"));
    const Op amount = B::On(O::kField, b_.Field("issue", "amount"));
    paid_ = b_.Fact("paid", b_.Code({paid_sum}));
    due_ = b_.Fact("due", b_.Code({amount, expense, B::Plain(O::kAdd), b_.Number(100), B::Plain(O::kMax),
                                   b_.Number(900'000), B::Plain(O::kMin)}));
    settled_ = b_.Fact("settled", b_.Code({B::On(O::kFactNumber, paid_), B::On(O::kFactNumber, due_),
                                           B::Plain(O::kGreaterEqual)}));
    reduced_ = b_.Fact("reduced", b_.Code({amount,
                                           {O::kPercentOf, 0, b_.Constant(3000)},
                                           b_.Number(2),
                                           B::Plain(O::kMultiply),
                                           expense,
                                           B::Plain(O::kSubtract)}));
    b_.p.facts.back().under = b_.Under({"CdS 202(1)"});
    Tables();
  }

  // Words first, then amounts from which on a row holds.
  void Tables() {
    const StringId from = b_.Text("from");
    const StringId days = b_.Text("days");
    b_.p.table_columns = {{b_.Text("channel"), ValueType::kChoice},
                          {days, ValueType::kWhole},
                          {b_.Text("channel"), ValueType::kChoice},
                          {from, ValueType::kMoney},
                          {days, ValueType::kWhole}};
    for (const std::int64_t number : {0, 10, 1, 20, 0, 0, 5, 0, 1000, 7})
      b_.p.table_cells.push_back({number});
    b_.p.tables.push_back({.name = b_.Text("limits"),
                           .columns = {.first = 0, .count = 2},
                           .keys = 1,
                           .cells = {.first = 0, .count = 4},
                           .under = b_.Under({"CdS 202(1)"})});
    b_.p.tables.push_back({.name = b_.Text("steps"),
                           .columns = {.first = 2, .count = 3},
                           .keys = 2,
                           .cells = {.first = 4, .count = 6},
                           .set_by_authority = true,
                           .under = {}});
    const Op channel = B::On(O::kField, b_.Field("appeal", "channel"));
    limit_ = b_.Fact("limit", b_.Code({channel, {O::kLookup, 1, 0}}));
    b_.p.accruals.push_back({.term = TermId(std::size_t{0}),
                             .percent = 300,
                             .base = b_.Code({B::On(O::kField, b_.Field("issue", "amount"))}),
                             .cap = b_.Code({b_.Number(1'000'000)})});
    b_.p.outside.push_back({.act = send_, .within = {2, calendar::Unit::kYears}});
    b_.Fact("surcharge", b_.Code({{O::kAccrued, 0, 0}}));
    b_.Fact("at-night",
            b_.Code({B::On(O::kMinuteOf, issue_), {O::kBetween, 0, b_.Constant(22 * 60 * 1440 + 359)}}));
    known_before_ = b_.Fact("known-before",
                            b_.Code({{O::kEarlier, 0, 0}, B::On(O::kInTime, appeal_), B::Plain(O::kAnd)}));
    b_.p.facts.back().under = b_.Under({"CdS 202(1)"});
    b_.Fact("step", b_.Code({channel, B::On(O::kFactNumber, paid_), {O::kLookupTwo, 2, 1}}));
  }

  void Terms() {
    TermDef pay_time;
    pay_time.length.fixed = {60, calendar::Unit::kDays};
    pay_time.counting = days_;
    pay_time.starts = b_.Events({Done(served_, issue_)});
    pay_time.under = b_.Under({"CdS 202(1)"});
    pay_time_ = b_.Term("pay-time", pay_time);

    TermDef decide;
    decide.length.fixed = {4, calendar::Unit::kMonths};
    decide.counting = days_;
    decide.start_kind = TermDef::Start::kLaterOf;
    decide.starts = b_.Events({Done(appeal_), Lapse(pay_time_)});
    decide.restarts = b_.Events({Done(resume_)});
    b_.p.stops.push_back({b_.Code({B::On(O::kUnanswered, hold_, resume_)}), b_.Under({"CdS 204(1)"})});
    decide.stops = B::Rows(b_.p.stops, 0);
    ExtensionDef extension{.act = prolong_, .by = {}, .has_cap = true, .cap = {}, .once = true, .under = {}};
    extension.by = {.kind = LengthDef::Kind::kField, .fixed = {}, .field = b_.Field("result", "days-given")};
    extension.cap = {
        .kind = LengthDef::Kind::kFact, .fixed = {0, calendar::Unit::kWorkingDays}, .fact = limit_};
    b_.p.extensions.push_back(extension);
    decide.extensions = B::Rows(b_.p.extensions, 0);
    b_.p.ceilings.push_back(
        {.length = {.kind = LengthDef::Kind::kFixed, .fixed = {1, calendar::Unit::kYears}},
         .from = Done(issue_),
         .under = {}});
    decide.ceilings = B::Rows(b_.p.ceilings, 0);
    decide_time_ = b_.Term("decide-time", decide);
  }

  void Duties() {
    const CodeId home = b_.Code({B::On(O::kRoleYesNo, b_.Field("offender", "abroad")), B::Plain(O::kNot)});
    const CodeId settled = b_.Code({B::On(O::kFactTri, settled_)});
    notify_ = b_.Rule("notify-in-time", {.titles = b_.Titles({"The report must leave in time"}),
                                         .under = b_.Under({"CdS 201(1)"}),
                                         .governed = true,
                                         .governed_by = Done(issue_),
                                         .if_code = home});
    b_.Sentence({.kind = Must,
                 .until = base::ToDay({2010, 8, 12}),
                 .roles = b_.Roles({police_}),
                 .acts = b_.Acts({send_}),
                 .term = b_.Within(150, days_, Done(issue_)),
                 .unless = settled},
                "police must send within 150 days of issue until 2010-08-12 unless settled");
    b_.Sentence({.kind = Must,
                 .from = base::ToDay({2010, 8, 13}),
                 .roles = b_.Roles({police_}),
                 .acts = b_.Acts({send_}),
                 .on = issue_,
                 .term = b_.Within(90, days_, Done(issue_)),
                 .unless = settled},
                "police must send on issue within 90 days of issue from 2010-08-13 unless settled");
    b_.p.rules.back().breach =
        b_.Effects({Falls(issue_), {.kind = EffectDef::Kind::kAnswers, .role = police_}});

    pay_rule_ = b_.Rule("pay-in-time", {.under = b_.Under({"CdS 202(1)"})});
    b_.Sentence({.kind = Must,
                 .side = Side::kParty,
                 .roles = b_.Roles({offender_}),
                 .acts = b_.Acts({pay_}),
                 .term = pay_time_,
                 .condition = settled,
                 .unless = b_.Code({B::On(O::kStands, appeal_)})},
                "offender must pay within pay-time so that settled unless appeal");
    b_.Rule("after-lapse");
    b_.Sentence({.kind = On,
                 .side = Side::kLaw,
                 .event = Breach(notify_),
                 .effects = b_.Effects({Is(send_, Quality::kIrregular, served_)})},
                "on breach of notify-in-time: send is irregular cured by served");
    b_.Sentence({.kind = Must,
                 .roles = b_.Roles({police_}),
                 .acts = b_.Acts({collect_}),
                 .prompt = true,
                 .event = Done(result_, appeal_)},
                "police must collect promptly after result on appeal");
  }

  void Appeals() {
    b_.Rule("appeal-time");
    b_.p.rules.back().overrides = {.first = 0, .count = 1};
    b_.p.rule_lists.push_back(pay_rule_);
    b_.Sentence({.kind = May,
                 .side = Side::kParty,
                 .roles = b_.Roles({offender_, witness_}),
                 .acts = b_.Acts({appeal_}),
                 .term = pay_time_,
                 .if_code = Adult()},
                "offender or witness may appeal within pay-time if offender.age >= 14");
    b_.Sentence({.kind = NoIf, .side = Side::kParty, .acts = b_.Acts({appeal_}), .condition = Timing()},
                "no appeal if (timing)");
    b_.p.rules.back().breach = b_.Effects({Is(appeal_, Quality::kInadmissible)});
    b_.Rule("collection");
    b_.Sentence({.kind = OnlyIf, .acts = b_.Acts({collect_}), .on = result_, .condition = Enforceable()},
                "collect on result only if (enforceable)");
    b_.p.rules.back().breach = b_.Effects({Is(collect_, Quality::kVoid)});
    b_.Rule("sealed");
    b_.Sentence({.kind = OnlyIf, .acts = b_.Acts({collect_}), .condition = Sealed()},
                "collect only if every device in collect.devices: (seal) and (officials)");
    b_.Rule("seal-each", {.part = device_});
    b_.Sentence({.kind = NoIf, .acts = b_.Acts({seal_}), .condition = b_.Code({B::On(O::kStands, seal_)})},
                "no seal if seal");
    b_.Rule("silence");
    b_.Sentence({.kind = On,
                 .side = Side::kLaw,
                 .event = Lapse(decide_time_),
                 .if_code = b_.Code({B::Plain(O::kYes)}),
                 .effects = b_.Effects({Deemed(granted_)})},
                "on lapse of decide-time: granted is deemed if yes");
    b_.Sentence({.kind = On,
                 .side = Side::kLaw,
                 .event = Done(granted_),
                 .effects = b_.Effects({Falls(issue_), Is(collect_, Quality::kVoidable)})},
                "on granted: issue falls; collect is voidable");
  }

  void Findings() {
    b_.Rule("standing");
    b_.Sentence(
        {.kind = NoIf,
         .acts = b_.Acts({collect_}),
         .condition = b_.Code({B::On(O::kYesNoFinding, b_.Field("harmless", "harmless"), 1),
                               B::On(O::kFinding, b_.Field("grade", "grade")), b_.Number(0),
                               B::Plain(O::kEqual), B::Plain(O::kOr),
                               B::On(O::kStandingIs, issue_, static_cast<std::uint16_t>(Standing::kStayed)),
                               B::Plain(O::kOr)})},
        "no collect if (findings)");
    b_.p.given.push_back(
        {b_.Field("result", "upheld"), b_.Code({B::On(O::kYesNoField, b_.Field("result", "upheld"))})});
    EffectDef changed{.kind = EffectDef::Kind::kStanding, .act = result_, .standing = Standing::kChanged};
    changed.given = B::Rows(b_.p.given, 0);
    b_.Sentence({.kind = On, .side = Side::kLaw, .event = Done(set_aside_), .effects = b_.Effects({changed})},
                "on set-aside: result is changed");
    b_.p.rules.back().breach =
        b_.Effects({{.kind = EffectDef::Kind::kRefused, .act = appeal_, .role = prefect_}});
  }

  CodeId Adult() {
    return b_.Code(
        {B::On(O::kRoleField, b_.Field("offender", "age")), b_.Number(14), B::Plain(O::kGreaterEqual)});
  }

  // Every operation that is used nowhere else; what it asks is of no interest.
  CodeId Timing() {
    const Op appeal_day = B::On(O::kDayOf, appeal_);
    const Op served_day = B::On(O::kDayOf, served_);
    const Op or_op = B::Plain(O::kOr);
    return b_.Code({appeal_day,
                    served_day,
                    b_.Counted(O::kAtLeastBefore, days_, {5, calendar::Unit::kDays}),
                    appeal_day,
                    served_day,
                    b_.Counted(O::kAtLeastAfter, days_, {5, calendar::Unit::kWorkingDays}),
                    or_op,
                    appeal_day,
                    served_day,
                    b_.Counted(O::kWithin, days_, {2, calendar::Unit::kMonths}),
                    or_op,
                    appeal_day,
                    b_.Counted(O::kIsWorkingDay, days_, {0, calendar::Unit::kDays}),
                    or_op,
                    B::On(O::kField, b_.Field("appeal", "channel")),
                    {O::kInSet, 0, b_.Constant(0b011)},
                    or_op,
                    B::On(O::kPreviousField, b_.Field("issue", "amount")),
                    b_.Number(0),
                    B::Plain(O::kLess),
                    or_op,
                    B::On(O::kCount, hold_),
                    b_.Number(3),
                    B::Plain(O::kGreater),
                    or_op,
                    B::On(O::kFactNumber, reduced_),
                    b_.Number(1),
                    B::Plain(O::kLessEqual),
                    or_op,
                    B::On(O::kFactTri, known_before_),
                    or_op});
  }

  CodeId Enforceable() {
    const Op and_op = B::Plain(O::kAnd);
    const FieldId upheld = b_.Field("result", "upheld");
    return b_.Code({B::On(O::kYesNoField, upheld),
                    B::On(O::kPreviousYesNo, upheld),
                    B::Plain(O::kSameTri),
                    B::On(O::kTermIs, pay_time_,
                          static_cast<std::uint16_t>(PhaseBit(Phase::kOver) | PhaseBit(Phase::kIdle))),
                    and_op,
                    B::On(O::kAfter, result_, appeal_),
                    and_op,
                    B::On(O::kShareNoOne, issue_, result_),
                    and_op,
                    B::On(O::kHas, b_.Field("result", "days-given")),
                    and_op,
                    B::On(O::kHold, result_),
                    and_op,
                    B::On(O::kFieldHolds, b_.Field("hold", "handler")),
                    and_op,
                    B::On(O::kBroken, notify_),
                    and_op,
                    B::Plain(O::kNo),
                    B::Plain(O::kNot),
                    and_op,
                    B::On(O::kFactNumber, paid_),
                    b_.Number(0),
                    B::Plain(O::kEqual),
                    and_op,
                    B::On(O::kFactNumber, paid_),
                    B::On(O::kFactNumber, due_),
                    B::Plain(O::kNotEqual),
                    and_op});
  }

  CodeId Sealed() {
    const CodeId body = b_.Code({B::On(O::kStands, seal_)});
    b_.p.quantifiers.push_back(
        {.part = device_, .every = true, .in = b_.Field("collect", "devices"), .body = body});
    const auto police = static_cast<std::uint16_t>(police_.value);
    return b_.Code({{O::kQuantified, 0, 0},
                    B::On(O::kDoersAre, collect_, police),
                    B::Plain(O::kAnd),
                    B::On(O::kNamedAre, b_.Field("collect", "signed"), police),
                    B::Plain(O::kAnd)});
  }

  void Promises() {
    using Kind = GuaranteeDef::Kind;
    const CodeId heard = b_.Code({B::On(O::kStands, result_)});
    b_.p.closes = b_.Code({B::On(O::kStands, granted_)});
    auto& guarantees = b_.p.guarantees;
    guarantees.push_back(
        {.name = b_.Text("heard"), .kind = Kind::kNever, .act = collect_, .condition = heard});
    guarantees.push_back({.name = b_.Text("remedy"),
                          .kind = Kind::kAfterCan,
                          .act = send_,
                          .role = offender_,
                          .acts = {},
                          .challenge = issue_,
                          .until = pay_time_});
    guarantees.push_back(
        {.name = b_.Text("way-out"), .kind = Kind::kAlwaysReach, .role = offender_, .condition = heard});
    guarantees.push_back({.name = b_.Text("doable"), .kind = Kind::kDutiesMet, .role = police_});
  }

  void Mappings() {
    auto& sources = b_.p.field_sources;
    sources.push_back({b_.Field("issue", "amount"), b_.Text("amount"), false});
    sources.push_back({b_.Field("offender", "abroad"), b_.Text("abroad"), true});
    sources.push_back({b_.Field("pay", "amount"), b_.Text("paymentAmount"), false});
    b_.p.mapping_lines.push_back({b_.Text("Create"), issue_, {.first = 0, .count = 2}});
    b_.p.mapping_lines.push_back({b_.Text("Payment"), pay_, {.first = 2, .count = 1}});
    b_.p.assumed_values.push_back({b_.Field("result", "upheld"), 1});
    MappingDef log{.name = b_.Text("log"), .lines = B::Rows(b_.p.mapping_lines, 0)};
    log.unseen_acts = b_.Acts({hold_, resume_});
    log.unseen_fields = b_.Fields({b_.Field("offender", "age")});
    log.assumed = B::Rows(b_.p.assumed_values, 0);
    b_.p.mappings.push_back(log);
    MappingDef table = log;
    table.name = b_.Text("table");
    table.format = MappingDef::Format::kCsv;
    table.case_column = b_.Text("case");
    table.act_column = b_.Text("activity");
    table.time_column = b_.Text("time");
    b_.p.mappings.push_back(table);
  }

  static constexpr auto May = SentenceDef::Kind::kMay;
  static constexpr auto Must = SentenceDef::Kind::kMust;
  static constexpr auto OnlyIf = SentenceDef::Kind::kOnlyIf;
  static constexpr auto NoIf = SentenceDef::Kind::kNoIf;
  static constexpr auto On = SentenceDef::Kind::kOn;
  using Quality = EffectDef::Quality;

  SampleBuilder b_;
  CountingId days_{std::size_t{0}};
  RoleId police_, prefect_, offender_, witness_, device_;
  ActId issue_, send_, served_, pay_, appeal_, result_, granted_, hold_, resume_, prolong_, collect_, seal_,
      harmless_, grade_, set_aside_;
  FactId paid_, due_, settled_, reduced_, limit_, known_before_;
  TermId pay_time_, decide_time_;
  RuleId notify_, pay_rule_;
};

inline Program SampleProgram() { return Sample::Make(); }

}  // namespace lawbound::program
