// The order is that of docs/diagnostics.md.  Every check looks at what a declaration does, wherever that can
// be seen; words (program/people_words.h) come in only where nothing else could tell.
#include "check/refusals.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "check/messages.h"
#include "program/people_words.h"

namespace lawbound::check {
namespace {

using ExprKind = syntax::ExprKind;
using program::EndsWithPeople;
using program::GradeWord;
using program::IdentityWord;
using program::IsFindingOfPerson;
using NameSet = std::set<std::string, std::less<>>;

constexpr int kLongestPublicationYears = 5;
constexpr int kLongestLookYears = 5;
constexpr std::int64_t kOldestAge = 150;

// A length that is written out and not longer than so many years.
bool IsWithinYears(const std::optional<syntax::Length>& length, std::int64_t years) {
  if (!length || !length->number) return false;
  switch (length->unit) {
    case syntax::Unit::kHours:
      return *length->number <= years * 366 * 24;
    case syntax::Unit::kDays:
      return *length->number <= years * 366;
    case syntax::Unit::kWorkingDays:
      return *length->number <= years * 250;
    case syntax::Unit::kMonths:
      return *length->number <= years * 12;
    case syntax::Unit::kYears:
      return *length->number <= years;
  }
  return false;
}

template <typename List>
bool Names(const List& list, std::string_view name) {
  return std::any_of(list.begin(), list.end(), [&](const syntax::Name& item) { return item.text == name; });
}

// The declarations of a tree, found by name.
class Declared {
 public:
  explicit Declared(const Context& context) : names_(context.names) {
    for (const syntax::Act* act : names_.acts) acts_.emplace(act->name.text, act);
    for (const syntax::Role* role : names_.roles) roles_.emplace(role->name.text, role);
    for (const NamedFact& fact : names_.facts) {
      facts_.emplace(fact.name->text, fact.fact);
      Ask(fact.fact->value);
      Ask(fact.fact->accrues_of);
      Ask(fact.fact->accrues_at_most);
    }
    for (const syntax::Term* term : names_.terms) {
      terms_.emplace(term->name.text, term);
      Ask(term->length);
      for (const syntax::Change& change : term->changes) {
        Ask(change.length);
        Ask(change.cap);
      }
    }
    for (const syntax::Rule* rule : names_.rules) {
      Ask(rule->if_);
      Ask(rule->breach);
      for (const syntax::Sentence& sentence : rule->sentences) {
        for (const auto* expr : {&sentence.if_, &sentence.condition, &sentence.so_that, &sentence.unless})
          Ask(*expr);
        if (sentence.within) Ask(sentence.within->length);
        Ask(sentence.effects);
      }
    }
  }

  const syntax::Act* act(std::string_view name) const { return Find(acts_, name); }
  const syntax::Fact* fact(std::string_view name) const { return Find(facts_, name); }
  const syntax::Role* role(std::string_view name) const { return Find(roles_, name); }
  const syntax::Term* term(std::string_view name) const { return Find(terms_, name); }
  bool IsPartyRole(std::string_view name) const {
    const syntax::Role* role = Find(roles_, name);
    return role != nullptr && (role->kind.text == "person" || role->kind.text == "anyone");
  }
  bool ByParty(const syntax::Act& act) const {
    return std::any_of(act.by.begin(), act.by.end(),
                       [&](const syntax::Name& role) { return IsPartyRole(role.text); });
  }
  // An act of an authority, or of the law, to a party.
  bool DoneToParty(const syntax::Act& act) const {
    return act.to && IsPartyRole(act.to->text) && !ByParty(act);
  }
  bool IsAdverse(const syntax::Act& act) const { return DoneToParty(act) && !act.favourable; }

  static const syntax::Type* FieldType(const syntax::Act& act, std::string_view field) {
    for (const syntax::FieldLine& line : act.fields) {
      if (Names(line.names, field)) return &line.type;
    }
    return nullptr;
  }

  // Everything that `act` rests on, directly or through others; itself not.
  std::vector<const syntax::Act*> Ancestors(const syntax::Act& act) const {
    std::vector<const syntax::Act*> found;
    std::vector<const syntax::Act*> open = {&act};
    while (!open.empty()) {
      const syntax::Act* at = open.back();
      open.pop_back();
      for (const syntax::Name& name : at->on) {
        const syntax::Act* on = this->act(name.text);
        if (on == nullptr || on == &act || std::find(found.begin(), found.end(), on) != found.end()) continue;
        found.push_back(on);
        open.push_back(on);
      }
    }
    return found;
  }

