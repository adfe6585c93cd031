// Checks of rules and their sentences, of the direction of norms, and of mappings.

#include <algorithm>
#include <string_view>

#include "program/graph.h"
#include "program/names.h"
#include "program/verify_parts.h"

namespace lawbound::program::verifier {

// -------------------------------------------------------------------------------------------------- rules

namespace {

// Which parts a sentence has, besides those that all have.
struct Parts {
  bool roles, acts, on, term, prompt, event, condition, unless, effects;
};

Parts PartsOf(const SentenceDef& s) {
  return {.roles = !s.roles.empty(),
          .acts = !s.acts.empty(),
          .on = static_cast<bool>(s.on),
          .term = static_cast<bool>(s.term),
          .prompt = s.prompt,
          .event = !IsNothing(s.event),
          .condition = static_cast<bool>(s.condition),
          .unless = static_cast<bool>(s.unless),
          .effects = !s.effects.empty()};
}

// A sentence of each kind has exactly these, where "may" says that it can do without.
bool HasItsParts(SentenceDef::Kind kind, const Parts& has) {
  const bool nothing_of_on = !has.event && !has.effects;
  switch (kind) {
    case SentenceDef::Kind::kMay:  // may: on, term
      return has.roles && has.acts && nothing_of_on && !has.prompt && !has.condition && !has.unless;
    case SentenceDef::Kind::kMust:  // may: on, condition, unless; a term or, promptly, an event
      return has.roles && has.acts && !has.effects && has.prompt == has.event && has.prompt != has.term;
    case SentenceDef::Kind::kOnlyIf:
    case SentenceDef::Kind::kNoIf:  // may: on
      return has.acts && has.condition && nothing_of_on && !has.roles && !has.term && !has.prompt &&
             !has.unless;
    case SentenceDef::Kind::kOn:
      return has.event && has.effects && !has.roles && !has.acts && !has.on && !has.term && !has.prompt &&
             !has.condition && !has.unless;
  }
  return false;
}

}  // namespace

Status CheckSentences(const Program& p) {
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    const SentenceDef& s = p.sentences[i];
    if (!HasItsParts(s.kind, PartsOf(s))) {
      return Bad("{} has parts that its kind has not, or lacks some", SentenceWords(p, i));
    }
    if (!s.roles.empty() && s.side != SideOf(p, s.roles)) {
      return Bad("{} is not on the side of those it binds or serves", SentenceWords(p, i));
    }
    for (const ActId act : In(p.act_lists, s.acts)) {
      if (!s.on || RestsOn(p, act, s.on)) continue;
      return Bad("{} speaks of act '{}' on '{}', which it does not rest on", SentenceWords(p, i),
                 NameOf(p, act), NameOf(p, s.on));
    }
  }
  return Ok();
}

Status CheckRules(const Program& p) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    const Range<SentenceDef> sentences = p.rules[i].sentences;
    if (sentences.empty()) continue;
    if (sentences.first != next)
      return Bad("the sentences of rule '{}' do not follow those before", NameOf(p, RuleId(i)));
    for (; next < sentences.end(); ++next) {
      if (p.sentences[next].rule != RuleId(i))
        return Bad("sentence {} is listed under another rule than its own", next);
    }
  }
  if (next != p.sentences.size()) return Bad("sentence {} is listed under no rule", next);
  return Ok();
}

Status CheckOverrides(const Program& p) {
  Graph graph(p.rules.size());
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    for (const RuleId rule : In(p.rule_lists, p.rules[i].overrides)) graph.AddEdge(i, rule.index());
  }
  const auto node = graph.NodeOnCycle();
  if (node) return Bad("rule '{}' overrides itself, directly or through others", NameOf(p, RuleId(*node)));
  return Ok();
}

// ---------------------------------------------------------------------------------------------- direction

namespace {

bool IsTo(const Program& p, const ActDef& act, Range<RoleId> roles) {
  const auto list = In(p.role_lists, roles);
  return act.to && std::find(list.begin(), list.end(), act.to) != list.end();
}

// Whether an event is an act of the authority to one of these roles, or an act by law that reports the
// delivery of one and rests on it.
bool IsOrderTo(const Program& p, const EventDef& event, Range<RoleId> roles) {
  if (event.kind != EventDef::Kind::kAct) return false;
  const ActDef& act = p.acts[event.act.index()];
  if (!IsTo(p, act, roles)) return false;
  if (act.side == Side::kAuthority) return true;
  if (act.side != Side::kLaw || act.rests_on.empty()) return false;
  return std::ranges::all_of(In(p.act_lists, act.rests_on), [&](ActId on) {
    const ActDef& order = p.acts[on.index()];
    return order.side == Side::kAuthority && IsTo(p, order, roles);
  });
}

}  // namespace

Status CheckDirection(const Program& p) {
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    const SentenceDef& s = p.sentences[i];
    if (s.kind != SentenceDef::Kind::kMust || s.side != Side::kParty) continue;
    const auto is_order = [&](const EventDef& event) { return IsOrderTo(p, event, s.roles); };
    bool right = s.prompt && is_order(s.event);
    if (!s.prompt) {
      const TermDef& term = p.terms[s.term.index()];
      right = std::ranges::all_of(In(p.events, term.starts), is_order) &&
              std::ranges::all_of(In(p.events, term.restarts), is_order);
    }
    if (!right) {
      return Bad(
          "{} binds a party although no act of the authority to that party in this matter starts its time",
          SentenceWords(p, i));
    }
  }
  return Ok();
}

// ----------------------------------------------------------------------------------------------- mappings

namespace {

Status CheckMappingParts(const Program& p, const MappingDef& m) {
  const std::string_view name = p.string(m.name);
  const bool columns = m.format != MappingDef::Format::kXes;
  for (const StringId column : {m.case_column, m.act_column, m.time_column}) {
    if (p.string(column).empty() == columns)
      return Bad("mapping '{}' lacks a column, or names one for xes", name);
  }
  bool authority = false;
  for (const MappingLine& line : In(p.mapping_lines, m.lines)) {
    authority = authority || (line.act && p.acts[line.act.index()].side == Side::kAuthority);
  }
  if (!authority)
    return Bad("mapping '{}' maps no act of an authority: nothing here binds an authority", name);
  return Ok();
}

}  // namespace

Status CheckMappings(const Program& p) {
  for (std::size_t i = 0; i < p.mapping_lines.size(); ++i) {
    const MappingLine& line = p.mapping_lines[i];
    if (!line.activity || !line.act) return Bad("mapping line {} lacks its activity or its act", i);
    for (const FieldSource& source : In(p.field_sources, line.fields)) {
      if (!source.field || !source.attribute) return Bad("mapping line {}: a field without its attribute", i);
      const FieldDef& field = p.fields[source.field.index()];
      if (field.act && field.act != line.act) return Bad("mapping line {} fills a field of another act", i);
    }
  }
  for (std::size_t i = 0; i < p.assumed_values.size(); ++i) {
    if (!p.assumed_values[i].field) return Bad("assumed value {} is of no field", i);
  }
  for (const MappingDef& m : p.mappings) RETURN_IF_ERROR(CheckMappingParts(p, m));
  return Ok();
}

}  // namespace lawbound::program::verifier
