#include "report/drawing.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "program/floor.h"
#include "program/names.h"
#include "program/standing.h"
#include "report/drawing_words.h"

namespace lawbound::report {

using model::ActId;
using model::RuleId;
using model::TermId;
using program::EffectDef;
using program::EventDef;
using program::Program;
using program::SentenceDef;
using ArrowKind = Drawing::Arrow::Kind;
using Box = Drawing::Box;

namespace {

constexpr std::size_t kMostActs = 12;        // of a phase: more are parted at the sections of the page
constexpr std::size_t kMostInOverview = 24;  // acts
constexpr std::size_t kOnOneRow = 4;         // of those that nothing orders
constexpr std::size_t kNoPhase = 0xffffffff;

template <typename T>
void AddOnce(std::vector<T>& list, const T& item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

// ------------------------------------------------------------------------------------------------ phases

struct Phase {
  std::string title;
  source::FileId page;
  std::uint32_t begin = 0, end = 0;  // of the page
};

struct Declared {
  source::FileId page;
  std::uint32_t at = 0;
};

// The first line of a page that is a heading of this depth, at or after a place; npos when there is none.
std::size_t FindHeading(std::string_view text, std::string_view marks, std::size_t from) {
  if (from == 0 && text.starts_with(marks)) return 0;
  const std::size_t at = text.find("\n" + std::string(marks), from == 0 ? 0 : from - 1);
  return at == std::string_view::npos ? at : at + 1;
}

std::string HeadingAt(std::string_view text, std::size_t at) {
  const std::size_t begin = text.find_first_not_of("# ", at);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find('\n', begin) - begin));
}

// "Notice (44, 45)": the articles are said below each rule.
std::string WithoutArticles(std::string title) {
  const std::size_t open = title.rfind(" (");
  const bool articles = open != std::string::npos && title.ends_with(')') &&
                        title.find_first_of("0123456789", open) != std::string::npos;
  return articles ? title.substr(0, open) : title;
}

class Phases {
 public:
  explicit Phases(const DrawingSource& source) : source_(source) {
    for (const syntax::Page& page : source.tree.pages) {
      if (page.used) continue;
      std::vector<std::uint32_t> acts;
      for (const syntax::Item& item : page.items) Note(item, page.file, acts);
      if (!acts.empty()) Part(page.file, acts);
    }
  }

  const std::vector<Phase>& all() const { return phases_; }
  std::size_t OfAct(std::string_view name) const { return Of(acts_, name); }
  std::size_t OfRule(std::string_view name) const { return Of(rules_, name); }
  std::size_t OfTerm(std::string_view name) const { return Of(terms_, name); }
  std::uint32_t PlaceOfAct(std::string_view name) const {
    const auto found = acts_.find(std::string(name));
    return found == acts_.end() ? 0 : found->second.at;
  }

 private:
  using Places = std::map<std::string, Declared>;

  void Note(const syntax::Item& item, source::FileId page, std::vector<std::uint32_t>& acts) {
    if (const auto* act = std::get_if<syntax::Act>(&item)) {
      acts_[act->name.text] = {page, act->name.span.begin};
      acts.push_back(act->name.span.begin);
    } else if (const auto* rule = std::get_if<syntax::Rule>(&item)) {
      rules_[rule->name.text] = {page, rule->name.span.begin};
    } else if (const auto* term = std::get_if<syntax::Term>(&item)) {
      terms_[term->name.text] = {page, term->name.span.begin};
    }
  }