  // Whether a fact or a condition of a rule speaks of this act, other than of its day.
  bool IsAskedFor(const std::string& act) const { return asked_.contains(act); }

  // Whether somebody in the pack pays: an act of a party with an amount.
  bool SomebodyPays() const {
    return std::any_of(names_.acts.begin(), names_.acts.end(), [&](const syntax::Act* act) {
      return ByParty(*act) && std::any_of(act->fields.begin(), act->fields.end(), [](const auto& line) {
               return line.type.kind == syntax::TypeKind::kMoney;
             });
    });
  }

  // Whether two acts belong to one business: one rests on the other, or both on a third.
  bool AreOfOneBusiness(const syntax::Act& a, const syntax::Act& b) const {
    std::vector<const syntax::Act*> of_a = Ancestors(a), of_b = Ancestors(b);
    of_a.push_back(&a);
    of_b.push_back(&b);
    return std::any_of(of_a.begin(), of_a.end(), [&](const syntax::Act* act) {
      return std::find(of_b.begin(), of_b.end(), act) != of_b.end();
    });
  }

 private:
  template <typename Map>
  static auto Find(const Map& map, std::string_view name) -> typename Map::mapped_type {
    const auto found = map.find(name);
    return found == map.end() ? nullptr : found->second;
  }

  void Ask(const std::optional<syntax::Expr>& expr) {
    if (expr) Ask(*expr);
  }
  void Ask(const std::vector<syntax::Effect>& effects) {
    for (const syntax::Effect& effect : effects) {
      for (const syntax::FieldValue& given : effect.fields) Ask(given.value);
    }
  }
  void Ask(const std::optional<syntax::Length>& length) {
    if (!length) return;
    for (const syntax::Expr& call : length->call) Ask(call);
  }
  void Ask(const syntax::Expr& expr) {
    const bool day = expr.kind == syntax::ExprKind::kWithin || expr.kind == syntax::ExprKind::kAtLeast;
    if (!day) asked_.insert(expr.path.name.text);
    for (const syntax::Expr& operand : expr.operands) Ask(operand);
  }

  const struct Names& names_;
  NameSet asked_;
  std::map<std::string, const syntax::Act*, std::less<>> acts_;
  std::map<std::string, const syntax::Role*, std::less<>> roles_;
  std::map<std::string, const syntax::Fact*, std::less<>> facts_;
  std::map<std::string, const syntax::Term*, std::less<>> terms_;
};

// ---------------------------------------------------------------------------------------------- declarations

class DeclarationCheck {
 public:
  DeclarationCheck(Context& context, const Declared& declared) : context_(context), declared_(declared) {}

  void operator()(const syntax::Role& role) {
    CallsItselfIn(role.name, role.titles);
    const bool party = declared_.IsPartyRole(role.name.text);
    if (party && role.named_in) {
      context_.Say(PersonInField(role.named_in->name.span, "what names who is out", role.name.text));
    }
    if (party) return;
    HidesPeople(role.name, role.titles, "officials or bodies");
    CheckFields(role.fields);
  }
  void operator()(const syntax::Thing& thing) {
    CallsItselfIn(thing.name, thing.titles);
    HidesPeople(thing.name, thing.titles, "things");
    CheckFields(thing.fields);
  }
  void operator()(const syntax::Target& target) { CheckFields(target.fields); }
  void operator()(const syntax::Act& act) {
    CallsItselfIn(act.name, act.titles);
    CheckFields(act.fields);
    CheckPublication(act);
    CheckLaw(act);
    CheckWhomItFallsOn(act);
  }
  void operator()(const syntax::Fact& fact) {
    for (const syntax::Name& name : fact.names) CallsItselfIn(name, {});
    if (fact.found_by.empty() || !fact.of || !declared_.IsPartyRole(fact.of->text)) return;
    for (const syntax::Name& name : fact.names) {
      if (IsFindingOfPerson(name.text) && fact.one_of.empty()) continue;
      context_.Say(FindingOfPerson(name.span, name.text, fact.of->text));
    }
  }
  void operator()(const syntax::Rule& rule) { CallsItselfIn(rule.name, rule.titles); }
  void operator()(const syntax::Table& table) { CallsItselfIn(table.name, {}); }
  void operator()(const syntax::Term& term) { CallsItselfIn(term.name, {}); }
  void operator()(const syntax::Counting&) {}
  void operator()(const syntax::Instrument&) {}  // a law may be cited whatever it calls itself
  void operator()(const syntax::Closes&) {}
  void operator()(const syntax::Guarantee&) {}
  void operator()(const syntax::Example&) {}
  void operator()(const syntax::Mapping&) {}

