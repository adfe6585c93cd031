// What of a statute a pack carries: row by row of an index of its articles, limits or effects, whether a
// rule, an example or a guarantee of the pack speaks of it, or a reason is given why none does.
//
//   index     a .tsv whose heading names the columns statute, article and, if it has one, paragraph; or the
//             tables of a .md page.  The row of a page's table is called by its first cell where the column
//             is headed ID or Step, else by table and row ("2.3"); its provisions stand in the column headed
//             Art. or Para., and are of the statute in the nearest heading that names one
//   reasons   coverage.tsv beside the pack: index (the file's name without its ending), row (its number
//             there, or what it is called), provision, and one of four reasons; or what carries it:
//             "carried NAME", which the pack declares, or "carried PATH", a table that the registry checks
//
// A statute is that of the instrument one of whose titles stands in its name: "01-行政处罚法-2021" is the one
// called "行政处罚法".  A citation without a paragraph is of the whole article.  Functions without state.
#pragma once

#include <functional>
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
  std::string section;                  // the heading over the table, below that of the statute; of a page
  std::vector<std::string> provisions;  // "36(1)"
  bool own = false;                     // of a statute that the pack cites, or told of in its coverage.tsv
  bool rule = false, example = false, guarantee = false;
  std::string carrier;  // what coverage.tsv says carries it
  std::string reason;   // empty: none is given

  bool carried() const { return rule || example || guarantee || !carrier.empty(); }
  bool covered() const { return carried() || !reason.empty(); }
};

struct Coverage {
  std::string pack;               // its path
  std::vector<CoverageRow> rows;  // all, in the order of the indexes
};

// `reasons`: the text of coverage.tsv; empty when there is none.  `exists` says whether there is a file at a
// path, which is relative to the pack's folder.  kInvalid: a reason that is none of the four, a carrier that
// there is not, or what is said of a row that its index does not have, with its line; an index of no known
// shape.
base::Result<Coverage> FindCoverage(const check::Compiled& pack, const std::vector<IndexFile>& indexes,
                                    std::string_view reasons,
                                    const std::function<bool(const std::string&)>& exists);

// Of one pack: the rows of the statutes that it cites.
void WriteCoverage(const Coverage& coverage, std::ostream& out);
// Of several over the same indexes: every row, with the pack that has most to say of it; open is what none
// has. True when none is open.
bool WriteCoverageOfAll(const std::vector<Coverage>& packs, std::ostream& out);

}  // namespace lawbound::report
