// A matter for the terminal (report/case_story.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/case_story.h"

namespace lawbound::report {

// `lawbound explain`.
std::string CaseText(const CaseStory& story, std::size_t width);
std::string CaseText(const engine::Plan& plan, const model::History& history, const CaseTextOptions& options);

// `lawbound try`: what may be done, what may not and why, and when it could be.
std::string NextText(const NextStory& story, std::size_t width);

}  // namespace lawbound::report