  // One message for each declaration.
  void CallsItselfIn(const syntax::Name& name, const std::vector<syntax::Title>& titles) {
    std::string_view word = GradeWord(name.text);
    Span at = name.span;
    for (const syntax::Title& title : titles) {
      if (!word.empty()) break;
      word = GradeWord(title.text);
      at = title.span;
    }
    if (!word.empty()) context_.Say(CallsItself(at, word));
  }

 private:
  void HidesPeople(const syntax::Name& name, const std::vector<syntax::Title>& titles, std::string_view as) {
    const bool hides = EndsWithPeople(name.text) ||
                       std::any_of(titles.begin(), titles.end(),
                                   [](const syntax::Title& title) { return EndsWithPeople(title.text); });
    if (hides) context_.Say(PeopleAs(name.span, name.text, as));
  }

  void CheckFields(const std::vector<syntax::FieldLine>& lines) {
    for (const syntax::FieldLine& line : lines) {
      const syntax::Type* type = &line.type;
      while (type->kind == syntax::TypeKind::kList && !type->element.empty()) type = &type->element.front();
      if (type->kind == syntax::TypeKind::kNamed && declared_.IsPartyRole(type->name->text)) {
        context_.Say(PersonInField(line.type.span, "this field", type->name->text));
      }
      for (const syntax::Name& name : line.names) {
        CallsItselfIn(name, {});
        const std::string_view word = IdentityWord(name.text);
        if (!word.empty() && CouldIdentify(type->kind))
          context_.Say(FieldNamesPerson(name.span, name.text, word));
      }
    }
  }

  // Whether something was shown, or which of a few things, says of nobody who they are.
  static bool CouldIdentify(syntax::TypeKind kind) {
    return kind != syntax::TypeKind::kYesNo && kind != syntax::TypeKind::kOneOf &&
           kind != syntax::TypeKind::kMoney && kind != syntax::TypeKind::kLength;
  }

  void CheckPublication(const syntax::Act& act) {
    if (act.public_with.empty()) return;
    const Span at = act.public_with.front().span;
    if (declared_.ByParty(act)) context_.Say(PublishesParty(at, act.name.text));
    if (!IsWithinYears(act.public_for, kLongestPublicationYears))
      context_.Say(PublishedForEver(at, act.name.text));
  }

  // Whether a field of the act gives its addressee a number, an amount or a class.
  static bool Gives(const syntax::Act& act, bool money_too) {
    return std::any_of(act.fields.begin(), act.fields.end(), [&](const syntax::FieldLine& line) {
      return line.type.kind == syntax::TypeKind::kWhole || line.type.kind == syntax::TypeKind::kOneOf ||
             (money_too && line.type.kind == syntax::TypeKind::kMoney);
    });
  }

  // A report that something came about, of which no condition asks: it starts times, and nothing else.
  bool IsMereReport(const syntax::Act& act) const {
    return act.by_law && !Gives(act, true) && !declared_.IsAskedFor(act.name.text);
  }

  // S9: an act by law against a person is arithmetic on an act of the authority to them, with a remedy.
  void CheckLaw(const syntax::Act& act) {
    if (!act.by_law || !declared_.IsAdverse(act) || IsMereReport(act)) return;
    const auto concerns = [&](const syntax::Act* on) {
      return (on->to && on->to->text == act.to->text) || Names(on->by, act.to->text);
    };
    const std::vector<const syntax::Act*> ancestors = declared_.Ancestors(act);
    if (std::none_of(ancestors.begin(), ancestors.end(), concerns)) {
      context_.Say(LawAgainstPerson(act.name.span, act.name.text, "it rests on no act to them or of theirs"));
    } else if (Gives(act, false)) {
      context_.Say(LawAgainstPerson(act.name.span, act.name.text,
                                    "it gives them a number or a class that nobody answers for"));
    } else if (!HasRemedy(act, ancestors)) {
      context_.Say(LawAgainstPerson(act.name.span, act.name.text, "nothing they can do rests on it"));
    }
  }

  // An act of the party itself rests on the act, or on what the act rests on.
  bool HasRemedy(const syntax::Act& act, const std::vector<const syntax::Act*>& ancestors) const {
    return std::any_of(context_.names.acts.begin(), context_.names.acts.end(), [&](const syntax::Act* own) {
      if (!Names(own->by, act.to->text)) return false;
      return std::any_of(own->on.begin(), own->on.end(), [&](const syntax::Name& name) {
        const syntax::Act* on = declared_.act(name.text);
        return on == &act || std::find(ancestors.begin(), ancestors.end(), on) != ancestors.end();
      });
    });
  }

