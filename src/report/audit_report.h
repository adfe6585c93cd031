// An audit as text, JSON, CSV and HTML.
//
//   AuditReport report{.plan = plan, .audit = audit, .options = options, .log = "cases.xes", ...};
//   std::cout << AuditText(report);
//
// Two reports of equal parts are equal byte for byte: nothing depends on the clock, the machine or the number
// of threads.  Findings against authorities are listed; lapses of private parties are counted and never
// listed, and nothing is grouped by a person (docs/safeguards.md S1, S12).  All functions are pure but for
// the stream they write to; whoever owns the stream asks it whether writing worked.
#pragma once

#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/audit.h"
#include "engine/plan.h"
#include "report/document.h"
#include "report/quality.h"

namespace lawbound::report {

// Borrows plan, audit and options for its life.
struct AuditReport {
  const engine::Plan& plan;
  const engine::Audit& audit;
  const engine::AuditOptions& options;
  std::string log;           // its name, as shown
  std::string command;       // the command line; shown in text and HTML only
  std::string explain;       // the command that explains a case of this log, but for the case; HTML only
  std::string program_hash;  // of the compiled pack
  QualityPage quality;
  bool strict = false;        // assumed values were taken as not seen
  std::string language = {};  // of titles: "en"; empty: the pack's first
};

AuditDocument MakeDocument(const AuditReport& report);

// For a terminal: 100 columns, no colour.
std::string AuditText(const AuditReport& report);

// docs/formats/audit-json.md.  One line a rule and a finding; findings are streamed.
void WriteAuditJson(const AuditReport& report, std::ostream& out);

// docs/formats/audit-csv.md.
void WriteAuditCsv(const AuditReport& report, std::ostream& out);

// One file that asks for nothing from elsewhere and needs no script.
void WriteAuditHtml(const AuditReport& report, std::ostream& out);

// Reads audits written by WriteAuditJson or by this, and writes their sum: what auditing the parts' logs as
// one would have written, findings in the order of the parts.  kInvalid: a part is not such an audit, or they
// do not fit together; nothing is written then.  `names` are for messages, one for each part.
base::Status MergeAuditJson(std::span<const std::string_view> parts, std::span<const std::string> names,
                            std::ostream& out);

}  // namespace lawbound::report
