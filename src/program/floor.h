// The floor: what every adverse act of an authority to a party comes with, whatever a pack says
// (docs/safeguards.md S4).  A pack can add to it and cannot remove any of it; a program below the floor
// audits what others did, and no gate may act on it.
//
//   base::Result<AboveFloor> gate = AboveFloor::Make(std::move(program));   // an Error names what is missing
//
// Read off the tables alone: that in every history the party is in fact heard is for proofs to show.
// Functions without state.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "program/program.h"

namespace lawbound::program {

enum class Guard : std::uint8_t {
  kNotice,      // it rests on an act to the party, or of the party, before it
  kHearing,     // the party can do something before it
  kReasons,     // it has a required field of reasons
  kBasis,       // it cites a provision
  kTerm,        // there is a time in which it must be done
  kRemedy,      // the party can do something on it that another office decides
  kRemedyTold,  // it has a required field that tells the remedy
  kOpenRemedy,  // the time for the remedy starts with the act, or with its reported delivery, not before
};

// "the party is told before" and the like: what the guard gives.
std::string_view GuardWords(Guard guard);

struct FloorGap {
  ActId act;
  Guard guard = Guard::kNotice;

  bool operator==(const FloorGap&) const = default;
};

// Adverse: an act of an authority to a party that is not marked favourable.
bool IsAdverse(const Program& program, ActId act);

// What the party can do on an adverse act and somebody else than its author decides.
std::vector<ActId> RemediesOn(const Program& program, ActId act);

// What is missing, act by act; nothing where the program is above the floor.  REQUIRES: a verified program.
std::vector<FloorGap> FloorGaps(const Program& program);

// A program that is above the floor; there is no other way to make one.
class AboveFloor {
 public:
  // kInvalid: names the first act and what it lacks.
  static base::Result<AboveFloor> Make(Program program);

  const Program& program() const { return program_; }

 private:
  explicit AboveFloor(Program program) : program_(std::move(program)) {}

  Program program_;
};

}  // namespace lawbound::program
