// Stage "examples": each becomes a history of one matter, and what its author wants to follow at each step.
#include <algorithm>
#include <numeric>

#include "check/expressions.h"
#include "check/messages.h"
#include "check/stages.h"
#include "program/standing.h"

namespace lawbound::check {
namespace {

class ExampleBuilder {
 public:
  ExampleBuilder(Context& context, const syntax::Example& item) : context_(context), item_(item) {}

  Example Build() {
    example_.title = item_.title;
    example_.span = item_.span;
    example_.batch.role_values.assign(context_.pack.role_fields + context_.pack.outside.size(),
                                      model::kMissing);
    for (const syntax::Given& given : item_.given) AddGiven(given);
    for (const syntax::ExampleStep& step : item_.steps) AddStep(step);
    SortEntries();
    model::Batch& batch = example_.batch;
    batch.names = item_.title;
    batch.cases.push_back({.name_begin = 0,
                           .name_size = static_cast<std::uint32_t>(batch.names.size()),
                           .first_entry = 0,
                           .entries = static_cast<std::uint32_t>(batch.entries.size()),
                           .first_role_value = 0,
                           .role_values = static_cast<std::uint32_t>(batch.role_values.size())});
    return std::move(example_);
  }

 private:
  model::Value KeepText(std::string text) {
    example_.batch.texts.push_back(std::move(text));
    return static_cast<model::Value>(example_.batch.texts.size() - 1);
  }

  model::PersonRef Person(const std::string& name) {
    std::vector<std::string>& names = example_.batch.people_names;
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<model::PersonRef>(found - names.begin());
    names.push_back(name);
    return static_cast<model::PersonRef>(names.size() - 1);
  }

  // An official is a person of the batch, any other text a row of its texts.
  std::optional<model::Value> ValueOf(FieldId field, const syntax::Expr& value) {
    const Field& row = context_.pack.fields[field.index()];
    if (row.type == ValueType::kList) return ListOf(field, value);
    const bool name = row.type == ValueType::kOfficial || row.type == ValueType::kMember;
    return ResolveValue(context_, field, value, [this, name](std::string text) {
      return name ? static_cast<model::Value>(Person(text)) : KeepText(std::move(text));
    });
  }

  // How many, and then the values; a single one need not stand in brackets.
  model::Value ListOf(FieldId field, const syntax::Expr& value) {
    const ValueType element = context_.pack.fields[field.index()].element;
    const bool names = element == ValueType::kOfficial || element == ValueType::kMember;
    std::vector<model::Value> values;
    const auto add = [&](const syntax::Expr& one) {
      const bool quoted = one.kind == syntax::ExprKind::kText;
      std::string text = quoted ? one.text : std::string(context_.sources.text(one.span));
      values.push_back(names ? static_cast<model::Value>(Person(text)) : KeepText(std::move(text)));
    };
    if (value.kind == syntax::ExprKind::kList) {
      for (const syntax::Expr& one : value.operands) add(one);
    } else {
      add(value);
    }
    std::vector<model::Value>& lists = example_.batch.lists;
    const auto row = static_cast<model::Value>(lists.size());
    lists.push_back(static_cast<model::Value>(values.size()));
    lists.insert(lists.end(), values.begin(), values.end());
    return row;
  }

  // "earlier decide: no": what the world answers.
  void AddOutside(const std::vector<syntax::FieldValue>& values) {
    for (const syntax::FieldValue& given : values) {
      const auto act = FindAct(context_, given.field);
      if (!act) continue;
      const bool yes = given.value.kind == syntax::ExprKind::kYes;
      if (!yes && given.value.kind != syntax::ExprKind::kNo) {
        context_.Say(WrongValue(given.value.span, given.field.text, "yes or no"));
      }
      for (std::size_t i = 0; i < context_.pack.outside.size(); ++i) {
        if (context_.pack.outside[i].act != *act) continue;
        example_.batch.role_values[context_.pack.role_fields + i] = yes ? 1 : 0;
      }
    }
  }

