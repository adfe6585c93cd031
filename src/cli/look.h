// What `lawbound look` found in a file, and the page that says so.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/day.h"
#include "engine/plan.h"
#include "look/guess.h"
#include "look/rows.h"
#include "model/history.h"
#include "model/verdict.h"

namespace lawbound::cli {

// A row that the page names.
struct LookedRow {
  std::string name;
  model::Batch batch;  // its matter
  model::Outcome outcome;
};

// The first few, in the order of their days; all are counted.
struct LookedList {
  static constexpr std::size_t kShown = 40;
  std::uint64_t count = 0;
  std::vector<LookedRow> rows;

  // `first`: whether a stands before b.
  void Add(LookedRow row, bool (*first)(const model::Outcome& a, const model::Outcome& b));
};

struct LookedOdd {
  std::uint64_t count = 0;
  std::vector<std::string> lines;
};

// Rows that cannot be told for want of the same columns.
struct LookedUntold {
  std::uint64_t count = 0;
  std::vector<std::string> names;
};

struct Look {
  std::string file, form, pack_title, pack;
  const look::Guess& guess;
  std::vector<std::string> notes;  // of the file
  std::uint64_t totals = 0;
  base::Day today;
  std::vector<std::string> none;  // acts of which it was said that none was done
  std::vector<std::string> missing_acts;
  LookedList late, this_week, next_week;
  std::uint64_t kept = 0, later = 0;
  std::map<std::vector<std::string>, LookedUntold> untold;  // by what is missing
  LookedOdd odd;
};

// For a terminal, and for a screen reader: whole sentences, no colour, at most `width` columns.
std::string LookText(const engine::Plan& plan, const Look& found, std::size_t width);

}  // namespace lawbound::cli
