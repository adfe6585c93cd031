// What is asked of every pack, whether or not it promises anything (docs/proof.md, Always asked).
//
// Each question is about one thing of the pack: a sentence, an act, a time.  It is answered like a guarantee:
// it holds in every matter within the bounds; it does not, with a matter that the engine has replayed where
// days matter; or it is not decided.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "prove/prove.h"

namespace lawbound::prove {

enum class Check : std::uint8_t {
  kRuleApplies,  // `sentence` applies to something in some matter
  kNoGap,        // between the versions of `sentence` no stretch of days is without one
  kRemedy,       // against `act` the party can turn to another office
  kRemedyTold,   // `act` tells the remedy
  kServedFirst,  // the time `term` of a remedy against `act` is not over before `act` has reached the party
  kRemedyLeft,   // after `other`, while the time `term` runs, the remedy against `act` can be used
  kOtherJudge,   // nobody who did `act` does `other`, which judges it
  kCloses,       // wherever a matter has come to, it can still come to be closed
  kNotBlocked,  // the same by acts of authorities, by law and by waiting alone, whatever parties leave undone
  kTermGoesOn,  // when `term` is stopped, it can still go on
  kNoBind,      // where the duties of `sentence` and `second` are open at once, both can be met
  kAnswered,    // what the party asks by `act` is answered, or a duty to is missed, or a remedy is open
};

// "the remedy is not over before its act has reached the party", and the like.
std::string_view CheckWords(Check check);

// All in the ids of Prover::program().
struct Standing {
  Check check = Check::kRuleApplies;
  model::ActId act, other;
  model::TermId term;
  model::SentenceId sentence, second;
  base::Day from, until;  // kNoGap, refuted: the days without a version
  Result result = Result::kNotDecided;
  Doubt doubt = Doubt::kNone;
  std::optional<Story> counter;
  std::size_t states = 0;  // none: seen in the tables, or in an example
};

// Of all that is asked of every pack; takes at most a sixth of the seconds of one question.
std::vector<Standing> ProveStanding(const Prover& prover);

}  // namespace lawbound::prove
