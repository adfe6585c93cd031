// A pack with parts, written out for one matter: each act, term, fact and rule that lies in the part of one
// of several stands there once for each of them.  On the checked tree; it shares nothing with
// program/unfold.h.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "check/checked_pack.h"
#include "model/history.h"

namespace lawbound::reference {

// Who takes part: of which kind, and as whom the history names them.
struct Member {
  model::RoleId role;
  model::Value name = model::kMissing;
};

// What was what, by row of the pack written out.
struct WrittenOut {
  struct Was {
    std::size_t row = 0;
    std::optional<std::size_t> member;
  };
  std::vector<Member> members;
  std::vector<Was> acts, fields, facts, terms, rules, sentences;
};

// REQUIRES: the pack and history given outlive it.
class MatterOfParts {
 public:
  // `mapping`: by which the history was read; null: it is whole.
  MatterOfParts(const check::CheckedPack& pack, const model::History& history, const check::Mapping* mapping);
  MatterOfParts(const MatterOfParts&) = delete;
  MatterOfParts& operator=(const MatterOfParts&) = delete;

  const check::CheckedPack& pack() const { return out_; }
  const model::History& history() const { return written_; }
  const WrittenOut& was() const { return was_; }

 private:
  using Meant = std::map<model::RoleId, std::size_t>;  // who of each kind is meant
  using Rows = std::map<std::pair<std::size_t, std::optional<std::size_t>>, std::size_t>;

  void FindMembers(const check::Mapping* mapping);
  void Number();
  void Write();
  void WriteHistory();
  void WriteMapping(const check::Mapping& mapping);
  void NumberTable(std::size_t size, const std::vector<model::RoleId>& parts,
                   std::vector<WrittenOut::Was>& table, Rows& rows) const;
  model::RoleId PartOfField(std::size_t row) const;
  std::optional<std::size_t> MemberNamed(model::RoleId role, model::Value name) const;
  static Meant MeantBy(const WrittenOut& was, const WrittenOut::Was& row);

  template <typename T>
  T At(const Rows& rows, model::RoleId part, T id, const Meant& meant) const;
  model::ActId To(model::ActId id, const Meant& meant) const;
  model::FieldId To(model::FieldId id, const Meant& meant) const;
  model::FactId To(model::FactId id, const Meant& meant) const;
  model::TermId To(model::TermId id, const Meant& meant) const;
  model::RuleId To(model::RuleId id, const Meant& meant) const;
  check::Expr To(check::Expr expr, const Meant& meant) const;
  std::optional<check::Expr> To(const std::optional<check::Expr>& expr, const Meant& meant) const;
  check::Event To(check::Event event, const Meant& meant) const;
  check::Length To(check::Length length, const Meant& meant) const;
  check::Effect To(check::Effect effect, const Meant& meant) const;
  check::Term To(check::Term term, const Meant& meant) const;
  check::Sentence To(check::Sentence sentence, const Meant& meant) const;
  template <typename T>
  std::vector<T> All(const std::vector<T>& list, const Meant& meant) const;

  const check::CheckedPack& pack_;
  const model::History& history_;
  check::CheckedPack out_;
  model::History written_;
  WrittenOut was_;
  Rows acts_, fields_, facts_, terms_, rules_, sentences_;
  std::vector<model::Entry> entries_;
  std::vector<model::Value> role_values_;
  std::vector<model::ActId> chosen_on_;
};

}  // namespace lawbound::reference
