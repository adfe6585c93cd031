#include "check/names.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "check/messages.h"
#include "program/verify.h"

namespace lawbound::check {
namespace {

std::string_view KindWords(Entity::Kind kind) {
  switch (kind) {
    case Entity::Kind::kRole:
      return "a role";
    case Entity::Kind::kThing:
      return "a thing";
    case Entity::Kind::kAct:
      return "an act";
    case Entity::Kind::kFact:
      return "a fact";
    case Entity::Kind::kTerm:
      return "a term";
    case Entity::Kind::kTable:
      return "a table";
  }
  return "";
}

std::string_view NearestRow(std::string_view name, const Rows& rows) {
  std::vector<std::string_view> known;
  known.reserve(rows.size());
  for (const auto& [text, entity] : rows) known.push_back(text);
  return source::Nearest(name, known);
}

const Entity* FindRow(Context& context, const Rows& rows, const syntax::Name& name) {
  const auto found = rows.find(name.text);
  if (found != rows.end()) return &found->second;
  context.Say(UnknownName(name.span, name.text, NearestRow(name.text, rows)));
  return nullptr;
}

const Entity* FindOfKind(Context& context, const syntax::Name& name, Entity::Kind kind) {
  const Entity* found = FindRow(context, context.names.entities, name);
  if (found == nullptr || found->kind == kind) return found;
  context.Say(WrongKind(name.span, name.text, KindWords(found->kind), KindWords(kind)));
  return nullptr;
}

// Words that would make an expression or an event read in two ways.
bool IsWordOfTheLanguage(std::string_view name) {
  static constexpr std::array kWords = {
      "and",     "or",     "not",    "in",       "if",  "unless", "yes", "no",  "is",   "time",
      "lapse",   "breach", "target", "previous", "sum", "count",  "min", "max", "some", "every",
      "earlier", "law",    "has",    "after",    "on",  "of",     "to",  "by",  "find"};
  return std::find(kWords.begin(), kWords.end(), name) != kWords.end();
}

class Collector {
 public:
  explicit Collector(Context& context) : context_(context), names_(context.names) {}

  void operator()(const syntax::Counting& item) {
    Add(names_.countings, names_.counting_rows, item, Entity::Kind::kRole);
  }
  void operator()(const syntax::Instrument& item) {
    Add(names_.instruments, names_.instrument_rows, item, Entity::Kind::kRole);
  }
  void operator()(const syntax::Role& item) { Add(names_.roles, names_.entities, item, Entity::Kind::kRole); }
  void operator()(const syntax::Act& item) { Add(names_.acts, names_.entities, item, Entity::Kind::kAct); }
  void operator()(const syntax::Term& item) {
    Add(names_.terms, names_.entities, item, Entity::Kind::kTerm);
    if (item.replaces) Replace(*item.replaces, item.name);
  }
  void operator()(const syntax::Rule& item) {
    Add(names_.rules, names_.rule_rows, item, Entity::Kind::kRole);
  }
  void operator()(const syntax::Fact& item) {
    for (const syntax::Name& name : item.names) {
      if (!Declare(names_.entities, name, Entity::Kind::kFact, names_.facts.size())) continue;
      names_.facts.push_back({.fact = &item, .name = &name});
    }
  }
  void operator()(const syntax::Thing& item) {
    Add(names_.things, names_.entities, item, Entity::Kind::kThing);
  }
  void operator()(const syntax::Target& item) {
    if (names_.target != nullptr) context_.Say(DeclaredTwice(item.span, "target", names_.target->span));
    names_.target = &item;
  }
  void operator()(const syntax::Table& item) {
    Add(names_.tables, names_.entities, item, Entity::Kind::kTable);
    if (item.replaces) Replace(*item.replaces, item.name);
  }
  void operator()(const syntax::Closes& item) {
    if (names_.closes != nullptr) context_.Say(ClosesTwice(item.span, names_.closes->span));
    if (names_.closes == nullptr) names_.closes = &item;
  }
  void operator()(const syntax::Guarantee& item) {
    if (Declare(guarantee_rows_, item.name, Entity::Kind::kRole, names_.guarantees.size()))
      names_.guarantees.push_back(&item);
  }
  void operator()(const syntax::Example& item) { names_.examples.push_back(&item); }
  void operator()(const syntax::Mapping& item) {
    if (Declare(mapping_rows_, item.name, Entity::Kind::kRole, names_.mappings.size()))
      names_.mappings.push_back(&item);
  }

