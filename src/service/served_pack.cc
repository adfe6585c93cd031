#include "service/served_pack.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "program/codec.h"
#include "program/names.h"
#include "tlog/hash.h"

namespace lawbound::service {

using base::Errc;
using base::Error;
using base::Result;
using model::ActId;
using model::RoleId;
using program::ActDef;
using program::FieldDef;
using program::RoleKind;

std::string_view LanguageTag(Language language) { return language == Language::kZh ? "zh" : "en"; }

namespace {

// As the floor hashes pages (docs/formats/ledger.md): a line for each, sorted, each once.
std::string HashOfPages(const pack::LoadedPack& pack) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < pack.sources.count(); ++i) {
    std::string line;
    for (const std::uint8_t byte : tlog::Sha256(pack.sources.file(source::FileId(i)).text).bytes)
      line += fmt::format("{:02x}", byte);
    lines.push_back(line + "\n");
  }
  std::ranges::sort(lines);
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line;
  return tlog::PrintHash(tlog::Sha256(all));
}

}  // namespace

Result<std::unique_ptr<ServedPack>> ServedPack::Load(const std::string& pages, const std::string& calendars,
                                                     std::string_view seal,
                                                     std::span<const tlog::VerifierKey> trusted,
                                                     std::vector<gate::Waiver> waivers) {
  std::unique_ptr<ServedPack> out(new ServedPack());
  ASSIGN_OR_RETURN(out->loaded_, pack::LoadPack(pages, {.calendars = calendars}));
  if (!out->loaded_->compiled) {
    return Error{Errc::kInvalid,
                 fmt::format("the pack '{}' has mistakes; 'lawbound check' lists them", pages)};
  }
  auto proved =
      gate::ProvedProgram::LoadWaived(out->loaded_->compiled->program, seal, trusted, std::move(waivers));
  if (!proved.ok()) return std::move(proved).error().With(fmt::format("the pack '{}'", pages));
  ASSIGN_OR_RETURN(gate::Gate made, gate::Gate::Make(std::move(proved).value(), out->loaded_->calendars));
  out->gate_ = std::move(made);
  out->pages_hash_ = HashOfPages(*out->loaded_);
  out->program_hash_ = tlog::PrintHash(tlog::Sha256(program::Encode(out->program())));
  const program::Program& program = out->program();
  for (std::size_t i = 0; i < program.acts.size(); ++i)
    out->acts_.emplace(program.string(program.acts[i].name), ActId(i));
  for (std::size_t i = 0; i < program.roles.size(); ++i)
    out->roles_.emplace(program.string(program.roles[i].name), RoleId(i));
  return out;
}

std::string ServedPack::Title(Language language) const {
  return program::TitleOf(program(), program().titles_of_pack, LanguageTag(language), path());
}

ActId ServedPack::FindAct(std::string_view name) const {
  const auto found = acts_.find(name);
  return found == acts_.end() ? ActId() : found->second;
}

RoleId ServedPack::FindRole(std::string_view name) const {
  const auto found = roles_.find(name);
  return found == roles_.end() ? RoleId() : found->second;
}

const FieldDef* ServedPack::FindField(const ActDef& act, std::string_view name) const {
  for (std::uint32_t i = act.fields.first; i < act.fields.end(); ++i) {
    if (program().string(program().fields[i].name) == name) return &program().fields[i];
  }
  return nullptr;
}

const FieldDef* ServedPack::FindField(RoleId role, std::string_view name) const {
  const program::RoleDef& def = program().roles[role.index()];
  for (std::uint32_t i = def.fields.first; i < def.fields.end(); ++i) {
    if (program().string(program().fields[i].name) == name) return &program().fields[i];
  }
  return nullptr;
}

std::optional<std::uint32_t> ServedPack::FindCredential(std::string_view name) const {
  for (std::uint32_t i = 0; i < program().credentials.size(); ++i) {
    if (program().string(program().credentials[i]) == name) return i;
  }
  return std::nullopt;
}

std::string ServedPack::ActTitle(ActId act, Language language) const {
  return program::TitleOf(program(), act, LanguageTag(language));
}

std::string ServedPack::RoleTitle(RoleId role, Language language) const {
  return program::TitleOf(program(), role, LanguageTag(language));
}

std::span<const RoleId> ServedPack::Doers(const ActDef& act) const {
  return std::span(program().role_lists).subspan(act.by.first, act.by.count);
}

bool ServedPack::IsOfficial(RoleId role) const {
  const RoleKind kind = program().roles[role.index()].kind;
  return kind == RoleKind::kOfficial || kind == RoleKind::kBody;
}

}  // namespace lawbound::service
