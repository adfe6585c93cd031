// Stage "rules": sentences, their sides, conditions and effects.
#include <algorithm>

#include "check/citations.h"
#include "check/events.h"
#include "check/expressions.h"
#include "check/messages.h"
#include "check/stages.h"

namespace lawbound::check {
namespace {

using Kind = program::SentenceDef::Kind;

Kind CopyKind(syntax::Sentence::Kind kind) {
  switch (kind) {
    case syntax::Sentence::Kind::kMay:
      return Kind::kMay;
    case syntax::Sentence::Kind::kMust:
      return Kind::kMust;
    case syntax::Sentence::Kind::kOnlyIf:
      return Kind::kOnlyIf;
    case syntax::Sentence::Kind::kNoIf:
      return Kind::kNoIf;
    case syntax::Sentence::Kind::kOn:
      return Kind::kOn;
  }
  return Kind::kOn;
}

bool Does(const Act& act, RoleId role) {
  return std::find(act.by.begin(), act.by.end(), role) != act.by.end();
}

// Every named role does one of the acts, and every act is done by one of the roles.
void CheckPowers(Context& context, const syntax::Sentence& item, const Sentence& sentence) {
  const std::vector<Act>& acts = context.pack.acts;
  for (std::size_t i = 0; i < sentence.acts.size(); ++i) {
    const Act& act = acts[sentence.acts[i].index()];
    if (act.side == Side::kLaw) {
      context.Say(ActOfLaw(item.acts.names[i].span, act.name));
      continue;
    }
    const auto done = [&](RoleId role) { return Does(act, role); };
    if (std::none_of(sentence.roles.begin(), sentence.roles.end(), done)) {
      context.Say(MayNotDo(item.roles.front().span, item.roles.front().text, act.name));
    }
  }
  for (std::size_t i = 0; i < sentence.roles.size(); ++i) {
    const auto done = [&](ActId act) { return Does(acts[act.index()], sentence.roles[i]); };
    const bool by_law = std::any_of(sentence.acts.begin(), sentence.acts.end(),
                                    [&](ActId act) { return acts[act.index()].side == Side::kLaw; });
    if (by_law || std::any_of(sentence.acts.begin(), sentence.acts.end(), done)) continue;
    context.Say(MayNotDo(item.roles[i].span, item.roles[i].text, acts[sentence.acts.front().index()].name));
  }
}

// Whose keeping or breaking of the sentence it is: that of those who do the acts.
Side SideOf(Context& context, const Sentence& sentence) {
  if (sentence.acts.empty()) return Side::kAuthority;  // `on`: the law itself
  const Side side = context.pack.acts[sentence.acts.front().index()].side;
  for (const ActId act : sentence.acts) {
    const Side other = context.pack.acts[act.index()].side;
    if ((other == Side::kParty) == (side == Side::kParty)) continue;
    context.Say(MixedSentence(sentence.span));
    break;
  }
  return side;
}

// Roles and acts; false when one of them is unknown, so that nothing more is asked of them.
bool ResolveWho(Context& context, const syntax::Sentence& item, Sentence& sentence) {
  bool complete = true;
  for (const syntax::Name& name : item.roles) {
    const auto role = FindRole(context, name);
    complete = complete && role;
    if (role) sentence.roles.push_back(*role);
  }
  for (const syntax::Name& name : item.acts.names) {
    const auto act = FindAct(context, name);
    complete = complete && act;
    if (act) sentence.acts.push_back(*act);
  }
  if (item.acts.on && complete) {
    const auto on = FindAct(context, *item.acts.on);
    if (!on) return false;
    for (const ActId act : sentence.acts) CheckRestsOn(context, act, *item.acts.on, *on);
    sentence.on = *on;
  }
  return complete;
}

void ResolveTime(Context& context, const syntax::Sentence& item, Sentence& sentence) {
  const auto unnamed = context.names.unnamed_terms.find(&item);
  if (unnamed != context.names.unnamed_terms.end()) {
    sentence.term = unnamed->second;
  } else if (item.within) {
    sentence.term = FindTerm(context, *item.within->term).value_or(TermId());
  }
  if (item.promptly_after) {
    sentence.prompt = true;
    if (const auto event = ResolveEvent(context, *item.promptly_after)) sentence.event = *event;
  }
  if (item.event) {
    if (const auto event = ResolveEvent(context, *item.event)) sentence.event = *event;
  }
}

void ResolveSentence(Context& context, const syntax::Sentence& item, RuleId rule) {
  Sentence sentence;
  sentence.rule = rule;
  sentence.kind = CopyKind(item.kind);
  sentence.span = item.span;
  sentence.from = item.from.value_or(base::kFirstDay);
  sentence.until = item.until.value_or(base::kLastDay);
  sentence.text = item.words;
  if (sentence.from > sentence.until) context.Say(DeadSentence(item.span, "'until' is before 'from'"));
  if (ResolveWho(context, item, sentence)) {
    sentence.side = SideOf(context, sentence);
    if (!sentence.roles.empty()) CheckPowers(context, item, sentence);
  }
  ResolveTime(context, item, sentence);
  sentence.if_ = ResolveQuestion(context, item.if_);
  sentence.unless = ResolveQuestion(context, item.unless);
  sentence.condition = ResolveQuestion(context, item.so_that ? item.so_that : item.condition);
  for (const syntax::Effect& effect : item.effects) {
    const bool act = sentence.event.kind == Event::Kind::kAct;
    if (auto resolved = ResolveEffect(context, effect, act ? sentence.event.act : ActId()))
      sentence.effects.push_back(std::move(*resolved));
  }
  context.pack.sentences.push_back(std::move(sentence));
}

void ResolveRule(Context& context, const syntax::Rule& item) {
  const RuleId id(context.pack.rules.size());
  Rule rule;
  rule.name = item.name.text;
  rule.span = item.name.span;
  rule.titles = CopyTitles(context, item.titles);
  rule.under = ResolveUnder(context, item.under);
  if (item.under.empty()) context.Say(NoCitation(item.name.span, rule.name));
  if (item.for_each) rule.part = FindSeveral(context, *item.for_each).value_or(RoleId());
  context.cited = &item.under;
  if (item.governed_by) rule.governed_by = ResolveEvent(context, *item.governed_by);
  rule.if_ = ResolveQuestion(context, item.if_);
  for (const syntax::Name& name : item.overrides) {
    if (const auto other = FindRule(context, name)) rule.overrides.push_back(*other);
  }
  rule.sentences.first = static_cast<std::uint32_t>(context.pack.sentences.size());
  rule.sentences.count = static_cast<std::uint32_t>(item.sentences.size());
  for (const syntax::Sentence& sentence : item.sentences) ResolveSentence(context, sentence, id);
  for (const syntax::Effect& effect : item.breach) {
    if (auto resolved = ResolveEffect(context, effect, ActId())) rule.breach.push_back(std::move(*resolved));
  }
  context.cited = nullptr;
  context.pack.rules.push_back(std::move(rule));
}

}  // namespace

void ResolveRules(Context& context) {
  for (const syntax::Rule* item : context.names.rules) ResolveRule(context, *item);
}

}  // namespace lawbound::check
