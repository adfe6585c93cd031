// Answers.  A Tri is an answer to a question; an Outcome is what became of one application of one sentence of
// a rule; a Verdict is the answer on one act.  Small values, freely copied; words for people are made in
// report.
#pragma once

#include <cstdint>
#include <vector>

#include "base/day.h"
#include "model/history.h"
#include "model/ids.h"

namespace lawbound::model {

// Strong Kleene logic.  The order is that of "and": min is and, max is or.
enum class Tri : std::uint8_t { kNo = 0, kUnknown = 1, kYes = 2 };

constexpr Tri And(Tri a, Tri b) { return a < b ? a : b; }
constexpr Tri Or(Tri a, Tri b) { return a < b ? b : a; }
constexpr Tri Not(Tri a) { return static_cast<Tri>(2 - static_cast<int>(a)); }

// What became of one application of one sentence: a duty raised, or an act judged.
enum class Finding : std::uint8_t {
  kKept,
  kReleased,  // the duty fell away before it was missed (its "unless" held, or what started it lost
              // standing); counts as kept
  kBroken,
  kPending,     // the duty's time still runs
  kCannotTell,  // a datum is missing
};

// Why an act is not lawful, or cannot be told to be.
enum class Ground : std::uint8_t {
  kForm,                // a required field is missing
  kPower,               // done by somebody who may not, or by too few
  kMissingPredecessor,  // what it rests on, or what its time runs from, never happened
  kTooEarly,            // its time has not opened
  kLate,                // its time is over
  kCondition,           // an only-if fails, or a no-if holds
  kDuty,                // a duty was missed (findings only)
};

// Things a reader must know before leaning on an outcome.
struct Marks {
  bool by_assumption : 1 = false;  // hangs on a value that the mapping assumes
  bool same_day : 1 = false;       // another order of the entries of one moment would change it
  bool law_version : 1 = false;    // under the neighbouring version of the law it would be decided otherwise
  bool known_later : 1 = false;    // on what had been entered when it was decided it would not be found
  bool provisional : 1 = false;    // a term reaches beyond the published calendar
  bool late : 1 = false;  // kDuty, broken: the act was done after the due day (otherwise: not done at all)
  bool after_closing : 1 = false;  // the matter was closed when the act was done
  bool inferred : 1 = false;
  bool moot : 1 = false;  // the act, or what the duty arose from, was taken away since; the verdict stays

  bool operator==(const Marks&) const = default;
};

// An application of a sentence, or (sentence none) of the act's own form and power.
struct Outcome {
  SentenceId sentence;
  ActId act;  // the act judged, or the duty's first listed act
  Finding finding = Finding::kKept;
  Ground ground = Ground::kCondition;
  Marks marks;
  std::uint8_t part =
      0;        // of which member it is, from 1 in the order of the program's roles; 0: the main part
  Day arose;    // the day the act was judged or the duty arose
  Day decided;  // the day the outcome was certain: the act's day, or the due day; kPending: the due day so
                // far
  Day due;      // the duty's or permission's due day; equals `decided` where there is none
  std::int32_t margin = 0;         // days late (+); 0 where it has no meaning
  std::uint32_t entry = kNoEntry;  // the act judged, or the act that met the duty or came too late
  std::uint32_t start = kNoEntry;  // the entry that started the term

  static constexpr std::uint32_t kNoEntry = 0xffffffff;
};

enum class Answer : std::uint8_t { kLawful, kUnlawful, kCannotTell };

// The answer on one act.  `grounds` holds every outcome that is broken or cannot be told, in the order of the
// pack.
struct Verdict {
  Answer answer = Answer::kLawful;
  std::vector<Outcome> grounds;
};

}  // namespace lawbound::model
