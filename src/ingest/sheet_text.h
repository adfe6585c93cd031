// The rows of delimited text, as ingest/sheet.h has them.  Not for use outside this layer.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/byte_source.h"
#include "ingest/sheet.h"

namespace lawbound::ingest {

std::unique_ptr<SheetRows> MakeTextRows(std::unique_ptr<ByteSource> utf8, const Limits& limits);

// Cuts a row into cells, in place; false when a quotation mark stands in the wrong place.
bool CutCells(std::span<char> row, char separator, std::vector<std::string_view>& cells);

// Control characters become spaces, line feeds excepted: what a cell holds is printed, and may not move the
// cursor of a terminal.
void BlankControls(std::string& utf8);

}  // namespace lawbound::ingest
