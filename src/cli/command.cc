#include "cli/command.h"

#include <cstdio>
#include <fmt/format.h>
#include <string_view>

namespace lawbound::cli {

ExitCode CodeFor(base::Errc code) {
  switch (code) {
    case base::Errc::kLimit:
      return kLimitPassed;
    case base::Errc::kInvalid:
    case base::Errc::kNotFound:
    case base::Errc::kConflict:
    case base::Errc::kUnavailable:
    case base::Errc::kCorrupt:
      return kBadInput;
  }
  return kInternal;
}

ExitCode Fail(const base::Error& error) {
  fmt::print(stderr, "lawbound: {}\n", error.message);
  return CodeFor(error.code);
}

std::string Counted(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::unique_ptr<LoadedPack> LoadOrExplain(const std::string& path, const Places& places, ExitCode& code) {
  base::Result<std::unique_ptr<LoadedPack>> loaded = LoadPack(path, places);
  if (!loaded.ok()) {
    code = Fail(loaded.error());
    return nullptr;
  }
  std::unique_ptr<LoadedPack> pack = std::move(loaded).value();
  const std::string said = pack->diagnostics.Render(pack->sources);
  if (!said.empty()) fmt::print(stderr, "{}", said);
  if (pack->compiled) return pack;
  fmt::print(stderr, "lawbound: '{}' has {} to mend before it can be used\n", path,
             pack->diagnostics.errors() == 1 ? "one mistake"
                                             : fmt::format("{} mistakes", pack->diagnostics.errors()));
  code = kMistakes;
  return nullptr;
}

base::Result<const program::MappingDef*> FindMapping(const program::Program& program,
                                                     const std::string& name) {
  std::string known;
  for (const program::MappingDef& mapping : program.mappings) {
    if (program.string(mapping.name) == name) return &mapping;
    known += (known.empty() ? "" : ", ") + std::string(program.string(mapping.name));
  }
  if (program.mappings.empty()) {
    return base::Error{
        base::Errc::kInvalid,
        "the pack has no mapping, so it cannot read a log; 'lawbound log inspect LOG' drafts one"};
  }
  if (name.empty() && program.mappings.size() == 1) return &program.mappings.front();
  return base::Error{base::Errc::kInvalid,
                     name.empty() ? "the pack has several mappings; choose with --mapping: " + known
                                  : "the pack has no mapping '" + name + "'; it has: " + known};
}

base::Result<model::RuleId> FindRule(const program::Program& program, const std::string& name) {
  std::string known;
  for (std::size_t i = 0; i < program.rules.size(); ++i) {
    if (program.string(program.rules[i].name) == name) return model::RuleId(i);
    known += (known.empty() ? "" : ", ") + std::string(program.string(program.rules[i].name));
  }
  return base::Error{base::Errc::kInvalid, "the pack has no rule '" + name + "'; it has: " + known};
}

base::Result<std::optional<base::Day>> OptionalDay(const std::string& option, const std::string& text) {
  if (text.empty()) return std::optional<base::Day>();
  const std::optional<base::Day> day = base::ParseDay(text);
  if (day) return day;
  return base::Error{base::Errc::kInvalid, option + " '" + text + "' is not a date; write it as 2012-12-31"};
}

}  // namespace lawbound::cli
