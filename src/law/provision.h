// Where a provision stands in its instrument: steps from the outside in, "art_63/para_1/item_2".
//
// Parts, chapters and sections are numbered within one another and carry the whole way
// ("part_2/chp_6/sec_7"); articles are numbered through the instrument, so that an article's path begins with
// the article.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lawbound::law {

enum class ProvisionKind : std::uint8_t {
  kPart,
  kSubpart,
  kChapter,
  kSection,
  kArticle,
  kParagraph,  // 款
  kItem,       // 项
  kPoint,      // 目
  kPreamble,   // what stands before the first article
  kAnnex,
  kHeading,  // a heading without a number of its own
};

struct Step {
  ProvisionKind kind = ProvisionKind::kArticle;
  std::uint32_t number = 0;  // 0 for what has no number
  std::uint32_t insert = 0;  // the 1 of art_17-1, an article put between 17 and 18 later
  std::uint32_t copy = 1;    // the second of two provisions with one number is art_5~2

  auto operator<=>(const Step&) const = default;
};

using Path = std::vector<Step>;

// "art", "para"...
std::string_view KindName(ProvisionKind kind);

// "art_63/para_1/item_2".
std::string PrintPath(const Path& path);
// Nothing when the text is no path.
std::optional<Path> ParsePath(std::string_view text);

}  // namespace lawbound::law
