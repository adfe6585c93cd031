// What is late and what lapses in the rows of a ledger.  The guess becomes a mapping of the pack, so that
// what the file cannot show is unseen to the engine as in any log; what moves a day and has no column, a page
// must name (docs/decisions/0200).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "engine/engine.h"
#include "engine/plan.h"
#include "look/guess.h"
#include "look/rows.h"
#include "look/said.h"
#include "model/history.h"
#include "model/verdict.h"
#include "program/program.h"

namespace lawbound::look {

// A row that the page names.
struct LookedRow {
  std::string name;    // "row 12 (2026-17)"
  std::string shown;   // the same, with what was asked for by --keep
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

// What one sheet shows.
struct Found {
  base::Day today;
  std::vector<std::string> missing_acts;  // titles, quoted
  std::vector<std::string> not_asked;     // titles of the rules whose time begins with what has no column
  LookedList late, this_week, next_week;
  std::vector<LookedRow> lapses;  // all that is still open, by day, as many as a calendar takes
  std::uint64_t kept = 0, later = 0;
  std::map<std::vector<std::string>, LookedUntold> untold;  // by what is missing
  LookedOdd odd;
};

// "“Answer”", "“longer” of “Extended”", by the titles of the pack; other texts as they are.
std::string WhatTitle(const program::Program& program, const Ledger& ledger, Language language,
                      std::string_view what);
// The acts that could move a day of what is looked at, have no column, do not come after another, and were
// not said to be never done.
std::vector<std::string> ActsToSay(const Guess& guess, const std::vector<std::string>& never);

// For each duty that is looked at and that nothing of the file shows to be done: its act.
std::vector<std::string> EndsToSay(const program::Program& program, const Guess& guess);

// A column for what ends a duty that is empty in every row of many shows no end, and not that nothing was
// ever done: it is taken out of the guess, with a note, unless somebody said that it is the column.
void DropEmptyEnds(const program::Program& program, Guess& guess);

// The guess as a page of the pack: acts with a column are mapped, all others unseen unless never done.
// kInvalid when look.tsv names an act that the pack does not have.
base::Result<std::string> MappingPage(const program::Program& program, const Guess& guess,
                                      const std::vector<std::string>& never);

// Rows to what was found.  One thread; borrows all but `never`.
class Judge {
 public:
  struct Options {
    base::Day today;
    Language language = Language::kEnglish;
    std::vector<std::string> never;
    std::size_t lapses = 0;  // how many to keep for a calendar
  };
  // kInvalid when look.tsv names what the pack does not have.  The plan is of the pack with MappingPage.
  static base::Result<Judge> Make(const engine::Plan& plan, const Guess& guess, Options options);

  void Take(const MatterRow& row);
  // REQUIRES: called once, last.
  Found Finish();

 private:
  struct FieldPlace {
    model::ActId act;
    std::uint32_t place = 0;
  };
  Judge(const engine::Plan& plan, const Guess& guess, Options options);
  base::Status Prepare();
  bool Fill(const MatterRow& row, std::optional<Note>& why);
  void AddEntry(std::size_t at, base::Day day);
  void Sort(const MatterRow& row, const model::Outcome& outcome, const LedgerRule& rule);
  void AddLapse(LookedRow row);
  bool IsMoved(const MatterRow& row, const LedgerRule& rule) const;
  void Untold(const MatterRow& row, const LedgerRule& rule);
  std::vector<std::string> MissingOf(const LedgerRule& rule, const MatterRow* row) const;
  std::string NameOf(const MatterRow& row) const;
  std::string ShownOf(const MatterRow& row) const;

  const engine::Plan* plan_;
  const Guess* guess_;
  Options options_;
  std::unique_ptr<engine::Folder> folder_;
  std::vector<model::RuleId> rules_;  // by rule of the ledger
  std::vector<model::ActId> acts_;
  std::vector<FieldPlace> fields_;
  model::Batch batch_;
  Found found_;
};

}  // namespace lawbound::look
