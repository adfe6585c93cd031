// One matter for the terminal: what happened in it, day by day, with the verdict on each act and the reasons
// behind every outcome that was not kept; and what may be done in it next.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/explain.h"
#include "engine/plan.h"
#include "model/history.h"
#include "report/account.h"

namespace lawbound::report {

struct CaseTextOptions {
  std::string_view language;  // of titles; empty: the pack's first
  base::Day as_of;            // what is later is left out; what is due on it or later is open
  bool people = true;         // name who did an act, where the history does
  std::size_t width = 100;    // columns
  const ProvisionText* provision_text = nullptr;  // as in AccountOptions
};

// `lawbound explain`.  Lapses of private parties are shown here: the question is about this matter alone.
std::string CaseText(const engine::Plan& plan, const model::History& history, const CaseTextOptions& options);

// `lawbound try`: what may be done on `options.as_of`, what may not and why, and when it could be.
// REQUIRES: `possibilities` is WhatNext's for this plan, history and day, looking `reach` days ahead.
std::string NextText(const engine::Plan& plan, const model::History& history,
                     const std::vector<engine::Possibility>& possibilities, std::int32_t reach,
                     const CaseTextOptions& options);

}  // namespace lawbound::report