  // One phase, or, of more acts than a picture holds, sections next to each other as far as they fit.
  void Part(source::FileId page, const std::vector<std::uint32_t>& acts) {
    const std::string_view text = source_.sources.file(page).text;
    const auto size = static_cast<std::uint32_t>(text.size());
    const std::size_t head = FindHeading(text, "# ", 0);
    const std::string title = head == std::string_view::npos ? std::string() : HeadingAt(text, head);
    if (acts.size() <= kMostActs) return phases_.push_back({title, page, 0, size});
    const auto inside = [&](std::uint32_t begin, std::uint32_t end) {
      return static_cast<std::size_t>(
          std::count_if(acts.begin(), acts.end(), [&](std::uint32_t at) { return at >= begin && at < end; }));
    };
    std::vector<std::uint32_t> starts{0};
    for (std::size_t at = FindHeading(text, "## ", 0); at != std::string_view::npos;
         at = FindHeading(text, "## ", at + 1))
      starts.push_back(static_cast<std::uint32_t>(at));
    Phase phase{.title = {}, .page = page, .begin = 0, .end = 0};
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const std::uint32_t end = i + 1 < starts.size() ? starts[i + 1] : size;
      const std::size_t here = inside(starts[i], end);
      if (here > 0 && inside(phase.begin, starts[i]) > 0 && inside(phase.begin, end) > kMostActs) {
        phases_.push_back(phase);
        phase = {.title = {}, .page = page, .begin = starts[i], .end = end};
      }
      phase.end = end;
      if (here > 0 && starts[i] > 0) {
        phase.title += phase.title.empty() ? "" : "; ";
        phase.title += WithoutArticles(HeadingAt(text, starts[i]));
      }
    }
    if (phase.title.empty()) phase.title = title;
    phases_.push_back(phase);
  }

  std::size_t Of(const Places& places, std::string_view name) const {
    const auto found = places.find(std::string(name));
    if (found == places.end()) return kNoPhase;
    for (std::size_t i = 0; i < phases_.size(); ++i) {
      const Phase& phase = phases_[i];
      if (phase.page == found->second.page && phase.begin <= found->second.at && found->second.at < phase.end)
        return i;
    }
    return kNoPhase;
  }

  const DrawingSource& source_;
  std::vector<Phase> phases_;
  Places acts_, rules_, terms_;
};

// ------------------------------------------------------------------------------------------------- links

// What is drawn: an act, a time, or what follows.  One is made for each thing of the program, and each
// picture takes of them what it needs.
struct Node {
  enum class Kind : std::uint8_t { kAct, kTime, kEffect };
  Kind kind = Kind::kAct;
  ActId act;
  std::vector<std::string> lines, small;
};

struct Link {
  std::size_t from = 0, to = 0;  // nodes
  ArrowKind kind = ArrowKind::kAlways;
  std::size_t phase = kNoPhase;
};

class Maker {
 public:
  explicit Maker(const DrawingSource& source)
      : source_(source),
        p_(source.plan.program()),
        words_(DrawingWords(source.language)),
        phases_(source),
        term_nodes_(p_.terms.size(), kNoPhase),
        dead_(p_.acts.size(), false) {
    for (const prove::Proof& proof : source.proofs) {
      if (proof.question.kind != prove::Question::Kind::kCanHappen) continue;
      if (proof.result == prove::Result::kRefuted) never_done_.insert(proof.question.name);
    }
    for (std::size_t act = 0; act < p_.acts.size(); ++act) {
      const ActId id(act);
      nodes_.push_back({.kind = Node::Kind::kAct, .act = id, .lines = {Title(id)}, .small = {}});
      dead_[act] = never_done_.count(std::string(program::NameOf(p_, id))) > 0;
    }
    for (const SentenceDef& sentence : p_.sentences) AddSentence(sentence);
    for (const prove::Mention& mention : source.mentions) AddMention(mention);
    for (std::size_t act = 0; act < p_.acts.size(); ++act) AddSignals(ActId(act));
    for (std::size_t term = 0; term < p_.terms.size(); ++term) {
      // A time that nobody waits for and no duty has, still runs.
      if (term_nodes_[term] == kNoPhase && p_.terms[term].name)
        TimeNode(TermId(term), phases_.OfTerm(p_.string(p_.terms[term].name)));
    }
  }

