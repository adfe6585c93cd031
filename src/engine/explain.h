// Why an outcome is what it is: the same fold, stopped at the moment of the decision, with every step noted.
//
// An Explanation holds ids and numbers only; report turns it into words.  It is complete: rule, sentence, the
// acts looked at, each part of its conditions with its value, and the whole life of the term behind the due
// day.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/engine.h"
#include "engine/evaluate.h"
#include "engine/matter.h"
#include "engine/plan.h"
#include "engine/record.h"
#include "model/verdict.h"

namespace lawbound::engine {

// A datum without which it cannot be told.
struct MissingDatum {
  ActId act;                 // whether, or when, this was done
  FieldId field;             // or this value
  program::TableId table{};  // or the row of this table that would hold
  bool minute = false;       // of the act: at what time of day
  bool operator==(const MissingDatum&) const = default;
};

// A term at the moment of the decision.
struct TermLife {
  TermId id;
  Phase phase = Phase::kIdle;
  Day due = kNever;               // the last day in time, if that is known
  calendar::Length length;        // of the last start
  std::vector<TermEvent> events;  // from its last start on, in order; empty when it never started
};

struct Explanation {
  Outcome outcome;
  // An expression's tree: the row of its top in `steps`; kNoRow where the pack has none.
  std::vector<Step> steps;
  std::uint32_t rule_if = kNoRow;
  std::uint32_t sentence_if = kNoRow;
  std::uint32_t condition = kNoRow;  // only if, no ... if; "so that" of a duty
  std::uint32_t unless = kNoRow;
  // The acts done before the decision; rows of Step::done and TermEvent::done point here.
  std::vector<Done> done;
  TermLife term;                // the sentence's own; without an id when it has none
  std::vector<TermLife> asked;  // those that a condition asks for, each once
  // Of a broken rule about an act: the first day after it on which, with only time passing, the rule would
  // not have stood in the way; kNever when no day of the next year would do, or time has no say in it.
  Day opens = kNever;
  std::vector<MissingDatum> missing;  // for what cannot be told, each once
  // Of a pack with parts: the matter unfolded, in whose ids all of this is.  Null: in those of the plan
  // given.
  std::shared_ptr<const Matter> matter;
};

// REQUIRES: `outcome` is one of those that folding `history` with `plan` gives.
Explanation Explain(const Plan& plan, const History& history, const Outcome& outcome);

// Every term that ever started in a matter, as it is at the beginning of a day; `done` is what its events
// point to.
struct TermLives {
  std::vector<TermLife> terms;
  std::vector<Done> done;
};
// REQUIRES: plan and history are a Matter's.
TermLives TermsOn(const Plan& plan, const History& history, Day day);

// What could be done on a day in a matter, and when the rest could be: the answer for each act of the
// program, tried with only time passing.  Fields are taken as given, people as fit: the question is time,
// order and conditions.
struct Possibility {
  ActId act;
  Answer answer = Answer::kLawful;  // on the day asked about
  std::vector<Outcome> grounds;     // what stands in the way that day
  Day from =
      kNever;  // the first day, from the day asked about on, on which it is lawful; kNever: none in reach
  // An act that is lawful on the day asked about and, once done, lets this one be done earlier than `from`:
  // on that day itself, or some days later.
  struct Opener {
    ActId act;
    Day from;
  };
  std::vector<Opener> openers;
};
// Of a pack with parts they are in the ids of a Matter with named titles, as its report makes it too.
// Looks `reach` days ahead.  Acts by law are left out.
std::vector<Possibility> WhatNext(const Plan& plan, const History& history, Day day,
                                  std::int32_t reach = 800);

}  // namespace lawbound::engine
