// A pack that is served: compiled and proved, with its gate and what is looked up in it by name.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gate/gate.h"
#include "pack/load_pack.h"
#include "program/program.h"
#include "service/value_text.h"
#include "service/views.h"
#include "tlog/note.h"

namespace lawbound::service {

class ServedPack {
 public:
  // Reads and compiles the pages at `pages`, and takes the seal of what was proved of them.  kInvalid: the
  // pack has mistakes, or no gate may act by it.
  static base::Result<std::unique_ptr<ServedPack>> Load(const std::string& pages,
                                                        const std::string& calendars, std::string_view seal,
                                                        std::span<const tlog::VerifierKey> trusted);
  ServedPack(const ServedPack&) = delete;
  ServedPack& operator=(const ServedPack&) = delete;

  const program::Program& program() const { return gate_->proved().program(); }
  const gate::Gate& gate() const { return *gate_; }
  const pack::LoadedPack& pages() const { return *loaded_; }
  std::string_view path() const { return program().string(program().path); }
  std::string Title(Language language) const;
  // How all of it is told in a language: with the titles that stand in names.tsv beside its pages.
  report::Voice VoiceIn(Language language) const;
  // As the facts of an entry spell them: of the pages, and of the program.
  const std::string& pages_hash() const { return pages_hash_; }
  const std::string& program_hash() const { return program_hash_; }

  // None for a name that the pack does not have.
  model::ActId FindAct(std::string_view name) const;
  model::RoleId FindRole(std::string_view name) const;
  const program::FieldDef* FindField(const program::ActDef& act, std::string_view name) const;
  const program::FieldDef* FindField(model::RoleId role, std::string_view name) const;
  std::optional<std::uint32_t> FindCredential(std::string_view name) const;

  std::string_view Name(model::ActId act) const { return program().string(program().acts[act.index()].name); }
  std::string ActTitle(model::ActId act, Language language) const;
  std::string RoleTitle(model::RoleId role, Language language) const;
  // The roles as which an act is done.
  std::span<const model::RoleId> Doers(const program::ActDef& act) const;
  bool IsOfficial(model::RoleId role) const;  // an official's or a body's

 private:
  ServedPack() = default;
  base::Status ReadNames();

  std::unique_ptr<pack::LoadedPack> loaded_;
  std::optional<gate::Gate> gate_;
  std::string pages_hash_, program_hash_;
  report::NameTitles names_zh_, names_en_;
  std::map<std::string, model::ActId, std::less<>> acts_;
  std::map<std::string, model::RoleId, std::less<>> roles_;
};

}  // namespace lawbound::service
