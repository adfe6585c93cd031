// A program with parts, unfolded: what lies in the part of one of several (an act to a party, a fact of an
// item, a rule for each of them) is there once for each member of a matter, and nothing is said of parts any
// more.
//
// So the engine, and whatever else runs a program, knows of no parts: "it is then as many rules as there are
// members" is done here, once for each number of members.  Rows of the main part come first, in the order of
// the folded program, then those of the first member, and so on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "program/program.h"

namespace lawbound::program {

// Members of one matter, of all kinds together.
inline constexpr std::size_t kMaxMembers = 200;
// Operations of an unfolded program; "every" within "for each" asks as many questions as there are pairs.
inline constexpr std::size_t kMaxUnfoldedOps = 1'000'000;

// Of kFieldNames: none of those who take part.
inline constexpr std::uint16_t kNoMember = 0xffff;
// Of kTakesPart: what a log cannot show may have been done to this member.
inline constexpr std::uint16_t kOrUnseen = 1;

// The main part, or one more than the number of a member.
using PartNumber = std::uint8_t;
inline constexpr PartNumber kMainPart = 0;

// Where the rows of one table come from and go to.
struct Unfolding {
  struct Origin {
    std::uint32_t row = 0;  // of the folded program
    PartNumber part = kMainPart;
  };
  std::vector<Origin> origins;  // by row of the unfolded program
  std::vector<std::vector<std::uint32_t>>
      unfolded;  // by folded row: one row, or one for each member of its kind
};

struct Unfolded {
  Program program;
  std::vector<RoleId> members;       // of which kind each member is; those of one kind stand together
  std::vector<std::uint32_t> first;  // by role: the first of its members
  Unfolding acts, fields, facts, terms, rules, sentences;
  std::vector<CodeId> rule_ifs;  // by rule: its `if` without the question whether the member takes part

  // REQUIRES: a row of the folded program, and a member of its kind or, if it lies in the main part, any.
  std::uint32_t RowOf(const Unfolding& table, std::uint32_t folded, PartNumber part) const {
    const std::vector<std::uint32_t>& rows = table.unfolded[folded];
    if (rows.size() == 1 && table.origins[rows[0]].part == kMainPart) return rows[0];
    return rows[part - std::size_t{table.origins[rows[0]].part}];
  }
};

// Whether there is anything to unfold.
bool HasParts(const Program& program);

// Of which several a guarantee holds, of each: of those to whom it promises something, else of those in whose
// part its act lies.
RoleId PartOfGuarantee(const Program& program, const GuaranteeDef& guarantee);

// `counts`, by role: how many members there are of each kind; at least one of each of which there may be
// several. `names`, by member or empty: what stands behind the titles of what lies in its part. Nothing when
// there would be more than kMaxUnfoldedOps operations.  REQUIRES: at most kMaxMembers in all.
std::optional<Unfolded> Unfold(const Program& program, std::span<const std::uint32_t> counts,
                               std::span<const std::string> names = {});

}  // namespace lawbound::program
