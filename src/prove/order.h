// What comes before what: read off the conditions of a program, and asked of the prover act by act.  For the
// drawing of a procedure (report/drawing.h).
//
// A Mention is what a rule says; that an act is *never* done without another is said only where the prover
// has shown it in every matter that can be.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "calendar/calendar.h"
#include "program/program.h"
#include "prove/prove.h"

namespace lawbound::prove {

// One sentence, or what an act rests on, asks for something else before `act` is done, or that it be not.
struct Mention {
  enum class Kind : std::uint8_t {
    kAfter,  // `other` is asked for
    kBars,   // `other` is in the way
    kWait,   // that `term` is over is asked for
    kApart,  // days between `other` and `act`: at least, or at most, `length`
  };
  Kind kind = Kind::kAfter;
  model::ActId act, other;
  model::TermId term;
  program::LengthDef length;
  bool at_most = false;
  model::RuleId rule;   // whose sentence it is; none: `act` rests on `other`
  bool always = false;  // kAfter: proved never done without it; kBars: proved never done with it
};

// Every mention, by act and then in the order of the sentences in force on options.day, each once.  Facts are
// followed into what they are computed from; what is found by a person and what is only compared are left
// out. Asks the prover of at most kMostOrders pairs; the others are not `always`.
inline constexpr std::size_t kMostOrders = 400;
base::Result<std::vector<Mention>> FindMentions(const program::Program& program,
                                                const calendar::Calendars& calendars, const Options& options);

// The acts that an expression asks for, each once: not those that it wants not to be, nor those of which it
// only compares a field.
std::vector<model::ActId> ActsAskedFor(const program::Program& program, program::CodeId code);

}  // namespace lawbound::prove