  std::vector<Drawing> Make() {
    std::vector<Drawing> all;
    if (phases_.all().empty()) return all;
    const bool one = phases_.all().size() == 1;
    all.push_back(one ? OfPhase(0, "overview") : Overview());
    for (std::size_t i = 0; !one && i < phases_.all().size(); ++i)
      all.push_back(OfPhase(i, fmt::format("phase-{}", i + 1)));
    for (const prove::Proof& proof : source_.proofs) {
      if (proof.counter && proof.question.kind != prove::Question::Kind::kCanHappen)
        all.push_back(OfStory(proof));
    }
    return all;
  }

 private:
  std::string Title(ActId act) const { return program::TitleOf(p_, act, source_.language); }
  std::string Quoted(ActId act) const { return words_.Quoted(Title(act)); }
  std::size_t PhaseOf(ActId act) const { return phases_.OfAct(program::NameOf(p_, act)); }
  std::size_t PhaseOf(RuleId rule) const { return phases_.OfRule(program::NameOf(p_, rule)); }
  bool IsAct(ActId act) const { return p_.acts[act.index()].kind == program::ActDef::Kind::kAct; }
  bool IsRemedy(ActId act, ActId on) const {
    return p_.acts[act.index()].side == program::Side::kParty && program::IsAdverse(p_, on);
  }

  std::size_t AddNode(Node node) {
    nodes_.push_back(std::move(node));
    return nodes_.size() - 1;
  }
  void AddLink(std::size_t from, std::size_t to, ArrowKind kind, std::size_t phase) {
    if (phase != kNoPhase) links_.push_back({from, to, kind, phase});
  }

  // ---- times

  // The node of a time, made with what it runs from when it is first asked for.
  std::size_t TimeNode(TermId id, std::size_t phase) {
    const program::TermDef& term = p_.terms[id.index()];
    std::size_t& node = term_nodes_[id.index()];
    if (node == kNoPhase) {
      node = AddNode(
          {.kind = Node::Kind::kTime, .act = {}, .lines = {words_.Length(p_, term.length)}, .small = {}});
      if (term.start_kind == program::TermDef::Start::kLaterOf)
        nodes_[node].small.push_back(words_.later_of());
      if (term.start_kind == program::TermDef::Start::kEarlierOf)
        nodes_[node].small.push_back(words_.earlier_of());
      if (!term.stops.empty()) nodes_[node].small.push_back(words_.can_stop());
      if (!term.extensions.empty()) nodes_[node].small.push_back(words_.can_grow());
    }
    const std::size_t made = node;
    if (starts_drawn_.insert({id.index(), phase}).second) AddStarts(term, made, phase);
    return made;
  }

  void AddStarts(const program::TermDef& term, std::size_t node, std::size_t phase) {
    for (std::uint32_t i = term.starts.first; i < term.starts.end(); ++i) AddCause(p_.events[i], node, phase);
    for (std::uint32_t i = term.extensions.first; i < term.extensions.end(); ++i)
      AddLink(p_.extensions[i].act.index(), node, ArrowKind::kSometimes, phase);
  }

  // From what happens to what runs from it or follows from it.
  void AddCause(const EventDef& event, std::size_t node, std::size_t phase) {
    if (event.kind == EventDef::Kind::kAct) AddLink(event.act.index(), node, ArrowKind::kTime, phase);
    if (event.kind == EventDef::Kind::kLapse)
      AddLink(TimeNode(event.term, phase), node, ArrowKind::kWait, phase);
    if (event.kind == EventDef::Kind::kBreach)
      AddOnce(nodes_[node].small, words_.FromBreach(program::TitleOf(p_, event.rule, source_.language)));
  }

