#include "program/floor.h"

#include <algorithm>
#include <fmt/format.h>
#include <span>

#include "program/names.h"

namespace lawbound::program {
namespace {

template <typename Row, typename T>
std::span<const Row> In(const std::vector<Row>& table, Range<T> range) {
  return std::span(table).subspan(range.first, range.count);
}

bool Has(std::span<const ActId> acts, ActId act) {
  return std::find(acts.begin(), acts.end(), act) != acts.end();
}

// Looks at one adverse act.
class Floor {
 public:
  Floor(const Program& program, ActId act) : p_(program), id_(act), act_(program.acts[act.index()]) {
    std::vector<ActId> open = {act};
    while (!open.empty()) {
      const ActDef& at = p_.acts[open.back().index()];
      open.pop_back();
      for (const ActId on : In(p_.act_lists, at.rests_on)) {
        if (Has(before_, on)) continue;
        before_.push_back(on);
        open.push_back(on);
      }
    }
  }

  bool Keeps(Guard guard) const {
    switch (guard) {
      case Guard::kNotice:
        return std::ranges::any_of(before_, [&](ActId on) {
          return p_.acts[on.index()].to == act_.to || IsByParty(p_.acts[on.index()]);
        });
      case Guard::kHearing:
        return std::ranges::any_of(before_, [&](ActId on) { return IsByParty(p_.acts[on.index()]); }) ||
               std::ranges::any_of(p_.acts, [&](const ActDef& own) {
                 return IsByParty(own) && std::ranges::any_of(In(p_.act_lists, own.rests_on),
                                                              [&](ActId on) { return Has(before_, on); });
               });
      case Guard::kReasons:
        return Requires("reason");
      case Guard::kBasis:
        return !act_.under.empty();
      case Guard::kTerm:
        return std::ranges::any_of(p_.sentences, [&](const SentenceDef& s) {
          return s.kind == SentenceDef::Kind::kMust && s.term && Has(In(p_.act_lists, s.acts), id_);
        });
      case Guard::kRemedy:
        return !Remedies().empty();
      case Guard::kRemedyTold:
        return Requires("remedy");
      case Guard::kOpenRemedy:
        return std::ranges::any_of(Remedies(), [&](ActId remedy) { return IsOpen(remedy); });
    }
    return false;
  }

  // What the party can do on the act and somebody else than its author decides.
  std::vector<ActId> Remedies() const {
    std::vector<ActId> found;
    for (std::size_t i = 0; i < p_.acts.size(); ++i) {
      const ActId remedy(i);
      if (!IsByParty(p_.acts[i]) || !Has(In(p_.act_lists, p_.acts[i].rests_on), id_)) continue;
      const bool decided = std::ranges::any_of(p_.acts, [&](const ActDef& decision) {
        return decision.side == Side::kAuthority && Has(In(p_.act_lists, decision.rests_on), remedy) &&
               IsBySomebodyElse(decision);
      });
      if (decided) found.push_back(remedy);
    }
    return found;
  }

 private:
  bool IsByParty(const ActDef& act) const {
    const auto roles = In(p_.role_lists, act.by);
    return std::find(roles.begin(), roles.end(), act_.to) != roles.end();
  }

  // A required field with this word in its name, for people to read or of a few answers.
  bool Requires(std::string_view word) const {
    for (std::uint32_t row = act_.fields.first; row < act_.fields.end(); ++row) {
      const FieldDef& field = p_.fields[row];
      const bool tells = field.type == ValueType::kText || field.type == ValueType::kDocument ||
                         field.type == ValueType::kProvision || field.type == ValueType::kChoice;
      if (tells && !field.optional && p_.string(field.name).find(word) != std::string_view::npos) return true;
    }
    return false;
  }

  bool IsBySomebodyElse(const ActDef& decision) const {
    const auto own = In(p_.role_lists, act_.by);
    return std::ranges::none_of(In(p_.role_lists, decision.by), [&](RoleId role) {
      return std::find(own.begin(), own.end(), role) != own.end();
    });
  }

  // Without a time of its own the remedy is always open.
  bool IsOpen(ActId remedy) const {
    for (const SentenceDef& s : p_.sentences) {
      if (s.kind != SentenceDef::Kind::kMay || !s.term || !Has(In(p_.act_lists, s.acts), remedy)) continue;
      const auto starts = In(p_.events, p_.terms[s.term.index()].starts);
      const auto from_act = [&](const EventDef& event) {
        if (event.kind != EventDef::Kind::kAct) return false;
        const ActDef& start = p_.acts[event.act.index()];
        return event.act == id_ || (start.side == Side::kLaw && Has(In(p_.act_lists, start.rests_on), id_));
      };
      if (!std::ranges::all_of(starts, from_act)) return false;
    }
    return true;
  }

  const Program& p_;
  ActId id_;
  const ActDef& act_;
  std::vector<ActId> before_;  // what it rests on, directly or through others
};

constexpr Guard kGuards[] = {Guard::kNotice, Guard::kHearing, Guard::kReasons,    Guard::kBasis,
                             Guard::kTerm,   Guard::kRemedy,  Guard::kRemedyTold, Guard::kOpenRemedy};

}  // namespace

std::string_view GuardWords(Guard guard) {
  switch (guard) {
    case Guard::kNotice:
      return "the party is told before";
    case Guard::kHearing:
      return "the party can say something before";
    case Guard::kReasons:
      return "it gives reasons";
    case Guard::kBasis:
      return "it cites a provision";
    case Guard::kTerm:
      return "it comes within a time";
    case Guard::kRemedy:
      return "the party can turn to another office";
    case Guard::kRemedyTold:
      return "it tells the remedy";
    case Guard::kOpenRemedy:
      return "the time for the remedy starts with it or with its delivery";
  }
  return "";
}

bool IsAdverse(const Program& program, ActId act) {
  const ActDef& def = program.acts[act.index()];
  if (def.side != Side::kAuthority || !def.to || def.favourable) return false;
  const RoleKind kind = program.roles[def.to.index()].kind;
  return kind == RoleKind::kPerson || kind == RoleKind::kAnyone;
}

std::vector<ActId> RemediesOn(const Program& program, ActId act) { return Floor(program, act).Remedies(); }

std::vector<FloorGap> FloorGaps(const Program& program) {
  std::vector<FloorGap> gaps;
  for (std::size_t i = 0; i < program.acts.size(); ++i) {
    if (!IsAdverse(program, ActId(i))) continue;
    const Floor floor(program, ActId(i));
    for (const Guard guard : kGuards) {
      if (!floor.Keeps(guard)) gaps.push_back({.act = ActId(i), .guard = guard});
    }
  }
  return gaps;
}

base::Result<AboveFloor> AboveFloor::Make(Program program) {
  const std::vector<FloorGap> gaps = FloorGaps(program);
  if (gaps.empty()) return AboveFloor(std::move(program));
  return base::Error{base::Errc::kInvalid,
                     fmt::format("below the floor: of '{}' it is not so that {}",
                                 NameOf(program, gaps[0].act), GuardWords(gaps[0].guard))};
}

}  // namespace lawbound::program
