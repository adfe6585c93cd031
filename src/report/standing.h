// What `lawbound prove` says of what is asked of every pack (prove/standing.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/plan.h"
#include "prove/standing.h"
#include "report/json.h"

namespace lawbound::report {

// "remedy-told"
std::string_view CheckName(prove::Check check);

// What the answer is about, in words: an act, a sentence, a time.
std::string AboutText(const program::Program& program, const prove::Standing& answer);

// A line for each check that was asked, and the histories that show where one does not hold.  `plan` is that
// of the pack, in whose ids stories are; `program` the prover's.
std::string StandingText(const engine::Plan& plan, const program::Program& program,
                         const std::vector<prove::Standing>& answers, std::size_t width);

// One answer as an object (docs/formats/proof-json.md).
void WriteStanding(JsonWriter& json, const engine::Plan& plan, const program::Program& program,
                   const prove::Standing& answer);

}  // namespace lawbound::report
