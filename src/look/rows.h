// The rows below a head: read twice, first to see what stands in the columns, then row by row as matters.
// Nothing is kept of a column that was not guessed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "ingest/limits.h"
#include "ingest/sheet.h"
#include "look/guess.h"

namespace lawbound::look {

// What the first reading found, beside what it wrote into the guess.
struct Survey {
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;  // hashes of case numbers, and how often
  std::uint64_t totals = 0;                                  // rows with sums
};

// One thread.  Columns that hold no days are taken out of the guess, with a sentence why; a column of case
// numbers that look like people's is taken out too.
base::Result<Survey> SurveyRows(const ingest::Workbook& book, Guess& guess, const ingest::Limits& limits);

struct MatterRow {
  std::uint64_t number = 0;  // of the row
  std::string name;          // "row 12", "row 12 (2026-17)"
  std::vector<std::optional<base::Day>> acts;
  std::vector<std::string> fields;  // with their units; empty: not given
  std::string odd;                  // why it is not judged; empty: it is
};

// The second reading.  One thread; borrows all.
class MatterRows {
 public:
  static base::Result<MatterRows> Open(const ingest::Workbook& book, const Guess& guess, const Survey& survey,
                                       base::Day today);
  // False at the end.
  base::Result<bool> Next(MatterRow& row);

 private:
  MatterRows(const ingest::Workbook& book, const Guess& guess, const Survey& survey, base::Day today)
      : book_(&book), guess_(&guess), survey_(&survey), today_(today) {}
  std::string Read(const ingest::SheetRow& from, MatterRow& row) const;

  const ingest::Workbook* book_;
  const Guess* guess_;
  const Survey* survey_;
  base::Day today_;
  std::unique_ptr<ingest::SheetRows> rows_;
  ingest::SheetRow row_;
};

}  // namespace lawbound::look