  void AddSentence(const SentenceDef& s) {
    using Kind = SentenceDef::Kind;
    const base::Day day = source_.day;
    if (day < s.from || s.until < day) return;
    const std::size_t phase = PhaseOf(s.rule);
    if (phase == kNoPhase) return;
    if (s.kind == Kind::kOn) return AddEffects(s, phase);
    if (s.kind != Kind::kMay && s.kind != Kind::kMust) return;
    if (!s.term && !s.prompt) return;
    std::size_t node = 0;
    if (s.term) {
      const std::string length = words_.Length(p_, p_.terms[s.term.index()].length);
      // Sentences of one rule that differ only in what their time runs from are one box.
      std::string key = fmt::format("{} {} {}", s.rule.index(), static_cast<int>(s.kind), length);
      for (std::uint32_t i = s.acts.first; i < s.acts.end(); ++i)
        key += fmt::format(" {}", p_.act_lists[i].index());
      const bool unnamed = static_cast<bool>(p_.terms[s.term.index()].sentence);
      const auto known = same_times_.find(key);
      if (unnamed && known != same_times_.end()) term_nodes_[s.term.index()] = known->second;
      node = TimeNode(s.term, phase);
      if (unnamed) same_times_.emplace(key, node);
      nodes_[node].lines.front() =
          s.kind == Kind::kMust ? words_.MustWithin(length) : words_.MayWithin(length);
    } else {
      node = AddNode({.kind = Node::Kind::kTime, .act = {}, .lines = {words_.promptly()}, .small = {}});
      AddCause(s.event, node, phase);
    }
    if (s.kind == Kind::kMust) AddSilence(p_.rules[s.rule.index()], node);
    for (std::uint32_t i = s.acts.first; i < s.acts.end(); ++i) {
      const ActId act = p_.act_lists[i];
      const program::ActDef& def = p_.acts[act.index()];
      bool remedy = false;
      for (std::uint32_t k = def.rests_on.first; k < def.rests_on.end(); ++k)
        remedy = remedy || IsRemedy(act, p_.act_lists[k]);
      AddLink(node, act.index(), remedy ? ArrowKind::kRemedy : ArrowKind::kTime, phase);
    }
  }

  // What comes of a duty that is not done.
  void AddSilence(const program::RuleDef& rule, std::size_t node) {
    for (std::uint32_t i = rule.breach.first; i < rule.breach.end(); ++i) {
      const EffectDef& effect = p_.effects[i];
      std::string said;
      if (effect.kind == EffectDef::Kind::kDeemed) said = words_.IsDeemed(Quoted(effect.act));
      if (effect.kind == EffectDef::Kind::kFalls) said = words_.Falls(Quoted(effect.act));
      if (effect.kind == EffectDef::Kind::kAnswers)
        said = words_.Answers(program::TitleOf(p_, effect.role, source_.language));
      if (!said.empty()) AddOnce(nodes_[node].small, words_.Otherwise(said));
    }
  }

  // ---- what follows

  std::string EffectWords(const EffectDef& effect) const {
    if (effect.kind == EffectDef::Kind::kDeemed) return words_.deemed();
    if (effect.kind == EffectDef::Kind::kFalls) return words_.falls();
    if (effect.kind == EffectDef::Kind::kStanding) return words_.Standing(effect.standing);
    return {};
  }

  void AddEffect(const EffectDef& effect, std::size_t phase, std::optional<ActId> by, const EventDef* event) {
    const std::string said = EffectWords(effect);
    if (said.empty() || !effect.act || phase == kNoPhase) return;
    // What an act says of another stands in its box: an arrow back would hide the order of acts.
    if (!by && event != nullptr && event->kind == EventDef::Kind::kAct) by = event->act;
    if (by && effect.kind == EffectDef::Kind::kStanding)
      return AddOnce(nodes_[by->index()].small, Quoted(effect.act) + words_.between() + said);
    const std::size_t node = AddNode({.kind = Node::Kind::kEffect, .act = {}, .lines = {said}, .small = {}});
    if (by) AddLink(by->index(), node, ArrowKind::kFollows, phase);
    if (!by && event != nullptr) AddCause(*event, node, phase);
    AddLink(node, effect.act.index(), ArrowKind::kFollows, phase);
  }

