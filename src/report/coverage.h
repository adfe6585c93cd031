// What of a statute a pack carries: row by row of an index of its articles, limits or effects, whether a
// rule, an example or a guarantee of the pack speaks of it, or a reason is given why none does.
//
//   index     a .tsv whose heading names the columns statute, article and, if it has one, paragraph; or the
//             tables of a .md page whose first two columns are ID and Art., of the statute in its first
//             heading
//   reasons   coverage.tsv beside the pack: index (the file's name without its ending), row (its number
//             there, or its ID), provision, reason
//
// A statute is that of the instrument one of whose titles stands in its name: "01-行政处罚法-2021" is the one
// called "行政处罚法".  A citation without a paragraph is of the whole article.  Functions without state.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "check/check.h"

namespace lawbound::report {

struct IndexFile {
  std::string name;  // "90-index-time-limits.tsv"
  std::string text;
};

struct CoverageRow {
  std::string index, row, statute;
  std::vector<std::string> provisions;  // "36(1)"
  bool rule = false, example = false, guarantee = false;
  std::string reason;  // empty: none is given

  bool covered() const { return rule || example || guarantee || !reason.empty(); }
};

struct Coverage {
  std::vector<CoverageRow> rows;       // of statutes that the pack cites
  std::vector<std::string> elsewhere;  // statutes of the indexes that it does not
};

// `reasons`: the text of coverage.tsv; empty when there is none.  kInvalid: a reason that is none of the
// four, or for a row that its index does not have, with its line; an index of no known shape.
base::Result<Coverage> FindCoverage(const check::Compiled& pack, const std::vector<IndexFile>& indexes,
                                    std::string_view reasons);

void WriteCoverage(const Coverage& coverage, std::ostream& out);

}  // namespace lawbound::report