  // Under the title stand the fields of parties and things, "party abroad: no", what the world answers,
  // "earlier decide: no", and what is known of officials from outside the matter, "Ferri legal-review: yes".
  void AddGiven(const syntax::Given& item) {
    if (item.owner.text == "earlier" && !item.member) return AddOutside(item.fields);
    const bool target = item.owner.text == "target" && context_.names.target != nullptr;
    if (target && !item.member) return AddTarget(item.owner, item.fields);
    if (!item.member && !context_.names.entities.contains(item.owner.text))
      return AddHoldings(item.owner, item.fields);
    const auto owner = FindEntity(context_, item.owner);
    if (!owner) return;
    if (owner->kind != Entity::Kind::kRole && owner->kind != Entity::Kind::kThing) {
      context_.Say(WrongKind(item.owner.span, item.owner.text, "neither", "a role or a thing"));
      return;
    }
    const Role& role = context_.pack.roles[owner->row];
    if (role.several != item.member.has_value()) {
      context_.Say(GivenOfWhom(item.owner.span, item.owner.text, role.several));
      return;
    }
    for (const syntax::FieldValue& given : item.fields) {
      const auto field = FindField(context_, role.fields, item.owner.text, given.field);
      if (!field) continue;
      const auto value = ValueOf(*field, given.value);
      if (!value) continue;
      if (item.member) {
        example_.batch.member_values.push_back(
            {.member = Person(item.member->text), .field = *field, .value = *value});
      } else {
        example_.batch.role_values[context_.pack.fields[field->index()].place] = *value;
      }
    }
  }

  void AddHoldings(const syntax::Name& person, const std::vector<syntax::FieldValue>& values) {
    const std::vector<std::string>& known = context_.pack.credentials;
    for (const syntax::FieldValue& given : values) {
      const auto found = std::find(known.begin(), known.end(), given.field.text);
      const bool answer =
          given.value.kind == syntax::ExprKind::kYes || given.value.kind == syntax::ExprKind::kNo;
      if (found == known.end()) {
        const std::vector<std::string_view> names(known.begin(), known.end());
        context_.Say(
            UnknownCredential(given.field.span, given.field.text, source::Nearest(given.field.text, names)));
      } else if (!answer) {
        context_.Say(WrongValue(given.value.span, given.field.text, "yes or no"));
      } else {
        Hold(person.text, found - known.begin(), given.value.kind == syntax::ExprKind::kYes);
      }
    }
  }

  // In whose part the act lies, as the example names it.
  const syntax::Name* MemberOf(const syntax::ExampleStep& item, const Act& act) {
    if (act.to == act.part) return item.to ? &*item.to : nullptr;
    if (act.of == act.part) return item.of ? &*item.of : nullptr;
    return item.by.empty() ? nullptr : &item.by.front();
  }

  // The image of the act of another matter: an entry of the day that it is of.
  void AddTarget(const syntax::Name& name, const std::vector<syntax::FieldValue>& values) {
    syntax::ExampleStep item;
    item.span = name.span;
    item.act = name;
    std::optional<base::Day> day;
    for (const syntax::FieldValue& given : values) {
      if (given.field.text != "day") {
        item.fields.push_back(given);
      } else if (given.value.kind == syntax::ExprKind::kDate) {
        day = given.value.day;
      }
    }
    if (!day) return context_.Say(NoTargetDay(name.span));
    item.day = *day;
    AddStepOf(item, ActId(context_.names.acts.size()));
  }

  // Each fact that is found is an entry of its own; what is wanted then is asked after the last.
  void AddFindings(const syntax::ExampleStep& item) {
    if (item.fields.empty()) context_.Say(NothingFound(item.span));
    if (item.to) context_.Say(NoAddressee(item.to->span, "find"));
    if (item.on) context_.Say(DoesNotRestOn(item.on->span, "find", item.on->text));
    for (const syntax::FieldValue& given : item.fields) {
      const auto finding = FindFinding(context_, given.field);
      if (!finding) {
        context_.Say(NotFound(given.field.span, given.field.text));
        continue;
      }
      syntax::ExampleStep one = item;
      one.fields = {given};
      if (&given != &item.fields.back()) one.wanted.clear();
      CheckFinder(item, *finding);
      AddStepOf(one, *finding);
    }
  }