  // S15: an adverse act rests on one against somebody else, and on nothing that concerns this party.
  void CheckWhomItFallsOn(const syntax::Act& act) {
    if (!declared_.IsAdverse(act) || IsMereReport(act)) return;
    const syntax::Act* other = nullptr;
    for (const syntax::Act* on : declared_.Ancestors(act)) {
      if ((on->to && on->to->text == act.to->text) || Names(on->by, act.to->text)) return;
      if (other == nullptr && declared_.IsAdverse(*on)) other = on;
    }
    if (other != nullptr)
      context_.Say(FallsOnAnother(act.name.span, act.name.text, act.to->text, other->to->text));
  }

  Context& context_;
  const Declared& declared_;
};

// ----------------------------------------------------------------------------------------------- expressions

// Where an expression stands: what it helps to decide.
struct Standing {
  NameSet judged;                           // the acts that the sentence is about
  const syntax::Under* under = nullptr;     // of the rule or term
  const syntax::Act* only_if_of = nullptr;  // an adverse act that it is a condition of
  const syntax::Act* favour = nullptr;      // a favourable one
};

class ExpressionCheck {
 public:
  ExpressionCheck(Context& context, const Declared& declared)
      : context_(context), declared_(declared), somebody_pays_(declared.SomebodyPays()) {}

  void operator()(const syntax::Rule& rule) {
    NameSet all;
    for (const syntax::Sentence& sentence : rule.sentences) all.merge(Judged(sentence));
    if (rule.if_) Check(*rule.if_, {.judged = all, .under = &rule.under});
    for (const syntax::Sentence& sentence : rule.sentences) CheckSentence(rule, sentence);
  }
  void operator()(const syntax::Term& term) {
    for (const syntax::Change& change : term.changes) {
      if (change.condition) Check(*change.condition, {.judged = {}, .under = &term.under});
    }
  }
  void operator()(const syntax::Closes& closes) { Check(closes.when, {}); }

 private:
  static NameSet Judged(const syntax::Sentence& sentence) {
    NameSet judged;
    for (const syntax::Name& name : sentence.acts.names) judged.insert(name.text);
    if (sentence.event && sentence.event->kind == syntax::Event::Kind::kAct)
      judged.insert(sentence.event->name.text);
    return judged;
  }

  void CheckSentence(const syntax::Rule& rule, const syntax::Sentence& sentence) {
    Standing standing{.judged = Judged(sentence), .under = &rule.under};
    for (const std::optional<syntax::Expr>* expr : {&sentence.so_that, &sentence.unless}) {
      if (*expr) Check(**expr, standing);
    }
    const bool duty = sentence.kind == syntax::Sentence::Kind::kMust;
    for (const syntax::Name& name : sentence.acts.names) {
      const syntax::Act* act = declared_.act(name.text);
      if (duty || act == nullptr) continue;
      if (declared_.IsAdverse(*act)) standing.only_if_of = act;
      if (declared_.DoneToParty(*act) && act->favourable) standing.favour = act;
    }
    for (const std::optional<syntax::Expr>* expr : {&sentence.if_, &sentence.condition}) {
      if (*expr) Check(**expr, standing);
    }
    for (const syntax::Effect& effect : sentence.effects) CheckDeemed(effect, rule);
    for (const syntax::Effect& effect : rule.breach) CheckDeemed(effect, rule);
  }

  void CheckDeemed(const syntax::Effect& effect, const syntax::Rule& rule) {
    for (const syntax::FieldValue& field : effect.fields) {
      Check(field.value, {.judged = {effect.name.text}, .under = &rule.under});
    }
  }

  void Check(const syntax::Expr& expr, const Standing& standing) {
    facts_.clear();
    Walk(expr, standing);
  }

