// Checks of events, effects and terms, and of what they bring about.

#include <algorithm>

#include "program/graph.h"
#include "program/names.h"
#include "program/verify_parts.h"

namespace lawbound::program::verifier {

// ------------------------------------------------------------------------------------- events and effects

namespace {

bool IsWellFormed(const Program& p, const EventDef& e) {
  switch (e.kind) {
    case EventDef::Kind::kAct:
      return e.act && !e.term && !e.rule && (!e.on || RestsOn(p, e.act, e.on));
    case EventDef::Kind::kLapse:
      return e.term && !e.act && !e.on && !e.rule;
    case EventDef::Kind::kBreach:
      return e.rule && !e.act && !e.on && !e.term;
  }
  return false;
}

}  // namespace

Status CheckEvents(const Program& p) {
  for (std::size_t i = 0; i < p.events.size(); ++i) {
    if (!IsWellFormed(p, p.events[i])) return Bad("event {} is not just an act, a lapse or a breach", i);
  }
  for (std::size_t i = 0; i < p.ceilings.size(); ++i) {
    if (!IsWellFormed(p, p.ceilings[i].from)) return Bad("ceiling {} starts from no event", i);
  }
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    const EventDef& event = p.sentences[i].event;
    if (!IsNothing(event) && !IsWellFormed(p, event))
      return Bad("{} has a malformed event", SentenceWords(p, i));
  }
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    const EventDef& event = p.rules[i].governed_by;
    if (p.rules[i].governed ? !IsWellFormed(p, event) : !IsNothing(event)) {
      return Bad("rule '{}' is governed by a malformed event, or by one without saying so",
                 NameOf(p, RuleId(i)));
    }
  }
  return Ok();
}

namespace {

bool IsWellFormed(const EffectDef& e) {
  const bool quality = e.quality != EffectDef::Quality::kNone;
  const bool standing = e.standing != Standing::kNone;
  const bool has_effect =
      e.quality == EffectDef::Quality::kVoidable || e.quality == EffectDef::Quality::kIrregular;
  if (e.kind != EffectDef::Kind::kQuality && (quality || e.cured_by)) return false;
  if ((e.kind == EffectDef::Kind::kStanding) != standing) return false;
  const bool gives = e.kind == EffectDef::Kind::kDeemed || e.standing == Standing::kChanged;
  if (!gives && !e.given.empty()) return false;
  switch (e.kind) {
    case EffectDef::Kind::kDeemed:
    case EffectDef::Kind::kFalls:
    case EffectDef::Kind::kStanding:
      return e.act && !e.role;
    case EffectDef::Kind::kQuality:
      return e.act && quality && !e.role && (!e.cured_by || has_effect);
    case EffectDef::Kind::kAnswers:
      return e.role && !e.act;
    case EffectDef::Kind::kRefused:
      return e.role && e.act;
  }
  return false;
}

// What an effect gives is for fields of the very act it speaks of, of the type the code leaves.
Status CheckGiven(const Program& p, const EffectDef& e, std::size_t effect) {
  for (const GivenDef& given : In(p.given, e.given)) {
    if (!given.field || !given.value || p.fields[given.field.index()].act != e.act) {
      return Bad("effect {} gives a value to a field of another act", effect);
    }
    const bool yes_no = p.fields[given.field.index()].type == ValueType::kYesNo;
    if ((p.codes[given.value.index()].result == ResultType::kTri) != yes_no) {
      return Bad("effect {} gives a value of another type than the field's", effect);
    }
  }
  return Ok();
}

// What takes an act away from the beginning is itself an act: a lapse or a breach only ends an effect.
Status CheckTakings(const Program& p) {
  const auto takes = [&](Range<EffectDef> effects) {
    return std::ranges::any_of(In(p.effects, effects),
                               [](const EffectDef& e) { return TakesAway(e.standing); });
  };
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    if (p.sentences[i].event.kind == EventDef::Kind::kAct || !takes(p.sentences[i].effects)) continue;
    return Bad("{} sets aside an act, and follows from no act", SentenceWords(p, i));
  }
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    if (takes(p.rules[i].breach)) return Bad("a breach of rule '{}' sets aside an act", NameOf(p, RuleId(i)));
  }
  return Ok();
}

}  // namespace

Status CheckEffects(const Program& p) {
  for (std::size_t i = 0; i < p.effects.size(); ++i) {
    if (!IsWellFormed(p.effects[i]))
      return Bad("effect {} has parts that its kind has not, or lacks some", i);
    RETURN_IF_ERROR(CheckGiven(p, p.effects[i], i));
  }
  return CheckTakings(p);
}

Status CheckQualities(const Program& p) {
  for (const EffectDef& e : p.effects) {
    if (e.kind == EffectDef::Kind::kRefused) {
      const RoleKind kind = p.roles[e.role.index()].kind;
      if (IsParty(kind) || p.acts[e.act.index()].side == Side::kAuthority) {
        return Bad("act '{}' cannot be refused by '{}'", NameOf(p, e.act), NameOf(p, e.role));
      }
    }
    if (e.kind != EffectDef::Kind::kQuality) continue;
    const Side side = p.acts[e.act.index()].side;
    if (e.quality == EffectDef::Quality::kVoid && side == Side::kParty) {
      return Bad("act '{}' of a party cannot be void", NameOf(p, e.act));
    }
    if (e.quality == EffectDef::Quality::kInadmissible && side == Side::kAuthority) {
      return Bad("act '{}' of the authority cannot be inadmissible", NameOf(p, e.act));
    }
  }
  return Ok();
}

