// Packs as they lie in folders: their pages read, those of the packs that they use found, all of it compiled.
//
//   ASSIGN_OR_RETURN(const std::unique_ptr<LoadedPack> pack, LoadPack("packs/prc/base", {}));
//   if (!pack->compiled) ... pack->diagnostics ...
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "calendar/calendar.h"
#include "check/check.h"
#include "source/diagnostic.h"
#include "source/source.h"
#include "syntax/tree.h"

namespace lawbound::pack {

// Where calendars are kept: --calendars, else the nearest `calendars` folder beside or above the pack, else
// the one installed with the program.
struct Places {
  std::string calendars;
};

// A pack read, and compiled unless it has mistakes.  Owns everything a Program borrows while it is being
// reported on.
struct LoadedPack {
  std::string folder;
  source::Sources sources;
  std::vector<source::FileId> files;
  source::Diagnostics diagnostics;
  syntax::Tree tree;
  calendar::Calendars calendars;
  std::optional<check::Compiled> compiled;
};

// A page that stands in no file; `name` is what its mistakes are said of.
struct AddedPage {
  std::string name;
  std::string text;
};

// Reads every page (*.md with a ```lawbound block) of a folder, or one page, and checks it.  An Error is the
// world's: no such folder, no calendars.  The author's mistakes are in `diagnostics`.
// `more`, unless it is empty, is read as one more page of it.
base::Result<std::unique_ptr<LoadedPack>> LoadPack(const std::string& path, const Places& places,
                                                   AddedPage more = {});

// A folder that is no pack itself stands for all packs below it, in the order of their paths, those nearest
// first; whatever else is named stands for itself.
std::vector<std::string> EachPack(const std::vector<std::string>& named);

}  // namespace lawbound::pack
