// What the law of a jurisdiction says of powers themselves: the kinds there are, which rank of instrument may
// create which, up to how much, what may be delegated, and by which words a text shows that it creates one.
// All of it is data (packs/prc/powers, format: docs/formats/powers.md), each line with the provision that
// says so; nothing here names a kind.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "law/provision.h"

namespace lawbound::registry {

struct LegalBasis {
  std::string instrument;  // plain name
  std::string path;        // "art_10/para_2"
};

enum class Creation : std::uint8_t {
  kUnknown,  // the data say nothing of this rank and kind
  kMay,
  kMayIf,  // under a condition that a reader must look at
  kMayNot,
};

struct CreationRule {
  Creation creation = Creation::kUnknown;
  LegalBasis basis;
  std::string condition;  // of kMayIf, in our words
};

struct Ceiling {
  std::optional<std::int64_t> amount;  // nothing: somebody else sets it
  LegalBasis basis;
  std::string reading;  // how the amount is known
};

struct DelegationRule {
  bool may = false;
  bool needs_term = false, needs_publication = false;
  LegalBasis basis;
};

// A law that ends of itself so many years after it commenced.
struct LimitRule {
  int years = 0;
  LegalBasis basis;
};

struct PowerLaw {
  std::map<std::string, std::string, std::less<>> group_of;    // kind to group
  std::map<std::string, LegalBasis, std::less<>> basis_of;     // kind to the provision that names it
  std::map<std::string, std::string, std::less<>> column_of;   // a list's column to our name of it
  std::map<std::string, std::string, std::less<>> value_of;    // a list's word to a kind or record
  std::vector<std::pair<std::string, std::string>> signs;      // words to kind, longest first
  std::vector<std::pair<std::string, std::string>> disguises;  // two words of one sentence
  std::string disguise_kind;                                   // the kind that such sentences disguise
  std::vector<std::string> refers, not_signs;
  std::vector<std::pair<std::string, std::string>> lengths;   // 个工作日 to working-days, longest first
  std::vector<std::pair<std::string, std::int64_t>> amounts;  // 万元 to 10,000, longest first

  // kNotFound without kinds; kInvalid, naming file and line, when a row is not understood.
  static base::Result<PowerLaw> Load(const std::string& folder);

  bool HasKind(std::string_view kind) const { return group_of.contains(kind); }
  CreationRule MayCreate(std::string_view rank, std::string_view kind) const;
  std::optional<Ceiling> CeilingOf(std::string_view rank, std::string_view kind) const;
  std::optional<LimitRule> LimitOf(std::string_view rank, std::string_view kind) const;
  // Nothing: the data say nothing of it.
  std::optional<DelegationRule> DelegationOf(std::string_view kind) const;

 private:
  using RankAndKind = std::pair<std::string, std::string>;
  // The row of a kind goes before that of its group.
  template <typename Rule>
  const Rule* Find(const std::map<RankAndKind, Rule>& rules, std::string_view rank,
                   std::string_view kind) const;
  bool Known(std::string_view kind_or_group) const;
  bool AddRow(std::string_view file, const std::vector<std::string>& cells);
  bool AddSign(const std::vector<std::string>& cells);

  std::map<RankAndKind, CreationRule> creations_;
  std::map<RankAndKind, Ceiling> ceilings_;
  std::map<RankAndKind, LimitRule> limits_;
  std::map<std::string, DelegationRule, std::less<>> delegations_;
};

}  // namespace lawbound::registry
