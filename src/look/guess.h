// Which procedure a sheet is the ledger of, where its head is, and what its columns mean.  A guess by a
// column's whole name is sure; one by a part of its name is only likely, and is left unused unless somebody
// says that it is right.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/sheet.h"
#include "look/day_text.h"
#include "look/ledger.h"

namespace lawbound::look {

struct Column {
  std::size_t index = 0;
  std::string head;  // as the file has it
  bool sure = true;
  // Of what stands in it; filled by Survey.
  std::uint64_t filled = 0, days = 0;
  Order order = Order::kUnknown;
};

struct Guess {
  const Ledger* ledger = nullptr;
  std::size_t sheet = 0;
  std::uint64_t head_row = 0, last_head_row = 0;  // by SheetRow::number
  std::optional<Column> case_column;
  std::vector<std::optional<Column>> acts, fields;  // by act and field of the ledger
  std::vector<std::string> heads;                   // all columns; empty: without a name
  std::vector<std::string> doubts;                  // whole sentences: what could not be used and why
  std::vector<std::string> personal, not_read;      // heads
  std::uint64_t rows = 0;                           // below the head; filled by Survey
};

// The best guess over all sheets and ledgers; `accept`: likely columns are used too.  kInvalid, saying what
// was found and what is missing, when no sheet has the column that begins a matter and that of another act,
// or two ledgers fit as well.  Borrows the ledgers.
base::Result<Guess> MakeGuess(const ingest::Workbook& book, const std::string& file,
                              const std::vector<Ledger>& ledgers, bool accept);

}  // namespace lawbound::look