  void Walk(const syntax::Expr& expr, const Standing& standing) {
    for (const syntax::Path* path : {&expr.path, &expr.other}) {
      CheckWhatFor(path->name, expr.span, standing);
      if (const syntax::Term* term = declared_.term(path->name.text)) CheckTerm(*term, expr.span, standing);
    }
    switch (expr.kind) {
      case ExprKind::kRef:
        return WalkRef(expr, standing);
      case ExprKind::kPrevious:
      case ExprKind::kSum:
        return WalkValue(expr, standing);
      case ExprKind::kCount:
        return WalkCount(expr, standing);
      case ExprKind::kEarlier:
        return CheckEarlier(expr, standing);
      case ExprKind::kHold:
      case ExprKind::kAre:
        return CheckCredential(expr);
      case ExprKind::kEqual:
      case ExprKind::kNotEqual:
      case ExprKind::kLess:
      case ExprKind::kLessEqual:
      case ExprKind::kGreater:
      case ExprKind::kGreaterEqual:
        return WalkComparison(expr, standing);
      case ExprKind::kAdd:
      case ExprKind::kSubtract:
      case ExprKind::kMultiply:
        CheckRunningTotal(expr);
        [[fallthrough]];
      default:
        for (const syntax::Expr& operand : expr.operands) Walk(operand, standing);
    }
  }

  // A field of a person that has more values than a question needs: a number, an amount, a day.
  bool IsOfPerson(const syntax::Expr& expr) const {
    if (expr.kind != ExprKind::kRef || !expr.path.field || !declared_.IsPartyRole(expr.path.name.text))
      return false;
    for (const syntax::FieldLine& line : declared_.role(expr.path.name.text)->fields) {
      if (!Names(line.names, expr.path.field->text)) continue;
      return line.type.kind != syntax::TypeKind::kYesNo && line.type.kind != syntax::TypeKind::kOneOf;
    }
    return false;
  }

  void WalkRef(const syntax::Expr& expr, const Standing& standing) {
    const std::string& name = expr.path.name.text;
    if (const syntax::Fact* fact = declared_.fact(name); fact != nullptr && !expr.path.field) {
      if (facts_.insert(name).second) WalkFact(*fact, standing);
      return;
    }
    if (IsOfPerson(expr)) {
      return context_.Say(ComputesWithPerson(expr.span, name + "." + expr.path.field->text));
    }
    CheckWhoseAct(expr, standing);
    WalkValue(expr, standing);
  }

  void WalkFact(const syntax::Fact& fact, const Standing& standing) {
    Standing inside = standing;
    inside.under = &fact.under;
    if (fact.value) Walk(*fact.value, inside);
    if (fact.accrues_of) Walk(*fact.accrues_of, inside);
    if (fact.accrues_at_most) Walk(*fact.accrues_at_most, inside);
  }

  // An age beside the years that the law names is asked; whatever else is made of it is computed.
  void WalkComparison(const syntax::Expr& expr, const Standing& standing) {
    const syntax::Expr& a = expr.operands[0];
    const syntax::Expr& b = expr.operands[1];
    const auto fixed = [this](const syntax::Expr& beside) {
      const bool word = beside.kind == ExprKind::kRef && !beside.path.field &&
                        declared_.fact(beside.path.name.text) == nullptr;
      const bool years =
          beside.kind == ExprKind::kNumber && beside.number >= 0 && beside.number <= kOldestAge;
      return word || years || beside.kind == ExprKind::kYes || beside.kind == ExprKind::kNo;
    };
    if (!IsOfPerson(a) || !fixed(b)) Walk(a, standing);
    if (!IsOfPerson(b) || !fixed(a)) Walk(b, standing);
  }

  // A number or an amount that an act gave a party, in what decides another act.
  void WalkValue(const syntax::Expr& expr, const Standing& standing) {
    const syntax::Act* act = declared_.act(expr.path.name.text);
    if (act == nullptr || !expr.path.field || !declared_.DoneToParty(*act)) return;
    const syntax::Type* type = Declared::FieldType(*act, expr.path.field->text);
    if (type == nullptr || standing.judged.contains(act->name.text)) return;
    const std::string field = act->name.text + "." + expr.path.field->text;
    if (type->kind == syntax::TypeKind::kWhole) context_.Say(TallyOfPerson(expr.span, "'" + field + "'"));
    if (type->kind == syntax::TypeKind::kMoney && !somebody_pays_)
      context_.Say(MoneyNobodyPays(expr.span, field));
  }

  void WalkCount(const syntax::Expr& expr, const Standing& standing) {
    const syntax::Act* act = declared_.act(expr.path.name.text);
    if (act == nullptr) return;
    const bool elsewhere = declared_.DoneToParty(*act) && !standing.judged.contains(act->name.text);
    if (declared_.ByParty(*act) || elsewhere)
      context_.Say(TallyOfPerson(expr.span, "how often there was '" + act->name.text + "'"));
  }

