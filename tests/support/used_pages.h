// The pages of packs that other packs use, for tests: below packs/ and, one page each, below tests/.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "check/use.h"
#include "source/source.h"

namespace lawbound::support {

// Borrows `sources`.
inline check::ReadPages PagesBelow(source::Sources& sources) {
  return [&sources](std::string_view path) -> std::optional<std::vector<source::FileId>> {
    namespace fs = std::filesystem;
    std::vector<fs::path> pages;
    const fs::path folder = fs::path(LAWBOUND_ROOT) / "packs" / path;
    const fs::path page = fs::path(LAWBOUND_ROOT) / "tests" / (std::string(path) + ".md");
    if (fs::is_regular_file(page)) pages.push_back(page);
    if (fs::is_directory(folder)) {
      for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".md") pages.push_back(entry.path());
      }
    }
    if (pages.empty()) return std::nullopt;
    std::sort(pages.begin(), pages.end());
    std::vector<source::FileId> files;
    for (const fs::path& one : pages) {
      std::ifstream in(one, std::ios::binary);
      files.push_back(sources.Add(one.string(), {std::istreambuf_iterator<char>(in), {}}));
    }
    return files;
  };
}

}  // namespace lawbound::support
