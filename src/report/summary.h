// The sentences that open a report: what was audited, what was found, rule by rule.  Shared by text and HTML.
#pragma once

#include <string>
#include <vector>

#include "report/document.h"

namespace lawbound::report {

// What was audited, as of when, and what was found in all.
std::vector<std::string> OpeningLines(const AuditDocument& document);

// What was found of one rule; empty for a rule that never applied and binds nobody.
std::vector<std::string> RuleLines(const RuleFigures& rule);

// What is assumed, and what the log cannot show.
std::vector<std::string> AssumptionLines(const AuditDocument& document);

// Calendars, pack and options, a line each.
std::vector<std::string> ComputedLines(const AuditDocument& document);

// The citations of the pack that its author has not read in the official text, each once.
std::vector<std::string> NotSeen(const AuditDocument& document);

}  // namespace lawbound::report
