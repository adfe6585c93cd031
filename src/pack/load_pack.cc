#include "pack/load_pack.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string_view>

#include "base/file.h"
#include "check/use.h"
#include "syntax/syntax.h"

namespace lawbound::pack {

namespace {

std::string ParentOf(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return path == "." ? ".." : ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// The pack's own folder and those above it may hold `calendars`, or `packs/calendars`.
base::Result<std::string> FindCalendars(const std::string& pack, const Places& places) {
  if (!places.calendars.empty()) return places.calendars;
  std::string at = pack;
  for (int height = 0; height < 16; ++height) {
    for (const char* below : {"/calendars", "/packs/calendars"}) {
      if (base::IsFolder(at + below)) return at + below;
    }
    const std::string parent = ParentOf(at);
    if (parent == at) break;
    at = at == "." || at.ends_with("..") ? at + "/.." : parent;
  }
  const std::string installed = LAWBOUND_CALENDARS;
  if (base::IsFolder(installed)) return installed;
  return base::Error{base::Errc::kNotFound, "no folder 'calendars' beside or above '" + pack +
                                                "'; name one with --calendars FOLDER"};
}

// Pages are read whole, and their tree takes up to a hundred times their size.
constexpr std::size_t kMostPageBytes = std::size_t{4} << 20;

bool HasBlock(std::string_view text) {
  return text.starts_with("```lawbound") || text.find("\n```lawbound") != std::string_view::npos;
}

// The folder below which packs are found by their paths: the one that this pack lies in, if its path says so,
// else the one that holds the calendars.
std::string RootOf(const std::string& folder, const std::string& path, const std::string& calendars) {
  const std::string page = folder.ends_with(".md") ? folder.substr(0, folder.size() - 3) : folder;
  if (page == path) return ".";
  if (page.ends_with("/" + path)) return page.substr(0, page.size() - path.size() - 1);
  return ParentOf(calendars);
}

// The pages of a pack that another uses: a folder, or one page.
std::optional<std::vector<source::FileId>> ReadUsed(const std::string& root, std::string_view path,
                                                    LoadedPack& pack, std::size_t& bytes) {
  const std::string place = root + "/" + std::string(path);
  const std::vector<std::string> pages =
      base::IsFolder(place) ? base::FilesIn(place, ".md") : std::vector{place + ".md"};
  std::vector<source::FileId> files;
  for (const std::string& page : pages) {
    base::Result<std::string> text = base::ReadFile(page, kMostPageBytes);
    if (!text.ok()) return std::nullopt;
    bytes += text.value().size();
    if (bytes > kMostPageBytes) return std::nullopt;
    if (HasBlock(text.value())) files.push_back(pack.sources.Add(page, std::move(text).value()));
  }
  return files;
}

bool HoldsPages(const std::string& folder) {
  const std::vector<std::string> pages = base::FilesIn(folder, ".md");
  return std::any_of(pages.begin(), pages.end(), [](const std::string& page) {
    const base::Result<std::string> text = base::ReadFile(page, kMostPageBytes);
    return text.ok() && HasBlock(text.value());
  });
}

// The packs in folders below one that is none.
std::vector<std::string> FindPacksBelow(const std::string& folder) {
  constexpr std::size_t kMostFolders = 200;
  std::vector<std::string> seen{folder}, packs;
  for (std::size_t i = 0; i < seen.size() && seen.size() < kMostFolders; ++i) {
    for (const std::string& below : base::FoldersIn(seen[i]))
      (HoldsPages(below) ? packs : seen).push_back(below);
  }
  return packs;
}

// "; there are packs in folders below it: a/b a/c", or nothing.
std::string PacksBelow(const std::string& folder) {
  constexpr std::size_t kMostNamed = 3;
  const std::vector<std::string> packs = FindPacksBelow(folder);
  if (packs.empty()) return "";
  const std::size_t named = std::min(packs.size(), kMostNamed);
  return fmt::format("; there are packs in folders below it, each is named by itself: {}{}",
                     fmt::join(packs.begin(), packs.begin() + static_cast<std::ptrdiff_t>(named), " "),
                     named < packs.size() ? " ..." : "");
}

}  // namespace

base::Result<std::unique_ptr<LoadedPack>> LoadPack(const std::string& path, const Places& places,
                                                   AddedPage more) {
  auto pack = std::make_unique<LoadedPack>();
  pack->folder = path;
  while (pack->folder.size() > 1 && pack->folder.ends_with('/')) pack->folder.pop_back();
  std::vector<std::string> pages;
  if (base::IsFolder(pack->folder)) {
    pages = base::FilesIn(pack->folder, ".md");
  } else {
    pages.push_back(pack->folder);
  }
  std::size_t bytes = 0;
  for (const std::string& page : pages) {
    ASSIGN_OR_RETURN(std::string text, base::ReadFile(page, kMostPageBytes));
    bytes += text.size();
    if (bytes > kMostPageBytes) {
      return base::Error{base::Errc::kLimit,
                         fmt::format("the pages of '{}' take more than {} bytes together; "
                                     "make several packs of it",
                                     path, kMostPageBytes)};
    }
    if (HasBlock(text)) pack->files.push_back(pack->sources.Add(page, std::move(text)));
  }
  if (pack->files.empty()) {
    return base::Error{base::Errc::kNotFound,
                       "no page with a ```lawbound block in '" + path + "'" + PacksBelow(pack->folder)};
  }
  if (!more.text.empty())
    pack->files.push_back(pack->sources.Add(std::move(more.name), std::move(more.text)));
  ASSIGN_OR_RETURN(const std::string folder, FindCalendars(pack->folder, places));
  ASSIGN_OR_RETURN(pack->calendars, calendar::Calendars::Load(folder));
  pack->tree = syntax::Parse(pack->sources, pack->files, pack->diagnostics);
  const std::string root = RootOf(pack->folder, pack->tree.path.text, folder);
  const auto read = [&](std::string_view used) { return ReadUsed(root, used, *pack, bytes); };
  pack->tree = check::JoinUsed(std::move(pack->tree), pack->sources, read, pack->diagnostics);
  pack->compiled =
      check::Compile(pack->tree, pack->sources, {.calendars = pack->calendars.names()}, pack->diagnostics);
  return pack;
}

std::vector<std::string> EachPack(const std::vector<std::string>& named) {
  std::vector<std::string> packs;
  for (std::string folder : named) {
    while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    std::vector<std::string> below;
    if (base::IsFolder(folder) && !HoldsPages(folder)) below = FindPacksBelow(folder);
    if (below.empty()) below.push_back(folder);
    packs.insert(packs.end(), below.begin(), below.end());
  }
  return packs;
}

}  // namespace lawbound::pack