  void AddEffects(const SentenceDef& s, std::size_t phase) {
    for (std::uint32_t i = s.effects.first; i < s.effects.end(); ++i)
      AddEffect(p_.effects[i], phase, std::nullopt, &s.event);
  }

  void AddSignals(ActId act) {
    const auto signals = p_.acts[act.index()].signals;
    for (std::uint32_t i = signals.first; i < signals.end(); ++i)
      AddEffect(p_.effects[i], PhaseOf(act), act, nullptr);
  }

  // ---- what comes before what

  void AddMention(const prove::Mention& mention) {
    using Kind = prove::Mention::Kind;
    const std::size_t phase = mention.rule ? PhaseOf(mention.rule) : PhaseOf(mention.act);
    if (phase == kNoPhase) return;
    switch (mention.kind) {
      case Kind::kAfter: {
        ArrowKind kind = mention.always ? ArrowKind::kAlways : ArrowKind::kSometimes;
        if (!mention.rule && IsRemedy(mention.act, mention.other)) kind = ArrowKind::kRemedy;
        return AddLink(mention.other.index(), mention.act.index(), kind, phase);
      }
      case Kind::kBars:
        return AddLink(mention.other.index(), mention.act.index(), ArrowKind::kBars, phase);
      case Kind::kWait: {
        const std::size_t time = TimeNode(mention.term, phase);
        return AddLink(time, mention.act.index(), ArrowKind::kWait, phase);
      }
      case Kind::kApart: {
        const std::string length = words_.Length(p_, mention.length);
        const std::string said = mention.at_most ? words_.AtMost(length) : words_.AtLeast(length);
        if (mention.act == mention.other)
          return AddOnce(nodes_[mention.act.index()].small, words_.Ahead(said));
        const std::size_t node =
            AddNode({.kind = Node::Kind::kTime, .act = {}, .lines = {said}, .small = {}});
        AddLink(mention.other.index(), node, ArrowKind::kTime, phase);
        return AddLink(node, mention.act.index(), ArrowKind::kTime, phase);
      }
    }
  }

  // ---- pictures

  std::string DoneBy(ActId id) const {
    const program::ActDef& act = p_.acts[id.index()];
    if (act.by.empty()) return words_.by_law();
    std::vector<std::string> roles;
    for (std::uint32_t i = act.by.first; i < act.by.end(); ++i)
      roles.push_back(program::TitleOf(p_, p_.role_lists[i], source_.language));
    return words_.Or(roles) + (act.at_least > 1 ? words_.AtLeastPeople(act.at_least) : "");
  }

  Box BoxOf(const Node& node, std::size_t phase) const {
    Box box{.kind = node.kind == Node::Kind::kAct    ? Box::Kind::kAct
                    : node.kind == Node::Kind::kTime ? Box::Kind::kTime
                                                     : Box::Kind::kEffect};
    box.lines = node.lines;
    box.small = node.small;
    if (node.kind != Node::Kind::kAct) return box;
    const program::ActDef& act = p_.acts[node.act.index()];
    box.side = act.side;
    box.small.insert(box.small.begin(), DoneBy(node.act));
    const std::size_t own = PhaseOf(node.act);
    box.elsewhere = phase != kNoPhase && own != phase;
    if (box.elsewhere && own != kNoPhase) box.small.push_back(words_.InPicture(own + 1));
    box.adverse = program::IsAdverse(p_, node.act);
    box.dead = dead_[node.act.index()];
    if (box.dead) box.small.push_back(words_.dead());
    for (std::uint32_t i = act.rests_on.first; i < act.rests_on.end(); ++i)
      box.remedy = box.remedy || IsRemedy(node.act, p_.act_lists[i]);
    return box;
  }

  static int Weight(ArrowKind kind) {
    switch (kind) {
      case ArrowKind::kRemedy:
        return 3;
      case ArrowKind::kAlways:
        return 2;
      case ArrowKind::kSometimes:
        return 1;
      default:
        return 0;
    }
  }