 private:
  bool Declare(Rows& rows, const syntax::Name& name, Entity::Kind kind, std::size_t row) {
    if (IsWordOfTheLanguage(name.text)) context_.Say(ReservedName(name.span, name.text));
    const Entity entity{.kind = kind, .row = static_cast<std::uint32_t>(row), .span = name.span};
    const auto [place, added] = rows.emplace(name.text, entity);
    if (!added) context_.Say(DeclaredTwice(name.span, name.text, place->second.span));
    return added;
  }
  template <typename Item>
  void Add(std::vector<const Item*>& items, Rows& rows, const Item& item, Entity::Kind kind) {
    if (Declare(rows, item.name, kind, items.size())) items.push_back(&item);
  }

  // What still says the name of a used pack's term means the one that replaces it.
  void Replace(const syntax::Name& replaced, const syntax::Name& by) {
    const auto& pages = context_.tree.pages;
    const bool joined = std::any_of(pages.begin(), pages.end(), [](const auto& page) { return page.used; });
    if (!joined) context_.Say(NothingToReplace(replaced.span, replaced.text, ""));
    const auto found = names_.entities.find(by.text);
    if (found != names_.entities.end()) names_.entities.emplace(replaced.text, Entity(found->second));
  }

  Context& context_;
  Names& names_;
  Rows mapping_rows_;
  Rows guarantee_rows_;
};

void NumberUnnamedTerms(Names& names) {
  std::size_t next = names.terms.size();
  for (const syntax::Rule* rule : names.rules) {
    for (const syntax::Sentence& sentence : rule->sentences) {
      if (sentence.within && sentence.within->length) names.unnamed_terms.emplace(&sentence, TermId(next++));
    }
  }
}

// Depth first over what facts use; a fact takes its number when all it uses have theirs.
class FactOrder {
 public:
  explicit FactOrder(Context& context)
      : context_(context), facts_(context.names.facts), state_(facts_.size()) {}

  void Run() {
    for (std::size_t row = 0; row < facts_.size(); ++row) Visit(row);
    std::vector<NamedFact> ordered;
    for (const std::size_t row : order_) {
      context_.names.entities.find(facts_[row].name->text)->second.row =
          static_cast<std::uint32_t>(ordered.size());
      ordered.push_back(facts_[row]);
    }
    context_.names.facts = std::move(ordered);
  }

 private:
  enum class State : unsigned char { kNew, kOpen, kDone };

  void Visit(std::size_t row) {
    if (state_[row] == State::kDone) return;
    if (state_[row] == State::kOpen) return SayCycle(row);
    // Not followed further, for the sake of the stack; Run comes to it by itself.
    if (path_.size() > program::kMaxFactDepth) return SayTooDeep(row);
    state_[row] = State::kOpen;
    path_.push_back(row);
    const syntax::Fact& fact = *facts_[row].fact;
    for (const std::optional<syntax::Expr>* part : {&fact.value, &fact.accrues_of, &fact.accrues_at_most}) {
      if (*part) Walk(**part);
    }
    path_.pop_back();
    state_[row] = State::kDone;
    order_.push_back(row);
  }

  void Walk(const syntax::Expr& expr) {
    const bool named = expr.kind == syntax::ExprKind::kRef || expr.kind == syntax::ExprKind::kCall;
    if (named && !expr.path.field) {
      const auto found = context_.names.entities.find(expr.path.name.text);
      if (found != context_.names.entities.end() && found->second.kind == Entity::Kind::kFact)
        Visit(found->second.row);
    }
    for (const syntax::Expr& operand : expr.operands) Walk(operand);
  }

  void SayCycle(std::size_t row) {
    std::string chain;
    for (auto at = std::find(path_.begin(), path_.end(), row); at != path_.end(); ++at) {
      chain += facts_[*at].name->text + " uses ";
    }
    context_.Say(FactCycle(facts_[row].name->span, chain + facts_[row].name->text));
  }

  void SayTooDeep(std::size_t row) {
    if (!std::exchange(said_too_deep_, true))
      context_.Say(FactsTooDeep(facts_[row].name->span, program::kMaxFactDepth));
  }

