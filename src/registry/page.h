// A version of an instrument, and two versions side by side, as pages for a browser: one file each, no script
// and nothing from elsewhere, light and dark, readable on a narrow screen.  Every paragraph and item has the
// id that addresses give it, so that "page.html#art_63/para_1/item_2" leads there.  Functions without state.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/day.h"
#include "registry/compare.h"
#include "registry/jurisdiction.h"
#include "registry/registry.h"

namespace lawbound::registry {

struct PageOf {
  const Work& work;
  std::size_t version = 0;  // index into the work's versions
  std::string address;
};

// As of `day`.  `own_days`: articles that commence on a day of their own; `open_changes`: what other texts do
// to the instrument and its text here has not taken in, one line each.
std::string VersionPage(const Jurisdiction& jurisdiction, const PageOf& of, base::Day day,
                        const std::vector<UnitRow>& units, const std::map<std::string, base::Day>& own_days,
                        const std::vector<std::string>& open_changes);

// Article by article, the older on the left; what went is struck out there, what came is underlined here.
// Articles that stayed as they are stand in one line at the end.
std::string ComparisonPage(const Jurisdiction& jurisdiction, const PageOf& before, const PageOf& after,
                           const std::vector<ArticleChange>& changes);

// Who made a version, as its head says; else who made the instrument; empty: unknown.
std::string MakerOf(const Work& work, std::size_t version);

}  // namespace lawbound::registry
