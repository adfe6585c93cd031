// The grammar of a path:
//   path := step ("/" step)*        step := name ["_" number ["-" insert] ["~" copy]]
#include "law/provision.h"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <utility>

namespace lawbound::law {
namespace {

constexpr std::array<std::pair<std::string_view, ProvisionKind>, 11> kNames = {{
    {"part", ProvisionKind::kPart},
    {"subpart", ProvisionKind::kSubpart},
    {"chp", ProvisionKind::kChapter},
    {"sec", ProvisionKind::kSection},
    {"art", ProvisionKind::kArticle},
    {"para", ProvisionKind::kParagraph},
    {"item", ProvisionKind::kItem},
    {"point", ProvisionKind::kPoint},
    {"preamble", ProvisionKind::kPreamble},
    {"annex", ProvisionKind::kAnnex},
    {"heading", ProvisionKind::kHeading},
}};

// Takes a number from the front of `text`.
bool TakeNumber(std::string_view& text, std::uint32_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool TakeAfter(char mark, std::string_view& text, std::uint32_t& number) {
  if (text.empty() || text.front() != mark) return true;
  text.remove_prefix(1);
  return TakeNumber(text, number);
}

std::optional<Step> ParseStep(std::string_view text) {
  Step step;
  const std::size_t name_end = text.find_first_of("_-~");
  const std::string_view name = text.substr(0, name_end);
  bool known = false;
  for (const auto& [word, kind] : kNames) {
    if (word != name) continue;
    step.kind = kind;
    known = true;
  }
  text.remove_prefix(name.size());
  if (!known || !TakeAfter('_', text, step.number) || !TakeAfter('-', text, step.insert) ||
      !TakeAfter('~', text, step.copy) || !text.empty()) {
    return std::nullopt;
  }
  return step;
}

}  // namespace

std::string_view KindName(ProvisionKind kind) {
  for (const auto& [word, named] : kNames) {
    if (named == kind) return word;
  }
  return "";
}

std::string PrintPath(const Path& path) {
  std::string out;
  for (const Step& step : path) {
    if (!out.empty()) out += '/';
    out += KindName(step.kind);
    if (step.number != 0) out += fmt::format("_{}", step.number);
    if (step.insert != 0) out += fmt::format("-{}", step.insert);
    if (step.copy != 1) out += fmt::format("~{}", step.copy);
  }
  return out;
}

std::optional<Path> ParsePath(std::string_view text) {
  Path path;
  while (!text.empty()) {
    const std::size_t slash = text.find('/');
    const std::optional<Step> step = ParseStep(text.substr(0, slash));
    if (!step) return std::nullopt;
    path.push_back(*step);
    if (slash == std::string_view::npos) return path;
    text.remove_prefix(slash + 1);
    if (text.empty()) return std::nullopt;
  }
  return path;
}

}  // namespace lawbound::law
