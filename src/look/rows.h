// The rows below a head: read twice, first to see what stands in the columns, then row by row as matters.
// Nothing is kept of a column that was not guessed or asked for.
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

// How often each case number stands in a file, by hash.
using Numbers = std::unordered_map<std::uint64_t, std::uint32_t>;

// What the first reading found, beside what it wrote into the guess.
struct Survey {
  Numbers numbers;
  std::uint64_t totals = 0;  // rows with sums
};

// One thread.  Columns that hold no days are taken out of the guess, with a note why; a column of case
// numbers that look like people's is taken out too, unless it is among those asked for.  `order`: what was
// said of days that can be read in two ways.
base::Result<Survey> SurveyRows(const ingest::Workbook& book, Guess& guess, Order order,
                                const ingest::Limits& limits);

// Case numbers that stand in several sheets of one file stand there twice; running numbers, which begin anew
// in each, do not.
void JoinNumbers(std::vector<Survey>& surveys);

struct MatterRow {
  std::uint64_t number = 0;  // of the row
  std::string name;          // the number of the matter; empty: not known
  std::vector<std::optional<base::Day>> acts;
  std::vector<std::string> fields;  // with their units; empty: not given
  std::vector<std::string> kept;    // by Guess::kept
  std::optional<Note> odd;          // why it is not judged
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
  std::optional<Note> Read(const ingest::SheetRow& from, MatterRow& row) const;
  std::optional<Note> WrongOrder(const MatterRow& row) const;

  const ingest::Workbook* book_;
  const Guess* guess_;
  const Survey* survey_;
  base::Day today_;
  std::unique_ptr<ingest::SheetRows> rows_;
  ingest::SheetRow row_;
};

}  // namespace lawbound::look