// -------------------------------------------------------------------------------------------------- terms

Status CheckTerms(const Program& p) {
  for (std::size_t i = 0; i < p.terms.size(); ++i) {
    const TermDef& term = p.terms[i];
    const std::uint32_t starts = term.start_kind == TermDef::Start::kPlain ? 1 : 2;
    if (term.starts.count != starts)
      return Bad("term {} has {} starts, not {}", i, term.starts.count, starts);
    if (!term.counting) return Bad("term {} names no counting", i);
    if (term.sentence ? static_cast<bool>(term.name) : p.string(term.name).empty())
      return Bad("term {} has a name and a sentence, or neither", i);
    if (!term.sentence) continue;
    if (p.sentences[term.sentence.index()].term != TermId(i)) {
      return Bad("term {} is of {}, which has another", i, SentenceWords(p, term.sentence.index()));
    }
  }
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    const TermId term = p.sentences[i].term;
    if (!term || !p.terms[term.index()].sentence || p.terms[term.index()].sentence == SentenceId(i)) continue;
    return Bad("{} uses the unnamed term of another sentence", SentenceWords(p, i));
  }
  for (std::size_t i = 0; i < p.sentences.size(); ++i) {
    const SentenceDef& s = p.sentences[i];
    if (!s.term || s.kind != SentenceDef::Kind::kMust) continue;
    const TermDef& term = p.terms[s.term.index()];
    if (term.length.kind == LengthDef::Kind::kOpen && term.ceilings.empty())
      return Bad("{} is a duty in a time without an end", SentenceWords(p, i));
  }
  for (std::size_t i = 0; i < p.extensions.size(); ++i) {
    if (!p.extensions[i].act) return Bad("extension {} names no act", i);
  }
  return Ok();
}

namespace {

// Whether a term may be over on the very day it starts.  The value of a field may be zero.
bool IsInstant(const Program& p, const LengthDef& length, CountingId counting) {
  if (length.kind == LengthDef::Kind::kOpen) return false;
  if (length.kind != LengthDef::Kind::kFixed || length.fixed.count == 0) return true;
  const bool days =
      length.fixed.unit == calendar::Unit::kDays || length.fixed.unit == calendar::Unit::kWorkingDays;
  return days && length.fixed.count == 1 && p.countings[counting.index()].first_day_counts;
}

// What brings about what on the same day with nobody doing anything: nodes are acts, then terms (their
// lapse), then rules (the breach of a duty).
class Cascade {
 public:
  explicit Cascade(const Program& p) : p_(p), graph_(p.acts.size() + p.terms.size() + p.rules.size()) {
    for (const SentenceDef& s : p.sentences) {
      if (s.kind == SentenceDef::Kind::kOn) AddDeemed(Node(s.event), s.effects);
      if (s.kind == SentenceDef::Kind::kMust && s.term) graph_.AddEdge(Lapse(s.term), Breach(s.rule));
    }
    for (std::size_t i = 0; i < p.rules.size(); ++i) AddDeemed(Breach(RuleId(i)), p.rules[i].breach);
    for (std::size_t i = 0; i < p.terms.size(); ++i) AddStarts(TermId(i));
  }

  Status Check() const {
    const auto node = graph_.NodeOnCycle();
    if (!node) return Ok();
    if (*node < p_.acts.size())
      return Bad("act '{}' brings itself about on the same day", NameOf(p_, ActId(*node)));
    const std::size_t term = *node - p_.acts.size();
    if (term < p_.terms.size()) return Bad("the lapse of term {} starts it again on the same day", term);
    return Bad("a breach of rule '{}' brings about another on the same day",
               NameOf(p_, RuleId(term - p_.terms.size())));
  }

 private:
  std::size_t Lapse(TermId term) const { return p_.acts.size() + term.index(); }
  std::size_t Breach(RuleId rule) const { return p_.acts.size() + p_.terms.size() + rule.index(); }
  std::size_t Node(const EventDef& event) const {
    switch (event.kind) {
      case EventDef::Kind::kAct:
        return event.act.index();
      case EventDef::Kind::kLapse:
        return Lapse(event.term);
      case EventDef::Kind::kBreach:
        return Breach(event.rule);
    }
    return 0;
  }

  void AddDeemed(std::size_t from, Range<EffectDef> effects) {
    for (const EffectDef& effect : In(p_.effects, effects)) {
      if (effect.kind == EffectDef::Kind::kDeemed) graph_.AddEdge(from, effect.act.index());
    }
  }

  void AddStarts(TermId id) {
    const TermDef& term = p_.terms[id.index()];
    if (IsInstant(p_, term.length, term.counting)) {
      for (const EventDef& event : In(p_.events, term.starts)) graph_.AddEdge(Node(event), Lapse(id));
      for (const EventDef& event : In(p_.events, term.restarts)) graph_.AddEdge(Node(event), Lapse(id));
    }
    for (const CeilingDef& ceiling : In(p_.ceilings, term.ceilings)) {
      if (IsInstant(p_, ceiling.length, term.counting)) graph_.AddEdge(Node(ceiling.from), Lapse(id));
    }
  }

  const Program& p_;
  Graph graph_;
};

}  // namespace

Status CheckCascades(const Program& p) { return Cascade(p).Check(); }

}  // namespace lawbound::program::verifier