  // Each pair of boxes once; what other arrows say already is left out.
  std::vector<Link> Thinned(std::vector<Link> links) const {
    std::vector<Link> kept;
    for (const Link& link : links) {
      const auto same = std::find_if(kept.begin(), kept.end(), [&](const Link& one) {
        return one.from == link.from && one.to == link.to &&
               (Weight(one.kind) > 0) == (Weight(link.kind) > 0);
      });
      if (same == kept.end()) {
        kept.push_back(link);
      } else if (Weight(link.kind) > Weight(same->kind)) {
        same->kind = link.kind;
      }
    }
    // By way of a time, or of acts of which each is never done without the one before.
    const auto goes = [&](const Link& link, bool by_time) {
      const auto is_step = [&](const Link& one) {
        if (by_time) return one.kind == ArrowKind::kTime || one.kind == ArrowKind::kRemedy;
        return one.kind == ArrowKind::kAlways;
      };
      std::vector<std::size_t> open{link.from};
      for (std::size_t i = 0; i < open.size(); ++i) {
        for (const Link& one : kept) {
          if (one.from != open[i] || !is_step(one) || &one == &link) continue;
          const bool direct = one.from == link.from && one.to == link.to;
          if (direct || (by_time && nodes_[one.to].kind == Node::Kind::kAct && one.to != link.to)) continue;
          if (one.to == link.to) return true;
          AddOnce(open, one.to);
        }
      }
      return false;
    };
    std::vector<Link> thin;
    for (const Link& link : kept) {
      const bool order = link.kind == ArrowKind::kAlways || link.kind == ArrowKind::kRemedy;
      if ((order || link.kind == ArrowKind::kSometimes) && goes(link, true)) continue;
      if ((link.kind == ArrowKind::kAlways || link.kind == ArrowKind::kSometimes) && goes(link, false))
        continue;
      thin.push_back(link);
    }
    return thin;
  }

  std::string Said(const Link& link, const std::vector<Link>& links) const {
    const Node& from = nodes_[link.from];
    const Node& to = nodes_[link.to];
    const std::string head = from.lines.front();
    if (from.kind != Node::Kind::kAct) {
      std::vector<std::string> causes;
      for (const Link& one : links) {
        if (one.to == link.from && nodes_[one.from].kind == Node::Kind::kAct &&
            one.kind != ArrowKind::kSometimes)
          AddOnce(causes, words_.Quoted(nodes_[one.from].lines.front()));
      }
      const std::string said = link.kind == ArrowKind::kWait ? words_.WaitsFor(head) : head;
      return words_.After(words_.Or(causes), said,
                          to.kind == Node::Kind::kAct ? words_.Quoted(to.lines.front()) : std::string(),
                          from.small);
    }
    const std::string a = words_.Quoted(head), b = words_.Quoted(to.lines.front());
    switch (link.kind) {
      case ArrowKind::kAlways:
        return words_.NeverWithout(a, b);
      case ArrowKind::kSometimes:
        return words_.Sometimes(a, to.kind == Node::Kind::kAct ? b : words_.TheTime(to.lines.front()));
      case ArrowKind::kRemedy:
        return words_.Remedy(DoneBy(to.act), a, b);
      case ArrowKind::kBars:
        return words_.Bars(a, b);
      default:
        return {};
    }
  }