  void CheckFinder(const syntax::ExampleStep& item, ActId finding) {
    const Act& act = context_.pack.acts[finding.index()];
    if (item.of && !act.of) context_.Say(NotOf(item.of->span, act.name));
    for (const syntax::Name& name : item.by) {
      const auto found = context_.names.entities.find(name.text);
      if (found == context_.names.entities.end() || found->second.kind != Entity::Kind::kRole) continue;
      if (std::find(act.by.begin(), act.by.end(), RoleId(found->second.row)) == act.by.end())
        context_.Say(NotByFinder(name.span, act.name, name.text));
    }
  }

  void Hold(const std::string& person, std::ptrdiff_t credential, bool held) {
    example_.batch.holdings.push_back(
        {.person = Person(person), .credential = static_cast<std::uint32_t>(credential), .held = held});
  }

  // "Somebody of that role" holds what the role needs; of a named person it must be said.
  void HoldAsRole(const std::string& name) {
    const auto found = context_.names.entities.find(name);
    if (found == context_.names.entities.end() || found->second.kind != Entity::Kind::kRole) return;
    const auto& credential = context_.pack.roles[found->second.row].credential;
    if (!credential) return;
    const auto same = [&](const model::Holding& holding) {
      return holding.person == Person(name) && holding.credential == *credential;
    };
    const auto& holdings = example_.batch.holdings;
    if (std::none_of(holdings.begin(), holdings.end(), same)) Hold(name, *credential, true);
  }

  void AddStep(const syntax::ExampleStep& item) {
    const base::Day written = item.recorded.value_or(item.day);
    if (last_written_ && written < *last_written_) context_.Say(NotInOrder(item.span));
    last_written_ = written;
    if (item.act && item.act->text == "find") return AddFindings(item);
    std::optional<ActId> act;
    if (item.act) act = FindAct(context_, *item.act);
    AddStepOf(item, act);
  }

  void AddStepOf(const syntax::ExampleStep& item, std::optional<ActId> act) {
    ExampleStep step{.day = item.day,
                     .written = item.recorded.value_or(item.day),
                     .entry = {},
                     .wanted = {},
                     .span = item.span};
    if (act) step.entry = AddEntry(item, *act);
    for (const syntax::Wanted& wanted : item.wanted) AddWanted(wanted, item.act.has_value(), step);
    example_.steps.push_back(std::move(step));
  }

  std::uint32_t AddEntry(const syntax::ExampleStep& item, ActId id) {
    const Act& act = context_.pack.acts[id.index()];
    if (act.kind != Act::Kind::kFinding) CheckParties(item, act);
    model::Batch& batch = example_.batch;
    const auto number = static_cast<std::uint32_t>(batch.entries.size());
    batch.entries.push_back(
        {.act = id,
         .day = item.day,
         .recorded = item.recorded.value_or(item.day),
         .minute = item.minute,
         .people = static_cast<std::uint16_t>(std::min<std::size_t>(item.by.size(), 1000)),
         .first_person = static_cast<std::uint32_t>(batch.people.size()),
         .first_value = static_cast<std::uint32_t>(batch.values.size()),
         .number = number});
    if (const ActId on = ChosenOn(item, act)) {
      batch.chosen_on.resize(number + std::size_t{1});
      batch.chosen_on[number] = on;
    }
    for (const syntax::Name& name : item.by) {
      batch.people.push_back(Person(name.text));
      HoldAsRole(name.text);
    }
    batch.values.resize(batch.values.size() + act.fields.count, model::kMissing);
    if (act.part) {
      const syntax::Name* member = MemberOf(item, act);
      if (member == nullptr) {
        context_.Say(WhichOfSeveral(item.span, act.name, context_.pack.roles[act.part.index()].name));
      } else {
        batch.values[batch.entries.back().first_value + context_.pack.fields[act.member.index()].place] =
            Person(member->text);
      }
    }
    for (const syntax::FieldValue& given : item.fields) {
      const auto field = FindField(context_, act.fields, act.name, given.field);
      if (!field) continue;
      const auto value = ValueOf(*field, given.value);
      const std::size_t row = batch.entries.back().first_value + context_.pack.fields[field->index()].place;
      if (value) batch.values[row] = *value;
    }
    FillDated(item, act);
    return number;
  }

