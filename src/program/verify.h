// The invariants of the compiled form, as named checks.  Run by both makers of programs, check::Lower and
// program::Decode; whoever holds a Program that passed may lean on every sentence of Checks().
//
// Several of them keep promises to people, not to the engine (docs/safeguards.md): "direction", "fields of
// persons", "qualities", "mappings".  They are here so that bytes made by something else than our compiler
// are held to them too.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "calendar/period.h"
#include "program/program.h"

namespace lawbound::program {

struct NamedCheck {
  std::string_view name;  // "direction"
  std::string_view says;  // what holds of every valid program, in one sentence
  base::Status (*run)(const Program&);
};

// In the order they run: a check leans on those before it.
std::span<const NamedCheck> Checks();

// kCorrupt, at the first check that fails: "check 'direction': sentence 3 of rule 'pay-in-time': ...".  Time
// and memory are linear in the size of the tables and at most kMaxListed steps.
base::Status Verify(const Program& program);

inline constexpr std::size_t kMaxRows = 1'000'000;       // of one table
inline constexpr std::size_t kMaxTextBytes = 64u << 20;  // of all strings together
inline constexpr std::size_t kMaxListed = 16'000'000;    // rows named by all ranges together
inline constexpr std::size_t kMaxWork = 10'000;          // operations of one evaluation, facts included
inline constexpr std::size_t kMaxFactDepth = 100;        // facts that ask one another
inline constexpr std::size_t kMaxQuantifierDepth = 2;    // 'some' and 'every' within one another
// A thousand times over, each day.
inline constexpr std::int64_t kMaxPercent = 10'000'000;
inline constexpr std::uint8_t kMaxCurrencyDecimals = 6;
inline constexpr std::uint32_t kMaxChoices = 63;  // of one field: they are the bits of a mask

// The longest length that may be written in a unit; some three centuries.  Hours: none may be written yet.
constexpr std::int32_t LongestLength(calendar::Unit unit) {
  switch (unit) {
    case calendar::Unit::kDays:
    case calendar::Unit::kWorkingDays:
      return 100'000;
    case calendar::Unit::kHours:
      return 10'000;
    case calendar::Unit::kMonths:
      return 3'600;
    case calendar::Unit::kYears:
      return 300;
  }
  return -1;
}

// Whether a role of persons, or of anyone, may have a field of this name: a closed list (docs/language.md
// 6a).
bool IsPersonField(std::string_view name);

// The side of an act or a sentence that binds or serves these roles: the party's as soon as a person or
// anyone is among them, else the authority's; the law's when there are none.
Side SideOf(const Program& program, Range<RoleId> roles);

}  // namespace lawbound::program
