#include "service/served_pack.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/file.h"
#include "program/codec.h"
#include "program/names.h"
#include "report/values.h"
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
                                                     std::span<const tlog::VerifierKey> trusted) {
  std::unique_ptr<ServedPack> out(new ServedPack());
  ASSIGN_OR_RETURN(out->loaded_, pack::LoadPack(pages, {.calendars = calendars}));
  if (!out->loaded_->compiled) {
    return Error{Errc::kInvalid,
                 fmt::format("the pack '{}' has mistakes; 'lawbound check' lists them", pages)};
  }
  auto proved = gate::ProvedProgram::Load(out->loaded_->compiled->program, seal, trusted);
  if (!proved.ok()) return std::move(proved).error().With(fmt::format("the pack '{}'", pages));
  ASSIGN_OR_RETURN(gate::Gate made, gate::Gate::Make(std::move(proved).value(), out->loaded_->calendars));
  out->gate_ = std::move(made);
  out->pages_hash_ = HashOfPages(*out->loaded_);
  RETURN_IF_ERROR(out->ReadNames());
  out->program_hash_ = tlog::PrintHash(tlog::Sha256(program::Encode(out->program())));
  const program::Program& program = out->program();
  for (std::size_t i = 0; i < program.acts.size(); ++i)
    out->acts_.emplace(program.string(program.acts[i].name), ActId(i));
  for (std::size_t i = 0; i < program.roles.size(); ++i)
    out->roles_.emplace(program.string(program.roles[i].name), RoleId(i));
  return out;
}

// `name, English, Chinese` on each line of names.tsv, beside the pages of the pack and of those that it uses;
// what the pack itself says goes before.
base::Status ServedPack::ReadNames() {
  std::vector<std::string> folders;
  for (std::size_t i = 0; i < loaded_->sources.count(); ++i) {
    const std::string page(loaded_->sources.file(source::FileId(i)).name);
    const std::size_t slash = page.rfind('/');
    std::string folder = slash == std::string::npos ? "." : page.substr(0, slash);
    if (std::ranges::find(folders, folder) == folders.end()) folders.push_back(std::move(folder));
  }
  for (const std::string& folder : folders) {
    const std::string path = folder + "/names.tsv";
    const base::Result<std::string> read = base::ReadFile(path);
    if (!read.ok() && read.error().code == Errc::kNotFound) continue;
    if (!read.ok()) return read.error();
    std::string_view text = read.value();
    for (int number = 1; !text.empty(); ++number) {
      const std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      if (line.empty() || line.front() == '#') continue;
      const std::size_t first = line.find('\t');
      const std::size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
      if (second == std::string_view::npos)
        return Error{Errc::kInvalid,
                     fmt::format("{}:{}: a line has a name, English and Chinese", path, number)};
      const std::string name(line.substr(0, first));
      names_en_.emplace(name, line.substr(first + 1, second - first - 1));
      names_zh_.emplace(name, line.substr(second + 1));
    }
  }
  return base::Ok();
}

report::Voice ServedPack::VoiceIn(Language language) const {
  return language == Language::kZh ? report::Voice("zh", report::Tongue::kChinese, &names_zh_)
                                   : report::Voice("en", report::Tongue::kEnglish, &names_en_);
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
  return report::TitleIn(VoiceIn(language), program(), act);
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