  // The date of the line is the effective day, which the act gives in a field.
  void FillDated(const syntax::ExampleStep& item, const Act& act) {
    if (!act.dated) return;
    const Field& field = context_.pack.fields[act.dated.index()];
    model::Value& value = example_.batch.values[example_.batch.entries.back().first_value + field.place];
    const bool other = value != model::kMissing && value != item.day.number;
    if (other) context_.Say(OtherEffectiveDay(item.span, field.name));
    value = item.day.number;
  }

  // A name after `by` may be a role's, for "somebody of that role"; then the role must be one that does the
  // act.
  void CheckParties(const syntax::ExampleStep& item, const Act& act) {
    for (const syntax::Name& name : item.by) {
      const auto found = context_.names.entities.find(name.text);
      if (found == context_.names.entities.end()) CheckNotMisspelt(name, act.by);
      if (found == context_.names.entities.end() || found->second.kind != Entity::Kind::kRole) continue;
      if (std::find(act.by.begin(), act.by.end(), RoleId(found->second.row)) != act.by.end()) continue;
      context_.Say(NotDoneBy(name.span, act.name, name.text));
    }
    if (item.to && act.to) CheckAddressee(*item.to, act);
    if (item.to && !act.to) context_.Say(NoAddressee(item.to->span, act.name));
    if (item.of && !act.of) context_.Say(NotOf(item.of->span, act.name));
  }

  // A name after `to` may be a role's too: that of the role to which the act is addressed.
  void CheckAddressee(const syntax::Name& name, const Act& act) {
    const auto found = context_.names.entities.find(name.text);
    if (found == context_.names.entities.end()) return CheckNotMisspelt(name, {act.to});
    if (found->second.kind == Entity::Kind::kRole && RoleId(found->second.row) != act.to)
      context_.Say(NotAddressedTo(name.span, act.name, name.text));
  }

  // What the act rests on, where the example says it.
  ActId ChosenOn(const syntax::ExampleStep& item, const Act& act) {
    if (!item.on || act.kind == Act::Kind::kFinding) return ActId();
    const auto on = FindAct(context_, *item.on);
    if (!on) return ActId();
    if (std::find(act.rests_on.begin(), act.rests_on.end(), *on) != act.rests_on.end()) return *on;
    context_.Say(DoesNotRestOn(item.on->span, act.name, item.on->text));
    return ActId();
  }

  // Anything may be a person's name; one letter off a role that does the act, it is meant for the role.
  void CheckNotMisspelt(const syntax::Name& name, const std::vector<RoleId>& roles) {
    if (name.text.empty() || name.text[0] < 'a' || name.text[0] > 'z') return;
    std::vector<std::string_view> known;
    for (const RoleId role : roles) known.push_back(context_.pack.roles[role.index()].name);
    const std::string_view meant = source::Nearest(name.text, known);
    if (!meant.empty() && !name.text.starts_with(meant))
      context_.Say(NearlyARole(name.span, name.text, meant));
  }

  void AddWanted(const syntax::Wanted& item, bool has_act, ExampleStep& step) {
    Wanted wanted{.kind = CopyKind(item.kind),
                  .rules = {},
                  .fields = {},
                  .acts = {},
                  .tables = {},
                  .term = {},
                  .role = {},
                  .standing = program::StandingOf(item.status),
                  .day = item.day,
                  .span = item.span};
    if (IsOfAnAct(item.kind) && !has_act) context_.Say(NotWantedHere(item.span));
    for (const syntax::Path& path : item.names) ResolveWantedName(item.kind, path, wanted);
    step.wanted.push_back(std::move(wanted));
  }

  // What is wanted of the act of the line itself.
  static bool IsOfAnAct(syntax::Wanted::Kind kind) {
    using Kind = syntax::Wanted::Kind;
    return kind == Kind::kLawful || kind == Kind::kUnlawful || kind == Kind::kCannotTell ||
           kind == Kind::kInadmissible || kind == Kind::kIrregular || kind == Kind::kVoid ||
           kind == Kind::kVoidable;
  }

