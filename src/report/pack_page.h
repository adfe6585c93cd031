// A pack as a page for people: its prose, who does what on which provision, times, rules, remedies, promises
// and examples.  One page for each procedure, as Markdown or as HTML that needs nothing else.
//
// Functions without state.  Words are those of the pack's titles in the language asked for.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "check/check.h"
#include "program/program.h"
#include "report/drawing.h"
#include "report/latest.h"
#include "source/source.h"

namespace lawbound::report {

struct PackSource {
  const check::Compiled& compiled;
  const source::Sources& sources;
  std::vector<source::FileId> pages;  // of the pack itself, in order
  std::string language;               // of titles; empty: the first
  // For the HTML page: the overview, the phases, what is refuted.  Without any, why.
  std::vector<Picture> pictures = {};
  std::string no_pictures = {};
  // Until when each step may wait (report/latest.h), and what is said of the other acts.
  std::vector<LatestPage> latest = {};
  std::vector<std::string> latest_remarks = {};
};

void WritePackMarkdown(const PackSource& pack, std::ostream& out);
void WritePackHtml(const PackSource& pack, std::ostream& out);

}  // namespace lawbound::report
