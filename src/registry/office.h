// Office documents (.docx, .xlsx) as plain lines and cells.  They are ZIP archives of XML; what they say of
// looks is left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "registry/table.h"

namespace lawbound::registry {

// A member of a ZIP archive.  kNotFound, kInvalid when the archive is damaged or encrypted, kLimit when the
// member says it is, or turns out, larger than kLargestMember.
base::Result<std::string> ReadMember(std::string_view archive, std::string_view name);
inline constexpr std::size_t kLargestMember = std::size_t{64} << 20;

// A text document: one line for each paragraph, the cells of a table row on one line between bars.
base::Result<std::string> ReadDocument(std::string_view archive);

// The rows of a spreadsheet's first sheet; empty cells and rows between filled ones are kept as empty cells
// and left out.  Dates are numbers unless written as text.
base::Result<std::vector<TableRow>> ReadSheet(std::string_view archive);

}  // namespace lawbound::registry