  void ResolveWantedName(syntax::Wanted::Kind kind, const syntax::Path& path, Wanted& wanted) {
    using Kind = syntax::Wanted::Kind;
    if (kind == Kind::kUnlawful || kind == Kind::kBreach) {
      if (const auto rule = FindRule(context_, path.name)) wanted.rules.push_back(*rule);
    } else if (kind == Kind::kAnswers) {
      wanted.role = FindRole(context_, path.name).value_or(RoleId());
    } else if (kind == Kind::kOwed || kind == Kind::kFalls || kind == Kind::kStatus) {
      if (const auto act = FindAct(context_, path.name)) wanted.acts.push_back(*act);
    } else if (kind == Kind::kDue) {
      wanted.term = TermOf(path.name).value_or(TermId());
    } else if (kind == Kind::kCannotTell && path.field) {
      if (const auto field = FindFieldOf(context_, path)) wanted.fields.push_back(*field);
    } else if (kind == Kind::kCannotTell && IsTable(path.name)) {
      if (const auto table = FindTable(context_, path.name)) wanted.tables.push_back(*table);
    } else {
      if (const auto act = FindActOrFinding(context_, path.name)) wanted.acts.push_back(*act);
    }
  }

  bool IsTable(const syntax::Name& name) const {
    const auto found = context_.names.entities.find(name.text);
    return found != context_.names.entities.end() && found->second.kind == Entity::Kind::kTable;
  }

  // "due N": a term, or the act whose one time is meant.
  std::optional<TermId> TermOf(const syntax::Name& name) {
    const auto found = context_.names.entities.find(name.text);
    const bool act = found != context_.names.entities.end() && found->second.kind == Entity::Kind::kAct;
    return act ? FindTimeTo(context_, name) : FindTerm(context_, name);
  }

  static Wanted::Kind CopyKind(syntax::Wanted::Kind kind) {
    switch (kind) {
      case syntax::Wanted::Kind::kLawful:
        return Wanted::Kind::kLawful;
      case syntax::Wanted::Kind::kUnlawful:
        return Wanted::Kind::kUnlawful;
      case syntax::Wanted::Kind::kCannotTell:
        return Wanted::Kind::kCannotTell;
      case syntax::Wanted::Kind::kInadmissible:
        return Wanted::Kind::kInadmissible;
      case syntax::Wanted::Kind::kIrregular:
        return Wanted::Kind::kIrregular;
      case syntax::Wanted::Kind::kVoid:
        return Wanted::Kind::kVoid;
      case syntax::Wanted::Kind::kVoidable:
        return Wanted::Kind::kVoidable;
      case syntax::Wanted::Kind::kOwed:
        return Wanted::Kind::kOwed;
      case syntax::Wanted::Kind::kFalls:
        return Wanted::Kind::kFalls;
      case syntax::Wanted::Kind::kStatus:
        return Wanted::Kind::kStatus;
      case syntax::Wanted::Kind::kAnswers:
        return Wanted::Kind::kAnswers;
      case syntax::Wanted::Kind::kNoBreach:
        return Wanted::Kind::kNoBreach;
      case syntax::Wanted::Kind::kBreach:
        return Wanted::Kind::kBreach;
      case syntax::Wanted::Kind::kDue:
        return Wanted::Kind::kDue;
      case syntax::Wanted::Kind::kDeemed:
        return Wanted::Kind::kDeemed;
    }
    return Wanted::Kind::kLawful;
  }

  // A history is in the order of effective moments, an example in that of its lines.
  void SortEntries() {
    std::vector<model::Entry>& entries = example_.batch.entries;
    std::stable_sort(entries.begin(), entries.end(), [](const model::Entry& a, const model::Entry& b) {
      if (a.day != b.day) return a.day < b.day;
      const bool clocks = a.minute != base::kNoMinute && b.minute != base::kNoMinute;
      return clocks && a.minute < b.minute;
    });
    std::vector<std::uint32_t> row_of(entries.size());
    for (std::uint32_t row = 0; row < entries.size(); ++row) row_of[entries[row].number] = row;
    for (ExampleStep& step : example_.steps) {
      if (step.entry) step.entry = row_of[*step.entry];
    }
  }

  Context& context_;
  const syntax::Example& item_;
  Example example_;
  std::optional<base::Day> last_written_;
};

}  // namespace

void ResolveExamples(Context& context) {
  for (const syntax::Example* item : context.names.examples) {
    context.pack.examples.push_back(ExampleBuilder(context, *item).Build());
  }
}

}  // namespace lawbound::check
