// Lists of powers and responsibilities: what an authority says it may do, to whom, on which basis.  They are
// read from tables and checked against the law of a day.
//
// A row is a power, a delegation of one, or a credential that one needs.  A credential has a number and a
// term; whom it was given to is not read.  Format: docs/formats/powers.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "law/citation_reader.h"
#include "registry/jurisdiction.h"
#include "registry/power_law.h"
#include "registry/registry.h"
#include "registry/table.h"

namespace lawbound::registry {

struct Power {
  enum class Record : std::uint8_t { kPower, kDelegation, kCredential };
  std::size_t line = 0;
  Record record = Record::kPower;
  std::string id;
  std::string kind, holder, subject, basis, limits, term, remedy;
  std::optional<base::Day> from, to;  // to: the last day
  std::optional<std::int64_t> amount;
  std::string of;        // of a delegation or credential: the id of the power
  std::string delegate;  // of a delegation: to whom
  std::optional<base::Day> published;
};

enum class PowerFault : std::uint8_t {
  kUnread,      // a cell is not understood
  kMissing,     // a cell that every power must have is empty
  kBasis,       // the basis does not resolve, or is not in force
  kRank,        // no basis is of a rank that may create such a power
  kCondition,   // it may, under a condition that a reader must look at
  kCeiling,     // more than the rank of the basis may create
  kDelegation,  // may not be delegated, or not in this way
  kOverlap,     // two holders of one power, or the same row twice
  kGap,         // a provision of a basis sets something up that no row has
  kLapse,       // ends, or ended, by itself
};
std::string_view FaultWords(PowerFault fault);
// What makes a list wrong; the others are for a reader to look at.
bool IsMistake(PowerFault fault);

struct PowerFinding {
  PowerFault fault = PowerFault::kUnread;
  std::size_t line = 0;  // in the table; 0: of no single row
  std::string id;
  std::string words;
};

struct PowerList {
  std::vector<Power> rows;
  std::vector<PowerFinding> findings;  // of reading
};

PowerList ReadPowers(const PowerLaw& law, const Table& table);

// The words of a sentence that set something up: the kind and where, bytes of the sentence.
struct SignFound {
  std::string_view kind;
  std::size_t begin = 0, end = 0;
};
std::vector<SignFound> FindSigns(const PowerLaw& law, std::string_view sentence);
// The sentences of a text: byte ranges up to and with the mark that ends each.
std::vector<std::string_view> Sentences(const law::Grammar& grammar, std::string_view text);

// Everything there is to say of a list as of a day; lapses are those up to a year from it.
base::Result<std::vector<PowerFinding>> CheckPowers(Registry& registry, const Jurisdiction& jurisdiction,
                                                    const PowerLaw& law, const PowerList& list, base::Day day,
                                                    base::Day known);

}  // namespace lawbound::registry
