// Every pack that is shipped compiles.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "calendar/calendar.h"
#include "check/check.h"
#include "check/use.h"
#include "syntax/syntax.h"

namespace lawbound::check {
namespace {

namespace fs = std::filesystem;

const fs::path kPacks = fs::path(LAWBOUND_ROOT) / "packs";

// The folders that hold a page whose block begins "pack".
std::vector<fs::path> Folders() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::recursive_directory_iterator(kPacks)) {
    if (entry.path().extension() == ".md") folders.push_back(entry.path().parent_path());
  }
  std::sort(folders.begin(), folders.end());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  return folders;
}

class ShippedPack : public testing::TestWithParam<fs::path> {};

TEST_P(ShippedPack, Compiles) {
  const base::Result<calendar::Calendars> calendars =
      calendar::Calendars::Load((kPacks / "calendars").string());
  ASSERT_TRUE(calendars.ok());
  source::Sources sources;
  source::Diagnostics diagnostics;
  const auto pages = [&sources](const fs::path& folder) {
    std::vector<source::FileId> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() != ".md") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      files.push_back(sources.Add(entry.path().string(), {std::istreambuf_iterator<char>(in), {}}));
    }
    return files;
  };
  const ReadPages used = [&](std::string_view path) -> std::optional<std::vector<source::FileId>> {
    if (!fs::is_directory(kPacks / path)) return std::nullopt;
    return pages(kPacks / path);
  };
  const syntax::Tree tree =
      JoinUsed(syntax::Parse(sources, pages(GetParam()), diagnostics), sources, used, diagnostics);
  const std::optional<Compiled> compiled =
      Compile(tree, sources, {.calendars = calendars.value().names()}, diagnostics);
  EXPECT_TRUE(compiled) << diagnostics.Render(sources);
  EXPECT_EQ(diagnostics.warnings(), 0u) << diagnostics.Render(sources);
}

INSTANTIATE_TEST_SUITE_P(Packs, ShippedPack, testing::ValuesIn(Folders()), [](const auto& folder) {
  std::string name = fs::relative(folder.param, kPacks).string();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace lawbound::check
