// Which procedure a sheet is the ledger of, where its head is, and what its columns mean.  A guess by a
// column's whole name is sure; one by a part of its name is only likely, and is left unused until somebody
// says that it is right.  So with the procedure: what is not sure is not used.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/sheet.h"
#include "look/answers.h"
#include "look/day_text.h"
#include "look/ledger.h"
#include "look/said.h"

namespace lawbound::look {

struct Column {
  std::size_t index = 0;
  std::string head;   // as the file has it
  bool said = false;  // by somebody; else its name says so
  // Of what stands in it; filled by Survey.
  std::uint64_t filled = 0, days = 0;
  std::uint64_t two_ways = 0;  // days that can be read in two ways
  Order order = Order::kUnknown;
};

// What may be one of these columns, and somebody could say so.
struct OpenColumn {
  std::string what;                  // an act, or ACT.FIELD
  std::vector<std::size_t> columns;  // by index
};

struct Guess {
  const Ledger* ledger = nullptr;
  std::size_t sheet = 0;
  std::uint64_t head_row = 0, last_head_row = 0;  // by SheetRow::number
  std::optional<Column> case_column;
  std::vector<std::optional<Column>> acts, fields;  // by act and field of the ledger
  std::vector<Column> kept;                         // that were asked for, with a reason
  std::vector<std::string> heads;                   // all columns; empty: without a name
  std::vector<std::size_t> free;                    // columns that nothing was found for, by index
  std::vector<Note> doubts;                         // what could not be used and why
  std::vector<OpenColumn> open;
  std::vector<std::string> personal, not_read;  // heads
  std::size_t known = 0;                        // columns that the ledger names so
  std::string mark;                             // the word in name or title that tells it; empty: none
  std::uint64_t rows = 0;                       // below the head; filled by Survey
};

// Whether the file shows when the time of the rule begins.
bool IsLookedAt(const Guess& guess, const LedgerRule& rule);
// Whether it shows that of some rule, and another act on which the rule hangs.
bool IsWhole(const Guess& guess);

struct Guesses {
  enum class Why : std::uint8_t { kSaid, kMarked, kColumns, kUnsure };
  // In the order of the sheets, all of one ledger.  None whole: one, the nearest, and its heads may be no
  // heads.
  std::vector<Guess> sheets;
  bool whole = false;
  Why why = Why::kUnsure;
  std::vector<const Ledger*> candidates;  // kUnsure: what it may be, the likeliest first
  std::size_t next_known = 0;             // columns that the next likely ledger names so
  std::vector<std::string> other_sheets;  // names of those without such a head
};

struct Asked {
  const Answers* answers = nullptr;
  std::vector<std::string> keep;  // names of columns that are to be shown
};

// The best guess over all sheets and ledgers.  Borrows the ledgers.  REQUIRES: there is a ledger.  Errors as
// of reading; kInvalid when the answers name a ledger or an act that is not there.
base::Result<Guesses> MakeGuess(const ingest::Workbook& book, const std::string& file,
                                const std::vector<Ledger>& ledgers, const Asked& asked);

}  // namespace lawbound::look