  // The number of the entry before, carried on.
  void CheckRunningTotal(const syntax::Expr& expr) {
    for (const syntax::Expr& operand : expr.operands) {
      if (operand.kind != ExprKind::kPrevious || !operand.path.field) continue;
      const syntax::Act* act = declared_.act(operand.path.name.text);
      if (act == nullptr || !declared_.DoneToParty(*act)) continue;
      const syntax::Type* type = Declared::FieldType(*act, operand.path.field->text);
      if (type == nullptr || type->kind != syntax::TypeKind::kWhole) continue;
      context_.Say(TallyOfPerson(operand.span, "a total carried from act to act"));
    }
  }

  // S15 again, by a condition: an adverse act that depends on one against somebody else.
  void CheckWhoseAct(const syntax::Expr& expr, const Standing& standing) {
    const syntax::Act* asked = declared_.act(expr.path.name.text);
    const syntax::Act* act = standing.only_if_of;
    if (asked == nullptr || act == nullptr || !declared_.IsAdverse(*asked)) return;
    if (asked->to->text == act->to->text) return;
    context_.Say(FallsOnAnother(expr.span, act->name.text, act->to->text, asked->to->text));
  }

  // What an authority noted about a party in one business decides nothing that favours it in another.
  void CheckTerm(const syntax::Term& term, Span at, const Standing& standing) {
    for (const syntax::Event& event : term.start.events) {
      if (event.kind == syntax::Event::Kind::kAct) CheckWhatFor(event.name, at, standing);
    }
  }
  void CheckWhatFor(const syntax::Name& name, Span at, const Standing& standing) {
    const syntax::Act* asked = declared_.act(name.text);
    if (standing.favour == nullptr || asked == nullptr || !declared_.IsAdverse(*asked)) return;
    if (asked->by_law || declared_.AreOfOneBusiness(*asked, *standing.favour)) return;
    context_.Say(DecidesAnother(at, standing.favour->name.text, asked->name.text));
  }

  void CheckCredential(const syntax::Expr& expr) {
    if (expr.path.field && expr.path.field->text != "by") return;  // an official named in a field
    const syntax::Act* act = declared_.act(expr.path.name.text);
    const bool party = act != nullptr ? declared_.ByParty(*act) : declared_.IsPartyRole(expr.path.name.text);
    if (party) context_.Say(CredentialOfPerson(expr.span, expr.path.name.text));
  }

  void CheckEarlier(const syntax::Expr& expr, const Standing& standing) {
    const syntax::Act* act = declared_.act(expr.path.name.text);
    if (act == nullptr) return;
    const auto is_item = [](const syntax::Citation& cite) {
      return cite.provision.find('(') != std::string::npos;
    };
    const bool item =
        standing.under != nullptr && std::any_of(standing.under->begin(), standing.under->end(), is_item);
    if (!declared_.DoneToParty(*act)) {
      context_.Say(
          LooksBack(expr.span, "'" + act->name.text + "' is not an act of the authority to this party"));
    } else if (!IsWithinYears(expr.length, kLongestLookYears)) {
      context_.Say(LooksBack(expr.span, "longer than any provision we know, or as long as somebody likes"));
    } else if (!item) {
      context_.Say(LooksBack(expr.span, "no item of a provision is cited for it"));
    } else if (const auto [first, added] = looks_.emplace(act->name.text, &*expr.length);
               !added && !SameLength(*first->second, *expr.length)) {
      context_.Say(LooksBack(expr.span, "two windows on the same acts would count them"));
    }
  }

  static bool SameLength(const syntax::Length& a, const syntax::Length& b) {
    return a.number == b.number && a.unit == b.unit;
  }

  Context& context_;
  const Declared& declared_;
  bool somebody_pays_;
  NameSet facts_;  // walked for the expression at hand
  std::map<std::string, const syntax::Length*> looks_;
};

}  // namespace

void CheckRefusals(Context& context) {
  const Declared declared(context);
  DeclarationCheck declarations(context, declared);
  declarations.CallsItselfIn(context.tree.path, context.tree.titles);
  ExpressionCheck expressions(context, declared);
  for (const syntax::Page& page : context.tree.pages) {
    for (const syntax::Item& item : page.items) {
      std::visit(declarations, item);
      if (const auto* rule = std::get_if<syntax::Rule>(&item)) expressions(*rule);
      if (const auto* term = std::get_if<syntax::Term>(&item)) expressions(*term);
      if (const auto* closes = std::get_if<syntax::Closes>(&item)) expressions(*closes);
    }
  }
}

}  // namespace lawbound::check
