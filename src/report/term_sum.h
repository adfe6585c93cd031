// The sum behind a due day, step by step: start, length, days not counted, stops, extensions, outer limit,
// last day.
#pragma once

#include <string_view>
#include <vector>

#include "engine/explain.h"
#include "report/condition.h"
#include "report/words.h"

namespace lawbound::report {

// Appends one sentence for each step of the term's life; nothing when it never started.  `done`: the acts
// that its events point to.
void AddTermSum(const engine::Plan& plan, const engine::TermLife& term, const std::vector<engine::Done>& done,
                const Voice& voice, std::vector<Reason>& out);

// By how much an act came after a due day.  In working days where the term counts these, unless no working
// day lies between: what is done on the Saturday after a Friday is a day late.
words::Late LateBy(const engine::Plan& plan, model::TermId term, calendar::Unit unit, base::Day due,
                   std::int32_t days);

// The days of (after, through] that a count of working days counts, each while they are ten at most; those it
// passes over, runs of a holiday by name and weekly rest days by number; and the rest days that count.
std::vector<Reason> DaysCounted(const calendar::Calendar& calendar, base::Day after, base::Day through,
                                Tongue tongue = Tongue::kEnglish);

}  // namespace lawbound::report