  Context& context_;
  bool said_too_deep_ = false;
  const std::vector<NamedFact>& facts_;
  std::vector<State> state_;
  std::vector<std::size_t> path_;
  std::vector<std::size_t> order_;
};

// Later stages compare rules with rules and acts with acts.  A statute has some hundred of them.
constexpr std::size_t kMostOfAKind = 2000;

template <typename List>
void Limit(Context& context, const List& list, std::string_view what) {
  if (list.size() <= kMostOfAKind) return;
  context.Say(TooMany(list[kMostOfAKind]->name.span, what, kMostOfAKind));
  context.too_large = true;
}

void LimitSentences(Context& context) {
  constexpr std::size_t kMost = 5 * kMostOfAKind;
  std::size_t sentences = 0;
  for (const syntax::Rule* rule : context.names.rules) {
    sentences += rule->sentences.size();
    if (sentences <= kMost) continue;
    context.Say(TooMany(rule->name.span, "sentences of a pack", kMost));
    context.too_large = true;
    return;
  }
}

}  // namespace

void OrderFacts(Context& context) { FactOrder(context).Run(); }

void CollectNames(Context& context) {
  for (const syntax::Name& use : context.tree.uses) context.Say(UnknownPack(use.span, use.text));
  Collector collector(context);
  for (const syntax::Page& page : context.tree.pages) {
    for (const syntax::Item& item : page.items) std::visit(collector, item);
  }
  Limit(context, context.names.roles, "roles of a pack");
  Limit(context, context.names.things, "things of a pack");
  Limit(context, context.names.acts, "acts of a pack");
  Limit(context, context.names.terms, "terms of a pack");
  Limit(context, context.names.tables, "tables of a pack");
  Limit(context, context.names.rules, "rules of a pack");
  Limit(context, context.names.guarantees, "guarantees of a pack");
  LimitSentences(context);
  for (auto& [name, entity] : context.names.entities) {
    if (entity.kind == Entity::Kind::kThing)
      entity.row += static_cast<std::uint32_t>(context.names.roles.size());
  }
  if (context.names.target != nullptr) {
    const auto row = static_cast<std::uint32_t>(context.names.acts.size());
    context.names.entities.emplace(
        "target", Entity{.kind = Entity::Kind::kAct, .row = row, .span = context.names.target->span});
  }
  // Facts are followed from one to the next; so many can be followed without running out of stack.
  constexpr std::size_t kMostFacts = 2000;
  if (context.names.facts.size() > kMostFacts) {
    context.Say(TooMany(context.names.facts[kMostFacts].name->span, "facts of a pack", kMostFacts));
    for (std::size_t i = kMostFacts; i < context.names.facts.size(); ++i) {
      context.names.entities.erase(context.names.facts[i].name->text);
    }
    context.names.facts.resize(kMostFacts);
  }
  OrderFacts(context);
  NumberUnnamedTerms(context.names);
}

std::optional<ActId> FindAct(Context& context, const syntax::Name& name) {
  const Entity* found = FindOfKind(context, name, Entity::Kind::kAct);
  return found == nullptr ? std::nullopt : std::optional(ActId(found->row));
}

std::optional<RoleId> FindRole(Context& context, const syntax::Name& name) {
  const Entity* found = FindOfKind(context, name, Entity::Kind::kRole);
  return found == nullptr ? std::nullopt : std::optional(RoleId(found->row));
}

std::optional<RoleId> FindSeveral(Context& context, const syntax::Name& name) {
  const Entity* found = FindRow(context, context.names.entities, name);
  if (found == nullptr) return std::nullopt;
  const bool role = found->kind == Entity::Kind::kRole || found->kind == Entity::Kind::kThing;
  if (role && IsSeveral(context, RoleId(found->row))) return RoleId(found->row);
  context.Say(NotSeveral(name.span, name.text, role));
  return std::nullopt;
}

bool IsThing(const Context& context, RoleId role) { return role.index() >= context.names.roles.size(); }

bool IsSeveral(const Context& context, RoleId role) {
  return IsThing(context, role) || context.names.roles[role.index()]->several;
}

std::optional<TermId> FindTerm(Context& context, const syntax::Name& name) {
  const Entity* found = FindOfKind(context, name, Entity::Kind::kTerm);
  return found == nullptr ? std::nullopt : std::optional(TermId(found->row));
}

std::optional<TableId> FindTable(Context& context, const syntax::Name& name) {
  const Entity* found = FindOfKind(context, name, Entity::Kind::kTable);
  return found == nullptr ? std::nullopt : std::optional(TableId(found->row));
}

std::optional<RuleId> FindRule(Context& context, const syntax::Name& name) {
  const Entity* found = FindRow(context, context.names.rule_rows, name);
  return found == nullptr ? std::nullopt : std::optional(RuleId(found->row));
}

std::optional<CountingId> FindCounting(Context& context, const syntax::Name& name) {
  const Entity* found = FindRow(context, context.names.counting_rows, name);
  return found == nullptr ? std::nullopt : std::optional(CountingId(found->row));
}

std::optional<Entity> FindEntity(Context& context, const syntax::Name& name) {
  const Entity* found = FindRow(context, context.names.entities, name);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

std::optional<ActId> FindFinding(const Context& context, const syntax::Name& name) {
  const auto found = context.names.entities.find(name.text);
  if (found == context.names.entities.end() || found->second.kind != Entity::Kind::kFact) return std::nullopt;
  const auto finding = context.findings.find(FactId(found->second.row));
  return finding == context.findings.end() ? std::nullopt : std::optional(finding->second);
}

std::optional<ActId> FindActOrFinding(Context& context, const syntax::Name& name) {
  const std::optional<ActId> finding = FindFinding(context, name);
  return finding ? finding : FindAct(context, name);
}

std::optional<FieldId> FindField(Context& context, Range<model::Field> fields, std::string_view owner,
                                 const syntax::Name& name) {
  std::vector<std::string_view> known;
  for (std::uint32_t row = fields.first; row < fields.end(); ++row) {
    if (context.pack.fields[row].name == name.text) return FieldId(row);
    known.push_back(context.pack.fields[row].name);
  }
  context.Say(UnknownField(name.span, owner, name.text, source::Nearest(name.text, known)));
  return std::nullopt;
}

std::optional<FieldId> FindFieldOf(Context& context, const syntax::Path& path) {
  const std::optional<Entity> owner = FindEntity(context, path.name);
  if (!owner) return std::nullopt;
  if (owner->kind == Entity::Kind::kAct) {
    return FindField(context, context.pack.acts[owner->row].fields, path.name.text, *path.field);
  }
  if (owner->kind == Entity::Kind::kRole || owner->kind == Entity::Kind::kThing) {
    return FindField(context, context.pack.roles[owner->row].fields, path.name.text, *path.field);
  }
  context.Say(
      WrongKind(path.name.span, path.name.text, KindWords(owner->kind), "an act or a role with fields"));
  return std::nullopt;
}

std::uint16_t FindCredential(Context& context, const syntax::Name& name) {
  std::vector<std::string>& known = context.pack.credentials;
  const auto found = std::find(known.begin(), known.end(), name.text);
  if (found != known.end()) return static_cast<std::uint16_t>(found - known.begin());
  constexpr std::size_t kMost = 1000;
  if (known.size() >= kMost) {
    context.Say(TooMany(name.span, "credentials of a pack", kMost));
    return 0;
  }
  known.push_back(name.text);
  return static_cast<std::uint16_t>(known.size() - 1);
}

std::optional<TermId> FindTimeTo(Context& context, const syntax::Name& act) {
  if (!FindAct(context, act)) return std::nullopt;
  std::set<TermId> terms;
  for (const syntax::Rule* rule : context.names.rules) {
    for (const syntax::Sentence& sentence : rule->sentences) {
      const auto named = [&](const syntax::Name& name) { return name.text == act.text; };
      if (!sentence.within || std::none_of(sentence.acts.names.begin(), sentence.acts.names.end(), named))
        continue;
      const auto unnamed = context.names.unnamed_terms.find(&sentence);
      if (unnamed != context.names.unnamed_terms.end()) {
        terms.insert(unnamed->second);
      } else if (const auto found = context.names.entities.find(sentence.within->term->text);
                 found != context.names.entities.end() && found->second.kind == Entity::Kind::kTerm) {
        terms.insert(TermId(found->second.row));
      }
    }
  }
  if (terms.size() == 1) return *terms.begin();
  context.Say(terms.empty() ? NoTimeTo(act.span, act.text) : ManyTimesTo(act.span, act.text));
  return std::nullopt;
}

}  // namespace lawbound::check
