// The latest safe day of each step in words, with its sum (prove/latest.h): for the terminal, as a table for
// a page, and for programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/plan.h"
#include "prove/latest.h"
#include "report/json.h"

namespace lawbound::report {

// `plan` is that of the pack, in whose ids all is.
std::string LatestText(const engine::Plan& plan, const std::vector<prove::LatestDays>& all,
                       std::string_view language = "", std::size_t width = 100);

// What a page shows of one duty: a table whose first row is its heading, and sentences; and the sum, a day
// and what happens on it in each row.
struct LatestPage {
  std::string title;
  std::vector<std::string> sentences;
  std::vector<std::vector<std::string>> steps;
  struct Sum {
    std::string title;
    std::vector<std::vector<std::string>> rows;
  };
  std::vector<Sum> sums;
};
std::vector<LatestPage> LatestPages(const engine::Plan& plan, const std::vector<prove::LatestDays>& all,
                                    std::string_view language);
// The acts of which nothing need be said but that they can be done on the last day, and those not decided.
std::vector<std::string> LatestRemarks(const engine::Plan& plan, const std::vector<prove::LatestDays>& all,
                                       std::string_view language);

// A list, as docs/formats/proof-json.md has it.
void LatestJson(const engine::Plan& plan, const std::vector<prove::LatestDays>& all, JsonWriter& json);

}  // namespace lawbound::report