  // The acts named, with all else that the links between them touch.
  Drawing Draw(const std::vector<std::size_t>& acts, const std::vector<Link>& given,
               std::size_t phase) const {
    const std::vector<Link> links = Thinned(given);
    Drawing drawing;
    std::vector<std::size_t> shown;
    const auto touched = [&](std::size_t node) {
      return std::any_of(links.begin(), links.end(),
                         [&](const Link& link) { return link.from == node || link.to == node; });
    };
    std::vector<std::size_t> alone;
    for (const std::size_t act : acts) (touched(act) ? shown : alone).push_back(act);
    for (const Link& link : links) {
      AddOnce(shown, link.from);
      AddOnce(shown, link.to);
    }
    const std::size_t ordered = shown.size();
    for (const std::size_t act : alone) shown.push_back(act);
    for (const std::size_t node : shown) drawing.boxes.push_back(BoxOf(nodes_[node], phase));
    const auto place = [&](std::size_t node) {
      return static_cast<std::size_t>(std::find(shown.begin(), shown.end(), node) - shown.begin());
    };
    for (const Link& link : links) {
      drawing.arrows.push_back({place(link.from), place(link.to), link.kind});
      const std::string said = Said(link, links);
      if (!said.empty()) AddOnce(drawing.words, said);
    }
    for (const std::size_t node : shown) {
      const Node& act = nodes_[node];
      if (act.kind != Node::Kind::kAct) continue;
      for (const std::string& said : act.small)
        drawing.words.push_back(words_.After("", words_.Quoted(act.lines.front()), said, {}));
    }
    for (std::size_t i = ordered; i + kOnOneRow < shown.size(); ++i)
      drawing.arrows.push_back({i, i + kOnOneRow, ArrowKind::kHidden});
    for (const std::size_t act : alone) drawing.alone.push_back(words_.Quoted(nodes_[act].lines.front()));
    return drawing;
  }

  Drawing OfPhase(std::size_t phase, std::string name) const {
    std::vector<std::size_t> acts;
    for (std::size_t act = 0; act < p_.acts.size(); ++act) {
      if (IsAct(ActId(act)) && PhaseOf(ActId(act)) == phase) acts.push_back(act);
    }
    std::vector<Link> links;
    for (const Link& link : links_) {
      if (link.phase == phase) links.push_back(link);
    }
    Drawing drawing = Draw(acts, links, phases_.all().size() == 1 ? kNoPhase : phase);
    drawing.title = phases_.all()[phase].title;
    drawing.about = words_.about_phase();
    drawing.name = std::move(name);
    return drawing;
  }

  // What is done against a party, what that is never done without, what the party can do, and what may be
  // asked for.
  std::vector<std::size_t> Backbone() const {
    std::vector<std::size_t> acts;
    for (std::size_t act = 0; act < p_.acts.size(); ++act) {
      if (IsAct(ActId(act)) && PhaseOf(ActId(act)) != kNoPhase && program::IsAdverse(p_, ActId(act)))
        acts.push_back(act);
    }
    for (std::size_t i = 0; i < acts.size() && acts.size() < kMostInOverview; ++i) {
      for (const Link& link : links_) {
        if (link.to == acts[i] && link.kind == ArrowKind::kAlways) AddOnce(acts, link.from);
      }
    }
    const std::size_t spine = acts.size();
    for (const Link& link : links_) {
      if (acts.size() >= kMostInOverview) break;
      const bool on_spine = std::find(acts.begin(), acts.begin() + static_cast<std::ptrdiff_t>(spine),
                                      link.from) != acts.begin() + static_cast<std::ptrdiff_t>(spine);
      if (on_spine && nodes_[link.to].kind == Node::Kind::kAct &&
          p_.acts[link.to].side == program::Side::kParty)
        AddOnce(acts, link.to);
    }
    for (const Link& link : links_) {
      if (acts.size() >= kMostInOverview) break;
      const bool asked = link.kind == ArrowKind::kSometimes && nodes_[link.from].kind == Node::Kind::kAct &&
                         nodes_[link.to].kind == Node::Kind::kAct;
      if (asked && PhaseOf(ActId(link.from)) != kNoPhase && program::IsAdverse(p_, ActId(link.to)))
        AddOnce(acts, link.from);
    }
    std::sort(acts.begin(), acts.end());
    return acts;
  }

