// Two texts side by side, article by article and within an article character by character; and what an
// article said over time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "registry/registry.h"

namespace lawbound::registry {

enum class Change : std::uint8_t { kSame, kChanged, kAdded, kRemoved };
std::string_view ChangeWords(Change change);

// A run of a text that both have, or only one.
struct Run {
  Change change = Change::kSame;  // never kChanged
  std::string text;
};

// The shortest script of characters that turns one text into the other.  Texts that differ too much to be
// compared so (more than `kMostEdits` edits) come as one removed and one added run.
std::vector<Run> CompareWords(std::string_view before, std::string_view after);
inline constexpr std::size_t kMostEdits = 2000;

struct ArticleChange {
  Change change = Change::kSame;
  std::string path_before, path_after;  // empty on the side that has none
  std::vector<Run> runs;                // of what is not the same
};

// The articles of two versions of texts.  An article goes with the one whose words it shares most of, in the
// order of the texts: an article that only moved is the same article with another number.
std::vector<ArticleChange> CompareArticles(const std::vector<UnitRow>& before,
                                           const std::vector<UnitRow>& after);

// What an article, by its number, said: one entry for each version that has another text than the one before.
struct TimelineEntry {
  std::size_t version = 0;  // index into the work's versions
  bool there = false;       // the version has such an article
  std::string text;
};
base::Result<std::vector<TimelineEntry>> Timeline(Registry& registry, const Work& work,
                                                  const law::Path& path);

}  // namespace lawbound::registry
