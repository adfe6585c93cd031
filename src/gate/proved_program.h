// A program that has been proved, and by what: all that a gate may act on (docs/safeguards.md S4).
//
//   ASSIGN_OR_RETURN(const ProvedProgram proved, ProvedProgram::Prove(program, calendars, options, tool));
//   WriteFile(path, proved.Seal(key));                                     // `lawbound prove --seal`
//   ASSIGN_OR_RETURN(ProvedProgram later, ProvedProgram::Load(program, bytes, trusted));
//
// The floor is the whole of what must be so:
//   1. the program is above the floor of tables (program/floor.h): each adverse act comes with its eight
//   guards;
//   2. it makes at least one promise, and every promise was proved and speaks of something that happens;
//   3. that was asked with each kind of act done at least kLeastRepeats times in a matter.
// What lacks any of it loads for audit alone.  There is no other way to make a ProvedProgram: Prove asks the
// prover, Load believes only the signature of a key that the reader names.  Nobody can waive any of it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "calendar/calendar.h"
#include "program/floor.h"
#include "program/program.h"
#include "prove/prove.h"
#include "tlog/note.h"

namespace lawbound::gate {

inline constexpr std::uint32_t kLeastRepeats = 2;

// What the prover answered.
struct Answer {
  std::string name;        // of the guarantee
  std::string result;      // "proved", "refuted", "not-decided", "vacuous"
  std::size_t states = 0;  // explored
  bool operator==(const Answer&) const = default;
};

// What a seal says; docs/formats/proved-program.md is its grammar.
struct ProofRecord {
  std::string pack;     // "doc/example"
  std::string program;  // SHA-256 of program::Encode, 64 hexadecimal digits
  std::string tool;     // "lawbound 0.1.0"
  base::Day law_of;
  std::size_t states = 0;  // limits
  std::uint32_t seconds = 0;
  std::uint32_t repeats = 0;
  std::vector<Answer> answers;  // in the order of the program's guarantees
  bool operator==(const ProofRecord&) const = default;
};
std::string PrintProofRecord(const ProofRecord& record);
// kInvalid for every text that PrintProofRecord does not write.
base::Result<ProofRecord> ParseProofRecord(std::string_view text);

// SHA-256 of program::Encode in hexadecimal, as a record names its program.
std::string HashOf(const program::Program& program);
// A record signed; REQUIRES: a key of kind kLog.
std::string SealRecord(const ProofRecord& record, const tlog::SigningKey& key);

class ProvedProgram {
 public:
  // Asks every guarantee of the program, until one is not proved.  kInvalid: below the floor, with the first
  // reason; kLimit, kNotFound as the prover says.
  static base::Result<ProvedProgram> Prove(program::Program program, const calendar::Calendars& calendars,
                                           const prove::Options& options, std::string_view tool);
  // Of a seal made before.  kInvalid: malformed, of another program, not signed by a key of `trusted`, or
  // below the floor; kCorrupt: changed since it was signed.
  static base::Result<ProvedProgram> Load(program::Program program, std::string_view seal,
                                          std::span<const tlog::VerifierKey> trusted);
  // A signed note.  REQUIRES: a key of kind kLog.
  std::string Seal(const tlog::SigningKey& key) const;

  const program::Program& program() const { return program_; }
  const ProofRecord& record() const { return record_; }

 private:
  ProvedProgram(program::Program program, ProofRecord record)
      : program_(std::move(program)), record_(std::move(record)) {}
  static base::Result<ProvedProgram> AboveFloor(program::Program program, ProofRecord record);

  program::Program program_;
  ProofRecord record_;
};

}  // namespace lawbound::gate