  Drawing Overview() const {
    const std::vector<std::size_t> acts = Backbone();
    const auto has = [&](std::size_t node) {
      return std::find(acts.begin(), acts.end(), node) != acts.end();
    };
    // A time is shown between two acts that are.
    std::vector<Link> links;
    for (const Link& link : links_) {
      const bool from_act = nodes_[link.from].kind == Node::Kind::kAct;
      const bool to_act = nodes_[link.to].kind == Node::Kind::kAct;
      if ((from_act && !has(link.from)) || (to_act && !has(link.to))) continue;
      if (link.kind == ArrowKind::kBars || nodes_[link.from].kind == Node::Kind::kEffect ||
          nodes_[link.to].kind == Node::Kind::kEffect)
        continue;
      links.push_back(link);
    }
    for (bool more = true; more;) {
      const std::vector<Link> before = links;
      links.clear();
      for (const Link& link : before) {
        const auto leads = [&](std::size_t node, bool on) {
          return std::any_of(before.begin(), before.end(), [&](const Link& one) {
            return (on ? one.from : one.to) == node && one.kind != ArrowKind::kSometimes;
          });
        };
        const bool from_kept = nodes_[link.from].kind == Node::Kind::kAct || leads(link.from, false);
        const bool to_kept = nodes_[link.to].kind == Node::Kind::kAct || leads(link.to, true);
        if (from_kept && to_kept) links.push_back(link);
      }
      more = links.size() < before.size();
    }
    Drawing drawing = Draw(acts, links, kNoPhase);
    drawing.name = "overview";
    drawing.title = program::TitleOf(p_, p_.titles_of_pack, source_.language, p_.string(p_.path));
    drawing.about = words_.about_overview();
    return drawing;
  }

  Drawing OfStory(const prove::Proof& proof) const {
    Drawing drawing;
    drawing.name = "counter-" + proof.question.name;
    drawing.title = words_.CounterTitle(proof.question.name);
    drawing.about = words_.about_counter();
    std::set<std::size_t> done;
    for (const model::Entry& entry : proof.counter->batch.entries) {
      if (!IsAct(entry.act)) continue;
      Box box = BoxOf(nodes_[entry.act.index()], kNoPhase);
      box.step = fmt::format("{}", drawing.boxes.size() + 1);
      box.small.push_back(base::PrintDay(entry.day));
      drawing.words.push_back(
          fmt::format("{}. {}: {}", box.step, base::PrintDay(entry.day), box.lines.front()));
      drawing.boxes.push_back(std::move(box));
      if (drawing.boxes.size() > 1)
        drawing.arrows.push_back({drawing.boxes.size() - 2, drawing.boxes.size() - 1, ArrowKind::kStory});
      done.insert(entry.act.index());
    }
    if (drawing.boxes.empty()) return drawing;
    const std::size_t last = drawing.boxes.size() - 1;
    for (const program::GuaranteeDef& guarantee : p_.guarantees) {
      if (p_.string(guarantee.name) != proof.question.name) continue;
      for (const ActId act : prove::ActsAskedFor(p_, guarantee.condition)) {
        if (done.count(act.index()) > 0) continue;
        Box box = BoxOf(nodes_[act.index()], kNoPhase);
        box.kind = Box::Kind::kNotDone;
        box.small.push_back(words_.not_done());
        drawing.words.push_back(fmt::format("{}: {}", words_.not_done(), box.lines.front()));
        drawing.boxes.push_back(std::move(box));
        drawing.arrows.push_back({drawing.boxes.size() - 1, last, ArrowKind::kSometimes});
      }
    }
    return drawing;
  }

  const DrawingSource& source_;
  const Program& p_;
  const PictureWords& words_;
  Phases phases_;
  std::vector<Node> nodes_;  // acts first, by their ids
  std::vector<Link> links_;
  std::vector<std::size_t> term_nodes_;
  std::map<std::string, std::size_t> same_times_;
  std::set<std::pair<std::size_t, std::size_t>> starts_drawn_;  // term, phase
  std::set<std::string> never_done_;
  std::vector<bool> dead_;
};

}  // namespace

std::vector<Drawing> MakeDrawings(const DrawingSource& source) { return Maker(source).Make(); }

}  // namespace lawbound::report
